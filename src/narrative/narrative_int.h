/* Narrative, inside: what the readers of files and of sentences share. */
#ifndef NARRATIVE_INT_H
#define NARRATIVE_INT_H

#include "narrative/narrative.h"

struct narrative_reading {
	struct arena *arena;          /* of what is read */
	struct expr_set *expressions; /* its conditions, ranks and figures */
	const struct facts *facts;    /* names are checked against it */
	struct diag *diag;
	struct narrative *narrative;
	struct topic *topic;          /* being read */
	uint32_t order;               /* of the next snippet */
};

/* The expression in an attribute; NULL when it is absent or wrong (reported). */
const struct expr *narrative_expr(struct narrative_reading *r, const struct xml_node *n,
	const char *attribute);
/* Kind and where of an element, checked against the facts. False after diagnostics. */
bool narrative_check_records(struct narrative_reading *r, struct str kind, struct str where,
	struct src_pos pos);
/* Reads one <say>. False after diagnostics. */
bool narrative_read_say(struct narrative_reading *r, const struct xml_node *n, struct say *out);
/* lang names the language of wanted ("de" for "de-AT"); an empty one is every language. */
bool narrative_same_language(struct str lang, struct str wanted);

#endif
