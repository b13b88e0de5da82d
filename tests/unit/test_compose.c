/* Compose, tables: rows, columns, sorting, grouping, totals, marks, forms. Figures worked out by hand from the fixture's facts. */
#include "compose_fixture.h"

#define LABEL "<column label='yes'/>"
#define ACTUAL "<column metric='cost'/>"

/* ---- rows ---- */

static void a_row_each(void **state)
{
	expect_block(state, TABLE("<rows each='line' metric='cost'/>" LABEL "<column scenario='plan'/><column scenario='actual'/>"
				"<column show='difference' versus-scenario='plan' form='signed'/><column show='change' versus-scenario='plan' decimals='1'/>"),
		"head ||||\n"
		"Commerce|3.20|3.10|" MINUS "0.10|" MINUS "3.1\n"
		"Tools|1.40|1.90|+0.50|35.7\n"
		"Search|0.75|0.80|+0.05|6.7\n"
		"Wi-Fi|0.60|0.60|\xC2\xB1" "0.00|0.0\n");
}

static void rows_that_match(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it' numbered='yes'/><row as='total' metric='cost' label='head'/>" LABEL ACTUAL),
		"head |\n*1" NB " *Commerce|3.10\n*2" NB " *Search|0.80\ntotal Head|6.40\n");
}

static void a_row_a_metric(void **state)
{
	expect_block(state, TABLE("<rows metrics='aligned wait'/>" LABEL "<column period='this'/><column unit-once='no'/>"),
		"head ||\nPriorities aligned|85|85" NB "%\nDays waited|14|14\n");
}

/* The cio's and cmo's figures of a quarter; the mean is rounded from exact ones: (71 + 88) / 2 = 79.5. */
static void a_row_a_period(void **state)
{
	expect_block(state, TABLE("<rows periods='3' metric='aligned' label-from='period'/>" LABEL "<column/><column side='cio'/>"),
		"head ||\nQ1" NB "26|75|70\nQ2" NB "26|80|71\nQ3" NB "26|85|78\n");
}

static void a_row_a_side(void **state)
{
	expect_block(state, TABLE("<rows each='side' metric='aligned' label-from='side' mark='side'/>" LABEL "<column/><column topic='said'/>"),
		"head ||\n<circle>CIO|78|by all\n<square>CMO|92|by marketing\n");
}

/* A single row that names a side has its mark, and its words in that side's wording. */
static void one_row_of_a_side(void **state)
{
	expect_block(state, TABLE("<row metric='aligned' side='cmo' mark='side' label='head'/>" LABEL "<column/>"), "head |\n<square>Head|92\n");
}

static void no_such_kind(void **state)
{
	expect_message(state, TABLE("<rows each='lone'/>" LABEL), "no kind of record is called 'lone'; did you mean 'line'? [reference-unknown]");
}

static void no_such_field(void **state)
{
	expect_message(state, TABLE("<rows each='line' mark='owner' sort='stat'/>" LABEL),
		"'sort': a 'line' has no field 'stat'; did you mean 'state'? [reference-unknown]");
}

/* ---- sorting ---- */

#define SORTED(how) TABLE("<rows each='line' " how "/>" LABEL "<column id='gap' metric='cost' show='difference' versus-scenario='plan' form='signed'/>")
#define COMMERCE "Commerce|" MINUS "0.10\n"
#define TOOLS "Tools|+0.50\n"
#define SEARCH "Search|+0.05\n"
#define WIFI "Wi-Fi|\xC2\xB1" "0.00\n"

static void by_column(void **state)
{
	expect_block(state, SORTED("sort='gap'"), "head |\n" TOOLS SEARCH WIFI COMMERCE);
}

static void by_column_rising(void **state)
{
	expect_block(state, SORTED("sort='gap' ascending='yes'"), "head |\n" COMMERCE WIFI SEARCH TOOLS);
}

static void by_size(void **state)
{
	expect_block(state, SORTED("sort='gap' absolute='yes' top='2'"), "head |\n" TOOLS COMMERCE);
}

static void by_label(void **state)
{
	expect_block(state, SORTED("sort='label'"), "head |\n" COMMERCE SEARCH TOOLS WIFI);
}

/* What has no date goes last, in the order of the file. */
static void by_date(void **state)
{
	expect_block(state, SORTED("sort='due' ascending='yes'"), "head |\n" TOOLS COMMERCE SEARCH WIFI);
}

static void by_text(void **state)
{
	expect_block(state, SORTED("sort='why'"), "head |\n" TOOLS COMMERCE SEARCH WIFI);
}

static void by_metric(void **state)
{
	expect_block(state, SORTED("sort='cost' ascending='yes'"), "head |\n" WIFI SEARCH TOOLS COMMERCE);
}

/* Sides in their order, the joint view last. */
static void by_side(void **state)
{
	expect_block(state, SORTED("sort='owner' ascending='yes'"), "head |\n" COMMERCE SEARCH TOOLS WIFI);
}

/* ---- groups ---- */

/* Payers in their order; IT is 3.10 + 0.80. */
static void grouped_with_subtotals(void **state)
{
	expect_block(state, TABLE("<rows each='line' group-by='payer' subtotals='yes' sort='label'/><row as='total' metric='cost' label='head'/>" LABEL ACTUAL),
		"head |\ngroup IT|3.90\nCommerce|3.10\nSearch|0.80\ngroup Marketing|1.90\nTools|1.90\ngroup Joint|0.60\nWi-Fi|0.60\ntotal Head|6.40\n");
}

static void grouped_with_text(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it,both' group-by='payer' group-topic='group'/>" LABEL ACTUAL),
		"head |\ngroup IT^costs " "\xE2\x82\xAC" "3.90" NB "m{2}\nCommerce|3.10\nSearch|0.80\ngroup Joint^costs \xE2\x82\xAC" "0.60" NB "m{2}\nWi-Fi|0.60\n");
}

/* Those without a choice come last, under a dash. */
static void grouped_by_choice(void **state)
{
	expect_block(state, TABLE("<rows each='line' group-by='state'/>" LABEL),
		"head \ngroup early\nCommerce\ngroup late\nTools\ngroup " DASH "\nSearch\nWi-Fi\n");
}

static void grouped_by_side(void **state)
{
	expect_block(state, TABLE("<rows each='line' group-by='owner'/>" LABEL),
		"head \ngroup CIO office\nCommerce\nSearch\ngroup CMO office\nTools\ngroup joint\nWi-Fi\n");
}

/* ---- columns ---- */

static void a_run_a_side(void **state)
{
	expect_block(state, TABLE("<row metric='aligned' label='head'/>" LABEL
				"<columns each='side' group-mark='side'><column head-from='period' period='previous'/><column head='head'/></columns>"),
		"head |<circle>CIO office{2}|<square>CMO office{2}\nhead |Q2" NB "26|Head|Q2" NB "26|Head\nHead|71|78|88|92\n");
}

/* The total of a run is of its own columns only: 2.90 + 3.10 of commerce. */
static void a_total_a_run(void **state)
{
	expect_block(state, TABLE("<row metric='cost' label='head'/>" LABEL "<columns each='line'><column period='last-year'/><column period='this-year'/>"
				"<column total='yes' strong='yes'/></columns>"),
		"head |Commerce{3}|Tools{3}|Search{3}|Wi-Fi{3}\nhead ||||||||||||\n"
		"Head|2.90|3.10|*6.00*|1.50|1.90|*3.40*|0.70|0.80|*1.50*|0.60|0.60|*1.20*\n");
}

/* Without a run: of the figures before it, the label and text left out. */
static void a_total_without_run(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it' metric='cost'/>" LABEL "<column topic='line'/><column period='last-year'/><column/><column total='yes'/>"),
		"head ||||\nCommerce|Commerce costs \xE2\x82\xAC" "3.10" NB "m|2.90|3.10|6.00\nSearch|Search costs \xE2\x82\xAC" "0.80" NB "m|0.70|0.80|1.50\n");
}

static void shares_have_no_total(void **state)
{
	expect_message(state, TABLE("<rows metrics='aligned'/>" LABEL "<column period='previous'/><column/><column total='yes'/>"), "'aligned' cannot be added up");
}

static void shared_heads(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='id=tools'/>" LABEL "<column group='head' head='sum' metric='cost'/><column group='head' metric='cost' scenario='plan'/>"
				"<column metric='cost' period='last-year' muted='yes'/>"),
		"head |Head{2}|\nhead |Sum||\nTools|1.90|1.40|1.50\n");
}

static void body_only(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='id=tools'/><row as='total' metric='cost' label='head'/>" LABEL "<column metric='cost' body-only='yes'/>"),
		"head |\nTools|1.90\ntotal Head|\n");
}

/* Material beyond 0.2 m and 10 %: tools only; its label too. */
static void beyond_the_limit(void **state)
{
	expect_block(state, TABLE("<rows each='line' limit='d'/>" LABEL "<column id='d' metric='cost' show='difference' versus-scenario='plan' form='signed' limit='yes'/>"),
		"head |\n" COMMERCE "*Tools*|*+0.50*\n" SEARCH WIFI);
}

static void second_lines(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=marketing'><sublabel metric='cost' word='remark'/></rows>" LABEL),
		"head \nTools/about 1.90\n");
}

/* A dash where nothing stands, or the word of the column; a column without any value is told. */
static void missing_cells(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it'/>" LABEL "<column field='due'/><column field='fee' empty='nothing'/>"),
		"head ||\nCommerce|1" NB "Dec" NB "2026|nil\nSearch|" DASH "|nil\n");
}

static void a_column_without_values(void **state)
{
	expect_message(state, TABLE("<rows metrics='unsaid'/>" LABEL "<column side='cio'/>"),
		"no value for 'unsaid' in unit 'emea', 2026-Q3, side 'cio', actual; showing 'n/a' [data-missing]\nbriefing.xml:1:");
}

/* ---- marks, status, heat ---- */

static void marks(void **state)
{
	expect_block(state, TABLE("<rows each='line' mark='owner'/>" LABEL "<column field='payer' mark='payer'/><column graphic='mark' mark='state'/>"),
		"head ||\n<circle>Commerce|<circle>IT|<ball-1early!>\n<square>Tools|<square>Marketing|<ball-4late!>\n"
		"<circle>Search|<circle>IT|\n<diamond>Wi-Fi|<diamond>Joint|\n");
}

/* 78 against a plan of 80 made for both, near by 4; 14 days against the limits 10 and 20. */
static void status(void **state)
{
	expect_block(state, TABLE("<row metric='aligned' label='head'/><row metric='aligned' side='cio' label='head'/><row metric='wait' label='head'/>" LABEL
				"<column graphic='status'/>"),
		"head |\nHead|<tick>*on plan*\nHead|<warning>*near plan*\nHead|<warning>*near limit*\n");
}

static void stated_status(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it,marketing'/>" LABEL "<column graphic='status' field='state'/>"),
		"head |\nCommerce|<tick>*early*\nTools|<cross>*late*\nSearch|\n");
}

/* Only what passes the limit has a status. */
static void material_status(void **state)
{
	expect_block(state, TABLE("<rows each='line' metric='cost'/>" LABEL "<column graphic='status'/>"),
		"head |\nCommerce|\nTools|<cross>*over*\nSearch|\nWi-Fi|\n");
}

/* Two choices: the lightest and the darkest of four. */
static void heat(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it,marketing'/>" LABEL "<column graphic='heat' field='state'/>"),
		"head |\nCommerce|early{heat-1}\nTools|*late*{heat-4}\nSearch|" DASH "\n");
}

/* Tools have act (3) and low (1): first by worst; the cmo's column sums to 3, the cio's to 3: as declared. */
static void crossed(void **state)
{
	expect_block(state, EXHIBIT("x", "<cross each='cell' rows='line' columns='side' value='level' sums='yes' row-order='worst' column-order='sum'/>"),
		"head |CIO office|CMO office|Sum\nTools|*act*{heat-4}|low{heat-1}|4\nCommerce|" DASH "|watch{heat-2}|2\ntotal Sum of scores|3|3|6\n");
}

static void crossed_where(void **state)
{
	expect_block(state, EXHIBIT("x", "<cross each='cell' where='level=low' rows='line' columns='side' value='level' sums='yes'/>"),
		"head |CMO office|Sum\nTools|low{heat-1}|1\ntotal Sum of scores|1|1\n");
}

static void crossed_wrongly(void **state)
{
	expect_message(state, EXHIBIT("x", "<cross each='cell' rows='line' columns='side' value='lvel'/>"),
		"a 'cell' has no field 'lvel'; did you mean 'level'? [reference-unknown]");
}

/* ---- money ---- */

/* The amount in dollars says so, for the column is in euro. */
static void another_currency(void **state)
{
	expect_block(state, TABLE("<rows each='line' where='payer=it,both'/>" LABEL ACTUAL "<column field='fee' empty='nothing'/>"),
		"head ||\nCommerce|3.10|nil\nSearch|0.80|nil\nWi-Fi|0.60|US$2.00" NB "m\n");
}

/* 3 + 2 + 1 + 1 are printed, and 6 for 6.40; with two decimals everything adds up. Across: 2 + 2 for 3.40. */
static void rounding(void **state)
{
	static const struct { const char *rows; bool noted; } cases[] = {
		{ "<rows each='line'/><row as='total' label='head'/>" LABEL "<column metric='cost' decimals='0'/>", true },
		{ "<rows each='line'/><row as='total' label='head'/>" LABEL "<column metric='cost'/>", false },
		{ "<rows each='line' top='2'/><row as='total' label='head'/>" LABEL "<column metric='cost' decimals='0'/>", false },
		{ "<rows each='line' where='id=wifi,search' group-by='payer' subtotals='yes'/>" LABEL "<column metric='cost' decimals='0'/>", false },
		{ "<rows each='line' group-by='payer' subtotals='yes'/>" LABEL "<column metric='cost' period='last-year' decimals='0'/>", false },
		{ "<rows each='line' where='id=tools' metric='cost'/>" LABEL "<column period='last-year' decimals='0'/><column decimals='0'/><column total='yes' decimals='0'/>", true },
	};
	struct composing *c = *state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		composed(c, str_printf(&c->f->arena, "<section id='s'><exhibit slot='x' title-topic='title' source='ledger'><table row-height='12pt'>%s</table></exhibit></section>",
			cases[i].rows).ptr);
		if ((strstr(runs_text(c, &the_block(c, "x")->exhibit->source), "because of rounding") != NULL) != cases[i].noted)
			fail_msg("%s\n%s\n%s", cases[i].rows, block_text(c, the_block(c, "x")), runs_text(c, &the_block(c, "x")->exhibit->source));
	}
}

static void forms(void **state)
{
	expect_block(state, TABLE("<row metric='aligned' label='head'/>" LABEL "<column show='gap' form='signed'/><column show='gap' form='points' unit-once='no'/>"
				"<column show='gap' form='long' unit-once='no'/><column show='gap' form='words'/><column form='ordinal' metric='wait'/>"
				"<column metric='cost' unit-once='no'/><column metric='cost' decimals='1' unit-once='no'/>"),
		"head |||||||\nHead|+14|+14" NB "pts|14" NB "points|14|14th|\xE2\x82\xAC" "6.40" NB "m|\xE2\x82\xAC" "6.4" NB "m\n");
}

/* The cost is 6.4 million; its lines are less. */
static void compact_forms(void **state)
{
	expect_block(state, TABLE("<row label='head'/>" LABEL "<column metric='cost' form='compact' unit-once='no'/><column metric='cost' form='compact'/>"
				"<column metric='cost' form='compact' decimals='0' unit-once='no'/><column metric='wait' form='compact' unit-once='no'/>"),
		"head ||||\nHead|\xE2\x82\xAC" "6.4" NB "m|6.4" NB "m|\xE2\x82\xAC" "6" NB "m|14\n");
}

/* A running sum under each row: of amounts, not of the column that holds their shares, which is told. */
static void carried_sums(void **state)
{
	struct composing *c = *state;
	const struct doc_table *t;
	const struct doc_carry *carry;
	struct decimal sum = decimal_int(0);

	composed(c, "<section id='s'><exhibit slot='x' title-topic='title'><table carry='yes'><rows each='line' metric='cost'/>"
		LABEL "<column/><column show='label'/></table></exhibit></section>");
	t = the_block(c, "x")->exhibit->body->table;
	carry = t->carry;
	assert_non_null(carry);
	assert_int_equal(carry->label, 0);
	assert_int_equal(carry->rows[0].count, 0);
	for (uint32_t i = t->head_rows; i < t->row_count; i++) {
		const struct doc_figure *own = &c->doc->figures.at[t->rows[i].cells[1].text.runs[0].figure];
		const struct doc_figure *carried = &c->doc->figures.at[carry->rows[i].cells[1].text.runs[0].figure];
		assert_true(decimal_add(sum, c->doc->values.at[own->value].number, &sum));
		assert_int_equal(decimal_cmp(sum, c->doc->values.at[carried->value].number), 0);
		assert_int_equal(carry->rows[i].cells[0].text.run_count + carry->rows[i].cells[2].text.run_count, 0);
	}
	assert_true(str_is(carry->brought.runs[0].text, "Brought forward"));
}

/* Six columns in parts of three at most: three tables, each with the labels; those under one head are not parted. */
static void columns_in_parts(void **state)
{
	struct composing *c = *state;
	const struct doc_stack *parts;

	composed(c, "<section id='s'><exhibit slot='x' title-topic='title'><table split='3'><rows each='line' metric='cost'/>"
		LABEL "<column/><column/><columns group='head'><column/><column/><column/></columns><column/></table></exhibit></section>");
	parts = the_block(c, "x")->exhibit->body->stack;
	assert_int_equal(parts->count, 3);
	assert_int_equal(parts->blocks[0]->table->column_count, 3);
	assert_int_equal(parts->blocks[1]->table->column_count, 4);
	assert_int_equal(parts->blocks[2]->table->column_count, 2);
	assert_int_equal(parts->blocks[1]->table->row_count - parts->blocks[1]->table->head_rows,
		parts->blocks[0]->table->row_count - parts->blocks[0]->table->head_rows);
}

/* ---- graphics ---- */

static const struct doc_chart *chart_of(struct composing *c, uint32_t row, uint16_t column)
{
	const struct doc_table *t = the_block(c, "x")->exhibit->body->table;
	const struct doc_chart *chart = t->rows[t->head_rows + row].cells[column].chart;

	if (chart == NULL)
		fail_msg("no chart\n%s", fixture_messages(c->f));
	return chart;
}

#define GRAPHIC(what) "<section id='s'>" TABLE("<rows each='line' metric='cost'/>" LABEL "<column " what "</column>") "</section>"

static void a_variance(void **state)
{
	struct composing *c = *state;
	const struct doc_chart *commerce, *tools;

	composed(c, GRAPHIC("graphic='variance' show='difference' versus-scenario='plan'>"));
	commerce = chart_of(c, 0, 1);
	tools = chart_of(c, 1, 1);
	assert_int_equal(commerce->data[0].status, STATUS_NONE);
	assert_int_equal(tools->data[0].status, STATUS_BAD);
	assert_int_equal(decimal_cmp(tools->data[0].value, (struct decimal){ 50, 2 }), 0);
	assert_int_equal(commerce->scale, tools->scale);
	assert_int_equal(decimal_cmp(c->doc->scales.at[tools->scale].low, (struct decimal){ -10, 2 }), 0);
	assert_messages(c->f, "");
}

static void a_bullet(void **state)
{
	struct composing *c = *state;
	const struct doc_chart *chart;

	composed(c, GRAPHIC("graphic='bullet' scenario='forecast' fill='prior' colour='accent'><second scenario='plan'/>"));
	chart = chart_of(c, 0, 1);
	assert_int_equal(chart->series[0].scenario, DOC_PRIOR);
	assert_int_equal(chart->series[1].scenario, DOC_PLAN);
	assert_int_equal(chart->series[0].colour, COLOUR_ACCENT);
}

static void a_dumbbell_of_two(void **state)
{
	struct composing *c = *state;
	const struct doc_chart *chart;

	composed(c, SECTION(TABLE("<row metric='aligned' label='head'/>" LABEL "<column graphic='dumbbell' side='cmo' axis='yes'><second side='cio'/></column>")));
	chart = chart_of(c, 0, 1);
	assert_int_equal(chart->series_count, 2);
	assert_int_equal(chart->series[0].mark, MARK_SQUARE);
	assert_int_equal(decimal_cmp(chart->data[0].value, decimal_int(92)), 0);
	assert_int_equal(decimal_cmp(chart->data[1].value, decimal_int(78)), 0);
	assert_int_equal(decimal_cmp(c->doc->scales.at[chart->scale].high, decimal_int(100)), 0);
	assert_int_equal(decimal_cmp(c->doc->scales.at[chart->scale].tick, decimal_int(20)), 0);
}

/* A part a payer in one bar: 3.90, 1.90, 0.60; the scale holds their sum. */
static void a_stacked_cell(void **state)
{
	struct composing *c = *state;
	const struct doc_chart *chart;

	composed(c, SECTION(TABLE("<row metric='cost' label='head'/>" LABEL "<column graphic='stacked' each='payer'/>")));
	chart = chart_of(c, 0, 1);
	assert_int_equal(chart->series_count, 3);
	assert_int_equal(decimal_cmp(chart->data[2].value, (struct decimal){ 60, 2 }), 0);
	assert_int_equal(decimal_cmp(c->doc->scales.at[chart->scale].high, (struct decimal){ 640, 2 }), 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, compose_open, compose_close)
int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(a_row_each), T(rows_that_match), T(a_row_a_metric), T(a_row_a_period), T(a_row_a_side), T(one_row_of_a_side), T(no_such_kind), T(no_such_field),
		T(by_column), T(by_column_rising), T(by_size), T(by_label), T(by_date), T(by_text), T(by_metric), T(by_side),
		T(grouped_with_subtotals), T(grouped_with_text), T(grouped_by_choice), T(grouped_by_side),
		T(a_run_a_side), T(a_total_a_run), T(a_total_without_run), T(shares_have_no_total), T(shared_heads), T(body_only), T(beyond_the_limit),
		T(second_lines), T(missing_cells), T(a_column_without_values),
		T(marks), T(status), T(stated_status), T(material_status), T(heat), T(crossed), T(crossed_where), T(crossed_wrongly),
		T(another_currency), T(rounding), T(forms), T(compact_forms), T(carried_sums), T(columns_in_parts), T(a_variance), T(a_bullet), T(a_dumbbell_of_two), T(a_stacked_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
