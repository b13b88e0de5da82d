/* render: a JPEG as it is, if PDF can show it. */
#include "render/pdf_int.h"

struct frame {
	uint32_t width, height;
	uint8_t bits, components, kind; /* kind: the marker's second byte; 0 when there is no frame */
};

static bool is_frame(uint8_t marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Walks the segments up to the first frame header. */
static struct frame read_frame(struct str file)
{
	for (size_t at = 2; at + 9 < file.len;) {
		uint8_t marker = (uint8_t)file.ptr[at + 1];
		if ((uint8_t)file.ptr[at] != 0xFF)
			break;
		if (marker == 0xFF || marker == 0x01) {
			at += marker == 0xFF ? 1 : 2;
			continue;
		}
		if (is_frame(marker))
			return (struct frame){ be16(file.ptr + at + 7), be16(file.ptr + at + 5),
				(uint8_t)file.ptr[at + 4], (uint8_t)file.ptr[at + 9], marker };
		if (marker == 0xDA || marker == 0xD9)
			break;
		at += 2 + be16(file.ptr + at + 2);
	}
	return (struct frame){ 0 };
}

static const char *frame_fault(struct str file, struct frame f)
{
	if (!f.kind || !f.width || !f.height)
		return "it is no complete JPEG";
	if (f.kind > 0xC2)
		return "this kind of JPEG (lossless or arithmetic) cannot stand in a PDF";
	if (f.bits != 8)
		return "a JPEG must have 8 bits a sample";
	if (f.components == 4)
		return "it is CMYK; save it as RGB";
	if (f.components != 1 && f.components != 3)
		return "a JPEG must be grey or RGB";
	if (!memmem(file.ptr + 2, file.len - 2, "\xFF\xD9", 2))
		return "it ends too early";
	return NULL;
}

HPDF_Dict jpeg_embed(struct pdf *p, const struct page_item *item)
{
	struct str file = item->image.file;
	struct frame f = read_frame(file);
	const char *fault = frame_fault(file, f);

	if (fault)
		return image_refuse(p, item, fault);
	return pdf_stream(p,
		str_printf(p->arena,
			"/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 8/ColorSpace/%s"
			"/Filter/DCTDecode",
			f.width, f.height, f.components == 1 ? "DeviceGray" : "DeviceRGB"),
		file);
}
