/* render: what each cluster of glyphs says, for ToUnicode and ActualText. */
#include "render/pdf_int.h"

/* Characters that leave no glyph and change no word: a reader loses nothing without them. Joiners
 * are not among them. */
static bool is_silent(uint32_t c)
{
	return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || c == 0x2060 || c == 0xFEFF
		|| (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_plain(struct str s)
{
	for (size_t at = 0; at < s.len;) {
		uint32_t c = utf8_next(s, &at);
		if (c < 0x20 || is_silent(c))
			return false;
	}
	return true;
}

/* Line ends and tabs of the source are spaces. */
static struct str spoken(struct arena *a, struct str s)
{
	struct buf b;

	if ((s.len == 1 && s.ptr[0] >= ' ' && s.ptr[0] < 0x7F) || is_plain(s))
		return s; /* most are one letter */
	buf_init(&b, a, PDF_BUF_MAX);
	for (size_t at = 0; at < s.len;) {
		size_t start = at;
		uint32_t c = utf8_next(s, &at);
		if (c < 0x20)
			buf_putc(&b, ' ');
		else if (!is_silent(c))
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

/* PDF wants the characters of a string in reading order. A run from right to left is turned
 * around: its last glyph comes first, each at its place by offset alone. */
static void turn_around(struct arena *a, struct page_text *run)
{
	uint32_t count = run->glyph_count;
	struct text_glyph *glyphs = ARENA_ARRAY(a, struct text_glyph, count);
	mpt x = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct text_glyph *to = &glyphs[count - 1 - i];
		*to = run->glyphs[i];
		to->dx += x;
		to->advance = 0;
		x += run->glyphs[i].advance;
	}
	run->glyphs = glyphs;
}

/* Where the ending spaces of a run begin if no glyph stands for them; else the text's end. */
static size_t bare_end(const struct page_text *run)
{
	size_t end = run->text.len;

	while (end > 0 && (unsigned char)run->text.ptr[end - 1] <= ' ')
		end--;
	if (run->glyph_count && run->glyphs[run->glyph_count - 1].cluster >= end)
		return run->text.len;
	return end;
}

/* An ending space has no room on its line and no glyph, but readers need one to keep words apart. */
static void add_space(struct arena *a, struct page_text *run, uint16_t space, size_t at)
{
	uint32_t count = run->glyph_count;
	struct text_glyph *glyphs = ARENA_ARRAY(a, struct text_glyph, count + 1);

	if (count)
		memcpy(glyphs, run->glyphs, count * sizeof *glyphs);
	glyphs[count] = (struct text_glyph){ .gid = space, .cluster = (uint32_t)at,
		.dx = run->rtl ? -run->size / 4 : 0 };
	run->glyphs = glyphs;
	run->glyph_count++;
}

struct page_text run_ready(struct arena *a, const struct page_text *t, enum run_space with, uint16_t space)
{
	struct page_text run = *t;
	size_t end;

	if (run.rtl)
		turn_around(a, &run);
	end = bare_end(&run);
	if (end == run.text.len || run.hyphenated)
		return run;
	if (with == RUN_SPACE_GLYPH) {
		run.text.len = end + 1;
		add_space(a, &run, space, end);
	} else if (with == RUN_SPACE_CUT) {
		run.text.len = end;
	}
	return run;
}

bool cluster_next(struct arena *a, const struct page_text *run, uint32_t *at, struct pdf_cluster *out)
{
	uint32_t hyphen = run->hyphenated ? run->glyph_count - 1 : run->glyph_count;
	uint32_t first = *at, end = first + 1;
	size_t to;

	if (first >= run->glyph_count)
		return false;
	if (first == hyphen) {
		*at = end;
		*out = (struct pdf_cluster){ first, 1, STR("\xC2\xAD"), true };
		return true;
	}
	while (end < hyphen && run->glyphs[end].cluster == run->glyphs[first].cluster)
		end++;
	to = end < hyphen ? run->glyphs[end].cluster : run->text.len;
	*at = end;
	*out = (struct pdf_cluster){ first, end - first,
		spoken(a, between(run, run->glyphs[first].cluster, to)), false };
	return true;
}
