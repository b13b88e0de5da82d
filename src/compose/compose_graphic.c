/* compose: graphics in cells, and the status of a cell. */
#include "compose/compose_int.h"

struct plotting { /* the graphic of one cell being made */
	struct composer *c;
	const struct layout_exhibit *e;
	const struct column *column;
	const struct line *line;
	struct query query;
	struct calc_context context;
	struct doc_chart *chart;
};

/* ---- status ---- */

static uint8_t status_named(struct str name)
{
	static const char *const names[] = { "none", "good", "watch", "bad" };

	for (uint8_t i = 0; i < 4; i++)
		if (str_is(name, names[i]))
			return i;
	return FACTS_NO_STATUS;
}

uint8_t choice_status(const struct facts_field *f)
{
	size_t index = (size_t)f->number.coef;

	if (!f->present || f->def->type != FIELD_CHOICE || index >= f->def->statuses.count)
		return FACTS_NO_STATUS;
	return status_named(f->def->statuses.at[index]);
}

/* The status that a record states for itself, with its word. */
static uint8_t stated_status(
	struct composer *c, const struct column *column, const struct line *line, struct str *words)
{
	struct calc_context ctx = column_context(line, column);
	const struct facts_field *f = ctx.item && column->query.field.len
		? facts_field(ctx.item, column->query.field)
		: NULL;
	uint8_t status = f ? choice_status(f) : FACTS_NO_STATUS;

	if (status != FACTS_NO_STATUS)
		*words = choice_label(c, ctx.item, f);
	return status;
}

/* Words of a status: over or under where only what is beyond a limit counts; of the plan; of the
 * metric's own limits. */
struct str status_words(
	struct composer *c, const struct calc_status *status, const struct facts_metric *m)
{
	static const char *const of_plan[] = { "status-none", "status-good", "status-watch",
		"status-bad" };
	static const char *const of_limit[] = { "status-none", "limit-good", "limit-watch",
		"limit-bad" };
	int sign = status->direction;

	if (m && m->has_material && sign != 0)
		return word(c, sign > 0 ? "status-over" : "status-under");
	return word(c, (status->against_plan ? of_plan : of_limit)[status->status]);
}

uint8_t cell_status(
	struct composer *c, const struct column *column, const struct line *line, struct str *words)
{
	uint8_t stated = stated_status(c, column, line, words);
	struct calc_context ctx = column_context(line, column);
	struct query q = column_query(line, column);
	const struct facts_metric *m = facts_metric_lookup(c->in->facts, q.metric);
	struct calc_status status;
	struct calc_context own_context = text_context(line, column);
	struct runs own = { 0 };

	if (q.metric.len == 0 || (m && m->has_material && line->kind != LINE_BODY))
		return stated;
	q.field = (struct str){ 0 };
	status = calc_status(c->in->calc, &q, &ctx, c->diag);
	if (m && m->has_material && !status.material)
		return FACTS_NO_STATUS;
	if (stated != FACTS_NO_STATUS)
		return stated;
	*words = status_words(c, &status, m);
	if (status.status != FACTS_NO_STATUS &&
		text_runs(c, &column->layout->text, &own_context, &own))
		*words = runs_plain(c, &own);
	return status.status;
}

/* ---- graphics ---- */

static struct doc_chart *chart_with(struct plotting *p, enum doc_chart_kind kind, uint16_t series)
{
	struct doc_chart *chart = ARENA_NEW(p->c->arena, struct doc_chart);
	struct doc_category *category = ARENA_NEW(p->c->arena, struct doc_category);

	category->colour = DOC_COLOUR_COUNT;
	category->strong = p->line->kind != LINE_BODY || p->line->row->strong;
	chart->kind = (uint8_t)kind;
	chart->decoration = true; /* the row's other cells say what it shows */
	chart->categories = category;
	chart->category_count = 1;
	chart->series = ARENA_ARRAY(p->c->arena, struct doc_series, series);
	chart->series_count = series;
	chart->data = ARENA_ARRAY(p->c->arena, struct doc_datum, series);
	chart->scale = scale_of_exhibit(p->c, p->e, measure_of(p->c, &p->query, &p->context));
	chart->pos = p->column->layout->pos;
	p->chart = chart;
	return chart;
}

static void plot(
	struct plotting *p, uint16_t series, const struct query *q, const struct calc_context *ctx)
{
	struct doc_datum *data = (struct doc_datum *)p->chart->data;

	data[series] = datum_of(p->c, q, ctx, p->chart->scale, true);
	data[series].label = (struct str){ 0 }; /* printed in its own column */
	data[series].figure = -1;
}

static struct doc_series *series_at(struct plotting *p, uint16_t i)
{
	return (struct doc_series *)p->chart->series + i;
}

static void plot_side(
	struct plotting *p, uint16_t i, const struct facts_side *side, const struct query *q)
{
	side = side_or_joint(p->c, side);
	series_at(p, i)->colour = side_colour(side);
	series_at(p, i)->mark = side_mark(side);
	plot(p, i, q, &p->context);
}

/* The two that the column names, else all sides. */
static void plot_sides(struct plotting *p)
{
	const struct facts *f = p->c->in->facts;
	bool named = p->column->layout->has_second;
	struct query second = query_merge(&p->column->layout->second, &p->query);

	chart_with(p, CHART_DUMBBELL, named ? 2 : (uint16_t)f->side_count);
	if (named) {
		plot_side(p, 0, facts_side_lookup(f, p->query.side), &p->query);
		plot_side(p, 1, facts_side_lookup(f, second.side), &second);
	}
	for (size_t i = 0; !named && i < f->side_count; i++) {
		struct query q = p->query;

		q.side = f->sides[i].id;
		plot_side(p, (uint16_t)i, &f->sides[i], &q);
	}
	if (p->column->layout->axis || decimal_sign(p->e->scale_tick))
		scale_with_axis(p->c, p->chart->scale);
}

/* What the row states for itself in its status column goes before the sign of a difference: an
 * underspend may be a delay. */
static uint8_t status_beside(const struct plotting *p)
{
	for (size_t i = 0; p->context.item && i < p->e->columns.count; i++) {
		const struct layout_column *column = &p->e->columns.at[i];
		const struct facts_field *f = NULL;

		if (column->graphic == GRAPHIC_STATUS && column->query.field.len)
			f = facts_field(p->context.item, column->query.field);
		if (f)
			return choice_status(f);
	}
	return FACTS_NO_STATUS;
}

static void plot_variance(struct plotting *p)
{
	struct str words;
	struct doc_datum *data;
	uint8_t beside = status_beside(p);

	chart_with(p, CHART_VARIANCE, 1);
	series_at(p, 0)->colour = COLOUR_MUTED;
	plot(p, 0, &p->query, &p->context);
	data = (struct doc_datum *)p->chart->data;
	data->status = cell_status(p->c, p->column, p->line, &words);
	if (data->status != FACTS_NO_STATUS && beside != FACTS_NO_STATUS)
		data->status = beside;
}

uint8_t column_colour(struct composer *c, const struct column *column)
{
	const struct facts_side *side = facts_side_lookup(c->in->facts, column->query.side);
	enum doc_colour stated = colour_named(column->layout->colour);
	uint8_t mark, colour;

	if (stated != DOC_COLOUR_COUNT)
		return (uint8_t)stated;
	if (mark_of(c, &column->context, STR("side"), &mark, &colour))
		return colour;
	return side ? side_colour(side) : COLOUR_INK;
}

static void colour_by_status(struct plotting *p)
{
	struct str words;

	if (str_is(p->column->layout->colour, "status"))
		((struct doc_datum *)p->chart->data)->status =
			cell_status(p->c, p->column, p->line, &words);
}

static void plot_one(struct plotting *p)
{
	chart_with(p, CHART_BAR, 1);
	series_at(p, 0)->colour = column_colour(p->c, p->column);
	series_at(p, 0)->scenario = doc_scenario_of(&p->query, p->column->layout->scenario_fill);
	plot(p, 0, &p->query, &p->context);
	colour_by_status(p);
}

static void plot_bullet(struct plotting *p)
{
	struct query second = query_merge(&p->column->layout->second, &p->query);

	chart_with(p, CHART_BULLET, 2);
	series_at(p, 0)->colour = series_at(p, 1)->colour = column_colour(p->c, p->column);
	series_at(p, 0)->scenario = doc_scenario_of(&p->query, p->column->layout->scenario_fill);
	series_at(p, 1)->scenario = doc_scenario_of(&second, (struct str){ 0 });
	plot(p, 0, &p->query, &p->context);
	plot(p, 1, &second, &p->context);
	colour_by_status(p);
}

static void extend_by_parts(struct plotting *p)
{
	struct decimal up = decimal_int(0), down = up;

	for (uint16_t i = 0; i < p->chart->series_count; i++) {
		struct decimal value = p->chart->data[i].value;

		decimal_add(decimal_sign(value) > 0 ? up : down, value,
			decimal_sign(value) > 0 ? &up : &down);
	}
	scale_extend(p->c, p->chart->scale, up);
	scale_extend(p->c, p->chart->scale, down);
}

/* The parts of each of the records (or sides) that the column names, in one bar. */
static void plot_stacked(struct plotting *p)
{
	const struct facts *f = p->c->in->facts;
	struct str each = p->column->layout->series_each;
	const struct facts_records *records = facts_records(f, each);
	bool sides = str_is(each, "side");
	uint16_t count = (uint16_t)(sides ? f->side_count : records ? records->list.count : 0);

	chart_with(p, CHART_STACKED, count);
	for (uint16_t i = 0; i < count; i++) {
		struct calc_context ctx = { .item = sides ? p->context.item : records->list.at[i] };
		struct query q = p->query;
		uint8_t mark, colour;

		if (sides)
			q.side = ctx.side = f->sides[i].id;
		series_at(p, i)->colour =
			mark_of(p->c, &ctx, STR("side"), &mark, &colour) ? colour : COLOUR_MUTED;
		series_at(p, i)->scenario = doc_scenario_of(&q, p->column->layout->scenario_fill);
		plot(p, i, &q, &ctx);
	}
	extend_by_parts(p);
}

static void plot_spark(struct plotting *p)
{
	size_t count =
		p->column->layout->periods > 0 ? (size_t)p->column->layout->periods : SPARK_PERIODS;
	struct doc_chart *chart = chart_with(p, CHART_SPARK, 1);
	struct doc_datum *data = ARENA_ARRAY(p->c->arena, struct doc_datum, count);

	chart->categories = ARENA_ARRAY(p->c->arena, struct doc_category, count);
	chart->category_count = (uint16_t)count;
	series_at(p, 0)->colour = column_colour(p->c, p->column);
	for (size_t i = 0; i < count; i++) {
		struct query q = p->query;

		q.offset += (int32_t)(i + 1) - (int32_t)count;
		data[i] = datum_of(p->c, &q, &p->context, chart->scale, true);
		data[i].label = (struct str){ 0 };
	}
	chart->data = data;
}

static void (*const plotters[])(struct plotting *) = {
	[GRAPHIC_DUMBBELL] = plot_sides,
	[GRAPHIC_VARIANCE] = plot_variance,
	[GRAPHIC_BAR] = plot_one,
	[GRAPHIC_BULLET] = plot_bullet,
	[GRAPHIC_SPARK] = plot_spark,
	[GRAPHIC_STACKED] = plot_stacked,
};

bool is_chart_graphic(const struct layout_column *layout)
{
	return layout->graphic < sizeof plotters / sizeof plotters[0] && plotters[layout->graphic];
}

static bool any_data(const struct doc_chart *chart)
{
	for (size_t i = 0; i < (size_t)chart->category_count * chart->series_count; i++)
		if (chart->data[i].present)
			return true;
	return false;
}

static struct plotting plotting_of(struct composer *c, const struct layout_exhibit *e,
	const struct column *column, const struct line *line)
{
	return (struct plotting){ .c = c,
		.e = e,
		.column = column,
		.line = line,
		.query = column_query(line, column),
		.context = column_context(line, column) };
}

const struct doc_chart *cell_graphic(struct composer *c, const struct layout_exhibit *e,
	const struct column *column, const struct line *line)
{
	struct plotting p = plotting_of(c, e, column, line);

	if (!is_chart_graphic(column->layout))
		return NULL;
	plotters[column->layout->graphic](&p);
	return any_data(p.chart) ? p.chart : NULL;
}

/* Tick labels over a column of graphics: on the scale that its first line uses. */
const struct doc_chart *axis_graphic(struct composer *c, const struct layout_exhibit *e,
	const struct column *column, const struct lines *lines)
{
	struct plotting p = plotting_of(c, e, column, &lines->list.at[0]);

	chart_with(&p, CHART_AXIS, 1);
	scale_with_axis(c, p.chart->scale);
	return p.chart;
}
