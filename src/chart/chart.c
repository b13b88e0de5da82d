/* chart: an exhibit and a rectangle to page items. One file per kind of chart; this one only dispatches. */
#include "chart/chart_int.h"

struct chart_size chart_measure(struct setter *s, const struct doc_chart *chart, mpt width)
{
	(void)s;
	(void)chart;
	(void)width;
	return (struct chart_size){ 0, 0 };
}

void chart_draw(struct setter *s, struct page *page, const struct doc_chart *chart, struct rect r, int32_t tag)
{
	(void)s;
	(void)page;
	(void)chart;
	(void)r;
	(void)tag;
}
