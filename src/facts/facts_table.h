/* What the readers of tables share: a table as declared, the file it is read from, and the row read last. A table lives while it is read. */
#ifndef FACTS_FACTS_TABLE_H
#define FACTS_FACTS_TABLE_H

#include "facts/facts_int.h"
#include "sheet/sheet.h"

enum column_to {
	TO_METRIC,
	TO_ITEM,
	TO_UNIT,
	TO_SIDE,
	TO_SOURCE,
	TO_NOTE,
	TO_CURRENCY,
	TO_PERIOD,
	TO_SCENARIO,
	TO_N,
	TO_SOURCE_DATE,
	TO_VALUE,
	TO_LABEL,
	TO_FIELD,
	TO_NOTHING,
	TO_RESPONDENT, /* of surveys */
	TO_WEIGHT,
	TO_ANSWER /* a question's; never written */
};
extern const struct xml_choice facts_column_targets[]; /* in the order of the enum */
enum { SCENARIO_UNSAID = UINT8_MAX };

struct table_column {
	struct str name;              /* as in the head row; of several head rows joined by " / " */
	struct str letter;            /* or its place as a letter; with a name: where it is expected */
	int32_t index;                /* or its place, from 1 */
	uint8_t to;                   /* enum column_to */
	struct str field;             /* TO_FIELD: of the record */
	struct str names;             /* id of a shared list of names; empty: none */
	struct str date;              /* pattern of its dates; empty: the table's */
	struct map own;               /* names in this column -> struct facts_other_name */
	struct value_names constant;  /* TO_VALUE: names that all its values share */
	int32_t scale;                /* power of ten of its values; -1: the table's */
	uint8_t period_kind;          /* enum period_kind that a day stands for; PERIOD_NONE: the table's */
	bool required;                /* an empty cell is refused */
	bool fill;                    /* an empty or merged cell has what is above it */
	bool dates;                   /* what looks like a date is a name all the same */
	const struct xml_node *node;  /* NULL: found by its head alone */
	size_t at;                    /* place in the row, from 0 */
	struct str above;             /* fill: the last text */
	struct decimal sum;           /* of the rows read, as written: what total rows are held against */
	struct decimal block;         /* the same, of the rows since the last total of a block */
	bool broken;                  /* some cell was refused, so no sum is known */
};

/* Columns whose heads say what their values are. */
struct table_unpivot {
	struct str head;              /* "{period} / {scenario}" */
	struct str from, to;          /* first and last of the run, by head or letter; empty: all that no column names */
	struct table_column column;   /* what those columns are made of */
	const struct xml_node *node;
};

enum rule_of { RULE_OF_ALL, RULE_OF_BLOCK };
/* Rows that are no data: passed over, or totals. */
struct table_rule {
	struct str column;            /* by head or letter; empty: the first */
	struct str is, starts;        /* alternatives between bars; empty: not asked */
	bool empty;                   /* the cell is empty */
	bool total;                   /* held against the rows it stands for */
	uint8_t of;                   /* enum rule_of */
	struct decimal within;        /* by how much a total may miss its parts, as written */
	const struct xml_node *node;
	size_t at;
};

/* How numbers are written. */
struct number_signs {
	char decimal, thousands;      /* thousands 0: none */
	uint8_t negatives;            /* bit per enum negative */
};
enum negative { NEGATIVE_MINUS, NEGATIVE_PARENTHESES, NEGATIVE_TRAILING };

struct table {
	struct facts_reader *r;
	const struct xml_node *node;
	struct str href, use, separator, decimal, thousands, encoding, unit;
	struct str sheet, range;
	struct str date;              /* pattern of dates */
	struct xml_ids negatives;
	struct date source_date;      /* of the sources that its rows name and nobody declares */
	struct str kind;              /* of the records it makes; empty = none */
	int32_t skip, head, scale;    /* rows above the head; rows of the head, -1: not said; power of ten of its values */
	uint8_t rows;                 /* 1: rows that share a cell are added up */
	uint8_t units;                /* 1: rows of other units than the briefing's are passed over */
	uint8_t period_kind;          /* that a day stands for; PERIOD_NONE: the briefing's */
	char separator_sign;
	struct number_signs signs;
	struct value_names names;     /* constants of the whole table */
	VEC(struct table_column) columns;
	VEC(struct table_unpivot) unpivots;
	VEC(struct table_rule) rules;
	bool mapped;                  /* it says what its columns are, rightly or wrongly */
	bool by_name;                 /* some column is found by its name */
	bool checks;                  /* what is wrong with the rows is reported: once, by the reader of values */
	bool has_totals;
	struct sheet *file;
	const struct source *source;  /* what positions refer to */
	struct sheet_row row;         /* the one read last */
	size_t place;                 /* of a CSV file: where it begins */
	const struct table_index *index; /* where the rows of each unit are, known from an earlier briefing; NULL: all rows are looked at */
	const bool *index_wanted;     /* of each of its units: whether its rows are taken */
	size_t index_next;            /* the row of the index that comes next */
	struct table_index *building; /* the same, while all rows are looked at; NULL: nobody would use it */
	bool pending;                 /* it was read to know the width, and is the first of the data */
	size_t width;                 /* cells of the head */
	VEC(struct src_pos) head_at;  /* places of the head's last row */
	VEC(struct str) heads;        /* one a column; several rows joined */
	size_t bad_rows;              /* reported so far */
	struct src_pos part_first, part_last; /* first cells of the first and last row since the last total of a block */
	size_t parts, block_parts;    /* rows of data so far; since the last total of a block */
	struct map wanted;            /* units whose rows are taken, when units is 1 */
	struct str period_text;       /* written form of the period read last: tables repeat it */
	const struct table_column *period_column; /* in which it stood */
	struct period period;
};

/* ---- facts_table.c: the declaration ---- */
/* Reads the declaration and opens the file up to its first row of data; false after diagnostics. */
bool facts_table_open(struct table *t, struct facts_reader *r, const struct xml_node *n);
/* An element that is read as a table: what it says beside. */
struct table_form {
	const char *element;
	const struct xml_field *fields;     /* of a struct that begins with a struct table */
	const struct xml_child *children;   /* ctx: that struct */
};
bool facts_table_open_as(struct table *t, struct facts_reader *r, const struct xml_node *n, const struct table_form *form);
void facts_table_read_column(void *ctx, const struct xml_node *n);
void facts_table_read_skip(void *ctx, const struct xml_node *n);
void facts_table_close(struct table *t);
/* Opens it and keeps it open for another reading; NULL after diagnostics. */
struct table *facts_table_open_kept(struct facts_reader *r, const struct xml_node *n);
/* The table for its last reading: one that was kept, at its first row of data again, or one opened now. NULL after diagnostics. */
struct table *facts_table_take(struct facts_reader *r, const struct xml_node *n);
const struct table_column *facts_table_column_to(const struct table *t, enum column_to to);
/* The same, or a diagnostic: a table that makes such things needs one. */
const struct table_column *facts_table_column_needed(struct table *t, enum column_to to, const char *makes);

/* ---- facts_shelf.c ---- */
/* The file, of the shelf or read now; NULL after diagnostics. */
const struct source *facts_shelf_load(struct facts_reader *r, struct str path, struct src_pos pos);
/* Opens it as sheet_open does; one of a workbook that is kept may be read from memory. */
struct sheet *facts_shelf_sheet(struct facts_reader *r, const struct source *source, const struct sheet_options *options, struct src_pos pos);
/* Whether the source is kept, and an earlier briefing found its text to be UTF-8. */
bool facts_shelf_is_sound(const struct facts_reader *r, const struct source *source);
/* Of a table at its first row of data: takes the index that there is. */
void facts_index_take(struct table *t);
/* Before the reading of all rows in which everything wrong with them is said: begins one, when another briefing may use it. */
void facts_index_begin(struct table *t);
/* The next row of a wanted unit; false at the end. */
bool facts_index_next(struct table *t);
/* A row of data, whatever its unit. */
void facts_index_add(struct table *t, struct str unit);
/* All rows were read: keeps what was built, when nothing was wrong. */
void facts_index_end(struct table *t);

/* ---- facts_table_head.c ---- */
/* Reads the head and finds the columns; false after diagnostics. */
bool facts_table_find_columns(struct table *t);
/* Passes over the head of a table that is read another time; false when there is nothing behind it. */
bool facts_table_pass_head(struct table *t);
/* A column by its head or its letter; SIZE_MAX after a diagnostic at pos. */
size_t facts_table_column_at(struct table *t, struct str name, struct src_pos pos);

/* ---- facts_table_unpivot.c ---- */
/* Adds a column for each head that says what its values are. */
bool facts_table_unpivot(struct table *t);

/* ---- facts_table_row.c ---- */
/* The next row of data into t->row: no row that is passed over, no total, none of other units. */
bool facts_table_next(struct table *t);
const struct sheet_cell *facts_table_cell(const struct table *t, const struct table_column *c);
/* What the cell says, trimmed, by our names; what it holds lives as long as the briefing. Empty: nothing. False after a diagnostic. */
bool facts_table_text(struct table *t, const struct table_column *c, struct str *out);
/* The same where there may be no column (NULL), and *out keeps what it has where the cell says nothing. */
bool facts_table_said(struct table *t, const struct table_column *c, struct str *out);
/* A number cell; false after a diagnostic. percent: "83 %" is a number, too. The cell is not empty. */
bool facts_table_number(struct table *t, const struct table_column *c, bool percent, struct decimal *out);
/* Whether the row is the briefing's unit's. A row without a unit is, as a file without one. */
bool facts_table_row_is_own(struct table *t);

/* ---- facts_table_total.c ---- */
/* Whether the row is passed over; a total is held against its parts. */
bool facts_table_rule_applies(struct table *t);
/* Adds the row to the sums. */
void facts_table_add_parts(struct table *t);

/* ---- facts_names.c ---- */
struct facts_other_name {
	struct str to;                /* our name */
	struct src_pos pos;           /* of the <map> */
};
/* <map name="CMO Büro" to="cmo"/> */
void facts_map_read(struct facts_reader *r, struct map *into, const struct xml_node *n);
/* Our name for what a column says; text itself where no list has it. False after a diagnostic: it is near to a name of a list and nothing of ours. */
bool facts_table_our_name(struct table *t, const struct table_column *c, struct str text, struct src_pos pos, struct str *out);

/* ---- facts_dates.c ---- */
/* A day or period by a pattern: YYYY YY MM M DD D, Qn and Hn, other signs as they stand. */
struct pattern_date {
	int year, month, day, quarter, half; /* 0: not in the pattern */
};
bool facts_pattern_read(struct str pattern, struct str text, struct pattern_date *out);
/* What a cell of a column says as a period, a day in the kind that the column gives it; false after a diagnostic. */
bool facts_table_period(struct table *t, const struct table_column *c, const struct sheet_cell *cell, struct str text, struct period *out);
/* The same as a date, written as 2026-09-30. */
bool facts_table_date(struct table *t, const struct table_column *c, const struct sheet_cell *cell, struct str text, struct str *out);
/* "3-Mar", "Mar-26", "01.03.2026": what office programs make of part numbers. */
bool facts_looks_dated(struct str text);

/* ---- facts_number.c ---- */
/* A number as the table writes them. */
bool facts_number_signed(struct str text, const struct number_signs *signs, struct decimal *out);
/* What a table would declare to read it: "decimal=\",\""; NULL: nothing that helps. */
const char *facts_number_looks(struct str text, const struct number_signs *signs);

#endif
