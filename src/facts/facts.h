/* Facts: what a briefing knows, typed, validated and traceable. A metric is an object; a value is metric × item × unit × period × side ×
 * scenario; everything else (asks, risks, systems, budget lines …) is a record of a kind that the catalogue declares, so that C knows no
 * kind by name. A record can be the item of values. Made once by facts_read, const afterwards; derived values are made by a
 * struct calc over it, each once, with its operands.
 */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H

#include "xml/expr.h"
#include "xml/query.h"

enum facts_measure { MEASURE_PERCENT, MEASURE_POINTS, MEASURE_MONEY, MEASURE_COUNT, MEASURE_DAYS, MEASURE_SCORE, MEASURE_RATIO,
	MEASURE_MILLISECONDS, MEASURE_INDEX };
const char *facts_measure_name(enum facts_measure m); /* "percent" */
enum facts_better { BETTER_NONE, BETTER_HIGHER, BETTER_LOWER, BETTER_BAND };
enum facts_aggregate { AGGREGATE_SUM, AGGREGATE_MEAN, AGGREGATE_RATIO, AGGREGATE_LAST };
enum facts_joint { JOINT_STATED, JOINT_MEAN, JOINT_SUM, JOINT_RATIO, JOINT_WEIGHTED }; /* how a value without side is formed of the sides' */
enum facts_rate_kind { RATE_AVERAGE, RATE_CLOSING, RATE_BUDGET };
enum facts_scenario { SCENARIO_ACTUAL, SCENARIO_PLAN, SCENARIO_FORECAST };
const char *facts_scenario_name(unsigned scenario); /* "actual" */
/* Whether a source asked people, and whether they are the same each time; else it counted all there is. */
enum facts_panel { PANEL_NONE, PANEL_OTHER, PANEL_SAME };
/* How sure one must be that a change is one: that of a metric of answers. */
enum facts_margin { MARGIN_95, MARGIN_99, MARGIN_90, MARGIN_80, MARGIN_ANSWER, MARGIN_NONE };
enum facts_status { FACTS_NO_STATUS, FACTS_GOOD, FACTS_WATCH, FACTS_BAD };

struct facts_label { /* one per language, and the short form used in tight columns */
	struct str lang, text, short_text; /* short_text empty: text */
	const struct xml_node *markup;     /* of a record's text: its element, where it holds others; else NULL */
};
struct facts_labels {
	const struct facts_label *at;
	size_t count;
};
/* The label in a language ("de" for "de-AT"); empty when there is none. */
struct str facts_label(const struct facts_labels *labels, struct str lang, bool short_form);

enum { FACTS_SIDES = 8 }; /* = LIMIT_SIDES: as many bits as a set of sides has */

struct facts_side {
	struct str id;
	struct facts_labels labels;
	struct str colour;   /* palette role: side-1 … */
	struct str mark;     /* circle, square … */
	uint8_t index;       /* in the order declared */
	struct src_pos pos;
};

/* Two sides that are held against each other: a gap is the one less the other. */
struct facts_gap {
	const struct facts_side *of, *less; /* NULL: none is declared */
};

struct facts_view { /* a side's own reading of a metric */
	const struct facts_side *side;
	uint8_t better;      /* enum facts_better */
	struct decimal low, high; /* of the band */
};

struct facts_metric {
	struct str id;
	struct facts_labels labels;
	struct facts_labels units;      /* what a count counts: "days" …; may be empty */
	uint8_t measure, better, aggregate, joint;
	uint8_t rate;                   /* enum facts_rate_kind: by which an actual amount in another currency is converted */
	uint8_t margin;                 /* enum facts_margin */
	int8_t decimals;                /* printed */
	int8_t exponent;                /* money: printed in 10^exponent (0 3 6 9) */
	struct str period_kind;         /* month quarter half year ytd ltm: what a bare reference means in a briefing */
	struct str prior;               /* year-ago or previous: what "prior" means */
	struct str items;               /* kind its items are of; empty = none */
	const struct facts_metric *of, *over; /* ratio of two metrics */
	uint8_t over_scenario;          /* enum facts_scenario of over, when has_over_scenario: realised by what was planned */
	bool has_over_scenario;
	const struct facts_metric *from;/* what it shows of another metric (as): its gap, the agreement of the sides on it, their mean gap */
	uint8_t as;                     /* enum query_show: SHOW_GAP, SHOW_AGREEMENT, SHOW_MEAN (of gaps) */
	const struct facts_metric *sum; /* sum of another metric over its items that match where */
	struct str where;
	const struct facts_metric *const *add, *const *less; /* total of some metrics less others: cash = capex + opex, net = benefit - cash */
	uint8_t add_count, less_count;
	uint8_t period_kinds;           /* bit per enum period_kind: kinds of period that any value read of it is of */
	uint8_t sides;                  /* bit per side index: sides that any value of it or of its parts is of */
	const struct facts_metric *weight; /* for a weighted mean */
	struct decimal band_low, band_high; /* BETTER_BAND */
	bool has_near;
	struct decimal near;            /* points (or units) short of plan that are still "near plan" */
	bool has_tolerance;
	struct decimal tolerance;       /* change from one quarter to the next, in units, below which nothing moved */
	bool has_good, has_watch;
	struct decimal good, watch;     /* thresholds without plan */
	bool has_least, has_most;
	struct decimal least, most;     /* a value outside is refused */
	bool has_material;
	struct decimal material_absolute, material_percent; /* both passed = beyond the limit */
	struct facts_gap gap;           /* the metric's own pair; of NULL: the catalogue's */
	struct facts_view views[FACTS_SIDES];
	uint8_t view_count;
	struct xml_ids benchmarks;      /* ids */
	struct str group;               /* budget, alignment … for layouts that choose by group */
	struct src_pos pos;
};

struct facts_source {
	struct str id, title, sample;   /* sample as printed: "41", "all 13 budget lines" */
	struct str effective;           /* of weighted answers: as many unweighted ones say as much; empty = unweighted */
	struct str publisher;
	uint8_t panel;                  /* enum facts_panel */
	struct date date;               /* as of */
	struct src_pos pos;
};

struct facts_benchmark {
	struct str id, number;          /* number: BM01 */
	bool has_value;
	struct decimal value, high;     /* high: of a range */
	bool has_high;
	struct str shown;               /* as printed when no number is given: "slightly more than half" */
	uint8_t measure;
	struct facts_labels statements, shown_labels; /* statement; wording of the figure, per language */
	struct str publisher, study, sample, year; /* year as printed; empty when undated */
	bool undated;                   /* the study prints no year */
	struct facts_labels samples;    /* wording of the sample, per language */
	struct str kind;                /* survey measured prediction opinion */
	struct str article, caution;
	bool computed;                  /* by us from two others */
	struct date expires;            /* from then on not on a summary page */
	struct str metric;              /* metric it is compared with; empty = none */
	struct str side;                /* side it speaks of; empty = both */
	struct src_pos pos;
};

/* ---- records ---- */

enum facts_field_type { FIELD_TEXT, FIELD_NUMBER, FIELD_MONEY, FIELD_DATE, FIELD_PERIOD, FIELD_CHOICE, FIELD_SIDE, FIELD_REF, FIELD_METRIC,
	FIELD_YES, FIELD_FIGURE };
struct facts_field_def {
	struct str id;
	uint8_t type;             /* enum facts_field_type */
	bool required, translated;/* translated: a child element per language holds it */
	struct xml_ids choices;   /* FIELD_CHOICE: allowed ids, in rising order; labels are words "KIND.FIELD.CHOICE" or the id */
	struct xml_ids statuses;  /* FIELD_CHOICE: good watch bad none, one a choice; empty = choices carry no status */
	struct xml_ids marks;     /* FIELD_CHOICE: names of drawn marks (ball-2, link-full, tick …) or none, one a choice; empty = none has one */
	struct str kind;          /* FIELD_REF: kind of the record it names */
	int8_t decimals, exponent;/* numbers and money as printed */
	const struct facts_labels *choice_labels; /* FIELD_CHOICE: one per choice, in order; a set without labels prints the id */
	struct xml_ids open;      /* FIELD_CHOICE: choices that leave the matter open: it comes back in the next quarter */
	struct xml_ids needs;     /* fields that must say something where this one does */
	struct str value_of;      /* FIELD_NUMBER: the FIELD_METRIC whose figure of the period it is; empty = it is its own */
	bool part_of;             /* FIELD_REF: the record belongs to the one it names, and leaves with it when a quarter is rolled */
	struct src_pos pos;
};
/* What records of a kind are to the reader: asked of the meeting, promised to an earlier one, a risk. */
enum facts_stands_for { STANDS_FOR_ITSELF, STANDS_FOR_ASK, STANDS_FOR_PROMISE, STANDS_FOR_RISK };
/* Kinds whose records the program makes of the closed quarter that a briefing names: figures that moved or were restated, and what
 * became of asks, promises and risks. */
enum facts_derived { DERIVED_NOT, DERIVED_MOVED, DERIVED_RESTATED, DERIVED_ASKS, DERIVED_PROMISES, DERIVED_RISKS };
struct facts_kind {
	struct str id, list;      /* element of a record, element around them: ask, asks */
	uint8_t stands_for;       /* enum facts_stands_for */
	uint8_t derived;          /* enum facts_derived */
	struct str log;           /* of asks: kind of the record that a decided one becomes; empty = it has none */
	bool once;                /* of one meeting: not brought into the next quarter */
	struct str rules;         /* of rules: kind of the asks they are of; empty = no rules */
	struct str cuts, cut_items; /* of cuts: kinds of the lines that give and of the items given; empty = no cuts */
	struct str of_metric, of_period, of_scenario; /* of cuts: what the total is, as in a query */
	struct facts_labels labels;
	const struct facts_field_def *fields;
	size_t field_count;
	struct map by_field;      /* id -> field def */
	bool replaces;            /* one of the library, whose fields are gone */
	bool unlabelled;          /* its records need no label (a cell of a grid) */
	struct src_pos pos;
};
struct facts_field {
	const struct facts_field_def *def;
	bool present;
	struct str text;          /* FIELD_TEXT in the briefing's language, without its markup; FIELD_CHOICE, ids */
	const struct xml_node *markup; /* FIELD_TEXT: the element that says it, where it holds inline markup; else NULL */
	struct decimal number;    /* FIELD_NUMBER, FIELD_MONEY; FIELD_CHOICE: index of the choice from 0; FIELD_YES 0 or 1 */
	struct date date;
	struct period period;
	const struct facts_side *side;     /* FIELD_SIDE; NULL = joint */
	const struct facts_record *ref;    /* FIELD_REF */
	const struct facts_metric *metric; /* FIELD_METRIC */
	const struct facts_value *value;   /* FIELD_FIGURE; FIELD_MONEY that is worked out: with what it is made of, else NULL */
	struct src_pos pos;
};
struct facts_record {
	const struct facts_kind *kind;
	struct str id;
	struct facts_labels labels;
	struct str label;         /* in the briefing's language */
	const struct facts_field *fields; /* one per kind->fields, same order */
	const struct facts_source *source;/* or NULL */
	struct str currency;      /* of its money fields: its own, else the company's */
	uint32_t index;           /* among its kind, in file order, from 0 */
	bool nameless;            /* nobody wrote an id: it has its number's */
	bool made;                /* nobody wrote it: it is worked out of others */
	struct src_pos pos;
};
const struct facts_field *facts_field(const struct facts_record *r, struct str id); /* NULL: the kind has no such field */
/* Label of a choice: the choice's declared label, or its id. */
struct str facts_choice_label(const struct facts_field_def *def, struct str choice, struct str lang, bool short_form);

/* The field that says what became of a record: its first choice with statuses. NULL: its kind has none. */
const struct facts_field_def *facts_state_def(const struct facts_kind *kind);
/* The record's state; empty when it says none. */
struct str facts_state(const struct facts_record *r);
bool facts_state_open(const struct facts_kind *kind, struct str state);
/* Its id; where nobody wrote one, what it refers to. */
struct str facts_identity(struct arena *a, const struct facts_record *r);

/* ---- values ---- */

enum facts_operation { OP_READ, OP_SUM, OP_MEAN, OP_RATIO, OP_GAP, OP_DIFFERENCE, OP_CHANGE, OP_SHARE, OP_RANK, OP_COUNT, OP_LEAST,
	OP_GREATEST, OP_AGREEMENT, OP_STREAK, OP_INTERVAL, OP_FIELD, OP_BENCHMARK, OP_ROUND, OP_WORTH, OP_RATE, OP_CONVERT, OP_RESTATE };
const char *facts_operation_name(enum facts_operation op);

/* How many answers a value is of, and how they lie. */
struct facts_sample {
	uint32_t n;                        /* answers */
	uint32_t least;                    /* its survey withholds values of fewer; 0 = the company's least number */
	bool weighted, same_panel;         /* same_panel: the same people answer each time */
	bool has_spread;
	struct decimal effective;          /* as many unweighted answers say as much (Kish); n where they are not weighted */
	struct decimal spread;             /* of a mean: standard deviation of one answer */
	struct str rows;                   /* where they are: "column 'Q3', 41 rows" */
};

/* A cell whose value is of too few answers, or would give such a one away. There is no number here. */
struct facts_withheld {
	const struct facts_metric *metric;
	const struct facts_record *item;   /* or NULL */
	struct str unit;
	struct period period;
	const struct facts_side *side;     /* NULL = joint */
	uint8_t scenario;                  /* enum facts_scenario */
	uint32_t least;                    /* answers that it would need */
	const struct facts_source *source; /* or NULL */
	struct src_pos pos;                /* where it was read */
};

struct facts_value { /* in an order without gaps: there are millions of values */
	const struct facts_metric *metric; /* NULL for counts and fields */
	const struct facts_record *item;   /* or NULL */
	struct str unit;                   /* business unit */
	struct period period;
	uint8_t period_count;              /* periods summed, the last being period; 0 and 1 = that one alone */
	uint8_t operation;                 /* enum facts_operation; OP_READ: from a file */
	bool refused;                      /* outside its metric's bounds: in a draft it is as good as not there */
	const struct facts_side *side;     /* NULL = joint */
	uint8_t scenario;                  /* enum facts_scenario */
	uint8_t measure;                   /* enum facts_measure of this number (a gap of per cents is points) */
	int8_t decimals, exponent;         /* as printed unless the query says otherwise */
	uint32_t operand_count;            /* of operands */
	struct str currency;               /* money */
	struct decimal number;             /* exact, in units (not in millions) */
	const struct facts_value *const *operands;
	const struct facts_source *source; /* or NULL for derived */
	const struct facts_source *inherited; /* derived: of the first operand that has one, at any depth; or NULL */
	const struct facts_benchmark *benchmark; /* OP_BENCHMARK */
	const struct facts_sample *sample; /* or NULL: nobody said how many answers it is of */
	struct str note;                   /* v's note, if any; for counts what was counted: "system link!=both" */
	struct src_pos pos;                /* of the value read; of the metric or query for derived ones */
};

/* Values, each found by where it belongs. Nothing depends on the order of hashes. */
struct facts_cells {
	struct facts_value **at;           /* count, in the order read; room of them */
	uint32_t *hashes;                  /* of where each belongs */
	uint32_t *slots;                   /* open addressing, twice as many as there is room: index into at + 1 */
	size_t count, room;
};

/* The source of a value, its own or inherited; NULL when none has one. */
const struct facts_source *facts_source_of(const struct facts_value *v);

/* The quarter before, as `entente close` wrote it down. Its values are records of what was published: their places are in that file. */
struct facts_closed {
	struct period period;
	struct date published;             /* as-of date of the briefing that was closed */
	const struct xml_node *root;       /* <closed> */
	struct src_pos named;              /* where the briefing names the file */
};
/* Before the hash that a closed file bears of its own text (base/hash.h). */
#define FACTS_CLOSED_MARK "content=\""
/* A unit's name as part of a file's. */
struct str facts_unit_file(struct arena *a, struct str unit);
/* Whether the file is what was written; else a diagnostic. */
bool facts_closed_intact(struct arena *a, const struct xml_node *root, struct diag *d);

struct facts_rate { /* what one of a currency is worth in another */
	struct str from, to;               /* ISO 4217 */
	uint8_t kind;                      /* enum facts_rate_kind */
	struct facts_value value;          /* OP_RATE: number, period, source and place; note: "USD in EUR, average" */
};
/* The rate whose value this is: the second operand of what was converted. */
const struct facts_rate *facts_rate_of(const struct facts_value *v);
const char *facts_rate_name(enum facts_rate_kind kind); /* "average" */

/* Units merge, split and get other names: from that day on the new ones are there in place of the old ones, and what is told of them for
 * periods before it is restated from what those were told for. */
enum facts_change_kind { CHANGE_RENAME, CHANGE_MERGE, CHANGE_SPLIT };
struct facts_unit_change {
	uint8_t kind;                      /* enum facts_change_kind */
	const struct facts_unit *const *from, *const *to;
	uint8_t from_count, to_count;
	const struct decimal *shares;      /* CHANGE_SPLIT: of each that it became, per cent */
	struct date date;                  /* the first day of the new units */
	struct src_pos pos;
};

struct facts_unit {
	struct str id;
	struct facts_labels labels;
	struct str parent;
	const struct facts_unit *const *children; /* units whose parent it is */
	size_t child_count;
	const struct facts_unit_change *opening, *closing; /* changes that it came from and went into, or NULL */
	struct date closed;                /* its last day, by its closing or as declared; year 0 = it is there */
	struct str currency;               /* what its amounts are in unless they say otherwise, and what it reports in; empty: the company's */
	struct src_pos pos;
};

/* <hyphenation lang="de"><word>Nord-wind</word></hyphenation>: a hyphen at each place where the word may end a line; without one nowhere. */
struct facts_hyphenation {
	struct str lang;             /* empty = every language */
	const struct str *words;
	size_t count;
};

struct facts_avoided { /* a word or phrase that a company does not want to read */
	struct str word;         /* the beginning of a word before '*' */
	struct str instead, because; /* may be empty */
	struct str lang;         /* empty = in every language */
	struct src_pos pos;
};
/* How far a paper is; what is neither draft nor for review nor final says nothing of it. */
enum facts_state { STATE_UNSAID, STATE_DRAFT, STATE_REVIEW, STATE_FINAL };

struct facts_approver { /* without whose approval nothing is final */
	struct str id, side;               /* side: whose office, id; may be empty */
	struct src_pos pos;
};
struct facts;
/* Whether a unit is there in some part of a period. */
bool facts_unit_there(const struct facts *f, const struct facts_unit *unit, struct period p);

struct facts {
	VEC(struct facts_approver) approvers; /* that the company names */
	VEC(const struct xml_node *) markups; /* elements of records' texts that hold inline markup */
	uint8_t state;                     /* enum facts_state */
	int32_t revision;                  /* of the paper, from 1; 0 = not said */
	struct src_pos state_pos;          /* where the briefing says its state */
	struct str company;                /* name */
	struct str unit, unit_label;       /* the briefing's business unit */
	bool passed;                       /* it closed before the period, and a list named it: nothing else was read */
	struct str title;                  /* kind of paper, as "CIO–CMO partnership briefing" */
	struct str classification;
	struct str currency;               /* ISO 4217: what is reported in; the unit's, else the company's */
	struct str lang;
	struct str layout;                 /* id asked for: briefing's, else company's */
	struct src_pos layout_pos;         /* who asks for it; source NULL: not a file */
	struct str policy;                 /* attachment: used | all | none; empty = the layout's */
	struct period period;
	struct date meeting, as_of;        /* as_of: --date, else the meeting's, else the period's end */
	int32_t minutes;
	VEC(struct facts_avoided) avoided; /* by the company */
	struct calendar calendar;          /* of the company */
	const struct facts_side *sides;
	size_t side_count;
	const struct facts_gap *gaps;      /* pairs declared, the one that a bare gap means first; two sides without any are one */
	size_t gap_count;
	struct facts_side joint;           /* colour, mark and labels of the joint view; a side pointer for it is NULL all the same */
	bool units_changed;                /* some unit merged, split or got another name */
	struct map metrics;                /* id -> struct facts_metric */
	struct map sources, benchmarks, units, kinds; /* id -> struct … */
	struct map rates;                  /* "USD EUR average 2026-Q3" -> struct facts_rate */
	struct map records;                /* kind id -> struct facts_records */
	uint32_t min_n;                    /* values of fewer answers are withheld; 0 = none */
	struct map withheld;               /* key text -> struct facts_withheld: cells that have a value nobody keeps */
	struct facts_cells cells;          /* all values read */
	VEC(struct facts_hyphenation) hyphenation; /* words of the company, and where they may be hyphenated */
	const struct xml_node *const *narratives; /* <narrative> elements found in company and briefing files, in order */
	size_t narrative_count;
	const struct facts_closed *closed; /* the quarter it starts from; NULL = none */
	size_t awaited;                    /* values whose number is not there yet */
	VEC(const struct facts_value *) awaiting; /* those, in the order read; their number is nought */
	struct src_pos pos;                /* of the briefing element */
	struct diag *diag;
};
struct facts_records {
	VEC(const struct facts_record *) list;
	struct map by_id;
};

struct facts_options {
	bool draft;                        /* whatever the briefing says of its state */
	struct date as_of;                 /* year 0 = not given */
	struct str layout;                 /* empty = not given */
	struct str unit, period;           /* from a batch; empty = the briefing's */
	bool listed;                       /* some list names the unit: one that has closed is passed over, with a warning */
	bool heads;                        /* only who has a paper and of when, no data: units, unit, period, language, layout */
	struct facts_shelf *shelf;         /* NULL: nothing is kept from one briefing to the next */
	bool every_unit;                   /* a briefing that names none is read for all of them at once, as no paper is */
};
/* Tables that one briefing after another reads, as a company's: their bytes are kept in an arena, and where the rows of each unit are.
 * A file that was touched meanwhile is read anew; nothing that is read or reported differs by it. */
struct facts_shelf;
struct facts_shelf *facts_shelf_open(struct arena *a);
void facts_shelf_turn(struct facts_shelf *s); /* before each briefing */
/* briefing: the loaded root (uses spliced); loader reads its CSV tables. library: roots of the shipped catalogue and benchmarks, read first;
 * a company's own metrics, kinds and benchmarks add to them, a same id replaces. Everything wrong is reported; never NULL. */
const struct facts *facts_read(struct arena *a, struct xml_loader *loader, const struct xml_node *briefing,
	const struct xml_node *const *library, size_t library_count, const struct facts_options *options, struct diag *d);

const struct facts_approver *facts_approver_lookup(const struct facts *f, struct str id); /* NULL: none */
const struct facts_metric *facts_metric_lookup(const struct facts *f, struct str id);
/* What names nothing is told in one way wherever it is written: the nearest name, and where that is declared. */
void facts_unknown_metric(const struct facts *f, struct str id, struct src_pos pos, struct diag *d);
void facts_unknown_source(const struct facts *f, struct str id, struct src_pos pos, struct diag *d);
void facts_unknown_unit(const struct facts *f, struct str id, struct src_pos pos, struct diag *d);
void facts_unknown_side(const struct facts *f, struct str id, struct src_pos pos, struct diag *d);
const struct facts_side *facts_side_lookup(const struct facts *f, struct str id); /* NULL for "joint" and "both", too */
/* The pair whose gap a metric has; m may be NULL. */
struct facts_gap facts_gap_of(const struct facts *f, const struct facts_metric *m);
/* Whether a side has a view of the metric: it is told for it, or it is one of the pair. */
bool facts_side_sees(const struct facts *f, const struct facts_metric *m, const struct facts_side *side);
const struct facts_record *facts_record_lookup(const struct facts *f, struct str kind, struct str id);
const struct facts_records *facts_records(const struct facts *f, struct str kind); /* NULL: unknown kind */
bool facts_record_matches(const struct facts *f, const struct facts_record *r, struct str where); /* "link=none personal=yes" */
/* The same where "." is the record in context: "group=.". */
bool facts_record_matches_in(const struct facts *f, const struct facts_record *r, struct str where, const struct facts_record *context);

/* "metric|kind:item|unit|period|side|scenario": two values of one cell have the same. */
struct str facts_value_key(struct arena *a, const struct facts_value *v);

/* ---- derived values ---- */

struct calc; /* facts with what was derived so far; one a briefing */
struct calc *calc_open(struct arena *a, const struct facts *f);

/* What a query is asked in: the item in context (table row, snippet's each), and defaults for unit and side. */
struct calc_context {
	const struct facts_record *item; /* or NULL */
	struct str side;                 /* or empty */
	struct str metric;               /* or empty: a snippet or row over metrics */
};
enum answer_kind { ANSWER_MISSING, ANSWER_NUMBER, ANSWER_TEXT, ANSWER_DATE, ANSWER_PERIOD };
struct answer {
	uint8_t kind;                    /* enum answer_kind */
	const struct facts_value *value; /* ANSWER_NUMBER; in the calc's arena, the same pointer for the same question */
	struct str text;                 /* ANSWER_TEXT; or why it is missing, in words */
	const struct xml_node *markup;   /* ANSWER_TEXT: of a field's text, as there; else NULL */
	struct date date;
	struct period period;
	uint8_t periods;                 /* ANSWER_PERIOD: a run of so many that ends with period; 0 = it alone */
	const struct facts_benchmark *benchmark; /* SHOW_BENCHMARK */
	uint32_t withheld;               /* ANSWER_MISSING: there is one, of fewer answers than this; 0 = there is none */
	const struct facts_source *withheld_source; /* its source, or NULL */
	uint8_t status;                  /* enum facts_status, SHOW_STATUS */
	struct str id;                   /* ANSWER_TEXT: id behind the label: of a choice ("late"), side, record, metric, status; yes | no */
};
/* What the names of a query mean:
 *   item    "." the item in context (the default where it can be an item of the metric), ".field" the record that a field of it
 *           refers to, "all" none, an id of the metric's items or of what those refer to, "kind:id"
 *   metric  "." the metric in context, ".field" the metric that a field of the item in context names; empty: the context's
 *   side    an id, "joint" or "both", ".field" of the item in context; empty: the context's where the metric knows sides
 *   period  this (in the metric's period-kind; default) previous next year-ago prior this-year last-year next-year ytd ytd-year-ago ltm ltm-year-ago, or as
 *           written; "2027..2029" sums of each. In versus-period previous, next, year-ago and prior start from the value's own period.
 *   show=difference, change, ratio compare with the plan unless some versus-… says otherwise; with field= of a date: days from the as-of date
 *   field   may follow references, "payer.side"; label, id and index (from 1) are fields of every record; in where= "." is the item in context */
/* Names in the query that exist nowhere are errors at q->pos (reported once); a value that is not there is ANSWER_MISSING without a message:
 * what to do then is the asker's business. */
struct answer calc_ask(struct calc *c, const struct query *q, const struct calc_context *ctx, struct diag *d);
/* Checks names only, when a narrative or layout is loaded. False after diagnostics. */
bool calc_check(const struct facts *f, const struct query *q, struct diag *d);
/* The sum of values, made once (total columns). Two currencies are refused at pos; mixed measures too: then the first is returned. count > 0. */
const struct facts_value *calc_sum(struct calc *c, const struct facts_value *const *values, size_t count, struct src_pos pos,
	struct diag *d);
/* "; declare the average rate from USD to EUR for 2026-Q3", for messages on two amounts that cannot meet; a and b may be
 * the same. Empty where neither lacks one. */
struct str calc_rate_wanted(struct calc *c, const struct facts_value *a, const struct facts_value *b);
/* Rounded as printed: to decimals at exponent. */
struct decimal calc_printed(const struct facts_value *v, int decimals);

struct calc_status {
	uint8_t status;                  /* enum facts_status */
	bool against_plan;               /* else against thresholds */
	const struct facts_value *difference; /* to plan, or NULL */
	int8_t direction;                /* of the difference: 1, -1, or 0 where there is no clear one */
	bool material;                   /* beyond the metric's limit, both absolute and relative */
};
/* Whether two figures differ by more than chance, one answer or their metric's tolerance: false is "no clear change", in words, colours and marks alike. */
bool calc_is_clear(const struct facts_value *a, const struct facts_value *b);
/* Of the value a query names (metric, item, side, period) in actual or forecast. */
struct calc_status calc_status(struct calc *c, const struct query *q, const struct calc_context *ctx, struct diag *d);

/* The parts that explain a change of an additive metric: items of q->kind, or of the metric's own kind of items. */
struct calc_driver {
	const struct facts_record *item;
	const struct facts_value *difference; /* as printed */
	const struct facts_value *share;      /* of the change, per cent; below nought when it works against it */
};
struct calc_drivers_wanted {
	struct decimal cover;                 /* per cent of the change that they explain together, at least */
	int32_t most;                         /* how many at most; 0 = any number */
};
struct calc_drivers {
	const struct calc_driver *at;         /* largest first, until they cover enough */
	size_t count;
	const struct calc_driver *offsets;    /* that work against it; none where they weigh too little to be named */
	size_t offset_count;
	const struct facts_value *change;     /* NULL: there is none to explain */
	const struct facts_value *explained;  /* per cent of the change that those at explain */
	bool enough;                          /* as much as is wanted */
	struct str why;                       /* why there are none, or not enough */
};
/* q names the metric and what its figure is compared with. */
struct calc_drivers calc_drivers(struct calc *c, const struct query *q, const struct calc_drivers_wanted *wanted, const struct calc_context *ctx,
	struct diag *d);
/* Names, and that the metric's parts add up to it. False after diagnostics. */
bool calc_drivers_check(const struct facts *f, const struct query *q, struct diag *d);

/* Functions for conditions and ranks: actual plan prior forecast side gap delta change benchmark streak status missing count sum field abs rank
 * share is mean least greatest agreement low high days; above below within between rises falls unchanged agree apart top stale first-time, each within the
 * metric's tolerance; driven offset drives. ctx of expr_eval is a struct calc_scope. */
struct calc_scope {
	struct calc *calc;
	struct calc_context context;
	struct diag *diag;
	struct buf *log;                 /* explain: each call and its value, "gap('x') = 12"; NULL = none */
};
extern const struct expr_function calc_functions[]; /* check_ctx: const struct facts * */

void facts_dump(const struct facts *f, struct buf *out);

#endif
