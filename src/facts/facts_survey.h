/* What the reader of surveys shares between its files: one row is one respondent, and what he says in one column is an answer to a question.
 * A survey lives while it is read; of its rows only counts and sums stay. */
#ifndef FACTS_FACTS_SURVEY_H
#define FACTS_FACTS_SURVEY_H

#include "facts/facts_table.h"

enum question_as { QUESTION_SHARE, QUESTION_MEAN, QUESTION_SPREAD };

/* A set of answers: whole numbers from low to high, or a list. */
struct answer_set {
	struct str list;      /* as written: "1..5", "4 5", "agree|strongly agree" */
	bool range;
	struct decimal low, high;
};

struct question {
	struct str column, letter;    /* head of its column, or the column's letter */
	struct str metric_id;
	uint8_t as;                   /* enum question_as */
	struct answer_set scale, share, missing; /* all answers that may be given; those counted; those that are none */
	const struct facts_metric *metric;
	bool by_counts;               /* a share whose metric has counts of answers as its parts: those are what is read */
	bool joint_too;               /* nobody forms its joint value of the sides': all answers together are it */
	size_t at;                    /* its column in table.columns */
	const struct xml_node *node;
};

/* Sums over the answers of one group to one question; weights in millionths. */
struct tally {
	uint32_t n, counted;          /* answers; those in the share's set */
	__int128 weight, squares;     /* sums of weights and of their squares */
	__int128 counted_weight;
	__int128 sum, sum_squares;    /* of weight times answer, and times its square */
};

/* Respondents of one unit, side and period. */
struct survey_group {
	struct value_names names;
	struct tally *tallies;        /* one a question */
};

struct survey {
	struct table table;           /* first: both are read from one element */
	int32_t min_n;                /* 0: the company's */
	bool asks;                    /* it has questions, rightly declared or not */
	bool panel;                   /* the same people answer each time */
	VEC(struct question) questions;
	VEC(struct survey_group) groups; /* in the order of their first rows */
	struct map by_names;          /* unit, side and period -> its place in groups, from 1 */
	struct map respondents;       /* period and id -> place of the cell */
	size_t withheld;              /* values */
};

enum { WEIGHT_UNIT = 1000000 };

/* ---- facts_survey_value.c ---- */
/* Values of every group, or the fact that they are withheld. */
void facts_survey_values(struct survey *s);

#endif
