/* The library: criterion 1. Each section and exhibit has a title that says a message: one or two
 * lines, with a number or a word that compares, not just a metric's name, and no two alike. */
#include "entente_executive.h"

#include "page/page_pack.h"

enum { TITLE_LINES = 2 };

struct title {
	struct str id;	  /* of the slot or section */
	struct str plain; /* words, as told apart: small letters, single spaces */
	const struct doc_paragraph *paragraph;
	struct src_pos pos; /* where it was written */
	bool figure;	    /* has a figure */
};
struct titles {
	struct executive *x;
	VEC(struct title) list;
	bool section; /* the section on the way has one */
};

/* ---- words ---- */

/* Small letters of ASCII and Latin-1, enough to find words of a list. */
static uint32_t small(uint32_t c)
{
	bool capital = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);

	return capital ? c + 0x20 : c;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
	uint32_t s = small(c);

	return is_digit(c) || (s >= 'a' && s <= 'z') || (c >= 0xC0 && (c < 0x2000 || c > 0x206F));
}

/* Words in small letters with single spaces between. */
static struct str folded(struct arena *a, struct str s)
{
	struct buf out;
	bool gap = false;

	buf_init(&out, a, s.len * 2 + 1);
	for (size_t i = 0; i < s.len;) {
		char bytes[4];
		uint32_t c = utf8_next(s, &i);

		if (!is_letter(c)) {
			gap = out.len > 0;
			continue;
		}
		if (gap)
			buf_putc(&out, ' ');
		gap = false;
		buf_bytes(&out, bytes, utf8_put(bytes, small(c)));
	}
	return buf_str(&out);
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_digit((unsigned char)s.ptr[i]))
			return true;
	return false;
}

/* An entry of the list: a whole word, or the beginning of one when it ends in '*'. */
static bool matches(struct str word, struct str entry)
{
	if (str_ends(entry, "*"))
		return word.len >= entry.len - 1 && memcmp(word.ptr, entry.ptr, entry.len - 1) == 0;
	return str_equal(word, entry);
}

static bool is_listed(struct str word, struct str list)
{
	for (struct str entry = str_word(&list); entry.len; entry = str_word(&list))
		if (matches(word, entry))
			return true;
	return false;
}

/* "three": as the language writes small numbers. */
static bool is_number_word(const struct executive *x, struct str word)
{
	enum { WRITTEN_OUT = 12 };

	for (int64_t n = 0; n <= WRITTEN_OUT; n++)
		if (str_equal(word, folded(x->arena, locale_count(x->arena, x->locale, n, false))))
			return true;
	return false;
}

static bool compares(const struct executive *x, struct str words, struct str list)
{
	for (struct str word = str_word(&words); word.len; word = str_word(&words))
		if (is_listed(word, list) || is_number_word(x, word))
			return true;
	return false;
}

/* ---- finding the titles ---- */

static void add_title(
	struct titles *t, struct str id, const struct doc_paragraph *p, struct src_pos pos)
{
	struct title *title = vec_add(t->x->arena, &t->list);

	title->id = id;
	title->paragraph = p;
	title->plain = folded(t->x->arena, executive_plain(t->x->arena, p));
	title->pos = executive_pos(p, pos);
	for (uint32_t i = 0; i < p->run_count; i++)
		title->figure |= p->runs[i].figure >= 0;
}

static void see_paragraph(
	void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct titles *t = ctx;

	if (p->style->role != ROLE_TITLE)
		return;
	t->section = true;
	add_title(t, executive_where(at), p, at->section->pos);
}

static bool is_own_number(const struct titles *t, const struct doc_exhibit *e)
{
	struct str number = str_printf(t->x->arena, "%u", e->number);
	struct str stand_in =
		locale_phrase(t->x->arena, t->x->locale, "exhibit-number", &number, 1);

	return str_equal(executive_plain(t->x->arena, &e->title), stand_in);
}

static void see_block(void *ctx, const struct executive_place *at, const struct doc_block *b)
{
	struct titles *t = ctx;

	if (b->kind != DOC_EXHIBIT)
		return;
	if (b->exhibit->title.run_count && !is_own_number(t, b->exhibit))
		add_title(t, executive_where(at), &b->exhibit->title, b->pos);
	else
		diag_add(t->x->diag, DIAG_EXECUTIVE_TITLE, b->pos,
			"exhibit '" STR_FMT
			"' has no title; give it a title-topic that says what it shows",
			STR_ARG(b->slot));
}

static bool is_content(const struct doc_section *s)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->blocks[i]->kind != DOC_CONTENTS)
			return true;
	return false;
}

static void collect(struct titles *t)
{
	struct executive_walk walk = { .ctx = t, .block = see_block, .paragraph = see_paragraph };

	for (size_t i = 0; i < t->x->doc->sections.count; i++) {
		const struct doc_section *s = t->x->doc->sections.at[i];

		t->section = false;
		executive_walk_section(s, &walk);
		if (!t->section && is_content(s))
			diag_add(t->x->diag, DIAG_EXECUTIVE_TITLE, s->pos,
				"section '" STR_FMT "' has no title; begin it with a <title> whose "
						    "topic says its message",
				STR_ARG(s->id));
	}
}

/* ---- lines, as set ---- */

struct heading { /* a heading's tag and the lines found of it */
	uint32_t lines, page;
	mpt y;
};

static bool is_heading(const struct page_tag *tag)
{
	return tag->type >= TAG_H1 && tag->type <= TAG_H6;
}

static int32_t heading_of(const struct pages *pages, int32_t tag)
{
	while (tag >= 0 && !is_heading(&pages->tags.at[tag]))
		tag = pages->tags.at[tag].parent;
	return tag;
}

static void count_line(struct heading *h, uint32_t page, mpt y)
{
	h->lines += h->lines == 0 || h->page != page || h->y != y;
	h->page = page;
	h->y = y;
}

/* By tag: how many lines each heading took. */
static const struct heading *count_lines(struct executive *x)
{
	struct heading *headings = ARENA_ARRAY(x->arena, struct heading, x->pages->tags.count);

	for (size_t p = 0; p < x->pages->pages.count; p++) {
		struct page_items items = page_items(x->arena, x->pages, p);

		for (size_t i = 0; i < items.count; i++) {
			const struct page_item *item = &items.at[i];
			int32_t tag =
				item->kind == PAGE_TEXT ? heading_of(x->pages, item->tag) : -1;

			if (tag >= 0)
				count_line(&headings[tag], (uint32_t)p, item->y);
		}
	}
	return headings;
}

static uint32_t lines_of_title(
	const struct executive *x, const struct heading *headings, const struct title *t)
{
	uint32_t most = 0;

	for (size_t i = 0; i < x->pages->tags.count; i++) {
		const struct page_tag *tag = &x->pages->tags.at[i];

		if (is_heading(tag) && tag->pos.source == t->pos.source &&
			tag->pos.offset == t->pos.offset && headings[i].lines > most)
			most = headings[i].lines;
	}
	return most;
}

/* ---- what a title must be ---- */

static bool is_name(const struct executive *x, struct str plain, const struct facts_labels *labels)
{
	struct str lang = locale_lang(x->locale);

	return str_equal(plain, folded(x->arena, facts_label(labels, lang, false))) ||
		str_equal(plain, folded(x->arena, facts_label(labels, lang, true)));
}

static const struct facts_metric *named_metric(const struct executive *x, struct str plain)
{
	for (size_t i = 0; i < x->facts->metrics.count; i++) {
		const struct facts_metric *m = x->facts->metrics.entries[i].value;

		if (plain.len && is_name(x, plain, &m->labels))
			return m;
	}
	return NULL;
}

static void check_message(struct executive *x, const struct title *t, struct str list)
{
	const struct facts_metric *metric = named_metric(x, t->plain);

	if (metric)
		diag_add(x->diag, DIAG_EXECUTIVE_TITLE, t->pos,
			"the title of '" STR_FMT "' is only the name of metric '" STR_FMT
			"'; say what became of it",
			STR_ARG(t->id), STR_ARG(metric->id));
	else if (!t->figure && !has_digit(t->plain) && list.len && !compares(x, t->plain, list))
		diag_add(x->diag, DIAG_EXECUTIVE_TITLE, t->pos,
			"the title of '" STR_FMT
			"' has no number and no word that compares; say how much, or against what",
			STR_ARG(t->id));
}

static void check_lines(struct executive *x, const struct title *t, uint32_t lines)
{
	if (lines > TITLE_LINES)
		diag_add(x->diag, DIAG_EXECUTIVE_TITLE, t->pos,
			"the title of '" STR_FMT "' takes %u lines, %d at most; shorten it",
			STR_ARG(t->id), (unsigned)lines, TITLE_LINES);
}

static void check_alike(struct titles *t, size_t index)
{
	const struct title *title = &t->list.at[index];

	for (size_t i = 0; i < index; i++) {
		if (!str_equal(t->list.at[i].plain, title->plain))
			continue;
		diag_add(t->x->diag, DIAG_EXECUTIVE_TITLE, title->pos,
			"'" STR_FMT "' has the same title as '" STR_FMT
			"'; each says one thing of its own",
			STR_ARG(title->id), STR_ARG(t->list.at[i].id));
		return;
	}
}

const char *executive_titles(struct executive *x)
{
	struct str list = locale_has(x->locale, STR("comparison-words"))
		? locale_word(x->locale, STR("comparison-words"))
		: (struct str) { 0 };
	const struct heading *headings = count_lines(x);
	struct titles t = { .x = x };

	collect(&t);
	for (size_t i = 0; i < t.list.count; i++) {
		check_message(x, &t.list.at[i], list);
		check_lines(x, &t.list.at[i], lines_of_title(x, headings, &t.list.at[i]));
		check_alike(&t, i);
	}
	return list.len ? NULL : "there is no word 'comparison-words' in this language";
}
