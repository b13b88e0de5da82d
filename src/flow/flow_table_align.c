/* Flow, doc to pages: figures of a column below each other by their decimal signs, by where their units begin, or by where the
 * digits behind their signs do. Each line has a place, its anchor; flush at one side of the cell, it keeps as far from it as the
 * longest of its column needs. */
#include "flow/flow_int.h"

/* ---- numbers in texts ---- */

static bool is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x966 && c <= 0x96F);
}

static bool digit_at(struct str text, size_t at)
{
	return at < text.len && is_digit(utf8_next(text, &at));
}

/* Where the sign ends if it stands there between digits; else at. */
static size_t behind_sign(struct str text, size_t at, struct str sign)
{
	bool there = sign.len && at + sign.len <= text.len && memcmp(text.ptr + at, sign.ptr, sign.len) == 0;

	return there && digit_at(text, at + sign.len) ? at + sign.len : at;
}

struct number { /* the first of a text: offsets */
	size_t end;     /* behind its last digit; 0 = there is none */
	size_t decimal; /* of its decimal sign, or end */
};

static struct number number_in(const struct doc *doc, struct str text)
{
	struct str sign = doc->sign_decimal.len ? doc->sign_decimal : STR(".");
	struct number n = { 0, 0 };
	size_t at = 0, next;

	while (at < text.len && !digit_at(text, at))
		utf8_next(text, &at);
	while (digit_at(text, at)) {
		utf8_next(text, &at);
		n.end = at;
		next = behind_sign(text, at, sign);
		if (next > at && !n.decimal)
			n.decimal = at;
		at = next > at ? next : behind_sign(text, at, doc->sign_group);
	}
	n.decimal = n.decimal ? n.decimal : n.end;
	return n;
}

/* Behind the sign that the text begins with; 0 = with none. */
static size_t sign_end(struct str text)
{
	static const char *const signs[] = { "+", "-", "\u2212", "\u00b1" };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(text, signs[i]))
			return strlen(signs[i]);
	return 0;
}

static bool is_one_character(struct str text)
{
	size_t at = 0;

	if (text.len)
		utf8_next(text, &at);
	return at && at == text.len;
}

/* ---- lines ---- */

/* From the left edge to the glyphs of what begins at that byte. */
static mpt fragment_x(const struct text_fragment *t, size_t at)
{
	mpt x = t->x;

	for (uint32_t i = 0; i < t->glyph_count; i++)
		x += (t->glyphs[i].cluster < at) != t->rtl ? t->glyphs[i].advance : 0;
	return x;
}

/* A dash stands where a whole number would; of words nothing is aligned: -1. */
static mpt number_x(const struct doc *doc, uint8_t anchor, const struct text_line *line)
{
	for (uint32_t i = 0; i < line->fragment_count; i++) {
		struct number n = number_in(doc, line->fragments[i].text);

		if (n.end)
			return fragment_x(&line->fragments[i], anchor == ANCHOR_DECIMAL ? n.decimal : n.end);
	}
	if (line->fragment_count == 1 && is_one_character(line->fragments[0].text))
		return line->fragments[0].x + line->fragments[0].width;
	return -1;
}

static const struct text_fragment *first_text(const struct text_line *line)
{
	for (uint32_t i = 0; i < line->fragment_count; i++)
		if (line->fragments[i].font)
			return &line->fragments[i];
	return NULL;
}

/* From right to left a number begins at its right, and its sign stands there, unless it was written as part of the number. */
static mpt sign_x(const struct text_line *line, mpt natural, bool rtl)
{
	const struct text_fragment *t = first_text(line);
	size_t end = t ? sign_end(t->text) : 0;

	if (!t)
		return -1;
	return rtl && !(end && t->rtl) ? natural : fragment_x(t, end);
}

static mpt anchor_of(const struct doc *doc, uint8_t anchor, const struct text_line *line, mpt natural, bool rtl)
{
	return anchor == ANCHOR_SIGN ? sign_x(line, natural, rtl) : number_x(doc, anchor, line);
}

static bool is_flush_right(uint8_t align, bool rtl)
{
	return (align == DOC_END) != rtl;
}

/* What keeps a line from the side it is flush at. */
static mpt hang_of(const struct flow_anchors *most, mpt anchor, mpt natural, bool right)
{
	mpt hang = right ? most->behind - (natural - anchor) : most->before - anchor;

	return hang > 0 ? hang : 0;
}

/* ---- cells ---- */

/* Body cells of one column that stand as their column does. */
static bool is_anchored(const struct flow_table *t, const struct flow_cell *c)
{
	const struct doc_column *column = &t->table->columns[c->column];

	return column->anchor && c->span == 1 && c->par.align == column->align && c->par.align != DOC_CENTRE &&
		c >= t->cells + t->first[t->table->head_rows];
}

void flow_cell_anchor(struct flow *f, struct flow_table *t, struct flow_cell *c, const struct text_line *line)
{
	struct flow_anchors *most;

	c->anchor = -1;
	if (!is_anchored(t, c))
		return;
	c->anchor = anchor_of(f->s.doc, t->table->columns[c->column].anchor, line, c->natural, c->par.par->rtl);
	if (!t->anchors)
		t->anchors = ARENA_ARRAY(f->scratch, struct flow_anchors, t->table->column_count);
	most = &t->anchors[c->column];
	if (c->anchor > most->before)
		most->before = c->anchor;
	if (c->anchor >= 0 && c->natural - c->anchor > most->behind)
		most->behind = c->natural - c->anchor;
}

mpt flow_cell_hang(const struct flow_table *t, const struct flow_cell *c)
{
	if (!t->anchors || !c->line || c->anchor < 0)
		return 0;
	return hang_of(&t->anchors[c->column], c->anchor, c->natural, is_flush_right(c->par.align, c->par.par->rtl));
}

mpt flow_hang_left(const struct flow_cell *c, mpt hang)
{
	return is_flush_right(c->par.align, c->par.par->rtl) ? 0 : hang;
}

void flow_carry_hang(struct flow *f, const struct flow_table *t, uint16_t column, struct flow_par *sum, mpt *x, mpt *width)
{
	const struct text_lines *lines = flow_lines(f, sum, *width);
	bool right = is_flush_right(sum->align, sum->par->rtl);
	mpt natural = lines->count ? lines->lines[0].width : 0, left = right ? *width - natural : 0, anchor, hang;

	if (!t->anchors || lines->count != 1)
		return;
	anchor = anchor_of(f->s.doc, t->table->columns[column].anchor, &lines->lines[0], left + natural, sum->par->rtl) - left;
	if (anchor < 0)
		return;
	hang = hang_of(&t->anchors[column], anchor, natural, right);
	if (hang > *width - natural)
		return;
	*x += right ? 0 : hang;
	*width -= hang;
}
