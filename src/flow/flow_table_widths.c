/* Flow, doc to pages: column widths. Fixed columns have theirs; content columns stand between the widest unbreakable piece and
 * the widest cell on one line; shares divide what is left. Every cell is looked at once: linear in the table. */
#include "flow/flow_int.h"

struct want {
	mpt least, most; /* of the column's content, pads included */
};

static mpt cell_pads(const struct flow_table *t, const struct flow_cell *c)
{
	return t->table->columns[c->column].pad_left + t->table->columns[c->column + c->span - 1].pad_right + flow_cell_doc(c)->indent;
}

static struct want want_of(const struct flow_table *t, const struct flow_cell *c)
{
	mpt pads = cell_pads(t, c) + flow_cell_hang(t, c);

	if (!flow_cell_doc(c)->text.run_count)
		return (struct want){ pads, pads };
	return (struct want){ flow_sum(c->least, pads), flow_sum(c->natural, pads) };
}

static void widen(struct want *w, struct want by)
{
	w->least = by.least > w->least ? by.least : w->least;
	w->most = by.most > w->most ? by.most : w->most;
}

static bool is_fixed(const struct flow_table *t, uint16_t column)
{
	return t->table->columns[column].width_kind == WIDTH_FIXED;
}

/* A cell over several columns widens those that are not fixed, evenly. */
static void widen_span(const struct flow_table *t, const struct flow_cell *c, struct want by, struct want *wants)
{
	struct want sum = { 0, 0 };
	mpt loose = 0;

	for (uint16_t k = c->column; k < c->column + c->span; k++) {
		sum.least = flow_sum(sum.least, wants[k].least);
		sum.most = flow_sum(sum.most, wants[k].most);
		loose += !is_fixed(t, k);
	}
	for (uint16_t k = c->column; loose && k < c->column + c->span; k++) {
		if (is_fixed(t, k))
			continue;
		wants[k].least += by.least > sum.least ? (by.least - sum.least) / loose : 0;
		wants[k].most += by.most > sum.most ? (by.most - sum.most) / loose : 0;
	}
}

static void collect(const struct flow_table *t, bool spans, struct want *wants)
{
	uint32_t count = t->first[t->table->row_count];

	for (uint32_t i = 0; i < count; i++) {
		const struct flow_cell *c = &t->cells[i];
		if ((c->span > 1) != spans || (!spans && is_fixed(t, c->column)))
			continue;
		if (spans)
			widen_span(t, c, want_of(t, c), wants);
		else
			widen(&wants[c->column], want_of(t, c));
	}
}

static void fix(const struct flow_table *t, struct want *wants)
{
	for (uint16_t k = 0; k < t->table->column_count; k++)
		if (is_fixed(t, k))
			wants[k].least = wants[k].most = t->table->columns[k].width;
}

struct sums {
	mpt least, most; /* of all columns; a share's most is its least here */
	mpt spread;      /* of content columns: most - least */
	int64_t shares;  /* weights */
};

static struct sums sum_up(const struct flow_table *t, const struct want *wants)
{
	struct sums s = { 0, 0, 0, 0 };

	for (uint16_t k = 0; k < t->table->column_count; k++) {
		const struct doc_column *c = &t->table->columns[k];
		bool share = c->width_kind == WIDTH_SHARE;
		s.least = flow_sum(s.least, wants[k].least);
		s.most = flow_sum(s.most, share ? wants[k].least : wants[k].most);
		s.spread = flow_sum(s.spread, share ? 0 : wants[k].most - wants[k].least);
		s.shares += share ? c->width : 0;
	}
	return s;
}

/* Too narrow for the widest pieces: columns that need no more than an even part keep theirs, the others divide the rest evenly;
 * one long word does not starve its neighbours, and text breaks at clusters. */
static void shrink(const struct flow_table *t, const struct want *wants, mpt width, mpt *widths)
{
	mpt rest = width, columns = t->table->column_count, even = 0;

	for (bool again = true; again;) {
		again = false;
		even = columns > 0 ? rest / columns : 0;
		for (uint16_t k = 0; k < t->table->column_count; k++) {
			if (widths[k] || wants[k].least > even)
				continue;
			widths[k] = wants[k].least > 0 ? wants[k].least : 1;
			rest -= widths[k];
			columns--;
			again = true;
		}
	}
	for (uint16_t k = 0; k < t->table->column_count; k++)
		if (!widths[k])
			widths[k] = even;
}

/* Whether a column that is as wide as its content asks got less than its widest piece. */
static bool starves(const struct flow_table *t, const struct want *wants, const mpt *widths)
{
	for (uint16_t k = 0; k < t->table->column_count; k++)
		if (!is_fixed(t, k) && widths[k] < wants[k].least)
			return true;
	return false;
}

/* Shares divide the rest by weight, but none gets less than its content needs: those that would are set aside until none is. */
static void divide(const struct flow_table *t, const struct want *wants, mpt rest, mpt *widths)
{
	int64_t weights = 0;
	bool again = true;

	for (uint16_t k = 0; k < t->table->column_count; k++) {
		weights += t->table->columns[k].width_kind == WIDTH_SHARE ? t->table->columns[k].width : 0;
		rest -= t->table->columns[k].width_kind == WIDTH_SHARE ? 0 : widths[k];
	}
	while (again) {
		again = false;
		for (uint16_t k = 0; k < t->table->column_count; k++) {
			const struct doc_column *c = &t->table->columns[k];
			if (c->width_kind != WIDTH_SHARE || widths[k])
				continue;
			if (mpt_scale(rest, c->width, weights > 0 ? weights : 1) >= wants[k].least && weights > 0)
				continue;
			widths[k] = wants[k].least > 0 ? wants[k].least : 1;
			rest -= widths[k];
			weights -= c->width;
			again = true;
		}
	}
	for (uint16_t k = 0; k < t->table->column_count; k++)
		if (t->table->columns[k].width_kind == WIDTH_SHARE && !widths[k])
			widths[k] = mpt_scale(rest, t->table->columns[k].width, weights);
}

/* Content columns as wide as they want if that fits, else in proportion to what they lack. */
static void set_contents(const struct flow_table *t, const struct want *wants, const struct sums *s, mpt width, mpt *widths)
{
	mpt give = s->most <= width ? s->spread : width - s->least;

	for (uint16_t k = 0; k < t->table->column_count; k++)
		if (t->table->columns[k].width_kind != WIDTH_SHARE)
			widths[k] = wants[k].least + (s->spread > 0
				? mpt_scale(wants[k].most - wants[k].least, give, s->spread) : 0);
}

/* No shares and room to spare: content columns take it in proportion to their width. */
static void spread_rest(const struct flow_table *t, const struct want *wants, mpt rest, mpt *widths)
{
	int64_t sum = 0;

	for (uint16_t k = 0; k < t->table->column_count; k++)
		sum += is_fixed(t, k) ? 0 : wants[k].most;
	for (uint16_t k = 0; k < t->table->column_count && sum > 0; k++)
		if (!is_fixed(t, k))
			widths[k] += mpt_scale(rest, wants[k].most, sum);
}

void flow_table_widths(struct flow *f, struct flow_table *t, struct flow_grid *g)
{
	uint16_t columns = t->table->column_count;
	struct want *wants = ARENA_ARRAY(f->scratch, struct want, columns + 1u);
	mpt *widths = ARENA_ARRAY(f->scratch, mpt, columns + 1u);

	for (uint32_t i = 0; i < t->first[t->table->row_count]; i++)
		flow_cell_set(f, t, &t->cells[i]);
	fix(t, wants);
	collect(t, false, wants);
	collect(t, true, wants);
	struct sums s = sum_up(t, wants);
	if (s.least > g->width) {
		shrink(t, wants, g->width, widths);
		g->wants = s.least;
		g->least = starves(t, wants, widths) ? s.least : 0;
	} else {
		set_contents(t, wants, &s, g->width, widths);
		if (s.shares > 0)
			divide(t, wants, g->width, widths);
		else if (s.most < g->width)
			spread_rest(t, wants, g->width - s.most, widths);
	}
	for (uint16_t k = 0; k < columns; k++)
		g->x[k + 1] = g->x[k] + widths[k];
	if (g->x[columns] > g->width)
		g->x[columns] = g->width;
}
