/* facts: values of too few answers are withheld: they are taken out before anything can ask for them, so that no page, attachment,
 * closed file or list can show what is not there. What would give one away is withheld, too: the joint value beside the other sides', the
 * group's beside the other units'. */
#include "facts/facts_int.h"

/* ---- marking ---- */

static void withhold(struct facts_reader *r, const struct facts_cell *at, uint32_t least, const struct facts_value *v)
{
	r->key.len = 0;
	facts_key(&r->key, at);
	if (map_lookup(&r->f->withheld, buf_str(&r->key)))
		return;
	struct facts_withheld *w = ARENA_NEW(r->a, struct facts_withheld);
	*w = (struct facts_withheld){ .metric = at->metric, .item = at->item, .unit = at->unit, .period = at->period, .side = at->side,
		.scenario = at->scenario, .least = least, .source = v->source, .pos = v->pos };
	map_set(r->a, &r->f->withheld, str_copy(r->a, buf_str(&r->key)), w);
}

bool facts_withhold(struct facts_reader *r, const struct facts_value *v)
{
	uint32_t least = v->sample && v->sample->least > r->f->min_n ? v->sample->least : r->f->min_n;
	if (!v->sample || v->sample->n >= least)
		return false;
	struct facts_cell at = facts_cell_of(v);
	withhold(r, &at, least, v);
	return true;
}

static struct facts_cell cell_of(const struct facts_withheld *w)
{
	return (struct facts_cell){ w->metric, w->item, w->unit, w->period, 1, w->side, w->scenario };
}

static bool is_withheld(struct facts_reader *r, const struct facts_cell *at)
{
	r->key.len = 0;
	facts_key(&r->key, at);
	return map_lookup(&r->f->withheld, buf_str(&r->key)) != NULL;
}

static const struct facts_value *stated(struct facts_reader *r, const struct facts_cell *at)
{
	const struct facts_value *v = facts_cells_find(&r->f->cells, at);
	return v && !is_withheld(r, at) ? v : NULL;
}

/* ---- counts of answers that were stated ---- */

/* A count from a source that says of how many it is: those asked, not orders or systems. */
static bool counts_answers(const struct facts_value *v)
{
	const struct facts_source *s = v->source;
	struct decimal n;
	return v->measure == MEASURE_COUNT && v->scenario == SCENARIO_ACTUAL && s && s->sample.len && facts_number_plain(s->sample, &n);
}

static void withhold_share(struct facts_reader *r, const struct facts_metric *m, const struct facts_value *asked)
{
	struct facts_cell at = facts_cell_of(asked);
	const struct facts_metric *const all[] = { m->of, m->over, m };
	for (size_t i = 0; i < 3; i++) {
		at.metric = all[i];
		withhold(r, &at, r->f->min_n, asked);
	}
}

static void withhold_stated(struct facts_reader *r)
{
	for (size_t i = 0; r->f->min_n && i < r->f->metrics.count; i++) {
		const struct facts_metric *m = r->f->metrics.entries[i].value;
		if (!m->of || !m->over || m->of->measure != MEASURE_COUNT)
			continue;
		for (size_t k = 0; k < r->f->cells.count; k++) {
			const struct facts_value *v = r->f->cells.at[k];
			if (v->metric == m->over && counts_answers(v) && decimal_cmp(v->number, decimal_int((int64_t)r->f->min_n)) < 0)
				withhold_share(r, m, v);
		}
	}
}

/* ---- what would give a withheld value away ---- */

/* Of the sides that have a value in this cell, how many are withheld. */
static size_t sides_withheld(struct facts_reader *r, struct facts_cell at)
{
	size_t count = 0;
	for (size_t i = 0; i < r->f->side_count; i++) {
		at.side = &r->f->sides[i];
		count += is_withheld(r, &at);
	}
	return count;
}

/* The one side withheld would be the joint value less the others. */
static void withhold_joint(struct facts_reader *r, const struct facts_withheld *w)
{
	struct facts_cell joint = cell_of(w);
	joint.side = NULL;
	const struct facts_value *v = w->side ? stated(r, &joint) : NULL;
	if (v && sides_withheld(r, joint) == 1)
		withhold(r, &joint, w->least, v);
}

static size_t units_withheld(struct facts_reader *r, struct facts_cell at, const struct facts_unit *group)
{
	size_t count = 0;
	for (size_t i = 0; i < group->child_count; i++) {
		at.unit = group->children[i]->id;
		count += is_withheld(r, &at);
	}
	return count;
}

static void withhold_group(struct facts_reader *r, const struct facts_withheld *w)
{
	const struct facts_unit *unit = map_lookup(&r->f->units, w->unit.len ? w->unit : r->f->unit);
	const struct facts_unit *group = unit && unit->parent.len ? map_lookup(&r->f->units, unit->parent) : NULL;
	struct facts_cell at = cell_of(w);
	if (!group)
		return;
	at.unit = group->id;
	const struct facts_value *v = stated(r, &at);
	if (v && units_withheld(r, at, group) == 1)
		withhold(r, &at, w->least, v);
}

/* ---- the whole ---- */

static void drop_withheld(struct facts_reader *r)
{
	struct facts_cells kept = { 0 };
	facts_cells_reserve(r->a, &kept, r->f->cells.count);
	for (size_t i = 0; i < r->f->cells.count; i++) {
		struct facts_cell at = facts_cell_of(r->f->cells.at[i]);
		if (!is_withheld(r, &at))
			facts_cells_add(r->a, &kept, r->f->cells.at[i]);
	}
	r->f->cells = kept;
}

static void say(struct facts_reader *r)
{
	const struct facts_withheld *first = r->f->withheld.entries[0].value;
	size_t count = r->f->withheld.count;
	diag_add(r->d, DIAG_VALUE_WITHHELD, first->pos, "%zu value%s of fewer than %u answers, or that would give one away, %s withheld", count,
		count == 1 ? "" : "s", first->least, count == 1 ? "is" : "are");
}

void facts_withheld_settle(struct facts_reader *r)
{
	withhold_stated(r);
	for (size_t i = 0; i < r->f->withheld.count; i++) { /* it grows on the way */
		withhold_joint(r, r->f->withheld.entries[i].value);
		withhold_group(r, r->f->withheld.entries[i].value);
	}
	if (r->f->withheld.count == 0)
		return;
	drop_withheld(r);
	say(r);
}
