/* compose: charts of exhibits. Rows of the layout are categories, columns are series; a datum is
 * the column's query over the row's. */
#include "compose/compose_int.h"

struct charting { /* one chart being made */
	struct composer *c;
	const struct layout_exhibit *e;
	struct columns columns;
	struct lines lines;
	struct doc_chart *chart;
	VEC(struct doc_category) categories;
	VEC(struct str)
	marked; /* by category: what its marks stand for, for the alternative text */
	VEC(struct doc_datum) data, totals, changes;
};

/* ---- series and references ---- */

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
		from_runs(x->c, (enum layout_from)column->layout->head_from, &column->query,
			&column->context, &runs))
		return runs_plain(x->c, &runs);
	if (column->context.item)
		return column->context.item->label;
	if (facts_side_lookup(x->c->in->facts, column->query.side))
		return facts_label(&facts_side_lookup(x->c->in->facts, column->query.side)->labels,
			locale_lang(x->c->in->locale), false);
	return (struct str){ 0 };
}

static void make_series(struct charting *x)
{
	struct doc_series *series =
		ARENA_ARRAY(x->c->arena, struct doc_series, x->columns.list.count);

	for (size_t i = 0; i < x->columns.list.count; i++) {
		const struct column *column = &x->columns.list.at[i];

		series[i] = (struct doc_series){ .label = series_label(x, column),
			.colour = column_colour(x->c, column),
			.mark = series_mark(x, column),
			.dashed = column->layout->dashed,
			.strong = column->layout->strong,
			.scenario =
				doc_scenario_of(&column->query, column->layout->scenario_fill) };
	}
	x->chart->series = series;
	x->chart->series_count = (uint16_t)x->columns.list.count;
}

static struct str reference_label(
	struct charting *x, const struct layout_reference *reference, const struct printed *printed)
{
	struct calc_context ctx = { 0 };
	struct runs runs = { 0 };

	if (reference->label.topic.len)
		return text_plain(x->c, &reference->label, &ctx);
	if (reference->label.word.len == 0)
		return printed->text;
	phrase_runs(x->c, &reference->label, printed, &runs);
	return runs_plain(x->c, &runs);
}

/* False when it has no value, or is a benchmark too old for this section. */
static bool add_reference(
	struct charting *x, const struct layout_reference *reference, struct doc_reference *out)
{
	struct calc_context ctx = { 0 };
	struct answer answer = calc_ask(x->c->in->calc, &reference->query, &ctx, x->c->diag);
	const struct facts_benchmark *b = answer.benchmark;
	struct doc_datum datum;

	if (b && !benchmark_current(x->c, b))
		return false;
	datum = datum_of_answer(x->c, &answer, &reference->query, x->chart->scale, true);
	if (!datum.present)
		return false;
	if (b)
		vec_push(x->c->arena, &x->c->shown.list, b);
	*out = (struct doc_reference){ .value = datum.value,
		.high = b && b->has_high ? b->high : datum.value,
		.figure = datum.figure,
		.label = reference_label(x, reference,
			&(struct printed){ .text = datum.label, .figure = datum.figure }),
		.scenario = doc_scenario_of(&reference->query, (struct str){ 0 }),
		.short_mark = reference->short_mark };
	scale_extend(x->c, x->chart->scale, out->high);
	return true;
}

static void make_references(struct charting *x)
{
	struct doc_reference *references =
		ARENA_ARRAY(x->c->arena, struct doc_reference, x->e->references.count);
	uint16_t count = 0;

	for (size_t i = 0; i < x->e->references.count; i++)
		count = (uint16_t)(count +
			add_reference(x, &x->e->references.at[i], &references[count]));
	x->chart->references = references;
	x->chart->reference_count = count;
}

/* ---- categories ---- */

static struct str plain_sublabel(struct charting *x, const struct line *line)
{
	struct runs runs = { 0 };

	line_sublabel(x->c, line, &runs);
	return runs_plain(x->c, &runs);
}

static void set_flag(struct charting *x, const struct line *line, struct doc_category *category)
{
	const struct layout_row *row = line->row;

	for (size_t i = 0; line->context.item && i < row->flags.count; i++) {
		if (!facts_record_matches(
			    x->c->in->facts, line->context.item, row->flags.at[i].where))
			continue;
		category->flag = text_plain(x->c, &row->flags.at[i].text, &line->context);
		category->flag_status = row->flags.at[i].status;
		return;
	}
}

/* A day, or the last of a period; of a row without records the meeting's or the as-of day. */
static void set_date(
	const struct charting *x, const struct line *line, struct doc_category *category)
{
	const struct facts_field *f = line->context.item && line->row->date.len
		? facts_field(line->context.item, line->row->date)
		: NULL;
	const struct facts *facts = x->c->in->facts;

	if (line->context.item == NULL && line->row->date.len)
		category->date = str_is(line->row->date, "meeting") ? facts->meeting : facts->as_of;
	if (f && f->present)
		category->date = f->def->type == FIELD_PERIOD
			? period_last_day(f->period, &x->c->in->facts->calendar)
			: f->date;
}

static struct str words_of_mark(struct charting *x, const struct line *line, struct str name)
{
	const struct facts_field *f =
		line->context.item ? facts_field(line->context.item, name) : NULL;
	struct query q;

	if (f == NULL || !f->present)
		return (struct str){ 0 };
	if (f->def->type == FIELD_CHOICE)
		return choice_label(x->c, line->context.item, f);
	query_init(&q, line->row->pos);
	q.field = name;
	return print_query(x->c, &q, &line->context, true).text;
}

/* What stands at a category by mark alone. */
static void add_marked(struct charting *x, const struct line *line)
{
	struct str mark = words_of_mark(x, line, line->row->mark),
		   tail = words_of_mark(x, line, line->row->tail);

	vec_push(x->c->arena, &x->marked,
		mark.len && tail.len ? str_printf(x->c->arena, STR_FMT ", " STR_FMT, STR_ARG(mark),
					       STR_ARG(tail))
			: mark.len   ? mark
				     : tail);
}

static struct doc_category *add_category(struct charting *x, const struct line *line)
{
	struct doc_category *category = vec_add(x->c->arena, &x->categories);

	category->label = line_label_plain(x->c, line);
	category->sublabel = plain_sublabel(x, line);
	category->code = line->row->code.len ? word_at(x->c, line->row->code, line->row->pos)
					     : (struct str){ 0 };
	category->group = line->group_label;
	category->colour = DOC_COLOUR_COUNT;
	category->scenario = doc_scenario_of(line->query, line->row->tag);
	category->strong = line->row->strong || line->kind != LINE_BODY;
	mark_of(x->c, &line->context, line->row->mark, &category->mark, &category->colour);
	mark_of(x->c, &line->context, line->row->tail, &category->tail_mark,
		&category->tail_colour);
	set_date(x, line, category);
	if (x->chart->kind == CHART_TIMELINE && category->date.year &&
		category->sublabel.len == 0 && category->code.len == 0)
		category->sublabel =
			locale_date(x->c->arena, x->c->in->locale, category->date, DATE_SHORT);
	set_flag(x, line, category);
	if (x->c->shown_source == NULL && line->context.item)
		x->c->shown_source = line->context.item->source;
	add_marked(x, line);
	return category;
}

static bool colours_by_status(const struct column *column)
{
	return str_is(column->layout->colour, "status");
}

static uint8_t datum_status(struct charting *x, const struct line *line,
	const struct column *column, const struct doc_datum *datum)
{
	struct str words;
	uint8_t status = cell_status(x->c, column, line, &words);
	struct query q = column_query(line, column);
	struct calc_context ctx = column_context(line, column);
	const struct facts_value *v;

	if (status != FACTS_NO_STATUS || !datum->present)
		return status;
	v = calc_ask(x->c->in->calc, &q, &ctx, x->c->diag).value;
	if (v && (v->operation == OP_DIFFERENCE || v->operation == OP_GAP) && v->operand_count == 2 && !calc_is_clear(v->operands[0], v->operands[1]))
		return STATUS_NONE;
	return decimal_sign(datum->value) < 0 ? STATUS_BAD : STATUS_GOOD;
}

/* A group's head without subtotals is a label alone. */
static bool label_alone(const struct line *line)
{
	return line->kind == LINE_GROUP && !line->row->subtotals;
}

static void add_data(struct charting *x, const struct line *line)
{
	struct doc_datum none = { .figure = -1 };

	for (size_t i = 0; i < x->columns.list.count; i++) {
		const struct column *column = &x->columns.list.at[i];
		struct query q = column_query(line, column);
		struct calc_context ctx = column_context(line, column);
		struct doc_datum datum =
			label_alone(line) ? none : datum_of(x->c, &q, &ctx, x->chart->scale, true);

		if (colours_by_status(column))
			datum.status = datum_status(x, line, column, &datum);
		vec_push(x->c->arena, &x->data, datum);
	}
}

/* ---- lines over time: range of the last value ---- */

static bool bound(struct charting *x, const struct line *line, const struct column *column,
	enum query_show show, struct decimal *out)
{
	struct query q = column_query(line, column);
	struct calc_context ctx = column_context(line, column);
	struct answer answer;

	q.show = (uint8_t)show;
	answer = calc_ask(x->c->in->calc, &q, &ctx, x->c->diag);
	if (answer.kind != ANSWER_NUMBER)
		return false;
	*out = calc_printed(answer.value, answer.value->decimals);
	scale_extend(x->c, x->chart->scale, *out);
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

/* What a row's parts add up to: what the row asks for, else their sum; with the parts' decimals. */
static struct answer total_of(struct charting *x, const struct line *line, struct query *q)
{
	size_t count = x->columns.list.count, found = 0;
	const struct facts_value **parts =
		ARENA_ARRAY(x->c->arena, const struct facts_value *, count);
	struct answer answer;

	*q = *line->query;
	if (count && q->decimals == QUERY_DECIMALS)
		q->decimals = x->columns.list.at[0].query.decimals;
	answer = calc_ask(x->c->in->calc, q, &line->context, x->c->diag);
	for (size_t i = 0; answer.kind != ANSWER_NUMBER && i < count; i++) {
		struct query part = column_query(line, &x->columns.list.at[i]);
		struct calc_context ctx = column_context(line, &x->columns.list.at[i]);
		struct answer one = calc_ask(x->c->in->calc, &part, &ctx, x->c->diag);

		if (one.kind == ANSWER_NUMBER)
			parts[found++] = one.value;
	}
	if (found)
		answer = (struct answer){ .kind = ANSWER_NUMBER,
			.value = calc_sum(
				x->c->in->calc, parts, found, line->row->pos, x->c->diag) };
	return answer;
}

/* The parts as plotted, against the total as printed. */
static void check_rounding(struct charting *x, size_t first, const struct doc_datum *total,
	const struct facts_value *exact)
{
	struct decimal sum = decimal_int(0);
	bool whole = total->present;

	for (size_t i = first; i < x->data.count; i++)
		whole &= x->data.at[i].present && decimal_add(sum, x->data.at[i].value, &sum);
	if (whole && exact->operation == OP_SUM && decimal_cmp(sum, total->value) != 0)
		x->c->rounded = true;
}

static void add_total(struct charting *x, const struct line *line, size_t first)
{
	struct query q;
	struct answer answer = total_of(x, line, &q);

	struct doc_datum total = datum_of_answer(x->c, &answer, &q, x->chart->scale, true);

	vec_push(x->c->arena, &x->totals, total);
	check_rounding(x, first, &total, answer.value);
}

/* Periods by name: rows may be so many periods back. */
static void add_change(struct charting *x, const struct line *line, const struct line *before)
{
	struct doc_datum datum = { .figure = -1 };
	struct query q, ignored;
	struct answer now = total_of(x, line, &q), then = { 0 };
	struct printed printed;

	if (before)
		then = total_of(x, before, &ignored);
	if (now.kind == ANSWER_NUMBER && then.kind == ANSWER_NUMBER) {
		q.show = SHOW_CHANGE;
		q.form = q.form == FORM_AUTO ? FORM_POINTS : q.form;
		q.period = period_text(x->c->arena, now.value->period);
		q.offset = 0;
		q.versus_period = period_text(x->c->arena, then.value->period);
		q.versus_scenario =
			before->query->scenario.len ? before->query->scenario : STR("actual");
		printed = print_query(x->c, &q, &line->context, false);
		datum = (struct doc_datum){ .present = !printed.missing, .figure = printed.figure };
		datum.label = printed.missing ? (struct str){ 0 } : printed.text;
	}
	vec_push(x->c->arena, &x->changes, datum);
}

/* The scale must hold what the parts add up to. */
static void extend_by_stack(struct charting *x, size_t first)
{
	struct decimal up = decimal_int(0), down = up;

	for (size_t i = first; x->chart->kind == CHART_STACKED && i < x->data.count; i++) {
		struct decimal value = x->data.at[i].value;

		decimal_add(decimal_sign(value) > 0 ? up : down, value,
			decimal_sign(value) > 0 ? &up : &down);
	}
	scale_extend(x->c, x->chart->scale, up);
	scale_extend(x->c, x->chart->scale, down);
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

static void add_step(struct charting *x, const struct line *line, const struct facts_record *step,
	struct str label, bool first)
{
	struct doc_category *category = vec_add(x->c->arena, &x->categories);
	struct calc_context ctx = { .item = step };
	struct query q = query_merge(&x->e->change_query, line->query);
	struct doc_datum none = { .figure = -1 };

	category->label = label;
	category->group = line_label_plain(x->c, line);
	category->strong = line->kind == LINE_TOTAL;
	category->colour = category->strong ? COLOUR_INK : DOC_COLOUR_COUNT;
	mark_of(x->c, &line->context, line->row->mark, &category->mark, &category->colour);
	vec_push(x->c->arena, &x->data,
		datum_of(x->c, &q, step ? &ctx : &line->context, x->chart->scale_change, true));
	for (size_t i = 1; i < x->columns.list.count; i++)
		vec_push(x->c->arena, &x->data, none);
	vec_push(x->c->arena, &x->totals, first ? level_of(x, line, 0) : none);
	vec_push(x->c->arena, &x->changes, first ? level_of(x, line, 1) : none);
}

static bool step_of(
	const struct charting *x, const struct facts_record *step, const struct facts_record *group)
{
	const struct facts_field *f = facts_field(step, x->e->change_group);

	return f && f->ref && f->ref == group;
}

static void add_bridge_line(struct charting *x, const struct line *line)
{
	const struct facts_records *steps = facts_records(x->c->in->facts, x->e->change_kind);
	bool first = true;

	if (line->kind == LINE_TOTAL) {
		add_step(x, line, NULL, plain_sublabel(x, line), true);
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

		if (!x->categories.at[i].strong && datum->present &&
			decimal_add(run, datum->value, &run))
			scale_extend(x->c, x->chart->scale_change, run);
	}
}

static void make_bridge(struct charting *x)
{
	const struct scaling *levels = &x->c->scaling.at[x->chart->scale];
	struct measured measured = { levels->measure, levels->exponent, levels->currency };
	/* No scale group can have this name: an id has no space. */
	struct str name = str_printf(x->c->arena, "change of " STR_FMT,
		STR_ARG(x->c->doc->scales.at[x->chart->scale].id));

	x->chart->scale_change = scale_of(x->c, name, measured);
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

		size_t first = x->data.count;

		add_category(x, line);
		add_data(x, line);
		extend_by_stack(x, first);
		if (x->e->totals)
			add_total(x, line, first);
		if (x->e->changes)
			add_change(x, line, i ? &x->lines.list.at[i - 1] : NULL);
	}
	add_intervals(x);
}

static void make_heads(struct charting *x)
{
	struct calc_context ctx = { 0 };

	for (size_t i = 0;
		i < x->e->heads.count && i < sizeof x->chart->heads / sizeof x->chart->heads[0];
		i++)
		x->chart->heads[i] = text_plain(x->c, &x->e->heads.at[i], &ctx);
	x->chart->remark = text_plain(x->c, &x->e->remark, &ctx);
}

/* Of the first figure there is; where there is none, of what the first would have been. */
static struct measured first_measure(struct charting *x)
{
	size_t columns = x->columns.list.count;
	const struct line *line = &x->lines.list.at[0];
	struct query q = columns ? column_query(line, &x->columns.list.at[0]) : *line->query;

	for (size_t i = 0; i < x->lines.list.count * columns; i++) {
		const struct column *column = &x->columns.list.at[i % columns];
		struct calc_context ctx = column_context(&x->lines.list.at[i / columns], column);
		struct query one = column_query(&x->lines.list.at[i / columns], column);

		if (has_answer(x->c, &one, &ctx))
			return measure_of(x->c, &one, &ctx);
	}
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
	if (x->categories.count > UINT16_MAX)
		diag_add(x->c->diag, DIAG_LIMIT, x->chart->pos,
			"more than %d bars or points in one chart", UINT16_MAX);
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

struct doc_block *compose_chart(
	struct composer *c, const struct layout_exhibit *e, struct str title, struct src_pos pos)
{
	struct doc_chart *chart = ARENA_NEW(c->arena, struct doc_chart);
	struct charting x = { .c = c, .e = e, .chart = chart };
	struct doc_block *block = block_add(c, DOC_CHART, pos);

	chart->kind = e->chart;
	chart->pos = pos;
	x.columns = columns_of(c, e);
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
		diag_add(c->diag, DIAG_CHART_DATA, pos,
			"this chart has no value to show; give its metric values or set "
			"if=\"data\" on its slot");
	chart->alt = stated_alt(&x);
	if (chart->alt.len == 0)
		chart->alt = chart_alt(c, chart, x.marked.at, x.marked.count, title);
	block->chart = chart;
	return block;
}
