/* The library: rows of texts -> a table, CSV or JSON. */
#include "entente_list.h"

struct list list_open(struct arena *a, const char *const *names, uint32_t numbers)
{
	return (struct list){ .arena = a, .names = names, .numbers = numbers };
}

struct list_row *list_row(struct list *l)
{
	return vec_add(l->arena, &l->rows);
}

/* ---- a table ---- */

static size_t width_of(struct str text)
{
	size_t width = 0;

	for (size_t at = 0; at < text.len; width++)
		utf8_next(text, &at);
	return width;
}

/* 0: no row says anything there. */
static size_t column_width(const struct list *l, size_t column)
{
	size_t widest = 0, least = strlen(l->names[column]);

	for (size_t i = 0; i < l->rows.count; i++) {
		size_t width = width_of(l->rows.at[i].at[column]);

		widest = width > widest ? width : widest;
	}
	if (widest == 0)
		return 0;
	widest = widest < LIST_WIDTH ? widest : LIST_WIDTH;
	return widest > least ? widest : least;
}

static void put_spaces(struct buf *out, size_t count)
{
	while (count--)
		buf_putc(out, ' ');
}

/* The spaces behind the last cell of a line are left out. */
static void put_cell(struct buf *out, struct str text, size_t width, bool number, size_t *waiting)
{
	size_t own = width_of(text), free = width > own ? width - own : 0;

	if (text.len) {
		put_spaces(out, *waiting + (number ? free : 0));
		buf_put(out, text);
		*waiting = (number ? 0 : free) + 2;
	} else {
		*waiting += width + 2;
	}
}

/* Columns that are empty in every row are left out of the table; CSV and JSON have them all. */
static void list_table(const struct list *l, struct buf *out)
{
	size_t widths[LIST_COLUMNS] = { 0 };

	for (size_t c = 0; l->names[c]; c++)
		widths[c] = column_width(l, c);
	for (size_t i = 0; i <= l->rows.count; i++) {
		size_t waiting = 0;

		for (size_t c = 0; l->names[c]; c++)
			if (widths[c])
				put_cell(out, i ? l->rows.at[i - 1].at[c] : str_from(l->names[c]), widths[c], l->numbers >> c & 1, &waiting);
		if (l->rows.count)
			buf_putc(out, '\n');
	}
}

/* ---- CSV ---- */

static void put_field(struct buf *out, struct str text)
{
	bool quoted = false;

	for (size_t i = 0; i < text.len; i++)
		quoted |= text.ptr[i] == ',' || text.ptr[i] == '"' || text.ptr[i] == '\n' || text.ptr[i] == '\r';
	if (!quoted) {
		buf_put(out, text);
		return;
	}
	buf_putc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			buf_putc(out, '"');
		buf_putc(out, text.ptr[i]);
	}
	buf_putc(out, '"');
}

static void list_csv(const struct list *l, bool head, struct buf *out)
{
	for (size_t i = head ? 0 : 1; i <= l->rows.count; i++) {
		for (size_t c = 0; l->names[c]; c++) {
			if (c)
				buf_putc(out, ',');
			put_field(out, i ? l->rows.at[i - 1].at[c] : str_from(l->names[c]));
		}
		buf_putc(out, '\n');
	}
}

/* ---- JSON ---- */

static void put_member(const struct list *l, const struct list_row *row, size_t c, struct buf *out)
{
	buf_printf(out, "%s\"%s\":", c ? "," : "", l->names[c]);
	if ((l->numbers >> c & 1) == 0)
		buf_json(out, row->at[c]);
	else if (row->at[c].len)
		buf_put(out, row->at[c]);
	else
		buf_puts(out, "null");
}

void list_json(const struct list *l, struct buf *out)
{
	for (size_t i = 0; i < l->rows.count; i++) {
		buf_puts(out, i ? ",\n{" : "[\n{");
		for (size_t c = 0; l->names[c]; c++)
			put_member(l, &l->rows.at[i], c, out);
		buf_putc(out, '}');
	}
	buf_puts(out, l->rows.count ? "\n]\n" : "[]\n");
}

void list_as(const struct list *l, enum entente_form form, struct buf *out)
{
	switch (form) {
	case ENTENTE_TABLE: list_table(l, out); break;
	case ENTENTE_CSV: list_csv(l, true, out); break;
	case ENTENTE_CSV_BODY: list_csv(l, false, out); break;
	case ENTENTE_JSON: list_json(l, out); break;
	case ENTENTE_WORKBOOK: break; /* is no text */
	case ENTENTE_XML: break;      /* has no columns */
	}
}

/* ---- texts ---- */

struct str list_place(struct arena *a, struct src_pos pos)
{
	struct buf b;

	buf_init(&b, a, 8192);
	buf_pos_line(&b, pos);
	return buf_str(&b);
}
