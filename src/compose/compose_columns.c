/* compose: columns of a layout to columns of a table or series of a chart. */
#include "compose/compose_int.h"

enum { COLUMNS_MOST = 255 }; /* of a table, series of a chart, runs repeated */

static struct column *add_column(
	struct composer *c, struct columns *out, const struct layout_column *layout)
{
	struct column *column = vec_add(c->arena, &out->list);

	column->layout = layout;
	column->query = layout->query;
	return column;
}

/* The columns of a run once, for a record, a side, or (both NULL) as they are. */
static void add_run(struct composer *c, const struct layout_column *columns, size_t count,
	const struct facts_record *item, const struct facts_side *side, uint32_t group,
	struct columns *out)
{
	if (out->list.count + count > COLUMNS_MOST) {
		diag_add(c->diag, DIAG_LIMIT, columns->pos, "more than %d columns or series",
			COLUMNS_MOST);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct column *column = add_column(c, out, &columns[i]);

		column->context.item = item;
		column->group =
			columns[i].group.word.len || columns[i].group.topic.len || item || side
			? group
			: 0;
		if (side == NULL)
			continue;
		column->context.side = side->id;
		if (column->query.side.len == 0)
			column->query.side = side->id;
	}
}

static void repeat_run(struct composer *c, const struct layout_exhibit *e, size_t first, size_t count,
	struct str each, uint32_t *groups, struct columns *out)
{
	const struct layout_column *columns = e->columns.at + first;
	const struct facts *f = c->in->facts;
	const struct facts_records *records = facts_records(f, each);

	if (str_is(each, "side"))
		for (size_t i = 0; i < f->side_count; i++)
			if (side_has_place(c, e->rows.at, e->rows.count, columns, count, &f->sides[i]))
				add_run(c, columns, count, NULL, &f->sides[i], ++*groups, out);
	for (size_t i = 0; records && i < records->list.count; i++)
		add_run(c, columns, count, records->list.at[i], NULL, ++*groups, out);
	if (records == NULL && !str_is(each, "side"))
		diag_add(c->diag, DIAG_REFERENCE_UNKNOWN, columns->pos,
			"no kind of record is called '" STR_FMT "'%s", STR_ARG(each),
			diag_nearest(c->diag, map_nearest(&f->kinds, each)));
}

static bool same_text(const struct layout_text *a, const struct layout_text *b)
{
	return str_equal(a->word, b->word) && str_equal(a->topic, b->topic);
}

static bool shares_group(const struct layout_column *a, const struct layout_column *b)
{
	return same_text(&a->group, &b->group) && a->run == b->run;
}

/* The parts of a stacked cell are in that one cell. */
static struct str repeated_each(const struct layout_column *column)
{
	if (column->run)
		return column->each;
	return column->graphic == GRAPHIC_STACKED ? (struct str){ 0 } : column->series_each;
}

struct columns columns_of(struct composer *c, const struct layout_exhibit *e)
{
	const struct layout_column *columns = e->columns.at;
	size_t count = e->columns.count;
	struct columns out = { 0 };
	uint32_t groups = 0;

	for (size_t i = 0; i < count;) {
		struct str each = repeated_each(&columns[i]);
		size_t end = i + 1;

		while (columns[i].run && end < count && columns[end].run == columns[i].run)
			end++;
		if (each.len) {
			repeat_run(c, e, i, end - i, each, &groups, &out);
			i = end;
			continue;
		}
		if (i == 0 || !shares_group(&columns[i - 1], &columns[i]))
			groups++;
		add_run(c, columns + i, 1, NULL, NULL, groups, &out);
		i++;
	}
	return out;
}

struct query column_query(const struct line *l, const struct column *column)
{
	return cell_query(l, &column->query);
}

struct calc_context column_context(const struct line *l, const struct column *column)
{
	struct calc_context ctx = l->context;

	if (column->context.item)
		ctx.item = column->context.item;
	if (column->query.side.len)
		ctx.side = column->query.side;
	if (column->context.side.len)
		ctx.side = column->context.side;
	return ctx;
}

struct calc_context text_context(const struct line *l, const struct column *column)
{
	struct query q = column_query(l, column);
	struct calc_context ctx = column_context(l, column);

	if (q.side.len)
		ctx.side = q.side;
	if (q.metric.len && !str_is(q.metric, "."))
		ctx.metric = q.metric;
	return ctx;
}
