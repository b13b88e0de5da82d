/* Lengths and decimals. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/str.h"

/* Lengths are thousandths of a point (1/72 inch). Origin top left, y down. No epsilons. */
typedef int32_t mpt;
#define MPT_PT 1000

#define LENGTH_MOST (14400 * MPT_PT) /* 200 inches, the longest page of a PDF: sums of what is read do not overflow */

/* "12pt", "10.5pt", "20mm", "1in", "2cm"; "0" needs no unit. False, also beyond LENGTH_MOST, leaves *out alone. */
bool length_parse(struct str s, mpt *out);
/* Writes points without a trailing zero: 10500 -> "10.5". Never follows the locale. */
void buf_mpt(struct buf *b, mpt length);
void buf_mm(struct buf *b, mpt length); /* in millimetres, "12.5" */
/* value * numerator / denominator, 64-bit in between, rounded half away from zero; denominator > 0. */
mpt mpt_scale(mpt value, int64_t numerator, int64_t denominator);

/* An exact decimal: coef / 10^scale. Sums and products are exact or fail; quotients are rounded half away
 * from zero to the scale asked for. */
struct decimal {
	int64_t coef;
	uint8_t scale; /* 0..DECIMAL_SCALE_MAX */
};
enum { DECIMAL_SCALE_MAX = 12 };

bool decimal_parse(struct str s, struct decimal *out); /* -?digits[.digits]; no exponent, no spaces */
struct decimal decimal_int(int64_t n);
/* False on overflow, *out untouched. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out);
/* a * multiplier / b rounded to scale; false when b is zero or on overflow. multiplier 100 gives per cent. */
bool decimal_div(struct decimal a, int64_t multiplier, struct decimal b, uint8_t scale, struct decimal *out);
/* Half away from zero; pads with zeros when scale is larger, as far as they fit. */
struct decimal decimal_round(struct decimal a, uint8_t scale);
/* The same number without noughts at its end: 12.50 -> 12.5. */
struct decimal decimal_trimmed(struct decimal a);
struct decimal decimal_neg(struct decimal a);
struct decimal decimal_abs(struct decimal a);
int decimal_cmp(struct decimal a, struct decimal b);
int decimal_sign(struct decimal a);
/* The square root of n >= 0 rounded down, by halving: exact and the same on every machine. */
__int128 integer_root(__int128 n);
double decimal_double(struct decimal a); /* for expressions and geometry only, never for printed figures */
/* value scaled into a length: value/full * length, rounded; for charts. full != 0. */
mpt decimal_length(struct decimal value, struct decimal full, mpt length);
void buf_decimal(struct buf *b, struct decimal a); /* "-12.50", C notation, all digits of the scale */
struct str decimal_text(struct arena *arena, struct decimal a); /* the same as a text */

#endif
