/* Items of finished pages as bytes, about a sixth of what they take: a document of a thousand pages keeps only the page at hand as
 * items. What items borrow (texts, fonts, images) stays borrowed; glyphs and outlines are in the bytes.
 */
#ifndef PAGE_PAGE_PACK_H
#define PAGE_PAGE_PACK_H

#include "page/page.h"

/* What packed items share: styles, sources, glyphs with their advances. Lives in the arena, as the bytes do. */
struct page_packer *page_packer_new(struct arena *a);

/* The items' glyphs and outlines are no longer needed. */
const unsigned char *page_pack_items(struct page_packer *p, const struct page_item *items, size_t count);
/* Appends them to the page's items, all in the arena given. */
void page_unpack_items(struct arena *a, const struct page_packer *p, const unsigned char *bytes, struct page *page);

/* Packs what the page holds as items; it may be given more and packed again. */
void page_pack(struct page_packer *p, struct page *page);
/* Makes a page's bytes items again. */
void page_unpack(struct arena *a, struct pages *pages, size_t page);

struct page_items {
	const struct page_item *at;
	size_t count;
};
/* A page's items in drawing order, whether it is packed or not; those of a packed one are made in the arena given. */
struct page_items page_items(struct arena *a, const struct pages *pages, size_t page);

#endif
