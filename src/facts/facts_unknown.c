/* facts: names that nothing bears: one message for each kind of name, wherever it is written, with the nearest one and where that is
 * declared. */
#include "facts/facts.h"

static void note_nearest(struct diag *d, struct str near, const struct src_pos *pos)
{
	if (near.len && pos->source)
		diag_note(d, *pos, "'" STR_FMT "' is declared here", STR_ARG(near));
}

/* all: id -> a thing whose place is so many bytes into it. */
static void unknown(const struct map *all, size_t place, struct str id, struct src_pos pos, enum diag_code code, const char *what,
	const char *where, struct diag *d)
{
	struct str near = map_nearest(all, id);
	const char *thing = near.len ? map_lookup(all, near) : NULL;
	diag_add(d, code, pos, "no %s '" STR_FMT "'%s%s", what, STR_ARG(id), where, diag_nearest(d, near));
	if (thing)
		note_nearest(d, near, (const struct src_pos *)(const void *)(thing + place));
}

void facts_unknown_metric(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	unknown(&f->metrics, offsetof(struct facts_metric, pos), id, pos, DIAG_METRIC_UNKNOWN, "metric", " in the catalogue", d);
}

void facts_unknown_source(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	unknown(&f->sources, offsetof(struct facts_source, pos), id, pos, DIAG_SOURCE_UNKNOWN, "source", "", d);
}

void facts_unknown_unit(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	unknown(&f->units, offsetof(struct facts_unit, pos), id, pos, DIAG_UNIT_UNKNOWN, "unit", " in the company", d);
}

void facts_unknown_side(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	struct str near = { 0 };
	for (size_t i = 0; i < f->side_count; i++) {
		struct str pair[2] = { near, f->sides[i].id };
		near = str_nearest(id, pair, 2);
	}
	const struct facts_side *side = near.len ? facts_side_lookup(f, near) : NULL;
	diag_add(d, DIAG_SIDE_UNKNOWN, pos, "no side '" STR_FMT "' in the catalogue%s", STR_ARG(id), diag_nearest(d, near));
	if (side)
		note_nearest(d, near, &side->pos);
}
