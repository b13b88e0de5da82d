/* render: links, bookmarks and page labels: the ways around a file. */
#include "render/pdf_int.h"

/* [page /XYZ left top zoom]: the target at the top edge, the reader's zoom kept. */
static void put_destination(struct pdf *p, struct buf *b, uint32_t target)
{
	const struct page_target *to = &p->pages->targets.at[target];

	buf_puts(b, "/Dest[");
	put_ref(b, pdf_number(p->page_dicts[to->page]));
	buf_puts(b, "/XYZ null ");
	put_mpt(b, p->pages->pages.at[to->page].height - to->y);
	buf_puts(b, " null]");
}

static HPDF_Dict link_object(struct pdf *p, const struct page *page, const struct page_item *item)
{
	const struct page_link *link = &item->link;
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
	put_mpt(&b, item->x);
	buf_putc(&b, ' ');
	put_mpt(&b, page->height - item->y - link->height);
	buf_putc(&b, ' ');
	put_mpt(&b, item->x + link->width);
	buf_putc(&b, ' ');
	put_mpt(&b, page->height - item->y);
	buf_puts(&b, "]/Contents");
	put_string(&b, link->contents);
	buf_puts(&b, "/StructParent ");
	put_int(&b, (int64_t)(p->pages->pages.count + p->annots.count));
	if (link->uri.len) {
		buf_puts(&b, "/A<</S/URI/URI");
		put_bytes(&b, link->uri);
		buf_puts(&b, ">>");
	} else {
		put_destination(p, &b, link->target - 1);
	}
	return pdf_object_of(p, buf_str(&b));
}

/* Its mark is noted where it stands among the page's items, so the annotation follows the words
 * it covers. */
HPDF_Dict link_write(struct pdf *p, uint32_t page, const struct page_item *item)
{
	HPDF_Dict d = link_object(p, &p->pages->pages.at[page], item);
	HPDF_Array annots;

	if (!d)
		return NULL;
	annots = HPDF_Dict_GetItem(p->page_dicts[page], "Annots", HPDF_OCLASS_ARRAY);
	if (!annots) {
		annots = HPDF_Array_New(p->doc->mmgr);
		HPDF_Dict_Add(p->page_dicts[page], "Annots", annots);
	}
	if (annots)
		HPDF_Array_Add(annots, d);
	return d;
}

static HPDF_Outline bookmark(struct pdf *p, HPDF_Outline parent, const struct page_bookmark *from)
{
	HPDF_Outline item = HPDF_CreateOutline(p->doc, parent, "", NULL);
	struct buf b = pdf_buf(p);

	if (!item)
		return NULL;
	HPDF_Dict_RemoveElement(item, "Title");
	HPDF_Dict_RemoveElement(item, "Type");
	buf_puts(&b, "/Title");
	put_string(&b, from->title);
	put_destination(p, &b, from->target);
	pdf_entries(p, item, buf_str(&b));
	return item;
}

void outline_write(struct pdf *p)
{
	enum { DEPTH = 16 };
	HPDF_Outline open[DEPTH + 1] = { NULL };

	for (size_t i = 0; i < p->pages->bookmarks.count && !pdf_failed(p); i++) {
		const struct page_bookmark *from = &p->pages->bookmarks.at[i];
		unsigned depth = from->depth < DEPTH ? from->depth : DEPTH - 1;
		while (depth > 0 && !open[depth])
			depth--;
		open[depth + 1] = bookmark(p, open[depth], from);
		for (unsigned deeper = depth + 2; deeper <= DEPTH; deeper++)
			open[deeper] = NULL;
	}
}

static uint32_t decimal_label(struct str label)
{
	uint32_t n = 0;

	if (!label.len || label.len > 6 || label.ptr[0] == '0')
		return 0;
	for (size_t i = 0; i < label.len; i++) {
		if (label.ptr[i] < '0' || label.ptr[i] > '9')
			return 0;
		n = n * 10 + (uint32_t)(label.ptr[i] - '0');
	}
	return n;
}

/* A range starts where a label is no plain number, or not the one before it plus one. */
void put_page_labels(struct pdf *p, struct buf *b)
{
	uint32_t before = 0;

	buf_puts(b, "/PageLabels<</Nums[");
	for (size_t i = 0; i < p->pages->pages.count; i++) {
		struct str label = p->pages->pages.at[i].label;
		uint32_t number = decimal_label(label);
		if (!number || !before || number != before + 1) {
			put_int(b, (int64_t)i);
			buf_puts(b, number ? "<</S/D/St " : "<</P");
			if (number)
				put_int(b, number);
			else
				put_string(b, label);
			buf_puts(b, ">>");
		}
		before = number;
	}
	buf_puts(b, "]>>");
}
