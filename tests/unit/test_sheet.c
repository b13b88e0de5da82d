/* sheet: XLSX workbooks, what is refused in them, and rows of CSV. */
#include "sheet_fixture.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define LINKS(inner) "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" inner "</Relationships>"
#define LINK(id, type, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"
#define ROOT { "_rels/.rels", LINKS(LINK("rId1", "officeDocument", "xl/workbook.xml")) }
#define WORKBOOK(inner) "<workbook " MAIN " xmlns:r=\"" OFFICE "\">" inner "</workbook>"
#define ONE_SHEET { "xl/workbook.xml", WORKBOOK("<sheets><sheet name=\"Plan\" r:id=\"a\"/></sheets>") }
#define SHEET(rows, behind) "<worksheet " MAIN "><sheetData>" rows "</sheetData>" behind "</worksheet>"
#define STRINGS "<sst " MAIN "><si><t>Unit</t></si><si><r><t>North</t></r><r><rPr/><t xml:space=\"preserve\"> &amp; South</t></r>" \
	"<rPh><t>x</t></rPh></si><si><t>a_x000A_b_x005F_c_xZZ</t></si><si/></sst>"
#define STYLES "<styleSheet " MAIN "><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd/mm/yyyy\"/>" \
	"<numFmt numFmtId=\"171\" formatCode=\"#,##0 [$EUR]\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" \
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"9\"/><xf numFmtId=\"171\"/>" \
	"<xf numFmtId=\"20\"/></cellXfs></styleSheet>"
#define PARTS(workbook_part, sheet_text) \
	(struct part[]){ ROOT, workbook_part, { "xl/_rels/workbook.xml.rels", LINKS(LINK("a", "worksheet", "worksheets/sheet1.xml") \
		LINK("b", "sharedStrings", "/xl/sharedStrings.xml") LINK("c", "styles", "./styles.xml")) }, \
		{ "xl/sharedStrings.xml", STRINGS }, { "xl/styles.xml", STYLES }, { "xl/worksheets/sheet1.xml", sheet_text }, { NULL, NULL } }

static struct sheet *opened_xlsx(struct room *r, const struct part *parts, const struct sheet_options *options)
{
	return opened(r, "b.xlsx", packed(r, parts), options);
}

static const struct sheet_options plain;

static void assert_rows(struct room *r, const struct part *parts, const char *expected)
{
	assert_text(rows_of(r, opened_xlsx(r, parts, &plain)), expected);
	assert_text(said(r), "");
}

static void cells_of_all_kinds(void **state)
{
	assert_rows(*state, PARTS(ONE_SHEET, SHEET(
		"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"
		"<row r=\"2\"><c r=\"A2\"><v>0.30000000000000004</v></c><c r=\"B2\" s=\"3\"><v>0.83</v></c><c r=\"C2\" s=\"4\"><v>1E3</v></c></row>"
		"<row r=\"3\"><c r=\"A3\" s=\"1\"><v>46295</v></c><c r=\"B3\" s=\"2\"><v>46295.5</v></c><c r=\"C3\" s=\"5\"><v>0.5</v></c></row>"
		"<row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"B4\" t=\"b\"><v>0</v></c><c r=\"C4\" t=\"d\"><v>2026-09-30T00:00:00Z</v></c></row>"
		"<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>in</t><r><t>line</t></r></is></c><c r=\"B5\" t=\"str\"><f>A1</f><v>t</v></c>"
		"<c r=\"C5\"><f>1+1</f><v>2</v></c></row>", "")),
		"1|t:Unit|t:North & South|t:a\nb_c_xZZ\n"
		"2|n:0.3|n:0.83%|n:1000(EUR)\n"
		"3|d:2026-09-30|d:2026-09-30T12:00:00|@:12:00:00\n"
		"4|b:true|b:false|d:2026-09-30\n"
		"5|t:inline|t:t|n:2\n");
}

/* Gaps are filled, cells that only have a style are not there, rows are as wide as the widest before. */
static void gaps_and_widths(void **state)
{
	assert_rows(*state, PARTS(ONE_SHEET, SHEET(
		"<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\" s=\"1\"/></row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c></row>"
		"<row r=\"5\" hidden=\"1\"><c r=\"A5\"><v>2</v></c><c r=\"C5\"><v>3</v></c></row><row><c><v>4</v></c><c s=\"1\"/><c><v>5</v></c></row>"
		"<row r=\"9\"><c r=\"A9\"><v>6</v></c></row>", "")),
		"2|-|n:1\n5h|n:2|-|n:3\n6|n:4|-|n:5\n9|n:6|-|-\n");
}

/* The places of cells, also of those that are not in the file. */
static void places(void **state)
{
	struct room *r = *state;
	struct sheet_row row;
	struct buf b;
	struct sheet *s = opened_xlsx(r, PARTS(ONE_SHEET, SHEET("<row r=\"17\"><c r=\"D17\"><v>1</v></c></row>", "")), &plain);
	assert_true(sheet_next(s, &row));
	assert_int_equal(row.count, 4);
	buf_init(&b, &r->arena, 100);
	buf_pos(&b, row.cells[3].pos);
	buf_putc(&b, ' ');
	buf_pos(&b, row.cells[0].pos);
	assert_text(buf_str(&b), "b.xlsx:Plan!D17 b.xlsx:Plan!A17");
	assert_ptr_equal(row.cells[3].pos.source, sheet_source(s));
	sheet_close(s);
	assert_false(sheet_next(s, &row));
}

static void dates_since_1904(void **state)
{
	struct part workbook = { "xl/workbook.xml", WORKBOOK("<workbookPr date1904=\"1\"/><sheets><sheet name=\"Plan\" r:id=\"a\"/></sheets>") };
	assert_rows(*state, PARTS(workbook, SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44833</v></c></row>", "")), "1|d:2026-09-30\n");
}

static void ranges(void **state)
{
	static const struct {
		const char *range, *expected;
	} cases[] = {
		{ "B2:C3", "2|n:22|n:23\n3|n:32|-\n" }, { "$b$2:$C$3", "2|n:22|n:23\n3|n:32|-\n" }, { "B3", "3|n:32\n4|n:42\n" },
		{ "C:C", "1|n:13\n2|n:23\n" }, { "3:3", "3|n:31|n:32\n" }, { "B3:C", "3|n:32|-\n4|n:42|-\n" }, { "Z1", "" },
	};
	struct room *r = *state;
	const struct part *parts = PARTS(ONE_SHEET, SHEET(
		"<row r=\"1\"><c r=\"A1\"><v>11</v></c><c r=\"B1\"><v>12</v></c><c r=\"C1\"><v>13</v></c></row>"
		"<row r=\"2\"><c r=\"A2\"><v>21</v></c><c r=\"B2\"><v>22</v></c><c r=\"C2\"><v>23</v></c></row>"
		"<row r=\"3\"><c r=\"A3\"><v>31</v></c><c r=\"B3\"><v>32</v></c></row><row r=\"4\"><c r=\"B4\"><v>42</v></c></row>", ""));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet_options options = { .range = str_from(cases[i].range) };
		assert_text(rows_of(r, opened_xlsx(r, parts, &options)), cases[i].expected);
	}
	assert_text(said(r), "");
}

static void ranges_that_are_none(void **state)
{
	static const char *const wrong[] = { "B3:", ":B3", "B3-C4", "C4:B3", "B0", "B3:C4:D5", "AAAAAAA1", "Plan!B3", "$", "A1048577", "B 3" };
	struct room *r = *state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct sheet_options options = { .range = str_from(wrong[i]) };
		assert_null(opened(r, "b.csv", STR("a"), &options));
		assert_int_equal(r->diag.errors, i + 1);
	}
	assert_int_equal(r->diag.messages.at[0].code, DIAG_SHEET_RANGE);
}

/* Merged cells have what their first one has, and tell where that is. */
static void merged_areas(void **state)
{
	struct room *r = *state;
	const struct part *parts = PARTS(ONE_SHEET, SHEET(
		"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>head</t></is></c><c r=\"D1\"><v>1</v></c></row>"
		"<row r=\"2\"><c r=\"A2\"><v>2</v></c><c r=\"B2\"><v>9</v></c><c r=\"D2\"><v>3</v></c></row>"
		"<row r=\"3\"><c r=\"C3\"><v>4</v></c></row>",
		"<mergeCells count=\"3\"><mergeCell ref=\"A2:B3\"/><mergeCell ref='A1:C1'/><mergeCell ref=\"E5:F9\"></mergeCell></mergeCells>"));
	struct sheet_row row;
	struct sheet *s = opened_xlsx(r, parts, &plain);
	assert_text(rows_of(r, s),
		"1|t:head^A1|t:head^A1|t:head^A1|n:1\n2|n:2^A2|n:2^A2|-|n:3\n3|n:2^A2|n:2^A2|n:4|-\n");
	s = opened_xlsx(r, parts, &plain);
	assert_true(sheet_next(s, &row));
	assert_true(sheet_cell_check(&row.cells[1], SHEET_MERGED_ALLOWED, &r->diag));
	assert_true(sheet_cell_check(&row.cells[3], SHEET_MERGED_REFUSED, &r->diag));
	assert_false(sheet_cell_check(&row.cells[1], SHEET_MERGED_REFUSED, &r->diag));
	assert_text(said(r), "b.xlsx:Plan!B1: this cell is merged with others, so it is not clear which of them its value is for; split them "
		"[cell-merged]\nb.xlsx:Plan!A1: note: they begin here\n");
}

/* Their list may fall anywhere in the pieces that are searched for it. */
static void merged_areas_far_behind(void **state)
{
	struct room *r = *state;
	for (size_t padding = 65536 - 200; padding < 65536 + 40; padding++) {
		struct buf b;
		buf_init(&b, &r->arena, 1 << 20);
		buf_puts(&b, "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
		while (b.len < padding)
			buf_putc(&b, ' ');
		buf_puts(&b, "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>");
		assert_text(rows_of(r, opened_xlsx(r, PARTS(ONE_SHEET, b.ptr), &plain)), "1|n:1^A1|n:1^A1\n");
	}
}

static void errors_and_formulas_without_value(void **state)
{
	struct room *r = *state;
	struct sheet_row row;
	struct part workbook = { "xl/workbook.xml", WORKBOOK("<sheets><sheet name=\"Plan\" r:id=\"a\"/></sheets><calcPr fullCalcOnLoad=\"1\"/>") };
	struct sheet *s = opened_xlsx(r, PARTS(workbook, SHEET("<row r=\"1\"><c r=\"A1\" t=\"e\"><f>B9</f><v>#REF!</v></c>"
		"<c r=\"B1\"><f>1+1</f></c><c r=\"C1\"><f>1+1</f><v></v></c><c r=\"D1\"><f>1+1</f><v>0</v></c><c r=\"E1\" t=\"str\"><f>A1</f><v></v></c>"
		"<c r=\"F1\"><v>0</v></c><c r=\"G1\"><f>1+1</f><v>2</v></c></row>", "")), &plain);
	assert_true(sheet_next(s, &row));
	assert_int_equal(row.count, 7);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(sheet_cell_check(&row.cells[i], SHEET_MERGED_REFUSED, &r->diag), i > 3);
	assert_int_equal(row.cells[4].kind, SHEET_EMPTY);
	assert_text(said(r), "b.xlsx:Plan!A1: this cell holds the error #REF!; mend its formula and save the workbook [cell-error]\n"
		"b.xlsx:Plan!B1: this formula has no value yet; open the workbook in an office program, which computes it, and save it [cell-formula]\n"
		"b.xlsx:Plan!C1: this formula has no value yet; open the workbook in an office program, which computes it, and save it [cell-formula]\n"
		"b.xlsx:Plan!D1: this formula has no value yet; open the workbook in an office program, which computes it, and save it [cell-formula]\n");
}

#define TWO_SHEETS { "xl/workbook.xml", WORKBOOK("<sheets><sheet name=\"Plan\" r:id=\"a\"/><sheet name=\"Notes\" r:id=\"a\"/>" \
	"<sheet name=\"Old\" state=\"hidden\" r:id=\"a\"/><sheet name=\"Chart\" r:id=\"b\"/></sheets>") }

static void choosing_a_sheet(void **state)
{
	struct room *r = *state;
	struct part two = TWO_SHEETS;
	const struct part *parts = PARTS(two, SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", ""));
	struct sheet_options options = { .sheet = STR("Old") };
	assert_text(rows_of(r, opened_xlsx(r, parts, &options)), "1|n:1\n");
	assert_null(opened_xlsx(r, parts, &plain));
	options.sheet = STR("Note");
	assert_null(opened_xlsx(r, parts, &options));
	options.sheet = STR("Expenditure");
	assert_null(opened_xlsx(r, parts, &options));
	assert_text(said(r), "company.xml:1:1: 'b.xlsx' has 2 sheets; say which to read: 'Plan', 'Notes' [sheet-unknown]\n"
		"company.xml:1:1: 'b.xlsx' has no sheet 'Note'; did you mean 'Notes'? [sheet-unknown]\n"
		"company.xml:1:1: 'b.xlsx' has no sheet 'Expenditure' [sheet-unknown]\nb.xlsx: note: it has 'Plan', 'Notes'\n");
}

/* One message for a file that cannot be read, and where it was named. */
static void assert_refused(struct room *r, const char *name, struct str bytes, const char *expected)
{
	diag_init(&r->diag, &r->arena);
	r->named.source = NULL;
	struct sheet *s = opened(r, name, bytes, &plain);
	if (s)
		rows_of(r, s);
	assert_int_equal(r->diag.errors, 1);
	struct str text = said(r);
	if (!memmem(text.ptr, text.len, expected, strlen(expected)))
		assert_text(text, expected);
}

static void files_that_are_no_workbook(void **state)
{
	struct room *r = *state;
	static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 0123456789abcdef";
	static const char secret[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	assert_refused(r, "b.xls", (struct str){ ole, sizeof ole - 1 }, "b.xls: this is a workbook of the old Excel format (.xls); save it as .xlsx [workbook]");
	assert_refused(r, "b.xlsx", (struct str){ secret, sizeof secret - 1 }, "b.xlsx: this workbook is protected by a password");
	assert_refused(r, "b.xlsx", STR("<html>"), "b.xlsx: this is no workbook, though its name ends in .xlsx");
	assert_refused(r, "b.xlsx", STR("PK\003\004nonsense"), "b.xlsx: this workbook is damaged or not complete");
	assert_refused(r, "b.zip", packed(r, (struct part[]){ { "a.txt", "x" }, { NULL, NULL } }), "b.zip: this is a zip archive, but no workbook");
	assert_refused(r, "b.docx", packed(r, (struct part[]){ { "_rels/.rels", LINKS(LINK("a", "officeDocument", "word/document.xml")) }, { NULL, NULL } }),
		"b.docx: this is an office document, but no workbook");
	assert_refused(r, "b.xlsb", packed(r, (struct part[]){ { "_rels/.rels", LINKS(LINK("a", "officeDocument", "xl/workbook.bin")) }, { NULL, NULL } }),
		"b.xlsb: this is a binary workbook (.xlsb); save it as .xlsx");
	assert_refused(r, "b.xlsx", packed(r, (struct part[]){ ROOT, { NULL, NULL } }), "b.xlsx: this workbook is not complete: it has no 'xl/_rels/workbook.xml.rels'");
}

static void damaged_sheets(void **state)
{
	struct room *r = *state;
	struct part one = ONE_SHEET;
	static const struct {
		const char *sheet, *expected;
	} cases[] = {
		{ "<worksheet " MAIN "><sheetData><row r=\"1\"></sheetData></worksheet>", "b.xlsx: 'xl/worksheets/sheet1.xml' in this workbook is damaged: its XML is not well formed" },
		{ "\xFF\xFE<", "b.xlsx: 'xl/worksheets/sheet1.xml' in this workbook is not in UTF-8" },
		{ "<!DOCTYPE x><worksheet " MAIN "/>", "is damaged: a DOCTYPE is not allowed" },
		{ SHEET("<row r=\"2\"/><row r=\"1\"/>", ""), "b.xlsx:Plan!A2: the rows behind this one are not in order" },
		{ SHEET("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", ""), "b.xlsx:Plan!A1: the cells of this row are not in order" },
		{ SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c></row>", ""), "b.xlsx:Plan!A1: the value of this cell cannot be read" },
		{ SHEET("<row r=\"1\"><c r=\"A1\"><v>1,5</v></c></row>", ""), "b.xlsx:Plan!A1: the value of this cell cannot be read" },
		{ SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "<mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A1:C1\"/>"), "b.xlsx:Plan!A1: two merged areas share this cell" },
		{ SHEET("<row r=\"1\"><c r=\"FAO1\"><v>1</v></c></row>", ""), "b.xlsx:Plan!FAN1: more than 4096 columns [limit]" },
		{ SHEET("<row r=\"1048577\"><c><v>1</v></c></row>", ""), "b.xlsx:Plan!A1048576: more than 1048576 rows [limit]" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_refused(r, "b.xlsx", packed(r, PARTS(one, cases[i].sheet)), cases[i].expected);
}

/* One text too long, parts that grow too far, too many merged areas. */
static void limits(void **state)
{
	struct room *r = *state;
	struct part one = ONE_SHEET;
	struct buf b;
	buf_init(&b, &r->arena, 1 << 28);
	buf_puts(&b, "<worksheet " MAIN "><sheetData><row><c t=\"inlineStr\"><is><t>");
	for (int i = 0; i <= LIMIT_CELL_BYTES; i++)
		buf_putc(&b, 'x');
	buf_puts(&b, "</t></is></c></row></sheetData></worksheet>");
	struct sheet *s = opened_xlsx(r, PARTS(one, b.ptr), &plain);
	assert_text(rows_of(r, s), "");
	assert_text(said(r), "b.xlsx:Plan!A1: more than 131072 bytes in one cell [limit]\ncompany.xml:1:1: note: the file is named here\n");
	b.len = 0;
	buf_puts(&b, "<worksheet " MAIN "><sheetData/>");
	for (int i = 0; i <= LIMIT_SHEET_MERGES; i++)
		buf_puts(&b, "<mergeCell ref=\"A1:B1\"/>");
	buf_puts(&b, "</worksheet>");
	assert_refused(r, "b.xlsx", packed(r, PARTS(one, b.ptr)), "b.xlsx: more than 65536 merged areas in one sheet [limit]");
	b.len = 0;
	buf_puts(&b, "<sst " MAIN ">");
	for (int i = 0; i <= LIMIT_SHEET_STRINGS; i++)
		buf_puts(&b, "<si/>");
	buf_puts(&b, "</sst>");
	struct part *parts = PARTS(one, SHEET("", ""));
	parts[3].text = b.ptr;
	assert_refused(r, "b.xlsx", packed(r, parts), "the texts of this workbook are too many or too long");
	buf_init(&b, &r->arena, 1 << 28);
	for (size_t i = 0; i < LIMIT_WORKBOOK_FREE + 32 * 1024 * 1024; i++)
		buf_putc(&b, ' ');
	assert_refused(r, "b.xlsx", packed(r, PARTS(one, b.ptr)), "'xl/worksheets/sheet1.xml' in this workbook grows to more than 200 times its packed size");
}

/* A flipped bit anywhere is an error or changes nothing that is read; it never breaks the reader. */
static void flipped_bits(void **state)
{
	struct room *r = *state;
	struct part one = ONE_SHEET;
	struct str sound = packed(r, PARTS(one, SHEET("<row r=\"1\"><c r=\"A1\"><v>12345</v></c></row>", "")));
	char *bytes = test_malloc(sound.len);
	struct arena arena;
	memcpy(bytes, sound.ptr, sound.len);
	for (size_t bit = 0; bit < sound.len * 8; bit += 3) {
		struct room own = { 0 };
		arena_init(&arena, 0, &r->unwind);
		own.arena = arena;
		diag_init(&own.diag, &own.arena);
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		struct str rows = rows_of(&own, opened(&own, "b.xlsx", (struct str){ bytes, sound.len }, &plain));
		if (own.diag.errors == 0)
			assert_text(rows, "1|n:12345\n");
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		arena_release(&own.arena);
	}
	test_free(bytes);
}

/* ---- CSV ---- */

static void rows_of_csv(void **state)
{
	struct room *r = *state;
	struct sheet_options european = { .encoding = STR("ISO-8859-1"), .dialect = { ';', '"' } };
	struct str text = STR("a,b\n1,\"x \"\"y\"\"\"\n\n,2,\n");
	assert_text(rows_of(r, opened(r, "t.csv", text, &plain)), "1|t:a|t:b\n2|t:1|t:x \"y\"\n3|-|t:2|-\n");
	assert_text(rows_of(r, opened(r, "t.csv", STR("\xE4;1,5\n"), &european)), "1|t:\xC3\xA4|t:1,5\n");
	struct sheet_row row;
	struct sheet *s = opened(r, "t.csv", text, &plain);
	struct buf b;
	buf_init(&b, &r->arena, 100);
	assert_true(sheet_next(s, &row) && sheet_next(s, &row));
	buf_pos(&b, row.cells[1].pos);
	assert_text(buf_str(&b), "t.csv:2:4");
	assert_text(said(r), "");
}

static void csv_that_is_refused(void **state)
{
	struct room *r = *state;
	struct sheet_options options = { .sheet = STR("Plan") };
	assert_null(opened(r, "t.csv", STR("a"), &options));
	assert_null(opened(r, "t.csv", STR("\xE4"), &plain));
	assert_text(said(r), "company.xml:1:1: 't.csv' is a text file, which has no sheets and no ranges of cells [sheet-range]\n"
		"t.csv:1:1: byte 0xE4 is not valid in UTF-8, the encoding of this file [encoding]\n"
		"company.xml:1:1: note: the file looks like windows-1252; if it is, say so here: encoding=\"windows-1252\"\n");
}

/* What a file looks like is told, and never used. */
static void encodings_that_bytes_look_like(void **state)
{
	static const struct {
		struct str bytes, encoding;
		const char *looks; /* NULL: it is read */
	} cases[] = {
		{ { "\xFF\xFE" "a\0\n\0", 6 }, { 0 }, "UTF-16" },
		{ { "a\0,\0b\0\n\0", 8 }, { 0 }, "UTF-16LE" },
		{ { "\0a\0,\0b\0\n", 8 }, { 0 }, "UTF-16BE" },
		{ { "B\xFCro,Caf\xE9\n", 10 }, { 0 }, "windows-1252" },
		{ { "B\x81ro,Caf\x82\n", 10 }, { 0 }, "IBM850" },
		{ { "B\x9Fro,Caf\x8E\n", 10 }, { 0 }, "MACINTOSH" },
		{ { "B\xC3\xBCro\n", 6 }, { "windows-1252", 12 }, "UTF-8" },
		{ { "a,b\n", 4 }, { "UTF-16", 6 }, "UTF-8" },
		{ { "a,b\n", 4 }, { "windows-1252", 12 }, NULL },
		{ { "B\xC3\xBCro\n", 6 }, { 0 }, NULL },
		{ { "\xFF\xFE" "a\0\n\0", 6 }, { "UTF-16", 6 }, NULL },
	};
	struct room *r = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet_options options = { .encoding = cases[i].encoding };
		diag_init(&r->diag, &r->arena);
		rows_of(r, opened(r, "t.csv", cases[i].bytes, &options));
		const char *told = strstr(said(r).ptr, "looks like ");
		if ((told != NULL) != (cases[i].looks != NULL))
			fail_msg("case %zu says %s", i, said(r).ptr);
		if (told)
			assert_memory_equal(told + strlen("looks like "), cases[i].looks, strlen(cases[i].looks));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(cells_of_all_kinds),
		TEST(gaps_and_widths),
		TEST(places),
		TEST(dates_since_1904),
		TEST(ranges),
		TEST(ranges_that_are_none),
		TEST(merged_areas),
		TEST(merged_areas_far_behind),
		TEST(errors_and_formulas_without_value),
		TEST(choosing_a_sheet),
		TEST(files_that_are_no_workbook),
		TEST(damaged_sheets),
		TEST(limits),
		TEST(flipped_bits),
		TEST(rows_of_csv),
		TEST(csv_that_is_refused),
		TEST(encodings_that_bytes_look_like),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
