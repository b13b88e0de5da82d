/* The library: which figure of a briefing prints as a number that somebody wrote by hand. */
#ifndef ENTENTE_BINDING_H
#define ENTENTE_BINDING_H

#include "entente_int.h"

/* Every figure that a sentence could ask for, made when the first is looked for. Lives in the scratch arena. */
struct bindings;
struct bindings *bindings_open(struct job *job);

enum binding_measure { BINDING_ANY, BINDING_PERCENT, BINDING_POINTS, BINDING_MONEY };
struct binding_wanted {
	struct decimal number;               /* without sign */
	enum binding_measure measure;        /* by what stands around it */
	bool words;                          /* it is written in words */
	struct str metric;                   /* that the sentence speaks of; empty = none */
};
/* The element that would print the number, as "<n metric=\"trust\" side=\"cio\"/>"; empty when none does. *others: how many more would. */
struct str binding_for(struct bindings *b, const struct binding_wanted *wanted, size_t *others);

#endif
