/* Narrative, the shipped snippets: every one loads over the shipped catalogue; both languages say the same things, in words that
 * state no figure of their own; every topic that a shipped layout asks for is there. */
#include "narrative/narrative.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const languages[] = { "en", "de" };
enum { LANGUAGES = 2, SNIPPETS_LEAST = 40 };

struct fixture {
	struct arena arena;
	struct diag diag;
	struct folder library, layouts;
	const struct facts *facts[LANGUAGES];
	const struct narrative *narratives[LANGUAGES];
};

static void stop_on_errors(struct fixture *f)
{
	struct buf out;
	if (!f->diag.messages.count)
		return;
	buf_init(&out, &f->arena, 1 << 20);
	diag_print(&f->diag, DIAG_PLAIN, 200, &out);
	fail_msg("%s", out.ptr);
}

static const struct xml_node *load(struct fixture *f, const struct folder *root, struct str path)
{
	struct xml_loader loader = { .arena = &f->arena, .root = root, .diag = &f->diag };
	const struct xml_node *n = xml_load(&loader, path, (struct src_pos){ .source = NULL });
	stop_on_errors(f);
	return n;
}

static const struct facts *read_facts(struct fixture *f, const char *language)
{
	const struct xml_node *shipped[] = { load(f, &f->library, STR("catalogue.xml")), load(f, &f->library, STR("benchmarks.xml")) };
	struct xml_loader loader = { .arena = &f->arena, .diag = &f->diag };
	struct str text = str_printf(&f->arena, "<briefing xmlns='urn:entente' version='1' period='2026-Q3' lang='%s'>"
						"<company name='Northwind' currency='EUR'/></briefing>", language);
	const struct xml_node *briefing = xml_parse(&f->arena, source_from(&f->arena, STR("briefing.xml"), text), &f->diag);
	return facts_read(&f->arena, &loader, briefing, shipped, 2, &(struct facts_options){ .layout = { NULL, 0 } }, &f->diag);
}

static const struct narrative *read_narrative(struct fixture *f, const char *language, const struct facts *facts)
{
	size_t count = 0;
	struct str folder = str_printf(&f->arena, "snippets/%s", language);
	struct str *paths = source_glob(&f->arena, &f->library, folder, STR("*.xml"), &count);
	const struct xml_node **roots = ARENA_ARRAY(&f->arena, const struct xml_node *, count);
	for (size_t i = 0; i < count; i++)
		roots[i] = load(f, &f->library, str_printf(&f->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(paths[i])));
	return narrative_read(&f->arena, roots, count, facts, NULL, &f->diag);
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	*state = f;
	arena_init(&f->arena, 0, NULL);
	diag_init(&f->diag, &f->arena);
	if (!folder_open(&f->arena, STR("library"), &f->library) || !folder_open(&f->arena, STR("layouts"), &f->layouts))
		return -1;
	for (int i = 0; i < LANGUAGES; i++) {
		f->facts[i] = read_facts(f, languages[i]);
		f->narratives[i] = read_narrative(f, languages[i], f->facts[i]);
	}
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void every_snippet_loads(void **state)
{
	struct fixture *f = *state;
	stop_on_errors(f);
	for (int i = 0; i < LANGUAGES; i++) {
		size_t snippets = 0;
		for (size_t t = 0; t < f->narratives[i]->topics.count; t++)
			snippets += ((const struct topic *)f->narratives[i]->topics.entries[t].value)->snippets.count;
		assert_true(snippets >= SNIPPETS_LEAST);
	}
}

static const struct snippet *snippet_named(const struct topic *t, struct str id)
{
	for (size_t i = 0; t && i < t->snippets.count; i++)
		if (str_equal(t->snippets.at[i]->id, id))
			return t->snippets.at[i];
	return NULL;
}

static struct str text_of(const struct expr *e)
{
	return e ? expr_text(e) : STR("");
}

/* Same place, same rule: only the wording differs. */
static void expect_same(const struct topic *t, const struct snippet *a, const struct snippet *b)
{
	if (!b)
		fail_msg("'" STR_FMT "' of '" STR_FMT "' is missing in the other language", STR_ARG(a->id), STR_ARG(t->id));
	bool same = str_equal(text_of(a->when), text_of(b->when)) && str_equal(text_of(a->rank), text_of(b->rank)) &&
		str_equal(a->each, b->each) && str_equal(a->where, b->where) && str_equal(a->group, b->group) && a->otherwise == b->otherwise;
	if (!same)
		fail_msg("'" STR_FMT "' of '" STR_FMT "' applies by another rule in the other language", STR_ARG(a->id), STR_ARG(t->id));
}

static void languages_agree(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < LANGUAGES; i++)
		for (size_t t = 0; t < f->narratives[i]->topics.count; t++) {
			const struct topic *topic = f->narratives[i]->topics.entries[t].value;
			const struct topic *other = narrative_topic(f->narratives[1 - i], topic->id);
			if (!other || other->take != topic->take)
				fail_msg("topic '" STR_FMT "' is another one in the other language", STR_ARG(topic->id));
			for (size_t s = 0; s < topic->snippets.count; s++)
				expect_same(topic, topic->snippets.at[s], snippet_named(other, topic->snippets.at[s]->id));
		}
}

/* Ends of scales are part of a question, not figures of a company. */
static const char *const scales[] = { "Score 0–10", "Wertung 0–10", "from −1 to 1", "von −1 bis 1" };

static bool is_scale(struct str text)
{
	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (memmem(text.ptr, text.len, scales[i], strlen(scales[i])))
			return true;
	return false;
}

static void expect_no_digits(const struct topic *t, const struct say_part *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct say_part *p = parts[i];
		expect_no_digits(t, p->parts, p->part_count);
		for (size_t c = 0; c < p->text.len; c++)
			if (p->kind == SAY_TEXT && p->text.ptr[c] >= '0' && p->text.ptr[c] <= '9' && !is_scale(p->text))
				fail_msg("topic '" STR_FMT "' states a figure by hand: '" STR_FMT "'", STR_ARG(t->id), STR_ARG(p->text));
	}
}

static void figures_are_references(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < LANGUAGES; i++)
		for (size_t t = 0; t < f->narratives[i]->topics.count; t++) {
			const struct topic *topic = f->narratives[i]->topics.entries[t].value;
			for (size_t s = 0; s < topic->snippets.count; s++)
				for (size_t y = 0; y < topic->snippets.at[s]->say_count; y++)
					expect_no_digits(topic, topic->snippets.at[s]->says[y].parts, topic->snippets.at[s]->says[y].part_count);
		}
}

static bool names_topic(struct str attribute)
{
	return str_is(attribute, "topic") || str_is(attribute, "lead") || str_ends(attribute, "-topic");
}

static void expect_topics(struct fixture *f, const struct xml_node *n)
{
	for (const struct xml_attr *a = n->attrs; a; a = a->next)
		for (int i = 0; names_topic(a->name) && i < LANGUAGES; i++)
			if (!narrative_topic(f->narratives[i], a->value))
				fail_msg("%s: no topic '" STR_FMT "'", languages[i], STR_ARG(a->value));
	for (const struct xml_node *c = n->first; c; c = c->next)
		expect_topics(f, c);
}

static void layouts_find_their_topics(void **state)
{
	struct fixture *f = *state;
	size_t count = 0;
	struct str *paths = source_glob(&f->arena, &f->layouts, STR(""), STR("*.xml"), &count);
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++)
		expect_topics(f, load(f, &f->layouts, paths[i]));
}

/* ---- over a company that has told nothing yet ---- */

/* What is said of records alone stands where there are records. */
static bool is_of_records(const struct topic *t)
{
	for (size_t i = 0; i < t->snippets.count; i++)
		if (!t->snippets.at[i]->each.len)
			return false;
	return true;
}

static bool stands_alone(const struct topic *t)
{
	static const char *const ends[] = { "-title", "-lead", "-unit", "-sample", "-source" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(t->id, ends[i]))
			return !is_of_records(t);
	return false;
}

static bool is_figure(const struct say_part *p)
{
	return p->kind == SAY_FIGURE || p->kind == SAY_REFERENCE;
}

/* Lists go over no records and ask nothing. */
static void expect_answers(struct fixture *f, int language, struct calc *calc, struct str topic, const struct pick *pick)
{
	const struct calc_context context = { .item = pick->item };
	for (size_t i = 0; i < pick->say->part_count; i++) {
		const struct say_part *p = pick->say->parts[i];
		if (!is_figure(p) || calc_ask(calc, p->query, &context, &f->diag).kind != ANSWER_MISSING)
			continue;
		fail_msg("%s: '" STR_FMT "' of '" STR_FMT "' is chosen without its figures", languages[language],
			STR_ARG(pick->snippet->id), STR_ARG(topic));
	}
}

/* Nothing may fail, no title may be missing, and what is said must have its figures. */
static void nothing_is_known(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < LANGUAGES; i++) {
		struct calc *calc = calc_open(&f->arena, f->facts[i]);
		for (size_t t = 0; t < f->narratives[i]->topics.count; t++) {
			const struct topic *topic = f->narratives[i]->topics.entries[t].value;
			struct str id = topic->id;
			struct picks p = narrative_choose_in(&f->arena, f->narratives[i], calc, id, -1,
				&(struct calc_context){ .item = NULL }, LENGTH_ANY, &f->diag);
			if (stands_alone(topic) && p.in.count != 1)
				fail_msg("'" STR_FMT "' has %zu sentences where nothing is known", STR_ARG(id), p.in.count);
			for (size_t n = 0; stands_alone(topic) && n < p.in.count; n++)
				expect_answers(f, i, calc, id, &p.in.at[n]);
		}
	}
	stop_on_errors(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_snippet_loads, set_up, tear_down),
		cmocka_unit_test_setup_teardown(languages_agree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(figures_are_references, set_up, tear_down),
		cmocka_unit_test_setup_teardown(layouts_find_their_topics, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_known, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
