/* Characters to places where a line may end, by UAX 14. Serves the arrow spans -> paragraph.
 *
 * Text of plain characters is decided by a table of pairs, which costs a sixth of ICU's rules. The table says only
 * what ICU says too: at a pair it isn't sure of, and at any character it doesn't know, ICU decides the whole text. */
#include "text/text_int.h"

/* Classes of UAX 14, in the order of the table below. */
enum class { AL = 1, NU, OP, CL, CP, QU, EX, IS, SY, HY, BA, PR, PO, GL, B2, IN, CLASS_COUNT, SP = CLASS_COUNT, BK };

static const uint8_t ascii[128] = {
	['\n'] = BK, ['\t'] = BA, [' '] = SP, ['!'] = EX, ['"'] = QU, ['#'] = AL, ['$'] = PR, ['%'] = PO, ['&'] = AL,
	['\''] = QU, ['('] = OP, [')'] = CP, ['*'] = AL, ['+'] = PR, [','] = IS, ['-'] = HY, ['.'] = IS, ['/'] = SY,
	['0'] = NU, ['1'] = NU, ['2'] = NU, ['3'] = NU, ['4'] = NU, ['5'] = NU, ['6'] = NU, ['7'] = NU, ['8'] = NU,
	['9'] = NU, [':'] = IS, [';'] = IS, ['<'] = AL, ['='] = AL, ['>'] = AL, ['?'] = EX, ['@'] = AL, ['['] = OP,
	['\\'] = PR, [']'] = CP, ['^'] = AL, ['_'] = AL, ['`'] = AL, ['{'] = OP, ['|'] = BA, ['}'] = CL, ['~'] = AL,
};

/* Ranges beyond ASCII, ascending. */
static const struct {
	uint16_t first, last;
	uint8_t class;
} beyond[] = {
	{ 0xA0, 0xA0, GL },     { 0xA1, 0xA1, OP },     { 0xA2, 0xA2, PO },     { 0xA3, 0xA3, PR },
	{ 0xA5, 0xA5, PR },     { 0xA7, 0xA7, AL },     { 0xA9, 0xAA, AL },     { 0xAB, 0xAB, QU },
	{ 0xAE, 0xAE, AL },     { 0xB0, 0xB0, PO },     { 0xB1, 0xB1, PR },     { 0xB2, 0xB3, AL },
	{ 0xB5, 0xB5, AL },     { 0xB7, 0xB7, AL },     { 0xB9, 0xBA, AL },     { 0xBB, 0xBB, QU },
	{ 0xBC, 0xBE, AL },     { 0xBF, 0xBF, OP },     { 0xC0, 0x17F, AL },    { 0x2012, 0x2013, BA },
	{ 0x2014, 0x2014, B2 }, { 0x2018, 0x2019, QU }, { 0x201A, 0x201A, OP }, { 0x201C, 0x201D, QU },
	{ 0x201E, 0x201E, OP }, { 0x2022, 0x2022, AL }, { 0x2026, 0x2026, IN }, { 0x202F, 0x202F, GL },
	{ 0x2030, 0x2030, PO }, { 0x20AC, 0x20AC, PR }, { 0x2212, 0x2212, PR },
};

int chances_class(uint32_t c)
{
	if (c < 128)
		return (c | 32) >= 'a' && (c | 32) <= 'z' ? AL : ascii[c];
	for (size_t i = 0; i < sizeof beyond / sizeof *beyond && c >= beyond[i].first; i++)
		if (c <= beyond[i].last)
			return beyond[i].class;
	return 0;
}

/* Rows: the class before; columns: the class behind. '/' break, '.' none, '?' ask ICU. */
static const char pairs[CLASS_COUNT][CLASS_COUNT + 1] = {
	/*           ANOCPQEISHBRTGDL   A al, N nu, O op, C cl, P cp, Q qu, E ex, I is, S sy, H hy, B ba, R pr, T po ... */
	[AL] = "\0" "............../.",
	[NU] = "\0" "............../.",
	[OP] = "\0" "................",
	[CL] = "\0" "///........??./.",
	[CP] = "\0" "../........??./.",
	[QU] = "\0" "................",
	[EX] = "\0" "///........//./.",
	[IS] = "\0" ".?/........??./.",
	[SY] = "\0" "/?/........??./.",
	[HY] = "\0" "?./........//?/.",
	[BA] = "\0" "///........//?/.",
	[PR] = "\0" "..?........??./.",
	[PO] = "\0" "..?........??./.",
	[GL] = "\0" "................",
	[B2] = "\0" "///........//...",
	[IN] = "\0" "///........//./.",
};

/* Two that touch; before is what stands before the first. */
static char touching(int before, int first, int second)
{
	char c = pairs[first][second];
	if (c != '?')
		return c;
	if (first == HY && second == AL && (before == AL || before == NU))
		return '/'; /* not at a word's start: "-flag" stays whole */
	if ((first == IS || first == SY) && second == NU && before == NU)
		return '.'; /* inside a number */
	return '?';
}

static char spaced(int first, int second)
{
	if (second == IS)
		return '?';
	if (second == CL || second == CP || second == EX || second == SY || first == OP)
		return '.';
	return (first == QU && second == OP) || (first == B2 && second == B2) ? '.' : '/';
}

/* False when ICU has to decide. */
static bool plain(struct str text, uint8_t *chances)
{
	int before = 0, last = 0; /* classes of what is not space; 0 at the start */
	bool space = false;
	for (size_t at = 0, next = 0; at < text.len; at = next) {
		uint32_t c = (uint8_t)text.ptr[next];
		if (c < 128)
			next++;
		else
			c = utf8_next(text, &next);
		int class = chances_class(c);
		if (class == SP) {
			space = true;
			continue;
		}
		if (class == 0)
			return false;
		char verdict = '.';
		if (class != BK && space)
			verdict = spaced(last, class);
		else if (class != BK && last)
			verdict = touching(before, last, class);
		if (verdict == '?')
			return false;
		chances[at] = verdict == '/' ? CHANCE_ALLOWED : CHANCE_NONE;
		before = space ? SP : last;
		last = class == BK ? 0 : class;
		space = false;
	}
	return true;
}

static UBreakIterator *iterator(struct font_set *set, uint16_t lang)
{
	struct text_language *l = set->languages.at[lang];
	UErrorCode error = U_ZERO_ERROR;
	/* strict: no small kana and no long mark at the start of a line */
	const char *name = str_printf(font_set_scratch(set), STR_FMT "@lb=strict", STR_ARG(l->tag)).ptr;
	if (!l->breaks)
		l->breaks = ubrk_open(UBRK_LINE, name, NULL, 0, &error);
	return U_SUCCESS(error) ? l->breaks : NULL;
}

static void by_icu(struct font_set *set, uint16_t lang, struct str text, uint8_t *chances)
{
	UErrorCode error = U_ZERO_ERROR;
	UBreakIterator *breaks = iterator(set, lang);
	UText source = UTEXT_INITIALIZER;
	utext_openUTF8(&source, text.ptr, (int64_t)text.len, &error);
	if (!breaks || U_FAILURE(error))
		return;
	memset(chances, CHANCE_NONE, text.len + 1);
	ubrk_setUText(breaks, &source, &error);
	for (int32_t at = ubrk_first(breaks); at != UBRK_DONE; at = ubrk_next(breaks))
		chances[at] = CHANCE_ALLOWED;
	utext_close(&source);
}

void chances_find(struct font_set *set, uint16_t lang, struct str text, bool may_plain, uint8_t *chances)
{
	if (!may_plain || !plain(text, chances))
		by_icu(set, lang, text, chances);
	chances[0] = chances[text.len] = CHANCE_NONE;
}
