/* A room for tests of sheets: workbooks packed from texts, rows and messages as text. */
#ifndef TESTS_SHEET_FIXTURE_H
#define TESTS_SHEET_FIXTURE_H

#include "base/limits.h"
#include "sheet/sheet.h"
#include "sheet/sheet_pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct room {
	struct arena arena;
	struct diag diag;
	jmp_buf unwind;
	struct src_pos named; /* where the file is named, in messages */
};

static int open_room(void **state)
{
	struct room *r = test_calloc(1, sizeof *r);
	arena_init(&r->arena, 0, &r->unwind);
	diag_init(&r->diag, &r->arena);
	r->named.source = source_from(&r->arena, STR("company.xml"), STR("<table file=\"b.xlsx\"/>"));
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

static void assert_text(struct str s, const char *expected)
{
	char *text = strndup(s.len ? s.ptr : "", s.len);
	assert_string_equal(text, expected);
	free(text);
}

struct part {
	const char *name, *text;
};

/* An archive of parts; a part without a name ends the list. */
static inline struct str packed(struct room *r, const struct part *parts)
{
	struct sheet_pack pack;
	sheet_pack_init(&pack, &r->arena);
	for (; parts->name; parts++)
		sheet_pack_add(&pack, parts->name, str_from(parts->text));
	return sheet_pack_end(&pack);
}

static inline struct sheet *opened(struct room *r, const char *name, struct str bytes, const struct sheet_options *options)
{
	return sheet_open(
		&r->arena, source_from(&r->arena, str_from(name), bytes), options, r->named, &r->diag);
}

static void put_cell(struct buf *b, const struct sheet_cell *cell)
{
	static const char marks[] = "-tnd@b!"; /* by kind */
	if (cell->kind == SHEET_EMPTY) {
		buf_putc(b, '-');
		return;
	}
	buf_printf(b, "%c:" STR_FMT "%s", marks[cell->kind], STR_ARG(cell->text), cell->percent ? "%" : "");
	if (cell->currency.len)
		buf_printf(b, "(" STR_FMT ")", STR_ARG(cell->currency));
	if (cell->merged.source) {
		buf_putc(b, '^');
		buf_cell(b, cell->merged.offset);
	}
}

static inline struct str read_rows(struct room *r, struct sheet *s)
{
	struct sheet_row row;
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	while (s && sheet_next(s, &row)) {
		buf_printf(&b, "%u%s", row.number, row.hidden ? "h" : "");
		for (size_t i = 0; i < row.count; i++) {
			buf_putc(&b, '|');
			put_cell(&b, &row.cells[i]);
		}
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

/* The rows, a line each: the number, "h" when hidden, the cells between bars. What can be read can be read again, also from a tape. */
static inline struct str rows_of(struct room *r, struct sheet *s)
{
	struct str rows = read_rows(r, s);
	if (!s || !sheet_rewind(s))
		return rows;
	assert_text(read_rows(r, s), rows.ptr);
	if (sheet_source(s)->kind != SOURCE_GRID || !sheet_rewind(s))
		return rows;
	struct sheet *again = sheet_replay(&r->arena, sheet_record(&r->arena, s), &r->diag);
	sheet_close(s);
	assert_text(read_rows(r, again), rows.ptr);
	assert_true(sheet_rewind(again));
	assert_text(read_rows(r, again), rows.ptr);
	assert_false(sheet_broken(again));
	sheet_close(again);
	return rows;
}

/* The messages as they are printed, without the lines of text under them. */
static inline struct str said(struct room *r)
{
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	for (size_t i = 0; i < r->diag.messages.count; i++) {
		const struct diag_message *m = &r->diag.messages.at[i];
		buf_pos(&b, m->pos);
		buf_printf(&b, "%s " STR_FMT, m->level == DIAG_NOTE ? ": note:" : ":", STR_ARG(m->text));
		if (m->level != DIAG_NOTE)
			buf_printf(&b, " [%s]", diag_code_name(m->code));
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

#endif
