/* What the layout tests share: a project, a shipped folder and a font list in a temporary folder, and messages as text. */
#ifndef TESTS_LAYOUT_FIXTURE_H
#define TESTS_LAYOUT_FIXTURE_H

#include "layout/layout_int.h"

#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	jmp_buf unwind;
	struct arena arena;
	struct diag diag;
	char dir[64];
	struct folder project, shipped, fonts;
	struct xml_loader loader;
	struct layout_roots roots;
};

#define HEAD "<layout xmlns='urn:entente' version='1'"
#define COLOURS "<colour role='paper' value='#FFFFFF'/><colour role='ink' value='#111111'/>"
#define FAMILY "<family role='text' font='Plain'/>"
#define TEXT "<style id='body' role='text' size='9pt' leading='12pt'/>"
#define MASTER "<master id='page' width='400pt' height='400pt' left='20pt' right='20pt' top='20pt' bottom='20pt' gutter='12pt'/>"
#define DESIGN "<tokens>" COLOURS FAMILY "</tokens>" TEXT MASTER
#define ONE "<section id='one'><title slot='t' topic='hello'/></section>"
#define LAYOUT(rest) HEAD " id='base'>" DESIGN rest "</layout>"
#define FONTS "<fonts xmlns='urn:entente' version='1'><family name='Plain' licence='OFL-1.1'>" \
	"<face cut='regular' file='plain.ttf'/></family><family name='Fancy Serif' licence='OFL-1.1'>" \
	"<face cut='regular' file='fancy.ttf'/><face cut='strong' file='fancy-bold.ttf'/></family></fonts>"

static inline void fixture_write(struct fixture *f, const char *path, const char *text)
{
	char whole[512];
	snprintf(whole, sizeof whole, "%s/%s", f->dir, path);
	FILE *file = fopen(whole, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static inline void fixture_folder(struct fixture *f, const char *name)
{
	char whole[512];
	snprintf(whole, sizeof whole, "%s/%s", f->dir, name);
	assert_int_equal(mkdir(whole, 0700), 0);
}

static inline void fixture_opened(struct fixture *f, const char *name, struct folder *out)
{
	char whole[512];
	snprintf(whole, sizeof whole, "%s/%s", f->dir, name);
	assert_true(folder_open(&f->arena, str_copy(&f->arena, str_from(whole)), out));
	out->name = str_from(name);
}

static inline struct fixture *fixture_open(void)
{
	static const char *const folders[] = { "project", "project/layouts", "shipped", "fonts", "faces" };
	struct fixture *f = calloc(1, sizeof *f);
	assert_non_null(f);
	strcpy(f->dir, "/tmp/layout-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		fixture_folder(f, folders[i]);
	arena_init(&f->arena, 0, &f->unwind);
	diag_init(&f->diag, &f->arena);
	fixture_opened(f, "project", &f->project);
	fixture_opened(f, "shipped", &f->shipped);
	fixture_opened(f, "fonts", &f->fonts);
	f->loader = (struct xml_loader){ .arena = &f->arena, .root = &f->project, .diag = &f->diag };
	f->roots = (struct layout_roots){ .project = &f->project, .shipped = &f->shipped, .fonts = &f->fonts,
		.font_folder = str_printf(&f->arena, "%s/faces", f->dir) };
	fixture_write(f, "fonts/fonts.xml", FONTS);
	fixture_write(f, "fonts/plain.ttf", "plain");
	fixture_write(f, "fonts/fancy.ttf", "fancy");
	fixture_write(f, "fonts/fancy-bold.ttf", "fancy");
	return f;
}

static inline int fixture_drop(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static inline void fixture_close(struct fixture *f)
{
	nftw(f->dir, fixture_drop, 8, FTW_DEPTH | FTW_PHYS);
	arena_release(&f->arena);
	free(f);
}

static inline const struct layout *fixture_load(struct fixture *f, const char *id)
{
	return layout_load(&f->arena, &f->loader, &f->roots, str_from(id), NULL, (struct src_pos){ 0 }, &f->diag);
}

/* Writes the text as a shipped layout of that name and loads it. */
static inline const struct layout *fixture_layout(struct fixture *f, const char *text)
{
	fixture_write(f, "shipped/base.xml", text);
	return fixture_load(f, "base");
}

/* Every message as "FILE:LINE:COLUMN: text [code]", one a line, notes as "note: text". */
static inline const char *fixture_messages(struct fixture *f)
{
	struct buf b;
	buf_init(&b, &f->arena, 1 << 20);
	buf_puts(&b, "");
	for (size_t i = 0; i < f->diag.messages.count; i++) {
		const struct diag_message *m = &f->diag.messages.at[i];
		if (m->pos.source)
			buf_printf(&b, STR_FMT ":%u:%u: ", STR_ARG(m->pos.source->name), src_line(m->pos).line, src_line(m->pos).column);
		buf_printf(&b, "%s" STR_FMT, m->level == DIAG_NOTE ? "note: " : "", STR_ARG(m->text));
		if (m->level != DIAG_NOTE)
			buf_printf(&b, " [%s]", diag_code_name(m->code));
		buf_putc(&b, '\n');
	}
	return b.ptr ? b.ptr : "";
}

#define assert_messages(f, expected) assert_string_equal(fixture_messages(f), expected)

static inline const char *fixture_dump(struct fixture *f, const struct layout *l)
{
	struct buf b;
	assert_non_null(l);
	buf_init(&b, &f->arena, 1 << 22);
	layout_dump(l, &b);
	return b.ptr;
}

/* Without the last lines, which name the layout and its chain. */
static inline const char *fixture_content(struct fixture *f, const struct layout *l)
{
	const char *dump = fixture_dump(f, l), *end = strstr(dump, "\nlayout ");
	assert_non_null(end);
	return str_printf(&f->arena, "%.*s", (int)(end - dump), dump).ptr;
}

#endif
