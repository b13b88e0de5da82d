/* Edited words: one snippet's wording for one unit and one period, as the people of an office write it down. Its figures stay figures: they
 * stand in the text as [1: 40 %], may be moved and left out, and print what they are when the paper is built.
 *
 *   Trust fell to *[1: 40 %]*, after [2: 52 %] in spring.     *strong*, _emphasis_, [/] a line break, \* \_ \[ \] \\ the signs themselves
 *
 * What else a sentence holds (lists, links, marks, calls of notes) is such a token, too. Everything lives in the arena given; texts of files
 * borrow from them. */
#ifndef NARRATIVE_OVERRIDE_H
#define NARRATIVE_OVERRIDE_H

#include "narrative/narrative.h"

struct edit_text {
	struct str text;         /* as written, trimmed; white space counts as one space */
	struct src_pos pos;      /* of its first byte, or of its cell */
	bool cell;               /* pos is that of a cell: nothing inside it has a place of its own */
};
struct narrative_edit {
	struct str unit;         /* id; empty: of a paper that names none */
	struct period period;    /* of the paper */
	struct str lang;         /* of the paper; empty: any */
	struct str slot;         /* id; empty: what stands in none */
	struct str snippet;      /* "topic/snippet" */
	struct str of;           /* the record, metric and side that it speaks of, where it does so again and again; else empty */
	struct edit_text generated; /* what stood there when it was edited, with the figures of then */
	struct edit_text edited; /* empty: nobody edited it */
	struct str author;       /* who edited it; empty: not said */
	struct date date;        /* of the edit; year 0: not said */
	struct src_pos pos;      /* of the element, or of the row's first cell */
};
struct narrative_edits {
	VEC(struct narrative_edit) list; /* in the order read */
};
/* The <edit> elements of an <edits> file, appended. */
void narrative_read_edits(struct arena *a, const struct xml_node *root, struct narrative_edits *out, struct diag *d);
/* Whether it says who edited it and when, and what stood there: without these nobody could tell whether it still holds. False after diagnostics. */
bool narrative_edit_whole(const struct narrative_edit *edit, struct diag *d);
/* The text of an <edits> file. */
void narrative_write_edits(struct arena *a, const struct narrative_edits *edits, struct buf *out);
/* What tells the sentences of one paper apart. */
struct str narrative_edit_key(struct arena *a, struct str slot, struct str snippet, struct str of);
/* The same with unit, period and language. */
struct str narrative_edit_name(struct arena *a, const struct narrative_edit *edit);

/* ---- texts with tokens ---- */

struct edit_token {
	const struct say_part *part; /* of the sentence as it is generated */
	struct str text;         /* as it prints; what it is ("note") where it prints no text */
};
struct edit_tokens {
	VEC(struct edit_token) list; /* number 1 first */
};
/* What in a sentence is more than words, in order, without texts. */
struct edit_tokens narrative_tokens(struct arena *a, const struct say_part *const *parts, size_t count);
/* The sentence as a text with tokens. */
struct str narrative_text(struct arena *a, const struct say_part *const *parts, size_t count, const struct edit_tokens *tokens);
/* A text with the tokens as they are now, or with their numbers alone where tokens is NULL: then texts are equal that say the same of the same
 * figures, whatever those were. */
struct str narrative_text_again(struct arena *a, struct str text, const struct edit_tokens *tokens);
/* What its tokens printed; at[number - 1], empty where there is none of that number. */
struct edit_values {
	VEC(struct str) list;
};
struct edit_values narrative_text_values(struct arena *a, struct str text);
/* The edited text as a wording in place of say: false after diagnostics. then: what the tokens printed when it was written, which they may say
 * still. used: one for each token, set where the text has it. */
bool narrative_edited(struct arena *a, const struct edit_text *text, const struct edit_tokens *tokens, const struct edit_values *then,
	const struct say *say, struct say *out, bool *used, struct diag *d);
/* Whether two texts print the same but for the kinds of spaces. */
bool narrative_same_print(struct str a, struct str b);

#endif
