/* Tables of a company -> the rows of one unit: what one briefing after another reads is kept, and where each unit's rows are, so that
 * a batch reads the table of the whole company twice and not once a unit. */
#include "facts/facts_table.h"

#include "base/again.h"
#include "base/limits.h"

enum {
	SHELF_FILES = 64,             /* kept at most */
	SHELF_BYTES = 512 * 1024 * 1024 /* of all of them */
};

/* A file kept. */
struct shelved {
	const struct source *source; /* as read; NULL: it was touched since, and is read anew each time */
	bool sound;                  /* its text is UTF-8, which need not be found out again */
	bool refused;                /* some reading had something to say, which is to be said each time: no index is built any more */
	struct map indices;          /* a table as declared -> struct table_index */
	struct map tapes;            /* of a workbook: sheet and range -> struct taped */
};

/* A sheet that was read once. */
struct taped {
	const struct sheet_tape *tape; /* NULL: it is read anew each time */
};

struct facts_shelf {
	struct arena *arena;
	struct map files;            /* path -> struct shelved */
	size_t bytes;                /* of all */
	struct again asked;          /* files, briefing by briefing */
};

struct indexed_row {
	uint32_t place;              /* where it begins */
	uint32_t unit;               /* which of the texts its unit is */
};
struct indexed_unit {
	struct str text;             /* as the file has it; empty: the row says none */
	uint32_t offset;             /* of the first cell that says so */
};
struct table_index {
	VEC(struct indexed_unit) units;
	struct map ids;              /* text -> place in units + 1, while it is built */
	struct indexed_row *rows;    /* in the order of the file */
	size_t count;
	size_t said;                 /* messages when it was begun */
};

struct facts_shelf *facts_shelf_open(struct arena *a)
{
	struct facts_shelf *s = ARENA_NEW(a, struct facts_shelf);
	s->arena = a;
	return s;
}

void facts_shelf_turn(struct facts_shelf *s)
{
	again_turn(&s->asked);
}

/* ---- files ---- */

static const struct source *keep(struct facts_reader *r, struct str path, struct src_pos pos)
{
	struct facts_shelf *s = r->shelf;
	const struct source *source = source_load(s->arena, r->loader->root, STR(""), path, pos, r->d);
	if (!source)
		return NULL;
	struct shelved *kept = ARENA_NEW(s->arena, struct shelved);
	kept->source = source;
	s->bytes += source->text.len;
	map_set(s->arena, &s->files, str_copy(s->arena, path), kept);
	return source;
}

const struct source *facts_shelf_load(struct facts_reader *r, struct str path, struct src_pos pos)
{
	struct facts_shelf *s = r->shelf;
	bool again = s && again_note(&s->asked, path);
	struct shelved *kept = s ? map_lookup(&s->files, path) : NULL;
	if (!kept && again && s->files.count < SHELF_FILES && s->bytes < SHELF_BYTES)
		return keep(r, path, pos);
	if (!kept || !kept->source)
		return source_load(r->a, r->loader->root, STR(""), path, pos, r->d);
	const struct source *source = source_load_untouched(r->a, r->loader->root, STR(""), path, pos, r->d, kept->source);
	if (source != kept->source)
		kept->source = NULL;
	return source;
}

static struct shelved *shelved_of(const struct facts_reader *r, const struct source *source)
{
	struct shelved *kept = r->shelf ? map_lookup(&r->shelf->files, source->path) : NULL;
	return kept && kept->source == source ? kept : NULL;
}

bool facts_shelf_is_sound(const struct facts_reader *r, const struct source *source)
{
	const struct shelved *kept = shelved_of(r, source);
	return kept && kept->sound;
}

/* A sheet of a workbook is unpacked once; of a text there is nothing to unpack. What would be said on the way is said each time. */
struct sheet *facts_shelf_sheet(struct facts_reader *r, const struct source *source, const struct sheet_options *options, struct src_pos pos)
{
	struct shelved *kept = shelved_of(r, source);
	struct str key = str_printf(r->a, STR_FMT "\n" STR_FMT, STR_ARG(options->sheet), STR_ARG(options->range));
	struct taped *taped = kept ? map_lookup(&kept->tapes, key) : NULL;
	if (taped && taped->tape)
		return sheet_replay(r->a, taped->tape, r->d);
	struct sheet *s = sheet_open(r->a, source, options, pos, r->d);
	if (!s || !kept || taped || sheet_source(s)->kind != SOURCE_GRID)
		return s;
	struct arena *a = r->shelf->arena;
	taped = ARENA_NEW(a, struct taped);
	taped->tape = sheet_record(a, s);
	map_set(a, &kept->tapes, str_copy(a, key), taped);
	sheet_close(s);
	return taped->tape ? sheet_replay(r->a, taped->tape, r->d) : sheet_open(r->a, source, options, pos, r->d);
}

/* ---- what tells one table from another ---- */

/* As it is written. */
static struct str declaration_of(const struct table *t)
{
	const struct xml_node *n = t->node;
	return (struct str){ n->pos.source->text.ptr + n->pos.offset, n->end - n->pos.offset };
}

/* Whether its rows say their unit by themselves: what a column has from the row above may stand in a row that is passed over. */
static bool may_be_indexed(const struct table *t)
{
	if (t->units != 1 || t->r->every_unit || !facts_table_column_to(t, TO_UNIT))
		return false;
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].fill && t->columns.at[i].to != TO_UNIT)
			return false;
	return true;
}

static struct shelved *shelved_table(const struct table *t)
{
	struct shelved *kept = t->source->kind == SOURCE_TEXT ? shelved_of(t->r, t->source) : NULL;
	if (kept)
		kept->sound = true; /* or it would not have been opened */
	return kept && may_be_indexed(t) ? kept : NULL;
}

/* ---- building ---- */

void facts_index_begin(struct table *t)
{
	struct shelved *kept = t->index ? NULL : shelved_table(t);
	if (!kept || kept->refused)
		return;
	t->building = ARENA_NEW(t->r->shelf->arena, struct table_index);
	t->building->rows = ARENA_ARRAY(t->r->shelf->arena, struct indexed_row, t->source->line_count);
	t->building->said = t->r->d->messages.count;
}

static uint32_t unit_of(struct table *t, struct str text)
{
	struct table_index *x = t->building;
	struct arena *a = t->r->shelf->arena;
	if (x->count && str_equal(x->units.at[x->rows[x->count - 1].unit].text, text))
		return x->rows[x->count - 1].unit;
	uintptr_t known = (uintptr_t)map_lookup(&x->ids, text);
	if (known)
		return (uint32_t)known - 1;
	struct indexed_unit unit = { str_copy(a, text), facts_table_cell(t, facts_table_column_to(t, TO_UNIT))->pos.offset };
	vec_push(a, &x->units, unit);
	map_set(a, &x->ids, unit.text, (void *)(uintptr_t)x->units.count);
	return (uint32_t)x->units.count - 1;
}

void facts_index_add(struct table *t, struct str text)
{
	struct table_index *x = t->building;
	struct indexed_row row = { (uint32_t)t->place, unit_of(t, text) };
	x->rows[x->count++] = row;
}

void facts_index_end(struct table *t)
{
	struct shelved *kept = shelved_of(t->r, t->source);
	struct arena *a = t->r->shelf->arena;
	struct table_index *x = t->building;
	t->building = NULL;
	if (!kept)
		return; /* it was touched meanwhile */
	kept->refused = t->bad_rows || sheet_broken(t->file) || t->r->d->messages.count != x->said;
	if (!kept->refused)
		map_set(a, &kept->indices, str_copy(a, declaration_of(t)), x);
}

/* ---- using ---- */

/* Which of its units this briefing wants; NULL: some is none of the company's, which a reading of all rows will say. */
static const bool *wanted_of(struct table *t, const struct table_index *x)
{
	const struct table_column *column = facts_table_column_to(t, TO_UNIT);
	bool *wanted = ARENA_ARRAY(t->r->a, bool, x->units.count);
	for (size_t i = 0; i < x->units.count; i++) {
		struct src_pos pos = { t->source, x->units.at[i].offset };
		struct str text = x->units.at[i].text, name = text;
		if (text.len && !facts_table_our_name(t, column, text, pos, &name))
			return NULL;
		wanted[i] = name.len == 0 || map_lookup(&t->wanted, name);
		if (!wanted[i] && t->r->f->units.count && !map_lookup(&t->r->f->units, name))
			return NULL;
	}
	return wanted;
}

void facts_index_take(struct table *t)
{
	struct shelved *kept = shelved_table(t);
	const struct table_index *x = kept && !kept->refused ? map_lookup(&kept->indices, declaration_of(t)) : NULL;
	t->index_wanted = x ? wanted_of(t, x) : NULL;
	t->index = t->index_wanted ? x : NULL;
	t->index_next = 0;
}

bool facts_index_next(struct table *t)
{
	const struct table_index *x = t->index;
	struct table_column *unit = (struct table_column *)(uintptr_t)facts_table_column_to(t, TO_UNIT); /* of t, which is the reader's */
	while (t->index_next < x->count && t->bad_rows < LIMIT_DIAGS_SHOWN) {
		struct indexed_row row = x->rows[t->index_next++];
		if (!t->index_wanted[row.unit])
			continue;
		unit->above = x->units.at[row.unit].text;
		sheet_seek(t->file, row.place);
		return sheet_next(t->file, &t->row);
	}
	return false;
}
