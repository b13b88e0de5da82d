/* Faces: the font set of a session and what a face says of itself. Under text and render. */
#include "base/hash.h"
#include "text/text_int.h"

#include <errno.h>
#include <harfbuzz/hb-ot.h>
#include <hyphen.h>

static void set_close(void *handle)
{
	struct font_set *set = handle;
	for (size_t i = 0; i < set->fonts.count; i++) {
		if (!set->fonts.at[i])
			continue;
		hb_font_destroy(set->fonts.at[i]->font);
		hb_face_destroy(set->fonts.at[i]->face);
	}
	for (size_t i = 0; i < set->languages.count; i++) {
		if (set->languages.at[i]->breaks)
			ubrk_close(set->languages.at[i]->breaks);
		if (set->languages.at[i]->dict)
			hnj_hyphen_free(set->languages.at[i]->dict);
	}
	if (set->graphemes)
		ubrk_close(set->graphemes);
	if (set->bidi)
		ubidi_close(set->bidi);
	hb_buffer_destroy(set->buffer);
	arena_release(&set->words);
	arena_release(&set->scratch);
	arena_release(&set->brief);
	arena_release(&set->kept);
	arena_release(&set->exception_words);
}

enum { SCRATCH_BYTES = 256 * 1024 }; /* more than an ordinary paragraph needs */

struct font_set *font_set_create(struct arena *session)
{
	struct font_set *set = ARENA_NEW(session, struct font_set);
	set->session = session;
	arena_init(&set->words, 0, session->unwind);
	arena_init(&set->scratch, 0, session->unwind);
	arena_init(&set->brief, 0, session->unwind);
	arena_init(&set->kept, 0, session->unwind);
	arena_init(&set->exception_words, 0, session->unwind);
	arena_defer(session, set_close, set);
	set->buffer = hb_buffer_create();
	/* a reset arena keeps its block: without one, each rewind would give back what the next call asks for */
	arena_alloc(&set->scratch, SCRATCH_BYTES);
	arena_reset(&set->scratch);
	return set;
}

struct arena *font_set_scratch(struct font_set *set)
{
	set->words.unwind = set->session->unwind;
	set->scratch.unwind = set->session->unwind;
	return &set->scratch;
}

void font_set_trim(struct font_set *set, size_t max_bytes)
{
	arena_reset(&set->scratch);
	set->kept_for_more = true;
	if (set->words.used > max_bytes || !kept_has_room(set))
		kept_forget(set);
	if (set->words.used <= max_bytes)
		return;
	arena_reset(&set->words);
	set->shaped_words = (struct cache){ 0 };
	for (size_t i = 0; i < set->languages.count; i++)
		set->languages.at[i]->hyphens = (struct map){ 0 };
}

/* Numbers in a font's tables are big-endian; 0 behind the end. */
static int32_t table_u16(struct str table, size_t at)
{
	const uint8_t *p = (const uint8_t *)table.ptr;
	return at + 2 <= table.len ? p[at] << 8 | p[at + 1] : 0;
}

static int32_t table_i16(struct str table, size_t at)
{
	return (int16_t)table_u16(table, at);
}

static struct str table_bytes(hb_blob_t *blob)
{
	unsigned len = 0;
	const char *ptr = hb_blob_get_data(blob, &len);
	return (struct str){ ptr, len };
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

/* An INDEX of a CFF: count, size of offsets, offsets, data. The place behind it; 0 when it is broken. */
static size_t cff_index_end(struct str cff, size_t at, size_t *first)
{
	size_t count = (size_t)table_u16(cff, at);
	if (count == 0)
		return at + 2;
	size_t width = at + 2 < cff.len ? (uint8_t)cff.ptr[at + 2] : 0;
	size_t data = at + 3 + (count + 1) * width - 1, end = 0;
	if (width < 1 || width > 4 || data >= cff.len)
		return 0;
	for (size_t i = 0; i < width; i++)
		end = end << 8 | (uint8_t)cff.ptr[at + 3 + count * width + i];
	*first = data + 1;
	return data + end <= cff.len ? data + end : 0;
}

/* A CID-keyed CFF begins its Top DICT with the operator ROS, two strings and a number before it. */
static bool cff_cid_keyed(struct str cff)
{
	size_t first = 0, top = 0;
	size_t at = cff.len > 4 ? cff_index_end(cff, (uint8_t)cff.ptr[2], &first) : 0;
	if (!at || !cff_index_end(cff, at, &top) || !top)
		return false;
	for (size_t i = top, operands = 0; i + 1 < cff.len && operands < 4; operands++) {
		uint8_t b = (uint8_t)cff.ptr[i];
		if (b <= 21)
			return b == 12 && (uint8_t)cff.ptr[i + 1] == 30;
		i += b == 28 ? 3 : b == 29 ? 5 : b >= 247 && b <= 254 ? 2 : 1;
	}
	return false;
}

static int32_t metric(const struct font *f, hb_ot_metrics_tag_t tag)
{
	hb_position_t value = 0;
	hb_ot_metrics_get_position_with_fallback(f->font, tag, &value);
	return value;
}

static void read_metrics(struct font *f)
{
	f->ascent = metric(f, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
	f->descent = -metric(f, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
	f->cap_height = metric(f, HB_OT_METRICS_TAG_CAP_HEIGHT);
	f->x_height = metric(f, HB_OT_METRICS_TAG_X_HEIGHT);
	f->underline_offset = metric(f, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
	f->underline_width = metric(f, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
	if (f->underline_width <= 0)
		f->underline_width = f->upem / 20;
}

static struct str face_string(const struct font *f, struct arena *a, hb_ot_name_id_t id)
{
	unsigned len = hb_ot_name_get_utf8(f->face, id, HB_LANGUAGE_INVALID, NULL, NULL);
	char *text = arena_alloc(a, (size_t)len + 1);
	unsigned room = len + 1;
	hb_ot_name_get_utf8(f->face, id, HB_LANGUAGE_INVALID, &room, text);
	return (struct str){ text, len };
}

/* A PDF name from name 6: printable ASCII without the characters that delimit. */
static struct str ps_name(const struct font *f, struct arena *a)
{
	struct str raw = face_string(f, a, HB_OT_NAME_ID_POSTSCRIPT_NAME);
	char *kept = arena_alloc(a, raw.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < raw.len; i++)
		if (raw.ptr[i] > 32 && raw.ptr[i] < 127 && !strchr("[](){}<>/%#", raw.ptr[i]))
			kept[len++] = raw.ptr[i];
	return len ? (struct str){ kept, len } : STR("Font");
}

/* What the OS/2 table forbids; NULL when the face may be embedded as a subset. */
static const char *forbidden(hb_face_t *face)
{
	hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
	int32_t type = table_u16(table_bytes(blob), 8);
	hb_blob_destroy(blob);
	if ((type & 0xF) == 0x2)
		return "its licence bits forbid embedding";
	if (type & 0x100)
		return "its licence bits forbid subsets";
	return type & 0x200 ? "its licence bits allow only bitmaps to be embedded" : NULL;
}

static const char *unusable(hb_face_t *face)
{
	if (hb_face_get_glyph_count(face) == 0 || !has_table(face, HB_TAG('c', 'm', 'a', 'p')))
		return "it is not a TrueType or OpenType font";
	if (!has_table(face, HB_TAG('g', 'l', 'y', 'f')) && !has_table(face, HB_TAG('C', 'F', 'F', ' ')))
		return "it has neither TrueType nor CFF outlines";
	return forbidden(face);
}

static void describe(struct font *f)
{
	f->upem = (int32_t)hb_face_get_upem(f->face);
	f->font = hb_font_create(f->face);
	hb_font_set_scale(f->font, f->upem, f->upem);
	hb_blob_t *blob = hb_face_reference_table(f->face, HB_TAG('C', 'F', 'F', ' '));
	f->cff = hb_blob_get_length(blob) > 0;
	f->cid_keyed = f->cff && cff_cid_keyed(table_bytes(blob));
	hb_blob_destroy(blob);
	read_metrics(f);
}

/* The face of a file, or NULL with the reason. */
static hb_face_t *face_open(const char *path, uint32_t index, const char **why)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
	if (!blob) {
		*why = errno ? strerror(errno) : "it cannot be read";
		return NULL;
	}
	hb_face_t *face = index < hb_face_count(blob) ? hb_face_create(blob, index) : NULL;
	hb_blob_destroy(blob);
	*why = face ? unusable(face) : "it is not a TrueType or OpenType font";
	if (!*why)
		return face;
	hb_face_destroy(face);
	return NULL;
}

static struct font *font_lookup(const struct font_set *set, const char *path, uint32_t index)
{
	for (size_t i = 0; i < set->fonts.count; i++) {
		struct font *f = set->fonts.at[i];
		if (f->index == index && str_is(f->path, path))
			return f;
	}
	return NULL;
}

static struct font *add_font(struct font_set *set, const char *path, uint32_t index, struct str name, struct src_pos pos)
{
	struct font *f = ARENA_NEW(set->session, struct font);
	f->set = set;
	f->path = str_copy(set->session, str_from(path));
	f->index = index;
	f->name = str_copy(set->session, name);
	f->pos = pos;
	f->font = hb_font_get_empty(); /* until it is opened: has no characters */
	f->upem = 1000;
	f->id = (uint16_t)set->fonts.count;
	vec_push(set->session, &set->fonts, f);
	return f;
}

bool font_ready(const struct font *known)
{
	struct font *f = known->set->fonts.at[known->id];
	if (f->tried)
		return f->face != NULL;
	f->tried = true;
	errno = 0;
	f->face = face_open(f->path.ptr, f->index, &f->why);
	if (!f->face)
		return false;
	describe(f);
	f->ps_name = ps_name(f, f->set->session);
	return true;
}

static void report_unusable(struct font *f, struct diag *d)
{
	diag_add(d, DIAG_FONT_FILE, f->pos, "font file '" STR_FMT "' cannot be used: %s", STR_ARG(f->name), f->why);
	f->why = NULL;
}

struct font *font_open(struct font_set *set, const char *path, uint32_t index, struct str name, struct src_pos pos,
	struct diag *d)
{
	struct font *known = font_lookup(set, path, index);
	struct font *f = known ? known : add_font(set, path, index, name, pos);
	if (font_ready(f))
		return f;
	if (f->why)
		report_unusable(f, d);
	if (!known)
		set->fonts.count--; /* the next one gets its number */
	return NULL;
}

struct font *font_open_later(struct font_set *set, const char *path, uint32_t index, struct str name, struct src_pos pos)
{
	struct font *f = font_lookup(set, path, index);
	return f ? f : add_font(set, path, index, name, pos);
}

bool font_is_open(const struct font *f)
{
	return f->face != NULL;
}

void font_set_report(struct font_set *set, struct diag *d)
{
	for (size_t i = 0; i < set->fonts.count; i++)
		if (set->fonts.at[i]->why)
			report_unusable(set->fonts.at[i], d);
}

struct font_metrics font_metrics(const struct font *f, mpt size)
{
	int64_t factor = scale_factor(f, size);
	return (struct font_metrics){
		.ascent = scale_units(f->ascent, factor),
		.descent = scale_units(f->descent, factor),
		.cap_height = scale_units(f->cap_height, factor),
		.x_height = scale_units(f->x_height, factor),
		.underline_offset = scale_units(f->underline_offset, factor),
		.underline_width = scale_units(f->underline_width, factor),
	};
}

struct str font_name(const struct font *f)
{
	return f->ps_name;
}

bool font_has(const struct font *f, uint32_t code_point)
{
	hb_codepoint_t glyph = 0;
	if (!font_ready(f))
		return false;
	return hb_font_get_nominal_glyph(f->font, code_point, &glyph) && glyph != 0;
}

bool font_small_caps(const struct font *known)
{
	static const hb_tag_t wanted[] = { HB_TAG('s', 'm', 'c', 'p'), HB_TAG_NONE };
	struct font *f = known->set->fonts.at[known->id];
	if (f->small_caps_known || !font_ready(f))
		return f->small_caps;
	hb_set_t *found = hb_set_create();
	hb_ot_layout_collect_features(f->face, HB_OT_TAG_GSUB, NULL, NULL, wanted, found);
	f->small_caps = !hb_set_is_empty(found);
	f->small_caps_known = true;
	hb_set_destroy(found);
	return f->small_caps;
}

/* Hashing a file costs more than opening it: done when a manifest or a font list asks. */
const uint8_t *font_sha256(const struct font *f)
{
	struct font *own = f->set->fonts.at[f->id];
	if (!own->sha256) {
		hb_blob_t *blob = hb_face_reference_blob(f->face);
		uint8_t *digest = arena_alloc(f->set->session, 32);
		hash_sha256(table_bytes(blob), digest);
		hb_blob_destroy(blob);
		own->sha256 = digest;
	}
	return own->sha256;
}

struct str font_version(const struct font *f)
{
	struct font *own = f->set->fonts.at[f->id];
	if (!own->version.ptr)
		own->version = face_string(f, f->set->session, HB_OT_NAME_ID_VERSION_STRING);
	return own->version;
}

static int32_t per_mille(const struct font *f, int32_t units)
{
	int64_t twice = (int64_t)units * 2000;
	return (int32_t)((twice + (units < 0 ? -f->upem : f->upem)) / (2 * (int64_t)f->upem));
}

/* IBM's family classes 1 to 5 and 7 have serifs; where the class is not said, PANOSE's serif styles 2 to 10 do. */
static bool has_serifs(struct str os2)
{
	int32_t family = table_u16(os2, 30) >> 8, kind = table_u16(os2, 32);
	if (family)
		return (family >= 1 && family <= 5) || family == 7;
	return kind >> 8 == 2 && (kind & 0xFF) >= 2 && (kind & 0xFF) <= 10;
}

static void read_os2(const struct font *f, struct font_descriptor *out)
{
	hb_blob_t *blob = hb_face_reference_table(f->face, HB_TAG('O', 'S', '/', '2'));
	struct str os2 = table_bytes(blob);
	int32_t weight = table_u16(os2, 4);
	out->weight = weight < 100 ? 400 : weight > 900 ? 900 : weight;
	out->serif = has_serifs(os2);
	out->italic = table_u16(os2, 62) & 1;
	/* no table says it: the usual estimate from the weight */
	out->stem_v = 50 + out->weight * out->weight / (65 * 65);
	hb_blob_destroy(blob);
}

static void read_post(const struct font *f, struct font_descriptor *out)
{
	hb_blob_t *blob = hb_face_reference_table(f->face, HB_TAG('p', 'o', 's', 't'));
	struct str post = table_bytes(blob);
	/* 16.16 degrees; some italics have the sign wrong, and no face leans left */
	int32_t angle = (table_i16(post, 4) * 65536 + table_u16(post, 6) + 0x8000) >> 16;
	out->italic_angle = out->italic && angle > 0 ? -angle : angle;
	out->italic |= angle != 0;
	out->fixed_pitch = table_u16(post, 12) || table_u16(post, 14);
	hb_blob_destroy(blob);
}

static void read_box(const struct font *f, struct font_descriptor *out)
{
	hb_blob_t *blob = hb_face_reference_table(f->face, HB_TAG('h', 'e', 'a', 'd'));
	struct str head = table_bytes(blob);
	for (size_t i = 0; i < 4; i++)
		out->bbox[i] = per_mille(f, table_i16(head, 36 + 2 * i));
	hb_blob_destroy(blob);
}

struct font_descriptor font_descriptor(const struct font *f)
{
	struct font_descriptor out = {
		.name = f->ps_name,
		.cff = f->cff,
		.cid_keyed = f->cid_keyed,
		.ascent = per_mille(f, f->ascent),
		.descent = -per_mille(f, f->descent),
		.cap_height = per_mille(f, f->cap_height),
	};
	read_os2(f, &out);
	read_post(f, &out);
	read_box(f, &out);
	return out;
}
