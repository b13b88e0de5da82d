/* What the files of chart/ share. Lengths in thousandths of a point, positions from the page's top left. Colours are roles
 * (enum doc_colour) until an item is made. Nothing here owns memory: items and what they point to live in setter.arena. */
#ifndef CHART_CHART_INT_H
#define CHART_CHART_INT_H

#include "chart/chart.h"

/* ---- shapes (chart_shape.c) ---- */

/* Where items go. */
struct canvas {
	struct setter *s;
	struct page *page;
	const struct doc_chart *chart; /* NULL outside charts */
	int32_t tag;                   /* of every item: a Figure, or an artifact */
};

/* The palette's colour; PAGE_NO_COLOUR beyond the roles. */
uint32_t shape_colour(const struct setter *s, unsigned colour);
/* part thousandths of colour over paper. */
uint32_t shape_tinted(const struct setter *s, unsigned colour, int part);
/* Ink or paper, whichever is easier to read on a fill of colour. */
uint8_t shape_readable(const struct setter *s, unsigned colour);
/* A filled rectangle; nothing when it has no width or height. Negative widths and heights are turned round. */
void shape_fill(struct canvas *c, struct rect r, unsigned colour);
/* A rectangle with everything settable; stroke centred on the edge. */
struct page_shape *shape_rect(struct canvas *c, struct rect r, uint32_t fill, uint32_t stroke, mpt line_width);
void shape_line(struct canvas *c, struct page_point from, struct page_point to, unsigned colour, mpt width);
/* A path of absolute points; the segments are copied. */
struct page_shape *shape_path(struct canvas *c, const struct page_segment *segments, uint32_t count, uint32_t fill,
	uint32_t stroke, mpt line_width);
/* Open line through points. */
struct page_shape *shape_polyline(struct canvas *c, const struct page_point *points, uint32_t count, unsigned colour, mpt width);
/* A full circle; part 0..4 quarters clockwise from the top are drawn as a sector, 4 as the whole. */
void shape_circle(struct canvas *c, struct page_point centre, mpt radius, uint32_t fill, uint32_t stroke, mpt line_width);
void shape_sector(struct canvas *c, struct page_point centre, mpt radius, int from, int quarters, uint32_t fill);

/* ---- bars (chart_bar_fill.c) ---- */

/* A bar in scenario notation: actual solid, prior light solid, plan outlined, forecast hatched; colour is the side's or ink. */
void fill_bar(struct canvas *c, struct rect r, enum doc_scenario scenario, unsigned colour);

/* ---- marks (chart_mark.c) ---- */

/* Height of a mark's box at a type size, and its width when it is `height` high. */
mpt mark_height(const struct setter *s, enum doc_mark_kind mark, mpt type_size);
mpt mark_width(enum doc_mark_kind mark, mpt height);

#endif
