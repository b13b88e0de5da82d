/* What belongs together on a line, what stands out of it, and hyphens that somebody decided. */
#include "text_fixture.h"

/* Where a line may not end, as "=" for a space that ties and "|" for one before which UAX 14 alone would not break. */
static const char *ties(struct fixture *x, const char *lang, const char *text)
{
	static const struct text_style ragged = { .align = TEXT_START };
	static char out[512];
	struct text_span span = span_of(x, text);
	size_t len = 0;
	span.lang = str_from(lang);
	const struct text_paragraph *p = text_prepare(&x->unit, x->set, &span, 1, &ragged, &x->diag);
	for (size_t i = 0; i < p->text.len; i++) {
		bool space = p->text.ptr[i] == ' ' && i + 1 < p->text.len && p->text.ptr[i + 1] != ' ';
		uint8_t behind = p->chances[i + 1];
		out[len++] = !space || behind == CHANCE_ALLOWED ? p->text.ptr[i] : behind == CHANCE_TIED ? '=' : '_';
	}
	out[len] = 0;
	return out;
}

static void test_numbers(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, NOTO);
	static const char *const cases[][3] = {
		{ "en", "spend of € 2.4 bn and 12 % more", "spend of €=2.4=bn and 12=% more" },
		{ "en", "10 kg, 5 people, 3 FTEs.", "10=kg, 5 people, 3=FTEs." },
		{ "en", "EUR 4,200 (see No. 7)", "EUR=4,200 (see No.=7)" },
		{ "de", "rund 2,4 Mio. € mehr", "rund 2,4=Mio. € mehr" },
		{ "de", "siehe § 5 Abs. 2", "siehe §=5 Abs.=2" },
		{ "en", "M 4 is a motorway", "M 4 is a motorway" },
		{ "en", "we grew 40 m", "we grew 40=m" },
		{ "en", "see Exhibit 4 on page 6", "see Exhibit=4 on page=6" },
		{ "en", "call 40 men", "call 40 men" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(ties(&x, cases[i][0], cases[i][1]), cases[i][2]);
	fixture_close(&x);
}

static void test_dates(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, NOTO);
	static const char *const cases[][3] = {
		{ "en-GB", "on 12 March 2026 we", "on 12=March=2026 we" },
		{ "en-US", "March 12, 2026 was", "March=12,=2026 was" },
		{ "en", "in Q3 2026 and H1 FY27", "in Q3=2026 and H1=FY27" },
		{ "en", "the year 2026", "the year 2026" },
		{ "de-AT", "am 12. März 2026 und im Jänner", "am 12.=März=2026 und im Jänner" },
		{ "de", "am 3. Okt. 2026", "am 3.=Okt.=2026" },
		{ "fr", "le 1er août 2026", "le 1er=août=2026" },
		{ "es", "12 de marzo de 2026", "12=de=marzo de=2026" },
		{ "cs", "12. března 2026", "12.=března=2026" },
		{ "en", "12 people met", "12 people met" },
		{ "xx-odd", "12 March 2026", "12 March 2026" },
		{ "../en", "12 March 2026", "12 March 2026" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(ties(&x, cases[i][0], cases[i][1]), cases[i][2]);
	fixture_close(&x);
}

static void test_words(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, NOTO);
	static const char *const cases[][3] = {
		{ "cs", "V Praze a k tomu (v noci) na", "V=Praze a=k=tomu (v=noci) na" },
		{ "pl", "i w domu", "i=w=domu" },
		{ "ru", "Он не был в доме", "Он не=был в=доме" },
		{ "uk-UA", "у місті", "у=місті" },
		{ "en", "a man I know", "a man I know" },
		{ "de", "z. B. in d. h. so", "z.=B. in d.=h. so" },
		{ "fr", "un « mot » de", "un «=mot=» de" },
		{ "de", "ein » Wort", "ein » Wort" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(ties(&x, cases[i][0], cases[i][1]), cases[i][2]);
	fixture_close(&x);
}

/* Where UAX 14 keeps together what no reader would. */
static void test_names(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, NOTO);
	assert_string_equal(ties(&x, "en", "see /etc and .NET and / or"), "see /etc and .NET and_/ or");
	assert_string_equal(ties(&x, "de", "die „Liste“ (alle) „ (x)"), "die „Liste“ (alle) „_(x)");
	fixture_close(&x);
}

/* A tie gives way before a line gets too wide. */
static void test_ties_yield(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	static const struct text_style ragged = { .align = TEXT_START };
	assert_string_equal(broken(&x, "in Q3 2026", ragged, 45000), "in |Q3 2026");
	const struct text_paragraph *p = prepared(&x, "in Q3 2026", ragged);
	struct text_lines lines = text_break(&x.unit, p, 30000);
	assert_string_equal(printed(&x, &lines), "in Q3 |2026");
	assert_false(lines.lines[0].broken); /* nothing a person should look at */
	assert_true(text_least_width(p) < 30000);
	assert_string_equal(broken(&x, "for 2024–26", ragged, 45000), "for |2024–26");
	assert_string_equal(broken(&x, "for 2024–26", ragged, 40000), "for |2024–|26");
	fixture_close(&x);
}

/* --- hyphens --- */

static void test_exceptions(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	const struct str all[] = { STR("Northwind"), STR("Straße-n\u00ADbau"), STR("a-b") }, german[] = { STR("Hyphen-ation") };
	assert_string_equal(hyphens(&x, "en-US", "hyphenation"), "hy-phen-ation");
	text_hyphen_exceptions(x.set, STR(""), all, 3);
	text_hyphen_exceptions(x.set, STR("de"), german, 1);
	assert_string_equal(hyphens(&x, "en-US", "NORTHWIND"), "NORTHWIND");
	assert_string_equal(hyphens(&x, "xx", "straßenbau"), "straße-n-bau");
	assert_string_equal(hyphens(&x, "xx", "STRASSENBAU"), "STRASSENBAU");
	assert_string_equal(hyphens(&x, "en-US", "ab"), "a-b");
	assert_string_equal(hyphens(&x, "en-US", "hyphenation"), "hy-phen-ation");
	assert_string_equal(hyphens(&x, "de-AT", "hyphenation"), "hyphen-ation");
	assert_true(hyphen_ready(x.set, language_index(x.set, STR("xx"))));
	text_hyphen_forget(x.set);
	assert_false(hyphen_ready(x.set, language_index(x.set, STR("xx"))));
	assert_string_equal(hyphens(&x, "en-US", "northwind"), "north-wind");
	fixture_close(&x);
}

static void test_addresses(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_style style = { .align = TEXT_JUSTIFY, .flags = TEXT_HYPHENATE };
	/* no hyphen of ours in what is read letter by letter, but a break behind a point or a stroke */
	assert_string_equal(broken(&x, "see information_management.example", style, 102000), "see information_|management.example");
	assert_string_equal(broken(&x, "see /information/management/example", style, 102000), "see /information/|management/example");
	/* a colon or a figure elsewhere makes no address of a word */
	assert_string_equal(broken(&x, "a misunderstanding:", style, 60000), "a misunder=|standing:");
	assert_string_equal(broken(&x, "X2-misunderstanding", style, 62000), "X2-misun=|derstanding");
	fixture_close(&x);
}

/* --- edges --- */

static void test_hanging(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_style style = { .align = TEXT_JUSTIFY, .hang_punctuation = 1000 };
	struct text_span point = span_of(&x, "."), quote = span_of(&x, "“");
	mpt dot = text_set_line(&x.unit, x.set, &point, &x.diag).width;
	mpt mark = text_set_line(&x.unit, x.set, &quote, &x.diag).width;
	const char *text = "“We decide. Then we act. “No” is an answer too, and we give it.";
	struct text_lines lines = text_break(&x.unit, prepared(&x, text, style), 60000);
	assert_string_equal(printed(&x, &lines), "“We decide. |Then we act. |“No” is an |answer too, |and we give |it.");
	/* seven tenths of a point stand out behind, four of a quotation mark before */
	assert_int_equal(lines.lines[0].hang_right, dot * 7 / 10);
	assert_int_equal(lines.lines[0].hang_left, mark * 4 / 10);
	assert_int_equal(lines.lines[2].fragments[0].x, -(mark * 4 / 10));
	const struct text_fragment *f = &lines.lines[1].fragments[0];
	assert_int_equal(f->x + f->width, 60000 + dot * 7 / 10);
	/* half of it when the style says half; ragged lines hang where they begin */
	style.hang_punctuation = 500;
	style.align = TEXT_START;
	lines = text_break(&x.unit, prepared(&x, text, style), 60000);
	assert_int_equal(lines.lines[0].hang_right, 0);
	assert_int_equal(lines.lines[0].hang_left, mark * 4 * 500 / 10000);
	fixture_close(&x);
}

static void test_hanging_hyphen(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_style style = { .align = TEXT_JUSTIFY, .hang_punctuation = 1000 };
	struct text_line line = text_break(&x.unit, prepared(&x, "of\u00ADfice", style), 20000).lines[0];
	assert_true(line.fragments[0].hyphenated);
	assert_int_equal(line.hang_right, line.fragments[0].glyphs[2].advance / 2);
	fixture_close(&x);
}

static void test_bounds(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_style style = { .align = TEXT_JUSTIFY };
	const char *text = "aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa";
	struct text_span span = span_of(&x, "aaaa aaaa");
	mpt two = text_set_line(&x.unit, x.set, &span, &x.diag).width;
	/* a line of two words is spread as far as its style lets it */
	struct text_line line = text_break(&x.unit, prepared(&x, text, style), two + 8000).lines[0];
	assert_int_equal(line.width, two + 8000);
	style.stretch_most = 1000;
	line = text_break(&x.unit, prepared(&x, text, style), two + 8000).lines[0];
	assert_int_equal(line.width, two);
	/* letters take what their style lets them of what spaces do not readily give: 8 pt less half a space, 7 gaps of a twentieth of the type */
	style = (struct text_style){ .align = TEXT_JUSTIFY, .letter_most = 50 };
	mpt size = span.size, letter = text_break(&x.unit, prepared(&x, "aaaa", style), two).lines[0].fragments[0].glyphs[0].advance;
	line = text_break(&x.unit, prepared(&x, text, style), two + 8000).lines[0];
	assert_int_equal(line.width, two + 8000);
	assert_int_equal(line.fragments[0].glyphs[0].advance, letter + size / 20);
	assert_int_equal(line.fragments[0].glyphs[8].advance, letter);
	style.letter_most = 0;
	line = text_break(&x.unit, prepared(&x, text, style), two + 8000).lines[0];
	assert_int_equal(line.fragments[0].glyphs[0].advance, letter);
	/* and shrunk: a third of a space unless the style forbids it */
	style = (struct text_style){ .align = TEXT_JUSTIFY, .shrink = 1 };
	assert_int_equal(text_break(&x.unit, prepared(&x, text, (struct text_style){ .align = TEXT_JUSTIFY }), two - 500).lines[0].width,
		two - 500);
	assert_true(text_break(&x.unit, prepared(&x, text, style), two - 500).lines[0].width < two - 20000);
	fixture_close(&x);
}

static void test_last_line(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	/* full lines with "it." over, or a word taken along */
	const char *text = "The board has seen the plans and will be voting on it.";
	struct text_style style = { .align = TEXT_START, .flags = TEXT_LAST_FREE };
	assert_string_equal(broken(&x, text, style, 122000), "The board has seen the |plans and will be voting on |it.");
	style.flags = 0;
	assert_string_equal(broken(&x, text, style, 122000), "The board has seen the |plans and will be voting |on it.");
	/* a word that fills a twentieth is enough when the style says so */
	style.last_least = 50;
	assert_string_equal(broken(&x, text, style, 122000), "The board has seen the |plans and will be voting on |it.");
	fixture_close(&x);
}

/* --- small capitals --- */

static uint16_t glyph_of(struct fixture *x, const char *letter)
{
	struct text_span span = span_of(x, letter);
	return text_set_line(&x->unit, x->set, &span, &x->diag).fragments[0].glyphs[0].gid;
}

/* A face without them shows capitals of four fifths the size; the text stays as it is written. */
static void test_small_caps(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span span = span_of(&x, "Übersicht u\u0308b 26");
	span.flags = TEXT_SMALL_CAPS;
	struct text_line line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_true(str_is(line.fragments[0].text, "Ü"));
	assert_int_equal(line.fragments[0].size, 10000);
	assert_true(str_is(line.fragments[1].text, "bersicht"));
	assert_int_equal(line.fragments[1].size, 8000);
	assert_int_equal(line.fragments[1].glyphs[0].gid, glyph_of(&x, "B"));
	assert_int_equal(line.fragments[1].glyphs[7].cluster, 7);
	assert_true(str_is(line.fragments[3].text, "u\u0308b"));
	assert_int_equal(line.fragments[4].size, 10000);
	/* one that has them is asked for them */
	x.face_count = 0;
	fixture_face(&x, NOTO);
	span = span_of(&x, "Ab");
	span.flags = TEXT_SMALL_CAPS;
	line = text_set_line(&x.unit, x.set, &span, &x.diag);
	assert_int_equal(line.fragment_count, 1);
	assert_int_not_equal(line.fragments[0].glyphs[1].gid, glyph_of(&x, "B"));
	assert_int_not_equal(line.fragments[0].glyphs[1].gid, glyph_of(&x, "b"));
	fixture_close(&x);
}

/* A word that goes on in another span is not hyphenated by its parts. */
static void test_parts_of_words(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_style style = { .align = TEXT_JUSTIFY, .flags = TEXT_HYPHENATE };
	struct text_span spans[] = { span_of(&x, "their mis"), span_of(&x, "understanding it") };
	spans[1].tracking = 10;
	struct text_lines lines = text_break(&x.unit, text_prepare(&x.unit, x.set, spans, 2, &style, &x.diag), 80000);
	for (uint32_t i = 0; i < lines.count; i++)
		for (uint32_t k = 0; k < lines.lines[i].fragment_count; k++)
			assert_false(lines.lines[i].fragments[k].hyphenated);
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_ties_yield),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_hanging),
		cmocka_unit_test(test_hanging_hyphen),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_last_line),
		cmocka_unit_test(test_small_caps),
		cmocka_unit_test(test_parts_of_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
