/* An XLSX archive -> its list of sheets, and what the chosen one needs. */
#include "sheet/sheet_xlsx.h"

#include "base/limits.h"

/* Each has a second name, in files that keep to the standard to the letter. */
const struct xml_space xlsx_spaces[] = {
	{ "http://schemas.openxmlformats.org/spreadsheetml/2006/main", XLSX_MAIN },
	{ "http://purl.oclc.org/ooxml/spreadsheetml/main", XLSX_MAIN },
	{ "http://schemas.openxmlformats.org/officeDocument/2006/relationships", XLSX_OFFICE },
	{ "http://purl.oclc.org/ooxml/officeDocument/relationships", XLSX_OFFICE },
	{ "http://schemas.openxmlformats.org/package/2006/relationships", XLSX_PACKAGE },
	{ NULL, 0 },
};

/* A part's link to another. */
struct relation {
	struct str id, type; /* the last part of the type's name */
	const char *target;  /* the part */
};
struct relations {
	struct relation *at;
	size_t count, room;
};

static struct str behind_last(struct str s, char mark)
{
	const char *at = s.len ? memrchr(s.ptr, mark, s.len) : NULL;
	size_t cut = at ? (size_t)(at - s.ptr) + 1 : 0;
	return (struct str){ s.ptr + cut, s.len - cut };
}

/* A target is relative to the folder of the part that links to it, or to the archive. */
static const char *resolved(struct arena *a, const char *part, struct str target)
{
	const char *slash = strrchr(part, '/');
	struct str folder = { part, slash ? (size_t)(slash - part) : 0 };
	bool outside;
	if (target.len && target.ptr[0] == '/') {
		folder.len = 0;
		target = (struct str){ target.ptr + 1, target.len - 1 };
	}
	return str_terminated(a, source_path(a, folder, target, &outside));
}

/* "xl/workbook.xml" -> "xl/_rels/workbook.xml.rels" */
static const char *relations_of(struct arena *a, const char *part)
{
	struct str name = behind_last(str_from(part), '/');
	return str_printf(a, "%.*s_rels/" STR_FMT ".rels", (int)(name.ptr - part), part, STR_ARG(name))
		.ptr;
}

static void add_relation(
	struct sheet *s, const char *part, const struct xml_event *e, struct relations *all)
{
	struct arena *a = &s->own;
	struct relation *r = vec_add(a, all);
	r->id = str_copy(a, xml_event_attr(e, XML_SPACE_NONE, "Id"));
	r->type = str_copy(a, behind_last(xml_event_attr(e, XML_SPACE_NONE, "Type"), '/'));
	r->target = resolved(a, part, xml_event_attr(e, XML_SPACE_NONE, "Target"));
}

static bool read_relations(struct sheet *s, const char *part, struct relations *all)
{
	struct sheet_xml x;
	if (!sheet_xml_open(s, relations_of(&s->own, part), xlsx_spaces, &x))
		return false;
	for (const struct xml_event *e; (e = xml_stream_next(x.stream));)
		if (xml_starts(e, XLSX_PACKAGE, "Relationship"))
			add_relation(s, part, e, all);
	return sheet_xml_close(&x);
}

static const struct relation *by_type(const struct relations *all, const char *type)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_is(all->at[i].type, type))
			return &all->at[i];
	return NULL;
}

static const struct relation *by_id(const struct relations *all, struct str id)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->at[i].id, id))
			return &all->at[i];
	return NULL;
}

/* ---- the workbook ---- */

struct workbook {
	struct relations links;
	VEC(struct sheet_entry)
	sheets; /* in the order of their tabs; charts that fill a sheet are none */
};

static bool is_on(struct str truth)
{
	return str_is(truth, "1") || str_is(truth, "true");
}

static void add_sheet(struct sheet *s, struct workbook *w, const struct xml_event *e)
{
	const struct relation *r = by_id(&w->links, xml_event_attr(e, XLSX_OFFICE, "id"));
	struct str state = xml_event_attr(e, XML_SPACE_NONE, "state");
	if (!r || !str_is(r->type, "worksheet"))
		return;
	struct sheet_entry *sheet = vec_add(&s->own, &w->sheets);
	sheet->name = str_copy(&s->own, xml_event_attr(e, XML_SPACE_NONE, "name"));
	sheet->target = str_from(r->target);
	sheet->hidden = str_is(state, "hidden") || str_is(state, "veryHidden");
}

static bool read_workbook(struct sheet *s, struct xlsx *x, const char *part, struct workbook *w)
{
	struct sheet_xml xml;
	if (!read_relations(s, part, &w->links) || !sheet_xml_open(s, part, xlsx_spaces, &xml))
		return false;
	for (const struct xml_event *e; (e = xml_stream_next(xml.stream));) {
		if (xml_starts(e, XLSX_MAIN, "sheet"))
			add_sheet(s, w, e);
		else if (xml_starts(e, XLSX_MAIN, "workbookPr"))
			x->since_1904 = is_on(xml_event_attr(e, XML_SPACE_NONE, "date1904"));
		else if (xml_starts(e, XLSX_MAIN, "calcPr"))
			x->uncomputed = is_on(xml_event_attr(e, XML_SPACE_NONE, "fullCalcOnLoad"));
	}
	return sheet_xml_close(&xml);
}

/* The part that holds the workbook; NULL after a diagnostic. */
static const char *workbook_part(struct sheet *s)
{
	struct relations root = { 0 };
	if (!read_relations(s, "", &root))
		return NULL;
	const struct relation *r = by_type(&root, "officeDocument");
	if (r && str_ends(str_from(r->target), ".bin"))
		sheet_fail(s, DIAG_WORKBOOK, "this is a binary workbook (.xlsb); save it as .xlsx");
	else if (!r || !str_ends(str_from(r->target), ".xml") || strncmp(r->target, "xl/", 3) != 0)
		sheet_fail(s, DIAG_WORKBOOK,
			"this is an office document, but no workbook; save the table as .xlsx, .ods or .csv");
	else
		return r->target;
	return NULL;
}

bool sheet_xlsx_open(struct sheet *s)
{
	struct xlsx *x = ARENA_NEW(&s->own, struct xlsx);
	struct workbook w = { 0 };
	const char *part = workbook_part(s);
	if (!part || !read_workbook(s, x, part, &w))
		return false;
	const struct sheet_entry *sheet = sheet_choose(s, w.sheets.at, w.sheets.count);
	const struct relation *strings = by_type(&w.links, "sharedStrings"),
						  *styles = by_type(&w.links, "styles");
	buf_init(&x->text, &s->own, LIMIT_CELL_BYTES);
	if (!sheet || (strings && !xlsx_read_strings(s, x, strings->target)) ||
		(styles && !xlsx_read_styles(s, x, styles->target)) ||
		!xlsx_read_merges(s, sheet->target.ptr))
		return false;
	s->reader = x;
	s->read_row = xlsx_read_row;
	s->restart = xlsx_restart;
	x->part = sheet->target.ptr;
	return sheet_xml_open(s, x->part, xlsx_spaces, &x->rows);
}
