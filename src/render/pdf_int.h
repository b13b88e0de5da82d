/* What the files of the PDF renderer share: the file being written, raw dictionaries over
 * libharu's objects, and text in PDF syntax.
 *
 * libharu owns the catalog, pages, outline and every numbered object up to the structure tree;
 * our entries are written into its dictionaries as text, by their write_fn, just before ">>".
 * Structure elements are text only and are numbered behind libharu's objects: as dictionaries
 * they would cost 2-3 us and 1.4 kB each.
 *
 * Coordinates: everything here takes mpt of the page, y down, and flips when it writes.
 */
#ifndef RENDER_PDF_INT_H
#define RENDER_PDF_INT_H

#include "page/page_pack.h"
#include "render/render.h"
#include "text/font.h"
#include "text/text.h"

#include <hpdf.h>
#include <libdeflate.h>

enum {
	PDF_OBJECTS_PER_STREAM = 400,
	PDF_STRING_UNITS = 16000,        /* PDF/A: a string holds at most 32,767 bytes */
	PDF_BUF_MAX = 1024 * 1024 * 1024 /* no buffer of one file may pass this */
};

/* One glyph of a face in this file. */
struct pdf_glyph {
	struct str unicode; /* what ToUnicode says */
	struct str second;  /* another character it serves; empty = none, or of CFF outlines, whose codes are their own */
	uint16_t code;      /* in content */
	uint16_t second_code;
	uint16_t width;     /* 1/1000 em */
	bool guessed;       /* unicode comes from a cluster of several glyphs: any other source is better */
};

struct pdf_font {
	const struct font *font;
	struct font_descriptor descriptor;
	uint16_t *index;          /* by glyph id, room of them: index in glyphs + 1; 0 = not used */
	size_t room;
	VEC(struct pdf_glyph) glyphs; /* those used, in order of first use */
	size_t seconds;           /* glyphs that have one */
	bool has_space;
	uint16_t space;           /* glyph of a space, if the file uses one */
	HPDF_Dict dict;           /* the Type0 font */
};

struct pdf_image {
	struct str file; /* bytes as given: same bytes, same object */
	HPDF_Dict dict;  /* NULL when it was refused */
};

/* A piece of marked content or an annotation, in drawing order: what the structure tree hangs up. */
struct pdf_mark {
	int32_t tag;
	uint32_t page;   /* index */
	int32_t mcid;    /* -1 for an annotation */
	uint32_t more;   /* of an annotation its index + 1 in annots; of content that is a Span element of its own below tag
	                    its index + 1 in spans; else 0 */
};

struct pdf_box { /* in mpt, y down; empty while left > right */
	mpt left, top, right, bottom;
	uint32_t page; /* the first page it is on */
};

/* Outside handles of one file, closed when it is written, or by the arena when something unwound. */
struct pdf_handles {
	HPDF_Doc doc;
	struct libdeflate_compressor *deflate;
	HPDF_Stream out, one; /* the file; one object of it */
};

struct pdf {
	struct arena *arena;
	struct arena page;                 /* unpacked items of the page at hand */
	struct diag *diag;
	const struct pages *pages;
	struct pdf_handles *handles;
	HPDF_Doc doc;                      /* handles' */
	HPDF_STATUS error, error_detail;   /* libharu's first, later ones only repeat it */
	VEC(struct pdf_font) fonts;        /* in order of first use */
	size_t font_hit;                   /* index found last */
	VEC(struct pdf_image) images;      /* in order of first use */
	HPDF_Dict *page_dicts;             /* one a page */
	HPDF_Dict resources;               /* shared by all pages */
	HPDF_Dict layer;                   /* of overlays; NULL = there are none */
	VEC(struct pdf_mark) marks;        /* pages ascending */
	VEC(HPDF_Dict) annots;             /* in the order of their marks */
	VEC(struct str) spans;             /* ActualText of each */
	int32_t *figure_of;                /* by tag: the Figure it belongs to, by its number among Figures, or -1 */
	struct pdf_box *boxes;             /* by that number: what a Figure covers */
	HPDF_Dict structure;               /* StructTreeRoot */
	struct pdf_tree *tree;             /* structure_write makes it */
	struct buf text;                   /* the text object being written */
};

/* pdf_objects.c: objects. All take NULL for a dictionary that could not be made. */
HPDF_Dict pdf_object(struct pdf *p);
/* Entries written before the dictionary's ">>"; borrowed until the file is saved. */
void pdf_entries(struct pdf *p, HPDF_Dict d, struct str entries);
HPDF_Dict pdf_object_of(struct pdf *p, struct str entries);
/* A stream with bytes as they are; /Length is libharu's. */
HPDF_Dict pdf_stream(struct pdf *p, struct str entries, struct str bytes);
/* The same, deflated. */
HPDF_Dict pdf_stream_deflated(struct pdf *p, struct str entries, struct str bytes);
struct str pdf_deflate(struct pdf *p, struct str bytes);
/* Gives back what was made in the file's arena and is in the file now. */
void pdf_drop(struct pdf *p, struct str bytes);
void pdf_drop_buf(struct pdf *p, struct buf *b);
uint32_t pdf_number(HPDF_Dict d); /* object number */
/* Until the next page's are asked for. */
struct page_items pdf_page_items(struct pdf *p, size_t page);
bool pdf_failed(const struct pdf *p);

/* pdf_syntax.c: PDF syntax into buffers. */
void put_int(struct buf *b, int64_t n);
/* value / 10^decimals, without trailing zeros or a leading one. */
void put_scaled(struct buf *b, int64_t value, unsigned decimals);
int32_t mpt_centi(mpt length); /* hundredths of a point, the grain of all content */
void put_mpt(struct buf *b, mpt length);
void put_ref(struct buf *b, uint32_t number);
void put_name(struct buf *b, struct str s);
/* PDFDocEncoding when ASCII, else UTF-16BE; at most PDF_STRING_UNITS. */
void put_string(struct buf *b, struct str utf8);
/* The bytes of put_string without delimiters and escapes: what name trees are sorted by. */
struct str string_bytes(struct arena *a, struct str utf8);
void put_bytes(struct buf *b, struct str bytes); /* literal string, escaped */
void put_escaped(struct buf *b, char c);         /* one byte of one */
void put_date(struct buf *b, struct str iso);    /* (D:20260930000000Z) */
void put_utf16_hex(struct buf *b, struct str utf8);
struct buf pdf_buf(struct pdf *p);

/* pdf_clusters.c: the glyphs of a run in reading order, and the clusters of such a run. */
enum run_space { /* an ending space that has no glyph */
	RUN_SPACE_KEPT, /* belongs to the cluster before it */
	RUN_SPACE_CUT,  /* is left out of the text */
	RUN_SPACE_GLYPH /* gets one */
};
struct page_text run_ready(struct arena *a, const struct page_text *t, enum run_space with, uint16_t space);
struct pdf_cluster {
	uint32_t first, count; /* glyphs */
	struct str text;       /* what they say, characters that leave no glyph removed */
	bool hyphen;           /* made by breaking: a soft hyphen */
};
/* False when *at has passed the last glyph. */
bool cluster_next(struct arena *a, const struct page_text *run, uint32_t *at, struct pdf_cluster *out);

/* pdf_fonts.c */
void fonts_collect(struct pdf *p);
bool fonts_embed(struct pdf *p);
struct pdf_font *font_lookup(struct pdf *p, const struct font *f);
/* A glyph that the file uses. */
struct pdf_glyph *font_glyph(const struct pdf_font *f, uint16_t gid);

/* pdf_images.c, pdf_png.c, pdf_jpeg.c */
bool images_embed(struct pdf *p);
int image_index(const struct pdf *p, struct str file);
HPDF_Dict png_embed(struct pdf *p, const struct page_item *item);
HPDF_Dict jpeg_embed(struct pdf *p, const struct page_item *item);
HPDF_Dict image_refuse(struct pdf *p, const struct page_item *item, const char *why);
static inline uint32_t be16(const char *at)
{
	const uint8_t *b = (const uint8_t *)at;
	return (uint32_t)b[0] << 8 | b[1];
}
static inline uint32_t be32(const char *at)
{
	return be16(at) << 16 | be16(at + 2);
}

/* pdf_content.c, pdf_shapes.c: a page's content stream. */
struct pdf_content {
	struct pdf *pdf;
	struct buf out;
	uint32_t page;   /* index */
	mpt height;      /* of the page */
	int32_t tag;     /* of the item being drawn */
	bool open;       /* its marked content is open */
	int32_t mcids;   /* used so far */
	bool in_text;    /* between BT and ET */
	int32_t line_x, line_y; /* start of the text line, hundredths of a point, y up */
	size_t shown;    /* length of out behind the last run; 0 = none that could go on */
	int64_t pen;     /* where that run left the reader, in millionths of a point from the left */
	mpt pen_y;       /* and its baseline */
	/* graphics state as the reader has it */
	const struct pdf_font *font;
	mpt size, line_width;
	uint32_t fill, stroke;
	uint8_t dash;
};
void content_write(struct pdf *p, uint32_t page);
void content_fill(struct pdf_content *c, uint32_t colour);
void content_stroke(struct pdf_content *c, uint32_t colour, mpt line_width, uint8_t dash);
void content_point(struct pdf_content *c, mpt x, mpt y);
void shape_draw(struct pdf_content *c, const struct page_item *item);
struct pdf_box shape_bounds(const struct page_item *item);

/* pdf_navigation.c: links, outline, page labels. */
HPDF_Dict link_write(struct pdf *p, uint32_t page, const struct page_item *item);
void outline_write(struct pdf *p);
void put_page_labels(struct pdf *p, struct buf *b);

/* pdf_metadata.c, pdf_attach.c */
HPDF_Dict metadata_write(struct pdf *p); /* also the Info dictionary */
HPDF_Dict output_intent_write(struct pdf *p);
void put_attachments(struct pdf *p, struct buf *b); /* /AF and /Names of the catalog */

/* pdf_structure.c */
void structure_prepare(struct pdf *p); /* before content: makes the root */
void structure_write(struct pdf *p);   /* after every libharu object is made: the root, and what the elements need */
uint32_t structure_objects(const struct pdf *p);
/* The next of them, borrowed until the one after it: there are as many as lines of a long table have cells. */
struct str structure_next(struct pdf *p);

/* pdf_save.c */
bool pdf_save(struct pdf *p, struct pdf_file *out);

#endif
