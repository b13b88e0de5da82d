/* From a period to the next one: which values are asked for again. */
#ifndef ENTENTE_TURN_H
#define ENTENTE_TURN_H

#include "entente_int.h"

struct turn {
	struct arena *a;             /* of what is asked meanwhile */
	const struct facts *facts;   /* of the period that values are told for */
	struct calc *calc;           /* opened over them */
	struct period from, to;      /* quarter, or whatever kind briefings are of; the new one */
};

/* Whether the new period asks for the value again, at the same place in it (*next, its number still the old one), and nobody tells it yet. */
bool turn_asks(struct turn *t, const struct facts_value *v, struct facts_value *next);

#endif
