/* Scripts of the world: line ends without spaces, marks and emoji that stay whole, and tests/torture/scripts.txt in the faces of its scripts. */
#include "text_fixture.h"

#include <unistd.h>

static const struct text_style ragged = { .align = TEXT_START };

static const char *in(struct fixture *x, const char *lang, const char *text, struct text_style style, mpt width)
{
	struct text_span span = span_of(x, text);
	span.lang = str_from(lang);
	struct text_lines lines = text_break(&x->unit, text_prepare(&x->unit, x->set, &span, 1, &style, &x->diag), width);
	return printed(x, &lines);
}

/* All places where a line may end: each character that no face has is 6 pt wide. */
static const char *parted(struct fixture *x, const char *lang, const char *text)
{
	struct buf b;
	struct text_span span = span_of(x, text);
	span.lang = str_from(lang);
	const struct text_paragraph *p = text_prepare(&x->unit, x->set, &span, 1, &ragged, &x->diag);
	buf_init(&b, &x->unit, 1000);
	for (size_t i = 0; i < p->text.len; i++) {
		if (p->chances[i] == CHANCE_ALLOWED)
			buf_putc(&b, '|');
		buf_putc(&b, p->text.ptr[i]);
	}
	return b.ptr;
}

/* No line begins with a point, a closing bracket, a small kana or a long mark; none ends with an opening bracket. */
static void test_east_asia(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	assert_string_equal(parted(&x, "zh", "人人（生而）自由，在“尊严”上。"), "人|人|（生|而）|自|由，|在|“尊|严”|上。");
	assert_string_equal(parted(&x, "ja", "「ちょっと、データー」です。人々"), "「ちょっ|と、|デー|ター」|で|す。|人々");
	assert_string_equal(parted(&x, "ja-JP", "ゃゅ"), "ゃゅ");
	assert_string_equal(parted(&x, "ko", "모든 인간은"), "모|든 |인|간|은");
	/* in a foreign paragraph too */
	assert_string_equal(parted(&x, "en", "the 本、 is"), "the |本、 |is");
	assert_string_equal(in(&x, "zh", "人人人，人", ragged, 18100), "人人|人，人");
	/* Korean ends its lines between words where it can */
	assert_string_equal(in(&x, "ko", "모든 인간은 태어날 때부터", ragged, 46000), "모든 인간은 |태어날 때부터");
	fixture_close(&x);
}

static void test_dictionaries(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	assert_string_equal(parted(&x, "th", "มนุษย์ทั้งหลายเกิดมามีอิสระ"), "มนุษย์|ทั้ง|หลาย|เกิด|มา|มี|อิสระ");
	assert_string_equal(parted(&x, "lo", "ມະນຸດທຸກຄົນເກີດ"), "ມະນຸດ|ທຸກຄົນ|ເກີດ");
	assert_string_equal(parted(&x, "km", "មនុស្សទាំងអស់កើតមក"), "មនុស្ស|ទាំងអស់|កើតមក");
	assert_string_equal(parted(&x, "my", "လူတိုင်းသည်"), "လူ|တိုင်း|သည်");
	fixture_close(&x);
}

/* Justified lines of a script without spaces fill their room between the words, and only so far. */
static void test_gaps(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, "truetype/noto/NotoSansThai-Regular.ttf");
	struct text_style style = { .align = TEXT_JUSTIFY };
	const char *text = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ";
	struct text_span span = span_of(&x, text);
	struct text_lines lines = text_break(&x.unit, prepared(&x, text, style), 100000);
	assert_int_equal(lines.count, 3);
	assert_int_equal(lines.lines[0].width, 100000);
	assert_int_equal(lines.lines[1].width, 100000);
	assert_true(lines.lines[2].width < 90000);
	/* "มนุษย์ทั้ง" alone would leave more than its one gap may take */
	span.text = STR("มนุษย์ทั้งเกียรติศักดิ์");
	struct text_line line =
		text_break(&x.unit, text_prepare(&x.unit, x.set, &span, 1, &style, &x.diag), 60000).lines[0];
	assert_true(line.width < 58000);
	fixture_close(&x);
}

static uint32_t line_count(struct fixture *x, const char *text, mpt width)
{
	return text_break(&x->unit, prepared(x, text, ragged), width).count;
}

/* Nothing parts a letter from its marks or an emoji from its parts, however narrow the line: as many lines as clusters. */
static void test_clusters(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, NOTO);
	assert_int_equal(line_count(&x, "e\u0301e\u0323\u0302x", 1000), 3);
	assert_int_equal(line_count(&x, "👩\u200D💻👍🏽🇩🇪🇫🇷1\uFE0F\u20E3", 1000), 5);
	fixture_close(&x);
}

/* A word that only the second face has all of is set in it whole, marks and unseen characters included; the first face keeps the rest. */
static void test_fallback(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, NOTO);
	fixture_face(&x, HEBREW);
	struct text_span span = span_of(&x, "a \u05E9\u05B8\u05C1\u00ADל\u200Fם b");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragment_count, 3);
	assert_ptr_equal(line.fragments[0].font, x.faces[0]);
	assert_ptr_equal(line.fragments[1].font, x.faces[1]);
	assert_ptr_equal(line.fragments[2].font, x.faces[0]);
	fixture_close(&x);
}

static void test_missing(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	fixture_face(&x, LATO);
	struct buf b;
	struct text_span span = span_of(&x, "中文中 \u05D0");
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	buf_init(&b, &x.unit, 10000);
	diag_print(&x.diag, DIAG_PLAIN, 100, &b);
	/* one message each, however often it comes */
	assert_non_null(strstr(b.ptr, "U+4E2D in 'Inter-Regular.otf' or its fallbacks; drawing a box"));
	assert_non_null(strstr(b.ptr, "U+6587"));
	assert_non_null(strstr(b.ptr, "U+05D0"));
	assert_null(strstr(strstr(b.ptr, "U+4E2D") + 6, "U+4E2D"));
	assert_true(line.fragments[0].missing);
	assert_int_equal(line.fragments[0].width, 18000);
	assert_true(str_is(line.fragments[0].text, "中文中"));
	fixture_close(&x);
}

/* A hyphen in a word that reads from the right stands on its left. */
static void test_hyphen_from_the_right(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, ARABIC);
	fixture_face(&x, NOTO);
	struct text_style style = { .flags = TEXT_RTL };
	struct text_span span = span_of(&x, "علي\u00ADكم عل");
	struct text_lines lines = text_break(&x.unit, text_prepare(&x.unit, x.set, &span, 1, &style, &x.diag), 22000);
	const struct text_fragment *f = &lines.lines[0].fragments[0];
	assert_true(f->hyphenated && f->rtl);
	assert_int_equal(f->glyphs[0].cluster, f->text.len);
	assert_int_equal(f->x + f->width, 22000);
	fixture_close(&x);
}

/* Base direction from the right: lines begin there, spaces grow, a fill pushes to the left, foreign words keep their order. */
static void test_from_the_right(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, ARABIC);
	fixture_face(&x, NOTO);
	struct text_style style = { .flags = TEXT_RTL, .align = TEXT_JUSTIFY, .indent = 7000, .hang = 3000 };
	struct text_span span = span_of(&x, "يولد جميع الناس أحرارًا متساوين في IT plan 2026 الكرامة والحقوق");
	struct text_lines lines = text_break(&x.unit, text_prepare(&x.unit, x.set, &span, 1, &style, &x.diag), 110000);
	assert_true(lines.count > 2);
	for (uint32_t i = 0; i < lines.count; i++) {
		const struct text_line *line = &lines.lines[i];
		mpt left = 200000, right = 0;
		for (uint32_t k = 0; k < line->fragment_count; k++) {
			const struct text_fragment *f = &line->fragments[k];
			left = f->x < left ? f->x : left;
			right = f->x + f->width > right ? f->x + f->width : right;
		}
		assert_int_equal(right, 110000 - (i ? 3000 : 7000));
		if (!line->forced)
			assert_int_equal(left, 0);
	}
	struct text_span spans[] = { span_of(&x, "الخطة"), { .kind = TEXT_FILL }, span_of(&x, "12") };
	style = (struct text_style){ .flags = TEXT_RTL };
	struct text_line line = text_break(&x.unit, text_prepare(&x.unit, x.set, spans, 3, &style, &x.diag), 90000).lines[0];
	assert_int_equal(line.fragments[0].x + line.fragments[0].width, 90000);
	assert_int_equal(line.fragments[1].x, 0);
	fixture_close(&x);
}

/* --- tests/torture/scripts.txt --- */

struct article {
	struct str lang, script, face, direction, text;
};

static bool read_article(struct str line, struct article *a)
{
	return str_split(&line, '\t', &a->lang) && str_split(&line, '\t', &a->script) && str_split(&line, '\t', &a->face) &&
	       str_split(&line, '\t', &a->direction) && str_split(&line, '\t', &a->text);
}

/* The script's face alone, Latin points and digits from the ordinary one. False when the face is not on the machine. */
static bool open_faces(struct fixture *x, struct str name)
{
	bool cjk = str_ends(name, "CJK");
	const char *file = str_printf(&x->unit, cjk ? "opentype/noto/" STR_FMT "-Regular.ttc" : "truetype/noto/" STR_FMT "-Regular.ttf",
		STR_ARG(name)).ptr;
	const char *path = str_printf(&x->unit, "%s/%s", place("ENTENTE_TEST_FONTS", "/usr/share/fonts"), file).ptr;
	if (access(path, R_OK) != 0)
		return false;
	fixture_face(x, file);
	fixture_face(x, NOTO);
	return true;
}

/* Every character once, in order; no box, no message; lines within their width, alike each time. */
static void check_article(struct fixture *x, const struct article *a, uint8_t align, mpt width)
{
	struct text_style style = { .align = align, .flags = str_is(a->direction, "rtl") ? TEXT_RTL : 0 };
	struct text_span span = span_of(x, "");
	struct buf b;
	span.text = a->text;
	span.lang = a->lang;
	const struct text_paragraph *p = text_prepare(&x->unit, x->set, &span, 1, &style, &x->diag);
	struct text_lines lines = text_break(&x->unit, p, width), again = text_break(&x->unit, p, width);
	buf_init(&b, &x->unit, 10000);
	for (uint32_t i = 0; i < lines.count; i++) {
		const struct text_line *line = &lines.lines[i];
		if (line->overfull || line->broken)
			fail_msg(STR_FMT ": line %u does not fit %d", STR_ARG(a->script), i + 1, width);
		for (uint32_t k = 0; k < line->fragment_count; k++) {
			const struct text_fragment *f = &line->fragments[k];
			buf_put(&b, f->text);
			assert_true(f->x >= 0 && f->x + f->width <= width);
			assert_false(f->missing);
			for (uint32_t n = 0; n < f->glyph_count; n++)
				assert_true(f->glyphs[n].gid != 0);
		}
	}
	assert_true(str_equal(buf_str(&b), a->text));
	assert_string_equal(printed(x, &lines), printed(x, &again));
	struct buf said;
	buf_init(&said, &x->unit, 10000);
	diag_print(&x->diag, DIAG_PLAIN, 100, &said);
	if (said.len)
		fail_msg(STR_FMT ": %s", STR_ARG(a->script), said.ptr);
}

static void test_articles(void **state)
{
	(void)state;
	static char line[8192];
	unsigned seen = 0;
	FILE *file = fopen("tests/torture/scripts.txt", "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		struct article a;
		struct fixture x;
		if (line[0] == '#')
			continue;
		assert_true(read_article(str_trim(str_from(line)), &a));
		fixture_open(&x);
		if (open_faces(&x, a.face)) {
			for (mpt width = 120000; width < 500000; width += 70000)
				for (uint8_t align = TEXT_START; align <= TEXT_JUSTIFY; align++)
					check_article(&x, &a, align, width);
			seen++;
		}
		fixture_close(&x);
	}
	fclose(file);
	assert_true(seen >= 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_east_asia),
		cmocka_unit_test(test_dictionaries),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_clusters),
		cmocka_unit_test(test_fallback),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_hyphen_from_the_right),
		cmocka_unit_test(test_from_the_right),
		cmocka_unit_test(test_articles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
