/* The library: roll: what becomes of each record and value in the next quarter. Which kinds are of one meeting, which states leave a matter
 * open, what belongs to what, the catalogue says. */
#include "entente_roll.h"

bool roll_is_own(const struct rolled_unit *u, struct src_pos pos)
{
	struct str path = pos.source ? pos.source->path : (struct str){ 0 };

	if (pos.source == NULL || str_starts(pos.source->name, "shipped:"))
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

static void decide_records(struct rolled_unit *u)
{
	const struct facts *f = u->facts;
	bool again = true;

	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;

		for (size_t k = 0; k < all->list.count; k++) {
			const struct facts_record *r = all->list.at[k];
			enum rolled fate = roll_is_own(u, r->pos) ? fate_of(u, r) : ROLLED_KEPT;

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

/* Where a period stands: the quarter under way, or the year to date, half, year or last month that it ends. */
static bool is_current(const struct rolled_unit *u, struct period p, struct period now)
{
	const struct calendar *start = &u->facts->calendar;

	switch ((enum period_kind)p.kind) {
	case PERIOD_QUARTER: return period_equal(p, now);
	case PERIOD_YTD:
	case PERIOD_LTM: return period_equal(p, period_as(now, (enum period_kind)p.kind));
	case PERIOD_YEAR: return period_equal(p, period_year(now, 0));
	default:
		return date_cmp(period_last_day(p, start), period_last_day(now, start)) <= 0 &&
			date_cmp(period_first_day(p, start), period_first_day(now, start)) >= 0;
	}
}

/* The same place in the next quarter. */
static struct period moved_on(const struct rolled_unit *u, struct period p)
{
	int years = u->roll->to.year - u->roll->from.year;
	struct period next;

	switch ((enum period_kind)p.kind) {
	case PERIOD_YEAR: return period_shift(p, years);
	case PERIOD_MONTH: return period_shift(p, 3);
	case PERIOD_YTD:
		next = u->roll->to;
		next.year = (int16_t)(p.year + years);
		return period_ytd(next);
	default: return period_shift(p, 1);
	}
}

static struct str cell_key(struct arena *a, const struct facts_value *v)
{
	struct buf b;

	buf_init(&b, a, 1024);
	buf_printf(&b, STR_FMT "|%p|" STR_FMT "|%p|%d|", STR_ARG(v->metric->id), (const void *)v->item, STR_ARG(v->unit), (const void *)v->side,
		v->scenario);
	buf_period(&b, v->period);
	return buf_str(&b);
}

/* Whether the next quarter asks for the same again: a figure of the quarter under way or of a year before it; a target, as far ahead. */
static bool comes_again(const struct rolled_unit *u, const struct facts_value *v)
{
	struct period now = u->roll->from, ago = period_year_ago(now);
	const struct calendar *start = &u->facts->calendar;

	if (v->period.kind == PERIOD_YEAR && u->roll->to.year == now.year)
		return false;
	if (is_current(u, v->period, now) || is_current(u, v->period, ago))
		return true;
	return v->scenario == SCENARIO_PLAN && v->period.kind == PERIOD_QUARTER &&
		date_cmp(period_last_day(v->period, start), period_last_day(now, start)) > 0;
}

/* An outlook is revised from quarter to quarter. */
static bool is_outlook(const struct rolled_unit *u, const struct facts_value *v)
{
	const struct calendar *start = &u->facts->calendar;

	return v->scenario != SCENARIO_ACTUAL &&
		date_cmp(period_last_day(v->period, start), period_last_day(u->roll->from, start)) > 0;
}

/* Whether other values say it: the year's plan is that of the year to its last quarter. */
static bool is_said(struct rolled_unit *u, const struct facts_value *v)
{
	struct query q;
	struct diag quiet;
	struct buf period;

	buf_init(&period, u->roll->a, 32);
	buf_period(&period, v->period);
	query_init(&q, (struct src_pos){ 0 });
	q.metric = v->metric->id;
	q.item = v->item ? v->item->id : STR("all");
	q.unit = v->unit;
	q.side = v->side ? v->side->id : STR("joint");
	q.period = buf_str(&period);
	q.scenario = str_from(facts_scenario_name(v->scenario));
	diag_init(&quiet, u->roll->a);
	return calc_ask(u->calc, &q, NULL, &quiet).kind == ANSWER_NUMBER;
}

static void await(struct rolled_unit *u, struct map *known, const struct facts_value *v)
{
	struct facts_value *next = ARENA_NEW(u->roll->a, struct facts_value);

	*next = *v;
	next->period = moved_on(u, v->period);
	if (!period_equal(next->period, v->period) && !is_said(u, next) && !map_put(u->roll->a, known, cell_key(u->roll->a, next), u))
		vec_push(u->roll->a, &u->awaited, next);
}

static void decide_values(struct rolled_unit *u)
{
	const struct facts *f = u->facts;
	struct map known = { 0 };

	for (size_t i = 0; i < f->cells.count; i++)
		map_put(u->roll->a, &known, cell_key(u->roll->a, f->cells.at[i]), u);
	for (size_t i = 0; i < f->cells.count; i++) {
		const struct facts_value *v = f->cells.at[i];
		struct src_pos pos = v->operand_count ? v->operands[0]->pos : v->pos;

		if (!roll_is_own(u, pos) || (v->item && roll_fate(u, v->item) != ROLLED_KEPT))
			continue;
		if (is_outlook(u, v))
			vec_push(u->roll->a, &u->outlook, v);
		else
			vec_push(u->roll->a, &u->history, v);
		if (comes_again(u, v))
			await(u, &known, v);
	}
}

void roll_decide(struct rolled_unit *u)
{
	u->calc = calc_open(u->roll->a, u->facts);
	index_nodes(u, u->root);
	decide_records(u);
	decide_values(u);
}
