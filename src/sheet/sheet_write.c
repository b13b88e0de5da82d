/* Rows of cells -> an XLSX workbook. */
#include "sheet/sheet_write.h"

#include "base/date.h"
#include "base/vec.h"
#include "sheet/sheet_pack.h"
#include "sheet/sheet_xlsx.h"

enum {
	NAME_CHARACTERS = 31,
	WIDTH = 12,
	EPOCH = 25569, /* 1970-01-01 in days as Excel counts them */
	PART_MOST = SHEET_PACK_MOST
};

/* Indices of cellXfs below; each with its open counterpart behind it, which can be edited in a protected sheet. */
enum style {
	STYLE_GENERAL = 0,
	STYLE_TEXT = 2,
	STYLE_DAY = 4,
	STYLE_SHARE = 6,
	STYLE_HEAD = 8,
	STYLE_REMARK = 9
};

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
/* Long texts are read whole, in rows as high as they need; what stands beside them begins with them. */
#define FORMAT_START(number) \
	"<xf numFmtId='" number "' fontId='0' fillId='0' borderId='0' xfId='0' applyNumberFormat='1' applyAlignment='1'"
#define FORMAT(number, alignment)                                                                \
	FORMAT_START(number) "><alignment vertical='top'" alignment "/></xf>" FORMAT_START(number) \
	" applyProtection='1'><alignment vertical='top'" alignment "/><protection locked='0'/></xf>"
static const char styles[] = DECLARATION
	"<styleSheet xmlns='" MAIN "'>"
	"<numFmts count='2'><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd'/>"
	"<numFmt numFmtId='165' formatCode='0.0%'/></numFmts>"
	"<fonts count='3'><font><sz val='11'/><name val='Calibri'/></font>"
	"<font><b/><sz val='11'/><name val='Calibri'/></font>"
	"<font><i/><sz val='11'/><color rgb='FF595959'/><name val='Calibri'/></font></fonts>"
	"<fills count='3'><fill><patternFill patternType='none'/></fill>"
	"<fill><patternFill patternType='gray125'/></fill>"
	"<fill><patternFill patternType='solid'><fgColor rgb='FFE7ECF2'/><bgColor indexed='64'/>"
	"</patternFill></fill></fills>"
	"<borders count='2'><border><left/><right/><top/><bottom/><diagonal/></border>"
	"<border><left/><right/><top/><bottom style='thin'><color rgb='FF595959'/></bottom><diagonal/>"
	"</border></borders>"
	"<cellStyleXfs count='1'><xf numFmtId='0' fontId='0' fillId='0' borderId='0'/></cellStyleXfs>"
	"<cellXfs count='10'>" FORMAT("0", "") FORMAT("49", " wrapText='1'") FORMAT("164", "") FORMAT("165", "")
	"<xf numFmtId='0' fontId='1' fillId='2' borderId='1' xfId='0' applyFont='1' applyFill='1' "
	"applyBorder='1' applyAlignment='1'><alignment vertical='center' wrapText='1'/></xf>"
	"<xf numFmtId='0' fontId='2' fillId='0' borderId='0' xfId='0' applyFont='1'/></cellXfs>"
	"<cellStyles count='1'><cellStyle name='Normal' xfId='0' builtinId='0'/></cellStyles>"
	"</styleSheet>";

struct written_sheet {
	struct str name;
	const struct sheet_write_column *columns; /* borrowed */
	size_t column_count;
	struct buf rows;     /* the XML of the rows */
	uint32_t row;        /* the last one, from 1 */
	uint32_t head;       /* the last head row; 0 when there is none */
	uint32_t widest;     /* cells in the widest row */
	uint32_t first_list; /* of its columns' lists of choices: the column on the sheet of lists */
};

struct sheet_write {
	struct arena *arena;
	VEC(struct written_sheet *) sheets;
	uint32_t list_count; /* columns with choices, of all sheets */
};

struct sheet_write *sheet_write_open(struct arena *a)
{
	struct sheet_write *w = ARENA_NEW(a, struct sheet_write);
	w->arena = a;
	return w;
}

/* ---- texts ---- */

/* What XML cannot hold is shown as U+FFFD; what would be read as one character is kept apart. */
static void put_text(struct buf *b, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);
		bool good = c >= 0x20 ? c < 0xFFFE || c > 0xFFFF : c == '\t' || c == '\n';
		if (c == '_' && xlsx_escaped(text.ptr + from, text.len - from))
			buf_puts(b, "_x005F_");
		else if (good)
			buf_xml(b, (struct str){ text.ptr + from, at - from });
		else
			buf_puts(b, "\xEF\xBF\xBD");
	}
}

static struct str sheet_name(struct arena *a, struct str name)
{
	struct buf b;
	size_t characters = 0;
	buf_init(&b, a, 4 * NAME_CHARACTERS + 1);
	for (size_t at = 0; at < name.len && characters < NAME_CHARACTERS; characters++) {
		size_t from = at;
		uint32_t c = utf8_next(name, &at);
		if (c < 0x20 || c == 0xFFFE || c == 0xFFFF || (c < 0x80 && strchr("[]:*?/\\'", (int)c)))
			buf_putc(&b, '-');
		else
			buf_put(&b, (struct str){ name.ptr + from, at - from });
	}
	return b.len ? buf_str(&b) : STR("-");
}

/* ---- rows ---- */

void sheet_write_sheet(
	struct sheet_write *w, struct str name, const struct sheet_write_column *columns, size_t count)
{
	struct written_sheet *sheet = ARENA_NEW(w->arena, struct written_sheet);
	sheet->name = sheet_name(w->arena, name);
	sheet->columns = columns;
	sheet->column_count = count;
	sheet->first_list = w->list_count;
	buf_init(&sheet->rows, w->arena, PART_MOST);
	for (size_t i = 0; i < count; i++)
		w->list_count += columns[i].choices != NULL;
	vec_push(w->arena, &w->sheets, sheet);
}

static enum style style_of_kind(uint8_t kind)
{
	return kind == SHEET_TEXT ? STYLE_TEXT : kind == SHEET_DATE ? STYLE_DAY : STYLE_GENERAL;
}

static unsigned style_of(const struct written_sheet *sheet, enum sheet_write_row as, size_t column,
	const struct sheet_write_cell *cell)
{
	if (as == SHEET_ROW_HEAD)
		return STYLE_HEAD;
	if (as == SHEET_ROW_NOTE)
		return STYLE_REMARK;
	bool known = column < sheet->column_count;
	uint8_t kind = cell->kind == SHEET_EMPTY && known ? sheet->columns[column].kind : cell->kind;
	enum style style = cell->percent ? STYLE_SHARE : style_of_kind(kind);
	return (unsigned)style + (known && !sheet->columns[column].locked);
}

/* The value of a cell that is not text. */
static void put_plain(struct buf *b, const struct sheet_write_cell *cell)
{
	struct date day;
	buf_puts(b, "<v>");
	if (cell->kind == SHEET_DATE && date_parse(cell->text, &day))
		buf_printf(b, "%d", (int)date_days(day) + EPOCH);
	else if (cell->kind == SHEET_TRUTH)
		buf_puts(b, str_is(cell->text, "true") ? "1" : "0");
	else
		buf_put(b, cell->text);
	buf_puts(b, "</v>");
}

/* Text, and what the format has no date for: days before 1900-03-01. */
static bool is_text(const struct sheet_write_cell *cell)
{
	struct date day;
	bool early = cell->kind == SHEET_DATE &&
		(!date_parse(cell->text, &day) || date_cmp(day, (struct date){ 1900, 3, 1 }) < 0);
	return cell->kind == SHEET_TEXT || early;
}

static void put_cell(struct written_sheet *sheet, enum sheet_write_row as, uint32_t column,
	const struct sheet_write_cell *cell)
{
	struct buf *b = &sheet->rows;
	buf_puts(b, "<c r=\"");
	buf_cell(b, grid_offset(sheet->row - 1, column));
	buf_printf(b, "\" s=\"%u\"", style_of(sheet, as, column, cell));
	if (cell->kind == SHEET_EMPTY || cell->text.len == 0) {
		buf_puts(b, "/>");
	} else if (is_text(cell)) {
		buf_puts(b, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
		put_text(b, cell->text);
		buf_puts(b, "</t></is></c>");
	} else {
		buf_puts(b, cell->kind == SHEET_TRUTH ? " t=\"b\">" : ">");
		put_plain(b, cell);
		buf_puts(b, "</c>");
	}
}

void sheet_write_cells(struct sheet_write *w, enum sheet_write_row as,
	const struct sheet_write_cell *cells, size_t count)
{
	struct written_sheet *sheet = w->sheets.at[w->sheets.count - 1];
	buf_printf(&sheet->rows, "<row r=\"%u\">", ++sheet->row);
	for (size_t i = 0; i < count && i < GRID_COLUMNS; i++)
		put_cell(sheet, as, (uint32_t)i, &cells[i]);
	buf_puts(&sheet->rows, "</row>");
	if (as == SHEET_ROW_HEAD)
		sheet->head = sheet->row;
	if (sheet->widest < count)
		sheet->widest = (uint32_t)count;
}

/* ---- sheets ---- */

static bool is_protected(const struct written_sheet *sheet)
{
	for (size_t i = 0; i < sheet->column_count; i++)
		if (sheet->columns[i].locked)
			return true;
	return false;
}

static void put_view(struct buf *b, const struct written_sheet *sheet, bool first)
{
	buf_printf(
		b, "<sheetViews><sheetView workbookViewId=\"0\"%s", first ? " tabSelected=\"1\"" : "");
	if (sheet->head)
		buf_printf(b,
			"><pane ySplit=\"%u\" topLeftCell=\"A%u\" activePane=\"bottomLeft\" state=\"frozen\"/>"
			"<selection pane=\"bottomLeft\"/></sheetView>",
			sheet->head, sheet->head + 1);
	else
		buf_puts(b, "/>");
	buf_puts(b, "</sheetViews>");
}

static void put_columns(struct buf *b, const struct written_sheet *sheet)
{
	if (sheet->column_count == 0)
		return;
	buf_puts(b, "<cols>");
	for (unsigned i = 0; i < sheet->column_count; i++) {
		const struct sheet_write_column *c = &sheet->columns[i];
		buf_printf(b, "<col min=\"%u\" max=\"%u\" width=\"%u\" style=\"%u\" customWidth=\"1\"/>",
			i + 1, i + 1, c->width ? c->width : WIDTH,
			(unsigned)style_of_kind(c->kind) + !c->locked);
	}
	buf_puts(b, "</cols>");
}

/* Below the head, down to the last row there is. */
static void put_choice(struct buf *b, const struct written_sheet *sheet, uint32_t column,
	uint32_t list, struct str lists)
{
	buf_puts(b, "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"");
	buf_cell(b, grid_offset(sheet->head, column));
	buf_putc(b, ':');
	buf_cell(b, grid_offset(GRID_ROWS - 1, column));
	buf_puts(b, "\"><formula1>'");
	buf_xml(b, lists);
	buf_puts(b, "'!$");
	buf_cell_column(b, list);
	buf_puts(b, "$1:$");
	buf_cell_column(b, list);
	buf_printf(b, "$%zu</formula1></dataValidation>", sheet->columns[column].choice_count);
}

static void put_choices(struct buf *b, const struct written_sheet *sheet, struct str lists)
{
	uint32_t count = 0;
	for (size_t i = 0; i < sheet->column_count; i++)
		count += sheet->columns[i].choices != NULL;
	if (count == 0)
		return;
	buf_printf(b, "<dataValidations count=\"%u\">", count);
	for (uint32_t i = 0, list = sheet->first_list; i < sheet->column_count; i++)
		if (sheet->columns[i].choices)
			put_choice(b, sheet, i, list++, lists);
	buf_puts(b, "</dataValidations>");
}

static struct str sheet_xml(
	struct sheet_write *w, const struct written_sheet *sheet, bool first, struct str lists)
{
	struct buf b;
	buf_init(&b, w->arena, PART_MOST);
	buf_puts(&b, DECLARATION "<worksheet xmlns=\"" MAIN "\"><dimension ref=\"A1:");
	buf_cell(
		&b, grid_offset(sheet->row ? sheet->row - 1 : 0, sheet->widest ? sheet->widest - 1 : 0));
	buf_puts(&b, "\"/>");
	put_view(&b, sheet, first);
	buf_puts(&b, "<sheetFormatPr defaultRowHeight=\"15\"/>");
	put_columns(&b, sheet);
	buf_puts(&b, "<sheetData>");
	buf_put(&b, buf_str(&sheet->rows));
	buf_puts(&b, "</sheetData>");
	if (is_protected(sheet))
		buf_puts(&b,
			"<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatCells=\"0\" "
			"formatColumns=\"0\" "
			"formatRows=\"0\" sort=\"0\" autoFilter=\"0\"/>");
	put_choices(&b, sheet, lists);
	buf_puts(&b, "</worksheet>");
	return buf_str(&b);
}

/* ---- the workbook ---- */

/* A hidden sheet that holds the lists, a column each: a list within the rule itself may hold 255 characters. */
static struct str write_lists(struct sheet_write *w)
{
	size_t sheets = w->sheets.count, longest = 0, lists = 0;
	const struct sheet_write_column **columns =
		ARENA_ARRAY(w->arena, const struct sheet_write_column *, w->list_count);
	for (size_t i = 0; i < sheets; i++)
		for (size_t c = 0; c < w->sheets.at[i]->column_count; c++)
			if (w->sheets.at[i]->columns[c].choices)
				columns[lists++] = &w->sheets.at[i]->columns[c];
	for (size_t i = 0; i < lists; i++)
		longest = columns[i]->choice_count > longest ? columns[i]->choice_count : longest;
	struct sheet_write_cell *cells = ARENA_ARRAY(w->arena, struct sheet_write_cell, lists);
	sheet_write_sheet(w, STR("entente lists"), NULL, 0);
	for (size_t row = 0; row < longest; row++) {
		for (size_t i = 0; i < lists; i++)
			cells[i] = row < columns[i]->choice_count
				? (struct sheet_write_cell){ .kind = SHEET_TEXT, .text = columns[i]->choices[row] }
				: (struct sheet_write_cell){ 0 };
		sheet_write_cells(w, SHEET_ROW_PLAIN, cells, lists);
	}
	return w->sheets.at[sheets]->name;
}

static struct str content_types(struct sheet_write *w)
{
	static const char type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
	struct buf b;
	buf_init(&b, w->arena, PART_MOST);
	buf_puts(&b,
		DECLARATION "<Types xmlns=\"" PACKAGE "content-types\">"
					"<Default Extension=\"rels\" "
					"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
					"<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
	buf_printf(
		&b, "<Override PartName=\"/xl/workbook.xml\" ContentType=\"%ssheet.main+xml\"/>", type);
	for (size_t i = 0; i < w->sheets.count; i++)
		buf_printf(&b,
			"<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType=\"%sworksheet+xml\"/>",
			i + 1, type);
	buf_printf(
		&b, "<Override PartName=\"/xl/styles.xml\" ContentType=\"%sstyles+xml\"/></Types>", type);
	return buf_str(&b);
}

static struct str workbook(struct sheet_write *w, bool lists)
{
	struct buf b;
	buf_init(&b, w->arena, PART_MOST);
	buf_puts(&b, DECLARATION "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>");
	for (size_t i = 0; i < w->sheets.count; i++) {
		buf_puts(&b, "<sheet name=\"");
		buf_xml(&b, w->sheets.at[i]->name);
		buf_printf(&b, "\" sheetId=\"%zu\" %sr:id=\"rId%zu\"/>", i + 1,
			lists && i + 1 == w->sheets.count ? "state=\"hidden\" " : "", i + 1);
	}
	buf_puts(&b, "</sheets></workbook>");
	return buf_str(&b);
}

static struct str relations(struct sheet_write *w)
{
	struct buf b;
	size_t count = w->sheets.count;
	buf_init(&b, w->arena, PART_MOST);
	buf_puts(&b, DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">");
	for (size_t i = 1; i <= count; i++)
		buf_printf(&b,
			"<Relationship Id=\"rId%zu\" Type=\"" OFFICE
			"/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
			i, i);
	buf_printf(&b,
		"<Relationship Id=\"rId%zu\" Type=\"" OFFICE
		"/styles\" Target=\"styles.xml\"/></Relationships>",
		count + 1);
	return buf_str(&b);
}

struct str sheet_write_end(struct sheet_write *w)
{
	struct sheet_pack pack;
	bool lists = w->list_count > 0;
	struct str lists_name = lists ? write_lists(w) : STR("");
	sheet_pack_init(&pack, w->arena);
	sheet_pack_add(&pack, "[Content_Types].xml", content_types(w));
	sheet_pack_add(&pack, "_rels/.rels",
		STR(DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">"
						"<Relationship Id=\"rId1\" Type=\"" OFFICE
						"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
	sheet_pack_add(&pack, "xl/workbook.xml", workbook(w, lists));
	sheet_pack_add(&pack, "xl/_rels/workbook.xml.rels", relations(w));
	sheet_pack_add(&pack, "xl/styles.xml", STR(styles));
	for (size_t i = 0; i < w->sheets.count; i++)
		sheet_pack_add(&pack, str_printf(w->arena, "xl/worksheets/sheet%zu.xml", i + 1).ptr,
			sheet_xml(w, w->sheets.at[i], i == 0, lists_name));
	return sheet_pack_end(&pack);
}
