/* Tables: widths, rows over pages, heads, keeps, tags. Content is 504 by 720 pt from 48, 60; rows are 12 pt. */
#include "flow_fixture.h"

static struct doc_table *numbered(struct fixture *f, uint32_t rows)
{
	struct doc_table *t = table(f, 3, 1, rows);

	table_row(f, t, 0, ROW_HEAD, "Line", "Plan", "Actual");
	for (uint32_t i = 1; i <= rows; i++)
		table_row(f, t, i, ROW_BODY, str_printf(&f->arena, "row %u", (unsigned)i).ptr, "1.00", "2.00");
	return t;
}

static size_t texts(const struct fixture *f, size_t page, const char *text)
{
	const struct page *p = &f->pages->pages.at[page];
	size_t n = 0;

	for (size_t i = 0; i < p->items.count; i++)
		n += p->items.at[i].kind == PAGE_TEXT && str_is(str_trim(p->items.at[i].text.text), text);
	return n;
}

static void shares_divide_what_fixed_columns_leave(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 1);
	struct doc_column columns[3] = { { .width_kind = WIDTH_FIXED, .width = 104 * PT },
		{ .width_kind = WIDTH_SHARE, .width = 1000 }, { .width_kind = WIDTH_SHARE, .width = 3000 } };

	t->columns = columns;
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(text_on(f, 0, "Plan")->x, (48 + 104) * PT);
	assert_int_equal(text_on(f, 0, "Actual")->x, (48 + 204) * PT);
}

/* From the foot of a head of one line to a row's first line: in the middle of 16, as one of two lines in 24. */
static void single_lines_stand_where_rows_are_made_for(void **state)
{
	static const mpt heights[] = { 12 * PT, 16 * PT, 20 * PT, 24 * PT }, spaces[] = { 0, 2 * PT, 4 * PT, 0 };
	struct fixture *f = *state;

	for (size_t i = 0; i < 4; i++) {
		struct doc_table *t = numbered(f, 2);
		t->row_height = heights[i];
		section(f, 1, table_block(f, t));
	}
	flow(f);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(text_on(f, i, "row")->y - text_on(f, i, "Line")->y, 12 * PT + spaces[i]);
}

static void content_columns_are_as_wide_as_their_widest_cell(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 2);
	struct doc_column columns[3] = { { .width_kind = WIDTH_CONTENT, .pad_right = 10 * PT },
		{ .width_kind = WIDTH_CONTENT, .pad_right = 10 * PT }, { .width_kind = WIDTH_SHARE, .width = 1000 } };

	table_row(f, t, 2, ROW_BODY, "Data centre and network", "2", "3");
	t->columns = columns;
	section(f, 1, table_block(f, t));
	flow(f);
	const struct page_item *widest = text_on(f, 0, "Data");
	assert_int_equal(text_on(f, 0, "Plan")->x, widest->x + widest->text.width + 10 * PT);
	assert_int_equal(found(f, DIAG_WORD_WIDE), 0);
}

static void narrow_tables_shrink_and_say_so(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = table(f, 60, 0, 1);
	struct doc_table_row *r = (struct doc_table_row *)&t->rows[0];
	struct doc_cell *cells = ARENA_ARRAY(&f->arena, struct doc_cell, 60);

	for (int i = 0; i < 60; i++)
		cells[i] = cell(f, "platform");
	*r = (struct doc_table_row){ .cells = cells, .count = 60 };
	section(f, 1, table_block(f, t));
	flow(f);
	assert_true(found(f, DIAG_WORD_WIDE) > 0);
	for (size_t i = 0; i < f->pages->pages.at[0].items.count; i++) {
		const struct page_item *item = &f->pages->pages.at[0].items.at[i];
		assert_true(item->kind != PAGE_TEXT || item->x + item->text.width <= 552 * PT);
	}
}

static void rows_go_on_and_heads_repeat(void **state)
{
	struct fixture *f = *state;
	const uint32_t rows = 2000;

	section(f, 1, table_block(f, numbered(f, rows)));
	flow(f);
	/* 720 / 12 = 60 rows a page, one of them the head: 2000 / 59 = 33.9 */
	assert_int_equal(page_count(f), 34);
	size_t printed = 0;
	for (size_t p = 0; p < page_count(f); p++) {
		const struct page_item *head = text_on(f, p, "Plan");
		assert_int_equal(texts(f, p, "Plan"), 1);
		assert_true(p ? head->tag == PAGE_ARTIFACT_REPEAT : f->pages->tags.at[head->tag].type == TAG_TH);
		printed += texts(f, p, "1.00");
	}
	assert_int_equal(printed, rows);
	for (uint32_t i = 1; i <= rows; i += 37) {
		size_t times = 0;
		for (size_t p = 0; p < page_count(f); p++)
			times += texts(f, p, str_printf(&f->arena, "row %u", (unsigned)i).ptr);
		assert_int_equal(times, 1);
	}
	assert_int_equal(tags_of(f, TAG_TABLE), 1);
	assert_int_equal(tags_of(f, TAG_TR), rows + 1);
}

static void a_head_is_never_alone(void **state)
{
	struct fixture *f = *state;

	/* 676 + 20 = 696, 24 left: the head and one row would fit, two rows are the least */
	section(f, 2, box(f, 676 * PT), table_block(f, numbered(f, 10)));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(texts(f, 0, "Plan"), 0);
}

static void group_rows_stay_with_their_first_row(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 100);

	/* rows 59 and 60 would be the last of page 1 */
	table_row(f, t, 59, ROW_GROUP, "Joint", "", "");
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(texts(f, 0, "row 58"), 1);
	assert_int_equal(texts(f, 0, "Joint"), 0);
	assert_int_equal(texts(f, 1, "Joint"), 1);
	assert_int_equal(texts(f, 1, "row 60"), 1);
}

static void a_total_takes_two_rows_with_it(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 60);

	table_row(f, t, 60, ROW_TOTAL, "Total", "", "");
	section(f, 1, table_block(f, t));
	section(f, 1, box(f, 300 * PT))->new_page = false; /* else more rows would go, to a page that is nearly empty */
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(texts(f, 1, "Total"), 1);
	assert_int_equal(texts(f, 1, "row 58") + texts(f, 1, "row 59"), 2);
	assert_int_equal(texts(f, 0, "row 57"), 1);
}

/* The second group goes on over three pages: its head stands under the table's on two of them, as an artifact. */
static void heads_of_groups_repeat_where_they_go_on(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 150);

	t->repeat_groups = true;
	table_row(f, t, 1, ROW_GROUP, "Joint", "", "");
	table_row(f, t, 20, ROW_GROUP, "Shared", "", "");
	table_row(f, t, 140, ROW_TOTAL, "Total", "", "");
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(page_count(f), 3);
	assert_int_equal(texts(f, 0, "Joint") + texts(f, 1, "Joint") + texts(f, 2, "Joint"), 1);
	for (size_t p = 0; p < 3; p++) {
		assert_int_equal(texts(f, p, "Shared"), 1);
		assert_true(p == 0 || text_on(f, p, "Shared")->tag == PAGE_ARTIFACT_REPEAT);
		assert_true(p == 0 || text_on(f, p, "Shared")->y == text_on(f, p, "Plan")->y + 12 * PT);
	}
	size_t printed = 0;
	for (size_t p = 0; p < 3; p++)
		printed += texts(f, p, "1.00");
	assert_int_equal(printed, 147);
}

/* Of 720 pt the head takes a row; a page that goes on a second one, one that ends before the table a third. */
static void sums_are_carried_forward(void **state)
{
	struct fixture *f = *state;
	const uint32_t rows = 130;
	struct doc_table *t = numbered(f, rows);
	struct doc_table sums = *t;
	struct doc_carry carry = { .carried = words(f, ROLE_TABLE_CELL, "Carried"), .brought = words(f, ROLE_TABLE_CELL, "Brought") };

	sums.rows = ARENA_ARRAY(&f->arena, struct doc_table_row, rows + 1);
	for (uint32_t i = 1; i <= rows; i++)
		table_row(f, &sums, i, ROW_BODY, "", str_printf(&f->arena, "%u.0", (unsigned)i).ptr, "");
	carry.rows = sums.rows;
	t->carry = &carry;
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(page_count(f), 3);
	assert_int_equal(texts(f, 0, "row 58") + texts(f, 1, "row 59"), 2);
	assert_int_equal(texts(f, 0, "Brought") + texts(f, 2, "Carried"), 0);
	assert_int_equal(text_on(f, 0, "Carried")->y, text_on(f, 0, "row 58")->y + 12 * PT);
	assert_int_equal(text_on(f, 1, "Brought")->y, text_on(f, 1, "row 59")->y - 12 * PT);
	assert_true(text_on(f, 0, "58.0") && text_on(f, 1, "58.0") && text_on(f, 1, "58.0")->tag == PAGE_ARTIFACT_REPEAT);
	assert_int_equal(texts(f, 1, "115.0") + texts(f, 2, "115.0"), 2);
	assert_int_equal(texts(f, 0, "1.00") + texts(f, 1, "1.00") + texts(f, 2, "1.00"), rows);
}

static void every_second_row_of_a_group_is_shaded(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 6);

	t->zebra = true;
	table_row(f, t, 4, ROW_GROUP, "Joint", "", "");
	section(f, 1, table_block(f, t));
	flow(f);
	/* rows 2 and 6: the head's foot is at 72 */
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->y, 84 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 1)->y, 132 * PT);
	assert_int_equal(rect_at(f, 0, COLOUR_TINT, 0)->shape.height, 12 * PT);
	assert_null(rect_at(f, 0, COLOUR_TINT, 2));
}

/* From the page's left edge to behind so many glyphs of a text. */
static mpt place_in(struct fixture *f, const char *text, uint32_t glyphs)
{
	const struct page_item *item = text_on(f, 0, text);
	mpt x = item->x;

	for (uint32_t k = 0; k < glyphs; k++)
		x += item->text.glyphs[k].advance;
	return x;
}

/* 8.25 has two digits behind its sign, 12.5 one, 7 none: the signs, and where 7 would have one, stand below each other. */
static void decimal_signs_stand_below_each_other(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 4);
	struct doc_column columns[3] = { { .width_kind = WIDTH_SHARE, .width = 1000 }, { .width_kind = WIDTH_SHARE, .width = 1000,
		.align = DOC_END, .anchor = ANCHOR_DECIMAL }, { .width_kind = WIDTH_SHARE, .width = 1000 } };

	t->columns = columns;
	table_row(f, t, 1, ROW_BODY, "a", "8.25", "");
	table_row(f, t, 2, ROW_BODY, "b", "12.5", "");
	table_row(f, t, 3, ROW_BODY, "c", "7", "");
	table_row(f, t, 4, ROW_BODY, "d", "n/a", "");
	section(f, 1, table_block(f, t));
	flow(f);
	mpt right = (48 + 336) * PT, sign = place_in(f, "8.25", 1);
	assert_int_equal(place_in(f, "12.5", 2), sign);
	assert_int_equal(place_in(f, "7", 1), sign);
	assert_int_equal(text_on(f, 0, "8.25")->x + text_on(f, 0, "8.25")->text.width, right);
	assert_int_equal(text_on(f, 0, "n/a")->x + text_on(f, 0, "n/a")->text.width, right);
	assert_int_equal(text_on(f, 0, "Plan")->x + text_on(f, 0, "Plan")->text.width, right);
}

static void units_and_signs_stand_below_each_other(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 4);
	struct doc_column columns[3] = { { .width_kind = WIDTH_SHARE, .width = 1000 },
		{ .width_kind = WIDTH_SHARE, .width = 1000, .align = DOC_END, .anchor = ANCHOR_UNIT },
		{ .width_kind = WIDTH_SHARE, .width = 1000, .anchor = ANCHOR_SIGN } };

	t->columns = columns;
	table_row(f, t, 1, ROW_BODY, "a", "12.5 %", "+3");
	table_row(f, t, 2, ROW_BODY, "b", "7 days", "-12");
	table_row(f, t, 3, ROW_BODY, "c", "640", "4");
	table_row(f, t, 4, ROW_BODY, "d", "\u2013", "none");
	section(f, 1, table_block(f, t));
	flow(f);
	mpt number = place_in(f, "12.5 %", 4);
	assert_int_equal(place_in(f, "7 days", 1), number);
	assert_int_equal(place_in(f, "640", 3), number);
	assert_int_equal(place_in(f, "\u2013", 1), number);
	assert_int_equal(place_in(f, "7 days", 6), (48 + 336) * PT); /* the longest unit is flush */
	assert_int_equal(place_in(f, "+3", 1), place_in(f, "4", 0));
	assert_int_equal(place_in(f, "-12", 1), place_in(f, "4", 0));
	assert_int_equal(place_in(f, "none", 0), place_in(f, "4", 0));
}

/* Right to left the second column is in the middle too, flush at its left: signs stand as far from there as the longest needs. */
static void decimal_signs_stand_below_each_other_from_right_to_left(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 3);
	struct doc_column columns[3] = { { .width_kind = WIDTH_SHARE, .width = 1000 },
		{ .width_kind = WIDTH_SHARE, .width = 1000, .align = DOC_END, .anchor = ANCHOR_DECIMAL }, { .width_kind = WIDTH_SHARE, .width = 1000 } };

	t->columns = columns;
	t->rtl = true;
	table_row(f, t, 1, ROW_BODY, "a", "8.25", "");
	table_row(f, t, 2, ROW_BODY, "b", "12.5", "");
	table_row(f, t, 3, ROW_BODY, "c", "7", "");
	for (uint32_t row = 0; row <= 3; row++)
		for (uint16_t k = 0; k < 3; k++)
			((struct doc_cell *)(uintptr_t)&t->rows[row].cells[k])->text.rtl = true;
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(place_in(f, "12.5", 0), (48 + 168) * PT);
	assert_int_equal(place_in(f, "8.25", 1), place_in(f, "12.5", 2));
	assert_int_equal(place_in(f, "7", 1), place_in(f, "12.5", 2));
	assert_int_equal(place_in(f, "Plan", 0), (48 + 168) * PT);
}

static void keeps_of_rows_yield_to_the_page(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 100);

	for (uint32_t i = 1; i < 100; i++)
		((struct doc_table_row *)&t->rows[i])->keep_with_next = true;
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(found(f, DIAG_KEEP_BROKEN), 1);
	assert_int_equal(texts(f, 0, "1.00") + texts(f, 1, "1.00"), 100);
}

/* How many rows stand alone, before a break and behind it, is what the style of the cells says. */
static void styles_say_how_many_rows_stand_alone(void **state)
{
	struct fixture *f = *state;

	section(f, 1, table_block(f, numbered(f, 60)));
	section(f, 1, box(f, 400 * PT))->new_page = false; /* so that the last page is not nearly empty */
	flow(f);
	/* 59 rows of 12 pt and the head on a page: one would go over to the next */
	assert_int_equal(texts(f, 1, "1.00"), 2);
	f->styles[ROLE_TABLE_CELL].widows = 5;
	flow(f);
	assert_int_equal(texts(f, 1, "1.00"), 5);
	f->styles[ROLE_TABLE_CELL].widows = 1;
	flow(f);
	assert_int_equal(texts(f, 1, "1.00"), 1);
}

static void a_row_taller_than_a_page_is_split(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 3);
	struct buf b;

	buf_init(&b, &f->arena, 1 << 20);
	for (int i = 0; i < 1500; i++)
		buf_printf(&b, "word%d ", i);
	buf_puts(&b, "end");
	table_row(f, t, 2, ROW_BODY, buf_str(&b).ptr, "1.00", "2.00");
	section(f, 1, table_block(f, t));
	flow(f);
	assert_true(page_count(f) > 1);
	assert_int_equal(found(f, DIAG_BLOCK_TALL), 1);
	const struct page_item *item = text_on(f, 0, "word0");
	assert_non_null(item ? item : text_on(f, 1, "word0"));
	int32_t tag = (item ? item : text_on(f, 1, "word0"))->tag;
	assert_true(str_equal(text_of_tag(f, tag), buf_str(&b)));
	assert_int_equal(texts(f, page_count(f) - 1, "row 3"), 1);
}

static void rows_under_a_row_span_stay_together(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = numbered(f, 100);
	struct doc_cell *spanning = (struct doc_cell *)&t->rows[58].cells[0];

	/* rows 58, 59 and 60 hold one cell; row 59 is the page's last */
	spanning->row_span = 3;
	for (uint32_t i = 59; i <= 60; i++) {
		struct doc_table_row *r = (struct doc_table_row *)&t->rows[i];
		r->cells++;
		r->count--;
	}
	section(f, 1, table_block(f, t));
	flow(f);
	assert_int_equal(texts(f, 0, "row 57"), 1);
	assert_int_equal(texts(f, 0, "row 58"), 0);
	assert_int_equal(text_on(f, 1, "row 58")->x, 48 * PT);
	assert_int_equal(texts(f, 1, "row 61"), 1);
}

static void broken_exhibits_are_continued(void **state)
{
	struct fixture *f = *state;

	section(f, 1, exhibit(f, "Finding", table_block(f, numbered(f, 100)), "Source: ledger"));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_non_null(text_on(f, 0, "Finding"));
	assert_null(text_on(f, 1, "Finding"));
	assert_int_equal(text_on(f, 1, "continued")->tag, PAGE_ARTIFACT_REPEAT);
	assert_non_null(text_on(f, 1, "Source"));
}

static void a_source_line_takes_rows_with_it(void **state)
{
	struct fixture *f = *state;

	/* pad 8, title 12, head 12 and 57 rows of 12: 716 of 720, no room for the source */
	section(f, 1, exhibit(f, "Finding", table_block(f, numbered(f, 57)), "Source: ledger"));
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_non_null(text_on(f, 1, "Source"));
	assert_true(texts(f, 1, "1.00") >= 2);
	assert_int_equal(texts(f, 0, "1.00") + texts(f, 1, "1.00"), 57);
}

static void cells_name_their_heads_where_heads_span(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = table(f, 3, 2, 1);
	struct doc_table_row *top = table_row(f, t, 0, ROW_HEAD, "", "Full year", "");
	table_row(f, t, 1, ROW_HEAD, "Line", "Plan", "Actual");
	struct doc_table_row *body = table_row(f, t, 2, ROW_BODY, "IT", "1.00", "2.00");

	((struct doc_cell *)top->cells)[1].column_span = 2;
	top->count = 2;
	((struct doc_cell *)body->cells)[0].row_head = true;
	section(f, 1, table_block(f, t));
	flow(f);
	const struct page_tag *tags = f->pages->tags.at;
	const struct page_tag *year = &tags[text_on(f, 0, "Full")->tag], *actual = &tags[text_on(f, 0, "Actual")->tag];
	const struct page_tag *it = &tags[text_on(f, 0, "IT")->tag], *two = &tags[text_on(f, 0, "2.00")->tag];
	assert_int_equal(year->type, TAG_TH);
	assert_int_equal(year->column_span, 2);
	assert_int_equal(year->scope, PAGE_SCOPE_COLUMN);
	assert_int_equal(it->scope, PAGE_SCOPE_ROW);
	assert_int_equal(two->type, TAG_TD);
	struct str ids = str_printf(&f->arena, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(page_tag_words(year)->id), STR_ARG(page_tag_words(actual)->id),
		STR_ARG(page_tag_words(it)->id));
	assert_true(str_equal(page_tag_words(two)->headers, ids));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(shares_divide_what_fixed_columns_leave),
		TEST(single_lines_stand_where_rows_are_made_for), TEST(content_columns_are_as_wide_as_their_widest_cell),
		TEST(narrow_tables_shrink_and_say_so),
		TEST(rows_go_on_and_heads_repeat),
		TEST(a_head_is_never_alone),
		TEST(group_rows_stay_with_their_first_row),
		TEST(a_total_takes_two_rows_with_it),
		TEST(decimal_signs_stand_below_each_other),
		TEST(units_and_signs_stand_below_each_other),
		TEST(decimal_signs_stand_below_each_other_from_right_to_left),
		TEST(heads_of_groups_repeat_where_they_go_on),
		TEST(sums_are_carried_forward),
		TEST(every_second_row_of_a_group_is_shaded),
		TEST(keeps_of_rows_yield_to_the_page),
		TEST(styles_say_how_many_rows_stand_alone),
		TEST(a_row_taller_than_a_page_is_split),
		TEST(rows_under_a_row_span_stay_together),
		TEST(broken_exhibits_are_continued),
		TEST(a_source_line_takes_rows_with_it),
		TEST(cells_name_their_heads_where_heads_span),
#undef TEST
	};
	return cmocka_run_group_tests_name("flow table", tests, NULL, NULL);
}
