/* Diagnostics -> text for people, JSON for programs. */
#include "base/diag.h"

#include <stdlib.h>

enum {
	LINE_SHOWN = 100,
	LINE_BEFORE = 60
}; /* characters of a source line; those kept before the caret */

static const char *const level_names[] = { "note", "warning", "error", "hole" };

struct colours {
	const char *strong, *level[4], *caret, *off;
};
static const struct colours palettes[] = {
	[DIAG_PLAIN] = { "", { "", "", "", "" }, "", "" },
	[DIAG_COLOUR] = { "\033[1m", { "\033[1;36m", "\033[1;35m", "\033[1;31m", "\033[1;35m" }, "\033[1;32m",
		"\033[0m" },
};

/* One diagnostic with its notes: messages[index + 1 .. index + notes]. */
struct entry {
	const struct diag_message *message;
	size_t notes, order; /* notes behind it; place in the order found */
};

static int by_place(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	const struct source *s = a->message->pos.source, *t = b->message->pos.source;
	if (!s != !t)
		return s ? -1 : 1; /* what has no place comes last */
	int names = s ? str_compare(s->name, t->name) : 0;
	if (names)
		return names;
	uint32_t p = a->message->pos.offset, q = b->message->pos.offset;
	if (s && p != q)
		return p < q ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static struct entry *sorted(const struct diag *d, struct arena *a, size_t *count)
{
	struct entry *entries = ARENA_ARRAY(a, struct entry, d->messages.count);
	size_t n = 0;
	for (size_t i = 0; i < d->messages.count; i++) {
		const struct diag_message *m = &d->messages.at[i];
		if (m->level == DIAG_NOTE && n)
			entries[n - 1].notes++;
		else
			entries[n] = (struct entry){ m, 0, i }, n++;
	}
	if (n)
		qsort(entries, n, sizeof *entries, by_place);
	*count = n;
	return entries;
}

/* Control characters would reach the terminal: they are shown as U+FFFD. Returns the code point printed. */
static uint32_t put_visible(struct buf *out, struct str s, size_t *at)
{
	uint32_t c = utf8_next(s, at);
	bool control = (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) ||
		(c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
	char bytes[4];
	c = control ? 0xFFFD : c;
	buf_bytes(out, bytes, utf8_put(bytes, c));
	return c;
}

static void put_all_visible(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.len;)
		put_visible(out, s, &at);
}

struct width_range {
	uint32_t first, last;
	unsigned columns;
};
static const struct width_range widths[] = {
	{ 0x300, 0x36F, 0 }, { 0x200B, 0x200F, 0 }, { 0xFE00, 0xFE0F, 0 },
	{ 0x1100, 0x115F, 2 }, { 0x2E80, 0xA4CF, 2 }, { 0xAC00, 0xD7A3, 2 }, { 0xF900, 0xFAFF, 2 },
	{ 0xFE30, 0xFE6F, 2 }, { 0xFF00, 0xFF60, 2 }, { 0x1F300, 0x1FAFF, 2 }, { 0x20000, 0x3FFFD, 2 },
};

/* White space as wide as the character above it. */
static void put_blank(struct buf *out, uint32_t c)
{
	unsigned columns = 1;
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		if (c >= widths[i].first && c <= widths[i].last)
			columns = widths[i].columns;
	if (c == '\t')
		buf_putc(out, '\t');
	else
		buf_bytes(out, "  ", columns);
}

/* The part of a line shown: all of it, or a window around the caret. In characters. */
struct window {
	size_t from, to, count;
};
static struct window window_around(struct str text, size_t caret)
{
	size_t count = 0;
	for (size_t at = 0; at < text.len; count++)
		utf8_next(text, &at);
	if (count <= LINE_SHOWN)
		return (struct window){ 0, count, count };
	size_t from = caret > LINE_BEFORE ? caret - LINE_BEFORE : 0;
	if (from + LINE_SHOWN > count)
		from = count - LINE_SHOWN;
	return (struct window){ from, from + LINE_SHOWN, count };
}

/* The source line, and a caret under the place. */
static void print_line(struct buf *out, struct src_line line, const struct colours *c)
{
	size_t caret = line.column - 1, index = 0;
	struct window w = window_around(line.text, caret);
	struct buf under;
	buf_init(&under, out->arena, 4 * LINE_SHOWN + 64);
	buf_printf(out, "%5u | %s", line.line, w.from ? "…" : "");
	buf_printf(&under, "      | %s", w.from ? " " : "");
	for (size_t at = 0; at < line.text.len && index < w.to; index++) {
		if (index < w.from) {
			utf8_next(line.text, &at);
			continue;
		}
		uint32_t shown = put_visible(out, line.text, &at);
		if (index < caret)
			put_blank(&under, shown);
	}
	buf_printf(out, "%s\n", w.to < w.count ? "…" : "");
	buf_put(out, buf_str(&under));
	buf_printf(out, "%s^%s\n", c->caret, c->off);
}

static void print_head(struct buf *out, const struct diag_message *m, const struct colours *c)
{
	struct buf place;
	buf_init(&place, out->arena, out->max);
	buf_pos(&place, m->pos);
	buf_puts(out, c->strong);
	if (m->pos.source) {
		put_all_visible(out, buf_str(&place));
		buf_puts(out, ": ");
	} else if (m->level != DIAG_NOTE) {
		buf_puts(out, "entente: ");
	}
	buf_printf(out, "%s%s%s:%s ", c->off, c->level[m->level], level_names[m->level], c->off);
	put_all_visible(out, diag_text(out->arena, m));
}

static void print_entry(
	struct buf *out, const struct diag *d, const struct entry *e, const struct colours *c)
{
	struct src_pos pos = e->message->pos;
	print_head(out, e->message, c);
	buf_printf(out, " [%s]\n", diag_code_name(e->message->code));
	if (pos.source && pos.source->kind == SOURCE_TEXT)
		print_line(out, src_line(pos), c);
	for (size_t i = 1; i <= e->notes; i++) {
		print_head(out, &d->messages.at[e->order + i], c);
		buf_putc(out, '\n');
	}
}

void diag_print(const struct diag *d, enum diag_style style, size_t max, struct buf *out)
{
	size_t count;
	struct entry *entries = sorted(d, out->arena, &count);
	for (size_t i = 0; i < count && i < max; i++)
		print_entry(out, d, &entries[i], &palettes[style]);
	if (count > max)
		buf_printf(out, "%zu more message%s\n", count - max, count - max == 1 ? "" : "s");
}

/* The members that a message and a note have in common. */
static void json_place(struct buf *out, const struct diag_message *m)
{
	const struct source *s = m->pos.source;
	if (s) {
		struct src_line line = src_line(m->pos);
		buf_puts(out, "\"file\": ");
		buf_json(out, s->name);
		buf_puts(out, ", ");
		if (s->kind != SOURCE_WHOLE)
			buf_printf(out, "\"line\": %u, \"column\": %u, ", line.line, line.column);
		if (s->kind == SOURCE_GRID) {
			buf_puts(out, "\"cell\": \"");
			buf_cell(out, m->pos.offset);
			buf_puts(out, "\", ");
		}
	}
	buf_puts(out, "\"message\": ");
	buf_json(out, diag_text(out->arena, m));
}

static void json_entry(struct buf *out, const struct diag *d, const struct entry *e)
{
	buf_printf(out, "{\"level\": \"%s\", \"code\": \"%s\", ", level_names[e->message->level],
		diag_code_name(e->message->code));
	json_place(out, e->message);
	buf_puts(out, ", \"notes\": [");
	for (size_t i = 1; i <= e->notes; i++) {
		buf_puts(out, i > 1 ? ", {" : "{");
		json_place(out, &d->messages.at[e->order + i]);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}");
}

void diag_print_json(const struct diag *d, struct buf *out)
{
	size_t count;
	struct entry *entries = sorted(d, out->arena, &count);
	buf_putc(out, '[');
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? ",\n " : "\n ");
		json_entry(out, d, &entries[i]);
	}
	buf_puts(out, count ? "\n]\n" : "]\n");
}
