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

/* Those who do not say how a side looks get the next colour and shape. */
static void usual_looks(struct facts_reader *r, struct facts_side *side)
{
	static const char *const marks[] = { "circle", "square", "pentagon" };
	size_t last = sizeof marks / sizeof *marks - 1;
	if (side->colour.len == 0)
		side->colour = str_printf(r->a, "side-%u", side->index + 1u);
	if (side->mark.len == 0)
		side->mark = str_from(marks[side->index < last ? side->index : last]);
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
	usual_looks(r, &side);
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
	struct facts_side joint = read_side_element(r, n, fields);
	if (joint.colour.len == 0)
		joint.colour = r->f->joint.colour;
	if (joint.mark.len == 0)
		joint.mark = r->f->joint.mark;
	r->f->joint = joint;
	r->f->joint.id = STR("joint");
	r->f->joint.index = FACTS_SIDES;
	facts_label_needed(r, &r->f->joint.labels, "side", r->f->joint.id, n->pos);
}

/* ---- pairs ---- */

struct gap_attrs {
	struct str of, less;
};

bool facts_gap_read(struct facts_reader *r, const struct xml_node *n, struct facts_gap *out)
{
	static const struct xml_field fields[] = {
		{ "of", XML_ID, XML_REQUIRED, offsetof(struct gap_attrs, of), NULL },
		{ "less", XML_ID, XML_REQUIRED, offsetof(struct gap_attrs, less), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child none[] = { { NULL, NULL } };
	struct gap_attrs attrs = { 0 };
	bool good = xml_read_attrs(r->a, n, fields, &attrs, r->d);
	xml_read_children(n, none, r, r->d);
	if (!good || !facts_side_named(r, attrs.of, facts_attr_pos(n, "of"), &out->of) ||
		!facts_side_named(r, attrs.less, facts_attr_pos(n, "less"), &out->less))
		return false;
	if (out->of && out->less && out->of != out->less)
		return true;
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, n->pos, "a gap is of one side less another, and '" STR_FMT "' and '" STR_FMT "' are no two sides",
		STR_ARG(attrs.of), STR_ARG(attrs.less));
	return false;
}

static void take_gap(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	if (r->shipped)
		vec_push(r->a, &r->shipped_gaps, n);
	else
		vec_push(r->a, &r->gaps, n);
}

/* A company's pairs come before the library's: the first is what a gap means that names none. */
void facts_gaps_link(struct facts_reader *r)
{
	size_t all = r->gaps.count + r->shipped_gaps.count;
	struct facts_gap *gaps = ARENA_ARRAY(r->a, struct facts_gap, all + 1), gap;
	for (size_t i = 0; i < all; i++) {
		const struct xml_node *n = i < r->gaps.count ? r->gaps.at[i] : r->shipped_gaps.at[i - r->gaps.count];
		if (facts_gap_read(r, n, &gap))
			gaps[r->f->gap_count++] = gap;
	}
	if (all == 0 && r->f->side_count == 2)
		gaps[r->f->gap_count++] = (struct facts_gap){ &r->f->sides[1], &r->f->sides[0] };
	r->f->gaps = gaps;
}

static void read_sides(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "side", read_side }, { "joint", read_joint },
		{ "gap", take_gap }, { NULL, NULL } };
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
