/* <exhibit>: its table, chart or cross, with keys and notes. */
#include "layout/layout_int.h"

#include "base/limits.h"
#include "doc/doc.h"

static const struct xml_choice charts[] = {
	{ "bar", CHART_BAR }, { "stacked", CHART_STACKED }, { "line", CHART_LINE }, { "bullet", CHART_BULLET }, { "bridge", CHART_BRIDGE },
	{ "spark", CHART_SPARK }, { "timeline", CHART_TIMELINE }, { "matrix", CHART_MATRIX }, { "dumbbell", CHART_DUMBBELL }, { NULL, 0 },
};
static const struct xml_choice orders[] = { { "file", ORDER_FILE }, { "sum", ORDER_SUM }, { "worst", ORDER_WORST }, { NULL, 0 } };

static void take_row(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	read_row(into->r, n, vec_add(into->r->arena, &e->rows));
}

static void take_column(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	if (e->columns.count == LIMIT_TABLE_COLUMNS) {
		diag_add(into->r->diag, DIAG_LIMIT, n->pos, "more than %d columns", LIMIT_TABLE_COLUMNS);
		return;
	}
	read_column(into->r, n, vec_add(into->r->arena, &e->columns));
}

static uint16_t last_run(const struct layout_exhibit *e)
{
	uint16_t run = 0;
	for (size_t i = 0; i < e->columns.count; i++)
		run = e->columns.at[i].run > run ? e->columns.at[i].run : run;
	return run;
}

/* Columns that are repeated for each record or side. */
struct run {
	struct str each, mark;
	struct layout_text group;
};

static void take_columns(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "column", take_column }, { NULL, NULL } };
	static const struct xml_field fields[] = {
		FIELD(struct run, each, "each", XML_ID), FIELD(struct run, mark, "group-mark", XML_ID), TEXT_FIELDS(struct run, group, "group"),
		FIELD_END,
	};
	static const struct text_place texts[] = { TEXT_PLACE(struct run, group, "group"), { 0 } };
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	struct run run = { 0 };
	uint16_t number = (uint16_t)(last_run(e) + 1);
	size_t first = e->columns.count;
	read_attrs(into->r, n, fields, texts, &run);
	read_children(into->r, n, children, e);
	for (size_t i = first; i < e->columns.count; i++) {
		struct layout_column *c = &e->columns.at[i];
		c->run = number;
		c->each = run.each;
		c->group_mark = c->group_mark.len ? c->group_mark : run.mark;
		if (!c->group.word.len && !c->group.topic.len)
			c->group = run.group;
	}
}

static void take_text(struct reader *r, const struct xml_node *n, struct layout_text *text)
{
	struct own { struct layout_text text; } own = { { .pos = n->pos } };
	static const struct xml_field fields[] = { OWN_TEXT_FIELDS(struct own, text), FIELD_END };
	static const struct text_place texts[] = { OWN_TEXT_PLACE(struct own, text), { 0 } };
	read_attrs(r, n, fields, texts, &own);
	read_nothing(r, n);
	if (!own.text.word.len && !own.text.topic.len)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "'" STR_FMT "' needs one of 'word' and 'topic'", STR_ARG(n->name));
	*text = own.text;
}

static void take_head(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	take_text(into->r, n, vec_add(into->r->arena, &e->heads));
}

static void take_note(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	take_text(into->r, n, vec_add(into->r->arena, &e->notes));
}

static void take_reference(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct layout_reference, query), TEXT_FIELDS(struct layout_reference, label, "label"),
		FIELD(struct layout_reference, short_mark, "short", XML_BOOL), FIELD_END,
	};
	static const struct text_place texts[] = { TEXT_PLACE(struct layout_reference, label, "label"), { 0 } };
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	struct layout_reference *ref = vec_add(into->r->arena, &e->references);
	ref->pos = n->pos;
	query_init(&ref->query, n->pos);
	read_attrs(into->r, n, fields, texts, ref);
	read_nothing(into->r, n);
}

struct change {
	struct query query;
	struct str each, group;
};

static void take_change(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct change, query), FIELD_NEEDED(struct change, each, "each", XML_ID),
		FIELD_NEEDED(struct change, group, "group", XML_ID), FIELD_END,
	};
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	struct change change = { 0 };
	query_init(&change.query, n->pos);
	read_attrs(into->r, n, fields, NULL, &change);
	read_nothing(into->r, n);
	e->has_change = true;
	e->change_query = change.query;
	e->change_kind = change.each;
	e->change_group = change.group;
}

/* False when another body came before. */
static bool begin_body(struct into *into, const struct xml_node *n, enum layout_body body)
{
	struct layout_exhibit *e = into->at;
	if (e->body) {
		diag_add(into->r->diag, DIAG_ELEMENT_TWICE, n->pos, "an exhibit holds one table, chart or cross");
		diag_note(into->r->diag, e->body_pos, "the first is here");
		return false;
	}
	e->body = (uint8_t)body;
	e->body_pos = n->pos;
	return true;
}

static void need_rows(struct into *into, const struct xml_node *n, bool columns)
{
	const struct layout_exhibit *e = into->at;
	if (!e->rows.count || (columns && !e->columns.count))
		diag_add(into->r->diag, DIAG_ELEMENT_MISSING, n->pos, "'" STR_FMT "' has no %s", STR_ARG(n->name),
			!e->rows.count ? "rows" : xml_is(n, "table") ? "columns" : "series");
}

static void take_table(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		FIELD(struct layout_exhibit, row_height, "row-height", XML_LENGTH), FIELD(struct layout_exhibit, row_pad, "row-pad", XML_LENGTH),
		FIELD(struct layout_exhibit, style, "style", XML_ID), FIELD(struct layout_exhibit, rules, "rules", XML_BOOL),
		FIELD(struct layout_exhibit, repeat_head, "repeat-head", XML_BOOL),
		FIELD(struct layout_exhibit, repeat_groups, "repeat-groups", XML_BOOL), FIELD(struct layout_exhibit, zebra, "zebra", XML_BOOL),
		FIELD(struct layout_exhibit, foot_rule, "foot-rule", XML_BOOL), FIELD(struct layout_exhibit, carry, "carry", XML_BOOL),
		 FIELD(struct layout_exhibit, split, "split", XML_INT),
		FIELD(struct layout_exhibit, turn_to, "turn-to", XML_ID), FIELD_END,
	};
	static const struct xml_child children[] = {
		{ "row", take_row }, { "rows", take_row }, { "column", take_column }, { "columns", take_columns }, { NULL, NULL },
	};
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	if (!begin_body(into, n, BODY_TABLE))
		return;
	read_attrs(into->r, n, fields, NULL, e);
	read_children(into->r, n, children, e);
	check_style(into->r, n, "style", e->style);
	need_rows(into, n, true);
}

static void check_chart(struct into *into, const struct xml_node *n)
{
	const struct layout_exhibit *e = into->at;
	if (e->chart == CHART_BRIDGE && (!e->has_change || e->columns.count != 2))
		diag_add(into->r->diag, DIAG_ELEMENT_MISSING, n->pos, "a bridge needs two series, from and to, and <change> for its steps");
	if (e->chart == CHART_TIMELINE && e->rows.count && !e->rows.at[0].date.len)
		diag_add(into->r->diag, DIAG_ATTRIBUTE_MISSING, e->rows.at[0].pos, "a timeline's rows need 'date': the field to place them by");
	need_rows(into, n, e->chart != CHART_TIMELINE && e->chart != CHART_MATRIX && e->chart != CHART_BRIDGE);
}

static void take_chart(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "kind", XML_CHOICE, XML_REQUIRED, offsetof(struct layout_exhibit, chart), charts },
		FIELD(struct layout_exhibit, height, "height", XML_LENGTH), FIELD(struct layout_exhibit, interval, "interval", XML_BOOL),
		FIELD(struct layout_exhibit, totals, "totals", XML_BOOL), FIELD(struct layout_exhibit, changes, "changes", XML_BOOL),
		TEXT_FIELDS(struct layout_exhibit, remark, "remark"), FIELD_END,
	};
	static const struct text_place texts[] = { TEXT_PLACE(struct layout_exhibit, remark, "remark"), { 0 } };
	static const struct xml_child children[] = {
		{ "row", take_row }, { "rows", take_row }, { "series", take_column }, { "reference", take_reference }, { "head", take_head },
		{ "change", take_change }, { NULL, NULL },
	};
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	uint8_t said = e->chart;
	bool given = e->body_pos.source != NULL;
	if (!begin_body(into, n, BODY_CHART))
		return;
	read_attrs(into->r, n, fields, texts, e);
	e->chart = given ? said : e->chart;
	read_children(into->r, n, children, e);
	check_chart(into, n);
}

struct cross {
	struct layout_exhibit e;
	struct layout_row row;
	struct str head, cell, sum; /* widths, read by read_width */
};

static void take_cross(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct cross, row.each, "each", XML_ID), FIELD(struct cross, row.query.where, "where", XML_STR),
		FIELD_NEEDED(struct cross, e.cross_row, "rows", XML_ID), FIELD_NEEDED(struct cross, e.cross_column, "columns", XML_ID),
		FIELD_NEEDED(struct cross, e.cross_value, "value", XML_ID), FIELD(struct cross, e.cross_sums, "sums", XML_BOOL),
		FIELD_CHOICE_OF(struct cross, e.cross_row_order, "row-order", orders),
		FIELD_CHOICE_OF(struct cross, e.cross_column_order, "column-order", orders),
		FIELD(struct cross, e.row_height, "row-height", XML_LENGTH), FIELD(struct cross, e.style, "style", XML_ID),
		FIELD(struct cross, head, "head-width", XML_STR), FIELD(struct cross, cell, "cell-width", XML_STR),
		FIELD(struct cross, sum, "sum-width", XML_STR), FIELD_END,
	};
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	if (!begin_body(into, n, BODY_CROSS))
		return;
	struct cross *cross = ARENA_NEW(into->r->arena, struct cross);
	cross->e = *e;
	row_init(&cross->row, n->pos);
	read_attrs(into->r, n, fields, NULL, cross);
	read_nothing(into->r, n);
	*e = cross->e;
	e->cross_head = read_width(into->r, n, "head-width");
	e->cross_cell = read_width(into->r, n, "cell-width");
	e->cross_sum = read_width(into->r, n, "sum-width");
	vec_push(into->r->arena, &e->rows, cross->row);
	check_style(into->r, n, "style", e->style);
}

static void take_key(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_exhibit *e = into->at;
	read_key(into->r, n, vec_add(into->r->arena, &e->keys));
}

void read_exhibit(struct reader *r, const struct xml_node *n, struct layout_exhibit *e)
{
	static const struct xml_child children[] = {
		{ "table", take_table }, { "chart", take_chart }, { "cross", take_cross }, { "note", take_note }, { "key", take_key }, { NULL, NULL },
	};
	/* set slot="…" chart="bar" changes the kind of the chart inside. */
	const struct xml_attr *chart = xml_attr(n, "chart");
	if (chart) {
		static const struct xml_field kind = { "chart", XML_CHOICE, XML_OPTIONAL, 0, charts };
		if (xml_read_value(r->arena, &kind, chart->value, chart->value_pos, &e->chart, r->diag))
			e->body_pos = chart->value_pos;
	}
	read_children(r, n, children, e);
	if (!e->body)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos, "the exhibit holds no table, chart or cross");
	else if (chart && e->body != BODY_CHART)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, chart->pos, "the exhibit holds no chart whose kind could be set");
}
