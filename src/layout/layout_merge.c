/* Merge: what a layout says over what its base says, tree to tree. Declarations of one name merge attribute by attribute, sections
 * stated again replace their content; then the operations (layout_ops.c) run in order. Where nothing differs the base's node stays, so
 * that repeating a base changes nothing, not even a position. */
#include "layout/layout_int.h"

/* How declarations are told apart, and whether their children are declarations themselves or content replaced as a whole. */
struct rule {
	const char *element;  /* NULL ends the list */
	const char *key[2];   /* attributes that name one: the second where the first is absent; NULL: there is only one */
	const struct rule *children;
	const char *also;     /* attribute that has to be the same besides; NULL: none */
};

static const struct rule token_rules[] = {
	{ "colour", { "role" }, NULL, NULL },
	{ "family", { "role" }, NULL, NULL },
	{ "measure", { "name" }, NULL, NULL },
	{ 0 },
};
static const struct rule strip_rules[] = {
	{ "header", { 0 }, NULL, NULL },
	{ "footer", { 0 }, NULL, NULL },
	{ 0 },
};
static const struct rule word_rules[] = {
	{ "word", { "id" }, NULL, "lang" }, /* a word may hold for one region only */
	{ 0 },
};
static const struct rule root_rules[] = {
	{ "tokens", { 0 }, token_rules, NULL },
	{ "style", { "id", "role" }, NULL, NULL },
	{ "master", { "id" }, strip_rules, NULL },
	{ "header", { 0 }, NULL, NULL },
	{ "footer", { 0 }, NULL, NULL },
	{ "stamp", { 0 }, NULL, NULL },
	{ "callout", { "id" }, NULL, NULL },
	{ "words", { "lang" }, word_rules, NULL },
	{ "section", { "id" }, NULL, NULL },
	{ 0 },
};

static const struct rule *rule_for(const struct rule *rules, const struct xml_node *n)
{
	for (; rules && rules->element; rules++)
		if (xml_is(n, rules->element))
			return rules;
	return NULL;
}

/* The name of a declaration; empty where its rule needs none, or its key is missing. */
static struct str key_of(const struct rule *rule, const struct xml_node *n)
{
	struct str key = { 0 };
	for (size_t i = 0; i < 2 && rule->key[i] && !key.len; i++)
		key = tree_attr(n, rule->key[i]);
	return key;
}

/* The element before `end` among siblings from `first` that n is about. A style without id means the one that has its role now. */
static const struct xml_node *declared(const struct rule *rule, const struct xml_node *first, const struct xml_node *end,
	const struct xml_node *n)
{
	struct str key = key_of(rule, n), role = { 0 };
	if (rule->key[1] && !xml_attr(n, rule->key[0]))
		role = key;
	struct str also = rule->also ? tree_attr(n, rule->also) : role;
	const struct xml_node *found = NULL;
	for (const struct xml_node *c = first; c && c != end; c = c->next) {
		if (!xml_is(c, rule->element))
			continue;
		if (!str_equal(key_of(rule, c), key) && !(role.len && str_equal(tree_attr(c, rule->key[1]), role)))
			continue;
		if (!rule->also || str_equal(tree_attr(c, rule->also), also))
			found = c;
	}
	return found;
}

/* A heir may lock what its base declares. */
static struct src_pos lock_pos(const struct xml_node *locked)
{
	const struct xml_attr *attr = xml_attr(locked, "locked");
	return attr && attr->pos.source != locked->pos.source ? attr->pos : locked->pos;
}

void merge_refuse(struct merge *m, struct src_pos pos, const struct xml_node *locked)
{
	static const char *const names[] = { "slot", "id", "role", "name", "lang", NULL };
	struct str name = { 0 };
	for (const char *const *n = names; *n && !name.len; n++)
		name = tree_attr(locked, *n);
	diag_add(m->diag, DIAG_SLOT_LOCKED, pos, STR_FMT "%s" STR_FMT "%s is locked and cannot be changed",
		STR_ARG(locked->name), name.len ? " '" : "", STR_ARG(name), name.len ? "'" : "");
	diag_note(m->diag, lock_pos(locked), "locked here");
}

static bool among(struct str name, const char *const *names)
{
	for (; names && *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

static void set_attr(struct merge *m, struct xml_node *into, const struct xml_attr *attr)
{
	struct xml_attr *copy = ARENA_NEW(m->arena, struct xml_attr);
	*copy = *attr;
	const struct xml_attr **link = &into->attrs;
	while (*link && !str_equal((*link)->name, attr->name))
		link = &((struct xml_attr *)(uintptr_t)*link)->next;
	copy->next = *link ? (*link)->next : NULL;
	*link = copy;
}

void merge_attrs(struct merge *m, struct xml_node *into, const struct xml_node *from, const char *const *without,
	const struct xml_node *locked)
{
	for (const struct xml_attr *attr = from->attrs; attr; attr = attr->next) {
		if (among(attr->name, without))
			continue;
		const struct xml_attr *old = into->attrs;
		while (old && !str_equal(old->name, attr->name))
			old = old->next;
		if (old && str_equal(str_trim(old->value), str_trim(attr->value)))
			continue;
		if (locked)
			merge_refuse(m, attr->pos, locked);
		else
			set_attr(m, into, attr);
	}
}

static void merge_declarations(struct merge *m, struct xml_node *into, const struct xml_node *from, const struct rule *rules,
	const struct xml_node *locked);

/* A section is stated again as a whole: what it no longer says is gone. */
static void replace_content(struct merge *m, struct xml_node *into, const struct xml_node *from, const struct xml_node *locked)
{
	if (!from->first || tree_same_content(into, from))
		return;
	if (locked) {
		merge_refuse(m, from->first->pos, locked);
		return;
	}
	into->first = tree_copy(m->arena, from, into)->first;
	for (const struct xml_node *c = into->first; c; c = c->next)
		tree_open(c)->parent = into;
}

static void merge_declaration(struct merge *m, struct xml_node *into, const struct xml_node *from, const struct rule *rule,
	const struct xml_node *locked)
{
	static const char *const none[] = { NULL };
	if (tree_locked(into))
		locked = into;
	merge_attrs(m, into, from, none, locked);
	if (rule->children)
		merge_declarations(m, into, from, rule->children, locked);
	else
		replace_content(m, into, from, locked);
}

const struct xml_node *merge_locked_within(const struct xml_node *n)
{
	const struct xml_node *found = NULL;
	for (const struct xml_node *c = n->first; c && !found; c = c->next)
		found = tree_locked(c) ? c : merge_locked_within(c);
	return found;
}

/* A section stated again may not drop or change what is locked inside it. */
static bool keeps_locked(struct merge *m, const struct xml_node *old, const struct xml_node *over)
{
	const struct xml_node *locked = xml_is(over, "section") && over->first && !tree_locked(old) ? merge_locked_within(old) : NULL;
	if (!locked || tree_same_content(old, over))
		return true;
	merge_refuse(m, over->pos, locked);
	return false;
}

static bool said_before(struct merge *m, const struct rule *rule, const struct xml_node *from, const struct xml_node *n)
{
	const struct xml_node *twin = rule->key[0] ? declared(rule, from->first, n, n) : NULL;
	if (!twin || !key_of(rule, n).len)
		return false;
	diag_add(m->diag, DIAG_ID_TWICE, n->pos, STR_FMT " '" STR_FMT "' is declared twice in one layout", STR_ARG(n->name),
		STR_ARG(key_of(rule, n)));
	diag_note(m->diag, twin->pos, "first declared here");
	return true;
}

/* The last style of a role is the role's: another one would change what a locked one sets. */
static bool takes_locked_role(struct merge *m, const struct xml_node *into, const struct xml_node *old, const struct xml_node *n)
{
	struct str role = xml_is(n, "style") ? tree_attr(n, "role") : (struct str){ 0 };
	for (const struct xml_node *c = into->first; role.len && c; c = c->next) {
		if (c == old || !xml_is(c, "style") || !tree_locked(c) || !str_equal(tree_attr(c, "role"), role))
			continue;
		struct str id = tree_attr(c, "id"), own = tree_attr(n, "id");
		diag_add(m->diag, DIAG_SLOT_LOCKED, attr_pos(n, "role"), "style '" STR_FMT "' cannot have role '" STR_FMT "', which style '" STR_FMT
			"' has and is locked", STR_ARG(own), STR_ARG(role), STR_ARG(id.len ? id : role));
		diag_note(m->diag, lock_pos(c), "locked here");
		return true;
	}
	return false;
}

static void add_declaration(struct merge *m, struct xml_node *into, const struct xml_node *from, const struct rule *rule);

static void merge_declarations(struct merge *m, struct xml_node *into, const struct xml_node *from, const struct rule *rules,
	const struct xml_node *locked)
{
	for (const struct xml_node *n = from->first; n; n = n->next) {
		const struct rule *rule = rule_for(rules, n);
		if (rules == root_rules && merge_is_operation(n))
			continue;
		if (rule && said_before(m, rule, from, n))
			continue;
		const struct xml_node *old = rule ? declared(rule, into->first, NULL, n) : NULL;
		if (takes_locked_role(m, into, old, n))
			continue;
		if (old && keeps_locked(m, old, n))
			merge_declaration(m, tree_open(old), n, rule, locked);
		else if (!old && locked)
			merge_refuse(m, n->pos, locked);
		else if (!old)
			add_declaration(m, into, n, rule);
	}
}

static struct xml_node *empty(struct arena *a, const struct xml_node *like, const struct xml_node *parent)
{
	struct xml_node *n = ARENA_NEW(a, struct xml_node);
	*n = *like;
	n->attrs = NULL;
	n->first = n->next = NULL;
	n->parent = parent;
	return n;
}

/* What the base does not have is built up from nothing, so that repetitions inside it are seen too. */
static void add_declaration(struct merge *m, struct xml_node *into, const struct xml_node *from, const struct rule *rule)
{
	if (!rule || !rule->children) {
		tree_append(into, tree_copy(m->arena, from, into));
		return;
	}
	struct xml_node *added = empty(m->arena, from, into);
	tree_append(into, added);
	merge_declaration(m, added, from, rule, NULL);
}

const struct xml_node *layout_merge(struct arena *a, const struct xml_node *base, const struct xml_node *over,
	struct diag *d)
{
	static const char *const not_inherited[] = { "extends", "version", NULL };
	struct merge m = { a, d, base ? tree_copy(a, base, NULL) : empty(a, over, NULL) };
	merge_attrs(&m, m.into, over, not_inherited, NULL);
	merge_declarations(&m, m.into, over, root_rules, NULL);
	for (const struct xml_node *n = over->first; n; n = n->next)
		if (merge_is_operation(n))
			merge_operate(&m, n);
	return m.into;
}
