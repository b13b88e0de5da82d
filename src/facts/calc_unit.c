/* facts -> derived cells: of units. A group's figure is made of those of its units; what a unit is told for before it was there is restated
 * from the units that it came from. Only what adds up, and means by weight: ratios are made of their parts, as everywhere. */
#include "facts/calc_int.h"

/* Values of several units for one cell. */
struct told {
	VEC(const struct facts_value *) values;
	size_t wanted;       /* units that should have told it */
};

static const struct facts_value *in_unit(struct calc *c, const struct facts_cell *at, struct str unit)
{
	struct facts_cell one = *at;
	one.unit = unit;
	return calc_value(c, &one);
}

/* A unit without an item has nought of it, if it is known what it has in all. */
static bool lacks_item(struct calc *c, const struct facts_cell *at, struct str unit)
{
	struct facts_cell whole = *at;
	whole.item = NULL;
	return at->item && in_unit(c, &whole, unit);
}

static void ask_unit(struct calc *c, const struct facts_cell *at, const struct facts_unit *unit, struct told *t)
{
	const struct facts_value *v = in_unit(c, at, unit->id);
	if (v)
		vec_push(c->a, &t->values, v);
	if (v || !lacks_item(c, at, unit->id))
		t->wanted++;
}

static bool is_weighted(const struct facts_metric *m)
{
	return m->aggregate == AGGREGATE_MEAN && m->weight;
}

/* The values of all units that should have one, added up or weighed; NULL when one is missing. */
static const struct facts_value *together(
	struct calc *c, const struct facts_cell *at, enum facts_operation op, const struct told *t)
{
	const struct facts_value *const *values = t->values.at;
	struct decimal sum;
	if (t->values.count == 0 || t->values.count < t->wanted)
		return NULL;
	if (is_weighted(at->metric))
		return calc_weighted(c, at, values, t->values.count);
	if (!calc_add_up(c, values, t->values.count, &sum))
		return NULL;
	struct facts_value *v = calc_made(c, at, op, values, t->values.count);
	v->number = sum;
	return v;
}

/* ---- groups ---- */

enum presence { UNIT_ABSENT, UNIT_PRESENT, UNIT_CHANGES };

/* Whether a unit is there in a period: all of it, nothing of it, or it begins or closes in its midst. */
static enum presence presence_of(struct calc *c, const struct facts_unit *unit, struct period p)
{
	struct date first = period_first_day(p, &c->f->calendar), last = period_last_day(p, &c->f->calendar);
	if (unit->opening && date_cmp(unit->opening->date, first) > 0)
		return date_cmp(unit->opening->date, last) > 0 ? UNIT_ABSENT : UNIT_CHANGES;
	if (unit->closed.year && date_cmp(unit->closed, last) < 0)
		return date_cmp(unit->closed, first) < 0 ? UNIT_ABSENT : UNIT_CHANGES;
	return UNIT_PRESENT;
}

const struct facts_value *calc_of_units(struct calc *c, const struct facts_cell *at)
{
	const struct facts_metric *m = at->metric;
	const struct facts_unit *group = map_lookup(&c->f->units, at->unit);
	struct told t = { 0 };
	if (!group || group->child_count == 0 || at->period_count > 1 || (m->aggregate != AGGREGATE_SUM && !is_weighted(m)))
		return NULL;
	for (size_t i = 0; i < group->child_count; i++) {
		enum presence presence = presence_of(c, group->children[i], at->period);
		if (presence == UNIT_CHANGES)
			return NULL; /* shorter periods tell the two apart */
		if (presence == UNIT_PRESENT)
			ask_unit(c, at, group->children[i], &t);
	}
	return together(c, at, OP_SUM, &t);
}

struct str calc_unit_lacking(struct calc *c, const struct facts_cell *at)
{
	const struct facts_unit *group = map_lookup(&c->f->units, at->unit), *lacking = NULL;
	size_t told = 0;
	for (size_t i = 0; at->metric && group && i < group->child_count; i++) {
		const struct facts_unit *unit = group->children[i];
		if (presence_of(c, unit, at->period) != UNIT_PRESENT)
			continue;
		bool has = in_unit(c, at, unit->id) != NULL;
		told += has;
		if (!has && !lacking)
			lacking = unit;
	}
	if (!lacking || told == 0)
		return (struct str){ 0 };
	return str_printf(c->a, "; unit '" STR_FMT "' has none", STR_ARG(lacking->id));
}

/* ---- history ---- */

static const struct facts_value *shared(struct calc *c, const struct facts_cell *at, const struct facts_unit_change *change,
	const struct facts_value *whole)
{
	for (uint8_t i = 0; i < change->to_count; i++) {
		if (!str_equal(change->to[i]->id, at->unit))
			continue;
		struct facts_value *v = calc_made(c, at, OP_RESTATE, &whole, 1);
		struct decimal share = change->shares[i];
		share.scale = (uint8_t)(share.scale + 2); /* per cent */
		return decimal_mul(whole->number, share, &v->number) ? v : NULL;
	}
	return NULL;
}

static const struct facts_value *taken_over(struct calc *c, const struct facts_cell *at, const struct facts_value *v)
{
	struct facts_value *same = calc_made(c, at, OP_RESTATE, &v, 1);
	same->number = v->number;
	return same;
}

const struct facts_value *calc_restated(struct calc *c, const struct facts_cell *at)
{
	const struct facts_unit *unit = map_lookup(&c->f->units, at->unit);
	const struct facts_unit_change *change = unit ? unit->opening : NULL;
	const struct facts_metric *m = at->metric;
	struct told t = { 0 };
	if (!change || at->period_count > 1 || date_cmp(period_first_day(at->period, &c->f->calendar), change->date) >= 0)
		return NULL;
	if (change->kind != CHANGE_RENAME && m->aggregate != AGGREGATE_SUM && !(change->kind == CHANGE_MERGE && is_weighted(m)))
		return NULL;
	for (uint8_t i = 0; i < change->from_count; i++)
		ask_unit(c, at, change->from[i], &t);
	if (t.values.count == 0 || change->kind == CHANGE_MERGE) {
		const struct facts_value *v = together(c, at, OP_RESTATE, &t);
		return v && v->operation != OP_RESTATE ? taken_over(c, at, v) : v; /* a mean */
	}
	return change->kind == CHANGE_SPLIT ? shared(c, at, change, t.values.at[0]) : taken_over(c, at, t.values.at[0]);
}
