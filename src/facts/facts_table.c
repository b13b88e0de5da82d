/* CSV -> facts: a table with a declared dialect and a declared mapping from columns to names,
 * values or fields of records. */
#include "facts/facts_int.h"

#include "base/csv.h"
#include "base/limits.h"

enum column_to {
	TO_METRIC,
	TO_ITEM,
	TO_UNIT,
	TO_SIDE,
	TO_SOURCE,
	TO_NOTE,
	TO_CURRENCY,
	TO_PERIOD,
	TO_SCENARIO,
	TO_VALUE,
	TO_LABEL,
	TO_FIELD
};
enum { SCENARIO_UNSAID = UINT8_MAX };
static const struct xml_choice targets[] = {
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
	{ "value", TO_VALUE },
	{ "label", TO_LABEL },
	{ "field", TO_FIELD },
	{ NULL, 0 },
};
static const struct xml_choice row_rules[] = { { "one", 0 }, { "add", 1 }, { NULL, 0 } };
static const struct xml_choice unit_rules[] = { { "all", 0 }, { "own", 1 }, { NULL, 0 } };

struct column {
	struct str name;              /* as in the head row */
	int32_t index;                /* or its place, from 1 */
	uint8_t to;                   /* enum column_to */
	struct str field;             /* TO_FIELD: of the record */
	struct value_names constant;  /* TO_VALUE: names that all its values share */
	const struct xml_node *node;
	size_t at;                    /* place in the row, from 0 */
};
struct table {
	struct facts_reader *r;
	const struct xml_node *node;
	struct str href, use, separator, decimal, thousands, encoding, source, unit;
	struct str kind;              /* of the records it makes; empty = none */
	int32_t skip, scale;          /* rows above the head; power of ten of its values */
	uint8_t rows;                 /* 1: rows that share a cell are added up */
	uint8_t units; /* 1: rows of other units than the briefing's are passed over */
	bool headless;                /* no row of names */
	char separator_sign, decimal_sign, thousands_sign;
	struct value_names names;     /* constants of the whole table */
	VEC(struct column) columns;
	bool by_name;                 /* some column is found by its name */
	size_t width;                 /* fields of every row */
	size_t bad_rows;              /* reported so far */
	struct csv csv;
	struct str period_text;       /* written form of the period read last: tables repeat it */
	struct period period;
};

/* ---- the declaration ---- */

#define COLUMN(name, type, member, choices)                                        \
	{                                                                          \
		name, type, XML_OPTIONAL, offsetof(struct column, member), choices \
	}
static const struct xml_field column_fields[] = {
	COLUMN("name", XML_STR, name, NULL),
	COLUMN("index", XML_INT, index, NULL),
	{ "to", XML_CHOICE, XML_REQUIRED, offsetof(struct column, to), targets },
	COLUMN("field", XML_ID, field, NULL),
	COLUMN("metric", XML_ID, constant.metric, NULL),
	COLUMN("item", XML_STR, constant.item, NULL),
	COLUMN("unit", XML_ID, constant.unit, NULL),
	COLUMN("side", XML_ID, constant.side, NULL),
	COLUMN("source", XML_ID, constant.source, NULL),
	COLUMN("period", XML_PERIOD, constant.period, NULL),
	COLUMN("currency", XML_ID, constant.currency, NULL),
	COLUMN("scenario", XML_CHOICE, constant.scenario, facts_scenarios),
	{ NULL, 0, 0, 0, NULL },
};

static void read_column(void *ctx, const struct xml_node *n)
{
	struct table *t = ctx;
	struct column c = { .node = n, .constant = t->names };
	if (!xml_read_attrs(t->r->a, n, column_fields, &c, t->r->d))
		return;
	if (c.name.len == 0 && c.index < 1) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'column' has neither 'name' nor 'index'");
		return;
	}
	if (c.to == TO_FIELD && c.field.len == 0) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'column' has no attribute 'field'");
		return;
	}
	t->by_name |= c.name.len > 0;
	vec_push(t->r->a, &t->columns, c);
}

#define TABLE(name, type, member, choices)                                        \
	{                                                                         \
		name, type, XML_OPTIONAL, offsetof(struct table, member), choices \
	}
static const struct xml_field table_fields[] = {
	TABLE("href", XML_STR, href, NULL),
	TABLE("use", XML_ID, use, NULL),
	TABLE("separator", XML_STR, separator, NULL),
	TABLE("decimal", XML_STR, decimal, NULL),
	TABLE("thousands", XML_STR, thousands, NULL),
	TABLE("encoding", XML_STR, encoding, NULL),
	TABLE("skip", XML_INT, skip, NULL),
	TABLE("scale", XML_INT, scale, NULL),
	TABLE("rows", XML_CHOICE, rows, row_rules),
	TABLE("units", XML_CHOICE, units, unit_rules),
	TABLE("kind", XML_ID, kind, NULL),
	TABLE("source", XML_ID, names.source, NULL),
	TABLE("unit", XML_ID, names.unit, NULL),
	TABLE("metric", XML_ID, names.metric, NULL),
	TABLE("side", XML_ID, names.side, NULL),
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

static void set_dialect(struct table *t)
{
	t->separator_sign = sign_of(t, "separator", t->separator, ',');
	t->decimal_sign = sign_of(t, "decimal", t->decimal, '.');
	t->thousands_sign = sign_of(t, "thousands", t->thousands, '\0');
	if (t->separator_sign == t->decimal_sign && xml_attr(t->node, "decimal"))
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "decimal"),
			"the decimal sign and the separator are both '%c'", t->decimal_sign);
	if (t->skip < 0)
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "skip"), "%d rows cannot be skipped", t->skip);
	if (t->scale < 0 || t->scale > 9) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "scale"),
			"%d is not one of 0 to 9", t->scale);
		t->scale = 0;
	}
}

static bool declared(struct table *t)
{
	static const struct xml_child children[] = { { "column", read_column }, { NULL, NULL } };
	bool good = xml_read_attrs(t->r->a, t->node, table_fields, t, t->r->d);
	set_dialect(t);
	xml_read_children(t->node, children, t, t->r->d);
	t->headless = !t->by_name;
	if (good && (t->href.len > 0) == (t->use.len > 0)) {
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, t->node->pos,
			"'table' needs either 'href' or 'use'");
		return false;
	}
	return good && t->columns.count > 0;
}

/* ---- the file ---- */

static const struct source *loaded(struct table *t, struct str href, struct src_pos pos)
{
	struct facts_reader *r = t->r;
	struct str path = xml_path_beside(r->a, pos, href);
	const struct source *known = map_lookup(&r->sheets, path);
	if (known)
		return known;
	const struct source *s = source_load(r->a, r->loader->root, STR(""), path, pos, r->d);
	if (!s)
		return NULL;
	vec_push(r->loader->arena, &r->loader->sources, s);
	s = source_to_utf8(r->a, s, t->encoding.len ? t->encoding : STR("UTF-8"), r->d);
	if (s)
		map_set(r->a, &r->sheets, path, (void *)(uintptr_t)s);
	return s;
}

static const struct source *sheet(struct table *t)
{
	if (t->href.len)
		return loaded(t, t->href, facts_attr_pos(t->node, "href"));
	const struct xml_node *use = map_lookup(&t->r->tables, t->use);
	if (use)
		return loaded(t, xml_attr(use, "href")->value, facts_attr_pos(use, "href"));
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

/* ---- the head ---- */

static struct str nearest_head(const struct table *t, struct str name)
{
	struct str nearest = { 0 };
	for (size_t i = 0; i < t->csv.row.fields.count; i++) {
		struct str pair[2] = { nearest, str_trim(t->csv.row.fields.at[i].text) };
		nearest = str_nearest(name, pair, 2);
	}
	return nearest;
}

static bool find_named(struct table *t, struct column *c)
{
	bool found = false;
	for (size_t i = 0; i < t->csv.row.fields.count; i++) {
		if (!str_equal(str_trim(t->csv.row.fields.at[i].text), c->name))
			continue;
		if (found) {
			diag_add(t->r->d, DIAG_CSV_COLUMN, t->csv.row.fields.at[i].pos,
				"a second column '" STR_FMT "'", STR_ARG(c->name));
			diag_note(t->r->d, t->csv.row.fields.at[c->at].pos, "the first one is here");
			return false;
		}
		found = true;
		c->at = i;
	}
	if (found)
		return true;
	diag_add(t->r->d, DIAG_CSV_COLUMN, t->csv.row.fields.at[0].pos,
		"no column '" STR_FMT "' in the head row%s", STR_ARG(c->name),
		diag_nearest(t->r->d, nearest_head(t, c->name)));
	diag_note(t->r->d, facts_attr_pos(c->node, "name"), "the column is asked for here");
	return false;
}

static bool find_column(struct table *t, struct column *c)
{
	if (c->name.len)
		return find_named(t, c);
	c->at = (size_t)c->index - 1;
	if (c->at < t->width)
		return true;
	diag_add(t->r->d, DIAG_CSV_COLUMN, facts_attr_pos(c->node, "index"),
		"the table has %zu columns and no column %d", t->width, c->index);
	return false;
}

/* Reads up to the first row of data. */
static bool find_columns(struct table *t)
{
	for (int32_t i = 0; i < t->skip; i++)
		csv_next(&t->csv);
	size_t before = t->csv.at;
	if (!csv_next(&t->csv)) {
		if (!t->csv.failed)
			diag_add(t->r->d, DIAG_CSV_COLUMN, (struct src_pos){ t->csv.source, 0 },
				"the table is empty");
		return false;
	}
	t->width = t->csv.row.fields.count;
	bool good = true;
	for (size_t i = 0; i < t->columns.count; i++)
		good &= find_column(t, &t->columns.at[i]);
	if (t->headless)
		t->csv.at = before;
	return good;
}

static bool opened(struct table *t, struct facts_reader *r, const struct xml_node *n)
{
	*t = (struct table){ .r = r, .node = n };
	if (!declared(t))
		return false;
	const struct source *source = sheet(t);
	struct csv_dialect dialect = { .separator = t->separator_sign, .quote = '"' };
	if (!source)
		return false;
	csv_open(&t->csv, r->a, source, dialect, r->d);
	return find_columns(t);
}

static const struct csv_field *field_of(const struct table *t, const struct column *c)
{
	return &t->csv.row.fields.at[c->at];
}

static const struct column *column_to(const struct table *t, enum column_to to)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].to == to)
			return &t->columns.at[i];
	return NULL;
}

/* A row without a unit is the briefing's, as a file without one is. */
static bool row_is_own(const struct table *t)
{
	const struct column *unit = column_to(t, TO_UNIT);
	struct str text = unit ? str_trim(field_of(t, unit)->text) : (struct str){ 0 };
	return text.len == 0 || str_equal(text, t->r->f->unit);
}

/* The next row that has as many fields as the first; the others are reported, up to a limit. */
static bool next_row(struct table *t)
{
	while (t->bad_rows < LIMIT_DIAGS_SHOWN && csv_next(&t->csv)) {
		if (t->csv.row.fields.count == t->width && t->units == 1 && !row_is_own(t))
			continue;
		if (t->csv.row.fields.count == t->width)
			return true;
		diag_add(t->r->d, DIAG_CSV_FIELDS, t->csv.row.fields.at[0].pos,
			"this row has %zu field%s, the first one %zu", t->csv.row.fields.count,
			t->csv.row.fields.count == 1 ? "" : "s", t->width);
		t->bad_rows++;
	}
	return false;
}

/* ---- values ---- */

static bool set_period(struct table *t, const struct csv_field *field, struct value_names *names)
{
	static const struct xml_field as = { "period", XML_PERIOD, XML_OPTIONAL, 0, NULL };
	struct str text = str_trim(field->text);
	if (text.len == 0)
		return true;
	if (!str_equal(text, t->period_text)) {
		if (!xml_read_value(t->r->a, &as, text, field->pos, &t->period, t->r->d))
			return false;
		t->period_text = text;
	}
	names->period = t->period;
	names->at[NAME_PERIOD] = field->pos;
	return true;
}

static bool set_scenario(struct table *t, const struct csv_field *field, struct value_names *names)
{
	static const struct xml_field as = { "scenario", XML_CHOICE, XML_OPTIONAL, 0,
		facts_scenarios };
	struct str text = str_trim(field->text);
	return text.len == 0 ||
		xml_read_value(t->r->a, &as, text, field->pos, &names->scenario, t->r->d);
}

/* Columns that are a name as it stands: those before TO_PERIOD. */
static const struct {
	uint16_t offset; /* of the name in struct value_names */
	int8_t at;       /* enum value_name, or -1 */
} plain_names[] = {
	[TO_METRIC] = { offsetof(struct value_names, metric), NAME_METRIC },
	[TO_ITEM] = { offsetof(struct value_names, item), NAME_ITEM },
	[TO_UNIT] = { offsetof(struct value_names, unit), NAME_UNIT },
	[TO_SIDE] = { offsetof(struct value_names, side), NAME_SIDE },
	[TO_SOURCE] = { offsetof(struct value_names, source), NAME_SOURCE },
	[TO_NOTE] = { offsetof(struct value_names, note), -1 },
	[TO_CURRENCY] = { offsetof(struct value_names, currency), -1 },
};

/* Several columns to='item' name it together, as "bureau/account" where accounts of two bureaus
 * share a name. */
static struct str joined(struct table *t, struct str before, struct str text)
{
	return before.len ? str_printf(t->r->a, STR_FMT "/" STR_FMT, STR_ARG(before), STR_ARG(text))
			  : text;
}

/* What the row says beside its values. */
static bool set_name(struct table *t, const struct column *c, struct value_names *names)
{
	const struct csv_field *field = field_of(t, c);
	if (c->to == TO_PERIOD)
		return set_period(t, field, names);
	if (c->to == TO_SCENARIO)
		return set_scenario(t, field, names);
	if (c->to > TO_SCENARIO)
		return true;
	struct str text = str_trim(field->text);
	if (text.len == 0)
		return true;
	struct str *name = (struct str *)(void *)((char *)names + plain_names[c->to].offset);
	*name = c->to == TO_ITEM ? joined(t, *name, text) : text;
	if (plain_names[c->to].at >= 0)
		names->at[plain_names[c->to].at] = field->pos;
	return true;
}

/* Names of one value column: the row's where it says something, else the column's or the table's.
 */
static struct value_names names_of(const struct column *c, const struct value_names *row)
{
	struct value_names names = c->constant;
	for (size_t i = 0; i < sizeof plain_names / sizeof *plain_names; i++) {
		const struct str *said = (const struct str *)(const void *)((const char *)row +
			plain_names[i].offset);
		if (said->len)
			*(struct str *)(void *)((char *)&names + plain_names[i].offset) = *said;
	}
	if (row->period.kind)
		names.period = row->period;
	if (row->scenario != SCENARIO_UNSAID)
		names.scenario = row->scenario;
	memcpy(names.at, row->at, sizeof names.at);
	return names;
}

static bool scaled(struct decimal n, int32_t scale, struct decimal *out)
{
	int64_t factor = 1;
	while (scale-- > 0)
		factor *= 10;
	return decimal_mul(n, decimal_int(factor), out);
}

/* An empty field is no value, not nought. */
static void put_value(struct table *t, const struct column *c, const struct value_names *row)
{
	const struct csv_field *field = field_of(t, c);
	struct facts_value v;
	if (str_trim(field->text).len == 0)
		return;
	struct value_names names = names_of(c, row);
	if (!facts_value_named(t->r, &names, field->pos, &v)) {
		t->bad_rows++;
		return;
	}
	if (!facts_number_read(field->text, t->decimal_sign, t->thousands_sign, &v.number)) {
		facts_number_refused(t->r, field->text, t->decimal_sign, field->pos);
		diag_note(t->r->d, t->node->pos,
			"the table is declared here; decimal= and thousands= say how its numbers "
			"are written");
		t->bad_rows++;
		return;
	}
	if (scaled(v.number, t->scale, &v.number))
		facts_value_put(t->r, &v, t->rows);
	else
		diag_add(t->r->d, DIAG_OVERFLOW, field->pos, "'" STR_FMT "' is too large",
			STR_ARG(field->text));
}

static void put_row(struct table *t)
{
	struct value_names row = { .scenario = SCENARIO_UNSAID };
	struct src_pos pos = t->csv.row.fields.at[0].pos;
	bool good = true;
	for (size_t i = 0; i < sizeof row.at / sizeof *row.at; i++)
		row.at[i] = pos;
	for (size_t i = 0; i < t->columns.count; i++)
		good &= set_name(t, &t->columns.at[i], &row);
	if (!good) {
		t->bad_rows++;
		return;
	}
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].to == TO_VALUE)
			put_value(t, &t->columns.at[i], &row);
}

void facts_table_values(struct facts_reader *r, const struct xml_node *n, struct str unit)
{
	struct table t;
	if (!opened(&t, r, n) || !column_to(&t, TO_VALUE))
		return;
	for (size_t i = 0; i < t.columns.count; i++)
		if (t.columns.at[i].constant.unit.len == 0)
			t.columns.at[i].constant.unit = unit;
	while (next_row(&t))
		put_row(&t);
}

/* ---- records ---- */

static void set_record(
	struct table *t, struct facts_record *record, const struct facts_source *source)
{
	struct facts_label *label = ARENA_NEW(t->r->a, struct facts_label);
	label->text = record->id;
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct column *c = &t->columns.at[i];
		const struct csv_field *field = field_of(t, c);
		const struct facts_field_def *def =
			c->to == TO_FIELD ? map_lookup(&record->kind->by_field, c->field) : NULL;
		if (c->to == TO_LABEL && str_trim(field->text).len)
			label->text = str_trim(field->text);
		if (def)
			facts_field_set(t->r, record, def, field->text, field->pos);
	}
	record->labels = (struct facts_labels){ label, 1 };
	record->label = label->text;
	record->source = source;
}

static struct str row_item(struct table *t)
{
	struct value_names row = { 0 };
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].to == TO_ITEM)
			set_name(t, &t->columns.at[i], &row);
	return row.item;
}

/* Rows of one item are many; the first makes the record. */
static void make_record(struct table *t, const struct facts_kind *kind, const struct column *item,
	struct map *seen, bool own)
{
	struct str id = row_item(t);
	own = own && row_is_own(t);
	if (id.len == 0 || (own && map_put(t->r->a, seen, id, seen)))
		return;
	struct facts_record *record = facts_record_add(t->r, kind, id, field_of(t, item)->pos, own);
	if (record)
		set_record(t, record, map_lookup(&t->r->f->sources, t->names.source));
}

static bool fields_known(struct table *t, const struct facts_kind *kind)
{
	bool good = true;
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct column *c = &t->columns.at[i];
		if (c->to == TO_FIELD && !map_lookup(&kind->by_field, c->field)) {
			diag_add(t->r->d, DIAG_REFERENCE_UNKNOWN, facts_attr_pos(c->node, "field"),
				"a '" STR_FMT "' has no field '" STR_FMT "'%s", STR_ARG(kind->id),
				STR_ARG(c->field),
				diag_nearest(t->r->d, map_nearest(&kind->by_field, c->field)));
			good = false;
		}
	}
	return good;
}

static const struct column *needed_column(struct table *t, enum column_to to, const char *makes)
{
	const struct column *c = column_to(t, to);
	if (!c)
		diag_add(t->r->d, DIAG_ELEMENT_MISSING, t->node->pos,
			"a table that makes %s needs a column to='%s'", makes, targets[to].name);
	return c;
}

void facts_table_records(struct facts_reader *r, const struct xml_node *n, bool own)
{
	const struct xml_attr *attr = xml_attr(n, "kind");
	if (!attr)
		return;
	const struct facts_kind *kind = facts_kind_lookup(r->f, attr->value);
	if (!kind) {
		diag_add(r->d, DIAG_REFERENCE_UNKNOWN, attr->value_pos,
			"no kind '" STR_FMT "' in the catalogue%s", STR_ARG(attr->value),
			diag_nearest(r->d, map_nearest(&r->f->kinds, attr->value)));
		return;
	}
	struct table t;
	struct map seen = { 0 };
	if (!opened(&t, r, n) || !fields_known(&t, kind))
		return;
	const struct column *item = needed_column(&t, TO_ITEM, "records");
	while (item && next_row(&t))
		make_record(&t, kind, item, &seen, own);
}

/* ---- units ---- */

void facts_table_units(struct facts_reader *r, const struct xml_node *n)
{
	struct table t;
	if (!opened(&t, r, n))
		return;
	const struct column *id = needed_column(&t, TO_UNIT, "units"),
			    *label = column_to(&t, TO_LABEL);
	while (id && next_row(&t))
		facts_unit_add(r, str_trim(field_of(&t, id)->text),
			str_trim(field_of(&t, label ? label : id)->text), field_of(&t, id)->pos);
}
