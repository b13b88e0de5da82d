/* chart: bars from zero, one row a category, to page items; and the bullet, an actual bar before
 * its plan's outline. */
#include "chart/chart_int.h"

enum {
	BAR_AIR = 9000,
	BAR_THIN = 8000,
	BAR_BETWEEN = 1000,
	BAR_LEAST = 4000,
	CLUSTER_AIR = 5000,
	BULLET_ROW = 16000
};

/* Rows are a step higher than a bridge's: rules stand between them. Bars side by side share one. */
static mpt bar_row(const struct canvas *c)
{
	const struct doc_tokens *t = &c->s->doc->design->tokens;
	mpt single = t->chart_row + t->bar_gap;
	mpt cluster = c->chart->series_count * (BAR_THIN + BAR_BETWEEN) + CLUSTER_AIR;

	return c->chart->series_count > 1 && cluster > single ? cluster : single;
}

static mpt bar_key(struct canvas *c, mpt width)
{
	return c->chart->series_count > 1 ? key_height(c, width) : 0;
}

/* A cluster is never lower than the lines of its values. */
static struct rows bar_plan(struct canvas *c, mpt width)
{
	struct rows p = rows_plan(c, width, bar_row(c));
	mpt line = p.values ? label_leading(c, ROLE_CHART_VALUE) : BAR_LEAST;

	if (c->chart->series_count > 1 && c->chart->series_count * line + CLUSTER_AIR > p.row_least)
		p.row_least = c->chart->series_count * line + CLUSTER_AIR;
	p.row = p.row < p.row_least ? p.row_least : p.row;
	return p;
}

struct chart_size bar_measure(struct canvas *c, mpt width)
{
	struct rows p = bar_plan(c, width);
	struct chart_size size = rows_size(c, &p);
	mpt key = bar_key(c, width);

	return (struct chart_size){ size.least + key, size.ideal + key };
}

static mpt bar_air(const struct canvas *c, mpt row)
{
	if (c->chart->series_count > 1)
		return CLUSTER_AIR;
	return row > 2 * BAR_AIR ? BAR_AIR : row / 3;
}

/* The bars of a row: of equal height, centred in it. */
static void bar_category(struct canvas *c, const struct rows *p, const struct axis *a,
	uint32_t category, struct rect row)
{
	mpt count = c->chart->series_count, air = bar_air(c, row.height);
	mpt pitch = (row.height - air) / (count > 0 ? count : 1), zero = axis_zero(a);
	mpt bar = count > 1 && pitch > BAR_LEAST ? pitch - BAR_BETWEEN : pitch;

	for (uint32_t i = 0; i < c->chart->series_count; i++) {
		const struct doc_datum *d = chart_datum(c->chart, category, i);
		mpt middle = row.y + air / 2 + (mpt)i * pitch + pitch / 2;

		if (d->present)
			fill_bar(c,
				(struct rect){
					zero, middle - bar / 2, axis_at(a, d->value) - zero, bar },
				rows_scenario(c->chart, category, i),
				count > 1 && d->status == STATUS_NONE
					? series_colour(c->chart, i)
					: chart_colour(c->chart, category, i));
		if (p->values)
			rows_value(c, a, d, count == 1, middle);
	}
}

/* Rows of a chart under its key. */
static void rows_draw(struct canvas *c, const struct rows *p, struct rect r,
	void (*category)(
		struct canvas *, const struct rows *, const struct axis *, uint32_t, struct rect))
{
	struct axis a = rows_axis(c, p, r);
	mpt pitch = rows_pitch(c, p, r), top = r.y + p->head;

	rows_lines(c, p, &a, r, top + pitch * c->chart->category_count);
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct rect row = { r.x, top + (mpt)i * pitch, r.width, pitch };

		rows_name(c, p, r, i, row);
		category(c, p, &a, i, row);
	}
}

void bar_draw(struct canvas *c, struct rect r)
{
	struct rows p = bar_plan(c, r.width);
	mpt key = bar_key(c, r.width);

	if (c->chart->series_count == 0)
		return;
	if (key > 0)
		key_draw(c, r.x, r.y, r.width);
	rows_draw(c, &p, (struct rect){ r.x, r.y + key, r.width, r.height - key }, bar_category);
}

static mpt bullet_row(const struct canvas *c)
{
	return BULLET_ROW > c->s->doc->design->tokens.chart_row
		? BULLET_ROW
		: c->s->doc->design->tokens.chart_row;
}

struct chart_size bullet_measure(struct canvas *c, mpt width)
{
	struct rows p = rows_plan(c, width, bullet_row(c));

	return rows_size(c, &p);
}

static void bullet_bar(struct canvas *c, const struct axis *a, uint32_t category, uint32_t series,
	mpt middle, mpt height)
{
	const struct doc_datum *d = chart_datum(c->chart, category, series);
	mpt zero = axis_zero(a);

	if (series < c->chart->series_count && d->present)
		fill_bar(c,
			(struct rect){
				zero, middle - height / 2, axis_at(a, d->value) - zero, height },
			(enum doc_scenario)c->chart->series[series].scenario,
			category_colour(c->chart, category));
}

/* The plan three quarters of the row high, the actual half of that and in front of it. */
static void bullet_category(struct canvas *c, const struct rows *p, const struct axis *a,
	uint32_t category, struct rect row)
{
	mpt middle = row.y + row.height / 2,
	    inner = row.height < BULLET_ROW ? row.height : BULLET_ROW;

	if (c->chart->series_count > 1)
		bullet_bar(c, a, category, 1, middle, mpt_scale(inner, 3, 4));
	bullet_bar(c, a, category, 0, middle, mpt_scale(inner, 3, 8));
	if (p->values)
		rows_value(c, a, chart_datum(c->chart, category, 0), true, middle);
}

void bullet_draw(struct canvas *c, struct rect r)
{
	struct rows p = rows_plan(c, r.width, bullet_row(c));

	if (c->chart->series_count > 0)
		rows_draw(c, &p, r, bullet_category);
}
