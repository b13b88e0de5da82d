/* Locale: CLDR's number symbols and month names out of ICU's resource bundles (briefing's language
 * -> struct locale). Bundles are opened one by one and the parents walked here: the public calls of
 * libicuuc do not fall back below a bundle's first level. */
#include "locale/locale_int.h"

#include <unicode/ures.h>
#include <unicode/ustring.h>

enum { CHAIN_MAX = 8, NAME_MAX_BYTES = 64 };

/* en_GB, en_001, en, root: most special first. */
struct chain {
	UResourceBundle *at[CHAIN_MAX];
	size_t count;
};

static struct str from_utf16(struct arena *a, const UChar *text, int32_t length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t bytes = 0;
	char *out = arena_alloc(a, (size_t)length * 3 + 1);
	u_strToUTF8(out, length * 3 + 1, &bytes, text, length, &status);
	return U_SUCCESS(status) ? (struct str){ out, (size_t)bytes } : (struct str){ NULL, 0 };
}

/* The parent CLDR names (en_001 for en_GB), else the name without its last part, else root. False
 * behind root. */
static bool parent_name(const UResourceBundle *bundle, char name[NAME_MAX_BYTES])
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	const UChar *named = bundle ? ures_getStringByKey(bundle, "%%Parent", &length, &status) : NULL;
	char *cut = strrchr(name, '_');
	if (strcmp(name, "root") == 0)
		return false;
	if (named && U_SUCCESS(status) && length < NAME_MAX_BYTES)
		u_UCharsToChars(named, name, length + 1);
	else if (cut)
		*cut = '\0';
	else
		memcpy(name, "root", sizeof "root");
	return true;
}

static struct chain chain_open(const char *icu_name)
{
	struct chain chain = { .count = 0 };
	char name[NAME_MAX_BYTES] = "root";
	if (strlen(icu_name) < sizeof name)
		memcpy(name, icu_name, strlen(icu_name) + 1);
	UResourceBundle *bundle;
	do {
		UErrorCode status = U_ZERO_ERROR;
		bundle = ures_openDirect(NULL, name, &status);
		if (U_FAILURE(status))
			bundle = NULL;
		else
			chain.at[chain.count++] = bundle;
	} while (chain.count < CHAIN_MAX && parent_name(bundle, name));
	return chain;
}

static void chain_close(struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++)
		ures_close(chain->at[i]);
}

/* Opens the resource at path (keys ending with NULL) in one bundle; NULL when it is not there. */
static UResourceBundle *descend(const UResourceBundle *bundle, const char *const *path)
{
	UErrorCode status = U_ZERO_ERROR;
	UResourceBundle *at = ures_getByKey(bundle, *path++, NULL, &status);
	while (*path && U_SUCCESS(status))
		at = ures_getByKey(at, *path++, at, &status);
	if (U_SUCCESS(status))
		return at;
	ures_close(at);
	return NULL;
}

static struct str symbol(struct arena *a, const struct chain *chain, const char *const *path)
{
	struct str out = { NULL, 0 };
	for (size_t i = 0; i < chain->count && !out.len; i++) {
		UResourceBundle *at = descend(chain->at[i], path);
		UErrorCode status = U_ZERO_ERROR;
		int32_t length = 0;
		const UChar *text = at ? ures_getString(at, &length, &status) : NULL;
		if (text && U_SUCCESS(status))
			out = from_utf16(a, text, length);
		ures_close(at);
	}
	return out;
}

/* Month names of one width; a language may leave a width to its parent, but never a part of one. */
static bool months(
	struct arena *a, const struct chain *chain, const char *width, struct str out[LOCALE_MONTHS])
{
	const char *const path[] = { "calendar", "gregorian", "monthNames", "format", width, NULL };
	bool found = false;
	for (size_t i = 0; i < chain->count && !found; i++) {
		UResourceBundle *at = descend(chain->at[i], path);
		found = at && ures_getSize(at) == LOCALE_MONTHS;
		for (int32_t m = 0; found && m < LOCALE_MONTHS; m++) {
			UErrorCode status = U_ZERO_ERROR;
			int32_t length = 0;
			const UChar *text = ures_getStringByIndex(at, m, &length, &status);
			out[m] = U_SUCCESS(status) ? from_utf16(a, text, length) : (struct str){ NULL, 0 };
		}
		ures_close(at);
	}
	return found;
}

/* Group sizes of "#,##0.###" (3 and 3) or "#,##,##0.###" (3 and 2). */
static void group_sizes(struct locale *l, struct str pattern)
{
	uint8_t run = 0, before = 0;
	bool grouped = false;
	for (size_t i = 0; i < pattern.len && pattern.ptr[i] != '.' && pattern.ptr[i] != ';'; i++) {
		if (pattern.ptr[i] == ',') {
			before = grouped ? run : 0;
			grouped = true;
			run = 0;
		} else {
			run++;
		}
	}
	l->group_last = grouped ? run : 0;
	l->group_other = before ? before : l->group_last;
}

void locale_read_cldr(struct arena *a, struct locale *l)
{
	static const char *const decimal[] = { "NumberElements", "latn", "symbols", "decimal", NULL };
	static const char *const group[] = { "NumberElements", "latn", "symbols", "group", NULL };
	static const char *const pattern[] = { "NumberElements", "latn", "patterns", "decimalFormat",
		NULL };
	static const char *const least[] = { "NumberElements", "minimumGroupingDigits", NULL };
	struct chain chain = chain_open(l->icu);
	l->decimal = symbol(a, &chain, decimal);
	l->group = symbol(a, &chain, group);
	group_sizes(l, symbol(a, &chain, pattern));
	struct str digits = symbol(a, &chain, least);
	l->group_least = digits.len == 1 && digits.ptr[0] > '0' && digits.ptr[0] <= '9'
		? (uint8_t)(digits.ptr[0] - '0')
		: 1;
	months(a, &chain, "wide", l->months[WIDTH_LONG]);
	if (!months(a, &chain, "abbreviated", l->months[WIDTH_SHORT]))
		memcpy(l->months[WIDTH_SHORT], l->months[WIDTH_LONG], sizeof l->months[WIDTH_SHORT]);
	chain_close(&chain);
}
