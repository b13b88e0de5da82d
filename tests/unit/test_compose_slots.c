/* Compose, slots and charts: text, tiles, lists, cards, keys, notes, scales, what is hidden and why. Figures worked out by hand. */
#include "compose_fixture.h"

#define EURO "\xE2\x82\xAC"
#define CHART(attributes, content) EXHIBIT("x", "<chart " attributes ">" content "</chart>")

static const struct doc_chart *the_chart(struct composing *c)
{
	return the_block(c, "x")->exhibit->body->chart;
}

static const struct doc_scale *scale_at(struct composing *c, uint16_t index)
{
	return &c->doc->scales.at[index];
}

static void expect_scale(struct composing *c, uint16_t index, struct decimal low, struct decimal high, struct decimal tick)
{
	assert_int_equal(decimal_cmp(scale_at(c, index)->low, low), 0);
	assert_int_equal(decimal_cmp(scale_at(c, index)->high, high), 0);
	assert_int_equal(decimal_cmp(scale_at(c, index)->tick, tick), 0);
}

/* ---- charts ---- */

static void a_bar_chart(void **state)
{
	struct composing *c = *state;

	expect_block(state, CHART("kind='bar'", "<rows each='line' sort='s'/><series id='s' metric='cost'/>"),
		"Commerce: 3.10\nTools: 1.90\nSearch: 0.80\nWi-Fi: 0.60\n");
	expect_scale(c, the_chart(c)->scale, decimal_int(0), (struct decimal){ 310, 2 }, decimal_int(0));
	assert_true(str_is(the_chart(c)->alt, "Chart: Title of 85" NB "%. Commerce 3.10; Tools 1.90; Search 0.80; Wi-Fi 0.60."));
}

/* Parts 3.90, 1.90, 0.60 make 6.40; a year before 3.60, 1.50, 0.60 make 5.70: up by 12.28 %. */
static void a_stacked_chart(void **state)
{
	struct composing *c = *state;

	expect_block(state, CHART("kind='stacked' totals='yes' changes='yes'", "<row metric='cost' period='last-year' label='head'/>"
				  "<row metric='cost' period='this-year' label='sum'/><series each='payer' decimals='1'/>"),
		"Head: 3.6 1.5 0.6 = 5.7 \nSum: 3.9 1.9 0.6 = 6.4 +12.3" NB "%\n");
	assert_int_equal(the_chart(c)->series[1].colour, COLOUR_SIDE_2);
	expect_scale(c, the_chart(c)->scale, decimal_int(0), (struct decimal){ 64, 1 }, decimal_int(0));
}

/* Parts that are metrics: their sum is the total where the row asks for none. */
static void a_stack_of_metrics(void **state)
{
	expect_block(state, CHART("kind='stacked' totals='yes'", "<rows each='line' where='payer=it'/><series metric='cost'/><series metric='cost' period='last-year'/>"),
		"Commerce: 3.10 2.90 = 6.00\nSearch: 0.80 0.70 = 1.50\n");
}

static void a_line_chart(void **state)
{
	struct composing *c = *state;

	expect_block(state, CHART("kind='line'", "<rows periods='3' metric='aligned' label-from='period'/><series each='side'/>"
				  "<reference metric='aligned' scenario='plan' label='remark'/>"),
		"Q1" NB "26: 70 80\nQ2" NB "26: 71 88\nQ3" NB "26: 78 92\n");
	expect_scale(c, the_chart(c)->scale, decimal_int(0), decimal_int(100), decimal_int(20));
	assert_true(str_is(the_chart(c)->references[0].label, "about 80"));
	assert_true(str_is(the_chart(c)->series[1].label, "CMO office"));
	assert_int_equal(the_chart(c)->series[1].mark, MARK_SQUARE);
}

/* A benchmark in a chart is called in the source line, with its study. */
static void a_benchmark_line(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(CHART("kind='line'", "<rows periods='2' metric='aligned' label-from='period'/><series/>"
				  "<reference metric='aligned' show='benchmark'/>")));
	assert_int_equal(the_chart(c)->reference_count, 1);
	assert_string_equal(runs_text(c, &the_block(c, "x")->exhibit->source),
		"*Exhibit" NB "1* \xC2\xB7 Source: Ledger \xC2\xB7 as of 30" NB "Sep" NB "2026 \xC2\xB7 all lines" NB "[1]");
	assert_int_equal(c->doc->notes.count, 1);
}

/* The matrix groups by payer; what the marks say is in the words for those who cannot see them. */
static void a_matrix(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(CHART("kind='matrix'", "<rows each='line' group-by='payer' group-topic='group' mark='state' tail='owner'>"
				  "<flag where='state=late' word='head' status='bad'/></rows>")));
	assert_int_equal(the_chart(c)->category_count, 4);
	assert_int_equal(the_chart(c)->categories[0].mark, MARK_BALL_1);
	assert_int_equal(the_chart(c)->categories[0].tail_mark, MARK_CIRCLE);
	assert_true(str_is(the_chart(c)->categories[2].group, "Marketing"));
	assert_true(str_is(the_chart(c)->categories[2].flag, "Head"));
	assert_int_equal(the_chart(c)->categories[2].flag_status, STATUS_BAD);
	assert_true(str_is(the_chart(c)->totals[0].label, "costs " EURO "3.90" NB "m"));
	assert_true(str_starts(the_chart(c)->alt, "Chart: Title of 85" NB "%. Commerce early, CIO office"));
}

static void a_timeline(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(CHART("kind='timeline'", "<rows each='line' where='payer=it,marketing' sort='due' ascending='yes' top='2' date='due'/>"
				  "<row date='meeting' code='head'/>")));
	assert_int_equal(the_chart(c)->category_count, 3);
	assert_true(str_is(the_chart(c)->categories[0].label, "Tools"));
	assert_true(str_is(the_chart(c)->categories[0].sublabel, "1" NB "Nov"));
	assert_int_equal(the_chart(c)->categories[2].date.day, 14);
	assert_true(str_is(the_chart(c)->categories[2].code, "Head"));
}

/* Groups commerce and search of IT: changes +0.20 and +0.10, cumulated 0.30; marketing +0.40: 0.70 in all. */
static void a_bridge(void **state)
{
	struct composing *c = *state;

	expect_block(state, CHART("kind='bridge'", "<rows each='payer' metric='cost' mark='side'/><row as='total' metric='cost' label='head'/>"
				  "<series period='last-year'/><series period='this-year'/>"
				  "<change each='line' group='payer' show='difference' period='this-year' versus-period='last-year'/>"),
		"Commerce: 0.20 - = 3.60 3.90\nSearch: 0.10 - = - \nTools: 0.40 - = 1.50 1.90\nWi-Fi: 0.00 - = 0.60 0.60\n: 0.70 - = 5.70 6.40\n");
	expect_scale(c, the_chart(c)->scale_change, decimal_int(0), (struct decimal){ 70, 2 }, decimal_int(0));
	assert_int_equal(the_chart(c)->categories[0].mark, MARK_CIRCLE);
}

static void a_chart_without_values(void **state)
{
	expect_message(state, CHART("kind='bar'", "<rows each='line'/><series metric='unsaid'/>"), "this chart has no value to show");
}

/* ---- scales ---- */

#define PAIR(first, second)                                                                                           \
	"<exhibit slot='x' title-topic='title' source='ledger' " first "><chart kind='bar'><rows each='line'/><series metric='cost'/></chart></exhibit>" \
	"<exhibit slot='y' title-topic='title' source='ledger' " second "><chart kind='bar'><rows each='line'/><series metric='cost' period='last-year'/></chart></exhibit>"

static void one_measure_one_scale(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(PAIR("", "")));
	assert_int_equal(the_chart(c)->scale, the_block(c, "y")->exhibit->body->chart->scale);
	expect_scale(c, the_chart(c)->scale, decimal_int(0), (struct decimal){ 310, 2 }, decimal_int(0));
	assert_messages(c->f, "");
}

static void a_scale_of_its_own(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(PAIR("", "scale='mine'")));
	expect_scale(c, the_block(c, "y")->exhibit->body->chart->scale, decimal_int(0), (struct decimal){ 290, 2 }, decimal_int(0));
}

/* 3.10 lies beyond 3: the bound moves to the next tick. */
static void bounds_give_way(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(PAIR("scale-low='0' scale-high='3' scale-tick='1'", "scale-low='-1' scale-high='8'")));
	expect_scale(c, the_chart(c)->scale, decimal_int(0), decimal_int(4), decimal_int(1));
	expect_scale(c, the_block(c, "y")->exhibit->body->chart->scale, decimal_int(-1), decimal_int(8), decimal_int(0));
	assert_messages(c->f, "");
}

static void bounds_that_differ(void **state)
{
	expect_message(state, PAIR("scale='a' scale-high='5'", "scale='a' scale-high='6'"), "two exhibits of one scale set different bounds");
}

/* A change in per cent is no share of a whole: 6.7 is the greatest. */
static void a_change_has_no_whole(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION(CHART("kind='bar'", "<rows each='line' where='id=search'/><series metric='cost' show='change' versus-scenario='plan' decimals='1'/>")));
	expect_scale(c, the_chart(c)->scale, decimal_int(0), (struct decimal){ 67, 1 }, decimal_int(0));
}

static void currencies_do_not_mix(void **state)
{
	expect_message(state, CHART("kind='bar'", "<rows each='line'/><series metric='cost'/><series field='fee'/>"),
		"amounts in EUR and USD cannot stand on one scale; declare the budget rate from USD to EUR for 2026-Q3 [currency-mixed]");
}

/* ---- text slots ---- */

static void a_title(void **state)
{
	expect_block(state, "<title slot='x' topic='title' lead='lead'/>", "Title of 85" NB "%\nA lead\n");
}

static void a_narrative(void **state)
{
	expect_block(state, "<narrative slot='x' topic='two' take='1' heading='head' heading-unit='sum'/>", "Head Sum\nFirst\n");
}

static void a_wording(void **state)
{
	expect_block(state, "<narrative slot='x' topic='said' for-side='cmo'/>", "by marketing\n");
}

static void parts_of_a_sentence(void **state)
{
	expect_block(state, "<list slot='x' each='line' where='id=tools' body-topic='parts'/>",
		"> Tools\n*S*<square><cross>*late*2" EURO NB "m/Commerce and Search\n");
}

static void keys(void **state)
{
	expect_block(state, "<key slot='x' show='actual good ball-2 cmo code-plan line:payer'/>",
		"<actual>actual \xE2\x80\x82 <tick>on plan \xE2\x80\x82 <ball-2>half way \xE2\x80\x82 <square>CMO office \xE2\x80\x82 PL" NB "plan"
		" \xE2\x80\x82 <circle>IT \xE2\x80\x82 <square>Marketing \xE2\x80\x82 <diamond>Joint\n");
	expect_block(state, "<key slot='x'><key flag='head' word='remark'/><key flag='head' status='bad' word='remark'/></key>",
		"Head" NB "about {0} \xE2\x80\x82 *Head*" NB "about {0}\n");
	expect_message(state, "<key slot='x' show='lines:payer'/>", "'lines:payer' is nothing a key could explain");
}

/* Space over a slot goes to its block, or to the row that it begins. */
static void space_above_a_slot(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION("<key slot='x' show='actual' space-above='8pt'/>"
			    "<key slot='y' show='plan' span='6' space-above='4pt'/><key slot='z' show='plan' span='6' space-above='5pt'/>"));
	assert_int_equal(c->doc->sections.at[0]->blocks[0]->space_before, 8 * MPT_PT);
	assert_int_equal(c->doc->sections.at[0]->blocks[1]->kind, DOC_ROW);
	assert_int_equal(c->doc->sections.at[0]->blocks[1]->space_before, 4 * MPT_PT);
}

static void a_list(void **state)
{
	expect_block(state, "<list slot='x' each='line' where='payer=it,both' numbered='yes' heading='head' topic='line'><amount field='fee' empty='nothing'/></list>",
		"Head\n*1*> Commerce^*nil*\nCommerce costs " EURO "3.10" NB "m\n*2*> Search^*nil*\nSearch costs " EURO "0.80" NB "m\n"
		"*3*> Wi-Fi^*US$2.00" NB "m*\nWi-Fi costs " EURO "0.60" NB "m\n");
}

static void cards(void **state)
{
	struct composing *c = *state;
	const struct doc_row *row;

	expect_block(state, "<cards slot='x' each='line' columns='3' numbered='yes'/>",
		"*1" NB " *Commerce\n*2" NB " *Tools\n*3" NB " *Search\n*4" NB " *Wi-Fi\n");
	row = the_block(c, "x")->stack->blocks[0]->row;
	assert_int_equal(row->count, 3);
	assert_int_equal(row->cells[2].of, 3);
	assert_int_equal(row->cells[2].start, 2);
	assert_non_null(find_block(c, "x[4]"));
}

static void grouped_cards(void **state)
{
	expect_block(state, "<cards slot='x' each='line' where='payer=it,both' group-by='payer' columns='2'/>", "IT\nCommerce\nSearch\nJoint\nWi-Fi\n");
}

static void signatures(void **state)
{
	expect_block(state, "<signatures slot='x' each='payer' columns='2' topic='lead'/>", "A lead\nIT ____ Marketing ____ \nJoint ____ \n");
}

static void tiles(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION("<tiles slot='x' columns='2'><bar word='code-actual'/><sides/><views word='views'/><difference versus-scenario='plan'/>"
			    "<benchmark/><source/><tile metric='aligned'/><tile metric='unsaid'/></tiles><space slot='y' height='4pt'/>"));
	assert_string_equal(block_text(c, the_block(c, "x[aligned]")),
		"Priorities aligned\n*85" NB "%*^<tick>*on plan*\n: 85\n: 78 92\n"
		"[views] \xE2\x80\x82<circleCIO!>78" NB "% \xE2\x80\x82<squareCMO!>92" NB "%\n"
		"+5" NB "pts, +6" NB "%\n92" NB "% elsewhere" NB "[1]\nSource: Pulse, n" NB "=" NB "41/30" NB "Sep" NB "2026\n");
	if (strstr(fixture_messages(c->f), "showing 'n/a' [data-missing]") == NULL)
		fail_msg("%s", fixture_messages(c->f));
}

static void boxes_and_rows(void **state)
{
	struct composing *c = *state;
	const struct doc_row *row;

	expect_block(state, "<box slot='x' span='8' fill='tint'><title slot='a' topic='lead' span='4'/><title slot='b' topic='title' span='4'/></box>"
			    "<rule slot='r' span='4' accent='yes'/>", "A lead\nTitle of 85" NB "%\n");
	row = c->doc->sections.at[0]->blocks[0]->row;
	assert_int_equal(row->cells[0].of, 12);
	assert_int_equal(the_block(c, "x")->stack->blocks[0]->row->cells[1].of, 8);
	assert_int_equal(the_block(c, "x")->frame->fill, COLOUR_TINT);
	assert_int_equal(the_block(c, "r")->rule->colour, COLOUR_ACCENT);
	assert_null(the_block(c, "r")->frame);
}

static void running_heads(void **state)
{
	struct composing *c = *state;

	composed(c, "<header start='furniture' strong='unit'/>" SECTION("<title slot='x' topic='title'/>"));
	assert_string_equal(runs_text(c, &c->doc->furniture.header[0]), "Northwind and *EMEA*");
}

/* ---- notes ---- */

/* Benchmarks of one study share its note. */
static void notes(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION("<narrative slot='x' topic='calls'/><benchmarks slot='y' columns='1'/>"));
	assert_string_equal(block_text(c, the_block(c, "x")), "one[1] two[1] three[2] four[1]\n");
	assert_string_equal(block_text(c, the_block(c, "y")), "[1]" NB "P, S, 2020; 100.\n[2]" NB "Q, T, 2013; 12.\n");
	assert_messages(c->f, "");
}

/* A benchmark's figure that its sentence does not call a note for has one all the same. */
static void uncalled(void **state)
{
	expect_block(state, "<narrative slot='x' topic='elsewhere'/>", "There: 92" NB "%, and more" NB "[1]\nThere: 92" NB "% [1]\n");
}

/* On a summary page a sentence that calls an expired benchmark gives way to the next. */
static void expired(void **state)
{
	struct composing *c = *state;

	composed(c, "<section id='s' summary='yes'><narrative slot='x' topic='aged' take='1'/></section>"
		    "<section id='t'><narrative slot='y' topic='aged' take='1'/></section>");
	assert_string_equal(block_text(c, the_block(c, "x")), "New\n");
	assert_string_equal(block_text(c, the_block(c, "y")), "Old: [1]\n");
	assert_messages(c->f, "");
}

static void expired_in_a_chart(void **state)
{
	struct composing *c = *state;

	composed(c, "<section id='s' summary='yes'>" CHART("kind='line'", "<rows periods='2' metric='aligned' label-from='period'/><series/>"
		    "<reference metric='aligned' show='benchmark' ref='old'/>") "</section>");
	assert_int_equal(the_chart(c)->reference_count, 0);
	assert_int_equal(c->doc->notes.count, 0);
	if (strstr(fixture_messages(c->f), "benchmark 'old' expired") == NULL || strstr(fixture_messages(c->f), "asked for by slot 'x'") == NULL)
		fail_msg("%s", fixture_messages(c->f));
}

/* ---- what is hidden ---- */

/* An exhibit without records takes no number, and no sentence speaks of it. */
static void hidden(void **state)
{
	struct composing *c = *state;

	composed(c, SECTION("<exhibit slot='none' title-topic='title' source='ledger'><table row-height='12pt'><rows each='nothing'/><column label='yes'/></table></exhibit>"
			    "<exhibit slot='second' title-topic='title' source='ledger'><table row-height='12pt'><rows each='line'/><column label='yes'/></table></exhibit>"
			    "<narrative slot='x' topic='seen' take='1'/>"));
	assert_null(find_block(c, "none"));
	assert_int_equal(the_block(c, "second")->exhibit->number, 1);
	assert_string_equal(block_text(c, the_block(c, "x")), "See Exhibit" NB "1\n");
	assert_messages(c->f, "");
}

static void reasons(void **state)
{
	struct composing *c = *state;

	hidden(state);
	assert_true(str_is(c->reasons.list.at[0].why_shown, "not shown: no records of kind 'nothing'"));
	assert_true(str_is(c->reasons.list.at[1].why_shown, "shown, exhibit 1"));
	assert_true(str_is(c->reasons.list.at[2].topic, "title"));
	assert_true(str_is(c->reasons.list.at[3].slot, "x"));
	assert_int_equal(c->reasons.list.at[4].picks.out.at[0].reason, PICK_PLACE);
	assert_true(str_is(c->reasons.list.at[4].picks.out.at[0].values, "slot 'none' is not shown"));
}

#define IF(condition) "<narrative slot='x' topic='lead' " condition "/><space slot='y' height='4pt'/>"

static void conditions(void **state)
{
	static const struct { const char *slots; bool shown; } cases[] = {
		{ IF("if='data' if-metric='aligned'"), true }, { IF("if='data' if-metric='unsaid'"), false },
		{ IF("if='data' if-value='lead'"), true }, { IF("if='records' if-value='line'"), true },
		{ IF("if='records' if-value='nothing'"), false }, { IF("if='records' if-value='line' if-where='payer=none'"), false },
		{ IF("if='status' if-value='watch bad' if-metric='aligned'"), false }, { IF("if='status' if-value='good' if-metric='aligned'"), true },
		{ IF("if='beyond' if-value='84' if-metric='aligned'"), true }, { IF("if='beyond' if-value='85' if-metric='aligned'"), false },
		{ IF("if='side' if-value='coo cmo'"), true }, { IF("if='side' if-value='coo'"), false },
		{ IF("if='unit' if-value='apac emea'"), true }, { IF("if='unit' if-value='apac'"), false },
	};
	struct composing *c = *state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		composed(c, str_printf(&c->f->arena, "<section id='s'>%s</section>", cases[i].slots).ptr);
		if ((find_block(c, "x") != NULL) != cases[i].shown)
			fail_msg("%s\n%s", cases[i].slots, fixture_messages(c->f));
	}
	assert_messages(c->f, "");
}

static void a_hidden_section(void **state)
{
	struct composing *c = *state;

	composed(c, "<section id='s' if='unit' if-value='apac'><title slot='a' topic='title'/></section><section id='t'><title slot='b' topic='title'/></section>");
	assert_int_equal(c->doc->sections.count, 1);
	assert_true(str_is(c->reasons.list.at[0].slot, "a"));
	assert_true(str_is(c->reasons.list.at[0].why_shown, "not shown: it is for unit 'apac'"));
}

/* ---- figures ---- */

/* Every figure leads to its value; what is derived to its operands. */
static void figures(void **state)
{
	struct composing *c = *state;
	const struct doc_figure *f;
	const struct doc_value *v;

	composed(c, SECTION("<title slot='x' topic='title'/>"));
	assert_int_equal(c->doc->figures.count, 1);
	f = &c->doc->figures.at[0];
	v = &c->doc->values.at[f->value];
	assert_true(str_is(f->text, "85" NB "%") && str_is(f->slot, "x"));
	assert_true(str_is(v->of->operation, "mean") && v->operand_count == 2 && str_is(v->of->source, "pulse"));
	assert_true(str_is(c->doc->values.at[v->operands[0]].of->side, "cio") && c->doc->values.at[v->operands[0]].of->operation.len == 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, compose_open, compose_close)
int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(a_bar_chart), T(a_stacked_chart), T(a_stack_of_metrics), T(a_line_chart), T(a_benchmark_line), T(a_matrix), T(a_timeline), T(a_bridge),
		T(a_chart_without_values), T(one_measure_one_scale), T(a_scale_of_its_own), T(bounds_give_way), T(bounds_that_differ),
		T(a_change_has_no_whole), T(currencies_do_not_mix),
		T(a_title), T(a_narrative), T(a_wording), T(parts_of_a_sentence), T(keys), T(space_above_a_slot), T(a_list), T(cards), T(grouped_cards), T(signatures), T(tiles),
		T(boxes_and_rows), T(running_heads), T(notes), T(uncalled), T(expired), T(expired_in_a_chart), T(hidden), T(reasons), T(conditions), T(a_hidden_section),
		T(figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
