/* The growing byte buffer: under every arrow that writes text. */
#include "base/str.h"

#include <stdio.h>

void buf_init(struct buf *b, struct arena *a, size_t max)
{
	*b = (struct buf){ .arena = a, .max = max };
	b->room = max < 64 ? max + 1 : 64;
	b->ptr = arena_alloc(a, b->room);
}

bool buf_room(struct buf *b, size_t more)
{
	if (b->overflowed || more > b->max - b->len) {
		b->overflowed = true;
		return false;
	}
	size_t need = b->len + more + 1;
	if (need <= b->room)
		return true;
	size_t room = b->room > SIZE_MAX / 2 ? need : b->room * 2;
	if (room < need)
		room = need;
	b->ptr = arena_grow(b->arena, b->ptr, b->room, room);
	b->room = room;
	return true;
}

void buf_reserve(struct buf *b, size_t size)
{
	if (size > b->len)
		buf_room(b, size > b->max ? b->max - b->len : size - b->len);
}

void buf_number(struct buf *b, uint64_t n)
{
	char digits[20];
	size_t at = sizeof digits;
	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	buf_bytes(b, digits + at, sizeof digits - at);
}

void buf_vprintf(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	size_t room = b->room - b->len;
	int len = vsnprintf(b->ptr + b->len, room, fmt, args);
	if (len < 0 || !buf_room(b, (size_t)len)) {
		b->ptr[b->len] = '\0';
	} else {
		if ((size_t)len >= room)
			vsnprintf(b->ptr + b->len, (size_t)len + 1, fmt, again);
		b->len += (size_t)len;
	}
	va_end(again);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	buf_vprintf(b, fmt, args);
	va_end(args);
}

static void json_escaped(struct buf *b, uint32_t c)
{
	static const char letters[] = "\b" "b" "\f" "f" "\n" "n" "\r" "r" "\t" "t" "\"" "\"" "\\" "\\";
	for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
		if ((uint32_t)(unsigned char)letters[i] == c) {
			buf_putc(b, '\\');
			buf_putc(b, letters[i + 1]);
			return;
		}
	}
	buf_printf(b, "\\u%04x", (unsigned)c);
}

static bool json_plain(char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* Plain characters are most, and go out by the piece. */
void buf_join(struct buf *b, const struct str *parts, size_t count, char between)
{
	bool first = true;
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len == 0)
			continue;
		if (!first)
			buf_putc(b, between);
		buf_put(b, parts[i]);
		first = false;
	}
}

void buf_json(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t at = 0; at < s.len;) {
		size_t from = at;
		char bytes[4];
		while (at < s.len && json_plain(s.ptr[at]))
			at++;
		buf_bytes(b, s.ptr + from, at - from);
		if (at == s.len)
			break;
		uint32_t c = utf8_next(s, &at);
		if (c < 0x80)
			json_escaped(b, c);
		else
			buf_bytes(b, bytes, utf8_put(bytes, c));
	}
	buf_putc(b, '"');
}

static const char *xml_escape(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&apos;";
	default: return NULL;
	}
}

void buf_xml(struct buf *b, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.len; i++) {
		const char *escape = xml_escape(s.ptr[i]);
		if (!escape)
			continue;
		buf_bytes(b, s.ptr + from, i - from);
		buf_puts(b, escape);
		from = i + 1;
	}
	buf_bytes(b, s.ptr + from, s.len - from);
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->ptr, b->len };
}

struct str buf_finish(struct buf *b)
{
	arena_shrink(b->arena, b->ptr, b->room, b->len + 1);
	b->room = b->len + 1;
	return (struct str){ b->ptr, b->len };
}

void buf_xml_attr(struct buf *b, const char *name, struct str value)
{
	buf_printf(b, " %s=\"", name);
	buf_xml(b, value);
	buf_putc(b, '"');
}

void buf_xml_attr_some(struct buf *b, const char *name, struct str value)
{
	if (value.len)
		buf_xml_attr(b, name, value);
}
