/* base: rows of separated values, what is wrong with them and where. */
#include "base_fixture.h"

#include "base/csv.h"
#include "base/limits.h"

static const struct csv_dialect usual = { .separator = ',', .quote = '"' };

static struct csv open_csv(struct room *r, struct str text, struct csv_dialect dialect)
{
	struct csv c;
	csv_open(&c, &r->arena, source_from(&r->arena, STR("t.csv"), text), dialect, &r->diag);
	return c;
}

/* Rows as "a|b;c|d"; with their places as "1:1 a|1:3 b". */
static const char *rows_of(struct room *r, const char *text, struct csv_dialect dialect, bool places)
{
	struct csv c = open_csv(r, str_from(text), dialect);
	struct buf b;
	buf_init(&b, &r->arena, 1 << 16);
	buf_puts(&b, "");
	for (bool first = true; csv_next(&c); first = false) {
		buf_puts(&b, first ? "" : ";");
		for (size_t i = 0; i < c.row.fields.count; i++) {
			const struct csv_field *f = &c.row.fields.at[i];
			struct src_line line = src_line(f->pos);
			buf_puts(&b, i ? "|" : "");
			if (places)
				buf_printf(&b, "%u:%u ", line.line, line.column);
			buf_put(&b, f->text);
		}
	}
	b.ptr[b.len] = '\0';
	return b.ptr;
}

static void rows_and_quotes(void **state)
{
	static const struct {
		const char *text;
		char separator;
		const char *rows;
	} cases[] = {
		{ "a,b\nc,d\n", ',', "a|b;c|d" },
		{ "a,b\r\nc,d", ',', "a|b;c|d" },
		{ "a;b\n1,5;2\n", ';', "a|b;1,5|2" },
		{ "a,b\n\n\r\nc,d\n", ',', "a|b;c|d" },
		{ "a,,\n", ',', "a||" },
		{ ",\n", ',', "|" },
		{ ",", ',', "|" },
		{ "\r\n,\r\n", ',', "|" },
		{ "", ',', "" },
		{ "\n", ',', "" },
		{ "\"a,b\",c\n", ',', "a,b|c" },
		{ "\"say \"\"yes\"\"\",b\n", ',', "say \"yes\"|b" },
		{ "\"two\nlines\",b\r\nc,d", ',', "two\nlines|b;c|d" },
		{ "a,\"two\r\n\r\nlines\"\r\nc,d", ',', "a|two\r\n\r\nlines;c|d" },
		{ "\"\",\"\"\n", ',', "|" },
		{ "a\tb\n", '\t', "a|b" },
		{ "x\ry,b\n", ',', "x\ry|b" },
		{ "x,y\r", ',', "x|y\r" },
	};
	struct room *r = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv_dialect dialect = { .separator = cases[i].separator, .quote = '"' };
		assert_string_equal(rows_of(r, cases[i].text, dialect, false), cases[i].rows);
	}
	assert_string_equal(said(r), "");
}

static void places(void **state)
{
	struct room *r = *state;
	assert_string_equal(
		rows_of(r, "a,\xC3\xA9,c\r\n\n\"x\ny\",\"z\"\nw,", usual, true),
		"1:1 a|1:3 \xC3\xA9|1:5 c;3:2 x\ny|4:5 z;5:1 w|5:3 ");
}

static void dialects(void **state)
{
	struct room *r = *state;
	assert_string_equal(rows_of(r, "'a;b';it\"s\n", (struct csv_dialect){ ';', '\'' }, false), "a;b|it\"s");
	assert_string_equal(rows_of(r, "\"a;5\" pipe\n", (struct csv_dialect){ ';', '\0' }, false), "\"a|5\" pipe");
	assert_string_equal(said(r), "");
}

static void wrong_quotes(void **state)
{
	static const struct {
		const char *text, *rows, *said;
	} cases[] = {
		{ "a,\"b\nc,d\n", "", "1:3 this quote has no end\n" },
		{ "a\nb,\"c\"d\n\"e\"", "a;b|c;e",
			"2:6 text behind the closing quote; double a quote that belongs to the text\n" },
		{ "a,5\" pipe\nb,c\n", "a|5\" pipe;b|c",
			"1:4 a quote inside a field; put the field into quotes and double this one\n" },
	};
	struct room *r = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		diag_init(&r->diag, &r->arena);
		assert_string_equal(rows_of(r, cases[i].text, usual, false), cases[i].rows);
		assert_string_equal(said(r), cases[i].said);
		assert_int_equal(r->diag.messages.at[0].code, DIAG_CSV_QUOTE);
	}
}

static void too_many_columns(void **state)
{
	struct room *r = *state;
	for (int quoted = 0; quoted < 2; quoted++) {
		char *text = arena_alloc(&r->arena, LIMIT_CSV_COLUMNS + 4);
		memcpy(text, "\"\"", 2);
		memset(text + 2 * quoted, ',', LIMIT_CSV_COLUMNS);
		diag_init(&r->diag, &r->arena);
		assert_string_equal(rows_of(r, text, usual, false), "");
		assert_string_equal(said(r), quoted ? "1:1027 more than 1024 columns\n" : "1:1025 more than 1024 columns\n");
		text[LIMIT_CSV_COLUMNS - 1 + 2 * quoted] = '\0';
		diag_init(&r->diag, &r->arena);
		assert_int_equal(strlen(rows_of(r, text, usual, false)), LIMIT_CSV_COLUMNS - 1);
		assert_string_equal(said(r), "");
	}
}

static void too_many_rows(void **state)
{
	struct room *r = *state;
	size_t size = 2 * ((size_t)LIMIT_CSV_ROWS + 1), rows = 0;
	char *text = arena_alloc(&r->arena, size);
	for (size_t i = 0; i < size; i += 2)
		memcpy(text + i, "a\n", 2);
	struct csv c = open_csv(r, (struct str){ text, size }, usual);
	size_t before = r->arena.used;
	while (csv_next(&c))
		rows++;
	assert_int_equal(rows, LIMIT_CSV_ROWS);
	assert_true(r->arena.used - before < 4096); /* rows cost no memory */
	assert_string_equal(said(r), "2000001:1 more than 2000000 rows\n");
}

/* A reader that takes the head only to count its columns reads it again. */
static void a_row_is_read_again(void **state)
{
	struct room *r = *state;
	struct csv c = open_csv(r, STR("a,b\nc\n"), usual);
	size_t before = c.at;
	assert_true(csv_next(&c));
	assert_int_equal(c.row.fields.count, 2);
	c.at = before;
	assert_true(csv_next(&c) && csv_next(&c));
	assert_text(c.row.fields.at[0].text, "c");
	assert_false(csv_next(&c));
}

static void signs(void **state)
{
	(void)state;
	char sign;
	assert_true(csv_sign(STR("tab"), &sign));
	assert_int_equal(sign, '\t');
	assert_true(csv_sign(STR(";"), &sign));
	assert_int_equal(sign, ';');
	assert_false(csv_sign(STR(""), &sign));
	assert_false(csv_sign(STR(";;"), &sign));
	assert_false(csv_sign(STR("\""), &sign));
	assert_false(csv_sign(STR("\n"), &sign));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_and_quotes),
		TEST(places),
		TEST(dialects),
		TEST(wrong_quotes),
		TEST(too_many_columns),
		TEST(too_many_rows),
		TEST(a_row_is_read_again),
		TEST(signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
