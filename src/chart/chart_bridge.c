/* chart: a bridge of two panels on shared rows to page items. On the left each group's level before
 * and after, from zero; on the right the steps that lead from one to the other, cumulated from a
 * zero of their own. Both panels are equally wide, so the ratio of the two axes is that of their
 * scales. */
#include "chart/chart_int.h"

enum {
	HEAD = 14000,
	MARK_COLUMN = 12000,
	COLUMN_GAP = 12000,
	LABEL_GAP = 4000,
	VALUE_GAP = 3000,
	ARROW_GAP = 2200,
	LEVEL_BAR = 7000,
	LEVEL_APART = 800,
	STEP_AIR = 5000,
	CONNECTOR = 600,
	GROUP_PART = 24,
	STEP_PART = 26,
	PANEL_LEAST = 20000,
	ROW_LEAST = 12000
};

struct bridge {
	mpt groups, levels, steps, values; /* widths: group names, 'a → b' behind the bars, step
					      names, values of steps */
	mpt panel;                         /* width of each panel */
	mpt step_x;                        /* of the step names, from the left edge */
	mpt row;
	bool printed; /* levels and values are printed */
	struct axis level, change;
};

static struct label bridge_text(struct str text, bool strong)
{
	struct label l = label_plain(ROLE_CHART_LABEL, text);

	l.strong = strong;
	return l;
}

static struct label level_text(const struct doc_datum *d, bool strong)
{
	struct label l = label_datum(d, strong);

	l.role = ROLE_CHART_LABEL;
	return l;
}

/* 'a → b' is two figures and an arrow; each keeps its own way to its source. */
static uint32_t level_texts(const struct canvas *c, uint32_t category, struct label out[3])
{
	const struct doc_chart *chart = c->chart;
	bool strong = chart->categories[category].strong;
	uint32_t count = 0;

	if (chart->totals != NULL && chart->totals[category].label.len > 0)
		out[count++] = level_text(&chart->totals[category], strong);
	if (count > 0 && chart->changes != NULL && chart->changes[category].label.len > 0)
		out[count++] = bridge_text(STR("\u2192"), strong);
	if (chart->changes != NULL && chart->changes[category].label.len > 0)
		out[count++] = level_text(&chart->changes[category], strong);
	return count;
}

static mpt level_text_width(struct canvas *c, uint32_t category)
{
	struct label texts[3];
	uint32_t count = level_texts(c, category, texts);
	mpt width = 0;

	for (uint32_t i = 0; i < count; i++)
		width += label_measure(c, &texts[i]) + (i > 0 ? ARROW_GAP : 0);
	return width;
}

static mpt limited(mpt wide, mpt most)
{
	return wide < most ? wide : most;
}

static void bridge_columns(struct canvas *c, struct bridge *b, mpt width)
{
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		const struct doc_category *k = &c->chart->categories[i];
		struct label group = bridge_text(k->group, true),
			     step = bridge_text(k->label, k->strong);
		struct label value = label_datum(chart_datum(c->chart, i, 0), true);
		mpt wide[4] = { label_measure(c, &group), level_text_width(c, i),
			label_measure(c, &step), label_measure(c, &value) };

		b->groups = wide[0] > b->groups ? wide[0] : b->groups;
		b->levels = wide[1] > b->levels ? wide[1] : b->levels;
		b->steps = wide[2] > b->steps ? wide[2] : b->steps;
		b->values = wide[3] > b->values ? wide[3] : b->values;
	}
	b->groups =
		MARK_COLUMN + limited(b->groups, mpt_scale(width, GROUP_PART, 100)) + COLUMN_GAP;
	b->steps = limited(b->steps, mpt_scale(width, STEP_PART, 100)) + COLUMN_GAP;
	b->levels += LABEL_GAP + COLUMN_GAP;
	b->values += LABEL_GAP;
}

/* The levels of all groups and every height the steps reach lie on their scales, whatever the scale
 * group says. */
static void bridge_widen(const struct doc_chart *chart, struct bridge *b)
{
	struct decimal run = decimal_int(0);

	for (uint32_t i = 0; i < chart->category_count; i++) {
		if (chart->totals != NULL && chart->totals[i].present)
			axis_include(&b->level, chart->totals[i].value);
		if (chart->changes != NULL && chart->changes[i].present)
			axis_include(&b->level, chart->changes[i].value);
		if (chart->categories[i].strong)
			run = decimal_int(0);
		if (chart_datum(chart, i, 0)->present)
			decimal_add(run, chart_datum(chart, i, 0)->value, &run);
		axis_include(&b->change, run);
	}
}

static struct bridge bridge_plan(struct canvas *c, struct rect r)
{
	struct bridge b = { .row = c->s->doc->design->tokens.chart_row, .printed = true };

	bridge_columns(c, &b, r.width);
	b.panel = (r.width - b.groups - b.levels - b.steps - b.values) / 2;
	if (b.panel < PANEL_LEAST) {
		label_narrow(c, STR(""), "values left out");
		b.printed = false;
		b.levels = COLUMN_GAP;
		b.values = 0;
		b.panel = (r.width - b.groups - b.levels - b.steps) / 2;
	}
	b.panel = b.panel > 0 ? b.panel : 0;
	b.step_x = r.x + b.groups + b.panel + b.levels;
	b.level = axis_of(c, c->chart->scale, r.x + b.groups, b.panel);
	b.change = axis_of(c, c->chart->scale_change, r.x + r.width - b.values - b.panel, b.panel);
	bridge_widen(c->chart, &b);
	return b;
}

struct chart_size bridge_measure(struct canvas *c, mpt width)
{
	mpt count = c->chart->category_count;

	(void)width;
	return (struct chart_size){ HEAD + count * ROW_LEAST,
		HEAD + count * c->s->doc->design->tokens.chart_row };
}

static uint32_t group_end(const struct doc_chart *chart, uint32_t first)
{
	uint32_t i = first + 1;

	while (i < chart->category_count &&
		str_equal(chart->categories[i].group, chart->categories[first].group))
		i++;
	return i;
}

/* How much longer a unit is on the axis of the change than on that of the levels, to one decimal:
 * two scales of one measure do not stand side by side without it. It is where the head says {0}. */
static struct str ratio_text(struct canvas *c, const struct bridge *b)
{
	struct axis tenth = { .tick = { 1, 1 } };
	struct decimal levels, changes, ratio;

	if (!decimal_sub(b->level.high, b->level.low, &levels) ||
		!decimal_sub(b->change.high, b->change.low, &changes) ||
		decimal_sign(changes) == 0 || !decimal_div(levels, 1, changes, 1, &ratio))
		return (struct str){ 0 };
	return axis_text(c, &tenth, ratio);
}

static struct str with_ratio(struct canvas *c, const struct bridge *b, struct str head)
{
	static const char place[] = "{0}";
	size_t length = sizeof place - 1, at = 0;
	struct str ratio;

	while (at + length <= head.len && memcmp(head.ptr + at, place, length) != 0)
		at++;
	if (at + length > head.len)
		return head;
	ratio = ratio_text(c, b);
	return str_printf(c->s->arena, "%.*s" STR_FMT "%.*s", (int)at, head.ptr, STR_ARG(ratio),
		(int)(head.len - at - length), head.ptr + at + length);
}

static void bridge_heads(struct canvas *c, const struct bridge *b, struct rect r)
{
	struct label level = label_plain(ROLE_CHART_AXIS, c->chart->heads[0]),
		     step = label_plain(ROLE_CHART_AXIS, c->chart->heads[1]);
	struct label change =
		label_plain(ROLE_CHART_AXIS, with_ratio(c, b, c->chart->heads[2]));
	mpt middle = r.y + HEAD / 2 - 1000, room = r.x + r.width - b->step_x, taken;

	taken = label_measure(c, &step) + COLUMN_GAP;
	label_block(c, &level, b->step_x - r.x - b->groups - LABEL_GAP, 1, r.x + b->groups, middle);
	label_block(c, &step, room, 1, b->step_x, middle);
	change.align = DOC_END;
	if (room > taken)
		label_block(c, &change, room - taken, 1, r.x + r.width, middle);
}

static void level_bar(struct canvas *c, const struct bridge *b, const struct doc_datum *d,
	uint32_t series, mpt y, mpt height, unsigned colour, enum doc_scenario otherwise)
{
	mpt zero = axis_zero(&b->level);
	bool told = c->chart->series_count > 1 && series < c->chart->series_count;

	if (d != NULL && d->present)
		fill_bar(c, (struct rect){ zero, y, axis_at(&b->level, d->value) - zero, height },
			told ? (enum doc_scenario)c->chart->series[series].scenario : otherwise,
			colour);
}

static mpt level_end(const struct bridge *b, const struct doc_datum *d)
{
	return d != NULL && d->present ? axis_at(&b->level, d->value) : axis_zero(&b->level);
}

/* Level before over level after, and 'a → b' behind the longer one. */
static void bridge_level(struct canvas *c, const struct bridge *b, uint32_t category, mpt middle)
{
	const struct doc_datum *before =
		c->chart->totals != NULL ? &c->chart->totals[category] : NULL;
	const struct doc_datum *after =
		c->chart->changes != NULL ? &c->chart->changes[category] : NULL;
	mpt height = limited(LEVEL_BAR, b->row / 2 - 500), x = level_end(b, before);
	unsigned colour = category_colour(c->chart, category);
	struct label texts[3];
	uint32_t count = level_texts(c, category, texts);

	level_bar(c, b, before, 0, middle - height - LEVEL_APART / 2, height, colour, DOC_FORECAST);
	level_bar(c, b, after, 1, middle + LEVEL_APART / 2, height, colour, DOC_PLAN);
	x = level_end(b, after) > x ? level_end(b, after) : x;
	x = axis_zero(&b->level) > x ? axis_zero(&b->level) : x;
	for (uint32_t i = 0; b->printed && i < count; i++)
		x += (i > 0 ? ARROW_GAP : LABEL_GAP) +
			label_at(c, &texts[i], x + (i > 0 ? ARROW_GAP : LABEL_GAP), middle);
}

static void bridge_group(struct canvas *c, const struct bridge *b, struct rect r, uint32_t first,
	uint32_t count, mpt y)
{
	const struct doc_category *k = &c->chart->categories[first];
	struct label name = bridge_text(k->group, true);
	mpt middle = y + b->row * (mpt)count / 2;
	uint32_t lines = b->row * (mpt)count >= 2 * label_leading(c, ROLE_CHART_LABEL) ? 2 : 1;

	shape_line(c, (struct page_point){ r.x, y }, (struct page_point){ r.x + r.width, y },
		k->strong ? COLOUR_INK : COLOUR_RULE, k->strong ? LINE_ZERO : LINE_GRID);
	mark_in(c, k->mark, category_colour(c->chart, first), CHART_MARK, r.x, middle);
	label_block(
		c, &name, b->groups - MARK_COLUMN - COLUMN_GAP, lines, r.x + MARK_COLUMN, middle);
	bridge_level(c, b, first, middle);
}

/* Right of the bar, but clear of the zero line. */
static void step_value(
	struct canvas *c, const struct bridge *b, const struct doc_datum *d, mpt end, mpt middle)
{
	struct label value = label_datum(d, true);
	mpt zero = axis_zero(&b->change), x = end + VALUE_GAP;

	if (x < zero + LABEL_GAP && x + label_measure(c, &value) > zero - VALUE_GAP)
		x = zero + LABEL_GAP;
	label_at(c, &value, x, middle);
}

static void bridge_step(
	struct canvas *c, const struct bridge *b, uint32_t category, struct decimal *run, mpt y)
{
	const struct doc_category *k = &c->chart->categories[category];
	const struct doc_datum *d = chart_datum(c->chart, category, 0);
	struct label name = bridge_text(k->label, k->strong);
	mpt middle = y + b->row / 2, bar = b->row - STEP_AIR, from, to;

	if (k->strong)
		*run = decimal_int(0);
	from = axis_at(&b->change, *run);
	if (d->present)
		decimal_add(*run, d->value, run);
	to = axis_at(&b->change, *run);
	label_block(c, &name, b->steps - COLUMN_GAP, 1, b->step_x, middle);
	shape_fill(c, (struct rect){ from, middle - bar / 2, to - from, bar },
		category_colour(c->chart, category));
	if (b->printed)
		step_value(c, b, d, from > to ? from : to, middle);
	if (category + 1u < c->chart->category_count)
		shape_line(c, (struct page_point){ to, middle + bar / 2 },
			(struct page_point){ to, middle + bar / 2 + STEP_AIR }, COLOUR_MUTED,
			CONNECTOR);
}

void bridge_draw(struct canvas *c, struct rect r)
{
	struct bridge b = bridge_plan(c, r);
	struct decimal run = decimal_int(0);
	uint32_t count = c->chart->category_count;
	mpt y = r.y + HEAD, zero = axis_zero(&b.change);

	if (count == 0 || c->chart->series_count == 0)
		return;
	b.row = limited(b.row, (r.height - HEAD) / (mpt)count);
	bridge_heads(c, &b, r);
	for (uint32_t i = 0; i < count; i = group_end(c->chart, i))
		bridge_group(c, &b, r, i, group_end(c->chart, i) - i, y + (mpt)i * b.row);
	shape_line(c, (struct page_point){ zero, y },
		(struct page_point){ zero, y + (mpt)count * b.row }, COLOUR_INK, LINE_ZERO);
	for (uint32_t i = 0; i < count; i++)
		bridge_step(c, &b, i, &run, y + (mpt)i * b.row);
}
