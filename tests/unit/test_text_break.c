/* Where lines end: chances against ICU, hyphens, the total fit against brute force, and what holds for any paragraph. */
#include "text_fixture.h"

#include <unicode/uchar.h>

static const struct text_style ragged = { .align = TEXT_START };


/* --- chances --- */

/* Classes of UAX 14 in the order of the table in text_chances.c. */
static const int classes[] = { 0, U_LB_ALPHABETIC, U_LB_NUMERIC, U_LB_OPEN_PUNCTUATION, U_LB_CLOSE_PUNCTUATION,
	U_LB_CLOSE_PARENTHESIS, U_LB_QUOTATION, U_LB_EXCLAMATION, U_LB_INFIX_NUMERIC, U_LB_BREAK_SYMBOLS, U_LB_HYPHEN,
	U_LB_BREAK_AFTER, U_LB_PREFIX_NUMERIC, U_LB_POSTFIX_NUMERIC, U_LB_GLUE, U_LB_BREAK_BOTH, U_LB_INSEPARABLE,
	U_LB_SPACE, U_LB_LINE_FEED };

static void test_classes(void **state)
{
	(void)state;
	int known = 0;
	for (uint32_t c = 1; c < 0x3000; c++) {
		int class = chances_class(c);
		if (class == 0)
			continue;
		int icu = u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK);
		if (icu == U_LB_AMBIGUOUS)
			icu = U_LB_ALPHABETIC;
		if (classes[class] != icu)
			fail_msg("U+%04X: %d, ICU says %d", c, classes[class], icu);
		known++;
	}
	assert_true(known > 300);
}

/* Any text of plain characters: what the table decides is what ICU decides. */
static void test_chances_random(void **state)
{
	(void)state;
	static const char *const bits[] = { "a", "Word", "é", "7", "12", "(", ")", "]", "{", "}", "\"", "'", "“", "’",
		"»", "«", "!", "?", ",", ".", ":", ";", "/", "-", "–", "—", "…", "$", "€", "%", "‰", "°", "+", "−", "&",
		"#", "=", "|", "\\", " ", " ", " ", " ", "  ", "\u00A0", "\u202F", "¿", "•", "„", "@", "‐" };
	struct fixture x;
	fixture_open(&x);
	uint16_t lang = language_index(x.set, STR("en"));
	uint32_t seed = 7, differ = 0;
	for (int i = 0; i < 30000; i++) {
		char text[128] = "";
		for (uint32_t k = 0, n = 2 + dice(&seed, 9); k < n; k++)
			strcat(text, bits[dice(&seed, sizeof bits / sizeof *bits)]);
		uint8_t ours[160] = { 0 }, icu[160] = { 0 };
		chances_find(x.set, lang, str_from(text), true, ours);
		chances_find(x.set, lang, str_from(text), false, icu);
		if (memcmp(ours, icu, strlen(text) + 1) == 0)
			continue;
		differ++;
		for (size_t at = 0; differ < 20 && at <= strlen(text); at++)
			if (ours[at] != icu[at])
				print_message("'%.*s' %s '%s'\n", (int)at, text, ours[at] ? "+" : "-", text + at);
	}
	assert_int_equal(differ, 0);
	fixture_close(&x);
}

static void test_no_break(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	assert_string_equal(broken(&x, "spend 2.4 m", ragged, 36000), "spend |2.4 m");
	assert_string_equal(broken(&x, "spend 2.4\u00A0m", ragged, 45000), "spend |2.4\u00A0m");
	assert_string_equal(broken(&x, "aa bb\u2060cc", ragged, 25000), "aa |bb\u2060cc");
	struct text_span spans[] = { span_of(&x, "plan "), span_of(&x, "Q3 2026"), span_of(&x, " on") };
	spans[1].flags = TEXT_NO_BREAK;
	const struct text_paragraph *p = text_prepare(&x.unit, x.set, spans, 3, &ragged, &x.diag);
	struct text_lines lines = text_break(&x.unit, p, 44000);
	assert_string_equal(printed(&x, &lines), "plan |Q3 2026 |on");
	/* narrower than the span: better broken inside than overfull */
	lines = text_break(&x.unit, p, 30000);
	assert_string_equal(printed(&x, &lines), "plan |Q3 |2026 |on");
	assert_true(lines.lines[1].broken && !lines.lines[1].overfull);
	fixture_close(&x);
}

static void test_ends(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	assert_string_equal(broken(&x, "", ragged, 10000), "");
	assert_int_equal(text_break(&x.unit, prepared(&x, "", ragged), 1000).count, 0);
	assert_string_equal(broken(&x, "   ", ragged, 10000), "   ");
	assert_string_equal(broken(&x, " a ", ragged, 10000), " a ");
	struct text_line line = text_break(&x.unit, prepared(&x, " a ", ragged), 90000).lines[0];
	assert_int_equal(line.width, text_break(&x.unit, prepared(&x, "a", ragged), 90000).lines[0].width);
	assert_int_equal(line.fragments[0].glyph_count, 1);
	assert_int_equal(line.fragments[0].glyphs[0].cluster, 1);
	assert_string_equal(broken(&x, "a\u2028b", ragged, 90000), "a\u2028|b");
	fixture_close(&x);
}

static void test_forced(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span spans[] = { span_of(&x, "one "), span_of(&x, ""), span_of(&x, ""), span_of(&x, "two") };
	spans[1].kind = spans[2].kind = TEXT_BREAK;
	struct text_lines lines =
		text_break(&x.unit, text_prepare(&x.unit, x.set, spans, 4, &ragged, &x.diag), 100000);
	assert_string_equal(printed(&x, &lines), "one ||two");
	assert_true(lines.lines[0].forced);
	assert_int_equal(lines.lines[1].ascent, lines.lines[0].ascent);
	/* a break at the end opens no line */
	lines = text_break(&x.unit, text_prepare(&x.unit, x.set, spans, 2, &ragged, &x.diag), 100000);
	assert_int_equal(lines.count, 1);
	fixture_close(&x);
}

static void test_fill(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span spans[] = { span_of(&x, "The\u00A0money"), { .kind = TEXT_FILL }, span_of(&x, "4") };
	const struct text_paragraph *p = text_prepare(&x.unit, x.set, spans, 3, &ragged, &x.diag);
	struct text_lines lines = text_break(&x.unit, p, 100000);
	assert_int_equal(lines.count, 1);
	assert_int_equal(lines.lines[0].width, 100000);
	const struct text_fragment *number = &lines.lines[0].fragments[1];
	assert_int_equal(number->x + number->width, 100000);
	/* no room for the number: it goes down, and to the edge there */
	lines = text_break(&x.unit, p, 56000);
	assert_int_equal(lines.count, 2);
	number = &lines.lines[1].fragments[0];
	assert_int_equal(number->x + number->width, 56000);
	fixture_close(&x);
}

static void test_box(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span spans[] = { { .kind = TEXT_BOX, .width = 7000, .height = 20000, .text = STR("on track") },
		span_of(&x, " Platform") };
	struct text_lines lines =
		text_break(&x.unit, text_prepare(&x.unit, x.set, spans, 2, &ragged, &x.diag), 100000);
	const struct text_fragment *f = lines.lines[0].fragments;
	assert_null(f[0].font);
	assert_int_equal(f[0].width, 7000);
	assert_true(str_is(f[0].text, "on track"));
	assert_int_equal(f[1].x, 7000);
	assert_int_equal(lines.lines[0].ascent, 20000);
	fixture_close(&x);
}

/* --- words wider than the line, hyphens --- */

static void test_huge_word(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	char word[103];
	memset(word, 'x', sizeof word);
	word[sizeof word - 1] = 0;
	struct text_lines lines = text_break(&x.unit, prepared(&x, word, ragged), 60000);
	assert_true(lines.count >= 8 && lines.count <= 10);
	for (uint32_t i = 0; i < lines.count; i++) {
		assert_true(lines.lines[i].width <= 60000);
		assert_false(lines.lines[i].overfull);
		assert_int_equal(lines.lines[i].broken, i + 1 < lines.count);
	}
	/* narrower than a letter: one letter a line, and it says so */
	lines = text_break(&x.unit, prepared(&x, "WW", ragged), 3000);
	assert_int_equal(lines.count, 2);
	assert_true(lines.lines[0].overfull && lines.lines[1].overfull);
	fixture_close(&x);
}

static void test_ligature_cut(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	/* soft hyphen between f and i: whole it is a ligature, broken it is not */
	struct text_lines whole = text_break(&x.unit, prepared(&x, "of\u00ADfice", ragged), 90000);
	assert_int_equal(whole.count, 1);
	struct text_lines cut = text_break(&x.unit, prepared(&x, "of\u00ADfice", ragged), 20000);
	assert_string_equal(printed(&x, &cut), "of\u00AD=|fice");
	assert_int_equal(cut.lines[0].fragments[0].glyph_count, 3);
	struct text_span alone = span_of(&x, "fice");
	assert_int_equal(cut.lines[1].width, text_set_line(&x.unit, x.set, &alone, &x.diag).width);
	fixture_close(&x);
}

static void test_hyphens(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	assert_string_equal(hyphens(&x, "en-US", "hyphenation"), "hy-phen-ation");
	assert_string_equal(hyphens(&x, "en-US", "Management"), "Man-age-ment");
	assert_string_equal(hyphens(&x, "de", "Lebensversicherung"), "Le-bens-ver-si-che-rung");
	assert_string_equal(hyphens(&x, "de-DE", "Übergröße"), "Über-größe");
	assert_string_equal(hyphens(&x, "de-CH-1996", "Verantwortung"), "Ver-ant-wor-tung");
	assert_string_equal(hyphens(&x, "en-US", "short"), "short");
	assert_string_equal(hyphens(&x, "xx", "hyphenation"), "hyphenation");
	assert_string_equal(hyphens(&x, "../en_US", "hyphenation"), "hyphenation");
	assert_string_equal(hyphens(&x, "", "hyphenation"), "hyphenation");
	fixture_close(&x);
}

static void test_hyphens_in_lines(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_style style = { .align = TEXT_START };
	/* too wide for the line: hyphenated whatever the style says, but not where the span says no */
	assert_string_equal(broken(&x, "a misunderstanding", style, 60000), "a misunder=|standing");
	struct text_span span = span_of(&x, "misunderstanding");
	span.flags = TEXT_NO_HYPHEN;
	struct text_lines lines = text_break(&x.unit, text_prepare(&x.unit, x.set, &span, 1, &style, &x.diag), 60000);
	for (uint32_t i = 0; i < lines.count; i++)
		assert_false(lines.lines[i].fragments[0].hyphenated);
	/* names stay whole in ragged text while they fit */
	style.flags = TEXT_HYPHENATE;
	assert_string_equal(broken(&x, "the new Understanding", style, 72000), "the new |Understanding");
	assert_string_equal(broken(&x, "me@understanding.example", style, 999000), "me@understanding.example");
	fixture_close(&x);
}

/* --- alignment and justification --- */

static void test_align(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	static const struct {
		uint8_t align, flags;
		int num; /* of what is left, in halves, before the text */
	} cases[] = { { TEXT_START, 0, 0 }, { TEXT_CENTRE, 0, 1 }, { TEXT_END, 0, 2 }, { TEXT_START, TEXT_RTL, 2 },
		{ TEXT_END, TEXT_RTL, 0 }, { TEXT_JUSTIFY, 0, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text_style style = { .align = cases[i].align, .flags = cases[i].flags, .indent = 5000 };
		struct text_line line = text_break(&x.unit, prepared(&x, "one", style), 105000).lines[0];
		mpt left = 100000 - line.width, start = style.flags & TEXT_RTL ? 0 : 5000;
		assert_int_equal(line.fragments[0].x, start + left * cases[i].num / 2);
	}
	fixture_close(&x);
}

static void test_justify(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_style style = { .align = TEXT_JUSTIFY, .hang = 4321 };
	const char *text = "Both offices want one plan for data, one owner for each system and one date for every decision.";
	struct text_lines lines = text_break(&x.unit, prepared(&x, text, style), 150000);
	assert_true(lines.count > 3);
	for (uint32_t i = 0; i + 1 < lines.count; i++) {
		const struct text_fragment *f = &lines.lines[i].fragments[lines.lines[i].fragment_count - 1];
		assert_int_equal(f->x + f->width, 150000);
		assert_int_equal(lines.lines[i].fragments[0].x, i ? 4321 : 0);
	}
	assert_true(lines.lines[lines.count - 1].width < 150000 - 4321);
	assert_int_equal(lines.width, 150000);
	fixture_close(&x);
}

static void test_widths(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_span longest = span_of(&x, "longest"), all = span_of(&x, "a longest word");
	const struct text_paragraph *p = prepared(&x, "a longest word", ragged);
	assert_int_equal(text_least_width(p), text_set_line(&x.unit, x.set, &longest, &x.diag).width);
	assert_int_equal(text_natural_width(p), text_set_line(&x.unit, x.set, &all, &x.diag).width);
	assert_int_equal(text_break(&x.unit, p, text_natural_width(p)).count, 1);
	assert_int_equal(text_break(&x.unit, p, text_natural_width(p) - 1).count, 2);
	struct text_lines lines = text_break(&x.unit, p, text_least_width(p));
	assert_string_equal(printed(&x, &lines), "a |longest |word");
	fixture_close(&x);
}

static void test_over(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, INTER);
	struct text_style style = { .max_lines = 2 };
	struct text_lines lines = text_break(&x.unit, prepared(&x, "one two three", style), 30000);
	assert_int_equal(lines.count, 3);
	assert_true(lines.over);
	assert_false(text_break(&x.unit, prepared(&x, "one two", style), 30000).over);
	fixture_close(&x);
}

/* A greedy title leaves one word over; a balanced one shares them out in as many lines. */
static void test_balance(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	struct text_style style = { .flags = TEXT_BALANCE };
	const char *title = "Marketing and IT agree on the plan but not on the pace";
	assert_string_equal(broken(&x, title, style, 220000),
		"Marketing and IT agree on |the plan but not on the pace");
	fixture_close(&x);
}

/* "it." alone under the others is avoided where the lines above can give. */
static void test_last_line(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	const char *text = "The money moves when both offices sign and when the board has seen it.";
	const struct text_paragraph *p = prepared(&x, text, ragged);
	for (mpt width = 90000; width < 300000; width += 500) {
		struct text_lines lines = text_break(&x.unit, p, width);
		const struct text_fragment *f = lines.lines[lines.count - 1].fragments;
		assert_string_not_equal(str_terminated(&x.unit, f->text), "it.");
	}
	fixture_close(&x);
}

/* --- the total fit --- */

/* 100 (t/s)^3 with TeX's rounding, for a line worked out by hand. */
static void test_weights(void **state)
{
	(void)state;
	struct text_paragraph p = { .style = { .align = TEXT_JUSTIFY } };
	struct brk breaks[] = { { 0 }, { .before = 95000, .glue_before = 20000, .penalty = 50 },
		{ .before = 103000, .glue_before = 24000, .forced = true } };
	struct fit f = { .p = &p, .breaks = breaks, .count = 3, .width = 100000, .tolerance = -1 };
	struct fit_line line;
	/* 5 pt to fill, 10 pt of stretch: 100 / 8 = 12.5, by TeX's integers 12; (10 + 12)^2 + 50^2 */
	assert_int_equal(fit_weigh(&f, 0, 1, &line), FIT_GOOD);
	assert_int_equal(line.demerits, 22 * 22 + 2500);
	assert_int_equal(line.fitness, 1);
	/* 3 pt to shrink of 8 pt: 100 * 27 / 512 = 5 */
	assert_int_equal(fit_weigh(&f, 0, 2, &line), FIT_GOOD);
	assert_int_equal(line.demerits, 15 * 15);
	f.width = 94000; /* 9 of 8: too wide */
	assert_int_equal(fit_weigh(&f, 0, 2, &line), FIT_WIDE);
	f.width = 110000; /* 15 of 10: 337.5 */
	f.tolerance = 200;
	assert_int_equal(fit_weigh(&f, 0, 1, &line), FIT_SHORT);
	breaks[1].flagged = breaks[2].flagged = true;
	assert_int_equal(fit_join(&f, 1, 3, 2, 1), 10000 + 10000); /* loose beside decent, two hyphens */
	assert_int_equal(fit_join(&f, 0, 1, 1, 2), 0);
}

static const char *const vocabulary[] = { "a", "of", "the", "plan", "Data", "owner", "spend", "office", "decides",
	"alignment", "management", "information-led", "responsibility", "2026,", "€4.2\u00A0m", "(both)", "IT/CMO" };

static const char *random_text(struct fixture *x, uint32_t *seed, uint32_t words)
{
	struct buf b;
	buf_init(&b, &x->unit, 10000);
	for (uint32_t i = 0; i < words; i++) {
		buf_puts(&b, i ? " " : "");
		buf_puts(&b, vocabulary[dice(seed, sizeof vocabulary / sizeof *vocabulary)]);
	}
	return b.ptr;
}

/* The cheapest of all ways, from break a whose line had that fitness; INT64_MAX when there is none. */
static int64_t brute(const struct fit *f, uint32_t a, uint8_t fitness)
{
	int64_t best = INT64_MAX;
	if (a + 1 == f->count)
		return 0;
	for (uint32_t b = a + 1; b < f->count; b++) {
		struct fit_line line;
		if (fit_weigh(f, a, b, &line) == FIT_GOOD) {
			int64_t rest = brute(f, b, line.fitness);
			int64_t own = line.demerits + fit_join(f, a, fitness, b, line.fitness);
			if (rest != INT64_MAX && own + rest < best)
				best = own + rest;
		}
		if (f->breaks[b].forced)
			break;
	}
	return best;
}

static int64_t cost_of(const struct fit *f, const struct fit_result *r)
{
	int64_t cost = 0;
	uint8_t fitness = 1;
	for (uint32_t i = 0, a = 0; i < r->line_count; a = r->chosen[i++]) {
		struct fit_line line;
		assert_int_equal(fit_weigh(f, a, r->chosen[i], &line), FIT_GOOD);
		cost += line.demerits + fit_join(f, a, fitness, r->chosen[i], line.fitness);
		fitness = line.fitness;
	}
	return cost;
}

static void test_brute_force(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	uint32_t seed = 3, solved = 0, hyphenated = 0;
	for (int i = 0; i < 600; i++) {
		struct text_style style = { .align = i % 2 ? TEXT_JUSTIFY : TEXT_START, .indent = i % 3 ? 0 : 9000 };
		style.stretch = i % 4 ? 0 : 700;
		style.shrink = i % 4 ? 0 : 200;
		style.hang_punctuation = i % 11 ? 0 : 1000;
		const struct text_paragraph *p = prepared(&x, random_text(&x, &seed, 2 + dice(&seed, 13)), style);
		struct brks breaks = p->breaks;
		if (i % 5 == 0)
			cuts_add(&x.unit, p, &p->breaks, BRK_HYPHEN, -1, &breaks);
		mpt width = 60000 + (mpt)dice(&seed, 120000);
		struct fit f = fit_rules(p, &breaks, width, i % 7 ? (i % 2 ? 200 : 800) : -1);
		struct fit_result r = fit_best(&x.unit, &f);
		int64_t best = brute(&f, 0, 1);
		if (best == INT64_MAX && f.tolerance >= 0) {
			assert_int_equal(r.line_count, 0);
			continue;
		}
		if (best == INT64_MAX)
			continue; /* a word too wide: no way to compare */
		assert_true(r.line_count > 0);
		assert_int_equal(cost_of(&f, &r), best);
		for (uint32_t k = 0; k < r.line_count; k++)
			hyphenated += r.breaks[r.chosen[k]].drawn;
		solved += r.line_count > 1;
	}
	assert_true(solved > 200);
	assert_true(hyphenated > 5);
	fixture_close(&x);
}

/* What lines say they cost adds up to what the paragraph was chosen by. */
static void test_costs(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	uint32_t seed = 5, stretched = 0, shrunk = 0, hyphens = 0;
	for (int i = 0; i < 200; i++) {
		struct text_style style = { .align = i % 3 ? TEXT_JUSTIFY : TEXT_START, .flags = i % 2 ? TEXT_HYPHENATE : 0 };
		const struct text_paragraph *p = prepared(&x, random_text(&x, &seed, 12 + dice(&seed, 30)), style);
		mpt width = 140000 + (mpt)dice(&seed, 120000);
		struct fit_result fit = fit_paragraph(&x.unit, p, width);
		const struct text_cost *costs = text_costs(&x.unit, p, width);
		int64_t sum = 0;
		for (uint32_t k = 0; k < fit.line_count; k++) {
			sum += costs[k].demerits;
			stretched += costs[k].stretch > 0;
			shrunk += costs[k].stretch < 0;
			hyphens += costs[k].hyphens;
			assert_int_equal(costs[k].hyphens > 0, fit.breaks[fit.chosen[k]].flagged);
		}
		assert_int_equal(costs[fit.line_count - 1].stretch > 0, false); /* the last line is as long as it is */
		assert_int_equal(sum, fit.demerits);
	}
	assert_true(stretched > 200 && shrunk > 50 && hyphens > 5);
	fixture_close(&x);
}

/* The least sum of squares over a number of lines, in the units of fit_balanced. */
static int64_t brute_balance(const struct fit *f, uint32_t a, uint32_t lines)
{
	int64_t best = INT64_MAX;
	if (a + 1 == f->count || lines == 0)
		return a + 1 == f->count && lines == 0 ? 0 : INT64_MAX;
	for (uint32_t b = a + 1; b < f->count; b++) {
		int64_t left = f->width - fit_natural(&f->breaks[a], &f->breaks[b]);
		int64_t rest = left < 0 ? INT64_MAX : brute_balance(f, b, lines - 1);
		left = left * 1000 / f->width;
		int64_t own = left * left + (int64_t)f->breaks[b].penalty * f->breaks[b].penalty;
		if (rest != INT64_MAX && own + rest < best)
			best = own + rest;
	}
	return best;
}

static void test_brute_balance(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	uint32_t seed = 11, solved = 0;
	for (int i = 0; i < 300; i++) {
		const struct text_paragraph *p = prepared(&x, random_text(&x, &seed, 3 + dice(&seed, 12)), ragged);
		struct fit f = fit_rules(p, &p->breaks, 80000 + (mpt)dice(&seed, 120000), -1);
		struct fit_result r = fit_balanced(&x.unit, &f);
		int64_t best = INT64_MAX, cost = 0;
		uint32_t lines = 0;
		while (best == INT64_MAX && lines < f.count)
			best = brute_balance(&f, 0, ++lines);
		assert_int_equal(r.line_count, best == INT64_MAX ? 0 : lines);
		for (uint32_t k = 0, a = 0; k < r.line_count; a = r.chosen[k++]) {
			int64_t left = f.width - fit_natural(&f.breaks[a], &f.breaks[r.chosen[k]]);
			int64_t penalty = f.breaks[r.chosen[k]].penalty;
			left = left * 1000 / f.width;
			cost += left * left + penalty * penalty;
		}
		if (r.line_count)
			assert_int_equal(cost, best);
		solved += r.line_count > 1;
	}
	assert_true(solved > 100);
	fixture_close(&x);
}

/* --- what holds for any paragraph --- */

static const char *const odd[] = { "word", "self-service", "a/b", "Überraschungen", "responsibilities", "2,400", "…",
	"\u0645\u0631\u062D\u0628\u0627", "\u05D0\u05D1\u05D2", "12%", "\u4E2D\u6587\u5B57", "e\u0301t\u00e9", "soft\u00ADhy\u00ADphen",
	"\u00A0", "\u2028", "👩\u200D💻", "office", "AVAVAV", "\u200F", "fififififififi", "x\u2060y", "—", "  ", "Q3 2026", "«\u00A0x\u00A0»", "a@b.cd/ef_gh", "\u05D0\u00AD\u05D1",
	"Donaudampfschifffahrtsgesellschaftskapitän" };

static size_t random_spans(struct fixture *x, uint32_t *seed, struct text_span spans[12])
{
	size_t count = 1 + dice(seed, 6);
	for (size_t i = 0; i < count; i++) {
		struct buf b;
		buf_init(&b, &x->unit, 10000);
		for (uint32_t k = dice(seed, 8); k > 0; k--) {
			buf_puts(&b, odd[dice(seed, sizeof odd / sizeof *odd)]);
			buf_puts(&b, dice(seed, 4) ? " " : "");
		}
		spans[i] = span_of(x, b.ptr ? b.ptr : "");
		spans[i].flags = dice(seed, 5) ? 0 : TEXT_NO_BREAK;
		spans[i].flags |= dice(seed, 5) ? 0 : TEXT_SMALL_CAPS;
		spans[i].tracking = dice(seed, 4) ? 0 : (mpt)dice(seed, 900) - 300;
		spans[i].size = 8000 + (mpt)dice(seed, 3) * 1500;
		uint32_t kind = dice(seed, 12);
		if (kind >= TEXT_BOX && kind <= TEXT_BREAK)
			spans[i] = (struct text_span){ .kind = (uint8_t)kind, .width = 5000, .height = 5000,
				.text = kind == TEXT_BOX ? STR("mark") : STR("") };
	}
	return count;
}

static uint32_t clusters_of(const struct text_fragment *f)
{
	uint32_t count = 0;
	if (f->missing)
		return f->width > f->size * 3 / 5 + 600 ? 2 : 1;
	for (uint32_t i = 0; i + f->hyphenated < f->glyph_count; i++)
		count += i == 0 || f->glyphs[i].cluster != f->glyphs[i - 1].cluster;
	return f->font ? count : 1;
}

static void check_fragment(const struct text_fragment *f)
{
	mpt width = 0;
	for (uint32_t i = 0; i < f->glyph_count; i++) {
		const struct text_glyph *g = &f->glyphs[i];
		width += g->advance;
		assert_true(g->gid != 0);
		bool last = f->rtl ? i == 0 : i + 1 == f->glyph_count;
		assert_true(g->cluster < f->text.len || (f->hyphenated && last && g->cluster == f->text.len));
		if (i > 0)
			assert_true(f->rtl ? g->cluster <= f->glyphs[i - 1].cluster
					   : g->cluster >= f->glyphs[i - 1].cluster);
	}
	if (f->font && !f->missing)
		assert_int_equal(f->width, width);
}

/* Nothing stands outside the width but what hangs there. */
static void check_edges(const struct text_line *line, mpt width)
{
	for (uint32_t k = 0; k < line->fragment_count && !line->overfull; k++) {
		const struct text_fragment *f = &line->fragments[k];
		assert_true(f->x >= -line->hang_left);
		assert_true(f->x + f->width <= width + line->hang_right);
	}
}

static void check_line(const struct text_line *line, mpt room)
{
	mpt sum = 0;
	uint32_t clusters = 0;
	for (uint32_t k = 0; k < line->fragment_count; k++) {
		check_fragment(&line->fragments[k]);
		sum += line->fragments[k].width;
		clusters += clusters_of(&line->fragments[k]);
	}
	assert_true(sum <= line->width); /* less where a fill is */
	assert_int_equal(line->overfull, line->width - line->hang_left - line->hang_right > room);
	assert_true(!line->overfull || clusters <= 1);
}

/* A line is shaped as if it stood alone: nothing of its neighbours shows in it. */
static void test_lines_alone(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	uint32_t seed = 9, inside = 0;
	static const char *const words[] = { "AVAToWAYTeaV", "officeffiffl", "Va-To-We", "fjord/fi/ffi", "Te,", "a" };
	for (int i = 0; i < 400; i++) {
		struct buf b;
		buf_init(&b, &x.unit, 10000);
		for (uint32_t k = 1 + dice(&seed, 5); k > 0; k--) {
			buf_puts(&b, words[dice(&seed, 6)]);
			buf_puts(&b, k > 1 ? " " : "");
		}
		struct text_lines lines = text_break(&x.unit, prepared(&x, b.ptr, ragged), 9000 + (mpt)dice(&seed, 60000));
		for (uint32_t k = 0; k < lines.count; k++) {
			const struct text_fragment *f = &lines.lines[k].fragments[0];
			assert_int_equal(lines.lines[k].fragment_count, 1);
			struct text_span alone = span_of(&x, "");
			alone.text = f->text;
			struct text_line line = text_set_line(&x.unit, x.set, &alone, &x.diag);
			uint32_t count = f->glyph_count - f->hyphenated;
			assert_int_equal(line.fragments[0].glyph_count, count);
			for (uint32_t n = 0; n < count; n++) {
				assert_int_equal(line.fragments[0].glyphs[n].gid, f->glyphs[n].gid);
				assert_int_equal(line.fragments[0].glyphs[n].advance, f->glyphs[n].advance);
			}
			inside += lines.lines[k].broken;
		}
	}
	assert_true(inside > 100);
	fixture_close(&x);
}

static void test_any_paragraph(void **state)
{
	(void)state;
	struct fixture x;
	fixture_open(&x);
	fixture_face(&x, LATO);
	fixture_face(&x, ARABIC);
	fixture_face(&x, HEBREW);
	uint32_t seed = 5, lines_seen = 0, overfull = 0;
	for (int i = 0; i < 3000; i++) {
		struct text_span spans[12];
		size_t count = random_spans(&x, &seed, spans);
		struct text_style style = { .align = (uint8_t)dice(&seed, 4), .flags = (uint8_t)dice(&seed, 16),
			.indent = (mpt)dice(&seed, 9000), .hang = (mpt)dice(&seed, 9000),
			.hang_punctuation = dice(&seed, 2) ? 0 : 1000 };
		mpt width = 12000 + (mpt)dice(&seed, 200000);
		const struct text_paragraph *p = text_prepare(&x.unit, x.set, spans, count, &style, &x.diag);
		struct text_lines lines = text_break(&x.unit, p, width);
		struct text_lines again = text_break(&x.unit, p, width);
		struct buf all, out;
		buf_init(&all, &x.unit, 1 << 20);
		buf_init(&out, &x.unit, 1 << 20);
		for (size_t k = 0; k < count; k++)
			buf_put(&all, spans[k].text);
		for (uint32_t k = 0; k < lines.count; k++) {
			const struct text_line *line = &lines.lines[k];
			mpt indent = k ? style.hang : style.indent; /* of which half the width is kept at most */
			check_line(line, width - (indent < width / 2 ? indent : width / 2));
			check_edges(line, width);
			overfull += line->overfull;
			for (uint32_t n = 0; n < line->fragment_count; n++)
				buf_put(&out, line->fragments[n].text);
		}
		assert_int_equal(lines.count, again.count);
		assert_string_equal(printed(&x, &lines), printed(&x, &again));
		assert_string_equal(all.ptr ? all.ptr : "", out.ptr ? out.ptr : "");
		lines_seen += lines.count;
		arena_reset(&x.unit);
		diag_init(&x.diag, &x.unit);
		if (i % 500 == 0)
			font_set_trim(x.set, 0);
	}
	assert_true(lines_seen > 9000);
	assert_true(overfull < lines_seen / 10);
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_chances_random),
		cmocka_unit_test(test_no_break),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_forced),
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_box),
		cmocka_unit_test(test_huge_word),
		cmocka_unit_test(test_ligature_cut),
		cmocka_unit_test(test_hyphens),
		cmocka_unit_test(test_hyphens_in_lines),
		cmocka_unit_test(test_align),
		cmocka_unit_test(test_justify),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_over),
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_last_line),
		cmocka_unit_test(test_weights),
		cmocka_unit_test(test_brute_force),
		cmocka_unit_test(test_costs),
		cmocka_unit_test(test_brute_balance),
		cmocka_unit_test(test_lines_alone),
		cmocka_unit_test(test_any_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
