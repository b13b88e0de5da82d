/* The library: criterion 12. The paper ends in decisions: each ask has an owner, an amount, a date
 * and what happens without it, and is listed; what was asked and promised before has a state. Which
 * kinds of record are asks and promises the catalogue says. */
#include "entente_executive.h"

/* What an ask must have, by the type of field that holds it. */
static const struct part {
	enum facts_field_type type;
	const char *what;
} parts[] = {
	{ FIELD_SIDE, "whose it is" },
	{ FIELD_MONEY, "how much it is" },
	{ FIELD_DATE, "by when" },
	{ FIELD_TEXT, "what happens without it" },
};
enum { PARTS = sizeof parts / sizeof parts[0] };

static bool has_part(const struct facts_record *r, enum facts_field_type type)
{
	for (size_t i = 0; i < r->kind->field_count; i++)
		if (r->fields[i].def->type == type && r->fields[i].present)
			return true;
	return false;
}

static void check_ask(struct executive *x, const struct facts_record *r)
{
	for (size_t i = 0; i < PARTS; i++)
		if (!has_part(r, parts[i].type))
			diag_add(x->diag, DIAG_EXECUTIVE_ASKS, r->pos,
				"ask '" STR_FMT
				"' does not say %s; fill its field, or give its kind one",
				STR_ARG(r->id), parts[i].what);
}

/* ---- states ---- */

static const struct facts_field *state_of(const struct facts_record *r)
{
	for (size_t i = 0; i < r->kind->field_count; i++)
		if (r->fields[i].def->type == FIELD_CHOICE)
			return &r->fields[i];
	return NULL;
}

static bool is_past(const struct executive *x, const struct facts_record *r)
{
	for (size_t i = 0; i < r->kind->field_count; i++)
		if (r->fields[i].def->type == FIELD_DATE && r->fields[i].present &&
			r->fields[i].def->required)
			return date_cmp(r->fields[i].date, x->facts->as_of) < 0;
	return false;
}

static void check_state(struct executive *x, const struct facts_record *r)
{
	const struct facts_field *state = state_of(r);

	if (state == NULL || !state->present)
		diag_add(x->diag, DIAG_EXECUTIVE_ASKS, r->pos,
			"'" STR_FMT "' of an earlier meeting has no state; say what became of it",
			STR_ARG(r->id));
}

/* ---- whether they are shown ---- */

struct search {
	struct str slot;
	bool found;
};

static void see_slot(void *ctx, const struct executive_place *at, const struct doc_block *b)
{
	struct search *s = ctx;

	(void)at;
	s->found |= b->slot.len && str_equal(b->slot, s->slot);
}

static bool is_printed(const struct executive *x, struct str slot)
{
	struct search s = { .slot = slot };

	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = &s, .block = see_slot });
	return s.found;
}

static bool lists_kind(const struct layout_slot *s, struct str kind)
{
	for (size_t i = 0; i < s->rows.count; i++)
		if (str_equal(s->rows.at[i].each, kind))
			return true;
	for (size_t i = 0; i < s->exhibit.rows.count; i++)
		if (str_equal(s->exhibit.rows.at[i].each, kind))
			return true;
	return false;
}

static bool slots_show(const struct executive *x, const struct layout_slot *const *slots,
	size_t count, struct str kind)
{
	for (size_t i = 0; i < count; i++)
		if ((lists_kind(slots[i], kind) && is_printed(x, slots[i]->id)) ||
			slots_show(x, slots[i]->slots.at, slots[i]->slots.count, kind))
			return true;
	return false;
}

static void check_shown(struct executive *x, const struct facts_kind *kind)
{
	for (size_t i = 0; i < x->layout->sections.count; i++)
		if (slots_show(x, x->layout->sections.at[i]->slots.at,
			    x->layout->sections.at[i]->slots.count, kind->id))
			return;
	diag_add(x->diag, DIAG_EXECUTIVE_ASKS, x->facts->pos,
		"no slot lists the records of kind '" STR_FMT "'; add a <list each=\"" STR_FMT
		"\">",
		STR_ARG(kind->id), STR_ARG(kind->id));
}

/* ---- all of them ---- */

struct counted {
	size_t ask_kinds, asks, promises;
};

static void check_kind(struct executive *x, const struct facts_kind *kind, struct counted *n)
{
	const struct facts_records *records = facts_records(x->facts, kind->id);
	bool asks = kind->stands_for == STANDS_FOR_ASK;

	n->ask_kinds += asks;
	for (size_t i = 0; i < records->list.count; i++) {
		const struct facts_record *r = records->list.at[i];

		if (asks)
			check_ask(x, r);
		if (!asks || is_past(x, r))
			check_state(x, r);
	}
	n->asks += asks ? records->list.count : 0;
	n->promises += asks ? 0 : records->list.count;
	if (asks && records->list.count)
		check_shown(x, kind);
}

const char *executive_asks(struct executive *x)
{
	struct counted n = { 0 };

	for (size_t i = 0; i < x->facts->kinds.count; i++) {
		const struct facts_kind *kind = x->facts->kinds.entries[i].value;

		if (kind->stands_for != STANDS_FOR_ITSELF)
			check_kind(x, kind, &n);
	}
	if (n.ask_kinds == 0)
		return "no kind of record stands-for=\"ask\"";
	if (n.asks == 0)
		diag_add(x->diag, DIAG_EXECUTIVE_ASKS, x->facts->pos,
			"the briefing asks for no decision; add what the meeting is to decide");
	return n.promises ? NULL : "nothing promised earlier is recorded";
}
