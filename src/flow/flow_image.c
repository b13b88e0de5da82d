/* Flow, doc to pages: images. Their proportion comes from the file's own header (PNG, JPEG). */
#include "flow/flow_int.h"

struct pixels {
	uint32_t width, height;
};

static uint32_t big_endian(const unsigned char *p, int bytes)
{
	uint32_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | p[i];
	return value;
}

/* A frame header: C0..CF without the tables C4, C8, CC. */
static bool is_frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static struct pixels jpeg_pixels(const unsigned char *p, size_t len)
{
	size_t at = 2;

	while (at + 9 < len && p[at] == 0xFF) {
		if (is_frame(p[at + 1]))
			return (struct pixels){ big_endian(p + at + 7, 2), big_endian(p + at + 5, 2) };
		at += 2 + big_endian(p + at + 2, 2);
	}
	return (struct pixels){ 0, 0 };
}

static struct pixels pixels_of(struct str file)
{
	const unsigned char *p = (const unsigned char *)file.ptr;

	if (file.len >= 24 && !memcmp(p, "\x89PNG\r\n\x1a\n", 8))
		return (struct pixels){ big_endian(p + 16, 4), big_endian(p + 20, 4) };
	if (file.len > 4 && p[0] == 0xFF && p[1] == 0xD8)
		return jpeg_pixels(p, file.len);
	return (struct pixels){ 0, 0 };
}

struct size {
	mpt width, height;
};

/* A pixel is 1/96 inch where the layout gives neither side; a file without a size of its own is square. */
static struct size size_of(const struct doc_image *image, mpt width)
{
	struct pixels px = pixels_of(image->file);
	struct size s = { image->width, image->height };

	if (!px.width || !px.height || px.width > 100000 || px.height > 100000)
		px = (struct pixels){ 1, 1 };
	if (!s.width)
		s.width = s.height ? mpt_scale(s.height, px.width, px.height) : mpt_scale((mpt)px.width, 750, 1);
	if (!s.height)
		s.height = mpt_scale(s.width, px.height, px.width);
	if (s.width > width) {
		s.height = mpt_scale(s.height, width, s.width);
		s.width = width;
	}
	return s;
}

struct flow_fit flow_image_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	(void)from;
	return flow_unsplit(f, size_of(b->image, room.width).height, room, "an image is not split");
}

void flow_image_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	struct size s = size_of(b->image, r.width);
	mpt height = fit->height - fit->pad_top - fit->pad_bottom;

	if (f->dry)
		return;
	if (s.height > height) {
		s.width = mpt_scale(s.width, height, s.height);
		s.height = height;
	}
	struct page_item *item = vec_add(f->s.items, &f->page->items);
	item->kind = PAGE_IMAGE;
	item->tag = flow_info(f, b)->figure;
	item->x = r.x;
	item->y = r.y;
	item->pos = b->pos;
	item->image = (struct page_image){ .file = b->image->file, .name = b->image->name, .width = s.width,
		.height = s.height };
}

void flow_image_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	flow_info(f, b)->figure = flow_tag_figure(f, b->image->alt, !b->image->alt.len, parent, b->pos);
}
