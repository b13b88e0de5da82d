/* chart: the names of series over a plot to page items, where they cannot stand beside what they
 * name. */
#include "chart/chart_int.h"

enum { KEY_MARK = 8500, KEY_SWATCH = 8000, KEY_AIR = 2000, KEY_GAP = 12000, KEY_BELOW = 4000 };

static mpt key_sign(const struct doc_series *series)
{
	return series->mark != MARK_NONE ? KEY_MARK : mark_width(MARK_ACTUAL, KEY_SWATCH);
}

static struct label key_label(const struct doc_series *series)
{
	return label_plain(ROLE_CHART_AXIS, series->label);
}

static void key_entry(struct canvas *c, uint32_t series, mpt x, mpt middle)
{
	const struct doc_series *s = &c->chart->series[series];
	struct label l = key_label(s);
	unsigned colour = series_colour(c->chart, series);

	if (s->mark != MARK_NONE)
		mark_in(c, s->mark, colour, KEY_MARK, x, middle);
	else
		draw_mark(c->s, c->page, (enum doc_mark_kind)(MARK_ACTUAL + s->scenario),
			(uint8_t)colour, KEY_SWATCH, x + key_sign(s) / 2, middle, c->tag);
	label_at(c, &l, x + key_sign(s) + KEY_AIR, middle);
}

/* Both measuring and drawing: c->page tells which. Returns the lines used. */
static uint32_t key_walk(struct canvas *c, mpt x, mpt y, mpt width)
{
	mpt at = 0, pitch = label_leading(c, ROLE_CHART_AXIS);
	uint32_t lines = 0;

	for (uint32_t i = 0; i < c->chart->series_count; i++) {
		const struct doc_series *s = &c->chart->series[i];
		struct label l = key_label(s);
		mpt needed = key_sign(s) + KEY_AIR + label_measure(c, &l);

		if (s->label.len == 0)
			continue;
		if (needed > width) {
			label_narrow(c, s->label, "left out of the key");
			continue;
		}
		if (lines == 0 || at + needed > width) {
			lines++;
			at = 0;
		}
		if (c->page != NULL)
			key_entry(c, i, x + at, y + (mpt)(lines - 1) * pitch + pitch / 2);
		at += needed + KEY_GAP;
	}
	return lines;
}

mpt key_height(struct canvas *c, mpt width)
{
	struct canvas silent = *c;
	uint32_t lines;

	silent.page = NULL;
	lines = key_walk(&silent, 0, 0, width);
	return lines == 0 ? 0 : (mpt)lines * label_leading(c, ROLE_CHART_AXIS) + KEY_BELOW;
}

void key_draw(struct canvas *c, mpt x, mpt y, mpt width)
{
	key_walk(c, x, y, width);
}
