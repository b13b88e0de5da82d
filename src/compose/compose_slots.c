/* compose: slots to blocks, and adjacent slots to rows. */
#include "compose/compose_int.h"

/* ---- frames and headings ---- */

static struct doc_frame *frame_add(struct composer *c)
{
	struct doc_frame *frame = ARENA_NEW(c->arena, struct doc_frame);

	frame->fill = DOC_COLOUR_COUNT;
	frame->top_colour = COLOUR_INK;
	return frame;
}

static const struct doc_frame *box_frame(struct composer *c, const struct layout_slot *s)
{
	const struct doc_tokens *t = &c->design->tokens;
	struct doc_frame *frame = frame_add(c);

	frame->fill = s->fill;
	frame->pad_top = frame->pad_bottom = t->box_padding_y;
	frame->pad_left = frame->pad_right = t->box_padding_x;
	if (s->accent_top) {
		frame->top_width = t->rule_accent;
		frame->top_colour = COLOUR_EDGE;
	}
	return frame;
}

const struct doc_frame *slot_frame(struct composer *c, const struct layout_slot *s)
{
	const struct doc_tokens *t = &c->design->tokens;
	struct doc_frame *frame;

	if (s->fill != DOC_COLOUR_COUNT)
		return box_frame(c, s);
	if (!s->rule_top && !s->accent_top && s->kind != SLOT_EXHIBIT)
		return NULL;
	frame = frame_add(c);
	frame->top_width = s->accent_top ? t->rule_accent : t->rule_thick;
	frame->top_colour = s->accent_top ? COLOUR_ACCENT : COLOUR_INK;
	frame->pad_top = s->kind == SLOT_TILES ? t->tile_padding : t->exhibit_padding;
	return frame;
}

void compose_heading(struct composer *c, const struct layout_slot *s, struct blocks *out)
{
	struct calc_context ctx = { .side = s->side };
	struct runs runs = { 0 };
	size_t unit;

	if (!text_runs(c, &s->heading, &ctx, &runs))
		return;
	if (s->heading_unit.word.len || s->heading_unit.topic.len) {
		run_text(c, &runs, STR(" "), 0, s->pos);
		unit = runs.list.count;
		text_runs(c, &s->heading_unit, &ctx, &runs);
		for (size_t i = unit; i < runs.list.count; i++)
			runs.list.at[i].style = style_for(c, ROLE_UNIT);
	}
	vec_push(c->arena, &out->list,
		block_paragraph(c, layout_style(c->in->layout, s->heading_style, ROLE_HEADING),
			&runs, 2, s->pos));
}

/* ---- one slot ---- */

static struct doc_block *compose_contents(struct composer *c, const struct layout_slot *s)
{
	struct doc_block *block = block_add(c, DOC_CONTENTS, s->pos);
	struct doc_contents *contents = ARENA_NEW(c->arena, struct doc_contents);
	struct blocks blocks = { 0 };

	contents->style = layout_style(c->in->layout, s->style, ROLE_CONTENTS);
	contents->depth = s->columns ? s->columns : 2;
	block->contents = contents;
	compose_heading(c, s, &blocks);
	if (blocks.list.count == 0)
		return block;
	vec_push(c->arena, &blocks.list, block);
	return block_stack(c, &blocks, s->pos);
}

static struct doc_block *compose_space(struct composer *c, const struct layout_slot *s)
{
	struct doc_block *block = block_add(c, DOC_SPACE, s->pos);

	block->space = s->space;
	return block;
}

static struct doc_block *compose_rule(struct composer *c, const struct layout_slot *s)
{
	struct doc_block *block = block_add(c, DOC_RULE, s->pos);
	struct doc_rule *rule = ARENA_NEW(c->arena, struct doc_rule);
	enum doc_colour usual = s->accent_top ? COLOUR_ACCENT : COLOUR_INK;

	rule->colour = s->fill == DOC_COLOUR_COUNT ? (uint8_t)usual : s->fill;
	rule->width = s->accent_top ? c->design->tokens.rule_accent : c->design->tokens.rule_thick;
	block->rule = rule;
	return block;
}

static struct doc_block *(*const composers[SLOT_KIND_COUNT])(
	struct composer *, const struct layout_slot *) = {
	[SLOT_TITLE] = compose_title,
	[SLOT_NARRATIVE] = compose_narrative,
	[SLOT_KEY] = compose_key,
	[SLOT_TILES] = compose_tiles,
	[SLOT_EXHIBIT] = compose_exhibit,
	[SLOT_LIST] = compose_list,
	[SLOT_CARDS] = compose_cards,
	[SLOT_SIGNATURES] = compose_signatures,
	[SLOT_BENCHMARKS] = compose_benchmarks,
	[SLOT_CONTENTS] = compose_contents,
	[SLOT_SPACE] = compose_space,
	[SLOT_RULE] = compose_rule,
	[SLOT_IMAGE] = compose_image,
	[SLOT_BOX] = compose_box,
	[SLOT_PROSE] = compose_prose,
};

static struct doc_block *compose_slot(struct composer *c, const struct layout_slot *s)
{
	const struct planned *planned = slot_planned(c, s->id);
	const struct layout_slot *before = c->slot;
	struct doc_block *block;

	if (planned == NULL) {
		note_hidden(c, s);
		return NULL;
	}
	note_shown(c, s);
	c->slot = s;
	c->exhibit = planned->exhibit;
	block = composers[s->kind](c, s);
	c->exhibit = 0;
	c->slot = before;
	if (block == NULL) {
		note_empty(c, s);
		return NULL;
	}
	block->slot = s->id;
	block->anchor = planned->anchor;
	block->space_before = s->above;
	block_keep(block, s->keep, s->keep_with_next, s->keep_with_previous);
	if (s->kind != SLOT_TILES && s->kind != SLOT_CARDS &&
		s->kind != SLOT_RULE) /* cells have it, a rule is one */
		block->frame = slot_frame(c, s);
	return block;
}

/* ---- rows ---- */

struct row_cells {
	VEC(struct doc_row_cell) list;
};

static void add_cell(
	struct composer *c, const struct layout_slot *s, uint8_t grid, struct row_cells *cells)
{
	const struct doc_block *block = compose_slot(c, s);
	struct doc_row_cell *cell;

	if (block == NULL)
		return;
	cell = vec_add(c->arena, &cells->list);
	cell->start = s->start;
	cell->span = s->span;
	cell->of = grid;
	cell->block = block;
}

/* As firmly as the firmest of its slots; one that does not say keeps as firmly as can be. */
static uint8_t row_strength(const struct layout_slot *const *slots, size_t count)
{
	int32_t most = 0;

	for (size_t i = 0; i < count; i++) {
		int32_t keep = slots[i]->keep < 0 ? KEEP_FIRMEST : slots[i]->keep;

		most = keep > most ? keep : most;
	}
	return (uint8_t)most;
}

static const struct doc_block *row_block(struct composer *c, const struct row_cells *cells,
	const struct layout_slot *const *slots, size_t count)
{
	const struct layout_slot *first = slots[0];
	uint8_t strength = row_strength(slots, count);
	struct doc_block *block = block_add(c, DOC_ROW, first->pos);
	struct doc_row *row = ARENA_NEW(c->arena, struct doc_row);

	row->cells = cells->list.at;
	row->count = (uint32_t)cells->list.count;
	block->row = row;
	block->space_before = first->above;
	block->keep_together = strength > 0;
	block->keep_strength = strength < KEEP_FIRMEST ? strength : 0;
	row->breaks = strength == 0;
	return block;
}

static bool fills_row(const struct row_cells *cells)
{
	const struct doc_row_cell *only = &cells->list.at[0];

	return cells->list.count == 1 && only->start == 0 && only->span >= only->of;
}

void compose_rows(struct composer *c, const struct layout_slot *const *slots, size_t count,
	uint8_t grid, struct blocks *out)
{
	for (size_t i = 0; i < count;) {
		struct row_cells cells = { 0 };
		size_t first = i;

		for (; i < count && slots[i]->row == slots[first]->row; i++)
			add_cell(c, slots[i], grid, &cells);
		if (cells.list.count == 0)
			continue;
		vec_push(c->arena, &out->list,
			fills_row(&cells) ? cells.list.at[0].block
					  : row_block(c, &cells, slots + first, i - first));
	}
}
