/* Texts: documents of blocks, as <text id="…"> in a narrative file says them. Words and structure only; figures stay
 * queries, and how it looks is the layout's. A tree in the arena of the briefing, const once read.
 *
 *   <text id= lang= direction=>  blocks
 *   <h level= numbered= id=>     a heading
 *   <p>                          a paragraph; inline elements are those of <say>
 *   <list kind="bulleted|numbered|definition" start=>  <item> of inline content, or of blocks; nested lists may stand
 *                                behind the item's words; <item><term>…</term>…</item> in definitions
 *   <quote> <by>…</by>           blocks, and who said so
 *   <callout kind=> <head>…</head>  blocks; the layout says what its kinds look like
 *   <figure file= alt= width= height= id= numbered=>  its caption inside
 *   <columns count=>             blocks in balanced columns; <span> of blocks across them
 *   <beside> <cell start= span=> blocks side by side on the grid of 12, which go on together over pages
 *   <table id= widths= split=> <caption> <row head="yes"> <cell columns= rows= head= align=>  a simple table
 *   <page-break master= to="page|odd|even"/>  <contents depth=/>  <exhibits/>  <rule/>
 * Every block may say lang= and direction= (ltr, rtl) for itself and what is inside. Blocks among blocks may say how firmly they stay
 * together, keep= (0, which may break, to 9, which only the page's height breaks), and keep-with-next=, keep-with-previous=. */
#ifndef NARRATIVE_PROSE_H
#define NARRATIVE_PROSE_H

#include "narrative/narrative.h"

enum prose_kind {
	PROSE_TEXT, PROSE_HEADING, PROSE_PARAGRAPH, PROSE_LIST, PROSE_ITEM, PROSE_TERM, PROSE_QUOTE, PROSE_BY,
	PROSE_CALLOUT, PROSE_HEAD, PROSE_FIGURE, PROSE_COLUMNS, PROSE_SPAN, PROSE_BESIDE, PROSE_PANEL, PROSE_TABLE,
	PROSE_CAPTION, PROSE_ROW, PROSE_CELL, PROSE_PAGE_BREAK, PROSE_CONTENTS, PROSE_EXHIBITS, PROSE_RULE, PROSE_KIND_COUNT
};
enum prose_list { PROSE_BULLETED, PROSE_NUMBERED, PROSE_DEFINITIONS };
enum prose_direction { PROSE_INHERITED, PROSE_LTR, PROSE_RTL };
/* In a cell or a column of a table: at its start … or figures below each other by their decimal signs, by where their units begin, by
 * where they begin behind their signs. */
enum prose_align { PROSE_AS_COLUMN, PROSE_AT_START, PROSE_AT_END, PROSE_AT_CENTRE, PROSE_BY_DECIMAL, PROSE_BY_UNIT, PROSE_BY_SIGN, PROSE_ALIGN_COUNT };
enum prose_page { PROSE_ANY_PAGE, PROSE_ODD_PAGE, PROSE_EVEN_PAGE };

enum { PROSE_KEEP_UNSAID = -1, PROSE_KEEP_FIRMEST = 9 };

struct prose {
	uint8_t kind;              /* enum prose_kind */
	uint8_t direction;         /* enum prose_direction */
	uint8_t list;              /* PROSE_LIST: enum prose_list */
	uint8_t page;              /* PROSE_PAGE_BREAK: enum prose_page */
	uint8_t align;             /* PROSE_CELL: enum prose_align up to PROSE_AT_CENTRE */
	bool numbered;             /* headings, figures; default yes */
	bool keep_with_next, keep_with_previous; /* as firmly as keep says; most firmly where it says nothing */
	int32_t keep;              /* PROSE_KEEP_UNSAID = as its kind does; else 0, may break, to PROSE_KEEP_FIRMEST */
	bool head;                 /* PROSE_ROW, PROSE_CELL: of a table */
	int32_t level;             /* headings: 1 to 6; contents: depth */
	int32_t count;             /* columns; PROSE_LIST: the first number */
	int32_t start, span;       /* PROSE_PANEL: grid columns, start from 1 or 0 = behind the one before */
	int32_t columns, rows;     /* PROSE_CELL: that it covers */
	int32_t split;             /* PROSE_TABLE: most columns beside each other, that of labels not counted; 0 = all */
	struct str id;             /* other texts refer to it by; empty = none */
	struct str lang;           /* of it and what is inside; empty = of what it stands in */
	struct str name;           /* PROSE_CALLOUT: its kind; PROSE_PAGE_BREAK: master; PROSE_TABLE: widths */
	struct str stands;         /* PROSE_TABLE: how its columns stand, a word each */
	const uint8_t *aligns;     /* the same as enum prose_align, align_count of them; columns beyond stand at the start */
	size_t align_count;
	struct str file, alt;      /* PROSE_FIGURE: path in the project; what it shows, empty = decoration */
	mpt width, height;         /* PROSE_FIGURE: one or both may be 0 */
	const struct say_part *const *parts; /* its words: headings, paragraphs, terms, captions, cells */
	size_t part_count;
	const struct prose *const *blocks;   /* inside it, in order */
	size_t block_count;
	struct src_pos pos;
};

const char *prose_kind_name(enum prose_kind kind); /* as the element is called */

#endif
