/* compose: answers as data of charts. */
#include "compose/compose_int.h"

bool has_answer(struct composer *c, const struct query *q, const struct calc_context *ctx)
{
	return calc_ask(c->in->calc, q, ctx, c->diag).kind == ANSWER_NUMBER;
}

static struct measured measured_by(const struct facts_value *v)
{
	bool money = v->measure == MEASURE_MONEY;

	return (struct measured){ .measure = v->measure,
		.exponent = money ? v->exponent : (int8_t)0,
		.currency = money ? v->currency : (struct str){ 0 } };
}

struct measured measure_of(
	struct composer *c, const struct query *q, const struct calc_context *ctx)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);
	const struct facts_metric *m =
		facts_metric_lookup(c->in->facts, q->metric.len ? q->metric : ctx->metric);

	if (answer.kind == ANSWER_NUMBER)
		return measured_by(answer.value);
	if (m == NULL)
		return (struct measured){ .measure = MEASURE_COUNT };
	return (struct measured){ .measure = m->measure,
		.exponent = m->measure == MEASURE_MONEY ? m->exponent : (int8_t)0,
		.currency =
			m->measure == MEASURE_MONEY ? c->in->facts->currency : (struct str){ 0 } };
}

/* A number printed in other units than its scale's is moved to the scale's. */
static struct decimal on_scale(
	const struct scaling *s, const struct facts_value *v, struct decimal n)
{
	struct decimal ten = { 10, 0 };

	for (int i = s->exponent; v->measure == MEASURE_MONEY && i < v->exponent; i++)
		if (!decimal_mul(n, ten, &n))
			break;
	for (int i = v->exponent; v->measure == MEASURE_MONEY && i < s->exponent; i++)
		if (!decimal_div(n, 1, ten,
			    (uint8_t)(n.scale < DECIMAL_SCALE_MAX ? n.scale + 1 : n.scale), &n))
			break;
	return n;
}

static bool same_currency(struct composer *c, const struct scaling *s, const struct facts_value *v,
	struct src_pos pos)
{
	if (v->measure != MEASURE_MONEY || s->currency.len == 0 || v->currency.len == 0 ||
		str_equal(v->currency, s->currency))
		return true;
	diag_add(c->diag, DIAG_CURRENCY_MIXED, pos,
		"amounts in " STR_FMT " and " STR_FMT " cannot stand on one scale" STR_FMT,
		STR_ARG(s->currency), STR_ARG(v->currency), STR_ARG(calc_rate_wanted(c->in->calc, v, v)));
	diag_note(c->diag, v->pos, "the amount in " STR_FMT " is here", STR_ARG(v->currency));
	return false;
}

struct doc_datum datum_of_answer(struct composer *c, const struct answer *answer,
	const struct query *q, uint16_t scale, bool bare)
{
	struct doc_datum datum = { .figure = -1 };
	struct scaling *state = &c->scaling.at[scale];
	const struct facts_value *v = answer->value;
	struct printed printed;

	if (answer->withheld)
		datum.label = withheld_answer(c, answer, true);
	if (answer->kind != ANSWER_NUMBER || !same_currency(c, state, v, q->pos))
		return datum;
	printed = print_answer(c, answer, q,
		bare && (v->measure != MEASURE_MONEY || v->exponent == state->exponent));
	datum.present = true;
	datum.value = on_scale(state, v,
		calc_printed(v, q->decimals == QUERY_DECIMALS ? v->decimals : q->decimals));
	datum.label = printed.text;
	datum.figure = printed.figure;
	state->shares &= v->operation != OP_CHANGE;
	scale_extend(c, scale, datum.value);
	return datum;
}

struct doc_datum datum_of(struct composer *c, const struct query *q, const struct calc_context *ctx,
	uint16_t scale, bool bare)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);

	return datum_of_answer(c, &answer, q, scale, bare);
}

static const struct {
	const char *name;
	enum doc_scenario scenario;
} fills[] = {
	{ "actual", DOC_ACTUAL },
	{ "prior", DOC_PRIOR },
	{ "plan", DOC_PLAN },
	{ "forecast", DOC_FORECAST },
};

static bool named_fill(struct str name, uint8_t *out)
{
	for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
		if (!str_is(name, fills[i].name))
			continue;
		*out = (uint8_t)fills[i].scenario;
		return true;
	}
	return false;
}

static bool is_earlier(const struct query *q)
{
	static const char *const words[] = { "previous", "year-ago", "last-year", "ytd-year-ago", "ltm-year-ago" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(q->period, words[i]))
			return true;
	return q->offset < 0;
}

/* The notation of a query's bars: stated, else its scenario; the actual of an earlier period is the
 * prior. */
uint8_t doc_scenario_of(const struct query *q, struct str fill)
{
	uint8_t scenario = DOC_ACTUAL;

	if (named_fill(fill, &scenario))
		return scenario;
	named_fill(q->scenario, &scenario);
	return scenario == DOC_ACTUAL && is_earlier(q) ? DOC_PRIOR : scenario;
}

static bool is_count(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0;
}

struct str sample_text(struct composer *c, const struct facts_source *source)
{
	const struct str both[2] = { source->sample, source->effective };

	if (source->effective.len)
		return words_of(c, "sample-weighted", both, 2);
	return is_count(source->sample) ? words_of(c, "sample", &source->sample, 1)
					: source->sample;
}
