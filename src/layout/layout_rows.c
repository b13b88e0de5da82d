/* Rows, columns, keys: what tables, charts, lists and cards have in common. */
#include "layout/layout_int.h"

#include "doc/doc.h"

const struct xml_choice layout_froms[] = {
	{ "period", FROM_PERIOD }, { "metric", FROM_METRIC }, { "side", FROM_SIDE }, { "scenario", FROM_SCENARIO }, { "item", FROM_ITEM }, { "unit", FROM_UNIT },
	{ NULL, 0 },
};
static const struct xml_choice row_kinds[] = {
	{ "body", LAYOUT_ROW_BODY }, { "subtotal", LAYOUT_ROW_SUBTOTAL }, { "total", LAYOUT_ROW_TOTAL }, { NULL, 0 },
};
static const struct xml_choice scenarios[] = { { "actual", 1 }, { "prior", 1 }, { "plan", 1 }, { "forecast", 1 }, { NULL, 0 } };
static const struct xml_choice statuses[] = { { "none", 0 }, { "good", 1 }, { "watch", 2 }, { "bad", 3 }, { NULL, 0 } };
static const struct xml_choice graphics[] = {
	{ "dumbbell", GRAPHIC_DUMBBELL }, { "variance", GRAPHIC_VARIANCE }, { "bar", GRAPHIC_BAR }, { "bullet", GRAPHIC_BULLET },
	{ "ball", GRAPHIC_BALL }, { "status", GRAPHIC_STATUS }, { "mark", GRAPHIC_MARK }, { "heat", GRAPHIC_HEAT }, { "spark", GRAPHIC_SPARK },
	{ "stacked", GRAPHIC_STACKED }, { NULL, 0 },
};
static const struct xml_choice units[] = { { "no", UNIT_EACH }, { "yes", UNIT_ONCE }, { "head", UNIT_IN_HEAD }, { NULL, 0 } };
static const struct xml_choice aligns[] = { { "start", DOC_START }, { "end", DOC_END }, { "centre", DOC_CENTRE },
	{ "decimal", COLUMN_DECIMAL }, { "unit", COLUMN_UNIT }, { "sign", COLUMN_SIGN }, { NULL, 0 } };

void read_query(struct reader *r, const struct xml_node *n, struct query *q)
{
	struct asked { struct query q; } asked;
	static const struct xml_field fields[] = { QUERY_FIELDS(struct asked, q), FIELD_END };
	query_init(&asked.q, n->pos);
	read_attrs(r, n, fields, NULL, &asked);
	read_nothing(r, n);
	*q = asked.q;
}

void row_init(struct layout_row *row, struct src_pos pos)
{
	*row = (struct layout_row){ .pos = pos };
	query_init(&row->query, pos);
	query_init(&row->sub_query, pos);
}

static void check_scenario(struct reader *r, const struct xml_node *n, const char *name, struct str scenario)
{
	uint8_t ignored;
	if (scenario.len)
		read_name(r, scenarios, "scenario", scenario, attr_pos(n, name), &ignored);
}

struct sublabel {
	struct query query;
	struct layout_text text;
};

static void read_sublabel(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct sublabel, query), OWN_TEXT_FIELDS(struct sublabel, text), FIELD_END,
	};
	static const struct text_place texts[] = { OWN_TEXT_PLACE(struct sublabel, text), { 0 } };
	struct into *into = ctx;
	struct layout_row *row = into->at;
	struct sublabel s = { 0 };
	query_init(&s.query, n->pos);
	read_attrs(into->r, n, fields, texts, &s);
	read_nothing(into->r, n);
	row->has_sub = true;
	row->sub_query = s.query;
	row->sublabel = s.text;
}

static void read_flag(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		FIELD(struct layout_flag, where, "where", XML_STR), OWN_TEXT_FIELDS(struct layout_flag, text),
		FIELD_CHOICE_OF(struct layout_flag, status, "status", statuses), FIELD_END,
	};
	static const struct text_place texts[] = { OWN_TEXT_PLACE(struct layout_flag, text), { 0 } };
	struct into *into = ctx;
	struct layout_row *row = into->at;
	struct layout_flag *flag = vec_add(into->r->arena, &row->flags);
	flag->pos = n->pos;
	read_attrs(into->r, n, fields, texts, flag);
	read_nothing(into->r, n);
}

struct own_row {
	struct layout_row row;
};

void read_row(struct reader *r, const struct xml_node *n, struct layout_row *row)
{
	static const struct xml_field fields[] = {
		ROW_FIELDS(struct own_row, row),
		FIELD(struct own_row, row.subtotals, "subtotals", XML_BOOL),
		FIELD(struct own_row, row.strong, "strong", XML_BOOL),
		FIELD(struct own_row, row.limit, "limit", XML_ID),
		FIELD(struct own_row, row.numbered, "numbered", XML_BOOL),
		FIELD_CHOICE_OF(struct own_row, row.kind, "as", row_kinds),
		FIELD(struct own_row, row.tail, "tail", XML_ID),
		FIELD(struct own_row, row.tag, "fill", XML_ID),
		FIELD(struct own_row, row.code, "code", XML_ID),
		TEXT_FIELDS(struct own_row, row.sublabel, "sublabel"),
		FIELD(struct own_row, row.date, "date", XML_ID),
		FIELD_END,
	};
	static const struct text_place texts[] = {
		ROW_TEXTS(struct own_row, row), TEXT_PLACE(struct own_row, row.sublabel, "sublabel"), { 0 },
	};
	static const struct xml_child children[] = { { "sublabel", read_sublabel }, { "flag", read_flag }, { NULL, NULL } };
	struct own_row own;
	row_init(&own.row, n->pos);
	read_attrs(r, n, fields, texts, &own);
	*row = own.row;
	read_children(r, n, children, row);
	check_scenario(r, n, "fill", row->tag);
	int many = (row->each.len > 0) + (row->metrics.count > 0) + (row->periods != 0);
	if (many > 1 || (xml_is(n, "rows") && !many))
		diag_add(r->diag, many ? DIAG_ATTRIBUTE_VALUE : DIAG_ATTRIBUTE_MISSING, n->pos, "'" STR_FMT "' needs one of 'each', 'metrics' and 'periods'",
			STR_ARG(n->name));
}

static void check_colour(struct reader *r, const struct xml_node *n, struct str colour)
{
	uint8_t ignored;
	if (colour.len && !str_is(colour, "status"))
		read_colour_role(r, colour, attr_pos(n, "colour"), &ignored);
}

static void read_second(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_column *c = into->at;
	c->has_second = true;
	read_query(into->r, n, &c->second);
}

/* width="34pt" is fixed, width="2" a share of what is left, width="content" what the cells need. */
struct layout_width read_width(struct reader *r, const struct xml_node *n, const char *name)
{
	struct layout_width w = { WIDTH_SHARE, MPT_PT };
	struct str width = tree_attr(n, name);
	struct decimal share, thousand = decimal_int(1000), weight;
	if (!width.len || str_is(width, "content")) {
		w.kind = width.len ? WIDTH_CONTENT : WIDTH_SHARE;
		return w;
	}
	bool number = decimal_parse(width, &share);
	w.kind = number ? WIDTH_SHARE : WIDTH_FIXED;
	if (number && decimal_mul(share, thousand, &weight) && decimal_sign(weight) > 0 && decimal_cmp(weight, decimal_int(1000000)) <= 0)
		w.width = (mpt)decimal_round(weight, 0).coef;
	else if (number || !length_parse(width, &w.width) || w.width <= 0)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, name),
			"'" STR_FMT "' is not a width; write a length, a share above 0, or 'content'", STR_ARG(width));
	return w;
}

struct own_column {
	struct layout_column c;
	struct str width;
	uint8_t align; /* enum doc_align; the usual where the attribute is absent */
};

static void read_column_element(struct reader *r, const struct xml_node *n, struct own_column *own)
{
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct own_column, c.query),
		FIELD(struct own_column, c.id, "id", XML_ID),
		TEXT_FIELDS(struct own_column, c.head, "head"),
		TEXT_FIELDS(struct own_column, c.group, "group"),
		OWN_TEXT_FIELDS(struct own_column, c.text),
		FIELD_CHOICE_OF(struct own_column, c.head_from, "head-from", layout_froms),
		FIELD(struct own_column, c.group_mark, "group-mark", XML_ID),
		FIELD_CHOICE_OF(struct own_column, c.graphic, "graphic", graphics),
		FIELD(struct own_column, c.axis, "axis", XML_BOOL),
		FIELD(struct own_column, c.periods, "periods", XML_INT),
		FIELD(struct own_column, width, "width", XML_STR),
		FIELD_CHOICE_OF(struct own_column, align, "align", aligns),
		FIELD(struct own_column, c.pad_left, "pad-left", XML_LENGTH),
		FIELD(struct own_column, c.label, "label", XML_BOOL),
		FIELD(struct own_column, c.strong, "strong", XML_BOOL),
		FIELD(struct own_column, c.muted, "muted", XML_BOOL),
		FIELD(struct own_column, c.limit, "limit", XML_BOOL),
		FIELD(struct own_column, c.body_only, "body-only", XML_BOOL),
		FIELD(struct own_column, c.total, "total", XML_BOOL),
		FIELD_CHOICE_OF(struct own_column, c.unit_once, "unit-once", units),
		FIELD(struct own_column, c.mark, "mark", XML_ID),
		FIELD(struct own_column, c.scenario_fill, "fill", XML_ID),
		FIELD(struct own_column, c.colour, "colour", XML_STR),
		FIELD(struct own_column, c.dashed, "dashed", XML_BOOL),
		FIELD(struct own_column, c.series_each, "each", XML_ID),
		FIELD(struct own_column, c.empty, "empty", XML_ID),
		FIELD_END,
	};
	static const struct text_place texts[] = {
		TEXT_PLACE(struct own_column, c.head, "head"), TEXT_PLACE(struct own_column, c.group, "group"),
		OWN_TEXT_PLACE(struct own_column, c.text), { 0 },
	};
	read_attrs(r, n, fields, texts, own);
}

/* Figures stand at the end, words and marks at the start, unless the column says so. */
static uint8_t usual_align(const struct layout_column *c)
{
	static const uint8_t by_graphic[] = { [GRAPHIC_BALL] = DOC_CENTRE, [GRAPHIC_HEAT] = DOC_CENTRE };
	bool words = c->label || c->text.word.len || c->text.topic.len || c->mark.len || c->query.field.len || c->query.show == SHOW_LABEL;
	if (c->graphic)
		return c->graphic < sizeof by_graphic ? by_graphic[c->graphic] : (uint8_t)DOC_START;
	return words ? DOC_START : DOC_END;
}

void read_column(struct reader *r, const struct xml_node *n, struct layout_column *c)
{
	static const struct xml_child children[] = { { "second", read_second }, { NULL, NULL } };
	struct own_column own = { .c = { .pos = n->pos, .unit_once = UNIT_ONCE } };
	query_init(&own.c.query, n->pos);
	query_init(&own.c.second, n->pos);
	read_column_element(r, n, &own);
	*c = own.c;
	read_children(r, n, children, c);
	c->width = read_width(r, n, "width");
	c->align = xml_attr(n, "align") ? own.align : usual_align(c);
	check_scenario(r, n, "fill", c->scenario_fill);
	check_colour(r, n, c->colour);
	if (c->graphic == GRAPHIC_BULLET && !c->has_second)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos, "a bullet needs <second>: the figure behind its bar");
}

bool next_key(struct str *show, struct src_pos pos, struct layout_key *key)
{
	*key = (struct layout_key){ .show = str_word(show), .pos = pos };
	return key->show.len > 0;
}

void read_key(struct reader *r, const struct xml_node *n, struct layout_key *key)
{
	static const struct xml_field fields[] = {
		FIELD(struct layout_key, show, "show", XML_STR), FIELD(struct layout_key, flag, "flag", XML_ID),
		FIELD_CHOICE_OF(struct layout_key, status, "status", statuses), OWN_TEXT_FIELDS(struct layout_key, text), FIELD_END,
	};
	static const struct text_place texts[] = { OWN_TEXT_PLACE(struct layout_key, text), { 0 } };
	*key = (struct layout_key){ .pos = n->pos };
	read_attrs(r, n, fields, texts, key);
	read_nothing(r, n);
	key->show = str_trim(key->show);
	if (!key->show.len && !key->text.word.len && !key->text.topic.len)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "'key' needs one of 'show', 'word' and 'topic'");
	if (key->show.len && key->flag.len)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "flag"), "'key' explains what 'show' names or a flag, not both");
}
