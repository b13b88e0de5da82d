/* Words whose hyphens somebody has decided: names of products and companies. In front of the patterns of text_hyphen.
 *
 * They belong to a briefing, the cached hyphenations to the session; so they are asked first and never enter that cache. */
#include "text/text_int.h"

#include <unicode/uchar.h>

/* A word with its places; several languages may have it. */
struct exception {
	struct str lang;          /* empty: every language */
	size_t len;               /* bytes of its letters as given */
	struct hyphens *hyphens;  /* none: it stays whole */
	const struct exception *next; /* the same letters */
};

enum { WORD_MOST = 256 };

/* Letters in lower case; empty when they are too many. */
static struct str folded(struct str word, char room[WORD_MOST + 4])
{
	size_t len = 0;
	for (size_t i = 0; i < word.len;) {
		if (len >= WORD_MOST)
			return (struct str){ room, 0 };
		len += utf8_put(room + len, (uint32_t)u_tolower((UChar32)utf8_next(word, &i)));
	}
	return (struct str){ room, len };
}

static bool is_mark(uint32_t c)
{
	return c == '-' || c == 0xAD || c == 0x2010;
}

/* Letters without the marks, and where those stood. */
static struct str parted(struct arena *a, struct str word, struct hyphens *out)
{
	char *letters = arena_alloc(a, word.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < word.len;) {
		size_t from = i;
		if (is_mark(utf8_next(word, &i))) {
			out->at[out->count++] = (uint16_t)len;
			continue;
		}
		memcpy(letters + len, word.ptr + from, i - from);
		len += i - from;
	}
	return (struct str){ letters, len };
}

static void add_word(struct font_set *set, struct str lang, struct str word)
{
	char room[WORD_MOST + 4];
	struct arena *a = &set->exception_words;
	struct exception *e = ARENA_NEW(a, struct exception);
	e->lang = str_copy(a, lang);
	e->hyphens = arena_alloc(a, sizeof *e->hyphens + word.len * sizeof *e->hyphens->at);
	struct str letters = parted(a, word, e->hyphens), key = folded(letters, room);
	if (!key.len)
		return;
	e->len = letters.len;
	e->next = map_lookup(&set->exceptions, key);
	map_set(a, &set->exceptions, str_copy(a, key), e);
}

void text_hyphen_exceptions(struct font_set *set, struct str lang, const struct str *words, size_t count)
{
	set->exception_words.unwind = set->session->unwind;
	set->hyphen_version += count > 0;
	for (size_t i = 0; i < count; i++)
		add_word(set, lang, words[i]);
}

void text_hyphen_forget(struct font_set *set)
{
	set->hyphen_version += set->exceptions.count > 0;
	set->exceptions = (struct map){ 0 };
	arena_reset(&set->exception_words);
}

/* "de" is meant for "de-AT" too. */
static bool speaks(struct str lang, struct str tag)
{
	return lang.len == 0 || (tag.len >= lang.len && memcmp(tag.ptr, lang.ptr, lang.len) == 0 &&
					(tag.len == lang.len || tag.ptr[lang.len] == '-'));
}

const struct hyphens *hyphen_exception(struct font_set *set, uint16_t lang, struct str letters)
{
	char room[WORD_MOST + 4];
	if (!set->exceptions.count)
		return NULL;
	const struct exception *e = map_lookup(&set->exceptions, folded(letters, room));
	/* a letter may be longer as a capital: then the places would be others */
	while (e && !(speaks(e->lang, set->languages.at[lang]->tag) && e->len == letters.len))
		e = e->next;
	return e ? e->hyphens : NULL;
}
