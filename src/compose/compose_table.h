/* What the files that make tables share: compose_table.c the heads and cells, compose_table_rows.c the rows and the whole. */
#ifndef COMPOSE_COMPOSE_TABLE_H
#define COMPOSE_COMPOSE_TABLE_H

#include "compose/compose_int.h"

struct tabling { /* one table being made */
	struct composer *c;
	const struct layout_exhibit *e;
	struct columns columns;
	struct lines lines;
	bool grouped;	       /* some columns share a spanning head */
	bool *answered;	       /* by column: some line has a value there, or it asks for none */
	struct adding *adding; /* by column: whether its printed parts add up */
	const struct facts_value *money; /* the first amount printed without its unit: the others
					    must be of its kind */
	const struct facts_value **headed; /* by column: a figure of the unit that stands in its head; NULL = none does */
	VEC(struct doc_table_row) rows;
	VEC(struct doc_table_row) carried; /* beside rows where the layout asks for running sums */
	const struct facts_value **sums;   /* by column: of the body rows so far; NULL before the first */
	bool *refused;                     /* by column: holds what has no sum, and that was said */
};

struct doc_cell table_empty_cell(uint8_t span);
void table_add_row(struct tabling *t, enum doc_row_kind kind, const struct doc_cell *cells, size_t count, struct src_pos pos);
bool table_has_group_head(const struct column *column);
void table_add_group_heads(struct tabling *t);
void table_add_heads(struct tabling *t);
const struct doc_style *table_line_style(const struct tabling *t, const struct line *line);
void table_add_remark(struct tabling *t, const struct line *line, struct runs *out);
bool table_asks_something(const struct line *line, const struct column *column);
struct doc_cell table_cell(struct tabling *t, const struct line *line, size_t index);

#endif
