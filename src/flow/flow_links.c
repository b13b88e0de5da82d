/* Flow, doc to pages: where links, references and bookmarks lead, and the active areas on the lines. */
#include "flow/flow_int.h"

/* ---- targets ---- */

uint32_t flow_target_add(struct flow *f, int32_t tag)
{
	vec_push(f->s.arena, &f->pages->targets, ((struct page_target){ .tag = tag }));
	return (uint32_t)f->pages->targets.count;
}

void flow_target_place(struct flow *f, uint32_t target, mpt y)
{
	if (!target || f->dry || f->placed[target - 1])
		return;
	struct page_target *t = &f->pages->targets.at[target - 1];
	t->page = (uint32_t)f->pages->pages.count - 1;
	t->y = y;
	f->placed[target - 1] = true;
}

/* ---- links ---- */

static struct str flow_word_text(struct flow *f, struct str pattern, struct str text)
{
	for (size_t i = 0; i + 3 <= pattern.len; i++)
		if (!memcmp(pattern.ptr + i, "{0}", 3))
			return str_printf(f->s.arena, "%.*s" STR_FMT "%.*s", (int)i, pattern.ptr, STR_ARG(text),
				(int)(pattern.len - i - 3), pattern.ptr + i + 3);
	return str_printf(f->s.arena, STR_FMT STR_FMT, STR_ARG(pattern), STR_ARG(text));
}

/* {0} replaced. */
static struct str flow_word(struct flow *f, struct str pattern, uint32_t number)
{
	return flow_word_text(f, pattern, str_printf(f->scratch, "%u", (unsigned)number));
}

static void add_link(struct flow *f, const struct flow_par *p, uint32_t run, struct rect r)
{
	const struct flow_run_link *link = &p->links[run];
	struct page_item *item = vec_add(f->s.items, &f->page->items);
	f->states.at[f->states.count - 1].links = true;

	item->kind = PAGE_LINK;
	item->tag = p->tags[run];
	item->pos = p->par->runs[run].pos;
	item->x = r.x;
	item->y = r.y;
	item->link.width = r.width;
	item->link.height = r.height;
	item->link.uri = p->par->runs[run].uri;
	item->link.target = item->link.uri.len ? 0 : link->target;
	item->link.contents = item->link.uri;
	const struct doc_run *called = &p->par->runs[run];
	if (called->kind == RUN_NOTE && called->note < f->s.doc->notes.count && f->s.doc->notes.at[called->note].sign.len)
		item->link.contents = flow_word_text(f, f->s.doc->word_note, f->s.doc->notes.at[called->note].sign);
	if (link->note)
		item->link.contents = flow_word(f, f->s.doc->word_note,
			f->s.doc->notes.at[f->notes.at[link->note - 1].note].number);
}

static bool leads(const struct flow_par *p, uint32_t run)
{
	return p->links[run].target || (p->par->runs[run].uri.len && p->par->runs[run].kind != RUN_MARK);
}

void flow_link_line(struct flow *f, const struct flow_par *p, const struct text_line *line, mpt x, mpt baseline)
{
	uint32_t end;

	for (uint32_t i = 0; i < line->fragment_count; i = end) {
		const struct text_fragment *first = &line->fragments[i], *last = first;
		for (end = i + 1; end < line->fragment_count; end++) {
			const struct text_fragment *next = &line->fragments[end];
			if (p->tags[next->span] != p->tags[first->span])
				break;
			last = next;
		}
		if (leads(p, first->span))
			add_link(f, p, first->span, (struct rect){ x + first->x, baseline - line->ascent,
				last->x + last->width - first->x, line->ascent + line->descent });
	}
}

/* ---- the outline ---- */

static void collect_block(struct flow *f, const struct doc_block *b, uint8_t depth);

static void collect_all(struct flow *f, const struct doc_block *const *blocks, uint32_t count, uint8_t depth)
{
	for (uint32_t i = 0; i < count; i++)
		collect_block(f, blocks[i], depth);
}

static void collect_children(struct flow *f, const struct doc_block *b, uint8_t depth)
{
	switch (b->kind) {
	case DOC_STACK: collect_all(f, b->stack->blocks, b->stack->count, depth); break;
	case DOC_COLUMNS: collect_all(f, b->columns->blocks, b->columns->count, depth); break;
	case DOC_EXHIBIT:
		collect_block(f, b->exhibit->body, depth);
		collect_all(f, b->exhibit->notes, b->exhibit->note_count, depth);
		break;
	case DOC_ROW:
		for (uint32_t i = 0; i < b->row->count; i++)
			collect_block(f, b->row->cells[i].block, depth);
		break;
	case DOC_LIST:
		for (uint32_t i = 0; i < b->list->count; i++)
			collect_all(f, b->list->items[i].blocks, b->list->items[i].count, depth);
		break;
	default: break;
	}
}

static uint8_t level_of(const struct doc_block *b)
{
	if (b->kind == DOC_PARAGRAPH)
		return b->paragraph->level;
	return b->kind == DOC_EXHIBIT ? b->exhibit->title.level : 0;
}

static struct str lang_of(const struct doc_block *b)
{
	bool text = b->kind == DOC_PARAGRAPH && b->paragraph->run_count;

	return text ? b->paragraph->runs[b->paragraph->run_count - 1].lang : (struct str){ 0 };
}

static void add_entry(struct flow *f, struct str title, struct str lang, uint32_t target, uint8_t depth)
{
	uint8_t deepest = f->outline.count ? (uint8_t)(f->outline.at[f->outline.count - 1].depth + 1) : 0;

	vec_push(f->scratch, &f->outline, ((struct flow_entry){ title, lang, target, depth < deepest ? depth : deepest }));
}

/* Blocks that something leads to get their target here: an anchor's, or one of their own for a bookmark. */
static void collect_block(struct flow *f, const struct doc_block *b, uint8_t depth)
{
	struct flow_info *info = flow_info(f, b);
	uint8_t level = level_of(b);

	if (b->anchor && b->anchor <= f->s.doc->anchor_count)
		info->target = b->anchor;
	if (b->bookmark.len) {
		if (!info->target)
			info->target = flow_target_add(f, -1);
		if (b->depth)
			depth = (uint8_t)(depth + b->depth - 1);
		else if (level > 1 && level - 1 > depth)
			depth = (uint8_t)(level - 1);
		add_entry(f, b->bookmark, lang_of(b), info->target, depth);
	}
	if (b->listed.len) {
		if (!info->target)
			info->target = flow_target_add(f, -1);
		vec_push(f->scratch, &f->exhibits, ((struct flow_entry){ .title = b->listed, .target = info->target }));
	}
	collect_children(f, b, depth);
}

void flow_outline_collect(struct flow *f)
{
	while (f->pages->targets.count < f->s.doc->anchor_count)
		flow_target_add(f, -1);
	for (size_t i = 0; i < f->s.doc->sections.count; i++) {
		const struct doc_section *section = f->s.doc->sections.at[i];
		bool anchored = section->anchor && section->anchor <= f->s.doc->anchor_count;
		uint32_t target = anchored ? section->anchor : flow_target_add(f, -1);

		vec_push(f->scratch, &f->section_targets, target);
		if (section->title.len && !section->continues)
			add_entry(f, section->title, (struct str){ 0 }, target, 0);
		collect_all(f, section->blocks, section->count, section->title.len ? 1 : 0);
	}
}

void flow_bookmarks(struct flow *f)
{
	for (size_t i = 0; i < f->outline.count; i++) {
		const struct flow_entry *e = &f->outline.at[i];
		vec_push(f->s.arena, &f->pages->bookmarks,
			((struct page_bookmark){ .target = e->target - 1, .depth = e->depth, .title = e->title }));
	}
}

/* The words of links to places, now that their pages are known. */
void flow_link_words(struct flow *f)
{
	for (uint32_t i = 0; i < f->pages->pages.count; i++) {
		if (!f->states.at[i].links)
			continue;
		flow_page_open(f, i);
		page_unpack(f->s.items, f->pages, i);
		for (size_t k = 0; k < f->page->items.count; k++) {
			struct page_item *item = &f->page->items.at[k];
			if (item->kind == PAGE_LINK && !item->link.contents.len && item->link.target)
				item->link.contents = flow_word(f, f->s.doc->word_page,
					f->pages->targets.at[item->link.target - 1].page + 1);
		}
		flow_page_close(f, i);
	}
}
