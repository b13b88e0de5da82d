/* The listing of pages: every kind of item and tag, once, against lines worked out by hand. */
#include "page/page_pack.h"
#include "page/page_why.h"
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int setup(void **state)
{
	static struct arena a;
	arena_init(&a, 0, NULL);
	*state = &a;
	return 0;
}

static int teardown(void **state)
{
	arena_release(*state);
	return 0;
}

static const char *dump(struct arena *a, const struct pages *p)
{
	struct buf b;
	buf_init(&b, a, 1 << 20);
	page_dump(p, &b);
	return b.ptr;
}

static struct page *one_page(struct arena *a, struct pages *p)
{
	struct page *page = vec_add(a, &p->pages);
	page->width = 595276;
	page->height = 841890;
	page->label = STR("1");
	return page;
}

static void names_follow_the_list(void **state)
{
	(void)state;
	assert_string_equal(page_tag_name(TAG_DOCUMENT), "Document");
	assert_string_equal(page_tag_name(TAG_H6), "H6");
	assert_string_equal(page_tag_name(TAG_LBODY), "LBody");
	assert_string_equal(page_tag_name(TAG_BLOCKQUOTE), "BlockQuote");
}

static void tags_are_indented_by_depth(void **state)
{
	struct arena *a = *state;
	struct pages p = { 0 };

	p.meta.title = STR("A \"b\"");
	p.meta.lang = STR("en-GB");
	vec_push(a, &p.tags, ((struct page_tag){ .type = TAG_DOCUMENT, .parent = -1 }));
	vec_push(a, &p.tags, ((struct page_tag){ .type = TAG_L, .parent = 0, .numbering = PAGE_LIST_DISC }));
	vec_push(a, &p.tags, ((struct page_tag){ .type = TAG_TH, .parent = 1, .scope = PAGE_SCOPE_ROW, .row_span = 2 }));
	page_tag_say(a, &p.tags.at[p.tags.count - 1])->id = STR("h1");
	vec_push(a, &p.tags, ((struct page_tag){ .type = TAG_FIGURE, .parent = 0 }));
	page_tag_say(a, &p.tags.at[p.tags.count - 1])->alt = STR("Bars");
	assert_string_equal(dump(a, &p),
		"document title \"A \\\"b\\\"\" lang \"en-GB\"\n"
		"tags\n"
		"  Document 0\n"
		"    L 1 disc\n"
		"      TH 2 scope row span 1x2 id \"h1\"\n"
		"    Figure 3 alt \"Bars\"\n");
}

static void items_show_place_and_look(void **state)
{
	struct arena *a = *state;
	struct pages p = { 0 };
	struct page *page = one_page(a, &p);
	const struct font *one = (const struct font *)a, *other = (const struct font *)&p;
	static const struct page_segment line[] = {
		{ PAGE_MOVE, { { 0, 1000 } } }, { PAGE_CURVE, { { 1, 2 }, { 3, 4 }, { 5000, 6000 } } }, { PAGE_CLOSE, { { 0, 0 } } },
	};

	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_TEXT, .tag = 4, .x = 45600, .y = 60250,
		.text = { .font = other, .size = 8500, .colour = 0x111827, .width = 12345, .text = STR("8 %"),
			.glyph_count = 3, .figure = 7 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_TEXT, .tag = PAGE_ARTIFACT_FOOTER,
		.text = { .font = one, .size = 7500, .width = 1, .hyphenated = true, .figure = -1 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_TEXT, .tag = 4,
		.text = { .missing = true, .size = 7500, .width = 5000, .text = STR("x"), .figure = -1 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_RECT, .tag = PAGE_ARTIFACT, .x = 1000, .y = 2000,
		.shape = { .fill = PAGE_NO_COLOUR, .stroke = 0x868F9D, .line_width = 500, .dash = PAGE_DOTTED, .hatch = true,
			.width = 10000, .height = 20000 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_PATH, .tag = PAGE_ARTIFACT_BACKGROUND,
		.shape = { .fill = 0xFF, .stroke = PAGE_NO_COLOUR, .segments = line, .segment_count = 3 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_IMAGE, .tag = PAGE_ARTIFACT_HEADER,
		.image = { .name = STR("logo.png"), .width = 9000, .height = 8000 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_LINK, .tag = 5,
		.link = { .width = 100, .height = 200, .target = 3, .contents = STR("to page 2") } }));
	assert_string_equal(dump(a, &p),
		"document\ntags\n"
		"page 0 595.276 841.89 label \"1\"\n"
		"  text tag 4 45.6 60.25 w 12.345 face 0 8.5 #111827 glyphs 3 figure 7 \"8 %\"\n"
		"  text footer 0 0 w 0.001 face 1 7.5 #000000 glyphs 0 hyphenated \"\"\n"
		"  text tag 4 0 0 w 5 missing 7.5 #000000 glyphs 0 \"x\"\n"
		"  rect artifact 1 2 10 20 stroke #868F9D 0.5 dotted hatch\n"
		"  path background 0 0 fill #0000FF M 0 1 C 0.001 0.002 0.003 0.004 5 6 Z\n"
		"  image header 0 0 9 8 \"logo.png\"\n"
		"  link tag 5 0 0 0.1 0.2 target 2 contents \"to page 2\"\n");
}

static void ways_and_data_come_last(void **state)
{
	struct arena *a = *state;
	struct pages p = { 0 };

	vec_push(a, &p.targets, ((struct page_target){ 3, 1, 56000 }));
	vec_push(a, &p.bookmarks, ((struct page_bookmark){ 0, 1, STR("The ask") }));
	vec_push(a, &p.figures, ((struct page_figure){ STR("78 %"), 0 }));
	vec_push(a, &p.figures, ((struct page_figure){ STR("9"), UINT32_MAX }));
	vec_push(a, &p.attachments, ((struct page_attachment){ .name = STR("used.xml"), .mime = STR("text/xml"),
		.relationship = STR("Data"), .bytes = STR("abc") }));
	assert_string_equal(dump(a, &p),
		"document\ntags\n"
		"target 0 page 1 tag 3 y 56\n"
		"bookmark   target 0 \"The ask\"\n"
		"figure 0 page 0 \"78 %\"\n"
		"figure 1 unprinted \"9\"\n"
		"attachment Data text/xml 3 bytes name \"used.xml\"\n");
}

/* What was packed comes back as it was, byte for byte of its listing; what is added later stands behind it. */
static void packed_pages_say_the_same(void **state)
{
	struct arena *a = *state;
	struct pages p = { .meta.title = STR("t") };
	static const struct text_glyph shaped[] = { { 3, 0, 5120, 0, 0 }, { 700, 2, -40, 12, -7 }, { 3, 2, 5120, 0, 0 } };
	static const struct page_segment outline[] = { { PAGE_MOVE, { { 10, -20 } } }, { PAGE_CURVE, { { 1, 2 }, { 3, 4 }, { 5000000, 6 } } } };
	struct page *page = vec_add(a, &p.pages);

	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_TEXT, .tag = 4, .x = 45600, .y = 60250, .pos = { NULL, 7 },
		.text = { .size = 8000, .text = STR("ab\u00e4"), .glyphs = shaped, .glyph_count = 3, .figure = 12, .rtl = true, .width = 99 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_TEXT, .tag = PAGE_ARTIFACT_REPEAT, .x = -5, .y = 1,
		.text = { .size = 7000, .text = STR("?"), .missing = true, .hyphenated = true, .figure = -1, .colour = 0xFFFFFF } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_RECT, .tag = 0, .x = 9, .shape = { .fill = 1, .stroke = PAGE_NO_COLOUR,
		.width = 5, .height = 6, .hatch = true, .dash = PAGE_DOTTED } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_PATH, .tag = 1, .y = 3, .shape = { .segments = outline, .segment_count = 2 } }));
	vec_push(a, &page->items, ((struct page_item){ .kind = PAGE_IMAGE, .tag = 2, .image = { STR("bytes"), STR("n"), 4, 5 } }));
	struct pages before = p;
	before.pages.at = arena_copy(a, p.pages.at, sizeof *page);
	p.packer = page_packer_new(a);
	page_pack(p.packer, page);
	assert_int_equal(page->items.count, 0);
	struct page_item link = { .kind = PAGE_LINK, .tag = 5, .link = { 7, 8, STR("https://a"), 0, STR("words") } };
	vec_push(a, &page->items, link);
	vec_push(a, &before.pages.at[0].items, link);
	page_pack(p.packer, page);
	assert_string_equal(dump(a, &p), dump(a, &before));
	page_unpack(a, &p, 0);
	const struct page_text *text = &page->items.at[0].text;
	assert_int_equal(page->items.count, 6);
	for (int i = 0; i < 3; i++) {
		const struct text_glyph *g = &text->glyphs[i], *was = &shaped[i];
		assert_true(g->gid == was->gid && g->cluster == was->cluster && g->advance == was->advance && g->dx == was->dx &&
			g->dy == was->dy);
	}
	assert_true(text->rtl && text->width == 99 && page->items.at[0].pos.offset == 7);
	assert_int_equal(page->items.at[3].shape.segments[1].at[2].x, 5000000);
	assert_int_equal(page->items.at[3].shape.segments[0].at[0].y, -20);
}

static void every_end_of_a_page_has_a_name(void **state)
{
	(void)state;
	for (int end = 0; end <= PAGE_END_MOST; end++)
		assert_non_null(page_end_name((enum page_end)end));
	assert_string_equal(page_end_name(PAGE_END_TURN), "turn");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_follow_the_list, setup, teardown),
		cmocka_unit_test_setup_teardown(tags_are_indented_by_depth, setup, teardown),
		cmocka_unit_test_setup_teardown(items_show_place_and_look, setup, teardown),
		cmocka_unit_test_setup_teardown(packed_pages_say_the_same, setup, teardown),
		cmocka_unit_test(every_end_of_a_page_has_a_name),
		cmocka_unit_test_setup_teardown(ways_and_data_come_last, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
