/* The library: doc to pages that keep the contract of one-page sections. One that is too full is set
 * smaller, as far as the layout lets it, and what the layout marks optional goes, last first; or the
 * other way round. When slots go the document is composed anew, so that numbers and references stay
 * right. What was set too small then grows back as far as it still fits. */
#include "doc/doc_shrink.h"
#include "entente_int.h"

/* A document on its way to pages that hold what they must. */
struct fit {
	struct job *job;
	const struct doc *composed; /* nothing in it is set smaller */
	struct diag found;          /* what the last flow said */
};

static bool is_overfull(const struct diag *found, const struct layout_section *s)
{
	for (size_t i = 0; i < found->messages.count; i++) {
		const struct diag_message *m = &found->messages.at[i];

		if (m->code == DIAG_PAGE_OVERFULL && m->pos.source == s->pos.source &&
			m->pos.offset == s->pos.offset)
			return true;
	}
	return false;
}

static bool is_shown(const struct job *job, const struct layout_slot *slot)
{
	bool shown = false;

	for (size_t i = 0; i < job->reasons.list.count; i++) {
		const struct compose_reason *r = &job->reasons.list.at[i];

		if (r->topic.len == 0 && str_equal(r->slot, slot->id))
			shown = str_starts(r->why_shown, "shown");
	}
	return shown;
}

static const struct layout_slot *last_optional(
	const struct job *job, const struct layout_slot *const *slots, size_t count)
{
	const struct layout_slot *found = NULL;

	for (size_t i = count; found == NULL && i-- > 0;) {
		found = last_optional(job, slots[i]->slots.at, slots[i]->slots.count);
		if (found == NULL && slots[i]->optional && is_shown(job, slots[i]))
			found = slots[i];
	}
	return found;
}

/* ---- what gave way ---- */

static struct yielding *yielding_of(struct job *job, const struct layout_section *s)
{
	struct yielding *y;

	for (size_t i = 0; i < job->yielding.count; i++)
		if (job->yielding.at[i].section == s)
			return &job->yielding.at[i];
	y = vec_add(&job->session->unit, &job->yielding);
	y->section = s;
	y->part = 100;
	return y;
}

static void drop(struct job *job, struct yielding *y, const struct layout_slot *slot)
{
	struct entente *e = job->session;

	vec_push(&e->unit, &job->dropped, slot->id);
	vec_push(&e->unit, &y->dropped, slot->id);
	diag_add(&e->diag, DIAG_SLOT_DROPPED, slot->pos,
		"section '" STR_FMT "' is too full for one page; leaving out slot '" STR_FMT
		"', which is optional",
		STR_ARG(y->section->id), STR_ARG(slot->id));
}

/* The next thing of a section, by the order its layout says; false when there is none. */
static bool give_one(struct job *job, const struct layout_section *s)
{
	struct yielding *y = yielding_of(job, s);
	const struct layout_slot *slot;
	bool shrinks = s->shrink_to && y->part > (uint32_t)s->shrink_to;

	if (!shrinks || s->drop_first) {
		slot = last_optional(job, s->slots.at, s->slots.count);
		if (slot) {
			drop(job, y, slot);
			return true;
		}
	}
	if (shrinks)
		y->part = (uint32_t)s->shrink_to;
	return shrinks;
}

static bool give_way(struct fit *fit)
{
	const struct layout *l = fit->job->dressed->layout;
	bool given = false;

	for (size_t i = 0; i < l->sections.count; i++)
		if (is_overfull(&fit->found, l->sections.at[i]))
			given |= give_one(fit->job, l->sections.at[i]);
	return given;
}

/* " after leaving out 'agenda' and setting it at 92 %" */
static struct str given_text(struct arena *a, const struct yielding *y)
{
	struct str text = { 0 };

	for (size_t i = 0; i < y->dropped.count; i++)
		text = str_printf(a, STR_FMT "%s'" STR_FMT "'", STR_ARG(text), i ? ", " : " after leaving out ",
			STR_ARG(y->dropped.at[i]));
	if (y->part < 100)
		text = str_printf(a, STR_FMT " %s setting it at %u %%", STR_ARG(text), text.len ? "and" : "after",
			(unsigned)y->part);
	return text;
}

/* ---- the document as it is set ---- */

static const struct doc_section *section_set(
	struct fit *fit, const struct doc_section *from, const struct yielding *y)
{
	struct arena *a = &fit->job->session->unit;
	struct doc_section *to;

	if (y->part == 100) {
		to = ARENA_NEW(a, struct doc_section);
		*to = *from;
	} else {
		to = doc_section_shrunk(a, fit->composed, from,
			doc_design_shrunk(a, fit->composed->design, 10 * y->part), 10 * y->part);
	}
	to->given = given_text(a, y);
	return to;
}

/* Of a section that goes on after a page break of its own there are several. */
static void set_section(struct fit *fit, struct doc *doc, const struct yielding *y)
{
	for (size_t i = 0; i < doc->sections.count; i++)
		if (str_equal(doc->sections.at[i]->id, y->section->id))
			doc->sections.at[i] = section_set(fit, doc->sections.at[i], y);
}

static void set_sections(struct fit *fit)
{
	struct job *job = fit->job;
	const struct doc *composed = fit->composed;
	struct arena *a = &job->session->unit;
	struct doc *doc;

	job->doc = composed;
	if (job->yielding.count == 0)
		return;
	doc = ARENA_NEW(a, struct doc);
	*doc = *composed;
	doc->sections.at = arena_copy(a, composed->sections.at, composed->sections.count * sizeof *composed->sections.at);
	for (size_t i = 0; i < job->yielding.count; i++)
		set_section(fit, doc, &job->yielding.at[i]);
	job->doc = doc;
}

static enum flow_tell what_to_tell(const struct entente_request *request)
{
	bool asked = request->stage == ENTENTE_EXPLAIN || request->stage == ENTENTE_EXPLAIN_PAGES;

	return request->overlay ? FLOW_TELL_DRAWN : asked ? FLOW_TELL_WHY : FLOW_TELL_NOTHING;
}

static void flow(struct fit *fit)
{
	struct job *job = fit->job;
	struct entente *e = job->session;

	set_sections(fit);
	diag_init(&fit->found, &e->unit);
	job->pages = flow_doc(&e->unit, &e->scratch, job->doc, e->fonts, job->dressed->faces,
		what_to_tell(job->request), &fit->found);
	arena_reset(&e->scratch);
}

/* ---- no smaller than needed ---- */

/* By halves between what fits and what may: so many flows at most as halving 30 per cent takes. */
static void grow_back(struct fit *fit, struct yielding *y)
{
	uint32_t fits = y->part, most = 100;

	while (fits < most) {
		y->part = (fits + most + 1) / 2;
		flow(fit);
		if (is_overfull(&fit->found, y->section))
			most = y->part - 1;
		else
			fits = y->part;
	}
	if (y->part != fits) {
		y->part = fits;
		flow(fit);
	}
}

static void grow_all_back(struct fit *fit)
{
	struct job *job = fit->job;

	for (size_t i = 0; i < job->yielding.count; i++)
		if (job->yielding.at[i].part < 100 && !is_overfull(&fit->found, job->yielding.at[i].section))
			grow_back(fit, &job->yielding.at[i]);
}

/* ---- telling ---- */

static void tell_shrunk(struct diag *d, const struct fit *fit, const struct yielding *y)
{
	if (y->part < 100 && !is_overfull(&fit->found, y->section))
		diag_add(d, DIAG_SECTION_SHRUNK, y->section->pos,
			"section '" STR_FMT "' is too full for one page; its type and space are set at %u %%",
			STR_ARG(y->section->id), (unsigned)y->part);
}

/* ---- tables that turn ---- */

static bool has_turned(const struct job *job, struct str slot)
{
	for (size_t i = 0; i < job->turned.count; i++)
		if (str_equal(job->turned.at[i].slot, slot))
			return true;
	return false;
}

static const struct page_wide *wide_table(const struct job *job, struct src_pos pos)
{
	for (size_t i = 0; i < job->pages->wide.count; i++)
		if (job->pages->wide.at[i].pos.source == pos.source && job->pages->wide.at[i].pos.offset == pos.offset)
			return &job->pages->wide.at[i];
	return NULL;
}

/* Those of a section that do not fit the width of its pages, and whose layout says what pages they turn onto. */
static bool turn_tables(struct job *job, const struct layout_section *s)
{
	size_t before = job->turned.count;

	for (size_t i = 0; i < s->slots.count; i++) {
		const struct layout_slot *slot = s->slots.at[i];
		const struct page_wide *wide = slot->exhibit.turn_to.len && !has_turned(job, slot->id)
			? wide_table(job, slot->exhibit.body_pos) : NULL;

		if (wide)
			vec_push(&job->session->unit, &job->turned, ((struct compose_turn){ slot->id, wide->need, wide->have }));
	}
	return job->turned.count > before;
}

static bool turn_all(struct job *job)
{
	const struct layout *l = job->dressed->layout;
	bool turned = false;

	for (size_t i = 0; i < l->sections.count; i++)
		turned |= turn_tables(job, l->sections.at[i]);
	return turned;
}

void flow_to_fit(struct job *job)
{
	struct entente *e = job->session;
	struct fit fit = { .job = job, .composed = job->doc };
	size_t composed_without = 0; /* so many slots */

	flow(&fit);
	if (turn_all(job)) {
		compose(job);
		fit.composed = job->doc;
		flow(&fit);
	}
	while (give_way(&fit)) {
		if (job->dropped.count > composed_without) {
			compose(job);
			fit.composed = job->doc;
			composed_without = job->dropped.count;
		}
		if (e->diag.errors)
			return;
		flow(&fit);
	}
	grow_all_back(&fit);
	for (size_t i = 0; i < job->yielding.count; i++)
		tell_shrunk(&e->diag, &fit, &job->yielding.at[i]);
	diag_add_all(&e->diag, &fit.found);
}
