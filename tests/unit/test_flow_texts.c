/* Flow of documents of blocks: lists of terms, lists without room, masters by page, pages left blank, running heads, footnotes that stand
 * once, sections that go on, and what all of it is in the structure tree. */
#include "flow_fixture.h"

static struct doc_block *list_of(struct fixture *f, const char *label, struct doc_block *inside, bool terms, bool rtl)
{
	struct doc_list_item item = { .label = words(f, ROLE_TERM, label), .blocks = stack(f, 1, inside)->stack->blocks, .count = 1 };
	struct doc_list list = { .items = arena_copy(&f->arena, &item, sizeof item), .count = 1, .label_width = 20 * PT, .terms = terms,
		.rtl = rtl };
	struct doc_block *b = block(f, DOC_LIST);

	b->list = arena_copy(&f->arena, &list, sizeof list);
	return b;
}

static struct doc_block *heading(struct fixture *f, uint8_t level, const char *text)
{
	struct doc_block *b = text_block(f, ROLE_HEADING_1, text);
	struct doc_paragraph *p = (struct doc_paragraph *)(uintptr_t)b->paragraph;

	p->level = p->running = level;
	b->bookmark = str_from(text);
	return b;
}

static void terms_stand_above(void **state)
{
	struct fixture *f = *state;

	section(f, 1, list_of(f, "Term", text_block(f, ROLE_PROSE, "Meaning"), true, false));
	flow(f);
	const struct page_item *term = text_on(f, 0, "Term"), *meaning = text_on(f, 0, "Meaning");
	assert_int_equal(term->x, 48 * PT);
	assert_int_equal(meaning->x, 68 * PT);
	assert_int_equal(meaning->y - term->y, 12 * PT);
}

static void labels_stand_at_the_right(void **state)
{
	struct fixture *f = *state;

	section(f, 1, list_of(f, "1", text_block(f, ROLE_PROSE, "Item"), false, true));
	flow(f);
	assert_true(text_on(f, 0, "1")->x >= 532 * PT);
	assert_int_equal(text_on(f, 0, "Item")->x, 48 * PT);
}

/* 504 points take 22 labels of 20 beside 48 points of text; further in they stand above, and that is said once. */
static void labels_without_room_stand_above(void **state)
{
	struct fixture *f = *state;
	struct doc_block *b = text_block(f, ROLE_PROSE, "core");

	for (int i = 0; i < 30; i++)
		b = list_of(f, "-", b, false, false);
	section(f, 1, b);
	flow(f);
	assert_int_equal(found(f, DIAG_LIST_NARROW), 1);
	assert_int_equal(text_on(f, 0, "core")->x, (48 + 22 * 20) * PT);
	assert_int_equal(tags_of(f, TAG_L), 30);
}

/* ---- pages ---- */

static void a_section_starts_on_its_side(void **state)
{
	struct fixture *f = *state;
	struct doc_paragraph blank = words(f, ROLE_CAPTION, "Blank");

	section(f, 1, text_block(f, ROLE_PROSE, "one"));
	section(f, 1, text_block(f, ROLE_PROSE, "three"))->starts = SIDE_ODD;
	f->doc.sections.at[1] = arena_copy(&f->arena, f->doc.sections.at[1], sizeof *f->doc.sections.at[1]);
	((struct doc_section *)(uintptr_t)f->doc.sections.at[1])->blank = &blank;
	section(f, 1, text_block(f, ROLE_PROSE, "four"))->starts = SIDE_EVEN;
	flow(f);
	assert_int_equal(page_count(f), 4);
	assert_int_equal(text_on(f, 1, "Blank")->tag, PAGE_ARTIFACT);
	assert_non_null(text_on(f, 2, "three"));
	assert_non_null(text_on(f, 3, "four"));
}

static void pages_have_the_master_of_their_number(void **state)
{
	struct fixture *f = *state;
	struct doc_master odd = f->master, even = f->master, last = f->master;
	struct doc_section *s = section(f, 5, box(f, 700 * PT), box(f, 700 * PT), box(f, 700 * PT), box(f, 700 * PT), box(f, 300 * PT));

	odd.left += PT, odd.right -= PT;
	even.left -= PT, even.right += PT;
	last.top += 300 * PT;
	s->odd = &odd, s->even = &even, s->last = &last;
	flow(f);
	assert_int_equal(page_count(f), 5);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->x, 48 * PT);
	assert_int_equal(rect_at(f, 1, COLOUR_TINT, 0)->x, 47 * PT);
	assert_int_equal(rect_at(f, 2, COLOUR_TINT, 0)->x, 49 * PT);
	assert_int_equal(rect_at(f, 3, COLOUR_TINT, 0)->x, 47 * PT);
	assert_int_equal(rect_at(f, 4, COLOUR_TINT, 0)->y, 360 * PT);
}

static void a_section_goes_on_as_itself(void **state)
{
	struct fixture *f = *state;
	struct doc_block *second = heading(f, 2, "Second");

	section(f, 1, heading(f, 1, "First"))->title = STR("Paper");
	section(f, 1, second)->continues = true;
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(tags_of(f, TAG_SECT), 1);
	assert_int_equal(tags_of(f, TAG_H1), 1);
	assert_int_equal(tags_of(f, TAG_H2), 1);
	assert_int_equal(f->pages->bookmarks.count, 3);
}

/* ---- running heads ---- */

static void head_of(struct fixture *f, int at, uint32_t level, bool last)
{
	struct doc_run run = { .kind = RUN_HEADING, .colour = DOC_COLOUR_COUNT, .target = DOC_HEADING(level, last), .figure = -1 };

	f->doc.furniture.header[at] = paragraph_of(f, ROLE_HEADER, &run, 1);
}

static void header_says(struct fixture *f, size_t page, const char *first, const char *last)
{
	const char *const want[2] = { first, last };
	size_t at = 0;

	for (size_t i = 0; i < f->pages->pages.at[page].items.count; i++) {
		const struct page_item *item = &f->pages->pages.at[page].items.at[i];
		if (item->kind != PAGE_TEXT || item->tag != PAGE_ARTIFACT_HEADER)
			continue;
		while (at < 2 && !want[at][0])
			at++;
		assert_true(at < 2);
		assert_true(str_is_all(item->text.text, want[at++]));
	}
	while (at < 2 && !want[at][0])
		at++;
	assert_int_equal(at, 2);
}

static void running_heads_come_from_the_page(void **state)
{
	struct fixture *f = *state;

	head_of(f, 0, 2, false);
	head_of(f, 2, 2, true);
	section(f, 9, heading(f, 1, "One"), heading(f, 2, "Alpha"), heading(f, 2, "Beta"), box(f, 600 * PT), box(f, 690 * PT),
		heading(f, 1, "Two"), box(f, 600 * PT), heading(f, 2, "Gamma"), box(f, 600 * PT));
	flow(f);
	assert_int_equal(page_count(f), 4);
	header_says(f, 0, "Alpha", "Beta");
	header_says(f, 1, "Beta", "Beta");
	header_says(f, 2, "", ""); /* a chapter begins at the top */
	header_says(f, 3, "Gamma", "Gamma");
}

/* What parts a heading from the text beside it goes where there is none. */
static void a_head_without_heading_has_no_separator(void **state)
{
	struct fixture *f = *state;
	struct doc_run runs[3] = { text_run(STR("Tiny Ltd")), text_run(STR(" \u00b7 ")),
		{ .kind = RUN_HEADING, .colour = DOC_COLOUR_COUNT, .target = DOC_HEADING(1, false), .figure = -1 } };
	struct doc_run behind[3] = { runs[2], text_run(STR(" | ")), text_run(STR("Board")) };
	struct doc_run words_between[3] = { runs[0], text_run(STR(" on ")), runs[2] };

	f->doc.furniture.header[0] = paragraph_of(f, ROLE_HEADER, runs, 3);
	f->doc.furniture.header[2] = paragraph_of(f, ROLE_HEADER, behind, 3);
	f->doc.furniture.footer[0] = paragraph_of(f, ROLE_FOOTER, words_between, 3);
	section(f, 3, box(f, 700 * PT), heading(f, 1, "One"), box(f, 600 * PT));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_null(text_on(f, 0, " \u00b7"));
	assert_null(text_on(f, 0, " |"));
	assert_non_null(text_on(f, 0, "Board"));
	assert_non_null(text_on(f, 0, " on"));
	assert_non_null(text_on(f, 1, " \u00b7"));
	assert_non_null(text_on(f, 1, " |"));
}

/* ---- notes ---- */

static struct doc_block *calling(struct fixture *f, const char *text, uint32_t note)
{
	struct doc_run runs[2] = { text_run(str_from(text)),
		{ .kind = RUN_NOTE, .colour = DOC_COLOUR_COUNT, .note = note, .figure = -1 } };

	return par_block(f, paragraph_of(f, ROLE_PROSE, runs, 2));
}

static void note(struct fixture *f, bool foot, const char *text)
{
	vec_push(&f->arena, &f->doc.notes, ((struct doc_note){ .text = words(f, ROLE_NOTE, text), .foot = foot,
		.number = (uint32_t)f->doc.notes.count + 1 }));
}

static size_t pages_with(struct fixture *f, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < page_count(f); i++)
		n += text_on(f, i, text) != NULL;
	return n;
}

/* A footnote stands where it is called first; the note of a study on every page that calls it. */
static void footnotes_stand_once(void **state)
{
	struct fixture *f = *state;

	note(f, true, "Footnote");
	note(f, false, "Study");
	section(f, 6, calling(f, "a", 0), calling(f, "b", 1), box(f, 640 * PT), calling(f, "c", 0), calling(f, "d", 1), box(f, 600 * PT));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(pages_with(f, "Footnote"), 1);
	assert_int_equal(pages_with(f, "Study"), 2);
	assert_int_equal(tags_of(f, TAG_NOTE), 2);
}

/* A section that prints no notes of studies prints its footnotes. */
static void footnotes_stand_whatever_the_section_says(void **state)
{
	struct fixture *f = *state;

	note(f, true, "Footnote");
	note(f, false, "Study");
	section(f, 2, calling(f, "a", 0), calling(f, "b", 1))->notes_here = false;
	flow(f);
	assert_int_equal(pages_with(f, "Footnote"), 1);
	assert_int_equal(pages_with(f, "Study"), 0);
}

static const char *lines_of(struct fixture *f, int count)
{
	struct buf b;

	buf_init(&b, &f->arena, 1 << 20);
	for (int i = 0; i < count; i++)
		buf_printf(&b, "%snote%d of the words that a reader may pass over without any loss at all, as most of them do here", i ? " " : "",
			i);
	return buf_str(&b).ptr;
}

/* What is left of a note behind the last page's content goes on on pages of its own, and is printed once. */
static void what_waits_is_printed_once(void **state)
{
	struct fixture *f = *state;

	note(f, true, lines_of(f, 150));
	section(f, 1, calling(f, "a", 0));
	flow(f);
	assert_true(page_count(f) > 1);
	int32_t tag = -1;
	for (size_t i = 0; i < f->pages->tags.count; i++)
		if (f->pages->tags.at[i].type == TAG_NOTE)
			tag = (int32_t)i;
	struct str printed = str_trim(text_of_tag(f, tag)), whole = f->doc.notes.at[0].text.runs[0].text;
	assert_int_equal(printed.len, whole.len);
	assert_true(str_equal(printed, whole));
}

/* A short rule over the notes; over what goes on from the page before one as wide as the text. */
static void a_rule_parts_notes_from_the_page(void **state)
{
	struct fixture *f = *state;

	f->design.tokens.note_rule = 60 * PT;
	f->styles[ROLE_NOTE].space_before = 8 * PT;
	note(f, true, lines_of(f, 40));
	section(f, 3, calling(f, "a", 0), box(f, 600 * PT), box(f, 400 * PT));
	flow(f);
	assert_int_equal(page_count(f), 2);
	const struct page_item *first = rect_at(f, 0, COLOUR_RULE, 0), *rest = rect_at(f, 1, COLOUR_RULE, 0);
	assert_int_equal(first->shape.width, 60 * PT);
	assert_int_equal(rest->shape.width, 504 * PT);
	assert_null(rect_at(f, 0, COLOUR_RULE, 1));
	assert_int_equal(first->tag, PAGE_ARTIFACT);
	/* 4 pt over the box of the first line, whose baseline stands 9 pt below its top */
	assert_in_range(text_on(f, 0, "note0")->y - first->y, 13 * PT, 14 * PT);
}

/* In a paper from right to left notes and their rule begin at the right edge of the text: 48 pt from the page's, 504 pt wide. */
static void notes_begin_at_their_own_edge(void **state)
{
	struct fixture *f = *state;

	f->design.tokens.note_rule = 60 * PT;
	f->styles[ROLE_NOTE].space_before = 8 * PT;
	note(f, true, "note");
	f->doc.notes.at[0].text.rtl = true;
	section(f, 1, calling(f, "a", 0));
	flow(f);
	const struct page_item *text = text_on(f, 0, "note");
	assert_int_equal(rect_at(f, 0, COLOUR_RULE, 0)->x, (48 + 504 - 60) * PT);
	assert_int_equal(text->x + text->text.width, (48 + 504) * PT);
	note(f, true, "from the left");
	section(f, 1, calling(f, "b", 1))->new_page = false;
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_RULE, 0)->x, 48 * PT);
}

/* A note too long for what its call leaves free begins beside it all the same: half the page would stay empty for it. */
static void a_long_note_begins_where_it_is_called(void **state)
{
	struct fixture *f = *state;

	note(f, true, lines_of(f, 60));
	section(f, 3, box(f, 300 * PT), calling(f, "a", 0), box(f, 300 * PT));
	flow(f);
	assert_non_null(text_on(f, 0, "a"));
	assert_non_null(text_on(f, 0, "note0"));
	assert_true(page_count(f) > 1);
}

/* ---- the grid of baselines ---- */

static void grid_is_kept(const struct fixture *f, size_t page, mpt step)
{
	const struct page *p = &f->pages->pages.at[page];
	mpt first = text_on(f, page, "Level")->y;

	for (size_t i = 0; i < p->items.count; i++)
		if (p->items.at[i].kind == PAGE_TEXT && str_starts(p->items.at[i].text.text, "Level"))
			assert_int_equal((p->items.at[i].y - first) % step, 0);
}

/* Whatever stands between them, lines of text stand level with each other; without the grid they do not. */
static void lines_stand_on_the_grid(void **state)
{
	struct fixture *f = *state;

	f->master.step = 12 * PT;
	f->master.baseline_grid = true;
	f->styles[ROLE_TEXT].space_after = 5 * PT;
	f->styles[ROLE_HEADING_1].leading = 17 * PT;
	section(f, 2, stack(f, 5, text_block(f, ROLE_TEXT, "Level one"), heading(f, 1, "Head"), text_block(f, ROLE_TEXT, "Level two"),
		list_of(f, "1", text_block(f, ROLE_TEXT, "Level three"), false, false), text_block(f, ROLE_TEXT, "Level four")),
		text_block(f, ROLE_TEXT, "Level five"));
	flow(f);
	grid_is_kept(f, 0, 12 * PT);
	f->master.baseline_grid = false;
	flow(f);
	assert_int_not_equal((text_on(f, 0, "Level two")->y - text_on(f, 0, "Level one")->y) % (12 * PT), 0);
}

/* Small spaces between points, and over a quote's words, give way on the grid, where they would be a whole line; larger ones do not. */
static void small_spaces_give_way_on_the_grid(void **state)
{
	struct fixture *f = *state;
	struct doc_list_item items[2] = { { .label = words(f, ROLE_TERM, "1"), .blocks = stack(f, 1, text_block(f, ROLE_TEXT, "Level two"))->stack->blocks, .count = 1 },
		{ .label = words(f, ROLE_TERM, "2"), .blocks = stack(f, 1, text_block(f, ROLE_TEXT, "Level three"))->stack->blocks, .count = 1 } };
	struct doc_list list = { .items = items, .count = 2, .label_width = 20 * PT, .item_pad = PT };
	struct doc_block *points = block(f, DOC_LIST), *apart = text_block(f, ROLE_TEXT, "Level four");

	points->list = &list;
	points->space_before = 5 * PT;
	apart->space_before = 7 * PT;
	f->master.step = 12 * PT;
	f->master.baseline_grid = true;
	section(f, 1, stack(f, 3, text_block(f, ROLE_TEXT, "Level one"), points, apart));
	flow(f);
	mpt first = text_on(f, 0, "Level one")->y;
	assert_int_equal(text_on(f, 0, "Level two")->y - first, 12 * PT);
	assert_int_equal(text_on(f, 0, "Level three")->y - first, 24 * PT);
	assert_int_equal(text_on(f, 0, "Level four")->y - first, 48 * PT);
}

/* ---- structure ---- */

static void parts_are_what_they_are(void **state)
{
	struct fixture *f = *state;
	struct doc_block *quote = stack(f, 1, text_block(f, ROLE_QUOTE, "said"));
	struct doc_block *caption = text_block(f, ROLE_CAPTION, "caption"), *part = stack(f, 1, caption);
	struct doc_run run = text_run(STR("mot"));

	quote->group = STACK_QUOTE;
	part->group = STACK_PART;
	((struct doc_paragraph *)(uintptr_t)caption->paragraph)->part = PART_CAPTION;
	run.lang = STR("fr");
	section(f, 3, quote, part, par_block(f, paragraph_of(f, ROLE_PROSE, &run, 1)));
	flow(f);
	assert_int_equal(tags_of(f, TAG_BLOCKQUOTE), 1);
	assert_int_equal(tags_of(f, TAG_DIV), 1);
	assert_int_equal(tags_of(f, TAG_CAPTION), 1);
	assert_int_equal(tags_of(f, TAG_SPAN), 0); /* a paragraph all in one language says it itself */
	assert_true(str_is_all(page_tag_words(&f->pages->tags.at[f->pages->tags.count - 1])->lang, "fr"));
}

static void the_exhibits_are_listed(void **state)
{
	struct fixture *f = *state;
	struct doc_contents contents = { .style = &f->styles[ROLE_CONTENTS], .exhibits = true };
	struct doc_block *list = block(f, DOC_CONTENTS), *figure = stack(f, 1, text_block(f, ROLE_CAPTION, "picture"));

	list->contents = &contents;
	figure->listed = STR("Exhibit 1 A picture");
	section(f, 1, list);
	section(f, 1, figure);
	flow(f);
	assert_non_null(text_on(f, 0, "Exhibit 1 A picture"));
	assert_non_null(text_on(f, 0, "2"));
	assert_int_equal(tags_of(f, TAG_TOCI), 1);
}

/* Cells go on together over a page break, though their row would fit a page. */
static void rows_that_break_fill_the_page(void **state)
{
	struct fixture *f = *state;
	struct doc_block *row = row2(f, 6, stack(f, 3, box(f, 90 * PT), box(f, 90 * PT), box(f, 90 * PT)),
		stack(f, 2, box(f, 100 * PT), box(f, 100 * PT)), false);

	((struct doc_row *)(uintptr_t)row->row)->breaks = true;
	section(f, 2, box(f, 510 * PT), row);
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1 + 2 + 1);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 1 + 1);
}

static void tables_begin_at_the_right(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = table(f, 2, 0, 1);

	t->rtl = true;
	table_row(f, t, 0, ROW_BODY, "first", "second");
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(text_on(f, 0, "first")->x, (48 + 252) * PT);
	assert_int_equal(text_on(f, 0, "second")->x, 48 * PT);
}

/* 504 points hold ten columns of 36 with 12 between. */
static void columns_too_narrow_to_read_are_fewer(void **state)
{
	struct fixture *f = *state;
	struct doc_columns columns = { .columns = 60 };
	struct doc_block *b = block(f, DOC_COLUMNS);
	const struct doc_block *boxes[20];

	for (int i = 0; i < 20; i++)
		boxes[i] = box(f, 10 * PT);
	columns.blocks = boxes;
	columns.count = 20;
	b->columns = &columns;
	section(f, 1, b);
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->shape.width, (504 + 12) * PT / 10 - 12 * PT);
}

static void cells_too_narrow_to_read_stand_below_each_other(void **state)
{
	struct fixture *f = *state;
	struct doc_block *row = row2(f, 1, stack(f, 1, box(f, 10 * PT)), stack(f, 1, box(f, 10 * PT)), false);

	((struct doc_row *)(uintptr_t)row->row)->breaks = true;
	section(f, 1, row);
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->shape.width, 504 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, (60 + 10 + 12) * PT);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(terms_stand_above),
		TEST(labels_stand_at_the_right),
		TEST(labels_without_room_stand_above),
		TEST(a_section_starts_on_its_side),
		TEST(pages_have_the_master_of_their_number),
		TEST(a_section_goes_on_as_itself),
		TEST(running_heads_come_from_the_page),
		TEST(a_head_without_heading_has_no_separator),
		TEST(footnotes_stand_once),
		TEST(footnotes_stand_whatever_the_section_says),
		TEST(what_waits_is_printed_once),
		TEST(a_rule_parts_notes_from_the_page),
		TEST(notes_begin_at_their_own_edge),
		TEST(a_long_note_begins_where_it_is_called),
		TEST(lines_stand_on_the_grid),
		TEST(small_spaces_give_way_on_the_grid),
		TEST(parts_are_what_they_are),
		TEST(the_exhibits_are_listed),
		TEST(rows_that_break_fill_the_page),
		TEST(tables_begin_at_the_right),
		TEST(columns_too_narrow_to_read_are_fewer),
		TEST(cells_too_narrow_to_read_stand_below_each_other),
	};
	return cmocka_run_group_tests_name("flow of texts", tests, NULL, NULL);
}
