/* Bytes -> events, piece by piece: libxml2's push parser fills a list of events for each piece, which the caller then
 * pulls. So no caller's code runs inside libxml2, and any of it may unwind. */
#include "xml/xml_stream.h"

#include "base/limits.h"

#include <libxml/parser.h>

enum {
	PIECE = 64 * 1024, /* bytes handed to libxml2 at a time */
	SPACES_KNOWN = 16  /* namespaces of one file whose ids are remembered */
};

struct xml_stream {
	struct arena *arena;   /* the stream and its list */
	struct arena piece;    /* what the events hold */
	xmlParserCtxtPtr ctxt; /* NULL when closed */
	const struct xml_space *spaces;
	struct {
		const xmlChar *uri; /* libxml2 keeps one copy of each */
		uint8_t id;
	} known[SPACES_KNOWN];
	unsigned known_count;
	xml_stream_read *read;
	void *ctx;
	char *bytes; /* PIECE bytes: read and not yet parsed */
	size_t held; /* how many of them */
	struct xml_event *events;
	size_t count, room, at; /* in the list; allocated; the next to hand out */
	uint32_t depth;
	bool ended;          /* nothing more to read */
	bool exhausted;      /* an arena was full: unwind when libxml2 has returned */
	const char *problem; /* the first one */
};

static void stop(struct xml_stream *s, const char *problem)
{
	if (!s->problem)
		s->problem = problem;
	s->ended = true;
	xmlStopParser(s->ctxt);
}

static void *take(struct xml_stream *s, struct arena *a, size_t size)
{
	void *room = arena_try(a, size);
	if (!room) {
		s->exhausted = true;
		stop(s, "memory");
	}
	return room;
}

static struct xml_event *add_event(struct xml_stream *s)
{
	if (s->problem)
		return NULL;
	if (s->count == s->room) {
		size_t room = s->room ? s->room * 2 : 1024;
		struct xml_event *grown = take(s, s->arena, room * sizeof *grown);
		if (!grown)
			return NULL;
		if (s->count)
			memcpy(grown, s->events, s->count * sizeof *grown);
		s->events = grown;
		s->room = room;
	}
	return &s->events[s->count++];
}

static uint8_t look_up_space(const struct xml_stream *s, const xmlChar *uri)
{
	for (const struct xml_space *space = s->spaces; space->uri; space++)
		if (strcmp(space->uri, (const char *)uri) == 0)
			return space->id;
	return XML_SPACE_OTHER;
}

static uint8_t space_of(struct xml_stream *s, const xmlChar *uri)
{
	if (!uri)
		return XML_SPACE_NONE;
	for (unsigned i = 0; i < s->known_count; i++)
		if (s->known[i].uri == uri)
			return s->known[i].id;
	uint8_t id = look_up_space(s, uri);
	if (s->known_count < SPACES_KNOWN) {
		s->known[s->known_count].uri = uri;
		s->known[s->known_count++].id = id;
	}
	return id;
}

/* values are libxml2's: five pointers to an attribute, the last two around its value. */
static bool add_attrs(struct xml_stream *s, struct xml_event *e, const xmlChar **values, int count)
{
	size_t bytes = 0;
	for (int i = 0; i < count; i++)
		bytes += (size_t)(values[5 * i + 4] - values[5 * i + 3]);
	struct xml_event_attr *attrs = take(s, &s->piece, (size_t)count * sizeof *attrs + bytes);
	if (!attrs)
		return false;
	char *at = (char *)(attrs + count);
	for (int i = 0; i < count; i++) {
		const xmlChar **value = values + 5 * i;
		size_t len = (size_t)(value[4] - value[3]);
		memcpy(at, value[3], len);
		attrs[i] = (struct xml_event_attr){ str_from((const char *)value[0]), { at, len },
			value[1] ? space_of(s, value[2]) : XML_SPACE_NONE };
		at += len;
	}
	e->attrs = attrs;
	e->attr_count = (uint16_t)count;
	return true;
}

static void start_element(void *ctx, const xmlChar *local, const xmlChar *prefix,
	const xmlChar *uri, int namespace_count, const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **attributes)
{
	(void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
	struct xml_stream *s = ctx;
	if (s->depth == LIMIT_XML_DEPTH) {
		stop(s, "too many elements within each other");
		return;
	}
	if (count > LIMIT_XML_ATTRS) {
		stop(s, "too many attributes on one element");
		return;
	}
	struct xml_event *e = add_event(s);
	if (!e)
		return;
	*e = (struct xml_event){ .kind = XML_START,
		.space = space_of(s, uri),
		.depth = ++s->depth,
		.name = str_from((const char *)local) };
	if (count)
		add_attrs(s, e, attributes, count);
}

static void end_element(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	(void)prefix;
	struct xml_stream *s = ctx;
	struct xml_event *e = add_event(s);
	if (e)
		*e = (struct xml_event){ .kind = XML_END,
			.space = space_of(s, uri),
			.depth = s->depth--,
			.name = str_from((const char *)local) };
}

static void characters(void *ctx, const xmlChar *bytes, int length)
{
	struct xml_stream *s = ctx;
	struct xml_event *e = add_event(s);
	char *copy = e ? take(s, &s->piece, (size_t)length) : NULL;
	if (!copy)
		return;
	memcpy(copy, bytes, (size_t)length);
	*e = (struct xml_event){
		.kind = XML_CHARACTERS, .depth = s->depth, .text = { copy, (size_t)length }
	};
}

static void doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	stop(ctx, "a DOCTYPE is not allowed");
}

static void syntax_error(void *ctx, xmlErrorPtr error)
{
	struct xml_stream *s = ctx;
	if (error->level < XML_ERR_FATAL || s->problem)
		return;
	s->exhausted |= error->code == XML_ERR_NO_MEMORY;
	stop(s, "its XML is not well formed");
}

static xmlSAXHandler handler(void)
{
	return (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = characters,
		.ignorableWhitespace = characters,
		.cdataBlock = characters,
		.internalSubset = doctype,
		.serror = syntax_error,
	};
}

static void close_stream(void *handle)
{
	struct xml_stream *s = handle;
	if (!s->ctxt)
		return;
	xmlFreeParserCtxt(s->ctxt);
	s->ctxt = NULL;
	arena_release(&s->piece);
}

void xml_stream_close(struct xml_stream *s)
{
	close_stream(s);
	s->ended = true;
	s->at = s->count = 0;
}

struct xml_stream *xml_stream_open(
	struct arena *a, const struct xml_space *spaces, xml_stream_read *read, void *ctx)
{
	struct xml_stream *s = ARENA_NEW(a, struct xml_stream);
	s->arena = a;
	s->spaces = spaces;
	s->read = read;
	s->ctx = ctx;
	s->bytes = arena_alloc(a, PIECE);
	arena_init(&s->piece, a->cap, a->unwind);
	s->ctxt = xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL);
	if (!s->ctxt)
		arena_unwind(a);
	*s->ctxt->sax = handler();
	s->ctxt->userData = s;
	/* NOENT: without it "&#38;" is handed out in attributes for '&'. */
	xmlCtxtUseOptions(s->ctxt, XML_PARSE_NOENT | XML_PARSE_NONET);
	arena_defer(a, close_stream, s);
	return s;
}

/* Behind the last '>' the parser would only wait: a tag or a text is never handed to it in halves, unless it is longer
 * than a piece; then at least no character is. */
static size_t whole_part(const char *bytes, size_t size)
{
	const char *end = memrchr(bytes, '>', size);
	if (end)
		return (size_t)(end - bytes) + 1;
	size_t cut = size;
	while (cut > 0 && size - cut < 4 && ((unsigned char)bytes[cut - 1] & 0xC0) == 0x80)
		cut--;
	if (cut > 0 && (unsigned char)bytes[cut - 1] >= 0xC0)
		cut--;
	return cut;
}

/* Parses the next piece into the list; false when there is none. */
static bool read_piece(struct xml_stream *s)
{
	s->at = s->count = 0;
	if (s->ended)
		return false;
	arena_reset(&s->piece);
	ptrdiff_t got = s->read(s->ctx, s->bytes + s->held, PIECE - s->held);
	if (got < 0) {
		stop(s, "it cannot be read");
		return false;
	}
	size_t have = s->held + (size_t)got, part = got ? whole_part(s->bytes, have) : have;
	if (got && part == 0 && have == PIECE)
		part = have; /* no UTF-8: the parser says so */
	s->ended = got == 0;
	xmlParseChunk(s->ctxt, s->bytes, (int)part, s->ended);
	if (s->exhausted)
		arena_unwind(s->arena);
	s->held = have - part;
	memmove(s->bytes, s->bytes + part, s->held);
	return true;
}

const struct xml_event *xml_stream_next(struct xml_stream *s)
{
	while (s->at == s->count)
		if (!read_piece(s))
			return NULL;
	return &s->events[s->at++];
}

void xml_stream_skip(struct xml_stream *s)
{
	const struct xml_event *e = s->at ? &s->events[s->at - 1] : NULL;
	uint32_t depth = e ? e->depth : 0;
	if (e && e->kind == XML_START)
		while ((e = xml_stream_next(s)) && !(e->kind == XML_END && e->depth == depth))
			;
}

const char *xml_stream_problem(const struct xml_stream *s)
{
	return s->problem;
}

struct str xml_event_attr(const struct xml_event *e, uint8_t space, const char *name)
{
	for (size_t i = 0; i < e->attr_count; i++)
		if (e->attrs[i].space == space && str_is(e->attrs[i].name, name))
			return e->attrs[i].value;
	return (struct str){ 0 };
}
