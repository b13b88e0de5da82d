/* chart: dated commitments to page items: a row each with who owes what on the left; on an axis of
 * time the mark of its state at its date, and date and state in words beside the mark. A category
 * without a name is a day that all are measured against: a line through the rows. */
#include "chart/chart_int.h"

enum {
	NAME_GAP = 10000,
	NAME_PART = 52,
	MARK_COLUMN = 12000,
	MARK_SIZE = 8500,
	WORD_GAP = 3000,
	MARK_GAP = 7000,
	HEAD_GAP = 3000,
	DOT = 2500,
	DAYS_AROUND = 3,
	NAME_LINES = 2,
	PLATE_AIR = 1000
};

struct timeline {
	mpt names;            /* column of names, gap included */
	mpt words;            /* widest date and state */
	mpt head, row, least; /* height over the rows; of a row, ideal and least */
	uint32_t rows;
	int32_t first, last; /* days at the axis's ends */
	mpt x, width;        /* of the axis */
};

static bool is_row(const struct doc_category *k)
{
	return k->label.len > 0;
}

static struct label row_name(const struct doc_category *k)
{
	struct label l = label_plain(ROLE_CHART_LABEL, k->label);

	l.strong = k->strong;
	return l;
}

static struct label row_date(const struct doc_category *k)
{
	return label_plain(ROLE_CHART_AXIS, k->code.len > 0 ? k->code : k->sublabel);
}

static struct label row_state(const struct doc_category *k)
{
	struct label l = label_plain(ROLE_CHART_AXIS, k->flag);
	unsigned colour = status_colour(k->flag_status);

	l.colour = (uint8_t)(colour < DOC_COLOUR_COUNT ? colour : COLOUR_INK);
	l.strong = colour < DOC_COLOUR_COUNT;
	return l;
}

static mpt row_words(struct canvas *c, const struct doc_category *k)
{
	struct label date = row_date(k), state = row_state(k);
	mpt dated = label_measure(c, &date), stated = label_measure(c, &state);

	return dated + stated + (dated > 0 && stated > 0 ? WORD_GAP : 0);
}

static void timeline_days(const struct doc_chart *chart, struct timeline *t)
{
	bool any = false;

	for (uint32_t i = 0; i < chart->category_count; i++) {
		int32_t day = date_days(chart->categories[i].date);

		if (chart->categories[i].date.year == 0)
			continue;
		t->first = any && t->first < day ? t->first : day;
		t->last = any && t->last > day ? t->last : day;
		any = true;
	}
	t->first -= DAYS_AROUND;
	t->last += DAYS_AROUND;
}

static struct timeline timeline_plan(struct canvas *c, mpt x, mpt width)
{
	struct timeline t = { .least = label_leading(c, ROLE_CHART_LABEL) };
	mpt most = mpt_scale(width, NAME_PART, 100) - MARK_COLUMN - NAME_GAP;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		const struct doc_category *k = &c->chart->categories[i];
		struct label name = row_name(k);
		mpt wide = label_measure(c, &name), words = is_row(k) ? row_words(c, k) : 0;

		if (wide > most) {
			wide = most;
			t.least = NAME_LINES * label_leading(c, ROLE_CHART_LABEL);
		}
		t.names = wide > t.names ? wide : t.names;
		t.words = words > t.words ? words : t.words;
		t.rows += is_row(k);
		if (!is_row(k) && k->code.len > 0)
			t.head = label_leading(c, ROLE_CHART_AXIS) + HEAD_GAP;
	}
	timeline_days(c->chart, &t);
	t.row = c->s->doc->design->tokens.chart_row > t.least ? c->s->doc->design->tokens.chart_row
							      : t.least;
	t.names += MARK_COLUMN + NAME_GAP;
	t.x = x + t.names + MARK_SIZE / 2;
	t.width = width - t.names - MARK_SIZE;
	t.width = t.width > 0 ? t.width : 0;
	return t;
}

struct chart_size timeline_measure(struct canvas *c, mpt width)
{
	struct timeline t = timeline_plan(c, 0, width);

	return (struct chart_size){ t.head + (mpt)t.rows * t.least, t.head + (mpt)t.rows * t.row };
}

static mpt day_x(const struct timeline *t, struct date d)
{
	return t->x + mpt_scale(t->width, date_days(d) - t->first, t->last - t->first);
}

/* A hairline at the first of each month, thinned to what can be told apart. */
static void timeline_months(struct canvas *c, const struct timeline *t, mpt top, mpt bottom)
{
	struct date d = { 0 };
	mpt drawn = INT32_MIN / 2;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct date own = c->chart->categories[i].date;

		if (own.year != 0 && (d.year == 0 || date_cmp(own, d) < 0))
			d = own;
	}
	for (d.day = 1; d.year != 0 && date_days(d) <= t->last;) {
		mpt x = day_x(t, d);

		if (date_days(d) >= t->first && x - drawn > MARK_SIZE) {
			shape_line(c, (struct page_point){ x, top },
				(struct page_point){ x, bottom }, COLOUR_RULE, LINE_GRID);
			drawn = x;
		}
		d.year = (int16_t)(d.month == 12 ? d.year + 1 : d.year);
		d.month = (int8_t)(d.month == 12 ? 1 : d.month + 1);
	}
}

/* Lines at the days to measure against, their dates over them. */
static void timeline_marked_days(
	struct canvas *c, const struct timeline *t, struct rect r, mpt bottom)
{
	uint32_t count = c->chart->category_count, used = 0;
	struct label *labels = ARENA_ARRAY(c->s->arena, struct label, count);
	mpt *at = ARENA_ARRAY(c->s->arena, mpt, count);

	for (uint32_t i = 0; i < count; i++) {
		const struct doc_category *k = &c->chart->categories[i];
		mpt x = day_x(t, k->date);
		struct page_point line[] = { { x, r.y + t->head }, { x, bottom } };

		if (is_row(k) || k->date.year == 0)
			continue;
		shape_polyline(c, line, 2, COLOUR_INK, LINE_ZERO)->dash = PAGE_DASHED;
		labels[used] = label_plain(ROLE_CHART_AXIS, k->code);
		labels[used].colour = COLOUR_INK;
		at[used++] = x;
	}
	label_spread(c, labels, at, used, r.x, r.x + r.width, r.y + (t->head - HEAD_GAP) / 2);
}

/* Beside the mark on the side that has room; on paper, since the hairlines of months run behind. */
static void row_write(
	struct canvas *c, const struct timeline *t, const struct doc_category *k, mpt x, mpt middle)
{
	struct label date = row_date(k), state = row_state(k);
	mpt width = row_words(c, k), half = label_leading(c, ROLE_CHART_AXIS) / 2 - PLATE_AIR,
	    start = x + MARK_GAP;

	if (start + width > t->x + t->width + MARK_SIZE / 2)
		start = x - MARK_GAP - width;
	if (width == 0)
		return;
	if (start < t->x - MARK_SIZE / 2) {
		label_narrow(c, date.text, "left to the alternative text");
		return;
	}
	shape_fill(c,
		(struct rect){ start - PLATE_AIR, middle - half, width + 2 * PLATE_AIR, 2 * half },
		COLOUR_PAPER);
	start += label_at(c, &date, start, middle);
	label_at(c, &state, start + (date.text.len > 0 ? WORD_GAP : 0), middle);
}

static void timeline_row(struct canvas *c, const struct timeline *t, struct rect r,
	uint32_t category, struct rect row)
{
	const struct doc_category *k = &c->chart->categories[category];
	struct label name = row_name(k);
	mpt middle = row.y + row.height / 2, x = day_x(t, k->date);

	shape_line(c, (struct page_point){ r.x, row.y + row.height },
		(struct page_point){ r.x + r.width, row.y + row.height }, COLOUR_RULE, LINE_GRID);
	mark_in(c, k->mark, category_colour(c->chart, category), CHART_MARK, r.x, middle);
	label_block(
		c, &name, t->names - MARK_COLUMN - NAME_GAP, NAME_LINES, r.x + MARK_COLUMN, middle);
	if (k->date.year == 0)
		return;
	row_write(c, t, k, x, middle);
	if (k->tail_mark != MARK_NONE)
		mark_in(c, k->tail_mark, k->tail_colour, MARK_SIZE, x - MARK_SIZE / 2, middle);
	else
		shape_circle(c, (struct page_point){ x, middle }, DOT,
			shape_colour(c->s, COLOUR_INK), PAGE_NO_COLOUR, 0);
}

void timeline_draw(struct canvas *c, struct rect r)
{
	struct timeline t = timeline_plan(c, r.x, r.width);
	mpt row = t.rows > 0 ? (r.height - t.head) / (mpt)t.rows : 0, y = r.y + t.head, bottom;

	row = row < t.row ? row : t.row;
	bottom = y + row * (mpt)t.rows;
	timeline_months(c, &t, y, bottom);
	timeline_marked_days(c, &t, r, bottom);
	for (uint32_t i = 0; i < c->chart->category_count; i++)
		if (is_row(&c->chart->categories[i])) {
			timeline_row(c, &t, r, i, (struct rect){ r.x, y, r.width, row });
			y += row;
		}
}
