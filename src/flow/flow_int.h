/* Inside flow/: what its files share. Lengths in thousandths of a point.
 *
 *   flow_measure(block, resume, room) ─▶ fit {FULL | PART | NONE, height, next, plan} ─▶ flow_place(block, fit, rect)
 *
 * Measuring touches no page and blocks never change: where to go on is a value (struct flow_resume), and what was decided
 * is in the fit's plan, so that placing decides nothing again. A fit with resume NULL in unbounded height (its natural
 * height) is kept per block and width. Plans, maps, fits and set text live in the scratch arena; items, their glyphs and
 * tags in the unit's arena.
 */
#ifndef FLOW_FLOW_INT_H
#define FLOW_FLOW_INT_H

#include "base/limits.h"
#include "flow/flow.h"
#include "page/page_pack.h"

/* No page is as high; heights saturate here, so that sums of them never overflow. */
#define FLOW_UNBOUNDED 1000000000
#define FLOW_KEEP_FIRM 9 /* strength of keeps that only the page's height breaks */
#define FLOW_LEAST_WIDTH (36 * MPT_PT) /* frames give up their side padding, columns and cells that break their neighbours, before text gets narrower */
#define FLOW_OWN_TAG INT32_MIN /* place with the paragraph's own tags, not as an artifact */

/* ---- measuring and placing ---- */

/* Where to go on in a block: the part of it that is printed already is a prefix (of children, rows or lines). */
struct flow_resume {
	uint32_t at;                     /* child, row or line to go on with */
	bool done;                       /* of a cell: nothing is left */
	const struct flow_resume *inner; /* inside that child; NULL = from its start */
	const struct flow_resume *cells; /* blocks side by side: one a cell; NULL = all from their start */
	uint32_t cell_count;
};

struct flow_room {
	mpt width, height; /* what is free */
	mpt full;          /* height of an empty page: what exceeds it breaks, keeps or not */
	bool force;        /* the page is empty: something must be placed, and keeps yield */
};

enum flow_fit_kind { FLOW_EMPTY, FLOW_FULL, FLOW_PART, FLOW_NONE };
struct flow_fit {
	uint8_t kind;                   /* enum flow_fit_kind */
	bool resumed;                   /* not the first part of its block */
	mpt height;                     /* used, frame included */
	mpt pad_top, pad_bottom;        /* of the frame, as applied */
	const struct flow_resume *next; /* FLOW_PART: where to go on */
	const void *plan;               /* the kind's own: what to place where */
	const char *why;                /* FLOW_NONE, FLOW_PART: the reason, for explain */
	mpt tall, have;                 /* tall > 0: broken or shrunk although it should be whole: its height, the page's */
};

struct flow;
struct flow_kind {
	struct flow_fit (*measure)(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
		struct flow_room room);
	void (*place)(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r);
	void (*tag)(struct flow *f, const struct doc_block *b, int32_t parent);
	const char *name; /* to show */
};

struct flow_memo {
	mpt width;
	uint32_t version; /* of f->version when it was measured */
	struct flow_fit fit;
	struct flow_memo *next;
};

/* What flow knows of a block. */
struct flow_info {
	int32_t tag;                  /* its element, or the first inside it, or -1 */
	bool notes;                   /* notes are called inside */
	uint32_t target;              /* index in pages.targets + 1; 0 = nothing leads here */
	struct flow_memo *memos;      /* natural fits by width */
	int32_t figure;               /* charts, images: their element or an artifact */
	const struct flow_run *run;   /* exhibits, contents: their parts as a run of blocks; else NULL */
};

/* Blocks below each other. */
struct flow_run {
	const struct doc_block *const *blocks;
	uint32_t count;
	mpt gap;    /* between blocks of a section that bring no space of their own */
	mpt step;   /* blocks start on multiples of it; 0 = anywhere */
	mpt origin; /* of the run's top from the content's top, for the step */
};

/* ---- paragraphs ---- */

struct flow_set { /* a paragraph broken in a width */
	mpt width;
	struct text_lines lines;
	struct flow_set *next;
};
struct flow_run_link {
	uint32_t target; /* index in pages.targets + 1, or 0 */
	uint32_t note;   /* index in flow.notes + 1, or 0 */
};
struct flow_par {
	const struct doc_paragraph *par;
	int32_t tag;                       /* of its element */
	const int32_t *tags;               /* by run; NULL = tag */
	const struct flow_run_link *links; /* by run; NULL = no run has one */
	uint8_t align;                     /* enum doc_align */
	bool notes;                        /* calls some */
	bool refers;                       /* prints page numbers: set again in every flow */
	uint32_t version;                  /* of f->version when prepared, if refers */
	const struct text_paragraph *prepared; /* NULL = not yet */
	struct flow_set *sets;             /* by width */
};

/* ---- tables ---- */

struct flow_cell {
	struct flow_par par;
	int32_t figure;            /* tag of its chart, or an artifact */
	uint16_t column, span;     /* first column, columns */
	uint16_t row_span;
	mpt anchor;                /* in a column whose figures stand below each other by one: from the line's left edge; -1 = none */
	mpt least, natural;        /* widths of its text: widest unbreakable piece, all on one line */
	const unsigned char *line; /* its items set on one line, natural wide, packed; NULL = its lines depend on the width */
};
/* The cell that its paragraph is the text of. */
static inline const struct doc_cell *flow_cell_doc(const struct flow_cell *c)
{
	return (const struct doc_cell *)((const char *)c->par.par - offsetof(struct doc_cell, text));
}
struct flow_grid { /* a table set in a width */
	mpt width;
	mpt full;                  /* height of an empty page, where cells span rows; else 0 */
	uint32_t version;
	mpt *x;                    /* column_count + 1: edges from the left */
	mpt *heights;              /* by row */
	mpt *texts;                /* by row: height of its tallest text */
	mpt head;                  /* height of the heads */
	mpt wants;                 /* width that its columns ask for at least, where that is more than it has; else 0 */
	mpt least;                 /* the same where a piece of text is wider than its column for it */
	mpt carry;                 /* of a row of running sums; 0 = none are carried */
	struct flow_grid *next;
};
struct flow_anchors { /* of a column: the most that its lines have on either side of their anchors */
	mpt before, behind;        /* left and right */
};
struct flow_table {
	const struct doc_table *table;
	struct flow_cell *cells;
	uint32_t *first;           /* row_count + 1: index of the row's first cell */
	uint16_t *reach;           /* by row: rows after it that a span from it or above still covers */
	bool spans;                /* some body cell covers several rows */
	uint32_t *group;           /* by row: its group's head, as an index + 1; NULL = no groups are repeated */
	bool *shaded;              /* by row; NULL = none is */
	struct flow_anchors *anchors; /* by column; NULL = no column's figures have one */
	uint32_t ends;             /* totals at the end */
	bool notes, refers;
	struct flow_grid *grids;
};

/* ---- the whole ---- */

/* Pointers to pointers; only looked up, never walked. */
struct flow_map {
	const void **keys;
	void **values;
	size_t count, room;
};

struct flow_entry { /* of the outline and the contents */
	struct str title;
	struct str lang; /* where it is not the document's */
	uint32_t target; /* index in pages.targets + 1 */
	uint8_t depth;
};

struct flow_running { /* a heading on a page */
	uint32_t page;   /* index */
	uint8_t level;   /* of its text */
	bool top;        /* stands at the page's top */
	struct str text; /* with its number */
};

struct flow_note { /* a note as the sections of a run of pages call it */
	uint32_t section, note; /* indices in doc; the section that calls it first */
	uint32_t target;        /* index in pages.targets + 1 */
	struct flow_par par;    /* its text, tagged as this section's Note */
	bool printed;           /* in this flow */
};
struct flow_notes_known { /* how high a list of notes is */
	const uint32_t *list; /* indices in flow.notes */
	size_t count;
	mpt width, height;
	uint32_t version;     /* of f->version */
};
struct flow_note_text { /* lines of notes that wait for a place at the foot of a page */
	struct flow_par *par;
	struct text_lines lines;
	uint32_t from;          /* first line not printed */
};

/* How a page is to be filled. */
enum { FLOW_BREAKS_AHEAD = 6 }; /* pages */
struct flow_break {
	const struct flow_resume *from; /* where the page starts */
	mpt height;                     /* that its content may take */
	bool force;                     /* as a room's */
	uint8_t yields;                 /* keeps of this strength and weaker ones do not hold */
};
struct flow_breaks { /* found for the next pages */
	struct flow_break pages[FLOW_BREAKS_AHEAD];
	uint32_t count, next;           /* next: the one to take */
	bool searched;                  /* full pages had their cost, so that others were weighed */
};
enum { FLOW_CHANCES = 13 };
struct flow_chance { /* a place where the page at hand could end, for explain */
	struct page_cost cost;          /* of this page */
	int64_t total;                  /* of the cheapest pages that begin with it */
	uint32_t pages;                 /* how many they are */
	bool ends;                      /* the section ends on the last of them */
	mpt height, notes;              /* of the page's content, of the notes under it */
	const struct flow_resume *next; /* where the next page begins; NULL: the section ends */
};

/* The page being filled. */
struct flow_sheet {
	const struct doc_master *master;
	mpt y;                 /* next free, from the page's top */
	mpt top, bottom;       /* of the content */
	bool used;             /* holds content */
	VEC(uint32_t) notes;   /* indices in flow.notes, in order of their calls */
};
struct flow_page_state { /* by page, for the strips */
	const struct doc_master *master;
	uint32_t section;
	bool links;                      /* some lead to places of the document */
};

struct flow {
	struct setter s;                 /* unit's arena, fonts, doc; its diag is the caller's */
	struct arena *scratch;
	struct arena brief;              /* the setter's; beside scratch, since it is rewound */
	struct pages *pages;
	struct page *page;               /* the page being filled; NULL before the first */
	struct arena full;               /* its items where it is to be packed */
	uint32_t *figure_pages;          /* by figure: first page that prints it, of those packed; UINT32_MAX = none */
	struct diag found;               /* what this flow did against a wish; the last flow's goes to the caller */
	struct flow_map infos, pars, tables;
	struct page_packer *cells;       /* of the cells' lines; NULL = none yet */
	uint32_t version;                /* changes when what was measured is out of date */
	bool refers;                     /* some run prints the page of a target */
	bool dry;                        /* only collect calls of notes */
	bool stop;                       /* LIMIT_PAGES is reached */
	bool narrow;                     /* a list without room for its labels was reported */
	uint32_t section;                /* index of the one being tagged or placed */
	uint32_t chapter;                /* while tagging: the last section that starts a page */
	int32_t sect;                    /* while tagging: element of the section, of all its pieces */
	uint8_t untitled;                /* while tagging: levels a section without a title lacks above its headings */
	uint8_t heading;                 /* while tagging: level of the last heading; the next is at most one deeper */
	uint32_t *assumed;               /* by target: page index that references print */
	bool *asked;                     /* by target of the outline: a reference prints its page */
	bool *placed;                    /* by target: in this flow */
	VEC(struct flow_entry) outline, exhibits; /* exhibits: what lists of exhibits show */
	VEC(struct flow_running) running; /* headings placed, for running heads */
	uint32_t outline_targets;        /* the first targets: anchors, sections, bookmarks; behind them those of notes */
	VEC(uint32_t) section_targets;   /* by section: index in pages.targets + 1 */
	VEC(struct flow_note) notes;
	uint32_t *note_latest;           /* by note of doc: index in notes + 1 of the section tagged last */
	uint32_t *note_stamp;            /* by note of doc: stamp of the list that holds it */
	uint32_t stamp;
	VEC(uint32_t) calls;             /* of a dry run: indices in notes */
	uint32_t noted;                  /* while breaks are weighed: footnotes before this index stand on pages before */
	VEC(struct flow_notes_known) notes_known; /* heights of lists of notes, of f->version */
	VEC(struct flow_note_text) waiting; /* notes carried over from the page before */
	struct flow_sheet sheet;
	VEC(struct flow_page_state) states;
	struct doc_frame exhibit_frame;  /* of exhibits that bring none */
	mpt limit;                       /* in an exhibit too tall for a page: what its chart may take; 0 = none */
	uint8_t yields;                  /* while measuring: keeps of this strength and weaker ones do not hold */
	bool weak_keeps;                 /* one that could yield was met */
	struct flow_breaks breaks;
	mpt air;                         /* what the gaps of a one-page section are wider than said, on a page with room to spare */
	mpt squeeze;                     /* 0..1000: charts shrink from their ideal to their least height */
	bool told;                       /* pages say why they end where they do, and what stands on them */
	bool drawn;                      /* and show it */
	uint8_t nesting;                 /* while placing: blocks around the one at hand */
};

/* flow_block.c */
struct flow_info *flow_info(struct flow *f, const struct doc_block *b);
struct flow_fit flow_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room);
struct flow_fit flow_natural(struct flow *f, const struct doc_block *b, mpt width);
void flow_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r);
/* The frame and the target of a block whose content its parent places. */
void flow_place_frame(struct flow *f, const struct doc_block *b, struct rect r);
const char *flow_kind_name(const struct doc_block *b); /* "table" */
uint8_t flow_strength(const struct doc_block *b);      /* of its keeps, 1 to 9 */
uint8_t flow_keep_below(const struct doc_block *b); /* strength of what it asks of the block behind it; 0 = none */
uint8_t flow_keep_above(const struct doc_block *b); /* of the block before it */
uint8_t flow_keep_between(const struct doc_block *above, const struct doc_block *below); /* strength; 0 = none */
bool flow_holds(struct flow *f, uint8_t strength);     /* a keep, on this page */
bool flow_stretches(const struct doc_block *b); /* knows what to do with more height than it needs */
struct flow_fit flow_none(const char *why);
/* What cannot be split: whole, or made smaller where it must stand. */
struct flow_fit flow_unsplit(struct flow *f, mpt height, struct flow_room room, const char *why);
mpt flow_sum(mpt a, mpt b); /* saturates at FLOW_UNBOUNDED */
mpt flow_lines_height(uint32_t lines, mpt leading); /* the same */
mpt flow_baseline_step(const struct flow *f); /* of the page's grid of baselines; 0 = it has none */
const char *flow_mm(struct flow *f, mpt length); /* "12.5" */
const char *flow_name(struct flow *f, const struct doc_block *b); /* "'kpis'" or "block", for messages */
void flow_rect(struct flow *f, uint8_t colour, int32_t tag, struct rect r, struct src_pos pos);
struct src_pos flow_par_pos(const struct doc_paragraph *p, struct src_pos otherwise);

/* flow_map.c */
void *flow_map_lookup(const struct flow_map *m, const void *key);
void flow_map_add(struct arena *a, struct flow_map *m, const void *key, void *value);

/* flow_stack.c */
struct flow_fit flow_run_measure(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room room);
void flow_run_place(struct flow *f, const struct flow_run *run, const struct flow_fit *fit, struct rect r);
bool flow_run_stretches(const struct flow_run *run);
mpt flow_run_space(const struct flow_run *run, uint32_t at); /* above block at when it is not the first */

/* flow_paragraph.c */
struct flow_par *flow_par(struct flow *f, const struct doc_paragraph *p);
const struct text_lines *flow_lines(struct flow *f, struct flow_par *p, mpt width);
/* Prepares what needs no memory after its lines are set, in the brief arena; the caller rewinds it and forgets. */
void flow_prepare_briefly(struct flow *f, struct flow_par *p);
mpt flow_baseline(struct flow *f, const struct doc_style *style); /* from the top of a line */
/* Where the whole words end that stand in so many bytes; in the midst of a word where the first one is longer. */
size_t flow_beginning(struct str text, size_t most);
/* Least parts, of lines or rows, before a break and behind it. */
uint32_t flow_orphans(const struct doc_style *style);
uint32_t flow_widows(const struct doc_style *style);
/* Lines from..to with the first one's top at y; as: FLOW_OWN_TAG or an artifact. */
void flow_par_place(struct flow *f, struct flow_par *p, const struct text_lines *lines, uint32_t from, uint32_t to, mpt x,
	mpt y, int32_t as);
/* The paragraph set in width with its top at y; returns its height. */
mpt flow_par_put(struct flow *f, struct flow_par *p, mpt x, mpt y, mpt width, int32_t as);
mpt flow_par_height(struct flow *f, struct flow_par *p, mpt width);
void flow_prepare(struct flow *f, struct flow_par *p, const struct str *texts);

/* flow_tags.c */
void flow_tags_make(struct flow *f);
int32_t flow_tag_add(struct flow *f, enum page_tag_type type, int32_t parent, struct src_pos pos);
struct page_tag *flow_tag_at(struct flow *f, int32_t tag);
struct page_tag_words *flow_tag_words(struct flow *f, int32_t tag); /* to be filled in */
void flow_tag_block(struct flow *f, const struct doc_block *b, int32_t parent);
/* Tags of the runs; the paragraph's own element is tag. */
void flow_tag_runs(struct flow *f, struct flow_par *p, const struct doc_paragraph *par, int32_t tag);
/* A paragraph as an element of its own (by its level: heading or P); empty ones get none. */
struct flow_par *flow_tag_paragraph(struct flow *f, const struct doc_paragraph *par, enum page_tag_type type, int32_t parent);
int32_t flow_tag_figure(struct flow *f, struct str alt, bool decoration, int32_t parent, struct src_pos pos);

/* flow_links.c */
uint32_t flow_target_add(struct flow *f, int32_t tag);
void flow_target_place(struct flow *f, uint32_t target, mpt y);
void flow_link_line(struct flow *f, const struct flow_par *p, const struct text_line *line, mpt x, mpt baseline);
void flow_outline_collect(struct flow *f);
void flow_bookmarks(struct flow *f);
void flow_link_words(struct flow *f);

/* flow_notes.c */
void flow_notes_call(struct flow *f, const struct flow_par *p, const struct text_line *line);
/* What a page takes of a run together with the notes it calls. */
struct flow_noted {
	const struct flow_run *run;
	const struct flow_resume *from;
	struct flow_room room; /* with the notes */
	mpt most;              /* of the height for the content alone */
	bool ahead;            /* no page that is being filled: it holds nothing yet, */
	uint32_t noted;        /* and footnotes before this index stand on pages before it */
	mpt notes;             /* found: their height, with those that the page holds already; their calls are flow.calls */
	bool pressed;          /* found: content that has room had to go because of the notes it calls */
};
struct flow_fit flow_notes_fit(struct flow *f, struct flow_noted *n);
mpt flow_notes_look(struct flow *f, struct flow_noted *n, const struct flow_fit *fit); /* calls and height of a fit's notes */
mpt flow_notes_height(struct flow *f);     /* of the page's notes with the dry run's calls */
bool flow_notes_wait(struct flow *f, mpt free); /* some would not fit under the page's content and go on on the next one */
mpt flow_notes_waiting(struct flow *f);    /* that earlier notes will take on this page */
void flow_notes_accept(struct flow *f);    /* the dry run's calls are the page's now */
void flow_notes_place(struct flow *f);     /* at the foot of the page; the rest waits */

/* flow_breaks.c */
bool flow_same_place(const struct flow_resume *a, const struct flow_resume *b);
/* How to fill the page that starts at from, where the section does not end on it; first: its room, rest: of the pages after
 * it; end_open: what follows the section goes on on its last page. */
struct flow_break flow_break_choose(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room first, struct flow_room rest, bool end_open);
/* For explain, right after a choice: the places where that page could have ended, fullest first, each with what it costs. */
uint32_t flow_break_weigh(struct flow *f, const struct flow_run *run, const struct flow_resume *from, struct flow_room first,
	struct flow_room rest, bool end_open, struct flow_chance chances[FLOW_CHANCES]);
/* The block whose keep of that strength a break at this place breaks; parted: inside of it, else from what follows it. */
const struct doc_block *flow_break_kept(const struct doc_block *const *blocks, const struct flow_resume *at, uint8_t strength,
	bool *parted);

/* flow_explain.c: what a page tells those who ask; nothing where nobody does. */
void flow_tell_page(struct flow *f);  /* begun: its master */
void flow_tell_block(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r);
void flow_tell_lines(struct flow *f, struct flow_par *p, const struct text_lines *lines, uint32_t from, uint32_t to, mpt x,
	mpt baseline);
/* The places where the page could end; the choice is f->breaks'. */
void flow_tell_chances(struct flow *f, const struct flow_run *run, const struct flow_resume *from, struct flow_room first,
	struct flow_room rest, bool end_open);
/* The most that the page could take, and why not more. */
void flow_tell_most(struct flow *f, const struct flow_run *run, const struct flow_resume *from, const struct flow_fit *fit);
void flow_tell_fit(struct flow *f, const struct flow_fit *fit); /* what it takes */
void flow_tell_end(struct flow *f, enum page_end end); /* the section at hand is not on the page any more */

/* flow_overlay.c: draws what the page at hand told over it; nothing where that is not asked for. */
void flow_underlay(struct flow *f); /* the grid, before the content */
void flow_overlay(struct flow *f);

/* flow_page.c */
void flow_sections(struct flow *f);
/* Where the items of page f->page go; and that they are all there. */
void flow_page_open(struct flow *f, uint32_t page);
void flow_page_close(struct flow *f, uint32_t page);

/* flow_masters.c */
const struct doc_master *flow_master_by_side(const struct flow *f); /* of the page that follows, by its number */
/* Of the page that follows in the section: by its number, or the last one's where all of the run that is left fits on it. */
const struct doc_master *flow_next_master(struct flow *f, const struct flow_run *run, const struct flow_resume *from);
bool flow_starts_across(const struct flow *f); /* the section's first page would have the other side: one is left blank before it */
void flow_blank_text(struct flow *f, const struct doc_paragraph *text);
void flow_stamp(struct flow *f);

/* flow_running.c */
void flow_running_add(struct flow *f, const struct doc_block *b, mpt y); /* a heading on the page being filled */
/* What a running head prints on a page: the first or last heading of a level on it, else the one in force; DOC_HEADING(). */
struct str flow_running_text(const struct flow *f, uint32_t page, uint32_t which);

/* flow_strips.c */
void flow_strips(struct flow *f);

/* flow_table.c, flow_table_widths.c, flow_table_break.c */
struct flow_table *flow_table(struct flow *f, const struct doc_table *t);
void flow_table_widths(struct flow *f, struct flow_table *t, struct flow_grid *g);
/* Sets the cell's text once: on one line where that may be all it needs. */
void flow_cell_set(struct flow *f, struct flow_table *t, struct flow_cell *c);
uint32_t flow_cell_lines(struct flow *f, struct flow_cell *c, mpt width);
struct flow_cell_place {
	mpt x, y, width;   /* of its text: top left */
	uint32_t from, to; /* lines */
	int32_t as;        /* FLOW_OWN_TAG or an artifact */
};
void flow_cell_place(struct flow *f, struct flow_cell *c, const struct flow_cell_place *at);
mpt flow_cell_inner(const struct flow_table *t, const struct flow_grid *g, const struct flow_cell *c, mpt *x);
struct flow_table_plan {
	struct flow_table *table;
	struct flow_grid *grid;
	bool heads, own;                 /* heads are drawn; with their own tags */
	bool brought, carried;           /* running sums stand under the heads, under the last row */
	uint32_t group;                  /* head of the group that goes on, as an index + 1; 0 = none stands under the heads */
	mpt above, below;                /* height of what stands under the heads, of what is carried */
	uint32_t from, to;               /* rows */
	const struct flow_resume *start; /* lines of the first row's cells printed before, or NULL */
	const struct flow_resume *stop;  /* lines of the last row's cells that are printed, or NULL = all */
	mpt first_height, last_height;   /* of a row that is split: what shows of it */
	bool keep_broken;                /* no break without breaking a keep */
	mpt full;                        /* with stop: height of an empty page */
};
struct flow_fit flow_table_break(struct flow *f, struct flow_table *t, struct flow_grid *g, const struct flow_resume *from,
	struct flow_room room);
void flow_table_tag(struct flow *f, const struct doc_block *b, int32_t parent);

/* flow_table_align.c */
void flow_cell_anchor(struct flow *f, struct flow_table *t, struct flow_cell *c, const struct text_line *line);
mpt flow_cell_hang(const struct flow_table *t, const struct flow_cell *c); /* what keeps its line from the side it is flush at */
mpt flow_hang_left(const struct flow_cell *c, mpt hang); /* the part of that which is at the left */
/* Moves a running sum below the figures it is of. */
void flow_carry_hang(struct flow *f, const struct flow_table *t, uint16_t column, struct flow_par *sum, mpt *x, mpt *width);

/* handlers, by kind of block */
#define FLOW_KIND(name)                                                                                                 \
	struct flow_fit flow_##name##_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,        \
		struct flow_room room);                                                                                         \
	void flow_##name##_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r);         \
	void flow_##name##_tag(struct flow *f, const struct doc_block *b, int32_t parent);
FLOW_KIND(paragraph)
FLOW_KIND(stack)
FLOW_KIND(row)
FLOW_KIND(list)
FLOW_KIND(table)
FLOW_KIND(chart)
FLOW_KIND(exhibit)
FLOW_KIND(image)
FLOW_KIND(rule)
FLOW_KIND(space)
FLOW_KIND(contents)
FLOW_KIND(columns)
FLOW_KIND(signatures)
#undef FLOW_KIND

#endif
