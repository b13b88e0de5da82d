/* compose: lists and cards of records: a headline with its amount, and sentences chosen per
 * record. */
#include "compose/compose_int.h"

static bool is_nothing(const struct answer *answer)
{
	return answer->kind != ANSWER_NUMBER || decimal_sign(answer->value->number) == 0;
}

static void amount_runs(
	struct composer *c, const struct layout_slot *s, const struct line *line, struct runs *out)
{
	struct query q = cell_query(line, &s->amount_query);
	struct answer answer = calc_ask(c->in->calc, &q, &line->context, c->diag);
	struct printed printed;

	if (is_nothing(&answer) && s->amount_empty.len) {
		run_text(c, out, word_at(c, s->amount_empty, s->pos), RUN_STRONG, s->pos);
		return;
	}
	printed = print_answer(c, &answer, &q, false);
	if (printed.missing)
		report_missing(c, &q, &answer, s->pos);
	run_figure(c, out, printed.text, printed.figure, RUN_STRONG, s->pos);
}

/* Headline, and the amount at the line's end. */
static void head_runs(
	struct composer *c, const struct layout_slot *s, const struct line *line, struct runs *out)
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
		vec_push(c->runs, &out->list, amount.list.at[i]);
}

static void add_text(struct composer *c, const struct layout_text *text,
	const struct doc_style *style, const struct line *line, struct blocks *out)
{
	struct runs runs = { 0 };

	if (has_text(text) && text_runs(c, text, &line->context, &runs))
		vec_push(c->arena, &out->list, block_paragraph(c, style, &runs, 0, text->pos));
}

/* The sentences of the slot's topic that apply to the record, a paragraph each. */
static void add_topic(struct composer *c, const struct layout_slot *s,
	const struct doc_style *style, const struct line *line, struct blocks *out)
{
	struct calc_context ctx = line->context;
	struct picks picks;

	if (s->topic.len == 0)
		return;
	picks = topic_picks(c, s->topic, s->take, s->side, &ctx, s->pos);
	for (size_t i = 0; i < picks.in.count; i++) {
		struct runs runs = { 0 };

		say_runs(c, picks.in.at[i].say, &ctx, &runs);
		vec_push(c->arena, &out->list,
			block_paragraph(c, style, &runs, 0, picks.in.at[i].say->pos));
	}
}

/* A group's head stands alone; cards have their number before the head, lists beside it. */
static void item_blocks(struct composer *c, const struct layout_slot *s, const struct line *line,
	enum doc_role head_role, struct blocks *out)
{
	const struct doc_style *text = layout_style(c->in->layout, s->style, ROLE_ITEM_TEXT);
	struct runs head = { 0 };

	if (s->kind == SLOT_CARDS && s->numbered && line->number)
		run_text(c, &head, str_printf(c->arena, "%u\u00a0 ", line->number), RUN_STRONG,
			s->pos);
	if (line->kind == LINE_GROUP)
		line_label(c, line, &head);
	else
		head_runs(c, s, line, &head);
	vec_push(c->arena, &out->list,
		block_paragraph(c, layout_style(c->in->layout, s->head_style, head_role), &head, 0,
			s->pos));
	if (line->kind == LINE_GROUP)
		return;
	add_text(c, &s->body, text, line, out);
	add_topic(c, s, text, line, out);
	add_text(c, &s->foot, text, line, out);
}

/* ---- lists ---- */

static struct doc_paragraph number_label(
	struct composer *c, const struct layout_slot *s, uint32_t number)
{
	struct runs runs = { 0 };

	if (s->numbered && number) {
		run_text(c, &runs, str_printf(c->arena, "%u", number), RUN_STRONG, s->pos);
		runs.list.at[0].colour = COLOUR_ACCENT;
	}
	return paragraph_of(
		c, layout_style(c->in->layout, s->head_style, ROLE_ITEM_HEAD), &runs, 0);
}

static struct doc_list_item list_item(
	struct composer *c, const struct layout_slot *s, const struct line *line)
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

	const struct doc_style *head = layout_style(c->in->layout, s->head_style, ROLE_ITEM_HEAD);

	if (lines.list.count == 0)
		return NULL;
	compose_heading(c, s, &blocks);
	for (size_t i = 0; i < lines.list.count; i++)
		items[i] = list_item(c, s, &lines.list.at[i]);
	*list = (struct doc_list){ .items = items,
		.count = (uint32_t)lines.list.count,
		.numbered = s->numbered,
		.rules = true,
		.spread = s->spread,
		.label_width = !s->numbered ? 0 : s->number_width ? s->number_width : head->leading,
		.item_pad = s->item_pad < 0 ? head->leading / 2 : s->item_pad };
	block->list = list;
	vec_push(c->arena, &blocks.list, block);
	return block_stack(c, &blocks, s->pos);
}

/* ---- cards ---- */

static const struct doc_block *card(
	struct composer *c, const struct layout_slot *s, const struct line *line)
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

/* Cards divide the width evenly, whatever the grid. */
static const struct doc_block *card_row(struct composer *c, const struct layout_slot *s,
	const struct line *lines, size_t count, uint8_t per_row)
{
	struct doc_row_cell *cells = ARENA_ARRAY(c->arena, struct doc_row_cell, count);
	struct doc_row *row = ARENA_NEW(c->arena, struct doc_row);
	struct doc_block *block = block_add(c, DOC_ROW, s->pos);

	for (size_t i = 0; i < count; i++)
		cells[i] = (struct doc_row_cell){ .start = (uint8_t)i,
			.span = 1,
			.of = per_row,
			.block = card(c, s, &lines[i]) };
	*row = (struct doc_row){ .cells = cells, .count = (uint32_t)count };
	block->row = row;
	block->keep_together = true;
	return block;
}

static const struct doc_block *cards_group(
	struct composer *c, const struct layout_slot *s, const struct line *line)
{
	struct runs runs = { 0 };

	line_label(c, line, &runs);
	return block_paragraph(c, style_for(c, ROLE_ITEM_HEAD), &runs, 0, s->pos);
}

/* How many of the lines from here on stand in one row: a group's head ends it. */
static size_t cards_beside(const struct line *lines, size_t count, size_t per_row)
{
	size_t n = 0;

	while (n < count && n < per_row && lines[n].kind != LINE_GROUP)
		n++;
	return n;
}

struct doc_block *compose_cards(struct composer *c, const struct layout_slot *s)
{
	struct lines lines = lines_of(c, s->rows.at, s->rows.count, NULL, 0);
	size_t count = lines.list.count, most = UINT8_MAX, wanted = s->columns ? s->columns : count;
	uint8_t per_row = (uint8_t)(wanted < most ? wanted : most);
	struct blocks rows = { 0 };

	if (count == 0)
		return NULL;
	compose_heading(c, s, &rows);
	for (size_t i = 0, here; i < count; i += here) {
		here = cards_beside(&lines.list.at[i], count - i, per_row);
		vec_push(c->arena, &rows.list,
			here ? card_row(c, s, &lines.list.at[i], here, per_row)
			     : cards_group(c, s, &lines.list.at[i]));
		here += here == 0;
	}
	return block_stack(c, &rows, s->pos);
}
