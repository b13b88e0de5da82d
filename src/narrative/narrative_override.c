/* Narrative: texts that an office edits -> parts of a sentence, and back. */
#include "narrative/override.h"

enum { TEXT_MOST = 1 << 20, TOKENS_MOST = 999 /* whose figures of then are looked at */ };

/* ---- scanning ---- */

enum piece_kind { PIECE_END, PIECE_TEXT, PIECE_TOKEN, PIECE_STRONG, PIECE_EMPHASIS, PIECE_BREAK, PIECE_WRONG };
struct piece {
	uint8_t kind;            /* enum piece_kind */
	struct str text;         /* PIECE_TEXT, PIECE_TOKEN: without escapes; of a token what it printed, or empty; PIECE_WRONG: as written */
	size_t number;           /* PIECE_TOKEN: from 1 */
	size_t at;               /* offset of its first byte */
};
struct scan {
	struct arena *arena;
	struct str text;
	size_t at;
	bool space;              /* what was read last ends in a space, or nothing was: another is one too many */
};

static bool is_sign(char c)
{
	return c == '*' || c == '_' || c == '[' || c == ']' || c == '\\';
}

static bool is_escape(const struct scan *s, size_t at)
{
	return s->text.ptr[at] == '\\' && at + 1 < s->text.len && is_sign(s->text.ptr[at + 1]);
}

/* Plain words up to the next sign. */
static struct str scan_words(struct scan *s)
{
	struct buf out;
	buf_init(&out, s->arena, TEXT_MOST);
	for (; s->at < s->text.len; s->at++) {
		bool escaped = is_escape(s, s->at);
		if (!escaped && is_sign(s->text.ptr[s->at]))
			break;
		s->at += escaped;
		bool white = is_white_space(s->text.ptr[s->at]);
		if (!(white && s->space))
			buf_putc(&out, white ? ' ' : s->text.ptr[s->at]);
		s->space = white;
	}
	return buf_str(&out);
}

/* What stands between brackets, the first of which was read; false when they do not close. */
static bool scan_inside(struct scan *s, struct str *out)
{
	struct buf b;
	buf_init(&b, s->arena, TEXT_MOST);
	for (; s->at < s->text.len; s->at++) {
		bool escaped = is_escape(s, s->at);
		if (!escaped && s->text.ptr[s->at] == ']') {
			s->at++;
			*out = str_trim(buf_str(&b));
			return true;
		}
		s->at += escaped;
		buf_putc(&b, s->text.ptr[s->at]);
	}
	return false;
}

/* "1: 40 %" or "1". */
static bool read_token(struct str inside, struct piece *out)
{
	struct str number = { 0 }, value = inside;
	bool valued = str_split(&value, ':', &number) && number.len < inside.len;
	number = str_trim(number);
	for (size_t i = 0; i < number.len; i++) {
		if (number.ptr[i] < '0' || number.ptr[i] > '9' || i > 5)
			return false;
		out->number = out->number * 10 + (size_t)(number.ptr[i] - '0');
	}
	out->text = valued ? str_trim(value) : (struct str){ 0 };
	return number.len > 0;
}

static struct piece scan_bracket(struct scan *s, struct piece p)
{
	struct str inside;
	s->at++;
	p.kind = PIECE_WRONG;
	if (!scan_inside(s, &inside)) {
		p.text = (struct str){ s->text.ptr + p.at, s->text.len - p.at };
		s->at = s->text.len;
		return p;
	}
	if (str_is(inside, "/"))
		p.kind = PIECE_BREAK;
	else if (read_token(inside, &p))
		p.kind = PIECE_TOKEN;
	else
		p.text = (struct str){ s->text.ptr + p.at, s->at - p.at };
	s->space = p.kind == PIECE_BREAK;
	return p;
}

static struct piece scan_next(struct scan *s)
{
	struct piece p = { .kind = PIECE_END, .at = s->at };
	if (s->at >= s->text.len)
		return p;
	char c = s->text.ptr[s->at];
	if (c == '[')
		return scan_bracket(s, p);
	if (c == ']') {
		p.kind = PIECE_WRONG;
		p.text = (struct str){ s->text.ptr + s->at++, 1 };
		return p;
	}
	if (c == '*' || c == '_') {
		s->at++;
		p.kind = c == '*' ? PIECE_STRONG : PIECE_EMPHASIS;
		return p;
	}
	p.kind = PIECE_TEXT;
	p.text = scan_words(s);
	return p;
}

static struct scan scan_of(struct arena *a, struct str text)
{
	return (struct scan){ .arena = a, .text = str_trim(text), .space = true };
}

/* ---- writing ---- */

static void put_words(struct buf *out, struct str words)
{
	for (size_t i = 0; i < words.len; i++) {
		if (is_sign(words.ptr[i]))
			buf_putc(out, '\\');
		buf_putc(out, words.ptr[i]);
	}
}

static void put_token(struct buf *out, size_t number, struct str text)
{
	buf_printf(out, "[%zu", number);
	if (text.len)
		buf_puts(out, ": ");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == ']' || text.ptr[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, text.ptr[i]);
	}
	buf_putc(out, ']');
}

static void put_piece(struct buf *out, const struct piece *p, const struct edit_tokens *tokens)
{
	bool known = tokens && p->number && p->number <= tokens->list.count;
	switch ((enum piece_kind)p->kind) {
	case PIECE_TEXT: put_words(out, p->text); break;
	case PIECE_TOKEN:
		put_token(out, p->number, known ? tokens->list.at[p->number - 1].text : tokens ? p->text : (struct str){ 0 });
		break;
	case PIECE_STRONG: buf_putc(out, '*'); break;
	case PIECE_EMPHASIS: buf_putc(out, '_'); break;
	case PIECE_BREAK: buf_puts(out, "[/]"); break;
	case PIECE_WRONG: buf_put(out, p->text); break;
	case PIECE_END: break;
	}
}

struct str narrative_text_again(struct arena *a, struct str text, const struct edit_tokens *tokens)
{
	struct scan s = scan_of(a, text);
	struct buf out;
	buf_init(&out, a, TEXT_MOST);
	for (struct piece p = scan_next(&s); p.kind != PIECE_END; p = scan_next(&s))
		put_piece(&out, &p, tokens);
	return str_trim(buf_str(&out));
}

struct edit_values narrative_text_values(struct arena *a, struct str text)
{
	struct scan s = scan_of(a, text);
	struct edit_values values = { { NULL, 0, 0 } };
	for (struct piece p = scan_next(&s); p.kind != PIECE_END; p = scan_next(&s)) {
		if (p.kind != PIECE_TOKEN || p.number == 0 || p.number > TOKENS_MOST)
			continue;
		while (values.list.count < p.number)
			vec_push(a, &values.list, ((struct str){ 0 }));
		values.list.at[p.number - 1] = p.text;
	}
	return values;
}

/* ---- of a sentence ---- */

/* What stands in the text itself; all else is a token. */
static bool is_open(const struct say_part *p)
{
	return p->kind == SAY_STRONG || p->kind == SAY_EMPHASIS;
}

static void add_tokens(struct arena *a, const struct say_part *const *parts, size_t count, struct edit_tokens *out)
{
	for (size_t i = 0; i < count; i++)
		if (is_open(parts[i]))
			add_tokens(a, parts[i]->parts, parts[i]->part_count, out);
		else if (parts[i]->kind != SAY_TEXT && parts[i]->kind != SAY_BREAK)
			vec_push(a, &out->list, ((struct edit_token){ .part = parts[i] }));
}

struct edit_tokens narrative_tokens(struct arena *a, const struct say_part *const *parts, size_t count)
{
	struct edit_tokens tokens = { { NULL, 0, 0 } };
	add_tokens(a, parts, count, &tokens);
	return tokens;
}

static void put_parts(struct buf *out, const struct say_part *const *parts, size_t count, const struct edit_tokens *tokens, size_t *number)
{
	for (size_t i = 0; i < count; i++) {
		const char *sign = parts[i]->kind == SAY_STRONG ? "*" : "_";
		if (is_open(parts[i])) {
			buf_puts(out, sign);
			put_parts(out, parts[i]->parts, parts[i]->part_count, tokens, number);
			buf_puts(out, sign);
		} else if (parts[i]->kind == SAY_TEXT) {
			put_words(out, parts[i]->text);
		} else if (parts[i]->kind == SAY_BREAK) {
			buf_puts(out, "[/]");
		} else {
			put_token(out, *number + 1, tokens->list.at[*number].text);
			++*number;
		}
	}
}

struct str narrative_text(struct arena *a, const struct say_part *const *parts, size_t count, const struct edit_tokens *tokens)
{
	struct buf out;
	size_t number = 0;
	buf_init(&out, a, TEXT_MOST);
	put_parts(&out, parts, count, tokens, &number);
	return str_trim(buf_str(&out));
}

/* ---- an edited text ---- */

struct editing {
	struct scan scan;
	const struct edit_text *text;
	const struct edit_tokens *tokens;
	const struct edit_values *then;
	bool *used;              /* one for each token */
	uint8_t open[2];         /* enum piece_kind: what is open, the outer first */
	size_t open_count;
	struct diag *diag;
};
struct edited_parts {
	VEC(const struct say_part *) list;
};

static struct src_pos place(const struct editing *e, size_t at)
{
	return e->text->cell || e->text->pos.source == NULL ? e->text->pos : xml_pos_within(e->text->pos, at);
}

/* The next character of a text, and whether it is a space of any kind. */
static uint32_t print_char(struct str s, size_t *at)
{
	uint32_t c = utf8_next(s, at);
	return c == 0xA0 || c == 0x202F || c == 0x2009 ? ' ' : c;
}

bool narrative_same_print(struct str a, struct str b)
{
	size_t i = 0, k = 0;
	while (i < a.len && k < b.len)
		if (print_char(a, &i) != print_char(b, &k))
			return false;
	return i == a.len && k == b.len;
}

static struct str token_name(const struct editing *e, size_t index)
{
	struct buf b;
	buf_init(&b, e->scan.arena, TEXT_MOST);
	put_token(&b, index + 1, e->tokens->list.at[index].text);
	return buf_str(&b);
}

static void tell_unknown(struct editing *e, const struct piece *p)
{
	struct buf written, known;
	size_t count = e->tokens->list.count;
	struct str *names = ARENA_ARRAY(e->scan.arena, struct str, count + 1);
	buf_init(&written, e->scan.arena, TEXT_MOST);
	buf_init(&known, e->scan.arena, TEXT_MOST);
	put_token(&written, p->number, p->text);
	for (size_t i = 0; i < count; i++) {
		names[i] = token_name(e, i);
		buf_printf(&known, "%s" STR_FMT, i ? ", " : "", STR_ARG(names[i]));
	}
	struct str nearest = str_nearest(buf_str(&written), names, count);
	diag_add(e->diag, DIAG_EDIT_TOKEN, place(e, p->at), "'" STR_FMT "' is no figure of this sentence, which has %s%s", STR_ARG(buf_str(&written)),
		count ? known.ptr : "none", diag_nearest(e->diag, nearest));
}

static void tell_changed(struct editing *e, const struct piece *p)
{
	diag_add(e->diag, DIAG_EDIT_TOKEN, place(e, p->at),
		"a figure is not typed over: [%zu] prints '" STR_FMT "', not '" STR_FMT "'; leave it as it was, and change the figure where it comes from",
		p->number, STR_ARG(e->tokens->list.at[p->number - 1].text), STR_ARG(p->text));
}

/* The token that a piece stands for; NULL after a diagnostic. */
static const struct say_part *token_of(struct editing *e, const struct piece *p)
{
	if (p->number == 0 || p->number > e->tokens->list.count) {
		tell_unknown(e, p);
		return NULL;
	}
	const struct edit_token *token = &e->tokens->list.at[p->number - 1];
	bool then = p->number <= e->then->list.count && narrative_same_print(e->then->list.at[p->number - 1], p->text);
	e->used[p->number - 1] = true;
	if (p->text.len && !then && !narrative_same_print(token->text, p->text)) {
		tell_changed(e, p);
		return NULL;
	}
	return token->part;
}

static void add_part(struct editing *e, struct edited_parts *into, struct say_part part, size_t at)
{
	part.pos = place(e, at);
	vec_push(e->scan.arena, &into->list, arena_copy(e->scan.arena, &part, sizeof part));
}

static void tell_wrong(struct editing *e, const struct piece *p)
{
	if (str_is(p->text, "]"))
		diag_add(e->diag, DIAG_EDIT_TEXT, place(e, p->at), "']' closes nothing; for the sign itself write \\]");
	else
		diag_add(e->diag, DIAG_EDIT_TEXT, place(e, p->at), "'" STR_FMT "' is no figure in brackets, as [1: 40 %%]; for the sign itself write \\[",
			STR_ARG(p->text));
}

static const char *sign_of(uint8_t kind)
{
	return kind == PIECE_STRONG ? "*" : "_";
}

static void parse_parts(struct editing *e, struct edited_parts *into);

static void parse_open(struct editing *e, const struct piece *p, struct edited_parts *into)
{
	struct edited_parts inner = { { NULL, 0, 0 } };
	if (e->open_count == 2 || (e->open_count == 1 && e->open[0] == p->kind)) {
		diag_add(e->diag, DIAG_EDIT_TEXT, place(e, p->at), "'%s' opens here what is open already; for the sign itself write \\%s",
			sign_of(p->kind), sign_of(p->kind));
		return;
	}
	e->open[e->open_count++] = p->kind;
	size_t errors = e->diag->errors;
	parse_parts(e, &inner);
	if (e->open_count && e->open[e->open_count - 1] == p->kind) {
		e->open_count--;
		if (e->diag->errors == errors)
			diag_add(e->diag, DIAG_EDIT_TEXT, place(e, p->at), "'%s' is opened here and not closed; for the sign itself write \\%s",
				sign_of(p->kind), sign_of(p->kind));
		return;
	}
	if (inner.list.count)
		add_part(e, into, (struct say_part){ .kind = p->kind == PIECE_STRONG ? SAY_STRONG : SAY_EMPHASIS, .parts = inner.list.at,
			.part_count = inner.list.count }, p->at);
}

/* One piece; false when it closes what is open. */
static bool parse_piece(struct editing *e, const struct piece *p, struct edited_parts *into)
{
	const struct say_part *token;
	switch ((enum piece_kind)p->kind) {
	case PIECE_TEXT:
		if (p->text.len)
			add_part(e, into, (struct say_part){ .kind = SAY_TEXT, .text = p->text }, p->at);
		break;
	case PIECE_TOKEN:
		token = token_of(e, p);
		e->scan.space = false;
		if (token)
			vec_push(e->scan.arena, &into->list, token);
		break;
	case PIECE_BREAK: add_part(e, into, (struct say_part){ .kind = SAY_BREAK }, p->at); break;
	case PIECE_WRONG: tell_wrong(e, p); break;
	case PIECE_STRONG:
	case PIECE_EMPHASIS:
		if (e->open_count && e->open[e->open_count - 1] == p->kind) {
			e->open_count--;
			return false;
		}
		parse_open(e, p, into);
		break;
	case PIECE_END: break;
	}
	return true;
}

static void parse_parts(struct editing *e, struct edited_parts *into)
{
	for (struct piece p = scan_next(&e->scan); p.kind != PIECE_END; p = scan_next(&e->scan))
		if (!parse_piece(e, &p, into))
			return;
}

bool narrative_edited(struct arena *a, const struct edit_text *text, const struct edit_tokens *tokens, const struct edit_values *then,
	const struct say *say, struct say *out, bool *used, struct diag *d)
{
	struct editing e = { .scan = scan_of(a, text->text), .text = text, .tokens = tokens, .then = then, .used = used, .diag = d };
	struct edited_parts parts = { { NULL, 0, 0 } };
	size_t errors = d->errors;
	parse_parts(&e, &parts);
	*out = *say;
	out->parts = parts.list.at;
	out->part_count = parts.list.count;
	return d->errors == errors && parts.list.count > 0;
}
