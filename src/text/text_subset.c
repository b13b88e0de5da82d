/* A face and the glyphs a document uses to what the PDF embeds. Beside text; render asks for it. */
#include "text/text_int.h"

#include <harfbuzz/hb-subset.h>

/* A viewer draws by glyph: tables for finding, placing and naming glyphs are weight, and so are variations, since
 * text is set in a face's default instance. */
static const hb_tag_t dropped[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'),
	HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'), HB_TAG('D', 'S', 'I', 'G'),
	HB_TAG('c', 'm', 'a', 'p'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'), HB_TAG('M', 'A', 'T', 'H'),
	HB_TAG('m', 'o', 'r', 'x'), HB_TAG('f', 'v', 'a', 'r'), HB_TAG('g', 'v', 'a', 'r'), HB_TAG('a', 'v', 'a', 'r'),
	HB_TAG('c', 'v', 'a', 'r'), HB_TAG('H', 'V', 'A', 'R'), HB_TAG('V', 'V', 'A', 'R'), HB_TAG('M', 'V', 'A', 'R'),
	HB_TAG('S', 'T', 'A', 'T'), HB_TAG('m', 'e', 't', 'a'), HB_TAG('C', 'O', 'L', 'R'), HB_TAG('C', 'P', 'A', 'L'),
	HB_TAG('S', 'V', 'G', ' '), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G'),
};

static bool is_dropped(hb_tag_t tag)
{
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		if (dropped[i] == tag)
			return true;
	return false;
}

static hb_blob_t *kept_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
	(void)face;
	return is_dropped(tag) ? hb_blob_get_empty() : hb_face_reference_table(whole, tag);
}

/* The face without the tables that are dropped: HarfBuzz reads a whole cmap even for a subset that has none. */
static hb_face_t *lean_face(const struct font *f)
{
	hb_face_t *lean = hb_face_create_for_tables(kept_table, f->face, NULL);
	hb_face_set_index(lean, f->index);
	hb_face_set_upem(lean, (unsigned)f->upem);
	return lean;
}

static hb_subset_input_t *input_of(const struct font *f, const uint16_t *gids, size_t count)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	/* hints of CFF outlines cost nothing to keep and much to take out */
	unsigned flags = f->cff ? HB_SUBSET_FLAGS_DEFAULT : HB_SUBSET_FLAGS_NO_HINTING;
	hb_subset_input_set_flags(input, flags);
	hb_set_t *glyphs = hb_subset_input_glyph_set(input);
	hb_set_add(glyphs, 0);
	for (size_t i = 0; i < count; i++)
		hb_set_add(glyphs, gids[i]);
	hb_set_t *tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		hb_set_add(tables, dropped[i]);
	return input;
}

/* Reading a CFF: all positions are checked; what lies outside reads as 0. */
static uint32_t cff_number(struct str cff, size_t at, size_t width)
{
	uint32_t n = 0;
	for (size_t i = 0; i < width; i++)
		n = n << 8 | (at + i < cff.len ? (uint8_t)cff.ptr[at + i] : 0u);
	return n;
}

static size_t index_data(struct str cff, size_t at, size_t item)
{
	size_t count = cff_number(cff, at, 2), width = cff_number(cff, at + 2, 1);
	return at + 2 + (count + 1) * width + cff_number(cff, at + 3 + item * width, width);
}

static size_t index_end(struct str cff, size_t at)
{
	size_t count = cff_number(cff, at, 2);
	return count ? index_data(cff, at, count) : at + 2;
}

/* The operand before operator 15 of the Top DICT: where the charset lies; 0 to 2 are predefined. */
static size_t charset_place(struct str cff)
{
	size_t top = index_end(cff, cff_number(cff, 2, 1));
	size_t at = index_data(cff, top, 0), end = index_end(cff, top);
	uint32_t operand = 0;
	while (at < end && at < cff.len) {
		uint32_t b = cff_number(cff, at, 1);
		if (b == 15)
			return operand;
		size_t step = 1;
		if (b == 12) {
			step = 2;
		} else if (b == 28) {
			operand = cff_number(cff, at + 1, 2), step = 3;
		} else if (b == 29) {
			operand = cff_number(cff, at + 1, 4), step = 5;
		} else if (b == 30) {
			while (at + step < cff.len && (cff.ptr[at + step] & 0xF) != 0xF)
				step++;
			step++;
		} else if (b >= 32 && b <= 246) {
			operand = b - 139;
		} else if (b >= 247) {
			step = 2;
		}
		at += step;
	}
	return 0;
}

/* The CID of each glyph of a CID-keyed CFF, in cids (count). */
static void charset_read(struct str cff, uint16_t *cids, size_t count)
{
	size_t at = charset_place(cff);
	uint32_t format = cff_number(cff, at, 1);
	at++;
	for (size_t gid = 1; gid < count && at < cff.len;) {
		uint32_t first = cff_number(cff, at, 2), left = 0;
		at += 2;
		if (format)
			left = cff_number(cff, at, format), at += format;
		for (uint32_t i = 0; i <= left && gid < count; i++)
			cids[gid++] = (uint16_t)(first + i);
	}
}

/* Two-byte codes for content: glyph numbers of the subset, but CIDs where the face has its own. */
static void read_codes(struct arena *scratch, const struct font *f, hb_subset_plan_t *plan, hb_face_t *face,
	const uint16_t *gids, struct font_subset *out)
{
	const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	for (size_t i = 0; i < out->count; i++)
		out->codes[i] = (uint16_t)hb_map_get(map, gids[i]);
	if (!f->cid_keyed)
		return;
	size_t glyphs = hb_face_get_glyph_count(face);
	uint16_t *cids = ARENA_ARRAY(scratch, uint16_t, glyphs + 1);
	charset_read(out->program, cids, glyphs);
	for (size_t i = 0; i < out->count; i++)
		out->codes[i] = out->codes[i] < glyphs ? cids[out->codes[i]] : 0;
}

static void read_widths(const struct font *f, const uint16_t *gids, struct font_subset *out)
{
	for (size_t i = 0; i < out->count; i++) {
		int64_t advance = hb_font_get_glyph_h_advance(f->font, gids[i]);
		out->widths[i] = (uint16_t)((advance * 2000 + f->upem) / (2 * (int64_t)f->upem));
	}
}

static void blob_close(void *blob)
{
	hb_blob_destroy(blob);
}

bool font_make_subset(struct arena *a, const struct font *f, const uint16_t *gids, size_t count,
	struct font_subset *out, struct diag *d)
{
	struct arena *scratch = font_set_scratch(f->set);
	struct arena_mark mark = arena_mark(scratch);
	hb_subset_plan_t *plan = NULL;
	hb_face_t *face = NULL;
	*out = (struct font_subset){ .count = count };
	out->codes = ARENA_ARRAY(a, uint16_t, count);
	out->widths = ARENA_ARRAY(a, uint16_t, count);
	hb_subset_input_t *input = input_of(f, gids, count);
	hb_face_t *lean = lean_face(f);
	if (input)
		plan = hb_subset_plan_create_or_fail(lean, input);
	if (plan)
		face = hb_subset_plan_execute_or_fail(plan);
	if (face) {
		/* the program stays in HarfBuzz' blob, which closes with the arena */
		hb_blob_t *blob = f->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
					 : hb_face_reference_blob(face);
		unsigned len = 0;
		const char *bytes = hb_blob_get_data(blob, &len);
		out->program = (struct str){ bytes, len };
		arena_defer(a, blob_close, blob);
		read_codes(scratch, f, plan, face, gids, out);
		read_widths(f, gids, out);
	}
	hb_face_destroy(face);
	hb_face_destroy(lean);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(input);
	arena_rewind(scratch, mark);
	if (!out->program.len)
		diag_add(d, DIAG_FONT_FILE, (struct src_pos){ 0 },
			"font '" STR_FMT "' cannot be embedded: its glyphs cannot be taken out", STR_ARG(f->name));
	return out->program.len > 0;
}
