/* The library: roll: what becomes of each record and value in the next quarter. Which kinds are of one meeting, which states leave a matter
 * open, what belongs to what, the catalogue says. */
#include "entente_roll.h"

bool roll_is_own(const struct rolled_unit *u, struct src_pos pos)
{
	struct str path = pos.source ? pos.source->path : (struct str){ 0 };

	if (u->shared || pos.source == NULL || str_starts(pos.source->name, "shipped:"))
		return false;
	return u->folder.len == 0
		? memchr(path.ptr, '/', path.len) == NULL && !str_is(path, "company.xml")
		: path.len > u->folder.len && path.ptr[u->folder.len] == '/' && memcmp(path.ptr, u->folder.ptr, u->folder.len) == 0;
}

/* ---- where things stand in the files ---- */

static struct str place_key(const struct src_pos *pos)
{
	return (struct str){ (const char *)pos, sizeof *pos };
}

static void index_nodes(struct rolled_unit *u, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		struct src_pos *pos = ARENA_NEW(u->roll->a, struct src_pos); /* zeroed: its bytes are a key */

		if (c->name.len == 0)
			continue;
		pos->source = c->pos.source;
		pos->offset = c->pos.offset;
		map_put(u->roll->a, &u->nodes, place_key(pos), (void *)(uintptr_t)c);
		index_nodes(u, c);
	}
}

const struct xml_node *roll_node(const struct rolled_unit *u, struct src_pos pos)
{
	struct src_pos key;

	memset(&key, 0, sizeof key);
	key.source = pos.source;
	key.offset = pos.offset;
	return map_lookup(&u->nodes, place_key(&key));
}

/* ---- fates of records ---- */

/* Addresses tell records apart. */
static struct str address_key(struct arena *a, const struct facts_record *r)
{
	return str_printf(a, "%p", (const void *)r);
}

enum rolled roll_fate(const struct rolled_unit *u, const struct facts_record *r)
{
	uintptr_t fate = (uintptr_t)map_lookup(&u->fates, address_key(u->roll->a, r));

	return fate ? (enum rolled)(fate - 1) : ROLLED_KEPT;
}

static void set_fate(struct rolled_unit *u, const struct facts_record *r, enum rolled fate)
{
	map_set(u->roll->a, &u->fates, address_key(u->roll->a, r), (void *)((uintptr_t)fate + 1));
}

static bool is_log(const struct facts *f, const struct facts_kind *kind)
{
	for (size_t i = 0; i < f->kinds.count; i++)
		if (str_equal(((const struct facts_kind *)f->kinds.entries[i].value)->log, kind->id))
			return true;
	return false;
}

/* An ask that nobody answered cannot be carried nor closed. */
static enum rolled fate_of_ask(struct rolled_unit *u, const struct facts_record *r)
{
	struct str state = facts_state(r);

	if (state.len == 0 && facts_state_def(r->kind))
		diag_add(u->roll->d, DIAG_ASK_STATE, r->pos,
			STR_FMT " '" STR_FMT "' has no state; say what became of it before the next quarter is made", STR_ARG(r->kind->id),
			STR_ARG(r->id));
	if (state.len == 0 || facts_state_open(r->kind, state))
		return ROLLED_KEPT;
	return r->kind->log.len ? ROLLED_LOGGED : ROLLED_DROPPED;
}

static enum rolled fate_of(struct rolled_unit *u, const struct facts_record *r)
{
	const struct facts_field_def *state = facts_state_def(r->kind);

	if (r->kind->once)
		return ROLLED_DROPPED;
	if (r->kind->stands_for == STANDS_FOR_ASK)
		return fate_of_ask(u, r);
	if (state == NULL || state->open.count == 0 || is_log(u->facts, r->kind))
		return ROLLED_KEPT;
	return facts_state(r).len == 0 || facts_state_open(r->kind, facts_state(r)) ? ROLLED_KEPT : ROLLED_DROPPED;
}

/* What a record cannot be without: what it belongs to, or what it must refer to. */
static bool hangs_on_dropped(struct rolled_unit *u, const struct facts_record *r)
{
	for (size_t i = 0; i < r->kind->field_count; i++) {
		const struct facts_field *f = &r->fields[i];

		if (f->present && f->ref && (f->def->part_of || f->def->required) && roll_fate(u, f->ref) != ROLLED_KEPT)
			return true;
	}
	return false;
}

static bool drop_hanging(struct rolled_unit *u, const struct facts_records *all)
{
	bool dropped = false;

	for (size_t i = 0; i < all->list.count; i++)
		if (roll_fate(u, all->list.at[i]) == ROLLED_KEPT && hangs_on_dropped(u, all->list.at[i])) {
			set_fate(u, all->list.at[i], ROLLED_DROPPED);
			dropped = true;
		}
	return dropped;
}

static void count_record(struct rolled_unit *u, const struct facts_record *r, enum rolled fate)
{
	bool open = facts_state_open(r->kind, facts_state(r));

	u->asks += r->kind->stands_for == STANDS_FOR_ASK && fate == ROLLED_KEPT;
	u->logged += fate == ROLLED_LOGGED;
	u->promises += r->kind->stands_for != STANDS_FOR_ASK && fate == ROLLED_KEPT && open;
}

/* Written into the briefing of several units, for all of them: it is the quarter's, as one in a unit's own file is. */
static bool stands_in_briefing(const struct rolled_unit *u, const struct facts_record *r)
{
	const struct xml_node *n = u->shared && r->pos.source && str_equal(r->pos.source->path, u->path) ? roll_node(u, r->pos) : NULL;
	const struct xml_node *facts = n && n->parent ? n->parent->parent : NULL;

	return facts && str_equal(n->name, r->kind->id) && xml_is(facts, "facts") && !xml_attr(facts, "unit");
}

const struct facts_record *roll_gone_at(const struct rolled_unit *u, uint32_t offset)
{
	const struct facts *f = u->facts;

	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;

		for (size_t k = 0; k < all->list.count; k++) {
			const struct facts_record *r = all->list.at[k];

			if (r->pos.source && r->pos.offset == offset && str_equal(r->pos.source->path, u->path) && roll_fate(u, r) != ROLLED_KEPT)
				return r;
		}
	}
	return NULL;
}

static void decide_records(struct rolled_unit *u)
{
	const struct facts *f = u->facts;
	bool again = true;

	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;

		for (size_t k = 0; k < all->list.count; k++) {
			const struct facts_record *r = all->list.at[k];
			bool own = roll_is_own(u, r->pos) || stands_in_briefing(u, r);
			enum rolled fate = own ? fate_of(u, r) : ROLLED_KEPT;

			if (u->shared && !own && r->kind->stands_for == STANDS_FOR_ASK && !r->made)
				fate_of_ask(u, r); /* it stays in its table, with what became of it */

			set_fate(u, r, fate);
			count_record(u, r, fate);
		}
	}
	while (again) {
		again = false;
		for (size_t i = 0; i < f->records.count; i++)
			again |= drop_hanging(u, f->records.entries[i].value);
	}
}

/* ---- values ---- */

/* An outlook is revised from quarter to quarter. */
static bool is_outlook(const struct rolled_unit *u, const struct facts_value *v)
{
	const struct calendar *start = &u->facts->calendar;

	return v->scenario != SCENARIO_ACTUAL &&
		date_cmp(period_last_day(v->period, start), period_last_day(u->roll->from, start)) > 0;
}

static void await(struct rolled_unit *u, struct map *known, const struct facts_value *next)
{
	if (map_put(u->roll->a, known, facts_value_key(u->roll->a, next), u) == NULL)
		vec_push(u->roll->a, &u->awaited, arena_copy(u->roll->a, next, sizeof *next));
}

static struct stale_file *stale_file(struct rolling *roll, struct str name)
{
	struct stale_file *file;

	for (size_t i = 0; i < roll->stale.count; i++)
		if (str_equal(roll->stale.at[i].name, name))
			return &roll->stale.at[i];
	file = vec_add(roll->a, &roll->stale);
	*file = (struct stale_file){ .name = name };
	return file;
}

/* It stays where it is, and what comes next is to come there. */
static void is_stale(struct rolled_unit *u, const struct facts_value *v, struct src_pos pos)
{
	struct stale_file *file;

	if (!str_equal(v->unit, u->facts->unit) || v->scenario == SCENARIO_FORECAST || pos.source == NULL || str_starts(pos.source->name, "shipped:"))
		return;
	file = stale_file(u->roll, pos.source->path);
	map_put(u->roll->a, &file->units, v->unit, u);
	map_put(u->roll->a, &file->metrics, v->metric->id, u);
	file->survey |= v->sample && v->sample->rows.len;
	file->values++;
}

static void decide_value(struct rolled_unit *u, struct turn *turn, struct map *known, const struct facts_value *v)
{
	struct src_pos pos = v->operand_count ? v->operands[0]->pos : v->pos;
	bool own = roll_is_own(u, pos);
	struct facts_value next;

	if (own && v->item && roll_fate(u, v->item) != ROLLED_KEPT)
		return;
	if (own && is_outlook(u, v))
		vec_push(u->roll->a, &u->outlook, v);
	else if (own)
		vec_push(u->roll->a, &u->history, v);
	if (!turn_asks(turn, v, &next))
		return;
	if (own)
		await(u, known, &next);
	else
		is_stale(u, v, pos);
}

static void decide_values(struct rolled_unit *u)
{
	const struct facts *f = u->facts;
	struct turn turn = { .a = u->roll->a, .facts = f, .calc = u->calc, .from = u->roll->from, .to = u->roll->to };
	struct map known = { 0 };

	for (size_t i = 0; i < f->cells.count; i++)
		map_put(u->roll->a, &known, facts_value_key(u->roll->a, f->cells.at[i]), u);
	for (size_t i = 0; i < f->cells.count; i++)
		decide_value(u, &turn, &known, f->cells.at[i]);
}

void roll_decide(struct rolled_unit *u)
{
	u->calc = calc_open(u->roll->a, u->facts);
	index_nodes(u, u->root);
	decide_records(u);
	decide_values(u);
}
