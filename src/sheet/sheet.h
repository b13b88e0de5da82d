/* Rows of cells out of a file of rows: CSV (with a declared dialect), XLSX and ODS workbooks, behind one reader. Nothing
 * here knows facts.
 *
 * Rows come one at a time, only those that hold something; memory is bounded by a workbook's shared strings, not by its
 * rows. What the file holds is read, not what a program would show of it: rows and columns that are hidden or filtered
 * out are read all the same (row.hidden says so), formulas by the value that the office program left with them.
 *
 * Ownership: what positions point to lives in the arena given; all else in the sheet's own memory, given back by
 * sheet_close or with the arena. A row and its texts are valid until the next call; texts of a CSV file that need no
 * unquoting are slices of the source.
 *
 * Errors: diagnostics at the cell, the file or where the file was named; all calls may unwind the arena. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/csv.h"

struct sheet_options {
	struct str sheet;    /* its name in a workbook; empty: the only visible one */
	struct str range;    /* "B3:H40", "B3:H" (down to the end), "B:H", "B3" (from there on); empty: all */
	struct str encoding; /* of a CSV file; empty: UTF-8 */
	struct csv_dialect dialect; /* of a CSV file; all zero: ',' and '"' */
	bool sound;          /* of a CSV file: it is UTF-8 without a mark, as an earlier reading to the end has shown */
};

enum sheet_kind {
	SHEET_EMPTY,
	SHEET_TEXT,   /* as written; every cell of a CSV file that is not empty */
	SHEET_NUMBER, /* plain decimal text with '.': at most 15 significant digits, as office programs show them, and at
	               * most 12 decimals, so that 0.30000000000000004 is 0.3 */
	SHEET_DATE,   /* "2026-09-30", with a time of day "2026-09-30T14:30:00" */
	SHEET_TIME,   /* "14:30:00"; hours may exceed 24 */
	SHEET_TRUTH,  /* "true" or "false" */
	SHEET_ERROR   /* text: "#REF!" and the like; empty for a formula without value; see sheet_cell_check */
};

struct sheet_cell {
	uint8_t kind;         /* enum sheet_kind */
	bool percent;         /* a number shown as a percentage: 0.83 stands for 83 % */
	struct str text;
	struct str currency;  /* a number shown as money, when the cell says which: "EUR", "€"; else empty */
	struct src_pos pos;
	struct src_pos merged; /* of a merged area: its upper left cell, whose kind and text all its cells have; source NULL
	                        * when the cell is not merged */
};

struct sheet_row {
	const struct sheet_cell *cells; /* from the range's first column on; of a sheet at least as many as in any row before */
	size_t count;
	uint32_t number; /* of a sheet the row, of a CSV file the record; from 1 */
	bool hidden;     /* by hand or by a filter */
};

struct sheet;
/* The source is as loaded: bytes of a workbook or text in any encoding; what it is, is told by its content. NULL after
 * diagnostics; pos is where the file is named. */
struct sheet *sheet_open(struct arena *a, const struct source *source, const struct sheet_options *options,
	struct src_pos pos, struct diag *d);
/* False at the end, and after an error that ends the reading. */
bool sheet_next(struct sheet *s, struct sheet_row *row);
/* To before the first row again, as if it were just opened: positions are of the same source. False where an error, which was
 * reported, ended the reading. */
bool sheet_rewind(struct sheet *s);
/* Of a CSV file: where the next row begins, and to go on there. */
size_t sheet_place(const struct sheet *s);
void sheet_seek(struct sheet *s, size_t place);
/* Whether an error, which was reported, ended the reading. */
bool sheet_broken(const struct sheet *s);
/* What positions refer to: the text of a CSV file as UTF-8, the sheet of a workbook. */
const struct source *sheet_source(const struct sheet *s);
void sheet_close(struct sheet *s);

/* The rows of a workbook's sheet, kept in an arena to be read again without the workbook. */
struct sheet_tape;
/* Reads the sheet to its end; NULL when an error ended it, or when it is too long to be kept. Positions of what is read again are of a
 * source of the tape. */
const struct sheet_tape *sheet_record(struct arena *a, struct sheet *s);
struct sheet *sheet_replay(struct arena *a, const struct sheet_tape *tape, struct diag *d);

/* Whether the cell may be used: an error, a formula without value, and a merged cell (where it is none of a head) are
 * refused by name. */
enum sheet_merged { SHEET_MERGED_REFUSED, SHEET_MERGED_ALLOWED };
bool sheet_cell_check(const struct sheet_cell *cell, enum sheet_merged merged, struct diag *d);

#endif
