/* What the tests of text/ share: a session, faces of Debian's font packages, a paragraph in one call. */
#ifndef TEXT_FIXTURE_H
#define TEXT_FIXTURE_H

#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* libhyphen forgets repeated patterns while it loads a dictionary: 1 kB, once in a process, not ours to free. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libhyphen\n";
}

/* and says nothing of it */
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

struct fixture {
	jmp_buf unwind;
	struct arena session, unit;
	struct diag diag;
	struct font_set *set;
	const struct font *faces[4]; /* a list of fallbacks */
	size_t face_count;
};

static inline const char *place(const char *variable, const char *otherwise)
{
	const char *set = getenv(variable);
	return set ? set : otherwise;
}

static inline const struct font *face(struct fixture *x, const char *file)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", place("ENTENTE_TEST_FONTS", "/usr/share/fonts"), file);
	const char *name = strrchr(path, '/') + 1;
	return font_open(x->set, path, 0, str_from(name), (struct src_pos){ 0 }, &x->diag);
}

#define INTER "opentype/inter/Inter-Regular.otf"
#define LATO "truetype/lato/Lato-Regular.ttf"
#define NOTO "truetype/noto/NotoSans-Regular.ttf"
#define ARABIC "truetype/noto/NotoSansArabic-Regular.ttf"
#define HEBREW "truetype/noto/NotoSansHebrew-Regular.ttf"

static inline void fixture_open(struct fixture *x)
{
	*x = (struct fixture){ .face_count = 0 };
	arena_init(&x->session, 0, &x->unwind);
	arena_init(&x->unit, 0, &x->unwind);
	diag_init(&x->diag, &x->unit);
	x->set = font_set_create(&x->session);
	text_hyphen_folder(x->set, place("ENTENTE_TEST_HYPHEN", "/usr/share/hyphen"));
}

static inline void fixture_close(struct fixture *x)
{
	arena_release(&x->unit);
	arena_release(&x->session);
}

static inline void fixture_face(struct fixture *x, const char *file)
{
	x->faces[x->face_count] = face(x, file);
	assert_non_null(x->faces[x->face_count++]);
}

static inline struct text_span span_of(struct fixture *x, const char *text)
{
	return (struct text_span){ .kind = TEXT_CHARS, .text = str_from(text), .fonts = x->faces,
		.font_count = x->face_count, .size = 10000, .lang = STR("en-GB") };
}

static inline const struct text_paragraph *prepared(struct fixture *x, const char *text, struct text_style style)
{
	struct text_span span = span_of(x, text);
	return text_prepare(&x->unit, x->set, &span, 1, &style, &x->diag);
}

/* All fragments' texts in order, lines parted by a bar, a drawn hyphen as '='. */
static inline const char *printed(struct fixture *x, const struct text_lines *lines)
{
	struct buf b;
	buf_init(&b, &x->unit, 1 << 20);
	for (uint32_t i = 0; i < lines->count; i++) {
		const struct text_line *line = &lines->lines[i];
		for (uint32_t k = 0; k < line->fragment_count; k++) {
			buf_put(&b, line->fragments[k].text);
			if (line->fragments[k].hyphenated)
				buf_putc(&b, '=');
		}
		if (i + 1 < lines->count)
			buf_putc(&b, '|');
	}
	return b.ptr ? b.ptr : "";
}

static inline const char *broken(struct fixture *x, const char *text, struct text_style style, mpt width)
{
	struct text_lines lines = text_break(&x->unit, prepared(x, text, style), width);
	return printed(x, &lines);
}

/* A generator of its own: the same on every machine. */
static inline uint32_t dice(uint32_t *state, uint32_t sides)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(*state >> 8) * sides) >> 24);
}

/* The word with a hyphen at each place where it may be parted. */
static inline const char *hyphens(struct fixture *x, const char *lang, const char *word)
{
	struct buf b;
	buf_init(&b, &x->unit, 1000);
	const struct hyphens *h = hyphen_word(x->set, language_index(x->set, str_from(lang)), str_from(word));
	for (size_t i = 0, k = 0; word[i]; i++) {
		if (h && k < h->count && h->at[k] == i)
			buf_putc(&b, '-'), k++;
		buf_putc(&b, word[i]);
	}
	return b.ptr;
}

#endif
