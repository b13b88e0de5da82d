/* What the files of `entente roll` share: one unit on its way from a quarter to the next. */
#ifndef ENTENTE_ROLL_H
#define ENTENTE_ROLL_H

#include "entente_folder.h"
#include "entente_turn.h"

#define ROLL_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define ROLL_PROPOSED "<!-- Proposed: as long after the quarter's end as the last meeting. -->"

/* What becomes of a record in the next quarter. */
enum rolled { ROLLED_KEPT, ROLLED_LOGGED, ROLLED_DROPPED };

/* A file that stays where it is, for several units or quarters: its next values are to come to it. */
struct stale_file {
	struct str name;             /* "budget.xlsx:Budget" */
	struct map units, metrics;   /* id -> anything: whose and of what */
	size_t values;
	bool survey;                 /* its values are counted from answers */
};

/* A sentence, in a file that goes on, that names a record which does not. */
struct gone_name {
	struct src_pos pos;          /* of the element */
	const struct facts_record *record; /* as one of the units had it */
	enum rolled fate;
	VEC(struct str) units;       /* where it is gone */
};

struct rolled_unit;
/* A briefing of several units, with those that go on. */
struct shared_briefing {
	struct str name;             /* of its file: of the new one too */
	VEC(struct rolled_unit *) units;
	VEC(const struct paper *) papers; /* of the units, in the same order */
};

struct rolling {
	struct entente *session;
	struct arena *a;             /* the unit's */
	struct diag *d;
	struct xml_loader loader;
	struct period from, to;      /* the period closed and the one to make */
	struct str folder;           /* to make, inside the project */
	bool whole;                  /* all units, not one that was asked for */
	struct str joined;           /* the batch of a folder that is there already, which the unit asked for joins; empty: it is to be made */
	VEC(struct shared_briefing) shared; /* that were rolled */
	VEC(struct str) begun;       /* ids of units that begin with the new period */
	VEC(struct str) folders;     /* of the units that get one: "emea" */
	VEC(struct gone_name) gone;  /* in the order of the units and their files */
	VEC(struct stale_file) stale;/* tables and files of several units that still end with the old period */
	VEC(struct entente_file) files;
	struct str note;             /* what is still to be done for the units of this call */
};

struct rolled_unit {
	struct rolling *roll;
	struct str path, folder;     /* of the briefing, inside the project; folder without slash at its end */
	struct str name;             /* last part of the folder: of the new one too */
	struct str unit;             /* that a list names; empty: the briefing's own */
	struct str closed;           /* path of its closed quarter, inside the project */
	bool shared;                 /* its briefing is that of other units, too: nothing is its own */
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
/* What was written at that place of the briefing of several units and does not go on as it is; NULL: nothing. */
const struct facts_record *roll_gone_at(const struct rolled_unit *u, uint32_t offset);
/* Whether it was written in the unit's own folder. */
bool roll_is_own(const struct rolled_unit *u, struct src_pos pos);
const struct xml_node *roll_node(const struct rolled_unit *u, struct src_pos pos);

/* ---- entente_roll.c ---- */
/* The new briefing's parts: up to the end of its first tag, the meeting. */
void roll_put_head(struct buf *out, const struct rolled_unit *u);
void roll_put_meeting(struct buf *out, const struct rolled_unit *u);
/* A file of the project, as it is named from the new one; the same as attribute href, and as an element of it. */
void roll_put_path(struct buf *out, const struct rolled_unit *u, struct str path);
void roll_put_href(struct buf *out, const struct rolled_unit *u, struct str path);
void roll_put_use(struct buf *out, const char *element, const struct rolled_unit *u, struct str path);

/* ---- entente_roll_shared.c ---- */
struct str roll_shared_text(const struct shared_briefing *shared);
struct str roll_shared_note(const struct shared_briefing *shared);
/* Of the new quarter: every unit that goes on. */
struct str roll_batch_text(const struct rolling *roll);

/* What names the units in it, where the batch gives all of them that layout. */
void roll_put_batch_units(struct buf *out, const struct rolling *roll, struct str layout);

/* ---- entente_roll_join.c ---- */
/* Whether the period's folder holds a file of that name, and what is in it. */
bool roll_there(const struct rolling *roll, struct str name, struct str *text);
/* An error where the unit's paper is there already. */
void roll_check_new(struct rolled_unit *u);
/* The batch that is there, with the units that join it. */
struct str roll_joined_batch(struct rolling *roll);
/* What is still to be done, behind what was before. */
struct str roll_joined_note(const struct rolling *roll, struct str note);

/* ---- entente_roll_names.c ---- */
/* Finds the sentences that name what does not go on. */
void roll_find_gone(struct rolled_unit *u);

/* ---- entente_roll_text.c ---- */
struct str roll_facts_text(struct rolled_unit *u);
struct str roll_history_text(struct rolled_unit *u);
struct str roll_note_text(struct rolled_unit *u);
/* The lists of what goes into logs; but what another unit has put there (seen: by place). */
void roll_put_logs(struct rolled_unit *u, struct buf *out, struct map *seen);
/* Of all units together: sentences that name what is gone. */
struct str roll_gone_text(struct rolling *roll);
/* Of all units together: what still ends with the old period, and how to ask for it. */
struct str roll_stale_text(struct rolling *roll);

#endif
