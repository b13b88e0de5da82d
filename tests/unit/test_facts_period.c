/* Periods made of other periods, calendars, and what must not meet; figures worked out by hand. */
#include "facts_fixture.h"

#define HEAD "<briefing " SPACE "unit='emea' period='2026-Q3' lang='en-GB'><company name='N' currency='EUR'>"
#define CATALOGUE                                                                                                     \
	"</company><catalogue><sides><side id='cio'><label lang='en'>IT</label></side></sides>"                       \
	"<metric id='spend' measure='money' aggregate='sum'><label lang='en'>Spend</label></metric>"                  \
	"<metric id='staff' measure='count' aggregate='last'><label lang='en'>Staff</label></metric>"                 \
	"</catalogue><facts unit='emea'>"
#define BRIEFING(company, facts) HEAD company CATALOGUE facts "</facts></briefing>"

static void shows(const char *facts, const char *query, const char *want)
{
	char text[8192];
	snprintf(text, sizeof text, BRIEFING("", "<values metric='spend'>%s</values>"), facts);
	struct fixture *f = fixture_text(text);
	const char *got = fixture_shows(f, query);
	if (f->diag.messages.count)
		fail_msg("%s: %s", query, fixture_said(f));
	if (strcmp(got, want) != 0)
		fail_msg("%s shows '%s', not '%s'", query, got, want);
	fixture_release(f);
}

#define MONTHS                                                                                                             \
	"<v period='2025-10'>1</v><v period='2025-11'>2</v><v period='2025-12'>3</v><v period='2026-01'>10</v>"            \
	"<v period='2026-02'>20</v><v period='2026-03'>30</v><v period='2026-04'>40</v><v period='2026-05'>50</v>"         \
	"<v period='2026-06'>60</v><v period='2026-07'>70</v><v period='2026-08'>80</v><v period='2026-09'>90</v>"

static void longer_periods_are_sums(void **state)
{
	(void)state;
	shows(MONTHS, "metric='spend'", "240");
	shows(MONTHS, "metric='spend' period='previous'", "150");
	shows(MONTHS, "metric='spend' period='2026-H1'", "210");
	shows(MONTHS, "metric='spend' period='ytd'", "450");
	shows(MONTHS, "metric='spend' period='2026-08-YTD'", "360");
	shows(MONTHS, "metric='spend' period='ltm'", "456");
	shows(MONTHS, "metric='spend' period='2026-Q3-LTM'", "456");
	shows(MONTHS "<v period='2025-09'>5</v>", "metric='spend' period='2026-08-LTM'", "371");
	shows(MONTHS, "metric='spend' period='2026-08-LTM'",
		"missing: no value for 'spend' in unit 'emea', 2026-08-LTM, actual"); /* September 2025 is missing */
	shows(MONTHS, "metric='spend' period='2026'", "missing: no value for 'spend' in unit 'emea', 2026, actual");
}

/* Offices that state the year to date alone. */
static void quarters_are_what_the_year_grew_by(void **state)
{
	(void)state;
	static const char to_date[] = "<v period='2025-Q3-YTD'>300</v><v period='2025'>420</v><v period='2026-Q1-YTD'>110</v>"
				      "<v period='2026-Q2-YTD'>230</v><v period='2026-Q3-YTD'>333</v>";
	shows(to_date, "metric='spend' period='2026-Q3'", "103");
	shows(to_date, "metric='spend' period='2026-Q1'", "110");
	shows(to_date, "metric='spend' period='2026-H1'", "230");
	shows(to_date, "metric='spend' period='2025-Q4-YTD'", "420");
	shows(to_date, "metric='spend' period='2025-Q4-LTM'", "420");
	shows(to_date, "metric='spend' period='ltm'", "453"); /* 333 + 420 - 300 */
}

static void only_additive_metrics_are_summed(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING("", "<values metric='staff'><v period='2026-07'>1</v><v period='2026-08'>2</v>"
						      "<v period='2026-09'>3</v></values>"));
	assert_string_equal(fixture_shows(f, "metric='staff'"), "missing: no value for 'staff' in unit 'emea', 2026-Q3, actual");
	fixture_release(f);
}

static void operands_lead_to_what_was_read(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING("", "<values metric='spend'>" MONTHS "</values>"));
	struct answer a = fixture_ask_in(f, "metric='spend' period='ltm'", NULL);
	assert_int_equal(a.kind, ANSWER_NUMBER);
	assert_int_equal(a.value->operation, OP_SUM);
	assert_int_equal(a.value->operand_count, 4);
	assert_int_equal(a.value->operands[3]->operand_count, 3);
	assert_int_equal(a.value->operands[3]->operands[2]->operation, OP_READ);
	assert_ptr_equal(a.value, fixture_ask_in(f, "metric='spend' period='2026-Q3-LTM'", NULL).value);
	fixture_release(f);
}

static void check_message(const char *text, enum diag_code code, const char *want)
{
	struct fixture *f = fixture_text(text);
	assert_string_equal(fixture_message(f, code), want);
	fixture_release(f);
}

static void what_is_stated_agrees_with_its_parts(void **state)
{
	(void)state;
	shows("<v period='2026-Q1'>10</v><v period='2026-Q2'>20</v><v period='2026-Q3'>5</v><v period='2026-H1'>30</v>"
	      "<v period='2026-Q2-YTD'>30</v>",
		"metric='spend' period='2026-H1'", "30");
	check_message(BRIEFING("", "<values metric='spend'><v period='2026-Q1'>10</v><v period='2026-Q2'>20</v>"
				   "<v period='2026-Q2-YTD'>31</v></values>"),
		DIAG_PARTS_TOTAL,
		"briefing.xml:1:490: 'spend' in unit 'emea', 2026-Q2-YTD, actual: stated as 31, but its parts give 30 | "
		"briefing.xml:1:438: 2 parts, the first one here");
}

static void kinds_do_not_meet(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING("", "<values metric='spend'>" MONTHS "<v period='2025'>6</v></values>"));
	struct answer a;
	assert_string_equal(fixture_shows(f, "metric='spend' show='ratio' versus-period='2025' mixed='yes'"), "40.00");
	assert_int_equal(f->diag.errors, 0);
	a = fixture_ask_in(f, "metric='spend' show='ratio' versus-period='2025' period='ytd'", NULL);
	assert_int_equal(a.kind, ANSWER_MISSING);
	assert_int_equal(f->diag.errors, 1);
	const struct facts_value *both[2] = { fixture_ask_in(f, "metric='spend' period='2026-Q3-LTM'", NULL).value,
		fixture_ask_in(f, "metric='spend' period='2025'", NULL).value };
	calc_sum(f->calc, both, 2, (struct src_pos){ 0 }, &f->diag);
	assert_int_equal(f->diag.errors, 2);
	both[1] = fixture_ask_in(f, "metric='spend' period='2026-Q1'", NULL).value;
	both[0] = fixture_ask_in(f, "metric='spend' period='2026-Q2'", NULL).value;
	const struct facts_value *sum = calc_sum(f->calc, both, 2, (struct src_pos){ 0 }, &f->diag);
	assert_int_equal(sum->number.coef, 210);
	assert_int_equal(f->diag.errors, 2);
	fixture_shows(f, "metric='spend' period='2026-Q1-LTM..2026-Q3-LTM'");
	assert_int_equal(f->diag.errors, 3); /* eleven months would count twice or more */
	fixture_release(f);
}

static void calendars(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(
		BRIEFING("<calendar start='2' pattern='4-5-4' ends='saturday' on='nearest' named-for='start' long-years='2023 2028'/>", ""));
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	assert_int_equal(f->facts->calendar.pattern, CALENDAR_4_5_4);
	assert_int_equal(f->facts->calendar.weekday, 6);
	assert_true(f->facts->calendar.nearest && f->facts->calendar.named_for_start);
	/* the third quarter of 2026 ends 39 weeks after Saturday, 31 January 2026 */
	assert_int_equal(date_days(f->facts->as_of), date_days((struct date){ 2026, 10, 31 }));
	fixture_release(f);
}

/* Every kind of period out of three years of months, against sums made here. */
enum { MONTHS_MADE = 36 };

static long summed(const int *months, int last, int count)
{
	long sum = 0;
	for (int i = 0; i < count; i++)
		sum += months[last - i];
	return sum;
}

static void expect(struct fixture *f, const char *period, long want)
{
	char query[96], text[32];
	snprintf(query, sizeof query, "metric='spend' period='%s'", period);
	snprintf(text, sizeof text, "%ld", want);
	const char *got = fixture_shows(f, query);
	if (strcmp(got, text) != 0)
		fail_msg("%s shows '%s', not '%s'", period, got, text);
}

static void all_kinds_out_of_months(void **state)
{
	(void)state;
	char facts[4096] = "", text[8192], period[32];
	int months[MONTHS_MADE];
	unsigned random = 20260922;
	for (int i = 0; i < MONTHS_MADE; i++) {
		random = random * 1103515245u + 12345u;
		months[i] = (int)(random >> 16) % 1000;
		snprintf(facts + strlen(facts), sizeof facts - strlen(facts), "<v period='%d-%02d'>%d</v>", 2024 + i / 12, i % 12 + 1, months[i]);
	}
	snprintf(text, sizeof text, BRIEFING("", "<values metric='spend'>%s</values>"), facts);
	struct fixture *f = fixture_text(text);
	for (int i = 0; i < MONTHS_MADE; i++) {
		int year = 2024 + i / 12, month = i % 12 + 1;
		snprintf(period, sizeof period, "%d-%02d-YTD", year, month);
		expect(f, period, summed(months, i, month));
		snprintf(period, sizeof period, "%d-%02d-LTM", year, month);
		if (i >= 11)
			expect(f, period, summed(months, i, 12));
		snprintf(period, sizeof period, "%d-Q%d", year, month / 3);
		if (month % 3 == 0)
			expect(f, period, summed(months, i, 3));
		snprintf(period, sizeof period, "%d-H%d", year, month / 6);
		if (month % 6 == 0)
			expect(f, period, summed(months, i, 6));
		snprintf(period, sizeof period, "%d", year);
		if (month == 12)
			expect(f, period, summed(months, i, 12));
	}
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	fixture_release(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(longer_periods_are_sums),
		cmocka_unit_test(quarters_are_what_the_year_grew_by),
		cmocka_unit_test(only_additive_metrics_are_summed),
		cmocka_unit_test(operands_lead_to_what_was_read),
		cmocka_unit_test(what_is_stated_agrees_with_its_parts),
		cmocka_unit_test(kinds_do_not_meet),
		cmocka_unit_test(calendars),
		cmocka_unit_test(all_kinds_out_of_months),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
