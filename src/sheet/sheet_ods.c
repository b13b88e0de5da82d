/* An ODS archive -> its list of sheets, and the rows of the chosen one. */
#include "sheet/sheet_ods.h"

#include "base/limits.h"

const struct xml_space ods_spaces[] = {
	{ "urn:oasis:names:tc:opendocument:xmlns:office:1.0", ODS_OFFICE },
	{ "urn:oasis:names:tc:opendocument:xmlns:table:1.0", ODS_TABLE },
	{ "urn:oasis:names:tc:opendocument:xmlns:text:1.0", ODS_TEXT },
	{ "urn:oasis:names:tc:opendocument:xmlns:style:1.0", ODS_STYLE },
	{ "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", ODS_CALC },
	{ "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", ODS_MANIFEST },
	{ NULL, 0 },
};

/* ---- the list of sheets ---- */

struct tables {
	VEC(struct sheet_entry) list;
	struct map hidden; /* names of the styles of hidden tables */
};

/* A hidden sheet is one whose style is not displayed; styles stand before the tables. */
static void read_style(
	struct sheet *s, struct tables *t, const struct xml_event *e, struct str *style)
{
	if (str_is(e->name, "style") && e->kind == XML_START)
		*style = str_copy(&s->own, xml_event_attr(e, ODS_STYLE, "name"));
	else if (xml_starts(e, ODS_STYLE, "table-properties") &&
		str_is(xml_event_attr(e, ODS_TABLE, "display"), "false"))
		map_set(&s->own, &t->hidden, *style, s);
}

static void add_table(struct sheet *s, struct tables *t, const struct xml_event *e)
{
	struct sheet_entry *table = vec_add(&s->own, &t->list);
	table->name = str_copy(&s->own, xml_event_attr(e, ODS_TABLE, "name"));
	table->hidden = map_lookup(&t->hidden, xml_event_attr(e, ODS_TABLE, "style-name")) != NULL;
}

/* Tables elsewhere are those of shapes and of changes that were taken back. */
static bool is_sheet(const struct xml_event *e)
{
	enum { DEPTH = 4 }; /* document-content, body, spreadsheet, table */
	return e->depth == DEPTH && xml_starts(e, ODS_TABLE, "table");
}

static bool list_tables(struct sheet *s, struct tables *t)
{
	struct sheet_xml xml;
	struct str style = STR("");
	bool found = false;
	if (!sheet_xml_open(s, "content.xml", ods_spaces, &xml))
		return false;
	for (const struct xml_event *e; !found && (e = xml_stream_next(xml.stream));) {
		if (e->space == ODS_STYLE)
			read_style(s, t, e, &style);
		if (!is_sheet(e))
			continue;
		add_table(s, t, e);
		found = str_equal(t->list.at[t->list.count - 1].name, s->options->sheet);
		if (!found)
			xml_stream_skip(xml.stream);
	}
	/* To the end, whose checksum tells whether all of it is sound: rows may be asked for only in part. */
	sheet_part_drain(&xml.part);
	sheet_part_uncount(&xml.part);
	return sheet_xml_close(&xml);
}

/* ---- opening ---- */

static bool is_encrypted(struct sheet *s)
{
	struct sheet_xml xml;
	bool found = false;
	if (!sheet_zip_has(s, "META-INF/manifest.xml"))
		return false;
	if (!sheet_xml_open(s, "META-INF/manifest.xml", ods_spaces, &xml))
		return true;
	for (const struct xml_event *e; !found && (e = xml_stream_next(xml.stream));)
		found = xml_starts(e, ODS_MANIFEST, "encryption-data");
	if (found)
		sheet_fail(
			s, DIAG_WORKBOOK, "this workbook is protected by a password; save it without one");
	return !sheet_xml_close(&xml) || found;
}

/* Opens the content and reads it up to the start of the chosen table. */
static bool go_to_table(struct sheet *s, struct ods *x)
{
	size_t index = x->index;
	if (!sheet_xml_open(s, "content.xml", ods_spaces, &x->rows))
		return false;
	for (const struct xml_event *e; (e = xml_stream_next(x->rows.stream));) {
		if (!is_sheet(e))
			continue;
		x->depth = e->depth;
		if (index-- == 0)
			return true;
		xml_stream_skip(x->rows.stream);
	}
	sheet_xml_close(&x->rows);
	return false;
}

/* Merged areas are found on the way. */
static bool restart(struct sheet *s)
{
	struct ods *x = s->reader;
	sheet_xml_leave(&x->rows);
	x->row = x->repeats = 0;
	s->merges.count = 0;
	return go_to_table(s, x);
}

static void release_texts(void *arena)
{
	arena_release(arena);
}

bool sheet_ods_open(struct sheet *s)
{
	struct ods *x = ARENA_NEW(&s->own, struct ods);
	struct tables t = { 0 };
	if (is_encrypted(s) || !list_tables(s, &t))
		return false;
	const struct sheet_entry *table = sheet_choose(s, t.list.at, t.list.count);
	if (!table)
		return false;
	arena_init(&x->kept_texts, s->own.cap, s->own.unwind);
	arena_defer(&s->own, release_texts, &x->kept_texts);
	buf_init(&x->text, &s->own, LIMIT_CELL_BYTES);
	s->reader = x;
	s->read_row = ods_read_row;
	s->restart = restart;
	x->index = (size_t)(table - t.list.at);
	return go_to_table(s, x);
}

/* ---- rows ---- */

/* The cells of the row just started, up to its end. */
static bool read_cells(struct sheet *s, struct ods *x)
{
	uint32_t column = 0;
	for (const struct xml_event *e; (e = xml_stream_next(x->rows.stream));) {
		if (e->kind == XML_END)
			return true;
		if (xml_starts(e, ODS_TABLE, "table-cell") ||
			xml_starts(e, ODS_TABLE, "covered-table-cell")) {
			uint32_t taken = ods_read_cell(s, x, e, column);
			if (!taken)
				return false;
			column = taken < UINT32_MAX - column ? column + taken : UINT32_MAX;
		} else if (e->kind == XML_START) {
			xml_stream_skip(x->rows.stream);
		}
	}
	return false;
}

static void keep_row(struct sheet *s, struct ods *x, uint32_t repeats)
{
	arena_reset(&x->kept_texts);
	x->kept.count = 0;
	for (size_t i = 0; i < s->cells.count; i++) {
		struct sheet_cell cell = s->cells.at[i];
		cell.text = str_copy(&x->kept_texts, cell.text);
		cell.currency = str_copy(&x->kept_texts, cell.currency);
		vec_push(&s->own, &x->kept, cell);
	}
	x->kept_hidden = s->now.hidden;
	x->repeats = repeats;
}

static bool next_number(struct sheet *s, struct ods *x)
{
	s->now.number = ++x->row;
	if (x->row <= GRID_ROWS)
		return true;
	sheet_fail_at(s, DIAG_LIMIT, (struct src_pos){ s->source, grid_offset(GRID_ROWS - 1, 0) },
		"more than %d rows", GRID_ROWS);
	return false;
}

static bool repeat_row(struct sheet *s, struct ods *x)
{
	x->repeats--;
	s->now.hidden = x->kept_hidden;
	if (!next_number(s, x))
		return false;
	for (uint32_t i = 0; i < x->kept.count; i++) {
		struct sheet_cell *cell = sheet_put(s, i);
		struct src_pos pos = cell->pos;
		*cell = x->kept.at[i];
		cell->pos = pos;
	}
	return true;
}

/* Rows below the grid may be there, as long as they are empty. */
static bool read_row(struct sheet *s, struct ods *x, const struct xml_event *e)
{
	struct str visibility = xml_event_attr(e, ODS_TABLE, "visibility");
	uint32_t repeats = ods_count(e, "number-rows-repeated"), row = x->row;
	s->now.number = row < GRID_ROWS ? row + 1 : GRID_ROWS;
	s->now.hidden = str_is(visibility, "collapse") || str_is(visibility, "filter");
	if (!read_cells(s, x))
		return false;
	if (s->cells.count == 0) {
		x->row = repeats < GRID_ROWS - row ? row + repeats : GRID_ROWS;
		return true;
	}
	if (repeats > 1)
		keep_row(s, x, repeats - 1);
	return next_number(s, x);
}

bool ods_read_row(struct sheet *s)
{
	struct ods *x = s->reader;
	if (x->repeats)
		return repeat_row(s, x);
	for (const struct xml_event *e; x->depth && (e = xml_stream_next(x->rows.stream));) {
		if (xml_starts(e, ODS_TABLE, "table-row")) {
			if (read_row(s, x, e))
				return true;
			break;
		}
		if (e->kind == XML_END && e->depth == x->depth)
			x->depth = 0;
		else if (e->kind == XML_START && !str_starts(e->name, "table-"))
			xml_stream_skip(
				x->rows.stream); /* shapes, forms, sources; not groups of rows and their heads */
	}
	if (!s->failed)
		sheet_xml_close(&x->rows);
	return false;
}
