/* facts: conditions on records, "link=none,one payer.side=cmo amount>50000". All must hold; a comma
 * means any of. */
#include "facts/facts_int.h"

struct clause {
	struct str path, values;
	char op;        /* = ! < > */
};

static bool split_clause(struct str word, struct clause *out)
{
	size_t at = 0;
	while (at < word.len && !memchr("=!<>", word.ptr[at], 4))
		at++;
	if (at == 0 || at == word.len)
		return false;
	char op = word.ptr[at];
	size_t behind = at + 1;
	if (op == '!' && (behind == word.len || word.ptr[behind++] != '='))
		return false;
	*out = (struct clause){ { word.ptr, at }, { word.ptr + behind, word.len - behind }, op };
	return out->values.len > 0;
}

/* The id by which a place is compared; for yes-or-no fields the word. */
static struct str id_at(const struct facts_place *at)
{
	if (!at->field)
		return str_is(at->name, "label") ? at->record->label : at->record->id;
	return at->field->text;
}

/* Sign of the field against a value written; false when the two cannot be ordered. */
static bool ordered(const struct facts_place *at, struct str value, int *sign)
{
	const struct facts_field *f = at->field;
	struct decimal number;
	struct date date;
	struct period period;
	if (!f)
		return false;
	switch (f->def->type) {
	case FIELD_NUMBER:
	case FIELD_MONEY:
		return decimal_parse(value, &number) &&
			(*sign = decimal_cmp(f->number, number), true);
	case FIELD_FIGURE:
		return f->value && decimal_parse(value, &number) &&
			(*sign = decimal_cmp(f->value->number, number), true);
	case FIELD_DATE:
		return date_parse(value, &date) && (*sign = date_cmp(f->date, date), true);
	case FIELD_PERIOD:
		return period_parse(value, &period) &&
			(*sign = period_cmp(f->period, period), true);
	case FIELD_CHOICE:
		for (size_t i = 0; i < f->def->choices.count; i++)
			if (str_equal(f->def->choices.at[i], value))
				return *sign = decimal_cmp(f->number, decimal_int((int64_t)i)),
				       true;
		return false;
	default: return false;
	}
}

static bool is_joint_alias(const struct facts_place *at, struct str value)
{
	bool side = at->field && at->field->def->type == FIELD_SIDE && !at->field->side;
	return side && (str_is(value, "joint") || str_is(value, "both"));
}

static bool equal(
	const struct facts_place *at, struct str value, const struct facts_record *context)
{
	int sign;
	if (str_is(value, "."))
		return context && str_equal(id_at(at), context->id);
	if (at->field && at->field->def->type != FIELD_CHOICE && ordered(at, value, &sign))
		return sign == 0;
	return is_joint_alias(at, value) || str_equal(id_at(at), value);
}

static bool any_of(
	const struct facts_place *at, struct str values, const struct facts_record *context)
{
	struct str value;
	while (str_split(&values, ',', &value))
		if (equal(at, value, context))
			return true;
	return false;
}

static bool holds(
	const struct facts_record *r, const struct clause *c, const struct facts_record *context)
{
	struct facts_place at;
	int sign;
	bool there = facts_follow(r, c->path, &at) && (!at.field || at.field->present);
	/* A yes-or-no field that says nothing says no. */
	if (!there && facts_follow(r, c->path, &at) && at.field->def->type == FIELD_YES)
		return (c->op == '=') == str_is(c->values, "no");
	if (c->op == '=' || c->op == '!')
		return (there && any_of(&at, c->values, context)) == (c->op == '=');
	return there && ordered(&at, c->values, &sign) && (c->op == '<' ? sign < 0 : sign > 0);
}

bool facts_where(const struct facts_record *r, struct str where, const struct facts_record *context)
{
	struct clause c;
	struct str rest = where, word;
	while ((word = str_word(&rest)).len)
		if (!split_clause(word, &c) || !holds(r, &c, context))
			return false;
	return true;
}

/* A choice that does not exist would silently never match. */
static bool check_values(const struct facts_field_def *def, const struct clause *c,
	struct src_pos pos, struct diag *d)
{
	struct str rest = c->values, value;
	while (def && def->type == FIELD_CHOICE && str_split(&rest, ',', &value)) {
		bool known = str_is(value, ".");
		for (size_t i = 0; i < def->choices.count; i++)
			known |= str_equal(def->choices.at[i], value);
		if (known)
			continue;
		diag_add(d, DIAG_ATTRIBUTE_VALUE, pos,
			"'" STR_FMT "' is not a value of '" STR_FMT "'%s", STR_ARG(value),
			STR_ARG(def->id),
			diag_nearest(d, str_nearest(value, def->choices.at, def->choices.count)));
		diag_note(d, def->pos, "its values are declared here");
		return false;
	}
	return true;
}

static const struct facts_field_def *last_field(
	const struct facts *f, const struct facts_kind *kind, struct str path)
{
	const struct facts_field_def *def = NULL;
	struct str part;
	while (kind && str_split(&path, '.', &part)) {
		def = map_lookup(&kind->by_field, part);
		kind = def && def->type == FIELD_REF ? facts_kind_lookup(f, def->kind) : NULL;
	}
	return def;
}

bool facts_where_check(const struct facts *f, const struct facts_kind *kind, struct str where,
	struct src_pos pos, struct diag *d)
{
	struct clause c;
	struct str rest = where, word;
	bool good = true;
	while ((word = str_word(&rest)).len) {
		if (!split_clause(word, &c)) {
			diag_add(d, DIAG_ATTRIBUTE_VALUE, pos,
				"'" STR_FMT "' is not a condition; write field=value, "
					    "field!=value, field>value or field<value",
				STR_ARG(word));
			good = false;
		} else {
			good &= facts_path_check(f, kind, c.path, pos, d) &&
				check_values(last_field(f, kind, c.path), &c, pos, d);
		}
	}
	return good;
}
