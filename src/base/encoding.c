/* Source in any encoding -> source in UTF-8. */
#include "base/diag.h"
#include "base/source.h"

#include <errno.h>
#include <iconv.h>

enum conversion_end { CONVERTED, UNKNOWN_ENCODING, BAD_BYTE };

struct conversion {
	const char *encoding;
	struct str in;
	char *out;         /* room for size bytes; NULL only counts them */
	size_t size;       /* bytes of UTF-8 made */
	size_t used;       /* bytes of in that were sound */
};

/* Counts or converts. Allocates nothing: the handle must not outlive an unwinding arena. */
static enum conversion_end convert(struct conversion *c)
{
	iconv_t cd = iconv_open("UTF-8", c->encoding);
	if (cd == (iconv_t)-1)
		return UNKNOWN_ENCODING;
	char *in = (char *)(uintptr_t)c->in.ptr, chunk[16 * 1024];
	size_t left = c->in.len, size = 0, status;
	do {
		char *to = c->out ? c->out + size : chunk;
		size_t room = c->out ? c->size - size : sizeof chunk, before = room;
		status = left ? iconv(cd, &in, &left, &to, &room) : iconv(cd, NULL, NULL, &to, &room);
		size += before - room;
	} while ((status == (size_t)-1 && errno == E2BIG && !c->out) || (status != (size_t)-1 && left));
	iconv_close(cd);
	c->size = size;
	c->used = c->in.len - left;
	return status == (size_t)-1 && left ? BAD_BYTE : CONVERTED;
}

static struct str converted(struct arena *a, struct conversion *c)
{
	c->out = arena_alloc(a, c->size + 4);
	c->in.len = c->used;
	convert(c);
	return (struct str){ c->out, c->size };
}

static struct str without_mark(struct str text)
{
	if (str_starts(text, "\xEF\xBB\xBF"))
		return (struct str){ text.ptr + 3, text.len - 3 };
	return text;
}

static void report_byte(struct diag *d, struct src_pos pos, unsigned char byte, struct str encoding)
{
	diag_add(d, DIAG_ENCODING, pos,
		"byte 0x%02X is not valid in " STR_FMT ", the encoding of this file", byte,
		STR_ARG(encoding));
}

static bool is_utf8_name(const char *name)
{
	return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0 ||
		strcasecmp(name, "US-ASCII") == 0 || strcasecmp(name, "ASCII") == 0;
}

static const struct source *checked_utf8(
	struct arena *a, const struct source *s, struct str encoding, struct diag *d)
{
	struct str text = without_mark(s->text);
	size_t broken = utf8_broken(text);
	if (text.len != s->text.len)
		s = source_remade(a, s, text);
	if (broken == text.len)
		return s;
	report_byte(
		d, (struct src_pos){ s, (uint32_t)broken }, (unsigned char)text.ptr[broken], encoding);
	return NULL;
}

/* Where the encoding is named, when the name was cut from the source itself. */
static struct src_pos name_pos(const struct source *s, struct str encoding)
{
	uintptr_t at = (uintptr_t)encoding.ptr, from = (uintptr_t)s->text.ptr;
	return (struct src_pos){ s, at >= from && at < from + s->text.len ? (uint32_t)(at - from) : 0 };
}

const struct source *source_to_utf8(
	struct arena *a, const struct source *s, struct str encoding, struct diag *d)
{
	struct conversion c = { .encoding = str_terminated(a, encoding), .in = s->text };
	if (is_utf8_name(c.encoding))
		return checked_utf8(a, s, encoding, d);
	enum conversion_end end = convert(&c);
	if (end == UNKNOWN_ENCODING) {
		diag_add(d, DIAG_ENCODING, name_pos(s, encoding), "encoding '" STR_FMT "' is not known",
			STR_ARG(encoding));
		return NULL;
	}
	size_t bad = c.used;
	struct str text = converted(a, &c);
	if (end == CONVERTED)
		return source_remade(a, s, without_mark(text));
	/* The place is shown in what could be read, with a mark for what could not. */
	memcpy(c.out + c.size, "\xEF\xBF\xBD", 3);
	text = (struct str){ c.out, c.size + 3 };
	const struct source *readable = source_remade(a, s, without_mark(text));
	struct src_pos pos = { readable, (uint32_t)(readable->text.len - 3) };
	report_byte(d, pos, (unsigned char)s->text.ptr[bad], encoding);
	return NULL;
}
