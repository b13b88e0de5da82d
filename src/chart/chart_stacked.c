/* chart: stacked bars, one a scenario or period, to page items: parts with their values inside, the
 * total at the end, the change at the right edge. A value too wide for its part goes under the bar
 * with a thin leader; none is ever overprinted. */
#include "chart/chart_int.h"

enum {
	NAME_GAP = 8000,
	NAME_PART = 40,
	SWATCH = 8000,
	PART_GAP = 1500,
	PART_SEEN = 500,
	PART_AIR = 800,
	TOTAL_GAP = 6000,
	CHANGE_GAP = 10000,
	PLATE_AIR = 2000,
	OUT_LEADER = 2500,
	LEADER_LINE = 400,
	NAME_LINES = 2,
	PLOT_LEAST = 24000
};

/* Columns of the chart. */
struct stack {
	mpt names;        /* names, swatch and gaps */
	mpt swatch;       /* width of its column; 0 = all of one scenario */
	mpt key;          /* height of the key */
	mpt bar, gap;     /* a bar, the gap under it */
	struct axis axis; /* from the left edge of the chart */
	bool ends;        /* totals and changes are printed */
};
/* One part of a bar. */
struct part {
	mpt from, to; /* left and right, the gap to its neighbour left out */
	const struct doc_datum *d;
	uint32_t series;
	mpt label; /* width of its value; 0 = none */
	bool out;  /* the value goes under the bar */
};

static struct label stack_name(const struct doc_category *category)
{
	struct label l = label_plain(ROLE_CHART_LABEL, category->label);

	l.strong = true;
	return l;
}

static bool one_scenario(const struct doc_chart *chart)
{
	for (uint32_t i = 1; i < chart->category_count; i++)
		if (chart->categories[i].scenario != chart->categories[0].scenario)
			return false;
	return true;
}

static struct label stack_total(const struct canvas *c, uint32_t category)
{
	return c->chart->totals != NULL ? label_datum(&c->chart->totals[category], true)
					: label_plain(ROLE_CHART_VALUE, STR(""));
}

/* The change, or in the first row that has none, the head of that column. */
static struct label stack_change(const struct canvas *c, uint32_t category)
{
	struct label l = label_plain(ROLE_CHART_AXIS, STR(""));

	if (c->chart->changes != NULL && c->chart->changes[category].label.len > 0) {
		l = label_datum(&c->chart->changes[category], false);
		l.role = ROLE_CHART_AXIS;
		l.colour = COLOUR_INK;
	} else if (category == 0) {
		l.text = c->chart->heads[0];
	}
	l.align = DOC_END;
	return l;
}

/* What the values of one sign of a category add up to. */
static struct decimal stack_sum(const struct doc_chart *chart, uint32_t category, int sign)
{
	struct decimal sum = decimal_int(0);

	for (uint32_t i = 0; i < chart->series_count; i++) {
		const struct doc_datum *d = chart_datum(chart, category, i);

		if (d->present && decimal_sign(d->value) == sign)
			decimal_add(sum, d->value, &sum);
	}
	return sum;
}

static void stack_scale(const struct canvas *c, struct axis *a)
{
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct decimal up = stack_sum(c->chart, i, 1), down = stack_sum(c->chart, i, -1);

		if (decimal_cmp(up, a->high) > 0)
			a->high = up;
		if (decimal_cmp(down, a->low) < 0)
			a->low = down;
	}
}

/* Width left of the total, its change and their gaps. */
static mpt stack_end(struct canvas *c, uint32_t category)
{
	struct label total = stack_total(c, category), change = stack_change(c, category);
	mpt wide = label_measure(c, &change);

	return TOTAL_GAP + label_measure(c, &total) + (wide > 0 ? CHANGE_GAP + wide : 0);
}

/* The longest scale with which every bar still leaves room for what stands at its end. */
static mpt stack_length(struct canvas *c, const struct axis *a, mpt room)
{
	mpt length = room;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct axis unit = *a;
		mpt fits, left;

		unit.start = 0;
		unit.length = 1000000;
		fits = axis_at(&unit, stack_sum(c->chart, i, 1));
		left = room - stack_end(c, i);
		if (fits > 0 && left > 0)
			left = mpt_scale(left, 1000000, fits);
		else if (left > 0)
			left = room;
		length = left < length ? left : length;
	}
	return length;
}

static struct stack stack_plan(struct canvas *c, mpt width)
{
	const struct doc_tokens *tokens = &c->s->doc->design->tokens;
	struct stack p = { .bar = tokens->bar_height, .gap = tokens->bar_gap, .ends = true };
	mpt most = mpt_scale(width, NAME_PART, 100), length;

	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct label name = stack_name(&c->chart->categories[i]);
		struct str lines[LABEL_LINES_MAX];
		mpt wide = label_measure(c, &name);

		if (wide > most) {
			mpt text = (mpt)label_wrap(c, &name, most, NAME_LINES, lines) *
				label_leading(c, ROLE_CHART_LABEL);

			p.bar = text > p.bar ? text : p.bar;
			wide = most;
		}
		p.names = wide > p.names ? wide : p.names;
	}
	p.names += p.names > 0 ? NAME_GAP : 0;
	p.swatch = one_scenario(c->chart) ? 0 : mark_width(MARK_ACTUAL, SWATCH) + NAME_GAP;
	p.names += p.swatch;
	p.key = key_height(c, width - p.names);
	p.axis = axis_of(c, c->chart->scale, p.names, 0);
	stack_scale(c, &p.axis);
	length = stack_length(c, &p.axis, width - p.names);
	if (length < PLOT_LEAST) {
		label_narrow(c, STR(""), "totals left out");
		p.ends = false;
		length = width > p.names ? width - p.names : 0;
	}
	p.axis.length = length;
	return p;
}

/* On hatching a value stands on a plate, which takes more room than the bare value. */
static mpt value_air(const struct canvas *c, uint32_t category)
{
	return c->chart->categories[category].scenario == DOC_FORECAST ? PLATE_AIR : PART_AIR;
}

/* Where the parts of a category begin and end; positive ones run right from zero, negative ones
 * left. */
static uint32_t stack_parts(
	struct canvas *c, const struct stack *p, uint32_t category, struct part *parts)
{
	struct decimal end[2] = { decimal_int(0), decimal_int(0) };
	uint32_t count = 0;

	for (uint32_t i = 0; i < c->chart->series_count; i++) {
		const struct doc_datum *d = chart_datum(c->chart, category, i);
		bool negative = decimal_sign(d->value) < 0;
		struct part part = { .d = d, .series = i };
		struct label value = label_datum(d, true);
		mpt from, to;

		if (!d->present || decimal_sign(d->value) == 0)
			continue;
		from = axis_at(&p->axis, end[negative]);
		decimal_add(end[negative], d->value, &end[negative]);
		to = axis_at(&p->axis, end[negative]);
		part.from = from < to ? from : to;
		part.to =
			(from < to ? to : from) - (i + 1u < c->chart->series_count ? PART_GAP : 0);
		if (part.to < part.from + PART_SEEN)
			part.to = part.from + PART_SEEN;
		part.label = label_measure(c, &value);
		part.out = part.label + 2 * value_air(c, category) > part.to - part.from;
		parts[count++] = part;
	}
	return count;
}

/* From left to right: negative parts were laid from zero to the left. */
static void sort_parts(struct part *parts, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct part part = parts[i];
		uint32_t k = i;

		for (; k > 0 && parts[k - 1].from > part.from; k--)
			parts[k] = parts[k - 1];
		parts[k] = part;
	}
}

static bool any_out(const struct part *parts, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (parts[i].label > 0 && parts[i].out)
			return true;
	return false;
}

static mpt stack_row(struct canvas *c, const struct stack *p, uint32_t category, struct part *parts)
{
	uint32_t count = stack_parts(c, p, category, parts);

	return p->bar + p->gap + (any_out(parts, count) ? label_leading(c, ROLE_CHART_AXIS) : 0);
}

struct chart_size stacked_measure(struct canvas *c, mpt width)
{
	struct stack p = stack_plan(c, width);
	struct part *parts = ARENA_ARRAY(c->s->arena, struct part, c->chart->series_count);
	mpt height = p.key;

	for (uint32_t i = 0; i < c->chart->category_count; i++)
		height += stack_row(c, &p, i, parts);
	return (struct chart_size){ height, height };
}

static void part_value(struct canvas *c, struct rect r, const struct part *part,
	enum doc_scenario scenario, mpt middle)
{
	struct label value = label_datum(part->d, true);
	mpt x = r.x + (part->from + part->to) / 2,
	    half = label_leading(c, ROLE_CHART_VALUE) / 2 - 500;

	value.align = DOC_CENTRE;
	value.colour = scenario == DOC_ACTUAL
		? shape_readable(c->s, series_colour(c->chart, part->series))
		: COLOUR_INK;
	if (scenario == DOC_FORECAST)
		shape_fill(c,
			(struct rect){ x - part->label / 2 - PLATE_AIR, middle - half,
				part->label + 2 * PLATE_AIR, 2 * half },
			COLOUR_PAPER);
	label_at(c, &value, x, middle);
}

/* Values that go out stand in a line under the bar, moved apart; those without room even there are
 * left to the words. */
static void stack_outs(
	struct canvas *c, struct rect r, struct part *parts, uint32_t count, mpt bottom)
{
	mpt *at = ARENA_ARRAY(c->s->arena, mpt, count),
	    *from = ARENA_ARRAY(c->s->arena, mpt, count);
	struct label *labels = ARENA_ARRAY(c->s->arena, struct label, count);
	uint32_t used = 0;

	sort_parts(parts, count);
	for (uint32_t i = 0; i < count; i++) {
		if (!parts[i].out || parts[i].label == 0)
			continue;
		labels[used] = label_datum(parts[i].d, false);
		labels[used].role = ROLE_CHART_AXIS;
		labels[used].colour = COLOUR_INK;
		from[used] = at[used] = r.x + (parts[i].from + parts[i].to) / 2;
		used++;
	}
	used = label_spread(c, labels, at, used, r.x, r.x + r.width,
		bottom + OUT_LEADER + label_leading(c, ROLE_CHART_AXIS) / 2);
	for (uint32_t i = 0; i < used; i++)
		shape_line(c, (struct page_point){ from[i], bottom },
			(struct page_point){ at[i], bottom + OUT_LEADER }, COLOUR_MUTED,
			LEADER_LINE);
}

static void stack_ends(
	struct canvas *c, const struct stack *p, struct rect r, uint32_t category, mpt middle)
{
	struct label total = stack_total(c, category), change = stack_change(c, category);

	if (change.figure < 0)
		change.colour = COLOUR_MUTED;
	label_at(c, &total, r.x + axis_at(&p->axis, stack_sum(c->chart, category, 1)) + TOTAL_GAP,
		middle);
	label_at(c, &change, r.x + r.width, middle);
}

static void stack_bar(struct canvas *c, const struct stack *p, struct rect r, uint32_t category,
	const struct part *parts, uint32_t count, mpt y)
{
	const struct doc_category *k = &c->chart->categories[category];
	struct label name = stack_name(k);
	mpt middle = y + p->bar / 2;

	label_block(c, &name, p->names - p->swatch - NAME_GAP, NAME_LINES, r.x, middle);
	if (p->swatch > 0)
		draw_mark(c->s, c->page, (enum doc_mark_kind)(MARK_ACTUAL + k->scenario),
			COLOUR_INK, SWATCH,
			r.x + p->names - p->swatch + mark_width(MARK_ACTUAL, SWATCH) / 2, middle,
			c->tag);
	for (uint32_t i = 0; i < count; i++) {
		fill_bar(c,
			(struct rect){
				r.x + parts[i].from, y, parts[i].to - parts[i].from, p->bar },
			(enum doc_scenario)k->scenario, series_colour(c->chart, parts[i].series));
		if (parts[i].label > 0 && !parts[i].out)
			part_value(c, r, &parts[i], (enum doc_scenario)k->scenario, middle);
	}
}

void stacked_draw(struct canvas *c, struct rect r)
{
	struct stack p = stack_plan(c, r.width);
	struct part *parts = ARENA_ARRAY(c->s->arena, struct part, c->chart->series_count);
	mpt y = r.y + p.key;

	key_draw(c, r.x + p.names, r.y, r.width - p.names);
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		mpt row = stack_row(c, &p, i, parts);
		uint32_t count = stack_parts(c, &p, i, parts);

		stack_bar(c, &p, r, i, parts, count, y);
		if (p.ends)
			stack_ends(c, &p, r, i, y + p.bar / 2);
		stack_outs(c, r, parts, count, y + p.bar);
		y += row;
	}
}
