/* What the parser found wrong -> diagnostics in the user's words, at the place a user would look. */
#include "xml/xml_int.h"

#include "base/limits.h"

#include <libxml/xmlerror.h>

/* How to get from where the parser stood to where the error is. */
enum place {
	PLACE_HERE,
	PLACE_BACK,      /* back to the beginning of mark */
	PLACE_ON,        /* on to the next mark */
	PLACE_NAME,      /* back to the name in problem->first */
	PLACE_VALUE,     /* the value of the last attribute of the tag */
	PLACE_TWICE      /* the second attribute of that name */
};

struct wording {
	int code;         /* libxml2's */
	uint8_t place;    /* enum place */
	const char *mark; /* of PLACE_BACK and PLACE_ON */
	const char *text; /* %s is the name */
};
#define DECLARATION "the XML declaration is not well formed; write <?xml version=\"1.0\"?>"
static const struct wording wordings[] = {
	{ XML_ERR_DOCUMENT_END, PLACE_HERE, NULL,
		"a file has one root element; this stands behind its end" },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, PLACE_HERE, NULL,
		"the value of an attribute must stand in quotes" },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, PLACE_VALUE, NULL, "this value has no closing quote" },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, PLACE_NAME, NULL,
		"attribute '%s' has no value; write %s=\"…\"" },
	{ XML_ERR_ATTRIBUTE_REDEFINED, PLACE_TWICE, NULL, "attribute '%s' is given twice" },
	{ XML_ERR_LT_IN_ATTRIBUTE, PLACE_HERE, NULL,
		"'<' within the value of an attribute; write &lt;, or close the quote" },
	{ XML_ERR_SPACE_REQUIRED, PLACE_HERE, NULL, "white space or '>' is missing here" },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, PLACE_BACK, "&",
		"'&' without ';'; write &amp; for the character itself" },
	{ XML_ERR_UNDECLARED_ENTITY, PLACE_BACK, "&",
		"'&%s;' is not known; write the character itself" },
	{ XML_WAR_UNDECLARED_ENTITY, PLACE_BACK, "&",
		"'&%s;' is not known; write the character itself" },
	{ XML_ERR_INVALID_HEX_CHARREF, PLACE_BACK, "&",
		"this is not the number of a character; write it as &#xE9;" },
	{ XML_ERR_INVALID_DEC_CHARREF, PLACE_BACK, "&",
		"this is not the number of a character; write it as &#233;" },
	{ XML_ERR_INVALID_CHARREF, PLACE_BACK, "&",
		"this is not the number of a character; write it as &#233;" },
	{ XML_ERR_MISPLACED_CDATA_END, PLACE_ON, "]]>", "']]>' in text; write ]]&gt;" },
	{ XML_ERR_HYPHEN_IN_COMMENT, PLACE_HERE, NULL, "'--' within a comment" },
	{ XML_ERR_COMMENT_NOT_FINISHED, PLACE_BACK, "<!--",
		"this comment is not closed; '-->' is missing" },
	{ XML_ERR_CDATA_NOT_FINISHED, PLACE_BACK, "<![CDATA[",
		"this CDATA section is not closed; ']]>' is missing" },
	{ XML_ERR_PI_NOT_FINISHED, PLACE_BACK, "<?",
		"this instruction is not closed; '?>' is missing" },
	{ XML_ERR_XMLDECL_NOT_FINISHED, PLACE_BACK, "<?", DECLARATION },
	{ XML_ERR_VERSION_MISSING, PLACE_BACK, "<?", DECLARATION },
	{ XML_ERR_STRING_NOT_STARTED, PLACE_BACK, "<?", DECLARATION },
	{ XML_ERR_STRING_NOT_CLOSED, PLACE_BACK, "<?", DECLARATION },
	{ XML_ERR_EQUAL_REQUIRED, PLACE_BACK, "<?", DECLARATION },
	{ XML_ERR_ENCODING_NAME, PLACE_BACK, "<?", DECLARATION },
	{ XML_ERR_PI_NOT_STARTED, PLACE_BACK, "<?", "an instruction without a name; write &lt;? for the characters" },
	{ XML_WAR_NS_URI, PLACE_BACK, "<", "the namespace in this tag is not one; write xmlns=\"" XML_NAMESPACE "\"" },
	{ XML_NS_ERR_XML_NAMESPACE, PLACE_BACK, "<", "the namespace in this tag may not be declared" },
	{ XML_NS_ERR_QNAME, PLACE_BACK, "<", "':' in the wrong place of a name in this tag" },
	{ XML_ERR_RESERVED_XML_NAME, PLACE_BACK, "<?",
		"the XML declaration may only be the very first thing in a file" },
	{ XML_NS_ERR_UNDEFINED_NAMESPACE, PLACE_BACK, "<", "prefix '%s' is not declared" },
};

static struct src_pos at(const struct source *s, uint32_t offset)
{
	return (struct src_pos){ s, offset };
}

/* Where the mark before offset begins. */
static uint32_t back_to(struct str text, uint32_t offset, const char *mark)
{
	uint32_t from = offset ? offset - 1 : 0;
	while (from > 0 && !str_starts((struct str){ text.ptr + from, text.len - from }, mark))
		from--;
	return from;
}

static uint32_t on_to(struct str text, uint32_t offset, const char *mark)
{
	const char *found = memmem(text.ptr + offset, text.len - offset, mark, strlen(mark));
	return found ? (uint32_t)(found - text.ptr) : offset;
}

/* The last occurrence of name that ends before offset. */
static uint32_t back_to_name(struct str text, uint32_t offset, struct str name)
{
	for (uint32_t from = offset; name.len && from > 0; from--)
		if (from + name.len <= offset && memcmp(text.ptr + from, name.ptr, name.len) == 0)
			return from;
	return offset;
}

static uint32_t last_value(struct str text, uint32_t offset)
{
	uint32_t i = tag_name_end(text, back_to(text, offset, "<"));
	struct tag_attr attr = { 0 };
	while (tag_next_attr(text, &i, &attr))
		;
	return attr.value ? attr.value : offset;
}

/* The attributes of that name in a tag; both 0 when there are not two. */
struct pair {
	uint32_t first, second;
};
static struct pair named_twice(struct str text, uint32_t offset, struct str name)
{
	uint32_t i = tag_name_end(text, back_to(text, offset, "<"));
	struct pair found = { 0 };
	struct tag_attr attr;
	while (tag_next_attr(text, &i, &attr)) {
		struct str full = { text.ptr + attr.name, attr.name_end - attr.name };
		const char *colon = memchr(full.ptr, ':', full.len);
		struct str prefix = { full.ptr, colon ? (size_t)(colon - full.ptr) : full.len };
		if (!str_equal(prefix, name))
			continue;
		if (found.first)
			return (struct pair){ found.first, attr.name };
		found.first = attr.name;
	}
	return (struct pair){ 0 };
}

static uint32_t place_of(const struct xml_problem *p, const struct wording *w, struct str text)
{
	switch ((enum place)w->place) {
	case PLACE_BACK: return back_to(text, p->offset, w->mark);
	case PLACE_ON: return on_to(text, p->offset, w->mark);
	case PLACE_NAME: return back_to_name(text, p->offset, p->first);
	case PLACE_VALUE: return last_value(text, p->offset);
	case PLACE_TWICE: return named_twice(text, p->offset, p->first).second;
	case PLACE_HERE: break;
	}
	return p->offset;
}

/* Writes text with every %s replaced by name. */
static const char *worded(struct diag *d, const char *text, struct str name)
{
	struct buf b;
	buf_init(&b, d->arena, 4096);
	for (const char *mark; (mark = strstr(text, "%s")); text = mark + 2) {
		buf_bytes(&b, text, (size_t)(mark - text));
		buf_put(&b, name);
	}
	buf_puts(&b, text);
	return b.ptr;
}

static void report_worded(
	const struct xml_problem *p, const struct wording *w, const struct source *s, struct diag *d)
{
	uint32_t offset = place_of(p, w, s->text);
	diag_add(d, DIAG_XML_SYNTAX, at(s, offset), "%s", worded(d, w->text, p->first));
	if (p->code == XML_ERR_ATTRIBUTE_REDEFINED)
		diag_note(d, at(s, named_twice(s->text, p->offset, p->first).first), "first given here");
	if (p->code == XML_ERR_LT_IN_ATTRIBUTE)
		diag_note(d, at(s, last_value(s->text, p->offset)), "the value begins here");
}

static void note_open(const struct xml_problem *p, struct diag *d)
{
	if (p->open)
		diag_note(d, p->open->pos, "'" STR_FMT "' begins here", STR_ARG(p->open->name));
}

static void report_mismatch(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	uint32_t from = back_to(s->text, p->offset, "<");
	struct str written = { s->text.ptr + from, tag_name_end(s->text, from + 1) - from };
	diag_add(d, DIAG_XML_SYNTAX, at(s, from), "'" STR_FMT ">' where '</" STR_FMT ">' is expected",
		STR_ARG(written), STR_ARG(p->first));
	note_open(p, d);
}

static void report_cut_off(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	struct str text = s->text;
	while (text.len && str_trim((struct str){ text.ptr + text.len - 1, 1 }).len == 0)
		text.len--;
	diag_add(d, DIAG_XML_SYNTAX, at(s, (uint32_t)text.len),
		"the file ends before '" STR_FMT "' is closed", STR_ARG(p->first));
	note_open(p, d);
}

static void report_unclosed_tag(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset), "'>' is missing");
	diag_note(d, at(s, back_to(s->text, p->offset, "<")), "the tag begins here");
}

static void report_no_element(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	if (str_trim(s->text).len == 0)
		diag_add(d, DIAG_XML_SYNTAX, at(s, 0), "the file is empty");
	else
		diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset),
			"the file does not begin with an element; is it XML?");
}

/* A name is missing behind '&', behind '<', or in a tag. */
static void report_no_name(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	char before = p->offset ? s->text.ptr[p->offset - 1] : '\0';
	if (before == '&')
		diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset - 1), "'&' by itself; write &amp;");
	else if (before == '<')
		diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset - 1), "'<' by itself; write &lt;");
	else
		diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset),
			"the name of an attribute or '>' is expected here");
}

static bool is_xml_character(uint32_t c)
{
	return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

static void report_character(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	size_t next = p->offset;
	uint32_t c = next < s->text.len ? utf8_next(s->text, &next) : ' ';
	if (!is_xml_character(c))
		diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset), "character U+%04X is not allowed in XML",
			(unsigned)c);
	else
		diag_add(d, DIAG_XML_SYNTAX, at(s, back_to(s->text, p->offset, "&")),
			"this is not the number of a character that XML allows");
}

struct reporter {
	int code; /* libxml2's */
	void (*report)(const struct xml_problem *p, const struct source *s, struct diag *d);
};
static const struct reporter reporters[] = {
	{ XML_ERR_TAG_NAME_MISMATCH, report_mismatch },
	{ XML_ERR_TAG_NOT_FINISHED, report_cut_off },
	{ XML_ERR_GT_REQUIRED, report_unclosed_tag },
	{ XML_ERR_DOCUMENT_EMPTY, report_no_element },
	{ XML_ERR_NAME_REQUIRED, report_no_name },
	{ XML_ERR_INVALID_CHAR, report_character },
};

static void report_syntax(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
		if (wordings[i].code == p->code) {
			report_worded(p, &wordings[i], s, d);
			return;
		}
	}
	for (size_t i = 0; i < sizeof reporters / sizeof *reporters; i++) {
		if (reporters[i].code == p->code) {
			reporters[i].report(p, s, d);
			return;
		}
	}
	diag_add(d, DIAG_XML_SYNTAX, at(s, p->offset), "the XML is not well formed: " STR_FMT,
		STR_ARG(p->said));
}

static void report_namespace(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	if (p->said.len)
		diag_add(d, DIAG_XML_NAMESPACE, at(s, p->offset),
			"'" STR_FMT "' is in the namespace '" STR_FMT "', not in '%s'", STR_ARG(p->first),
			STR_ARG(p->said), XML_NAMESPACE);
	else
		diag_add(d, DIAG_XML_NAMESPACE, at(s, p->offset),
			"'" STR_FMT "' is in no namespace; add xmlns=\"%s\"", STR_ARG(p->first), XML_NAMESPACE);
}

void xml_report_problem(const struct xml_problem *p, const struct source *s, struct diag *d)
{
	struct src_pos pos = at(s, p->offset);
	switch (p->kind) {
	case PROBLEM_SYNTAX: report_syntax(p, s, d); break;
	case PROBLEM_NAMESPACE: report_namespace(p, s, d); break;
	case PROBLEM_DOCTYPE:
		diag_add(d, DIAG_XML_DOCTYPE, pos, "a DOCTYPE is not allowed; remove it");
		break;
	case PROBLEM_DEPTH:
		diag_add(d, DIAG_LIMIT, pos, "more than %d elements within each other", LIMIT_XML_DEPTH);
		break;
	case PROBLEM_NODES:
		diag_add(
			d, DIAG_LIMIT, pos, "more than %d elements and texts in one file", LIMIT_XML_NODES);
		break;
	case PROBLEM_ATTRS:
		diag_add(d, DIAG_LIMIT, pos, "more than %d attributes on one element", LIMIT_XML_ATTRS);
		break;
	}
}
