/* The library: doc to pages that keep the contract of one-page sections. What the layout marks
 * optional goes, last first, as long as its section is too full; each time the document is composed
 * anew, so that numbers and references stay right. */
#include "entente_int.h"

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

/* Takes one slot out of a section that is too full; false when there is none to take. */
static bool drop_one(struct job *job, const struct diag *found)
{
	const struct layout *l = job->dressed->layout;
	struct entente *e = job->session;

	for (size_t i = 0; i < l->sections.count; i++) {
		const struct layout_section *s = l->sections.at[i];
		const struct layout_slot *slot = is_overfull(found, s)
			? last_optional(job, s->slots.at, s->slots.count)
			: NULL;

		if (slot == NULL)
			continue;
		vec_push(&e->unit, &job->dropped, slot->id);
		diag_add(&e->diag, DIAG_SLOT_DROPPED, slot->pos,
			"section '" STR_FMT "' is too full for one page; leaving out slot '" STR_FMT
			"', which is optional",
			STR_ARG(s->id), STR_ARG(slot->id));
		return true;
	}
	return false;
}

static void flow(struct job *job, struct diag *found)
{
	struct entente *e = job->session;

	diag_init(found, &e->unit);
	job->pages =
		flow_doc(&e->unit, &e->scratch, job->doc, e->fonts, job->dressed->faces, found);
	arena_reset(&e->scratch);
}

void flow_to_fit(struct job *job)
{
	struct entente *e = job->session;
	struct diag found;

	flow(job, &found);
	while (drop_one(job, &found)) {
		compose(job);
		if (e->diag.errors)
			return;
		flow(job, &found);
	}
	diag_add_all(&e->diag, &found);
}
