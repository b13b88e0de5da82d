/* Names of months by language, out of ICU's resource bundles. For text_ties: a day and its month stay together. */
#include "text/text_int.h"

#include <unicode/ures.h>
#include <unicode/ustring.h>

enum { LANGUAGE_MOST = 12, NAME_MOST = 48 };

/* "de-AT" to "de": a language's names stand in its first bundle. */
static const char *language_of(struct str tag, char name[LANGUAGE_MOST])
{
	size_t len = 0;
	while (len < tag.len && len + 1 < LANGUAGE_MOST && tag.ptr[len] != '-')
		name[len] = tag.ptr[len], len++;
	name[len] = '\0';
	return name;
}

static void add_name(struct font_set *set, struct text_language *l, const UChar *text, int32_t units)
{
	char bytes[NAME_MOST * 3];
	int32_t len = 0;
	UErrorCode error = U_ZERO_ERROR;
	u_strToUTF8(bytes, (int32_t)sizeof bytes, &len, text, units, &error);
	if (U_FAILURE(error) || len > (int32_t)sizeof bytes)
		return;
	while (len && bytes[len - 1] == '.')
		len--;
	vec_push(set->session, &l->months, str_copy(set->session, (struct str){ bytes, (size_t)len }));
}

static void add_names(struct font_set *set, struct text_language *l, UResourceBundle *bundle, const char *width)
{
	static const char *const path[] = { "calendar", "gregorian", "monthNames", "format" };
	UErrorCode error = U_ZERO_ERROR;
	UResourceBundle *at = NULL;
	for (size_t i = 0; i < sizeof path / sizeof *path; i++)
		at = ures_getByKey(at ? at : bundle, path[i], at, &error);
	at = ures_getByKey(at, width, at, &error);
	for (int32_t i = 0; U_SUCCESS(error) && i < ures_getSize(at); i++) {
		int32_t units = 0;
		const UChar *text = ures_getStringByIndex(at, i, &units, &error);
		if (U_SUCCESS(error))
			add_name(set, l, text, units);
	}
	ures_close(at);
}

static void load(struct font_set *set, struct text_language *l)
{
	char name[LANGUAGE_MOST];
	UErrorCode error = U_ZERO_ERROR;
	UResourceBundle *bundle = ures_openDirect(NULL, language_of(l->tag, name), &error);
	l->months_tried = true;
	if (U_FAILURE(error))
		return;
	add_names(set, l, bundle, "wide");
	add_names(set, l, bundle, "abbreviated");
	ures_close(bundle);
}

bool ties_month(struct font_set *set, uint16_t lang, struct str word)
{
	struct text_language *l = set->languages.at[lang];
	if (!l->months_tried)
		load(set, l);
	for (size_t i = 0; i < l->months.count; i++)
		if (str_equal(l->months.at[i], word))
			return true;
	return false;
}
