/* compose: a table in parts. Its columns are cut where no cell stands over the cut, else where they must be; a column of labels
 * stands in every part; a cell of the body that is cut says its text in the first of them, one of the head in each. */
#include "compose/compose_int.h"

#include "base/limits.h"

/* Columns no wider than a letter lose their text to their neighbours: so many are not even tried. */
uint32_t columns_beside(struct composer *c, uint32_t count, uint32_t letters, struct src_pos pos)
{
	const struct doc_master *m = section_master(c);
	mpt size = style_for(c, ROLE_TABLE_CELL)->size, width = m->width - m->left - m->right;
	mpt usual = c->design->tokens.box_padding_x + 3 * size;
	uint32_t most = usual > 0 && width > 2 * usual ? (uint32_t)(width / usual) - 1 : 1;

	if ((int64_t)count * letters * size <= width || count <= most + 1)
		return 0;
	diag_add(c->diag, DIAG_TABLE_WIDE, pos,
		"%u columns are too narrow beside each other for words: this table stands in parts of %u columns below each other; "
		"say split=\"…\" for parts of another width",
		(unsigned)count, (unsigned)most);
	return most;
}

struct cutting {
	const struct doc_table *whole;
	uint32_t stub;                        /* columns of labels: 1 or 0 */
	uint32_t from, to;                    /* columns of the part */
	uint8_t carried[LIMIT_TABLE_COLUMNS]; /* by column: rows that a span from above still covers */
};

static uint32_t span_of(const struct doc_cell *cell)
{
	return cell->column_span ? cell->column_span : 1;
}

/* The column in which a cell stands, behind at. */
static uint32_t place_cell(uint8_t *carried, const struct doc_cell *cell, uint32_t at)
{
	while (at < LIMIT_TABLE_COLUMNS && carried[at])
		carried[at++]--;
	for (uint32_t k = at; k < at + span_of(cell) && k < LIMIT_TABLE_COLUMNS; k++)
		carried[k] = cell->row_span > 1 ? (uint8_t)(cell->row_span - 1) : 0;
	return at;
}

/* Spans from above that cover what is right of a row's last cell. */
static void end_row(const struct doc_table *t, uint8_t *carried, uint32_t at)
{
	for (; at < t->column_count && carried[at]; at++)
		carried[at]--;
}

/* How many of the columns [at, end) stand in [from, to). */
static uint32_t shared(uint32_t at, uint32_t end, uint32_t from, uint32_t to)
{
	uint32_t low = at > from ? at : from, high = end < to ? end : to;

	return high > low ? high - low : 0;
}

static struct doc_table_row cut_row(struct composer *c, struct cutting *cut, const struct doc_table_row *row)
{
	struct doc_table_row out = *row;
	struct doc_cell *cells = ARENA_ARRAY(c->arena, struct doc_cell, row->count + 1u);
	uint32_t at = 0;

	out.count = 0;
	for (uint16_t i = 0; i < row->count; i++) {
		const struct doc_cell *cell = &row->cells[i];
		uint32_t start = place_cell(cut->carried, cell, at), end = start + span_of(cell);
		uint32_t span = shared(start, end, 0, cut->stub) + shared(start, end, cut->from, cut->to);
		at = end;
		if (!span)
			continue;
		cells[out.count] = *cell;
		cells[out.count].column_span = (uint8_t)span;
		if (row->kind != ROW_HEAD && start >= cut->stub && start < cut->from)
			cells[out.count].text.run_count = 0;
		out.count++;
	}
	end_row(cut->whole, cut->carried, at);
	out.cells = cells;
	return out;
}

static struct doc_block *cut_part(struct composer *c, const struct doc_block *whole, struct cutting cut)
{
	struct doc_block *block = ARENA_NEW(c->arena, struct doc_block);
	struct doc_table *table = ARENA_NEW(c->arena, struct doc_table);
	struct doc_column *columns = ARENA_ARRAY(c->arena, struct doc_column, cut.stub + cut.to - cut.from + 1);
	struct doc_table_row *rows = ARENA_ARRAY(c->arena, struct doc_table_row, whole->table->row_count + 1);

	*block = *whole;
	*table = *whole->table;
	memcpy(columns, table->columns, cut.stub * sizeof *columns);
	memcpy(columns + cut.stub, table->columns + cut.from, (cut.to - cut.from) * sizeof *columns);
	for (uint32_t i = 0; i < table->row_count; i++)
		rows[i] = cut_row(c, &cut, &table->rows[i]);
	table->columns = columns;
	table->column_count = (uint16_t)(cut.stub + cut.to - cut.from);
	table->rows = rows;
	block->table = table;
	return block;
}

/* By column: some cell stands over the edge before it. */
static void find_spans(const struct doc_table *t, bool *spanned)
{
	uint8_t carried[LIMIT_TABLE_COLUMNS] = { 0 };

	for (uint32_t r = 0; r < t->row_count; r++) {
		uint32_t at = 0;
		for (uint16_t i = 0; i < t->rows[r].count; i++) {
			uint32_t start = place_cell(carried, &t->rows[r].cells[i], at);
			at = start + span_of(&t->rows[r].cells[i]);
			for (uint32_t k = start + 1; k < at && k < t->column_count; k++)
				spanned[k] = true;
		}
		end_row(t, carried, at);
	}
}

static uint32_t part_end(const struct doc_table *t, const bool *spanned, uint32_t from, uint32_t most)
{
	uint32_t end = from + most < t->column_count ? from + most : t->column_count, good = end;

	while (good > from && good < t->column_count && spanned[good])
		good--;
	return good > from ? good : end;
}

/* Rows of the body begin with their labels. */
static uint32_t stub_of(const struct doc_table *t)
{
	for (uint32_t r = t->head_rows; r < t->row_count; r++)
		if (t->rows[r].count && t->rows[r].cells[0].row_head)
			return 1;
	return 0;
}

struct doc_block *table_in_parts(struct composer *c, const struct doc_block *whole, uint32_t most)
{
	const struct doc_table *t = whole->table;
	bool *spanned = ARENA_ARRAY(c->arena, bool, t->column_count + 1u);
	struct cutting cut = { .whole = t, .stub = stub_of(t) };
	struct blocks blocks = { 0 };

	find_spans(t, spanned);
	for (cut.from = cut.stub; cut.from < t->column_count; cut.from = cut.to) {
		cut.to = part_end(t, spanned, cut.from, most);
		struct doc_block *part = cut_part(c, whole, cut);
		part->space_before = blocks.list.count ? c->design->tokens.exhibit_padding : 0;
		vec_push(c->arena, &blocks.list, part);
	}
	return block_stack(c, &blocks, whole->pos);
}
