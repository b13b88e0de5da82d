/* Rows of a workbook's sheet -> the same rows again: a workbook takes long to unpack, and a batch asks for it once a unit. */
#include "sheet/sheet_int.h"

#include "base/limits.h"

/* A cell that is not empty, in an order without gaps: there are hundreds of thousands. */
struct taped_cell {
	const char *text;  /* followed by a NUL */
	uint32_t len;      /* of it */
	uint32_t merged;   /* the first cell of its merged area, as an offset in the grid; UINT32_MAX: it is in none */
	uint16_t column;   /* from the first one of the row */
	uint8_t kind;      /* enum sheet_kind */
	uint8_t money;     /* which of the tape's currencies + 1; 0: none */
	bool percent;
};
struct taped_row {
	uint32_t number, first; /* first: column of the grid that it begins with */
	uint32_t count;         /* cells, the empty ones too */
	uint32_t from;          /* its cells on the tape: up to those of the next row */
	bool hidden;
};
struct sheet_tape {
	const struct source *source; /* the sheet */
	VEC(struct taped_cell) cells;
	VEC(struct taped_row) rows;
	VEC(struct str) currencies;
	size_t bytes;                /* of its texts */
};

/* ---- recording ---- */

static const struct source *source_of(struct arena *a, const struct sheet *s)
{
	struct source *grid = arena_copy(a, s->source, sizeof *s->source);
	grid->name = str_copy(a, s->source->name);
	grid->path = str_copy(a, s->source->path);
	return grid;
}

/* Currencies are few; of the 255th on a sheet is not recorded. */
static bool money_of(struct arena *a, struct sheet_tape *t, struct str currency, uint8_t *out)
{
	size_t i = 0;
	*out = 0;
	if (currency.len == 0)
		return true;
	while (i < t->currencies.count && !str_equal(t->currencies.at[i], currency))
		i++;
	if (i + 1 >= UINT8_MAX)
		return false;
	if (i == t->currencies.count)
		vec_push(a, &t->currencies, str_copy(a, currency));
	*out = (uint8_t)(i + 1);
	return true;
}

static bool record_cell(struct arena *a, struct sheet_tape *t, const struct sheet_cell *cell, size_t column)
{
	struct taped_cell kept = { .column = (uint16_t)column, .kind = cell->kind, .percent = cell->percent,
		.merged = cell->merged.source ? cell->merged.offset : UINT32_MAX };
	if (!money_of(a, t, cell->currency, &kept.money))
		return false;
	kept.text = str_terminated(a, cell->text);
	kept.len = (uint32_t)cell->text.len;
	t->bytes += cell->text.len;
	vec_push(a, &t->cells, kept);
	return true;
}

static bool record_row(struct arena *a, struct sheet_tape *t, const struct sheet_row *row)
{
	struct taped_row kept = { .number = row->number, .count = (uint32_t)row->count, .from = (uint32_t)t->cells.count, .hidden = row->hidden,
		.first = row->count ? grid_column(row->cells[0].pos.offset) : 0 };
	for (size_t i = 0; i < row->count; i++)
		if ((row->cells[i].kind != SHEET_EMPTY || row->cells[i].merged.source) && !record_cell(a, t, &row->cells[i], i))
			return false;
	vec_push(a, &t->rows, kept);
	return t->bytes + t->cells.count * sizeof *t->cells.at + t->rows.count * sizeof *t->rows.at <= LIMIT_SHEET_TAPE;
}

const struct sheet_tape *sheet_record(struct arena *a, struct sheet *s)
{
	struct sheet_tape *t = ARENA_NEW(a, struct sheet_tape);
	struct sheet_row row;
	t->source = source_of(a, s);
	while (sheet_next(s, &row))
		if (!record_row(a, t, &row))
			return NULL;
	return sheet_broken(s) ? NULL : t;
}

/* ---- replaying ---- */

static bool restart(struct sheet *s)
{
	s->taped = 0;
	return true;
}

static void put_taped(struct sheet *s, const struct taped_cell *kept)
{
	struct sheet_cell *cell = &s->cells.at[kept->column];
	cell->kind = kept->kind;
	cell->percent = kept->percent;
	cell->text = (struct str){ kept->text, kept->len };
	cell->currency = kept->money ? s->tape->currencies.at[kept->money - 1] : (struct str){ 0 };
	if (kept->merged != UINT32_MAX)
		cell->merged = (struct src_pos){ s->source, kept->merged };
}

bool sheet_tape_next(struct sheet *s, struct sheet_row *row)
{
	const struct sheet_tape *t = s->tape;
	if (s->taped == t->rows.count)
		return false;
	const struct taped_row *kept = &t->rows.at[s->taped++];
	uint32_t end = s->taped < t->rows.count ? kept[1].from : (uint32_t)t->cells.count;
	s->cells.count = 0;
	for (uint32_t i = 0; i < kept->count; i++)
		vec_push(&s->own, &s->cells, ((struct sheet_cell){ .pos = { s->source, grid_offset(kept->number - 1, kept->first + i) } }));
	for (uint32_t i = kept->from; i < end; i++)
		put_taped(s, &t->cells.at[i]);
	*row = (struct sheet_row){ .cells = s->cells.at, .count = kept->count, .number = kept->number, .hidden = kept->hidden };
	return true;
}

struct sheet *sheet_replay(struct arena *a, const struct sheet_tape *tape, struct diag *d)
{
	struct sheet *s = sheet_made(a, d);
	s->tape = tape;
	s->source = s->file = s->given = tape->source;
	s->restart = restart;
	return s;
}
