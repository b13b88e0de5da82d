/* Flow, doc to pages: headers and footers, drawn when the number of pages is known. They are artifacts. */
#include "flow/flow_int.h"

static bool has_number(const struct doc_run *r)
{
	return r->kind == RUN_PAGE || r->kind == RUN_PAGES || r->kind == RUN_SECTION || r->kind == RUN_PAGE_OF || r->kind == RUN_HEADING;
}

static struct str number_of(struct flow *f, const struct doc_run *r, uint32_t page)
{
	switch (r->kind) {
	case RUN_PAGE: return f->pages->pages.at[page].label;
	case RUN_PAGES: return str_printf(f->s.arena, "%zu", f->pages->pages.count);
	case RUN_SECTION: return f->s.doc->sections.at[f->states.at[page].section]->title;
	case RUN_HEADING: return flow_running_text(f, page, r->target);
	case RUN_PAGE_OF:
		if (r->target && r->target <= f->outline_targets)
			return str_printf(f->s.arena, "%u", (unsigned)f->assumed[r->target - 1] + 1);
		return (struct str){ 0 };
	default: return (struct str){ 0 };
	}
}

/* " · ", " | ", "– ": spaces and signs alone. */
static bool is_separator(const struct doc_run *r)
{
	enum { LATIN_LETTERS = 0xC0, SIGNS = 0x2000, SIGNS_END = 0x206F };
	size_t at = 0;

	while (at < r->text.len) {
		uint32_t c = utf8_next(r->text, &at);
		bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
		if (letter || (c >= '0' && c <= '9') || (c >= LATIN_LETTERS && (c < SIGNS || c > SIGNS_END)))
			return false;
	}
	return r->kind == RUN_TEXT && r->text.len;
}

static bool says_nothing(const struct flow *f, const struct doc_run *r, uint32_t page)
{
	return r->kind == RUN_HEADING && !flow_running_text(f, page, r->target).len;
}

/* Where a page has no heading to print, what parts it from the text before it, or from that behind it, is left out too. */
static const struct doc_paragraph *joined_up(struct flow *f, const struct doc_paragraph *p, uint32_t page)
{
	struct doc_paragraph *out = ARENA_NEW(f->scratch, struct doc_paragraph);
	struct doc_run *runs = arena_copy(f->scratch, p->runs, p->run_count * sizeof *runs);

	*out = *p;
	out->runs = runs;
	for (uint32_t i = 0; i < p->run_count; i++) {
		if (!says_nothing(f, &runs[i], page))
			continue;
		if (i && is_separator(&runs[i - 1]))
			runs[i - 1].text = (struct str){ 0 };
		else if (i + 1 < p->run_count && is_separator(&runs[i + 1]))
			runs[i + 1].text = (struct str){ 0 };
	}
	return out;
}

/* Set again only where it prints numbers. */
static const struct text_lines *strip_lines(struct flow *f, struct flow_par *p, uint32_t page, mpt width)
{
	const struct doc_paragraph *par = p->par;
	struct str *texts = ARENA_ARRAY(f->scratch, struct str, par->run_count);
	bool numbers = false;

	for (uint32_t i = 0; i < par->run_count; i++) {
		if (!has_number(&par->runs[i]))
			continue;
		texts[i] = number_of(f, &par->runs[i], page);
		numbers = true;
	}
	if (numbers || !p->prepared)
		flow_prepare(f, p, texts);
	return flow_lines(f, p, width);
}

static void draw_band(struct flow *f, const struct doc_strip *strip)
{
	mpt width = f->page->width;

	if (strip->band) {
		flow_rect(f, COLOUR_BAND, PAGE_ARTIFACT_BACKGROUND, (struct rect){ 0, strip->top, width, strip->height },
			(struct src_pos){ 0 });
		flow_rect(f, COLOUR_EDGE, PAGE_ARTIFACT_BACKGROUND,
			(struct rect){ 0, strip->top + strip->height, width, strip->edge_width }, (struct src_pos){ 0 });
	}
}

static bool from_content(const struct doc_paragraph *p)
{
	for (uint32_t i = 0; i < p->run_count; i++)
		if (p->runs[i].kind == RUN_HEADING)
			return true;
	return false;
}

/* Running heads taken from the page's headings may be longer than their strip: then the later of them are left out, since the page says
 * them itself. */
static void leave_out(const struct flow_par pars[3], const struct text_lines *lines[3], mpt width)
{
	mpt taken = 0;

	for (int i = 0; i < 3; i++)
		taken += lines[i] ? lines[i]->width + pars[i].par->style->size : 0;
	for (int i = 3; i-- > 0;) {
		if (!lines[i] || !from_content(pars[i].par) || (taken <= width && lines[i]->count < 2))
			continue;
		taken -= lines[i]->width + pars[i].par->style->size;
		lines[i] = NULL;
	}
}

static void draw_strip(struct flow *f, const struct doc_strip *strip, const struct doc_paragraph from[3], struct flow_par pars[3],
	uint32_t page, int32_t as)
{
	const struct doc_master *m = f->states.at[page].master;
	mpt width = m->width - m->left - m->right;

	draw_band(f, strip);
	flow_rect(f, strip->rule_colour, as, (struct rect){ m->left, strip->rule_top, width, strip->rule_width },
		(struct src_pos){ 0 });
	const struct text_lines *lines[3] = { NULL, NULL, NULL };
	for (int i = 0; i < 3; i++)
		if (from_content(&from[i]))
			pars[i].par = joined_up(f, &from[i], page);
	for (int i = 0; i < 3; i++)
		if (pars[i].par->run_count)
			lines[i] = strip_lines(f, &pars[i], page, width);
	leave_out(pars, lines, width);
	for (int i = 0; i < 3; i++)
		if (lines[i])
			flow_par_place(f, &pars[i], lines[i], 0, lines[i]->count, m->left, strip->text_top, as);
}

static void strip_pars(const struct doc_paragraph from[3], struct flow_par pars[3])
{
	static const uint8_t aligns[3] = { DOC_START, DOC_CENTRE, DOC_END };

	for (int i = 0; i < 3; i++)
		pars[i] = (struct flow_par){ .par = &from[i], .tag = PAGE_ARTIFACT, .align = aligns[i] };
}

void flow_strips(struct flow *f)
{
	struct flow_par header[3], footer[3];

	strip_pars(f->s.doc->furniture.header, header);
	strip_pars(f->s.doc->furniture.footer, footer);
	for (uint32_t i = 0; i < f->pages->pages.count; i++) {
		flow_page_open(f, i);
		draw_strip(f, &f->states.at[i].master->header, f->s.doc->furniture.header, header, i, PAGE_ARTIFACT_HEADER);
		draw_strip(f, &f->states.at[i].master->footer, f->s.doc->furniture.footer, footer, i, PAGE_ARTIFACT_FOOTER);
		flow_page_close(f, i);
	}
}
