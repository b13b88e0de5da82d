/* compose: which slots are shown, and their exhibit numbers and anchors, before anything is
 * composed. */
#include "compose/compose_int.h"

static bool data_there(struct composer *c, const struct query *q, const struct calc_context *ctx)
{
	return calc_ask(c->in->calc, q, ctx, c->diag).kind != ANSWER_MISSING;
}

/* A topic is there when it has something to say. */
static bool topic_says(struct composer *c, struct str topic)
{
	struct picks picks = narrative_choose(c->arena, c->in->narrative, c->in->calc, topic, 1,
		(struct str){ 0 }, NULL, c->diag);

	return picks.in.count > 0;
}

/* The figure as it is printed passes the limit, up or down. */
static bool beyond(struct composer *c, const struct query *q, const struct calc_context *ctx,
	struct decimal limit)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);

	if (answer.kind != ANSWER_NUMBER)
		return false;
	return decimal_cmp(decimal_abs(calc_printed(answer.value, answer.value->decimals)),
		       decimal_abs(limit)) > 0;
}

static bool records_there(struct composer *c, struct str kind, struct str where, struct src_pos pos)
{
	const struct facts_records *records = facts_records(c->in->facts, kind);

	if (records == NULL)
		diag_add(c->diag, DIAG_REFERENCE_UNKNOWN, pos,
			"no kind of record is called '" STR_FMT "'%s", STR_ARG(kind),
			diag_nearest(c->diag, map_nearest(&c->in->facts->kinds, kind)));
	for (size_t i = 0; records && i < records->list.count; i++)
		if (where.len == 0 ||
			facts_record_matches(c->in->facts, records->list.at[i], where))
			return true;
	return false;
}

static bool status_in(struct composer *c, const struct query *q, const struct calc_context *ctx,
	struct str wanted)
{
	static const char *const names[] = { "none", "good", "watch", "bad" };
	uint8_t status = calc_status(c->in->calc, q, ctx, c->diag).status;
	struct str one;

	while ((one = str_word(&wanted)).len)
		if (str_is(one, names[status]))
			return true;
	return false;
}

static bool side_there(struct composer *c, struct str sides)
{
	struct str one;

	while ((one = str_word(&sides)).len)
		if (facts_side_lookup(c->in->facts, one))
			return true;
	return false;
}

static bool unit_among(struct composer *c, struct str units)
{
	struct str one;

	while ((one = str_word(&units)).len)
		if (str_equal(one, c->in->facts->unit))
			return true;
	return false;
}

/* A slot before this one: whether it is shown. */
static bool slot_planned_before(struct composer *c, struct str id, struct src_pos pos)
{
	bool shown = map_lookup(&c->planned, id) != NULL;

	if (!shown && map_lookup(&c->hidden, id) == NULL)
		diag_add(c->diag, DIAG_REFERENCE_UNKNOWN, pos,
			"no slot before this one is called '" STR_FMT "'%s", STR_ARG(id),
			diag_nearest(c->diag, map_nearest(&c->planned, id)));
	return shown;
}

/* Whether one of the slots named is shown, or is not. */
static bool some_slot(struct composer *c, struct str ids, bool shown, struct src_pos pos)
{
	bool found = false;
	struct str one;

	while ((one = str_word(&ids)).len)
		found |= slot_planned_before(c, one, pos) == shown;
	return found;
}

/* The closed list of conditions a layout may set; *why says what failed. */
static bool condition_holds(struct composer *c, enum layout_show_if condition, struct str value,
	struct decimal limit, const struct query *q, struct str *why)
{
	struct calc_context ctx = { 0 };

	*why = STR("its condition does not hold");
	switch (condition) {
	case IF_DATA:
		*why = value.len
			? str_printf(c->arena, "topic '" STR_FMT "' says nothing", STR_ARG(value))
			: STR("its figure has no value");
		return value.len ? topic_says(c, value) : data_there(c, q, &ctx);
	case IF_RECORDS:
		*why = str_printf(c->arena, "no records of kind '" STR_FMT "'", STR_ARG(value));
		return records_there(c, value, q->where, q->pos);
	case IF_STATUS:
		*why = str_printf(
			c->arena, "its figure's status is not '" STR_FMT "'", STR_ARG(value));
		return status_in(c, q, &ctx, value);
	case IF_BEYOND:
		*why = STR("its figure is within the limit");
		return beyond(c, q, &ctx, limit);
	case IF_SIDE:
		*why = str_printf(c->arena, "there is no side '" STR_FMT "'", STR_ARG(value));
		return side_there(c, value);
	case IF_UNIT:
		*why = str_printf(c->arena, "it is for unit '" STR_FMT "'", STR_ARG(value));
		return unit_among(c, value);
	case IF_SHOWN:
		*why = str_printf(c->arena, "slot '" STR_FMT "' is not shown", STR_ARG(value));
		return some_slot(c, value, true, q->pos);
	case IF_HIDDEN:
		*why = str_printf(c->arena, "slot '" STR_FMT "' is shown", STR_ARG(value));
		return some_slot(c, value, false, q->pos);
	default: return true;
	}
}

/* ---- what a slot is made of ---- */

static bool units_there(struct composer *c, struct str id)
{
	const struct facts *f = c->in->facts;
	const struct facts_unit *group = map_lookup(&f->units, id.len ? id : f->unit);

	return group && group->child_count > 0;
}

static bool row_yields(struct composer *c, const struct layout_row *row)
{
	if (row->each.len == 0 || str_is(row->each, "side"))
		return true;
	if (is_each_unit(c, row->each))
		return units_there(c, row->query.unit);
	return records_there(c, row->each, row->query.where, row->pos);
}

/* Totals alone are no content. */
static bool rows_yield(
	struct composer *c, const struct layout_row *rows, size_t count, struct str *why)
{
	const struct layout_row *empty = NULL;

	for (size_t i = 0; i < count; i++) {
		if (rows[i].kind != LAYOUT_ROW_BODY)
			continue;
		if (row_yields(c, &rows[i]))
			return true;
		empty = &rows[i];
	}
	if (empty)
		*why = str_printf(c->arena, "no records of kind '" STR_FMT "'%s" STR_FMT "%s",
			STR_ARG(empty->each), empty->query.where.len ? " with '" : "",
			STR_ARG(empty->query.where), empty->query.where.len ? "'" : "");
	return empty == NULL;
}

static bool has_content(struct composer *c, const struct layout_slot *s, struct str *why)
{
	if (s->kind == SLOT_EXHIBIT)
		return rows_yield(c, s->exhibit.rows.at, s->exhibit.rows.count, why);
	return rows_yield(c, s->rows.at, s->rows.count, why);
}

static bool is_dropped(const struct composer *c, const struct layout_slot *s, struct str *why)
{
	for (size_t i = 0; i < c->in->dropped_count; i++)
		if (str_equal(c->in->dropped[i], s->id)) {
			*why = STR("its page is full, and it is optional");
			return true;
		}
	return false;
}

/* An exhibit that is shown with its data, and names no figure or topic for it, goes by its own cells. */
static bool goes_by_cells(const struct layout_slot *s)
{
	return s->kind == SLOT_EXHIBIT && s->show_if == IF_DATA && s->show_value.len == 0 &&
		s->show_query.metric.len == 0;
}

static bool slot_shown(struct composer *c, const struct layout_slot *s, struct str *why)
{
	if (is_dropped(c, s, why))
		return false;
	if (goes_by_cells(s)) {
		*why = STR("none of its figures has a value");
		return values_there(c, &s->exhibit);
	}
	return condition_holds(c, (enum layout_show_if)s->show_if, s->show_value, s->show_limit,
		       &s->show_query, why) &&
		has_content(c, s, why);
}

/* ---- the plan ---- */

static void hide(struct composer *c, const struct layout_slot *slot, struct str why)
{
	map_set(c->arena, &c->hidden, slot->id, (void *)(uintptr_t)str_terminated(c->arena, why));
	for (size_t i = 0; i < slot->slots.count; i++)
		hide(c, slot->slots.at[i], why);
}

static void plan_slot(struct composer *c, const struct layout_slot *slot, struct numbering *n)
{
	struct planned *planned;
	struct str why;

	if (!slot_shown(c, slot, &why)) {
		hide(c, slot, why);
		return;
	}
	planned = ARENA_NEW(c->arena, struct planned);
	planned->slot = slot;
	planned->anchor = ++c->doc->anchor_count;
	if (slot->kind == SLOT_EXHIBIT)
		planned->exhibit = ++n->exhibits;
	if (slot->kind == SLOT_PROSE)
		plan_text(c, slot, n);
	map_put(c->arena, &c->planned, slot->id, planned);
	for (size_t i = 0; i < slot->slots.count; i++)
		plan_slot(c, slot->slots.at[i], n);
}

static void plan_section(struct composer *c, const struct layout_section *s, struct numbering *n)
{
	struct str why;
	bool shown = condition_holds(c, (enum layout_show_if)s->show_if, s->show_value,
		s->show_limit, &s->show_query, &why);

	if (shown)
		map_put(c->arena, &c->sections, s->id, (void *)(uintptr_t)s);
	for (size_t i = 0; i < s->slots.count; i++) {
		if (shown)
			plan_slot(c, s->slots.at[i], n);
		else
			hide(c, s->slots.at[i], why);
	}
}

void plan_slots(struct composer *c)
{
	const struct layout *l = c->in->layout;
	struct numbering n = { 0 };

	for (size_t i = 0; i < l->sections.count; i++)
		plan_section(c, l->sections.at[i], &n);
}

bool section_shown(const struct composer *c, const struct layout_section *s)
{
	return map_lookup(&c->sections, s->id) == s;
}

const struct planned *slot_planned(const struct composer *c, struct str id)
{
	return map_lookup(&c->planned, id);
}

/* ---- for explain ---- */

static struct compose_reason *reason_add(struct composer *c, const struct layout_slot *slot)
{
	struct compose_reason *reason = vec_add(c->arena, &c->reasons->list);

	reason->section = c->section ? c->section->id : (struct str){ 0 };
	reason->slot = slot->id;
	reason->pos = slot->pos;
	return reason;
}

void note_hidden(struct composer *c, const struct layout_slot *slot)
{
	const char *why = map_lookup(&c->hidden, slot->id);

	if (c->reasons)
		reason_add(c, slot)->why_shown =
			str_printf(c->arena, "not shown: %s", why ? why : "its section is not");
	for (size_t i = 0; i < slot->slots.count; i++)
		note_hidden(c, slot->slots.at[i]);
}

const struct compose_turn *turn_of(const struct composer *c, struct str slot)
{
	for (size_t i = 0; i < c->in->turned_count; i++)
		if (str_equal(c->in->turned[i].slot, slot))
			return &c->in->turned[i];
	return NULL;
}

/* "; turned onto pages of 'wide': its columns need 210.4 mm and the section's pages have 177.8 mm" */
static struct str turn_text(struct composer *c, const struct layout_slot *slot)
{
	const struct compose_turn *turn = turn_of(c, slot->id);
	struct buf b;

	buf_init(&b, c->arena, 512);
	if (turn == NULL)
		return (struct str){ 0 };
	buf_printf(&b, "; turned onto pages of '" STR_FMT "': its columns need ", STR_ARG(slot->exhibit.turn_to));
	buf_mm(&b, turn->need);
	buf_puts(&b, " mm and the section's pages have ");
	buf_mm(&b, turn->have);
	buf_puts(&b, " mm");
	return buf_str(&b);
}

void note_shown(struct composer *c, const struct layout_slot *slot)
{
	const struct planned *planned = slot_planned(c, slot->id);
	struct compose_reason *reason;

	if (c->reasons == NULL)
		return;
	reason = reason_add(c, slot);
	reason->why_shown = planned->exhibit
		? str_printf(c->arena, "shown, exhibit %u" STR_FMT, planned->exhibit, STR_ARG(turn_text(c, slot)))
		: STR("shown");
}

void note_empty(struct composer *c, const struct layout_slot *slot)
{
	if (c->reasons)
		reason_add(c, slot)->why_shown = STR("left out after all: it has nothing to show");
}

void note_topic(struct composer *c, struct str topic, const struct picks *picks)
{
	static const struct layout_slot nowhere;
	struct compose_reason *reason;

	if (c->reasons == NULL)
		return;
	reason = reason_add(c, c->slot ? c->slot : &nowhere);
	reason->topic = topic;
	reason->picks = *picks;
}
