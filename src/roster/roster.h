/* Who has a paper: a batch file read into units, each with the briefing that is its paper. Batches are built from it, and requests, status and the
 * way to the next quarter go through it. Everything lives in the loader's arena. */
#ifndef ROSTER_ROSTER_H
#define ROSTER_ROSTER_H

#include "xml/xml.h"

/* Units out of the rows of a table: <units table= column= briefing=>. */
struct roster_table {
	struct str path;           /* of the table, in the project */
	struct str column, separator, encoding, briefing; /* as written; briefing: path in the project */
};

struct roster_unit {
	struct str id;             /* business unit */
	struct str briefing;       /* path in the project */
	struct str layout, period; /* empty: the batch's, else the briefing's */
	struct str output;         /* file name in the output folder */
	bool unread;               /* its briefing is broken or names no unit: the id is made of the path, building it says what is wrong */
	const struct roster_table *table; /* whose row names it; NULL: none */
	struct src_pos pos;        /* of what names it: its briefing's root, an element of the batch file, a field of a table */
	struct src_pos asked;      /* where the batch file asks for it */
};

struct roster {
	struct str version;        /* of the format; checked when it was parsed */
	struct str name;           /* pattern of the output names: {unit} {period} */
	struct str layout, period; /* for all units; empty: each briefing's */
	struct str lang, usual;    /* company's language and layout, to read shared files in before work starts */
	VEC(struct roster_unit) units;
	const struct source *source;
	struct src_pos pos;        /* of the batch element */
};

/* Reads a batch file. Units in the order written; those from a pattern sorted by path. Two units with one output name, a unit twice and no
 * unit at all are errors. NULL when the file cannot be read. */
struct roster *roster_read(struct xml_loader *l, struct str path, struct diag *d);

#endif
