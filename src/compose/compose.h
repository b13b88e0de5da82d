/* Compose: facts × narrative × layout → doc. Every decision about what is shown is made here, none about where it stands. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "doc/doc.h"
#include "layout/layout.h"
#include "locale/locale.h"
#include "narrative/prose.h"

struct compose_input {
	const struct facts *facts;
	struct calc *calc;             /* opened over facts */
	const struct narrative *narrative;
	const struct layout *layout;
	const struct locale *locale;
	const struct folder *project;  /* images are read from here */
	const struct str *dropped;     /* ids of slots left out because their page is full */
	size_t dropped_count;
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
