/* Where a line had better not end though UAX 14 lets it, by language: between a number and its unit, in dates, behind short
 * prepositions; and where it may end though UAX 14 is too careful. Serves the arrow spans -> paragraph.
 *
 * A tie is no prohibition: a line ends there where it would be very bad otherwise, or too wide. */
#include "text/text_int.h"

#include <unicode/uchar.h>

/* What stands between spaces. */
struct token {
	uint32_t start, end; /* bytes of the text; equal: there is none */
	uint16_t lang;       /* index of its first span's language */
	bool digits;         /* has some */
};
/* A space at hand and what stands around it. */
struct around {
	struct font_set *set;
	struct str text;
	struct token before2, before, after, after2; /* after2 only when asked for */
};

static struct str bytes_of(const struct around *w, struct token t)
{
	return (struct str){ w->text.ptr + t.start, t.end - t.start };
}

static bool one_of(struct str s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(s, list[i]))
			return true;
	return false;
}
#define ONE_OF(s, list) one_of((s), (list), sizeof(list) / sizeof *(list))

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits_at(struct str s, size_t at)
{
	size_t end = at;
	while (end < s.len && is_digit(s.ptr[end]))
		end++;
	return end - at;
}

/* A word without the points and brackets around it; the point of an abbreviation goes too. */
static struct str bare(struct str s)
{
	while (s.len && strchr("([{\"'", s.ptr[0]))
		s.ptr++, s.len--;
	while (s.len && strchr(".,;:!?)]}\"'", s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* ---- numbers ---- */

/* Symbols and short words that read with the number before them, whatever the language. */
static const char *const units[] = {
	"%", "‰", "°", "°C", "°F", "€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "JPY", "k", "K",
	"m", "M", "bn", "B", "tn", "mn", "Tsd", "Mio", "Mrd", "Bio", "mln", "mld", "md", "mrd",
	"mio", "thousand", "million", "millions", "billion", "billions", "trillion", "Million",
	"Millionen", "Milliarde", "Milliarden", "milliard", "milliards", "percent", "Prozent",
	"pp", "p.p", "pt", "pts", "Pp", "PP", "bp", "bps", "FTE", "FTEs", "VZÄ", "ETP", "kg", "g",
	"t", "km", "cm", "mm", "l", "h", "Std", "min", "Min", "s", "ms", "kB", "MB", "GB", "TB",
	"PB", "W", "kW", "MW", "GW", "kWh", "MWh", "GWh", "Hz", "GHz", "dpi" };
static const char *const currencies[] = {
	"€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "JPY", "US$", "Fr", "kr", "zł", "Kč" };
/* Short words that read with the number behind them. */
static const char *const leaders[] = {
	"§", "§§", "No.", "no.", "Nr.", "nr.", "Nos.", "n°", "N°", "nº", "č.", "№", "p.", "pp.",
	"S.", "s.", "Fig.", "fig.", "Abb.", "Tab.", "Art.", "art.", "Abs.", "Vol.", "vol.", "Ch.",
	"ch.", "Kap.", "Ziff.", "ca.", "FY", "GJ", "KW", "CW", "v.", "≈", "~", "±", "×", "≥", "≤",
	"<", ">", "page", "pages", "Page", "Figure", "Exhibit", "Table", "Section", "Chapter",
	"Appendix", "Note", "Phase", "Step", "Level", "Version", "Seite", "Seiten", "Abbildung",
	"Tabelle", "Abschnitt", "Kapitel", "Anhang", "Stufe", "Schritt", "Tableau", "Graphique",
	"Annexe", "Chapitre", "chapitre", "étape", "Étape" };

static bool ends_in_digit(struct str s)
{
	return s.len && is_digit(s.ptr[s.len - 1]);
}

static bool starts_with_digit(struct str s)
{
	size_t at = 0;
	while (at < s.len && strchr("+-(", s.ptr[at]))
		at++;
	return at < s.len && is_digit(s.ptr[at]);
}

static bool number_and_unit(const struct around *w)
{
	struct str a = bytes_of(w, w->before), b = bytes_of(w, w->after);
	if (ends_in_digit(a))
		return ONE_OF(bare(b), units);
	return starts_with_digit(b) && (ONE_OF(bare(a), currencies) || ONE_OF(a, leaders));
}

/* "Q3 2026", "H1 FY26": one letter and a digit before a year. */
static bool is_period(struct str s)
{
	s = bare(s);
	return s.len == 2 && strchr("QHTS", s.ptr[0]) && is_digit(s.ptr[1]);
}

static bool is_year(struct str s)
{
	s = bare(s);
	if (str_starts(s, "FY") || str_starts(s, "GJ"))
		return s.len > 2 && digits_at(s, 2) == s.len - 2;
	return s.len == 4 && digits_at(s, 0) == 4 && (str_starts(s, "19") || str_starts(s, "20"));
}

/* ---- dates ---- */

/* "12", "12.", "12th", "1er", "12,": a day of a month. */
static bool is_day(struct str s)
{
	static const char *const endings[] = { "", ".", ",", "st", "nd", "rd", "th", "st,", "nd,", "rd,", "th,",
		"er", "º", "ª", "de", "-го" };
	size_t digits = digits_at(s, 0);
	struct str ending = { s.ptr + digits, s.len - digits };
	int value = 0;
	for (size_t i = 0; i < digits && digits <= 2; i++)
		value = value * 10 + s.ptr[i] - '0';
	return value >= 1 && value <= 31 && ONE_OF(ending, endings);
}

static bool is_month(const struct around *w, struct token t)
{
	struct str s = bytes_of(w, t);
	return s.len > 2 && !is_digit(s.ptr[0]) && ties_month(w->set, t.lang, bare(s));
}

/* Between the parts of "12 March 2026", "March 12, 2026", "12. März", "12 de marzo de 2026". */
static bool date(const struct around *w)
{
	struct str a = bytes_of(w, w->before), b = bytes_of(w, w->after);
	if (is_day(a))
		return is_month(w, w->after) || (str_is(b, "de") && is_month(w, w->after2)) ||
		       (is_year(b) && is_month(w, w->before2));
	if (str_is(a, "de"))
		return (is_day(bytes_of(w, w->before2)) && is_month(w, w->after)) || (is_year(b) && is_month(w, w->before2));
	return (is_day(b) || is_year(b)) && is_month(w, w->before);
}

static bool period(const struct around *w)
{
	return is_period(bytes_of(w, w->before)) && is_year(bytes_of(w, w->after));
}

/* ---- words ---- */

/* Prepositions and conjunctions that must not end a line, in lower case. */
static const struct {
	const char *lang, *words;
} short_words[] = {
	{ "cs", "k s v z o u i a" },
	{ "sk", "k s v z o u i a" },
	{ "pl", "a i o u w z" },
	{ "sl", "k h s z v o u a" },
	{ "ru", "а в и к о с у я на не ни но по во ко со об от до за из" },
	{ "uk", "а в і з й о у я на не ні но по до за із зі від" },
	{ "be", "а і й з у ў я на не па да за" },
	{ "bg", "а в и о с у на по до за от" },
};

static struct str lower(struct str s, char room[16])
{
	size_t len = 0;
	for (size_t i = 0; i < s.len && len < 12;)
		len += utf8_put(room + len, (uint32_t)u_tolower((UChar32)utf8_next(s, &i)));
	return (struct str){ room, len };
}

static bool short_word(const struct around *w)
{
	enum { LONGEST = 6 }; /* bytes, three letters of Cyrillic; an opening bracket may stand before them */
	char room[16];
	struct str a = bytes_of(w, w->before), word, words = str_from(w->set->languages.at[w->before.lang]->short_words);
	if (words.len && strchr("([\"", a.ptr[0]))
		a.ptr++, a.len--;
	if (!words.len || !a.len || a.len > LONGEST)
		return false;
	a = lower(a, room);
	while ((word = str_word(&words)).len)
		if (str_equal(word, a))
			return true;
	return false;
}

const char *ties_short_words(struct str tag)
{
	for (size_t i = 0; i < sizeof short_words / sizeof *short_words; i++)
		if (str_starts(tag, short_words[i].lang) && (tag.len == 2 || tag.ptr[2] == '-'))
			return short_words[i].words;
	return "";
}

/* "z. B.", "u. a. m.": letters with points. */
static bool is_initial(struct str s)
{
	size_t at = 0;
	return s.len >= 2 && s.ptr[s.len - 1] == '.' && u_isalpha((UChar32)utf8_next(s, &at)) && at + 1 == s.len;
}

static bool initials(const struct around *w)
{
	return is_initial(bytes_of(w, w->before)) && is_initial(bytes_of(w, w->after));
}

/* « mot »: French has spaces inside. */
static bool quotes(const struct around *w)
{
	struct str a = bytes_of(w, w->before), b = bytes_of(w, w->after);
	return (str_is(a, "«") || str_starts(b, "»")) && str_starts(w->set->languages.at[w->before.lang]->tag, "fr");
}

/* ---- where UAX 14 is too careful ---- */

/* A path or a name begins with a point or slash: ".NET", "/etc". */
static bool begins_name(const struct around *w)
{
	struct str b = bytes_of(w, w->after);
	size_t at = 1;
	return b.len > 1 && (b.ptr[0] == '/' || b.ptr[0] == '.') && u_isalnum((UChar32)utf8_next(b, &at));
}

/* A quotation mark that ends a word closes, and a bracket may begin the next line; UAX 14 of Unicode 15 takes either for opening. */
static bool behind_quote(const struct around *w)
{
	static const char *const marks[] = { "\"", "'", "”", "“", "’", "‘", "»", "«" };
	struct str a = bytes_of(w, w->before), b = bytes_of(w, w->after);
	if (!b.len || (b.ptr[0] != '(' && b.ptr[0] != '['))
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (a.len > strlen(marks[i]) && str_ends(a, marks[i]))
			return true;
	return false;
}

/* ---- the walk ---- */

static bool tied(const struct around *w)
{
	if (w->before.digits || w->after.digits || str_is(bytes_of(w, w->before), "de"))
		if (number_and_unit(w) || period(w) || date(w))
			return true;
	return short_word(w) || initials(w) || quotes(w);
}

/* "2024–26", "10–12 %": UAX 14 would part them behind the dash. */
static bool tie_range(struct str text, struct token t, uint8_t *chances)
{
	static const char dash[] = "\xE2\x80\x93";
	bool any = false;
	for (uint32_t i = t.start + 1; t.digits && i + sizeof dash <= t.end + 1; i++) {
		if (memcmp(text.ptr + i, dash, sizeof dash - 1) != 0 || !is_digit(text.ptr[i - 1]))
			continue;
		uint32_t behind = i + (uint32_t)sizeof dash - 1;
		if (behind < t.end && is_digit(text.ptr[behind]) && chances[behind] == CHANCE_ALLOWED)
			chances[behind] = CHANCE_TIED, any = true;
	}
	return any;
}

static struct token next_token(const struct text_paragraph *p, uint32_t at, size_t *span)
{
	struct token t = { 0 };
	while (at < p->text.len && p->text.ptr[at] == ' ')
		at++;
	t.start = t.end = at;
	while (*span + 1 < p->span_count && p->starts[*span + 1] <= at)
		++*span;
	t.lang = p->langs[*span];
	for (; t.end < p->text.len && p->text.ptr[t.end] != ' '; t.end++)
		t.digits |= is_digit(p->text.ptr[t.end]);
	return t;
}

static bool at_space(const struct around *w, uint8_t *chances)
{
	uint8_t *chance = &chances[w->after.start];
	bool name = begins_name(w);
	if (*chance == CHANCE_NONE && (name || behind_quote(w)))
		*chance = CHANCE_ALLOWED;
	if (name && chances[w->after.start + 1] == CHANCE_ALLOWED)
		chances[w->after.start + 1] = CHANCE_TIED;
	if (*chance == CHANCE_ALLOWED && tied(w))
		*chance = CHANCE_TIED;
	return name || *chance == CHANCE_TIED;
}

bool ties_find(const struct text_paragraph *p, uint8_t *chances)
{
	size_t span = 0;
	bool any = false;
	struct around w = { .set = p->set, .text = p->text };
	for (w.after = next_token(p, 0, &span); w.after.end > w.after.start; w.after = w.after2) {
		w.after2 = next_token(p, w.after.end, &span);
		any |= tie_range(p->text, w.after, chances);
		if (w.before.end > w.before.start)
			any |= at_space(&w, chances);
		w.before2 = w.before;
		w.before = w.after;
	}
	return any;
}
