/* What the files of doc/ share: pieces of the dump. Lines are indented by two spaces a level. */
#ifndef DOC_DOC_INT_H
#define DOC_DOC_INT_H

#include "doc/doc.h"

struct dump {
	struct buf *out;
	const struct doc *doc;
	int depth; /* of the line begun next */
};

void dump_line(struct dump *d, const char *word); /* begins a line; dump_end ends it */
void dump_end(struct dump *d);
void dump_text(
	struct dump *d, const char *name, struct str text); /* ' name "text"', nothing when empty */
void dump_number(struct dump *d, const char *name, int64_t number); /* ' name 3', nothing when 0 */
void dump_length(struct dump *d, const char *name, mpt length); /* ' name 10.5', nothing when 0 */
void dump_colour(struct dump *d, const char *name,
	unsigned colour); /* ' name side-1', nothing beyond the roles */
void dump_flag(struct dump *d, const char *name, bool set);
void dump_pos(struct dump *d, struct src_pos pos); /* ' (file:line:column)' */

/* Runs as one line of text. Strong is **so**, emphasis _so_, a figure {78 %}#4, typed digits {12}#,
 * a mark <circle "words">, a call <note 2>, a link [so](target); <good: so> has a colour of its
 * own. */
void dump_runs(struct dump *d, const struct doc_paragraph *p);
void dump_paragraph(struct dump *d, const char *word, const struct doc_paragraph *p);
void dump_chart(struct dump *d, const struct doc_chart *chart);
void dump_values(struct dump *d);

#endif
