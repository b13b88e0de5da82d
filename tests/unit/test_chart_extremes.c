/* chart: whatever the data, every item lies in its rectangle and no two texts touch. Generated
 * charts of every kind, with values, counts and names at their extremes, in narrow and wide
 * rectangles of least and ideal height. */
#include "chart_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum {
	STROKE = 1000
}; /* half of the thickest line may lie over the edge, and a diamond is larger than its box */

struct box {
	int64_t left, top, right, bottom;
};

/* What of a line of figures and capitals is ink. */
static struct box text_box(const struct page_item *item)
{
	return (struct box){ item->x, item->y - mpt_scale(item->text.size, 70, 100),
		item->x + item->text.width, item->y + mpt_scale(item->text.size, 20, 100) };
}

static struct box path_box(const struct page_item *item)
{
	struct box b = { INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN };

	for (uint32_t i = 0; i < item->shape.segment_count; i++) {
		const struct page_segment *s = &item->shape.segments[i];
		int points = s->op == PAGE_CURVE ? 3 : s->op == PAGE_CLOSE ? 0 : 1;

		for (int k = 0; k < points; k++) {
			b.left = s->at[k].x < b.left ? s->at[k].x : b.left;
			b.right = s->at[k].x > b.right ? s->at[k].x : b.right;
			b.top = s->at[k].y < b.top ? s->at[k].y : b.top;
			b.bottom = s->at[k].y > b.bottom ? s->at[k].y : b.bottom;
		}
	}
	return b;
}

static struct box item_box(const struct page_item *item)
{
	if (item->kind == PAGE_TEXT)
		return text_box(item);
	if (item->kind == PAGE_PATH)
		return path_box(item);
	return (struct box){ item->x, item->y, item->x + item->shape.width,
		item->y + item->shape.height };
}

/* Says what went wrong, so that a failure names its chart. */
struct trial {
	struct doc_chart *chart;
	struct rect r;
	const char *name;
};

static void fail_item(const struct trial *t, const struct page_item *item, const char *what)
{
	struct box b = item_box(item);

	fail_msg("%s: kind %d, rectangle %d %d %d %d: %s: '" STR_FMT "' %d %d %d %d", t->name,
		t->chart->kind, (int)t->r.x, (int)t->r.y, (int)t->r.width, (int)t->r.height, what,
		STR_ARG(item->kind == PAGE_TEXT ? item->text.text : STR("shape")), (int)b.left,
		(int)b.top, (int)b.right, (int)b.bottom);
}

static void check_inside(const struct trial *t, const struct page_item *item)
{
	struct box b = item_box(item);
	int64_t slack = item->kind == PAGE_TEXT ? 2 : STROKE;

	if (b.left < t->r.x - slack || b.right > t->r.x + t->r.width + slack ||
		b.top < t->r.y - slack || b.bottom > t->r.y + t->r.height + slack)
		fail_item(t, item, "outside");
}

static void check_apart(const struct trial *t, const struct page *page)
{
	for (size_t i = 0; i < page->items.count; i++)
		for (size_t k = 0; k < i && page->items.at[i].kind == PAGE_TEXT; k++) {
			struct box a = item_box(&page->items.at[i]),
				   b = item_box(&page->items.at[k]);

			if (page->items.at[k].kind == PAGE_TEXT && a.left < b.right &&
				b.left < a.right && a.top < b.bottom && b.top < a.bottom)
				fail_item(t, &page->items.at[i], "overprinted");
		}
}

static void check(struct fixture *f, struct doc_chart *chart, mpt width, const char *name)
{
	struct chart_size size = chart_measure(&f->setter, chart, width);
	mpt heights[] = { size.least, size.ideal };

	assert_true(size.least <= size.ideal);
	for (int i = 0; i < 2; i++) {
		struct trial t = { chart, { 40000, 70000, width, heights[i] }, name };

		f->page.items.count = 0;
		chart_draw(&f->setter, &f->page, chart, t.r, 3);
		for (size_t k = 0; k < f->page.items.count; k++) {
			assert_int_equal(f->page.items.at[k].tag, 3);
			check_inside(&t, &f->page.items.at[k]);
		}
		check_apart(&t, &f->page);
	}
}

/* ---- generated charts ---- */

struct values {
	const char *name;
	const char *at[4]; /* used in turn; NULL = missing */
	bool negative;
};
static const struct values all_values[] = {
	{ "plain", { "12", "7", "30", "21" }, false },
	{ "zero", { "0", "0", "0", "0" }, false },
	{ "negative", { "-3", "-40", "-1", "-7" }, true },
	{ "mixed", { "-3", "40", "-17", "7.5" }, true },
	{ "huge", { "1", "900000000000", "2", "0" }, false },
	{ "tiny", { "0.000001", "0.5", "100", "0.1" }, false },
	{ "holes", { "5", NULL, "8", NULL }, false },
	{ "missing", { NULL, NULL, NULL, NULL }, false },
};
static const uint16_t all_counts[] = { 0, 1, 2, 7, 40 };
static const char *const all_names[] = { "", "Web shop",
	"A very long name of a category that no chart has the room for at all",
	"Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" };
static const mpt all_widths[] = { 30000, 117000, 203000, 504000 };

static struct doc_datum generated(const struct values *v, uint32_t index, bool labels)
{
	struct doc_datum d = datum(v->at[index % 4], "");

	if (labels)
		d.label = str_from(v->at[index % 4] != NULL ? v->at[index % 4] : "n/a");
	d.figure = (int32_t)index;
	d.status = (uint8_t)(index % 4);
	d.ranged = index % 2 == 0;
	d.low = d.high = d.value;
	return d;
}

static struct doc_category *categories_of(struct fixture *f, uint16_t count, const char *name)
{
	static const char *const groups[] = { "IT", "Marketing, through IT and others", "Total" };
	struct doc_category *k = ARENA_ARRAY(&f->arena, struct doc_category, count);

	for (uint16_t i = 0; i < count; i++) {
		k[i] = category(name);
		k[i].group = str_from(groups[i * 3 / count]);
		k[i].strong = i + 1 == count;
		k[i].mark = (uint8_t)(i % (MARK_FORECAST + 1));
		k[i].tail_mark = (uint8_t)(i % (MARK_CROSS + 1));
		k[i].scenario = (uint8_t)(i % 4);
		k[i].date = (struct date){ (int16_t)(2026 + i / 12), (int8_t)(i % 12 + 1), 28 };
		k[i].code = STR("28 Feb");
		k[i].sublabel = i % 2 == 0 ? STR("n 38") : STR("");
		k[i].flag = i % 3 == 0 ? STR("P!") : STR("");
		k[i].flag_status = (uint8_t)(i % 4);
	}
	return k;
}

static struct doc_datum *data_of(
	struct fixture *f, const struct values *v, uint32_t count, bool labels)
{
	struct doc_datum *d = ARENA_ARRAY(&f->arena, struct doc_datum, count);

	for (uint32_t i = 0; i < count; i++)
		d[i] = generated(v, i, labels);
	return d;
}

static struct doc_series *series_of(struct fixture *f, uint16_t count)
{
	static const char *const names[] = { "IT", "Joint", "Marketing, through IT",
		"Marketing, direct" };
	struct doc_series *s = ARENA_ARRAY(&f->arena, struct doc_series, count);

	for (uint16_t i = 0; i < count; i++) {
		s[i] = series(names[i % 4], (uint8_t)(COLOUR_JOINT + i % 3), (uint8_t)(i % 4));
		s[i].dashed = i % 2 == 1;
	}
	return s;
}

/* Everything but the values varies with the kind: tables draw their cells with one category. */
static void try_chart(struct fixture *f, uint8_t kind, const struct values *v, uint16_t count,
	uint16_t series_count, const char *name)
{
	struct arena_mark mark = arena_mark(&f->arena);
	struct doc_reference references[] = {
		{ .value = dec("20"),
			.high = dec("20"),
			.label = STR("plan 20"),
			.scenario = DOC_PLAN,
			.figure = -1 },
		{ .value = dec("25"),
			.high = dec("25"),
			.label = STR("elsewhere 25"),
			.figure = -1,
			.short_mark = kind == CHART_LINE },
	};
	struct doc_chart chart = { .kind = kind,
		.alt = STR("alt"),
		.categories = categories_of(f, count, name),
		.category_count = count,
		.series = series_of(f, series_count),
		.series_count = series_count,
		.scale = count % 2 == 0 ? NO_SCALE : 0,
		.scale_change = NO_SCALE,
		.data = data_of(f, v, (uint32_t)count * series_count, true),
		.totals = data_of(f, v, count, true),
		.changes = data_of(f, v, count, true),
		.references = references,
		.reference_count = count > 2 ? 2 : 0,
		.remark = STR("bars: range of 95 % certainty"),
		.heads = { STR("Level, 2026 to 2027"), STR("Step"), STR("Change, cumulative"),
			STR("") } };

	for (size_t i = 0; i < sizeof all_widths / sizeof *all_widths; i++)
		check(f, &chart, all_widths[i], v->name);
	f->page.items.at = NULL;
	f->page.items.count = f->page.items.room = 0;
	arena_rewind(&f->arena, mark);
	diag_init(&f->diag, &f->arena);
}

static void try_kind(uint8_t kind, uint16_t series_count)
{
	struct fixture f;

	fixture_open(&f);
	fixture_scale(&f, "-10", "50", "10");
	for (size_t v = 0; v < sizeof all_values / sizeof *all_values; v++)
		for (size_t n = 0; n < sizeof all_counts / sizeof *all_counts; n++)
			try_chart(&f, kind, &all_values[v], all_counts[n], series_count,
				all_names[(v + n + series_count) % 4]);
	fixture_close(&f);
}

#define KIND_TEST(name, kind)                                                                      \
	static void name(void **state)                                                             \
	{                                                                                          \
		(void)state;                                                                       \
		try_kind(kind, 1);                                                                 \
		try_kind(kind, 2);                                                                 \
		try_kind(kind, 5);                                                                 \
	}

KIND_TEST(tile_bars, CHART_TILE_BARS)
KIND_TEST(sides, CHART_SIDES)
KIND_TEST(dumbbell, CHART_DUMBBELL)
KIND_TEST(axis, CHART_AXIS)
KIND_TEST(bar, CHART_BAR)
KIND_TEST(stacked, CHART_STACKED)
KIND_TEST(line, CHART_LINE)
KIND_TEST(bullet, CHART_BULLET)
KIND_TEST(variance, CHART_VARIANCE)
KIND_TEST(bridge, CHART_BRIDGE)
KIND_TEST(spark, CHART_SPARK)
KIND_TEST(timeline, CHART_TIMELINE)
KIND_TEST(matrix, CHART_MATRIX)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tile_bars),
		cmocka_unit_test(sides),
		cmocka_unit_test(dumbbell),
		cmocka_unit_test(axis),
		cmocka_unit_test(bar),
		cmocka_unit_test(stacked),
		cmocka_unit_test(line),
		cmocka_unit_test(bullet),
		cmocka_unit_test(variance),
		cmocka_unit_test(bridge),
		cmocka_unit_test(spark),
		cmocka_unit_test(timeline),
		cmocka_unit_test(matrix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
