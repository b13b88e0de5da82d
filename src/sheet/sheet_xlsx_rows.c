/* A worksheet's XML -> rows of cells. */
#include "sheet/sheet_xlsx.h"

#include "base/limits.h"

/* What a cell's element says. */
struct written {
	struct sheet_style style;
	uint32_t column;
	char type; /* 'n' number, 's' shared text, 't' text, 'b' truth, 'e' error, 'd' ISO date */
	bool formula;
	bool value; /* there is a value, though it may be empty */
};

static char type_of(struct str type)
{
	static const struct {
		const char *name;
		char type;
	} types[] = { { "n", 'n' }, { "s", 's' }, { "str", 't' }, { "inlineStr", 't' }, { "b", 'b' },
		{ "e", 'e' }, { "d", 'd' } };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(type, types[i].name))
			return types[i].type;
	return 'n';
}

static struct src_pos pos_of(const struct sheet *s, uint32_t column)
{
	return (struct src_pos){ s->source,
		grid_offset(s->now.number - 1, column < GRID_COLUMNS ? column : GRID_COLUMNS - 1) };
}

/* One pass over the attributes: a sheet is mostly these. Without r= a cell stands behind the one before. */
static bool read_head(struct sheet *s, struct xlsx *x, const struct xml_event *e, struct written *w)
{
	uint32_t next = x->column;
	*w = (struct written){ .type = 'n', .column = next };
	for (size_t i = 0; i < e->attr_count; i++) {
		const struct xml_event_attr *attr = &e->attrs[i];
		uint32_t row, style;
		if (attr->space != XML_SPACE_NONE || attr->name.len != 1)
			continue;
		switch (attr->name.ptr[0]) {
		case 'r':
			if (!sheet_cell_parse(attr->value, &row, &w->column))
				w->column = GRID_COLUMNS; /* beyond the grid, or nonsense */
			break;
		case 't': break;
		case 's':
			style = sheet_whole(attr->value, UINT32_MAX);
			if (style < x->styles.count)
				w->style = x->styles.at[style];
			break;
		default: continue;
		}
		if (attr->name.ptr[0] == 't')
			w->type = type_of(attr->value);
	}
	x->column = w->column + 1;
	if (w->column >= next)
		return true;
	sheet_fail_at(s, DIAG_WORKBOOK, pos_of(s, w->column),
		"the cells of this row are not in order; the workbook is damaged");
	return false;
}

/* The children of a cell up to its end: its text, and whether there is a formula. */
static void read_value(struct xlsx *x, struct written *w)
{
	struct xml_stream *stream = x->rows.stream;
	x->text.len = 0;
	x->text.overflowed = false;
	for (const struct xml_event *e; (e = xml_stream_next(stream));) {
		if (e->kind == XML_END)
			return;
		if (e->kind != XML_START)
			continue;
		if (e->space == XLSX_MAIN && (str_is(e->name, "v") || str_is(e->name, "is"))) {
			w->value = true;
			xlsx_take_text(stream, &x->text);
		} else {
			w->formula |= e->space == XLSX_MAIN && str_is(e->name, "f");
			xml_stream_skip(stream);
		}
	}
}

static bool put_shared(const struct xlsx *x, struct sheet_cell *cell, struct str text)
{
	uint32_t index = sheet_whole(text, UINT32_MAX);
	if (index >= x->strings.count)
		return false;
	sheet_put_text(cell, x->strings.at[index]);
	return true;
}

/* A value by its type; false when it is none of it. */
static bool put_value(
	struct sheet *s, const struct xlsx *x, const struct written *w, struct sheet_cell *cell)
{
	struct str text = buf_str(&x->text);
	switch (w->type) {
	case 's': return put_shared(x, cell, text);
	case 't':
		text = str_copy(&s->row, text);
		sheet_put_text(cell, xlsx_unescaped((char *)(uintptr_t)text.ptr, text.len));
		return true;
	case 'b':
		cell->kind = SHEET_TRUTH;
		cell->text = str_is(text, "1") || str_is(text, "true") ? STR("true") : STR("false");
		return true;
	case 'e':
		cell->kind = SHEET_ERROR;
		cell->text = text.len ? str_copy(&s->row, text) : STR("#ERROR!");
		return true;
	case 'd': return sheet_put_date(s, cell, text);
	default: return sheet_put_number(s, cell, text, w->style, x->since_1904);
	}
}

/* A program that cannot compute leaves formulas without a value, or with a zero and the wish to be computed. */
static bool lacks_value(const struct xlsx *x, const struct written *w)
{
	if (!w->formula || w->type == 'e')
		return false;
	if (!w->value || (x->text.len == 0 && w->type != 't'))
		return true;
	return x->uncomputed && w->type == 'n' && str_is(buf_str(&x->text), "0");
}

static bool read_cell(struct sheet *s, struct xlsx *x, const struct xml_event *e)
{
	struct written w;
	if (!read_head(s, x, e, &w))
		return false;
	read_value(x, &w);
	bool lacks = lacks_value(x, &w);
	if (!lacks && (!w.value || (x->text.len == 0 && w.type != 'e')))
		return true; /* a style alone */
	struct sheet_cell *cell = sheet_put(s, w.column);
	if (!cell)
		return false;
	if (x->text.overflowed)
		sheet_fail_at(s, DIAG_LIMIT, cell->pos, "more than %d bytes in one cell", LIMIT_CELL_BYTES);
	else if (lacks)
		cell->kind = SHEET_ERROR;
	else if (!put_value(s, x, &w, cell))
		sheet_fail_at(s, DIAG_WORKBOOK, cell->pos,
			"the value of this cell cannot be read; the workbook is damaged");
	return !s->failed;
}

static bool start_row(struct sheet *s, struct xlsx *x, const struct xml_event *e)
{
	struct str hidden = xml_event_attr(e, XML_SPACE_NONE, "hidden"),
			   number = xml_event_attr(e, XML_SPACE_NONE, "r");
	uint32_t row = number.ptr ? sheet_whole(number, 0) : x->row + 1;
	if (row <= x->row) {
		sheet_fail_at(s, DIAG_WORKBOOK, (struct src_pos){ s->source, grid_offset(x->row - 1, 0) },
			"the rows behind this one are not in order; the workbook is damaged");
		return false;
	}
	if (row > GRID_ROWS) {
		sheet_fail_at(s, DIAG_LIMIT, (struct src_pos){ s->source, grid_offset(GRID_ROWS - 1, 0) },
			"more than %d rows", GRID_ROWS);
		return false;
	}
	x->row = row;
	x->column = 0;
	s->now.number = row;
	s->now.hidden = str_is(hidden, "1") || str_is(hidden, "true");
	return true;
}

/* The cells of the row just started, up to its end. */
static bool read_cells(struct sheet *s, struct xlsx *x)
{
	for (const struct xml_event *e; (e = xml_stream_next(x->rows.stream));) {
		if (e->kind == XML_END)
			return true;
		if (xml_starts(e, XLSX_MAIN, "c")) {
			if (!read_cell(s, x, e))
				return false;
		} else {
			xml_stream_skip(x->rows.stream);
		}
	}
	return false;
}

bool xlsx_read_row(struct sheet *s)
{
	struct xlsx *x = s->reader;
	for (const struct xml_event *e; (e = xml_stream_next(x->rows.stream));) {
		if (str_is(e->name, "sheetData")) {
			x->in_rows = e->kind == XML_START;
		} else if (x->in_rows && xml_starts(e, XLSX_MAIN, "row")) {
			if (!start_row(s, x, e) || s->failed)
				return false;
			if (read_cells(s, x))
				return true;
			break;
		}
	}
	if (!s->failed)
		sheet_xml_close(&x->rows);
	return false;
}

bool xlsx_restart(struct sheet *s)
{
	struct xlsx *x = s->reader;
	sheet_xml_leave(&x->rows);
	x->in_rows = false;
	x->row = x->column = 0;
	return sheet_xml_open(s, x->part, xlsx_spaces, &x->rows);
}
