/* render: what each cluster of glyphs says, for ToUnicode and ActualText. */
#include "render/pdf_int.h"

/* Characters that leave no glyph and change no word: a reader loses nothing without them. Joiners are not among them. */
static bool is_silent(uint32_t c)
{
	return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || c == 0x2060 || c == 0xFEFF
		|| (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool has_silent(struct str s)
{
	for (size_t at = 0; at < s.len;)
		if (is_silent(utf8_next(s, &at)))
			return true;
	return false;
}

static struct str spoken(struct arena *a, struct str s)
{
	struct buf b;

	if (!has_silent(s))
		return s;
	buf_init(&b, a, PDF_BUF_MAX);
	for (size_t at = 0; at < s.len;) {
		size_t start = at;
		if (!is_silent(utf8_next(s, &at)))
			buf_bytes(&b, s.ptr + start, at - start);
	}
	return buf_str(&b);
}

static struct str between(const struct page_text *t, size_t from, size_t to)
{
	if (to > t->text.len)
		to = t->text.len;
	if (from > to)
		from = to;
	return (struct str){ t->text.ptr + from, to - from };
}

/* In a run from right to left clusters fall: the text of one ends where the one before it began. */
bool cluster_next(struct arena *a, const struct page_text *t, uint32_t *at, struct pdf_cluster *out)
{
	uint32_t hyphen = !t->hyphenated ? UINT32_MAX : t->rtl ? 0 : t->glyph_count - 1;
	uint32_t first = *at, end, low = hyphen == 0 ? 1 : 0;
	size_t from, to;

	if (first >= t->glyph_count)
		return false;
	if (first == hyphen) {
		*at = first + 1;
		*out = (struct pdf_cluster){ first, 1, STR("\xC2\xAD"), true };
		return true;
	}
	for (end = first + 1; end < t->glyph_count && end != hyphen; end++)
		if (t->glyphs[end].cluster != t->glyphs[first].cluster)
			break;
	from = t->glyphs[first].cluster;
	if (t->rtl)
		to = first > low ? t->glyphs[first - 1].cluster : t->text.len;
	else
		to = end < t->glyph_count && end != hyphen ? t->glyphs[end].cluster : t->text.len;
	*at = end;
	*out = (struct pdf_cluster){ first, end - first, spoken(a, between(t, from, to)), false };
	return true;
}
