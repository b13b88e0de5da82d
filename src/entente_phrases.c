/* The library: words and phrases in texts that somebody wrote. */
#include "entente_phrases.h"

#include "base/source.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, also of other scripts; what divides words is a space, a sign or a digit. */
static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000) || c >= 0x3040 || c == 0x2019;
}

bool phrase_token(struct str text, size_t *at, struct phrase_token *out)
{
	size_t from = text.len;

	for (size_t i = *at; i < text.len;) {
		size_t before = i;
		uint32_t c = utf8_next(text, &i);

		if (!is_letter(c) && !(c < 0x80 && is_digit((char)c))) {
			if (from < text.len)
				return *at = before, out->text = (struct str){ text.ptr + from, before - from }, true;
			continue;
		}
		if (from == text.len) {
			from = before;
			out->number = c < 0x80 && is_digit((char)c);
		}
		if (out->number && i + 1 < text.len && (text.ptr[i] == '.' || text.ptr[i] == ',') && is_digit(text.ptr[i + 1]))
			i++; /* the sign between digits */
	}
	*at = text.len;
	out->text = (struct str){ text.ptr + from, text.len - from };
	return from < text.len;
}

char phrase_small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Capitals of the Latin-1 letters differ from small ones in one bit of their second byte. */
static bool same_letter(const char *text, const char *wanted, size_t i)
{
	char a = phrase_small(text[i]), b = phrase_small(wanted[i]);

	return a == b || (i && (unsigned char)text[i - 1] == 0xC3 && (a | 0x20) == (b | 0x20));
}

bool phrase_word(struct str word, struct str wanted, bool beginning)
{
	if (word.len < wanted.len || (!beginning && word.len != wanted.len))
		return false;
	for (size_t i = 0; i < wanted.len; i++)
		if (!same_letter(word.ptr, wanted.ptr, i))
			return false;
	return true;
}

bool phrase_begins(struct str text, size_t at, struct str phrase, struct str *found)
{
	struct phrase_token t, wanted;
	const char *from = NULL;

	for (size_t next = 0; phrase_token(phrase, &next, &wanted);) {
		bool beginning = next < phrase.len && phrase.ptr[next] == '*';

		if (!phrase_token(text, &at, &t) || !phrase_word(t.text, wanted.text, beginning))
			return false;
		from = from ? from : t.text.ptr;
	}
	*found = from ? (struct str){ from, (size_t)(t.text.ptr + t.text.len - from) } : (struct str){ 0 };
	return from != NULL;
}

struct src_pos phrase_place(struct src_pos pos, struct str word)
{
	const struct source *source = pos.source;
	const char *end = memchr(source->text.ptr + pos.offset, '<', source->text.len - pos.offset);
	size_t length = end ? (size_t)(end - source->text.ptr) - pos.offset : source->text.len - pos.offset;
	const char *found = memmem(source->text.ptr + pos.offset, length, word.ptr, word.len);

	if (found)
		pos.offset = (uint32_t)(found - source->text.ptr);
	return pos;
}
