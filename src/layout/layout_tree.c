/* Trees under merging: copies that may be changed, and comparison that ignores where something was written. */
#include "layout/layout_int.h"

struct xml_node *tree_open(const struct xml_node *n)
{
	return (struct xml_node *)(uintptr_t)n;
}

static const struct xml_attr *copy_attrs(struct arena *a, const struct xml_attr *attr)
{
	const struct xml_attr *first = NULL, **link = &first;
	for (; attr; attr = attr->next) {
		struct xml_attr *copy = ARENA_NEW(a, struct xml_attr);
		*copy = *attr;
		copy->next = NULL;
		*link = copy;
		link = &copy->next;
	}
	return first;
}

struct xml_node *tree_copy(struct arena *a, const struct xml_node *n, const struct xml_node *parent)
{
	struct xml_node *copy = ARENA_NEW(a, struct xml_node);
	*copy = *n;
	copy->parent = parent;
	copy->next = NULL;
	copy->attrs = copy_attrs(a, n->attrs);
	const struct xml_node **link = &copy->first;
	*link = NULL;
	for (const struct xml_node *c = n->first; c; c = c->next) {
		struct xml_node *child = tree_copy(a, c, copy);
		*link = child;
		link = &child->next;
	}
	return copy;
}

static size_t count_attrs(const struct xml_node *n)
{
	size_t count = 0;
	for (const struct xml_attr *a = n->attrs; a; a = a->next)
		count++;
	return count;
}

static const struct xml_attr *attr_named(const struct xml_node *n, struct str name)
{
	const struct xml_attr *a = n->attrs;
	while (a && !str_equal(a->name, name))
		a = a->next;
	return a;
}

static bool same_attrs(const struct xml_node *a, const struct xml_node *b)
{
	if (count_attrs(a) != count_attrs(b))
		return false;
	for (const struct xml_attr *x = a->attrs; x; x = x->next) {
		const struct xml_attr *y = attr_named(b, x->name);
		if (!y || !str_equal(x->value, y->value))
			return false;
	}
	return true;
}

bool tree_same_content(const struct xml_node *a, const struct xml_node *b)
{
	const struct xml_node *x = a->first, *y = b->first;
	for (; x && y; x = x->next, y = y->next)
		if (!tree_same(x, y))
			return false;
	return !x && !y;
}

bool tree_same(const struct xml_node *a, const struct xml_node *b)
{
	if (!str_equal(a->name, b->name))
		return false;
	if (a->name.len == 0)
		return str_equal(str_trim(a->text), str_trim(b->text));
	return same_attrs(a, b) && tree_same_content(a, b);
}

void tree_append(struct xml_node *parent, const struct xml_node *child)
{
	const struct xml_node **link = &parent->first;
	while (*link)
		link = &tree_open(*link)->next;
	*link = child;
}

bool tree_locked(const struct xml_node *n)
{
	return str_is(tree_attr(n, "locked"), "yes");
}

struct str tree_attr(const struct xml_node *n, const char *name)
{
	const struct xml_attr *a = xml_attr(n, name);
	return a ? str_trim(a->value) : (struct str){ 0 };
}
