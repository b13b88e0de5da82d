/* xml -> facts: who approves a company's papers. */
#include "facts/facts_int.h"

static void read_approver(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "id", XML_ID, XML_REQUIRED, offsetof(struct facts_approver, id), NULL },
		{ "side", XML_ID, XML_OPTIONAL, offsetof(struct facts_approver, side), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child none[] = { { NULL, NULL } };
	struct facts_reader *r = ctx;
	struct facts_approver approver = { .pos = n->pos };
	bool good = xml_read_attrs(r->a, n, fields, &approver, r->d);
	xml_read_children(n, none, r, r->d);
	if (good && facts_declare(r, "approver", approver.id, facts_attr_pos(n, "id")))
		vec_push(r->a, &r->f->approvers, approver);
}

void facts_approvers_read(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "approver", read_approver }, { NULL, NULL } };
	static const struct xml_field none[] = { { NULL, 0, 0, 0, NULL } };
	struct facts_reader *r = ctx;
	xml_read_attrs(r->a, n, none, r, r->d);
	xml_read_children(n, children, r, r->d);
}

void facts_approvers_settle(struct facts_reader *r)
{
	for (size_t i = 0; i < r->f->approvers.count; i++) {
		const struct facts_approver *approver = &r->f->approvers.at[i];
		const struct facts_side *side;
		if (approver->side.len)
			facts_side_named(r, approver->side, approver->pos, &side);
	}
}

const struct facts_approver *facts_approver_lookup(const struct facts *f, struct str id)
{
	for (size_t i = 0; i < f->approvers.count; i++)
		if (str_equal(f->approvers.at[i].id, id))
			return &f->approvers.at[i];
	return NULL;
}
