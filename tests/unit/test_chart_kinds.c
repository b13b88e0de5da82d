/* chart: each kind drawn small, with the positions that its numbers must lead to. All rectangles
 * start at 100 pt, 200 pt. */
#include "chart_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { X = 100000, Y = 200000 };

static void draw(struct fixture *f, struct doc_chart *chart, mpt width, mpt height)
{
	f->page.items.count = 0;
	chart->alt = STR("alt");
	chart_draw(&f->setter, &f->page, chart, (struct rect){ X, Y, width, height }, 4);
}

/* The nth rectangle drawn. */
static const struct page_item *rectangle(const struct fixture *f, size_t nth)
{
	for (size_t i = 0; i < f->page.items.count; i++)
		if (f->page.items.at[i].kind == PAGE_RECT && nth-- == 0)
			return &f->page.items.at[i];
	fail_msg("no such rectangle");
	return NULL;
}

static size_t count_rectangles(const struct fixture *f)
{
	size_t count = 0;

	for (size_t i = 0; i < f->page.items.count; i++)
		count += f->page.items.at[i].kind == PAGE_RECT;
	return count;
}

/* The nth path with this many segments. */
static const struct page_item *path(const struct fixture *f, uint32_t segments, size_t nth)
{
	for (size_t i = 0; i < f->page.items.count; i++)
		if (f->page.items.at[i].kind == PAGE_PATH &&
			f->page.items.at[i].shape.segment_count == segments && nth-- == 0)
			return &f->page.items.at[i];
	fail_msg("no such path");
	return NULL;
}

static const struct page_item *text(const struct fixture *f, const char *words)
{
	for (size_t i = 0; i < f->page.items.count; i++)
		if (f->page.items.at[i].kind == PAGE_TEXT &&
			str_is(f->page.items.at[i].text.text, words))
			return &f->page.items.at[i];
	fail_msg("no text '%s'", words);
	return NULL;
}

static bool has_text(const struct fixture *f, const char *words)
{
	for (size_t i = 0; i < f->page.items.count; i++)
		if (f->page.items.at[i].kind == PAGE_TEXT &&
			str_is(f->page.items.at[i].text.text, words))
			return true;
	return false;
}

static void assert_rectangle(const struct page_item *i, mpt x, mpt y, mpt width, mpt height)
{
	assert_int_equal(i->x, x);
	assert_int_equal(i->y, y);
	assert_int_equal(i->shape.width, width);
	assert_int_equal(i->shape.height, height);
}

static void assert_line(const struct page_item *i, mpt x0, mpt y0, mpt x1, mpt y1)
{
	assert_int_equal(i->shape.segments[0].at[0].x, x0);
	assert_int_equal(i->shape.segments[0].at[0].y, y0);
	assert_int_equal(i->shape.segments[1].at[0].x, x1);
	assert_int_equal(i->shape.segments[1].at[0].y, y1);
}

/* Tile of 117 pt: codes take 18, values 28, so that 71 are left; 83 % of them are 58.93. Rows of 12
 * hold bars of 8. */
static void tile_bars_share_a_scale(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { category(""), category("") };
	struct doc_datum d[] = { datum("83", "83 %"), datum("80", "80 %") };
	struct doc_chart chart = { .kind = CHART_TILE_BARS,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 2,
		.data = d };

	(void)state;
	fixture_open(&f);
	k[0].code = STR("AC");
	k[1].code = STR("PL");
	k[1].scenario = DOC_PLAN;
	d[0].figure = 6;
	chart.scale = fixture_scale(&f, "0", "100", "0");
	assert_int_equal(chart_measure(&f.setter, &chart, 117000).ideal, 24000);
	draw(&f, &chart, 117000, 24000);
	assert_rectangle(rectangle(&f, 0), X + 18000, Y + 2000, 58930, 8000);
	assert_rectangle(rectangle(&f, 1), X + 18500, Y + 14500, 55800, 7000);
	assert_line(path(&f, 2, 0), X + 18000, Y, X + 18000, Y + 24000);
	assert_int_equal(text(&f, "AC")->x, X);
	assert_int_equal(text(&f, "83 %")->x + text(&f, "83 %")->text.width, X + 117000);
	assert_int_equal(text(&f, "83 %")->text.figure, 6);
	assert_ptr_equal(text(&f, "83 %")->text.font, f.faces[1]);
	assert_ptr_equal(text(&f, "80 %")->text.font, f.faces[0]);
	fixture_close(&f);
}

/* The columns of a tile: 50 % of 71 after 18. */
static void sides_stand_under_a_tiles_bars(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("CIO", COLOUR_SIDE_1, MARK_SQUARE),
		series("CMO", COLOUR_SIDE_2, MARK_SQUARE) };
	struct doc_category k = category("");
	struct doc_datum d[] = { datum("50", ""), datum("25", "") };
	struct doc_chart chart = { .kind = CHART_SIDES,
		.series = s,
		.series_count = 2,
		.categories = &k,
		.category_count = 1,
		.data = d };

	(void)state;
	fixture_open(&f);
	chart.scale = fixture_scale(&f, "0", "100", "0");
	draw(&f, &chart, 117000, 12000);
	assert_line(path(&f, 2, 0), X + 18000, Y + 6000, X + 89000, Y + 6000);
	/* Joined from the lower to the higher mark, whichever side has it. */
	assert_line(path(&f, 2, 1), X + 35750, Y + 6000, X + 53500, Y + 6000);
	assert_rectangle(rectangle(&f, 0), X + 53500 - 3022, Y + 6000 - 3022, 6044, 6044);
	assert_int_equal(rectangle(&f, 1)->shape.fill, 0x9D7FD3);
	d[1] = datum(NULL, "");
	draw(&f, &chart, 117000, 12000);
	assert_int_equal(count_rectangles(&f), 1);
	/* One value: one above the other, as far as the row lets them; the places on the scale stay. */
	d[1] = datum("50", "");
	draw(&f, &chart, 117000, 12000);
	assert_rectangle(rectangle(&f, 0), X + 53500 - 3022, Y + 3250 - 3022, 6044, 6044);
	assert_rectangle(rectangle(&f, 1), X + 53500 - 3022, Y + 8750 - 3022, 6044, 6044);
	/* 4 points are 2.84 away: in a row with room, 6 less that is shared. */
	d[1] = datum("54", "");
	draw(&f, &chart, 117000, 20000);
	assert_rectangle(rectangle(&f, 0), X + 53500 - 3022, Y + 8420 - 3022, 6044, 6044);
	assert_rectangle(rectangle(&f, 1), X + 56340 - 3022, Y + 11580 - 3022, 6044, 6044);
	/* 5 points are 3.55: neither hides the other. */
	d[1] = datum("55", "");
	draw(&f, &chart, 117000, 20000);
	assert_int_equal(rectangle(&f, 0)->y, rectangle(&f, 1)->y);
	fixture_close(&f);
}

/* 112 pt less margins: 100 for 0 to 10. The head's ticks and the cell's grid lie over each other.
 */
static void dumbbell_and_axis_share_positions(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("CIO", COLOUR_SIDE_1, MARK_SQUARE),
		series("CMO", COLOUR_SIDE_2, MARK_SQUARE) };
	struct doc_category k = category("");
	struct doc_datum d[] = { datum("8.6", ""), datum("4.1", "") };
	struct doc_chart chart = { .kind = CHART_DUMBBELL,
		.series = s,
		.series_count = 2,
		.categories = &k,
		.category_count = 1,
		.data = d };
	const struct page_item *tick;

	(void)state;
	fixture_open(&f);
	k.strong = true;
	chart.scale = fixture_scale(&f, "0", "10", "5");
	draw(&f, &chart, 112000, 20000);
	assert_line(path(&f, 2, 0), X + 6000, Y, X + 6000, Y + 20000);
	assert_line(path(&f, 2, 1), X + 56000, Y, X + 56000, Y + 20000);
	assert_line(path(&f, 2, 3), X + 47000, Y + 10000, X + 92000, Y + 10000);
	assert_int_equal(path(&f, 2, 3)->shape.stroke, 0x111827);
	/* Without ticks: the scale's line, and its zero. */
	f.doc.scales.at[0].tick = dec("0");
	draw(&f, &chart, 112000, 16000);
	assert_line(path(&f, 2, 0), X + 6000, Y + 8000, X + 106000, Y + 8000);
	assert_line(path(&f, 2, 1), X + 6000, Y + 4000, X + 6000, Y + 12000);
	f.doc.scales.at[0].tick = dec("5");
	chart = (struct doc_chart){ .kind = CHART_AXIS };
	draw(&f, &chart, 112000, 12000);
	tick = text(&f, "5");
	assert_in_range(tick->x + tick->text.width / 2, X + 55999, X + 56001);
	fixture_close(&f);
}

/* 64 pt less margins of 2: 60 for -30 to 30, zero in the middle. */
static void variance_is_coloured_beyond_the_limit(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k = category("");
	struct doc_datum d = datum("-15", "");
	struct doc_chart chart = { .kind = CHART_VARIANCE,
		.series = &s,
		.series_count = 1,
		.categories = &k,
		.category_count = 1,
		.data = &d };

	(void)state;
	fixture_open(&f);
	chart.scale = fixture_scale(&f, "-30", "30", "0");
	draw(&f, &chart, 64000, 12000);
	assert_line(path(&f, 2, 0), X + 32000, Y, X + 32000, Y + 12000);
	assert_rectangle(rectangle(&f, 0), X + 17000, Y + 3000, 15000, 6000);
	assert_int_equal(rectangle(&f, 0)->shape.fill, 0x4B5563);
	d.status = STATUS_BAD;
	d.value = dec("30");
	draw(&f, &chart, 64000, 12000);
	assert_rectangle(rectangle(&f, 0), X + 32000, Y + 3000, 30000, 6000);
	assert_int_equal(rectangle(&f, 0)->shape.fill, 0xB42318);
	/* What is not zero can be seen. */
	d.value = dec("0.0001");
	draw(&f, &chart, 64000, 12000);
	assert_int_equal(rectangle(&f, 0)->shape.width, 400);
	d.value = dec("0");
	draw(&f, &chart, 64000, 12000);
	assert_int_equal(count_rectangles(&f), 0);
	fixture_close(&f);
}

/* Names and values left out: 101 pt less edges of .5 is 100 for 0 to 200. */
static void bars_start_at_zero(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { category(""), category("") };
	struct doc_datum d[] = { datum("150", ""), datum("-50", "") };
	struct doc_chart chart = { .kind = CHART_BAR,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 2,
		.data = d };

	(void)state;
	fixture_open(&f);
	chart.scale = fixture_scale(&f, "-50", "150", "0");
	assert_int_equal(chart_measure(&f.setter, &chart, 101000).ideal, 40000);
	draw(&f, &chart, 101000, 40000);
	assert_line(path(&f, 2, 0), X + 25500, Y, X + 25500, Y + 40000);
	assert_rectangle(rectangle(&f, 0), X + 25500, Y + 4500, 75000, 11000);
	assert_rectangle(rectangle(&f, 1), X + 500, Y + 24500, 25000, 11000);
	fixture_close(&f);
}

static void bar_values_stand_outside_their_bars(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { category("Base case"), category("Benefit") };
	struct doc_datum d[] = { datum("1.2", "+1.20"), datum("-0.4", "-0.40") };
	struct doc_chart chart = { .kind = CHART_BAR,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 2,
		.data = d,
		.scale = NO_SCALE };
	const struct page_item *high, *low;

	(void)state;
	fixture_open(&f);
	d[0].status = STATUS_GOOD;
	d[1].status = STATUS_BAD;
	draw(&f, &chart, 203000, 40000);
	high = rectangle(&f, 0);
	low = rectangle(&f, 1);
	assert_int_equal(high->shape.fill, 0x15703A);
	assert_int_equal(low->shape.fill, 0xB42318);
	assert_int_equal(high->x, low->x + low->shape.width);
	assert_int_equal(text(&f, "+1.20")->x, high->x + high->shape.width + 3000);
	assert_in_range(
		text(&f, "+1.20")->x + text(&f, "+1.20")->text.width, X + 202990, X + 203000);
	assert_int_equal(text(&f, "-0.40")->x + text(&f, "-0.40")->text.width, low->x - 3000);
	assert_int_equal(text(&f, "Base case")->x, X);
	fixture_close(&f);
}

/* The plan is three quarters of 16 high, the actual three eighths, both from the edge. */
static void bullet_stands_before_its_plan(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("", COLOUR_INK, MARK_NONE),
		series("", COLOUR_INK, MARK_NONE) };
	struct doc_category k = category("");
	struct doc_datum d[] = { datum("1.32", ""), datum("0.66", "") };
	struct doc_chart chart = { .kind = CHART_BULLET,
		.series = s,
		.series_count = 2,
		.categories = &k,
		.category_count = 1,
		.data = d };

	(void)state;
	fixture_open(&f);
	s[1].scenario = DOC_PLAN;
	chart.scale = fixture_scale(&f, "0", "1.32", "0");
	draw(&f, &chart, 101000, 16000);
	assert_rectangle(rectangle(&f, 0), X + 1000, Y + 2500, 49000, 11000);
	assert_int_equal(rectangle(&f, 0)->shape.fill, 0xFFFFFF);
	assert_rectangle(rectangle(&f, 1), X + 500, Y + 5000, 100000, 6000);
	fixture_close(&f);
}

/* No names, no totals: 106 pt less the 6 before a total is 100 for 50; parts are 60 and 40,
 * with 1.5 between them. */
static void stacked_parts_follow_each_other(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("", COLOUR_SIDE_1, MARK_NONE),
		series("", COLOUR_SIDE_2, MARK_NONE) };
	struct doc_category k = category("");
	struct doc_datum d[] = { datum("30", "30"), datum("20", "20") };
	struct doc_chart chart = { .kind = CHART_STACKED,
		.series = s,
		.series_count = 2,
		.categories = &k,
		.category_count = 1,
		.data = d,
		.scale = NO_SCALE };
	const struct page_item *label;

	(void)state;
	fixture_open(&f);
	assert_int_equal(chart_measure(&f.setter, &chart, 106000).ideal, 24000);
	draw(&f, &chart, 106000, 24000);
	assert_rectangle(rectangle(&f, 0), X, Y, 58500, 20000);
	assert_rectangle(rectangle(&f, 1), X + 60000, Y, 40000, 20000);
	label = text(&f, "30");
	assert_in_range(label->x + label->text.width / 2, X + 29249, X + 29251);
	assert_int_equal(label->text.colour, 0xFFFFFF);
	assert_int_equal(text(&f, "20")->text.colour, 0x111827);
	/* A forecast's number stands on a plate over the hatching. */
	k.scenario = DOC_FORECAST;
	draw(&f, &chart, 106000, 24000);
	assert_true(rectangle(&f, 0)->shape.hatch);
	assert_int_equal(rectangle(&f, 1)->shape.fill, 0xFFFFFF);
	assert_in_range(rectangle(&f, 1)->shape.width, text(&f, "30")->text.width + 3999,
		text(&f, "30")->text.width + 4001);
	assert_int_equal(text(&f, "30")->text.colour, 0x111827);
	fixture_close(&f);
}

/* 2 of 100 in 100 pt is 2 pt wide: its value goes under the bar, and the row takes another line. */
static void narrow_part_sends_its_value_out(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("", COLOUR_SIDE_1, MARK_NONE),
		series("", COLOUR_SIDE_2, MARK_NONE) };
	struct doc_category k = category("");
	struct doc_datum d[] = { datum("98", "98"), datum("2", "2.0") };
	struct doc_chart chart = { .kind = CHART_STACKED,
		.series = s,
		.series_count = 2,
		.categories = &k,
		.category_count = 1,
		.data = d,
		.scale = NO_SCALE };
	const struct page_item *out;

	(void)state;
	fixture_open(&f);
	d[1].figure = 9;
	assert_int_equal(chart_measure(&f.setter, &chart, 106000).ideal, 36000);
	draw(&f, &chart, 106000, 36000);
	out = text(&f, "2.0");
	assert_true(out->y > Y + 20000 + 8000);
	assert_int_equal(out->text.figure, 9);
	assert_in_range(out->x + out->text.width / 2, X + 98990, X + 99010);
	assert_line(path(&f, 2, 0), X + 99000, Y + 20000, X + 99000, Y + 22500);
	fixture_close(&f);
}

static void stacked_prints_totals_changes_and_a_key(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("IT", COLOUR_SIDE_1, MARK_CIRCLE),
		series("Joint", COLOUR_JOINT, MARK_DIAMOND) };
	struct doc_category k[] = { category("2025 actual"), category("2026 forecast") };
	struct doc_datum d[] = { datum("8", "8.0"), datum("4", "4.0"), datum("9", "9.0"),
		datum("6", "6.0") };
	struct doc_datum totals[] = { datum("12", "12.0"), datum("15", "15.0") },
			 changes[] = { datum(NULL, ""), datum("25", "+25 %") };
	struct doc_chart chart = { .kind = CHART_STACKED,
		.series = s,
		.series_count = 2,
		.categories = k,
		.category_count = 2,
		.data = d,
		.totals = totals,
		.changes = changes,
		.scale = NO_SCALE,
		.heads = { STR("on year before") } };
	const struct page_item *bar;

	(void)state;
	fixture_open(&f);
	k[1].scenario = DOC_FORECAST;
	/* Key of one line and its air, two rows. */
	assert_int_equal(chart_measure(&f.setter, &chart, 504000).ideal, 12000 + 4000 + 2 * 24000);
	draw(&f, &chart, 504000, 64000);
	assert_true(has_text(&f, "IT"));
	assert_true(has_text(&f, "Joint"));
	/* Rectangles: swatch, two parts, swatch … */
	bar = rectangle(&f, 2);
	assert_int_equal(text(&f, "12.0")->x, bar->x + bar->shape.width + 6000);
	assert_int_equal(
		text(&f, "on year before")->x + text(&f, "on year before")->text.width, X + 504000);
	assert_int_equal(text(&f, "+25 %")->x + text(&f, "+25 %")->text.width, X + 504000);
	/* The longest bar with its total and change fills the width: 10 before the change. */
	assert_in_range(text(&f, "+25 %")->x - text(&f, "15.0")->x - text(&f, "15.0")->text.width,
		9990, 10010);
	fixture_close(&f);
}

/* Ticks 0 and 100, ten points of height each 10 %: y = bottom of plot less value. */
static void line_points_lie_on_the_scale(void **state)
{
	struct fixture f;
	struct doc_series s = series("CIO", COLOUR_SIDE_1, MARK_SQUARE);
	struct doc_category k[] = { category("Q1"), category("Q2"), category("Q3") };
	struct doc_datum d[] = { datum("0", ""), datum("50", ""), datum("100", "100") };
	struct doc_chart chart = { .kind = CHART_LINE,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 3,
		.data = d };
	const struct page_segment *points;
	const struct page_item *value, *name;

	(void)state;
	fixture_open(&f);
	d[2].figure = 5;
	chart.scale = fixture_scale(&f, "0", "100", "100");
	/* Names of the periods take 12 and 4 of air, the top 6: 122 less 22 is 100. */
	draw(&f, &chart, 300000, 122000);
	points = path(&f, 3, 0)->shape.segments;
	assert_int_equal(points[0].at[0].y, Y + 106000);
	assert_int_equal(points[1].at[0].y, Y + 56000);
	assert_int_equal(points[2].at[0].y, Y + 6000);
	assert_in_range(points[1].at[0].x - (points[0].at[0].x + points[2].at[0].x) / 2 + 1, 0, 2);
	value = text(&f, "100");
	name = text(&f, "CIO");
	/* The first '100' is the tick; the value stands before its name, on one baseline, and ends
	 * at the edge. */
	assert_int_equal(value->text.colour, 0x4B5563);
	assert_in_range(name->x + name->text.width, X + 299990, X + 300000);
	assert_int_equal(rectangle(&f, 0)->shape.fill, 0x1B3A6B);
	assert_int_equal(count_rectangles(&f), 3);
	fixture_close(&f);
}

static void a_gap_in_the_data_is_a_gap_in_the_line(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_SIDE_1, MARK_NONE);
	struct doc_category k[] = { category("1"), category("2"), category("3"), category("4"),
		category("5") };
	struct doc_datum d[] = { datum("1", ""), datum("2", ""), datum(NULL, ""), datum("4", ""),
		datum(NULL, "") };
	struct doc_chart chart = { .kind = CHART_LINE,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 5,
		.data = d,
		.scale = NO_SCALE };

	(void)state;
	fixture_open(&f);
	draw(&f, &chart, 300000, 122000);
	/* Zero line, and the line from 1 to 2; the lone last value has a dot, a circle of six
	 * segments. */
	assert_int_equal(path(&f, 2, 1)->shape.line_width, 1200);
	assert_int_equal(path(&f, 6, 0)->shape.fill, 0x1B3A6B);
	assert_int_equal(f.page.items.count, 2 + 1 + 5);
	fixture_close(&f);
}

static void labels_at_line_ends_move_apart(void **state)
{
	struct fixture f;
	struct doc_series s[] = { series("CIO", COLOUR_SIDE_1, MARK_NONE),
		series("CMO", COLOUR_SIDE_2, MARK_NONE) };
	struct doc_category k[] = { category("Q1"), category("Q2") };
	struct doc_datum d[] = { datum("50", ""), datum("50", ""), datum("50", "50"),
		datum("52", "52") };
	struct doc_chart chart = { .kind = CHART_LINE,
		.series = s,
		.series_count = 2,
		.categories = k,
		.category_count = 2,
		.data = d };
	mpt cio, cmo;

	(void)state;
	fixture_open(&f);
	chart.scale = fixture_scale(&f, "0", "100", "0");
	draw(&f, &chart, 300000, 122000);
	cio = text(&f, "CIO")->y;
	cmo = text(&f, "CMO")->y;
	/* 52 is the higher one; both keep a line's distance, and their middle. */
	assert_int_equal(cio - cmo, 12000);
	assert_int_equal(text(&f, "52")->y, cmo);
	fixture_close(&f);
}

static void plan_line_is_dashed_and_named(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { category("Q1"), category("Q2") };
	struct doc_datum d[] = { datum("50", ""), datum("51", "") };
	struct doc_reference r = { .value = { 65, 0 },
		.high = { 65, 0 },
		.label = STR("plan 65"),
		.scenario = DOC_PLAN,
		.figure = 2 };
	struct doc_chart chart = { .kind = CHART_LINE,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 2,
		.data = d,
		.references = &r,
		.reference_count = 1 };
	const struct page_item *label;

	(void)state;
	fixture_open(&f);
	chart.scale = fixture_scale(&f, "0", "100", "0");
	draw(&f, &chart, 300000, 122000);
	/* Zero line, plan, data. */
	assert_int_equal(path(&f, 2, 1)->shape.dash, PAGE_DASHED);
	assert_int_equal(path(&f, 2, 1)->shape.segments[0].at[0].y, Y + 41000);
	label = text(&f, "plan 65");
	assert_int_equal(label->text.figure, 2);
	assert_true(label->y < Y + 41000);
	/* Where the data runs just above the plan, its name goes under the line. */
	d[0].value = d[1].value = dec("70");
	draw(&f, &chart, 300000, 122000);
	assert_true(text(&f, "plan 65")->y > Y + 41000);
	fixture_close(&f);
}

static void ranges_stand_beside_the_last_values(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_SIDE_1, MARK_NONE);
	struct doc_category k[] = { category("Q1"), category("Q2") };
	struct doc_datum d[] = { datum("50", ""), datum("60", "") };
	struct doc_chart chart = { .kind = CHART_LINE,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 2,
		.data = d };
	const struct page_item *range;

	(void)state;
	fixture_open(&f);
	d[1].ranged = true;
	d[1].low = dec("40");
	d[1].high = dec("80");
	chart.scale = fixture_scale(&f, "0", "100", "0");
	draw(&f, &chart, 300000, 122000);
	/* Zero line, data, range. */
	range = path(&f, 2, 2);
	assert_int_equal(range->shape.segments[0].at[0].y, Y + 66000);
	assert_int_equal(range->shape.segments[1].at[0].y, Y + 26000);
	assert_int_equal(
		range->shape.segments[0].at[0].x, path(&f, 2, 1)->shape.segments[1].at[0].x + 3000);
	fixture_close(&f);
}

static struct doc_category step(const char *label, const char *group, uint8_t colour)
{
	struct doc_category k = category(label);

	k.group = str_from(group);
	k.colour = colour;
	return k;
}

/* Two groups and their total; levels 6 → 8 and 4 → 3. Rows of 16 under a head of 14. */
static void bridge_runs_from_level_to_level(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { step("New", "IT", COLOUR_SIDE_1),
		step("More", "IT", COLOUR_SIDE_1), step("Less", "Joint", COLOUR_JOINT),
		step("Sum", "Total", COLOUR_INK) };
	struct doc_datum d[] = { datum("1.5", "+1.5"), datum("0.5", "+0.5"), datum("-1", "-1.0"),
		datum("1", "+1.0") };
	struct doc_datum before[] = { datum("6", "6.0"), datum("6", "6.0"), datum("4", "4.0"),
		datum("10", "10.0") };
	struct doc_datum after[] = { datum("8", "8.0"), datum("8", "8.0"), datum("3", "3.0"),
		datum("11", "11.0") };
	struct doc_chart chart = { .kind = CHART_BRIDGE,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 4,
		.data = d,
		.totals = before,
		.changes = after,
		.scale = NO_SCALE,
		.scale_change = NO_SCALE,
		.heads = { STR("Level"), STR("Step"), STR("Change {0}") } };
	const struct page_item *one, *two, *three, *sum;
	mpt zero;

	(void)state;
	fixture_open(&f);
	k[3].strong = true;
	assert_int_equal(chart_measure(&f.setter, &chart, 504000).ideal, 14000 + 4 * 16000);
	draw(&f, &chart, 504000, 78000);
	/* Levels first, two a group; then the steps. */
	assert_true(rectangle(&f, 0)->shape.hatch);
	assert_false(rectangle(&f, 1)->shape.hatch);
	assert_int_equal(rectangle(&f, 0)->y, Y + 14000 + 16000 - 7000 - 400 + 400);
	assert_int_equal(rectangle(&f, 1)->y, Y + 14000 + 16000 + 400 + 500);
	/* 6 to 8, strokes of .8 and 1 inside. */
	assert_in_range((rectangle(&f, 0)->shape.width + 800) * 4 -
			(rectangle(&f, 1)->shape.width + 1000) * 3 + 4,
		0, 8);
	one = rectangle(&f, 6);
	two = rectangle(&f, 7);
	three = rectangle(&f, 8);
	sum = rectangle(&f, 9);
	zero = one->x;
	assert_int_equal(one->y, Y + 14000 + 2500);
	assert_int_equal(one->shape.height, 11000);
	assert_int_equal(two->x, one->x + one->shape.width);
	assert_int_equal(three->x + three->shape.width, two->x + two->shape.width);
	/* 1.5 : 0.5 : 1, and the total from zero to where the steps end. */
	assert_in_range(one->shape.width - 3 * two->shape.width + 2, 0, 4);
	assert_int_equal(sum->x, zero);
	assert_int_equal(sum->x + sum->shape.width, three->x);
	/* Panels are equally wide: 11 on the left spans what 2 spans on the right. */
	assert_in_range(
		rectangle(&f, 5)->shape.width + 1000 - (two->x + two->shape.width - zero) + 2, 0,
		4);
	/* So a unit is 11 / 2 times as long there, which the head says. */
	assert_true(has_text(&f, "Change 5.5"));
	assert_int_equal(text(&f, "+1.5")->x, one->x + one->shape.width + 3000);
	assert_true(has_text(&f, "\u2192"));
	assert_int_equal(text(&f, "Sum")->x, text(&f, "New")->x);
	fixture_close(&f);
}

static void bridge_values_keep_clear_of_zero(void **state)
{
	struct fixture f;
	struct doc_series s = series("", COLOUR_INK, MARK_NONE);
	struct doc_category k[] = { step("Down", "IT", COLOUR_SIDE_1),
		step("Up", "Joint", COLOUR_SIDE_2) };
	struct doc_datum d[] = { datum("-1", "-1.0"), datum("2", "+2.0") };
	struct doc_chart chart = { .kind = CHART_BRIDGE,
		.series = &s,
		.series_count = 1,
		.categories = k,
		.category_count = 2,
		.data = d,
		.scale = NO_SCALE,
		.scale_change = NO_SCALE };

	(void)state;
	fixture_open(&f);
	draw(&f, &chart, 504000, 46000);
	/* The first bar ends at zero: its value stands 4 right of it. */
	assert_int_equal(
		text(&f, "-1.0")->x, rectangle(&f, 0)->x + rectangle(&f, 0)->shape.width + 4000);
	fixture_close(&f);
}

/* Half a year of 180 days and 3 days around: the middle of March lies where its day is. */
static void timeline_places_days(void **state)
{
	struct fixture f;
	struct doc_category k[] = { category("First"), category("Second"), category("Third"),
		category("") };
	struct doc_chart chart = { .kind = CHART_TIMELINE, .categories = k, .category_count = 4 };
	mpt first, second, third;

	(void)state;
	fixture_open(&f);
	k[0].date = (struct date){ 2026, 1, 1 };
	k[1].date = (struct date){ 2026, 2, 10 };
	k[2].date = (struct date){ 2026, 3, 22 };
	k[3].date = (struct date){ 2026, 3, 30 };
	k[3].code = STR("meeting");
	for (int i = 0; i < 3; i++)
		k[i].tail_mark = MARK_SQUARE;
	k[0].code = STR("1 Jan");
	k[0].flag = STR("late");
	k[0].flag_status = STATUS_WATCH;
	/* Head of 12 and 3, three rows. */
	assert_int_equal(chart_measure(&f.setter, &chart, 504000).ideal, 15000 + 3 * 16000);
	draw(&f, &chart, 504000, 63000);
	first = rectangle(&f, 1)->x;
	second = rectangle(&f, 2)->x;
	third = rectangle(&f, 3)->x;
	/* 40 days each. */
	assert_in_range(third - second - (second - first) + 2, 0, 4);
	assert_int_equal(text(&f, "late")->text.colour, 0x8A5A00);
	assert_true(text(&f, "late")->x > text(&f, "1 Jan")->x);
	assert_true(has_text(&f, "meeting"));
	fixture_close(&f);
}

static void matrix_sets_groups_side_by_side(void **state)
{
	struct fixture f;
	struct doc_category k[] = { category("Web shop"), category("Orders"), category("Loyalty") };
	struct doc_datum totals[] = { datum("1", "1 of 2"), datum("1", ""), datum("0", "0 of 1") };
	struct doc_chart chart = {
		.kind = CHART_MATRIX, .categories = k, .category_count = 3, .totals = totals
	};
	const struct page_item *shop, *orders, *loyalty;

	(void)state;
	fixture_open(&f);
	k[0].group = k[1].group = STR("Commerce");
	k[2].group = STR("Campaign");
	k[0].flag = STR("P!");
	k[0].flag_status = STATUS_BAD;
	assert_int_equal(chart_measure(&f.setter, &chart, 252000).ideal, 20000 + 2 * 16000);
	draw(&f, &chart, 252000, 52000);
	shop = text(&f, "Web shop");
	orders = text(&f, "Orders");
	loyalty = text(&f, "Loyalty");
	/* Columns of 120 with 12 between them; names after 11; rows of 16. */
	assert_int_equal(shop->x, X + 11000);
	assert_int_equal(loyalty->x, X + 132000 + 11000);
	assert_int_equal(orders->y - shop->y, 16000);
	assert_int_equal(loyalty->y, shop->y);
	assert_int_equal(text(&f, "1 of 2")->x + text(&f, "1 of 2")->text.width, X + 120000);
	assert_int_equal(text(&f, "P!")->text.colour, 0xB42318);
	/* In half the width the groups stand below each other. */
	assert_int_equal(chart_measure(&f.setter, &chart, 120000).ideal,
		20000 + 2 * 16000 + 8000 + 20000 + 16000);
	draw(&f, &chart, 120000, 96000);
	assert_int_equal(text(&f, "Loyalty")->x, X + 11000);
	fixture_close(&f);
}

static void what_is_too_narrow_says_so(void **state)
{
	struct fixture f;
	struct doc_chart chart = { .kind = CHART_BRIDGE };

	(void)state;
	fixture_open(&f);
	draw(&f, &chart, 90000, 100000);
	assert_int_equal(f.page.items.count, 0);
	assert_int_equal(f.diag.messages.count, 1);
	assert_int_equal(f.diag.messages.at[0].code, DIAG_CHART_NARROW);
	fixture_close(&f);
}

static void a_height_asked_for_is_taken(void **state)
{
	struct fixture f;
	struct doc_category k = category("Q1");
	struct doc_chart chart = {
		.kind = CHART_LINE, .categories = &k, .category_count = 1, .height = 164000
	};
	struct chart_size size;

	(void)state;
	fixture_open(&f);
	size = chart_measure(&f.setter, &chart, 300000);
	assert_int_equal(size.ideal, 164000);
	assert_int_equal(size.least, 84000);
	chart.height = 1000;
	assert_int_equal(chart_measure(&f.setter, &chart, 300000).ideal, 84000);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tile_bars_share_a_scale),
		cmocka_unit_test(sides_stand_under_a_tiles_bars),
		cmocka_unit_test(dumbbell_and_axis_share_positions),
		cmocka_unit_test(variance_is_coloured_beyond_the_limit),
		cmocka_unit_test(bars_start_at_zero),
		cmocka_unit_test(bar_values_stand_outside_their_bars),
		cmocka_unit_test(bullet_stands_before_its_plan),
		cmocka_unit_test(stacked_parts_follow_each_other),
		cmocka_unit_test(narrow_part_sends_its_value_out),
		cmocka_unit_test(stacked_prints_totals_changes_and_a_key),
		cmocka_unit_test(line_points_lie_on_the_scale),
		cmocka_unit_test(a_gap_in_the_data_is_a_gap_in_the_line),
		cmocka_unit_test(labels_at_line_ends_move_apart),
		cmocka_unit_test(plan_line_is_dashed_and_named),
		cmocka_unit_test(ranges_stand_beside_the_last_values),
		cmocka_unit_test(bridge_runs_from_level_to_level),
		cmocka_unit_test(bridge_values_keep_clear_of_zero),
		cmocka_unit_test(timeline_places_days),
		cmocka_unit_test(matrix_sets_groups_side_by_side),
		cmocka_unit_test(what_is_too_narrow_says_so),
		cmocka_unit_test(a_height_asked_for_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
