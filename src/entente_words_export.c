/* The library: papers -> a table of every sentence that they print, for an office to edit. */
#include "entente_words.h"

#include "sheet/sheet_write.h"

const char *const words_heads[] = { "unit", "period", "lang", "slot", "snippet", "of", "generated", "edited", "author", "date", NULL };

/* ---- the papers ---- */

/* The edit as written down prints the figures of now: somebody reads it beside what is generated now. */
static void add_row(struct words_paper *paper, const struct compose_sentence *s)
{
	struct arena *a = &paper->job->session->unit;
	const struct facts *f = paper->job->facts;
	struct words_row row = { .sentence = s, .kept = s->edit };

	row.edit = (struct narrative_edit){ .unit = f->unit, .period = f->period, .lang = f->lang, .slot = s->slot, .snippet = s->id, .of = s->of,
		.generated.text = s->generated, .pos = s->pos };
	if (s->edit) {
		row.edit.edited.text = narrative_text_again(a, s->edit->edited.text, s->fits ? &s->tokens : &(struct edit_tokens){ { NULL, 0, 0 } });
		row.edit.author = s->edit->author;
		row.edit.date = s->edit->date;
	}
	vec_push(a, &paper->rows, row);
}

/* One that closed before the period says nothing. */
static void read_paper(struct entente *e, const struct entente_request *asked, const struct paper *which, struct words_papers *out)
{
	struct entente_request *request = ARENA_NEW(&e->unit, struct entente_request);
	struct words_paper *paper = ARENA_NEW(&e->unit, struct words_paper);

	*request = paper_request(&e->unit, which, asked);
	request->stage = ENTENTE_WORDS;
	paper->job = ARENA_NEW(&e->unit, struct job);
	arena_reset(&e->rows);
	*paper->job = session_job(e, request);
	session_run(paper->job);
	if (paper->job->facts == NULL || paper->job->facts->passed)
		return;
	for (size_t i = 0; i < paper->job->words.list.count; i++)
		add_row(paper, paper->job->words.list.at[i]);
	for (size_t i = 0; i < paper->rows.count; i++)
		map_put(&e->unit, &out->rows, narrative_edit_name(&e->unit, &paper->rows.at[i].edit), &paper->rows.at[i]);
	vec_push(&e->unit, &out->list, paper);
}

void words_read_papers(struct entente *e, const struct entente_request *requests, size_t count, struct words_papers *out)
{
	for (size_t i = 0; i < count; i++) {
		struct papers all = papers_of(e, &requests[i]);

		for (size_t k = 0; k < all.list.count; k++)
			read_paper(e, &requests[i], &all.list.at[k], out);
	}
}

/* ---- as a table ---- */

static void put_cells(struct arena *a, const struct narrative_edit *e, struct str cells[WORDS_COLUMNS])
{
	struct buf date;

	buf_init(&date, a, 32);
	if (e->date.year)
		buf_date(&date, e->date);
	cells[WORDS_UNIT] = e->unit;
	cells[WORDS_PERIOD] = period_text(a, e->period);
	cells[WORDS_LANG] = e->lang;
	cells[WORDS_SLOT] = e->slot;
	cells[WORDS_SNIPPET] = e->snippet;
	cells[WORDS_OF] = e->of;
	cells[WORDS_GENERATED] = e->generated.text;
	cells[WORDS_EDITED] = e->edited.text;
	cells[WORDS_AUTHOR] = e->author;
	cells[WORDS_DATE] = buf_str(&date);
}

static void put_workbook_row(struct sheet_write *w, enum sheet_write_row as, const struct str texts[WORDS_COLUMNS])
{
	struct sheet_write_cell cells[WORDS_COLUMNS];

	for (size_t c = 0; c < WORDS_COLUMNS; c++)
		cells[c] = (struct sheet_write_cell){ .kind = texts[c].len == 0 ? SHEET_EMPTY
			: c == WORDS_DATE && as == SHEET_ROW_PLAIN ? SHEET_DATE : SHEET_TEXT, .text = texts[c] };
	sheet_write_cells(w, as, cells, WORDS_COLUMNS);
}

static struct str workbook(struct entente *e, const struct words_papers *papers)
{
	static const uint8_t widths[WORDS_COLUMNS] = { 10, 10, 6, 16, 24, 16, 70, 70, 16, 12 };
	struct sheet_write_column columns[WORDS_COLUMNS];
	struct sheet_write *w = sheet_write_open(&e->unit);
	struct str cells[WORDS_COLUMNS];

	for (size_t c = 0; c < WORDS_COLUMNS; c++) {
		columns[c] = (struct sheet_write_column){ .kind = c == WORDS_DATE ? SHEET_DATE : SHEET_TEXT, .width = widths[c],
			.locked = c < WORDS_EDITED };
		cells[c] = str_from(words_heads[c]);
	}
	sheet_write_sheet(w, STR("words"), columns, WORDS_COLUMNS);
	put_workbook_row(w, SHEET_ROW_HEAD, cells);
	for (size_t i = 0; i < papers->list.count; i++)
		for (size_t k = 0; k < papers->list.at[i]->rows.count; k++) {
			put_cells(&e->unit, &papers->list.at[i]->rows.at[k].edit, cells);
			put_workbook_row(w, SHEET_ROW_PLAIN, cells);
		}
	return sheet_write_end(w);
}

static struct str listed(struct entente *e, enum entente_form form, const struct words_papers *papers)
{
	struct list list = list_open(&e->unit, words_heads, 0);
	struct buf out;

	for (size_t i = 0; i < papers->list.count; i++)
		for (size_t k = 0; k < papers->list.at[i]->rows.count; k++)
			put_cells(&e->unit, &papers->list.at[i]->rows.at[k].edit, list_row(&list)->at);
	buf_init(&out, &e->unit, (size_t)64 << 20);
	list_as(&list, form, &out);
	return buf_str(&out);
}

static struct str as_xml(struct entente *e, const struct words_papers *papers)
{
	struct narrative_edits all = { { NULL, 0, 0 } };
	struct buf out;

	for (size_t i = 0; i < papers->list.count; i++)
		for (size_t k = 0; k < papers->list.at[i]->rows.count; k++)
			vec_push(&e->unit, &all.list, papers->list.at[i]->rows.at[k].edit);
	buf_init(&out, &e->unit, (size_t)64 << 20);
	narrative_write_edits(&e->unit, &all, &out);
	return buf_str(&out);
}

static struct str written(struct entente *e, enum entente_form form, const struct words_papers *papers)
{
	if (form == ENTENTE_WORKBOOK)
		return workbook(e, papers);
	return form == ENTENTE_XML ? as_xml(e, papers) : listed(e, form, papers);
}

const struct entente_result *entente_words_export(struct entente *e, const struct entente_request *requests, size_t count)
{
	struct words_papers papers = { { NULL, 0, 0 }, { 0 } };
	struct str text;

	if (setjmp(e->unwind))
		return session_out_of_memory(e);
	session_begin(e);
	e->diag.draft = true; /* a sentence whose figure is still awaited can be edited all the same */
	words_read_papers(e, requests, count, &papers);
	e->result.errors = (uint32_t)e->diag.errors;
	e->result.warnings = (uint32_t)e->diag.warnings;
	e->result.status = e->diag.errors ? ENTENTE_INPUT : ENTENTE_DONE;
	e->result.holes = (uint32_t)papers.rows.count;
	if (e->diag.errors)
		return &e->result;
	text = written(e, requests[0].form, &papers);
	e->result.text = text.ptr;
	e->result.text_size = text.len;
	return &e->result;
}
