/* compose: texts to blocks. What a block looks like is its role's style and the layout's callouts; where it stands is
 * flow's. Page breaks cut the section: compose_section goes on with the next piece. */
#include "compose/compose_int.h"

/* ---- language and direction ---- */

bool language_rtl(struct str lang)
{
	static const char *const written_so[] = { "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi" };
	struct str language;

	str_split(&lang, '-', &language);
	for (size_t i = 0; i < sizeof written_so / sizeof written_so[0]; i++)
		if (str_is(language, written_so[i]))
			return true;
	return false;
}

struct tongue { /* what is in force around a block */
	struct str lang;
	bool rtl;
};

static struct tongue tongue_enter(struct composer *c, const struct prose *b)
{
	struct tongue before = { c->lang, c->rtl };

	if (b->lang.len) {
		c->lang = str_equal(b->lang, c->doc->meta.lang) ? (struct str){ 0 } : b->lang;
		c->rtl = language_rtl(b->lang);
	}
	if (b->direction)
		c->rtl = b->direction == PROSE_RTL;
	return before;
}

static void tongue_leave(struct composer *c, struct tongue before)
{
	c->lang = before.lang;
	c->rtl = before.rtl;
}

/* ---- words ---- */

void prose_runs(struct prosing *p, const struct prose *b, struct runs *out)
{
	struct composer *c = p->c;
	struct calc_context ctx = { .side = p->slot->side };
	size_t first = out->list.count;

	say_words(c, b->parts, b->part_count, &ctx, b->pos, out);
	for (size_t i = first; c->lang.len && i < out->list.count; i++)
		if (out->list.at[i].lang.len == 0)
			out->list.at[i].lang = c->lang;
}

static struct doc_block *prose_words(struct prosing *p, const struct prose *b, const struct doc_style *style, uint8_t level)
{
	const struct passage *place = passage_of(p->c, b);
	struct runs runs = { 0 };
	struct doc_block *block;

	prose_runs(p, b, &runs);
	block = (struct doc_block *)(uintptr_t)block_paragraph(p->c, style, &runs, level, b->pos);
	block->anchor = place ? place->anchor : 0;
	return block;
}

static struct doc_block *prose_paragraph(struct prosing *p, const struct prose *b)
{
	return prose_words(p, b, p->text, 0);
}

static struct doc_block *prose_heading(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	int32_t own = b->level < 1 ? 1 : b->level > 6 ? 6 : b->level, level = own + p->level;
	const struct passage *place = passage_of(c, b);
	const struct doc_style *style = style_for(c, (enum doc_role)(ROLE_HEADING_1 + own - 1));
	struct doc_block *block = block_add(c, DOC_PARAGRAPH, b->pos);
	struct doc_paragraph *text = ARENA_NEW(c->arena, struct doc_paragraph);
	struct str title = say_plain(c, b->parts, b->part_count);
	struct runs runs = { 0 };

	if (place->number.len) {
		run_text(c, &runs, str_printf(c->arena, STR_FMT "\u2002", STR_ARG(place->number)), 0, b->pos);
		title = str_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(place->number), STR_ARG(title));
	}
	prose_runs(p, b, &runs);
	*text = paragraph_of(c, style, &runs, (uint8_t)(level > 6 ? 6 : level));
	text->running = (uint8_t)own;
	block->paragraph = text;
	block->anchor = place->anchor;
	block->bookmark = title;
	block->depth = (uint8_t)(own);
	return block;
}

/* ---- lists ---- */

static const struct doc_style *label_style(struct prosing *p, const struct prose *list)
{
	uint8_t level = p->depth < 3 ? p->depth : 2;
	enum doc_role first = list->list == PROSE_NUMBERED ? ROLE_NUMBER_1 : ROLE_BULLET_1;

	return style_for(p->c, (enum doc_role)(first + level));
}

static const struct prose *term_of(const struct prose *item)
{
	return item->block_count && item->blocks[0]->kind == PROSE_TERM ? item->blocks[0] : NULL;
}

static struct doc_paragraph label_of(struct prosing *p, const struct prose *list, const struct prose *item, uint32_t number)
{
	struct composer *c = p->c;
	const struct doc_style *style = label_style(p, list);
	const struct prose *term = term_of(item);
	struct runs runs = { 0 };

	if (list->list == PROSE_DEFINITIONS) {
		if (term)
			prose_runs(p, term, &runs);
		return paragraph_of(c, style_for(c, ROLE_TERM), &runs, 0);
	}
	run_text(c, &runs, numbered_label(c, style->label, &number, 0), RUN_NO_BREAK, item->pos);
	return paragraph_of(c, style, &runs, 0);
}

/* Paragraphs of items stand closer to one another than those of the text. */
static const struct doc_style *closer(struct composer *c, const struct doc_style *text)
{
	struct doc_style *style = ARENA_NEW(c->arena, struct doc_style);

	*style = *text;
	style->space_before = text->space_before / 2;
	style->space_after = text->space_after / 2;
	return style;
}

static void prose_blocks(struct prosing *p, const struct prose *b, struct blocks *out);

static struct doc_list_item list_item(struct prosing *p, const struct prose *list, const struct prose *b, uint32_t number)
{
	struct composer *c = p->c;
	struct tongue before = tongue_enter(c, b);
	struct doc_list_item item = { .label = label_of(p, list, b, number), .pos = b->pos };
	struct prosing inside = *p;
	struct blocks blocks = { 0 };

	inside.depth++;
	inside.text = closer(c, p->text);
	prose_blocks(&inside, b, &blocks);
	item.blocks = blocks.list.at;
	item.count = (uint32_t)blocks.list.count;
	tongue_leave(c, before);
	return item;
}

static struct doc_block *prose_list(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	struct doc_block *block = block_add(c, DOC_LIST, b->pos);
	struct doc_list *list = ARENA_NEW(c->arena, struct doc_list);
	struct doc_list_item *items = ARENA_ARRAY(c->arena, struct doc_list_item, b->block_count + 1);
	const struct doc_style *style = label_style(p, b);

	for (size_t i = 0; i < b->block_count; i++)
		items[i] = list_item(p, b, b->blocks[i], (uint32_t)b->count + (uint32_t)i);
	*list = (struct doc_list){ .items = items,
		.count = (uint32_t)b->block_count,
		.label_width = style->hang ? style->hang : 2 * style->size,
		.numbered = b->list == PROSE_NUMBERED,
		.terms = b->list == PROSE_DEFINITIONS,
		.rtl = c->rtl,
		.item_pad = p->text->space_after / (b->list == PROSE_DEFINITIONS ? 4 : 8) };
	block->list = list;
	return block;
}

/* ---- stacks: quotes, callouts, spans ---- */

static struct doc_block *prose_stack(struct prosing *p, const struct prose *b)
{
	struct blocks blocks = { 0 };

	prose_blocks(p, b, &blocks);
	return block_stack(p->c, &blocks, b->pos);
}

static struct doc_frame *frame_of(struct prosing *p, uint8_t fill, uint8_t edge)
{
	const struct doc_tokens *t = &p->c->design->tokens;
	struct doc_frame *frame = ARENA_NEW(p->c->arena, struct doc_frame);

	*frame = (struct doc_frame){ .fill = fill, .top_colour = edge, .top_width = edge < DOC_COLOUR_COUNT ? t->rule_accent : 0,
		.pad_top = t->box_padding_y, .pad_bottom = t->box_padding_y, .pad_left = t->box_padding_x,
		.pad_right = t->box_padding_x };
	return frame;
}

static struct doc_block *prose_quote(struct prosing *p, const struct prose *b)
{
	struct prosing inside = *p;
	struct doc_frame *frame = frame_of(p, DOC_COLOUR_COUNT, DOC_COLOUR_COUNT);
	struct doc_block *block;

	inside.text = style_for(p->c, ROLE_QUOTE);
	block = prose_stack(&inside, b);
	frame->pad_top = frame->pad_bottom = 0;
	frame->pad_left = frame->pad_right = 2 * inside.text->size;
	block->frame = frame;
	block->group = STACK_QUOTE;
	return block;
}

/* Who said it stands at the end edge, behind a dash. */
static struct doc_block *prose_by(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	struct runs runs = { 0 };

	run_text(c, &runs, STR("\u2014\u00a0"), 0, b->pos);
	prose_runs(p, b, &runs);
	return (struct doc_block *)(uintptr_t)block_paragraph(c, style_for(c, ROLE_CAPTION), &runs, 0, b->pos);
}

static const struct layout_callout *callout_of(struct prosing *p, const struct prose *b)
{
	const struct layout *l = p->c->in->layout;
	const struct layout_callout *callout = layout_callout(l, b->name);
	struct str near = { 0 };

	for (size_t i = 0; !callout && i < l->callouts.count; i++) {
		struct str pair[2] = { near, l->callouts.at[i].id };

		near = str_nearest(b->name, pair, 2);
	}
	if (!callout)
		diag_add(p->c->diag, DIAG_STYLE_UNKNOWN, b->pos, "the layout has no callout '" STR_FMT "'%s", STR_ARG(b->name),
			diag_nearest(p->c->diag, near));
	return callout;
}

/* The mark, what the layout calls it, and what the text says of it, on one line. */
static void callout_head(struct prosing *p, const struct layout_callout *k, const struct prose *b, struct blocks *out)
{
	struct composer *c = p->c;
	const struct prose *own = b->block_count && b->blocks[0]->kind == PROSE_HEAD ? b->blocks[0] : NULL;
	struct calc_context ctx = { 0 };
	struct runs runs = { 0 };
	size_t words;

	if (k->mark)
		run_mark(c, &runs, (enum doc_mark_kind)k->mark, k->edge, (struct str){ 0 }, b->pos);
	words = runs.list.count;
	text_runs(c, &k->head, &ctx, &runs);
	if (own && runs.list.count > words)
		run_text(c, &runs, STR(" \u00b7 "), 0, own->pos);
	if (own)
		prose_runs(p, own, &runs);
	if (runs.list.count > words)
		vec_push(c->arena, &out->list, block_paragraph(c, layout_style(c->in->layout, k->head_style, ROLE_CALLOUT_HEAD), &runs, 0, b->pos));
}

static struct doc_block *prose_callout(struct prosing *p, const struct prose *b)
{
	static const struct layout_callout plain = { .fill = COLOUR_TINT, .edge = COLOUR_RULE };
	const struct layout_callout *k = callout_of(p, b);
	struct prosing inside = *p;
	struct blocks blocks = { 0 };
	struct doc_block *block;

	k = k ? k : &plain;
	inside.text = layout_style(p->c->in->layout, k->style, ROLE_CALLOUT);
	callout_head(p, k, b, &blocks);
	prose_blocks(&inside, b, &blocks);
	block = block_stack(p->c, &blocks, b->pos);
	block->frame = frame_of(p, k->fill, k->edge);
	block->group = STACK_PART;
	block->keep_together = true;
	return block;
}

/* ---- side by side ---- */

static struct doc_block *prose_beside(struct prosing *p, const struct prose *b)
{
	struct composer *c = p->c;
	struct doc_block *block = block_add(c, DOC_ROW, b->pos);
	struct doc_row *row = ARENA_NEW(c->arena, struct doc_row);
	struct doc_row_cell *cells = ARENA_ARRAY(c->arena, struct doc_row_cell, b->block_count + 1);
	uint8_t at = 0;

	for (size_t i = 0; i < b->block_count; i++) {
		const struct prose *panel = b->blocks[i];
		struct tongue before = tongue_enter(c, panel);
		uint8_t start = panel->start ? (uint8_t)(panel->start - 1) : at;

		if (start < at || start + panel->span > 12)
			diag_add(c->diag, DIAG_GRID, panel->pos, "this 'cell' does not fit beside the ones before it: the grid has 12 columns");
		cells[i] = (struct doc_row_cell){ .start = start, .span = (uint8_t)panel->span, .of = 12, .block = prose_stack(p, panel) };
		at = (uint8_t)(start + panel->span);
		tongue_leave(c, before);
	}
	*row = (struct doc_row){ .cells = cells, .count = (uint32_t)b->block_count, .breaks = b->keep <= 0, .rtl = c->rtl };
	block->row = row;
	return block;
}

static void columns_end(struct prosing *p, const struct prose *b, struct blocks *held, struct blocks *out)
{
	struct doc_columns *columns = ARENA_NEW(p->c->arena, struct doc_columns);
	struct doc_block *block;

	if (held->list.count == 0)
		return;
	*columns = (struct doc_columns){ .columns = (uint8_t)b->count, .rtl = p->c->rtl, .blocks = held->list.at,
		.count = (uint32_t)held->list.count };
	block = block_add(p->c, DOC_COLUMNS, b->pos);
	block->columns = columns;
	block->space_before = out->list.count ? p->text->leading / 2 : 0;
	vec_push(p->c->arena, &out->list, block);
	*held = (struct blocks){ 0 };
}

/* What spans the columns ends them, balanced, and new ones begin under it. */
static struct doc_block *prose_columns(struct prosing *p, const struct prose *b)
{
	struct blocks held = { 0 }, out = { 0 };

	for (size_t i = 0; i < b->block_count; i++) {
		const struct prose *inside = b->blocks[i];

		if (inside->kind != PROSE_SPAN) {
			prose_block(p, inside, &held);
			continue;
		}
		columns_end(p, b, &held, &out);
		prose_block(p, inside, &out);
	}
	columns_end(p, b, &held, &out);
	return block_stack(p->c, &out, b->pos);
}

/* ---- contents and rules ---- */

static struct doc_block *prose_contents(struct prosing *p, const struct prose *b)
{
	struct doc_block *block = block_add(p->c, DOC_CONTENTS, b->pos);
	struct doc_contents *contents = ARENA_NEW(p->c->arena, struct doc_contents);

	*contents = (struct doc_contents){ .style = style_for(p->c, ROLE_CONTENTS), .depth = (uint8_t)(b->level - 1),
		.exhibits = b->kind == PROSE_EXHIBITS, .rtl = p->c->rtl };
	block->contents = contents;
	return block;
}

static struct doc_block *prose_rule(struct prosing *p, const struct prose *b)
{
	struct doc_block *block = block_add(p->c, DOC_RULE, b->pos);
	struct doc_rule *rule = ARENA_NEW(p->c->arena, struct doc_rule);

	*rule = (struct doc_rule){ .colour = COLOUR_RULE, .width = p->c->design->tokens.rule_thin };
	block->rule = rule;
	block->keep_with_next = true;
	return block;
}

/* ---- one block, and several ---- */

static struct doc_block *(*const makers[PROSE_KIND_COUNT])(struct prosing *, const struct prose *) = {
	[PROSE_HEADING] = prose_heading, [PROSE_PARAGRAPH] = prose_paragraph, [PROSE_LIST] = prose_list,
	[PROSE_QUOTE] = prose_quote, [PROSE_BY] = prose_by, [PROSE_CALLOUT] = prose_callout, [PROSE_FIGURE] = prose_figure,
	[PROSE_COLUMNS] = prose_columns, [PROSE_SPAN] = prose_stack, [PROSE_BESIDE] = prose_beside, [PROSE_TABLE] = prose_table,
	[PROSE_CONTENTS] = prose_contents, [PROSE_EXHIBITS] = prose_contents, [PROSE_RULE] = prose_rule,
};

static bool stands_apart(const struct doc_block *b)
{
	return b->frame || b->kind == DOC_EXHIBIT;
}

/* Paragraphs bring their styles' spaces; everything else stands half a line or a whole one from what is around it. */
static mpt space_above(const struct prosing *p, const struct doc_block *before, const struct doc_block *b)
{
	bool words = b->kind == DOC_PARAGRAPH, after_words = before->kind == DOC_PARAGRAPH;
	bool list = b->kind == DOC_LIST || before->kind == DOC_LIST;

	if (words && after_words)
		return 0;
	if (after_words && (doc_role_keeps(before->paragraph->style->role) || (list && before->paragraph->style->space_after)))
		return 0;
	if (list)
		return p->text->space_after ? p->text->space_after : p->text->leading / 4;
	return stands_apart(before) || stands_apart(b) ? p->text->leading : p->text->leading / 2;
}

void prose_block(struct prosing *p, const struct prose *b, struct blocks *out)
{
	struct composer *c = p->c;
	struct tongue before;
	const struct passage *place;
	struct doc_block *block;

	if (makers[b->kind] == NULL)
		return; /* said by what it stands in */
	before = tongue_enter(c, b);
	place = passage_of(c, b);
	block = makers[b->kind](p, b);
	tongue_leave(c, before);
	if (block == NULL)
		return;
	block_keep(block, b->keep, b->keep_with_next, b->keep_with_previous);
	if (place && block->anchor == 0)
		block->anchor = place->anchor;
	if (out->list.count)
		block->space_before = space_above(p, out->list.at[out->list.count - 1], block);
	vec_push(c->arena, &out->list, block);
}

static void prose_blocks(struct prosing *p, const struct prose *b, struct blocks *out)
{
	for (size_t i = 0; i < b->block_count; i++)
		prose_block(p, b->blocks[i], out);
}

/* ---- the whole text, cut at its page breaks ---- */

static const struct doc_block *piece_end(struct prosing *p, struct blocks *held)
{
	const struct doc_block *piece = block_stack(p->c, held, p->slot->pos);

	*held = (struct blocks){ 0 };
	return piece;
}

static uint8_t first_level(const struct composer *c, const struct layout_slot *s)
{
	if (s->level)
		return (uint8_t)(s->level - 1);
	for (size_t i = 0; i < c->section->slots.count; i++)
		if (c->section->slots.at[i]->kind == SLOT_TITLE)
			return 1;
	return 0;
}

static struct doc_block *compose_pieces(struct prosing *p, const struct prose *text)
{
	struct composer *c = p->c;
	const struct doc_block *first = NULL, *piece = NULL;
	const struct prose *how = NULL;
	struct blocks held = { 0 };

	compose_heading(c, p->slot, &held);
	for (size_t i = 0; i <= text->block_count; i++) {
		if (i < text->block_count && text->blocks[i]->kind != PROSE_PAGE_BREAK) {
			prose_block(p, text->blocks[i], &held);
			continue;
		}
		const struct doc_block *next = piece_end(p, &held);
		if (piece)
			vec_push(c->arena, &c->cuts, ((struct page_cut){ piece, next, how }));
		first = first ? first : next;
		piece = next;
		how = i < text->block_count ? text->blocks[i] : NULL;
	}
	return (struct doc_block *)(uintptr_t)first;
}

struct doc_block *compose_prose(struct composer *c, const struct layout_slot *s)
{
	const struct prose *text = map_lookup(&c->in->narrative->texts, s->topic);
	struct prosing p = { .c = c, .slot = s, .text = layout_style(c->in->layout, s->style, ROLE_PROSE), .level = first_level(c, s) };
	struct tongue before;
	struct doc_block *block;

	if (text == NULL)
		return NULL; /* planning said so */
	before = tongue_enter(c, text);
	block = compose_pieces(&p, text);
	tongue_leave(c, before);
	return block;
}
