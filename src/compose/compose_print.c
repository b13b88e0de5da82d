/* compose: answers to printed text. Prose, tables and charts print through here, so they cannot
 * disagree. */
#include "compose/compose_int.h"

/* ---- values and figures of the document ---- */

static void fill_names(struct composer *c, struct doc_subject *out, const struct facts_value *v)
{
	static const char *const scenarios[] = { "actual", "plan", "forecast" };
	struct buf period;

	buf_init(&period, c->arena, 64); /* "2027..2029" of three years */
	if (v->period_count > 1) {
		buf_period(&period, period_shift(v->period, 1 - v->period_count));
		buf_puts(&period, "..");
	}
	if (v->period.kind != PERIOD_NONE)
		buf_period(&period, v->period);
	out->metric = v->metric ? v->metric->id : (struct str){ 0 };
	out->unit = v->unit;
	out->period = buf_finish(&period);
	out->side = v->side ? v->side->id : (struct str){ 0 };
	out->scenario = v->metric ? str_from(scenarios[v->scenario]) : (struct str){ 0 };
	out->measure = str_from(facts_measure_name((enum facts_measure)v->measure));
	if (v->operation != OP_READ)
		out->operation = str_from(facts_operation_name((enum facts_operation)v->operation));
}

static void fill_source(struct composer *c, struct doc_subject *out, const struct facts_source *s)
{
	struct buf date;

	if (s == NULL)
		return;
	buf_init(&date, c->arena, 16);
	if (s->date.year)
		buf_date(&date, s->date);
	out->source = s->id;
	out->source_title = s->title;
	out->source_date = buf_finish(&date);
	out->sample = s->sample;
}

static void fill_benchmark(
	struct composer *c, struct doc_subject *out, const struct facts_benchmark *b)
{
	if (b == NULL)
		return;
	out->source = b->id;
	out->source_title = benchmark_citation(c, b);
	out->sample = b->sample;
}

/* A derived value without a source of its own has that of its first operand that has one. */
static const struct doc_subject *heir_of(
	struct composer *c, const struct facts_value *v, const uint32_t *operands)
{
	for (uint32_t i = 0; v->source == NULL && v->benchmark == NULL && i < v->operand_count; i++)
		if (c->doc->values.at[operands[i]].of->source.len)
			return c->doc->values.at[operands[i]].of;
	return NULL;
}

static void inherit_source(struct doc_subject *out, const struct doc_subject *from, const struct facts_source *inherited)
{
	if (from == NULL || out->source.len)
		return;
	out->source = from->source;
	out->source_title = from->source_title;
	out->source_date = from->source_date;
	out->sample = inherited && str_equal(inherited->id, from->source) ? inherited->sample : from->sample;
}

/* All that a subject is made of, without gaps between: its bytes are a key. */
struct subject_key {
	const struct facts_metric *metric;
	const struct facts_side *side;
	const struct facts_source *source, *inherited;
	const struct facts_benchmark *benchmark;
	const struct doc_subject *heir;
	const char *unit;
	size_t unit_len;
	uint8_t period_kind, scenario, measure, operation;
	int16_t period_year;
	int8_t period_number;
	uint8_t period_count; /* 0: it is that period alone */
};

static const struct doc_subject *subject_of(
	struct composer *c, const struct facts_value *v, const uint32_t *operands)
{
	struct subject_key key = { v->metric, v->side, v->source, v->inherited, v->benchmark,
		heir_of(c, v, operands), v->unit.ptr, v->unit.len, v->period.kind, v->scenario,
		v->measure, v->operation, v->period.year, v->period.number, v->period_count > 1 ? v->period_count : 0 };
	struct str bytes = { (const char *)&key, sizeof key };
	struct doc_subject *subject = map_lookup(&c->subjects, bytes);

	if (subject)
		return subject;
	subject = ARENA_NEW(c->arena, struct doc_subject);
	fill_names(c, subject, v);
	fill_source(c, subject, v->source);
	fill_benchmark(c, subject, v->benchmark);
	inherit_source(subject, key.heir, v->inherited);
	map_put(c->arena, &c->subjects, str_copy(c->arena, bytes), subject);
	return subject;
}

static struct doc_value doc_value_of(struct composer *c, const struct facts_value *v)
{
	uint32_t *operands = v->operand_count ? ARENA_ARRAY(c->arena, uint32_t, v->operand_count) : NULL;

	for (uint32_t i = 0; i < v->operand_count; i++)
		operands[i] = value_index(c, v->operands[i]);
	return (struct doc_value){ .of = subject_of(c, v, operands),
		.item = v->item ? v->item->id : v->operation == OP_RATE ? v->note : (struct str){ 0 },
		.number = v->number,
		.operands = operands,
		.operand_count = v->operand_count,
		.rows = v->sample ? v->sample->rows : (struct str){ 0 },
		.pos = v->pos };
}

uint32_t value_index(struct composer *c, const struct facts_value *v)
{
	uint32_t known = address_lookup(&c->values, v);
	struct doc_value value;

	if (known)
		return known - 1;
	value = doc_value_of(c, v);
	vec_push(c->arena, &c->doc->values, value);
	address_put(c->arena, &c->values, v, (uint32_t)c->doc->values.count);
	return (uint32_t)(c->doc->values.count - 1);
}

/* Values of one survey that are not said by as many: each of them counts, unless it is of both sides where others are of one. */
static void sample_add(struct composer *c, const struct facts_value *v)
{
	const struct facts_source *source = facts_source_of(v);
	struct shown_sample *shown = &c->shown_sample;
	struct decimal n;

	if (source == NULL || !str_equal(source->id, c->shown_source->id) || !decimal_parse(source->sample, &n))
		return;
	if (!shown->known)
		*shown = (struct shown_sample){ .least = n, .most = n, .known = true, .of_side = v->side != NULL };
	if (shown->of_side != (v->side != NULL))
		return;
	shown->least = decimal_cmp(n, shown->least) < 0 ? n : shown->least;
	shown->most = decimal_cmp(n, shown->most) > 0 ? n : shown->most;
}

int32_t figure_add(struct composer *c, struct str text, const struct facts_value *v)
{
	struct doc_figure figure = {
		.text = text, .exhibit = c->exhibit, .value = value_index(c, v)
	};

	if (c->slot)
		figure.slot = c->slot->id;
	if (c->shown_source == NULL)
		c->shown_source = facts_source_of(v);
	if (c->shown_source)
		sample_add(c, v);
	origins_add(c, v);
	vec_push(c->arena, &c->doc->figures, figure);
	return (int32_t)(c->doc->figures.count - 1);
}

/* ---- numbers ---- */

/* How a form signs a number, and whether it leaves the unit away. */
static const struct {
	uint8_t sign;
	bool bare;
} number_forms[] = {
	[FORM_AUTO] = { SIGN_MINUS, false },
	[FORM_PLAIN] = { SIGN_MINUS, true },
	[FORM_SIGNED] = { SIGN_ALWAYS, true },
	[FORM_POINTS] = { SIGN_ALWAYS, false },
	[FORM_ABSOLUTE] = { SIGN_NEVER, false },
	[FORM_SHORT] = { SIGN_MINUS, true },
	[FORM_LONG] = { SIGN_NEVER, false },
	[FORM_MONTH] = { SIGN_MINUS, true },
};

/* "3 points", "1 day": the language knows which of them is one. */
static struct str with_unit_in_words(
	struct composer *c, const struct facts_value *v, struct str number)
{
	const char *measure = v->measure == MEASURE_POINTS ? "points-long" : "days-long";

	return locale_measure(c->arena, c->in->locale, measure, number);
}

static struct str with_unit(struct composer *c, const struct facts_value *v, struct str number)
{
	const struct locale *l = c->in->locale;

	switch (v->measure) {
	case MEASURE_PERCENT: return locale_measure(c->arena, l, "percent", number);
	case MEASURE_POINTS: return locale_measure(c->arena, l, "points", number);
	case MEASURE_MONEY:
		return locale_money(c->arena, l,
			v->currency.len ? v->currency : c->in->facts->currency, v->exponent,
			number);
	case MEASURE_MILLISECONDS: return locale_measure(c->arena, l, "milliseconds", number);
	default:
		return number; /* days, counts, scores, ratios: the sentence or the head names what
				  is counted */
	}
}

static bool counted_in_words(uint8_t form)
{
	return form == FORM_WORDS || form == FORM_WORDS_CAPITAL || form == FORM_ORDINAL;
}

static struct str print_words(struct composer *c, const struct facts_value *v, uint8_t form)
{
	struct decimal n = decimal_abs(decimal_round(v->number, 0));

	if (form == FORM_ORDINAL)
		return locale_ordinal(c->arena, c->in->locale, n.coef);
	return locale_count(c->arena, c->in->locale, n.coef, form == FORM_WORDS_CAPITAL);
}

/* ---- compact: in the power of a thousand that the number reaches ---- */

struct compact {
	struct decimal number; /* of 10^exponent, rounded */
	int exponent, decimals;
};

static struct compact scaled_to(struct decimal n, int exponent, int decimals)
{
	struct decimal scaled = decimal_round(n, 3);

	scaled.scale = (uint8_t)(scaled.scale + exponent);
	return (struct compact){ decimal_round(scaled, (uint8_t)decimals), exponent, decimals };
}

/* Three figures at most, unless the query says how many decimals: 9.4 k, 94 k, and 999.96 k is 1 m. */
static struct compact compacted(struct decimal n, int decimals)
{
	struct compact c = scaled_to(n, 0, decimals < 0 ? 0 : decimals);

	while (c.exponent < 9 && decimal_cmp(decimal_abs(c.number), decimal_int(1000)) >= 0) {
		c = scaled_to(n, c.exponent + 3, decimals < 0 ? 1 : decimals);
		if (decimals < 0 && decimal_cmp(decimal_abs(c.number), decimal_int(10)) >= 0)
			c = scaled_to(n, c.exponent, 0);
	}
	return c;
}

static bool is_compact(const struct facts_value *v, const struct query *q)
{
	return q->form == FORM_COMPACT && (v->measure == MEASURE_MONEY || v->measure == MEASURE_COUNT);
}

static struct str print_compact(struct composer *c, const struct facts_value *v, const struct query *q, bool bare)
{
	const struct locale *l = c->in->locale;
	struct compact compact = compacted(v->number, q->decimals);
	struct str number = locale_number(c->arena, l, compact.number, compact.decimals, SIGN_MINUS);

	if (bare || v->measure != MEASURE_MONEY)
		return locale_compact(c->arena, l, compact.exponent, number);
	return locale_money(c->arena, l, v->currency.len ? v->currency : c->in->facts->currency, compact.exponent, number);
}

static uint8_t number_form(const struct query *q)
{
	return q->form < sizeof number_forms / sizeof number_forms[0] ? q->form : FORM_AUTO;
}

struct str print_with_unit(struct composer *c, const struct facts_value *v, const struct query *q, struct str number)
{
	uint8_t form = number_form(q);

	/* A difference of per cents is in points: the sentence says "points" unless the form
	 * does. */
	if (number_forms[form].bare || (form == FORM_ABSOLUTE && v->measure == MEASURE_POINTS))
		return number;
	if (form == FORM_LONG && (v->measure == MEASURE_POINTS || v->measure == MEASURE_DAYS))
		return with_unit_in_words(c, v, number);
	return with_unit(c, v, number);
}

struct str print_number(struct composer *c, const struct facts_value *v, const struct query *q, bool bare)
{
	int decimals = q->decimals == QUERY_DECIMALS ? v->decimals : q->decimals;
	uint8_t form = number_form(q);
	struct str number;

	if (counted_in_words(q->form))
		return print_words(c, v, q->form);
	if (is_compact(v, q))
		return print_compact(c, v, q, bare);
	number = locale_number(c->arena, c->in->locale, calc_printed(v, decimals), decimals,
		(enum locale_sign)number_forms[form].sign);
	return bare ? number : print_with_unit(c, v, q, number);
}

/* ---- texts, dates, periods ---- */

struct str print_text(struct composer *c, struct str text, uint8_t form)
{
	if (form == FORM_LOWER)
		return locale_lower_first(c->arena, c->in->locale, text);
	return form == FORM_CAPITAL ? locale_upper_first(c->arena, c->in->locale, text) : text;
}

static struct str print_date(struct composer *c, struct date date, uint8_t form)
{
	enum locale_date how = form == FORM_SHORT ? DATE_SHORT
		: form == FORM_MONTH		  ? DATE_MONTH
						  : DATE_LONG;

	return locale_date(c->arena, c->in->locale, date, how);
}

struct str print_period(struct composer *c, struct period p, enum locale_period form)
{
	return locale_period(c->arena, c->in->locale, p, &c->in->facts->calendar, form);
}

/* One, or a run of them: "Q1–Q3 2026". */
static struct str print_periods(struct composer *c, const struct answer *answer, enum locale_period form)
{
	if (answer->periods < 2)
		return print_period(c, answer->period, form);
	return locale_periods(c->arena, c->in->locale, period_shift(answer->period, 1 - answer->periods), answer->period,
		&c->in->facts->calendar, form);
}

static enum locale_period period_form(uint8_t form)
{
	return form == FORM_SHORT ? PERIOD_SHORT : form == FORM_LONG ? PERIOD_RANGE : PERIOD_LONG;
}

struct str withheld_text(struct composer *c, uint32_t least, bool bare)
{
	struct str number = str_printf(c->arena, "%u", least);

	c->withheld = least;
	return words_of(c, bare ? "withheld-short" : "withheld", &number, 1);
}

struct str withheld_answer(struct composer *c, const struct answer *answer, bool bare)
{
	if (c->withheld_source == NULL)
		c->withheld_source = answer->withheld_source;
	return withheld_text(c, answer->withheld, bare);
}

struct printed print_answer(
	struct composer *c, const struct answer *answer, const struct query *q, bool bare)
{
	struct printed out = { .figure = -1 };

	switch (answer->kind) {
	case ANSWER_NUMBER:
		out.text = print_number(c, answer->value, q, bare);
		out.figure = figure_add(c, out.text, answer->value);
		break;
	case ANSWER_TEXT: out.text = print_text(c, answer->text, q->form); break;
	case ANSWER_DATE: out.text = print_date(c, answer->date, q->form); break;
	case ANSWER_PERIOD: out.text = print_periods(c, answer, period_form(q->form)); break;
	default:
		out.text = answer->withheld ? withheld_answer(c, answer, true) : missing_text(c, q);
		out.missing = true;
		break;
	}
	return out;
}

struct printed print_query(
	struct composer *c, const struct query *q, const struct calc_context *ctx, bool bare)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);

	return print_answer(c, &answer, q, bare);
}

void report_missing(
	struct composer *c, const struct query *q, const struct answer *answer, struct src_pos pos)
{
	const struct facts_metric *m = facts_metric_lookup(c->in->facts, q->metric);

	if (answer->withheld)
		return; /* said where it was read */
	diag_add(c->diag, DIAG_DATA_MISSING, pos, "%s" STR_FMT "; showing '" STR_FMT "'",
		answer->text.len ? "" : "no value", STR_ARG(answer->text),
		STR_ARG(missing_text(c, q)));
	if (m)
		diag_note(c->diag, m->pos, "metric '" STR_FMT "' is declared here", STR_ARG(m->id));
}

struct str facts_label_of_side(struct composer *c, struct str id)
{
	const struct facts_side *side = facts_side_lookup(c->in->facts, id);
	struct str label = facts_label(side ? &side->labels : &c->in->facts->joint.labels,
		locale_lang(c->in->locale), false);

	return side || label.len ? label : word(c, "side-joint");
}

struct unit { /* what a figure is printed in depends on */
	uint8_t measure;     /* enum facts_measure */
	int8_t exponent;     /* money */
	struct str currency; /* money; empty: the company's */
	struct str label;    /* that the metric gives its own; empty = none */
};

static struct str unit_words(struct composer *c, const struct unit *u)
{
	static const char *const units[] = { [MEASURE_PERCENT] = "unit-percent",
		[MEASURE_POINTS] = "unit-points",
		[MEASURE_DAYS] = "unit-days",
		[MEASURE_MILLISECONDS] = "unit-milliseconds" };

	if (u->measure == MEASURE_MONEY)
		return locale_currency_unit(
			c->arena, c->in->locale, u->currency.len ? u->currency : c->in->facts->currency, u->exponent);
	if (u->label.len || u->measure >= sizeof units / sizeof units[0] || units[u->measure] == NULL)
		return u->label;
	return word(c, units[u->measure]);
}

struct str print_unit(struct composer *c, const struct facts_metric *m)
{
	struct unit u = { .measure = m->measure, .exponent = m->exponent,
		.label = facts_label(&m->units, locale_lang(c->in->locale), true) };

	return unit_words(c, &u);
}

bool same_unit(const struct facts_value *a, const struct facts_value *b)
{
	return a->measure == b->measure && a->exponent == b->exponent && str_equal(a->currency, b->currency);
}

/* A share or a gap of a metric is measured otherwise than the metric, and does not have its own unit. */
struct str print_unit_of(struct composer *c, const struct facts_value *v, const struct query *q)
{
	struct unit u = { .measure = v->measure, .exponent = is_compact(v, q) ? 0 : v->exponent, .currency = v->currency };

	if (v->metric && v->metric->measure == v->measure)
		u.label = facts_label(&v->metric->units, locale_lang(c->in->locale), true);
	return unit_words(c, &u);
}
