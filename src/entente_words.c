/* The library: the words files of a paper -> the edits that it takes, and what is wrong with them once it is composed. */
#include "entente_words.h"

#include <unistd.h>

enum { TEXT_MOST = 1 << 20 };

/* ---- reading ---- */

static void read_file(struct job *job, struct str path)
{
	struct entente *e = job->session;
	const char *whole = str_printf(&e->unit, STR_FMT "/" STR_FMT, STR_ARG(e->project.path), STR_ARG(path)).ptr;
	const struct xml_node *root = access(whole, F_OK) == 0 ? xml_load(&job->loader, path, (struct src_pos){ 0 }) : NULL;

	if (root)
		narrative_read_edits(&e->unit, root, &job->edits, &e->diag);
}

/* Whether it is an edit of the paper's unit, period and language. */
static bool words_of_paper(const struct facts *f, const struct narrative_edit *edit)
{
	return edit->edited.text.len && str_equal(edit->unit, f->unit) && period_equal(edit->period, f->period) &&
		(edit->lang.len == 0 || str_equal(edit->lang, f->lang));
}

static void tell_twice(struct diag *d, const struct narrative_edit *again, const struct narrative_edit *first)
{
	diag_add(d, DIAG_EDIT_TWICE, again->pos, "'" STR_FMT "' in slot '" STR_FMT "' is edited twice for unit '" STR_FMT "' and period " STR_FMT,
		STR_ARG(again->snippet), STR_ARG(again->slot), STR_ARG(again->unit), STR_ARG(period_text(d->arena, again->period)));
	diag_note(d, first->pos, "edited here already; keep one of them");
}

/* Words for a unit that nobody has would never be printed, and nobody would say so. */
static void check_unit(struct job *job, const struct narrative_edit *edit)
{
	const struct facts *f = job->facts;

	if (edit->unit.len && f->units.count && !str_equal(edit->unit, f->unit) && !map_lookup(&f->units, edit->unit))
		facts_unknown_unit(f, edit->unit, edit->pos, &job->session->diag);
}

void read_edits(struct job *job)
{
	struct arena *a = &job->session->unit;

	read_file(job, STR(WORDS_OF_COMPANY));
	read_file(job, path_beside(a, job->briefing->pos.source->path, "words"));
	for (size_t i = 0; i < job->edits.list.count; i++) {
		struct narrative_edit *edit = &job->edits.list.at[i];
		const struct narrative_edit *first;

		check_unit(job, edit);
		if ((edit->edited.text.len && !narrative_edit_whole(edit, &job->session->diag)) || !words_of_paper(job->facts, edit))
			continue;
		first = map_put(a, &job->edits_now, narrative_edit_key(a, edit->slot, edit->snippet, edit->of), edit);
		if (first)
			tell_twice(&job->session->diag, edit, first);
	}
}

/* How many edits of the paper each file holds; a run of them is of one file. */
void words_note_left(struct entente *e, struct xml_loader *loader, const struct xml_node *briefing, const struct facts *f, struct buf *out)
{
	struct job job = { .session = e, .loader = *loader, .briefing = briefing, .facts = f };
	const struct source *file = NULL;
	size_t count = 0;

	read_edits(&job);
	for (size_t i = 0; i <= job.edits.list.count; i++) {
		const struct narrative_edit *edit = i < job.edits.list.count ? &job.edits.list.at[i] : NULL;

		if (count && (edit == NULL || edit->pos.source != file)) {
			buf_printf(out, "  left behind, they are words of the old quarter: %zu edited sentence%s in " STR_FMT "\n", count,
				count == 1 ? "" : "s", STR_ARG(file->path));
			count = 0;
		}
		if (edit && words_of_paper(f, edit)) {
			file = edit->pos.source;
			count++;
		}
	}
}

/* ---- what is not said ---- */

/* The topic of "topic/snippet", and the snippet's own id. */
static struct str words_topic(struct str snippet, struct str *id)
{
	struct str topic;

	*id = snippet;
	str_split(id, '/', &topic);
	return topic;
}

static struct str nearest_snippet(const struct topic *t, struct str id)
{
	struct str nearest = { 0 };

	for (size_t i = 0; i < t->snippets.count; i++) {
		struct str pair[2] = { nearest, t->snippets.at[i]->id };

		nearest = str_nearest(id, pair, 2);
	}
	return nearest;
}

static bool has_snippet(const struct topic *t, struct str id)
{
	for (size_t i = 0; i < t->snippets.count; i++)
		if (str_equal(t->snippets.at[i]->id, id))
			return true;
	return false;
}

bool words_snippet_known(const struct job *job, const struct narrative_edit *edit, struct diag *d)
{
	struct str id, topic = words_topic(edit->snippet, &id);
	const struct topic *t = narrative_topic(job->narrative, topic);

	if (t && has_snippet(t, id))
		return true;
	if (t)
		diag_add(d, DIAG_EDIT_UNKNOWN, edit->pos, "these are words for a snippet that there is not: topic '" STR_FMT "' has no '" STR_FMT "'%s",
			STR_ARG(topic), STR_ARG(id), diag_nearest(d, nearest_snippet(t, id)));
	else
		diag_add(d, DIAG_EDIT_UNKNOWN, edit->pos, "these are words for a snippet that there is not: no narrative has a topic '" STR_FMT "'%s",
			STR_ARG(topic), diag_nearest(d, map_nearest(&job->narrative->topics, topic)));
	return false;
}

static bool has_slot(const struct layout_slot *const *slots, size_t count, struct str id, struct str *nearest)
{
	for (size_t i = 0; i < count; i++) {
		struct str pair[2] = { *nearest, slots[i]->id };

		if (str_equal(slots[i]->id, id) || has_slot(slots[i]->slots.at, slots[i]->slots.count, id, nearest))
			return true;
		*nearest = str_nearest(id, pair, 2);
	}
	return false;
}

static bool layout_has(const struct layout *l, struct str id, struct str *nearest)
{
	for (size_t i = 0; i < l->sections.count; i++)
		if (has_slot(l->sections.at[i]->slots.at, l->sections.at[i]->slots.count, id, nearest))
			return true;
	return id.len == 0;
}

static void tell_stands(const struct pick *p, struct str topic, struct diag *d)
{
	diag_note(d, p->say->pos, "'" STR_FMT "/" STR_FMT "%s" STR_FMT "' stands there now", STR_ARG(topic), STR_ARG(p->snippet->id),
		p->item ? " of " : "", STR_ARG(p->item ? p->item->id : (struct str){ 0 }));
}

/* What the slot says of the same topic instead. */
static void tell_instead(struct job *job, const struct narrative_edit *edit, struct diag *d)
{
	struct str id, topic = words_topic(edit->snippet, &id);

	for (size_t i = 0; i < job->reasons.list.count; i++) {
		const struct compose_reason *r = &job->reasons.list.at[i];

		if (!str_equal(r->topic, topic) || !str_equal(r->slot, edit->slot))
			continue;
		for (size_t k = 0; k < r->picks.in.count; k++)
			tell_stands(&r->picks.in.at[k], topic, d);
	}
}

static void tell_unused(struct job *job, const struct narrative_edit *edit, struct diag *d)
{
	struct str nearest = { 0 };

	if (!words_snippet_known(job, edit, d))
		return;
	if (!layout_has(job->dressed->layout, edit->slot, &nearest)) {
		diag_add(d, DIAG_EDIT_UNUSED, edit->pos, "these edited words are passed over: layout '" STR_FMT "' has no slot '" STR_FMT "'%s",
			STR_ARG(job->dressed->layout->id), STR_ARG(edit->slot), diag_nearest(d, nearest));
		return;
	}
	diag_add(d, DIAG_EDIT_UNUSED, edit->pos, "these edited words are passed over: '" STR_FMT "%s" STR_FMT "' is not said in slot '" STR_FMT "'",
		STR_ARG(edit->snippet), edit->of.len ? " of " : "", STR_ARG(edit->of), STR_ARG(edit->slot));
	tell_instead(job, edit, d);
}

/* ---- what is said otherwise ---- */

/* A place in the paper is no figure: it may move. */
static bool is_place(const struct say_part *part)
{
	return part->kind == SAY_EXHIBIT || part->kind == SAY_PAGE || part->kind == SAY_PLACE || part->kind == SAY_NUMBER;
}

/* "[1] was 40 %, is 38 %; [2] was …"; empty where nothing changed. */
static struct str changed_figures(struct arena *a, const struct compose_sentence *s)
{
	struct edit_values then = narrative_text_values(a, s->edit->generated.text);
	struct buf b;

	buf_init(&b, a, TEXT_MOST);
	for (size_t i = 0; i < s->tokens.list.count && i < then.list.count; i++)
		if (!is_place(s->tokens.list.at[i].part) && !narrative_same_print(then.list.at[i], s->tokens.list.at[i].text))
			buf_printf(&b, "%s[%zu] was '" STR_FMT "', is '" STR_FMT "'", b.len ? "; " : "", i + 1, STR_ARG(then.list.at[i]),
				STR_ARG(s->tokens.list.at[i].text));
	return buf_str(&b);
}

static void tell_texts(const struct compose_sentence *s, struct diag *d)
{
	diag_note(d, s->edit->generated.pos, "then: " STR_FMT, STR_ARG(s->edit->generated.text));
	diag_note(d, s->say->pos, "now: " STR_FMT, STR_ARG(s->generated));
}

static void check_figures(struct arena *a, const struct compose_sentence *s, struct diag *d)
{
	struct str changed = changed_figures(a, s);

	if (changed.len == 0)
		return;
	diag_add(d, DIAG_EDIT_STALE, s->edit->edited.pos,
		"figures changed since these words were edited: " STR_FMT "; printing the edited words with the figures of now", STR_ARG(changed));
	tell_texts(s, d);
	diag_note(d, s->edit->edited.pos, "edited by " STR_FMT ": " STR_FMT, STR_ARG(s->edit->author),
		STR_ARG(narrative_text_again(a, s->edit->edited.text, &s->tokens)));
}

void words_check_dropped(struct arena *a, const struct edit_tokens *tokens, const bool *used, struct src_pos pos, struct diag *d)
{
	struct buf b;

	buf_init(&b, a, TEXT_MOST);
	for (size_t i = 0; i < tokens->list.count; i++)
		if (!used[i])
			buf_printf(&b, "%s[%zu: " STR_FMT "]", b.len ? ", " : "", i + 1, STR_ARG(tokens->list.at[i].text));
	if (b.len)
		diag_add(d, DIAG_EDIT_DROPPED, pos, "the edited words leave out " STR_FMT, STR_ARG(buf_str(&b)));
}

/* Tokens that are the sentence's, told once more with their places; and those left out, for whoever checks. */
static void check_tokens(struct job *job, const struct compose_sentence *s, struct diag *d)
{
	struct arena *a = &job->session->unit;
	struct edit_values then = narrative_text_values(a, s->edit->generated.text);
	bool *used = ARENA_ARRAY(a, bool, s->tokens.list.count + 1);
	struct say say;

	if (narrative_edited(a, &s->edit->edited, &s->tokens, &then, s->say, &say, used, d) && job->request->stage == ENTENTE_CHECK)
		words_check_dropped(a, &s->tokens, used, s->edit->edited.pos, d);
}

static void check_said(struct job *job, const struct compose_sentence *s, struct diag *d)
{
	if (!s->fits) {
		diag_add(d, DIAG_EDIT_OTHER, s->edit->edited.pos,
			"'" STR_FMT "' is worded otherwise than when this was edited; printing it as it is generated", STR_ARG(s->edit->snippet));
		tell_texts(s, d);
		return;
	}
	check_tokens(job, s, d);
	check_figures(&job->session->unit, s, d);
}

void check_edits(struct job *job)
{
	struct diag *d = &job->session->diag;

	for (size_t i = 0; i < job->edits_now.count; i++) {
		const struct narrative_edit *edit = job->edits_now.entries[i].value;
		const struct compose_sentence *s = map_lookup(&job->words.by_key, job->edits_now.entries[i].key);

		if (s)
			check_said(job, s, d);
		else
			tell_unused(job, edit, d);
	}
	if (job->request->stage != ENTENTE_CHECK)
		return;
	check_unbound_edits(job);
	check_avoided_edits(job);
}

/* ---- explain ---- */

static const char *why_not(const struct job *job, const struct narrative_edit *edit)
{
	const struct facts *f = job->facts;
	const struct compose_sentence *s;

	if (edit->edited.text.len == 0)
		return NULL;
	if (!str_equal(edit->unit, f->unit))
		return "another unit";
	if (!period_equal(edit->period, f->period))
		return "another period";
	if (!words_of_paper(f, edit))
		return "another language";
	s = map_lookup(&job->words.by_key, narrative_edit_key(&job->session->unit, edit->slot, edit->snippet, edit->of));
	if (s == NULL)
		return "it is not said";
	return s->edited ? NULL : "it is worded otherwise now";
}

void explain_edits(const struct job *job, struct buf *out)
{
	size_t start = out->len, count = 0;

	buf_puts(out, "\nedited words that are not printed\n");
	for (size_t i = 0; i < job->edits.list.count; i++) {
		const struct narrative_edit *edit = &job->edits.list.at[i];
		const char *why = why_not(job, edit);

		if (why == NULL)
			continue;
		count++;
		buf_printf(out, "  " STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT "%s" STR_FMT ": %s  (", STR_ARG(edit->unit),
			STR_ARG(period_text(&job->session->unit, edit->period)), STR_ARG(edit->slot), STR_ARG(edit->snippet), edit->of.len ? " " : "",
			STR_ARG(edit->of), why);
		buf_pos_line(out, edit->pos);
		buf_puts(out, ")\n");
	}
	if (count == 0)
		out->len = start;
}
