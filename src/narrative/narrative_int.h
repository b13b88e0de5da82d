/* Narrative, inside: what the readers of files and of sentences share. */
#ifndef NARRATIVE_INT_H
#define NARRATIVE_INT_H

#include "narrative/prose.h"

/* What a snippet names of the facts: all that decides whether it is sound in another briefing. */
enum narrative_check_kind {
	CHECK_EXPR, CHECK_QUERY, CHECK_SIDE, CHECK_BENCHMARK, CHECK_RECORD, CHECK_DRIVERS
};
struct narrative_check {
	uint8_t kind;                 /* enum narrative_check_kind */
	const struct expr *expr;      /* CHECK_EXPR */
	const struct query *query;    /* CHECK_QUERY, CHECK_DRIVERS; CHECK_RECORD: kind, item */
	struct str id;                /* CHECK_SIDE, CHECK_BENCHMARK */
};
struct narrative_checks {
	VEC(struct narrative_check) list; /* in the order read */
};

struct narrative_reading {
	struct arena *arena;          /* of what is read */
	struct expr_set *expressions; /* its conditions, ranks and figures; NULL before the first */
	const struct facts *facts;    /* names are checked against it */
	struct narrative_kept *kept;  /* from other briefings; NULL = nothing is */
	struct narrative_checks *checks; /* where they are noted; NULL = nowhere */
	struct diag *diag;
	struct narrative *narrative;
	struct topic *topic;          /* being read */
	uint32_t order;               /* of the next snippet */
};

/* ---- narrative_read.c ---- */
/* Reads one <snippet>, in no topic yet. NULL after diagnostics when it has no name. */
struct snippet *narrative_read_snippet(struct narrative_reading *r, const struct xml_node *n);
/* The expression in an attribute; NULL when it is absent or wrong (reported). */
const struct expr *narrative_expr(struct narrative_reading *r, const struct xml_node *n,
	const char *attribute);

/* ---- narrative_say.c ---- */
/* Reads one <say>. False after diagnostics. */
bool narrative_read_say(struct narrative_reading *r, const struct xml_node *n, struct say *out);
/* Reads nodes that follow one another, up to end (NULL = all), as the words of one paragraph. */
void narrative_read_words(struct narrative_reading *r, const struct xml_node *first, const struct xml_node *end,
	struct prose *out);

/* Reads what the text of a record says, where it holds inline markup. */
struct say_markup narrative_read_markup(struct narrative_reading *r, const struct xml_node *n);

/* ---- narrative_plural.c ---- */
/* Reads plural and count of a <say>. */
void narrative_read_plural(struct narrative_reading *r, const struct xml_node *n, struct say *say);
/* Whether a wording is for the number that its count gives: just for it, for any, as "other" is where nothing fits better, or not. */
enum narrative_plural_fit { PLURAL_FITS_NOT, PLURAL_FITS_ANY, PLURAL_FITS };
enum narrative_plural_fit narrative_plural_fits(const struct say *say, struct calc_scope *scope);

/* ---- narrative_prose.c ---- */
/* Reads one <text>. */
void narrative_read_text(struct narrative_reading *r, const struct xml_node *n);

/* ---- narrative_kept.c ---- */
/* Whether the facts have what is named, and a note that it was asked. A query says itself what is
 * wrong with it. What check points to must live as long as what is read. */
bool narrative_check(struct narrative_reading *r, struct narrative_check check);
/* The note alone: an expression is checked while it is compiled. */
void narrative_note(struct narrative_reading *r, struct narrative_check check);
/* The snippet at n as other briefings read it, where this one would read the same; else NULL. */
const struct snippet *narrative_snippet_kept(
	struct narrative_reading *r, const struct xml_node *n);

#endif
