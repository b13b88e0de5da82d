/* Words to places where they may be hyphenated, behind a cache. Serves the arrow paragraph -> lines.
 *
 * A language's patterns are read when a paragraph first needs them: by text_patterns.c, or by libhyphen where a hyphen changes the spelling. */
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

/* The name of a file that is there; else empty. */
static struct str pattern_file(struct font_set *set, struct arena *scratch, struct str name)
{
	struct str file = str_printf(scratch, "hyph_" STR_FMT ".dic", STR_ARG(name));
	for (size_t i = 0; i < file.len; i++)
		if (file.ptr[i] == '-')
			((char *)(uintptr_t)file.ptr)[i] = '_';
	const char *path = str_printf(scratch, STR_FMT "/" STR_FMT, STR_ARG(set->hyphen_folder), STR_ARG(file)).ptr;
	return access(path, R_OK) == 0 ? file : (struct str){ 0 };
}

static struct str default_file(struct font_set *set, struct arena *scratch, struct str tag)
{
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
		if (str_is(tag, defaults[i].tag))
			return pattern_file(set, scratch, str_from(defaults[i].file));
	return (struct str){ 0 };
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
static struct str file_for(struct font_set *set, struct arena *scratch, struct str tag)
{
	struct str file = { 0 };
	while (!file.len && tag.len) {
		file = pattern_file(set, scratch, tag);
		if (!file.len)
			file = default_file(set, scratch, tag);
		while (tag.len && tag.ptr[tag.len - 1] != '-')
			tag.len--;
		if (tag.len)
			tag.len--;
	}
	return file;
}

/* A file that cannot be read leaves its language without hyphens. */
static const struct source *loaded(struct font_set *set, struct arena *scratch, struct str file)
{
	struct folder folder;
	struct diag unheard;
	diag_init(&unheard, scratch);
	if (!folder_open(scratch, set->hyphen_folder, &folder))
		return NULL;
	return source_load(set->session, &folder, STR(""), file, (struct src_pos){ 0 }, &unheard);
}

static void load(struct font_set *set, struct text_language *l)
{
	struct arena *scratch = font_set_scratch(set);
	struct arena_mark mark = arena_mark(scratch);
	struct str file = file_for(set, scratch, l->tag);
	const struct source *s = file.len ? loaded(set, scratch, file) : NULL;
	if (s)
		l->patterns = patterns_read(set->session, s->text);
	if (file.len && !l->patterns)
		l->dict = hnj_hyphen_load(str_printf(scratch, STR_FMT "/" STR_FMT, STR_ARG(set->hyphen_folder), STR_ARG(file)).ptr);
	arena_rewind(scratch, mark);
}

static bool patterns_ready(struct font_set *set, uint16_t lang)
{
	struct text_language *l = set->languages.at[lang];
	if (!l->patterns_tried && set->hyphen_folder.len && tag_plain(l->tag))
		load(set, l);
	l->patterns_tried = true;
	return l->patterns || l->dict;
}

bool hyphen_ready(struct font_set *set, uint16_t lang)
{
	return set->exceptions.count || patterns_ready(set, lang);
}

/* A word in lower case in the patterns' encoding, and where each of its letters begins in ours and in theirs. */
struct folded {
	char *bytes;   /* NUL-terminated: hnj_hyphen_hyphenate2 reads on to it whatever length it is given */
	size_t len;    /* bytes */
	uint16_t *at;  /* letters + 1: byte in the word as written */
	uint16_t *ends;/* letters: the byte in bytes behind which each ends, less one */
	size_t letters;
};

static bool fold(struct arena *scratch, bool utf8, struct str word, struct folded *out)
{
	out->bytes = arena_alloc(scratch, word.len * 4 + 8);
	out->at = ARENA_ARRAY(scratch, uint16_t, word.len + 1);
	out->ends = ARENA_ARRAY(scratch, uint16_t, word.len + 1);
	for (size_t i = 0; i < word.len; out->letters++) {
		out->at[out->letters] = (uint16_t)i;
		uint32_t c = (uint32_t)u_tolower((UChar32)utf8_next(word, &i));
		if (!utf8 && c > 0xFF)
			return false;
		if (!utf8)
			out->bytes[out->len++] = (char)c;
		else
			out->len += utf8_put(out->bytes + out->len, c);
		out->ends[out->letters] = (uint16_t)(out->len - 1);
	}
	out->at[out->letters] = (uint16_t)word.len;
	return out->letters >= LETTERS_LEAST && out->letters <= LETTERS_MOST;
}

/* Odd numbers stand for letters behind which the word may be hyphenated; NULL for none. */
static const char *patterns_places(const struct patterns *p, struct arena *scratch, struct str word, struct folded *w)
{
	if (!fold(scratch, patterns_utf8(p), word, w))
		return NULL;
	uint8_t *marks = arena_alloc(scratch, w->len + 1);
	patterns_mark(p, w->bytes, w->len, marks);
	char *places = arena_alloc(scratch, w->letters + 1);
	for (size_t i = 0; i < w->letters; i++)
		places[i] = (char)marks[w->ends[i]];
	return places;
}

static bool is_latin1(const HyphenDict *dict)
{
	return !dict->utf8 && (strcmp(dict->cset, "ISO8859-1") == 0 || strcmp(dict->cset, "ISO-8859-1") == 0);
}

/* Places where the spelling would change (rep) are left out. */
static const char *dict_places(struct font_set *set, struct arena *scratch, HyphenDict *dict, struct str word, struct folded *w)
{
	if ((!dict->utf8 && !is_latin1(dict)) || !fold(scratch, dict->utf8, word, w))
		return NULL;
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

static struct hyphens *find(struct font_set *set, const struct text_language *l, struct str word)
{
	struct arena *scratch = font_set_scratch(set);
	struct arena_mark mark = arena_mark(scratch);
	struct hyphens *h = arena_alloc(&set->words, sizeof *h + word.len * sizeof *h->at);
	struct folded w = { 0 };
	const char *places = l->patterns ? patterns_places(l->patterns, scratch, word, &w)
					 : dict_places(set, scratch, l->dict, word, &w);
	for (size_t i = LEFT_LEAST; places && i + RIGHT_LEAST <= w.letters; i++)
		if (places[i - 1] & 1)
			h->at[h->count++] = w.at[i];
	arena_rewind(scratch, mark);
	return h;
}

const struct hyphens *hyphen_word(struct font_set *set, uint16_t lang, struct str letters)
{
	struct text_language *l = set->languages.at[lang];
	const struct hyphens *given = hyphen_exception(set, lang, letters);
	if (given)
		return given->count ? given : NULL;
	if (letters.len < LETTERS_LEAST || letters.len > 4 * LETTERS_MOST || !patterns_ready(set, lang))
		return NULL;
	const struct hyphens *known = map_lookup(&l->hyphens, letters);
	if (known)
		return known->count ? known : NULL;
	struct hyphens *found = find(set, l, letters);
	map_put(&set->words, &l->hyphens, str_copy(&set->words, letters), found);
	return found->count ? found : NULL;
}
