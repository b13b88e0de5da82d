/* compose: inline content and blocks, the bricks of the document. */
#include "compose/compose_int.h"

struct doc_run *run_add(
	struct composer *c, struct runs *r, enum doc_run_kind kind, struct src_pos pos)
{
	struct doc_run *run = vec_add(c->runs, &r->list);

	run->kind = (uint8_t)kind;
	run->colour = DOC_COLOUR_COUNT;
	run->figure = -1;
	run->pos = pos;
	return run;
}

void run_text(
	struct composer *c, struct runs *r, struct str text, unsigned flags, struct src_pos pos)
{
	struct doc_run *run;

	if (text.len == 0)
		return;
	run = run_add(c, r, RUN_TEXT, pos);
	run->text = text;
	run->flags = (uint8_t)flags;
}

void run_figure(struct composer *c, struct runs *r, struct str text, int32_t figure, unsigned flags,
	struct src_pos pos)
{
	if (text.len == 0)
		return;
	run_text(c, r, text, flags | RUN_NO_BREAK, pos);
	r->list.at[r->list.count - 1].figure = figure;
}

void run_mark(struct composer *c, struct runs *r, enum doc_mark_kind mark, uint8_t colour,
	struct str alt, struct src_pos pos)
{
	struct doc_run *run = run_add(c, r, RUN_MARK, pos);

	run->mark = (uint8_t)mark;
	run->colour = colour;
	run->alt = alt;
}

/* Shapes a catalogue may give a side. */
static const struct {
	const char *name;
	enum doc_mark_kind mark;
} side_marks[] = {
	{ "circle", MARK_CIRCLE },
	{ "square", MARK_SQUARE },
	{ "diamond", MARK_DIAMOND },
	{ "pentagon", MARK_PENTAGON },
};

const struct facts_side *side_or_joint(const struct composer *c, const struct facts_side *side)
{
	return side ? side : &c->in->facts->joint;
}

uint8_t side_shape(struct str name)
{
	for (size_t i = 0; i < sizeof side_marks / sizeof side_marks[0]; i++)
		if (str_is(name, side_marks[i].name))
			return (uint8_t)side_marks[i].mark;
	return MARK_NONE;
}

uint8_t side_mark(const struct facts_side *side)
{
	uint8_t shape = side_shape(side->mark);

	return shape == MARK_NONE ? MARK_PENTAGON : shape;
}

enum doc_colour colour_named(struct str role)
{
	for (int i = 0; i < DOC_COLOUR_COUNT; i++)
		if (str_is(role, doc_colour_name((enum doc_colour)i)))
			return (enum doc_colour)i;
	return DOC_COLOUR_COUNT;
}

uint8_t side_colour(const struct facts_side *side)
{
	enum doc_colour colour = colour_named(side->colour);

	return (uint8_t)(colour == DOC_COLOUR_COUNT ? COLOUR_JOINT : colour);
}

uint8_t mark_named(struct str name)
{
	for (int i = MARK_NONE; i <= MARK_FORECAST; i++)
		if (str_is(name, doc_mark_name((enum doc_mark_kind)i)))
			return (uint8_t)i;
	return MARK_NONE;
}

uint8_t mark_of_status(uint8_t status)
{
	static const uint8_t marks[] = { MARK_NONE, MARK_TICK, MARK_WARNING, MARK_CROSS };

	return marks[status];
}

uint8_t colour_of_status(uint8_t status)
{
	static const uint8_t colours[] = { DOC_COLOUR_COUNT, COLOUR_GOOD, COLOUR_WATCH,
		COLOUR_BAD };

	return colours[status];
}

void run_side(struct composer *c, struct runs *r, const struct facts_side *side, struct str alt,
	struct src_pos pos)
{
	side = side_or_joint(c, side);
	run_mark(c, r, (enum doc_mark_kind)side_mark(side), side_colour(side), alt, pos);
}

void append_runs(struct composer *c, const struct runs *from, struct runs *to)
{
	for (size_t i = 0; i < from->list.count; i++)
		vec_push(c->runs, &to->list, from->list.at[i]);
}

/* A status is always a mark and its word, in the status colour. */
void run_status(
	struct composer *c, struct runs *r, uint8_t status, struct str words, struct src_pos pos)
{
	if (status == FACTS_NO_STATUS)
		return;
	run_mark(c, r, (enum doc_mark_kind)mark_of_status(status), colour_of_status(status),
		(struct str){ 0 }, pos);
	run_text(c, r, words, RUN_STRONG | RUN_NO_BREAK, pos);
	r->list.at[r->list.count - 1].colour = colour_of_status(status);
}

struct doc_paragraph paragraph_of(
	struct composer *c, const struct doc_style *style, struct runs *r, uint8_t level)
{
	if (r->list.room > r->list.count)
		arena_shrink(c->runs, r->list.at, r->list.room * sizeof *r->list.at,
			r->list.count * sizeof *r->list.at);
	r->list.room = r->list.count;
	return (struct doc_paragraph){ .style = style,
		.runs = r->list.at,
		.run_count = (uint32_t)r->list.count,
		.level = level,
		.rtl = c->rtl };
}

struct doc_block *block_add(struct composer *c, enum doc_block_kind kind, struct src_pos pos)
{
	struct doc_block *block = ARENA_NEW(c->arena, struct doc_block);

	block->kind = (uint8_t)kind;
	block->pos = pos;
	return block;
}

const struct doc_block *block_paragraph(struct composer *c, const struct doc_style *style,
	struct runs *r, uint8_t level, struct src_pos pos)
{
	struct doc_block *block = block_add(c, DOC_PARAGRAPH, pos);
	struct doc_paragraph *paragraph = ARENA_NEW(c->arena, struct doc_paragraph);

	*paragraph = paragraph_of(c, style, r, level);
	block->paragraph = paragraph;
	return block;
}

struct doc_block *block_stack(struct composer *c, const struct blocks *blocks, struct src_pos pos)
{
	struct doc_block *block = block_add(c, DOC_STACK, pos);
	struct doc_stack *stack = ARENA_NEW(c->arena, struct doc_stack);

	stack->blocks = blocks->list.at;
	stack->count = (uint32_t)blocks->list.count;
	block->stack = stack;
	return block;
}

void block_keep(struct doc_block *block, int32_t keep, bool with_next, bool with_previous)
{
	block->keep_with_next |= with_next;
	block->keep_with_previous |= with_previous;
	if (keep < 0)
		return;
	block->keep_together = keep > 0;
	block->keep_strength = (uint8_t)keep;
}

const struct doc_style *style_for(const struct composer *c, enum doc_role role)
{
	return c->design->by_role[role];
}
