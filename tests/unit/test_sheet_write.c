/* sheet: workbooks written, and read back. */
#include "sheet_fixture.h"

#include "sheet/sheet_write.h"

#define T(text) { SHEET_TEXT, false, { text, sizeof text - 1 } }
#define N(text) { SHEET_NUMBER, false, { text, sizeof text - 1 } }
#define D(text) { SHEET_DATE, false, { text, sizeof text - 1 } }

static struct str written(struct room *r)
{
	static const struct str sides[] = { { "cio", 3 }, { "cmo", 3 }, { "joint", 5 } };
	static const struct sheet_write_column columns[] = {
		{ .kind = SHEET_TEXT, .width = 24, .locked = true }, { .kind = SHEET_TEXT, .choices = sides, .choice_count = 3 },
		{ .kind = SHEET_NUMBER }, { .kind = SHEET_DATE },
	};
	static const struct sheet_write_cell note[] = { T("Please fill in the white cells") }, head[] = { T("metric"), T("side"), T("value"), T("date") },
		first[] = { T("<spend> & \"more\" _x000A_"), T("cio"), N("-12.50"), D("2026-09-30") },
		second[] = { T("share\x01"), { 0 }, { SHEET_NUMBER, true, { "0.83", 4 } }, D("1899-01-02"), { SHEET_TRUTH, false, { "true", 4 } } };
	struct sheet_write *w = sheet_write_open(&r->arena);
	sheet_write_sheet(w, STR("ask: cmo/2026-Q4, longer than thirty-one"), columns, 4);
	sheet_write_cells(w, SHEET_ROW_NOTE, note, 1);
	sheet_write_cells(w, SHEET_ROW_HEAD, head, 4);
	sheet_write_cells(w, SHEET_ROW_PLAIN, first, 4);
	sheet_write_cells(w, SHEET_ROW_PLAIN, second, 5);
	sheet_write_sheet(w, STR("Second"), NULL, 0);
	sheet_write_cells(w, SHEET_ROW_PLAIN, first, 1);
	return sheet_write_end(w);
}

static void read_back(void **state)
{
	struct room *r = *state;
	struct str bytes = written(r);
	struct sheet_options options = { .sheet = STR("ask- cmo-2026-Q4, longer than t") };
	assert_text(rows_of(r, opened(r, "b.xlsx", bytes, &options)),
		"1|t:Please fill in the white cells\n2|t:metric|t:side|t:value|t:date\n"
		"3|t:<spend> & \"more\" _x000A_|t:cio|n:-12.5|d:2026-09-30\n4|t:share\xEF\xBF\xBD|-|n:0.83%|t:1899-01-02|b:true\n");
	options.sheet = STR("entente lists");
	assert_text(rows_of(r, opened(r, "b.xlsx", bytes, &options)), "1|t:cio\n2|t:cmo\n3|t:joint\n");
	options.sheet = STR("");
	assert_null(opened(r, "b.xlsx", bytes, &options));
	assert_text(said(r), "company.xml:1:1: 'b.xlsx' has 2 sheets; say which to read: 'ask- cmo-2026-Q4, longer than t', 'Second' [sheet-unknown]\n");
}

static void the_same_bytes_each_time(void **state)
{
	struct room *r = *state;
	struct str one = written(r), two = written(r);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.ptr, two.ptr, one.len);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { TEST(read_back), TEST(the_same_bytes_each_time) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
