/* sheet: numbers, dates and formats as office programs keep them. */
#include "sheet_fixture.h"

#include "sheet/sheet_number.h"

static const char *number(struct room *r, const char *text)
{
	struct sheet_number n;
	return sheet_number_parse(str_from(text), &n) ? sheet_number_text(&r->arena, n).ptr : "none";
}

static void numbers(void **state)
{
	static const struct {
		const char *written, *expected;
	} cases[] = {
		{ "0", "0" }, { "-0", "0" }, { "0.0", "0" }, { "17", "17" }, { "-12.50", "-12.5" }, { "007", "7" }, { ".5", "0.5" },
		{ "5.", "5" }, { "+3", "3" },
		/* doubles whose last digits are noise */
		{ "0.30000000000000004", "0.3" }, { "0.1", "0.1" }, { "1E-2", "0.01" }, { "1.0000000000000001E-2", "0.01" },
		{ "2.9999999999999996", "3" }, { "99.999999999999986", "100" }, { "999999999999999.9", "1000000000000000" },
		{ "1.1000000000000001", "1.1" }, { "-4.3499999999999996", "-4.35" },
		/* 15 digits, 12 decimals */
		{ "0.33333333333333331", "0.333333333333" }, { "1234567.8912345678", "1234567.89123457" },
		{ "5.5511151231257827E-17", "0" }, { "0.0000000000005", "0.000000000001" }, { "0.0000000000004", "0" },
		{ "9.9999999999999E-13", "0.000000000001" },
		/* far from 1 */
		{ "1E+20", "100000000000000000000" }, { "1.5e3", "1500" }, { "123456789012345678", "123456789012346000" },
		{ "1E400", "none" }, { "1E-400", "0" }, { "1E99999999999999999999", "none" },
		/* none */
		{ "", "none" }, { "-", "none" }, { ".", "none" }, { "1,5", "none" }, { "1E", "none" }, { "1E+", "none" },
		{ "0x10", "none" }, { "1 ", "none" }, { "NaN", "none" }, { "1.2.3", "none" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(number(*state, cases[i].written), cases[i].expected);
}

static const char *date(struct room *r, const char *days, bool since_1904)
{
	struct sheet_number n;
	assert_true(sheet_number_parse(str_from(days), &n));
	struct str text = sheet_date_text(&r->arena, n, since_1904);
	return text.len ? text.ptr : "none";
}

/* Days as Excel shows them; 60 is the 29 February 1900 that it shows and that never was. */
static void dates(void **state)
{
	struct room *r = *state;
	assert_string_equal(date(r, "1", false), "1900-01-01");
	assert_string_equal(date(r, "59", false), "1900-02-28");
	assert_string_equal(date(r, "60", false), "none");
	assert_string_equal(date(r, "61", false), "1900-03-01");
	assert_string_equal(date(r, "25569", false), "1970-01-01");
	assert_string_equal(date(r, "36585", false), "2000-02-29");
	assert_string_equal(date(r, "46295", false), "2026-09-30");
	assert_string_equal(date(r, "46295.604166666664", false), "2026-09-30T14:30:00");
	assert_string_equal(date(r, "46295.999999999", false), "2026-10-01");
	assert_string_equal(date(r, "2958465", false), "9999-12-31");
	assert_string_equal(date(r, "2958466", false), "none");
	assert_string_equal(date(r, "0.5", false), "none");
	assert_string_equal(date(r, "-1", false), "none");
	assert_string_equal(date(r, "0", true), "1904-01-01");
	assert_string_equal(date(r, "44833", true), "2026-09-30");
}

static void times(void **state)
{
	struct room *r = *state;
	struct sheet_number n;
	assert_true(sheet_number_parse(STR("0.60416666666666663"), &n));
	assert_text(sheet_time_text(&r->arena, n), "14:30:00");
	assert_true(sheet_number_parse(STR("1.25"), &n));
	assert_text(sheet_time_text(&r->arena, n), "30:00:00");
}

static void formats(void **state)
{
	static const struct {
		const char *format;
		uint8_t kind;
		bool percent;
		const char *currency;
	} cases[] = {
		{ "General", STYLE_NUMBER, false, "" }, { "@", STYLE_NUMBER, false, "" }, { "0.00", STYLE_NUMBER, false, "" },
		{ "#,##0;[Red]-#,##0", STYLE_NUMBER, false, "" }, { "0.0%", STYLE_NUMBER, true, "" }, { "0.00E+00", STYLE_NUMBER, false, "" },
		{ "\"day\" 0", STYLE_NUMBER, false, "" }, { "0\\d", STYLE_NUMBER, false, "" }, { "0_d", STYLE_NUMBER, false, "" },
		{ "#,##0 [$\xE2\x82\xAC-407]", STYLE_NUMBER, false, "\xE2\x82\xAC" }, { "[$EUR] 0", STYLE_NUMBER, false, "EUR" },
		{ "dd/mm/yyyy", STYLE_DATE, false, "" }, { "[$-409]mmmm", STYLE_DATE, false, "" }, { "mmm-yy", STYLE_DATE, false, "" },
		{ "yyyy\\-mm\\-dd\\ hh:mm", STYLE_DATE, false, "" }, { "h:mm AM/PM", STYLE_TIME, false, "" }, { "[h]:mm:ss", STYLE_TIME, false, "" },
		{ "[mm]:ss", STYLE_TIME, false, "" }, { "[Magenta]0", STYLE_NUMBER, false, "" }, { "0;dd", STYLE_NUMBER, false, "" },
		{ "[", STYLE_NUMBER, false, "" }, { "\"", STYLE_NUMBER, false, "" }, { "\\", STYLE_NUMBER, false, "" }, { "[$", STYLE_NUMBER, false, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet_style style = sheet_style_of(str_from(cases[i].format));
		assert_int_equal(style.kind, cases[i].kind);
		assert_int_equal(style.percent, cases[i].percent);
		assert_text(style.currency, cases[i].currency);
	}
	(void)state;
}

int main(void)
{
	static const struct CMUnitTest tests[] = { TEST(numbers), TEST(dates), TEST(times), TEST(formats) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
