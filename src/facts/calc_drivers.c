/* query -> the parts that explain a change: the items of an additive metric in the order of what each contributed,
 * until they cover the share asked for, and those that work against it. */
#include "facts/calc_int.h"

/* What a part contributed; exact for the share, as printed for the reader. */
struct contribution {
	const struct facts_record *item;
	const struct facts_value *difference;
	struct decimal exact;
};
struct contributions {
	VEC(struct contribution) list;
	struct decimal sum;              /* of what is exact */
};

/* ---- whether a metric has such parts ---- */

static struct str refusal(struct arena *a, const struct facts_metric *m)
{
	if (m->of)
		return str_printf(a, "'" STR_FMT "' is a share of '" STR_FMT "' in '" STR_FMT
			"': shares of parts do not add up to that of the whole; ask for the drivers of '" STR_FMT "'",
			STR_ARG(m->id), STR_ARG(m->of->id), STR_ARG(m->over->id), STR_ARG(m->of->id));
	if (m->from)
		return str_printf(a, "'" STR_FMT "' is made of what '" STR_FMT "' shows and has no parts that add up to it",
			STR_ARG(m->id), STR_ARG(m->from->id));
	if (m->aggregate != AGGREGATE_SUM)
		return str_printf(a, "'" STR_FMT "' is not additive: %s", STR_ARG(m->id),
			m->aggregate == AGGREGATE_MEAN ? "a mean is not the sum of its parts"
						       : "its metric does not say aggregate=\"sum\"");
	if (facts_items(m).len == 0)
		return str_printf(a, "'" STR_FMT "' has no items that could explain its change", STR_ARG(m->id));
	return (struct str){ 0 };
}

bool calc_drivers_check(const struct facts *f, const struct query *q, struct diag *d)
{
	const struct facts_metric *m = facts_metric_lookup(f, q->metric);
	if (!calc_check(f, q, d) || !m) /* one that the context names is found when it is asked */
		return !m && q->metric.len && q->metric.ptr[0] == '.';
	struct str why = refusal(d->arena, m);
	const struct facts_kind *kind = facts_kind_lookup(f, q->kind);
	if (!why.len && kind && !facts_item_fits(f, m, kind))
		why = str_printf(d->arena, "'" STR_FMT "' has no parts of the kind '" STR_FMT "'", STR_ARG(m->id),
			STR_ARG(q->kind));
	if (!why.len)
		return true;
	diag_add(d, DIAG_DRIVERS, q->pos, STR_FMT, STR_ARG(why));
	diag_note(d, m->pos, "metric '" STR_FMT "' is declared here", STR_ARG(m->id));
	return false;
}

/* ---- contributions ---- */

/* A part that was not there yet, or is no more, counts as nought. */
static const struct facts_value *value_or_nought(
	struct calc *c, const struct facts_cell *at, const struct facts_value *other)
{
	const struct facts_value *v = calc_value(c, at);
	if (v || !other)
		return v;
	struct facts_value *nought = calc_made(c, at, OP_SUM, NULL, 0);
	nought->currency = other->currency;
	return nought;
}

static void contribute(struct ask *k, const struct facts_cell *versus, const struct facts_record *r,
	struct contributions *all)
{
	struct facts_cell now = k->at, then = *versus;
	struct contribution one = { .item = r };
	now.item = then.item = r;
	const struct facts_value *a = calc_value(k->c, &now);
	const struct facts_value *b = value_or_nought(k->c, &then, a);
	a = a ? a : value_or_nought(k->c, &now, b);
	if (!a || !decimal_sub(a->number, b->number, &one.exact) || decimal_sign(one.exact) == 0)
		return;
	one.difference = calc_difference(k, a, b);
	if (one.difference && decimal_add(all->sum, one.exact, &all->sum))
		vec_push(k->c->a, &all->list, one);
}

/* Largest first; among equals as in the file. */
static void put_in_order(struct contributions *all)
{
	struct contribution *at = all->list.at;
	for (size_t i = 1; i < all->list.count; i++) {
		struct contribution moved = at[i];
		size_t to = i;
		for (; to > 0 && decimal_cmp(decimal_abs(at[to - 1].exact), decimal_abs(moved.exact)) < 0; to--)
			at[to] = at[to - 1];
		at[to] = moved;
	}
}

static struct contributions contributions_of(struct ask *k, const struct facts_cell *versus)
{
	struct contributions all = { 0 };
	const struct facts_kind *kind = calc_kind(k);
	const struct facts_records *records = kind ? facts_records(k->c->f, kind->id) : NULL;
	for (size_t i = 0; records && i < records->list.count; i++)
		if (facts_where(records->list.at[i], k->q->where, k->context))
			contribute(k, versus, records->list.at[i], &all);
	put_in_order(&all);
	return all;
}

/* ---- which of them are named ---- */

/* part × 100 reaches percent × whole. */
static bool covers(struct decimal part, struct decimal percent, struct decimal whole)
{
	struct decimal share;
	return calc_quotient(decimal_abs(part), 100, decimal_abs(whole), &share) && decimal_cmp(share, percent) >= 0;
}

static struct calc_driver driver_of(struct ask *k, const struct contribution *one, const struct facts_value *change)
{
	struct calc_driver driver = { .item = one->item, .difference = one->difference };
	const struct facts_value *operands[2] = { one->difference, change };
	struct facts_cell at = facts_cell_of(one->difference);
	struct facts_value *share = calc_made(k->c, &at, OP_SHARE, operands, 2);
	share->measure = MEASURE_PERCENT;
	share->decimals = share->exponent = 0;
	share->currency = (struct str){ 0 };
	share->pos = k->q->pos;
	if (calc_quotient(one->exact, 100, change->number, &share->number))
		driver.share = share;
	return driver;
}

/* Those of one sign, until they cover enough of the whole. */
struct naming {
	int sign;
	struct decimal whole, cover, sum;
	int32_t most;
	VEC(struct calc_driver) named;
};

static void name_parts(struct ask *k, const struct contributions *all, const struct facts_value *change,
	struct naming *n)
{
	for (size_t i = 0; i < all->list.count && n->named.count < (size_t)n->most; i++) {
		const struct contribution *one = &all->list.at[i];
		if (decimal_sign(one->exact) != n->sign)
			continue;
		if (n->named.count && covers(n->sum, n->cover, n->whole))
			return;
		if (decimal_add(n->sum, one->exact, &n->sum))
			vec_push(k->c->a, &n->named, driver_of(k, one, change));
	}
}

/* What works against a change is worth a name where it weighs as much as what may stay unexplained. */
static void name_offsets(struct ask *k, const struct contributions *all, const struct facts_value *change,
	const struct naming *drivers, struct naming *n)
{
	struct decimal rest = { 0 }, left = decimal_int(0);
	for (size_t i = 0; i < all->list.count; i++)
		if (decimal_sign(all->list.at[i].exact) == n->sign && !decimal_add(rest, all->list.at[i].exact, &rest))
			return;
	if (!decimal_sub(decimal_int(100), drivers->cover, &left) || decimal_sign(rest) == 0 ||
		!covers(rest, left, drivers->whole))
		return;
	n->whole = rest;
	name_parts(k, all, change, n);
}

static const struct facts_value *explained(struct ask *k, const struct naming *n, const struct facts_value *change)
{
	const struct facts_value **operands = ARENA_ARRAY(k->c->a, const struct facts_value *, n->named.count + 1);
	struct facts_cell at = facts_cell_of(change);
	for (size_t i = 0; i < n->named.count; i++)
		operands[i] = n->named.at[i].difference;
	operands[n->named.count] = change;
	struct facts_value *v = calc_made(k->c, &at, OP_SHARE, operands, n->named.count + 1);
	v->measure = MEASURE_PERCENT;
	v->decimals = v->exponent = 0;
	v->currency = (struct str){ 0 };
	v->pos = k->q->pos;
	return calc_quotient(n->sum, 100, n->whole, &v->number) ? v : NULL;
}

/* ---- the whole ---- */

static struct calc_drivers none(struct ask *k, struct str why)
{
	return (struct calc_drivers){ .why = why.len ? why : k->missing };
}

/* What the parts leave over is no more than a digit that rounding hides, or they explain nothing. */
static bool add_up(const struct contributions *all, const struct facts_value *a, const struct facts_value *b,
	struct decimal *whole)
{
	struct decimal rest;
	return decimal_sub(a->number, b->number, whole) && decimal_sub(*whole, all->sum, &rest) &&
		decimal_sign(rest) == 0;
}

static struct calc_drivers named(struct ask *k, const struct calc_drivers_wanted *wanted,
	const struct contributions *all, const struct facts_value *change, struct decimal whole)
{
	struct naming drivers = { .sign = decimal_sign(whole), .whole = whole, .cover = wanted->cover,
		.most = wanted->most ? wanted->most : INT32_MAX };
	struct naming offsets = { .sign = -drivers.sign, .cover = wanted->cover, .most = drivers.most };
	name_parts(k, all, change, &drivers);
	name_offsets(k, all, change, &drivers, &offsets);
	struct calc_drivers d = { .at = drivers.named.at, .count = drivers.named.count, .offsets = offsets.named.at,
		.offset_count = offsets.named.count, .change = change, .enough = covers(drivers.sum, wanted->cover, whole) };
	d.explained = explained(k, &drivers, change);
	if (!d.enough && d.explained) {
		struct buf b;
		buf_init(&b, k->c->a, 256);
		if (d.count == 1)
			buf_puts(&b, "the largest part explains ");
		else
			buf_printf(&b, "the %zu largest parts explain ", d.count);
		buf_decimal(&b, calc_printed(d.explained, 0));
		buf_puts(&b, " % of the change, and ");
		buf_decimal(&b, wanted->cover);
		buf_puts(&b, " % are wanted");
		d.why = buf_str(&b);
	}
	return d;
}

struct calc_drivers calc_drivers(struct calc *c, const struct query *q, const struct calc_drivers_wanted *wanted,
	const struct calc_context *ctx, struct diag *d)
{
	struct ask k = { .c = c, .q = q, .context = ctx->item, .context_side = ctx->side, .context_metric = ctx->metric };
	struct facts_cell versus;
	struct decimal whole;
	c->diag = d;
	if (!calc_names(&k) || !k.at.metric || !calc_versus(&k, &versus))
		return none(&k, STR("the query names no change"));
	struct str why = refusal(c->a, k.at.metric);
	if (why.len)
		return none(&k, why);
	k.at.item = versus.item = NULL;
	const struct facts_value *a = calc_base(&k, &k.at), *b = a ? calc_base(&k, &versus) : NULL;
	const struct facts_value *change = b ? calc_difference(&k, a, b) : NULL;
	if (!change)
		return none(&k, k.missing);
	if (decimal_sign(change->number) == 0)
		return none(&k, STR("nothing changed"));
	struct contributions all = contributions_of(&k, &versus);
	if (!add_up(&all, a, b, &whole))
		return none(&k, STR("its parts do not add up to the change"));
	return named(&k, wanted, &all, change, whole);
}
