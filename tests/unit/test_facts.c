/* Reading: what a briefing's files become, and what is said when they are wrong. */
#include "facts_fixture.h"

#include "base/limits.h"

#define HEAD                                                                      \
	"<briefing " SPACE "unit='emea' period='2026-Q3' lang='en-GB'>"           \
	"<company name='Northwind' currency='EUR'><units><unit id='emea'><label " \
	"lang='en'>EMEA</label></unit>"                                           \
	"<unit id='apac'><label lang='en'>APAC</label></unit></units></company>"
#define SIDES                                                                                \
	"<sides><side id='cio'><label lang='en' short='CIO'>CIO office</label></side><side " \
	"id='cmo'><label lang='en'>CMO office</label></side></sides>"
#define KINDS                                                                                  \
	"<kind id='payer'><label lang='en'>Payer</label><field id='side' type='side'/></kind>" \
	"<kind id='line'><label lang='en'>Line</label><field id='payer' type='ref' "           \
	"kind='payer'/></kind>"
#define MONEY                                                                           \
	"<metric id='spend' measure='money' exponent='6' decimals='2' aggregate='sum' " \
	"items='line' period-kind='year'>"                                              \
	"<label lang='en'>Spend</label></metric>"
#define SHARE                                                                                    \
	"<metric id='yes' measure='count' joint='sum'><label lang='en'>Yes</label></metric>"     \
	"<metric id='asked' measure='count' joint='sum'><label lang='en'>Asked</label></metric>" \
	"<metric id='share' measure='percent' of='yes' over='asked' joint='mean'><label "        \
	"lang='en'>Share</label></metric>"
#define LINES                                                                            \
	"<payers><payer id='it' label='IT' side='cio'/></payers><lines><line id='shop' " \
	"payer='it' label='Shop'/><line id='mail' payer='it' label='Mail'/></lines>"
#define BRIEFING(catalogue, facts)                                               \
	HEAD "<catalogue>" SIDES catalogue "</catalogue><facts lang='en'>" facts \
	     "</facts></briefing>"

/* ---- sound files ---- */

static void what_a_briefing_says(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(
		"<briefing " SPACE "unit='emea' period='2026-Q3' lang='en-GB' "
				   "attach='none'><meeting date='2026-10-14' minutes='45'/>"
		"<company name='Northwind' currency='EUR' fiscal-start='4' layout='quarterly' "
		"lang='de' title='A briefing' classification='Confidential'>"
		"<units><unit id='emea'><label "
		"lang='en'>EMEA</label></unit></units></company></briefing>");
	const struct facts *facts = f->facts;
	assert_int_equal(f->diag.messages.count, 0);
	assert_string_equal(str_terminated(&f->arena, facts->company), "Northwind");
	assert_string_equal(str_terminated(&f->arena, facts->unit_label), "EMEA");
	assert_string_equal(str_terminated(&f->arena, facts->lang),
		"en-GB"); /* the briefing's, not the company's */
	assert_string_equal(str_terminated(&f->arena, facts->layout), "quarterly");
	assert_string_equal(str_terminated(&f->arena, facts->policy), "none");
	assert_int_equal(facts->calendar.start_month, 4);
	assert_int_equal(facts->minutes, 45);
	assert_int_equal(facts->as_of.day, 14);
	fixture_release(f);
}

static void dates_without_a_meeting(void **state)
{
	(void)state;
	struct fixture *f = fixture_text("<briefing " SPACE "period='2026-Q3'/>");
	assert_int_equal(f->facts->as_of.month, 9);
	assert_int_equal(f->facts->as_of.day, 30);
	struct facts_options options = { .as_of = { 2026, 10, 1 },
		.layout = STR("board"),
		.unit = STR("emea"),
		.period = STR("2026-Q2") };
	const struct xml_node *n = xml_parse(&f->arena,
		source_from(&f->arena, STR("b.xml"),
			STR("<briefing " SPACE "period='2026-Q3' layout='quarterly'/>")),
		&f->diag);
	const struct facts *facts =
		facts_read(&f->arena, &f->loader, n, NULL, 0, &options, &f->diag);
	assert_int_equal(facts->as_of.month, 10);
	assert_int_equal(facts->period.number, 2);
	assert_string_equal(str_terminated(&f->arena, facts->layout), "board");
	assert_string_equal(str_terminated(&f->arena, facts->unit), "emea");
	assert_int_equal(f->diag.errors, 0);
	fixture_release(f);
}

static void labels_by_language(void **state)
{
	(void)state;
	static const struct facts_label three[] = { { STR("en"), STR("Dates"), STR("D"), NULL },
		{ STR("de"), STR("Termine"), { 0 }, NULL }, { { 0 }, STR("*"), { 0 }, NULL } };
	struct facts_labels labels = { three, 3 };
	assert_true(str_is(facts_label(&labels, STR("en-GB"), false), "Dates"));
	assert_true(str_is(facts_label(&labels, STR("en"), true), "D"));
	assert_true(str_is(facts_label(&labels, STR("de-AT"), true), "Termine"));
	assert_true(str_is(facts_label(&labels, STR("fr"), false), "*"));
	labels.count = 2;
	assert_int_equal(facts_label(&labels, STR("fr"), false).len, 0);
}

static void records_of_a_kind(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING(KINDS
		"<kind id='ask'><label lang='en'>Ask</label><field id='amount' type='money' "
		"required='yes'/>"
		"<field id='owner' type='side'/><field id='line' type='ref' kind='line'/><field "
		"id='moves' type='metric'/><field id='due' type='date'/>"
		"<field id='from' type='period'/><field id='joint' type='yes'/><field id='why' "
		"type='text' translated='yes'/><field id='share' type='number'/>"
		"<field id='state' type='choice'><choice id='open'/><choice id='done' "
		"status='good'><label lang='en'>all done</label></choice></field></kind>" MONEY,
		LINES "<asks><ask id='a' label='Fund it' amount='2400000' owner='both' line='shop' "
		      "moves='spend' due='2026-10-14' from='2027-Q1' joint='yes' "
		      "share='12.5' state='done'><why lang='en'>because</why><why "
		      "lang='de'>weil</why></ask><ask amount='0' label='Second'/></asks>"));
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	const struct facts_record *a = fixture_record(f, "ask", "a");
	assert_true(str_is(a->label, "Fund it"));
	assert_int_equal(facts_field(a, STR("amount"))->number.coef, 2400000);
	assert_true(facts_field(a, STR("owner"))->present);
	assert_null(facts_field(a, STR("owner"))->side);
	assert_ptr_equal(facts_field(a, STR("line"))->ref, fixture_record(f, "line", "shop"));
	assert_true(str_is(facts_field(a, STR("moves"))->metric->id, "spend"));
	assert_int_equal(facts_field(a, STR("due"))->date.day, 14);
	assert_int_equal(facts_field(a, STR("from"))->period.number, 1);
	assert_int_equal(facts_field(a, STR("joint"))->number.coef, 1);
	assert_true(str_is(facts_field(a, STR("why"))->text, "because"));
	const struct facts_field *done = facts_field(a, STR("state"));
	assert_true(
		str_is(facts_choice_label(done->def, done->text, STR("en"), false), "all done"));
	assert_true(str_is(facts_choice_label(done->def, STR("open"), STR("en"), false), "open"));
	assert_null(facts_field(a, STR("amont")));
	const struct facts_records *asks = facts_records(f->facts, STR("ask"));
	assert_int_equal(asks->list.count, 2);
	assert_true(str_is(asks->list.at[1]->id, "ask-2"));
	assert_false(facts_field(asks->list.at[1], STR("due"))->present);
	assert_null(facts_records(f->facts, STR("nothing")));
	fixture_release(f);
}

static void conditions_on_records(void **state)
{
	(void)state;
	static const struct {
		const char *where;
		bool holds;
	} rows[] = {
		{ "", true },
		{ "state=late", true },
		{ "state=done,late", true },
		{ "state!=late", false },
		{ "state=done", false },
		{ "state>open", true },
		{ "state<done", false },
		{ "amount=50000", true },
		{ "amount>49999.5", true },
		{ "amount<50000", false },
		{ "line.payer.side=cio", true },
		{ "line.payer=it state=late", true },
		{ "line.payer=it state=done", false },
		{ "line!=mail", true },
		{ "due<2026-10-01", true },
		{ "due=2026-09-30", true },
		{ "owner=both", true },
		{ "owner=joint", true },
		{ "owner=cio", false },
		{ "agreed=no", true },
		{ "agreed!=yes", true },
		{ "agreed=yes", false },
		{ "note=x", false },
		{ "note!=x", true },
		{ "id=a", true },
		{ "from>2026-Q4", true },
		{ "nothing=x", false },
	};
	struct fixture *f = fixture_text(BRIEFING(KINDS
		"<kind id='ask'><label lang='en'>Ask</label><field id='amount' "
		"type='money'/><field id='owner' type='side'/>"
		"<field id='line' type='ref' kind='line'/><field id='due' type='date'/><field "
		"id='from' type='period'/><field id='agreed' type='yes'/>"
		"<field id='note' type='text'/><field id='state' type='choice' choices='open done "
		"late'/></kind>",
		LINES "<asks><ask id='a' label='A' amount='50000' owner='both' line='shop' "
		      "due='2026-09-30' from='2027-Q1' state='late'/></asks>"));
	assert_int_equal(f->diag.errors, 0);
	const struct facts_record *a = fixture_record(f, "ask", "a");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (facts_record_matches(f->facts, a, str_from(rows[i].where)) != rows[i].holds)
			fail_msg("%s", rows[i].where);
	fixture_release(f);
}

/* Items and values of another unit can be told in one file; the briefing's lists hold only its own.
 */
static void other_units(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(
		HEAD "<catalogue>" SIDES KINDS MONEY "</catalogue><facts lang='en'>" LINES
		     "<values metric='spend'><v item='shop' period='2026'>10</v><v item='shop' "
		     "unit='apac' period='2026'>7</v></values></facts>"
		     "<facts unit='apac' lang='en'><lines><line id='shop' label='Shop'/><line "
		     "id='kiosk' label='Kiosk'/></lines>"
		     "<values metric='spend'><v item='kiosk' "
		     "period='2026'>5</v></values></facts></briefing>");
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	assert_int_equal(facts_records(f->facts, STR("line"))->list.count, 2);
	assert_string_equal(fixture_shows(f, "metric='spend' decimals='6'"), "0.000010");
	assert_string_equal(
		fixture_shows(f, "metric='spend' unit='apac' decimals='6'"), "0.000012");
	fixture_release(f);
}

static void a_company_replaces_and_extends(void **state)
{
	(void)state;
	struct fixture *f = malloc(sizeof *f);
	fixture_init(f);
	const char *library = "<catalogue " SPACE ">" SIDES KINDS MONEY "</catalogue>";
	f->library[0] = xml_parse(
		&f->arena, source_from(&f->arena, STR("library"), str_from(library)), &f->diag);
	fixture_read(f,
		xml_parse(&f->arena,
			source_from(&f->arena, STR("briefing.xml"),
				STR(HEAD "<catalogue><sides><side id='ops'><label "
					 "lang='en'>Operations</label></side></sides>"
					 "<kind id='line' extend='yes'><field id='pool' "
					 "type='text'/></kind>"
					 "<metric id='spend' measure='money' aggregate='sum' "
					 "items='line'><label lang='en'>Own "
					 "spend</label></metric></catalogue></briefing>")),
			&f->diag),
		1);
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	const struct facts_kind *line = map_lookup(&f->facts->kinds, STR("line"));
	assert_int_equal(line->field_count, 2);
	assert_true(str_is(line->fields[1].id, "pool"));
	assert_int_equal(f->facts->side_count, 3);
	assert_int_equal(facts_side_lookup(f->facts, STR("ops"))->index, 2);
	assert_true(str_is(
		facts_label(&facts_metric_lookup(f->facts, STR("spend"))->labels, STR("en"), false),
		"Own spend"));
	assert_int_equal(f->facts->metrics.count, 1);
	fixture_release(f);
}

static void dumped(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING(KINDS MONEY,
		"<source id='ledger' title='Ledger' date='2026-09-30' sample='2'/>" LINES
		"<values metric='spend' source='ledger'><v item='shop' period='2026' "
		"scenario='plan'>10.50</v></values>"));
	struct buf out;
	buf_init(&out, &f->arena, 1 << 16);
	facts_dump(f->facts, &out);
	const char *name = strstr(out.ptr, "value spend");
	assert_string_equal(name,
		"value spend item=shop unit=emea 2026 plan = 10.50 EUR source=ledger "
		"@briefing.xml:1:1019\n");
	assert_non_null(strstr(out.ptr, "source ledger \"Ledger\" 2026-09-30 sample \"2\"\n"));
	assert_non_null(strstr(out.ptr, "line mail \"Mail\" payer=it @"));
	fixture_release(f);
}

/* ---- what is wrong ---- */

struct wrong {
	enum diag_code code;
	const char *text; /* of the briefing */
	const char *said; /* the start of what is said; positions left out */
};

/* Messages of a code without their places. */
static const char *said_of(struct fixture *f, enum diag_code code)
{
	struct buf b;
	buf_init(&b, &f->arena, 1 << 14);
	for (size_t i = 0; i < f->diag.messages.count; i++) {
		const struct diag_message *m = &f->diag.messages.at[i];
		if (m->code == code)
			buf_printf(&b, "%s" STR_FMT, b.len ? " | " : "", STR_ARG(m->text));
	}
	return b.ptr;
}

static const struct wrong wrongs[] = {
	{ DIAG_METRIC_UNKNOWN,
		BRIEFING(KINDS MONEY,
			"<values metric='spent'><v period='2026'>x</v><v "
			"period='2027'>y</v></values>"),
		"no metric 'spent' in the catalogue; did you mean 'spend'?" },
	{ DIAG_METRIC_UNKNOWN,
		BRIEFING(SHARE "<metric id='r' measure='percent' of='yes' over='askd'><label "
			       "lang='en'>R</label></metric>",
			""),
		"no metric 'askd' in the catalogue; did you mean 'asked'?" },
	{ DIAG_SOURCE_UNKNOWN,
		BRIEFING(SHARE,
			"<source id='pulse' title='Pulse' date='2026-09-30'/><values metric='yes' "
			"source='puls'><v period='2026-Q3'>1</v></values>"),
		"no source 'puls'; did you mean 'pulse'?" },
	{ DIAG_UNIT_UNKNOWN,
		BRIEFING(SHARE,
			"<values metric='yes'><v period='2026-Q3' unit='emae'>1</v></values>"),
		"no unit 'emae' in the company; did you mean 'emea'?" },
	{ DIAG_UNIT_UNKNOWN, HEAD "<facts unit='apak'/></briefing>",
		"no unit 'apak' in the company; did you mean 'apac'?" },
	{ DIAG_SIDE_UNKNOWN,
		BRIEFING(SHARE,
			"<values metric='yes'><v period='2026-Q3' side='cfo'>1</v></values>"),
		"no side 'cfo' in the catalogue; did you mean 'cio'?" },
	{ DIAG_ITEM_UNKNOWN,
		BRIEFING(KINDS MONEY,
			LINES
			"<values metric='spend'><v period='2026' item='shopp'>1</v></values>"),
		"no line 'shopp' for metric 'spend'; did you mean 'shop'?" },
	{ DIAG_ITEM_UNKNOWN,
		BRIEFING(SHARE,
			"<values metric='yes'><v period='2026-Q3' item='shop'>1</v></values>"),
		"metric 'yes' has no items, so none is 'shop'" },
	{ DIAG_BENCHMARK_UNKNOWN,
		HEAD "<catalogue><metric id='m' measure='percent'><label "
		     "lang='en'>M</label><benchmark ref='cisco'/></metric></catalogue></briefing>",
		"metric 'm' is compared with an unknown benchmark 'cisco'" },
	{ DIAG_REFERENCE_UNKNOWN,
		BRIEFING(KINDS,
			"<payers><payer id='it' label='IT'/></payers><lines><line id='shop' "
			"payer='itt' label='Shop'/></lines>"),
		"no payer 'itt'; did you mean 'it'?" },
	{ DIAG_REFERENCE_UNKNOWN,
		BRIEFING("<kind id='k'><label lang='en'>K</label><field id='a' type='ref' "
			 "kind='payr'/></kind>" KINDS,
			""),
		"field 'a' refers to an unknown kind 'payr'; did you mean 'payer'?" },
	{ DIAG_REFERENCE_UNKNOWN,
		BRIEFING(KINDS MONEY "<metric id='d' measure='money' sum='spend' "
				     "where='payr=it'><label lang='en'>D</label></metric>",
			""),
		"a 'line' has no field 'payr'; did you mean 'payer'?" },
	{ DIAG_VALUE_TWICE,
		BRIEFING(SHARE,
			"<values metric='yes'><v period='2026-Q3' side='cio'>1</v><v "
			"period='2026-Q3' side='cio'>2</v></values>"),
		"a second value for 'yes' in unit 'emea', 2026-Q3, side 'cio', actual | the first "
		"one is here" },
	{ DIAG_VALUE_NUMBER,
		BRIEFING(SHARE, "<values metric='yes'><v period='2026-Q3'>1,5</v></values>"),
		"'1,5' is not a number; write digits, with a point before decimals" },
	{ DIAG_VALUE_RANGE,
		BRIEFING("<metric id='p' measure='percent'><label lang='en'>P</label></metric>",
			"<values metric='p'><v period='2026-Q3'>101</v></values>"),
		"101 is above 100, which 'p' (percent) cannot be" },
	{ DIAG_VALUE_RANGE,
		BRIEFING(SHARE, "<values metric='yes'><v period='2026-Q3'>-1</v></values>"),
		"-1 is below 0, which 'yes' (count) cannot be" },
	{ DIAG_VALUE_RANGE,
		BRIEFING("<metric id='s' measure='score' least='1' most='5'><label "
			 "lang='en'>S</label></metric>",
			"<values metric='s'><v period='2026-Q3'>0.5</v></values>"),
		"0.5 is below 1, which 's' (score) cannot be" },
	{ DIAG_PARTS_TOTAL,
		BRIEFING(KINDS MONEY,
			LINES "<values metric='spend' period='2026'><v>31</v><v "
			      "item='shop'>10</v><v item='mail'>20</v></values>"),
		"'spend' in unit 'emea', 2026, actual: stated as 31, but its parts give 30 | 2 "
		"parts, the first one here" },
	{ DIAG_PARTS_TOTAL,
		BRIEFING(KINDS MONEY,
			LINES "<values metric='spend' period='2026'><v item='it'>31</v><v "
			      "item='shop'>10</v><v item='mail'>20</v></values>"),
		"'spend' of 'it' in unit 'emea', 2026, actual: stated as 31, but its parts give 30 "
		"| 2 parts, the first one here" },
	{ DIAG_PARTS_TOTAL,
		BRIEFING(SHARE,
			"<values metric='yes' period='2026-Q3'><v "
			"side='cio'>17</v></values><values metric='asked' period='2026-Q3'><v "
			"side='cio'>22</v></values>"
			"<values metric='share' period='2026-Q3'><v side='cio'>78</v></values>"),
		"'share' in unit 'emea', 2026-Q3, side 'cio', actual: stated as 78, but its parts "
		"give 77.2727272727 | 2 parts, the first one here" },
	{ DIAG_SHARES_TOTAL,
		BRIEFING(KINDS "<metric id='mix' measure='percent' aggregate='sum' "
			       "items='line'><label lang='en'>Mix</label></metric>",
			LINES "<values metric='mix' period='2026-Q3'><v item='shop'>40</v><v "
			      "item='mail'>57</v></values>"),
		"the shares of 'mix' add up to 97 %, not to 100 %" },
	{ DIAG_CURRENCY_MIXED,
		BRIEFING(KINDS MONEY,
			LINES "<values metric='spend' period='2026'><v item='shop'>10</v><v "
			      "item='mail' currency='USD'>20</v></values>"),
		"amounts of 'spend' in EUR and USD cannot be added up; declare the average rate from USD to EUR for 2026 | the amount in EUR is "
		"here" },
	{ DIAG_RECORD_INCOMPLETE,
		BRIEFING("<kind id='ask'><label lang='en'>Ask</label><field id='amount' "
			 "type='money' required='yes'/><field id='owner' type='side' "
			 "required='yes'/></kind>",
			"<asks><ask id='cdp' label='Fund' amount='1'/></asks>"),
		"ask 'cdp' has no 'owner'" },
	{ DIAG_LABEL_MISSING,
		BRIEFING(KINDS,
			"<payers><payer id='it'><label lang='de'>IT</label></payer></payers>"),
		"payer 'it' has no label in 'en-GB', the briefing's language" },
	{ DIAG_LABEL_MISSING,
		BRIEFING("<metric id='m' measure='count'/>",
			"<values metric='m'><v period='2026-Q3'>1</v></values>"),
		"metric 'm' has no label" },
	{ DIAG_LABEL_MISSING,
		BRIEFING("<kind id='k'><label lang='en'>K</label><field id='why' type='text' "
			 "translated='yes'/></kind>",
			"<ks><k id='a' label='A'><why lang='de'>weil</why></k></ks>"),
		"'why' of k 'a' is not there in 'en-GB', the briefing's language" },
	{ DIAG_OVERFLOW,
		BRIEFING(KINDS MONEY,
			LINES "<values metric='spend' period='2026'><v>1</v><v "
			      "item='shop'>999999999999999999</v><v "
			      "item='mail'>0.000000000001</v></values>"),
		"the sum that this value is part of is too large" },
	{ DIAG_PERIOD_STALE,
		BRIEFING(SHARE,
			"<values metric='yes' period='2026-Q2'><v side='cio'>1</v></values>"),
		"'yes' of side 'cio' has no value for 2026-Q3, its last one is for 2026-Q2; "
		"showing none" },
	{ DIAG_PERIOD_STALE,
		BRIEFING(SHARE,
			"<source id='pulse' title='Pulse' date='2026-06-30'/><values metric='yes' "
			"period='2026-Q3' source='pulse'><v>1</v></values>"),
		"source 'pulse' is dated 2026-06-30, long before the end of 2026-Q3; showing its "
		"values all the same | the source is here" },
	{ DIAG_METRIC_CYCLE,
		HEAD "<catalogue><metric id='a' measure='count' add='b'><label "
		     "lang='en'>A</label></metric><metric id='b' measure='count' add='c'><label "
		     "lang='en'>B</label></metric>"
		     "<metric id='c' measure='count' add='a'><label "
		     "lang='en'>C</label></metric></catalogue></briefing>",
		"metric 'c' is made of itself" },
	{ DIAG_METRIC_CYCLE,
		HEAD "<catalogue><metric id='a' measure='percent' of='a' over='a'><label "
		     "lang='en'>A</label></metric></catalogue></briefing>",
		"metric 'a' is made of itself" },
	{ DIAG_ID_TWICE,
		BRIEFING(KINDS,
			"<payers><payer id='it' label='IT'/><payer id='it' label='IT'/></payers>"),
		"a second payer 'it' | the first one is here" },
	{ DIAG_ID_TWICE,
		BRIEFING(SHARE
			"<metric id='yes' measure='count'><label lang='en'>Y</label></metric>",
			""),
		"a second metric 'yes' | the first one is here" },
	{ DIAG_ID_TWICE,
		BRIEFING("<kind id='k'><label lang='en'>K</label><field id='a' type='text'/><field "
			 "id='a' type='text'/></kind>",
			""),
		"a second field 'a' | the first one is here" },
	{ DIAG_ELEMENT_UNKNOWN, BRIEFING(KINDS, "<payrs/>"),
		"element 'payrs' is not known in 'facts'; did you mean 'payers'?" },
	{ DIAG_ELEMENT_UNKNOWN, BRIEFING(KINDS, "<payers><payr/></payers>"),
		"element 'payr' is not known in 'payers'; did you mean 'payer'?" },
	{ DIAG_ELEMENT_UNKNOWN,
		BRIEFING(
			KINDS, "<payers><payer id='a' label='A'><side>cio</side></payer></payers>"),
		"field 'side' of a 'payer' is written as an attribute" },
	{ DIAG_ELEMENT_TWICE,
		BRIEFING("<metric id='m' measure='count'><label lang='en'>A</label><label "
			 "lang='en'>B</label></metric>",
			""),
		"a second 'label' in the language 'en'" },
	{ DIAG_ATTRIBUTE_UNKNOWN,
		BRIEFING(KINDS, "<payers><payer id='a' label='A' sid='cio'/></payers>"),
		"attribute 'sid' is not known on 'payer'; did you mean 'side'?" },
	{ DIAG_ATTRIBUTE_VALUE,
		BRIEFING("<kind id='k'><label lang='en'>K</label><field id='s' type='choice' "
			 "choices='open done'/></kind>",
			"<ks><k id='a' label='A' s='doen'/></ks>"),
		"'doen' is not a value of 's'; did you mean 'done'?" },
	{ DIAG_ATTRIBUTE_VALUE,
		BRIEFING("<kind id='k'><label lang='en'>K</label><field id='source' "
			 "type='text'/></kind>",
			""),
		"every record has 'source' already" },
	{ DIAG_ATTRIBUTE_VALUE,
		BRIEFING("<metric id='m' measure='count' joint='ratio'><label "
			 "lang='en'>M</label></metric>",
			""),
		"the joint view cannot be a ratio without 'of' and 'over'" },
	{ DIAG_ATTRIBUTE_VALUE,
		BRIEFING(SHARE "<metric id='t' measure='count' sum='yes'><label "
			       "lang='en'>T</label></metric>",
			""),
		"metric 'yes' has no items to add up" },
	{ DIAG_ATTRIBUTE_VALUE,
		"<briefing " SPACE "period='2026-Q3'><catalogue><sides><side id='joint'><label "
				   "lang='en'>J</label></side></sides></catalogue></briefing>",
		"'joint' is the view of all sides together and cannot be one of them" },
	{ DIAG_ATTRIBUTE_VALUE,
		"<briefing " SPACE
		"period='2026-Q3'><company name='N' currency='Euro'/></briefing>",
		"'Euro' is not a currency; write its three letters, as in EUR" },
	{ DIAG_ATTRIBUTE_VALUE,
		"<briefing " SPACE
		"period='2026-Q3'><company name='N' fiscal-start='13'/></briefing>",
		"month 13 is not one of 1 to 12" },
	{ DIAG_ATTRIBUTE_MISSING, "<briefing " SPACE "/>", "'briefing' has no attribute 'period'" },
	{ DIAG_ATTRIBUTE_MISSING,
		BRIEFING("<metric id='m' measure='percent' of='yes'><label "
			 "lang='en'>M</label></metric>" SHARE,
			""),
		"metric 'm' has 'of' and no 'over'" },
	{ DIAG_ATTRIBUTE_MISSING, BRIEFING(SHARE, "<values metric='yes'><v>1</v></values>"),
		"a value of 'yes' has no period" },
	{ DIAG_ATTRIBUTE_MISSING,
		HEAD "<benchmarks><benchmark id='b' measure='percent' publisher='P' study='S' "
		     "sample='1' year='2020' kind='survey'><statement "
		     "lang='en'>s</statement></benchmark></benchmarks></briefing>",
		"benchmark 'b' has neither 'value' nor 'shown'" },
	{ DIAG_ATTRIBUTE_VALUE,
		HEAD "<benchmarks><benchmark id='b' value='1' measure='percent' publisher='P' "
		     "study='S' sample=' ' year='2020' kind='survey'><statement "
		     "lang='en'>s</statement></benchmark></benchmarks></briefing>",
		"benchmark 'b' says no sample" },
};

static void wrong_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
		struct fixture *f = fixture_text(wrongs[i].text);
		const char *said = said_of(f, wrongs[i].code);
		size_t length = strlen(wrongs[i].said);
		if (strncmp(said, wrongs[i].said, length) != 0 ||
			(said[length] && strncmp(said + length, " | ", 3) != 0))
			fail_msg("case %zu (%s) says\n'%s', not\n'%s'\n%s", i,
				diag_code_name(wrongs[i].code), said, wrongs[i].said,
				fixture_said(f));
		fixture_release(f);
	}
}

/* One mistake, one message: what follows from it is not reported again. */
static void one_mistake_one_message(void **state)
{
	(void)state;
	static const char *const files[] = {
		BRIEFING(KINDS MONEY,
			"<values metric='spent'><v period='2026'>x</v><v "
			"period='2027'>y</v></values>"),
		BRIEFING(SHARE,
			"<values metric='yes' source='puls'><v period='2026-Q3' "
			"side='cio'>1</v></values>"),
		BRIEFING(KINDS, "<payers><payer id='it' label='IT' side='cfo'/></payers>"),
		BRIEFING(KINDS, "<lines><line id='shop' payer='itt' label='Shop'/></lines>"),
	};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct fixture *f = fixture_text(files[i]);
		if (f->diag.errors != 1)
			fail_msg("%s", fixture_said(f));
		fixture_release(f);
	}
}

static void everything_in_one_run(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING(KINDS MONEY "<metric id='m' measure='procent'/>",
		"<source id='s' title='S'/><payers><payer id='it' label='IT' "
		"side='cfo'/></payers><lines><line id='shop' payer='x' label='Shop'/></lines>"
		"<values metric='spend'><v item='shop' period='2026'>ten</v><v item='show' "
		"period='2026'>10</v></values><valeus/>"));
	assert_int_equal(f->diag.errors, 7);
	fixture_release(f);
}

static void too_many_sides(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(
		"<briefing " SPACE "period='2026-Q3' lang='en'><catalogue><sides>"
		"<side id='a'><label lang='en'>A</label></side><side id='b'><label "
		"lang='en'>B</label></side>"
		"<side id='c'><label lang='en'>C</label></side><side id='d'><label "
		"lang='en'>D</label></side>"
		"<side id='e'><label lang='en'>E</label></side><side id='f'><label "
		"lang='en'>F</label></side>"
		"<side id='g'><label lang='en'>G</label></side><side id='h'><label "
		"lang='en'>H</label></side>"
		"<side id='i'><label lang='en'>I</label></side></sides></catalogue></briefing>");
	assert_int_equal(f->facts->side_count, 8);
	assert_string_equal(said_of(f, DIAG_LIMIT), "more than 8 sides");
	fixture_release(f);
}

/* Metrics made of one another, the whole first or last, are followed so far and no further: the stack is not theirs. */
static void a_chain_of_metrics(void **state)
{
	(void)state;
	for (int reversed = 0; reversed < 2; reversed++) {
		char text[16 * 1024], *at = text, *end = text + sizeof text;
		at += snprintf(at, (size_t)(end - at), "<briefing " SPACE "period='2026-Q3' lang='en'><catalogue>");
		for (int i = 0; i <= LIMIT_METRIC_DEPTH + 1; i++) {
			int id = reversed ? LIMIT_METRIC_DEPTH + 1 - i : i;
			at += snprintf(at, (size_t)(end - at), "<metric id='m%d' measure='count'", id);
			if (id)
				at += snprintf(at, (size_t)(end - at), " add='m%d'", id - 1);
			at += snprintf(at, (size_t)(end - at), "/>");
		}
		snprintf(at, (size_t)(end - at), "</catalogue></briefing>");
		struct fixture *f = fixture_text(text);
		const char *said = said_of(f, DIAG_LIMIT);
		assert_non_null(strstr(said, "is one of more than 64 made of one another"));
		assert_null(strstr(said, "|"));
		fixture_release(f);
	}
}

/* Shares that miss 100 only because each is rounded are no mistake. */
static void rounded_shares_pass(void **state)
{
	(void)state;
	struct fixture *f =
		fixture_text(BRIEFING("<kind id='line'><label lang='en'>L</label></kind><metric "
				      "id='mix' measure='percent' aggregate='sum' "
				      "items='line'><label lang='en'>Mix</label></metric>",
			"<lines><line id='a' label='A'/><line id='b' label='B'/><line id='c' "
			"label='C'/></lines>"
			"<values metric='mix' period='2026-Q3'><v item='a'>33</v><v "
			"item='b'>33</v><v item='c'>33</v></values>"));
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	fixture_release(f);
}

static void incomplete_joint_values(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING(SHARE,
		"<values metric='yes'><v period='2026-Q3' side='cio'>17</v><v period='2026-Q3' "
		"side='cmo'>17</v><v period='2026-Q2' side='cio'>16</v></values>"
		"<values metric='asked'><v period='2026-Q3' side='cio'>22</v><v period='2026-Q3' "
		"side='cmo'>19</v><v period='2026-Q2' side='cio'>22</v></values>"));
	assert_int_equal(f->diag.errors, 0);
	assert_string_equal(fixture_shows(f, "metric='share'"), "83");
	/* one office has not answered: nothing joint is made of the other's answers alone */
	assert_string_equal(fixture_shows(f, "metric='share' period='previous'"),
		"missing: no value for 'share' in unit 'emea', 2026-Q2, actual; of its sides only 'cio' has one");
	assert_string_equal(fixture_shows(f, "metric='yes' period='previous'"),
		"missing: no value for 'yes' in unit 'emea', 2026-Q2, actual");
	assert_string_equal(fixture_shows(f, "metric='share' side='cio' period='previous'"), "73");
	fixture_release(f);
}

/* Only one office was ever asked: its share is no mean of both. A metric whose joint value is the quotient of its parts has one. */
static void joint_value_of_one_side(void **state)
{
	(void)state;
#define ONE_OFFICE "<values metric='yes' period='2026-Q3'><v side='cio'>17</v></values><values metric='asked' period='2026-Q3'><v side='cio'>22</v></values>"
	struct fixture *f = fixture_text(BRIEFING(SHARE, ONE_OFFICE));
	assert_int_equal(f->diag.errors, 0);
	assert_string_equal(fixture_shows(f, "metric='share'"), "missing: no value for 'share' in unit 'emea', 2026-Q3, actual; of its sides only 'cio' has one");
	assert_string_equal(fixture_shows(f, "metric='share' side='cio'"), "77");
	fixture_release(f);
	f = fixture_text(BRIEFING(SHARE "<metric id='rate' measure='percent' of='yes' over='asked' joint='ratio'><label lang='en'>R</label></metric>", ONE_OFFICE));
	assert_string_equal(fixture_shows(f, "metric='rate'"), "77");
	fixture_release(f);
	f = fixture_text(BRIEFING(SHARE, "<values metric='yes' period='2026-Q3'><v>17</v></values><values metric='asked' period='2026-Q3'><v>22</v></values>"));
	assert_string_equal(fixture_shows(f, "metric='share'"), "77"); /* of both together, as they were told */
	fixture_release(f);
#undef ONE_OFFICE
}

static void weighted_means(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(BRIEFING(
		"<kind id='team'><label lang='en'>Team</label></kind><metric id='n' "
		"measure='count' aggregate='sum' items='team'><label lang='en'>N</label></metric>"
		"<metric id='days' measure='days' decimals='1' aggregate='mean' weight='n' "
		"items='team'><label lang='en'>Days</label></metric>",
		"<teams><team id='a' label='A'/><team id='b' label='B'/></teams><values "
		"metric='days' period='2026-Q3'><v item='a'>10</v><v item='b'>40</v></values>"
		"<values metric='n' period='2026-Q3'><v item='a'>3</v><v item='b'>1</v></values>"));
	assert_int_equal(f->diag.errors, 0);
	assert_string_equal(fixture_shows(f, "metric='days'"), "17.5");
	assert_string_equal(fixture_shows(f, "metric='days' show='mean'"), "25.0");
	assert_string_equal(fixture_shows(f, "metric='n'"), "4");
	fixture_release(f);
}

static void periods_by_kind(void **state)
{
	(void)state;
	struct fixture *f = fixture_text(
		BRIEFING("<metric id='m' measure='count' period-kind='month'><label "
			 "lang='en'>M</label></metric>"
			 "<metric id='h' measure='count' period-kind='half' "
			 "prior='previous'><label lang='en'>H</label></metric><metric id='y' "
			 "measure='count' period-kind='ytd'><label lang='en'>Y</label></metric>",
			""));
	static const char *const rows[][2] = {
		{ "metric='m' period='this'", "2026-09" },
		{ "metric='m' period='previous'", "2026-08" },
		{ "metric='m' period='this' offset='-9'", "2025-12" },
		{ "metric='h' period='this'", "2026-H2" },
		{ "metric='h' period='prior'", "2026-H1" },
		{ "metric='h' period='year-ago'", "2025-H2" },
		{ "metric='y' period='this'", "2026-Q3-YTD" },
		{ "metric='y' period='previous'", "2025-Q3-YTD" },
		{ "metric='y' period='next-year'", "2027" },
		{ "metric='y' period='ytd-year-ago'", "2025-Q3-YTD" },
		{ "period='this'", "2026-Q3" },
		{ "period='last-year' offset='-1'", "2024" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str q = str_printf(&f->arena, "show='label' %s", rows[i][0]);
		assert_string_equal(fixture_shows(f, q.ptr), rows[i][1]);
	}
	fixture_shows(f, "metric='m' period='2026..2027-Q1'");
	assert_string_equal(said_of(f, DIAG_PERIOD_KIND),
		"'2026..2027-Q1' begins and ends with different kinds of period");
	fixture_shows(f, "metric='m' period='2028..2027'");
	assert_string_equal(said_of(f, DIAG_ATTRIBUTE_VALUE),
		"'2028..2027' does not lead from an earlier period to a later one");
	fixture_release(f);
}

static void queries_fall_back(void **state)
{
	(void)state;
	struct fixture *f = fixture_text("<briefing " SPACE "period='2026-Q3'/>");
	struct query *row = fixture_query(f,
		"metric='spend' period='ytd' show='gap' form='signed' decimals='1' offset='-1' "
		"versus-scenario='plan'");
	struct query *cell = fixture_query(f, "period='previous' show='share' side='cio'");
	struct query q = query_merge(cell, row);
	assert_true(str_is(q.metric, "spend") && str_is(q.period, "previous") &&
		str_is(q.side, "cio") && str_is(q.versus_scenario, "plan"));
	assert_int_equal(q.show, SHOW_SHARE);
	assert_int_equal(q.form, FORM_SIGNED);
	assert_int_equal(q.decimals, 1);
	assert_int_equal(q.offset, -1);
	assert_true(q.scale_unit);
	struct query none;
	query_init(&none, (struct src_pos){ 0 });
	q = query_merge(&none, row);
	assert_int_equal(q.show, SHOW_GAP);
	assert_non_null(q.pos.source);
	fixture_release(f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_briefing_says),
		cmocka_unit_test(dates_without_a_meeting),
		cmocka_unit_test(labels_by_language),
		cmocka_unit_test(records_of_a_kind),
		cmocka_unit_test(conditions_on_records),
		cmocka_unit_test(other_units),
		cmocka_unit_test(a_company_replaces_and_extends),
		cmocka_unit_test(dumped),
		cmocka_unit_test(wrong_files),
		cmocka_unit_test(one_mistake_one_message),
		cmocka_unit_test(everything_in_one_run), cmocka_unit_test(too_many_sides), cmocka_unit_test(a_chain_of_metrics),
		cmocka_unit_test(rounded_shares_pass),
		cmocka_unit_test(incomplete_joint_values),
		cmocka_unit_test(joint_value_of_one_side),
		cmocka_unit_test(weighted_means),
		cmocka_unit_test(periods_by_kind),
		cmocka_unit_test(queries_fall_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
