/* A table's rows -> those that are data, and what their cells say. */
#include "facts/facts_table.h"

#include "base/limits.h"

const struct sheet_cell *facts_table_cell(const struct table *t, const struct table_column *c)
{
	static const struct sheet_cell none;
	return c->at < t->row.count ? &t->row.cells[c->at] : &none;
}

/* ---- the text of a cell ---- */

/* Texts of a text file are there as long as the file; all others are kept once each. */
static struct str kept(struct table *t, struct str text)
{
	struct str all = t->source->text;
	if (text.ptr >= all.ptr && text.ptr < all.ptr + all.len)
		return text;
	const struct str *known = map_lookup(&t->r->texts, text);
	if (known)
		return *known;
	struct str *copy = ARENA_NEW(t->r->a, struct str);
	*copy = str_copy(t->r->a, text);
	map_set(t->r->a, &t->r->texts, *copy, copy);
	return *copy;
}

static bool report_empty(struct table *t, const struct table_column *c)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	diag_add(t->r->d, DIAG_CELL_EMPTY, cell->pos.source ? cell->pos : t->row.cells[0].pos,
		"this row says nothing in column '" STR_FMT "', which every row needs", STR_ARG(c->name));
	if (c->node)
		diag_note(t->r->d, c->node->pos, "the column is declared here");
	return false;
}

/* A name that an office program took for a date is another name by now. */
static bool report_date(struct table *t, const struct sheet_cell *cell)
{
	diag_add(t->r->d, DIAG_CELL_DATE, cell->pos, "'" STR_FMT "' is a date, and a name is expected here", STR_ARG(str_trim(cell->text)));
	diag_note(t->r->d, cell->pos,
		"office programs make dates of names like 3-1; make the cell a text and write the name again, or say dates=\"yes\" if it is one");
	return false;
}

static bool is_name(const struct table_column *c)
{
	return c->to <= TO_SIDE;
}

static bool usable(struct table *t, const struct table_column *c, const struct sheet_cell *cell)
{
	if (!sheet_cell_check(cell, c->fill ? SHEET_MERGED_ALLOWED : SHEET_MERGED_REFUSED, t->r->d))
		return false;
	bool dated = cell->kind == SHEET_DATE || cell->kind == SHEET_TIME ||
		(cell->kind == SHEET_TEXT && facts_looks_dated(cell->text));
	return !dated || !is_name(c) || c->dates || report_date(t, cell);
}

/* The unit is what a table of the whole company must say in each row. */
static bool is_required(const struct table *t, const struct table_column *c)
{
	return c->required || (c->to == TO_UNIT && t->units == 1 && !(c->node && xml_attr(c->node, "required")));
}

bool facts_table_text(struct table *t, const struct table_column *c, struct str *out)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	struct table_column *open = (struct table_column *)(uintptr_t)c; /* of t, which is the reader's */
	*out = (struct str){ 0 };
	if (!usable(t, c, cell))
		return false;
	struct str text = str_trim(cell->text);
	if (text.len == 0 && c->fill)
		text = c->above;
	if (text.len == 0)
		return !is_required(t, c) || report_empty(t, c);
	text = kept(t, text);
	open->above = text;
	return facts_table_our_name(t, c, text, cell->pos, out);
}

bool facts_table_said(struct table *t, const struct table_column *c, struct str *out)
{
	struct str text;
	if (!c)
		return true;
	if (!facts_table_text(t, c, &text))
		return false;
	if (text.len)
		*out = text;
	return true;
}

/* ---- its number ---- */

static bool report_number(struct table *t, const struct sheet_cell *cell)
{
	const char *looks = facts_number_looks(cell->text, &t->signs);
	facts_number_refused(t->r, cell->text, t->signs.decimal, cell->pos);
	if (looks)
		diag_note(t->r->d, cell->pos, "it looks like a number of a table with %s", looks);
	diag_note(t->r->d, t->node->pos,
		"the table is declared here; decimal= and thousands= say how its numbers are written");
	return false;
}

static bool report_kind(struct table *t, const struct sheet_cell *cell)
{
	bool dated = cell->kind == SHEET_DATE || cell->kind == SHEET_TIME;
	if (dated)
		diag_add(t->r->d, DIAG_CELL_DATE, cell->pos, "'" STR_FMT "' is a %s, and a number is expected here", STR_ARG(cell->text),
			cell->kind == SHEET_DATE ? "date" : "time of day");
	else
		diag_add(t->r->d, DIAG_CSV_NUMBER, cell->pos, "'" STR_FMT "' is no number", STR_ARG(cell->text));
	if (dated)
		diag_note(t->r->d, cell->pos, "give the cell the format of a number, and look whether its number is still right");
	return false;
}

bool facts_table_number(struct table *t, const struct table_column *c, bool percent, struct decimal *out)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	struct str text = str_trim(cell->text);
	if (!sheet_cell_check(cell, SHEET_MERGED_REFUSED, t->r->d))
		return false;
	if (cell->kind == SHEET_NUMBER) {
		if (facts_number_plain(text, out) && (!cell->percent || decimal_mul(*out, decimal_int(100), out)))
			return true;
		return report_number(t, cell);
	}
	if (cell->kind != SHEET_TEXT)
		return report_kind(t, cell);
	if (percent && text.len && text.ptr[text.len - 1] == '%')
		text = str_trim((struct str){ text.ptr, text.len - 1 });
	return facts_number_signed(text, &t->signs, out) || report_number(t, cell);
}

/* ---- rows ---- */

bool facts_table_row_is_own(struct table *t)
{
	const struct table_column *unit = facts_table_column_to(t, TO_UNIT);
	struct str text = { 0 };
	return !unit || (facts_table_text(t, unit, &text) && (text.len == 0 || str_equal(text, t->r->f->unit)));
}

/* The row as the file has it. */
static bool next_raw(struct table *t)
{
	if (t->pending) {
		t->pending = false;
		return true;
	}
	t->place = t->source->kind == SOURCE_TEXT ? sheet_place(t->file) : 0;
	return sheet_next(t->file, &t->row);
}

static bool has_width(struct table *t)
{
	if (t->source->kind == SOURCE_GRID || t->row.count == t->width)
		return true;
	diag_add(t->r->d, DIAG_CSV_FIELDS, t->row.cells[0].pos, "this row has %zu field%s, the first one %zu", t->row.count,
		t->row.count == 1 ? "" : "s", t->width);
	t->bad_rows++;
	return false;
}

/* Rows of units that the briefing does not show are left to theirs. */
static bool is_wanted(struct table *t)
{
	const struct table_column *unit = t->units == 1 ? facts_table_column_to(t, TO_UNIT) : NULL;
	struct str text;
	if (!unit)
		return true;
	if (!facts_table_text(t, unit, &text)) {
		t->bad_rows++;
		return false;
	}
	if (t->building)
		facts_index_add(t, text.len ? unit->above : text);
	if (text.len == 0 || map_lookup(&t->wanted, text))
		return true;
	bool known = facts_unit_known(t->r, text, facts_table_cell(t, unit)->pos);
	t->bad_rows += !known;
	return known && t->r->every_unit;
}

bool facts_table_next(struct table *t)
{
	if (t->index)
		return facts_index_next(t);
	while (t->bad_rows < LIMIT_DIAGS_SHOWN && next_raw(t)) {
		if (!has_width(t) || (t->rules.count && facts_table_rule_applies(t)))
			continue;
		if (t->has_totals && t->checks)
			facts_table_add_parts(t);
		if (is_wanted(t))
			return true;
	}
	if (t->building)
		facts_index_end(t);
	return false;
}
