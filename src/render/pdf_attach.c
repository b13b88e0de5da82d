/* render: attached files, each said to be data, source or supplement of the document. */
#include "render/pdf_int.h"

#include <stdlib.h>

struct entry {
	struct str key; /* of the name tree, as bytes */
	uint32_t object;
};

static HPDF_Dict file_object(struct pdf *p, const struct page_attachment *from)
{
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/EmbeddedFile/Subtype");
	put_name(&b, from->mime);
	buf_puts(&b, "/Params<</Size ");
	put_int(&b, (int64_t)(from->deflated.len ? from->size : from->bytes.len));
	if (from->date.len) {
		buf_puts(&b, "/ModDate");
		put_date(&b, from->date);
	}
	buf_puts(&b, ">>");
	if (!from->deflated.len)
		return pdf_stream_deflated(p, buf_str(&b), from->bytes);
	buf_puts(&b, "/Filter/FlateDecode");
	return pdf_stream(p, buf_str(&b), from->deflated);
}

static HPDF_Dict file_specification(struct pdf *p, const struct page_attachment *from)
{
	uint32_t file = pdf_number(file_object(p, from));
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/Filespec/F");
	put_string(&b, from->name);
	buf_puts(&b, "/UF");
	put_string(&b, from->name);
	if (from->description.len) {
		buf_puts(&b, "/Desc");
		put_string(&b, from->description);
	}
	buf_puts(&b, "/AFRelationship");
	put_name(&b, from->relationship);
	buf_puts(&b, "/EF<</F ");
	put_ref(&b, file);
	buf_puts(&b, "/UF ");
	put_ref(&b, file);
	buf_puts(&b, ">>");
	return pdf_object_of(p, buf_str(&b));
}

static int by_key(const void *a, const void *b)
{
	return str_compare(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

void put_attachments(struct pdf *p, struct buf *b)
{
	size_t count = p->pages->attachments.count;
	struct entry *entries = ARENA_ARRAY(p->arena, struct entry, count);

	if (!count)
		return;
	buf_puts(b, "/AF[");
	for (size_t i = 0; i < count; i++) {
		const struct page_attachment *from = &p->pages->attachments.at[i];
		entries[i] = (struct entry){ string_bytes(p->arena, from->name),
			pdf_number(file_specification(p, from)) };
		put_ref(b, entries[i].object);
		buf_putc(b, ' ');
	}
	qsort(entries, count, sizeof *entries, by_key);
	buf_puts(b, "]/Names<</EmbeddedFiles<</Names[");
	for (size_t i = 0; i < count; i++) {
		put_bytes(b, entries[i].key);
		put_ref(b, entries[i].object);
		buf_putc(b, ' ');
	}
	buf_puts(b, "]>>>>");
}
