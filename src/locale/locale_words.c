/* Locale: the words files (element trees of <words> -> the map of words in struct locale). */
#include "locale/locale_int.h"

struct words_attrs {
	struct str lang;
};
static const struct xml_field words_fields[] = {
	{ "lang", XML_STR, XML_REQUIRED, offsetof(struct words_attrs, lang), NULL },
	{ NULL, 0, 0, 0, NULL },
};

struct word_attrs {
	struct str id, lang;
};
static const struct xml_field word_fields[] = {
	{ "id", XML_STR, XML_REQUIRED, offsetof(struct word_attrs, id), NULL },
	{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct word_attrs, lang), NULL },
	{ NULL, 0, 0, 0, NULL },
};

struct reading {
	struct arena *arena;
	struct locale *locale;
	struct diag *diag;
	bool regional;   /* second round: words for the whole tag (en-US) win over those for en */
	struct map here; /* id -> struct locale_entry of this element and round: what is repeated */
};

/* Line breaks are layout of the file: a run of white space with one in it becomes a space, or
 * nothing at the edges. A plain space at an edge is meant. */
static struct str collapse(struct arena *a, struct str s)
{
	struct buf out;
	buf_init(&out, a, s.len + 1);
	for (size_t i = 0; i < s.len;) {
		size_t from = i;
		bool broken = false;
		for (; i < s.len && is_white_space(s.ptr[i]); i++)
			broken |= s.ptr[i] == '\n';
		bool edge = from == 0 || i == s.len;
		if (i > from && !(edge && broken))
			buf_putc(&out, ' ');
		if (i < s.len && i == from)
			buf_putc(&out, s.ptr[i++]);
	}
	return buf_str(&out);
}

/* "{0}" takes an argument, "{page}" a name that its user fills: a name of small letters between
 * braces. */
static bool placeholders_sound(struct str text)
{
	size_t open = 0; /* where the name in braces begins; 0 = outside */
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool in_name = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
		if (c == '{' ? open : c == '}' ? !open || i == open : open && !in_name)
			return false;
		if (c == '{' || c == '}')
			open = c == '{' ? i + 1 : 0;
	}
	return !open;
}

/* A word for this round: none of its own language, or exactly ours. */
static bool for_round(const struct reading *r, const struct xml_node *n)
{
	struct str lang = xml_lang(n);
	return str_equal(lang, r->regional ? r->locale->lang : r->locale->language);
}

/* A comment may cut the text in pieces. */
static struct str raw_text(struct arena *a, const struct xml_node *n)
{
	struct buf out;
	size_t room = 0;
	for (const struct xml_node *c = n->first; c; c = c->next)
		room += c->text.len;
	buf_init(&out, a, room + 1);
	for (const struct xml_node *c = n->first; c; c = c->next)
		buf_put(&out, c->text);
	return buf_str(&out);
}

static bool only_text(const struct xml_node *n, struct diag *d)
{
	static const struct xml_child none[] = { { NULL, NULL } };
	const struct xml_node *child = n->first;
	while (child && !child->name.len)
		child = child->next;
	if (child)
		xml_read_children(&(struct xml_node){ .name = n->name, .first = child }, none, NULL, d);
	return !child;
}

static void read_word(void *ctx, const struct xml_node *n)
{
	struct reading *r = ctx;
	struct word_attrs attrs = { .id = { NULL, 0 } };
	if (!for_round(r, n) || !only_text(n, r->diag) ||
		!xml_read_attrs(r->arena, n, word_fields, &attrs, r->diag))
		return;
	struct locale_entry *entry = ARENA_NEW(r->arena, struct locale_entry);
	entry->text = collapse(r->arena, raw_text(r->arena, n));
	entry->pos = n->pos;
	const struct locale_entry *before = map_put(r->arena, &r->here, attrs.id, entry);
	if (before) {
		diag_add(r->diag, DIAG_ID_TWICE, n->pos, "word '" STR_FMT "' stands here twice",
			STR_ARG(attrs.id));
		diag_note(r->diag, before->pos, "first here");
		return;
	}
	if (!placeholders_sound(entry->text))
		diag_add(r->diag, DIAG_TEXT_UNEXPECTED, n->pos,
			"word '" STR_FMT
			"' has a brace that holds no place; write {0} to {9}, or a name such as {page}",
			STR_ARG(attrs.id));
	map_set(r->arena, &r->locale->words, attrs.id, entry);
}

static bool language_matches(const struct locale *l, struct str lang)
{
	return str_equal(lang, l->lang) || str_equal(lang, l->language);
}

bool locale_read_words(
	struct arena *a, struct locale *l, const struct xml_node *words, struct diag *d)
{
	static const struct xml_child children[] = { { "word", read_word }, { NULL, NULL } };
	struct words_attrs attrs = { .lang = { NULL, 0 } };
	if (!xml_read_attrs(a, words, words_fields, &attrs, d) || !language_matches(l, attrs.lang))
		return false;
	for (int round = 0; round < 2; round++) {
		struct reading r = { .arena = a, .locale = l, .diag = d, .regional = round == 1 };
		if (round == 0 || !str_equal(l->lang, l->language))
			xml_read_children(words, children, &r, d);
	}
	return true;
}

const struct str *locale_lookup(const struct locale *l, struct str id)
{
	const struct locale_entry *entry = map_lookup(&l->words, id);
	return entry ? &entry->text : NULL;
}

struct str locale_expand(struct arena *a, struct str pattern, const struct str *args, size_t count)
{
	struct buf out;
	size_t room = pattern.len;
	for (size_t i = 0; i < count; i++)
		room += args[i].len * (pattern.len / 3);
	buf_init(&out, a, room + 1);
	for (size_t i = 0; i < pattern.len; i++) {
		size_t arg = i + 2 < pattern.len && pattern.ptr[i] == '{' && pattern.ptr[i + 2] == '}'
			? (size_t)(pattern.ptr[i + 1] - '0') : LOCALE_ARGUMENTS;
		if (arg < count) {
			buf_put(&out, args[arg]);
			i += 2;
		} else {
			buf_putc(&out, pattern.ptr[i]);
		}
	}
	return buf_str(&out);
}

bool locale_has(const struct locale *l, struct str id)
{
	return locale_lookup(l, id);
}

struct str locale_word(const struct locale *l, struct str id)
{
	const struct str *word = locale_lookup(l, id);
	return word ? *word : str_printf(l->arena, "[" STR_FMT "]", STR_ARG(id));
}

struct str locale_phrase(
	struct arena *a, const struct locale *l, const char *id, const struct str *args, size_t count)
{
	return locale_expand(a, locale_word(l, str_from(id)), args, count);
}

struct str locale_nearest(const struct locale *l, struct str id)
{
	return map_nearest(&l->words, id);
}
