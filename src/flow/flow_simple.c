/* Flow, doc to pages: rules and spaces. */
#include "flow/flow_int.h"

/* A rule is drawn on the edge and takes no height. */
struct flow_fit flow_rule_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	(void)f, (void)b, (void)from;
	return room.height >= 0 || room.force ? (struct flow_fit){ .kind = FLOW_FULL } : flow_none("no room for a rule");
}

void flow_rule_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	(void)fit;
	r.height = b->rule->width;
	flow_rect(f, b->rule->colour, PAGE_ARTIFACT, r, b->pos);
}

void flow_rule_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	(void)f, (void)b, (void)parent;
}

/* What a page's foot cuts off a space is not made up for on the next page. */
struct flow_fit flow_space_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	mpt height = b->space < room.height ? b->space : room.height;

	(void)f, (void)from;
	return (struct flow_fit){ .kind = FLOW_FULL, .height = height > 0 ? height : 0 };
}

void flow_space_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	(void)f, (void)b, (void)fit, (void)r;
}

void flow_space_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	(void)f, (void)b, (void)parent;
}
