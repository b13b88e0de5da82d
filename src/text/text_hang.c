/* What stands out of a line's edges: an edge looks straight when light marks stand beyond it. Serves the arrow
 * paragraph -> lines. */
#include "text/text_int.h"

/* Thousandths of a mark's advance that stand out at the edge where lines begin and where they end. */
static const struct {
	uint16_t code, start, end;
} marks[] = {
	{ '!', 0, 200 },	{ '"', 400, 400 },	{ '\'', 500, 500 },	{ '(', 100, 0 },	{ ')', 0, 100 },
	{ ',', 0, 600 },	{ '-', 0, 500 },	{ '.', 0, 700 },	{ ':', 0, 400 },	{ ';', 0, 400 },
	{ '?', 0, 200 },	{ 0xAB, 200, 200 },	{ 0xAD, 0, 500 },	{ 0xBB, 200, 200 },	{ 0x5BE, 0, 500 },
	{ 0x60C, 0, 600 },	{ 0x61B, 0, 400 },	{ 0x61F, 0, 200 },	{ 0x6D4, 0, 600 },	{ 0x2010, 0, 500 },
	{ 0x2013, 200, 300 },	{ 0x2014, 150, 200 },	{ 0x2018, 500, 500 },	{ 0x2019, 500, 500 },	{ 0x201A, 500, 500 },
	{ 0x201C, 400, 400 },	{ 0x201D, 400, 400 },	{ 0x201E, 400, 400 },	{ 0x2039, 200, 200 },	{ 0x203A, 200, 200 },
	{ 0x3001, 0, 500 },	{ 0x3002, 0, 500 },	{ 0x300C, 500, 0 },	{ 0x300D, 0, 500 },	{ 0x300E, 500, 0 },
	{ 0x300F, 0, 500 },	{ 0xFF08, 500, 0 },	{ 0xFF09, 0, 500 },	{ 0xFF0C, 0, 500 },	{ 0xFF0E, 0, 500 },
};

enum edge { EDGE_START, EDGE_END };

static int64_t share_of(uint32_t code, enum edge edge)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks && marks[i].code <= code; i++)
		if (marks[i].code == code)
			return edge == EDGE_START ? marks[i].start : marks[i].end;
	return 0;
}

/* A mark stands at the line's edge only when it reads in the paragraph's direction. */
static const struct piece *word_at(const struct text_paragraph *p, size_t index)
{
	const struct piece *w = index < p->pieces.count ? &p->pieces.at[index] : NULL;
	return w && w->kind == PIECE_WORD && w->level == (p->style.flags & TEXT_RTL ? 1 : 0) ? w : NULL;
}

static mpt hang_of(const struct text_paragraph *p, const struct piece *w, struct str mark, enum edge edge)
{
	size_t at = 0;
	int64_t share = share_of(utf8_next(mark, &at), edge);
	if (!share)
		return 0;
	struct slice s = { words_shape(p->set, &w->shaped->key, mark), 0, UINT32_MAX, 0 };
	int64_t advance = cuts_slice_width(&s, scale_factor(s.shaped->key.font, piece_size(p, w)), 0);
	return (mpt)(advance * share * p->style.hang_punctuation / 1000000);
}

static mpt hang_start(const struct text_paragraph *p, const struct brk *b)
{
	const struct piece *w = word_at(p, b->next);
	if (!w)
		return 0;
	size_t from = w->start + b->cut, end = from;
	utf8_next(p->text, &end);
	return hang_of(p, w, (struct str){ p->text.ptr + from, end - from }, EDGE_START);
}

static mpt hang_end(const struct text_paragraph *p, const struct brk *b)
{
	const struct piece *w = b->cut ? word_at(p, b->next) : b->end ? word_at(p, b->end - 1) : NULL;
	if (!w)
		return 0;
	if (b->drawn)
		return hang_of(p, w, cuts_hyphen(p, w)->bytes, EDGE_END);
	size_t end = b->cut ? w->start + b->cut : w->end, from = end - 1;
	while (from > w->start && ((uint8_t)p->text.ptr[from] & 0xC0) == 0x80)
		from--;
	return hang_of(p, w, (struct str){ p->text.ptr + from, end - from }, EDGE_END);
}

void hang_break(const struct text_paragraph *p, struct brk *b)
{
	uint8_t align = p->style.align;
	if (!p->style.hang_punctuation)
		return;
	if (align == TEXT_START || align == TEXT_JUSTIFY)
		b->hang_start = hang_start(p, b);
	if (align == TEXT_END || align == TEXT_JUSTIFY)
		b->hang_end = hang_end(p, b);
	b->pre -= b->hang_end;
	b->post -= b->hang_start;
}
