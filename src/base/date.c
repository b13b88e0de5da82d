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
	int32_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
	int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int32_t day_of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * day_of_year + 2) / 153;
	int32_t month = m + (m < 10 ? 3 : -9);
	return (struct date){ (int16_t)(year + era * 400 + (month <= 2)), (int8_t)month,
		(int8_t)(day_of_year - (153 * m + 2) / 5 + 1) };
}

/* ---- periods ---- */

/* Of each kind: months in one period (0: it has no fixed number), and periods in a year. */
static const int8_t months_of[PERIOD_KINDS] = { 0, 1, 3, 6, 12, 0, 12 };
static const int8_t count_of[PERIOD_KINDS] = { 0, 12, 4, 2, 1, 0, 0 };

struct ending {
	const char *text;
	enum period_kind kind;
};
static const struct ending endings[] = { { "-YTD", PERIOD_YTD }, { "-LTM", PERIOD_LTM } };

/* What follows a month or quarter makes of it the stretch of time that ends with it. */
static void parse_ending(struct str s, size_t *at, struct period *p)
{
	struct str rest = { s.ptr + *at, s.len - *at };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (p->kind > PERIOD_QUARTER || !str_is(rest, endings[i].text))
			continue;
		p->number = (int8_t)(p->number * months_of[p->kind]);
		p->kind = (uint8_t)endings[i].kind;
		*at = s.len;
		return;
	}
}

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
	parse_ending(s, at, p);
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

int period_end_month(struct period p)
{
	if (p.kind == PERIOD_YTD || p.kind == PERIOD_LTM)
		return p.number;
	return p.kind == PERIOD_YEAR ? 12 : p.number * months_of[p.kind];
}

int period_cmp(struct period a, struct period b)
{
	int left = a.year * 12 + period_end_month(a), right = b.year * 12 + period_end_month(b);
	if (left != right)
		return left < right ? -1 : 1;
	return (a.kind > b.kind) - (a.kind < b.kind);
}

bool period_alike(struct period a, struct period b)
{
	return a.kind == b.kind && (a.kind != PERIOD_YTD || a.number == b.number);
}

/* Numbered periods of which a year has count, n later. */
static struct period numbered(struct period p, int count, int number, int n)
{
	int index = p.year * count + number - 1 + n, year = index / count - (index % count < 0);
	p.year = (int16_t)year;
	p.number = (int8_t)(index - year * count + 1);
	return p;
}

struct period period_shift(struct period p, int n)
{
	if (p.kind == PERIOD_NONE)
		return p;
	if (p.kind == PERIOD_YEAR || p.kind == PERIOD_YTD) {
		p.year = (int16_t)(p.year + n);
		return p;
	}
	if (p.kind == PERIOD_LTM)
		return numbered(p, 12, p.number, p.number % 3 ? n : n * 3);
	return numbered(p, count_of[p.kind], p.number, n);
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
	return (struct period){ .kind = PERIOD_YEAR, .year = (int16_t)(p.year + n) };
}

struct period period_as(struct period p, enum period_kind kind)
{
	int end = period_end_month(p), months = months_of[kind];
	if (p.kind == PERIOD_NONE || kind == PERIOD_NONE)
		return p;
	if (kind == PERIOD_YEAR)
		return period_year(p, 0);
	if (kind == PERIOD_YTD || kind == PERIOD_LTM)
		return (struct period){ .kind = (uint8_t)kind, .year = p.year, .number = (int8_t)end };
	return (struct period){ .kind = (uint8_t)kind, .year = p.year, .number = (int8_t)((end + months - 1) / months) };
}

struct period period_ytd(struct period p)
{
	return period_as(p, PERIOD_YTD);
}

/* ---- calendars ---- */

/* The calendar year in which a fiscal year starts. */
static int starts_in(const struct calendar *c, int fiscal_year)
{
	return fiscal_year - (c->start_month > 1 && !c->named_for_start);
}

/* The first day of the month that lies so many months behind the start of a fiscal year. */
static struct date month_start(const struct calendar *c, int fiscal_year, int months)
{
	int index = starts_in(c, fiscal_year) * 12 + c->start_month - 1 + months;
	if (index < 0)
		index = 0; /* before the first of all years */
	return (struct date){ (int16_t)(index / 12), (int8_t)(index % 12 + 1), 1 };
}

static struct date month_end(struct date first)
{
	first.day = (int8_t)days_in_month(first.year, first.month);
	return first;
}

/* The last day of a fiscal year of weeks. */
static int32_t year_end(const struct calendar *c, int fiscal_year)
{
	int32_t end = date_days(month_end(month_start(c, fiscal_year, 11)));
	int weekday = (int)((end % 7 + 7 + 3) % 7) + 1; /* 1970 began on a Thursday */
	int back = (weekday - c->weekday + 7) % 7;
	return end - back + (c->nearest && back > 3 ? 7 : 0);
}

int calendar_weeks(const struct calendar *c, int fiscal_year)
{
	if (c->pattern == CALENDAR_MONTHS)
		return 0;
	return (int)(year_end(c, fiscal_year) - year_end(c, fiscal_year - 1)) / 7;
}

/* Weeks of the first so many months of a year of 52. */
static int weeks_to(const struct calendar *c, int months)
{
	static const int8_t of_quarter[][3] = { [CALENDAR_4_4_5] = { 0, 4, 8 },
		[CALENDAR_4_5_4] = { 0, 4, 9 },
		[CALENDAR_5_4_4] = { 0, 5, 9 } };
	return months / 3 * 13 + of_quarter[c->pattern][months % 3];
}

/* The day with which the first so many months of a fiscal year end; the 53rd week is the last month's. */
static int32_t months_end(const struct calendar *c, int fiscal_year, int months)
{
	if (c->pattern == CALENDAR_MONTHS)
		return date_days(month_start(c, fiscal_year, months)) - 1;
	if (months == 12)
		return year_end(c, fiscal_year);
	return year_end(c, fiscal_year - 1) + weeks_to(c, months) * 7;
}

/* The months before a period, counted from the start of its fiscal year; below nought for one that began in the year before. */
static int months_before(struct period p)
{
	return p.kind == PERIOD_YTD ? 0 : period_end_month(p) - months_of[p.kind];
}

struct date period_first_day(struct period p, const struct calendar *c)
{
	if (p.kind == PERIOD_NONE)
		return (struct date){ 0 };
	int before = months_before(p), year = p.year - (before < 0);
	return date_of_days(months_end(c, year, before < 0 ? before + 12 : before) + 1);
}

struct date period_last_day(struct period p, const struct calendar *c)
{
	if (p.kind == PERIOD_NONE)
		return (struct date){ 0 };
	return date_of_days(months_end(c, p.year, period_end_month(p)));
}

struct date period_first_month(struct period p, const struct calendar *c)
{
	return p.kind == PERIOD_NONE ? (struct date){ 0 } : month_start(c, p.year, months_before(p));
}

struct date period_last_month(struct period p, const struct calendar *c)
{
	return p.kind == PERIOD_NONE ? (struct date){ 0 } : month_start(c, p.year, period_end_month(p) - 1);
}

int period_weeks(struct period p, const struct calendar *c, int *usual)
{
	*usual = 0;
	if (c->pattern == CALENDAR_MONTHS || p.kind == PERIOD_NONE)
		return 0;
	int before = months_before(p);
	*usual = before < 0 ? 52 : weeks_to(c, period_end_month(p)) - weeks_to(c, before);
	return (int)(date_days(period_last_day(p, c)) - date_days(period_first_day(p, c)) + 1) / 7;
}

struct period period_of_day(struct date d, enum period_kind kind, const struct calendar *c)
{
	int32_t day = date_days(d);
	int year = d.year - 1;
	while (months_end(c, year, 12) < day)
		year++;
	int month = 1;
	while (months_end(c, year, month) < day)
		month++;
	return period_as((struct period){ .kind = PERIOD_MONTH, .year = (int16_t)year, .number = (int8_t)month }, kind);
}

/* ---- written forms ---- */

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
	static const char *const before[] = { [PERIOD_MONTH] = "-", [PERIOD_QUARTER] = "-Q", [PERIOD_HALF] = "-H" };
	bool stretch = p.kind == PERIOD_YTD || p.kind == PERIOD_LTM, quarter = stretch && p.number % 3 == 0;
	uint8_t kind = !stretch ? p.kind : quarter ? PERIOD_QUARTER : PERIOD_MONTH;
	if (p.kind == PERIOD_NONE)
		return;
	put_digits(b, p.year, 4);
	if (p.kind == PERIOD_YEAR)
		return;
	buf_puts(b, before[kind]);
	put_digits(b, quarter ? p.number / 3 : p.number, kind == PERIOD_MONTH ? 2 : 1);
	for (size_t i = 0; stretch && i < sizeof endings / sizeof *endings; i++)
		if (p.kind == (uint8_t)endings[i].kind)
			buf_puts(b, endings[i].text);
}

struct str date_text(struct arena *a, struct date d)
{
	struct buf b;
	buf_init(&b, a, 64);
	buf_date(&b, d);
	return buf_str(&b);
}

struct str period_text(struct arena *a, struct period p)
{
	struct buf b;
	buf_init(&b, a, 64);
	buf_period(&b, p);
	return buf_str(&b);
}
