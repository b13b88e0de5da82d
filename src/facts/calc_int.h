/* What the files that derive values share. */
#ifndef FACTS_CALC_INT_H
#define FACTS_CALC_INT_H

#include "facts/facts_int.h"

enum { CALC_SCALE = 10 }; /* decimal places that quotients are kept with */

struct calc {
	struct arena *a;
	const struct facts *f;
	struct map memo; /* question -> struct facts_value; &calc_none where there is no answer */
	struct map samples;   /* "pulse\n41" -> struct facts_source: of as many as several values are of together */
	struct buf key;       /* question being looked up */
	struct diag *diag;    /* of the question under way */
	struct map held_back; /* question -> struct facts_withheld: why a value in memo is none */
	const struct facts_withheld *withheld; /* a value asked for on the way, or NULL */
	bool refused;         /* a value asked for on the way cannot be made, which has been reported */
};

/* ---- calc_derive.c: cells ---- */
/* The value of a cell, read or derived; NULL when there is none. Each is made once. */
const struct facts_value *calc_value(struct calc *c, const struct facts_cell *at);
/* The figure in a file that a value stands on first. */
const struct facts_value *calc_first_read(const struct facts_value *v);
/* As derived, whether or not one was stated. */
const struct facts_value *calc_derived(struct calc *c, const struct facts_cell *at);
/* The value of a cell if it was stated, else NULL. */
const struct facts_value *calc_stated(struct calc *c, const struct facts_cell *at);
/* ---- calc_period.c ---- */
/* Of an additive metric: a period made of those that were stated; NULL when a part is missing. */
const struct facts_value *calc_of_periods(struct calc *c, const struct facts_cell *at);

/* ---- calc_unit.c ---- */
/* A group's value, made of its units'; NULL when one of them has none. */
const struct facts_value *calc_of_units(struct calc *c, const struct facts_cell *at);
/* "; unit 'south' has none", where that is why a group has no value; else empty. */
struct str calc_unit_lacking(struct calc *c, const struct facts_cell *at);
/* A unit's value for a period before it was there, made of those it came from. */
const struct facts_value *calc_restated(struct calc *c, const struct facts_cell *at);

/* ---- calc_money.c ---- */
/* The amount in the currency that is reported in; itself when it is none, is in that one, or no rate was declared. */
const struct facts_value *calc_reported(struct calc *c, const struct facts_value *v);
/* Whether any amount that it is made of was converted. */
bool calc_is_converted(const struct facts_value *v);

/* ---- calc_derive.c again: making values ---- */
/* A value of a cell by an operation on others; number still open. Operands are copied. */
struct facts_value *calc_made(struct calc *c, const struct facts_cell *at, enum facts_operation op,
	const struct facts_value *const *operands, size_t count);
/* Exact sum of values; false after a diagnostic (too large, two currencies). */
bool calc_add_up(
	struct calc *c, const struct facts_value *const *values, size_t count, struct decimal *out);
/* Mean of values by the weights that their metric names; NULL when one has none. */
const struct facts_value *calc_weighted(
	struct calc *c, const struct facts_cell *at, const struct facts_value *const *values, size_t count);
/* As many places as fit; false when b is nought. */
bool calc_quotient(struct decimal a, int64_t multiplier, struct decimal b, struct decimal *out);
/* Rounded as printed, in units: 2 360 000 for €2.36 m. decimals < 0: the value's own. */
struct decimal calc_printed_units(const struct facts_value *v, int decimals);

/* ---- calc_name.c: names of a query ---- */
struct ask {
	struct calc *c;
	const struct query *q;
	const struct facts_record *context; /* item in context, or NULL */
	struct str context_side, context_metric;
	struct facts_cell at;               /* metric NULL: the query names none */
	const struct facts_withheld *withheld; /* that is why, or NULL */
	struct str missing;                 /* why there is no answer; empty = no reason yet */
};
/* Why there is no answer; the first reason stands. */
void calc_reason(struct ask *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Resolves the query's names into ask->at. False after a diagnostic, or with ask->missing set. */
bool calc_names(struct ask *k);
/* The cell that it is compared with; false as above. */
bool calc_versus(struct ask *k, struct facts_cell *out);
bool calc_has_versus(const struct query *q);
/* The record that a query without metric is about; NULL with ask->missing set, or after a
 * diagnostic. */
const struct facts_record *calc_record(struct ask *k);
/* Kind of the records a query goes over: named, or that of the metric's items. NULL after a
 * diagnostic or with missing set. */
const struct facts_kind *calc_kind(struct ask *k);
bool calc_period_word(struct str word);
struct period calc_this_period(const struct facts *f, const struct facts_metric *m);

/* ---- calc_ask.c, calc_over.c, calc_field.c ---- */
struct answer calc_missing(struct ask *k, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
struct answer calc_none_of(struct ask *k); /* missing, for the reason given before */
struct answer calc_text(struct str text, struct str id);
struct answer calc_number(const struct facts_value *v);
struct answer calc_no_value(struct ask *k, const struct facts_cell *at);
/* One value of the query's: of the cell, or its gap where the query says of="gap". */
const struct facts_value *calc_base(struct ask *k, const struct facts_cell *at);
const struct facts_value *calc_gap(struct ask *k, const struct facts_cell *at);
/* Whether the two can be held against each other: kinds of period and currencies; false after a diagnostic that names both. */
bool calc_comparable(struct ask *k, const struct facts_value *a, const struct facts_value *b);
/* Where a value of that period comes from, as the second place of a message. */
void calc_note_period(struct calc *c, const struct facts_value *v);
/* The second of a question's two numbers taken from the first, as printed. NULL after a diagnostic. */
const struct facts_value *calc_difference(
	struct ask *k, const struct facts_value *a, const struct facts_value *b);
/* Looks an answer up by operation, cells and anything else; on a miss NULL and the key to file it
 * under. */
const struct facts_value *calc_known(struct ask *k, const char *op, const struct facts_cell *at,
	const struct facts_cell *versus, struct str extra, struct str *key);
const struct facts_value *calc_file(struct ask *k, struct str key, const struct facts_value *v);

struct answer calc_count(struct ask *k);
struct answer calc_total(struct ask *k);   /* show=sum */
struct answer calc_mean(struct ask *k);
struct answer calc_extreme(struct ask *k); /* least, greatest */
struct answer calc_rank(struct ask *k);
struct answer calc_share(struct ask *k);
struct answer calc_agreement(struct ask *k);
struct answer calc_field(struct ask *k);
struct answer calc_field_difference(struct ask *k);
const struct facts_value *calc_field_value(
	struct ask *k, const struct facts_record *r, struct str path);
struct answer calc_label(struct ask *k);
struct answer calc_benchmark(struct ask *k);
struct answer calc_sample(struct ask *k);
struct answer calc_interval(struct ask *k); /* low, high */
struct answer calc_worth(struct ask *k);
struct answer calc_streak(struct ask *k);

/* ---- calc_clear.c ---- */
/* 1, 0 or -1: whether a is clearly above b, neither, or clearly below. */
int calc_direction(const struct facts_value *a, const struct facts_value *b);
/* Whether they differ by more than chance or one answer: small steps that go on in one direction are a run, though each is within tolerance. */
bool calc_is_certain(const struct facts_value *a, const struct facts_value *b);

/* ---- calc.c ---- */
/* Whether a difference from base is beyond the metric's limit, both absolute and relative. */
bool calc_material(const struct facts_metric *m, struct decimal difference, struct decimal base);

/* ---- calc_functions.c: what functions of expressions share ---- */
/* A name after the metric: it narrows the value's cell, or the one that it is compared with. */
void calc_narrow(const struct facts *f, struct query *q, struct str name);
/* A lone period or scenario is what a comparison compares with. */
void calc_compare_with(struct query *q);
/* "gap('x', 'previous') = " */
void calc_log_call(const struct calc_scope *s, const char *name, const struct expr_value *args, int count);
void calc_log_decimal(struct buf *log, struct decimal n); /* without noughts at its end; log may be NULL */

/* ---- calc_compare.c ---- */
#define CALC_CALL(name) bool name(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
CALC_CALL(calc_call_above);
CALC_CALL(calc_call_below);
CALC_CALL(calc_call_within);
CALC_CALL(calc_call_between);
CALC_CALL(calc_call_rises);
CALC_CALL(calc_call_falls);
CALC_CALL(calc_call_unchanged);
CALC_CALL(calc_call_agree);
CALC_CALL(calc_call_apart);
CALC_CALL(calc_call_top);
CALC_CALL(calc_call_stale);
CALC_CALL(calc_call_first_time);
CALC_CALL(calc_call_driven);
CALC_CALL(calc_call_offset);
CALC_CALL(calc_call_drives);

#endif
