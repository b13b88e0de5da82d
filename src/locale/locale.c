/* Locale: words files and CLDR -> struct locale; letters' cases and lists by its rules. */
#include "locale/locale_int.h"

#include <unicode/ustring.h>

/* The words this folder's own functions print with; a language that lacks one is not finished. */
static const char *const required[] = {
	"date-long", "date-short", "date-month", "period-month-long", "period-month-short",
	"period-quarter-long", "period-quarter-short", "period-half-long", "period-half-short",
	"period-year", "period-ytd-long", "period-ytd-short", "period-ltm-long", "period-ltm-short", "period-weeks", "period-range", "period-range-years",
	"period-quarters-long", "period-quarters-short", "period-months-long", "period-months-short", "range", "range-apart",
	"money-0", "money-3", "money-6", "money-9", "money-unit-0", "money-unit-3", "money-unit-6",
	"money-unit-9", "ordinal-other", "list-and", "list-or", "list-comma", "list-semicolon",
	"lower-first",
};

static bool check_required(const struct locale *l, struct src_pos pos, struct diag *d)
{
	size_t before = d->errors;
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!locale_lookup(l, str_from(required[i])))
			diag_add(d, DIAG_WORD_MISSING, pos, "the words of language '" STR_FMT "' lack '%s'",
				STR_ARG(l->language), required[i]);
	return d->errors == before;
}

/* "month-short-9" and the like stand in for CLDR's where a house prints otherwise. */
static void override_months(struct arena *a, struct locale *l)
{
	static const char *const widths[WIDTH_COUNT] = { "month-short", "month-long" };
	for (int w = 0; w < WIDTH_COUNT; w++)
		for (int m = 0; m < LOCALE_MONTHS; m++) {
			const struct str *word = locale_lookup(l, str_printf(a, "%s-%d", widths[w], m + 1));
			if (word)
				l->months[w][m] = *word;
		}
}

static struct str language_of(struct str lang)
{
	struct str rest = lang, part = lang;
	str_split(&rest, '-', &part);
	return part;
}

/* en-GB as ICU writes it: en_GB. */
static const char *icu_name(struct arena *a, struct str lang)
{
	char *name = arena_copy(a, lang.ptr, lang.len);
	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return name;
}

const struct locale *locale_open(struct arena *a, struct str lang,
	const struct xml_node *const *words, size_t count, struct diag *d)
{
	struct locale *l = ARENA_NEW(a, struct locale);
	struct src_pos pos = { .source = NULL };
	size_t before = d->errors;
	bool any = false;
	l->arena = a;
	l->lang = str_copy(a, lang);
	l->language = language_of(l->lang);
	l->icu = icu_name(a, lang);
	for (size_t i = 0; i < count; i++)
		if (locale_read_words(a, l, words[i], d) && !any) {
			any = true;
			pos = words[i]->pos;
		}
	if (!any && d->errors == before)
		diag_add(d, DIAG_WORD_MISSING, pos, "there are no words for language '" STR_FMT "'",
			STR_ARG(l->language));
	if (!any || !check_required(l, pos, d) || d->errors > before)
		return NULL;
	locale_read_cldr(a, l);
	override_months(a, l);
	l->lower_first = str_is(locale_word(l, STR("lower-first")), "yes");
	return l;
}

struct str locale_lang(const struct locale *l)
{
	return l->lang;
}

struct str locale_language(const struct locale *l)
{
	return l->language;
}

/* Case of the first code point by the language's rules; the rest is copied. */
typedef int32_t case_mapper(UChar *to, int32_t room, const UChar *from, int32_t length,
	const char *locale, UErrorCode *status);

static struct str map_first(struct arena *a, const struct locale *l, struct str s, case_mapper *map)
{
	size_t offset = 0;
	UChar from[2], to[8];
	char utf8[24];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0, mapped, bytes = 0;
	if (!s.len)
		return s;
	UChar32 first = (UChar32)utf8_next(s, &offset);
	U16_APPEND_UNSAFE(from, length, first);
	mapped = map(to, 8, from, length, l->icu, &status);
	u_strToUTF8(utf8, sizeof utf8, &bytes, to, mapped, &status);
	if (U_FAILURE(status))
		return s;
	return str_printf(a, STR_FMT STR_FMT, (int)bytes, utf8, (int)(s.len - offset), s.ptr + offset);
}

static bool is_capital(const struct locale *l, struct str s, size_t at)
{
	size_t end = at;
	utf8_next(s, &end);
	struct str one = { s.ptr + at, end - at };
	UErrorCode status = U_ZERO_ERROR;
	UChar from[2], to[8];
	int32_t length = 0;
	u_strFromUTF8(from, 2, &length, one.ptr, (int32_t)one.len, &status);
	int32_t mapped = u_strToLower(to, 8, from, length, l->icu, &status);
	return U_SUCCESS(status) && (mapped != length || u_memcmp(from, to, length) != 0);
}

/* CRM, iOS, E-Mail: a capital behind the first letter means that a word is always written so. */
static bool keeps_case(const struct locale *l, struct str s)
{
	struct str word = str_word(&s);
	for (size_t i = 1; i < word.len; i++)
		if (((unsigned char)word.ptr[i] & 0xC0) != 0x80 && is_capital(l, word, i))
			return true;
	return false;
}

struct str locale_lower_first(struct arena *a, const struct locale *l, struct str s)
{
	if (!l->lower_first || keeps_case(l, s))
		return s;
	return map_first(a, l, s, u_strToLower);
}

struct str locale_upper_first(struct arena *a, const struct locale *l, struct str s)
{
	return map_first(a, l, s, u_strToUpper);
}

static const struct {
	const char *join;
	const char *between, *last; /* words */
} joins[] = {
	{ "and", "list-comma", "list-and" },
	{ "or", "list-comma", "list-or" },
	{ "comma", "list-comma", "list-comma" },
	{ "semicolon", "list-semicolon", "list-semicolon" },
};

struct str locale_separator(const struct locale *l, struct str join, bool last)
{
	size_t i = sizeof joins / sizeof *joins;
	while (i > 0 && !str_is(join, joins[i - 1].join))
		i--;
	i = i ? i - 1 : 0;
	return locale_word(l, str_from(last ? joins[i].last : joins[i].between));
}
