/* Properties over generated documents: every character of a paragraph is printed once and in order under its element; every item
 * lies on its page; no two lines of text overlap; every element keeps its place in the tree. A seeded generator, no clock. */
#include "flow_fixture.h"

enum { DOCUMENTS = 200, DEEPEST = 3 };

struct maker {
	struct fixture *f;
	uint64_t seed;
	uint32_t notes;
};

static uint32_t pick(struct maker *m, uint32_t below)
{
	return fixture_pick(&m->seed, below);
}

static const char *const vocabulary[] = { "platform", "the", "of", "budget", "shared", "€2.4 m", "integration", "a", "Überprüfung",
	"Donaudampfschifffahrtsgesellschaft", "plan", "76 %", "joint", "decision", "−0.4", "customer", "is", "retention" };

static const char *sentence(struct maker *m, uint32_t most)
{
	uint32_t count = 1 + pick(m, most);
	struct buf b;

	buf_init(&b, &m->f->arena, 1 << 16);
	for (uint32_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? " " : "", vocabulary[pick(m, sizeof vocabulary / sizeof *vocabulary)]);
	return buf_str(&b).ptr;
}

static struct doc_paragraph make_paragraph(struct maker *m, uint32_t most)
{
	static const enum doc_role roles[] = { ROLE_TEXT, ROLE_HEADING, ROLE_LEAD, ROLE_ITEM_TEXT, ROLE_TITLE };
	struct doc_run runs[4];
	uint32_t count = 1 + pick(m, 3);

	for (uint32_t i = 0; i < count; i++) {
		runs[i] = text_run(str_from(sentence(m, most)));
		runs[i].flags = pick(m, 3) ? 0 : RUN_STRONG;
		runs[i].target = pick(m, 8) ? 0 : 1;
		runs[i].flags |= (uint8_t)(pick(m, 8) ? 0 : 16u << pick(m, 4)); /* raised, lowered, small capitals, code */
		runs[i].lang = pick(m, 6) ? STR("") : STR("de");
	}
	if (m->notes && !pick(m, 6))
		runs[count++] = (struct doc_run){ .kind = RUN_NOTE, .colour = DOC_COLOUR_COUNT, .note = pick(m, m->notes), .figure = -1 };
	struct doc_paragraph p = paragraph_of(m->f, roles[pick(m, 5)], runs, count);
	p.rtl = !pick(m, 8);
	p.part = pick(m, 12) ? PART_TEXT : PART_CAPTION;
	return p;
}

static struct doc_block *make_block(struct maker *m, int depth);

static const struct doc_block **make_blocks(struct maker *m, uint32_t count, int depth)
{
	const struct doc_block **blocks = ARENA_ARRAY(&m->f->arena, const struct doc_block *, count + 1);

	for (uint32_t i = 0; i < count; i++)
		blocks[i] = make_block(m, depth);
	return blocks;
}

static struct doc_block *make_text(struct maker *m, int depth)
{
	(void)depth;
	return par_block(m->f, make_paragraph(m, 60));
}

static struct doc_block *make_stack(struct maker *m, int depth)
{
	struct doc_stack s = { .count = 1 + pick(m, 4) };
	struct doc_block *b = block(m->f, DOC_STACK);
	struct doc_frame frame = { .fill = COLOUR_TINT, .pad_top = 8 * PT, .pad_bottom = 8 * PT, .pad_left = 10 * PT,
		.pad_right = 10 * PT };

	s.blocks = make_blocks(m, s.count, depth + 1);
	b->stack = arena_copy(&m->f->arena, &s, sizeof s);
	if (!pick(m, 3))
		b->frame = arena_copy(&m->f->arena, &frame, sizeof frame);
	b->keep_together = !pick(m, 3);
	b->group = (uint8_t)pick(m, 3);
	return b;
}

static struct doc_block *make_row(struct maker *m, int depth)
{
	struct doc_block *b = row2(m->f, (uint8_t)(3 + pick(m, 7)), make_stack(m, depth + 1), make_stack(m, depth + 1), !pick(m, 3));
	struct doc_row *row = (struct doc_row *)(uintptr_t)b->row;

	row->rtl = !pick(m, 4);
	row->breaks = !row->tracks && pick(m, 2);
	return b;
}

static struct doc_block *make_list(struct maker *m, int depth)
{
	struct doc_list list = { .count = 1 + pick(m, 5), .label_width = 14 * PT, .rules = pick(m, 2), .item_pad = 3 * PT,
		.spread = pick(m, 2), .terms = !pick(m, 4), .rtl = !pick(m, 4) };
	struct doc_list_item *items = ARENA_ARRAY(&m->f->arena, struct doc_list_item, list.count);
	struct doc_block *b = block(m->f, DOC_LIST);

	for (uint32_t i = 0; i < list.count; i++) {
		items[i].label = words(m->f, ROLE_ITEM_HEAD, "1");
		items[i].count = 1 + pick(m, 2);
		items[i].blocks = make_blocks(m, items[i].count, depth + 2);
	}
	list.items = items;
	b->list = arena_copy(&m->f->arena, &list, sizeof list);
	return b;
}

static struct doc_block *make_table(struct maker *m, int depth)
{
	uint16_t columns = (uint16_t)(1 + pick(m, 6));
	uint32_t heads = pick(m, 3), rows = 1 + pick(m, depth ? 12 : 150);
	struct doc_table *t = table(m->f, columns, heads, rows);

	for (uint32_t i = 0; i < heads + rows; i++) {
		struct doc_cell *cells = ARENA_ARRAY(&m->f->arena, struct doc_cell, columns);
		for (uint16_t k = 0; k < columns; k++)
			cells[k] = cell(m->f, sentence(m, pick(m, 40) ? 4 : 200));
		*(struct doc_table_row *)&t->rows[i] = (struct doc_table_row){ .kind = i < heads ? ROW_HEAD : (uint8_t)(pick(m, 9) ? ROW_BODY
			: ROW_GROUP), .cells = cells, .count = columns, .keep_with_next = !pick(m, 9) };
	}
	for (uint16_t k = 0; k < columns; k++)
		((struct doc_column *)t->columns)[k].width_kind = (uint8_t)(pick(m, 2) ? WIDTH_SHARE : WIDTH_CONTENT);
	return table_block(m->f, t);
}

static struct doc_block *make_exhibit(struct maker *m, int depth)
{
	return exhibit(m->f, sentence(m, 10), pick(m, 2) ? make_table(m, depth) : make_text(m, depth), sentence(m, 8));
}

static struct doc_block *make_columns(struct maker *m, int depth)
{
	struct doc_columns c = { .columns = (uint8_t)(2 + pick(m, 2)), .count = 1 + pick(m, 6), .rtl = !pick(m, 4) };
	struct doc_block *b = block(m->f, DOC_COLUMNS);

	c.blocks = make_blocks(m, c.count, depth + 2);
	b->columns = arena_copy(&m->f->arena, &c, sizeof c);
	return b;
}

static struct doc_block *make_box(struct maker *m, int depth)
{
	(void)depth;
	return box(m->f, (mpt)(1 + pick(m, 300)) * PT);
}

static struct doc_block *make_block(struct maker *m, int depth)
{
	static struct doc_block *(*const makers[])(struct maker *, int) = { make_text, make_text, make_box, make_stack, make_row,
		make_list, make_table, make_exhibit, make_columns };
	uint32_t simple = 3, all = sizeof makers / sizeof *makers;
	struct doc_block *b = makers[pick(m, depth < DEEPEST ? all : simple)](m, depth);

	b->keep_with_next = !pick(m, 8);
	return b;
}

static void make_document(struct maker *m)
{
	uint32_t sections = 1 + pick(m, 3);

	m->f->doc.anchor_count = 1;
	m->notes = pick(m, 3) * 4;
	for (uint32_t i = 0; i < m->notes; i++)
		vec_push(&m->f->arena, &m->f->doc.notes, ((struct doc_note){ .text = words(m->f, ROLE_NOTE, sentence(m, 30)), .number = i + 1,
			.foot = pick(m, 2) }));
	for (uint32_t i = 0; i < sections; i++) {
		struct doc_section *s = section(m->f, 0);
		s->count = 1 + pick(m, 9);
		s->blocks = make_blocks(m, s->count, 0);
		s->new_page = pick(m, 2);
		s->continues = i && s->new_page && pick(m, 2);
		s->starts = (uint8_t)pick(m, 3);
	}
	((struct doc_block *)(uintptr_t)m->f->doc.sections.at[0]->blocks[0])->anchor = 1;
}

/* ---- what doc holds, paragraph by paragraph in the order of the tree ---- */

struct expected {
	struct fixture *f;
	VEC(struct str) texts;
	VEC(uint32_t) calls; /* since the last section on a new page: notes in the order of their first calls */
};

static void expect_call(struct expected *e, uint32_t note)
{
	for (size_t i = 0; i < e->calls.count; i++)
		if (e->calls.at[i] == note)
			return;
	vec_push(&e->f->arena, &e->calls, note);
}

static void expect_paragraph(struct expected *e, const struct doc_paragraph *p)
{
	struct buf b;

	if (!p->run_count)
		return;
	buf_init(&b, &e->f->arena, 1 << 20);
	for (uint32_t i = 0; i < p->run_count; i++) {
		buf_put(&b, p->runs[i].text);
		if (p->runs[i].kind != RUN_NOTE)
			continue;
		buf_printf(&b, "[%u]", (unsigned)e->f->doc.notes.at[p->runs[i].note].number);
		expect_call(e, p->runs[i].note);
	}
	vec_push(&e->f->arena, &e->texts, buf_str(&b));
}

static void expect_block(struct expected *e, const struct doc_block *b);

static void expect_blocks(struct expected *e, const struct doc_block *const *blocks, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		expect_block(e, blocks[i]);
}

static void expect_list(struct expected *e, const struct doc_list *list)
{
	for (uint32_t i = 0; i < list->count; i++) {
		expect_paragraph(e, &list->items[i].label);
		expect_blocks(e, list->items[i].blocks, list->items[i].count);
	}
}

static void expect_table(struct expected *e, const struct doc_table *t)
{
	for (uint32_t i = 0; i < t->row_count; i++)
		for (uint16_t k = 0; k < t->rows[i].count; k++)
			expect_paragraph(e, &t->rows[i].cells[k].text);
}

static void expect_block(struct expected *e, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_PARAGRAPH: expect_paragraph(e, b->paragraph); break;
	case DOC_STACK: expect_blocks(e, b->stack->blocks, b->stack->count); break;
	case DOC_COLUMNS: expect_blocks(e, b->columns->blocks, b->columns->count); break;
	case DOC_LIST: expect_list(e, b->list); break;
	case DOC_TABLE: expect_table(e, b->table); break;
	case DOC_ROW:
		for (uint32_t i = 0; i < b->row->count; i++)
			expect_block(e, b->row->cells[i].block);
		break;
	case DOC_EXHIBIT:
		expect_paragraph(e, &b->exhibit->title);
		expect_block(e, b->exhibit->body);
		expect_paragraph(e, &b->exhibit->source);
		break;
	default: break;
	}
}

static void expect_document(struct expected *e)
{
	for (size_t i = 0; i < e->f->doc.sections.count; i++) {
		const struct doc_section *s = e->f->doc.sections.at[i];
		if (s->new_page && !s->continues)
			e->calls.count = 0;
		size_t before = e->calls.count;
		expect_blocks(e, s->blocks, s->count);
		for (size_t k = before; k < e->calls.count; k++)
			expect_paragraph(e, &e->f->doc.notes.at[e->calls.at[k]].text);
	}
}

/* ---- what was printed ---- */

static bool is_paragraph(const struct page_tag *t)
{
	return t->type == TAG_P || (t->type >= TAG_H1 && t->type <= TAG_H6) || t->type == TAG_LBL || t->type == TAG_TH
		|| t->type == TAG_TD || t->type == TAG_NOTE || t->type == TAG_CAPTION;
}

/* Text by paragraph element, what is in links and references inside it included. */
static struct buf *texts_printed(struct fixture *f)
{
	struct buf *texts = ARENA_ARRAY(&f->arena, struct buf, f->pages->tags.count);

	for (size_t i = 0; i < f->pages->tags.count; i++)
		buf_init(&texts[i], &f->arena, 1 << 20);
	for (size_t p = 0; p < page_count(f); p++)
		for (size_t i = 0; i < f->pages->pages.at[p].items.count; i++) {
			const struct page_item *item = &f->pages->pages.at[p].items.at[i];
			int32_t tag = item->tag;
			while (tag > 0 && !is_paragraph(&f->pages->tags.at[tag]))
				tag = f->pages->tags.at[tag].parent;
			if (item->kind == PAGE_TEXT && tag > 0)
				buf_put(&texts[tag], item->text.text);
		}
	return texts;
}

static void every_character_once_and_in_order(struct fixture *f)
{
	struct expected e = { .f = f };
	struct buf *texts = texts_printed(f);
	size_t at = 0;

	expect_document(&e);
	for (size_t i = 0; i < f->pages->tags.count; i++) {
		if (!is_paragraph(&f->pages->tags.at[i]))
			continue;
		assert_true(at < e.texts.count);
		struct str is = str_trim(buf_str(&texts[i])), should = str_trim(e.texts.at[at]);
		if (!str_equal(is, should))
			fail_msg("element %zu prints '" STR_FMT "', doc has '" STR_FMT "'", i, STR_ARG(is), STR_ARG(should));
		at++;
	}
	assert_int_equal(at, e.texts.count);
}

static void everything_on_its_page(struct fixture *f)
{
	for (size_t p = 0; p < page_count(f); p++)
		for (size_t i = 0; i < f->pages->pages.at[p].items.count; i++) {
			const struct page_item *item = &f->pages->pages.at[p].items.at[i];
			mpt width = item->kind == PAGE_TEXT ? item->text.width : item->kind == PAGE_RECT ? item->shape.width : 0;
			mpt height = item->kind == PAGE_RECT ? item->shape.height : 0;
			assert_in_range(item->x, 48 * PT, 552 * PT);
			assert_in_range(item->y, 59 * PT, 780 * PT);
			assert_true(item->x + width <= 552 * PT + 500); /* a line's ending space hangs over */
			assert_true(item->y + height <= 781 * PT);
		}
}

static bool overlap(const struct page_item *a, const struct page_item *b)
{
	mpt size = a->text.size < b->text.size ? a->text.size : b->text.size, apart = a->y > b->y ? a->y - b->y : b->y - a->y;

	return apart < size * 7 / 10 && a->x + a->text.width > b->x + PT / 2 && b->x + b->text.width > a->x + PT / 2;
}

static void no_two_texts_overlap(struct fixture *f)
{
	for (size_t p = 0; p < page_count(f); p++) {
		const struct page *page = &f->pages->pages.at[p];
		for (size_t i = 0; i < page->items.count; i++)
			for (size_t k = i + 1; k < page->items.count; k++)
				if (page->items.at[i].kind == PAGE_TEXT && page->items.at[k].kind == PAGE_TEXT
					&& overlap(&page->items.at[i], &page->items.at[k]))
					fail_msg("page %zu: '" STR_FMT "' and '" STR_FMT "' overlap", p + 1,
						STR_ARG(page->items.at[i].text.text), STR_ARG(page->items.at[k].text.text));
	}
}

static void parents_come_first(struct fixture *f)
{
	for (size_t i = 1; i < f->pages->tags.count; i++)
		assert_true(f->pages->tags.at[i].parent >= 0 && f->pages->tags.at[i].parent < (int32_t)i);
}

static void check_document(uint64_t seed)
{
	static struct fixture f;
	struct maker m = { .f = &f, .seed = seed };

	fixture_open(&f);
	make_document(&m);
	flow(&f);
	every_character_once_and_in_order(&f);
	everything_on_its_page(&f);
	no_two_texts_overlap(&f);
	parents_come_first(&f);
	fixture_close(&f);
}

static void properties_hold_over_generated_documents(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= DOCUMENTS; seed++)
		check_document(seed);
}

/* The same document twice: the same pages to the last glyph. */
static void the_same_document_flows_the_same(void **state)
{
	static struct fixture f;
	struct buf dumps[2];
	struct arena keep;
	jmp_buf unwind;

	(void)state;
	arena_init(&keep, 0, &unwind);
	for (int i = 0; i < 2; i++) {
		struct maker m = { .f = &f, .seed = 7 };
		fixture_open(&f);
		make_document(&m);
		buf_init(&dumps[i], &keep, 1 << 26);
		page_dump(flow(&f), &dumps[i]);
		fixture_close(&f);
	}
	assert_true(dumps[0].len > 1000);
	assert_true(str_equal(buf_str(&dumps[0]), buf_str(&dumps[1])));
	arena_release(&keep);
}

/* What was drawn over a page lies on it and is taken off again. */
static void take_overlay_off(struct page *page)
{
	size_t count = 0;

	page->why = NULL;
	for (size_t i = 0; i < page->items.count; i++) {
		const struct page_item *item = &page->items.at[i];
		if (item->tag != PAGE_ARTIFACT_OVERLAY) {
			page->items.at[count++] = *item;
			continue;
		}
		mpt width = item->kind == PAGE_TEXT ? item->text.width : item->kind == PAGE_RECT ? item->shape.width : 0;
		assert_in_range(item->x, 0, page->width);
		assert_in_range(item->y, 0, page->height);
		assert_true(item->x + width <= page->width);
	}
	page->items.count = count;
}

/* The same pages whether or not they are asked why, and whether or not they show it. */
static void asking_changes_nothing(void **state)
{
	static struct fixture f;

	(void)state;
	for (uint64_t seed = 1; seed <= DOCUMENTS / 4; seed++) {
		struct maker m = { .f = &f, .seed = seed };
		struct buf plain, told;
		fixture_open(&f);
		make_document(&m);
		buf_init(&plain, &f.arena, 1 << 26);
		buf_init(&told, &f.arena, 1 << 26);
		page_dump(flow(&f), &plain);
		tell(&f, seed % 2 ? FLOW_TELL_WHY : FLOW_TELL_DRAWN);
		for (size_t i = 0; i < page_count(&f); i++)
			take_overlay_off(&f.pages->pages.at[i]);
		page_dump(f.pages, &told);
		assert_true(str_equal(buf_str(&plain), buf_str(&told)));
		fixture_close(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(properties_hold_over_generated_documents),
		cmocka_unit_test(the_same_document_flows_the_same),
		cmocka_unit_test(asking_changes_nothing),
	};
	return cmocka_run_group_tests_name("flow properties", tests, NULL, NULL);
}
