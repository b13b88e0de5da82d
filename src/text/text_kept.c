/* Paragraphs kept for when they are asked for again. Serves the arrows spans -> paragraph -> lines.
 *
 * A label's width is asked for before the label is set, the cells of a table say the same few things, and the next briefing of a batch
 * has most sentences of this one. An entry depends on nothing but its spans and style, so that whether it was there never shows in a
 * result; what a message was made of is not kept, since each asks for its own. */
#include "text/text_int.h"

enum {
	KEPT_FIRST = 512 * 1024,     /* bytes, while no second briefing is in sight: labels and cells of one paper */
	KEPT_MOST = 3 * 1024 * 1024, /* bytes from then on: a briefing has a third of it; of a long report only the beginning is kept */
	FIRST_SLOTS = 2048,
	BYTES_MOST = 4096,           /* what is longer comes but once */
	WIDTHS_MOST = 8              /* a paragraph's lines are kept in so many widths */
};

/* Lines in one width. Most are asked for once: from the second time on they are kept. */
struct kept_lines {
	mpt width;
	uint32_t hyphens; /* see font_set.hyphen_version */
	struct text_lines lines; /* none yet: asked for once */
	struct kept_lines *next;
};
struct kept_paragraph {
	struct cached cached;
	struct text_paragraph p; /* spans, their texts and lists of faces are its own */
	const struct text_line *line; /* all of it on one line; NULL until asked for */
	struct kept_lines *lines;
	uint32_t widths;              /* of lines */
};

/* What is asked for. */
struct asked {
	const struct text_span *spans;
	size_t count;
	const struct text_style *style;
	uint64_t hash;
	size_t bytes; /* of texts */
};

static uint64_t mixed(uint64_t h, uint64_t with)
{
	h = (h ^ with) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 32;
}

static struct asked asked_for(const struct text_span *spans, size_t count, const struct text_style *style)
{
	struct asked q = { .spans = spans, .count = count, .style = style };
	uint64_t h = (uint64_t)style->align << 48 | (uint64_t)style->flags << 32 | (uint32_t)style->indent;
	for (size_t i = 0; i < count; i++) {
		const struct text_span *s = &spans[i];
		h = mixed(h, str_hash(s->text));
		h = mixed(h, (uint64_t)(uint32_t)s->size << 32 | (uint64_t)s->flags << 16 | (s->font_count ? s->fonts[0]->id : 0u));
		h = mixed(h, (uint64_t)(uint32_t)s->width << 32 | (uint32_t)(s->tracking ^ s->rise));
		q.bytes += s->text.len;
	}
	q.hash = h;
	return q;
}

static bool style_same(const struct text_style *a, const struct text_style *b)
{
	return a->align == b->align && a->flags == b->flags && a->stretch == b->stretch && a->shrink == b->shrink &&
	       a->stretch_most == b->stretch_most && a->letter_most == b->letter_most && a->last_least == b->last_least &&
	       a->hang_punctuation == b->hang_punctuation && a->indent == b->indent && a->hang == b->hang &&
	       a->max_lines == b->max_lines;
}

static bool fonts_same(const struct text_span *a, const struct text_span *b)
{
	return a->font_count == b->font_count &&
	       (!a->font_count || memcmp(a->fonts, b->fonts, a->font_count * sizeof *a->fonts) == 0);
}

/* All but where it stands. */
static bool span_same(const struct text_span *a, const struct text_span *b)
{
	return a->kind == b->kind && a->flags == b->flags && a->size == b->size && a->tracking == b->tracking &&
	       a->rise == b->rise && a->width == b->width && a->height == b->height && str_equal(a->text, b->text) &&
	       str_equal(a->lang, b->lang) && fonts_same(a, b);
}

static bool is_asked(const struct kept_paragraph *k, const struct asked *q)
{
	if (k->p.span_count != q->count || !style_same(&k->p.style, q->style))
		return false;
	for (size_t i = 0; i < q->count; i++)
		if (!span_same(&k->p.spans[i], &q->spans[i]))
			return false;
	return true;
}

static struct kept_paragraph *kept_find(const struct font_set *set, const struct asked *q)
{
	size_t at = (size_t)q->hash;
	struct kept_paragraph *k;
	do {
		k = (struct kept_paragraph *)cache_next(&set->kept_paragraphs, q->hash, &at);
	} while (k && !is_asked(k, q));
	return k;
}

bool kept_has_room(struct font_set *set)
{
	set->kept.unwind = set->session->unwind;
	return set->kept.used < (set->kept_for_more ? KEPT_MOST : KEPT_FIRST);
}

static const struct text_span *own_spans(struct font_set *set, const struct asked *q)
{
	struct arena *a = &set->kept;
	struct text_span *own = arena_copy(a, q->spans, q->count * sizeof *own);
	for (size_t i = 0; i < q->count; i++) {
		own[i].text = str_copy(a, own[i].text);
		own[i].fonts = arena_copy(a, own[i].fonts, own[i].font_count * sizeof *own[i].fonts);
		uint16_t lang = language_index(set, own[i].lang);
		own[i].lang = set->languages.at[lang]->tag;
	}
	return own;
}

static const struct text_paragraph *keep_new(struct font_set *set, const struct asked *q, struct diag *d)
{
	struct kept_paragraph *k = ARENA_NEW(&set->kept, struct kept_paragraph);
	if (!paragraph_make(&set->kept, set, own_spans(set, q), q->count, q->style, &k->p, d))
		return &k->p;
	k->cached.hash = q->hash;
	k->p.kept = k;
	cache_put(&set->kept, &set->kept_paragraphs, &k->cached, FIRST_SLOTS);
	return &k->p;
}

const struct text_paragraph *text_prepare(struct arena *a, struct font_set *set, const struct text_span *spans, size_t count,
	const struct text_style *style, struct diag *d)
{
	struct asked q = asked_for(spans, count, style);
	const struct kept_paragraph *k = kept_find(set, &q);
	if (k)
		return &k->p;
	if (q.bytes <= BYTES_MOST && kept_has_room(set))
		return keep_new(set, &q, d);
	struct text_paragraph *p = ARENA_NEW(a, struct text_paragraph);
	paragraph_make(a, set, arena_copy(a, spans, count * sizeof *spans), count, style, p, d);
	return p;
}

static struct kept_lines *lines_in(const struct text_paragraph *p, mpt width)
{
	for (struct kept_lines *l = p->kept->lines; l; l = l->next)
		if (l->width == width)
			return l;
	return NULL;
}

static void note_width(const struct text_paragraph *p, mpt width)
{
	struct kept_paragraph *k = p->kept;
	if (k->widths == WIDTHS_MOST || !kept_has_room(p->set))
		return;
	struct kept_lines *l = ARENA_NEW(&p->set->kept, struct kept_lines);
	*l = (struct kept_lines){ .width = width, .hyphens = p->set->hyphen_version, .next = k->lines };
	k->lines = l;
	k->widths++;
}

struct text_lines text_break(struct arena *a, const struct text_paragraph *p, mpt width)
{
	struct kept_lines *l = p->kept ? lines_in(p, width) : NULL;
	if (p->kept && !l)
		note_width(p, width);
	if (l && l->hyphens != p->set->hyphen_version) {
		l->hyphens = p->set->hyphen_version;
		l->lines = (struct text_lines){ 0 };
	} else if (l && !l->lines.count && kept_has_room(p->set)) {
		l->lines = paragraph_break(&p->set->kept, p, width);
	}
	return l && l->lines.count ? l->lines : paragraph_break(a, p, width);
}

/* Of the paragraph only the line lasts: its glyphs, and the span's own text. */
struct text_line text_set_line(struct arena *a, struct font_set *set, const struct text_span *span, struct diag *d)
{
	static const struct text_style plain = { .align = TEXT_START };
	arena_reset(&set->brief);
	set->brief.unwind = set->session->unwind;
	const struct text_paragraph *p = text_prepare(&set->brief, set, span, 1, &plain, d);
	if (!p->kept)
		return paragraph_line(a, p);
	if (!p->kept->line) {
		struct text_line *line = ARENA_NEW(&set->kept, struct text_line);
		*line = paragraph_line(&set->kept, p);
		p->kept->line = line;
	}
	return *p->kept->line;
}

void kept_forget(struct font_set *set)
{
	arena_reset(&set->kept);
	set->kept_paragraphs = (struct cache){ 0 };
}
