/* A table's rows -> values. */
#include "facts/facts_table.h"

/* What a row says beside its values. */
struct row_says {
	struct value_names names;     /* places too; source NULL: the row does not say it */
	struct str n;                 /* of how many its values are; empty: not said */
	struct src_pos n_at;
	struct date source_date;      /* of its source; year 0: not said */
};

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
enum { PLAIN_NAMES = sizeof plain_names / sizeof *plain_names };

static struct str *name_at(struct value_names *names, size_t i)
{
	return (struct str *)(void *)((char *)names + plain_names[i].offset);
}

/* ---- what the row says ---- */

static bool set_period(struct table *t, const struct table_column *c, struct str text, struct row_says *row)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	if (!str_equal(text, t->period_text) || t->period_column != c) {
		if (!facts_table_period(t, c, cell, text, &t->period))
			return false;
		t->period_text = text;
		t->period_column = c;
	}
	row->names.period = t->period;
	row->names.at[NAME_PERIOD] = cell->pos;
	return true;
}

static bool set_scenario(struct table *t, const struct table_column *c, struct str text, struct row_says *row)
{
	static const struct xml_field as = { "scenario", XML_CHOICE, XML_OPTIONAL, 0, facts_scenarios };
	return xml_read_value(t->r->a, &as, text, facts_table_cell(t, c)->pos, &row->names.scenario, t->r->d);
}

static bool set_n(struct table *t, const struct table_column *c, struct str text, struct row_says *row)
{
	struct decimal n;
	row->n_at = facts_table_cell(t, c)->pos;
	row->n = text;
	if (facts_number_plain(text, &n) && decimal_sign(n) > 0 && decimal_cmp(decimal_round(n, 0), n) == 0)
		return true;
	diag_add(t->r->d, DIAG_CSV_NUMBER, row->n_at, "'" STR_FMT "' is not how many answered: a whole number above nought", STR_ARG(text));
	return false;
}

static bool set_source_date(struct table *t, const struct table_column *c, struct str text, struct row_says *row)
{
	static const struct xml_field as = { "source-date", XML_DATE, XML_OPTIONAL, 0, NULL };
	const struct sheet_cell *cell = facts_table_cell(t, c);
	struct str day;
	return facts_table_date(t, c, cell, text, &day) && xml_read_value(t->r->a, &as, day, cell->pos, &row->source_date, t->r->d);
}

/* Several columns to='item' name it together, as "bureau/account" where accounts of two bureaus share a name. */
static bool set_plain(struct table *t, const struct table_column *c, struct str text, struct row_says *row)
{
	struct str *name = name_at(&row->names, c->to);
	*name = c->to == TO_ITEM && name->len ? str_printf(t->r->a, STR_FMT "/" STR_FMT, STR_ARG(*name), STR_ARG(text)) : text;
	if (plain_names[c->to].at >= 0)
		row->names.at[plain_names[c->to].at] = facts_table_cell(t, c)->pos;
	return true;
}

static bool set_name(struct table *t, const struct table_column *c, struct row_says *row)
{
	static bool (*const set[])(struct table *, const struct table_column *, struct str, struct row_says *) = {
		[TO_METRIC] = set_plain, [TO_ITEM] = set_plain, [TO_UNIT] = set_plain, [TO_SIDE] = set_plain, [TO_SOURCE] = set_plain,
		[TO_NOTE] = set_plain, [TO_CURRENCY] = set_plain, [TO_PERIOD] = set_period, [TO_SCENARIO] = set_scenario, [TO_N] = set_n,
		[TO_SOURCE_DATE] = set_source_date,
	};
	struct str text;
	if (c->to >= TO_VALUE)
		return true;
	return facts_table_text(t, c, &text) && (text.len == 0 || set[c->to](t, c, text, row));
}

/* ---- sources that rows name ---- */

static void declare_source(struct table *t, struct str id, const struct row_says *row)
{
	struct facts_reader *r = t->r;
	struct date date = row->source_date.year ? row->source_date : t->source_date;
	const struct facts_source *known = id.len ? map_lookup(&r->f->sources, id) : NULL;
	if (id.len == 0 || date.year == 0)
		return;
	if (!known) {
		struct facts_source *s = ARENA_NEW(r->a, struct facts_source);
		*s = (struct facts_source){ .id = id, .title = id, .date = date, .pos = row->names.at[NAME_SOURCE] };
		map_set(r->a, &r->f->sources, id, s);
	} else if (row->source_date.year && date_cmp(known->date, date) != 0) {
		diag_add(r->d, DIAG_VALUE_TWICE, row->names.at[NAME_SOURCE], "source '" STR_FMT "' has another date here than before", STR_ARG(id));
		diag_note(r->d, known->pos, "it is first named here; tell two editions apart by their names");
	}
}

static const struct facts_sample *sample_of(struct table *t, const struct row_says *row, const struct facts_source *source)
{
	struct facts_sample *s = ARENA_NEW(t->r->a, struct facts_sample);
	struct decimal n;
	facts_number_plain(row->n, &n);
	*s = (struct facts_sample){ .n = (uint32_t)decimal_round(n, 0).coef, .effective = n, .same_panel = source->panel == PANEL_SAME };
	return s;
}

/* The source, said of as many as the row says. */
static bool sample_source(struct table *t, const struct row_says *row, struct facts_value *v)
{
	struct facts_reader *r = t->r;
	if (row->n.len == 0)
		return true;
	if (!v->source) {
		diag_add(r->d, DIAG_CELL_EMPTY, row->n_at, "this row says how many answered, and not which source they answered");
		return false;
	}
	struct str key = str_printf(r->a, STR_FMT "\n" STR_FMT, STR_ARG(v->source->id), STR_ARG(row->n));
	const struct facts_source *known = map_lookup(&r->samples, key);
	if (!known) {
		struct facts_source *s = ARENA_NEW(r->a, struct facts_source);
		*s = *v->source;
		s->sample = row->n;
		map_set(r->a, &r->samples, key, s);
		known = s;
	}
	v->source = known;
	v->sample = sample_of(t, row, known);
	return true;
}

/* ---- values ---- */

/* Names of one value column: the row's where it says something, else the column's or the table's. */
static struct value_names names_of(const struct table *t, const struct table_column *c, const struct value_names *row)
{
	struct value_names names = c->constant;
	for (size_t i = 0; i < PLAIN_NAMES; i++)
		if (name_at((struct value_names *)(uintptr_t)row, i)->len)
			*name_at(&names, i) = *name_at((struct value_names *)(uintptr_t)row, i);
	if (row->period.kind)
		names.period = row->period;
	if (row->scenario != SCENARIO_UNSAID)
		names.scenario = row->scenario;
	for (size_t i = 0; i < sizeof names.at / sizeof *names.at; i++) {
		if (row->at[i].source)
			names.at[i] = row->at[i];
		else if (!names.at[i].source)
			names.at[i] = t->row.cells[0].pos;
	}
	return names;
}

static bool scaled(struct decimal n, int32_t scale, struct decimal *out)
{
	int64_t factor = 1;
	while (scale-- > 0)
		factor *= 10;
	return decimal_mul(n, decimal_int(factor), out);
}

static bool is_percent(const struct facts_value *v)
{
	return v->measure == MEASURE_PERCENT || v->measure == MEASURE_POINTS;
}

static bool put(struct table *t, const struct table_column *c, const struct row_says *row)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	struct value_names names = names_of(t, c, &row->names);
	struct facts_value v;
	declare_source(t, names.source, row);
	if (!facts_value_named(t->r, &names, cell->pos, &v) || !sample_source(t, row, &v))
		return false;
	if (!facts_table_number(t, c, is_percent(&v), &v.number))
		return false;
	if (scaled(v.number, c->scale, &v.number)) {
		facts_value_put(t->r, &v, t->rows);
		return true;
	}
	diag_add(t->r->d, DIAG_OVERFLOW, cell->pos, "'" STR_FMT "' is too large", STR_ARG(cell->text));
	return true;
}

/* An empty cell is no value, not nought. */
static void put_value(struct table *t, const struct table_column *c, const struct row_says *row)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	bool empty = cell->kind == SHEET_EMPTY || (cell->kind == SHEET_TEXT && str_trim(cell->text).len == 0);
	if (empty && !c->required)
		return;
	if (empty) {
		struct str none;
		facts_table_text(t, c, &none);
	}
	t->bad_rows += empty || !put(t, c, row);
}

static void put_row(struct table *t)
{
	struct row_says row = { .names.scenario = SCENARIO_UNSAID };
	bool good = true;
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

/* A long table is a value a row, as a rule. */
static void make_room(struct table *t)
{
	struct facts_cells *cells = &t->r->f->cells;
	size_t columns = 0, rows = t->source->line_count;
	for (size_t i = 0; i < t->columns.count; i++)
		columns += t->columns.at[i].to == TO_VALUE;
	if (columns == 1 && t->units == 0 && t->rows == 0)
		facts_cells_reserve(t->r->a, cells, cells->count + rows);
}

void facts_table_values(struct facts_reader *r, const struct xml_node *n, struct str unit)
{
	struct table *t = facts_table_take(r, n);
	if (!t)
		return;
	t->checks = true;
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].constant.unit.len == 0)
			t->columns.at[i].constant.unit = unit;
	make_room(t);
	facts_index_begin(t);
	while (facts_table_column_to(t, TO_VALUE) && facts_table_next(t))
		put_row(t);
	facts_table_close(t);
}
