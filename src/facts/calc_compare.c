/* expressions -> truths: the functions that hold a figure against another, so that no condition needs a sign of
 * comparison. What is nearer than the metric's tolerance is neither above nor below.
 *
 * above below within take a metric and, in any order, what narrows it and what it is held against: a scenario (the
 * plan when nothing is named), a period, 'benchmark', two sides, 'unit:ID', or a number, which is met exactly. rises
 * falls unchanged do the same against the metric's prior. agree apart hold the two sides against each other. */
#include "facts/calc_int.h"

enum { LOOK_BACK = 20 }; /* periods that first-time and stale look back */

/* ---- tolerances ---- */

/* Within what the metric calls near its plan; where it says nothing, within its limit of materiality. */
static bool near_plan(const struct facts_metric *m, struct decimal difference, struct decimal plan)
{
	if (m->has_near)
		return decimal_cmp(decimal_abs(difference), m->near) <= 0;
	return m->has_material && !calc_material(m, difference, plan);
}

/* Of a clear change: a metric's tolerance is seen to where that is decided. */
static bool unmoved(const struct facts_metric *m, struct decimal difference, struct decimal before)
{
	return !m->has_tolerance && m->has_material && !calc_material(m, difference, before);
}

static bool close_together(const struct facts_metric *m, struct decimal difference)
{
	if (m->has_material)
		return decimal_cmp(decimal_abs(difference), m->material_absolute) < 0;
	return m->has_near && decimal_cmp(decimal_abs(difference), m->near) <= 0;
}

/* A difference, as two figures that were printed, read by what they differ in. */
static bool is_alike(const struct facts_value *difference)
{
	const struct facts_value *a = difference->operands[0], *b = difference->operands[1];
	const struct facts_metric *m = a->metric;
	struct decimal base = calc_printed_units(b, -1);
	if (!m || decimal_sign(difference->number) == 0)
		return decimal_sign(difference->number) == 0;
	if (!calc_is_clear(a, b))
		return true;
	if (!str_equal(a->unit, b->unit))
		return close_together(m, difference->number);
	if (!period_equal(a->period, b->period))
		return unmoved(m, difference->number, base);
	return a->scenario != b->scenario ? near_plan(m, difference->number, base) : close_together(m, difference->number);
}

/* ---- what is held against what ---- */

struct comparison {
	const struct calc_scope *scope;
	struct query query;    /* show: the difference from what is named */
	bool benchmark;        /* against the metric's benchmark */
	bool has_limit;        /* against a number */
	double limit;
	int sign;              /* of what was found: above, alike, below */
};

static void take_name(struct comparison *c, struct str name)
{
	if (str_is(name, "benchmark"))
		c->benchmark = true;
	else
		calc_narrow(c->scope->calc->f, &c->query, name);
}

/* A lone unit is what is compared with, as a lone period is. */
static void compare_unit(struct query *q)
{
	if (q->versus_unit.len)
		return;
	q->versus_unit = q->unit;
	q->unit = (struct str){ 0 };
}

static struct comparison comparison_of(
	const struct calc_scope *s, const struct expr_value *args, int count, bool with_prior)
{
	struct comparison c = { .scope = s };
	query_init(&c.query, (struct src_pos){ 0 });
	c.query.metric = args[0].text;
	c.query.show = SHOW_DIFFERENCE;
	for (int i = 1; i < count; i++) {
		if (args[i].kind == EXPR_TEXT)
			take_name(&c, args[i].text);
		else
			c.has_limit = true, c.limit = args[i].number;
	}
	if (c.has_limit || c.benchmark)
		c.query.show = SHOW_VALUE;
	else
		calc_compare_with(&c.query);
	compare_unit(&c.query);
	if (with_prior && c.query.show == SHOW_DIFFERENCE && !c.query.versus_period.len)
		c.query.versus_period = STR("prior");
	return c;
}

static bool asked(struct comparison *c, const struct facts_value **out)
{
	const struct calc_scope *s = c->scope;
	struct answer a = calc_ask(s->calc, &c->query, &s->context, s->diag);
	*out = a.value;
	return a.kind == ANSWER_NUMBER;
}

static int sign_of(double difference)
{
	return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static bool against_number(struct comparison *c, struct buf *why)
{
	const struct facts_value *v;
	if (!asked(c, &v))
		return false;
	struct decimal printed = calc_printed_units(v, -1);
	c->sign = sign_of(decimal_double(printed) - c->limit);
	calc_log_decimal(why, printed);
	return true;
}

static bool against_benchmark(struct comparison *c, struct buf *why)
{
	const struct facts_value *own, *other;
	struct decimal difference;
	if (!asked(c, &own))
		return false;
	c->query.show = SHOW_BENCHMARK;
	struct decimal printed = calc_printed_units(own, -1);
	if (!asked(c, &other) || !decimal_sub(printed, other->number, &difference))
		return false;
	const struct facts_metric *m = own->metric;
	bool alike = m && m->has_near && decimal_cmp(decimal_abs(difference), m->near) <= 0;
	c->sign = alike ? 0 : decimal_sign(difference);
	calc_log_decimal(why, printed);
	buf_puts(why, " against ");
	calc_log_decimal(why, other->number);
	return true;
}

/* A plan that was made without sides holds for each of them. */
static bool difference_of(struct comparison *c, const struct facts_value **out)
{
	if (asked(c, out))
		return true;
	if (c->query.versus_side.len || c->query.versus_period.len)
		return false;
	c->query.versus_side = STR("joint");
	if (!c->query.versus_scenario.len)
		c->query.versus_scenario = STR("plan");
	return asked(c, out);
}

static bool against_figure(struct comparison *c, struct buf *why)
{
	const struct facts_value *difference;
	if (!difference_of(c, &difference))
		return false;
	c->sign = is_alike(difference) ? 0 : decimal_sign(difference->number);
	calc_log_decimal(why, calc_printed_units(difference->operands[0], -1));
	buf_puts(why, " against ");
	calc_log_decimal(why, calc_printed_units(difference->operands[1], -1));
	return true;
}

/* False when one of the two has no value. */
static bool compared(struct comparison *c, struct buf *why)
{
	buf_init(why, c->scope->calc->a, 256);
	if (c->has_limit)
		return against_number(c, why);
	return c->benchmark ? against_benchmark(c, why) : against_figure(c, why);
}

/* ---- the functions ---- */

/* "above('x', 'prior') = no (38 against 40)" */
static bool told(const struct calc_scope *s, bool known, bool yes, const struct buf *why, struct expr_value *result)
{
	if (s->log)
		buf_puts(s->log, !known ? "missing" : yes ? "yes" : "no");
	if (s->log && known && why && why->len)
		buf_printf(s->log, " (" STR_FMT ")", STR_ARG(buf_str(why)));
	*result = (struct expr_value){ .kind = EXPR_TRUTH, .truth = yes };
	return known;
}

enum wanted { WANTED_BELOW = -1, WANTED_ALIKE = 0, WANTED_ABOVE = 1 };

static bool direction(const struct calc_scope *s, const char *name, const struct expr_value *args, int count,
	bool with_prior, enum wanted wanted, struct expr_value *result)
{
	struct buf why;
	calc_log_call(s, name, args, count);
	struct comparison c = comparison_of(s, args, count, with_prior);
	bool known = compared(&c, &why);
	return told(s, known, known && c.sign == (int)wanted, &why, result);
}

/* Of two numbers, or of a metric and what it is held against. */
#define HELD_AGAINST(function, name, wanted, holds)                                                             \
	bool function(void *ctx, const struct expr_value *args, int count, struct expr_value *result)           \
	{                                                                                                       \
		if (args[0].kind == EXPR_TEXT)                                                                  \
			return direction(ctx, name, args, count, false, wanted, result);                        \
		*result = (struct expr_value){ .kind = EXPR_TRUTH, .truth = holds };                            \
		return count > 1;                                                                               \
	}
HELD_AGAINST(calc_call_above, "above", WANTED_ABOVE, count > 1 && args[0].number > args[1].number)
HELD_AGAINST(calc_call_below, "below", WANTED_BELOW, count > 1 && args[0].number < args[1].number)

/* within(a, tolerance) of nought, within(a, b, tolerance) of each other. */
static bool apart_by_most(const struct expr_value *args, int count)
{
	double apart = count > 2 ? args[0].number - args[1].number : args[0].number, most = args[count - 1].number;
	return count > 1 && apart <= most && apart >= -most;
}
HELD_AGAINST(calc_call_within, "within", WANTED_ALIKE, apart_by_most(args, count))

#define MOVES(function, name, wanted)                                                                 \
	bool function(void *ctx, const struct expr_value *args, int count, struct expr_value *result) \
	{                                                                                             \
		return direction(ctx, name, args, count, true, wanted, result);                       \
	}
MOVES(calc_call_rises, "rises", WANTED_ABOVE)
MOVES(calc_call_falls, "falls", WANTED_BELOW)
MOVES(calc_call_unchanged, "unchanged", WANTED_ALIKE)

/* between('lead-time', 30, 40), between(7, 5, 9): both ends belong to it. */
bool calc_call_between(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct buf why;
	double n = args[0].number;
	bool known = true, figure = args[0].kind == EXPR_TEXT;
	buf_init(&why, s->calc->a, 256);
	if (figure) {
		calc_log_call(s, "between", args, count);
		struct comparison c = comparison_of(s, args, count, false);
		const struct facts_value *v = NULL;
		known = asked(&c, &v);
		n = known ? decimal_double(calc_printed_units(v, -1)) : 0;
		if (known)
			calc_log_decimal(&why, calc_printed_units(v, -1));
	}
	bool yes = known && n >= args[1].number && n <= args[2].number;
	if (figure)
		return told(s, known, yes, &why, result);
	*result = (struct expr_value){ .kind = EXPR_TRUTH, .truth = yes };
	return true;
}

/* ---- the two sides ---- */

static bool together(const struct calc_scope *s, const char *name, const struct expr_value *args, int count,
	bool wanted, struct expr_value *result)
{
	struct comparison c = comparison_of(s, args, count, false);
	const struct facts_value *gap = NULL;
	struct buf why;
	buf_init(&why, s->calc->a, 256);
	calc_log_call(s, name, args, count);
	c.query.period = c.query.versus_period; /* a lone period is that of the gap */
	c.query.versus_period = (struct str){ 0 };
	c.query.show = SHOW_GAP;
	bool known = asked(&c, &gap);
	if (known)
		calc_log_decimal(&why, gap->number);
	return told(s, known, known && is_alike(gap) == wanted, &why, result);
}

bool calc_call_agree(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	return together(ctx, "agree", args, count, true, result);
}

bool calc_call_apart(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	return together(ctx, "apart", args, count, false, result);
}

/* ---- ranks ---- */

/* top('priority-score', 'cio', 3): among the three highest; without a number the highest. */
bool calc_call_top(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct comparison c = comparison_of(s, args, count, false);
	const struct facts_value *rank = NULL;
	struct buf why;
	buf_init(&why, s->calc->a, 256);
	calc_log_call(s, "top", args, count);
	c.query.show = SHOW_RANK;
	if (!c.has_limit) {
		c.query.period = c.query.versus_period;
		c.query.scenario = c.query.versus_scenario;
	}
	bool known = asked(&c, &rank);
	double most = c.has_limit ? c.limit : 1;
	if (known)
		calc_log_decimal(&why, rank->number);
	return told(s, known, known && decimal_double(rank->number) <= most, &why, result);
}

/* ---- what was known before ---- */

/* The figure so many periods earlier, or NULL. */
static const struct facts_value *earlier(struct comparison *c, int periods)
{
	const struct facts_value *v;
	c->query.offset = -periods;
	return asked(c, &v) ? v : NULL;
}

static struct comparison figure_of(const struct calc_scope *s, const struct expr_value *args, int count)
{
	struct comparison c = { .scope = s };
	query_init(&c.query, (struct src_pos){ 0 });
	c.query.metric = args[0].text;
	for (int i = 1; i < count; i++)
		calc_narrow(s->calc->f, &c.query, args[i].text);
	return c;
}

/* stale('x'): there is no figure of this period though there is an earlier one, or what there is comes from a source
 * too old to speak of it. */
bool calc_call_stale(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct comparison c = figure_of(s, args, count);
	const struct facts_value *v = NULL;
	bool old = false, known = asked(&c, &v);
	calc_log_call(s, "stale", args, count);
	if (known)
		old = facts_is_old(s->calc->f, v);
	for (int back = 1; !known && !old && back <= LOOK_BACK; back++)
		old = earlier(&c, back) != NULL;
	return told(s, known || old, old, NULL, result);
}

/* first-time('x'): measured for the first time; first-time('x', 'above', 'plan'): above for the first time, though
 * there were earlier figures. */
static bool is_first(const struct calc_scope *s, const struct expr_value *args, int count, int wanted, bool *known)
{
	struct comparison c = wanted ? comparison_of(s, args, count, false) : figure_of(s, args, count);
	const struct facts_value *v;
	struct buf why;
	bool any = false;
	*known = wanted ? compared(&c, &why) : asked(&c, &v);
	if (!*known || c.sign != wanted)
		return false;
	for (int back = 1; back <= LOOK_BACK; back++) {
		c.query.offset = -back;
		c.query.show = wanted ? c.query.show : SHOW_VALUE;
		bool then = wanted ? compared(&c, &why) : asked(&c, &v);
		any |= then;
		if (then && c.sign == wanted)
			return false;
	}
	return wanted ? any : true;
}

bool calc_call_first_time(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct expr_value kept[8];
	int wanted = 0, keeps = 0;
	bool known;
	for (int i = 0; i < count; i++) {
		bool above = i > 0 && str_is(args[i].text, "above"), below = i > 0 && str_is(args[i].text, "below");
		if (above || below)
			wanted = above ? 1 : -1;
		else
			kept[keeps++] = args[i];
	}
	calc_log_call(s, "first-time", args, count);
	bool yes = is_first(s, kept, keeps, wanted, &known);
	return told(s, known, yes, NULL, result);
}

/* ---- parts that explain a change ---- */

static struct calc_drivers drivers_of(const struct calc_scope *s, const struct expr_value *args, int count)
{
	struct comparison c = comparison_of(s, args, count, true);
	struct calc_drivers_wanted wanted = { .cover = decimal_int(80), .most = 3 };
	for (int i = 1, numbers = 0; i < count; i++) {
		if (args[i].kind == EXPR_TEXT)
			continue;
		if (numbers++ == 0)
			wanted.cover = decimal_int((int64_t)args[i].number);
		else
			wanted.most = (int32_t)args[i].number;
	}
	c.query.item = STR("all");
	c.query.show = SHOW_DIFFERENCE;
	calc_compare_with(&c.query);
	if (!c.query.versus_period.len && !c.query.versus_scenario.len)
		c.query.versus_period = STR("prior");
	return calc_drivers(s->calc, &c.query, &wanted, &s->context, s->diag);
}

/* driven('spend', 'prior', 80, 3): whether three parts at most explain four fifths of the change. */
bool calc_call_driven(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct buf why;
	buf_init(&why, s->calc->a, 256);
	calc_log_call(s, "driven", args, count);
	struct calc_drivers d = drivers_of(s, args, count);
	if (d.explained)
		calc_log_decimal(&why, calc_printed_units(d.explained, -1));
	return told(s, d.explained != NULL, d.enough, &why, result);
}

/* offset('spend', 'prior'): whether parts of a weight worth naming work against the change. */
bool calc_call_offset(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	calc_log_call(s, "offset", args, count);
	struct calc_drivers d = drivers_of(s, args, count);
	return told(s, d.explained != NULL, d.offset_count > 0, NULL, result);
}

/* drives('spend', 'prior'): whether the item in context is one of those parts. */
bool calc_call_drives(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	bool yes = false;
	calc_log_call(s, "drives", args, count);
	struct calc_drivers d = drivers_of(s, args, count);
	for (size_t i = 0; i < d.count; i++)
		yes |= d.at[i].item == s->context.item;
	return told(s, d.explained != NULL, yes, NULL, result);
}
