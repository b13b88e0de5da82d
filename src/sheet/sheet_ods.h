/* What the reader of OpenDocument sheets keeps. */
#ifndef SHEET_SHEET_ODS_H
#define SHEET_SHEET_ODS_H

#include "sheet/sheet_int.h"

enum ods_space { ODS_OFFICE = 1, ODS_TABLE, ODS_TEXT, ODS_STYLE, ODS_CALC, ODS_MANIFEST };
extern const struct xml_space ods_spaces[];

struct ods {
	struct sheet_xml rows;  /* the content, read up to the chosen table */
	size_t index;           /* of that table among those of the workbook, from 0 */
	uint32_t depth;         /* of its element; 0 when its end was read */
	uint32_t row;           /* the last one handed out, from 1 */
	uint32_t repeats;       /* how often kept is still to be handed out */
	VEC(struct sheet_cell) kept; /* the cells of a row that is repeated */
	struct arena kept_texts;
	bool kept_hidden;
	struct buf text;        /* of the cell being read */
};

/* The sheet's read_row. */
bool ods_read_row(struct sheet *s);
/* How often, or over how many: 1 when the attribute is not there. */
uint32_t ods_count(const struct xml_event *e, const char *name);
/* A cell by its start, up to its end, at the column: how many columns it takes up; 0 after a diagnostic. */
uint32_t ods_read_cell(struct sheet *s, struct ods *x, const struct xml_event *start, uint32_t column);

#endif
