/* What pages tell of themselves: that nothing changes where it is asked for, and that costs, keeps and boxes are those of the break. Content
 * is 504 by 720 pt from 48, 60; the gap 20 pt. */
#include "flow_fixture.h"

static const struct page_why *why(const struct fixture *f, size_t page)
{
	return f->pages->pages.at[page].why;
}

static struct doc_block *named(struct doc_block *b, const char *name)
{
	b->slot = str_from(name);
	return b;
}

static const char long_text[] = "The platform of the plan is shared, and the budget of the joint integration is a decision that the customer does not "
	"see: retention is what the customer sees, and the platform is what the plan of the budget pays for first, before the campaigns.";

static void nobody_asked(void **state)
{
	struct fixture *f = *state;

	section(f, 1, box(f, 40 * PT));
	flow(f);
	assert_null(why(f, 0));
}

static void a_section_that_fits_needed_no_search(void **state)
{
	struct fixture *f = *state;

	section(f, 2, box(f, 340 * PT), box(f, 200 * PT));
	tell(f, FLOW_TELL_WHY);
	assert_int_equal(why(f, 0)->end, PAGE_END_DOCUMENT);
	assert_int_equal(why(f, 0)->need, 560 * PT);
	assert_false(why(f, 0)->more);
	assert_int_equal(why(f, 0)->chances.count, 0);
	assert_int_equal(why(f, 0)->stop.len, 0);
}

static void the_cheapest_break_was_chosen_and_the_others_have_their_costs(void **state)
{
	struct fixture *f = *state;

	section(f, 4, box(f, 340 * PT), box(f, 200 * PT), named(box(f, 140 * PT), "views"), named(box(f, 40 * PT), "end"));
	tell(f, FLOW_TELL_WHY);
	const struct page_why *w = why(f, 0);
	assert_int_equal(w->end, PAGE_END_CHOSEN);
	assert_int_equal(w->need, (340 + 200 + 140 + 40 + 60) * PT);
	assert_true(str_is(w->stopper, "'end'"));
	assert_int_equal(w->stopper_height, 40 * PT);
	assert_int_equal(w->chances.count, 3);
	/* full: nothing free; 40 pt are 5 % of the last page: 40 * 7 * 7 */
	assert_int_equal(w->chances.at[0].free, 0);
	assert_int_equal(w->chances.at[0].total, 1960);
	assert_int_equal(page_cost_sum(w->chances.at[0].cost), 0);
	assert_int_equal(w->chances.at[0].pages, 2);
	assert_true(w->chances.at[0].ends);
	/* 160 of 720 are 22 % free: 17 * 17 */
	assert_true(w->chances.at[1].chosen);
	assert_int_equal(w->chances.at[1].y, 620 * PT);
	assert_int_equal(w->chances.at[1].cost.space, 289);
	assert_int_equal(w->chances.at[1].total, 289);
	assert_true(str_is(w->chances.at[1].before, "'views'"));
	/* 380 of 720 are 52 %: 47 * 47 */
	assert_int_equal(w->chances.at[2].total, 2209);
	assert_false(w->chances.at[0].chosen || w->chances.at[2].chosen);
}

static void a_broken_keep_has_a_name(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 400 * PT), kept(named(box(f, 100 * PT), "head"), 3), box(f, 300 * PT));
	tell(f, FLOW_TELL_WHY);
	const struct page_chance *c = &why(f, 0)->chances.at[0];
	assert_true(c->chosen);
	assert_int_equal(c->cost.strength, 3);
	assert_int_equal(c->cost.keep, 360);
	assert_int_equal(c->cost.space, 484);
	assert_true(str_is(c->kept, "'head'"));
	assert_false(c->parted);
}

static void a_block_broken_inside_has_a_name(void **state)
{
	struct fixture *f = *state;
	struct doc_block *weak = named(stack(f, 2, box(f, 400 * PT), box(f, 300 * PT)), "pair");

	weak->keep_together = true;
	weak->keep_strength = 2;
	section(f, 2, box(f, 200 * PT), weak);
	tell(f, FLOW_TELL_WHY);
	const struct page_chance *c = &why(f, 0)->chances.at[0];
	assert_true(c->chosen && c->parted);
	assert_true(str_is(c->kept, "'pair'"));
	assert_int_equal(c->cost.split, 10);
}

/* Rows from the first of the body; of four lines three would fit, and one would stand alone. */
static void parts_are_counted(void **state)
{
	struct fixture *f = *state;
	struct doc_table *t = table(f, 1, 1, 100);

	for (uint32_t i = 0; i <= 100; i++)
		table_row(f, t, i, i ? ROW_BODY : ROW_HEAD, i ? "cell" : "head");
	section(f, 1, exhibit(f, "Entries", table_block(f, t), ""));
	section(f, 2, box(f, 660 * PT), text_block(f, ROLE_TEXT, str_printf(&f->arena, "%s %s", long_text, long_text).ptr));
	tell(f, FLOW_TELL_WHY);
	assert_string_equal(str_terminated(&f->arena, why(f, 0)->stopper),
		str_printf(&f->arena, "row %u of exhibit 'Entries'", (unsigned)texts_on(f, 0, "cell") + 1).ptr);
	assert_true(str_starts(why(f, 2)->stopper, "line 3 of text 'The platform of the plan"));
}

/* The head would fit the first page, but goes with what does not. */
static void a_firm_keep_says_that_it_holds(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 600 * PT), kept(named(box(f, 40 * PT), "head"), 9), box(f, 600 * PT));
	tell(f, FLOW_TELL_WHY);
	assert_true(str_is(why(f, 0)->stopper, "'head'"));
	assert_int_equal(why(f, 0)->stopper_keep, 9);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
}

static void what_ends_a_page_is_told(void **state)
{
	struct fixture *f = *state;
	struct doc_master wide = f->master;

	wide.width = 800 * PT;
	section(f, 1, box(f, 40 * PT));
	section(f, 1, box(f, 40 * PT))->id = STR("second");
	section(f, 1, box(f, 40 * PT))->continues = true;
	struct doc_section *turned = section(f, 1, box(f, 40 * PT));
	turned->first = turned->rest = &wide;
	turned->new_page = false;
	section(f, 1, box(f, 40 * PT))->starts = SIDE_EVEN;
	section(f, 1, box(f, 40 * PT))->starts = SIDE_EVEN;
	tell(f, FLOW_TELL_WHY);
	assert_int_equal(page_count(f), 8);
	assert_int_equal(why(f, 0)->end, PAGE_END_SECTION);
	assert_true(str_is(why(f, 0)->section, "second"));
	assert_int_equal(why(f, 1)->end, PAGE_END_BREAK);
	assert_int_equal(why(f, 2)->end, PAGE_END_SIZE);
	assert_int_equal(why(f, 3)->end, PAGE_END_SIDE);
	assert_int_equal(why(f, 4)->end, PAGE_END_SIDE); /* left blank */
	assert_int_equal(why(f, 5)->end, PAGE_END_SIDE);
	assert_int_equal(why(f, 6)->end, PAGE_END_SIDE);
	assert_int_equal(why(f, 7)->end, PAGE_END_DOCUMENT);
}

static void boxes_are_where_blocks_are(void **state)
{
	struct fixture *f = *state;

	section(f, 2, kept(named(box(f, 100 * PT), "head"), 7), stack(f, 2, box(f, 50 * PT), box(f, 60 * PT)));
	tell(f, FLOW_TELL_WHY);
	const struct page_why *w = why(f, 0);
	assert_int_equal(w->boxes.count, 4);
	assert_int_equal(w->boxes.at[0].next, 7);
	assert_int_equal(w->boxes.at[0].height, 100 * PT);
	assert_true(w->boxes.at[1].holds);
	assert_int_equal(w->boxes.at[1].y, 180 * PT);
	assert_int_equal(w->boxes.at[1].depth, 0);
	assert_int_equal(w->boxes.at[2].depth, 1);
	assert_int_equal(w->boxes.at[3].y, 230 * PT);
}

static void lines_of_a_paragraph_have_costs(void **state)
{
	struct fixture *f = *state;

	section(f, 1, text_block(f, ROLE_TEXT, long_text));
	tell(f, FLOW_TELL_WHY);
	const struct page_why *w = why(f, 0);
	assert_true(w->line_costs.count > 1);
	for (size_t i = 0; i + 1 < w->line_costs.count; i++) {
		assert_int_equal(w->line_costs.at[i].x, 552 * PT);
		assert_true(w->line_costs.at[i].demerits >= 100); /* (10 + badness)², at least */
	}
	assert_int_equal(w->line_costs.at[1].y - w->line_costs.at[0].y, 12 * PT);
	assert_int_equal(w->line_costs.at[w->line_costs.count - 1].stretch, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(nobody_asked),
		TEST(a_section_that_fits_needed_no_search),
		TEST(the_cheapest_break_was_chosen_and_the_others_have_their_costs),
		TEST(a_broken_keep_has_a_name),
		TEST(a_block_broken_inside_has_a_name),
		TEST(parts_are_counted),
		TEST(a_firm_keep_says_that_it_holds),
		TEST(what_ends_a_page_is_told),
		TEST(boxes_are_where_blocks_are),
		TEST(lines_of_a_paragraph_have_costs),
	};
	return cmocka_run_group_tests_name("flow explain", tests, NULL, NULL);
}
