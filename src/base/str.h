/* Text as slices, and the growing buffer. UTF-8 throughout. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

/* A slice of bytes, not owned, not terminated (though arena copies have a NUL behind them). */
struct str {
	const char *ptr; /* may be NULL when len is 0 */
	size_t len;      /* bytes */
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).len ? (s).ptr : ""

struct str str_from(const char *terminated); /* borrows */
struct str str_copy(struct arena *a, struct str s);
/* Terminated copy for the borders of libraries. */
const char *str_terminated(struct arena *a, struct str s);
struct str str_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool str_equal(struct str a, struct str b);
bool str_is_all(struct str s, const char *literal);
/* Names are told apart by their first letter as a rule. */
static inline bool str_is(struct str s, const char *literal)
{
	return (s.len ? s.ptr[0] == literal[0] : !literal[0]) && str_is_all(s, literal);
}
bool str_starts_all(struct str s, const char *prefix);
static inline bool str_starts(struct str s, const char *prefix)
{
	return !prefix[0] || (s.len && s.ptr[0] == prefix[0] && str_starts_all(s, prefix));
}
bool str_ends(struct str s, const char *suffix);
int str_compare(struct str a, struct str b); /* by bytes, as memcmp */
static inline bool is_white_space(char c)    /* of XML */
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
struct str str_trim(struct str s);           /* XML white space */
/* Cuts the next word off *rest (XML white space between words); empty when there is none. */
struct str str_word(struct str *rest);
/* Cuts up to the next separator off *rest; false when *rest is used up. A separator at the end ends the last part. */
bool str_split(struct str *rest, char separator, struct str *part);
/* Decodes the code point at *offset (below s.len) and moves past it; U+FFFD for each byte of a broken sequence. */
uint32_t utf8_next(struct str s, size_t *offset);
size_t utf8_put(char out[4], uint32_t code_point); /* bytes written */
/* Offset of the first byte that is not UTF-8; s.len when there is none. */
size_t utf8_broken(struct str s);
uint64_t str_hash(struct str s);
/* The candidate nearest to name by edit distance; empty when none is near enough to suggest. */
struct str str_nearest(struct str name, const struct str *candidates, size_t count);

/* A growing byte buffer in an arena. Always NUL-terminated behind len. Over max it stops growing and sets
 * overflowed; nothing jumps. */
struct buf {
	struct arena *arena;
	char *ptr;
	size_t len, room;
	size_t max; /* bytes; set at birth */
	bool overflowed;
};

void buf_init(struct buf *b, struct arena *a, size_t max);
/* Room for so many bytes in all, within its maximum. */
void buf_reserve(struct buf *b, size_t size);
/* Makes room for more bytes and the NUL; false over the maximum. */
bool buf_room(struct buf *b, size_t more);
/* These are called for every few bytes of a page. */
static inline void buf_bytes(struct buf *b, const void *bytes, size_t size)
{
	if (size == 0 || ((size >= b->room - b->len || size > b->max - b->len || b->overflowed) && !buf_room(b, size)))
		return;
	memcpy(b->ptr + b->len, bytes, size);
	b->len += size;
	b->ptr[b->len] = '\0';
}
/* Appends those that are not empty, with the sign between them. */
void buf_join(struct buf *b, const struct str *parts, size_t count, char between);
static inline void buf_put(struct buf *b, struct str s)
{
	buf_bytes(b, s.ptr, s.len);
}
static inline void buf_puts(struct buf *b, const char *terminated)
{
	buf_bytes(b, terminated, strlen(terminated));
}
static inline void buf_putc(struct buf *b, char c)
{
	buf_bytes(b, &c, 1);
}
void buf_number(struct buf *b, uint64_t n); /* digits alone */
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list args);
/* Writes s as a JSON string with quotes. */
void buf_json(struct buf *b, struct str s);
/* Writes s with XML's five characters escaped. */
void buf_xml(struct buf *b, struct str s);
void buf_xml_attr(struct buf *b, const char *name, struct str value); /* with a space before it */
void buf_xml_attr_some(struct buf *b, const char *name, struct str value); /* nothing when it is empty */
struct str buf_str(const struct buf *b); /* borrowed: valid until the next put */
/* The same, for the last time: what room it has left is the arena's again. */
struct str buf_finish(struct buf *b);

#endif
