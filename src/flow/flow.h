/* Flow: doc to pages. Measures, breaks, paginates; one file per kind of block. */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include "chart/chart.h"

/* What pages tell of themselves (page/page_why.h): nothing, why they end where they do, or that and show it, drawn over them. Otherwise
 * they are the same pages. */
enum flow_tell { FLOW_TELL_NOTHING, FLOW_TELL_WHY, FLOW_TELL_DRAWN };

/* Pages in a. faces: opened, by index of doc->design->faces. Every page consumes content and no input can loop; what was done against
 * a wish (keeps, tall blocks, missing glyphs) is in d. Errors (a section that must fit one page and does not) leave the pages
 * complete all the same, for the dump. */
struct pages *flow_doc(struct arena *a, struct arena *scratch, const struct doc *doc, struct font_set *fonts,
	const struct font *const *faces, enum flow_tell tell, struct diag *d);

#endif
