/* chart: marks to page items. Shapes carry the meaning, colour only repeats it: sides are circle,
 * square, diamond and pentagon, status is tick, warning and cross. Shapes are drawn on a square of
 * 900 by 900 units. */
#include "chart/chart_int.h"

enum { UNITS = 900, TYPE_OF_TOKEN = 8500 };

/* Where a mark is being drawn: a box of size around a centre. */
struct mark_box {
	struct canvas *c;
	struct page_point centre;
	mpt size;
	unsigned role;          /* enum doc_colour of the mark */
	uint32_t colour, paper; /* of the palette */
};

static mpt units(const struct mark_box *b, int n)
{
	return mpt_scale(b->size, n, UNITS);
}

/* From units of the square, origin at its top left. */
static struct page_point at(const struct mark_box *b, int x, int y)
{
	return (struct page_point){ b->centre.x + units(b, x - UNITS / 2),
		b->centre.y + units(b, y - UNITS / 2) };
}

/* A polygon or open line given in units. */
static void mark_path(const struct mark_box *b, const int16_t (*points)[2], uint32_t count,
	bool closed, uint32_t fill, uint32_t stroke, int line_width)
{
	struct page_segment path[8];
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		path[n++] = (struct page_segment){ i == 0 ? PAGE_MOVE : PAGE_LINE,
			{ at(b, points[i][0], points[i][1]) } };
	if (closed)
		path[n++] = (struct page_segment){ .op = PAGE_CLOSE };
	shape_path(b->c, path, n, fill, stroke, units(b, line_width));
}

static void mark_circle(const struct mark_box *b, int unused)
{
	(void)unused;
	shape_circle(b->c, b->centre, units(b, 340), b->colour, PAGE_NO_COLOUR, 0);
}

static void mark_square(const struct mark_box *b, int unused)
{
	mpt half = units(b, 320);

	(void)unused;
	shape_rect(b->c,
		(struct rect){ b->centre.x - half, b->centre.y - half, 2 * half, 2 * half },
		b->colour, PAGE_NO_COLOUR, 0);
}

static void mark_diamond(const struct mark_box *b, int unused)
{
	static const int16_t points[][2] = { { 450, 20 }, { 880, 450 }, { 450, 880 }, { 20, 450 } };

	(void)unused;
	mark_path(b, points, 4, true, b->colour, PAGE_NO_COLOUR, 0);
}

static void mark_pentagon(const struct mark_box *b, int unused)
{
	static const int16_t points[][2] = { { 450, 50 }, { 849, 340 }, { 697, 810 }, { 203, 810 },
		{ 51, 340 } };

	(void)unused;
	mark_path(b, points, 5, true, b->colour, PAGE_NO_COLOUR, 0);
}

static void mark_tick(const struct mark_box *b, int unused)
{
	static const int16_t points[][2] = { { 120, 480 }, { 370, 720 }, { 800, 180 } };

	(void)unused;
	mark_path(b, points, 3, false, PAGE_NO_COLOUR, b->colour, 170);
}

static void mark_warning(const struct mark_box *b, int unused)
{
	static const int16_t triangle[][2] = { { 450, 90 }, { 840, 800 }, { 60, 800 } };
	static const int16_t stroke[][2] = { { 450, 320 }, { 450, 550 } },
			     dot[][2] = { { 450, 610 }, { 450, 710 } };

	(void)unused;
	mark_path(b, triangle, 3, true, PAGE_NO_COLOUR, b->colour, 120);
	mark_path(b, stroke, 2, false, PAGE_NO_COLOUR, b->colour, 100);
	mark_path(b, dot, 2, false, PAGE_NO_COLOUR, b->colour, 100);
}

static void mark_cross(const struct mark_box *b, int unused)
{
	static const int16_t fall[][2] = { { 130, 130 }, { 770, 770 } },
			     rise[][2] = { { 770, 130 }, { 130, 770 } };

	(void)unused;
	mark_path(b, fall, 2, false, PAGE_NO_COLOUR, b->colour, 170);
	mark_path(b, rise, 2, false, PAGE_NO_COLOUR, b->colour, 170);
}

static void mark_ball(const struct mark_box *b, int quarters)
{
	mpt radius = units(b, 360);

	shape_circle(b->c, b->centre, radius, quarters == 4 ? b->colour : b->paper, b->colour,
		units(b, 80));
	if (quarters > 0 && quarters < 4)
		shape_sector(b->c, b->centre, radius, 0, quarters, b->colour);
}

/* Ring, half disc on the left, disc: how far a system is linked. */
static void mark_link(const struct mark_box *b, int halves)
{
	mpt radius = units(b, 360);

	shape_circle(b->c, b->centre, radius, halves == 2 ? b->colour : b->paper, b->colour,
		units(b, 90));
	if (halves == 1)
		shape_sector(b->c, b->centre, radius, 2, 2, b->colour);
}

static void mark_swatch(const struct mark_box *b, int scenario)
{
	mpt width = mark_width(MARK_ACTUAL, b->size);
	struct rect r = { b->centre.x - width / 2, b->centre.y - b->size / 2, width, b->size };

	fill_bar(b->c, r, (enum doc_scenario)scenario, b->role);
}

/* Box of each mark as a share of tokens.mark_size, in thousandths, and how it is drawn. */
static const struct {
	void (*draw)(const struct mark_box *b, int detail);
	int16_t detail, height, width;
} marks[] = {
	[MARK_NONE] = { NULL, 0, 0, 0 },
	[MARK_CIRCLE] = { mark_circle, 0, 1000, 1000 },
	[MARK_SQUARE] = { mark_square, 0, 1000, 1000 },
	[MARK_DIAMOND] = { mark_diamond, 0, 1000, 1000 },
	[MARK_PENTAGON] = { mark_pentagon, 0, 1000, 1000 },
	[MARK_TICK] = { mark_tick, 0, 1000, 1000 },
	[MARK_WARNING] = { mark_warning, 0, 1000, 1000 },
	[MARK_CROSS] = { mark_cross, 0, 1000, 1000 },
	[MARK_BALL_0] = { mark_ball, 0, 1200, 1000 },
	[MARK_BALL_1] = { mark_ball, 1, 1200, 1000 },
	[MARK_BALL_2] = { mark_ball, 2, 1200, 1000 },
	[MARK_BALL_3] = { mark_ball, 3, 1200, 1000 },
	[MARK_BALL_4] = { mark_ball, 4, 1200, 1000 },
	[MARK_LINK_NONE] = { mark_link, 0, 1067, 1000 },
	[MARK_LINK_HALF] = { mark_link, 1, 1067, 1000 },
	[MARK_LINK_FULL] = { mark_link, 2, 1067, 1000 },
	[MARK_ACTUAL] = { mark_swatch, DOC_ACTUAL, 1067, 1750 },
	[MARK_PRIOR] = { mark_swatch, DOC_PRIOR, 1067, 1750 },
	[MARK_PLAN] = { mark_swatch, DOC_PLAN, 1067, 1750 },
	[MARK_FORECAST] = { mark_swatch, DOC_FORECAST, 1067, 1750 },
};

mpt mark_height(const struct setter *s, enum doc_mark_kind mark, mpt type_size)
{
	mpt base = mpt_scale(s->doc->design->tokens.mark_size, type_size, TYPE_OF_TOKEN);

	return mpt_scale(base, marks[mark].height, 1000);
}

mpt mark_width(enum doc_mark_kind mark, mpt height)
{
	return mpt_scale(height, marks[mark].width, 1000);
}

void mark_in(struct canvas *c, unsigned mark, unsigned colour, mpt side, mpt x, mpt middle)
{
	mpt size = marks[mark].width > 1000 ? mpt_scale(side, 1000, marks[mark].width) : side;

	draw_mark(c->s, c->page, (enum doc_mark_kind)mark, (uint8_t)colour, size, x + side / 2,
		middle, c->tag);
}

void draw_mark(struct setter *s, struct page *page, enum doc_mark_kind mark, uint8_t colour,
	mpt size, mpt x, mpt y, int32_t tag)
{
	struct canvas c = { .s = s, .page = page, .tag = tag };
	unsigned role = colour < DOC_COLOUR_COUNT ? colour : COLOUR_INK;
	struct mark_box b = {
		.c = &c,
		.centre = { x, y },
		.size = size,
		.role = role,
		.colour = shape_colour(s, role),
		.paper = shape_colour(s, COLOUR_PAPER),
	};

	if (marks[mark].draw != NULL)
		marks[mark].draw(&b, marks[mark].detail);
}
