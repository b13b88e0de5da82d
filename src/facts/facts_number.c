/* Text of a table -> number, by the signs that the table declares. */
#include "facts/facts_int.h"

bool facts_number_plain(struct str text, struct decimal *out)
{
	static const int64_t end = 1000000000000000000; /* the first number of one digit more */
	struct decimal n;
	if (!decimal_parse(text, &n) || n.coef >= end || n.coef <= -end)
		return false;
	*out = n;
	return true;
}

/* A thousands sign is right only before each group of three digits and never after the decimal
 * sign. */
static bool group_right(struct str text, size_t at, size_t from, char decimal, char thousands)
{
	if (at == from)
		return false;
	for (size_t i = at + 1; i < at + 4; i++)
		if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	for (size_t i = from; i < at; i++)
		if (text.ptr[i] == decimal)
			return false;
	return at + 4 >= text.len || text.ptr[at + 4] == decimal || text.ptr[at + 4] == thousands;
}

bool facts_number_read(struct str text, char decimal, char thousands, struct decimal *out)
{
	static const char minus[] =
		"\xE2\x88\x92"; /* the true minus, as office programs write it */
	char plain[64];
	size_t len = 0, at = 0;
	text = str_trim(text);
	if (str_starts(text, minus)) {
		plain[len++] = '-';
		at = 3;
	} else if (text.len && text.ptr[0] == '-') {
		plain[len++] = text.ptr[at++];
	}
	for (size_t from = at; at < text.len; at++) {
		char c = text.ptr[at];
		if (len == sizeof plain || c == '-' ||
			(c == '.' && decimal != '.' && thousands != '.'))
			return false;
		if (c == thousands && thousands) {
			if (!group_right(text, at, from, decimal, thousands))
				return false;
			continue;
		}
		plain[len++] = c == decimal ? '.' : c;
	}
	return facts_number_plain((struct str){ plain, len }, out);
}
