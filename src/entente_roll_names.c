/* The library: roll: sentences in files that go on, which name a record that does not: an ask that was decided, what belonged to it. The next check
 * would refuse them, far from the meeting that decided. */
#include "entente_roll.h"

/* A record of the unit's own by that name which is not in the next quarter; NULL when there is none, or another goes on. */
static const struct facts_record *gone_record(const struct rolled_unit *u, const struct xml_node *n)
{
	const struct xml_attr *kind = xml_attr(n, "kind"), *item = xml_attr(n, "item"), *metric = xml_attr(n, "metric");
	const struct facts_metric *m = metric ? facts_metric_lookup(u->facts, metric->value) : NULL;
	const struct facts_record *r = NULL;

	if (item && kind)
		r = facts_record_lookup(u->facts, kind->value, item->value);
	else if (item && m && m->items.len)
		r = facts_record_lookup(u->facts, m->items, item->value);
	return r && roll_fate(u, r) != ROLLED_KEPT ? r : NULL;
}

static void add_gone(struct rolled_unit *u, const struct xml_node *n, const struct facts_record *r)
{
	struct rolling *roll = u->roll;
	struct gone_name *gone;

	for (size_t i = 0; i < roll->gone.count; i++) {
		gone = &roll->gone.at[i];
		if (str_equal(gone->pos.source->path, n->pos.source->path) && gone->pos.offset == n->pos.offset) {
			vec_push(roll->a, &gone->units, u->facts->unit);
			return;
		}
	}
	gone = vec_add(roll->a, &roll->gone);
	*gone = (struct gone_name){ .pos = n->pos, .record = r, .fate = roll_fate(u, r) };
	vec_push(roll->a, &gone->units, u->facts->unit);
}

static void look_through(struct rolled_unit *u, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		const struct facts_record *r = c->name.len ? gone_record(u, c) : NULL;

		if (r)
			add_gone(u, c, r);
		look_through(u, c);
	}
}

/* The unit's own words are left behind: they speak of the old quarter. */
void roll_find_gone(struct rolled_unit *u)
{
	for (size_t i = 0; i < u->facts->narrative_count; i++)
		if (!roll_is_own(u, u->facts->narratives[i]->pos))
			look_through(u, u->facts->narratives[i]);
}
