/* The document: content with its resolved styles and no positions. Data only; compose makes it, flow and chart read it.
 *
 *   doc ─ sections ─ blocks ─ paragraphs ─ runs
 *                        └─── tables, charts, lists, exhibits
 *
 * Every run that prints a figure carries the index of its entry in doc.figures, which leads to the value and its origin.
 * Colours are roles; flow and chart look them up in the palette.
 */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/date.h"
#include "doc/design.h"

/* ---- inline content ---- */

enum doc_mark_kind {
	MARK_NONE,
	MARK_CIRCLE, MARK_SQUARE, MARK_DIAMOND, MARK_PENTAGON, /* sides */
	MARK_TICK, MARK_WARNING, MARK_CROSS,                   /* status good, watch, bad */
	MARK_BALL_0, MARK_BALL_1, MARK_BALL_2, MARK_BALL_3, MARK_BALL_4, /* Harvey balls, quarters filled */
	MARK_LINK_NONE, MARK_LINK_HALF, MARK_LINK_FULL,        /* ring, half ring, disc */
	MARK_ACTUAL, MARK_PRIOR, MARK_PLAN, MARK_FORECAST      /* swatches in scenario notation */
};

const char *doc_mark_name(enum doc_mark_kind mark);

enum doc_run_kind {
	RUN_TEXT,
	RUN_MARK,        /* a drawn mark; alt says it in words unless the text beside it does */
	RUN_FILL,        /* pushes the rest of the line to its end */
	RUN_BREAK,       /* forced line end */
	RUN_NOTE,        /* call of a note: prints [n] */
	RUN_PAGE,        /* this page's number (headers, footers) */
	RUN_PAGES,       /* number of pages */
	RUN_PAGE_OF,     /* page number of target */
	RUN_SECTION,     /* title of the section the page belongs to (headers, footers) */
	RUN_HEADING      /* a heading of the page (headers, footers): target says which */
};
enum doc_run_flags {
	RUN_STRONG = 1, RUN_EMPHASIS = 2, RUN_NO_BREAK = 4, RUN_LITERAL = 8 /* digits typed by hand */,
	RUN_SUPER = 16, RUN_SUB = 32, RUN_SMALL_CAPS = 64, RUN_CODE = 128 /* set in the family of the role "code" */
};
/* target of a RUN_HEADING: the first or last heading of that level on the page, else the one in force when it begins. */
#define DOC_HEADING(level, last) (2u * (level) + ((last) ? 1u : 0u))

struct doc_run {
	uint8_t kind;          /* enum doc_run_kind */
	uint8_t flags;         /* enum doc_run_flags */
	uint8_t colour;        /* enum doc_colour, or DOC_COLOUR_COUNT for the style's */
	uint8_t mark;          /* RUN_MARK: enum doc_mark_kind */
	const struct doc_style *style; /* sets face, size and colour of this run; NULL: the paragraph's */
	struct str text;       /* RUN_TEXT */
	struct str alt;        /* RUN_MARK: words; empty = decoration */
	struct str lang;       /* where it differs from the document's */
	struct str uri;        /* external link */
	uint32_t target;       /* internal link or RUN_PAGE_OF: anchor number; 0 = none; RUN_HEADING: DOC_HEADING() */
	uint32_t note;         /* RUN_NOTE: index in doc.notes */
	int32_t figure;        /* index in doc.figures, or -1 */
	struct src_pos pos;
};

enum doc_part { PART_TEXT, PART_CAPTION, PART_NOTE /* of a table, under it */ };
struct doc_paragraph {
	const struct doc_style *style;
	const struct doc_run *runs;
	uint32_t run_count;
	uint8_t level;         /* heading level 1..6 by nesting, 0 = no heading */
	uint8_t part;          /* enum doc_part: what it is to those who hear it, where that is no heading */
	uint8_t running;       /* level that running heads know it by, its own text's; 0 = they pass it over */
	bool rtl;              /* base direction right to left */
};

/* ---- charts ---- */

enum doc_scenario { DOC_ACTUAL, DOC_PRIOR, DOC_PLAN, DOC_FORECAST };
enum doc_status { STATUS_NONE, STATUS_GOOD, STATUS_WATCH, STATUS_BAD };

enum doc_chart_kind {
	CHART_TILE_BARS,  /* categories = scenarios with code and value; bars on one scale */
	CHART_SIDES,      /* one category: the sides' marks on a thin line (tiles, cells) */
	CHART_DUMBBELL,   /* cell: marks of two sides joined, grid lines of the scale */
	CHART_AXIS,       /* head cell: tick labels of the scale */
	CHART_BAR,        /* categories × one series; from zero, both directions; horizontal */
	CHART_STACKED,    /* categories (scenario, period) × series; totals and change at the end */
	CHART_LINE,       /* categories over time × series; direct labels, plan line, range bars */
	CHART_BULLET,     /* cell or chart: series 0 actual bar in front of series 1 plan outline */
	CHART_VARIANCE,   /* cell: bar left or right of zero, coloured by status */
	CHART_BRIDGE,     /* two panels: levels from zero by group, cumulative change by step */
	CHART_SPARK,      /* a line without axes */
	CHART_TIMELINE,   /* categories with dates on a time axis */
	CHART_MATRIX,     /* columns of groups with marked members (systems) */
	CHART_KIND_COUNT
};

/* One scale for all exhibits of a measure in a section. */
struct doc_scale {
	struct str id;            /* scale group */
	struct decimal low, high; /* of the axis; low is 0 or below */
	struct decimal tick;      /* distance of ticks; 0 = no axis */
};

struct doc_series {
	struct str label;
	uint8_t colour;           /* enum doc_colour */
	uint8_t mark;             /* enum doc_mark_kind */
	uint8_t scenario;         /* enum doc_scenario: the fill */
	bool dashed, strong;      /* lines: dashed; heavier */
};

struct doc_category {
	struct str label;
	struct str sublabel;      /* second line under it, as "n 38"; or the remark at the end of its row */
	struct str code;          /* AC, PL, PY */
	struct str group;         /* bridge: group label; matrix: group */
	struct date date;         /* timeline */
	uint8_t colour, mark;     /* of the category itself (side), or DOC_COLOUR_COUNT, MARK_NONE */
	uint8_t scenario;         /* enum doc_scenario: fill of its bars where series don't say */
	bool strong;              /* total or emphasised row */
	uint8_t tail_mark, tail_colour; /* a second mark at the end of its row (matrix: who pays) */
	struct str flag;          /* matrix: short text before the tail mark, as "P" or "P!" */
	uint8_t flag_status;      /* enum doc_status: colour of the flag */
};

struct doc_datum {
	bool present;
	bool ranged;              /* low and high are set */
	struct decimal value, low, high;
	struct str label;         /* as printed; empty = not printed */
	int32_t figure;           /* index in doc.figures, or -1 */
	uint8_t status;           /* enum doc_status: colour beyond the limit */
};

/* A line or mark across the chart: plan, benchmark, band. */
struct doc_reference {
	struct decimal value, high; /* high != value: a band */
	struct str label;
	int32_t figure;
	uint8_t scenario;         /* DOC_PLAN dashed line, DOC_ACTUAL benchmark tick */
	bool short_mark;          /* only a mark at the end, not a line across */
};

struct doc_chart {
	uint8_t kind;             /* enum doc_chart_kind */
	bool decoration;          /* its values are all in text beside it: an artifact, no alt */
	struct str alt;           /* required unless decoration */
	const struct doc_series *series;
	uint16_t series_count;
	const struct doc_category *categories;
	uint16_t category_count;
	const struct doc_datum *data;       /* data[category * series_count + series] */
	const struct doc_datum *totals;     /* one a category, or NULL: stacked totals; bridge: group level before */
	const struct doc_datum *changes;    /* one a category, or NULL: stacked change; bridge: group level after */
	const struct doc_reference *references;
	uint16_t reference_count;
	uint16_t scale;           /* index in doc.scales: of values; bridge: of levels */
	uint16_t scale_change;    /* bridge: of the cumulative change */
	struct str remark;        /* small text inside the plot, as "bars: range of 95 % certainty" */
	struct str heads[4];      /* column heads inside the chart (bridge: level, step, change, where {0} stands for how much longer
	                             a unit is than in the levels; stacked: change) */
	mpt height;               /* 0 = ideal */
	struct src_pos pos;
};

/* ---- blocks ---- */

enum doc_block_kind {
	DOC_PARAGRAPH, DOC_STACK, DOC_ROW, DOC_LIST, DOC_TABLE, DOC_CHART, DOC_EXHIBIT, DOC_IMAGE, DOC_RULE, DOC_SPACE,
	DOC_CONTENTS, DOC_COLUMNS, DOC_SIGNATURES, DOC_BLOCK_KIND_COUNT
};

/* What a stack is to those who hear it, where that is more than blocks below each other. */
enum doc_stacking { STACK_PLAIN, STACK_QUOTE, STACK_PART /* a callout, an aside, a figure with its caption */ };

/* What stands around a block. */
struct doc_frame {
	uint8_t fill;             /* enum doc_colour, or DOC_COLOUR_COUNT: none */
	uint8_t top_colour;       /* of the rule on the upper edge */
	mpt top_width;            /* 0 = none */
	mpt pad_top, pad_bottom, pad_left, pad_right;
};

struct doc_block {
	uint8_t kind;             /* enum doc_block_kind */
	bool keep_together;       /* a wish: what is taller than a page breaks */
	bool keep_with_next;      /* besides what the role says */
	bool keep_with_previous;  /* the block before it is kept with it */
	uint8_t keep_strength;    /* of its keeps, 1 to 9: weaker ones break where pages get better; 0 = 9 */
	bool foot;                /* in a cell taller than its content: sits at the foot (signatures) */
	uint8_t group;            /* enum doc_stacking: stacks */
	uint8_t depth;            /* of the bookmark, below its section's, from 1; 0 = by the level of its heading */
	struct str listed;        /* title in lists of exhibits; empty = not listed */
	struct str slot;          /* 'kpis' or 'kpis[aligned]'; for explain and messages */
	uint32_t anchor;          /* links and bookmarks lead here; 0 = none */
	struct str bookmark;      /* title in the outline; empty = none */
	const struct doc_frame *frame; /* NULL = none */
	mpt space_before;         /* above, dropped at the top of a page or cell; paragraphs add their style's */
	struct src_pos pos;       /* of the slot in the layout, or of the snippet */
	union {
		const struct doc_paragraph *paragraph;
		const struct doc_stack *stack;
		const struct doc_row *row;
		const struct doc_list *list;
		const struct doc_table *table;
		const struct doc_chart *chart;
		const struct doc_exhibit *exhibit;
		const struct doc_image *image;
		const struct doc_rule *rule;
		const struct doc_contents *contents;
		const struct doc_columns *columns;
		const struct doc_signatures *signatures;
		mpt space;
	};
};

struct doc_stack {
	const struct doc_block *const *blocks;
	uint32_t count;
};

struct doc_row_cell {
	uint8_t start, span;      /* grid columns, start from 0 */
	uint8_t of;               /* parts the width has instead of the master's columns; 0 = the master's */
	const struct doc_block *block;
};
/* Cells side by side: they share the top edge and the height; an exhibit's source line stands at the foot. */
struct doc_row {
	const struct doc_row_cell *cells;
	uint32_t count;
	bool tracks;              /* cells are stacks of equal length whose members align across (KPI tiles) */
	bool breaks;              /* its cells go on together over a page break, though they would fit a page */
	bool rtl;                 /* the first cell stands at the right */
};

struct doc_list_item {
	struct doc_paragraph label;     /* number or bullet; run_count 0 = none */
	const struct doc_block *const *blocks;
	uint32_t count;
	struct src_pos pos;
};
struct doc_list {
	const struct doc_list_item *items;
	uint32_t count;
	mpt label_width;
	bool numbered;
	bool rules;               /* a thin rule above each item */
	bool spread;              /* in a taller cell the free height goes between the items */
	bool terms;               /* labels are terms: each stands above its item's blocks */
	bool rtl;                 /* labels stand at the right */
	mpt item_pad;             /* above and below each item's text */
};

enum doc_anchor { ANCHOR_NONE, ANCHOR_DECIMAL /* signs */, ANCHOR_UNIT /* where the number ends */, ANCHOR_SIGN /* where it begins */ };
enum doc_width { WIDTH_SHARE, WIDTH_FIXED, WIDTH_CONTENT };
struct doc_column {
	uint8_t width_kind;       /* enum doc_width */
	uint8_t align;            /* enum doc_align */
	mpt width;                /* fixed: length; share: weight in thousandths */
	mpt pad_left, pad_right;
	uint8_t anchor;           /* enum doc_anchor: what of its figures stands below each other; they stay flush at align's side */
};
enum doc_row_kind { ROW_BODY, ROW_HEAD, ROW_GROUP, ROW_SUBTOTAL, ROW_TOTAL };
struct doc_cell {
	struct doc_paragraph text;      /* run_count 0: empty */
	const struct doc_chart *chart;  /* graphic in the cell, or NULL */
	uint8_t column_span, row_span;  /* 0 = 1 */
	uint8_t fill;                   /* enum doc_colour, or DOC_COLOUR_COUNT */
	uint8_t align;                  /* enum doc_align + 1; 0 = the column's */
	bool row_head;                  /* TH with scope row */
	bool rule_below;                /* spanning head: a rule under it */
	mpt indent;                     /* before its text */
};
struct doc_table_row {
	uint8_t kind;             /* enum doc_row_kind */
	bool keep_with_next;
	const struct doc_cell *cells;   /* covering all columns, spans counted; cells under a row span are left out */
	uint16_t count;
	struct src_pos pos;
};
/* Running sums over page breaks: where a page ends behind a row, what is above it stands under it, and on top of the next page. */
struct doc_carry {
	const struct doc_table_row *rows;      /* row_count of them; a row without cells has none */
	struct doc_paragraph carried, brought; /* "Carried forward", "Brought forward" */
	uint16_t label;                        /* cell of each row that those stand in; its own text is empty */
};
struct doc_table {
	const struct doc_column *columns;
	uint16_t column_count;
	const struct doc_table_row *rows; /* heads first */
	uint32_t row_count, head_rows;
	mpt row_height;           /* least height of body rows: 12, 16 or 24 pt */
	mpt row_pad;              /* above and below the text of body rows */
	bool no_rules;            /* no thin rules between rows */
	bool repeat_head;         /* after a page break */
	bool rtl;                 /* the first column stands at the right */
	bool repeat_groups;       /* and the head of the group that goes on */
	bool zebra;               /* every second body row of a group stands on a tint */
	bool foot_rule;           /* a thin rule under the last row */
	const struct doc_carry *carry; /* NULL = nothing is carried forward */
	struct str summary;       /* for readers that cannot see it; empty = none */
};

struct doc_exhibit {
	uint32_t number;          /* from 1; 0 = not numbered */
	struct doc_paragraph title, unit, source; /* unit and source may be empty; source is required by compose */
	mpt source_above;         /* space over the source line, beside its style's */
	struct doc_paragraph continued;  /* stands for the title after a page break */
	const struct doc_block *body;
	const struct doc_block *const *notes;     /* paragraphs between body and source */
	uint32_t note_count;
};

struct doc_image {
	struct str file;          /* bytes */
	struct str name, alt;     /* alt empty = decoration */
	mpt width, height;        /* one may be 0: by proportion */
};
struct doc_rule {
	uint8_t colour;
	mpt width;
};
struct doc_contents {
	const struct doc_style *style;
	uint8_t depth;            /* bookmarks down to this depth */
	bool exhibits;            /* the list of exhibits instead */
	bool rtl;
};
/* Text set in n balanced columns. */
struct doc_columns {
	uint8_t columns;
	bool rtl;                 /* the first column stands at the right */
	const struct doc_block *const *blocks;
	uint32_t count;
};
/* Lines to sign on, side by side. */
struct doc_signatures {
	const struct doc_paragraph *names;
	uint32_t count;
	mpt line_space;           /* above each line */
};

/* ---- figures and values ---- */

/* What the values of one column of a table have in common; each once. */
struct doc_subject {
	struct str metric, unit, period, side, scenario; /* ids as written; empty where it has none */
	struct str measure;       /* "percent" … */
	struct str operation;     /* empty: read from a file; else "gap", "difference", "sum", "share" … */
	struct str source;        /* id of the source it is from, or of the first operand that has one */
	struct str source_title, source_date, sample;
};
struct doc_value {
	const struct doc_subject *of;
	struct str item;          /* id; empty where it has none */
	struct decimal number;
	const uint32_t *operands; /* indices in doc.values */
	uint32_t operand_count;
	struct str rows;          /* of a survey: "column 'Q3', 41 rows"; else empty */
	struct src_pos pos;       /* where it was read, or where what derives it is declared */
};
struct doc_figure {
	struct str text;          /* as printed */
	uint32_t value;           /* index in doc.values; UINT32_MAX: a literal */
	uint32_t exhibit;         /* number, 0 = none */
	struct str slot;
};

/* ---- the document ---- */

struct doc_note {
	struct doc_paragraph text;  /* begins with its number, as "[1] …" */
	uint32_t number;
	bool foot;                  /* stands at the foot of the pages that call it, whatever their section says */
	struct str sign;            /* what its calls print; empty: "[number]" */
	uint32_t anchor;            /* of the paragraph that prints it, under its table; 0 = gathered at the foot of the page */
};

enum doc_fit { FIT_FLOW, FIT_ONE_PAGE };
enum doc_side { SIDE_ANY, SIDE_ODD, SIDE_EVEN };
struct doc_section {
	struct str id, title;     /* title: running head and outline */
	uint32_t anchor;
	const struct doc_master *first, *rest;
	const struct doc_master *odd, *even, *last; /* of pages that are not its first: by their number, and its last one; NULL = rest.
	                                               All of a section's have content equally wide */
	uint8_t starts;           /* enum doc_side: of its first page's number; a page is left blank before it where needed */
	bool continues;           /* the section before it, after a page break of its own: no entry in the outline, no element of its own */
	bool turned;              /* continues, because of a table that stands on pages of another master */
	const struct doc_paragraph *blank; /* what a page left blank before it says; NULL = nothing */
	const struct doc_block *const *blocks;
	uint32_t count;
	mpt gap;                  /* between blocks; 0 = the master's */
	mpt gap_most;             /* on its one page, where there is room to spare: gaps widen in steps up to this; 0 = not */
	uint8_t fit;              /* enum doc_fit: one page is a contract; beyond it an error with the numbers */
	bool new_page;
	bool notes_here;          /* notes called on its pages stand at their foot */
	const struct doc_design *design; /* that it is set in, with its own styles; NULL: the document's */
	struct str given;         /* what it gave up already for its one page, for messages: " after …"; empty = nothing */
	struct src_pos pos;
};

/* One line of text in a header or footer: start, centre, end. */
struct doc_furniture {
	struct doc_paragraph header[3], footer[3];
	struct doc_paragraph stamp; /* across the middle of every page, behind its content: DRAFT; run_count 0 = none */
};

struct doc_meta {
	struct str title, author, subject, keywords, lang, date;
	bool attach_values;       /* policy: used or all (yes), or none; of all, values hold what was not printed, too */
};

struct doc {
	const struct doc_design *design;
	struct doc_meta meta;
	struct doc_furniture furniture;
	VEC(const struct doc_section *) sections;
	VEC(struct doc_note) notes;
	VEC(struct doc_scale) scales;
	VEC(struct doc_figure) figures;
	VEC(struct doc_value) values;
	uint32_t anchor_count;    /* anchors are 1..anchor_count */
	/* Words flow needs. Each with {0} where a number stands. */
	struct str word_page;     /* "page {0}" for alt texts of links */
	struct str word_note;     /* "note {0}" */
	struct str sign_decimal, sign_group; /* of the language, for ticks of scales; empty = "." and none */
};

void doc_dump(const struct doc *d, struct buf *out);

#endif
