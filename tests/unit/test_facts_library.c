/* The shipped catalogue and benchmarks: sound, complete in both languages, and the benchmarks as
 * their articles print them. */
#include "facts_fixture.h"

static struct fixture *library_in(const char *lang)
{
	struct fixture *f = malloc(sizeof *f);
	fixture_init(f);
	fixture_library(f);
	struct str text =
		str_printf(&f->arena, "<briefing " SPACE "period='2026-Q3' lang='%s'/>", lang);
	fixture_read(f,
		xml_parse(&f->arena, source_from(&f->arena, STR("briefing.xml"), text), &f->diag),
		2);
	return f;
}

static void sound_in_both_languages(void **state)
{
	(void)state;
	static const char *const langs[] = { "en", "de", "en-GB", "de-AT" };
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
		struct fixture *f = library_in(langs[i]);
		if (f->diag.messages.count)
			fail_msg("%s", fixture_said(f));
		fixture_release(f);
	}
}

static bool has_both(const struct facts_labels *labels)
{
	return labels->count == 2 && facts_label(labels, STR("en"), false).len &&
		facts_label(labels, STR("de"), false).len;
}

static void everything_has_two_labels(void **state)
{
	(void)state;
	struct fixture *f = library_in("en");
	const struct facts *facts = f->facts;
	for (size_t i = 0; i < facts->metrics.count; i++) {
		const struct facts_metric *m = facts->metrics.entries[i].value;
		if (!has_both(&m->labels) || (m->units.count && !has_both(&m->units)) ||
			m->group.len == 0)
			fail_msg("metric " STR_FMT, STR_ARG(m->id));
	}
	for (size_t i = 0; i < facts->kinds.count; i++) {
		const struct facts_kind *kind = facts->kinds.entries[i].value;
		if (!has_both(&kind->labels))
			fail_msg("kind " STR_FMT, STR_ARG(kind->id));
		for (size_t k = 0; k < kind->field_count; k++) {
			const struct facts_field_def *def = &kind->fields[k];
			if (def->type == FIELD_TEXT && !def->translated &&
				(str_is(def->id, "why") || str_is(def->id, "evidence")))
				fail_msg("kind " STR_FMT ", field " STR_FMT " is not translated",
					STR_ARG(kind->id), STR_ARG(def->id));
		}
	}
	fixture_release(f);
}

/* The metrics of the domain notes, by their numbers there. */
static void every_metric_is_there(void **state)
{
	(void)state;
	static const char *const ids[] = {
		"spend-it",
		"spend-marketing",
		"spend-joint",
		"it-budget-of-revenue",
		"marketing-budget-of-revenue",
		"marketing-it-ratio",
		"it-budget-growth",
		"marketing-budget-growth",
		"budget-increase",
		"spend-outside-it",
		"martech-bought-by-marketing",
		"influenced-by-marketing",
		"spend",
		"spend-year",
		"spend-run",
		"spend-grow",
		"spend-transform",
		"licences-unused",
		"priority-alignment",
		"confidence",
		"alignment-gap",
		"trust",
		"leadership",
		"shared-goals",
		"shared-goals-share",
		"priority-agreement",
		"joint-technologies",
		"joint-purchases",
		"purchases-alone",
		"decision-time",
		"asks-decided",
		"lead-time",
		"backlog",
		"on-time",
		"scope-delivered",
		"marketing-systems",
		"systems-integrated",
		"single-customer-view",
		"shared-data-sets",
		"platform-availability",
		"response-time",
		"channels-orchestrated",
		"security-reviewed",
		"open-findings",
		"consent-coverage",
		"account-rules-kept",
		"licences-checked",
		"joint-revenue",
		"experience-index",
		"benefit-realised",
		"relationship-strength",
		"people-assigned",
		"meetings-held",
		"priority-score",
		"outside-limit",
		"wait-time",
		"build-time",
		"option-net",
		"step-rating",
	};
	struct fixture *f = library_in("en");
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (!facts_metric_lookup(f->facts, str_from(ids[i])))
			fail_msg("no metric %s", ids[i]);
	fixture_release(f);
}

static void directions(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		uint8_t better, measure;
	} rows[] = {
		{ "spend-outside-it", BETTER_LOWER, MEASURE_PERCENT },
		{ "priority-alignment", BETTER_HIGHER, MEASURE_PERCENT },
		{ "lead-time", BETTER_LOWER, MEASURE_DAYS },
		{ "backlog", BETTER_LOWER, MEASURE_COUNT },
		{ "it-budget-of-revenue", BETTER_NONE, MEASURE_PERCENT },
		{ "marketing-it-ratio", BETTER_NONE, MEASURE_RATIO },
		{ "martech-bought-by-marketing", BETTER_BAND, MEASURE_PERCENT },
		{ "platform-availability", BETTER_HIGHER, MEASURE_PERCENT },
		{ "response-time", BETTER_LOWER, MEASURE_MILLISECONDS },
		{ "open-findings", BETTER_LOWER, MEASURE_COUNT },
		{ "spend-joint", BETTER_HIGHER, MEASURE_MONEY },
		{ "alignment-gap", BETTER_LOWER, MEASURE_POINTS },
		{ "relationship-strength", BETTER_HIGHER, MEASURE_SCORE },
		{ "experience-index", BETTER_HIGHER, MEASURE_INDEX },
	};
	struct fixture *f = library_in("en");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct facts_metric *m = facts_metric_lookup(f->facts, str_from(rows[i].id));
		if (m->better != rows[i].better || m->measure != rows[i].measure)
			fail_msg("%s", rows[i].id);
	}
	/* No share of money is stated or summed: it is made of two amounts. */
	const struct facts_metric *m = facts_metric_lookup(f->facts, STR("spend-outside-it"));
	assert_int_equal(m->aggregate, AGGREGATE_RATIO);
	assert_string_equal(str_terminated(&f->arena, m->of->id), "spend-outside");
	assert_int_equal(m->view_count, 2);
	fixture_release(f);
}

/* ---- benchmarks ---- */

struct printed_benchmark {
	const char *number, *value,
		*shown; /* value or wording, as the article prints it; NULL: none */
	const char *statement, *publisher, *sample, *year, *kind, *article, *caution;
};

#define CISCO "Cisco", "1800 business leaders (all roles)", "not printed", "survey"
#define FORRESTER "Forrester", "308 marketing and tech managers", "not printed", "survey"
#define STUDY_2016 "Gartner", "not printed", "printed for 2016", "measured"

static const struct printed_benchmark printed[] = {
	{ "BM01", "92", NULL, "CMOs whose priorities are completely or very aligned with IT’s",
		CISCO, "A0:7 A0:3", "year not printed; number of CMOs not given" },
	{ "BM02", "84", NULL, "CMOs whose technology budget will increase next year", CISCO, "A0:8",
		"" },
	{ "BM03", "25", NULL, "CMOs who expect growth of more than 25 %", CISCO, "A0:8",
		"two different “25 %”" },
	{ "BM04", "81", NULL,
		"CMOs who say up to one half of their technology budget was spent outside IT last "
		"year",
		CISCO, "A0:9", "“up to one half” is a ceiling, not a mean" },
	{ "BM05", "52", NULL, "Operations Managers aligned with IT", CISCO, "A0:11",
		"comparison group" },
	{ "BM06", NULL, "less than half", "Operations Managers expecting technology budget growth",
		CISCO, "A0:11", "no figure" },
	{ "BM07", "59", "about 59 %", "Operations Managers spending up to half outside IT", CISCO,
		"A0:11", "" },
	{ "BM08", "10", NULL, "2013 B2B and B2C marketing budgets, of revenue", "Gartner",
		"not printed", "2013", "measured", "A1:19", "as cited" },
	{ "BM09", "3.6", NULL, "2013 IT budgets, of revenue", "Gartner", "not printed", "2013",
		"measured", "A1:19", "ratio computed by us" },
	{ "BM10", "4.7", NULL, "IT budget growth, printed for 2016", STUDY_2016, "A1:20 A1:7",
		"printed year sits badly with “five years from now”: kept as printed" },
	{ "BM11", "9", NULL, "all marketing budgets, same period", STUDY_2016, "A1:20",
		"printed year sits badly with “five years from now”: kept as printed" },
	{ "BM12", "11", NULL, "high-tech marketing budgets, same period", STUDY_2016, "A1:20",
		"printed year sits badly with “five years from now”: kept as printed" },
	{ "BM13", "30", "nearly one-third",
		"named marketing-related technology and services bought by marketing", "Gartner",
		"not printed", "not printed", "measured", "A1:21", "" },
	{ "BM14", NULL, "almost half", "of all purchases influenced by marketing", "Gartner",
		"not printed", "not printed", "measured", "A1:21", "no figure" },
	{ "BM15", NULL, "prediction, 2017", "CMOs will spend more on IT than CIOs",
		"Gartner, L. McLellan", "none", "January 2012", "prediction", "A1:5 A4:7",
		"prediction: needs an outcome" },
	{ "BM16", "38", NULL, "global IT spending originating outside IT", "Gartner", "not printed",
		"not printed", "measured", "A2:6", "" },
	{ "BM17", "50", "50 % by 2017", "the same share, predicted", "Gartner", "none",
		"not printed", "prediction", "A2:6",
		"prediction; the author asks to be reminded to check" },
	{ "BM18", "56", NULL,
		"marketing people confident in the other camp’s ability to assess priorities",
		FORRESTER, "A2:12 A2:10", "one side of a pair" },
	{ "BM19", "63", NULL, "tech people, same question", FORRESTER, "A2:12",
		"gap 7 points (computed)" },
	{ "BM20", NULL, "slightly more than half",
		"both sides select and deploy technologies jointly", FORRESTER, "A2:15",
		"no figure" },
	{ "BM21", "54", NULL, "believe leadership is in place for marketing technology strategies",
		FORRESTER, "A2:15", "" },
	{ "BM22", NULL, "up compared to last year", "level of trust in the other group", FORRESTER,
		"A2:12", "direction only" },
	{ "BM23", "24", "easily two dozen",
		"marketing systems in any good-sized marketing organisation; “very few” integrated",
		"SAP community", "none", "not printed", "opinion", "A3:16",
		"opinion, not a survey" },
	{ "BM24", NULL, "months—or even years", "wait for a solution marketing asked IT for",
		"SAP community", "none", "not printed", "opinion", "A3:12",
		"qualitative lead time" },
	{ "BM25", NULL, "direction only",
		"high-performing CMOs report a stronger relationship with CIOs", "IBM",
		"not printed", "not printed", "survey", "A3:16", "no figure" },
};

static void same(const char *number, const char *what, struct str have, const char *want)
{
	if (!str_is(have, want))
		fail_msg("%s: %s is '" STR_FMT "', not '%s'", number, what, STR_ARG(have), want);
}

static const struct facts_benchmark *numbered(const struct facts *f, const char *number)
{
	const struct facts_benchmark *found = NULL;
	for (size_t i = 0; i < f->benchmarks.count; i++) {
		const struct facts_benchmark *b = f->benchmarks.entries[i].value;
		if (str_is(b->number, number)) {
			assert_null(found);
			found = b;
		}
	}
	if (!found)
		fail_msg("no benchmark %s", number);
	return found;
}

static void benchmarks_as_printed(void **state)
{
	(void)state;
	struct fixture *f = library_in("en");
	assert_int_equal(sizeof printed / sizeof *printed, 25);
	for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
		const struct printed_benchmark *p = &printed[i];
		const struct facts_benchmark *b = numbered(f->facts, p->number);
		struct buf value;
		buf_init(&value, &f->arena, 64);
		if (b->has_value)
			buf_decimal(&value, b->value);
		same(p->number, "value", buf_str(&value), p->value ? p->value : "");
		same(p->number, "wording", b->shown, p->shown ? p->shown : "");
		same(p->number, "statement", facts_label(&b->statements, STR("en"), false),
			p->statement);
		same(p->number, "publisher", b->publisher, p->publisher);
		same(p->number, "sample", b->sample, p->sample);
		same(p->number, "year", b->undated ? STR("not printed") : b->year, p->year);
		same(p->number, "kind", b->kind, p->kind);
		same(p->number, "article", b->article, p->article);
		same(p->number, "caution", b->caution, p->caution);
		assert_true(has_both(&b->statements) && has_both(&b->samples) && b->study.len);
		assert_true(b->shown.len == 0 || has_both(&b->shown_labels));
		assert_false(b->computed);
	}
	fixture_release(f);
}

static void computed_ones_say_so(void **state)
{
	(void)state;
	struct fixture *f = library_in("en");
	size_t computed = 0;
	for (size_t i = 0; i < f->facts->benchmarks.count; i++) {
		const struct facts_benchmark *b = f->facts->benchmarks.entries[i].value;
		assert_int_equal(b->computed, b->number.len == 0);
		computed += b->computed;
	}
	assert_int_equal(computed, 2);
	assert_int_equal(f->facts->benchmarks.count, 27);
	fixture_release(f);
}

/* What has a date in it grows old; figures without one are judged by the reader. */
static void dated_figures_expire(void **state)
{
	(void)state;
	static const char *const dated[] = { "BM08", "BM09", "BM10", "BM11", "BM12", "BM15",
		"BM17" };
	struct fixture *f = library_in("en");
	for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
		assert_true(numbered(f->facts, dated[i])->expires.year >= 2016);
	assert_int_equal(numbered(f->facts, "BM01")->expires.year, 0);
	fixture_release(f);
}

static void descriptions_in_german(void **state)
{
	(void)state;
	struct fixture *f = library_in("de-AT");
	assert_string_equal(str_terminated(&f->arena, numbered(f->facts, "BM16")->study),
		"Technologieausgaben außerhalb der IT");
	assert_string_equal(
		str_terminated(&f->arena, numbered(f->facts, "BM10")->year), "gedruckt für 2016");
	assert_string_equal(str_terminated(&f->arena, numbered(f->facts, "BM01")->study),
		"Business and IT Priority Survey");
	fixture_release(f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_in_both_languages),
		cmocka_unit_test(everything_has_two_labels),
		cmocka_unit_test(every_metric_is_there),
		cmocka_unit_test(directions),
		cmocka_unit_test(benchmarks_as_printed),
		cmocka_unit_test(computed_ones_say_so),
		cmocka_unit_test(dated_figures_expire),
		cmocka_unit_test(descriptions_in_german),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
