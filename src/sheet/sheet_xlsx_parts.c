/* Parts of an XLSX workbook that its rows refer to: shared strings, styles, merged areas. */
#include "sheet/sheet_xlsx.h"

#include "base/limits.h"

#include <stdlib.h>

/* ---- texts ---- */

void xlsx_take_text(struct xml_stream *stream, struct buf *out)
{
	const struct xml_event *e = xml_stream_next(stream);
	for (uint32_t depth = 1; e; e = xml_stream_next(stream)) {
		if (e->kind == XML_CHARACTERS)
			buf_put(out, e->text);
		else if (e->kind == XML_END && --depth == 0)
			return;
		else if (e->kind == XML_START && e->space == XLSX_MAIN && str_is(e->name, "rPh"))
			xml_stream_skip(stream);
		else
			depth += e->kind == XML_START;
	}
}

uint32_t xlsx_escaped(const char *text, size_t len)
{
	uint32_t value = 0;
	if (len < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
		return 0;
	for (size_t i = 2; i < 6; i++) {
		static const char digits[] = "0123456789abcdef";
		char c = text[i];
		const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
		if (!digit)
			return 0;
		value = value << 4 | (uint32_t)(digit - digits);
	}
	return value >= 0xD800 && value <= 0xDFFF ? 0 : value;
}

struct str xlsx_unescaped(char *text, size_t len)
{
	size_t out = 0;
	if (!len || !memmem(text, len, "_x", 2))
		return (struct str){ text, len };
	for (size_t at = 0; at < len;) {
		uint32_t c = xlsx_escaped(text + at, len - at);
		if (c)
			out += utf8_put(text + out, c), at += 7;
		else
			text[out++] = text[at++];
	}
	return (struct str){ text, out };
}

/* Many short texts one behind the other: an arena would align each. */
struct pool {
	char *at;
	size_t left;
};

static struct str kept(struct arena *a, struct pool *p, struct str text)
{
	enum { PIECE = 64 * 1024 };
	if (text.len > p->left) {
		p->left = text.len > PIECE ? text.len : PIECE;
		p->at = arena_alloc(a, p->left);
	}
	if (text.len)
		memcpy(p->at, text.ptr, text.len);
	struct str copy = { p->at, text.len };
	p->at += text.len;
	p->left -= text.len;
	return copy;
}

bool xlsx_read_strings(struct sheet *s, struct xlsx *x, const char *part)
{
	struct sheet_xml xml;
	struct pool pool = { 0 };
	if (!sheet_xml_open(s, part, xlsx_spaces, &xml))
		return false;
	for (const struct xml_event *e; (e = xml_stream_next(xml.stream));) {
		if (!xml_starts(e, XLSX_MAIN, "si"))
			continue;
		x->text.len = 0;
		xlsx_take_text(xml.stream, &x->text);
		vec_push(
			&s->own, &x->strings, kept(&s->own, &pool, xlsx_unescaped(x->text.ptr, x->text.len)));
		if (x->text.overflowed || x->strings.count > LIMIT_SHEET_STRINGS) {
			sheet_fail(s, DIAG_LIMIT,
				"the texts of this workbook are too many or too long: more than %d, or one of more "
				"than %d bytes",
				LIMIT_SHEET_STRINGS, LIMIT_CELL_BYTES);
			return false;
		}
	}
	return sheet_xml_close(&xml);
}

/* ---- styles ---- */

enum { FORMATS_MOST = 4096 }; /* of one workbook; office programs stop far earlier */

/* Formats that go by number alone. What is not listed is an ordinary number. */
static const struct {
	uint8_t first, last;
	struct sheet_style style;
} built_in[] = {
	{ 9, 10, { STYLE_NUMBER, true, { 0 } } },
	{ 14, 17, { STYLE_DATE, false, { 0 } } },
	{ 18, 21, { STYLE_TIME, false, { 0 } } },
	{ 22, 22, { STYLE_DATE, false, { 0 } } },
	{ 27, 31, { STYLE_DATE, false, { 0 } } }, /* East Asian dates; 32 to 35 are times */
	{ 32, 35, { STYLE_TIME, false, { 0 } } },
	{ 36, 36, { STYLE_DATE, false, { 0 } } },
	{ 45, 47, { STYLE_TIME, false, { 0 } } },
	{ 50, 58, { STYLE_DATE, false, { 0 } } },
};

struct format {
	uint32_t number;
	struct sheet_style style;
};
struct formats {
	struct format *at;
	size_t count, room;
};

static struct sheet_style style_by_number(const struct formats *formats, uint32_t number)
{
	for (size_t i = 0; i < formats->count; i++)
		if (formats->at[i].number == number)
			return formats->at[i].style;
	for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
		if (number >= built_in[i].first && number <= built_in[i].last)
			return built_in[i].style;
	return (struct sheet_style){ 0 };
}

static void add_format(struct sheet *s, struct formats *formats, const struct xml_event *e)
{
	struct str code = str_copy(&s->own, xml_event_attr(e, XML_SPACE_NONE, "formatCode"));
	struct format format = { sheet_whole(xml_event_attr(e, XML_SPACE_NONE, "numFmtId"), 0),
		sheet_style_of(code) };
	vec_push(&s->own, formats, format);
}

/* Formats stand before the styles of cells that name them. */
bool xlsx_read_styles(struct sheet *s, struct xlsx *x, const char *part)
{
	struct sheet_xml xml;
	struct formats formats = { 0 };
	bool cells = false;
	if (!sheet_xml_open(s, part, xlsx_spaces, &xml))
		return false;
	for (const struct xml_event *e; (e = xml_stream_next(xml.stream));) {
		if (str_is(e->name, "cellXfs"))
			cells = e->kind == XML_START;
		else if (xml_starts(e, XLSX_MAIN, "numFmt") && formats.count < FORMATS_MOST)
			add_format(s, &formats, e);
		else if (cells && xml_starts(e, XLSX_MAIN, "xf") && x->styles.count < LIMIT_SHEET_STYLES)
			vec_push(&s->own, &x->styles,
				style_by_number(
					&formats, sheet_whole(xml_event_attr(e, XML_SPACE_NONE, "numFmtId"), 0)));
	}
	return sheet_xml_close(&xml);
}

/* ---- merged areas ---- */

enum { SCAN = 64 * 1024, TAG_MOST = 256 };

/* ref="B3:C4" in a tag. */
static bool add_area(struct sheet *s, struct str tag)
{
	const char *from = memmem(tag.ptr, tag.len, "ref=", 4);
	size_t at = from ? (size_t)(from - tag.ptr) + 5 : 0;
	const char *end =
		from && at < tag.len ? memchr(tag.ptr + at, tag.ptr[at - 1], tag.len - at) : NULL;
	if (!end)
		return true;
	struct str ref = { tag.ptr + at, (size_t)(end - tag.ptr) - at }, first;
	struct sheet_range area;
	if (!str_split(&ref, ':', &first) ||
		!sheet_cell_parse(first, &area.first_row, &area.first_column))
		return true;
	if (!sheet_cell_parse(ref, &area.last_row, &area.last_column))
		area.last_row = area.first_row, area.last_column = GRID_COLUMNS - 1; /* beyond the grid */
	return sheet_add_merge(s, area);
}

/* All tags of the name in text that end in it. *rest: where the first one begins that does not; else the end, or a bit
 * before when it could be the beginning of one. */
static bool add_areas(struct sheet *s, struct str text, size_t *rest)
{
	static const char name[] = "mergeCell ";
	size_t at = 0, len = sizeof name - 1;
	for (const char *found; (found = memmem(text.ptr + at, text.len - at, name, len));) {
		size_t from = (size_t)(found - text.ptr);
		const char *end = memchr(found, '>', text.len - from);
		if (!end && text.len - from < TAG_MOST) {
			*rest = from;
			return true;
		}
		at = from + len;
		bool tag = from && (text.ptr[from - 1] == '<' || text.ptr[from - 1] == ':');
		if (tag && end && !add_area(s, (struct str){ found, (size_t)(end - found) }))
			return false;
	}
	*rest = text.len > at + len ? text.len - len : at;
	return true;
}

static int by_place(const void *left, const void *right)
{
	const struct sheet_range *a = &((const struct sheet_merge *)left)->area,
							 *b = &((const struct sheet_merge *)right)->area;
	if (a->first_row != b->first_row)
		return a->first_row < b->first_row ? -1 : 1;
	return (a->first_column > b->first_column) - (a->first_column < b->first_column);
}

/* Not through the parser, which would take as long as the rows themselves: in a tag that begins with '<' no text of a
 * cell can stand. */
bool xlsx_read_merges(struct sheet *s, const char *name)
{
	struct sheet_part part;
	char *bytes = arena_alloc(&s->own, SCAN);
	size_t have = 0, rest = 0;
	if (!sheet_part_open(s, name, &part))
		return false;
	for (ptrdiff_t got; (got = sheet_part_read(&part, bytes + have, SCAN - have)) > 0;) {
		have += (size_t)got;
		if (have > 1 && ((unsigned char)bytes[0] >= 0xFE || bytes[0] == 0 || bytes[1] == 0)) {
			sheet_fail(s, DIAG_WORKBOOK,
				"'%s' in this workbook is not in UTF-8; open it in an office program and save it",
				name);
			return false;
		}
		if (!add_areas(s, (struct str){ bytes, have }, &rest))
			return false;
		/* One byte more than the tag, for what stands before it. */
		rest -= rest > 0;
		have -= rest;
		memmove(bytes, bytes + rest, have);
	}
	sheet_part_uncount(&part);
	sheet_part_close(&part);
	if (s->merges.count)
		qsort(s->merges.at, s->merges.count, sizeof *s->merges.at, by_place);
	return !part.failed;
}
