/* The papers of a company: which briefing is whose, and what each reads and lacks. Requests, status, closing and rolling go through it.
 * Everything lives in the unit's arena unless it says otherwise. */
#ifndef ENTENTE_FOLDER_H
#define ENTENTE_FOLDER_H

#include "entente_list.h"

#include "roster/roster.h"

/* One unit's: a briefing of its own, or one that serves several. */
struct paper {
	struct str briefing;         /* path inside the project */
	struct str unit;             /* that it is asked for; empty: the briefing says it, or nobody does */
	struct str said;             /* unit that the briefing itself says; may be empty */
	struct str layout;           /* of the batch that names it; empty: the briefing's */
	struct period period;        /* of no kind: nobody says a readable one */
	bool shared;                 /* its briefing is that of other units, too */
	const struct roster_table *table; /* whose row names the unit; NULL: none */
};
struct papers {
	VEC(struct paper) list;      /* by path: the folder's own, then one and two levels below; units in the order of what names them */
};
/* Of a folder (NULL), a briefing or a batch file. A briefing that says no unit is that of the units that a batch.xml of the project names for it,
 * else of all that its company declares. Of the request: briefing, unit, period (of a folder or batch only those of the period, or of the one before
 * where none is of it), exact. A message when there are none. */
struct papers papers_of(struct entente *e, const struct entente_request *request);
/* What a stage asks for one of them: the unit and layout of the paper, the period and the rest of the request. */
struct entente_request paper_request(struct arena *a, const struct paper *p, const struct entente_request *request);

/* The root of a file of the project as it is written, its uses not followed; NULL when it cannot be read. What is wrong with it is told when it is
 * read for what it says. */
const struct xml_node *folder_root(struct entente *e, struct str path);
/* What a briefing says ahead of its figures: its period and its company's units. NULL when it is no briefing; what is wrong goes to quiet. */
const struct facts *folder_heads(struct entente *e, struct str briefing, struct facts_options options, struct diag *quiet);
/* Whether a message says that a unit which has no paper of its period was passed over. */
bool folder_passed(const struct diag_message *m);
/* A job that has read the facts of a paper. What is wrong is told; facts is NULL when it is no briefing. */
struct job folder_read(struct entente *e, const struct entente_request *request);

/* What a briefing lacks: what it awaits, then what was told for the period before and is not told for this one (without a place). Each once.
 * What a survey counts nobody is asked for. */
struct missing_values {
	VEC(const struct facts_value *) list;
	VEC(const struct facts_value *) surveys; /* of the period before, whose answers for this one are not there yet */
};
struct missing_values missing_of(struct arena *a, const struct facts *f);
/* Values of one metric, item, unit, side, scenario and kind of period. */
bool same_series(const struct facts_value *a, const struct facts_value *b);
/* Of a text that names a period; a diagnostic when it names none. Empty: of no kind. */
bool folder_period(struct entente *e, const char *text, struct period *out);
/* "emea/briefing.words.xml", inside the project: what goes with a briefing. */
struct str path_beside(struct arena *a, struct str briefing, const char *what);
/* "closed/emea-2026-Q3.xml" beside the briefing, inside the project; old: the name that it had before units were in it. */
struct str closed_path(struct arena *a, struct str briefing, struct str unit, struct period period, bool old);

#endif
