/* Dates and periods: read by facts and layout, moved by facts, printed by locale. */
#include "base/date.h"

/* Exactly count digits at *at. */
static bool number_at(struct str s, size_t *at, unsigned count, int *out)
{
	if (s.len - *at < count)
		return false;
	int n = 0;
	for (unsigned i = 0; i < count; i++) {
		char c = s.ptr[*at + i];
		if (c < '0' || c > '9')
			return false;
		n = n * 10 + (c - '0');
	}
	*at += count;
	*out = n;
	return true;
}

static bool char_at(struct str s, size_t *at, char c)
{
	if (*at >= s.len || s.ptr[*at] != c)
		return false;
	++*at;
	return true;
}

static int days_in_month(int year, int month)
{
	static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

bool date_parse(struct str s, struct date *out)
{
	size_t at = 0;
	int year, month, day;
	if (!number_at(s, &at, 4, &year) || !char_at(s, &at, '-') || !number_at(s, &at, 2, &month) ||
		!char_at(s, &at, '-') || !number_at(s, &at, 2, &day) || at != s.len)
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	*out = (struct date){ (int16_t)year, (int8_t)month, (int8_t)day };
	return true;
}

int date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

int32_t date_days(struct date d)
{
	/* Years begin in March, so that the leap day is their last. */
	int32_t year = d.year - (d.month <= 2), era = year / 400, of_era = year - era * 400;
	int32_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719468;
}

struct date date_of_days(int32_t days)
{
	int32_t shifted = days + 719468, era = shifted / 146097, of_era = shifted - era * 146097;
	int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365; /* of the era, from March */
	int32_t day = of_era - (365 * year + year / 4 - year / 100), month = (5 * day + 2) / 153;
	struct date d = { .month = (int8_t)(month < 10 ? month + 3 : month - 9), .day = (int8_t)(day - (153 * month + 2) / 5 + 1) };
	d.year = (int16_t)(year + era * 400 + (d.month <= 2));
	return d;
}

/* Of each kind: months in one period, and periods in a year. */
static const int8_t months_of[] = { 0, 1, 3, 6, 12, 3 };
static const int8_t count_of[] = { 0, 12, 4, 2, 1, 4 };

static bool parse_numbered(struct str s, size_t *at, struct period *p)
{
	int number;
	if (char_at(s, at, 'Q'))
		p->kind = PERIOD_QUARTER;
	else if (char_at(s, at, 'H'))
		p->kind = PERIOD_HALF;
	else
		p->kind = PERIOD_MONTH;
	if (!number_at(s, at, p->kind == PERIOD_MONTH ? 2 : 1, &number) || number < 1 ||
		number > count_of[p->kind])
		return false;
	p->number = (int8_t)number;
	if (p->kind == PERIOD_QUARTER && str_is((struct str){ s.ptr + *at, s.len - *at }, "-YTD")) {
		p->kind = PERIOD_YTD;
		*at = s.len;
	}
	return true;
}

bool period_parse(struct str s, struct period *out)
{
	size_t at = 0;
	int year;
	if (!number_at(s, &at, 4, &year) || year < 1)
		return false;
	struct period p = { .kind = PERIOD_YEAR, .year = (int16_t)year };
	if (at < s.len && !(char_at(s, &at, '-') && parse_numbered(s, &at, &p)))
		return false;
	if (at != s.len)
		return false;
	*out = p;
	return true;
}

bool period_equal(struct period a, struct period b)
{
	return a.kind == b.kind && a.year == b.year && a.number == b.number;
}

static int end_month(struct period p) /* of its fiscal year, 0..12 */
{
	return p.kind == PERIOD_YEAR ? 12 : p.number * months_of[p.kind];
}

int period_cmp(struct period a, struct period b)
{
	int left = a.year * 12 + end_month(a), right = b.year * 12 + end_month(b);
	if (left != right)
		return left < right ? -1 : 1;
	return (a.kind > b.kind) - (a.kind < b.kind);
}

struct period period_shift(struct period p, int n)
{
	if (p.kind == PERIOD_NONE)
		return p;
	if (p.kind == PERIOD_YEAR || p.kind == PERIOD_YTD) {
		p.year = (int16_t)(p.year + n);
		return p;
	}
	int count = count_of[p.kind], index = p.year * count + p.number - 1 + n;
	int year = index / count - (index % count < 0);
	p.year = (int16_t)year;
	p.number = (int8_t)(index - year * count + 1);
	return p;
}

struct period period_year_ago(struct period p)
{
	if (p.kind != PERIOD_NONE)
		p.year--;
	return p;
}

struct period period_year(struct period p, int n)
{
	if (p.kind == PERIOD_NONE)
		return p;
	return (struct period){ PERIOD_YEAR, (int16_t)(p.year + n), 0 };
}

struct period period_ytd(struct period p)
{
	if (p.kind == PERIOD_NONE)
		return p;
	return (struct period){ PERIOD_YTD, p.year, (int8_t)((end_month(p) + 2) / 3) };
}

/* The first day of the month that lies so many months behind the start of a fiscal year. */
static struct date month_start(int fiscal_year, int months, int fiscal_start_month)
{
	/* A fiscal year bears the number of the calendar year in which it ends. */
	int index = (fiscal_year - (fiscal_start_month > 1)) * 12 + fiscal_start_month - 1 + months;
	return (struct date){ (int16_t)(index / 12), (int8_t)(index % 12 + 1), 1 };
}

struct date period_first_day(struct period p, int fiscal_start_month)
{
	if (p.kind == PERIOD_NONE)
		return (struct date){ 0 };
	bool from_start = p.kind == PERIOD_YEAR || p.kind == PERIOD_YTD;
	return month_start(
		p.year, from_start ? 0 : end_month(p) - months_of[p.kind], fiscal_start_month);
}

struct date period_last_day(struct period p, int fiscal_start_month)
{
	if (p.kind == PERIOD_NONE)
		return (struct date){ 0 };
	struct date d = month_start(p.year, end_month(p) - 1, fiscal_start_month);
	d.day = (int8_t)days_in_month(d.year, d.month);
	return d;
}

static void put_digits(struct buf *b, int n, int digits)
{
	int place = 1;
	while (--digits > 0)
		place *= 10;
	for (; place; place /= 10)
		buf_putc(b, (char)('0' + n / place % 10));
}

void buf_date(struct buf *b, struct date d)
{
	put_digits(b, d.year, 4);
	buf_putc(b, '-');
	put_digits(b, d.month, 2);
	buf_putc(b, '-');
	put_digits(b, d.day, 2);
}

void buf_period(struct buf *b, struct period p)
{
	if (p.kind == PERIOD_NONE)
		return;
	static const char *const before[] = { [PERIOD_MONTH] = "-", [PERIOD_QUARTER] = "-Q", [PERIOD_HALF] = "-H", [PERIOD_YTD] = "-Q" };
	put_digits(b, p.year, 4);
	if (p.kind == PERIOD_YEAR)
		return;
	buf_puts(b, before[p.kind]);
	put_digits(b, p.number, p.kind == PERIOD_MONTH ? 2 : 1);
	if (p.kind == PERIOD_YTD)
		buf_puts(b, "-YTD");
}
