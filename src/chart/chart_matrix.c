/* chart: groups and their marked members to page items: a column a group, a row a member, with the
 * mark of how far it is linked, its name, a flag, and the mark of who pays. */
#include "chart/chart_int.h"

enum {
	ROW = 16000,
	ROW_LEAST = 12000,
	HEAD = 20000,
	HEAD_RULE = 16000,
	GUTTER = 12000,
	BAND_GAP = 8000,
	LINK_MARK = 9000,
	NAME_AT = 11000,
	TAIL_MARK = 7700,
	TAIL_COLUMN = 8000,
	FLAG_GAP = 6000,
	NAME_GAP = 2000,
	COLUMN_LEAST = 60000
};

/* Consecutive categories of one group. */
struct column {
	uint32_t first, count; /* members */
};
struct matrix {
	struct column *columns;
	uint32_t count, deepest;  /* groups; members of the longest */
	uint32_t per_band, bands; /* columns side by side; bands below each other */
	mpt width, row;           /* of a column without gutter; of a member */
	mpt flag, tail;           /* columns of flags and of tail marks, gaps included */
};

static void matrix_columns(struct canvas *c, struct matrix *m)
{
	m->columns = ARENA_ARRAY(c->s->arena, struct column, c->chart->category_count);
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		if (i == 0 ||
			!str_equal(
				c->chart->categories[i].group, c->chart->categories[i - 1].group))
			m->columns[m->count++].first = i;
		if (++m->columns[m->count - 1].count > m->deepest)
			m->deepest = m->columns[m->count - 1].count;
	}
}

static struct label matrix_name(const struct doc_category *k)
{
	struct label l = label_plain(ROLE_CHART_AXIS, k->label);

	l.colour = COLOUR_INK;
	l.strong = k->strong;
	return l;
}

static struct label matrix_flag(const struct doc_category *k)
{
	struct label l = label_plain(ROLE_CHART_AXIS, k->flag);

	l.colour = (uint8_t)status_colour(k->flag_status);
	l.strong = k->flag_status != STATUS_NONE;
	l.align = DOC_END;
	if (!l.strong)
		l.colour = COLOUR_INK;
	return l;
}

static struct label group_name(const struct canvas *c, const struct column *column)
{
	struct label l = label_plain(ROLE_CHART_LABEL, c->chart->categories[column->first].group);

	l.strong = true;
	return l;
}

/* 'n of m' of a group stands in the totals of its first member. */
static struct label group_count(const struct canvas *c, const struct column *column)
{
	struct label l = label_plain(ROLE_CHART_LABEL, STR(""));

	if (c->chart->totals != NULL)
		l = label_datum(&c->chart->totals[column->first], true);
	l.align = DOC_END;
	return l;
}

/* The width with which no name would have to wrap. */
static mpt matrix_wanted(struct canvas *c, struct matrix *m)
{
	mpt wanted = COLUMN_LEAST;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct label flag = matrix_flag(&c->chart->categories[i]);
		mpt wide = label_measure(c, &flag);

		if (c->chart->categories[i].tail_mark != MARK_NONE)
			m->tail = TAIL_COLUMN;
		if (wide > 0 && wide + FLAG_GAP > m->flag)
			m->flag = wide + FLAG_GAP;
	}
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct label name = matrix_name(&c->chart->categories[i]);
		mpt wide = NAME_AT + label_measure(c, &name) + NAME_GAP + m->tail +
			(c->chart->categories[i].flag.len > 0 ? m->flag : 0);

		wanted = wide > wanted ? wide : wanted;
	}
	for (uint32_t i = 0; i < m->count; i++) {
		struct label name = group_name(c, &m->columns[i]),
			     count = group_count(c, &m->columns[i]);
		mpt wide = label_measure(c, &name) + NAME_GAP + label_measure(c, &count);

		wanted = wide > wanted ? wide : wanted;
	}
	return wanted;
}

/* As many columns side by side as have the width they want; bands of about equal length. */
static struct matrix matrix_plan(struct canvas *c, mpt width)
{
	struct matrix m = { .row = ROW };
	mpt wanted;

	matrix_columns(c, &m);
	if (m.count == 0)
		return m;
	wanted = matrix_wanted(c, &m);
	m.per_band = (uint32_t)((width + GUTTER) / (wanted + GUTTER));
	m.per_band = m.per_band < 1 ? 1 : m.per_band > m.count ? m.count : m.per_band;
	m.bands = (m.count + m.per_band - 1) / m.per_band;
	m.per_band = (m.count + m.bands - 1) / m.bands;
	m.width = (width + GUTTER) / (mpt)m.per_band - GUTTER;
	return m;
}

static mpt band_height(const struct matrix *m, uint32_t band, mpt row)
{
	uint32_t deepest = 0;

	for (uint32_t i = band * m->per_band; i < m->count && i < (band + 1) * m->per_band; i++)
		deepest = m->columns[i].count > deepest ? m->columns[i].count : deepest;
	return HEAD + (mpt)deepest * row + (band + 1 < m->bands ? BAND_GAP : 0);
}

static mpt matrix_height(const struct matrix *m, mpt row)
{
	mpt height = 0;

	for (uint32_t i = 0; i < m->bands; i++)
		height += band_height(m, i, row);
	return height;
}

struct chart_size matrix_measure(struct canvas *c, mpt width)
{
	struct matrix m = matrix_plan(c, width);

	return (struct chart_size){ matrix_height(&m, ROW_LEAST), matrix_height(&m, ROW) };
}

static void matrix_member(
	struct canvas *c, const struct matrix *m, uint32_t category, mpt x, mpt y, bool rule)
{
	const struct doc_category *k = &c->chart->categories[category];
	struct label name = matrix_name(k), flag = matrix_flag(k);
	mpt middle = y + m->row / 2, right = x + m->width, flagged = k->flag.len > 0 ? m->flag : 0;

	mark_in(c, k->mark, category_colour(c->chart, category), LINK_MARK, x, middle);
	label_block(c, &name, m->width - NAME_AT - NAME_GAP - m->tail - flagged, 1, x + NAME_AT,
		middle);
	mark_in(c, k->tail_mark, k->tail_colour, TAIL_MARK, right - TAIL_COLUMN - 1000, middle);
	label_at(c, &flag, right - m->tail - FLAG_GAP, middle);
	if (rule)
		shape_line(c, (struct page_point){ x, y + m->row },
			(struct page_point){ right, y + m->row }, COLOUR_RULE, LINE_GRID);
}

static void matrix_column(
	struct canvas *c, const struct matrix *m, const struct column *column, mpt x, mpt y)
{
	struct label name = group_name(c, column), count = group_count(c, column);
	mpt middle = y + HEAD_RULE / 2 - 1000, counted = label_measure(c, &count);

	if (counted > m->width) {
		label_narrow(c, count.text, "left to the alternative text");
		counted = 0;
	}
	label_block(c, &name, m->width - (counted > 0 ? counted + NAME_GAP : 0), 1, x, middle);
	if (counted > 0)
		label_at(c, &count, x + m->width, middle);
	shape_line(c, (struct page_point){ x, y + HEAD_RULE },
		(struct page_point){ x + m->width, y + HEAD_RULE }, COLOUR_INK, LINE_ZERO);
	for (uint32_t i = 0; i < column->count; i++)
		matrix_member(c, m, column->first + i, x, y + HEAD + (mpt)i * m->row - 1000,
			i + 1 < m->deepest);
}

void matrix_draw(struct canvas *c, struct rect r)
{
	struct matrix m = matrix_plan(c, r.width);
	mpt y = r.y;

	while (m.row > ROW_LEAST && matrix_height(&m, m.row) > r.height)
		m.row -= 1000;
	for (uint32_t band = 0; band < m.bands; band++) {
		for (uint32_t i = band * m.per_band; i < m.count && i < (band + 1) * m.per_band;
			i++)
			matrix_column(c, &m, &m.columns[i],
				r.x + (mpt)(i % m.per_band) * (m.width + GUTTER), y);
		y += band_height(&m, band, m.row);
	}
}
