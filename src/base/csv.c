/* Source -> rows of fields: under every arrow that reads tables. */
#include "base/csv.h"

#include "base/limits.h"

bool csv_sign(struct str written, char *sign)
{
	bool tab = str_is(written, "tab");
	if (!tab && (written.len != 1 || strchr("\"\r\n", written.ptr[0])))
		return false;
	*sign = tab ? '\t' : written.ptr[0];
	return true;
}

static struct src_pos pos_at(const struct csv *c, size_t offset)
{
	return (struct src_pos){ c->source, (uint32_t)offset };
}

static void refuse(struct csv *c, size_t offset, const char *why)
{
	diag_add(c->diag, DIAG_ENCODING, pos_at(c, offset), "%s", why);
	c->failed = true;
}

/* What would be read as one long row, or end in the middle of a number, is no table at all. */
static void check_text(struct csv *c)
{
	struct str text = c->source->text;
	const char *nul = text.len ? memchr(text.ptr, 0, text.len) : NULL;
	const char *cr = text.len ? memchr(text.ptr, '\r', text.len) : NULL;
	if (nul)
		refuse(c, (size_t)(nul - text.ptr), "a byte of value 0, which no text has; save the table as UTF-8, or name its encoding");
	else if (cr && cr + 1 < text.ptr + text.len && !memchr(text.ptr, '\n', text.len))
		refuse(c, (size_t)(cr - text.ptr), "the lines of this table end with a carriage return alone; save it with line feeds");
}

void csv_open_sound(struct csv *c, struct arena *a, const struct source *source, struct csv_dialect dialect, struct diag *d)
{
	*c = (struct csv){ .dialect = dialect, .source = source, .arena = a, .diag = d };
}

void csv_open(struct csv *c, struct arena *a, const struct source *source, struct csv_dialect dialect,
	struct diag *d)
{
	csv_open_sound(c, a, source, dialect, d);
	check_text(c);
}

static bool at_line_end(struct str text, size_t at)
{
	return at == text.len || text.ptr[at] == '\n' ||
		(text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n');
}

static void skip_line_end(struct csv *c)
{
	struct str text = c->source->text;
	if (c->at < text.len)
		c->at += text.ptr[c->at] == '\r' ? 2 : 1;
}

static void push(struct csv *c, struct str text, size_t offset)
{
	struct csv_field field = { text, pos_at(c, offset) };
	vec_push(c->arena, &c->row.fields, field);
}

/* ---- a row with quotes, sign by sign ---- */

/* The text between two quotes, each doubled quote made one. */
static struct str unquoted(struct csv *c, struct str raw, size_t doubled)
{
	if (doubled == 0)
		return raw;
	char *out = arena_alloc(c->arena, raw.len - doubled + 1);
	size_t len = 0;
	for (size_t i = 0; i < raw.len; i++) {
		out[len++] = raw.ptr[i];
		i += raw.ptr[i] == c->dialect.quote;
	}
	return (struct str){ out, len };
}

static bool is_field_end(const struct csv *c, size_t at)
{
	return at_line_end(c->source->text, at) || c->source->text.ptr[at] == c->dialect.separator;
}

static bool quoted_field(struct csv *c)
{
	struct str text = c->source->text;
	size_t from = c->at + 1, at = from, doubled = 0;
	for (;; at++) {
		const char *quote =
			at < text.len ? memchr(text.ptr + at, c->dialect.quote, text.len - at) : NULL;
		if (!quote) {
			diag_add(c->diag, DIAG_CSV_QUOTE, pos_at(c, c->at), "this quote has no end");
			c->failed = true;
			return false;
		}
		at = (size_t)(quote - text.ptr);
		if (at + 1 == text.len || text.ptr[at + 1] != c->dialect.quote)
			break;
		at++;
		doubled++;
	}
	push(c, unquoted(c, (struct str){ text.ptr + from, at - from }, doubled), from);
	c->at = at + 1;
	if (is_field_end(c, c->at))
		return true;
	diag_add(c->diag, DIAG_CSV_QUOTE, pos_at(c, c->at),
		"text behind the closing quote; double a quote that belongs to the text");
	while (!is_field_end(c, c->at))
		c->at++;
	return true;
}

static bool plain_field(struct csv *c)
{
	struct str text = c->source->text;
	size_t from = c->at;
	bool quote = false;
	for (; !is_field_end(c, c->at); c->at++) {
		if (text.ptr[c->at] == c->dialect.quote && !quote)
			diag_add(c->diag, DIAG_CSV_QUOTE, pos_at(c, c->at),
				"a quote inside a field; put the field into quotes and double this one");
		quote |= text.ptr[c->at] == c->dialect.quote;
	}
	push(c, (struct str){ text.ptr + from, c->at - from }, from);
	return true;
}

static bool within_columns(struct csv *c, size_t at)
{
	if (c->row.fields.count < LIMIT_CSV_COLUMNS)
		return true;
	diag_add(c->diag, DIAG_LIMIT, pos_at(c, at), "more than %d columns", LIMIT_CSV_COLUMNS);
	c->failed = true;
	return false;
}

static bool row_with_quotes(struct csv *c)
{
	struct str text = c->source->text;
	for (;;) {
		bool quoted = c->at < text.len && text.ptr[c->at] == c->dialect.quote;
		if (!(quoted ? quoted_field(c) : plain_field(c)))
			return false;
		if (at_line_end(text, c->at))
			break;
		c->at++;
		if (!within_columns(c, c->at))
			return false;
	}
	skip_line_end(c);
	return true;
}

/* ---- a row without: most are, and memchr reads faster than anything here ---- */

static bool row_without_quotes(struct csv *c, size_t end)
{
	const char *text = c->source->text.ptr;
	for (;;) {
		const char *at = memchr(text + c->at, c->dialect.separator, end - c->at);
		size_t to = at ? (size_t)(at - text) : end;
		push(c, (struct str){ text + c->at, to - c->at }, c->at);
		c->at = to;
		if (!at)
			break;
		c->at++;
		if (!within_columns(c, c->at))
			return false;
	}
	skip_line_end(c);
	return true;
}

static size_t line_end(const struct csv *c)
{
	struct str text = c->source->text;
	const char *end = memchr(text.ptr + c->at, '\n', text.len - c->at);
	size_t at = end ? (size_t)(end - text.ptr) : text.len;
	return end && at > c->at && text.ptr[at - 1] == '\r' ? at - 1 : at;
}

static bool within_rows(struct csv *c)
{
	if (++c->count <= LIMIT_CSV_ROWS)
		return true;
	diag_add(c->diag, DIAG_LIMIT, c->row.fields.at[0].pos, "more than %d rows", LIMIT_CSV_ROWS);
	c->failed = true;
	return false;
}

bool csv_next(struct csv *c)
{
	struct str text = c->source->text;
	while (c->at < text.len && at_line_end(text, c->at))
		skip_line_end(c);
	c->row.fields.count = 0;
	if (c->failed || c->at >= text.len)
		return false;
	size_t end = line_end(c);
	bool quotes = c->dialect.quote && memchr(text.ptr + c->at, c->dialect.quote, end - c->at);
	return (quotes ? row_with_quotes(c) : row_without_quotes(c, end)) && within_rows(c);
}
