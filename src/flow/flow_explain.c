/* Flow, doc to pages: what a page tells those who ask: what stands on it, where it could have ended and what that would have cost. It is
 * told while pages are filled, when all of it is known; where nobody asks, nothing is done. */
#include "flow/flow_int.h"

static struct page_why *why_of(const struct flow *f)
{
	return f->told && !f->dry && f->page ? f->page->why : NULL;
}

void flow_tell_page(struct flow *f)
{
	const struct doc_master *m = f->sheet.master;

	if (!f->told)
		return;
	struct page_why *why = ARENA_NEW(f->s.arena, struct page_why);
	*why = (struct page_why){ .master = m->id, .section = f->page->section, .left = m->left, .right = m->width - m->right,
		.top = m->top, .bottom = m->height - m->bottom, .gutter = m->gutter, .step = m->step, .columns = m->columns,
		.begin = m->top };
	f->page->why = why;
}

/* ---- what stands on it ---- */

/* Whole words of what a paragraph says, over its runs: a heading's number is one. */
static struct str beginning(struct flow *f, const struct doc_paragraph *p)
{
	enum { SHOWN = 40 }; /* bytes */
	struct str text = { 0 };

	for (uint32_t i = 0; i < p->run_count && text.len <= SHOWN; i++)
		text = str_printf(f->s.arena, STR_FMT STR_FMT, STR_ARG(text), STR_ARG(p->runs[i].text));
	size_t end = flow_beginning(text, SHOWN);
	if (end >= text.len)
		return str_trim(text);
	return str_printf(f->s.arena, "%.*s…", (int)end, text.ptr);
}

static struct str name_of(struct flow *f, const struct doc_block *b)
{
	const struct doc_paragraph *says = b->kind == DOC_PARAGRAPH ? b->paragraph : b->kind == DOC_EXHIBIT ? &b->exhibit->title : NULL;

	if (b->slot.len)
		return str_printf(f->s.arena, "'" STR_FMT "'", STR_ARG(b->slot));
	if (says && says->run_count)
		return str_printf(f->s.arena, "%s '" STR_FMT "'", b->kind == DOC_EXHIBIT ? "exhibit" : doc_role_name((enum doc_role)says->style->role),
			STR_ARG(beginning(f, says)));
	if (b->kind == DOC_STACK && b->stack->count)
		return name_of(f, b->stack->blocks[0]);
	return str_printf(f->s.arena, "the %s", flow_kind_name(b));
}

static struct str short_name(const struct doc_block *b)
{
	if (b->slot.len)
		return b->slot;
	return str_from(b->kind == DOC_PARAGRAPH ? doc_role_name((enum doc_role)b->paragraph->style->role) : flow_kind_name(b));
}

static bool holds_blocks(const struct doc_block *b)
{
	return b->kind == DOC_STACK || b->kind == DOC_ROW || b->kind == DOC_LIST || b->kind == DOC_COLUMNS || b->kind == DOC_EXHIBIT;
}

void flow_tell_block(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	struct page_why *why = why_of(f);

	if (!why)
		return;
	vec_push(f->s.arena, &why->boxes, ((struct page_box){ .x = r.x, .y = r.y, .width = r.width, .height = r.height,
		.name = short_name(b), .depth = f->nesting, .holds = holds_blocks(b), .named = b->slot.len > 0, .rest = fit->resumed,
		.next = flow_keep_below(b), .previous = flow_keep_above(b), .whole = b->keep_together ? flow_strength(b) : 0 }));
}

static mpt width_of(const struct flow_par *p, const struct text_lines *lines)
{
	const struct flow_set *set = p->sets;

	while (set && &set->lines != lines)
		set = set->next;
	return set ? set->width : 0;
}

void flow_tell_lines(struct flow *f, struct flow_par *p, const struct text_lines *lines, uint32_t from, uint32_t to, mpt x,
	mpt baseline)
{
	struct page_why *why = why_of(f);

	if (!why || !p->prepared || lines->count < 2)
		return;
	mpt width = width_of(p, lines);
	if (!width)
		return;
	const struct text_cost *costs = text_costs(f->scratch, p->prepared, width);
	for (uint32_t i = from; i < to; i++, baseline += p->par->style->leading)
		vec_push(f->s.arena, &why->line_costs, ((struct page_line){ x + width, baseline, costs[i].demerits, costs[i].stretch,
			costs[i].hyphens }));
}

/* ---- where it ends ---- */

/* Which line, item or row of a block is the first that is not printed, from 1; 0 where its parts have no numbers. */
static uint32_t number_of(struct flow *f, const struct doc_block *b, const struct flow_resume *inner, const char **part)
{
	const struct flow_run *run = b->kind == DOC_EXHIBIT ? flow_info(f, b)->run : NULL;

	*part = b->kind == DOC_PARAGRAPH ? "line" : b->kind == DOC_LIST ? "item" : "row";
	if (run)
		return inner->inner ? number_of(f, run->blocks[inner->at], inner->inner, part) : 0;
	if (b->kind == DOC_TABLE)
		return inner->at - b->table->head_rows + 1;
	return b->kind == DOC_PARAGRAPH || b->kind == DOC_LIST ? inner->at + 1 : 0;
}

/* What a page begins with that goes on at a place: "'kpis'", "line 3 of text 'The platform …'", "row 12 of 'spend'"; begins: all of that
 * block does. */
static struct str words_at(struct flow *f, const struct doc_block *const *blocks, const struct flow_resume *at,
	const struct doc_block **block, bool *begins)
{
	const struct doc_block *b = *block = blocks[at->at];
	const char *part;

	*begins = !at->inner;
	if (*begins)
		return name_of(f, b);
	if (b->kind == DOC_STACK || b->kind == DOC_COLUMNS)
		return words_at(f, b->kind == DOC_STACK ? b->stack->blocks : b->columns->blocks, at->inner, block, begins);
	uint32_t number = number_of(f, b, at->inner, &part);
	if (!number)
		return str_printf(f->s.arena, "the rest of " STR_FMT, STR_ARG(name_of(f, b)));
	return str_printf(f->s.arena, "%s %u of " STR_FMT, part, (unsigned)number, STR_ARG(name_of(f, b)));
}

/* How firmly the block that begins at a place stays with the one behind it, whichever of them asks. */
static uint8_t keep_behind(const struct doc_block *const *blocks, uint32_t count, const struct flow_resume *at)
{
	const struct doc_block *b = blocks[at->at];

	if (at->inner && b->kind == DOC_STACK)
		return keep_behind(b->stack->blocks, b->stack->count, at->inner);
	if (at->inner && b->kind == DOC_COLUMNS)
		return keep_behind(b->columns->blocks, b->columns->count, at->inner);
	return at->at + 1 < count ? flow_keep_between(b, blocks[at->at + 1]) : flow_keep_below(b);
}

/* A block that begins behind a place: what it needs, and whether that would have been there. */
static void tell_stopper(struct flow *f, struct page_why *why, const struct doc_block *b, mpt free, uint8_t keep)
{
	why->stopper_height = flow_natural(f, b, why->right - why->left).height;
	why->stopper_room = free;
	if (why->stopper_height <= free)
		why->stopper_keep = keep;
}

void flow_tell_most(struct flow *f, const struct flow_run *run, const struct flow_resume *from, const struct flow_fit *fit)
{
	static const struct flow_resume start = { 0 };
	struct page_why *why = why_of(f);
	const struct doc_block *b = NULL;
	bool begins;

	if (!why || !run->count)
		return;
	mpt width = why->right - why->left, full = why->bottom - why->top;
	struct flow_fit rest = flow_run_measure(f, run, from, (struct flow_room){ width, FLOW_BREAKS_AHEAD * full, full, false });
	why->section = f->s.doc->sections.at[f->section]->id;
	why->begin = f->sheet.y;
	why->resumed = from != NULL;
	why->need = rest.height;
	why->more = rest.kind == FLOW_PART || rest.kind == FLOW_NONE;
	if (fit->kind != FLOW_PART && fit->kind != FLOW_NONE)
		return;
	const struct flow_resume *at = fit->kind == FLOW_PART ? fit->next : from ? from : &start;
	why->end = PAGE_END_MOST;
	why->stop = str_from(fit->why ? fit->why : "");
	why->stopper = words_at(f, run->blocks, at, &b, &begins);
	why->stopper_pos = b->pos;
	if (begins)
		tell_stopper(f, why, b, f->sheet.bottom - f->sheet.y - fit->height, keep_behind(run->blocks, run->count, at));
}

static struct page_chance told_chance(struct flow *f, const struct flow_run *run, const struct flow_chance *c)
{
	const struct doc_block *b = NULL;
	bool begins;
	struct page_chance out = { .y = f->sheet.y + c->height, .free = f->sheet.bottom - f->sheet.y - c->height - c->notes, .cost = c->cost,
		.total = c->total, .pages = c->pages, .ends = c->ends };

	if (!c->next)
		return out;
	out.before = words_at(f, run->blocks, c->next, &b, &begins);
	out.pos = b->pos;
	const struct doc_block *kept = c->cost.strength ? flow_break_kept(run->blocks, c->next, c->cost.strength, &out.parted) : NULL;
	if (kept)
		out.kept = name_of(f, kept);
	return out;
}

void flow_tell_chances(struct flow *f, const struct flow_run *run, const struct flow_resume *from, struct flow_room first,
	struct flow_room rest, bool end_open)
{
	struct page_why *why = why_of(f);
	struct flow_chance chances[FLOW_CHANCES];

	if (!why || !f->breaks.next)
		return;
	why->end = f->breaks.searched ? PAGE_END_CHOSEN : PAGE_END_FULL;
	if (!f->breaks.searched)
		return;
	uint32_t count = flow_break_weigh(f, run, from, first, rest, end_open, chances);
	for (uint32_t i = 0; i < count; i++)
		vec_push(f->s.arena, &why->chances, told_chance(f, run, &chances[i]));
}

void flow_tell_fit(struct flow *f, const struct flow_fit *fit)
{
	struct page_why *why = why_of(f);

	if (!why)
		return;
	why->notes = flow_notes_height(f);
	bool chosen = false;
	for (size_t i = 0; i < why->chances.count; i++) {
		why->chances.at[i].chosen = why->chances.at[i].y == f->sheet.y + fit->height;
		chosen |= why->chances.at[i].chosen;
	}
	if (why->chances.count && !chosen) { /* a note that the page would call has no room on it */
		why->chances.count = 0;
		why->end = PAGE_END_MOST;
	}
}

void flow_tell_end(struct flow *f, enum page_end end)
{
	struct page_why *why = why_of(f);
	const struct doc_section *s = f->s.doc->sections.at[f->section];

	if (!why)
		return;
	why->end = (uint8_t)end;
	why->odd = s->starts == SIDE_ODD;
	why->section = s->id;
	why->pos = s->pos;
}
