/* Faces and shaped text: what flow measures with and what render embeds. The only folder that sees HarfBuzz, ICU's
 * text half and libhyphen; this header shows none of them.
 *
 * A font set lives in the session: faces are opened once per process, and shaped words are cached in it. A cache never
 * changes a result. Metrics are scaled to a size on request, in thousandths of a point.
 */
#ifndef TEXT_FONT_H
#define TEXT_FONT_H

#include "base/diag.h"
#include "base/number.h"

struct font_set;
struct font; /* one opened face; lives as long as its set */

/* The arena is the session's; handles are closed with it. */
struct font_set *font_set_create(struct arena *session);
/* Opens a face file (TrueType, OpenType CFF) or returns the one already open. path is a path of the machine; name is what
 * messages show. NULL after DIAG_FONT_FILE at pos (unreadable, not a font, embedding forbidden by its OS/2 fsType). */
struct font *font_open(struct font_set *set, const char *path, uint32_t index, struct str name, struct src_pos pos,
	struct diag *d);
/* As font_open, for a face that is only a fallback: its file is opened when a character is looked for in it first. A file that cannot be
 * used then has no characters, and is reported with the paragraph that needed it. */
struct font *font_open_later(struct font_set *set, const char *path, uint32_t index, struct str name, struct src_pos pos);
bool font_is_open(const struct font *f);
/* Reports what font_open_later found unusable since the last call. */
void font_set_report(struct font_set *set, struct diag *d);
/* Forgets cached words when they hold more than max_bytes, and keeps more paragraphs from then on; only between two briefings. */
void font_set_trim(struct font_set *set, size_t max_bytes);

struct font_metrics { /* thousandths of a point at size; positive above the baseline */
	mpt ascent, descent; /* descent is positive downwards */
	mpt cap_height, x_height;
	mpt underline_offset, underline_width;
};
struct font_metrics font_metrics(const struct font *f, mpt size);
struct str font_name(const struct font *f);        /* PostScript name, ASCII */
bool font_has(const struct font *f, uint32_t code_point);
const uint8_t *font_sha256(const struct font *f);  /* of the file */
struct str font_version(const struct font *f);     /* name table id 5 */

/* What a PDF font descriptor needs, in 1/1000 em. */
struct font_descriptor {
	struct str name;          /* PostScript name */
	bool cff;                 /* glyphs are CFF outlines */
	bool cid_keyed;           /* a CID-keyed CFF: codes in content are its CIDs */
	bool serif, fixed_pitch, italic;
	int32_t italic_angle;     /* degrees, negative leans right */
	int32_t weight;           /* 100..900 */
	int32_t ascent, descent;  /* descent negative, as PDF wants it */
	int32_t cap_height, stem_v;
	int32_t bbox[4];          /* left bottom right top */
};
struct font_descriptor font_descriptor(const struct font *f);

/* A subset with glyphs numbered from 0 in the order of gids (gid 0 is always .notdef and is added). Layout tables are dropped. */
struct font_subset {
	struct str program;       /* TrueType file, or the bare 'CFF ' table when descriptor.cff */
	uint16_t *codes;          /* count: for gids[i], the two-byte code to write into content */
	uint16_t *widths;         /* count: advance of gids[i] in 1/1000 em, rounded */
	size_t count;
};
/* gids: sorted, without repetition. False after DIAG_FONT_FILE. Result in a. */
bool font_make_subset(struct arena *a, const struct font *f, const uint16_t *gids, size_t count,
	struct font_subset *out, struct diag *d);

#endif
