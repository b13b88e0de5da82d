/* sheet: OpenDocument sheets. */
#include "sheet_fixture.h"

#define SPACES "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" " \
	"xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" " \
	"xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""
#define CONTENT(tables) "<office:document-content " SPACES "><office:automatic-styles><style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style>" \
	"<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>" \
	"<office:body><office:spreadsheet>" tables "</office:spreadsheet></office:body></office:document-content>"
#define TABLE(name, style, rows) "<table:table table:name=\"" name "\" table:style-name=\"" style "\"><table:table-column/>" rows "</table:table>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define NUMBER(value) "<table:table-cell office:value-type=\"float\" office:value=\"" value "\"><text:p>shown</text:p></table:table-cell>"
#define TEXT(text) "<table:table-cell office:value-type=\"string\"><text:p>" text "</text:p></table:table-cell>"

static const struct sheet_options plain;

static struct sheet *opened_ods(struct room *r, const char *content, const struct sheet_options *options)
{
	const struct part parts[] = { { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" }, { "content.xml", content }, { NULL, NULL } };
	return opened(r, "b.ods", packed(r, parts), options);
}

static void assert_rows(struct room *r, const char *content, const char *expected)
{
	assert_text(rows_of(r, opened_ods(r, content, &plain)), expected);
	assert_text(said(r), "");
}

static void cells_of_all_kinds(void **state)
{
	assert_rows(*state, CONTENT(TABLE("Plan", "ta1",
		ROW(NUMBER("0.30000000000000004")
			"<table:table-cell office:value-type=\"percentage\" office:value=\"0.83\"><text:p>83 %</text:p></table:table-cell>"
			"<table:table-cell office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"12\"/>"
			"<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>")
		ROW("<table:table-cell office:value-type=\"date\" office:date-value=\"2026-09-30\"/>"
			"<table:table-cell office:value-type=\"date\" office:date-value=\"2026-09-30T14:30:00\"/>"
			"<table:table-cell office:value-type=\"time\" office:time-value=\"PT14H30M05.25S\"/>"
			"<table:table-cell office:value-type=\"string\" office:string-value=\"said\"><text:p>shown</text:p></table:table-cell>"))),
		"1|n:0.3|n:0.83%|n:12(EUR)|b:true\n2|d:2026-09-30|d:2026-09-30T14:30:00|@:14:30:05|t:said\n");
}

static void texts(void **state)
{
	assert_rows(*state, CONTENT(TABLE("Plan", "ta1",
		ROW("<table:table-cell office:value-type=\"string\"><office:annotation><text:p>a comment</text:p></office:annotation>"
			"<text:p>North<text:s text:c=\"2\"/>&amp;<text:tab/><text:span>So<text:a>uth</text:a></text:span></text:p><text:p>  two\n lines</text:p>"
			"</table:table-cell>" TEXT("a<text:line-break/>b")))),
		"1|t:North  &\tSouth\ntwo lines|t:a\nb\n");
}

/* Repetition of what is empty costs nothing, of what is not it is done. */
static void repeated_rows_and_cells(void **state)
{
	assert_rows(*state, CONTENT(TABLE("Plan", "ta1",
		"<table:table-header-rows>" ROW(TEXT("a")) "</table:table-header-rows>"
		"<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
		"<table:table-row-group><table:table-row table:number-rows-repeated=\"2\" table:visibility=\"filter\">"
		"<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"7\"/>"
		"<table:table-cell/>" NUMBER("8") "</table:table-row></table:table-row-group>" ROW(NUMBER("9"))
		"<table:table-row table:number-rows-repeated=\"16777216\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>")),
		"1|t:a\n5h|n:7|n:7|-|n:8\n6h|n:7|n:7|-|n:8\n7|n:9|-|-|-\n");
}

static void merged_areas(void **state)
{
	assert_rows(*state, CONTENT(TABLE("Plan", "ta1",
		ROW("<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>head</text:p></table:table-cell>"
			"<table:covered-table-cell/>" NUMBER("1"))
		ROW("<table:covered-table-cell table:number-columns-repeated=\"2\"/>" NUMBER("2")) ROW(NUMBER("3")))),
		"1|t:head^A1|t:head^A1|n:1\n2|t:head^A1|t:head^A1|n:2\n3|n:3|-|-\n");
}

static void errors_and_formulas_without_value(void **state)
{
	struct room *r = *state;
	struct sheet_row row;
	struct sheet *s = opened_ods(r, CONTENT(TABLE("Plan", "ta1", ROW(
		"<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>"
		"<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\"><text:p>#DIV/0!</text:p></table:table-cell>"
		"<table:table-cell table:formula=\"of:=X()\" office:value-type=\"float\" office:value=\"0\"><text:p>Err:508</text:p></table:table-cell>"
		"<table:table-cell table:formula=\"of:=1+1\"/>"
		"<table:table-cell table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p></table:table-cell>" TEXT("#N/A")))), &plain);
	assert_true(sheet_next(s, &row));
	assert_int_equal(row.count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(sheet_cell_check(&row.cells[i], SHEET_MERGED_REFUSED, &r->diag), i > 3);
	assert_text(said(r), "b.ods:Plan!A1: this cell holds the error #DIV/0!; mend its formula and save the workbook [cell-error]\n"
		"b.ods:Plan!B1: this cell holds the error #DIV/0!; mend its formula and save the workbook [cell-error]\n"
		"b.ods:Plan!C1: this cell holds the error Err:508; mend its formula and save the workbook [cell-error]\n"
		"b.ods:Plan!D1: this formula has no value yet; open the workbook in an office program, which computes it, and save it [cell-formula]\n");
}

static void choosing_a_sheet(void **state)
{
	struct room *r = *state;
	const char *content = CONTENT(TABLE("Old", "ta2", ROW(NUMBER("1"))) TABLE("Plan", "ta1", ROW(NUMBER("2"))) TABLE("Older", "ta2", ""));
	struct sheet_options options = { .sheet = STR("Old") };
	assert_text(rows_of(r, opened_ods(r, content, &plain)), "1|n:2\n");
	assert_text(rows_of(r, opened_ods(r, content, &options)), "1|n:1\n");
	options.sheet = STR("Pla");
	assert_null(opened_ods(r, content, &options));
	assert_null(opened_ods(r, CONTENT(TABLE("A", "ta1", "") TABLE("B", "ta1", "")), &plain));
	assert_text(said(r), "company.xml:1:1: 'b.ods' has no sheet 'Pla'; did you mean 'Plan'? [sheet-unknown]\n"
		"company.xml:1:1: 'b.ods' has 2 sheets; say which to read: 'A', 'B' [sheet-unknown]\n");
}

static void what_is_refused(void **state)
{
	static const struct {
		const char *content, *expected;
	} cases[] = {
		{ CONTENT(TABLE("Plan", "ta1", ROW(NUMBER("1,5")))), "b.ods:Plan!A1: the value of this cell cannot be read; the workbook is damaged [workbook]\n" },
		{ CONTENT(TABLE("Plan", "ta1", ROW("<table:table-cell office:value-type=\"time\" office:time-value=\"14:30\"/>"))),
			"b.ods:Plan!A1: the value of this cell cannot be read; the workbook is damaged [workbook]\n" },
		{ CONTENT(TABLE("Plan", "ta1", ROW("<table:table-cell table:number-columns-repeated=\"4096\"/>" NUMBER("1")))), "b.ods:Plan!FAN1: more than 4096 columns [limit]\n" },
		{ CONTENT(TABLE("Plan", "ta1", "<table:table-row table:number-rows-repeated=\"1048576\"/>" ROW(NUMBER("1")))),
			"b.ods:Plan!A1048576: more than 1048576 rows [limit]\n" },
		{ CONTENT(TABLE("Plan", "ta1", "<table:table-row table:number-rows-repeated=\"1000000\">"
			"<table:table-cell table:number-columns-repeated=\"4096\" office:value-type=\"float\" office:value=\"7\"/></table:table-row>")),
			"b.ods: more than 67108864 cells in one sheet [limit]\n" },
		{ "<office:x/>", "b.ods: 'content.xml' in this workbook is damaged: its XML is not well formed [workbook]\n" },
	};
	struct room *r = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet_row row;
		r->named.source = NULL;
		diag_init(&r->diag, &r->arena);
		struct sheet *s = opened_ods(r, cases[i].content, &plain);
		while (s && sheet_next(s, &row))
			;
		if (i < 5) /* undeclared prefixes are no error of syntax; then there is just no sheet */
			assert_text(said(r), cases[i].expected);
		else
			assert_int_equal(r->diag.errors, 1);
	}
}

static void workbooks_with_a_password(void **state)
{
	struct room *r = *state;
	const struct part parts[] = { { "content.xml", "\x01\x02" }, { "META-INF/manifest.xml",
		"<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/>"
		"</m:file-entry></m:manifest>" }, { NULL, NULL } };
	assert_null(opened(r, "b.ods", packed(r, parts), &plain));
	assert_text(said(r), "b.ods: this workbook is protected by a password; save it without one [workbook]\ncompany.xml:1:1: note: the file is named here\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(cells_of_all_kinds),
		TEST(texts),
		TEST(repeated_rows_and_cells),
		TEST(merged_areas),
		TEST(errors_and_formulas_without_value),
		TEST(choosing_a_sheet),
		TEST(what_is_refused),
		TEST(workbooks_with_a_password),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
