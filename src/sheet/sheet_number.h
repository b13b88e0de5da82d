/* Numbers as office programs keep them: the decimal text of a double, days since an epoch, and formats that say which
 * numbers are dates. No double is ever made of them. */
#ifndef SHEET_SHEET_NUMBER_H
#define SHEET_SHEET_NUMBER_H

#include "base/date.h"

enum { SHEET_DIGITS = 15 }; /* that office programs show of a double; further ones are noise of its arithmetic */

/* 0.d₁d₂…dₙ × 10^point, dₙ not 0; count 0 for zero. */
struct sheet_number {
	bool negative;
	uint8_t count;                   /* digits in use */
	uint8_t digits[SHEET_DIGITS + 1]; /* 0..9 each */
	int32_t point;
};
/* "-12.5", "1E-2", rounded to SHEET_DIGITS; false when it is no number, or too far from 1 for a double. */
bool sheet_number_parse(struct str text, struct sheet_number *out);
/* As plain text with at most DECIMAL_SCALE_MAX decimals. */
struct str sheet_number_text(struct arena *a, struct sheet_number n);

enum sheet_style_kind { STYLE_NUMBER, STYLE_DATE, STYLE_TIME };
struct sheet_style {
	uint8_t kind; /* enum sheet_style_kind */
	bool percent;
	struct str currency; /* borrows from the format */
};
/* Of a number format as written in a workbook: "0.0%", "dd/mm/yyyy", "[h]:mm", "#,##0 [$€-407]". */
struct sheet_style sheet_style_of(struct str format);

/* Days since the epoch as "2026-09-30" or with a time of day; empty when that is no date of the calendar. since_1904:
 * the workbook counts from 1904-01-01; else from 1899-12-31, with a 29 February 1900 that never was. */
struct str sheet_date_text(struct arena *a, struct sheet_number days, bool since_1904);
/* A part of a day, or several, as "14:30:00". */
struct str sheet_time_text(struct arena *a, struct sheet_number days);

#endif
