/* What the files of `check --executive` share: the criteria by what they look at, and the way
 * through a document. */
#ifndef ENTENTE_EXECUTIVE_H
#define ENTENTE_EXECUTIVE_H

#include "entente_int.h"

/* One run over the criteria. Findings are warnings in diag. */
struct executive {
	struct arena *arena; /* the unit's */
	struct diag *diag;
	const struct doc *doc;
	const struct pages *pages;
	const struct layout *layout;
	const struct facts *facts;
	const struct locale *locale;
};

/* Each says what it finds. NULL, or why the program cannot decide it (or a part of it). */
const char *executive_titles(struct executive *x);
const char *executive_summary(struct executive *x);
const char *executive_pages(struct executive *x);
const char *executive_headlines(struct executive *x);
const char *executive_names(struct executive *x);
const char *executive_scales(struct executive *x);
const char *executive_forms(struct executive *x);
const char *executive_sources(struct executive *x);
const char *executive_numbers(struct executive *x);
const char *executive_status(struct executive *x);
const char *executive_contrast(struct executive *x);
const char *executive_asks(struct executive *x);

/* ---- the way through a document, in reading order ---- */

/* Where the walk stands. */
struct executive_place {
	const struct doc_section *section;
	const struct doc_block *slot;	 /* the nearest block that has a slot; NULL before */
	const struct doc_block *exhibit; /* DOC_EXHIBIT around it, or NULL */
	bool body; /* in that exhibit's body: not its title, unit line, notes or source line */
	bool cell; /* in a cell of a table */
};
/* What is called on the way; NULL = not. */
struct executive_walk {
	void *ctx;
	void (*block)(void *ctx, const struct executive_place *at, const struct doc_block *b);
	void (*paragraph)(
		void *ctx, const struct executive_place *at, const struct doc_paragraph *p);
	void (*chart)(void *ctx, const struct executive_place *at, const struct doc_chart *c);
	void (*row)(void *ctx, const struct executive_place *at, const struct doc_table_row *r);
	void (*figure)(void *ctx, const struct executive_place *at, int32_t figure,
		struct src_pos pos); /* of runs and charts */
};
void executive_walk_doc(const struct doc *doc, const struct executive_walk *w);
void executive_walk_section(const struct doc_section *s, const struct executive_walk *w);
void executive_walk_block(
	const struct doc_section *s, const struct doc_block *b, const struct executive_walk *w);

/* The slot's id, or the section's where there is none. */
struct str executive_where(const struct executive_place *at);
/* A paragraph's words as one text. */
struct str executive_plain(struct arena *a, const struct doc_paragraph *p);
/* Where it was written: its first run with a place, else fallback. */
struct src_pos executive_pos(const struct doc_paragraph *p, struct src_pos fallback);
/* What the figure stands for; NULL for digits typed by hand. */
const struct doc_value *executive_value(const struct doc *doc, int32_t figure);
/* The index of the page an anchor stands on; UINT32_MAX when nowhere. */
uint32_t executive_page(const struct pages *pages, uint32_t anchor);
bool executive_contains(struct str text, struct str part);
const struct layout_section *executive_section(const struct layout *l, struct str id);

#endif
