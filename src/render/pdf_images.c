/* render: pictures as image objects. libharu's readers are not used: its PNG reader ends the
 * process on a broken file. */
#include "render/pdf_int.h"

int image_index(const struct pdf *p, struct str file)
{
	for (size_t i = 0; i < p->images.count; i++)
		if (str_equal(p->images.at[i].file, file))
			return (int)i;
	return -1;
}

HPDF_Dict image_refuse(struct pdf *p, const struct page_item *item, const char *why)
{
	diag_add(p->diag, DIAG_IMAGE, item->pos, "'" STR_FMT "' cannot be used: %s", STR_ARG(item->image.name), why);
	return NULL;
}

static HPDF_Dict embed(struct pdf *p, const struct page_item *item)
{
	struct str file = item->image.file;

	if (str_starts(file, "\x89PNG\r\n\x1A\n"))
		return png_embed(p, item);
	if (str_starts(file, "\xFF\xD8\xFF"))
		return jpeg_embed(p, item);
	return image_refuse(p, item, "it is neither PNG nor JPEG");
}

/* The diagnostics' count doesn't tell: a message like one before is dropped. */
static bool all_embedded(const struct pdf *p)
{
	for (size_t i = 0; i < p->images.count; i++)
		if (!p->images.at[i].dict)
			return false;
	return true;
}

bool images_embed(struct pdf *p)
{
	for (size_t i = 0; i < p->pages->pages.count; i++) {
		struct page_items items = pdf_page_items(p, i);
		for (size_t k = 0; k < items.count; k++) {
			const struct page_item *item = &items.at[k];
			if (item->kind == PAGE_IMAGE && image_index(p, item->image.file) < 0)
				vec_push(p->arena, &p->images,
					((struct pdf_image){ item->image.file, embed(p, item) }));
		}
	}
	return all_embedded(p);
}
