/* Locale: rounded decimals -> numbers, measures, money, counts and ordinals of a language. */
#include "locale/locale_int.h"

#include <unicode/ucurr.h>
#include <unicode/ustring.h>

#define MINUS "\xE2\x88\x92"      /* U+2212 */
#define PLUS_MINUS "\xC2\xB1"     /* U+00B1 */
#define NO_BREAK_SPACE "\xC2\xA0" /* U+00A0 */
enum { WORDS_UP_TO = 12 };

static const char *sign_of(struct decimal n, enum locale_sign sign)
{
	int s = decimal_sign(n);
	if (sign == SIGN_NEVER || (sign == SIGN_MINUS && s >= 0))
		return "";
	return s < 0 ? MINUS : s > 0 ? "+" : PLUS_MINUS;
}

/* A sign stands before digit i of count when what follows it is a whole number of groups. */
static bool group_before(const struct locale *l, size_t i, size_t count)
{
	size_t behind = count - i;
	if (i == 0 || l->group_last == 0 || count < (size_t)l->group_last + l->group_least ||
		behind < l->group_last)
		return false;
	return (behind - l->group_last) % l->group_other == 0;
}

static void put_integer(struct buf *out, const struct locale *l, struct str digits)
{
	for (size_t i = 0; i < digits.len; i++) {
		if (group_before(l, i, digits.len))
			buf_put(out, l->group);
		buf_putc(out, digits.ptr[i]);
	}
}

struct str locale_number(
	struct arena *a, const struct locale *l, struct decimal n, int decimals, enum locale_sign sign)
{
	struct buf plain, out;
	struct str integer, fraction;
	if (decimals >= 0)
		n = decimal_round(
			n, (uint8_t)(decimals > DECIMAL_SCALE_MAX ? DECIMAL_SCALE_MAX : decimals));
	buf_init(&out, a, 256);
	buf_init(&plain, a, 64);
	buf_decimal(&plain, n);
	fraction = buf_str(&plain);
	if (decimal_sign(n) < 0)
		fraction = (struct str){ fraction.ptr + 1, fraction.len - 1 };
	str_split(&fraction, '.', &integer);
	buf_puts(&out, sign_of(n, sign));
	put_integer(&out, l, integer);
	if (fraction.len) {
		buf_put(&out, l->decimal);
		buf_put(&out, fraction);
	}
	arena_shrink(a, plain.ptr, plain.room, 0); /* behind out: both ends are the arena's again */
	return buf_finish(&out);
}

/* Cuts the sign off a printed number. */
static struct str cut_sign(struct str *number)
{
	static const char *const signs[] = { MINUS, PLUS_MINUS, "+" };
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(*number, signs[i])) {
			size_t len = strlen(signs[i]);
			struct str sign = { number->ptr, len };
			*number = (struct str){ number->ptr + len, number->len - len };
			return sign;
		}
	return (struct str){ number->ptr, 0 };
}

struct str locale_measure(
	struct arena *a, const struct locale *l, const char *measure, struct str number)
{
	struct str magnitude = number;
	cut_sign(&magnitude);
	const struct str *pattern = NULL;
	if (str_is(magnitude, "1"))
		pattern = locale_lookup(l, str_printf(a, "measure-%s-one", measure));
	if (!pattern)
		pattern = locale_lookup(l, str_printf(a, "measure-%s", measure));
	return pattern ? locale_expand(a, *pattern, &number, 1) : number;
}

static struct str currency_symbol(struct arena *a, const struct locale *l, struct str currency)
{
	UChar code[4] = { 0 };
	char out[32];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0, bytes = 0;
	if (currency.len != 3)
		return currency;
	for (int i = 0; i < 3; i++)
		code[i] = (UChar)currency.ptr[i];
	const UChar *name = ucurr_getName(code, l->icu, UCURR_SYMBOL_NAME, NULL, &length, &status);
	u_strToUTF8(out, sizeof out, &bytes, name, length, &status);
	return U_SUCCESS(status) ? str_copy(a, (struct str){ out, (size_t)bytes }) : currency;
}

/* CLDR's currency spacing: a symbol that ends in a letter does not touch the number behind it. */
static struct str space_symbol(struct arena *a, struct str pattern, struct str symbol)
{
	char last = symbol.len ? symbol.ptr[symbol.len - 1] : '\0';
	bool letter = (last >= 'A' && last <= 'Z') || (last >= 'a' && last <= 'z');
	return letter && str_starts(pattern, "{1}{0}")
		? str_printf(a, STR_FMT NO_BREAK_SPACE, STR_ARG(symbol))
		: symbol;
}

static struct str money_pattern(
	struct arena *a, const struct locale *l, const char *stem, int exponent)
{
	const struct str *pattern = locale_lookup(l, str_printf(a, "%s-%d", stem, exponent));
	return pattern ? *pattern : locale_word(l, str_printf(a, "%s-0", stem));
}

struct str locale_money(
	struct arena *a, const struct locale *l, struct str currency, int exponent, struct str number)
{
	struct str pattern = money_pattern(a, l, "money", exponent);
	struct str symbol = space_symbol(a, pattern, currency_symbol(a, l, currency));
	struct str sign = cut_sign(&number);
	struct str amount = locale_expand(a, pattern, (struct str[]){ number, symbol }, 2);
	return str_printf(a, STR_FMT STR_FMT, STR_ARG(sign), STR_ARG(amount));
}

struct str locale_compact(struct arena *a, const struct locale *l, int exponent, struct str number)
{
	const struct str *pattern = locale_lookup(l, str_printf(a, "compact-%d", exponent));
	return exponent && pattern ? locale_expand(a, *pattern, &number, 1) : number;
}

struct str locale_currency_unit(
	struct arena *a, const struct locale *l, struct str currency, int exponent)
{
	struct str symbol = currency_symbol(a, l, currency);
	return locale_expand(a, money_pattern(a, l, "money-unit", exponent), &symbol, 1);
}

struct str locale_count(struct arena *a, const struct locale *l, int64_t n, bool capital)
{
	const struct str *word =
		n >= 0 && n <= WORDS_UP_TO ? locale_lookup(l, str_printf(a, "number-%d", (int)n)) : NULL;
	if (!word)
		return locale_number(a, l, decimal_int(n), 0, SIGN_MINUS);
	return capital ? locale_upper_first(a, l, *word) : *word;
}

/* A word of its own, else by its last two digits, its last digit, or the rule: "21st" is
 * "ordinal-ends-1", "11th" "ordinal-ends-11". */
struct str locale_ordinal(struct arena *a, const struct locale *l, int64_t n)
{
	struct str number = locale_number(a, l, decimal_int(n), 0, SIGN_MINUS);
	int two = (int)(n % 100), one = (int)(n % 10);
	const struct str *pattern = locale_lookup(l, str_printf(a, "ordinal-%lld", (long long)n));
	if (!pattern)
		pattern = locale_lookup(l, str_printf(a, "ordinal-ends-%d", two));
	if (!pattern)
		pattern = locale_lookup(l, str_printf(a, "ordinal-ends-%d", one));
	return locale_expand(a, pattern ? *pattern : locale_word(l, STR("ordinal-other")), &number, 1);
}

struct str locale_decimal_sign(const struct locale *l)
{
	return l->decimal;
}

struct str locale_group_sign(const struct locale *l)
{
	return l->group;
}
