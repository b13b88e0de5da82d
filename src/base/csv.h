/* Tables of separated values, strictly after RFC 4180: a quoted field may hold separators, line ends and doubled
 * quotes; a quote anywhere else is an error. A row is handed out at a time, so that a table of millions of rows costs
 * no memory but what its reader keeps. What a field means, its numbers and spaces too, is the reader's business. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/diag.h"

struct csv_dialect {
	char separator;
	char quote;             /* 0: none, every sign stands for itself */
};
/* A sign as it is written in an attribute: itself, or "tab". False for what is no single sign, and for '"' and line
 * ends, which have a meaning of their own. */
bool csv_sign(struct str written, char *sign);

struct csv_field {
	struct str text;        /* without its quotes; borrows from the source, or in the arena where quotes were doubled */
	struct src_pos pos;     /* of its first byte, behind an opening quote */
};
struct csv_row {
	VEC(struct csv_field) fields; /* at least one */
};
struct csv {
	struct csv_row row;     /* the one read last; overwritten by the next */
	size_t count;           /* rows read */
	bool failed;            /* a quote that does not end, or a limit: nothing more is read */
	size_t at;              /* offset of the next row; may be set back to one that was read */
	struct csv_dialect dialect;
	const struct source *source;
	struct arena *arena;
	struct diag *diag;
};
/* source is UTF-8 and outlives what is read, the arena too. What is no text, or has no line ends, is reported: then
 * c->failed, and there is no row. */
void csv_open(struct csv *c, struct arena *a, const struct source *source, struct csv_dialect dialect, struct diag *d);
/* The same with a source that was found sound before. */
void csv_open_sound(struct csv *c, struct arena *a, const struct source *source, struct csv_dialect dialect, struct diag *d);
/* The next row into c->row; false at the end, and for good when c->failed. Empty lines are passed over. What is wrong
 * with quotes is reported at its place and read on behind it; limits: LIMIT_CSV_ROWS, LIMIT_CSV_COLUMNS. */
bool csv_next(struct csv *c);

#endif
