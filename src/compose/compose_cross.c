/* compose: a cross table of records: two of their fields span it, a third is the cell, coloured by its step and always with its word. */
#include "compose/compose_int.h"

struct crossing { /* one cross table being made */
	struct composer *c;
	const struct layout_exhibit *e;
	const struct facts_records *records;
	const struct facts_record **rows, **columns;  /* the records that the two fields name, in the order shown */
	size_t row_count, column_count;
	VEC(struct doc_table_row) out;
};

enum { HEAT_STEPS = 4 };

/* ---- the two axes ---- */

static const struct facts_record *named_by(const struct facts_record *r, struct str field)
{
	const struct facts_field *f = facts_field(r, field);

	return f && f->def->type == FIELD_REF ? f->ref : NULL;
}

static int64_t value_of(const struct crossing *x, const struct facts_record *r)
{
	const struct facts_field *f = facts_field(r, x->e->cross_value);

	if (f == NULL || !f->present)
		return 0;
	return f->def->type == FIELD_CHOICE ? f->number.coef + 1 : decimal_round(f->number, 0).coef;
}

static size_t collect(struct crossing *x, struct str field, const struct facts_record **out)
{
	size_t count = 0;

	for (size_t i = 0; i < x->records->list.count; i++) {
		const struct facts_record *named = named_by(x->records->list.at[i], field);
		size_t k = 0;

		while (k < count && out[k] != named)
			k++;
		if (named && k == count)
			out[count++] = named;
	}
	return count;
}

struct weight {
	int64_t worst, sum;
};

static struct weight weight_of(const struct crossing *x, struct str field, const struct facts_record *named)
{
	struct weight w = { 0, 0 };

	for (size_t i = 0; i < x->records->list.count; i++) {
		const struct facts_record *r = x->records->list.at[i];
		int64_t value = value_of(x, r);

		if (named_by(r, field) != named)
			continue;
		w.sum += value;
		w.worst = value > w.worst ? value : w.worst;
	}
	return w;
}

static bool heavier(struct weight a, struct weight b, uint8_t order)
{
	if (order == ORDER_WORST && a.worst != b.worst)
		return a.worst > b.worst;
	return order != ORDER_FILE && a.sum > b.sum;
}

static void put_in_order(const struct crossing *x, struct str field, uint8_t order, const struct facts_record **at, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct facts_record *one = at[i];
		struct weight w = weight_of(x, field, one);
		size_t k = i;

		for (; k > 0 && heavier(w, weight_of(x, field, at[k - 1]), order); k--)
			at[k] = at[k - 1];
		at[k] = one;
	}
}

/* ---- cells ---- */

static struct doc_cell text_cell(struct crossing *x, struct str text, enum doc_role role, uint8_t align)
{
	struct runs runs = { 0 };

	run_text(x->c, &runs, text, 0, x->e->body_pos);
	return (struct doc_cell){ .fill = DOC_COLOUR_COUNT, .align = (uint8_t)(align + 1),
		.text = paragraph_of(x->c, style_for(x->c, role), &runs, 0) };
}

static const struct facts_record *record_at(const struct crossing *x, const struct facts_record *row, const struct facts_record *column)
{
	for (size_t i = 0; i < x->records->list.count; i++) {
		const struct facts_record *r = x->records->list.at[i];

		if (named_by(r, x->e->cross_row) == row && named_by(r, x->e->cross_column) == column)
			return r;
	}
	return NULL;
}

static struct doc_cell heat_cell(struct crossing *x, const struct facts_record *r)
{
	int64_t step = r ? value_of(x, r) : 0;
	struct str text = r && facts_field(r, x->e->cross_value)->def->type == FIELD_CHOICE
				  ? choice_label(x->c, r, facts_field(r, x->e->cross_value))
				  : word(x->c, "none");
	struct doc_cell cell = text_cell(x, text, ROLE_TABLE_CELL, DOC_CENTRE);
	struct doc_run *run = (struct doc_run *)cell.text.runs;

	step = step > HEAT_STEPS ? HEAT_STEPS : step;
	if (step < 1)
		return cell;
	cell.fill = (uint8_t)(COLOUR_HEAT_1 + step - 1);
	run->flags |= step > 2 ? RUN_STRONG : 0;
	run->colour = step == HEAT_STEPS ? COLOUR_PAPER : COLOUR_INK;
	return cell;
}

/* Sums are counts over records: a figure that traces to the fields it adds. */
static struct doc_cell sum_cell(struct crossing *x, const struct facts_record *row, const struct facts_record *column, enum doc_role role)
{
	struct query q;
	struct calc_context ctx = { 0 };
	struct printed printed;
	struct runs runs = { 0 };
	struct buf where;

	buf_init(&where, x->c->arena, 1024);
	query_init(&q, x->e->body_pos);
	q.show = SHOW_SUM;
	q.kind = x->e->rows.at[0].each;
	q.field = x->e->cross_value;
	if (row)
		buf_printf(&where, STR_FMT "=" STR_FMT, STR_ARG(x->e->cross_row), STR_ARG(row->id));
	if (column)
		buf_printf(&where, STR_FMT "=" STR_FMT, STR_ARG(x->e->cross_column), STR_ARG(column->id));
	q.where = buf_str(&where);
	printed = print_query(x->c, &q, &ctx, true);
	run_figure(x->c, &runs, printed.text, printed.figure, 0, q.pos);
	return (struct doc_cell){ .fill = DOC_COLOUR_COUNT, .align = (uint8_t)((column ? DOC_CENTRE : DOC_END) + 1),
		.text = paragraph_of(x->c, style_for(x->c, role), &runs, 0) };
}

/* ---- rows ---- */

static struct doc_cell *add_row(struct crossing *x, enum doc_row_kind kind)
{
	struct doc_table_row *row = vec_add(x->c->arena, &x->out);
	size_t count = x->column_count + 1 + (x->e->cross_sums ? 1 : 0);
	struct doc_cell *cells = ARENA_ARRAY(x->c->arena, struct doc_cell, count);

	row->kind = (uint8_t)kind;
	row->cells = cells;
	row->count = (uint16_t)count;
	row->pos = x->e->body_pos;
	return cells;
}

static void add_head(struct crossing *x)
{
	struct doc_cell *cells = add_row(x, ROW_HEAD);

	cells[0] = text_cell(x, (struct str){ 0 }, ROLE_TABLE_HEAD, DOC_START);
	for (size_t i = 0; i < x->column_count; i++)
		cells[i + 1] = text_cell(x, x->columns[i]->label, ROLE_TABLE_HEAD, DOC_CENTRE);
	if (x->e->cross_sums)
		cells[x->column_count + 1] = text_cell(x, word(x->c, "sum"), ROLE_TABLE_HEAD, DOC_END);
}

static void add_body(struct crossing *x, const struct facts_record *row)
{
	struct doc_cell *cells = add_row(x, ROW_BODY);

	cells[0] = text_cell(x, row->label, ROLE_TABLE_CELL, DOC_START);
	cells[0].row_head = true;
	for (size_t i = 0; i < x->column_count; i++)
		cells[i + 1] = heat_cell(x, record_at(x, row, x->columns[i]));
	if (x->e->cross_sums)
		cells[x->column_count + 1] = sum_cell(x, row, NULL, ROLE_TABLE_CELL);
}

static void add_sums(struct crossing *x)
{
	struct doc_cell *cells = add_row(x, ROW_TOTAL);

	cells[0] = text_cell(x, word(x->c, "sum-of-scores"), ROLE_TABLE_TOTAL, DOC_START);
	cells[0].row_head = true;
	for (size_t i = 0; i < x->column_count; i++)
		cells[i + 1] = sum_cell(x, NULL, x->columns[i], ROLE_TABLE_TOTAL);
	cells[x->column_count + 1] = sum_cell(x, NULL, NULL, ROLE_TABLE_TOTAL);
}

static const struct doc_column *widths(struct crossing *x, size_t count)
{
	struct doc_column *columns = ARENA_ARRAY(x->c->arena, struct doc_column, count);

	for (size_t i = 0; i < count; i++) {
		bool cell = i > 0 && i <= x->column_count;

		columns[i].width_kind = WIDTH_SHARE;
		columns[i].width = i == 0 ? 1900 : cell ? 1000 : 600;
		columns[i].align = cell ? DOC_CENTRE : i == 0 ? DOC_START : DOC_END;
	}
	return columns;
}

static bool find_records(struct crossing *x)
{
	x->records = x->e->rows.count ? facts_records(x->c->in->facts, x->e->rows.at[0].each) : NULL;
	if (x->records == NULL || x->records->list.count == 0)
		return false;
	x->rows = ARENA_ARRAY(x->c->arena, const struct facts_record *, x->records->list.count);
	x->columns = ARENA_ARRAY(x->c->arena, const struct facts_record *, x->records->list.count);
	x->row_count = collect(x, x->e->cross_row, x->rows);
	x->column_count = collect(x, x->e->cross_column, x->columns);
	put_in_order(x, x->e->cross_row, x->e->cross_row_order, x->rows, x->row_count);
	put_in_order(x, x->e->cross_column, x->e->cross_column_order, x->columns, x->column_count);
	return x->row_count > 0 && x->column_count > 0;
}

struct doc_block *compose_cross(struct composer *c, const struct layout_exhibit *e, struct src_pos pos)
{
	struct crossing x = { .c = c, .e = e };
	struct doc_table *table = ARENA_NEW(c->arena, struct doc_table);
	struct doc_block *block = block_add(c, DOC_TABLE, pos);

	if (!find_records(&x))
		return NULL;
	c->shown_source = x.records->list.at[0]->source;
	add_head(&x);
	for (size_t i = 0; i < x.row_count; i++)
		add_body(&x, x.rows[i]);
	if (e->cross_sums)
		add_sums(&x);
	table->column_count = (uint16_t)(x.column_count + 1 + (e->cross_sums ? 1 : 0));
	table->columns = widths(&x, table->column_count);
	table->rows = x.out.at;
	table->row_count = (uint32_t)x.out.count;
	table->head_rows = 1;
	table->row_height = e->row_height;
	table->repeat_head = e->repeat_head;
	table->no_rules = !e->rules;
	block->table = table;
	return block;
}
