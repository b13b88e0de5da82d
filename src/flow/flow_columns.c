/* Flow, doc to pages: a run of blocks in balanced columns: the least height in which all of it stands, or full columns where
 * it goes on over a page break. */
#include "flow/flow_int.h"

enum { BALANCE_STEP = MPT_PT }; /* columns are balanced to the point */

struct columns_plan {
	struct flow_fit *columns; /* count used */
	uint32_t count;
	uint8_t most;             /* that stand side by side */
	mpt width, pitch;         /* of a column; from one to the next */
};

static struct flow_run columns_run(const struct flow *f, const struct doc_columns *c)
{
	return (struct flow_run){ .blocks = c->blocks, .count = c->count, .step = flow_baseline_step(f) };
}

/* Fills the columns in a height; the last fit says whether it is enough. */
static struct flow_fit fill(struct flow *f, const struct doc_columns *c, struct columns_plan *plan,
	const struct flow_resume *from, struct flow_room room)
{
	struct flow_run run = columns_run(f, c);
	struct flow_fit fit = flow_none("no columns"), last = fit;
	mpt height = 0;

	room.width = plan->width;
	for (plan->count = 0; plan->count < plan->most; plan->count++) {
		fit = flow_run_measure(f, &run, from, room);
		if (fit.kind == FLOW_NONE)
			break;
		plan->columns[plan->count] = last = fit;
		height = fit.height > height ? fit.height : height;
		from = fit.next;
		if (fit.kind != FLOW_PART) {
			plan->count++;
			break;
		}
	}
	last.height = height;
	return last;
}

/* Fewer than asked for where they would be too narrow to read. */
static uint8_t columns_in(const struct doc_columns *c, mpt width, mpt gutter)
{
	mpt most = (width + gutter) / (FLOW_LEAST_WIDTH + gutter);

	if (most < 1)
		most = 1;
	return (uint8_t)(most < c->columns ? most : c->columns ? c->columns : 1);
}

static struct columns_plan *plan_columns(struct flow *f, const struct doc_columns *c, mpt width)
{
	struct columns_plan *plan = ARENA_NEW(f->scratch, struct columns_plan);
	mpt gutter = f->sheet.master->gutter;

	plan->most = columns_in(c, width, gutter);
	plan->columns = ARENA_ARRAY(f->scratch, struct flow_fit, plan->most);
	plan->pitch = mpt_scale(width + gutter, 1, plan->most);
	plan->width = plan->pitch - gutter;
	return plan;
}

static bool is_whole(const struct flow_fit *fit)
{
	return fit->kind == FLOW_FULL || fit->kind == FLOW_EMPTY;
}

/* The height of all of it in one column bounds the search; no try forces what would not stand by itself. */
static mpt balanced_height(struct flow *f, const struct doc_columns *c, struct columns_plan *plan,
	const struct flow_resume *from, struct flow_room room)
{
	struct flow_run run = columns_run(f, c);
	struct flow_room free = { plan->width, FLOW_UNBOUNDED, FLOW_UNBOUNDED, false };
	mpt whole = flow_run_measure(f, &run, from, free).height;
	mpt low = whole / plan->most / BALANCE_STEP, high = (whole < room.height ? whole : room.height) / BALANCE_STEP + 1;

	while (low < high) {
		mpt middle = (low + high) / 2;
		struct flow_room try = { room.width, middle * BALANCE_STEP, room.full, false };
		struct flow_fit fit = fill(f, c, plan, from, try);
		if (is_whole(&fit))
			high = middle;
		else
			low = middle + 1;
	}
	return low * BALANCE_STEP;
}

struct flow_fit flow_columns_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	const struct doc_columns *c = b->columns;
	struct columns_plan *plan = plan_columns(f, c, room.width);
	struct flow_fit fit = fill(f, c, plan, from, room);

	if (is_whole(&fit)) {
		struct flow_room least = room;
		least.height = balanced_height(f, c, plan, from, room);
		if (least.height > room.height)
			least.height = room.height;
		fit = fill(f, c, plan, from, least);
		if (!is_whole(&fit))
			fit = fill(f, c, plan, from, room);
	}
	if (fit.kind == FLOW_NONE)
		return fit;
	fit.plan = plan;
	return fit;
}

/* Columns of text that is read from the right begin there. */
static uint32_t place_of(const struct doc_columns *c, const struct columns_plan *plan, uint32_t column)
{
	return c->rtl ? plan->most - 1u - column : column;
}

void flow_columns_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct columns_plan *plan = fit->plan;
	struct flow_run run = columns_run(f, b->columns);

	for (uint32_t i = 0; i < plan->count; i++)
		flow_run_place(f, &run, &plan->columns[i], (struct rect){ r.x + (mpt)place_of(b->columns, plan, i) * plan->pitch, r.y,
			plan->width, plan->columns[i].height });
}

void flow_columns_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	for (uint32_t i = 0; i < b->columns->count; i++)
		flow_tag_block(f, b->columns->blocks[i], parent);
}
