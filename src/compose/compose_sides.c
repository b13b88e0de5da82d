/* compose: whether the layout knows a look for each side that the catalogue declares. */
#include "compose/compose_int.h"

static void check_shape(struct composer *c, const struct facts_side *side)
{
	if (side_shape(side->mark) == MARK_NONE)
		diag_add(c->diag, DIAG_ATTRIBUTE_VALUE, side->pos,
			"'" STR_FMT "' is no shape of a side; write circle, square, diamond or pentagon", STR_ARG(side->mark));
}

/* A layout that colours some sides and not this one prints it in the colour of text. */
static void check_colour(struct composer *c, const struct facts_side *side, bool some)
{
	enum doc_colour colour = colour_named(side->colour);

	if (colour == DOC_COLOUR_COUNT)
		diag_add(c->diag, DIAG_ATTRIBUTE_VALUE, side->pos,
			"'" STR_FMT "' is no colour of a side; write side-1, side-2, side-3 or side-4", STR_ARG(side->colour));
	else if (some && !c->in->layout->colour_set[colour])
		diag_add(c->diag, DIAG_SIDE_COLOUR, side->pos,
			"the layout says no colour '" STR_FMT "' for side '" STR_FMT "'; showing it in that of text",
			STR_ARG(side->colour), STR_ARG(side->id));
}

/* Whether an id names a metric, and whether the side has a view of it. */
static bool is_told(const struct facts *f, struct str id, const struct facts_side *side, bool *named)
{
	const struct facts_metric *m = id.len ? facts_metric_lookup(f, id) : NULL;

	*named |= m != NULL;
	return m && facts_side_sees(f, m, side);
}

bool side_has_place(const struct composer *c, const struct layout_row *rows, size_t row_count, const struct layout_column *columns,
	size_t column_count, const struct facts_side *side)
{
	const struct facts *f = c->in->facts;
	bool named = false, told = false;

	for (size_t i = 0; i < row_count; i++) {
		told |= is_told(f, rows[i].query.metric, side, &named);
		for (size_t k = 0; k < rows[i].metrics.count; k++)
			told |= is_told(f, rows[i].metrics.at[k], side, &named);
	}
	for (size_t i = 0; i < column_count; i++)
		told |= is_told(f, columns[i].query.metric, side, &named);
	return told || !named;
}

void check_sides(struct composer *c)
{
	const struct facts *f = c->in->facts;
	bool some = false;

	for (size_t i = 0; i < f->side_count; i++) {
		enum doc_colour colour = colour_named(f->sides[i].colour);

		some |= colour != DOC_COLOUR_COUNT && c->in->layout->colour_set[colour];
	}
	for (size_t i = 0; i < f->side_count; i++) {
		check_shape(c, &f->sides[i]);
		check_colour(c, &f->sides[i], some);
	}
}
