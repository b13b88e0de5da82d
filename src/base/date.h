/* Dates and periods. A period has a kind; kinds never mix. Periods are those of the fiscal year: the
 * month in which it starts is the company's (1 = January). A fiscal year bears the number of the calendar
 * year in which it ends; months, like quarters, are counted from its start. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

struct date {
	int16_t year; /* 0 = no date */
	int8_t month; /* 1..12 */
	int8_t day;   /* 1..31 */
};
bool date_parse(struct str s, struct date *out); /* YYYY-MM-DD, a real day */
int date_cmp(struct date a, struct date b);
int32_t date_days(struct date d); /* days since 1970-01-01, for differences */
struct date date_of_days(int32_t days); /* the inverse; from the year 0 on */

enum period_kind { PERIOD_NONE, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR, PERIOD_YTD };

/* Written 2026-09 (month), 2026-Q3, 2026-H1, 2026 (year), 2026-Q3-YTD (year to the end of that quarter). */
struct period {
	uint8_t kind;  /* enum period_kind */
	int16_t year;  /* the fiscal year */
	int8_t number; /* month 1..12, quarter 1..4, half 1..2, 0 for a year; for PERIOD_YTD the last quarter */
};
bool period_parse(struct str s, struct period *out);
bool period_equal(struct period a, struct period b);
/* Order in time of two periods of one kind; of different kinds by their ends. */
int period_cmp(struct period a, struct period b);
/* n periods of the same kind later (earlier when negative); YTD moves by years. */
struct period period_shift(struct period p, int n);
struct period period_year_ago(struct period p);
/* The fiscal year that holds p, n years later. */
struct period period_year(struct period p, int n);
/* The year-to-date period that ends with quarter p. */
struct period period_ytd(struct period p);
struct date period_first_day(struct period p, int fiscal_start_month);
struct date period_last_day(struct period p, int fiscal_start_month);
void buf_date(struct buf *b, struct date d);     /* ISO 8601 */
void buf_period(struct buf *b, struct period p); /* the written form above */

#endif
