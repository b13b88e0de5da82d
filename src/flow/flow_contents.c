/* Flow, doc to pages: the table of contents. Its entries are paragraphs made here, title, leader, page number; their number and
 * so their height is known before any page is. */
#include "flow/flow_int.h"

enum { INDENT_PER_DEPTH = 12 * MPT_PT };

static const struct doc_style *entry_style(struct flow *f, const struct doc_style *style, uint8_t depth)
{
	struct doc_style *own = ARENA_NEW(f->s.arena, struct doc_style);

	*own = *style;
	own->align = DOC_START;
	own->indent += depth * INDENT_PER_DEPTH;
	own->hang += depth * INDENT_PER_DEPTH;
	return own;
}

static struct doc_run entry_run(enum doc_run_kind kind, struct str text, uint32_t target)
{
	return (struct doc_run){ .kind = (uint8_t)kind, .colour = DOC_COLOUR_COUNT, .text = text, .target = target,
		.figure = -1 };
}

static bool is_shown(const struct doc_contents *c, const struct flow_entry *e)
{
	return c->exhibits || e->depth <= c->depth;
}

static const struct doc_paragraph *entry_paragraph(struct flow *f, const struct doc_contents *c, const struct flow_entry *e)
{
	struct doc_paragraph *p = ARENA_NEW(f->s.arena, struct doc_paragraph);
	struct doc_run *runs = ARENA_ARRAY(f->s.arena, struct doc_run, 3);

	runs[0] = entry_run(RUN_TEXT, str_printf(f->s.arena, STR_FMT " ", STR_ARG(e->title)), e->target);
	runs[0].lang = e->lang;
	runs[1] = entry_run(RUN_FILL, STR(""), e->target);
	runs[2] = entry_run(RUN_PAGE_OF, STR(""), e->target);
	*p = (struct doc_paragraph){ .style = entry_style(f, c->style, e->depth), .runs = runs, .run_count = 3,
		.rtl = c->rtl };
	return p;
}

/* ---- tags: nested as the titles are ---- */

static const struct doc_block *tag_entry(struct flow *f, const struct doc_contents *c, const struct flow_entry *e, int32_t toc)
{
	struct doc_block *b = ARENA_NEW(f->scratch, struct doc_block);
	const struct doc_paragraph *text = entry_paragraph(f, c, e);
	int32_t item = flow_tag_add(f, TAG_TOCI, toc, (struct src_pos){ 0 });

	b->kind = DOC_PARAGRAPH;
	b->paragraph = text;
	flow_tag_paragraph(f, text, TAG_REFERENCE, item);
	return b;
}

void flow_contents_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	enum { DEEPEST = 8 };
	const struct doc_contents *c = b->contents;
	const struct flow_entry *entries = c->exhibits ? f->exhibits.at : f->outline.at;
	size_t count = c->exhibits ? f->exhibits.count : f->outline.count;
	const struct doc_block **blocks = ARENA_ARRAY(f->scratch, const struct doc_block *, count + 1);
	struct flow_run *run = ARENA_NEW(f->scratch, struct flow_run);
	int32_t tocs[DEEPEST + 1] = { flow_tag_add(f, TAG_TOC, parent, b->pos) };
	uint8_t open = 0;

	for (size_t i = 0; i < count; i++) {
		const struct flow_entry *e = &entries[i];
		if (!is_shown(c, e) || e->depth > DEEPEST)
			continue;
		for (; open < e->depth; open++)
			tocs[open + 1] = flow_tag_add(f, TAG_TOC, tocs[open], b->pos);
		open = e->depth;
		blocks[run->count++] = tag_entry(f, c, e, tocs[open]);
	}
	run->blocks = blocks;
	flow_info(f, b)->run = run;
}

/* ---- measure and place ---- */

struct flow_fit flow_contents_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	return flow_run_measure(f, flow_info(f, b)->run, from, room);
}

/* A dotted line on the baseline, between the end of the title and the number. */
static void draw_leader(struct flow *f, const struct text_line *line, const struct doc_style *style, mpt x, mpt baseline,
	struct src_pos pos)
{
	const struct text_fragment *last = &line->fragments[line->fragment_count - 1];
	const struct text_fragment *before = last - 1;
	if (last->x < before->x) { /* read from the right */
		const struct text_fragment *right = before;
		before = last;
		last = right;
	}
	mpt gap = style->size / 2, from = x + before->x + before->width + gap, to = x + last->x - gap;

	if (to <= from)
		return;
	struct page_segment *segments = ARENA_ARRAY(f->s.items, struct page_segment, 2);
	segments[0] = (struct page_segment){ .op = PAGE_MOVE, .at = { { from, baseline } } };
	segments[1] = (struct page_segment){ .op = PAGE_LINE, .at = { { to, baseline } } };
	struct page_item *item = vec_add(f->s.items, &f->page->items);
	item->kind = PAGE_PATH;
	item->tag = PAGE_ARTIFACT;
	item->x = from;
	item->y = baseline;
	item->pos = pos;
	item->shape = (struct page_shape){ .fill = PAGE_NO_COLOUR, .stroke = f->s.doc->design->palette[COLOUR_MUTED],
		.line_width = f->s.doc->design->tokens.rule_thin, .dash = PAGE_DOTTED, .segments = segments, .segment_count = 2 };
}

static void place_leader(struct flow *f, const struct doc_paragraph *text, struct rect r, mpt bottom)
{
	const struct text_lines *lines = flow_lines(f, flow_par(f, text), r.width);
	const struct text_line *line = &lines->lines[lines->count - 1];

	if (line->fragment_count > 1)
		draw_leader(f, line, text->style, r.x, bottom - text->style->leading + flow_baseline(f, text->style),
			flow_par_pos(text, (struct src_pos){ 0 }));
}

void flow_contents_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct flow_run *run = flow_info(f, b)->run;
	uint32_t to = fit->kind == FLOW_PART ? fit->next->at : run->count;
	mpt bottom = r.y + fit->height - fit->pad_top - fit->pad_bottom;

	flow_run_place(f, run, fit, r);
	if (f->dry)
		return;
	for (uint32_t i = to; i-- > 0 && bottom > r.y;) {
		const struct doc_paragraph *text = run->blocks[i]->paragraph;
		place_leader(f, text, r, bottom);
		bottom -= flow_par_height(f, flow_par(f, text), r.width);
		if (i)
			bottom -= flow_run_space(run, i);
	}
}
