/* Flow, doc to pages: charts as blocks. A chart is never split; where it is too high for a page it is made smaller. */
#include "flow/flow_int.h"

static mpt ideal_height(struct flow *f, const struct doc_chart *chart, struct chart_size size)
{
	if (chart->height)
		return chart->height;
	return size.ideal - mpt_scale(size.ideal > size.least ? size.ideal - size.least : 0, f->squeeze, 1000);
}

struct flow_fit flow_chart_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	struct chart_size size = chart_measure(&f->s, b->chart, room.width);
	(void)from;
	return flow_unsplit(f, ideal_height(f, b->chart, size), room, "a chart is not split");
}

void flow_chart_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	r.height = fit->height - fit->pad_top - fit->pad_bottom;
	if (!f->dry)
		chart_draw(&f->s, f->page, b->chart, r, flow_info(f, b)->figure);
}

void flow_chart_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	flow_info(f, b)->figure = flow_tag_figure(f, b->chart->alt, b->chart->decoration, parent, b->chart->pos);
}
