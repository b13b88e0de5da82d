/* Text of doubles -> plain decimals, dates and times of day. */
#include "sheet/sheet_number.h"

#include "base/number.h"

enum {
	POINT_MOST = 310, /* 10^±POINT_MOST is beyond a double */
	DAY_SECONDS = 86400,
	SERIAL_DIGITS = 7,    /* of days: up to the year 9999 */
	SERIAL_LAST = 2958465 /* 9999-12-31 */
};

/* Keeps the first keep digits, half away from zero; drops zeros at the end. */
static void round_to(struct sheet_number *n, int32_t keep)
{
	if (keep < 0)
		keep = 0, n->count = 0;
	if (n->count > keep) {
		bool up = n->digits[keep] >= 5;
		n->count = (uint8_t)keep;
		while (up && n->count && n->digits[n->count - 1] == 9)
			n->count--;
		if (up && n->count) {
			n->digits[n->count - 1]++;
		} else if (up) {
			n->digits[0] = 1;
			n->count = 1;
			n->point++;
		}
	}
	while (n->count && n->digits[n->count - 1] == 0)
		n->count--;
	if (n->count == 0)
		*n = (struct sheet_number){ 0 };
}

static bool is_digit(struct str s, size_t at)
{
	return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

/* Takes digits from *at on; behind_point tells where their place is. */
static void take_digits(struct sheet_number *n, struct str s, size_t *at, bool behind_point)
{
	for (; is_digit(s, *at); ++*at) {
		uint8_t digit = (uint8_t)(s.ptr[*at] - '0');
		if (n->count == 0 && digit == 0) {
			n->point -= behind_point;
			continue;
		}
		if (n->count <= SHEET_DIGITS)
			n->digits[n->count++] = digit;
		n->point += !behind_point;
	}
}

/* "E-2"; false when there is something else. */
static bool take_exponent(struct sheet_number *n, struct str s, size_t *at)
{
	if (*at == s.len)
		return true;
	if ((s.ptr[*at] | 0x20) != 'e')
		return false;
	bool negative = ++*at < s.len && s.ptr[*at] == '-';
	*at += *at < s.len && (s.ptr[*at] == '-' || s.ptr[*at] == '+');
	if (!is_digit(s, *at))
		return false;
	int32_t exponent = 0;
	for (; is_digit(s, *at); ++*at)
		if (exponent <= POINT_MOST * 10)
			exponent = exponent * 10 + (s.ptr[*at] - '0');
	n->point += negative ? -exponent : exponent;
	return *at == s.len;
}

bool sheet_number_parse(struct str text, struct sheet_number *out)
{
	struct sheet_number n = { 0 };
	size_t at = 0;
	if (text.len > 4 * POINT_MOST)
		return false;
	n.negative = text.len && text.ptr[0] == '-';
	at += text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
	bool whole = is_digit(text, at);
	take_digits(&n, text, &at, false);
	if (at < text.len && text.ptr[at] == '.') {
		at++;
		if (!whole && !is_digit(text, at))
			return false;
		take_digits(&n, text, &at, true);
	} else if (!whole) {
		return false;
	}
	if (!take_exponent(&n, text, &at))
		return false;
	round_to(&n, SHEET_DIGITS);
	if (n.point > POINT_MOST || n.point < -2 * POINT_MOST)
		return false;
	*out = n;
	return true;
}

struct str sheet_number_text(struct arena *a, struct sheet_number n)
{
	char text[POINT_MOST + 2 * SHEET_DIGITS + 4];
	size_t len = 0;
	round_to(&n, n.point + DECIMAL_SCALE_MAX);
	if (n.count == 0)
		return STR("0");
	if (n.negative)
		text[len++] = '-';
	if (n.point <= 0)
		text[len++] = '0';
	for (int32_t i = 0; i < n.point; i++)
		text[len++] = (char)('0' + (i < n.count ? n.digits[i] : 0));
	if (n.count > n.point)
		text[len++] = '.';
	for (int32_t i = n.point; i < n.count; i++)
		text[len++] = (char)('0' + (i < 0 ? 0 : n.digits[i]));
	return str_copy(a, (struct str){ text, len });
}

/* ---- dates and times ---- */

/* Whole days and the seconds of the rest; false beyond the calendar. */
static bool split_days(struct sheet_number n, int32_t *days, int32_t *seconds)
{
	int64_t whole = 0, part = 0;
	if (n.negative || n.point > SERIAL_DIGITS)
		return false;
	for (int32_t i = 0; i < n.point; i++)
		whole = whole * 10 + (i < n.count ? n.digits[i] : 0);
	for (int32_t i = n.point; i < n.point + 9; i++) /* billionths of a day */
		part = part * 10 + (i >= 0 && i < n.count ? n.digits[i] : 0);
	int64_t all = whole * DAY_SECONDS + (part * DAY_SECONDS + 500000000) / 1000000000;
	*days = (int32_t)(all / DAY_SECONDS);
	*seconds = (int32_t)(all % DAY_SECONDS);
	return whole <= SERIAL_LAST;
}

/* Days since 1970-01-01 to a date: the civil calendar in eras of 400 years from 1 March. */
static struct date date_from_days(int32_t days)
{
	int32_t z = days + 719468, era = z / 146097, of_era = z % 146097;
	int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int32_t shifted = (5 * of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
	return (struct date){ (int16_t)(year + era * 400 + (month <= 2)), (int8_t)month,
		(int8_t)(of_year - (153 * shifted + 2) / 5 + 1) };
}

struct str sheet_date_text(struct arena *a, struct sheet_number days, bool since_1904)
{
	enum { EPOCH_1900 = -25567, EPOCH_1904 = -24107, LEAP_DAY_THAT_NEVER_WAS = 60 };
	int32_t whole, seconds;
	if (!split_days(days, &whole, &seconds))
		return STR("");
	if (!since_1904 && (whole == 0 || whole == LEAP_DAY_THAT_NEVER_WAS))
		return STR("");
	int32_t since = since_1904 ? EPOCH_1904 + whole
							   : EPOCH_1900 + whole - 1 - (whole > LEAP_DAY_THAT_NEVER_WAS);
	struct date date = date_from_days(since);
	if (date.year > 9999)
		return STR("");
	if (seconds == 0)
		return str_printf(a, "%04d-%02d-%02d", date.year, date.month, date.day);
	return str_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day,
		seconds / 3600, seconds / 60 % 60, seconds % 60);
}

struct str sheet_time_text(struct arena *a, struct sheet_number days)
{
	int32_t whole, seconds;
	if (!split_days(days, &whole, &seconds))
		return STR("");
	return str_printf(a, "%02lld:%02d:%02d", (long long)whole * 24 + seconds / 3600,
		seconds / 60 % 60, seconds % 60);
}

/* ---- formats ---- */

/* What letters a format's first section holds, quoted text left out. */
struct letters {
	bool date, time,
		month; /* y or d; h, s or AM/PM; m, which is a minute beside a time and else a month */
	bool percent;
	struct str currency;
};

/* "[h]" counts hours, "[$€-407]" is a currency, "[Red]" a colour. at stands behind '['. */
static size_t take_bracket(struct str format, size_t at, struct letters *l)
{
	size_t end = at;
	while (end < format.len && format.ptr[end] != ']')
		end++;
	struct str inner = { format.ptr + at, end - at };
	if (inner.len && inner.ptr[0] == '$') {
		const char *dash = memchr(inner.ptr, '-', inner.len);
		l->currency =
			(struct str){ inner.ptr + 1, (dash ? (size_t)(dash - inner.ptr) : inner.len) - 1 };
	} else {
		size_t same = 0;
		while (same < inner.len && (inner.ptr[same] | 0x20) == (inner.ptr[0] | 0x20))
			same++;
		l->time |= inner.len && same == inner.len && strchr("hHmMsS", inner.ptr[0]);
	}
	return end;
}

static struct letters letters_of(struct str format)
{
	struct letters l = { 0 };
	for (size_t i = 0; i < format.len && format.ptr[i] != ';'; i++) {
		switch (format.ptr[i]) {
		case '"':
			for (i++; i < format.len && format.ptr[i] != '"'; i++)
				;
			break;
		case '\\':
		case '_':
		case '*': i++; break;
		case '[': i = take_bracket(format, i + 1, &l); break;
		case 'y':
		case 'Y':
		case 'd':
		case 'D': l.date = true; break;
		case 'h':
		case 'H':
		case 's':
		case 'S': l.time = true; break;
		case 'm':
		case 'M': l.month = true; break;
		case '%': l.percent = true; break;
		default: break;
		}
	}
	return l;
}

struct sheet_style sheet_style_of(struct str format)
{
	if (str_is(format, "General") || str_is(format, "@"))
		return (struct sheet_style){ 0 };
	struct letters l = letters_of(format);
	if (l.date || (l.month && !l.time))
		return (struct sheet_style){ .kind = STYLE_DATE };
	if (l.time)
		return (struct sheet_style){ .kind = STYLE_TIME };
	return (struct sheet_style){ STYLE_NUMBER, l.percent, l.currency };
}
