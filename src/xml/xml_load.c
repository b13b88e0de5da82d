/* Files -> one element tree: each <use href="….xml"/> gives way to what its file holds. */
#include "xml/xml_int.h"

#include "base/limits.h"

/* A file being read, and the files that led to it. */
struct inclusion {
	const struct folder *root;
	struct str path;                /* relative to root */
	struct src_pos use;             /* of the <use> in it that is being followed */
	const struct inclusion *by;     /* the file that uses it; NULL for the first */
	unsigned depth;                 /* files above it */
};

/* What a file gave; kept so that it is read once. */
struct loaded {
	struct xml_node *root; /* with its uses followed; NULL when it had no tree */
	size_t children;       /* of the root: spliced in somewhere, their list goes on behind them */
	bool taken;            /* it stands in a tree: the next one gets a copy */
};

/* The tree is not const before xml_load returns it. */
static struct xml_node *opened(const struct xml_node *n)
{
	return (struct xml_node *)(uintptr_t)n;
}

static size_t nodes_of(const struct xml_node *n, size_t children)
{
	size_t count = 1;
	for (const struct xml_node *c = n->first; c && children > 0; c = c->next, children--)
		count += nodes_of(c, SIZE_MAX);
	return count;
}

/* Files that use one another several times grow by powers: a few lines would fill any memory. */
static bool may_copy(struct xml_loader *l, const struct loaded *file, struct src_pos pos)
{
	if (l->copied > LIMIT_XML_NODES)
		return false;
	l->copied += nodes_of(file->root, file->children);
	if (l->copied <= LIMIT_XML_NODES)
		return true;
	diag_add(l->diag, DIAG_LIMIT, pos,
		"files are used again and again: more than %d elements and texts", LIMIT_XML_NODES);
	return false;
}

static struct xml_node *taken(struct xml_loader *l, struct loaded *file, struct src_pos pos)
{
	if (!file->root)
		return NULL;
	if (file->taken)
		return may_copy(l, file, pos) ? xml_copied(l->arena, file->root, NULL, file->children) : NULL;
	file->taken = true;
	return file->root;
}

static bool is_cycle(struct xml_loader *l, const struct inclusion *by, const struct folder *root,
	struct str path, struct src_pos pos)
{
	for (const struct inclusion *i = by; i; i = i->by) {
		if (!str_equal(i->path, path) || !str_equal(i->root->path, root->path))
			continue;
		if (i == by) {
			diag_add(l->diag, DIAG_USE_CYCLE, pos, "'" STR_FMT "' uses itself", STR_ARG(path));
			return true;
		}
		diag_add(
			l->diag, DIAG_USE_CYCLE, pos, "'" STR_FMT "' is used within itself", STR_ARG(path));
		for (; by != i; by = by->by)
			diag_note(l->diag, by->by->use, "'" STR_FMT "' is used here", STR_ARG(by->path));
		return true;
	}
	return false;
}

static bool within_limits(struct xml_loader *l, const struct inclusion *by, struct src_pos pos)
{
	if (l->sources.count >= LIMIT_INCLUDES) {
		diag_add(l->diag, DIAG_LIMIT, pos, "more than %d files in one briefing", LIMIT_INCLUDES);
		return false;
	}
	if (by && by->depth + 1 >= LIMIT_INCLUDE_DEPTH) {
		diag_add(l->diag, DIAG_LIMIT, pos, "more than %d files that use one another",
			LIMIT_INCLUDE_DEPTH);
		return false;
	}
	return true;
}

static void follow_uses(struct xml_loader *l, struct inclusion *in, struct xml_node *n);

static struct loaded *load_new(struct xml_loader *l, struct inclusion *in, struct str base,
	struct str written, struct str key, struct src_pos pos)
{
	struct loaded *loaded = ARENA_NEW(l->arena, struct loaded);
	struct xml_node *root = xml_shelf_load(l, in->root, base, written, key, pos);
	if (root)
		follow_uses(l, in, root);
	for (const struct xml_node *c = root ? root->first : NULL; c; c = c->next)
		loaded->children++;
	loaded->root = root;
	return loaded;
}

/* written is relative to base, a folder in root. */
static struct xml_node *load_file(struct xml_loader *l, const struct folder *root, struct str base,
	struct str written, const struct inclusion *by, struct src_pos pos)
{
	bool outside;
	struct str path = source_path(l->arena, base, written, &outside);
	if (!outside && is_cycle(l, by, root, path, pos))
		return NULL;
	struct str key = outside
		? STR("")
		: str_printf(l->arena, STR_FMT "/" STR_FMT, STR_ARG(root->path), STR_ARG(path));
	struct loaded *known = outside ? NULL : map_lookup(&l->parsed, key);
	if (known)
		return taken(l, known, pos);
	if (!within_limits(l, by, pos))
		return NULL;
	struct inclusion in = { .root = root, .path = path, .by = by, .depth = by ? by->depth + 1 : 0 };
	struct loaded *loaded = load_new(l, &in, base, written, key, pos);
	if (!outside)
		map_set(l->arena, &l->parsed, key, loaded);
	return taken(l, loaded, pos);
}

/* A use to follow here; one with as= and one of a table are their reader's. */
static bool is_followed(const struct xml_node *n)
{
	const struct xml_attr *href = n->attrs;
	return xml_is(n, "use") &&
		(!href || (!href->next && str_is(href->name, "href") && str_ends(href->value, ".xml")));
}

static struct str folder_of(struct str path)
{
	while (path.len && path.ptr[path.len - 1] != '/')
		path.len--;
	return path;
}

/* Puts what a file holds in place of the use behind *link; returns the place behind it. */
static const struct xml_node **splice(
	const struct xml_node **link, struct xml_node *parent, struct xml_node *root)
{
	struct xml_node *use = opened(*link);
	const struct xml_node *rest = use->next;
	root->parent = parent;
	if (!str_equal(root->name, parent->name)) {
		root->next = rest;
		*link = root;
		return &root->next;
	}
	*link = root->first;
	while (*link)
		link = &opened(*link)->next;
	*link = rest;
	return link;
}

static struct xml_node *load_used(
	struct xml_loader *l, struct inclusion *in, const struct xml_node *use)
{
	static const struct xml_child nothing[] = { { NULL, NULL } };
	const struct xml_attr *href = use->attrs;
	xml_read_children(use, nothing, NULL, l->diag);
	if (!href) {
		diag_add(l->diag, DIAG_ATTRIBUTE_MISSING, use->pos, "'use' has no attribute 'href'");
		return NULL;
	}
	in->use = use->pos;
	return load_file(l, in->root, folder_of(in->path), href->value, in, href->value_pos);
}

/* A use that cannot be followed is taken out: it has been reported. */
static void follow_uses(struct xml_loader *l, struct inclusion *in, struct xml_node *n)
{
	const struct xml_node **link = &n->first;
	while (*link) {
		struct xml_node *child = opened(*link);
		if (!is_followed(child)) {
			follow_uses(l, in, child);
			link = &child->next;
			continue;
		}
		struct xml_node *root = load_used(l, in, child);
		if (root)
			link = splice(link, n, root);
		else
			*link = child->next;
	}
}

const struct xml_node *xml_load_from(
	struct xml_loader *l, const struct folder *root, struct str path, struct src_pos from)
{
	l->copied = 0;
	const struct xml_node *tree = load_file(l, root, STR(""), path, NULL, from);
	return l->copied > LIMIT_XML_NODES ? NULL : tree;
}

const struct xml_node *xml_load(struct xml_loader *l, struct str path, struct src_pos from)
{
	return xml_load_from(l, l->root, path, from);
}
