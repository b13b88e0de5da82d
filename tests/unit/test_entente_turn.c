/* What a period asks for anew; worked out by hand. */
#include "facts_fixture.h"

#include "entente_turn.h"

#define CATALOGUE                                                                                                 \
	"<catalogue><sides><side id='cio'><label lang='en'>IT</label></side></sides>"                             \
	"<metric id='spend' measure='money' aggregate='sum'><label lang='en'>Spend</label></metric>"              \
	"<metric id='staff' measure='count' aggregate='last'><label lang='en'>Staff</label></metric></catalogue>"
#define BRIEFING(calendar, metric, values)                                                                        \
	"<briefing " SPACE "unit='emea' period='2026-Q3' lang='en-GB'><company name='N' currency='EUR'>" calendar \
	"</company>" CATALOGUE "<facts unit='emea'><values metric='" metric "'>" values "</values></facts></briefing>"

/* What the period asks for of all that the briefing holds: "2026-Q4 2026-Q4-YTD plan", in the order of the values. */
static void asks(const char *briefing, const char *from, const char *to, const char *want)
{
	struct fixture *f = fixture_text(briefing);
	struct turn turn = { .a = &f->arena, .facts = f->facts, .calc = f->calc };
	struct buf got;
	buf_init(&got, &f->arena, 4096);
	assert_true(period_parse(str_from(from), &turn.from) && period_parse(str_from(to), &turn.to));
	for (size_t i = 0; i < f->facts->cells.count; i++) {
		struct facts_value next;
		if (!turn_asks(&turn, f->facts->cells.at[i], &next))
			continue;
		buf_puts(&got, got.len ? " " : "");
		buf_period(&got, next.period);
		buf_puts(&got, next.scenario == SCENARIO_PLAN ? " plan" : "");
		assert_true(decimal_cmp(next.number, f->facts->cells.at[i]->number) == 0);
	}
	buf_putc(&got, '\0');
	if (f->diag.errors)
		fail_msg("%s", fixture_said(f));
	assert_string_equal(got.ptr, want);
	fixture_release(f);
}

static void the_quarter_and_that_of_a_year_ago_come_again(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026-Q3'>4</v>"), "2026-Q3", "2026-Q4", "2026-Q4");
	asks(BRIEFING("", "staff", "<v period='2025-Q3'>4</v>"), "2026-Q3", "2026-Q4", "2025-Q4");
	asks(BRIEFING("", "staff", "<v period='2026-Q2'>4</v>"), "2026-Q3", "2026-Q4", ""); /* older ones are history */
	asks(BRIEFING("", "staff", "<v period='2024-Q3'>4</v>"), "2026-Q3", "2026-Q4", "");
}

static void each_side_is_asked(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026-Q3' side='cio'>4</v><v period='2026-Q3'>5</v>"), "2026-Q3", "2026-Q4", "2026-Q4 2026-Q4");
}

static void what_is_told_already_is_not_asked(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026-Q3'>4</v><v period='2026-Q4'>5</v>"), "2026-Q3", "2026-Q4", "");
	/* the quarter is made of its months, the year to date of its quarters */
	asks(BRIEFING("", "spend", "<v period='2026-Q3'>4</v><v period='2026-10'>1</v><v period='2026-11'>1</v><v period='2026-12'>1</v>"), "2026-Q3",
		"2026-Q4", "");
	asks(BRIEFING("", "spend",
		     "<v period='2026-Q3-YTD'>9</v><v period='2026-Q1'>3</v><v period='2026-Q2'>3</v><v period='2026-Q3'>3</v><v period='2026-Q4'>4</v>"),
		"2026-Q3", "2026-Q4", "");
}

static void months_move_by_as_many_as_the_paper_does(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026-07'>4</v><v period='2026-09'>5</v><v period='2026-06'>6</v>"), "2026-Q3", "2026-Q4", "2026-10 2026-12");
	asks(BRIEFING("", "staff", "<v period='2026-09'>5</v>"), "2026-09", "2026-10", "2026-10");
}

static void the_year_to_date_begins_anew_with_the_year(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026-Q3-YTD'>9</v><v period='2025-Q3-YTD'>8</v>"), "2026-Q3", "2026-Q4", "2026-Q4-YTD 2025-Q4-YTD");
	asks(BRIEFING("", "staff", "<v period='2026-Q4-YTD'>9</v>"), "2026-Q4", "2027-Q1", "2027-Q1-YTD");
	asks(BRIEFING("", "staff", "<v period='2026-Q3-LTM'>9</v>"), "2026-Q3", "2026-Q4", "2026-Q4-LTM");
}

static void years_come_again_with_the_next_year_alone(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026'>9</v>"), "2026-Q3", "2026-Q4", "");
	asks(BRIEFING("", "staff", "<v period='2026'>9</v>"), "2026-Q4", "2027-Q1", "2027");
}

static void targets_are_asked_as_far_ahead(void **state)
{
	(void)state;
	asks(BRIEFING("", "staff", "<v period='2026-Q3' scenario='plan'>9</v>"), "2026-Q3", "2026-Q4", "2026-Q4 plan");
	asks(BRIEFING("", "staff", "<v period='2027-Q2' scenario='plan'>9</v>"), "2026-Q3", "2026-Q4", "2027-Q3 plan");
	asks(BRIEFING("", "staff", "<v period='2027-Q2'>9</v>"), "2026-Q3", "2026-Q4", ""); /* an actual ahead is nobody's to repeat */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_quarter_and_that_of_a_year_ago_come_again),
		cmocka_unit_test(each_side_is_asked),
		cmocka_unit_test(what_is_told_already_is_not_asked),
		cmocka_unit_test(months_move_by_as_many_as_the_paper_does),
		cmocka_unit_test(the_year_to_date_begins_anew_with_the_year),
		cmocka_unit_test(years_come_again_with_the_next_year_alone),
		cmocka_unit_test(targets_are_asked_as_far_ahead),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
