/* What the readers of the kinds of file share. */
#ifndef SHEET_SHEET_INT_H
#define SHEET_SHEET_INT_H

#include "base/vec.h"
#include "sheet/sheet.h"
#include "sheet/sheet_number.h"
#include "xml/xml_stream.h"

/* ---- the parts of a workbook (sheet_zip.c) ---- */

struct sheet_zip; /* an opened archive */

/* A part being read. */
struct sheet_part {
	struct sheet *sheet;
	const char *name;    /* in the archive */
	void *file;          /* libzip's; NULL when closed */
	uint64_t packed;     /* bytes in the archive */
	uint64_t read;       /* bytes handed out */
	bool failed;         /* and reported */
};
/* The archive in the sheet's file; NULL after a diagnostic. */
struct sheet_zip *sheet_zip_open(struct sheet *s);
bool sheet_zip_has(const struct sheet *s, const char *name);
/* False after a diagnostic, also when the part is not there. */
bool sheet_part_open(struct sheet *s, const char *name, struct sheet_part *part);
/* For xml_stream_open, with the part as ctx. */
ptrdiff_t sheet_part_read(void *part, char *room, size_t size);
/* Reads it to its end, for its checksum. */
void sheet_part_drain(struct sheet_part *part);
void sheet_part_close(struct sheet_part *part);
/* It will be read another time, which is not to count twice. */
void sheet_part_uncount(struct sheet_part *part);

/* A part as XML. */
struct sheet_xml {
	struct sheet_part part;
	struct xml_stream *stream;
};
bool sheet_xml_open(struct sheet *s, const char *name, const struct xml_space *spaces, struct sheet_xml *x);
/* Closes both; false after a diagnostic when the part was not sound to where it was read. */
bool sheet_xml_close(struct sheet_xml *x);
/* Leaves it, read to its end or not, to be opened another time. */
void sheet_xml_leave(struct sheet_xml *x);

/* ---- sheets ---- */

/* Digits alone; otherwise when there is something else, or nothing, or more than nine. */
uint32_t sheet_whole(struct str digits, uint32_t otherwise);

struct sheet_range { /* rows and columns from 0, both ends in it */
	uint32_t first_row, last_row, first_column, last_column;
};
/* "B3" with or without '$', all of text; false when it is none, or outside the grid. *column and *row from 0. */
bool sheet_cell_parse(struct str text, uint32_t *row, uint32_t *column);

/* A merged area. */
struct sheet_merge {
	struct sheet_range area;
	struct sheet_cell origin; /* its upper left cell, once read: kept while the area lasts */
};

struct sheet {
	struct arena *arena; /* what positions point to */
	struct arena own;    /* all else */
	struct arena row;    /* texts of the row being read */
	const struct source *given; /* as loaded */
	const struct source *file;  /* the same, with no place but the whole */
	const struct source *source; /* what positions refer to */
	const struct sheet_options *options; /* a copy */
	struct src_pos asked; /* where the file is named */
	struct diag *diag;
	struct sheet_zip *zip; /* of a workbook */
	void *reader;          /* of the kind */
	/* Of a workbook: sets now, then puts the cells of the next row with sheet_put; false at the end. */
	bool (*read_row)(struct sheet *s);
	/* Of every kind: to before the first row; false after a diagnostic. */
	bool (*restart)(struct sheet *s);
	struct sheet_range range;
	VEC(struct sheet_cell) cells; /* of the row, from column 0 of the sheet on */
	struct sheet_row now;         /* number and hidden, of the row */
	uint32_t width;               /* columns of the widest row handed out */
	VEC(struct sheet_merge) merges; /* by first row, then first column */
	size_t next_merge;            /* the first one that has not begun */
	VEC(size_t) active;           /* merges that the row crosses */
	uint64_t cells_made;          /* by repetition too */
	const struct sheet_tape *tape; /* rows come from it; NULL: from the file */
	size_t taped;                 /* the row of the tape that comes next */
	bool failed;                  /* nothing more is read */
	bool broken;                  /* because of an error */
	bool closed;
};

/* The cell of the row being read, empty and with its place, all before it too. NULL after a diagnostic when it lies
 * outside the grid. Valid until the next call. */
struct sheet_cell *sheet_put(struct sheet *s, uint32_t column);
/* Ends the reading: a message at the file as a whole, and where it was named. */
void sheet_fail(struct sheet *s, enum diag_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The same with a place in the sheet. */
void sheet_fail_at(struct sheet *s, enum diag_code code, struct src_pos pos, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* A sheet of a workbook, to choose among. */
struct sheet_entry {
	struct str name;
	struct str target; /* of XLSX: the part */
	bool hidden;
};
/* Adds a merged area, cut to the grid; false after a diagnostic when there are too many. They must be in order when
 * the first row is read. */
bool sheet_add_merge(struct sheet *s, struct sheet_range area);
/* By the name asked for, else the only visible one; NULL after a diagnostic. Sets the sheet's source. */
const struct sheet_entry *sheet_choose(struct sheet *s, const struct sheet_entry *entries, size_t count);

/* A sheet that nothing is read from yet. */
struct sheet *sheet_made(struct arena *a, struct diag *d);
bool sheet_tape_next(struct sheet *s, struct sheet_row *row);
bool sheet_xlsx_open(struct sheet *s);
bool sheet_ods_open(struct sheet *s);
bool sheet_csv_open(struct sheet *s);
/* A name as encodings are named: the one that the bytes of a text look like. */
struct str sheet_encoding_looks(struct str text);
/* Whether the text cannot be in the encoding that is said, though its bytes could be read by it. */
bool sheet_encoding_denies(struct str text, struct str said);
bool sheet_csv_next(struct sheet *s, struct sheet_row *row);

/* Fills a number cell from a double's text and its style; false when it is no number. */
bool sheet_put_number(struct sheet *s, struct sheet_cell *cell, struct str text, struct sheet_style style, bool since_1904);
/* The same with "2026-09-30" or "2026-09-30T14:30:00.000Z". */
bool sheet_put_date(struct sheet *s, struct sheet_cell *cell, struct str text);
/* Text, or nothing; the text is not copied. */
void sheet_put_text(struct sheet_cell *cell, struct str text);

#endif
