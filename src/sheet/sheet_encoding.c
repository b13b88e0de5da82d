/* The bytes of a text file -> the encoding that they look like: for messages alone, nothing is read by a guess. */
#include "sheet/sheet_int.h"

#include <strings.h>

/* The same letters in each, as Western European files have them most: äöüÄÖÜß éèêàáâ çñóôø åíœæ */
static const struct {
	const char *name, *letters;
} encodings[] = {
	{ "windows-1252", "\xE4\xF6\xFC\xC4\xD6\xDC\xDF\xE9\xE8\xEA\xE0\xE1\xE2\xE7\xF1\xF3\xF4\xF8\xE5\xED\x9C\xE6" },
	{ "IBM850", "\x84\x94\x81\x8E\x99\x9A\xE1\x82\x8A\x88\x85\xA0\x83\x87\xA4\xA2\x93\x9B\x86\xA1\x91" },
	{ "MACINTOSH", "\x8A\x9A\x9F\x80\x85\x86\xA7\x8E\x8F\x90\x88\x87\x89\x8D\x96\x97\x99\xBF\x8C\x92\xCF\xBE" },
};
enum { ENCODINGS = sizeof encodings / sizeof *encodings, LOOKED_AT = 64 * 1024 };

/* Text of mostly ASCII has a nought in each pair of bytes, always at the same place. */
static const char *wide_of(struct str text)
{
	size_t noughts[2] = { 0 }, pairs = text.len / 2;
	if (str_starts(text, "\xFF\xFE") || str_starts(text, "\xFE\xFF"))
		return "UTF-16";
	for (size_t i = 0; i < pairs * 2; i++)
		noughts[i % 2] += text.ptr[i] == 0;
	if (pairs && noughts[1] > pairs / 2 && noughts[0] * 8 < pairs)
		return "UTF-16LE";
	return pairs && noughts[0] > pairs / 2 && noughts[1] * 8 < pairs ? "UTF-16BE" : NULL;
}

static size_t letters_of(struct str text, const char *letters)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += (unsigned char)text.ptr[i] >= 0x80 && strchr(letters, text.ptr[i]);
	return count;
}

struct str sheet_encoding_looks(struct str text)
{
	struct str part = { text.ptr, text.len < LOOKED_AT ? text.len : LOOKED_AT };
	const char *wide = wide_of(part);
	size_t best = 0, most = 0;
	if (wide)
		return str_from(wide);
	size_t broken = utf8_broken(text);
	if (broken == text.len)
		return STR("UTF-8");
	part = (struct str){ text.ptr + broken, text.len - broken < LOOKED_AT ? text.len - broken : LOOKED_AT };
	for (size_t i = 0; i < ENCODINGS; i++) {
		size_t count = letters_of(part, encodings[i].letters);
		if (count > most)
			most = count, best = i;
	}
	return str_from(encodings[best].name);
}

static bool is_named(struct str said, const char *const *names)
{
	for (; *names; names++)
		if (said.len >= strlen(*names) && strncasecmp(said.ptr, *names, strlen(*names)) == 0)
			return true;
	return false;
}

bool sheet_encoding_denies(struct str text, struct str said)
{
	static const char *const wide[] = { "UTF-16", "UTF16", "UCS-2", NULL };
	static const char *const of_bytes[] = { "windows-", "cp125", "cp850", "iso-8859", "iso8859", "latin", "ibm", "macintosh", NULL };
	if (text.len == 0)
		return false;
	bool has_nought = memchr(text.ptr, 0, text.len); /* as the line ends of a wide text have */
	if (is_named(said, wide))
		return !has_nought;
	bool ascii = true;
	for (size_t i = 0; i < text.len && ascii; i++)
		ascii = (unsigned char)text.ptr[i] < 0x80;
	return is_named(said, of_bytes) && !ascii && !has_nought && utf8_broken(text) == text.len;
}
