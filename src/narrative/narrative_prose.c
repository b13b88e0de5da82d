/* Narrative: <text> -> a tree of blocks. What may stand where is in one table; words that stand between blocks become
 * paragraphs. */
#include "narrative/narrative_int.h"

struct blocks {
	VEC(const struct prose *) list;
};

#define PROSE_FIELD(name, type, member, choices) { name, type, XML_OPTIONAL, offsetof(struct prose, member), choices }
#define PROSE_COMMON \
	PROSE_FIELD("id", XML_ID, id, NULL), PROSE_FIELD("lang", XML_STR, lang, NULL), \
		PROSE_FIELD("direction", XML_CHOICE, direction, directions)
#define PROSE_KEEPS \
	PROSE_FIELD("keep", XML_INT, keep, NULL), PROSE_FIELD("keep-with-next", XML_BOOL, keep_with_next, NULL), \
		PROSE_FIELD("keep-with-previous", XML_BOOL, keep_with_previous, NULL)
#define PROSE_END { NULL, 0, 0, 0, NULL }

static const struct xml_choice directions[] = { { "ltr", PROSE_LTR }, { "rtl", PROSE_RTL }, { NULL, 0 } };
static const struct xml_choice list_kinds[] = { { "bulleted", PROSE_BULLETED }, { "numbered", PROSE_NUMBERED },
	{ "definition", PROSE_DEFINITIONS }, { NULL, 0 } };
static const struct xml_choice pages[] = { { "page", PROSE_ANY_PAGE }, { "odd", PROSE_ODD_PAGE }, { "even", PROSE_EVEN_PAGE },
	{ NULL, 0 } };
static const struct xml_choice aligns[] = { { "start", PROSE_AT_START }, { "end", PROSE_AT_END }, { "centre", PROSE_AT_CENTRE }, { NULL, 0 } };
static const struct xml_choice column_aligns[] = { { "start", PROSE_AT_START }, { "end", PROSE_AT_END }, { "centre", PROSE_AT_CENTRE },
	{ "decimal", PROSE_BY_DECIMAL }, { "unit", PROSE_BY_UNIT }, { "sign", PROSE_BY_SIGN }, { NULL, 0 } };

static const struct xml_field common_fields[] = { PROSE_COMMON, PROSE_END };
static const struct xml_field block_fields[] = { PROSE_COMMON, PROSE_KEEPS, PROSE_END };
static const struct xml_field text_fields[] = {
	{ "id", XML_ID, XML_REQUIRED, offsetof(struct prose, id), NULL },
	PROSE_FIELD("lang", XML_STR, lang, NULL), PROSE_FIELD("direction", XML_CHOICE, direction, directions), PROSE_END,
};
static const struct xml_field heading_fields[] = { PROSE_COMMON, PROSE_KEEPS, PROSE_FIELD("level", XML_INT, level, NULL),
	PROSE_FIELD("numbered", XML_BOOL, numbered, NULL), PROSE_END };
static const struct xml_field list_fields[] = { PROSE_COMMON, PROSE_KEEPS, PROSE_FIELD("kind", XML_CHOICE, list, list_kinds),
	PROSE_FIELD("start", XML_INT, count, NULL), PROSE_END };
static const struct xml_field callout_fields[] = { PROSE_COMMON, PROSE_KEEPS, { "kind", XML_ID, XML_REQUIRED, offsetof(struct prose, name), NULL },
	PROSE_END };
static const struct xml_field figure_fields[] = { PROSE_COMMON, PROSE_KEEPS, { "file", XML_STR, XML_REQUIRED, offsetof(struct prose, file), NULL },
	PROSE_FIELD("alt", XML_STR, alt, NULL), PROSE_FIELD("width", XML_LENGTH, width, NULL),
	PROSE_FIELD("height", XML_LENGTH, height, NULL), PROSE_FIELD("numbered", XML_BOOL, numbered, NULL), PROSE_END };
static const struct xml_field columns_fields[] = { PROSE_COMMON, PROSE_KEEPS, PROSE_FIELD("count", XML_INT, count, NULL), PROSE_END };
static const struct xml_field panel_fields[] = { PROSE_COMMON, PROSE_FIELD("start", XML_INT, start, NULL),
	PROSE_FIELD("span", XML_INT, span, NULL), PROSE_END };
static const struct xml_field table_fields[] = { PROSE_COMMON, PROSE_KEEPS, PROSE_FIELD("widths", XML_STR, name, NULL),
	PROSE_FIELD("aligns", XML_STR, stands, NULL), PROSE_FIELD("split", XML_INT, split, NULL),
	PROSE_FIELD("numbered", XML_BOOL, numbered, NULL), PROSE_END };
static const struct xml_field row_fields[] = { PROSE_COMMON, PROSE_FIELD("head", XML_BOOL, head, NULL), PROSE_END };
static const struct xml_field cell_fields[] = { PROSE_COMMON, PROSE_FIELD("columns", XML_INT, columns, NULL),
	PROSE_FIELD("rows", XML_INT, rows, NULL), PROSE_FIELD("head", XML_BOOL, head, NULL),
	PROSE_FIELD("align", XML_CHOICE, align, aligns), PROSE_END };
static const struct xml_field break_fields[] = { PROSE_FIELD("master", XML_ID, name, NULL),
	PROSE_FIELD("to", XML_CHOICE, page, pages), PROSE_END };
static const struct xml_field contents_fields[] = { PROSE_COMMON, PROSE_FIELD("depth", XML_INT, level, NULL), PROSE_END };

/* What stands in a block: words, blocks, or only elements of its own. */
enum inside { INSIDE_NOTHING, INSIDE_WORDS, INSIDE_BLOCKS, INSIDE_OWN };

#define IN(kind) (1u << (kind))
#define IN_FLOW (IN(PROSE_TEXT) | IN(PROSE_ITEM) | IN(PROSE_QUOTE) | IN(PROSE_CALLOUT) | IN(PROSE_COLUMNS) | IN(PROSE_SPAN) | IN(PROSE_PANEL))

/* The elements by kind; of two with one name the parent decides. */
static const struct element {
	const char *name;
	uint8_t inside;                  /* enum inside */
	uint32_t where;                  /* one bit a kind of block it may stand in */
	const struct xml_field *fields;
} elements[PROSE_KIND_COUNT] = {
	[PROSE_TEXT] = { "text", INSIDE_BLOCKS, 0, text_fields },
	[PROSE_HEADING] = { "h", INSIDE_WORDS, IN_FLOW, heading_fields },
	[PROSE_PARAGRAPH] = { "p", INSIDE_WORDS, IN_FLOW, block_fields },
	[PROSE_LIST] = { "list", INSIDE_OWN, IN_FLOW, list_fields },
	[PROSE_ITEM] = { "item", INSIDE_BLOCKS, IN(PROSE_LIST), common_fields },
	[PROSE_TERM] = { "term", INSIDE_WORDS, IN(PROSE_ITEM), common_fields },
	[PROSE_QUOTE] = { "quote", INSIDE_BLOCKS, IN_FLOW, block_fields },
	[PROSE_BY] = { "by", INSIDE_WORDS, IN(PROSE_QUOTE), common_fields },
	[PROSE_CALLOUT] = { "callout", INSIDE_BLOCKS, IN_FLOW, callout_fields },
	[PROSE_HEAD] = { "head", INSIDE_WORDS, IN(PROSE_CALLOUT), common_fields },
	[PROSE_FIGURE] = { "figure", INSIDE_WORDS, IN_FLOW, figure_fields },
	[PROSE_COLUMNS] = { "columns", INSIDE_BLOCKS, IN_FLOW & ~(IN(PROSE_COLUMNS) | IN(PROSE_ITEM)), columns_fields },
	[PROSE_SPAN] = { "span", INSIDE_BLOCKS, IN(PROSE_COLUMNS), block_fields },
	[PROSE_BESIDE] = { "beside", INSIDE_OWN, IN_FLOW, block_fields },
	[PROSE_PANEL] = { "cell", INSIDE_BLOCKS, IN(PROSE_BESIDE), panel_fields },
	[PROSE_TABLE] = { "table", INSIDE_OWN, IN_FLOW, table_fields },
	[PROSE_CAPTION] = { "caption", INSIDE_WORDS, IN(PROSE_TABLE), common_fields },
	[PROSE_ROW] = { "row", INSIDE_OWN, IN(PROSE_TABLE), row_fields },
	[PROSE_CELL] = { "cell", INSIDE_WORDS, IN(PROSE_ROW), cell_fields },
	[PROSE_PAGE_BREAK] = { "page-break", INSIDE_NOTHING, IN(PROSE_TEXT), break_fields },
	[PROSE_CONTENTS] = { "contents", INSIDE_NOTHING, IN(PROSE_TEXT), contents_fields },
	[PROSE_EXHIBITS] = { "exhibits", INSIDE_NOTHING, IN(PROSE_TEXT), common_fields },
	[PROSE_RULE] = { "rule", INSIDE_NOTHING, IN_FLOW, block_fields },
};

const char *prose_kind_name(enum prose_kind kind)
{
	return elements[kind].name;
}

static void read_block(struct narrative_reading *r, struct blocks *out, enum prose_kind kind, const struct xml_node *n);

/* ---- which element is meant ---- */

/* A list in a sentence goes through records; one of items is a block, and so is one of a kind of block. */
static bool has_items(const struct xml_node *n)
{
	const struct xml_attr *kind = xml_attr(n, "kind");
	for (const struct xml_choice *c = list_kinds; kind && c->name; c++)
		if (str_is(kind->value, c->name))
			return true;
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (xml_is(c, "item"))
			return true;
	return !kind;
}

/* The kind of block that the element is inside one of kind in; PROSE_TEXT where it is none. */
static enum prose_kind block_of(enum prose_kind in, const struct xml_node *n)
{
	for (int i = PROSE_TEXT + 1; i < PROSE_KIND_COUNT; i++)
		if (xml_is(n, elements[i].name) && (elements[i].where & IN(in)) && (i != PROSE_LIST || has_items(n)))
			return (enum prose_kind)i;
	return PROSE_TEXT;
}

/* A block that stands where it may not. */
static bool is_misplaced(const struct xml_node *n)
{
	for (int i = PROSE_TEXT + 1; i < PROSE_KIND_COUNT; i++)
		if (xml_is(n, elements[i].name) && (i != PROSE_LIST || has_items(n)))
			return true;
	return false;
}

/* Where an element may stand, in words: "in 'list' or 'text'". */
static const char *places_of(struct narrative_reading *r, const struct xml_node *n)
{
	struct buf b;
	uint32_t where = 0;
	bool some = false;
	buf_init(&b, r->arena, 400);
	for (int i = 0; i < PROSE_KIND_COUNT; i++)
		where |= xml_is(n, elements[i].name) ? elements[i].where : 0;
	for (int i = 0; i < PROSE_KIND_COUNT; i++)
		if (where & IN(i)) {
			buf_printf(&b, "%s'%s'", some ? ", " : "", elements[i].name);
			some = true;
		}
	return b.ptr;
}

static void report_place(struct narrative_reading *r, enum prose_kind in, const struct xml_node *n)
{
	struct str names[PROSE_KIND_COUNT];
	size_t count = 0;
	for (int i = 0; i < PROSE_KIND_COUNT; i++)
		if (elements[i].where & IN(in))
			names[count++] = str_from(elements[i].name);
	if (is_misplaced(n))
		diag_add(r->diag, DIAG_ELEMENT_UNKNOWN, n->pos, "'" STR_FMT "' does not stand in '%s'; it may stand in %s",
			STR_ARG(n->name), elements[in].name, places_of(r, n));
	else
		diag_add(r->diag, DIAG_ELEMENT_UNKNOWN, n->pos, "element '" STR_FMT "' is not known in '%s'%s", STR_ARG(n->name),
			elements[in].name, diag_nearest(r->diag, str_nearest(n->name, names, count)));
}

/* ---- what is inside ---- */

/* Only elements of its own: items of a list, rows of a table. */
static void read_own(struct narrative_reading *r, struct prose *b, const struct xml_node *n)
{
	struct blocks inside = { 0 };
	for (const struct xml_node *c = n->first; c; c = c->next) {
		enum prose_kind kind = c->name.len ? block_of(b->kind, c) : PROSE_TEXT;
		if (kind != PROSE_TEXT)
			read_block(r, &inside, kind, c);
		else if (c->name.len)
			report_place(r, b->kind, c);
		else if (str_trim(c->text).len)
			diag_add(r->diag, DIAG_TEXT_UNEXPECTED, xml_text_pos(c), "text is not expected in '%s'", elements[b->kind].name);
	}
	b->blocks = inside.list.at;
	b->block_count = inside.list.count;
}

/* Words between blocks: a paragraph, unless they are only white space. */
static void read_between(struct narrative_reading *r, struct blocks *out, const struct xml_node *first, const struct xml_node *end)
{
	struct prose *p = ARENA_NEW(r->arena, struct prose);
	if (first == end)
		return;
	p->kind = PROSE_PARAGRAPH;
	p->pos = first->name.len ? first->pos : xml_text_pos(first);
	narrative_read_words(r, first, end, p);
	if (p->part_count)
		vec_push(r->arena, &out->list, p);
}

static void read_blocks(struct narrative_reading *r, struct prose *b, const struct xml_node *n)
{
	struct blocks inside = { 0 };
	const struct xml_node *words = n->first;
	for (const struct xml_node *c = n->first; c; c = c->next) {
		enum prose_kind kind = c->name.len ? block_of(b->kind, c) : PROSE_TEXT;
		if (kind == PROSE_TEXT && !(c->name.len && is_misplaced(c) && !xml_is(c, "list")))
			continue;
		read_between(r, &inside, words, c);
		words = c->next;
		if (kind == PROSE_TEXT)
			report_place(r, b->kind, c);
		else
			read_block(r, &inside, kind, c);
	}
	read_between(r, &inside, words, NULL);
	b->blocks = inside.list.at;
	b->block_count = inside.list.count;
}

static void read_inside(struct narrative_reading *r, struct prose *b, const struct xml_node *n)
{
	switch (elements[b->kind].inside) {
	case INSIDE_WORDS: narrative_read_words(r, n->first, NULL, b); break;
	case INSIDE_BLOCKS: read_blocks(r, b, n); break;
	default: read_own(r, b, n); break;
	}
}

/* ---- checks ---- */

static void check_range(struct narrative_reading *r, const struct xml_node *n, const char *name, int32_t value, int32_t low,
	int32_t high)
{
	const struct xml_attr *attr = xml_attr(n, name);
	if (attr && (value < low || value > high))
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr->value_pos, "'%s' is %d to %d", name, (int)low, (int)high);
}

static void check_said(struct narrative_reading *r, const struct prose *b, const struct xml_node *n)
{
	uint8_t inside = elements[b->kind].inside;
	bool may_be_empty = b->kind == PROSE_CELL || b->kind == PROSE_FIGURE || b->kind == PROSE_PANEL || inside == INSIDE_NOTHING;
	if (!may_be_empty && !b->part_count && !b->block_count)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos, "this '%s' holds nothing", elements[b->kind].name);
}

static void check_block(struct narrative_reading *r, struct prose *b, const struct xml_node *n)
{
	check_range(r, n, "level", b->level, 1, 6);
	check_range(r, n, "depth", b->level, 1, 6);
	check_range(r, n, "count", b->count, 1, 8);
	check_range(r, n, "start", b->kind == PROSE_LIST ? b->count : b->start, b->kind == PROSE_LIST ? 0 : 1,
		b->kind == PROSE_LIST ? 9999 : 12);
	check_range(r, n, "span", b->span, 1, 12);
	check_range(r, n, "columns", b->columns, 1, 60);
	check_range(r, n, "rows", b->rows, 1, 255);
	check_range(r, n, "split", b->split, 1, 255);
	check_range(r, n, "keep", b->keep, 0, PROSE_KEEP_FIRMEST);
	check_said(r, b, n);
}

static void keep_id(struct narrative_reading *r, struct map *ids, struct prose *b)
{
	const struct prose *twin = b->id.len ? map_put(r->arena, ids, b->id, b) : NULL;
	if (!twin)
		return;
	diag_add(r->diag, DIAG_ID_TWICE, b->pos, "two %s are called '" STR_FMT "'", b->kind == PROSE_TEXT ? "texts" : "parts of texts",
		STR_ARG(b->id));
	diag_note(r->diag, twin->pos, "the other is here");
}

static void read_aligns(struct narrative_reading *r, struct prose *table, const struct xml_node *n)
{
	static const struct xml_field field = { "aligns", XML_CHOICE, XML_OPTIONAL, 0, column_aligns };
	const struct xml_attr *attr = xml_attr(n, "aligns");
	struct str rest = table->stands, word;
	uint8_t *read = ARENA_ARRAY(r->arena, uint8_t, table->stands.len / 2 + 1);

	for (word = str_word(&rest); word.len; word = str_word(&rest)) {
		struct src_pos pos = xml_pos_within(attr->value_pos, (size_t)(word.ptr - table->stands.ptr));
		xml_read_value(r->arena, &field, word, pos, &read[table->align_count++], r->diag);
	}
	table->aligns = read;
}

static struct prose *block_open(struct narrative_reading *r, enum prose_kind kind, const struct xml_node *n)
{
	struct prose *b = ARENA_NEW(r->arena, struct prose);
	*b = (struct prose){ .kind = (uint8_t)kind, .numbered = true, .keep = PROSE_KEEP_UNSAID, .level = kind == PROSE_CONTENTS ? 3 : 1,
		.count = kind == PROSE_COLUMNS ? 2 : 1, .span = 6, .columns = 1, .rows = 1, .pos = n->pos };
	xml_read_attrs(r->arena, n, elements[kind].fields, b, r->diag);
	if (b->stands.len)
		read_aligns(r, b, n);
	read_inside(r, b, n);
	check_block(r, b, n);
	return b;
}

static void read_block(struct narrative_reading *r, struct blocks *out, enum prose_kind kind, const struct xml_node *n)
{
	struct prose *b = block_open(r, kind, n);
	keep_id(r, &r->narrative->places, b);
	vec_push(r->arena, &out->list, b);
}

void narrative_read_text(struct narrative_reading *r, const struct xml_node *n)
{
	keep_id(r, &r->narrative->texts, block_open(r, PROSE_TEXT, n));
}
