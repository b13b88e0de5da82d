/* Condition -> the part of XPath we allow, checked with exact positions before libxml2 sees it. */
#include "xml/expr_int.h"

#include "base/limits.h"
#include "xml/xml.h"

enum token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_LITERAL,
	TOKEN_NAME,
	TOKEN_OPERATOR,
	TOKEN_MINUS,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_COMMA,
	TOKEN_BAD
};
struct token {
	enum token_kind kind;
	struct str text;
};

/* XPath's own functions. */
struct core_function {
	const char *name;
	uint8_t least, most;
};
static const struct core_function core[] = {
	{ "not", 1, 1 },
	{ "true", 0, 0 },
	{ "false", 0, 0 },
	{ "round", 1, 1 },
	{ "floor", 1, 1 },
	{ "ceiling", 1, 1 },
	{ "number", 1, 1 },
	{ "concat", 2, 255 },
	{ "contains", 2, 2 },
	{ "starts-with", 2, 2 },
};
enum { CORE_COUNT = sizeof core / sizeof *core };

/* An open parenthesis: of a call, or only of a group. */
struct frame {
	size_t offset;                       /* of the name or the parenthesis */
	struct str name;                     /* of the function; empty for a group */
	const struct expr_function *listed;  /* NULL: a core function, or unknown */
	bool known;
	unsigned least, most;                /* arguments */
	unsigned args;                       /* begun so far */
	struct token only;                   /* the whole argument so far, when it is one literal */
};

struct scan {
	struct str text;
	size_t at;                           /* read so far */
	struct src_pos pos;
	const struct expr_function *functions;
	void *check_ctx;
	struct diag *diag;
	struct buf *out;
	struct expr_literals *literals;
	struct frame frames[LIMIT_EXPR_DEPTH];
	unsigned depth;
	bool wants_value;                    /* a value comes next, not an operator */
};

static struct src_pos place(const struct scan *s, size_t offset)
{
	return xml_pos_within(s->pos, offset);
}

static size_t offset_of(const struct scan *s, struct str part)
{
	return (size_t)(part.ptr - s->text.ptr);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool begins_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static char peek(const struct scan *s, size_t ahead)
{
	return s->at + ahead < s->text.len ? s->text.ptr[s->at + ahead] : '\0';
}

static size_t name_length(const struct scan *s)
{
	size_t n = 0;
	while (begins_name(peek(s, n)) ||
		(n && (is_digit(peek(s, n)) || peek(s, n) == '-' || peek(s, n) == '.')))
		n++;
	return n;
}

static size_t number_length(const struct scan *s)
{
	size_t n = 0, digits = 0;
	while (is_digit(peek(s, n)))
		n++, digits++;
	if (peek(s, n) == '.')
		for (n++; is_digit(peek(s, n)); digits++)
			n++;
	return digits ? n : 0;
}

static struct token cut(struct scan *s, enum token_kind kind, size_t length)
{
	struct token t = { kind, { s->text.ptr + s->at, length } };
	s->at += length;
	return t;
}

static struct token literal(struct scan *s)
{
	const char *from = s->text.ptr + s->at, *end = memchr(from + 1, *from, s->text.len - s->at - 1);
	return end ? cut(s, TOKEN_LITERAL, (size_t)(end - from) + 1)
			   : cut(s, TOKEN_BAD, s->text.len - s->at);
}

struct sign {
	const char *text;
	enum token_kind kind;
};
/* The longer first. */
static const struct sign signs[] = {
	{ "!=", TOKEN_OPERATOR },
	{ "<=", TOKEN_OPERATOR },
	{ ">=", TOKEN_OPERATOR },
	{ "==", TOKEN_BAD },
	{ "&&", TOKEN_BAD },
	{ "||", TOKEN_BAD },
	{ "//", TOKEN_BAD },
	{ "..", TOKEN_BAD },
	{ "::", TOKEN_BAD },
	{ "=", TOKEN_OPERATOR },
	{ "<", TOKEN_OPERATOR },
	{ ">", TOKEN_OPERATOR },
	{ "+", TOKEN_OPERATOR },
	{ "*", TOKEN_OPERATOR },
	{ "-", TOKEN_MINUS },
	{ "(", TOKEN_OPEN },
	{ ")", TOKEN_CLOSE },
	{ ",", TOKEN_COMMA },
};

static struct token next_token(struct scan *s)
{
	while (s->at < s->text.len && strchr(" \t\r\n", s->text.ptr[s->at]))
		s->at++;
	if (s->at == s->text.len)
		return cut(s, TOKEN_END, 0);
	char c = peek(s, 0);
	if (c == '\'' || c == '"')
		return literal(s);
	size_t length = number_length(s);
	if (length)
		return cut(s, TOKEN_NUMBER, length);
	length = name_length(s);
	if (length)
		return cut(s, TOKEN_NAME, length);
	struct str rest = { s->text.ptr + s->at, s->text.len - s->at };
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, signs[i].text))
			return cut(s, signs[i].kind, strlen(signs[i].text));
	return cut(s, TOKEN_BAD, 1);
}

static bool is_operator_name(struct str name)
{
	return str_is(name, "and") || str_is(name, "or") || str_is(name, "div") || str_is(name, "mod");
}

/* What to say about signs that people write from other languages, or of XPath's that we refuse. */
struct refusal {
	const char *text, *words;
};
static const struct refusal refusals[] = {
	{ "==", "'==' is not known; write '='" },
	{ "!", "'!' is not known; write '!=' or not(…)" },
	{ "&&", "'&&' is not known; write 'and'" },
	{ "||", "'||' is not known; write 'or'" },
	{ "/", "paths are not allowed in conditions; for division write 'div'" },
	{ "//", "paths are not allowed in conditions" },
	{ ".", "paths are not allowed in conditions" },
	{ "..", "paths are not allowed in conditions" },
	{ "::", "paths are not allowed in conditions" },
	{ "@", "attributes are not allowed in conditions" },
	{ "[", "filters are not allowed in conditions" },
	{ "|", "'|' is not allowed in conditions; write 'or'" },
	{ "*", "paths are not allowed in conditions" },
	{ "$", "variables are not allowed in conditions" },
	{ "%", "'%' is not known; write the number by itself" },
};

static bool refuse(struct scan *s, struct token t)
{
	struct src_pos pos = place(s, offset_of(s, t.text));
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		if (str_is(t.text, refusals[i].text)) {
			diag_add(s->diag, DIAG_EXPR_SYNTAX, pos, "%s", refusals[i].words);
			return false;
		}
	}
	if (t.kind == TOKEN_END)
		diag_add(s->diag, DIAG_EXPR_SYNTAX, pos, "the condition ends where a value is expected");
	else if (t.text.ptr[0] == '\'' || t.text.ptr[0] == '"')
		diag_add(s->diag, DIAG_EXPR_SYNTAX, pos, "this text has no closing quote");
	else if (t.kind == TOKEN_BAD)
		diag_add(s->diag, DIAG_EXPR_SYNTAX, pos, "'" STR_FMT "' is not known in conditions",
			STR_ARG(t.text));
	else
		diag_add(s->diag, DIAG_EXPR_SYNTAX, pos, "'" STR_FMT "' where a value is expected",
			STR_ARG(t.text));
	return false;
}

static struct frame *top(struct scan *s)
{
	return s->depth ? &s->frames[s->depth - 1] : NULL;
}

static bool push(struct scan *s, struct frame f)
{
	if (s->depth == LIMIT_EXPR_DEPTH) {
		diag_add(s->diag, DIAG_LIMIT, place(s, f.offset),
			"more than %d parentheses within each other", LIMIT_EXPR_DEPTH);
		return false;
	}
	s->frames[s->depth++] = f;
	s->wants_value = true;
	return true;
}

static struct str nearest_function(const struct scan *s, struct str name)
{
	struct str best = STR("");
	for (const struct expr_function *f = s->functions; f && f->name; f++) {
		struct str pair[2] = { best, str_from(f->name) };
		best = str_nearest(name, pair, 2);
	}
	for (size_t i = 0; i < CORE_COUNT; i++) {
		struct str pair[2] = { best, str_from(core[i].name) };
		best = str_nearest(name, pair, 2);
	}
	return best;
}

/* Finds the function of a call; reports one that is not there. */
static void bind(struct scan *s, struct frame *f)
{
	for (const struct expr_function *l = s->functions; l && l->name && !f->known; l++)
		if (str_is(f->name, l->name))
			f->listed = l, f->least = l->least, f->most = l->most, f->known = true;
	for (size_t i = 0; i < CORE_COUNT && !f->known; i++)
		if (str_is(f->name, core[i].name))
			f->least = core[i].least, f->most = core[i].most, f->known = true;
	if (!f->known)
		diag_add(s->diag, DIAG_EXPR_FUNCTION, place(s, f->offset),
			"function '" STR_FMT "' is not known%s", STR_ARG(f->name),
			diag_nearest(s->diag, nearest_function(s, f->name)));
}

static bool open_call(struct scan *s, struct token name)
{
	struct frame f = { .offset = offset_of(s, name.text), .name = name.text };
	struct token open = next_token(s);
	if (open.kind != TOKEN_OPEN) {
		diag_add(s->diag, DIAG_EXPR_SYNTAX, place(s, f.offset),
			"'" STR_FMT "' is no function call; write texts in quotes", STR_ARG(name.text));
		return false;
	}
	bind(s, &f);
	buf_put(s->out, name.text);
	buf_putc(s->out, '(');
	if (f.listed && f.listed->tolerates_missing)
		buf_puts(s->out, EXPR_MARK "()");
	return push(s, f);
}

static void check_literal(struct scan *s, const struct frame *f)
{
	if (f->only.kind != TOKEN_LITERAL || !f->listed || !f->listed->check)
		return;
	struct str inner = { f->only.text.ptr + 1, f->only.text.len - 2 };
	struct expr_literal l = { f->listed, (int)f->args - 1, inner, place(s, offset_of(s, inner)) };
	vec_push(s->out->arena, &s->literals->list, l);
	l.function->check(s->check_ctx, l.index, l.text, l.pos, s->diag);
}

static void check_count(struct scan *s, const struct frame *f)
{
	if (!f->known || (f->args >= f->least && f->args <= f->most))
		return;
	unsigned wanted = f->args < f->least ? f->least : f->most;
	diag_add(s->diag, DIAG_EXPR_ARGUMENTS, place(s, f->offset),
		"'" STR_FMT "' takes %s%u argument%s, not %u", STR_ARG(f->name),
		f->least == f->most      ? ""
			: f->args < f->least ? "at least "
								 : "at most ",
		wanted, wanted == 1 ? "" : "s", f->args);
}

static void close_frame(struct scan *s)
{
	struct frame *f = &s->frames[--s->depth];
	if (f->name.len) {
		check_literal(s, f);
		check_count(s, f);
	}
	buf_putc(s->out, ')');
	s->wants_value = false;
	struct frame *outer = top(s);
	if (outer)
		outer->only.kind = TOKEN_END;
}

/* An argument begins with its first value; the mark before it needs a comma. */
static void begin_argument(struct scan *s, struct token t)
{
	struct frame *f = top(s);
	if (!f)
		return;
	if (f->args == 0) {
		f->args = 1;
		if (f->listed && f->listed->tolerates_missing)
			buf_puts(s->out, ", ");
		f->only = t;
	} else if (f->only.kind == TOKEN_COMMA) {
		f->only = t;
	} else {
		f->only.kind = TOKEN_END;
	}
}

static bool take_value(struct scan *s, struct token t)
{
	if (t.kind == TOKEN_CLOSE && s->depth && top(s)->name.len && top(s)->args == 0) {
		close_frame(s);
		return true;
	}
	begin_argument(s, t);
	switch (t.kind) {
	case TOKEN_NAME: return open_call(s, t);
	case TOKEN_OPEN:
		buf_putc(s->out, '(');
		return push(s, (struct frame){ .offset = offset_of(s, t.text) });
	case TOKEN_MINUS: buf_putc(s->out, '-'); return true;
	case TOKEN_NUMBER:
		if (begins_name(peek(s, 0))) /* libxml2 would read 1e5 */
			return refuse(s, (struct token){ TOKEN_BAD, { t.text.ptr, t.text.len + 1 } });
		break;
	case TOKEN_LITERAL: break;
	default: return refuse(s, t);
	}
	buf_put(s->out, t.text);
	s->wants_value = false;
	return true;
}

static bool take_comma(struct scan *s, struct token t)
{
	struct frame *f = top(s);
	if (!f || f->name.len == 0) {
		diag_add(s->diag, DIAG_EXPR_SYNTAX, place(s, offset_of(s, t.text)),
			"',' outside the arguments of a function");
		return false;
	}
	check_literal(s, f);
	f->args++;
	f->only = t;
	buf_puts(s->out, ", ");
	s->wants_value = true;
	return true;
}

static bool take_operator(struct scan *s, struct token t)
{
	if (t.kind == TOKEN_COMMA)
		return take_comma(s, t);
	if (t.kind == TOKEN_CLOSE && s->depth) {
		close_frame(s);
		return true;
	}
	bool good = t.kind == TOKEN_OPERATOR || t.kind == TOKEN_MINUS ||
		(t.kind == TOKEN_NAME && is_operator_name(t.text));
	if (!good && t.kind == TOKEN_BAD)
		return refuse(s, t);
	if (!good) {
		diag_add(s->diag, DIAG_EXPR_SYNTAX, place(s, offset_of(s, t.text)),
			"'" STR_FMT "' where %s is expected", STR_ARG(t.text),
			t.kind == TOKEN_CLOSE ? "no parenthesis is open and the end"
								  : "an operator such as 'and'");
		return false;
	}
	if (top(s))
		top(s)->only.kind = TOKEN_END;
	buf_printf(s->out, " " STR_FMT " ", STR_ARG(t.text));
	s->wants_value = true;
	return true;
}

static bool finish(struct scan *s)
{
	if (s->depth == 0)
		return true;
	const struct frame *f = top(s);
	diag_add(s->diag, DIAG_EXPR_SYNTAX, place(s, f->offset),
		"')' is missing for this '" STR_FMT "('", STR_ARG(f->name));
	return false;
}

bool expr_scan(struct str text, struct src_pos pos, const struct expr_function *functions,
	void *check_ctx, struct diag *d, struct buf *out, struct expr_literals *literals)
{
	struct scan s = { .text = text,
		.pos = pos,
		.functions = functions,
		.check_ctx = check_ctx,
		.diag = d,
		.out = out,
		.literals = literals,
		.wants_value = true };
	size_t errors = d->errors;
	for (;;) {
		struct token t = next_token(&s);
		if (t.kind == TOKEN_END && !s.wants_value)
			return finish(&s) && d->errors == errors;
		if (s.wants_value ? !take_value(&s, t) : !take_operator(&s, t))
			return false;
	}
}
