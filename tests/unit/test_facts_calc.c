/* Derived values against figures worked out by hand: the quarter that the visual targets show. */
#include "facts_fixture.h"

static int open_quarter(void **state)
{
	*state = fixture_file("briefing.xml");
	return 0;
}

static int close_quarter(void **state)
{
	fixture_release(*state);
	return 0;
}

static void the_quarter_is_sound(void **state)
{
	struct fixture *f = *state;
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	assert_int_equal(facts_records(f->facts, STR("line"))->list.count, 13);
	assert_int_equal(facts_records(f->facts, STR("system"))->list.count, 24);
}

/* Each row: a query and what it shows. */
struct row {
	const char *query, *shown;
};

static void check_rows(struct fixture *f, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *shown = fixture_shows(f, rows[i].query);
		if (strcmp(shown, rows[i].shown) != 0)
			fail_msg("%s shows '%s', not '%s'", rows[i].query, shown, rows[i].shown);
	}
	if (f->diag.errors)
		fail_msg("%s", fixture_said(f));
}
#define CHECK(f, rows) check_rows(f, rows, sizeof rows / sizeof *rows)

static void shares_come_from_counts(void **state)
{
	static const struct row rows[] = {
		/* 17/22, 17/19; the joint view is the mean of the two as printed */
		{ "metric='priority-alignment' side='cio'", "77" },
		{ "metric='priority-alignment' side='cmo'", "89" },
		{ "metric='priority-alignment'", "83" },
		{ "metric='priority-alignment' scenario='plan'", "80" },
		{ "metric='priority-alignment' period='year-ago'", "71" },
		{ "metric='confidence'", "59" }, /* 64 and 53 */
		{ "metric='confidence' period='prior'", "61" },
		{ "metric='leadership'", "59" }, /* 59.09 and 57.89: 59 and 58, mean 58.5 */
		/* 18/28, 12/24, 30/52: made of the parts of both, not a mean */
		{ "metric='joint-purchases' side='cio'", "64" },
		{ "metric='joint-purchases' side='cmo'", "50" },
		{ "metric='joint-purchases'", "58" },
		{ "metric='joint-purchases' period='year-ago'",
			"46" }, /* 22/48, told without sides */
		{ "metric='spend-outside-it'", "22" },
		{ "metric='spend-outside-it' scenario='plan'", "19" },
		{ "metric='spend-outside-it' period='year-ago'", "27" },
		{ "metric='spend-outside-it' period='last-year'",
			"27" }, /* 4.4 of 16.3, told by payer only */
		{ "metric='spend-outside-it' period='next-year' scenario='plan'", "14" },
	};
	CHECK(*state, rows);
}

static void differences_are_of_printed_figures(void **state)
{
	static const struct row rows[] = {
		{ "metric='priority-alignment' show='difference'", "3" },
		{ "metric='priority-alignment' show='change' versus-scenario='plan'", "4" },
		{ "metric='priority-alignment' show='difference' versus-period='year-ago'", "12" },
		{ "metric='priority-alignment' show='change' versus-period='year-ago'", "17" },
		{ "metric='joint-purchases' show='difference' versus-scenario='plan'", "-2" },
		{ "metric='joint-purchases' show='change' versus-scenario='plan'", "-3" },
		{ "metric='joint-purchases' show='change' versus-period='year-ago'", "26" },
		{ "metric='spend-outside-it' show='difference' versus-scenario='plan'", "3" },
		{ "metric='spend-outside-it' show='change' versus-scenario='plan'", "16" },
		{ "metric='spend-outside-it' show='difference' versus-period='year-ago'", "-5" },
		{ "metric='spend-outside-it' show='change' versus-period='year-ago'", "-19" },
		{ "metric='confidence' show='difference' versus-scenario='plan'", "-6" },
		{ "metric='confidence' show='change' versus-scenario='plan'", "-9" },
		{ "metric='priority-alignment' show='gap'", "12" },
		{ "metric='priority-alignment' show='gap' period='year-ago'", "6" },
		{ "metric='priority-alignment' show='difference' of='gap' versus-period='year-ago'",
			"6" },
		{ "metric='alignment-gap'", "12" },
		{ "metric='spend' item='analytics-subscriptions' show='difference' "
		  "versus-scenario='plan'",
			"0.31" },
		{ "metric='spend' item='analytics-subscriptions' show='change' "
		  "versus-scenario='plan' decimals='1'",
			"45.6" },
		{ "metric='spend' show='difference' period='next-year' scenario='plan' "
		  "versus-period='this-year' versus-scenario='forecast' decimals='1'",
			"1.4" },
		{ "metric='spend' show='change' period='next-year' scenario='plan' "
		  "versus-period='this-year' versus-scenario='forecast' decimals='1'",
			"8.3" },
	};
	CHECK(*state, rows);
}

static void a_gap_of_percents_is_in_points(void **state)
{
	struct fixture *f = *state;
	struct answer gap = fixture_ask_in(f, "metric='priority-alignment' show='gap'", NULL);
	assert_int_equal(gap.kind, ANSWER_NUMBER);
	assert_int_equal(gap.value->measure, MEASURE_POINTS);
	assert_int_equal(gap.value->operation, OP_GAP);
	assert_int_equal(gap.value->operand_count, 2);
	assert_string_equal(str_terminated(&f->arena, gap.value->operands[0]->side->id), "cmo");
	assert_null(gap.value->side);
}

static void money_adds_up(void **state)
{
	static const struct row rows[] = {
		{ "metric='spend' item='it' period='this-year' scenario='forecast' decimals='1'",
			"8.3" },
		{ "metric='spend' item='joint' period='this-year' scenario='forecast' decimals='1'",
			"1.8" },
		{ "metric='spend' item='via' period='this-year' scenario='forecast' decimals='1'",
			"3.1" },
		{ "metric='spend' item='direct' period='this-year' scenario='forecast' "
		  "decimals='1'",
			"3.6" },
		{ "metric='spend' period='this-year' scenario='forecast' decimals='1'", "16.8" },
		{ "metric='spend-year' scenario='forecast' decimals='1'", "16.8" },
		{ "metric='spend' period='next-year' scenario='plan' decimals='1'", "18.2" },
		{ "metric='spend' period='2025' decimals='1'", "16.3" }, /* told by payer only */
		{ "metric='spend' item='it' period='2025' decimals='1'", "8.1" },
		{ "metric='spend'", "12.61" },
		{ "metric='spend' scenario='plan'", "12.41" },
		{ "metric='spend-joint' period='next-year' scenario='plan' decimals='1'", "4.2" },
		{ "metric='spend-outside' period='next-year' scenario='plan' decimals='1'", "2.5" },
		{ "metric='spend' item='direct' show='share' period='2025'", "27" },
		{ "metric='spend' item='direct' show='share' period='2027' scenario='plan'", "14" },
		{ "metric='spend' kind='line' show='sum' where='payer.side=cmo' period='this-year' "
		  "scenario='forecast' decimals='1'",
			"6.7" },
		{ "metric='spend' kind='line' show='share' where='payer=direct'", "22" },
		/* a step of the bridge: two lines */
		{ "metric='spend' item='tools-retired' show='difference' period='next-year' "
		  "scenario='plan' versus-period='this-year' versus-scenario='forecast' "
		  "decimals='1'",
			"-0.8" },
		{ "metric='spend' item='customer-data-platform' show='rank' period='next-year' "
		  "scenario='plan'",
			"2" },
		{ "metric='spend-of-plan'", "102" },
	};
	CHECK(*state, rows);
}

static void years_and_options(void **state)
{
	static const struct row rows[] = {
		{ "metric='option-capex' item='full' side='cio' period='2027' scenario='plan'",
			"0.88" },
		{ "metric='option-capex' item='full' side='cio' period='2027..2029' "
		  "scenario='plan'",
			"1.21" },
		{ "metric='option-opex' item='full' side='cmo' period='2027..2029' scenario='plan'",
			"1.35" },
		{ "metric='option-cash' item='full' period='next-year' scenario='plan'", "2.40" },
		{ "metric='option-cash' item='full' side='cmo' period='next-year' scenario='plan'",
			"1.08" },
		{ "metric='option-cash' item='full' period='2027..2029' scenario='plan'", "5.20" },
		{ "metric='option-benefit' item='full' period='2027..2029' scenario='plan'",
			"6.40" },
		{ "metric='option-net' item='full' period='next-year' offset='1' scenario='plan'",
			"1.00" },
		{ "metric='option-net' item='full' period='2027..2029' scenario='plan'", "1.20" },
		{ "metric='option-net' item='half' period='2027..2029' scenario='plan'", "-0.60" },
		{ "metric='option-net' item='none' period='next-year..2029' scenario='plan'",
			"-1.20" },
		/* break-even of the benefit */
		{ "metric='option-cash' item='full' show='change' period='2027..2029' "
		  "scenario='plan' versus-metric='option-benefit'",
			"-19" },
		{ "metric='option-cash' item='half' show='share' period='2027..2029' "
		  "scenario='plan' versus-item='full'",
			"73" },
		{ "metric='option-benefit' item='half' show='share' period='2027..2029' "
		  "scenario='plan' versus-item='full'",
			"50" },
		{ "metric='option-cash' item='full' period='2027..2030' scenario='plan'",
			"missing: no value for 'option-cash' of 'full' in unit 'emea', 4 periods "
			"to 2030, plan" },
	};
	CHECK(*state, rows);
}

static void priorities(void **state)
{
	static const struct row rows[] = {
		{ "metric='priority-score' item='reduce-the-number-of-tools' show='gap'", "-4.5" },
		{ "metric='priority-score' item='reduce-the-number-of-tools' show='gap' "
		  "period='year-ago'",
			"-4.9" },
		{ "metric='priority-score' item='deliver-on-promised-dates'",
			"6.4" }, /* 6.35, half away from nought */
		{ "metric='priority-score' show='mean' of='gap'", "2.1" },
		{ "metric='priority-score' show='mean' of='gap' period='year-ago'", "2.6" },
		{ "metric='priority-gap'", "2.1" },
		{ "metric='priority-score' show='greatest' of='gap'", "4.5" },
		{ "metric='priority-score' show='least' of='gap'", "0.3" },
		{ "metric='priority-score' show='agreement'", "-0.02" },
		{ "metric='priority-agreement'", "-0.02" },
		{ "metric='priority-score' item='one-view-of-the-customer' side='cio' show='rank'",
			"4" },
		{ "metric='priority-score' item='one-view-of-the-customer' side='cmo' show='rank'",
			"1" },
		{ "metric='priority-score' item='reduce-the-number-of-tools' show='rank' of='gap'",
			"1" },
		{ "metric='priority-score' show='sum'",
			"missing: 'priority-score' cannot be added up" },
	};
	struct fixture *f = *state;
	CHECK(f, rows);
	struct answer widest =
		fixture_ask_in(f, "metric='priority-score' show='greatest' of='gap'", NULL);
	assert_string_equal(
		str_terminated(&f->arena, widest.value->item->id), "reduce-the-number-of-tools");
}

static void how_far_to_trust(void **state)
{
	static const struct row rows[] = {
		/* 10 of 19: Wilson at 95 % */
		{ "metric='confidence' side='cmo' show='low'", "32" },
		{ "metric='confidence' side='cmo' show='high'", "73" },
		{ "metric='confidence' side='cio' show='low'", "43" },
		{ "metric='confidence' side='cio' show='high'", "80" },
		{ "metric='confidence' side='cmo' show='worth'", "5" },
		{ "metric='confidence' side='cio' show='worth'", "5" },
		{ "metric='confidence' side='cmo' show='sample'", "19" },
		{ "metric='confidence' show='sample'", "41" },
		{ "metric='joint-purchases' show='sample'", "52" },
		{ "metric='lead-time' show='sample'", "46" },
		{ "metric='spend' show='sample'", "all 13 budget lines" },
		{ "metric='wait-time' show='streak'", "-7" },
		{ "metric='confidence' side='cmo' show='streak'", "-1" },
		{ "metric='confidence' side='cio' show='streak'", "0" },
		{ "metric='spend' show='low'", "missing: no counts behind this figure" },
	};
	CHECK(*state, rows);
}

static void delivery_and_outcome(void **state)
{
	static const struct row rows[] = {
		{ "metric='lead-time'", "53" },
		{ "metric='lead-time' period='2024-Q4'", "68" },
		{ "metric='lead-time' show='difference'", "8" },
		{ "metric='wait-time' show='share' versus-metric='lead-time'", "58" },
		{ "metric='initiative-cost' period='2025'", "2.90" },
		{ "metric='benefit'", "3.26" },
		{ "metric='benefit' show='difference'", "-0.34" },
		{ "metric='benefit-realised'", "91" },
		{ "metric='benefit-realised' item='audience-analytics'", "35" },
		{ "kind='system' show='count'", "24" },
		{ "kind='system' show='count' where='link=both'", "9" },
		{ "kind='system' show='count' where='link!=both'", "15" },
		{ "kind='system' show='count' where='link=none payer=direct'", "9" },
		{ "kind='system' show='count' where='personal=yes retained=no'", "6" },
		{ "kind='system' show='count' where='link=both group=commerce'", "4" },
		{ "kind='system' show='share' where='link=both'", "38" },
		{ "kind='risk-cell' field='level' show='sum'", "72" },
		{ "kind='risk-cell' field='level' show='sum' where='group=analytics'", "21" },
		{ "kind='risk-cell' field='level' show='greatest' where='type=compliance'", "4" },
		{ "kind='risk-cell' show='count' where='level>watch'", "9" },
		{ "kind='ask' field='amount' show='sum'", "3.34" },
		{ "kind='ask' field='amount' show='share' item='analytics'", "28" },
		{ "kind='commitment' show='count' where='state=done'", "3" },
		{ "kind='commitment' show='count' where='due&lt;2026-09-01 state!=done'", "1" },
	};
	CHECK(*state, rows);
}

static void fields_and_labels(void **state)
{
	struct fixture *f = *state;
	static const struct row rows[] = {
		{ "kind='ask' item='cdp' field='amount'", "2.40" },
		{ "kind='ask' item='cdp' field='label'",
			"Fund the customer data platform jointly" },
		{ "kind='ask' item='cdp' field='index'", "1" },
		{ "kind='ask' item='cdp' field='owner'", "both offices" },
		{ "kind='ask' item='cdp' field='owner' form='short'", "both" },
		{ "kind='ask' item='cdp' field='decide-by'", "2026-10-14" },
		{ "kind='ask' item='cdp' field='line.payer.label'", "Joint" },
		{ "kind='ask' item='cdp' field='state'", "asked" },
		{ "kind='ask' item='analytics' field='state'",
			"missing: ask 'analytics' has no 'state'" },
		{ "kind='commitment' item='c3' field='due' show='difference'", "-44" },
		{ "show='label' side='cio' form='short'", "CIO" },
		{ "show='label' side='joint'", "both offices" },
		{ "show='label' metric='confidence' form='short'", "Confidence" },
		{ "show='label' metric='spend' item='direct'", "Marketing, direct" },
		{ "show='label' metric='spend' period='year-ago'", "2025-Q3-YTD" },
		{ "show='label' period='previous'", "2026-Q2" },
		{ "show='label' unit='group'", "Group" },
		{ "show='label'", "EMEA" },
	};
	CHECK(f, rows);
	struct answer state_of =
		fixture_ask_in(f, "kind='commitment' item='c3' field='state'", NULL);
	assert_string_equal(str_terminated(&f->arena, state_of.id), "late");
	assert_int_equal(state_of.value->number.coef, 3); /* open, done, late: the third */
}

static void the_item_in_context(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(
		fixture_shows_of(f, "metric='spend'", "line", "analytics-subscriptions"), "0.99");
	assert_string_equal(
		fixture_shows_of(f, "metric='spend' item='all'", "line", "analytics-subscriptions"),
		"12.61");
	assert_string_equal(fixture_shows_of(f, "metric='spend' item='.payer'", "line",
				    "analytics-subscriptions"),
		"2.76");
	assert_string_equal(fixture_shows_of(f, "metric='spend'", "payer", "direct"), "2.76");
	assert_string_equal(fixture_shows_of(f, "metric='priority-alignment'", "ask", "cdp"),
		"83"); /* no item of that metric */
	assert_string_equal(
		fixture_shows_of(f, "kind='system' show='count' where='payer=. link=none'", "payer",
			"direct"),
		"9");
	assert_string_equal(
		fixture_shows_of(f, "kind='risk-cell' field='level' show='sum' where='group=.'",
			"system-group", "stores"),
		"14");
	assert_string_equal(
		fixture_shows_of(f, "field='payer.label'", "line", "in-store-wi-fi"), "Joint");
	assert_string_equal(fixture_shows_of(f, "metric='step-rating' side='.owner'",
				    "partnership-step", "step-2"),
		"2");
	struct calc_context side = { .side = STR("cmo") };
	assert_string_equal(fixture_answer(f, "metric='confidence'", &side), "53");
	assert_string_equal(
		fixture_answer(f, "metric='spend'", &side), "12.61"); /* knows no sides */
	struct calc_context metric = { .metric = STR("confidence") };
	assert_string_equal(fixture_answer(f, "side='cio'", &metric), "64");
	assert_string_equal(fixture_answer(f, "metric='.' side='cio'", &metric), "64");
}

static void status_against_plan(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *query;
		uint8_t status;
		bool against_plan, material;
	} rows[] = {
		{ "metric='priority-alignment'", FACTS_GOOD, true, false },
		{ "metric='joint-purchases'", FACTS_WATCH, true, false },
		{ "metric='spend-outside-it'", FACTS_WATCH, true, false },
		{ "metric='confidence'", FACTS_BAD, true, false },
		{ "metric='spend-outside-it' side='cmo'", FACTS_NO_STATUS, false,
			false }, /* the spend has no sides */
		{ "metric='spend' item='analytics-subscriptions'", FACTS_BAD, true, true },
		{ "metric='spend' item='customer-data-platform'", FACTS_GOOD, true, true },
		{ "metric='spend' item='commerce-platform'", FACTS_GOOD, true,
			false }, /* 50 under, but 2.1 % */
		{ "metric='benefit-realised' item='commerce-search'", FACTS_GOOD, false, false },
		{ "metric='benefit-realised' item='campaign-automation'", FACTS_WATCH, false,
			false },
		{ "metric='benefit-realised' item='audience-analytics'", FACTS_BAD, false, false },
		{ "metric='alignment-gap'", FACTS_WATCH, false, false },
		{ "metric='spend-of-plan'", FACTS_GOOD, false,
			false }, /* 101.6 prints as 102, the edge of the band */
		{ "metric='outside-limit' side='cio'", FACTS_NO_STATUS, false, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct calc_status s =
			calc_status(f->calc, fixture_query(f, rows[i].query), NULL, &f->diag);
		if (s.status != rows[i].status || s.against_plan != rows[i].against_plan ||
			s.material != rows[i].material)
			fail_msg("%s: status %d, against plan %d, material %d", rows[i].query,
				s.status, s.against_plan, s.material);
	}
	assert_string_equal(fixture_shows(f, "metric='confidence' show='status'"), "bad");
}

static void benchmarks(void **state)
{
	struct fixture *f = *state;
	static const struct row rows[] = {
		{ "metric='priority-alignment' show='benchmark'", "92" },
		{ "metric='confidence' show='benchmark' side='cio'", "63" },
		{ "metric='confidence' show='benchmark' side='cmo'", "56" },
		{ "metric='joint-purchases' show='benchmark'", "slightly more than half" },
		{ "metric='spend-outside-it' show='benchmark'", "38" },
		{ "metric='it-budget-growth' show='benchmark'", "4.7" },
		{ "show='benchmark' ref='sap-systems'", "24" },
		{ "metric='spend' show='benchmark'", "missing: no benchmark" },
	};
	CHECK(f, rows);
	struct answer a = fixture_ask_in(f, "metric='joint-purchases' show='benchmark'", NULL);
	assert_string_equal(str_terminated(&f->arena, a.benchmark->number), "BM20");
}

static void each_value_is_made_once(void **state)
{
	struct fixture *f = *state;
	static const char *const queries[] = { "metric='priority-alignment'",
		"metric='priority-alignment' show='gap'", "metric='spend' show='change'",
		"metric='priority-score' show='mean' of='gap'",
		"kind='system' show='count' where='link=none'",
		"metric='spend' item='it' show='share'", "kind='ask' item='cdp' field='amount'",
		"metric='confidence' show='benchmark'", "metric='wait-time' show='streak'",
		"metric='confidence' side='cmo' show='low'" };
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct answer first = fixture_ask_in(f, queries[i], NULL),
			      again = fixture_ask_in(f, queries[i], NULL);
		assert_int_equal(first.kind, ANSWER_NUMBER);
		assert_ptr_equal(first.value, again.value);
	}
}

static void origins(void **state)
{
	struct fixture *f = *state;
	struct answer a = fixture_ask_in(f, "metric='spend-outside-it'", NULL);
	assert_int_equal(a.value->operation, OP_RATIO);
	assert_int_equal(a.value->operands[0]->operation, OP_SUM);
	assert_int_equal(a.value->operands[0]->operand_count, 3);
	assert_int_equal(a.value->operands[1]->operand_count, 13);
	const struct facts_value *read = a.value->operands[0]->operands[0];
	assert_int_equal(read->operation, OP_READ);
	assert_string_equal(str_terminated(&f->arena, read->source->id), "ledger");
	struct src_line line = src_line(read->pos);
	assert_true(str_ends(read->pos.source->name, "facts/budget.csv"));
	assert_int_equal(line.line, 12); /* Analytics subscriptions */
	assert_int_equal(line.column, 84);
	assert_int_equal(read->number.coef, 990000);
}

static void names_that_exist_nowhere(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(fixture_shows(f, "metric='confidense'"), "missing: ");
	assert_true(str_starts(str_from(fixture_message(f, DIAG_METRIC_UNKNOWN)),
		"query:1:1: no metric 'confidense' in the catalogue; did you mean 'confidence'? | "));
	fixture_shows(f, "metric='confidence' side='cfo'");
	assert_true(str_starts(str_from(fixture_message(f, DIAG_SIDE_UNKNOWN)),
		"query:1:1: no side 'cfo' in the catalogue; did you mean 'cio'? | "));
	fixture_shows(f, "metric='confidence' unit='emae'");
	assert_true(str_starts(str_from(fixture_message(f, DIAG_UNIT_UNKNOWN)),
		"query:1:1: no unit 'emae' in the company; did you mean 'emea'? | "));
	fixture_shows(f, "metric='confidence' period='previos'");
	assert_string_equal(fixture_message(f, DIAG_ATTRIBUTE_VALUE),
		"query:1:1: 'previos' is neither a period nor a word for one; did you mean "
		"'previous'?");
	fixture_shows(f, "metric='spend' show='difference' versus-period='last-year'");
	assert_string_equal(fixture_message(f, DIAG_PERIOD_KIND),
		"query:1:1: 2026-Q3-YTD and 2025 are different kinds of period and cannot be "
		"compared; if the words around the figure name both, say mixed=\"yes\" | "
		"tests/unit/facts/budget.csv:2:51: the figure of 2026-Q3-YTD is here | "
		"tests/unit/facts/facts.xml:112:3: the figure of 2025 is here");
	fixture_shows(f, "show='benchmark' ref='sap-sistems'");
	assert_string_equal(fixture_message(f, DIAG_BENCHMARK_UNKNOWN),
		"query:1:1: no benchmark 'sap-sistems'; did you mean 'sap-systems'?");
	fixture_shows(f, "kind='sistem' show='count'");
	assert_string_equal(fixture_message(f, DIAG_REFERENCE_UNKNOWN),
		"query:1:1: no kind 'sistem' in the catalogue; did you mean 'system'?");
	assert_string_equal(
		fixture_shows(f, "metric='spend' item='cdp'"), "missing: no item 'cdp'");
	assert_string_equal(fixture_shows(f, "metric='spend' period='2024'"),
		"missing: no value for 'spend' in unit 'emea', 2024, actual");
}

static void checking_names_alone(void **state)
{
	struct fixture *f = *state;
	assert_true(calc_check(f->facts,
		fixture_query(f,
			"metric='spend' item='whatever' period='previous' versus-scenario='plan'"),
		&f->diag));
	assert_true(calc_check(f->facts, fixture_query(f, "field='amount'"), &f->diag));
	assert_true(calc_check(
		f->facts, fixture_query(f, "metric='.' side='.owner' item='.line'"), &f->diag));
	assert_int_equal(f->diag.errors, 0);
	assert_false(calc_check(f->facts, fixture_query(f, "kind='ask' field='amont'"), &f->diag));
	assert_false(calc_check(f->facts,
		fixture_query(f, "kind='system' show='count' where='link=bothh'"), &f->diag));
	assert_false(calc_check(
		f->facts, fixture_query(f, "kind='system' show='count' where='link'"), &f->diag));
	assert_false(calc_check(f->facts, fixture_query(f, "metric='spend' of='gaps'"), &f->diag));
	assert_false(calc_check(f->facts,
		fixture_query(f, "metric='spend' show='difference' versus-metric='spent'"),
		&f->diag));
	assert_int_equal(f->diag.errors, 5);
}

/* ---- conditions ---- */

struct condition {
	const char *text, *result; /* "true", "false", a number, "missing" */
	const char *log;
};

static const char *evaluated(
	struct fixture *f, const char *text, const struct facts_record *item, struct buf *log)
{
	const struct expr *e = expr_compile(expr_set_open(&f->arena), str_from(text), (struct src_pos){ 0 },
		calc_functions, (void *)(uintptr_t)f->facts, &f->diag);
	if (!e || f->diag.errors)
		fail_msg("%s", fixture_said(f));
	struct calc_scope scope = {
		.calc = f->calc, .context = { .item = item }, .diag = &f->diag, .log = log
	};
	struct expr_value v;
	if (expr_eval(e, &scope, &v) != EXPR_DONE)
		return "missing";
	if (v.kind == EXPR_TRUTH)
		return v.truth ? "true" : "false";
	if (v.kind == EXPR_TEXT)
		return str_terminated(&f->arena, v.text);
	char *number = arena_alloc(&f->arena, 32);
	snprintf(number, 32, "%.4g", v.number);
	return number;
}

static void conditions(void **state)
{
	struct fixture *f = *state;
	static const struct condition rows[] = {
		{ "above(gap('priority-alignment'), 10)", "true",
			"gap('priority-alignment') = 12" },
		{ "actual('confidence', 'cmo')", "53", "actual('confidence', 'cmo') = 53" },
		{ "side('confidence', 'cio', 'previous')", "64", NULL },
		{ "plan('confidence')", "65", NULL },
		{ "prior('confidence')", "61", NULL },
		{ "forecast('spend', 'this-year')", "1.68e+07",
			"forecast('spend', 'this-year') = 16800000" },
		{ "delta('confidence')", "-6", NULL },
		{ "delta('confidence', 'prior')", "-2", NULL },
		{ "delta('confidence', 'cmo', 'previous')", "-10", NULL },
		{ "delta('priority-alignment', 'gap', 'year-ago')", "6", NULL },
		{ "delta('spend', 'next-year', 'plan', 'this-year', 'forecast')", "1.4e+06", NULL },
		{ "change('spend-outside-it', 'year-ago')", "-19", NULL },
		{ "benchmark('confidence', 'cio')", "63", NULL },
		{ "benchmark('sap-systems')", "24", NULL },
		{ "streak('wait-time')", "-7", NULL },
		{ "status('confidence')", "bad", "status('confidence') = bad" },
		{ "status('confidence') = 'bad'", "true", NULL },
		{ "missing(actual('spend', '2024'))", "true", NULL },
		{ "missing(actual('spend'))", "false", NULL },
		{ "above(actual('spend', '2024'), 1)", "missing",
			"actual('spend', '2024') = missing" },
		{ "count('system', 'link=none')", "9", NULL },
		{ "sum('ask', 'amount', 'owner=both')", "2.4e+06", NULL },
		{ "sum('line', 'spend', 'payer=direct')", "2.76e+06", NULL },
		{ "abs(gap('joint-purchases'))", "14", NULL },
		{ "below(1, 2)", "true", NULL },
		{ "within(delta('confidence'), 4)", "false", NULL },
		{ "within(53, 64, 11)", "true", NULL },
		{ "rank('priority-score', 'gap', 'reduce-the-number-of-tools')", "1", NULL },
		{ "share('spend', 'direct', '2025')", "27", NULL },
		{ "mean('priority-score', 'gap')", "2.1", NULL },
		{ "greatest('priority-score', 'gap', 'year-ago')", "4.9", NULL },
		{ "below(abs(agreement('priority-score')), 0.3)", "true", NULL },
		{ "days('due', 'c3')", "-44", NULL },
		{ "field('state', 'c3')", "late", NULL },
		/* near="4" of confidence: 6 short of plan is below it, 4 would not be */
		{ "below('confidence')", "true", "below('confidence') = yes (59 against 65)" },
		{ "below('priority-alignment')", "false", "below('priority-alignment') = no (83 against 80)" },
		{ "within('priority-alignment')", "true", NULL },
		{ "above('priority-alignment', 80)", "true", "above('priority-alignment', 80) = yes (83)" },
		{ "above('confidence', 'cmo', 'cio')", "false", NULL },
		{ "below('confidence', 'cmo', 'cio')", "true", "below('confidence', 'cmo', 'cio') = yes (53 against 64)" },
		{ "below('confidence', 'cio', 'benchmark')", "false", NULL },
		{ "within('confidence', 'cio', 'benchmark')", "true", "within('confidence', 'cio', 'benchmark') = yes (64 against 63)" },
		{ "rises('confidence')", "false", "rises('confidence') = no (59 against 61)" },
		{ "falls('confidence', 'cmo', 'previous')", "true", "falls('confidence', 'cmo', 'previous') = yes (53 against 63)" },
		{ "unchanged('wait-time', 'previous')", "false", NULL },
		{ "falls('spend', '2024')", "missing", "falls('spend', '2024') = missing" },
		{ "rises('spend', 'next-year', 'plan', 'this-year', 'forecast')", "true", NULL },
		{ "between('priority-alignment', 80, 83)", "true", "between('priority-alignment', 80, 83) = yes (83)" },
		{ "between('priority-alignment', 84, 90)", "false", NULL },
		{ "between(5, 1, 9)", "true", NULL },
		{ "agree('confidence')", "false", NULL },
		{ "apart('confidence')", "true", "apart('confidence') = yes (-11)" },
		{ "streak('wait-time')", "-7", NULL },
		{ "top('priority-score', 'gap', 'reduce-the-number-of-tools')", "true", NULL },
		{ "stale('confidence')", "false", "stale('confidence') = no" },
		{ "first-time('confidence')", "false", "first-time('confidence') = no" },
		{ "driven('spend', 'next-year', 'plan', 'this-year', 'forecast', 80, 3)", "true", NULL },
		{ "offset('spend', 'next-year', 'plan', 'this-year', 'forecast')", "true", NULL },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf log;
		buf_init(&log, &f->arena, 4096);
		const char *result = evaluated(f, rows[i].text, NULL, &log);
		if (strcmp(result, rows[i].result) != 0)
			fail_msg("%s is %s, not %s", rows[i].text, result, rows[i].result);
		if (rows[i].log)
			assert_string_equal(log.ptr, rows[i].log);
	}
	const struct facts_record *late = fixture_record(f, "commitment", "c3");
	assert_string_equal(
		evaluated(f, "field('state') = 'late' and below(days('due'), 0)", late, NULL),
		"true");
	assert_string_equal(evaluated(f, "field('new-date')", late, NULL), "missing");
	assert_string_equal(evaluated(f, "above(delta('spend'), 50000)",
				    fixture_record(f, "line", "analytics-subscriptions"), NULL),
		"true");
}

/* ---- drivers ---- */

#define DRIVEN                                                                                                          \
	"<briefing " SPACE "period='2026-Q3' lang='en'><company name='A' currency='EUR'/><catalogue>"        \
	"<kind id='line'><label lang='en'>Line</label></kind>"                                                           \
	"<metric id='spend' measure='money' exponent='6' decimals='1' aggregate='sum' items='line' prior='previous'>"     \
	"<label lang='en'>Spend</label></metric></catalogue><facts>"                                        \
	"<lines><line id='a' label='A'/><line id='b' label='B'/><line id='c' label='C'/><line id='d' label='D'/></lines>" \
	"<values metric='spend'><v period='2026-Q2' item='a'>1000000</v><v period='2026-Q2' item='b'>5000000</v>"        \
	"<v period='2026-Q2' item='c'>2000000</v><v period='2026-Q3' item='a'>6000000</v><v period='2026-Q3' item='b'>8000000</v>" \
	"<v period='2026-Q3' item='d'>1000000</v></values></facts></briefing>"

/* From 8.0 to 15.0: a +5, b +3, d +1 (new), c -2 (gone). 80 % of the 7 are 5.6: a and b, which are 114 %; c weighs 29 %. */
static void parts_of_a_change(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(DRIVEN);
	if (f->diag.errors)
		fail_msg("%s", fixture_said(f));
	const struct query *q = fixture_query(f, "metric='spend' show='difference' versus-period='previous'");
	const struct calc_context nothing = { .item = NULL };
	struct calc_drivers_wanted wanted = { decimal_int(80), 3 };
	struct calc_drivers d = calc_drivers(f->calc, q, &wanted, &nothing, &f->diag);
	assert_int_equal(d.count, 2);
	assert_true(str_is(d.at[0].item->id, "a") && str_is(d.at[1].item->id, "b"));
	assert_int_equal(decimal_cmp(d.at[0].difference->number, decimal_int(5000000)), 0);
	assert_true(d.enough && decimal_cmp(calc_printed(d.explained, 0), decimal_int(114)) == 0);
	assert_int_equal(d.offset_count, 1);
	assert_true(str_is(d.offsets[0].item->id, "c") && decimal_cmp(calc_printed(d.offsets[0].share, 0), decimal_int(-29)) == 0);
	wanted.most = 1;
	d = calc_drivers(f->calc, q, &wanted, &nothing, &f->diag);
	assert_false(d.enough);
	assert_string_equal(str_terminated(&f->arena, d.why), "the largest part explains 71 % of the change, and 80 % are wanted");
	wanted = (struct calc_drivers_wanted){ decimal_int(100), 0 };
	d = calc_drivers(f->calc, q, &wanted, &nothing, &f->diag);
	assert_int_equal(d.count, 2);
	fixture_release(f);
}

static void names_in_conditions(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *text;
		enum diag_code code;
		const char *said;
	} rows[] = {
		{ "actual('confidense')", DIAG_METRIC_UNKNOWN,
			"no metric 'confidense' in the catalogue; did you mean 'confidence'?" },
		{ "count('systm')", DIAG_REFERENCE_UNKNOWN,
			"no kind 'systm' in the catalogue; did you mean 'system'?" },
		{ "field('stat')", DIAG_REFERENCE_UNKNOWN,
			"no kind of record has a field 'stat'; did you mean 'state'?" },
		{ "actual('confidence', 'previos')", DIAG_REFERENCE_UNKNOWN,
			"'previos' is no side, item, period or scenario; did you mean "
			"'previous'?" },
		{ "benchmark('sap-sistems')", DIAG_METRIC_UNKNOWN,
			"no metric 'sap-sistems' in the catalogue" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t before = f->diag.messages.count, errors = f->diag.errors;
		expr_compile(expr_set_open(&f->arena), str_from(rows[i].text), (struct src_pos){ 0 },
			calc_functions, (void *)(uintptr_t)f->facts, &f->diag);
		assert_int_equal(f->diag.errors, errors + 1);
		const struct diag_message *m = &f->diag.messages.at[before];
		assert_int_equal(m->code, rows[i].code);
		assert_string_equal(str_terminated(&f->arena, m->text), rows[i].said);
	}
}

static void sums_of_answers(void **state)
{
	struct fixture *f = *state;
	const struct facts_value *two[2] = {
		fixture_ask_in(f, "metric='spend' item='it'", NULL).value,
		fixture_ask_in(f, "metric='spend' item='joint'", NULL).value
	};
	const struct facts_value *sum = calc_sum(f->calc, two, 2, (struct src_pos){ 0 }, &f->diag);
	assert_int_equal(sum->number.coef, 6240000 + 1310000);
	assert_ptr_equal(sum, calc_sum(f->calc, two, 2, (struct src_pos){ 0 }, &f->diag));
	two[1] = fixture_ask_in(f, "metric='confidence'", NULL).value;
	assert_ptr_equal(calc_sum(f->calc, two, 2, (struct src_pos){ 0 }, &f->diag), two[0]);
}

/* One decision for words, colours and marks; small steps in one direction are a run all the same. */
static void less_than_the_tolerance(void **state)
{
	(void)state;
	struct fixture *f = fixture_text("<briefing " SPACE "period='2026-Q3'><catalogue>"
		"<metric id='wait' measure='days' tolerance='2' period-kind='quarter' prior='previous'><label lang='en'>Wait</label></metric></catalogue>"
		"<facts><source id='s' title='S' date='2026-09-30'/><values metric='wait' source='s'><v period='2026-Q1'>30</v>"
		"<v period='2026-Q2'>32</v><v period='2026-Q3'>33</v></values></facts></briefing>");
	const struct facts_value *first = fixture_ask_in(f, "metric='wait' period='2026-Q1'", NULL).value,
		*second = fixture_ask_in(f, "metric='wait' period='2026-Q2'", NULL).value, *third = fixture_ask_in(f, "metric='wait'", NULL).value;
	assert_string_equal(fixture_said(f), "");
	assert_true(calc_is_clear(second, first));
	assert_false(calc_is_clear(third, second));
	assert_string_equal(evaluated(f, "unchanged('wait')", NULL, NULL), "true");
	assert_string_equal(evaluated(f, "rises('wait')", NULL, NULL), "false");
	assert_string_equal(fixture_shows(f, "metric='wait' show='streak'"), "2");
	fixture_release(f);
}

/* A sum is of what all its values are of: years that follow one another are one stretch, an item is kept where it is the only one. */
static void what_a_sum_is_of(void **state)
{
	(void)state;
	struct fixture *f = fixture_text("<briefing " SPACE "period='2026'><catalogue><kind id='line' list='lines'><label lang='en'>L</label></kind>"
		"<metric id='cost' measure='count' aggregate='sum' items='line' period-kind='year'><label lang='en'>C</label></metric></catalogue>"
		"<facts><source id='s' title='S' date='2026-12-31'/><lines><line id='a' label='A'/><line id='b' label='B'/></lines>"
		"<values metric='cost' source='s' scenario='plan'><v item='a' period='2027'>1</v><v item='a' period='2028'>2</v><v item='a' period='2029'>3</v>"
		"<v item='b' period='2027'>4</v></values></facts></briefing>");
	const char *const asked[] = { "item='a' period='2027'", "item='a' period='2028'", "item='a' period='2029'", "item='b' period='2027'" };
	const struct facts_value *v[4];
	for (size_t i = 0; i < 4; i++)
		v[i] = fixture_ask_in(f, str_printf(&f->arena, "metric='cost' scenario='plan' %s", asked[i]).ptr, NULL).value;
	assert_string_equal(fixture_said(f), "");
	const struct facts_value *years = calc_sum(f->calc, v, 3, (struct src_pos){ 0 }, &f->diag);
	assert_int_equal(years->number.coef, 6);
	assert_int_equal(years->period.year, 2029);
	assert_int_equal(years->period_count, 3);
	assert_ptr_equal(years->item, v[0]->item);
	const struct facts_value *items = calc_sum(f->calc, (const struct facts_value *[]){ v[0], v[3] }, 2, (struct src_pos){ 0 }, &f->diag);
	assert_int_equal(items->period.year, 2027);
	assert_int_equal(items->period_count, 1);
	assert_null(items->item);
	const struct facts_value *gap = calc_sum(f->calc, (const struct facts_value *[]){ v[0], v[2] }, 2, (struct src_pos){ 0 }, &f->diag);
	assert_int_equal(gap->period.kind, PERIOD_NONE);
	assert_ptr_equal(gap->item, v[0]->item);
	fixture_release(f);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_quarter, close_quarter)
	static const struct CMUnitTest tests[] = {
		TEST(the_quarter_is_sound),
		TEST(shares_come_from_counts),
		TEST(differences_are_of_printed_figures),
		TEST(a_gap_of_percents_is_in_points),
		TEST(money_adds_up),
		TEST(years_and_options),
		TEST(priorities),
		TEST(how_far_to_trust),
		TEST(delivery_and_outcome),
		TEST(fields_and_labels),
		TEST(the_item_in_context),
		TEST(status_against_plan),
		TEST(benchmarks),
		TEST(each_value_is_made_once),
		TEST(origins),
		TEST(names_that_exist_nowhere),
		TEST(checking_names_alone),
		TEST(conditions),
		cmocka_unit_test(parts_of_a_change),
		TEST(names_in_conditions),
		TEST(sums_of_answers),
		cmocka_unit_test(less_than_the_tolerance),
		cmocka_unit_test(what_a_sum_is_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
