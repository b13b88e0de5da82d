/* Looking into the element tree and at the tags it was read from. */
#include "xml/xml_int.h"

#include <stdlib.h>

static uint32_t skip_spaces(struct str text, uint32_t at)
{
	while (at < text.len && is_white_space(text.ptr[at]))
		at++;
	return at;
}

static uint32_t skip_name(struct str text, uint32_t at)
{
	static const bool ends[256] = { ['\0'] = true, [' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true,
		['='] = true, ['/'] = true, ['>'] = true, ['<'] = true, ['"'] = true, ['\''] = true };
	while (at < text.len && !ends[(unsigned char)text.ptr[at]])
		at++;
	return at;
}

uint32_t tag_name_end(struct str text, uint32_t offset)
{
	return skip_name(text, offset + 1);
}

bool tag_next_attr(struct str text, uint32_t *at, struct tag_attr *out)
{
	struct tag_attr attr;
	attr.name = skip_spaces(text, *at);
	attr.name_end = skip_name(text, attr.name);
	uint32_t i = skip_spaces(text, attr.name_end);
	if (attr.name_end == attr.name || i >= text.len || text.ptr[i] != '=')
		return false;
	i = skip_spaces(text, i + 1);
	if (i >= text.len || (text.ptr[i] != '"' && text.ptr[i] != '\''))
		return false;
	attr.value = i + 1;
	const char *end = memchr(text.ptr + attr.value, text.ptr[i], text.len - attr.value);
	attr.value_end = end ? (uint32_t)(end - text.ptr) : (uint32_t)text.len;
	*at = end ? attr.value_end + 1 : attr.value_end;
	*out = attr;
	return true;
}

const struct xml_attr *xml_attr(const struct xml_node *n, const char *name)
{
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		if (str_is(attr->name, name))
			return attr;
	return NULL;
}

bool xml_is(const struct xml_node *n, const char *name)
{
	return str_is(n->name, name);
}

struct str xml_text(struct arena *a, const struct xml_node *n)
{
	const struct xml_node *only = n->first;
	if (only && !only->next)
		return str_trim(only->text);
	size_t len = 0;
	for (const struct xml_node *c = n->first; c; c = c->next)
		len += c->text.len;
	char *joined = arena_alloc(a, len + 1);
	len = 0;
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->text.len)
			memcpy(joined + len, c->text.ptr, c->text.len);
		len += c->text.len;
	}
	return str_trim((struct str){ joined, len });
}

bool xml_has_elements(const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (c->name.len)
			return true;
	return false;
}

struct str xml_lang(const struct xml_node *n)
{
	for (; n; n = n->parent) {
		const struct xml_attr *lang = xml_attr(n, "lang");
		if (lang)
			return lang->value;
	}
	return STR("");
}

struct str xml_path_beside(struct arena *a, struct src_pos pos, struct str path)
{
	struct str base = pos.source ? pos.source->path : STR("");
	while (base.len && base.ptr[base.len - 1] != '/')
		base.len--;
	bool outside;
	struct str beside = source_path(a, base, path, &outside);
	/* As written, it is refused when it is opened. */
	return outside ? str_printf(a, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(path)) : beside;
}

/* Bytes that a reference at the start of raw stands for; *length is how long it is itself. */
static size_t reference_size(struct str raw, size_t *length)
{
	const char *end = memchr(raw.ptr, ';', raw.len);
	*length = end ? (size_t)(end - raw.ptr) + 1 : 1;
	if (!end || *length < 4 || raw.ptr[1] != '#')
		return 1;
	bool hex = raw.ptr[2] == 'x';
	char bytes[4];
	return utf8_put(bytes, (uint32_t)strtoul(raw.ptr + (hex ? 3 : 2), NULL, hex ? 16 : 10));
}

struct src_pos xml_pos_within(struct src_pos pos, size_t offset)
{
	if (!pos.source)
		return pos;
	struct str text = pos.source->text;
	size_t at = pos.offset;
	for (size_t seen = 0; seen < offset && at < text.len;) {
		size_t length = 1;
		if (text.ptr[at] == '&')
			seen += reference_size((struct str){ text.ptr + at, text.len - at }, &length);
		else
			seen += text.ptr[at] != '\r' || at + 1 >= text.len || text.ptr[at + 1] != '\n';
		at += length;
	}
	return (struct src_pos){ pos.source, (uint32_t)at };
}
