/* chart: an exhibit and a rectangle to page items. One file per kind of chart; this one only
 * dispatches. */
#include "chart/chart_int.h"

/* Widths below which a kind has no room for a plot beside its names. */
enum { LEAST_MATRIX = 60000, LEAST_PLOT = 100000, LEAST_BRIDGE = 180000 };

static const struct {
	struct chart_size (*measure)(struct canvas *c, mpt width);
	void (*draw)(struct canvas *c, struct rect r);
	mpt least; /* width below which it is left to the alternative text */
} kinds[CHART_KIND_COUNT] = {
	[CHART_TILE_BARS] = { tile_measure, tile_draw, 0 },
	[CHART_SIDES] = { sides_measure, sides_draw, 0 },
	[CHART_DUMBBELL] = { dumbbell_measure, dumbbell_draw, 0 },
	[CHART_AXIS] = { axis_measure, axis_draw, 0 },
	[CHART_BAR] = { bar_measure, bar_draw, 0 },
	[CHART_STACKED] = { stacked_measure, stacked_draw, LEAST_PLOT },
	[CHART_LINE] = { line_measure, line_draw, LEAST_PLOT },
	[CHART_BULLET] = { bullet_measure, bullet_draw, 0 },
	[CHART_VARIANCE] = { variance_measure, variance_draw, 0 },
	[CHART_BRIDGE] = { bridge_measure, bridge_draw, LEAST_BRIDGE },
	[CHART_SPARK] = { spark_measure, spark_draw, 0 },
	[CHART_TIMELINE] = { timeline_measure, timeline_draw, LEAST_PLOT },
	[CHART_MATRIX] = { matrix_measure, matrix_draw, LEAST_MATRIX },
};

struct chart_size chart_measure(struct setter *s, const struct doc_chart *chart, mpt width)
{
	struct canvas c = { .s = s, .chart = chart, .tag = PAGE_ARTIFACT };
	struct chart_size size = kinds[chart->kind].measure(&c, width);

	if (chart->height > 0)
		size.ideal = chart->height > size.least ? chart->height : size.least;
	return size;
}

void chart_draw(struct setter *s, struct page *page, const struct doc_chart *chart, struct rect r,
	int32_t tag)
{
	struct canvas c = { .s = s, .page = page, .chart = chart, .tag = tag };

	if (r.width < kinds[chart->kind].least)
		label_narrow(&c, STR(""), "the chart is left to its alternative text");
	else if (r.width > 0 && r.height > 0)
		kinds[chart->kind].draw(&c, r);
}
