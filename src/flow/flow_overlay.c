/* Flow, doc to pages: what a page told, drawn over it: grid, blocks, baselines, costs of lines, keeps and the breaks that were weighed. For
 * those who make layouts, so that it has its own colours and small type, and its words are not the document's. Artifacts all. */
#include "flow/flow_int.h"

#define HAIR 250                  /* width of lines */
#define LABEL (5 * MPT_PT + 500)  /* size of labels */
#define TICK (2 * MPT_PT)
#define BESIDE (3 * MPT_PT)       /* keeps stand so far from their blocks */

static const uint32_t GRID = 0xE9F5F8, STEP = 0x7CC3D9, BLOCK = 0x2F6FDE, HOLDER = 0x8DA9D8, BASE = 0xF0A040, LINE = 0xA34F00,
	KEEP = 0xC2188B, CHOSEN = 0x0A7F3F, REFUSED = 0x6B6B6B;

struct pen {
	struct flow *f;
	const struct page_why *why;
	struct doc_style style; /* of labels */
};

/* ---- strokes ---- */

static struct page_item *item(struct pen *p, enum page_item_kind kind, mpt x, mpt y)
{
	struct page_item *i = vec_add(p->f->s.items, &p->f->page->items);

	i->kind = (uint8_t)kind;
	i->tag = PAGE_ARTIFACT_OVERLAY;
	i->x = x;
	i->y = y;
	return i;
}

static void outline(struct pen *p, struct rect r, uint32_t colour, enum page_dash dash)
{
	struct page_item *i = item(p, PAGE_RECT, r.x, r.y);

	i->shape = (struct page_shape){ .fill = PAGE_NO_COLOUR, .stroke = colour, .line_width = HAIR, .dash = (uint8_t)dash,
		.width = r.width, .height = r.height };
}

static void stroke(struct pen *p, struct page_point from, struct page_point to, uint32_t colour, enum page_dash dash)
{
	struct page_segment *s = ARENA_ARRAY(p->f->s.items, struct page_segment, 2);
	struct page_item *i = item(p, PAGE_PATH, from.x, from.y);

	s[0] = (struct page_segment){ .op = PAGE_MOVE, .at = { from } };
	s[1] = (struct page_segment){ .op = PAGE_LINE, .at = { to } };
	i->shape = (struct page_shape){ .fill = PAGE_NO_COLOUR, .stroke = colour, .line_width = HAIR, .dash = (uint8_t)dash,
		.segments = s, .segment_count = 2 };
}

static void across(struct pen *p, mpt from, mpt to, mpt y, uint32_t colour, enum page_dash dash)
{
	stroke(p, (struct page_point){ from, y }, (struct page_point){ to, y }, colour, dash);
}

static void down(struct pen *p, mpt x, mpt from, mpt to, uint32_t colour, enum page_dash dash)
{
	stroke(p, (struct page_point){ x, from }, (struct page_point){ x, to }, colour, dash);
}

static mpt label(struct pen *p, const char *text, enum doc_align align, mpt x, mpt y, uint32_t colour)
{
	size_t before = p->f->page->items.count;
	mpt width = set_label(&p->f->s, p->f->page, &p->style, str_from(text), false, COLOUR_INK, -1, PAGE_ARTIFACT_OVERLAY, align, x, y);

	for (size_t i = before; i < p->f->page->items.count; i++)
		p->f->page->items.at[i].text.colour = colour;
	return width;
}

/* ---- where labels stand ---- */

/* Whether no text is where a label would be: of the page, or another label. */
static bool is_free(const struct pen *p, mpt x, mpt y, mpt width)
{
	for (size_t i = 0; i < p->f->page->items.count; i++) {
		const struct page_item *t = &p->f->page->items.at[i];
		if (t->kind == PAGE_TEXT && t->x < x + width && t->x + t->text.width > x && t->y - t->text.size * 3 / 4 < y + LABEL / 5
			&& t->y + t->text.size / 5 > y - LABEL * 3 / 4)
			return false;
	}
	return true;
}

/* At the first free of several places, as ends of the label; false when there is none. */
static bool label_free(struct pen *p, const char *text, const struct page_point *ends, size_t count, uint32_t colour)
{
	mpt width = label_width(&p->f->s, &p->style, str_from(text), false);

	for (size_t i = 0; i < count; i++)
		if (is_free(p, ends[i].x - width, ends[i].y, width)) {
			label(p, text, DOC_END, ends[i].x, ends[i].y, colour);
			return true;
		}
	return false;
}

/* ---- grid, under the content ---- */

static void draw_columns(struct pen *p)
{
	const struct page_why *w = p->why;
	mpt pitch = w->columns ? (w->right - w->left + w->gutter) / w->columns : 0;

	for (uint8_t i = 0; i < w->columns; i++) {
		struct page_item *band = item(p, PAGE_RECT, w->left + i * pitch, w->top);
		band->shape = (struct page_shape){ .fill = GRID, .stroke = PAGE_NO_COLOUR, .width = pitch - w->gutter,
			.height = w->bottom - w->top };
	}
}

/* The step at both sides of the content: lines across it would hide what they measure. */
static void draw_steps(struct pen *p)
{
	const struct page_why *w = p->why;

	for (mpt y = w->top; w->step > 0 && y <= w->bottom; y += w->step) {
		across(p, w->left - TICK, w->left, y, STEP, PAGE_SOLID);
		across(p, w->right, w->right + TICK, y, STEP, PAGE_SOLID);
	}
}

/* ---- text ---- */

static void draw_baselines(struct pen *p)
{
	size_t count = p->f->page->items.count;

	for (size_t i = 0; i < count; i++) {
		const struct page_item *t = &p->f->page->items.at[i];
		if (t->kind == PAGE_TEXT && t->tag >= 0)
			across(p, t->x, t->x + t->text.width, t->y, BASE, PAGE_SOLID);
	}
}

/* "484", "731k": what is bad is so by its size. */
static const char *short_number(struct pen *p, int64_t n)
{
	enum { SMALL = 10000, LARGE = 1000000000 };

	if (n < SMALL)
		return str_printf(p->f->s.arena, "%lld", (long long)n).ptr;
	return n < LARGE ? str_printf(p->f->s.arena, "%lldk", (long long)n / 1000).ptr : "999999k";
}

/* "12% 484", and a hyphen for each line running that ends in one; between columns there is no room for the demerits. */
static void draw_line_cost(struct pen *p, const struct page_line *line)
{
	static const char hyphens[] = "----";
	int count = line->hyphens < sizeof hyphens ? line->hyphens : (int)sizeof hyphens - 1;
	bool inside = line->x + MPT_PT < p->why->right;
	struct str says;

	if (line->stretch == 0 && line->demerits <= 100)
		return;
	if (inside)
		says = str_printf(p->f->s.arena, "%d%%", (int)line->stretch);
	else
		says = str_printf(p->f->s.arena, "%d%% %s%s%.*s", (int)line->stretch, short_number(p, line->demerits), count ? " " : "", count,
			hyphens);
	label(p, says.ptr, DOC_START, line->x + (inside ? MPT_PT : BESIDE + TICK), line->y, LINE);
}

/* ---- blocks ---- */

/* In a corner or above, where nothing stands; where all is full only what has a name of its own is named, so that pages stay readable. */
static void name_block(struct pen *p, const struct page_box *box)
{
	const char *name = str_printf(p->f->s.arena, STR_FMT "%s", STR_ARG(box->name), box->rest ? " …" : "").ptr;
	uint32_t colour = box->holds ? HOLDER : BLOCK;
	mpt right = box->x + box->width - MPT_PT / 2, above = box->y - MPT_PT / 2, middle = right - box->width / 3;
	const struct page_point holder[] = { { right, above }, { middle, above }, { middle - box->width / 3, above } };
	const struct page_point block[] = { { right, box->y + LABEL - MPT_PT / 2 }, { right, box->y + box->height - MPT_PT },
		{ middle, box->y + LABEL - MPT_PT / 2 }, { right, above } };

	if (!(box->holds ? label_free(p, name, holder, 3, colour) : label_free(p, name, block, 4, colour)) && box->named)
		label(p, name, DOC_END, right, above, colour);
}

static void draw_block(struct pen *p, const struct page_box *box)
{
	outline(p, (struct rect){ box->x, box->y, box->width, box->height }, box->holds ? HOLDER : BLOCK,
		box->holds ? PAGE_DASHED : PAGE_SOLID);
	name_block(p, box);
}

/* The block below in the same place; NULL when it is on another page. */
static const struct page_box *below(const struct page_why *w, const struct page_box *box)
{
	const struct page_box *end = w->boxes.at + w->boxes.count;

	for (const struct page_box *b = box + 1; b < end && b->depth >= box->depth; b++)
		if (b->depth == box->depth && b->x == box->x && b->y >= box->y + box->height)
			return b;
	return NULL;
}

static void draw_bracket(struct pen *p, mpt x, mpt from, mpt to, mpt inward, uint8_t strength)
{
	const char *digit = str_printf(p->f->s.arena, "%u", strength).ptr;

	down(p, x, from, to, KEEP, PAGE_SOLID);
	across(p, x, x + inward, from, KEEP, PAGE_SOLID);
	across(p, x, x + inward, to, KEEP, PAGE_SOLID);
	label(p, digit, inward > 0 ? DOC_END : DOC_START, x - inward / 2, (from + to) / 2 + LABEL / 3, KEEP);
}

/* At its left: with the next block, whichever of them asks; at its right: with itself. */
static void draw_keeps(struct pen *p, const struct page_box *box)
{
	const struct page_box *next = below(p->why, box);
	uint8_t strength = next && next->previous > box->next ? next->previous : box->next;
	mpt most = 6 * MPT_PT, over = box->height / 2 < most ? box->height / 2 : most;

	if (next && strength)
		draw_bracket(p, box->x - BESIDE, box->y + box->height - over, next->y + (next->height < 2 * most ? next->height / 2 : most),
			TICK, strength);
	if (box->whole)
		draw_bracket(p, box->x + box->width + BESIDE, box->y, box->y + box->height, -TICK, box->whole);
}

/* ---- breaks ---- */

/* "91 > 154": of this page, and with those after it. */
static void draw_chance(struct pen *p, const struct page_chance *c)
{
	uint32_t colour = c->chosen ? CHOSEN : REFUSED;
	const char *cost = str_printf(p->f->s.arena, c->pages > 1 ? "%lld > %lld" : "%lld", (long long)page_cost_sum(c->cost),
		(long long)c->total).ptr;

	across(p, 4 * MPT_PT, c->chosen ? p->why->right : p->why->left, c->y, colour, c->chosen ? PAGE_SOLID : PAGE_DASHED);
	mpt width = label_width(&p->f->s, &p->style, str_from(cost), false), y = c->y - MPT_PT / 2;
	label(p, cost, DOC_START, 4 * MPT_PT, is_free(p, 4 * MPT_PT, y, width) ? y : c->y + LABEL, colour);
}

/* ---- the legend ---- */

static const struct {
	const char *text;
	const uint32_t *colour;
} legend[] = {
	{ "block", &BLOCK }, { "what holds blocks", &HOLDER }, { "keep, 1–9: at the left with the next, at the right as a whole", &KEEP },
	{ "baseline", &BASE }, { "line: stretch, demerits, hyphens running", &LINE }, { "step of the grid", &STEP },
	{ "break: cost of the page > with those after it", &CHOSEN }, { "refused", &REFUSED },
};
enum { LEGEND_COUNT = sizeof legend / sizeof *legend };

/* How many words stand on the line that begins with word at. */
static size_t legend_line(struct pen *p, size_t at)
{
	mpt x = p->why->left;
	size_t count = 0;

	for (; at + count < LEGEND_COUNT; count++) {
		x += label_width(&p->f->s, &p->style, str_from(legend[at + count].text), false);
		if (count && x > p->f->page->width - 2 * LABEL)
			break;
		x += LABEL;
	}
	return count;
}

/* At the very foot of the page, below what stands on every page. */
static void draw_legend(struct pen *p)
{
	size_t lines = 0;

	for (size_t i = 0; i < LEGEND_COUNT; i += legend_line(p, i))
		lines++;
	mpt y = p->f->page->height - (mpt)lines * (LABEL + MPT_PT) + 2 * MPT_PT;
	for (size_t i = 0; i < LEGEND_COUNT; y += LABEL + MPT_PT) {
		mpt x = p->why->left;
		for (size_t end = i + legend_line(p, i); i < end; i++)
			x += label(p, legend[i].text, DOC_START, x, y, *legend[i].colour) + LABEL;
	}
}

static struct pen pen_of(struct flow *f)
{
	struct pen p = { .f = f, .why = f->page->why, .style = *f->s.doc->design->by_role[ROLE_NOTE] };

	p.style.size = LABEL;
	p.style.tracking = 0;
	return p;
}

void flow_underlay(struct flow *f)
{
	if (!f->drawn || !f->page->why)
		return;
	struct pen p = pen_of(f);

	draw_columns(&p);
	draw_steps(&p);
	f->pages->overlaid = true;
}

void flow_overlay(struct flow *f)
{
	if (!f->drawn || !f->page->why)
		return;
	struct pen p = pen_of(f);
	const struct page_why *w = p.why;

	draw_baselines(&p);
	for (size_t i = 0; i < w->line_costs.count; i++)
		draw_line_cost(&p, &w->line_costs.at[i]);
	for (size_t i = 0; i < w->chances.count; i++)
		draw_chance(&p, &w->chances.at[i]);
	for (size_t i = 0; i < w->boxes.count; i++)
		draw_keeps(&p, &w->boxes.at[i]);
	for (size_t i = 0; i < w->boxes.count; i++)
		draw_block(&p, &w->boxes.at[i]);
	draw_legend(&p);
}
