/* The schemas for editors against the files that ship, and against the program's own checks. */
#include "layout_fixture.h"

#include <libxml/relaxng.h>

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

static void quiet(void *ctx, const char *message, ...)
{
	(void)ctx, (void)message;
}

static xmlRelaxNGPtr schema_of(const char *root)
{
	char path[128];
	snprintf(path, sizeof path, "layouts/schema/%s.rng", root);
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
	xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	if (!schema)
		print_error("no usable schema %s\n", path);
	assert_non_null(schema);
	return schema;
}

/* By the schema that bears the name of the root element. */
static bool is_valid(xmlDocPtr doc, bool said)
{
	xmlRelaxNGPtr schema = schema_of((const char *)xmlDocGetRootElement(doc)->name);
	xmlRelaxNGValidCtxtPtr ctxt = xmlRelaxNGNewValidCtxt(schema);
	if (!said)
		xmlRelaxNGSetValidErrors(ctxt, quiet, quiet, NULL);
	int result = xmlRelaxNGValidateDoc(ctxt, doc);
	xmlRelaxNGFreeValidCtxt(ctxt);
	xmlRelaxNGFree(schema);
	return result == 0;
}

static size_t checked, refused;

static int check_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)ftw;
	size_t length = strlen(path);
	if (type != FTW_F || length < 4 || strcmp(path + length - 4, ".xml") != 0)
		return 0;
	xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
	checked++;
	if (!doc) {
		refused++;
		return 0;
	}
	bool valid = is_valid(doc, true);
	if (!valid)
		print_error("%s does not fit its schema\n", path);
	xmlFreeDoc(doc);
	refused += !valid;
	return 0;
}

static void test_shipped_files(void **state)
{
	static const char *const folders[] = { "layouts", "fonts", "library", "samples" };
	(void)state;
	checked = refused = 0;
	for (size_t i = 0; i < 4; i++)
		nftw(folders[i], check_file, 8, FTW_PHYS);
	assert_int_equal(refused, 0);
	assert_true(checked >= 4);
}

/* What the program refuses for its form, the schema refuses; what it takes, the schema takes. */
static void test_both_agree(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} cases[] = {
		{ LAYOUT(ONE), true },
		{ LAYOUT("<section id='s'><narrative slot='a' topic='t' span='5' heading='h' if='data'/></section>"), true },
		{ LAYOUT("<section id='s'><exhibit slot='a' title-topic='t'><table><rows each='k'/><column label='yes'/></table></exhibit></section>"), true },
		{ LAYOUT("<section id='s'><exhibit slot='a' title='t'><note topic='n'/><chart kind='bar'><row/><series metric='m'/></chart></exhibit></section>"), true },
		{ LAYOUT("<section id='s'><box slot='a'><rule slot='b'/></box></section><style id='x' based-on='body' size='9.5pt'/>"), true },
		{ LAYOUT("<section id='s'><narrative slot='a'/></section>"), false },
		{ LAYOUT("<section id='s'><rule slot='a' spam='5'/></section>"), false },
		{ LAYOUT("<section id='s'><rul slot='a'/></section>"), false },
		{ LAYOUT("<section id='s'><rule slot='a' span='five'/></section>"), false },
		{ LAYOUT("<section id='s'><title slot='a' topic='t'>words</title></section>"), false },
		{ LAYOUT("<section id='s'><exhibit slot='a' title='t'><chart kind='pie'><row/><series/></chart></exhibit></section>"), false },
		{ LAYOUT("<section id='s'><exhibit slot='a' title='t'/></section>"), false },
		{ LAYOUT(ONE "<style id='x' role='titel'/>"), false },
		{ LAYOUT(ONE "<style id='x' role='title' size='nine'/>"), false },
		{ HEAD " id='base'>" "<tokens>" COLOURS FAMILY "<colour role='ink' value='black'/></tokens>" TEXT MASTER ONE "</layout>", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture *f = fixture_open();
		fixture_layout(f, cases[i].text);
		xmlDocPtr doc = xmlReadMemory(cases[i].text, (int)strlen(cases[i].text), "case.xml", NULL, XML_PARSE_NONET);
		assert_non_null(doc);
		bool program = f->diag.errors == 0, schema = is_valid(doc, false);
		if (program != cases[i].good || schema != cases[i].good)
			print_error("program %d schema %d: %s\n%s", program, schema, cases[i].text, fixture_messages(f));
		xmlFreeDoc(doc);
		fixture_close(f);
		assert_int_equal(program, cases[i].good);
		assert_int_equal(schema, cases[i].good);
	}
	(void)state;
}

static bool valid_text(const char *text)
{
	xmlDocPtr doc = xmlReadMemory(text, (int)strlen(text), "case.xml", NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	bool valid = is_valid(doc, false);
	xmlFreeDoc(doc);
	return valid;
}

#define NS " xmlns='urn:entente' version='1'"

/* A layout's operations, and the other roots, each with a file that has to fail. */
static void test_other_roots(void **state)
{
	(void)state;
	assert_true(valid_text("<layout" NS " id='a' extends='b'><after slot='k'><rule slot='r'/></after><set slot='s' chart='bar'/><remove section='x'/></layout>"));
	assert_false(valid_text("<layout" NS "><after slot='k'/></layout>"));
	assert_false(valid_text("<layout" NS "><remove slot='k' section='s'/></layout>"));
	assert_true(valid_text("<briefing" NS " unit='emea' period='2026-Q3'><meeting date='2026-10-14' minutes='45'/><use href='facts.xml'/></briefing>"));
	assert_false(valid_text("<briefing" NS " unit='emea' period='2026-Q5'/>"));
	assert_true(valid_text("<company" NS " name='N' currency='EUR'><units><unit id='emea'><label lang='en'>EMEA</label></unit></units></company>"));
	assert_false(valid_text("<company" NS "><unit id='emea'/></company>"));
	assert_true(valid_text("<catalogue" NS "><sides><side id='cio'/></sides><metric id='m' measure='percent'><label lang='en'>M</label></metric></catalogue>"));
	assert_false(valid_text("<catalogue" NS "><metric id='m' measure='percents'/></catalogue>"));
	assert_false(valid_text("<benchmarks" NS "><benchmark id='b' measure='percent'/></benchmarks>"));
	assert_true(valid_text("<facts" NS " unit='emea'><source id='s' title='S' date='2026-09-30'/><values metric='m' source='s'><v period='2026-Q3'>7.5</v></values>"
		"<asks><ask id='a' amount='5'><label lang='en'>A</label></ask></asks></facts>"));
	assert_false(valid_text("<facts" NS "><values metric='m'><v period='2026-Q3'>7,5</v></values></facts>"));
	assert_true(valid_text("<narrative" NS " lang='en'><topic id='t'><snippet id='s' when=\"above(gap('m'), 1)\"><say>A <b><n metric='m' show='gap'/></b>.</say></snippet></topic></narrative>"));
	assert_false(valid_text("<narrative" NS " lang='en'><topic id='t'><snippet id='s'><say><x/></say></snippet></topic></narrative>"));
	assert_true(valid_text("<batch" NS " name='{unit}.pdf'><units from='units/*.xml'/></batch>"));
	assert_false(valid_text("<batch" NS "><unit id='a'/></batch>"));
	assert_false(valid_text("<fonts" NS "><family name='A' licence='OFL-1.1'/></fonts>"));
	assert_true(valid_text("<edits" NS "><edit unit='emea' period='2026-Q3' slot='why' snippet='t/s' author='Ann Lee' date='2026-10-02'>"
		"<generated>A [1: 5]</generated><edited>[1] A</edited></edit><edit period='2026-Q3' snippet='t/s'><generated>B</generated></edit></edits>"));
	assert_false(valid_text("<edits" NS "><edit period='2026-Q3' snippet='t/s'><generated>A</generated><edited>B</edited></edit></edits>"));
	assert_false(valid_text("<words" NS "><word>A</word></words>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_shipped_files, setup, teardown),
		cmocka_unit_test_setup_teardown(test_both_agree, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_roots, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
