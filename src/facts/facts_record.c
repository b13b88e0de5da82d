/* xml -> facts: records of the declared kinds. Read first, linked when all are known. */
#include "facts/facts_int.h"

enum {
	FOREIGN = UINT32_MAX
}; /* index of a record that only another unit has: values may name it, lists do not show it */

/* ---- which items a metric may have ---- */

struct str facts_items(const struct facts_metric *m)
{
	if (m->items.len)
		return m->items;
	const struct facts_metric *part = m->of ? m->of
		: m->sum                        ? m->sum
		: m->add_count                  ? m->add[0]
						: NULL;
	return part ? facts_items(part) : (struct str){ 0 };
}

const struct facts_field_def *facts_group_field(const struct facts *f, const struct facts_metric *m,
	const struct facts_kind *group)
{
	const struct facts_kind *kind = facts_kind_lookup(f, facts_items(m));
	for (size_t i = 0; kind && i < kind->field_count; i++)
		if (kind->fields[i].type == FIELD_REF && str_equal(kind->fields[i].kind, group->id))
			return &kind->fields[i];
	return NULL;
}

int facts_item_fits(
	const struct facts *f, const struct facts_metric *m, const struct facts_kind *kind)
{
	if (str_equal(facts_items(m), kind->id))
		return 2;
	return facts_group_field(f, m, kind) != NULL;
}

const struct facts_record *facts_item(
	const struct facts *f, const struct facts_metric *m, struct str id)
{
	const struct facts_kind *kind = facts_kind_lookup(f, facts_items(m));
	if (!kind)
		return NULL;
	const struct facts_record *found = facts_record_lookup(f, kind->id, id);
	for (size_t i = 0; !found && i < kind->field_count; i++)
		if (kind->fields[i].type == FIELD_REF)
			found = facts_record_lookup(f, kind->fields[i].kind, id);
	return found;
}

/* ---- making one ---- */

bool facts_is_own(struct facts_reader *r, const struct xml_node *facts)
{
	return str_equal(facts_element_unit(r, facts), r->f->unit);
}

static struct facts_field *open_fields(const struct facts_record *record)
{
	return (struct facts_field *)(uintptr_t)
		record->fields; /* open until the records are linked */
}

static struct facts_record *made(
	struct facts_reader *r, const struct facts_kind *kind, struct str id, struct src_pos pos, bool own)
{
	struct facts_field *fields = ARENA_ARRAY(r->a, struct facts_field, kind->field_count);
	for (size_t i = 0; i < kind->field_count; i++)
		fields[i] = (struct facts_field){ .def = &kind->fields[i], .pos = pos };
	struct facts_record *record = ARENA_NEW(r->a, struct facts_record);
	*record = (struct facts_record){
		.kind = kind, .id = id, .fields = fields, .currency = own ? r->f->currency : r->currency, .pos = pos
	};
	struct record_raw raw = { record, fields };
	vec_push(r->a, &r->records, raw);
	return record;
}

struct facts_record *facts_record_add(struct facts_reader *r, const struct facts_kind *kind,
	struct str id, struct src_pos pos, bool own)
{
	struct facts_records *all = map_lookup(&r->f->records, kind->id);
	bool nameless = id.len == 0;
	if (nameless)
		id = str_printf(r->a, STR_FMT "-%zu", STR_ARG(kind->id), all->by_id.count + 1);
	struct facts_record *known = map_lookup(&all->by_id, id);
	if (known && !own)
		return NULL;
	if (known && known->index != FOREIGN) {
		diag_add(r->d, DIAG_ID_TWICE, pos, "a second " STR_FMT " '" STR_FMT "'",
			STR_ARG(kind->id), STR_ARG(id));
		diag_note(r->d, known->pos, "the first one is here");
		return NULL;
	}
	struct facts_record *record = made(r, kind, id, pos, own);
	record->nameless = nameless;
	record->index = own ? (uint32_t)all->list.count : FOREIGN;
	map_set(r->a, &all->by_id, id, record);
	if (own)
		vec_push(r->a, &all->list, record);
	return record;
}

/* ---- fields ---- */

static bool set_number(
	struct facts_reader *r, struct facts_field *field, struct str text, struct src_pos pos)
{
	if (facts_number_plain(text, &field->number))
		return true;
	facts_number_refused(r, text, '\0', pos);
	return false;
}

static bool set_choice(
	struct facts_reader *r, struct facts_field *field, struct str text, struct src_pos pos)
{
	const struct xml_ids *choices = &field->def->choices;
	for (size_t i = 0; i < choices->count; i++) {
		if (!str_equal(choices->at[i], text))
			continue;
		field->number = decimal_int((int64_t)i);
		return true;
	}
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' is not a value of '" STR_FMT "'%s",
		STR_ARG(text), STR_ARG(field->def->id),
		diag_nearest(r->d, str_nearest(text, choices->at, choices->count)));
	return false;
}

static bool set_typed(struct facts_reader *r, struct facts_field *field, uint8_t type,
	struct str text, struct src_pos pos)
{
	static const struct { uint8_t type, xml; uint16_t offset; } plain[] = {
		{ FIELD_DATE, XML_DATE, offsetof(struct facts_field, date) },
		{ FIELD_PERIOD, XML_PERIOD, offsetof(struct facts_field, period) },
	};
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		struct xml_field as = { "", plain[i].xml, XML_OPTIONAL, 0, NULL };
		if (plain[i].type == type)
			return xml_read_value(
				r->a, &as, text, pos, (char *)field + plain[i].offset, r->d);
	}
	struct xml_field as = { "", XML_BOOL, XML_OPTIONAL, 0, NULL };
	bool yes = false;
	if (!xml_read_value(r->a, &as, text, pos, &yes, r->d))
		return false;
	field->number = decimal_int(yes);
	return true;
}

void facts_field_set(struct facts_reader *r, struct facts_record *record,
	const struct facts_field_def *def, struct str text, struct src_pos pos)
{
	struct facts_field *field = &open_fields(record)[def - record->kind->fields];
	text = str_trim(text);
	if (text.len == 0)
		return;
	bool good = true;
	switch (def->type) {
	case FIELD_NUMBER:
	case FIELD_MONEY: good = set_number(r, field, text, pos); break;
	case FIELD_CHOICE: good = set_choice(r, field, text, pos); break;
	case FIELD_SIDE: good = facts_side_named(r, text, pos, &field->side); break;
	case FIELD_DATE:
	case FIELD_PERIOD:
	case FIELD_YES: good = set_typed(r, field, def->type, text, pos); break;
	default: break; /* texts as they are; references when all records are known */
	}
	field->text = text;
	field->pos = pos;
	field->present = good;
}

/* ---- one record of a list ---- */

struct record_reading {
	struct facts_reader *r;
	struct facts_record *record;
	struct facts_label_list labels;
	struct facts_label_list *texts; /* one per field */
};

static void add_text(struct record_reading *in, struct facts_label_list *to,
	const struct xml_node *n, struct str text)
{
	struct facts_label label = { .lang = xml_lang(n), .text = text };
	vec_push(in->r->a, &to->list, label);
}

static struct str nearest_name(const struct facts_kind *kind, struct str name)
{
	static const char *const own[] = { "id", "label", "source", "currency" };
	struct str best = map_nearest(&kind->by_field, name);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		struct str pair[2] = { best, str_from(own[i]) };
		best = str_nearest(name, pair, 2);
	}
	return best;
}

static void read_field_attr(
	struct record_reading *in, const struct xml_node *n, const struct xml_attr *attr)
{
	const struct facts_kind *kind = in->record->kind;
	const struct facts_field_def *def = map_lookup(&kind->by_field, attr->name);
	if (!def)
		diag_add(in->r->d, DIAG_ATTRIBUTE_UNKNOWN, attr->pos,
			"attribute '" STR_FMT "' is not known on '" STR_FMT "'%s",
			STR_ARG(attr->name), STR_ARG(kind->id),
			diag_nearest(in->r->d, nearest_name(kind, attr->name)));
	else if (def->type == FIELD_TEXT)
		add_text(in, &in->texts[def - kind->fields], n, attr->value);
	if (def)
		facts_field_set(in->r, in->record, def, attr->value, attr->value_pos);
}

static void read_attr(
	struct record_reading *in, const struct xml_node *n, const struct xml_attr *attr)
{
	if (str_is(attr->name, "id") || str_is(attr->name, "lang"))
		return;
	if (str_is(attr->name, "label"))
		add_text(in, &in->labels, n, attr->value);
	else if (str_is(attr->name, "source"))
		in->record->source = facts_source_named(in->r, attr->value, attr->value_pos);
	else if (str_is(attr->name, "currency") &&
		facts_currency_ok(in->r, attr->value, attr->value_pos))
		in->record->currency = attr->value;
	else if (!str_is(attr->name, "currency"))
		read_field_attr(in, n, attr);
}

static void read_child(struct record_reading *in, const struct xml_node *n)
{
	const struct facts_kind *kind = in->record->kind;
	const struct facts_field_def *def = map_lookup(&kind->by_field, n->name);
	if (xml_is(n, "label")) {
		facts_label_add(in->r, &in->labels, n);
	} else if (def && def->type == FIELD_TEXT) {
		facts_text_add(in->r, &in->texts[def - kind->fields], n);
		facts_field_set(in->r, in->record, def, facts_words(in->r->a, n),
			n->first ? n->first->pos : n->pos);
	} else if (def) {
		diag_add(in->r->d, DIAG_ELEMENT_UNKNOWN, n->pos,
			"field '" STR_FMT "' of a '" STR_FMT "' is written as an attribute",
			STR_ARG(n->name), STR_ARG(kind->id));
	} else {
		diag_add(in->r->d, DIAG_ELEMENT_UNKNOWN, n->pos,
			"element '" STR_FMT "' is not known in '" STR_FMT "'%s", STR_ARG(n->name),
			STR_ARG(kind->id), diag_nearest(in->r->d, nearest_name(kind, n->name)));
	}
}

/* Its markup is read with the narrative. */
static void take_markup(struct record_reading *in, struct facts_field *field, const struct facts_labels *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		if (texts->at[i].text.ptr == field->text.ptr)
			field->markup = texts->at[i].markup;
	if (field->markup)
		vec_push(in->r->a, &in->r->f->markups, field->markup);
}

/* The text in the briefing's language; one that needs no translation is taken as it is. */
static void choose_text(struct record_reading *in, size_t i)
{
	struct facts_field *field = &open_fields(in->record)[i];
	struct facts_labels texts = facts_labels_of(&in->texts[i]);
	struct str text = facts_label(&texts, in->r->f->lang, false);
	if (text.len == 0 && texts.count && field->def->translated)
		diag_add(in->r->d, DIAG_LABEL_MISSING, field->pos,
			"'" STR_FMT "' of " STR_FMT " '" STR_FMT "' is not there in '" STR_FMT
			"', the briefing's language",
			STR_ARG(field->def->id), STR_ARG(in->record->kind->id),
			STR_ARG(in->record->id), STR_ARG(in->r->f->lang));
	if (texts.count)
		field->text = text.len ? text : texts.at[0].text;
	take_markup(in, field, &texts);
}

static void check_required(struct facts_reader *r, const struct facts_record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		const struct facts_field *field = &record->fields[i];
		if (field->def->required && !field->present && field->text.len == 0)
			diag_add(r->d, DIAG_RECORD_INCOMPLETE, record->pos,
				STR_FMT " '" STR_FMT "' has no '" STR_FMT "'",
				STR_ARG(record->kind->id), STR_ARG(record->id),
				STR_ARG(field->def->id));
	}
}

static void finish_record(struct record_reading *in)
{
	struct facts_record *record = in->record;
	for (size_t i = 0; i < record->kind->field_count; i++)
		if (record->kind->fields[i].type == FIELD_TEXT)
			choose_text(in, i);
	record->labels = facts_labels_of(&in->labels);
	record->label = facts_label(&record->labels, in->r->f->lang, false);
	if (!record->kind->unlabelled || record->labels.count)
		facts_label_needed(in->r, &record->labels,
			str_terminated(in->r->a, record->kind->id), record->id, record->pos);
	check_required(in->r, record);
}

static struct str record_id(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_field field = { "id", XML_ID, XML_OPTIONAL, 0, NULL };
	const struct xml_attr *attr = xml_attr(n, "id");
	struct str id = { 0 };
	if (attr)
		xml_read_value(r->a, &field, attr->value, attr->value_pos, &id, r->d);
	return id;
}

static void read_record(struct facts_reader *r, const struct facts_kind *kind,
	const struct xml_node *n, const struct facts_source *source, bool own)
{
	struct record_reading in = { .r = r };
	in.record = facts_record_add(r, kind, record_id(r, n), n->pos, own);
	if (!in.record)
		return;
	in.texts = ARENA_ARRAY(r->a, struct facts_label_list, kind->field_count);
	in.record->source = source;
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		read_attr(&in, n, attr);
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->name.len)
			read_child(&in, c);
		else if (str_trim(c->text).len)
			diag_add(r->d, DIAG_TEXT_UNEXPECTED, xml_text_pos(c),
				"text is not expected in '" STR_FMT "'", STR_ARG(n->name));
	}
	finish_record(&in);
}

/* ---- lists ---- */

struct list_attrs {
	struct str source, lang;
};

static void read_list(
	struct facts_reader *r, const struct facts_kind *kind, const struct xml_node *n, bool own)
{
	static const struct xml_field fields[] = {
		{ "source", XML_ID, XML_OPTIONAL, offsetof(struct list_attrs, source), NULL },
		{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct list_attrs, lang), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct list_attrs attrs = { 0 };
	xml_read_attrs(r->a, n, fields, &attrs, r->d);
	if (kind->derived) {
		diag_add(r->d, DIAG_ELEMENT_UNKNOWN, n->pos,
			"'" STR_FMT "' are worked out from the closed quarter; nobody writes them", STR_ARG(n->name));
		return;
	}
	const struct facts_source *source =
		facts_source_named(r, attrs.source, facts_attr_pos(n, "source"));
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->name.len && str_equal(c->name, kind->id))
			read_record(r, kind, c, source, own);
		else if (c->name.len)
			diag_add(r->d, DIAG_ELEMENT_UNKNOWN, c->pos,
				"element '" STR_FMT "' is not known in '" STR_FMT "'%s",
				STR_ARG(c->name), STR_ARG(n->name), diag_nearest(r->d, kind->id));
		else if (str_trim(c->text).len)
			diag_add(r->d, DIAG_TEXT_UNEXPECTED, xml_text_pos(c),
				"text is not expected in '" STR_FMT "'", STR_ARG(n->name));
	}
}

static const struct facts_kind *kind_of_list(const struct facts *f, struct str list)
{
	for (size_t i = 0; i < f->kinds.count; i++) {
		const struct facts_kind *kind = f->kinds.entries[i].value;
		if (str_equal(kind->list, list))
			return kind;
	}
	return NULL;
}

void facts_records_read(struct facts_reader *r, const struct xml_node *facts)
{
	bool own = facts_is_own(r, facts);
	for (const struct xml_node *n = facts->first; n; n = n->next) {
		const struct facts_kind *kind = n->name.len ? kind_of_list(r->f, n->name) : NULL;
		if (xml_is(n, "table"))
			facts_table_records(r, n, own);
		else if (kind)
			read_list(r, kind, n, own);
	}
}

/* ---- references ---- */

static void link_ref(struct facts_reader *r, struct facts_field *field)
{
	const struct facts_records *all = facts_records(r->f, field->def->kind);
	if (!all)
		return; /* the catalogue's mistake, reported there */
	field->ref = map_lookup(&all->by_id, field->text);
	field->present = field->ref != NULL;
	if (!field->ref)
		diag_add(r->d, DIAG_REFERENCE_UNKNOWN, field->pos, "no " STR_FMT " '" STR_FMT "'%s",
			STR_ARG(field->def->kind), STR_ARG(field->text),
			diag_nearest(r->d, map_nearest(&all->by_id, field->text)));
}

static void link_metric(struct facts_reader *r, struct facts_field *field)
{
	field->metric = facts_metric_lookup(r->f, field->text);
	field->present = field->metric != NULL;
	if (!field->metric)
		facts_unknown_metric(r->f, field->text, field->pos, r->d);
}

void facts_records_link(struct facts_reader *r)
{
	for (size_t i = 0; i < r->records.count; i++) {
		const struct facts_kind *kind = r->records.at[i].record->kind;
		for (size_t k = 0; k < kind->field_count; k++) {
			struct facts_field *field = &r->records.at[i].fields[k];
			if (field->present && kind->fields[k].type == FIELD_REF)
				link_ref(r, field);
			else if (field->present && kind->fields[k].type == FIELD_METRIC)
				link_metric(r, field);
		}
	}
}
