/* xml: trees and their positions, wrong input, uses, typed reading. */
#include "base_fixture.h"

#include "base/limits.h"
#include "xml/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "<briefing xmlns=\"urn:entente\" version=\"1\">"

static const struct xml_node *parse(struct room *r, struct str bytes)
{
	return xml_parse(&r->arena, source_from(&r->arena, STR("f"), bytes), &r->diag);
}

static const char *dumped(struct room *r, const struct xml_node *n)
{
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	xml_dump(n, &b);
	return b.ptr;
}

/* trees */

static void positions_of_elements_attributes_and_texts(void **state)
{
	struct room *r = *state;
	const struct xml_node *n = parse(r, STR(
		"<?xml version=\"1.0\"?>\n"
		"<!-- h\xC3\xA9 -->\n"
		"<briefing xmlns=\"urn:entente\" version=\"1\"\n"
		"\tunit = 'a &amp; b'\n"
		"\tlang=\"de\" >\r\n"
		"  <say>M\xC3\xA4rkte <n a=\"1\"/> <n/> &amp; IT<![CDATA[ <x>]]></say >\r\n"
		"  <!-- between --><m>  \n  z</m><empty> </empty>\n"
		"</briefing>\n"));
	assert_int_equal(r->diag.errors, 0);
	assert_string_equal(dumped(r, n),
		"f:3:1 briefing version=\"1\"@3:40 unit=\"a & b\"@4:10 lang=\"de\"@5:8\n"
		"  6:3 say\n"
		"    6:8 \"M\xC3\xA4rkte \"\n"
		"    6:15 n a=\"1\"@6:21\n"
		"    6:25 \" \"\n"
		"    6:26 n\n"
		"    6:30 \" & IT <x>\"\n"
		"  7:19 m\n"
		"    7:22 \"  \\n  z\"\n"
		"  8:8 empty\n");
	const struct xml_node *say = n->first;
	assert_text((struct str){ say->pos.source->text.ptr + say->end - 7, 7 }, "</say >");
	assert_ptr_equal(say->parent, n);
	assert_text(xml_text(&r->arena, say), "M\xC3\xA4rkte   & IT <x>");
	assert_text(xml_text(&r->arena, say->next), "z");
	assert_int_equal(xml_text(&r->arena, say->next->next).len, 0);
	assert_text(xml_lang(say->first), "de");
}

static void positions_hold_in_a_large_file(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 16 << 20);
	buf_puts(&b, HEAD "\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(
			&b, "  <v p\xC3\xA9riode=\"2026-Q3\" n=\"%d\">%d &#8364; \xE2\x82\xAC</v>\r\n", i, i);
	buf_puts(&b, "</briefing>");
	const struct xml_node *n = parse(r, buf_str(&b));
	assert_non_null(n);
	int count = 0;
	for (const struct xml_node *v = n->first; v; v = v->next, count++) {
		struct src_line line = src_line(v->pos), at = src_line(xml_attr(v, "n")->value_pos);
		char expected[16];
		int len = snprintf(expected, sizeof expected, "%d", count);
		assert_int_equal(line.line, count + 2);
		assert_int_equal(line.column, 3);
		assert_int_equal(at.column, 27);
		assert_memory_equal(
			v->pos.source->text.ptr + xml_attr(v, "n")->value_pos.offset, expected, (size_t)len);
		assert_int_equal(src_line(v->first->pos).column, 27 + len + 2);
	}
	assert_int_equal(count, 20000);
}

static void white_space_that_is_meant_stays(void **state)
{
	struct room *r = *state;
	const struct xml_node *n =
		parse(r, STR(HEAD "<a><n/>&#32;<n/></a><b><![CDATA[ ]]></b><c>\n\t<n/> </c></briefing>"));
	assert_string_equal(dumped(r, n),
		"f:1:1 briefing version=\"1\"@1:40\n"
		"  1:43 a\n"
		"    1:46 n\n"
		"    1:50 \" \"\n"
		"    1:55 n\n"
		"  1:63 b\n"
		"    1:75 \" \"\n"
		"  1:83 c\n"
		"    2:2 n\n");
}

static void texts_are_resolved_and_line_ends_made_one(void **state)
{
	struct room *r = *state;
	const struct xml_node *n =
		parse(r, STR(HEAD "<a b=\"x&#10;&#38;\ty\">1\r\n2\r3&lt;&#x20AC;</a></briefing>"));
	assert_text(n->first->first->text, "1\n2\n3<\xE2\x82\xAC");
	assert_text(xml_attr(n->first, "b")->value, "x\n& y");
	assert_null(xml_attr(n->first, "c"));
}

static void places_within_text_with_references(void **state)
{
	struct room *r = *state;
	const struct xml_node *n = parse(r, STR(HEAD "<a b=\"x &lt; &#8364;y\">\r\n1</a></briefing>"));
	const struct xml_attr *b = xml_attr(n->first, "b");
	size_t y = (size_t)((const char *)memchr(b->value.ptr, 'y', b->value.len) - b->value.ptr);
	struct src_pos pos = xml_pos_within(b->value_pos, y);
	assert_int_equal(pos.source->text.ptr[pos.offset], 'y');
	pos = xml_pos_within(n->first->first->pos, 1);
	assert_int_equal(pos.source->text.ptr[pos.offset], '1');
	pos = xml_pos_within(b->value_pos, 2);
	assert_int_equal(pos.source->text.ptr[pos.offset], '&');
}

/* encodings */

static struct str utf16(struct room *r, const char *ascii, bool big, bool mark)
{
	size_t len = strlen(ascii), at = 0;
	char *bytes = arena_alloc(&r->arena, 2 * len + 2);
	if (mark)
		memcpy(bytes, big ? "\xFE\xFF" : "\xFF\xFE", 2), at = 2;
	for (size_t i = 0; i < len; i++, at += 2)
		bytes[at + big] = ascii[i];
	return (struct str){ bytes, at };
}

static void files_in_utf16(void **state)
{
	struct room *r = *state;
	for (int i = 0; i < 4; i++) {
		const struct xml_node *n = parse(r,
			utf16(r,
				"<?xml version='1.0' encoding='UTF-16'?>\r\n" HEAD "\r\n <a b='c'/></briefing>",
				i & 1, i & 2));
		assert_non_null(n);
		assert_string_equal(
			dumped(r, n), "f:2:1 briefing version=\"1\"@2:40\n  3:2 a b=\"c\"@3:8\n");
	}
	assert_null(parse(r, utf16(r, HEAD "\n<a>\n</b></briefing>", true, true)));
	assert_string_equal(said(r), "3:1 '</b>' where '</a>' is expected\n  2:1 'a' begins here\n");
}

static void files_in_declared_encodings(void **state)
{
	struct room *r = *state;
	const struct xml_node *n = parse(r,
		STR("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" HEAD
			"<a \xE9=\"\xE9\xE8\">\xFC</a></briefing>"));
	assert_string_equal(dumped(r, n),
		"f:2:1 briefing version=\"1\"@2:40\n  2:43 a \xC3\xA9=\"\xC3\xA9\xC3\xA8\"@2:49\n    2:53 "
		"\"\xC3\xBC\"\n");
	n = parse(
		r, STR("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>" HEAD "\xC3\xA9</briefing>"));
	assert_int_equal(src_line(n->pos).column, 39);
	n = parse(r, STR("<?xml version='1.0' encoding='windows-1252'?>" HEAD "\x80</briefing>"));
	assert_text(n->first->text, "\xE2\x82\xAC");
	assert_int_equal(r->diag.errors, 0);
}

static void encodings_that_are_wrong(void **state)
{
	struct room *r = *state;
	assert_null(parse(r, STR("<?xml version='1.0' encoding='klingon'?><a/>")));
	assert_null(parse(r, STR("<?xml version='1.0' encoding='UTF-16'?><a/>")));
	assert_null(parse(r, STR("<?xml version='1.0' encoding='UTF-8//IGNORE'?><a/>")));
	assert_null(parse(r, STR("<a>\n\xC3\xA9\xE9</a>")));
	assert_string_equal(said(r),
		"1:31 encoding 'klingon' is not known\n"
		"1:31 the file says it is 'UTF-16' but has one byte to a character\n"
		"1:31 encoding 'UTF-8//IGNORE' is not known\n"
		"2:2 byte 0xE9 is not valid in UTF-8, the encoding of this file\n");
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(r->diag.messages.at[i].code, DIAG_ENCODING);
}

/* wrong input */

struct bad {
	const char *input, *said;
};

/* Line 1 is the head, so that every place is on line 2 or below; multi-byte text and CRLF stand before it. */
static const struct bad syntax[] = {
	{ "<a><b>x</a>", "2:8 '</a>' where '</b>' is expected\n  2:4 'b' begins here\n" },
	{ "<a>\xC3\xA9</b >", "2:5 '</b>' where '</a>' is expected\n  2:1 'a' begins here\n" },
	{ "<a b=1/>", "2:6 the value of an attribute must stand in quotes\n" },
	{ "<a b/>", "2:4 attribute 'b' has no value; write b=\"\xE2\x80\xA6\"\n" },
	{ "<a ab b='1'/>", "2:4 attribute 'ab' has no value; write ab=\"\xE2\x80\xA6\"\n" },
	{ "<a b=\"1\"c=\"2\"/>", "2:9 white space or '>' is missing here\n" },
	{ "<a\n b=\"1\"\n c='>' b='2' d='3'/>",
		"4:8 attribute 'b' is given twice\n  3:2 first given here\n" },
	{ "<a b=\"x>\r\n<c/>",
		"3:1 '<' within the value of an attribute; write &lt;, or close the quote\n"
		"  2:7 the value begins here\n" },
	{ "<a b=\"R & D\"/>", "2:9 '&' by itself; write &amp;\n" },
	{ "\xC3\xA9\xC3\xA9 R & D", "2:6 '&' by itself; write &amp;\n" },
	{ "x < y", "2:3 '<' by itself; write &lt;\n" },
	{ "a&nbsp;&amp;b", "2:2 '&nbsp;' is not known; write the character itself\n" },
	{ "<a b='\xC3\xA9&eacute;'/>", "2:8 '&eacute;' is not known; write the character itself\n" },
	{ "AT&T there", "2:3 '&' without ';'; write &amp; for the character itself\n" },
	{ "a&#0;", "2:2 this is not the number of a character that XML allows\n" },
	{ "a&#xZ;", "2:2 this is not the number of a character; write it as &#xE9;\n" },
	{ "a&#1x;", "2:2 this is not the number of a character; write it as &#233;\n" },
	{ "\xC3\xA9\x01", "2:2 character U+0001 is not allowed in XML\n" },
	{ "<a b='\xEF\xBF\xBF'/>", "2:7 character U+FFFF is not allowed in XML\n" },
	{ "a ]]> b", "2:3 ']]>' in text; write ]]&gt;\n" },
	{ "<!-- a -- b -->", "2:8 '--' within a comment\n" },
	{ "x<!-- a", "2:2 this comment is not closed; '-->' is missing\n" },
	{ "x<![CDATA[ a", "2:2 this CDATA section is not closed; ']]>' is missing\n" },
	{ "x<?pi a", "2:2 this instruction is not closed; '?>' is missing\n" },
	{ "<?xml version=\"1.0\"?>",
		"2:1 the XML declaration may only be the very first thing in a file\n" },
	{ "<a></a x>", "2:8 '>' is missing\n  2:4 the tag begins here\n" },
	{ "<a", "2:3 '>' is missing\n  2:1 the tag begins here\n" },
	{ "<a / >", "2:4 the name of an attribute or '>' is expected here\n" },
	{ "<a b='x", "2:7 this value has no closing quote\n" },
	{ "<? a?>", "2:1 an instruction without a name; write &lt;? for the characters\n" },
	{ "<a xmlns='urn: x'/>", "2:1 the namespace in this tag is not one; write xmlns=\"urn:entente\"\n"
		"2:1 'a' is in the namespace 'urn: x', not in 'urn:entente'\n" },
	{ "<p:a/>", "2:1 prefix 'p' is not declared\n" },
};

static void syntax_errors_in_the_users_words(void **state)
{
	struct room *r = *state;
	for (size_t i = 0; i < sizeof syntax / sizeof *syntax; i++) {
		diag_init(&r->diag, &r->arena);
		bool cut = strchr("x<", syntax[i].input[0]) && !strpbrk(syntax[i].input, ">");
		parse(r,
			str_printf(&r->arena, HEAD "<!-- \xC3\xA9 -->\r\n%s%s", syntax[i].input,
				cut ? "" : "\r\n</briefing>"));
		assert_string_equal(said(r), syntax[i].said);
		assert_int_equal(r->diag.messages.at[0].code, DIAG_XML_SYNTAX);
	}
}

static const struct bad whole[] = {
	{ "<?xml verson='1.0'?><a/>",
		"1:1 the XML declaration is not well formed; write <?xml version=\"1.0\"?>\n" },
	{ "", "1:1 the file is empty\n" },
	{ " \n ", "1:1 the file is empty\n" },
	{ "unit,amount\n", "1:1 the file does not begin with an element; is it XML?\n" },
	{ HEAD "</briefing>\n<b/>", "2:1 a file has one root element; this stands behind its end\n" },
	{ HEAD "\n<a>\n<b/>\n\n", "3:5 the file ends before 'a' is closed\n  2:1 'a' begins here\n" },
	{ "<?xml version='1.0'?>\n<!DOCTYPE b [<!ENTITY x \"y\">]>\n<b>&x;</b>",
		"2:1 a DOCTYPE is not allowed; remove it\n" },
	{ "<!DOCTYPE b SYSTEM \"http://127.0.0.1/b.dtd\"><b/>",
		"1:1 a DOCTYPE is not allowed; remove it\n" },
	{ "<briefing version='1'><a><b/></a></briefing>",
		"1:1 'briefing' is in no namespace; add xmlns=\"urn:entente\"\n" },
	{ "<b xmlns='urn:other' version='1'><a/></b>",
		"1:1 'b' is in the namespace 'urn:other', not in 'urn:entente'\n" },
	{ HEAD "<a xmlns=''><b/></a><s:g xmlns:s='urn:s'><s:h/></s:g></briefing>",
		"1:43 'a' is in no namespace; add xmlns=\"urn:entente\"\n"
		"1:63 'g' is in the namespace 'urn:s', not in 'urn:entente'\n" },
	{ "<b xmlns='urn:entente'/>", "1:1 'b' does not say its version; add version=\"1\"\n" },
	{ "<b xmlns='urn:entente' version='2'/>",
		"1:33 version '2' is not known; this program reads 1\n" },
};

static void files_that_are_wrong_as_a_whole(void **state)
{
	struct room *r = *state;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		diag_init(&r->diag, &r->arena);
		parse(r, str_from(whole[i].input));
		assert_string_equal(said(r), whole[i].said);
	}
}

static void reading_goes_on_without_the_foreign_elements(void **state)
{
	struct room *r = *state;
	const struct xml_node *n =
		parse(r, STR("<b version='1'> <a>x</a> <s:g xmlns:s='urn:s'>t<b/></s:g> <c/> </b>"));
	assert_int_equal(r->diag.errors, 2);
	assert_string_equal(
		dumped(r, n), "f:1:1 b version=\"1\"@1:13\n  1:17 a\n    1:20 \"x\"\n  1:59 c\n");
}

/* limits */

static void deep_nesting_is_refused(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	buf_puts(&b, HEAD);
	for (int i = 1; i < LIMIT_XML_DEPTH; i++)
		buf_puts(&b, "\n<a>");
	struct str fits = str_copy(&r->arena, buf_str(&b));
	buf_puts(&b, "\n<a>");
	assert_null(parse(r, buf_str(&b)));
	assert_string_equal(said(r), str_printf(&r->arena, "%d:1 more than %d elements within each other\n", LIMIT_XML_DEPTH + 1,
		LIMIT_XML_DEPTH).ptr);
	diag_init(&r->diag, &r->arena);
	buf_init(&b, &r->arena, 1 << 20);
	buf_put(&b, fits);
	for (int i = 1; i < LIMIT_XML_DEPTH; i++)
		buf_puts(&b, "</a>");
	buf_puts(&b, "</briefing>");
	assert_non_null(parse(r, buf_str(&b)));
}

static void many_attributes_are_refused(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	buf_puts(&b, HEAD "\n <a");
	for (int i = 0; i <= LIMIT_XML_ATTRS; i++)
		buf_printf(&b, " a%d=''", i);
	buf_puts(&b, "/></briefing>");
	assert_null(parse(r, buf_str(&b)));
	assert_string_equal(said(r), "2:2 more than 64 attributes on one element\n");
}

static void many_elements_are_refused(void **state)
{
	struct room *r = *state;
	size_t head = sizeof HEAD - 1, len = head + (size_t)LIMIT_XML_NODES * 4;
	char *text = arena_alloc(&r->arena, len);
	memcpy(text, HEAD, head);
	for (size_t at = head; at < len; at += 4)
		memcpy(text + at, "<a/>", 4);
	assert_null(parse(r, (struct str){ text, len }));
	assert_int_equal(r->diag.messages.at[0].code, DIAG_LIMIT);
	assert_int_equal(r->diag.messages.at[0].pos.offset, len - 4);
}

/* Memory runs out at every size below what is needed: it unwinds, and nothing leaks or crashes. */
static void an_exhausted_arena_unwinds(void **state)
{
	(void)state;
	volatile int unwound = 0, done = 0;
	for (volatile size_t cap = 2048; !done && cap < 1 << 20; cap += 64) {
		struct arena a;
		struct diag d;
		jmp_buf unwind;
		arena_init(&a, cap, &unwind);
		if (setjmp(unwind) == 0) {
			diag_init(&d, &a);
			const struct source *s = source_from(
				&a, STR("f"), STR(HEAD "<a b='&amp;'>x&lt;</a><s xmlns='u'/><c></d></briefing>"));
			assert_null(xml_parse(&a, s, &d));
			assert_int_equal(d.errors, 2);
			done = 1;
		} else {
			unwound++;
		}
		arena_release(&a);
	}
	assert_true(done);
	assert_true(unwound > 10);
}

/* uses */

static void put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fputs(text, f) >= 0, 1);
	fclose(f);
}

struct project {
	char path[64];
	struct folder root;
	struct xml_loader loader;
};

static void open_project(struct room *r, struct project *p)
{
	*p = (struct project){ .path = "/tmp/entente-test-XXXXXX" };
	assert_non_null(mkdtemp(p->path));
	assert_int_equal(chdir(p->path), 0);
	assert_int_equal(mkdir("sub", 0700), 0);
	assert_true(folder_open(&r->arena, STR("."), &p->root));
	p->loader = (struct xml_loader){ .arena = &r->arena, .root = &p->root, .diag = &r->diag };
}

static void close_project(struct project *p)
{
	char command[128];
	assert_int_equal(chdir("/"), 0);
	snprintf(command, sizeof command, "rm -rf '%s'", p->path);
	assert_int_equal(system(command), 0);
}

static const struct xml_node *load(struct project *p, const char *path)
{
	return xml_load(&p->loader, str_from(path), (struct src_pos){ 0 });
}

static void uses_are_spliced_in(void **state)
{
	struct room *r = *state;
	struct project p;
	open_project(r, &p);
	put_file("a.xml",
		"<briefing xmlns='urn:entente' version='1'>\n<use href='sub/b.xml'/>\n<use href='t.csv' "
		"as='budget'/>\n"
		"<use href='c.xml'/><use href='c.xml' as='x'/><in><use "
		"href='sub/b.xml'/><z/></in></briefing>");
	put_file("sub/b.xml",
		"<briefing xmlns='urn:entente' version='1' lang='de'>\n<one/><use "
		"href='../c.xml'/><two/></briefing>");
	put_file("c.xml", "<company xmlns='urn:entente' version='1'><name>N</name></company>");
	const struct xml_node *n = load(&p, "a.xml");
	assert_string_equal(said(r), "");
	assert_string_equal(dumped(r, n),
		"a.xml:1:1 briefing version=\"1\"@1:40\n"
		"  sub/b.xml:2:1 one\n"
		"  c.xml:1:1 company version=\"1\"@1:39\n"
		"    1:42 name\n"
		"      1:48 \"N\"\n"
		"  sub/b.xml:2:29 two\n"
		"  3:1 use href=\"t.csv\"@3:12 as=\"budget\"@3:23\n"
		"  c.xml:1:1 company version=\"1\"@1:39\n"
		"    1:42 name\n"
		"      1:48 \"N\"\n"
		"  4:20 use href=\"c.xml\"@4:31 as=\"x\"@4:42\n"
		"  4:46 in\n"
		"    sub/b.xml:1:1 briefing version=\"1\"@1:40 lang=\"de\"@1:49\n"
		"      2:1 one\n"
		"      c.xml:1:1 company version=\"1\"@1:39\n"
		"        1:42 name\n"
		"          1:48 \"N\"\n"
		"      2:29 two\n"
		"    4:73 z\n");
	assert_int_equal(p.loader.sources.count, 3);
	assert_text(xml_lang(n->first), "de"); /* of the file it was written in */
	assert_ptr_equal(n->first->parent->parent, n);
	assert_text(xml_path_beside(&r->arena, n->first->pos, STR("../t.csv")), "t.csv");
	assert_text(xml_path_beside(&r->arena, n->first->pos, STR("t.csv")), "sub/t.csv");
	close_project(&p);
}

/* One briefing after the other: each with an arena of its own, which is gone before the next. */
struct turn {
	struct arena arena;
	struct diag diag;
	const struct source *source; /* of the first file it uses; lives on when it is on the shelf */
	struct str text;             /* what was said and read */
};

static struct xml_shelf *begin_turns(struct room *r, struct project *p, struct turn *t)
{
	*t = (struct turn){ .source = NULL };
	arena_init(&t->arena, 0, &r->unwind);
	open_project(r, p);
	return xml_shelf_open(&r->arena);
}

static void end_turns(struct project *p, struct turn *t)
{
	arena_release(&t->arena);
	close_project(p);
}

static void take_turn(struct room *r, struct project *p, struct xml_shelf *shelf, struct turn *t)
{
	arena_reset(&t->arena);
	diag_init(&t->diag, &t->arena);
	struct xml_loader loader = {
		.arena = &t->arena, .root = &p->root, .diag = &t->diag, .shelf = shelf
	};
	struct buf b;
	buf_init(&b, &r->arena, 1 << 16);
	if (shelf)
		xml_shelf_turn(shelf);
	const struct xml_node *n = xml_load(&loader, STR("unit.xml"), (struct src_pos){ 0 });
	diag_print(&t->diag, DIAG_PLAIN, 20, &b);
	if (n)
		xml_dump(n, &b);
	t->source = loader.sources.at[1];
	t->text = buf_str(&b);
}

static void same_with_a_shelf(
	struct room *r, struct project *p, struct xml_shelf *shelf, struct turn *t)
{
	take_turn(r, p, NULL, t);
	struct str plain = t->text;
	take_turn(r, p, shelf, t);
	assert_text(t->text, str_terminated(&r->arena, plain));
}

#define SHARED(content) "<company xmlns='urn:entente' version='1'>" content "</company>"

static void shared_files_are_kept_while_they_stay_the_same(void **state)
{
	struct room *r = *state;
	struct project p;
	struct turn t;
	struct xml_shelf *shelf = begin_turns(r, &p, &t);
	put_file("unit.xml", HEAD "<use href='shared.xml'/><in><use href='shared.xml'/></in></briefing>");
	put_file("shared.xml", SHARED("<use href='deep.xml'/><a b='1&amp;'>x&#x20;y</a>"));
	put_file("deep.xml", SHARED("<c lang='de'/>"));
	same_with_a_shelf(r, &p, shelf, &t);
	assert_ptr_equal(t.source->arena, &t.arena);
	for (int i = 0; i < 3; i++) {
		same_with_a_shelf(r, &p, shelf, &t);
		assert_ptr_equal(t.source->arena, &r->arena);
	}
	put_file("shared.xml", SHARED("<use href='deep.xml'/><a b='2&amp;'>x&#x20;y</a>"));
	same_with_a_shelf(r, &p, shelf, &t);
	assert_ptr_equal(t.source->arena, &t.arena);
	put_file("shared.xml", SHARED("<use href='deep.xml'/><a b='1&amp;'>x&#x20;y</a>"));
	same_with_a_shelf(r, &p, shelf, &t);
	assert_ptr_equal(t.source->arena, &r->arena);
	unlink("deep.xml");
	same_with_a_shelf(r, &p, shelf, &t);
	assert_int_equal(t.diag.errors, 1);
	end_turns(&p, &t);
}

static void what_is_wrong_is_said_each_time(void **state)
{
	struct room *r = *state;
	struct project p;
	struct turn t;
	struct xml_shelf *shelf = begin_turns(r, &p, &t);
	put_file("unit.xml", HEAD "<use href='shared.xml'/></briefing>");
	put_file("shared.xml", "<company xmlns='urn:entente' version='2'><a/></company>");
	for (int i = 0; i < 4; i++) {
		same_with_a_shelf(r, &p, shelf, &t);
		assert_int_equal(t.diag.errors, 1);
	}
	end_turns(&p, &t);
}

static void cycles_of_uses(void **state)
{
	struct room *r = *state;
	struct project p;
	open_project(r, &p);
	put_file("a.xml", HEAD "\n<use href='sub/b.xml'/></briefing>");
	put_file("sub/b.xml", HEAD "\n\n <use href='c.xml'/></briefing>");
	put_file("sub/c.xml", HEAD "\n\n\n  <use href='../a.xml'/></briefing>");
	put_file("self.xml", HEAD "<use href='self.xml'/></briefing>");
	assert_non_null(load(&p, "a.xml"));
	assert_non_null(load(&p, "self.xml"));
	assert_string_equal(said(r),
		"4:14 'a.xml' is used within itself\n"
		"  3:2 'sub/c.xml' is used here\n"
		"  2:1 'sub/b.xml' is used here\n"
		"1:54 'self.xml' uses itself\n");
	assert_int_equal(r->diag.messages.at[0].code, DIAG_USE_CYCLE);
	assert_text(r->diag.messages.at[0].pos.source->name, "sub/c.xml");
	close_project(&p);
}

static void uses_that_cannot_be_followed(void **state)
{
	struct room *r = *state;
	struct project p;
	open_project(r, &p);
	put_file("a.xml",
		HEAD "\n<use/>\n<use href='factz.xml'/>\n<use href='../x.xml'/>\n<use "
			 "href='facts.xml'>t<b/></use>\n<end/></briefing>");
	put_file("facts.xml", "<facts xmlns='urn:entente'>");
	const struct xml_node *n = load(&p, "a.xml");
	assert_string_equal(dumped(r, n), "a.xml:1:1 briefing version=\"1\"@1:40\n  6:1 end\n");
	assert_string_equal(said(r),
		"2:1 'use' has no attribute 'href'\n"
		"3:12 file 'factz.xml' is not there; did you mean 'facts.xml'?\n"
		"4:12 '../x.xml' leaves the folder '.'\n"
		"5:23 text is not expected in 'use'\n"
		"5:24 element 'b' is not known in 'use'\n"
		"1:28 the file ends before 'facts' is closed\n"
		"  1:1 'facts' begins here\n");
	close_project(&p);
}

static void uses_have_limits(void **state)
{
	struct room *r = *state;
	struct project p;
	open_project(r, &p);
	char name[32], text[200];
	for (int i = 0; i <= LIMIT_INCLUDE_DEPTH; i++) {
		snprintf(name, sizeof name, "%d.xml", i);
		snprintf(text, sizeof text, HEAD "<use href='%d.xml'/></briefing>", i + 1);
		put_file(name, text);
	}
	assert_non_null(load(&p, "0.xml"));
	assert_string_equal(said(r), "1:54 more than 16 files that use one another\n");
	diag_init(&r->diag, &r->arena);
	struct buf b;
	buf_init(&b, &r->arena, 1 << 16);
	buf_puts(&b, HEAD);
	for (int i = 0; i < LIMIT_INCLUDES; i++) {
		buf_printf(&b, "\n<use href='f%d.xml'/>", i);
		snprintf(name, sizeof name, "f%d.xml", i);
		put_file(name, HEAD "</briefing>");
	}
	buf_puts(&b, "</briefing>");
	put_file("many.xml", b.ptr);
	p.loader.sources.count = 0;
	assert_non_null(load(&p, "many.xml"));
	assert_string_equal(said(r), "257:12 more than 256 files in one briefing\n");
	close_project(&p);
}

/* typed reading */

enum better { HIGHER = 1, LOWER, BAND };
static const struct xml_choice betters[] = { { "higher", HIGHER }, { "lower", LOWER },
	{ "band", BAND }, { NULL, 0 } };

struct thing {
	struct str id, title;
	struct xml_ids sides;
	int32_t take;
	struct decimal low;
	mpt width;
	bool shown;
	uint8_t better;
	struct date from;
	struct period period;
	uint32_t colour;
};
#define FIELD(name, type, flags, member, choices)                            \
	{                                                                        \
		name, type, flags, (uint16_t)offsetof(struct thing, member), choices \
	}
static const struct xml_field fields[] = {
	FIELD("id", XML_ID, XML_REQUIRED, id, NULL),
	FIELD("title", XML_STR, XML_OPTIONAL, title, NULL),
	FIELD("sides", XML_IDS, XML_OPTIONAL, sides, NULL),
	FIELD("take", XML_INT, XML_OPTIONAL, take, NULL),
	FIELD("low", XML_DECIMAL, XML_OPTIONAL, low, NULL),
	FIELD("width", XML_LENGTH, XML_OPTIONAL, width, NULL),
	FIELD("shown", XML_BOOL, XML_OPTIONAL, shown, NULL),
	FIELD("better", XML_CHOICE, XML_OPTIONAL, better, betters),
	FIELD("from", XML_DATE, XML_OPTIONAL, from, NULL),
	FIELD("period", XML_PERIOD, XML_REQUIRED, period, NULL),
	FIELD("colour", XML_COLOUR, XML_OPTIONAL, colour, NULL),
	{ NULL, 0, 0, 0, NULL },
};

static void attributes_by_table(void **state)
{
	struct room *r = *state;
	const struct xml_node *n = parse(r,
		STR("<t xmlns='urn:entente' version='1' id='a-1' title=' x ' sides=' cio\ncmo ' take='-3' "
			"low='20.5'"
			" width='10.5pt' shown='yes' better=' band ' from='2026-09-30' period='2026-Q3' "
			"colour='#5B1e4A'/>"));
	struct thing t = { .take = 7 };
	assert_true(xml_read_attrs(&r->arena, n, fields, &t, &r->diag));
	assert_text(t.id, "a-1");
	assert_text(t.title, " x ");
	assert_int_equal(t.sides.count, 2);
	assert_text(t.sides.at[1], "cmo");
	assert_int_equal(t.take, -3);
	assert_int_equal(t.low.coef, 205);
	assert_int_equal(t.width, 10500);
	assert_true(t.shown);
	assert_int_equal(t.better, BAND);
	assert_int_equal(t.from.day, 30);
	assert_int_equal(t.period.kind, PERIOD_QUARTER);
	assert_int_equal(t.colour, 0x5B1E4A);
	assert_string_equal(said(r), "");
}

static void attributes_that_are_wrong(void **state)
{
	struct room *r = *state;
	const struct xml_node *n = parse(r,
		STR(HEAD "\n<t id='1a' titel='\xC3\xA9' sides='cio c/mo\n x&amp;y' take='1.5' low='1,5'\n "
				 "width='12px' shown='true' better='hihger'"
				 " from='30.9.2026'\n colour='red' version='1' xml:lang='de' xyz=''/>\n<u id='a' "
				 "period='2026' better='zebra'/></briefing>"));
	struct thing t = { .take = 7, .better = LOWER };
	assert_false(xml_read_attrs(&r->arena, n->first, fields, &t, &r->diag));
	assert_int_equal(t.take, 7);
	assert_int_equal(t.better, LOWER);
	assert_false(xml_read_attrs(&r->arena, n->first->next, fields, &t, &r->diag));
	assert_string_equal(said(r),
		"2:8 '1a' is not a name; write a letter, then letters, digits, '-', '_' or '.'\n"
		"2:12 attribute 'titel' is not known on 't'; did you mean 'title'?\n"
		"2:33 'c/mo' is not a name; write a letter, then letters, digits, '-', '_' or '.'\n"
		"3:2 'x&y' is not a name; write a letter, then letters, digits, '-', '_' or '.'\n"
		"3:17 '1.5' is not a whole number of at most four digits\n"
		"3:27 '1,5' is not a number; write digits, with a point before decimals\n"
		"4:9 '12px' is not a length; write a number from 0 on with pt, mm, cm or in, at most 200in\n"
		"4:22 'true' is neither 'yes' nor 'no'\n"
		"4:36 'hihger' is not a value of 'better'; did you mean 'higher'?\n"
		"4:50 '30.9.2026' is not a date; write it as 2026-09-30\n"
		"5:10 'red' is not a colour; write # and six hexadecimal digits\n"
		"5:15 attribute 'version' is not known on 't'\n"
		"5:27 attribute 'xml:lang' is not known on 't'; did you mean 'lang'?\n"
		"5:41 attribute 'xyz' is not known on 't'\n"
		"2:1 't' has no attribute 'period'\n"
		"6:33 'zebra' is not a value of 'better'; write 'higher', 'lower' or 'band'\n");
}

static void note_child(void *ctx, const struct xml_node *n)
{
	struct buf *b = ctx;
	buf_put(b, n->name);
	buf_putc(b, ';');
}

static void children_by_table(void **state)
{
	struct room *r = *state;
	static const struct xml_child table[] = { { "metric", note_child }, { "side", note_child },
		{ NULL, NULL } };
	const struct xml_node *n =
		parse(r, STR(HEAD "<side/>\n <metrc/> \xC3\xA9\n text<metric/><zebra/></briefing>"));
	struct buf b;
	buf_init(&b, &r->arena, 100);
	xml_read_children(n, table, &b, &r->diag);
	assert_string_equal(b.ptr, "side;metric;");
	assert_string_equal(said(r),
		"2:2 element 'metrc' is not known in 'briefing'; did you mean 'metric'?\n"
		"2:11 text is not expected in 'briefing'\n"
		"3:15 element 'zebra' is not known in 'briefing'\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(positions_of_elements_attributes_and_texts),
		TEST(positions_hold_in_a_large_file),
		TEST(white_space_that_is_meant_stays),
		TEST(texts_are_resolved_and_line_ends_made_one),
		TEST(places_within_text_with_references),
		TEST(files_in_utf16),
		TEST(files_in_declared_encodings),
		TEST(encodings_that_are_wrong),
		TEST(syntax_errors_in_the_users_words),
		TEST(files_that_are_wrong_as_a_whole),
		TEST(reading_goes_on_without_the_foreign_elements),
		TEST(deep_nesting_is_refused),
		TEST(many_attributes_are_refused),
		TEST(many_elements_are_refused),
		TEST(an_exhausted_arena_unwinds),
		TEST(uses_are_spliced_in),
		TEST(shared_files_are_kept_while_they_stay_the_same),
		TEST(what_is_wrong_is_said_each_time),
		TEST(cycles_of_uses),
		TEST(uses_that_cannot_be_followed),
		TEST(uses_have_limits),
		TEST(attributes_by_table),
		TEST(attributes_that_are_wrong),
		TEST(children_by_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
