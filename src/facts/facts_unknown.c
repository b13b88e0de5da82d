/* facts: names that nothing bears: one message for each kind of name, wherever it is written, with the nearest one and where that is
 * declared. */
#include "facts/facts.h"

static void note_nearest(struct diag *d, struct str near, struct src_pos pos)
{
	if (near.len && pos.source)
		diag_note(d, pos, "'" STR_FMT "' is declared here", STR_ARG(near));
}

void facts_unknown_metric(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	struct str near = map_nearest(&f->metrics, id);
	const struct facts_metric *m = near.len ? map_lookup(&f->metrics, near) : NULL;
	diag_add(d, DIAG_METRIC_UNKNOWN, pos, "no metric '" STR_FMT "' in the catalogue%s", STR_ARG(id), diag_nearest(d, near));
	if (m)
		note_nearest(d, near, m->pos);
}

void facts_unknown_source(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	struct str near = map_nearest(&f->sources, id);
	const struct facts_source *s = near.len ? map_lookup(&f->sources, near) : NULL;
	diag_add(d, DIAG_SOURCE_UNKNOWN, pos, "no source '" STR_FMT "'%s", STR_ARG(id), diag_nearest(d, near));
	if (s)
		note_nearest(d, near, s->pos);
}

void facts_unknown_unit(const struct facts *f, struct str id, struct src_pos pos, struct diag *d)
{
	struct str near = map_nearest(&f->units, id);
	const struct facts_unit *u = near.len ? map_lookup(&f->units, near) : NULL;
	diag_add(d, DIAG_UNIT_UNKNOWN, pos, "no unit '" STR_FMT "' in the company%s", STR_ARG(id), diag_nearest(d, near));
	if (u)
		note_nearest(d, near, u->pos);
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
		note_nearest(d, near, side->pos);
}
