/* Flow, doc to pages: which master a page has, pages left blank so that a section begins on the right side, and what stands across
 * every page behind its content. */
#include "flow/flow_int.h"

static const struct doc_section *section_of(const struct flow *f)
{
	return f->s.doc->sections.at[f->section];
}

static uint32_t next_number(const struct flow *f)
{
	return (uint32_t)f->pages->pages.count + 1;
}

const struct doc_master *flow_master_by_side(const struct flow *f)
{
	const struct doc_section *s = section_of(f);
	const struct doc_master *side = next_number(f) % 2 ? s->odd : s->even;

	return side ? side : s->rest;
}

const struct doc_master *flow_next_master(struct flow *f, const struct flow_run *run, const struct flow_resume *from)
{
	const struct doc_master *last = section_of(f)->last, *regular = flow_master_by_side(f);

	if (!last)
		return regular;
	struct flow_room room = { .width = last->width - last->left - last->right,
		.height = last->height - last->bottom - last->top - flow_notes_waiting(f) };
	room.full = room.height;
	struct flow_fit fit = flow_run_measure(f, run, from, room);
	return fit.kind == FLOW_FULL && fit.height <= room.height ? last : regular;
}

bool flow_starts_across(const struct flow *f)
{
	uint8_t starts = section_of(f)->starts;

	return starts && (next_number(f) % 2 == 1) != (starts == SIDE_ODD);
}

/* Centred on the page, so far down in thousandths of what it leaves free, as an artifact. */
static void put_centred(struct flow *f, const struct doc_paragraph *text, int32_t as, int64_t down)
{
	struct flow_par *p = ARENA_NEW(f->scratch, struct flow_par);
	const struct doc_master *m = f->sheet.master;
	mpt width = m->width - m->left - m->right;

	*p = (struct flow_par){ .par = text, .tag = as, .align = DOC_CENTRE };
	flow_par_put(f, p, m->left, mpt_scale(m->height - flow_par_height(f, p, width), down, 1000), width, as);
}

void flow_blank_text(struct flow *f, const struct doc_paragraph *text)
{
	if (text && text->run_count)
		put_centred(f, text, PAGE_ARTIFACT, 333);
}

void flow_stamp(struct flow *f)
{
	if (f->s.doc->furniture.stamp.run_count)
		put_centred(f, &f->s.doc->furniture.stamp, PAGE_ARTIFACT_BACKGROUND, 500);
}
