/* Narrative, reading: grammar of sentences, merging of files, and everything wrong that is found at load. */
#include "narrative_fixture.h"

static void dump_is(struct fixture *f, const char *want)
{
	struct buf out;
	buf_init(&out, &f->arena, 1 << 16);
	narrative_dump(f->narrative, &out);
	expect_text(buf_str(&out), want);
}

static const struct say *only_say(struct fixture *f, const char *text)
{
	fixture_sound(f, text);
	const struct topic *t = narrative_topic(f->narrative, STR("t"));
	assert_int_equal(t->snippets.count, 1);
	return &t->snippets.at[0]->says[0];
}

/* The parts as the dump shows them: white space and order as a reader would see them. */
static void say_is(void **state, const char *content, const char *want)
{
	struct fixture *f = *state;
	struct str text = str_printf(&f->arena, TOPIC("<snippet id='s'><say>%s</say></snippet>"), content);
	only_say(f, text.ptr);
	dump_is(f, str_printf(&f->arena, "topic t\n  snippet s\n    say: %s\n", want).ptr);
}

static void white_space(void **state)
{
	say_is(state, "\n  One  and\n  two.\n", "One and two.");
	say_is(state, "One <b>two</b> three", "One {strong: two} three");
	say_is(state, "One <b> two </b> three", "One {strong: two }three");
	say_is(state, "<b>One</b>\n two", "{strong: One} two");
	say_is(state, "One<b> two </b>", "One{strong:  two}");
	say_is(state, "One <br/> two", "One{break}two");
	say_is(state, "2.4" NB " m", "2.4" NB " m");
	say_is(state, "by <n metric='aligned' show='gap' form='points'/> points ",
		"by {figure metric=aligned show=gap form=points} points");
	say_is(state, "to <n metric='aligned'/> <n metric='trust' side='cio'/>", "to {figure metric=aligned} {figure metric=trust side=cio}");
	say_is(state, "<n metric='aligned'/> <n metric='trust'/>", "{figure metric=aligned} {figure metric=trust}");
	say_is(state, " <b>x</b>\n<n metric='aligned'/><n metric='trust'/> ", "{strong: x} {figure metric=aligned}{figure metric=trust}");
	say_is(state, "<n metric='aligned'/> <br/> <n metric='trust'/>", "{figure metric=aligned}{break}{figure metric=trust}");
}

static void inline_elements(void **state)
{
	say_is(state, "<t kind='ask' item='cdp' show='label' form='lower'/> x", "{reference item=cdp kind=ask show=label form=lower} x");
	say_is(state, "<mark side='cio'/> IT", "{mark side=cio} IT");
	say_is(state, "<mark side='joint'/> both", "{mark side=joint} both");
	say_is(state, "x <mark metric='aligned' show='status'/>", "x {mark metric=aligned show=status}");
	say_is(state, "x <note ref='elsewhere'/>", "x {note show=benchmark to=elsewhere}");
	say_is(state, "x <note metric='aligned'/>", "x {note metric=aligned show=benchmark}");
	say_is(state, "<exhibit slot='bridge'/>, <page slot='money'/>", "{exhibit to=bridge}, {page to=money}");
	say_is(state, "decision <number kind='ask' item='cdp'/>", "decision {number item=cdp kind=ask show=count}");
	say_is(state, "in <list kind='line' where='payer=joint' join='or' take='2'> <t show='label' item='.'/> </list>.",
		"in {list kind=line where=payer=joint show=count join=or: {reference item=. show=label}}.");
	say_is(state, "<i>quiet</i>", "{emphasis: quiet}");
}

static void units(void **state)
{
	say_is(state, "in <unit metric='cost'/>", "in {unit metric=cost}");
	say_is(state, "in <unit kind='ask' field='amount'/>", "in {unit kind=ask field=amount show=sum}");
}

static void a_list_compiles_its_conditions(void **state)
{
	const struct say *say = only_say(*state, TOPIC("<snippet id='s'><say><list kind='line' sort='actual(\"cost\")' "
						       "when='above(actual(\"cost\"), 1000000)'>x</list></say></snippet>"));
	assert_non_null(say->parts[0]->records->sort);
	assert_non_null(say->parts[0]->records->when);
	assert_int_equal(say->parts[0]->part_count, 1);
}

static void snippets_as_written(void **state)
{
	fixture_sound(*state, ROOT("<topic id='t' take='2'><snippet id='a' when=\"above(gap('aligned'), 10)\" rank=\"gap('aligned')\" group='g'>"
				   "<say>A</say><say side='cio'>B</say><say lang='de'>C</say></snippet>"
				   "<snippet id='b' each='line' where='payer=joint' material=\"actual('cost')\" threshold='50.5' otherwise='yes'>"
				   "<say>D</say></snippet></topic>"));
	dump_is(*state, "topic t take 2\n"
			"  snippet a group=g when \"above(gap('aligned'), 10)\" rank \"gap('aligned')\"\n"
			"    say: A\n"
			"    say side=cio: B\n"
			"  snippet b each=line where=payer=joint material \"actual('cost')\" threshold 50.5 otherwise\n"
			"    say: D\n");
}

static void later_files_add_and_replace(void **state)
{
	struct fixture *f = *state;
	const struct xml_node *roots[] = {
		fixture_parse(f, "library.xml", ROOT("<topic id='t' take='1'><snippet id='a'>" SAY("a") "</snippet><snippet id='b'>" SAY("b") "</snippet></topic>"
						     "<topic id='u'><snippet id='a'>" SAY("u") "</snippet></topic>")),
		fixture_parse(f, "company.xml", ROOT("<topic id='t'><snippet id='c'>" SAY("c") "</snippet><snippet id='a'>" SAY("new") "</snippet></topic>"
						     "<topic id='u' replace='yes'><snippet id='z'>" SAY("z") "</snippet></topic>")),
		fixture_parse(f, "german.xml", "<narrative " SPACE "lang='de'><topic id='t'><snippet id='d'><say>d</say></snippet></topic></narrative>"),
	};
	f->narrative = narrative_read(&f->arena, roots, 3, f->facts, NULL, &f->diag);
	assert_int_equal(f->diag.messages.count, 0);
	dump_is(f, "topic t take 1\n  snippet a\n    say: new\n  snippet b\n    say: b\n  snippet c\n    say: c\n"
		   "topic u\n  snippet z\n    say: z\n");
	assert_null(narrative_topic(f->narrative, STR("v")));
}

/* ---- what is wrong ---- */

static void expect_error(void **state, const char *text, enum diag_code code, const char *message)
{
	struct fixture *f = *state;
	fixture_narrative(f, text);
	if (f->diag.errors != 1)
		fixture_fail(f, text);
	assert_int_equal(f->diag.messages.at[0].code, code);
	if (message)
		expect_text(f->diag.messages.at[0].text, message);
	diag_init(&f->diag, &f->arena);
}

static void wrong_sentences(void **state)
{
	expect_error(state, TOPIC("<snippet id='s'><say>x <nunber kind='ask'/></say></snippet>"), DIAG_ELEMENT_UNKNOWN,
		"element 'nunber' is not known in a sentence; did you mean 'number'?");
	expect_error(state, TOPIC("<snippet id='s'><say>x <note ref='elsewere'/></say></snippet>"), DIAG_BENCHMARK_UNKNOWN,
		"no benchmark has the id 'elsewere'; did you mean 'elsewhere'?");
	expect_error(state, TOPIC("<snippet id='s'><say>x <mark/></say></snippet>"), DIAG_ATTRIBUTE_MISSING, NULL);
	expect_error(state, TOPIC("<snippet id='s'><say>x <unit kind='ask'/></say></snippet>"), DIAG_ATTRIBUTE_MISSING,
		"a unit is that of a metric, or of a field: write 'metric', or 'kind' and 'field'");
	expect_error(state, TOPIC("<snippet id='s'><say>x <number kind='ask' item='cpd'/></say></snippet>"), DIAG_ITEM_UNKNOWN,
		"no 'ask' has the id 'cpd'; did you mean 'cdp'?");
	expect_error(state, TOPIC("<snippet id='s'><say>x <n metric='aligned' colour='red'/></say></snippet>"), DIAG_ATTRIBUTE_UNKNOWN, NULL);
	expect_error(state, TOPIC("<snippet id='s'><say>x <list kind='line' join='nor'>y</list></say></snippet>"), DIAG_ATTRIBUTE_VALUE, NULL);
	expect_error(state, TOPIC("<snippet id='s'><say> </say></snippet>"), DIAG_ELEMENT_MISSING, "this 'say' says nothing");
	expect_error(state, TOPIC("<snippet id='s'><say side='cfo'>x</say><say>y</say></snippet>"), DIAG_SIDE_UNKNOWN, NULL);
	expect_error(state, TOPIC("<snippet id='s'><say>x <n metric='alined'/></say></snippet>"), DIAG_METRIC_UNKNOWN, NULL);
}

static void wrong_snippets(void **state)
{
	expect_error(state, TOPIC("<snippet id='s'><say side='cio'>x</say></snippet>"), DIAG_ELEMENT_MISSING,
		"snippet 's' has no 'say' for every side and case");
	expect_error(state, TOPIC("<snippet id='s'>" SAY("x") "</snippet><snippet id='s'>" SAY("y") "</snippet>"), DIAG_ID_TWICE,
		"snippet 's' stands twice in topic 't'");
	expect_error(state, TOPIC("<snippet id='s' where='payer=it'>" SAY("x") "</snippet>"), DIAG_ATTRIBUTE_MISSING,
		"'where' without 'each': of which records");
	expect_error(state, TOPIC("<snippet id='s' threshold='3'>" SAY("x") "</snippet>"), DIAG_ATTRIBUTE_MISSING,
		"'threshold' without 'material': which figure has to reach it");
	expect_error(state, TOPIC("<snippet id='s' material=\"gap('aligned')\">" SAY("x") "</snippet>"), DIAG_ATTRIBUTE_MISSING,
		"'material' without 'threshold': how large it has to be");
	expect_error(state, TOPIC("<snippet id='s' when=\"gap('alined') > 3\">" SAY("x") "</snippet>"), DIAG_METRIC_UNKNOWN, NULL);
	expect_error(state, TOPIC("<snippet id='s' when=\"gap('aligned'\">" SAY("x") "</snippet>"), DIAG_EXPR_SYNTAX, NULL);
	expect_error(state, TOPIC("<snippet id='s' when=\"document('x')\">" SAY("x") "</snippet>"), DIAG_EXPR_FUNCTION, NULL);
	expect_error(state, TOPIC("<snippet>" SAY("x") "</snippet>"), DIAG_ATTRIBUTE_MISSING, NULL);
	expect_error(state, TOPIC("<snipet id='s'>" SAY("x") "</snipet>"), DIAG_ELEMENT_UNKNOWN,
		"element 'snipet' is not known in 'topic'; did you mean 'snippet'?");
	expect_error(state, "<narrative " SPACE "/>", DIAG_ATTRIBUTE_MISSING, "'narrative' has no attribute 'lang'");
}

static void everything_is_reported_in_one_run(void **state)
{
	struct fixture *f = *state;
	fixture_narrative(f, TOPIC("<snippet id='a' when=\"gap('alined') > 3\"><say>x <n metric='alined'/> <nn/></say></snippet>"
				   "<snippet id='b'><say side='cfo'>x</say></snippet>"));
	assert_int_equal(f->diag.errors, 4);
}

/* ---- kept from briefing to briefing ---- */

static const struct facts *other_facts(struct fixture *f, const char *old, const char *new)
{
	char *text = strdup(fixture_facts);
	for (char *at = text; (at = strstr(at, old));)
		memcpy(at, new, strlen(new));
	struct xml_loader loader = { .arena = &f->arena, .diag = &f->diag };
	const struct facts *facts = facts_read(&f->arena, &loader, fixture_parse(f, "other.xml", text), NULL, 0,
		&(struct facts_options){ .layout = { NULL, 0 } }, &f->diag);
	free(text);
	if (f->diag.messages.count)
		fixture_fail(f, new);
	return facts;
}

/* What reading says and makes, as one text. */
static struct str read_text(struct fixture *f, const struct xml_node *root, const struct facts *facts, struct narrative_kept *kept)
{
	struct diag diag;
	struct buf out;
	diag_init(&diag, &f->arena);
	const struct narrative *n = narrative_read(&f->arena, &root, 1, facts, kept, &diag);
	buf_init(&out, &f->arena, 1 << 16);
	diag_print(&diag, DIAG_PLAIN, 20, &out);
	narrative_dump(n, &out);
	return buf_str(&out);
}

/* Each names something that the other briefing's facts call otherwise. */
static void kept_snippets_are_read_anew_where_facts_differ(void **state)
{
	static const struct {
		const char *snippet, *old, *new, *said;
	} rows[] = {
		{ "<snippet id='s' when=\"gap('trust') > 3\"><say>x</say></snippet>", "'trust'", "'trost'", "no metric 'trust'" },
		{ "<snippet id='s'><say>x <n metric='trust' side='cio'/></say></snippet>", "'trust'", "'trost'", "no metric 'trust'" },
		{ "<snippet id='s'><say>x <note ref='elsewhere'/></say></snippet>", "'elsewhere'", "'elsewhare'", "no benchmark" },
		{ "<snippet id='s'><say>x <number kind='ask' item='cdp'/></say></snippet>", "'cdp'", "'cdq'", "no 'ask'" },
		{ "<snippet id='s'><say>x</say><say side='cmo'>y</say></snippet>", "'cmo'", "'cfo'", "no side" },
		{ "<snippet id='s' each='line' where='late=3'><say>x</say></snippet>", "late", "lata", "has no field 'late'" },
		{ "<snippet id='s'><say><list kind='line' when=\"field('late') > 1\">x</list></say></snippet>", "late", "lata", "field 'late'" },
		{ "<snippet id='s'><say><b>x <mark side='cmo'/></b></say></snippet>", "'cmo'", "'cfo'", "no side 'cmo'" },
	};
	struct fixture *f = *state;
	struct narrative_kept *kept = narrative_kept_open(&f->arena);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct xml_node *root = fixture_parse(f, "n.xml", str_printf(&f->arena, TOPIC("%s"), rows[i].snippet).ptr);
		const struct facts *other = other_facts(f, rows[i].old, rows[i].new);
		struct str plain = read_text(f, root, f->facts, NULL), wrong = read_text(f, root, other, NULL);
		if (!memmem(wrong.ptr, wrong.len, rows[i].said, strlen(rows[i].said)) || str_equal(plain, wrong))
			fail_msg("%s: " STR_FMT, rows[i].snippet, STR_ARG(wrong));
		expect_text(read_text(f, root, f->facts, kept), plain.ptr);
		expect_text(read_text(f, root, other, kept), wrong.ptr);
		expect_text(read_text(f, root, f->facts, kept), plain.ptr);
	}
}

static const struct snippet *first_of(struct fixture *f, const struct xml_node *root, struct narrative_kept *kept, struct diag *d)
{
	const struct narrative *n = narrative_read(&f->arena, &root, 1, f->facts, kept, d);
	return narrative_topic(n, STR("t"))->snippets.at[0];
}

/* Not what is wrong, and not what does not live as long. */
static void only_sound_snippets_are_kept(void **state)
{
	struct fixture *f = *state;
	struct arena lasting;
	arena_init(&lasting, 0, NULL);
	struct narrative_kept *kept = narrative_kept_open(&f->arena), *elsewhere = narrative_kept_open(&lasting);
	const struct xml_node *sound = fixture_parse(f, "n.xml", TOPIC("<snippet id='s'><say>x</say></snippet>")),
		*wrong = fixture_parse(f, "n.xml", TOPIC("<snippet id='s'><say>x <nn/></say></snippet>"));
	assert_ptr_equal(first_of(f, sound, kept, &f->diag)->says, first_of(f, sound, kept, &f->diag)->says);
	assert_ptr_not_equal(first_of(f, sound, elsewhere, &f->diag)->says, first_of(f, sound, elsewhere, &f->diag)->says);
	assert_int_equal(f->diag.messages.count, 0);
	for (int i = 0; i < 3; i++) {
		struct diag diag;
		diag_init(&diag, &f->arena);
		first_of(f, wrong, kept, &diag);
		assert_int_equal(diag.errors, 1);
	}
	arena_release(&lasting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(white_space, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(inline_elements, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(units, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(a_list_compiles_its_conditions, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(snippets_as_written, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(later_files_add_and_replace, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(wrong_sentences, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(wrong_snippets, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(everything_is_reported_in_one_run, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(kept_snippets_are_read_anew_where_facts_differ, fixture_open, fixture_close),
		cmocka_unit_test_setup_teardown(only_sound_snippets_are_kept, fixture_open, fixture_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
