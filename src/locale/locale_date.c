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
static struct str range(struct arena *a, const struct locale *l, struct period p, int fiscal_start,
	enum locale_width width)
{
	struct date from = period_first_day(p, fiscal_start), to = period_last_day(p, fiscal_start);
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
};

static struct str named(
	struct arena *a, const struct locale *l, struct period p, int fiscal_start, bool brief)
{
	struct date from = period_first_day(p, fiscal_start), to = period_last_day(p, fiscal_start);
	enum locale_width width = brief ? WIDTH_SHORT : WIDTH_LONG;
	int year = p.kind == PERIOD_MONTH ? to.year : p.year;
	struct str args[] = { str_printf(a, "%d", p.number), str_printf(a, "%d", year),
		str_printf(a, "%02d", year % 100), month(l, from, width), month(l, to, width) };
	const char *stem = stems[p.kind][brief];
	const struct str *fiscal =
		fiscal_start == 1 ? NULL : locale_lookup(l, str_printf(a, "%s-fiscal", stem));
	if (p.kind == PERIOD_YTD && from.year != to.year)
		return range(a, l, p, fiscal_start, width);
	return locale_expand(
		a, fiscal ? *fiscal : locale_word(l, str_from(stem)), args, sizeof args / sizeof *args);
}

struct str locale_period(struct arena *a, const struct locale *l, struct period p,
	int fiscal_start_month, enum locale_period form)
{
	if (p.kind == PERIOD_NONE)
		return STR("");
	if (form == PERIOD_RANGE || form == PERIOD_RANGE_SHORT)
		return range(a, l, p, fiscal_start_month, form == PERIOD_RANGE ? WIDTH_LONG : WIDTH_SHORT);
	return named(a, l, p, fiscal_start_month, form == PERIOD_SHORT);
}
