/* Layout: the user's files that say how a briefing looks. A chain of files (extends) is merged as trees first, then read into types, so
 * that repeating what a base says changes nothing. Contains no words but ids of words, no numbers but lengths, limits and counts.
 *
 *   files ─▶ layout_load (roots, chain) ─▶ layout_merge (replace before after remove set, locked) ─▶ one tree
 *         ─▶ palette, fonts, masters, styles (struct doc_design) and sections, slots, exhibits ─▶ struct layout
 *
 * Everything returned lives in the arena given and is const afterwards. Lengths are thousandths of a point. Problems go to the
 * diag with the position in the file that says it; reading goes on.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "doc/design.h"
#include "xml/query.h"

/* Where label text comes from: exactly one is set, or none. word="id" looks up the layout's <words>, then library/words; topic="id" is
 * narrative. As attributes NAME="word" or NAME-topic="topic", on the element's own text word= or topic=. */
struct layout_text {
	struct str word, topic;
	struct src_pos pos;          /* of the attribute that sets it */
};

/* A head or label that the query itself says: its period, metric, side, scenario or item. */
enum layout_from { FROM_TEXT, FROM_PERIOD, FROM_METRIC, FROM_SIDE, FROM_SCENARIO, FROM_ITEM, FROM_UNIT };

/* What a key (in a unit line or a key slot) explains, in the order written. show="…" is the short form without texts. */
struct layout_key {
	struct str show;             /* a side id; "sides" = all and "joint"; actual prior plan forecast; code-actual … (code without swatch);
	                              * a mark: ball-0…4 link-none link-half link-full good watch bad; KIND:FIELD = the sides' marks used there;
	                              * empty: only the text */
	struct str flag;             /* word of a flag (<flag>), printed in place of a mark; then show is empty */
	uint8_t status;              /* of the flag: 0 none, 1 good, 2 watch, 3 bad (enum doc_status) */
	struct layout_text text;     /* what it stands for; none: its own label */
	struct src_pos pos;
};

/* Short text behind a member of a matrix, as "P!": the first whose where matches. */
struct layout_flag {
	struct str where;            /* as in struct query */
	struct layout_text text;
	uint8_t status;              /* 0 none, 1 good, 2 watch, 3 bad (enum doc_status) */
	struct src_pos pos;
};

enum layout_row_kind { LAYOUT_ROW_BODY, LAYOUT_ROW_SUBTOTAL, LAYOUT_ROW_TOTAL };
/* A row of a table or a category of a chart; also what is listed or carded. */
struct layout_row {
	struct query query;          /* names that its cells' queries fall back to */
	struct layout_text label;    /* one row; else the item's own label */
	uint8_t label_from;          /* enum layout_from */
	struct str each;             /* one row a record of this kind (query.where chooses); "side": one a side; "unit": one a
	                              * unit of the group; empty = a single row */
	struct xml_ids metrics;      /* one row a metric */
	int32_t periods;             /* one row a period: that many, up to the query's; 0 = no */
	struct str group_by;         /* field whose value heads a group: a reference or choice */
	struct layout_text group_text; /* topic at the end of the group's head, with the group in context */
	struct str sort;             /* "label", a field, the id of a column, or a metric; empty = file order */
	bool ascending;
	bool absolute;               /* sort without sign */
	int32_t top;                 /* 0 = all */
	bool subtotals;              /* group rows carry the groups' values */
	bool strong;
	struct str limit;            /* column id: beyond its metric's material limit the label is strong */
	bool numbered;               /* number before the label */
	uint8_t kind;                /* enum layout_row_kind: where it stands and how it is ruled */
	struct str mark;             /* field of a side, of a reference to what names a side, or a choice that has a mark or a status; or "side" */
	struct str tail;             /* the same at the end of its row (matrix: who pays) */
	VEC(struct layout_flag) flags; /* matrix: before the tail mark */
	struct str tag;              /* scenario notation of its bars: actual prior plan forecast; empty: from the query */
	struct str code;             /* word printed before its bar (AC, PL, PY) */
	struct layout_text sublabel; /* second line or remark; its word has {0} where sub_query's answer stands */
	bool has_sub;
	struct query sub_query;      /* <sublabel …query…/> */
	struct str date;             /* timeline: field, a date or period; of a row without records: meeting or as-of */
	struct src_pos pos;
};

/* Of a column: WIDTH_SHARE: weight in thousandths; WIDTH_FIXED: length. */
struct layout_width {
	uint8_t kind;                /* enum doc_width */
	mpt width;
};

enum { COLUMN_DECIMAL = DOC_JUSTIFY + 1, COLUMN_UNIT, COLUMN_SIGN }; /* of a column: aligned by an anchor of its figures */
/* Behind every figure; once, in the unit line or a head that says it; once, put behind the column's head. */
enum layout_unit { UNIT_EACH, UNIT_ONCE, UNIT_IN_HEAD };
enum layout_graphic { GRAPHIC_NONE, GRAPHIC_DUMBBELL, GRAPHIC_VARIANCE, GRAPHIC_BAR, GRAPHIC_BULLET, GRAPHIC_BALL, GRAPHIC_STATUS, GRAPHIC_MARK,
	GRAPHIC_HEAT, GRAPHIC_SPARK, GRAPHIC_STACKED };
/* A column of a table or a series of a chart. */
struct layout_column {
	struct str id;
	struct query query;          /* merged over the row's */
	bool has_second;
	struct query second;         /* <second …query…/> dumbbell: second side; bullet: plan */
	struct layout_text head, group; /* adjacent columns with one group share a spanning head; of a run: topic with its record in context */
	uint8_t head_from;           /* enum layout_from */
	struct str group_mark;       /* side whose mark stands before the group's head; "side": the run's own */
	struct str each;             /* <columns each=KIND|side>: the run of columns is repeated, each with that record as item (that side) */
	uint16_t run;                /* columns of one <columns> have the same number, from 1; 0 = not in one */
	struct layout_text text;     /* cells are narrative: the topic with the row's item, metric and the query's side in context */
	uint8_t graphic;             /* enum layout_graphic */
	bool axis;                   /* graphic: the scale's ticks stand in the head */
	int32_t periods;             /* spark: periods back */
	struct layout_width width;
	uint8_t align;               /* enum doc_align, or COLUMN_… */
	mpt pad_left;
	bool label;                  /* holds the row's label */
	bool strong, muted;
	bool limit;                  /* printed strong beyond the metric's material limit */
	bool body_only;              /* empty in subtotal and total rows */
	bool total;                  /* the sum of the columns before it in its run */
	uint8_t unit_once;           /* enum layout_unit: where its figures' unit stands */
	struct str mark;             /* side | field id: a mark before the text */
	struct str scenario_fill;    /* series: actual prior plan forecast; empty: from the query */
	struct str colour;           /* series: palette role, "status", or empty: the side's */
	bool dashed;
	struct str series_each;      /* series: one a record of this kind, or "side": one a side (which gives the colour); stacked graphic: its parts */
	struct str empty;            /* word for a missing or zero value; empty: a dash */
	struct src_pos pos;
};

/* A line or mark across a chart: plan or benchmark. */
struct layout_reference {
	struct query query;
	struct layout_text label;    /* its word has {0} where the figure stands */
	bool short_mark;             /* only a mark at the end */
	struct src_pos pos;
};

enum layout_body { BODY_NONE, BODY_TABLE, BODY_CHART, BODY_CROSS };
enum layout_order { ORDER_FILE, ORDER_SUM, ORDER_WORST };
/* The table or chart of an exhibit. */
struct layout_exhibit {
	uint8_t body;                /* enum layout_body */
	uint8_t chart;               /* enum doc_chart_kind for BODY_CHART */
	VEC(struct layout_row) rows;
	VEC(struct layout_column) columns;
	struct layout_text title, unit, sample; /* message; unit line; what the source line says of the sample */
	struct str source;           /* source id; empty: of the first value shown */
	struct layout_text source_text; /* instead of the source's title */
	mpt source_above;            /* space over the source line, beside its style's */
	struct layout_text alt;      /* none: made from the facts */
	VEC(struct layout_key) keys; /* behind the unit line; with key_above: a line of its own above the plot */
	bool key_above;
	struct str scale;            /* scale group; empty: the measure */
	struct decimal scale_low, scale_high, scale_tick; /* high 0: from the data */
	mpt row_height, height;      /* tables: 12, 16 or 24 pt; charts: 0 = ideal */
	mpt row_pad;                 /* tables: above and below the text; negative: what row_height leaves */
	struct str style;            /* tables: style id of body cells; empty: the role's */
	bool rules, repeat_head, repeat_groups; /* default yes */
	bool zebra;                  /* tables: every second body row of a group on a tint */
	bool foot_rule;              /* tables: a thin rule under the last row, as above the others */
	bool carry;                  /* tables: running sums over page breaks */
	int32_t split;               /* tables: most columns beside each other, labels not counted; 0 = all; the others below, with the labels again */
	struct str turn_to;          /* tables: master of the pages it stands on where its columns need more than the section's have; empty: none */
	struct str cross_row, cross_column, cross_value; /* BODY_CROSS: fields of kind (rows[0].each) */
	uint8_t cross_row_order, cross_column_order;     /* enum layout_order; highest first */
	bool cross_sums;
	struct layout_width cross_head, cross_cell, cross_sum; /* columns: labels, cells, sums; by default the same share each */
	VEC(struct layout_reference) references; /* plan or benchmark lines */
	bool interval;               /* line: 95 % range of the last value */
	bool totals, changes;        /* stacked: total, and change on the row before, at the end of the row */
	VEC(struct layout_text) heads; /* words inside the chart: bridge: level, step, change; stacked: change */
	struct layout_text remark;
	bool has_change;
	struct query change_query;   /* bridge: the change of one step */
	struct str change_kind, change_group; /* bridge: kind of steps, field of their group */
	VEC(struct layout_text) notes; /* between body and source: narrative topics */
	struct src_pos body_pos;     /* of <table>, <chart> or <cross> */
};

/* A line of a KPI tile under its value, in the order written. */
enum layout_tile_line_kind { TILE_BAR, TILE_SIDES, TILE_SPARK, TILE_VIEWS, TILE_DIFFERENCE, TILE_TEXT, TILE_BENCHMARK, TILE_SOURCE,
	TILE_LINE_KIND_COUNT };
struct layout_tile_line {
	uint8_t kind;                /* enum layout_tile_line_kind */
	struct query query;          /* over the tile's: bar: scenario or period; difference: versus */
	struct layout_text text;     /* bar: its code; views, difference: the word before; text: topic with the metric in context */
	int32_t periods;             /* spark */
	struct src_pos pos;
};
struct layout_tile {
	struct query query;          /* its metric, period … */
	struct layout_text label;    /* none: the metric's */
	struct layout_text view_label; /* none: the views line's */
	bool has_view;
	struct query view;           /* <view …/>: what the sides' marks show, where it is not the metric itself */
	struct layout_text benchmark_text, source_text; /* none: the slot's lines' */
	struct str exhibit_ref;      /* slot whose exhibit holds the figure */
	struct src_pos pos;
};

enum layout_slot_kind { SLOT_TITLE, SLOT_NARRATIVE, SLOT_KEY, SLOT_TILES, SLOT_EXHIBIT, SLOT_LIST, SLOT_CARDS, SLOT_SIGNATURES, SLOT_BENCHMARKS,
	SLOT_CONTENTS, SLOT_SPACE, SLOT_RULE, SLOT_IMAGE, SLOT_BOX, SLOT_PROSE, SLOT_KIND_COUNT };
const char *layout_slot_name(enum layout_slot_kind kind); /* as the element is called */
/* Whether a slot shows: a closed list, decided in compose. */
enum layout_show_if { IF_ALWAYS, IF_DATA, IF_RECORDS, IF_STATUS, IF_BEYOND, IF_SIDE, IF_UNIT, IF_SHOWN, IF_HIDDEN };

enum { KEEP_FIRMEST = 9 };
struct layout_slot {
	uint8_t kind;                /* enum layout_slot_kind */
	struct str id;               /* unique in the layout */
	uint8_t start, span;         /* grid columns, start from 0, resolved; the whole width by default */
	uint16_t row;                /* slots of a section (or box) with one number stand side by side */
	bool locked, optional;       /* optional: dropped where a one-page section is too full, the last of them first */
	int32_t keep;                /* below 0 = as its kind does; else strength of keeping together, 0 to 9; 0 = may break */
	bool keep_with_next, keep_with_previous; /* with the same strength; 9 where none is said */
	mpt above;                   /* space over it in place of the section's gap; 0 = the gap; in a row the first one's counts */
	uint8_t show_if;             /* enum layout_show_if */
	struct str show_value;       /* its argument: kind, status words, side ids, unit ids; data: empty or a topic */
	struct decimal show_limit;   /* IF_BEYOND: show_value as a number, where it is one */
	struct query show_query;     /* if-metric if-item if-side if-period if-scenario if-where */
	int32_t level;               /* prose: of its first headings; 0 = under the section's title */
	struct str topic;            /* title, narrative; prose: the text's id; lists and cards: paragraphs of each item behind
	                              * body; signatures: the text above the lines */
	struct str lead_topic;       /* title: the lead under it */
	int32_t take;                /* -1 = the topic's */
	struct str side;             /* wording for this side */
	struct str style, head_style; /* style ids of its paragraphs, and of its items' heads; empty: the roles' */
	struct layout_text heading, heading_unit;
	struct str heading_style;    /* style id of the heading; empty: the role's */
	struct layout_text head, body, amount, foot; /* lists and cards: per item; head none: the record's label */
	bool has_amount;
	struct query amount_query;   /* <amount …query…/> */
	struct str amount_empty;     /* word for a missing or zero amount */
	bool numbered;
	uint8_t fill;                /* enum doc_colour or DOC_COLOUR_COUNT */
	bool rule_top;               /* thin rule above (default yes for narrative with heading, lists without fill, cards, benchmarks) */
	bool accent_top;             /* thick rule above, in the accent colour; on a filled slot in the edge's */
	mpt item_pad;                /* list: above and below each item's text; negative: half the head's leading */
	mpt number_width;            /* list: column of its numbers; 0: the head's leading */
	bool spread;                 /* list: in a taller cell the free height goes between the items */
	uint8_t columns;             /* benchmarks: text columns; cards and tiles: a row; contents: depth */
	bool all;                    /* benchmarks: all that are known, not only those called */
	VEC(struct layout_row) rows; /* what is listed or carded or signs: rows[0].each … */
	VEC(struct layout_tile) tiles;
	VEC(struct layout_tile_line) tile_lines;
	VEC(struct layout_key) keys; /* key slot */
	struct layout_exhibit exhibit;
	struct str image;            /* path in the project */
	struct layout_text image_alt;/* none: decoration */
	mpt image_width, image_height;
	mpt space;                   /* its height; signatures: above each line, 0 = usual */
	VEC(const struct layout_slot *) slots; /* SLOT_BOX */
	struct src_pos pos;
};

/* What callouts of a kind look like: <callout id= fill= edge= mark= head= span the document. */
struct layout_callout {
	struct str id;               /* the kind that texts name */
	uint8_t fill, edge;          /* enum doc_colour: of the box, of the rule over it; DOC_COLOUR_COUNT = none */
	uint8_t mark;                /* enum doc_mark_kind before its head */
	struct layout_text head;     /* what it is called: a word; none: only what the text says */
	struct str style, head_style; /* style ids; empty: the roles' */
	struct src_pos pos;
};

struct layout_section {
	struct str id;
	struct layout_text title;    /* running head and outline: a word */
	struct str first_master, rest_master; /* ids of masters that exist */
	struct str odd_master, even_master, last_master; /* of pages by number, and of its last one; empty: the rest's */
	uint8_t starts;              /* enum doc_side: of its first page */
	struct layout_text blank;    /* what a page left blank before it says */
	mpt gap;                     /* between rows of slots; negative: the master's */
	mpt gap_most;                /* of one page with room to spare: gaps widen in steps up to this; 0 = not */
	int32_t shrink_to;           /* of one page that is too full: type and space shrink to so many per cent at most; 0 = not */
	bool drop_first;             /* optional slots go before anything shrinks, not after */
	bool one_page, new_page, notes, summary; /* summary: benchmarks past their expiry are kept off */
	uint8_t show_if;             /* as a slot's */
	struct str show_value;
	struct decimal show_limit;
	struct query show_query;
	bool locked;
	VEC(const struct layout_slot *) slots;
	struct src_pos pos;
};

struct layout {
	struct str id;
	const struct doc_design *design;
	bool colour_set[DOC_COLOUR_COUNT]; /* which palette roles the files state; the others stand in by a rule of layout_palette.c */
	struct layout_text header[3], footer[3]; /* words with {company} {unit} {period} {title} {classification} {state} {meeting} {section} {page} {pages}
	                               * {first-heading-1} … {last-heading-6}: headings of texts on the page */
	struct xml_ids header_strong, footer_strong; /* which of those are set strong */
	struct layout_text stamp;     /* across every page: DRAFT */
	VEC(struct layout_callout) callouts;
	VEC(const struct layout_section *) sections;
	const struct xml_node *const *words;     /* <words> elements of the merged tree, one a language */
	size_t word_count;
	uint8_t attach;               /* policy: values attached: 0 none, 1 those used, 2 all that were read */
	int32_t exhibits;             /* policy: exhibits a page may have; 0 = not said */
	VEC(struct str) chain;        /* ids, base first */
	VEC(const struct source *) sources; /* of the chain, base first */
	struct src_pos pos;           /* of the layout element that was asked for, the chain's last */
	const struct xml_node *merged; /* the tree after the chain, for the dump and for explain: every node and attribute still knows its file */
};
/* NULL when the layout has no callouts of the kind. */
const struct layout_callout *layout_callout(const struct layout *l, struct str kind);
/* The slot, or NULL. Boxes are looked into. */
const struct layout_slot *layout_slot_lookup(const struct layout *l, struct str id);
/* The style with that id, or the role's where id is empty. Ids in slots were checked. */
const struct doc_style *layout_style(const struct layout *l, struct str id, enum doc_role role);

/* Where layouts and font lists are looked for, in order: project, then shipped. */
struct layout_roots {
	const struct folder *project, *shipped, *fonts; /* fonts: folder of the shipped font list; project may be NULL */
	struct str font_folder;       /* where packages put their fonts: /usr/share/fonts */
	struct str hyphen_folder;     /* where hyphenation patterns are; empty = none */
};
/* id: of a layout: PROJECT/layouts/ID.xml, PROJECT/ID.xml, then SHIPPED/ID.xml (a file that extends its own name means the next of these);
 * or a path in the project when it ends in .xml. NULL after diagnostics. set: NAME=VALUE a line, over what the files say: a colour, measure,
 * family or parameter; NULL: nothing. It stays in use. from: who asked for it. */
const struct layout *layout_load(struct arena *a, struct xml_loader *loader, const struct layout_roots *roots, struct str id,
	const struct source *set, struct src_pos from, struct diag *d);

/* What `entente layouts` lists: in the order of looking, then by name. */
struct layout_found {
	struct str id, path;          /* path with the name of its root before it */
	bool shipped;
};
struct layout_found *layout_list(struct arena *a, const struct layout_roots *roots, size_t *count);

/* Font list: families by name with their face files, package, licence, hash. For `entente fonts`. Files are hashed here and only here. */
struct layout_font_file {
	struct str family, cut, path, package, licence, sha256;
	bool present;                 /* on this machine */
	bool shipped;                 /* from the shipped list, not the company's */
	struct src_pos pos;
};
struct layout_font_file *layout_fonts(struct arena *a, struct xml_loader *loader, const struct layout_roots *roots, size_t *count,
	struct diag *d);

/* A token or parameter as it came out, stated or not. For `entente explain`. */
struct layout_token {
	const char *kind;             /* colour, family, measure, layout (its parameters) */
	struct str name;
	const char *attr;             /* that says it: value, font; of a parameter NULL */
	struct str value;             /* as stated; else what stands in */
	struct str why;               /* not stated: what it is made of */
	struct src_pos pos;           /* where it is stated; nowhere where it is not */
};
struct layout_token *layout_tokens(struct arena *a, const struct layout *l, size_t *count);

/* The merged tree in canonical form, then the resolved design and the slots' places. */
void layout_dump(const struct layout *l, struct buf *out);

#endif
