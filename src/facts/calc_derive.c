/* facts -> derived cells: a value that is not stated is formed by the rule its metric names. Ratios
 * are made of their parts, never summed; sums are exact. */
#include "facts/calc_int.h"

static const struct facts_value calc_none; /* in the memo: looked for and not there */
static const struct facts_value calc_refused; /* the same, and why has been reported */

/* ---- arithmetic ---- */

struct decimal calc_printed_units(const struct facts_value *v, int decimals)
{
	struct decimal printed = calc_printed(v, decimals < 0 ? v->decimals : decimals), units;
	int64_t factor = 1;
	for (int i = 0; i < v->exponent; i++)
		factor *= 10;
	return decimal_mul(printed, decimal_int(factor), &units) ? units : v->number;
}

struct decimal calc_printed(const struct facts_value *v, int decimals)
{
	int64_t factor = 1;
	struct decimal printed;
	for (int i = 0; i < v->exponent; i++)
		factor *= 10;
	if (decimal_div(v->number, 1, decimal_int(factor), (uint8_t)decimals, &printed))
		return printed;
	return decimal_round(v->number, (uint8_t)decimals);
}

bool calc_quotient(struct decimal a, int64_t multiplier, struct decimal b, struct decimal *out)
{
	for (int scale = CALC_SCALE; scale >= 0; scale -= 2)
		if (decimal_div(a, multiplier, b, (uint8_t)scale, out))
			return true;
	return false;
}

static bool same_currency(struct calc *c, const struct facts_value *a, const struct facts_value *b)
{
	if (a->measure != MEASURE_MONEY || b->measure != MEASURE_MONEY ||
		str_equal(a->currency, b->currency))
		return true;
	diag_add(c->diag, DIAG_CURRENCY_MIXED, b->pos,
		"amounts in " STR_FMT " and " STR_FMT " meet in one figure" STR_FMT, STR_ARG(a->currency),
		STR_ARG(b->currency), STR_ARG(calc_rate_wanted(c, a, b)));
	diag_note(c->diag, a->pos, "the amount in " STR_FMT " is here", STR_ARG(a->currency));
	c->refused = true;
	return false;
}

/* The figure in a file that a value stands on first. */
const struct facts_value *calc_first_read(const struct facts_value *v)
{
	while (v->operation != OP_READ && v->operand_count)
		v = v->operands[0];
	return v;
}

void calc_note_period(struct calc *c, const struct facts_value *v)
{
	const struct facts_value *read = calc_first_read(v);
	if (read->pos.source)
		diag_note(c->diag, read->pos, "the figure of " STR_FMT " is here",
			STR_ARG(period_text(c->a, v->period)));
}

bool calc_add_up(
	struct calc *c, const struct facts_value *const *values, size_t count, struct decimal *out)
{
	struct decimal sum = { 0 };
	for (size_t i = 0; i < count; i++) {
		if (!same_currency(c, values[0], values[i]))
			return false;
		if (!decimal_add(sum, values[i]->number, &sum)) {
			diag_add(c->diag, DIAG_OVERFLOW, values[i]->pos,
				"the sum that this value is part of is too large");
			c->refused = true;
			return false;
		}
	}
	*out = sum;
	return true;
}

/* ---- making values ---- */

/* What one office says is said by others than what another says: together they are as many as both. False where they are not told apart
 * so, or a sample is no number. */
static bool joint_sample(const struct facts_value *const *operands, size_t count, struct decimal *sum)
{
	unsigned sides = 0;
	*sum = decimal_int(0);
	for (size_t i = 0; i < count; i++) {
		const struct facts_source *s = facts_source_of(operands[i]);
		struct decimal n;
		if (!s || !operands[i]->side || sides & 1u << operands[i]->side->index || !decimal_parse(s->sample, &n) ||
			!decimal_add(*sum, n, sum))
			return false;
		sides |= 1u << operands[i]->side->index;
	}
	return true;
}

static const struct facts_source *joint_source(struct calc *c, const struct facts_source *declared, struct decimal sample)
{
	struct buf b;
	buf_init(&b, c->a, 256);
	buf_put(&b, declared->id);
	buf_putc(&b, '\n');
	buf_decimal(&b, sample);
	struct facts_source *known = map_lookup(&c->samples, buf_str(&b));
	if (known)
		return known;
	known = ARENA_NEW(c->a, struct facts_source);
	*known = *declared;
	known->sample = (struct str){ b.ptr + declared->id.len + 1, b.len - declared->id.len - 1 };
	map_put(c->a, &c->samples, buf_str(&b), known);
	return known;
}

/* The first one's. Of two that are one source with a different number of answers, the sample of neither is that of both. */
static const struct facts_source *inherited_of(struct calc *c, const struct facts_value *const *operands, size_t count)
{
	const struct facts_source *first = NULL;
	bool differ = false;
	for (size_t i = 0; i < count; i++) {
		const struct facts_source *s = facts_source_of(operands[i]);
		if (!first)
			first = s;
		else if (s && s != first && s->sample.len && str_equal(s->id, first->id))
			differ |= !str_equal(s->sample, first->sample);
	}
	struct decimal sample;
	const struct facts_source *declared = first ? map_lookup(&c->f->sources, first->id) : NULL;
	if (!declared || declared == first)
		return first;
	if (count > 1 && joint_sample(operands, count, &sample))
		return joint_source(c, declared, sample);
	return differ ? declared : first;
}

struct facts_value *calc_made(struct calc *c, const struct facts_cell *at, enum facts_operation op,
	const struct facts_value *const *operands, size_t count)
{
	struct facts_value *v = ARENA_NEW(c->a, struct facts_value);
	const struct facts_metric *m = at->metric;
	*v = (struct facts_value){
		.metric = m,
		.item = at->item,
		.unit = at->unit,
		.period = at->period,
		.period_count = at->period_count,
		.side = at->side,
		.scenario = at->scenario,
		.operation = (uint8_t)op,
		.operand_count = (uint32_t)count,
	};
	if (m) {
		v->measure = m->measure;
		v->decimals = m->decimals;
		v->exponent = m->exponent;
		v->pos = m->pos;
	}
	v->operands = arena_copy(c->a, operands, count * sizeof *operands);
	for (size_t i = 0; i < count && v->currency.len == 0; i++)
		v->currency = operands[i]->currency;
	v->inherited = inherited_of(c, operands, count);
	return v;
}

/* Values found so far for a sum. */
struct parts {
	VEC(const struct facts_value *) found;
	size_t wanted; /* how many were looked for */
};

static void add_part(struct calc *c, struct parts *p, const struct facts_cell *at)
{
	const struct facts_value *v = calc_value(c, at);
	p->wanted++;
	if (v)
		vec_push(c->a, &p->found, v);
}

static const struct facts_value *summed(
	struct calc *c, const struct facts_cell *at, const struct parts *p)
{
	struct decimal sum;
	if (p->found.count == 0 || !calc_add_up(c, p->found.at, p->found.count, &sum))
		return NULL;
	struct facts_value *v = calc_made(c, at, OP_SUM, p->found.at, p->found.count);
	v->number = sum;
	return v;
}

/* ---- rules ---- */

/* Three years are the sum of each; a missing one leaves the sum missing. */
static const struct facts_value *over_periods(struct calc *c, const struct facts_cell *at)
{
	struct parts p = { 0 };
	if (at->period_count < 2 || at->metric->aggregate != AGGREGATE_SUM)
		return NULL;
	for (int i = at->period_count - 1; i >= 0; i--) {
		struct facts_cell one = *at;
		one.period_count = 1;
		one.period = period_shift(at->period, -i);
		add_part(c, &p, &one);
	}
	return p.found.count == p.wanted ? summed(c, at, &p) : NULL;
}

/* The sides' values of a joint one: all sides that the metric is ever told for, or nothing. */
static bool sides_of(struct calc *c, const struct facts_cell *at, struct parts *p)
{
	for (size_t i = 0; i < c->f->side_count; i++) {
		struct facts_cell one = *at;
		one.side = &c->f->sides[i];
		if (at->metric->sides & (1u << i))
			add_part(c, p, &one);
	}
	return p->found.count > 0 && p->found.count == p->wanted;
}

/* Of the figures as printed, so that a reader who adds them up finds the same. */
static const struct facts_value *joint_mean(struct calc *c, const struct facts_cell *at)
{
	struct parts p = { 0 };
	if (at->side || at->metric->joint != JOINT_MEAN || at->period_count > 1 ||
		!sides_of(c, at, &p) || p.found.count < 2)
		return NULL;
	struct decimal sum = { 0 };
	for (size_t i = 0; i < p.found.count; i++)
		if (!same_currency(c, p.found.at[0], p.found.at[i]) ||
			!decimal_add(sum, calc_printed_units(p.found.at[i], -1), &sum))
			return NULL;
	struct facts_value *v = calc_made(c, at, OP_MEAN, p.found.at, p.found.count);
	return calc_quotient(sum, 1, decimal_int((int64_t)p.found.count), &v->number) ? v : NULL;
}

/* Each side's value counts as much as its weight, answers as a rule. */
static const struct facts_value *joint_weighted(struct calc *c, const struct facts_cell *at)
{
	struct parts p = { 0 };
	if (at->side || at->metric->joint != JOINT_WEIGHTED || !at->metric->weight || at->period_count > 1 || !sides_of(c, at, &p) ||
		p.found.count < 2)
		return NULL;
	return calc_weighted(c, at, p.found.at, p.found.count);
}

static const struct facts_value *joint_sum(struct calc *c, const struct facts_cell *at)
{
	struct parts p = { 0 };
	if (at->side || at->metric->joint != JOINT_SUM || !sides_of(c, at, &p))
		return NULL;
	return summed(c, at, &p);
}

/* Whether a joint value is what one side alone said. */
static bool of_one_side(const struct facts_value *v)
{
	return !v->side && v->operation == OP_SUM && v->operand_count == 1 && v->operands[0]->side;
}

/* The mean of sides is none where one side alone was asked: it would be held against periods in which all were. */
static const struct facts_value *ratio(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	if (!m->of || !m->over)
		return NULL;
	struct facts_cell of = *at, over = *at;
	of.metric = m->of;
	over.metric = m->over;
	if (m->has_over_scenario)
		over.scenario = m->over_scenario;
	if (of.metric == over.metric && of.scenario == over.scenario)
		return NULL; /* what was planned, held against itself, says nothing */
	const struct facts_value *operands[2] = { calc_value(c, &of), NULL };
	if (!operands[0] || !(operands[1] = calc_value(c, &over)) ||
		!same_currency(c, operands[0], operands[1]))
		return NULL;
	if ((m->joint == JOINT_MEAN || m->joint == JOINT_WEIGHTED) && of_one_side(operands[0]))
		return NULL;
	struct facts_value *v = calc_made(c, at, OP_RATIO, operands, 2);
	int64_t hundred = m->measure == MEASURE_PERCENT || m->measure == MEASURE_POINTS ? 100 : 1;
	v->currency = m->measure == MEASURE_MONEY ? v->currency : (struct str){ 0 };
	return calc_quotient(operands[0]->number, hundred, operands[1]->number, &v->number) ? v
											    : NULL;
}

/* ---- over items ---- */

/* Calls for each record that may be an item: the briefing's own, or all known for another unit. */
static const struct facts_record *item_at(
	struct calc *c, const struct facts_records *all, struct str unit, size_t i)
{
	if (str_equal(unit, c->f->unit))
		return i < all->list.count ? all->list.at[i] : NULL;
	return i < all->by_id.count ? all->by_id.entries[i].value : NULL;
}

static bool is_in_group(const struct facts_record *r, const struct facts_field_def *by,
	const struct facts_record *group)
{
	const struct facts_field *field = by ? facts_field(r, by->id) : NULL;
	return field && field->ref == group;
}

/* What a sum over items takes: those that match where, and lie in the cell's group if it has one.
 */
struct selection {
	const struct facts_metric *metric; /* whose items */
	struct str where;
	size_t matched;                    /* items that were of it */
};

static bool selected(struct calc *c, const struct selection *s, const struct facts_cell *at,
	const struct facts_record *r)
{
	if (at->item && at->item != r) {
		if (str_equal(at->item->kind->id, r->kind->id) ||
			!is_in_group(
				r, facts_group_field(c->f, s->metric, at->item->kind), at->item))
			return false;
	}
	return facts_where(r, s->where, NULL);
}

static void take_items(
	struct calc *c, struct selection *s, const struct facts_cell *at, struct parts *p)
{
	const struct facts_records *all = facts_records(c->f, facts_items(s->metric));
	const struct facts_record *r;
	for (size_t i = 0; all && (r = item_at(c, all, at->unit, i)); i++) {
		if (!selected(c, s, at, r))
			continue;
		struct facts_cell one = *at;
		one.metric = s->metric;
		one.item = r;
		s->matched++;
		add_part(c, p, &one);
	}
}

/* The groups of one kind that match. */
static void take_groups(struct calc *c, const struct facts_cell *at, struct str kind,
	struct str where, struct parts *p)
{
	const struct facts_records *all = facts_records(c->f, kind);
	const struct facts_record *r;
	for (size_t i = 0; all && (r = item_at(c, all, at->unit, i)); i++) {
		struct facts_cell one = *at;
		one.item = r;
		if (facts_where(r, where, NULL))
			add_part(c, p, &one);
	}
}

/* Totals are sometimes told by payer only: then the groups' values add up to the whole. */
static const struct facts_value *over_groups(struct calc *c, const struct facts_cell *at)
{
	const struct facts_kind *kind = facts_kind_lookup(c->f, facts_items(at->metric));
	for (size_t k = 0; kind && k < kind->field_count; k++) {
		struct parts p = { 0 };
		if (kind->fields[k].type != FIELD_REF || str_equal(kind->fields[k].kind, kind->id))
			continue;
		take_groups(c, at, kind->fields[k].kind, STR(""), &p);
		const struct facts_value *v = summed(c, at, &p);
		if (v)
			return v;
	}
	return NULL;
}

/* Sum of value times weight by the sum of the weights. */
const struct facts_value *calc_weighted(
	struct calc *c, const struct facts_cell *at, const struct facts_value *const *values, size_t count)
{
	struct decimal sum = { 0 }, weights = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct facts_cell one = facts_cell_of(values[i]);
		struct decimal product;
		one.metric = at->metric->weight;
		const struct facts_value *w = calc_value(c, &one);
		if (!w || !decimal_mul(values[i]->number, w->number, &product) ||
			!decimal_add(sum, product, &sum) ||
			!decimal_add(weights, w->number, &weights))
			return NULL;
	}
	struct facts_value *v = calc_made(c, at, OP_MEAN, values, count);
	return count && calc_quotient(sum, 1, weights, &v->number) ? v : NULL;
}

static const struct facts_value *over_items(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	bool mean = m->aggregate == AGGREGATE_MEAN && m->weight;
	struct selection s = { .metric = m };
	struct parts p = { 0 };
	if (m->items.len == 0 || (m->aggregate != AGGREGATE_SUM && !mean))
		return NULL;
	if (at->item && str_equal(at->item->kind->id, m->items))
		return NULL;
	take_items(c, &s, at, &p);
	if (mean)
		return calc_weighted(c, at, p.found.at, p.found.count);
	if (p.found.count || at->item)
		return summed(c, at, &p);
	return over_groups(c, at);
}

/* The condition on a group that a condition on its items amounts to: payer=direct to id=direct,
 * payer.side=cmo to side=cmo. Empty when it speaks of anything else. */
static struct str group_where(struct calc *c, struct str where, struct str field)
{
	struct buf b;
	struct str rest = where, word;
	buf_init(&b, c->a, 1024);
	while ((word = str_word(&rest)).len) {
		bool path = word.len > field.len && word.ptr[field.len] == '.';
		struct str head = { word.ptr, field.len },
			   tail = { word.ptr + field.len + path, word.len - field.len - path };
		if (word.len <= field.len || !str_equal(head, field) ||
			!(path || memchr("=!", tail.ptr[0], 2)))
			return (struct str){ 0 };
		buf_printf(&b, "%s%s" STR_FMT, b.len ? " " : "", path ? "" : "id", STR_ARG(tail));
	}
	return buf_str(&b);
}

/* Values that are told by payer only, where the condition is on the payer. */
static const struct facts_value *of_groups(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	const struct facts_kind *kind = facts_kind_lookup(c->f, facts_items(m->sum));
	struct facts_cell whole = *at;
	whole.metric = m->sum;
	for (size_t i = 0; kind && !at->item && i < kind->field_count; i++) {
		const struct facts_field_def *def = &kind->fields[i];
		struct str where = def->type == FIELD_REF ? group_where(c, m->where, def->id)
							  : (struct str){ 0 };
		struct parts p = { 0 };
		if (where.len)
			take_groups(c, &whole, def->kind, where, &p);
		if (p.found.count)
			return summed(c, at, &p);
	}
	return NULL;
}

/* Nothing matches, but there is a whole that it would be part of: then it is nought. */
static const struct facts_value *nought(struct calc *c, const struct facts_cell *at)
{
	struct facts_cell whole = *at;
	whole.metric = at->metric->sum;
	const struct facts_value *v = calc_value(c, &whole);
	if (!v)
		return NULL;
	struct facts_value *sum = calc_made(c, at, OP_SUM, NULL, 0);
	sum->currency = v->currency;
	return sum;
}

static const struct facts_value *sum_of(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	struct selection s = { .metric = m->sum, .where = m->where };
	struct parts p = { 0 };
	if (!m->sum)
		return NULL;
	take_items(c, &s, at, &p);
	if (p.found.count)
		return summed(c, at, &p);
	const struct facts_value *v = of_groups(c, at);
	return v || s.matched ? v : nought(c, at);
}

/* ---- totals of several metrics ---- */

static const struct facts_value *total_of(struct calc *c, const struct facts_cell *at,
	const struct facts_metric *const *terms, uint8_t count)
{
	struct parts p = { 0 };
	for (uint8_t i = 0; i < count; i++) {
		struct facts_cell one = *at;
		one.metric = terms[i];
		add_part(c, &p, &one);
	}
	if (p.found.count < p.wanted)
		return NULL;
	return count == 1 ? p.found.at[0] : summed(c, at, &p);
}

static const struct facts_value *terms_of(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	if (m->add_count == 0)
		return NULL;
	const struct facts_value *operands[2] = { total_of(c, at, m->add, m->add_count), NULL };
	if (!operands[0])
		return NULL;
	if (m->less_count && !(operands[1] = total_of(c, at, m->less, m->less_count)))
		return NULL;
	if (!operands[1] && m->add_count > 1)
		return operands[0];
	struct facts_value *v = calc_made(
		c, at, operands[1] ? OP_DIFFERENCE : OP_SUM, operands, operands[1] ? 2 : 1);
	v->number = operands[0]->number;
	if (!operands[1])
		return v;
	if (!same_currency(c, operands[0], operands[1]))
		return NULL;
	return decimal_sub(operands[0]->number, operands[1]->number, &v->number) ? v : NULL;
}

/* ---- what a metric shows of another ---- */

/* A gap, an agreement or a mean gap that has a plan and a status of its own. */
static const struct facts_value *shown_of(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	struct query q;
	struct buf period;
	if (!m->from || at->side || at->period_count > 1)
		return NULL;
	buf_init(&period, c->a, 64);
	buf_period(&period, at->period);
	query_init(&q, m->pos);
	q.metric = m->from->id;
	q.unit = at->unit;
	q.period = buf_str(&period);
	q.scenario = str_from(facts_scenario_name(at->scenario));
	q.show = m->as;
	q.of = m->as == SHOW_MEAN ? STR("gap") : (struct str){ 0 };
	struct answer answer =
		calc_ask(c, &q, &(struct calc_context){ .item = at->item }, c->diag);
	if (answer.kind != ANSWER_NUMBER)
		return NULL;
	struct facts_value *v = calc_made(c, at, (enum facts_operation)answer.value->operation,
		answer.value->operands, answer.value->operand_count);
	v->number = answer.value->number;
	return v;
}

/* ---- the value of a cell ---- */

const struct facts_value *calc_derived(struct calc *c, const struct facts_cell *at)
{
	static const struct facts_value *(*const rules[])(
		struct calc *, const struct facts_cell *) = {
		joint_mean,
		joint_weighted,
		ratio,
		over_periods,
		sum_of,
		terms_of,
		shown_of,
		over_items,
		joint_sum,
	};
	const struct facts_value *v = NULL;
	for (size_t i = 0; !v && i < sizeof rules / sizeof *rules; i++)
		v = rules[i](c, at);
	return v;
}

const struct facts_value *calc_stated(struct calc *c, const struct facts_cell *at)
{
	const struct facts_value *v = facts_cells_find(&c->f->cells, at);
	return calc_reported(c, v && v->refused ? NULL : v);
}

/* Of other metrics, items or sides; else of other periods and units. A group is its units before it is anything else: it has no items of
 * its own. */
static const struct facts_value *found_elsewhere(struct calc *c, const struct facts_cell *at)
{
	static const struct facts_value *(*const rules[])(struct calc *, const struct facts_cell *) = { calc_of_units, calc_derived,
		calc_of_periods, calc_restated };
	const struct facts_value *v = NULL;
	for (size_t i = 0; !v && i < sizeof rules / sizeof *rules; i++)
		v = rules[i](c, at);
	return v;
}

/* Of the cell whose key was written last: itself withheld, or known to be made of what is. */
static const struct facts_withheld *withheld_at(const struct calc *c)
{
	const struct facts_withheld *w = map_lookup(&c->f->withheld, buf_str(&c->key));
	return w ? w : map_lookup(&c->held_back, buf_str(&c->key));
}

const struct facts_value *calc_value(struct calc *c, const struct facts_cell *at)
{
	const struct facts_value *v = calc_stated(c, at);
	if (v)
		return v;
	c->key.len = 0;
	facts_key(&c->key, at);
	const struct facts_withheld *withheld = withheld_at(c);
	c->withheld = withheld ? withheld : c->withheld;
	v = map_lookup(&c->memo, buf_str(&c->key));
	if (withheld)
		return NULL;
	c->refused |= v == &calc_refused;
	if (v)
		return v == &calc_none || v == &calc_refused ? NULL : v;
	struct str key = str_copy(c->a, buf_str(&c->key));
	const struct facts_withheld *before = c->withheld;
	bool refused = c->refused;
	c->refused = false;
	c->withheld = NULL;
	v = found_elsewhere(c, at);
	map_set(c->a, &c->memo, key, (void *)(uintptr_t)(v ? v : c->refused ? &calc_refused : &calc_none));
	c->refused = refused || (!v && c->refused);
	if (!v && c->withheld)
		map_set(c->a, &c->held_back, key, (void *)(uintptr_t)c->withheld);
	if (v || !c->withheld)
		c->withheld = before;
	return v;
}
