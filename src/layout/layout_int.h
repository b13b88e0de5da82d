/* What the files of layout/ share: the merge, the readers' state, attributes that come in pairs. */
#ifndef LAYOUT_LAYOUT_INT_H
#define LAYOUT_LAYOUT_INT_H

#include "layout/layout.h"

/* ---- layout_tree.c: trees that are being merged ---- */

/* A tree under merging is not const yet; what was parsed is never changed, only copied. */
struct xml_node *tree_open(const struct xml_node *n);
/* A deep copy whose nodes keep their positions; parents lead within the copy. */
struct xml_node *tree_copy(struct arena *a, const struct xml_node *n, const struct xml_node *parent);
/* Same names, attributes (in any order) and content; positions aside. */
bool tree_same(const struct xml_node *a, const struct xml_node *b);
bool tree_same_content(const struct xml_node *a, const struct xml_node *b);
void tree_append(struct xml_node *parent, const struct xml_node *child);
bool tree_locked(const struct xml_node *n);
/* The attribute's value; empty when absent. */
struct str tree_attr(const struct xml_node *n, const char *name);

/* ---- layout_merge.c and layout_ops.c: pure, tree to tree ---- */

struct merge {
	struct arena *arena;
	struct diag *diag;
	struct xml_node *into; /* copy of the base, being changed */
};
/* What a layout says over what its base says; base NULL: the layout alone. */
const struct xml_node *layout_merge(struct arena *a, const struct xml_node *base, const struct xml_node *over,
	struct diag *d);
/* Attributes of from but `without` (ends with NULL) over those of into; where nothing differs into stays as it is. locked: the nearest
 * locked element around, or NULL; then what differs is refused. */
void merge_attrs(struct merge *m, struct xml_node *into, const struct xml_node *from, const char *const *without,
	const struct xml_node *locked);
void merge_refuse(struct merge *m, struct src_pos pos, const struct xml_node *locked);
/* The first element below n that is locked; NULL. */
const struct xml_node *merge_locked_within(const struct xml_node *n);
bool merge_is_operation(const struct xml_node *n);
void merge_operate(struct merge *m, const struct xml_node *operation);

/* ---- layout_set.c ---- */

/* The merged tree with what the settings say over it: each line of the source is one. */
const struct xml_node *layout_set(struct arena *a, const struct xml_node *merged, const struct source *set, struct diag *d);

/* ---- layout_read.c: state of reading the merged tree ---- */

struct reader {
	struct arena *arena;
	struct diag *diag;
	struct xml_loader *loader;
	const struct layout_roots *roots;
	struct layout *layout;
	struct doc_design *design;
	VEC(const struct xml_node *) tokens, styles, masters, sections, words, callouts;
	VEC(const struct xml_node *) families; /* <family> elements of the tokens */
	uint32_t colours_wrong;                /* one bit a palette role that is stated with what is no colour */
	uint32_t measures_stated;              /* one bit a measure of layout_tokens.c */
	struct src_pos root_pos;
	struct map slots;                      /* id -> struct layout_slot */
	uint8_t columns;                       /* of the grid slots are placed on */
};
/* What could not be read is left out; NULL when no face or no page master is left. The chain is filled by who loaded it. */
struct layout *layout_read(struct arena *a, struct xml_loader *loader, const struct layout_roots *roots,
	const struct xml_node *merged, struct diag *d);

/* Texts are two attributes, NAME and NAME-topic; their places are listed beside a reader's fields. */
struct text_place {
	const char *word, *topic; /* attribute names; NULL ends the table */
	uint16_t offset;          /* of the struct layout_text */
};
#define FIELD(T, member, name, type) { name, type, XML_OPTIONAL, (uint16_t)offsetof(T, member), NULL }
#define FIELD_NEEDED(T, member, name, type) { name, type, XML_REQUIRED, (uint16_t)offsetof(T, member), NULL }
#define FIELD_CHOICE_OF(T, member, name, choices) { name, XML_CHOICE, XML_OPTIONAL, (uint16_t)offsetof(T, member), choices }
#define FIELD_END { NULL, 0, 0, 0, NULL }
#define TEXT_FIELDS(T, member, name)                                                                        \
	{ name, XML_ID, XML_OPTIONAL, (uint16_t)(offsetof(T, member) + offsetof(struct layout_text, word)), NULL }, \
	{ name "-topic", XML_ID, XML_OPTIONAL, (uint16_t)(offsetof(T, member) + offsetof(struct layout_text, topic)), NULL }
#define TEXT_PLACE(T, member, name) { name, name "-topic", (uint16_t)offsetof(T, member) }
/* The element's own text: word= or topic=. */
#define OWN_TEXT_FIELDS(T, member)                                                                          \
	{ "word", XML_ID, XML_OPTIONAL, (uint16_t)(offsetof(T, member) + offsetof(struct layout_text, word)), NULL }, \
	{ "topic", XML_ID, XML_OPTIONAL, (uint16_t)(offsetof(T, member) + offsetof(struct layout_text, topic)), NULL }
#define OWN_TEXT_PLACE(T, member) { "word", "topic", (uint16_t)offsetof(T, member) }

/* Attributes by table, then the places of texts; a text that is both word and topic is an error. */
void read_attrs(struct reader *r, const struct xml_node *n, const struct xml_field *fields, const struct text_place *texts,
	void *into);
/* xml_read_children with a context of reader and target. */
struct into {
	struct reader *r;
	void *at;
};
void read_children(struct reader *r, const struct xml_node *n, const struct xml_child *table, void *at);
/* An element that holds nothing. */
void read_nothing(struct reader *r, const struct xml_node *n);
struct src_pos attr_pos(const struct xml_node *n, const char *name); /* of its value; of the element when absent */

/* ---- layout_names.c: closed lists as layout files write them ---- */

extern const struct xml_choice layout_colours[]; /* palette roles */
extern const struct xml_choice layout_text_roles[];
/* An attribute of the layout element that says how it works. */
struct parameter {
	const char *name;      /* NULL ends the list */
	const char *otherwise; /* what holds where it is not said, for explain */
};
extern const struct parameter layout_parameters[];
/* An unknown name of one of them, with the nearest; a colour written as #… gets its own message. */
bool read_name(struct reader *r, const struct xml_choice *choices, const char *what, struct str name, struct src_pos pos,
	uint8_t *into);
bool read_colour_role(struct reader *r, struct str name, struct src_pos pos, uint8_t *into);

/* ---- the design ---- */

void read_tokens(struct reader *r);                    /* layout_tokens.c: measures, colours, family elements */
const char *measure_name(size_t index);                /* NULL behind the last */
mpt measure_length(const struct doc_design *design, size_t index);
int32_t measure_share(size_t index);                   /* of the text style's leading, in thousandths, where it is not stated */
void tokens_settle(struct reader *r);                  /* measures not stated, from the text style */
enum doc_colour palette_stand_in(const struct layout *l, enum doc_colour role); /* the stated role whose colour it has; itself */
void palette_settle(struct reader *r);                 /* layout_palette.c: roles not stated */
void palette_check(struct reader *r, const struct src_pos places[DOC_COLOUR_COUNT]);
void read_families(struct reader *r);                  /* layout_fonts.c */
void read_styles(struct reader *r);                    /* layout_style.c */
void check_styles(struct reader *r);                   /* sizes and colours, when tokens are settled */
void check_indents(struct reader *r);                  /* against the masters' widths */
bool style_too_loose(const struct doc_style *s);       /* a leading that is refused */
void read_masters(struct reader *r);                   /* layout_master.c */
void read_callouts(struct reader *r);                  /* layout_callouts.c */
void read_stamp(struct reader *r, const struct xml_node *n);
const struct doc_style *style_lookup(const struct doc_design *design, struct str id);
const struct doc_master *master_lookup(const struct doc_design *design, struct str id);

/* Colour arithmetic of layout_colour.c, all on 0xRRGGBB. */
double colour_contrast(uint32_t a, uint32_t b);        /* WCAG: 1..21 */
double colour_lightness(uint32_t c);                   /* CIE L*, 0..100 */
/* Least CIE76 distance over normal, protan, deutan and tritan sight. */
double colour_apart(uint32_t a, uint32_t b);

/* ---- sections ---- */

void read_sections(struct reader *r);                  /* layout_sections.c */
/* layout_slots.c: the slots in a section or box, placed on the grid of r->columns. */
struct slot_list {
	VEC(const struct layout_slot *) list;
};
struct slot_list read_slots(struct reader *r, const struct xml_node *n);
/* layout_condition.c: the argument a condition needs is there; *limit is set where it is a number. */
void check_condition(struct reader *r, const struct xml_node *n, uint8_t condition, struct str value, struct decimal *limit);
extern const struct xml_choice layout_conditions[];
#define IF_QUERY(T, member, name, field)                                                                    \
	{ name, XML_STR, XML_OPTIONAL, (uint16_t)(offsetof(T, member) + offsetof(struct query, field)), NULL }
#define CONDITION_FIELDS(T, show_if, show_value, show_query)                                                \
	FIELD_CHOICE_OF(T, show_if, "if", layout_conditions), FIELD(T, show_value, "if-value", XML_STR),         \
	IF_QUERY(T, show_query, "if-metric", metric), IF_QUERY(T, show_query, "if-item", item),                  \
	IF_QUERY(T, show_query, "if-side", side), IF_QUERY(T, show_query, "if-period", period),                  \
	IF_QUERY(T, show_query, "if-scenario", scenario), IF_QUERY(T, show_query, "if-where", where)
void read_exhibit(struct reader *r, const struct xml_node *n, struct layout_exhibit *e); /* layout_exhibit.c: children */
void read_tiles(struct reader *r, const struct xml_node *n, struct layout_slot *s);      /* layout_tiles.c: children */
void read_row(struct reader *r, const struct xml_node *n, struct layout_row *row);       /* layout_rows.c */
void read_column(struct reader *r, const struct xml_node *n, struct layout_column *c);
void read_key(struct reader *r, const struct xml_node *n, struct layout_key *key);
bool next_key(struct str *show, struct src_pos pos, struct layout_key *key); /* the words of show="a b" one by one */
void read_query(struct reader *r, const struct xml_node *n, struct query *q);            /* an element that is a query only */
struct layout_width read_width(struct reader *r, const struct xml_node *n, const char *name); /* the attribute's; a share of 1 without */
void row_init(struct layout_row *row, struct src_pos pos);
void check_style(struct reader *r, const struct xml_node *n, const char *name, struct str id);
extern const struct xml_choice layout_froms[];

#define ROW_FIELDS(T, member)                                                                               \
	QUERY_FIELDS(T, member.query), TEXT_FIELDS(T, member.label, "label"),                                   \
	FIELD_CHOICE_OF(T, member.label_from, "label-from", layout_froms), FIELD(T, member.each, "each", XML_ID), \
	FIELD(T, member.metrics, "metrics", XML_IDS), FIELD(T, member.periods, "periods", XML_INT),             \
	FIELD(T, member.group_by, "group-by", XML_ID), TEXT_FIELDS(T, member.group_text, "group"),              \
	FIELD(T, member.sort, "sort", XML_ID), FIELD(T, member.ascending, "ascending", XML_BOOL),               \
	FIELD(T, member.absolute, "absolute", XML_BOOL), FIELD(T, member.top, "top", XML_INT),                  \
	FIELD(T, member.mark, "mark", XML_ID)
#define ROW_TEXTS(T, member) TEXT_PLACE(T, member.label, "label"), TEXT_PLACE(T, member.group_text, "group")

#endif
