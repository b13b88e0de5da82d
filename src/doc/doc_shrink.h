/* A document with some of its sections set smaller: what a page that must hold its section falls back on. */
#ifndef DOC_DOC_SHRINK_H
#define DOC_DOC_SHRINK_H

#include "doc/doc.h"

/* The design with the sizes, leadings and spaces of its styles, and the heights of its charts, in so many thousandths. No type gets
 * smaller than the design's least size, its leading no closer to it than it was. Widths, rules and colours stay. In the arena. */
const struct doc_design *doc_design_shrunk(struct arena *a, const struct doc_design *design, uint32_t thousandths);

/* The section set in that design (made of the document's for the same thousandths): its blocks are copied, with their own heights and
 * spaces made smaller as much. Notes belong to the document: flow sets those that the section calls in its design. In the arena. */
struct doc_section *doc_section_shrunk(struct arena *a, const struct doc *doc, const struct doc_section *section,
	const struct doc_design *shrunk, uint32_t thousandths);

#endif
