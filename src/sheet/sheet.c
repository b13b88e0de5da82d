/* A file of rows -> rows of cells: which kind of file it is, which sheet, which part of it; merged areas; what every kind of sheet
 * has in common. */
#include "sheet/sheet_int.h"

#include "base/limits.h"

/* ---- messages ---- */

static void note_asked(struct sheet *s)
{
	s->failed = s->broken = true;
	if (s->asked.source)
		diag_note(s->diag, s->asked, "the file is named here");
}

static void fail(struct sheet *s, enum diag_code code, struct src_pos pos, const char *fmt, va_list args)
{
	struct buf b;
	buf_init(&b, &s->own, 4096);
	buf_vprintf(&b, fmt, args);
	if (!s->failed)
		diag_add(s->diag, code, pos, STR_FMT, STR_ARG(buf_str(&b)));
	note_asked(s);
}

void sheet_fail_at(struct sheet *s, enum diag_code code, struct src_pos pos, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	fail(s, code, pos, fmt, args);
	va_end(args);
}

void sheet_fail(struct sheet *s, enum diag_code code, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	fail(s, code, (struct src_pos){ s->file, 0 }, fmt, args);
	va_end(args);
}

bool sheet_cell_check(const struct sheet_cell *cell, enum sheet_merged merged, struct diag *d)
{
	if (cell->kind == SHEET_ERROR && cell->text.len) {
		diag_add(d, DIAG_CELL_ERROR, cell->pos,
			"this cell holds the error " STR_FMT "; mend its formula and save the workbook",
			STR_ARG(cell->text));
	} else if (cell->kind == SHEET_ERROR) {
		diag_add(d, DIAG_CELL_FORMULA, cell->pos,
			"this formula has no value yet; open the workbook in an office program, which computes "
			"it, and save it");
	} else if (cell->merged.source && merged == SHEET_MERGED_REFUSED) {
		diag_add(d, DIAG_CELL_MERGED, cell->pos,
			"this cell is merged with others, so it is not clear which of them its value is for; "
			"split them");
		if (cell->merged.offset != cell->pos.offset)
			diag_note(d, cell->merged, "they begin here");
	} else {
		return true;
	}
	return false;
}

/* ---- ranges ---- */

uint32_t sheet_whole(struct str digits, uint32_t otherwise)
{
	uint32_t n = 0;
	if (digits.len == 0 || digits.len > 9)
		return otherwise;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return otherwise;
		n = n * 10 + (uint32_t)(digits.ptr[i] - '0');
	}
	return n;
}

/* Letters, then digits, each with or without '$'; either may be missing: then it is left alone. */
static bool take_cell(struct str *rest, uint32_t *row, uint32_t *column)
{
	uint32_t letters = 0, digits = 0;
	size_t at = 0;
	at += at < rest->len && rest->ptr[at] == '$';
	for (char c; at < rest->len && (c = (char)(rest->ptr[at] | 0x20)) >= 'a' && c <= 'z'; at++)
		if ((letters = letters * 26 + (uint32_t)(c - 'a' + 1)) > GRID_COLUMNS)
			return false;
	at += at && at < rest->len && rest->ptr[at] == '$';
	for (; at < rest->len && rest->ptr[at] >= '0' && rest->ptr[at] <= '9'; at++)
		if ((digits = digits * 10 + (uint32_t)(rest->ptr[at] - '0')) > GRID_ROWS || digits == 0)
			return false;
	*rest = (struct str){ rest->ptr + at, rest->len - at };
	if (letters)
		*column = letters - 1;
	if (digits)
		*row = digits - 1;
	return letters || digits;
}

bool sheet_cell_parse(struct str text, uint32_t *row, uint32_t *column)
{
	*row = *column = UINT32_MAX;
	return take_cell(&text, row, column) && text.len == 0 && *row != UINT32_MAX &&
		*column != UINT32_MAX;
}

/* False after a diagnostic. Empty text: everything. */
static bool sheet_range_parse(struct str text, struct src_pos pos, struct diag *d, struct sheet_range *out)
{
	struct sheet_range range = { 0, GRID_ROWS - 1, 0, GRID_COLUMNS - 1 };
	struct str rest = text;
	bool good = true;
	if (text.len) {
		good = take_cell(&rest, &range.first_row, &range.first_column);
		if (good && rest.len && rest.ptr[0] == ':') {
			rest = (struct str){ rest.ptr + 1, rest.len - 1 };
			good = take_cell(&rest, &range.last_row, &range.last_column);
		}
	}
	if (good && rest.len == 0 && range.first_row <= range.last_row &&
		range.first_column <= range.last_column) {
		*out = range;
		return true;
	}
	diag_add(d, DIAG_SHEET_RANGE, pos,
		"'" STR_FMT "' is no range of cells; write it as B3:H40, or B3:H down to the last row",
		STR_ARG(text));
	return false;
}

/* ---- opening ---- */

/* The kinds that the first bytes tell. */
static bool open_zip(struct sheet *s)
{
	s->zip = sheet_zip_open(s);
	if (!s->zip)
		return false;
	if (sheet_zip_has(s, "content.xml"))
		return sheet_ods_open(s);
	if (sheet_zip_has(s, "_rels/.rels"))
		return sheet_xlsx_open(s);
	sheet_fail(s, DIAG_WORKBOOK,
		"this is a zip archive, but no workbook; save the sheet as .xlsx, .ods or .csv");
	return false;
}

/* The container of old Excel files; office programs put workbooks with a password into one too. */
static bool refuse_ole(struct sheet *s)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	struct str text = s->file->text;
	if (memmem(text.ptr, text.len, encrypted, sizeof encrypted))
		sheet_fail(
			s, DIAG_WORKBOOK, "this workbook is protected by a password; save it without one");
	else
		sheet_fail(s, DIAG_WORKBOOK,
			"this is a workbook of the old Excel format (.xls); save it as .xlsx");
	return false;
}

static const struct {
	struct str bytes; /* that the file begins with */
	bool (*open)(struct sheet *s);
} kinds[] = {
	{ { "PK\003\004", 4 }, open_zip },
	{ { "PK\005\006", 4 }, open_zip },
	{ { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8 }, refuse_ole },
};

/* A file that begins like none of the workbooks is CSV, unless its name promises a workbook. */
static bool open_text(struct sheet *s)
{
	static const char *const names[] = { ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_ends(s->file->name, names[i])) {
			sheet_fail(s, DIAG_WORKBOOK,
				"this is no workbook, though its name ends in %s; save the sheet as .xlsx, .ods "
				"or .csv",
				names[i]);
			return false;
		}
	}
	return sheet_csv_open(s);
}

static bool open_kind(struct sheet *s, const struct source *source)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str bytes = kinds[i].bytes;
		if (source->text.len < bytes.len || memcmp(source->text.ptr, bytes.ptr, bytes.len) != 0)
			continue;
		return kinds[i].open(s);
	}
	return open_text(s);
}

static void close_sheet(void *handle)
{
	struct sheet *s = handle;
	if (s->closed)
		return;
	s->closed = true;
	arena_release(&s->row);
	arena_release(&s->own);
}

void sheet_close(struct sheet *s)
{
	close_sheet(s);
}

static const struct source *as_whole(struct arena *a, const struct source *source)
{
	struct source *whole = ARENA_NEW(a, struct source);
	*whole = *source;
	whole->kind = SOURCE_WHOLE;
	whole->lines = NULL;
	whole->line_count = 0;
	return whole;
}

struct sheet *sheet_made(struct arena *a, struct diag *d)
{
	struct sheet *s = ARENA_NEW(a, struct sheet);
	s->arena = a;
	s->diag = d;
	arena_init(&s->own, a->cap, a->unwind);
	arena_init(&s->row, a->cap, a->unwind);
	arena_defer(a, close_sheet, s);
	return s;
}

struct sheet *sheet_open(struct arena *a, const struct source *source,
	const struct sheet_options *options, struct src_pos pos, struct diag *d)
{
	struct sheet *s = sheet_made(a, d);
	s->options = arena_copy(a, options, sizeof *options);
	s->asked = pos;
	s->given = source;
	s->file = as_whole(a, source);
	if (sheet_range_parse(options->range, pos, d, &s->range) && open_kind(s, source))
		return s;
	sheet_close(s);
	return NULL;
}

bool sheet_broken(const struct sheet *s)
{
	return s->broken || (!s->read_row && !s->tape && ((const struct csv *)s->reader)->failed);
}

bool sheet_rewind(struct sheet *s)
{
	if (s->closed || sheet_broken(s))
		return false;
	s->failed = false;
	s->width = 0;
	s->cells_made = 0;
	s->next_merge = s->active.count = 0;
	s->failed = !s->restart(s);
	return !s->failed;
}

const struct source *sheet_source(const struct sheet *s)
{
	return s->source;
}

/* ---- choosing a sheet ---- */

/* "'Plan', 'Actual'": the visible ones, as far as they help. */
static const char *listed(struct sheet *s, const struct sheet_entry *entries, size_t count)
{
	enum { MOST = 20 };
	struct buf b;
	size_t shown = 0;
	buf_init(&b, &s->own, 4096);
	for (size_t i = 0; i < count; i++)
		if (!entries[i].hidden && shown++ < MOST)
			buf_printf(&b, "%s'" STR_FMT "'", shown > 1 ? ", " : "", STR_ARG(entries[i].name));
	if (shown > MOST)
		buf_printf(&b, " and %zu more", shown - MOST);
	return buf_str(&b).ptr;
}

static const struct sheet_entry *only_visible(
	struct sheet *s, const struct sheet_entry *entries, size_t count)
{
	const struct sheet_entry *found = NULL;
	size_t visible = 0;
	for (size_t i = 0; i < count; i++)
		if (!entries[i].hidden && visible++ == 0)
			found = &entries[i];
	if (visible == 1)
		return found;
	if (visible)
		diag_add(s->diag, DIAG_SHEET_UNKNOWN, s->asked,
			"'" STR_FMT "' has %zu sheets; say which to read: %s", STR_ARG(s->file->name), visible,
			listed(s, entries, count));
	else
		diag_add(s->diag, DIAG_SHEET_UNKNOWN, s->asked,
			"'" STR_FMT "' has no visible sheet; name one", STR_ARG(s->file->name));
	return NULL;
}

static const struct sheet_entry *by_name(
	struct sheet *s, const struct sheet_entry *entries, size_t count)
{
	struct str *names = ARENA_ARRAY(&s->own, struct str, count);
	for (size_t i = 0; i < count; i++) {
		names[i] = entries[i].name;
		if (str_equal(names[i], s->options->sheet))
			return &entries[i];
	}
	struct str near = str_nearest(s->options->sheet, names, count);
	diag_add(s->diag, DIAG_SHEET_UNKNOWN, s->asked, "'" STR_FMT "' has no sheet '" STR_FMT "'%s",
		STR_ARG(s->file->name), STR_ARG(s->options->sheet), diag_nearest(s->diag, near));
	if (near.len == 0 && count)
		diag_note(s->diag, (struct src_pos){ s->file, 0 }, "it has %s", listed(s, entries, count));
	return NULL;
}

const struct sheet_entry *sheet_choose(
	struct sheet *s, const struct sheet_entry *entries, size_t count)
{
	const struct sheet_entry *e =
		s->options->sheet.len ? by_name(s, entries, count) : only_visible(s, entries, count);
	if (!e)
		return NULL;
	struct source *grid = ARENA_NEW(s->arena, struct source);
	*grid = *s->file;
	grid->kind = SOURCE_GRID;
	grid->text = STR("");
	grid->name =
		str_printf(s->arena, STR_FMT ":" STR_FMT, STR_ARG(s->file->name), STR_ARG(e->name));
	grid->path =
		str_printf(s->arena, STR_FMT ":" STR_FMT, STR_ARG(s->file->path), STR_ARG(e->name));
	s->source = grid;
	return e;
}

/* ---- rows of a sheet ---- */

struct sheet_cell *sheet_put(struct sheet *s, uint32_t column)
{
	uint32_t row = s->now.number - 1;
	if (column >= GRID_COLUMNS) {
		sheet_fail_at(s, DIAG_LIMIT,
			(struct src_pos){ s->source, grid_offset(row, GRID_COLUMNS - 1) },
			"more than %d columns", GRID_COLUMNS);
		return NULL;
	}
	while (s->cells.count <= column) {
		struct src_pos pos = { s->source, grid_offset(row, (uint32_t)s->cells.count) };
		vec_push(&s->own, &s->cells, (struct sheet_cell){ .pos = pos });
	}
	return &s->cells.at[column];
}

bool sheet_put_number(struct sheet *s, struct sheet_cell *cell, struct str text,
	struct sheet_style style, bool since_1904)
{
	struct sheet_number n;
	if (!sheet_number_parse(text, &n))
		return false;
	cell->kind = style.kind == STYLE_DATE ? SHEET_DATE
		: style.kind == STYLE_TIME        ? SHEET_TIME
										  : SHEET_NUMBER;
	if (cell->kind == SHEET_DATE)
		cell->text = sheet_date_text(&s->row, n, since_1904);
	else if (cell->kind == SHEET_TIME)
		cell->text = sheet_time_text(&s->row, n);
	if (cell->text.len)
		return true;
	cell->kind =
		SHEET_NUMBER; /* also what its format calls a date, but the calendar does not have */
	cell->text = sheet_number_text(&s->row, n);
	cell->percent = style.percent;
	cell->currency = style.currency;
	return true;
}

bool sheet_put_date(struct sheet *s, struct sheet_cell *cell, struct str text)
{
	struct date day;
	if (text.len < 10 || !date_parse((struct str){ text.ptr, 10 }, &day))
		return false;
	bool midnight = text.len < 19 || memcmp(text.ptr + 10, "T00:00:00", 9) == 0;
	cell->kind = SHEET_DATE;
	cell->text = str_copy(&s->row, (struct str){ text.ptr, midnight ? 10 : 19 });
	return true;
}

void sheet_put_text(struct sheet_cell *cell, struct str text)
{
	cell->kind = text.len ? SHEET_TEXT : SHEET_EMPTY;
	cell->text = text;
}

bool sheet_add_merge(struct sheet *s, struct sheet_range area)
{
	if (s->merges.count == LIMIT_SHEET_MERGES) {
		sheet_fail(s, DIAG_LIMIT, "more than %d merged areas in one sheet", LIMIT_SHEET_MERGES);
		return false;
	}
	if (area.last_column >= GRID_COLUMNS)
		area.last_column = GRID_COLUMNS - 1;
	if (area.first_column <= area.last_column && area.first_row <= area.last_row)
		vec_add(&s->own, &s->merges)->area = area;
	return true;
}

/* Those that begin at the row or before it and do not end before it. */
static void update_active(struct sheet *s, uint32_t row)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->active.count; i++)
		if (s->merges.at[s->active.at[i]].area.last_row >= row)
			s->active.at[kept++] = s->active.at[i];
	s->active.count = kept;
	for (; s->next_merge < s->merges.count && s->merges.at[s->next_merge].area.first_row <= row;
		 s->next_merge++)
		if (s->merges.at[s->next_merge].area.last_row >= row)
			vec_push(&s->own, &s->active, s->next_merge);
}

/* Gives all cells of the row that are in the area what its first cell holds. */
static bool apply_merge(struct sheet *s, struct sheet_merge *m, uint32_t row)
{
	uint32_t first = m->area.first_column, last = m->area.last_column;
	if (row == m->area.first_row && first < s->cells.count) {
		m->origin = s->cells.at[first];
		if (m->area.last_row > row)
			m->origin.text = str_copy(&s->own, m->origin.text);
	}
	if (m->origin.kind == SHEET_EMPTY || !sheet_put(s, last))
		return !s->failed;
	for (uint32_t c = first; c <= last; c++) {
		struct sheet_cell *cell = &s->cells.at[c];
		struct src_pos pos = cell->pos;
		if (cell->merged.source) {
			sheet_fail_at(
				s, DIAG_WORKBOOK, pos, "two merged areas share this cell; the workbook is damaged");
			return false;
		}
		*cell = m->origin;
		cell->pos = pos;
		cell->merged = m->origin.pos;
	}
	return true;
}

static bool apply_merges(struct sheet *s)
{
	uint32_t row = s->now.number - 1;
	update_active(s, row);
	if (s->active.count > GRID_COLUMNS) {
		sheet_fail(s, DIAG_WORKBOOK,
			"this workbook is damaged: its merged areas lie on top of each other");
		return false;
	}
	for (size_t i = 0; i < s->active.count; i++)
		if (!apply_merge(s, &s->merges.at[s->active.at[i]], row))
			return false;
	return true;
}

/* The row cut to the range, padded to the width of those before; false when nothing is in it. */
static bool cut_row(struct sheet *s, struct sheet_row *row)
{
	const struct sheet_range *range = &s->range;
	uint32_t first = range->first_column;
	size_t end = s->cells.count;
	if (end > (size_t)range->last_column + 1)
		end = range->last_column + 1;
	while (end > first && s->cells.at[end - 1].kind == SHEET_EMPTY)
		end--;
	if (end <= first)
		return false;
	if (s->width < end - first)
		s->width = (uint32_t)(end - first);
	if (range->last_column < GRID_COLUMNS - 1)
		s->width = range->last_column - first + 1;
	sheet_put(s, first + s->width - 1);
	*row = s->now;
	row->cells = s->cells.at + first;
	row->count = s->width;
	s->cells_made += s->width;
	return true;
}

/* The next row as the file has it, merged areas seen to. */
static bool next_row(struct sheet *s)
{
	s->cells.count = 0;
	s->now = (struct sheet_row){ 0 };
	arena_reset(&s->row);
	return !s->failed && s->read_row(s) && !s->failed && s->now.number - 1 <= s->range.last_row &&
		apply_merges(s);
}

static bool next_of_grid(struct sheet *s, struct sheet_row *row)
{
	while (next_row(s)) {
		if (s->now.number - 1 < s->range.first_row || !cut_row(s, row))
			continue;
		if (s->cells_made <= LIMIT_SHEET_CELLS)
			return true;
		sheet_fail(s, DIAG_LIMIT, "more than %d cells in one sheet", LIMIT_SHEET_CELLS);
	}
	s->failed = true;
	return false;
}

bool sheet_next(struct sheet *s, struct sheet_row *row)
{
	if (s->tape)
		return !s->closed && sheet_tape_next(s, row);
	return !s->closed && !s->failed &&
		(s->read_row ? next_of_grid(s, row) : sheet_csv_next(s, row));
}
