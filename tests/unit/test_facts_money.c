/* Amounts in several currencies: rates, what is converted by which, and what is refused; figures worked out by hand. */
#include "facts_fixture.h"

#define HEAD "<briefing " SPACE "unit='emea' period='2026-Q3' lang='en-GB'><company name='N' currency='EUR'>" \
	"<units><unit id='emea'><label lang='en'>EMEA</label></unit>"                                           \
	"<unit id='us' currency='USD'><label lang='en'>US</label></unit></units>"
#define CATALOGUE                                                                                                   \
	"</company><catalogue><sides><side id='cio'><label lang='en'>IT</label></side>"                             \
	"<side id='cmo'><label lang='en'>Marketing</label></side></sides>"                                          \
	"<kind id='ask'><label lang='en'>Ask</label><field id='amount' type='money'/></kind>"                       \
	"<metric id='spend' measure='money' decimals='2' aggregate='sum' joint='sum'><label lang='en'>Spend</label></metric>"    \
	"<metric id='cash' measure='money' decimals='2' aggregate='last'><label lang='en'>Cash</label></metric>"                 \
	"<metric id='visits' measure='count' aggregate='sum'><label lang='en'>Visits</label></metric>"              \
	"<metric id='cost' measure='money' decimals='3' of='spend' over='visits'><label lang='en'>Cost of a visit</label></metric>" \
	"</catalogue><facts unit='emea'><source id='ecb' title='European Central Bank' date='2026-09-30'/>"
#define BRIEFING(company, facts) HEAD company CATALOGUE facts "</facts></briefing>"
#define RATES                                                                                                     \
	"<rates from='USD' to='EUR' source='ecb'><rate kind='average' period='2026-Q3'>0.9</rate>"                \
	"<rate kind='closing' period='2026-09'>0.88</rate><rate kind='budget' period='2026'>0.95</rate></rates>"

static void shows(const char *facts, const char *query, const char *want)
{
	char text[8192];
	snprintf(text, sizeof text, BRIEFING(RATES, "%s"), facts);
	struct fixture *f = fixture_text(text);
	const char *got = fixture_shows(f, query);
	if (f->diag.messages.count)
		fail_msg("%s: %s", query, fixture_said(f));
	if (strcmp(got, want) != 0)
		fail_msg("%s shows '%s', not '%s'", query, got, want);
	fixture_release(f);
}

#define SPEND(values) "<values metric='spend'>" values "</values>"

static void rates_go_by_what_an_amount_is(void **state)
{
	(void)state;
	shows(SPEND("<v period='2026-Q3' currency='USD'>200</v>"), "metric='spend'", "180.00");
	shows(SPEND("<v period='2026-08' currency='USD'>100</v><v period='2026-07'>5</v><v period='2026-09'>1</v>"), "metric='spend'", "96.00");
	shows(SPEND("<v period='2026-Q3' scenario='plan' currency='USD'>200</v>"), "metric='spend' scenario='plan'", "190.00");
	shows(SPEND("<v period='2026-Q4' scenario='forecast' currency='USD'>10</v>"), "metric='spend' period='next' scenario='forecast'", "9.50");
	shows("<values metric='cash'><v period='2026-Q3' currency='USD'>50</v></values>", "metric='cash'", "44.00");
	/* no rate for the year's average: it stays what it is */
	shows(SPEND("<v period='2026' currency='USD'>7</v>"), "metric='spend' period='2026'", "7.00");
	shows("<asks><ask id='a' label='A' amount='100' currency='USD'/><ask id='b' label='B' amount='5'/></asks>",
		"kind='ask' field='amount' show='sum'", "100");
}

static void sums_are_of_one_currency(void **state)
{
	(void)state;
	shows(SPEND("<v period='2026-Q3' side='cio'>20</v><v period='2026-Q3' side='cmo' currency='USD'>200</v>"), "metric='spend'", "200.00");
	shows(SPEND("<v period='2026-Q3' currency='USD'>200</v>") "<values metric='visits'><v period='2026-Q3'>1600</v></values>",
		"metric='cost'", "0.113"); /* 180 by 1,600: 0.1125 */
	shows(SPEND("<v period='2026-Q3' side='cio'>20</v><v period='2026-Q3' side='cmo' currency='USD'>200</v>"),
		"metric='spend' side='cmo' show='difference' versus-side='cio'", "160.00");
}

static void a_rate_holds_both_ways(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING("<rates from='EUR' to='USD' kind='average'><rate period='2026'>1.25</rate></rates>",
		SPEND("<v period='2026-Q3' currency='USD'>100</v>")));
	assert_string_equal(fixture_shows(f, "metric='spend'"), "80.00");
	fixture_release(f);
}

static void the_rate_is_an_operand(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING(RATES, SPEND("<v period='2026-Q3' currency='USD'>200</v>")));
	const struct facts_value *v = fixture_ask_in(f, "metric='spend'", NULL).value;
	assert_int_equal(v->operation, OP_CONVERT);
	assert_int_equal(v->operands[0]->operation, OP_READ);
	assert_int_equal(v->operands[1]->operation, OP_RATE);
	assert_true(str_is(v->operands[1]->source->id, "ecb"));
	assert_true(str_is(v->operands[1]->note, "USD in EUR, average"));
	assert_true(str_is(v->currency, "EUR"));
	assert_ptr_equal(v, fixture_ask_in(f, "metric='spend'", NULL).value);
	fixture_release(f);
}

/* A unit's amounts are in its currency, and its briefing reports in it. */
static void units_have_currencies(void **state)
{
	(void)state;
	shows("<values metric='spend' unit='us'><v period='2026-Q3'>200</v></values>", "metric='spend' unit='us'", "180.00");
	struct fixture *f = fixture_text("<briefing " SPACE "unit='us' period='2026-Q3'><company name='N' currency='EUR'><units>"
		"<unit id='us' currency='USD'><label lang='en'>US</label></unit><unit id='emea'/></units>" RATES CATALOGUE
		"<values metric='spend' unit='us'><v period='2026-Q3' side='cio'>200</v><v period='2026-Q3' side='cmo' currency='EUR'>90</v>"
		"</values></facts></briefing>");
	assert_true(str_is(f->facts->currency, "USD"));
	assert_string_equal(fixture_shows(f, "metric='spend'"), "300.00");
	assert_int_equal(f->diag.messages.count, 0);
	fixture_release(f);
}

static void says(const char *text, enum diag_code code, const char *part)
{
	struct fixture *f = fixture_text(text);
	const char *said = fixture_message(f, code);
	if (!strstr(said, part))
		fail_msg("'%s' does not say '%s'", said, part);
	fixture_release(f);
}

static void without_a_rate_amounts_do_not_meet(void **state)
{
	(void)state;
	says(BRIEFING("", SPEND("<v period='2026-Q3' side='cio'>20</v><v period='2026-Q3' side='cmo' currency='USD'>200</v>")), DIAG_CURRENCY_MIXED,
		"amounts of 'spend' in EUR and USD cannot be added up; declare the average rate from USD to EUR for 2026-Q3 | ");
	says(BRIEFING(RATES, SPEND("<v period='2026-Q2' side='cio'>20</v><v period='2026-Q2' side='cmo' currency='USD'>200</v>")),
		DIAG_CURRENCY_MIXED, "declare the average rate from USD to EUR for 2026-Q2");
	says(BRIEFING(RATES, SPEND("<v period='2026-Q3' side='cio'>20</v><v period='2026-Q3' side='cmo' currency='CHF'>200</v>")),
		DIAG_CURRENCY_MIXED, "declare the average rate from CHF to EUR for 2026-Q3");
}

static void rates_that_are_wrong(void **state)
{
	(void)state;
	says(BRIEFING("<rates><rate from='USD' to='EUR' kind='average' period='2026'>0.9</rate><rate from='USD' to='EUR' kind='average' "
		      "period='2026'>0.8</rate></rates>", ""),
		DIAG_VALUE_TWICE, "a second average rate from USD to EUR for 2026 | ");
	says(BRIEFING("<rates><rate from='USD' to='EUR' kind='average' period='2026'>0</rate></rates>", ""), DIAG_VALUE_RANGE,
		"a rate of exchange is more than nought");
	says(BRIEFING("<rates><rate from='USD' to='USD' kind='average' period='2026'>1</rate></rates>", ""), DIAG_ATTRIBUTE_VALUE,
		"this rate is from USD to USD itself");
	says(BRIEFING("<rates><rate to='EUR' period='2026'>1</rate></rates>", ""), DIAG_ATTRIBUTE_MISSING, "a rate has no 'from'");
	says(BRIEFING("<rates><rate from='USD' to='EUR' period='2026' kind='average'>0,9</rate></rates>", ""), DIAG_VALUE_NUMBER,
		"'0,9' is not a number");
	says(BRIEFING("<rates source='ezb'><rate from='USD' to='EUR' period='2026' kind='average'>0.9</rate></rates>", ""),
		DIAG_SOURCE_UNKNOWN, "no source 'ezb'; did you mean 'ecb'?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_go_by_what_an_amount_is),
		cmocka_unit_test(sums_are_of_one_currency),
		cmocka_unit_test(a_rate_holds_both_ways),
		cmocka_unit_test(the_rate_is_an_operand),
		cmocka_unit_test(units_have_currencies),
		cmocka_unit_test(without_a_rate_amounts_do_not_meet),
		cmocka_unit_test(rates_that_are_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
