/* xml: documents as streams of events. */
#include "base/limits.h"
#include "xml/xml_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct room {
	struct arena arena;
	jmp_buf unwind;
	struct str rest;  /* of the document, not yet read */
	size_t at_a_time; /* bytes a call hands out at most */
	bool failing;     /* at the end, instead of ending */
};

static int open_room(void **state)
{
	struct room *r = test_calloc(1, sizeof *r);
	arena_init(&r->arena, 0, &r->unwind);
	r->at_a_time = SIZE_MAX;
	*state = r;
	return 0;
}

static int close_room(void **state)
{
	struct room *r = *state;
	arena_release(&r->arena);
	test_free(r);
	return 0;
}

static ptrdiff_t read_rest(void *ctx, char *room, size_t size)
{
	struct room *r = ctx;
	size_t n = r->rest.len < size ? r->rest.len : size;
	n = n < r->at_a_time ? n : r->at_a_time;
	if (n == 0 && r->failing)
		return -1;
	memcpy(room, r->rest.ptr, n);
	r->rest = (struct str){ r->rest.ptr + n, r->rest.len - n };
	return (ptrdiff_t)n;
}

static const struct xml_space spaces[] = { { "urn:a", 1 }, { "urn:b", 2 }, { "urn:other-a", 1 }, { NULL, 0 } };

static struct xml_stream *opened(struct room *r, const char *text)
{
	r->rest = str_from(text);
	return xml_stream_open(&r->arena, spaces, read_rest, r);
}

/* "<1:a@0:x=v>", "'text", "</1:a>"; texts in a row are one. */
static const char *events(struct room *r, const char *text)
{
	struct xml_stream *s = opened(r, text);
	struct buf b;
	bool in_text = false;
	buf_init(&b, &r->arena, 1 << 22);
	for (const struct xml_event *e; (e = xml_stream_next(s)); in_text = e->kind == XML_CHARACTERS) {
		if (e->kind == XML_CHARACTERS) {
			buf_printf(&b, "%s" STR_FMT, in_text ? "" : "'", STR_ARG(e->text));
			continue;
		}
		buf_printf(&b, "<%s%u:" STR_FMT, e->kind == XML_END ? "/" : "", e->space, STR_ARG(e->name));
		for (size_t i = 0; i < e->attr_count; i++)
			buf_printf(&b, "@%u:" STR_FMT "=" STR_FMT, e->attrs[i].space, STR_ARG(e->attrs[i].name),
				STR_ARG(e->attrs[i].value));
		buf_puts(&b, ">");
	}
	if (xml_stream_problem(s))
		buf_printf(&b, " PROBLEM %s", xml_stream_problem(s));
	return buf_str(&b).len ? b.ptr : "";
}

#define DOCUMENT \
	"<?xml version=\"1.0\"?><!-- x --><a xmlns=\"urn:a\" xmlns:b='urn:b' xmlns:c='urn:c' x=\"1 &lt; &#50;\" b:y=''>" \
	"t&amp;\xC3\xA9<b:e c:z='>'/><![CDATA[<]]><c:f xmlns='urn:other-a'><g/></c:f><h xmlns=''/></a>"
#define EVENTS \
	"<1:a@0:x=1 < 2@2:y=>'t&\xC3\xA9<2:e@255:z=>><" "/2:e>'<<255:f><1:g></1:g></255:f><0:h></0:h></1:a>"

static void events_in_order(void **state)
{
	assert_string_equal(events(*state, DOCUMENT), EVENTS);
}

/* However the bytes come: also within a tag, a reference, a character. */
static void pieces_of_any_size(void **state)
{
	struct room *r = *state;
	for (r->at_a_time = 1; r->at_a_time < sizeof DOCUMENT; r->at_a_time++)
		assert_string_equal(events(r, DOCUMENT), EVENTS);
}

/* Texts and values longer than a piece, of characters that fall on its end. */
static void long_texts(void **state)
{
	struct room *r = *state;
	size_t count = 100000;
	struct buf b, expected;
	buf_init(&b, &r->arena, 1 << 22);
	buf_init(&expected, &r->arena, 1 << 22);
	buf_puts(&b, "<a>xx");
	buf_puts(&expected, "<0:a>'xx");
	for (size_t i = 0; i < count; i++) {
		buf_puts(&b, "\xE2\x82\xAC");
		buf_puts(&expected, "\xE2\x82\xAC");
	}
	buf_puts(&b, "</a>");
	buf_puts(&expected, "</0:a>");
	assert_string_equal(events(r, b.ptr), expected.ptr);
}

static void skipping(void **state)
{
	struct room *r = *state;
	struct xml_stream *s = opened(r, "<a><b><b>x</b></b><c/></a>");
	assert_true(xml_starts(xml_stream_next(s), XML_SPACE_NONE, "a"));
	assert_true(xml_starts(xml_stream_next(s), XML_SPACE_NONE, "b"));
	xml_stream_skip(s);
	const struct xml_event *e = xml_stream_next(s);
	assert_true(xml_starts(e, XML_SPACE_NONE, "c"));
	assert_false(xml_starts(e, 1, "c"));
	assert_int_equal(e->depth, 2);
	xml_stream_skip(s);
	assert_true(xml_ends(xml_stream_next(s), XML_SPACE_NONE, "a"));
	assert_null(xml_stream_next(s));
	assert_null(xml_stream_next(s));
	assert_null(xml_stream_problem(s));
}

static void problems(void **state)
{
	struct room *r = *state;
	assert_string_equal(events(r, "<a>x</b>"), "<0:a>'x PROBLEM its XML is not well formed");
	assert_string_equal(events(r, "<a>"), " PROBLEM its XML is not well formed");
	assert_string_equal(events(r, ""), " PROBLEM its XML is not well formed");
	assert_string_equal(events(r, "<a>&x;</a>"), "<0:a> PROBLEM its XML is not well formed");
	assert_string_equal(events(r, "<a>\xFF</a>"), "<0:a> PROBLEM its XML is not well formed");
	assert_string_equal(events(r, "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), " PROBLEM a DOCTYPE is not allowed");
	r->failing = true;
	assert_string_equal(events(r, "<a>"), " PROBLEM it cannot be read");
}

static void limits(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	for (int i = 0; i <= LIMIT_XML_DEPTH; i++)
		buf_puts(&b, "<a>");
	assert_non_null(strstr(events(r, b.ptr), "PROBLEM too many elements within each other"));
	b.len = 0;
	buf_puts(&b, "<a");
	for (int i = 0; i <= LIMIT_XML_ATTRS; i++)
		buf_printf(&b, " x%d=''", i);
	buf_puts(&b, "/>");
	assert_string_equal(events(r, b.ptr), " PROBLEM too many attributes on one element");
}

/* Whatever an arena allows, the stream ends well or unwinds. */
static void exhausted_arenas(void **state)
{
	struct room *r = *state;
	struct arena small;
	volatile bool done = false;
	volatile size_t unwound = 0;
	for (volatile size_t cap = 1000; !done; cap += cap / 8) {
		jmp_buf unwind;
		arena_init(&small, cap, &unwind);
		if (setjmp(unwind) == 0) {
			r->rest = str_from(DOCUMENT);
			struct xml_stream *s = xml_stream_open(&small, spaces, read_rest, r);
			while (xml_stream_next(s))
				;
			done = xml_stream_problem(s) == NULL;
			assert_true(done);
		} else {
			unwound++;
		}
		arena_release(&small);
	}
	assert_true(unwound > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(events_in_order),
		TEST(pieces_of_any_size),
		TEST(long_texts),
		TEST(skipping),
		TEST(problems),
		TEST(limits),
		TEST(exhausted_arenas),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
