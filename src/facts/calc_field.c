/* query -> fields of records, labels, published figures. */
#include "facts/calc_int.h"

static struct str label_of(const struct ask *k, const struct facts_labels *labels, struct str id)
{
	struct str text = facts_label(labels, k->c->f->lang, k->q->form == FORM_SHORT);
	return text.len ? text : id;
}

static struct str record_label(const struct ask *k, const struct facts_record *r)
{
	return label_of(k, &r->labels, r->label.len ? r->label : r->id);
}

/* ---- numbers in fields ---- */

static bool is_number(const struct facts_field *field)
{
	uint8_t type = field->def->type;
	return type == FIELD_NUMBER || type == FIELD_MONEY || type == FIELD_CHOICE ||
		type == FIELD_YES || type == FIELD_FIGURE;
}

static const struct facts_value *field_number(
	struct ask *k, const struct facts_record *r, const struct facts_field *field)
{
	if (field->value)
		return field->value;
	struct str key, name = str_printf(k->c->a, "%p", (const void *)field);
	const struct facts_value *known = calc_known(k, "field", NULL, NULL, name, &key);
	if (known)
		return known;
	struct facts_cell at = { .item = r, .unit = k->c->f->unit, .period_count = 1 };
	struct facts_value *v = calc_made(k->c, &at, OP_FIELD, NULL, 0);
	v->measure = field->def->type == FIELD_MONEY ? MEASURE_MONEY : MEASURE_COUNT;
	v->decimals = field->def->decimals;
	v->exponent = field->def->exponent;
	v->currency = field->def->type == FIELD_MONEY ? r->currency : (struct str){ 0 };
	v->number = field->number;
	if (field->def->type == FIELD_CHOICE) /* its step on the scale of choices, from 1 */
		v->number.coef++;
	v->source = r->source;
	v->note = field->def->id;
	v->pos = field->pos;
	return calc_file(k, key, calc_reported(k->c, v));
}

const struct facts_value *calc_field_value(
	struct ask *k, const struct facts_record *r, struct str path)
{
	struct facts_place at;
	if (!facts_path_check(k->c->f, r->kind, path, k->q->pos, k->c->diag) ||
		!facts_follow(r, path, &at) || !at.field)
		return NULL;
	return at.field->present && is_number(at.field) ? field_number(k, at.record, at.field)
							: NULL;
}

/* ---- a field as an answer ---- */

static struct answer of_side(struct ask *k, const struct facts_side *side)
{
	const struct facts_side *of = side ? side : &k->c->f->joint;
	struct str id = side ? side->id : STR("joint");
	return calc_text(label_of(k, &of->labels, id), id);
}

static struct answer of_metric(struct ask *k, const struct facts_metric *m)
{
	return calc_text(label_of(k, &m->labels, m->id), m->id);
}

static struct answer of_choice(struct ask *k, const struct facts_place *at)
{
	const struct facts_field *field = at->field;
	struct answer answer = calc_text(facts_choice_label(field->def, field->text, k->c->f->lang,
						 k->q->form == FORM_SHORT),
		field->text);
	answer.value = field_number(k, at->record, field);
	return answer;
}

static struct answer of_yes(struct ask *k, const struct facts_place *at)
{
	struct str word = decimal_sign(at->field->number) ? STR("yes") : STR("no");
	struct answer answer = calc_text(word, word);
	answer.value = field_number(k, at->record, at->field);
	return answer;
}

static struct answer written_text(const struct facts_field *field)
{
	struct answer answer = calc_text(field->text, field->text);
	answer.markup = field->markup;
	return answer;
}

static struct answer of_field(struct ask *k, const struct facts_place *at)
{
	const struct facts_field *field = at->field;
	switch (field->def->type) {
	case FIELD_NUMBER:
	case FIELD_FIGURE:
	case FIELD_MONEY: return calc_number(field_number(k, at->record, field));
	case FIELD_DATE: return (struct answer){ .kind = ANSWER_DATE, .date = field->date };
	case FIELD_PERIOD: return (struct answer){ .kind = ANSWER_PERIOD, .period = field->period };
	case FIELD_CHOICE: return of_choice(k, at);
	case FIELD_YES: return of_yes(k, at);
	case FIELD_SIDE: return of_side(k, field->side);
	case FIELD_REF: return calc_text(record_label(k, field->ref), field->ref->id);
	case FIELD_METRIC: return of_metric(k, field->metric);
	default: return written_text(field);
	}
}

/* Number of a record among its kind, from 1. */
static struct answer of_index(struct ask *k, const struct facts_record *r)
{
	struct str key, name = str_printf(k->c->a, "%p", (const void *)r);
	const struct facts_value *known = calc_known(k, "index", NULL, NULL, name, &key);
	if (known)
		return calc_number(known);
	struct facts_cell at = { .item = r, .unit = k->c->f->unit, .period_count = 1 };
	struct facts_value *v = calc_made(k->c, &at, OP_FIELD, NULL, 0);
	v->measure = MEASURE_COUNT;
	v->number = decimal_int((int64_t)r->index + 1);
	v->note = STR("index");
	v->pos = r->pos;
	return calc_number(calc_file(k, key, v));
}

static struct answer of_record(struct ask *k, const struct facts_record *r, struct str name)
{
	if (str_is(name, "index"))
		return of_index(k, r);
	return str_is(name, "id") ? calc_text(r->id, r->id) : calc_text(record_label(k, r), r->id);
}

struct answer calc_field(struct ask *k)
{
	struct facts_place at;
	const struct facts_record *r = calc_record(k);
	if (!r || !facts_path_check(k->c->f, r->kind, k->q->field, k->q->pos, k->c->diag))
		return calc_none_of(k);
	if (!facts_follow(r, k->q->field, &at) || (at.field && !at.field->present))
		return calc_missing(k, STR_FMT " '" STR_FMT "' has no '" STR_FMT "'",
			STR_ARG(r->kind->id), STR_ARG(r->id), STR_ARG(k->q->field));
	return at.field ? of_field(k, &at) : of_record(k, at.record, at.name);
}

/* Days from the as-of date to a date field: below nought when it has passed. */
struct answer calc_field_difference(struct ask *k)
{
	struct str key;
	struct answer date = calc_field(k);
	const struct facts_record *r = calc_record(k);
	if (date.kind != ANSWER_DATE || !r)
		return date.kind == ANSWER_MISSING
			? date
			: calc_missing(k, "'" STR_FMT "' is no date", STR_ARG(k->q->field));
	const struct facts_value *known = calc_known(k, "days", NULL, NULL,
		str_printf(k->c->a, "%p " STR_FMT, (const void *)r, STR_ARG(k->q->field)), &key);
	if (known)
		return calc_number(known);
	struct facts_cell at = { .item = r, .unit = k->c->f->unit, .period_count = 1 };
	struct facts_value *v = calc_made(k->c, &at, OP_DIFFERENCE, NULL, 0);
	v->measure = MEASURE_DAYS;
	v->number = decimal_int(date_days(date.date) - date_days(k->c->f->as_of));
	v->note = k->q->field;
	v->source = r->source;
	v->pos = r->pos;
	return calc_number(calc_file(k, key, v));
}

/* ---- labels ---- */

static struct answer of_unit(struct ask *k, struct str id)
{
	const struct facts_unit *unit = map_lookup(&k->c->f->units, id);
	return unit ? calc_text(label_of(k, &unit->labels, id), id) : calc_text(id, id);
}

/* Of the narrowest thing that the query itself names, else of the item in context. */
struct answer calc_label(struct ask *k)
{
	const struct query *q = k->q;
	if (q->field.len)
		return calc_field(k);
	if (q->item.len && !str_is(q->item, "all")) {
		const struct facts_record *r = k->at.metric && q->kind.len == 0
			? facts_item(k->c->f, k->at.metric, q->item)
			: NULL;
		r = r ? r : calc_record(k);
		return r ? of_record(k, r, STR("label")) : calc_none_of(k);
	}
	if (q->side.len)
		return of_side(k, k->at.side);
	if (q->period.len || q->offset)
		return (struct answer){ .kind = ANSWER_PERIOD, .period = k->at.period,
			.periods = k->at.period_count };
	if (q->unit.len)
		return of_unit(k, q->unit);
	if (k->at.metric)
		return of_metric(k, k->at.metric);
	if (k->context)
		return of_record(k, k->context, STR("label"));
	return of_unit(k, k->c->f->unit);
}

/* ---- benchmarks ---- */

/* How well a benchmark answers for a side: its own first, then one that speaks of both. */
static int fit_of(const struct facts_benchmark *b, const struct facts_side *side)
{
	if (side && str_equal(b->side, side->id))
		return 3;
	return b->side.len == 0 ? 2 : 1;
}

static void consider(
	struct ask *k, const struct facts_benchmark *b, const struct facts_benchmark **best)
{
	if (b && (!*best || fit_of(b, k->at.side) > fit_of(*best, k->at.side)))
		*best = b;
}

/* Those the metric names come first, then those that name the metric, as they stand in the files.
 */
static const struct facts_benchmark *best_benchmark(struct ask *k)
{
	const struct map *all = &k->c->f->benchmarks;
	const struct facts_metric *m = k->at.metric;
	const struct facts_benchmark *best = NULL;
	for (size_t i = 0; m && i < m->benchmarks.count; i++)
		consider(k, map_lookup(all, m->benchmarks.at[i]), &best);
	for (size_t i = 0; m && i < all->count; i++) {
		const struct facts_benchmark *b = all->entries[i].value;
		if (str_equal(b->metric, m->id))
			consider(k, b, &best);
	}
	return best;
}

static const struct facts_benchmark *asked_benchmark(struct ask *k)
{
	const struct map *all = &k->c->f->benchmarks;
	if (k->q->ref.len == 0)
		return best_benchmark(k);
	const struct facts_benchmark *b = map_lookup(all, k->q->ref);
	if (!b)
		diag_add(k->c->diag, DIAG_BENCHMARK_UNKNOWN, k->q->pos,
			"no benchmark '" STR_FMT "'%s", STR_ARG(k->q->ref),
			diag_nearest(k->c->diag, map_nearest(all, k->q->ref)));
	return b;
}

static int8_t places(struct decimal n)
{
	return (int8_t)decimal_trimmed(n).scale;
}

static const struct facts_value *benchmark_value(struct ask *k, const struct facts_benchmark *b)
{
	struct str key;
	const struct facts_value *known = calc_known(k, "benchmark", NULL, NULL, b->id, &key);
	if (known)
		return known;
	struct facts_cell at = { .period_count = 1 };
	struct facts_value *v = calc_made(k->c, &at, OP_BENCHMARK, NULL, 0);
	v->measure = b->measure;
	v->decimals = places(b->value);
	v->number = b->value;
	v->benchmark = b;
	v->pos = b->pos;
	return calc_file(k, key, v);
}

struct answer calc_benchmark(struct ask *k)
{
	const struct facts_benchmark *b = asked_benchmark(k);
	if (!b)
		return calc_missing(k, "no benchmark");
	struct answer answer = b->has_value
		? calc_number(benchmark_value(k, b))
		: calc_text(label_of(k, &b->shown_labels, b->shown), b->id);
	answer.benchmark = b;
	return answer;
}
