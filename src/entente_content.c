/* The library: a composed paper -> what it says, line by line, and the hash of that. What only looks different has the same hash. */
#include "entente_review.h"

#include "base/hash.h"

/* As an attribute keeps it: white space of every kind is a space. */
static struct str plain(struct arena *a, struct str text)
{
	struct str copy = str_copy(a, str_trim(text));

	for (size_t i = 0; i < copy.len; i++)
		if ((unsigned char)copy.ptr[i] < ' ')
			((char *)(uintptr_t)copy.ptr)[i] = ' ';
	return copy;
}

static struct str subject_of(struct arena *a, const struct doc_value *v)
{
	const struct str parts[] = { v->of->metric, v->item, v->of->unit, v->of->period, v->of->side, v->of->scenario, v->of->operation };
	struct buf b;

	buf_init(&b, a, 65536);
	buf_join(&b, parts, sizeof parts / sizeof parts[0], ' ');
	return plain(a, buf_str(&b));
}

struct walking {
	struct arena *arena;
	struct content *content;
};

static void add_sentence(void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct walking *w = ctx;
	struct str text = plain(w->arena, executive_plain(w->arena, p));
	struct content_line line = { .slot = executive_where(at), .text = text };

	if (text.len)
		vec_push(w->arena, &w->content->lines, line);
}

void content_hash(struct arena *a, struct content *c)
{
	struct hash h;
	uint8_t digest[32];

	hash_begin(&h);
	for (size_t i = 0; i < c->lines.count; i++) {
		const struct content_line *l = &c->lines.at[i];

		hash_add(&h, l->figure ? STR("figure|") : STR("sentence|"));
		hash_add(&h, l->slot);
		hash_add(&h, STR("|"));
		hash_add(&h, l->of);
		hash_add(&h, STR("|"));
		hash_add(&h, l->text);
		hash_add(&h, STR("\n"));
	}
	hash_end(&h, digest);
	c->hash = hash_hex(a, digest);
}

struct content content_of(struct job *job)
{
	struct arena *a = &job->session->unit;
	const struct doc *doc = job->doc;
	struct content c = { .hash = { 0 } };
	struct walking w = { a, &c };

	for (size_t i = 0; i < doc->figures.count; i++) {
		const struct doc_figure *f = &doc->figures.at[i];
		struct content_line line = { .figure = true, .slot = f->slot, .text = plain(a, f->text) };

		if (f->value != UINT32_MAX)
			line.of = subject_of(a, &doc->values.at[f->value]);
		vec_push(a, &c.lines, line);
	}
	executive_walk_doc(doc, &(struct executive_walk){ .ctx = &w, .paragraph = add_sentence });
	content_hash(a, &c);
	return c;
}
