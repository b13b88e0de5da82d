/* Layout to what explain tells: every token and parameter with its value, where it is said, or what stands in for it. */
#include "layout/layout_int.h"

struct told {
	struct arena *arena;
	const struct layout *layout;
	VEC(struct layout_token) list;
};

/* The attribute that states a token in the merged tree; NULL when none does. */
static const struct xml_attr *stated(const struct layout *l, const char *element, const char *key, struct str name, const char *attr)
{
	for (const struct xml_node *t = l->merged->first; t; t = t->next)
		for (const struct xml_node *n = xml_is(t, "tokens") ? t->first : NULL; n; n = n->next)
			if (xml_is(n, element) && str_equal(tree_attr(n, key), name))
				return xml_attr(n, attr);
	return NULL;
}

static struct layout_token *add(struct told *t, const char *kind, struct str name, const char *attr, const struct xml_attr *said)
{
	struct layout_token *token = vec_add(t->arena, &t->list);
	token->kind = kind;
	token->name = name;
	token->attr = attr;
	if (said) {
		token->value = str_trim(said->value);
		token->pos = said->pos;
	}
	return token;
}

static void add_colours(struct told *t)
{
	for (int i = 0; i < DOC_COLOUR_COUNT; i++) {
		struct str name = str_from(doc_colour_name((enum doc_colour)i));
		struct layout_token *token = add(t, "colour", name, "value", stated(t->layout, "colour", "role", name, "value"));
		if (token->value.len)
			continue;
		token->value = str_printf(t->arena, "#%06X", t->layout->design->palette[i]);
		token->why = str_printf(t->arena, "as %s", doc_colour_name(palette_stand_in(t->layout, (enum doc_colour)i)));
	}
}

static void add_families(struct told *t)
{
	for (uint16_t i = 0; i < t->layout->design->family_count; i++) {
		struct str role = t->layout->design->families[i].role;
		add(t, "family", role, "font", stated(t->layout, "family", "role", role, "font"));
	}
}

static void measure_stands_in(struct told *t, size_t index, struct layout_token *token)
{
	struct buf value, why;
	buf_init(&value, t->arena, 64);
	buf_mpt(&value, measure_length(t->layout->design, index));
	buf_puts(&value, "pt");
	token->value = buf_str(&value);
	buf_init(&why, t->arena, 64);
	if (measure_share(index)) {
		buf_mpt(&why, measure_share(index));
		buf_puts(&why, " of the text's leading");
	} else {
		buf_puts(&why, "not said");
	}
	token->why = buf_str(&why);
}

static void add_measures(struct told *t)
{
	for (size_t i = 0; measure_name(i); i++) {
		struct str name = str_from(measure_name(i));
		struct layout_token *token = add(t, "measure", name, "value", stated(t->layout, "measure", "name", name, "value"));
		if (!token->value.len)
			measure_stands_in(t, i, token);
	}
}

static void add_parameters(struct told *t)
{
	for (const struct parameter *p = layout_parameters; p->name; p++) {
		const struct xml_attr *said = xml_attr(t->layout->merged, p->name);
		struct layout_token *token = add(t, "layout", str_from(p->name), NULL, said);
		if (said)
			continue;
		token->value = str_from(p->otherwise);
		token->why = STR("not said");
	}
}

struct layout_token *layout_tokens(struct arena *a, const struct layout *l, size_t *count)
{
	struct told t = { .arena = a, .layout = l };
	add_colours(&t);
	add_families(&t);
	add_measures(&t);
	add_parameters(&t);
	*count = t.list.count;
	return t.list.at;
}
