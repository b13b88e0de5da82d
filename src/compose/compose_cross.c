/* compose: a cross table of records: two of their fields span it, a third is the cell, coloured by
 * its step and always with its word. */
#include "compose/compose_int.h"

#include <stdlib.h>

struct place { /* one row or column: what a field of some records says */
	const struct facts_field *field;
	int64_t order;	    /* of what the field names, as it is declared */
	int64_t worst, sum; /* of the values of its records */
};

struct crossing { /* one cross table being made */
	struct composer *c;
	const struct layout_exhibit *e;
	VEC(const struct facts_record *) records;
	struct place *rows, *columns; /* in the order shown */
	size_t row_count, column_count;
	VEC(struct doc_table_row) out;
};

enum { HEAT_STEPS = COLOUR_HEAT_4 - COLOUR_HEAT_1 + 1 };

/* ---- the two axes ---- */

/* Order in which the records, choices or sides that a field names were declared. */
static int64_t declared(const struct facts_field *f)
{
	if (f->def->type == FIELD_REF)
		return f->ref->index;
	if (f->def->type == FIELD_SIDE)
		return f->side ? f->side->index : FACTS_SIDES;
	return f->number.coef;
}

static const struct facts_field *axis_field(const struct facts_record *r, struct str name)
{
	const struct facts_field *f = facts_field(r, name);
	bool names = f &&
		(f->def->type == FIELD_REF || f->def->type == FIELD_SIDE ||
			f->def->type == FIELD_CHOICE);

	return names && f->present ? f : NULL;
}

static bool stands_at(const struct facts_record *r, struct str name, const struct place *place)
{
	const struct facts_field *f = axis_field(r, name);

	return f && declared(f) == place->order;
}

static int64_t value_of(const struct crossing *x, const struct facts_record *r)
{
	const struct facts_field *f = facts_field(r, x->e->cross_value);

	if (f == NULL || !f->present)
		return 0;
	return f->def->type == FIELD_CHOICE ? f->number.coef + 1 : decimal_round(f->number, 0).coef;
}

static struct place *place_of(
	const struct facts_record *r, struct str name, struct place *at, size_t *count)
{
	const struct facts_field *f = axis_field(r, name);
	size_t i = 0;

	if (f == NULL)
		return NULL;
	while (i < *count && at[i].order != declared(f))
		i++;
	if (i == *count)
		at[(*count)++] = (struct place){ .field = f, .order = declared(f) };
	return &at[i];
}

static size_t collect(struct crossing *x, struct str name, struct place *at)
{
	size_t count = 0;

	for (size_t i = 0; i < x->records.count; i++) {
		int64_t value = value_of(x, x->records.at[i]);
		struct place *place = place_of(x->records.at[i], name, at, &count);

		if (place == NULL)
			continue;
		place->sum += value;
		place->worst = value > place->worst ? value : place->worst;
	}
	return count;
}

static bool goes_before(const struct place *a, const struct place *b, uint8_t order)
{
	if (order == ORDER_WORST && a->worst != b->worst)
		return a->worst > b->worst;
	if (order != ORDER_FILE && a->sum != b->sum)
		return a->sum > b->sum;
	return a->order < b->order;
}

static void put_in_order(struct place *at, size_t count, uint8_t order)
{
	for (size_t i = 1; i < count; i++) {
		struct place one = at[i];
		size_t k = i;

		for (; k > 0 && goes_before(&one, &at[k - 1], order); k--)
			at[k] = at[k - 1];
		at[k] = one;
	}
}

/* ---- cells ---- */

static const struct doc_style *role_style(const struct crossing *x, enum doc_role role)
{
	return role == ROLE_TABLE_CELL ? layout_style(x->c->in->layout, x->e->style, role)
				       : style_for(x->c, role);
}

static struct doc_cell text_cell(
	struct crossing *x, struct str text, enum doc_role role, uint8_t align)
{
	struct runs runs = { 0 };

	run_text(x->c, &runs, text, 0, x->e->body_pos);
	return (struct doc_cell){ .fill = DOC_COLOUR_COUNT,
		.align = (uint8_t)(align + 1),
		.text = paragraph_of(x->c, role_style(x, role), &runs, 0) };
}

static const struct facts_record *record_at(
	const struct crossing *x, const struct place *row, const struct place *column)
{
	for (size_t i = 0; i < x->records.count; i++) {
		const struct facts_record *r = x->records.at[i];

		if (stands_at(r, x->e->cross_row, row) && stands_at(r, x->e->cross_column, column))
			return r;
	}
	return NULL;
}

/* The choices of a field, however many, over the heat colours: the first has the lightest, the last
 * the darkest. */
int heat_step(const struct facts_field *f)
{
	size_t last = f->def->choices.count;
	int64_t n = f->def->type == FIELD_CHOICE ? 0 : decimal_round(f->number, 0).coef;

	if (f->def->type == FIELD_CHOICE)
		return last < 2
			? 1
			: (int)(1 + f->number.coef * (HEAT_STEPS - 1) / (int64_t)(last - 1));
	return n < 0 ? 0 : n > HEAT_STEPS ? HEAT_STEPS : (int)n;
}

/* Lightness as the eye sees it, roughly, of 1000. */
static int luma(uint32_t rgb)
{
	return (int)(((rgb >> 16 & 255) * 299 + (rgb >> 8 & 255) * 587 + (rgb & 255) * 114) / 255);
}

static uint8_t reads_on(const struct composer *c, uint8_t fill)
{
	int ground = luma(c->design->palette[fill]);
	int ink = abs(ground - luma(c->design->palette[COLOUR_INK])),
	    paper = abs(ground - luma(c->design->palette[COLOUR_PAPER]));

	return ink >= paper ? COLOUR_INK : COLOUR_PAPER;
}

void heat_paint(struct composer *c, int step, struct runs *runs, struct doc_cell *cell)
{
	if (step < 1)
		return;
	cell->fill = (uint8_t)(COLOUR_HEAT_1 + step - 1);
	for (size_t i = 0; i < runs->list.count; i++) {
		runs->list.at[i].flags |= 2 * step > HEAT_STEPS ? RUN_STRONG : 0;
		runs->list.at[i].colour = reads_on(c, cell->fill);
	}
}

static void number_runs(struct crossing *x, const struct facts_record *r, struct runs *out)
{
	struct calc_context ctx = { .item = r };
	struct printed printed;
	struct query q;

	query_init(&q, x->e->body_pos);
	q.field = x->e->cross_value;
	printed = print_query(x->c, &q, &ctx, true);
	run_figure(x->c, out, printed.text, printed.figure, 0, q.pos);
}

static struct doc_cell value_cell(struct crossing *x, const struct facts_record *r)
{
	const struct facts_field *f = r ? facts_field(r, x->e->cross_value) : NULL;
	struct doc_cell cell = { .fill = DOC_COLOUR_COUNT, .align = DOC_CENTRE + 1 };
	struct runs runs = { 0 };

	if (f == NULL || !f->present)
		run_text(x->c, &runs, word(x->c, "none"), 0, x->e->body_pos);
	else if (f->def->type == FIELD_CHOICE)
		run_text(x->c, &runs, choice_label(x->c, r, f), 0, x->e->body_pos);
	else
		number_runs(x, r, &runs);
	if (f && f->present)
		heat_paint(x->c, heat_step(f), &runs, &cell);
	cell.text = paragraph_of(
		x->c, layout_style(x->c->in->layout, x->e->style, ROLE_TABLE_CELL), &runs, 0);
	return cell;
}

static struct str id_of(const struct place *place)
{
	const struct facts_field *f = place->field;

	if (f->def->type == FIELD_REF)
		return f->ref->id;
	if (f->def->type == FIELD_SIDE)
		return f->side ? f->side->id : STR("joint");
	return f->text;
}

static struct str label_of(struct crossing *x, const struct place *place)
{
	const struct facts_field *f = place->field;

	if (f->def->type == FIELD_REF)
		return f->ref->label;
	if (f->def->type == FIELD_SIDE)
		return facts_label_of_side(x->c, id_of(place));
	return choice_label(x->c, x->records.at[0], f);
}

/* Sums are counts over records: a figure that traces to the fields it adds. */
static struct doc_cell sum_cell(
	struct crossing *x, const struct place *row, const struct place *column, enum doc_role role)
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
	buf_put(&where, x->e->rows.at[0].query.where);
	if (row)
		buf_printf(&where, " " STR_FMT "=" STR_FMT, STR_ARG(x->e->cross_row),
			STR_ARG(id_of(row)));
	if (column)
		buf_printf(&where, " " STR_FMT "=" STR_FMT, STR_ARG(x->e->cross_column),
			STR_ARG(id_of(column)));
	q.where = str_trim(buf_str(&where));
	printed = print_query(x->c, &q, &ctx, true);
	run_figure(x->c, &runs, printed.text, printed.figure, 0, q.pos);
	return (struct doc_cell){ .fill = DOC_COLOUR_COUNT,
		.align = (uint8_t)((column ? DOC_CENTRE : DOC_END) + 1),
		.text = paragraph_of(x->c, role_style(x, role), &runs, 0) };
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
		cells[i + 1] =
			text_cell(x, label_of(x, &x->columns[i]), ROLE_TABLE_HEAD, DOC_CENTRE);
	if (x->e->cross_sums)
		cells[x->column_count + 1] =
			text_cell(x, word(x->c, "sum"), ROLE_TABLE_HEAD, DOC_END);
}

static void add_body(struct crossing *x, const struct place *row)
{
	struct doc_cell *cells = add_row(x, ROW_BODY);

	cells[0] = text_cell(x, label_of(x, row), ROLE_TABLE_CELL, DOC_START);
	cells[0].row_head = true;
	for (size_t i = 0; i < x->column_count; i++)
		cells[i + 1] = value_cell(x, record_at(x, row, &x->columns[i]));
	if (x->e->cross_sums)
		cells[x->column_count + 1] = sum_cell(x, row, NULL, ROLE_TABLE_CELL);
}

static void add_sums(struct crossing *x)
{
	struct doc_cell *cells = add_row(x, ROW_TOTAL);

	cells[0] = text_cell(x, word(x->c, "sum-of-scores"), ROLE_TABLE_TOTAL, DOC_START);
	cells[0].row_head = true;
	for (size_t i = 0; i < x->column_count; i++)
		cells[i + 1] = sum_cell(x, NULL, &x->columns[i], ROLE_TABLE_TOTAL);
	cells[x->column_count + 1] = sum_cell(x, NULL, NULL, ROLE_TABLE_TOTAL);
}

static const struct doc_column *widths(struct crossing *x, size_t count)
{
	struct doc_column *columns = ARENA_ARRAY(x->c->arena, struct doc_column, count);

	for (size_t i = 0; i < count; i++) {
		bool cell = i > 0 && i <= x->column_count;
		struct layout_width width = i == 0 ? x->e->cross_head : cell ? x->e->cross_cell : x->e->cross_sum;

		columns[i].width_kind = width.kind;
		columns[i].width = width.width;
		columns[i].align = cell ? DOC_CENTRE : i == 0 ? DOC_START : DOC_END;
	}
	return columns;
}

/* The three fields are of the kind; the first that is not is told, with the nearest. */
static bool fields_known(struct crossing *x, const struct facts_kind *kind)
{
	const struct str names[] = { x->e->cross_row, x->e->cross_column, x->e->cross_value };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (map_lookup(&kind->by_field, names[i]))
			continue;
		diag_add(x->c->diag, DIAG_REFERENCE_UNKNOWN, x->e->body_pos,
			"a '" STR_FMT "' has no field '" STR_FMT "'%s", STR_ARG(kind->id),
			STR_ARG(names[i]),
			diag_nearest(x->c->diag, map_nearest(&kind->by_field, names[i])));
		return false;
	}
	return true;
}

static void find_records(struct crossing *x)
{
	struct lines lines = lines_of(x->c, x->e->rows.at, x->e->rows.count, NULL, 0);

	for (size_t i = 0; i < lines.list.count; i++)
		if (lines.list.at[i].context.item)
			vec_push(x->c->arena, &x->records, lines.list.at[i].context.item);
}

static bool find_places(struct crossing *x)
{
	const struct facts_kind *kind;

	find_records(x);
	kind = x->records.count ? x->records.at[0]->kind : NULL;
	if (kind == NULL || !fields_known(x, kind))
		return false;
	x->rows = ARENA_ARRAY(x->c->arena, struct place, x->records.count);
	x->columns = ARENA_ARRAY(x->c->arena, struct place, x->records.count);
	x->row_count = collect(x, x->e->cross_row, x->rows);
	x->column_count = collect(x, x->e->cross_column, x->columns);
	put_in_order(x->rows, x->row_count, x->e->cross_row_order);
	put_in_order(x->columns, x->column_count, x->e->cross_column_order);
	return x->row_count > 0 && x->column_count > 0;
}

struct doc_block *compose_cross(
	struct composer *c, const struct layout_exhibit *e, struct src_pos pos)
{
	struct crossing x = { .c = c, .e = e };
	struct doc_table *table = ARENA_NEW(c->arena, struct doc_table);
	struct doc_block *block = block_add(c, DOC_TABLE, pos);
	struct calc_context ctx = { 0 };

	if (!find_places(&x))
		return NULL;
	c->shown_source = x.records.at[0]->source;
	add_head(&x);
	for (size_t i = 0; i < x.row_count; i++)
		add_body(&x, &x.rows[i]);
	if (e->cross_sums)
		add_sums(&x);
	table->column_count = (uint16_t)(x.column_count + 1 + (e->cross_sums ? 1 : 0));
	table->columns = widths(&x, table->column_count);
	table->rows = x.out.at;
	table->row_count = (uint32_t)x.out.count;
	table->head_rows = 1;
	table->row_height = e->row_height;
	table->repeat_head = e->repeat_head;
	table->rtl = c->rtl;
	table->no_rules = !e->rules;
	table->summary = text_plain(c, &e->alt, &ctx);
	block->table = table;
	return block;
}
