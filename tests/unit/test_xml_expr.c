/* xml: conditions, what they answer and what is refused where. */
#include "base_fixture.h"

#include "base/limits.h"
#include "xml/expr.h"
#include "xml/xml.h"

/* value('four') is 4, value('none') is missing. */
static bool value(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	struct room *r = ctx;
	r->calls++;
	assert_int_equal(count, 1);
	if (!str_is(args[0].text, "four"))
		return false;
	*result = (struct expr_value){ .kind = EXPR_NUMBER, .number = 4 };
	return true;
}

static bool missing(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	(void)ctx, (void)count;
	*result = (struct expr_value){ .kind = EXPR_TRUTH,
		.truth = args[0].kind == EXPR_TEXT && args[0].text.len == 0 };
	return true;
}

static bool label(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	(void)ctx;
	*result =
		(struct expr_value){ .kind = EXPR_TEXT, .text = count ? args[0].text : STR("h\xC3\xA9!") };
	result->text.len -= count == 0; /* not terminated where it ends */
	return true;
}

/* The first that is there. */
static bool first(void *ctx, const struct expr_value *args, int count, struct expr_value *result)
{
	(void)ctx;
	for (int i = 0; i < count; i++) {
		if (args[i].kind == EXPR_TEXT && args[i].text.len == 0)
			continue;
		*result = args[i];
		return true;
	}
	return false;
}

static void check(void *ctx, int index, struct str literal, struct src_pos pos, struct diag *d)
{
	(void)ctx;
	if (index == 0 && str_is(literal, "wrong"))
		diag_add(
			d, DIAG_METRIC_UNKNOWN, pos, "metric '" STR_FMT "' is not known", STR_ARG(literal));
}

static const struct expr_function functions[] = {
	{ "value", 1, 1, false, value, check },
	{ "count", 1, 1, false, value, check },
	{ "missing", 1, 1, true, missing, NULL },
	{ "label", 0, 1, false, label, NULL },
	{ "first", 2, 8, true, first, NULL },
	{ NULL, 0, 0, false, NULL, NULL },
};

static const struct expr *compile(struct room *r, const char *text)
{
	const struct source *s = source_from(&r->arena, STR("f"), str_from(text));
	return expr_compile(expr_set_open(&r->arena), s->text, (struct src_pos){ s, 0 }, functions, r, &r->diag);
}

struct answer {
	const char *text;
	enum expr_result result;
	bool truth;
};
static const struct answer answers[] = {
	{ "value('four') > 3", EXPR_DONE, true },
	{ "value( \"four\" )>=4 and not(value('four') != 4)", EXPR_DONE, true },
	{ "value('four') < 4 or false()", EXPR_DONE, false },
	{ "1 + 2 * 3 = 7", EXPR_DONE, true },
	{ "(1 + 2) * 3 = 9", EXPR_DONE, true },
	{ "7 mod 4 = 3 and 9 div 2 = 4.5 and - -1 = 1", EXPR_DONE, true },
	{ "round(2.5) = 3 and floor(-1.5) = -2 and ceiling(.5) = 1", EXPR_DONE, true },
	{ "number('3') = 3", EXPR_DONE, true },
	{ "concat('a', 'b', label()) = 'abh\xC3\xA9'", EXPR_DONE, true },
	{ "contains(label('abc'), 'b') and starts-with('abc', 'ab')", EXPR_DONE, true },
	{ "count('four') = 4", EXPR_DONE, true }, /* ours, not XPath's */
	{ "0", EXPR_DONE, false },
	{ "0 div 0", EXPR_DONE, false },
	{ "''", EXPR_DONE, false },
	{ "'x'", EXPR_DONE, true },
	{ "value('none') > 3", EXPR_MISSING, false },
	{ "not(value('none') > 3)", EXPR_MISSING, false },
	{ "label(value('none')) = ''", EXPR_MISSING, false },
	{ "missing(value('none'))", EXPR_DONE, true },
	{ "not(missing(value('none')))", EXPR_DONE, false },
	{ "missing(value('four'))", EXPR_DONE, false },
	{ "missing(value('none') + value('none') * 2 > 1)", EXPR_DONE, true },
	{ "missing(label(value('none')))", EXPR_DONE, true },
	{ "missing(value('none')) and value('none') > 1", EXPR_MISSING, false },
	{ "value('none') > 1 or missing(value('none'))", EXPR_MISSING, false },
	{ "missing(value('none')) or value('none') > 1", EXPR_DONE, true },
	{ "missing(value('four')) and value('none') > 1", EXPR_DONE, false },
	{ "first(value('none'), value('four')) = 4", EXPR_DONE, true },
	{ "first(value('none'), value('none')) = 4", EXPR_MISSING, false },
	{ "missing(first(value('none'), missing(value('none'))))", EXPR_DONE, false },
};

static void conditions_answer(void **state)
{
	struct room *r = *state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		const struct expr *e = compile(r, answers[i].text);
		assert_string_equal(said(r), "");
		for (int again = 0; again < 2; again++) {
			struct expr_value v = { .kind = EXPR_TEXT };
			if (expr_eval(e, r, &v) != answers[i].result || expr_true(v) != answers[i].truth)
				fail_msg("%s", answers[i].text);
		}
	}
}

static void values_come_out(void **state)
{
	struct room *r = *state;
	struct expr_value v;
	const struct expr *e = compile(r, "concat(label(), '-', value('four'))");
	assert_int_equal(expr_eval(e, r, &v), EXPR_DONE);
	assert_int_equal(v.kind, EXPR_TEXT);
	assert_true(str_is(v.text, "h\xC3\xA9-4"));
	assert_true(str_is(expr_text(e), "concat(label(), '-', value('four'))"));
	e = compile(r, "value('four') div 8");
	assert_int_equal(expr_eval(e, r, &v), EXPR_DONE);
	assert_int_equal(v.kind, EXPR_NUMBER);
	assert_true(v.number == 0.5);
}

static void and_or_stop_early(void **state)
{
	struct room *r = *state;
	struct expr_value v;
	assert_int_equal(expr_eval(compile(r, "false() and value('four') = 4"), r, &v), EXPR_DONE);
	assert_int_equal(r->calls, 0);
}

struct refused {
	const char *text, *said;
};
static const struct refused refusals[] = {
	{ "", "1:1 the condition ends where a value is expected\n" },
	{ "value('four') >", "1:16 the condition ends where a value is expected\n" },
	{ "/briefing", "1:1 paths are not allowed in conditions; for division write 'div'\n" },
	{ "value('four') / 2", "1:15 paths are not allowed in conditions; for division write 'div'\n" },
	{ "document('x')", "1:1 function 'document' is not known\n" },
	{ "1 + $x", "1:5 variables are not allowed in conditions\n" },
	{ "@id = 1", "1:1 attributes are not allowed in conditions\n" },
	{ "//x", "1:1 paths are not allowed in conditions\n" },
	{ "child::x", "1:1 'child' is no function call; write texts in quotes\n" },
	{ "* = 1", "1:1 paths are not allowed in conditions\n" },
	{ ". = 1", "1:1 paths are not allowed in conditions\n" },
	{ "text() = 'x'", "1:1 function 'text' is not known\n" },
	{ "node()", "1:1 function 'node' is not known\n" },
	{ "position() = last()",
		"1:1 function 'position' is not known\n1:14 function 'last' is not known\n" },
	{ "\xC3\xA9 = 1", "1:1 '\xC3\xA9' is no function call; write texts in quotes\n" },
	{ "'\xC3\xA9' = vaule('four')", "1:7 function 'vaule' is not known; did you mean 'value'?\n" },
	{ "value('four') == 4", "1:15 '==' is not known; write '='\n" },
	{ "value('four') && 1", "1:15 '&&' is not known; write 'and'\n" },
	{ "!missing(1)", "1:1 '!' is not known; write '!=' or not(\xE2\x80\xA6)\n" },
	{ "value('four') > 10%", "1:19 '%' is not known; write the number by itself\n" },
	{ "value('four') > 1e5", "1:17 '1e' is not known in conditions\n" },
	{ "value('four'", "1:1 ')' is missing for this 'value('\n" },
	{ "((1)", "1:1 ')' is missing for this '('\n" },
	{ "(1))", "1:4 ')' where no parenthesis is open and the end is expected\n" },
	{ "1 2", "1:3 '2' where an operator such as 'and' is expected\n" },
	{ "1 nad 2", "1:3 'nad' where an operator such as 'and' is expected\n" },
	{ "(1, 2)", "1:3 ',' outside the arguments of a function\n" },
	{ "value('four',)", "1:14 ')' where a value is expected\n" },
	{ "value('four' = 4", "1:1 ')' is missing for this 'value('\n" },
	{ "'four", "1:1 this text has no closing quote\n" },
	{ "value()", "1:1 'value' takes 1 argument, not 0\n" },
	{ "value('a', 'b') and not()",
		"1:1 'value' takes 1 argument, not 2\n1:21 'not' takes 1 argument, not 0\n" },
	{ "concat('a')", "1:1 'concat' takes at least 2 arguments, not 1\n" },
	{ "label('a', 'b')", "1:1 'label' takes at most 1 argument, not 2\n" },
	{ "missing()", "1:1 'missing' takes 1 argument, not 0\n" },
	{ "mark-missing-values()", "1:1 function 'mark-missing-values' is not known\n" },
	{ "value('wrong') >\n\n  value(\"wrong\")",
		"1:8 metric 'wrong' is not known\n3:10 metric 'wrong' is not known\n" },
	{ "x[1]", "1:1 'x' is no function call; write texts in quotes\n" },
	{ "value('four')[1]", "1:14 filters are not allowed in conditions\n" },
	{ "value('four') | 1", "1:15 '|' is not allowed in conditions; write 'or'\n" },
};

static void conditions_are_refused_at_their_place(void **state)
{
	struct room *r = *state;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		diag_init(&r->diag, &r->arena);
		assert_null(compile(r, refusals[i].text));
		assert_string_equal(said(r), refusals[i].said);
	}
}

static void only_whole_literals_are_checked(void **state)
{
	struct room *r = *state;
	assert_non_null(compile(
		r, "value(concat('wrong', 'x')) = 1 or value(('wrong')) = 1 or label('wrong') = 'wrong'"));
	assert_string_equal(said(r), "");
}

static void places_in_attributes_with_references(void **state)
{
	struct room *r = *state;
	const struct source *s = source_from(&r->arena, STR("f"),
		STR("<a xmlns='urn:entente' version='1'\n when=\"1 &lt; 2 and '\xC3\xA9' = '&#233;' and\n "
			"vlaue('four')\"/>"));
	const struct xml_node *n = xml_parse(&r->arena, s, &r->diag);
	const struct xml_attr *when = xml_attr(n, "when");
	assert_null(expr_compile(expr_set_open(&r->arena), when->value, when->value_pos, functions, r, &r->diag));
	assert_string_equal(said(r), "3:2 function 'vlaue' is not known; did you mean 'value'?\n");
}

static void conditions_have_limits(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 4096);
	for (int i = 0; i <= LIMIT_EXPR_DEPTH; i++)
		buf_putc(&b, '(');
	assert_null(compile(r, b.ptr));
	assert_string_equal(said(r), "1:33 more than 32 parentheses within each other\n");
	assert_non_null(
		compile(r, "((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))"));
	diag_init(&r->diag, &r->arena);
	buf_init(&b, &r->arena, 4096);
	for (int i = 0; i <= LIMIT_EXPR_BYTES; i++)
		buf_putc(&b, '1');
	assert_null(compile(r, b.ptr));
	assert_string_equal(said(r), "1:1 a condition of more than 1024 bytes\n");
}

/* Any text of tokens is either refused with words or evaluates: libxml2 never sees what it would refuse. */
static void texts_of_random_tokens(void **state)
{
	struct room *r = *state;
	static const char *const tokens[] = { "1", "'four'", "value(", "missing(", "first(", "not(",
		"(", ")", ")", ")", ",", " and ", " or ", "=", "<", "-", "+", " div ", "*", "true()" };
	uint32_t seed = 1;
	int compiled = 0;
	for (int round = 0; round < 20000; round++) {
		char text[200] = "";
		seed = seed * 1664525 + 1013904223;
		for (unsigned i = 0, count = seed >> 28; i <= count; i++) {
			seed = seed * 1664525 + 1013904223;
			strcat(text, tokens[(seed >> 16) % (sizeof tokens / sizeof *tokens)]);
		}
		diag_init(&r->diag, &r->arena);
		const struct expr *e = compile(r, text);
		struct expr_value v;
		assert_true(e ? r->diag.errors == 0 : r->diag.errors > 0);
		assert_null(strstr(said(r), "cannot be read"));
		if (e && expr_eval(e, r, &v) == EXPR_FAILED)
			fail_msg("%s", text);
		compiled += e != NULL;
		arena_reset(&r->arena);
	}
	assert_true(compiled > 200);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(conditions_answer),
		TEST(values_come_out),
		TEST(and_or_stop_early),
		TEST(conditions_are_refused_at_their_place),
		TEST(only_whole_literals_are_checked),
		TEST(places_in_attributes_with_references),
		TEST(conditions_have_limits),
		TEST(texts_of_random_tokens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
