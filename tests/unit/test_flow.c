/* Pagination with mock blocks: boxes of known height go in, positions come out. Content is 504 by 720 pt from 48, 60. */
#include "flow_fixture.h"

#include "base/limits.h"

enum { LIMIT_PAGES_TESTED = LIMIT_PAGES + 1 };

static void boxes_are_set_apart_by_the_gap(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 200 * PT), box(f, 100 * PT), box(f, 50 * PT));
	flow(f);
	assert_int_equal(page_count(f), 1);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->x, 48 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->y, 60 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->shape.width, 504 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, 280 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 2)->y, 400 * PT);
}

static void blocks_start_on_the_step(void **state)
{
	struct fixture *f = *state;

	section(f, 2, box(f, 101 * PT), box(f, 50 * PT));
	flow(f);
	/* 101 + 20 = 121, next multiple of 4 is 124 */
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, (60 + 124) * PT);
}

static void what_does_not_fit_moves(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 400 * PT), box(f, 300 * PT), box(f, 300 * PT));
	flow(f);
	/* 400 + 20 + 300 = 720: exactly the page */
	assert_int_equal(page_count(f), 2);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 2);
	assert_int_equal(rect_at(f, 1, COLOUR_TINT, 0)->y, 60 * PT);
}

static void own_space_replaces_the_gap_and_is_dropped_at_the_top(void **state)
{
	struct fixture *f = *state;
	struct doc_block *second = box(f, 100 * PT), *third = box(f, 600 * PT);

	second->space_before = 8 * PT;
	third->space_before = 40 * PT;
	section(f, 3, box(f, 100 * PT), second, third);
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, (60 + 108) * PT);
	assert_int_equal(rect_at(f, 1, COLOUR_TINT, 0)->y, 60 * PT);
}

static void headings_go_with_what_follows(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 640 * PT), text_block(f, ROLE_HEADING, "Why it matters"), box(f, 100 * PT));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_null(text_on(f, 0, "Why"));
	assert_non_null(text_on(f, 1, "Why"));
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
}

static void keeps_yield_to_the_page(void **state)
{
	struct fixture *f = *state;
	struct doc_block *a = box(f, 500 * PT), *b = box(f, 500 * PT);

	a->keep_with_next = true;
	section(f, 2, a, b);
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(found(f, DIAG_KEEP_BROKEN), 1);
}

static void a_kept_stack_moves_whole_or_breaks_with_both_heights(void **state)
{
	struct fixture *f = *state;
	struct doc_block *fits = stack(f, 2, box(f, 300 * PT), box(f, 300 * PT));
	struct doc_block *tall = stack(f, 3, box(f, 300 * PT), box(f, 300 * PT), box(f, 300 * PT));

	fits->keep_together = tall->keep_together = true;
	tall->slot = STR("story");
	section(f, 3, box(f, 200 * PT), fits, tall);
	flow(f);
	/* 200 | 600 | 600, 300: the tall one starts at the page's top and breaks after two */
	assert_int_equal(page_count(f), 4);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 2, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 3, COLOUR_TINT), 1);
	assert_int_equal(found(f, DIAG_BLOCK_TALL), 1);
	assert_non_null(strstr(f->diag.messages.at[0].text.ptr, "'story' is 317.5 mm high and a page has 254.0 mm"));
}

static void a_box_taller_than_the_page_is_placed_once(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 100 * PT), box(f, 1000 * PT), box(f, 100 * PT));
	flow(f);
	assert_true(page_count(f) <= 3);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
}

static void cells_share_top_and_height(void **state)
{
	struct fixture *f = *state;

	section(f, 1, row2(f, 5, box(f, 100 * PT), box(f, 60 * PT), false));
	flow(f);
	const struct page_item *left = rect_at(f, 0, COLOUR_TINT, 0), *right = rect_at(f, 0, COLOUR_TINT, 1);
	/* columns of 31, gutters of 12: five are 5 * 31 + 4 * 12 = 203 wide, the sixth starts at 5 * 43 = 215 */
	assert_int_equal(left->shape.width, 203 * PT);
	assert_int_equal(right->x, (48 + 215) * PT);
	assert_int_equal(right->shape.width, 289 * PT);
	assert_int_equal(left->y, right->y);
	assert_int_equal(right->shape.height, 100 * PT);
}

static void tracks_align_across_cells(void **state)
{
	struct fixture *f = *state;
	struct doc_block *left = stack(f, 2, box(f, 40 * PT), box(f, 10 * PT));
	struct doc_block *right = stack(f, 2, box(f, 20 * PT), box(f, 30 * PT));

	section(f, 2, row2(f, 6, left, right, true), box(f, 10 * PT));
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, 100 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 3)->y, 100 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 4)->y, (60 + 40 + 30 + 20 + 2) * PT);
}

static void a_row_that_fits_a_page_moves_whole(void **state)
{
	struct fixture *f = *state;
	struct doc_block *left = stack(f, 2, box(f, 150 * PT), box(f, 150 * PT));

	section(f, 2, box(f, 500 * PT), row2(f, 6, left, box(f, 10 * PT), false));
	flow(f);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 3);
	assert_int_equal(found(f, DIAG_BLOCK_TALL), 0);
}

static void a_row_taller_than_a_page_breaks_its_cells_together(void **state)
{
	struct fixture *f = *state;
	struct doc_block *left = stack(f, 3, box(f, 400 * PT), box(f, 400 * PT), box(f, 400 * PT));
	struct doc_block *right = stack(f, 2, box(f, 300 * PT), box(f, 500 * PT));

	section(f, 1, row2(f, 6, left, right, false));
	flow(f);
	assert_int_equal(page_count(f), 3);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 2, COLOUR_TINT), 1);
	assert_int_equal(found(f, DIAG_BLOCK_TALL), 1);
}

static void foot_blocks_stand_at_the_foot_of_their_cell(void **state)
{
	struct fixture *f = *state;
	struct doc_block *foot = box(f, 10 * PT);

	foot->foot = true;
	section(f, 1, row2(f, 6, stack(f, 2, box(f, 20 * PT), foot), box(f, 100 * PT), false));
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->y, 60 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, (60 + 90) * PT);
}

static void an_exhibits_source_stands_at_the_foot(void **state)
{
	struct fixture *f = *state;

	section(f, 1, row2(f, 6, exhibit(f, "Title", box(f, 20 * PT), "Source: ledger"), box(f, 200 * PT), false));
	flow(f);
	/* frame pads 8, title 12, body 20; source's line of 12 ends at 200 */
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->y, (60 + 8 + 12) * PT);
	mpt baseline = text_on(f, 0, "Source")->y;
	assert_in_range(baseline, (60 + 188) * PT, (60 + 200) * PT);
}

static void lists_spread_over_a_taller_cell(void **state)
{
	struct fixture *f = *state;
	struct doc_list_item items[3];
	struct doc_list list = { .items = items, .count = 3, .spread = true, .rules = true };
	struct doc_block *b = block(f, DOC_LIST);

	for (int i = 0; i < 3; i++)
		items[i] = (struct doc_list_item){ .blocks = stack(f, 1, box(f, 20 * PT))->stack->blocks, .count = 1 };
	b->list = &list;
	section(f, 1, row2(f, 6, b, box(f, 100 * PT), false));
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->y, 60 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, 100 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 2)->y, 140 * PT);
	assert_int_equal(rects(f, 0, COLOUR_RULE), 3);
}

static void columns_are_balanced(void **state)
{
	struct fixture *f = *state;
	struct doc_block *parts = stack(f, 4, box(f, 100 * PT), box(f, 100 * PT), box(f, 100 * PT), box(f, 100 * PT));
	struct doc_columns c = { .columns = 2, .blocks = parts->stack->blocks, .count = 4 };
	struct doc_block *b = block(f, DOC_COLUMNS);

	b->columns = &c;
	section(f, 2, b, box(f, 10 * PT));
	flow(f);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, 160 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 2)->y, 60 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 2)->x, (48 + 258) * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 4)->y, (60 + 200 + 20) * PT);
}

/* Balanced as far as keeps allow: no heading ends a column, and what is kept together stands in one. */
static void columns_are_balanced_with_their_keeps(void **state)
{
	struct fixture *f = *state;
	struct doc_block *parts = stack(f, 4, box(f, 100 * PT), box(f, 100 * PT), box(f, 100 * PT), box(f, 100 * PT));
	struct doc_block *whole = stack(f, 3, box(f, 100 * PT), stack(f, 2, box(f, 100 * PT), box(f, 100 * PT)), box(f, 100 * PT));
	struct doc_columns first = { .columns = 2, .blocks = parts->stack->blocks, .count = 4 },
		second = { .columns = 2, .blocks = whole->stack->blocks, .count = 3 };
	struct doc_block *a = block(f, DOC_COLUMNS), *b = block(f, DOC_COLUMNS);

	((struct doc_block *)(uintptr_t)parts->stack->blocks[1])->keep_with_next = true;
	((struct doc_block *)(uintptr_t)whole->stack->blocks[1])->keep_together = true;
	a->columns = &first;
	b->columns = &second;
	section(f, 1, a);
	section(f, 1, b);
	flow(f);
	/* two and two would part the second box from the third */
	for (size_t page = 0; page < 2; page++) {
		assert_int_equal(rect_at(f, page, COLOUR_TINT, 2)->y, 260 * PT);
		assert_int_equal(rect_at(f, page, COLOUR_TINT, 3)->y, 60 * PT);
	}
}

static void columns_go_on_over_pages(void **state)
{
	struct fixture *f = *state;
	const struct doc_block *parts[10];
	struct doc_columns c = { .columns = 2, .blocks = parts, .count = 10 };
	struct doc_block *b = block(f, DOC_COLUMNS);

	for (int i = 0; i < 10; i++)
		parts[i] = box(f, 240 * PT);
	b->columns = &c;
	section(f, 1, b);
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 6);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 4);
	assert_int_equal(rect_at(f, 1, COLOUR_TINT, 2)->y, 60 * PT);
}

static void one_page_is_a_contract(void **state)
{
	struct fixture *f = *state;

	section(f, 2, box(f, 500 * PT), box(f, 300 * PT))->fit = FIT_ONE_PAGE;
	flow(f);
	assert_int_equal(found(f, DIAG_PAGE_OVERFULL), 1);
	/* 500 + 20 + 300 = 820 pt; the page has 720 */
	assert_non_null(strstr(f->diag.messages.at[0].text.ptr, "needs 289.3 mm and has 254.0 mm"));
	assert_int_equal(page_count(f), 2);
}

static struct doc_block *line_chart(struct fixture *f, mpt height)
{
	static struct doc_series series = { .label = { "in all", 6 }, .colour = COLOUR_INK, .mark = MARK_CIRCLE };
	static struct doc_category categories[2];
	static struct doc_datum data[2];
	struct doc_chart chart = { .kind = CHART_LINE, .alt = STR("a line"), .series = &series, .series_count = 1,
		.categories = categories, .category_count = 2, .data = data, .height = height };
	struct doc_block *b = block(f, DOC_CHART);

	if (!f->doc.scales.count)
		vec_push(&f->arena, &f->doc.scales, ((struct doc_scale){ .high = decimal_int(100), .tick = decimal_int(25) }));
	for (int i = 0; i < 2; i++) {
		categories[i] = (struct doc_category){ .label = STR("Q1 26"), .colour = DOC_COLOUR_COUNT, .tail_colour = DOC_COLOUR_COUNT };
		data[i] = (struct doc_datum){ .present = true, .value = decimal_int(20 + 20 * i), .label = STR("20"), .figure = -1 };
	}
	b->chart = arena_copy(&f->arena, &chart, sizeof chart);
	return b;
}

static void charts_give_height_before_the_contract_breaks(void **state)
{
	struct fixture *f = *state;
	struct doc_chart *chart = (struct doc_chart *)(uintptr_t)line_chart(f, 0)->chart;
	struct setter s = { .arena = &f->arena, .items = &f->arena, .lines = &f->arena, .brief = &f->scratch, .fonts = f->fonts, .faces = f->faces, .doc = &f->doc, .diag = &f->diag };
	struct chart_size size = chart_measure(&s, chart, 504 * PT);
	mpt give = (size.ideal - size.least) / 2;

	assert_true(give > 4 * PT);
	section(f, 2, line_chart(f, 0), box(f, 720 * PT - 24 * PT - size.ideal + give))->fit = FIT_ONE_PAGE;
	flow(f);
	assert_int_equal(page_count(f), 1);
	assert_int_equal(found(f, DIAG_PAGE_OVERFULL), 0);
}

static void a_chart_taller_than_a_page_shrinks_and_keeps_its_source(void **state)
{
	struct fixture *f = *state;

	section(f, 2, text_block(f, ROLE_TITLE, "Headline"), exhibit(f, "Finding", line_chart(f, 2000 * PT), "Source: log"));
	flow(f);
	assert_int_equal(page_count(f), 1);
	assert_int_equal(found(f, DIAG_BLOCK_TALL), 1);
	assert_in_range(text_on(f, 0, "Source")->y, 760 * PT, 780 * PT);
}

static void no_input_loops(void **state)
{
	struct fixture *f = *state;
	struct doc_block *b = box(f, 10 * PT);

	f->master.bottom = 770 * PT; /* 10 pt of content */
	for (int i = 0; i < 200; i++) {
		struct doc_frame frame = { .fill = DOC_COLOUR_COUNT, .pad_top = 10 * PT, .pad_bottom = 10 * PT, .pad_left = 10 * PT };
		b = stack(f, 1, b);
		b->frame = arena_copy(&f->arena, &frame, sizeof frame);
	}
	section(f, 3, b, text_block(f, ROLE_TEXT, "a line that is higher than the page"), box(f, 100 * PT));
	flow(f);
	assert_true(page_count(f) < 10);
	assert_non_null(text_on(f, page_count(f) - 2, "a line"));
}

static void pages_are_bounded(void **state)
{
	struct fixture *f = *state;
	const uint32_t count = LIMIT_PAGES_TESTED;
	const struct doc_block **blocks = ARENA_ARRAY(&f->arena, const struct doc_block *, count);
	struct doc_section *s = section(f, 0);

	for (uint32_t i = 0; i < count; i++)
		blocks[i] = box(f, 700 * PT);
	s->blocks = blocks;
	s->count = count;
	flow(f);
	assert_int_equal(found(f, DIAG_LIMIT), 1);
	assert_int_equal(page_count(f), LIMIT_PAGES_TESTED - 1);
}

/* ---- text ---- */

static const char *const long_text =
	"The two offices ask for more in the coming year than the forecast of this one, and the joint share of it grows while "
	"what marketing buys directly shrinks. Three decisions are needed before the year ends, and each of them names an owner, "
	"an amount and a date. The offices differ on tools, speed and dates, not on the customer. Every purchase above the limit "
	"is scored on one shortlist, and the review now covers thirty of fifty two of them.";

static void paragraphs_leave_two_lines_at_least(void **state)
{
	struct fixture *f = *state;
	struct doc_block *text = text_block(f, ROLE_TEXT, long_text);

	/* the text has four lines of 12 pt; 720 - 664 - 20 = 36 pt are left, room for three of them; a last page
	 * of two lines would take the others too */
	section(f, 3, box(f, 664 * PT), text, box(f, 200 * PT));
	flow(f);
	int32_t tag = 0;
	for (size_t i = 0; i < f->pages->tags.count; i++)
		if (f->pages->tags.at[i].type == TAG_P)
			tag = (int32_t)i;
	size_t lines[2] = { 0, 0 };
	for (size_t p = 0; p < 2; p++) {
		mpt last = 0;
		for (size_t i = 0; i < f->pages->pages.at[p].items.count; i++) {
			const struct page_item *item = &f->pages->pages.at[p].items.at[i];
			if (item->kind == PAGE_TEXT && item->tag == tag && item->y != last)
				lines[p]++, last = item->y;
		}
	}
	assert_int_equal(page_count(f), 2);
	assert_true(lines[0] >= 2 && lines[1] >= 2);
	assert_true(str_equal(text_of_tag(f, tag), str_from(long_text)));
}

static void a_word_wider_than_its_cell_is_broken_and_reported(void **state)
{
	struct fixture *f = *state;
	const char *word = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";

	section(f, 1, row2(f, 2, text_block(f, ROLE_TEXT, word), box(f, 10 * PT), false));
	flow(f);
	assert_true(found(f, DIAG_WORD_WIDE) >= 1);
	for (size_t i = 0; i < f->pages->pages.at[0].items.count; i++) {
		const struct page_item *item = &f->pages->pages.at[0].items.at[i];
		if (item->kind == PAGE_TEXT)
			assert_true(item->x + item->text.width <= (48 + 75) * PT);
	}
}

static void words_on_both_sides_of_a_fill_stay_apart(void **state)
{
	struct fixture *f = *state;
	struct doc_run runs[3] = { text_run(STR("jointly")), { .kind = RUN_FILL, .colour = DOC_COLOUR_COUNT, .figure = -1 },
		text_run(STR("2.40")) };

	section(f, 1, par_block(f, paragraph_of(f, ROLE_ITEM_HEAD, runs, 3)));
	flow(f);
	const struct page_item *amount = text_on(f, 0, "2.40");
	assert_true(str_equal(text_of_tag(f, amount->tag), STR("jointly 2.40")));
	assert_int_equal(amount->x + amount->text.width, 552 * PT);
}

static void the_first_page_of_a_figure_is_known(void **state)
{
	struct fixture *f = *state;
	struct doc_run run = text_run(STR("78 %"));

	vec_push(&f->arena, &f->doc.figures, ((struct doc_figure){ .text = STR("78 %"), .value = UINT32_MAX }));
	vec_push(&f->arena, &f->doc.figures, ((struct doc_figure){ .text = STR("9 %"), .value = UINT32_MAX }));
	run.figure = 0;
	section(f, 3, box(f, 700 * PT), par_block(f, paragraph_of(f, ROLE_TEXT, &run, 1)),
		par_block(f, paragraph_of(f, ROLE_TEXT, &run, 1)));
	flow(f);
	assert_int_equal(f->pages->figures.at[0].page, 1);
	assert_true(str_equal(f->pages->figures.at[0].text, STR("78 %")));
	assert_int_equal(f->pages->figures.at[1].page, UINT32_MAX);
}

static void styles_set_paragraphs_apart_instead_of_the_gap(void **state)
{
	struct fixture *f = *state;

	f->styles[ROLE_LEAD].space_before = 8 * PT;
	f->styles[ROLE_KEY].space_after = 4 * PT;
	section(f, 4, text_block(f, ROLE_TITLE, "title"), text_block(f, ROLE_LEAD, "lead"), text_block(f, ROLE_KEY, "key"),
		box(f, 10 * PT));
	flow(f);
	/* lines of 12: lead at 12 + 8, key by the gap at 32 + 20, box at 64 + 4 */
	assert_int_equal(text_on(f, 0, "lead")->y - text_on(f, 0, "title")->y, 20 * PT);
	assert_int_equal(text_on(f, 0, "key")->y - text_on(f, 0, "title")->y, 52 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->y, (60 + 68) * PT);
}

/* ---- notes, references, contents ---- */

static struct doc_run note_run(uint32_t note)
{
	return (struct doc_run){ .kind = RUN_NOTE, .colour = DOC_COLOUR_COUNT, .note = note, .figure = -1 };
}

static struct doc_block *calling(struct fixture *f, const char *text, uint32_t note)
{
	struct doc_run runs[2] = { text_run(str_from(text)), note_run(note) };

	return par_block(f, paragraph_of(f, ROLE_TEXT, runs, 2));
}

static void add_note(struct fixture *f, const char *text)
{
	uint32_t number = (uint32_t)f->doc.notes.count + 1;

	vec_push(&f->arena, &f->doc.notes, ((struct doc_note){ .text = words(f, ROLE_NOTE, text), .number = number }));
}

static void notes_stand_at_the_foot_of_the_page_that_calls_them(void **state)
{
	struct fixture *f = *state;

	add_note(f, "[1] first source");
	add_note(f, "[2] second source");
	section(f, 4, calling(f, "one ", 0), calling(f, "again ", 0), box(f, 620 * PT), calling(f, "other ", 1));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_non_null(text_on(f, 0, "[1] first"));
	assert_null(text_on(f, 0, "[2] second"));
	assert_non_null(text_on(f, 1, "[2] second"));
	/* the line's box ends at the content's end: 60 + 720 */
	assert_in_range(text_on(f, 0, "[1] first")->y, 768 * PT, 780 * PT);
	assert_int_equal(tags_of(f, TAG_NOTE), 2);
	assert_int_equal(tags_of(f, TAG_REFERENCE), 3);
	assert_true(str_equal(page_tag_words(&f->pages->tags.at[text_on(f, 0, "[1] first")->tag])->id, STR("note-1-1")));
}

static void notes_push_content_to_the_next_page(void **state)
{
	struct fixture *f = *state;

	add_note(f, "[1] first source");
	section(f, 2, box(f, 680 * PT), calling(f, "calls ", 0));
	flow(f);
	/* 680 + 20 + 12 = 712 fits without the note's 12 */
	assert_int_equal(page_count(f), 2);
	assert_non_null(text_on(f, 1, "calls"));
	assert_non_null(text_on(f, 1, "[1] first"));
}

static void notes_without_end_are_carried_over(void **state)
{
	struct fixture *f = *state;
	const uint32_t count = 2000;
	struct doc_run *runs = ARENA_ARRAY(&f->arena, struct doc_run, count);

	for (uint32_t i = 0; i < count; i++) {
		add_note(f, str_printf(&f->arena, "[%u] a source that is named here", i + 1).ptr);
		runs[i] = note_run(i);
	}
	section(f, 1, par_block(f, paragraph_of(f, ROLE_TEXT, runs, count)));
	flow(f);
	struct buf all;
	buf_init(&all, &f->arena, 1 << 24);
	for (size_t i = 0; i < f->pages->tags.count; i++)
		if (f->pages->tags.at[i].type == TAG_NOTE)
			buf_put(&all, text_of_tag(f, (int32_t)i));
	for (uint32_t i = 0; i < count; i += 333)
		assert_non_null(strstr(all.ptr, f->doc.notes.at[i].text.runs[0].text.ptr));
	assert_true(page_count(f) > 2 && page_count(f) < 60);
}

static struct doc_block *referring(struct fixture *f, uint32_t target)
{
	struct doc_run runs[2] = { text_run(STR("see page ")),
		{ .kind = RUN_PAGE_OF, .colour = DOC_COLOUR_COUNT, .target = target, .figure = -1 } };

	return par_block(f, paragraph_of(f, ROLE_TEXT, runs, 2));
}

static void references_print_the_page_of_their_target(void **state)
{
	struct fixture *f = *state;
	struct doc_block *goal = box(f, 100 * PT);

	f->doc.anchor_count = 1;
	goal->anchor = 1;
	section(f, 4, referring(f, 1), box(f, 690 * PT), box(f, 690 * PT), goal);
	flow(f);
	assert_int_equal(page_count(f), 4);
	assert_non_null(text_on(f, 0, "4"));
	assert_int_equal(f->pages->targets.at[0].page, 3);
	assert_int_equal(f->pages->targets.at[0].y, 60 * PT);
	const struct page *first = &f->pages->pages.at[0];
	assert_int_equal(first->items.at[first->items.count - 1].kind == PAGE_LINK
		|| first->items.at[first->items.count - 2].kind == PAGE_LINK, 1);
}

static void contents_settle(void **state)
{
	struct fixture *f = *state;
	struct doc_contents c = { .style = &f->styles[ROLE_CONTENTS], .depth = 1 };
	struct doc_block *b = block(f, DOC_CONTENTS);
	static const char *const titles[] = { "Summary", "Two views", "The money" };

	b->contents = &c;
	section(f, 2, b, box(f, 400 * PT))->title = str_from(titles[0]);
	for (int i = 1; i < 3; i++)
		section(f, 2, box(f, 400 * PT), box(f, 400 * PT))->title = str_from(titles[i]);
	flow(f);
	/* pages 1, 2-3, 4-5 */
	assert_int_equal(page_count(f), 5);
	assert_non_null(text_on(f, 0, "Summary"));
	assert_non_null(text_on(f, 0, "2"));
	assert_non_null(text_on(f, 0, "4"));
	assert_null(text_on(f, 0, "3"));
	assert_int_equal(tags_of(f, TAG_TOCI), 3);
	assert_int_equal(f->pages->bookmarks.count, 3);
	assert_int_equal(f->pages->targets.at[f->pages->bookmarks.at[2].target].page, 3);
}

static void strips_count_pages(void **state)
{
	struct fixture *f = *state;
	struct doc_run runs[3] = { { .kind = RUN_PAGE, .colour = DOC_COLOUR_COUNT, .figure = -1 }, text_run(STR(" of ")),
		{ .kind = RUN_PAGES, .colour = DOC_COLOUR_COUNT, .figure = -1 } };

	f->master.footer.text_top = 800 * PT;
	f->doc.furniture.footer[2] = paragraph_of(f, ROLE_FOOTER, runs, 3);
	section(f, 2, box(f, 500 * PT), box(f, 500 * PT));
	flow(f);
	const struct page_item *item = text_on(f, 1, "2");
	assert_non_null(item);
	assert_int_equal(item->tag, PAGE_ARTIFACT_FOOTER);
	const struct page *p = &f->pages->pages.at[1];
	const struct page_item *last = &p->items.at[p->items.count - 1];
	assert_int_equal(last->x + last->text.width, 552 * PT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(boxes_are_set_apart_by_the_gap),
		TEST(blocks_start_on_the_step),
		TEST(what_does_not_fit_moves),
		TEST(own_space_replaces_the_gap_and_is_dropped_at_the_top),
		TEST(headings_go_with_what_follows),
		TEST(keeps_yield_to_the_page),
		TEST(a_kept_stack_moves_whole_or_breaks_with_both_heights),
		TEST(a_box_taller_than_the_page_is_placed_once),
		TEST(cells_share_top_and_height),
		TEST(tracks_align_across_cells),
		TEST(a_row_that_fits_a_page_moves_whole),
		TEST(a_row_taller_than_a_page_breaks_its_cells_together),
		TEST(foot_blocks_stand_at_the_foot_of_their_cell),
		TEST(an_exhibits_source_stands_at_the_foot),
		TEST(lists_spread_over_a_taller_cell),
		TEST(columns_are_balanced),
		TEST(columns_are_balanced_with_their_keeps),
		TEST(columns_go_on_over_pages),
		TEST(one_page_is_a_contract),
		TEST(charts_give_height_before_the_contract_breaks),
		TEST(a_chart_taller_than_a_page_shrinks_and_keeps_its_source),
		TEST(no_input_loops),
		TEST(pages_are_bounded),
		TEST(paragraphs_leave_two_lines_at_least),
		TEST(a_word_wider_than_its_cell_is_broken_and_reported),
		TEST(words_on_both_sides_of_a_fill_stay_apart),
		TEST(the_first_page_of_a_figure_is_known),
		TEST(styles_set_paragraphs_apart_instead_of_the_gap),
		TEST(notes_stand_at_the_foot_of_the_page_that_calls_them),
		TEST(notes_push_content_to_the_next_page),
		TEST(notes_without_end_are_carried_over),
		TEST(references_print_the_page_of_their_target),
		TEST(contents_settle),
		TEST(strips_count_pages),
#undef TEST
	};
	return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
