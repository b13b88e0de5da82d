/* Paragraphs that are asked for again. */
#include "text_fixture.h"

static const struct text_style ragged = { .align = TEXT_START };

static const struct text_paragraph *ask(struct fixture *x, struct text_span span)
{
	return text_prepare(&x->unit, x->set, &span, 1, &ragged, &x->diag);
}

/* The same spans and style give the same paragraph, whatever arena, place in the source and copy of the text they come with. */
static void test_again(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span span = span_of(&x, "Marketing rates alignment above IT");
	const struct text_paragraph *first = ask(&x, span);
	char copy[64];
	strcpy(copy, span.text.ptr);
	span.text = str_from(copy);
	span.pos.offset = 7;
	const struct font *fonts[] = { x.faces[0] };
	span.fonts = fonts;
	arena_reset(&x.unit);
	assert_ptr_equal(ask(&x, span), first);
	fixture_close(&x);
}

/* Whatever a paragraph depends on tells it from another. */
static void test_others(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	fixture_face(&x, LATO);
	struct text_span span = span_of(&x, "Alignment 4.1");
	const struct text_paragraph *first = ask(&x, span);
	const struct font *turned[] = { x.faces[0], x.faces[0] };
	struct text_span others[] = { span, span, span, span, span, span, span, span, span };
	others[0].text = STR("Alignment 4.2");
	others[1].size++;
	others[2].tracking++;
	others[3].rise++;
	others[4].flags = TEXT_TABULAR;
	others[5].lang = STR("de-DE");
	others[6].font_count = 1;
	others[7].fonts = turned;
	others[8].kind = TEXT_BOX;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		const struct text_paragraph *p = ask(&x, others[i]);
		assert_ptr_not_equal(p, first);
		assert_ptr_equal(ask(&x, others[i]), p);
	}
	struct text_style styles[] = { { .align = TEXT_END }, { .flags = TEXT_HYPHENATE }, { .indent = 1 }, { .hang = 1 },
		{ .stretch = 1 }, { .shrink = 1 }, { .stretch_most = 1 }, { .letter_most = 1 }, { .last_least = 1 }, { .hang_punctuation = 1 }, { .max_lines = 1 } };
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		assert_ptr_not_equal(text_prepare(&x.unit, x.set, &span, 1, &styles[i], &x.diag), first);
	struct text_span two[] = { span, span };
	assert_ptr_not_equal(text_prepare(&x.unit, x.set, two, 2, &ragged, &x.diag), first);
	assert_ptr_equal(ask(&x, span), first);
	fixture_close(&x);
}

/* A kept paragraph borrows nothing from those who asked first. */
static void test_own(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	char text[] = "one two", lang[] = "en-GB";
	struct text_span span = span_of(&x, text);
	const struct font *fonts[] = { x.faces[0] };
	span.fonts = fonts;
	span.lang = str_from(lang);
	const struct text_paragraph *p = ask(&x, span);
	mpt width = text_natural_width(p);
	memset(text, 'W', 7);
	memset(lang, 'x', 5);
	fonts[0] = NULL;
	struct text_lines lines = text_break(&x.unit, p, width);
	assert_string_equal(printed(&x, &lines), "one two");
	assert_ptr_equal(ask(&x, span_of(&x, "one two")), p);
	fixture_close(&x);
}

/* Lines are kept by width; words that are hyphenated otherwise make them anew. */
static void test_lines(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_style style = { .flags = TEXT_HYPHENATE };
	const struct text_paragraph *p = prepared(&x, "Northwindretail", style);
	text_break(&x.unit, p, 200000); /* what is asked for once is not kept */
	text_break(&x.unit, p, 56000);
	struct text_lines whole = text_break(&x.unit, p, 200000), narrow = text_break(&x.unit, p, 56000);
	assert_int_equal(whole.count, 1);
	assert_ptr_equal(text_break(&x.unit, p, 200000).lines, whole.lines);
	assert_ptr_equal(text_break(&x.unit, p, 56000).lines, narrow.lines);
	struct str words[] = { STR("Northwind-retail") };
	text_hyphen_exceptions(x.set, STR(""), words, 1);
	struct text_lines given = text_break(&x.unit, p, 56000);
	assert_string_equal(printed(&x, &given), "Northwind=|retail");
	given = text_break(&x.unit, p, 56000);
	assert_ptr_equal(text_break(&x.unit, p, 56000).lines, given.lines);
	text_hyphen_forget(x.set);
	struct text_lines again = text_break(&x.unit, p, 56000);
	assert_string_equal(printed(&x, &again), printed(&x, &narrow));
	assert_string_not_equal(printed(&x, &again), "Northwind=|retail");
	fixture_close(&x);
}

/* What a message was made of is not kept: each asks for its own. */
static void test_missing(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_span span = span_of(&x, "\u4E2D");
	const struct text_paragraph *p = ask(&x, span);
	assert_int_equal(x.diag.messages.count, 1);
	assert_ptr_not_equal(ask(&x, span), p);
	struct diag other;
	diag_init(&other, &x.unit);
	text_set_line(&x.unit, x.set, &span, &other);
	assert_int_equal(other.messages.count, 1);
	fixture_close(&x);
}

/* When there is no more room, paragraphs are the caller's; a trim makes room again. */
static void fill(struct fixture *x, char first)
{
	char word[16];
	for (int i = 0; kept_has_room(x->set) && i < 100000; i++) {
		snprintf(word, sizeof word, "%c%d", first, i);
		prepared(x, word, ragged);
	}
	assert_false(kept_has_room(x->set));
}

/* Of a first briefing little is kept, since there may be no second; when there is, what was kept stays and more joins it. */
static void test_first(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	const struct text_paragraph *p = prepared(&x, "of the first", ragged);
	fill(&x, 'v');
	size_t used = x.set->kept.used;
	font_set_trim(x.set, SIZE_MAX);
	assert_true(kept_has_room(x.set));
	assert_ptr_equal(prepared(&x, "of the first", ragged), p);
	fill(&x, 'w');
	assert_true(x.set->kept.used > 4 * used);
	fixture_close(&x);
}

static void test_full(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	font_set_trim(x.set, SIZE_MAX);
	fill(&x, 'w');
	size_t used = x.set->kept.used;
	const struct text_paragraph *p = prepared(&x, "one more", ragged), *q = prepared(&x, "one more", ragged);
	assert_ptr_not_equal(p, q);
	assert_int_equal(text_break(&x.unit, p, 200000).lines[0].width, text_break(&x.unit, q, 200000).lines[0].width);
	assert_int_equal(x.set->kept.used, used);
	font_set_trim(x.set, SIZE_MAX);
	assert_true(kept_has_room(x.set));
	assert_int_equal(x.set->kept_paragraphs.used, 0);
	assert_ptr_equal(prepared(&x, "one more", ragged), prepared(&x, "one more", ragged));
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_full),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
