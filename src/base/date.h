/* Dates, calendars and periods. A period has a kind; kinds never mix. Periods are those of the fiscal year, which the company's
 * calendar lays out; months, like quarters, are counted from its start. */
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
struct date date_of_days(int32_t days); /* the other way */

/* How a fiscal year is laid out: twelve months of the calendar, or 52 weeks in thirteen a quarter, and a 53rd at the end of the last month
 * of those years whose end would otherwise leave its place. All noughts but start_month = 1: the calendar year. */
enum calendar_pattern { CALENDAR_MONTHS, CALENDAR_4_4_5, CALENDAR_4_5_4, CALENDAR_5_4_4 };
struct calendar {
	uint8_t pattern;     /* enum calendar_pattern */
	int8_t start_month;  /* 1..12: in which the fiscal year starts; of weeks: the month after the one that it ends in or near to */
	int8_t weekday;      /* of weeks: that of the year's last day, 1 = Monday .. 7 = Sunday */
	bool nearest;        /* of weeks: ends on the weekday nearest to the end of that month; else on the last one in it */
	bool named_for_start;/* a fiscal year bears the number of the calendar year in which it starts; else of the one in which it ends */
};
/* Weeks of a fiscal year, 52 or 53; 0: the calendar is one of months. */
int calendar_weeks(const struct calendar *c, int fiscal_year);

enum period_kind { PERIOD_NONE, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR, PERIOD_YTD, PERIOD_LTM };
enum { PERIOD_KINDS = PERIOD_LTM + 1 };

/* Written 2026-09 (month), 2026-Q3, 2026-H1, 2026 (year), 2026-Q3-YTD and 2026-08-YTD (year to the end of that quarter or month), 2026-Q3-LTM
 * and 2026-08-LTM (the twelve months that end with it). 2026-09-YTD and 2026-Q3-YTD are the same period, written the second way. */
struct period {
	int16_t year;  /* the fiscal year */
	uint8_t kind;  /* enum period_kind */
	int8_t number; /* month 1..12, quarter 1..4, half 1..2, 0 for a year; for PERIOD_YTD and PERIOD_LTM the last month */
};
bool period_parse(struct str s, struct period *out);
bool period_equal(struct period a, struct period b);
/* Order in time of two periods of one kind; of different kinds by their ends. */
int period_cmp(struct period a, struct period b);
/* Whether figures of the two can be compared: of one kind and, to date, of as many months. */
bool period_alike(struct period a, struct period b);
/* n periods of the same kind later (earlier when negative). YTD moves by years; LTM by quarters where it ends with one, else by months. */
struct period period_shift(struct period p, int n);
struct period period_year_ago(struct period p);
/* The fiscal year that holds p, n years later. */
struct period period_year(struct period p, int n);
/* The year to date, the twelve months, the month, quarter or half that end with p or hold its end. */
struct period period_ytd(struct period p);
struct period period_as(struct period p, enum period_kind kind);
/* The last month of the fiscal year that p holds, 1..12. */
int period_end_month(struct period p);
struct date period_first_day(struct period p, const struct calendar *c);
struct date period_last_day(struct period p, const struct calendar *c);
/* The first days of the months by which a period is named: of weeks, those they stand for, whatever day they begin on. */
struct date period_first_month(struct period p, const struct calendar *c);
struct date period_last_month(struct period p, const struct calendar *c);
/* Weeks in a period; 0: the calendar is one of months. usual: those it would have in a year of 52. */
int period_weeks(struct period p, const struct calendar *c, int *usual);
/* The period of a kind that holds a day. */
struct period period_of_day(struct date d, enum period_kind kind, const struct calendar *c);
void buf_date(struct buf *b, struct date d);     /* ISO 8601 */
void buf_period(struct buf *b, struct period p); /* the written form above */
/* The same as texts. */
struct str date_text(struct arena *a, struct date d);
struct str period_text(struct arena *a, struct period p);

#endif
