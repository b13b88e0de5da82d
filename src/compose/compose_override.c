/* compose: words that somebody edited take the place of those that were chosen, with the figures of now. */
#include "compose/compose_int.h"

enum { OF_MOST = 1024 };

/* What would be printed here, without a trace in the document. */
struct beside {
	struct composer composer;
	struct doc doc;
	struct diag unsaid;
};

static void beside_open(struct beside *b, struct composer *c)
{
	*b = (struct beside){ .doc = { .design = c->doc->design, .meta = c->doc->meta, .sign_decimal = c->doc->sign_decimal,
					.sign_group = c->doc->sign_group, .word_page = c->doc->word_page, .word_note = c->doc->word_note } };
	diag_init(&b->unsaid, c->arena);
	b->unsaid.draft = c->diag->draft;
	b->composer = (struct composer){ .length = c->length, .arena = c->arena, .runs = c->arena, .diag = &b->unsaid, .in = c->in, .doc = &b->doc,
		.design = c->design, .planned = c->planned, .hidden = c->hidden, .sections = c->sections, .places = c->places,
		.place_ids = c->place_ids, .rtl = c->rtl, .lang = c->lang, .section = c->section, .slot = c->slot, .exhibit = c->exhibit };
}

/* What a part is where it prints nothing that could stand in a text. */
static struct str name_of(const struct say_part *part)
{
	switch ((enum say_kind)part->kind) {
	case SAY_MARK: return STR("mark");
	case SAY_NOTE: return STR("note");
	case SAY_PAGE: return STR("page");
	case SAY_FOOTNOTE:
	case SAY_FOOTNOTE_AGAIN: return STR("footnote");
	default: return STR("text");
	}
}

static struct str printed_part(struct composer *c, const struct say_part *part, const struct calc_context *ctx)
{
	struct beside b;
	struct benchmarks_shown figures = { 0 };
	struct runs runs = { 0 };
	struct saying s = { .c = &b.composer, .ctx = ctx, .out = &runs, .figures = &figures };
	struct str text;

	beside_open(&b, c);
	say_parts(&s, &part, 1);
	text = str_trim(runs_plain(&b.composer, &runs));
	return text.len ? text : name_of(part);
}

/* "cdp trust cmo": record, metric and side of one sentence among those of a snippet. */
static struct str what_of(struct composer *c, const struct pick *pick, const struct calc_context *ctx)
{
	const struct str parts[] = { pick->item ? pick->item->id : (struct str){ 0 }, ctx->metric, ctx->side };
	struct buf b;

	buf_init(&b, c->arena, OF_MOST);
	buf_join(&b, parts, sizeof parts / sizeof parts[0], ' ');
	return buf_str(&b);
}

/* As it was chosen; its words are not printed yet. */
static struct compose_sentence sentence_of(struct composer *c, struct str topic, const struct pick *pick, const struct calc_context *ctx)
{
	return (struct compose_sentence){
		.slot = c->slot ? c->slot->id : (struct str){ 0 },
		.pos = c->slot ? c->slot->pos : pick->snippet->pos,
		.id = str_printf(c->arena, STR_FMT "/" STR_FMT, STR_ARG(topic), STR_ARG(pick->snippet->id)),
		.of = what_of(c, pick, ctx),
		.snippet = pick->snippet,
		.say = pick->say,
	};
}

static void print_sentence(struct composer *c, struct compose_sentence *s, const struct pick *pick, const struct calc_context *ctx)
{
	struct calc_context inner = *ctx;

	inner.item = pick->item;
	s->tokens = narrative_tokens(c->arena, pick->say->parts, pick->say->part_count);
	for (size_t i = 0; i < s->tokens.list.count; i++)
		s->tokens.list.at[i].text = printed_part(c, s->tokens.list.at[i].part, &inner);
	s->generated = narrative_text(c->arena, pick->say->parts, pick->say->part_count, &s->tokens);
}

/* An edit speaks of the sentence that was there then: of another wording, as when what rose falls now, it says nothing. */
static bool still_fits(struct composer *c, const struct compose_sentence *s)
{
	return narrative_same_print(narrative_text_again(c->arena, s->generated, NULL), narrative_text_again(c->arena, s->edit->generated.text, NULL));
}

/* What is wrong with the edited text is told when all is composed. */
static void take_edit(struct composer *c, struct compose_sentence *s)
{
	struct diag unsaid;
	struct edit_values then = narrative_text_values(c->arena, s->edit->generated.text);
	struct say *edited = ARENA_NEW(c->arena, struct say);
	bool *used = ARENA_ARRAY(c->arena, bool, s->tokens.list.count + 1);

	s->fits = still_fits(c, s);
	diag_init(&unsaid, c->arena);
	if (s->fits && narrative_edited(c->arena, &s->edit->edited, &s->tokens, &then, s->say, edited, used, &unsaid))
		s->edited = edited;
}

static void put_pick(struct composer *c, struct str topic, struct pick *pick, const struct calc_context *ctx)
{
	struct compose_words *words = c->in->words;
	struct compose_sentence sentence = sentence_of(c, topic, pick, ctx), *s;
	struct str key = narrative_edit_key(c->arena, sentence.slot, sentence.id, sentence.of);
	const struct narrative_edit *edit = map_lookup(c->in->edits, key);

	if (edit == NULL && !words->all)
		return;
	s = arena_copy(c->arena, &sentence, sizeof sentence);
	print_sentence(c, s, pick, ctx);
	s->edit = edit;
	if (edit)
		take_edit(c, s);
	if (map_put(c->arena, &words->by_key, key, s) == NULL)
		vec_push(c->arena, &words->list, s);
	if (s->edited) {
		pick->say = s->edited;
		pick->edit = edit;
		pick->generated = s->generated;
		pick->edited = narrative_text_again(c->arena, s->edit->edited.text, &s->tokens);
	}
}

void edit_picks(struct composer *c, struct str topic, struct picks *picks, const struct calc_context *ctx)
{
	if (c->in->words == NULL || (c->in->edits->count == 0 && !c->in->words->all))
		return;
	for (size_t i = 0; i < picks->in.count; i++)
		put_pick(c, topic, &picks->in.at[i], ctx);
}
