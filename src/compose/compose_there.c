/* compose: whether an exhibit has anything to show, before it has a number: some cell of a body row has a value. */
#include "compose/compose_int.h"

/* A cell that asks for a figure; fields of records and words stand without one. */
static bool asks_figure(const struct query *q, const struct calc_context *ctx)
{
	return (q->metric.len || ctx->metric.len) && q->field.len == 0;
}

static bool cell_there(struct composer *c, const struct line *line, const struct column *column)
{
	struct query q = column_query(line, column);
	struct calc_context ctx = column_context(line, column);

	return asks_figure(&q, &ctx) && has_answer(c, &q, &ctx);
}

static bool line_there(struct composer *c, const struct line *line, const struct columns *columns)
{
	for (size_t i = 0; i < columns->list.count; i++)
		if (cell_there(c, line, &columns->list.at[i]))
			return true;
	return false;
}

bool values_there(struct composer *c, const struct layout_exhibit *e)
{
	struct columns columns = columns_of(c, e);
	struct lines lines = lines_of(c, e->rows.at, e->rows.count, e->columns.at, e->columns.count);

	for (size_t i = 0; i < lines.list.count; i++)
		if (lines.list.at[i].kind == LINE_BODY && line_there(c, &lines.list.at[i], &columns))
			return true;
	return false;
}
