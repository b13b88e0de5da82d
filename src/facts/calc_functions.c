/* expressions -> figures: the functions that conditions and ranks are written with. Those that hold a figure against
 * another and say yes or no are in calc_compare.c.
 *
 * actual plan forecast prior side gap delta change streak status rank share mean least greatest
 * agreement low high take a metric and then, in any order, what narrows it: a side, an item ("." or an id),
 * a period or a word for one, a scenario, 'gap' (its gap instead of its value). delta and change
 * compare with the plan, or with the period or scenario named; with two of a sort the first is the
 * value's and the second is compared with. Numbers are the figures as printed, money in units; with
 * 'decimals:1' as a sentence prints them that has decimals="1". */
#include "facts/calc_int.h"

/* ---- names after the metric ---- */

static bool is_scenario(struct str name)
{
	for (const struct xml_choice *c = facts_scenarios; c->name; c++)
		if (str_is(name, c->name))
			return true;
	return false;
}

static bool is_side(const struct facts *f, struct str name)
{
	return facts_side_lookup(f, name) || str_is(name, "joint") || str_is(name, "both");
}

static bool is_period(struct str name)
{
	struct period p;
	return calc_period_word(name) || period_parse(name, &p) ||
		memmem(name.ptr, name.len, "..", 2) != NULL;
}

/* The first takes the place of the value's, the second that of what it is compared with. */
static void fill(struct str *first, struct str *second, struct str name)
{
	*(first->len ? second : first) = name;
}

static bool is_unit(struct str name)
{
	return str_starts(name, "unit:");
}

static struct str unit_of(struct str name)
{
	return (struct str){ name.ptr + strlen("unit:"), name.len - strlen("unit:") };
}

/* "decimals:1". */
static bool is_decimals(struct str name)
{
	return name.len == strlen("decimals:") + 1 && str_starts(name, "decimals:") && name.ptr[name.len - 1] >= '0' &&
		name.ptr[name.len - 1] <= '9';
}

void calc_narrow(const struct facts *f, struct query *q, struct str name)
{
	if (str_is(name, "gap"))
		q->of = name;
	else if (is_decimals(name))
		q->decimals = name.ptr[name.len - 1] - '0';
	else if (is_unit(name))
		fill(&q->unit, &q->versus_unit, unit_of(name));
	else if (is_side(f, name))
		fill(&q->side, &q->versus_side, name);
	else if (is_scenario(name))
		fill(&q->scenario, &q->versus_scenario, name);
	else if (name.len && name.ptr[0] != '.' && is_period(name))
		fill(&q->period, &q->versus_period, name);
	else
		fill(&q->item, &q->versus_item, name);
}

void calc_compare_with(struct query *q)
{
	if (q->versus_period.len == 0 && q->period.len) {
		q->versus_period = q->period;
		q->period = (struct str){ 0 };
	}
	if (q->versus_scenario.len == 0 && q->scenario.len) {
		q->versus_scenario = q->scenario;
		q->scenario = (struct str){ 0 };
	}
}

static struct query query_of(
	const struct calc_scope *s, enum query_show show, const struct expr_value *args, int count)
{
	struct query q;
	query_init(&q, (struct src_pos){ 0 });
	q.metric = args[0].text;
	q.show = (uint8_t)show;
	for (int i = 1; i < count; i++)
		calc_narrow(s->calc->f, &q, args[i].text);
	return q;
}

/* ---- results ---- */

static bool number(struct expr_value *result, double n)
{
	*result = (struct expr_value){ .kind = EXPR_NUMBER, .number = n };
	return true;
}

static bool truth(struct expr_value *result, bool t)
{
	*result = (struct expr_value){ .kind = EXPR_TRUTH, .truth = t };
	return true;
}

static bool text(struct expr_value *result, struct str t)
{
	*result = (struct expr_value){ .kind = EXPR_TEXT, .text = t };
	return true;
}

/* A condition's numbers have six places at most. */
static void log_number(struct buf *log, double n)
{
	calc_log_decimal(log, (struct decimal){ (int64_t)(n * 1000000 + (n < 0 ? -0.5 : 0.5)), 6 });
}

void calc_log_call(const struct calc_scope *s, const char *name, const struct expr_value *args, int count)
{
	if (!s->log)
		return;
	if (s->log->len)
		buf_puts(s->log, ", ");
	buf_printf(s->log, "%s(", name);
	for (int i = 0; i < count; i++) {
		buf_puts(s->log, i ? ", " : "");
		if (args[i].kind == EXPR_NUMBER)
			log_number(s->log, args[i].number);
		else
			buf_printf(s->log, "'" STR_FMT "'", STR_ARG(args[i].text));
	}
	buf_puts(s->log, ") = ");
}

void calc_log_decimal(struct buf *log, struct decimal n)
{
	if (log)
		buf_decimal(log, decimal_trimmed(n));
}

static void log_text(const struct calc_scope *s, struct str t)
{
	if (s->log)
		buf_put(s->log, t);
}

/* A change that is not clear is none. */
static bool is_no_change(const struct facts_value *v)
{
	const struct facts_value *d = v->operation == OP_CHANGE ? v->operands[0] : v;
	return d->operation == OP_DIFFERENCE && d->operand_count == 2 && !calc_is_clear(d->operands[0], d->operands[1]);
}

static bool asked(const struct calc_scope *s, const struct query *q, struct expr_value *result)
{
	struct answer a = calc_ask(s->calc, q, &s->context, s->diag);
	if (a.kind == ANSWER_NUMBER) {
		struct decimal printed = calc_printed_units(a.value, q->decimals);
		calc_log_decimal(s->log, printed);
		if (is_no_change(a.value) && s->log)
			buf_puts(s->log, ", no clear change");
		return number(result, is_no_change(a.value) ? 0 : decimal_double(printed));
	}
	if (a.kind == ANSWER_TEXT) {
		log_text(s, a.id);
		return text(result, a.id);
	}
	log_text(s, STR("missing"));
	return false;
}

static bool shown(void *ctx, const char *name, enum query_show show, const struct expr_value *args,
	int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q = query_of(s, show, args, count);
	if (show == SHOW_DIFFERENCE || show == SHOW_CHANGE)
		calc_compare_with(&q);
	calc_log_call(s, name, args, count);
	return asked(s, &q, result);
}

#define SHOWN(function, name, show)                                                             \
	static bool function(                                                                   \
		void *ctx, const struct expr_value *args, int count, struct expr_value *result) \
	{                                                                                       \
		return shown(ctx, name, show, args, count, result);                             \
	}
SHOWN(call_actual, "actual", SHOW_VALUE)
SHOWN(call_side, "side", SHOW_VALUE)
SHOWN(call_gap, "gap", SHOW_GAP)
SHOWN(call_delta, "delta", SHOW_DIFFERENCE)
SHOWN(call_change, "change", SHOW_CHANGE)
SHOWN(call_streak, "streak", SHOW_STREAK)
SHOWN(call_status, "status", SHOW_STATUS)
SHOWN(call_rank, "rank", SHOW_RANK)
SHOWN(call_share, "share", SHOW_SHARE)
SHOWN(call_mean, "mean", SHOW_MEAN)
SHOWN(call_least, "least", SHOW_LEAST)
SHOWN(call_greatest, "greatest", SHOW_GREATEST)
SHOWN(call_agreement, "agreement", SHOW_AGREEMENT)
SHOWN(call_low, "low", SHOW_LOW)
SHOWN(call_high, "high", SHOW_HIGH)

static bool scenario_call(void *ctx, const char *name, struct str scenario,
	const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q = query_of(s, SHOW_VALUE, args, count);
	q.scenario = scenario;
	calc_log_call(s, name, args, count);
	return asked(s, &q, result);
}

static bool call_plan(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	return scenario_call(ctx, "plan", STR("plan"), args, count, result);
}

static bool call_forecast(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	return scenario_call(ctx, "forecast", STR("forecast"), args, count, result);
}

static bool call_prior(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q = query_of(s, SHOW_VALUE, args, count);
	q.period = STR("prior");
	calc_log_call(s, "prior", args, count);
	return asked(s, &q, result);
}

/* By metric, or by its own id. */
static bool call_benchmark(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q = query_of(s, SHOW_BENCHMARK, args, count);
	if (map_lookup(&s->calc->f->benchmarks, args[0].text) &&
		!facts_metric_lookup(s->calc->f, args[0].text)) {
		q.ref = args[0].text;
		q.metric = (struct str){ 0 };
	}
	calc_log_call(s, "benchmark", args, count);
	struct answer a = calc_ask(s->calc, &q, &s->context, s->diag);
	if (a.kind != ANSWER_NUMBER) {
		log_text(s, STR("missing"));
		return false;
	}
	calc_log_decimal(s->log, a.value->number);
	return number(result, decimal_double(a.value->number));
}

/* ---- records ---- */

/* count('system', 'link=none'). */
static bool call_count(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q;
	query_init(&q, (struct src_pos){ 0 });
	q.show = SHOW_COUNT;
	q.kind = args[0].text;
	if (count > 1)
		q.where = args[1].text;
	calc_log_call(s, "count", args, count);
	return asked(s, &q, result);
}

/* sum('ask', 'amount', 'by=both'): of a field, or of a metric over the records. */
static bool call_sum(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	const struct facts_kind *kind = facts_kind_lookup(s->calc->f, args[0].text);
	struct query q;
	query_init(&q, (struct src_pos){ 0 });
	q.show = SHOW_SUM;
	q.kind = args[0].text;
	if (kind && !map_lookup(&kind->by_field, args[1].text) &&
		facts_metric_lookup(s->calc->f, args[1].text))
		q.metric = args[1].text;
	else
		q.field = args[1].text;
	if (count > 2)
		q.where = args[2].text;
	calc_log_call(s, "sum", args, count);
	return asked(s, &q, result);
}

/* field('state'), field('amount', 'cdp'): numbers as numbers, dates as they are written, else the
 * id. */
static bool call_field(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q;
	struct buf b;
	query_init(&q, (struct src_pos){ 0 });
	q.field = args[0].text;
	if (count > 1)
		q.item = args[1].text;
	calc_log_call(s, "field", args, count);
	struct answer a = calc_ask(s->calc, &q, &s->context, s->diag);
	if (a.kind != ANSWER_DATE && a.kind != ANSWER_PERIOD)
		return asked(s, &q, result);
	buf_init(&b, s->calc->a, 64);
	if (a.kind == ANSWER_DATE)
		buf_date(&b, a.date);
	else
		buf_period(&b, a.period);
	log_text(s, buf_str(&b));
	return text(result, buf_str(&b));
}

/* days('due'): from the as-of date; below nought when it has passed. */
static bool call_days(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct query q;
	query_init(&q, (struct src_pos){ 0 });
	q.show = SHOW_DIFFERENCE;
	q.field = args[0].text;
	if (count > 1)
		q.item = args[1].text;
	calc_log_call(s, "days", args, count);
	return asked(s, &q, result);
}

/* ---- numbers ---- */

static bool is_missing(const struct expr_value *v)
{
	return v->kind == EXPR_TEXT && v->text.len == 0;
}

static bool call_missing(
	void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	(void)ctx, (void)count;
	return truth(result, is_missing(&args[0]));
}

static bool call_abs(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	(void)ctx, (void)count;
	return number(result, args[0].number < 0 ? -args[0].number : args[0].number);
}

/* is('confidence'): whether that is the metric, the item or the side in context. */
static bool call_is(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	const struct calc_scope *s = ctx;
	struct str id = args[0].text;
	bool yes = str_equal(id, s->context.metric) || str_equal(id, s->context.side) ||
		(s->context.item && str_equal(id, s->context.item->id));
	calc_log_call(s, "is", args, count);
	log_text(s, yes ? STR("yes") : STR("no"));
	return truth(result, yes);
}

/* ---- names, when a file is loaded ---- */

static struct str nearest_of(struct str name, struct str a, struct str b)
{
	struct str pair[2] = { a, b };
	return str_nearest(name, pair, 2);
}

static void check_metric_name(
	const struct facts *f, struct str name, struct src_pos pos, struct diag *d)
{
	if (name.len && name.ptr[0] != '.' && !facts_metric_lookup(f, name))
		facts_unknown_metric(f, name, pos, d);
}

static struct str nearest_record(const struct facts *f, struct str name)
{
	struct str near = { 0 };
	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;
		near = nearest_of(name, near, map_nearest(&all->by_id, name));
	}
	return near;
}

/* What narrows a metric may be an item, and items differ from unit to unit: only what looks like
 * another name misspelt is reported. */
static void check_narrow(const struct facts *f, struct str name, struct src_pos pos, struct diag *d)
{
	if (is_unit(name) && f->units.count && !map_lookup(&f->units, unit_of(name)))
		facts_unknown_unit(f, unit_of(name), pos, d);
	if (str_is(name, "gap") || is_decimals(name) || is_unit(name) || is_side(f, name) || is_scenario(name) || is_period(name) ||
		str_is(name, "all") || (name.len && name.ptr[0] == '.'))
		return;
	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;
		if (map_lookup(&all->by_id, name))
			return;
	}
	static const char *const words[] = { "previous", "year-ago", "this-year", "last-year",
		"next-year", "prior", "actual", "plan", "forecast", "joint" };
	struct str word = { 0 };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		word = nearest_of(name, word, str_from(words[i]));
	for (size_t i = 0; i < f->side_count; i++)
		word = nearest_of(name, word, f->sides[i].id);
	if (word.len && nearest_record(f, name).len == 0)
		diag_add(d, DIAG_REFERENCE_UNKNOWN, pos,
			"'" STR_FMT "' is no side, item, period or scenario%s", STR_ARG(name),
			diag_nearest(d, word));
}

static void check_metric(
	void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	if (index == 0)
		check_metric_name(ctx, literal, pos, d);
	else
		check_narrow(ctx, literal, pos, d);
}

static void check_benchmark(
	void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	const struct facts *f = ctx;
	if (index > 0 || !map_lookup(&f->benchmarks, literal))
		check_metric(ctx, index, literal, pos, d);
}

/* What a figure is held against may be a benchmark, too. */
static void check_against(void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	const struct facts *f = ctx;
	struct str near = nearest_of(literal, STR("benchmark"), (struct str){ 0 });
	if (index > 0 && str_is(literal, "benchmark"))
		return;
	if (index > 0 && near.len && !nearest_record(f, literal).len)
		diag_add(d, DIAG_REFERENCE_UNKNOWN, pos, "'" STR_FMT "' is nothing to compare with%s", STR_ARG(literal),
			diag_nearest(d, near));
	else
		check_metric(ctx, index, literal, pos, d);
}

static void check_first(void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	if (index == 0 || !(str_is(literal, "above") || str_is(literal, "below")))
		check_against(ctx, index, literal, pos, d);
}

static void check_drivers(void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	const struct facts *f = ctx;
	struct query q;
	query_init(&q, pos);
	q.metric = literal;
	if (index == 0)
		calc_drivers_check(f, &q, d);
	else
		check_metric(ctx, index, literal, pos, d);
}

static void check_kind(void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	const struct facts *f = ctx;
	if (index == 0 && !facts_kind_lookup(f, literal))
		diag_add(d, DIAG_REFERENCE_UNKNOWN, pos, "no kind '" STR_FMT "' in the catalogue%s",
			STR_ARG(literal), diag_nearest(d, map_nearest(&f->kinds, literal)));
}

static struct str nearest_field(const struct facts *f, struct str name)
{
	struct str near = { 0 };
	for (size_t i = 0; i < f->kinds.count; i++) {
		const struct facts_kind *kind = f->kinds.entries[i].value;
		near = nearest_of(name, near, map_nearest(&kind->by_field, name));
	}
	return near;
}

/* The context decides whose field it is: some kind must have it. */
static void check_field(
	void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	const struct facts *f = ctx;
	struct str rest = literal, first = { 0 };
	str_split(&rest, '.', &first);
	if (index > 0 || str_is(first, "label") || str_is(first, "id") || str_is(first, "index"))
		return;
	for (size_t i = 0; i < f->kinds.count; i++) {
		const struct facts_kind *kind = f->kinds.entries[i].value;
		if (map_lookup(&kind->by_field, first))
			return;
	}
	diag_add(d, DIAG_REFERENCE_UNKNOWN, pos, "no kind of record has a field '" STR_FMT "'%s",
		STR_ARG(first), diag_nearest(d, nearest_field(f, first)));
}

const struct expr_function calc_functions[] = {
	{ "actual", 1, 5, false, call_actual, check_metric },
	{ "plan", 1, 5, false, call_plan, check_metric },
	{ "forecast", 1, 5, false, call_forecast, check_metric },
	{ "prior", 1, 5, false, call_prior, check_metric },
	{ "side", 2, 5, false, call_side, check_metric },
	{ "gap", 1, 5, false, call_gap, check_metric },
	{ "delta", 1, 7, false, call_delta, check_metric },
	{ "change", 1, 7, false, call_change, check_metric },
	{ "benchmark", 1, 2, false, call_benchmark, check_benchmark },
	{ "streak", 1, 5, false, call_streak, check_metric },
	{ "status", 1, 5, false, call_status, check_metric },
	{ "rank", 1, 5, false, call_rank, check_metric },
	{ "share", 1, 5, false, call_share, check_metric },
	{ "mean", 1, 5, false, call_mean, check_metric },
	{ "least", 1, 5, false, call_least, check_metric },
	{ "greatest", 1, 5, false, call_greatest, check_metric },
	{ "agreement", 1, 5, false, call_agreement, check_metric },
	{ "low", 1, 5, false, call_low, check_metric },
	{ "high", 1, 5, false, call_high, check_metric },
	{ "count", 1, 2, false, call_count, check_kind },
	{ "sum", 2, 3, false, call_sum, check_kind },
	{ "field", 1, 2, false, call_field, check_field },
	{ "days", 1, 2, false, call_days, check_field },
	{ "is", 1, 1, false, call_is, NULL },
	{ "missing", 1, 1, true, call_missing, NULL },
	{ "abs", 1, 1, false, call_abs, NULL },
	{ "above", 1, 7, false, calc_call_above, check_against },
	{ "below", 1, 7, false, calc_call_below, check_against },
	{ "within", 1, 7, false, calc_call_within, check_against },
	{ "between", 3, 7, false, calc_call_between, check_metric },
	{ "rises", 1, 7, false, calc_call_rises, check_against },
	{ "falls", 1, 7, false, calc_call_falls, check_against },
	{ "unchanged", 1, 7, false, calc_call_unchanged, check_against },
	{ "agree", 1, 3, false, calc_call_agree, check_metric },
	{ "apart", 1, 3, false, calc_call_apart, check_metric },
	{ "top", 1, 6, false, calc_call_top, check_metric },
	{ "stale", 1, 5, false, calc_call_stale, check_metric },
	{ "first-time", 1, 7, false, calc_call_first_time, check_first },
	{ "driven", 1, 7, false, calc_call_driven, check_drivers },
	{ "offset", 1, 7, false, calc_call_offset, check_drivers },
	{ "drives", 1, 7, false, calc_call_drives, check_drivers },
	{ NULL, 0, 0, false, NULL, NULL },
};
