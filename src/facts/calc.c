/* facts -> derived values: opening, sums, status. */
#include "facts/calc_int.h"

struct calc *calc_open(struct arena *a, const struct facts *f)
{
	struct calc *c = ARENA_NEW(a, struct calc);
	c->a = a;
	c->f = f;
	c->diag = f->diag;
	buf_init(&c->key, a, KEY_MOST);
	return c;
}

static const char *const operation_names[] = {
	[OP_READ] = "read",
	[OP_SUM] = "sum",
	[OP_MEAN] = "mean",
	[OP_RATIO] = "ratio",
	[OP_GAP] = "gap",
	[OP_DIFFERENCE] = "difference",
	[OP_CHANGE] = "change",
	[OP_SHARE] = "share",
	[OP_RANK] = "rank",
	[OP_COUNT] = "count",
	[OP_LEAST] = "least",
	[OP_GREATEST] = "greatest",
	[OP_AGREEMENT] = "agreement",
	[OP_STREAK] = "streak",
	[OP_INTERVAL] = "interval",
	[OP_FIELD] = "field",
	[OP_BENCHMARK] = "benchmark",
	[OP_ROUND] = "round",
	[OP_WORTH] = "worth",
	[OP_RATE] = "rate",
	[OP_CONVERT] = "convert",
	[OP_RESTATE] = "restate",
};

const char *facts_operation_name(enum facts_operation op)
{
	return operation_names[op];
}

/* Figures to date or of twelve months share months with one another, and a year holds its quarters: their sum would count some of them
 * twice. */
static bool one_kind(struct calc *c, const struct facts_value *a, const struct facts_value *b, struct src_pos pos, struct diag *d)
{
	bool stretch = a->period.kind == PERIOD_YTD || a->period.kind == PERIOD_LTM;
	if (period_equal(a->period, b->period) || a->period.kind == PERIOD_NONE || b->period.kind == PERIOD_NONE ||
		(a->period.kind == b->period.kind && !stretch))
		return true;
	diag_add(d, DIAG_PERIOD_KIND, pos, STR_FMT " and " STR_FMT " %s and cannot be added up",
		STR_ARG(period_text(c->a, a->period)), STR_ARG(period_text(c->a, b->period)),
		a->period.kind == b->period.kind ? "have months in common" : "are different kinds of period");
	c->diag = d;
	calc_note_period(c, a);
	calc_note_period(c, b);
	return false;
}

static int periods_of(const struct facts_value *v)
{
	return v->period_count ? v->period_count : 1;
}

/* Years that follow one another are told as one stretch; periods with a gap between them have no common name. */
static void stretch(struct facts_cell *at, const struct facts_value *v)
{
	struct period next = period_shift(at->period, periods_of(v));
	if (period_equal(at->period, v->period) && at->period_count == periods_of(v))
		return;
	if (at->period.kind != PERIOD_NONE && period_equal(next, v->period) && at->period_count + periods_of(v) <= UINT8_MAX) {
		at->period = v->period;
		at->period_count = (uint8_t)(at->period_count + periods_of(v));
		return;
	}
	at->period = (struct period){ 0 };
	at->period_count = 1;
}

/* What the sum is of: what all its values are of. */
static struct facts_cell cell_of_sum(const struct facts_value *const *values, size_t count)
{
	struct facts_cell at = facts_cell_of(values[0]);
	for (size_t i = 1; i < count; i++) {
		at.item = at.item == values[i]->item ? at.item : NULL;
		at.side = at.side == values[i]->side ? at.side : NULL;
		at.unit = str_equal(at.unit, values[i]->unit) ? at.unit : (struct str){ 0 };
		stretch(&at, values[i]);
	}
	return at;
}

const struct facts_value *calc_sum(struct calc *c, const struct facts_value *const *values,
	size_t count, struct src_pos pos, struct diag *d)
{
	struct str bytes = { (const char *)values, count * sizeof *values };
	struct facts_cell at = cell_of_sum(values, count);
	struct decimal sum = { 0 };
	const struct facts_value *known = map_lookup(&c->memo, bytes);
	if (known)
		return known;
	for (size_t i = 0; i < count; i++) {
		if (values[i]->measure != values[0]->measure)
			return values[0];
		if (!one_kind(c, values[0], values[i], pos, d))
			return values[0];
		if (str_equal(values[i]->currency, values[0]->currency) &&
			decimal_add(sum, values[i]->number, &sum))
			continue;
		if (str_equal(values[i]->currency, values[0]->currency))
			diag_add(d, DIAG_OVERFLOW, pos, "the sum is too large");
		else
			diag_add(d, DIAG_CURRENCY_MIXED, pos,
				"amounts in " STR_FMT " and " STR_FMT " meet in one sum" STR_FMT,
				STR_ARG(values[0]->currency), STR_ARG(values[i]->currency),
				STR_ARG(calc_rate_wanted(c, values[0], values[i])));
		return values[0];
	}
	struct facts_value *v = calc_made(c, &at, OP_SUM, values, count);
	v->number = sum;
	v->measure = values[0]->measure;
	v->decimals = values[0]->decimals;
	v->exponent = values[0]->exponent;
	map_set(c->a, &c->memo, str_copy(c->a, bytes), v);
	return v;
}

/* ---- status ---- */

struct reading { /* how a side reads the metric */
	uint8_t better;
	struct decimal low, high;
};

static struct reading reading_of(const struct facts_metric *m, const struct facts_side *side)
{
	for (uint8_t i = 0; side && i < m->view_count; i++)
		if (m->views[i].side == side)
			return (struct reading){ m->views[i].better, m->views[i].low,
				m->views[i].high };
	return (struct reading){ m->better, m->band_low, m->band_high };
}

/* How far a figure falls short of what is good; nought or less is good. False when nothing says
 * what good is. */
static bool shortfall(
	const struct reading *r, struct decimal v, struct decimal good, struct decimal *out)
{
	if (r->better == BETTER_HIGHER)
		return decimal_sub(good, v, out);
	return r->better == BETTER_LOWER && decimal_sub(v, good, out);
}

static bool outside_band(const struct reading *r, struct decimal v, struct decimal *out)
{
	struct decimal below, above;
	if (!decimal_sub(r->low, v, &below) || !decimal_sub(v, r->high, &above))
		return false;
	*out = decimal_cmp(below, above) > 0 ? below : above;
	return true;
}

static uint8_t graded(struct decimal short_by, bool has_near, struct decimal near)
{
	if (decimal_sign(short_by) <= 0)
		return FACTS_GOOD;
	return has_near && decimal_cmp(short_by, near) <= 0 ? FACTS_WATCH : FACTS_BAD;
}

static uint8_t by_thresholds(
	const struct facts_metric *m, const struct reading *r, struct decimal v)
{
	struct decimal from_good, from_watch;
	if (!m->has_good || !shortfall(r, v, m->good, &from_good))
		return FACTS_NO_STATUS;
	if (decimal_sign(from_good) <= 0)
		return FACTS_GOOD;
	if (m->has_watch && shortfall(r, v, m->watch, &from_watch) && decimal_sign(from_watch) <= 0)
		return FACTS_WATCH;
	return FACTS_BAD;
}

bool calc_material(const struct facts_metric *m, struct decimal difference, struct decimal base)
{
	struct decimal share, size = decimal_abs(difference);
	if (!m->has_material || decimal_sign(size) == 0 ||
		decimal_cmp(size, m->material_absolute) < 0)
		return false;
	/* From nothing to something passes every percentage. */
	return !calc_quotient(size, 100, decimal_abs(base), &share) ||
		decimal_cmp(share, m->material_percent) >= 0;
}

/* A plan that was made without sides holds for each of them. */
static const struct facts_value *plan_of(struct ask *k)
{
	struct facts_cell at = k->at;
	at.scenario = SCENARIO_PLAN;
	const struct facts_value *plan = calc_value(k->c, &at);
	if (!plan && at.side) {
		at.side = NULL;
		plan = calc_value(k->c, &at);
	}
	return plan;
}

static struct calc_status status_of(struct ask *k, const struct facts_value *v)
{
	const struct facts_metric *m = k->at.metric;
	struct reading reading = reading_of(m, k->at.side);
	const struct facts_value *plan = k->at.scenario == SCENARIO_PLAN ? NULL : plan_of(k);
	struct decimal printed = calc_printed_units(v, -1), short_by;
	if (m->as == SHOW_GAP)
		printed = decimal_abs(printed); /* either side may be the higher one */
	struct calc_status status = { 0 };
	if (plan && (status.difference = calc_difference(k, v, plan))) {
		status.direction = (int8_t)calc_direction(v, plan);
		status.material = status.direction != 0 &&
			calc_material(m, status.difference->number, calc_printed_units(plan, -1));
	}
	if (reading.better == BETTER_BAND && outside_band(&reading, printed, &short_by)) {
		status.status = graded(short_by, m->has_near, m->near);
	} else if (status.difference &&
		shortfall(&reading, printed, calc_printed_units(plan, -1), &short_by)) {
		status.status = graded(short_by, m->has_near, m->near);
		if (status.status == FACTS_BAD && status.direction == 0)
			status.status = FACTS_WATCH; /* short of it, and not clearly */
		status.against_plan = true;
	} else {
		status.status = by_thresholds(m, &reading, printed);
	}
	return status;
}

/* A gap has no plan: it is material where it reaches the metric's absolute limit. */
static struct calc_status status_of_gap(struct ask *k)
{
	const struct facts_metric *m = k->at.metric;
	struct calc_status status = { .difference = calc_gap(k, &k->at) };
	if (status.difference && status.difference->operand_count == 2)
		status.direction = (int8_t)calc_direction(status.difference->operands[0], status.difference->operands[1]);
	status.material = status.direction != 0 && status.difference && m->has_material &&
		decimal_cmp(decimal_abs(status.difference->number), m->material_absolute) >= 0;
	return status;
}

struct calc_status calc_status(
	struct calc *c, const struct query *q, const struct calc_context *ctx, struct diag *d)
{
	static const struct calc_context nothing;
	if (!ctx)
		ctx = &nothing;
	struct query of_value = *q; /* differences are taken with the metric's decimals */
	of_value.decimals = QUERY_DECIMALS;
	struct ask k = { .c = c,
		.q = &of_value,
		.context = ctx->item,
		.context_side = ctx->side,
		.context_metric = ctx->metric };
	c->diag = d;
	if (!calc_names(&k) || !k.at.metric)
		return (struct calc_status){ 0 };
	if (q->show == SHOW_GAP)
		return status_of_gap(&k);
	const struct facts_value *v = calc_value(c, &k.at);
	return v ? status_of(&k, v) : (struct calc_status){ 0 };
}
