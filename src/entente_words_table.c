/* The library: a table of words that an office edited, as XLSX, CSV or XML -> its rows. */
#include "entente_words.h"

#include "sheet/sheet.h"

#include <unistd.h>

/* ---- the head ---- */

struct reading {
	struct arena *a;
	struct diag *d;
	struct sheet *sheet;
	size_t at[WORDS_COLUMNS];    /* of each column: the cell of a row */
	size_t width;                /* cells of the head */
	struct narrative_edits *out;
};

static struct str nearest_head(const struct sheet_row *row, const char *name)
{
	struct str nearest = { 0 };

	for (size_t i = 0; i < row->count; i++) {
		struct str pair[2] = { nearest, row->cells[i].text };

		nearest = str_nearest(str_from(name), pair, 2);
	}
	return nearest;
}

static bool find_column(struct reading *r, const struct sheet_row *row, size_t column)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_is(str_trim(row->cells[i].text), words_heads[column])) {
			r->at[column] = i;
			return true;
		}
	diag_add(r->d, DIAG_CSV_COLUMN, row->cells[0].pos, "the table has no column '%s'%s", words_heads[column],
		diag_nearest(r->d, nearest_head(row, words_heads[column])));
	return false;
}

static bool read_head(struct reading *r)
{
	struct sheet_row row;
	bool found = true;

	if (!sheet_next(r->sheet, &row)) {
		if (!sheet_broken(r->sheet))
			diag_add(r->d, DIAG_CSV_COLUMN, (struct src_pos){ sheet_source(r->sheet), 0 }, "the table is empty");
		return false;
	}
	r->width = row.count;
	for (size_t c = 0; c < WORDS_COLUMNS; c++)
		found &= find_column(r, &row, c);
	return found;
}

/* ---- rows ---- */

static struct str cell_text(struct reading *r, const struct sheet_row *row, enum words_column column, struct src_pos *pos)
{
	const struct sheet_cell *cell = r->at[column] < row->count ? &row->cells[r->at[column]] : NULL;

	*pos = cell ? cell->pos : row->cells[0].pos;
	if (cell == NULL || !sheet_cell_check(cell, SHEET_MERGED_REFUSED, r->d))
		return (struct str){ 0 };
	return str_copy(r->a, str_trim(cell->text));
}

static struct edit_text cell_words(struct reading *r, const struct sheet_row *row, enum words_column column)
{
	struct edit_text text = { .cell = true };

	text.text = cell_text(r, row, column, &text.pos);
	return text;
}

static bool read_period(struct reading *r, const struct sheet_row *row, struct period *out)
{
	struct src_pos pos;
	struct str text = cell_text(r, row, WORDS_PERIOD, &pos);

	if (period_parse(text, out))
		return true;
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' is not a period; write it as 2026-Q3", STR_ARG(text));
	return false;
}

/* The day of what a spreadsheet makes of it. */
static bool read_date(struct reading *r, const struct sheet_row *row, struct date *out)
{
	struct src_pos pos;
	struct str text = cell_text(r, row, WORDS_DATE, &pos), day = text;

	if (day.len > 10 && day.ptr[10] == 'T')
		day.len = 10;
	if (text.len == 0 || date_parse(day, out))
		return true;
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' is not a date; write YYYY-MM-DD", STR_ARG(text));
	return false;
}

static void read_row(struct reading *r, const struct sheet_row *row)
{
	struct narrative_edit edit = { .pos = row->cells[0].pos };
	struct src_pos pos;
	bool good = read_period(r, row, &edit.period);

	good &= read_date(r, row, &edit.date);
	edit.unit = cell_text(r, row, WORDS_UNIT, &pos);
	edit.lang = cell_text(r, row, WORDS_LANG, &pos);
	edit.slot = cell_text(r, row, WORDS_SLOT, &pos);
	edit.of = cell_text(r, row, WORDS_OF, &pos);
	edit.author = cell_text(r, row, WORDS_AUTHOR, &pos);
	edit.snippet = cell_text(r, row, WORDS_SNIPPET, &pos);
	edit.generated = cell_words(r, row, WORDS_GENERATED);
	edit.edited = cell_words(r, row, WORDS_EDITED);
	if (good)
		vec_push(r->a, &r->out->list, edit);
}

static bool has_cells(const struct sheet_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_trim(row->cells[i].text).len)
			return true;
	return false;
}

/* ---- the file ---- */

/* What an office program puts between the columns of a CSV file: by its first line. */
static char separator_of(const struct source *source)
{
	static const char signs[] = { ';', '\t' };
	const char *end = memchr(source->text.ptr, '\n', source->text.len);
	size_t length = end ? (size_t)(end - source->text.ptr) : source->text.len;

	for (size_t i = 0; i < sizeof signs; i++)
		if (memchr(source->text.ptr, signs[i], length) && !memchr(source->text.ptr, ',', length))
			return signs[i];
	return ',';
}

static void read_sheet(struct reading *r, const struct source *source)
{
	struct sheet_options options = { .dialect = { .separator = separator_of(source), .quote = '"' } };
	struct sheet_row row;

	r->sheet = sheet_open(r->a, source, &options, (struct src_pos){ 0 }, r->d);
	if (r->sheet == NULL) {
		diag_note(r->d, (struct src_pos){ 0 }, "save it as XLSX, or as CSV in UTF-8 ('CSV UTF-8' in a spreadsheet program)");
		return;
	}
	if (read_head(r))
		while (sheet_next(r->sheet, &row))
			if (has_cells(&row))
				read_row(r, &row);
	sheet_close(r->sheet);
}

static const struct source *load(struct arena *a, const char *path, struct diag *d)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_from(slash ? slash + 1 : path), folder = slash ? (struct str){ path, (size_t)(slash - path) } : STR(".");
	struct folder root;

	if (!folder_open(a, folder.len ? folder : STR("/"), &root)) {
		diag_add(d, DIAG_FILE_MISSING, (struct src_pos){ 0 }, "'%s' cannot be read: there is no such folder", path);
		return NULL;
	}
	root.name = slash ? folder : (struct str){ 0 };
	return source_load(a, &root, STR(""), name, (struct src_pos){ 0 }, d);
}

/* By what it holds, whatever it is called. */
static bool is_xml(const struct source *source)
{
	struct str text = source->text;

	if (str_starts(text, "\xEF\xBB\xBF"))
		text.ptr += 3, text.len -= 3;
	return str_starts(str_trim(text), "<");
}

bool words_read_table(struct arena *a, const char *path, bool may_be_missing, struct narrative_edits *out, struct diag *d)
{
	struct reading r = { .a = a, .d = d, .out = out };
	size_t errors = d->errors;
	const struct source *source;

	if (may_be_missing && access(path, F_OK) != 0)
		return false;
	source = load(a, path, d);
	if (source && is_xml(source)) {
		const struct xml_node *root = xml_parse(a, source, d);

		if (root)
			narrative_read_edits(a, root, out, d);
	} else if (source) {
		read_sheet(&r, source);
	}
	return d->errors == errors;
}
