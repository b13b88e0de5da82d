/* Flow, doc to pages: the whole. Tags in document order; then the document is flowed, again when a printed page number was
 * not the one assumed, at most LIMIT_FLOWS times; then headers and footers, the outline, and where each figure is printed. */
#include "flow/flow_int.h"

/* First guess of where each section starts: one page a section, as briefings are. Right, it saves a flow. */
static void assume_pages(struct flow *f)
{
	const struct doc *doc = f->s.doc;
	uint32_t page = 0;

	for (size_t i = 0; i < doc->sections.count; i++) {
		if (i && doc->sections.at[i]->new_page)
			page++;
		f->assumed[f->section_targets.at[i] - 1] = page;
	}
}

static void flow_init(struct flow *f)
{
	const struct doc *doc = f->s.doc;
	const struct doc_tokens *tokens = &doc->design->tokens;

	f->version = 1;
	diag_init(&f->found, f->scratch);
	f->note_latest = ARENA_ARRAY(f->scratch, uint32_t, doc->notes.count + 1);
	f->note_stamp = ARENA_ARRAY(f->scratch, uint32_t, doc->notes.count + 1);
	f->exhibit_frame = (struct doc_frame){ .fill = DOC_COLOUR_COUNT, .top_colour = COLOUR_INK,
		.top_width = tokens->rule_thick, .pad_top = tokens->exhibit_padding };
	flow_outline_collect(f);
	f->outline_targets = (uint32_t)f->pages->targets.count;
	f->asked = ARENA_ARRAY(f->scratch, bool, f->outline_targets + 1);
	flow_tags_make(f);
	f->assumed = ARENA_ARRAY(f->scratch, uint32_t, f->pages->targets.count + 1);
	f->placed = ARENA_ARRAY(f->scratch, bool, f->pages->targets.count + 1);
	f->figure_pages = ARENA_ARRAY(f->scratch, uint32_t, f->s.doc->figures.count + 1);
	assume_pages(f);
}

static void flow_begin(struct flow *f)
{
	memset(&f->pages->pages, 0, sizeof f->pages->pages);
	f->page = NULL;
	f->states.count = 0;
	f->running.count = 0;
	f->pages->wide.count = 0;
	f->calls.count = 0;
	f->waiting.count = 0;
	f->sheet.notes.count = 0;
	f->stop = false;
	f->narrow = false;
	f->version++;
	memset(f->placed, 0, (f->pages->targets.count + 1) * sizeof *f->placed);
	memset(f->figure_pages, 0xFF, (f->s.doc->figures.count + 1) * sizeof *f->figure_pages);
	for (size_t i = 0; i < f->notes.count; i++)
		f->notes.at[i].printed = false;
	diag_init(&f->found, f->scratch);
}

/* Takes the pages found as the ones to print; false when every printed one was right. */
static bool take_pages(struct flow *f)
{
	bool wrong = false;

	for (size_t i = 0; i < f->pages->targets.count; i++) {
		bool asked = i < f->outline_targets && f->asked[i];
		wrong |= asked && f->assumed[i] != f->pages->targets.at[i].page;
		f->assumed[i] = f->pages->targets.at[i].page;
	}
	return wrong;
}

/* The first page that prints each figure, charts included. */
static void find_figures(struct flow *f)
{
	const struct doc *doc = f->s.doc;

	for (size_t i = f->pages->pages.count; i-- > 0;) {
		const struct page *page = &f->pages->pages.at[i];
		for (size_t k = 0; k < page->items.count; k++) {
			const struct page_item *item = &page->items.at[k];
			if (item->kind == PAGE_TEXT && item->text.figure >= 0)
				f->figure_pages[item->text.figure] = (uint32_t)i;
		}
	}
	for (size_t i = 0; i < doc->figures.count; i++)
		vec_push(f->s.arena, &f->pages->figures,
			((struct page_figure){ doc->figures.at[i].text, f->figure_pages[i] }));
}

static void copy_meta(struct flow *f)
{
	const struct doc_meta *meta = &f->s.doc->meta;
	struct page_meta *out = &f->pages->meta;

	out->title = meta->title;
	out->author = meta->author;
	out->subject = meta->subject;
	out->keywords = meta->keywords;
	out->lang = meta->lang;
	out->date = meta->date;
}

static void release(void *arena)
{
	arena_release(arena);
}

struct pages *flow_doc(struct arena *a, struct arena *scratch, const struct doc *doc, struct font_set *fonts,
	const struct font *const *faces, enum flow_tell tell, struct diag *d)
{
	struct flow *f = ARENA_NEW(scratch, struct flow);

	arena_init(&f->brief, scratch->cap, scratch->unwind);
	arena_defer(scratch, release, &f->brief);
	arena_init(&f->full, scratch->cap, scratch->unwind);
	arena_defer(scratch, release, &f->full);
	f->s = (struct setter){ .arena = a, .items = a, .lines = scratch, .brief = &f->brief, .fonts = fonts, .faces = faces, .doc = doc, .diag = d };
	f->scratch = scratch;
	f->told = tell != FLOW_TELL_NOTHING;
	f->drawn = tell == FLOW_TELL_DRAWN;
	f->pages = ARENA_NEW(a, struct pages);
	flow_init(f);
	for (int i = 0; i < LIMIT_FLOWS; i++) {
		flow_begin(f);
		flow_sections(f);
		if (!take_pages(f) || !f->refers)
			break;
	}
	f->told = false; /* headers and footers stand on every page */
	flow_strips(f);
	diag_add_all(f->s.diag, &f->found);
	flow_link_words(f);
	flow_bookmarks(f);
	find_figures(f);
	copy_meta(f);
	return f->pages;
}
