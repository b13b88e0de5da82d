/* facts: what records must say, and what follows from them. A field that says something may need others (needs=); a number may be that of a metric
 * (value-of=); a rule applies where its condition holds of the ask at hand (rules=). What follows is filled in where nobody stated it; what was
 * stated must be what follows. */
#include "facts/calc_int.h"

static struct facts_field *open_field(const struct facts_record *record, struct str id)
{
	return (struct facts_field *)(uintptr_t)facts_field(record, id);
}

/* ---- what needs what ---- */

static bool says_something(const struct facts_field *field)
{
	return field->present && (field->def->type != FIELD_YES || decimal_sign(field->number) > 0);
}

static void check_needs(struct facts_reader *r, const struct facts_record *record, const struct facts_field *field)
{
	for (size_t i = 0; i < field->def->needs.count; i++) {
		const struct facts_field *other = facts_field(record, field->def->needs.at[i]);
		if (!other || other->present || other->text.len)
			continue;
		diag_add(r->d, DIAG_RECORD_INCOMPLETE, field->pos, STR_FMT " '" STR_FMT "' says '" STR_FMT "' and has no '" STR_FMT "'",
			STR_ARG(record->kind->id), STR_ARG(record->id), STR_ARG(field->def->id), STR_ARG(field->def->needs.at[i]));
		diag_note(r->d, field->def->pos, "the one needs the other, as declared here");
	}
}

/* ---- numbers of metrics ---- */

static const struct facts_value *value_now(struct facts_reader *r, struct calc *c, const struct facts_metric *m)
{
	struct facts_cell at = { .metric = m, .unit = r->f->unit, .period = calc_this_period(r->f, m), .period_count = 1 };
	return calc_value(c, &at);
}

static void settle_value(struct facts_reader *r, struct calc *c, const struct facts_record *record, struct facts_field *field)
{
	const struct facts_field *of = facts_field(record, field->def->value_of);
	const struct facts_value *v = of && of->metric ? value_now(r, c, of->metric) : NULL;
	if (!v)
		return;
	struct decimal printed = calc_printed_units(v, -1);
	if (!field->present) {
		field->number = printed;
		field->text = decimal_text(r->a, decimal_trimmed(printed));
		field->pos = of->pos;
		field->present = true;
		return;
	}
	if (decimal_cmp(field->number, printed) == 0)
		return;
	diag_add(r->d, DIAG_STATED, field->pos, "'" STR_FMT "' of " STR_FMT " '" STR_FMT "' is stated as " STR_FMT ", and '" STR_FMT "' is " STR_FMT,
		STR_ARG(field->def->id), STR_ARG(record->kind->id), STR_ARG(record->id), STR_ARG(field->text), STR_ARG(of->metric->id),
		STR_ARG(decimal_text(r->a, decimal_trimmed(printed))));
	diag_note(r->d, calc_first_read(v)->pos, "the figure of the metric comes from here");
}

static void check_record(struct facts_reader *r, struct calc *c, const struct facts_record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		struct facts_field *field = (struct facts_field *)(uintptr_t)&record->fields[i];
		if (field->def->needs.count && says_something(field))
			check_needs(r, record, field);
		if (field->def->value_of.len)
			settle_value(r, c, record, field);
	}
}

/* ---- rules ---- */

/* The ask that something belongs to, as options do; else the first one. NULL when nothing is asked. */
static const struct facts_record *at_hand(struct facts_reader *r, const struct facts_records *asks, struct str kind)
{
	for (size_t i = 0; i < r->records.count; i++) {
		const struct facts_record *record = r->records.at[i].record;
		for (size_t k = 0; k < record->kind->field_count; k++) {
			const struct facts_field *field = &record->fields[k];
			if (field->def->part_of && field->present && field->ref && str_equal(field->def->kind, kind))
				return field->ref;
		}
	}
	return asks->list.count ? asks->list.at[0] : NULL;
}

static void settle_rule(struct facts_reader *r, const struct facts_record *rule, const struct facts_record *ask)
{
	const struct facts_field *when = facts_field(rule, STR("when"));
	struct facts_field *applies = open_field(rule, STR("applies"));
	if (!when || !applies || !when->present ||
		!facts_where_check(r->f, ask->kind, when->text, when->pos, r->d))
		return;
	bool holds = facts_where(ask, when->text, NULL);
	if (!applies->present) {
		applies->number = decimal_int(holds);
		applies->text = holds ? STR("yes") : STR("no");
		applies->pos = when->pos;
		applies->present = true;
		return;
	}
	if ((decimal_sign(applies->number) > 0) == holds)
		return;
	diag_add(r->d, DIAG_STATED, applies->pos, STR_FMT " '" STR_FMT "' is stated as %s, and its condition %s of " STR_FMT " '" STR_FMT "'",
		STR_ARG(rule->kind->id), STR_ARG(rule->id), holds ? "not applying" : "applying", holds ? "holds" : "does not hold",
		STR_ARG(ask->kind->id), STR_ARG(ask->id));
	diag_note(r->d, ask->pos, "what is asked is here");
}

static void settle_rules(struct facts_reader *r, const struct facts_kind *kind)
{
	const struct facts_records *rules = facts_records(r->f, kind->id), *asks = facts_records(r->f, kind->rules);
	const struct facts_record *ask = asks ? at_hand(r, asks, kind->rules) : NULL;
	for (size_t i = 0; ask && i < rules->list.count; i++)
		settle_rule(r, rules->list.at[i], ask);
}

/* Reports the name of a field that another needs and that is none. */
static void check_names(struct facts_reader *r, const struct facts_kind *kind, const struct facts_field_def *def)
{
	for (size_t i = 0; i <= def->needs.count; i++) {
		struct str id = i < def->needs.count ? def->needs.at[i] : def->value_of;
		if (id.len && !map_lookup(&kind->by_field, id))
			diag_add(r->d, DIAG_REFERENCE_UNKNOWN, def->pos, "a '" STR_FMT "' has no field '" STR_FMT "'%s", STR_ARG(kind->id),
				STR_ARG(id), diag_nearest(r->d, map_nearest(&kind->by_field, id)));
	}
}

void facts_rules(struct facts_reader *r)
{
	struct calc *c = calc_open(r->a, r->f);
	c->diag = r->d;
	for (size_t i = 0; i < r->f->kinds.count; i++) {
		const struct facts_kind *kind = r->f->kinds.entries[i].value;
		for (size_t k = 0; k < kind->field_count; k++)
			check_names(r, kind, &kind->fields[k]);
		if (kind->rules.len)
			settle_rules(r, kind);
	}
	for (size_t i = 0; i < r->records.count; i++)
		check_record(r, c, r->records.at[i].record);
}
