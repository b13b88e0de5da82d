/* chart: dated commitments to page items: an axis of time, on it the status of each, over it who owes what until when. Labels
 * are stacked in lanes so that none covers another. */
#include "chart/chart_int.h"

enum { LANE_AIR = 4000, LANES_MAX = 12, AXIS_FOOT = 12000, LABEL_GAP = 3000, BESIDE = 8000, TICK = 3000, STEM = 500, DAYS_AROUND = 4,
	LABEL_PART = 40 };

/* A commitment's label: owner's mark and name, under it date and state. */
struct event {
	uint32_t category;
	mpt x;              /* of its date */
	mpt left, width;    /* of its label */
	uint32_t lane;      /* from the axis upwards */
};
struct timeline {
	struct event *events; /* by date */
	uint32_t count, lanes;
	int32_t first, last;  /* days at the axis's ends */
	mpt x, width;         /* of the axis */
};

static mpt lane_height(const struct canvas *c)
{
	return label_leading(c, ROLE_CHART_LABEL) + label_leading(c, ROLE_CHART_AXIS) + LANE_AIR;
}

static struct label event_name(const struct doc_category *k)
{
	struct label l = label_plain(ROLE_CHART_LABEL, k->label);

	l.strong = k->strong;
	return l;
}

static struct label event_date(const struct doc_category *k)
{
	return label_plain(ROLE_CHART_AXIS, k->code);
}

static struct label event_state(const struct doc_category *k)
{
	struct label l = label_plain(ROLE_CHART_AXIS, k->flag);
	unsigned colour = status_colour(k->flag_status);

	l.colour = (uint8_t)(colour < DOC_COLOUR_COUNT ? colour : COLOUR_INK);
	l.strong = colour < DOC_COLOUR_COUNT;
	return l;
}

static mpt event_width(struct canvas *c, const struct doc_category *k)
{
	struct label name = event_name(k), date = event_date(k), state = event_state(k);
	mpt over = label_measure(c, &name) + (k->mark != MARK_NONE ? CHART_MARK + LABEL_GAP : 0);
	mpt under = label_measure(c, &date) + LABEL_GAP + label_measure(c, &state);

	return over > under ? over : under;
}

static void timeline_days(const struct doc_chart *chart, struct timeline *t)
{
	t->first = INT32_MAX;
	t->last = INT32_MIN;
	for (uint32_t i = 0; i < chart->category_count; i++) {
		int32_t day = date_days(chart->categories[i].date);

		if (chart->categories[i].date.year == 0)
			continue;
		t->first = day < t->first ? day : t->first;
		t->last = day > t->last ? day : t->last;
	}
	t->first -= DAYS_AROUND;
	t->last += DAYS_AROUND;
}

static mpt day_x(const struct timeline *t, int32_t day)
{
	return t->x + mpt_scale(t->width, day - t->first, t->last - t->first);
}

static void timeline_events(struct canvas *c, struct timeline *t, mpt right)
{
	mpt most = mpt_scale(t->width, LABEL_PART, 100);

	t->events = ARENA_ARRAY(c->s->arena, struct event, c->chart->category_count);
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct event e = { .category = i };
		uint32_t k = t->count;

		if (c->chart->categories[i].date.year == 0)
			continue;
		e.x = day_x(t, date_days(c->chart->categories[i].date));
		e.width = event_width(c, &c->chart->categories[i]);
		e.width = e.width < most ? e.width : most;
		e.left = e.x + e.width + LABEL_GAP > right ? e.x - e.width - LABEL_GAP : e.x + LABEL_GAP;
		if (e.left < t->x)
			e.left = t->x;
		for (; k > 0 && t->events[k - 1].x > e.x; k--)
			t->events[k] = t->events[k - 1];
		t->events[k] = e;
		t->count++;
	}
}

/* A label may not cover another, nor the stem of a later one that goes up through its lane. */
static bool lane_free(const struct timeline *t, const struct event *e, uint32_t lane)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct event *o = &t->events[i];
		bool placed = o > e;

		if (!placed)
			continue;
		if (o->lane == lane && e->left < o->left + o->width + BESIDE && o->left < e->left + e->width + BESIDE)
			return false;
		if (o->lane > lane && o->x >= e->left && o->x <= e->left + e->width)
			return false;
		if (lane > o->lane && e->x >= o->left && e->x <= o->left + o->width)
			return false;
	}
	return true;
}

/* Latest first: labels run to the right of their stems, so that an earlier one goes above the later ones it reaches over. */
static void timeline_lanes(struct timeline *t)
{
	for (uint32_t i = t->count; i-- > 0;) {
		struct event *e = &t->events[i];

		while (e->lane < LANES_MAX && !lane_free(t, e, e->lane))
			e->lane++;
		t->lanes = e->lane + 1 > t->lanes ? e->lane + 1 : t->lanes;
	}
}

static struct timeline timeline_plan(struct canvas *c, mpt x, mpt width)
{
	struct timeline t = { .x = x, .width = width };

	timeline_days(c->chart, &t);
	timeline_events(c, &t, x + width);
	timeline_lanes(&t);
	return t;
}

struct chart_size timeline_measure(struct canvas *c, mpt width)
{
	struct timeline t = timeline_plan(c, 0, width);
	mpt height = (mpt)t.lanes * lane_height(c) + AXIS_FOOT;

	return (struct chart_size){ height, height };
}

/* The axis with a tick at the first of each month; dates are printed with their labels. */
static void timeline_axis(struct canvas *c, const struct timeline *t, mpt y)
{
	struct date d = c->chart->categories[t->events[0].category].date;

	shape_line(c, (struct page_point){ t->x, y }, (struct page_point){ t->x + t->width, y }, COLOUR_INK, LINE_ZERO);
	d.day = 1;
	for (int32_t day = date_days(d); day <= t->last; day = date_days(d)) {
		if (day >= t->first)
			shape_line(c, (struct page_point){ day_x(t, day), y - TICK / 2 }, (struct page_point){ day_x(t, day), y + TICK / 2 },
				COLOUR_INK, LINE_GRID);
		d.year = (int16_t)(d.month == 12 ? d.year + 1 : d.year);
		d.month = (int8_t)(d.month == 12 ? 1 : d.month + 1);
	}
}

static void event_draw(struct canvas *c, const struct event *e, mpt y)
{
	const struct doc_category *k = &c->chart->categories[e->category];
	struct label name = event_name(k), date = event_date(k), state = event_state(k);
	mpt lead = label_leading(c, ROLE_CHART_LABEL), under = label_leading(c, ROLE_CHART_AXIS);
	mpt top = y - (mpt)(e->lane + 1) * lane_height(c), marked = k->mark != MARK_NONE ? CHART_MARK + LABEL_GAP : 0, dated;

	shape_line(c, (struct page_point){ e->x, top + 2000 }, (struct page_point){ e->x, y }, COLOUR_MUTED, STEM);
	if (marked > 0)
		draw_mark(c->s, c->page, k->mark, (uint8_t)category_colour(c->chart, e->category), CHART_MARK, e->left + CHART_MARK / 2,
			top + lead / 2, c->tag);
	label_block(c, &name, e->width - marked, 1, e->left + marked, top + lead / 2);
	dated = label_at(c, &date, e->left, top + lead + under / 2);
	dated += dated > 0 ? LABEL_GAP : 0;
	label_block(c, &state, e->width - dated, 1, e->left + dated, top + lead + under / 2);
	if (k->tail_mark != MARK_NONE) {
		shape_fill(c, (struct rect){ e->x - CHART_MARK / 2, y - CHART_MARK / 2, CHART_MARK, CHART_MARK }, COLOUR_PAPER);
		draw_mark(c->s, c->page, k->tail_mark, k->tail_colour, CHART_MARK, e->x, y, c->tag);
	} else {
		shape_circle(c, (struct page_point){ e->x, y }, CHART_MARK / 4, shape_colour(c->s, COLOUR_INK), PAGE_NO_COLOUR, 0);
	}
}

void timeline_draw(struct canvas *c, struct rect r)
{
	struct timeline t = timeline_plan(c, r.x, r.width);
	mpt y = r.y + (mpt)t.lanes * lane_height(c) + AXIS_FOOT / 2;

	if (t.count == 0)
		return;
	timeline_axis(c, &t, y);
	for (uint32_t i = 0; i < t.count; i++)
		event_draw(c, &t.events[i], y);
}
