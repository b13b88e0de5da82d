/* XML: bytes to an element tree with exact positions; typed reading of attributes and children by tables.
 * The only folder that sees libxml2. */
#ifndef XML_XML_H
#define XML_XML_H

#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/number.h"

#define XML_NAMESPACE "urn:entente"
enum { XML_FORMAT_VERSION = 1 };

struct xml_attr {
	struct str name, value;      /* value with references resolved */
	struct src_pos pos;          /* of the name */
	struct src_pos value_pos;    /* of the first byte between the quotes */
	const struct xml_attr *next; /* in the order written */
};

struct xml_node {
	struct str name;               /* local name; empty for text */
	struct str text;               /* text nodes only: references resolved, white space as written */
	const struct xml_attr *attrs;
	const struct xml_node *parent; /* the element it was written in: of what was spliced in, the used file's root */
	const struct xml_node *first, *next;
	struct src_pos pos;            /* of '<', or of the text's first byte */
	uint32_t end;                  /* offset behind the element's last byte */
};

/* Parses a whole file: any encoding that is declared and known, no DOCTYPE, no network, every element in
 * XML_NAMESPACE, version="1" on the root. White space between elements that hold no text is dropped (unless it is
 * written as a reference or in a CDATA section), comments and processing instructions too. NULL after diagnostics
 * when there is no tree; after a wrong version or namespace there is one, so that its readers can go on, without
 * the elements of other namespaces. The tree borrows from the source as UTF-8, which all positions refer to. */
const struct xml_node *xml_parse(struct arena *a, const struct source *source, struct diag *d);

/* Replaces each <use href="…"/> below the root by what the file holds: where the parent has the same name as the
 * used file's root the children are spliced in, else the root element itself stands there. Nested uses are relative
 * to the file that says them. A use with other attributes (as= for a table) is left to its reader. */
struct xml_loader {
	struct arena *arena;
	const struct folder *root;    /* the project */
	struct diag *diag;
	struct xml_shelf *shelf;      /* files kept from one briefing to the next; NULL = none are */
	VEC(const struct source *) sources; /* every file opened, in order: the inputs of the manifest */
	struct map parsed;            /* path -> node, so that a file used twice is read once */
	size_t copied;                /* nodes of files used again, in the tree being loaded: LIMIT_XML_NODES at most */
};
const struct xml_node *xml_load(struct xml_loader *l, struct str path, struct src_pos from);
/* As xml_load from a root that is not the project (shipped layouts, library). */
const struct xml_node *xml_load_from(struct xml_loader *l, const struct folder *root, struct str path, struct src_pos from);
/* Files that one briefing after the other uses (a company's), each read and parsed once as long as its bytes stay the
 * same: a sound one used by two briefings running is kept in the shelf's arena, from then on trees are copies of it.
 * What is kept is bounded; nothing that is read or reported differs by it. */
struct xml_shelf *xml_shelf_open(struct arena *a);
void xml_shelf_turn(struct xml_shelf *s); /* before each briefing */
/* A path written in a file, relative to that file's folder, as a path relative to the root it came from. */
struct str xml_path_beside(struct arena *a, struct src_pos pos, struct str path);

const struct xml_attr *xml_attr(const struct xml_node *n, const char *name); /* NULL when absent */
bool xml_is(const struct xml_node *n, const char *name);
/* The text of an element without child elements, trimmed. */
struct str xml_text(struct arena *a, const struct xml_node *n);
bool xml_has_elements(const struct xml_node *n);
/* The place of the byte at offset in a value or text read from pos on, where references were resolved. */
struct src_pos xml_pos_within(struct src_pos pos, size_t offset);
/* Where a text node's first character other than white space stands. */
struct src_pos xml_text_pos(const struct xml_node *text);
/* The language in force: the nearest lang attribute upward; empty when none. */
struct str xml_lang(const struct xml_node *n);

/* Attributes by table. Absent ones leave the target as it was; problems are reported and the rest is read. */
enum xml_type {
	XML_STR,     /* struct str */
	XML_ID,      /* struct str: a letter, then letters, digits, '-', '_', '.' */
	XML_IDS,     /* struct xml_ids */
	XML_INT,     /* int32_t, up to LIMIT_INT either way */
	XML_PLACES,  /* int32_t: decimals printed, 0 to 9 */
	XML_DECIMAL, /* struct decimal */
	XML_LENGTH,  /* mpt, 0 to LENGTH_MOST */
	XML_SIGNED_LENGTH, /* mpt, up to LENGTH_MOST either way: where below nought has a meaning */
	XML_BOOL,    /* bool: yes | no */
	XML_CHOICE,  /* uint8_t, from choices */
	XML_DATE,    /* struct date */
	XML_PERIOD,  /* struct period */
	XML_COLOUR   /* uint32_t 0xRRGGBB */
};
struct xml_ids {
	const struct str *at;
	size_t count;
};
struct xml_choice {
	const char *name; /* NULL ends the list */
	uint8_t value;
};
enum xml_flags { XML_OPTIONAL = 0, XML_REQUIRED = 1 };
struct xml_field {
	const char *name; /* NULL ends the table */
	uint8_t type;     /* enum xml_type */
	uint8_t flags;    /* enum xml_flags */
	uint16_t offset;  /* of the target in the struct */
	const struct xml_choice *choices;
};
/* Reads every attribute of n by the table into *into. Attributes named lang and xml-ish white space are not special:
 * list them. Unknown ones are errors with the nearest name. False when something was wrong. */
bool xml_read_attrs(struct arena *a, const struct xml_node *n, const struct xml_field *fields, void *into, struct diag *d);
/* One value by type, for readers that keep their own attributes. */
bool xml_read_value(struct arena *a, const struct xml_field *field, struct str value, struct src_pos pos, void *into, struct diag *d);

/* Children by table: calls the handler of each child element; unknown ones are errors with the nearest name; text
 * other than white space is an error. */
struct xml_child {
	const char *name; /* NULL ends the table */
	void (*read)(void *ctx, const struct xml_node *n);
};
void xml_read_children(const struct xml_node *n, const struct xml_child *table, void *ctx, struct diag *d);

void xml_dump(const struct xml_node *root, struct buf *out);

#endif
