/* Settings to a layout: what was set from outside (NAME=VALUE, one a line) becomes the tree of a layout that extends the chain's youngest,
 * so that locks, values and messages are those of a file. */
#include "layout/layout_int.h"

struct setting {
	struct str name, value;        /* trimmed */
	struct src_pos pos, value_pos; /* of each */
};

/* What a name may be: a token of <tokens>, or what the layout element itself sets. */
struct settable {
	const char *element;      /* NULL: an attribute of the layout */
	const char *key, *value;  /* attributes that name it and that say what it is */
	const char *(*name)(size_t index); /* of the closed list, NULL behind the last; NULL: those that the chain declares */
};

static const char *colour_name(size_t index)
{
	return layout_colours[index].name;
}

static const char *parameter_name(size_t index)
{
	return layout_parameters[index].name;
}

static const struct settable settables[] = {
	{ "colour", "role", "value", colour_name },
	{ "measure", "name", "value", measure_name },
	{ "family", "role", "font", NULL },
	{ NULL, NULL, NULL, parameter_name },
};

/* Looks a name up among those that can be set, and remembers the nearest. */
struct lookup {
	struct str name, near;
	bool found;
};

static void compare(struct lookup *l, struct str candidate)
{
	struct str pair[2] = { l->near, candidate };
	l->found |= str_equal(l->name, candidate);
	l->near = str_nearest(l->name, pair, 2);
}

static void compare_families(struct lookup *l, const struct xml_node *merged)
{
	for (const struct xml_node *t = merged->first; t; t = t->next)
		for (const struct xml_node *n = xml_is(t, "tokens") ? t->first : NULL; n; n = n->next)
			if (xml_is(n, "family"))
				compare(l, tree_attr(n, "role"));
}

static const struct settable *find_settable(const struct xml_node *merged, struct lookup *l)
{
	for (size_t i = 0; i < sizeof settables / sizeof *settables; i++) {
		for (size_t k = 0; settables[i].name && settables[i].name(k); k++)
			compare(l, str_from(settables[i].name(k)));
		if (!settables[i].name)
			compare_families(l, merged);
		if (l->found)
			return &settables[i];
	}
	return NULL;
}

static struct xml_node *element(struct arena *a, const char *name, struct src_pos pos)
{
	struct xml_node *n = ARENA_NEW(a, struct xml_node);
	n->name = str_from(name);
	n->pos = pos;
	return n;
}

static void add_attr(struct arena *a, struct xml_node *n, struct str name, struct str value, struct src_pos pos, struct src_pos value_pos)
{
	struct xml_attr *attr = ARENA_NEW(a, struct xml_attr);
	*attr = (struct xml_attr){ .name = name, .value = value, .pos = pos, .value_pos = value_pos, .next = n->attrs };
	n->attrs = attr;
}

static const struct xml_node *tree_of(struct arena *a, const struct settable *what, const struct setting *s)
{
	struct xml_node *root = element(a, "layout", s->pos), *tokens, *token;
	if (!what->element) {
		add_attr(a, root, s->name, s->value, s->pos, s->value_pos);
		return root;
	}
	tokens = element(a, "tokens", s->pos);
	token = element(a, what->element, s->pos);
	add_attr(a, token, str_from(what->value), s->value, s->pos, s->value_pos);
	add_attr(a, token, str_from(what->key), s->name, s->pos, s->pos);
	tree_append(tokens, token);
	tree_append(root, tokens);
	return root;
}

static bool split(const struct source *set, struct str line, struct setting *out)
{
	struct str rest = line;
	if (!str_split(&rest, '=', &out->name) || out->name.len == line.len)
		return false;
	out->name = str_trim(out->name);
	out->value = str_trim(rest);
	out->pos = (struct src_pos){ set, (uint32_t)(out->name.ptr - set->text.ptr) };
	out->value_pos = (struct src_pos){ set, (uint32_t)(out->value.ptr - set->text.ptr) };
	return out->name.len > 0;
}

static const struct xml_node *apply(struct arena *a, const struct xml_node *merged, const struct source *set, struct str line,
	struct diag *d)
{
	struct setting s;
	if (!split(set, line, &s)) {
		struct src_pos pos = { set, (uint32_t)(line.ptr - set->text.ptr) };
		diag_add(d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' is not a setting; write NAME=VALUE", STR_ARG(line));
		return merged;
	}
	struct lookup l = { .name = s.name };
	const struct settable *what = find_settable(merged, &l);
	if (what)
		return layout_merge(a, merged, tree_of(a, what, &s), d);
	diag_add(d, DIAG_ROLE_UNKNOWN, s.pos, "the layout has no colour, measure, family or parameter '" STR_FMT "'%s", STR_ARG(s.name),
		diag_nearest(d, l.near));
	return merged;
}

const struct xml_node *layout_set(struct arena *a, const struct xml_node *merged, const struct source *set, struct diag *d)
{
	struct str rest = set->text, line;
	while (str_split(&rest, '\n', &line))
		if (str_trim(line).len)
			merged = apply(a, merged, set, line, d);
	return merged;
}
