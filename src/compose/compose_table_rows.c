/* compose: tables. Their rows, the sums they carry over pages, and the whole: one table, or several where the layout parts the
 * columns of a wide one. */
#include "compose/compose_table.h"

/* ---- rows ---- */

static enum doc_row_kind row_kind(const struct line *line)
{
	static const enum doc_row_kind kinds[] = { [LINE_BODY] = ROW_BODY,
		[LINE_GROUP] = ROW_GROUP,
		[LINE_SUBTOTAL] = ROW_SUBTOTAL,
		[LINE_TOTAL] = ROW_TOTAL };

	return kinds[line->kind];
}

static void add_line(struct tabling *t, const struct line *line)
{
	size_t count = t->columns.list.count;
	struct doc_cell *cells = ARENA_ARRAY(t->c->runs, struct doc_cell, count);

	if (t->c->shown_source == NULL && line->context.item)
		t->c->shown_source = line->context.item->source;
	for (size_t i = 0; i < count; i++)
		cells[i] = table_cell(t, line, i);
	table_add_row(t, row_kind(line), cells, count,
		line->context.item ? line->context.item->pos : line->row->pos);
}

/* A group's head without values stands over the whole width. */
static void add_bare_group(struct tabling *t, const struct line *line)
{
	struct doc_cell *cell = ARENA_NEW(t->c->runs, struct doc_cell);
	struct runs runs = { 0 };

	line_label(t->c, line, &runs);
	table_add_remark(t, line, &runs);
	*cell = table_empty_cell((uint8_t)t->columns.list.count);
	cell->text = paragraph_of(t->c, table_line_style(t, line), &runs, 0);
	cell->row_head = true;
	table_add_row(t, ROW_GROUP, cell, 1, line->row->pos);
}

/* ---- sums carried over pages ---- */

static bool has_figures(const struct column *column)
{
	const struct layout_column *layout = column->layout;

	return !layout->label && !has_text(&layout->text) && layout->graphic == GRAPHIC_NONE && layout->query.field.len == 0;
}

/* Shares, changes in per cent, scores: what is not added up has no running sum either. */
static bool may_be_carried(const struct facts_value *v)
{
	return v->metric && v->metric->aggregate == AGGREGATE_SUM && v->measure == v->metric->measure;
}

static void refuse(struct tabling *t, size_t index, const struct facts_value *v)
{
	const struct column *column = &t->columns.list.at[index];

	if (!t->refused[index])
		diag_add(t->c->diag, DIAG_ATTRIBUTE_VALUE, column->layout->pos,
			"'" STR_FMT "' cannot be carried forward: this column holds what has no sum; its running sum is left out",
			STR_ARG(v->metric ? v->metric->id : column->layout->id));
	t->refused[index] = true;
}

/* The column's sum down to this line; NULL where it has none. */
static const struct facts_value *sum_through(struct tabling *t, const struct line *line, size_t index)
{
	const struct column *column = &t->columns.list.at[index];
	struct query q = column_query(line, column);
	struct calc_context ctx = column_context(line, column);
	struct answer answer = { 0 };

	if (line->kind == LINE_BODY && has_figures(column) && !column->layout->total && !t->refused[index])
		answer = calc_ask(t->c->in->calc, &q, &ctx, t->c->diag);
	if (answer.kind != ANSWER_NUMBER)
		return t->sums[index];
	if (!may_be_carried(answer.value)) {
		refuse(t, index, answer.value);
		return NULL;
	}
	if (t->sums[index] == NULL)
		return answer.value;
	return calc_sum(t->c->in->calc, (const struct facts_value *[]){ t->sums[index], answer.value }, 2, column->layout->pos,
		t->c->diag);
}

static struct doc_cell carried_cell(struct tabling *t, const struct line *line, size_t index)
{
	const struct column *column = &t->columns.list.at[index];
	struct doc_cell cell = table_empty_cell(1);
	struct runs runs = { 0 };

	t->sums[index] = sum_through(t, line, index);
	if (t->sums[index]) {
		struct query q = column_query(line, column);
		struct answer sum = { .kind = ANSWER_NUMBER, .value = t->sums[index] };
		struct printed printed = print_answer(t->c, &sum, &q, column->layout->unit_once);
		run_figure(t->c, &runs, printed.text, printed.figure, 0, column->layout->pos);
	}
	cell.text = paragraph_of(t->c, style_for(t->c, ROLE_TABLE_TOTAL), &runs, 0);
	return cell;
}

static void add_carried(struct tabling *t, const struct line *line)
{
	size_t count = t->columns.list.count;
	struct doc_cell *cells = ARENA_ARRAY(t->c->runs, struct doc_cell, count);
	struct doc_table_row *row = &t->carried.at[t->carried.count - 1];

	for (size_t i = 0; i < count; i++)
		cells[i] = carried_cell(t, line, i);
	*row = (struct doc_table_row){ .kind = ROW_TOTAL, .cells = cells, .count = (uint16_t)count, .pos = line->row->pos };
}

static struct doc_paragraph carry_words(struct tabling *t, const char *id)
{
	struct runs runs = { 0 };

	run_text(t->c, &runs, word(t->c, id), 0, t->e->body_pos);
	return paragraph_of(t->c, style_for(t->c, ROLE_TABLE_TOTAL), &runs, 0);
}

static const struct doc_carry *carry_of(struct tabling *t)
{
	struct doc_carry *carry;

	if (!t->e->carry)
		return NULL;
	carry = ARENA_NEW(t->c->arena, struct doc_carry);
	carry->rows = t->carried.at;
	carry->carried = carry_words(t, "carried-forward");
	carry->brought = carry_words(t, "brought-forward");
	while (carry->label + 1u < t->columns.list.count && !t->columns.list.at[carry->label].layout->label)
		carry->label++;
	return carry;
}

/* ---- the whole ---- */

static const struct doc_column *doc_columns_of(struct tabling *t)
{
	struct doc_column *columns =
		ARENA_ARRAY(t->c->arena, struct doc_column, t->columns.list.count);

	for (size_t i = 0; i < t->columns.list.count; i++) {
		const struct layout_column *layout = t->columns.list.at[i].layout;

		columns[i] = (struct doc_column){ .width_kind = layout->width.kind,
			.align = layout->align < COLUMN_DECIMAL ? layout->align : layout->align == COLUMN_SIGN ? DOC_START : DOC_END,
			.anchor = layout->align < COLUMN_DECIMAL ? ANCHOR_NONE
				: (uint8_t)(ANCHOR_DECIMAL + layout->align - COLUMN_DECIMAL),
			.width = layout->width.width,
			.pad_left = layout->pad_left };
		if (i + 1 < t->columns.list.count)
			columns[i].pad_right = section_master(t->c)->step;
	}
	return columns;
}

static mpt row_padding(const struct tabling *t)
{
	mpt leading = layout_style(t->c->in->layout, t->e->style, ROLE_TABLE_CELL)->leading;

	if (t->e->row_pad >= 0)
		return t->e->row_pad;
	return t->e->row_height > leading && t->e->row_height < 2 * leading
		? (t->e->row_height - leading) / 2
		: 0;
}

/* A column in which no line has a value is a mistake of the layout or of the data. */
static void report_empty_columns(struct tabling *t)
{
	for (size_t i = 0; i < t->columns.list.count; i++) {
		const struct column *column = &t->columns.list.at[i];
		struct query q = column_query(&t->lines.list.at[0], column);
		struct calc_context ctx = column_context(&t->lines.list.at[0], column);
		struct answer answer = { 0 };

		if (t->answered[i] || column->layout->total)
			continue;
		answer = calc_ask(t->c->in->calc, &q, &ctx, t->c->diag);
		if (answer.kind == ANSWER_MISSING)
			report_missing(t->c, &q, &answer, column->layout->pos);
	}
}

/* Columns that print no figure have nothing to miss. */
static bool *answered_columns(struct tabling *t)
{
	bool *answered = ARENA_ARRAY(t->c->arena, bool, t->columns.list.count);

	for (size_t i = 0; i < t->columns.list.count; i++) {
		const struct layout_column *layout = t->columns.list.at[i].layout;

		answered[i] = layout->label || has_text(&layout->text) ||
			(layout->graphic && layout->graphic != GRAPHIC_BALL) || layout->empty.len ||
			layout->query.field.len || layout->query.show == SHOW_BENCHMARK ||
			!table_asks_something(&t->lines.list.at[0], &t->columns.list.at[i]);
	}
	return answered;
}

/* Most cells of a long table print a figure of a value of its own. */
static void make_room(struct tabling *t)
{
	enum { LONG = 256 };
	size_t lines = t->lines.list.count, cells = lines * t->columns.list.count;

	if (lines < LONG)
		return;
	vec_reserve(t->c->runs, &t->rows, lines);
	vec_reserve(t->c->arena, &t->c->doc->values, cells);
	vec_reserve(t->c->arena, &t->c->doc->figures, cells);
}

static void add_lines(struct tabling *t)
{
	if (t->c->in->rows)
		t->c->runs = t->c->in->rows;
	make_room(t);
	for (size_t i = 0; i < t->lines.list.count; i++) {
		const struct line *line = &t->lines.list.at[i];

		if (line->kind == LINE_GROUP && !line->row->subtotals)
			add_bare_group(t, line);
		else
			add_line(t, line);
		if (t->e->carry)
			add_carried(t, line);
	}
	t->c->runs = t->c->arena;
}

static struct doc_table *fill_table(struct tabling *t)
{
	struct doc_table *table = ARENA_NEW(t->c->arena, struct doc_table);
	struct calc_context ctx = { 0 };

	*table = (struct doc_table){ .columns = doc_columns_of(t),
		.column_count = (uint16_t)t->columns.list.count,
		.rows = t->rows.at,
		.row_count = (uint32_t)t->rows.count,
		.row_height = t->e->row_height,
		.row_pad = row_padding(t),
		.no_rules = !t->e->rules,
		.repeat_head = t->e->repeat_head,
		.rtl = t->c->rtl,
		.repeat_groups = t->e->repeat_groups,
		.zebra = t->e->zebra,
		.foot_rule = t->e->foot_rule,
		.carry = carry_of(t),
		.summary = text_plain(t->c, &t->e->alt, &ctx) };
	return table;
}

static struct doc_block *table_of(
	struct composer *c, const struct layout_exhibit *e, struct columns columns, struct lines lines, struct src_pos pos)
{
	struct tabling t = { .c = c, .e = e, .columns = columns, .lines = lines };
	size_t count = columns.list.count, heads;
	struct doc_table *table;
	struct doc_block *block = block_add(c, DOC_TABLE, pos);

	t.answered = answered_columns(&t);
	t.adding = ARENA_ARRAY(c->arena, struct adding, count);
	t.sums = ARENA_ARRAY(c->arena, const struct facts_value *, count);
	t.headed = ARENA_ARRAY(c->arena, const struct facts_value *, count);
	t.refused = ARENA_ARRAY(c->arena, bool, count);
	for (size_t i = 0; i < count; i++)
		t.grouped |= table_has_group_head(&columns.list.at[i]);
	if (t.grouped)
		table_add_group_heads(&t);
	table_add_heads(&t);
	heads = t.rows.count;
	add_lines(&t);
	for (size_t i = 0; i < count; i++)
		rounding_of_group(c, &t.adding[i]);
	report_empty_columns(&t);
	table = fill_table(&t);
	table->head_rows = (uint32_t)heads;
	block->table = table;
	return block;
}

/* ---- wide tables in parts ---- */

/* Where the part that begins at column from ends: runs and columns under one head stay together unless they alone are more. */
static size_t part_end(const struct columns *all, size_t from, size_t most)
{
	size_t end = from, good = from;

	for (size_t taken = 0; end < all->list.count && taken < most; end++) {
		const struct column *column = &all->list.at[end];
		taken += !column->layout->label;
		if (end + 1 == all->list.count || column->group == 0 || all->list.at[end + 1].group != column->group)
			good = end + 1;
	}
	return good > from ? good : end;
}

/* The columns of labels, then those of the part. */
static struct columns part_of(struct composer *c, const struct columns *all, size_t from, size_t end)
{
	struct columns part = { 0 };

	for (size_t i = 0; i < all->list.count; i++)
		if (all->list.at[i].layout->label || (i >= from && i < end))
			vec_push(c->arena, &part.list, all->list.at[i]);
	return part;
}

static struct doc_block *tables_of(
	struct composer *c, const struct layout_exhibit *e, const struct columns *columns, struct lines lines, size_t most, struct src_pos pos)
{
	struct blocks blocks = { 0 };

	for (size_t from = 0, end; from < columns->list.count; from = end) {
		end = part_end(columns, from, most);
		struct doc_block *part = table_of(c, e, part_of(c, columns, from, end), lines, pos);
		part->space_before = blocks.list.count ? c->design->tokens.exhibit_padding : 0;
		vec_push(c->arena, &blocks.list, part);
	}
	return block_stack(c, &blocks, pos);
}

/* One that may turn onto wider pages does that instead. */
static size_t most_beside(struct composer *c, const struct layout_exhibit *e, size_t count, struct src_pos pos)
{
	if (e->split > 0 || e->turn_to.len)
		return e->split > 0 ? (size_t)e->split : 0;
	return columns_beside(c, (uint32_t)count, 1, pos);
}

struct doc_block *compose_table(struct composer *c, const struct layout_exhibit *e, struct src_pos pos)
{
	struct columns columns = columns_of(c, e);
	struct lines lines = lines_of(c, e->rows.at, e->rows.count, e->columns.at, e->columns.count);
	struct doc_block *block = NULL;

	if (lines.list.count == 0)
		return NULL;
	size_t most = most_beside(c, e, columns.list.count, pos);
	if (most && columns.list.count > most)
		block = tables_of(c, e, &columns, lines, most, pos);
	else
		block = table_of(c, e, columns, lines, pos);
	arena_shrink(c->arena, lines.list.at, lines.list.room * sizeof *lines.list.at, 0);
	return block;
}
