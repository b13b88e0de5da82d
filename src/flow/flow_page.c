/* Flow, doc to pages: the page loop. A section is a run of blocks; each page takes what fits of it together with the notes
 * it calls, and at least one thing, so that no input can loop. */
#include "flow/flow_int.h"

enum { PAGES_OPEN = 32 }; /* pages that stay as items; those behind them are packed */
enum { NOTE_LEAST = 3, NOTE_WASTE = 6 }; /* lines of a note that begin on a page; the part of a page that is worth it */

static const struct doc_section *section_of(const struct flow *f)
{
	return f->s.doc->sections.at[f->section];
}

/* ---- pages ---- */

static void draw_paper(struct flow *f)
{
	const uint32_t white = 0xFFFFFF;

	if (f->s.doc->design->palette[COLOUR_PAPER] != white)
		flow_rect(f, COLOUR_PAPER, PAGE_ARTIFACT_BACKGROUND,
			(struct rect){ 0, 0, f->page->width, f->page->height }, (struct src_pos){ 0 });
}

/* Most papers are short: their pages stay as they are made. */
void flow_page_open(struct flow *f, uint32_t page)
{
	f->page = &f->pages->pages.at[page];
	f->s.items = page < PAGES_OPEN ? f->s.arena : &f->full;
}

void flow_page_close(struct flow *f, uint32_t page)
{
	if (page < PAGES_OPEN)
		return;
	for (size_t i = 0; i < f->page->items.count; i++) {
		const struct page_item *item = &f->page->items.at[i];
		if (item->kind == PAGE_TEXT && item->text.figure >= 0 && f->figure_pages[item->text.figure] > page)
			f->figure_pages[item->text.figure] = page;
	}
	if (!f->pages->packer)
		f->pages->packer = page_packer_new(f->s.arena);
	page_pack(f->pages->packer, f->page);
	arena_reset(&f->full);
}

static void page_end(struct flow *f)
{
	if (!f->page)
		return;
	f->page->free = f->sheet.bottom - f->sheet.y;
	flow_notes_place(f);
	flow_overlay(f);
	flow_page_close(f, (uint32_t)f->pages->pages.count - 1);
	f->page = NULL;
}

static void page_begin(struct flow *f, const struct doc_master *master)
{
	struct pages *p = f->pages;

	page_end(f);
	if (p->pages.count >= LIMIT_PAGES) {
		diag_add(&f->found, DIAG_LIMIT, section_of(f)->pos, "more than %d pages", LIMIT_PAGES);
		f->stop = true;
		return;
	}
	vec_add(f->s.arena, &p->pages);
	flow_page_open(f, (uint32_t)p->pages.count - 1);
	f->page->width = master->width;
	f->page->height = master->height;
	f->page->section = section_of(f)->id;
	f->page->label = str_printf(f->s.arena, "%u", (unsigned)p->pages.count);
	f->sheet.master = master;
	f->sheet.top = f->sheet.y = master->top;
	f->sheet.bottom = master->height - master->bottom;
	f->sheet.used = false;
	vec_push(f->scratch, &f->states, ((struct flow_page_state){ master, f->section, false }));
	draw_paper(f);
	flow_stamp(f);
	flow_tell_page(f);
	flow_underlay(f);
}

/* ---- a page's content ---- */

static struct flow_run section_run(const struct flow *f)
{
	const struct doc_section *s = section_of(f);

	return (struct flow_run){ .blocks = s->blocks, .count = s->count, .gap = (s->gap ? s->gap : f->sheet.master->gap) + f->air,
		.step = f->sheet.master->step, .origin = f->sheet.y - f->sheet.top };
}

static mpt content_height(const struct doc_master *m)
{
	return m->height - m->bottom - m->top;
}

static struct rect free_rect(const struct flow *f, mpt height)
{
	const struct doc_master *m = f->sheet.master;

	return (struct rect){ m->left, f->sheet.y, m->width - m->left - m->right, height };
}

/* What is left of the page, its notes included. */
static struct flow_room page_room(const struct flow *f)
{
	return (struct flow_room){ free_rect(f, 0).width, f->sheet.bottom - f->sheet.y, content_height(section_of(f)->rest), !f->sheet.used };
}

static struct flow_noted noted(const struct flow *f, const struct flow_run *run, const struct flow_resume *from)
{
	struct flow_room room = page_room(f);

	return (struct flow_noted){ .run = run, .from = from, .most = room.height, .room = room };
}

static mpt notes_of(struct flow *f, const struct flow_run *run, const struct flow_fit *fit)
{
	struct flow_noted n = noted(f, run, NULL);

	return flow_notes_look(f, &n, fit);
}

static mpt left_free(const struct flow *f, const struct flow_fit *fit, mpt notes)
{
	return f->sheet.bottom - f->sheet.y - fit->height - notes;
}

/* Where a page would stay rather empty because a note it calls must stand on it as a whole, the note begins on it and goes on at the
 * foot of the next one. */
static struct flow_fit with_split_notes(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room room, struct flow_fit fit)
{
	const struct doc_style *note = f->s.doc->design->by_role[ROLE_NOTE];
	mpt below = notes_of(f, run, &fit), free = left_free(f, &fit, below);

	if (fit.kind != FLOW_PART || section_of(f)->fit == FIT_ONE_PAGE || free < content_height(f->sheet.master) / NOTE_WASTE)
		return fit;
	room.height = f->sheet.bottom - f->sheet.y - note->space_before - NOTE_LEAST * note->leading;
	struct flow_fit more = flow_run_measure(f, run, from, room);
	if (more.kind == FLOW_PART && more.height > fit.height)
		fit = more;
	notes_of(f, run, &fit);
	return fit;
}

/* In at most so much height as the break allows, if one is given. */
static struct flow_fit page_fit(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	const struct flow_break *chosen)
{
	struct flow_noted n = noted(f, run, from);

	f->calls.count = 0;
	mpt before = flow_notes_height(f);
	if (chosen) {
		n.most = chosen->height;
		n.room.force = chosen->force;
	}
	struct flow_fit fit = flow_notes_fit(f, &n);
	if (chosen || fit.kind != FLOW_PART || (n.notes <= before && !n.pressed))
		return fit;
	return with_split_notes(f, run, from, n.room, fit);
}

/* ---- one page is a contract ---- */

static void report_overfull(struct flow *f, const struct flow_run *run)
{
	const struct doc_section *s = section_of(f);
	struct flow_room room = { free_rect(f, 0).width, FLOW_UNBOUNDED, FLOW_UNBOUNDED, false };
	struct flow_fit whole = flow_run_measure(f, run, NULL, room);
	mpt notes = notes_of(f, run, &whole), need = flow_sum(whole.height, notes);

	f->calls.count = 0;
	diag_add(&f->found, DIAG_PAGE_OVERFULL, s->pos,
		"section '" STR_FMT "' must fit one page: it needs %s mm and has %s mm" STR_FMT
		"; say less, let it shrink (shrink-to), mark slots optional or give it more pages",
		STR_ARG(s->id), flow_mm(f, need), flow_mm(f, f->sheet.bottom - f->sheet.y), STR_ARG(s->given));
}

/* Charts give from their ideal to their least height, as little as needed. */
static void squeeze_charts(struct flow *f, const struct flow_run *run)
{
	mpt low = 0, high = 1000;

	while (low < high) {
		f->squeeze = (low + high) / 2;
		f->version++;
		if (page_fit(f, run, NULL, NULL).kind == FLOW_PART)
			low = f->squeeze + 1;
		else
			high = f->squeeze;
	}
	f->squeeze = low;
	f->version++;
}

/* A page with room to spare ends nearer to its foot: its gaps widen by steps of the grid, while the section says so and fits. */
static void widen_gaps(struct flow *f)
{
	mpt step = f->sheet.master->step > 0 ? f->sheet.master->step : MPT_PT;
	struct flow_run run;

	do {
		f->air += step;
		run = section_run(f);
	} while (run.gap <= section_of(f)->gap_most && page_fit(f, &run, NULL, NULL).kind != FLOW_PART);
	f->air -= step;
}

static void fit_one_page(struct flow *f, const struct flow_run *run)
{
	struct flow_fit fit = page_fit(f, run, NULL, NULL);

	if (fit.kind != FLOW_PART) {
		widen_gaps(f);
		return;
	}
	squeeze_charts(f, run);
	if (page_fit(f, run, NULL, NULL).kind != FLOW_PART)
		return;
	report_overfull(f, run);
	f->squeeze = 0;
	f->version++;
}

/* ---- sections ---- */

static void place_fit(struct flow *f, const struct flow_run *run, const struct flow_fit *fit)
{
	flow_run_place(f, run, fit, free_rect(f, fit->height));
	flow_notes_accept(f);
	f->sheet.y += fit->height;
	f->sheet.used |= fit->height > 0;
}

static bool starts_page(const struct flow *f)
{
	return !f->page || section_of(f)->new_page || section_of(f)->starts || f->sheet.master->width != section_of(f)->first->width
		|| f->sheet.master->height != section_of(f)->first->height;
}

/* Why the page before a section ends. */
static enum page_end end_before(const struct flow *f)
{
	const struct doc_section *s = section_of(f);

	if (flow_starts_across(f))
		return PAGE_END_SIDE;
	return s->continues ? s->turned ? PAGE_END_TURN : PAGE_END_BREAK : s->new_page || s->starts ? PAGE_END_SECTION : PAGE_END_SIZE;
}

/* Left blank, it belongs to what comes before it. */
static void blank_page(struct flow *f)
{
	uint32_t section = f->section;

	page_begin(f, flow_master_by_side(f));
	if (f->stop)
		return;
	if (section) {
		f->page->section = f->s.doc->sections.at[section - 1]->id;
		f->states.at[f->states.count - 1].section = section - 1;
	}
	flow_blank_text(f, f->s.doc->sections.at[section]->blank);
	flow_tell_end(f, PAGE_END_SIDE);
}

static void section_begin(struct flow *f)
{
	const struct doc_section *s = section_of(f);

	if (starts_page(f)) {
		flow_tell_end(f, end_before(f));
		if (flow_starts_across(f))
			blank_page(f);
		page_begin(f, s->first);
	} else if (f->sheet.used)
		f->sheet.y += s->gap ? s->gap : f->sheet.master->gap;
	flow_target_place(f, f->section_targets.at[f->section], f->sheet.y);
}

static bool end_open(const struct flow *f)
{
	const struct doc_section *next;

	if (f->section + 1 >= f->s.doc->sections.count)
		return false;
	next = f->s.doc->sections.at[f->section + 1];
	return !next->new_page && !next->starts;
}

/* The dry runs of a search have called other notes. */
static struct flow_fit again(struct flow *f, const struct flow_run *run, struct flow_fit fit)
{
	notes_of(f, run, &fit);
	return fit;
}

/* A section that ends on the page ends there. A page whose notes go on on the next one is filled. */
static struct flow_fit best_fit(struct flow *f, const struct flow_run *run, const struct flow_resume *from)
{
	struct flow_fit fit = page_fit(f, run, from, NULL);
	struct flow_room first = page_room(f), rest = { first.width, first.full, first.full, true };
	bool open = end_open(f);

	flow_tell_most(f, run, from, &fit);
	if (fit.kind != FLOW_PART || section_of(f)->fit == FIT_ONE_PAGE || flow_notes_wait(f, left_free(f, &fit, 0)))
		return fit;
	struct flow_break chosen = flow_break_choose(f, run, from, first, rest, open);
	flow_tell_chances(f, run, from, first, rest, open);
	if (chosen.height >= first.height && !chosen.yields)
		return again(f, run, fit);
	f->yields = chosen.yields;
	struct flow_fit other = page_fit(f, run, from, &chosen);
	f->yields = 0;
	return other.kind == FLOW_PART ? other : again(f, run, fit);
}

/* Until nothing is left. A page that takes nothing although it is empty would be an error of ours: the block is named and
 * passed over, so that the loop ends. */
static void section_pages(struct flow *f)
{
	const struct flow_resume *from = NULL;

	while (!f->stop) {
		struct flow_run run = section_run(f);
		struct flow_fit fit = best_fit(f, &run, from);
		bool stuck = !f->sheet.used && (fit.kind == FLOW_NONE || (fit.kind == FLOW_PART && flow_same_place(fit.next, from)));

		flow_tell_fit(f, &fit);
		if (stuck) {
			struct flow_resume *next = ARENA_NEW(f->scratch, struct flow_resume);
			uint32_t at = from ? from->at : 0;
			diag_add(&f->found, DIAG_PAGE_OVERFULL, run.blocks[at]->pos, "%s fits no page", flow_name(f, run.blocks[at]));
			next->at = at + 1;
			from = next;
			if (next->at >= run.count)
				return;
			continue;
		}
		if (fit.kind != FLOW_NONE)
			place_fit(f, &run, &fit);
		if (fit.kind == FLOW_FULL || fit.kind == FLOW_EMPTY)
			return;
		if (fit.kind == FLOW_PART)
			from = fit.next;
		page_end(f);
		page_begin(f, flow_next_master(f, &run, from));
	}
}

/* A section that is set smaller has its own design: what is measured and drawn for it looks there. */
static const struct doc *doc_for(struct flow *f, const struct doc *whole, const struct doc_section *s)
{
	struct doc *own;

	if (!s->design)
		return whole;
	own = arena_copy(f->scratch, whole, sizeof *own);
	own->design = s->design;
	return own;
}

static void place_section(struct flow *f)
{
	section_begin(f);
	f->breaks.count = f->breaks.next = 0;
	if (f->stop || !section_of(f)->count)
		return;
	if (section_of(f)->fit == FIT_ONE_PAGE) {
		struct flow_run run = section_run(f);
		fit_one_page(f, &run);
	}
	section_pages(f);
	f->air = 0;
	if (f->squeeze) {
		f->squeeze = 0;
		f->version++;
	}
}

void flow_sections(struct flow *f)
{
	const struct doc *doc = f->s.doc;

	for (uint32_t i = 0; i < doc->sections.count && !f->stop; i++) {
		f->section = i;
		f->s.doc = doc_for(f, doc, doc->sections.at[i]);
		f->exhibit_frame.pad_top = f->s.doc->design->tokens.exhibit_padding;
		place_section(f);
	}
	f->s.doc = doc;
	while (f->page && !f->stop) {
		page_end(f);
		if (f->waiting.count)
			page_begin(f, section_of(f)->rest);
	}
}
