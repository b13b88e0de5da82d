/* closed file -> what was published: figures, values read for them, and records as they were. The
 * file is read as it was written or not at all. */
#include "facts/facts_int.h"

#include "base/hash.h"

/* ---- the file ---- */

static const char mark[] = FACTS_CLOSED_MARK; /* quotes inside values are escaped: the first one is the root's */

bool facts_closed_intact(struct arena *a, const struct xml_node *root, struct diag *d)
{
	const struct xml_attr *content = xml_attr(root, "content");
	if (!content) {
		diag_add(d, DIAG_ATTRIBUTE_MISSING, root->pos, "'" STR_FMT "' has no attribute 'content'", STR_ARG(root->name));
		return false;
	}
	if (str_equal(content->value, hash_sealed(a, root->pos.source->text, mark)))
		return true;
	diag_add(d, DIAG_CLOSED_EDITED, content->value_pos,
		"this closed quarter was changed after it was written: its text does not match its hash; bring back the "
		"file as it was, and restate figures in the new quarter's facts, with a note");
	return false;
}

struct str facts_unit_file(struct arena *a, struct str unit)
{
	struct buf b;
	buf_init(&b, a, unit.len + 1);
	for (size_t i = 0; i < unit.len; i++) {
		unsigned char c = (unsigned char)unit.ptr[i];
		buf_putc(&b, c < ' ' || c == '/' || c == '\\' ? '-' : unit.ptr[i]);
	}
	return buf_str(&b);
}

/* A briefing of several units names the closed quarter of each: "closed/{unit}-2026-Q3.xml". */
static struct str of_unit(struct facts_reader *r, struct str href)
{
	const char *at = href.len ? memmem(href.ptr, href.len, "{unit}", 6) : NULL;
	size_t before = at ? (size_t)(at - href.ptr) : 0;
	if (!at)
		return href;
	return str_printf(r->a, STR_FMT STR_FMT STR_FMT, STR_ARG(((struct str){ href.ptr, before })),
		STR_ARG(facts_unit_file(r->a, r->f->unit)), STR_ARG(((struct str){ at + 6, href.len - before - 6 })));
}

/* A unit that is new has none. */
static bool is_there(struct facts_reader *r, struct str path)
{
	size_t count;
	source_glob(r->a, r->loader->root, (struct str){ 0 }, path, &count);
	return count > 0;
}

struct closed_attrs {
	struct str href;
};

static const struct xml_node *load(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "href", XML_STR, XML_REQUIRED, offsetof(struct closed_attrs, href), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child none[] = { { NULL, NULL } };
	struct closed_attrs attrs = { 0 };
	bool good = xml_read_attrs(r->a, n, fields, &attrs, r->d);
	xml_read_children(n, none, r, r->d);
	if (!good)
		return NULL;
	struct src_pos at = facts_attr_pos(n, "href");
	struct str path = xml_path_beside(r->a, n->pos, of_unit(r, attrs.href));
	if (!str_equal(path, xml_path_beside(r->a, n->pos, attrs.href)) && !is_there(r, path)) {
		diag_add(r->d, DIAG_CLOSED_MISSING, at, "unit '" STR_FMT "' has no closed quarter '" STR_FMT "'; what changed since is not told",
			STR_ARG(r->f->unit), STR_ARG(path));
		return NULL;
	}
	const struct xml_node *root = xml_load(r->loader, path, at);
	if (!root || xml_is(root, "closed"))
		return root;
	diag_add(r->d, DIAG_ELEMENT_UNKNOWN, root->pos,
		"a closed quarter begins with <closed>, not <" STR_FMT ">; 'entente close' writes one",
		STR_ARG(root->name));
	return NULL;
}

struct head {
	struct str unit;
	struct period period;
	struct date published;
};

static bool read_head(struct facts_reader *r, const struct xml_node *root, struct head *head)
{
	static const struct { const char *name; uint8_t type; uint16_t offset; } wanted[] = {
		{ "unit", XML_STR, offsetof(struct head, unit) },
		{ "period", XML_PERIOD, offsetof(struct head, period) },
		{ "published", XML_DATE, offsetof(struct head, published) },
	};
	bool good = true;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		struct xml_field field = { wanted[i].name, wanted[i].type, XML_REQUIRED, 0, NULL };
		const struct xml_attr *attr = xml_attr(root, wanted[i].name);
		if (attr)
			good &= xml_read_value(r->a, &field, attr->value, attr->value_pos,
				(char *)head + wanted[i].offset, r->d);
		else
			good &= str_is(STR("unit"), wanted[i].name); /* a company without units has none */
	}
	return good;
}

static void put_period(struct buf *b, const char *before, struct period p)
{
	buf_puts(b, before);
	buf_period(b, p);
}

/* Of the same unit, and of an earlier period of the same kind. */
static bool fits(struct facts_reader *r, const struct xml_node *n, const struct xml_node *root,
	const struct head *head)
{
	const struct facts *f = r->f;
	struct buf text;
	if (!str_equal(head->unit, f->unit)) {
		diag_add(r->d, DIAG_CLOSED_UNIT, facts_attr_pos(n, "href"),
			"this briefing is of unit '" STR_FMT "', the closed quarter of '" STR_FMT "'", STR_ARG(f->unit),
			STR_ARG(head->unit));
		diag_note(r->d, facts_attr_pos(root, "unit"), "its unit is said here");
		return false;
	}
	if (head->period.kind == f->period.kind && period_cmp(head->period, f->period) < 0)
		return true;
	buf_init(&text, r->a, 256);
	put_period(&text, "the closed quarter is ", head->period);
	put_period(&text, ", which is not before ", f->period);
	diag_add(r->d, DIAG_CLOSED_PERIOD, facts_attr_pos(n, "href"), STR_FMT, STR_ARG(buf_str(&text)));
	diag_note(r->d, facts_attr_pos(root, "period"), "its period is said here");
	return false;
}

void facts_closed_load(struct facts_reader *r, const struct xml_node *n)
{
	struct head head = { 0 };
	const struct xml_node *root = load(r, n);
	if (!root || !facts_closed_intact(r->a, root, r->d) || !read_head(r, root, &head) ||
		r->f->period.kind == PERIOD_NONE || !fits(r, n, root, &head))
		return;
	struct facts_closed *closed = ARENA_NEW(r->a, struct facts_closed);
	*closed = (struct facts_closed){ .period = head.period, .published = head.published, .root = root,
		.named = facts_attr_pos(n, "href") };
	r->f->closed = closed;
}

static const struct xml_node *part_of(const struct facts *f, const char *name)
{
	for (const struct xml_node *n = f->closed->root->first; n; n = n->next)
		if (xml_is(n, name))
			return n;
	return NULL;
}

static struct str attr_of(const struct xml_node *n, const char *name)
{
	const struct xml_attr *attr = xml_attr(n, name);
	return attr ? attr->value : (struct str){ 0 };
}

/* ---- sources, as they were ---- */

static struct map sources_then(struct facts_reader *r)
{
	struct map all = { 0 };
	const struct xml_node *part = part_of(r->f, "sources");
	struct buf prefix;
	buf_init(&prefix, r->a, 64);
	buf_period(&prefix, r->f->closed->period);
	for (const struct xml_node *n = part ? part->first : NULL; n; n = n->next) {
		struct facts_source *s = ARENA_NEW(r->a, struct facts_source);
		struct str id = attr_of(n, "id");
		*s = (struct facts_source){ .title = attr_of(n, "title"), .sample = attr_of(n, "sample"),
			.publisher = attr_of(n, "publisher"), .pos = n->pos };
		s->id = str_printf(r->a, STR_FMT "." STR_FMT, STR_ARG(buf_str(&prefix)), STR_ARG(id));
		date_parse(attr_of(n, "date"), &s->date);
		map_put(r->a, &all, id, s);
	}
	return all;
}

/* ---- figures and cells ---- */

struct reading_published {
	struct facts_reader *r;
	struct map sources;
	struct published_list out;
};

static bool scenario_named(struct str name, uint8_t *out)
{
	for (const struct xml_choice *c = facts_scenarios; c->name; c++)
		if (str_is(name, c->name)) {
			*out = c->value;
			return true;
		}
	return false;
}

/* What it is a value of, in today's catalogue. Names that are gone cannot be compared with anything. */
static bool named(struct facts_reader *r, const struct xml_node *n, struct facts_value *v)
{
	struct str item = attr_of(n, "item"), side = attr_of(n, "side");
	const struct facts_metric *m = facts_metric_lookup(r->f, attr_of(n, "metric"));
	if (!m || !period_parse(attr_of(n, "period"), &v->period) ||
		!scenario_named(attr_of(n, "scenario"), &v->scenario) || !decimal_parse(attr_of(n, "value"), &v->number))
		return false;
	v->metric = m;
	v->measure = m->measure;
	v->decimals = m->decimals;
	v->exponent = m->exponent;
	v->unit = attr_of(n, "unit");
	v->currency = attr_of(n, "currency");
	v->item = item.len ? facts_item(r->f, m, item) : NULL;
	v->side = side.len ? facts_side_lookup(r->f, side) : NULL;
	v->pos = n->pos;
	return (v->item || item.len == 0) && (v->side || side.len == 0);
}

static void add_published(struct reading_published *in, const struct xml_node *n, bool printed)
{
	struct facts_reader *r = in->r;
	struct facts_value *v = ARENA_NEW(r->a, struct facts_value);
	if (!named(r, n, v))
		return;
	v->source = map_lookup(&in->sources, attr_of(n, "source"));
	struct facts_cell at = facts_cell_of(v);
	r->key.len = 0;
	facts_key(&r->key, &at);
	if (map_put(r->a, &in->out.by_key, str_copy(r->a, buf_str(&r->key)), v))
		return; /* printed in two places, or read and printed */
	struct published p = { v, printed };
	vec_push(r->a, &in->out.list, p);
}

struct published_list facts_published(struct facts_reader *r)
{
	struct reading_published in = { .r = r, .sources = sources_then(r) };
	const struct xml_node *figures = part_of(r->f, "figures"), *cells = part_of(r->f, "cells");
	for (const struct xml_node *n = figures ? figures->first : NULL; n; n = n->next)
		if (str_is(attr_of(n, "cell"), "yes"))
			add_published(&in, n, true);
	for (const struct xml_node *n = cells ? cells->first : NULL; n; n = n->next)
		add_published(&in, n, false);
	return in.out;
}

/* ---- records ---- */

static void add_was(struct facts_reader *r, const struct xml_node *n, enum facts_stands_for role,
	const struct map *sources, struct was_list *out)
{
	struct was_record was = { .node = n, .kind = facts_kind_lookup(r->f, attr_of(n, "kind")), .id = attr_of(n, "id"),
		.label = attr_of(n, "label"), .source = map_lookup(sources, attr_of(n, "source")) };
	const struct facts_field_def *state = was.kind ? facts_state_def(was.kind) : NULL;
	if (!was.kind || was.kind->stands_for != role)
		return;
	for (const struct xml_node *fields = n->first; state && fields; fields = fields->next)
		was.state = attr_of(fields, str_terminated(r->a, state->id));
	vec_push(r->a, &out->list, was);
}

struct was_list facts_was(struct facts_reader *r, enum facts_stands_for role)
{
	struct was_list out = { 0 };
	const struct xml_node *part = part_of(r->f, "records");
	struct map sources = sources_then(r);
	for (const struct xml_node *n = part ? part->first : NULL; n; n = n->next)
		add_was(r, n, role, &sources, &out);
	return out;
}
