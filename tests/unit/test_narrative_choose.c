/* Narrative, choosing: which snippets apply, in what order and why. Results worked out by hand from the fixture's facts. */
#include "narrative_fixture.h"

/* "a b | c:condition": ids that are in, in order, then those that are out with their reasons. */
static struct str outcome(struct fixture *f, const struct picks *p)
{
	static const char *const reasons[] = { "in", "condition", "missing", "material", "group", "take", "otherwise" };
	struct buf out;
	buf_init(&out, &f->arena, 4096);
	for (size_t i = 0; i < p->in.count; i++) {
		buf_printf(&out, "%s" STR_FMT, i ? " " : "", STR_ARG(p->in.at[i].snippet->id));
		if (p->in.at[i].item)
			buf_printf(&out, "[" STR_FMT "]", STR_ARG(p->in.at[i].item->id));
	}
	for (size_t i = 0; i < p->out.count; i++) {
		buf_printf(&out, "%s" STR_FMT, i ? " " : " | ", STR_ARG(p->out.at[i].snippet->id));
		if (p->out.at[i].item)
			buf_printf(&out, "[" STR_FMT "]", STR_ARG(p->out.at[i].item->id));
		buf_printf(&out, ":%s", reasons[p->out.at[i].reason]);
	}
	return buf_str(&out);
}

static struct picks choose(struct fixture *f, const char *text, int take)
{
	fixture_sound(f, text);
	return fixture_choose(f, STR("t"), take, STR(""), NULL);
}

static void expect(void **state, const char *text, int take, const char *want)
{
	struct picks p = choose(*state, text, take);
	expect_text(outcome(*state, &p), want);
}

/* gap = 92 - 78 = 14 */
static void conditions(void **state)
{
	expect(state, TOPIC("<snippet id='a' when=\"above(gap('aligned'), 10)\">" SAY("x") "</snippet>"
			    "<snippet id='b' when=\"above(gap('aligned'), 14)\">" SAY("x") "</snippet>"
			    "<snippet id='c' when=\"gap('aligned') = 14\">" SAY("x") "</snippet>"
			    "<snippet id='d'>" SAY("x") "</snippet>"
			    "<snippet id='e' when=\"below(gap('aligned'), 15)\">" SAY("x") "</snippet>"), 0, "a c d e | b:condition");
}

/* 100 x (78 - 71) / 71 = 9.859...: a condition takes it as a sentence prints it, in ones if it says nothing else. */
static void conditions_of_what_is_printed(void **state)
{
#define MOVED "change('aligned', 'cio', 'previous'"
	expect(state, TOPIC("<snippet id='a' when=\"" MOVED ") = 10\">" SAY("x") "</snippet>"
			    "<snippet id='b' when=\"below(" MOVED "), 10)\">" SAY("x") "</snippet>"
			    "<snippet id='c' when=\"below(" MOVED ", 'decimals:1'), 10)\">" SAY("x") "</snippet>"
			    "<snippet id='d' when=\"" MOVED ", 'decimals:1') = 9.9\">" SAY("x") "</snippet>"
			    "<snippet id='e' when=\"" MOVED ", 'decimals:2') = 9.86\">" SAY("x") "</snippet>"
			    "<snippet id='f' when=\"above(" MOVED ", 'decimals:0'), 9.9)\">" SAY("x") "</snippet>"), 0, "a c d e f | b:condition");
#undef MOVED
}

/* trust has no value of the cmo's: its gap is missing, and what touches it is out, whichever way the condition goes. */
static void missing_values(void **state)
{
	expect(state, TOPIC("<snippet id='a' when=\"above(gap('trust'), 10)\">" SAY("x") "</snippet>"
			    "<snippet id='b' when=\"not(above(gap('trust'), 10))\">" SAY("x") "</snippet>"
			    "<snippet id='c' when=\"missing(gap('trust'))\">" SAY("x") "</snippet>"
			    "<snippet id='d' rank=\"gap('trust')\">" SAY("x") "</snippet>"
			    "<snippet id='e' material=\"gap('trust')\" threshold='1'>" SAY("x") "</snippet>"
			    "<snippet id='f' rank='1 div 0 - 1 div 0'>" SAY("x") "</snippet>"), 0,
		"c | a:missing b:missing d:missing e:missing f:missing");
}

static void rank_and_ties(void **state)
{
	expect(state, TOPIC("<snippet id='a'>" SAY("x") "</snippet><snippet id='b' rank='2'>" SAY("x") "</snippet>"
			    "<snippet id='c' rank='-1'>" SAY("x") "</snippet><snippet id='d' rank='2'>" SAY("x") "</snippet>"
			    "<snippet id='e' rank=\"gap('aligned')\">" SAY("x") "</snippet><snippet id='f' rank='0'>" SAY("x") "</snippet>"), 0,
		"e b d a f c");
}

/* A snippet replaced by a later file keeps its place among equals. */
static void order_survives_replacement(void **state)
{
	struct fixture *f = *state;
	const struct xml_node *roots[] = {
		fixture_parse(f, "a.xml", TOPIC("<snippet id='a'>" SAY("x") "</snippet><snippet id='b'>" SAY("x") "</snippet>")),
		fixture_parse(f, "b.xml", TOPIC("<snippet id='c'>" SAY("x") "</snippet><snippet id='a'>" SAY("y") "</snippet>")),
	};
	f->narrative = narrative_read(&f->arena, roots, 2, f->facts, NULL, &f->diag);
	struct picks p = fixture_choose(f, STR("t"), -1, STR(""), NULL);
	expect_text(outcome(f, &p), "a b c");
}

static void take(void **state)
{
	const char *three = ROOT("<topic id='t' take='2'><snippet id='a'>" SAY("x") "</snippet><snippet id='b' rank='1'>" SAY("x") "</snippet>"
				 "<snippet id='c'>" SAY("x") "</snippet></topic>");
	expect(state, three, -1, "b a | c:take");
	expect(state, three, 1, "b | a:take c:take");
	expect(state, three, 0, "b a c");
}

static void groups(void **state)
{
	struct picks p = choose(*state, TOPIC("<snippet id='a' group='g'>" SAY("x") "</snippet><snippet id='b' group='g' rank='5'>" SAY("x") "</snippet>"
					      "<snippet id='c' group='h'>" SAY("x") "</snippet><snippet id='d' group='g' when='false()'>" SAY("x") "</snippet>"), 0);
	expect_text(outcome(*state, &p), "b c | d:condition a:group");
	expect_text(p.out.at[1].winner->id, "b");
}

/* A group's loser does not use up a place. */
static void groups_before_take(void **state)
{
	expect(state, TOPIC("<snippet id='a' group='g' rank='3'>" SAY("x") "</snippet><snippet id='b' group='g' rank='2'>" SAY("x") "</snippet>"
			    "<snippet id='c' rank='1'>" SAY("x") "</snippet>"), 2, "a c | b:group");
}

static void otherwise(void **state)
{
	const char *both = TOPIC("<snippet id='a' when=\"above(gap('aligned'), %d)\">" SAY("x") "</snippet>"
				 "<snippet id='b' otherwise='yes'>" SAY("x") "</snippet>");
	struct fixture *f = *state;
	expect(state, str_printf(&f->arena, both, 10).ptr, 0, "a | b:otherwise");
	expect(state, str_printf(&f->arena, both, 20).ptr, 0, "b | a:condition");
	expect(state, TOPIC("<snippet id='a' otherwise='yes' when='false()'>" SAY("x") "</snippet>"), 0, " | a:condition");
}

/* cost beyond plan by line, in units: commerce -100,000, tools +500,000, wifi 0 */
static void one_instance_a_record(void **state)
{
	expect(state, TOPIC("<snippet id='a' each='line' when=\"above(delta('cost', 'plan'), 0)\" rank=\"delta('cost', 'plan')\">" SAY("x") "</snippet>"), 0,
		"a[tools] | a[commerce]:condition a[wifi]:condition");
	expect(state, TOPIC("<snippet id='a' each='line' rank=\"actual('cost')\">" SAY("x") "</snippet>"), 2,
		"a[commerce] a[tools] | a[wifi]:take");
	expect(state, TOPIC("<snippet id='a' each='line' where='payer=joint'>" SAY("x") "</snippet>"), 0, "a[wifi]");
	expect(state, TOPIC("<snippet id='a' each='line'>" SAY("x") "</snippet>"), 0, "a[commerce] a[tools] a[wifi]");
	expect(state, TOPIC("<snippet id='a' each='line' group='one'>" SAY("x") "</snippet>"), 0,
		"a[commerce] | a[tools]:group a[wifi]:group");
}

static void materiality(void **state)
{
	expect(state, TOPIC("<snippet id='a' each='line' material=\"delta('cost', 'plan')\" threshold='100000'>" SAY("x") "</snippet>"), 0,
		"a[commerce] a[tools] | a[wifi]:material");
	expect(state, TOPIC("<snippet id='a' each='line' material=\"delta('cost', 'plan')\" threshold='100001'>" SAY("x") "</snippet>"), 0,
		"a[tools] | a[commerce]:material a[wifi]:material");
}

static void the_item_in_context(void **state)
{
	struct fixture *f = *state;
	fixture_sound(f, TOPIC("<snippet id='a' when=\"above(actual('cost'), 1000000)\">" SAY("x") "</snippet>"));
	const struct facts_record *wifi = facts_record_lookup(f->facts, STR("line"), STR("wifi"));
	const struct facts_record *tools = facts_record_lookup(f->facts, STR("line"), STR("tools"));
	struct picks p = fixture_choose(f, STR("t"), -1, STR(""), wifi);
	expect_text(outcome(f, &p), " | a[wifi]:condition");
	p = fixture_choose(f, STR("t"), -1, STR(""), tools);
	expect_text(outcome(f, &p), "a[tools]");
}

/* "." in where is the item of the topic: here a line's own id. */
static void records_of_the_item(void **state)
{
	struct fixture *f = *state;
	fixture_sound(f, TOPIC("<snippet id='a' each='line' where='id=.'>" SAY("x") "</snippet>"));
	const struct facts_record *wifi = facts_record_lookup(f->facts, STR("line"), STR("wifi"));
	struct picks p = fixture_choose(f, STR("t"), -1, STR(""), wifi);
	expect_text(outcome(f, &p), "a[wifi]");
}

static void wording_for_a_side(void **state)
{
	struct fixture *f = *state;
	fixture_sound(f, TOPIC("<snippet id='a'><say side='cio'>for it</say><say>for all</say><say lang='en-GB'>British</say></snippet>"));
	static const char *const sides[] = { "cio", "cmo", "" }, *const texts[] = { "for it", "British", "British" };
	for (int i = 0; i < 3; i++) {
		struct picks p = fixture_choose(f, STR("t"), -1, str_from(sides[i]), NULL);
		expect_text(p.in.at[0].say->parts[0]->text, texts[i]);
	}
}

/* The wording that a language has for a number: those of Polish and Russian are told apart by more than one and many. */
static void expect_plural(struct fixture *f, const char *lang, const char *number, const char *says, const char *want)
{
	struct facts facts = *f->facts;
	struct str text = str_printf(&f->arena, "<narrative " SPACE "lang='%s'><topic id='t'><snippet id='a'>%s</snippet></topic></narrative>", lang, says);
	char *at;
	while ((at = strchr(text.ptr, '#'))) /* where the number goes */
		memcpy(at, number, 2);
	const struct xml_node *root = fixture_parse(f, "plural.xml", text.ptr);
	facts.lang = str_from(lang);
	const struct narrative *n = narrative_read(&f->arena, &root, 1, &facts, NULL, &f->diag);
	if (f->diag.messages.count)
		fixture_fail(f, text.ptr);
	struct picks p = narrative_choose(&f->arena, n, f->calc, STR("t"), 0, STR(""), NULL, &f->diag);
	assert_int_equal(p.in.count, 1);
	if (!str_is(p.in.at[0].say->parts[0]->text, want))
		fail_msg("%s of %s: '" STR_FMT "', not '%s'", number, lang, STR_ARG(p.in.at[0].say->parts[0]->text), want);
}

static void wording_for_a_number(void **state)
{
	static const char polish[] = "<say plural='other' count='#.'>decyzji (inne)</say><say plural='one' count='#.'>decyzja</say>"
				     "<say plural='few' count='#.'>decyzje</say><say plural='many' count='#.'>decyzji</say>";
	static const char russian[] = "<say>решения</say><say plural='one' count='#.'>решение</say><say plural='many' count='#.'>решений</say>";
	static const char english[] = "<say>asks</say><say plural='one' count=\"count('ask')\">one ask</say>";
	static const struct {
		const char *lang, *number, *says, *want;
	} cases[] = {
		{ "pl", "1 ", polish, "decyzja" }, { "pl", "3 ", polish, "decyzje" }, { "pl", "5 ", polish, "decyzji" }, { "pl", "12", polish, "decyzji" },
		{ "pl", "22", polish, "decyzje" }, { "ru", "21", russian, "решение" }, { "ru", "11", russian, "решений" }, { "ru", "4 ", russian, "решения" },
		{ "en-GB", "  ", english, "one ask" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_plural(*state, cases[i].lang, cases[i].number, cases[i].says, cases[i].want);
}

static void no_such_topic(void **state)
{
	struct fixture *f = *state;
	fixture_sound(f, TOPIC("<snippet id='a'>" SAY("x") "</snippet>"));
	struct picks p = fixture_choose(f, STR("u"), -1, STR(""), NULL);
	assert_int_equal(p.in.count + p.out.count + f->diag.messages.count, 0);
}

/* What a person is told: the calls that decided, with their values. */
static void values_that_decided(void **state)
{
	struct picks p = choose(*state, TOPIC("<snippet id='a' when=\"above(gap('aligned'), 10)\" rank=\"actual('aligned')\">" SAY("x") "</snippet>"
					      "<snippet id='b' when=\"above(gap('aligned'), 20)\">" SAY("x") "</snippet>"
					      "<snippet id='c' when=\"above(gap('trust'), 1)\">" SAY("x") "</snippet>"
					      "<snippet id='d' otherwise='yes'>" SAY("x") "</snippet>"), 0);
	expect_text(p.in.at[0].values, "gap('aligned') = 14, actual('aligned') = 85");
	expect_text(p.out.at[0].values, "gap('aligned') = 14");
	expect_text(p.out.at[1].values, "gap('trust') = missing");
	expect_text(p.out.at[2].values, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(conditions, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(conditions_of_what_is_printed, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(missing_values, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(rank_and_ties, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(order_survives_replacement, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(take, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(groups, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(groups_before_take, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(otherwise, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(one_instance_a_record, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(materiality, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(the_item_in_context, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(records_of_the_item, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(wording_for_a_side, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(wording_for_a_number, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(no_such_topic, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(values_that_decided, fixture_open, fixture_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
