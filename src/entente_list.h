/* What the library's reports share: rows of texts under a head, as an aligned table, as CSV (RFC 4180) or as the members of a JSON array.
 * Everything lives in the arena; all calls may unwind it. */
#ifndef ENTENTE_LIST_H
#define ENTENTE_LIST_H

#include "entente_int.h"

enum { LIST_COLUMNS = 16, LIST_WIDTH = 44 }; /* columns at most; characters after which a table no longer aligns what follows */

struct list_row {
	struct str at[LIST_COLUMNS];
};
struct list {
	struct arena *arena;
	const char *const *names;    /* of the columns, ended by NULL; borrowed */
	uint32_t numbers;            /* bit per column: aligned to the end, a number in JSON; an empty one is null there */
	VEC(struct list_row) rows;   /* in order */
};

struct list list_open(struct arena *a, const char *const *names, uint32_t numbers);
/* An empty row, valid until the next. */
struct list_row *list_row(struct list *l);
/* "[\n{…},\n{…}\n]\n" */
void list_json(const struct list *l, struct buf *out);
/* As the request says. */
void list_as(const struct list *l, enum entente_form form, struct buf *out);
/* The place as text. */
struct str list_place(struct arena *a, struct src_pos pos);

#endif
