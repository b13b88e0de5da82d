/* Merge of layout files, tree to tree. */
#include "layout_fixture.h"

/* The tree as XML without positions, so that expected values can be read. */
static void put_tree(struct buf *b, const struct xml_node *n)
{
	if (!n->name.len) {
		buf_xml(b, str_trim(n->text));
		return;
	}
	buf_printf(b, "<" STR_FMT, STR_ARG(n->name));
	for (const struct xml_attr *a = n->attrs; a; a = a->next)
		buf_printf(b, " " STR_FMT "='" STR_FMT "'", STR_ARG(a->name), STR_ARG(a->value));
	buf_puts(b, n->first ? ">" : "/>");
	for (const struct xml_node *c = n->first; c; c = c->next) {
		assert_ptr_equal(c->parent, n);
		put_tree(b, c);
	}
	if (n->first)
		buf_printf(b, "</" STR_FMT ">", STR_ARG(n->name));
}

static const struct xml_node *parsed(struct fixture *f, const char *name, const char *inside)
{
	struct str text = str_printf(&f->arena, "<layout xmlns='urn:entente' version='1' id='%s'>%s</layout>", name, inside);
	const struct xml_node *root = xml_parse(&f->arena, source_from(&f->arena, str_from(name), text), &f->diag);
	assert_non_null(root);
	return root;
}

static const char *merged(struct fixture *f, const char *base, const char *over)
{
	struct buf b;
	buf_init(&b, &f->arena, 1 << 20);
	const struct xml_node *root = layout_merge(&f->arena, NULL, parsed(f, "base", base), &f->diag);
	root = layout_merge(&f->arena, root, parsed(f, "over", over), &f->diag);
	for (const struct xml_node *c = root->first; c; c = c->next)
		put_tree(&b, c);
	return b.ptr;
}

static int setup(void **state)
{
	*state = fixture_open();
	return 0;
}

static int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

#define SECTION "<section id='s'><title slot='a' topic='x'/><space slot='b' height='4pt'/></section>"

static void test_replace(void **state)
{
	assert_string_equal(merged(*state, SECTION, "<replace slot='a'><rule slot='r'/></replace>"),
		"<section id='s'><rule slot='r'/><space slot='b' height='4pt'/></section>");
	assert_string_equal(merged(*state, SECTION, "<replace slot='b'><rule/></replace>"),
		"<section id='s'><title slot='a' topic='x'/><rule slot='b'/></section>");
	assert_string_equal(merged(*state, SECTION, "<replace section='s'><section id='t'/></replace>"), "<section id='t'/>");
	assert_messages(*state, "");
}

static void test_before_and_after(void **state)
{
	assert_string_equal(merged(*state, SECTION, "<before slot='a'><rule slot='r'/><rule slot='q'/></before>"),
		"<section id='s'><rule slot='r'/><rule slot='q'/><title slot='a' topic='x'/><space slot='b' height='4pt'/></section>");
	assert_string_equal(merged(*state, SECTION, "<after slot='a'><rule slot='r'/></after>"),
		"<section id='s'><title slot='a' topic='x'/><rule slot='r'/><space slot='b' height='4pt'/></section>");
	assert_string_equal(merged(*state, SECTION, "<after slot='b'><rule slot='r'/></after>"),
		"<section id='s'><title slot='a' topic='x'/><space slot='b' height='4pt'/><rule slot='r'/></section>");
	assert_string_equal(merged(*state, "<section id='s'/><section id='t'/>", "<before section='t'><section id='u'/></before>"),
		"<section id='s'/><section id='u'/><section id='t'/>");
	assert_messages(*state, "");
}

static void test_remove(void **state)
{
	assert_string_equal(merged(*state, SECTION, "<remove slot='a'/>"), "<section id='s'><space slot='b' height='4pt'/></section>");
	assert_string_equal(merged(*state, SECTION, "<remove slot='b'/><remove slot='a'/>"), "<section id='s'/>");
	assert_string_equal(merged(*state, SECTION "<section id='t'/>", "<remove section='s'/>"), "<section id='t'/>");
	assert_messages(*state, "");
}

static void test_set(void **state)
{
	assert_string_equal(merged(*state, SECTION, "<set slot='b' height='8pt' locked='yes'/>"),
		"<section id='s'><title slot='a' topic='x'/><space slot='b' height='8pt' locked='yes'/></section>");
	assert_string_equal(merged(*state, SECTION, "<set section='s' gap='16pt'/>"),
		"<section id='s' gap='16pt'><title slot='a' topic='x'/><space slot='b' height='4pt'/></section>");
	assert_messages(*state, "");
}

static void test_slots_in_boxes_are_found(void **state)
{
	assert_string_equal(merged(*state, "<section id='s'><box slot='x'><rule slot='r'/></box></section>", "<set slot='r' accent='yes'/>"),
		"<section id='s'><box slot='x'><rule slot='r' accent='yes'/></box></section>");
	assert_messages(*state, "");
}

static void test_operations_in_order(void **state)
{
	assert_string_equal(merged(*state, SECTION, "<after slot='a'><rule slot='r'/></after><remove slot='a'/><set slot='r' span='6'/>"),
		"<section id='s'><rule slot='r' span='6'/><space slot='b' height='4pt'/></section>");
	assert_messages(*state, "");
}

static void test_declarations_merge_by_attribute(void **state)
{
	assert_string_equal(merged(*state, "<tokens><colour role='ink' value='#000000'/></tokens><style id='t' role='title' size='20pt'/>",
		"<tokens><colour role='ink' value='#111111'/><colour role='tint' value='#EEEEEE'/></tokens>"
		"<style id='t' size='21pt' colour='accent'/><style id='new' based-on='t'/>"),
		"<tokens><colour role='ink' value='#111111'/><colour role='tint' value='#EEEEEE'/></tokens>"
		"<style id='t' role='title' size='21pt' colour='accent'/><style id='new' based-on='t'/>");
	assert_messages(*state, "");
}

/* A style without id is the one that has the role now: of several the last. */
static void test_style_by_role(void **state)
{
	assert_string_equal(merged(*state, "<style id='old' role='title'/><style id='now' role='title'/>", "<style role='title' size='9pt'/>"),
		"<style id='old' role='title'/><style id='now' role='title' size='9pt'/>");
	assert_string_equal(merged(*state, "<style role='lead'/>", "<style id='lead' size='9pt'/>"),
		"<style role='lead' id='lead' size='9pt'/>");
	assert_messages(*state, "");
}

static void test_strips_and_words(void **state)
{
	assert_string_equal(merged(*state, "<master id='m' top='1pt'><header rule='4pt'/></master><words lang='en'><word id='a'>A</word>"
		"<word id='a' lang='en-US'>Z</word></words>",
		"<master id='m'><header band='yes'/></master><words lang='en'><word id='a'>B</word></words><words lang='de'/>"),
		"<master id='m' top='1pt'><header rule='4pt' band='yes'/></master><words lang='en'><word id='a'>B</word>"
		"<word id='a' lang='en-US'>Z</word></words><words lang='de'/>");
	assert_messages(*state, "");
}

static void test_section_stated_again(void **state)
{
	assert_string_equal(merged(*state, SECTION, "<section id='s' gap='0'><rule slot='r'/></section>"),
		"<section id='s' gap='0'><rule slot='r'/></section>");
	assert_string_equal(merged(*state, SECTION, "<section id='s' gap='0'/>"),
		"<section id='s' gap='0'><title slot='a' topic='x'/><space slot='b' height='4pt'/></section>");
	assert_messages(*state, "");
}

static void test_unknown_targets(void **state)
{
	merged(*state, "<section id='summary'><tiles slot='kpis'/></section>", "\n<remove slot='kpi'/>\n<set section='sumary' gap='0'/>\n<remove/>\n<remove slot='a' section='s'/>\n"
		"<remove slot='agenda'/>");
	assert_messages(*state,
		"over:2:15: no slot 'kpi' to remove in the base; did you mean 'kpis'? [slot-unknown]\n"
		"over:3:15: no section 'sumary' to set in the base; did you mean 'summary'? [slot-unknown]\n"
		"over:4:1: 'remove' names no slot and no section [attribute-missing]\n"
		"over:5:1: 'remove' names both a slot and a section [attribute-value]\n"
		"over:6:15: no slot 'agenda' to remove in the base [slot-unknown]\n");
}

static void test_operations_that_hold_too_much_or_nothing(void **state)
{
	merged(*state, SECTION, "\n<replace slot='a'/>\n<replace slot='a'><rule slot='q'/><rule slot='r'/></replace>\n<after slot='a'/>\n"
		"<remove slot='a'><rule slot='r'/></remove>\n<after slot='a' span='6'><rule slot='r'/></after>");
	assert_messages(*state,
		"over:2:1: 'replace' holds nothing to put there [element-missing]\n"
		"over:3:35: 'replace' holds more than one element; put the others in 'after' [element-twice]\n"
		"over:4:1: 'after' holds nothing to put there [element-missing]\n"
		"over:5:18: 'remove' holds nothing [element-unknown]\n"
		"over:6:17: attribute 'span' is not known on 'after' [attribute-unknown]\n");
}

#define LOCKED "<section id='s'>\n<title slot='a' topic='x' locked='yes'/><box slot='b' locked='yes'><rule slot='r'/></box></section>"

static void test_locked_slots(void **state)
{
	assert_string_equal(merged(*state, LOCKED, "\n<remove slot='a'/>\n<set slot='a' topic='y'/>\n<replace slot='a'><rule/></replace>\n"
		"<set slot='r' accent='yes'/>\n<after slot='r'><rule slot='q'/></after>\n<remove section='s'/>\n<section id='s'><rule slot='z'/></section>"),
		"<section id='s'><title slot='a' topic='x' locked='yes'/><box slot='b' locked='yes'><rule slot='r'/></box></section>");
	assert_messages(*state,
		"over:8:1: title 'a' is locked and cannot be changed [slot-locked]\nbase:2:1: note: locked here\n"
		"over:2:1: title 'a' is locked and cannot be changed [slot-locked]\nbase:2:1: note: locked here\n"
		"over:3:15: title 'a' is locked and cannot be changed [slot-locked]\nbase:2:1: note: locked here\n"
		"over:4:1: title 'a' is locked and cannot be changed [slot-locked]\nbase:2:1: note: locked here\n"
		"over:5:15: box 'b' is locked and cannot be changed [slot-locked]\nbase:2:41: note: locked here\n"
		"over:6:1: box 'b' is locked and cannot be changed [slot-locked]\nbase:2:41: note: locked here\n"
		"over:7:1: title 'a' is locked and cannot be changed [slot-locked]\nbase:2:1: note: locked here\n");
}

/* A lock keeps its own element; others may stand beside it, and repeating what it says is no change. */
static void test_what_locks_allow(void **state)
{
	assert_string_equal(merged(*state, LOCKED, "<after slot='a'><rule slot='q'/></after><set slot='a' topic='x'/>"
		"<replace slot='a'><title slot='a' locked='yes' topic='x'/></replace>"),
		"<section id='s'><title slot='a' topic='x' locked='yes'/><rule slot='q'/><box slot='b' locked='yes'><rule slot='r'/></box></section>");
	assert_messages(*state, "");
}

static void test_locked_declarations(void **state)
{
	merged(*state, "<tokens><measure name='least-size' value='7pt' locked='yes'/></tokens><style id='t' role='text' locked='yes'/>"
		"<words lang='en'><word id='w' locked='yes'>A</word></words>",
		"\n<tokens><measure name='least-size' value='5pt'/></tokens>\n<style id='t' locked='no'/>\n<words lang='en'><word id='w'>B</word></words>");
	assert_messages(*state,
		"over:2:36: measure 'least-size' is locked and cannot be changed [slot-locked]\nbase:1:59: note: locked here\n"
		"over:3:15: style 't' is locked and cannot be changed [slot-locked]\nbase:1:121: note: locked here\n"
		"over:4:31: word 'w' is locked and cannot be changed [slot-locked]\nbase:1:178: note: locked here\n");
}

static void test_declared_twice(void **state)
{
	merged(*state, "", "\n<style id='t' role='text'/>\n<style id='t' role='lead'/>\n<section id='s'/><section id='s'/>\n"
		"<tokens><colour role='ink'/>\n<colour role='ink'/></tokens>");
	assert_messages(*state,
		"over:3:1: style 't' is declared twice in one layout [id-twice]\nover:2:1: note: first declared here\n"
		"over:4:18: section 's' is declared twice in one layout [id-twice]\nover:4:1: note: first declared here\n"
		"over:6:1: colour 'ink' is declared twice in one layout [id-twice]\nover:5:9: note: first declared here\n");
}

/* What was parsed is shared between briefings: a merge may not touch it. */
static void test_merge_is_pure(void **state)
{
	struct fixture *f = *state;
	struct buf before, after;
	const struct xml_node *base = parsed(f, "base", SECTION "<style id='t' role='text'/>");
	const struct xml_node *over = parsed(f, "over", "<remove slot='a'/><style id='t' size='9pt'/>");
	buf_init(&before, &f->arena, 1 << 16);
	buf_init(&after, &f->arena, 1 << 16);
	xml_dump(base, &before);
	xml_dump(over, &before);
	layout_merge(&f->arena, base, over, &f->diag);
	xml_dump(base, &after);
	xml_dump(over, &after);
	assert_string_equal(before.ptr, after.ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_replace), TEST(test_before_and_after), TEST(test_remove), TEST(test_set), TEST(test_slots_in_boxes_are_found),
		TEST(test_operations_in_order), TEST(test_declarations_merge_by_attribute), TEST(test_style_by_role), TEST(test_strips_and_words),
		TEST(test_section_stated_again), TEST(test_unknown_targets), TEST(test_operations_that_hold_too_much_or_nothing),
		TEST(test_locked_slots), TEST(test_what_locks_allow), TEST(test_locked_declarations), TEST(test_declared_twice),
		TEST(test_merge_is_pure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
