/* A CSV file -> rows of cells: the strict reader's fields, each as text. */
#include "sheet/sheet_int.h"

bool sheet_csv_open(struct sheet *s)
{
	const struct sheet_options *o = s->options;
	struct csv_dialect usual = { .separator = ',', .quote = '"' };
	if (o->sheet.len || o->range.len) {
		diag_add(s->diag, DIAG_SHEET_RANGE, s->asked,
			"'" STR_FMT "' is a text file, which has no sheets and no ranges of cells",
			STR_ARG(s->file->name));
		return false;
	}
	s->source =
		source_to_utf8(s->arena, s->given, o->encoding.len ? o->encoding : STR("UTF-8"), s->diag);
	if (!s->source)
		return false;
	s->reader = ARENA_NEW(&s->own, struct csv);
	csv_open(s->reader, &s->own, s->source, o->dialect.separator ? o->dialect : usual, s->diag);
	return true;
}

bool sheet_csv_next(struct sheet *s, struct sheet_row *row)
{
	struct csv *csv = s->reader;
	if (!csv_next(csv)) {
		s->failed = true;
		return false;
	}
	size_t count = csv->row.fields.count;
	while (s->cells.count < count)
		vec_add(&s->own, &s->cells);
	for (size_t i = 0; i < count; i++) {
		const struct csv_field *field = &csv->row.fields.at[i];
		struct sheet_cell *cell = &s->cells.at[i];
		sheet_put_text(cell, field->text);
		cell->pos = field->pos;
	}
	*row =
		(struct sheet_row){ .cells = s->cells.at, .count = count, .number = (uint32_t)csv->count };
	return true;
}
