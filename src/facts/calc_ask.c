/* query + context -> answer: one small function for each way of showing a figure. What is formed
 * here is made once and kept under its question. */
#include "facts/calc_int.h"

#include <stdio.h>

/* ---- answers ---- */

static struct str formatted(struct calc *c, const char *fmt, va_list args)
{
	struct buf b;
	buf_init(&b, c->a, 4096);
	buf_vprintf(&b, fmt, args);
	return buf_str(&b);
}

void calc_reason(struct ask *k, const char *fmt, ...)
{
	va_list args;
	if (k->missing.len)
		return;
	va_start(args, fmt);
	k->missing = formatted(k->c, fmt, args);
	va_end(args);
}

struct answer calc_missing(struct ask *k, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	if (k->missing.len == 0)
		k->missing = formatted(k->c, fmt, args);
	va_end(args);
	return calc_none_of(k);
}

struct answer calc_none_of(struct ask *k)
{
	return (struct answer){ .kind = ANSWER_MISSING,
		.text = k->missing,
		.withheld = k->withheld ? k->withheld->least : 0,
		.withheld_source = k->withheld ? k->withheld->source : NULL };
}

struct answer calc_number(const struct facts_value *v)
{
	return (struct answer){ .kind = ANSWER_NUMBER, .value = v };
}

struct answer calc_text(struct str text, struct str id)
{
	return (struct answer){ .kind = ANSWER_TEXT, .text = text, .id = id };
}

/* A mean of sides that is missing because one of them alone has a value says which. */
static struct str one_side_alone(struct ask *k, const struct facts_cell *at)
{
	const struct facts_side *alone = NULL;
	if (at->side || !at->metric || (at->metric->joint != JOINT_MEAN && at->metric->joint != JOINT_WEIGHTED))
		return (struct str){ 0 };
	for (size_t i = 0; i < k->c->f->side_count; i++) {
		struct facts_cell one = *at;
		one.side = &k->c->f->sides[i];
		if (!calc_value(k->c, &one))
			continue;
		if (alone)
			return (struct str){ 0 };
		alone = one.side;
	}
	return alone ? str_printf(k->c->a, "; of its sides only '" STR_FMT "' has one", STR_ARG(alone->id)) : (struct str){ 0 };
}

struct answer calc_no_value(struct ask *k, const struct facts_cell *at)
{
	if (k->c->withheld && k->missing.len == 0) {
		k->withheld = k->c->withheld;
		return calc_missing(k, "withheld: fewer than %u answers", k->withheld->least);
	}
	if (k->missing.len == 0 && !k->c->refused)
		return calc_missing(k, "no value for " STR_FMT STR_FMT STR_FMT, STR_ARG(facts_cell_text(k->c->a, at)),
			STR_ARG(calc_unit_lacking(k->c, at)), STR_ARG(one_side_alone(k, at)));
	return calc_none_of(k);
}

/* A number, or why there is none. */
static struct answer answered(
	struct ask *k, const struct facts_value *v, const struct facts_cell *at)
{
	return v ? calc_number(v) : calc_no_value(k, at);
}

/* ---- kept answers ---- */

const struct facts_value *calc_known(struct ask *k, const char *op, const struct facts_cell *at,
	const struct facts_cell *versus, struct str extra, struct str *key)
{
	struct buf *b = &k->c->key;
	b->len = 0;
	buf_puts(b, op);
	buf_putc(b, ' ');
	buf_number(b, k->q->show);
	buf_putc(b, ' ');
	buf_number(b, (uint32_t)k->q->decimals);
	buf_putc(b, ' ');
	buf_put(b, k->q->of);
	buf_putc(b, ' ');
	if (at && at->metric)
		facts_key(b, at);
	buf_putc(b, ' ');
	if (versus)
		facts_key(b, versus);
	buf_putc(b, ' ');
	buf_put(b, extra);
	const struct facts_value *known = map_lookup(&k->c->memo, buf_str(b));
	*key = known ? (struct str){ 0 } : str_copy(k->c->a, buf_str(b));
	return known;
}

const struct facts_value *calc_file(struct ask *k, struct str key, const struct facts_value *v)
{
	if (v)
		map_set(k->c->a, &k->c->memo, key, (void *)(uintptr_t)v);
	return v;
}

/* ---- gap, difference, change, ratio ---- */

/* The measure of what lies between two figures. */
static uint8_t between(uint8_t measure)
{
	return measure == MEASURE_PERCENT ? MEASURE_POINTS : measure;
}

bool calc_comparable(struct ask *k, const struct facts_value *a, const struct facts_value *b)
{
	if (a->period.kind && b->period.kind && !period_alike(a->period, b->period) && !k->q->mixed) {
		k->c->refused = true;
		diag_add(k->c->diag, DIAG_PERIOD_KIND, k->q->pos,
			STR_FMT " and " STR_FMT " are different kinds of period and cannot be compared; if the words around the "
			"figure name both, say mixed=\"yes\"",
			STR_ARG(period_text(k->c->a, a->period)), STR_ARG(period_text(k->c->a, b->period)));
		calc_note_period(k->c, a);
		calc_note_period(k->c, b);
		return false;
	}
	if (a->measure != MEASURE_MONEY || b->measure != MEASURE_MONEY ||
		str_equal(a->currency, b->currency))
		return true;
	k->c->refused = true;
	diag_add(k->c->diag, DIAG_CURRENCY_MIXED, k->q->pos,
		"amounts in " STR_FMT " and " STR_FMT " cannot be compared" STR_FMT, STR_ARG(a->currency),
		STR_ARG(b->currency), STR_ARG(calc_rate_wanted(k->c, a, b)));
	diag_note(k->c->diag, a->pos, "the amount in " STR_FMT " is here", STR_ARG(a->currency));
	diag_note(k->c->diag, b->pos, "the amount in " STR_FMT " is here", STR_ARG(b->currency));
	return false;
}

/* A new value between two: the first's cell, both as operands. */
static struct facts_value *between_two(struct ask *k, enum facts_operation op,
	const struct facts_value *a, const struct facts_value *b)
{
	struct facts_cell at = facts_cell_of(a);
	const struct facts_value *operands[2] = { a, b };
	struct facts_value *v = calc_made(k->c, &at, op, operands, 2);
	v->measure = between(a->measure);
	v->decimals = a->decimals;
	v->exponent = a->exponent;
	v->pos = k->q->pos.source ? k->q->pos : v->pos;
	return v;
}

/* The query's decimals are those of the difference itself, or of something made of it. */
static const struct facts_value *apart(struct ask *k, enum facts_operation op,
	const struct facts_value *a, const struct facts_value *b)
{
	struct facts_value *v = between_two(k, op, a, b);
	bool itself = k->q->show == SHOW_GAP || k->q->show == SHOW_DIFFERENCE;
	int decimals = itself ? k->q->decimals : QUERY_DECIMALS;
	if (decimal_sub(
		    calc_printed_units(a, decimals), calc_printed_units(b, decimals), &v->number))
		return v;
	diag_add(k->c->diag, DIAG_OVERFLOW, k->q->pos, "a difference is too large");
	k->c->refused = true;
	return NULL;
}

/* Operand addresses tell questions apart: a value is made once. */
struct pair {
	const struct facts_value *at[2];
};

static struct str pair_bytes(const struct pair *p)
{
	return (struct str){ (const char *)p->at, sizeof p->at };
}

const struct facts_value *calc_difference(
	struct ask *k, const struct facts_value *a, const struct facts_value *b)
{
	const struct pair pair = { { a, b } };
	struct str key;
	const struct facts_value *v =
		calc_known(k, "difference", NULL, NULL, pair_bytes(&pair), &key);
	return v || !calc_comparable(k, a, b) ? v : calc_file(k, key, apart(k, OP_DIFFERENCE, a, b));
}

/* The pair of one named side: the first declared that it is one of, taken from its end. */
static bool pair_with(const struct facts *f, const struct facts_side *side, struct facts_gap *out)
{
	for (size_t i = 0; side && i < f->gap_count; i++) {
		*out = f->gaps[i];
		if (side == out->of || side == out->less)
			return true;
	}
	return false;
}

/* Sides of a gap: both named, the pair of the one that is, or the metric's. */
static bool gap_sides(struct ask *k, const struct facts_metric *m, struct facts_gap *out)
{
	const struct facts *f = k->c->f;
	const struct facts_side *of = facts_side_lookup(f, k->q->side), *less = facts_side_lookup(f, k->q->versus_side);
	*out = facts_gap_of(f, m);
	if (of && less)
		*out = (struct facts_gap){ of, less };
	else if (of != out->of && of != out->less)
		pair_with(f, of, out);
	if (!out->of)
		calc_reason(k, f->side_count > 2 ? "of more than two sides no pair is declared; write <gap of=\"…\" less=\"…\"/> in <sides>"
						 : "no two sides to compare");
	return out->of != NULL;
}

const struct facts_value *calc_gap(struct ask *k, const struct facts_cell *at)
{
	struct facts_cell first = *at, second = *at;
	struct str key;
	struct facts_gap gap;
	if (!gap_sides(k, at->metric, &gap))
		return NULL;
	second.side = gap.of;
	first.side = gap.less;
	const struct facts_value *known = calc_known(k, "gap", &second, &first, STR(""), &key);
	if (known)
		return known;
	const struct facts_value *a = calc_value(k->c, &second), *b = calc_value(k->c, &first);
	if (!a || !b) {
		calc_no_value(k, a ? &first : &second);
		return NULL;
	}
	struct facts_value *v = (struct facts_value *)(uintptr_t)apart(k, OP_GAP, a, b);
	if (v)
		v->side = NULL;
	return calc_file(k, key, v);
}

const struct facts_value *calc_base(struct ask *k, const struct facts_cell *at)
{
	if (str_is(k->q->of, "gap"))
		return calc_gap(k, at);
	const struct facts_value *v = calc_value(k->c, at);
	if (!v)
		calc_no_value(k, at);
	return v;
}

/* Both numbers of a question that compares two. */
static bool both(struct ask *k, const struct facts_value **a, const struct facts_value **b)
{
	struct facts_cell versus;
	if (!k->at.metric) {
		calc_reason(k, "the query names no metric");
		return false;
	}
	if (!calc_versus(k, &versus))
		return false;
	*a = calc_base(k, &k->at);
	*b = *a ? calc_base(k, &versus) : NULL;
	return *b != NULL;
}

static struct answer ask_gap(struct ask *k)
{
	if (!k->at.metric)
		return calc_missing(k, "the query names no metric");
	return answered(k, calc_gap(k, &k->at), &k->at);
}

static struct answer ask_difference(struct ask *k)
{
	const struct facts_value *a, *b;
	if (k->q->field.len)
		return calc_field_difference(k);
	if (!both(k, &a, &b))
		return calc_none_of(k);
	return answered(k, calc_difference(k, a, b), &k->at);
}

static struct answer ask_change(struct ask *k)
{
	const struct facts_value *a, *b;
	struct str key;
	if (!both(k, &a, &b))
		return calc_none_of(k);
	const struct pair pair = { { a, b } };
	const struct facts_value *known =
		calc_known(k, "change", NULL, NULL, pair_bytes(&pair), &key);
	const struct facts_value *difference = known ? NULL : calc_difference(k, a, b);
	if (known || !difference)
		return answered(k, known, &k->at);
	const struct facts_value *operands[2] = { difference, b };
	struct facts_cell at = facts_cell_of(a);
	struct facts_value *v = calc_made(k->c, &at, OP_CHANGE, operands, 2);
	v->measure = MEASURE_PERCENT;
	v->decimals = v->exponent = 0;
	v->currency = (struct str){ 0 };
	v->pos = k->q->pos;
	if (!calc_quotient(difference->number, 100,
		    decimal_abs(calc_printed_units(b, QUERY_DECIMALS)), &v->number))
		return calc_missing(k, "no change relative to nought");
	return calc_number(calc_file(k, key, v));
}

static struct answer ask_ratio(struct ask *k)
{
	const struct facts_value *a, *b;
	struct str key;
	if (!both(k, &a, &b))
		return calc_none_of(k);
	const struct pair pair = { { a, b } };
	const struct facts_value *known =
		calc_known(k, "ratio", NULL, NULL, pair_bytes(&pair), &key);
	if (known || !calc_comparable(k, a, b))
		return answered(k, known, &k->at);
	struct facts_value *v = between_two(k, OP_RATIO, a, b);
	v->measure = MEASURE_RATIO;
	v->decimals = 2;
	v->exponent = 0;
	v->currency = (struct str){ 0 };
	if (!calc_quotient(a->number, 1, b->number, &v->number))
		return calc_missing(k, "nothing is a multiple of nought");
	return calc_number(calc_file(k, key, v));
}

/* ---- the rest ---- */

static struct answer ask_value(struct ask *k)
{
	if (k->q->field.len)
		return calc_field(k);
	if (!k->at.metric)
		return calc_missing(k, "the query names neither metric nor field");
	return answered(k, calc_base(k, &k->at), &k->at);
}

static struct answer ask_status(struct ask *k)
{
	static const char *const words[] = { "", "good", "watch", "bad" };
	struct calc_context ctx = { k->context, k->context_side, k->context_metric };
	struct calc_status status = calc_status(k->c, k->q, &ctx, k->c->diag);
	if (status.status == FACTS_NO_STATUS)
		return calc_missing(k, "no status");
	struct str word = str_from(words[status.status]);
	struct answer answer = calc_text(word, word);
	answer.status = status.status;
	return answer;
}

struct answer calc_ask(
	struct calc *c, const struct query *q, const struct calc_context *ctx, struct diag *d)
{
	static struct answer (*const asks[])(struct ask *) = {
		[SHOW_VALUE] = ask_value,
		[SHOW_GAP] = ask_gap,
		[SHOW_DIFFERENCE] = ask_difference,
		[SHOW_CHANGE] = ask_change,
		[SHOW_RATIO] = ask_ratio,
		[SHOW_SHARE] = calc_share,
		[SHOW_RANK] = calc_rank,
		[SHOW_COUNT] = calc_count,
		[SHOW_SUM] = calc_total,
		[SHOW_MEAN] = calc_mean,
		[SHOW_LEAST] = calc_extreme,
		[SHOW_GREATEST] = calc_extreme,
		[SHOW_AGREEMENT] = calc_agreement,
		[SHOW_STREAK] = calc_streak,
		[SHOW_SAMPLE] = calc_sample,
		[SHOW_BENCHMARK] = calc_benchmark,
		[SHOW_STATUS] = ask_status,
		[SHOW_LABEL] = calc_label,
		[SHOW_LOW] = calc_interval,
		[SHOW_HIGH] = calc_interval,
		[SHOW_WORTH] = calc_worth,
	};
	static const struct calc_context nothing;
	if (!ctx)
		ctx = &nothing;
	struct ask k = { .c = c,
		.q = q,
		.context = ctx->item,
		.context_side = ctx->side,
		.context_metric = ctx->metric };
	bool refused = c->refused; /* of a value that is being made, which asks in turn */
	c->diag = d;
	const struct facts_withheld *withheld = c->withheld;
	c->refused = false;
	c->withheld = NULL;
	struct answer answer = calc_names(&k) ? asks[q->show](&k) : calc_none_of(&k);
	c->refused |= refused;
	c->withheld = c->withheld ? c->withheld : withheld;
	return answer;
}
