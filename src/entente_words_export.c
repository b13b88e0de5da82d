/* The library: papers -> a table of every sentence that they print, for an office to edit. */
#include "entente_words.h"

#include "base/limits.h"
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

bool words_read_paper(struct entente *e, const struct entente_request *request, struct words_paper *out)
{
	size_t errors = e->diag.errors;

	*out = (struct words_paper){ .request = request, .job = ARENA_NEW(&e->unit, struct job) };
	arena_reset(&e->rows);
	*out->job = session_job(e, request);
	session_run(out->job);
	if (e->diag.errors != errors || out->job->facts == NULL || out->job->facts->passed)
		return false;
	for (size_t i = 0; i < out->job->words.list.count; i++)
		add_row(out, out->job->words.list.at[i]);
	for (size_t i = 0; i < out->rows.count; i++)
		map_put(&e->unit, &out->by_name, narrative_edit_name(&e->unit, &out->rows.at[i].edit), &out->rows.at[i]);
	return true;
}

struct words_papers words_find_papers(struct entente *e, const struct entente_request *requests, size_t count)
{
	struct arena *a = &e->gathered;
	struct words_papers out = { { NULL, 0, 0 } };

	for (size_t i = 0; i < count; i++) {
		struct papers all = papers_of(e, &requests[i]);

		for (size_t k = 0; k < all.list.count; k++) {
			struct entente_request *r = ARENA_NEW(a, struct entente_request);

			*r = paper_request(a, &all.list.at[k], &requests[i]);
			r->stage = ENTENTE_WORDS;
			vec_push(a, &out.list, r);
		}
	}
	return out;
}

/* A sentence whose figure is still awaited can be edited all the same. */
static void forget_messages(struct entente *e)
{
	diag_init(&e->diag, &e->unit);
	e->diag.draft = true;
}

void words_each_paper(struct entente *e, const struct words_papers *papers, const struct diag *found,
	void (*take)(void *with, const struct words_paper *paper), void *with)
{
	for (size_t i = 0; i < papers->list.count && e->diag.errors < LIMIT_DIAGS_SHOWN; i++) {
		struct words_paper paper;

		if (words_read_paper(e, papers->list.at[i], &paper))
			take(with, &paper);
		if (e->diag.errors)
			continue;
		if (found == NULL || found->messages.count == 0) {
			arena_reset(&e->unit);
			arena_reset(&e->scratch);
		}
		forget_messages(e);
	}
}

struct narrative_edit words_keep(struct arena *a, const struct narrative_edit *edit)
{
	struct narrative_edit out = *edit;

	out.unit = str_copy(a, edit->unit);
	out.lang = str_copy(a, edit->lang);
	out.slot = str_copy(a, edit->slot);
	out.snippet = str_copy(a, edit->snippet);
	out.of = str_copy(a, edit->of);
	out.generated.text = str_copy(a, edit->generated.text);
	out.edited.text = str_copy(a, edit->edited.text);
	out.author = str_copy(a, edit->author);
	return out;
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

static struct str workbook(struct entente *e, const struct narrative_edits *rows)
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
	for (size_t i = 0; i < rows->list.count; i++) {
		put_cells(&e->unit, &rows->list.at[i], cells);
		put_workbook_row(w, SHEET_ROW_PLAIN, cells);
	}
	return sheet_write_end(w);
}

static struct str listed(struct entente *e, enum entente_form form, const struct narrative_edits *rows)
{
	struct list list = list_open(&e->unit, words_heads, 0);
	struct buf out;

	for (size_t i = 0; i < rows->list.count; i++)
		put_cells(&e->unit, &rows->list.at[i], list_row(&list)->at);
	buf_init(&out, &e->unit, WORDS_TEXT_MOST);
	list_as(&list, form, &out);
	return buf_str(&out);
}

static struct str as_xml(struct entente *e, const struct narrative_edits *rows)
{
	struct buf out;

	buf_init(&out, &e->unit, WORDS_TEXT_MOST);
	narrative_write_edits(&e->unit, rows, &out);
	return buf_str(&out);
}

static struct str written(struct entente *e, enum entente_form form, const struct narrative_edits *rows)
{
	if (form == ENTENTE_WORKBOOK)
		return workbook(e, rows);
	return form == ENTENTE_XML ? as_xml(e, rows) : listed(e, form, rows);
}

struct exporting {
	struct arena *a;               /* the gathered one */
	struct narrative_edits rows;
};

static void take_rows(void *with, const struct words_paper *paper)
{
	struct exporting *out = with;

	for (size_t i = 0; i < paper->rows.count; i++)
		vec_push(out->a, &out->rows.list, words_keep(out->a, &paper->rows.at[i].edit));
}

const struct entente_result *entente_words_export(struct entente *e, const struct entente_request *requests, size_t count)
{
	struct exporting out = { .a = &e->gathered };
	struct words_papers papers;
	struct str text;

	if (setjmp(e->unwind))
		return session_out_of_memory(e);
	session_begin(e);
	e->diag.draft = true; /* a sentence whose figure is still awaited can be edited all the same */
	papers = words_find_papers(e, requests, count);
	if (e->diag.errors == 0)
		words_each_paper(e, &papers, NULL, take_rows, &out);
	session_count(e);
	e->result.holes = (uint32_t)out.rows.list.count;
	if (e->diag.errors)
		return &e->result;
	text = written(e, requests[0].form, &out.rows);
	e->result.text = text.ptr;
	e->result.text_size = text.len;
	return &e->result;
}
