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

	struct str deflated = { out, libdeflate_zlib_compress(p->handles->deflate, bytes.ptr, bytes.len, out, bound) };

	arena_shrink(p->arena, out, bound, deflated.len);
	return deflated;
}

void pdf_drop(struct pdf *p, struct str bytes)
{
	if (bytes.len)
		arena_shrink(p->arena, (char *)(uintptr_t)bytes.ptr, bytes.len, 0);
}

void pdf_drop_buf(struct pdf *p, struct buf *b)
{
	arena_shrink(p->arena, b->ptr, b->room, 0);
	*b = (struct buf){ 0 };
}

/* libharu deletes /Filter from a stream whose filter it did not apply: the entry is ours. */
HPDF_Dict pdf_stream_deflated(struct pdf *p, struct str entries, struct str bytes)
{
	struct buf all = pdf_buf(p);
	struct str deflated = pdf_deflate(p, bytes);
	HPDF_Dict d;

	buf_put(&all, entries);
	buf_puts(&all, "/Filter/FlateDecode");
	d = pdf_stream(p, buf_str(&all), deflated);
	pdf_drop(p, deflated);
	return d;
}

uint32_t pdf_number(HPDF_Dict d)
{
	return d ? d->header.obj_id & 0x00FFFFFF : 0;
}
