/* compose: answers as data of charts. */
#include "compose/compose_int.h"

uint8_t measure_of(struct composer *c, const struct query *q, const struct calc_context *ctx)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);

	return answer.kind == ANSWER_NUMBER ? answer.value->measure : MEASURE_COUNT;
}

const struct facts_source *source_of_value(const struct facts_value *v)
{
	const struct facts_source *source = v->source;

	for (uint32_t i = 0; source == NULL && i < v->operand_count; i++)
		source = source_of_value(v->operands[i]);
	return source;
}

struct doc_datum datum_of(struct composer *c, const struct query *q, const struct calc_context *ctx, uint16_t scale, bool bare)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);
	struct doc_datum datum = { .figure = -1 };
	struct printed printed;

	if (answer.kind != ANSWER_NUMBER)
		return datum;
	printed = print_answer(c, &answer, q, bare);
	datum.present = true;
	datum.value = calc_printed(answer.value, q->decimals == QUERY_DECIMALS ? answer.value->decimals : q->decimals);
	datum.label = printed.text;
	datum.figure = printed.figure;
	scale_extend(c, scale, datum.value);
	return datum;
}

static const struct {
	const char *name;
	enum doc_scenario scenario;
} fills[] = {
	{ "actual", DOC_ACTUAL }, { "prior", DOC_PRIOR }, { "plan", DOC_PLAN }, { "forecast", DOC_FORECAST },
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
	static const char *const words[] = { "previous", "year-ago", "last-year", "ytd-year-ago" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(q->period, words[i]))
			return true;
	return q->offset < 0;
}

/* The notation of a query's bars: stated, else its scenario; the actual of an earlier period is the prior. */
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
	return is_count(source->sample) ? words_of(c, "sample", &source->sample, 1) : source->sample;
}
