/* Shaping goldens: tests/shape/NAME.tests, a case a line as HarfBuzz writes them:
 *
 *   face file;text;[glyph name=cluster@dx,dy+advance|...]
 *
 * in font units; offsets only where there are some. Fragments stand in visual order, parted by "] [". */
#include "text_fixture.h"

static void put_glyph(struct buf *b, const struct font *f, const struct text_glyph *g)
{
	char name[64] = "";
	hb_font_glyph_to_string(f->font, g->gid, name, sizeof name);
	buf_printf(b, "%s=%u", name, g->cluster);
	if (g->dx || g->dy)
		buf_printf(b, "@%d,%d", g->dx, g->dy);
	buf_printf(b, "+%d", g->advance);
}

static const char *shaped(struct fixture *x, const struct font *f, struct str text)
{
	struct buf b;
	struct text_span span = { .text = text, .fonts = &f, .font_count = 1, .size = f->upem, .lang = STR("en") };
	struct text_line line = text_set_line(&x->unit, x->set, &span, &x->diag);
	buf_init(&b, &x->unit, 10000);
	for (uint32_t i = 0; i < line.fragment_count; i++) {
		const struct text_fragment *fragment = &line.fragments[i];
		buf_puts(&b, i ? " [" : "[");
		for (uint32_t k = 0; k < fragment->glyph_count; k++) {
			buf_puts(&b, k ? "|" : "");
			put_glyph(&b, f, &fragment->glyphs[k]);
		}
		buf_puts(&b, "]");
	}
	return b.ptr;
}

static int check_file(struct fixture *x, const char *path)
{
	char line[4096];
	int wrong = 0;
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof line, in)) {
		struct str rest = str_trim(str_from(line)), file = { 0 }, text = { 0 };
		if (!rest.len || rest.ptr[0] == '#')
			continue;
		assert_true(str_split(&rest, ';', &file) && str_split(&rest, ';', &text));
		const char *now = shaped(x, face(x, str_terminated(&x->unit, file)), str_copy(&x->unit, text));
		if (str_is(rest, now))
			continue;
		print_error("%s: " STR_FMT ";" STR_FMT ";%s\n", path, STR_ARG(file), STR_ARG(text), now);
		wrong++;
	}
	fclose(in);
	return wrong;
}

static void test_latin(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	assert_int_equal(check_file(&x, "tests/shape/latin.tests"), 0);
	fixture_close(&x);
}

static void test_scripts(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	assert_int_equal(check_file(&x, "tests/shape/scripts.tests"), 0);
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_latin),
		cmocka_unit_test(test_scripts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
