/* chart: bars of a KPI tile, and the sides' marks under them, to page items. Codes stand in a
 * column of fixed width and values in another, so that tiles side by side have one scale, and the
 * marks stand under the bars. */
#include "chart/chart_int.h"

enum {
	CODE_COLUMN = 18000,
	VALUE_COLUMN = 28000,
	COLUMN_GAP = 4000,
	ROW_AIR = 4000,
	SIDES_IDEAL = 12000,
	SIDES_LEAST = 9000,
	SIDES_HIDDEN = 3500, /* a mark that is nearer to another one's centre hides it */
	SIDES_APART = 6000,  /* what their centres then keep */
	MARK_AIR = 1000,     /* of a mark's box around its shape */
	PLOT_LEAST = 12000
};

/* Columns of a tile. */
struct tile {
	mpt codes, values; /* widths, gaps included; 0 = left out */
	struct axis axis;  /* between them */
};

static mpt tile_row(const struct canvas *c)
{
	return c->s->doc->design->tokens.tile_bar + ROW_AIR;
}

struct chart_size tile_measure(struct canvas *c, mpt width)
{
	mpt height = c->chart->category_count * tile_row(c);

	(void)width;
	return (struct chart_size){ height, height };
}

static struct label tile_code(const struct doc_category *category)
{
	return label_plain(
		ROLE_CHART_AXIS, category->code.len > 0 ? category->code : category->label);
}

static struct label tile_value(const struct canvas *c, uint32_t category)
{
	struct label l = label_datum(chart_datum(c->chart, category, 0),
		c->chart->categories[category].scenario == DOC_ACTUAL);

	l.role = ROLE_CHART_AXIS;
	l.colour = COLOUR_INK;
	l.align = DOC_END;
	return l;
}

static struct tile tile_plan(struct canvas *c, struct rect r)
{
	struct tile t = { .codes = CODE_COLUMN, .values = VALUE_COLUMN };
	mpt wide;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct label code = tile_code(&c->chart->categories[i]), value = tile_value(c, i);

		wide = label_measure(c, &code) + COLUMN_GAP;
		t.codes = wide > t.codes ? wide : t.codes;
		wide = label_measure(c, &value) + COLUMN_GAP;
		t.values = wide > t.values ? wide : t.values;
	}
	if (r.width - t.codes - t.values < PLOT_LEAST) {
		label_narrow(c, STR(""), "values left out");
		t.values = 0;
	}
	if (r.width - t.codes - t.values < PLOT_LEAST)
		t.codes = 0;
	t.axis = axis_of(c, c->chart->scale, r.x + t.codes, r.width - t.codes - t.values);
	return t;
}

void tile_draw(struct canvas *c, struct rect r)
{
	uint32_t count = c->chart->category_count;
	struct tile t = tile_plan(c, r);
	mpt zero = axis_zero(&t.axis), bar = c->s->doc->design->tokens.tile_bar, row = tile_row(c);

	if (count == 0)
		return;
	if (row * (mpt)count > r.height)
		row = r.height / (mpt)count;
	bar = bar > row ? row : bar;
	for (uint32_t i = 0; i < count; i++) {
		const struct doc_datum *d = chart_datum(c->chart, i, 0);
		struct label code = tile_code(&c->chart->categories[i]), value = tile_value(c, i);
		mpt middle = r.y + (mpt)i * row + row / 2;

		if (t.codes > 0)
			label_at(c, &code, r.x, middle);
		if (d->present)
			fill_bar(c,
				(struct rect){ zero, middle - bar / 2,
					axis_at(&t.axis, d->value) - zero, bar },
				c->chart->categories[i].scenario, category_colour(c->chart, i));
		if (t.values > 0)
			label_at(c, &value, r.x + r.width, middle);
	}
	shape_line(c, (struct page_point){ zero, r.y },
		(struct page_point){ zero, r.y + row * (mpt)count }, COLOUR_INK, LINE_ZERO);
}

struct chart_size sides_measure(struct canvas *c, mpt width)
{
	(void)c;
	(void)width;
	return (struct chart_size){ SIDES_LEAST, SIDES_IDEAL };
}

/* The columns of the bars above. */
static struct axis sides_axis(const struct canvas *c, struct rect r)
{
	if (r.width > CODE_COLUMN + VALUE_COLUMN + PLOT_LEAST)
		return axis_of(c, c->chart->scale, r.x + CODE_COLUMN,
			r.width - CODE_COLUMN - VALUE_COLUMN);
	return axis_of(c, c->chart->scale, r.x + PLOT_MARGIN,
		r.width > 2 * PLOT_MARGIN ? r.width - 2 * PLOT_MARGIN : 0);
}

/* How far a mark moves up or down from the others of its row, so that none hides another. Their
 * places on the scale stay: height says nothing here. */
static mpt sides_dodge(const struct canvas *c, const struct axis *a, uint32_t category, uint32_t of)
{
	mpt own = axis_at(a, chart_datum(c->chart, category, of)->value), moved = 0;

	for (uint32_t i = 0; i < c->chart->series_count; i++) {
		const struct doc_datum *d = chart_datum(c->chart, category, i);
		mpt away = axis_at(a, d->value) - own;

		away = away < 0 ? -away : away;
		if (i != of && d->present && away < SIDES_HIDDEN)
			moved += (of > i ? SIDES_APART - away : away - SIDES_APART) / 2;
	}
	return moved;
}

static void sides_mark(
	struct canvas *c, const struct axis *a, uint32_t category, uint32_t series, struct rect r)
{
	mpt most = r.height > CHART_MARK ? (r.height - CHART_MARK) / 2 + MARK_AIR : MARK_AIR;
	mpt moved = sides_dodge(c, a, category, series);

	moved = moved > most ? most : moved;
	moved = moved < -most ? -most : moved;
	draw_mark(c->s, c->page, c->chart->series[series].mark,
		(uint8_t)series_colour(c->chart, series), CHART_MARK,
		axis_at(a, chart_datum(c->chart, category, series)->value),
		r.y + r.height / 2 + moved, c->tag);
}

/* Joins the marks of all sides of a category, from the lowest to the highest. */
void sides_joined(struct canvas *c, const struct axis *a, uint32_t category, struct rect r,
	unsigned colour, mpt width)
{
	mpt from = 0, to = 0, middle = r.y + r.height / 2;
	bool any = false;

	for (uint32_t i = 0; i < c->chart->series_count; i++) {
		const struct doc_datum *d = chart_datum(c->chart, category, i);
		mpt x = axis_at(a, d->value);

		if (!d->present)
			continue;
		from = any && from < x ? from : x;
		to = any && to > x ? to : x;
		any = true;
	}
	if (from < to)
		shape_line(c, (struct page_point){ from, middle },
			(struct page_point){ to, middle }, colour, width);
	for (uint32_t i = 0; i < c->chart->series_count; i++)
		if (chart_datum(c->chart, category, i)->present)
			sides_mark(c, a, category, i, r);
}

void sides_draw(struct canvas *c, struct rect r)
{
	struct axis a = sides_axis(c, r);
	mpt middle = r.y + r.height / 2;

	if (c->chart->category_count == 0)
		return;
	shape_line(c, (struct page_point){ a.start, middle },
		(struct page_point){ a.start + a.length, middle }, COLOUR_RULE, 1000);
	sides_joined(c, &a, 0, r, COLOUR_MUTED, LINE_JOIN);
}
