/* Slots: one row of the table below for each kind of element; what they have in common, their condition and their place in the grid. */
#include "layout/layout_int.h"

enum { KEEP_UNSAID = INT32_MIN }; /* what no attribute can say */

/* What a slot's element says before it is checked: some of it for the row that lists and cards are made of. */
struct said {
	struct layout_slot s;
	struct layout_row row;
	int32_t start, span, columns;
	struct str fill, show;
	struct str chart; /* of an exhibit, read by layout_exhibit.c */
};

static const struct xml_choice benchmark_sets[] = { { "used", 0 }, { "all", 1 }, { NULL, 0 } };

#define SLOT_FIELDS                                                                                         \
	FIELD_NEEDED(struct said, s.id, "slot", XML_ID), FIELD(struct said, start, "start", XML_INT), FIELD(struct said, span, "span", XML_INT), \
	FIELD(struct said, s.locked, "locked", XML_BOOL), FIELD(struct said, s.optional, "optional", XML_BOOL),    \
	FIELD(struct said, s.keep, "keep", XML_INT), FIELD(struct said, s.keep_with_next, "keep-with-next", XML_BOOL), \
	FIELD(struct said, s.keep_with_previous, "keep-with-previous", XML_BOOL), \
	FIELD(struct said, s.above, "space-above", XML_LENGTH),                                                  \
	CONDITION_FIELDS(struct said, s.show_if, s.show_value, s.show_query)
#define FRAME_FIELDS                                                                                        \
	FIELD(struct said, fill, "fill", XML_STR), FIELD(struct said, s.rule_top, "rule", XML_BOOL),             \
	FIELD(struct said, s.accent_top, "accent", XML_BOOL)
#define HEADING_FIELDS                                                                                      \
	TEXT_FIELDS(struct said, s.heading, "heading"), TEXT_FIELDS(struct said, s.heading_unit, "heading-unit"), \
	FIELD(struct said, s.heading_style, "heading-style", XML_ID)
#define HEADING_TEXTS TEXT_PLACE(struct said, s.heading, "heading"), TEXT_PLACE(struct said, s.heading_unit, "heading-unit")
#define ITEM_FIELDS                                                                                         \
	ROW_FIELDS(struct said, row), TEXT_FIELDS(struct said, s.head, "head"), TEXT_FIELDS(struct said, s.body, "body"), \
	TEXT_FIELDS(struct said, s.amount, "amount"), TEXT_FIELDS(struct said, s.foot, "foot"),                  \
	FIELD(struct said, s.numbered, "numbered", XML_BOOL), FIELD(struct said, s.style, "style", XML_ID),      \
	FIELD(struct said, s.head_style, "head-style", XML_ID), FIELD(struct said, s.side, "for-side", XML_ID),    \
	FIELD(struct said, s.topic, "topic", XML_ID), FIELD(struct said, s.take, "take", XML_INT)
#define ITEM_TEXTS                                                                                          \
	ROW_TEXTS(struct said, row), TEXT_PLACE(struct said, s.head, "head"), TEXT_PLACE(struct said, s.body, "body"), \
	TEXT_PLACE(struct said, s.amount, "amount"), TEXT_PLACE(struct said, s.foot, "foot")

static const struct xml_field title_fields[] = {
	SLOT_FIELDS, FIELD_NEEDED(struct said, s.topic, "topic", XML_ID), FIELD(struct said, s.lead_topic, "lead", XML_ID),
	FIELD(struct said, s.style, "style", XML_ID), FIELD(struct said, s.side, "for-side", XML_ID), FIELD_END,
};
static const struct xml_field narrative_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, HEADING_FIELDS, FIELD_NEEDED(struct said, s.topic, "topic", XML_ID),
	FIELD(struct said, s.take, "take", XML_INT), FIELD(struct said, s.style, "style", XML_ID),
	FIELD(struct said, s.side, "for-side", XML_ID), FIELD_END,
};
static const struct xml_field prose_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, HEADING_FIELDS, FIELD_NEEDED(struct said, s.topic, "text", XML_ID),
	FIELD(struct said, s.level, "level", XML_INT), FIELD(struct said, s.style, "style", XML_ID), FIELD_END,
};
static const struct xml_field key_fields[] = {
	SLOT_FIELDS, FIELD(struct said, show, "show", XML_STR), FIELD(struct said, s.style, "style", XML_ID), FIELD_END,
};
static const struct xml_field tiles_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, FIELD(struct said, columns, "columns", XML_INT), FIELD_END,
};
static const struct xml_field exhibit_fields[] = {
	SLOT_FIELDS, TEXT_FIELDS(struct said, s.exhibit.title, "title"), TEXT_FIELDS(struct said, s.exhibit.unit, "unit-line"),
	TEXT_FIELDS(struct said, s.exhibit.sample, "sample"), FIELD(struct said, s.exhibit.source, "source", XML_ID),
	TEXT_FIELDS(struct said, s.exhibit.source_text, "source-text"), FIELD(struct said, s.exhibit.source_above, "source-above", XML_LENGTH),
	 TEXT_FIELDS(struct said, s.exhibit.alt, "alt"),
	FIELD(struct said, show, "key", XML_STR), FIELD(struct said, s.exhibit.key_above, "key-above", XML_BOOL),
	FIELD(struct said, s.exhibit.scale, "scale", XML_ID), FIELD(struct said, s.exhibit.scale_low, "scale-low", XML_DECIMAL),
	FIELD(struct said, s.exhibit.scale_high, "scale-high", XML_DECIMAL), FIELD(struct said, s.exhibit.scale_tick, "scale-tick", XML_DECIMAL),
	FIELD(struct said, chart, "chart", XML_STR), FIELD_END,
};
static const struct xml_field list_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, HEADING_FIELDS, ITEM_FIELDS, FIELD(struct said, s.spread, "spread", XML_BOOL),
	FIELD(struct said, s.item_pad, "item-padding", XML_LENGTH), FIELD(struct said, s.number_width, "number-width", XML_LENGTH), FIELD_END,
};
static const struct xml_field cards_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, HEADING_FIELDS, ITEM_FIELDS, FIELD(struct said, columns, "columns", XML_INT), FIELD_END,
};
static const struct xml_field signatures_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, ROW_FIELDS(struct said, row), FIELD(struct said, columns, "columns", XML_INT),
	FIELD(struct said, s.topic, "topic", XML_ID), FIELD(struct said, s.space, "line-space", XML_LENGTH), FIELD_END,
};
static const struct xml_field benchmarks_fields[] = {
	SLOT_FIELDS, FRAME_FIELDS, HEADING_FIELDS, FIELD(struct said, columns, "columns", XML_INT),
	FIELD_CHOICE_OF(struct said, s.all, "which", benchmark_sets), FIELD(struct said, s.style, "style", XML_ID), FIELD_END,
};
static const struct xml_field contents_fields[] = {
	SLOT_FIELDS, HEADING_FIELDS, FIELD(struct said, columns, "depth", XML_INT), FIELD(struct said, s.style, "style", XML_ID), FIELD_END,
};
static const struct xml_field space_fields[] = { SLOT_FIELDS, FIELD_NEEDED(struct said, s.space, "height", XML_LENGTH), FIELD_END };
static const struct xml_field rule_fields[] = {
	SLOT_FIELDS, FIELD(struct said, s.accent_top, "accent", XML_BOOL), FIELD(struct said, fill, "colour", XML_STR), FIELD_END,
};
static const struct xml_field image_fields[] = {
	SLOT_FIELDS, FIELD_NEEDED(struct said, s.image, "file", XML_STR), TEXT_FIELDS(struct said, s.image_alt, "alt"),
	FIELD(struct said, s.image_width, "width", XML_LENGTH), FIELD(struct said, s.image_height, "height", XML_LENGTH), FIELD_END,
};
static const struct xml_field box_fields[] = { SLOT_FIELDS, FRAME_FIELDS, HEADING_FIELDS, FIELD_END };

static const struct text_place heading_texts[] = { HEADING_TEXTS, { 0 } };
static const struct text_place item_texts[] = { HEADING_TEXTS, ITEM_TEXTS, { 0 } };
static const struct text_place row_texts[] = { ROW_TEXTS(struct said, row), { 0 } };
static const struct text_place image_texts[] = { TEXT_PLACE(struct said, s.image_alt, "alt"), { 0 } };
static const struct text_place exhibit_texts[] = {
	TEXT_PLACE(struct said, s.exhibit.title, "title"), TEXT_PLACE(struct said, s.exhibit.unit, "unit-line"),
	TEXT_PLACE(struct said, s.exhibit.sample, "sample"), TEXT_PLACE(struct said, s.exhibit.source_text, "source-text"),
	TEXT_PLACE(struct said, s.exhibit.alt, "alt"), { 0 },
};

static void read_items(struct reader *r, const struct xml_node *n, struct layout_slot *s);
static void read_key_slot(struct reader *r, const struct xml_node *n, struct layout_slot *s);
static void read_exhibit_slot(struct reader *r, const struct xml_node *n, struct layout_slot *s);
static void read_box(struct reader *r, const struct xml_node *n, struct layout_slot *s);

static void read_plain(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	(void)s;
	read_nothing(r, n);
}

static void read_prose(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	read_nothing(r, n);
	if (xml_attr(n, "level") && (s->level < 1 || s->level > 6))
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "level"), "'level' is 1 to 6");
}

/* Kinds of slots by element. */
struct slot_kind {
	const char *element;
	const struct xml_field *fields;
	const struct text_place *texts;
	void (*read)(struct reader *r, const struct xml_node *n, struct layout_slot *s); /* children */
	uint8_t columns;   /* by default */
	bool rule;         /* thin rule above by default: always, or with a heading */
	bool rule_headed;
	bool lists;        /* its row says what it is made of */
};
static const struct slot_kind kinds[SLOT_KIND_COUNT] = {
	[SLOT_TITLE] = { "title", title_fields, NULL, read_plain, 1, false, false, false },
	[SLOT_NARRATIVE] = { "narrative", narrative_fields, heading_texts, read_plain, 1, false, true, false },
	[SLOT_KEY] = { "key", key_fields, NULL, read_key_slot, 1, false, false, false },
	[SLOT_TILES] = { "tiles", tiles_fields, NULL, read_tiles, 4, false, false, false },
	[SLOT_EXHIBIT] = { "exhibit", exhibit_fields, exhibit_texts, read_exhibit_slot, 1, false, false, false },
	[SLOT_LIST] = { "list", list_fields, item_texts, read_items, 1, true, true, true },
	[SLOT_CARDS] = { "cards", cards_fields, item_texts, read_items, 4, true, true, true },
	[SLOT_SIGNATURES] = { "signatures", signatures_fields, row_texts, read_plain, 4, false, false, true },
	[SLOT_BENCHMARKS] = { "benchmarks", benchmarks_fields, heading_texts, read_plain, 2, true, true, false },
	[SLOT_CONTENTS] = { "contents", contents_fields, heading_texts, read_plain, 2, false, false, false },
	[SLOT_SPACE] = { "space", space_fields, NULL, read_plain, 1, false, false, false },
	[SLOT_RULE] = { "rule", rule_fields, NULL, read_plain, 1, false, false, false },
	[SLOT_IMAGE] = { "image", image_fields, image_texts, read_plain, 1, false, false, false },
	[SLOT_BOX] = { "box", box_fields, heading_texts, read_box, 1, false, false, false },
	[SLOT_PROSE] = { "prose", prose_fields, heading_texts, read_prose, 1, false, false, false },
};

const char *layout_slot_name(enum layout_slot_kind kind)
{
	return kinds[kind].element;
}

static const struct slot_kind *kind_of(const struct xml_node *n)
{
	for (int i = 0; i < SLOT_KIND_COUNT; i++)
		if (xml_is(n, kinds[i].element))
			return &kinds[i];
	return NULL;
}

static void take_amount(void *ctx, const struct xml_node *n)
{
	struct amount {
		struct query query;
		struct str empty;
	} amount = { 0 };
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct amount, query), FIELD(struct amount, empty, "empty", XML_ID), FIELD_END,
	};
	struct into *into = ctx;
	struct layout_slot *s = into->at;
	query_init(&amount.query, n->pos);
	read_attrs(into->r, n, fields, NULL, &amount);
	read_nothing(into->r, n);
	s->has_amount = true;
	s->amount_query = amount.query;
	s->amount_empty = amount.empty;
}

static void read_items(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	static const struct xml_child children[] = { { "amount", take_amount }, { NULL, NULL } };
	read_children(r, n, children, s);
}

static void take_key(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_slot *s = into->at;
	read_key(into->r, n, vec_add(into->r->arena, &s->keys));
}

static void read_key_slot(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	static const struct xml_child children[] = { { "key", take_key }, { NULL, NULL } };
	read_children(r, n, children, s);
	if (!s->keys.count)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "slot '" STR_FMT "' explains nothing: it needs 'show' or <key>", STR_ARG(s->id));
}

static void read_exhibit_slot(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	if (!s->exhibit.title.word.len && !s->exhibit.title.topic.len)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "exhibit '" STR_FMT "' has no title: its message", STR_ARG(s->id));
	read_exhibit(r, n, &s->exhibit);
}

/* What is no slot. */
static void report_stranger(struct reader *r, const struct xml_node *n, const struct xml_node *in)
{
	struct str near = { 0 };
	for (int i = 0; i < SLOT_KIND_COUNT; i++) {
		struct str pair[2] = { near, str_from(kinds[i].element) };
		near = str_nearest(n->name, pair, 2);
	}
	if (n->name.len)
		diag_add(r->diag, DIAG_ELEMENT_UNKNOWN, n->pos, "element '" STR_FMT "' is not known in '" STR_FMT "'%s", STR_ARG(n->name),
			STR_ARG(in->name), diag_nearest(r->diag, near));
	else if (str_trim(n->text).len)
		diag_add(r->diag, DIAG_TEXT_UNEXPECTED, xml_text_pos(n), "text is not expected in '" STR_FMT "'", STR_ARG(in->name));
}

void check_style(struct reader *r, const struct xml_node *n, const char *name, struct str id)
{
	struct str near = { 0 };
	if (!id.len || style_lookup(r->design, id))
		return;
	for (uint16_t i = 0; i < r->design->style_count; i++) {
		struct str pair[2] = { near, r->design->styles[i].id };
		near = str_nearest(id, pair, 2);
	}
	diag_add(r->diag, DIAG_STYLE_UNKNOWN, attr_pos(n, name), "no style '" STR_FMT "'%s", STR_ARG(id), diag_nearest(r->diag, near));
}

static void keep_id(struct reader *r, struct layout_slot *s)
{
	if (!s->id.len)
		return;
	const struct layout_slot *twin = map_put(r->arena, &r->slots, s->id, s);
	if (!twin)
		return;
	diag_add(r->diag, DIAG_ID_TWICE, s->pos, "two slots are called '" STR_FMT "'", STR_ARG(s->id));
	diag_note(r->diag, twin->pos, "the other is here");
}

static void settle_columns(struct reader *r, const struct xml_node *n, const struct said *said, struct layout_slot *s)
{
	if (said->columns < 1 || said->columns > r->columns)
		diag_add(r->diag, DIAG_GRID, attr_pos(n, xml_attr(n, "depth") ? "depth" : "columns"), "%d columns do not fit; write 1 to %d",
			(int)said->columns, (int)r->columns);
	else
		s->columns = (uint8_t)said->columns;
}

static void settle_frame(struct reader *r, const struct xml_node *n, const struct slot_kind *kind, const struct said *said,
	struct layout_slot *s)
{
	s->fill = DOC_COLOUR_COUNT;
	if (said->fill.len)
		read_colour_role(r, str_trim(said->fill), attr_pos(n, xml_attr(n, "fill") ? "fill" : "colour"), &s->fill);
	bool headed = s->heading.word.len || s->heading.topic.len;
	if (!xml_attr(n, "rule"))
		s->rule_top = s->fill == DOC_COLOUR_COUNT && !s->accent_top && (kind->rule || (kind->rule_headed && headed));
}

static void settle_row(struct reader *r, const struct xml_node *n, const struct said *said, struct layout_slot *s)
{
	vec_push(r->arena, &s->rows, said->row);
	if (!said->row.each.len && !said->row.metrics.count)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "'" STR_FMT "' has no attribute 'each'", STR_ARG(n->name));
}

static void begin(struct said *said, const struct xml_node *n, const struct slot_kind *kind, const struct reader *r)
{
	*said = (struct said){ .s = { .kind = (uint8_t)(kind - kinds), .pos = n->pos, .keep = KEEP_UNSAID, .take = -1, .item_pad = -1 },
		.span = r->columns, .columns = kind->columns };
	said->s.exhibit.rules = said->s.exhibit.repeat_head = said->s.exhibit.repeat_groups = true;
	said->s.exhibit.row_pad = -1;
	query_init(&said->s.show_query, n->pos);
	query_init(&said->s.amount_query, n->pos);
	query_init(&said->s.exhibit.change_query, n->pos);
	row_init(&said->row, n->pos);
	if (said->columns > r->columns)
		said->columns = r->columns;
}

/* Resolves start, span and row of slots that follow one another. */
struct packing {
	uint8_t cursor; /* first free column of the row */
	uint16_t row;
	bool any;
	const struct layout_slot *last; /* placed before; NULL at first */
};

/* What is shown where the slot before it is not stands in its place. */
static bool stands_in(const struct packing *p, const struct layout_slot *s, bool said)
{
	return p->last && !said && s->show_if == IF_HIDDEN && str_equal(str_trim(s->show_value), p->last->id) && s->span == p->last->span;
}

/* start is written from 1; without it a slot stands behind the one before, or begins the next row where it does not fit. */
static void pack_slot(struct reader *r, struct packing *p, struct layout_slot *s, const struct xml_node *n)
{
	bool said = xml_attr(n, "start") != NULL;
	uint8_t start = said ? (uint8_t)(s->start - 1) : p->cursor;
	if (s->span > r->columns || (said && (s->start < 1 || start + s->span > r->columns))) {
		diag_add(r->diag, DIAG_GRID, attr_pos(n, said ? "start" : "span"), "slot '" STR_FMT "' leaves the grid of %d columns", STR_ARG(s->id),
			(int)r->columns);
		start = 0;
		s->span = r->columns;
	}
	if (stands_in(p, s, said)) {
		s->start = p->last->start;
		s->row = p->last->row;
		return;
	}
	bool beside = p->any && start >= p->cursor && start + s->span <= r->columns;
	if (!beside) {
		p->row = (uint16_t)(p->row + p->any);
		start = said && s->span < r->columns ? start : 0;
	}
	s->start = start;
	s->row = p->row;
	p->cursor = (uint8_t)(start + s->span);
	p->any = true;
	p->last = s;
}

static void settle_keys(struct reader *r, const struct xml_node *n, const struct said *said, struct layout_slot *s)
{
	struct str show = said->show;
	struct layout_key key;
	while (next_key(&show, attr_pos(n, s->kind == SLOT_KEY ? "show" : "key"), &key)) {
		if (s->kind == SLOT_KEY)
			vec_push(r->arena, &s->keys, key);
		else
			vec_push(r->arena, &s->exhibit.keys, key);
	}
}

/* What is no length at all has been reported. */
static void check_above_zero(struct reader *r, const struct xml_node *n, const char *name)
{
	mpt length;
	if (length_parse(tree_attr(n, name), &length) && length == 0)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, name), "'%s' must be above zero", name);
}

static void check_not_below_zero(struct reader *r, const struct xml_node *n, const char *name, mpt length)
{
	if (xml_attr(n, name) && length < 0)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, name), "'%s' must not be below zero", name);
}

static void settle_keep(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	if (s->keep != KEEP_UNSAID && (s->keep < 0 || s->keep > KEEP_FIRMEST)) {
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "keep"), "'keep' must be from 0, which may break, to %d, the firmest", KEEP_FIRMEST);
		s->keep = KEEP_UNSAID;
	}
}

static struct layout_slot *read_slot(struct reader *r, const struct xml_node *n, struct packing *packing)
{
	const struct slot_kind *kind = kind_of(n);
	struct said *said = ARENA_NEW(r->arena, struct said);
	struct layout_slot *s = &said->s;
	begin(said, n, kind, r);
	read_attrs(r, n, kind->fields, kind->texts, said);
	s->start = (uint8_t)(said->start >= 0 && said->start <= UINT8_MAX ? said->start : UINT8_MAX);
	s->span = (uint8_t)(said->span >= 1 && said->span <= UINT8_MAX ? said->span : UINT8_MAX);
	keep_id(r, s);
	check_condition(r, n, s->show_if, s->show_value, &s->show_limit);
	settle_keep(r, n, s);
	check_above_zero(r, n, "space-above");
	check_above_zero(r, n, "line-space");
	check_above_zero(r, n, "number-width");
	check_not_below_zero(r, n, "item-padding", s->item_pad);
	check_above_zero(r, n, "width");
	check_above_zero(r, n, "height");
	check_style(r, n, "style", s->style);
	check_style(r, n, "head-style", s->head_style);
	check_style(r, n, "heading-style", s->heading_style);
	settle_columns(r, n, said, s);
	settle_frame(r, n, kind, said, s);
	if (kind->lists)
		settle_row(r, n, said, s);
	settle_keys(r, n, said, s);
	pack_slot(r, packing, s, n);
	kind->read(r, n, s);
	return s;
}

struct slot_list read_slots(struct reader *r, const struct xml_node *n)
{
	struct slot_list slots = { 0 };
	struct packing packing = { 0 };
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (!kind_of(c)) {
			report_stranger(r, c, n);
			continue;
		}
		struct layout_slot *s = read_slot(r, c, &packing);
		vec_push(r->arena, &slots.list, s);
	}
	return slots;
}

static void read_box(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	uint8_t around = r->columns;
	r->columns = s->span;
	struct slot_list inside = read_slots(r, n);
	for (size_t i = 0; i < inside.list.count; i++)
		vec_push(r->arena, &s->slots, inside.list.at[i]);
	r->columns = around;
}
