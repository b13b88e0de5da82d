/* Flow, doc to pages: blocks below each other. Sections, stacks, list items, exhibits and columns are all runs of blocks; the
 * rules for keeps and for the space between blocks are here alone. */
#include "flow/flow_int.h"

struct part {
	uint32_t index;      /* of the block */
	mpt y;               /* of its top, from the run's */
	struct flow_fit fit;
};
struct run_plan {
	VEC(struct part) parts;
	bool keep_broken;    /* no break here without breaking a keep */
};

/* ---- space between blocks ---- */

/* The paragraph at the edge of a block, or NULL: what is set there says how far from its neighbour it stands. */
static const struct doc_paragraph *edge(const struct doc_block *b, bool last)
{
	while (b->kind == DOC_STACK && !b->frame && b->stack->count)
		b = b->stack->blocks[last ? b->stack->count - 1 : 0];
	return b->kind == DOC_PARAGRAPH && !b->frame ? b->paragraph : NULL;
}

/* A block's own space replaces the gap; so does what styles say between paragraphs and under one that keeps with what follows. */
mpt flow_run_space(const struct flow_run *run, uint32_t at)
{
	const struct doc_block *b = run->blocks[at];
	const struct doc_paragraph *above = edge(run->blocks[at - 1], true), *below = edge(b, false);
	mpt own = (above ? above->style->space_after : 0) + (below ? below->style->space_before : 0);

	bool close = above && (below || doc_role_keeps(above->style->role));
	if (b->space_before)
		return b->space_before + own;
	if (close && own)
		return own;
	return own > run->gap ? own : run->gap;
}

static bool is_text(const struct doc_block *b)
{
	bool drawn = b->frame && (b->frame->fill < DOC_COLOUR_COUNT || b->frame->top_width);

	return !drawn && (b->kind == DOC_PARAGRAPH || b->kind == DOC_LIST || b->kind == DOC_STACK);
}

/* The top of a block behind another that ends at y. On a grid of baselines a small space between texts gives way: rounded up it would
 * part them by a whole line. So does half a step over a whole one. */
static mpt top_behind(const struct flow *f, const struct flow_run *run, mpt y, uint32_t at)
{
	mpt space = flow_run_space(run, at), top = flow_sum(y, space);
	mpt over = run->step > 0 ? (run->origin + top) % run->step : 0;
	bool gives = flow_baseline_step(f) && over <= space && (2 * over < run->step || (2 * over == run->step && space > run->step));

	if (!over || (gives && is_text(run->blocks[at - 1]) && is_text(run->blocks[at])))
		return top - over;
	return top + run->step - over;
}

/* ---- measure ---- */

static struct flow_fit run_part(struct flow *f, const struct run_plan *plan, uint32_t at, const struct flow_resume *inner,
	mpt height)
{
	struct flow_resume *next = ARENA_NEW(f->scratch, struct flow_resume);

	next->at = at;
	next->inner = inner;
	return (struct flow_fit){ .kind = FLOW_PART, .height = height, .next = next, .plan = plan };
}

static mpt end_of(const struct run_plan *plan, size_t count)
{
	const struct part *last = count ? &plan->parts.at[count - 1] : NULL;

	return last ? flow_sum(last->y, last->fit.height) : 0;
}

static bool keeps_below(struct flow *f, const struct flow_run *run, uint32_t at)
{
	return at + 1 < run->count && flow_holds(f, flow_keep_between(run->blocks[at], run->blocks[at + 1]));
}

/* Block at did not fit: break before it, and before those above that keep with it. */
static struct flow_fit break_before(struct flow *f, const struct flow_run *run, struct run_plan *plan, uint32_t at,
	bool force, const char *why)
{
	size_t count = plan->parts.count;

	while (count && keeps_below(f, run, plan->parts.at[count - 1].index))
		count--;
	if (!count && (!force || !plan->parts.count))
		return flow_none(why);
	if (count) {
		plan->parts.count = count;
		at = plan->parts.at[count - 1].index + 1;
	} else {
		plan->keep_broken = true;
	}
	struct flow_fit fit = run_part(f, plan, at, NULL, end_of(plan, plan->parts.count));
	fit.why = why;
	return fit;
}

static bool all_keep(struct flow *f, const struct flow_run *run, const struct run_plan *plan)
{
	for (size_t i = 0; i < plan->parts.count; i++)
		if (!keeps_below(f, run, plan->parts.at[i].index))
			return false;
	return true;
}

/* A chart that must be made smaller anyway stays with the headings above it. */
static bool shrinks(struct flow *f, const struct doc_block *b, struct flow_room room)
{
	const struct doc_block *body = b->kind == DOC_EXHIBIT ? b->exhibit->body : b;

	return (body->kind == DOC_CHART || body->kind == DOC_IMAGE) && flow_natural(f, b, room.width).height > room.full;
}

struct flow_fit flow_run_measure(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room room)
{
	struct run_plan *plan = ARENA_NEW(f->scratch, struct run_plan);
	const struct flow_resume *inner = from ? from->inner : NULL;
	mpt y = 0;

	for (uint32_t i = from ? from->at : 0; i < run->count; i++, inner = NULL) {
		mpt top = plan->parts.count ? top_behind(f, run, y, i) : 0;
		struct flow_room rest = { room.width, room.height - top, room.full, room.force && !plan->parts.count };
		struct flow_fit fit = flow_measure(f, run->blocks[i], inner, rest);

		if (fit.kind == FLOW_NONE && room.force && shrinks(f, run->blocks[i], room) && all_keep(f, run, plan)) {
			rest.force = true;
			fit = flow_measure(f, run->blocks[i], inner, rest);
		}
		if (fit.kind == FLOW_NONE)
			return break_before(f, run, plan, i, room.force, fit.why);
		vec_push(f->scratch, &plan->parts, ((struct part){ i, top, fit }));
		y = flow_sum(top, fit.height);
		if (fit.kind == FLOW_PART)
			return run_part(f, plan, i, fit.next, y);
	}
	return (struct flow_fit){ .kind = y ? FLOW_FULL : FLOW_EMPTY, .height = y, .plan = plan };
}

/* ---- place ---- */

bool flow_run_stretches(const struct flow_run *run)
{
	for (uint32_t i = 0; i < run->count; i++)
		if (run->blocks[i]->foot)
			return true;
	return run->count && flow_stretches(run->blocks[run->count - 1]);
}

/* The part from which on the run is pushed to the foot; count when none is. */
static size_t foot_part(const struct flow_run *run, const struct run_plan *plan)
{
	size_t i = 0;

	while (i < plan->parts.count && !run->blocks[plan->parts.at[i].index]->foot)
		i++;
	return i;
}

/* Once of blocks that keep together over several pages. */
static void report_keep(struct flow *f, const struct flow_run *run, const struct run_plan *plan)
{
	uint32_t first = plan->parts.at[0].index;
	const struct doc_block *b = run->blocks[plan->parts.at[plan->parts.count - 1].index];
	bool said = first && flow_keep_between(run->blocks[first - 1], run->blocks[first]) == FLOW_KEEP_FIRM;

	if (plan->keep_broken && !said && !f->dry)
		diag_add(&f->found, DIAG_KEEP_BROKEN, b->pos,
			"%s cannot stay with what follows it: together they are taller than a page; broken between them",
			flow_name(f, b));
}

void flow_run_place(struct flow *f, const struct flow_run *run, const struct flow_fit *fit, struct rect r)
{
	const struct run_plan *plan = fit->plan;
	size_t count = plan->parts.count, foot = foot_part(run, plan);
	mpt spare = fit->kind == FLOW_FULL ? r.height - end_of(plan, count) : 0;

	if (!count)
		return;
	report_keep(f, run, plan);
	for (size_t i = 0; i < count; i++) {
		const struct part *part = &plan->parts.at[i];
		const struct doc_block *b = run->blocks[part->index];
		struct rect at = { r.x, r.y + part->y, r.width, part->fit.height };

		if (spare > 0 && i >= foot)
			at.y += spare;
		else if (spare > 0 && foot == count && i + 1 == count && flow_stretches(b))
			at.height += spare;
		flow_place(f, b, &part->fit, at);
	}
}

/* ---- a stack as a block ---- */

/* On a grid of baselines what stands in a block that starts on it does, too. */
static struct flow_run run_of(const struct flow *f, const struct doc_block *b)
{
	return (struct flow_run){ .blocks = b->stack->blocks, .count = b->stack->count, .step = flow_baseline_step(f),
		.origin = b->frame ? b->frame->pad_top : 0 };
}

struct flow_fit flow_stack_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	struct flow_run run = run_of(f, b);

	return flow_run_measure(f, &run, from, room);
}

void flow_stack_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	struct flow_run run = run_of(f, b);

	flow_run_place(f, &run, fit, r);
}

/* A stack under a heading is a section of its own to those who hear the page. */
void flow_stack_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	const struct doc_paragraph *head = b->stack->count ? edge(b->stack->blocks[0], false) : NULL;

	if (b->group == STACK_QUOTE || b->group == STACK_PART)
		parent = flow_tag_add(f, b->group == STACK_QUOTE ? TAG_BLOCKQUOTE : TAG_DIV, parent, b->pos);
	else if (head && head->level > 1 && b->stack->count > 1 && !head->running)
		parent = flow_tag_add(f, TAG_SECT, parent, b->pos);
	for (uint32_t i = 0; i < b->stack->count; i++)
		flow_tag_block(f, b->stack->blocks[i], parent);
}
