/* File -> tree, once for briefings that use the same file: what a briefing uses and the one before it used, too, is
 * kept as it was parsed, and every briefing from then on changes a copy. */
#include "xml/xml_int.h"

#include "base/again.h"

enum {
	SHELF_FILES = 64,          /* kept at most */
	SHELF_FILE_BYTES = 1 << 20 /* a larger one is not */
};

/* A file kept. */
struct shelved {
	const struct source *source; /* as read; NULL: it is not sound, and read anew each time */
	const struct xml_node *tree; /* as parsed, its uses not followed; never changed */
};

struct xml_shelf {
	struct arena *arena;
	struct map files;          /* key of the loader -> struct shelved */
	struct again asked;        /* files, briefing by briefing */
};

struct xml_shelf *xml_shelf_open(struct arena *a)
{
	struct xml_shelf *s = ARENA_NEW(a, struct xml_shelf);
	s->arena = a;
	return s;
}

void xml_shelf_turn(struct xml_shelf *s)
{
	again_turn(&s->asked);
}

/* Notes that a file is used; true when it is worth keeping. */
static bool is_wanted(struct xml_shelf *s, struct str key)
{
	return again_note(&s->asked, key) && s->files.count < SHELF_FILES;
}

/* Parses into the shelf. A file of which there is something to say is not kept, for it is to be said each time. */
static struct xml_node *keep(struct xml_loader *l, struct str key, const struct source *lasting)
{
	struct arena *a = l->shelf->arena;
	struct shelved *kept = ARENA_NEW(a, struct shelved);
	size_t said = l->diag->messages.count;
	struct xml_node *tree = xml_parse_open(a, lasting, l->diag);
	if (tree && l->diag->messages.count == said) {
		kept->source = lasting;
		kept->tree = tree;
		tree = xml_copied(l->arena, tree, NULL, SIZE_MAX);
	}
	map_set(a, &l->shelf->files, str_copy(a, key), kept);
	return tree;
}

struct xml_node *xml_shelf_load(struct xml_loader *l, const struct folder *root, struct str base, struct str written,
	struct str key, struct src_pos pos)
{
	const struct shelved *kept = l->shelf ? map_lookup(&l->shelf->files, key) : NULL;
	const struct source *known = kept ? kept->source : NULL,
		*source = source_load_again(l->arena, root, base, written, pos, l->diag, known);
	if (!source)
		return NULL;
	bool wanted = !kept && l->shelf && is_wanted(l->shelf, key) && source->text.len <= SHELF_FILE_BYTES;
	if (wanted)
		source = source_kept(l->shelf->arena, source);
	vec_push(l->arena, &l->sources, source);
	if (wanted)
		return keep(l, key, source);
	if (kept && source == known)
		return xml_copied(l->arena, kept->tree, NULL, SIZE_MAX);
	return xml_parse_open(l->arena, source, l->diag);
}

/* ---- copies ---- */

/* While the children of one element are copied: where their parents went. */
struct move {
	const struct xml_node *from, *to;   /* the element */
	const struct xml_node *root, *root_to; /* the root of the file spliced in last */
};

static const struct xml_node *moved_parent(
	struct arena *a, struct move *m, const struct xml_node *parent)
{
	if (parent == m->from)
		return m->to;
	if (parent == m->root)
		return m->root_to;
	struct xml_node *copy = ARENA_NEW(a, struct xml_node);
	*copy = *parent;
	copy->parent = moved_parent(a, m, parent->parent);
	m->root = parent;
	m->root_to = copy;
	return copy;
}

struct xml_node *xml_copied(
	struct arena *a, const struct xml_node *n, const struct xml_node *parent, size_t children)
{
	struct xml_node *copy = ARENA_NEW(a, struct xml_node);
	*copy = *n;
	copy->parent = parent;
	copy->first = copy->next = NULL;
	const struct xml_node **link = &copy->first;
	struct move m = { .from = n, .to = copy };
	for (const struct xml_node *c = n->first; c && children > 0; c = c->next, children--) {
		struct xml_node *child = xml_copied(a, c, moved_parent(a, &m, c->parent), SIZE_MAX);
		*link = child;
		link = &child->next;
	}
	return copy;
}
