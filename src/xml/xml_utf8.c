/* Source -> source in UTF-8, as its first bytes say: before libxml2 sees it, so that all offsets are ours. */
#include "xml/xml_int.h"

struct signature {
	const char *bytes;
	uint8_t length;
	const char *encoding;
};
/* Byte-order marks, then a '<' without one. The longer comes first where one begins like another. */
static const struct signature signatures[] = {
	{ "\xFF\xFE\x00\x00", 4, "UTF-32LE" }, { "\x00\x00\xFE\xFF", 4, "UTF-32BE" },
	{ "\xEF\xBB\xBF", 3, "UTF-8" },        { "\xFF\xFE", 2, "UTF-16LE" },
	{ "\xFE\xFF", 2, "UTF-16BE" },         { "<\0\0\0", 4, "UTF-32LE" },
	{ "\0\0\0<", 4, "UTF-32BE" },          { "<\0", 2, "UTF-16LE" },
	{ "\0<", 2, "UTF-16BE" },
};

static const char *signed_encoding(struct str text)
{
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
		const struct signature *s = &signatures[i];
		if (text.len >= s->length && memcmp(text.ptr, s->bytes, s->length) == 0)
			return s->encoding;
	}
	return NULL;
}

/* The encoding of <?xml version="1.0" encoding="…"?>, cut from the text; empty when it names none. */
static struct str declared_encoding(struct str text)
{
	if (!str_starts(text, "<?xml"))
		return STR("");
	const char *end = memmem(text.ptr, text.len, "?>", 2);
	if (!end)
		return STR("");
	struct str head = { text.ptr, (size_t)(end - text.ptr) };
	uint32_t at = 5;
	struct tag_attr attr;
	while (tag_next_attr(head, &at, &attr))
		if (str_is((struct str){ head.ptr + attr.name, attr.name_end - attr.name }, "encoding"))
			return (struct str){ head.ptr + attr.value, attr.value_end - attr.value };
	return STR("");
}

static bool is_encoding_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-')))
			return false;
	}
	return true;
}

static bool is_wide_name(struct str name)
{
	static const char *const wide[] = { "UTF-16", "UTF16", "UTF-32", "UTF32", "UCS-2", "UCS-4",
		"ISO-10646" };
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (name.len >= strlen(wide[i]) && strncasecmp(name.ptr, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

const struct source *xml_to_utf8(struct arena *a, const struct source *s, struct diag *d)
{
	const char *by_bytes = signed_encoding(s->text);
	if (by_bytes)
		return source_to_utf8(a, s, str_from(by_bytes), d);
	struct str declared = declared_encoding(s->text);
	if (declared.len == 0)
		return source_to_utf8(a, s, STR("UTF-8"), d);
	struct src_pos pos = { s, (uint32_t)(declared.ptr - s->text.ptr) };
	if (is_wide_name(declared)) {
		diag_add(d, DIAG_ENCODING, pos,
			"the file says it is '" STR_FMT "' but has one byte to a character", STR_ARG(declared));
		return NULL;
	}
	if (!is_encoding_name(declared)) {
		diag_add(d, DIAG_ENCODING, pos, "encoding '" STR_FMT "' is not known", STR_ARG(declared));
		return NULL;
	}
	return source_to_utf8(a, s, declared, d);
}
