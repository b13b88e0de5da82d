/* chart: a bar to page items, in scenario notation. Every chart and every swatch gets its fills
 * here, so that no chart can choose its own. */
#include "chart/chart_int.h"

enum { OUTLINE_PLAN = 1000, OUTLINE_FORECAST = 800, OUTLINE_PRIOR = 600, PRIOR_PART = 450 };

/* A stroke lies centred on the edge: drawn half its width further in, it stays inside the bar. */
static struct rect inset(struct rect r, mpt stroke)
{
	mpt by = stroke / 2;

	return (struct rect){ r.x + by, r.y + by, r.width - 2 * by, r.height - 2 * by };
}

static void fill_actual(struct canvas *c, struct rect r, unsigned colour)
{
	shape_fill(c, r, colour);
}

/* Without a side the prior year has its own grey. A side's light fill would fall below the contrast
 * of a mark, so it keeps an outline in the full colour. */
static void fill_prior(struct canvas *c, struct rect r, unsigned colour)
{
	if (colour == COLOUR_INK)
		shape_fill(c, r, COLOUR_PRIOR);
	else
		shape_rect(c, inset(r, OUTLINE_PRIOR), shape_tinted(c->s, colour, PRIOR_PART),
			shape_colour(c->s, colour), OUTLINE_PRIOR);
}

static void fill_plan(struct canvas *c, struct rect r, unsigned colour)
{
	shape_rect(c, inset(r, OUTLINE_PLAN), shape_colour(c->s, COLOUR_PAPER),
		shape_colour(c->s, colour), OUTLINE_PLAN);
}

static void fill_forecast(struct canvas *c, struct rect r, unsigned colour)
{
	shape_rect(c, inset(r, OUTLINE_FORECAST), shape_colour(c->s, COLOUR_PAPER),
		shape_colour(c->s, colour), OUTLINE_FORECAST)
		->hatch = true;
}

/* Least width at which the outline of a scenario can still be told from a filled bar. */
static const struct {
	void (*fill)(struct canvas *c, struct rect r, unsigned colour);
	mpt least;
} fills[] = {
	[DOC_ACTUAL] = { fill_actual, 0 },
	[DOC_PRIOR] = { fill_prior, 2 * OUTLINE_PRIOR },
	[DOC_PLAN] = { fill_plan, 2 * OUTLINE_PLAN },
	[DOC_FORECAST] = { fill_forecast, 2 * OUTLINE_FORECAST },
};

void fill_bar(struct canvas *c, struct rect r, enum doc_scenario scenario, unsigned colour)
{
	if (colour >= DOC_COLOUR_COUNT)
		colour = COLOUR_INK;
	if (r.width < 0)
		r = (struct rect){ r.x + r.width, r.y, -r.width, r.height };
	if (r.width <= 0 || r.height <= 0)
		return;
	if (r.width < fills[scenario].least || r.height < fills[scenario].least)
		shape_fill(c, r, colour);
	else
		fills[scenario].fill(c, r, colour);
}
