/* query -> figures over records: counts, sums, means, extremes, ranks, shares, agreement. */
#include "facts/calc_int.h"

struct list {
	VEC(const struct facts_value *) values;
	VEC(const struct facts_record *) records; /* whose value it is */
};

/* What a question over records is filed under besides its cell. */
static struct str selection_text(struct ask *k, const struct facts_kind *kind)
{
	return str_printf(k->c->a, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(kind->id),
		STR_ARG(k->q->field), STR_ARG(k->q->where),
		STR_ARG(k->context ? k->context->id : STR("")));
}

static const struct facts_value *value_of(struct ask *k, const struct facts_record *r)
{
	struct facts_cell at = k->at;
	if (k->q->field.len)
		return calc_field_value(k, r, k->q->field);
	if (!at.metric || !facts_item_fits(k->c->f, at.metric, r->kind))
		return NULL;
	at.item = r;
	return str_is(k->q->of, "gap") ? calc_gap(k, &at) : calc_value(k->c, &at);
}

static struct list collected(struct ask *k, const struct facts_kind *kind)
{
	const struct facts_records *all = facts_records(k->c->f, kind->id);
	struct list list = { 0 };
	for (size_t i = 0; i < all->list.count; i++) {
		const struct facts_record *r = all->list.at[i];
		const struct facts_value *v =
			facts_where(r, k->q->where, k->context) ? value_of(k, r) : NULL;
		if (!v)
			continue;
		vec_push(k->c->a, &list.values, v);
		vec_push(k->c->a, &list.records, r);
	}
	k->missing = (struct str){ 0 }; /* one record without value is no reason for the whole */
	return list;
}

/* A figure over all of a kind: of no single item. */
static struct facts_value *over(struct ask *k, enum facts_operation op, const struct list *list)
{
	struct facts_cell at = k->at;
	at.item = NULL;
	struct facts_value *v = calc_made(k->c, &at, op, list->values.at, list->values.count);
	if (list->values.count) {
		v->measure = list->values.at[0]->measure;
		v->decimals = list->values.at[0]->decimals;
		v->exponent = list->values.at[0]->exponent;
	}
	v->pos = k->q->pos;
	return v;
}

static void as_count(struct facts_value *v, int64_t n)
{
	v->measure = MEASURE_COUNT;
	v->decimals = v->exponent = 0;
	v->currency = (struct str){ 0 };
	v->number = decimal_int(n);
}

/* ---- count ---- */

static int64_t counted(struct ask *k, const struct facts_kind *kind, struct str where)
{
	const struct facts_records *all = facts_records(k->c->f, kind->id);
	int64_t n = 0;
	for (size_t i = 0; i < all->list.count; i++)
		n += facts_where(all->list.at[i], where, k->context);
	return n;
}

static const struct facts_value *count_value(
	struct ask *k, const struct facts_kind *kind, struct str where)
{
	struct facts_cell at = { .unit = k->c->f->unit };
	struct facts_value *v = calc_made(k->c, &at, OP_COUNT, NULL, 0);
	as_count(v, counted(k, kind, where));
	v->pos = k->q->pos;
	v->note = str_printf(k->c->a, STR_FMT "%s" STR_FMT, STR_ARG(kind->id), where.len ? " " : "",
		STR_ARG(where));
	return v;
}

struct answer calc_count(struct ask *k)
{
	struct str key;
	const struct facts_kind *kind = calc_kind(k);
	if (!kind)
		return calc_none_of(k);
	const struct facts_value *v =
		calc_known(k, "count", NULL, NULL, selection_text(k, kind), &key);
	return calc_number(v ? v : calc_file(k, key, count_value(k, kind, k->q->where)));
}

/* ---- sum, mean, extremes ---- */

/* Sizes of gaps: who is higher does not matter for how far apart the two are. */
static struct decimal size_of(struct ask *k, const struct facts_value *v)
{
	return str_is(k->q->of, "gap") ? decimal_abs(v->number) : v->number;
}

static bool add_sizes(struct ask *k, const struct list *list, struct decimal *sum)
{
	if (!str_is(k->q->of, "gap"))
		return calc_add_up(k->c, list->values.at, list->values.count, sum);
	*sum = (struct decimal){ 0 };
	for (size_t i = 0; i < list->values.count; i++)
		if (!decimal_add(*sum, size_of(k, list->values.at[i]), sum))
			return false;
	return true;
}

static struct answer none_in(struct ask *k, const struct facts_kind *kind)
{
	return calc_missing(k, "no " STR_FMT " has a value", STR_ARG(kind->id));
}

/* Shares and scores have no sum; what has one says so in the catalogue. */
static bool may_be_summed(struct ask *k)
{
	const struct facts_metric *m = k->at.metric;
	if (k->q->field.len || (m && m->aggregate == AGGREGATE_SUM))
		return true;
	calc_reason(k, "'" STR_FMT "' cannot be added up", STR_ARG(m ? m->id : STR("")));
	return false;
}

struct answer calc_total(struct ask *k)
{
	struct str key;
	struct decimal sum;
	const struct facts_kind *kind = calc_kind(k);
	if (!kind || !may_be_summed(k))
		return calc_none_of(k);
	const struct facts_value *known =
		calc_known(k, "sum", &k->at, NULL, selection_text(k, kind), &key);
	if (known)
		return calc_number(known);
	struct list list = collected(k, kind);
	if (list.values.count == 0)
		return none_in(k, kind);
	if (!add_sizes(k, &list, &sum))
		return calc_missing(k, "no sum");
	struct facts_value *v = over(k, OP_SUM, &list);
	v->number = sum;
	return calc_number(calc_file(k, key, v));
}

struct answer calc_mean(struct ask *k)
{
	struct str key;
	struct decimal sum;
	const struct facts_kind *kind = calc_kind(k);
	if (!kind)
		return calc_none_of(k);
	const struct facts_value *known =
		calc_known(k, "mean", &k->at, NULL, selection_text(k, kind), &key);
	if (known)
		return calc_number(known);
	struct list list = collected(k, kind);
	if (list.values.count == 0)
		return none_in(k, kind);
	struct facts_value *v = over(k, OP_MEAN, &list);
	if (!add_sizes(k, &list, &sum) ||
		!calc_quotient(sum, 1, decimal_int((int64_t)list.values.count), &v->number))
		return calc_missing(k, "no mean");
	return calc_number(calc_file(k, key, v));
}

static size_t extreme_at(struct ask *k, const struct list *list)
{
	int sign = k->q->show == SHOW_GREATEST ? 1 : -1;
	size_t best = 0;
	for (size_t i = 1; i < list->values.count; i++)
		if (decimal_cmp(size_of(k, list->values.at[i]), size_of(k, list->values.at[best])) *
				sign >
			0)
			best = i;
	return best;
}

struct answer calc_extreme(struct ask *k)
{
	struct str key;
	const struct facts_kind *kind = calc_kind(k);
	bool greatest = k->q->show == SHOW_GREATEST;
	if (!kind)
		return calc_none_of(k);
	const struct facts_value *known = calc_known(
		k, greatest ? "greatest" : "least", &k->at, NULL, selection_text(k, kind), &key);
	if (known)
		return calc_number(known);
	struct list list = collected(k, kind);
	if (list.values.count == 0)
		return none_in(k, kind);
	size_t best = extreme_at(k, &list);
	struct facts_value *v = over(k, greatest ? OP_GREATEST : OP_LEAST, &list);
	v->item = list.records.at[best];
	v->number = size_of(k, list.values.at[best]);
	return calc_number(calc_file(k, key, v));
}

/* ---- rank ---- */

struct answer calc_rank(struct ask *k)
{
	struct str key;
	const struct facts_record *r = k->q->field.len ? calc_record(k) : k->at.item;
	if (!r)
		return calc_missing(k, "no item to rank");
	const struct facts_value *known =
		calc_known(k, "rank", &k->at, NULL, selection_text(k, r->kind), &key);
	if (known)
		return calc_number(known);
	const struct facts_value *own = value_of(k, r);
	if (!own)
		return calc_no_value(k, &k->at);
	struct list list = collected(k, r->kind);
	int64_t rank = 1;
	for (size_t i = 0; i < list.values.count; i++)
		rank += decimal_cmp(size_of(k, list.values.at[i]), size_of(k, own)) > 0;
	struct facts_value *v = over(k, OP_RANK, &list);
	v->item = r;
	as_count(v, rank);
	return calc_number(calc_file(k, key, v));
}

/* ---- share ---- */

static struct answer share_of(
	struct ask *k, const struct facts_value *part, const struct facts_value *whole)
{
	struct str key,
		pair = str_printf(k->c->a, "%p-%p", (const void *)part, (const void *)whole);
	const struct facts_value *known = calc_known(k, "share", NULL, NULL, pair, &key);
	if (known)
		return calc_number(known);
	if (!calc_comparable(k, part, whole))
		return calc_none_of(k);
	const struct facts_value *operands[2] = { part, whole };
	struct facts_cell at = facts_cell_of(part);
	struct facts_value *v = calc_made(k->c, &at, OP_SHARE, operands, 2);
	v->measure = MEASURE_PERCENT;
	v->decimals = v->exponent = 0;
	v->currency = (struct str){ 0 };
	v->pos = k->q->pos;
	if (!calc_quotient(part->number, 100, whole->number, &v->number))
		return calc_missing(k, "no share of nought");
	return calc_number(calc_file(k, key, v));
}

/* Of those that match among all of the kind: records, or what they sum up to. */
static struct answer share_matching(struct ask *k, const struct facts_kind *kind)
{
	struct query all = *k->q;
	struct ask whole = *k;
	all.where = (struct str){ 0 };
	whole.q = &all;
	bool count = !k->at.metric && k->q->field.len == 0;
	struct answer part = count ? calc_count(k) : calc_total(k),
		      total = count ? calc_count(&whole) : calc_total(&whole);
	(void)kind;
	if (part.kind != ANSWER_NUMBER || total.kind != ANSWER_NUMBER)
		return part.kind == ANSWER_NUMBER ? total : part;
	return share_of(k, part.value, total.value);
}

static struct answer share_field(struct ask *k)
{
	const struct facts_record *r = calc_record(k);
	struct query all = *k->q;
	struct ask whole = *k;
	const struct facts_value *part = r ? calc_field_value(k, r, k->q->field) : NULL;
	if (!part)
		return calc_missing(k, "no value");
	all.kind = r->kind->id;
	whole.q = &all;
	struct answer total = calc_total(&whole);
	return total.kind == ANSWER_NUMBER ? share_of(k, part, total.value) : total;
}

/* The whole that a cell is part of: the total over items, else that of both sides. */
static bool whole_of(struct ask *k, struct facts_cell *out)
{
	if (calc_has_versus(k->q))
		return calc_versus(k, out);
	*out = k->at;
	if (out->item)
		out->item = NULL;
	else if (out->side)
		out->side = NULL;
	else
		return false;
	return true;
}

struct answer calc_share(struct ask *k)
{
	struct facts_cell at;
	if (k->q->where.len || !k->at.metric) {
		if (k->q->field.len && k->q->where.len == 0)
			return share_field(k);
		const struct facts_kind *kind = calc_kind(k);
		return kind ? share_matching(k, kind) : calc_none_of(k);
	}
	if (!whole_of(k, &at))
		return calc_missing(k, "no whole that this would be a share of");
	const struct facts_value *part = calc_value(k->c, &k->at),
				 *whole = part ? calc_value(k->c, &at) : NULL;
	if (!whole)
		return calc_no_value(k, part ? &at : &k->at);
	return share_of(k, part, whole);
}

/* ---- agreement ---- */

/* Twice the rank, so that shared ranks stay whole: 1 = highest. */
static int64_t rank_twice(const struct facts_value *const *values, size_t count, size_t of)
{
	int64_t above = 0, equal = 0;
	for (size_t i = 0; i < count; i++) {
		int sign = decimal_cmp(values[i]->number, values[of]->number);
		above += sign > 0;
		equal += sign == 0;
	}
	return 2 * above + equal + 1;
}

/* Correlation of the two orders, Spearman's; false when one office ranks everything alike. */
static bool correlated(const struct facts_value *const *a, const struct facts_value *const *b,
	size_t count, struct decimal *out)
{
	int64_t n = (int64_t)count, mean = n + 1; /* of the doubled ranks */
	__int128 both = 0, first = 0, second = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t x = rank_twice(a, count, i) - mean, y = rank_twice(b, count, i) - mean;
		both += (__int128)x * y;
		first += (__int128)x * x;
		second += (__int128)y * y;
	}
	if (first == 0 || second == 0 || first > INT64_MAX / 1000000 ||
		second > INT64_MAX / 1000000)
		return false;
	__int128 divisor = integer_root(first * second * 1000000); /* a thousand times the geometric mean */
	return decimal_div(decimal_int((int64_t)both), 1000, decimal_int((int64_t)divisor), 6, out);
}

static bool collect_sides(
	struct ask *k, const struct facts_kind *kind, struct list *first, struct list *second)
{
	const struct facts *f = k->c->f;
	const struct facts_records *all = facts_records(f, kind->id);
	struct facts_gap pair = facts_gap_of(f, k->at.metric);
	for (size_t i = 0; pair.of && i < all->list.count; i++) {
		struct facts_cell at = k->at;
		at.item = all->list.at[i];
		at.side = pair.less;
		const struct facts_value *a = facts_where(at.item, k->q->where, k->context)
			? calc_value(k->c, &at)
			: NULL;
		at.side = pair.of;
		const struct facts_value *b = a ? calc_value(k->c, &at) : NULL;
		if (!b)
			continue;
		vec_push(k->c->a, &first->values, a);
		vec_push(k->c->a, &second->values, b);
	}
	return first->values.count > 1;
}

struct answer calc_agreement(struct ask *k)
{
	struct str key;
	struct list first = { 0 }, second = { 0 };
	const struct facts_kind *kind = k->at.metric ? calc_kind(k) : NULL;
	if (!kind || !facts_item_fits(k->c->f, k->at.metric, kind))
		return calc_missing(k, "the query names no metric with items");
	const struct facts_value *known =
		calc_known(k, "agreement", &k->at, NULL, selection_text(k, kind), &key);
	if (known)
		return calc_number(known);
	if (!collect_sides(k, kind, &first, &second))
		return calc_missing(k, "fewer than two items that both sides have scored");
	size_t count = first.values.count;
	for (size_t i = 0; i < count; i++)
		vec_push(k->c->a, &first.values, second.values.at[i]);
	struct facts_value *v = over(k, OP_AGREEMENT, &first);
	v->side = NULL;
	v->measure = MEASURE_INDEX;
	v->decimals = 2;
	v->exponent = 0;
	if (!correlated(first.values.at, second.values.at, count, &v->number))
		return calc_missing(k, "one side ranks everything alike");
	return calc_number(calc_file(k, key, v));
}
