/* What the files of this folder share: the scan of a start tag, and what the parser finds wrong. */
#ifndef XML_XML_INT_H
#define XML_XML_INT_H

#include "xml/xml.h"

/* One attribute as written in a start tag. Offsets into the source's text. */
struct tag_attr {
	uint32_t name, name_end;   /* the name with its prefix */
	uint32_t value, value_end; /* between the quotes */
};
/* Scans the next attribute of a start tag from *at on, past the name of the element; false when there is none left
 * or it is not well formed. */
bool tag_next_attr(struct str text, uint32_t *at, struct tag_attr *out);
/* Behind the name of the element whose '<' is at offset. */
uint32_t tag_name_end(struct str text, uint32_t offset);

/* What the parser found. It is reported when libxml2 has returned: diagnostics may unwind the arena, and
 * nothing unwinds through a callback. */
enum xml_problem_kind { PROBLEM_SYNTAX, PROBLEM_DOCTYPE, PROBLEM_DEPTH, PROBLEM_NODES, PROBLEM_ATTRS, PROBLEM_NAMESPACE };
struct xml_problem {
	enum xml_problem_kind kind;
	int code;              /* libxml2's, of PROBLEM_SYNTAX */
	uint32_t offset;       /* where the parser stood; for the others the place */
	struct str first;      /* a name: of the element, the attribute, the entity, the namespace */
	struct str said;       /* libxml2's words, for the rare errors we have none for */
	const struct xml_node *open; /* the innermost open element; NULL outside the root */
	struct xml_problem *next;
};
void xml_report_problem(const struct xml_problem *p, const struct source *source, struct diag *d);

/* The source as UTF-8 by its byte-order mark, its declaration, or as it is; NULL after a diagnostic. */
const struct source *xml_to_utf8(struct arena *a, const struct source *s, struct diag *d);
/* As xml_parse; still to be changed, which only the loader does. */
struct xml_node *xml_parse_open(struct arena *a, const struct source *source, struct diag *d);

/* The file at in->path of root as a tree to be changed, through the loader's shelf; its source goes to the loader's.
 * NULL after diagnostics. key names root and path. */
struct xml_node *xml_shelf_load(struct xml_loader *l, const struct folder *root, struct str base, struct str written,
	struct str key, struct src_pos pos);
/* A tree of its own, of the first children of n; what nodes borrow is shared. */
struct xml_node *xml_copied(
	struct arena *a, const struct xml_node *n, const struct xml_node *parent, size_t children);

#endif
