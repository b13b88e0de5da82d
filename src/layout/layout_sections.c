/* <section>: its masters and slots in order; then what slots say of one another. */
#include "layout/layout_int.h"

static const struct xml_choice sides[] = { { "any", 0 }, { "odd", 1 }, { "even", 2 }, { NULL, 0 } }; /* enum doc_side */
static const struct xml_field fields[] = {
	FIELD_NEEDED(struct layout_section, id, "id", XML_ID), TEXT_FIELDS(struct layout_section, title, "title"),
	FIELD(struct layout_section, first_master, "master", XML_ID), FIELD(struct layout_section, rest_master, "rest", XML_ID),
	FIELD(struct layout_section, odd_master, "odd", XML_ID), FIELD(struct layout_section, even_master, "even", XML_ID),
	FIELD(struct layout_section, last_master, "last", XML_ID), FIELD_CHOICE_OF(struct layout_section, starts, "starts", sides),
	TEXT_FIELDS(struct layout_section, blank, "blank"),
	FIELD(struct layout_section, gap, "gap", XML_LENGTH), FIELD(struct layout_section, gap_most, "gap-most", XML_LENGTH),
	FIELD(struct layout_section, one_page, "one-page", XML_BOOL),
	FIELD(struct layout_section, shrink_to, "shrink-to", XML_INT), FIELD(struct layout_section, drop_first, "drop-first", XML_BOOL),
	FIELD(struct layout_section, new_page, "new-page", XML_BOOL), FIELD(struct layout_section, notes, "notes", XML_BOOL),
	FIELD(struct layout_section, summary, "summary", XML_BOOL), FIELD(struct layout_section, locked, "locked", XML_BOOL),
	CONDITION_FIELDS(struct layout_section, show_if, show_value, show_query),
	FIELD_END,
};
static const struct text_place texts[] = {
	TEXT_PLACE(struct layout_section, title, "title"), TEXT_PLACE(struct layout_section, blank, "blank"), { 0 },
};

static void report_master(struct reader *r, struct src_pos pos, struct str id)
{
	struct str near = { 0 };
	for (uint16_t i = 0; i < r->design->master_count; i++) {
		struct str pair[2] = { near, r->design->masters[i].id };
		near = str_nearest(id, pair, 2);
	}
	diag_add(r->diag, DIAG_MASTER_UNKNOWN, pos, "no master '" STR_FMT "'%s", STR_ARG(id), diag_nearest(r->diag, near));
}

static const struct doc_master *check_master(struct reader *r, const struct xml_node *n, const char *name, struct str *id)
{
	const struct doc_design *design = r->design;
	const struct doc_master *master = id->len ? master_lookup(design, *id) : design->master_count ? &design->masters[0] : NULL;
	if (master)
		*id = master->id;
	else if (id->len)
		report_master(r, attr_pos(n, name), *id);
	return master;
}

static mpt content_width(const struct doc_master *m)
{
	return m->width - m->left - m->right;
}

/* What goes on over a page break goes on in lines of the same length. */
static void check_width(struct reader *r, const struct xml_node *n, const char *name, struct str *id, const struct doc_master *first)
{
	const struct doc_master *master = id->len ? check_master(r, n, name, id) : NULL;
	struct buf b;
	if (!master || !first || content_width(master) == content_width(first))
		return;
	buf_init(&b, r->arena, 64);
	buf_mpt(&b, content_width(master));
	buf_puts(&b, "pt wide, that of the first page ");
	buf_mpt(&b, content_width(first));
	diag_add(r->diag, DIAG_GRID, attr_pos(n, name),
		"the content of master '" STR_FMT "' is " STR_FMT "pt; the pages of a section are equally wide between their margins",
		STR_ARG(*id), STR_ARG(buf_str(&b)));
}

/* Slots stand on a grid that both masters have. */
static uint8_t columns_of(const struct doc_master *first, const struct doc_master *rest)
{
	uint8_t a = first ? first->columns : 12, b = rest ? rest->columns : a;
	return a < b ? a : b;
}

enum { SHRINK_LEAST = 70 }; /* per cent: what is smaller is another layout */

/* What gives way where one page is too small, or widens where it has room; said of a section that may go on, it would do nothing.
 * A layout that says one-page="no" of another's section need not take back what that one said of the page. */
static void check_one_page(struct reader *r, const struct xml_node *n, struct layout_section *s)
{
	const char *told = s->shrink_to ? "shrink-to" : s->drop_first ? "drop-first" : s->gap_most ? "gap-most" : NULL;

	if (s->shrink_to && (s->shrink_to < SHRINK_LEAST || s->shrink_to > 100)) {
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "shrink-to"), "'shrink-to' is %d to 100 per cent", SHRINK_LEAST);
		s->shrink_to = 0;
	}
	if (s->gap_most && s->gap_most < s->gap)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "gap-most"), "the gaps of section '" STR_FMT "' are wider than 'gap-most' already",
			STR_ARG(s->id));
	if (!s->one_page && told && !xml_attr(n, "one-page"))
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, told),
			"section '" STR_FMT "' may take more pages, so that nothing of it gives way or widens; one-page=\"yes\" makes one page its limit",
			STR_ARG(s->id));
}

/* ---- tables that turn onto other pages ---- */

static bool is_alone(const struct layout_section *s, const struct layout_slot *slot)
{
	for (size_t i = 0; i < s->slots.count; i++)
		if (s->slots.at[i] != slot && s->slots.at[i]->row == slot->row)
			return false;
	return true;
}

static void refuse_turn(struct reader *r, const struct layout_slot *slot, const char *why)
{
	diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, slot->exhibit.body_pos, "the table of slot '" STR_FMT "' cannot turn: %s",
		STR_ARG(slot->id), why);
}

static void check_turn(struct reader *r, const struct layout_section *s, const struct layout_slot *slot, const struct doc_master *first)
{
	const struct doc_master *master = master_lookup(r->design, slot->exhibit.turn_to);
	if (!master)
		report_master(r, slot->exhibit.body_pos, slot->exhibit.turn_to);
	else if (first && content_width(master) <= content_width(first))
		refuse_turn(r, slot, "the pages that 'turn-to' names are no wider than those of its section");
	if (s->one_page)
		refuse_turn(r, slot, "its section must fit one page");
	if (!is_alone(s, slot))
		refuse_turn(r, slot, "it stands beside another slot");
}

static void check_boxed(struct reader *r, const struct layout_slot *box)
{
	for (size_t i = 0; i < box->slots.count; i++) {
		if (box->slots.at[i]->exhibit.turn_to.len)
			refuse_turn(r, box->slots.at[i], "it stands in a box");
		check_boxed(r, box->slots.at[i]);
	}
}

static void check_turns(struct reader *r, const struct layout_section *s, const struct doc_master *first)
{
	for (size_t i = 0; i < s->slots.count; i++) {
		if (s->slots.at[i]->exhibit.turn_to.len)
			check_turn(r, s, s->slots.at[i], first);
		check_boxed(r, s->slots.at[i]);
	}
}

static void read_section(struct reader *r, const struct xml_node *n)
{
	struct layout_section *s = ARENA_NEW(r->arena, struct layout_section);
	s->pos = n->pos;
	s->gap = -1;
	s->new_page = true;
	query_init(&s->show_query, n->pos);
	read_attrs(r, n, fields, texts, s);
	check_condition(r, n, s->show_if, s->show_value, &s->show_limit);
	check_one_page(r, n, s);
	const struct doc_master *first = check_master(r, n, "master", &s->first_master);
	const struct doc_master *rest = s->rest_master.len ? check_master(r, n, "rest", &s->rest_master) : first;
	if (!s->rest_master.len)
		s->rest_master = s->first_master;
	check_width(r, n, "odd", &s->odd_master, first);
	check_width(r, n, "even", &s->even_master, first);
	check_width(r, n, "last", &s->last_master, first);
	r->columns = columns_of(first, rest);
	struct slot_list slots = read_slots(r, n);
	for (size_t i = 0; i < slots.list.count; i++)
		vec_push(r->arena, &s->slots, slots.list.at[i]);
	check_turns(r, s, first);
	vec_push(r->arena, &r->layout->sections, s);
}

static void check_reference(struct reader *r, struct str id, struct src_pos pos)
{
	const struct layout_slot *slot = map_lookup(&r->slots, id);
	if (!slot)
		diag_add(r->diag, DIAG_SLOT_UNKNOWN, pos, "no slot '" STR_FMT "'%s", STR_ARG(id), diag_nearest(r->diag, map_nearest(&r->slots, id)));
	else if (slot->kind != SLOT_EXHIBIT)
		diag_add(r->diag, DIAG_SLOT_UNKNOWN, pos, "slot '" STR_FMT "' is no exhibit", STR_ARG(id));
}

/* Tiles name the exhibit that holds their figure; it may stand on a later page, or have been removed by a layout above. */
static void check_references(struct reader *r)
{
	for (size_t i = 0; i < r->slots.count; i++) {
		const struct layout_slot *s = r->slots.entries[i].value;
		for (size_t k = 0; k < s->tiles.count; k++)
			if (s->tiles.at[k].exhibit_ref.len)
				check_reference(r, s->tiles.at[k].exhibit_ref, s->tiles.at[k].pos);
	}
}

void read_sections(struct reader *r)
{
	for (size_t i = 0; i < r->sections.count; i++)
		read_section(r, r->sections.at[i]);
	check_references(r);
	if (!r->sections.count)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, r->root_pos, "the layout has no section");
}
