/* Text of a table -> number, by the signs that the table declares. */
#include "facts/facts_table.h"

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

/* The spaces and quotes that typesetters put between thousands, as those of a keyboard; false when it is too long for a number. */
static bool plain_signs(struct str text, char out[64], size_t *len)
{
	*len = 0;
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = { text.ptr + i, text.len - i };
		if (*len == 64)
			return false;
		if (str_starts(rest, "\xC2\xA0")) {
			out[(*len)++] = ' ';
			i += 1;
		} else if (str_starts(rest, "\xE2\x80\xAF") || str_starts(rest, "\xE2\x80\x99") || str_starts(rest, "\xE2\x88\x92")) {
			out[(*len)++] = rest.ptr[1] == '\x88' ? '-' : rest.ptr[2] == '\x99' ? '\'' : ' ';
			i += 2;
		} else {
			out[(*len)++] = text.ptr[i];
		}
	}
	return true;
}

static bool has(const struct number_signs *signs, enum negative how)
{
	return signs->negatives & 1u << how;
}

/* Takes the sign off, as the table writes it. */
static void take_sign(struct str *text, const struct number_signs *signs, bool *negative)
{
	size_t last = text->len ? text->len - 1 : 0;
	*negative = true;
	if (has(signs, NEGATIVE_PARENTHESES) && text->len > 2 && text->ptr[0] == '(' && text->ptr[last] == ')')
		*text = str_trim((struct str){ text->ptr + 1, text->len - 2 });
	else if (has(signs, NEGATIVE_TRAILING) && text->len > 1 && text->ptr[last] == '-')
		*text = str_trim((struct str){ text->ptr, text->len - 1 });
	else if (has(signs, NEGATIVE_MINUS) && text->len > 1 && text->ptr[0] == '-')
		*text = (struct str){ text->ptr + 1, text->len - 1 };
	else
		*negative = false;
}

bool facts_number_signed(struct str text, const struct number_signs *signs, struct decimal *out)
{
	char typed[64], plain[64];
	size_t len;
	bool negative;
	if (!plain_signs(str_trim(text), typed, &len))
		return false;
	text = (struct str){ typed, len };
	take_sign(&text, signs, &negative);
	len = 0;
	for (size_t at = 0; at < text.len; at++) {
		char c = text.ptr[at];
		if (c == '-' || (c == '.' && signs->decimal != '.' && signs->thousands != '.'))
			return false;
		if (c == signs->thousands && c) {
			if (!group_right(text, at, 0, signs->decimal, signs->thousands))
				return false;
			continue;
		}
		plain[len++] = c == signs->decimal ? '.' : c;
	}
	if (!facts_number_plain((struct str){ plain, len }, out))
		return false;
	if (negative)
		*out = decimal_neg(*out);
	return true;
}

/* ---- how else it may be written ---- */

/* Thousands first: "1,234" is one thousand more often than one and a bit. */
static const struct {
	struct number_signs signs;
	const char *said;
} others[] = {
	{ { '.', ',', 1u << NEGATIVE_MINUS }, "decimal=\".\" thousands=\",\"" },
	{ { ',', '.', 1u << NEGATIVE_MINUS }, "decimal=\",\" thousands=\".\"" },
	{ { ',', ' ', 1u << NEGATIVE_MINUS }, "decimal=\",\" thousands=\" \"" },
	{ { '.', '\'', 1u << NEGATIVE_MINUS }, "decimal=\".\" thousands=\"'\"" },
};

const char *facts_number_looks(struct str text, const struct number_signs *signs)
{
	struct decimal n;
	struct number_signs more = *signs;
	more.negatives |= 1u << NEGATIVE_PARENTHESES;
	if (facts_number_signed(text, &more, &n))
		return "negatives=\"parentheses\"";
	more.negatives |= 1u << NEGATIVE_TRAILING;
	if (facts_number_signed(text, &more, &n))
		return "negatives=\"trailing\"";
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (facts_number_signed(text, &others[i].signs, &n))
			return others[i].said;
	return NULL;
}
