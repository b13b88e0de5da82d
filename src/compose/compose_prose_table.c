/* compose: tables and figures of texts. Both are exhibits where they have a caption: numbered, listed, referred to. */
#include "compose/compose_int.h"

#include "base/limits.h"
#include "base/source.h"

/* ---- captions ---- */

/* "Exhibit 4 · what it shows". */
static void caption_runs(struct prosing *p, const struct prose *b, uint32_t exhibit, struct runs *out)
{
	if (exhibit) {
		run_text(p->c, out, exhibit_number(p->c, exhibit), RUN_STRONG | RUN_NO_BREAK, b->pos);
		run_text(p->c, out, STR(" \u00b7 "), 0, b->pos);
	}
	prose_runs(p, b, out);
}

static struct str listed_title(struct prosing *p, const struct prose *caption, uint32_t exhibit)
{
	struct str title = say_plain(p->c, caption->parts, caption->part_count);

	if (exhibit == 0)
		return (struct str){ 0 };
	return str_printf(p->c->arena, STR_FMT "\u2002" STR_FMT, STR_ARG(exhibit_number(p->c, exhibit)), STR_ARG(title));
}

/* ---- figures ---- */

static struct doc_block *image_of(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	const struct source *file = source_load(c->arena, c->in->project, (struct str){ 0 }, b->file, b->pos, c->diag);
	struct doc_block *block = block_add(c, DOC_IMAGE, b->pos);
	struct doc_image *image = ARENA_NEW(c->arena, struct doc_image);

	if (file == NULL)
		return NULL;
	*image = (struct doc_image){ .file = file->text, .name = file->name, .alt = b->alt, .width = b->width, .height = b->height };
	block->image = image;
	return block;
}

struct doc_block *prose_figure(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	const struct passage *place = passage_of(c, b);
	struct doc_block *image = image_of(p, b), *block, *caption;
	struct blocks blocks = { 0 };
	struct runs runs = { 0 };
	uint32_t exhibit = place ? place->exhibit : 0;

	if (image == NULL)
		return NULL;
	vec_push(c->arena, &blocks.list, image);
	image->keep_with_next = b->part_count > 0;
	if (b->part_count) {
		caption_runs(p, b, exhibit, &runs);
		caption = (struct doc_block *)(uintptr_t)block_paragraph(c, style_for(c, ROLE_CAPTION), &runs, 0, b->pos);
		((struct doc_paragraph *)(uintptr_t)caption->paragraph)->part = PART_CAPTION;
		caption->space_before = c->design->tokens.exhibit_padding / 2;
		vec_push(c->arena, &blocks.list, caption);
	}
	block = block_stack(c, &blocks, b->pos);
	block->group = STACK_PART;
	block->keep_together = true;
	block->listed = listed_title(p, b, exhibit);
	return block;
}

/* ---- tables ---- */

/* Where the cells of a table stand: rows below reach into the columns of rows above. */
struct tabulation {
	uint8_t carried[LIMIT_TABLE_COLUMNS]; /* by column: rows that a span from above still covers */
	uint32_t columns;                     /* widest row so far */
};

static bool is_row(const struct prose *b)
{
	return b->kind == PROSE_ROW;
}

/* Counts a row's columns, the ones covered from above included. */
static void tabulate(struct tabulation *t, const struct prose *row)
{
	uint32_t at = 0;

	for (size_t i = 0; i < row->block_count; i++) {
		const struct prose *cell = row->blocks[i];

		while (at < LIMIT_TABLE_COLUMNS && t->carried[at])
			t->carried[at++]--;
		for (int32_t k = 0; k < cell->columns && at < LIMIT_TABLE_COLUMNS; k++)
			t->carried[at++] = (uint8_t)(cell->rows - 1);
	}
	for (; at < LIMIT_TABLE_COLUMNS && t->carried[at]; at++)
		t->carried[at]--;
	if (at > t->columns)
		t->columns = at;
}

static struct doc_cell cell_of(struct prosing *p, const struct prose *b, bool head)
{
	static const uint8_t aligns[] = { 0, DOC_START + 1, DOC_END + 1, DOC_CENTRE + 1 };
	struct composer *c = p->c;
	struct runs runs = { 0 };
	enum doc_role role = head ? ROLE_TABLE_HEAD : ROLE_TABLE_CELL;

	prose_runs(p, b, &runs);
	for (size_t i = 0; b->head && !head && i < runs.list.count; i++)
		runs.list.at[i].flags |= RUN_STRONG;
	return (struct doc_cell){ .text = paragraph_of(c, style_for(c, role), &runs, 0), .column_span = (uint8_t)b->columns,
		.row_span = (uint8_t)b->rows, .fill = DOC_COLOUR_COUNT, .align = aligns[b->align], .row_head = b->head && !head,
		.rule_below = head && b->columns > 1 };
}

/* A row that says less than the widest ends in empty cells. */
static struct doc_table_row row_of(struct prosing *p, const struct prose *b, struct tabulation *t, uint32_t columns)
{
	struct doc_cell *cells = ARENA_ARRAY(p->c->arena, struct doc_cell, b->block_count + columns);
	struct tabulation own = *t;
	uint16_t count = 0;

	own.columns = 0;
	tabulate(&own, b);
	for (size_t i = 0; i < b->block_count; i++)
		cells[count++] = cell_of(p, b->blocks[i], b->head);
	for (uint32_t at = own.columns; at < columns; at++)
		cells[count++] = (struct doc_cell){ .text = { .style = style_for(p->c, ROLE_TABLE_CELL) }, .fill = DOC_COLOUR_COUNT };
	*t = own;
	return (struct doc_table_row){ .kind = b->head ? ROW_HEAD : ROW_BODY, .cells = cells, .count = count, .pos = b->pos };
}

static uint32_t digits_of(struct str s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && n < 100000; i++)
		n = 10 * n + (uint32_t)(s.ptr[i] - '0');
	return n;
}

/* How figures stand in a column. */
static const struct {
	uint8_t align, anchor; /* enum doc_align, enum doc_anchor */
} stands[PROSE_ALIGN_COUNT] = {
	[PROSE_AT_END] = { DOC_END, ANCHOR_NONE },
	[PROSE_AT_CENTRE] = { DOC_CENTRE, ANCHOR_NONE },
	[PROSE_BY_DECIMAL] = { DOC_END, ANCHOR_DECIMAL },
	[PROSE_BY_UNIT] = { DOC_END, ANCHOR_UNIT },
	[PROSE_BY_SIGN] = { DOC_START, ANCHOR_SIGN },
};

/* widths="40% 30% 30%", or weights, "2 1 1"; "auto" is by content, as is what is not said. */
static const struct doc_column *columns_said(struct prosing *p, const struct prose *b, uint32_t count)
{
	struct doc_column *columns = ARENA_ARRAY(p->c->arena, struct doc_column, count);
	mpt pad = p->c->design->tokens.box_padding_x;
	struct str rest = b->name;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t share = digits_of(str_word(&rest));
		uint8_t align = i < b->align_count ? b->aligns[i] : PROSE_AT_START;

		columns[i] = (struct doc_column){ .width_kind = share ? WIDTH_SHARE : WIDTH_CONTENT, .width = (mpt)share * 1000,
			.align = stands[align].align, .anchor = stands[align].anchor, .pad_right = i + 1 < count ? pad : 0 };
	}
	return columns;
}

static void report_columns(struct prosing *p, const struct prose *b)
{
	diag_add(p->c->diag, DIAG_LIMIT, b->pos, "a table has %d columns at most", LIMIT_TABLE_COLUMNS - 1);
}

static struct doc_block *table_body(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	struct doc_block *block = block_add(c, DOC_TABLE, b->pos);
	struct doc_table *table = ARENA_NEW(c->arena, struct doc_table);
	struct doc_table_row *rows = ARENA_ARRAY(c->arena, struct doc_table_row, b->block_count + 1);
	struct tabulation widest = { 0 }, t = { 0 };
	uint32_t count = 0;

	for (size_t i = 0; i < b->block_count; i++)
		if (is_row(b->blocks[i]))
			tabulate(&widest, b->blocks[i]);
	if (widest.columns >= LIMIT_TABLE_COLUMNS)
		report_columns(p, b);
	if (widest.columns == 0 || widest.columns >= LIMIT_TABLE_COLUMNS)
		return NULL;
	for (size_t i = 0; i < b->block_count; i++)
		if (is_row(b->blocks[i]))
			rows[count++] = row_of(p, b->blocks[i], &t, widest.columns);
	*table = (struct doc_table){ .columns = columns_said(p, b, widest.columns), .column_count = (uint16_t)widest.columns, .rows = rows,
		.row_count = count, .row_height = p->text->leading + 4 * MPT_PT, .row_pad = 2 * MPT_PT, .repeat_head = true, .rtl = c->rtl };
	while (table->head_rows < count && rows[table->head_rows].kind == ROW_HEAD)
		table->head_rows++;
	for (uint32_t i = table->head_rows; i < count; i++)
		rows[i].kind = ROW_BODY;
	block->table = table;
	return block;
}

static struct doc_paragraph continued_of(struct prosing *p, const struct prose *b, uint32_t exhibit)
{
	struct composer *c = p->c;
	struct runs runs = { 0 };

	if (exhibit) {
		run_text(c, &runs, exhibit_number(c, exhibit), RUN_STRONG, b->pos);
		run_text(c, &runs, STR(", "), 0, b->pos);
	}
	run_text(c, &runs, word(c, "continued"), 0, b->pos);
	return paragraph_of(c, style_for(c, ROLE_EXHIBIT_TITLE), &runs, 0);
}

enum { FEW_ROWS = 10 }; /* a table of so many stays whole while it fits a page */

static bool is_small(const struct doc_block *body)
{
	return body->table->row_count - body->table->head_rows <= FEW_ROWS;
}

enum { LEAST_LETTERS = 2 }; /* in a column, its space to the next one among them */

/* In parts where it says so, or where its columns would be too narrow to read; each of few rows stays whole. */
static struct doc_block *parts_if_wide(struct prosing *p, const struct prose *b, struct doc_block *body)
{
	uint32_t most = b->split > 0 ? (uint32_t)b->split : columns_beside(p->c, body->table->column_count, LEAST_LETTERS, b->pos);

	if (!most || body->table->column_count <= most)
		return body;
	body->keep_together = is_small(body);
	return table_in_parts(p->c, body, most);
}

static struct doc_block *captioned(struct prosing *p, const struct prose *b, const struct prose *caption, const struct doc_block *body,
	bool small, const struct blocks *notes)
{
	struct composer *c = p->c;
	const struct passage *place = passage_of(c, b);
	struct doc_block *block = block_add(c, DOC_EXHIBIT, b->pos);
	struct doc_exhibit *e = ARENA_NEW(c->arena, struct doc_exhibit);
	struct runs runs = { 0 };

	e->number = place ? place->exhibit : 0;
	caption_runs(p, caption, e->number, &runs);
	e->title = paragraph_of(c, style_for(c, ROLE_EXHIBIT_TITLE), &runs, 0);
	e->continued = continued_of(p, b, e->number);
	e->body = body;
	e->notes = notes->list.at;
	e->note_count = (uint32_t)notes->list.count;
	block->exhibit = e;
	block->keep_together = small;
	block->listed = listed_title(p, caption, e->number);
	return block;
}

/* Footnotes of its cells stand under a table, those of its caption at the foot of the page. */
struct doc_block *prose_table(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	struct footnotes below = { 0 }, *around = c->below;
	struct blocks notes = { 0 }, stack = { 0 };
	const struct prose *caption = b->block_count && b->blocks[0]->kind == PROSE_CAPTION ? b->blocks[0] : NULL;
	struct doc_block *body, *whole, *block;
	bool small;

	c->below = &below;
	body = table_body(p, b);
	c->below = around;
	if (body == NULL)
		return NULL;
	whole = parts_if_wide(p, b, body);
	small = whole == body && is_small(body);
	body = whole;
	footnotes_below(c, &below, b->pos, &notes);
	if (caption)
		return captioned(p, b, caption, body, small, &notes);
	vec_push(c->arena, &stack.list, body);
	for (size_t i = 0; i < notes.list.count; i++)
		vec_push(c->arena, &stack.list, notes.list.at[i]);
	block = block_stack(c, &stack, b->pos);
	block->keep_together = small;
	return block;
}
