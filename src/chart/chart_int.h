/* What the files of chart/ share. Lengths in thousandths of a point, positions from the page's top
 * left. Colours are roles (enum doc_colour) until an item is made. Nothing here owns memory: items
 * and what they point to live in setter.arena. */
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
	bool narrow;                   /* DIAG_CHART_NARROW was given for this chart */
};

/* The palette's colour; PAGE_NO_COLOUR beyond the roles. */
uint32_t shape_colour(const struct setter *s, unsigned colour);
/* part thousandths of colour over paper. */
uint32_t shape_tinted(const struct setter *s, unsigned colour, int part);
/* Ink or paper, whichever is easier to read on a fill of colour. */
uint8_t shape_readable(const struct setter *s, unsigned colour);
/* A filled rectangle; nothing when it has no width or height. Negative widths and heights are
 * turned round. */
void shape_fill(struct canvas *c, struct rect r, unsigned colour);
/* A rectangle with everything settable; stroke centred on the edge. */
struct page_shape *shape_rect(
	struct canvas *c, struct rect r, uint32_t fill, uint32_t stroke, mpt line_width);
void shape_line(
	struct canvas *c, struct page_point from, struct page_point to, unsigned colour, mpt width);
/* A path of absolute points; the segments are copied. */
struct page_shape *shape_path(struct canvas *c, const struct page_segment *segments, uint32_t count,
	uint32_t fill, uint32_t stroke, mpt line_width);
/* Open line through points. */
struct page_shape *shape_polyline(struct canvas *c, const struct page_point *points, uint32_t count,
	unsigned colour, mpt width);
/* A full circle; part 0..4 quarters clockwise from the top are drawn as a sector, 4 as the whole.
 */
void shape_circle(struct canvas *c, struct page_point centre, mpt radius, uint32_t fill,
	uint32_t stroke, mpt line_width);
void shape_sector(struct canvas *c, struct page_point centre, mpt radius, int from, int quarters,
	uint32_t fill);

/* ---- bars (chart_bar_fill.c) ---- */

/* A bar in scenario notation: actual solid, prior light solid, plan outlined, forecast hatched;
 * colour is the side's or ink. */
void fill_bar(struct canvas *c, struct rect r, enum doc_scenario scenario, unsigned colour);

/* ---- marks (chart_mark.c) ---- */

/* Height of a mark's box at a type size, and its width when it is `height` high. */
mpt mark_height(const struct setter *s, enum doc_mark_kind mark, mpt type_size);
mpt mark_width(enum doc_mark_kind mark, mpt height);
/* Draws a mark into a square from x, as large as fits; MARK_NONE draws nothing. */
void mark_in(struct canvas *c, unsigned mark, unsigned colour, mpt side, mpt x, mpt middle);

/* ---- text (chart_label.c) ---- */

/* A text of a chart. */
struct label {
	struct str text;
	uint8_t role;   /* enum doc_role */
	uint8_t colour; /* enum doc_colour; LABEL_STYLE: the style's */
	uint8_t align;  /* enum doc_align: whether x is its start, centre or end */
	bool strong;
	int32_t figure; /* index in doc.figures, or -1 */
};
enum { LABEL_STYLE = DOC_COLOUR_COUNT, LABEL_LINES_MAX = 3 };

struct label label_plain(enum doc_role role, struct str text);
/* The text of a datum with its figure. */
struct label label_datum(const struct doc_datum *datum, bool strong);
mpt label_measure(struct canvas *c, const struct label *l);
mpt label_leading(const struct canvas *c, enum doc_role role);
/* Draws with the middle of its capitals at y. Returns the width. */
mpt label_at(struct canvas *c, const struct label *l, mpt x, mpt middle);
/* Lines that l needs in width, at most max; the last is shortened when that is too few, which is
 * reported when drawing. */
uint32_t label_wrap(struct canvas *c, const struct label *l, mpt width, uint32_t max,
	struct str lines[LABEL_LINES_MAX]);
/* Draws wrapped lines around a middle. */
void label_block(
	struct canvas *c, const struct label *l, mpt width, uint32_t max, mpt x, mpt middle);
/* Draws labels centred on their x in one line, moved apart and into low..high; those that have no
 * room are reported and left out. The order of both arrays is changed to that of x; at[] then tells
 * where each label stands. Returns how many do. */
uint32_t label_spread(struct canvas *c, struct label *labels, mpt *at, uint32_t count, mpt low,
	mpt high, mpt middle);
/* Reports, once a chart, that a label had no room and what was done. Only when drawing. */
void label_narrow(struct canvas *c, struct str text, const char *done);

/* ---- scales (chart_scale.c) ---- */

enum { AXIS_TICKS_MAX = 64 };

/* A scale laid on a length. */
struct axis {
	struct decimal low, high, tick; /* low <= 0 <= high; tick 0: none */
	mpt start, length;              /* of low; negative length: towards smaller positions */
};
/* Scale index of the document, widened to zero and to the chart's own values: a bar never ends
 * short of its value. Levels and running sums of a bridge, which are no values of its data, are
 * left to the bridge. */
struct axis axis_of(const struct canvas *c, uint16_t scale, mpt start, mpt length);
void axis_include(struct axis *a, struct decimal value); /* widens */
mpt axis_at(
	const struct axis *a, struct decimal value); /* values beyond the scale stay at its end */
mpt axis_zero(const struct axis *a);
uint32_t axis_ticks(const struct axis *a, struct decimal out[AXIS_TICKS_MAX]);
struct str axis_text(struct canvas *c, const struct axis *a, struct decimal tick);

/* Moves centres apart so that extents of size[i] neither overlap nor leave low..high, as little as
 * possible; centres come in ascending order. False when there is no room for all. */
bool spread(struct arena *a, mpt *centre, const mpt *size, uint32_t count, mpt low, mpt high);

/* Widths of lines and sizes of marks in charts. */
enum {
	CHART_MARK = 8500, /* box of a side's mark: a circle of radius 3.2 pt */
	LINE_ZERO = 750,
	LINE_GRID = 500,
	LINE_JOIN = 1400,
	LINE_JOIN_STRONG = 1600,
	PLOT_MARGIN = 6000 /* beside the scale in cells, so that marks and ticks at its ends stay
			      inside */
};

/* ---- data ---- */

const struct doc_datum *chart_datum(
	const struct doc_chart *chart, uint32_t category, uint32_t series);
/* A colour that is not given (none, or paper) is ink. Fill of a bar: the status beyond the limit,
 * else the category's colour, else the series'. */
unsigned series_colour(const struct doc_chart *chart, uint32_t series);
unsigned category_colour(const struct doc_chart *chart, uint32_t category);
unsigned chart_colour(const struct doc_chart *chart, uint32_t category, uint32_t series);
unsigned status_colour(uint8_t status); /* DOC_COLOUR_COUNT for none */

/* ---- key of the series (chart_key.c) ---- */

/* Marks or swatches with the names of the series, in as many lines as the width takes; 0 when no
 * series has a name. */
mpt key_height(struct canvas *c, mpt width);
void key_draw(struct canvas *c, mpt x, mpt y, mpt width);

/* ---- rows with a name on the left and a bar each (chart_rows.c) ---- */

/* Columns and rows of such a chart in a width. */
struct rows {
	mpt names, remarks; /* columns at start and end, their gaps included; 0 = none */
	mpt below, above;   /* room beside the scale for the values of bars to the left and to the
			       right of zero */
	mpt head;           /* over the first row */
	mpt row, row_least; /* one row: ideal and least height */
	bool values;        /* values are printed */
};
enum { ROWS_NAME_PART = 52, ROWS_REMARK_PART = 30 }; /* most of the width in per cent */
struct rows rows_plan(struct canvas *c, mpt width, mpt ideal_row);
struct chart_size rows_size(const struct canvas *c, const struct rows *p);
/* The scale, and the height of rows that r has room for. */
struct axis rows_axis(const struct canvas *c, const struct rows *p, struct rect r);
mpt rows_pitch(const struct canvas *c, const struct rows *p, struct rect r);
/* Rule, mark, name and remark of a row. */
void rows_name(
	struct canvas *c, const struct rows *p, struct rect r, uint32_t category, struct rect row);
/* A value beside the end of its bar. */
void rows_value(
	struct canvas *c, const struct axis *a, const struct doc_datum *d, bool strong, mpt middle);
/* Zero line, and the references with their labels over the rows. */
void rows_lines(
	struct canvas *c, const struct rows *p, const struct axis *a, struct rect r, mpt bottom);
/* What a row's bar is filled with: the series says, else the category. */
enum doc_scenario rows_scenario(const struct doc_chart *chart, uint32_t category, uint32_t series);

/* ---- kinds, one file each ---- */

struct chart_size tile_measure(struct canvas *c, mpt width);
void tile_draw(struct canvas *c, struct rect r);
/* Marks of all series of a category on a line that joins them in the middle of r; marks that would
 * hide each other move up and down in r (chart_tile.c). */
void sides_joined(struct canvas *c, const struct axis *a, uint32_t category, struct rect r,
	unsigned colour, mpt width);
struct chart_size sides_measure(struct canvas *c, mpt width);
void sides_draw(struct canvas *c, struct rect r);
struct chart_size dumbbell_measure(struct canvas *c, mpt width);
void dumbbell_draw(struct canvas *c, struct rect r);
struct chart_size axis_measure(struct canvas *c, mpt width);
void axis_draw(struct canvas *c, struct rect r);
struct chart_size bar_measure(struct canvas *c, mpt width);
void bar_draw(struct canvas *c, struct rect r);
struct chart_size stacked_measure(struct canvas *c, mpt width);
void stacked_draw(struct canvas *c, struct rect r);
struct chart_size line_measure(struct canvas *c, mpt width);
void line_draw(struct canvas *c, struct rect r);
struct chart_size bullet_measure(struct canvas *c, mpt width);
void bullet_draw(struct canvas *c, struct rect r);
struct chart_size variance_measure(struct canvas *c, mpt width);
void variance_draw(struct canvas *c, struct rect r);
struct chart_size bridge_measure(struct canvas *c, mpt width);
void bridge_draw(struct canvas *c, struct rect r);
struct chart_size spark_measure(struct canvas *c, mpt width);
void spark_draw(struct canvas *c, struct rect r);
struct chart_size timeline_measure(struct canvas *c, mpt width);
void timeline_draw(struct canvas *c, struct rect r);
struct chart_size matrix_measure(struct canvas *c, mpt width);
void matrix_draw(struct canvas *c, struct rect r);

#endif
