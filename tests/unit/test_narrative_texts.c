/* Narrative, texts: which element is a block, words between blocks, lists that are blocks and lists in sentences. */
#include "narrative_fixture.h"

static void text_is(void **state, const char *content, const char *want)
{
	struct fixture *f = *state;
	struct buf out;
	fixture_sound(f, str_printf(&f->arena, "<narrative " SPACE "lang='en'><text id='t'>%s</text></narrative>", content).ptr);
	buf_init(&out, &f->arena, 1 << 16);
	narrative_dump(f->narrative, &out);
	expect_text(buf_str(&out), str_printf(&f->arena, "text id=t\n%s", want).ptr);
}

static void words_between_blocks_are_paragraphs(void **state)
{
	text_is(state, " One <b>two</b> <p>three</p> four ", "  p: One {strong: two}\n  p: three\n  p: four\n");
	text_is(state, "<p>a</p>\n<p>b</p>", "  p: a\n  p: b\n");
	text_is(state, "<quote>q<by>who</by></quote>", "  quote\n    p: q\n    by: who\n");
}

static void lists_of_items_are_blocks(void **state)
{
	text_is(state, "<list><item>a <list kind='numbered'><item>b</item></list></item></list>",
		"  list\n    item\n      p: a\n      list\n        item\n          p: b\n");
	text_is(state, "<list kind='definition'><item><term>T</term>x</item></list>", "  list\n    item\n      term: T\n      p: x\n");
}

static void lists_of_records_stand_in_sentences(void **state)
{
	text_is(state, "<p>All: <list kind='line'><t show='label' item='.'/></list>.</p>",
		"  p: All: {list kind=line show=count: {reference item=. show=label}}.\n");
}

static void markup(void **state)
{
	text_is(state, "<p>a<sup>2</sup> <sc>b</sc> <in lang='fr'>c</in> <link uri='x:y'>d</link> <link to='e'>f</link> <ref to='g' show='page'/></p>",
		"  p: a{superscript: 2} {small-caps: b} {in to=fr: c} {link to=x:y: d} {link-to to=e: f} {place to=g}\n");
}

static void footnotes(void **state)
{
	text_is(state, "<p>a<footnote id='n'> Said <b>so</b>. </footnote>, b<footnote ref='n'/></p>",
		"  p: a{footnote to=n: Said {strong: so}.}, b{footnote-again to=n}\n");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
		TEST(words_between_blocks_are_paragraphs),
		TEST(lists_of_items_are_blocks),
		TEST(lists_of_records_stand_in_sentences),
		TEST(markup),
		TEST(footnotes),
	};
	return cmocka_run_group_tests_name("narrative texts", tests, NULL, NULL);
}
