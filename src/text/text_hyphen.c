/* Words to places where they may be hyphenated: libhyphen behind a cache. Serves the arrow paragraph -> lines.
 *
 * Patterns cost more to load than anything but shaping: a language's are loaded when a paragraph first needs them. */
#include "text/text_int.h"

#include <ctype.h>
#include <hyphen.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unistd.h>

enum {
	LETTERS_LEAST = 6, /* shorter words stay whole */
	LETTERS_MOST = 99, /* what libhyphen was made for */
	LEFT_LEAST = 2,
	RIGHT_LEAST = 3
};

/* Languages whose patterns go by another region than their own name says. */
static const struct {
	const char *tag, *file;
} defaults[] = {
	{ "en", "en_US" }, { "de", "de_DE" }, { "pt", "pt_PT" }, { "nb", "nb_NO" },
	{ "nn", "nn_NO" }, { "da", "da_DK" }, { "sv", "sv" },	 { "no", "nb_NO" },
};

void text_hyphen_folder(struct font_set *set, const char *path)
{
	set->hyphen_folder = str_copy(set->session, str_from(path));
}

static const char *pattern_file(struct font_set *set, struct arena *scratch, struct str name)
{
	char *file = (char *)(uintptr_t)str_printf(scratch, STR_FMT "/hyph_" STR_FMT ".dic",
		STR_ARG(set->hyphen_folder), STR_ARG(name)).ptr;
	for (char *c = file + set->hyphen_folder.len + 1; *c; c++)
		if (*c == '-')
			*c = '_';
	return access(file, R_OK) == 0 ? file : NULL;
}

static const char *default_file(struct font_set *set, struct arena *scratch, struct str tag)
{
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
		if (str_is(tag, defaults[i].tag))
			return pattern_file(set, scratch, str_from(defaults[i].file));
	return NULL;
}

/* A language tag comes from a document: only letters, digits and hyphens may become part of a path. */
static bool tag_plain(struct str tag)
{
	for (size_t i = 0; i < tag.len; i++)
		if (!isalnum((unsigned char)tag.ptr[i]) && tag.ptr[i] != '-')
			return false;
	return tag.len > 0;
}

/* "de-CH-1996": de_CH_1996, then de_CH, then de, then where de goes by default. */
static void *patterns_load(struct font_set *set, struct str tag)
{
	struct arena *scratch = font_set_scratch(set);
	struct arena_mark mark = arena_mark(scratch);
	const char *file = NULL;
	while (!file && tag.len) {
		file = pattern_file(set, scratch, tag);
		if (!file)
			file = default_file(set, scratch, tag);
		while (tag.len && tag.ptr[tag.len - 1] != '-')
			tag.len--;
		if (tag.len)
			tag.len--;
	}
	void *patterns = file ? hnj_hyphen_load(file) : NULL;
	arena_rewind(scratch, mark);
	return patterns;
}

bool hyphen_ready(struct font_set *set, uint16_t lang)
{
	struct text_language *l = set->languages.at[lang];
	if (!l->patterns_tried && set->hyphen_folder.len && tag_plain(l->tag))
		l->patterns = patterns_load(set, l->tag);
	l->patterns_tried = true;
	return l->patterns != NULL;
}

/* A word in lower case in the patterns' encoding, and where each of its letters begins in ours. */
struct folded {
	char *bytes;   /* NUL-terminated: hnj_hyphen_hyphenate2 reads on to it whatever length it is given */
	size_t len;    /* bytes */
	uint16_t *at;  /* letters + 1: byte in the word as written */
	size_t letters;
};

static bool fold(struct arena *scratch, const HyphenDict *dict, struct str word, struct folded *out)
{
	bool latin1 = !dict->utf8 && (strcmp(dict->cset, "ISO8859-1") == 0 || strcmp(dict->cset, "ISO-8859-1") == 0);
	if (!dict->utf8 && !latin1)
		return false;
	out->bytes = arena_alloc(scratch, word.len * 4 + 8);
	out->at = ARENA_ARRAY(scratch, uint16_t, word.len + 1);
	for (size_t i = 0; i < word.len; out->letters++) {
		out->at[out->letters] = (uint16_t)i;
		uint32_t c = (uint32_t)u_tolower((UChar32)utf8_next(word, &i));
		if (latin1 && c > 0xFF)
			return false;
		if (latin1)
			out->bytes[out->len++] = (char)c;
		else
			out->len += utf8_put(out->bytes + out->len, c);
	}
	out->at[out->letters] = (uint16_t)word.len;
	return out->letters >= LETTERS_LEAST && out->letters <= LETTERS_MOST;
}

/* Odd numbers stand behind letters after which the word may be hyphenated. Places where the spelling would change
 * (rep) are left out. */
static const char *places(struct font_set *set, struct arena *scratch, HyphenDict *dict, const struct folded *w)
{
	char *marks = arena_alloc(scratch, w->len + 8);
	char **rep = ARENA_ARRAY(scratch, char *, w->len + 8);
	int *pos = ARENA_ARRAY(scratch, int, w->len + 8);
	int *cut = ARENA_ARRAY(scratch, int, w->len + 8);
	if (hnj_hyphen_hyphenate2(dict, w->bytes, (int)w->len, marks, NULL, &rep, &pos, &cut) != 0)
		return NULL;
	for (size_t i = 0; i < w->len; i++) {
		if (!rep[i])
			continue;
		marks[i] = '0';
		arena_defer(&set->words, free, rep[i]);
	}
	return marks;
}

static struct hyphens *find(struct font_set *set, HyphenDict *dict, struct str word)
{
	struct arena *scratch = font_set_scratch(set);
	struct arena_mark mark = arena_mark(scratch);
	struct hyphens *h = arena_alloc(&set->words, sizeof *h + word.len * sizeof *h->at);
	struct folded w = { 0 };
	const char *marks = fold(scratch, dict, word, &w) ? places(set, scratch, dict, &w) : NULL;
	for (size_t i = LEFT_LEAST; marks && i + RIGHT_LEAST <= w.letters; i++)
		if (marks[i - 1] & 1)
			h->at[h->count++] = w.at[i];
	arena_rewind(scratch, mark);
	return h;
}

const struct hyphens *hyphen_word(struct font_set *set, uint16_t lang, struct str letters)
{
	struct text_language *l = set->languages.at[lang];
	if (letters.len < LETTERS_LEAST || letters.len > 4 * LETTERS_MOST || !hyphen_ready(set, lang))
		return NULL;
	const struct hyphens *known = map_lookup(&l->hyphens, letters);
	if (known)
		return known->count ? known : NULL;
	struct hyphens *found = find(set, l->patterns, letters);
	map_put(&set->words, &l->hyphens, str_copy(&set->words, letters), found);
	return found->count ? found : NULL;
}
