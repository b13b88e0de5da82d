/* Surveys: what rows of respondents become. Expected numbers are worked out by hand beside each. */
#include "facts_fixture.h"

#include <unistd.h>

#define METRIC(id, rest) "<metric id='" id "' " rest "><label lang='en'>" id "</label></metric>"
#define BRIEFING(company, metrics, facts)                                                                                        \
	"<briefing " SPACE "unit='emea' period='2026-Q3' lang='en'><company name='N' currency='EUR' " company "><units><unit id='emea'><label " \
	"lang='en'>EMEA</label></unit><unit id='apac'><label lang='en'>APAC</label></unit></units></company><catalogue><sides><side " \
	"id='cio'><label lang='en'>CIO</label></side><side id='cmo'><label lang='en'>CMO</label></side></sides>"                 \
	METRIC("yes", "measure='count' aggregate='sum' joint='sum'") METRIC("asked", "measure='count' aggregate='sum' joint='sum'") \
	METRIC("trust", "measure='percent' of='yes' over='asked' better='higher' joint='mean' prior='previous' decimals='2'")    \
	METRIC("plain", "measure='percent' better='higher' decimals='2'")                                                        \
	METRIC("mood", "measure='score' better='higher' joint='mean' decimals='6' prior='previous'")                             \
	METRIC("spread", "measure='score' decimals='6'") metrics                                                                 \
	"</catalogue><facts><source id='pulse' title='Pulse' date='2026-09-30'/>" facts "</facts></briefing>"
#define COLUMNS "<column name='unit' to='unit'/><column name='office' to='side'/><column name='who' to='respondent'/>"
#define QUESTIONS                                                                                                \
	"<question column='q' metric='trust' scale='1..5' share-of='4 5' missing='99'/>"                         \
	"<question column='q' metric='mood' scale='1..5' as='mean' missing='99'/>"                               \
	"<question column='q' metric='spread' scale='1..5' as='spread' missing='99'/>"
#define ROWS                                                                                                     \
	"unit,office,who,q,w\nemea,cio,a1,5,2\nemea,cio,a2,4,1\nemea,cio,a3,3,1\nemea,cio,a4,2,1\nemea,cio,a5,4,1\n" \
	"emea,cmo,b1,5,1\nemea,cmo,b2,5,1\nemea,cmo,b3,99,1\nemea,cmo,b4,1,1\n"
#define SURVEY(attributes, children) "<survey href='t.csv' source='pulse' " attributes ">" children "</survey>"

static struct fixture *survey(const char *briefing, const char *csv)
{
	char folder[] = "/tmp/facts-survey-XXXXXX", path[128];
	const char *const names[2] = { "t.csv", "briefing.xml" }, *const texts[2] = { csv, briefing };
	struct fixture *f = malloc(sizeof *f);
	fixture_init(f);
	assert_non_null(mkdtemp(folder));
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		FILE *out = fopen(path, "wb");
		assert_non_null(out);
		fputs(texts[i], out);
		fclose(out);
	}
	assert_true(folder_open(&f->arena, str_copy(&f->arena, str_from(folder)), &f->root));
	f->root.name = (struct str){ 0 };
	fixture_read(f, xml_load(&f->loader, STR("briefing.xml"), (struct src_pos){ 0 }), 0);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
	return f;
}

static void shows(struct fixture *f, const char *query, const char *expected)
{
	assert_string_equal(fixture_answer(f, query, NULL), expected);
}

static void clean(struct fixture *f)
{
	if (f->diag.errors)
		fail_msg("%s", fixture_said(f));
}

/* cio: 5 4 3 2 4: 3 of 5 in the set; mean 18/5; deviations² 1.96 + .16 + .36 + 2.56 + .16 = 5.2, by 4 = 1.3, root 1.140175.
 * cmo: 5 5 1 and one who did not answer: 2 of 3; mean 11/3; 2 × (4/3)² + (8/3)² = 96/9, by 2 = 5.3333, root 2.309401. */
static void shares_means_spreads(void **state)
{
	(void)state;
	struct fixture *f = survey(BRIEFING("", "", SURVEY("", COLUMNS QUESTIONS)), ROWS);
	clean(f);
	shows(f, "metric='yes' side='cio'", "3");
	shows(f, "metric='asked' side='cio'", "5");
	shows(f, "metric='trust' side='cio'", "60.00");
	shows(f, "metric='trust' side='cmo'", "66.67");
	shows(f, "metric='asked'", "8");
	shows(f, "metric='mood' side='cio'", "3.600000");
	shows(f, "metric='mood' side='cmo'", "3.666667");
	shows(f, "metric='spread' side='cio'", "1.140175");
	shows(f, "metric='spread' side='cmo'", "2.309401");
	/* Nobody forms it of the sides': all eight together. 29/8; Σx² = 70 + 51 = 121; (121 - 841/8) / 7 = 2.267857, root 1.505941. */
	shows(f, "metric='spread'", "1.505941");
	shows(f, "metric='trust' side='cio' show='sample'", "5");
	fixture_release(f);
}

/* Weights 2 1 1 1 1: in the set 2 + 1 + 1 of 6; effective 36 / 8 = 4.5; mean 23/6; (95/6 - (23/6)²) × 4.5/3.5 = 1.464286, root 1.210077.
 */
static void weights(void **state)
{
	(void)state;
	struct fixture *f = survey(BRIEFING("", "", SURVEY("", COLUMNS "<column name='w' to='weight'/>" QUESTIONS)), ROWS);
	clean(f);
	shows(f, "metric='trust' side='cio'", "66.67");
	shows(f, "metric='mood' side='cio'", "3.833333");
	shows(f, "metric='spread' side='cio'", "1.210077");
	shows(f, "metric='yes' side='cio'", "missing: no value for 'yes' in unit 'emea', 2026-Q3, side 'cio', actual");
	struct answer a = fixture_ask_in(f, "metric='trust' side='cio'", NULL);
	assert_int_equal(a.kind, ANSWER_NUMBER);
	assert_int_equal(a.value->sample->n, 5);
	assert_int_equal(a.value->sample->effective.coef, 4500);
	assert_true(str_is(a.value->source->sample, "5"));
	assert_true(str_is(a.value->source->effective, "5")); /* 4.5, rounded */
	assert_true(str_is(a.value->sample->rows, "column 'q', 5 rows"));
	fixture_release(f);
}

/* Answers in words, other periods, rows of other units, a joint value that the survey itself forms: 3 of 5. */
static void words_and_periods(void **state)
{
	(void)state;
	struct fixture *f = survey(
		BRIEFING("", "",
			SURVEY("separator=';' units='own'",
				"<column name='unit' to='unit'/><column name='office' to='side'/><column name='wave' to='period'/>"
				"<question column='says' metric='plain' scale='no|rather|quite so' share-of='rather | quite so'/>")),
		"unit;office;wave;says\nemea;cio;2026-Q3;quite so\nemea;cio;2026-Q3;no\nemea;cmo;2026-Q3;rather\nemea;cmo;2026-Q3;\n"
		"emea;cmo;2026-Q3;no\nemea;cmo;2026-Q3;rather\nemea;cio;2026-Q2;no\napac;cio;2026-Q3;no\n");
	clean(f);
	shows(f, "metric='plain' side='cio'", "50.00");
	shows(f, "metric='plain' side='cmo'", "66.67");
	shows(f, "metric='plain'", "60.00");
	shows(f, "metric='plain' side='cio' period='2026-Q2'", "0.00");
	fixture_release(f);
}

static void a_row_is_one_respondent(void **state)
{
	(void)state;
	static const struct {
		const char *csv, *says;
	} cases[] = {
		{ "unit,office,who,q\nemea,cio,a1,5\nemea,cmo,a1,5\n", "t.csv:3:10: error: a respondent is counted twice" },
		{ "unit,office,who,q\nemea,cio,a1,6\n", "t.csv:2:13: error: '6' is no answer of the scale '1..5'" },
		{ "unit,office,who,q\nemea,cio,a1,4.5\n", "t.csv:2:13: error: '4.5' is no answer of the scale '1..5'" },
		{ "unit,office,who,q\nemea,cio,a1,yes\n", "'yes' is no answer" },
		{ "unit,office,who,q\nemea,cio,,5\n", "does not say who answered" },
		{ "unit,office,who,q\nemea,coi,a1,5\n", "'coi'" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture *f = survey(BRIEFING("", "", SURVEY("", COLUMNS QUESTIONS)), cases[i].csv);
		assert_int_not_equal(f->diag.errors, 0);
		if (!strstr(fixture_said(f), cases[i].says))
			fail_msg("%s", fixture_said(f));
		assert_int_equal(f->facts->cells.count, 0);
		fixture_release(f);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_means_spreads),
		cmocka_unit_test(weights),
		cmocka_unit_test(words_and_periods),
		cmocka_unit_test(a_row_is_one_respondent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
