/* A CSV file -> rows of cells: the strict reader's fields, each as text. */
#include "sheet/sheet_int.h"

/* Behind a message on bytes that are no text. */
static void note_encoding(struct sheet *s, struct str said)
{
	struct str looks = sheet_encoding_looks(s->given->text);
	if (str_equal(looks, said) || (str_is(looks, "UTF-16") && str_starts(said, "UTF-16")))
		return;
	if (str_is(looks, "UTF-8"))
		diag_note(s->diag, s->asked, "the file looks like UTF-8, which needs no encoding=");
	else
		diag_note(s->diag, s->asked, "the file looks like " STR_FMT "; if it is, say so here: encoding=\"" STR_FMT "\"", STR_ARG(looks),
			STR_ARG(looks));
}

/* NULL after diagnostics. */
static const struct source *decoded(struct sheet *s, struct str said)
{
	const struct source *made = NULL;
	if (sheet_encoding_denies(s->given->text, said))
		diag_add(s->diag, DIAG_ENCODING, (struct src_pos){ s->given, 0 }, "this file is not in " STR_FMT ", as its table says",
			STR_ARG(said));
	else
		made = source_to_utf8(s->arena, s->given, said, s->diag);
	if (!made)
		note_encoding(s, said);
	return made;
}

static bool restart(struct sheet *s)
{
	struct csv *csv = s->reader;
	csv->at = csv->count = 0;
	return true;
}

bool sheet_csv_open(struct sheet *s)
{
	const struct sheet_options *o = s->options;
	struct str said = o->encoding.len ? o->encoding : STR("UTF-8");
	struct csv_dialect usual = { .separator = ',', .quote = '"' };
	if (o->sheet.len || o->range.len) {
		diag_add(s->diag, DIAG_SHEET_RANGE, s->asked,
			"'" STR_FMT "' is a text file, which has no sheets and no ranges of cells",
			STR_ARG(s->file->name));
		return false;
	}
	s->source = o->sound ? s->given : decoded(s, said);
	if (!s->source)
		return false;
	struct csv *csv = s->reader = ARENA_NEW(&s->own, struct csv);
	(o->sound ? csv_open_sound : csv_open)(csv, &s->own, s->source, o->dialect.separator ? o->dialect : usual, s->diag);
	if (csv->failed)
		note_encoding(s, said);
	s->restart = restart;
	return true;
}

size_t sheet_place(const struct sheet *s)
{
	return ((const struct csv *)s->reader)->at;
}

void sheet_seek(struct sheet *s, size_t place)
{
	((struct csv *)s->reader)->at = place;
	s->failed = s->broken;
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
