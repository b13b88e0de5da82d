/* compose: narrative to runs. A say's figures are asked and printed here, so that they are the
 * table's. */
#include "compose/compose_int.h"

struct str word(struct composer *c, const char *id)
{
	return locale_word(c->in->locale, str_from(id));
}

struct str words_of(struct composer *c, const char *id, const struct str *args, size_t count)
{
	return locale_phrase(c->arena, c->in->locale, id, args, count);
}

struct str word_at(struct composer *c, struct str id, struct src_pos pos)
{
	if (!locale_has(c->in->locale, id))
		diag_add(c->diag, DIAG_WORD_MISSING, pos,
			"the words of '" STR_FMT "' have no '" STR_FMT "'%s",
			STR_ARG(locale_language(c->in->locale)), STR_ARG(id),
			diag_nearest(c->diag, locale_nearest(c->in->locale, id)));
	return locale_word(c->in->locale, id);
}

struct calc_context context_of(const struct facts_record *item, struct str side, struct str metric)
{
	return (struct calc_context){ .item = item, .side = side, .metric = metric };
}

void missing_figure(struct saying *s, const struct say_part *part, struct str why)
{
	if (why.len == 0 && s->c->diag->errors)
		return;
	diag_add(s->c->diag, DIAG_FIGURE_MISSING, part->pos,
		"this sentence was chosen but its figure has no value: " STR_FMT, STR_ARG(why));
	if (s->c->slot)
		diag_note(s->c->diag, s->c->slot->pos, "needed by slot '" STR_FMT "'",
			STR_ARG(s->c->slot->id));
}

static void say_text(struct saying *s, const struct say_part *part)
{
	run_text(s->c, s->out, part->text, s->flags, part->pos);
}

static struct str listed_where(struct saying *s, const struct say_part *part);

static void say_query(struct saying *s, const struct say_part *part)
{
	struct query q = *part->query;
	struct answer answer;
	struct printed printed;

	if (part->records)
		q.where = listed_where(s, part);
	answer = calc_ask(s->c->in->calc, &q, s->ctx, s->c->diag);
	if (answer.withheld) {
		run_text(s->c, s->out, withheld_answer(s->c, &answer, false), s->flags, part->pos);
		return;
	}
	if (answer.kind == ANSWER_MISSING) {
		missing_figure(s, part, answer.text);
		run_text(s->c, s->out, missing_text(s->c, &q), s->flags, part->pos);
		return;
	}
	if (answer.benchmark)
		vec_push(s->c->arena, &s->figures->list, answer.benchmark);
	if (say_markup(s, &answer, &q))
		return;
	printed = print_answer(s->c, &answer, &q, false);
	if (printed.figure >= 0)
		run_figure(s->c, s->out, printed.text, printed.figure, s->flags, part->pos);
	else
		run_text(s->c, s->out, printed.text, s->flags, part->pos);
}

void say_inside(struct saying *s, const struct say_part *part, unsigned flag)
{
	unsigned before = s->flags;

	s->flags |= flag;
	say_parts(s, part->parts, part->part_count);
	s->flags = before;
}

static void say_strong(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_STRONG);
}

static void say_emphasis(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_EMPHASIS);
}

/* A side by its id, or by the way to a field from the item in context: ".line.payer.side". */
static const struct facts_side *side_named(struct saying *s, const struct query *q)
{
	struct query field;

	if (q->side.ptr[0] != '.')
		return facts_side_lookup(s->c->in->facts, q->side);
	query_init(&field, q->pos);
	field.field = (struct str){ q->side.ptr + 1, q->side.len - 1 };
	return facts_side_lookup(
		s->c->in->facts, calc_ask(s->c->in->calc, &field, s->ctx, s->c->diag).id);
}

/* The side a mark stands for: named, or the field of the item in context. NULL is the joint
 * view. */
static const struct facts_side *side_of_mark(struct saying *s, const struct query *q)
{
	const struct facts_field *field;

	if (q->side.len)
		return side_named(s, q);
	if (q->field.len == 0 || s->ctx->item == NULL)
		return NULL;
	field = facts_field(s->ctx->item, q->field);
	if (field && field->def->type == FIELD_REF)
		field = side_field(field->ref);
	return field ? field->side : NULL;
}

/* The status that a choice stands for, and the choice's word. */
static void say_stated_status(struct saying *s, const struct say_part *part)
{
	const struct facts_field *f =
		s->ctx->item ? facts_field(s->ctx->item, part->query->field) : NULL;
	struct str label = f && f->def->type == FIELD_CHOICE ? choice_label(s->c, s->ctx->item, f)
							     : (struct str){ 0 };

	if (label.len == 0)
		missing_figure(s, part, STR("the record in context has no such choice"));
	else if (choice_status(f) == FACTS_NO_STATUS)
		run_text(s->c, s->out, label, RUN_STRONG | RUN_NO_BREAK, part->pos);
	else
		run_status(s->c, s->out, choice_status(f), label, part->pos);
}

static void say_mark(struct saying *s, const struct say_part *part)
{
	if (part->query->show == SHOW_STATUS && part->query->field.len) {
		say_stated_status(s, part);
		return;
	}
	if (part->query->show == SHOW_STATUS) {
		struct calc_status status =
			calc_status(s->c->in->calc, part->query, s->ctx, s->c->diag);

		run_mark(s->c, s->out, (enum doc_mark_kind)mark_of_status(status.status),
			colour_of_status(status.status), (struct str){ 0 }, part->pos);
		return;
	}
	run_side(s->c, s->out, side_of_mark(s, part->query), (struct str){ 0 }, part->pos);
}

static void say_note(struct saying *s, const struct say_part *part)
{
	const struct facts_benchmark *b = s->quiet ? NULL : part->ref.len
		? map_lookup(&s->c->in->facts->benchmarks, part->ref)
		: calc_ask(s->c->in->calc, part->query, s->ctx, s->c->diag).benchmark;

	if (b)
		run_note(s->c, s->out, b, part->pos);
	else if (s->quiet)
		return;
	else if (part->ref.len == 0)
		missing_figure(s, part, STR("the metric has no benchmark"));
	else
		diag_add(s->c->diag, DIAG_BENCHMARK_UNKNOWN, part->pos,
			"no benchmark has the id '" STR_FMT "'%s", STR_ARG(part->ref),
			diag_nearest(
				s->c->diag, map_nearest(&s->c->in->facts->benchmarks, part->ref)));
}

static const struct planned *target_of(struct saying *s, const struct say_part *part)
{
	const struct planned *p = slot_planned(s->c, part->ref);

	if (p == NULL)
		diag_add(s->c->diag, DIAG_SLOT_UNKNOWN, part->pos,
			"this refers to slot '" STR_FMT "', which the layout does not show%s",
			STR_ARG(part->ref),
			diag_nearest(s->c->diag, map_nearest(&s->c->planned, part->ref)));
	return p;
}

static void say_exhibit(struct saying *s, const struct say_part *part)
{
	const struct planned *p = target_of(s, part);
	struct str number;

	if (p == NULL)
		return;
	if (p->exhibit == 0) {
		diag_add(s->c->diag, DIAG_SLOT_UNKNOWN, part->pos,
			"slot '" STR_FMT "' is no exhibit", STR_ARG(part->ref));
		return;
	}
	number = str_printf(s->c->arena, "%u", p->exhibit);
	run_text(s->c, s->out, words_of(s->c, "exhibit-number", &number, 1),
		s->flags | RUN_NO_BREAK, part->pos);
	s->out->list.at[s->out->list.count - 1].target = p->anchor;
}

static void say_page(struct saying *s, const struct say_part *part)
{
	const struct planned *p = target_of(s, part);
	struct doc_run *run;

	if (p == NULL)
		return;
	run = run_add(s->c, s->out, RUN_PAGE_OF, part->pos);
	run->target = p->anchor;
	run->flags = (uint8_t)s->flags;
}

/* The position of a record among its kind, as "decision 1". */
static void say_number(struct saying *s, const struct say_part *part)
{
	const struct query *q = part->query;
	const struct facts_record *r = s->ctx->item;

	if (q->item.len && !str_is(q->item, "."))
		r = facts_record_lookup(s->c->in->facts, q->kind, q->item);
	if (r == NULL) {
		missing_figure(s, part, STR("no such record"));
		return;
	}
	run_text(s->c, s->out, str_printf(s->c->arena, "%u", r->index + 1), s->flags, part->pos);
}

/* What the figures of a metric, or of a field of records, are printed in. */
static void say_unit(struct saying *s, const struct say_part *part)
{
	struct composer *c = s->c;
	const struct query *q = part->query;
	const struct facts_metric *m = facts_metric_lookup(c->in->facts, q->metric);
	const struct facts_kind *kind = map_lookup(&c->in->facts->kinds, q->kind);
	const struct facts_field_def *def = kind ? map_lookup(&kind->by_field, q->field) : NULL;

	if (m)
		run_text(c, s->out, print_unit(c, m), s->flags, part->pos);
	else if (def && def->type == FIELD_MONEY)
		run_text(c, s->out,
			locale_currency_unit(
				c->arena, c->in->locale, c->in->facts->currency, def->exponent),
			s->flags, part->pos);
}

static void say_break(struct saying *s, const struct say_part *part)
{
	run_add(s->c, s->out, RUN_BREAK, part->pos);
}

/* ---- lists inside a sentence ---- */

struct listed {
	const struct facts_record *record;
	double rank;
};

static double rank_of(
	struct saying *s, const struct expr *e, const struct facts_record *r, bool *missing)
{
	struct calc_scope scope = {
		.calc = s->c->in->calc, .context = *s->ctx, .diag = s->c->diag
	};
	struct expr_value value;

	scope.context.item = r;
	*missing = expr_eval(e, &scope, &value) != EXPR_DONE;
	return *missing ? 0 : value.kind == EXPR_TRUTH ? (double)value.truth : value.number;
}

static bool listed_in(struct saying *s, const struct say_part *part, const struct facts_record *r)
{
	bool missing;

	if (part->query->where.len &&
		!facts_record_matches_in(s->c->in->facts, r, part->query->where, s->ctx->item))
		return false;
	return part->records->when == NULL ||
		(rank_of(s, part->records->when, r, &missing) != 0 && !missing);
}

/* Insertion keeps the file's order among equals. */
static void insert_listed(struct listed *at, size_t *count, struct listed new)
{
	size_t i = (*count)++;

	for (; i > 0 && at[i - 1].rank < new.rank; i--)
		at[i] = at[i - 1];
	at[i] = new;
}

static struct listed *records_listed(struct saying *s, const struct say_part *part, size_t *count)
{
	const struct facts_records *all = facts_records(s->c->in->facts, part->query->kind);
	struct listed *at = ARENA_ARRAY(s->c->arena, struct listed, all ? all->list.count : 1);
	bool missing;

	*count = 0;
	for (size_t i = 0; all && i < all->list.count; i++) {
		struct listed one = { .record = all->list.at[i] };

		if (!listed_in(s, part, one.record))
			continue;
		if (part->records->sort)
			one.rank = rank_of(s, part->records->sort, one.record, &missing);
		insert_listed(at, count, one);
	}
	if (part->records->take > 0 && *count > (size_t)part->records->take)
		*count = (size_t)part->records->take;
	return at;
}

/* Those listed as a condition on records, so that a count of them is traced like any other. */
static struct str listed_where(struct saying *s, const struct say_part *part)
{
	size_t count;
	struct listed *at = records_listed(s, part, &count);
	struct buf b;

	buf_init(&b, s->c->arena, 64 * 1024);
	buf_puts(&b, count ? "id=" : "id=-"); /* no record has this id */
	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "%s" STR_FMT, i ? "," : "", STR_ARG(at[i].record->id));
	return buf_str(&b);
}

static void say_list(struct saying *s, const struct say_part *part)
{
	size_t count;
	struct listed *at = records_listed(s, part, &count);

	for (size_t i = 0; i < count; i++) {
		struct calc_context ctx = *s->ctx;
		struct saying inner = *s;

		ctx.item = at[i].record;
		inner.ctx = &ctx;
		if (i > 0)
			run_text(s->c, s->out,
				locale_separator(s->c->in->locale, part->records->join, i + 1 == count),
				s->flags, part->pos);
		say_parts(&inner, part->parts, part->part_count);
	}
}

static void (*const say_handlers[])(struct saying *, const struct say_part *) = {
	[SAY_TEXT] = say_text,
	[SAY_FIGURE] = say_query,
	[SAY_REFERENCE] = say_query,
	[SAY_STRONG] = say_strong,
	[SAY_EMPHASIS] = say_emphasis,
	[SAY_MARK] = say_mark,
	[SAY_NOTE] = say_note,
	[SAY_EXHIBIT] = say_exhibit,
	[SAY_PAGE] = say_page,
	[SAY_NUMBER] = say_number,
	[SAY_LIST] = say_list,
	[SAY_BREAK] = say_break,
	[SAY_UNIT] = say_unit,
	[SAY_RANGE] = say_range,
	[SAY_DRIVERS] = say_drivers,
	[SAY_BY] = say_by,
	[SAY_EXPLAINED] = say_explained,
	[SAY_CODE] = say_code,
	[SAY_SUPER] = say_super,
	[SAY_SUB] = say_sub,
	[SAY_SMALL_CAPS] = say_small_caps,
	[SAY_NO_BREAK] = say_no_break,
	[SAY_LANGUAGE] = say_language,
	[SAY_LINK] = say_link,
	[SAY_LINK_TO] = say_link_to,
	[SAY_PLACE] = say_place,
	[SAY_FOOTNOTE] = say_footnote,
	[SAY_FOOTNOTE_AGAIN] = say_footnote_again,
};

void say_parts(struct saying *s, const struct say_part *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		say_handlers[parts[i]->kind](s, parts[i]);
}

/* No figure of a benchmark stands without a note on its study: what the sentence does not call is
 * called behind it. */
void say_words(struct composer *c, const struct say_part *const *parts, size_t count,
	const struct calc_context *ctx, struct src_pos pos, struct runs *out)
{
	struct benchmarks_shown figures = { 0 };
	struct saying s = { .c = c, .ctx = ctx, .out = out, .figures = &figures };
	size_t first = out->list.count;

	say_parts(&s, parts, count);
	for (size_t i = 0; i < figures.list.count; i++) {
		if (study_called(c, out, first, figures.list.at[i]))
			continue;
		run_text(c, out, STR("\u00a0"), 0, pos);
		run_note(c, out, figures.list.at[i], pos);
	}
}

void say_runs(
	struct composer *c, const struct say *say, const struct calc_context *ctx, struct runs *out)
{
	say_words(c, say->parts, say->part_count, ctx, say->pos, out);
}

struct str say_plain(struct composer *c, const struct say_part *const *parts, size_t count)
{
	struct benchmarks_shown figures = { 0 };
	struct calc_context ctx = { 0 };
	struct runs runs = { 0 };
	struct saying s = { .c = c, .ctx = &ctx, .out = &runs, .figures = &figures, .quiet = true };

	say_parts(&s, parts, count);
	return runs_plain(c, &runs);
}

/* ---- topics and texts ---- */

/* What a sentence speaks of that is not here; empty when it may stand. Sentences of the library
 * name what only some layouts show. */
static struct str part_stranger(
	struct composer *c, const struct say_part *part, const struct calc_context *ctx)
{
	const struct facts_benchmark *b = NULL;
	struct str why = { 0 };

	if (part->kind == SAY_EXHIBIT || part->kind == SAY_PAGE)
		return slot_planned(c, part->ref)
			? why
			: str_printf(
				  c->arena, "slot '" STR_FMT "' is not shown", STR_ARG(part->ref));
	if (part->kind == SAY_NOTE && part->ref.len)
		b = map_lookup(&c->in->facts->benchmarks, part->ref);
	else if (part->query && part->query->show == SHOW_BENCHMARK)
		b = calc_ask(c->in->calc, part->query, ctx, c->diag).benchmark;
	if (b && benchmark_old(c, b))
		return str_printf(c->arena, "benchmark '" STR_FMT "' has expired", STR_ARG(b->id));
	if (part->drivers)
		return unexplained(c, part, ctx);
	for (size_t i = 0; why.len == 0 && part->kind != SAY_LIST && i < part->part_count; i++)
		why = part_stranger(c, part->parts[i], ctx);
	return why;
}

static struct str stranger(
	struct composer *c, const struct pick *pick, const struct calc_context *ctx)
{
	struct calc_context inner = *ctx;
	struct str why = { 0 };

	if (pick->item)
		inner.item = pick->item;
	for (size_t i = 0; why.len == 0 && i < pick->say->part_count; i++)
		why = part_stranger(c, pick->say->parts[i], &inner);
	return why;
}

/* Takes out what cannot stand here, so many at most staying. */
static struct picks fitting(
	struct composer *c, const struct picks *from, size_t most, const struct calc_context *ctx)
{
	struct picks picks = { 0 };

	for (size_t i = 0; i < from->in.count; i++) {
		struct pick pick = from->in.at[i];
		struct str why = stranger(c, &pick, ctx);

		if (why.len)
			pick.reason = PICK_PLACE, pick.values = why;
		else if (most && picks.in.count == most)
			pick.reason = PICK_TAKE;
		if (pick.reason == PICK_IN)
			vec_push(c->arena, &picks.in, pick);
		else
			vec_push(c->arena, &picks.out, pick);
	}
	for (size_t i = 0; i < from->out.count; i++)
		vec_push(c->arena, &picks.out, from->out.at[i]);
	return picks;
}

static bool all_fit(struct composer *c, const struct picks *picks, const struct calc_context *ctx)
{
	for (size_t i = 0; i < picks->in.count; i++)
		if (stranger(c, &picks->in.at[i], ctx).len)
			return false;
	return true;
}

enum say_length ask_length(struct composer *c, enum say_length length)
{
	enum say_length before = c->length;

	c->length = length;
	return before;
}

struct picks topic_picks(struct composer *c, struct str topic, int take, struct str side,
	const struct calc_context *ctx, struct src_pos pos)
{
	const struct topic *known = narrative_topic(c->in->narrative, topic);
	struct picks picks = { 0 };
	struct calc_context reader = *ctx;

	if (known == NULL) {
		diag_add(c->diag, DIAG_TOPIC_UNKNOWN, pos,
			"no narrative has a topic '" STR_FMT "'%s", STR_ARG(topic),
			diag_nearest(c->diag, map_nearest(&c->in->narrative->topics, topic)));
		return picks;
	}
	reader.side = side;
	picks = narrative_choose_in(
		c->arena, c->in->narrative, c->in->calc, topic, take, &reader, c->length, c->diag);
	if (!all_fit(c, &picks, &reader)) {
		picks = narrative_choose_in(
			c->arena, c->in->narrative, c->in->calc, topic, 0, &reader, c->length, c->diag);
		picks = fitting(c, &picks, (size_t)(take < 0 ? known->take : take), &reader);
	}
	edit_picks(c, topic, &picks, &reader);
	note_topic(c, topic, &picks);
	return picks;
}

bool topic_runs(struct composer *c, struct str topic, const struct calc_context *ctx,
	struct src_pos pos, struct runs *out)
{
	struct picks picks = topic_picks(c, topic, 1, ctx->side, ctx, pos);
	struct calc_context inner = *ctx;

	if (picks.in.count == 0) {
		if (narrative_topic(c->in->narrative, topic))
			diag_add(c->diag, DIAG_TOPIC_EMPTY, pos,
				"no sentence of topic '" STR_FMT "' applies; its place stays empty",
				STR_ARG(topic));
		return false;
	}
	if (picks.in.at[0].item)
		inner.item = picks.in.at[0].item;
	say_runs(c, picks.in.at[0].say, &inner, out);
	return true;
}

bool has_text(const struct layout_text *text)
{
	return text->word.len || text->topic.len;
}

void phrase_runs(struct composer *c, const struct layout_text *text, const struct printed *printed,
	struct runs *out)
{
	struct str rest = word_at(c, text->word, text->pos);
	size_t at = 0;

	while (at + 3 <= rest.len && memcmp(rest.ptr + at, "{0}", 3) != 0)
		at++;
	if (at + 3 > rest.len) {
		run_text(c, out, rest, 0, text->pos);
		return;
	}
	run_text(c, out, (struct str){ rest.ptr, at }, 0, text->pos);
	run_figure(c, out, printed->text, printed->figure, 0, text->pos);
	run_text(c, out, (struct str){ rest.ptr + at + 3, rest.len - at - 3 }, 0, text->pos);
}

bool text_runs(struct composer *c, const struct layout_text *text, const struct calc_context *ctx,
	struct runs *out)
{
	if (text->topic.len)
		return topic_runs(c, text->topic, ctx, text->pos, out);
	if (text->word.len == 0)
		return false;
	run_text(c, out, word_at(c, text->word, text->pos), 0, text->pos);
	return true;
}

struct str runs_plain(struct composer *c, const struct runs *r)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	for (size_t i = 0; i < r->list.count; i++)
		buf_put(&b,
			r->list.at[i].kind == RUN_MARK ? r->list.at[i].alt : r->list.at[i].text);
	return buf_str(&b);
}

struct str text_plain(
	struct composer *c, const struct layout_text *text, const struct calc_context *ctx)
{
	struct runs runs = { 0 };

	text_runs(c, text, ctx, &runs);
	return runs_plain(c, &runs);
}
