/* The library: why each page ends where it does: what it could have held, the breaks that were weighed and what they would have cost. */
#include "entente_int.h"

enum { FIRM = 9 }; /* a keep that no cost breaks */

/* ---- what ends it ---- */

/* "ends before 'risks' (layout.xml:12)" */
static void put_before(struct buf *out, struct str before, struct src_pos pos)
{
	if (before.len == 0) {
		buf_puts(out, "the section ends");
		return;
	}
	buf_printf(out, "before " STR_FMT, STR_ARG(before));
	explain_place(out, pos);
}

static void put_end(struct buf *out, const struct page_why *w)
{
	const char *const words[] = {
		[PAGE_END_SECTION] = "begins a page",
		[PAGE_END_SIDE] = w->odd ? "begins on an odd page" : "begins on an even page",
		[PAGE_END_SIZE] = "has pages of another size",
		[PAGE_END_BREAK] = "has a page break in its text",
		[PAGE_END_TURN] = "turns to other pages, for the sake of a wide table",
	};

	if (w->end == PAGE_END_DOCUMENT)
		buf_puts(out, "ends with the briefing");
	else
		buf_printf(out, "ends here because section '" STR_FMT "' %s", STR_ARG(w->section), words[w->end]);
	explain_place(out, w->pos);
	buf_putc(out, '\n');
	if (w->boxes.count == 0)
		buf_puts(out, "    left blank\n");
	else if (w->need)
		buf_printf(out, "    nothing was weighed: %s fits, ", w->resumed ? "what was left of the section" : "the section");
	if (w->boxes.count == 0 || w->need == 0)
		return;
	buf_mm(out, w->need);
	buf_puts(out, " mm of ");
	buf_mm(out, w->bottom - w->begin);
	buf_puts(out, " mm\n");
}

/* ---- costs ---- */

static void put_part(struct buf *out, const char *name, int64_t cost, bool *first)
{
	if (cost == 0)
		return;
	buf_printf(out, "%s%s %lld", *first ? ": " : ", ", name, (long long)cost);
	*first = false;
}

/* "cost 649: free space 289, a keep of strength 3 broken 360" */
static void put_cost(struct buf *out, const struct page_chance *c)
{
	bool first = true;

	buf_printf(out, "cost %lld", (long long)page_cost_sum(c->cost));
	put_part(out, "free space", c->cost.space, &first);
	put_part(out, "a last page nearly empty", c->cost.last, &first);
	put_part(out, "a block in two parts", c->cost.split, &first);
	if (c->cost.keep == 0)
		return;
	buf_printf(out, "%s" STR_FMT " %s, keep %u, %lld", first ? ": " : ", ", STR_ARG(c->kept),
		c->parted ? "broken" : "parted from what follows it", c->cost.strength, (long long)c->cost.keep);
}

static void put_total(struct buf *out, const struct page_chance *c)
{
	if (c->pages > 1)
		buf_printf(out, "; with the page%s after it %lld", c->pages > 2 ? "s" : "", (long long)c->total);
}

static const struct page_chance *chosen_of(const struct page_why *w)
{
	for (size_t i = 0; i < w->chances.count; i++)
		if (w->chances.at[i].chosen)
			return &w->chances.at[i];
	return NULL;
}

static void put_chosen(struct buf *out, const struct page_why *w, const struct page_chance *c)
{
	buf_puts(out, "ends ");
	put_before(out, c->before, c->pos);
	if (w->chances.count == 1)
		buf_puts(out, ": the only break that keeps allow\n      ");
	else
		buf_printf(out, ": chosen of %zu breaks over %u pages%s\n      ", w->chances.count, (unsigned)c->pages,
			c->ends ? ", the section's last among them" : "");
	put_cost(out, c);
	put_total(out, c);
	buf_putc(out, '\n');
}

/* A break that was not taken. The search goes on from the cheapest places of a page alone, so that one it left may have been better. */
static void put_refused(struct buf *out, const char *which, const struct page_chance *c, const struct page_chance *chosen)
{
	buf_printf(out, "    %s: ", which);
	put_before(out, c->before, c->pos);
	buf_puts(out, " would leave ");
	buf_mm(out, c->free);
	buf_puts(out, " mm free: ");
	put_cost(out, c);
	put_total(out, c);
	if (c->total < chosen->total)
		buf_puts(out, "; cheaper, but not looked into: other places of these pages promised more");
	buf_putc(out, '\n');
}

/* The nearest breaks before and after the chosen one, and the cheapest of the others. */
static void put_refusals(struct buf *out, const struct page_why *w, const struct page_chance *chosen)
{
	const struct page_chance *at = w->chances.at, *end = at + w->chances.count, *best = NULL;

	for (const struct page_chance *c = at; c < end; c++)
		if (c != chosen && (best == NULL || c->total < best->total))
			best = c;
	if (chosen > at)
		put_refused(out, "later", chosen - 1, chosen);
	if (chosen + 1 < end)
		put_refused(out, "earlier", chosen + 1, chosen);
	if (best && best != chosen - 1 && best != chosen + 1)
		put_refused(out, "cheapest of the others", best, chosen);
}

/* ---- what it has no room for ---- */

static void put_stop(struct buf *out, const struct page_why *w)
{
	if (w->stopper_keep == FIRM)
		buf_printf(out, "    " STR_FMT " would fit, but stays with what follows it: keep %u\n", STR_ARG(w->stopper),
			w->stopper_keep);
	if (w->stopper_keep || w->stopper_height == 0)
		return;
	buf_printf(out, "    " STR_FMT " has no room: it needs ", STR_ARG(w->stopper));
	buf_mm(out, w->stopper_height);
	buf_puts(out, w->stopper_height > w->stopper_room ? " mm, " : " mm with what it brings besides, space or notes, ");
	buf_mm(out, w->stopper_room);
	buf_puts(out, " mm are left");
	if (w->stop.len)
		buf_printf(out, "; " STR_FMT, STR_ARG(w->stop));
	buf_putc(out, '\n');
}

static void put_need(struct buf *out, const struct page_why *w)
{
	buf_printf(out, "    section '" STR_FMT "' goes on: %s", STR_ARG(w->section), w->more ? "more than " : "");
	buf_mm(out, w->need);
	buf_puts(out, " mm are left of it, ");
	buf_mm(out, w->bottom - w->begin);
	buf_puts(out, " mm are free here");
	if (w->notes) {
		buf_puts(out, ", ");
		buf_mm(out, w->notes);
		buf_puts(out, " mm of them for notes");
	}
	buf_putc(out, '\n');
}

static void put_inside(struct buf *out, const struct page_why *w)
{
	const struct page_chance *chosen = chosen_of(w);

	if (chosen) {
		put_chosen(out, w, chosen);
		put_refusals(out, w, chosen);
	} else {
		buf_puts(out, "ends ");
		put_before(out, w->stopper, w->stopper_pos);
		buf_puts(out, w->end == PAGE_END_FULL ? ": full; full pages cost nothing here, so that nothing else was weighed\n"
			: ": as full as it gets; nothing else was weighed\n");
	}
	put_need(out, w);
	put_stop(out, w);
}

static void put_why(struct buf *out, const struct page_why *w)
{
	if (w->master.len)
		buf_printf(out, "    master '" STR_FMT "'; ", STR_ARG(w->master));
	else
		buf_puts(out, "    ");
	if (w->end < PAGE_END_FULL)
		put_end(out, w);
	else
		put_inside(out, w);
}

/* ---- pages ---- */

/* "; type and space at 92 % to hold one page" */
static void put_shrunk(const struct job *job, struct buf *out, struct str section)
{
	for (size_t i = 0; i < job->yielding.count; i++) {
		const struct yielding *y = &job->yielding.at[i];

		if (y->part < 100 && str_equal(y->section->id, section)) {
			buf_printf(out, "; type and space at %u %% to hold one page", (unsigned)y->part);
			explain_place(out, y->section->pos);
		}
	}
}

/* "page 2, views: 12 pt free", and whether that is more than the layout wants. */
void explain_pages(const struct job *job, struct buf *out)
{
	mpt limit = job->dressed->layout->design->tokens.free_limit;

	for (size_t i = 0; i < job->pages->pages.count; i++) {
		const struct page *p = &job->pages->pages.at[i];

		buf_printf(out, "  page " STR_FMT ", " STR_FMT ": ", STR_ARG(p->label), STR_ARG(p->section));
		buf_mpt(out, p->free);
		buf_puts(out, " pt free");
		if (limit && p->free > limit) {
			buf_puts(out, ", more than free-limit: ");
			buf_mpt(out, limit);
			buf_puts(out, " pt");
		}
		put_shrunk(job, out, p->section);
		buf_putc(out, '\n');
		if (p->why)
			put_why(out, p->why);
	}
}

/* ---- as JSON ---- */

static void put_key(struct buf *out, const char *key, bool first)
{
	buf_printf(out, "%s\"%s\":", first ? "" : ",", key);
}

static void put_json_place(struct buf *out, struct src_pos pos)
{
	struct buf place;

	if (pos.source == NULL)
		return;
	buf_init(&place, out->arena, 4096);
	buf_pos_line(&place, pos);
	put_key(out, "at", false);
	buf_json(out, buf_str(&place));
}

static void put_json_number(struct buf *out, const char *key, int64_t number)
{
	put_key(out, key, false);
	buf_printf(out, "%lld", (long long)number);
}

static void put_json_mm(struct buf *out, const char *key, mpt length)
{
	put_key(out, key, false);
	buf_mm(out, length);
}

static void put_json_chance(struct buf *out, const struct page_chance *c)
{
	buf_putc(out, '{');
	put_key(out, "before", true);
	buf_json(out, c->before);
	put_json_place(out, c->pos);
	put_key(out, "chosen", false);
	buf_puts(out, c->chosen ? "true" : "false");
	put_json_mm(out, "free", c->free);
	put_json_number(out, "space", c->cost.space);
	put_json_number(out, "last", c->cost.last);
	put_json_number(out, "keep", c->cost.keep);
	put_json_number(out, "strength", c->cost.strength);
	put_json_number(out, "split", c->cost.split);
	put_json_number(out, "total", c->total);
	put_json_number(out, "pages", c->pages);
	buf_putc(out, '}');
}

static void put_json_why(struct buf *out, const struct page_why *w)
{
	put_key(out, "master", false);
	buf_json(out, w->master);
	put_key(out, "ends", false);
	buf_printf(out, "\"%s\"", page_end_name(w->end));
	put_json_place(out, w->pos);
	put_json_mm(out, "needed", w->need);
	put_json_mm(out, "had", w->bottom - w->begin);
	put_key(out, "breaks", false);
	buf_putc(out, '[');
	for (size_t i = 0; i < w->chances.count; i++) {
		buf_puts(out, i ? ",\n  " : "\n  ");
		put_json_chance(out, &w->chances.at[i]);
	}
	buf_putc(out, ']');
}

void explain_pages_json(const struct job *job, struct buf *out)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < job->pages->pages.count; i++) {
		const struct page *p = &job->pages->pages.at[i];

		buf_puts(out, i ? ",\n{" : "\n{");
		put_key(out, "page", true);
		buf_json(out, p->label);
		put_key(out, "section", false);
		buf_json(out, p->section);
		put_json_mm(out, "free", p->free);
		if (p->why)
			put_json_why(out, p->why);
		buf_putc(out, '}');
	}
	buf_puts(out, "\n]\n");
}
