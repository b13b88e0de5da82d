/* render: pages → PDF. The order of the steps; each has its file. */
#include "render/pdf_int.h"

static void close_handles(void *handle)
{
	struct pdf_handles *h = handle;

	if (h->out)
		HPDF_Stream_Free(h->out);
	if (h->one)
		HPDF_Stream_Free(h->one);
	if (h->doc)
		HPDF_Free(h->doc);
	libdeflate_free_compressor(h->deflate);
	*h = (struct pdf_handles){ 0 };
}

struct page_items pdf_page_items(struct pdf *p, size_t page)
{
	arena_reset(&p->page);
	return page_items(&p->page, p->pages, page);
}

static void release(void *arena)
{
	arena_release(arena);
}

/* libharu repeats its first error on every later call. */
static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	struct pdf *p = user;

	if (p->error == HPDF_OK) {
		p->error = error;
		p->error_detail = detail;
	}
}

enum { DEFLATE_LEVEL = 6 }; /* 7 makes a file smaller by four thousandths and a briefing dearer by a twentieth */

static bool open_handles(struct pdf *p)
{
	p->handles = ARENA_NEW(p->arena, struct pdf_handles);
	arena_defer(p->arena, close_handles, p->handles);
	p->handles->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
	p->handles->doc = p->doc = HPDF_New(on_error, p);
	return p->doc && p->handles->deflate;
}

static void write_resources(struct pdf *p)
{
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Font<<");
	for (size_t i = 0; i < p->fonts.count; i++) {
		buf_printf(&b, "/F%zu ", i);
		put_ref(&b, pdf_number(p->fonts.at[i].dict));
	}
	buf_puts(&b, ">>/XObject<<");
	for (size_t i = 0; i < p->images.count; i++) {
		buf_printf(&b, "/I%zu ", i);
		put_ref(&b, pdf_number(p->images.at[i].dict));
	}
	buf_puts(&b, ">>");
	if (p->pages->overlaid) {
		p->layer = pdf_object_of(p, STR("/Type/OCG/Name(Overlay)"));
		buf_puts(&b, "/Properties<</Overlay ");
		put_ref(&b, pdf_number(p->layer));
		buf_puts(&b, ">>");
	}
	p->resources = pdf_object_of(p, buf_str(&b));
}

static bool add_page(struct pdf *p, uint32_t index)
{
	const struct page *from = &p->pages->pages.at[index];
	HPDF_Page page = HPDF_AddPage(p->doc);

	if (!page)
		return false;
	p->page_dicts[index] = page;
	HPDF_Page_SetWidth(page, (HPDF_REAL)from->width / MPT_PT);
	HPDF_Page_SetHeight(page, (HPDF_REAL)from->height / MPT_PT);
	HPDF_Dict_Add(page, "Resources", p->resources);
	HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)index);
	HPDF_Dict_AddName(page, "Tabs", "S");
	return !pdf_failed(p);
}

/* Every page exists before any content: links point ahead. */
static bool write_pages(struct pdf *p)
{
	uint32_t count = (uint32_t)p->pages->pages.count;

	p->page_dicts = ARENA_ARRAY(p->arena, HPDF_Dict, count);
	for (uint32_t i = 0; i < count; i++)
		if (!add_page(p, i))
			return false;
	for (uint32_t i = 0; i < count && !pdf_failed(p); i++)
		content_write(p, i);
	return !pdf_failed(p);
}

/* The overlay is a layer, shown at first. */
static void put_layers(struct pdf *p, struct buf *b)
{
	if (!p->pages->overlaid)
		return;
	buf_puts(b, "/OCProperties<</OCGs[");
	put_ref(b, pdf_number(p->layer));
	buf_puts(b, "]/D<</Name(Layers)/BaseState/ON/Order[");
	put_ref(b, pdf_number(p->layer));
	buf_puts(b, "]>>>>");
}

static void write_catalog(struct pdf *p)
{
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang");
	put_string(&b, p->pages->meta.lang);
	buf_puts(&b, "/StructTreeRoot ");
	put_ref(&b, pdf_number(p->structure));
	buf_puts(&b, "/Metadata ");
	put_ref(&b, pdf_number(metadata_write(p)));
	buf_puts(&b, "/OutputIntents[");
	put_ref(&b, pdf_number(output_intent_write(p)));
	buf_putc(&b, ']');
	put_page_labels(p, &b);
	put_attachments(p, &b);
	put_layers(p, &b);
	if (p->pages->bookmarks.count)
		buf_puts(&b, "/PageMode/UseOutlines");
	pdf_entries(p, p->doc->catalog, buf_str(&b));
}

static bool write_file(struct pdf *p, struct pdf_file *out)
{
	structure_prepare(p);
	fonts_collect(p);
	if (!images_embed(p) || !fonts_embed(p))
		return false;
	write_resources(p);
	if (!write_pages(p))
		return false;
	outline_write(p);
	write_catalog(p);
	structure_write(p);
	return pdf_save(p, out);
}

static void report(struct pdf *p)
{
	HPDF_STATUS error = p->error, detail = p->error_detail;

	if (error == HPDF_OK) {
		error = p->doc->error.error_no;
		detail = p->doc->error.detail_no;
	}
	diag_add(p->diag, DIAG_SYSTEM, (struct src_pos){ 0 },
		"the PDF could not be made: libharu reports error 0x%04lX (%lu)", (unsigned long)error,
		(unsigned long)detail);
}

bool render_pdf(struct arena *a, const struct pages *pages, struct pdf_file *out, struct diag *d)
{
	struct pdf *p = ARENA_NEW(a, struct pdf);
	bool good = false;

	p->arena = a;
	p->diag = d;
	p->pages = pages;
	arena_init(&p->page, a->cap, a->unwind);
	arena_defer(a, release, &p->page);
	if (open_handles(p))
		good = write_file(p, out);
	else
		diag_add(d, DIAG_SYSTEM, (struct src_pos){ 0 }, "the PDF could not be made: out of memory");
	if (!good && p->doc && pdf_failed(p))
		report(p);
	close_handles(p->handles);
	return good;
}

struct str render_deflated(struct arena *a, struct str bytes)
{
	struct libdeflate_compressor *deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);

	if (!deflate)
		arena_unwind(a);
	size_t bound = libdeflate_zlib_compress_bound(deflate, bytes.len);
	char *out = arena_try(a, bound);
	size_t size = out ? libdeflate_zlib_compress(deflate, bytes.ptr, bytes.len, out, bound) : 0;
	libdeflate_free_compressor(deflate);
	if (!out)
		arena_unwind(a);
	arena_shrink(a, out, bound, size);
	return (struct str){ out, size };
}
