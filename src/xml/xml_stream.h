/* XML as a stream, for files that are too large to be kept as trees and are not ours: the parts of workbooks. The
 * caller pulls one event after another; nothing is kept but the piece being read. No DOCTYPE, no entities of its own,
 * no network; elements at most LIMIT_XML_DEPTH within each other, at most LIMIT_XML_ATTRS attributes on one.
 *
 * What an event holds is valid until the next call; names as long as the stream. All calls may unwind the arena. */
#ifndef XML_XML_STREAM_H
#define XML_XML_STREAM_H

#include "base/str.h"

/* The namespaces that the caller tells apart; several may have one id. */
struct xml_space {
	const char *uri; /* NULL ends the table */
	uint8_t id;      /* from 1 */
};
enum { XML_SPACE_NONE = 0, XML_SPACE_OTHER = 255 }; /* no namespace; one that is not in the table */

struct xml_event_attr {
	struct str name, value; /* local name; value with references resolved */
	uint8_t space;
};

enum xml_event_kind { XML_START, XML_CHARACTERS, XML_END };
struct xml_event {
	uint8_t kind;  /* enum xml_event_kind */
	uint8_t space; /* of the element */
	uint16_t attr_count;
	uint32_t depth;   /* 1 for the root; of characters that of the element they stand in */
	struct str name;  /* local name of an element; empty for characters */
	struct str text;  /* characters: a piece of the text, references resolved */
	const struct xml_event_attr *attrs; /* of XML_START */
};

/* Fills room with up to size bytes: how many, 0 at the end, -1 when they cannot be read. Called by the stream
 * outside the parser: it may unwind. */
typedef ptrdiff_t xml_stream_read(void *ctx, char *room, size_t size);

struct xml_stream; /* closed with its arena, or before */
struct xml_stream *xml_stream_open(struct arena *a, const struct xml_space *spaces, xml_stream_read *read, void *ctx);
/* NULL at the end of the document, and after a problem. */
const struct xml_event *xml_stream_next(struct xml_stream *s);
/* On to the end of the element whose start was handed out last. */
void xml_stream_skip(struct xml_stream *s);
/* What was wrong, to stand behind "is damaged: "; NULL when nothing was. */
const char *xml_stream_problem(const struct xml_stream *s);
void xml_stream_close(struct xml_stream *s);

/* The value of a start's attribute; ptr NULL when it has none. */
struct str xml_event_attr(const struct xml_event *e, uint8_t space, const char *name);
static inline bool xml_starts(const struct xml_event *e, uint8_t space, const char *name)
{
	return e->kind == XML_START && e->space == space && str_is(e->name, name);
}
static inline bool xml_ends(const struct xml_event *e, uint8_t space, const char *name)
{
	return e->kind == XML_END && e->space == space && str_is(e->name, name);
}

#endif
