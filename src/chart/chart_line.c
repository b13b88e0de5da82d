/* chart: lines over time to page items. Names and last values stand at the lines' ends, moved
 * apart; the plan is a dashed line with its own label; the axis is never cut; a gap in the data is
 * a gap in the line. */
#include "chart/chart_int.h"

enum {
	TICK_GAP = 5000,
	END_GAP = 9000,
	SHORT_GAP = 13000,
	RANGE_AT = 3000,
	RANGE_STEP = 2500,
	RANGE_LINE = 1200,
	LINE_THIN = 1200,
	LINE_STRONG = 1800,
	POINT_MARK = 7400,
	POINT_MARKS_MAX = 16,
	END_DOT = 2400,
	TOP_AIR = 6000,
	LABEL_AIR = 4000,
	WORD_GAP = 2400,
	PLAN_LINE = 800,
	SHORT_WIDTH = 18000,
	SHORT_HEIGHT = 3000,
	SHORT_LINE = 900,
	END_PART = 45,
	CATEGORY_PART = 12,
	HEIGHT_LEAST = 84000,
	MOVED = 3500,
	REMARK_LINES = 3
};

/* The plot in its rectangle. */
struct plot {
	struct rect r;
	struct axis y;        /* upwards */
	mpt x0, x1;           /* first and last category */
	mpt end_x, end_width; /* labels at the lines' ends */
	mpt foot;             /* height of the category labels */
	uint32_t ranged;      /* series with a range at the end */
};

static uint32_t last_category(const struct canvas *c)
{
	return c->chart->category_count - 1u;
}

static bool any_sublabel(const struct doc_chart *chart)
{
	for (uint32_t i = 0; i < chart->category_count; i++)
		if (chart->categories[i].sublabel.len > 0)
			return true;
	return false;
}

struct chart_size line_measure(struct canvas *c, mpt width)
{
	mpt sub = any_sublabel(c->chart) ? label_leading(c, ROLE_CHART_AXIS) : 0;
	mpt ideal = c->s->doc->design->tokens.line_chart_height;

	(void)width;
	return (struct chart_size){ HEIGHT_LEAST + sub,
		ideal > HEIGHT_LEAST ? ideal + sub : HEIGHT_LEAST + sub };
}

/* ---- what stands at the right ---- */

/* A line's last value and name, or a reference's label. */
struct end {
	struct label value, name; /* value may be empty */
	mpt wanted, at;           /* middle: where its line ends, and where it stands */
	mpt width;
};

static mpt end_width(struct canvas *c, const struct end *e)
{
	mpt value = label_measure(c, &e->value), name = label_measure(c, &e->name);

	return value + name + (value > 0 && name > 0 ? WORD_GAP : 0);
}

static bool last_value(const struct canvas *c, uint32_t series, uint32_t *category)
{
	for (*category = c->chart->category_count; (*category)-- > 0;)
		if (chart_datum(c->chart, *category, series)->present)
			return true;
	return false;
}

static struct end series_end(struct canvas *c, uint32_t series, uint32_t category)
{
	struct end e = { .value = label_datum(chart_datum(c->chart, category, series), true),
		.name = label_plain(ROLE_CHART_LABEL, c->chart->series[series].label) };

	e.name.strong = true;
	e.width = end_width(c, &e);
	return e;
}

static struct end reference_end(struct canvas *c, const struct doc_reference *ref)
{
	struct end e = { .value = label_plain(ROLE_CHART_AXIS, STR("")),
		.name = label_plain(ROLE_CHART_AXIS, ref->label) };

	e.name.figure = ref->figure;
	e.name.colour = COLOUR_INK;
	e.width = end_width(c, &e);
	return e;
}

static uint32_t plot_ends(struct canvas *c, struct end *ends)
{
	uint32_t count = 0, category;

	for (uint32_t i = 0; i < c->chart->series_count; i++)
		if (last_value(c, i, &category)) {
			ends[count] = series_end(c, i, category);
			count += ends[count].width > 0;
		}
	for (uint32_t i = 0; i < c->chart->reference_count; i++)
		if (c->chart->references[i].short_mark) {
			ends[count] = reference_end(c, &c->chart->references[i]);
			count += ends[count].width > 0;
		}
	return count;
}

/* ---- plan ---- */

static mpt ticks_width(struct canvas *c, const struct axis *a)
{
	struct decimal ticks[AXIS_TICKS_MAX];
	uint32_t count = axis_ticks(a, ticks);
	mpt widest = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct label l = label_plain(ROLE_CHART_AXIS, axis_text(c, a, ticks[i]));
		mpt wide = label_measure(c, &l);

		widest = wide > widest ? wide : widest;
	}
	return widest;
}

static mpt category_half(struct canvas *c, uint32_t category)
{
	struct label label = label_plain(ROLE_CHART_AXIS, c->chart->categories[category].label);
	struct label sub = label_plain(ROLE_CHART_AXIS, c->chart->categories[category].sublabel);
	mpt wide = label_measure(c, &label), below = label_measure(c, &sub);

	return ((wide > below ? wide : below) + 1) / 2;
}

/* Room beside the plot for half a name; a long one moves inwards instead. */
static mpt category_room(struct canvas *c, uint32_t category, mpt width)
{
	mpt half = category_half(c, category), most = mpt_scale(width, CATEGORY_PART, 100);

	return half < most ? half : most;
}

static uint32_t ranged_series(const struct canvas *c)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < c->chart->series_count; i++)
		count += chart_datum(c->chart, last_category(c), i)->present &&
			chart_datum(c->chart, last_category(c), i)->ranged;
	return count;
}

static bool any_short(const struct doc_chart *chart)
{
	for (uint32_t i = 0; i < chart->reference_count; i++)
		if (chart->references[i].short_mark)
			return true;
	return false;
}

static mpt larger(mpt a, mpt b)
{
	return a > b ? a : b;
}

static struct plot plot_plan(struct canvas *c, struct rect r)
{
	struct plot p = { .r = r, .ranged = ranged_series(c) };
	struct end *ends = ARENA_ARRAY(
		c->s->arena, struct end, c->chart->series_count + c->chart->reference_count);
	uint32_t count = plot_ends(c, ends);
	mpt leading = label_leading(c, ROLE_CHART_AXIS), most = mpt_scale(r.width, END_PART, 100),
	    right;

	p.foot = leading * (any_sublabel(c->chart) ? 2 : 1) + LABEL_AIR;
	p.y = axis_of(c, c->chart->scale, r.y + r.height - p.foot, 0);
	p.y.length = -larger(r.height - p.foot - TOP_AIR, 0);
	p.x0 = r.x + larger(ticks_width(c, &p.y) + TICK_GAP, category_room(c, 0, r.width));
	for (uint32_t i = 0; i < count; i++)
		p.end_width = larger(p.end_width, ends[i].width);
	p.end_width = p.end_width < most ? p.end_width : most;
	right = (any_short(c->chart) ? SHORT_GAP : END_GAP) +
		(p.ranged > 2 ? (mpt)(p.ranged - 2) * RANGE_STEP : 0);
	p.end_x = r.x + r.width - p.end_width;
	right = larger(p.end_width > 0 ? p.end_width + right : LABEL_AIR,
		category_room(c, last_category(c), r.width));
	p.x1 = larger(r.x + r.width - right, p.x0);
	return p;
}

static mpt plot_x(const struct canvas *c, const struct plot *p, uint32_t category)
{
	if (c->chart->category_count == 1)
		return p->x0 + (p->x1 - p->x0) / 2;
	return p->x0 + mpt_scale(p->x1 - p->x0, category, last_category(c));
}

/* ---- grid and categories ---- */

static void plot_grid(struct canvas *c, const struct plot *p)
{
	struct decimal ticks[AXIS_TICKS_MAX];
	uint32_t count = axis_ticks(&p->y, ticks), step = 1;
	mpt zero = axis_zero(&p->y),
	    pitch = count > 1 ? axis_at(&p->y, ticks[0]) - axis_at(&p->y, ticks[1]) : INT32_MAX;

	while (step < count && (int64_t)pitch * step < label_leading(c, ROLE_CHART_AXIS))
		step++;
	for (uint32_t i = 0; i < count; i += step) {
		struct label l = label_plain(ROLE_CHART_AXIS, axis_text(c, &p->y, ticks[i]));
		mpt y = axis_at(&p->y, ticks[i]);

		if (y != zero)
			shape_line(c, (struct page_point){ p->x0, y },
				(struct page_point){ p->x1, y }, COLOUR_RULE, LINE_GRID);
		l.align = DOC_END;
		label_at(c, &l, p->x0 - TICK_GAP, y);
	}
	shape_line(c, (struct page_point){ p->x0, zero }, (struct page_point){ p->x1, zero },
		COLOUR_INK, LINE_ZERO);
}

/* Under its point, but inside the rectangle. */
static mpt category_centre(
	const struct canvas *c, const struct plot *p, uint32_t category, mpt half)
{
	mpt x = plot_x(c, p, category);

	if (x + half > p->r.x + p->r.width)
		x = p->r.x + p->r.width - half;
	return x - half < p->r.x ? p->r.x + half : x;
}

/* Whether every step-th category, counted back from the last, can be named. */
static bool categories_fit(struct canvas *c, const struct plot *p, uint32_t step)
{
	mpt start = p->r.x + p->r.width;

	for (int64_t i = last_category(c); i >= 0; i -= step) {
		mpt half = category_half(c, (uint32_t)i),
		    x = category_centre(c, p, (uint32_t)i, half);

		if (x + half > start || x - half < p->r.x)
			return false;
		start = x - half - LABEL_AIR / 2;
	}
	return true;
}

static void plot_categories(struct canvas *c, const struct plot *p)
{
	mpt leading = label_leading(c, ROLE_CHART_AXIS),
	    top = p->r.y + p->r.height - p->foot + LABEL_AIR;
	uint32_t step = 1;

	while (step < c->chart->category_count && !categories_fit(c, p, step))
		step++;
	if (!categories_fit(c, p, step)) {
		label_narrow(c, c->chart->categories[last_category(c)].label,
			"names of the periods left out");
		return;
	}
	for (int64_t i = last_category(c); i >= 0; i -= step) {
		struct label l = label_plain(ROLE_CHART_AXIS, c->chart->categories[i].label);
		mpt x = category_centre(c, p, (uint32_t)i, category_half(c, (uint32_t)i));

		l.align = DOC_CENTRE;
		label_at(c, &l, x, top + leading / 2);
		l.text = c->chart->categories[i].sublabel;
		label_at(c, &l, x, top + leading + leading / 2);
	}
}

/* ---- lines ---- */

static struct page_point plot_point(
	const struct canvas *c, const struct plot *p, uint32_t category, uint32_t series)
{
	return (struct page_point){ plot_x(c, p, category),
		axis_at(&p->y, chart_datum(c->chart, category, series)->value) };
}

static void plot_stroke(
	struct canvas *c, const struct page_point *points, uint32_t count, uint32_t series)
{
	const struct doc_series *s = &c->chart->series[series];
	struct page_shape *line;

	if (count < 2)
		return;
	line = shape_polyline(c, points, count, series_colour(c->chart, series),
		s->strong || s->mark != MARK_NONE ? LINE_STRONG : LINE_THIN);
	line->dash = s->dashed ? PAGE_DASHED : PAGE_SOLID;
}

static void plot_line(struct canvas *c, const struct plot *p, uint32_t series)
{
	struct page_point *points =
		ARENA_ARRAY(c->s->arena, struct page_point, c->chart->category_count);
	uint32_t count = 0;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		if (chart_datum(c->chart, i, series)->present) {
			points[count++] = plot_point(c, p, i, series);
			continue;
		}
		plot_stroke(c, points, count, series);
		count = 0;
	}
	plot_stroke(c, points, count, series);
}

/* A side's mark on each point while there is room for it; on any line a mark at its end, and where
 * a point stands alone. */
static void plot_marks(struct canvas *c, const struct plot *p, uint32_t series)
{
	const struct doc_series *s = &c->chart->series[series];
	uint32_t end = 0;

	if (!last_value(c, series, &end))
		return;
	for (uint32_t i = 0; i <= end; i++) {
		bool before = i > 0 && chart_datum(c->chart, i - 1, series)->present;
		bool after = i < end && chart_datum(c->chart, i + 1, series)->present;
		struct page_point at = plot_point(c, p, i, series);

		if (!chart_datum(c->chart, i, series)->present)
			continue;
		if (s->mark != MARK_NONE &&
			(i == end || c->chart->category_count <= POINT_MARKS_MAX))
			draw_mark(c->s, c->page, s->mark, (uint8_t)series_colour(c->chart, series),
				POINT_MARK, at.x, at.y, c->tag);
		else if (i == end || (!before && !after))
			shape_circle(c, at, END_DOT,
				shape_colour(c->s, series_colour(c->chart, series)), PAGE_NO_COLOUR,
				0);
	}
}

/* Ranges of certainty beside the last values, one a series. */
static void plot_ranges(struct canvas *c, const struct plot *p)
{
	mpt x = p->x1 + RANGE_AT;

	for (uint32_t i = 0; i < c->chart->series_count; i++) {
		const struct doc_datum *d = chart_datum(c->chart, last_category(c), i);

		if (!d->present || !d->ranged)
			continue;
		shape_line(c, (struct page_point){ x, axis_at(&p->y, d->low) },
			(struct page_point){ x, axis_at(&p->y, d->high) },
			series_colour(c->chart, i), RANGE_LINE);
		x += RANGE_STEP;
	}
}

/* ---- references ---- */

/* Height of a series' line over x. False where it has no line. */
static bool line_height(
	const struct canvas *c, const struct plot *p, uint32_t series, mpt x, mpt *y)
{
	for (uint32_t i = 0; i + 1u < c->chart->category_count; i++) {
		struct page_point a = plot_point(c, p, i, series),
				  b = plot_point(c, p, i + 1, series);

		if (x < a.x || x > b.x || b.x == a.x ||
			!chart_datum(c->chart, i, series)->present ||
			!chart_datum(c->chart, i + 1, series)->present)
			continue;
		*y = a.y + mpt_scale(b.y - a.y, x - a.x, b.x - a.x);
		return true;
	}
	return false;
}

/* Whether no line runs through a label's box. */
static bool box_free(const struct canvas *c, const struct plot *p, struct rect box)
{
	for (uint32_t series = 0; series < c->chart->series_count; series++)
		for (int part = 0; part <= 8; part++) {
			mpt y;

			if (line_height(c, p, series, box.x + mpt_scale(box.width, part, 8), &y) &&
				y > box.y && y < box.y + box.height)
				return false;
		}
	return box.y >= p->r.y && box.y + box.height <= p->y.start;
}

/* A label of a line across stands on it at the left, else under it, else the same at the right end.
 */
static void reference_label(
	struct canvas *c, const struct plot *p, const struct doc_reference *ref, mpt y)
{
	struct label l = label_plain(ROLE_CHART_AXIS, ref->label);
	mpt width = label_measure(c, &l), height = label_leading(c, ROLE_CHART_AXIS) - 1000;
	mpt left = p->x0 + 2000, right = p->x1 - width - 2000 > left ? p->x1 - width - 2000 : left;
	struct rect tries[] = { { left, y - height, width, height }, { left, y, width, height },
		{ right, y - height, width, height }, { right, y, width, height } };

	l.figure = ref->figure;
	l.colour = COLOUR_INK;
	if (width == 0)
		return;
	if (left + width > p->x1) {
		label_narrow(c, ref->label, "left to the alternative text");
		return;
	}
	for (uint32_t i = 0; i < 4; i++)
		if (box_free(c, p, tries[i])) {
			label_at(c, &l, tries[i].x, tries[i].y + height / 2);
			return;
		}
	label_at(c, &l, tries[0].x, tries[0].y + height / 2);
}

static void plot_reference(struct canvas *c, const struct plot *p, const struct doc_reference *ref)
{
	mpt y = axis_at(&p->y, ref->value);
	struct page_point line[] = { { p->x0, y }, { p->x1, y } };

	if (ref->short_mark) {
		shape_rect(c,
			(struct rect){ p->x1 - SHORT_WIDTH / 2, y - SHORT_HEIGHT / 2, SHORT_WIDTH,
				SHORT_HEIGHT },
			shape_colour(c->s, COLOUR_PAPER), shape_colour(c->s, COLOUR_INK),
			SHORT_LINE);
		return;
	}
	shape_polyline(c, line, 2, COLOUR_INK, PLAN_LINE)->dash =
		ref->scenario == DOC_PLAN ? PAGE_DASHED : PAGE_DOTTED;
	reference_label(c, p, ref, y);
}

static void plot_band(struct canvas *c, const struct plot *p, const struct doc_reference *ref)
{
	mpt low = axis_at(&p->y, ref->value), high = axis_at(&p->y, ref->high);

	shape_fill(c, (struct rect){ p->x0, high, p->x1 - p->x0, low - high }, COLOUR_TINT);
}

/* ---- labels at the ends ---- */

static void sort_ends(struct end *ends, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct end e = ends[i];
		uint32_t k = i;

		for (; k > 0 && ends[k - 1].wanted > e.wanted; k--)
			ends[k] = ends[k - 1];
		ends[k] = e;
	}
}

static void end_draw(struct canvas *c, const struct plot *p, const struct end *e)
{
	mpt x = p->end_x, value;

	if (e->at > e->wanted + MOVED || e->at < e->wanted - MOVED)
		shape_line(c, (struct page_point){ p->x1 + RANGE_AT, e->wanted },
			(struct page_point){ x - 1500, e->at }, COLOUR_MUTED, LINE_GRID);
	value = label_measure(c, &e->value);
	if (value > p->r.x + p->r.width - x) {
		label_narrow(c, e->value.text, "left to the alternative text");
		value = 0;
	} else {
		label_at(c, &e->value, x, e->at);
	}
	x += value > 0 ? value + WORD_GAP : 0;
	label_block(c, &e->name, p->r.x + p->r.width - x, 1, x, e->at);
}

/* Fills wanted positions in the order of plot_ends. */
static void ends_wanted(struct canvas *c, const struct plot *p, struct end *ends)
{
	uint32_t count = 0, category;

	for (uint32_t i = 0; i < c->chart->series_count; i++)
		if (last_value(c, i, &category) && series_end(c, i, category).width > 0)
			ends[count++].wanted = plot_point(c, p, category, i).y;
	for (uint32_t i = 0; i < c->chart->reference_count; i++)
		if (c->chart->references[i].short_mark && c->chart->references[i].label.len > 0)
			ends[count++].wanted = axis_at(&p->y, c->chart->references[i].value);
}

/* The remark stands at the right as well, where the labels leave room: above them, below them, or
 * between. */
static void plot_remark(
	struct canvas *c, const struct plot *p, const struct end *ends, uint32_t count)
{
	struct label l = label_plain(ROLE_CHART_AXIS, c->chart->remark);
	struct str lines[LABEL_LINES_MAX];
	mpt pitch = label_leading(c, ROLE_CHART_AXIS),
	    half = label_leading(c, ROLE_CHART_LABEL) / 2, height, top, best = 0, at = 0;
	uint32_t n;

	if (l.text.len == 0 || p->end_width == 0)
		return;
	n = label_wrap(c, &l, p->end_width, REMARK_LINES, lines);
	height = (mpt)n * pitch;
	top = p->r.y;
	for (uint32_t i = 0; i <= count; i++) {
		mpt bottom = i < count ? ends[i].at - half : p->y.start;

		if (bottom - top >= height && bottom - top > best) {
			best = bottom - top;
			at = (top + bottom) / 2;
		}
		top = i < count ? ends[i].at + half : bottom;
	}
	if (best == 0)
		label_narrow(c, l.text, "left to the alternative text");
	else
		label_block(c, &l, p->end_width, REMARK_LINES, p->end_x, at);
}

static void plot_end_labels(struct canvas *c, const struct plot *p)
{
	struct end *ends = ARENA_ARRAY(
		c->s->arena, struct end, c->chart->series_count + c->chart->reference_count);
	uint32_t count = plot_ends(c, ends);
	mpt *at = ARENA_ARRAY(c->s->arena, mpt, count),
	    *size = ARENA_ARRAY(c->s->arena, mpt, count);
	bool fits;

	ends_wanted(c, p, ends);
	sort_ends(ends, count);
	do {
		for (uint32_t i = 0; i < count; i++) {
			at[i] = ends[i].wanted;
			size[i] = label_leading(c, ROLE_CHART_LABEL);
		}
		fits = spread(c->s->arena, at, size, count, p->r.y,
			p->y.start + label_leading(c, ROLE_CHART_LABEL) / 2);
		if (!fits)
			label_narrow(c, ends[--count].name.text, "left to the alternative text");
	} while (!fits);
	for (uint32_t i = 0; i < count; i++) {
		ends[i].at = at[i];
		end_draw(c, p, &ends[i]);
	}
	plot_remark(c, p, ends, count);
}

void line_draw(struct canvas *c, struct rect r)
{
	struct plot p;

	if (c->chart->category_count == 0)
		return;
	p = plot_plan(c, r);
	for (uint32_t i = 0; i < c->chart->reference_count; i++)
		if (decimal_cmp(c->chart->references[i].high, c->chart->references[i].value) > 0)
			plot_band(c, &p, &c->chart->references[i]);
	plot_grid(c, &p);
	for (uint32_t i = 0; i < c->chart->reference_count; i++)
		plot_reference(c, &p, &c->chart->references[i]);
	for (uint32_t i = 0; i < c->chart->series_count; i++)
		plot_line(c, &p, i);
	for (uint32_t i = 0; i < c->chart->series_count; i++)
		plot_marks(c, &p, i);
	plot_ranges(c, &p);
	plot_categories(c, &p);
	plot_end_labels(c, &p);
}
