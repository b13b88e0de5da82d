/* Locale: expected texts are written out by hand from CLDR's charts and the words files. */
#include "locale/locale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NB "\xC2\xA0"
#define MINUS "\xE2\x88\x92"
#define DASH "\xE2\x80\x93"

struct fixture {
	struct arena arena;
	struct diag diag;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	arena_init(&f->arena, 0, NULL);
	diag_init(&f->diag, &f->arena);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->arena);
	free(f);
	return 0;
}

static const struct xml_node *parse(struct fixture *f, const char *name, struct str text)
{
	return xml_parse(&f->arena, source_from(&f->arena, str_from(name), text), &f->diag);
}

static const struct xml_node *shipped(struct fixture *f, const char *language)
{
	struct folder root;
	assert_true(folder_open(&f->arena, STR("library/words"), &root));
	struct xml_loader loader = { .arena = &f->arena, .root = &root, .diag = &f->diag };
	const struct xml_node *words = xml_load(&loader, str_printf(&f->arena, "%s.xml", language),
		(struct src_pos){ .source = NULL });
	if (!words) {
		struct buf out;
		buf_init(&out, &f->arena, 4096);
		diag_print(&f->diag, DIAG_PLAIN, 10, &out);
		fail_msg("%s", out.ptr);
	}
	return words;
}

static const struct locale *open_locale(struct fixture *f, const char *lang)
{
	char language[3] = { lang[0], lang[1], '\0' };
	const struct xml_node *words = shipped(f, language);
	const struct locale *l = locale_open(&f->arena, str_from(lang), &words, 1, &f->diag);
	assert_non_null(l);
	assert_int_equal(f->diag.errors, 0);
	return l;
}

static void check(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("'" STR_FMT "' instead of '%s'", STR_ARG(got), want);
}

static struct decimal dec(const char *s)
{
	struct decimal d;
	assert_true(decimal_parse(str_from(s), &d));
	return d;
}

static void numbers(void **state)
{
	static const struct {
		const char *lang, *number;
		int decimals;
		enum locale_sign sign;
		const char *want;
	} cases[] = {
		{ "en-GB", "0", 0, SIGN_MINUS, "0" },
		{ "en-GB", "999", 0, SIGN_MINUS, "999" },
		{ "en-GB", "1800", 0, SIGN_MINUS, "1,800" },
		{ "en-GB", "-1234567.891", 2, SIGN_MINUS, MINUS "1,234,567.89" },
		{ "en-GB", "2.4", 2, SIGN_MINUS, "2.40" },
		{ "en-GB", "2.45", 1, SIGN_MINUS, "2.5" },
		{ "en-GB", "12.50", -1, SIGN_MINUS, "12.50" },
		{ "en-GB", "-0.4", 0, SIGN_MINUS, "0" },
		{ "en-GB", "3", 0, SIGN_ALWAYS, "+3" },
		{ "en-GB", "-3", 0, SIGN_ALWAYS, MINUS "3" },
		{ "en-GB", "0.04", 1, SIGN_ALWAYS, "\xC2\xB1" "0.0" },
		{ "en-GB", "-3", 0, SIGN_NEVER, "3" },
		{ "en-US", "1234567", 0, SIGN_MINUS, "1,234,567" },
		{ "de-DE", "1800", 0, SIGN_MINUS, "1.800" },
		{ "de-DE", "-1234567.891", 2, SIGN_MINUS, MINUS "1.234.567,89" },
		{ "de-AT", "1234567.5", 1, SIGN_MINUS, "1" NB "234" NB "567,5" },
		{ "de-CH", "1234567.5", 1, SIGN_MINUS, "1\xE2\x80\x99" "234\xE2\x80\x99" "567.5" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct locale *l = open_locale(*state, cases[i].lang);
		check(locale_number(&((struct fixture *)*state)->arena, l, dec(cases[i].number), cases[i].decimals, cases[i].sign),
			cases[i].want);
	}
}

/* Indian grouping comes from CLDR's pattern, and four digits stay together where CLDR says so (Spanish). */
static void grouping_is_cldrs(void **state)
{
	struct fixture *f = *state;
	const struct xml_node *en = shipped(f, "en");
	const struct locale *india = locale_open(&f->arena, STR("en-IN"), &en, 1, &f->diag);
	check(locale_number(&f->arena, india, dec("12345678"), 0, SIGN_MINUS), "1,23,45,678");
	struct str text = en->pos.source->text;
	char *spanish = arena_copy(&f->arena, text.ptr, text.len);
	memcpy(strstr(spanish, "lang=\"en\">\n") + 6, "es", 2);
	const struct xml_node *es = parse(f, "es.xml", str_from(spanish));
	const struct locale *l = locale_open(&f->arena, STR("es-ES"), &es, 1, &f->diag);
	assert_non_null(l);
	check(locale_number(&f->arena, l, dec("1234"), 0, SIGN_MINUS), "1234");
	check(locale_number(&f->arena, l, dec("12345"), 0, SIGN_MINUS), "12.345");
}

/* What CLDR says of languages that the library has no words for yet: a company's own words are enough. Digits are European ones. */
static void separators_of_other_languages(void **state)
{
	static const struct {
		const char *language, *lang, *number, *want;
	} cases[] = {
		{ "fr", "fr-FR", "-1234567.5", MINUS "1\xE2\x80\xAF" "234\xE2\x80\xAF" "567,5" },
		{ "fr", "fr-CH", "1234567.5", "1\xE2\x80\xAF" "234\xE2\x80\xAF" "567,5" },
		{ "ja", "ja-JP", "1234567.5", "1,234,567.5" },
		{ "ar", "ar-EG", "1234567.5", "1,234,567.5" },
		{ "pl", "pl-PL", "1234.5", "1234,5" },
	};
	struct fixture *f = *state;
	struct str text = shipped(f, "en")->pos.source->text;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *own = arena_copy(&f->arena, text.ptr, text.len);
		memcpy(strstr(own, "lang=\"en\">\n") + 6, cases[i].language, 2);
		const struct xml_node *words = parse(f, "own.xml", str_from(own));
		const struct locale *l = locale_open(&f->arena, str_from(cases[i].lang), &words, 1, &f->diag);
		assert_non_null(l);
		check(locale_number(&f->arena, l, dec(cases[i].number), 1, SIGN_MINUS), cases[i].want);
	}
}

static void large_counts(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	const struct locale *en = open_locale(*state, "en-GB"), *us = open_locale(*state, "en-US"), *de = open_locale(*state, "de-CH");
	check(locale_compact(a, en, 0, STR("410")), "410");
	check(locale_compact(a, en, 3, STR("4.1")), "4.1" NB "k");
	check(locale_compact(a, us, 6, STR("4.1")), "4.1M");
	check(locale_compact(a, de, 9, STR("4.1")), "4.1" NB "Mrd.");
}

static void measures(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	const struct locale *en = open_locale(*state, "en-GB"), *de = open_locale(*state, "de-DE");
	check(locale_measure(a, en, "percent", STR("83")), "83" NB "%");
	check(locale_measure(a, de, "percent", STR("83")), "83" NB "%");
	check(locale_measure(a, en, "points", STR("+3")), "+3" NB "pts");
	check(locale_measure(a, en, "points", STR(MINUS "1")), MINUS "1" NB "pt");
	check(locale_measure(a, en, "points", STR("1.0")), "1.0" NB "pts");
	check(locale_measure(a, de, "points", STR("+1")), "+1" NB "Pkt.");
	check(locale_measure(a, en, "days", STR("1")), "1" NB "day");
	check(locale_measure(a, de, "days", STR("31")), "31" NB "Tage");
	check(locale_measure(a, en, "count", STR("24")), "24");
}

static void money(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	static const struct {
		const char *lang, *currency;
		int exponent;
		const char *number, *want, *unit;
	} cases[] = {
		{ "en-GB", "EUR", 6, "2.40", "€2.40" NB "m", "€" NB "m" },
		{ "en-GB", "EUR", 6, MINUS "2.40", MINUS "€2.40" NB "m", "€" NB "m" },
		{ "en-GB", "GBP", 0, "+12", "+£12", "£" },
		{ "en-GB", "CHF", 3, "25", "CHF" NB "25" NB "k", "CHF" NB "k" },
		{ "en-GB", "USD", 9, "1.2", "US$1.2" NB "bn", "US$" NB "bn" },
		{ "en-US", "USD", 6, "2.40", "$2.40M", "$M" },
		{ "de-DE", "EUR", 6, "2,40", "2,40" NB "Mio." NB "€", "Mio." NB "€" },
		{ "de-AT", "EUR", 9, MINUS "1,1", MINUS "1,1" NB "Mrd." NB "€", "Mrd." NB "€" },
		{ "de-CH", "CHF", 3, "25", "25" NB "Tsd." NB "CHF", "Tsd." NB "CHF" },
		{ "de-DE", "XYZ", 0, "5", "5" NB "XYZ", "XYZ" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct locale *l = open_locale(*state, cases[i].lang);
		struct str currency = str_from(cases[i].currency);
		check(locale_money(a, l, currency, cases[i].exponent, str_from(cases[i].number)), cases[i].want);
		check(locale_currency_unit(a, l, currency, cases[i].exponent), cases[i].unit);
	}
}

static void dates(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	struct date october = { 2026, 10, 14 }, september = { 2026, 9, 3 }, january = { 2027, 1, 31 };
	const struct locale *gb = open_locale(*state, "en-GB"), *us = open_locale(*state, "en-US");
	const struct locale *de = open_locale(*state, "de-DE"), *at = open_locale(*state, "de-AT");
	check(locale_date(a, gb, october, DATE_LONG), "14" NB "Oct" NB "2026");
	check(locale_date(a, gb, october, DATE_SHORT), "14" NB "Oct");
	check(locale_date(a, gb, september, DATE_MONTH), "Sep" NB "2026");
	check(locale_date(a, us, october, DATE_LONG), "Oct" NB "14, 2026");
	check(locale_date(a, us, october, DATE_SHORT), "Oct" NB "14");
	check(locale_date(a, de, october, DATE_LONG), "14." NB "Okt. 2026");
	check(locale_date(a, de, september, DATE_SHORT), "3." NB "Sept.");
	check(locale_date(a, at, january, DATE_LONG), "31." NB "Jän. 2027");
	check(locale_date(a, de, january, DATE_MONTH), "Jan." NB "2027");
}

static struct period period(const char *s)
{
	struct period p;
	assert_true(period_parse(str_from(s), &p));
	return p;
}

static void periods(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	static const struct {
		const char *lang, *period;
		int8_t start;
		const char *want[4]; /* long, short, range, short range */
	} cases[] = {
		{ "en-GB", "2026-Q3", 1, { "Q3" NB "2026", "Q3" NB "26", "July" DASH "September", "Jul" DASH "Sep" } },
		{ "en-GB", "2026-Q3-YTD", 1,
			{ "January" DASH "September 2026", "Jan" DASH "Sep" NB "26", "January" DASH "September", "Jan" DASH "Sep" } },
		{ "en-GB", "2026-09", 1, { "September" NB "2026", "Sep" NB "26", "September", "Sep" } },
		{ "en-GB", "2026-H1", 1, { "H1" NB "2026", "H1" NB "26", "January" DASH "June", "Jan" DASH "Jun" } },
		{ "en-GB", "2026", 1, { "2026", "2026", "January" DASH "December", "Jan" DASH "Dec" } },
		{ "en-GB", "2026", 4,
			{ "FY" NB "2026", "FY" NB "2026", "April" NB "2025" DASH "March" NB "2026", "Apr" NB "2025" DASH "Mar" NB "2026" } },
		/* the fiscal year 2026 starts in April 2025: its second month is May 2025 */
		{ "en-GB", "2026-02", 4, { "May" NB "2025", "May" NB "25", "May", "May" } },
		{ "en-GB", "2026-Q3-YTD", 4,
			{ "April" DASH "December 2025", "Apr" DASH "Dec" NB "25", "April" DASH "December", "Apr" DASH "Dec" } },
		{ "en-GB", "2026-08-YTD", 1,
			{ "January" DASH "August 2026", "Jan" DASH "Aug" NB "26", "January" DASH "August", "Jan" DASH "Aug" } },
		{ "en-GB", "2026-01-YTD", 1, { "January" NB "2026", "Jan" NB "26", "January", "Jan" } },
		{ "en-GB", "2026-Q3-LTM", 1,
			{ "12" NB "months to September 2026", "LTM" NB "Sep" NB "26", "October" NB "2025" DASH "September" NB "2026",
				"Oct" NB "2025" DASH "Sep" NB "2026" } },
		{ "en-GB", "2026-Q1-LTM", 4, { "12" NB "months to June 2025", "LTM" NB "Jun" NB "25", "July" NB "2024" DASH "June" NB "2025",
				"Jul" NB "2024" DASH "Jun" NB "2025" } },
		{ "de-DE", "2026-Q3-LTM", 1, { "12" NB "Monate bis September 2026", "LTM" NB "Sept." NB "26",
				"Oktober" NB "2025" DASH "September" NB "2026", "Okt." NB "2025" DASH "Sept." NB "2026" } },
		{ "de-DE", "2026-Q3", 1, { "Q3" NB "2026", "Q3" NB "26", "Juli" DASH "September", "Juli" DASH "Sept." } },
		{ "de-DE", "2026-Q3-YTD", 1,
			{ "Januar" DASH "September 2026", "Jan." DASH "Sept." NB "26", "Januar" DASH "September", "Jan." DASH "Sept." } },
		{ "de-AT", "2026-H2", 1, { "2." NB "Halbjahr 2026", "H2" NB "26", "Juli" DASH "Dezember", "Juli" DASH "Dez." } },
		{ "de-AT", "2026-01", 1, { "Jänner" NB "2026", "Jän." NB "26", "Jänner", "Jän." } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct locale *l = open_locale(*state, cases[i].lang);
		for (int form = 0; form < 4; form++)
			check(locale_period(a, l, period(cases[i].period), &(struct calendar){ .start_month = cases[i].start }, (enum locale_period)form),
				cases[i].want[form]);
	}
	check(locale_period(a, open_locale(*state, "en-GB"), (struct period){ .kind = PERIOD_NONE }, &(struct calendar){ .start_month = 1 }, PERIOD_LONG), "");
	/* The last Saturday of January: the fiscal year 2025, named for its start, has a 53rd week, and so has its last quarter. */
	const struct calendar retail = { CALENDAR_4_5_4, 2, 6, false, true };
	check(locale_period(a, open_locale(*state, "en-GB"), period("2026-Q4"), &retail, PERIOD_LONG), "Q4" NB "FY" NB "2026");
	check(locale_period(a, open_locale(*state, "en-GB"), period("2027"), &retail, PERIOD_LONG), "FY" NB "2027");
	check(locale_period(a, open_locale(*state, "en-GB"), period("2025"), &retail, PERIOD_LONG), "FY" NB "2025 (53" NB "weeks)");
	check(locale_period(a, open_locale(*state, "en-GB"), period("2025-Q4"), &retail, PERIOD_LONG), "Q4" NB "FY" NB "2025 (14" NB "weeks)");
	check(locale_period(a, open_locale(*state, "en-GB"), period("2025-Q4"), &retail, PERIOD_SHORT), "Q4" NB "25");
	check(locale_period(a, open_locale(*state, "de-DE"), period("2025"), &retail, PERIOD_LONG), "GJ" NB "2025 (53" NB "Wochen)");
}

static void counts(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	const struct locale *en = open_locale(*state, "en-GB"), *de = open_locale(*state, "de-DE");
	check(locale_count(a, en, 3, false), "three");
	check(locale_count(a, en, 12, true), "Twelve");
	check(locale_count(a, en, 13, true), "13");
	check(locale_count(a, en, -1, false), MINUS "1");
	check(locale_count(a, de, 0, true), "Null");
	check(locale_ordinal(a, en, 3), "third");
	check(locale_ordinal(a, en, 21), "21st");
	check(locale_ordinal(a, en, 13), "13th");
	check(locale_ordinal(a, en, 111), "111th");
	check(locale_ordinal(a, en, 42), "42nd");
	check(locale_ordinal(a, en, 24), "24th");
	check(locale_ordinal(a, de, 13), "13.");
	check(locale_ordinal(a, de, 1), "erste");
}

static void capitals(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	const struct locale *en = open_locale(*state, "en-GB"), *de = open_locale(*state, "de-DE");
	check(locale_lower_first(a, en, STR("Customer data platform")), "customer data platform");
	check(locale_lower_first(a, en, STR("CRM renewal")), "CRM renewal");
	check(locale_lower_first(a, en, STR("In-Store pilot")), "In-Store pilot");
	check(locale_lower_first(a, en, STR("Élan")), "élan");
	check(locale_lower_first(a, en, STR("")), "");
	check(locale_lower_first(a, de, STR("Kundendaten")), "Kundendaten");
	check(locale_upper_first(a, de, STR("über Plan")), "Über Plan");
	check(locale_upper_first(a, en, STR("2.4 more")), "2.4 more");
}

static void lists(void **state)
{
	const struct locale *en = open_locale(*state, "en-GB"), *de = open_locale(*state, "de-DE");
	check(locale_separator(en, STR("and"), false), ", ");
	check(locale_separator(en, STR("and"), true), " and ");
	check(locale_separator(en, STR(""), true), " and ");
	check(locale_separator(de, STR("and"), true), " und ");
	check(locale_separator(de, STR("or"), true), " oder ");
	check(locale_separator(en, STR("or"), false), ", ");
	check(locale_separator(en, STR("comma"), true), ", ");
	check(locale_separator(en, STR("semicolon"), false), "; ");
	check(locale_separator(en, STR("semicolon"), true), "; ");
}

static void words(void **state)
{
	struct arena *a = &((struct fixture *)*state)->arena;
	const struct locale *l = open_locale(*state, "en-GB");
	struct str number = STR("4");
	check(locale_lang(l), "en-GB");
	check(locale_language(l), "en");
	assert_true(locale_has(l, STR("source")));
	assert_false(locale_has(l, STR("sauce")));
	check(locale_word(l, STR("sauce")), "[sauce]");
	check(locale_nearest(l, STR("sorce")), "source");
	check(locale_phrase(a, l, "exhibit-number", &number, 1), "Exhibit" NB "4");
	check(locale_phrase(a, l, "page-of", &number, 1), "4 of {1}");
}

static void layouts_override(void **state)
{
	struct fixture *f = *state;
	const struct xml_node *roots[] = {
		shipped(f, "en"),
		parse(f, "a.xml", STR("<words xmlns='urn:entente' version='1' lang='en'><word id='source'>Origin</word>"
				      "<word id='total'>Sum</word>\n<word id='mine'>\n  Two\n  lines\n</word></words>")),
		parse(f, "b.xml", STR("<words xmlns='urn:entente' version='1' lang='en'><word id='total' lang='en-GB'>Grand total</word>"
				      "<word id='total'>All</word><word id='total' lang='en-US'>Everything</word></words>")),
		parse(f, "c.xml", STR("<words xmlns='urn:entente' version='1' lang='de'><word id='source'>Quelle</word></words>")),
	};
	const struct locale *l = locale_open(&f->arena, STR("en-GB"), roots, 4, &f->diag);
	assert_non_null(l);
	check(locale_word(l, STR("source")), "Origin");
	check(locale_word(l, STR("total")), "Grand total");
	check(locale_word(l, STR("mine")), "Two lines");
}

static void expect_error(struct fixture *f, const char *text, enum diag_code code, const char *message)
{
	const struct xml_node *roots[] = { shipped(f, "en"), parse(f, "bad.xml", str_from(text)) };
	assert_null(locale_open(&f->arena, STR("en-GB"), roots, 2, &f->diag));
	assert_int_equal(f->diag.errors, 1);
	assert_int_equal(f->diag.messages.at[0].code, code);
	check(f->diag.messages.at[0].text, message);
	f->diag.messages.count = f->diag.errors = 0;
}

static void bad_words(void **state)
{
	struct fixture *f = *state;
	expect_error(f, "<words xmlns='urn:entente' version='1' lang='en'><word id='a'>x</word><word id='a'>y</word></words>",
		DIAG_ID_TWICE, "word 'a' stands here twice");
	expect_error(f, "<words xmlns='urn:entente' version='1' lang='en'><wrod id='a'>x</wrod></words>", DIAG_ELEMENT_UNKNOWN,
		"element 'wrod' is not known in 'words'; did you mean 'word'?");
	expect_error(f, "<words xmlns='urn:entente' version='1' lang='en'><word id='b'>x {1 y</word></words>", DIAG_TEXT_UNEXPECTED,
		"word 'b' has a brace that holds no place; write {0} to {9}, or a name such as {page}");
	expect_error(f, "<words xmlns='urn:entente' version='1' lang='en'><word>x</word></words>", DIAG_ATTRIBUTE_MISSING,
		"'word' has no attribute 'id'");
	expect_error(f, "<words xmlns='urn:entente' version='1' lang='en'><word id='c'>x <b>y</b></word></words>",
		DIAG_ELEMENT_UNKNOWN, "element 'b' is not known in 'word'");
	expect_error(f, "<words xmlns='urn:entente' version='1' lang='en'>loose</words>", DIAG_TEXT_UNEXPECTED,
		"text is not expected in 'words'");
}

static void unfinished_language(void **state)
{
	struct fixture *f = *state;
	const struct xml_node *en = shipped(f, "en");
	const struct xml_node *fr = parse(f, "fr.xml", STR("<words xmlns='urn:entente' version='1' lang='fr'/>"));
	assert_null(locale_open(&f->arena, STR("fr-FR"), &en, 1, &f->diag));
	check(f->diag.messages.at[0].text, "there are no words for language 'fr'");
	assert_null(locale_open(&f->arena, STR("fr-FR"), &fr, 1, &f->diag));
	check(f->diag.messages.at[1].text, "the words of language 'fr' lack 'date-long'");
}

/* ---- the shipped files ---- */

static bool grammar_of_one_language(struct str id)
{
	return str_starts(id, "ordinal-ends-") || str_starts(id, "month-");
}

static void word_ids(struct fixture *f, const char *language, struct map *ids)
{
	for (const struct xml_node *n = shipped(f, language)->first; n; n = n->next) {
		struct str id = xml_attr(n, "id")->value;
		if (!grammar_of_one_language(id))
			map_set(&f->arena, ids, id, f);
	}
}

static void expect_all(const struct map *ids, const struct map *in, const char *language)
{
	for (size_t i = 0; i < ids->count; i++)
		if (!map_lookup(in, ids->entries[i].key))
			fail_msg("words of '%s' lack '" STR_FMT "'", language, STR_ARG(ids->entries[i].key));
}

static void languages_have_the_same_words(void **state)
{
	struct fixture *f = *state;
	struct map en = { NULL, NULL, 0, 0, 0 }, de = { NULL, NULL, 0, 0, 0 };
	word_ids(f, "en", &en);
	word_ids(f, "de", &de);
	assert_true(en.count > 90);
	expect_all(&en, &de, "de");
	expect_all(&de, &en, "en");
}

/* Arguments of the same word are the same in both languages, or a figure would go missing in one. */
static void languages_take_the_same_arguments(void **state)
{
	const struct locale *en = open_locale(*state, "en-GB"), *de = open_locale(*state, "de-DE");
	for (const struct xml_node *n = shipped(*state, "de")->first; n; n = n->next) {
		struct str id = xml_attr(n, "id")->value;
		if (str_starts(id, "date-") || str_starts(id, "period-") || str_starts(id, "measure-") || str_starts(id, "ordinal-"))
			continue;
		for (char digit = '0'; digit <= '9'; digit++) {
			char place[] = { '{', digit, '}', '\0' };
			bool in_en = memmem(locale_word(en, id).ptr, locale_word(en, id).len, place, 3);
			bool in_de = memmem(locale_word(de, id).ptr, locale_word(de, id).len, place, 3);
			if (in_en != in_de)
				fail_msg("'" STR_FMT "' takes %s in one language only", STR_ARG(id), place);
		}
	}
}

/* Every word="…" of a shipped layout is in its own <words> or in both files. */
static void expect_words(struct fixture *f, const struct xml_node *n, const struct map *known, const struct map *own)
{
	for (const struct xml_attr *a = n->attrs; a; a = a->next) {
		bool is_word = str_is(a->name, "word") || str_ends(a->name, "-word");
		if (is_word && !map_lookup(known, a->value) && !map_lookup(own, a->value))
			fail_msg(STR_FMT ": no word '" STR_FMT "'", STR_ARG(n->pos.source->name), STR_ARG(a->value));
	}
	for (const struct xml_node *c = n->first; c; c = c->next)
		expect_words(f, c, known, own);
}

static void collect_own(struct fixture *f, const struct xml_node *n, struct map *own)
{
	if (xml_is(n, "word"))
		map_set(&f->arena, own, xml_attr(n, "id")->value, f);
	for (const struct xml_node *c = n->first; c; c = c->next)
		collect_own(f, c, own);
}

static void layouts_find_their_words(void **state)
{
	struct fixture *f = *state;
	struct folder root;
	struct map known = { NULL, NULL, 0, 0, 0 };
	size_t count = 0;
	word_ids(f, "en", &known);
	assert_true(folder_open(&f->arena, STR("layouts"), &root));
	struct str *paths = source_glob(&f->arena, &root, STR(""), STR("*.xml"), &count);
	struct xml_loader loader = { .arena = &f->arena, .root = &root, .diag = &f->diag };
	for (size_t i = 0; i < count; i++) {
		const struct xml_node *layout = xml_load(&loader, paths[i], (struct src_pos){ .source = NULL });
		struct map own = { NULL, NULL, 0, 0, 0 };
		assert_non_null(layout);
		collect_own(f, layout, &own);
		expect_words(f, layout, &known, &own);
	}
}

/* By hand from CLDR's own table of plural rules. */
static void plural_is(struct fixture *f, const char *lang, const char *number, const char *want)
{
	static const char *const names[] = { "zero", "one", "two", "few", "many" };
	struct locale_plurals p = locale_plurals(&f->arena, str_from(lang));
	struct decimal n;
	const char *found = "other";
	assert_true(decimal_parse(str_from(number), &n));
	for (int i = 0; i < PLURAL_OTHER; i++)
		if (locale_plural_is(&p, (enum locale_plural)i, n)) {
			assert_string_equal(found, "other"); /* one category a number */
			found = names[i];
		}
	if (strcmp(found, want) != 0)
		fail_msg("%s of %s: %s, not %s", number, lang, found, want);
}

static void plurals(void **state)
{
	static const struct {
		const char *lang, *number, *want;
	} cases[] = {
		{ "en-GB", "1", "one" }, { "en-GB", "0", "other" }, { "en-GB", "2", "other" }, { "en-GB", "1.5", "other" }, { "de-AT", "1", "one" },
		{ "de", "21", "other" }, { "fr", "0", "one" }, { "fr", "1.5", "one" }, { "fr", "2", "other" },
		{ "pl", "1", "one" }, { "pl", "2", "few" }, { "pl", "4", "few" }, { "pl", "5", "many" }, { "pl", "0", "many" }, { "pl", "11", "many" },
		{ "pl", "12", "many" }, { "pl", "14", "many" }, { "pl", "21", "many" }, { "pl", "22", "few" }, { "pl", "112", "many" }, { "pl", "1.5", "other" },
		{ "ru", "1", "one" }, { "ru", "21", "one" }, { "ru", "11", "many" }, { "ru", "3", "few" }, { "ru", "13", "many" }, { "ru", "25", "many" },
		{ "ar", "0", "zero" }, { "ar", "1", "one" }, { "ar", "2", "two" }, { "ar", "3", "few" }, { "ar", "11", "many" }, { "ar", "100", "other" },
		{ "ja", "1", "other" }, { "cs", "1.5", "many" }, { "cs", "3", "few" }, { "cs", "5", "other" }, { "xx", "1", "other" }, { "pl", "-2", "few" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		plural_is(*state, cases[i].lang, cases[i].number, cases[i].want);
}

static void plurals_of_a_language(void **state)
{
	struct fixture *f = *state;
	struct locale_plurals p = locale_plurals(&f->arena, STR("pl"));
	uint8_t category;
	check(locale_plurals_told(&f->arena, &p), "one, few, many and other");
	p = locale_plurals(&f->arena, STR("ja"));
	check(locale_plurals_told(&f->arena, &p), "other");
	assert_true(locale_plural_category(STR("few"), &category));
	assert_int_equal(category, PLURAL_FEW);
	assert_false(locale_plural_category(STR("some"), &category));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(grouping_is_cldrs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(separators_of_other_languages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(measures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(money, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(periods, set_up, tear_down),
		cmocka_unit_test_setup_teardown(counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(capitals, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lists, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(plurals, set_up, tear_down),
		cmocka_unit_test_setup_teardown(plurals_of_a_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(layouts_override, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bad_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unfinished_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(languages_have_the_same_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(languages_take_the_same_arguments, set_up, tear_down),
		cmocka_unit_test_setup_teardown(layouts_find_their_words, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
