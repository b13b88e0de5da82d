/* compose: charts of exhibits. Rows of the layout are categories, columns are series; a datum is the column's query over the row's. */
#include "compose/compose_int.h"

struct charting { /* one chart being made */
	struct composer *c;
	const struct layout_exhibit *e;
	struct columns columns;
	struct lines lines;
	struct doc_chart *chart;
	VEC(struct doc_category) categories;
	VEC(struct doc_datum) data, totals, changes;
};

/* ---- series and references ---- */

static uint8_t series_colour(const struct charting *x, const struct column *column)
{
	const struct facts_side *side = facts_side_lookup(x->c->in->facts, column->query.side);
	uint8_t mark, colour;

	if (column->layout->colour.len && colour_named(column->layout->colour) != DOC_COLOUR_COUNT)
		return (uint8_t)colour_named(column->layout->colour);
	if (mark_of(x->c, &column->context, STR("side"), &mark, &colour))
		return colour;
	return side ? side_colour(side) : COLOUR_INK;
}

static uint8_t series_mark(const struct charting *x, const struct column *column)
{
	const struct facts_side *side = facts_side_lookup(x->c->in->facts, column->query.side);
	uint8_t mark, colour;

	if (mark_of(x->c, &column->context, STR("side"), &mark, &colour))
		return mark;
	return side ? side_mark(side) : MARK_NONE;
}

static struct str series_label(struct charting *x, const struct column *column)
{
	struct runs runs = { 0 };

	if (text_runs(x->c, &column->layout->head, &column->context, &runs) ||
		from_runs(x->c, (enum layout_from)column->layout->head_from, &column->query, &column->context, &runs))
		return runs_plain(x->c, &runs);
	if (column->context.item)
		return column->context.item->label;
	if (facts_side_lookup(x->c->in->facts, column->query.side))
		return facts_label(&facts_side_lookup(x->c->in->facts, column->query.side)->labels, locale_lang(x->c->in->locale), false);
	return (struct str){ 0 };
}

static void make_series(struct charting *x)
{
	struct doc_series *series = ARENA_ARRAY(x->c->arena, struct doc_series, x->columns.list.count);

	for (size_t i = 0; i < x->columns.list.count; i++) {
		const struct column *column = &x->columns.list.at[i];

		series[i] = (struct doc_series){ .label = series_label(x, column), .colour = series_colour(x, column),
			.mark = series_mark(x, column), .dashed = column->layout->dashed, .strong = column->layout->strong,
			.scenario = doc_scenario_of(&column->query, column->layout->scenario_fill) };
	}
	x->chart->series = series;
	x->chart->series_count = (uint16_t)x->columns.list.count;
}

static void make_references(struct charting *x)
{
	struct doc_reference *references = ARENA_ARRAY(x->c->arena, struct doc_reference, x->e->references.count);
	struct calc_context ctx = { 0 };
	uint16_t count = 0;

	for (size_t i = 0; i < x->e->references.count; i++) {
		const struct layout_reference *reference = &x->e->references.at[i];
		struct doc_datum datum = datum_of(x->c, &reference->query, &ctx, x->chart->scale, true);

		if (!datum.present)
			continue;
		references[count].value = references[count].high = datum.value;
		references[count].figure = datum.figure;
		references[count].label = reference->label.word.len
						  ? locale_phrase(x->c->arena, x->c->in->locale,
							    str_terminated(x->c->arena, reference->label.word), &datum.label, 1)
						  : datum.label;
		references[count].scenario = doc_scenario_of(&reference->query, (struct str){ 0 });
		references[count++].short_mark = reference->short_mark;
	}
	x->chart->references = references;
	x->chart->reference_count = count;
}

/* ---- categories ---- */

static struct str line_sublabel(struct charting *x, const struct line *line)
{
	const struct layout_row *row = line->row;
	struct query q = query_merge(&row->sub_query, &line->query);
	struct printed printed;

	if (!row->has_sub)
		return text_plain(x->c, &row->sublabel, &line->context);
	printed = print_query(x->c, &q, &line->context, true);
	if (printed.missing || row->sublabel.word.len == 0)
		return printed.missing ? (struct str){ 0 } : printed.text;
	return locale_phrase(x->c->arena, x->c->in->locale, str_terminated(x->c->arena, row->sublabel.word), &printed.text, 1);
}

static void set_flag(struct charting *x, const struct line *line, struct doc_category *category)
{
	const struct layout_row *row = line->row;

	for (size_t i = 0; line->context.item && i < row->flags.count; i++) {
		if (!facts_record_matches(x->c->in->facts, line->context.item, row->flags.at[i].where))
			continue;
		category->flag = text_plain(x->c, &row->flags.at[i].text, &line->context);
		category->flag_status = row->flags.at[i].status;
		return;
	}
}

static void set_date(const struct line *line, struct doc_category *category)
{
	const struct facts_field *f = line->context.item && line->row->date.len ? facts_field(line->context.item, line->row->date) : NULL;

	if (f && f->present)
		category->date = f->date;
}

static struct doc_category *add_category(struct charting *x, const struct line *line)
{
	struct doc_category *category = vec_add(x->c->arena, &x->categories);

	category->label = line_label_plain(x->c, line);
	category->sublabel = line_sublabel(x, line);
	category->code = line->row->code.len ? locale_word(x->c->in->locale, line->row->code) : (struct str){ 0 };
	category->group = line->group_label;
	category->colour = DOC_COLOUR_COUNT;
	category->scenario = doc_scenario_of(&line->query, line->row->tag);
	category->strong = line->row->strong || line->kind == LINE_TOTAL;
	mark_of(x->c, &line->context, line->row->mark, &category->mark, &category->colour);
	mark_of(x->c, &line->context, line->row->tail, &category->tail_mark, &category->tail_colour);
	set_flag(x, line, category);
	set_date(line, category);
	if (x->c->shown_source == NULL && line->context.item)
		x->c->shown_source = line->context.item->source;
	return category;
}

static bool colours_by_status(const struct column *column)
{
	return str_is(column->layout->colour, "status");
}

static uint8_t datum_status(struct charting *x, const struct line *line, const struct column *column, const struct doc_datum *datum)
{
	struct str words;
	uint8_t status = cell_status(x->c, column, line, &words);

	if (status != FACTS_NO_STATUS || !datum->present)
		return status;
	return decimal_sign(datum->value) < 0 ? STATUS_BAD : STATUS_GOOD;
}

static void add_data(struct charting *x, const struct line *line)
{
	for (size_t i = 0; i < x->columns.list.count; i++) {
		const struct column *column = &x->columns.list.at[i];
		struct query q = column_query(line, column);
		struct calc_context ctx = column_context(line, column);
		struct doc_datum datum = datum_of(x->c, &q, &ctx, x->chart->scale, true);

		if (colours_by_status(column))
			datum.status = datum_status(x, line, column, &datum);
		vec_push(x->c->arena, &x->data, datum);
	}
}

/* ---- lines over time: range of the last value ---- */

static bool bound(struct charting *x, const struct line *line, const struct column *column, enum query_show show, struct decimal *out)
{
	struct query q = column_query(line, column);
	struct calc_context ctx = column_context(line, column);
	struct answer answer;

	q.show = (uint8_t)show;
	answer = calc_ask(x->c->in->calc, &q, &ctx, x->c->diag);
	if (answer.kind != ANSWER_NUMBER)
		return false;
	*out = calc_printed(answer.value, answer.value->decimals);
	return true;
}

static void add_intervals(struct charting *x)
{
	size_t series = x->columns.list.count, lines = x->lines.list.count;

	for (size_t i = 0; x->e->interval && lines && i < series; i++) {
		struct doc_datum *datum = &x->data.at[(lines - 1) * series + i];
		const struct line *line = &x->lines.list.at[lines - 1];

		datum->ranged = bound(x, line, &x->columns.list.at[i], SHOW_LOW, &datum->low) &&
			bound(x, line, &x->columns.list.at[i], SHOW_HIGH, &datum->high);
	}
}

/* ---- stacked bars: totals, and the change on the row before ---- */

static void add_total(struct charting *x, const struct line *line)
{
	struct query q = line->query;

	vec_push(x->c->arena, &x->totals, datum_of(x->c, &q, &line->context, x->chart->scale, true));
}

static void add_change(struct charting *x, const struct line *line, const struct line *before)
{
	struct doc_datum datum = { .figure = -1 };
	struct query q = line->query;
	struct answer answer;
	struct printed printed;

	if (before) {
		q.show = SHOW_CHANGE;
		q.form = FORM_POINTS;
		q.decimals = 1;
		q.versus_period = before->query.period;
		q.versus_scenario = before->query.scenario;
		answer = calc_ask(x->c->in->calc, &q, &line->context, x->c->diag);
		printed = print_answer(x->c, &answer, &q, false);
		datum = (struct doc_datum){ .present = !printed.missing, .label = printed.text, .figure = printed.figure };
	}
	vec_push(x->c->arena, &x->changes, datum);
}

/* ---- bridges: groups with their levels, steps in them, and the total ---- */

static struct doc_datum level_of(struct charting *x, const struct line *line, size_t series)
{
	struct query q;

	if (series >= x->columns.list.count)
		return (struct doc_datum){ .figure = -1 };
	q = column_query(line, &x->columns.list.at[series]);
	return datum_of(x->c, &q, &line->context, x->chart->scale, true);
}

static void add_step(struct charting *x, const struct line *line, const struct facts_record *step, struct str label, bool first)
{
	struct doc_category *category = vec_add(x->c->arena, &x->categories);
	struct calc_context ctx = { .item = step };
	struct query q = query_merge(&x->e->change_query, &line->query);
	struct doc_datum none = { .figure = -1 };

	category->label = label;
	category->group = line_label_plain(x->c, line);
	category->strong = line->kind == LINE_TOTAL;
	category->colour = category->strong ? COLOUR_INK : DOC_COLOUR_COUNT;
	mark_of(x->c, &line->context, line->row->mark, &category->mark, &category->colour);
	vec_push(x->c->arena, &x->data, datum_of(x->c, &q, step ? &ctx : &line->context, x->chart->scale_change, true));
	for (size_t i = 1; i < x->columns.list.count; i++)
		vec_push(x->c->arena, &x->data, none);
	vec_push(x->c->arena, &x->totals, first ? level_of(x, line, 0) : none);
	vec_push(x->c->arena, &x->changes, first ? level_of(x, line, 1) : none);
}

static bool step_of(const struct charting *x, const struct facts_record *step, const struct facts_record *group)
{
	const struct facts_field *f = facts_field(step, x->e->change_group);

	return f && f->ref && f->ref == group;
}

static void add_bridge_line(struct charting *x, const struct line *line)
{
	const struct facts_records *steps = facts_records(x->c->in->facts, x->e->change_kind);
	bool first = true;

	if (line->kind == LINE_TOTAL) {
		add_step(x, line, NULL, line_sublabel(x, line), true);
		return;
	}
	for (size_t i = 0; steps && i < steps->list.count; i++) {
		if (!step_of(x, steps->list.at[i], line->context.item))
			continue;
		add_step(x, line, steps->list.at[i], steps->list.at[i]->label, first);
		first = false;
	}
}

/* The cumulated change needs more room than any single step. */
static void extend_by_run(struct charting *x)
{
	struct decimal run = decimal_int(0);

	for (size_t i = 0; i < x->categories.count; i++) {
		const struct doc_datum *datum = &x->data.at[i * x->columns.list.count];

		if (!x->categories.at[i].strong && datum->present && decimal_add(run, datum->value, &run))
			scale_extend(x->c, x->chart->scale_change, run);
	}
}

static void make_bridge(struct charting *x)
{
	x->chart->scale_change = scale_of(x->c, STR("change"), MEASURE_MONEY);
	for (size_t i = 0; i < x->lines.list.count; i++)
		add_bridge_line(x, &x->lines.list.at[i]);
	extend_by_run(x);
}

/* ---- matrices: members under their group, with the group's count in its head ---- */

static void make_matrix(struct charting *x)
{
	const struct line *group = NULL;
	bool first = false;

	for (size_t i = 0; i < x->lines.list.count; i++) {
		const struct line *line = &x->lines.list.at[i];
		struct doc_datum head = { .figure = -1 };

		if (line->kind == LINE_GROUP) {
			group = line;
			first = true;
			continue;
		}
		add_category(x, line);
		if (first && group)
			head.label = text_plain(x->c, &group->row->group_text, &group->context);
		first = false;
		vec_push(x->c->arena, &x->totals, head);
		add_data(x, line);
	}
}

/* ---- all others ---- */

static void make_plain(struct charting *x)
{
	for (size_t i = 0; i < x->lines.list.count; i++) {
		const struct line *line = &x->lines.list.at[i];

		add_category(x, line);
		add_data(x, line);
		if (x->e->totals)
			add_total(x, line);
		if (x->e->changes)
			add_change(x, line, i ? &x->lines.list.at[i - 1] : NULL);
	}
	add_intervals(x);
}

static void make_heads(struct charting *x)
{
	struct calc_context ctx = { 0 };

	for (size_t i = 0; i < x->e->heads.count && i < sizeof x->chart->heads / sizeof x->chart->heads[0]; i++)
		x->chart->heads[i] = text_plain(x->c, &x->e->heads.at[i], &ctx);
	x->chart->remark = text_plain(x->c, &x->e->remark, &ctx);
}

static uint8_t first_measure(struct charting *x)
{
	const struct line *line = &x->lines.list.at[0];
	struct query q = x->columns.list.count ? column_query(line, &x->columns.list.at[0]) : line->query;

	return measure_of(x->c, &q, &line->context);
}

static bool empty_of_data(struct charting *x)
{
	for (size_t i = 0; i < x->data.count; i++)
		if (x->data.at[i].present)
			return false;
	return x->chart->kind != CHART_MATRIX && x->chart->kind != CHART_TIMELINE;
}

static void hand_over(struct charting *x)
{
	x->chart->categories = x->categories.at;
	x->chart->category_count = (uint16_t)x->categories.count;
	x->chart->data = x->data.at;
	x->chart->totals = x->totals.count ? x->totals.at : NULL;
	x->chart->changes = x->changes.count ? x->changes.at : NULL;
	x->chart->height = x->e->height;
}

static struct str stated_alt(struct charting *x)
{
	struct calc_context ctx = { 0 };

	return text_plain(x->c, &x->e->alt, &ctx);
}

struct doc_block *compose_chart(struct composer *c, const struct layout_exhibit *e, struct str title, struct src_pos pos)
{
	struct doc_chart *chart = ARENA_NEW(c->arena, struct doc_chart);
	struct charting x = { .c = c, .e = e, .chart = chart };
	struct doc_block *block = block_add(c, DOC_CHART, pos);

	chart->kind = e->chart;
	chart->pos = pos;
	x.columns = columns_of(c, e->columns.at, e->columns.count);
	x.lines = lines_of(c, e->rows.at, e->rows.count, e->columns.at, e->columns.count);
	if (x.lines.list.count == 0)
		return NULL;
	chart->scale = scale_of_exhibit(c, e, first_measure(&x));
	make_series(&x);
	if (chart->kind == CHART_BRIDGE)
		make_bridge(&x);
	else if (chart->kind == CHART_MATRIX)
		make_matrix(&x);
	else
		make_plain(&x);
	if (chart->kind == CHART_LINE)
		scale_with_axis(c, chart->scale);
	make_references(&x);
	make_heads(&x);
	hand_over(&x);
	if (empty_of_data(&x))
		diag_add(c->diag, DIAG_CHART_DATA, pos, "this chart has no value to show; give its metric values or set if=\"data\" on its slot");
	chart->alt = stated_alt(&x);
	if (chart->alt.len == 0)
		chart->alt = chart_alt(c, chart, title);
	block->chart = chart;
	return block;
}
