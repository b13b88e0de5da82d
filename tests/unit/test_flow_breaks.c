/* Page breaks by cost, against the best of all breaks found by trying every one. Content is 504 by 720 pt, the gap 20 pt. */
#include "flow_fixture.h"

enum { PAGE = 720, GAP = 20, BLOCKS = 6, PIECES = 14, NOTE = 40, DOCUMENTS = 2000 };

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

static struct doc_block *row1(struct fixture *f, struct doc_block *only)
{
	struct doc_row_cell cell = { .span = 12, .block = only };
	struct doc_row row = { .cells = arena_copy(&f->arena, &cell, sizeof cell), .count = 1 };
	struct doc_block *b = block(f, DOC_ROW);

	b->row = arena_copy(&f->arena, &row, sizeof row);
	return b;
}

static struct doc_block *list1(struct fixture *f, const struct doc_stack *inside)
{
	struct doc_list_item item = { .label = { .style = &f->styles[ROLE_ITEM_HEAD] }, .blocks = inside->blocks, .count = inside->count };
	struct doc_list list = { .items = arena_copy(&f->arena, &item, sizeof item), .count = 1 };
	struct doc_block *b = block(f, DOC_LIST);

	b->list = arena_copy(&f->arena, &list, sizeof list);
	return b;
}

static void a_block_keeps_with_the_one_before(void **state)
{
	struct fixture *f = *state;
	struct doc_block *close = box(f, 300 * PT);

	close->keep_with_previous = true;
	section(f, 3, box(f, 400 * PT), box(f, 100 * PT), close);
	flow(f);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 2);
}

/* The strongest keep of what stands side by side holds the row. */
static void rows_keep_with_their_neighbours(void **state)
{
	struct fixture *f = *state;

	section(f, 3, box(f, 400 * PT), row2(f, 6, box(f, 100 * PT), kept(box(f, 80 * PT), 9), false), box(f, 300 * PT));
	flow(f);
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 3);
}

static void a_row_yields_where_its_keep_is_weak(void **state)
{
	struct fixture *f = *state;
	struct doc_block *weak = row1(f, stack(f, 2, box(f, 400 * PT), box(f, 300 * PT)));

	weak->keep_together = true;
	weak->keep_strength = 2;
	section(f, 2, box(f, 200 * PT), weak);
	flow(f);
	/* as of a stack: broken inside 64 + 160 + 10; kept 67 * 67 */
	assert_int_equal(rects(f, 0, COLOUR_TINT), 2);
	assert_int_equal(rects(f, 1, COLOUR_TINT), 1);
}

static void a_keep_inside_a_list_is_counted(void **state)
{
	struct fixture *f = *state;
	struct doc_block *inside = stack(f, 2, kept(box(f, 100 * PT), 6), box(f, 300 * PT));

	section(f, 2, box(f, 400 * PT), list1(f, inside->stack));
	flow(f);
	/* broken: 27 % free, 22 * 22 + 40 * 36 + 10; kept: 44 % free, 39 * 39 = 1521 */
	assert_int_equal(rects(f, 0, COLOUR_TINT), 1);
}

/* A keep that several pages break is told once. */
static void a_firm_keep_over_pages_is_told_once(void **state)
{
	struct fixture *f = *state;

	section(f, 4, kept(box(f, 500 * PT), 9), kept(box(f, 500 * PT), 9), kept(box(f, 500 * PT), 9), box(f, 500 * PT));
	flow(f);
	assert_int_equal(page_count(f), 4);
	assert_int_equal(found(f, DIAG_KEEP_BROKEN), 1);
}

static struct doc_block *lines_block(struct fixture *f, int count, uint8_t orphans, uint8_t widows)
{
	struct doc_run *runs = ARENA_ARRAY(&f->arena, struct doc_run, 2 * (size_t)count);
	struct doc_style *s = ARENA_NEW(&f->arena, struct doc_style);

	for (int i = 0; i < count; i++) {
		runs[2 * i] = text_run(STR("line"));
		runs[2 * i + 1] = (struct doc_run){ .kind = RUN_BREAK, .colour = DOC_COLOUR_COUNT, .figure = -1 };
	}
	*s = f->styles[ROLE_TEXT];
	s->leading = 60 * PT;
	s->orphans = orphans;
	s->widows = widows;
	struct doc_paragraph p = paragraph_of(f, ROLE_TEXT, runs, 2 * (uint32_t)count - 1);
	p.style = s;
	return par_block(f, p);
}

static size_t lines_on(const struct fixture *f, size_t page)
{
	return texts_on(f, page, "line");
}

static void styles_say_how_many_lines_stand_alone(void **state)
{
	struct fixture *f = *state;

	/* 220 pt are left: three lines of five; two are left over, where the style wants three */
	section(f, 2, box(f, 480 * PT), lines_block(f, 5, 0, 0));
	section(f, 2, box(f, 480 * PT), lines_block(f, 5, 0, 3));
	section(f, 2, box(f, 480 * PT), lines_block(f, 5, 3, 3));
	section(f, 2, box(f, 600 * PT), lines_block(f, 3, 1, 1)); /* one line of three */
	flow(f);
	assert_int_equal(page_count(f), 8);
	assert_int_equal(lines_on(f, 0), 3);
	assert_int_equal(lines_on(f, 2), 2);
	assert_int_equal(lines_on(f, 4), 0);
	assert_int_equal(lines_on(f, 6), 1);
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

/* What a page takes whole: a box or a line, with what a break behind it costs besides free space. */
struct piece {
	int height, gap; /* gap: above it, where it is not the first of a page */
	int notes;       /* a bit for each that it calls */
	int keep;        /* strength of the strongest keep that a break behind it breaks */
	bool legal;      /* there may be a break behind it, */
	bool inside;     /* in the midst of a block */
};
struct small {
	struct piece pieces[PIECES];
	int count;
};

static long square(long n)
{
	return n > 0 ? n * n : 0;
}

/* Each has a line. */
static int notes_height(int calls)
{
	int count = 0;

	for (; calls; calls &= calls - 1)
		count++;
	return count * NOTE;
}

/* Of the pages that a set of breaks gives (bit i: after piece i); -1 where they are too full or break what does not. */
static long cost_of(const struct small *m, unsigned breaks)
{
	long cost = 0;
	int used = 0, calls = 0, before = 0;

	for (int i = 0; i < m->count; i++) {
		const struct piece *p = &m->pieces[i];
		used += (used ? p->gap : 0) + p->height;
		calls |= p->notes & ~before; /* a footnote stands once */
		int full = used + notes_height(calls);
		if (full > PAGE)
			return -1;
		if (i + 1 == m->count)
			cost += 40 * square(12 - full * 100 / PAGE);
		else if (breaks >> i & 1) {
			if (!p->legal)
				return -1;
			before |= calls;
			calls = 0;
			cost += square((PAGE - full) * 100 / PAGE - 5) + 40 * square(p->keep) + (p->inside ? 10 : 0);
			used = 0;
		}
	}
	return cost;
}

/* Of those whose first page has so many pieces; 0 = any. */
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
		at += rects(f, i, COLOUR_TINT) + lines_on(f, i);
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
		int pieces = 0, used = -GAP;
		for (int calls = 0; (PAGE - used - notes_height(calls)) * PT > c->free; pieces++) {
			used += m->pieces[pieces].gap + m->pieces[pieces].height;
			calls |= m->pieces[pieces].notes;
		}
		assert_int_equal(c->total, least_cost(m, pieces));
		assert_int_equal(c->chosen, (size_t)pieces == rects(f, 0, COLOUR_TINT) + lines_on(f, 0));
	}
	return why->chances.count;
}

static uint32_t pick(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

static int stronger(int a, int b)
{
	return a > b ? a : b;
}

static struct piece *add_piece(struct small *m, int height, int gap)
{
	m->pieces[m->count] = (struct piece){ .height = height, .gap = gap, .legal = true };
	return &m->pieces[m->count++];
}

static struct doc_block *small_box(struct fixture *f, struct small *m, uint32_t *seed, int gap)
{
	int height = 4 * (4 + (int)pick(seed, pick(seed, 3) ? 60 : 150));

	add_piece(m, height, gap);
	return box(f, height * PT);
}

/* Two boxes below each other, in a stack, an item of a list or a cell of a row, kept together or not. */
static struct doc_block *small_pair(struct fixture *f, struct small *m, uint32_t *seed)
{
	int inner = (int)pick(seed, 9), kind, whole = pick(seed, 2) ? (int)pick(seed, 9) : 0;
	struct doc_block *first = kept(small_box(f, m, seed, GAP), (uint8_t)inner);
	struct piece *p = &m->pieces[m->count - 1];
	struct doc_block *b = stack(f, 2, first, small_box(f, m, seed, 0));

	kind = (int)pick(seed, 3);
	p->inside = kind || whole; /* a mere stack is no block that a reader sees */
	p->keep = stronger(inner, whole);
	switch (kind) {
	case 0: break;
	case 1: b = list1(f, b->stack); break;
	default: b = row1(f, b); ((struct doc_row *)(uintptr_t)b->row)->breaks = !whole;
	}
	b->keep_together = whole > 0;
	b->keep_strength = (uint8_t)whole;
	return b;
}

static struct doc_block *small_lines(struct fixture *f, struct small *m, uint32_t *seed)
{
	int count = 2 + (int)pick(seed, 3), orphans = (int)pick(seed, 4), widows = (int)pick(seed, 4);

	for (int i = 1; i <= count; i++) {
		struct piece *p = add_piece(m, 60, i == 1 ? GAP : 0);
		p->inside = true;
		p->legal = i >= (orphans ? orphans : 2) && count - i >= (widows ? widows : 2);
	}
	return lines_block(f, count, (uint8_t)orphans, (uint8_t)widows);
}

/* Whichever of the two blocks says so. */
static void keep_small(struct small *m, uint32_t *seed, struct doc_block *above, struct doc_block *below)
{
	struct piece *last = &m->pieces[m->count - 1];
	int next = pick(seed, 2) ? (int)pick(seed, 9) : 0;

	last->legal = true;
	last->inside = false;
	last->keep = 0;
	if (!next || above->keep_together || (below && below->keep_together))
		return; /* a block's keeps have one strength */
	last->keep = next;
	if (below && below->keep_strength == 0 && pick(seed, 2)) {
		below->keep_with_previous = true;
		below->keep_strength = (uint8_t)next;
	} else if (above->keep_strength == 0) {
		above->keep_with_next = true;
		above->keep_strength = (uint8_t)next;
	} else {
		last->keep = 0;
	}
}

static uint32_t add_note(struct fixture *f)
{
	struct doc_run runs[2] = { text_run(STR("note")), { .kind = RUN_BREAK, .colour = DOC_COLOUR_COUNT, .figure = -1 } };
	struct doc_note note = { .text = paragraph_of(f, ROLE_NOTE, runs, 2), .number = (uint32_t)f->doc.notes.count + 1, .foot = true };

	f->styles[ROLE_NOTE].leading = NOTE * PT;
	vec_push(&f->arena, &f->doc.notes, note);
	return (uint32_t)f->doc.notes.count - 1;
}

/* A line that calls footnotes, some of them called before. */
static struct doc_block *small_call(struct fixture *f, struct small *m, uint32_t *seed)
{
	struct doc_run runs[3] = { text_run(STR("line")) };
	struct doc_style *s = ARENA_NEW(&f->arena, struct doc_style);
	struct piece *p = add_piece(m, 60, GAP);
	uint32_t count = 1 + pick(seed, 2);

	for (uint32_t i = 1; i <= count; i++) {
		uint32_t note = f->doc.notes.count && !pick(seed, 4) ? (uint32_t)f->doc.notes.count - 1 : add_note(f);
		runs[i] = (struct doc_run){ .kind = RUN_NOTE, .colour = DOC_COLOUR_COUNT, .note = note, .figure = -1 };
		p->notes |= 1 << note;
	}
	*s = f->styles[ROLE_TEXT];
	s->leading = 60 * PT;
	struct doc_paragraph par = paragraph_of(f, ROLE_TEXT, runs, count + 1);
	par.style = s;
	return par_block(f, par);
}

static const struct doc_block **small_document(struct fixture *f, struct small *m, uint32_t *seed, bool notes, uint32_t *count)
{
	const struct doc_block **at = ARENA_ARRAY(&f->arena, const struct doc_block *, BLOCKS);
	uint32_t wanted = 2 + pick(seed, BLOCKS - 1);
	struct doc_block *last = NULL;

	for (*count = 0; *count < wanted && m->count + 4 <= PIECES; (*count)++) {
		struct small before = *m;
		struct doc_block *b;
		switch (pick(seed, 6)) {
		case 0: b = small_pair(f, m, seed); break;
		case 1: b = small_lines(f, m, seed); break;
		case 2: b = notes ? small_call(f, m, seed) : small_lines(f, m, seed); break;
		default: b = small_box(f, m, seed, GAP);
		}
		if (last) {
			struct small upto = before;
			keep_small(&upto, seed, last, b);
			m->pieces[before.count - 1] = upto.pieces[before.count - 1];
		}
		last = b;
		at[*count] = b;
	}
	return at;
}

/* A page that would stay rather empty because of a note takes its beginning: such breaks are not among those tried here. */
static bool notes_go_on(const struct fixture *f, const struct small *m)
{
	int calls = 0, before = 0;
	size_t piece = 0;

	for (size_t page = 0; page < page_count(f); page++) {
		for (size_t n = rects(f, page, COLOUR_TINT) + lines_on(f, page); n--; piece++)
			calls |= m->pieces[piece].notes;
		if ((int)texts_on(f, page, "note") * NOTE != notes_height(calls & ~before))
			return true;
		before |= calls;
	}
	return false;
}

static void breaks_of_small_documents_are_the_best(void **state)
{
	static struct fixture f;
	uint32_t seed = 11;
	int better = 0, noted = 0;
	size_t chances = 0;

	(void)state;
	for (int n = 0; n < DOCUMENTS; n++) {
		struct small m = { .count = 0 };
		fixture_open(&f);
		struct doc_section *s = section(&f, 0);
		s->blocks = small_document(&f, &m, &seed, n % 2, &s->count);
		tell(&f, FLOW_TELL_WHY);
		if (!notes_go_on(&f, &m)) {
			if (cost_of(&m, breaks_of(&f)) > 10 * (long)page_count(&f)) /* full pages that part blocks alone are not searched */
				assert_int_equal(cost_of(&m, breaks_of(&f)), least_cost(&m, 0));
			better += least_cost(&m, 0) > 0 && page_count(&f) > 1;
			noted += f.doc.notes.count && page_count(&f) > 1;
			chances += chances_cost_what_they_say(&f, &m);
		}
		fixture_close(&f);
	}
	assert_true(noted > DOCUMENTS / 8);
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
		TEST(a_block_keeps_with_the_one_before),
		TEST(rows_keep_with_their_neighbours),
		TEST(a_row_yields_where_its_keep_is_weak),
		TEST(a_keep_inside_a_list_is_counted),
		TEST(a_firm_keep_over_pages_is_told_once),
		TEST(styles_say_how_many_lines_stand_alone),
		TEST(pages_far_from_the_end_are_full),
		cmocka_unit_test(breaks_of_small_documents_are_the_best),
	};
	return cmocka_run_group_tests_name("flow breaks", tests, NULL, NULL);
}
