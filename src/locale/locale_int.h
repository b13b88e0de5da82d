/* Locale, inside: what the files of this folder share. */
#ifndef LOCALE_INT_H
#define LOCALE_INT_H

#include "locale/locale.h"

enum { LOCALE_MONTHS = 12, LOCALE_ARGUMENTS = 10 };
enum locale_width { WIDTH_SHORT, WIDTH_LONG, WIDTH_COUNT };

struct locale {
	struct arena *arena;         /* of the words; "[id]" for a missing one is made there */
	struct str lang;             /* BCP 47, as the briefing says */
	struct str language;         /* its first part */
	const char *icu;             /* the same for ICU: en_GB; terminated */
	struct map words;            /* id -> struct locale_entry */
	struct str decimal, group;   /* CLDR: decimal sign, sign between groups of digits */
	uint8_t group_last;          /* digits of the group before the decimal sign; 0 = no groups */
	uint8_t group_other;         /* digits of the groups before that one */
	uint8_t group_least;         /* least digits before the first sign, for any sign to be set */
	struct str months[WIDTH_COUNT][LOCALE_MONTHS];
	bool lower_first;            /* labels lose their capital inside a sentence */
};

struct locale_entry { /* one word */
	struct str text;
	struct src_pos pos;
};

/* The word with this id, or NULL. */
const struct str *locale_lookup(const struct locale *l, struct str id);
/* pattern with {0}…{9} replaced; those beyond count stay as they are. */
struct str locale_expand(struct arena *a, struct str pattern, const struct str *args, size_t count);
/* Reads one <words> element into l->words; false when it is for another language. */
bool locale_read_words(
	struct arena *a, struct locale *l, const struct xml_node *words, struct diag *d);
/* Fills in what CLDR knows. */
void locale_read_cldr(struct arena *a, struct locale *l);

#endif
