/* compose: lists and cards of records: a headline with its amount, and sentences chosen per record. */
#include "compose/compose_int.h"

static bool has_text(const struct layout_text *text)
{
	return text->word.len || text->topic.len;
}

static bool is_nothing(const struct answer *answer)
{
	return answer->kind != ANSWER_NUMBER || decimal_sign(answer->value->number) == 0;
}

static void amount_runs(struct composer *c, const struct layout_slot *s, const struct line *line, struct runs *out)
{
	struct query q = cell_query(line, &s->amount_query);
	struct answer answer = calc_ask(c->in->calc, &q, &line->context, c->diag);
	struct printed printed;

	if (is_nothing(&answer) && s->amount_empty.len) {
		run_text(c, out, locale_word(c->in->locale, s->amount_empty), RUN_STRONG, s->pos);
		return;
	}
	printed = print_answer(c, &answer, &q, false);
	run_figure(c, out, printed.text, printed.figure, RUN_STRONG, s->pos);
}

/* Headline, and the amount at the line's end. */
static void head_runs(struct composer *c, const struct layout_slot *s, const struct line *line, struct runs *out)
{
	struct runs amount = { 0 };

	if (has_text(&s->head))
		text_runs(c, &s->head, &line->context, out);
	else
		line_label(c, line, out);
	if (s->has_amount)
		amount_runs(c, s, line, &amount);
	if (has_text(&s->amount))
		text_runs(c, &s->amount, &line->context, &amount);
	if (amount.list.count == 0)
		return;
	run_add(c, out, RUN_FILL, s->pos);
	for (size_t i = 0; i < amount.list.count; i++)
		vec_push(c->arena, &out->list, amount.list.at[i]);
}

static void add_text(struct composer *c, const struct layout_text *text, const struct doc_style *style, const struct line *line,
	struct blocks *out)
{
	struct runs runs = { 0 };

	if (has_text(text) && text_runs(c, text, &line->context, &runs))
		vec_push(c->arena, &out->list, block_paragraph(c, style, &runs, 0, text->pos));
}

/* The sentences of the slot's topic that apply to the record, a paragraph each. */
static void add_topic(struct composer *c, const struct layout_slot *s, const struct doc_style *style, const struct line *line,
	struct blocks *out)
{
	struct calc_context ctx = line->context;
	struct picks picks;

	if (s->topic.len == 0)
		return;
	picks = topic_picks(c, s->topic, s->take, s->side, &ctx, s->pos);
	for (size_t i = 0; i < picks.in.count; i++) {
		struct runs runs = { 0 };

		say_runs(c, picks.in.at[i].say, &ctx, &runs);
		vec_push(c->arena, &out->list, block_paragraph(c, style, &runs, 0, picks.in.at[i].say->pos));
	}
}

static void item_blocks(struct composer *c, const struct layout_slot *s, const struct line *line, enum doc_role head_role,
	struct blocks *out)
{
	const struct doc_style *text = layout_style(c->in->layout, s->style, ROLE_ITEM_TEXT);
	struct runs head = { 0 };

	head_runs(c, s, line, &head);
	vec_push(c->arena, &out->list, block_paragraph(c, style_for(c, head_role), &head, 0, s->pos));
	add_text(c, &s->body, text, line, out);
	add_topic(c, s, text, line, out);
	add_text(c, &s->foot, text, line, out);
}

/* ---- lists ---- */

static struct doc_paragraph number_label(struct composer *c, const struct layout_slot *s, uint32_t number)
{
	struct runs runs = { 0 };

	if (s->numbered) {
		run_text(c, &runs, str_printf(c->arena, "%u", number), RUN_STRONG, s->pos);
		runs.list.at[0].colour = COLOUR_ACCENT;
	}
	return paragraph_of(c, style_for(c, ROLE_ITEM_HEAD), &runs, 0);
}

static struct doc_list_item list_item(struct composer *c, const struct layout_slot *s, const struct line *line)
{
	struct blocks blocks = { 0 };
	struct doc_list_item item = { .pos = s->pos };

	item_blocks(c, s, line, ROLE_ITEM_HEAD, &blocks);
	item.label = number_label(c, s, line->number);
	item.blocks = blocks.list.at;
	item.count = (uint32_t)blocks.list.count;
	return item;
}

struct doc_block *compose_list(struct composer *c, const struct layout_slot *s)
{
	struct lines lines = lines_of(c, s->rows.at, s->rows.count, NULL, 0);
	struct doc_list_item *items = ARENA_ARRAY(c->arena, struct doc_list_item, lines.list.count);
	struct doc_list *list = ARENA_NEW(c->arena, struct doc_list);
	struct doc_block *block = block_add(c, DOC_LIST, s->pos);
	struct blocks blocks = { 0 };

	if (lines.list.count == 0)
		return NULL;
	compose_heading(c, s, &blocks);
	for (size_t i = 0; i < lines.list.count; i++)
		items[i] = list_item(c, s, &lines.list.at[i]);
	*list = (struct doc_list){ .items = items, .count = (uint32_t)lines.list.count, .numbered = s->numbered, .rules = true,
		.spread = s->spread, .label_width = s->numbered ? style_for(c, ROLE_ITEM_HEAD)->leading : 0,
		.item_pad = style_for(c, ROLE_ITEM_HEAD)->leading / 2 };
	block->list = list;
	vec_push(c->arena, &blocks.list, block);
	return block_stack(c, &blocks, s->pos);
}

/* ---- cards ---- */

static const struct doc_block *card(struct composer *c, const struct layout_slot *s, const struct line *line)
{
	enum doc_role head = s->has_amount || has_text(&s->amount) ? ROLE_OPTION : ROLE_ITEM_HEAD;
	struct blocks blocks = { 0 };
	struct doc_block *block;

	item_blocks(c, s, line, head, &blocks);
	block = block_stack(c, &blocks, s->pos);
	block->slot = str_printf(c->arena, STR_FMT "[%u]", STR_ARG(s->id), line->number);
	block->frame = slot_frame(c, s);
	return block;
}

static const struct doc_block *card_row(struct composer *c, const struct layout_slot *s, const struct line *lines, size_t count,
	uint8_t per_row)
{
	struct doc_row_cell *cells = ARENA_ARRAY(c->arena, struct doc_row_cell, count);
	struct doc_row *row = ARENA_NEW(c->arena, struct doc_row);
	struct doc_block *block = block_add(c, DOC_ROW, s->pos);
	size_t grid = c->design->masters[0].columns;

	/* Where the cards don't divide the grid, the columns left over go to some of them, so that the row is full. */
	for (size_t i = 0; i < count; i++) {
		size_t start = i * grid / per_row, end = (i + 1) * grid / per_row;

		cells[i] = (struct doc_row_cell){ .start = (uint8_t)start, .span = (uint8_t)(end - start), .block = card(c, s, &lines[i]) };
	}
	*row = (struct doc_row){ .cells = cells, .count = (uint32_t)count };
	block->row = row;
	block->keep_together = true;
	return block;
}

struct doc_block *compose_cards(struct composer *c, const struct layout_slot *s)
{
	struct lines lines = lines_of(c, s->rows.at, s->rows.count, NULL, 0);
	size_t count = lines.list.count;
	size_t wanted = s->columns ? s->columns : count;
	uint8_t per_row = (uint8_t)(wanted > c->design->masters[0].columns ? c->design->masters[0].columns : wanted);
	struct blocks rows = { 0 };

	if (count == 0)
		return NULL;
	compose_heading(c, s, &rows);
	for (size_t i = 0; i < count; i += per_row) {
		size_t here = count - i < per_row ? count - i : per_row;

		vec_push(c->arena, &rows.list, card_row(c, s, &lines.list.at[i], here, per_row));
	}
	return block_stack(c, &rows, s->pos);
}
