/* Properties of pages over generated documents in which every keep can be kept: no line of a paragraph stands alone, no heading stands at
 * the foot of a page, every page holds content, and there are not many more of them than the content fills. A seeded generator, no clock. */
#include "flow_fixture.h"

enum { DOCUMENTS = 150, PAGE = 720, BLOCKS_MOST = 60, HEADINGS_MOST = 3, BOX_MOST = 200 };

struct maker {
	struct fixture *f;
	uint64_t seed;
};

static uint32_t pick(struct maker *m, uint32_t below)
{
	return fixture_pick(&m->seed, below);
}

static const char *sentence(struct maker *m, uint32_t most)
{
	static const char *const words[] = { "platform", "the", "of", "budget", "shared", "€2.4 m", "integration", "a", "plan", "joint" };
	uint32_t count = 1 + pick(m, most);
	struct buf b;

	buf_init(&b, &m->f->arena, 1 << 16);
	for (uint32_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? " " : "", words[pick(m, sizeof words / sizeof *words)]);
	return buf_str(&b).ptr;
}

static struct doc_block *make_text(struct maker *m)
{
	struct doc_run runs[2] = { text_run(str_from(sentence(m, 160))) };
	uint32_t notes = (uint32_t)m->f->doc.notes.count;

	if (notes && !pick(m, 4))
		runs[1] = (struct doc_run){ .kind = RUN_NOTE, .colour = DOC_COLOUR_COUNT, .note = pick(m, notes), .figure = -1 };
	return par_block(m->f, paragraph_of(m->f, ROLE_TEXT, runs, runs[1].kind == RUN_NOTE ? 2 : 1));
}

static struct doc_block *make_list(struct maker *m)
{
	struct doc_list list = { .count = 1 + pick(m, 5), .label_width = 14 * PT };
	struct doc_list_item *items = ARENA_ARRAY(&m->f->arena, struct doc_list_item, list.count);
	struct doc_block *b = block(m->f, DOC_LIST);

	for (uint32_t i = 0; i < list.count; i++) {
		struct doc_block *text = make_text(m);
		items[i] = (struct doc_list_item){ .label = words(m->f, ROLE_ITEM_HEAD, "1"), .count = 1,
			.blocks = arena_copy(&m->f->arena, &text, sizeof text) };
	}
	list.items = items;
	b->list = arena_copy(&m->f->arena, &list, sizeof list);
	return b;
}

static struct doc_block *make_heading(struct maker *m)
{
	struct doc_paragraph p = words(m->f, ROLE_HEADING, sentence(m, 5));

	p.level = 2;
	return par_block(m->f, p);
}

static struct doc_block *make_block(struct maker *m, bool heading)
{
	if (heading)
		return make_heading(m);
	switch (pick(m, 6)) {
	case 0: return make_list(m);
	case 1: return box(m->f, (mpt)(10 + pick(m, BOX_MOST - 10)) * PT);
	case 2: return stack(m->f, 2, make_text(m), make_text(m));
	default: return make_text(m);
	}
}

static void make_section(struct maker *m)
{
	struct doc_section *s = section(m->f, 0);
	const struct doc_block **blocks = ARENA_ARRAY(&m->f->arena, const struct doc_block *, BLOCKS_MOST);
	uint32_t headings = 0;

	s->count = 1 + pick(m, BLOCKS_MOST);
	for (uint32_t i = 0; i < s->count; i++) {
		bool heading = i + 1 < s->count && headings < HEADINGS_MOST && !pick(m, 4);
		blocks[i] = make_block(m, heading);
		headings = heading ? headings + 1 : 0;
	}
	s->blocks = blocks;
	s->new_page = pick(m, 2);
}

static void make_document(struct maker *m)
{
	uint32_t sections = 1 + pick(m, 3), notes = pick(m, 2) * 6;

	m->f->styles[ROLE_TEXT].orphans = (uint8_t)pick(m, 4);
	m->f->styles[ROLE_TEXT].widows = (uint8_t)pick(m, 4);
	for (uint32_t i = 0; i < notes; i++)
		vec_push(&m->f->arena, &m->f->doc.notes, ((struct doc_note){ .text = words(m->f, ROLE_NOTE, sentence(m, 8)), .number = i + 1,
			.foot = true }));
	for (uint32_t i = 0; i < sections; i++)
		make_section(m);
}

/* ---- what was printed ---- */

static const struct page_tag *tag_of(const struct fixture *f, const struct page_item *item)
{
	int32_t tag = item->tag;

	while (tag > 0 && f->pages->tags.at[tag].type != TAG_P && f->pages->tags.at[tag].type != TAG_H1
		&& f->pages->tags.at[tag].type != TAG_H2 && f->pages->tags.at[tag].type != TAG_NOTE)
		tag = f->pages->tags.at[tag].parent;
	return tag > 0 ? &f->pages->tags.at[tag] : NULL;
}

/* Lines of an element on a page: baselines that differ. */
static uint32_t lines_on(const struct fixture *f, size_t page, const struct page_tag *tag)
{
	const struct page *p = &f->pages->pages.at[page];
	uint32_t lines = 0;
	mpt last = -1;

	for (size_t i = 0; i < p->items.count; i++)
		if (p->items.at[i].kind == PAGE_TEXT && p->items.at[i].tag >= 0 && tag_of(f, &p->items.at[i]) == tag
			&& p->items.at[i].text.size == f->styles[ROLE_TEXT].size && p->items.at[i].y != last) {
			lines++;
			last = p->items.at[i].y;
		}
	return lines;
}

static bool is_content(const struct fixture *f, const struct page_item *item)
{
	if (item->kind == PAGE_RECT)
		return item->shape.fill == fixture_palette[COLOUR_TINT];
	if (item->kind != PAGE_TEXT || item->tag < 0)
		return false;
	const struct page_tag *tag = tag_of(f, item);
	return !tag || tag->type != TAG_NOTE;
}

/* ---- what must hold ---- */

static uint32_t least(uint8_t lines)
{
	return lines ? lines : 2;
}

/* Paragraphs go over two pages at most: they are shorter than one. */
static size_t no_line_stands_alone(const struct fixture *f)
{
	size_t parted = 0;

	for (size_t t = 0; t < f->pages->tags.count; t++) {
		const struct page_tag *tag = &f->pages->tags.at[t];
		for (size_t p = 0; tag->type == TAG_P && p + 1 < page_count(f); p++) {
			uint32_t foot = lines_on(f, p, tag), head = foot ? lines_on(f, p + 1, tag) : 0;
			if (!head)
				continue;
			parted++;
			assert_true(foot >= least(f->styles[ROLE_TEXT].orphans));
			assert_true(head >= least(f->styles[ROLE_TEXT].widows));
		}
	}
	return parted;
}

static bool is_heading(const struct page_tag *tag)
{
	return tag && (tag->type == TAG_H1 || tag->type == TAG_H2);
}

/* A heading has content below it that is no heading. */
static void no_heading_is_stranded(const struct fixture *f)
{
	for (size_t p = 0; p < page_count(f); p++) {
		const struct page *page = &f->pages->pages.at[p];
		const struct page_item *last = NULL;
		for (size_t i = 0; i < page->items.count; i++)
			if (is_content(f, &page->items.at[i]) && (!last || page->items.at[i].y >= last->y))
				last = &page->items.at[i];
		assert_false(last && last->kind == PAGE_TEXT && is_heading(tag_of(f, last)));
	}
}

/* Every page holds some, and all of them so much that half of each but the sections' last is full. */
static void pages_are_filled(const struct fixture *f)
{
	int64_t used = 0;

	for (size_t p = 0; p < page_count(f); p++) {
		const struct page *page = &f->pages->pages.at[p];
		bool content = false;
		for (size_t i = 0; i < page->items.count; i++)
			content |= is_content(f, &page->items.at[i]);
		assert_true(content);
		used += PAGE * PT - page->free;
	}
	assert_true((int64_t)page_count(f) <= used * 2 / (PAGE * PT) + (int64_t)f->doc.sections.count);
}

static void pages_keep_their_promises(void **state)
{
	static struct fixture f;
	size_t parted = 0, pages = 0, headings = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= DOCUMENTS; seed++) {
		struct maker m = { .f = &f, .seed = seed };
		fixture_open(&f);
		make_document(&m);
		flow(&f);
		parted += no_line_stands_alone(&f);
		no_heading_is_stranded(&f);
		pages_are_filled(&f);
		pages += page_count(&f);
		headings += tags_of(&f, TAG_H1) + tags_of(&f, TAG_H2);
		assert_int_equal(found(&f, DIAG_KEEP_BROKEN), 0);
		fixture_close(&f);
	}
	assert_true(parted > DOCUMENTS && pages > 2 * DOCUMENTS && headings > DOCUMENTS); /* there was something to hold */
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(pages_keep_their_promises) };

	return cmocka_run_group_tests_name("flow pages", tests, NULL, NULL);
}
