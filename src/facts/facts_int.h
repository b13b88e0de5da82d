/* What the files of facts/ share while they read: one reader a briefing, gone when facts_read
 * returns. */
#ifndef FACTS_FACTS_INT_H
#define FACTS_FACTS_INT_H

#include "facts/facts.h"

/* A metric as declared; names are resolved when all catalogues are read. */
struct metric_raw {
	struct facts_metric *metric;
	const struct xml_node *node;
	struct str of, over, sum, weight, from; /* ids as written, empty = none */
	struct xml_ids add, less;
	uint8_t state; /* while cycles are looked for: 0 new, 1 under way, 2 done */
	uint8_t depth; /* metrics below it, the longest way; known when done */
};

/* A record as declared; references are resolved when all records are read. */
struct record_raw {
	struct facts_record *record;
	struct facts_field *fields;       /* those of the record, still open */
};

struct calc;
/* A table whose rows are read twice: for the records that they make, then for their values. */
struct table_kept {
	const struct xml_node *node;
	struct table *table;              /* opened; NULL: it could not be, which was reported */
};

struct facts_reader {
	struct arena *a;                  /* the unit's: what is read lives here */
	struct xml_loader *loader;
	struct diag *d;
	struct facts *f;                  /* open until facts_read returns */
	/* Elements found, in order; shipped ones first. */
	VEC(const struct xml_node *) catalogues, benchmarks, facts;
	/* How many of them are the library's: a company's may replace theirs. */
	size_t shipped_catalogues, shipped_benchmarks;
	VEC(const struct xml_node *) gaps, shipped_gaps; /* <gap> of sides: linked when all sides are known */
	VEC(const struct xml_node *) narratives;
	VEC(const struct xml_node *) unit_changes; /* <unit-change>: settled when all units are known */
	VEC(const struct xml_node *) rates; /* <rates>: read when the sources are known */
	struct str currency;              /* the company's */
	const struct xml_node *closed;    /* <closed> of the briefing, or NULL */
	VEC(struct facts_side) sides;
	struct map raw_metrics;           /* id -> struct metric_raw */
	struct map tables;                /* as -> the <use> that names the file */
	struct facts_shelf *shelf;        /* or NULL */
	struct map sheets;                /* path -> struct source, as loaded */
	VEC(struct table_kept) kept_tables; /* that made records and have values yet to be read */
	struct map texts;                 /* texts of cells, each once */
	struct map samples;               /* "pulse\n41" -> struct facts_source: of as many as a row says */
	struct map name_lists;            /* id of <names> -> struct map of facts_names.c */
	VEC(struct record_raw) records;
	struct buf key;                   /* of the cell being looked up */
	bool shipped;                     /* reading the library now */
	bool every_unit;                  /* no row is passed over for its unit */
	VEC(const struct xml_node *) awaited_in; /* of each of facts.awaiting the <values> that it stands in */
	struct map awaited;               /* values whose number is not there yet, by metric, side and period: facts_awaited_key */
	struct map declared; /* "metric spend" -> where it was declared (struct declared) */
};

/* Where a value belongs. */
struct facts_cell {
	const struct facts_metric *metric;
	const struct facts_record *item;  /* or NULL */
	struct str unit;
	struct period period;
	uint8_t period_count;             /* periods summed up to period; 1 = that one */
	const struct facts_side *side;    /* NULL = joint */
	uint8_t scenario;                 /* enum facts_scenario */
};
enum { KEY_MOST = 64 * 1024 }; /* bytes of a cell's key: ids are that long only where somebody tries */
/* Appends the key of a cell: "metric|kind:item|unit|period|side|scenario". */
void facts_key(struct buf *b, const struct facts_cell *at);
struct facts_cell facts_cell_of(const struct facts_value *v);
/* In words, for messages: "'spend' of 'commerce', 2026-Q3-YTD, plan". */
struct str facts_cell_text(struct arena *a, const struct facts_cell *at);

/* ---- facts_cells.c ---- */
struct facts_value *facts_cells_find(const struct facts_cells *c, const struct facts_cell *at); /* NULL: there is none */
/* Of a cell that has none yet. */
void facts_cells_add(struct arena *a, struct facts_cells *c, struct facts_value *v);
/* Makes room for so many at once: what grows to millions leaves as much memory behind as it has. */
void facts_cells_reserve(struct arena *a, struct facts_cells *c, size_t count);

/* ---- facts_read.c ---- */
extern const struct xml_choice facts_scenarios[],
	facts_measures[]; /* in the order of their enums */
extern const struct xml_choice facts_period_kinds[]; /* enum period_kind */
const struct facts_source *facts_source_named(
	struct facts_reader *r, struct str id, struct src_pos pos);
bool facts_unit_known(struct facts_reader *r, struct str id, struct src_pos pos);
/* A unit that a row of a table names; further rows of the same one change nothing. */
void facts_unit_add(struct facts_reader *r, struct str id, struct str label, struct src_pos pos);
/* Of such a unit: its parent, currency or closed, as an attribute of <unit> would say it. */
void facts_unit_set(struct facts_reader *r, struct str id, struct str field, struct str text, struct src_pos pos);
/* True and *side (NULL = joint) when id names one; else a diagnostic. */
bool facts_side_named(
	struct facts_reader *r, struct str id, struct src_pos pos, const struct facts_side **side);
/* What amounts of a unit are in that do not say it. */
struct str facts_currency_of(const struct facts_reader *r, struct str unit);
/* Three capitals, or a diagnostic. */
bool facts_currency_ok(struct facts_reader *r, struct str currency, struct src_pos pos);
/* The unit that a <facts> element speaks of. */
struct str facts_element_unit(struct facts_reader *r, const struct xml_node *facts);
struct src_pos facts_attr_pos(
	const struct xml_node *n, const char *name); /* of the value; of n when absent */

/* ---- facts_calendar.c ---- */
void facts_calendar_read(void *ctx, const struct xml_node *n); /* <calendar>; ctx: the reader */
void facts_fiscal_start(struct facts_reader *r, int32_t month, struct src_pos pos);

/* ---- facts_unit.c ---- */
void facts_units_read(void *ctx, const struct xml_node *n); /* <units> of a company; ctx: the reader */
/* When all units are known: parents, changes, what is closed. */
void facts_units_settle(struct facts_reader *r);
/* The briefing's; one that closed before its period is refused; with listed it is passed over, with a warning. */
void facts_own_unit_settle(struct facts_reader *r, const struct xml_node *briefing, bool listed);
/* Reports a value of a unit for a period after it closed. */
void facts_unit_check(struct facts_reader *r, const struct facts_value *v);

/* ---- facts_rate.c ---- */
extern const struct xml_choice facts_rate_kinds[];
void facts_rates_read(struct facts_reader *r, const struct xml_node *n); /* <rates> */
struct str facts_rate_key(struct arena *a, struct str from, struct str to, uint8_t kind, struct period p);

/* ---- facts_names.c ---- */
void facts_names_read(void *ctx, const struct xml_node *n); /* <names>; ctx: the reader */

/* ---- facts_label.c ---- */
struct facts_label_list {
	VEC(struct facts_label) list;
};
void facts_label_add(struct facts_reader *r, struct facts_label_list *l, const struct xml_node *n);
/* The same of a record's text, which may hold inline markup. */
void facts_text_add(struct facts_reader *r, struct facts_label_list *l, const struct xml_node *n);
/* The text of a record's element without its inline markup and footnotes. */
struct str facts_words(struct arena *a, const struct xml_node *n);
struct facts_labels facts_labels_of(const struct facts_label_list *l);
/* Reports when there is no text in the briefing's language. */
void facts_label_needed(struct facts_reader *r, const struct facts_labels *labels, const char *what,
	struct str id, struct src_pos pos);

/* ---- facts_catalogue.c, facts_metric.c, facts_kind.c, facts_benchmark.c ---- */
void facts_catalogue_read(struct facts_reader *r, const struct xml_node *n);
void facts_gaps_link(struct facts_reader *r);
bool facts_gap_read(struct facts_reader *r, const struct xml_node *n, struct facts_gap *out);
void facts_metric_read(struct facts_reader *r, const struct xml_node *n);
void facts_metrics_link(struct facts_reader *r);
void facts_kind_read(struct facts_reader *r, const struct xml_node *n);
void facts_kinds_link(struct facts_reader *r);
void facts_benchmarks_read(struct facts_reader *r, const struct xml_node *n);
void facts_benchmarks_link(struct facts_reader *r);
/* Whether a thing may bear this id: what the library declared may be replaced, a second one
 * elsewhere is reported. */
bool facts_declare(struct facts_reader *r, const char *what, struct str id, struct src_pos pos);

/* ---- facts_record.c, facts_where.c ---- */
void facts_records_read(struct facts_reader *r,
	const struct xml_node *facts); /* of lists and of tables that make records */
void facts_records_link(struct facts_reader *r);
/* A new record, or the one of that id when both may be one; NULL after a diagnostic. own: of the
 * briefing's unit. */
struct facts_record *facts_record_add(struct facts_reader *r, const struct facts_kind *kind,
	struct str id, struct src_pos pos, bool own);
bool facts_is_own(struct facts_reader *r, const struct xml_node *facts);
void facts_field_set(struct facts_reader *r, struct facts_record *record,
	const struct facts_field_def *def, struct str text, struct src_pos pos);
/* The item of a metric by id: of its kind of items, or of a kind those refer to. NULL when unknown. */
const struct facts_record *facts_item(
	const struct facts *f, const struct facts_metric *m, struct str id);
/* Kind of a metric's items: its own, else that of the parts it is made of; empty when it has none. */
struct str facts_items(const struct facts_metric *m);
/* The field by which an item refers to a record of a group kind, or NULL. */
const struct facts_field_def *facts_group_field(const struct facts *f, const struct facts_metric *m,
	const struct facts_kind *group);
/* Whether items of kind can be items of the metric: 2 = its own kind, 1 = a group of them, 0 = no. */
int facts_item_fits(
	const struct facts *f, const struct facts_metric *m, const struct facts_kind *kind);
/* Follows "payer.side" from a record. False when a reference on the way is empty or a name unknown. */
struct facts_place {
	const struct facts_record *record; /* whose field it is, or the record itself for id, label
					      and a bare reference */
	const struct facts_field *field;   /* NULL: id, label or index of record */
	struct str name;                   /* last part */
};
bool facts_follow(const struct facts_record *r, struct str path, struct facts_place *out);
bool facts_where(
	const struct facts_record *r, struct str where, const struct facts_record *context);
/* Reports what is wrong with a condition on records of kind; context may be any. */
bool facts_where_check(const struct facts *f, const struct facts_kind *kind, struct str where,
	struct src_pos pos, struct diag *d);
bool facts_path_check(const struct facts *f, const struct facts_kind *kind, struct str path,
	struct src_pos pos, struct diag *d);
const struct facts_kind *facts_kind_lookup(const struct facts *f, struct str id);

/* ---- facts_value.c, facts_table.c, facts_number.c ---- */
/* What is known of a value before its number; names as written, with the place of each. */
struct value_names {
	struct str metric, item, unit, side, source, currency, note; /* empty = not said */
	struct period period;
	uint8_t scenario;
	bool awaited;         /* its number is not there yet */
	struct src_pos at[6]; /* enum value_name: where the name stands */
};
enum value_name { NAME_METRIC, NAME_ITEM, NAME_UNIT, NAME_SIDE, NAME_SOURCE, NAME_PERIOD };
void facts_values_read(struct facts_reader *r, const struct xml_node *facts);
/* When all values are read: what is awaited still is told. */
void facts_awaited_settle(struct facts_reader *r);
struct str facts_awaited_key(
	struct facts_reader *r, const struct facts_metric *m, const struct facts_side *side, struct period p);
/* Says why a text was refused: no number, or one with more digits than are kept. decimal: the sign a table declares, 0 elsewhere. */
void facts_number_refused(struct facts_reader *r, struct str text, char decimal, struct src_pos pos);
/* Resolves the names; false after a diagnostic. */
bool facts_value_named(struct facts_reader *r, const struct value_names *names, struct src_pos pos,
	struct facts_value *v);
/* Reports a value outside its metric's bounds: false. */
bool facts_range_check(struct facts_reader *r, const struct facts_value *v);
/* Adds a value read; a second one for its cell is reported, or added up when add says so. */
enum facts_put { FACTS_PUT_KEPT, FACTS_PUT_REFUSED, FACTS_PUT_WITHHELD };
enum facts_put facts_value_put(struct facts_reader *r, const struct facts_value *v, bool add);
void facts_table_records(struct facts_reader *r, const struct xml_node *table, bool own);
void facts_table_values(struct facts_reader *r, const struct xml_node *table, struct str unit);
/* Files of tables that are named and not used: they are there, and inside the project. */
void facts_tables_unused(struct facts_reader *r);
void facts_table_units(struct facts_reader *r,
	const struct xml_node *table); /* of <units> in a company: one a distinct name */

enum { FACTS_DIGITS = 18 }; /* of a number that is stated: sums of thousands still fit */
/* As decimal_parse, of FACTS_DIGITS at most. */
bool facts_number_plain(struct str text, struct decimal *out);

/* ---- facts_survey.c ---- */
void facts_survey_read(struct facts_reader *r, const struct xml_node *n, struct str unit); /* <survey> */

/* ---- facts_withheld.c ---- */
/* Whether the value is of too few answers: then only that is kept. */
bool facts_withhold(struct facts_reader *r, const struct facts_value *v);
/* When all values are read: takes out what would give withheld ones away. */
void facts_withheld_settle(struct facts_reader *r);

/* ---- facts_check.c ---- */
void facts_check(struct facts_reader *r);
/* Whether a value's source is dated so long before the end of its period that it cannot speak of all of it. */
bool facts_is_old(const struct facts *f, const struct facts_value *v);

/* ---- facts_closed.c ---- */
/* Loads the closed quarter that <closed href="…"/> names. */
void facts_closed_load(struct facts_reader *r, const struct xml_node *n);
/* What was published, or read for it. */
struct published {
	struct facts_value *value;        /* of metric, item, period …; its place is in the closed file */
	bool printed;                     /* else only read */
};
struct published_list {
	VEC(struct published) list;       /* as they stand in the file; each cell once */
	struct map by_key;                /* facts_key -> struct facts_value; values printed or read */
};
struct published_list facts_published(struct facts_reader *r);
/* A record as it was then. */
struct was_record {
	const struct facts_kind *kind;    /* as declared now; others are passed over */
	struct str id;                    /* what tells it from others: see facts_identity */
	struct str label, state;          /* state: choice of its state field, empty = it said none */
	const struct facts_source *source; /* as it was; NULL = it named none */
	const struct xml_node *node;      /* <record> */
};
struct was_list {
	VEC(struct was_record) list;
};
struct was_list facts_was(struct facts_reader *r, enum facts_stands_for role);

/* ---- facts_rules.c ---- */
/* Holds records against what their kinds declare, and fills in what follows. */
void facts_rules(struct facts_reader *r);

/* ---- facts_cuts.c ---- */
/* Works out what each cut takes, or holds what is stated against the total. */
void facts_cuts(struct facts_reader *r);

/* ---- facts_changes.c, facts_moved.c ---- */
/* Makes the records of the derived kinds, when there is a closed quarter. */
void facts_changes(struct facts_reader *r);
void facts_moved(struct facts_reader *r, struct calc *c);
/* A new record of a derived kind; fields that the kind does not declare are left out. */
struct facts_record *facts_derived_add(struct facts_reader *r, const struct facts_kind *kind, struct str id, struct str label,
	struct src_pos pos);
/* The open field of that id and type, NULL when the kind has none. It counts as present from then on. */
struct facts_field *facts_derived_field(struct facts_record *r, const char *id, enum facts_field_type type);
void facts_derived_text(struct facts_record *r, const char *id, struct str text);
void facts_derived_choice(struct facts_record *r, const char *id, struct str choice);
void facts_derived_figure(struct facts_record *r, const char *id, const struct facts_value *v);
/* The kind that holds what is derived so; NULL when the catalogue declares none. */
const struct facts_kind *facts_derived_kind(const struct facts *f, enum facts_derived derived);
/* ---- facts_approval.c ---- */
void facts_approvers_read(void *ctx, const struct xml_node *n); /* <approvals> of a company; ctx: the reader */
void facts_approvers_settle(struct facts_reader *r); /* when the sides are known */
/* ---- facts_hyphenation.c ---- */
void facts_read_hyphenation(struct facts_reader *r, const struct xml_node *n);

#endif
