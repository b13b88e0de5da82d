/* Locale: a language and a number -> whether a plural category of CLDR's is its: rules out of ICU's resource bundle "plurals", where
 * they are texts as "v = 0 and i % 10 = 2..4 and i % 100 != 12..14 @integer …". Worked out here, for libicui18n is not linked. */
#include "locale/locale_int.h"

#include <unicode/ures.h>
#include <unicode/ustring.h>

static const char *const categories[LOCALE_PLURALS] = { "zero", "one", "two", "few", "many", "other" };

const char *locale_plural_name(enum locale_plural category)
{
	return categories[category];
}

bool locale_plural_category(struct str name, uint8_t *out)
{
	for (size_t i = 0; i < LOCALE_PLURALS; i++)
		if (str_is(name, categories[i])) {
			*out = (uint8_t)i;
			return true;
		}
	return false;
}

/* ---- out of the bundle ---- */

static struct str ascii(struct arena *a, const UChar *text, int32_t length)
{
	char *out = arena_alloc(a, (size_t)length + 1);
	for (int32_t i = 0; i < length; i++)
		out[i] = text[i] < 0x80 ? (char)text[i] : ' '; /* only the examples behind a rule have others */
	return (struct str){ out, (size_t)length };
}

/* The table of a language's rules; NULL where there is none. */
static UResourceBundle *rules_of(UResourceBundle *plurals, struct str language)
{
	UErrorCode status = U_ZERO_ERROR;
	char name[16] = "", set[16] = "";
	int32_t length = 0;
	if (language.len >= sizeof name || !language.len)
		return NULL;
	memcpy(name, language.ptr, language.len);
	UResourceBundle *at = ures_getByKey(plurals, "locales", NULL, &status);
	const UChar *which = ures_getStringByKey(at, name, &length, &status);
	if (U_SUCCESS(status) && length < (int32_t)sizeof set) {
		u_UCharsToChars(which, set, length + 1);
		at = ures_getByKey(plurals, "rules", at, &status);
		at = ures_getByKey(at, set, at, &status);
	}
	if (U_SUCCESS(status) && set[0])
		return at;
	ures_close(at);
	return NULL;
}

static struct str rule_in(struct arena *a, UResourceBundle *rules, const char *category)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	const UChar *text = ures_getStringByKey(rules, category, &length, &status);
	struct str rule = { NULL, 0 }, rest;
	if (U_FAILURE(status))
		return rule;
	rest = ascii(a, text, length);
	str_split(&rest, '@', &rule);
	return str_trim(rule);
}

struct locale_plurals locale_plurals(struct arena *a, struct str lang)
{
	struct locale_plurals p = { .rules = { { NULL, 0 } } };
	UErrorCode status = U_ZERO_ERROR;
	struct str language = { NULL, 0 }, rest = lang;
	UResourceBundle *plurals = ures_openDirect(NULL, "plurals", &status);
	str_split(&rest, '-', &language);
	UResourceBundle *rules = U_SUCCESS(status) ? rules_of(plurals, language) : NULL;
	for (int i = 0; rules && i < PLURAL_OTHER; i++)
		p.rules[i] = rule_in(a, rules, categories[i]);
	ures_close(rules);
	ures_close(plurals);
	return p;
}

struct str locale_plurals_told(struct arena *a, const struct locale_plurals *p)
{
	struct buf b;
	buf_init(&b, a, 64);
	for (int i = 0; i < PLURAL_OTHER; i++)
		if (p->rules[i].len)
			buf_printf(&b, "%s%s", b.len ? ", " : "", categories[i]);
	buf_puts(&b, b.len ? " and other" : "other");
	return buf_str(&b);
}

/* ---- a rule and a number ---- */

/* n = i.f: CLDR's operands. v digits of f are seen, f is their number. */
struct operands {
	int64_t i, f, v;
};

static struct operands operands_of(struct decimal n)
{
	struct decimal size = decimal_trimmed(decimal_abs(n));
	int64_t factor = 1;
	for (int s = 0; s < size.scale; s++)
		factor *= 10;
	return (struct operands){ size.coef / factor, size.coef % factor, size.scale };
}

static void skip(struct str *at)
{
	while (at->len && at->ptr[0] == ' ')
		at->ptr++, at->len--;
}

static bool take(struct str *at, const char *word)
{
	skip(at);
	if (!str_starts(*at, word))
		return false;
	at->ptr += strlen(word);
	at->len -= strlen(word);
	return true;
}

static int64_t take_number(struct str *at)
{
	int64_t n = 0;
	skip(at);
	for (; at->len && at->ptr[0] >= '0' && at->ptr[0] <= '9'; at->ptr++, at->len--)
		n = n * 10 + at->ptr[0] - '0';
	return n;
}

/* An operand, as "n % 10"; whole is false where it has digits behind the sign, and then equals no number of a rule. */
static int64_t take_operand(struct str *at, struct operands o, bool *whole)
{
	skip(at);
	char name = at->len ? at->ptr[0] : 'n';
	take(at, (const char[]){ name, '\0' });
	int64_t value = name == 'n' || name == 'i' ? o.i : name == 'f' || name == 't' ? o.f : name == 'v' || name == 'w' ? o.v : 0;
	*whole = name != 'n' || o.f == 0;
	if (take(at, "%")) {
		int64_t by = take_number(at);
		value = by ? value % by : value;
	}
	return value;
}

/* "2..4,7" */
static bool take_ranges(struct str *at, int64_t value)
{
	bool in = false;
	do {
		int64_t low = take_number(at), high = take(at, "..") ? take_number(at) : low;
		in |= value >= low && value <= high;
	} while (take(at, ","));
	return in;
}

static bool take_relation(struct str *at, struct operands o)
{
	bool whole;
	int64_t value = take_operand(at, o, &whole);
	bool is_not = take(at, "!=");
	if (!is_not)
		take(at, "=");
	bool in = take_ranges(at, value) && whole;
	return in != is_not;
}

bool locale_plural_is(const struct locale_plurals *p, enum locale_plural category, struct decimal n)
{
	struct str at = category < PLURAL_OTHER ? p->rules[category] : (struct str){ NULL, 0 };
	struct operands o = operands_of(n);
	bool any = false;
	while (at.len && !any) {
		bool all = take_relation(&at, o);
		while (take(&at, "and"))
			all = take_relation(&at, o) && all;
		any = all;
		if (!take(&at, "or"))
			break;
	}
	return any;
}
