/* Compose: facts × narrative × layout → doc. Every decision about what is shown is made here, none about where it stands. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "doc/doc.h"
#include "layout/layout.h"
#include "locale/locale.h"
#include "narrative/override.h"
#include "narrative/prose.h"

/* A sentence of a snippet as it was chosen, and what an edit makes of it. */
struct compose_sentence {
	struct str slot, id, of;       /* as in a narrative_edit; id: "topic/snippet" */
	const struct snippet *snippet;
	const struct say *say;         /* as chosen */
	struct edit_tokens tokens;     /* with what they print here */
	struct str generated;          /* its text with those */
	const struct narrative_edit *edit; /* NULL: nobody edited it */
	bool fits;                     /* with an edit: the sentence is worded as when it was edited, figures aside */
	const struct say *edited;      /* printed instead; NULL: it is printed as generated */
	struct src_pos pos;            /* of its slot */
};
struct compose_words {
	bool all;                      /* set by the caller: every sentence is wanted, not only those that are edited */
	VEC(struct compose_sentence *) list; /* in the order composed */
	struct map by_key;             /* narrative_edit_key -> struct compose_sentence */
};

struct compose_turn { /* a table that did not fit the width of its section's pages */
	struct str slot;               /* its id */
	mpt need, have;                /* widths */
};

struct compose_input {
	const struct facts *facts;
	struct calc *calc;             /* opened over facts */
	const struct narrative *narrative;
	const struct layout *layout;
	const struct locale *locale;
	const struct folder *project;  /* images are read from here */
	const struct str *dropped;     /* ids of slots left out because their page is full */
	size_t dropped_count;
	const struct map *edits;       /* narrative_edit_key -> struct narrative_edit, of this paper; empty = none */
	struct compose_words *words;   /* filled where there are edits or all sentences are wanted; NULL: neither, and edits is not looked at */
	const struct compose_turn *turned; /* slots that stand on pages of their own, of the master that they turn to */
	size_t turned_count;
	struct arena *rows;            /* where the cells and runs of tables are kept: most of a long document, needed until it is flowed;
	                                * NULL: with all other content */
};

/* Why a slot is what it is, for `entente explain`: an entry for the slot, then one for each time it took a topic. */
struct compose_reason {
	struct str section, slot;
	struct str why_shown;          /* of a slot's entry: "shown", or why it is not: "not shown: no records of kind 'cut'" */
	struct str topic;              /* of a topic's entry; empty = the slot's */
	struct picks picks;            /* of that topic */
	struct src_pos pos;            /* of the slot, in the file that said it last */
};
struct compose_reasons {
	VEC(struct compose_reason) list;
};

/* Never NULL; what is wrong is in d. reasons may be NULL. */
const struct doc *compose_doc(struct arena *a, const struct compose_input *in, struct compose_reasons *reasons, struct diag *d);

#endif
