/* render: a PNG as an image object. Without an alpha channel its compressed data stand in the
 * file as they are (PDF knows PNG's filters); with one, colour and alpha are told apart. */
#include "render/pdf_int.h"

enum {
	PNG_COLOUR = 2, /* bits of the colour type; 1 = palette */
	PNG_ALPHA = 4,
	PNG_SIDE_MAX = 20000,
	PNG_BYTES_MAX = 256 * 1024 * 1024 /* unpacked */
};

struct png {
	uint32_t width, height;
	uint8_t bits, type, interlaced; /* as in IHDR */
	unsigned channels;
	size_t row;        /* bytes of one row without its filter byte */
	struct str palette, transparency; /* PLTE, tRNS */
	struct buf data;   /* all IDAT */
	bool ended;        /* IEND was seen */
};

struct chunk {
	const char *type;
	struct str data;
};

static bool chunk_next(struct str file, size_t *at, struct chunk *out)
{
	uint32_t size;

	if (*at > file.len || file.len - *at < 12)
		return false;
	size = be32(file.ptr + *at);
	if (size > file.len - *at - 12)
		return false;
	out->type = file.ptr + *at + 4;
	out->data = (struct str){ file.ptr + *at + 8, size };
	*at += 12 + (size_t)size;
	return libdeflate_crc32(0, out->type, size + 4) == be32(out->data.ptr + size);
}

static bool is_chunk(const struct chunk *c, const char *type)
{
	return memcmp(c->type, type, 4) == 0;
}

/* The depths each colour type may have, as a bit set. */
static bool depth_allowed(uint8_t type, uint8_t bits)
{
	static const uint8_t channels_bits[7][5] = {
		[0] = { 1, 2, 4, 8, 16 }, [2] = { 8, 16 }, [3] = { 1, 2, 4, 8 }, [4] = { 8, 16 }, [6] = { 8, 16 },
	};

	for (size_t i = 0; type < 7 && i < 5; i++)
		if (bits && channels_bits[type][i] == bits)
			return true;
	return false;
}

static bool read_header(struct png *png, struct str data)
{
	static const uint8_t channels[7] = { 1, 0, 3, 1, 2, 0, 4 };

	if (data.len != 13)
		return false;
	png->width = be32(data.ptr);
	png->height = be32(data.ptr + 4);
	png->bits = (uint8_t)data.ptr[8];
	png->type = (uint8_t)data.ptr[9];
	png->interlaced = (uint8_t)data.ptr[12];
	if (!depth_allowed(png->type, png->bits))
		return false;
	png->channels = channels[png->type];
	png->row = ((size_t)png->width * png->channels * png->bits + 7) / 8;
	return png->width && png->height && png->width <= PNG_SIDE_MAX && png->height <= PNG_SIDE_MAX
		&& (png->row + 1) * png->height <= PNG_BYTES_MAX;
}

static const char *png_read(struct pdf *p, struct str file, struct png *png)
{
	struct chunk c;

	*png = (struct png){ .data = pdf_buf(p) };
	for (size_t at = 8; !png->ended && chunk_next(file, &at, &c);) {
		if (is_chunk(&c, "IHDR") && !read_header(png, c.data))
			return "its header is broken, or it is too large";
		if (is_chunk(&c, "PLTE"))
			png->palette = c.data;
		if (is_chunk(&c, "tRNS"))
			png->transparency = c.data;
		if (is_chunk(&c, "IDAT"))
			buf_put(&png->data, c.data);
		png->ended = is_chunk(&c, "IEND");
	}
	if (!png->channels || !png->ended)
		return "it is no complete PNG";
	if (png->interlaced)
		return "it is an interlaced PNG; save it without interlacing";
	if (png->type == 3 && (png->palette.len < 3 || png->palette.len > 768))
		return "its palette is missing";
	return NULL;
}

/* The filtered rows; empty when the data do not unpack to exactly the picture. */
static struct str png_unpack(struct pdf *p, const struct png *png)
{
	size_t size = (png->row + 1) * png->height;
	char *rows = arena_alloc(p->arena, size);
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	enum libdeflate_result result = LIBDEFLATE_BAD_DATA;

	if (d)
		result = libdeflate_zlib_decompress(d, png->data.ptr, png->data.len, rows, size, NULL);
	libdeflate_free_decompressor(d);
	return (struct str){ rows, result == LIBDEFLATE_SUCCESS ? size : 0 };
}

static uint8_t paeth(uint8_t left, uint8_t up, uint8_t corner)
{
	int guess = left + up - corner;
	int from_left = abs(guess - left), from_up = abs(guess - up), from_corner = abs(guess - corner);

	if (from_left <= from_up && from_left <= from_corner)
		return left;
	return from_up <= from_corner ? up : corner;
}

static uint8_t predicted(uint8_t filter, uint8_t left, uint8_t up, uint8_t corner)
{
	switch (filter) {
	case 1: return left;
	case 2: return up;
	case 3: return (uint8_t)((left + up) / 2);
	case 4: return paeth(left, up, corner);
	default: return 0;
	}
}

/* In place; filter bytes stay where they are. */
static bool png_unfilter(const struct png *png, uint8_t *rows)
{
	size_t step = (png->channels * png->bits + 7) / 8;

	for (uint32_t y = 0; y < png->height; y++) {
		uint8_t *row = rows + y * (png->row + 1) + 1;
		const uint8_t *above = y ? row - (png->row + 1) : NULL;
		if (row[-1] > 4)
			return false;
		for (size_t x = 0; x < png->row; x++)
			row[x] = (uint8_t)(row[x] + predicted(row[-1], x >= step ? row[x - step] : 0,
				above ? above[x] : 0, above && x >= step ? above[x - step] : 0));
	}
	return true;
}

/* The samples from first, count of them a pixel, out of 8 or 16 bit pixels. */
static struct str plane(struct pdf *p, const struct png *png, const char *rows, unsigned first, unsigned count)
{
	size_t bytes = png->bits / 8, pixel = bytes * png->channels, kept = bytes * count;
	char *out = arena_alloc(p->arena, kept * png->width * png->height), *to = out;

	for (uint32_t y = 0; y < png->height; y++) {
		const char *from = rows + y * (png->row + 1) + 1 + first * bytes;
		for (uint32_t x = 0; x < png->width; x++, from += pixel, to += kept)
			memcpy(to, from, kept);
	}
	return (struct str){ out, kept * png->width * png->height };
}

/* The transparency of each pixel of a picture with a palette. */
static struct str palette_alpha(struct pdf *p, const struct png *png, const char *rows)
{
	size_t count = (size_t)png->width * png->height;
	char *out = arena_alloc(p->arena, count), *to = out;

	for (uint32_t y = 0; y < png->height; y++) {
		const uint8_t *row = (const uint8_t *)rows + y * (png->row + 1) + 1;
		for (uint32_t x = 0; x < png->width; x++) {
			size_t bit = (size_t)x * png->bits;
			unsigned index = (unsigned)row[bit / 8] >> (8 - png->bits - bit % 8) & ((1u << png->bits) - 1);
			*to++ = index < png->transparency.len ? png->transparency.ptr[index] : (char)255;
		}
	}
	return (struct str){ out, count };
}

static void put_geometry(struct buf *b, const struct png *png, unsigned bits)
{
	buf_printf(b, "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent %u/ColorSpace", png->width,
		png->height, bits);
}

static void put_colour_space(struct buf *b, const struct png *png)
{
	if (png->type != 3) {
		buf_puts(b, png->type & PNG_COLOUR ? "/DeviceRGB" : "/DeviceGray");
		return;
	}
	buf_puts(b, "[/Indexed/DeviceRGB ");
	put_int(b, (int64_t)(png->palette.len / 3) - 1);
	put_bytes(b, (struct str){ png->palette.ptr, png->palette.len / 3 * 3 });
	buf_putc(b, ']');
}

/* One colour of a picture without palette that is not painted. */
static void put_colour_key(struct buf *b, const struct png *png)
{
	if (png->type & ~PNG_COLOUR || png->transparency.len < 2 * (size_t)png->channels)
		return;
	buf_puts(b, "/Mask[");
	for (unsigned i = 0; i < png->channels; i++)
		buf_printf(b, "%u %u ", be16(png->transparency.ptr + 2 * i), be16(png->transparency.ptr + 2 * i));
	buf_putc(b, ']');
}

static HPDF_Dict soft_mask(struct pdf *p, const struct png *png, struct str alpha, unsigned bits)
{
	struct buf b = pdf_buf(p);

	put_geometry(&b, png, bits);
	buf_puts(&b, "/DeviceGray");
	return pdf_stream_deflated(p, buf_str(&b), alpha);
}

static HPDF_Dict with_alpha(struct pdf *p, const struct png *png, const char *rows)
{
	unsigned colours = png->channels - 1;
	HPDF_Dict mask = soft_mask(p, png, plane(p, png, rows, colours, 1), png->bits);
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/SMask ");
	put_ref(&b, pdf_number(mask));
	put_geometry(&b, png, png->bits);
	put_colour_space(&b, png);
	return pdf_stream_deflated(p, buf_str(&b), plane(p, png, rows, 0, colours));
}

static HPDF_Dict as_it_is(struct pdf *p, const struct png *png, const char *rows)
{
	struct buf b = pdf_buf(p);

	if (png->type == 3 && png->transparency.len) {
		buf_puts(&b, "/SMask ");
		put_ref(&b, pdf_number(soft_mask(p, png, palette_alpha(p, png, rows), 8)));
	}
	put_geometry(&b, png, png->bits);
	put_colour_space(&b, png);
	put_colour_key(&b, png);
	buf_printf(&b, "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent %u/Columns %u>>",
		png->channels, png->bits, png->width);
	return pdf_stream(p, buf_str(&b), buf_str(&png->data));
}

HPDF_Dict png_embed(struct pdf *p, const struct page_item *item)
{
	struct png png;
	const char *fault = png_read(p, item->image.file, &png);
	struct str rows;

	if (fault)
		return image_refuse(p, item, fault);
	rows = png_unpack(p, &png);
	if (!rows.len || !png_unfilter(&png, (uint8_t *)(uintptr_t)rows.ptr))
		return image_refuse(p, item, "its data are broken");
	return (png.type & PNG_ALPHA ? with_alpha : as_it_is)(p, &png, rows.ptr);
}
