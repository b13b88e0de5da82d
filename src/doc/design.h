/* The resolved design of a document: palette, faces, styles, page masters, tokens. Data only. Made by layout/ from the layout
 * files' chain, read by compose, chart and flow. Lengths in thousandths of a point. */
#ifndef DOC_DESIGN_H
#define DOC_DESIGN_H

#include "base/diag.h"
#include "base/number.h"

enum doc_role {
#define DOC_ROLE(id, name, keep) id,
#include "doc/roles.h"
#undef DOC_ROLE
	DOC_ROLE_COUNT
};
const char *doc_role_name(enum doc_role role);
bool doc_role_keeps(enum doc_role role); /* keeps with the next block */

enum doc_colour {
#define DOC_COLOUR(id, name) id,
#include "doc/colours.h"
#undef DOC_COLOUR
	DOC_COLOUR_COUNT
};
const char *doc_colour_name(enum doc_colour colour);

/* A face file that text/ opens. */
struct doc_face {
	struct str file;       /* path on the machine */
	struct str name;       /* to show: family, style and file name */
	uint32_t index;        /* in a collection */
	struct src_pos pos;    /* of the font list's entry */
};

/* Faces of a family by weight and slope, and where to look for characters it lacks. */
struct doc_family {
	struct str role;              /* "text", "heading" … as the layout names it */
	struct str name;              /* "Inter" */
	uint16_t regular, strong, emphasis, strong_emphasis; /* indices in design.faces; equal when a cut is missing */
	const uint16_t *fallback;     /* faces tried in order for a character the cut lacks */
	uint16_t fallback_count;
};

enum doc_align { DOC_START, DOC_END, DOC_CENTRE, DOC_JUSTIFY };

struct doc_style {
	struct str id;                /* the layout's name for it */
	uint8_t role;                 /* enum doc_role */
	uint8_t align;                /* enum doc_align */
	uint8_t colour;               /* enum doc_colour */
	uint16_t family;              /* index in design.families */
	bool strong;                  /* set in the family's strong cut; a strong run inside stays strong */
	bool hyphenate, balance, tabular;
	uint8_t orphans, widows;      /* least lines of a part at the foot of a page, at the head of the next; of rows, where the style is
	                                 a table's; 0 = 2 */
	uint16_t max_lines;           /* 0 = any; more is a diagnostic, never a cut */
	/* Of justified lines and of edges, in thousandths; 0 = text's own: by how much spaces readily grow, shrink at most and grow at
	   most, how much of its room a last line of one word fills, how far punctuation stands out, by how much of the size letters of loose
	   lines part at most. */
	uint16_t stretch, shrink, stretch_most, last_least, hang_punctuation, letter_most;
	mpt size, leading, tracking;
	mpt indent, hang;             /* first line, other lines; of a list's labels: hang is the column they stand in */
	struct str label;             /* headings: how they are numbered, each level by the first number of its kind, "1.1", "A.1", "I";
	                                 lists: the bullet or the number, "•", "1.", "(a)"; empty = none */
	mpt space_before, space_after;
	struct src_pos pos;           /* of the style element that set it last */
};

/* A strip at the head or the foot of a page. */
struct doc_strip {
	mpt top, height;              /* from the page's top edge; text sits on baselines inside */
	mpt text_top;                 /* top of its line of text, from the page's top edge */
	bool band;                    /* fill over the whole width in COLOUR_BAND with COLOUR_EDGE under it */
	mpt rule_top;                 /* a rule over the text width at this distance from the page's top edge */
	mpt rule_width;               /* 0 = none */
	uint8_t rule_colour;
	mpt edge_width;               /* edge under a band; 0 = none */
};

struct doc_master {
	struct str id;
	mpt width, height;            /* of the page */
	mpt left, right;              /* side margins */
	mpt top, bottom;              /* content from top to height - bottom; notes end there */
	uint8_t columns;              /* of the grid: 12 */
	mpt gutter, step;             /* between columns; vertical step that blocks start on */
	mpt gap;                      /* between rows of slots */
	bool baseline_grid;           /* blocks inside columns, stacks and lists start on the step too, so that lines stand level with each
	                                 other across columns and from page to page */
	struct doc_strip header, footer;
};

/* Measures of charts and tables that a layout sets, so that Letter fits what A4 fits. */
struct doc_tokens {
	mpt bar_height, bar_gap;      /* bars of stacked and bar charts */
	mpt chart_row;                /* row of a bridge, dumbbell or stress chart */
	mpt tile_bar;                 /* bar in a KPI tile */
	mpt line_chart_height;
	mpt mark_size;                /* width of a side or status mark in text, at 8.5 pt type; scales with type */
	mpt rule_thin, rule_thick;    /* between rows; above totals and exhibits */
	mpt rule_accent;              /* above tiles and options */
	mpt box_padding_x, box_padding_y;
	mpt exhibit_padding;          /* between an exhibit's top rule and its title */
	mpt tile_padding;             /* between a tile's top rule and its label */
	mpt note_rule;                /* width of the thin rule over the notes of a page; 0 = none */
	mpt free_limit;               /* a page may leave this free at most before explain says so; 0 = any */
	mpt least_size;               /* smallest type allowed */
};

struct doc_design {
	uint32_t palette[DOC_COLOUR_COUNT]; /* 0xRRGGBB */
	const struct doc_face *faces;
	uint16_t face_count;
	const struct doc_family *families;
	uint16_t family_count;
	const struct doc_style *styles;
	uint16_t style_count;
	const struct doc_style *by_role[DOC_ROLE_COUNT]; /* the style a role has by default; never NULL */
	const struct doc_master *masters;
	uint16_t master_count;
	struct doc_tokens tokens;
	struct str hyphen_folder;     /* where hyphenation patterns are; empty = none */
};

#endif
