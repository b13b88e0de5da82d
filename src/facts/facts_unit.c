/* xml -> facts: business units: their groups, what became of them, and what they count in. */
#include "facts/facts_int.h"

#include "base/limits.h"

struct str facts_currency_of(const struct facts_reader *r, struct str id)
{
	const struct facts_unit *unit = map_lookup(&r->f->units, id);
	return unit && unit->currency.len ? unit->currency : r->currency;
}

bool facts_unit_known(struct facts_reader *r, struct str id, struct src_pos pos)
{
	const struct facts *f = r->f;
	if (f->units.count == 0 || map_lookup(&f->units, id))
		return true;
	facts_unknown_unit(f, id, pos, r->d);
	return false;
}

/* ---- <units> ---- */

struct unit_reading {
	struct facts_reader *r;
	struct facts_unit *unit;
	struct facts_label_list labels;
};

static void read_label(void *ctx, const struct xml_node *n)
{
	struct unit_reading *u = ctx;
	facts_label_add(u->r, &u->labels, n);
}

static const struct xml_field unit_fields[] = {
	{ "id", XML_ID, XML_REQUIRED, offsetof(struct facts_unit, id), NULL },
	{ "parent", XML_ID, XML_OPTIONAL, offsetof(struct facts_unit, parent), NULL },
	{ "currency", XML_STR, XML_OPTIONAL, offsetof(struct facts_unit, currency), NULL },
	{ "closed", XML_DATE, XML_OPTIONAL, offsetof(struct facts_unit, closed), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static void read_unit(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "label", read_label }, { NULL, NULL } };
	struct facts_reader *r = ctx;
	struct unit_reading u = { .r = r, .unit = ARENA_NEW(r->a, struct facts_unit) };
	bool good = xml_read_attrs(r->a, n, unit_fields, u.unit, r->d);
	u.unit->pos = n->pos;
	if (u.unit->currency.len)
		good &= facts_currency_ok(r, u.unit->currency, facts_attr_pos(n, "currency"));
	xml_read_children(n, children, &u, r->d);
	u.unit->labels = facts_labels_of(&u.labels);
	if (good && facts_declare(r, "unit", u.unit->id, facts_attr_pos(n, "id")))
		map_set(r->a, &r->f->units, u.unit->id, u.unit);
}

void facts_unit_add(struct facts_reader *r, struct str id, struct str label, struct src_pos pos)
{
	if (id.len == 0 || map_lookup(&r->f->units, id) || !facts_declare(r, "unit", id, pos))
		return;
	struct facts_unit *unit = ARENA_NEW(r->a, struct facts_unit);
	struct facts_label *text = ARENA_NEW(r->a, struct facts_label);
	text->text = label;
	*unit = (struct facts_unit){ .id = id, .labels = { text, 1 }, .pos = pos };
	map_set(r->a, &r->f->units, id, unit);
}

void facts_unit_set(struct facts_reader *r, struct str id, struct str name, struct str text, struct src_pos pos)
{
	struct facts_unit *unit = map_lookup(&r->f->units, id);
	const struct xml_field *field = unit_fields + 1;
	while (field->name && !str_is(name, field->name))
		field++;
	if (!field->name)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, pos, "a unit has no '" STR_FMT "'; write parent, currency or closed", STR_ARG(name));
	else if (unit && (!str_is(name, "currency") || facts_currency_ok(r, text, pos)))
		xml_read_value(r->a, field, text, pos, (char *)unit + field->offset, r->d);
}

static void read_table(void *ctx, const struct xml_node *n)
{
	facts_table_units(ctx, n);
}

static void take_change(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	vec_push(r->a, &r->unit_changes, n);
}

void facts_units_read(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "lang", XML_STR, XML_OPTIONAL, 0, NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child children[] = { { "unit", read_unit }, { "table", read_table }, { "unit-change", take_change },
		{ NULL, NULL } };
	struct facts_reader *r = ctx;
	struct str lang;
	xml_read_attrs(r->a, n, fields, &lang, r->d);
	xml_read_children(n, children, r, r->d);
}

/* ---- groups ---- */

static struct facts_unit *unit_at(struct facts_reader *r, size_t i)
{
	return r->f->units.entries[i].value;
}

/* How many groups a unit is in, one in another; more than may be: the way up leads back to it, or too far. */
static unsigned groups_above(struct facts_reader *r, const struct facts_unit *unit, bool *circle)
{
	const struct facts_unit *up = unit;
	unsigned steps = 0;
	*circle = false;
	while (up && up->parent.len && steps <= LIMIT_UNIT_DEPTH && !*circle) {
		up = map_lookup(&r->f->units, up->parent);
		*circle = up == unit;
		steps++;
	}
	return steps;
}

static void settle_parent(struct facts_reader *r, struct facts_unit *unit)
{
	bool circle;
	if (unit->parent.len == 0)
		return;
	unsigned above = groups_above(r, unit, &circle);
	if (facts_unit_known(r, unit->parent, unit->pos) && !circle && above <= LIMIT_UNIT_DEPTH)
		return;
	if (circle)
		diag_add(r->d, DIAG_UNIT_CHANGE, unit->pos, "unit '" STR_FMT "' is part of itself by way of its parent '" STR_FMT "'",
			STR_ARG(unit->id), STR_ARG(unit->parent));
	else if (above > LIMIT_UNIT_DEPTH)
		diag_add(r->d, DIAG_LIMIT, unit->pos, "unit '" STR_FMT "' is in more than %d groups, one in another", STR_ARG(unit->id),
			LIMIT_UNIT_DEPTH);
	unit->parent = (struct str){ 0 };
}

static struct facts_unit *parent_of(struct facts_reader *r, const struct facts_unit *unit)
{
	return unit->parent.len ? map_lookup(&r->f->units, unit->parent) : NULL;
}

static void settle_children(struct facts_reader *r)
{
	for (size_t i = 0; i < r->f->units.count; i++) {
		struct facts_unit *parent = parent_of(r, unit_at(r, i));
		if (parent)
			parent->child_count++;
	}
	for (size_t i = 0; i < r->f->units.count; i++) {
		struct facts_unit *unit = unit_at(r, i);
		unit->children = ARENA_ARRAY(r->a, const struct facts_unit *, unit->child_count);
		unit->child_count = 0;
	}
	for (size_t i = 0; i < r->f->units.count; i++) {
		struct facts_unit *parent = parent_of(r, unit_at(r, i));
		if (parent)
			((const struct facts_unit **)(uintptr_t)parent->children)[parent->child_count++] = unit_at(r, i);
	}
}

/* ---- changes ---- */

struct change_attrs {
	uint8_t kind;
	struct xml_ids from, to;
	struct str shares;
	struct date date;
};
static const struct xml_choice kinds[] = { { "rename", CHANGE_RENAME }, { "merge", CHANGE_MERGE }, { "split", CHANGE_SPLIT },
	{ NULL, 0 } };
static const struct xml_field change_fields[] = {
	{ "kind", XML_CHOICE, XML_REQUIRED, offsetof(struct change_attrs, kind), kinds },
	{ "from", XML_IDS, XML_REQUIRED, offsetof(struct change_attrs, from), NULL },
	{ "to", XML_IDS, XML_REQUIRED, offsetof(struct change_attrs, to), NULL },
	{ "date", XML_DATE, XML_REQUIRED, offsetof(struct change_attrs, date), NULL },
	{ "share", XML_STR, XML_OPTIONAL, offsetof(struct change_attrs, shares), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static bool refused(struct facts_reader *r, const struct xml_node *n, const char *attr, const char *why)
{
	diag_add(r->d, DIAG_UNIT_CHANGE, facts_attr_pos(n, attr), "%s", why);
	return false;
}

/* One to one, several to one, one to several. */
static bool counts_ok(struct facts_reader *r, const struct xml_node *n, const struct change_attrs *attrs)
{
	static const struct {
		bool many_from, many_to;
		const char *from, *to;
	} rules[] = {
		[CHANGE_RENAME] = { false, false, "a rename is of one unit", "a rename is to one unit" },
		[CHANGE_MERGE] = { true, false, "a merge is of two units or more", "a merge is into one unit" },
		[CHANGE_SPLIT] = { false, true, "a split is of one unit", "a split is into two units or more" },
	};
	size_t from = attrs->from.count, to = attrs->to.count;
	if (rules[attrs->kind].many_from ? from < 2 || from > UINT8_MAX : from != 1)
		return refused(r, n, "from", rules[attrs->kind].from);
	if (rules[attrs->kind].many_to ? to < 2 || to > UINT8_MAX : to != 1)
		return refused(r, n, "to", rules[attrs->kind].to);
	return true;
}

/* Per cent of the old unit that each new one has, all of it together. */
static bool shares_ok(struct facts_reader *r, const struct xml_node *n, const struct change_attrs *attrs, struct decimal *shares)
{
	struct str rest = attrs->shares, word;
	struct decimal sum = { 0 };
	size_t count = 0;
	if (attrs->kind != CHANGE_SPLIT)
		return attrs->shares.len == 0 || refused(r, n, "share", "only a split has shares");
	while ((word = str_word(&rest)).len && count < attrs->to.count) {
		if (!decimal_parse(word, &shares[count]) || decimal_sign(shares[count]) <= 0 || !decimal_add(sum, shares[count], &sum))
			return refused(r, n, "share", "a share is a number above nought, in per cent; write one for each new unit, as in 60 40");
		count++;
	}
	if (word.len || count != attrs->to.count)
		return refused(r, n, "share", "a split has one share for each new unit, in per cent, as in 60 40");
	return decimal_cmp(sum, decimal_int(100)) == 0 ||
		refused(r, n, "share", "the shares of a split are of the whole unit, and add up to 100");
}

static const struct facts_unit *const *units_of(
	struct facts_reader *r, const struct xml_node *n, const char *attr, const struct xml_ids *ids, bool *good)
{
	const struct facts_unit **units = ARENA_ARRAY(r->a, const struct facts_unit *, ids->count);
	for (size_t i = 0; i < ids->count; i++) {
		units[i] = map_lookup(&r->f->units, ids->at[i]);
		if (!units[i])
			facts_unknown_unit(r->f, ids->at[i], facts_attr_pos(n, attr), r->d);
		*good &= units[i] != NULL;
	}
	return units;
}

static bool second_change(struct facts_reader *r, const struct facts_unit_change *change, const struct facts_unit *unit,
	const struct facts_unit_change *other, const char *does)
{
	if (!other)
		return false;
	diag_add(r->d, DIAG_UNIT_CHANGE, change->pos, "unit '" STR_FMT "' %s twice", STR_ARG(unit->id), does);
	diag_note(r->d, other->pos, "the first time is here");
	return true;
}

static struct date day_before(struct date d)
{
	return date_of_days(date_days(d) - 1);
}

/* A unit ends after it began: so the way back through changes comes to an end. */
static bool in_order(struct facts_reader *r, const struct facts_unit *unit)
{
	if (!unit->opening || !unit->closed.year || date_cmp(unit->closed, unit->opening->date) >= 0)
		return true;
	diag_add(r->d, DIAG_UNIT_CHANGE, unit->opening->pos, "unit '" STR_FMT "' begins here after it has closed", STR_ARG(unit->id));
	diag_note(r->d, unit->closing ? unit->closing->pos : unit->pos, "it closes here");
	return false;
}

static void link_change(struct facts_reader *r, const struct facts_unit_change *change)
{
	r->f->units_changed = true;
	for (uint8_t i = 0; i < change->from_count; i++) {
		struct facts_unit *unit = (struct facts_unit *)(uintptr_t)change->from[i];
		if (second_change(r, change, unit, unit->closing, "closes"))
			continue;
		unit->closing = change;
		unit->closed = day_before(change->date);
		if (!in_order(r, unit))
			unit->opening = NULL;
	}
	for (uint8_t i = 0; i < change->to_count; i++) {
		struct facts_unit *unit = (struct facts_unit *)(uintptr_t)change->to[i];
		if (second_change(r, change, unit, unit->opening, "begins"))
			continue;
		unit->opening = change;
		if (!in_order(r, unit))
			unit->opening = NULL;
	}
}

static void settle_change(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_child none[] = { { NULL, NULL } };
	struct change_attrs attrs = { 0 };
	bool good = xml_read_attrs(r->a, n, change_fields, &attrs, r->d);
	xml_read_children(n, none, r, r->d);
	if (!good || !counts_ok(r, n, &attrs))
		return;
	struct facts_unit_change *change = ARENA_NEW(r->a, struct facts_unit_change);
	struct decimal *shares = ARENA_ARRAY(r->a, struct decimal, attrs.to.count);
	*change = (struct facts_unit_change){ .kind = attrs.kind,
		.from = units_of(r, n, "from", &attrs.from, &good),
		.to = units_of(r, n, "to", &attrs.to, &good),
		.from_count = (uint8_t)attrs.from.count,
		.to_count = (uint8_t)attrs.to.count,
		.shares = shares,
		.date = attrs.date,
		.pos = n->pos };
	if (shares_ok(r, n, &attrs, shares) && good)
		link_change(r, change);
}

/* Changes behind a unit, one behind another. */
static unsigned changes_behind(const struct facts_unit *unit, unsigned level)
{
	unsigned most = 0;
	if (!unit->opening || level > LIMIT_UNIT_DEPTH + 1)
		return 0;
	for (uint8_t i = 0; i < unit->opening->from_count; i++) {
		unsigned behind = changes_behind(unit->opening->from[i], level + 1);
		most = behind > most ? behind : most;
	}
	return most + 1;
}

static void check_history(struct facts_reader *r, struct facts_unit *unit)
{
	if (changes_behind(unit, 1) <= LIMIT_UNIT_DEPTH)
		return;
	diag_add(r->d, DIAG_LIMIT, unit->opening->pos, "unit '" STR_FMT "' has more than %d changes behind it", STR_ARG(unit->id),
		LIMIT_UNIT_DEPTH);
	unit->opening = NULL;
}

void facts_units_settle(struct facts_reader *r)
{
	for (size_t i = 0; i < r->f->units.count; i++)
		settle_parent(r, unit_at(r, i));
	settle_children(r);
	for (size_t i = 0; i < r->unit_changes.count; i++)
		settle_change(r, r->unit_changes.at[i]);
	for (size_t i = 0; i < r->f->units.count; i++)
		check_history(r, unit_at(r, i));
}

/* ---- what is closed ---- */

static bool is_closed_for(struct facts_reader *r, const struct facts_unit *unit, struct period p)
{
	return unit && unit->closed.year && p.kind != PERIOD_NONE &&
		date_cmp(period_first_day(p, &r->f->calendar), unit->closed) > 0;
}

bool facts_unit_there(const struct facts *f, const struct facts_unit *unit, struct period p)
{
	struct date first = period_first_day(p, &f->calendar), last = period_last_day(p, &f->calendar);
	bool began = !unit->opening || date_cmp(unit->opening->date, last) <= 0;
	return began && (!unit->closed.year || date_cmp(unit->closed, first) >= 0);
}

static struct str heirs_of(struct facts_reader *r, const struct facts_unit *unit)
{
	struct buf b;
	if (!unit->closing)
		return (struct str){ 0 };
	buf_init(&b, r->a, 4096);
	for (uint8_t i = 0; i < unit->closing->to_count; i++)
		buf_printf(&b, "%s'" STR_FMT "'", i ? " or " : "; ask for ", STR_ARG(unit->closing->to[i]->id));
	return buf_str(&b);
}

static void note_closing(struct facts_reader *r, const struct facts_unit *unit)
{
	static const char *const how[] = { [CHANGE_RENAME] = "it got another name here", [CHANGE_MERGE] = "it was merged here",
		[CHANGE_SPLIT] = "it was split here" };
	diag_note(r->d, unit->closing ? unit->closing->pos : unit->pos, "%s",
		unit->closing ? how[unit->closing->kind] : "it is declared here");
}

/* "at, be, de", the first of them when there are many. */
static struct str names_of_units(struct facts_reader *r)
{
	enum { SHOWN = 20 };
	const struct map *units = &r->f->units;
	struct buf b;
	buf_init(&b, r->a, 65536);
	for (size_t i = 0; i < units->count && i < SHOWN; i++)
		buf_printf(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(((const struct facts_unit *)units->entries[i].value)->id));
	if (units->count > SHOWN)
		buf_printf(&b, " and %zu more", units->count - SHOWN);
	return buf_str(&b);
}

/* False after a message that says which units there are. */
static bool own_unit_known(struct facts_reader *r, const struct xml_node *n, struct src_pos pos)
{
	struct facts *f = r->f;
	if (f->unit.len == 0 && f->units.count && !r->every_unit)
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos, "'" STR_FMT "' has no attribute 'unit'; add it, or name one with --unit: " STR_FMT,
			STR_ARG(n->name), STR_ARG(names_of_units(r)));
	if (f->unit.len == 0)
		return false;
	if (facts_unit_known(r, f->unit, pos))
		return true;
	diag_note(r->d, n->pos, "the units there are: " STR_FMT, STR_ARG(names_of_units(r)));
	return false;
}

static void say_not_begun(struct facts_reader *r, const struct facts_unit *unit, struct src_pos pos)
{
	r->f->passed = true;
	diag_add(r->d, DIAG_UNIT_PASSED, pos, "unit '" STR_FMT "' begins on " STR_FMT " and is passed over for " STR_FMT, STR_ARG(unit->id),
		STR_ARG(date_text(r->a, unit->opening->date)), STR_ARG(period_text(r->a, r->f->period)));
	diag_note(r->d, unit->opening->pos, "it begins here");
}

static void say_closed(struct facts_reader *r, const struct facts_unit *unit, struct src_pos pos, bool listed)
{
	struct str id = unit->id, day = date_text(r->a, unit->closed), period = period_text(r->a, r->f->period);
	if (listed)
		diag_add(r->d, DIAG_UNIT_PASSED, pos, "unit '" STR_FMT "' closed on " STR_FMT " and is passed over for " STR_FMT STR_FMT,
			STR_ARG(id), STR_ARG(day), STR_ARG(period), STR_ARG(heirs_of(r, unit)));
	else
		diag_add(r->d, DIAG_UNIT_CLOSED, pos, "unit '" STR_FMT "' closed on " STR_FMT " and has no briefing for " STR_FMT STR_FMT,
			STR_ARG(id), STR_ARG(day), STR_ARG(period), STR_ARG(heirs_of(r, unit)));
}

void facts_own_unit_settle(struct facts_reader *r, const struct xml_node *n, bool listed)
{
	struct facts *f = r->f;
	struct src_pos pos = facts_attr_pos(n, "unit");
	if (!own_unit_known(r, n, pos))
		return;
	const struct facts_unit *unit = map_lookup(&f->units, f->unit);
	f->unit_label = unit ? facts_label(&unit->labels, f->lang, false) : f->unit;
	if (unit)
		facts_label_needed(r, &unit->labels, "unit", unit->id, pos);
	if (listed && unit && unit->opening && f->period.kind != PERIOD_NONE &&
		date_cmp(unit->opening->date, period_last_day(f->period, &f->calendar)) > 0) {
		say_not_begun(r, unit, pos);
		return;
	}
	if (!is_closed_for(r, unit, f->period))
		return;
	f->passed = listed;
	say_closed(r, unit, pos, listed);
	note_closing(r, unit);
}

void facts_unit_check(struct facts_reader *r, const struct facts_value *v)
{
	const struct facts_unit *unit = map_lookup(&r->f->units, v->unit);
	if (!is_closed_for(r, unit, v->period))
		return;
	diag_add(r->d, DIAG_UNIT_CLOSED, v->pos, "a value of unit '" STR_FMT "' for " STR_FMT ", after it closed on " STR_FMT,
		STR_ARG(unit->id), STR_ARG(period_text(r->a, v->period)), STR_ARG(date_text(r->a, unit->closed)));
	note_closing(r, unit);
}
