/* chart: runs and styles to spans, and lines of fragments to page items. Flow sets every paragraph
 * through this, so that a mark, a face or a colour means the same in text and in charts. */
#include "chart/chart_int.h"

/* Space between a mark and the word it stands before, in thousandths of the type size: a word
 * space. */
enum { MARK_GAP = 280 };

static const struct doc_style *run_style(const struct doc_style *style, const struct doc_run *run)
{
	return run->style != NULL ? run->style : style;
}

static uint8_t run_colour(const struct doc_style *style, const struct doc_run *run)
{
	return run->colour < DOC_COLOUR_COUNT ? run->colour : run_style(style, run)->colour;
}

static uint16_t family_cut(const struct doc_family *family, bool strong, bool emphasis)
{
	if (strong)
		return emphasis ? family->strong_emphasis : family->strong;
	return emphasis ? family->emphasis : family->regular;
}

/* The cut, then the family's fallback faces; a fallback that is the cut itself is not tried twice.
 */
static void span_faces(struct setter *s, struct arena *a, struct text_span *span, uint16_t family_index,
	bool strong, bool emphasis)
{
	const struct doc_family *family = &s->doc->design->families[family_index];
	uint16_t cut = family_cut(family, strong, emphasis);
	const struct font **fonts =
		ARENA_ARRAY(a, const struct font *, family->fallback_count + 1u);
	size_t count = 0;

	if (s->faces[cut] != NULL)
		fonts[count++] = s->faces[cut];
	for (uint16_t i = 0; i < family->fallback_count; i++)
		if (family->fallback[i] != cut && s->faces[family->fallback[i]] != NULL)
			fonts[count++] = s->faces[family->fallback[i]];
	span->fonts = fonts;
	span->font_count = count;
}

static void span_style(struct setter *s, struct arena *a, struct text_span *span,
	const struct doc_style *style, bool strong, bool emphasis)
{
	span_faces(s, a, span, style->family, strong || style->strong, emphasis);
	span->size = style->size;
	span->tracking = style->tracking;
	span->flags = style->tabular ? TEXT_TABULAR : 0;
	span->lang = s->doc->meta.lang;
}

/* Raised and lowered letters are smaller, in thousandths of the type size, and stand off the baseline by as many. */
enum { SCRIPT_SIZE = 650, SUPER_RISE = 350, SUB_DROP = 130 };

/* What markup asks for beyond the style. */
static void span_markup(struct setter *s, struct arena *a, struct text_span *span, const struct doc_run *run, bool strong)
{
	mpt size = span->size;

	if (run->flags & RUN_CODE) {
		span_faces(s, a, span, s->doc->design->by_role[ROLE_CODE]->family, strong, run->flags & RUN_EMPHASIS);
		span->flags |= TEXT_NO_HYPHEN;
	}
	if (run->flags & RUN_SMALL_CAPS)
		span->flags |= TEXT_SMALL_CAPS;
	if (run->flags & (RUN_SUPER | RUN_SUB)) {
		span->size = mpt_scale(size, SCRIPT_SIZE, 1000);
		span->rise = run->flags & RUN_SUPER ? mpt_scale(size, SUPER_RISE, 1000) : -mpt_scale(size, SUB_DROP, 1000);
	}
}

static struct str note_sign(struct setter *s, const struct doc_note *note)
{
	return note->sign.len ? note->sign : str_printf(s->arena, "[%u]", (unsigned)note->number);
}

static bool starts_with_space(struct str text)
{
	size_t offset = 0;
	uint32_t c = text.len > 0 ? utf8_next(text, &offset) : ' ';

	return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F;
}

/* A mark keeps a word space to the text it stands before, unless that text brings its own. */
static mpt mark_gap(const struct doc_run *runs, uint32_t count, uint32_t i, mpt type_size)
{
	if (i + 1 >= count || runs[i + 1].kind == RUN_FILL || runs[i + 1].kind == RUN_BREAK)
		return 0;
	if (runs[i + 1].kind == RUN_TEXT && starts_with_space(runs[i + 1].text))
		return 0;
	return mpt_scale(type_size, MARK_GAP, 1000);
}

static void span_mark(struct setter *s, struct text_span *span, const struct doc_run *runs,
	uint32_t count, uint32_t i)
{
	span->kind = TEXT_BOX;
	span->text = runs[i].alt;
	span->height = mark_height(s, runs[i].mark, span->size);
	span->width = mark_width(runs[i].mark, span->height) + mark_gap(runs, count, i, span->size);
	span->flags |= TEXT_NO_BREAK;
}

static void span_kind(struct setter *s, struct text_span *span, const struct doc_run *runs,
	uint32_t count, uint32_t i, const struct str *texts)
{
	switch ((enum doc_run_kind)runs[i].kind) {
	case RUN_TEXT:
		span->text = runs[i].text;
		break;
	case RUN_MARK:
		span_mark(s, span, runs, count, i);
		break;
	case RUN_FILL:
		span->kind = TEXT_FILL;
		break;
	case RUN_BREAK:
		span->kind = TEXT_BREAK;
		break;
	case RUN_NOTE:
		span->text = note_sign(s, &s->doc->notes.at[runs[i].note]);
		span->flags |= TEXT_NO_BREAK;
		break;
	case RUN_PAGE:
	case RUN_PAGES:
	case RUN_PAGE_OF:
	case RUN_SECTION:
	case RUN_HEADING:
		span->text = texts != NULL ? texts[i] : runs[i].text;
		break;
	}
}

struct text_span *set_spans(struct setter *s, const struct doc_style *style,
	const struct doc_run *runs, uint32_t count, const struct str *texts)
{
	struct text_span *spans = ARENA_ARRAY(s->lines, struct text_span, count);

	for (uint32_t i = 0; i < count; i++) {
		const struct doc_run *run = &runs[i];

		span_style(s, s->lines, &spans[i], run_style(style, run), run->flags & RUN_STRONG,
			run->flags & RUN_EMPHASIS);
		if (run->flags & (RUN_SUPER | RUN_SUB | RUN_SMALL_CAPS | RUN_CODE))
			span_markup(s, s->lines, &spans[i], run,
				(run->flags & RUN_STRONG) || run_style(style, run)->strong);
		if (run->lang.len > 0)
			spans[i].lang = run->lang;
		if (run->flags & RUN_NO_BREAK)
			spans[i].flags |= TEXT_NO_BREAK | TEXT_NO_HYPHEN;
		if (run->figure >= 0)
			spans[i].flags |= TEXT_NO_HYPHEN;
		spans[i].pos = run->pos;
		span_kind(s, &spans[i], runs, count, i, texts);
	}
	return spans;
}

static const struct text_glyph *kept_glyphs(struct setter *s, const struct text_fragment *f)
{
	struct text_glyph *glyphs = ARENA_ARRAY(s->items, struct text_glyph, f->glyph_count);

	if (f->glyph_count > 0)
		memcpy(glyphs, f->glyphs, f->glyph_count * sizeof *glyphs);
	return glyphs;
}

static struct page_item *put_fragment(
	struct setter *s, struct page *page, const struct text_fragment *f, mpt x, mpt baseline)
{
	struct page_item *item = vec_add(s->items, &page->items);

	item->kind = PAGE_TEXT;
	item->x = x + f->x;
	item->y = baseline - f->rise;
	item->text = (struct page_text){
		.font = f->font,
		.glyphs = kept_glyphs(s, f),
		.glyph_count = f->glyph_count,
		.size = f->size,
		.text = f->text,
		.hyphenated = f->hyphenated,
		.missing = f->missing,
		.rtl = f->rtl,
		.width = f->width,
		.figure = -1,
	};
	return item;
}

/* Marks stand centred on the capitals beside them. A mark that has no words of its own is
 * decoration. */
static void put_mark(struct setter *s, struct page *page, const struct doc_style *style,
	const struct doc_run *run, int32_t tag, mpt x, mpt baseline)
{
	const struct doc_style *own = run_style(style, run);
	const struct doc_family *family = &s->doc->design->families[own->family];
	struct font_metrics metrics = font_metrics(s->faces[family->regular], own->size);
	mpt height = mark_height(s, run->mark, own->size);

	draw_mark(s, page, run->mark, run_colour(style, run), height,
		x + mark_width(run->mark, height) / 2, baseline - metrics.cap_height / 2,
		run->alt.len > 0 ? tag : PAGE_ARTIFACT);
}

/* The space that a line ends with where it is all that its run has on the line: without room and glyph, but readers would
 * join the words before and behind it. */
static bool is_ending_space(const struct text_line *line, uint32_t i)
{
	const struct text_fragment *f = &line->fragments[i];

	return i > 0 && i + 1 == line->fragment_count && f->glyph_count == 0 && !f->missing && f->font && f->text.len;
}

void set_line(struct setter *s, struct page *page, const struct text_line *line,
	const struct doc_style *style, const struct doc_run *runs, const int32_t *tags, int32_t tag,
	mpt x, mpt baseline)
{
	for (uint32_t i = 0; i < line->fragment_count; i++) {
		const struct text_fragment *f = &line->fragments[i];
		const struct doc_run *run = &runs[f->span];
		int32_t own = tags != NULL ? tags[f->span] : tag;
		struct page_item *item;

		if (run->kind == RUN_MARK) {
			put_mark(s, page, style, run, own, x + f->x, baseline);
			continue;
		}
		if (f->glyph_count == 0 && !f->missing && !is_ending_space(line, i))
			continue;
		item = put_fragment(s, page, f, x, baseline);
		item->tag = own;
		item->pos = run->pos;
		item->text.figure = run->figure;
		item->text.colour = shape_colour(s, run_colour(style, run));
	}
}

/* In the brief arena: the caller rewinds it. */
static struct text_line label_line(
	struct setter *s, const struct doc_style *style, struct str text, bool strong)
{
	struct text_span span = { .kind = TEXT_CHARS, .text = text, .pos = style->pos };

	span_style(s, s->brief, &span, style, strong, false);
	return text_set_line(s->brief, s->fonts, &span, s->diag);
}

mpt label_width(struct setter *s, const struct doc_style *style, struct str text, bool strong)
{
	struct arena_mark mark = arena_mark(s->brief);
	mpt width = text.len == 0 ? 0 : label_line(s, style, text, strong).width;

	arena_rewind(s->brief, mark);
	return width;
}

static mpt aligned_start(enum doc_align align, mpt x, mpt width)
{
	if (align == DOC_END)
		return x - width;
	return align == DOC_CENTRE ? x - width / 2 : x;
}

mpt set_label(struct setter *s, struct page *page, const struct doc_style *style, struct str text,
	bool strong, uint8_t colour, int32_t figure, int32_t tag, enum doc_align align, mpt x,
	mpt baseline)
{
	struct arena_mark mark = arena_mark(s->brief);
	struct text_line line;

	if (text.len == 0)
		return 0;
	line = label_line(s, style, text, strong);
	for (uint32_t i = 0; i < line.fragment_count; i++) {
		struct page_item *item = put_fragment(
			s, page, &line.fragments[i], aligned_start(align, x, line.width), baseline);

		item->tag = tag;
		item->pos = style->pos;
		item->text.figure = figure;
		item->text.colour =
			shape_colour(s, colour < DOC_COLOUR_COUNT ? colour : style->colour);
	}
	arena_rewind(s->brief, mark);
	return line.width;
}
