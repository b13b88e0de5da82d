/* Text: spans of characters to lines of glyphs. Fallback by character, bidi, shaping, hyphenation, total-fit breaking.
 *
 *   spans ─▶ text_prepare ─▶ paragraph ─▶ text_break(width) ─▶ lines of fragments
 *
 * A paragraph is prepared once and may be broken at several widths; the same paragraph in the same width always breaks
 * the same way. Positions are in thousandths of a point; x from the left edge of the width whatever the direction,
 * baseline at y 0. Texts of spans are borrowed: they live as long as the paragraph.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "text/font.h"

enum text_flags {
	TEXT_TABULAR = 1,     /* tabular figures (tnum) */
	TEXT_NO_BREAK = 2,    /* no break inside the span */
	TEXT_NO_HYPHEN = 4,   /* the span is not hyphenated (names, figures) */
	TEXT_SMALL_CAPS = 8
};

enum text_span_kind {
	TEXT_CHARS, /* characters */
	TEXT_BOX,   /* a box of given size that is set like a letter: a mark, a swatch */
	TEXT_FILL,  /* pushes what follows to the end edge of its line (a right tab) */
	TEXT_BREAK  /* forced line end */
};

struct text_span {
	uint8_t kind;               /* enum text_span_kind */
	uint16_t flags;             /* enum text_flags */
	struct str text;            /* UTF-8; for TEXT_BOX the characters it stands for, may be empty */
	const struct font *const *fonts; /* the face, then fallbacks in order */
	size_t font_count;
	mpt size;                   /* of the type */
	mpt tracking;               /* added after each cluster; may be negative */
	mpt rise;                   /* baseline shift upwards */
	mpt width, height;          /* TEXT_BOX only */
	struct str lang;            /* BCP 47; chooses hyphenation and shaping */
	struct src_pos pos;         /* for messages */
};

enum text_align { TEXT_START, TEXT_END, TEXT_CENTRE, TEXT_JUSTIFY };
enum text_style_flags {
	TEXT_HYPHENATE = 1,  /* patterns of the span's language */
	TEXT_BALANCE = 2,    /* lines of about equal length (titles) */
	TEXT_RTL = 4,        /* base direction right to left */
	TEXT_LAST_FREE = 8   /* the last line may be one short word */
};
/* Fields that are 0 mean what stands in brackets. */
struct text_style {
	uint8_t align;          /* enum text_align */
	uint8_t flags;          /* enum text_style_flags */
	uint16_t stretch, shrink; /* justified: thousandths of a space by which it readily grows [500] and at most shrinks [333] */
	uint16_t stretch_most;  /* justified: a line whose spaces would grow by more thousandths stays ragged [4000] */
	uint16_t letter_most;   /* justified: thousandths of the type's size that gaps between letters take of what spaces do not readily give [none] */
	uint16_t last_least;    /* a last line of one word should fill this many thousandths of its room [200] */
	uint16_t hang_punctuation; /* thousandths of what points, hyphens and quotation marks stand out of the edges by [none] */
	mpt indent;             /* first line */
	mpt hang;               /* all other lines */
	uint16_t max_lines;     /* 0 = any; text_lines.over tells when it needed more (nothing is cut) */
};

struct text_glyph {
	uint16_t gid;
	uint32_t cluster;   /* byte offset in the fragment's text */
	mpt advance;        /* to the next glyph, tracking and justification included */
	mpt dx, dy;         /* offset of the drawn glyph; dy upwards */
};

/* A run of one span, one face, one direction on one line. A word that no line may break is one fragment. */
struct text_fragment {
	uint32_t span;          /* index of the span it came from */
	uint32_t start;         /* where text begins in that span's, in bytes */
	const struct font *font; /* NULL for TEXT_BOX */
	mpt size;
	mpt x;                  /* from the left edge of the width, indent and alignment included */
	mpt rise;
	mpt width;
	const struct text_glyph *glyphs; /* in visual order; borrowed from the arena or the word cache */
	uint32_t glyph_count;
	struct str text;        /* the characters it prints, in logical order, ending spaces included; borrowed as glyphs are */
	bool hyphenated;        /* a breaking hyphen is its last glyph (the first from right to left) and not part of text */
	bool missing;           /* characters no face has: drawn as a box with text as ActualText; no glyphs */
	                        /* without glyphs and not missing: only ending spaces, which take no room */
	bool rtl;
};
struct text_line {
	const struct text_fragment *fragments; /* in logical order: x says where they stand */
	uint32_t fragment_count;
	mpt width;              /* as set, without ending space and indent; the whole room when it has a fill */
	mpt hang_left, hang_right; /* the part of width that stands outside the room: hanging punctuation */
	mpt ascent, descent;    /* of what it holds; the style's leading decides the pitch */
	bool forced;            /* ends by TEXT_BREAK or is the last */
	bool overfull;          /* wider than its room: it holds one box or cluster that is */
	bool broken;            /* a word wider than the line, or a span not to be broken, is broken at its end */
};
struct text_lines {
	const struct text_line *lines;
	uint32_t count;
	mpt width;              /* of the widest line, its indent included */
	bool over;              /* more lines than max_lines */
};

struct text_paragraph; /* prepared; in the arena, or kept by the font set until font_set_trim, as its lines are */

/* Hyphenators and ICU objects of the process live with the font set. A character that no font has is reported once
 * in all (DIAG_GLYPH_MISSING with U+ number, the first face searched, pos and how many other places have it). */
const struct text_paragraph *text_prepare(struct arena *a, struct font_set *set, const struct text_span *spans, size_t count,
	const struct text_style *style, struct diag *d);
/* The width of the widest unbreakable piece, and of everything on one line. */
mpt text_least_width(const struct text_paragraph *p);
mpt text_natural_width(const struct text_paragraph *p);
struct text_lines text_break(struct arena *a, const struct text_paragraph *p, mpt width);

struct text_cost { /* of a line */
	int64_t demerits;       /* TeX's, for its neighbour too; 0 of one that is too wide */
	int32_t stretch;        /* percent of what its spaces (ragged: its end) readily give; below 0 of what they may shrink */
	uint8_t hyphens;        /* lines running that end in a hyphen, this one the last of them; 0 = it does not */
};
/* Of the lines that text_break makes in that width, in a. */
const struct text_cost *text_costs(struct arena *a, const struct text_paragraph *p, mpt width);

/* One line of plain text in one style: for labels of charts. */
struct text_line text_set_line(struct arena *a, struct font_set *set, const struct text_span *span, struct diag *d);

/* Where hyphenation patterns are: the folder with hyph_*.dic, a path of the machine; called once at start. */
void text_hyphen_folder(struct font_set *set, const char *path);
/* Words with a hyphen at each place where they may be hyphenated ("Nord-wind"; "Entente": nowhere), however they are capitalised. lang as
 * in a span, "de" also for "de-AT", empty for all. Added to those given before until text_hyphen_forget, which belongs between two briefings
 * whose words differ. Copied. */
void text_hyphen_exceptions(struct font_set *set, struct str lang, const struct str *words, size_t count);
void text_hyphen_forget(struct font_set *set);

#endif
