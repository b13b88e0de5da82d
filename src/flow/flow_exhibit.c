/* Flow, doc to pages: exhibits. Title, unit, body, notes and source are one run of blocks: the source line stands at the foot
 * of a taller cell, and never alone on a page. After a page break the title's "continued" form stands for it, an artifact. */
#include "flow/flow_int.h"

struct exhibit_plan {
	struct flow_par *continued; /* NULL on the first part */
	mpt continued_height;
	struct flow_fit run;
};

/* ---- parts ---- */

static struct doc_block *paragraph_block(struct flow *f, const struct doc_paragraph *p, struct src_pos pos, bool foot)
{
	struct doc_block *b = ARENA_NEW(f->scratch, struct doc_block);

	b->kind = DOC_PARAGRAPH;
	b->pos = pos;
	b->foot = foot;
	b->paragraph = p;
	return b;
}

static const struct flow_run *exhibit_run(struct flow *f, const struct doc_block *b)
{
	const struct doc_exhibit *e = b->exhibit;
	const struct doc_block **blocks = ARENA_ARRAY(f->scratch, const struct doc_block *, e->note_count + 4);
	struct flow_run *run = ARENA_NEW(f->scratch, struct flow_run);
	uint32_t count = 0;

	if (e->title.run_count)
		blocks[count++] = paragraph_block(f, &e->title, b->pos, false);
	if (e->unit.run_count)
		blocks[count++] = paragraph_block(f, &e->unit, b->pos, false);
	blocks[count++] = e->body;
	for (uint32_t i = 0; i < e->note_count; i++)
		blocks[count++] = e->notes[i];
	if (e->source.run_count) {
		struct doc_block *source = paragraph_block(f, &e->source, b->pos, true);
		source->space_before = e->source_above;
		blocks[count++] = source;
	}
	*run = (struct flow_run){ .blocks = blocks, .count = count };
	return run;
}

static uint32_t body_index(const struct doc_exhibit *e)
{
	return (e->title.run_count ? 1u : 0u) + (e->unit.run_count ? 1u : 0u);
}

/* ---- measure ---- */

/* Body, notes and source fit but for the last of them: some of the body goes with them to the next page. */
static struct flow_fit with_body(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room room, struct flow_fit fit, uint32_t body)
{
	bool begun = !from || from->at <= body;

	while (begun && fit.kind == FLOW_PART && fit.next->at > body && room.height > MPT_PT) {
		struct flow_room less = room;
		struct flow_run upto = *run;
		upto.count = body + 1;
		less.height = flow_run_measure(f, &upto, from, room).height - 1;
		less.force = false;
		struct flow_fit shorter = flow_run_measure(f, run, from, less);
		if (shorter.kind == FLOW_NONE)
			return room.force ? fit : shorter;
		if (shorter.kind == FLOW_PART && shorter.next->at <= body)
			return shorter;
		room.height = less.height;
		fit = shorter;
	}
	return fit;
}

/* On an empty page: a chart that leaves no room for title, notes and source is made smaller, so that they stay with it. */
static mpt body_limit(struct flow *f, const struct doc_exhibit *e, const struct flow_run *run, struct flow_room room)
{
	struct flow_room free = { room.width, FLOW_UNBOUNDED, FLOW_UNBOUNDED, false };
	mpt whole, body, limit;

	if (!room.force || (e->body->kind != DOC_CHART && e->body->kind != DOC_IMAGE))
		return 0;
	whole = flow_run_measure(f, run, NULL, free).height;
	body = flow_natural(f, e->body, room.width).height;
	limit = room.height - (whole - body);
	return whole > room.height && limit > 0 ? limit : 0;
}

struct flow_fit flow_exhibit_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	const struct flow_run *run = flow_info(f, b)->run;
	struct exhibit_plan *plan = ARENA_NEW(f->scratch, struct exhibit_plan);

	if (from) {
		plan->continued = flow_par(f, &b->exhibit->continued);
		plan->continued_height = flow_par_height(f, plan->continued, room.width);
		if (plan->continued_height > room.height / 4) {
			plan->continued = NULL;
			plan->continued_height = 0;
		}
		room.height -= plan->continued_height;
	}
	f->limit = from ? 0 : body_limit(f, b->exhibit, run, room);
	struct flow_fit fit = flow_run_measure(f, run, from, room);
	plan->run = with_body(f, run, from, room, fit, body_index(b->exhibit));
	f->limit = 0;
	fit = plan->run;
	fit.plan = plan;
	fit.height = flow_sum(fit.height, plan->continued_height);
	return fit;
}

/* ---- place ---- */

void flow_exhibit_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct exhibit_plan *plan = fit->plan;

	flow_par_put(f, plan->continued, r.x, r.y, r.width, PAGE_ARTIFACT_REPEAT);
	r.y += plan->continued_height;
	r.height -= plan->continued_height;
	flow_run_place(f, flow_info(f, b)->run, &plan->run, r);
}

/* ---- tags: a section under its finding, as those who hear the page jump from heading to heading ---- */

void flow_exhibit_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	const struct doc_exhibit *e = b->exhibit;
	const struct flow_run *run = exhibit_run(f, b);
	int32_t sect = flow_tag_add(f, TAG_SECT, parent, b->pos);

	flow_info(f, b)->run = run;
	for (uint32_t i = 0; i < run->count; i++)
		flow_tag_block(f, run->blocks[i], sect);
	if (e->continued.run_count) {
		struct flow_par *p = ARENA_NEW(f->scratch, struct flow_par);
		*p = (struct flow_par){ .par = &e->continued, .tag = PAGE_ARTIFACT_REPEAT, .align = e->continued.style->align };
		flow_map_add(f->scratch, &f->pars, &e->continued, p);
	}
}
