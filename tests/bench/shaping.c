/* What a text costs beside its shaping: shaping FONT HYPHENS < paragraphs, a line each.
 *
 * Prints CPU milliseconds of HarfBuzz alone (each paragraph shaped once, whole), of preparing and of breaking, ragged and justified; medians of
 * several rounds, each with an opened face and an empty cache of words. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 9, PARAGRAPHS = 20000, SIZE = 10000, WIDTH = 440000 };

struct texts {
	struct str at[PARAGRAPHS];
	size_t count, bytes;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof *values, by_size);
	return values[ROUNDS / 2];
}

static double harfbuzz(const struct texts *t, const char *path)
{
	hb_blob_t *blob = hb_blob_create_from_file(path);
	hb_face_t *face = hb_face_create(blob, 0);
	hb_font_t *font = hb_font_create(face);
	hb_buffer_t *b = hb_buffer_create();
	double start = now();
	for (size_t i = 0; i < t->count; i++) {
		hb_buffer_clear_contents(b);
		hb_buffer_add_utf8(b, t->at[i].ptr, (int)t->at[i].len, 0, (int)t->at[i].len);
		hb_buffer_guess_segment_properties(b);
		hb_shape(font, b, NULL, 0);
	}
	double spent = now() - start;
	hb_buffer_destroy(b);
	hb_font_destroy(font);
	hb_face_destroy(face);
	hb_blob_destroy(blob);
	return spent;
}

struct cost {
	double prepare[ROUNDS], set[ROUNDS];
	size_t lines;
};

static void ours(const struct texts *t, const char *path, const char *hyphens, struct text_style style, int round, struct cost *out)
{
	jmp_buf unwind;
	struct arena session, unit;
	struct diag d;
	arena_init(&session, 0, &unwind);
	arena_init(&unit, 0, &unwind);
	diag_init(&d, &unit);
	struct font_set *set = font_set_create(&session);
	text_hyphen_folder(set, hyphens);
	const struct font *face = font_open(set, path, 0, STR("face"), (struct src_pos){ 0 }, &d);
	const struct text_paragraph **p = ARENA_ARRAY(&unit, const struct text_paragraph *, t->count);
	double start = now();
	for (size_t i = 0; i < t->count; i++) {
		struct text_span span = { .text = t->at[i], .fonts = &face, .font_count = 1, .size = SIZE, .lang = STR("en-GB") };
		p[i] = text_prepare(&unit, set, &span, 1, &style, &d);
	}
	double between = now();
	out->lines = 0;
	for (size_t i = 0; i < t->count; i++)
		out->lines += text_break(&unit, p[i], WIDTH).count;
	out->prepare[round] = between - start;
	out->set[round] = now() - between;
	arena_release(&unit);
	arena_release(&session);
}

static void report(const struct texts *t, const char *path, const char *hyphens, const char *name, struct text_style style, double alone)
{
	static struct cost cost;
	for (int i = 0; i < ROUNDS; i++)
		ours(t, path, hyphens, style, i, &cost);
	double prepare = median(cost.prepare), set = median(cost.set);
	printf("%-10s %6.1f ms prepare, %6.1f ms break, %5zu lines, %.2f of shaping\n", name, prepare, set, cost.lines, (prepare + set) / alone);
}

int main(int argc, char **argv)
{
	static struct texts t;
	static char line[1 << 16];
	double alone[ROUNDS];
	if (argc < 3)
		return 2;
	while (t.count < PARAGRAPHS && fgets(line, sizeof line, stdin)) {
		char *copy = strdup(line);
		t.at[t.count] = str_trim(str_from(copy));
		t.bytes += t.at[t.count++].len;
	}
	for (int i = 0; i < ROUNDS; i++)
		alone[i] = harfbuzz(&t, argv[1]);
	double shaping = median(alone);
	printf("%zu paragraphs, %zu bytes: HarfBuzz alone %.1f ms\n", t.count, t.bytes, shaping);
	report(&t, argv[1], argv[2], "ragged", (struct text_style){ .align = TEXT_START, .flags = TEXT_HYPHENATE }, shaping);
	report(&t, argv[1], argv[2], "justified", (struct text_style){ .align = TEXT_JUSTIFY, .flags = TEXT_HYPHENATE }, shaping);
	return 0;
}
