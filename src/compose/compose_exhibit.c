/* compose: exhibits. Title (a finding), unit line with its key, body, notes, source line. An
 * exhibit without a source is an error. */
#include "compose/compose_int.h"

struct str exhibit_number(struct composer *c, uint32_t exhibit)
{
	struct str number = str_printf(c->arena, "%u", exhibit);

	return words_of(c, "exhibit-number", &number, 1);
}

static struct doc_paragraph title_of(
	struct composer *c, const struct layout_slot *s, struct str *plain)
{
	struct calc_context ctx = { .side = s->side };
	struct runs runs = { 0 };
	enum say_length before = ask_length(c, LENGTH_TITLE);

	if (!text_runs(c, &s->exhibit.title, &ctx, &runs))
		run_text(c, &runs, exhibit_number(c, c->exhibit), 0, s->pos);
	ask_length(c, before);
	*plain = runs_plain(c, &runs);
	return paragraph_of(c, style_for(c, ROLE_EXHIBIT_TITLE), &runs, 2);
}

static struct doc_paragraph unit_of(struct composer *c, const struct layout_slot *s)
{
	struct calc_context ctx = { .side = s->side };
	struct runs runs = { 0 };

	text_runs(c, &s->exhibit.unit, &ctx, &runs);
	if (!s->exhibit.key_above)
		key_runs(c, s->exhibit.keys.at, s->exhibit.keys.count, &runs);
	return paragraph_of(c, style_for(c, ROLE_UNIT), &runs, 0);
}

static struct doc_paragraph continued_of(struct composer *c, const struct layout_slot *s)
{
	struct runs runs = { 0 };

	run_text(c, &runs, exhibit_number(c, c->exhibit), RUN_STRONG, s->pos);
	run_text(c, &runs, STR(", "), 0, s->pos);
	run_text(c, &runs, word(c, "continued"), 0, s->pos);
	return paragraph_of(c, style_for(c, ROLE_EXHIBIT_TITLE), &runs, 0);
}

/* ---- source line ---- */

/* Of a survey the values know how many answered, not the source as it was declared. */
static const struct facts_source *stated_source(struct composer *c, const struct layout_slot *s)
{
	const struct facts_source *source;

	if (s->exhibit.source.len == 0)
		return c->shown_source ? c->shown_source : c->withheld_source;
	if (c->shown_source && str_equal(c->shown_source->id, s->exhibit.source))
		return c->shown_source;
	source = map_lookup(&c->in->facts->sources, s->exhibit.source);
	if (source == NULL)
		facts_unknown_source(c->in->facts, s->exhibit.source, s->pos, c->diag);
	return source;
}

static void dot(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, STR(" \u00b7 "), 0, pos);
}

static void source_date(
	struct composer *c, const struct facts_source *source, struct runs *out, struct src_pos pos)
{
	struct str date;

	if (source == NULL || source->date.year == 0)
		return;
	date = locale_date(c->arena, c->in->locale, source->date, DATE_LONG);
	dot(c, out, pos);
	run_text(c, out, words_of(c, "as-of", &date, 1), RUN_NO_BREAK, pos);
}

/* "n = 22", and "n = 19–27" where one value is said by fewer than another. */
static struct str shown_sample(struct composer *c)
{
	struct str ends[2], range;

	if (!c->shown_sample.known || decimal_cmp(c->shown_sample.least, c->shown_sample.most) == 0 || c->shown_source->effective.len)
		return sample_text(c, c->shown_source);
	ends[0] = decimal_text(c->arena, c->shown_sample.least);
	ends[1] = decimal_text(c->arena, c->shown_sample.most);
	range = words_of(c, "range", ends, 2);
	return words_of(c, "sample", &range, 1);
}

/* How many few are is said of nothing but few. */
static void source_sample(struct composer *c, const struct layout_slot *s,
	const struct facts_source *source, struct runs *out)
{
	struct calc_context ctx = { 0 };
	struct runs sample = { 0 };

	if (!text_runs(c, &s->exhibit.sample, &ctx, &sample) && source && (c->shown_source || c->withheld == 0))
		run_text(c, &sample, source == c->shown_source ? shown_sample(c) : sample_text(c, source), 0, s->pos);
	if (sample.list.count == 0)
		return;
	dot(c, out, s->pos);
	for (size_t i = 0; i < sample.list.count; i++)
		vec_push(c->runs, &out->list, sample.list.at[i]);
}

static struct str source_title(
	struct composer *c, const struct layout_slot *s, const struct facts_source *source)
{
	struct calc_context ctx = { 0 };
	struct str own = text_plain(c, &s->exhibit.source_text, &ctx);

	if (own.len || source)
		return own.len ? own : source->title;
	diag_add(c->diag, DIAG_SOURCE_UNKNOWN, s->pos,
		"exhibit '" STR_FMT
		"' has no source: none of its values names one; give it source=\"…\"",
		STR_ARG(s->id));
	return own;
}

static struct doc_paragraph source_of(struct composer *c, const struct layout_slot *s)
{
	const struct facts_source *source = stated_source(c, s);
	struct str title = source_title(c, s, source);
	struct runs runs = { 0 };

	run_text(c, &runs, exhibit_number(c, c->exhibit), RUN_STRONG | RUN_NO_BREAK, s->pos);
	runs.list.at[0].colour = COLOUR_INK;
	dot(c, &runs, s->pos);
	run_text(c, &runs, words_of(c, "source-line", &title, 1), 0, s->pos);
	source_date(c, source, &runs, s->pos);
	source_sample(c, s, source, &runs);
	if (c->rounded) {
		dot(c, &runs, s->pos);
		run_text(c, &runs, word(c, "rounding-note"), 0, s->pos);
	}
	if (c->withheld) {
		dot(c, &runs, s->pos);
		run_text(c, &runs, withheld_text(c, c->withheld, false), 0, s->pos);
	}
	origins_runs(c, &runs, s->pos);
	for (size_t i = 0; i < c->shown.list.count; i++) {
		run_text(c, &runs, STR("\u00a0"), 0, s->pos);
		run_note(c, &runs, c->shown.list.at[i], s->pos);
	}
	return paragraph_of(c, style_for(c, ROLE_SOURCE), &runs, 0);
}

/* ---- body and notes ---- */

static struct doc_block *body_of(struct composer *c, const struct layout_slot *s, struct str title)
{
	const struct layout_exhibit *e = &s->exhibit;

	switch (e->body) {
	case BODY_TABLE: return compose_table(c, e, e->body_pos);
	case BODY_CROSS: return compose_cross(c, e, e->body_pos);
	default: return compose_chart(c, e, title, e->body_pos);
	}
}

/* A key of its own above the plot. */
static const struct doc_block *with_key(
	struct composer *c, const struct layout_slot *s, const struct doc_block *body)
{
	struct blocks blocks = { 0 };
	struct runs runs = { 0 };

	if (!s->exhibit.key_above)
		return body;
	key_runs(c, s->exhibit.keys.at, s->exhibit.keys.count, &runs);
	vec_push(c->arena, &blocks.list,
		block_paragraph(c, style_for(c, ROLE_KEY), &runs, 0, s->pos));
	vec_push(c->arena, &blocks.list, body);
	return block_stack(c, &blocks, s->pos);
}

/* Notes stand together, half as far from the body as the title from its rule. */
static void add_note(
	struct composer *c, struct runs *runs, struct src_pos pos, struct blocks *out)
{
	struct doc_block *block =
		(struct doc_block *)block_paragraph(c, style_for(c, ROLE_CAUSE), runs, 0, pos);

	block->space_before = out->list.count ? 0 : c->design->tokens.exhibit_padding / 2;
	vec_push(c->arena, &out->list, block);
}

static void add_notes(struct composer *c, const struct layout_text *note, struct blocks *out)
{
	struct calc_context ctx = { 0 };
	struct picks picks;
	struct runs word_runs = { 0 };

	if (note->topic.len == 0) {
		if (text_runs(c, note, &ctx, &word_runs))
			add_note(c, &word_runs, note->pos, out);
		return;
	}
	picks = topic_picks(c, note->topic, -1, (struct str){ 0 }, &ctx, note->pos);
	for (size_t i = 0; i < picks.in.count; i++) {
		struct runs runs = { 0 };

		ctx.item = picks.in.at[i].item;
		say_runs(c, picks.in.at[i].say, &ctx, &runs);
		add_note(c, &runs, picks.in.at[i].say->pos, out);
	}
}

struct doc_block *compose_exhibit(struct composer *c, const struct layout_slot *s)
{
	struct doc_block *block = block_add(c, DOC_EXHIBIT, s->pos);
	struct doc_exhibit *exhibit = ARENA_NEW(c->arena, struct doc_exhibit);
	struct blocks notes = { 0 };
	struct footnotes below = { 0 };
	const struct doc_block *body;
	struct str title;

	exhibit->title = title_of(c, s, &title);
	c->shown = (struct benchmarks_shown){ 0 };
	c->rounded = false;
	c->origins.count = 0;
	c->withheld = 0;
	c->withheld_source = NULL;
	c->shown_sample.known = false;
	c->shown_source = NULL; /* of what the body shows, not of what the title mentions */
	c->below = &below;
	body = body_of(c, s, title);
	c->below = NULL;
	if (body == NULL)
		return NULL;
	exhibit->number = c->exhibit;
	exhibit->unit = unit_of(c, s);
	exhibit->continued = continued_of(c, s);
	exhibit->body = with_key(c, s, body);
	exhibit->source = source_of(c, s);
	exhibit->source_above = s->exhibit.source_above;
	for (size_t i = 0; i < s->exhibit.notes.count; i++)
		add_notes(c, &s->exhibit.notes.at[i], &notes);
	footnotes_below(c, &below, s->pos, &notes);
	exhibit->notes = notes.list.at;
	exhibit->note_count = (uint32_t)notes.list.count;
	block->exhibit = exhibit;
	block->bookmark = title;
	block->listed = str_printf(c->arena, STR_FMT "\u2002" STR_FMT,
		STR_ARG(exhibit_number(c, c->exhibit)), STR_ARG(title));
	return block;
}
