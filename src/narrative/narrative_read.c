/* Narrative: element trees of <narrative> -> topics and their snippets; conditions compiled, every
 * name checked. */
#include "narrative/narrative_int.h"

struct snippet_attrs {
	struct snippet snippet;
	struct str when, rank, material; /* compiled apart, so that their positions are known */
	struct decimal threshold;
};
static const struct xml_field snippet_fields[] = {
	{ "id", XML_ID, XML_REQUIRED, offsetof(struct snippet_attrs, snippet.id), NULL },
	{ "when", XML_STR, XML_OPTIONAL, offsetof(struct snippet_attrs, when), NULL },
	{ "rank", XML_STR, XML_OPTIONAL, offsetof(struct snippet_attrs, rank), NULL },
	{ "each", XML_ID, XML_OPTIONAL, offsetof(struct snippet_attrs, snippet.each), NULL },
	{ "where", XML_STR, XML_OPTIONAL, offsetof(struct snippet_attrs, snippet.where), NULL },
	{ "group", XML_ID, XML_OPTIONAL, offsetof(struct snippet_attrs, snippet.group), NULL },
	{ "fixed", XML_STR, XML_OPTIONAL, offsetof(struct snippet_attrs, snippet.fixed), NULL },
	{ "otherwise", XML_BOOL, XML_OPTIONAL, offsetof(struct snippet_attrs, snippet.otherwise),
		NULL },
	{ "material", XML_STR, XML_OPTIONAL, offsetof(struct snippet_attrs, material), NULL },
	{ "threshold", XML_DECIMAL, XML_OPTIONAL, offsetof(struct snippet_attrs, threshold), NULL },
	{ NULL, 0, 0, 0, NULL },
};

struct topic_attrs {
	struct str id;
	int32_t take;
	bool replace;
};
static const struct xml_field topic_fields[] = {
	{ "id", XML_ID, XML_REQUIRED, offsetof(struct topic_attrs, id), NULL },
	{ "take", XML_INT, XML_OPTIONAL, offsetof(struct topic_attrs, take), NULL },
	{ "replace", XML_BOOL, XML_OPTIONAL, offsetof(struct topic_attrs, replace), NULL },
	{ NULL, 0, 0, 0, NULL },
};

struct root_attrs {
	struct str lang;
};
static const struct xml_field root_fields[] = {
	{ "lang", XML_STR, XML_REQUIRED, offsetof(struct root_attrs, lang), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static struct str language_of(struct str lang)
{
	const char *end = lang.len ? memchr(lang.ptr, '-', lang.len) : NULL;
	return end ? (struct str){ lang.ptr, (size_t)(end - lang.ptr) } : lang;
}

/* lang names the language of wanted ("de" for "de-AT"); an empty one is every language. */
static bool narrative_same_language(struct str lang, struct str wanted)
{
	return lang.len == 0 || str_equal(language_of(lang), language_of(wanted));
}

const struct expr *narrative_expr(
	struct narrative_reading *r, const struct xml_node *n, const char *attribute)
{
	const struct xml_attr *attr = xml_attr(n, attribute);
	const struct facts *facts = r->facts;
	if (!attr)
		return NULL;
	if (!r->expressions)
		r->expressions = expr_set_open(r->arena);
	const struct expr *e = expr_compile(r->expressions, attr->value, attr->value_pos,
		calc_functions, (void *)(uintptr_t)facts, r->diag);
	if (e)
		narrative_note(r, (struct narrative_check){ .kind = CHECK_EXPR, .expr = e });
	return e;
}

/* ---- snippets ---- */

struct says {
	struct narrative_reading *reading;
	VEC(struct say) list;
};

static void read_say(void *ctx, const struct xml_node *n)
{
	struct says *says = ctx;
	struct narrative_reading *r = says->reading;
	struct say say = { .pos = n->pos };
	if (narrative_read_say(r, n, &say) && narrative_same_language(say.lang, r->facts->lang))
		vec_push(r->arena, &says->list, say);
}

/* A side that reads along, one case or some numbers get their own wording; every other gets the one for all. */
static bool has_wording_for_all(const struct says *says)
{
	for (size_t i = 0; i < says->list.count; i++) {
		const struct say *say = &says->list.at[i];
		if (!say->side.len && !say->when && (!say->plural || say->plural & UINT32_C(1) << PLURAL_OTHER))
			return true;
	}
	return false;
}

static void read_says(struct narrative_reading *r, const struct xml_node *n, struct snippet *s)
{
	static const struct xml_child children[] = { { "say", read_say }, { NULL, NULL } };
	struct says says = { .reading = r };
	size_t errors = r->diag->errors;
	xml_read_children(n, children, &says, r->diag);
	if (!has_wording_for_all(&says) && r->diag->errors == errors)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos,
			"snippet '" STR_FMT "' has no 'say' for every side and case", STR_ARG(s->id));
	s->says = says.list.at;
	s->say_count = says.list.count;
}

static void read_expressions(
	struct narrative_reading *r, const struct xml_node *n, struct snippet_attrs *attrs)
{
	struct snippet *s = &attrs->snippet;
	s->when = narrative_expr(r, n, "when");
	s->rank = narrative_expr(r, n, "rank");
	s->material = narrative_expr(r, n, "material");
	s->threshold = attrs->threshold;
	s->has_material = s->material;
	if (xml_attr(n, "threshold") && !xml_attr(n, "material"))
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'threshold' without 'material': which figure has to reach it");
	if (xml_attr(n, "material") && !xml_attr(n, "threshold"))
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'material' without 'threshold': how large it has to be");
}

static void check_records(
	struct narrative_reading *r, const struct snippet *s, struct src_pos pos)
{
	struct query *q = ARENA_NEW(r->arena, struct query);
	query_init(q, pos);
	q->show = SHOW_COUNT;
	q->kind = s->each;
	q->where = s->where;
	narrative_check(r, (struct narrative_check){ .kind = CHECK_QUERY, .query = q });
}

static void check_each(
	struct narrative_reading *r, const struct xml_node *n, const struct snippet *s)
{
	const struct xml_attr *each = xml_attr(n, "each");
	if (each)
		check_records(r, s, each->value_pos);
	else if (s->where.len)
		diag_add(
			r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "'where' without 'each': of which records");
}

/* A snippet of a later file takes the place of its namesake, and its order with it. */
static void place_snippet(struct narrative_reading *r, struct snippet *s)
{
	for (size_t i = 0; i < r->topic->snippets.count; i++) {
		const struct snippet *before = r->topic->snippets.at[i];
		if (!str_equal(before->id, s->id))
			continue;
		if (before->pos.source == s->pos.source) {
			diag_add(r->diag, DIAG_ID_TWICE, s->pos,
				"snippet '" STR_FMT "' stands twice in topic '" STR_FMT "'", STR_ARG(s->id),
				STR_ARG(r->topic->id));
			diag_note(r->diag, before->pos, "first here");
			return;
		}
		s->order = before->order;
		r->topic->snippets.at[i] = s;
		return;
	}
	s->order = r->order++;
	vec_push(r->arena, &r->topic->snippets, s);
}

struct snippet *narrative_read_snippet(struct narrative_reading *r, const struct xml_node *n)
{
	struct snippet_attrs attrs = { .snippet = { .pos = n->pos } };
	size_t errors = r->diag->errors;
	bool named =
		xml_read_attrs(r->arena, n, snippet_fields, &attrs, r->diag) || attrs.snippet.id.len;
	read_expressions(r, n, &attrs);
	check_each(r, n, &attrs.snippet);
	read_says(r, n, &attrs.snippet);
	if (!named)
		return NULL;
	struct snippet *s = ARENA_NEW(r->arena, struct snippet);
	*s = attrs.snippet;
	s->refused = r->diag->errors > errors;
	return s;
}

static void read_snippet(void *ctx, const struct xml_node *n)
{
	struct narrative_reading *r = ctx;
	const struct snippet *kept = narrative_snippet_kept(r, n);
	struct snippet *s = kept ? ARENA_NEW(r->arena, struct snippet) : narrative_read_snippet(r, n);
	if (kept)
		*s = *kept;
	if (s)
		place_snippet(r, s);
}

/* ---- topics ---- */

static struct topic *topic_for(
	struct narrative_reading *r, const struct topic_attrs *attrs, struct src_pos pos)
{
	struct topic *topic = map_lookup(&r->narrative->topics, attrs->id);
	if (topic)
		return topic;
	topic = ARENA_NEW(r->arena, struct topic);
	topic->id = attrs->id;
	topic->pos = pos;
	map_put(r->arena, &r->narrative->topics, topic->id, topic);
	return topic;
}

static void read_topic(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "snippet", read_snippet }, { NULL, NULL } };
	struct narrative_reading *r = ctx;
	struct topic_attrs attrs = { .take = -1 };
	if (!xml_read_attrs(r->arena, n, topic_fields, &attrs, r->diag) && !attrs.id.len)
		return;
	r->topic = topic_for(r, &attrs, n->pos);
	if (attrs.take >= 0)
		r->topic->take = attrs.take;
	if (attrs.replace)
		r->topic->snippets.count = 0;
	xml_read_children(n, children, r, r->diag);
}

static void read_text(void *ctx, const struct xml_node *n)
{
	narrative_read_text(ctx, n);
}

static void read_root(struct narrative_reading *r, const struct xml_node *root)
{
	static const struct xml_child children[] = { { "topic", read_topic }, { "text", read_text },
		{ NULL, NULL } };
	struct root_attrs attrs = { .lang = { NULL, 0 } };
	bool good = xml_read_attrs(r->arena, root, root_fields, &attrs, r->diag);
	if (good && narrative_same_language(attrs.lang, r->facts->lang))
		xml_read_children(root, children, r, r->diag);
}

static void read_markups(struct narrative_reading *r)
{
	struct narrative *n = r->narrative;
	for (size_t i = 0; i < r->facts->markups.count; i++) {
		vec_push(r->arena, &n->markups, narrative_read_markup(r, r->facts->markups.at[i]));
		address_put(r->arena, &n->marked, r->facts->markups.at[i], (uint32_t)n->markups.count);
	}
}

const struct narrative *narrative_read(struct arena *a, const struct xml_node *const *roots,
	size_t count, const struct facts *f, struct narrative_kept *kept, struct diag *d)
{
	struct narrative *n = ARENA_NEW(a, struct narrative);
	struct narrative_reading r = {
		.arena = a, .facts = f, .kept = kept, .diag = d, .narrative = n
	};
	n->facts = f;
	for (size_t i = 0; i < count; i++)
		read_root(&r, roots[i]);
	read_markups(&r);
	return n;
}

const struct say_markup *narrative_markup(const struct narrative *n, const struct xml_node *markup)
{
	uint32_t at = markup ? address_lookup(&n->marked, markup) : 0;
	return at ? &n->markups.at[at - 1] : NULL;
}

const struct topic *narrative_topic(const struct narrative *n, struct str id)
{
	return map_lookup(&n->topics, id);
}
