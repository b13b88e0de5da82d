/* Sections, slots, rows, exhibits: typed reading and places in the grid. */
#include "layout_fixture.h"

#include "doc/doc.h"

static int setup(void **state)
{
	*state = fixture_open();
	return 0;
}

static int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

/* The slots stand from line 2 on. */
static const struct layout *with_slots(struct fixture *f, const char *slots)
{
	const struct layout *l = fixture_layout(f, str_printf(&f->arena, LAYOUT("<section id='one' title='w'>\n%s</section>"), slots).ptr);
	assert_non_null(l);
	return l;
}

static const struct layout_slot *slot(const struct layout *l, const char *id)
{
	const struct layout_slot *s = layout_slot_lookup(l, str_from(id));
	assert_non_null(s);
	return s;
}

static void assert_place(const struct layout *l, const char *id, int row, int start, int span)
{
	assert_int_equal(slot(l, id)->row, row);
	assert_int_equal(slot(l, id)->start, start);
	assert_int_equal(slot(l, id)->span, span);
}

static void test_rows_of_slots(void **state)
{
	const struct layout *l = with_slots(*state, "<rule slot='a'/><rule slot='b' span='5'/><rule slot='c' span='7'/><rule slot='d' span='6'/>"
		"<rule slot='e' span='8'/><rule slot='f' start='10' span='3'/><rule slot='g' span='4' start='1'/><rule slot='h' span='4'/>");
	assert_messages(*state, "");
	assert_place(l, "a", 0, 0, 12);
	assert_place(l, "b", 1, 0, 5);
	assert_place(l, "c", 1, 5, 7);
	assert_place(l, "d", 2, 0, 6);
	assert_place(l, "e", 3, 0, 8);
	assert_place(l, "f", 3, 9, 3);
	assert_place(l, "g", 4, 0, 4);
	assert_place(l, "h", 4, 4, 4);
}

static void test_space_above(void **state)
{
	const struct layout *l = with_slots(*state, "<rule slot='a'/><rule slot='b' space-above='8pt'/>\n<rule slot='c' space-above='0'/>");
	assert_int_equal(slot(l, "a")->above, 0);
	assert_int_equal(slot(l, "b")->above, 8000);
	assert_messages(*state, "shipped/base.xml:3:29: 'space-above' must be above zero [attribute-value]\n");
}

static void test_boxes_have_their_own_rows(void **state)
{
	const struct layout *l = with_slots(*state, "<rule slot='a'/><box slot='b' fill='tint' span='6'><rule slot='c'/><rule slot='d' span='3'/>"
		"<rule slot='e' span='3'/></box><rule slot='f' span='6'/>");
	assert_messages(*state, "");
	assert_place(l, "b", 1, 0, 6);
	assert_place(l, "c", 0, 0, 6);
	assert_place(l, "d", 1, 0, 3);
	assert_place(l, "e", 1, 3, 3);
	assert_place(l, "f", 1, 6, 6);
	assert_int_equal(slot(l, "b")->slots.count, 3);
	assert_int_equal(slot(l, "b")->fill, COLOUR_TINT);
}

static void test_grid_overflow(void **state)
{
	with_slots(*state, "<rule slot='a' span='13'/>\n<rule slot='b' start='10' span='4'/>\n<rule slot='c' span='0'/>\n"
		"<rule slot='d' start='0' span='2'/>\n<box slot='e' span='4'><rule slot='f' span='5'/></box>\n<tiles slot='g' columns='13'>"
		"<tile metric='m'/></tiles>");
	assert_messages(*state, "shipped/base.xml:2:22: slot 'a' leaves the grid of 12 columns [grid]\n"
		"shipped/base.xml:3:23: slot 'b' leaves the grid of 12 columns [grid]\n"
		"shipped/base.xml:4:22: slot 'c' leaves the grid of 12 columns [grid]\n"
		"shipped/base.xml:5:23: slot 'd' leaves the grid of 12 columns [grid]\n"
		"shipped/base.xml:6:45: slot 'f' leaves the grid of 4 columns [grid]\n"
		"shipped/base.xml:7:26: 13 columns do not fit; write 1 to 12 [grid]\n");
}

/* A grid of fewer columns is the whole width by default too. */
static void test_grid_of_the_master(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, HEAD " id='base'>" "<tokens>" COLOURS FAMILY "</tokens>" TEXT
		"<master id='page' width='400pt' height='400pt' columns='6'/><section id='s'><rule slot='a'/><rule slot='b' span='4'/>"
		"<rule slot='c' span='3'/></section></layout>");
	assert_messages(f, "");
	assert_place(l, "a", 0, 0, 6);
	assert_place(l, "c", 2, 0, 3);
}

static void test_ids(void **state)
{
	with_slots(*state, "<rule slot='a'/>\n<rule slot='a'/>\n<rule/>\n<rule slot='7'/>\n<rul slot='b'/>\n<remove slot='a'/>\nwords");
	assert_messages(*state, "shipped/base.xml:3:1: two slots are called 'a' [id-twice]\nshipped/base.xml:2:1: note: the other is here\n"
		"shipped/base.xml:4:1: 'rule' has no attribute 'slot' [attribute-missing]\n"
		"shipped/base.xml:5:13: '7' is not a name; write a letter, then letters, digits, '-', '_' or '.' [attribute-value]\n"
		"shipped/base.xml:6:1: element 'rul' is not known in 'section'; did you mean 'rule'? [element-unknown]\n"
		"shipped/base.xml:7:1: element 'remove' is not known in 'section' [element-unknown]\n"
		"shipped/base.xml:8:1: text is not expected in 'section' [text-unexpected]\n");
}

static void test_masters_and_styles_of_slots(void **state)
{
	fixture_layout(*state, LAYOUT("\n<section id='s' master='paeg' rest='page2'><narrative slot='a' topic='t' style='bodi'/>\n"
		"<box slot='b' fill='tnt'/></section>"));
	assert_messages(*state, "shipped/base.xml:2:25: no master 'paeg'; did you mean 'page'? [master-unknown]\n"
		"shipped/base.xml:2:37: no master 'page2'; did you mean 'page'? [master-unknown]\n"
		"shipped/base.xml:2:81: no style 'bodi'; did you mean 'body'? [style-unknown]\n"
		"shipped/base.xml:3:21: no colour role 'tnt'; did you mean 'tint'? [role-unknown]\n");
}

static void test_conditions(void **state)
{
	const struct layout *l = with_slots(*state, "<rule slot='a' if='beyond' if-value='2.5' if-metric='spend' if-side='cio'/>"
		"<rule slot='b' if='data'/><rule slot='c' if='status' if-value='bad watch' if-metric='m'/>");
	assert_messages(*state, "");
	assert_int_equal(slot(l, "a")->show_if, IF_BEYOND);
	assert_int_equal(slot(l, "a")->show_limit.coef, 25);
	assert_true(str_is(slot(l, "a")->show_query.metric, "spend") && str_is(slot(l, "a")->show_query.side, "cio"));
	assert_int_equal(slot(l, "b")->show_if, IF_DATA);
	assert_true(str_is(slot(l, "c")->show_value, "bad watch"));
}

static void test_condition_errors(void **state)
{
	with_slots(*state, "<rule slot='a' if='record'/>\n<rule slot='b' if='records'/>\n<rule slot='c' if='beyond' if-value='much'/>");
	assert_messages(*state, "shipped/base.xml:2:20: 'record' is not a value of 'if'; did you mean 'records'? [attribute-value]\n"
		"shipped/base.xml:3:20: 'if' needs 'if-value': the kind of records [attribute-missing]\n"
		"shipped/base.xml:4:38: 'much' is not a limit; write a number [attribute-value]\n");
}

static void test_texts(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = with_slots(f, "<narrative slot='a' topic='t' heading='h' heading-unit-topic='u'/>");
	assert_messages(f, "");
	assert_true(str_is(slot(l, "a")->heading.word, "h") && !slot(l, "a")->heading.topic.len);
	assert_true(str_is(slot(l, "a")->heading_unit.topic, "u"));
	assert_int_equal(src_line(slot(l, "a")->heading_unit.pos).column, 63);
	assert_true(slot(l, "a")->rule_top);
	assert_int_equal(slot(l, "a")->take, -1);
	fixture_close(f);
	*state = f = fixture_open();
	with_slots(f, "<narrative slot='a' topic='t' heading='h' heading-topic='u'/>");
	assert_messages(f, "shipped/base.xml:2:43: 'narrative' has both 'heading' and 'heading-topic'; a text is a word or a topic [attribute-value]\n");
}

static void test_list(void **state)
{
	const struct layout *l = with_slots(*state, "<list slot='a' each='ask' where='by=cio' top='3' sort='amount' numbered='yes' fill='tint' accent='yes'"
		" body-topic='terms'><amount field='amount' form='plain' empty='no-cost'/></list>");
	const struct layout_slot *s = slot(l, "a");
	assert_messages(*state, "");
	assert_int_equal(s->rows.count, 1);
	assert_true(str_is(s->rows.at[0].each, "ask") && str_is(s->rows.at[0].query.where, "by=cio"));
	assert_int_equal(s->rows.at[0].top, 3);
	assert_true(s->has_amount && str_is(s->amount_query.field, "amount") && s->amount_query.form == FORM_PLAIN);
	assert_true(str_is(s->amount_empty, "no-cost"));
	assert_true(s->numbered && s->accent_top && !s->rule_top);
	assert_true(str_is(s->body.topic, "terms"));
}

static void test_tiles(void **state)
{
	const struct layout *l = with_slots(*state, "<tiles slot='k'><bar word='code-actual' scenario='actual'/><sides/><difference word='d' versus-scenario='plan'/>"
		"<tile metric='m' views='limits' exhibit='e'><view metric='n'/></tile></tiles><exhibit slot='e' title='t'><table><rows each='line'/>"
		"<column label='yes'/></table></exhibit>");
	const struct layout_slot *s = slot(l, "k");
	assert_messages(*state, "");
	assert_int_equal(s->columns, 4);
	assert_int_equal(s->tile_lines.count, 3);
	assert_int_equal(s->tile_lines.at[1].kind, TILE_SIDES);
	assert_true(str_is(s->tile_lines.at[2].query.versus_scenario, "plan") && str_is(s->tile_lines.at[2].text.word, "d"));
	assert_true(s->tiles.at[0].has_view && str_is(s->tiles.at[0].view.metric, "n"));
	assert_true(str_is(s->tiles.at[0].view_label.word, "limits"));
}

static void test_tile_errors(void **state)
{
	with_slots(*state, "<tiles slot='k'><bar/></tiles>\n<tiles slot='l'><tile/>\n<tile metric='m' exhibit='pairs'/><tile metric='m' exhibit='k'/></tiles>"
		"<exhibit slot='pair' title='t'><cross each='x' rows='r' columns='c' value='v'/></exhibit>");
	assert_messages(*state, "shipped/base.xml:2:1: slot 'k' has no tile [element-missing]\n"
		"shipped/base.xml:3:17: 'tile' has no attribute 'metric' [attribute-missing]\n"
		"shipped/base.xml:4:1: no slot 'pairs'; did you mean 'pair'? [slot-unknown]\n"
		"shipped/base.xml:4:35: slot 'k' is no exhibit [slot-unknown]\n");
}

static void test_table(void **state)
{
	const struct layout *l = with_slots(*state, "<exhibit slot='e' title-topic='t' unit-line='u' key='cio line:payer' scale-high='12.5'>"
		"<table row-height='12pt' repeat-head='no'><rows each='line' metric='spend' group-by='payer' subtotals='yes'/>"
		"<row as='total' label='total'/><column label='yes' width='2.5'/><column head='PL' scenario='plan' width='34pt'/>"
		"<columns each='side' group-mark='side'><column graphic='ball'/><column width='content' unit-once='no'/></columns>"
		"<columns each='option'><column graphic='bullet'><second scenario='plan'/></column></columns></table><note topic='n'/></exhibit>");
	const struct layout_exhibit *e = &slot(l, "e")->exhibit;
	assert_messages(*state, "");
	assert_int_equal(e->body, BODY_TABLE);
	assert_int_equal(e->row_height, 12000);
	assert_true(e->rules);
	assert_false(e->repeat_head);
	assert_int_equal(e->row_pad, -1);
	assert_int_equal(e->scale_high.coef, 125);
	assert_int_equal(e->keys.count, 2);
	assert_true(str_is(e->keys.at[1].show, "line:payer"));
	assert_int_equal(e->rows.count, 2);
	assert_int_equal(e->rows.at[1].kind, LAYOUT_ROW_TOTAL);
	assert_true(e->rows.at[0].subtotals && str_is(e->rows.at[0].group_by, "payer"));
	assert_int_equal(e->columns.count, 5);
	assert_int_equal(e->columns.at[0].width.kind, WIDTH_SHARE);
	assert_int_equal(e->columns.at[0].width.width, 2500);
	assert_int_equal(e->columns.at[0].align, DOC_START);
	assert_int_equal(e->columns.at[1].width.kind, WIDTH_FIXED);
	assert_int_equal(e->columns.at[1].width.width, 34000);
	assert_int_equal(e->columns.at[1].align, DOC_END);
	assert_int_equal(e->columns.at[1].run, 0);
	assert_int_equal(e->columns.at[2].run, 1);
	assert_int_equal(e->columns.at[2].align, DOC_CENTRE);
	assert_int_equal(e->columns.at[3].run, 1);
	assert_true(str_is(e->columns.at[3].each, "side") && str_is(e->columns.at[3].group_mark, "side"));
	assert_int_equal(e->columns.at[3].width.kind, WIDTH_CONTENT);
	assert_false(e->columns.at[3].unit_once);
	assert_true(e->columns.at[2].unit_once);
	assert_int_equal(e->columns.at[4].run, 2);
	assert_true(e->columns.at[4].has_second && str_is(e->columns.at[4].second.scenario, "plan"));
	assert_int_equal(e->notes.count, 1);
}

static void test_cross_widths(void **state)
{
	const struct layout *l = with_slots(*state, "<exhibit slot='e' title-topic='t'><cross each='cell' rows='a' columns='b' value='c' head-width='1.9'"
		" cell-width='40pt'/></exhibit>");
	const struct layout_exhibit *e = &slot(l, "e")->exhibit;
	assert_messages(*state, "");
	assert_int_equal(e->cross_head.kind, WIDTH_SHARE);
	assert_int_equal(e->cross_head.width, 1900);
	assert_int_equal(e->cross_cell.kind, WIDTH_FIXED);
	assert_int_equal(e->cross_cell.width, 40000);
	assert_int_equal(e->cross_sum.kind, WIDTH_SHARE);
	assert_int_equal(e->cross_sum.width, 1000);
}

static void test_list_measures(void **state)
{
	const struct layout *l = with_slots(*state, "<list slot='a' each='ask'/><list slot='b' each='ask' numbered='yes' item-padding='0' number-width='15pt'/>");
	assert_messages(*state, "");
	assert_true(slot(l, "a")->item_pad < 0);
	assert_int_equal(slot(l, "a")->number_width, 0);
	assert_int_equal(slot(l, "b")->item_pad, 0);
	assert_int_equal(slot(l, "b")->number_width, 15000);
}

static void test_measure_errors(void **state)
{
	with_slots(*state, "<list slot='a' each='ask' item-padding='-1pt' number-width='0'/>"
		"<exhibit slot='e' title-topic='t'><cross each='cell' rows='a' columns='b' value='c' sum-width='0'/></exhibit>");
	assert_non_null(strstr(fixture_messages(*state), "'number-width' must be above zero [attribute-value]"));
	assert_non_null(strstr(fixture_messages(*state), "'item-padding' must not be below zero [attribute-value]"));
	assert_non_null(strstr(fixture_messages(*state), "'0' is not a width; write a length, a share above 0, or 'content' [attribute-value]"));
}

static void test_table_errors(void **state)
{
	with_slots(*state, "<exhibit slot='a' title='t'>\n<table><rows/><column width='wide'/>\n<column graphic='bullet'/><column width='-3pt'/></table>\n"
		"<chart kind='bar'/></exhibit>\n<exhibit slot='b' title='t'/>\n<exhibit slot='c'><table style='x'/></exhibit>\n"
		"<exhibit slot='d' title='t'><table><rows each='k' metrics='m'/></table></exhibit>\n"
		"<exhibit slot='f' title='t'><table><row/><column colour='#123456' fill='plann'/></table></exhibit>");
	assert_messages(*state, "shipped/base.xml:3:8: 'rows' needs one of 'each', 'metrics' and 'periods' [attribute-missing]\n"
		"shipped/base.xml:3:30: 'wide' is not a width; write a length, a share above 0, or 'content' [attribute-value]\n"
		"shipped/base.xml:4:1: a bullet needs <second>: the figure behind its bar [element-missing]\n"
		"shipped/base.xml:4:42: '-3pt' is not a width; write a length, a share above 0, or 'content' [attribute-value]\n"
		"shipped/base.xml:5:1: an exhibit holds one table, chart or cross [element-twice]\nshipped/base.xml:3:1: note: the first is here\n"
		"shipped/base.xml:6:1: the exhibit holds no table, chart or cross [element-missing]\n"
		"shipped/base.xml:7:1: exhibit 'c' has no title: its message [attribute-missing]\n"
		"shipped/base.xml:7:33: no style 'x' [style-unknown]\n"
		"shipped/base.xml:7:19: 'table' has no rows [element-missing]\n"
		"shipped/base.xml:8:36: 'rows' needs one of 'each', 'metrics' and 'periods' [attribute-value]\n"
		"shipped/base.xml:8:29: 'table' has no columns [element-missing]\n"
		"shipped/base.xml:9:73: no scenario 'plann'; did you mean 'plan'? [role-unknown]\n"
		"shipped/base.xml:9:58: '#123456' is a colour where a role is named; give it to a role in <tokens> [role-unknown]\n");
}

static void test_charts(void **state)
{
	const struct layout *l = with_slots(*state, "<exhibit slot='a' title='t'><chart kind='line' interval='yes'><rows periods='8' metric='m' label-from='period'>"
		"<sublabel show='sample' word='n'/></rows><series each='side'/><reference scenario='plan' label='p' short='yes'/></chart></exhibit>"
		"<exhibit slot='b' title='t' chart='bar'><chart kind='stacked' totals='yes'><row metric='m'/><series each='payer'/></chart></exhibit>"
		"<exhibit slot='c' title='t'><chart kind='matrix'><rows each='s' group-by='g' mark='link' tail='payer'><flag where='x=y' word='w' status='bad'/>"
		"</rows></chart></exhibit>");
	const struct layout_exhibit *line = &slot(l, "a")->exhibit, *bar = &slot(l, "b")->exhibit, *matrix = &slot(l, "c")->exhibit;
	assert_messages(*state, "");
	assert_int_equal(line->chart, CHART_LINE);
	assert_int_equal(line->rows.at[0].periods, 8);
	assert_int_equal(line->rows.at[0].label_from, FROM_PERIOD);
	assert_true(line->rows.at[0].has_sub && line->rows.at[0].sub_query.show == SHOW_SAMPLE);
	assert_true(str_is(line->columns.at[0].series_each, "side"));
	assert_true(line->references.at[0].short_mark && str_is(line->references.at[0].query.scenario, "plan"));
	assert_true(line->interval);
	assert_int_equal(bar->chart, CHART_BAR);
	assert_true(bar->totals);
	assert_int_equal(matrix->rows.at[0].flags.count, 1);
	assert_int_equal(matrix->rows.at[0].flags.at[0].status, STATUS_BAD);
}

static void test_chart_errors(void **state)
{
	with_slots(*state, "<exhibit slot='a' title='t'><chart kind='pie'/></exhibit>\n<exhibit slot='b' title='t'><chart kind='bridge'><rows each='p'/></chart></exhibit>\n"
		"<exhibit slot='c' title='t'><chart kind='timeline'><rows each='p'/></chart></exhibit>\n"
		"<exhibit slot='d' title='t' chart='bar'><table><row/><column/></table></exhibit>\n"
		"<exhibit slot='e' title='t' chart='bars'><chart kind='bar'><row/><series/></chart></exhibit>");
	assert_messages(*state, "shipped/base.xml:2:42: 'pie' is not a value of 'kind'; write 'bar', 'stacked', 'line', 'bullet', 'bridge', 'spark', "
		"'timeline', 'matrix' or 'dumbbell' [attribute-value]\n"
		"shipped/base.xml:2:29: 'chart' has no rows [element-missing]\n"
		"shipped/base.xml:3:29: a bridge needs two series, from and to, and <change> for its steps [element-missing]\n"
		"shipped/base.xml:4:52: a timeline's rows need 'date': the field to place them by [attribute-missing]\n"
		"shipped/base.xml:5:29: the exhibit holds no chart whose kind could be set [attribute-value]\n"
		"shipped/base.xml:6:36: 'bars' is not a value of 'chart'; did you mean 'bar'? [attribute-value]\n");
}

static void test_cross(void **state)
{
	const struct layout *l = with_slots(*state, "<exhibit slot='a' title='t'><cross each='cell' where='open=yes' rows='r' columns='c' value='v' sums='yes' row-order='worst'/></exhibit>");
	const struct layout_exhibit *e = &slot(l, "a")->exhibit;
	assert_messages(*state, "");
	assert_int_equal(e->body, BODY_CROSS);
	assert_true(str_is(e->rows.at[0].each, "cell") && str_is(e->rows.at[0].query.where, "open=yes"));
	assert_true(e->cross_sums && e->cross_row_order == ORDER_WORST && e->cross_column_order == ORDER_FILE);
}

static void test_many_columns(void **state)
{
	struct fixture *f = *state;
	struct buf b;
	buf_init(&b, &f->arena, 1 << 16);
	buf_puts(&b, "<exhibit slot='a' title='t'><table><row/>\n");
	for (int i = 0; i < 65; i++)
		buf_puts(&b, "<column/>");
	buf_puts(&b, "</table></exhibit>");
	with_slots(f, b.ptr);
	assert_messages(f, "shipped/base.xml:3:577: more than 64 columns [limit]\n");
}

static void test_furniture(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, LAYOUT("<header start='a' end='b' strong='company unit'/><footer centre='c'/>" ONE));
	assert_messages(f, "");
	assert_true(str_is(l->header[0].word, "a") && str_is(l->header[2].word, "b") && !l->header[1].word.len);
	assert_true(str_is(l->footer[1].word, "c"));
	assert_int_equal(l->header_strong.count, 2);
	assert_true(l->attach);
}

static void test_root(void **state)
{
	fixture_layout(*state, LAYOUT("<sections/>") );
	assert_messages(*state, "shipped/base.xml:1:344: element 'sections' is not known in 'layout'; did you mean 'section'? [element-unknown]\n"
		"shipped/base.xml:1:1: the layout has no section [element-missing]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_rows_of_slots), TEST(test_space_above), TEST(test_boxes_have_their_own_rows), TEST(test_grid_overflow), TEST(test_grid_of_the_master), TEST(test_ids),
		TEST(test_masters_and_styles_of_slots), TEST(test_conditions), TEST(test_condition_errors), TEST(test_texts), TEST(test_list),
		TEST(test_tiles), TEST(test_tile_errors), TEST(test_table), TEST(test_cross_widths), TEST(test_list_measures), TEST(test_measure_errors), TEST(test_table_errors), TEST(test_charts), TEST(test_chart_errors),
		TEST(test_cross), TEST(test_many_columns), TEST(test_furniture), TEST(test_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
