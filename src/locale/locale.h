/* Locale: how a language writes numbers, money, dates and periods, and the fixed words of the
 * program. Separators and month names are CLDR's (ICU's resource bundles through libicuuc;
 * libicui18n is not linked: it costs more at start than it saves); patterns and words are
 * library/words/LANG.xml, which a layout may override. Rounding is done before: what comes in is
 * printed with exactly the decimals asked for. */
#ifndef LOCALE_LOCALE_H
#define LOCALE_LOCALE_H

#include "xml/xml.h"

struct locale;

/* lang: BCP 47 as the briefing says ("en-GB"). words: root of library/words/LANG.xml (language
 * part), and overrides in order of rising precedence: <words lang=…> elements of layouts; those of
 * another language are passed over. NULL after diagnostics. */
const struct locale *locale_open(struct arena *a, struct str lang,
	const struct xml_node *const *words, size_t count, struct diag *d);
struct str locale_lang(const struct locale *l);     /* "en-GB" */
struct str locale_language(const struct locale *l); /* "en" */

/* Words are templates: {0}…{9} are where arguments go in. White space with a line break in it
 * becomes one space, at the edges none; a plain space is kept, at the edges too (the word
 * "list-and" is " and "). */
bool locale_has(const struct locale *l, struct str id);
/* As written, templates too; "[id]" when there is none. */
struct str locale_word(const struct locale *l, struct str id);
struct str locale_phrase(struct arena *a, const struct locale *l, const char *id,
	const struct str *args, size_t count);
/* Nearest known word id for messages. */
struct str locale_nearest(const struct locale *l, struct str id);

/* Minus is U+2212; always: + and, at zero, ±. */
enum locale_sign { SIGN_MINUS, SIGN_ALWAYS, SIGN_NEVER };
/* decimals < 0: the number's own. */
struct str locale_number(struct arena *a, const struct locale *l, struct decimal n, int decimals,
	enum locale_sign sign);
/* number in the word "measure-MEASURE", as "{0} %" with a no-break space ("measure-MEASURE-one"
 * for 1); the number alone when there is none. */
struct str locale_measure(struct arena *a, const struct locale *l, const char *measure,
	struct str number);
/* Money: exponent 0, 3, 6 or 9 chooses the pattern (units, k, m, bn); currency is ISO 4217.
 * "€2.40 m", "2,40 Mio. €"; a sign stands in front of all. */
struct str locale_money(struct arena *a, const struct locale *l, struct str currency, int exponent,
	struct str number);
/* A count in thousands (3), millions (6) or more (9), by the words compact-3 …: "410 k"; the number alone for 0. */
struct str locale_compact(struct arena *a, const struct locale *l, int exponent, struct str number);
/* "€ m". */
struct str locale_currency_unit(struct arena *a, const struct locale *l, struct str currency,
	int exponent);
enum locale_date { DATE_LONG, DATE_SHORT, DATE_MONTH }; /* 14 Oct 2026 · 14 Oct · Oct 2026 */
struct str locale_date(struct arena *a, const struct locale *l, struct date d,
	enum locale_date form);
/* Q3 2026 · Q3 26 · January–September · Jan–Sep; the ranges bear no year unless they cross one. The long form of a
 * period with a 53rd week says how many it has. */
enum locale_period { PERIOD_LONG, PERIOD_SHORT, PERIOD_RANGE, PERIOD_RANGE_SHORT };
struct str locale_period(struct arena *a, const struct locale *l, struct period p,
	const struct calendar *calendar, enum locale_period form);
/* Several one after another, of one kind: "Q1–Q3 2026", "January–March 2026", "2027–2029". */
struct str locale_periods(struct arena *a, const struct locale *l, struct period first, struct period last,
	const struct calendar *calendar, enum locale_period form);
/* "three"; digits above twelve. */
struct str locale_count(struct arena *a, const struct locale *l, int64_t n, bool capital);
struct str locale_ordinal(struct arena *a, const struct locale *l, int64_t n);
/* First letter made small or large by the language's rules. Small keeps a first word with another
 * capital in it (CRM, iOS, E-Mail), and every word where the word "lower-first" says no, as in
 * German, where most labels begin with a noun. */
struct str locale_lower_first(struct arena *a, const struct locale *l, struct str s);
struct str locale_upper_first(struct arena *a, const struct locale *l, struct str s);
/* What stands between two items of a list: ", ", before the last " and ". join: and, or, comma,
 * semicolon; empty or unknown is "and". */
struct str locale_separator(const struct locale *l, struct str join, bool last);

/* ---- plurals ---- */

/* CLDR's categories of numbers that a language tells apart by its words; "other" is all that the rest leaves. */
enum locale_plural { PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER, LOCALE_PLURALS };
struct locale_plurals {
	struct str rules[PLURAL_OTHER];  /* by category, as CLDR writes them; empty = the language has no such */
};
const char *locale_plural_name(enum locale_plural category); /* "few" */
bool locale_plural_category(struct str name, uint8_t *out);
/* Those of a language, as BCP 47 names it ("pl", "de-AT"), in the arena; of one that CLDR does not know all numbers are "other". */
struct locale_plurals locale_plurals(struct arena *a, struct str lang);
/* "one, few, many and other", for messages. */
struct str locale_plurals_told(struct arena *a, const struct locale_plurals *p);
/* False for PLURAL_OTHER: it is what is left when no other is. A number is taken without noughts at its end. */
bool locale_plural_is(const struct locale_plurals *p, enum locale_plural category, struct decimal n);

/* The signs between digits, for ticks of scales. */
struct str locale_decimal_sign(const struct locale *l);
struct str locale_group_sign(const struct locale *l);

#endif
