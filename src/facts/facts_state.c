/* facts: what became of a record, and what tells it from others, from one quarter to the next. */
#include "facts/facts_int.h"

const struct facts_field_def *facts_state_def(const struct facts_kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].type == FIELD_CHOICE && kind->fields[i].statuses.count)
			return &kind->fields[i];
	return NULL;
}

struct str facts_state(const struct facts_record *r)
{
	const struct facts_field_def *def = facts_state_def(r->kind);
	const struct facts_field *field = def ? &r->fields[def - r->kind->fields] : NULL;
	return field && field->present ? field->text : (struct str){ 0 };
}

bool facts_state_open(const struct facts_kind *kind, struct str state)
{
	const struct facts_field_def *def = facts_state_def(kind);
	for (size_t i = 0; def && i < def->open.count; i++)
		if (str_equal(def->open.at[i], state))
			return true;
	return false;
}

struct str facts_identity(struct arena *a, const struct facts_record *r)
{
	struct buf b;
	if (!r->nameless)
		return r->id;
	buf_init(&b, a, 4096);
	for (size_t i = 0; i < r->kind->field_count; i++) {
		if (r->fields[i].def->type != FIELD_REF || !r->fields[i].present)
			continue;
		if (b.len)
			buf_putc(&b, '.');
		buf_put(&b, r->fields[i].text);
	}
	return b.len ? buf_str(&b) : r->id;
}
