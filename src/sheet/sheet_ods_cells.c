/* A cell of an OpenDocument sheet: its value by its type, its text by its paragraphs. */
#include "sheet/sheet_ods.h"

#include "base/limits.h"

/* What a cell's element says. */
struct written {
	struct str type, value, currency; /* copies in the row's arena */
	uint32_t columns, spanned_columns, spanned_rows;
	bool formula, error, covered;
};

/* ---- text ---- */

/* White space counts as one space, none at the beginning; more of it is written as elements. */
static void put_collapsed(struct buf *out, struct str text, bool *space)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool white = is_white_space(c);
		if (!white)
			buf_putc(out, c);
		else if (!*space)
			buf_putc(out, ' ');
		*space = white;
	}
}

static void put_spaces(struct buf *out, const struct xml_event *e)
{
	uint32_t n = sheet_whole(xml_event_attr(e, ODS_TEXT, "c"), 1);
	for (; n && !out->overflowed; n--)
		buf_putc(out, ' ');
}

/* The paragraph just started, to its end. */
static void take_paragraph(struct xml_stream *stream, struct buf *out)
{
	const struct xml_event *e = xml_stream_next(stream);
	bool space = true;
	for (uint32_t depth = 1; e; e = xml_stream_next(stream)) {
		if (e->kind == XML_CHARACTERS) {
			put_collapsed(out, e->text, &space);
			continue;
		}
		if (e->kind == XML_END) {
			if (--depth == 0)
				return;
			continue;
		}
		if (e->space != ODS_TEXT || str_is(e->name, "note")) {
			xml_stream_skip(stream); /* a comment */
			continue;
		}
		depth++;
		space = false;
		if (str_is(e->name, "s"))
			put_spaces(out, e);
		else if (str_is(e->name, "tab"))
			buf_putc(out, '\t');
		else if (str_is(e->name, "line-break"))
			buf_putc(out, '\n');
	}
}

/* The children of a cell up to its end: its paragraphs, a line each. */
static void read_text(struct ods *x)
{
	struct xml_stream *stream = x->rows.stream;
	bool first = true;
	x->text.len = 0;
	x->text.overflowed = false;
	for (const struct xml_event *e; (e = xml_stream_next(stream));) {
		if (e->kind == XML_END)
			return;
		if (xml_starts(e, ODS_TEXT, "p") || xml_starts(e, ODS_TEXT, "h")) {
			if (!first)
				buf_putc(&x->text, '\n');
			first = false;
			take_paragraph(stream, &x->text);
		} else if (e->kind == XML_START) {
			xml_stream_skip(stream);
		}
	}
}

/* ---- values ---- */

uint32_t ods_count(const struct xml_event *e, const char *name)
{
	uint32_t n = sheet_whole(xml_event_attr(e, ODS_TABLE, name), 1);
	return n ? n : 1;
}

static bool put_number(struct sheet *s, struct sheet_cell *cell, const struct written *w)
{
	struct sheet_style style = { STYLE_NUMBER, str_is(w->type, "percentage"), w->currency };
	return sheet_put_number(s, cell, w->value, style, false);
}

static bool put_date(struct sheet *s, struct sheet_cell *cell, const struct written *w)
{
	return sheet_put_date(s, cell, w->value);
}

/* "PT14H30M00S", seconds perhaps with decimals. */
static bool put_time(struct sheet *s, struct sheet_cell *cell, const struct written *w)
{
	static const char units[] = "HMS";
	uint32_t parts[3] = { 0 }, n = 0;
	size_t part = 0;
	bool decimals = false;
	if (!str_starts(w->value, "PT"))
		return false;
	for (size_t i = 2; i < w->value.len; i++) {
		char c = w->value.ptr[i];
		const char *unit = c ? strchr(units + part, c) : NULL;
		if (c >= '0' && c <= '9' && n < 100000000)
			n = decimals ? n : n * 10 + (uint32_t)(c - '0');
		else if (c == '.' || c == ',')
			decimals = true;
		else if (unit)
			part = (size_t)(unit - units), parts[part++] = n, n = 0;
		else
			return false;
	}
	cell->kind = SHEET_TIME;
	cell->text = str_printf(&s->row, "%02u:%02u:%02u", parts[0], parts[1], parts[2]);
	return true;
}

static bool put_truth(struct sheet *s, struct sheet_cell *cell, const struct written *w)
{
	(void)s;
	cell->kind = SHEET_TRUTH;
	cell->text = str_is(w->value, "true") ? STR("true") : STR("false");
	return true;
}

static const struct {
	const char *type, *value; /* as written, and the attribute that holds the value */
	bool (*put)(struct sheet *s, struct sheet_cell *cell, const struct written *w);
} types[] = {
	{ "float", "value", put_number },
	{ "percentage", "value", put_number },
	{ "currency", "value", put_number },
	{ "date", "date-value", put_date },
	{ "time", "time-value", put_time },
	{ "boolean", "boolean-value", put_truth },
};
enum { TYPE_COUNT = sizeof types / sizeof *types };

static size_t type_index(struct str type)
{
	size_t i = 0;
	while (i < TYPE_COUNT && !str_is(type, types[i].type))
		i++;
	return i;
}

/* The events that follow take e away. */
static struct written read_head(struct sheet *s, const struct xml_event *e)
{
	struct str type = xml_event_attr(e, ODS_OFFICE, "value-type");
	size_t i = type_index(type);
	const char *value = i < TYPE_COUNT ? types[i].value : "string-value";
	return (struct written){
		.type = str_copy(&s->row, type),
		.value = str_copy(&s->row, xml_event_attr(e, ODS_OFFICE, value)),
		.currency = str_copy(&s->row, xml_event_attr(e, ODS_OFFICE, "currency")),
		.columns = ods_count(e, "number-columns-repeated"),
		.spanned_columns = ods_count(e, "number-columns-spanned"),
		.spanned_rows = ods_count(e, "number-rows-spanned"),
		.formula = xml_event_attr(e, ODS_TABLE, "formula").ptr != NULL,
		.error = str_is(xml_event_attr(e, ODS_CALC, "value-type"), "error"),
		.covered = str_is(e->name, "covered-table-cell"),
	};
}

/* Programs that keep to the standard to the letter show an error in the text alone. */
static bool is_error(const struct written *w, struct str text)
{
	static const char *const errors[] = { "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!",
		"#NULL!" };
	bool found = w->error || (w->formula && str_starts(text, "Err:"));
	for (size_t i = 0; w->formula && i < sizeof errors / sizeof *errors; i++)
		found |= str_is(text, errors[i]);
	return found;
}

/* False when the value is none of its type. */
static bool put_value(
	struct sheet *s, const struct ods *x, const struct written *w, struct sheet_cell *cell)
{
	struct str text = buf_str(&x->text);
	size_t i = type_index(w->type);
	if (is_error(w, text)) {
		cell->kind = SHEET_ERROR;
		cell->text = text.len ? str_copy(&s->row, text) : STR("#ERROR!");
	} else if (w->formula && w->type.len == 0) {
		cell->kind = SHEET_ERROR;
	} else if (i < TYPE_COUNT) {
		return types[i].put(s, cell, w);
	} else {
		sheet_put_text(cell, w->value.len ? w->value : str_copy(&s->row, text));
	}
	return true;
}

static bool add_span(struct sheet *s, uint32_t column, const struct written *w)
{
	uint32_t row = s->now.number - 1;
	if (w->covered || (w->spanned_columns == 1 && w->spanned_rows == 1))
		return true;
	return sheet_add_merge(s,
		(struct sheet_range){
			row, row + w->spanned_rows - 1, column, column + w->spanned_columns - 1 });
}

/* The same in the columns behind it. */
static bool repeat_cell(struct sheet *s, uint32_t column, uint32_t columns)
{
	for (uint32_t i = 1; i < columns; i++) {
		struct sheet_cell *cell = sheet_put(s, column + i);
		if (!cell)
			return false;
		struct src_pos pos = cell->pos;
		*cell = s->cells.at[column];
		cell->pos = pos;
	}
	return true;
}

uint32_t ods_read_cell(
	struct sheet *s, struct ods *x, const struct xml_event *start, uint32_t column)
{
	struct written w = read_head(s, start);
	read_text(x);
	bool empty = w.type.len == 0 && x->text.len == 0 && !w.formula;
	if (empty || (w.type.len && str_is(w.type, "string") && w.value.len + x->text.len == 0))
		return w.columns;
	struct sheet_cell *cell = sheet_put(s, column);
	if (!cell)
		return 0;
	if (x->text.overflowed)
		sheet_fail_at(s, DIAG_LIMIT, cell->pos, "more than %d bytes in one cell", LIMIT_CELL_BYTES);
	else if (!put_value(s, x, &w, cell))
		sheet_fail_at(s, DIAG_WORKBOOK, cell->pos,
			"the value of this cell cannot be read; the workbook is damaged");
	if (s->failed || !add_span(s, column, &w) || !repeat_cell(s, column, w.columns))
		return 0;
	return w.columns;
}
