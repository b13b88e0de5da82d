/* What is asked for again: names noted turn by turn (a briefing of a batch is one), so that only what two turns running ask for is kept.
 * Lives in its owner; nothing to close. */
#ifndef BASE_AGAIN_H
#define BASE_AGAIN_H

#include "base/limits.h"
#include "base/str.h"

struct again_names {
	uint64_t at[LIMIT_INCLUDES]; /* hashes: of two names that share one, the second is only found again too early */
	size_t count;                /* names beyond the most are not noted, and so never found again */
};
struct again {
	struct again_names before, now; /* of the turn before this one, and of this one */
};
void again_turn(struct again *w); /* before each turn */
/* Notes a name; true when the turn before noted it, too. */
bool again_note(struct again *w, struct str name);

#endif
