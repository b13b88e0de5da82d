/* Text slices: under every arrow of the pipeline. */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

struct str str_from(const char *terminated)
{
	return (struct str){ terminated, terminated ? strlen(terminated) : 0 };
}

struct str str_copy(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.ptr, s.len), s.len };
}

const char *str_terminated(struct arena *a, struct str s)
{
	return arena_copy(a, s.ptr, s.len);
}

struct str str_printf(struct arena *a, const char *fmt, ...)
{
	char most[256]; /* few are longer: these are put together once */
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(most, sizeof most, fmt, args);
	va_end(args);
	if (len < 0)
		arena_unwind(a); /* only a text beyond 2 GB gets here */
	if ((size_t)len < sizeof most)
		return (struct str){ arena_copy(a, most, (size_t)len), (size_t)len };
	char *text = arena_alloc(a, (size_t)len + 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return (struct str){ text, (size_t)len };
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is_all(struct str s, const char *literal)
{
	size_t i = 0; /* names are short, and most differ soon: no call is worth it */
	while (i < s.len && literal[i] && s.ptr[i] == literal[i])
		i++;
	return i == s.len && !literal[i];
}

bool str_starts_all(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && (len == 0 || memcmp(s.ptr, prefix, len) == 0);
}

bool str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);
	return s.len >= len && (len == 0 || memcmp(s.ptr + s.len - len, suffix, len) == 0);
}

int str_compare(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

struct str str_trim(struct str s)
{
	while (s.len && is_white_space(s.ptr[0]))
		s.ptr++, s.len--;
	while (s.len && is_white_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct str str_word(struct str *rest)
{
	while (rest->len && is_white_space(rest->ptr[0]))
		rest->ptr++, rest->len--;
	struct str word = { rest->ptr, 0 };
	while (rest->len && !is_white_space(rest->ptr[0]))
		rest->ptr++, rest->len--, word.len++;
	return word;
}

bool str_split(struct str *rest, char separator, struct str *part)
{
	if (rest->len == 0)
		return false;
	const char *end = memchr(rest->ptr, separator, rest->len);
	part->ptr = rest->ptr;
	part->len = end ? (size_t)(end - rest->ptr) : rest->len;
	size_t used = part->len + (end != NULL);
	rest->ptr += used;
	rest->len -= used;
	return true;
}

/* Bytes of the sequence a lead byte opens; 0 for a byte that opens none. */
static unsigned sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* The code point of a whole sequence, or 0x110000 when it is broken, too long for its value, or a surrogate. */
static uint32_t decode(const unsigned char *p, unsigned n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
	for (unsigned i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0x110000;
		c = c << 6 | (p[i] & 0x3F);
	}
	return c < least[n] || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF ? 0x110000 : c;
}

uint32_t utf8_next(struct str s, size_t *offset)
{
	const unsigned char *p = (const unsigned char *)s.ptr + *offset;
	unsigned n = sequence_length(*p);
	if (n == 1) {
		*offset += 1;
		return *p;
	}
	uint32_t c = n && n <= s.len - *offset ? decode(p, n) : 0x110000;
	if (c > 0x10FFFF) { /* one mark for each broken byte: nothing after it is swallowed */
		*offset += 1;
		return 0xFFFD;
	}
	*offset += n;
	return c;
}

size_t utf8_put(char out[4], uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)(lead[n] | c);
	return n;
}

/* Where the characters of one byte at `at` end, up to seven of them left over. */
static size_t skip_ascii(struct str s, size_t at)
{
	for (uint64_t eight; s.len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, s.ptr + at, sizeof eight);
		if (eight & 0x8080808080808080u)
			break;
	}
	return at;
}

size_t utf8_broken(struct str s)
{
	size_t at = 0;
	while ((at = skip_ascii(s, at)) < s.len) {
		const unsigned char *p = (const unsigned char *)s.ptr + at;
		unsigned n = sequence_length(*p);
		if (n == 0 || n > s.len - at || (n > 1 && decode(p, n) > 0x10FFFF))
			break;
		at += n;
	}
	return at;
}

/* One to seven bytes as a number, different for different ones of a length: what overlaps says the same twice. */
static uint64_t few_bytes(const char *at, size_t len)
{
	uint32_t first = (unsigned char)at[0], last = (unsigned char)at[len - 1];
	if (len < sizeof first)
		return first | (uint32_t)(unsigned char)at[len / 2] << 8 | last << 16;
	memcpy(&first, at, sizeof first);
	memcpy(&last, at + len - sizeof last, sizeof last);
	return first | (uint64_t)last << 32;
}

uint64_t str_hash(struct str s)
{
	uint64_t h = 0xCBF29CE484222325u ^ s.len, eight; /* as FNV-1a, by eight bytes, whose high bits come down again */
	size_t at = 0;
	for (; s.len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, s.ptr + at, sizeof eight);
		h = (h ^ eight) * 0x9E3779B97F4A7C15u;
		h ^= h >> 32;
	}
	if (at < s.len)
		h = (h ^ few_bytes(s.ptr + at, s.len - at)) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 32;
}

enum { NAME_MOST = 64 }; /* longer names get no suggestion */

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Edits from a to b where two neighbours changing places count once. Both at most NAME_MOST bytes. */
static unsigned edit_distance(struct str a, struct str b)
{
	unsigned rows[3][NAME_MOST + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2];
	for (unsigned j = 0; j <= b.len; j++)
		last[j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			unsigned change = last[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
			row[j] = least(change, least(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		unsigned *spare = before;
		before = last, last = row, row = spare;
	}
	return last[b.len];
}

struct str str_nearest(struct str name, const struct str *candidates, size_t count)
{
	struct str best = { 0 };
	unsigned nearest = NAME_MOST;
	for (size_t i = 0; i < count; i++) {
		struct str c = candidates[i];
		size_t shorter = c.len < name.len ? c.len : name.len, longer = c.len + name.len - shorter;
		if (shorter == 0 || longer > NAME_MOST || longer - shorter >= nearest)
			continue;
		unsigned most =
			longer < 6 ? 1 : (unsigned)longer / 3; /* beyond a third it is another word */
		unsigned distance = edit_distance(name, c);
		if (distance <= most && distance < shorter && distance < nearest) {
			nearest = distance;
			best = c;
		}
	}
	return best;
}
