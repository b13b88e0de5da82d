/* chart: what bar and bullet charts share, to page items: a row a category with its name on the
 * left, a scale that all rows have in common, values beside the bars' ends. */
#include "chart/chart_int.h"

enum {
	NAME_GAP = 8000,
	VALUE_GAP = 3000,
	MARK_COLUMN = 12000,
	EDGE = 500,
	PLOT_LEAST = 24000,
	CELL_ROW_LEAST = 9000,
	NAME_LEAST = 16000,
	NAME_LINES = 2,
	PLATE_AIR = 1500
};

static struct label row_name(const struct doc_category *category)
{
	struct label l = label_plain(ROLE_CHART_LABEL, category->label);

	l.strong = category->strong;
	return l;
}

static struct label row_remark(const struct doc_category *category)
{
	struct label l = label_plain(ROLE_CHART_AXIS, category->sublabel);

	l.align = DOC_END;
	return l;
}

static bool any_mark(const struct doc_chart *chart)
{
	for (uint32_t i = 0; i < chart->category_count; i++)
		if (chart->categories[i].mark != MARK_NONE)
			return true;
	return false;
}

static mpt row_marks(const struct canvas *c)
{
	return any_mark(c->chart) ? MARK_COLUMN : 0;
}

static mpt wider(mpt a, mpt b)
{
	return a > b ? a : b;
}

/* Columns of names and remarks, and the lines that the longest name takes. */
static uint32_t plan_names(struct canvas *c, struct rows *p, mpt width)
{
	mpt marks = row_marks(c), most = mpt_scale(width, ROWS_NAME_PART, 100) - NAME_GAP - marks;
	struct str lines[LABEL_LINES_MAX];
	uint32_t deepest = 0;

	if (most < NAME_LEAST)
		return 0;
	for (uint32_t i = 0; i < c->chart->category_count; i++) {
		struct label name = row_name(&c->chart->categories[i]),
			     remark = row_remark(&c->chart->categories[i]);
		mpt wide = label_measure(c, &name);
		uint32_t count = 0;

		if (wide > most) {
			count = label_wrap(c, &name, most, NAME_LINES, lines);
			wide = most;
		} else if (wide > 0) {
			count = 1;
		}
		deepest = count > deepest ? count : deepest;
		p->names = wider(p->names, wide);
		p->remarks = wider(p->remarks, label_measure(c, &remark));
	}
	if (p->names > 0 || marks > 0)
		p->names += marks + NAME_GAP;
	if (p->remarks > 0)
		p->remarks += NAME_GAP;
	if (p->remarks > mpt_scale(width, ROWS_REMARK_PART, 100))
		p->remarks = 0;
	return deepest;
}

/* Values stand outside their bars: the scale gives way on both sides. */
static void plan_values(struct canvas *c, struct rows *p, mpt width)
{
	for (uint32_t i = 0; i < (uint32_t)c->chart->category_count * c->chart->series_count; i++) {
		struct label l = label_datum(&c->chart->data[i], true);
		mpt wide = label_measure(c, &l);
		mpt *side = c->chart->data[i].present && decimal_sign(c->chart->data[i].value) < 0
			? &p->below
			: &p->above;

		if (wide > 0)
			*side = wider(*side, wide + VALUE_GAP);
	}
	p->values = p->below + p->above > 0;
	if (p->values && width - p->names - p->remarks - p->below - p->above < PLOT_LEAST) {
		label_narrow(c, STR(""), "values left out");
		p->values = false;
	}
	if (!p->values)
		p->below = p->above = 0;
	p->below = wider(p->below, EDGE);
	p->above = wider(p->above, EDGE);
}

static bool any_reference_label(const struct doc_chart *chart)
{
	for (uint32_t i = 0; i < chart->reference_count; i++)
		if (chart->references[i].label.len > 0)
			return true;
	return false;
}

struct rows rows_plan(struct canvas *c, mpt width, mpt ideal_row)
{
	struct rows p = { 0 };
	uint32_t lines = plan_names(c, &p, width);
	mpt text = (mpt)lines * label_leading(c, ROLE_CHART_LABEL);

	plan_values(c, &p, width);
	p.head = any_reference_label(c->chart) ? label_leading(c, ROLE_CHART_AXIS) : 0;
	p.row_least = wider(text, p.values ? label_leading(c, ROLE_CHART_VALUE) : CELL_ROW_LEAST);
	p.row = wider(p.row_least, ideal_row);
	return p;
}

struct chart_size rows_size(const struct canvas *c, const struct rows *p)
{
	mpt count = c->chart->category_count;

	return (struct chart_size){ p->head + count * p->row_least, p->head + count * p->row };
}

struct axis rows_axis(const struct canvas *c, const struct rows *p, struct rect r)
{
	mpt length = r.width - p->names - p->remarks - p->below - p->above;

	return axis_of(c, c->chart->scale, r.x + p->names + p->below, length > 0 ? length : 0);
}

mpt rows_pitch(const struct canvas *c, const struct rows *p, struct rect r)
{
	mpt count = c->chart->category_count > 0 ? c->chart->category_count : 1,
	    room = (r.height - p->head) / count;

	return room < p->row ? room : p->row;
}

void rows_name(
	struct canvas *c, const struct rows *p, struct rect r, uint32_t category, struct rect row)
{
	const struct doc_category *k = &c->chart->categories[category];
	struct label name = row_name(k), remark = row_remark(k);
	mpt marks = row_marks(c), middle = row.y + row.height / 2;

	if (p->names == 0)
		return;
	shape_line(c, (struct page_point){ r.x, row.y + row.height },
		(struct page_point){ r.x + r.width, row.y + row.height }, COLOUR_RULE, LINE_GRID);
	mark_in(c, k->mark, category_colour(c->chart, category), CHART_MARK, r.x, middle);
	label_block(c, &name, p->names - marks - NAME_GAP, NAME_LINES, r.x + marks, middle);
	if (p->remarks > 0)
		label_at(c, &remark, r.x + r.width, middle);
}

/* Where a reference's line crosses a value, the value keeps clear ground. */
static void value_plate(struct canvas *c, const struct axis *a, mpt start, mpt width, mpt middle)
{
	mpt half = label_leading(c, ROLE_CHART_VALUE) / 2 - PLATE_AIR;

	for (uint32_t i = 0; i < c->chart->reference_count; i++) {
		mpt x = axis_at(a, c->chart->references[i].value);

		if (x > start - PLATE_AIR && x < start + width + PLATE_AIR)
			shape_fill(c, (struct rect){ start, middle - half, width, 2 * half },
				COLOUR_PAPER);
	}
}

void rows_value(
	struct canvas *c, const struct axis *a, const struct doc_datum *d, bool strong, mpt middle)
{
	struct label l = label_datum(d, strong);
	bool left = d->present && decimal_sign(d->value) < 0;
	mpt end = d->present ? axis_at(a, d->value) : axis_zero(a), width = label_measure(c, &l);

	end += left ? -VALUE_GAP : VALUE_GAP;
	l.align = left ? DOC_END : DOC_START;
	value_plate(c, a, left ? end - width : end, width, middle);
	label_at(c, &l, end, middle);
}

/* Labels of references stand over their lines, moved apart where they would touch. */
static void reference_labels(
	struct canvas *c, const struct rows *p, const struct axis *a, struct rect r)
{
	uint32_t count = c->chart->reference_count, used = 0;
	mpt *at = ARENA_ARRAY(c->s->arena, mpt, count);
	struct label *labels = ARENA_ARRAY(c->s->arena, struct label, count);

	for (uint32_t i = 0; i < count; i++) {
		if (c->chart->references[i].label.len == 0)
			continue;
		labels[used] = label_plain(ROLE_CHART_AXIS, c->chart->references[i].label);
		labels[used].figure = c->chart->references[i].figure;
		at[used++] = axis_at(a, c->chart->references[i].value);
	}
	label_spread(c, labels, at, used, r.x, r.x + r.width, r.y + p->head / 2);
}

void rows_lines(
	struct canvas *c, const struct rows *p, const struct axis *a, struct rect r, mpt bottom)
{
	mpt top = r.y + p->head, zero = axis_zero(a);

	for (uint32_t i = 0; i < c->chart->reference_count; i++) {
		const struct doc_reference *ref = &c->chart->references[i];
		mpt x = axis_at(a, ref->value);
		struct page_point line[] = { { x, top }, { x, bottom } };

		shape_polyline(c, line, 2, COLOUR_INK, LINE_ZERO)->dash =
			ref->scenario == DOC_PLAN ? PAGE_DASHED : PAGE_DOTTED;
	}
	shape_line(c, (struct page_point){ zero, top }, (struct page_point){ zero, bottom },
		COLOUR_INK, LINE_ZERO);
	if (c->chart->reference_count > 0)
		reference_labels(c, p, a, r);
}

enum doc_scenario rows_scenario(const struct doc_chart *chart, uint32_t category, uint32_t series)
{
	uint8_t own = chart->series[series].scenario;

	return (enum doc_scenario)(own != DOC_ACTUAL ? own : chart->categories[category].scenario);
}
