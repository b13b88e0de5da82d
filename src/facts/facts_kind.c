/* xml -> facts: kinds of record, as the catalogue declares them. */
#include "facts/facts_int.h"

static const struct xml_choice types[] = {
	{ "text", FIELD_TEXT },
	{ "number", FIELD_NUMBER },
	{ "money", FIELD_MONEY },
	{ "date", FIELD_DATE },
	{ "period", FIELD_PERIOD },
	{ "choice", FIELD_CHOICE },
	{ "side", FIELD_SIDE },
	{ "ref", FIELD_REF },
	{ "metric", FIELD_METRIC },
	{ "yes", FIELD_YES },
	{ "figure", FIELD_FIGURE },
	{ NULL, 0 },
};

/* Attributes that every record has. */
static const char *const reserved[] = { "id", "label", "source", "currency", "index" };

struct kind_reading {
	struct facts_reader *r;
	struct facts_kind *kind;
	struct facts_label_list labels;
	VEC(struct facts_field_def) fields;
};
struct field_reading {
	struct facts_reader *r;
	VEC(struct str) choices;
	VEC(struct facts_labels) labels; /* one per choice */
	VEC(struct str) statuses;        /* one per choice; "none" where it says none */
	VEC(struct str) marks;           /* one per choice; "none" where it says none */
	VEC(struct str) open;            /* choices that leave the matter open */
	bool stated, marked;             /* some choice says its status, its mark */
};
struct choice_reading {
	struct facts_reader *r;
	struct facts_label_list labels;
};

struct choice_attrs {
	struct str id;
	uint8_t status; /* enum facts_status */
	uint8_t mark;   /* index in choice_marks */
	bool open;
};
/* Drawn marks a choice may have, as doc/ names them: Harvey balls, links, status marks. */
static const struct xml_choice choice_marks[] = {
	{ "none", 0 },
	{ "ball-0", 1 },
	{ "ball-1", 2 },
	{ "ball-2", 3 },
	{ "ball-3", 4 },
	{ "ball-4", 5 },
	{ "link-none", 6 },
	{ "link-half", 7 },
	{ "link-full", 8 },
	{ "tick", 9 },
	{ "warning", 10 },
	{ "cross", 11 },
	{ NULL, 0 },
};
static const struct xml_choice choice_statuses[] = {
	{ "none", FACTS_NO_STATUS },
	{ "good", FACTS_GOOD },
	{ "watch", FACTS_WATCH },
	{ "bad", FACTS_BAD },
	{ NULL, 0 },
};

static void read_choice_label(void *ctx, const struct xml_node *n)
{
	struct choice_reading *c = ctx;
	facts_label_add(c->r, &c->labels, n);
}

static void read_choice(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "id", XML_ID, XML_REQUIRED, offsetof(struct choice_attrs, id), NULL },
		{ "status", XML_CHOICE, XML_OPTIONAL, offsetof(struct choice_attrs, status),
			choice_statuses },
		{ "mark", XML_CHOICE, XML_OPTIONAL, offsetof(struct choice_attrs, mark),
			choice_marks },
		{ "open", XML_BOOL, XML_OPTIONAL, offsetof(struct choice_attrs, open), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child children[] = { { "label", read_choice_label },
		{ NULL, NULL } };
	struct field_reading *f = ctx;
	struct choice_reading c = { .r = f->r };
	struct choice_attrs attrs = { .status = FACTS_NO_STATUS };
	bool good = xml_read_attrs(f->r->a, n, fields, &attrs, f->r->d);
	xml_read_children(n, children, &c, f->r->d);
	if (!good)
		return;
	f->stated |= attrs.status != FACTS_NO_STATUS;
	f->marked |= attrs.mark != 0;
	vec_push(f->r->a, &f->marks, str_from(choice_marks[attrs.mark].name));
	vec_push(f->r->a, &f->choices, attrs.id);
	if (attrs.open)
		vec_push(f->r->a, &f->open, attrs.id);
	vec_push(f->r->a, &f->statuses, str_from(choice_statuses[attrs.status].name));
	vec_push(f->r->a, &f->labels, facts_labels_of(&c.labels));
}

struct field_attrs {
	struct facts_field_def def;
	struct xml_ids choices;
	int32_t decimals, exponent;
};
#define FIELD(name, type, flags, member, choices)                                \
	{                                                                        \
		name, type, flags, offsetof(struct field_attrs, member), choices \
	}
static const struct xml_field field_fields[] = {
	FIELD("id", XML_ID, XML_REQUIRED, def.id, NULL),
	FIELD("type", XML_CHOICE, XML_REQUIRED, def.type, types),
	FIELD("required", XML_BOOL, XML_OPTIONAL, def.required, NULL),
	FIELD("translated", XML_BOOL, XML_OPTIONAL, def.translated, NULL),
	FIELD("choices", XML_IDS, XML_OPTIONAL, choices, NULL),
	FIELD("kind", XML_ID, XML_OPTIONAL, def.kind, NULL),
	FIELD("decimals", XML_INT, XML_OPTIONAL, decimals, NULL),
	FIELD("exponent", XML_INT, XML_OPTIONAL, exponent, NULL),
	FIELD("part-of", XML_BOOL, XML_OPTIONAL, def.part_of, NULL),
	FIELD("needs", XML_IDS, XML_OPTIONAL, def.needs, NULL),
	FIELD("value-of", XML_ID, XML_OPTIONAL, def.value_of, NULL),
	{ NULL, 0, 0, 0, NULL },
};

static void check_name(struct facts_reader *r, const struct xml_node *n, struct str id)
{
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (str_is(id, reserved[i]))
			diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "id"),
				"every record has '%s' already", reserved[i]);
}

/* Choices written as an attribute come first and have no labels. */
static void set_choices(
	struct field_reading *in, struct field_attrs *attrs, const struct xml_node *n)
{
	struct arena *a = in->r->a;
	struct facts_field_def *def = &attrs->def;
	size_t plain = attrs->choices.count, count = plain + in->choices.count;
	struct str *ids = ARENA_ARRAY(a, struct str, count),
		   *statuses = ARENA_ARRAY(a, struct str, count);
	struct str *marks = ARENA_ARRAY(a, struct str, count);
	struct facts_labels *labels = ARENA_ARRAY(a, struct facts_labels, count);
	for (size_t i = 0; i < count; i++) {
		ids[i] = i < plain ? attrs->choices.at[i] : in->choices.at[i - plain];
		statuses[i] = i < plain ? str_from(choice_statuses[FACTS_NO_STATUS].name)
					: in->statuses.at[i - plain];
		marks[i] = str_from(i < plain ? choice_marks[0].name : in->marks.at[i - plain].ptr);
		if (i >= plain)
			labels[i] = in->labels.at[i - plain];
	}
	def->choices = (struct xml_ids){ ids, count };
	def->statuses = (struct xml_ids){ statuses, in->stated ? count : 0 };
	def->marks = (struct xml_ids){ marks, in->marked ? count : 0 };
	def->choice_labels = labels;
	def->open = (struct xml_ids){ in->open.at, in->open.count };
	if (count && def->type != FIELD_CHOICE)
		diag_add(in->r->d, DIAG_ATTRIBUTE_VALUE, n->pos,
			"field '" STR_FMT "' has choices and is of another type", STR_ARG(def->id));
	if (count == 0 && def->type == FIELD_CHOICE)
		diag_add(in->r->d, DIAG_ELEMENT_MISSING, n->pos,
			"field '" STR_FMT "' has no choices", STR_ARG(def->id));
}

static int8_t within(struct facts_reader *r, const struct xml_node *n, const char *name,
	int32_t value, int32_t most)
{
	if (value >= 0 && value <= most)
		return (int8_t)value;
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, name), "%d is not one of 0 to %d",
		value, most);
	return 0;
}

static void read_field(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "choice", read_choice }, { NULL, NULL } };
	struct kind_reading *in = ctx;
	struct facts_reader *r = in->r;
	struct field_reading f = { .r = r };
	struct field_attrs attrs = { .def.pos = n->pos };
	bool good = xml_read_attrs(r->a, n, field_fields, &attrs, r->d);
	xml_read_children(n, children, &f, r->d);
	if (!good)
		return;
	check_name(r, n, attrs.def.id);
	set_choices(&f, &attrs, n);
	attrs.def.decimals = within(r, n, "decimals", attrs.decimals, 6);
	attrs.def.exponent = within(r, n, "exponent", attrs.exponent, 9);
	if (attrs.def.type == FIELD_REF && attrs.def.kind.len == 0)
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"field '" STR_FMT "' refers to no 'kind'", STR_ARG(attrs.def.id));
	vec_push(r->a, &in->fields, attrs.def);
}

static void read_label(void *ctx, const struct xml_node *n)
{
	struct kind_reading *in = ctx;
	facts_label_add(in->r, &in->labels, n);
}

/* Fields of a shipped kind that a company adds to stand in front. */
static void start_from(struct kind_reading *in, const struct xml_node *n)
{
	const struct facts_kind *base = facts_kind_lookup(in->r->f, in->kind->id);
	if (!base) {
		diag_add(in->r->d, DIAG_REFERENCE_UNKNOWN, facts_attr_pos(n, "id"),
			"no kind '" STR_FMT "' to extend%s", STR_ARG(in->kind->id),
			diag_nearest(in->r->d, map_nearest(&in->r->f->kinds, in->kind->id)));
		return;
	}
	struct facts_kind own = *in->kind;
	*in->kind = *base;
	in->kind->id = own.id;
	in->kind->pos = own.pos;
	in->kind->by_field = (struct map){ 0 };
	for (size_t i = 0; i < base->field_count; i++)
		vec_push(in->r->a, &in->fields, base->fields[i]);
}

/* The last of a name stands: an extension replaces; twice in one element is an error. */
static void index_fields(struct kind_reading *in)
{
	struct facts_kind *kind = in->kind;
	size_t kept = 0;
	for (size_t i = 0; i < in->fields.count; i++) {
		struct facts_field_def *at = in->fields.at,
				       *old = map_lookup(&kind->by_field, at[i].id);
		if (old && old->pos.source == at[i].pos.source &&
			old->pos.offset >= kind->pos.offset) {
			diag_add(in->r->d, DIAG_ID_TWICE, at[i].pos, "a second field '" STR_FMT "'",
				STR_ARG(at[i].id));
			diag_note(in->r->d, old->pos, "the first one is here");
			continue;
		}
		if (old) {
			*old = at[i];
			continue;
		}
		at[kept] = at[i];
		map_set(in->r->a, &kind->by_field, at[kept].id, &at[kept]);
		kept++;
	}
	kind->fields = in->fields.at;
	kind->field_count = kept;
}

struct kind_attrs {
	struct str id, list, log, rules, cuts, items, metric, period, scenario;
	bool labelled, extend, once;
	uint8_t stands_for; /* enum facts_stands_for */
	uint8_t derived;    /* enum facts_derived */
};
static const struct xml_choice stands_for[] = {
	{ "ask", STANDS_FOR_ASK },
	{ "promise", STANDS_FOR_PROMISE },
	{ "risk", STANDS_FOR_RISK },
	{ NULL, 0 },
};
static const struct xml_choice derived_kinds[] = {
	{ "moved", DERIVED_MOVED },
	{ "restated", DERIVED_RESTATED },
	{ "asks", DERIVED_ASKS },
	{ "promises", DERIVED_PROMISES },
	{ "risks", DERIVED_RISKS },
	{ NULL, 0 },
};

/* Figures are worked out; who writes a record writes numbers. */
static void check_figures(struct facts_reader *r, const struct facts_kind *kind)
{
	for (size_t i = 0; i < kind->field_count && !kind->derived; i++)
		if (kind->fields[i].type == FIELD_FIGURE)
			diag_add(r->d, DIAG_ATTRIBUTE_VALUE, kind->fields[i].pos,
				"field '" STR_FMT "' is a figure, which only a kind with derived=\"…\" has",
				STR_ARG(kind->fields[i].id));
}

static void set_cuts(struct facts_kind *kind, const struct kind_attrs *attrs)
{
	kind->cuts = attrs->cuts;
	kind->cut_items = attrs->items;
	kind->of_metric = attrs->metric;
	kind->of_period = attrs->period;
	kind->of_scenario = attrs->scenario;
}

void facts_kind_read(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "id", XML_ID, XML_REQUIRED, offsetof(struct kind_attrs, id), NULL },
		{ "list", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, list), NULL },
		{ "label", XML_BOOL, XML_OPTIONAL, offsetof(struct kind_attrs, labelled), NULL },
		{ "extend", XML_BOOL, XML_OPTIONAL, offsetof(struct kind_attrs, extend), NULL },
		{ "stands-for", XML_CHOICE, XML_OPTIONAL, offsetof(struct kind_attrs, stands_for),
			stands_for },
		{ "derived", XML_CHOICE, XML_OPTIONAL, offsetof(struct kind_attrs, derived),
			derived_kinds },
		{ "log", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, log), NULL },
		{ "once", XML_BOOL, XML_OPTIONAL, offsetof(struct kind_attrs, once), NULL },
		{ "rules", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, rules), NULL },
		{ "cuts", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, cuts), NULL },
		{ "items", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, items), NULL },
		{ "metric", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, metric), NULL },
		{ "period", XML_STR, XML_OPTIONAL, offsetof(struct kind_attrs, period), NULL },
		{ "scenario", XML_ID, XML_OPTIONAL, offsetof(struct kind_attrs, scenario), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child children[] = { { "label", read_label },
		{ "field", read_field }, { NULL, NULL } };
	struct kind_attrs attrs = { .labelled = true };
	bool good = xml_read_attrs(r->a, n, fields, &attrs, r->d);
	struct facts_kind *kind = ARENA_NEW(r->a, struct facts_kind);
	struct kind_reading in = { .r = r, .kind = kind };
	kind->id = attrs.id;
	kind->pos = n->pos;
	kind->unlabelled = !attrs.labelled;
	kind->replaces = !attrs.extend && facts_kind_lookup(r->f, attrs.id);
	if (good && attrs.extend)
		start_from(&in, n);
	if (attrs.stands_for)
		kind->stands_for = attrs.stands_for;
	if (attrs.derived)
		kind->derived = attrs.derived;
	if (attrs.log.len)
		kind->log = attrs.log;
	kind->once |= attrs.once;
	if (attrs.rules.len)
		kind->rules = attrs.rules;
	if (attrs.cuts.len)
		set_cuts(kind, &attrs);
	xml_read_children(n, children, &in, r->d);
	if (attrs.list.len || kind->list.len == 0)
		kind->list = attrs.list.len ? attrs.list
					    : str_printf(r->a, STR_FMT "s", STR_ARG(attrs.id));
	if (in.labels.list.count)
		kind->labels = facts_labels_of(&in.labels);
	index_fields(&in);
	check_figures(r, kind);
	facts_declare(r, "list", kind->list, facts_attr_pos(n, "list"));
	if (good && facts_declare(r, "kind", kind->id, facts_attr_pos(n, "id")))
		map_set(r->a, &r->f->kinds, kind->id, kind);
}

void facts_kinds_link(struct facts_reader *r)
{
	struct facts *f = r->f;
	for (size_t i = 0; i < f->kinds.count; i++) {
		const struct facts_kind *kind = f->kinds.entries[i].value;
		map_set(r->a, &f->records, kind->id, ARENA_NEW(r->a, struct facts_records));
		for (size_t k = 0; k < kind->field_count; k++) {
			const struct facts_field_def *def = &kind->fields[k];
			if (def->kind.len && !facts_kind_lookup(f, def->kind))
				diag_add(r->d, DIAG_REFERENCE_UNKNOWN, def->pos,
					"field '" STR_FMT "' refers to an unknown kind '" STR_FMT
					"'%s",
					STR_ARG(def->id), STR_ARG(def->kind),
					diag_nearest(r->d, map_nearest(&f->kinds, def->kind)));
		}
	}
}

/* ---- fields of a record ---- */

const struct facts_field *facts_field(const struct facts_record *r, struct str id)
{
	const struct facts_field_def *def = map_lookup(&r->kind->by_field, id);
	return def ? &r->fields[def - r->kind->fields] : NULL;
}

/* What every record has besides its fields. */
static bool is_own_name(struct str part)
{
	return str_is(part, "id") || str_is(part, "label") || str_is(part, "index");
}

static struct facts_place place_of(const struct facts_record *r, struct str name)
{
	struct facts_place place = { .record = r, .name = name };
	if (!is_own_name(name))
		place.field = facts_field(r, name);
	return place;
}

bool facts_follow(const struct facts_record *r, struct str path, struct facts_place *out)
{
	struct str rest = path, part;
	struct facts_place place = { 0 };
	while (str_split(&rest, '.', &part)) {
		if (place.name.len) {
			if (!place.field || !place.field->present ||
				place.field->def->type != FIELD_REF || !place.field->ref)
				return false;
			r = place.field->ref;
		}
		place = place_of(r, part);
		if (!place.field && !is_own_name(part))
			return false;
	}
	*out = place;
	return place.name.len > 0;
}

bool facts_path_check(const struct facts *f, const struct facts_kind *kind, struct str path,
	struct src_pos pos, struct diag *d)
{
	struct str rest = path, part;
	while (str_split(&rest, '.', &part)) {
		const struct facts_field_def *def = map_lookup(&kind->by_field, part);
		if (!def && is_own_name(part) && rest.len == 0)
			return true;
		if (!def) {
			diag_add(d, DIAG_REFERENCE_UNKNOWN, pos,
				"a '" STR_FMT "' has no field '" STR_FMT "'%s", STR_ARG(kind->id),
				STR_ARG(part), diag_nearest(d, map_nearest(&kind->by_field, part)));
			diag_note(d, kind->pos, kind->replaces ? "the kind is declared here, in place of the library's; extend=\"yes\" keeps its fields"
							       : "the kind is declared here");
			return false;
		}
		if (rest.len == 0)
			return true;
		kind = def->type == FIELD_REF ? facts_kind_lookup(f, def->kind) : NULL;
		if (!kind) {
			diag_add(d, DIAG_REFERENCE_UNKNOWN, pos,
				"field '" STR_FMT
				"' refers to no record that could have a '" STR_FMT "'",
				STR_ARG(part), STR_ARG(rest));
			return false;
		}
	}
	return false;
}
