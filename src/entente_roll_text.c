/* The library: roll: the files of the next quarter. facts.xml holds what is to be filled and what goes on; history.xml what was on record. */
#include "entente_roll.h"
#include "entente_words.h"

static void put_period(struct buf *out, struct period p)
{
	buf_puts(out, " period=\"");
	buf_period(out, p);
	buf_putc(out, '"');
}

/* ---- values ---- */

/* Names that the values of one element share. */
static bool alike(const struct facts_value *a, const struct facts_value *b)
{
	return a->metric == b->metric && a->source == b->source && a->scenario == b->scenario && str_equal(a->unit, b->unit) &&
		str_equal(a->currency, b->currency);
}

static void open_values(struct rolled_unit *u, struct buf *out, const struct facts_value *v)
{
	buf_puts(out, "\t<values");
	buf_xml_attr(out, "metric", v->metric->id);
	if (v->scenario != SCENARIO_ACTUAL)
		buf_xml_attr(out, "scenario", str_from(facts_scenario_name(v->scenario)));
	if (v->source)
		buf_xml_attr(out, "source", v->source->id);
	if (v->unit.len && !str_equal(v->unit, u->facts->unit))
		buf_xml_attr(out, "unit", v->unit);
	if (v->currency.len && !str_equal(v->currency, u->facts->currency))
		buf_xml_attr(out, "currency", v->currency);
	buf_puts(out, ">\n");
}

static void put_names(struct buf *out, const struct facts_value *v)
{
	buf_puts(out, "\t\t<v");
	if (v->item)
		buf_xml_attr(out, "item", v->item->id);
	if (v->side)
		buf_xml_attr(out, "side", v->side->id);
	put_period(out, v->period);
}

static void put_value(struct buf *out, const struct facts_value *v)
{
	put_names(out, v);
	buf_xml_attr_some(out, "note", v->note);
	buf_putc(out, '>');
	buf_decimal(out, decimal_trimmed(v->number));
	buf_puts(out, "</v>\n");
}

/* With those that share their names together, in the order in which they first come. */
static const struct facts_value *const *grouped(struct arena *a, const struct facts_value *const *values, size_t count)
{
	const struct facts_value **out = ARENA_ARRAY(a, const struct facts_value *, count);
	bool *done = ARENA_ARRAY(a, bool, count);
	size_t filled = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = i; !done[i] && k < count; k++)
			if (!done[k] && alike(values[i], values[k])) {
				out[filled++] = values[k];
				done[k] = k != i;
			}
	return out;
}

static void put_values(struct rolled_unit *u, struct buf *out, const struct facts_value *const *values, size_t count,
	void (*put)(struct buf *out, const struct facts_value *v))
{
	const struct facts_value *const *all = grouped(u->roll->a, values, count);

	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !alike(all[i - 1], all[i]))
			open_values(u, out, all[i]);
		put(out, all[i]);
		if (i + 1 == count || !alike(all[i], all[i + 1]))
			buf_puts(out, "\t</values>\n");
	}
}

static void put_awaited(struct buf *out, const struct facts_value *v)
{
	put_names(out, v);
	buf_puts(out, " awaited=\"yes\"/> <!-- was ");
	buf_decimal(out, decimal_trimmed(v->number));
	buf_puts(out, " -->\n");
}

/* ---- sources ---- */

/* One as of the end of the old quarter will be as of the end of the new one. */
static struct date source_date(const struct rolled_unit *u, const struct facts_source *s)
{
	const struct calendar *start = &u->facts->calendar;
	struct date end = period_last_day(u->roll->from, start);

	return date_cmp(s->date, end) == 0 ? period_last_day(u->roll->to, start) : s->date;
}

static void put_sources(struct rolled_unit *u, struct buf *out)
{
	for (size_t i = 0; i < u->facts->sources.count; i++) {
		const struct facts_source *s = u->facts->sources.entries[i].value;

		if (!roll_is_own(u, s->pos))
			continue;
		buf_puts(out, "\t<source");
		buf_xml_attr(out, "id", s->id);
		buf_xml_attr(out, "title", s->title);
		buf_puts(out, " date=\"");
		buf_date(out, source_date(u, s));
		buf_putc(out, '"');
		buf_xml_attr_some(out, "sample", s->sample);
		buf_xml_attr_some(out, "publisher", s->publisher);
		buf_puts(out, "/>\n");
	}
}

/* ---- records ---- */

/* A reference to what is no longer there is left out. */
static bool is_gone(struct rolled_unit *u, const struct facts_record *r, struct str field)
{
	const struct facts_field *f = facts_field(r, field);

	return f && f->present && f->ref && roll_fate(u, f->ref) != ROLLED_KEPT;
}

/* A number that its metric says anew in the next quarter. */
static bool follows(struct rolled_unit *u, const struct facts_record *r, struct str name)
{
	const struct facts_field *field = facts_field(r, name);
	const struct facts_field *of = field && field->def->value_of.len ? facts_field(r, field->def->value_of) : NULL;
	struct query q;
	struct diag quiet;

	if (of == NULL || of->metric == NULL)
		return false;
	query_init(&q, (struct src_pos){ 0 });
	q.metric = of->metric->id;
	q.item = STR("all");
	diag_init(&quiet, u->roll->a);
	return calc_ask(u->calc, &q, NULL, &quiet).kind == ANSWER_NUMBER;
}

/* What a record of kind takes over from one of another: what both know, and what every record has. */
static bool is_taken(const struct facts_record *r, const struct facts_kind *kind, struct str name)
{
	return kind == r->kind || !map_lookup(&r->kind->by_field, name) || map_lookup(&kind->by_field, name);
}

static void put_texts(struct buf *out, const struct facts_record *r, const struct facts_kind *kind, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->name.len == 0 || !is_taken(r, kind, c->name))
			continue;
		buf_printf(out, "<" STR_FMT, STR_ARG(c->name));
		for (const struct xml_attr *a = c->attrs; a; a = a->next)
			buf_xml_attr(out, str_terminated(out->arena, a->name), a->value);
		buf_putc(out, '>');
		buf_xml(out, xml_text(out->arena, c));
		buf_printf(out, "</" STR_FMT ">", STR_ARG(c->name));
	}
}

/* As it was written, in every language. kind: another one than its own where it goes into the log, which takes what it knows. */
static void put_written(struct rolled_unit *u, struct buf *out, const struct facts_record *r, const struct xml_node *n,
	const struct facts_kind *kind)
{
	buf_printf(out, "\t\t<" STR_FMT, STR_ARG(kind->id));
	for (const struct xml_attr *a = n->attrs; a; a = a->next) {
		if (!is_gone(u, r, a->name) && is_taken(r, kind, a->name) && !follows(u, r, a->name))
			buf_xml_attr(out, str_terminated(out->arena, a->name), a->value);
	}
	if (kind != r->kind && map_lookup(&kind->by_field, STR("asked")))
		buf_xml_attr(out, "asked", period_text(out->arena, u->roll->from));
	if (n->first) {
		buf_putc(out, '>');
		put_texts(out, r, kind, n);
		buf_printf(out, "</" STR_FMT ">\n", STR_ARG(kind->id));
	} else {
		buf_puts(out, "/>\n");
	}
}

/* Made of the row of a table: from what was read. */
static void put_read(struct rolled_unit *u, struct buf *out, const struct facts_record *r, const struct facts_kind *kind)
{
	buf_printf(out, "\t\t<" STR_FMT, STR_ARG(kind->id));
	buf_xml_attr(out, "id", r->id);
	buf_xml_attr_some(out, "label", r->label);
	for (size_t i = 0; i < r->kind->field_count; i++) {
		const struct facts_field *f = &r->fields[i];

		if (f->present && !is_gone(u, r, f->def->id) && map_lookup(&kind->by_field, f->def->id))
			buf_xml_attr(out, str_terminated(out->arena, f->def->id), f->text);
	}
	if (kind != r->kind && map_lookup(&kind->by_field, STR("asked")))
		buf_xml_attr(out, "asked", period_text(out->arena, u->roll->from));
	buf_puts(out, "/>\n");
}

static void put_record(struct rolled_unit *u, struct buf *out, const struct facts_record *r, const struct facts_kind *kind)
{
	const struct xml_node *n = roll_node(u, r->pos);

	if (n && str_equal(n->name, r->kind->id))
		put_written(u, out, r, n, kind);
	else
		put_read(u, out, r, kind);
}

/* What a list says for all its records. */
struct list_head {
	const struct facts_source *source;
	struct str lang;
};

static struct list_head head_of(const struct rolled_unit *u, const struct facts_record *r)
{
	const struct xml_node *n = roll_node(u, r->pos);

	return (struct list_head){ r->source, n ? xml_lang(n) : (struct str){ 0 } };
}

/* Writes the list's elements around the records as they come. */
struct lists {
	struct rolled_unit *u;
	struct buf *out;
	const struct facts_kind *kind;
	struct list_head head;
	struct map *seen;            /* places of records that other units have logged; NULL: nobody has */
	bool open;
};

static void list_close(struct lists *l)
{
	if (l->open)
		buf_printf(l->out, "\t</" STR_FMT ">\n", STR_ARG(l->kind->list));
	l->open = false;
}

static void list_add(struct lists *l, const struct facts_record *r)
{
	struct list_head head = head_of(l->u, r);

	if (l->open && (head.source != l->head.source || !str_equal(head.lang, l->head.lang)))
		list_close(l);
	if (!l->open) {
		buf_printf(l->out, "\t<" STR_FMT, STR_ARG(l->kind->list));
		if (head.source)
			buf_xml_attr(l->out, "source", head.source->id);
		buf_xml_attr_some(l->out, "lang", head.lang);
		buf_puts(l->out, ">\n");
		l->open = true;
		l->head = head;
	}
	put_record(l->u, l->out, r, l->kind);
}

static bool is_first(struct lists *l, const struct facts_record *r)
{
	return l->seen == NULL || map_put(l->u->roll->a, l->seen, str_printf(l->u->roll->a, "%u", r->pos.offset), l) == NULL;
}

static void put_logged(struct lists *l)
{
	const struct facts *f = l->u->facts;

	for (size_t i = 0; i < f->kinds.count; i++) {
		const struct facts_kind *kind = f->kinds.entries[i].value;
		const struct facts_records *all = facts_records(f, kind->id);

		for (size_t k = 0; str_equal(kind->log, l->kind->id) && k < all->list.count; k++)
			if (roll_fate(l->u, all->list.at[k]) == ROLLED_LOGGED && is_first(l, all->list.at[k]))
				list_add(l, all->list.at[k]);
	}
}

void roll_put_logs(struct rolled_unit *u, struct buf *out, struct map *seen)
{
	for (size_t i = 0; i < u->facts->kinds.count; i++) {
		struct lists l = { .u = u, .out = out, .kind = u->facts->kinds.entries[i].value, .seen = seen };

		put_logged(&l);
		list_close(&l);
	}
}

static void put_kind(struct rolled_unit *u, struct buf *out, const struct facts_kind *kind)
{
	const struct facts_records *all = facts_records(u->facts, kind->id);
	struct lists l = { .u = u, .out = out, .kind = kind };

	for (size_t i = 0; i < all->list.count; i++) {
		const struct facts_record *r = all->list.at[i];

		if (!r->made && roll_is_own(u, r->pos) && roll_fate(u, r) == ROLLED_KEPT)
			list_add(&l, r);
	}
	put_logged(&l);
	list_close(&l);
}

/* ---- the files ---- */

static void put_head(struct rolled_unit *u, struct buf *out)
{
	buf_puts(out, "<facts xmlns=\"urn:entente\" version=\"1\"");
	buf_xml_attr_some(out, "unit", u->facts->unit);
	buf_puts(out, ">\n");
}

struct str roll_facts_text(struct rolled_unit *u)
{
	struct buf out;
	struct str from = period_text(u->roll->a, u->roll->from), to = period_text(u->roll->a, u->roll->to);

	buf_init(&out, u->roll->a, (size_t)256 << 20);
	buf_printf(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- " STR_FMT ", made from " STR_FMT ". A value with awaited=\"yes\" waits for its "
		"number: write <v …>12</v> in its place.\n     Confirm the date and sample of each source. -->\n", STR_ARG(to), STR_ARG(from));
	put_head(u, &out);
	put_sources(u, &out);
	buf_puts(&out, "\n\t<!-- Awaited; what stood there last is beside it. -->\n");
	put_values(u, &out, u->awaited.at, u->awaited.count, put_awaited);
	buf_puts(&out, "\n\t<!-- Plans and forecasts as they were: to be revised. -->\n");
	put_values(u, &out, u->outlook.at, u->outlook.count, put_value);
	buf_puts(&out, "\n\t<!-- What goes on: open asks and commitments, the log of decisions, and what is as it was until it is changed. -->\n");
	for (size_t i = 0; i < u->facts->kinds.count; i++)
		put_kind(u, &out, u->facts->kinds.entries[i].value);
	buf_puts(&out, "</facts>\n");
	return buf_str(&out);
}

struct str roll_history_text(struct rolled_unit *u)
{
	struct buf out;
	struct str from = period_text(u->roll->a, u->roll->from);

	buf_init(&out, u->roll->a, (size_t)256 << 20);
	buf_printf(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- What was on record when " STR_FMT " was closed. A figure that is corrected here "
		"is restated: say why with note=\"…\". -->\n", STR_ARG(from));
	put_head(u, &out);
	put_values(u, &out, u->history.at, u->history.count, put_value);
	buf_puts(&out, "</facts>\n");
	return buf_str(&out);
}

/* ---- what is still to be done ---- */

static void put_awaited_metrics(struct rolled_unit *u, struct buf *out)
{
	const struct facts_value *const *all = grouped(u->roll->a, u->awaited.at, u->awaited.count);

	for (size_t i = 0, from = 0; i < u->awaited.count; i++) {
		const struct facts_value *v = all[i];

		if (i + 1 < u->awaited.count && alike(v, all[i + 1]))
			continue;
		buf_printf(out, "    " STR_FMT, STR_ARG(v->metric->id));
		if (v->scenario != SCENARIO_ACTUAL)
			buf_printf(out, ", %s", facts_scenario_name(v->scenario));
		buf_printf(out, ": %zu value%s", i + 1 - from, i == from ? "" : "s");
		if (v->source)
			buf_printf(out, " from " STR_FMT, STR_ARG(v->source->title));
		buf_putc(out, '\n');
		from = i + 1;
	}
}

struct str roll_note_text(struct rolled_unit *u)
{
	struct buf out;

	buf_init(&out, u->roll->a, (size_t)16 << 20);
	buf_printf(&out, STR_FMT " (" STR_FMT "/" STR_FMT ")\n", STR_ARG(u->facts->unit_label), STR_ARG(u->roll->folder), STR_ARG(u->name));
	buf_printf(&out, "  brought forward: %zu open ask%s, %zu open commitment%s or prediction%s; %zu decided ask%s in the log\n", u->asks,
		u->asks == 1 ? "" : "s", u->promises, u->promises == 1 ? "" : "s", u->promises == 1 ? "" : "s", u->logged, u->logged == 1 ? "" : "s");
	buf_printf(&out, "  awaited: %zu value%s\n", u->awaited.count, u->awaited.count == 1 ? "" : "s");
	put_awaited_metrics(u, &out);
	buf_puts(&out, "  to be confirmed: the meeting's date; the date and sample of each source; plans and forecasts; the agenda\n");
	for (size_t i = 0; i < u->left.count; i++)
		buf_printf(&out, "  left behind, it speaks of the old quarter: " STR_FMT "\n", STR_ARG(u->left.at[i]));
	words_note_left(u->roll->session, &u->roll->loader, u->root, u->facts, &out);
	return buf_str(&out);
}

/* ---- what stays in tables ---- */

enum { METRICS_SHOWN = 6 };

static void put_names_of(struct buf *out, const struct map *names)
{
	for (size_t i = 0; i < names->count && i < METRICS_SHOWN; i++)
		buf_printf(out, "%s" STR_FMT, i ? ", " : "", STR_ARG(names->entries[i].key));
	if (names->count > METRICS_SHOWN)
		buf_printf(out, " and %zu more", names->count - METRICS_SHOWN);
}

static void put_stale(struct buf *out, const struct stale_file *f)
{
	buf_printf(out, "  " STR_FMT ": ", STR_ARG(f->name));
	if (f->survey)
		buf_puts(out, "answers");
	else
		buf_printf(out, "%zu value%s", f->values, f->values == 1 ? "" : "s");
	if (f->units.count > 1)
		buf_printf(out, " of %zu units", f->units.count);
	else if (f->units.count == 1)
		buf_printf(out, " of " STR_FMT, STR_ARG(f->units.entries[0].key));
	buf_puts(out, ": ");
	put_names_of(out, &f->metrics);
	buf_putc(out, '\n');
}

struct str roll_stale_text(struct rolling *roll)
{
	struct str to = period_text(roll->a, roll->to), company = roll->session->project.name;
	bool values = false;
	struct buf out;

	buf_init(&out, roll->a, (size_t)16 << 20);
	if (roll->stale.count)
		buf_printf(&out, "Still of " STR_FMT ", in files that stay where they are: the rows of " STR_FMT " come there\n",
			STR_ARG(period_text(roll->a, roll->from)), STR_ARG(to));
	for (size_t i = 0; i < roll->stale.count; i++) {
		put_stale(&out, &roll->stale.at[i]);
		values |= !roll->stale.at[i].survey;
	}
	if (values)
		buf_printf(&out, "  or on a sheet for those who know: entente request " STR_FMT " --period " STR_FMT " -o ask.xlsx\n"
			"  which comes back by <table href=\"ask.xlsx\" units=\"own\"/> in the <facts> of company.xml\n",
			STR_ARG(company.len ? company : STR(".")), STR_ARG(to));
	return buf_str(&out);
}

/* ---- sentences that name what is gone ---- */

static bool is_same_record(const struct gone_name *a, const struct gone_name *b)
{
	return a->record->kind == b->record->kind && str_equal(a->record->id, b->record->id) && str_equal(a->pos.source->path, b->pos.source->path);
}

/* "narrative.xml:176, 381, 432" of the first of them and those of the same record in the same file. */
static void put_gone(struct rolling *roll, struct buf *out, size_t first, bool *done)
{
	const struct gone_name *gone = &roll->gone.at[first];
	uint32_t last = 0;

	buf_printf(out, "  " STR_FMT ":", STR_ARG(gone->pos.source->path));
	for (size_t i = first; i < roll->gone.count; i++) {
		uint32_t line = src_line_number(roll->gone.at[i].pos);

		if (!is_same_record(gone, &roll->gone.at[i]))
			continue;
		done[i] = true;
		if (line != last)
			buf_printf(out, "%s%u", last ? ", " : "", line);
		last = line;
	}
	buf_printf(out, ": " STR_FMT " '" STR_FMT "', %s (", STR_ARG(gone->record->kind->id), STR_ARG(gone->record->id),
		gone->fate == ROLLED_LOGGED ? "decided, and in the log now" : "which does not go on");
	for (size_t i = 0; i < gone->units.count; i++)
		buf_printf(out, "%s" STR_FMT, i ? ", " : "", STR_ARG(gone->units.at[i]));
	buf_puts(out, ")\n");
}

struct str roll_gone_text(struct rolling *roll)
{
	bool *done = ARENA_ARRAY(roll->a, bool, roll->gone.count);
	struct buf out;

	buf_init(&out, roll->a, (size_t)16 << 20);
	if (roll->gone.count)
		buf_puts(&out, "Sentences that name what is gone: rewrite them or take them out; check and build refuse them\n");
	for (size_t i = 0; i < roll->gone.count; i++)
		if (!done[i])
			put_gone(roll, &out, i, done);
	return buf_str(&out);
}
