/* render: the objects as bytes: streams first (that settles their lengths), all others in object
 * streams, then the cross-reference stream. libharu's own save knows neither. */
#include "render/pdf_int.h"

#include "base/hash.h"

/* Where an object is: type 1 = offset of a stream, type 2 = object stream and place in it. */
struct place {
	uint8_t type;
	uint32_t at;
	uint16_t index;
};

struct save {
	struct pdf *pdf;
	HPDF_Stream out;
	struct place *places; /* by object number */
	uint32_t next;        /* number of the next object of the file's own */
	/* the object stream being filled */
	struct buf index, body;
	uint32_t held;
	struct hash hash; /* of what stands before the cross-reference stream */
};

static void write_str(struct save *s, struct str bytes)
{
	if (bytes.len)
		HPDF_Stream_Write(s->out, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT)bytes.len);
}

static struct str stream_bytes(struct pdf *p, HPDF_Stream from)
{
	char *all = arena_alloc(p->arena, from->size);
	size_t at = 0;

	for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(from); i++) {
		HPDF_UINT size;
		const HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(from, i, &size);
		if (!part || size > from->size - at)
			break;
		memcpy(all + at, part, size);
		at += size;
	}
	return (struct str){ all, at };
}

static void *object_at(const struct save *s, uint32_t number)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(s->pdf->doc->xref, number);
	return entry ? entry->obj : NULL;
}

static bool is_stream(const void *object)
{
	const HPDF_Obj_Header *header = object;
	return (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && ((HPDF_Dict)(uintptr_t)object)->stream;
}

static uint32_t begin_object(struct save *s, uint32_t number)
{
	uint32_t at = s->out->size;
	write_str(s, str_printf(s->pdf->arena, "%u 0 obj\n", number));
	return at;
}

static void write_streams(struct save *s, uint32_t library)
{
	for (uint32_t i = 1; i < library; i++) {
		void *object = object_at(s, i);
		if (!object || !is_stream(object))
			continue;
		s->places[i] = (struct place){ 1, begin_object(s, i), 0 };
		HPDF_Obj_WriteValue(object, s->out, NULL);
		write_str(s, STR("\nendobj\n"));
	}
}

/* A stream of the file's own, deflated; entries end with the filter's. */
static uint32_t write_own_stream(struct save *s, uint32_t number, struct str entries, struct str deflated)
{
	uint32_t at = begin_object(s, number);

	write_str(s, entries);
	write_str(s, str_printf(s->pdf->arena, "/Filter/FlateDecode/Length %zu>>stream\n", deflated.len));
	write_str(s, deflated);
	write_str(s, STR("\nendstream\nendobj\n"));
	return at;
}

static void flush_held(struct save *s)
{
	struct pdf *p = s->pdf;
	uint32_t number = s->next;
	struct str deflated;
	struct buf all;

	if (!s->held)
		return;
	all = pdf_buf(p);
	buf_put(&all, buf_str(&s->index));
	buf_put(&all, buf_str(&s->body));
	deflated = pdf_deflate(p, buf_str(&all));
	s->places[number] = (struct place){ 1, 0, 0 };
	s->places[number].at = write_own_stream(s, number,
		str_printf(p->arena, "<</Type/ObjStm/N %u/First %zu", s->held, s->index.len), deflated);
	pdf_drop(p, deflated);
	pdf_drop_buf(p, &all);
	s->next++;
	s->held = 0;
	s->index.len = s->body.len = 0;
}

static void hold(struct save *s, uint32_t number, struct str object)
{
	s->places[number] = (struct place){ 2, s->next, (uint16_t)s->held };
	put_int(&s->index, number);
	buf_putc(&s->index, ' ');
	put_int(&s->index, (int64_t)s->body.len);
	buf_putc(&s->index, ' ');
	buf_put(&s->body, object);
	if (++s->held == PDF_OBJECTS_PER_STREAM)
		flush_held(s);
}

static void hold_library_object(struct save *s, uint32_t number, void *object)
{
	HPDF_Stream one = s->pdf->handles->one;
	struct str bytes;

	HPDF_MemStream_FreeData(one);
	HPDF_Obj_WriteValue(object, one, NULL);
	HPDF_Stream_WriteChar(one, '\n');
	bytes = stream_bytes(s->pdf, one);
	hold(s, number, bytes);
	pdf_drop(s->pdf, bytes);
}

static void write_others(struct save *s, uint32_t library)
{
	for (uint32_t i = 1; i < library; i++) {
		void *object = object_at(s, i);
		if (object && !is_stream(object))
			hold_library_object(s, i, object);
	}
	for (uint32_t i = 0; i < structure_objects(s->pdf); i++)
		hold(s, library + i, structure_next(s->pdf));
	flush_held(s);
}

static void put_big_endian(char *to, uint32_t value, int bytes)
{
	while (bytes--) {
		to[bytes] = (char)(value & 0xFF);
		value >>= 8;
	}
}

/* Rows of type, position, index, each as the difference to the row above (PNG's filter "up"). */
static struct str xref_rows(struct save *s, uint32_t count)
{
	enum { ROW = 7 };
	char *rows = arena_calloc(s->pdf->arena, count, ROW + 1), *to = rows;
	char above[ROW] = { 0 }, row[ROW];

	for (uint32_t i = 0; i < count; i++) {
		row[0] = (char)s->places[i].type;
		put_big_endian(row + 1, s->places[i].at, 4);
		put_big_endian(row + 5, i ? s->places[i].index : 0xFFFF, 2);
		*to++ = 2;
		for (int k = 0; k < ROW; k++)
			*to++ = (char)(row[k] - above[k]);
		memcpy(above, row, ROW);
	}
	return (struct str){ rows, (size_t)count * (ROW + 1) };
}

static void hash_stream(HPDF_Stream from, struct hash *h)
{
	hash_begin(h);
	for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(from); i++) {
		HPDF_UINT size = 0;
		const HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(from, i, &size);
		hash_add(h, (struct str){ (const char *)part, part ? size : 0 });
	}
}

/* The identifier is made from all bytes before it. */
static void write_xref(struct save *s)
{
	struct pdf *p = s->pdf;
	uint32_t number = s->next, at = s->out->size;
	struct hash before;
	uint8_t digest[32];
	struct str id;

	hash_stream(s->out, &s->hash);
	before = s->hash;
	hash_end(&before, digest);
	id = hash_hex(p->arena, digest);
	id.len = 32;
	s->places[number] = (struct place){ 1, at, 0 };
	write_own_stream(s, number,
		str_printf(p->arena, "<</Type/XRef/Size %u/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>/Root %u 0 R"
			"/Info %u 0 R/ID[<" STR_FMT "><" STR_FMT ">]", number + 1, pdf_number(p->doc->catalog),
			pdf_number(p->doc->info), STR_ARG(id), STR_ARG(id)),
		pdf_deflate(p, xref_rows(s, number + 1)));
	write_str(s, str_printf(p->arena, "startxref\n%u\n%%%%EOF\n", at));
}

/* Of the whole file, from the hash of what stands before its cross-reference stream. */
static void hash_whole(struct save *s, struct str file, uint8_t sha256[32])
{
	size_t before = s->places[s->next].at;

	hash_add(&s->hash, (struct str){ file.ptr + before, file.len - before });
	hash_end(&s->hash, sha256);
}

bool pdf_save(struct pdf *p, struct pdf_file *out)
{
	uint32_t library = p->doc->xref->entries->count;
	uint32_t count = library + structure_objects(p);
	struct pdf_handles *h = p->handles;
	struct save s = { .pdf = p, .next = count, .index = pdf_buf(p), .body = pdf_buf(p) };

	s.out = h->out = HPDF_MemStream_New(p->doc->mmgr, 64 * 1024);
	h->one = HPDF_MemStream_New(p->doc->mmgr, 8 * 1024);
	if (!h->out || !h->one)
		return false;
	s.places = ARENA_ARRAY(p->arena, struct place, count + count / PDF_OBJECTS_PER_STREAM + 3);
	write_str(&s, STR("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
	write_streams(&s, library);
	write_others(&s, library);
	write_xref(&s);
	if (pdf_failed(p))
		return false;
	out->bytes = stream_bytes(p, s.out);
	hash_whole(&s, out->bytes, out->sha256);
	return true;
}
