/* Limits on what is read and made. Each has a test that hits it. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
	LIMIT_FILE_BYTES = 256 * 1024 * 1024, /* one input file */
	LIMIT_XML_DEPTH = 64,                 /* nested elements */
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
	LIMIT_SIDES = 8,
	LIMIT_FACES = 64,                     /* faces of one layout */
	LIMIT_TABLE_COLUMNS = 64,
	LIMIT_METRIC_DEPTH = 64,              /* metrics made of metrics */
	LIMIT_PAGES = 5000,
	LIMIT_FLOWS = 3,                      /* times a document is flowed to settle its contents */
	LIMIT_DIAGS_SHOWN = 200,
	LIMIT_UNIT_SECONDS = 60               /* one unit of a batch */
};
#define LIMIT_UNIT_BYTES ((size_t)2048 * 1024 * 1024) /* one unit's memory */

#endif
