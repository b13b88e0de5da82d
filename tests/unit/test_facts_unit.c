/* Units: groups made of their units, history restated through merges, splits and new names, what is closed; figures worked out by hand. */
#include "facts_fixture.h"

#define UNITS                                                                                                          \
	"<units><unit id='world'><label lang='en'>World</label></unit>"                                                \
	"<unit id='north' parent='world'><label lang='en'>North</label></unit>"                                        \
	"<unit id='iberia' parent='world'><label lang='en'>Iberia</label></unit>"                                      \
	"<unit id='italy' parent='world'><label lang='en'>Italy</label></unit>"                                        \
	"<unit id='south' parent='world'><label lang='en'>South</label></unit>"                                        \
	"<unit-change kind='merge' from='iberia italy' to='south' date='2026-04-01'/></units>"
#define CATALOGUE                                                                                                      \
	"<catalogue><sides><side id='cio'><label lang='en'>IT</label></side></sides>"                                  \
	"<kind id='line'><label lang='en'>Line</label></kind>"                                                         \
	"<metric id='spend' measure='money' aggregate='sum' items='line'><label lang='en'>Spend</label></metric>"      \
	"<metric id='yes' measure='count' aggregate='sum'><label lang='en'>Yes</label></metric>"                       \
	"<metric id='asked' measure='count' aggregate='sum'><label lang='en'>Asked</label></metric>"                   \
	"<metric id='agreed' measure='percent' of='yes' over='asked'><label lang='en'>Agreed</label></metric>"         \
	"<metric id='mood' measure='score' aggregate='mean' weight='asked'><label lang='en'>Mood</label></metric>"     \
	"<metric id='grade' measure='score'><label lang='en'>Grade</label></metric>"                                   \
	"</catalogue>"
#define BRIEFING(unit, units, facts)                                                                                   \
	"<briefing " SPACE "unit='" unit "' period='2026-Q3' lang='en'><company name='N' currency='EUR'>" units        \
	"</company>" CATALOGUE "<facts unit='" unit "'><lines><line id='web' label='Web'/><line id='ads' label='Ads'/></lines></facts>" \
	facts "</briefing>"
#define VALUES(unit, metric, values) "<facts unit='" unit "'><values metric='" metric "'>" values "</values></facts>"

static struct fixture *opened(const char *text)
{
	struct fixture *f = fixture_text(text);
	for (size_t i = 0; i < f->diag.messages.count; i++)
		if (f->diag.messages.at[i].level == DIAG_ERROR)
			fail_msg("%s", fixture_said(f));
	return f;
}

static void a_group_is_its_units(void **state)
{
	(void)state;
	struct fixture *f = opened(BRIEFING("world", UNITS,
		VALUES("north", "spend", "<v period='2026-Q3' item='web'>10</v><v period='2026-Q3' item='ads'>5</v>")
		VALUES("south", "spend", "<v period='2026-Q3' item='web'>7</v>")
		VALUES("north", "yes", "<v period='2026-Q3'>8</v>") VALUES("north", "asked", "<v period='2026-Q3'>10</v>")
		VALUES("south", "yes", "<v period='2026-Q3'>10</v>") VALUES("south", "asked", "<v period='2026-Q3'>30</v>")
		VALUES("north", "mood", "<v period='2026-Q3'>4</v>") VALUES("south", "mood", "<v period='2026-Q3'>2</v>")
		VALUES("north", "grade", "<v period='2026-Q3'>4</v>") VALUES("south", "grade", "<v period='2026-Q3'>2</v>")));
	assert_string_equal(fixture_shows(f, "metric='spend'"), "22");
	assert_string_equal(fixture_shows(f, "metric='spend' item='web'"), "17");
	assert_string_equal(fixture_shows(f, "metric='spend' item='ads'"), "5"); /* the south has none */
	assert_string_equal(fixture_shows(f, "metric='agreed'"), "45");          /* 18 of 40, not the mean of 80 and 33 */
	assert_string_equal(fixture_shows(f, "metric='mood'"), "2.5");           /* (4×10 + 2×30) / 40 */
	assert_string_equal(fixture_shows(f, "metric='grade'"), "missing: no value for 'grade' in unit 'world', 2026-Q3, actual");
	fixture_release(f);
}

static void a_missing_unit_leaves_a_hole(void **state)
{
	(void)state;
	struct fixture *f = opened(BRIEFING("world", UNITS, VALUES("north", "yes", "<v period='2026-Q3'>8</v>")));
	assert_string_equal(fixture_shows(f, "metric='yes'"), "missing: no value for 'yes' in unit 'world', 2026-Q3, actual; unit 'south' has none");
	fixture_release(f);
}

/* What was there before April is counted as what it was; in April one takes the place of two. */
static void history_is_restated(void **state)
{
	(void)state;
	struct fixture *f = opened(BRIEFING("world", UNITS,
		VALUES("north", "yes", "<v period='2025-Q3'>1</v><v period='2026-Q1'>1</v><v period='2026-Q2'>1</v><v period='2026-Q3'>1</v>")
		VALUES("iberia", "yes", "<v period='2025-Q3'>20</v><v period='2026-Q1'>30</v>")
		VALUES("italy", "yes", "<v period='2025-Q3'>5</v><v period='2026-Q1'>6</v>")
		VALUES("iberia", "asked", "<v period='2025-Q3'>40</v>") VALUES("italy", "asked", "<v period='2025-Q3'>10</v>")
		VALUES("iberia", "mood", "<v period='2025-Q3'>3</v>") VALUES("italy", "mood", "<v period='2025-Q3'>4</v>")
		VALUES("south", "yes", "<v period='2026-Q2'>40</v><v period='2026-Q3'>50</v>")));
	assert_string_equal(fixture_shows(f, "metric='yes' unit='south' period='2025-Q3'"), "25");
	assert_string_equal(fixture_shows(f, "metric='yes' unit='south' period='2026-Q3-YTD'"), "126"); /* 36 + 40 + 50 */
	assert_string_equal(fixture_shows(f, "metric='agreed' unit='south' period='2025-Q3'"), "50");
	assert_string_equal(fixture_shows(f, "metric='mood' unit='south' period='2025-Q3'"), "3.2");
	assert_string_equal(fixture_shows(f, "metric='yes' period='2025-Q3'"), "26"); /* not 51 */
	assert_string_equal(fixture_shows(f, "metric='yes' period='2026-Q1'"), "37");
	assert_string_equal(fixture_shows(f, "metric='yes' period='2026-Q3'"), "51");
	assert_string_equal(fixture_shows(f, "metric='yes' period='ytd'"), "129"); /* 37 + 41 + 51 */
	const struct facts_value *v = fixture_ask_in(f, "metric='yes' unit='south' period='2025-Q3'", NULL).value;
	assert_int_equal(v->operation, OP_RESTATE);
	assert_int_equal(v->operand_count, 2);
	fixture_release(f);
}

#define AGO "<units><unit id='a'><label lang='en'>A</label></unit><unit id='b'><label lang='en'>B</label></unit>" \
	"<unit id='c'><label lang='en'>C</label></unit>"

static void splits_and_names(void **state)
{
	(void)state;
	struct fixture *f = opened(BRIEFING("c", AGO "<unit-change kind='split' from='a' to='b c' share='62.5 37.5' date='2026-01-01'/></units>",
		VALUES("a", "yes", "<v period='2025-Q3'>80</v>") VALUES("a", "asked", "<v period='2025-Q3'>160</v>")
		VALUES("a", "grade", "<v period='2025-Q3'>3</v>")));
	assert_string_equal(fixture_shows(f, "metric='yes' period='2025-Q3'"), "30");
	assert_string_equal(fixture_shows(f, "metric='yes' unit='b' period='2025-Q3'"), "50");
	assert_string_equal(fixture_shows(f, "metric='agreed' period='2025-Q3'"), "50");
	assert_string_equal(fixture_shows(f, "metric='grade' period='2025-Q3'"), "missing: no value for 'grade' in unit 'c', 2025-Q3, actual");
	fixture_release(f);
	f = opened(BRIEFING("c", AGO "<unit-change kind='rename' from='a' to='b' date='2025-07-01'/>"
				     "<unit-change kind='rename' from='b' to='c' date='2026-07-01'/></units>",
		VALUES("a", "grade", "<v period='2025-Q2'>3</v>") VALUES("b", "grade", "<v period='2025-Q3'>4</v>")));
	assert_string_equal(fixture_shows(f, "metric='grade' period='2025-Q2'"), "3.0");
	assert_string_equal(fixture_shows(f, "metric='grade' period='2025-Q3'"), "4.0");
	assert_string_equal(fixture_shows(f, "metric='grade'"), "missing: no value for 'grade' in unit 'c', 2026-Q3, actual");
	fixture_release(f);
}

static void says(const char *text, enum diag_code code, const char *part)
{
	struct fixture *f = fixture_text(text);
	const char *said = fixture_message(f, code);
	if (!strstr(said, part))
		fail_msg("'%s' does not say '%s'; said: %s", said, part, fixture_said(f));
	fixture_release(f);
}

static void what_is_wrong_with_units(void **state)
{
	(void)state;
	says(BRIEFING("iberia", UNITS, ""), DIAG_UNIT_CLOSED,
		"unit 'iberia' closed on 2026-03-31 and has no briefing for 2026-Q3; ask for 'south' | ");
	says(BRIEFING("south", UNITS, VALUES("italy", "yes", "<v period='2026-Q1'>1</v><v period='2026-Q2'>1</v>")), DIAG_UNIT_CLOSED,
		"a value of unit 'italy' for 2026-Q2, after it closed on 2026-03-31");
	says(BRIEFING("b", "<units><unit id='b' closed='2025-12-31'><label lang='en'>B</label></unit></units>", ""), DIAG_UNIT_CLOSED,
		"unit 'b' closed on 2025-12-31 and has no briefing for 2026-Q3 | ");
	says(BRIEFING("c", AGO "<unit-change kind='merge' from='a' to='c' date='2026-01-01'/></units>", ""), DIAG_UNIT_CHANGE,
		"a merge is of two units or more");
	says(BRIEFING("c", AGO "<unit-change kind='split' from='a' to='b c' share='60 50' date='2026-01-01'/></units>", ""), DIAG_UNIT_CHANGE,
		"add up to 100");
	says(BRIEFING("c", AGO "<unit-change kind='split' from='a' to='b c' share='100' date='2026-01-01'/></units>", ""), DIAG_UNIT_CHANGE,
		"one share for each new unit");
	says(BRIEFING("c", AGO "<unit-change kind='rename' from='a' to='d' date='2026-01-01'/></units>", ""), DIAG_UNIT_UNKNOWN, "no unit 'd'");
	says(BRIEFING("c", AGO "<unit-change kind='rename' from='a' to='b' date='2026-01-01'/>"
			       "<unit-change kind='rename' from='a' to='c' date='2026-04-01'/></units>", ""),
		DIAG_UNIT_CHANGE, "unit 'a' closes twice | ");
	says(BRIEFING("c", AGO "<unit-change kind='rename' from='a' to='b' date='2026-01-01'/>"
			       "<unit-change kind='rename' from='b' to='a' date='2025-04-01'/></units>", ""),
		DIAG_UNIT_CHANGE, "begins here after it has closed | ");
	says(BRIEFING("a", "<units><unit id='a' parent='b'><label lang='en'>A</label></unit><unit id='b' parent='a'/></units>", ""),
		DIAG_UNIT_CHANGE, "unit 'a' is part of itself by way of its parent 'b'");
	says(BRIEFING("world", UNITS, VALUES("world", "yes", "<v period='2026-Q3'>9</v>") VALUES("north", "yes", "<v period='2026-Q3'>4</v>")
		VALUES("south", "yes", "<v period='2026-Q3'>4</v>")),
		DIAG_PARTS_TOTAL, "'yes' in unit 'world', 2026-Q3, actual: stated as 9, but its parts give 8 | ");
}

/* A chain of groups, and one of new names, as long as it may be and one longer. */
static struct fixture *chain(const char *what, int length)
{
	static char text[16384];
	int at = snprintf(text, sizeof text, "<briefing " SPACE "unit='u0' period='2026-Q3'><company name='N' currency='EUR'><units>");
	for (int i = 0; i <= length; i++)
		at += snprintf(text + at, sizeof text - (size_t)at, *what == 'g' && i ? "<unit id='u%d' parent='u%d'/>" : "<unit id='u%d'/>", i, i - 1);
	for (int i = 0; *what == 'n' && i < length; i++)
		at += snprintf(text + at, sizeof text - (size_t)at, "<unit-change kind='rename' from='u%d' to='u%d' date='%d-01-01'/>", i + 1, i,
			2020 - i);
	snprintf(text + at, sizeof text - (size_t)at, "</units></company>" CATALOGUE
		"<facts unit='u%d'><values metric='yes'><v period='1970-Q3'>7</v></values></facts></briefing>", length);
	return fixture_text(text);
}

static void chains_have_an_end(void **state)
{
	(void)state;
	struct fixture *f = chain("groups", 32);
	assert_string_equal(fixture_message(f, DIAG_LIMIT), "");
	assert_string_equal(fixture_shows(f, "metric='yes' period='1970-Q3'"), "7");
	fixture_release(f);
	f = chain("groups", 33);
	assert_non_null(strstr(fixture_message(f, DIAG_LIMIT), "unit 'u33' is in more than 32 groups, one in another"));
	fixture_release(f);
	f = chain("names", 32);
	assert_string_equal(fixture_message(f, DIAG_LIMIT), "");
	assert_string_equal(fixture_shows(f, "metric='yes' period='1970-Q3'"), "7");
	fixture_release(f);
	f = chain("names", 33);
	assert_non_null(strstr(fixture_message(f, DIAG_LIMIT), "unit 'u0' has more than 32 changes behind it"));
	fixture_release(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_is_its_units),
		cmocka_unit_test(a_missing_unit_leaves_a_hole),
		cmocka_unit_test(history_is_restated),
		cmocka_unit_test(splits_and_names),
		cmocka_unit_test(what_is_wrong_with_units),
		cmocka_unit_test(chains_have_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
