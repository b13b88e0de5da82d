/* Pages: data only. Items at absolute positions, and the structure tree in document order. A renderer sees nothing else
 * (and the fonts). Origin top left of the page, y down, thousandths of a point.
 *
 * Tags are made before anything is placed; every item carries the index of its tag, or the kind of artifact it is. An
 * element split over pages is one tag with items on several pages. Drawing order is the order of items in a page; reading
 * order is the order of the tree: neither depends on the other.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/diag.h"
#include "base/number.h"
#include "base/vec.h"
#include "page/page_why.h"

struct font;
struct text_glyph;
struct page_packed;
struct page_packer;

/* Standard structure types of PDF 1.7 that we use. */
enum page_tag_type {
#define PAGE_TAG(id, name) id,
#include "page/page_tags.h"
#undef PAGE_TAG
	PAGE_TAG_COUNT
};
const char *page_tag_name(enum page_tag_type type); /* "H1" */

enum page_scope { PAGE_SCOPE_NONE, PAGE_SCOPE_COLUMN, PAGE_SCOPE_ROW, PAGE_SCOPE_BOTH };
enum page_numbering { PAGE_LIST_NONE, PAGE_LIST_DECIMAL, PAGE_LIST_DISC };

/* What only few tags say. */
struct page_tag_words {
	struct str id;                /* unique; Note needs one, TH that others name; else empty */
	struct str headers;           /* TD: ids of its TH, space separated; else empty */
	struct str alt;               /* Figure, Formula, Link: at most 16,000 UTF-16 units */
	struct str actual;            /* ActualText; empty = none */
	struct str lang;              /* set where the language changes */
	struct str title;             /* T; shown by readers' tag lists */
};
struct page_tag {
	uint8_t type;                 /* enum page_tag_type */
	uint8_t scope;                /* TH: enum page_scope */
	uint8_t numbering;            /* L: enum page_numbering */
	uint16_t column_span, row_span; /* TH, TD: 0 or 1 = one */
	int32_t parent;               /* index; -1 for the Document */
	struct page_tag_words *words; /* read with page_tag_words; NULL = all empty */
	struct src_pos pos;           /* what it came from */
};
const struct page_tag_words *page_tag_words(const struct page_tag *tag); /* never NULL */
/* To be filled in; made at the first call. */
struct page_tag_words *page_tag_say(struct arena *a, struct page_tag *tag);

/* An item's tag: an index into pages.tags, or one of these. */
enum page_artifact {
	PAGE_ARTIFACT = -1,            /* rules, fills, bars whose values stand in text */
	PAGE_ARTIFACT_HEADER = -2,     /* Pagination, Header */
	PAGE_ARTIFACT_FOOTER = -3,     /* Pagination, Footer */
	PAGE_ARTIFACT_REPEAT = -4,     /* repeated table head, "continued" (Pagination) */
	PAGE_ARTIFACT_BACKGROUND = -5, /* band, page fill */
	PAGE_ARTIFACT_OVERLAY = -6     /* what explains the page, over it; a layer that readers can hide */
};

enum page_item_kind { PAGE_TEXT, PAGE_RECT, PAGE_PATH, PAGE_IMAGE, PAGE_LINK };

#define PAGE_NO_COLOUR 0xFF000000u /* no fill, no stroke */

/* Glyphs of one face, size and colour on one baseline. */
struct page_text {
	const struct font *font;
	const struct text_glyph *glyphs; /* left to right */
	uint32_t glyph_count;
	mpt size;
	uint32_t colour;              /* 0xRRGGBB */
	struct str text;              /* what it prints, logical order; a space is added where a word ends a line */
	bool hyphenated;              /* last glyph is a breaking hyphen */
	bool missing;                 /* no glyphs: a drawn box of width stands for text */
	bool rtl;
	mpt width;
	int32_t figure;               /* index in pages.figures, or -1 */
};

enum page_path_op { PAGE_MOVE, PAGE_LINE, PAGE_CURVE, PAGE_CLOSE };
struct page_point {
	mpt x, y;
};
struct page_segment {
	uint8_t op;                   /* enum page_path_op */
	struct page_point at[3];      /* move, line: at[0]; curve: two controls and the end */
};
enum page_dash { PAGE_SOLID, PAGE_DASHED, PAGE_DOTTED };
/* Rectangles and paths. hatch: lines at 45 degrees every 3.2 pt clipped to the shape, in the stroke colour. */
struct page_shape {
	uint32_t fill, stroke;        /* 0xRRGGBB or PAGE_NO_COLOUR */
	mpt line_width;
	uint8_t dash;                 /* enum page_dash */
	bool hatch;
	mpt width, height;            /* rectangle from the item's x, y; the stroke lies centred on the edge */
	const struct page_segment *segments; /* path: absolute points */
	uint32_t segment_count;
};
struct page_image {
	struct str file;              /* bytes of a JPEG or PNG */
	struct str name;              /* to show in messages */
	mpt width, height;
};
struct page_link {
	mpt width, height;            /* the active area from the item's x, y */
	struct str uri;               /* or empty */
	uint32_t target;              /* index in pages.targets + 1 when uri is empty */
	struct str contents;          /* what it does, in words: required */
};

struct page_item {
	uint8_t kind;                 /* enum page_item_kind */
	int32_t tag;                  /* index in pages.tags, or enum page_artifact */
	mpt x, y;                     /* text: start of the baseline; rectangle, image, link: top left */
	struct src_pos pos;           /* the block it came from */
	union {
		struct page_text text;
		struct page_shape shape;
		struct page_image image;
		struct page_link link;
	};
};

struct page {
	mpt width, height;
	struct str label;             /* printed page number */
	struct str section;           /* id of the section it began with */
	mpt free;                     /* height left of its content area, above its notes */
	VEC(struct page_item) items;  /* in drawing order; read them with page_items: those of a packed page are in bytes */
	struct page_packed *packed;   /* page_pack.h; NULL: all of them are items */
	struct page_why *why;         /* it ends where it does; NULL: nobody asked */
};

struct page_target { /* a place that links and bookmarks go to */
	int32_t tag;                  /* its structure element, or -1 */
	uint32_t page;                /* index */
	mpt y;                        /* top */
};
struct page_bookmark {
	uint32_t target;              /* index in targets */
	uint8_t depth;                /* 0 = top */
	struct str title;
};

/* A printed figure, for the trace. */
struct page_figure {
	struct str text;              /* as printed */
	uint32_t page;                /* index of the first page that prints it; UINT32_MAX when none does */
};

struct page_attachment {
	struct str name, mime, description; /* file name; MIME type */
	struct str relationship;      /* AFRelationship: Data, Source, Supplement */
	struct str bytes;             /* as they are; or none, and those of the file instead: */
	struct str deflated;          /* zlib's format; borrowed as bytes are */
	size_t size;                  /* of what is deflated */
	struct str date;              /* ISO date, ModDate; empty = none */
};

struct page_meta {
	struct str title, author, subject, keywords, lang; /* lang: BCP 47 of the document */
	struct str date;              /* ISO date: CreateDate and ModDate */
	struct str data_hash;         /* hex SHA-256 of the attached data; empty = none */
	struct str tool;              /* "entente 0.1.0" */
};

struct page_wide { /* a table whose columns need more than its page has */
	struct src_pos pos; /* of the table */
	mpt need, have;     /* widths */
};
struct pages {
	VEC(struct page) pages;
	struct page_packer *packer;   /* of its packed pages; NULL = none is */
	VEC(struct page_tag) tags;    /* 0 is the Document */
	VEC(struct page_target) targets;
	VEC(struct page_bookmark) bookmarks;
	VEC(struct page_figure) figures; /* same indices as doc.figures */
	VEC(struct page_wide) wide;
	VEC(struct page_attachment) attachments;
	struct page_meta meta;
	bool overlaid;                /* some items are PAGE_ARTIFACT_OVERLAY */
};

/* A readable listing of pages, items and tags: the golden format. */
void page_dump(const struct pages *p, struct buf *out);

#endif
