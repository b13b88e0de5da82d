/* Flow, doc to pages: notes. A page's notes stand at its foot as one paragraph, each in its own element; what finds no room
 * waits for the next page. A note printed again in one section is an artifact there: its element has its text already. */
#include "flow/flow_int.h"

/* ---- which notes ---- */

/* A dry run: what the page holds already is not new. */
static void begin(struct flow *f, const struct flow_noted *n)
{
	f->stamp++;
	f->calls.count = 0;
	f->noted = n->ahead ? n->noted : 0;
	for (size_t i = 0; !n->ahead && i < f->sheet.notes.count; i++)
		f->note_stamp[f->notes.at[f->sheet.notes.at[i]].note] = f->stamp;
}

/* A footnote stands once, where it is called first; the note of a benchmark on every page that calls it. */
static bool stands_before(const struct flow *f, uint32_t note)
{
	return (f->notes.at[note].printed || note < f->noted) && f->s.doc->notes.at[f->notes.at[note].note].foot;
}

void flow_notes_call(struct flow *f, const struct flow_par *p, const struct text_line *line)
{
	for (uint32_t i = 0; i < line->fragment_count; i++) {
		uint32_t call = p->links[line->fragments[i].span].note;
		if (!call || f->note_stamp[f->notes.at[call - 1].note] == f->stamp || stands_before(f, call - 1))
			continue;
		f->note_stamp[f->notes.at[call - 1].note] = f->stamp;
		vec_push(f->scratch, &f->calls, call - 1);
	}
}

void flow_notes_accept(struct flow *f)
{
	for (size_t i = 0; i < f->calls.count; i++)
		vec_push(f->scratch, &f->sheet.notes, f->calls.at[i]);
	f->calls.count = 0;
}

/* ---- their text ---- */

static uint32_t runs_of(const struct flow *f, const uint32_t *list, size_t count)
{
	uint32_t runs = 0;

	for (size_t i = 0; i < count; i++)
		runs += f->notes.at[list[i]].par.par->run_count + 1;
	return runs;
}

static bool all_rtl(const struct flow *f, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!f->notes.at[list[i]].par.par->rtl)
			return false;
	return true;
}

/* One paragraph of them all, from right to left where all of them are. Tags of a note that is printed already stand for nothing again. */
static struct flow_par *joined(struct flow *f, struct arena *a, const uint32_t *list, size_t count)
{
	uint32_t total = runs_of(f, list, count), at = 0;
	struct doc_paragraph *par = ARENA_NEW(a, struct doc_paragraph);
	struct flow_par *p = ARENA_NEW(f->scratch, struct flow_par);
	struct doc_run *runs = ARENA_ARRAY(a, struct doc_run, total);
	int32_t *tags = ARENA_ARRAY(a, int32_t, total);
	struct flow_run_link *links = ARENA_ARRAY(f->scratch, struct flow_run_link, total);

	for (size_t i = 0; i < count; i++) {
		const struct flow_note *n = &f->notes.at[list[i]];
		const struct flow_par *own = &n->par;
		for (uint32_t k = 0; k < own->par->run_count; k++, at++) {
			runs[at] = own->par->runs[k];
			tags[at] = n->printed ? PAGE_ARTIFACT_REPEAT : own->tags ? own->tags[k] : own->tag;
			if (own->links && !n->printed)
				links[at].target = own->links[k].target;
			else
				runs[at].uri = (struct str){ 0 };
		}
		if (i + 1 < count) {
			runs[at] = (struct doc_run){ .text = STR(" "), .colour = DOC_COLOUR_COUNT, .figure = -1 };
			tags[at++] = n->printed ? PAGE_ARTIFACT_REPEAT : own->tag;
		}
	}
	*par = (struct doc_paragraph){ .style = f->notes.at[list[0]].par.par->style, .runs = runs, .run_count = at,
		.rtl = all_rtl(f, list, count) };
	*p = (struct flow_par){ .par = par, .tag = PAGE_ARTIFACT, .tags = tags, .links = links, .align = par->style->align };
	return p;
}

static mpt text_width(const struct flow *f)
{
	const struct doc_master *m = f->sheet.master;

	return m->width - m->left - m->right;
}

static struct flow_note_text set_notes(struct flow *f, const uint32_t *list, size_t count)
{
	struct flow_note_text text = { .par = joined(f, f->s.arena, list, count) };

	text.lines = *flow_lines(f, text.par, text_width(f));
	return text;
}

static mpt text_height(const struct flow_note_text *t)
{
	return flow_lines_height(t->lines.count - t->from, t->par->par->style->leading);
}

static mpt space_above(const struct flow_note_text *t)
{
	return t->par->par->style->space_before;
}

/* ---- their room: never more than half a page, so that content goes on ---- */

static mpt bounded(const struct flow *f, mpt height)
{
	mpt half = (f->sheet.bottom - f->sheet.top) / 2;

	return height < half ? height : half;
}

static mpt waiting_height(const struct flow *f)
{
	mpt height = 0;

	for (size_t i = 0; i < f->waiting.count; i++)
		height = flow_sum(height, text_height(&f->waiting.at[i]) + (i ? 0 : space_above(&f->waiting.at[i])));
	return height;
}

mpt flow_notes_waiting(struct flow *f)
{
	return bounded(f, waiting_height(f));
}

/* Asked again and again while breaks are weighed, of pages not far from each other. */
static const struct flow_notes_known *known_height(const struct flow *f, const uint32_t *list, size_t count)
{
	enum { LOOKED_AT = 256 };
	size_t first = f->notes_known.count > LOOKED_AT ? f->notes_known.count - LOOKED_AT : 0;

	for (size_t i = f->notes_known.count; i-- > first;) {
		const struct flow_notes_known *k = &f->notes_known.at[i];
		if (k->count == count && k->width == text_width(f) && !memcmp(k->list, list, count * sizeof *list))
			return k;
	}
	return NULL;
}

static mpt list_height(struct flow *f, const uint32_t *list, size_t count)
{
	if (f->notes_known.count && f->notes_known.at[0].version != f->version)
		f->notes_known.count = 0;
	const struct flow_notes_known *known = known_height(f, list, count);
	if (known)
		return known->height;
	struct flow_par *par = joined(f, f->scratch, list, count);
	mpt height = flow_sum(flow_par_height(f, par, text_width(f)), par->par->style->space_before);
	vec_push(f->scratch, &f->notes_known, ((struct flow_notes_known){ arena_copy(f->scratch, list, count * sizeof *list), count,
		text_width(f), height, f->version }));
	return height;
}

static mpt height_of(struct flow *f, bool sheet)
{
	size_t count = (sheet ? f->sheet.notes.count : 0) + f->calls.count, at = 0;

	if (!count)
		return 0;
	uint32_t *list = ARENA_ARRAY(f->scratch, uint32_t, count);
	for (size_t i = 0; sheet && i < f->sheet.notes.count; i++)
		list[at++] = f->sheet.notes.at[i];
	for (size_t i = 0; i < f->calls.count; i++)
		list[at++] = f->calls.at[i];
	return list_height(f, list, count);
}

mpt flow_notes_height(struct flow *f)
{
	return bounded(f, flow_sum(height_of(f, true), flow_notes_waiting(f)));
}

/* So many notes take all the room that notes may take: while breaks are weighed they are not set to know. */
enum { MANY = 100 };

mpt flow_notes_look(struct flow *f, struct flow_noted *n, const struct flow_fit *fit)
{
	const struct doc_master *m = f->sheet.master;

	begin(f, n);
	if (f->notes.count) {
		f->dry = true;
		flow_run_place(f, n->run, fit, (struct rect){ m->left, f->sheet.y, n->room.width, fit->height });
		f->dry = false;
	}
	f->noted = 0;
	if (!n->ahead)
		n->notes = flow_notes_height(f);
	else
		n->notes = bounded(f, f->calls.count > MANY ? FLOW_UNBOUNDED : height_of(f, false));
	return n->notes;
}

enum { TRIES = 4 }; /* times a page is measured again because of its notes */

enum { HALVES = 12 }; /* of a page: a fifth of a point */

/* Measured with the notes of what had to go: more may have room, up to the line that calls what has none. Found by halves, since that
 * line may be many breaks up. */
static struct flow_fit regrown(struct flow *f, struct flow_noted *n, struct flow_room room, struct flow_fit fit)
{
	mpt low = fit.height, high = n->room.height - n->notes < n->most ? n->room.height - n->notes : n->most;

	room.height = high;
	for (int i = 0; i < HALVES && low < high; i++) {
		struct flow_fit more = flow_run_measure(f, n->run, n->from, room);
		bool grown = more.kind != FLOW_NONE && more.height > fit.height;
		if (grown && more.height + flow_notes_look(f, n, &more) > n->room.height) {
			high = more.height - 1;
		} else {
			low = room.height;
			fit = grown ? more : fit;
		}
		room.height = low + (high - low + 1) / 2;
		room.force = false;
	}
	flow_notes_look(f, n, &fit);
	return fit;
}

struct flow_fit flow_notes_fit(struct flow *f, struct flow_noted *n)
{
	struct flow_fit fit = flow_none("no room");
	struct flow_room room = n->room;
	mpt taken;

	f->calls.count = 0;
	n->notes = taken = n->ahead ? 0 : flow_notes_height(f);
	for (int i = 0; i < TRIES; i++) {
		room.height = n->room.height - taken < n->most ? n->room.height - taken : n->most;
		fit = flow_run_measure(f, n->run, n->from, room);
		if (fit.kind == FLOW_NONE || fit.height + flow_notes_look(f, n, &fit) <= n->room.height)
			break;
		n->pressed = true;
		taken = n->notes > taken ? n->notes : taken;
	}
	return fit.kind == FLOW_PART && n->notes < taken ? regrown(f, n, room, fit) : fit;
}

bool flow_notes_wait(struct flow *f, mpt free)
{
	return flow_sum(height_of(f, true), waiting_height(f)) > free;
}

/* ---- placing ---- */

/* The notes of this page begin at y: links lead there. */
static void mark_printed(struct flow *f, mpt y)
{
	for (size_t i = 0; i < f->sheet.notes.count; i++) {
		struct flow_note *n = &f->notes.at[f->sheet.notes.at[i]];
		flow_target_place(f, n->target, y);
		n->printed = true;
	}
	f->sheet.notes.count = 0;
}

static mpt place_text(struct flow *f, struct flow_note_text *t, mpt y, mpt bottom)
{
	mpt leading = t->par->par->style->leading;
	uint32_t rest = t->lines.count - t->from, fit = bottom > y ? (uint32_t)((bottom - y) / leading) : 0;
	uint32_t to = t->from + (fit < rest ? fit : rest);

	flow_par_place(f, t->par, &t->lines, t->from, to, f->sheet.master->left, y, FLOW_OWN_TAG);
	y += (mpt)(to - t->from) * leading;
	t->from = to;
	return y;
}

/* Between content and notes, where they begin: short, or as wide as the text where they go on from the page before. */
static void rule_above(struct flow *f, mpt y)
{
	const struct flow_note_text *first = &f->waiting.at[0];
	mpt width = f->s.doc->design->tokens.note_rule, thin = f->s.doc->design->tokens.rule_thin;

	if (!width || !f->sheet.used)
		return;
	if (first->from || width > text_width(f))
		width = text_width(f);
	mpt x = f->sheet.master->left + (first->par->par->rtl ? text_width(f) - width : 0);
	flow_rect(f, COLOUR_RULE, PAGE_ARTIFACT, (struct rect){ x, y - (space_above(first) + thin) / 2, width, thin },
		f->s.doc->design->by_role[ROLE_NOTE]->pos);
}

/* Notes wait in order; those done leave the queue. */
void flow_notes_place(struct flow *f)
{
	mpt height = 0, y;
	size_t left = 0;

	if (f->sheet.notes.count)
		vec_push(f->scratch, &f->waiting, set_notes(f, f->sheet.notes.at, f->sheet.notes.count));
	if (!f->waiting.count)
		return;
	for (size_t i = 0; i < f->waiting.count; i++)
		height = flow_sum(height, text_height(&f->waiting.at[i]));
	y = f->sheet.bottom - height;
	if (y < f->sheet.y + space_above(&f->waiting.at[0]))
		y = f->sheet.y + (f->sheet.used ? space_above(&f->waiting.at[0]) : 0);
	f->page->free = y - f->sheet.y - space_above(&f->waiting.at[0]);
	rule_above(f, y);
	for (size_t i = 0; i < f->waiting.count; i++) {
		if (i + 1 == f->waiting.count)
			mark_printed(f, y);
		y = place_text(f, &f->waiting.at[i], y, f->sheet.bottom);
		if (f->waiting.at[i].from < f->waiting.at[i].lines.count)
			f->waiting.at[left++] = f->waiting.at[i];
	}
	f->waiting.count = left;
}
