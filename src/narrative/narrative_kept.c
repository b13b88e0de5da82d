/* Narrative: snippets that many briefings share are read once; each briefing's facts are only asked
 * whether they have what the snippets name. */
#include "narrative/narrative_int.h"

/* A snippet at one place, in one language. */
struct kept_key {
	const struct source *source;
	uint32_t offset;
	char lang[20];                 /* filled up with noughts: the key is all its bytes */
};
struct kept_snippet {
	const struct snippet *snippet; /* NULL: not sound, or not of one file */
	struct narrative_checks checks;
};
struct narrative_kept {
	struct arena *arena;
	struct expr_set *expressions;
	struct map snippets;           /* bytes of a struct kept_key -> struct kept_snippet */
};

struct narrative_kept *narrative_kept_open(struct arena *a)
{
	struct narrative_kept *kept = ARENA_NEW(a, struct narrative_kept);
	kept->arena = a;
	kept->expressions = expr_set_open(a);
	return kept;
}

/* ---- what the facts are asked ---- */

static bool has_expr(const struct facts *f, const struct narrative_check *c, struct diag *d)
{
	return expr_check(c->expr, (void *)(uintptr_t)f, d);
}

static bool has_query(const struct facts *f, const struct narrative_check *c, struct diag *d)
{
	return calc_check(f, c->query, d);
}

static bool has_side(const struct facts *f, const struct narrative_check *c, struct diag *d)
{
	(void)d;
	return facts_side_lookup(f, c->id) != NULL;
}

static bool has_benchmark(const struct facts *f, const struct narrative_check *c, struct diag *d)
{
	(void)d;
	return map_lookup(&f->benchmarks, c->id) != NULL;
}

static bool has_record(const struct facts *f, const struct narrative_check *c, struct diag *d)
{
	(void)d;
	return facts_record_lookup(f, c->query->kind, c->query->item) != NULL;
}

static bool has_drivers(const struct facts *f, const struct narrative_check *c, struct diag *d)
{
	return calc_drivers_check(f, c->query, d);
}

static bool (*const has[])(const struct facts *, const struct narrative_check *, struct diag *) = {
	[CHECK_EXPR] = has_expr,
	[CHECK_QUERY] = has_query,
	[CHECK_SIDE] = has_side,
	[CHECK_BENCHMARK] = has_benchmark,
	[CHECK_RECORD] = has_record,
	[CHECK_DRIVERS] = has_drivers,
};

void narrative_note(struct narrative_reading *r, struct narrative_check check)
{
	if (r->checks)
		vec_push(r->arena, &r->checks->list, check);
}

bool narrative_check(struct narrative_reading *r, struct narrative_check check)
{
	narrative_note(r, check);
	return has[check.kind](r->facts, &check, r->diag);
}

/* ---- keeping ---- */

/* What an element holds may be of another file, which its place says nothing of. */
static bool is_of_one_file(const struct xml_node *n, const struct source *source)
{
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (c->pos.source != source || !is_of_one_file(c, source))
			return false;
	return n->pos.source == source;
}

/* A snippet of which there is something to say is not kept, for it is to be said each time. */
static const struct kept_snippet *keep(
	struct narrative_reading *r, const struct xml_node *n, struct str key)
{
	struct kept_snippet *kept = ARENA_NEW(r->kept->arena, struct kept_snippet);
	struct narrative_reading keeping = *r;
	struct diag unsaid;
	diag_init(&unsaid, r->arena);
	keeping.arena = r->kept->arena;
	keeping.expressions = r->kept->expressions;
	keeping.checks = &kept->checks;
	keeping.diag = &unsaid;
	if (is_of_one_file(n, n->pos.source))
		kept->snippet = narrative_read_snippet(&keeping, n);
	if (unsaid.messages.count)
		kept->snippet = NULL;
	map_set(r->kept->arena, &r->kept->snippets, str_copy(r->kept->arena, key), kept);
	return kept;
}

static bool holds(const struct narrative_reading *r, const struct kept_snippet *kept)
{
	struct diag unsaid;
	diag_init(&unsaid, r->arena);
	for (size_t i = 0; i < kept->checks.list.count; i++) {
		const struct narrative_check *check = &kept->checks.list.at[i];
		if (!has[check->kind](r->facts, check, &unsaid) || unsaid.messages.count)
			return false;
	}
	return true;
}

/* After an error trees may lack what could not be read: nothing is kept of them. */
const struct snippet *narrative_snippet_kept(
	struct narrative_reading *r, const struct xml_node *n)
{
	struct str lang = r->facts->lang;
	struct kept_key key = { .source = n->pos.source, .offset = n->pos.offset };
	if (!r->kept || n->pos.source->arena != r->kept->arena || r->diag->errors ||
		lang.len > sizeof key.lang)
		return NULL;
	if (lang.len)
		memcpy(key.lang, lang.ptr, lang.len);
	struct str bytes = { (const char *)&key, sizeof key };
	const struct kept_snippet *known = map_lookup(&r->kept->snippets, bytes);
	if (!known)
		known = keep(r, n, bytes);
	else if (known->snippet && !holds(r, known))
		return NULL;
	return known->snippet;
}
