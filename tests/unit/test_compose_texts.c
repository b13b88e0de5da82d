/* Composing texts: patterns of numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compose/compose_int.h"

static void label_is(const char *pattern, uint32_t a, uint32_t b, uint32_t c, size_t level, const char *want)
{
	struct arena arena;
	jmp_buf unwind;
	struct composer composer = { .arena = &arena };
	const uint32_t counters[3] = { a, b, c };

	arena_init(&arena, 0, &unwind);
	struct str got = numbered_label(&composer, str_from(pattern), counters, level);
	if (!str_is_all(got, want))
		fail_msg("'%s' gives '" STR_FMT "', not '%s'", pattern, STR_ARG(got), want);
	arena_release(&arena);
}

static void numbers_follow_their_pattern(void **state)
{
	(void)state;
	label_is("1", 7, 0, 0, 0, "7");
	label_is("1.1", 2, 3, 0, 1, "2.3");
	label_is("A.1", 2, 3, 0, 1, "B.3");
	label_is("1.1 (a)", 2, 3, 4, 2, "2.3 (d)");
	label_is("(a)", 2, 3, 4, 2, "(d)"); /* the last counter is the level's own */
	label_is("1.1", 2, 3, 4, 2, "3.4");
	label_is("I", 4, 0, 0, 0, "IV");
	label_is("i)", 1994, 0, 0, 0, "mcmxciv)");
	label_is("a", 27, 0, 0, 0, "aa");
	label_is("A", 53, 0, 0, 0, "BA");
}

/* Letters of words are no counters. */
static void words_stay(void **state)
{
	(void)state;
	label_is("Annex A", 3, 0, 0, 0, "Annex C");
	label_is("Article 1", 12, 0, 0, 0, "Article 12");
	label_is("\xE2\x80\xA2", 3, 0, 0, 0, "\xE2\x80\xA2");
	label_is("", 3, 0, 0, 0, "");
}

static void languages_know_their_direction(void **state)
{
	(void)state;
	assert_true(language_rtl(STR("ar")));
	assert_true(language_rtl(STR("he-IL")));
	assert_false(language_rtl(STR("en-GB")));
	assert_false(language_rtl(STR("")));
	assert_false(language_rtl(STR("art")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_follow_their_pattern),
		cmocka_unit_test(words_stay),
		cmocka_unit_test(languages_know_their_direction),
	};
	return cmocka_run_group_tests_name("compose texts", tests, NULL, NULL);
}
