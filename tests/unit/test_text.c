/* Faces, subsets, shaping: what comes out of fonts. Expected values are read from the fonts' tables by hand. */
#include "text_fixture.h"

#include <harfbuzz/hb-ot.h>
#include <unistd.h>

static void test_metrics(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	/* Inter: 2816 units, ascender 2728, descender -680, capitals 2048, x 1536, underline -464 192 */
	struct font_metrics m = font_metrics(face(&x, INTER), 28160);
	assert_int_equal(m.ascent, 27280);
	assert_int_equal(m.descent, 6800);
	assert_int_equal(m.cap_height, 20480);
	assert_int_equal(m.x_height, 15360);
	assert_int_equal(m.underline_offset, -4640);
	assert_int_equal(m.underline_width, 1920);
	/* Lato: 2000 units, typographic ascender 1610, descender -390 */
	m = font_metrics(face(&x, LATO), 10000);
	assert_int_equal(m.ascent, 8050);
	assert_int_equal(m.descent, 1950);
	fixture_close(&x);
}

static void test_descriptor(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	struct font_descriptor d = font_descriptor(face(&x, INTER));
	assert_true(str_is(d.name, "Inter-Regular"));
	assert_true(d.cff && !d.cid_keyed && !d.serif && !d.italic && !d.fixed_pitch);
	assert_int_equal(d.weight, 400);
	assert_int_equal(d.ascent, 969); /* 2728000 / 2816 = 968.75 */
	assert_int_equal(d.descent, -241);
	assert_int_equal(d.bbox[0], -739); /* -2080000 / 2816 = -738.6 */
	assert_int_equal(d.bbox[3], 1091);
	d = font_descriptor(face(&x, "opentype/inter/Inter-BoldItalic.otf"));
	assert_true(d.italic);
	assert_int_equal(d.italic_angle, -9); /* its table says +9.4 */
	assert_int_equal(d.weight, 700);
	d = font_descriptor(face(&x, "truetype/noto/NotoSerif-Bold.ttf"));
	assert_true(d.serif && !d.cff);
	assert_int_equal(d.cap_height, 714);
	fixture_close(&x);
}

static void test_names(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	const struct font *f = face(&x, LATO);
	assert_true(str_is(font_name(f), "Lato-Regular"));
	assert_true(str_starts(font_version(f), "Version 2.0"));
	assert_true(font_has(f, 'A'));
	assert_false(font_has(f, 0x4E2D));
	assert_ptr_equal(f, face(&x, LATO));
	assert_ptr_not_equal(f, face(&x, INTER));
	const uint8_t *hash = font_sha256(f);
	assert_ptr_equal(hash, font_sha256(f));
	fixture_close(&x);
}

/* A copy of a face with two bytes changed, in a file of its own. */
static void patched(const char *from, const char *tag, size_t offset, uint8_t value, char path[64])
{
	char source[512];
	static unsigned char bytes[4 << 20];
	snprintf(source, sizeof source, "%s/%s", place("ENTENTE_TEST_FONTS", "/usr/share/fonts"), from);
	FILE *in = fopen(source, "rb");
	assert_non_null(in);
	size_t len = fread(bytes, 1, sizeof bytes, in);
	fclose(in);
	for (size_t i = 12; i < 12 + 16 * (size_t)bytes[5]; i += 16) {
		if (memcmp(bytes + i, tag, 4) != 0)
			continue;
		size_t at = (size_t)bytes[i + 9] << 16 | (size_t)bytes[i + 10] << 8 | bytes[i + 11];
		bytes[at + offset] = 0;
		bytes[at + offset + 1] = value;
	}
	strcpy(path, "/tmp/entente-face-XXXXXX");
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_int_equal(write(file, bytes, len), (ssize_t)len);
	close(file);
}

static void expect_refused(struct fixture *x, const char *path, const char *why)
{
	x->diag.messages.count = 0;
	assert_null(font_open(x->set, path, 0, STR("brand.ttf"), (struct src_pos){ 0 }, &x->diag));
	assert_int_equal(x->diag.messages.count, 1);
	assert_int_equal(x->diag.messages.at[0].code, DIAG_FONT_FILE);
	assert_non_null(strstr(x->diag.messages.at[0].text.ptr, why));
}

static void test_refused(void **state)
{
	(void)state;
	struct fixture x;
	char path[64];
	fixture_open(&x);
	expect_refused(&x, "/nowhere/brand.ttf", "No such file");
	patched(LATO, "OS/2", 8, 0x02, path); /* restricted licence */
	expect_refused(&x, path, "forbid embedding");
	unlink(path);
	patched(LATO, "head", 18, 0, path); /* an em of no units is tolerated by HarfBuzz: still a font */
	assert_non_null(font_open(x.set, path, 0, STR("odd.ttf"), (struct src_pos){ 0 }, &x.diag));
	unlink(path);
	strcpy(path, "/tmp/entente-face-XXXXXX");
	int file = mkstemp(path);
	assert_int_equal(write(file, "no font", 7), 7);
	close(file);
	expect_refused(&x, path, "not a TrueType or OpenType font");
	unlink(path);
	/* a refused face leaves no trace: the next one gets its number */
	assert_int_equal(face(&x, INTER)->id, 1);
	fixture_close(&x);
}

/* A face that is opened later is opened by the first look for a character; one that cannot be used has none and is told once. */
static void test_opened_later(void **state)
{
	(void)state;
	struct fixture x;
	char path[64] = "/tmp/entente-face-XXXXXX";
	fixture_open(&x);
	char inter[512];
	snprintf(inter, sizeof inter, "%s/%s", place("ENTENTE_TEST_FONTS", "/usr/share/fonts"), INTER);
	struct font *good = font_open_later(x.set, inter, 0, STR("Inter"), (struct src_pos){ 0 });
	assert_false(font_is_open(good));
	assert_true(font_has(good, 'a'));
	assert_true(font_is_open(good));
	int file = mkstemp(path);
	assert_int_equal(write(file, "no font", 7), 7);
	close(file);
	struct font *bad = font_open_later(x.set, path, 0, STR("bad.ttf"), (struct src_pos){ 0 });
	assert_false(font_has(bad, 'a'));
	assert_false(font_is_open(bad));
	font_set_report(x.set, &x.diag);
	font_set_report(x.set, &x.diag);
	assert_int_equal(x.diag.messages.count, 1);
	assert_int_equal(x.diag.messages.at[0].code, DIAG_FONT_FILE);
	unlink(path);
	fixture_close(&x);
}

static size_t gids_of(const struct font *f, const char *text, uint16_t out[32])
{
	size_t count = 0;
	for (; *text; text++) {
		hb_codepoint_t gid = 0;
		assert_true(hb_font_get_nominal_glyph(f->font, (unsigned char)*text, &gid));
		size_t at = count++;
		for (; at > 0 && out[at - 1] > gid; at--)
			out[at] = out[at - 1];
		out[at] = (uint16_t)gid;
	}
	return count;
}

static void test_subset_truetype(void **state)
{
	(void)state;
	struct fixture x;
	uint16_t gids[32];
	fixture_open(&x);
	const struct font *f = face(&x, LATO);
	size_t count = gids_of(f, "ACIMO", gids);
	struct font_subset s;
	assert_true(font_make_subset(&x.unit, f, gids, count, &s, &x.diag));
	hb_blob_t *blob = hb_blob_create(s.program.ptr, (unsigned)s.program.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *made = hb_face_create(blob, 0);
	hb_font_t *font = hb_font_create(made);
	hb_font_set_scale(font, 2000, 2000);
	assert_int_equal(hb_face_get_glyph_count(made), 6); /* .notdef and five letters */
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(s.codes[i], i + 1);
		hb_position_t advance = hb_font_get_glyph_h_advance(font, s.codes[i]);
		assert_int_equal(advance, hb_font_get_glyph_h_advance(f->font, gids[i]));
		assert_int_equal(s.widths[i], (advance + 1) / 2); /* 2000 units an em */
	}
	static const char *const gone[] = { "GSUB", "GPOS", "kern", "name", "post", "OS/2", "cmap", "fpgm" };
	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
		hb_blob_t *table = hb_face_reference_table(made, hb_tag_from_string(gone[i], 4));
		assert_int_equal(hb_blob_get_length(table), 0);
		hb_blob_destroy(table);
	}
	hb_font_destroy(font);
	hb_face_destroy(made);
	hb_blob_destroy(blob);
	fixture_close(&x);
}

static void test_subset_cff(void **state)
{
	(void)state;
	struct fixture x;
	uint16_t gids[32];
	fixture_open(&x);
	const struct font *f = face(&x, INTER);
	size_t count = gids_of(f, "entz", gids);
	struct font_subset s, again;
	assert_true(font_make_subset(&x.unit, f, gids, count, &s, &x.diag));
	assert_memory_equal(s.program.ptr, "\1\0\4", 3); /* a bare CFF, version 1.0 */
	assert_true(s.program.len > 200 && s.program.len < 5000);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(s.codes[i], i + 1);
	assert_true(font_make_subset(&x.unit, f, gids, count, &again, &x.diag));
	assert_true(str_equal(s.program, again.program));
	fixture_close(&x);
}

static void test_tabular(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span one = span_of(&x, "111.1"), eight = span_of(&x, "888.8");
	mpt narrow = text_set_line(&x.unit, x.set, &one, &x.diag).width;
	assert_int_not_equal(narrow, text_set_line(&x.unit, x.set, &eight, &x.diag).width);
	one.flags = eight.flags = TEXT_TABULAR;
	mpt wide = text_set_line(&x.unit, x.set, &one, &x.diag).width;
	assert_int_equal(wide, text_set_line(&x.unit, x.set, &eight, &x.diag).width);
	assert_true(wide > narrow);
	fixture_close(&x);
}

/* Lato's "fi" is one glyph; tracking takes ligatures apart. */
static void test_ligature(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_span span = span_of(&x, "fit");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragment_count, 1);
	assert_int_equal(line.fragments[0].glyph_count, 2);
	assert_int_equal(line.fragments[0].glyphs[0].cluster, 0);
	assert_int_equal(line.fragments[0].glyphs[1].cluster, 2);
	span.tracking = 500;
	line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragments[0].glyph_count, 3);
	fixture_close(&x);
}

static void test_tracking(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span span = span_of(&x, "HHH HH");
	mpt plain = text_set_line(&x.unit, x.set, &span, &x.diag).width;
	span.tracking = 300; /* behind six clusters, but for the last */
	assert_int_equal(text_set_line(&x.unit, x.set, &span, &x.diag).width, plain + 5 * 300);
	span.tracking = -100;
	assert_int_equal(text_set_line(&x.unit, x.set, &span, &x.diag).width, plain - 5 * 100);
	fixture_close(&x);
}

static void test_kerning(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_span both = span_of(&x, "AV"), a = span_of(&x, "A"), v = span_of(&x, "V");
	mpt apart = text_set_line(&x.unit, x.set, &a, &x.diag).width + text_set_line(&x.unit, x.set, &v, &x.diag).width;
	assert_true(text_set_line(&x.unit, x.set, &both, &x.diag).width < apart - 300);
	fixture_close(&x);
}

static void test_ignorable(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span plain = span_of(&x, "coop"), soft = span_of(&x, "co\u00ADo\u200Dp\u2060");
	struct text_line a = text_set_line(&x.unit, x.set, &plain, &x.diag);
	struct text_line b = text_set_line(&x.unit, x.set, &soft, &x.diag);
	assert_int_equal(b.fragment_count, 1);
	assert_int_equal(b.fragments[0].glyph_count, 4);
	assert_int_equal(a.width, b.width);
	assert_int_equal(b.fragments[0].text.len, soft.text.len);
	assert_int_equal(x.diag.messages.count, 0);
	fixture_close(&x);
}

static void test_fallback(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	fixture_face(&x, ARABIC);
	struct text_span span = span_of(&x, "ab\u0645\u0631cd");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragment_count, 3);
	assert_ptr_equal(line.fragments[0].font, x.faces[0]);
	assert_ptr_equal(line.fragments[1].font, x.faces[1]);
	assert_ptr_equal(line.fragments[2].font, x.faces[0]);
	assert_true(line.fragments[1].rtl);
	assert_int_equal(line.fragments[2].x, line.fragments[1].x + line.fragments[1].width);
	fixture_close(&x);
}

static void test_missing(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	fixture_face(&x, NOTO);
	struct text_span span = span_of(&x, "Budget \u4E2D\u6587\u4E2D ok");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragment_count, 3);
	assert_true(line.fragments[1].missing);
	assert_int_equal(line.fragments[1].glyph_count, 0);
	assert_int_equal(line.fragments[1].width, 3 * 6000); /* a box of 0.6 em each */
	assert_int_equal(line.fragments[1].text.len, 9);
	assert_int_equal(x.diag.messages.count, 2); /* each character once */
	assert_string_equal(x.diag.messages.at[0].text.ptr,
		"no glyph for U+4E2D in 'Lato-Regular.ttf' or its fallbacks; drawing a box");
	assert_int_equal(x.diag.messages.at[1].code, DIAG_GLYPH_MISSING);
	fixture_close(&x);
}

/* Logical order in fragments, visual order in x and glyphs. */
static void test_arabic(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, ARABIC);
	struct text_style rtl = { .align = TEXT_START, .flags = TEXT_RTL };
	struct text_lines lines = text_break(&x.unit, prepared(&x, "\u0645\u0631\u062D\u0628\u0627 \u0628\u0643", rtl),
		200000);
	assert_int_equal(lines.count, 1);
	const struct text_fragment *f = lines.lines[0].fragments;
	assert_int_equal(lines.lines[0].fragment_count, 1);
	assert_true(f->rtl);
	assert_int_equal(f->x, 200000 - f->width); /* begins at the right edge */
	assert_int_equal(f->glyphs[f->glyph_count - 1].cluster, 0); /* the first letter stands rightmost */
	for (uint32_t i = 1; i < f->glyph_count; i++)
		assert_true(f->glyphs[i].cluster <= f->glyphs[i - 1].cluster);
	fixture_close(&x);
}

/* "a GIMEL ALEF 12 b" in a line that reads from the left: a, 12, ALEF, GIMEL, b. */
static void test_bidi_numbers(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, HEBREW);
	fixture_face(&x, LATO);
	struct text_span span = span_of(&x, "a \u05D2\u05D0 12 b");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	const struct text_fragment *hebrew = NULL, *number = NULL, *last = &line.fragments[line.fragment_count - 1];
	for (uint32_t i = 0; i < line.fragment_count; i++) {
		if (line.fragments[i].rtl && line.fragments[i].text.len >= 4)
			hebrew = &line.fragments[i];
		if (str_is(str_trim(line.fragments[i].text), "12"))
			number = &line.fragments[i];
	}
	assert_non_null(hebrew);
	assert_non_null(number);
	assert_true(number->x < hebrew->x);
	assert_true(last->x > hebrew->x);
	assert_int_equal(line.width, last->x + last->width);
	fixture_close(&x);
}

/* The base direction decides where an English word and a Hebrew one stand: here the first is rightmost. */
static void test_bidi_base(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	fixture_face(&x, HEBREW);
	struct text_style style = { .flags = TEXT_RTL };
	struct text_lines lines = text_break(&x.unit, prepared(&x, "one \u05D0\u05D1 two", style), 200000);
	const struct text_line *line = &lines.lines[0];
	const struct text_fragment *first = &line->fragments[0], *last = &line->fragments[line->fragment_count - 1];
	assert_int_equal(first->x + first->width, 200000);
	assert_int_equal(last->x, 200000 - line->width);
	assert_false(first->rtl);
	assert_int_equal(first->glyphs[0].cluster, 0);
	fixture_close(&x);
}

static void test_merging(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span span = span_of(&x, "ten words of one face are one fragment, not ten");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragment_count, 1);
	assert_int_equal(line.fragments[0].glyph_count, span.text.len);
	for (uint32_t i = 0; i < line.fragments[0].glyph_count; i++)
		assert_int_equal(line.fragments[0].glyphs[i].cluster, i);
	fixture_close(&x);
}

/* A cache changes no result: cold, warm and trimmed sets agree to the last thousandth. */
static void test_cache(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span span = span_of(&x, "Marketing rates alignment above IT");
	struct text_line a = text_set_line(&x.unit, x.set, &span, &x.diag);
	size_t size = a.fragments[0].glyph_count * sizeof *a.fragments[0].glyphs;
	const void *glyphs = arena_copy(&x.unit, a.fragments[0].glyphs, size); /* the line itself goes with the trim */
	size_t words = x.set->shaped_words.used;
	assert_int_equal(words, 6); /* five words and a space */
	struct text_line b = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(x.set->shaped_words.used, words);
	assert_memory_equal(glyphs, b.fragments[0].glyphs, size);
	font_set_trim(x.set, SIZE_MAX);
	assert_int_equal(x.set->shaped_words.used, words);
	font_set_trim(x.set, 0);
	assert_int_equal(x.set->shaped_words.used, 0);
	struct text_line c = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_memory_equal(glyphs, c.fragments[0].glyphs, size);
	fixture_close(&x);
}

/* Many words: the table of the cache grows. */
static void test_cache_growth(void **state)
{
	(void)state;
	struct fixture x;
	char word[16];
	fixture_open(&x);
	fixture_face(&x, LATO);
	for (int i = 0; i < 5000; i++) {
		snprintf(word, sizeof word, "w%d", i);
		struct text_span span = span_of(&x, word);
		text_set_line(&x.unit, x.set, &span, &x.diag);
	}
	assert_int_equal(x.set->shaped_words.used, 5000);
	assert_true(x.set->shaped_words.slot_count >= 10000);
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_metrics),
		cmocka_unit_test(test_descriptor),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_opened_later),
		cmocka_unit_test(test_subset_truetype),
		cmocka_unit_test(test_subset_cff),
		cmocka_unit_test(test_tabular),
		cmocka_unit_test(test_ligature),
		cmocka_unit_test(test_tracking),
		cmocka_unit_test(test_kerning),
		cmocka_unit_test(test_ignorable),
		cmocka_unit_test(test_fallback),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_arabic),
		cmocka_unit_test(test_bidi_numbers),
		cmocka_unit_test(test_bidi_base),
		cmocka_unit_test(test_merging),
		cmocka_unit_test(test_cache),
		cmocka_unit_test(test_cache_growth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
