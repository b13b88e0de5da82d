/* Limits on what is read and made. Each has a test that hits it. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
	LIMIT_FILE_BYTES = 256 * 1024 * 1024, /* one input file */
	LIMIT_XML_DEPTH = 512,                /* nested elements */
	LIMIT_XML_NODES = 4 * 1000 * 1000,    /* elements and texts of one file */
	LIMIT_XML_ATTRS = 64,                 /* attributes of one element */
	LIMIT_INT = 9999,                     /* a whole number of an attribute, either way */
	LIMIT_INCLUDES = 256,                 /* files of one briefing */
	LIMIT_INCLUDE_DEPTH = 16,             /* use inside use */
	LIMIT_EXTENDS = 8,                    /* layouts in one chain */
	LIMIT_EXPR_BYTES = 1024,              /* one condition */
	LIMIT_EXPR_DEPTH = 32,                /* nested parentheses */
	LIMIT_CSV_COLUMNS = 1024,
	LIMIT_CSV_ROWS = 2 * 1000 * 1000,
	LIMIT_WORKBOOK_BYTES = 1024 * 1024 * 1024, /* of a workbook's parts, unpacked */
	LIMIT_WORKBOOK_FREE = 64 * 1024 * 1024, /* of a part, unpacked, before its ratio counts */
	LIMIT_WORKBOOK_RATIO = 200,             /* unpacked to packed, of one part */
	LIMIT_CELL_BYTES = 128 * 1024,          /* text of one cell: four times what office programs allow */
	LIMIT_SHEET_CELLS = 64 * 1024 * 1024,   /* of one sheet, repeated ones counted */
	LIMIT_SHEET_STRINGS = 4 * 1000 * 1000,  /* texts that the cells of a workbook share */
	LIMIT_SHEET_STYLES = 64 * 1024,         /* styles of cells of a workbook; what lies beyond is an ordinary number */
	LIMIT_SHEET_MERGES = 64 * 1024,         /* merged areas of one sheet */
	LIMIT_SHEET_TAPE = 48 * 1024 * 1024,    /* bytes of a sheet kept from one briefing to the next; a longer one is unpacked each time */
	LIMIT_SIDES = 8,
	LIMIT_FACES = 64,                     /* faces of one layout */
	LIMIT_TABLE_COLUMNS = 64,
	LIMIT_UNIT_DEPTH = 32,        /* groups one in another, changes of a unit one behind another */
	LIMIT_METRIC_DEPTH = 64,              /* metrics made of metrics */
	LIMIT_PAGES = 5000,
	LIMIT_FLOWS = 3,                      /* times a document is flowed to settle its contents */
	LIMIT_DIAGS_SHOWN = 200,
	LIMIT_UNIT_SECONDS = 60               /* one unit of a batch */
};
#define LIMIT_UNIT_BYTES ((size_t)2048 * 1024 * 1024) /* one unit's memory */

#endif
