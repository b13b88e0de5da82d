/* Page breaks by cost, against the best of all breaks found by trying every one. Content is 504 by 720 pt, the gap 20 pt. */
#include "flow_fixture.h"

enum { PAGE = 720, GAP = 20, BLOCKS = 6, DOCUMENTS = 300 };

static int setup(void **state)
{
	static struct fixture f;

	fixture_open(&f);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

static struct doc_block *kept(struct doc_block *b, uint8_t strength)
{
	b->keep_with_next = strength > 0;
	b->keep_strength = strength;
	return b;
}

static void a_page_gives_to_a_last_one_that_is_nearly_empty(void **state)
{
	struct fixture *f = *state;

	section(f, 4, box(f, 340 * PT), box(f, 200 * PT), box(f, 140 * PT), box(f, 40 * PT));
	flow(f);
	/* full: 720 and 40, 5 %: 40 * 7 * 7 = 1960; else 560 and 200: 22 % free, 17 * 17 = 289 */
	assert_int_equal(page_count(f), 2);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 2);
}

static void a_last_page_may_be_nearly_empty_where_another_section_follows_on_it(void **state)
{
	struct fixture *f = *state;

	section(f, 4, box(f, 340 * PT), box(f, 200 * PT), box(f, 140 * PT), box(f, 40 * PT));
	section(f, 1, box(f, 400 * PT))->new_page = false;
	flow(f);
	assert_int_equal(page_count(f), 2);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 3);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 2);
}

static void a_weak_keep_yields_to_the_page(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 400 * PT), kept(box(f, 100 * PT), 3), box(f, 300 * PT));
	flow(f);
	/* broken: 27 % free, 22 * 22 + 40 * 9 = 844; kept: 44 % free, 39 * 39 = 1521 */
	assert_int_equal(rects(f, 0, COLOUR_TINT), 2);
	assert_int_equal(found(f, DIAG_KEEP_BROKEN), 0);
}

static void a_stronger_keep_holds(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 400 * PT), kept(box(f, 100 * PT), 6), box(f, 300 * PT));
	flow(f);
	/* broken: 22 * 22 + 40 * 36 = 1924 */
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
}

static void a_weak_stack_breaks_where_the_page_would_be_empty(void **state)
{
	struct fixture *f = *state;
	struct doc_block *weak = stack(f, 2, box(f, 400 * PT), box(f, 300 * PT));

	weak->keep_together = true;
	weak->keep_strength = 2;
	section(f, 2, box(f, 200 * PT), weak);
	flow(f);
	/* broken inside: 13 % free, 64 + 160 + 10; kept: 72 % free, 67 * 67 */
	assert_int_equal(rects(f, 0, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 1);
	assert_int_equal(found(f, DIAG_BLOCK_TALL), 0);
}

/* Long sections: the way chosen is not lost where the search goes on. */
static void pages_far_from_the_end_are_full(void **state)
{
	struct fixture *f = *state;
	struct doc_block *at[200];
	struct doc_section *s = section(f, 0);

	for (int i = 0; i < 200; i++)
		at[i] = box(f, 100 * PT);
	s->blocks = arena_copy(&f->arena, at, sizeof at);
	s->count = 199;
	flow(f);
	/* six a page; 199 = 33 * 6 + 1: 100 pt are 13 % of the last */
	assert_int_equal(page_count(f), 34);
	for (size_t i = 0; i < 33; i++)
		assert_int_equal(rects(f, i, COLOUR_TINT), 6);
}

/* ---- every break of small documents ---- */

struct small {
	int heights[BLOCKS], keeps[BLOCKS], count;
};

static long square(long n)
{
	return n > 0 ? n * n : 0;
}

/* Of the pages that a set of breaks gives (bit i: after block i); -1 where they are too full. */
static long cost_of(const struct small *m, unsigned breaks)
{
	long cost = 0;
	int used = 0;

	for (int i = 0; i < m->count; i++) {
		used += (used ? GAP : 0) + m->heights[i];
		if (used > PAGE)
			return -1;
		if (i + 1 == m->count)
			cost += 40 * square(12 - used * 100 / PAGE);
		else if (breaks >> i & 1) {
			cost += square((PAGE - used) * 100 / PAGE - 5) + 40 * square(m->keeps[i]);
			used = 0;
		}
	}
	return cost;
}

/* Of those whose first page has so many blocks; 0 = any. */
static long least_cost(const struct small *m, int first)
{
	long least = -1;

	for (unsigned breaks = 0; breaks < 1u << (m->count - 1); breaks++) {
		bool wanted = !first || (breaks & ((2u << (first - 1)) - 1)) == 1u << (first - 1);
		long cost = wanted ? cost_of(m, breaks) : -1;
		if (cost >= 0 && (least < 0 || cost < least))
			least = cost;
	}
	return least;
}

static unsigned breaks_of(const struct fixture *f)
{
	unsigned breaks = 0;
	size_t at = 0;

	for (size_t i = 0; i + 1 < page_count(f); i++) {
		at += rects(f, i, COLOUR_TINT);
		breaks |= 1u << (at - 1);
	}
	return breaks;
}

/* Every place where the first page could have ended costs what the best breaks behind it cost. */
static size_t chances_cost_what_they_say(const struct fixture *f, const struct small *m)
{
	const struct page_why *why = f->pages->pages.at[0].why;

	for (size_t i = 0; i < why->chances.count; i++) {
		const struct page_chance *c = &why->chances.at[i];
		int blocks = 0, used = -GAP;
		while ((PAGE - used) * PT > c->free)
			used += GAP + m->heights[blocks++];
		assert_int_equal(c->total, least_cost(m, blocks));
		assert_int_equal(c->chosen, (size_t)blocks == rects(f, 0, COLOUR_TINT));
	}
	return why->chances.count;
}

static uint32_t pick(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

static void breaks_of_small_documents_are_the_best(void **state)
{
	static struct fixture f;
	uint32_t seed = 11;
	int better = 0;
	size_t chances = 0;

	(void)state;
	for (int n = 0; n < DOCUMENTS; n++) {
		struct small m = { .count = 2 + (int)pick(&seed, BLOCKS - 1) };
		struct doc_block *at[BLOCKS];
		fixture_open(&f);
		for (int i = 0; i < m.count; i++) {
			m.heights[i] = 4 * (4 + (int)pick(&seed, pick(&seed, 3) ? 60 : 150));
			m.keeps[i] = pick(&seed, 2) ? 0 : (int)pick(&seed, 9);
			at[i] = kept(box(&f, m.heights[i] * PT), (uint8_t)m.keeps[i]);
		}
		struct doc_section *s = section(&f, 0);
		s->blocks = arena_copy(&f.arena, at, sizeof at);
		s->count = (uint32_t)m.count;
		tell(&f, FLOW_TELL_WHY);
		assert_int_equal(cost_of(&m, breaks_of(&f)), least_cost(&m, 0));
		better += least_cost(&m, 0) > 0 && page_count(&f) > 1;
		chances += chances_cost_what_they_say(&f, &m);
		fixture_close(&f);
	}
	assert_true(better > DOCUMENTS / 4); /* there was something to choose */
	assert_true(chances > DOCUMENTS / 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_page_gives_to_a_last_one_that_is_nearly_empty),
		TEST(a_last_page_may_be_nearly_empty_where_another_section_follows_on_it),
		TEST(a_weak_keep_yields_to_the_page),
		TEST(a_stronger_keep_holds),
		TEST(a_weak_stack_breaks_where_the_page_would_be_empty),
		TEST(pages_far_from_the_end_are_full),
		cmocka_unit_test(breaks_of_small_documents_are_the_best),
	};
	return cmocka_run_group_tests_name("flow breaks", tests, NULL, NULL);
}
