/* Unicode's own tests of its line breaking (UAX 14) and bidirectional (UAX 9) algorithms, through ours. They are read from Debian's package
 * unicode-data; without it these tests are skipped. */
#include "text_fixture.h"

#include <unicode/uchar.h>

static FILE *data_file(const char *name)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", place("ENTENTE_TEST_UNICODE", "/usr/share/unicode"), name);
	FILE *in = fopen(path, "r");
	if (!in) {
		print_message("no %s: skipped\n", path);
		skip();
	}
	return in;
}

/* --- lines --- */

/* "÷ 0061 × 0020 ÷": text and, for each byte of it and its end, whether a line may end before it. */
static struct str read_case(struct fixture *x, char *line, uint8_t expected[512])
{
	struct buf b;
	bool ends = false;
	buf_init(&b, &x->unit, 400);
	for (char *word = strtok(line, " \t\n"); word && word[0] != '#'; word = strtok(NULL, " \t\n")) {
		if (strcmp(word, "÷") == 0 || strcmp(word, "×") == 0) {
			ends = strcmp(word, "÷") == 0;
			continue;
		}
		char bytes[4];
		expected[b.len] = ends;
		buf_put(&b, (struct str){ bytes, utf8_put(bytes, (uint32_t)strtoul(word, NULL, 16)) });
	}
	return buf_str(&b);
}

/* ICU has two rules that came into the standard later: none of "-flag" behind its hyphen (LB20a of Unicode 15.1), none of ".35" behind its
 * point (LB15d of Unicode 16). And in our texts a line feed is a span of its own. */
static bool decided_later(struct str text)
{
	bool point = false;
	for (size_t i = 0; i < text.len;) {
		uint32_t c = utf8_next(text, &i);
		if ((point && c >= '0' && c <= '9') || c == '\n')
			return true;
		point = c == '.' || c == ',' || (point && u_charType((UChar32)c) == U_NON_SPACING_MARK);
	}
	return text.len && text.ptr[0] == '-';
}

/* The ends of a text are nobody's business. */
static bool agrees(struct str text, const uint8_t *expected, const uint8_t *chances)
{
	for (size_t i = 1; i < text.len; i++)
		if (expected[i] != (chances[i] == CHANCE_ALLOWED))
			return false;
	return true;
}

static void test_lines(void **state)
{
	(void)state;
	struct fixture x;
	char line[4096];
	unsigned cases = 0, wrong[2] = { 0 };
	FILE *in = data_file("auxiliary/LineBreakTest.txt");
	fixture_open(&x);
	uint16_t lang = language_index(x.set, STR("en"));
	while (fgets(line, sizeof line, in)) {
		uint8_t expected[512] = { 0 }, chances[512];
		char shown[4096];
		strcpy(shown, line);
		struct str text = read_case(&x, line, expected);
		for (int plain = 0; text.len && plain < 2; plain++) {
			memset(chances, 0, sizeof chances);
			chances_find(x.set, lang, text, plain, chances);
			if (agrees(text, expected, chances) || decided_later(text))
				continue;
			if (wrong[plain]++ < 5)
				print_error("%s: %s", plain ? "table" : "ICU", shown);
		}
		cases += text.len > 0;
		arena_reset(&x.unit);
	}
	fclose(in);
	assert_true(cases > 7000);
	assert_int_equal(wrong[0], 0);
	assert_int_equal(wrong[1], 0);
	fixture_close(&x);
}

/* --- directions --- */

enum { CHARS = 300 };
struct bidi_case {
	struct str text;
	uint32_t at[CHARS]; /* byte of each character */
	int levels[CHARS];  /* -1: removed by rule X9 */
	int order[CHARS];
	size_t count, order_count;
	int base;           /* 0 left to right, 1 right to left, 2 by the text */
};

static bool read_bidi(struct fixture *x, char *line, struct bidi_case *c)
{
	char *field[5] = { line };
	struct buf b;
	*c = (struct bidi_case){ .base = 0 };
	for (size_t i = 1; i < 5; i++) {
		field[i] = strchr(field[i - 1], ';');
		if (!field[i])
			return false;
		*field[i]++ = 0;
	}
	buf_init(&b, &x->unit, 4 * CHARS);
	for (char *word = strtok(field[0], " "); word; word = strtok(NULL, " ")) {
		char bytes[4];
		c->at[c->count++] = (uint32_t)b.len;
		buf_put(&b, (struct str){ bytes, utf8_put(bytes, (uint32_t)strtoul(word, NULL, 16)) });
	}
	c->text = buf_str(&b);
	c->base = atoi(field[1]);
	size_t at = 0;
	for (char *word = strtok(field[3], " "); word; word = strtok(NULL, " "))
		c->levels[at++] = strcmp(word, "x") == 0 ? -1 : atoi(word);
	for (char *word = strtok(field[4], " \n"); word; word = strtok(NULL, " \n"))
		c->order[c->order_count++] = atoi(word);
	return c->count > 0;
}

static bool levels_agree(const struct bidi_case *c, const struct text_paragraph *p)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->levels[i] >= 0 && c->levels[i] != (p->levels ? p->levels[c->at[i]] : 0))
			return false;
	return true;
}

static int by_x(const void *a, const void *b)
{
	const struct text_fragment *f = a, *g = b;
	return f->x < g->x ? -1 : f->x > g->x;
}

/* Characters as their glyphs stand from left to right, each cluster by its first. */
static size_t seen(const struct bidi_case *c, struct str text, const struct text_line *line, int out[CHARS])
{
	struct text_fragment f[CHARS];
	size_t count = 0;
	memcpy(f, line->fragments, line->fragment_count * sizeof *f);
	qsort(f, line->fragment_count, sizeof *f, by_x);
	for (size_t i = 0; i < line->fragment_count; i++) {
		for (size_t k = 0; k < f[i].glyph_count; k++) {
			uint32_t at = (uint32_t)(f[i].text.ptr - text.ptr) + f[i].glyphs[k].cluster;
			int index = 0;
			while (c->at[index] < at || c->levels[index] < 0)
				index++; /* a control may open a cluster */
			if (!count || out[count - 1] != index)
				out[count++] = index;
		}
	}
	return count;
}

/* Clusters in their order, those without a glyph left out. */
static bool order_agrees(const struct bidi_case *c, struct str text, const struct text_line *line)
{
	int out[CHARS];
	size_t count = seen(c, text, line, out), found = 0;
	bool drawn[CHARS] = { false };
	for (size_t i = 0; i < count; i++)
		drawn[out[i]] = true;
	for (size_t i = 0; i < c->order_count; i++)
		if (drawn[c->order[i]] && (found == count || out[found++] != c->order[i]))
			return false;
	return found == count;
}

static void test_directions(void **state)
{
	(void)state;
	struct fixture x;
	static char line[1 << 16];
	char shown[200];
	unsigned cases = 0, wrong = 0, wrong_order = 0;
	FILE *in = data_file("BidiCharacterTest.txt");
	fixture_open(&x);
	fixture_face(&x, NOTO);
	fixture_face(&x, HEBREW);
	fixture_face(&x, ARABIC);
	fixture_face(&x, "truetype/noto/NotoSansSymbols2-Regular.ttf");
	while (fgets(line, sizeof line, in)) {
		struct bidi_case c;
		snprintf(shown, sizeof shown, "%.199s", line);
		/* by the text: a layout says the direction, nobody guesses it */
		if (line[0] == '#' || !read_bidi(&x, line, &c) || c.base > 1)
			continue;
		struct text_style style = { .flags = c.base ? TEXT_RTL : 0 };
		struct text_span span = span_of(&x, "");
		span.text = c.text;
		const struct text_paragraph *p = text_prepare(&x.unit, x.set, &span, 1, &style, &x.diag);
		struct text_lines lines = text_break(&x.unit, p, 10000000);
		if (!levels_agree(&c, p) && wrong++ >= 4)
			print_error("levels: %s\n", shown);
		if (lines.count == 1 && !order_agrees(&c, p->spans[0].text, lines.lines) && wrong_order++ >= 3)
			print_error("order: %s\n", shown);
		cases++;
		arena_reset(&x.unit);
		diag_init(&x.diag, &x.unit);
	}
	fclose(in);
	assert_true(cases > 50000);
	/* ICU's own: two with embeddings closed right before isolates; 64 brackets within each other, of which the standard pairs 63; and
	 * an embedding that changes no direction, which it gives no level */
	assert_int_equal(wrong, 4);
	assert_int_equal(wrong_order, 3);
	fixture_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_directions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
