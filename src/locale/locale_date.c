/* Locale: dates and periods (date, period -> text of a language). Patterns are words; month names
 * are CLDR's. */
#include "locale/locale_int.h"

static struct str month(const struct locale *l, struct date d, enum locale_width width)
{
	return d.month >= 1 && d.month <= LOCALE_MONTHS ? l->months[width][d.month - 1] : STR("");
}

struct str locale_date(
	struct arena *a, const struct locale *l, struct date d, enum locale_date form)
{
	static const char *const patterns[] = { "date-long", "date-short", "date-month" };
	struct str args[] = { str_printf(a, "%d", d.day), month(l, d, WIDTH_SHORT),
		month(l, d, WIDTH_LONG), str_printf(a, "%d", d.year) };
	return locale_phrase(a, l, patterns[form], args, sizeof args / sizeof *args);
}

/* First and last month of the period; the years too where they differ. */
static struct str range(struct arena *a, const struct locale *l, struct period p,
	const struct calendar *calendar, enum locale_width width)
{
	struct date from = period_first_month(p, calendar), to = period_last_month(p, calendar);
	struct str args[] = { month(l, from, width), month(l, to, width),
		str_printf(a, "%d", from.year), str_printf(a, "%d", to.year) };
	if (from.year != to.year)
		return locale_phrase(a, l, "period-range-years", args, 4);
	if (from.month == to.month)
		return args[0];
	return locale_phrase(a, l, "period-range", args, 2);
}

/* Which word prints a kind of period; a name with -fiscal behind it wins where the fiscal year is
 * not the calendar's. */
static const char *const stems[][2] = {
	[PERIOD_MONTH] = { "period-month-long", "period-month-short" },
	[PERIOD_QUARTER] = { "period-quarter-long", "period-quarter-short" },
	[PERIOD_HALF] = { "period-half-long", "period-half-short" },
	[PERIOD_YEAR] = { "period-year", "period-year" },
	[PERIOD_YTD] = { "period-ytd-long", "period-ytd-short" },
	[PERIOD_LTM] = { "period-ltm-long", "period-ltm-short" },
};

/* A longer year is no year like the others: who compares the two should know. */
static struct str with_weeks(struct arena *a, const struct locale *l, struct period p,
	const struct calendar *calendar, struct str name)
{
	int usual, weeks = period_weeks(p, calendar, &usual);
	struct str args[] = { name, str_printf(a, "%d", weeks) };
	return weeks > usual ? locale_phrase(a, l, "period-weeks", args, 2) : name;
}

static struct str named(struct arena *a, const struct locale *l, struct period p,
	const struct calendar *calendar, bool brief)
{
	struct date from = period_first_month(p, calendar), to = period_last_month(p, calendar);
	enum locale_width width = brief ? WIDTH_SHORT : WIDTH_LONG;
	/* What is named by its months bears the year that these are in. */
	bool by_month = p.kind == PERIOD_MONTH || p.kind == PERIOD_LTM || p.kind == PERIOD_YTD;
	int year = by_month ? to.year : p.year;
	struct str args[] = { str_printf(a, "%d", p.number), str_printf(a, "%d", year),
		str_printf(a, "%02d", year % 100), month(l, from, width), month(l, to, width) };
	const char *stem = stems[p.kind][brief];
	const struct str *fiscal =
		calendar->start_month == 1 ? NULL : locale_lookup(l, str_printf(a, "%s-fiscal", stem));
	if (p.kind == PERIOD_YTD && from.year != to.year)
		return range(a, l, p, calendar, width);
	if (p.kind == PERIOD_YTD && from.month == to.month) /* the first month, as what it is */
		return named(a, l, period_as(p, PERIOD_MONTH), calendar, brief);
	return locale_expand(
		a, fiscal ? *fiscal : locale_word(l, str_from(stem)), args, sizeof args / sizeof *args);
}

struct str locale_period(struct arena *a, const struct locale *l, struct period p,
	const struct calendar *calendar, enum locale_period form)
{
	if (p.kind == PERIOD_NONE)
		return STR("");
	if (form == PERIOD_RANGE || form == PERIOD_RANGE_SHORT)
		return range(a, l, p, calendar, form == PERIOD_RANGE ? WIDTH_LONG : WIDTH_SHORT);
	struct str name = named(a, l, p, calendar, form == PERIOD_SHORT);
	return form == PERIOD_LONG ? with_weeks(a, l, p, calendar, name) : name;
}

/* Quarters and months of one year say it once. */
static struct str within_year(struct arena *a, const struct locale *l, struct period first, struct period last,
	const struct calendar *calendar, bool brief)
{
	static const char *const words[][2] = { [PERIOD_MONTH] = { "period-months-long", "period-months-short" },
		[PERIOD_QUARTER] = { "period-quarters-long", "period-quarters-short" } };
	enum locale_width width = brief ? WIDTH_SHORT : WIDTH_LONG;
	struct date from = period_first_month(first, calendar), to = period_last_month(last, calendar);
	int year = first.kind == PERIOD_MONTH ? to.year : last.year;
	struct str args[] = { str_printf(a, "%d", first.number), str_printf(a, "%d", last.number), str_printf(a, "%d", year),
		str_printf(a, "%02d", year % 100), month(l, from, width), month(l, to, width) };
	const char *stem = words[first.kind][brief];
	const struct str *fiscal =
		calendar->start_month == 1 ? NULL : locale_lookup(l, str_printf(a, "%s-fiscal", stem));

	return locale_expand(
		a, fiscal ? *fiscal : locale_word(l, str_from(stem)), args, sizeof args / sizeof *args);
}

struct str locale_periods(struct arena *a, const struct locale *l, struct period first, struct period last,
	const struct calendar *calendar, enum locale_period form)
{
	bool brief = form == PERIOD_SHORT || form == PERIOD_RANGE_SHORT;
	struct date from = period_first_month(first, calendar), to = period_last_month(last, calendar);
	bool one_year = first.kind == PERIOD_QUARTER ? first.year == last.year : from.year == to.year;
	struct str names[2];

	if (one_year && (first.kind == PERIOD_QUARTER || first.kind == PERIOD_MONTH))
		return within_year(a, l, first, last, calendar, brief);
	names[0] = named(a, l, first, calendar, brief);
	names[1] = named(a, l, last, calendar, brief);
	return locale_phrase(a, l, "range", names, 2);
}
