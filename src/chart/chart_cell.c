/* chart: graphics in cells of a table to page items: dumbbell and the ticks over it, variance bar,
 * sparkline. The cells of a column share one axis, which each cell draws its own piece of. */
#include "chart/chart_int.h"

enum {
	CELL_LEAST = 9000,
	CELL_IDEAL = 12000,
	DUMBBELL_IDEAL = 16000,
	ZERO_REACH = 4000,
	TRACK_LINE = 1000,
	VARIANCE_MARGIN = 2000,
	VARIANCE_BAR = 6000,
	VARIANCE_SEEN = 400,
	SPARK_MARGIN = 2600,
	SPARK_LINE = 1200,
	SPARK_DOT = 2000,
	TICK_AIR = 4000
};

static struct axis cell_axis(const struct canvas *c, struct rect r, mpt margin)
{
	return axis_of(
		c, c->chart->scale, r.x + margin, r.width > 2 * margin ? r.width - 2 * margin : 0);
}

struct chart_size dumbbell_measure(struct canvas *c, mpt width)
{
	(void)c;
	(void)width;
	return (struct chart_size){ CELL_LEAST, DUMBBELL_IDEAL };
}

/* Without ticks a thin line shows the length of the scale, and a tick where its zero is. */
static void dumbbell_track(struct canvas *c, const struct axis *a, struct rect r)
{
	mpt middle = r.y + r.height / 2, zero = axis_zero(a),
	    reach = ZERO_REACH < r.height / 2 ? ZERO_REACH : r.height / 2;

	shape_line(c, (struct page_point){ a->start, middle },
		(struct page_point){ a->start + a->length, middle }, COLOUR_RULE, TRACK_LINE);
	shape_line(c, (struct page_point){ zero, middle - reach },
		(struct page_point){ zero, middle + reach }, COLOUR_INK, LINE_ZERO);
}

void dumbbell_draw(struct canvas *c, struct rect r)
{
	struct axis a = cell_axis(c, r, PLOT_MARGIN);
	struct decimal ticks[AXIS_TICKS_MAX];
	uint32_t count = axis_ticks(&a, ticks);
	bool strong = c->chart->category_count > 0 && c->chart->categories[0].strong;

	if (count == 0)
		dumbbell_track(c, &a, r);
	for (uint32_t i = 0; i < count; i++) {
		mpt x = axis_at(&a, ticks[i]);

		shape_line(c, (struct page_point){ x, r.y },
			(struct page_point){ x, r.y + r.height }, COLOUR_RULE, LINE_GRID);
	}
	if (c->chart->category_count > 0)
		sides_joined(
			c, &a, 0, r, strong ? COLOUR_INK : COLOUR_MUTED, LINE_JOIN_STRONG);
}

struct chart_size axis_measure(struct canvas *c, mpt width)
{
	mpt height = label_leading(c, ROLE_CHART_AXIS);

	(void)width;
	return (struct chart_size){ height, height };
}

/* Where a tick's text starts: centred on the tick, but inside the cell. */
static mpt tick_start(struct rect r, mpt at, mpt width)
{
	mpt start = at - width / 2;

	if (start + width > r.x + r.width)
		start = r.x + r.width - width;
	return start < r.x ? r.x : start;
}

/* Whether every step-th tick, counted from the first, can be printed without touching the next. */
static bool ticks_fit(struct canvas *c, const struct axis *a, struct rect r,
	const struct decimal *ticks, uint32_t count, uint32_t step)
{
	mpt end = INT32_MIN;

	for (uint32_t i = 0; i < count; i += step) {
		struct label l = label_plain(ROLE_CHART_AXIS, axis_text(c, a, ticks[i]));
		mpt width = label_measure(c, &l),
		    start = tick_start(r, axis_at(a, ticks[i]), width);

		if (start < end || width > r.width)
			return false;
		end = start + width + TICK_AIR;
	}
	return true;
}

void axis_draw(struct canvas *c, struct rect r)
{
	struct axis a = cell_axis(c, r, PLOT_MARGIN);
	struct decimal ticks[AXIS_TICKS_MAX];
	uint32_t count = axis_ticks(&a, ticks), step = 1;
	mpt middle = r.y + r.height - label_leading(c, ROLE_CHART_AXIS) / 2;

	while (step < count && !ticks_fit(c, &a, r, ticks, count, step))
		step++;
	if (!ticks_fit(c, &a, r, ticks, count, step))
		return;
	for (uint32_t i = 0; i < count; i += step) {
		struct label l = label_plain(ROLE_CHART_AXIS, axis_text(c, &a, ticks[i]));

		label_at(c, &l, tick_start(r, axis_at(&a, ticks[i]), label_measure(c, &l)), middle);
	}
}

struct chart_size variance_measure(struct canvas *c, mpt width)
{
	(void)c;
	(void)width;
	return (struct chart_size){ CELL_LEAST, CELL_IDEAL };
}

/* Coloured only beyond the limit, which is what the status says; muted within it. What is not zero
 * can be seen. */
void variance_draw(struct canvas *c, struct rect r)
{
	struct axis a = cell_axis(c, r, VARIANCE_MARGIN);
	mpt zero = axis_zero(&a), bar = VARIANCE_BAR < r.height ? VARIANCE_BAR : r.height;
	const struct doc_datum *d =
		c->chart->category_count > 0 ? chart_datum(c->chart, 0, 0) : NULL;
	unsigned colour;
	mpt length;

	shape_line(c, (struct page_point){ zero, r.y }, (struct page_point){ zero, r.y + r.height },
		COLOUR_INK, LINE_ZERO);
	if (d == NULL || !d->present)
		return;
	length = axis_at(&a, d->value) - zero;
	if (decimal_sign(d->value) > 0 && length < VARIANCE_SEEN)
		length = VARIANCE_SEEN;
	if (decimal_sign(d->value) < 0 && length > -VARIANCE_SEEN)
		length = -VARIANCE_SEEN;
	colour = status_colour(d->status);
	shape_fill(c, (struct rect){ zero, r.y + (r.height - bar) / 2, length, bar },
		colour < DOC_COLOUR_COUNT ? colour : COLOUR_MUTED);
}

struct chart_size spark_measure(struct canvas *c, mpt width)
{
	(void)c;
	(void)width;
	return (struct chart_size){ CELL_LEAST, DUMBBELL_IDEAL };
}

static struct page_point spark_point(
	const struct canvas *c, const struct axis *a, struct rect r, uint32_t i, uint32_t series)
{
	mpt width = r.width - 2 * SPARK_MARGIN;
	uint32_t steps = c->chart->category_count > 1 ? c->chart->category_count - 1u : 1;

	return (struct page_point){ r.x + SPARK_MARGIN + mpt_scale(width, i, steps),
		axis_at(a, chart_datum(c->chart, i, series)->value) };
}

/* A gap in the data is a gap in the line; the last value has a dot. */
static void spark_series(struct canvas *c, const struct axis *a, struct rect r, uint32_t series)
{
	struct page_point *points =
		ARENA_ARRAY(c->s->arena, struct page_point, c->chart->category_count);
	unsigned colour = series_colour(c->chart, series);
	uint32_t count = 0;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		if (chart_datum(c->chart, i, series)->present)
			points[count++] = spark_point(c, a, r, i, series);
		if (count > 1 &&
			(i + 1u == c->chart->category_count ||
				!chart_datum(c->chart, i + 1u, series)->present))
			shape_polyline(c, points, count, colour, SPARK_LINE);
		if (count > 0 && i + 1u == c->chart->category_count &&
			chart_datum(c->chart, i, series)->present)
			shape_circle(c, points[count - 1], SPARK_DOT, shape_colour(c->s, colour),
				PAGE_NO_COLOUR, 0);
		if (!chart_datum(c->chart, i, series)->present)
			count = 0;
	}
}

void spark_draw(struct canvas *c, struct rect r)
{
	struct axis a;

	if (r.width <= 2 * SPARK_MARGIN || r.height <= 2 * SPARK_MARGIN)
		return;
	a = axis_of(
		c, c->chart->scale, r.y + r.height - SPARK_MARGIN, -(r.height - 2 * SPARK_MARGIN));
	for (uint32_t i = 0; i < c->chart->reference_count; i++) {
		mpt y = axis_at(&a, c->chart->references[i].value);

		shape_line(c, (struct page_point){ r.x + SPARK_MARGIN, y },
			(struct page_point){ r.x + r.width - SPARK_MARGIN, y }, COLOUR_RULE,
			LINE_GRID);
	}
	for (uint32_t i = 0; i < c->chart->series_count; i++)
		spark_series(c, &a, r, i);
}
