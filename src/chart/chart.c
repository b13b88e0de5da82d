/* chart: an exhibit and a rectangle to page items. One file per kind of chart; this one only dispatches. */
#include "chart/chart_int.h"

static const struct {
	struct chart_size (*measure)(struct canvas *c, mpt width);
	void (*draw)(struct canvas *c, struct rect r);
} kinds[CHART_KIND_COUNT] = {
	[CHART_TILE_BARS] = { tile_measure, tile_draw },
	[CHART_SIDES] = { sides_measure, sides_draw },
	[CHART_DUMBBELL] = { dumbbell_measure, dumbbell_draw },
	[CHART_AXIS] = { axis_measure, axis_draw },
	[CHART_BAR] = { bar_measure, bar_draw },
	[CHART_STACKED] = { stacked_measure, stacked_draw },
	[CHART_LINE] = { line_measure, line_draw },
	[CHART_BULLET] = { bullet_measure, bullet_draw },
	[CHART_VARIANCE] = { variance_measure, variance_draw },
	[CHART_BRIDGE] = { bridge_measure, bridge_draw },
	[CHART_SPARK] = { spark_measure, spark_draw },
	[CHART_TIMELINE] = { timeline_measure, timeline_draw },
	[CHART_MATRIX] = { matrix_measure, matrix_draw },
};

struct chart_size chart_measure(struct setter *s, const struct doc_chart *chart, mpt width)
{
	struct canvas c = { .s = s, .chart = chart, .tag = PAGE_ARTIFACT };
	struct chart_size size = kinds[chart->kind].measure(&c, width);

	if (chart->height > 0)
		size.ideal = chart->height > size.least ? chart->height : size.least;
	return size;
}

void chart_draw(struct setter *s, struct page *page, const struct doc_chart *chart, struct rect r, int32_t tag)
{
	struct canvas c = { .s = s, .page = page, .chart = chart, .tag = tag };

	if (r.width > 0 && r.height > 0)
		kinds[chart->kind].draw(&c, r);
}
