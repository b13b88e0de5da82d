/* Parts -> the bytes of a zip archive. */
#include "sheet/sheet_pack.h"

#include <libdeflate.h>

enum {
	LOCAL_MARK = 0x04034B50,
	ENTRY_MARK = 0x02014B50,
	END_MARK = 0x06054B50,
	VERSION = 20,           /* of the format: deflated parts */
	FIRST_DAY = 1 << 5 | 1, /* 1980-01-01, the first day that the format knows */
	DEFLATED = 8,
	LEVEL = 6
};

static void put_16(struct buf *b, uint32_t n)
{
	buf_putc(b, (char)(n & 0xFF));
	buf_putc(b, (char)(n >> 8 & 0xFF));
}

static void put_32(struct buf *b, uint32_t n)
{
	put_16(b, n & 0xFFFF);
	put_16(b, n >> 16);
}

static void close_compressor(void *compressor)
{
	libdeflate_free_compressor(compressor);
}

void sheet_pack_init(struct sheet_pack *p, struct arena *a)
{
	*p = (struct sheet_pack){ .arena = a };
	buf_init(&p->out, a, SHEET_PACK_MOST);
	p->compressor = libdeflate_alloc_compressor(LEVEL);
	if (!p->compressor)
		arena_unwind(a);
	arena_defer(a, close_compressor, p->compressor);
}

/* What the header of a part and its entry in the list have in common. */
static void put_common(struct buf *b, const struct sheet_packed *part)
{
	put_16(b, VERSION);
	put_16(b, 0x0800); /* names are UTF-8 */
	put_16(b, part->method);
	put_16(b, 0); /* midnight */
	put_16(b, FIRST_DAY);
	put_32(b, part->crc);
	put_32(b, part->packed);
	put_32(b, part->size);
	put_16(b, (uint32_t)part->name.len);
	put_16(b, 0); /* no extra fields */
}

void sheet_pack_add(struct sheet_pack *p, const char *name, struct str bytes)
{
	struct sheet_packed *part = vec_add(p->arena, &p->parts);
	char *packed = arena_alloc(p->arena, bytes.len);
	size_t shorter = bytes.len
		? libdeflate_deflate_compress(p->compressor, bytes.ptr, bytes.len, packed, bytes.len - 1)
		: 0;
	*part = (struct sheet_packed){ .name = str_from(name),
		.offset = (uint32_t)p->out.len,
		.size = (uint32_t)bytes.len,
		.crc = libdeflate_crc32(0, bytes.ptr, bytes.len),
		.packed = (uint32_t)(shorter ? shorter : bytes.len),
		.method = shorter ? DEFLATED : 0 };
	put_32(&p->out, LOCAL_MARK);
	put_common(&p->out, part);
	buf_put(&p->out, part->name);
	buf_bytes(&p->out, shorter ? packed : bytes.ptr, part->packed);
}

static void put_entry(struct buf *b, const struct sheet_packed *part)
{
	put_32(b, ENTRY_MARK);
	put_16(b, VERSION);
	put_common(b, part);
	put_16(b, 0); /* no comment */
	put_16(b, 0); /* the first volume */
	put_16(b, 0);
	put_32(b, 0);
	put_32(b, part->offset);
	buf_put(b, part->name);
}

struct str sheet_pack_end(struct sheet_pack *p)
{
	uint32_t from = (uint32_t)p->out.len, count = (uint32_t)p->parts.count;
	for (uint32_t i = 0; i < count; i++)
		put_entry(&p->out, &p->parts.at[i]);
	uint32_t size = (uint32_t)p->out.len - from;
	put_32(&p->out, END_MARK);
	put_32(&p->out, 0); /* the only volume */
	put_16(&p->out, count);
	put_16(&p->out, count);
	put_32(&p->out, size);
	put_32(&p->out, from);
	put_16(&p->out, 0); /* no comment */
	return p->out.overflowed ? (struct str){ 0 } : buf_str(&p->out);
}
