/* Lengths and decimals: exact arithmetic under facts, layout and page. */
#include "base/number.h"

#include <assert.h>

static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000, 10000000000, 100000000000, 1000000000000 };

/* n / d rounded half away from zero; d > 0. */
static __int128 divided(__int128 n, __int128 d)
{
	__int128 quotient = n / d, rest = n % d;
	if (rest < 0)
		rest = -rest;
	if (rest >= d - rest)
		quotient += n < 0 ? -1 : 1;
	return quotient;
}

static mpt length_clamped(__int128 n)
{
	return n > INT32_MAX ? INT32_MAX : n < -INT32_MAX ? -INT32_MAX : (mpt)n;
}

struct length_unit {
	const char *name;
	int32_t mpt, per; /* one unit is mpt / per */
};
static const struct length_unit units[] = {
	{ "pt", 1000, 1 },
	{ "mm", 360000, 127 },
	{ "cm", 3600000, 127 },
	{ "in", 72000, 1 },
};

bool length_parse(struct str s, mpt *out)
{
	struct decimal n;
	if (decimal_parse(s, &n) && n.coef == 0) {
		*out = 0;
		return true;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (!str_ends(s, units[i].name))
			continue;
		if (!decimal_parse((struct str){ s.ptr, s.len - 2 }, &n))
			return false;
		__int128 length =
			divided((__int128)n.coef * units[i].mpt, (__int128)units[i].per * powers[n.scale]);
		if (length > LENGTH_MOST || length < -LENGTH_MOST)
			return false;
		*out = (mpt)length;
		return true;
	}
	return false;
}

void buf_mpt(struct buf *b, mpt length)
{
	uint32_t n = length < 0 ? 0u - (uint32_t)length : (uint32_t)length, part = n % 1000;
	buf_printf(b, "%s%u", length < 0 ? "-" : "", n / 1000);
	if (part == 0)
		return;
	unsigned digits = 3;
	while (part % 10 == 0)
		part /= 10, digits--;
	buf_printf(b, ".%0*u", (int)digits, part);
}

void buf_mm(struct buf *b, mpt length)
{
	uint32_t n = length < 0 ? 0u - (uint32_t)length : (uint32_t)length, tenths = (uint32_t)(((uint64_t)n * 254 + 36000) / 72000);

	buf_printf(b, "%s%u.%u", length < 0 && tenths ? "-" : "", tenths / 10, tenths % 10);
}

mpt mpt_scale(mpt value, int64_t numerator, int64_t denominator)
{
	assert(denominator > 0);
	return length_clamped(divided((__int128)value * numerator, denominator));
}

/* Digits from *at on into *coef; false when there is none or too many. */
static bool digits(struct str s, size_t *at, int64_t *coef)
{
	size_t from = *at;
	for (; *at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9'; ++*at)
		if (__builtin_mul_overflow(*coef, 10, coef) ||
			__builtin_add_overflow(*coef, s.ptr[*at] - '0', coef))
			return false;
	return *at > from;
}

bool decimal_parse(struct str s, struct decimal *out)
{
	bool negative = s.len && s.ptr[0] == '-';
	size_t at = negative, scale = 0;
	int64_t coef = 0;
	if (!digits(s, &at, &coef))
		return false;
	if (at < s.len && s.ptr[at] == '.') {
		size_t from = ++at;
		if (!digits(s, &at, &coef))
			return false;
		scale = at - from;
	}
	if (at != s.len || scale > DECIMAL_SCALE_MAX)
		return false;
	*out = (struct decimal){ negative ? -coef : coef, (uint8_t)scale };
	return true;
}

struct decimal decimal_int(int64_t n)
{
	assert(n != INT64_MIN);
	return (struct decimal){ n, 0 };
}

/* Stores an exact coefficient, giving up zeros at its end when it would not fit otherwise. */
static bool fit(__int128 coef, unsigned scale, struct decimal *out)
{
	while (scale > 0 && (scale > DECIMAL_SCALE_MAX || coef > INT64_MAX || coef < -INT64_MAX) &&
		coef % 10 == 0)
		coef /= 10, scale--;
	if (scale > DECIMAL_SCALE_MAX || coef > INT64_MAX || coef < -INT64_MAX)
		return false;
	*out = (struct decimal){ (int64_t)coef, (uint8_t)scale };
	return true;
}

/* The coefficient at a larger scale. */
static __int128 at_scale(struct decimal a, unsigned scale)
{
	return (__int128)a.coef * powers[scale - a.scale];
}

static unsigned common_scale(struct decimal a, struct decimal b)
{
	return a.scale > b.scale ? a.scale : b.scale;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
	unsigned scale = common_scale(a, b);
	return fit(at_scale(a, scale) + at_scale(b, scale), scale, out);
}

bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out)
{
	return decimal_add(a, decimal_neg(b), out);
}

bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out)
{
	return fit((__int128)a.coef * b.coef, (unsigned)a.scale + b.scale, out);
}

/* n * 10^shift / d for n >= 0, d > 0, by long division, so that only a result too large fails. */
static bool long_division(__int128 n, unsigned shift, __int128 d, __int128 *out)
{
	__int128 quotient = n / d, rest = n % d;
	for (; shift > 0 && quotient <= INT64_MAX; shift--) {
		rest *= 10;
		quotient = quotient * 10 + rest / d;
		rest %= d;
	}
	if (quotient > INT64_MAX)
		return false;
	*out = quotient + (rest >= d - rest);
	return *out <= INT64_MAX;
}

bool decimal_div(
	struct decimal a, int64_t multiplier, struct decimal b, uint8_t scale, struct decimal *out)
{
	if (b.coef == 0 || scale > DECIMAL_SCALE_MAX)
		return false;
	__int128 n = (__int128)a.coef * multiplier, d = b.coef, quotient;
	bool negative = (n < 0) != (d < 0);
	int shift = (int)scale + b.scale - a.scale;
	n = n < 0 ? -n : n;
	d = (d < 0 ? -d : d) * powers[shift < 0 ? -shift : 0];
	if (!long_division(n, shift > 0 ? (unsigned)shift : 0, d, &quotient))
		return false;
	*out = (struct decimal){ negative ? -(int64_t)quotient : (int64_t)quotient, scale };
	return true;
}

struct decimal decimal_round(struct decimal a, uint8_t scale)
{
	if (scale > DECIMAL_SCALE_MAX)
		scale = DECIMAL_SCALE_MAX;
	if (scale <= a.scale)
		return (struct decimal){ (int64_t)divided(a.coef, powers[a.scale - scale]), scale };
	while (a.scale < scale && a.coef <= INT64_MAX / 10 && a.coef >= -INT64_MAX / 10)
		a.coef *= 10, a.scale++;
	return a;
}

struct decimal decimal_neg(struct decimal a)
{
	return (struct decimal){ -a.coef, a.scale };
}

struct decimal decimal_abs(struct decimal a)
{
	return a.coef < 0 ? decimal_neg(a) : a;
}

int decimal_cmp(struct decimal a, struct decimal b)
{
	unsigned scale = common_scale(a, b);
	__int128 left = at_scale(a, scale), right = at_scale(b, scale);
	return (left > right) - (left < right);
}

int decimal_sign(struct decimal a)
{
	return (a.coef > 0) - (a.coef < 0);
}

__int128 integer_root(__int128 n)
{
	__int128 low = 0, high = (__int128)1 << 62;
	while (low < high) {
		__int128 middle = low + (high - low + 1) / 2;
		if (middle * middle <= n)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

double decimal_double(struct decimal a)
{
	return (double)a.coef / (double)powers[a.scale];
}

mpt decimal_length(struct decimal value, struct decimal full, mpt length)
{
	assert(full.coef != 0);
	unsigned scale = common_scale(value, full);
	__int128 n = at_scale(value, scale), d = at_scale(full, scale);
	if (d < 0)
		n = -n, d = -d;
	const __int128 most = (__int128)1 << 94; /* times a length still fits */
	while (n > most || n < -most || d > most)
		n /= 2, d /= 2;
	return d == 0 ? length_clamped(n * length) : length_clamped(divided(n * length, d));
}

void buf_decimal(struct buf *b, struct decimal a)
{
	uint64_t n = a.coef < 0 ? 0u - (uint64_t)a.coef : (uint64_t)a.coef,
			 one = (uint64_t)powers[a.scale];
	if (a.coef < 0)
		buf_putc(b, '-');
	buf_number(b, n / one);
	if (!a.scale)
		return;
	buf_putc(b, '.');
	for (uint64_t place = one / 10; place; place /= 10)
		buf_putc(b, (char)('0' + n / place % 10));
}

struct decimal decimal_trimmed(struct decimal a)
{
	while (a.scale > 0 && a.coef % 10 == 0)
		a.coef /= 10, a.scale--;
	return a;
}

struct str decimal_text(struct arena *arena, struct decimal a)
{
	struct buf b;
	buf_init(&b, arena, 64);
	buf_decimal(&b, a);
	return buf_str(&b);
}
