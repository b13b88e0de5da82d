/* Charts: an exhibit and a rectangle to page items. Nothing is computed here but geometry: values, labels, scales and colours
 * come from doc. A chart is never split over pages. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include "doc/doc.h"
#include "page/page.h"
#include "text/text.h"

/* What setting text needs; flow has one too. */
struct setter {
	struct arena *arena;            /* results */
	struct arena *items;            /* items of a page with their glyphs and outlines */
	struct arena *lines;            /* spans and set lines, until their glyphs are copied to a page */
	struct arena *brief;            /* what is gone when a call returns; none of the others, and not the messages' */
	struct font_set *fonts;
	const struct font *const *faces;/* opened, by index of doc.design->faces */
	const struct doc *doc;
	struct diag *diag;
};

struct rect {
	mpt x, y, width, height;        /* from the page's top left */
};

/* The spans of a run list in a style: faces with fallback, sizes, flags. Marks become boxes. RUN_PAGE, RUN_PAGES, RUN_PAGE_OF
 * and RUN_SECTION take their text from texts[i] (same index as runs; NULL allowed when none occurs). spans[i] belongs to runs[i].
 * In the arena for lines; texts that are made in the one for results. */
struct text_span *set_spans(struct setter *s, const struct doc_style *style, const struct doc_run *runs, uint32_t count,
	const struct str *texts);
/* Items of one line at x with its baseline at y; tags[i] is the tag or artifact of run i (NULL: every run has tag). */
void set_line(struct setter *s, struct page *page, const struct text_line *line, const struct doc_style *style,
	const struct doc_run *runs, const int32_t *tags, int32_t tag, mpt x, mpt baseline);
/* Plain text in a style at an edge: align says whether x is its start, centre or end. Returns its width. */
mpt set_label(struct setter *s, struct page *page, const struct doc_style *style, struct str text, bool strong, uint8_t colour,
	int32_t figure, int32_t tag, enum doc_align align, mpt x, mpt baseline);
mpt label_width(struct setter *s, const struct doc_style *style, struct str text, bool strong);
/* A mark with its centre at x, y; size is the side of its box. */
void draw_mark(struct setter *s, struct page *page, enum doc_mark_kind mark, uint8_t colour, mpt size, mpt x, mpt y, int32_t tag);

/* How each kind reads struct doc_chart, beyond what doc.h says. A colour that is DOC_COLOUR_COUNT or
 * COLOUR_PAPER counts as not given.
 *   TILE_BARS  category.code and scenario; series 0. Columns of codes and values have fixed widths,
 *              so that tiles side by side share a scale.
 *   SIDES      one datum a series; stands in the columns of the TILE_BARS above it.
 *   DUMBBELL, AXIS  have the same margins left and right: an AXIS head over DUMBBELL cells of its
 *              width has their scale. With a tick the cell has grid lines, without one a thin line
 *              and its zero. category.strong draws the joint in ink.
 *   BAR        category.label, mark, sublabel (at the row's end); several series stand under each
 *              other and get a key.
 *   STACKED    category.scenario; series are parts, named in a key over the bars; totals[],
 *              changes[]; heads[0] is the head of the changes.
 *   LINE       the last datum's label and the series' label stand at the line's end;
 *              category.sublabel is a second line under its label.
 *   BRIDGE     series 0 is the step; totals[] and changes[] of a group's first category are the
 *              group's level before and after, filled by the scenarios of series 0 and 1 (of one
 *              series: forecast and plan). A strong category starts again at zero: the total.
 *              heads: level, step, change. Both panels are equally wide: the ratio of the axes is
 *              (span of scale) / (span of scale_change).
 *   TIMELINE   category.date, code or sublabel (the date as printed), mark (who), flag and
 *              flag_status (state in words), tail_mark (state). A category without label is a day
 *              to measure against: a line through all rows with its code over it.
 *   MATRIX     category.group, mark, label, flag, tail_mark; 'n of m' of a group is the label of
 *              its first category's total. */
struct chart_size {
	mpt least, ideal; /* heights at the given width */
};
struct chart_size chart_measure(struct setter *s, const struct doc_chart *chart, mpt width);
/* Draws into the rectangle; every item carries tag (a Figure, or PAGE_ARTIFACT). */
void chart_draw(struct setter *s, struct page *page, const struct doc_chart *chart, struct rect r, int32_t tag);

#endif
