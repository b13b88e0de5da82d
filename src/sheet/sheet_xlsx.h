/* What an XLSX workbook says beside the rows of its sheets. */
#ifndef SHEET_SHEET_XLSX_H
#define SHEET_SHEET_XLSX_H

#include "sheet/sheet_int.h"

enum xlsx_space { XLSX_MAIN = 1, XLSX_OFFICE, XLSX_PACKAGE };
extern const struct xml_space xlsx_spaces[];

struct xlsx {
	bool since_1904;   /* dates count from 1904 */
	bool uncomputed;   /* the program that wrote it leaves formulas to be computed when it is opened */
	VEC(struct str) strings;        /* shared ones, by index */
	VEC(struct sheet_style) styles; /* of cells, by index */
	const char *part;               /* of the sheet */
	struct sheet_xml rows;          /* the sheet being read */
	bool in_rows;                   /* within its sheetData */
	uint32_t row;                   /* the last one read, from 1 */
	uint32_t column;                /* behind the last cell read, in its row */
	struct buf text;                /* of the value being read */
};

/* Shared strings, styles, merged areas: false after a diagnostic. Parts that are not there are empty. */
bool xlsx_read_strings(struct sheet *s, struct xlsx *x, const char *part);
bool xlsx_read_styles(struct sheet *s, struct xlsx *x, const char *part);
/* They stand behind the rows that they are about, so they are looked for first. */
bool xlsx_read_merges(struct sheet *s, const char *part);
/* Appends what stands in the element just started, to its end; rich text without its phonetic guides. */
void xlsx_take_text(struct xml_stream *stream, struct buf *out);
/* The character that "_x000D_" at text stands for; 0 when it is no such thing. */
uint32_t xlsx_escaped(const char *text, size_t len);
/* All of them replaced, in place. */
struct str xlsx_unescaped(char *text, size_t len);
/* The sheet's read_row and restart. */
bool xlsx_read_row(struct sheet *s);
bool xlsx_restart(struct sheet *s);

#endif
