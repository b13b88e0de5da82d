/* Narrative: plural="few" count="count('ask')" of a <say> -> the numbers that the wording is for, by the plurals of its language. */
#include "narrative/narrative_int.h"

#include <math.h>

#define COUNT_MOST 1e12 /* with the decimals that a plural may ask for it fits a decimal */

static void report_category(struct narrative_reading *r, const struct xml_attr *attr, struct str word, const struct say *say)
{
	struct str names[LOCALE_PLURALS];
	size_t count = 0;
	for (size_t i = 0; i < LOCALE_PLURALS; i++)
		if (i == PLURAL_OTHER || say->plurals->rules[i].len)
			names[count++] = str_from(locale_plural_name((enum locale_plural)i));
	diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr->value_pos, "'" STR_FMT "' is no plural of '" STR_FMT "', which has " STR_FMT "%s",
		STR_ARG(word), STR_ARG(r->facts->lang), STR_ARG(locale_plurals_told(r->arena, say->plurals)),
		diag_nearest(r->diag, str_nearest(word, names, count)));
}

/* "few many": each a category that the language has. */
static void read_categories(struct narrative_reading *r, const struct xml_attr *attr, struct say *say)
{
	struct str rest = attr->value, word;
	while ((word = str_word(&rest)).len) {
		uint8_t category;
		if (locale_plural_category(word, &category) && (category == PLURAL_OTHER || say->plurals->rules[category].len))
			say->plural |= UINT32_C(1) << category;
		else
			report_category(r, attr, word, say);
	}
}

void narrative_read_plural(struct narrative_reading *r, const struct xml_node *n, struct say *say)
{
	const struct xml_attr *plural = xml_attr(n, "plural"), *count = xml_attr(n, "count");
	if (!plural && !count)
		return;
	if (!plural || !count) {
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, plural ? "'plural' without 'count': of which number, as count=\"count('ask')\""
			: "'count' without 'plural': for which numbers the wording is, as plural=\"one\"");
		return;
	}
	struct locale_plurals *plurals = ARENA_NEW(r->arena, struct locale_plurals);
	*plurals = locale_plurals(r->arena, r->facts->lang);
	say->plurals = plurals;
	say->count = narrative_expr(r, n, "count");
	read_categories(r, plural, say);
}

enum narrative_plural_fit narrative_plural_fits(const struct say *say, struct calc_scope *scope)
{
	enum narrative_plural_fit otherwise = say->plural & UINT32_C(1) << PLURAL_OTHER ? PLURAL_FITS_ANY : PLURAL_FITS_NOT;
	struct expr_value v;
	if (!say->plural)
		return PLURAL_FITS_ANY;
	if (!say->count || expr_eval(say->count, scope, &v) != EXPR_DONE || v.kind != EXPR_NUMBER || !(fabs(v.number) <= COUNT_MOST))
		return otherwise;
	struct decimal n = { (int64_t)round(v.number * 1e6), 6 };
	for (int i = 0; i < PLURAL_OTHER; i++)
		if (say->plural & UINT32_C(1) << i && locale_plural_is(say->plurals, (enum locale_plural)i, n))
			return PLURAL_FITS;
	return otherwise;
}
