/* Flow, doc to pages: where pages break. Not where the page is full but where this page and those after it cost least together.
 *
 * From one place in the text, measuring again with less room gives the legal breaks further up, one by one. A search looks
 * AHEAD pages ahead, at most TRIES breaks a page, and goes on from the KEPT cheapest places only: its work is bounded, so that
 * of a document is linear. What it finds serves several pages. Notes that a page calls take their room on it; a page whose notes
 * must go on on the next one is as full as it gets, and not weighed.
 *
 * What breaks cost, the one place where it is said:
 *   free space of a page that is not the last   (percent of a page - SPARE)², above SPARE
 *   a last page less full than LEAST percent    EMPTY · (LEAST - percent)²
 *   a keep that is broken                       KEEP · strength²
 *   a block in two parts                        SPLIT
 * Equal costs: the fuller page. Keeps of the highest strength are broken only where nothing else fits a page. */
#include "flow/flow_int.h"

enum { AHEAD = FLOW_BREAKS_AHEAD, TRIES = 6, KEPT = 6, MOST = KEPT * TRIES * 2 };
enum { SPARE = 5, LEAST = 12, EMPTY = 40, KEEP = 40, SPLIT = 10 };

struct way { /* to one place, by the pages before it */
	struct flow_break pages[AHEAD];
	uint32_t count;                 /* of pages */
	const struct flow_resume *from; /* where they end; NULL: at the section's end */
	uint32_t noted;                 /* index in flow.notes behind the last note that they call */
	int64_t cost;
};
struct filled { /* a page */
	struct flow_fit fit;
	mpt notes;                      /* height of those at its foot */
	uint32_t noted;                 /* as a way's, with this page */
};
struct search {
	struct flow *f;
	struct flow_run run;
	struct flow_room first, rest; /* of the page being filled, of those after it */
	bool end_open;                /* the last page is not the last: another section goes on there */
	struct way ways[2][MOST];     /* of this number of pages, of one more */
	uint32_t count[2];
	struct way best;              /* that reached the section's end; its cost is -1 while none has */
};

bool flow_same_place(const struct flow_resume *a, const struct flow_resume *b)
{
	static const struct flow_resume start = { 0 };

	if (!a && !b)
		return true;
	a = a ? a : &start;
	b = b ? b : &start;
	if (a->at != b->at || a->done != b->done || a->cell_count != b->cell_count)
		return false;
	for (uint32_t i = 0; i < a->cell_count; i++)
		if (!flow_same_place(&a->cells[i], &b->cells[i]))
			return false;
	return flow_same_place(a->inner, b->inner);
}

/* ---- cost ---- */

static uint8_t strength_inside(struct flow *f, const struct doc_block *b, const struct flow_resume *at);

static uint8_t strongest(uint8_t a, uint8_t b)
{
	return a > b ? a : b;
}

/* The strongest keep that a break at this place of a run breaks. */
static uint8_t strength_at(struct flow *f, const struct doc_block *const *blocks, const struct flow_resume *at)
{
	if (at->inner)
		return strength_inside(f, blocks[at->at], at->inner);
	return at->at ? flow_keep_between(blocks[at->at - 1], blocks[at->at]) : 0;
}

/* Cells that are done, or have not begun, are whole. */
static uint8_t strength_beside(struct flow *f, const struct doc_row *row, const struct flow_resume *at)
{
	uint8_t most = 0;

	for (uint32_t i = 0; i < at->cell_count; i++)
		if (!at->cells[i].done && !flow_same_place(&at->cells[i], NULL))
			most = strongest(most, strength_inside(f, row->cells[i].block, &at->cells[i]));
	return most;
}

static uint8_t strength_inside(struct flow *f, const struct doc_block *b, const struct flow_resume *at)
{
	uint8_t whole = b->keep_together ? flow_strength(b) : 0;

	switch (b->kind) {
	case DOC_STACK: return strongest(whole, strength_at(f, b->stack->blocks, at));
	case DOC_COLUMNS: return strongest(whole, strength_at(f, b->columns->blocks, at));
	case DOC_EXHIBIT: return strongest(whole, strength_at(f, flow_info(f, b)->run->blocks, at));
	case DOC_LIST: return at->inner ? strongest(whole, strength_at(f, b->list->items[at->at].blocks, at->inner)) : whole;
	case DOC_ROW: return strongest(whole, strength_beside(f, b->row, at));
	default: return whole;
	}
}

/* Between blocks of a stack that is not drawn, and need not stay together, nothing is parted that a reader sees as one. */
static bool parts_block(const struct doc_block *const *blocks, const struct flow_resume *at)
{
	for (const struct doc_block *b = blocks[at->at]; at->inner && b->kind == DOC_STACK && !b->frame && !b->keep_together; b = blocks[at->at]) {
		blocks = b->stack->blocks;
		at = at->inner;
	}
	return at->inner || at->cells;
}

static int64_t percent_of(mpt height, mpt full)
{
	return full > 0 ? (int64_t)height * 100 / full : 0;
}

static int64_t square(int64_t n)
{
	return n > 0 ? n * n : 0;
}

static struct page_cost cost_of(const struct search *s, const struct filled *page, struct flow_room room)
{
	const struct flow_resume *next = page->fit.next;
	mpt used = page->fit.height + page->notes;
	struct page_cost c = { 0 };

	if (page->fit.kind != FLOW_PART) {
		c.last = s->end_open ? 0 : EMPTY * square(LEAST - percent_of(room.full - room.height + used, room.full));
		return c;
	}
	c.strength = strength_at(s->f, s->run.blocks, next);
	c.space = square(percent_of(room.height - used, room.full) - SPARE);
	c.keep = KEEP * square(c.strength);
	c.split = parts_block(s->run.blocks, next) ? SPLIT : 0;
	return c;
}

/* ---- one page ---- */

static struct flow_room room_of(const struct search *s, const struct way *way)
{
	return way->count ? s->rest : s->first;
}

/* As the page is filled when it comes to it. */
static struct filled fill(struct search *s, const struct way *way, struct flow_break page)
{
	struct flow *f = s->f;
	struct flow_run run = s->run;
	struct flow_noted n = { .run = &run, .from = way->from, .room = room_of(s, way), .most = page.height, .ahead = way->count > 0,
		.noted = way->noted };
	struct filled filled = { .noted = way->noted };

	n.room.force = page.force;
	run.origin = way->count ? 0 : run.origin;
	f->yields = page.yields;
	filled.fit = flow_notes_fit(f, &n);
	f->yields = 0;
	filled.notes = n.notes;
	for (size_t i = 0; i < f->calls.count; i++)
		if (f->calls.at[i] >= filled.noted)
			filled.noted = f->calls.at[i] + 1;
	return filled;
}

static struct way longer(const struct search *s, const struct way *way, struct flow_break page, const struct filled *filled)
{
	struct way next = *way;

	page.from = way->from;
	next.pages[next.count++] = page;
	next.from = filled->fit.kind == FLOW_PART ? filled->fit.next : NULL;
	next.noted = filled->noted;
	next.cost += page_cost_sum(cost_of(s, filled, room_of(s, way)));
	return next;
}

/* Of the ways to one place the cheapest stays; the first of equals, which fills its pages. */
static void keep_way(struct search *s, uint32_t to, const struct way *way)
{
	for (uint32_t i = 0; i < s->count[to]; i++) {
		struct way *old = &s->ways[to][i];
		if (!flow_same_place(old->from, way->from))
			continue;
		if (way->cost < old->cost)
			*old = *way;
		return;
	}
	if (s->count[to] < MOST)
		s->ways[to][s->count[to]++] = *way;
}

static void take_end(struct search *s, const struct way *way)
{
	if (s->best.cost < 0 || way->cost < s->best.cost)
		s->best = *way;
}

static void take_breaks(struct search *s, const struct way *way, uint32_t to, uint8_t yields)
{
	struct flow_room room = room_of(s, way);
	struct flow_break page = { .height = room.height, .force = room.force, .yields = yields };

	for (int i = 0; i < TRIES && page.height > 0; i++) {
		struct filled filled = fill(s, way, page);
		const struct flow_fit *fit = &filled.fit;
		if (fit->kind == FLOW_NONE || fit->height > page.height || (fit->kind == FLOW_PART && flow_same_place(fit->next, way->from)))
			return;
		struct way next = longer(s, way, page, &filled);
		if (fit->kind != FLOW_PART) {
			take_end(s, &next);
			return;
		}
		keep_way(s, to, &next);
		page.height = fit->height - 1;
		page.force = false;
	}
}

/* ---- the search ---- */

/* The cheapest to the front; there are few. */
static void keep_cheapest(struct search *s, uint32_t to)
{
	for (uint32_t i = 0; i < KEPT && i < s->count[to]; i++) {
		uint32_t least = i;
		for (uint32_t k = i + 1; k < s->count[to]; k++)
			if (s->ways[to][k].cost < s->ways[to][least].cost)
				least = k;
		struct way swap = s->ways[to][i];
		s->ways[to][i] = s->ways[to][least];
		s->ways[to][least] = swap;
	}
	if (s->count[to] > KEPT)
		s->count[to] = KEPT;
}

/* Every way with one page more. */
static void find_ways(struct search *s, uint32_t depth)
{
	uint32_t from = depth % 2, to = !from;

	s->count[to] = 0;
	for (uint32_t i = 0; i < s->count[from]; i++) {
		const struct way *way = &s->ways[from][i];
		s->f->weak_keeps = false;
		take_breaks(s, way, to, 0);
		if (s->f->weak_keeps)
			take_breaks(s, way, to, FLOW_KEEP_FIRM - 1);
	}
}

static void search_page(struct search *s, uint32_t depth)
{
	find_ways(s, depth);
	keep_cheapest(s, !(depth % 2));
}

static void search_from(struct search *s, const struct way *start)
{
	s->count[0] = 1;
	s->ways[0][0] = *start;
	s->best = (struct way){ .cost = -1 };
}

/* Looks so many pages ahead, those of the start among them. */
static struct way search_all(struct search *s, const struct way *start, uint32_t pages)
{
	uint32_t depth = 0;

	search_from(s, start);
	while (start->count + depth < pages && s->count[depth % 2])
		search_page(s, depth++);
	const struct way *open = s->count[depth % 2] ? &s->ways[depth % 2][0] : NULL;
	return open && (s->best.cost < 0 || open->cost < s->best.cost) ? *open : s->best;
}

/* Full pages all the way: where that costs nothing but blocks in two parts there is nothing to search. */
static struct way full_pages(struct search *s, const struct way *start)
{
	struct way way = *start;

	while (way.count < AHEAD) {
		struct flow_room room = room_of(s, &way);
		struct flow_break page = { .height = room.height, .force = room.force };
		struct filled filled = fill(s, &way, page);
		if (filled.fit.kind == FLOW_NONE || (filled.fit.kind == FLOW_PART && flow_same_place(filled.fit.next, way.from)))
			break;
		way = longer(s, &way, page, &filled);
		if (filled.fit.kind != FLOW_PART)
			break;
	}
	return way;
}

/* Pages near the horizon were chosen without knowing what follows. */
static uint32_t sure_pages(const struct way *way)
{
	return way->count && way->from ? (way->count + 1) / 2 : way->count;
}

static void search_open(struct search *s, struct flow *f, const struct flow_run *run, struct flow_room first, struct flow_room rest,
	bool end_open)
{
	s->f = f;
	s->run = *run;
	s->first = first;
	s->rest = rest;
	s->end_open = end_open;
}

static void find_breaks(struct flow *f, const struct flow_run *run, const struct flow_resume *from, struct flow_room first,
	struct flow_room rest, bool end_open)
{
	struct search s;
	struct way start = { .from = from };

	search_open(&s, f, run, first, rest, end_open);
	struct way way = full_pages(&s, &start);
	f->breaks.searched = way.cost > (int64_t)SPLIT * way.count;
	if (f->breaks.searched)
		way = search_all(&s, &start, AHEAD);
	f->breaks.count = sure_pages(&way);
	f->breaks.next = 0;
	memcpy(f->breaks.pages, way.pages, sizeof way.pages);
}

struct flow_break flow_break_choose(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room first, struct flow_room rest, bool end_open)
{
	struct flow_breaks *known = &f->breaks;
	struct flow_break full = { .height = first.height, .force = first.force };

	if (!known->next || known->next >= known->count || !flow_same_place(known->pages[known->next].from, from))
		find_breaks(f, run, from, first, rest, end_open);
	return known->count ? known->pages[known->next++] : full;
}

/* ---- for those who ask ---- */

static struct flow_chance chance_of(struct search *s, const struct way *start, const struct way *first, uint32_t pages)
{
	struct filled filled = fill(s, start, first->pages[0]);
	struct flow_chance chance = { .cost = cost_of(s, &filled, s->first), .height = filled.fit.height, .notes = filled.notes,
		.next = first->from };
	struct way way = first->from ? search_all(s, first, pages) : *first;

	chance.total = way.cost;
	chance.pages = way.count;
	chance.ends = !way.from;
	return chance;
}

static void sort_by_height(struct flow_chance *chances, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++)
		for (uint32_t k = i; k && chances[k - 1].height < chances[k].height; k--) {
			struct flow_chance swap = chances[k];
			chances[k] = chances[k - 1];
			chances[k - 1] = swap;
		}
}

uint32_t flow_break_weigh(struct flow *f, const struct flow_run *run, const struct flow_resume *from, struct flow_room first,
	struct flow_room rest, bool end_open, struct flow_chance chances[FLOW_CHANCES])
{
	uint32_t pages = AHEAD + 1 - f->breaks.next, count = 0;
	struct search s;
	struct way start = { .from = from }, ways[FLOW_CHANCES];

	search_open(&s, f, run, first, rest, end_open);
	search_from(&s, &start);
	find_ways(&s, 0);
	for (uint32_t i = 0; i < s.count[1] && count < FLOW_CHANCES; i++)
		ways[count++] = s.ways[1][i];
	if (s.best.cost >= 0 && count < FLOW_CHANCES)
		ways[count++] = s.best;
	for (uint32_t i = 0; i < count; i++)
		chances[i] = chance_of(&s, &start, &ways[i], pages);
	sort_by_height(chances, count);
	return count;
}

/* The block that a strength is of is found where strength_at finds it. */
const struct doc_block *flow_break_kept(const struct doc_block *const *blocks, const struct flow_resume *at, uint8_t strength,
	bool *parted)
{
	*parted = at->inner || at->cells;
	if (!*parted)
		return at->at ? blocks[at->at - 1] : NULL;
	const struct doc_block *b = blocks[at->at];
	if ((b->keep_together && flow_strength(b) >= strength) || b->kind != DOC_STACK || !at->inner)
		return b;
	return flow_break_kept(b->stack->blocks, at->inner, strength, parted);
}
