/* Pages made by hand to PDF, and the PDF taken apart again: every stream is unpacked, and what must stand in it is looked
 * for. With TEST_OUT=FOLDER the files are kept there, for validators and readers that are not ours (tests/conformance). */
#include "base/hash.h"
#include "render/pdf_int.h"

#include <harfbuzz/hb.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define INTER "/usr/share/fonts/opentype/inter/Inter-Regular.otf"
#define LATO "/usr/share/fonts/truetype/lato/Lato-Regular.ttf"
#define HEBREW "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf"
#define DEVANAGARI "/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf"

/* A face, as render sees it and as the test shapes with it. */
struct face {
	struct font *font;
	hb_font_t *shaper;
	int64_t upem;
};

struct fixture {
	struct arena arena;
	struct diag diag;
	struct font_set *set;
	struct face inter, lato, hebrew, devanagari;
	struct pages pages;
	struct page *page; /* being filled */
	int32_t tag;       /* of new items */
	uint32_t colour;
	mpt size;
};

static void close_shaper(void *font)
{
	hb_font_destroy(font);
}

static struct face open_face(struct fixture *f, const char *path)
{
	struct face face = { font_open(f->set, path, 0, str_from(path), (struct src_pos){ 0 }, &f->diag), NULL, 0 };
	hb_blob_t *blob = hb_blob_create_from_file(path);
	hb_face_t *hb = hb_face_create(blob, 0);

	assert_non_null(face.font);
	face.shaper = hb_font_create(hb);
	face.upem = hb_face_get_upem(hb);
	arena_defer(&f->arena, close_shaper, face.shaper);
	hb_face_destroy(hb);
	hb_blob_destroy(blob);
	return face;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	arena_init(&f->arena, 0, NULL);
	diag_init(&f->diag, &f->arena);
	f->set = font_set_create(&f->arena);
	f->inter = open_face(f, INTER);
	f->lato = open_face(f, LATO);
	f->hebrew = open_face(f, HEBREW);
	f->devanagari = open_face(f, DEVANAGARI);
	f->size = 9000;
	f->colour = 0x111827;
	f->pages.meta = (struct page_meta){ .title = STR("Briefing f\xC3\xBCr EMEA <Q3>"), .author = STR("Northwind"),
		.subject = STR("Budget"), .keywords = STR("budget, Q3"), .lang = STR("en-GB"), .date = STR("2026-10-14"),
		.tool = STR("entente 0.1.0"),
		.data_hash = STR("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") };
	vec_push(&f->arena, &f->pages.tags, ((struct page_tag){ .type = TAG_DOCUMENT, .parent = -1 }));
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void new_page(struct fixture *f, const char *label)
{
	f->page = vec_add(&f->arena, &f->pages.pages);
	f->page->width = 595276;
	f->page->height = 841890;
	f->page->label = str_from(label);
}

static struct page_item *add_item(struct fixture *f, uint8_t kind, mpt x, mpt y)
{
	struct page_item *item = vec_add(&f->arena, &f->page->items);
	item->kind = kind;
	item->tag = f->tag;
	item->x = x;
	item->y = y;
	return item;
}

static struct page_tag *add_tag(struct fixture *f, int32_t parent, uint8_t type)
{
	struct page_tag *tag = vec_add(&f->arena, &f->pages.tags);
	tag->type = type;
	tag->parent = parent;
	f->tag = (int32_t)f->pages.tags.count - 1;
	return tag;
}

/* Shapes a run; returns where it ends. */
static struct page_item *set_text(struct fixture *f, const struct face *face, mpt x, mpt y, const char *text, bool rtl)
{
	struct page_item *item = add_item(f, PAGE_TEXT, x, y);
	hb_buffer_t *b = hb_buffer_create();
	struct text_glyph *glyphs;
	unsigned count;

	hb_buffer_add_utf8(b, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(b);
	hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_shape(face->shaper, b, NULL, 0);
	count = hb_buffer_get_length(b);
	glyphs = ARENA_ARRAY(&f->arena, struct text_glyph, count);
	for (unsigned i = 0; i < count; i++) {
		const hb_glyph_info_t *info = &hb_buffer_get_glyph_infos(b, NULL)[i];
		const hb_glyph_position_t *at = &hb_buffer_get_glyph_positions(b, NULL)[i];
		glyphs[i] = (struct text_glyph){ (uint16_t)info->codepoint, info->cluster,
			(mpt)(at->x_advance * (int64_t)f->size / face->upem), (mpt)(at->x_offset * (int64_t)f->size / face->upem),
			(mpt)(at->y_offset * (int64_t)f->size / face->upem) };
		item->text.width += glyphs[i].advance;
	}
	hb_buffer_destroy(b);
	item->text.font = face->font;
	item->text.glyphs = glyphs;
	item->text.glyph_count = count;
	item->text.size = f->size;
	item->text.colour = f->colour;
	item->text.text = str_from(text);
	item->text.rtl = rtl;
	item->text.figure = -1;
	return item;
}

static mpt put_text(struct fixture *f, const struct face *face, mpt x, mpt y, const char *text)
{
	return x + set_text(f, face, x, y, text, false)->text.width;
}

/* Lines as flow makes them, of text's own fragments. Returns the index of the first item. */
static size_t put_paragraph(struct fixture *f, mpt x, mpt y, mpt width, const char *text)
{
	const struct font *const fonts[] = { f->lato.font };
	const struct text_span span = { .kind = TEXT_CHARS, .text = str_from(text), .fonts = fonts, .font_count = 1,
		.size = f->size, .lang = STR("en-GB") };
	const struct text_style style = { .align = TEXT_JUSTIFY };
	struct text_lines lines = text_break(&f->arena,
		text_prepare(&f->arena, f->set, &span, 1, &style, &f->diag), width);
	size_t first = f->page->items.count;

	for (uint32_t i = 0; i < lines.count; i++) {
		for (uint32_t k = 0; k < lines.lines[i].fragment_count; k++) {
			const struct text_fragment *from = &lines.lines[i].fragments[k];
			struct page_item *item = add_item(f, PAGE_TEXT, x + from->x, y + (mpt)i * 12000);
			item->text = (struct page_text){ .font = from->font, .glyphs = from->glyphs,
				.glyph_count = from->glyph_count, .size = from->size, .colour = f->colour, .text = from->text,
				.hyphenated = from->hyphenated, .missing = from->missing, .rtl = from->rtl,
				.width = from->width, .figure = -1 };
		}
	}
	return first;
}

static struct page_item *put_rect(struct fixture *f, mpt x, mpt y, mpt width, mpt height, uint32_t fill)
{
	struct page_item *item = add_item(f, PAGE_RECT, x, y);
	item->shape = (struct page_shape){ .fill = fill, .stroke = PAGE_NO_COLOUR, .width = width, .height = height };
	return item;
}

/* The file as text: everything outside streams as it is, streams unpacked where Flate can. */
static struct str unpacked(struct fixture *f, struct str pdf)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	struct str rest = pdf;
	struct buf all;

	buf_init(&all, &f->arena, 1 << 28);
	for (;;) {
		char *start = rest.len ? memmem(rest.ptr, rest.len, "stream", 6) : NULL;
		char *data, *end, *plain = arena_alloc(&f->arena, 1 << 22);
		size_t size = 0;
		if (!start)
			break;
		data = start + (start[6] == '\r' ? 8 : 7);
		end = memmem(data, (size_t)(pdf.ptr + pdf.len - data), "\nendstream", 10);
		buf_bytes(&all, rest.ptr, (size_t)(start - rest.ptr));
		assert_non_null(end);
		if (libdeflate_zlib_decompress(d, data, (size_t)(end - data), plain, 1 << 22, &size) == LIBDEFLATE_SUCCESS)
			buf_bytes(&all, plain, size);
		else
			buf_bytes(&all, data, (size_t)(end - data));
		rest = (struct str){ end + 10, (size_t)(pdf.ptr + pdf.len - end - 10) };
	}
	libdeflate_free_decompressor(d);
	buf_put(&all, rest);
	return buf_str(&all);
}

static bool holds(struct str text, const char *what)
{
	return memmem(text.ptr, text.len, what, strlen(what)) != NULL;
}

static size_t times(struct str text, const char *what)
{
	size_t count = 0;
	for (char *at; text.len && (at = memmem(text.ptr, text.len, what, strlen(what))); count++)
		text = (struct str){ at + 1, (size_t)(text.ptr + text.len - at - 1) };
	return count;
}

/* For literals with zero bytes. */
#define assert_holds_bytes(text, literal) assert_non_null(memmem((text).ptr, (text).len, literal, sizeof(literal) - 1))
#define assert_holds(text, what) \
	do { \
		if (!holds(text, what)) \
			fail_msg("not in the file: %s", what); \
	} while (0)

static void keep(const char *name, struct str bytes)
{
	const char *folder = getenv("TEST_OUT");
	char path[512];
	FILE *file;

	if (!folder)
		return;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	fclose(file);
}

static struct str render(struct fixture *f)
{
	struct pdf_file pdf = { 0 };
	uint8_t digest[32];

	if (!render_pdf(&f->arena, &f->pages, &pdf, &f->diag)) {
		struct buf b;
		buf_init(&b, &f->arena, 1 << 16);
		diag_print(&f->diag, DIAG_PLAIN, 10, &b);
		fail_msg("%s", b.ptr);
	}
	hash_sha256(pdf.bytes, digest);
	assert_memory_equal(pdf.sha256, digest, sizeof digest);
	return pdf.bytes;
}

static void put_table(struct fixture *f, int32_t sect)
{
	static const char *const words[3][3] = { { "Office", "Plan", "Actual" }, { "IT", "12.5", "11.0" },
		{ "Marketing", "8.0", "9.75" } };
	static const char *const ids[3] = { "th-0", "th-1", "th-2" };
	int32_t table, body = 0;

	add_tag(f, sect, TAG_TABLE);
	table = f->tag;
	for (int row = 0; row < 3; row++) {
		int32_t tr;
		if (row < 2) {
			add_tag(f, table, row ? TAG_TBODY : TAG_THEAD);
			body = f->tag;
		}
		add_tag(f, body, TAG_TR);
		tr = f->tag;
		for (int col = 0; col < 3; col++) {
			bool head = row == 0 || col == 0;
			struct page_tag *cell = add_tag(f, tr, head ? TAG_TH : TAG_TD);
			cell->scope = !head ? PAGE_SCOPE_NONE : row ? PAGE_SCOPE_ROW : PAGE_SCOPE_COLUMN;
			if (row == 0)
				page_tag_say(&f->arena, cell)->id = str_from(ids[col]);
			else if (!head)
				page_tag_say(&f->arena, cell)->headers = str_from(ids[col]);
			put_text(f, &f->inter, 45600 + col * 80000, 240000 + row * 14000, words[row][col]);
		}
	}
}

static void put_list(struct fixture *f, int32_t sect)
{
	static const char *const words[2] = { "Approve the platform", "Name one owner" };
	int32_t list, item;

	add_tag(f, sect, TAG_L)->numbering = PAGE_LIST_DECIMAL;
	list = f->tag;
	for (int i = 0; i < 2; i++) {
		add_tag(f, list, TAG_LI);
		item = f->tag;
		add_tag(f, item, TAG_LBL);
		put_text(f, &f->lato, 45600, 180000 + i * 12000, i ? "2." : "1.");
		add_tag(f, item, TAG_LBODY);
		put_text(f, &f->lato, 58000, 180000 + i * 12000, words[i]);
	}
}

static void put_figure(struct fixture *f, int32_t sect)
{
	static const struct page_segment diamond[] = {
		{ PAGE_MOVE, { { 200000, 320000 } } }, { PAGE_LINE, { { 206000, 326000 } } },
		{ PAGE_CURVE, { { 206000, 329000 }, { 203000, 332000 }, { 200000, 332000 } } },
		{ PAGE_LINE, { { 194000, 326000 } } }, { PAGE_CLOSE, { { 0, 0 } } },
	};
	struct page_item *item;

	page_tag_say(&f->arena, add_tag(f, sect, TAG_FIGURE))->alt = STR("Two bars: IT 11.0, Marketing 9.75 \xE2\x82\xACm");
	put_rect(f, 45600, 320000, 110000, 12000, 0x1B3A6B);
	item = put_rect(f, 45600, 336000, 97500, 12000, 0xFFFFFF);
	item->shape.hatch = true;
	item->shape.stroke = 0x9D7FD3;
	item->shape.line_width = 800;
	item = add_item(f, PAGE_PATH, 0, 0);
	item->shape = (struct page_shape){ .fill = 0x5F6876, .stroke = 0x111827, .line_width = 500, .dash = PAGE_DASHED,
		.segments = diamond, .segment_count = 5 };
	put_text(f, &f->inter, 160000, 330000, "11.0");
}

static void put_first_page(struct fixture *f, int32_t sect)
{
	mpt x;
	struct page_item *item;
	int32_t paragraph, note;

	f->tag = PAGE_ARTIFACT_BACKGROUND;
	put_rect(f, 0, 0, 595276, 30000, 0xF3F4F6);
	f->tag = PAGE_ARTIFACT_HEADER;
	put_text(f, &f->inter, 45600, 20000, "Northwind \xC2\xB7 EMEA");
	page_tag_say(&f->arena, add_tag(f, sect, TAG_H1))->title = STR("Heading");
	f->size = 21000;
	put_text(f, &f->inter, 45600, 80000, "AVATAR: Tokyo To-do");
	f->size = 9000;

	add_tag(f, sect, TAG_P);
	paragraph = f->tag;
	put_text(f, &f->lato, 45600, 110000, "The office finds its first fiscal fl\xC3\xA4""che, efficient (\xE2\x80\x9C" "A\\B\xE2\x80\x9D) and ");
	item = set_text(f, &f->lato, 45600, 122000, "over-", false);
	item->text.hyphenated = true;
	item->text.text = STR("over");
	x = put_text(f, &f->lato, 45600, 134000, "whelming. See ");
	page_tag_say(&f->arena, add_tag(f, paragraph, TAG_LINK))->alt = STR("Web page of the study");
	item = add_item(f, PAGE_LINK, x, 126000);
	item->link = (struct page_link){ .width = 40000, .height = 11000, .uri = STR("https://example.org/a(b)"),
		.contents = STR("Opens the study") };
	x = put_text(f, &f->lato, x, 134000, "the study");
	f->tag = paragraph;
	x = put_text(f, &f->lato, x, 134000, " and ");
	item = add_item(f, PAGE_TEXT, x, 134000);
	item->text = (struct page_text){ .missing = true, .size = 9000, .width = 7000, .text = STR("\xF0\x9F\x98\x80"), .figure = -1 };
	put_text(f, &f->lato, x + 8000, 134000, " then ");
	put_list(f, sect);
	put_table(f, sect);
	put_figure(f, sect);
	page_tag_say(&f->arena, add_tag(f, sect, TAG_NOTE))->id = STR("note-1");
	note = f->tag;
	add_tag(f, note, TAG_LBL);
	x = put_text(f, &f->inter, 45600, 400000, "[1] ");
	f->tag = note;
	put_text(f, &f->inter, x, 400000, "Survey, n = 41.");
	f->tag = PAGE_ARTIFACT_FOOTER;
	put_text(f, &f->inter, 500000, 820000, "1 of 2");
}

/* 4 x 2 pixels; type 2 = RGB, 6 = RGB and alpha. */
static struct str make_png(struct fixture *f, uint8_t type)
{
	static const char head[] = "\x89PNG\r\n\x1A\n";
	unsigned channels = type == 6 ? 4 : 3;
	char rows[2 * (1 + 16)] = { 0 }, packed[256];
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	struct { const char *type; char data[256]; size_t size; } chunks[3] = { { "IHDR", "", 13 }, { "IDAT", "", 0 }, { "IEND", "", 0 } };
	struct buf b;

	memcpy(chunks[0].data, "\0\0\0\4\0\0\0\2\x08", 9);
	chunks[0].data[9] = (char)type;
	for (unsigned y = 0; y < 2; y++) {
		char *row = rows + y * (1 + 4 * channels);
		row[0] = y ? 2 : 1; /* up; sub */
		for (unsigned x = 0; x < 4 * channels; x++)
			row[1 + x] = (char)(x < channels ? 200 : 7);
	}
	chunks[1].size = libdeflate_zlib_compress(c, rows, 2 * (1 + 4 * channels), packed, sizeof packed);
	memcpy(chunks[1].data, packed, chunks[1].size);
	libdeflate_free_compressor(c);
	buf_init(&b, &f->arena, 4096);
	buf_bytes(&b, head, 8);
	for (int i = 0; i < 3; i++) {
		uint32_t crc;
		char number[4], body[260];
		memcpy(body, chunks[i].type, 4);
		memcpy(body + 4, chunks[i].data, chunks[i].size);
		crc = libdeflate_crc32(0, body, chunks[i].size + 4);
		for (int k = 0; k < 4; k++)
			number[k] = (char)(chunks[i].size >> (24 - 8 * k));
		buf_bytes(&b, number, 4);
		buf_bytes(&b, body, chunks[i].size + 4);
		for (int k = 0; k < 4; k++)
			number[k] = (char)(crc >> (24 - 8 * k));
		buf_bytes(&b, number, 4);
	}
	return buf_str(&b);
}

static struct page_item *put_image(struct fixture *f, mpt x, mpt y, struct str file)
{
	struct page_item *item = add_item(f, PAGE_IMAGE, x, y);
	item->image = (struct page_image){ .file = file, .name = STR("logo.png"), .width = 40000, .height = 20000 };
	return item;
}

static void put_second_page(struct fixture *f, int32_t sect, int32_t paragraph)
{
	struct page_item *item;
	mpt x;

	f->tag = paragraph;
	put_text(f, &f->lato, 45600, 60000, "it goes on overleaf.");
	page_tag_say(&f->arena, add_tag(f, sect, TAG_P))->lang = STR("el");
	put_text(f, &f->inter, 45600, 80000, "\xCE\x9A\xCE\xB1\xCE\xBB\xCE\xB7\xCE\xBC\xCE\xAD\xCF\x81\xCE\xB1");
	page_tag_say(&f->arena, add_tag(f, sect, TAG_P))->lang = STR("he");
	set_text(f, &f->hebrew, 45600, 100000, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA8\xD7\x91", true);
	page_tag_say(&f->arena, add_tag(f, sect, TAG_P))->lang = STR("hi");
	put_text(f, &f->devanagari, 45600, 120000,
		"\xE0\xA4\xB9\xE0\xA4\xBF\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA6\xE0\xA5\x80");
	page_tag_say(&f->arena, add_tag(f, sect, TAG_FIGURE))->alt = STR("Logo");
	put_image(f, 45600, 140000, make_png(f, 2));
	put_image(f, 95600, 140000, make_png(f, 6));
	f->tag = PAGE_ARTIFACT;
	put_image(f, 145600, 140000, make_png(f, 2));
	add_tag(f, sect, TAG_P);
	paragraph = f->tag;
	x = put_text(f, &f->inter, 45600, 200000, "Back to ");
	add_tag(f, paragraph, TAG_LINK);
	put_text(f, &f->inter, x, 200000, "page 1");
	item = add_item(f, PAGE_LINK, x, 192000);
	item->link = (struct page_link){ .width = 30000, .height = 10000, .target = 1, .contents = STR("Goes to page 1") };
	add_tag(f, sect, TAG_P);
	put_paragraph(f, 45600, 260000, 90000, "Both offices see the same figure, and each line of this "
		"narrow column ends in a space\nthat no glyph stands for.");
	f->tag = PAGE_ARTIFACT_REPEAT;
	put_text(f, &f->inter, 45600, 230000, "continued");
}

static void put_ways(struct fixture *f)
{
	vec_push(&f->arena, &f->pages.targets, ((struct page_target){ 2, 0, 60000 }));
	vec_push(&f->arena, &f->pages.targets, ((struct page_target){ 2, 1, 50000 }));
	vec_push(&f->arena, &f->pages.bookmarks, ((struct page_bookmark){ 0, 0, STR("\xC3\x9C" "berblick") }));
	vec_push(&f->arena, &f->pages.bookmarks, ((struct page_bookmark){ 1, 1, STR("Overleaf") }));
	vec_push(&f->arena, &f->pages.bookmarks, ((struct page_bookmark){ 1, 0, STR("Last") }));
	vec_push(&f->arena, &f->pages.attachments, ((struct page_attachment){ .name = STR("values.xml"), .mime = STR("text/xml"),
		.description = STR("Values used"), .relationship = STR("Data"), .bytes = STR("<values/>"),
		.date = STR("2026-10-14") }));
	vec_push(&f->arena, &f->pages.attachments, ((struct page_attachment){ .name = STR("figures.json"),
		.mime = STR("application/json"), .relationship = STR("Supplement"), .bytes = STR("[]") }));
}

static void make_document(struct fixture *f)
{
	int32_t sect;

	add_tag(f, 0, TAG_SECT);
	sect = f->tag;
	new_page(f, "1");
	put_first_page(f, sect);
	new_page(f, "2");
	put_second_page(f, sect, sect + 2);
	put_ways(f);
}

/* What poppler reads, element by element (it shows no ActualText): held against it by tests/conformance/run. */
static const char document_words[] =
	"AVATAR: Tokyo To-do "
	"The office finds its first fiscal fl\xC3\xA4""che, efficient (\xE2\x80\x9C" "A\\B\xE2\x80\x9D) and overwhelming. See the study and "
	"then it goes on overleaf. "
	"1. Approve the platform 2. Name one owner "
	"Office Plan Actual IT 12.5 11.0 Marketing 8.0 9.75 11.0 [1] Survey, n = 41. "
	"\xCE\x9A\xCE\xB1\xCE\xBB\xCE\xB7\xCE\xBC\xCE\xAD\xCF\x81\xCE\xB1 "
	"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA8\xD7\x91 "
	"\xE0\xA4\xB9\xE0\xA4\xBF\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA6\xE0\xA5\x80 Back to page 1 "
	"Both offices see the same figure, and each line of this narrow column ends in a space that no glyph stands for.\n";

static void the_document_is_kept(void **state)
{
	struct fixture *f = *state;

	make_document(f);
	keep("by-hand.pdf", render(f));
	keep("by-hand.words", str_from(document_words));
}

/* Syntax. */

static const char *scaled(struct fixture *f, int64_t value, unsigned decimals)
{
	struct buf b;
	buf_init(&b, &f->arena, 100);
	put_scaled(&b, value, decimals);
	return b.ptr;
}

static void numbers_are_short_and_exact(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(scaled(f, 0, 2), "0");
	assert_string_equal(scaled(f, 5, 2), ".05");
	assert_string_equal(scaled(f, -50, 2), "-.5");
	assert_string_equal(scaled(f, 1200, 2), "12");
	assert_string_equal(scaled(f, 1000, 0), "1000");
	assert_string_equal(scaled(f, 100001, 3), "100.001");
	assert_string_equal(scaled(f, INT64_MIN, 0), "-9223372036854775808");
	assert_int_equal(mpt_centi(14), 1);
	assert_int_equal(mpt_centi(15), 2);
	assert_int_equal(mpt_centi(-14), -1);
	assert_int_equal(mpt_centi(-15), -2);
}

static struct str string(struct fixture *f, struct str utf8)
{
	struct buf b;
	buf_init(&b, &f->arena, 1 << 20);
	put_string(&b, utf8);
	return buf_str(&b);
}

static void strings_are_ascii_or_utf16(void **state)
{
	struct fixture *f = *state;

	assert_true(str_is(string(f, STR("a(b)\\c")), "(a\\(b\\)\\\\c)"));
	assert_true(str_equal(string(f, STR("\xE2\x82\xAC" "1")), STR("(\xFE\xFF\x20\xAC\0" "1)")));
	assert_true(str_equal(string(f, STR("\xF0\x9F\x98\x80")), STR("(\xFE\xFF\xD8\x3D\xDE\x00)")));
	/* U+010D holds a carriage return as a byte: escaped, or a reader takes it for a line feed */
	assert_true(str_equal(string(f, STR("\xC4\x8D")), STR("(\xFE\xFF\x01\\r)")));
}

/* One unit too many is cut, and a pair is never cut in half. */
static void strings_end_at_the_limit(void **state)
{
	struct fixture *f = *state;
	char *letters = arena_alloc(&f->arena, PDF_STRING_UNITS + 4);
	struct str s = { letters, PDF_STRING_UNITS + 1 };

	memset(letters, 'x', PDF_STRING_UNITS + 1);
	assert_int_equal(string(f, s).len, PDF_STRING_UNITS + 2);
	memcpy(letters + PDF_STRING_UNITS - 1, "\xF0\x9F\x98\x80", 4);
	s.len = PDF_STRING_UNITS + 3;
	assert_int_equal(string_bytes(&f->arena, s).len, 2 + 2 * (PDF_STRING_UNITS - 1));
}

/* Clusters. */

static struct pdf_cluster cluster_at(struct fixture *f, const struct page_text *t, unsigned index)
{
	struct pdf_cluster c = { 0 };
	uint32_t at = 0;

	for (unsigned i = 0; i <= index; i++)
		if (!cluster_next(&f->arena, t, &at, &c))
			return (struct pdf_cluster){ 0 };
	return c;
}

static void clusters_tell_what_glyphs_say(void **state)
{
	struct fixture *f = *state;
	static const struct text_glyph glyphs[] = { { .gid = 1, .cluster = 0 }, { .gid = 2, .cluster = 2 },
		{ .gid = 3, .cluster = 2 }, { .gid = 9, .cluster = 6 } };
	/* f i; a, soft hyphen, acute; made hyphen */
	struct page_text t = { .glyphs = glyphs, .glyph_count = 4, .text = STR("fia\xC2\xAD\n"), .hyphenated = true };

	assert_true(str_is(cluster_at(f, &t, 0).text, "fi"));
	assert_true(str_is(cluster_at(f, &t, 1).text, "a "));
	assert_int_equal(cluster_at(f, &t, 1).count, 2);
	assert_true(cluster_at(f, &t, 2).hyphen);
	assert_true(str_is(cluster_at(f, &t, 2).text, "\xC2\xAD"));
	assert_int_equal(cluster_at(f, &t, 3).count, 0);
}

static void right_to_left_is_turned_around(void **state)
{
	struct fixture *f = *state;
	/* two letters, drawn from the left: the second of the text, then the first */
	static const struct text_glyph glyphs[] = { { .gid = 7, .cluster = 2, .advance = 500, .dx = 1 },
		{ .gid = 8, .cluster = 0, .advance = 600 } };
	struct page_text t = { .glyphs = glyphs, .glyph_count = 2, .text = STR("\xD7\xA9\xD7\x9C "), .rtl = true, .size = 8000 };
	struct page_text run = run_ready(&f->arena, &t, RUN_SPACE_GLYPH, 3);

	assert_int_equal(run.glyph_count, 3);
	assert_int_equal(run.glyphs[0].gid, 8);
	assert_int_equal(run.glyphs[0].dx, 500);
	assert_int_equal(run.glyphs[0].advance, 0);
	assert_int_equal(run.glyphs[1].gid, 7);
	assert_int_equal(run.glyphs[1].dx, 1);
	assert_int_equal(run.glyphs[2].gid, 3);
	assert_true(str_is(cluster_at(f, &run, 0).text, "\xD7\xA9"));
	assert_true(str_is(cluster_at(f, &run, 2).text, " "));
}

static void ending_spaces_get_one_glyph(void **state)
{
	struct fixture *f = *state;
	static const struct text_glyph glyphs[] = { { .gid = 1, .cluster = 0 }, { .gid = 2, .cluster = 1 } };
	struct page_text t = { .glyphs = glyphs, .glyph_count = 2, .text = STR("ab \n ") };
	struct page_text run = run_ready(&f->arena, &t, RUN_SPACE_GLYPH, 3);

	assert_int_equal(run.glyph_count, 3);
	assert_true(str_is(cluster_at(f, &run, 1).text, "b"));
	assert_true(str_is(cluster_at(f, &run, 2).text, " "));
	run = run_ready(&f->arena, &t, RUN_SPACE_CUT, 0);
	assert_true(str_is(run.text, "ab"));
	run = run_ready(&f->arena, &t, RUN_SPACE_KEPT, 0);
	assert_true(str_is(run.text, "ab \n "));
	t.glyph_count = 0;
	t.text = STR(" ");
	assert_int_equal(run_ready(&f->arena, &t, RUN_SPACE_GLYPH, 3).glyph_count, 1);
	t.text = STR("ab");
	t.glyph_count = 2;
	assert_int_equal(run_ready(&f->arena, &t, RUN_SPACE_GLYPH, 3).glyph_count, 2);
}

/* What text leaves out at line ends is put back: all lines together say the paragraph, with no help from spans. */
static void lines_of_text_keep_their_spaces(void **state)
{
	struct fixture *f = *state;
	struct buf said;
	size_t first;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	first = put_paragraph(f, 0, 100000, 60000, "one two three four five six seven eight");
	assert_true(f->page->items.count > first + 2);
	buf_init(&said, &f->arena, 1000);
	for (size_t i = first; i < f->page->items.count; i++) {
		struct page_text run = run_ready(&f->arena, &f->page->items.at[i].text, RUN_SPACE_GLYPH, 3);
		struct pdf_cluster c;
		for (uint32_t at = 0; cluster_next(&f->arena, &run, &at, &c);)
			buf_put(&said, c.text);
	}
	assert_string_equal(said.ptr, "one two three four five six seven eight");
	assert_false(holds(unpacked(f, render(f)), "/S/Span"));
}

/* Content. */

static void kerning_moves_by_thousandths(void **state)
{
	struct fixture *f = *state;
	struct page_item *item;
	struct text_glyph *glyphs;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	f->size = 10000;
	item = set_text(f, &f->lato, 10000, 100000, "0000", false);
	glyphs = (struct text_glyph *)(uintptr_t)item->text.glyphs;
	glyphs[0].advance -= 500; /* 50 thousandths of 10 pt, closer */
	glyphs[1].advance += 20;  /* 2 thousandths: left alone */
	glyphs[2].advance += 250; /* 25 and the 2 before it, wider */
	file = unpacked(f, render(f));
	assert_holds(file, "10 741.89 Td[(");
	assert_holds(file, ")50(");
	assert_holds(file, ")-27(");
	assert_int_equal(times(file, "]TJ"), 1);
}

static void neighbours_share_marked_content(void **state)
{
	struct fixture *f = *state;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	put_text(f, &f->lato, 0, 100000, "one");
	put_text(f, &f->lato, 0, 112000, "two");
	f->tag = PAGE_ARTIFACT_REPEAT;
	put_text(f, &f->lato, 0, 124000, "three");
	f->tag = 1;
	put_text(f, &f->lato, 0, 136000, "four");
	file = unpacked(f, render(f));
	assert_int_equal(times(file, "/P<</MCID"), 2);
	assert_int_equal(times(file, "BDC"), 3);
	assert_int_equal(times(file, "EMC"), 3);
	assert_int_equal(times(file, "BT\n"), 3);
	assert_int_equal(times(file, "/F0 9 Tf"), 1);
	assert_int_equal(times(file, " rg\n"), 1);
	assert_holds(file, "/Artifact<</Type/Pagination>>BDC");
	assert_holds(file, "0 -12 Td");
}

static void what_glyphs_do_not_say_is_a_span(void **state)
{
	struct fixture *f = *state;
	struct page_item *item;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	item = set_text(f, &f->inter, 0, 100000, "over-", false);
	item->text.hyphenated = true;
	item->text.text = STR("over");
	item = add_item(f, PAGE_TEXT, 0, 120000);
	item->text = (struct page_text){ .missing = true, .size = 9000, .width = 7000, .text = STR("\xE2\x98\x83"), .figure = -1 };
	f->tag = PAGE_ARTIFACT;
	*add_item(f, PAGE_TEXT, 0, 0) = *item;
	f->page->items.at[2].tag = PAGE_ARTIFACT;
	file = unpacked(f, render(f));
	assert_holds_bytes(file, "/Span<</MCID 1/ActualText(\xFE\xFF\0\xAD)>>BDC");
	assert_holds_bytes(file, "/ActualText(\xFE\xFF\x26\x03)>>");
	assert_int_equal(times(file, "<</S/Span/P "), 2);
	assert_int_equal(times(file, " re S"), 2);
	assert_int_equal(times(file, "EMC\n"), 5);
	assert_int_equal(times(file, "beginbfchar"), 1);
}

/* A no-break space has the glyph of a space, and a hyphen that was set that of one that was written: a code of its own says which. */
static void a_glyph_of_two_characters_has_two_codes(void **state)
{
	struct fixture *f = *state;
	struct page_item *item;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	set_text(f, &f->lato, 0, 100000, "5\xC2\xA0m of 6 m-m", false);
	item = set_text(f, &f->lato, 0, 112000, "over-", false);
	item->text.hyphenated = true;
	item->text.text = STR("over");
	file = unpacked(f, render(f));
	assert_int_equal(times(file, "/ActualText"), 0);
	assert_int_equal(times(file, "/P<</MCID"), 1);
	assert_int_equal(times(file, "><00A0>\n"), 1);
	assert_int_equal(times(file, "><0020>\n"), 1);
	assert_int_equal(times(file, "><00AD>\n"), 1);
	assert_int_equal(times(file, "><002D>\n"), 1);
	assert_int_equal(times(file, "/CIDToGIDMap/Identity"), 0);
}

/* The same mark elsewhere is the same bytes. */
static void round_paths_count_from_their_start(void **state)
{
	struct fixture *f = *state;
	struct page_segment segments[2][3];
	struct str file;

	new_page(f, "1");
	for (int i = 0; i < 2; i++) {
		struct page_point a = { 10000 + i * 33300, 20000 + i * 7770 };
		struct page_point b = { a.x, a.y + 1000 }, c = { a.x + 2500, a.y + 3000 };
		struct page_item *item = add_item(f, PAGE_PATH, 0, 0);
		segments[i][0] = (struct page_segment){ PAGE_MOVE, { a } };
		segments[i][1] = (struct page_segment){ PAGE_CURVE, { a, b, c } };
		segments[i][2] = (struct page_segment){ PAGE_CLOSE, { a } };
		item->shape = (struct page_shape){ .fill = 0, .stroke = PAGE_NO_COLOUR, .segments = segments[i], .segment_count = 3 };
	}
	f->page->items.at[0].tag = f->page->items.at[1].tag = PAGE_ARTIFACT;
	file = unpacked(f, render(f));
	assert_int_equal(times(file, "0 0 m\n0 0 0 -1 2.5 -3 c\nh\nf\nQ\n"), 2);
	assert_int_equal(times(file, "q 1 0 0 1 10 "), 1);
	assert_int_equal(times(file, "q 1 0 0 1 43.3 "), 1);
}

static void hatch_is_clipped_to_its_shape(void **state)
{
	struct fixture *f = *state;
	struct page_item *item;
	struct str file;

	new_page(f, "1");
	f->tag = PAGE_ARTIFACT;
	item = put_rect(f, 10000, 800000, 6400, 4000, 0xFFFFFF);
	item->shape.hatch = true;
	item->shape.stroke = 0x9D7FD3;
	item->shape.line_width = 800;
	file = unpacked(f, render(f));
	/* lines meet the lower edge (37.89) at -2, 1.2 and 4.4 from the left; the upper one is 4 higher */
	assert_holds(file, "10 37.89 6.4 4 re W n\n");
	assert_holds(file, "10 39.89 m 12 41.89 l\n11.2 37.89 m 15.2 41.89 l\n14.4 37.89 m 16.4 39.89 l\nS Q\n");
	assert_holds(file, ".616 .498 .827 RG\n");
	assert_holds(file, ".8 w\n10 37.89 6.4 4 re S\n");
	assert_int_equal(times(file, " m "), 3);
}

/* Structure. */

static void reading_order_is_that_of_tags(void **state)
{
	struct fixture *f = *state;
	struct str file;
	int32_t sect;

	new_page(f, "1");
	add_tag(f, 0, TAG_SECT);
	sect = f->tag;
	add_tag(f, sect, TAG_H1);
	add_tag(f, sect, TAG_P);
	page_tag_say(&f->arena, add_tag(f, sect, TAG_NOTE))->id = STR("n");
	f->tag = 4;
	put_text(f, &f->lato, 0, 700000, "note first");
	f->tag = 3;
	put_text(f, &f->lato, 0, 300000, "then text");
	f->tag = 2;
	put_text(f, &f->lato, 0, 100000, "head last");
	file = unpacked(f, render(f));
	/* elements follow each other in number: Sect n, its kids n+1, n+2, n+3 */
	for (int n = 1; n < 200; n++) {
		char kids[64];
		snprintf(kids, sizeof kids, "/K[%d 0 R %d 0 R %d 0 R]", n, n + 1, n + 2);
		if (holds(file, kids))
			return;
	}
	fail_msg("kids are not in the order of tags");
}

static void words_stand_around_their_link(void **state)
{
	struct fixture *f = *state;
	struct page_item *item;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	put_text(f, &f->lato, 0, 100000, "before ");
	add_tag(f, 1, TAG_LINK);
	put_text(f, &f->lato, 50000, 100000, "link");
	item = add_item(f, PAGE_LINK, 50000, 92000);
	item->link = (struct page_link){ .width = 20000, .height = 10000, .uri = STR("https://example.org/"),
		.contents = STR("Opens it") };
	f->tag = 1;
	put_text(f, &f->lato, 90000, 100000, " after");
	file = unpacked(f, render(f));
	assert_int_equal(times(file, "/K[0 "), 1);
	assert_int_equal(times(file, " 0 R 2]"), 1);
	assert_int_equal(times(file, "/K[1 <</Type/OBJR/Obj "), 1);
	assert_holds(file, "/Rect[50 739.89 70 749.89]/Contents(Opens it)/StructParent 1/A<</S/URI/URI(https://example.org/)>>");
	assert_holds(file, "/ParentTreeNextKey 2");
	assert_holds(file, "/Tabs /S");
}

static void an_element_may_go_on_overleaf(void **state)
{
	struct fixture *f = *state;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_P);
	put_text(f, &f->lato, 0, 100000, "one");
	new_page(f, "2");
	f->tag = 1;
	put_text(f, &f->lato, 0, 100000, "two");
	file = unpacked(f, render(f));
	assert_int_equal(times(file, "/K[0 <</Type/MCR/MCID 0/Pg "), 1);
}

static void attributes_follow_the_tag(void **state)
{
	struct fixture *f = *state;
	struct page_tag *tag;
	struct str file;

	new_page(f, "1");
	add_tag(f, 0, TAG_TABLE);
	add_tag(f, 1, TAG_TR);
	tag = add_tag(f, 2, TAG_TH);
	tag->scope = PAGE_SCOPE_BOTH;
	tag->column_span = 2;
	tag->row_span = 3;
	page_tag_say(&f->arena, tag)->id = STR("a");
	tag = add_tag(f, 2, TAG_TD);
	page_tag_say(&f->arena, tag)->headers = STR("a b");
	tag->row_span = 1;
	add_tag(f, 0, TAG_L)->numbering = PAGE_LIST_DISC;
	page_tag_say(&f->arena, add_tag(f, 0, TAG_FIGURE))->alt = STR("A bar");
	put_rect(f, 10000, 41890, 20000, 100000, 0);
	put_rect(f, 50000, 141890, 30000, 50000, 0);
	page_tag_say(&f->arena, add_tag(f, 4, TAG_FIGURE))->alt = STR("A mark");
	put_rect(f, 10000, 41890, 5000, 5000, 0);
	file = unpacked(f, render(f));
	assert_holds(file, "/ID(a)/A<</O/Table/Scope/Both/ColSpan 2/RowSpan 3>>");
	assert_holds(file, "/A<</O/Table/Headers[(a)(b)]>>");
	assert_holds(file, "/A<</O/List/ListNumbering/Disc>>");
	assert_holds(file, "/Alt(A bar)/A<</O/Layout/Placement/Block/BBox[10 650 80 800]>>");
	assert_holds(file, "/Alt(A mark)/A<</O/Layout/BBox[10 795 15 800]>>");
	assert_holds(file, "/IDTree<</Names[(a)");
}

/* The whole file. */

static void metadata_agree(void **state)
{
	struct fixture *f = *state;
	struct str file;

	make_document(f);
	file = unpacked(f, render(f));
	assert_holds(file, "<rdf:li xml:lang=\"x-default\">Briefing f\xC3\xBCr EMEA &lt;Q3&gt;</rdf:li>");
	assert_holds(file, "<pdf:Keywords>budget, Q3</pdf:Keywords>");
	assert_holds(file, "/Keywords(budget, Q3)");
	assert_holds(file, "<xmp:CreateDate>2026-10-14T00:00:00Z</xmp:CreateDate>");
	assert_holds(file, "/CreationDate(D:20261014000000Z)");
	assert_holds(file, "<entente:dataHash>9f86d081");
	assert_holds(file, "/Producer(entente 0.1.0 \\(libharu ");
	assert_int_equal(times(file, "/Producer"), 1);
	assert_holds(file, "/Lang(en-GB)");
	assert_holds(file, "/DisplayDocTitle true");
}

static void nothing_is_dated_without_a_date(void **state)
{
	struct fixture *f = *state;
	struct str file;

	make_document(f);
	f->pages.meta.date = STR("");
	f->pages.meta.data_hash = STR("");
	f->pages.attachments.at[0].date = STR("");
	file = unpacked(f, render(f));
	assert_false(holds(file, "CreateDate"));
	assert_false(holds(file, "/CreationDate"));
	assert_false(holds(file, "/ModDate"));
	assert_false(holds(file, "<entente:dataHash>"));
}

static void ways_lead_to_places(void **state)
{
	struct fixture *f = *state;
	struct str file;

	make_document(f);
	file = unpacked(f, render(f));
	assert_holds(file, "/XYZ null 781.89 null]");
	assert_holds_bytes(file, "/Title(\xFE\xFF\0\xDC\0b\0e");
	assert_int_equal(times(file, "/Title("), 4); /* three bookmarks and the document */
	assert_holds(file, "/PageMode/UseOutlines");
	assert_holds(file, "/Names<</EmbeddedFiles<</Names[(figures.json)");
	assert_holds(file, "/Subtype/text#2Fxml/Params<</Size 9/ModDate(D:20261014000000Z)>>");
	assert_holds(file, "/AFRelationship/Supplement");
	assert_holds(file, "<values/>");
}

static void labels_start_ranges_where_they_jump(void **state)
{
	struct fixture *f = *state;
	static const char *const labels[] = { "ii", "1", "2", "3", "7", "A-1", "" };

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		new_page(f, labels[i]);
	assert_holds(unpacked(f, render(f)),
		"/PageLabels<</Nums[0<</P(ii)>>1<</S/D/St 1>>4<</S/D/St 7>>5<</P(A-1)>>6<</P()>>]>>");
}

static void two_runs_give_the_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct str one, two;

	make_document(f);
	one = render(f);
	/* where this machine has it; its decimals are commas */
	if (!setlocale(LC_ALL, "de_DE.UTF-8"))
		setlocale(LC_ALL, "C.UTF-8");
	setenv("TZ", "Asia/Tokyo", 1);
	two = render(f);
	setlocale(LC_ALL, "C");
	unsetenv("TZ");
	assert_true(str_equal(one, two));
}

/* Decodes the cross-reference stream and looks at every place it names. */
static void every_object_is_where_the_xref_says(void **state)
{
	struct fixture *f = *state;
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	static uint8_t rows[1 << 20];
	uint8_t row[7] = { 0 };
	struct str pdf;
	size_t size = 0;
	const char *start, *data;
	unsigned long at;

	make_document(f);
	pdf = render(f);
	start = memmem(pdf.ptr + pdf.len - 40, 40, "startxref\n", 10);
	assert_non_null(start);
	at = strtoul(start + 10, NULL, 10);
	data = memmem(pdf.ptr + at, pdf.len - at, "stream\n", 7);
	assert_non_null(data);
	libdeflate_zlib_decompress(d, data + 7, (size_t)(pdf.ptr + pdf.len - data - 7), rows, sizeof rows, &size);
	libdeflate_free_decompressor(d);
	assert_true(size > 8 && size % 8 == 0);
	for (uint32_t i = 0; i < size / 8; i++) {
		char head[32];
		uint32_t place;
		assert_int_equal(rows[8 * i], 2);
		for (int k = 0; k < 7; k++)
			row[k] = (uint8_t)(row[k] + rows[8 * i + 1 + (unsigned)k]);
		place = (uint32_t)row[1] << 24 | (uint32_t)row[2] << 16 | (uint32_t)row[3] << 8 | row[4];
		assert_int_equal(row[0], i == 0 ? 0 : row[0] == 1 ? 1 : 2);
		if (row[0] != 1)
			continue;
		snprintf(head, sizeof head, "%u 0 obj\n", i);
		assert_true(place + strlen(head) < pdf.len);
		assert_memory_equal(pdf.ptr + place, head, strlen(head));
	}
}

static void many_elements_are_grouped(void **state)
{
	struct fixture *f = *state;
	struct str pdf;

	new_page(f, "1");
	add_tag(f, 0, TAG_TABLE);
	for (int i = 0; i < 40000; i++)
		add_tag(f, 1, TAG_TR);
	pdf = render(f);
	keep("many-elements.pdf", pdf);
	/* root and table, 40,000 rows, the page's parents and some twenty objects of the file */
	assert_in_range(times(unpacked(f, pdf), "/Type/ObjStm/N 400/"), 100, 101);
}

/* Pictures. */

static void expect_refused(struct fixture *f, struct str image, const char *words)
{
	struct pdf_file out = { .bytes = STR("untouched") };
	size_t before = f->diag.errors;
	const struct diag_message *last;

	f->pages.pages.at = NULL;
	f->pages.pages.count = f->pages.pages.room = 0;
	new_page(f, "1");
	f->tag = PAGE_ARTIFACT;
	put_image(f, 0, 0, image)->image.name = str_from(words);
	if (render_pdf(&f->arena, &f->pages, &out, &f->diag))
		fail_msg("not refused: %s", words);
	assert_true(str_is(out.bytes, "untouched"));
	assert_int_equal(f->diag.errors, before + 1);
	last = &f->diag.messages.at[f->diag.messages.count - 1];
	assert_int_equal(last->code, DIAG_IMAGE);
	if (times(last->text, words) < 2) /* in the name and in the reason */
		fail_msg(STR_FMT, STR_ARG(last->text));
	/* a message that was given before is dropped: the picture is refused all the same */
	assert_false(render_pdf(&f->arena, &f->pages, &out, &f->diag));
}

/* Just enough of a JPEG: SOI, one frame header, EOI. */
static struct str make_jpeg(struct fixture *f, char components, char bits, char kind)
{
	char bytes[] = "\xFF\xD8\xFF\xE0\0\4ab\xFF\xC0\0\x11\x08\0\2\0\4\3abcdefghi\xFF\xD9";
	struct buf b;

	bytes[9] = kind;
	bytes[12] = bits;
	bytes[17] = components;
	buf_init(&b, &f->arena, 100);
	buf_bytes(&b, bytes, sizeof bytes - 1);
	return buf_str(&b);
}

static void unfit_pictures_are_refused(void **state)
{
	struct fixture *f = *state;
	struct str png = make_png(f, 2), bad;

	expect_refused(f, STR("GIF89a"), "neither PNG nor JPEG");
	expect_refused(f, make_jpeg(f, 4, 8, (char)0xC0), "CMYK");
	expect_refused(f, make_jpeg(f, 3, 12, (char)0xC0), "8 bits");
	expect_refused(f, make_jpeg(f, 3, 8, (char)0xC3), "lossless");
	expect_refused(f, STR("\xFF\xD8\xFF\xE0\0\4ab"), "no complete JPEG");
	bad = str_copy(&f->arena, png);
	bad.len -= 12;
	expect_refused(f, bad, "complete PNG");
	bad = str_copy(&f->arena, png);
	((char *)(uintptr_t)bad.ptr)[45] ^= 1; /* in the data: the chunk's sum is wrong */
	expect_refused(f, bad, "no complete PNG");
	expect_refused(f, make_png(f, 5), "header is broken");
}

static void pictures_are_embedded_once(void **state)
{
	struct fixture *f = *state;
	struct str file, rgba = make_png(f, 6);

	new_page(f, "1");
	f->tag = PAGE_ARTIFACT;
	put_image(f, 0, 0, rgba);
	put_image(f, 10000, 0, str_copy(&f->arena, rgba));
	put_image(f, 20000, 0, make_jpeg(f, 1, 8, (char)0xC2));
	file = unpacked(f, render(f));
	assert_int_equal(times(file, "/SMask "), 1);
	assert_int_equal(times(file, "/I0 Do"), 2);
	assert_holds(file, "40 0 0 20 20 821.89 cm/I1 Do");
	assert_holds(file, "/Width 4/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode");
	/* colours of the first row: 200 200 200, then 7 more each pixel; alpha 200, 207 ... */
	assert_holds_bytes(file, "\xC8\xC8\xC8\xCF\xCF\xCF\xD6\xD6\xD6\xDD\xDD\xDD");
	assert_holds_bytes(file, "\xC8\xCF\xD6\xDD");
}

/* Whatever the memory ends at, nothing is lost of what is outside the arena (the sanitizer looks), and in the end there is
 * enough. */
static void memory_may_end_anywhere(void **state)
{
	struct fixture *f = *state;
	volatile size_t cap = 512;
	volatile bool done = false;

	make_document(f);
	while (!done) {
		struct arena a;
		jmp_buf back;
		struct pdf_file out = { 0 };
		arena_init(&a, cap, &back);
		if (setjmp(back) == 0)
			done = render_pdf(&a, &f->pages, &out, &f->diag);
		arena_release(&a);
		cap += cap / 3;
	}
	assert_true(cap > 10000);
	assert_int_equal(f->diag.errors, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_are_short_and_exact),
		TEST(strings_are_ascii_or_utf16),
		TEST(strings_end_at_the_limit),
		TEST(clusters_tell_what_glyphs_say),
		TEST(right_to_left_is_turned_around),
		TEST(ending_spaces_get_one_glyph),
		TEST(lines_of_text_keep_their_spaces),
		TEST(kerning_moves_by_thousandths),
		TEST(neighbours_share_marked_content),
		TEST(what_glyphs_do_not_say_is_a_span),
		TEST(a_glyph_of_two_characters_has_two_codes),
		TEST(round_paths_count_from_their_start),
		TEST(hatch_is_clipped_to_its_shape),
		TEST(reading_order_is_that_of_tags),
		TEST(words_stand_around_their_link),
		TEST(an_element_may_go_on_overleaf),
		TEST(attributes_follow_the_tag),
		TEST(metadata_agree),
		TEST(nothing_is_dated_without_a_date),
		TEST(ways_lead_to_places),
		TEST(labels_start_ranges_where_they_jump),
		TEST(two_runs_give_the_same_bytes),
		TEST(every_object_is_where_the_xref_says),
		TEST(many_elements_are_grouped),
		TEST(unfit_pictures_are_refused),
		TEST(pictures_are_embedded_once),
		TEST(memory_may_end_anywhere),
		TEST(the_document_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
