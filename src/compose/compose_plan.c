/* compose: which slots are shown, and their exhibit numbers and anchors, before anything is composed. */
#include "compose/compose_int.h"

static bool data_there(struct composer *c, const struct query *q, const struct calc_context *ctx)
{
	return calc_ask(c->in->calc, q, ctx, c->diag).kind != ANSWER_MISSING;
}

/* A topic is there when it has something to say. */
static bool topic_says(struct composer *c, struct str topic)
{
	struct picks picks = narrative_choose(c->arena, c->in->narrative, c->in->calc, topic, 1, (struct str){ 0 }, NULL, c->diag);

	return picks.in.count > 0;
}

/* The figure as it is printed passes the limit, up or down. */
static bool beyond(struct composer *c, const struct query *q, const struct calc_context *ctx, struct decimal limit)
{
	struct answer answer = calc_ask(c->in->calc, q, ctx, c->diag);

	if (answer.kind != ANSWER_NUMBER)
		return false;
	return decimal_cmp(decimal_abs(calc_printed(answer.value, answer.value->decimals)), decimal_abs(limit)) > 0;
}

static bool records_there(struct composer *c, struct str kind)
{
	const struct facts_records *records = facts_records(c->in->facts, kind);

	return records && records->list.count > 0;
}

static bool status_in(struct composer *c, const struct query *q, const struct calc_context *ctx, struct str wanted)
{
	static const char *const names[] = { "none", "good", "watch", "bad" };
	uint8_t status = calc_status(c->in->calc, q, ctx, c->diag).status;
	struct str one;

	while ((one = str_word(&wanted)).len)
		if (str_is(one, names[status]))
			return true;
	return false;
}

static bool side_there(struct composer *c, struct str side)
{
	return facts_side_lookup(c->in->facts, side) != NULL;
}

/* The closed list of conditions a layout may set; *why says what failed. */
static bool condition_holds(struct composer *c, enum layout_show_if condition, struct str value, struct decimal limit, const struct query *q,
	struct str *why)
{
	struct calc_context ctx = { 0 };

	*why = STR("its condition does not hold");
	switch (condition) {
	case IF_DATA:
		*why = value.len ? str_printf(c->arena, "topic '" STR_FMT "' says nothing", STR_ARG(value)) : STR("its figure has no value");
		return value.len ? topic_says(c, value) : data_there(c, q, &ctx);
	case IF_RECORDS:
		*why = str_printf(c->arena, "no records of kind '" STR_FMT "'", STR_ARG(value));
		return records_there(c, value);
	case IF_STATUS:
		return status_in(c, q, &ctx, value);
	case IF_BEYOND:
		*why = STR("its figure is within the limit");
		return beyond(c, q, &ctx, limit);
	case IF_SIDE:
		return side_there(c, value);
	case IF_UNIT:
		*why = str_printf(c->arena, "it is for unit '" STR_FMT "'", STR_ARG(value));
		return str_equal(value, c->in->facts->unit);
	default:
		return true;
	}
}

bool section_shown(struct composer *c, const struct layout_section *s, struct str *why)
{
	return condition_holds(c, (enum layout_show_if)s->show_if, s->show_value, s->show_limit, &s->show_query, why);
}

static void note_hidden(struct composer *c, const struct layout_section *section, const struct layout_slot *slot, struct str why)
{
	struct compose_reason *reason;

	if (c->reasons == NULL)
		return;
	reason = vec_add(c->arena, &c->reasons->list);
	reason->section = section->id;
	reason->slot = slot->id;
	reason->why_shown = str_printf(c->arena, "not shown: " STR_FMT, STR_ARG(why));
	reason->pos = slot->pos;
}

static void plan_slot(struct composer *c, const struct layout_section *section, const struct layout_slot *slot, uint32_t *exhibits)
{
	struct planned *planned;
	struct str why;

	if (!condition_holds(c, (enum layout_show_if)slot->show_if, slot->show_value, slot->show_limit, &slot->show_query, &why)) {
		note_hidden(c, section, slot, why);
		return;
	}
	planned = ARENA_NEW(c->arena, struct planned);
	planned->slot = slot;
	planned->anchor = ++c->doc->anchor_count;
	if (slot->kind == SLOT_EXHIBIT)
		planned->exhibit = ++*exhibits;
	map_put(c->arena, &c->planned, slot->id, planned);
	for (size_t i = 0; i < slot->slots.count; i++)
		plan_slot(c, section, slot->slots.at[i], exhibits);
}

void plan_slots(struct composer *c)
{
	const struct layout *l = c->in->layout;
	uint32_t exhibits = 0;
	struct str why;

	for (size_t i = 0; i < l->sections.count; i++) {
		const struct layout_section *section = l->sections.at[i];
		bool shown = section_shown(c, section, &why);

		for (size_t k = 0; k < section->slots.count; k++) {
			if (shown)
				plan_slot(c, section, section->slots.at[k], &exhibits);
			else
				note_hidden(c, section, section->slots.at[k], why);
		}
	}
}

const struct planned *slot_planned(const struct composer *c, struct str id)
{
	return map_lookup(&c->planned, id);
}
