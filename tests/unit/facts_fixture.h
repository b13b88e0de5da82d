/* What the facts tests share: reading a briefing from files or from text, asking queries written as
 * <n …/>, and finding diagnostics. */
#ifndef FACTS_FIXTURE_H
#define FACTS_FIXTURE_H

#include "facts/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SPACE "xmlns='urn:entente' version='1' "

struct fixture {
	struct arena arena;
	struct diag diag;
	struct folder root, library_root;
	struct xml_loader loader;
	const struct xml_node *library[2];
	const struct facts *facts;
	struct calc *calc;
};

static inline void fixture_init(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	arena_init(&f->arena, 0, NULL);
	diag_init(&f->diag, &f->arena);
	f->loader.arena = &f->arena;
	f->loader.root = &f->root;
	f->loader.diag = &f->diag;
	assert_true(folder_open(&f->arena, STR("tests/unit/facts"), &f->root));
	assert_true(folder_open(&f->arena, STR("library"), &f->library_root));
}

static inline void fixture_release(struct fixture *f)
{
	arena_release(&f->arena);
	free(f);
}

/* Everything that was reported, for assertions that fail. */
static inline const char *fixture_said(struct fixture *f)
{
	struct buf out;
	buf_init(&out, &f->arena, 1 << 16);
	diag_print(&f->diag, DIAG_PLAIN, 40, &out);
	return out.ptr;
}

static inline void fixture_library(struct fixture *f)
{
	f->library[0] = xml_load_from(
		&f->loader, &f->library_root, STR("catalogue.xml"), (struct src_pos){ 0 });
	f->library[1] = xml_load_from(
		&f->loader, &f->library_root, STR("benchmarks.xml"), (struct src_pos){ 0 });
	assert_non_null(f->library[0]);
	assert_non_null(f->library[1]);
}

static inline void fixture_read(struct fixture *f, const struct xml_node *briefing, size_t library)
{
	struct facts_options options = { 0 };
	assert_non_null(briefing);
	f->facts = facts_read(
		&f->arena, &f->loader, briefing, f->library, library, &options, &f->diag);
	f->calc = calc_open(&f->arena, f->facts);
}

static inline struct fixture *fixture_file(const char *path)
{
	struct fixture *f = malloc(sizeof *f);
	fixture_init(f);
	fixture_library(f);
	fixture_read(f, xml_load(&f->loader, str_from(path), (struct src_pos){ 0 }), 2);
	return f;
}

/* A briefing from text, without the library. */
static inline struct fixture *fixture_text(const char *text)
{
	struct fixture *f = malloc(sizeof *f);
	fixture_init(f);
	const struct xml_node *n = xml_parse(
		&f->arena, source_from(&f->arena, STR("briefing.xml"), str_from(text)), &f->diag);
	if (!n)
		fail_msg("%s", fixture_said(f));
	fixture_read(f, n, 0);
	return f;
}

struct question {
	struct query query;
};

/* attributes: of a query, as "metric='spend' period='ytd'". */
static inline struct query *fixture_query(struct fixture *f, const char *attributes)
{
	static const struct xml_field fields[] = { QUERY_FIELDS(struct question, query),
		{ NULL, 0, 0, 0, NULL } };
	struct question *q = ARENA_NEW(&f->arena, struct question);
	struct str text = str_printf(&f->arena, "<n " SPACE "%s/>", attributes);
	const struct xml_node *n =
		xml_parse(&f->arena, source_from(&f->arena, STR("query"), text), &f->diag);
	assert_non_null(n);
	query_init(&q->query, n->pos);
	if (!xml_read_attrs(&f->arena, n, fields, q, &f->diag))
		fail_msg("%s", fixture_said(f));
	return &q->query;
}

static inline struct answer fixture_ask_in(
	struct fixture *f, const char *attributes, const struct calc_context *ctx)
{
	return calc_ask(f->calc, fixture_query(f, attributes), ctx, &f->diag);
}

/* The answer as plain text: the number as printed, the text, the date, or "missing: why". */
static inline const char *fixture_answer(
	struct fixture *f, const char *attributes, const struct calc_context *ctx)
{
	struct query *q = fixture_query(f, attributes);
	struct answer a = calc_ask(f->calc, q, ctx, &f->diag);
	struct buf b;
	buf_init(&b, &f->arena, 4096);
	switch (a.kind) {
	case ANSWER_NUMBER:
		buf_decimal(&b,
			calc_printed(a.value, q->decimals < 0 ? a.value->decimals : q->decimals));
		break;
	case ANSWER_TEXT: buf_put(&b, a.text); break;
	case ANSWER_DATE: buf_date(&b, a.date); break;
	case ANSWER_PERIOD: buf_period(&b, a.period); break;
	default: buf_printf(&b, "missing: " STR_FMT, STR_ARG(a.text)); break;
	}
	return b.ptr;
}

static inline const char *fixture_shows(struct fixture *f, const char *attributes)
{
	return fixture_answer(f, attributes, NULL);
}

static inline const struct facts_record *fixture_record(
	struct fixture *f, const char *kind, const char *id)
{
	const struct facts_record *r = facts_record_lookup(f->facts, str_from(kind), str_from(id));
	if (!r)
		fail_msg("no %s '%s'", kind, id);
	return r;
}

static inline const char *fixture_shows_of(
	struct fixture *f, const char *attributes, const char *kind, const char *id)
{
	struct calc_context ctx = { .item = fixture_record(f, kind, id) };
	return fixture_answer(f, attributes, &ctx);
}

/* The message of a code, with its notes behind " | ". */
static inline const char *fixture_message(struct fixture *f, enum diag_code code)
{
	struct buf b;
	buf_init(&b, &f->arena, 1 << 14);
	for (size_t i = 0; i < f->diag.messages.count; i++) {
		const struct diag_message *m = &f->diag.messages.at[i];
		if (m->code != code)
			continue;
		struct src_line line = m->pos.source ? src_line(m->pos) : (struct src_line){ 0 };
		struct str name = m->pos.source ? m->pos.source->name : STR("nowhere");
		buf_printf(&b, "%s" STR_FMT ":%u:%u: " STR_FMT, b.len ? " | " : "", STR_ARG(name),
			line.line, line.column, STR_ARG(m->text));
	}
	return b.ptr;
}

#endif
