/* render: our entries and streams as libharu objects. */
#include "render/pdf_int.h"

static HPDF_STATUS write_entries(HPDF_Dict d, HPDF_Stream out)
{
	const struct str *entries = d->attr;

	if (!entries->len)
		return HPDF_OK;
	return HPDF_Stream_Write(out, (const HPDF_BYTE *)entries->ptr, (HPDF_UINT)entries->len);
}

bool pdf_failed(const struct pdf *p)
{
	return p->error != HPDF_OK || p->doc->error.error_no != HPDF_NOERROR;
}

HPDF_Dict pdf_object(struct pdf *p)
{
	HPDF_Dict d = pdf_failed(p) ? NULL : HPDF_Dict_New(p->doc->mmgr);

	if (d && HPDF_Xref_Add(p->doc->xref, d) != HPDF_OK)
		return NULL;
	return d;
}

void pdf_entries(struct pdf *p, HPDF_Dict d, struct str entries)
{
	struct str *kept;

	if (!d)
		return;
	kept = ARENA_NEW(p->arena, struct str);
	*kept = entries;
	d->attr = kept;
	d->write_fn = write_entries;
}

HPDF_Dict pdf_object_of(struct pdf *p, struct str entries)
{
	HPDF_Dict d = pdf_object(p);
	pdf_entries(p, d, entries);
	return d;
}

HPDF_Dict pdf_stream(struct pdf *p, struct str entries, struct str bytes)
{
	HPDF_Dict d = pdf_failed(p) ? NULL : HPDF_DictStream_New(p->doc->mmgr, p->doc->xref);

	if (d && bytes.len)
		HPDF_Stream_Write(d->stream, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT)bytes.len);
	pdf_entries(p, d, entries);
	return d;
}

struct str pdf_deflate(struct pdf *p, struct str bytes)
{
	size_t bound = libdeflate_zlib_compress_bound(p->handles->deflate, bytes.len);
	char *out = arena_alloc(p->arena, bound);

	return (struct str){ out, libdeflate_zlib_compress(p->handles->deflate, bytes.ptr, bytes.len, out, bound) };
}

/* libharu deletes /Filter from a stream whose filter it did not apply: the entry is ours. */
HPDF_Dict pdf_stream_deflated(struct pdf *p, struct str entries, struct str bytes)
{
	struct buf all = pdf_buf(p);

	buf_put(&all, entries);
	buf_puts(&all, "/Filter/FlateDecode");
	return pdf_stream(p, buf_str(&all), pdf_deflate(p, bytes));
}

uint32_t pdf_number(HPDF_Dict d)
{
	return d ? d->header.obj_id & 0x00FFFFFF : 0;
}

void pdf_text_object(struct pdf *p)
{
	buf_putc(&p->text, '\n');
	vec_push(p->arena, &p->text_ends, p->text.len);
}
