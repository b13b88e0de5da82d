/* A file of hyphenation patterns to a table, and a word to its marks, after Liang: every pattern found in the word raises the marks
 * between its letters, and odd ones allow a hyphen. Serves the arrow paragraph -> lines.
 *
 * libhyphen does the same by an automaton that takes longer to build than a briefing takes to set. The table is the file itself and the
 * places of its patterns by hash of their letters: building it is little more than reading the file. */
#include "text/text_int.h"

enum { LEVELS = 2, PADDED_MOST = 512 };

struct slot {
	uint32_t hash;   /* of a pattern's letters */
	uint32_t at;     /* the pattern in the file; 0 = free: the first line names the encoding */
};

/* Patterns up to NEXTLEVEL find the parts of compounds, those behind it the syllables of each part. */
struct level {
	struct slot *slots; /* open addressing */
	uint32_t mask;
	size_t longest;     /* bytes of the longest pattern without its digits */
};

struct patterns {
	struct str text;    /* the file */
	struct level levels[LEVELS];
	size_t level_count;
	size_t left, right; /* letters that stay before the first hyphen, and behind the last */
	size_t inner_left, inner_right; /* the same at the inner ends of a compound's parts */
	bool utf8;
};

enum { HASH_START = 2166136261u, HASH_STEP = 16777619u };

static uint32_t hash_on(uint32_t hash, char c)
{
	return (hash ^ (uint8_t)c) * HASH_STEP;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A pattern ends at the first byte up to a space. */
static bool ends(const struct patterns *p, size_t at)
{
	return at >= p->text.len || (uint8_t)p->text.ptr[at] <= ' ';
}

/* ---- reading ---- */

/* Whether the pattern in the file has these letters. */
static bool has_letters(const struct patterns *p, size_t at, const char *letters, size_t len)
{
	size_t same = 0;
	for (; !ends(p, at); at++) {
		if (is_digit(p->text.ptr[at]))
			continue;
		if (same == len || p->text.ptr[at] != letters[same])
			return false;
		same++;
	}
	return same == len;
}

static struct slot *slot_for(const struct patterns *p, const struct level *l, uint32_t hash, const char *letters, size_t len)
{
	uint32_t i = hash & l->mask;
	while (l->slots[i].at && (l->slots[i].hash != hash || !has_letters(p, l->slots[i].at, letters, len)))
		i = (i + 1) & l->mask;
	return &l->slots[i];
}

/* The last of two patterns of the same letters stands. */
static void add_pattern(struct patterns *p, struct level *l, struct str line, size_t at)
{
	char letters[PADDED_MOST];
	uint32_t hash = HASH_START;
	size_t len = 0;
	for (size_t i = 0; i < line.len && (uint8_t)line.ptr[i] > ' '; i++) {
		if (is_digit(line.ptr[i]))
			continue;
		if (len == sizeof letters)
			return; /* longer than any word */
		letters[len++] = line.ptr[i];
		hash = hash_on(hash, line.ptr[i]);
	}
	if (len == 0)
		return;
	*slot_for(p, l, hash, letters, len) = (struct slot){ hash, (uint32_t)at };
	l->longest = len > l->longest ? len : l->longest;
}

static bool set_least(struct str line, const char *name, size_t *least)
{
	size_t len = strlen(name);
	if (!str_starts(line, name))
		return false;
	*least = 0;
	for (size_t i = len; i < line.len; i++)
		if (is_digit(line.ptr[i]) && *least < PADDED_MOST)
			*least = *least * 10 + (size_t)(line.ptr[i] - '0');
	return true;
}

static bool is_setting(struct patterns *p, struct str line)
{
	return set_least(line, "LEFTHYPHENMIN", &p->left) || set_least(line, "RIGHTHYPHENMIN", &p->right) ||
		set_least(line, "COMPOUNDLEFTHYPHENMIN", &p->inner_left) ||
		set_least(line, "COMPOUNDRIGHTHYPHENMIN", &p->inner_right) ||
		str_starts(line, "NOHYPHEN"); /* of signs, which are no letters */
}

static bool is_comment(struct str line)
{
	return line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == '%' || line.ptr[0] == '\r';
}

static size_t count_lines(struct str text)
{
	size_t count = 1;
	for (const char *at = text.ptr; (at = memchr(at, '\n', (size_t)(text.ptr + text.len - at))); at++)
		count++;
	return count;
}

/* Room for as many patterns, less than three quarters full. */
static void open_level(struct arena *a, struct patterns *p, size_t lines)
{
	struct level *l = &p->levels[p->level_count++];
	uint32_t count = 64;
	while (count < lines + lines / 3)
		count *= 2;
	l->slots = ARENA_ARRAY(a, struct slot, count);
	l->mask = count - 1;
}

static bool read_line(struct arena *a, struct patterns *p, struct str line, size_t at)
{
	if (is_comment(line) || is_setting(p, line))
		return true;
	if (memchr(line.ptr, '/', line.len))
		return false; /* a spelling that changes at the hyphen */
	if (!str_starts(line, "NEXTLEVEL")) {
		add_pattern(p, &p->levels[p->level_count - 1], line, at);
		return true;
	}
	if (p->level_count == LEVELS)
		return false;
	open_level(a, p, count_lines((struct str){ p->text.ptr + at, p->text.len - at }));
	return true;
}

const struct patterns *patterns_read(struct arena *a, struct str text)
{
	struct patterns *p = ARENA_NEW(a, struct patterns);
	const struct str known[] = { STR("UTF-8"), STR("ISO8859-1"), STR("ISO-8859-1") };
	size_t named = 0;
	struct str rest = text, line;
	if (text.len >= UINT32_MAX)
		return NULL;
	str_split(&rest, '\n', &line);
	while (named < sizeof known / sizeof *known && !str_equal(str_trim(line), known[named]))
		named++;
	if (named == sizeof known / sizeof *known)
		return NULL;
	*p = (struct patterns){ .text = text, .left = 2, .right = 2, .utf8 = named == 0 };
	open_level(a, p, count_lines(text));
	while (rest.len) {
		size_t at = (size_t)(rest.ptr - text.ptr);
		str_split(&rest, '\n', &line);
		if (!read_line(a, p, line, at))
			return NULL;
	}
	return p;
}

bool patterns_utf8(const struct patterns *p)
{
	return p->utf8;
}

/* ---- marks ---- */

/* The digits of a pattern found at marks: marks[i] stands before the pattern's letter i. */
static void raise_marks(const struct patterns *p, size_t at, uint8_t *marks)
{
	for (; !ends(p, at); at++) {
		uint8_t digit = (uint8_t)(p->text.ptr[at] - '0');
		if (!is_digit(p->text.ptr[at]))
			marks++;
		else if (digit > *marks)
			*marks = digit;
	}
}

/* Marks of a word between its dots: marks[i] stands before padded[i], and there is one behind the end. */
static void mark_level(const struct patterns *p, const struct level *l, const char *padded, size_t len, uint8_t *marks)
{
	for (size_t from = 0; from < len; from++) {
		uint32_t hash = HASH_START;
		for (size_t to = from; to < len && to - from < l->longest; to++) {
			hash = hash_on(hash, padded[to]);
			const struct slot *s = slot_for(p, l, hash, padded + from, to + 1 - from);
			if (s->at)
				raise_marks(p, s->at, marks + from);
		}
	}
}

/* marks[i] is raised behind byte i. */
static void mark_word(const struct patterns *p, const struct level *l, const char *word, size_t len, uint8_t *marks)
{
	char padded[PADDED_MOST + 2];
	uint8_t raised[PADDED_MOST + 3] = { 0 };
	padded[0] = padded[len + 1] = '.';
	memcpy(padded + 1, word, len);
	mark_level(p, l, padded, len + 2, raised);
	memcpy(marks, raised + 2, len);
}

static size_t letters_in(const struct patterns *p, const char *word, size_t len)
{
	size_t count = 0;
	for (size_t i = 0; i < len; i++)
		count += !p->utf8 || ((uint8_t)word[i] & 0xC0) != 0x80;
	return count;
}

/* No hyphen nearer to the ends. */
static void keep_ends(const struct patterns *p, const char *word, size_t len, size_t left, size_t right, uint8_t *marks)
{
	for (size_t i = 0; i < len; i++)
		if (letters_in(p, word, i + 1) < left || letters_in(p, word + i + 1, len - i - 1) < right)
			marks[i] = 0;
}

/* Syllables of each part of a compound; between parts the mark of the compound stays. */
static void mark_parts(const struct patterns *p, const char *word, size_t len, uint8_t *marks)
{
	for (size_t from = 0, i = 0; i < len; i++) {
		uint8_t end = marks[i];
		bool last = i + 1 == len;
		if (!last && !(end & 1))
			continue;
		mark_word(p, &p->levels[1], word + from, i + 1 - from, marks + from);
		keep_ends(p, word + from, i + 1 - from, from ? p->inner_left : 0, last ? 0 : p->inner_right, marks + from);
		marks[i] = end;
		from = i + 1;
	}
}

void patterns_mark(const struct patterns *p, const char *word, size_t len, uint8_t *marks)
{
	if (len > PADDED_MOST) {
		memset(marks, 0, len);
		return;
	}
	mark_word(p, &p->levels[0], word, len, marks);
	if (p->level_count > 1)
		mark_parts(p, word, len, marks);
	keep_ends(p, word, len, p->left, p->right, marks);
}
