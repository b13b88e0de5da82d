/* XLSX written: what a person is to fill in or to look through, and what sheet.h reads back. Sheets of rows under a
 * frozen head, columns with a width and a kind, some of them locked, some with a list of what they take. The same rows
 * give the same bytes.
 *
 * Ownership: texts are copied when they are given, columns borrowed until the end; the bytes live in the arena. All calls may
 * unwind it. */
#ifndef SHEET_SHEET_WRITE_H
#define SHEET_SHEET_WRITE_H

#include "sheet/sheet.h"

struct sheet_write_column {
	uint8_t kind;              /* SHEET_TEXT, SHEET_NUMBER or SHEET_DATE: what is typed into it is taken for that; it
	                            * keeps a spreadsheet from making dates of "3-4" */
	uint8_t width;             /* characters; 0: 12 */
	bool locked;               /* cannot be edited; a sheet with such a column is protected, without a password */
	const struct str *choices; /* the only texts it takes; NULL: any */
	size_t choice_count;
};
struct sheet_write_cell {
	uint8_t kind;    /* SHEET_EMPTY, SHEET_TEXT, SHEET_NUMBER, SHEET_DATE or SHEET_TRUTH */
	bool percent;    /* a number to be shown as a percentage */
	struct str text; /* as sheet_cell's: a plain decimal, "2026-09-30", "true" */
};
enum sheet_write_row { SHEET_ROW_PLAIN, SHEET_ROW_HEAD, SHEET_ROW_NOTE }; /* a note: one grey line above the head */

struct sheet_write; /* a workbook being written */
struct sheet_write *sheet_write_open(struct arena *a);
/* Begins the next sheet. Names are cut to what office programs take: 31 characters, none of []:*?/\ */
void sheet_write_sheet(struct sheet_write *w, struct str name, const struct sheet_write_column *columns, size_t count);
/* Rows up to the last head stay in sight. More cells than columns are of the kind their text has. */
void sheet_write_cells(struct sheet_write *w, enum sheet_write_row as, const struct sheet_write_cell *cells, size_t count);
/* The bytes of the workbook; empty when there would be more of them than SHEET_PACK_MOST. */
struct str sheet_write_end(struct sheet_write *w);

#endif
