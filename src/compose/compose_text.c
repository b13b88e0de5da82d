/* compose: slots of text: titles, narrative, keys, signatures, benchmarks, images, boxes. */
#include "compose/compose_int.h"

#include "base/source.h"

struct doc_block *compose_title(struct composer *c, const struct layout_slot *s)
{
	struct calc_context ctx = { .side = s->side };
	struct runs title = { 0 }, lead = { 0 };
	struct blocks blocks = { 0 };
	enum say_length before = ask_length(c, LENGTH_TITLE);

	if (!topic_runs(c, s->topic, &ctx, s->pos, &title))
		run_text(c, &title, text_plain(c, &c->section->title, &ctx), 0, s->pos);
	ask_length(c, LENGTH_SENTENCE);
	vec_push(c->arena, &blocks.list,
		block_paragraph(
			c, layout_style(c->in->layout, s->style, ROLE_TITLE), &title, 1, s->pos));
	if (s->lead_topic.len && topic_runs(c, s->lead_topic, &ctx, s->pos, &lead))
		vec_push(c->arena, &blocks.list,
			block_paragraph(c, style_for(c, ROLE_LEAD), &lead, 0, s->pos));
	ask_length(c, before);
	return block_stack(c, &blocks, s->pos);
}

static void add_picks(struct composer *c, const struct layout_slot *s, const struct picks *picks,
	struct blocks *out)
{
	const struct doc_style *style = layout_style(c->in->layout, s->style, ROLE_TEXT);

	for (size_t i = 0; i < picks->in.count; i++) {
		const struct pick *pick = &picks->in.at[i];
		struct calc_context ctx = context_of(pick->item, s->side, (struct str){ 0 });
		struct runs runs = { 0 };

		say_runs(c, pick->say, &ctx, &runs);
		vec_push(c->arena, &out->list, block_paragraph(c, style, &runs, 0, pick->say->pos));
	}
}

struct doc_block *compose_narrative(struct composer *c, const struct layout_slot *s)
{
	struct calc_context ctx = { .side = s->side };
	enum say_length before = ask_length(c, LENGTH_PARAGRAPH);
	struct picks picks = topic_picks(c, s->topic, s->take, s->side, &ctx, s->pos);
	struct blocks blocks = { 0 };

	ask_length(c, before);

	if (picks.in.count == 0)
		return NULL;
	compose_heading(c, s, &blocks);
	add_picks(c, s, &picks, &blocks);
	return block_stack(c, &blocks, s->pos);
}

/* ---- keys ---- */

static const struct {
	const char *name;
	uint8_t mark, colour;
} key_marks[] = {
	{ "ball-0", MARK_BALL_0, COLOUR_INK },
	{ "ball-1", MARK_BALL_1, COLOUR_INK },
	{ "ball-2", MARK_BALL_2, COLOUR_INK },
	{ "ball-3", MARK_BALL_3, COLOUR_INK },
	{ "ball-4", MARK_BALL_4, COLOUR_INK },
	{ "link-none", MARK_LINK_NONE, COLOUR_INK },
	{ "link-half", MARK_LINK_HALF, COLOUR_INK },
	{ "link-full", MARK_LINK_FULL, COLOUR_INK },
	{ "good", MARK_TICK, COLOUR_GOOD },
	{ "watch", MARK_WARNING, COLOUR_WATCH },
	{ "bad", MARK_CROSS, COLOUR_BAD },
	{ "actual", MARK_ACTUAL, COLOUR_INK },
	{ "prior", MARK_PRIOR, COLOUR_PRIOR },
	{ "plan", MARK_PLAN, COLOUR_INK },
	{ "forecast", MARK_FORECAST, COLOUR_INK },
};

static void key_space(struct composer *c, struct runs *out, struct src_pos pos)
{
	if (out->list.count)
		run_text(c, out, STR(" \u2002 "), 0, pos);
}

/* What an entry stands for: its own text, else otherwise. */
static void key_text(
	struct composer *c, const struct layout_key *key, struct str otherwise, struct runs *out)
{
	struct calc_context ctx = { 0 };

	if (!text_runs(c, &key->text, &ctx, out))
		run_text(c, out, otherwise, 0, key->pos);
	if (out->list.count)
		out->list.at[out->list.count - 1].flags |= RUN_NO_BREAK;
}

static void key_side(struct composer *c, const struct layout_key *key,
	const struct facts_side *side, struct runs *out)
{
	struct str label = facts_label_of_side(c, side ? side->id : (struct str){ 0 });

	key_space(c, out, key->pos);
	run_side(c, out, side, (struct str){ 0 }, key->pos);
	key_text(c, key, label, out);
}

static void key_sides(struct composer *c, const struct layout_key *key, struct runs *out)
{
	for (size_t i = 0; i < c->in->facts->side_count; i++)
		key_side(c, key, &c->in->facts->sides[i], out);
	key_side(c, key, NULL, out);
}

static void key_code(struct composer *c, const struct layout_key *key, struct runs *out)
{
	struct str scenario = { key->show.ptr + 5, key->show.len - 5 };
	struct str id = str_printf(c->arena, "scenario-" STR_FMT, STR_ARG(scenario));

	key_space(c, out, key->pos);
	run_text(c, out, word_at(c, key->show, key->pos), RUN_NO_BREAK, key->pos);
	run_text(c, out, STR("\u00a0"), RUN_NO_BREAK, key->pos);
	key_text(c, key, has_text(&key->text) ? id : word_at(c, id, key->pos), out);
}

static bool key_mark(struct composer *c, const struct layout_key *key, struct runs *out)
{
	for (size_t i = 0; i < sizeof key_marks / sizeof key_marks[0]; i++) {
		if (!str_is(key->show, key_marks[i].name))
			continue;
		key_space(c, out, key->pos);
		run_mark(c, out, (enum doc_mark_kind)key_marks[i].mark, key_marks[i].colour,
			(struct str){ 0 }, key->pos);
		key_text(c, key, has_text(&key->text) ? key->show : word_at(c, key->show, key->pos),
			out);
		return true;
	}
	return false;
}

/* KIND:FIELD: the marks of the records the field names, each once, in their order. */
static const struct facts_records *records_named(struct composer *c, const struct layout_key *key)
{
	struct str field = key->show, kind;
	const struct facts_kind *k;
	const struct facts_field_def *def;

	str_split(&field, ':', &kind);
	k = map_lookup(&c->in->facts->kinds, kind);
	def = k ? map_lookup(&k->by_field, field) : NULL;
	if (def && def->type == FIELD_REF)
		return facts_records(c->in->facts, def->kind);
	diag_add(c->diag, DIAG_REFERENCE_UNKNOWN, key->pos,
		"'" STR_FMT "' is nothing a key could explain; write a side, a scenario, a mark, "
			    "or KIND:FIELD of a reference",
		STR_ARG(key->show));
	return NULL;
}

static void key_records(struct composer *c, const struct layout_key *key, struct runs *out)
{
	const struct facts_records *refs = records_named(c, key);

	for (size_t i = 0; refs && i < refs->list.count; i++) {
		struct calc_context ctx = { .item = refs->list.at[i] };
		uint8_t mark, colour;

		if (!mark_of(c, &ctx, STR("side"), &mark, &colour))
			continue;
		key_space(c, out, key->pos);
		run_mark(c, out, (enum doc_mark_kind)mark, colour, (struct str){ 0 }, key->pos);
		run_text(c, out, ctx.item->label, RUN_NO_BREAK, key->pos);
	}
}

/* As the matrix prints it: strong in the colour of its status. */
static void key_flag(struct composer *c, const struct layout_key *key, struct runs *out)
{
	static const uint8_t colours[] = { COLOUR_MUTED, COLOUR_GOOD, COLOUR_WATCH, COLOUR_BAD };

	run_text(c, out, word_at(c, key->flag, key->pos), RUN_NO_BREAK | (key->status ? RUN_STRONG : 0), key->pos);
	out->list.at[out->list.count - 1].colour = colours[key->status];
	run_text(c, out, STR("\u00a0"), RUN_NO_BREAK, key->pos);
}

static void key_entry(struct composer *c, const struct layout_key *key, struct runs *out)
{
	struct calc_context ctx = { 0 };

	if (key->show.len == 0) {
		key_space(c, out, key->pos);
		if (key->flag.len)
			key_flag(c, key, out);
		text_runs(c, &key->text, &ctx, out);
	} else if (str_is(key->show, "sides")) {
		key_sides(c, key, out);
	} else if (str_is(key->show, "joint")) {
		key_side(c, key, NULL, out);
	} else if (facts_side_lookup(c->in->facts, key->show)) {
		key_side(c, key, facts_side_lookup(c->in->facts, key->show), out);
	} else if (str_starts(key->show, "code-")) {
		key_code(c, key, out);
	} else if (!key_mark(c, key, out)) {
		key_records(c, key, out);
	}
}

void key_runs(struct composer *c, const struct layout_key *keys, size_t count, struct runs *out)
{
	for (size_t i = 0; i < count; i++)
		key_entry(c, &keys[i], out);
}

struct doc_block *compose_key(struct composer *c, const struct layout_slot *s)
{
	struct runs runs = { 0 };

	key_runs(c, s->keys.at, s->keys.count, &runs);
	return (struct doc_block *)block_paragraph(
		c, layout_style(c->in->layout, s->style, ROLE_KEY), &runs, 0, s->pos);
}

/* ---- signatures, benchmarks, images, boxes ---- */

/* Lines to sign on, so many side by side. */
static const struct doc_block *signature_row(
	struct composer *c, const struct layout_slot *s, const struct line *lines, size_t count)
{
	struct doc_paragraph *names = ARENA_ARRAY(c->arena, struct doc_paragraph, count);
	struct doc_signatures *signatures = ARENA_NEW(c->arena, struct doc_signatures);
	struct doc_block *block = block_add(c, DOC_SIGNATURES, s->pos);
	const struct doc_style *style = style_for(c, ROLE_SIGN);

	for (size_t i = 0; i < count; i++) {
		struct runs runs = { 0 };

		line_label(c, &lines[i], &runs);
		names[i] = paragraph_of(c, style, &runs, 0);
	}
	*signatures = (struct doc_signatures){ .names = names,
		.count = (uint32_t)count,
		.line_space = s->space ? s->space : 4 * style->leading / 3 };
	block->signatures = signatures;
	block->keep_together = true;
	return block;
}

struct doc_block *compose_signatures(struct composer *c, const struct layout_slot *s)
{
	struct lines lines = lines_of(c, s->rows.at, s->rows.count, NULL, 0);
	size_t count = lines.list.count, per_row = s->columns ? s->columns : count;
	struct blocks blocks = { 0 };
	struct calc_context ctx = { 0 };
	struct runs text = { 0 };

	if (count == 0)
		return NULL;
	if (s->topic.len && topic_runs(c, s->topic, &ctx, s->pos, &text))
		vec_push(c->arena, &blocks.list,
			block_paragraph(c, style_for(c, ROLE_TEXT), &text, 0, s->pos));
	for (size_t i = 0; i < count; i += per_row)
		vec_push(c->arena, &blocks.list,
			signature_row(c, s, &lines.list.at[i],
				count - i < per_row ? count - i : per_row));
	return block_stack(c, &blocks, s->pos);
}

static void call_all_benchmarks(struct composer *c)
{
	const struct map *all = &c->in->facts->benchmarks;

	for (size_t i = 0; i < all->count; i++)
		note_of(c, all->entries[i].value);
}

/* The benchmarks called so far (or all that are known), with their numbers. */
struct doc_block *compose_benchmarks(struct composer *c, const struct layout_slot *s)
{
	struct blocks blocks = { 0 }, notes = { 0 };
	struct doc_block *columns = block_add(c, DOC_COLUMNS, s->pos);
	struct doc_columns *set = ARENA_NEW(c->arena, struct doc_columns);

	if (s->all)
		call_all_benchmarks(c);
	if (c->doc->notes.count == 0)
		return NULL;
	for (size_t i = 0; i < c->doc->notes.count; i++) {
		struct doc_block *note = block_add(c, DOC_PARAGRAPH, s->pos);
		struct doc_paragraph *text = ARENA_NEW(c->arena, struct doc_paragraph);

		if (c->noted.list.at[i] == NULL)
			continue; /* a footnote */
		*text = c->doc->notes.at[i].text;
		text->style = layout_style(c->in->layout, s->style, ROLE_NOTE);
		note->paragraph = text;
		vec_push(c->arena, &notes.list, note);
	}
	*set = (struct doc_columns){ .columns = s->columns ? s->columns : 2,
		.blocks = notes.list.at,
		.count = (uint32_t)notes.list.count };
	columns->columns = set;
	compose_heading(c, s, &blocks);
	vec_push(c->arena, &blocks.list, columns);
	return block_stack(c, &blocks, s->pos);
}

struct doc_block *compose_image(struct composer *c, const struct layout_slot *s)
{
	const struct source *file =
		source_load(c->arena, c->in->project, (struct str){ 0 }, s->image, s->pos, c->diag);
	struct doc_block *block = block_add(c, DOC_IMAGE, s->pos);
	struct doc_image *image = ARENA_NEW(c->arena, struct doc_image);
	struct calc_context ctx = { 0 };

	if (file == NULL)
		return NULL;
	*image = (struct doc_image){ .file = file->text,
		.name = file->name,
		.width = s->image_width,
		.height = s->image_height };
	image->alt = text_plain(c, &s->image_alt, &ctx);
	block->image = image;
	return block;
}

struct doc_block *compose_box(struct composer *c, const struct layout_slot *s)
{
	struct blocks blocks = { 0 };

	compose_heading(c, s, &blocks);
	compose_rows(c, s->slots.at, s->slots.count, s->span, &blocks);
	if (blocks.list.count == 0)
		return NULL;
	return block_stack(c, &blocks, s->pos);
}
