/* Hyphenation patterns: small files worked out by hand, and the installed ones held against libhyphen. */
#include "text_fixture.h"

#include <hyphen.h>

static const char *hyphenated(struct fixture *x, const char *file, const char *word)
{
	static char out[64];
	uint8_t marks[32] = { 0 };
	const struct patterns *p = patterns_read(&x->unit, str_from(file));
	size_t len = strlen(word), at = 0;

	assert_non_null(p);
	patterns_mark(p, word, len, marks);
	for (size_t i = 0; i < len; i++) {
		out[at++] = word[i];
		if (marks[i] & 1)
			out[at++] = '-';
	}
	out[at] = '\0';
	return out;
}

static void test_marks(void **state)
{
	struct fixture x;
	(void)state;
	fixture_open(&x);
	/* an odd digit allows, a higher even one forbids, wherever another pattern says so */
	assert_string_equal(hyphenated(&x, "UTF-8\nb1c\n", "abcd"), "ab-cd");
	assert_string_equal(hyphenated(&x, "UTF-8\nb1c\nab2cd\n", "abcd"), "abcd");
	assert_string_equal(hyphenated(&x, "UTF-8\nb1c\nab2cd\nbc3d\n", "abbcdab"), "abb-c-dab");
	/* dots are the ends of the word */
	assert_string_equal(hyphenated(&x, "UTF-8\n.ab1c\nb1c2\n", "abcabc"), "ab-cabc");
	assert_string_equal(hyphenated(&x, "UTF-8\nb1c.\n", "abcabcd"), "abcabcd");
	/* two letters stay at either end unless the file says otherwise; letters, not bytes */
	assert_string_equal(hyphenated(&x, "UTF-8\na1\n", "aaaaaa"), "aa-a-a-aa");
	assert_string_equal(hyphenated(&x, "UTF-8\nLEFTHYPHENMIN 3\nRIGHTHYPHENMIN 1\na1\n", "aaaaaa"), "aaa-a-a-a");
	assert_string_equal(hyphenated(&x, "UTF-8\n\xC3\xA4" "1\n", "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"),
		"\xC3\xA4\xC3\xA4-\xC3\xA4\xC3\xA4");
	/* comments, line ends of other systems, the last of two */
	assert_string_equal(hyphenated(&x, "UTF-8\r\n% b1c\r\n# b1c\r\n\r\na1b\r\n", "aabcc"), "aa-bcc");
	assert_string_equal(hyphenated(&x, "UTF-8\nb1c\nb2c\n", "abcd"), "abcd");
	fixture_close(&x);
}

static void test_compounds(void **state)
{
	struct fixture x;
	(void)state;
	fixture_open(&x);
	/* parts first, then syllables of each, whose ends are ends of words */
	assert_string_equal(hyphenated(&x, "UTF-8\nbc1cb\nNEXTLEVEL\n.ab1\n.cb1\n", "abbccbaa"), "ab-bc-cb-aa");
	assert_string_equal(hyphenated(&x, "UTF-8\nCOMPOUNDLEFTHYPHENMIN 3\nbc1cb\nNEXTLEVEL\n.ab1\n.cb1\n", "abbccbaa"), "ab-bc-cbaa");
	assert_string_equal(hyphenated(&x, "UTF-8\nCOMPOUNDRIGHTHYPHENMIN 3\nbc1cb\nNEXTLEVEL\n.ab1\n.cb1\n", "abbccbaa"), "abbc-cb-aa");
	fixture_close(&x);
}

static void test_not_ours(void **state)
{
	struct fixture x;
	(void)state;
	fixture_open(&x);
	assert_null(patterns_read(&x.unit, STR("ISO8859-2\na1b\n")));
	assert_null(patterns_read(&x.unit, STR("UTF-8\nschif1fahrt/ff=f,5,2\n")));
	assert_null(patterns_read(&x.unit, STR("UTF-8\na1b\nNEXTLEVEL\na1b\nNEXTLEVEL\na1b\n")));
	assert_null(patterns_read(&x.unit, STR("")));
	fixture_close(&x);
}

/* ---- the installed files ---- */

static void compare_word(const struct patterns *p, HyphenDict *dict, const char *word, size_t len)
{
	uint8_t marks[64] = { 0 };
	char theirs[72] = { 0 }, *rep[72] = { 0 }, **reps = rep;
	int pos[72] = { 0 }, cut[72] = { 0 }, *at = pos, *cuts = cut;

	patterns_mark(p, word, len, marks);
	assert_int_equal(hnj_hyphen_hyphenate2(dict, word, (int)len, theirs, NULL, &reps, &at, &cuts), 0);
	for (size_t i = 0; i < len; i++)
		if ((marks[i] & 1) != (theirs[i] & 1))
			fail_msg("'%s' behind letter %zu: %d, libhyphen %c", word, i + 1, marks[i], theirs[i]);
}

/* Every pattern's letters as a word: each brings the pattern itself and others into play. */
static void compare_file(struct fixture *x, const char *name)
{
	struct folder folder;
	const char *path = place("ENTENTE_TEST_HYPHEN", "/usr/share/hyphen");
	const struct source *s;
	struct str rest, line;
	size_t words = 0;

	assert_true(folder_open(&x->unit, str_from(path), &folder));
	s = source_load(&x->unit, &folder, STR(""), str_from(name), (struct src_pos){ 0 }, &x->diag);
	assert_non_null(s);
	const struct patterns *p = patterns_read(&x->unit, s->text);
	HyphenDict *dict = hnj_hyphen_load(str_printf(&x->unit, "%s/%s", path, name).ptr);
	assert_true(p && dict);
	for (rest = s->text; str_split(&rest, '\n', &line);) {
		char word[64] = "";
		size_t len = 0;
		for (size_t i = 0; i < line.len && len < 30; i++)
			if (line.ptr[i] >= 'a' && line.ptr[i] <= 'z')
				word[len++] = line.ptr[i];
		memcpy(word + len, word, len); /* and once more behind itself */
		if (len < 3)
			continue;
		compare_word(p, dict, word, 2 * len);
		words++;
	}
	assert_true(words > 5000);
	hnj_hyphen_free(dict);
}

static void test_like_libhyphen(void **state)
{
	struct fixture x;
	(void)state;
	fixture_open(&x);
	compare_file(&x, "hyph_en_GB.dic");
	compare_file(&x, "hyph_en_US.dic");
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_compounds),
		cmocka_unit_test(test_not_ours),
		cmocka_unit_test(test_like_libhyphen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
