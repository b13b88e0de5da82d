/* chart: geometry to page items. The only place of this folder that makes rectangles and paths. */
#include "chart/chart_int.h"

/* Distance of a Bézier curve's control points that draws a quarter of a circle, in thousandths of
 * the radius. */
enum { CIRCLE_CONTROL = 552, TINT_FULL = 1000 };

uint32_t shape_colour(const struct setter *s, unsigned colour)
{
	return colour < DOC_COLOUR_COUNT ? s->doc->design->palette[colour] : PAGE_NO_COLOUR;
}

static uint32_t mixed_channel(uint32_t colour, uint32_t paper, int shift, int part)
{
	int over = (int)(colour >> shift & 0xFF), under = (int)(paper >> shift & 0xFF);

	return (uint32_t)((over * part + under * (TINT_FULL - part) + TINT_FULL / 2) / TINT_FULL)
		<< shift;
}

uint32_t shape_tinted(const struct setter *s, unsigned colour, int part)
{
	uint32_t over = shape_colour(s, colour), paper = shape_colour(s, COLOUR_PAPER);

	return mixed_channel(over, paper, 16, part) | mixed_channel(over, paper, 8, part) |
		mixed_channel(over, paper, 0, part);
}

/* Light of one channel on 0..10000. 0.8 c^2 + 0.2 c^3 stays within a hundredth of the sRGB curve,
 * and needs no libm whose last digit could differ between machines. */
static int64_t channel_light(uint32_t colour, int shift)
{
	int64_t c = colour >> shift & 0xFF;

	return (8 * c * c * 255 + 2 * c * c * c) * 1000 / (255LL * 255 * 255);
}

static int64_t light(uint32_t colour)
{
	return (2126 * channel_light(colour, 16) + 7152 * channel_light(colour, 8) +
		       722 * channel_light(colour, 0)) /
		10000;
}

/* (lighter + 0.05) / (darker + 0.05) as WCAG has it, in thousandths. */
static int64_t contrast(uint32_t a, uint32_t b)
{
	int64_t la = light(a) + 500, lb = light(b) + 500;

	return la > lb ? la * 1000 / lb : lb * 1000 / la;
}

uint8_t shape_readable(const struct setter *s, unsigned colour)
{
	uint32_t fill = shape_colour(s, colour);

	return contrast(fill, shape_colour(s, COLOUR_INK)) >=
			contrast(fill, shape_colour(s, COLOUR_PAPER))
		? COLOUR_INK
		: COLOUR_PAPER;
}

static struct page_item *shape_item(struct canvas *c, enum page_item_kind kind, mpt x, mpt y)
{
	struct page_item *item = vec_add(c->s->items, &c->page->items);

	item->kind = (uint8_t)kind;
	item->tag = c->tag;
	item->x = x;
	item->y = y;
	if (c->chart != NULL)
		item->pos = c->chart->pos;
	return item;
}

struct page_shape *shape_rect(
	struct canvas *c, struct rect r, uint32_t fill, uint32_t stroke, mpt line_width)
{
	struct page_item *item = shape_item(c, PAGE_RECT, r.x, r.y);

	item->shape = (struct page_shape){
		.fill = fill,
		.stroke = stroke,
		.line_width = line_width,
		.width = r.width,
		.height = r.height,
	};
	return &item->shape;
}

void shape_fill(struct canvas *c, struct rect r, unsigned colour)
{
	if (r.width < 0)
		r = (struct rect){ r.x + r.width, r.y, -r.width, r.height };
	if (r.height < 0)
		r = (struct rect){ r.x, r.y + r.height, r.width, -r.height };
	if (r.width > 0 && r.height > 0)
		shape_rect(c, r, shape_colour(c->s, colour), PAGE_NO_COLOUR, 0);
}

struct page_shape *shape_path(struct canvas *c, const struct page_segment *segments, uint32_t count,
	uint32_t fill, uint32_t stroke, mpt line_width)
{
	struct page_item *item = shape_item(c, PAGE_PATH, segments[0].at[0].x, segments[0].at[0].y);

	item->shape = (struct page_shape){
		.fill = fill,
		.stroke = stroke,
		.line_width = line_width,
		.segment_count = count,
		.segments = arena_copy(c->s->items, segments, count * sizeof *segments),
	};
	return &item->shape;
}

void shape_line(
	struct canvas *c, struct page_point from, struct page_point to, unsigned colour, mpt width)
{
	struct page_segment path[] = { { PAGE_MOVE, { from } }, { PAGE_LINE, { to } } };

	shape_path(c, path, 2, PAGE_NO_COLOUR, shape_colour(c->s, colour), width);
}

struct page_shape *shape_polyline(struct canvas *c, const struct page_point *points, uint32_t count,
	unsigned colour, mpt width)
{
	struct page_segment *path = ARENA_ARRAY(c->s->items, struct page_segment, count);

	for (uint32_t i = 0; i < count; i++)
		path[i] = (struct page_segment){ i == 0 ? PAGE_MOVE : PAGE_LINE, { points[i] } };
	return shape_path(c, path, count, PAGE_NO_COLOUR, shape_colour(c->s, colour), width);
}

/* The point a quarter turn ends at: 0 top, 1 right, 2 bottom, 3 left. */
static struct page_point compass(struct page_point centre, mpt radius, int quarter)
{
	static const int8_t across[4] = { 0, 1, 0, -1 }, down[4] = { -1, 0, 1, 0 };

	return (struct page_point){ centre.x + across[quarter & 3] * radius,
		centre.y + down[quarter & 3] * radius };
}

static struct page_segment quarter_turn(struct page_point centre, mpt radius, int from)
{
	mpt control = mpt_scale(radius, CIRCLE_CONTROL, 1000);
	struct page_point a = compass(centre, radius, from), b = compass(centre, radius, from + 1);
	struct page_point ahead = compass((struct page_point){ 0, 0 }, control, from + 1);
	struct page_point behind = compass((struct page_point){ 0, 0 }, control, from);

	return (struct page_segment){ PAGE_CURVE,
		{ { a.x + ahead.x, a.y + ahead.y }, { b.x + behind.x, b.y + behind.y }, b } };
}

void shape_circle(struct canvas *c, struct page_point centre, mpt radius, uint32_t fill,
	uint32_t stroke, mpt line_width)
{
	struct page_segment path[6] = { { PAGE_MOVE, { compass(centre, radius, 0) } } };

	for (int i = 0; i < 4; i++)
		path[1 + i] = quarter_turn(centre, radius, i);
	path[5] = (struct page_segment){ .op = PAGE_CLOSE };
	shape_path(c, path, 6, fill, stroke, line_width);
}

void shape_sector(struct canvas *c, struct page_point centre, mpt radius, int from, int quarters,
	uint32_t fill)
{
	struct page_segment path[7] = { { PAGE_MOVE, { centre } },
		{ PAGE_LINE, { compass(centre, radius, from) } } };
	uint32_t count = 2;

	for (int i = 0; i < quarters && i < 4; i++)
		path[count++] = quarter_turn(centre, radius, from + i);
	path[count++] = (struct page_segment){ .op = PAGE_CLOSE };
	shape_path(c, path, count, fill, PAGE_NO_COLOUR, 0);
}
