/* The briefings of a company's folder, and what each reads: what requests and status go through. Everything lives in the unit's arena. */
#ifndef ENTENTE_FOLDER_H
#define ENTENTE_FOLDER_H

#include "entente_list.h"

struct folder_briefing {
	struct str path;             /* inside the project */
	struct period period;        /* as written; of no kind when it is not */
};
struct folder_briefings {
	VEC(struct folder_briefing) list; /* by path: the folder's own, then one and two levels below */
};
/* Only those of the period, or of the period before where none is of it; all when the period is of no kind. A message when there are none. */
struct folder_briefings folder_briefings(struct entente *e, struct period period);
/* A job that has read the facts of a briefing, for the period if it is of a kind. What is wrong is told; facts is NULL when it is no briefing. */
struct job folder_read(struct entente *e, const struct entente_request *request, struct str path);
/* What a briefing lacks: what it awaits, then what was told for the period before and is not told for this one (without a place). Each once. */
struct missing_values {
	VEC(const struct facts_value *) list;
};
struct missing_values missing_of(struct arena *a, const struct facts *f);
/* Values of one metric, item, unit, side, scenario and kind of period. */
bool same_series(const struct facts_value *a, const struct facts_value *b);
/* Of a text that names a period; a diagnostic when it names none. Empty: of no kind. */
bool folder_period(struct entente *e, const char *text, struct period *out);

#endif
