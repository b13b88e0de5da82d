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

#define WITHHELD "missing: withheld: fewer than 5 answers"

static size_t cells_of(const struct fixture *f, const char *metric)
{
	size_t count = 0;
	for (size_t i = 0; i < f->facts->cells.count; i++)
		count += str_is(f->facts->cells.at[i]->metric->id, metric);
	return count;
}

/* cmo has three answers: nothing of them is kept, and what cio's would give away with the joint value is not either. */
static void few_answers_are_withheld(void **state)
{
	(void)state;
	static const char *const where[] = { "survey", "company" };
	for (size_t i = 0; i < 2; i++) {
		struct fixture *f = i ? survey(BRIEFING("min-n='5'", "", SURVEY("", COLUMNS QUESTIONS)), ROWS)
				      : survey(BRIEFING("", "", SURVEY("min-n='5'", COLUMNS QUESTIONS)), ROWS);
		struct buf dump;
		clean(f);
		shows(f, "metric='trust' side='cio'", "60.00");
		shows(f, "metric='trust' side='cmo'", WITHHELD);
		shows(f, "metric='trust' side='cmo'", WITHHELD); /* the second time from what is known */
		shows(f, "metric='yes' side='cmo'", WITHHELD);
		shows(f, "metric='asked' side='cmo'", WITHHELD);
		shows(f, "metric='mood' side='cmo'", WITHHELD);
		shows(f, "metric='trust'", WITHHELD);
		shows(f, "metric='asked'", WITHHELD);
		shows(f, "metric='trust' show='gap'", WITHHELD);
		shows(f, "metric='trust' side='cmo' show='low'", WITHHELD);
		/* The spread of all eight was formed: with cio's it would give cmo's away. */
		shows(f, "metric='spread'", WITHHELD);
		shows(f, "metric='spread' side='cio'", "1.140175");
		shows(f, "metric='plain' side='cmo'", "missing: no value for 'plain' in unit 'emea', 2026-Q3, side 'cmo', actual");
		assert_int_equal(fixture_ask_in(f, "metric='trust'", NULL).withheld, 5);
		assert_int_equal(cells_of(f, "yes") + cells_of(f, "asked") + cells_of(f, "mood") + cells_of(f, "spread"), 4);
		if (!strstr(fixture_said(f), "of fewer than 5 answers, or that would give one away, are withheld [value-withheld]"))
			fail_msg("%s: %s", where[i], fixture_said(f));
		buf_init(&dump, &f->arena, 1 << 16);
		facts_dump(f->facts, &dump);
		assert_null(strstr(dump.ptr, "side=cmo = "));
		assert_null(strstr(dump.ptr, "3.6666"));
		fixture_release(f);
	}
}

/* Counts written down with their source's sample, and a table that says of how many. A count of systems is no count of answers. */
static void stated_values_are_withheld(void **state)
{
	(void)state;
	struct fixture *f = survey(
		BRIEFING("min-n='5'",
			METRIC("linked", "measure='count'") METRIC("systems", "measure='count'")
				METRIC("links", "measure='percent' of='linked' over='systems'"),
			"<source id='panel' title='P' date='2026-09-30' sample='8'/><source id='list' title='L' date='2026-09-30'/>"
			"<values metric='yes' source='panel' period='2026-Q3'><v side='cio'>2</v><v side='cmo'>1</v></values>"
			"<values metric='asked' source='panel' period='2026-Q3'><v side='cio'>6</v><v side='cmo'>2</v></values>"
			"<values metric='linked' source='list' period='2026-Q3'><v>2</v></values>"
			"<values metric='systems' source='list' period='2026-Q3'><v>4</v></values>"
			"<table href='t.csv' period='2026-Q3' metric='plain'/>"),
		"side,value,n,source\ncio,40,12,pulse\ncmo,75,4,pulse\n");
	clean(f);
	shows(f, "metric='trust' side='cio' decimals='1'", "33.3");
	shows(f, "metric='yes' side='cmo'", WITHHELD);
	shows(f, "metric='trust' side='cmo'", WITHHELD);
	shows(f, "metric='trust'", WITHHELD);
	shows(f, "metric='links'", "50");
	shows(f, "metric='plain' side='cio'", "40.00");
	shows(f, "metric='plain' side='cmo'", WITHHELD);
	fixture_release(f);
}

/* Of 40 asked each time, 16 said yes a quarter ago. At 95 per cent (Newcombe): 20 of 40 is 10 points more, of which √(14.8² + 15.4²) = 21.4
 * are chance; 28 of 40 is 30 points more, √(15.4² + 15.4²) = 21.8. At 80 per cent 20 of 40 need √(9.9² + 10.1²) = 14.1 points, 24 of 40
 * (20 points) fewer than that. The same people each time: an answer is an answer. 17 of 41 is 1.5 points more than 16 of 40, which is less
 * than one answer. */
static void what_is_clear(void **state)
{
	(void)state;
	static const struct {
		const char *metric, *source, *values;
		bool clear;
		const char *streak;
	} cases[] = {
		{ "", "sample='40' panel='other'", "<v>20</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", false, "0" },
		{ "", "sample='40' panel='other'", "<v>28</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", true, "1" },
		{ "margin='80'", "sample='40' panel='other'", "<v>20</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", false, "0" },
		{ "margin='80'", "sample='40' panel='other'", "<v>24</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", true, "1" },
		{ "margin='99'", "sample='40' panel='other'", "<v>26</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", false, "0" },
		{ "margin='answer'", "sample='40' panel='other'", "<v>17</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", true, "1" },
		{ "", "sample='40' panel='same'", "<v>17</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", true, "1" },
		{ "", "sample='40' panel='same'", "<v>17</v></values><values metric='asked' source='s' period='2026-Q3'><v>41</v>", false, "0" },
		{ "margin='none'", "sample='40' panel='other'", "<v>17</v></values><values metric='asked' source='s' period='2026-Q3'><v>41</v>", true, "1" },
		/* Counts of what was not asked of anybody are no sample. */
		{ "", "sample='40'", "<v>17</v></values><values metric='asked' source='s' period='2026-Q3'><v>40</v>", true, "1" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a;
		arena_init(&a, 0, NULL);
		struct str text = str_printf(&a,
			"<briefing " SPACE "unit='emea' period='2026-Q3' lang='en'><company name='N' currency='EUR'><units><unit id='emea'><label "
			"lang='en'>EMEA</label></unit></units></company><catalogue>" METRIC("yes", "measure='count'") METRIC("asked",
				"measure='count'") "<metric id='trust' measure='percent' of='yes' over='asked' better='higher' prior='previous' "
			"decimals='2' near='1' %s><label lang='en'>Trust</label></metric></catalogue><facts><source id='s' title='S' "
			"date='2026-09-30' %s/><values metric='yes' source='s' period='2026-Q2'><v>16</v></values><values metric='asked' "
			"source='s' period='2026-Q2'><v>40</v></values><values metric='yes' source='s' period='2026-Q3'>%s</values>"
			"<values metric='trust' period='2026-Q3'><v scenario='plan'>90</v></values></facts></briefing>",
			cases[i].metric, cases[i].source, cases[i].values);
		struct fixture *f = fixture_text(text.ptr);
		clean(f);
		struct answer d = fixture_ask_in(f, "metric='trust' show='difference' versus-period='previous'", NULL);
		assert_int_equal(d.kind, ANSWER_NUMBER);
		if (calc_is_clear(d.value->operands[0], d.value->operands[1]) != cases[i].clear)
			fail_msg("case %zu", i);
		shows(f, "metric='trust' show='streak'", cases[i].streak);
		fixture_release(f);
		arena_release(&a);
	}
}

/* 20 of 40 (50 ± 15) against a plan of 60: short of it, and not clearly: no red. Against 70: red. */
static void status_takes_the_same_decision(void **state)
{
	(void)state;
	static const struct {
		const char *plan;
		enum facts_status status;
		int direction;
	} cases[] = { { "60", FACTS_WATCH, 0 }, { "70", FACTS_BAD, -1 }, { "45", FACTS_GOOD, 0 }, { "30", FACTS_GOOD, 1 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[8192];
		snprintf(text, sizeof text,
			BRIEFING("", "",
				"<source id='s' title='S' date='2026-09-30' sample='40' panel='other'/>"
				"<values metric='yes' source='s' period='2026-Q3'><v side='cio'>20</v></values>"
				"<values metric='asked' source='s' period='2026-Q3'><v side='cio'>40</v></values>"
				"<values metric='trust' period='2026-Q3' side='cio' scenario='plan'><v>%s</v></values>"),
			cases[i].plan);
		struct fixture *f = fixture_text(text);
		clean(f);
		struct calc_status status = calc_status(f->calc, fixture_query(f, "metric='trust' side='cio'"), NULL, &f->diag);
		assert_int_equal(status.status, cases[i].status);
		assert_int_equal(status.direction, cases[i].direction);
		fixture_release(f);
	}
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
		cmocka_unit_test(few_answers_are_withheld),
		cmocka_unit_test(stated_values_are_withheld),
		cmocka_unit_test(what_is_clear),
		cmocka_unit_test(status_takes_the_same_decision),
		cmocka_unit_test(a_row_is_one_respondent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
