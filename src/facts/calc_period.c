/* facts -> derived cells: periods of an additive metric that were not stated are made of those that were. A quarter is the sum of its
 * months, a year that of its quarters, twelve months that of four quarters; nothing is made of parts of which one is missing. */
#include "facts/calc_int.h"

enum { PARTS_MOST = 12 };

/* The periods that one is made of. */
struct stretch {
	struct period at[PARTS_MOST];
	size_t count;
};

static const struct facts_value *in_period(struct calc *c, const struct facts_cell *at, struct period p)
{
	struct facts_cell one = *at;
	one.period = p;
	return calc_value(c, &one);
}

/* The whole of parts none of which is missing, else NULL. */
static const struct facts_value *whole_of(struct calc *c, const struct facts_cell *at, const struct stretch *s)
{
	const struct facts_value *parts[PARTS_MOST];
	struct decimal sum;
	for (size_t i = 0; i < s->count; i++)
		if (!(parts[i] = in_period(c, at, s->at[i])))
			return NULL;
	if (s->count == 0 || !calc_add_up(c, parts, s->count, &sum))
		return NULL;
	struct facts_value *v = calc_made(c, at, OP_SUM, parts, s->count);
	v->number = sum;
	return v;
}

static void add_part(struct stretch *s, struct period p)
{
	if (s->count < PARTS_MOST)
		s->at[s->count++] = p;
}

/* The periods of a shorter kind that lie in p, which ends with the last of them. */
static struct stretch parts_of(struct period p, enum period_kind kind, int count)
{
	struct stretch s = { 0 };
	struct period last = period_as(p, kind);
	for (int i = count - 1; i >= 0; i--)
		add_part(&s, period_shift(last, -i));
	return s;
}

/* The quarters that are over, and then the months. */
static struct stretch parts_to_date(struct period p)
{
	struct stretch s = { 0 };
	for (int quarter = 1; quarter <= p.number / 3; quarter++)
		add_part(&s, (struct period){ .kind = PERIOD_QUARTER, .year = p.year, .number = (int8_t)quarter });
	for (int month = p.number / 3 * 3 + 1; month <= p.number; month++)
		add_part(&s, (struct period){ .kind = PERIOD_MONTH, .year = p.year, .number = (int8_t)month });
	return s;
}

static const struct facts_value *less(
	struct calc *c, const struct facts_cell *at, const struct facts_value *a, const struct facts_value *b)
{
	const struct facts_value *operands[2] = { a, b };
	if (!a || !b || !str_equal(a->currency, b->currency))
		return NULL;
	struct facts_value *v = calc_made(c, at, OP_DIFFERENCE, operands, 2);
	return decimal_sub(a->number, b->number, &v->number) ? v : NULL;
}

/* The last year, with what this year brought so far in place of what that one had brought by then. */
static const struct facts_value *rolled(struct calc *c, const struct facts_cell *at)
{
	struct period now = period_as(at->period, PERIOD_YTD), then = period_year_ago(now);
	struct stretch s = { { now, period_year(then, 0) }, 2 };
	const struct facts_value *both = whole_of(c, at, &s);
	return both ? less(c, at, both, in_period(c, at, then)) : NULL;
}

static const struct facts_value *stated_in(struct calc *c, const struct facts_cell *at, struct period p)
{
	struct facts_cell one = *at;
	one.period = p;
	return calc_stated(c, &one);
}

/* The same stretch of time under another name. */
static const struct facts_value *renamed(struct calc *c, const struct facts_cell *at)
{
	struct period p = at->period;
	int end = period_end_month(p);
	const struct facts_value *found = NULL;
	if (p.kind == PERIOD_LTM && end == 12)
		found = stated_in(c, at, period_year(p, 0));
	else if (p.kind == PERIOD_YTD && end == 12)
		found = stated_in(c, at, period_year(p, 0));
	else if (p.kind == PERIOD_YTD && end == 6)
		found = stated_in(c, at, period_as(p, PERIOD_HALF));
	else if (p.kind == PERIOD_YEAR || (p.kind <= PERIOD_HALF && p.number == 1))
		found = stated_in(c, at, period_as(p, PERIOD_YTD));
	if (!found)
		return NULL;
	struct facts_value *v = calc_made(c, at, OP_SUM, &found, 1);
	v->number = found->number;
	return v;
}

/* What the year to date grew by: offices that state nothing else state a quarter this way. */
static const struct facts_value *grown(struct calc *c, const struct facts_cell *at)
{
	struct period p = at->period, end = period_as(p, PERIOD_YTD), before = end;
	if (p.kind > PERIOD_HALF || p.number == 1)
		return NULL;
	before.number = (int8_t)(end.number - end.number / p.number);
	const struct facts_value *to = stated_in(c, at, end);
	return to ? less(c, at, to, stated_in(c, at, before)) : NULL;
}

static const struct facts_value *of_parts(struct calc *c, const struct facts_cell *at)
{
	static const struct {
		enum period_kind kind, part;
		int count;
	} rules[] = {
		{ PERIOD_QUARTER, PERIOD_MONTH, 3 },
		{ PERIOD_HALF, PERIOD_QUARTER, 2 },
		{ PERIOD_YEAR, PERIOD_QUARTER, 4 },
		{ PERIOD_YEAR, PERIOD_HALF, 2 },
		{ PERIOD_LTM, PERIOD_QUARTER, 4 },
		{ PERIOD_LTM, PERIOD_MONTH, 12 },
	};
	const struct facts_value *v = NULL;
	struct stretch s;
	for (size_t i = 0; !v && i < sizeof rules / sizeof *rules; i++) {
		bool whole = rules[i].kind != PERIOD_LTM || rules[i].part != PERIOD_QUARTER || at->period.number % 3 == 0;
		if (rules[i].kind != at->period.kind || !whole)
			continue;
		s = parts_of(at->period, rules[i].part, rules[i].count);
		v = whole_of(c, at, &s);
	}
	if (at->period.kind != PERIOD_YTD)
		return v;
	s = parts_to_date(at->period);
	return whole_of(c, at, &s);
}

const struct facts_value *calc_of_periods(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	if (at->period.kind == PERIOD_NONE) /* the briefing lacks its own, which was told */
		return NULL;
	if (m->aggregate != AGGREGATE_SUM || at->period_count > 1 || !(m->period_kinds & ~(1u << at->period.kind)))
		return NULL;
	const struct facts_value *v = of_parts(c, at);
	if (!v && at->period.kind == PERIOD_LTM)
		v = rolled(c, at);
	if (!v)
		v = grown(c, at);
	return v ? v : renamed(c, at);
}
