/* CSV -> rows, strictly after RFC 4180: a quoted field may hold separators, line ends and doubled
 * quotes; a quote anywhere else is an error. One row at a time, so that a table of millions of rows
 * costs no memory but its values. */
#include "facts/facts_int.h"

#include "base/limits.h"

static struct src_pos pos_at(const struct csv *c, size_t offset)
{
	return (struct src_pos){ c->source, (uint32_t)offset };
}

static bool at_line_end(struct str text, size_t at)
{
	return at == text.len || text.ptr[at] == '\n' ||
		(text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n');
}

static void push(struct csv *c, struct str text, size_t offset)
{
	struct csv_field field = { text, pos_at(c, offset) };
	vec_push(c->a, &c->row, field);
}

/* The text between two quotes, each doubled quote made one. */
static struct str unquoted(struct arena *a, struct str raw, size_t doubled)
{
	if (doubled == 0)
		return raw;
	char *out = arena_alloc(a, raw.len - doubled + 1);
	size_t len = 0;
	for (size_t i = 0; i < raw.len; i++) {
		out[len++] = raw.ptr[i];
		i += raw.ptr[i] == '"';
	}
	return (struct str){ out, len };
}

static bool quoted_field(struct csv *c)
{
	struct str text = c->source->text;
	size_t from = c->at + 1, at = from, doubled = 0;
	for (;; at++) {
		const char *quote =
			at < text.len ? memchr(text.ptr + at, '"', text.len - at) : NULL;
		if (!quote) {
			diag_add(c->d, DIAG_CSV_QUOTE, pos_at(c, c->at), "this quote has no end");
			c->failed = true;
			return false;
		}
		at = (size_t)(quote - text.ptr);
		if (at + 1 == text.len || text.ptr[at + 1] != '"')
			break;
		at++;
		doubled++;
	}
	push(c, unquoted(c->a, (struct str){ text.ptr + from, at - from }, doubled), from);
	c->at = at + 1;
	if (at_line_end(text, c->at) || text.ptr[c->at] == c->separator)
		return true;
	diag_add(c->d, DIAG_CSV_QUOTE, pos_at(c, c->at),
		"text behind the closing quote; double a quote that belongs to the text");
	while (!at_line_end(text, c->at) && text.ptr[c->at] != c->separator)
		c->at++;
	return true;
}

static bool plain_field(struct csv *c)
{
	struct str text = c->source->text;
	size_t from = c->at;
	bool quote = false;
	while (!at_line_end(text, c->at) && text.ptr[c->at] != c->separator) {
		if (text.ptr[c->at] == '"' && !quote)
			diag_add(c->d, DIAG_CSV_QUOTE, pos_at(c, c->at),
				"a quote inside a field; put the field into quotes and double this "
				"one");
		quote |= text.ptr[c->at] == '"';
		c->at++;
	}
	push(c, (struct str){ text.ptr + from, c->at - from }, from);
	return true;
}

static void skip_line_end(struct csv *c)
{
	struct str text = c->source->text;
	if (c->at < text.len)
		c->at += text.ptr[c->at] == '\r' ? 2 : 1;
}

static bool within_rows(struct csv *c)
{
	if (++c->count <= LIMIT_CSV_ROWS)
		return true;
	diag_add(c->d, DIAG_LIMIT, c->row.at[0].pos, "more than %d rows", LIMIT_CSV_ROWS);
	c->failed = true;
	return false;
}

bool csv_next(struct csv *c)
{
	struct str text = c->source->text;
	while (c->at < text.len && at_line_end(text, c->at))
		skip_line_end(c);
	c->row.count = 0;
	if (c->failed || c->at >= text.len)
		return false;
	for (;;) {
		bool quoted = c->at < text.len && text.ptr[c->at] == '"';
		if (!(quoted ? quoted_field(c) : plain_field(c)))
			return false;
		if (at_line_end(text, c->at))
			break;
		c->at++;
		if (c->row.count == LIMIT_CSV_COLUMNS) {
			diag_add(c->d, DIAG_LIMIT, pos_at(c, c->at), "more than %d columns",
				LIMIT_CSV_COLUMNS);
			c->failed = true;
			return false;
		}
	}
	skip_line_end(c);
	return within_rows(c);
}

/* ---- numbers ---- */

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

bool csv_number(struct str text, char decimal, char thousands, struct decimal *out)
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
	return decimal_parse((struct str){ plain, len }, out);
}
