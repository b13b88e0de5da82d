/* Sources: the bytes of an input file as UTF-8, with a name to show and a way from offset to line and column;
 * the sheets of workbooks, whose places are cells; and the folders they may come from. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/str.h"

struct diag;

enum source_kind {
	SOURCE_TEXT,  /* an offset is a byte of the text */
	SOURCE_GRID,  /* a sheet: an offset is a cell (grid_offset) */
	SOURCE_WHOLE  /* a file without lines, as a workbook: only the file as a whole has a place */
};

struct source_hash;

struct source {
	struct str name; /* to show: relative to the working root the user named, never absolute unless given so */
	struct str path; /* relative to the root it came from, without "." and ".."; empty when not from a file; of a sheet
	                  * with its name behind a colon, as in name */
	struct str text; /* UTF-8, a byte-order mark removed (as read, until source_to_utf8); followed by NUL */
	const uint32_t *lines; /* offset of the first byte of each line */
	size_t line_count;     /* at least 1; 0 when its kind has none */
	uint8_t kind;          /* enum source_kind */
	struct source_hash *hash; /* of the bytes as read, before transcoding: see source_sha256 */
	const struct arena *arena; /* that all this lives in: whoever keeps things of that arena may keep what borrows */
};

struct src_pos {
	const struct source *source; /* NULL: nowhere */
	uint32_t offset;             /* byte in source->text, or a cell */
};

/* Cells of a grid, both from 0; what lies outside cannot be pointed at and is not read. */
enum { GRID_ROW_BITS = 20, GRID_COLUMN_BITS = 12, GRID_ROWS = 1 << GRID_ROW_BITS, GRID_COLUMNS = 1 << GRID_COLUMN_BITS };
static inline uint32_t grid_offset(uint32_t row, uint32_t column)
{
	return row << GRID_COLUMN_BITS | column;
}
static inline uint32_t grid_row(uint32_t offset)
{
	return offset >> GRID_COLUMN_BITS;
}
static inline uint32_t grid_column(uint32_t offset)
{
	return offset & (GRID_COLUMNS - 1);
}

/* A place in words: "file:line:column", "budget.xlsx:Plan!D17", "budget.xlsx"; nothing when nowhere. */
void buf_pos(struct buf *b, struct src_pos pos);
/* The same without the column of a text. */
void buf_pos_line(struct buf *b, struct src_pos pos);
/* "D17". */
void buf_cell(struct buf *b, uint32_t grid_offset);
/* "D", "AA"; column from 0. */
void buf_cell_column(struct buf *b, uint32_t column);

struct src_line {
	uint32_t line;   /* from 1; the row of a grid; 0 when there are no lines */
	uint32_t column; /* from 1, in code points; the column of a grid */
	struct str text; /* the line without its end; empty when there are no lines */
};
struct src_line src_line(struct src_pos pos);
/* The line alone, from 1; 0 when nowhere. Unlike a column it costs no walk along a line, which may be the whole file. */
uint32_t src_line_number(struct src_pos pos);

/* A folder that bounds what may be opened under it. */
struct folder {
	struct str path; /* real path, no trailing slash */
	struct str name; /* what to show before a file's name; empty for the working folder itself */
};
/* Resolves links. False with errno when it is no readable folder. */
bool folder_open(struct arena *a, struct str path, struct folder *out);
/* The folder as the user sees it: from the working folder where it is that or below it, else its whole path.
 * Borrows from the folder. */
struct str folder_from_here(const struct folder *f);

/* Reads path (relative to base, a folder inside root, in the form "a/b" or empty) and keeps within root, links
 * resolved. NULL after a diagnostic at pos: not found (with the nearest name in that folder), leaves the
 * folder, unreadable, above LIMIT_FILE_BYTES. Not transcoded: see source_to_utf8. */
const struct source *source_load(struct arena *a, const struct folder *root, struct str base, struct str path,
	struct src_pos pos, struct diag *d);
/* As source_load, for a path that gave known before: known itself where the file's bytes are still the same. */
const struct source *source_load_again(struct arena *a, const struct folder *root, struct str base,
	struct str path, struct src_pos pos, struct diag *d, const struct source *known);
/* As source_load, for a path that gave known before: known itself where the file was not touched since, told by its times and
 * size, so that a large one need not be read. */
const struct source *source_load_untouched(struct arena *a, const struct folder *root, struct str base,
	struct str path, struct src_pos pos, struct diag *d, const struct source *known);
/* The same in another arena. */
const struct source *source_kept(struct arena *a, const struct source *s);
/* SHA-256 of the bytes as read, 32 of them: found when it is first asked for, as most builds never do. */
const uint8_t *source_sha256(const struct source *s);
/* path relative to base as one path without "." and ".."; *outside when it is absolute or climbs out. */
struct str source_path(struct arena *a, struct str base, struct str path, bool *outside);
/* A source from memory, for tests and tables given by the program. */
const struct source *source_from(struct arena *a, struct str name, struct str text);
/* The same source with another text: what a transcoder makes. Borrows text. */
const struct source *source_remade(struct arena *a, const struct source *s, struct str text);
/* Transcodes from the named encoding (any that iconv knows) and drops a byte-order mark; UTF-8 without one gives s
 * itself. NULL after a diagnostic at the first bad byte. */
const struct source *source_to_utf8(struct arena *a, const struct source *s, struct str encoding, struct diag *d);

/* Files below base whose path matches a pattern with '*' and '?' in its last part, sorted by bytes; each is a path
 * for source_load with the same root and base. A folder that is not there, or outside, has none. */
struct str *source_glob(struct arena *a, const struct folder *root, struct str base, struct str pattern,
	size_t *count);

#endif
