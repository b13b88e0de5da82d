/* A table's rows -> records of a kind, and units of a company. */
#include "facts/facts_table.h"

/* ---- fields ---- */

/* A number as we write it; false after a diagnostic. */
static bool plain_number(struct table *t, const struct table_column *c, struct str *text)
{
	struct decimal n;
	struct buf b;
	if (!facts_table_number(t, c, false, &n))
		return false;
	buf_init(&b, t->r->a, 64);
	buf_decimal(&b, n);
	*text = buf_str(&b);
	return true;
}

/* What the cell says as a field of that type is written. */
static bool field_text(struct table *t, const struct table_column *c, enum facts_field_type type, struct str *text)
{
	if (!facts_table_text(t, c, text))
		return false;
	if (text->len == 0)
		return true;
	if (type == FIELD_NUMBER || type == FIELD_MONEY)
		return plain_number(t, c, text);
	return type != FIELD_DATE || facts_table_date(t, c, facts_table_cell(t, c), *text, text);
}

static void set_field(struct table *t, struct facts_record *record, const struct table_column *c)
{
	const struct facts_field_def *def = map_lookup(&record->kind->by_field, c->field);
	struct str text;
	if (def && field_text(t, c, (enum facts_field_type)def->type, &text))
		facts_field_set(t->r, record, def, text, facts_table_cell(t, c)->pos);
}

static void set_record(struct table *t, struct facts_record *record)
{
	struct facts_label *label = ARENA_NEW(t->r->a, struct facts_label);
	label->text = record->id;
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct table_column *c = &t->columns.at[i];
		struct str text;
		if (c->to == TO_LABEL && facts_table_text(t, c, &text) && text.len)
			label->text = text;
		else if (c->to == TO_FIELD)
			set_field(t, record, c);
	}
	record->labels = (struct facts_labels){ label, 1 };
	record->label = label->text;
	record->source = map_lookup(&t->r->f->sources, t->names.source);
}

/* ---- records ---- */

static struct str row_item(struct table *t)
{
	struct str item = { 0 }, text;
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct table_column *c = &t->columns.at[i];
		if (c->to != TO_ITEM || !facts_table_text(t, c, &text) || text.len == 0)
			continue;
		item = item.len ? str_printf(t->r->a, STR_FMT "/" STR_FMT, STR_ARG(item), STR_ARG(text)) : text;
	}
	return item;
}

/* Rows of one item are many; the first makes the record. */
static void make_record(struct table *t, const struct facts_kind *kind, const struct table_column *item, struct map *seen, bool own)
{
	struct str id = row_item(t);
	own = own && facts_table_row_is_own(t);
	if (id.len == 0 || (own && map_put(t->r->a, seen, id, seen)))
		return;
	struct facts_record *record = facts_record_add(t->r, kind, id, facts_table_cell(t, item)->pos, own);
	if (record)
		set_record(t, record);
}

static bool fields_known(struct table *t, const struct facts_kind *kind)
{
	bool good = true;
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct table_column *c = &t->columns.at[i];
		if (c->to == TO_FIELD && !map_lookup(&kind->by_field, c->field)) {
			diag_add(t->r->d, DIAG_REFERENCE_UNKNOWN, facts_attr_pos(c->node, "field"),
				"a '" STR_FMT "' has no field '" STR_FMT "'%s", STR_ARG(kind->id),
				STR_ARG(c->field),
				diag_nearest(t->r->d, map_nearest(&kind->by_field, c->field)));
			good = false;
		}
	}
	return good;
}

static void make_records(struct table *t, const struct facts_kind *kind, bool own)
{
	struct map seen = { 0 };
	const struct table_column *item = fields_known(t, kind) ? facts_table_column_needed(t, TO_ITEM, "records") : NULL;
	while (item && facts_table_next(t))
		make_record(t, kind, item, &seen, own);
}

void facts_table_records(struct facts_reader *r, const struct xml_node *n, bool own)
{
	const struct xml_attr *attr = xml_attr(n, "kind");
	if (!attr)
		return;
	const struct facts_kind *kind = facts_kind_lookup(r->f, attr->value);
	if (!kind) {
		diag_add(r->d, DIAG_REFERENCE_UNKNOWN, attr->value_pos,
			"no kind '" STR_FMT "' in the catalogue%s", STR_ARG(attr->value),
			diag_nearest(r->d, map_nearest(&r->f->kinds, attr->value)));
		return;
	}
	struct table *t = facts_table_open_kept(r, n);
	if (t)
		make_records(t, kind, own);
}

/* ---- units ---- */

/* What a column says of the unit beside its label: to="field" field="parent", currency or closed. */
static void set_unit_fields(struct table *t, struct str id)
{
	for (size_t i = 0; i < t->columns.count; i++) {
		struct table_column *c = &t->columns.at[i];
		struct str text;
		if (c->to == TO_FIELD && facts_table_text(t, c, &text) && text.len)
			facts_unit_set(t->r, id, c->field, text, facts_table_cell(t, c)->pos);
	}
}

static void add_unit(struct table *t, const struct table_column *id, const struct table_column *label)
{
	struct str text, name;
	if (!facts_table_text(t, id, &text) || text.len == 0 || map_lookup(&t->r->f->units, text))
		return;
	if (label && facts_table_text(t, label, &name) && name.len)
		facts_unit_add(t->r, text, name, facts_table_cell(t, id)->pos);
	else
		facts_unit_add(t->r, text, text, facts_table_cell(t, id)->pos);
	set_unit_fields(t, text);
}

void facts_table_units(struct facts_reader *r, const struct xml_node *n)
{
	struct table t;
	if (!facts_table_open(&t, r, n))
		return;
	const struct table_column *id = facts_table_column_needed(&t, TO_UNIT, "units"), *label = facts_table_column_to(&t, TO_LABEL);
	while (id && facts_table_next(&t))
		add_unit(&t, id, label);
	facts_table_close(&t);
}
