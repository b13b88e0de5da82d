/* <callout>: what the callouts of texts look like by their kind; <stamp>: what stands across every page. */
#include "layout/layout_int.h"

#include "doc/doc.h"

struct said {
	struct layout_callout c;
	struct str fill, edge;
	bool locked;
};
static const struct xml_choice marks[] = {
	{ "none", MARK_NONE }, { "circle", MARK_CIRCLE }, { "square", MARK_SQUARE }, { "diamond", MARK_DIAMOND },
	{ "pentagon", MARK_PENTAGON }, { "good", MARK_TICK }, { "watch", MARK_WARNING }, { "bad", MARK_CROSS }, { NULL, 0 },
};
static const struct xml_field fields[] = {
	FIELD_NEEDED(struct said, c.id, "id", XML_ID),
	FIELD(struct said, fill, "fill", XML_STR),
	FIELD(struct said, edge, "edge", XML_STR),
	FIELD_CHOICE_OF(struct said, c.mark, "mark", marks),
	TEXT_FIELDS(struct said, c.head, "head"),
	FIELD(struct said, c.style, "style", XML_ID),
	FIELD(struct said, c.head_style, "head-style", XML_ID),
	FIELD(struct said, locked, "locked", XML_BOOL),
	FIELD_END,
};
static const struct text_place texts[] = { TEXT_PLACE(struct said, c.head, "head"), { 0 } };

static void read_callout(struct reader *r, const struct xml_node *n)
{
	struct said said = { .c = { .fill = DOC_COLOUR_COUNT, .edge = DOC_COLOUR_COUNT, .pos = n->pos } };
	read_attrs(r, n, fields, texts, &said);
	read_nothing(r, n);
	if (said.fill.len)
		read_colour_role(r, said.fill, attr_pos(n, "fill"), &said.c.fill);
	if (said.edge.len)
		read_colour_role(r, said.edge, attr_pos(n, "edge"), &said.c.edge);
	check_style(r, n, "style", said.c.style);
	check_style(r, n, "head-style", said.c.head_style);
	vec_push(r->arena, &r->layout->callouts, said.c);
}

void read_callouts(struct reader *r)
{
	for (size_t i = 0; i < r->callouts.count; i++)
		read_callout(r, r->callouts.at[i]);
}

const struct layout_callout *layout_callout(const struct layout *l, struct str kind)
{
	for (size_t i = 0; i < l->callouts.count; i++)
		if (str_equal(l->callouts.at[i].id, kind))
			return &l->callouts.at[i];
	return NULL;
}

struct stamp {
	struct layout_text text;
	bool locked;
};

void read_stamp(struct reader *r, const struct xml_node *n)
{
	static const struct xml_field stamp_fields[] = {
		OWN_TEXT_FIELDS(struct stamp, text), FIELD(struct stamp, locked, "locked", XML_BOOL), FIELD_END,
	};
	static const struct text_place stamp_texts[] = { OWN_TEXT_PLACE(struct stamp, text), { 0 } };
	struct stamp stamp = { 0 };
	read_attrs(r, n, stamp_fields, stamp_texts, &stamp);
	read_nothing(r, n);
	r->layout->stamp = stamp.text;
}
