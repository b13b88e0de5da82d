/* Flow, doc to pages: paragraphs. Each is prepared once and broken once a width; pages take its lines. */
#include "flow/flow_int.h"

struct par_plan {
	struct flow_par *par;
	const struct text_lines *lines;
	uint32_t from, to; /* lines */
};

struct flow_par *flow_par(struct flow *f, const struct doc_paragraph *p)
{
	return flow_map_lookup(&f->pars, p);
}

/* ---- setting ---- */

static bool has_page_number(const struct flow *f, const struct doc_run *run)
{
	return run->kind == RUN_PAGE_OF && run->target && run->target <= f->outline_targets;
}

/* What the runs print that print page numbers; the numbers are those of the flow before. */
static const struct str *page_texts(struct flow *f, const struct doc_paragraph *p)
{
	struct str *texts = ARENA_ARRAY(f->scratch, struct str, p->run_count + 1);

	for (uint32_t i = 0; i < p->run_count; i++)
		if (has_page_number(f, &p->runs[i]))
			texts[i] = str_printf(f->s.arena, "%u", (unsigned)f->assumed[p->runs[i].target - 1] + 1);
	return texts;
}

static bool parts_words(const struct doc_run *run)
{
	return run->kind == RUN_FILL || run->kind == RUN_BREAK;
}

/* What stands left and right of a fill, or above and below a forced break, is not one word to those who hear or copy it. */
static void part_words(struct flow *f, const struct doc_paragraph *p, struct text_span *spans)
{
	for (uint32_t i = 0; i + 1 < p->run_count; i++) {
		struct str text = spans[i].text;
		if (p->runs[i].kind == RUN_TEXT && parts_words(&p->runs[i + 1]) && text.len && text.ptr[text.len - 1] != ' ')
			spans[i].text = str_printf(f->s.arena, STR_FMT " ", STR_ARG(text));
	}
}

void flow_prepare(struct flow *f, struct flow_par *p, const struct str *texts)
{
	const struct doc_style *style = p->par->style;
	struct text_style set = {
		.align = p->align,
		.flags = (uint8_t)((style->hyphenate ? TEXT_HYPHENATE : 0) | (style->balance ? TEXT_BALANCE : 0)
			| (p->par->rtl ? TEXT_RTL : 0)),
		.indent = style->indent, .hang = style->hang, .max_lines = style->max_lines,
		.stretch = style->stretch, .shrink = style->shrink, .stretch_most = style->stretch_most, .last_least = style->last_least,
		.hang_punctuation = style->hang_punctuation, .letter_most = style->letter_most,
	};
	struct text_span *spans = set_spans(&f->s, style, p->par->runs, p->par->run_count, texts);

	part_words(f, p->par, spans);
	p->prepared = text_prepare(f->s.lines, f->s.fonts, spans, p->par->run_count, &set, f->s.diag);
	p->sets = NULL;
	p->version = f->version;
}

void flow_prepare_briefly(struct flow *f, struct flow_par *p)
{
	f->s.lines = f->s.brief;
	flow_prepare(f, p, NULL);
	f->s.lines = f->scratch;
}

static const struct text_paragraph *prepared(struct flow *f, struct flow_par *p)
{
	if (!p->prepared || (p->refers && p->version != f->version))
		flow_prepare(f, p, p->refers ? page_texts(f, p->par) : NULL);
	return p->prepared;
}

const struct text_lines *flow_lines(struct flow *f, struct flow_par *p, mpt width)
{
	const struct text_paragraph *text = prepared(f, p);

	if (width < MPT_PT)
		width = MPT_PT;
	for (struct flow_set *set = p->sets; set; set = set->next)
		if (set->width == width)
			return &set->lines;
	struct flow_set *set = ARENA_NEW(f->scratch, struct flow_set);
	set->width = width;
	set->lines = text_break(f->scratch, text, width);
	set->next = p->sets;
	p->sets = set;
	return &set->lines;
}

mpt flow_par_height(struct flow *f, struct flow_par *p, mpt width)
{
	if (!p)
		return 0;
	return flow_lines_height(flow_lines(f, p, width)->count, p->par->style->leading);
}

/* The line box is the leading, with ascent and descent of the style's own face in its middle: a larger run or another face
 * never moves the grid. */
mpt flow_baseline(struct flow *f, const struct doc_style *style)
{
	const struct doc_family *family = &f->s.doc->design->families[style->family];
	const struct font *face = f->s.faces[style->strong ? family->strong : family->regular];
	struct font_metrics m = { .ascent = mpt_scale(style->size, 3, 4), .descent = style->size / 4 };

	if (face)
		m = font_metrics(face, style->size);
	return (style->leading - m.ascent - m.descent) / 2 + m.ascent;
}

/* ---- placing lines ---- */

size_t flow_beginning(struct str text, size_t most)
{
	size_t end = 0, space = 0;

	while (end < text.len && end < most) {
		if (text.ptr[end] == ' ')
			space = end;
		utf8_next(text, &end);
	}
	return end < text.len && space ? space : end;
}

/* How a paragraph begins, for messages: whole words of its first run, "…" where more follows. */
static const char *beginning(struct flow *f, const struct doc_paragraph *p)
{
	enum { SHOWN = 32 }; /* bytes */
	struct str text = p->run_count ? str_trim(p->runs[0].text) : STR("");
	size_t end = flow_beginning(text, SHOWN);

	return str_printf(f->scratch, "%.*s%s", (int)end, text.ptr, end < text.len || p->run_count > 1 ? "…" : "").ptr;
}

/* The word that a line ends or begins in, up to the spaces around it; of what is put together for its place, the line's text. */
static struct str whole_word(const struct doc_run *run, const struct text_fragment *part)
{
	struct str text = run && run->kind == RUN_TEXT ? run->text : (struct str){ 0 };
	size_t from = part->start, to = from + part->text.len;

	if (to > text.len)
		return part->text;
	while (from > 0 && text.ptr[from - 1] != ' ')
		from--;
	while (to < text.len && text.ptr[to] != ' ')
		to++;
	return (struct str){ text.ptr + from, to - from };
}

/* All of a run that must not break; else the word. */
static struct str whole_text(const struct doc_run *run, const struct text_fragment *part)
{
	return run && run->flags & RUN_NO_BREAK ? run->text : whole_word(run, part);
}

/* A word for a message: an address may be as long as a page. */
static const char *cut_word(struct flow *f, struct str word)
{
	enum { SHOWN = 60 }; /* bytes */
	size_t end = 0;

	while (end < word.len && end < SHOWN)
		utf8_next(word, &end);
	return str_printf(f->scratch, "%.*s%s", (int)end, word.ptr, end < word.len ? "…" : "").ptr;
}

/* The line ends behind a space: where one was not to part, or in a text that was to stay whole. */
static bool ends_in_space(struct str text)
{
	static const char *const spaces[] = { " ", "\u00a0", "\u202f", "\u2007" };

	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (str_ends(text, spaces[i]))
			return true;
	return false;
}

static void report_line(struct flow *f, const struct flow_par *p, const struct text_line *line)
{
	const struct text_fragment *last = line->fragment_count ? &line->fragments[line->fragment_count - 1] : NULL;
	const struct doc_run *run = last && last->span < p->par->run_count ? &p->par->runs[last->span] : NULL;
	struct src_pos pos = flow_par_pos(p->par, (struct src_pos){ 0 });

	if (!last || (!line->overfull && !line->broken))
		return;
	if (line->broken && ends_in_space(last->text))
		diag_add(&f->found, DIAG_WORD_WIDE, pos, "'%s' must not break and is wider than its place; broken at a space",
			cut_word(f, str_trim(whole_text(run, last))));
	else
		diag_add(&f->found, DIAG_WORD_WIDE, pos, "'%s' is a word wider than its place; broken between letters",
			cut_word(f, str_trim(whole_word(run, last))));
}

static void report_lines(struct flow *f, const struct flow_par *p, const struct text_lines *lines)
{
	const struct doc_style *style = p->par->style;

	if (lines->over && !f->dry)
		diag_add(&f->found, DIAG_LINES_MANY, flow_par_pos(p->par, style->pos),
			"'%s' needs %u lines, its style '" STR_FMT "' wants %u at most; all of them are shown", beginning(f, p->par),
			(unsigned)lines->count, STR_ARG(style->id), (unsigned)style->max_lines);
}

static void place_line(struct flow *f, const struct flow_par *p, const struct text_line *line, mpt x, mpt baseline, int32_t as)
{
	const struct doc_paragraph *par = p->par;
	bool own = as == FLOW_OWN_TAG;

	if (f->dry) {
		if (own && p->notes)
			flow_notes_call(f, p, line);
		return;
	}
	set_line(&f->s, f->page, line, par->style, par->runs, own ? p->tags : NULL, own ? p->tag : as, x, baseline);
	if (own && p->links)
		flow_link_line(f, p, line, x, baseline);
	report_line(f, p, line);
}

void flow_par_place(struct flow *f, struct flow_par *p, const struct text_lines *lines, uint32_t from, uint32_t to, mpt x,
	mpt y, int32_t as)
{
	mpt leading = p->par->style->leading, baseline = y + flow_baseline(f, p->par->style);

	if (f->dry && !p->notes)
		return;
	if (!from)
		report_lines(f, p, lines);
	flow_tell_lines(f, p, lines, from, to, x, baseline);
	for (uint32_t i = from; i < to; i++, baseline += leading)
		place_line(f, p, &lines->lines[i], x, baseline, as);
}

mpt flow_par_put(struct flow *f, struct flow_par *p, mpt x, mpt y, mpt width, int32_t as)
{
	if (!p)
		return 0;
	const struct text_lines *lines = flow_lines(f, p, width);
	flow_par_place(f, p, lines, 0, lines->count, x, y, as);
	return flow_par_height(f, p, width);
}

/* ---- a paragraph as a block ---- */

enum { LEAST_USUAL = 2 }; /* lines or rows, where a style does not say how many */

uint32_t flow_orphans(const struct doc_style *style)
{
	return style->orphans ? style->orphans : LEAST_USUAL;
}

uint32_t flow_widows(const struct doc_style *style)
{
	return style->widows ? style->widows : LEAST_USUAL;
}

/* How many of rest lines go where there is room for fit of them: none, or at least the style's orphans here and its widows there. */
static uint32_t lines_here(const struct flow_par *p, uint32_t from, uint32_t rest, uint32_t fit, bool force)
{
	uint32_t here = fit < rest ? fit : rest, widows = flow_widows(p->par->style);

	if (here == rest)
		return here;
	if (!from && doc_role_keeps(p->par->style->role))
		here = 0;
	else if (rest - here < widows)
		here = rest > widows ? rest - widows : 0;
	if (here < flow_orphans(p->par->style) && !from)
		here = 0;
	if (!here && force)
		here = fit ? fit : 1;
	return here;
}

static struct flow_fit par_part(struct flow *f, struct par_plan *plan)
{
	struct flow_resume *next = ARENA_NEW(f->scratch, struct flow_resume);

	next->at = plan->to;
	return (struct flow_fit){ .kind = FLOW_PART, .next = next, .why = "lines left for the next page" };
}

struct flow_fit flow_paragraph_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	struct flow_par *p = flow_par(f, b->paragraph);

	if (!p)
		return (struct flow_fit){ .kind = FLOW_EMPTY };
	struct par_plan *plan = ARENA_NEW(f->scratch, struct par_plan);
	mpt leading = p->par->style->leading > 0 ? p->par->style->leading : MPT_PT;
	*plan = (struct par_plan){ .par = p, .lines = flow_lines(f, p, room.width), .from = from ? from->at : 0 };
	uint32_t rest = plan->lines->count - plan->from;
	uint32_t here = lines_here(p, plan->from, rest, room.height > 0 ? (uint32_t)(room.height / leading) : 0, room.force);
	if (!here && rest)
		return flow_none("too few lines fit");
	plan->to = plan->from + here;
	struct flow_fit fit = here < rest ? par_part(f, plan) : (struct flow_fit){ .kind = rest ? FLOW_FULL : FLOW_EMPTY };
	fit.height = flow_lines_height(here, leading);
	fit.plan = plan;
	return fit;
}

void flow_paragraph_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct par_plan *plan = fit->plan;

	if (plan && !plan->from)
		flow_running_add(f, b, r.y);
	if (plan)
		flow_par_place(f, plan->par, plan->lines, plan->from, plan->to, r.x, r.y, FLOW_OWN_TAG);
}

void flow_paragraph_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	flow_tag_paragraph(f, b->paragraph, TAG_P, parent);
}
