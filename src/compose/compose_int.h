/* What the files of compose/ share. */
#ifndef COMPOSE_COMPOSE_INT_H
#define COMPOSE_COMPOSE_INT_H

#include "base/addresses.h"
#include "compose/compose.h"

enum { SPARK_PERIODS = 8 }; /* of a sparkline where the layout does not say */

/* A slot that is shown: decided before anything is composed, so that words can refer forward to exhibits and pages. */
struct planned {
	const struct layout_slot *slot;
	uint32_t anchor;        /* of its block */
	uint32_t exhibit;       /* number, 0 = no exhibit */
};

/* How a scale of doc.scales comes about. doc_scale's low and high are those of the values until the section ends. */
struct scaling {
	uint8_t measure;        /* enum facts_measure */
	int8_t exponent;        /* money: values are in 10^exponent */
	struct str currency;    /* money */
	bool shares;            /* every value is a share of a whole: the scale shows all of it */
	bool set;               /* bounds set by the layout: set_low, set_high; a value beyond them still moves them */
	struct decimal set_low, set_high;
	struct src_pos set_pos; /* of the exhibit that set them */
	bool axis;              /* ticks are shown */
};
/* What is plotted on one scale is measured alike. */
struct measured {
	uint8_t measure;        /* enum facts_measure */
	int8_t exponent;        /* money */
	struct str currency;    /* money */
};

/* A part of a text that can be referred to: decided before anything is composed. */
struct passage {
	const struct prose *prose;
	uint32_t anchor;
	uint32_t exhibit;       /* number of a figure or table, 0 = none */
	struct str number;      /* of a heading as printed, "2.1"; empty = none */
};
/* A page break of a text: the section is cut behind one block, and goes on with another. */
struct page_cut {
	const struct doc_block *behind, *next;
	const struct prose *how;
};
struct footnotes { /* of one table, in the order of their calls */
	VEC(uint32_t) notes;    /* indices in doc.notes */
};

/* What the source line says of figures that are not as they were told. */
struct origin {
	const struct facts_unit_change *change; /* restated; NULL: converted */
	uint8_t kind;                        /* enum facts_rate_kind, of what was converted */
	struct str currency;                 /* what it was converted from; id of the unit that was restated */
	const struct facts_source *source;   /* of the rate, or NULL */
};

struct composer {
	enum say_length length;          /* of the wording asked for where it stands; LENGTH_ANY: none is named */
	struct arena *arena;
	struct arena *runs;                  /* where runs are made: the arena, or the rows' of the input while lines of a table are */
	struct diag *diag;
	const struct compose_input *in;
	struct compose_reasons *reasons;     /* or NULL */
	struct doc *doc;
	const struct doc_design *design;
	struct map planned;                  /* slot id -> struct planned */
	struct map hidden;                   /* slot id -> why it is not shown, text with a NUL */
	struct map sections;                 /* section id -> itself, of those shown */
	struct addresses values;             /* facts_value -> index + 1 in doc.values */
	struct map subjects;                 /* what a doc_subject is made of, as bytes -> itself */
	struct map notes;                    /* citation -> index + 1 in doc.notes */
	struct benchmarks_shown {
		VEC(const struct facts_benchmark *) list;
	} noted;                             /* beside doc.notes: the first benchmark that called it */
	uint32_t note_numbers;               /* given to notes so far */
	struct map footnotes;                /* bytes of a say_part pointer -> index + 1 in doc.notes */
	struct map footnote_ids;             /* id -> index + 1 in doc.notes */
	struct footnotes *below;             /* of the table being composed: its footnotes stand under it; NULL outside */
	struct map places;                   /* bytes of a prose pointer -> struct passage */
	struct map place_ids;                /* id -> struct passage */
	VEC(struct page_cut) cuts;           /* of the section being composed: page breaks of its texts */
	bool rtl;                            /* base direction of what is composed */
	struct str lang;                     /* of the text being composed where it is not the document's; else empty */
	bool note_called;                    /* in the section being composed */
	const struct layout_section *section;/* being composed; NULL outside */
	const struct layout_slot *slot;
	uint32_t exhibit;                    /* number of the exhibit being composed, 0 outside */
	struct benchmarks_shown shown;       /* benchmarks plotted in this exhibit: their notes are called in its source line */
	uint32_t withheld;    /* answers that something withheld in this exhibit would need; 0 = nothing is */
	const struct facts_source *withheld_source; /* of the first value withheld in this exhibit; NULL: there is none */
	const struct facts_source *shown_source; /* of the first value or record shown in this exhibit; NULL before */
	struct shown_sample {
		struct decimal least, most;  /* answers behind each value of shown_source, as far as they are numbers */
		bool known, of_side;         /* there is one; the first is of one side: values of both together are passed over then */
	} shown_sample;                      /* of this exhibit */
	VEC(struct origin) origins;          /* of the figures of this exhibit so far */
	bool rounded;                        /* printed parts of this exhibit do not add up */
	uint32_t first_scale;                /* of this section in doc.scales */
	VEC(struct scaling) scaling;         /* beside doc.scales */
};

/* ---- compose_origin.c ---- */
struct runs;
void origins_add(struct composer *c, const struct facts_value *v);
void origins_runs(struct composer *c, struct runs *out, struct src_pos pos);

/* ---- compose_runs.c: building inline content and blocks ---- */

struct runs {
	VEC(struct doc_run) list;
};
struct doc_run *run_add(struct composer *c, struct runs *r, enum doc_run_kind kind, struct src_pos pos);
void run_text(struct composer *c, struct runs *r, struct str text, unsigned flags, struct src_pos pos);
void run_figure(struct composer *c, struct runs *r, struct str text, int32_t figure, unsigned flags, struct src_pos pos);
void run_mark(struct composer *c, struct runs *r, enum doc_mark_kind mark, uint8_t colour, struct str alt, struct src_pos pos);
/* Mark of a side (joint when NULL) or of a status. */
void run_side(struct composer *c, struct runs *r, const struct facts_side *side, struct str alt, struct src_pos pos);
void append_runs(struct composer *c, const struct runs *from, struct runs *to);
void run_status(struct composer *c, struct runs *r, uint8_t status, struct str words, struct src_pos pos);
/* Ends the runs. */
struct doc_paragraph paragraph_of(struct composer *c, const struct doc_style *style, struct runs *r, uint8_t level);
const struct doc_block *block_paragraph(struct composer *c, const struct doc_style *style, struct runs *r, uint8_t level,
	struct src_pos pos);
struct doc_block *block_add(struct composer *c, enum doc_block_kind kind, struct src_pos pos);
/* How firmly it stays together, as a layout or a text says: keep below 0 = as its kind does, 0 = it may break. */
void block_keep(struct doc_block *block, int32_t keep, bool with_next, bool with_previous);
const struct doc_style *style_for(const struct composer *c, enum doc_role role);
struct blocks {
	VEC(const struct doc_block *) list;
};
struct doc_block *block_stack(struct composer *c, const struct blocks *blocks, struct src_pos pos);
/* The view of all sides where it is NULL: that has a mark and a colour of its own. */
const struct facts_side *side_or_joint(const struct composer *c, const struct facts_side *side);
uint8_t side_shape(struct str name);                /* enum doc_mark_kind; MARK_NONE: no shape of sides is called that */
/* Reports sides that the layout has no look for. */
void check_sides(struct composer *c);
uint8_t side_mark(const struct facts_side *side);   /* enum doc_mark_kind */
uint8_t side_colour(const struct facts_side *side); /* enum doc_colour */
enum doc_colour colour_named(struct str role);      /* DOC_COLOUR_COUNT when there is none of that name */
uint8_t mark_named(struct str name);                /* enum doc_mark_kind; MARK_NONE when there is none of that name */
uint8_t mark_of_status(uint8_t status);
uint8_t colour_of_status(uint8_t status);

/* ---- compose_print.c: answers to printed text ---- */

struct printed {
	struct str text;
	int32_t figure;         /* index in doc.figures, or -1 */
	bool missing;
};
/* A text with the first letter that the form (enum query_form) asks for. */
struct str print_text(struct composer *c, struct str text, uint8_t form);
/* The text of an answer as its query's form asks; bare: number without its unit. Missing gives the word 'missing'. */
struct printed print_answer(struct composer *c, const struct answer *answer, const struct query *q, bool bare);
/* A number alone, with its unit or bare, as no figure of the document yet. */
struct str print_number(struct composer *c, const struct facts_value *v, const struct query *q, bool bare);
/* A number made elsewhere, with the unit that the query's form gives figures like v. */
struct str print_with_unit(struct composer *c, const struct facts_value *v, const struct query *q, struct str number);
struct printed print_query(struct composer *c, const struct query *q, const struct calc_context *ctx, bool bare);
/* Warns that a figure the layout asks for at pos has no value, and where its metric is declared. */
void report_missing(struct composer *c, const struct query *q, const struct answer *answer, struct src_pos pos);
/* The label of a side by its id; of the joint view for any other. */
struct str facts_label_of_side(struct composer *c, struct str id);
/* The unit a metric is printed in: "%", "€ m", "days"; empty for pure numbers. */
struct str print_unit(struct composer *c, const struct facts_metric *m);
/* The same of a figure as the query asks for it. */
struct str print_unit_of(struct composer *c, const struct facts_value *v, const struct query *q);
/* Whether two figures can stand under one unit: measured alike, in the same power of a thousand and the same currency. */
bool same_unit(const struct facts_value *a, const struct facts_value *b);
struct str print_period(struct composer *c, struct period p, enum locale_period form);
/* Value and operands into doc.values; the index. */
uint32_t value_index(struct composer *c, const struct facts_value *v);
int32_t figure_add(struct composer *c, struct str text, const struct facts_value *v);

/* ---- compose_say.c, compose_inline.c: narrative to runs ---- */

struct saying { /* what a say is turned into runs with */
	struct composer *c;
	const struct calc_context *ctx;
	struct runs *out;
	unsigned flags;                   /* of the runs made: strong, emphasis around them */
	struct benchmarks_shown *figures; /* benchmarks whose figure or wording was said */
	bool quiet;                       /* for a title elsewhere: notes are passed over */
	const struct calc_driver *driver; /* the part that is spoken of; NULL outside drivers */
};
/* A sentence was chosen whose figure is not there. Without a reason it has been reported. */
void missing_figure(struct saying *s, const struct say_part *part, struct str why);
void say_parts(struct saying *s, const struct say_part *const *parts, size_t count);
void say_inside(struct saying *s, const struct say_part *part, unsigned flag);
/* What a record's text holds in inline markup; false where the answer is none. */
bool say_markup(struct saying *s, const struct answer *answer, const struct query *q);
/* An answer as print_answer says it, or with the markup of a record's text. */
void answer_runs(struct composer *c, const struct answer *answer, const struct query *q, bool bare, unsigned flags, struct runs *out);
void say_code(struct saying *s, const struct say_part *part);
void say_super(struct saying *s, const struct say_part *part);
void say_sub(struct saying *s, const struct say_part *part);
void say_small_caps(struct saying *s, const struct say_part *part);
void say_no_break(struct saying *s, const struct say_part *part);
void say_language(struct saying *s, const struct say_part *part);
void say_link(struct saying *s, const struct say_part *part);
void say_link_to(struct saying *s, const struct say_part *part);
void say_place(struct saying *s, const struct say_part *part);
void say_footnote(struct saying *s, const struct say_part *part);
void say_footnote_again(struct saying *s, const struct say_part *part);
/* ---- compose_range.c ---- */
void say_range(struct saying *s, const struct say_part *part);
/* ---- compose_drivers.c ---- */
void say_drivers(struct saying *s, const struct say_part *part);
void say_by(struct saying *s, const struct say_part *part);
void say_explained(struct saying *s, const struct say_part *part);
/* Why parts cannot be named: they explain too little, or nothing works against the change. Empty when they can. */
struct str unexplained(struct composer *c, const struct say_part *part, const struct calc_context *ctx);

/* ---- compose_say.c again ---- */
/* The footnotes of a table as paragraphs under it. */
void footnotes_below(struct composer *c, const struct footnotes *below, struct src_pos pos, struct blocks *out);
/* The words of a sentence or paragraph, with a note on every benchmark that they do not call themselves. */
void say_words(struct composer *c, const struct say_part *const *parts, size_t count, const struct calc_context *ctx,
	struct src_pos pos, struct runs *out);
/* The same as plain text without notes, for titles elsewhere. */
struct str say_plain(struct composer *c, const struct say_part *const *parts, size_t count);

struct calc_context context_of(const struct facts_record *item, struct str side, struct str metric);
void say_runs(struct composer *c, const struct say *say, const struct calc_context *ctx, struct runs *out);
/* Edited words in place of those picked (compose_override.c); ctx: what the topic was asked with. */
void edit_picks(struct composer *c, struct str topic, struct picks *picks, const struct calc_context *ctx);
/* Asks for wordings of a length from here on; what was asked for before. */
enum say_length ask_length(struct composer *c, enum say_length length);
/* Picks of a topic, noted among the reasons. */
struct picks topic_picks(struct composer *c, struct str topic, int take, struct str side, const struct calc_context *ctx,
	struct src_pos pos);
/* One sentence of a topic (take 1) as runs; false when nothing applied (DIAG_TOPIC_EMPTY). */
bool topic_runs(struct composer *c, struct str topic, const struct calc_context *ctx, struct src_pos pos, struct runs *out);
/* A layout's text: its word, or its topic. False when the text says nothing. */
bool text_runs(struct composer *c, const struct layout_text *text, const struct calc_context *ctx, struct runs *out);
bool has_text(const struct layout_text *text);
/* The word with {0} filled in by a figure that stays one. */
void phrase_runs(struct composer *c, const struct layout_text *text, const struct printed *printed, struct runs *out);
struct str text_plain(struct composer *c, const struct layout_text *text, const struct calc_context *ctx);
struct str runs_plain(struct composer *c, const struct runs *r);
/* A word that the layout names at pos; unknown ones are errors there. */
struct str word_at(struct composer *c, struct str id, struct src_pos pos);
struct str word(struct composer *c, const char *id);
struct str words_of(struct composer *c, const char *id, const struct str *args, size_t count);

/* ---- compose_state.c: drafts ---- */

void state_runs(struct composer *c, struct runs *out, struct src_pos pos); /* "Draft, revision 3" */
void state_meta(struct composer *c);
/* Whether the paper is unfinished and its layout says so in no header, footer or stamp: then the header's end does, before its own words. */
bool state_to_add(struct composer *c);
void state_before(struct composer *c, struct runs *out, bool alone, struct src_pos pos);
/* "withheld: fewer than 5 answers"; bare: "n < 5", for cells and marks. */
struct str withheld_text(struct composer *c, uint32_t least, bool bare);
/* The same of an answer: an exhibit of which nothing else is shown has its source. */
struct str withheld_answer(struct composer *c, const struct answer *answer, bool bare);
/* What stands for a figure that is not there: the word for it; in a draft a hole that names who is awaited. q may be NULL. */
struct str missing_text(struct composer *c, const struct query *q);
/* A last section that lists what a draft lacks; none when it lacks nothing. */
void compose_holes(struct composer *c);

/* ---- compose_notes.c: benchmarks as notes ---- */

uint32_t note_of(struct composer *c, const struct facts_benchmark *b);  /* index in doc.notes */
void run_note(struct composer *c, struct runs *r, const struct facts_benchmark *b, struct src_pos pos);
/* Whether runs from first on call a note on the study that the benchmark is of. */
bool study_called(const struct composer *c, const struct runs *runs, size_t first, const struct facts_benchmark *b);
/* Whether a section prints its notes: a layout that neither asks for them nor lists benchmarks gets them where they are called. */
bool notes_here(const struct composer *c, const struct layout_section *s);
struct str benchmark_citation(struct composer *c, const struct facts_benchmark *b);
bool benchmark_old(const struct composer *c, const struct facts_benchmark *b);
bool benchmark_current(struct composer *c, const struct facts_benchmark *b); /* may stand on this section; else a warning */
/* The answer, or a missing one where it is a benchmark too old for this section. */
struct answer benchmark_kept(struct composer *c, struct answer answer);

/* ---- compose_prose.c, compose_prose_plan.c, compose_prose_table.c: texts ---- */

struct prosing { /* what a text is turned into blocks with */
	struct composer *c;
	const struct layout_slot *slot;
	const struct doc_style *text;        /* of its paragraphs here */
	uint8_t level;                       /* of a heading of level 0: what is added to those of the text */
	uint8_t depth;                       /* lists around */
	uint32_t figures;                    /* in columns and cells: none stands alone */
};
struct doc_block *compose_prose(struct composer *c, const struct layout_slot *s);
void prose_block(struct prosing *p, const struct prose *b, struct blocks *out);
void prose_runs(struct prosing *p, const struct prose *b, struct runs *out);
struct doc_block *prose_table(struct prosing *p, const struct prose *b);
/* compose_parts.c: most columns of a part of a table where not so many letters have room in each; 0 = all of them stand beside each other. */
uint32_t columns_beside(struct composer *c, uint32_t count, uint32_t letters, struct src_pos pos);
/* A table in parts of most columns below each other; labels stand in each. */
struct doc_block *table_in_parts(struct composer *c, const struct doc_block *whole, uint32_t most);
struct doc_block *prose_figure(struct prosing *p, const struct prose *b);
struct numbering { /* goes on from one text of a paper to the next, so that a number names one place */
	uint32_t headings[6]; /* given by level */
	uint32_t exhibits;
};
/* Numbers and anchors of a text's headings, figures and tables. */
void plan_text(struct composer *c, const struct layout_slot *s, struct numbering *n);
const struct passage *passage_of(const struct composer *c, const struct prose *b); /* NULL: nothing refers to it */
/* "2.1": a pattern whose numbers are replaced by counters[.. level], the last of them by that of level. */
struct str numbered_label(struct composer *c, struct str pattern, const uint32_t *counters, size_t level);
bool language_rtl(struct str lang);
struct str exhibit_number(struct composer *c, uint32_t number);
/* The map key of a pointer. */
struct str pointer_key(struct composer *c, const void *pointer);

/* ---- compose_plan.c ---- */

void plan_slots(struct composer *c);
bool section_shown(const struct composer *c, const struct layout_section *s);
const struct compose_turn *turn_of(const struct composer *c, struct str slot); /* NULL: it did not turn */
/* What explain says of a slot. */
void note_shown(struct composer *c, const struct layout_slot *s);
void note_hidden(struct composer *c, const struct layout_slot *s);
void note_empty(struct composer *c, const struct layout_slot *s);
void note_topic(struct composer *c, struct str topic, const struct picks *picks);
const struct doc_master *section_master(const struct composer *c); /* the first of the section being composed */
const struct planned *slot_planned(const struct composer *c, struct str id);

/* ---- compose_slots.c and the files of single slots: a slot to a block; NULL when it has nothing to show ---- */

struct doc_block *compose_title(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_narrative(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_key(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_tiles(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_exhibit(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_list(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_cards(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_signatures(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_benchmarks(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_image(struct composer *c, const struct layout_slot *s);
struct doc_block *compose_box(struct composer *c, const struct layout_slot *s);
/* The frame a slot asks for: fill, rule or accent above; NULL when none. */
const struct doc_frame *slot_frame(struct composer *c, const struct layout_slot *s);
/* Adjacent slots that fit beside each other become rows, on a grid of so many columns. */
void compose_rows(struct composer *c, const struct layout_slot *const *slots, size_t count, uint8_t grid, struct blocks *out);
/* Heading of a narrative, list or cards slot with its unit behind it; nothing when the slot has none. */
void compose_heading(struct composer *c, const struct layout_slot *s, struct blocks *out);
/* The marks and words a key asks for, appended to a unit line or key line. */
void key_runs(struct composer *c, const struct layout_key *keys, size_t count, struct runs *out);

/* ---- compose_lines.c: rows of layouts to lines with their items ---- */

enum line_kind { LINE_BODY, LINE_GROUP, LINE_SUBTOTAL, LINE_TOTAL };
struct line { /* one row of a table, one category of a chart, one item of a list, one card */
	const struct layout_row *row;
	const struct query *query;       /* the row's, with the period, metric or side of this line; lines of records share one */
	struct calc_context context;     /* its item, side or metric */
	struct str group_label;          /* LINE_GROUP: its head; else the label of its group, or empty */
	uint8_t kind;                    /* enum line_kind */
	uint32_t number;                 /* from 1 among the body lines of its row; 0 otherwise */
};
struct lines {
	VEC(struct line) list;
};
/* columns may be NULL (count 0): they are what a row may be sorted by. */
struct lines lines_of(struct composer *c, const struct layout_row *rows, size_t count, const struct layout_column *columns,
	size_t column_count);
/* The label of a line with its number and mark: the row's text, else what label_from names, else its item's or metric's label. */
void line_label(struct composer *c, const struct line *l, struct runs *out);
struct str line_label_plain(struct composer *c, const struct line *l);
/* The query of a cell: the column's names over the line's. */
struct query cell_query(const struct line *l, const struct query *column);
/* What a head or label takes from the query: its period, metric, side, scenario or item; false for FROM_TEXT. */
bool from_runs(struct composer *c, enum layout_from from, const struct query *q, const struct calc_context *ctx, struct runs *out);
/* The second line or remark of a line, its figure in it; false when it has none. */
bool line_sublabel(struct composer *c, const struct line *l, struct runs *out);
/* The field that says whose a record is: the first side that it names; NULL when it names none. */
/* Rows of each unit of a group; false where the catalogue has a kind of that name. */
bool is_each_unit(const struct composer *c, struct str each);
const struct facts_field *side_field(const struct facts_record *r);
/* The mark of a side field, of a reference to a record with a side, or of a choice; false when there is none. name "side": that of the context's
 * side, else of the record's own. */
bool mark_of(struct composer *c, const struct calc_context *ctx, struct str name, uint8_t *mark, uint8_t *colour);
/* Label of a choice in words: "KIND.FIELD.CHOICE", else the id. */
struct str choice_label(struct composer *c, const struct facts_record *r, const struct facts_field *f);
/* The status that a choice stands for (enum facts_status); none when there is no such choice. */
uint8_t choice_status(const struct facts_field *f);

/* ---- compose_scale.c ---- */

/* The section's scale with this id (empty: named after what is measured), made at first use; index in doc.scales. */
uint16_t scale_of(struct composer *c, struct str id, struct measured measured);
/* That of an exhibit: its scale group, its bounds where the layout sets them. */
uint16_t scale_of_exhibit(struct composer *c, const struct layout_exhibit *e, struct measured measured);
void scale_extend(struct composer *c, uint16_t scale, struct decimal value);
void scale_with_axis(struct composer *c, uint16_t scale); /* ticks are shown: bounds become multiples of the tick */
void scales_finish(struct composer *c);                   /* at the end of a section: low, high, tick */

/* ---- compose_columns.c: columns of layouts, runs of them repeated a record or side each ---- */

struct column {
	const struct layout_column *layout;
	struct query query;              /* the column's, with the side of its run */
	struct calc_context context;     /* item or side of its run; empty where it is in none */
	uint32_t group;                  /* adjacent columns with one number share a spanning head; 0 = none */
};
struct columns {
	VEC(struct column) list;
};
struct columns columns_of(struct composer *c, const struct layout_exhibit *e);
/* compose_there.c: whether some cell of a body row of an exhibit has a value. */
bool values_there(struct composer *c, const struct layout_exhibit *e);
/* Whether some metric that rows or columns name is told for a side: else an exhibit of each side has nothing to show of it. */
bool side_has_place(const struct composer *c, const struct layout_row *rows, size_t row_count, const struct layout_column *columns,
	size_t column_count, const struct facts_side *side);
/* What a cell is asked: the column over the line, and the column's item and side before the line's. */
struct query column_query(const struct line *l, const struct column *column);
struct calc_context column_context(const struct line *l, const struct column *column);
/* What a cell's narrative sees: the item, and the metric and side that its query would ask for. */
struct calc_context text_context(const struct line *l, const struct column *column);

/* ---- compose_rounding.c ---- */

struct sum {
	struct decimal exact, printed;
	bool any, lost;                  /* lost: too large to add */
};
struct adding { /* one column of a table while its lines are made */
	struct sum all, group;           /* of the body lines so far; of those of the group */
	const struct facts_value *subtotal; /* of the group's head, or NULL */
	struct decimal subtotal_printed;
};
/* A value printed in a line; the exhibit is marked where parts do not add up to it as printed, though they do exactly. */
void rounding_of_line(struct composer *c, struct adding *a, const struct line *line, const struct facts_value *v, int decimals);
void rounding_of_group(struct composer *c, struct adding *a); /* the group ends */
void rounding_of_parts(struct composer *c, const struct facts_value *const *parts, size_t count, const struct facts_value *total, int decimals);

/* ---- bodies of exhibits ---- */

struct doc_block *compose_table(struct composer *c, const struct layout_exhibit *e, struct src_pos pos);
struct doc_block *compose_cross(struct composer *c, const struct layout_exhibit *e, struct src_pos pos);
struct doc_block *compose_chart(struct composer *c, const struct layout_exhibit *e, struct str title, struct src_pos pos);
/* Fill of a cell by its step (1 … 4; 0 = none), its text in the colour that reads on it. */
void heat_paint(struct composer *c, int step, struct runs *runs, struct doc_cell *cell);
/* Step of a choice or number on the heat colours. */
int heat_step(const struct facts_field *f);
/* The graphic of a cell, or NULL when its column has none or the cell no value. */
const struct doc_chart *cell_graphic(struct composer *c, const struct layout_exhibit *e, const struct column *column,
	const struct line *line);
/* The columns of a table or series of a chart whose cell is a chart. */
bool is_chart_graphic(const struct layout_column *layout);
/* Colour of what a column plots: stated, else its side's, else ink; DOC_COLOUR_COUNT never. */
uint8_t column_colour(struct composer *c, const struct column *column);
const struct doc_chart *axis_graphic(struct composer *c, const struct layout_exhibit *e, const struct column *column,
	const struct lines *lines);
/* Status of a cell: of the record's field where its choices have one, else of the metric, and only beyond its limit where it has one. *words
 * is what to print beside the mark. */
uint8_t cell_status(struct composer *c, const struct column *column, const struct line *line, struct str *words);
struct str status_words(struct composer *c, const struct calc_status *status, const struct facts_metric *m);
/* What a chart shows, in words, from its data; marked: what its categories show by marks alone, the first so many. */
struct str chart_alt(struct composer *c, const struct doc_chart *chart, const struct str *marked, size_t marked_count, struct str title);
/* Notation of a query's bars: fill names it, else the query's scenario; the actual of an earlier period is the prior. */
uint8_t doc_scenario_of(const struct query *q, struct str fill); /* enum doc_scenario */

/* ---- compose_datum.c ---- */

/* A query as a chart's datum: value as printed, label with its figure; the scale grows to hold it. */
struct doc_datum datum_of(struct composer *c, const struct query *q, const struct calc_context *ctx, uint16_t scale, bool bare);
struct doc_datum datum_of_answer(struct composer *c, const struct answer *answer, const struct query *q, uint16_t scale, bool bare);
/* What a query's answer is measured in, for its scale; of its metric when there is no answer. */
struct measured measure_of(struct composer *c, const struct query *q, const struct calc_context *ctx);
bool has_answer(struct composer *c, const struct query *q, const struct calc_context *ctx);
/* "n = 41", or the sample's own words. */
struct str sample_text(struct composer *c, const struct facts_source *source);

#endif
