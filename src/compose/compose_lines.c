/* compose: rows of a layout to lines, each with the record, metric, side or period it stands for.
 * Tables, charts, lists and cards all begin here, so that choosing, sorting and grouping mean the
 * same everywhere. */
#include "compose/compose_int.h"

struct expansion { /* what one layout row is expanded with */
	struct composer *c;
	const struct layout_row *row;
	const struct layout_column *columns;
	size_t column_count;
	struct lines *out;
	size_t first; /* of this row's lines in out */
};

struct query cell_query(const struct line *l, const struct query *column)
{
	return query_merge(column, l->query);
}

/* ---- labels and marks ---- */

struct str choice_label(
	struct composer *c, const struct facts_record *r, const struct facts_field *f)
{
	struct str id = str_printf(c->arena, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(r->kind->id),
		STR_ARG(f->def->id), STR_ARG(f->text));

	if (locale_has(c->in->locale, id))
		return locale_word(c->in->locale, id);
	return facts_choice_label(f->def, f->text, locale_lang(c->in->locale), false);
}

/* The mark that the catalogue gives the choice, else that of its status; none when it has
 * neither. */
static bool mark_of_choice(const struct facts_field *f, uint8_t *mark, uint8_t *colour)
{
	size_t index = (size_t)f->number.coef;
	uint8_t status = choice_status(f);

	*colour = COLOUR_INK;
	*mark = index < f->def->marks.count ? mark_named(f->def->marks.at[index]) : MARK_NONE;
	if (*mark == MARK_NONE && status != FACTS_NO_STATUS) {
		*mark = mark_of_status(status);
		*colour = colour_of_status(status);
	}
	return *mark != MARK_NONE;
}

static bool mark_of_side(const struct composer *c, const struct facts_side *side, uint8_t *mark, uint8_t *colour)
{
	side = side_or_joint(c, side);
	*mark = side_mark(side);
	*colour = side_colour(side);
	return true;
}

const struct facts_field *side_field(const struct facts_record *r)
{
	for (size_t i = 0; r && i < r->kind->field_count; i++)
		if (r->fields[i].def->type == FIELD_SIDE && r->fields[i].present)
			return &r->fields[i];
	return NULL;
}

static bool mark_of_field(const struct composer *c, const struct facts_field *f, uint8_t *mark, uint8_t *colour)
{
	const struct facts_field *side;

	switch (f->present ? f->def->type : FIELD_TEXT) {
	case FIELD_REF:
		side = side_field(f->ref);
		return side && mark_of_side(c, side->side, mark, colour);
	case FIELD_CHOICE: return mark_of_choice(f, mark, colour);
	case FIELD_SIDE: return mark_of_side(c, f->side, mark, colour);
	default: return false;
	}
}

bool mark_of(struct composer *c, const struct calc_context *ctx, struct str name, uint8_t *mark,
	uint8_t *colour)
{
	const struct facts_field *f = ctx->item && name.len ? facts_field(ctx->item, name) : NULL;

	if (f)
		return mark_of_field(c, f, mark, colour);
	if (!str_is(name, "side"))
		return false;
	f = side_field(ctx->item);
	if (ctx->side.len && (f == NULL || facts_side_lookup(c->in->facts, ctx->side)))
		return mark_of_side(c, facts_side_lookup(c->in->facts, ctx->side), mark, colour);
	return f && mark_of_side(c, f->side, mark, colour);
}

bool from_runs(struct composer *c, enum layout_from from, const struct query *q,
	const struct calc_context *ctx, struct runs *out)
{
	struct query label;
	struct printed printed;

	if (from == FROM_TEXT)
		return false;
	query_init(&label, q->pos);
	label.show = SHOW_LABEL;
	label.form = q->form == FORM_LONG || q->form == FORM_LOWER ? q->form : FORM_SHORT;
	switch (from) {
	case FROM_PERIOD:
		label.period = q->period.len ? q->period : STR("this"), label.offset = q->offset,
		label.metric = q->metric;
		break;
	case FROM_METRIC: label.metric = q->metric.len ? q->metric : ctx->metric; break;
	case FROM_SIDE: label.side = q->side.len ? q->side : ctx->side; break;
	case FROM_SCENARIO: label.scenario = q->scenario; break;
	case FROM_UNIT: label.unit = q->unit.len ? q->unit : c->in->facts->unit; break;
	default: label.item = q->item.len ? q->item : STR("."); break;
	}
	printed = print_query(c, &label, ctx, true);
	if (!printed.missing)
		run_text(c, out, printed.text, 0, q->pos);
	return !printed.missing;
}

static struct str metric_label(struct composer *c, struct str id)
{
	const struct facts_metric *m = facts_metric_lookup(c->in->facts, id);

	return m ? facts_label(&m->labels, locale_lang(c->in->locale), false) : id;
}

/* The text of a label without number and mark. */
static void label_text(struct composer *c, const struct line *l, struct runs *out)
{
	const struct layout_row *row = l->row;

	if (l->kind == LINE_GROUP)
		run_text(c, out, l->group_label, 0, row->pos);
	else if (from_runs(c, (enum layout_from)row->label_from, l->query, &l->context, out))
		return;
	else if (has_text(&row->label))
		text_runs(c, &row->label, &l->context, out);
	else if (l->context.item)
		run_text(c, out, l->context.item->label, 0, row->pos);
	else if (is_each_unit(c, row->each))
		from_runs(c, FROM_UNIT, l->query, &l->context, out);
	else if (l->query->metric.len)
		run_text(c, out, metric_label(c, l->query->metric), 0, row->pos);
}

void line_label(struct composer *c, const struct line *l, struct runs *out)
{
	uint8_t mark, colour;

	if (l->row->numbered && l->number)
		run_text(c, out, str_printf(c->arena, "%u\u00a0 ", l->number), RUN_STRONG,
			l->row->pos);
	if (l->kind != LINE_GROUP && mark_of(c, &l->context, l->row->mark, &mark, &colour))
		run_mark(c, out, (enum doc_mark_kind)mark, colour, (struct str){ 0 }, l->row->pos);
	label_text(c, l, out);
}

bool line_sublabel(struct composer *c, const struct line *l, struct runs *out)
{
	const struct layout_row *row = l->row;
	struct query q = query_merge(&row->sub_query, l->query);
	struct answer answer;
	struct printed printed;

	if (!row->has_sub || row->sublabel.topic.len)
		return text_runs(c, &row->sublabel, &l->context, out);
	answer = calc_ask(c->in->calc, &q, &l->context, c->diag);
	if (answer.kind == ANSWER_MISSING)
		return false;
	if (row->sublabel.word.len) {
		printed = print_answer(c, &answer, &q, true);
		phrase_runs(c, &row->sublabel, &printed, out);
	} else {
		q.pos = row->pos;
		answer_runs(c, &answer, &q, true, 0, out);
	}
	return true;
}

struct str line_label_plain(struct composer *c, const struct line *l)
{
	struct runs runs = { 0 };

	label_text(c, l, &runs);
	return runs_plain(c, &runs);
}

/* ---- expanding ---- */

static struct line *add_line(struct expansion *x)
{
	struct line *line = vec_add(x->c->arena, &x->out->list);

	*line = (struct line){ .row = x->row,
		.query = &x->row->query }; /* the place may hold a line that was cut off */
	line->context.side = x->row->query.side;
	line->context.side = x->row->query.side;
	line->kind = x->row->kind == LAYOUT_ROW_TOTAL ? LINE_TOTAL
		: x->row->kind == LAYOUT_ROW_SUBTOTAL ? LINE_SUBTOTAL
						      : LINE_BODY;
	return line;
}

/* A query of the line's own, to be changed. */
static struct query *own_query(struct expansion *x, struct line *line)
{
	struct query *own = ARENA_NEW(x->c->arena, struct query);

	*own = *line->query;
	line->query = own;
	return own;
}

static void expand_records(struct expansion *x)
{
	const struct facts_records *all = facts_records(x->c->in->facts, x->row->each);
	struct str where = x->row->query.where;
	struct query *chosen = NULL;

	if (all == NULL)
		diag_add(x->c->diag, DIAG_REFERENCE_UNKNOWN, x->row->pos,
			"no kind of record is called '" STR_FMT "'%s", STR_ARG(x->row->each),
			diag_nearest(
				x->c->diag, map_nearest(&x->c->in->facts->kinds, x->row->each)));
	else if (where.len == 0)
		vec_reserve(x->c->arena, &x->out->list, all->list.count);
	for (size_t i = 0; all && i < all->list.count; i++) {
		struct line *line;

		if (where.len && !facts_record_matches(x->c->in->facts, all->list.at[i], where))
			continue;
		line = add_line(x);
		line->context.item = all->list.at[i];
		if (chosen == NULL) {
			chosen = own_query(x, line);
			chosen->where = (struct str){ 0 };
		}
		line->query = chosen;
	}
}

static void expand_sides(struct expansion *x)
{
	const struct facts *f = x->c->in->facts;

	for (size_t i = 0; i < f->side_count; i++) {
		struct line *line;

		if (!side_has_place(x->c, x->row, 1, x->columns, x->column_count, &f->sides[i]))
			continue;
		line = add_line(x);

		line->context.side = f->sides[i].id;
		own_query(x, line)->side = f->sides[i].id;
	}
}

bool is_each_unit(const struct composer *c, struct str each)
{
	return str_is(each, "unit") && facts_records(c->in->facts, each) == NULL;
}

/* The units of a group: the one that the row names, else the briefing's. */
static void expand_units(struct expansion *x)
{
	const struct facts *f = x->c->in->facts;
	const struct facts_unit *group = map_lookup(&f->units, x->row->query.unit.len ? x->row->query.unit : f->unit);

	for (size_t i = 0; group && i < group->child_count; i++)
		if (facts_unit_there(f, group->children[i], f->period))
			own_query(x, add_line(x))->unit = group->children[i]->id;
}

static void expand_metrics(struct expansion *x)
{
	for (size_t i = 0; i < x->row->metrics.count; i++) {
		struct line *line = add_line(x);

		line->context.metric = x->row->metrics.at[i];
		own_query(x, line)->metric = x->row->metrics.at[i];
	}
}

static void expand_periods(struct expansion *x)
{
	for (int32_t back = x->row->periods - 1; back >= 0; back--)
		own_query(x, add_line(x))->offset = x->row->query.offset - back;
}

static void expand_row(struct expansion *x)
{
	if (str_is(x->row->each, "side"))
		expand_sides(x);
	else if (is_each_unit(x->c, x->row->each))
		expand_units(x);
	else if (x->row->each.len)
		expand_records(x);
	else if (x->row->metrics.count)
		expand_metrics(x);
	else if (x->row->periods)
		expand_periods(x);
	else
		add_line(x);
}

/* ---- sorting ---- */

struct sort_key {
	bool present;
	struct decimal number;
	struct str text; /* where there is one, it decides */
};

struct sortable {
	struct sort_key key;
	struct line line;
};

static const struct layout_column *column_named(const struct expansion *x, struct str id)
{
	for (size_t i = 0; i < x->column_count; i++)
		if (str_equal(x->columns[i].id, id))
			return &x->columns[i];
	return NULL;
}

static struct sort_key key_of_query(
	const struct expansion *x, const struct line *l, const struct query *column)
{
	struct query q = cell_query(l, column);
	struct answer answer = calc_ask(x->c->in->calc, &q, &l->context, x->c->diag);
	struct sort_key key = { .present = answer.kind != ANSWER_MISSING };

	if (answer.kind == ANSWER_NUMBER)
		key.number = answer.value->number;
	else if (answer.kind == ANSWER_DATE)
		key.number = decimal_int(date_days(answer.date));
	else if (answer.kind == ANSWER_TEXT && answer.value)
		key.number = answer.value->number; /* a choice: by its step */
	else if (answer.kind == ANSWER_TEXT)
		key.text = answer.text;
	return key;
}

static struct decimal order_of_side(const struct facts_side *side)
{
	return decimal_int(side ? side->index : FACTS_SIDES); /* the joint view last */
}

static struct sort_key key_of_field(const struct expansion *x, const struct facts_field *f)
{
	struct sort_key key = { .present = f->present, .number = f->number };

	switch (f->present ? f->def->type : FIELD_NUMBER) {
	case FIELD_DATE: key.number = decimal_int(date_days(f->date)); break;
	case FIELD_PERIOD:
		key.number = decimal_int(
			date_days(period_last_day(f->period, &x->c->in->facts->calendar)));
		break;
	case FIELD_REF: key.number = decimal_int(f->ref->index); break;
	case FIELD_SIDE: key.number = order_of_side(f->side); break;
	case FIELD_TEXT: key.text = f->text; break;
	case FIELD_METRIC: key.text = f->metric->id; break;
	default: break;
	}
	return key;
}

static struct sort_key key_of(const struct expansion *x, const struct line *l)
{
	const struct layout_column *column = column_named(x, x->row->sort);
	const struct facts_field *f =
		l->context.item ? facts_field(l->context.item, x->row->sort) : NULL;
	struct sort_key key;
	struct query metric;

	query_init(&metric, x->row->pos);
	metric.metric = x->row->sort;
	if (str_is(x->row->sort, "label"))
		key = (struct sort_key){ .present = true, .text = line_label_plain(x->c, l) };
	else if (column)
		key = key_of_query(x, l, &column->query);
	else if (f)
		key = key_of_field(x, f);
	else
		key = key_of_query(x, l, &metric);
	if (x->row->absolute)
		key.number = decimal_abs(key.number);
	return key;
}

/* Highest first unless ascending; texts from A to Z; what has no value last; equals keep their
 * order. */
static bool goes_before(bool ascending, const struct sort_key *a, const struct sort_key *b)
{
	int order;

	if (a->present != b->present)
		return a->present;
	if (a->text.len || b->text.len)
		return str_compare(a->text, b->text) < 0;
	order = decimal_cmp(a->number, b->number);
	return ascending ? order < 0 : order > 0;
}

/* Merges the sorted halves at[0, half) and at[half, count) by way of spare. */
static void merge_halves(
	bool ascending, struct sortable *at, size_t half, size_t count, struct sortable *spare)
{
	size_t a = 0, b = half;

	for (size_t i = 0; i < count; i++) {
		bool second =
			a == half || (b < count && goes_before(ascending, &at[b].key, &at[a].key));

		spare[i] = at[second ? b++ : a++];
	}
	memcpy(at, spare, count * sizeof *at);
}

static void merge_sort(bool ascending, struct sortable *at, size_t count, struct sortable *spare)
{
	if (count < 2)
		return;
	merge_sort(ascending, at, count / 2, spare);
	merge_sort(ascending, at + count / 2, count - count / 2, spare);
	merge_halves(ascending, at, count / 2, count, spare);
}

/* The row's lines with their keys, in order. */
static struct sortable *sorted_lines(struct expansion *x,
	struct sort_key (*key)(const struct expansion *, const struct line *), bool ascending)
{
	const struct line *at = x->out->list.at + x->first;
	size_t count = x->out->list.count - x->first;
	struct sortable *sorted = ARENA_ARRAY(x->c->arena, struct sortable, 2 * count);

	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct sortable){ .key = key(x, &at[i]), .line = at[i] };
	merge_sort(ascending, sorted, count, sorted + count);
	return sorted;
}

static void sort_lines(struct expansion *x)
{
	const struct sortable *sorted = sorted_lines(x, key_of, x->row->ascending);

	for (size_t i = x->first; i < x->out->list.count; i++)
		x->out->list.at[i] = sorted[i - x->first].line;
}

/* ---- grouping ---- */

static const struct facts_field *group_field(const struct expansion *x, const struct line *l)
{
	return l->context.item ? facts_field(l->context.item, x->row->group_by) : NULL;
}

static struct sort_key key_of_group(const struct expansion *x, const struct line *l)
{
	const struct facts_field *f = group_field(x, l);

	return f ? key_of_field(x, f) : (struct sort_key){ 0 };
}

static bool same_group(const struct sort_key *a, const struct sort_key *b)
{
	return !goes_before(true, a, b) && !goes_before(true, b, a);
}

/* The answer to the group's field, as the cell of a column would print it. */
static struct str group_label(struct expansion *x, const struct line *member)
{
	struct query q;

	query_init(&q, x->row->pos);
	q.field = x->row->group_by;
	return print_query(x->c, &q, &member->context, true).text;
}

static struct str add_group(struct expansion *x, const struct line *member)
{
	const struct facts_field *f = group_field(x, member);
	struct line *group = add_line(x);

	group->kind = LINE_GROUP;
	if (f == NULL || !f->present)
		group->group_label = word(x->c, "none");
	else if (f->def->type == FIELD_REF)
		group->context.item = f->ref, group->group_label = f->ref->label;
	else if (f->def->type == FIELD_CHOICE)
		group->group_label = choice_label(x->c, member->context.item, f);
	else
		group->group_label = group_label(x, member);
	if (f && f->present && f->def->type == FIELD_SIDE)
		group->context.side = f->side ? f->side->id : STR("joint");
	return group->group_label;
}

/* Puts the lines in the order of their groups, each behind its group's head. */
static void group_lines(struct expansion *x)
{
	size_t count = x->out->list.count - x->first;
	struct sortable *members = sorted_lines(x, key_of_group, true);
	struct str label = { 0 };

	x->out->list.count = x->first;
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !same_group(&members[i - 1].key, &members[i].key))
			label = add_group(x, &members[i].line);
		members[i].line.group_label = label;
		vec_push(x->c->arena, &x->out->list, members[i].line);
	}
}

/* ---- names in a row: of fields and columns ---- */

static void unknown_name(
	struct expansion *x, const struct facts_kind *kind, const char *what, struct str name)
{
	diag_add(x->c->diag, DIAG_REFERENCE_UNKNOWN, x->row->pos,
		"'%s': a '" STR_FMT "' has no field '" STR_FMT "'%s", what, STR_ARG(kind->id),
		STR_ARG(name), diag_nearest(x->c->diag, map_nearest(&kind->by_field, name)));
}

static bool sorts_by(const struct expansion *x, struct str name)
{
	return str_is(name, "label") || column_named(x, name) ||
		facts_metric_lookup(x->c->in->facts, name);
}

static void check_names(struct expansion *x)
{
	const struct layout_row *row = x->row;
	const struct facts_kind *kind = map_lookup(&x->c->in->facts->kinds, row->each);
	const struct {
		const char *what;
		struct str name;
		bool known;
	} names[] = {
		{ "group-by", row->group_by, false },
		{ "mark", row->mark, str_is(row->mark, "side") },
		{ "tail", row->tail, str_is(row->tail, "side") },
		{ "date", row->date, false },
		{ "sort", row->sort, sorts_by(x, row->sort) },
	};

	for (size_t i = 0; kind && i < sizeof names / sizeof names[0]; i++)
		if (names[i].name.len && !names[i].known &&
			!map_lookup(&kind->by_field, names[i].name))
			unknown_name(x, kind, names[i].what, names[i].name);
}

static void number_lines(struct expansion *x)
{
	uint32_t number = 0;

	for (size_t i = x->first; i < x->out->list.count; i++)
		if (x->out->list.at[i].kind == LINE_BODY)
			x->out->list.at[i].number = ++number;
}

static void lines_of_row(struct expansion *x)
{
	x->first = x->out->list.count;
	check_names(x);
	expand_row(x);
	if (x->row->sort.len)
		sort_lines(x);
	if (x->row->top > 0 && x->out->list.count - x->first > (size_t)x->row->top)
		x->out->list.count = x->first + (size_t)x->row->top;
	if (x->row->group_by.len)
		group_lines(x);
	number_lines(x);
}

struct lines lines_of(struct composer *c, const struct layout_row *rows, size_t count,
	const struct layout_column *columns, size_t column_count)
{
	struct lines lines = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct expansion x = { .c = c,
			.row = &rows[i],
			.columns = columns,
			.column_count = column_count,
			.out = &lines };

		lines_of_row(&x);
	}
	return lines;
}
