/* What the files of `entente roll` share: one unit on its way from a quarter to the next. */
#ifndef ENTENTE_ROLL_H
#define ENTENTE_ROLL_H

#include "entente_int.h"

/* What becomes of a record in the next quarter. */
enum rolled { ROLLED_KEPT, ROLLED_LOGGED, ROLLED_DROPPED };

struct rolling {
	struct entente *session;
	struct arena *a;             /* the unit's */
	struct diag *d;
	struct xml_loader loader;
	struct period from, to;      /* the period closed and the one to make */
	struct str folder;           /* to make, inside the project */
	VEC(struct str) folders;     /* of the units rolled: "emea" */
	VEC(struct entente_file) files;
};

struct rolled_unit {
	struct rolling *roll;
	struct str path, folder;     /* of the briefing, inside the project; folder without slash at its end */
	struct str name;             /* last part of the folder: of the new one too */
	const struct xml_node *raw;  /* its briefing as written, uses not followed */
	const struct xml_node *root; /* with its uses followed */
	const struct facts *facts;
	struct calc *calc;           /* opened over facts */
	struct map nodes;            /* place of a record or source -> its element */
	struct map fates;            /* record's address -> enum rolled + 1 */
	VEC(const struct facts_value *) awaited; /* cells to fill, with the number they had last */
	VEC(const struct facts_value *) outlook; /* what will be revised: in the facts, not in the history */
	VEC(const struct facts_value *) history;
	VEC(struct str) left;        /* files left behind */
	size_t asks, logged, promises; /* brought forward; into the log; commitments and predictions still open */
};

/* ---- entente_roll_fate.c ---- */
/* Decides of every own record of the unit, and of its values; an ask without a state is a diagnostic. */
void roll_decide(struct rolled_unit *u);
enum rolled roll_fate(const struct rolled_unit *u, const struct facts_record *r);
/* Whether it was written in the unit's own folder. */
bool roll_is_own(const struct rolled_unit *u, struct src_pos pos);
const struct xml_node *roll_node(const struct rolled_unit *u, struct src_pos pos);

/* ---- entente_roll_text.c ---- */
struct str roll_facts_text(struct rolled_unit *u);
struct str roll_history_text(struct rolled_unit *u);
struct str roll_note_text(struct rolled_unit *u);

#endif
