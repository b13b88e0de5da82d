/* facts: held against themselves, once all is read. What can be derived and is also stated must
 * agree; shares fill the whole; what a briefing needs has labels; data of an earlier period is
 * told. */
#include "facts/calc_int.h"

#include "base/limits.h"

/* ---- sides and labels in use ---- */

static struct facts_metric *metric_at(struct facts_reader *r, size_t i)
{
	return r->f->metrics.entries[i].value;
}

static const struct facts_value *cell_at(struct facts_reader *r, size_t i)
{
	return r->f->cells.at[i];
}

static uint8_t sides_of_parts(const struct facts_metric *m)
{
	const struct facts_metric *const parts[] = { m->of, m->over,
		m->sum }; /* not from: a gap is of no side */
	unsigned sides = m->sides;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		sides |= parts[i] ? parts[i]->sides : 0u;
	for (uint8_t i = 0; i < m->add_count; i++)
		sides |= m->add[i]->sides;
	for (uint8_t i = 0; i < m->less_count; i++)
		sides |= m->less[i]->sides;
	return (uint8_t)sides;
}

/* Which sides a metric is told for decides whether a joint value is complete; which kinds of period, what can be made of which. */
static void settle_sides(struct facts_reader *r)
{
	bool changed = true;
	for (size_t i = 0; i < r->f->cells.count; i++) {
		const struct facts_value *v = cell_at(r, i);
		struct facts_metric *m = (struct facts_metric *)(uintptr_t)v->metric;
		m->period_kinds |= (uint8_t)(1u << v->period.kind);
		if (v->side)
			m->sides |= (uint8_t)(1u << v->side->index);
	}
	for (size_t i = 0; i < r->f->withheld.count; i++) {
		const struct facts_withheld *w = r->f->withheld.entries[i].value;
		if (w->side) /* without it a joint value is not complete */
			((struct facts_metric *)(uintptr_t)w->metric)->sides |= (uint8_t)(1u << w->side->index);
	}
	while (changed) {
		changed = false;
		for (size_t i = 0; i < r->f->metrics.count; i++) {
			uint8_t sides = sides_of_parts(metric_at(r, i));
			changed |= sides != metric_at(r, i)->sides;
			metric_at(r, i)->sides = sides;
		}
	}
}

static void check_labels(struct facts_reader *r)
{
	struct map seen = { 0 };
	for (size_t i = 0; i < r->f->cells.count; i++) {
		const struct facts_metric *m = cell_at(r, i)->metric;
		if (!map_put(r->a, &seen, m->id, r))
			facts_label_needed(r, &m->labels, "metric", m->id, m->pos);
	}
	for (size_t i = 0; i < r->f->metrics.count; i++) {
		const struct facts_metric *m = metric_at(r, i),
					  *part = m->of ? m->of
			: m->sum                        ? m->sum
			: m->add_count                  ? m->add[0]
							: NULL;
		if (part && map_lookup(&seen, part->id))
			facts_label_needed(r, &m->labels, "metric", m->id, m->pos);
	}
}

/* ---- stated against derived ---- */

/* Sums must agree to the last unit; quotients, means and what was converted as printed, since their parts are rounded.
 */
static bool agrees(const struct facts_value *stated, const struct facts_value *derived)
{
	bool exact = derived->operation == OP_SUM || derived->operation == OP_DIFFERENCE;
	if (decimal_cmp(stated->number, derived->number) == 0)
		return true;
	if (exact && !calc_is_converted(stated) && !calc_is_converted(derived))
		return false;
	return decimal_cmp(calc_printed(stated, stated->decimals),
		       calc_printed(derived, stated->decimals)) == 0;
}

static void check_against(
	struct facts_reader *r, struct calc *c, const struct facts_value *read, const struct facts_value *derived)
{
	const struct facts_value *v = derived ? calc_reported(c, read) : NULL;
	if (!derived || agrees(v, derived))
		return;
	struct facts_cell at = facts_cell_of(v);
	diag_add(r->d, DIAG_PARTS_TOTAL, v->pos,
		STR_FMT ": stated as " STR_FMT ", but its parts give " STR_FMT,
		STR_ARG(facts_cell_text(r->a, &at)), STR_ARG(decimal_text(r->a, decimal_trimmed(v->number))),
		STR_ARG(decimal_text(r->a, decimal_trimmed(derived->number))));
	diag_note(r->d, calc_first_read(derived)->pos, "%u part%s, the first one here",
		derived->operand_count, derived->operand_count == 1 ? "" : "s");
}

static void check_stated(struct facts_reader *r, struct calc *c, const struct facts_value *v)
{
	struct facts_cell at = facts_cell_of(v);
	check_against(r, c, v, calc_derived(c, &at));
	const struct facts_value *derived = calc_of_periods(c, &at);
	check_against(r, c, v, calc_of_units(c, &at));
	/* Of two names for the same months one is enough to say that they disagree. */
	if (derived && (derived->operand_count > 1 || derived->operands[0]->period.kind < v->period.kind))
		check_against(r, c, v, derived);
}

/* ---- shares ---- */

/* Shares of one whole: the values of a metric in per cent that is summed over its items, or over
 * the sides. */
struct whole {
	const struct facts_value *first;
	struct decimal sum;
	int64_t count;
};

static bool is_share_of_items(const struct facts_metric *m)
{
	return m->measure == MEASURE_PERCENT && m->aggregate == AGGREGATE_SUM && m->items.len;
}

static void add_share(struct facts_reader *r, struct map *wholes, const struct facts_value *v)
{
	struct facts_cell at = facts_cell_of(v);
	bool items = is_share_of_items(v->metric);
	bool sides =
		v->metric->measure == MEASURE_PERCENT && v->metric->joint == JOINT_SUM && v->side;
	if (!(items && v->item && str_equal(v->item->kind->id, v->metric->items)) &&
		!(sides && !items))
		return;
	if (items)
		at.item = NULL;
	else
		at.side = NULL;
	r->key.len = 0;
	facts_key(&r->key, &at);
	struct whole *w = map_lookup(wholes, buf_str(&r->key));
	if (!w) {
		w = ARENA_NEW(r->a, struct whole);
		w->first = v;
		map_set(r->a, wholes, str_copy(r->a, buf_str(&r->key)), w);
	}
	w->count++;
	if (!decimal_add(w->sum, v->number, &w->sum))
		diag_add(r->d, DIAG_OVERFLOW, v->pos, "the sum of these shares is too large");
}

/* Each share may be off by half of its last printed place. */
static void check_whole(struct facts_reader *r, const struct whole *w)
{
	struct decimal off, room = { 5 * w->count, (uint8_t)(w->first->decimals + 1) };
	if (!decimal_sub(w->sum, decimal_int(100), &off) ||
		decimal_cmp(decimal_abs(off), room) <= 0)
		return;
	diag_add(r->d, DIAG_SHARES_TOTAL, w->first->pos,
		"the shares of '" STR_FMT "' add up to " STR_FMT " %%, not to 100 %%",
		STR_ARG(w->first->metric->id), STR_ARG(decimal_text(r->a, decimal_trimmed(w->sum))));
	diag_note(r->d, w->first->metric->pos,
		"its values are shares of one whole, as declared here");
}

static void check_shares(struct facts_reader *r)
{
	struct map wholes = { 0 };
	for (size_t i = 0; i < r->f->cells.count; i++)
		add_share(r, &wholes, cell_at(r, i));
	for (size_t i = 0; i < wholes.count; i++)
		check_whole(r, wholes.entries[i].value);
}

/* ---- currencies ---- */

/* Items of one total in two currencies, whether or not anything asks for the total. */
static void check_currencies(struct facts_reader *r, struct calc *c)
{
	struct map firsts = { 0 };
	for (size_t i = 0; i < r->f->cells.count; i++) {
		const struct facts_value *v = calc_reported(c, cell_at(r, i));
		struct facts_cell at = facts_cell_of(v);
		if (v->measure != MEASURE_MONEY || v->metric->aggregate != AGGREGATE_SUM)
			continue;
		at.item = NULL;
		at.side = NULL;
		r->key.len = 0;
		facts_key(&r->key, &at);
		const struct facts_value *first = map_lookup(&firsts, buf_str(&r->key));
		if (!first) {
			map_set(r->a, &firsts, str_copy(r->a, buf_str(&r->key)),
				(void *)(uintptr_t)v);
		} else if (!str_equal(first->currency, v->currency)) {
			diag_add(r->d, DIAG_CURRENCY_MIXED, v->pos,
				"amounts of '" STR_FMT "' in " STR_FMT " and " STR_FMT
				" cannot be added up" STR_FMT,
				STR_ARG(v->metric->id), STR_ARG(first->currency),
				STR_ARG(v->currency), STR_ARG(calc_rate_wanted(c, first, v)));
			diag_note(r->d, first->pos, "the amount in " STR_FMT " is here",
				STR_ARG(first->currency));
		}
	}
}

/* Where amounts in two currencies lie side by side: one metric, item and side or all of them, whatever the scenario. */
struct meeting {
	struct facts_cell at;
	const struct facts_value *first;
	bool mixed;
};

static void meet(struct facts_reader *r, struct map *meetings, const struct facts_value *v, bool item, bool side)
{
	struct facts_cell at = facts_cell_of(v);
	at.metric = metric_at(r, 0);
	at.scenario = SCENARIO_ACTUAL;
	at.item = item ? at.item : NULL;
	at.side = side ? at.side : NULL;
	r->key.len = 0;
	facts_key(&r->key, &at);
	struct meeting *m = map_lookup(meetings, buf_str(&r->key));
	if (!m) {
		m = ARENA_NEW(r->a, struct meeting);
		*m = (struct meeting){ .at = at, .first = v };
		map_set(r->a, meetings, str_copy(r->a, buf_str(&r->key)), m);
	}
	m->mixed |= !str_equal(m->first->currency, v->currency);
}

static bool is_made_of_parts(const struct facts_metric *m)
{
	return m->of || m->add_count || m->joint == JOINT_SUM || m->joint == JOINT_MEAN;
}

/* Asking for the figure reports what keeps it from being made. */
static void ask_one(struct facts_reader *r, struct calc *c, const struct facts_cell *at)
{
	size_t errors = r->d->errors;
	if (!calc_value(c, at) && r->d->errors > errors)
		diag_note(r->d, at->metric->pos, "they meet in '" STR_FMT "', declared here", STR_ARG(at->metric->id));
}

static void ask_all(struct facts_reader *r, struct calc *c, struct facts_cell at)
{
	for (size_t i = 0; i < r->f->metrics.count; i++) {
		at.metric = metric_at(r, i);
		for (at.scenario = 0; is_made_of_parts(at.metric) && at.scenario <= SCENARIO_FORECAST; at.scenario++)
			ask_one(r, c, &at);
	}
}

static bool has_two_currencies(struct facts_reader *r)
{
	const struct facts_value *first = NULL;
	for (size_t i = 0; i < r->f->cells.count; i++) {
		const struct facts_value *v = cell_at(r, i);
		if (v->measure != MEASURE_MONEY)
			continue;
		if (first && !str_equal(first->currency, v->currency))
			return true;
		first = v;
	}
	return false;
}

/* Totals, quotients and joint figures that metrics make of one another, whether or not anything prints them. */
static void check_made(struct facts_reader *r, struct calc *c)
{
	struct map meetings = { 0 };
	for (size_t i = 0; i < r->f->cells.count; i++)
		for (int kept = 0; cell_at(r, i)->measure == MEASURE_MONEY && kept < 4; kept++)
			meet(r, &meetings, calc_reported(c, cell_at(r, i)), kept & 1, kept & 2);
	for (size_t i = 0; i < meetings.count && r->d->errors < LIMIT_DIAGS_SHOWN; i++) {
		const struct meeting *m = meetings.entries[i].value;
		if (m->mixed)
			ask_all(r, c, m->at);
	}
}

/* ---- stale data ---- */

enum {
	STALE_DAYS = 45
}; /* a source this much older than a period's end cannot speak of the whole period */

/* Of a period that has not ended nobody can know more than at the meeting. */
static struct date known_by(const struct facts *f, struct period p)
{
	struct date end = period_last_day(p, &f->calendar);
	return date_cmp(end, f->as_of) < 0 ? end : f->as_of;
}

bool facts_is_old(const struct facts *f, const struct facts_value *v)
{
	const struct facts_source *s = facts_source_of(v);
	return s && s->date.year && v->scenario == SCENARIO_ACTUAL &&
		date_days(known_by(f, v->period)) - date_days(s->date) > STALE_DAYS;
}

static void check_source_age(struct facts_reader *r, struct map *said, const struct facts_value *v)
{
	const struct facts_source *s = v->source;
	if (!s || !facts_is_old(r->f, v))
		return;
	struct str period = period_text(r->a, v->period);
	if (map_put(r->a, said,
		    str_printf(r->a, STR_FMT " " STR_FMT, STR_ARG(s->id), STR_ARG(period)), r))
		return;
	diag_add(r->d, DIAG_PERIOD_STALE, v->pos,
		"source '" STR_FMT "' is dated %04d-%02d-%02d, long before the end of " STR_FMT
		"; showing its values all the same",
		STR_ARG(s->id), s->date.year, s->date.month, s->date.day, STR_ARG(period));
	diag_note(r->d, s->pos, "the source is here");
}

/* What is there of a metric and side, in the kind of period that a bare reference means. */
struct history {
	const struct facts_value *last; /* newest before the briefing's period */
	bool current;
};

static struct str history_key(
	struct facts_reader *r, const struct facts_metric *m, const struct facts_side *side)
{
	return str_printf(
		r->a, STR_FMT "|" STR_FMT, STR_ARG(m->id), STR_ARG(side ? side->id : STR("")));
}

static void add_history(struct facts_reader *r, struct map *histories, const struct facts_value *v)
{
	struct period now = calc_this_period(r->f, v->metric);
	if (v->period.kind != now.kind || v->scenario == SCENARIO_PLAN ||
		!str_equal(v->unit, r->f->unit))
		return;
	struct str key = history_key(r, v->metric, v->side);
	struct history *h = map_lookup(histories, key);
	if (!h) {
		h = ARENA_NEW(r->a, struct history);
		map_set(r->a, histories, key, h);
	}
	int order = period_cmp(v->period, now);
	h->current |= order == 0;
	if (order < 0 && (!h->last || period_cmp(v->period, h->last->period) > 0))
		h->last = v;
}

static bool told_by_side(
	struct facts_reader *r, const struct map *histories, const struct facts_metric *m)
{
	for (size_t i = 0; i < r->f->side_count; i++) {
		const struct history *h = map_lookup(histories, history_key(r, m, &r->f->sides[i]));
		if (h && h->current)
			return true;
	}
	return false;
}

/* Other periods may have the figure that this one lacks. */
static bool is_made(struct calc *c, const struct facts_value *v, struct period now)
{
	struct facts_cell at = facts_cell_of(v);
	at.period = now;
	return calc_of_periods(c, &at) != NULL;
}

static void check_history(
	struct facts_reader *r, struct calc *c, const struct map *histories, const struct history *h)
{
	const struct facts_value *v = h->last;
	if (h->current || !v)
		return;
	/* A year that is not over has no figure yet; what used to be told for both sides may be
	 * told for each. */
	struct period now = calc_this_period(r->f, v->metric);
	struct facts_cell at = facts_cell_of(v);
	at.period = now;
	r->key.len = 0;
	facts_key(&r->key, &at);
	if (map_lookup(&r->f->withheld, buf_str(&r->key)))
		return;
	if (date_cmp(period_last_day(now, &r->f->calendar), r->f->as_of) > 0 ||
		(!v->side && told_by_side(r, histories, v->metric)) ||
		map_lookup(&r->awaited, facts_awaited_key(r, v->metric, v->side, now)) || is_made(c, v, now))
		return;
	struct str side = v->side ? str_printf(r->a, " of side '" STR_FMT "'", STR_ARG(v->side->id))
				  : STR("");
	diag_add(r->d, DIAG_PERIOD_STALE, v->pos,
		"'" STR_FMT "'" STR_FMT " has no value for " STR_FMT
		", its last one is for " STR_FMT "; showing none",
		STR_ARG(v->metric->id), STR_ARG(side), STR_ARG(period_text(r->a, now)),
		STR_ARG(period_text(r->a, v->period)));
}

static void check_stale(struct facts_reader *r, struct calc *c)
{
	struct map said = { 0 }, histories = { 0 };
	for (size_t i = 0; i < r->f->cells.count; i++) {
		check_source_age(r, &said, cell_at(r, i));
		add_history(r, &histories, cell_at(r, i));
	}
	for (size_t i = 0; i < histories.count; i++)
		check_history(r, c, &histories, histories.entries[i].value);
}

/* ---- what has come due ---- */

/* The last day of the first date or period that a record must have. False when its kind has none. */
static bool due_of(struct facts_reader *r, const struct facts_record *record, struct date *out)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		const struct facts_field *field = &record->fields[i];
		if (!field->def->required || !field->present)
			continue;
		if (field->def->type == FIELD_DATE)
			*out = field->date;
		else if (field->def->type == FIELD_PERIOD)
			*out = period_last_day(field->period, &r->f->calendar);
		else
			continue;
		return true;
	}
	return false;
}

/* Open, and not even called late. */
static bool is_silent(const struct facts_record *record)
{
	const struct facts_field_def *def = facts_state_def(record->kind);
	struct str state = facts_state(record);
	for (size_t i = 0; def && i < def->choices.count; i++)
		if (str_equal(def->choices.at[i], state))
			return facts_state_open(record->kind, state) && str_is(def->statuses.at[i], "none");
	return def && def->open.count && state.len == 0;
}

static void check_due(struct facts_reader *r, const struct facts_record *record)
{
	struct date due;
	if (!is_silent(record) || !due_of(r, record, &due) || date_cmp(due, r->f->as_of) >= 0)
		return;
	diag_add(r->d, DIAG_OUTCOME_MISSING, record->pos,
		STR_FMT " '" STR_FMT "' came due on %04d-%02d-%02d; say what became of it, showing it as open",
		STR_ARG(record->kind->id), STR_ARG(record->id), due.year, due.month, due.day);
}

/* Asks are for the meeting: until then they are open. */
static void check_dues(struct facts_reader *r)
{
	for (size_t i = 0; i < r->f->records.count; i++) {
		const struct facts_records *all = r->f->records.entries[i].value;
		for (size_t k = 0; k < all->list.count; k++)
			if (all->list.at[k]->kind->stands_for != STANDS_FOR_ASK)
				check_due(r, all->list.at[k]);
	}
}

void facts_check(struct facts_reader *r)
{
	settle_sides(r);
	struct calc *c = calc_open(r->a, r->f);
	c->diag = r->d;
	for (size_t i = 0; i < r->f->cells.count; i++) {
		if (!facts_range_check(r, cell_at(r, i)))
			r->f->cells.at[i]->refused = true;
		facts_unit_check(r, cell_at(r, i));
		check_stated(r, c, cell_at(r, i));
	}
	if (has_two_currencies(r)) {
		size_t errors = r->d->errors;
		check_currencies(r, c);
		if (r->d->errors == errors)
			check_made(r, c);
	}
	check_shares(r);
	check_stale(r, c);
	check_dues(r);
	check_labels(r);
}
