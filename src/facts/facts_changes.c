/* closed quarter × facts -> records of what became of asks, promises and risks. Records of the kinds that the catalogue says are derived;
 * what C knows of them is the names of their fields.
 *
 * what: new (not there then), same, changed (another state), closed (decided, or no longer open), gone (not there now). */
#include "facts/calc_int.h"

/* ---- records of derived kinds ---- */

const struct facts_kind *facts_derived_kind(const struct facts *f, enum facts_derived derived)
{
	for (size_t i = 0; i < f->kinds.count; i++) {
		const struct facts_kind *kind = f->kinds.entries[i].value;
		if (kind->derived == derived)
			return kind;
	}
	return NULL;
}

struct facts_record *facts_derived_add(struct facts_reader *r, const struct facts_kind *kind, struct str id, struct str label,
	struct src_pos pos)
{
	if (!kind || (id.len && facts_record_lookup(r->f, kind->id, id)))
		return NULL;
	struct facts_record *record = facts_record_add(r, kind, id, pos, true);
	struct facts_label *text = ARENA_NEW(r->a, struct facts_label);
	text->text = label;
	record->labels = (struct facts_labels){ text, label.len ? 1u : 0u };
	record->label = label;
	record->made = true;
	struct facts_field *then = r->f->closed ? facts_derived_field(record, "then", FIELD_PERIOD) : NULL;
	if (then)
		then->period = r->f->closed->period;
	return record;
}

struct facts_field *facts_derived_field(struct facts_record *r, const char *id, enum facts_field_type type)
{
	const struct facts_field_def *def = map_lookup(&r->kind->by_field, str_from(id));
	if (!def || def->type != type)
		return NULL;
	struct facts_field *field = (struct facts_field *)(uintptr_t)&r->fields[def - r->kind->fields];
	field->present = true;
	return field;
}

void facts_derived_text(struct facts_record *r, const char *id, struct str text)
{
	struct facts_field *field = text.len ? facts_derived_field(r, id, FIELD_TEXT) : NULL;
	if (field)
		field->text = text;
}

void facts_derived_choice(struct facts_record *r, const char *id, struct str choice)
{
	struct facts_field *field = facts_derived_field(r, id, FIELD_CHOICE);
	if (!field)
		return;
	field->present = false;
	for (size_t i = 0; i < field->def->choices.count; i++)
		if (str_equal(field->def->choices.at[i], choice)) {
			field->present = true;
			field->text = choice;
			field->number = decimal_int((int64_t)i);
		}
}

void facts_derived_figure(struct facts_record *r, const char *id, const struct facts_value *v)
{
	struct facts_field *field = v ? facts_derived_field(r, id, FIELD_FIGURE) : NULL;
	if (field)
		field->value = v;
}

/* ---- one record, then and now ---- */

struct outcome {
	const struct was_record *was;     /* NULL: it is new */
	const struct facts_record *now;   /* NULL: it is gone */
	const struct facts_kind *kind;    /* of both; of now where a decided ask became another kind */
	struct str before, state;         /* ids of choices; empty = none */
};

static struct str state_label(struct facts_reader *r, const struct facts_kind *kind, struct str state)
{
	const struct facts_field_def *def = facts_state_def(kind);
	return def && state.len ? facts_choice_label(def, state, r->f->lang, false) : (struct str){ 0 };
}

static int choice_index(const struct facts_field_def *def, struct str id)
{
	for (size_t i = 0; def && i < def->choices.count; i++)
		if (str_equal(def->choices.at[i], id))
			return (int)i;
	return -1;
}

static int severity(const struct facts_kind *kind, struct str state)
{
	const struct facts_field_def *def = facts_state_def(kind);
	int at = choice_index(def, state);
	static const char *const statuses[] = { "good", "none", "watch", "bad" };
	for (int i = 0; at >= 0 && i < 4; i++)
		if (str_is(def->statuses.at[at], statuses[i]))
			return i * 1000 + at;
	return -1;
}

static struct str what_of(const struct outcome *o)
{
	if (!o->was)
		return STR("new");
	if (!o->now)
		return STR("gone");
	if (o->now->kind != o->was->kind || (o->kind->stands_for == STANDS_FOR_ASK && !facts_state_open(o->kind, o->state)))
		return STR("closed");
	return str_equal(o->before, o->state) ? STR("same") : STR("changed");
}

static struct str reading_of(const struct outcome *o)
{
	int then = o->was ? severity(o->was->kind, o->before) : -1, now = o->now ? severity(o->kind, o->state) : -1;
	if (then < 0 || now < 0 || then == now)
		return STR("same");
	return now > then ? STR("worse") : STR("better");
}

static struct str status_of(const struct outcome *o)
{
	const struct facts_field_def *def = o->now ? facts_state_def(o->kind) : NULL;
	int at = choice_index(def, o->state);
	return at >= 0 ? def->statuses.at[at] : STR("none");
}

/* What the derived kind also declares is taken over from the record as it is now. */
static void take_over(struct facts_record *r, const struct facts_record *now)
{
	for (size_t i = 0; i < r->kind->field_count; i++) {
		struct facts_field *to = (struct facts_field *)(uintptr_t)&r->fields[i];
		const struct facts_field *from = facts_field(now, to->def->id);
		if (to->present || !from || !from->present || from->def->type != to->def->type || from->def->type == FIELD_CHOICE)
			continue;
		const struct facts_field_def *def = to->def;
		*to = *from;
		to->def = def;
	}
}

static void add_outcome(struct facts_reader *r, enum facts_derived derived, const struct outcome *o, struct str id)
{
	struct str label = o->now ? o->now->label : o->was->label;
	struct facts_record *record = facts_derived_add(r, facts_derived_kind(r->f, derived), id, label,
		o->now ? o->now->pos : o->was->node->pos);
	struct facts_field *field;
	if (!record)
		return;
	facts_derived_choice(record, "what", what_of(o));
	facts_derived_choice(record, "reading", reading_of(o));
	facts_derived_choice(record, "status", status_of(o));
	if (o->was)
		facts_derived_text(record, "before", state_label(r, o->was->kind, o->before));
	if (o->now)
		facts_derived_text(record, "now", state_label(r, o->now->kind, o->state));
	if ((field = facts_derived_field(record, "ask", FIELD_REF)))
		field->present = o->now && str_equal(field->def->kind, o->now->kind->id);
	if (field && field->present) {
		field->ref = o->now;
		field->text = o->now->id;
	}
	record->source = o->now ? o->now->source : o->was->source;
	if (o->now) {
		record->currency = o->now->currency;
		take_over(record, o->now);
	}
}

/* ---- all of a role ---- */

/* Records of a role as they are now and as they were, by kind and identity. */
struct comparing {
	struct facts_reader *r;
	enum facts_derived derived;       /* kind to make */
	struct map now, was;
};

static struct str role_key(struct facts_reader *r, const struct facts_kind *kind, struct str id)
{
	return str_printf(r->a, STR_FMT "|" STR_FMT, STR_ARG(kind->id), STR_ARG(id));
}

static void index_now(struct comparing *in, const struct facts_kind *kind)
{
	const struct facts_records *all = facts_records(in->r->f, kind->id);
	for (size_t i = 0; i < all->list.count; i++) {
		const struct facts_record *now = all->list.at[i];
		map_put(in->r->a, &in->now, role_key(in->r, kind, facts_identity(in->r->a, now)), (void *)(uintptr_t)now);
	}
}

static const struct facts_record *logged(struct facts_reader *r, const struct was_record *was)
{
	return was->kind->log.len ? facts_record_lookup(r->f, was->kind->log, was->id) : NULL;
}

/* What was asked then must be answered for now. */
static void ask_state(struct facts_reader *r, const struct was_record *was, const struct facts_record *now)
{
	struct buf period;
	buf_init(&period, r->a, 32);
	buf_period(&period, r->f->closed->period);
	if (now)
		diag_add(r->d, DIAG_ASK_STATE, now->pos,
			STR_FMT " '" STR_FMT "' was asked in " STR_FMT " and has no state; say what became of it",
			STR_ARG(was->kind->id), STR_ARG(was->id), STR_ARG(buf_str(&period)));
	else
		diag_add(r->d, DIAG_ASK_STATE, r->f->closed->named,
			"nothing says what became of " STR_FMT " '" STR_FMT "' of " STR_FMT
			"; list it again with its state%s" STR_FMT,
			STR_ARG(was->kind->id), STR_ARG(was->id), STR_ARG(buf_str(&period)),
			was->kind->log.len ? ", or as a " : "", STR_ARG(was->kind->log));
	diag_note(r->d, was->node->pos, "it was asked here");
}

static struct str first_open(const struct facts_kind *kind)
{
	const struct facts_field_def *def = facts_state_def(kind);
	return def && def->open.count ? def->open.at[0] : (struct str){ 0 };
}

static bool says_state(const struct facts_record *now)
{
	const struct facts_field_def *def = facts_state_def(now->kind);
	return def && now->fields[def - now->kind->fields].text.len > 0;
}

static void add_was(struct comparing *in, const struct was_record *was)
{
	struct facts_reader *r = in->r;
	struct outcome o = { .was = was, .now = map_lookup(&in->now, role_key(r, was->kind, was->id)), .kind = was->kind, .before = was->state };
	const struct facts_record *log = logged(r, was);
	bool asked = was->kind->stands_for == STANDS_FOR_ASK;
	if (asked && o.before.len == 0)
		o.before = first_open(was->kind); /* who asks need not say so */
	if (asked && log && (!o.now || facts_state(o.now).len == 0))
		o.now = log;
	if (o.now) {
		o.kind = o.now->kind;
		o.state = facts_state(o.now);
	}
	if (asked && o.now && o.state.len == 0 && says_state(o.now))
		return; /* a wrong word, reported where it stands */
	if (asked && o.state.len == 0)
		ask_state(r, was, o.now);
	else
		add_outcome(r, in->derived, &o, was->id);
}

static void add_new(struct comparing *in, const struct facts_kind *kind)
{
	const struct facts_records *all = facts_records(in->r->f, kind->id);
	for (size_t i = 0; i < all->list.count; i++) {
		const struct facts_record *now = all->list.at[i];
		struct outcome o = { .now = now, .kind = kind, .state = facts_state(now) };
		struct str id = facts_identity(in->r->a, now);
		if (!map_lookup(&in->was, role_key(in->r, kind, id)))
			add_outcome(in->r, in->derived, &o, id);
	}
}

static void changes_of(struct facts_reader *r, enum facts_derived derived, enum facts_stands_for role)
{
	struct comparing in = { .r = r, .derived = derived };
	struct was_list was = facts_was(r, role);
	for (size_t i = 0; i < r->f->kinds.count; i++) {
		const struct facts_kind *kind = r->f->kinds.entries[i].value;
		if (kind->stands_for == role)
			index_now(&in, kind);
	}
	for (size_t i = 0; i < was.list.count; i++) {
		map_put(r->a, &in.was, role_key(r, was.list.at[i].kind, was.list.at[i].id), &was.list.at[i]);
		add_was(&in, &was.list.at[i]);
	}
	for (size_t i = 0; i < r->f->kinds.count; i++) {
		const struct facts_kind *kind = r->f->kinds.entries[i].value;
		if (kind->stands_for == role)
			add_new(&in, kind);
	}
}

void facts_changes(struct facts_reader *r)
{
	if (r->closed)
		facts_closed_load(r, r->closed);
	if (!r->f->closed)
		return;
	struct calc *c = calc_open(r->a, r->f);
	c->diag = r->d;
	facts_moved(r, c);
	changes_of(r, DERIVED_ASKS, STANDS_FOR_ASK);
	changes_of(r, DERIVED_PROMISES, STANDS_FOR_PROMISE);
	changes_of(r, DERIVED_RISKS, STANDS_FOR_RISK);
}
