/* What the tests of base and xml share: an arena with diagnostics, and ways to look at both. */
#ifndef BASE_FIXTURE_H
#define BASE_FIXTURE_H

#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct room {
	struct arena arena;
	struct diag diag;
	jmp_buf unwind;
	int calls; /* what a test counts */
};

static inline int open_room(void **state)
{
	struct room *r = test_calloc(1, sizeof *r);
	arena_init(&r->arena, 0, &r->unwind);
	diag_init(&r->diag, &r->arena);
	*state = r;
	return 0;
}

static inline int close_room(void **state)
{
	struct room *r = *state;
	arena_release(&r->arena);
	test_free(r);
	return 0;
}

static inline void assert_text(struct str s, const char *expected)
{
	char *text = strndup(s.len ? s.ptr : "", s.len);
	assert_string_equal(text, expected);
	free(text);
}

/* The diagnostics as "line:column text", one a line, notes indented. */
static inline const char *said(struct room *r)
{
	struct buf b;
	buf_init(&b, &r->arena, 1 << 20);
	for (size_t i = 0; i < r->diag.messages.count; i++) {
		const struct diag_message *m = &r->diag.messages.at[i];
		struct src_line line = src_line(m->pos);
		buf_printf(&b, "%s%u:%u " STR_FMT "\n", m->level == DIAG_NOTE ? "  " : "", line.line,
			line.column, STR_ARG(m->text));
	}
	return b.ptr;
}

#endif
