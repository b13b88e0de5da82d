/* What the lines of a paragraph cost, for those who ask why it is broken as it is. Beside the arrow paragraph -> lines: nothing of it
 * is kept where nobody asks, so it is reckoned again from the breaks. */
#include "text/text_int.h"

/* Percent of what the line's spaces readily give, or may shrink; of a ragged line what its end gives. */
static int32_t stretch_of(const struct fit *f, const struct brk *from, const struct brk *to, bool first)
{
	int64_t left = fit_room(f->p, f->width, first) - fit_natural(from, to);
	int64_t give = left < 0 ? fit_shrink(f->p, to->glue_before - from->glue_after) : fit_stretch(f, from, to);

	if (left > 0 && (to->forced || to->fills_before != from->fills_after))
		return 0;
	return give > 0 ? (int32_t)(left * 100 / give) : 0;
}

const struct text_cost *text_costs(struct arena *a, const struct text_paragraph *p, mpt width)
{
	struct arena *scratch = font_set_scratch(p->set);
	struct arena_mark mark = arena_mark(scratch);
	struct fit_result fit = fit_paragraph(scratch, p, width);
	struct brks breaks = { .at = (struct brk *)(uintptr_t)fit.breaks };
	struct fit rules = fit_rules(p, &breaks, width, -1);
	struct text_cost *costs = ARENA_ARRAY(a, struct text_cost, fit.line_count + 1);
	uint8_t fitness = 1;

	for (uint32_t i = 0, from = 0; i < fit.line_count; from = fit.chosen[i++]) {
		struct fit_line line = { 0 };
		uint32_t to = fit.chosen[i];
		if (fit_weigh(&rules, from, to, &line) == FIT_GOOD)
			line.demerits += fit_join(&rules, from, fitness, to, line.fitness);
		costs[i].demerits = line.demerits;
		costs[i].stretch = stretch_of(&rules, &fit.breaks[from], &fit.breaks[to], i == 0);
		costs[i].hyphens = fit.breaks[to].flagged ? (uint8_t)(i && costs[i - 1].hyphens < UINT8_MAX ? costs[i - 1].hyphens + 1 : 1) : 0;
		fitness = line.fitness;
	}
	arena_rewind(scratch, mark);
	return costs;
}
