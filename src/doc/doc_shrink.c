/* doc: a section set smaller. Every block is copied with what its heights are made of; what it says is shared. */
#include "doc/doc_shrink.h"

struct shrink {
	struct arena *arena;
	const struct doc_design *from, *to;
	uint32_t part; /* thousandths */
};

static mpt less(const struct shrink *s, mpt length)
{
	return mpt_scale(length, s->part, 1000);
}

/* ---- the design ---- */

static void shrink_style(const struct shrink *s, struct doc_style *style)
{
	mpt least = s->from->tokens.least_size, size = less(s, style->size), before = style->size;

	if (size < least)
		size = least < before ? least : before;
	style->size = size;
	style->leading = mpt_scale(style->leading, size, before > 0 ? before : 1);
	style->tracking = mpt_scale(style->tracking, size, before > 0 ? before : 1);
	style->indent = less(s, style->indent);
	style->hang = less(s, style->hang);
	style->space_before = less(s, style->space_before);
	style->space_after = less(s, style->space_after);
}

static const struct doc_style *style_in(const struct shrink *s, const struct doc_style *style)
{
	return style ? &s->to->styles[style - s->from->styles] : NULL; /* every style of a document is one of its design's */
}

/* What stands over a page's whole height; what is drawn as wide as before keeps its widths. */
static void shrink_tokens(const struct shrink *s, struct doc_tokens *t)
{
	mpt *const heights[] = { &t->bar_height, &t->bar_gap, &t->chart_row, &t->tile_bar, &t->line_chart_height, &t->box_padding_y,
		&t->exhibit_padding, &t->tile_padding };

	for (size_t i = 0; i < sizeof heights / sizeof *heights; i++)
		*heights[i] = less(s, *heights[i]);
}

const struct doc_design *doc_design_shrunk(struct arena *a, const struct doc_design *design, uint32_t thousandths)
{
	struct doc_design *to = arena_copy(a, design, sizeof *to);
	struct doc_style *styles = arena_copy(a, design->styles, design->style_count * sizeof *styles);
	struct shrink s = { a, design, to, thousandths };

	to->styles = styles;
	for (uint16_t i = 0; i < design->style_count; i++)
		shrink_style(&s, &styles[i]);
	for (int i = 0; i < DOC_ROLE_COUNT; i++)
		to->by_role[i] = style_in(&s, design->by_role[i]);
	shrink_tokens(&s, &to->tokens);
	return to;
}

/* ---- blocks ---- */

static const struct doc_block *block_in(const struct shrink *s, const struct doc_block *from);

static const struct doc_block *const *blocks_in(const struct shrink *s, const struct doc_block *const *from, uint32_t count)
{
	const struct doc_block **to = ARENA_ARRAY(s->arena, const struct doc_block *, count + 1);

	for (uint32_t i = 0; i < count; i++)
		to[i] = block_in(s, from[i]);
	return to;
}

static struct doc_paragraph paragraph_in(const struct shrink *s, const struct doc_paragraph *from)
{
	struct doc_paragraph to = *from;
	struct doc_run *runs = arena_copy(s->arena, from->runs, from->run_count * sizeof *runs);

	for (uint32_t i = 0; i < from->run_count; i++)
		runs[i].style = style_in(s, runs[i].style);
	to.runs = runs;
	to.style = style_in(s, from->style);
	return to;
}

static const struct doc_paragraph *paragraph_of(const struct shrink *s, const struct doc_paragraph *from)
{
	struct doc_paragraph *to = ARENA_NEW(s->arena, struct doc_paragraph);

	*to = paragraph_in(s, from);
	return to;
}

static const struct doc_chart *chart_of(const struct shrink *s, const struct doc_chart *from)
{
	struct doc_chart *to = arena_copy(s->arena, from, sizeof *to);

	to->height = less(s, from->height);
	return to;
}

static const struct doc_stack *stack_of(const struct shrink *s, const struct doc_stack *from)
{
	struct doc_stack *to = arena_copy(s->arena, from, sizeof *to);

	to->blocks = blocks_in(s, from->blocks, from->count);
	return to;
}

static const struct doc_columns *columns_of(const struct shrink *s, const struct doc_columns *from)
{
	struct doc_columns *to = arena_copy(s->arena, from, sizeof *to);

	to->blocks = blocks_in(s, from->blocks, from->count);
	return to;
}

static const struct doc_row *row_of(const struct shrink *s, const struct doc_row *from)
{
	struct doc_row *to = arena_copy(s->arena, from, sizeof *to);
	struct doc_row_cell *cells = arena_copy(s->arena, from->cells, from->count * sizeof *cells);

	for (uint32_t i = 0; i < from->count; i++)
		cells[i].block = block_in(s, cells[i].block);
	to->cells = cells;
	return to;
}

static const struct doc_list *list_of(const struct shrink *s, const struct doc_list *from)
{
	struct doc_list *to = arena_copy(s->arena, from, sizeof *to);
	struct doc_list_item *items = arena_copy(s->arena, from->items, from->count * sizeof *items);

	for (uint32_t i = 0; i < from->count; i++) {
		items[i].label = paragraph_in(s, &items[i].label);
		items[i].blocks = blocks_in(s, items[i].blocks, items[i].count);
	}
	to->items = items;
	to->label_width = less(s, from->label_width);
	to->item_pad = less(s, from->item_pad);
	return to;
}

static const struct doc_table_row *rows_of(const struct shrink *s, const struct doc_table_row *from, uint32_t count)
{
	struct doc_table_row *to = arena_copy(s->arena, from, count * sizeof *to);

	for (uint32_t i = 0; i < count; i++) {
		struct doc_cell *cells = arena_copy(s->arena, from[i].cells, from[i].count * sizeof *cells);
		for (uint16_t k = 0; k < from[i].count; k++) {
			cells[k].text = paragraph_in(s, &cells[k].text);
			cells[k].chart = cells[k].chart ? chart_of(s, cells[k].chart) : NULL;
		}
		to[i].cells = cells;
	}
	return to;
}

static const struct doc_carry *carry_of(const struct shrink *s, const struct doc_carry *from, uint32_t count)
{
	struct doc_carry *to = arena_copy(s->arena, from, sizeof *to);

	to->rows = rows_of(s, from->rows, count);
	to->carried = paragraph_in(s, &from->carried);
	to->brought = paragraph_in(s, &from->brought);
	return to;
}

static const struct doc_table *table_of(const struct shrink *s, const struct doc_table *from)
{
	struct doc_table *to = arena_copy(s->arena, from, sizeof *to);

	to->rows = rows_of(s, from->rows, from->row_count);
	to->carry = from->carry ? carry_of(s, from->carry, from->row_count) : NULL;
	to->row_height = less(s, from->row_height);
	to->row_pad = less(s, from->row_pad);
	return to;
}

static const struct doc_exhibit *exhibit_of(const struct shrink *s, const struct doc_exhibit *from)
{
	struct doc_exhibit *to = arena_copy(s->arena, from, sizeof *to);

	to->title = paragraph_in(s, &from->title);
	to->unit = paragraph_in(s, &from->unit);
	to->source = paragraph_in(s, &from->source);
	to->continued = paragraph_in(s, &from->continued);
	to->body = block_in(s, from->body);
	to->notes = blocks_in(s, from->notes, from->note_count);
	return to;
}

static const struct doc_contents *contents_of(const struct shrink *s, const struct doc_contents *from)
{
	struct doc_contents *to = arena_copy(s->arena, from, sizeof *to);

	to->style = style_in(s, from->style);
	return to;
}

static const struct doc_signatures *signatures_of(const struct shrink *s, const struct doc_signatures *from)
{
	struct doc_signatures *to = arena_copy(s->arena, from, sizeof *to);
	struct doc_paragraph *names = ARENA_ARRAY(s->arena, struct doc_paragraph, from->count + 1);

	for (uint32_t i = 0; i < from->count; i++)
		names[i] = paragraph_in(s, &from->names[i]);
	to->names = names;
	to->line_space = less(s, from->line_space);
	return to;
}

static const struct doc_frame *frame_of(const struct shrink *s, const struct doc_frame *from)
{
	struct doc_frame *to = arena_copy(s->arena, from, sizeof *to);

	to->pad_top = less(s, from->pad_top);
	to->pad_bottom = less(s, from->pad_bottom);
	return to;
}

static const struct doc_block *block_in(const struct shrink *s, const struct doc_block *from)
{
	struct doc_block *to = arena_copy(s->arena, from, sizeof *to);

	to->space_before = less(s, from->space_before);
	to->frame = from->frame ? frame_of(s, from->frame) : NULL;
	switch ((enum doc_block_kind)from->kind) {
	case DOC_PARAGRAPH: to->paragraph = paragraph_of(s, from->paragraph); break;
	case DOC_STACK: to->stack = stack_of(s, from->stack); break;
	case DOC_ROW: to->row = row_of(s, from->row); break;
	case DOC_LIST: to->list = list_of(s, from->list); break;
	case DOC_TABLE: to->table = table_of(s, from->table); break;
	case DOC_CHART: to->chart = chart_of(s, from->chart); break;
	case DOC_EXHIBIT: to->exhibit = exhibit_of(s, from->exhibit); break;
	case DOC_SPACE: to->space = less(s, from->space); break;
	case DOC_CONTENTS: to->contents = contents_of(s, from->contents); break;
	case DOC_COLUMNS: to->columns = columns_of(s, from->columns); break;
	case DOC_SIGNATURES: to->signatures = signatures_of(s, from->signatures); break;
	case DOC_IMAGE: /* pictures and rules are neither type nor space */
	case DOC_RULE:
	case DOC_BLOCK_KIND_COUNT: break;
	}
	return to;
}

/* ---- a section ---- */

static const struct doc_master *master_of(const struct shrink *s, const struct doc_master *from)
{
	struct doc_master *to;

	if (!from)
		return NULL;
	to = arena_copy(s->arena, from, sizeof *to);
	to->step = less(s, from->step);
	to->gap = less(s, from->gap);
	return to;
}

struct doc_section *doc_section_shrunk(struct arena *a, const struct doc *doc, const struct doc_section *section,
	const struct doc_design *shrunk, uint32_t thousandths)
{
	struct shrink s = { a, doc->design, shrunk, thousandths };
	struct doc_section *to = arena_copy(a, section, sizeof *to);

	to->design = shrunk;
	to->blocks = blocks_in(&s, section->blocks, section->count);
	to->gap = less(&s, section->gap);
	to->first = master_of(&s, section->first);
	to->rest = master_of(&s, section->rest);
	to->odd = master_of(&s, section->odd);
	to->even = master_of(&s, section->even);
	to->last = master_of(&s, section->last);
	return to;
}
