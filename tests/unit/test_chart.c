/* chart: spans, lines, labels, marks, scenario fills, scales and the moving apart of labels. */
#include "chart_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct doc_run run_of(uint8_t kind, const char *text)
{
	return (struct doc_run){
		.kind = kind, .text = str_from(text), .colour = DOC_COLOUR_COUNT, .figure = -1
	};
}

static const struct page_item *item(const struct fixture *f, size_t index)
{
	assert_true(index < f->page.items.count);
	return &f->page.items.at[index];
}

/* ---- spans ---- */

static void spans_take_face_size_and_flags(void **state)
{
	struct fixture f;
	struct doc_style big = { .size = 21000, .tracking = -300, .strong = true };
	struct doc_run runs[] = { run_of(RUN_TEXT, "a"), run_of(RUN_TEXT, "b"),
		run_of(RUN_TEXT, "c"), run_of(RUN_FILL, ""), run_of(RUN_BREAK, "") };
	struct text_span *s;

	(void)state;
	fixture_open(&f);
	runs[1].flags = RUN_STRONG | RUN_NO_BREAK;
	runs[2].style = &big;
	runs[2].lang = STR("de-DE");
	s = set_spans(&f.setter, &f.styles[ROLE_TEXT], runs, 5, NULL);
	assert_ptr_equal(s[0].fonts[0], f.faces[0]);
	assert_int_equal(s[0].font_count, 1);
	assert_int_equal(s[0].size, 8500);
	assert_int_equal(s[0].flags, TEXT_TABULAR);
	assert_true(str_is(s[0].lang, "en-GB"));
	assert_ptr_equal(s[1].fonts[0], f.faces[1]);
	assert_int_equal(s[1].flags, TEXT_TABULAR | TEXT_NO_BREAK | TEXT_NO_HYPHEN);
	assert_ptr_equal(s[2].fonts[0], f.faces[1]);
	assert_int_equal(s[2].size, 21000);
	assert_int_equal(s[2].tracking, -300);
	assert_int_equal(s[2].flags, 0);
	assert_true(str_is(s[2].lang, "de-DE"));
	assert_int_equal(s[3].kind, TEXT_FILL);
	assert_int_equal(s[4].kind, TEXT_BREAK);
	fixture_close(&f);
}

static void fallback_faces_follow_the_cut_once(void **state)
{
	static const uint16_t fallback[] = { 1, 0 };
	struct fixture f;
	struct doc_run run = run_of(RUN_TEXT, "a");
	struct text_span *s;

	(void)state;
	fixture_open(&f);
	f.family.fallback = fallback;
	f.family.fallback_count = 2;
	s = set_spans(&f.setter, &f.styles[ROLE_TEXT], &run, 1, NULL);
	assert_int_equal(s->font_count, 2);
	assert_ptr_equal(s->fonts[0], f.faces[0]);
	assert_ptr_equal(s->fonts[1], f.faces[1]);
	fixture_close(&f);
}

static void page_numbers_and_notes_get_their_text(void **state)
{
	struct fixture f;
	struct doc_run runs[] = { run_of(RUN_NOTE, ""), run_of(RUN_PAGE, ""),
		run_of(RUN_PAGES, "") };
	struct str texts[] = { STR(""), STR("3"), STR("6") };
	struct text_span *s;

	(void)state;
	fixture_open(&f);
	*vec_add(&f.arena, &f.doc.notes) = (struct doc_note){ .number = 4 };
	s = set_spans(&f.setter, &f.styles[ROLE_TEXT], runs, 3, texts);
	assert_true(str_is(s[0].text, "[4]"));
	assert_true(str_is(s[1].text, "3"));
	assert_true(str_is(s[2].text, "6"));
	fixture_close(&f);
}

/* 8.5 pt at 8.5 pt type, in 7.5 pt type 7.5; a word space (0.28 em) unless the text brings its own.
 */
static void marks_are_boxes_scaled_with_type(void **state)
{
	struct fixture f;
	struct doc_run runs[] = { run_of(RUN_MARK, ""), run_of(RUN_TEXT, "IT"),
		run_of(RUN_MARK, ""), run_of(RUN_TEXT, "\u00a0IT"), run_of(RUN_MARK, "") };
	struct text_span *s;

	(void)state;
	fixture_open(&f);
	runs[0].mark = runs[2].mark = runs[4].mark = MARK_SQUARE;
	runs[0].alt = STR("marketing");
	s = set_spans(&f.setter, &f.styles[ROLE_TEXT], runs, 5, NULL);
	assert_int_equal(s[0].kind, TEXT_BOX);
	assert_true(str_is(s[0].text, "marketing"));
	assert_int_equal(s[0].height, 8500);
	assert_int_equal(s[0].width, 8500 + 2380);
	assert_int_equal(s[2].width, 8500);
	assert_int_equal(s[4].width, 8500);
	s = set_spans(&f.setter, &f.styles[ROLE_CHART_AXIS], runs, 2, NULL);
	assert_int_equal(s[0].height, 7500);
	runs[0].mark = MARK_PLAN;
	s = set_spans(&f.setter, &f.styles[ROLE_CHART_AXIS], runs, 1, NULL);
	assert_int_equal(s[0].height, 8003); /* 7500 * 1.067 = 8002.5 */
	assert_int_equal(s[0].width, 14005); /* 8003 * 1.75 = 14005.25 */
	fixture_close(&f);
}

/* ---- lines ---- */

static void line_becomes_items_with_their_tags(void **state)
{
	struct fixture f;
	struct doc_run runs[] = { run_of(RUN_MARK, ""), run_of(RUN_TEXT, "78 %") };
	struct text_glyph glyphs[] = { { .gid = 5, .advance = 4000 } };
	struct text_fragment fragments[] = { { .span = 0, .x = 1000, .width = 8500 },
		{ .span = 1,
			.x = 11000,
			.width = 4000,
			.size = 8500,
			.rise = 500,
			.glyphs = glyphs,
			.glyph_count = 1,
			.text = STR("78 %") } };
	struct text_line line = { .fragments = fragments, .fragment_count = 2, .width = 15000 };
	int32_t tags[] = { 8, 9 };

	(void)state;
	fixture_open(&f);
	fragments[1].font = f.faces[0];
	runs[0].mark = MARK_CIRCLE;
	runs[0].colour = COLOUR_SIDE_1;
	runs[1].figure = 12;
	runs[1].colour = COLOUR_GOOD;
	set_line(&f.setter, &f.page, &line, &f.styles[ROLE_TEXT], runs, tags, 7, 100000, 200000);
	assert_int_equal(f.page.items.count, 2);
	/* The mark has no words of its own: decoration. */
	assert_int_equal(item(&f, 0)->tag, PAGE_ARTIFACT);
	assert_int_equal(item(&f, 0)->kind, PAGE_PATH);
	assert_int_equal(item(&f, 0)->shape.fill, 0x1B3A6B);
	assert_int_equal(item(&f, 1)->tag, 9);
	assert_int_equal(item(&f, 1)->x, 111000);
	assert_int_equal(item(&f, 1)->y, 199500);
	assert_int_equal(item(&f, 1)->text.colour, 0x15703A);
	assert_int_equal(item(&f, 1)->text.figure, 12);
	assert_true(str_is(item(&f, 1)->text.text, "78 %"));
	runs[0].alt = STR("CIO office");
	set_line(&f.setter, &f.page, &line, &f.styles[ROLE_TEXT], runs, NULL, 7, 0, 0);
	assert_int_equal(item(&f, 2)->tag, 7);
	fixture_close(&f);
}

static void marks_stand_centred_on_capitals(void **state)
{
	struct fixture f;
	struct doc_run run = run_of(RUN_MARK, "");
	struct text_fragment fragment = { .width = 8500 };
	struct text_line line = { .fragments = &fragment, .fragment_count = 1 };
	mpt cap;

	(void)state;
	fixture_open(&f);
	run.mark = MARK_SQUARE;
	cap = font_metrics(f.faces[0], 8500).cap_height;
	set_line(&f.setter, &f.page, &line, &f.styles[ROLE_TEXT], &run, NULL, 7, 100000, 200000);
	/* Half a side is 320 of 900 units of 8.5 pt: 3022. */
	assert_int_equal(item(&f, 0)->x, 100000 + 4250 - 3022);
	assert_int_equal(item(&f, 0)->y, 200000 - cap / 2 - 3022);
	assert_int_equal(item(&f, 0)->shape.width, 6044);
	fixture_close(&f);
}

static void labels_align_at_their_edge(void **state)
{
	struct fixture f;
	const struct doc_style *style;
	mpt width;

	(void)state;
	fixture_open(&f);
	style = &f.styles[ROLE_CHART_VALUE];
	width = label_width(&f.setter, style, STR("12.5"), true);
	assert_true(width > 10000 && width < 25000);
	assert_int_equal(set_label(&f.setter, &f.page, style, STR("12.5"), true, COLOUR_BAD, 3, 5,
				 DOC_START, 50000, 9000),
		width);
	set_label(&f.setter, &f.page, style, STR("12.5"), true, DOC_COLOUR_COUNT, -1, 5, DOC_END,
		50000, 9000);
	set_label(&f.setter, &f.page, style, STR("12.5"), true, DOC_COLOUR_COUNT, -1, 5, DOC_CENTRE,
		50000, 9000);
	assert_int_equal(item(&f, 0)->x, 50000);
	assert_int_equal(item(&f, 0)->text.colour, 0xB42318);
	assert_int_equal(item(&f, 0)->text.figure, 3);
	assert_int_equal(item(&f, 0)->tag, 5);
	assert_int_equal(item(&f, 1)->x, 50000 - width);
	assert_int_equal(item(&f, 1)->text.colour, 0x111827);
	assert_int_equal(item(&f, 1)->text.figure, -1);
	assert_int_equal(item(&f, 2)->x, 50000 - width / 2);
	assert_int_equal(label_width(&f.setter, style, STR(""), false), 0);
	assert_int_equal(set_label(&f.setter, &f.page, style, STR(""), false, COLOUR_INK, -1, 5,
				 DOC_END, 0, 0),
		0);
	assert_int_equal(f.page.items.count, 3);
	fixture_close(&f);
}

/* ---- marks ---- */

static size_t mark_items(struct fixture *f, enum doc_mark_kind mark)
{
	f->page.items.count = 0;
	draw_mark(&f->setter, &f->page, mark, COLOUR_GOOD, 9000, 100000, 50000, 2);
	for (size_t i = 0; i < f->page.items.count; i++)
		assert_int_equal(f->page.items.at[i].tag, 2);
	return f->page.items.count;
}

static void marks_have_their_shapes(void **state)
{
	static const struct {
		uint8_t mark, items;
		uint32_t segments; /* of the last item; 0 = a rectangle */
	} expected[] = { { MARK_NONE, 0, 0 }, { MARK_CIRCLE, 1, 6 }, { MARK_SQUARE, 1, 0 },
		{ MARK_DIAMOND, 1, 5 }, { MARK_PENTAGON, 1, 6 }, { MARK_TICK, 1, 3 },
		{ MARK_WARNING, 3, 2 }, { MARK_CROSS, 2, 2 }, { MARK_BALL_0, 1, 6 },
		{ MARK_BALL_1, 2, 4 }, { MARK_BALL_2, 2, 5 }, { MARK_BALL_3, 2, 6 },
		{ MARK_BALL_4, 1, 6 }, { MARK_LINK_NONE, 1, 6 }, { MARK_LINK_HALF, 2, 5 },
		{ MARK_LINK_FULL, 1, 6 }, { MARK_ACTUAL, 1, 0 }, { MARK_PLAN, 1, 0 } };
	struct fixture f;

	(void)state;
	fixture_open(&f);
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		size_t count = mark_items(&f, (enum doc_mark_kind)expected[i].mark);

		assert_int_equal(count, expected[i].items);
		if (count > 0)
			assert_int_equal(
				item(&f, count - 1)->shape.segment_count, expected[i].segments);
	}
	fixture_close(&f);
}

/* On 9 pt a unit is 10 mpt: the tick goes from (120,480) by (370,720) to (800,180), from the box's
 * corner at (95.5, 45.5). */
static void tick_goes_through_its_points(void **state)
{
	struct fixture f;
	const struct page_segment *s;

	(void)state;
	fixture_open(&f);
	mark_items(&f, MARK_TICK);
	s = item(&f, 0)->shape.segments;
	assert_int_equal(s[0].at[0].x, 95500 + 1200);
	assert_int_equal(s[0].at[0].y, 45500 + 4800);
	assert_int_equal(s[1].at[0].x, 95500 + 3700);
	assert_int_equal(s[1].at[0].y, 45500 + 7200);
	assert_int_equal(s[2].at[0].x, 95500 + 8000);
	assert_int_equal(s[2].at[0].y, 45500 + 1800);
	assert_int_equal(item(&f, 0)->shape.line_width, 1700);
	assert_int_equal(item(&f, 0)->shape.stroke, 0x15703A);
	assert_int_equal(item(&f, 0)->shape.fill, PAGE_NO_COLOUR);
	fixture_close(&f);
}

/* A quarter filled ball is a sector from the top to the right. */
static void ball_fills_clockwise_from_the_top(void **state)
{
	struct fixture f;
	const struct page_segment *s;

	(void)state;
	fixture_open(&f);
	mark_items(&f, MARK_BALL_1);
	assert_int_equal(item(&f, 0)->shape.fill, 0xFFFFFF);
	s = item(&f, 1)->shape.segments;
	assert_int_equal(s[0].at[0].x, 100000);
	assert_int_equal(s[0].at[0].y, 50000);
	assert_int_equal(s[1].at[0].x, 100000);
	assert_int_equal(s[1].at[0].y, 50000 - 3600);
	assert_int_equal(s[2].at[2].x, 100000 + 3600);
	assert_int_equal(s[2].at[2].y, 50000);
	mark_items(&f, MARK_LINK_HALF);
	s = item(&f, 1)->shape.segments;
	/* From the bottom over the left to the top. */
	assert_int_equal(s[1].at[0].y, 50000 + 3600);
	assert_int_equal(s[2].at[2].x, 100000 - 3600);
	assert_int_equal(s[3].at[2].y, 50000 - 3600);
	fixture_close(&f);
}

/* ---- fills ---- */

static const struct page_item *filled(
	struct fixture *f, enum doc_scenario scenario, unsigned colour, mpt width)
{
	struct canvas c = { .s = &f->setter, .page = &f->page, .tag = 1 };

	f->page.items.count = 0;
	fill_bar(&c, (struct rect){ 10000, 20000, width, 8000 }, scenario, colour);
	assert_int_equal(f->page.items.count, 1);
	return item(f, 0);
}

static void scenarios_have_their_fills(void **state)
{
	struct fixture f;
	const struct page_item *i;

	(void)state;
	fixture_open(&f);
	i = filled(&f, DOC_ACTUAL, COLOUR_SIDE_1, 30000);
	assert_int_equal(i->shape.fill, 0x1B3A6B);
	assert_int_equal(i->shape.stroke, PAGE_NO_COLOUR);
	assert_int_equal(i->shape.width, 30000);
	i = filled(&f, DOC_PRIOR, COLOUR_INK, 30000);
	assert_int_equal(i->shape.fill, 0x868F9D);
	i = filled(&f, DOC_PRIOR, COLOUR_SIDE_2, 30000);
	/* 45 hundredths of 9D 7F D3 over white: (157*450 + 255*550 + 500)/1000 = 211 = D3; 197 =
	 * C5; 235 = EB */
	assert_int_equal(i->shape.fill, 0xD3C5EB);
	assert_int_equal(i->shape.stroke, 0x9D7FD3);
	i = filled(&f, DOC_PLAN, COLOUR_INK, 30000);
	assert_int_equal(i->shape.fill, 0xFFFFFF);
	assert_int_equal(i->shape.stroke, 0x111827);
	assert_int_equal(i->shape.line_width, 1000);
	/* The stroke stays inside the bar. */
	assert_int_equal(i->x, 10500);
	assert_int_equal(i->shape.width, 29000);
	assert_int_equal(i->shape.height, 7000);
	assert_false(i->shape.hatch);
	i = filled(&f, DOC_FORECAST, COLOUR_SIDE_1, 30000);
	assert_true(i->shape.hatch);
	assert_int_equal(i->shape.stroke, 0x1B3A6B);
	assert_int_equal(i->shape.line_width, 800);
	fixture_close(&f);
}

static void bars_turn_round_and_thin_ones_are_solid(void **state)
{
	struct fixture f;
	struct canvas c = { .s = &f.setter, .page = &f.page };
	const struct page_item *i;

	(void)state;
	fixture_open(&f);
	i = filled(&f, DOC_ACTUAL, COLOUR_INK, -4000);
	assert_int_equal(i->x, 6000);
	assert_int_equal(i->shape.width, 4000);
	i = filled(&f, DOC_PLAN, COLOUR_INK, 1500);
	assert_int_equal(i->shape.fill, 0x111827);
	f.page.items.count = 0;
	fill_bar(&c, (struct rect){ 0, 0, 0, 8000 }, DOC_PLAN, COLOUR_INK);
	assert_int_equal(f.page.items.count, 0);
	fixture_close(&f);
}

static void text_on_a_fill_takes_the_readable_colour(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	assert_int_equal(shape_readable(&f.setter, COLOUR_SIDE_1), COLOUR_PAPER);
	assert_int_equal(shape_readable(&f.setter, COLOUR_SIDE_2), COLOUR_INK);
	assert_int_equal(shape_readable(&f.setter, COLOUR_JOINT), COLOUR_PAPER);
	assert_int_equal(shape_readable(&f.setter, COLOUR_PAPER), COLOUR_INK);
	assert_int_equal(shape_readable(&f.setter, COLOUR_BAD), COLOUR_PAPER);
	fixture_close(&f);
}

/* ---- scales ---- */

static void values_lie_on_their_scale(void **state)
{
	struct fixture f;
	struct doc_chart chart = { .kind = CHART_BAR };
	struct canvas c = { .s = &f.setter, .chart = &chart };
	struct axis a;

	(void)state;
	fixture_open(&f);
	fixture_scale(&f, "-50", "150", "50");
	a = axis_of(&c, 0, 10000, 200000);
	assert_int_equal(axis_at(&a, dec("-50")), 10000);
	assert_int_equal(axis_zero(&a), 60000);
	assert_int_equal(axis_at(&a, dec("33.333")), 93333);
	assert_int_equal(axis_at(&a, dec("150")), 210000);
	assert_int_equal(axis_at(&a, dec("151")), 210000);
	a = axis_of(&c, 0, 300000, -200000);
	assert_int_equal(axis_at(&a, dec("100")), 150000);
	/* No axis is cut: a scale from 20 begins at zero. */
	fixture_scale(&f, "20", "40", "0");
	a = axis_of(&c, 1, 0, 100000);
	assert_int_equal(axis_at(&a, dec("20")), 50000);
	fixture_close(&f);
}

static void scale_without_group_comes_from_the_data(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { category("a"), category("b"), category("c") };
	struct doc_datum d[] = { datum("-10", ""), datum("30", ""), datum(NULL, "") };
	struct doc_chart chart = { .kind = CHART_BAR,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 3,
		.data = d };
	struct canvas c = { .s = &f.setter, .chart = &chart };
	struct axis a;

	(void)state;
	fixture_open(&f);
	a = axis_of(&c, NO_SCALE, 0, 100000);
	assert_int_equal(axis_zero(&a), 25000);
	assert_int_equal(axis_at(&a, dec("30")), 100000);
	/* All zero: no length, and no division by it. */
	d[0] = d[1] = datum("0", "");
	a = axis_of(&c, NO_SCALE, 7000, 100000);
	assert_int_equal(axis_at(&a, dec("0")), 7000);
	fixture_close(&f);
}

static void ticks_are_multiples_in_order(void **state)
{
	struct fixture f;
	struct doc_chart chart = { .kind = CHART_BAR };
	struct canvas c = { .s = &f.setter, .chart = &chart };
	struct decimal ticks[AXIS_TICKS_MAX];
	struct axis a;

	(void)state;
	fixture_open(&f);
	fixture_scale(&f, "-1.2", "2", "0.5");
	a = axis_of(&c, 0, 0, 100000);
	assert_int_equal(axis_ticks(&a, ticks), 7);
	assert_int_equal(decimal_cmp(ticks[0], dec("-1.0")), 0);
	assert_int_equal(decimal_cmp(ticks[2], dec("0")), 0);
	assert_int_equal(decimal_cmp(ticks[6], dec("2.0")), 0);
	assert_true(str_is(axis_text(&c, &a, ticks[0]), "\u22121.0"));
	assert_true(str_is(axis_text(&c, &a, ticks[2]), "0.0"));
	f.doc.sign_decimal = STR(",");
	assert_true(str_is(axis_text(&c, &a, ticks[6]), "2,0"));
	fixture_scale(&f, "0", "20000", "10000");
	f.doc.sign_group = STR(".");
	a = axis_of(&c, 1, 0, 100000);
	assert_true(str_is(axis_text(&c, &a, dec("20000")), "20.000"));
	assert_true(str_is(axis_text(&c, &a, dec("5000")), "5000"));
	/* A tick far too small for its scale ends at the limit. */
	fixture_scale(&f, "-1000000", "1000000", "1");
	a = axis_of(&c, 2, 0, 100000);
	assert_true(axis_ticks(&a, ticks) <= AXIS_TICKS_MAX);
	fixture_close(&f);
}

/* ---- moving apart ---- */

static void spread_moves_as_little_as_it_can(void **state)
{
	struct fixture f;
	mpt size[] = { 12, 12, 12 };
	mpt apart[] = { 100, 130, 160 }, two[] = { 100, 104, 160 }, top[] = { 1, 2, 3 },
	    bottom[] = { 198, 199, 199 };

	(void)state;
	fixture_open(&f);
	assert_true(spread(&f.arena, apart, size, 3, 0, 200));
	assert_int_equal(apart[0], 100);
	assert_int_equal(apart[1], 130);
	assert_int_equal(apart[2], 160);
	/* Both give way: offsets 100 and 92, mean 96. */
	assert_true(spread(&f.arena, two, size, 3, 0, 200));
	assert_int_equal(two[0], 96);
	assert_int_equal(two[1], 108);
	assert_int_equal(two[2], 160);
	assert_true(spread(&f.arena, top, size, 3, 0, 200));
	assert_int_equal(top[0], 6);
	assert_int_equal(top[1], 18);
	assert_int_equal(top[2], 30);
	assert_true(spread(&f.arena, bottom, size, 3, 0, 200));
	assert_int_equal(bottom[0], 170);
	assert_int_equal(bottom[2], 194);
	assert_false(spread(&f.arena, bottom, size, 3, 0, 35));
	assert_true(spread(&f.arena, bottom, size, 0, 0, 0));
	fixture_close(&f);
}

static void names_wrap_then_end_in_an_ellipsis(void **state)
{
	struct fixture f;
	struct doc_chart chart = { .kind = CHART_BAR };
	struct canvas c = { .s = &f.setter, .chart = &chart };
	struct label l = label_plain(ROLE_CHART_LABEL, STR("Benefit six months late"));
	struct str lines[LABEL_LINES_MAX];
	mpt whole;

	(void)state;
	fixture_open(&f);
	whole = label_measure(&c, &l);
	assert_int_equal(label_wrap(&c, &l, whole, 2, lines), 1);
	assert_true(str_is(lines[0], "Benefit six months late"));
	assert_int_equal(label_wrap(&c, &l, whole * 3 / 4, 2, lines), 2);
	assert_true(str_is(lines[0], "Benefit six"));
	assert_true(str_is(lines[1], "months late"));
	assert_int_equal(f.diag.messages.count, 0);
	c.page = &f.page;
	assert_int_equal(label_wrap(&c, &l, whole / 2, 1, lines), 1);
	assert_true(str_ends(lines[0], "\u2026"));
	assert_true(str_starts(lines[0], "Benef"));
	assert_int_equal(f.diag.messages.count, 1);
	assert_int_equal(f.diag.messages.at[0].code, DIAG_CHART_NARROW);
	assert_int_equal(label_wrap(&c, &l, 0, 1, lines), 0);
	/* One chart reports once. */
	assert_int_equal(f.diag.messages.count, 1);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_take_face_size_and_flags),
		cmocka_unit_test(fallback_faces_follow_the_cut_once),
		cmocka_unit_test(page_numbers_and_notes_get_their_text),
		cmocka_unit_test(marks_are_boxes_scaled_with_type),
		cmocka_unit_test(line_becomes_items_with_their_tags),
		cmocka_unit_test(marks_stand_centred_on_capitals),
		cmocka_unit_test(labels_align_at_their_edge),
		cmocka_unit_test(marks_have_their_shapes),
		cmocka_unit_test(tick_goes_through_its_points),
		cmocka_unit_test(ball_fills_clockwise_from_the_top),
		cmocka_unit_test(scenarios_have_their_fills),
		cmocka_unit_test(bars_turn_round_and_thin_ones_are_solid),
		cmocka_unit_test(text_on_a_fill_takes_the_readable_colour),
		cmocka_unit_test(values_lie_on_their_scale),
		cmocka_unit_test(scale_without_group_comes_from_the_data),
		cmocka_unit_test(ticks_are_multiples_in_order),
		cmocka_unit_test(spread_moves_as_little_as_it_can),
		cmocka_unit_test(names_wrap_then_end_in_an_ellipsis),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
