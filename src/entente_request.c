/* The library: what a company's briefings still lack -> a sheet for an office to fill in. It has the heads of a company's one table, so that what
 * comes back is read, and refused cell by cell, as any table is. */
#include "entente_folder.h"

#include "sheet/sheet_write.h"

enum { COL_UNIT, COL_METRIC, COL_ITEM, COL_PERIOD, COL_SIDE, COL_SCENARIO, COL_VALUE, COL_SOURCE, COL_NOTE, COL_WHAT, COL_MEASURE, COL_LAST,
	COL_LAST_PERIOD, COL_PLACE };
static const char *const heads[] = { "unit", "metric", "item", "period", "side", "scenario", "value", "source", "note", "(what it is)", "(measured in)",
	"(last value)", "(of)", "(goes to)", NULL };

struct asking {
	struct entente *e;
	const struct entente_request *request;
	struct list rows;
	struct map seen;             /* keys of rows: two briefings may lack one value */
	struct map notes;            /* on what nobody is asked for */
};

/* Whether the office that is asked owes it: it is told for its side. Without an office everything is owed. */
static bool is_asked(const struct asking *a, const struct facts *f, const struct facts_value *v)
{
	struct str office = str_from(a->request->office);

	if (a->request->metric && !str_equal(str_from(a->request->metric), v->metric->id))
		return false;
	if (office.len == 0)
		return true;
	return v->side ? str_equal(v->side->id, office) : facts_side_lookup(f, office) == NULL;
}

/* The value before it; NULL when there never was one. */
static const struct facts_value *last_before(const struct facts *f, const struct facts_value *v)
{
	const struct facts_value *last = NULL;

	for (size_t i = 0; i < f->cells.count; i++) {
		const struct facts_value *c = f->cells.at[i];

		if (same_series(c, v) && period_cmp(c->period, v->period) < 0 && (last == NULL || period_cmp(c->period, last->period) > 0))
			last = c;
	}
	return last;
}

static struct str what(struct arena *a, const struct facts *f, const struct facts_value *v)
{
	struct str label = facts_label(&v->metric->labels, f->lang, false), item = v->item ? v->item->label : (struct str){ 0 };

	label = label.len ? label : v->metric->id;
	return item.len ? str_printf(a, STR_FMT ", " STR_FMT, STR_ARG(label), STR_ARG(item)) : label;
}

static void add_row(struct asking *a, const struct facts *f, const struct facts_value *v)
{
	struct arena *arena = &a->e->unit;
	const struct facts_value *last = last_before(f, v);
	struct str key = str_printf(arena, STR_FMT "|" STR_FMT "|" STR_FMT "|%d", STR_ARG(v->metric->id), STR_ARG(v->unit),
		STR_ARG(period_text(arena, v->period)), v->scenario);
	struct list_row *row;

	key = str_printf(arena, STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(key), STR_ARG(v->item ? v->item->id : STR("")),
		STR_ARG(v->side ? v->side->id : STR("")));
	if (map_put(arena, &a->seen, key, a))
		return;
	row = list_row(&a->rows);
	row->at[COL_UNIT] = v->unit;
	row->at[COL_METRIC] = v->metric->id;
	row->at[COL_ITEM] = v->item ? v->item->id : (struct str){ 0 };
	row->at[COL_PERIOD] = period_text(arena, v->period);
	row->at[COL_SIDE] = v->side ? v->side->id : (struct str){ 0 };
	row->at[COL_SCENARIO] = str_from(facts_scenario_name(v->scenario));
	row->at[COL_SOURCE] = v->source ? v->source->id : last && last->source ? last->source->id : (struct str){ 0 };
	row->at[COL_WHAT] = what(arena, f, v);
	row->at[COL_MEASURE] = v->currency.len ? v->currency : str_from(facts_measure_name((enum facts_measure)v->measure));
	row->at[COL_LAST] = last ? decimal_text(arena, decimal_trimmed(last->number)) : (struct str){ 0 };
	row->at[COL_LAST_PERIOD] = last ? period_text(arena, last->period) : (struct str){ 0 };
	row->at[COL_PLACE] = stable_place(arena, v->pos); /* if it is written into the briefing's own files instead */
}

/* "pulse.csv: answers of 2026-Q4 come with the survey's next export" */
static void note_surveys(struct asking *a, const struct facts *f, const struct missing_values *missing)
{
	struct arena *arena = &a->e->unit;

	for (size_t i = 0; i < missing->surveys.count; i++)
		map_put(arena, &a->notes, str_printf(arena, STR_FMT ": answers of " STR_FMT " come with the survey's next export; nobody is asked for them",
			STR_ARG(stable_name(missing->surveys.at[i]->pos.source)), STR_ARG(period_text(arena, f->period))), a);
}

static void note_passed(struct asking *a)
{
	const struct diag *d = &a->e->diag;

	for (size_t i = 0; i < d->messages.count; i++)
		if (folder_passed(&d->messages.at[i]))
			map_put(&a->e->unit, &a->notes, d->messages.at[i].text, a);
}

static const char *notes_text(struct asking *a)
{
	struct buf out;

	buf_init(&out, &a->e->unit, (size_t)1 << 20);
	for (size_t i = 0; i < a->notes.count; i++)
		buf_printf(&out, STR_FMT "\n", STR_ARG(a->notes.entries[i].key));
	return buf_str(&out).ptr;
}

static void add_briefing(struct asking *a, const struct facts *f)
{
	struct missing_values missing = missing_of(&a->e->unit, f);

	note_surveys(a, f, &missing);
	for (size_t i = 0; i < missing.list.count; i++)
		if (is_asked(a, f, missing.list.at[i]))
			add_row(a, f, missing.list.at[i]);
}

/* An office is a side that the catalogue declares, or what is told for none of them. */
static bool knows_office(struct asking *a, const struct facts *f)
{
	struct str office = str_from(a->request->office);

	if (office.len == 0 || facts_side_lookup(f, office) || str_is(office, "joint"))
		return true;
	facts_unknown_side(f, office, (struct src_pos){ 0 }, &a->e->diag);
	return false;
}

/* ---- as a workbook ---- */

static struct sheet_write_cell cell_of(struct str text, bool number)
{
	return (struct sheet_write_cell){ .kind = text.len == 0 ? SHEET_EMPTY : number ? SHEET_NUMBER : SHEET_TEXT, .text = text };
}

static struct str workbook(struct asking *a)
{
	static const uint8_t widths[] = { 10, 22, 18, 12, 8, 10, 12, 14, 28, 36, 12, 12, 12, 28 };
	struct sheet_write_column columns[LIST_COLUMNS] = { 0 };
	struct sheet_write_cell cells[LIST_COLUMNS];
	struct sheet_write *w = sheet_write_open(&a->e->unit);
	size_t count = sizeof widths / sizeof widths[0];

	for (size_t c = 0; c < count; c++)
		columns[c] = (struct sheet_write_column){ .kind = c == COL_VALUE || c == COL_LAST ? SHEET_NUMBER : SHEET_TEXT, .width = widths[c],
			.locked = c != COL_VALUE && c != COL_SOURCE && c != COL_NOTE };
	sheet_write_sheet(w, STR("awaited"), columns, count);
	for (size_t c = 0; c < count; c++)
		cells[c] = cell_of(str_from(heads[c]), false);
	sheet_write_cells(w, SHEET_ROW_HEAD, cells, count);
	for (size_t i = 0; i < a->rows.rows.count; i++) {
		for (size_t c = 0; c < count; c++)
			cells[c] = cell_of(a->rows.rows.at[i].at[c], columns[c].kind == SHEET_NUMBER);
		sheet_write_cells(w, SHEET_ROW_PLAIN, cells, count);
	}
	return sheet_write_end(w);
}

static struct str written(struct asking *a)
{
	struct buf out;

	if (a->request->form == ENTENTE_WORKBOOK)
		return workbook(a);
	buf_init(&out, &a->e->unit, (size_t)64 << 20);
	list_as(&a->rows, a->request->form, &out);
	return buf_str(&out);
}

static void ask_all(struct asking *a)
{
	struct entente *e = a->e;
	struct papers all = papers_of(e, a->request);
	bool known = true;

	for (size_t i = 0; i < all.list.count && known; i++) {
		struct entente_request *request = ARENA_NEW(&e->unit, struct entente_request);
		struct job job;

		*request = paper_request(&e->unit, &all.list.at[i], a->request);
		job = folder_read(e, request);
		note_passed(a);
		if (job.facts == NULL || job.facts->passed)
			continue;
		known = knows_office(a, job.facts);
		if (known)
			add_briefing(a, job.facts);
	}
}

const struct entente_result *entente_ask(struct entente *e, const struct entente_request *request)
{
	struct asking a = { .e = e, .request = request };
	struct str text;

	if (setjmp(e->unwind))
		return session_out_of_memory(e);
	session_begin(e);
	e->diag.draft = true; /* a figure that was refused is one to ask for */
	a.rows = list_open(&e->unit, heads, 1u << COL_VALUE | 1u << COL_LAST);
	ask_all(&a);
	session_count(e);
	e->result.holes = (uint32_t)a.rows.rows.count;
	if (e->diag.errors)
		return &e->result;
	e->result.note = notes_text(&a);
	text = written(&a);
	e->result.text = text.ptr;
	e->result.text_size = text.len;
	return &e->result;
}
