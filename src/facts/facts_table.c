/* xml -> facts: a table as declared: its file, how it is written, what its columns mean. */
#include "facts/facts_table.h"

#include "base/limits.h"

const struct xml_choice facts_column_targets[] = {
	/* in the order of the enum */
	{ "metric", TO_METRIC },
	{ "item", TO_ITEM },
	{ "unit", TO_UNIT },
	{ "side", TO_SIDE },
	{ "source", TO_SOURCE },
	{ "note", TO_NOTE },
	{ "currency", TO_CURRENCY },
	{ "period", TO_PERIOD },
	{ "scenario", TO_SCENARIO },
	{ "n", TO_N },
	{ "source-date", TO_SOURCE_DATE },
	{ "value", TO_VALUE },
	{ "label", TO_LABEL },
	{ "field", TO_FIELD },
	{ "nothing", TO_NOTHING },
	{ "respondent", TO_RESPONDENT },
	{ "weight", TO_WEIGHT },
	{ NULL, 0 },
};
static const struct xml_choice row_rules[] = { { "one", 0 }, { "add", 1 }, { NULL, 0 } };
static const struct xml_choice unit_rules[] = { { "all", 0 }, { "own", 1 }, { NULL, 0 } };
static const struct xml_choice rule_parts[] = { { "all", RULE_OF_ALL }, { "block", RULE_OF_BLOCK }, { NULL, 0 } };
static const struct xml_choice fills[] = { { "none", 0 }, { "down", 1 }, { NULL, 0 } };

static void refuse_value(struct table *t, const struct xml_node *n, const char *attr, const char *why)
{
	diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, attr), "%s", why);
}

static bool scale_ok(struct table *t, const struct xml_node *n, int32_t *scale)
{
	if (*scale >= 0 && *scale <= 9)
		return true;
	diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "scale"), "%d is not one of 0 to 9", *scale);
	*scale = 0;
	return false;
}

/* ---- <column> ---- */

#define COLUMN(name, type, member, choices)                                              \
	{                                                                                \
		name, type, XML_OPTIONAL, offsetof(struct table_column, member), choices \
	}
#define COLUMNS                                                                  \
	COLUMN("names", XML_ID, names, NULL), COLUMN("date", XML_STR, date, NULL), \
		COLUMN("period-kind", XML_CHOICE, period_kind, facts_period_kinds), \
		COLUMN("required", XML_BOOL, required, NULL), COLUMN("scale", XML_INT, scale, NULL), \
		COLUMN("metric", XML_ID, constant.metric, NULL), COLUMN("item", XML_STR, constant.item, NULL), \
		COLUMN("unit", XML_ID, constant.unit, NULL), COLUMN("side", XML_ID, constant.side, NULL), \
		COLUMN("source", XML_ID, constant.source, NULL), COLUMN("note", XML_STR, constant.note, NULL), \
		COLUMN("period", XML_PERIOD, constant.period, NULL), \
		COLUMN("currency", XML_ID, constant.currency, NULL), \
		COLUMN("scenario", XML_CHOICE, constant.scenario, facts_scenarios)
static const struct xml_field column_fields[] = {
	{ "to", XML_CHOICE, XML_REQUIRED, offsetof(struct table_column, to), facts_column_targets },
	COLUMN("name", XML_STR, name, NULL),
	COLUMN("index", XML_INT, index, NULL),
	COLUMN("at", XML_ID, letter, NULL),
	COLUMN("field", XML_ID, field, NULL),
	COLUMN("fill", XML_CHOICE, fill, fills),
	COLUMN("dates", XML_BOOL, dates, NULL),
	COLUMNS,
	{ NULL, 0, 0, 0, NULL },
};

struct map_reading {
	struct table *t;
	struct map *into;
};

static void read_map(void *ctx, const struct xml_node *n)
{
	struct map_reading *in = ctx;
	facts_map_read(in->t->r, in->into, n);
}

static void read_maps(struct table *t, const struct xml_node *n, struct table_column *c)
{
	static const struct xml_child children[] = { { "map", read_map }, { NULL, NULL } };
	struct map_reading in = { t, &c->own };
	xml_read_children(n, children, &in, t->r->d);
	if (c->names.len && !map_lookup(&t->r->name_lists, c->names))
		diag_add(t->r->d, DIAG_REFERENCE_UNKNOWN, facts_attr_pos(n, "names"), "no list of names '" STR_FMT "'%s",
			STR_ARG(c->names), diag_nearest(t->r->d, map_nearest(&t->r->name_lists, c->names)));
}

/* What a column says of itself before its attributes: the table's constants. */
static struct table_column new_column(const struct table *t, const struct xml_node *n)
{
	return (struct table_column){ .node = n, .constant = t->names, .scale = t->scale, .period_kind = t->period_kind };
}

void facts_table_read_column(void *ctx, const struct xml_node *n)
{
	struct table *t = ctx;
	struct table_column c = new_column(t, n);
	t->mapped = true;
	if (!xml_read_attrs(t->r->a, n, column_fields, &c, t->r->d) || !scale_ok(t, n, &c.scale))
		return;
	read_maps(t, n, &c);
	if (c.name.len == 0 && c.index < 1 && c.letter.len == 0) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, n->pos, "'column' has neither 'name' nor 'index'");
		return;
	}
	if (c.to == TO_FIELD && c.field.len == 0) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, n->pos, "'column' has no attribute 'field'");
		return;
	}
	t->by_name |= c.name.len > 0;
	vec_push(t->r->a, &t->columns, c);
}

/* ---- <unpivot> ---- */

static void read_unpivot(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "head", XML_STR, XML_REQUIRED, offsetof(struct table_unpivot, head), NULL },
		{ "from", XML_STR, XML_OPTIONAL, offsetof(struct table_unpivot, from), NULL },
		{ "to", XML_STR, XML_OPTIONAL, offsetof(struct table_unpivot, to), NULL },
#undef COLUMN
#define COLUMN(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct table_unpivot, column.member), choices }
		COLUMNS,
		{ NULL, 0, 0, 0, NULL },
	};
	struct table *t = ctx;
	struct table_unpivot u = { .column = new_column(t, n), .node = n };
	t->mapped = true;
	if (!xml_read_attrs(t->r->a, n, fields, &u, t->r->d) || !scale_ok(t, n, &u.column.scale))
		return;
	u.column.to = TO_VALUE;
	read_maps(t, n, &u.column);
	t->by_name = true;
	vec_push(t->r->a, &t->unpivots, u);
}

/* ---- <skip>, <total> ---- */

#define RULE(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct table_rule, member), choices }
static void read_rule(struct table *t, const struct xml_node *n, const struct xml_field *fields, bool total)
{
	struct table_rule rule = { .total = total, .node = n };
	static const struct xml_child none[] = { { NULL, NULL } };
	bool good = xml_read_attrs(t->r->a, n, fields, &rule, t->r->d);
	xml_read_children(n, none, t, t->r->d);
	if (good && rule.is.len == 0 && rule.starts.len == 0 && !rule.empty)
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'" STR_FMT "' does not say which rows: is=\"Total\", or starts=\"Total \"", STR_ARG(n->name));
	else if (good)
		vec_push(t->r->a, &t->rules, rule);
	t->has_totals |= total;
}

void facts_table_read_skip(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		RULE("column", XML_STR, column, NULL),
		RULE("is", XML_STR, is, NULL),
		RULE("starts", XML_STR, starts, NULL),
		RULE("empty", XML_BOOL, empty, NULL),
		{ NULL, 0, 0, 0, NULL },
	};
	read_rule(ctx, n, fields, false);
}

static void read_total(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		RULE("column", XML_STR, column, NULL),
		RULE("is", XML_STR, is, NULL),
		RULE("starts", XML_STR, starts, NULL),
		RULE("of", XML_CHOICE, of, rule_parts),
		RULE("within", XML_DECIMAL, within, NULL),
		{ NULL, 0, 0, 0, NULL },
	};
	read_rule(ctx, n, fields, true);
}

/* ---- <table> ---- */

#define TABLE(name, type, member, choices)                                        \
	{                                                                         \
		name, type, XML_OPTIONAL, offsetof(struct table, member), choices \
	}
static const struct xml_field table_fields[] = {
	TABLE("href", XML_STR, href, NULL),
	TABLE("use", XML_ID, use, NULL),
	TABLE("sheet", XML_STR, sheet, NULL),
	TABLE("range", XML_STR, range, NULL),
	TABLE("separator", XML_STR, separator, NULL),
	TABLE("decimal", XML_STR, decimal, NULL),
	TABLE("thousands", XML_STR, thousands, NULL),
	TABLE("encoding", XML_STR, encoding, NULL),
	TABLE("negatives", XML_IDS, negatives, NULL),
	TABLE("date", XML_STR, date, NULL),
	TABLE("period-kind", XML_CHOICE, period_kind, facts_period_kinds),
	TABLE("skip", XML_INT, skip, NULL),
	TABLE("head", XML_INT, head, NULL),
	TABLE("scale", XML_INT, scale, NULL),
	TABLE("rows", XML_CHOICE, rows, row_rules),
	TABLE("units", XML_CHOICE, units, unit_rules),
	TABLE("kind", XML_ID, kind, NULL),
	TABLE("source-date", XML_DATE, source_date, NULL),
	TABLE("source", XML_ID, names.source, NULL),
	TABLE("unit", XML_ID, names.unit, NULL),
	TABLE("metric", XML_ID, names.metric, NULL),
	TABLE("side", XML_ID, names.side, NULL),
	TABLE("note", XML_STR, names.note, NULL),
	TABLE("period", XML_PERIOD, names.period, NULL),
	TABLE("scenario", XML_CHOICE, names.scenario, facts_scenarios),
	TABLE("currency", XML_ID, names.currency, NULL),
	{ NULL, 0, 0, 0, NULL },
};

static char sign_of(struct table *t, const char *attr, struct str value, char usual)
{
	char sign;
	if (csv_sign(value, &sign))
		return sign;
	if (xml_attr(t->node, attr))
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, attr),
			"'" STR_FMT "' is not a single sign", STR_ARG(value));
	return usual;
}

static void set_negatives(struct table *t)
{
	static const char *const names[] = { "minus", "parentheses", "trailing" };
	t->signs.negatives = t->negatives.count ? 0 : (uint8_t)(1u << NEGATIVE_MINUS);
	for (size_t i = 0; i < t->negatives.count; i++) {
		struct str near = { 0 }, said = t->negatives.at[i];
		size_t n = 0;
		for (; n < sizeof names / sizeof *names && !str_is(said, names[n]); n++) {
			struct str pair[2] = { near, str_from(names[n]) };
			near = str_nearest(said, pair, 2);
		}
		if (n < sizeof names / sizeof *names)
			t->signs.negatives |= (uint8_t)(1u << n);
		else
			diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "negatives"),
				"'" STR_FMT "' is none of minus, parentheses, trailing%s", STR_ARG(said),
				diag_nearest(t->r->d, near));
	}
}

static void set_dialect(struct table *t)
{
	t->separator_sign = sign_of(t, "separator", t->separator, ',');
	t->signs.decimal = sign_of(t, "decimal", t->decimal, '.');
	t->signs.thousands = sign_of(t, "thousands", t->thousands, '\0');
	if (t->separator_sign == t->signs.decimal && xml_attr(t->node, "decimal"))
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "decimal"),
			"the decimal sign and the separator are both '%c'", t->signs.decimal);
	if (t->signs.thousands == t->signs.decimal)
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "thousands"),
			"the decimal sign and the thousands sign are both '%c'", t->signs.decimal);
	if (t->skip < 0)
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "skip"), "%d rows cannot be skipped", t->skip);
	if (t->head < 0 && xml_attr(t->node, "head"))
		refuse_value(t, t->node, "head", "a head has 0 rows or more");
	set_negatives(t);
	scale_ok(t, t->node, &t->scale);
}

static const struct xml_child table_children[] = { { "column", facts_table_read_column }, { "unpivot", read_unpivot },
	{ "skip", facts_table_read_skip }, { "total", read_total }, { NULL, NULL } };

static bool declared(struct table *t, const struct table_form *form)
{
	bool good = xml_read_attrs(t->r->a, t->node, form->fields, t, t->r->d);
	set_dialect(t);
	xml_read_children(t->node, form->children, t, t->r->d);
	if (good && (t->href.len > 0) == (t->use.len > 0)) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, t->node->pos, "'%s' needs either 'href' or 'use'", form->element);
		return false;
	}
	return good;
}

/* ---- the file ---- */

static const struct source *loaded(struct table *t, struct str href, struct src_pos pos)
{
	struct facts_reader *r = t->r;
	struct str path = xml_path_beside(r->a, pos, href);
	const struct source *known = map_lookup(&r->sheets, path);
	if (known)
		return known;
	const struct source *s = facts_shelf_load(r, path, pos);
	if (!s)
		return NULL;
	vec_push(r->loader->arena, &r->loader->sources, s);
	map_set(r->a, &r->sheets, path, (void *)(uintptr_t)s);
	return s;
}

static const struct source *file_of(struct table *t, struct src_pos *pos)
{
	*pos = facts_attr_pos(t->node, "href");
	if (t->href.len)
		return loaded(t, t->href, *pos);
	const struct xml_node *use = map_lookup(&t->r->tables, t->use);
	if (use) {
		*pos = facts_attr_pos(use, "href");
		return loaded(t, xml_attr(use, "href")->value, *pos);
	}
	diag_add(t->r->d, DIAG_REFERENCE_UNKNOWN, facts_attr_pos(t->node, "use"),
		"no table '" STR_FMT "' is used%s", STR_ARG(t->use),
		diag_nearest(t->r->d, map_nearest(&t->r->tables, t->use)));
	return NULL;
}

void facts_tables_unused(struct facts_reader *r)
{
	for (size_t i = 0; i < r->tables.count; i++) {
		const struct xml_node *use = r->tables.entries[i].value;
		struct src_pos pos = facts_attr_pos(use, "href");
		struct str path = xml_path_beside(r->a, pos, xml_attr(use, "href")->value);
		size_t there = 0;
		if (map_lookup(&r->sheets, path))
			continue;
		source_glob(r->a, r->loader->root, STR(""), path, &there);
		if (!there)
			source_load(r->a, r->loader->root, STR(""), path, pos, r->d); /* says what is wrong with it */
	}
}

static void want_unit(struct table *t, const struct facts_unit *unit)
{
	if (map_put(t->r->a, &t->wanted, unit->id, (void *)(uintptr_t)unit))
		return;
	for (size_t i = 0; i < unit->child_count; i++)
		want_unit(t, unit->children[i]);
	for (size_t i = 0; unit->opening && i < unit->opening->from_count; i++)
		want_unit(t, unit->opening->from[i]);
}

/* The briefing's unit, those it is made of, and those it came from. */
static void want_units(struct table *t)
{
	const struct facts_unit *own = map_lookup(&t->r->f->units, t->r->f->unit);
	if (own)
		want_unit(t, own);
	else
		map_put(t->r->a, &t->wanted, t->r->f->unit, t);
}

bool facts_table_open_as(struct table *t, struct facts_reader *r, const struct xml_node *n, const struct table_form *form)
{
	struct src_pos pos;
	*t = (struct table){ .r = r, .node = n, .head = -1 };
	if (!declared(t, form))
		return false;
	const struct source *source = file_of(t, &pos);
	if (!source)
		return false;
	struct sheet_options options = { .sheet = t->sheet, .range = t->range, .encoding = t->encoding,
		.dialect = { .separator = t->separator_sign, .quote = '"' }, .sound = t->encoding.len == 0 && facts_shelf_is_sound(r, source) };
	t->file = facts_shelf_sheet(r, source, &options, pos);
	if (!t->file)
		return false;
	t->source = sheet_source(t->file);
	want_units(t);
	if (facts_table_find_columns(t)) {
		facts_index_take(t);
		return true;
	}
	facts_table_close(t);
	return false;
}

bool facts_table_open(struct table *t, struct facts_reader *r, const struct xml_node *n)
{
	static const struct table_form form = { "table", table_fields, table_children };
	return facts_table_open_as(t, r, n, &form);
}

void facts_table_close(struct table *t)
{
	sheet_close(t->file);
}

struct table *facts_table_open_kept(struct facts_reader *r, const struct xml_node *n)
{
	struct table *t = ARENA_NEW(r->a, struct table);
	struct table_kept kept = { n, facts_table_open(t, r, n) ? t : NULL };
	vec_push(r->a, &r->kept_tables, kept);
	return kept.table;
}

static bool rewound(struct table *t)
{
	t->bad_rows = 0;
	facts_index_take(t);
	for (size_t i = 0; i < t->columns.count; i++)
		t->columns.at[i].above = (struct str){ 0 };
	if (sheet_rewind(t->file) && facts_table_pass_head(t))
		return true;
	facts_table_close(t);
	return false;
}

struct table *facts_table_take(struct facts_reader *r, const struct xml_node *n)
{
	for (size_t i = 0; i < r->kept_tables.count; i++) {
		const struct table_kept *kept = &r->kept_tables.at[i];
		if (kept->node == n)
			return kept->table && rewound(kept->table) ? kept->table : NULL;
	}
	struct table *t = ARENA_NEW(r->a, struct table);
	return facts_table_open(t, r, n) ? t : NULL;
}

const struct table_column *facts_table_column_to(const struct table *t, enum column_to to)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].to == to)
			return &t->columns.at[i];
	return NULL;
}

const struct table_column *facts_table_column_needed(struct table *t, enum column_to to, const char *makes)
{
	const struct table_column *c = facts_table_column_to(t, to);
	if (!c)
		diag_add(t->r->d, DIAG_ELEMENT_MISSING, t->node->pos,
			"a table that makes %s needs a column to='%s'", makes, facts_column_targets[to].name);
	return c;
}
