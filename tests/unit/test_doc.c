/* doc: the closed lists of names, and the listing of a document. */
#include "doc/doc_shrink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct world {
	struct arena arena;
	jmp_buf unwind;
	struct buf out;
	struct doc doc;
};

static void world_open(struct world *w)
{
	memset(w, 0, sizeof *w);
	arena_init(&w->arena, 0, &w->unwind);
	buf_init(&w->out, &w->arena, 1 << 20);
}

static const char *dumped(struct world *w)
{
	doc_dump(&w->doc, &w->out);
	return w->out.ptr;
}

#define assert_has(text, part) assert_non_null(strstr((text), (part)))

static void names_come_from_the_lists(void **state)
{
	(void)state;
	assert_string_equal(doc_role_name(ROLE_TITLE), "title");
	assert_string_equal(doc_role_name(ROLE_SIGN), "sign");
	assert_true(doc_role_keeps(ROLE_TITLE));
	assert_false(doc_role_keeps(ROLE_TEXT));
	assert_string_equal(doc_colour_name(COLOUR_PAPER), "paper");
	assert_string_equal(doc_colour_name(COLOUR_SIDE_4), "side-4");
	assert_string_equal(doc_mark_name(MARK_WARNING), "warning");
	assert_string_equal(doc_mark_name(MARK_FORECAST), "forecast");
}

/* Layout files address roles and colours by name: none may be missing or used twice. */
static void names_are_unique(void **state)
{
	(void)state;
	for (int i = 0; i < DOC_ROLE_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				doc_role_name((enum doc_role)i), doc_role_name((enum doc_role)k));
	for (int i = 0; i < DOC_COLOUR_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(doc_colour_name((enum doc_colour)i),
				doc_colour_name((enum doc_colour)k));
	for (int i = 0; i <= MARK_FORECAST; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(doc_mark_name((enum doc_mark_kind)i),
				doc_mark_name((enum doc_mark_kind)k));
}

static struct doc_run text_run(const char *text)
{
	return (struct doc_run){
		.kind = RUN_TEXT, .text = str_from(text), .colour = DOC_COLOUR_COUNT, .figure = -1
	};
}

static const struct doc_style title_style = { .role = ROLE_TITLE, .id = { "title", 5 } };

/* Puts one paragraph in one section. */
static void one_paragraph(struct world *w, const struct doc_run *runs, uint32_t count,
	struct doc_block *block, const struct doc_block **list, struct doc_paragraph *p,
	struct doc_section *section)
{
	*p = (struct doc_paragraph){
		.style = &title_style, .runs = runs, .run_count = count, .level = 1
	};
	*block = (struct doc_block){ .kind = DOC_PARAGRAPH, .slot = STR("title"), .paragraph = p };
	*list = block;
	*section = (struct doc_section){
		.id = STR("summary"), .blocks = list, .count = 1, .fit = FIT_ONE_PAGE
	};
	*vec_add(&w->arena, &w->doc.sections) = section;
}

static void runs_show_what_they_are(void **state)
{
	struct world w;
	struct doc_run runs[] = { text_run("Rose to "), text_run("78 %"), text_run(" {by hand} "),
		text_run("12"), text_run("x"), text_run("site") };
	struct doc_run more[8];
	struct doc_block block;
	const struct doc_block *list;
	struct doc_paragraph p;
	struct doc_section section;

	(void)state;
	world_open(&w);
	runs[1].figure = 4;
	runs[1].flags = RUN_STRONG;
	runs[3].flags = RUN_LITERAL;
	runs[4].kind = RUN_MARK;
	runs[4].mark = MARK_TICK;
	runs[4].alt = STR("on plan");
	runs[5].uri = STR("https://example.org");
	runs[5].colour = COLOUR_GOOD;
	memcpy(more, runs, sizeof runs);
	more[6] = (struct doc_run){
		.kind = RUN_NOTE, .note = 2, .colour = DOC_COLOUR_COUNT, .figure = -1
	};
	more[7] = (struct doc_run){
		.kind = RUN_PAGE_OF, .target = 9, .colour = DOC_COLOUR_COUNT, .figure = -1
	};
	one_paragraph(&w, more, 8, &block, &list, &p, &section);
	assert_has(dumped(&w),
		"    text title level 1: Rose to **{78 %}#4** \\{by hand\\} {12}#<tick \"on plan\">"
		"<good: [site](https://example.org)><note 2><page of 9>\n");
	arena_release(&w.arena);
}

static void sections_and_blocks_are_indented(void **state)
{
	struct world w;
	struct doc_run run = text_run("Hello");
	struct doc_block block;
	const struct doc_block *list;
	struct doc_paragraph p;
	struct doc_section section;

	(void)state;
	world_open(&w);
	w.doc.meta = (struct doc_meta){
		.title = STR("A \"quoted\" title"), .lang = STR("en-GB"), .attach_values = true
	};
	one_paragraph(&w, &run, 1, &block, &list, &p, &section);
	assert_string_equal(dumped(&w),
		"document title \"A \\\"quoted\\\" title\" lang \"en-GB\" attach-values\n"
		"header\nfooter\n"
		"section id \"summary\" one-page\n"
		"  paragraph slot \"title\"\n"
		"    text title level 1: Hello\n"
		"figures\nvalues\n");
	arena_release(&w.arena);
}

static void chart_lists_every_datum(void **state)
{
	struct world w;
	struct doc_series series[] = {
		{ .label = STR("CIO"), .colour = COLOUR_SIDE_1, .mark = MARK_CIRCLE }
	};
	struct doc_category categories[] = { { .label = STR("Q2"), .colour = DOC_COLOUR_COUNT },
		{ .label = STR("Q3"),
			.colour = DOC_COLOUR_COUNT,
			.strong = true,
			.scenario = DOC_FORECAST } };
	struct doc_datum data[] = { { .figure = -1 },
		{ .present = true,
			.value = { 785, 1 },
			.label = STR("78.5"),
			.figure = 7,
			.status = STATUS_WATCH,
			.ranged = true,
			.low = { 60, 0 },
			.high = { 90, 0 } } };
	struct doc_chart chart = { .kind = CHART_LINE,
		.series = series,
		.series_count = 1,
		.categories = categories,
		.category_count = 2,
		.data = data,
		.alt = STR("Two quarters.") };
	struct doc_block block = { .kind = DOC_CHART, .chart = &chart };
	const struct doc_block *list = &block;
	struct doc_section section = { .blocks = &list, .count = 1 };

	(void)state;
	world_open(&w);
	*vec_add(&w.arena, &w.doc.scales) =
		(struct doc_scale){ .id = STR("share"), .high = { 100, 0 }, .tick = { 25, 0 } };
	*vec_add(&w.arena, &w.doc.sections) = &section;
	assert_has(dumped(&w),
		"  graphic\n"
		"    chart line alt \"Two quarters.\"\n"
		"      scale group \"share\" from 0 to 100 tick 25\n"
		"      series label \"CIO\" colour side-1 mark circle actual\n"
		"      category label \"Q2\" actual\n"
		"        value missing\n"
		"      category label \"Q3\" forecast strong\n"
		"        value = 78.5 from 60 to 90 label \"78.5\" #7 watch\n");
	arena_release(&w.arena);
}

static void table_shows_rows_and_cells(void **state)
{
	struct world w;
	struct doc_run run = text_run("6.24");
	struct doc_column columns[] = {
		{ .width_kind = WIDTH_FIXED, .align = DOC_END, .width = 31000 }
	};
	struct doc_cell cells[] = {
		{ .text = { .style = &title_style, .runs = &run, .run_count = 1 },
			.fill = COLOUR_HEAT_3,
			.column_span = 2,
			.align = DOC_CENTRE + 1,
			.row_head = true }
	};
	struct doc_table_row rows[] = {
		{ .kind = ROW_TOTAL, .cells = cells, .count = 1, .keep_with_next = true }
	};
	struct doc_table table = { .columns = columns,
		.column_count = 1,
		.rows = rows,
		.row_count = 1,
		.row_height = 12000,
		.repeat_head = true };
	struct doc_block block = { .kind = DOC_TABLE, .table = &table };
	const struct doc_block *list = &block;
	struct doc_section section = { .blocks = &list, .count = 1 };

	(void)state;
	world_open(&w);
	*vec_add(&w.arena, &w.doc.sections) = &section;
	assert_has(dumped(&w),
		"  table row-height 12 repeat-head\n"
		"    column fixed width 31 end\n"
		"    row total keep-with-next\n"
		"      cell title columns 2 fill heat-3 centre head: 6.24\n");
	arena_release(&w.arena);
}

static void values_lead_to_their_source(void **state)
{
	struct world w;
	const struct source *file;
	uint32_t operands[] = { 0, 0 };
	static const struct doc_subject read = { .metric = STR("aligned"), .side = STR("cio"), .measure = STR("percent"),
		.source = STR("pulse") }, gap = { .operation = STR("gap") };

	(void)state;
	world_open(&w);
	file = source_from(&w.arena, STR("facts.xml"), STR("<facts>\n  <v>78</v>\n</facts>"));
	*vec_add(&w.arena, &w.doc.values) = (struct doc_value){ .of = &read,
		.number = { 78, 0 },
		.pos = { file, 10 } };
	*vec_add(&w.arena, &w.doc.values) = (struct doc_value){ .of = &gap,
		.number = { -5, 1 },
		.operands = operands,
		.operand_count = 2 };
	*vec_add(&w.arena, &w.doc.figures) = (struct doc_figure){
		.text = STR("78 %"), .value = 0, .exhibit = 4, .slot = STR("kpis")
	};
	*vec_add(&w.arena, &w.doc.figures) =
		(struct doc_figure){ .text = STR("12"), .value = UINT32_MAX };
	assert_has(dumped(&w),
		"figures\n"
		"  #0 text \"78 %\" value 0 exhibit 4 slot \"kpis\"\n"
		"  #1 text \"12\" literal\n"
		"values\n"
		"  value 0 = 78 measure \"percent\" metric \"aligned\" side \"cio\" source "
		"\"pulse\" (facts.xml:2:3)\n"
		"  value 1 = -0.5 operation \"gap\" of 0, 0\n");
	arena_release(&w.arena);
}

/* A block of every kind, those that hold others with one. */
static const struct doc_rule every_rule = { .colour = COLOUR_RULE, .width = 500 };
static const struct doc_block every_ruled = { .kind = DOC_RULE, .rule = &every_rule };
static struct doc_block every_space = { .kind = DOC_SPACE, .space = 12000 };
static const struct doc_block *const every_rules[] = { &every_ruled }, *const every_spaces[] = { &every_space };
static const struct doc_stack every_stack = { every_rules, 1 };
static const struct doc_row_cell every_cell = { .start = 3, .span = 8, .block = &every_space };
static const struct doc_row every_row = { .cells = &every_cell, .count = 1, .tracks = true };
static const struct doc_list_item every_item = { .blocks = every_spaces, .count = 1 };
static const struct doc_list every_list = { .items = &every_item, .count = 1, .numbered = true };
static const struct doc_exhibit every_exhibit = { .number = 3, .body = &every_space };
static const struct doc_image every_image = { .name = STR("logo.png"), .alt = STR("logo"), .width = 20000 };
static const struct doc_contents every_contents = { .depth = 2 };
static const struct doc_columns every_columns = { .columns = 2, .blocks = every_spaces, .count = 1 };
static const struct doc_signatures every_signatures = { .line_space = 16000 };
static const struct doc_block every_block[] = {
	{ .kind = DOC_STACK, .stack = &every_stack },
	{ .kind = DOC_ROW, .row = &every_row },
	{ .kind = DOC_LIST, .list = &every_list },
	{ .kind = DOC_EXHIBIT, .exhibit = &every_exhibit },
	{ .kind = DOC_IMAGE, .image = &every_image },
	{ .kind = DOC_CONTENTS, .contents = &every_contents },
	{ .kind = DOC_COLUMNS, .columns = &every_columns },
	{ .kind = DOC_SIGNATURES, .signatures = &every_signatures },
};
static const struct doc_block *const every_kind[] = { &every_block[0], &every_block[1], &every_block[2], &every_block[3], &every_block[4],
	&every_block[5], &every_block[6], &every_block[7] };
static const struct doc_section every_section = { .blocks = every_kind, .count = 8 };

/* Every kind of block has its line, nested ones their children. */
static void every_block_kind_is_listed(void **state)
{
	static const char *const expected =
		"  stack\n    rule width 0.5 colour rule\n  row tracks\n    cell column 4 span 8\n"
		"      space height 12\n  list numbered\n    item\n      space height 12\n  "
		"exhibit number 3\n    space height 12\n"
		"  image file \"logo.png\" alt \"logo\" width 20\n  contents depth 2\n  columns "
		"count 2\n    space height 12\n"
		"  signatures line-space 16\n";
	struct world w;

	(void)state;
	world_open(&w);
	*vec_add(&w.arena, &w.doc.sections) = &every_section;
	assert_has(dumped(&w), expected);
	arena_release(&w.arena);
}

/* The same section set smaller and dumped: its lengths are, what it says and how wide its picture is are not. */
static void a_section_set_smaller_says_the_same(void **state)
{
	static const char *const expected =
		"  stack\n    rule width 0.5 colour rule\n  row tracks\n    cell column 4 span 8\n"
		"      space height 9\n  list numbered\n    item\n      space height 9\n  "
		"exhibit number 3\n    space height 9\n"
		"  image file \"logo.png\" alt \"logo\" width 20\n  contents depth 2\n"
		"  columns count 2\n    space height 9\n  signatures line-space 12\n";
	struct world w;
	struct doc_style text = { .role = ROLE_TEXT, .id = STR("body"), .size = 10000, .leading = 12000, .space_before = 4000 },
			 small = text;
	struct doc_style styles[2];
	struct doc_design design = { .styles = styles, .style_count = 2, .tokens = { .least_size = 8000, .tile_bar = 6000 } };

	(void)state;
	world_open(&w);
	small.size = 7000; /* allowed it already: it stays */
	styles[0] = text;
	styles[1] = small;
	for (int i = 0; i < DOC_ROLE_COUNT; i++)
		design.by_role[i] = &styles[i % 2];
	w.doc.design = &design;
	const struct doc_design *to = doc_design_shrunk(&w.arena, &design, 750);
	assert_int_equal(to->styles[0].size, 8000); /* 7.5 pt is less than the least */
	assert_int_equal(to->styles[0].leading, 9600);
	assert_int_equal(to->styles[0].space_before, 3000);
	assert_int_equal(to->styles[1].size, 7000);
	assert_ptr_equal(to->by_role[ROLE_TEXT], &to->styles[ROLE_TEXT % 2]);
	assert_int_equal(to->tokens.tile_bar, 4500);
	struct doc_section *shrunk = doc_section_shrunk(&w.arena, &w.doc, &every_section, to, 750);
	assert_ptr_equal(shrunk->design, to);
	assert_int_equal(every_space.space, 12000); /* the document stays as it was */
	*vec_add(&w.arena, &w.doc.sections) = shrunk;
	assert_has(dumped(&w), expected);
	arena_release(&w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_come_from_the_lists),
		cmocka_unit_test(names_are_unique),
		cmocka_unit_test(runs_show_what_they_are),
		cmocka_unit_test(sections_and_blocks_are_indented),
		cmocka_unit_test(chart_lists_every_datum),
		cmocka_unit_test(table_shows_rows_and_cells),
		cmocka_unit_test(values_lead_to_their_source),
		cmocka_unit_test(every_block_kind_is_listed),
		cmocka_unit_test(a_section_set_smaller_says_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
