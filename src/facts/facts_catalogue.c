/* xml -> facts: <catalogue>, that is sides, kinds of record, metrics. */
#include "facts/facts_int.h"

#include "base/limits.h"

_Static_assert((int)FACTS_SIDES == (int)LIMIT_SIDES, "a set of sides has a bit for each");

struct side_reading {
	struct facts_reader *r;
	struct facts_label_list labels;
};

static void read_side_label(void *ctx, const struct xml_node *n)
{
	struct side_reading *s = ctx;
	facts_label_add(s->r, &s->labels, n);
}

static struct facts_side read_side_element(
	struct facts_reader *r, const struct xml_node *n, const struct xml_field *fields)
{
	static const struct xml_child children[] = { { "label", read_side_label }, { NULL, NULL } };
	struct side_reading s = { .r = r };
	struct facts_side side = { .pos = n->pos };
	xml_read_attrs(r->a, n, fields, &side, r->d);
	xml_read_children(n, children, &s, r->d);
	side.labels = facts_labels_of(&s.labels);
	return side;
}

#define SIDE_LOOKS                                                                        \
	{ "colour", XML_ID, XML_OPTIONAL, offsetof(struct facts_side, colour), NULL },    \
	{ "mark", XML_ID, XML_OPTIONAL, offsetof(struct facts_side, mark), NULL },        \
	{ NULL, 0, 0, 0, NULL }

static bool is_joint(struct str id)
{
	return str_is(id, "joint") || str_is(id, "both");
}

static void add_side(struct facts_reader *r, struct facts_side side)
{
	for (size_t i = 0; i < r->sides.count; i++) {
		if (!str_equal(r->sides.at[i].id, side.id))
			continue;
		side.index = r->sides.at[i].index;
		r->sides.at[i] = side;
		return;
	}
	if (r->sides.count == LIMIT_SIDES) {
		diag_add(r->d, DIAG_LIMIT, side.pos, "more than %d sides", LIMIT_SIDES);
		return;
	}
	side.index = (uint8_t)r->sides.count;
	vec_push(r->a, &r->sides, side);
}

static void read_side(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "id", XML_ID, XML_REQUIRED, offsetof(struct facts_side, id), NULL }, SIDE_LOOKS,
	};
	struct facts_reader *r = ctx;
	struct facts_side side = read_side_element(r, n, fields);
	if (is_joint(side.id)) {
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "id"),
			"'" STR_FMT "' is the view of all sides together and cannot be one of them",
			STR_ARG(side.id));
		return;
	}
	if (!facts_declare(r, "side", side.id, facts_attr_pos(n, "id")))
		return;
	facts_label_needed(r, &side.labels, "side", side.id, n->pos);
	add_side(r, side);
}

static void read_joint(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = { SIDE_LOOKS };
	struct facts_reader *r = ctx;
	r->f->joint = read_side_element(r, n, fields);
	r->f->joint.id = STR("joint");
	r->f->joint.index = FACTS_SIDES;
	facts_label_needed(r, &r->f->joint.labels, "side", r->f->joint.id, n->pos);
}

static void read_sides(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "side", read_side }, { "joint", read_joint },
		{ NULL, NULL } };
	static const struct xml_field none[] = { { NULL, 0, 0, 0, NULL } };
	struct facts_reader *r = ctx;
	xml_read_attrs(r->a, n, none, NULL, r->d);
	xml_read_children(n, children, r, r->d);
}

static void read_kind(void *ctx, const struct xml_node *n)
{
	facts_kind_read(ctx, n);
}

static void read_metric(void *ctx, const struct xml_node *n)
{
	facts_metric_read(ctx, n);
}

void facts_catalogue_read(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "lang", XML_STR, XML_OPTIONAL, 0, NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child children[] = {
		{ "sides", read_sides },
		{ "kind", read_kind },
		{ "metric", read_metric },
		{ NULL, NULL },
	};
	struct str lang;
	xml_read_attrs(r->a, n, fields, &lang, r->d);
	xml_read_children(n, children, r, r->d);
}
