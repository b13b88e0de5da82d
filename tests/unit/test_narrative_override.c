/* Narrative, edited words: sentences to texts with figures as tokens, and edited texts back. */
#include "narrative_fixture.h"

#include "narrative/override.h"

static const char sentence[] =
	TOPIC("<snippet id='s'><say><b>Trust is <n metric='trust'/></b>, <i>not</i> <list kind='line'><t show='label' item='.'/></list>;<br/>a [b] c*d_e\\</say></snippet>");

struct written { /* the sentence with what its tokens print */
	const struct say *say;
	struct edit_tokens tokens;
	struct str text;
};

static struct written written(struct fixture *f)
{
	struct written w;
	fixture_sound(f, sentence);
	w.say = &narrative_topic(f->narrative, STR("t"))->snippets.at[0]->says[0];
	w.tokens = narrative_tokens(&f->arena, w.say->parts, w.say->part_count);
	assert_int_equal(w.tokens.list.count, 2);
	w.tokens.list.at[0].text = STR("64" NB "%");
	w.tokens.list.at[1].text = STR("Tools [and] Wi-Fi");
	w.text = narrative_text(&f->arena, w.say->parts, w.say->part_count, &w.tokens);
	return w;
}

static void sentence_as_text(void **state)
{
	struct written w = written(*state);
	expect_text(w.text, "*Trust is [1: 64" NB "%]*, _not_ [2: Tools [and\\] Wi-Fi];[/]a \\[b\\] c\\*d\\_e\\\\");
}

/* The parts of an edited text, as the dump shows them. */
static void edited_is(void **state, const char *text, const char *want, const char *used)
{
	struct fixture *f = *state;
	struct written w = written(f);
	struct edit_text edited = { .text = str_from(text), .cell = true };
	struct edit_values then = { { NULL, 0, 0 } };
	struct say say = { .length = 0 };
	bool has[2] = { false, false };
	struct snippet snippet = { .id = STR("s"), .says = &say, .say_count = 1 };
	struct topic topic = { .id = STR("t") };
	struct narrative n = { .facts = f->facts };
	struct buf out;
	vec_push(&f->arena, &then.list, STR("63" NB "%"));
	if (!narrative_edited(&f->arena, &edited, &w.tokens, &then, w.say, &say, has, &f->diag))
		fixture_fail(f, text);
	vec_push(&f->arena, &topic.snippets, &snippet);
	map_put(&f->arena, &n.topics, topic.id, &topic);
	buf_init(&out, &f->arena, 1 << 16);
	narrative_dump(&n, &out);
	expect_text(buf_str(&out), str_printf(&f->arena, "topic t\n  snippet s\n    say: %s\n", want).ptr);
	assert_int_equal(has[0], used[0] == 'x');
	assert_int_equal(has[1], used[1] == 'x');
}

#define TRUST "{figure metric=trust}"
#define LINES "{list kind=line show=count: {reference item=. show=label}}"

static void edited_text(void **state)
{
	edited_is(state, "Just words.", "Just words.", "..");
	edited_is(state, "[1]  of\n trust ", TRUST " of trust", "x.");
	edited_is(state, "[2: Tools [and\\] Wi-Fi], then *[1: 64 %] _of_ trust*", LINES ", then {strong: " TRUST " {emphasis: of} trust}", "xx");
	edited_is(state, "[1: 63" NB "%] [1]", TRUST " " TRUST, "x.");
	edited_is(state, "a [/] b \\*\\_\\[\\]\\\\", "a {break}b *_[]\\", "..");
	edited_is(state, "a * b*", "a {strong: b}", "..");
	edited_is(state, "_*a*_ **", "{emphasis: {strong: a}} ", "..");
}

static void edited_wrong(void **state, const char *text, enum diag_code code, const char *said)
{
	struct fixture *f = *state;
	struct written w = written(f);
	struct edit_text edited = { .text = str_from(text), .cell = true };
	struct edit_values then = { { NULL, 0, 0 } };
	bool used[2] = { false, false };
	struct say say;
	diag_init(&f->diag, &f->arena);
	assert_false(narrative_edited(&f->arena, &edited, &w.tokens, &then, w.say, &say, used, &f->diag));
	assert_int_equal(f->diag.messages.count, 1);
	assert_int_equal(f->diag.messages.at[0].code, code);
	expect_text(f->diag.messages.at[0].text, said);
	diag_init(&f->diag, &f->arena);
}

static void wrong_texts(void **state)
{
	edited_wrong(state, "[0]", DIAG_EDIT_TOKEN, "'[0]' is no figure of this sentence, which has [1: 64" NB "%], [2: Tools [and\\] Wi-Fi]");
	edited_wrong(state, "[1: 63 %]", DIAG_EDIT_TOKEN,
		"a figure is not typed over: [1] prints '64" NB "%', not '63 %'; leave it as it was, and change the figure where it comes from");
	edited_wrong(state, "[64 %]", DIAG_EDIT_TEXT, "'[64 %]' is no figure in brackets, as [1: 40 %]; for the sign itself write \\[");
	edited_wrong(state, "a [1", DIAG_EDIT_TEXT, "'[1' is no figure in brackets, as [1: 40 %]; for the sign itself write \\[");
	edited_wrong(state, "a ] b", DIAG_EDIT_TEXT, "']' closes nothing; for the sign itself write \\]");
	edited_wrong(state, "*a", DIAG_EDIT_TEXT, "'*' is opened here and not closed; for the sign itself write \\*");
	edited_wrong(state, "*a _b* c_ d* e", DIAG_EDIT_TEXT, "'*' opens here what is open already; for the sign itself write \\*");
}

static void texts_again(void **state)
{
	struct fixture *f = *state;
	struct written w = written(f);
	expect_text(narrative_text_again(&f->arena, w.text, &w.tokens), w.text.ptr);
	expect_text(narrative_text_again(&f->arena, w.text, NULL), "*Trust is [1]*, _not_ [2];[/]a \\[b\\] c\\*d\\_e\\\\");
	expect_text(narrative_text_again(&f->arena, STR(" [2: old]  [ 1 :x] [3: gone]"), &w.tokens),
		"[2: Tools [and\\] Wi-Fi] [1: 64" NB "%] [3: gone]");
	struct edit_values values = narrative_text_values(&f->arena, STR("[2: a\\]b] and [1: 5 %], [4: x]"));
	assert_int_equal(values.list.count, 4);
	expect_text(values.list.at[0], "5 %");
	expect_text(values.list.at[1], "a]b");
	expect_text(values.list.at[2], "");
	expect_text(values.list.at[3], "x");
	assert_int_equal(narrative_text_values(&f->arena, STR("[99999: a]")).list.count, 0);
}

static void same_print(void **state)
{
	(void)state;
	assert_true(narrative_same_print(STR("5" NB "%"), STR("5 %")));
	assert_true(narrative_same_print(STR("\xE2\x80\xAF" "5"), STR(" 5")));
	assert_false(narrative_same_print(STR("5 %"), STR("5 %.")));
	assert_false(narrative_same_print(STR("5"), STR("6")));
}

/* What is written reads back as it was. */
static void files(void **state)
{
	static const char text[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edits xmlns=\"urn:entente\" version=\"1\">\n"
		"\t<edit unit=\"emea\" period=\"2026-Q3\" lang=\"en\" slot=\"why\" snippet=\"t/s\" of=\"cdp\" author=\"Ann &amp; Bo\" date=\"2026-10-02\">\n"
		"\t\t<generated>A &lt; [1: 5]</generated>\n\t\t<edited>[1: 5] &gt; A</edited>\n\t</edit>\n"
		"\t<edit period=\"2026\" snippet=\"t/s\">\n\t\t<generated>B</generated>\n\t</edit>\n</edits>\n";
	struct fixture *f = *state;
	struct narrative_edits edits = { { NULL, 0, 0 } };
	struct buf out;
	narrative_read_edits(&f->arena, fixture_parse(f, "words.xml", text), &edits, &f->diag);
	if (f->diag.messages.count)
		fixture_fail(f, "edits");
	assert_int_equal(edits.list.count, 2);
	expect_text(edits.list.at[0].edited.text, "[1: 5] > A");
	assert_int_equal(src_line(edits.list.at[0].edited.pos).line, 5);
	assert_int_equal(src_line(edits.list.at[0].edited.pos).column, 11);
	buf_init(&out, &f->arena, 1 << 16);
	narrative_write_edits(&f->arena, &edits, &out);
	expect_text(buf_str(&out), text);
	assert_false(str_equal(narrative_edit_name(&f->arena, &edits.list.at[0]), narrative_edit_name(&f->arena, &edits.list.at[1])));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
		TEST(sentence_as_text),
		TEST(edited_text),
		TEST(wrong_texts),
		TEST(texts_again),
		TEST(same_print),
		TEST(files),
	};
	return cmocka_run_group_tests_name("narrative override", tests, NULL, NULL);
}
