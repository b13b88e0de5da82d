/* Source -> element tree: libxml2's SAX2 with positions from our own bytes. */
#include "xml/xml_int.h"

#include "base/limits.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/* An open element. */
struct level {
	struct xml_node *node;
	struct xml_node *last; /* of its children */
	bool solid;            /* it holds text that is not just white space */
	bool foreign; /* outside the namespace: neither it nor what it holds gets into the tree */
};

struct parse {
	struct arena *arena;
	const struct source *source; /* UTF-8 */
	xmlParserCtxtPtr ctxt;
	struct xml_node *root;
	struct level levels[LIMIT_XML_DEPTH + 1];
	unsigned depth;             /* open elements; levels[0] stands above the root */
	size_t nodes;               /* made so far */
	uint32_t content;           /* behind the last markup: where text begins */
	uint32_t text_from;         /* of the pending text */
	uint32_t gap_from;          /* the same, with the opening of a CDATA section before it */
	char *pending;              /* text not yet in the tree, in pieces as libxml2 hands it out */
	size_t pending_len, pending_room;
	struct xml_problem *first_problem, *last_problem;
	bool exhausted;             /* the arena was full: unwind when libxml2 has returned */
	bool failed;                /* a problem after which there is no tree */
};

static void stop(struct parse *p)
{
	p->failed = true;
	xmlStopParser(p->ctxt);
}

static void *take(struct parse *p, size_t size)
{
	void *room = arena_try(p->arena, size);
	if (!room) {
		p->exhausted = true;
		stop(p);
	}
	return room;
}

/* Borrows from the source when the bytes stand there just so; copies what references or line ends changed. */
static struct str kept_text(struct parse *p, const char *bytes, size_t len, uint32_t written_at)
{
	struct str text = p->source->text;
	if (written_at <= text.len && len <= text.len - written_at &&
		memcmp(text.ptr + written_at, bytes, len) == 0)
		return (struct str){ text.ptr + written_at, len };
	char *copy = take(p, len + 1);
	if (!copy)
		return (struct str){ 0 };
	memcpy(copy, bytes, len);
	return (struct str){ copy, len };
}

static uint32_t parsed_to(const struct parse *p)
{
	long at = xmlByteConsumed(p->ctxt);
	return at < 0                          ? 0
		: (size_t)at > p->source->text.len ? (uint32_t)p->source->text.len
										   : (uint32_t)at;
}

/* The '<' before offset: none can stand in an attribute's value. A loop, since memrchr under a sanitizer looks at all that
 * is before, at each tag. */
static uint32_t tag_start(const struct parse *p, uint32_t offset)
{
	while (offset && p->source->text.ptr[offset - 1] != '<')
		offset--;
	return offset ? offset - 1 : 0;
}

static struct xml_problem *add_problem(struct parse *p, enum xml_problem_kind kind, uint32_t offset)
{
	struct xml_problem *problem = take(p, sizeof *problem);
	if (!problem)
		return NULL;
	problem->kind = kind;
	problem->offset = offset;
	problem->open = p->depth ? p->levels[p->depth].node : NULL;
	if (p->last_problem)
		p->last_problem->next = problem;
	else
		p->first_problem = problem;
	p->last_problem = problem;
	return problem;
}

static void stop_for(struct parse *p, enum xml_problem_kind kind, uint32_t offset)
{
	add_problem(p, kind, offset);
	stop(p);
}

static struct xml_node *add_node(struct parse *p, uint32_t offset)
{
	if (++p->nodes > LIMIT_XML_NODES) {
		stop_for(p, PROBLEM_NODES, offset);
		return NULL;
	}
	struct xml_node *node = take(p, sizeof *node);
	if (node)
		node->pos = (struct src_pos){ p->source, offset };
	return node;
}

static void append(struct level *parent, struct xml_node *node)
{
	node->parent = parent->node;
	if (parent->last)
		parent->last->next = node;
	else if (parent->node)
		parent->node->first = node;
	parent->last = node;
}

/* White space that was written as a reference or in a CDATA section is meant. */
static bool is_solid(const struct parse *p, struct str text, uint32_t to)
{
	struct str written = { p->source->text.ptr + p->gap_from,
		to > p->gap_from ? to - p->gap_from : 0 };
	return str_trim(text).len > 0 || (written.len && memchr(written.ptr, '&', written.len)) ||
		memmem(written.ptr, written.len, "<![CDATA[", 9);
}

/* Ends the pending text at the markup that begins at offset. */
static void flush_text(struct parse *p, uint32_t offset)
{
	struct level *level = &p->levels[p->depth];
	size_t len = p->pending_len;
	p->pending_len = 0;
	if (len == 0 || level->foreign)
		return;
	struct xml_node *node = add_node(p, p->text_from);
	if (!node)
		return;
	node->text = kept_text(p, p->pending, len, p->text_from);
	node->end = offset;
	append(level, node);
	level->solid |= is_solid(p, node->text, offset);
}

/* Between elements white space is only there for the eye. */
static void drop_white_space(struct level *level)
{
	const struct xml_node *n = level->node->first;
	struct xml_node *last = NULL;
	level->node->first = NULL;
	for (const struct xml_node *next; n; n = next) {
		next = n->next;
		if (n->name.len == 0)
			continue;
		struct xml_node *kept = (struct xml_node *)(uintptr_t)n; /* made here, not const yet */
		kept->next = NULL;
		if (last)
			last->next = kept;
		else
			level->node->first = kept;
		last = kept;
	}
}

static bool is_namespace_declaration(struct str name)
{
	return str_is(name, "xmlns") || str_starts(name, "xmlns:");
}

/* values are libxml2's: five pointers to an attribute, the last two around its value; in the order written. */
static void read_attrs(struct parse *p, struct xml_node *node, const xmlChar **values, int count)
{
	const struct xml_attr **link = &node->attrs;
	uint32_t at = tag_name_end(p->source->text, node->pos.offset);
	struct tag_attr written;
	const char *text = p->source->text.ptr;
	for (int i = 0; i < count && tag_next_attr(p->source->text, &at, &written);) {
		struct str name = { text + written.name, written.name_end - written.name };
		if (is_namespace_declaration(name))
			continue;
		const char *value = (const char *)values[5 * i + 3], *end = (const char *)values[5 * i + 4];
		struct xml_attr *attr = take(p, sizeof *attr);
		if (!attr)
			return;
		attr->name = name;
		attr->value = kept_text(p, value, (size_t)(end - value), written.value);
		attr->pos = (struct src_pos){ p->source, written.name };
		attr->value_pos = (struct src_pos){ p->source, written.value };
		*link = attr;
		link = &attr->next;
		i++;
	}
}

/* False for an element of another namespace. One of none is taken for ours, and reported where that begins. */
static bool check_namespace(struct parse *p, const xmlChar *uri, const xmlChar *prefix,
	uint32_t offset, struct str name, bool *outside)
{
	const struct level *parent = &p->levels[p->depth];
	*outside = !uri && !prefix;
	if (uri && str_is(str_from((const char *)uri), XML_NAMESPACE))
		return true;
	if (!uri && prefix)
		return false; /* undeclared: libxml2 says so itself */
	bool said = *outside && parent->node && parent->node->end == UINT32_MAX;
	struct xml_problem *problem = said ? NULL : add_problem(p, PROBLEM_NAMESPACE, offset);
	if (problem) {
		problem->first = name;
		if (uri)
			problem->said = kept_text(p, (const char *)uri, strlen((const char *)uri), 0);
	}
	return *outside;
}

static void open_level(struct parse *p, struct xml_node *node, bool foreign)
{
	struct level *parent = &p->levels[p->depth];
	foreign |= parent->foreign;
	if (!foreign) {
		append(parent, node);
		if (p->depth == 0)
			p->root = node;
	}
	p->levels[++p->depth] = (struct level){ .node = node, .foreign = foreign };
}

static void start_element(void *ctx, const xmlChar *local, const xmlChar *prefix,
	const xmlChar *uri, int namespace_count, const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **attributes)
{
	(void)namespace_count, (void)namespaces, (void)defaulted;
	struct parse *p = ctx;
	uint32_t to = parsed_to(p), from = tag_start(p, to);
	if (p->failed)
		return;
	flush_text(p, from);
	if (p->depth == LIMIT_XML_DEPTH) {
		stop_for(p, PROBLEM_DEPTH, from);
		return;
	}
	struct xml_node *node = add_node(p, from);
	if (!node)
		return;
	size_t len = strlen((const char *)local);
	node->name =
		kept_text(p, (const char *)local, len, tag_name_end(p->source->text, from) - (uint32_t)len);
	bool outside = false, foreign = p->levels[p->depth].foreign;
	if (!foreign)
		foreign = !check_namespace(p, uri, prefix, from, node->name, &outside);
	node->end = outside ? UINT32_MAX : 0; /* until it is closed: said for all it holds */
	if (count > LIMIT_XML_ATTRS)
		stop_for(p, PROBLEM_ATTRS, from);
	else
		read_attrs(p, node, attributes, count);
	open_level(p, node, foreign);
	p->content = to + 1;
}

static void end_element(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	(void)local, (void)prefix, (void)uri;
	struct parse *p = ctx;
	if (p->failed || p->depth == 0)
		return;
	uint32_t to = parsed_to(p);
	flush_text(p, tag_start(p, to));
	struct level *level = &p->levels[p->depth--];
	if (!level->solid)
		drop_white_space(level);
	level->node->end = to;
	p->content = to;
}

static void characters(void *ctx, const xmlChar *bytes, int length)
{
	struct parse *p = ctx;
	size_t len = (size_t)length;
	if (p->failed)
		return;
	if (p->pending_len == 0) {
		struct str rest = { p->source->text.ptr + p->content, p->source->text.len - p->content };
		p->gap_from = p->content;
		p->text_from = p->content + (str_starts(rest, "<![CDATA[") ? 9 : 0);
	}
	if (len > p->pending_room - p->pending_len) {
		size_t room = (p->pending_len + len) * 2 + 256;
		char *grown = take(p, room);
		if (!grown)
			return;
		if (p->pending_len)
			memcpy(grown, p->pending, p->pending_len);
		p->pending = grown;
		p->pending_room = room;
	}
	memcpy(p->pending + p->pending_len, bytes, len);
	p->pending_len += len;
}

static void comment(void *ctx, const xmlChar *text)
{
	(void)text;
	struct parse *p = ctx;
	p->content = parsed_to(p);
}

static void instruction(void *ctx, const xmlChar *target, const xmlChar *text)
{
	(void)target;
	comment(ctx, text);
}

static void doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	struct parse *p = ctx;
	uint32_t at = parsed_to(p);
	while (at > 0 &&
		!str_starts(
			(struct str){ p->source->text.ptr + at, p->source->text.len - at }, "<!DOCTYPE"))
		at--;
	stop_for(p, PROBLEM_DOCTYPE, at);
}

/* Only the first fatal error means something; those of namespaces are not fatal. */
static void syntax_error(void *ctx, xmlErrorPtr error)
{
	struct parse *p = ctx;
	if (p->failed || error->level < XML_ERR_ERROR)
		return;
	if (error->code == XML_ERR_NO_MEMORY) {
		p->exhausted = true;
		stop(p);
		return;
	}
	struct xml_problem *problem = add_problem(p, PROBLEM_SYNTAX, parsed_to(p));
	if (!problem)
		return;
	problem->code = error->code;
	if (error->str1)
		problem->first = kept_text(p, error->str1, strlen(error->str1), 0);
	if (error->message)
		problem->said = str_trim(kept_text(p, error->message, strlen(error->message), 0));
	if (error->level == XML_ERR_FATAL)
		stop(p);
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
		.comment = comment,
		.processingInstruction = instruction,
		.internalSubset = doctype,
		.serror = syntax_error,
	};
}

/* NOENT: without it SAX2 hands out "&#38;" in attributes for '&'. IGNORE_ENC: the bytes are UTF-8 whatever the
 * declaration says. HUGE: our own limits hold. */
enum { PARSE_OPTIONS = XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC };

static bool run(struct parse *p)
{
	bool opened = false;
	p->ctxt = xmlNewParserCtxt();
	if (!p->ctxt)
		return false;
	*p->ctxt->sax = handler();
	p->ctxt->userData = p;
	xmlCtxtUseOptions(p->ctxt, PARSE_OPTIONS);
	/* A copy: libxml2 2.9 loses its place near the end of a large buffer that it may not own. */
	xmlParserInputBufferPtr buffer = xmlParserInputBufferCreateMem(
		p->source->text.ptr, (int)p->source->text.len, XML_CHAR_ENCODING_NONE);
	xmlParserInputPtr input =
		buffer ? xmlNewIOInputStream(p->ctxt, buffer, XML_CHAR_ENCODING_NONE) : NULL;
	if (input && inputPush(p->ctxt, input) >= 0) {
		opened = true;
		xmlParseDocument(p->ctxt);
	}
	xmlFreeParserCtxt(p->ctxt);
	return opened;
}

static void check_version(const struct xml_node *root, struct diag *d)
{
	const struct xml_attr *version = xml_attr(root, "version");
	if (!version)
		diag_add(d, DIAG_XML_VERSION, root->pos,
			"'" STR_FMT "' does not say its version; add version=\"%d\"", STR_ARG(root->name),
			XML_FORMAT_VERSION);
	else if (!str_is(version->value, "1"))
		diag_add(d, DIAG_XML_VERSION, version->value_pos,
			"version '" STR_FMT "' is not known; this program reads %d", STR_ARG(version->value),
			XML_FORMAT_VERSION);
}

struct xml_node *xml_parse_open(struct arena *a, const struct source *source, struct diag *d)
{
	const struct source *utf8 = xml_to_utf8(a, source, d);
	if (!utf8)
		return NULL;
	struct parse *p = ARENA_NEW(a, struct parse);
	p->arena = a;
	p->source = utf8;
	if (!run(p) || p->exhausted)
		arena_unwind(a);
	for (const struct xml_problem *problem = p->first_problem; problem; problem = problem->next)
		xml_report_problem(problem, utf8, d);
	if (p->failed || !p->root)
		return NULL;
	check_version(p->root, d);
	return p->root;
}

const struct xml_node *xml_parse(struct arena *a, const struct source *source, struct diag *d)
{
	return xml_parse_open(a, source, d);
}
