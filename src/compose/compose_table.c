/* compose: tables. Lines down, columns across; a cell is the column's query over the line's, in the
 * context of both. */
#include "compose/compose_table.h"

/* ---- heads ---- */

bool table_has_group_head(const struct column *column)
{
	return column->group &&
		(has_text(&column->layout->group) || column->context.item ||
			column->context.side.len);
}

static void group_mark(struct composer *c, const struct column *column, struct runs *out)
{
	struct str side = column->layout->group_mark;
	const struct facts_side *found;
	uint8_t mark, colour;

	if (side.len == 0)
		return;
	if (str_is(side, "side") && mark_of(c, &column->context, side, &mark, &colour)) {
		run_mark(c, out, (enum doc_mark_kind)mark, colour, (struct str){ 0 },
			column->layout->pos);
		return;
	}
	found = facts_side_lookup(c->in->facts, side);
	if (found == NULL && !str_is(side, "joint")) {
		facts_unknown_side(c->in->facts, side, column->layout->pos, c->diag);
		return;
	}
	run_side(c, out, found, (struct str){ 0 }, column->layout->pos);
}

static void group_runs(struct composer *c, const struct column *column, struct runs *out)
{
	const struct facts_side *side = facts_side_lookup(c->in->facts, column->context.side);

	group_mark(c, column, out);
	if (text_runs(c, &column->layout->group, &column->context, out))
		return;
	if (column->context.item)
		run_text(c, out, column->context.item->label, 0, column->layout->pos);
	else if (side)
		run_text(c, out, facts_label(&side->labels, locale_lang(c->in->locale), false), 0,
			column->layout->pos);
}

struct doc_cell table_empty_cell(uint8_t span)
{
	return (struct doc_cell){ .fill = DOC_COLOUR_COUNT, .column_span = span };
}

void table_add_row(struct tabling *t, enum doc_row_kind kind, const struct doc_cell *cells,
	size_t count, struct src_pos pos)
{
	struct doc_table_row *row = vec_add(t->c->runs, &t->rows);

	row->kind = (uint8_t)kind;
	row->cells = cells;
	row->count = (uint16_t)count;
	row->keep_with_next = kind == ROW_GROUP;
	if (t->e->carry)
		vec_add(t->c->runs, &t->carried);
	row->pos = pos;
}

void table_add_group_heads(struct tabling *t)
{
	struct doc_cell *cells = ARENA_ARRAY(t->c->arena, struct doc_cell, t->columns.list.count);
	size_t count = 0;

	for (size_t i = 0; i < t->columns.list.count;) {
		const struct column *first = &t->columns.list.at[i];
		bool named = table_has_group_head(first);
		struct runs runs = { 0 };
		uint8_t span = 1;

		while (i + span < t->columns.list.count &&
			t->columns.list.at[i + span].group == first->group &&
			table_has_group_head(&t->columns.list.at[i + span]) == named)
			span++;
		cells[count] = table_empty_cell(span);
		if (named)
			group_runs(t->c, first, &runs);
		cells[count].text = paragraph_of(t->c, style_for(t->c, ROLE_TABLE_HEAD), &runs, 0);
		cells[count].rule_below = named;
		cells[count].align = named ? DOC_CENTRE + 1 : 0;
		count++;
		i += span;
	}
	table_add_row(t, ROW_HEAD, cells, count, t->e->body_pos);
}

static void head_runs(struct composer *c, const struct column *column, struct runs *out)
{
	const struct layout_column *layout = column->layout;

	if (!text_runs(c, &layout->head, &column->context, out))
		from_runs(c, (enum layout_from)layout->head_from, &column->query, &column->context,
			out);
}

/* The first figure of a column. */
static const struct facts_value *first_figure(struct tabling *t, const struct column *column, struct query *q)
{
	for (size_t i = 0; i < t->lines.list.count; i++) {
		const struct line *line = &t->lines.list.at[i];
		struct calc_context ctx = column_context(line, column);
		struct answer answer;

		*q = column_query(line, column);
		if (line->kind == LINE_GROUP)
			continue;
		answer = calc_ask(t->c->in->calc, q, &ctx, t->c->diag);
		if (answer.kind == ANSWER_NUMBER)
			return answer.value;
	}
	return NULL;
}

/* ", € m" behind the head of a column whose figures have that unit. */
static void unit_in_head(struct tabling *t, size_t index, struct runs *out)
{
	const struct column *column = &t->columns.list.at[index];
	struct query q;
	const struct facts_value *v = column->layout->unit_once == UNIT_IN_HEAD ? first_figure(t, column, &q) : NULL;
	struct str unit = v ? print_unit_of(t->c, v, &q) : (struct str){ 0 };

	if (v && unit.len == 0)
		diag_add(t->c->diag, DIAG_ATTRIBUTE_VALUE, column->layout->pos,
			"the figures of this column have no unit that its head could say; leave out unit-once=\"head\"");
	if (unit.len == 0)
		return;
	t->headed[index] = v;
	run_text(t->c, out, out->list.count ? words_of(t->c, "head-unit", &unit, 1) : unit, 0, column->layout->pos);
}

void table_add_heads(struct tabling *t)
{
	struct doc_cell *cells = ARENA_ARRAY(t->c->arena, struct doc_cell, t->columns.list.count);

	for (size_t i = 0; i < t->columns.list.count; i++) {
		const struct column *column = &t->columns.list.at[i];
		struct runs runs = { 0 };

		cells[i] = table_empty_cell(1);
		head_runs(t->c, column, &runs);
		unit_in_head(t, i, &runs);
		cells[i].text = paragraph_of(t->c, style_for(t->c, ROLE_TABLE_HEAD), &runs, 0);
		if (column->layout->axis)
			cells[i].chart = axis_graphic(t->c, t->e, column, &t->lines);
	}
	table_add_row(t, ROW_HEAD, cells, t->columns.list.count, t->e->body_pos);
}

/* ---- cells ---- */

static unsigned cell_flags(
	const struct tabling *t, const struct line *line, const struct column *column)
{
	const struct layout_column *layout = column->layout;
	struct query q = column_query(line, column);
	struct calc_context ctx = column_context(line, column);

	if (layout->strong || line->row->strong)
		return RUN_STRONG;
	if (layout->limit && calc_status(t->c->in->calc, &q, &ctx, t->c->diag).material)
		return RUN_STRONG;
	return 0;
}

static void empty_runs(struct tabling *t, const struct column *column, struct runs *out)
{
	struct str id = column->layout->empty;

	run_text(t->c, out, id.len ? word_at(t->c, id, column->layout->pos) : word(t->c, "none"), 0,
		column->layout->pos);
}

static bool stands_empty(const struct answer *answer, const struct layout_column *layout)
{
	if (answer->kind == ANSWER_MISSING ||
		(answer->kind == ANSWER_TEXT && answer->text.len == 0))
		return true;
	return layout->empty.len && answer->kind == ANSWER_NUMBER &&
		decimal_sign(answer->value->number) == 0;
}

/* A figure in another currency or unit than those above it, or than its column's head, says so itself. */
static bool without_unit(
	struct tabling *t, const struct column *column, const struct answer *answer)
{
	const struct facts_value *v = answer->value, *head = t->headed[column - t->columns.list.at];

	if (!column->layout->unit_once || answer->kind != ANSWER_NUMBER)
		return column->layout->unit_once;
	if (head)
		return same_unit(head, v);
	if (v->measure != MEASURE_MONEY)
		return true;
	if (t->money == NULL &&
		(v->currency.len == 0 || str_equal(v->currency, t->c->in->facts->currency)))
		t->money = v;
	return t->money && same_unit(t->money, v);
}

static void print_cell(struct tabling *t, const struct column *column, const struct answer *answer,
	const struct query *q, unsigned flags, struct runs *out)
{
	if (answer->withheld) {
		run_text(t->c, out, withheld_answer(t->c, answer, true), flags, q->pos);
		return;
	}
	if (stands_empty(answer, column->layout)) {
		empty_runs(t, column, out);
		return;
	}
	answer_runs(t->c, answer, q, without_unit(t, column, answer), flags, out);
	if (answer->benchmark) {
		run_text(t->c, out, STR("\u00a0"), 0, q->pos);
		run_note(t->c, out, answer->benchmark, q->pos);
	}
}

/* Columns of figures, of the same run, or of none. */
static bool adds_to(const struct column *part, const struct column *total)
{
	const struct layout_column *layout = part->layout;

	return layout->run == total->layout->run && part->group == total->group && !layout->label &&
		!layout->total && !has_text(&layout->text) && layout->graphic == GRAPHIC_NONE &&
		layout->query.field.len == 0 && layout->query.show == total->layout->query.show;
}

/* Shares and scores have no sum. */
static bool may_be_summed(
	struct tabling *t, const struct column *total, const struct facts_value *v)
{
	if (v->metric == NULL || v->metric->aggregate == AGGREGATE_SUM)
		return true;
	diag_add(t->c->diag, DIAG_ATTRIBUTE_VALUE, total->layout->pos,
		"'" STR_FMT "' cannot be added up: this total column holds what has no sum",
		STR_ARG(v->metric->id));
	return false;
}

/* The columns before this one in its run, added up: "3 years". */
static struct answer sum_of_run(struct tabling *t, const struct line *line, size_t index)
{
	const struct column *at = t->columns.list.at;
	const struct facts_value **operands = ARENA_ARRAY(
					 t->c->arena, const struct facts_value *, index + 1),
				 *total;
	size_t count = 0;

	for (size_t i = 0; i < index; i++) {
		struct query q = column_query(line, &at[i]);
		struct calc_context ctx = column_context(line, &at[i]);
		struct answer one = { 0 };

		if (adds_to(&at[i], &at[index]))
			one = calc_ask(t->c->in->calc, &q, &ctx, t->c->diag);
		if (one.kind == ANSWER_NUMBER)
			operands[count++] = one.value;
	}
	if (count == 0 || !may_be_summed(t, &at[index], operands[0]))
		return (struct answer){ .kind = ANSWER_MISSING };
	total = calc_sum(t->c->in->calc, operands, count, at[index].layout->pos, t->c->diag);
	rounding_of_parts(t->c, operands, count, total, at[index].query.decimals);
	return (struct answer){ .kind = ANSWER_NUMBER, .value = total };
}

static struct answer cell_answer(
	struct tabling *t, const struct line *line, size_t index, const struct query *q)
{
	const struct column *column = &t->columns.list.at[index];
	struct calc_context ctx = column_context(line, column);

	if (column->layout->total)
		return sum_of_run(t, line, index);
	return calc_ask(t->c->in->calc, q, &ctx, t->c->diag);
}

static void status_runs(
	struct tabling *t, const struct line *line, const struct column *column, struct runs *out)
{
	struct str words;
	uint8_t status = cell_status(t->c, column, line, &words);

	run_status(t->c, out, status, words, column->layout->pos);
}

/* A Harvey ball and its number. */
static void ball_runs(struct tabling *t, const struct column *column, const struct answer *answer,
	const struct query *q, struct runs *out)
{
	int64_t quarters;

	if (answer->value == NULL) {
		empty_runs(t, column, out);
		return;
	}
	quarters = decimal_round(answer->value->number, 0).coef;
	quarters = quarters < 0 ? 0 : quarters > 4 ? 4 : quarters;
	run_mark(t->c, out, (enum doc_mark_kind)(MARK_BALL_0 + quarters), COLOUR_INK,
		(struct str){ 0 }, q->pos);
	print_cell(t, column, answer, q, 0, out);
}

static void value_runs(struct tabling *t, const struct line *line, size_t index, struct runs *out)
{
	const struct column *column = &t->columns.list.at[index];
	struct query q = column_query(line, column);
	struct answer answer = benchmark_kept(t->c, cell_answer(t, line, index, &q));
	struct calc_context ctx = column_context(line, column);
	uint8_t mark, colour;

	t->answered[index] |= answer.kind != ANSWER_MISSING;
	if (answer.kind == ANSWER_NUMBER)
		rounding_of_line(t->c, &t->adding[index], line, answer.value, q.decimals);
	if (column->layout->graphic == GRAPHIC_BALL) {
		ball_runs(t, column, &answer, &q, out);
		return;
	}
	if (mark_of(t->c, &ctx, column->layout->mark, &mark, &colour))
		run_mark(t->c, out, (enum doc_mark_kind)mark, colour, (struct str){ 0 },
			column->layout->pos);
	print_cell(t, column, &answer, &q, cell_flags(t, line, column), out);
}

/* Nothing but a head asks for what the row is about. */
bool table_asks_something(const struct line *line, const struct column *column)
{
	const struct query *q = &column->query;

	return column->layout->total || line->query->metric.len || q->metric.len || q->field.len ||
		q->scenario.len || q->period.len || q->kind.len || q->side.len ||
		q->show != SHOW_VALUE || column->layout->graphic == GRAPHIC_BALL;
}

static void text_cell(
	struct tabling *t, const struct line *line, const struct column *column, struct runs *out)
{
	struct calc_context ctx = text_context(line, column);
	uint8_t mark, colour;

	if (mark_of(t->c, &ctx, column->layout->mark, &mark, &colour))
		run_mark(t->c, out, (enum doc_mark_kind)mark, colour, (struct str){ 0 },
			column->layout->pos);
	text_runs(t->c, &column->layout->text, &ctx, out);
}

/* The mark of a field alone; what it stands for is said to those who cannot see it. */
static void mark_runs(
	struct tabling *t, const struct line *line, const struct column *column, struct runs *out)
{
	struct calc_context ctx = column_context(line, column);
	struct str name = column->layout->mark.len ? column->layout->mark : column->query.field;
	struct query q = column->query;
	uint8_t mark, colour;

	if (!mark_of(t->c, &ctx, name, &mark, &colour))
		return;
	q.field = name;
	q.form = FORM_AUTO;
	run_mark(t->c, out, (enum doc_mark_kind)mark, colour,
		str_is(name, "side") ? facts_label_of_side(t->c, ctx.side)
				     : print_query(t->c, &q, &ctx, true).text,
		column->layout->pos);
}

static void cell_runs(struct tabling *t, const struct line *line, size_t index, struct runs *out)
{
	const struct column *column = &t->columns.list.at[index];
	const struct layout_column *layout = column->layout;

	if (layout->label)
		line_label(t->c, line, out);
	else if (layout->body_only && line->kind != LINE_BODY)
		return;
	else if (layout->graphic == GRAPHIC_STATUS)
		status_runs(t, line, column, out);
	else if (layout->graphic == GRAPHIC_MARK)
		mark_runs(t, line, column, out);
	else if (has_text(&layout->text))
		text_cell(t, line, column, out);
	else if (!is_chart_graphic(layout) && table_asks_something(line, column))
		value_runs(t, line, index, out);
}

static void colour_runs(struct runs *runs, uint8_t colour)
{
	for (size_t i = 0; i < runs->list.count; i++)
		if (runs->list.at[i].kind == RUN_TEXT)
			runs->list.at[i].colour = colour;
}

static void strengthen(struct runs *runs)
{
	for (size_t i = 0; i < runs->list.count; i++)
		runs->list.at[i].flags |= RUN_STRONG;
}

/* A label is strong where its row is, or where the column named by the row's limit passes its
 * metric's. */
static bool strong_label(struct tabling *t, const struct line *line)
{
	if (line->row->strong)
		return true;
	for (size_t i = 0; line->row->limit.len && i < t->columns.list.count; i++)
		if (str_equal(t->columns.list.at[i].layout->id, line->row->limit)) {
			struct query q = column_query(line, &t->columns.list.at[i]);
			struct calc_context ctx = column_context(line, &t->columns.list.at[i]);

			return calc_status(t->c->in->calc, &q, &ctx, t->c->diag).material;
		}
	return false;
}

const struct doc_style *table_line_style(const struct tabling *t, const struct line *line)
{
	switch (line->kind) {
	case LINE_GROUP: return style_for(t->c, ROLE_TABLE_GROUP);
	case LINE_BODY: return layout_style(t->c->in->layout, t->e->style, ROLE_TABLE_CELL);
	default: return style_for(t->c, ROLE_TABLE_TOTAL);
	}
}

/* Under the label: its second line, muted; at its end the text of its group. */
void table_add_remark(struct tabling *t, const struct line *line, struct runs *out)
{
	struct runs sub = { 0 };

	if (line->kind != LINE_GROUP && line_sublabel(t->c, line, &sub)) {
		colour_runs(&sub, COLOUR_MUTED);
		run_add(t->c, out, RUN_BREAK, line->row->pos);
		append_runs(t->c, &sub, out);
	}
	if (line->kind == LINE_GROUP && has_text(&line->row->group_text)) {
		run_add(t->c, out, RUN_FILL, line->row->pos);
		text_runs(t->c, &line->row->group_text, &line->context, out);
	}
}

/* A choice on its scale: the darker the further; the word stands in it. */
static void heat_cell(struct tabling *t, const struct line *line, const struct column *column,
	struct runs *runs, struct doc_cell *cell)
{
	struct calc_context ctx = column_context(line, column);
	const struct facts_field *f = ctx.item ? facts_field(ctx.item, column->query.field) : NULL;

	if (f && f->present)
		heat_paint(t->c, heat_step(f), runs, cell);
}

struct doc_cell table_cell(struct tabling *t, const struct line *line, size_t index)
{
	const struct column *column = &t->columns.list.at[index];
	struct doc_cell cell = table_empty_cell(1);
	struct runs runs = { 0 };

	cell_runs(t, line, index, &runs);
	if (column->layout->label) {
		cell.row_head = true;
		if (line->group_label.len && line->kind == LINE_BODY)
			cell.indent = t->c->design->tokens.exhibit_padding;
		if (strong_label(t, line))
			strengthen(&runs);
		table_add_remark(t, line, &runs);
	}
	if (column->layout->muted)
		colour_runs(&runs, COLOUR_MUTED);
	if (column->layout->graphic == GRAPHIC_HEAT)
		heat_cell(t, line, column, &runs, &cell);
	if (line->kind == LINE_BODY || !column->layout->body_only)
		cell.chart = cell_graphic(t->c, t->e, column, line);
	cell.text = paragraph_of(t->c, table_line_style(t, line), &runs, 0);
	return cell;
}
