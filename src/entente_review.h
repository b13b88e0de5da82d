/* What the files of review share: the content of a paper, as it is approved, and the approvals beside a briefing. Content is what is said, not how
 * it looks: figures and sentences with the slots they stand in. Everything lives in the unit's arena. */
#ifndef ENTENTE_REVIEW_H
#define ENTENTE_REVIEW_H

#include "entente_executive.h"

struct content_line {
	bool figure;                 /* else a sentence */
	struct str slot, of, text;   /* of: what a figure is of, "spend commerce 2026-Q3 plan"; empty for sentences */
};
struct content {
	VEC(struct content_line) lines; /* in reading order; figures first */
	struct str hash;             /* SHA-256 of them, hex */
};
struct content content_of(struct job *job);
void content_hash(struct arena *a, struct content *c);

struct approval {
	struct str by, name, content; /* who (id of an approver), the name, hash of what was approved */
	struct date date;
	struct str unit;
	struct period period;
	int32_t revision;            /* of the paper then; 0 = it said none */
	struct src_pos pos;
};
struct approvals {
	VEC(struct approval) list;   /* in the order of the file */
	struct map contents;         /* hash -> struct content */
	const struct xml_node *root; /* NULL: there is no such file */
	bool refused;                /* it is not as it was written, as was told */
};
/* Reads the file beside the briefing, if there is one; what is wrong with it is told. */
struct approvals approvals_read(struct job *job);
/* The approval of this briefing's unit and period by someone; NULL when there is none. */
const struct approval *approval_by(const struct job *job, const struct approvals *all, struct str by);

#endif
