/* render: rectangles and paths, with the hatch of a forecast. */
#include "render/pdf_int.h"

enum {
	HATCH_STEP = 3200, /* along the horizontal */
	HATCH_WIDTH = 1100
};

static struct pdf_box path_bounds(const struct page_shape *s)
{
	struct pdf_box box = { INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN, 0 };

	for (uint32_t i = 0; i < s->segment_count; i++) {
		int count = s->segments[i].op == PAGE_CURVE ? 3 : s->segments[i].op == PAGE_CLOSE ? 0 : 1;
		for (int k = 0; k < count; k++) {
			struct page_point at = s->segments[i].at[k];
			box.left = at.x < box.left ? at.x : box.left;
			box.right = at.x > box.right ? at.x : box.right;
			box.top = at.y < box.top ? at.y : box.top;
			box.bottom = at.y > box.bottom ? at.y : box.bottom;
		}
	}
	return box;
}

struct pdf_box shape_bounds(const struct page_item *item)
{
	mpt width = item->kind == PAGE_IMAGE ? item->image.width : item->shape.width;
	mpt height = item->kind == PAGE_IMAGE ? item->image.height : item->shape.height;

	if (item->kind == PAGE_PATH)
		return path_bounds(&item->shape);
	return (struct pdf_box){ item->x, item->y, item->x + width, item->y + height, 0 };
}

/* Where a path stands: NULL, on the page; else its points count from there. */
static void put_point(struct pdf_content *c, struct page_point at, const struct page_point *from)
{
	if (!from) {
		content_point(c, at.x, at.y);
		return;
	}
	put_mpt(&c->out, at.x - from->x);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, from->y - at.y);
	buf_putc(&c->out, ' ');
}

static void put_segment(struct pdf_content *c, const struct page_segment *s, const struct page_point *from)
{
	static const struct { int points; const char *operator; } ops[] = {
		[PAGE_MOVE] = { 1, "m\n" },
		[PAGE_LINE] = { 1, "l\n" },
		[PAGE_CURVE] = { 3, "c\n" },
		[PAGE_CLOSE] = { 0, "h\n" },
	};

	for (int i = 0; i < ops[s->op].points; i++)
		put_point(c, s->at[i], from);
	buf_puts(&c->out, ops[s->op].operator);
}

static void put_outline(struct pdf_content *c, const struct page_item *item)
{
	const struct page_shape *s = &item->shape;

	if (item->kind == PAGE_PATH) {
		for (uint32_t i = 0; i < s->segment_count; i++)
			put_segment(c, &s->segments[i], NULL);
		return;
	}
	content_point(c, item->x, item->y + s->height);
	put_mpt(&c->out, s->width);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, s->height);
	buf_puts(&c->out, " re ");
}

/* Rising lines through the box, cut to it; the clip does the rest. d is where a line would meet
 * the lower edge. */
static void put_hatch_lines(struct pdf_content *c, struct pdf_box box)
{
	mpt width = box.right - box.left, height = box.bottom - box.top;

	for (mpt d = 2000 - height; d < width; d += HATCH_STEP) {
		mpt from = d > 0 ? d : 0, to = d + height < width ? d + height : width;
		content_point(c, box.left + from, box.bottom - (from - d));
		buf_puts(&c->out, "m ");
		content_point(c, box.left + to, box.bottom - (to - d));
		buf_puts(&c->out, "l\n");
	}
}

static void draw_hatch(struct pdf_content *c, const struct page_item *item)
{
	const struct page_shape *s = &item->shape;
	struct pdf_content before;

	if (s->stroke == PAGE_NO_COLOUR)
		return;
	buf_puts(&c->out, "q\n");
	put_outline(c, item);
	buf_puts(&c->out, "W n\n");
	before = *c;
	content_stroke(c, s->stroke, HATCH_WIDTH, PAGE_SOLID);
	put_hatch_lines(c, shape_bounds(item));
	buf_puts(&c->out, "S Q\n");
	c->stroke = before.stroke;
	c->line_width = before.line_width;
	c->dash = before.dash;
}

static bool is_round(const struct page_item *item)
{
	const struct page_shape *s = &item->shape;

	for (uint32_t i = 0; item->kind == PAGE_PATH && i < s->segment_count; i++)
		if (s->segments[i].op == PAGE_CURVE)
			return true;
	return false;
}

/* Marks are drawn many times: from a place of its own each is the same bytes as the last, which
 * deflate to nearly none. */
static void put_round(struct pdf_content *c, const struct page_shape *s, const char *paint)
{
	const struct page_point *from = &s->segments[0].at[0];

	buf_puts(&c->out, "q 1 0 0 1 ");
	content_point(c, from->x, from->y);
	buf_puts(&c->out, "cm\n");
	for (uint32_t i = 0; i < s->segment_count; i++)
		put_segment(c, &s->segments[i], from);
	buf_puts(&c->out, paint);
	buf_puts(&c->out, "Q\n");
}

void shape_draw(struct pdf_content *c, const struct page_item *item)
{
	const struct page_shape *s = &item->shape;
	bool fills = s->fill != PAGE_NO_COLOUR;
	bool strokes = s->stroke != PAGE_NO_COLOUR && s->line_width > 0;

	if (item->kind == PAGE_PATH && !s->segment_count)
		return;
	if (fills)
		content_fill(c, s->fill);
	if (fills && s->hatch) {
		put_outline(c, item);
		buf_puts(&c->out, "f\n");
	}
	if (s->hatch)
		draw_hatch(c, item);
	fills = fills && !s->hatch;
	if (!fills && !strokes)
		return;
	if (strokes)
		content_stroke(c, s->stroke, s->line_width, s->dash);
	const char *paint = fills && strokes ? "B\n" : fills ? "f\n" : "S\n";
	if (is_round(item)) {
		put_round(c, s, paint);
		return;
	}
	put_outline(c, item);
	buf_puts(&c->out, paint);
}
