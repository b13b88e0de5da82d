/* The library: words that a company avoids, wherever a reader would meet them: in sentences, labels and texts of records. */
#include "entente_int.h"
#include "entente_phrases.h"

struct avoiding {
	const struct facts *facts;
	struct diag *diag;
};

static bool is_of_language(struct str lang, struct str wanted)
{
	return lang.len == 0 || (wanted.len >= lang.len && memcmp(lang.ptr, wanted.ptr, lang.len) == 0);
}

/* "'leverage' is a word that the company avoids (jargon); write 'use'" */
static void tell(struct avoiding *v, const struct facts_avoided *a, struct str found, struct src_pos pos)
{
	diag_add(v->diag, DIAG_WORD_AVOIDED, phrase_place(pos, found), "'" STR_FMT "' is a word that the company avoids%s" STR_FMT "%s%s" STR_FMT "%s",
		STR_ARG(found), a->because.len ? " (" : "", STR_ARG(a->because), a->because.len ? ")" : "",
		a->instead.len ? "; write '" : "; write another", STR_ARG(a->instead), a->instead.len ? "'" : "");
	diag_note(v->diag, a->pos, "the word is listed here");
}

static void look_at(struct avoiding *v, struct str text, struct src_pos pos)
{
	struct phrase_token t;
	struct str found;

	for (size_t at = 0, next = 0; text.len && pos.source && phrase_token(text, &next, &t); at = next)
		for (size_t i = 0; i < v->facts->avoided.count; i++) {
			const struct facts_avoided *a = &v->facts->avoided.at[i];

			if (is_of_language(a->lang, v->facts->lang) && phrase_begins(text, at, a->word, &found))
				tell(v, a, found, pos);
		}
}

static void look_at_parts(struct avoiding *v, const struct say_part *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (parts[i]->kind == SAY_TEXT)
			look_at(v, parts[i]->text, parts[i]->pos);
		look_at_parts(v, parts[i]->parts, parts[i]->part_count);
	}
}

static void look_at_snippet(struct avoiding *v, const struct snippet *s)
{
	for (size_t i = 0; i < s->say_count; i++)
		look_at_parts(v, s->says[i].parts, s->says[i].part_count);
}

static void look_at_labels(struct avoiding *v, const struct facts_labels *labels, struct src_pos pos)
{
	look_at(v, facts_label(labels, v->facts->lang, false), pos);
}

static void look_at_record(struct avoiding *v, const struct facts_record *r)
{
	look_at(v, r->label, r->pos);
	for (size_t i = 0; i < r->kind->field_count; i++)
		if (r->fields[i].present && r->fields[i].def->type == FIELD_TEXT)
			look_at(v, r->fields[i].text, r->fields[i].pos);
}

static bool is_own(struct src_pos pos)
{
	return pos.source && !str_starts(pos.source->name, "shipped:");
}

static void look_at_facts(struct avoiding *v)
{
	const struct facts *f = v->facts;

	for (size_t i = 0; i < f->metrics.count; i++) {
		const struct facts_metric *m = f->metrics.entries[i].value;

		if (is_own(m->pos))
			look_at_labels(v, &m->labels, m->pos);
	}
	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;

		for (size_t n = 0; n < all->list.count; n++)
			look_at_record(v, all->list.at[n]);
	}
}

void check_avoided(struct job *job)
{
	const struct narrative *n = job->narrative;
	struct avoiding v = { .facts = job->facts, .diag = &job->session->diag };

	if (job->facts->avoided.count == 0)
		return;
	for (size_t t = 0; t < n->topics.count; t++) {
		const struct topic *topic = n->topics.entries[t].value;

		for (size_t s = 0; s < topic->snippets.count; s++)
			look_at_snippet(&v, topic->snippets.at[s]);
	}
	look_at_facts(&v);
}

void check_avoided_edits(struct job *job)
{
	struct avoiding v = { .facts = job->facts, .diag = &job->session->diag };

	for (size_t i = 0; i < job->words.list.count; i++)
		if (job->words.list.at[i]->edited)
			look_at_parts(&v, job->words.list.at[i]->edited->parts, job->words.list.at[i]->edited->part_count);
}
