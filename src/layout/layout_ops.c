/* Operations of a layout on the sections and slots of its base: replace, before, after, remove, set. Part of the merge, tree to tree. */
#include "layout/layout_int.h"

/* What an operation is about. */
struct target {
	const struct xml_node *node;   /* slot or section element */
	struct xml_node *parent;       /* it stands in */
	const struct xml_node **link;  /* where the parent leads to it */
	const struct xml_node *locked; /* it, or the nearest element around it that is locked; NULL */
};

struct operation {
	const char *name; /* NULL ends the list */
	void (*apply)(struct merge *m, const struct xml_node *op, struct target *t);
	bool attrs;       /* says more than what it is about */
};

static void apply_replace(struct merge *m, const struct xml_node *op, struct target *t);
static void apply_before(struct merge *m, const struct xml_node *op, struct target *t);
static void apply_after(struct merge *m, const struct xml_node *op, struct target *t);
static void apply_remove(struct merge *m, const struct xml_node *op, struct target *t);
static void apply_set(struct merge *m, const struct xml_node *op, struct target *t);

static const struct operation operations[] = {
	{ "replace", apply_replace, false },
	{ "before", apply_before, false },
	{ "after", apply_after, false },
	{ "remove", apply_remove, false },
	{ "set", apply_set, true },
	{ 0 },
};

static const struct operation *operation_of(const struct xml_node *n)
{
	for (const struct operation *o = operations; o->name; o++)
		if (xml_is(n, o->name))
			return o;
	return NULL;
}

bool merge_is_operation(const struct xml_node *n)
{
	return operation_of(n) != NULL;
}

/* What names are looked for: <… slot="x"> anywhere in a section, or <section id="x">. */
struct search {
	struct merge *m;
	const char *attr;     /* "slot" or "id" */
	struct str name;
	struct str near;      /* name seen that comes nearest */
	struct target found;
};

static bool is_searched(const struct search *s, const struct xml_node *n)
{
	return str_is(str_from(s->attr), "id") ? xml_is(n, "section") : xml_attr(n, "slot") != NULL;
}

static void search(struct search *s, struct xml_node *parent, const struct xml_node *locked)
{
	const struct xml_node **link = &parent->first;
	for (; *link && !s->found.node; link = &tree_open(*link)->next) {
		const struct xml_node *n = *link;
		const struct xml_node *lock = tree_locked(n) ? n : locked;
		if (is_searched(s, n)) {
			struct str pair[2] = { s->near, tree_attr(n, s->attr) };
			s->near = str_nearest(s->name, pair, 2);
			if (str_equal(pair[1], s->name))
				s->found = (struct target){ n, parent, link, lock };
		}
		search(s, tree_open(n), lock);
	}
}

static bool find_target(struct merge *m, const struct xml_node *op, struct target *t)
{
	const struct xml_attr *slot = xml_attr(op, "slot"), *section = xml_attr(op, "section");
	if (!slot == !section) {
		diag_add(m->diag, slot ? DIAG_ATTRIBUTE_VALUE : DIAG_ATTRIBUTE_MISSING, op->pos,
			"'" STR_FMT "' %s", STR_ARG(op->name), slot ? "names both a slot and a section" : "names no slot and no section");
		return false;
	}
	const struct xml_attr *attr = slot ? slot : section;
	struct search s = { .m = m, .attr = slot ? "slot" : "id", .name = str_trim(attr->value) };
	search(&s, m->into, NULL);
	*t = s.found;
	if (t->node)
		return true;
	diag_add(m->diag, DIAG_SLOT_UNKNOWN, attr->value_pos, "no " STR_FMT " '" STR_FMT "' to " STR_FMT " in the base%s",
		STR_ARG(attr->name), STR_ARG(s.name), STR_ARG(op->name), diag_nearest(m->diag, s.near));
	return false;
}

static void refuse_attrs(struct merge *m, const struct xml_node *op)
{
	const struct str known[] = { STR("slot"), STR("section") };
	for (const struct xml_attr *a = op->attrs; a; a = a->next)
		if (!str_equal(a->name, known[0]) && !str_equal(a->name, known[1]))
			diag_add(m->diag, DIAG_ATTRIBUTE_UNKNOWN, a->pos, "attribute '" STR_FMT "' is not known on '" STR_FMT "'%s",
				STR_ARG(a->name), STR_ARG(op->name), diag_nearest(m->diag, str_nearest(a->name, known, 2)));
}

void merge_operate(struct merge *m, const struct xml_node *op)
{
	const struct operation *o = operation_of(op);
	struct target t;
	if (!o->attrs)
		refuse_attrs(m, op);
	if (find_target(m, op, &t))
		o->apply(m, op, &t);
}

static bool open_for_change(struct merge *m, const struct xml_node *op, const struct xml_node *locked)
{
	if (locked)
		merge_refuse(m, op->pos, locked);
	return !locked;
}

/* The lock on the place a target stands in: its own does not keep others from standing beside it. */
static const struct xml_node *lock_around(const struct target *t)
{
	const struct xml_node *n = t->parent;
	while (n && !tree_locked(n))
		n = n->parent;
	return n;
}

static bool has_content(struct merge *m, const struct xml_node *op, bool one)
{
	if (!op->first)
		diag_add(m->diag, DIAG_ELEMENT_MISSING, op->pos, "'" STR_FMT "' holds nothing to put there", STR_ARG(op->name));
	else if (one && op->first->next)
		diag_add(m->diag, DIAG_ELEMENT_TWICE, op->first->next->pos, "'replace' holds more than one element; put the others in 'after'");
	return op->first && !(one && op->first->next);
}

/* Links copies of what op holds in at *link; returns the link behind the last. */
static const struct xml_node **insert(struct merge *m, const struct xml_node *op, struct xml_node *parent, const struct xml_node **link)
{
	const struct xml_node *rest = *link;
	for (const struct xml_node *c = op->first; c; c = c->next) {
		struct xml_node *copy = tree_copy(m->arena, c, parent);
		*link = copy;
		link = &copy->next;
	}
	*link = rest;
	return link;
}

/* A slot that stands in another's place keeps its name unless it says its own. */
static struct xml_node *with_name(struct merge *m, const struct xml_node *op, struct xml_node *n, const char *key)
{
	if (xml_attr(n, key))
		return n;
	const struct xml_attr *said = xml_attr(op, "slot") ? xml_attr(op, "slot") : xml_attr(op, "section");
	struct xml_attr *name = ARENA_NEW(m->arena, struct xml_attr);
	*name = *said;
	name->name = str_from(key);
	name->next = n->attrs;
	n->attrs = name;
	return n;
}

static void apply_replace(struct merge *m, const struct xml_node *op, struct target *t)
{
	if (!has_content(m, op, true))
		return;
	struct xml_node *copy = with_name(m, op, tree_copy(m->arena, op->first, t->parent), xml_is(t->node, "section") ? "id" : "slot");
	if (tree_same(copy, t->node) || !open_for_change(m, op, t->locked ? t->locked : merge_locked_within(t->node)))
		return;
	copy->next = t->node->next;
	*t->link = copy;
}

static void apply_before(struct merge *m, const struct xml_node *op, struct target *t)
{
	if (has_content(m, op, false) && open_for_change(m, op, lock_around(t)))
		insert(m, op, t->parent, t->link);
}

static void apply_after(struct merge *m, const struct xml_node *op, struct target *t)
{
	if (has_content(m, op, false) && open_for_change(m, op, lock_around(t)))
		insert(m, op, t->parent, &tree_open(t->node)->next);
}

/* Whoever takes away a section or box takes away what is locked inside. */
static void apply_remove(struct merge *m, const struct xml_node *op, struct target *t)
{
	if (op->first)
		diag_add(m->diag, DIAG_ELEMENT_UNKNOWN, op->first->pos, "'remove' holds nothing");
	else if (open_for_change(m, op, t->locked ? t->locked : merge_locked_within(t->node)))
		*t->link = t->node->next;
}

static void apply_set(struct merge *m, const struct xml_node *op, struct target *t)
{
	static const char *const names[] = { "slot", "section", NULL };
	if (op->first)
		diag_add(m->diag, DIAG_ELEMENT_UNKNOWN, op->first->pos, "'set' holds nothing; it sets attributes");
	merge_attrs(m, tree_open(t->node), op, names, t->locked);
}
