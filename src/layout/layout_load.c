/* Files to one merged tree: finds a layout among the roots, follows extends to the base, merges from there. */
#include "layout/layout_int.h"

#include "base/limits.h"

/* One layout of the chain. */
struct link {
	const struct xml_node *root;
	struct str id;
	struct src_pos asked;   /* who named it */
	size_t place;           /* index in the places looked at; SIZE_MAX: by path */
};
struct chain {
	struct arena *arena;
	struct xml_loader *loader;
	const struct layout_roots *roots;
	struct diag *diag;
	struct link links[LIMIT_EXTENDS]; /* youngest first */
	size_t count;
};

/* Where ID.xml is looked for, in order. */
struct place {
	const struct folder *root;
	struct str base;
	bool listed;       /* what lies there is layouts, not a project's other files */
};
enum { PLACES = 3 };
static size_t places_of(const struct layout_roots *roots, struct place places[PLACES])
{
	size_t count = 0;
	if (roots->project) {
		places[count++] = (struct place){ roots->project, STR("layouts"), true };
		places[count++] = (struct place){ roots->project, STR(""), false };
	}
	if (roots->shipped)
		places[count++] = (struct place){ roots->shipped, STR(""), true };
	return count;
}

static struct str file_of(struct arena *a, const struct place *place, struct str id)
{
	return str_printf(a, STR_FMT "%s" STR_FMT ".xml", STR_ARG(place->base), place->base.len ? "/" : "", STR_ARG(id));
}

static bool is_there(struct arena *a, const struct place *place, struct str id)
{
	size_t count = 0;
	source_glob(a, place->root, place->base, str_printf(a, STR_FMT ".xml", STR_ARG(id)), &count);
	return count > 0;
}

static struct str id_of_path(struct str path)
{
	for (size_t i = path.len; i > 0; i--) {
		if (path.ptr[i - 1] == '/') {
			path.ptr += i;
			path.len -= i;
			break;
		}
	}
	path.len -= str_ends(path, ".xml") ? 4 : 0;
	return path;
}

static void report_unknown(struct chain *c, struct str id, struct src_pos from)
{
	size_t count;
	const struct layout_found *all = layout_list(c->arena, c->roots, &count);
	struct str near = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct str pair[2] = { near, all[i].id };
		near = str_nearest(id, pair, 2);
	}
	diag_add(c->diag, DIAG_LAYOUT_UNKNOWN, from, "no layout '" STR_FMT "'%s", STR_ARG(id), diag_nearest(c->diag, near));
}

static const struct xml_node *load_at(struct chain *c, const struct place *place, struct str path, struct src_pos from)
{
	return xml_load_from(c->loader, place->root, path, from);
}

static bool in_chain(const struct chain *c, const struct xml_node *root, size_t *which)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct source *s = c->links[i].root->pos.source;
		*which = i;
		if (s == root->pos.source || (s && str_equal(s->name, root->pos.source->name)))
			return true;
	}
	return false;
}

/* A name: the first place that has it, behind the place of the file that asks for its own name. */
static bool find_named(struct chain *c, struct str id, struct src_pos from, struct link *out)
{
	struct place places[PLACES];
	size_t count = places_of(c->roots, places), first = 0;
	const struct link *asker = c->count ? &c->links[c->count - 1] : NULL;
	if (asker && asker->place != SIZE_MAX && str_equal(asker->id, id))
		first = asker->place + 1;
	for (size_t i = first; i < count; i++) {
		if (!is_there(c->arena, &places[i], id))
			continue;
		*out = (struct link){ load_at(c, &places[i], file_of(c->arena, &places[i], id), from), id, from, i };
		return out->root != NULL;
	}
	if (first)
		diag_add(c->diag, DIAG_LAYOUT_CYCLE, from, "layout '" STR_FMT "' extends itself", STR_ARG(id));
	else
		report_unknown(c, id, from);
	return false;
}

static bool find_link(struct chain *c, struct str id, struct src_pos from, struct link *out)
{
	if (!str_ends(id, ".xml"))
		return find_named(c, id, from, out);
	if (!c->roots->project) {
		report_unknown(c, id, from);
		return false;
	}
	struct place project = { c->roots->project, STR(""), false };
	*out = (struct link){ load_at(c, &project, id, from), id_of_path(id), from, SIZE_MAX };
	return out->root != NULL;
}

static bool is_layout(struct chain *c, const struct link *link)
{
	if (xml_is(link->root, "layout"))
		return true;
	diag_add(c->diag, DIAG_LAYOUT_UNKNOWN, link->root->pos, "this is a '" STR_FMT "', not a layout", STR_ARG(link->root->name));
	diag_note(c->diag, link->asked, "asked for here");
	return false;
}

static bool add_link(struct chain *c, const struct link *link)
{
	size_t which;
	if (in_chain(c, link->root, &which)) {
		diag_add(c->diag, DIAG_LAYOUT_CYCLE, link->asked, "layout '" STR_FMT "' extends itself", STR_ARG(link->id));
		diag_note(c->diag, c->links[which].root->pos, "by way of this layout");
		return false;
	}
	if (c->count == LIMIT_EXTENDS) {
		diag_add(c->diag, DIAG_LIMIT, link->asked, "more than %d layouts extend one another", LIMIT_EXTENDS);
		return false;
	}
	c->links[c->count++] = *link;
	return true;
}

/* From the layout asked for to the one that extends nothing. */
static bool follow(struct chain *c, struct str id, struct src_pos from)
{
	for (;;) {
		struct link link;
		if (!find_link(c, id, from, &link) || !is_layout(c, &link) || !add_link(c, &link))
			return false;
		const struct xml_attr *extends = xml_attr(link.root, "extends");
		if (!extends)
			return true;
		id = str_trim(extends->value);
		from = extends->value_pos;
	}
}

const struct layout *layout_load(struct arena *a, struct xml_loader *loader, const struct layout_roots *roots, struct str id,
	const struct source *set, struct src_pos from, struct diag *d)
{
	struct chain c = { .arena = a, .loader = loader, .roots = roots, .diag = d };
	if (!follow(&c, str_trim(id), from))
		return NULL;
	const struct xml_node *merged = NULL;
	for (size_t i = c.count; i-- > 0;)
		merged = layout_merge(a, merged, c.links[i].root, d);
	if (set)
		merged = layout_set(a, merged, set, d);
	struct layout *l = layout_read(a, loader, roots, merged, d);
	for (size_t i = c.count; l && i-- > 0;) {
		const struct xml_attr *own = xml_attr(c.links[i].root, "id");
		vec_push(a, &l->chain, own ? own->value : c.links[i].id);
		vec_push(a, &l->sources, c.links[i].root->pos.source);
	}
	if (!l)
		return NULL;
	l->pos = c.links[0].root->pos;
	if (!l->id.len)
		l->id = c.links[0].id;
	return l;
}

static struct str shown_path(struct arena *a, const struct place *place, struct str file)
{
	struct str name = place->root->name;
	return str_printf(a, STR_FMT "%s" STR_FMT "%s" STR_FMT, STR_ARG(name), name.len ? "/" : "", STR_ARG(place->base),
		place->base.len ? "/" : "", STR_ARG(file));
}

struct layout_found *layout_list(struct arena *a, const struct layout_roots *roots, size_t *count)
{
	struct place places[PLACES];
	size_t place_count = places_of(roots, places);
	VEC(struct layout_found) all = { 0 };
	for (size_t i = 0; i < place_count; i++) {
		size_t files = 0;
		struct str *found = places[i].listed ? source_glob(a, places[i].root, places[i].base, STR("*.xml"), &files) : NULL;
		for (size_t k = 0; k < files; k++) {
			struct layout_found *f = vec_add(a, &all);
			f->id = id_of_path(found[k]);
			f->path = shown_path(a, &places[i], found[k]);
			f->shipped = places[i].root == roots->shipped;
		}
	}
	*count = all.count;
	return all.at;
}
