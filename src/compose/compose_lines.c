/* compose: rows of a layout to lines, each with the record, metric, side or period it stands for. Tables, charts, lists and cards all
 * begin here, so that choosing, sorting and grouping mean the same everywhere. */
#include "compose/compose_int.h"

struct expansion { /* what one layout row is expanded with */
	struct composer *c;
	const struct layout_row *row;
	const struct layout_column *columns;
	size_t column_count;
	struct lines *out;
	size_t first;       /* of this row's lines in out */
};

struct query cell_query(const struct line *l, const struct query *column)
{
	return query_merge(column, &l->query);
}

/* ---- labels and marks ---- */

struct str choice_label(struct composer *c, const struct facts_record *r, const struct facts_field *f)
{
	struct str id = str_printf(c->arena, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(r->kind->id), STR_ARG(f->def->id),
		STR_ARG(f->text));

	if (locale_has(c->in->locale, id))
		return locale_word(c->in->locale, id);
	return facts_choice_label(f->def, f->text, locale_lang(c->in->locale), false);
}

/* Choices are declared in rising order: three are shown as links, five as Harvey balls. */
static uint8_t choice_mark(const struct facts_field *f)
{
	int index = (int)f->number.coef;

	if (f->def->choices.count == 3)
		return (uint8_t)(MARK_LINK_NONE + index);
	return (uint8_t)(MARK_BALL_0 + (index > 4 ? 4 : index));
}

static bool mark_of_side(const struct facts_side *side, uint8_t *mark, uint8_t *colour)
{
	*mark = side_mark(side);
	*colour = side_colour(side);
	return true;
}

static bool mark_of_field(const struct facts_field *f, uint8_t *mark, uint8_t *colour)
{
	if (f->def->type == FIELD_REF) {
		const struct facts_field *side = f->ref ? facts_field(f->ref, STR("side")) : NULL;

		return side && mark_of_side(side->side, mark, colour);
	}
	if (f->def->type == FIELD_CHOICE && f->present) {
		*mark = choice_mark(f);
		*colour = COLOUR_INK;
		return true;
	}
	return f->def->type == FIELD_SIDE && mark_of_side(f->side, mark, colour);
}

bool mark_of(struct composer *c, const struct calc_context *ctx, struct str name, uint8_t *mark, uint8_t *colour)
{
	const struct facts_field *f = ctx->item && name.len ? facts_field(ctx->item, name) : NULL;

	if (f)
		return mark_of_field(f, mark, colour);
	if (str_is(name, "side") && ctx->side.len)
		return mark_of_side(facts_side_lookup(c->in->facts, ctx->side), mark, colour);
	return false;
}

bool from_runs(struct composer *c, enum layout_from from, const struct query *q, const struct calc_context *ctx, struct runs *out)
{
	struct query label;
	struct printed printed;

	if (from == FROM_TEXT)
		return false;
	query_init(&label, q->pos);
	label.show = SHOW_LABEL;
	label.form = q->form == FORM_LONG || q->form == FORM_LOWER ? q->form : FORM_SHORT;
	switch (from) {
	case FROM_PERIOD: label.period = q->period.len ? q->period : STR("this"), label.offset = q->offset, label.metric = q->metric; break;
	case FROM_METRIC: label.metric = q->metric.len ? q->metric : ctx->metric; break;
	case FROM_SIDE: label.side = q->side.len ? q->side : ctx->side; break;
	case FROM_SCENARIO: label.scenario = q->scenario; break;
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
	else if (from_runs(c, (enum layout_from)row->label_from, &l->query, &l->context, out))
		return;
	else if (row->label.word.len || row->label.topic.len)
		text_runs(c, &row->label, &l->context, out);
	else if (l->context.item)
		run_text(c, out, l->context.item->label, 0, row->pos);
	else if (l->query.metric.len)
		run_text(c, out, metric_label(c, l->query.metric), 0, row->pos);
}

void line_label(struct composer *c, const struct line *l, struct runs *out)
{
	uint8_t mark, colour;

	if (l->row->numbered && l->number)
		run_text(c, out, str_printf(c->arena, "%u\u00a0 ", l->number), RUN_STRONG, l->row->pos);
	if (l->kind != LINE_GROUP && mark_of(c, &l->context, l->row->mark, &mark, &colour))
		run_mark(c, out, (enum doc_mark_kind)mark, colour, (struct str){ 0 }, l->row->pos);
	label_text(c, l, out);
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

	*line = (struct line){ .row = x->row, .query = x->row->query }; /* the place may hold a line that was cut off */
	line->kind = x->row->kind == LAYOUT_ROW_TOTAL ? LINE_TOTAL : x->row->kind == LAYOUT_ROW_SUBTOTAL ? LINE_SUBTOTAL : LINE_BODY;
	return line;
}

static void expand_records(struct expansion *x)
{
	const struct facts_records *all = facts_records(x->c->in->facts, x->row->each);
	struct str where = x->row->query.where;

	if (all == NULL)
		diag_add(x->c->diag, DIAG_REFERENCE_UNKNOWN, x->row->pos, "no kind of record is called '" STR_FMT "'%s",
			STR_ARG(x->row->each),
			diag_nearest(x->c->diag, map_nearest(&x->c->in->facts->kinds, x->row->each)));
	for (size_t i = 0; all && i < all->list.count; i++) {
		struct line *line;

		if (where.len && !facts_record_matches(x->c->in->facts, all->list.at[i], where))
			continue;
		line = add_line(x);
		line->context.item = all->list.at[i];
		line->query.where = (struct str){ 0 };
	}
}

static void expand_sides(struct expansion *x)
{
	const struct facts *f = x->c->in->facts;

	for (size_t i = 0; i < f->side_count; i++) {
		struct line *line = add_line(x);

		line->context.side = f->sides[i].id;
		line->query.side = f->sides[i].id;
	}
}

static void expand_metrics(struct expansion *x)
{
	for (size_t i = 0; i < x->row->metrics.count; i++) {
		struct line *line = add_line(x);

		line->context.metric = x->row->metrics.at[i];
		line->query.metric = x->row->metrics.at[i];
	}
}

static void expand_periods(struct expansion *x)
{
	for (int32_t back = x->row->periods - 1; back >= 0; back--)
		add_line(x)->query.offset = x->row->query.offset - back;
}

static void expand_row(struct expansion *x)
{
	if (str_is(x->row->each, "side"))
		expand_sides(x);
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
	struct str text;
};

static const struct layout_column *column_named(const struct expansion *x, struct str id)
{
	for (size_t i = 0; i < x->column_count; i++)
		if (str_equal(x->columns[i].id, id))
			return &x->columns[i];
	return NULL;
}

static struct sort_key key_of_column(const struct expansion *x, const struct line *l, const struct layout_column *column)
{
	struct query q = cell_query(l, &column->query);
	struct answer answer = calc_ask(x->c->in->calc, &q, &l->context, x->c->diag);

	if (answer.kind != ANSWER_NUMBER)
		return (struct sort_key){ 0 };
	return (struct sort_key){ .present = true, .number = answer.value->number };
}

static struct sort_key key_of_field(const struct facts_field *f)
{
	struct sort_key key = { .present = f->present, .number = f->number, .text = f->text };

	if (f->def->type == FIELD_DATE)
		key.number = decimal_int(date_days(f->date));
	if (f->def->type == FIELD_REF && f->ref)
		key.number = decimal_int(f->ref->index);
	return key;
}

static struct sort_key key_of(const struct expansion *x, const struct line *l)
{
	const struct layout_column *column = column_named(x, x->row->sort);
	const struct facts_field *f = l->context.item ? facts_field(l->context.item, x->row->sort) : NULL;
	struct sort_key key = { 0 };

	if (str_is(x->row->sort, "label"))
		key = (struct sort_key){ .present = true, .text = line_label_plain(x->c, l) };
	else if (column)
		key = key_of_column(x, l, column);
	else if (f)
		key = key_of_field(f);
	if (x->row->absolute)
		key.number = decimal_abs(key.number);
	return key;
}

/* Highest first unless ascending; labels from A to Z; what has no value last; equals keep the order of the file. */
static bool goes_before(const struct expansion *x, const struct sort_key *a, const struct sort_key *b)
{
	int order;

	if (a->present != b->present)
		return a->present;
	if (str_is(x->row->sort, "label"))
		return str_compare(a->text, b->text) < 0;
	order = decimal_cmp(a->number, b->number);
	return x->row->ascending ? order < 0 : order > 0;
}

struct sortable {
	struct sort_key key;
	struct line line;
};

/* Merges the sorted halves at[0, half) and at[half, count) by way of spare. */
static void merge_halves(const struct expansion *x, struct sortable *at, size_t half, size_t count, struct sortable *spare)
{
	size_t a = 0, b = half;

	for (size_t i = 0; i < count; i++) {
		bool second = a == half || (b < count && goes_before(x, &at[b].key, &at[a].key));

		spare[i] = at[second ? b++ : a++];
	}
	memcpy(at, spare, count * sizeof *at);
}

static void merge_sort(const struct expansion *x, struct sortable *at, size_t count, struct sortable *spare)
{
	if (count < 2)
		return;
	merge_sort(x, at, count / 2, spare);
	merge_sort(x, at + count / 2, count - count / 2, spare);
	merge_halves(x, at, count / 2, count, spare);
}

static void sort_lines(struct expansion *x)
{
	struct line *at = x->out->list.at + x->first;
	size_t count = x->out->list.count - x->first;
	struct sortable *sorted = ARENA_ARRAY(x->c->arena, struct sortable, 2 * count);

	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct sortable){ .key = key_of(x, &at[i]), .line = at[i] };
	merge_sort(x, sorted, count, sorted + count);
	for (size_t i = 0; i < count; i++)
		at[i] = sorted[i].line;
}

/* ---- grouping ---- */

static const struct facts_field *group_field(const struct expansion *x, const struct line *l)
{
	return l->context.item ? facts_field(l->context.item, x->row->group_by) : NULL;
}

static int64_t group_order(const struct facts_field *f)
{
	if (f == NULL || !f->present)
		return INT64_MAX;
	return f->def->type == FIELD_REF && f->ref ? (int64_t)f->ref->index : f->number.coef;
}

static void add_group(struct expansion *x, const struct line *member, const struct facts_field *f)
{
	struct line *group = add_line(x);

	group->kind = LINE_GROUP;
	if (f && f->def->type == FIELD_REF && f->ref) {
		group->context.item = f->ref;
		group->group_label = f->ref->label;
	} else if (f) {
		group->group_label = choice_label(x->c, member->context.item, f);
	}
}

/* Puts the lines in the order of their groups, each behind its group's head. */
static void group_lines(struct expansion *x)
{
	size_t count = x->out->list.count - x->first;
	struct line *members = arena_copy(x->c->arena, x->out->list.at + x->first, count * sizeof *members);
	bool *placed = ARENA_ARRAY(x->c->arena, bool, count);

	x->out->list.count = x->first;
	for (size_t done = 0; done < count;) {
		int64_t least = INT64_MAX;
		bool head = false;

		for (size_t i = 0; i < count; i++)
			if (!placed[i] && group_order(group_field(x, &members[i])) < least)
				least = group_order(group_field(x, &members[i]));
		for (size_t i = 0; i < count; i++) {
			const struct facts_field *f = group_field(x, &members[i]);

			if (placed[i] || group_order(f) != least)
				continue;
			if (!head)
				add_group(x, &members[i], f);
			head = true;
			members[i].group_label = x->out->list.at[x->out->list.count - 1].group_label;
			vec_push(x->c->arena, &x->out->list, members[i]);
			placed[i] = true;
			done++;
		}
	}
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
	expand_row(x);
	if (x->row->sort.len)
		sort_lines(x);
	if (x->row->top > 0 && x->out->list.count - x->first > (size_t)x->row->top)
		x->out->list.count = x->first + (size_t)x->row->top;
	if (x->row->group_by.len)
		group_lines(x);
	number_lines(x);
}

struct lines lines_of(struct composer *c, const struct layout_row *rows, size_t count, const struct layout_column *columns,
	size_t column_count)
{
	struct lines lines = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct expansion x = { .c = c, .row = &rows[i], .columns = columns, .column_count = column_count, .out = &lines };

		lines_of_row(&x);
	}
	return lines;
}
