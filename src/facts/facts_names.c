/* What others call things -> our names: lists of one column, and shared ones. */
#include "facts/facts_table.h"

struct map_attrs {
	struct str name, to;
};

void facts_map_read(struct facts_reader *r, struct map *into, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "name", XML_STR, XML_REQUIRED, offsetof(struct map_attrs, name), NULL },
		{ "to", XML_STR, XML_REQUIRED, offsetof(struct map_attrs, to), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct map_attrs attrs = { 0 };
	if (!xml_read_attrs(r->a, n, fields, &attrs, r->d))
		return;
	struct facts_other_name *new = ARENA_NEW(r->a, struct facts_other_name);
	*new = (struct facts_other_name){ attrs.to, n->pos };
	const struct facts_other_name *known = map_put(r->a, into, str_trim(attrs.name), new);
	if (!known)
		return;
	diag_add(r->d, DIAG_ID_TWICE, facts_attr_pos(n, "name"), "a second name '" STR_FMT "' in this list", STR_ARG(attrs.name));
	diag_note(r->d, known->pos, "the first one is here");
}

struct list_reading {
	struct facts_reader *r;
	struct map *list;
	struct str id;
};

static void read_map(void *ctx, const struct xml_node *n)
{
	struct list_reading *in = ctx;
	facts_map_read(in->r, in->list, n);
}

void facts_names_read(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "id", XML_ID, XML_REQUIRED, offsetof(struct list_reading, id), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child children[] = { { "map", read_map }, { NULL, NULL } };
	struct facts_reader *r = ctx;
	struct list_reading in = { .r = r, .list = ARENA_NEW(r->a, struct map) };
	if (!xml_read_attrs(r->a, n, fields, &in, r->d) || !facts_declare(r, "list of names", in.id, facts_attr_pos(n, "id")))
		return;
	map_set(r->a, &r->name_lists, in.id, in.list);
	xml_read_children(n, children, &in, r->d);
}

/* ---- a name in a table ---- */

/* Whether there is such a thing; of kinds of names that anybody may invent there always is. */
static bool is_ours(const struct facts *f, enum column_to to, struct str text)
{
	switch (to) {
	case TO_METRIC: return facts_metric_lookup(f, text) != NULL;
	case TO_UNIT: return f->units.count == 0 || map_lookup(&f->units, text);
	case TO_SIDE: return facts_side_lookup(f, text) || str_is(text, "joint") || str_is(text, "both");
	case TO_SOURCE: return map_lookup(&f->sources, text);
	default: return true;
	}
}

static bool report(struct table *t, const struct table_column *c, struct str text, struct str near, struct src_pos declared, struct src_pos pos)
{
	diag_add(t->r->d, DIAG_NAME_UNKNOWN, pos, "'" STR_FMT "' is neither a %s nor in the list of names%s", STR_ARG(text),
		facts_column_targets[c->to].name, diag_nearest(t->r->d, near));
	diag_note(t->r->d, declared, "'" STR_FMT "' is in the list here", STR_ARG(near));
	return false;
}

bool facts_table_our_name(struct table *t, const struct table_column *c, struct str text, struct src_pos pos, struct str *out)
{
	const struct map *shared = c->names.len ? map_lookup(&t->r->name_lists, c->names) : NULL, *lists[2] = { &c->own, shared };
	*out = text;
	for (size_t i = 0; i < 2; i++) {
		const struct facts_other_name *known = lists[i] && lists[i]->count ? map_lookup(lists[i], text) : NULL;
		if (!known)
			continue;
		*out = known->to;
		return true;
	}
	for (size_t i = 0; i < 2; i++) {
		if (!lists[i] || lists[i]->count == 0 || is_ours(t->r->f, (enum column_to)c->to, text))
			continue;
		struct str near = map_nearest(lists[i], text);
		if (near.len)
			return report(t, c, text, near, ((const struct facts_other_name *)map_lookup(lists[i], near))->pos, pos);
	}
	return true;
}
