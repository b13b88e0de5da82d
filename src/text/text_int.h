/* What the files of text/ share. Nothing outside the folder includes this, but its tests.
 *
 *   text_font, text_subset   faces
 *   text_cache               the table of text_words and text_kept
 *   text_words               the cache: (face, features, language, script, bytes) to glyphs in font units
 *   text_hyphen              the cache: (language, word) to places where it may be hyphenated
 *   text_exceptions          words whose places are given
 *   text_chances             where a line may end (UAX 14)
 *   text_ties, text_months   where it had better not, by language
 *   text_hang                what stands out of the edges
 *   text_prepare             spans to pieces: by space, script, direction, face
 *   text_cuts                pieces to breaks: what a line that ends there measures
 *   text_fit                 breaks to lines: the cheapest way
 *   text_set                 lines to fragments of glyphs
 *   text_kept                the cache: spans and style to paragraph, and its lines
 */
#ifndef TEXT_INT_H
#define TEXT_INT_H

#include "base/map.h"
#include "base/vec.h"
#include "text/text.h"

#include <harfbuzz/hb.h>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>

struct font {
	struct font_set *set;
	uint16_t id;        /* index in the set: part of the word cache's key */
	struct str path;    /* as opened */
	uint32_t index;     /* face in a collection */
	struct str name;    /* as messages show it */
	struct src_pos pos; /* what asked for it, for messages */
	const char *why;    /* it could not be opened when first needed, and that was not reported yet */
	bool tried;         /* opened, or found unusable */
	struct str ps_name; /* PostScript name */
	struct str version; /* as its name table says; NULL until asked for */
	hb_face_t *face;
	hb_font_t *font;    /* scaled to font units */
	int32_t upem;       /* font units in an em */
	bool cff;           /* CFF outlines */
	bool cid_keyed;     /* see font_descriptor */
	/* font units; descent positive downwards */
	int32_t ascent, descent, cap_height, x_height, underline_offset, underline_width;
	bool small_caps_known, small_caps; /* has capitals in the size of small letters; known once asked for */
	uint8_t *sha256;    /* of the file; NULL until asked for */
};
/* Opens the file of a face that is known by its path alone so far; false when it cannot be used. */
bool font_ready(const struct font *f);
bool font_small_caps(const struct font *f);

/* What a cache keeps begins with it. */
struct cached {
	uint64_t hash;
};
struct cache {
	struct cached **slots; /* open addressing, in the arena of its entries; never full */
	size_t slot_count;     /* a power of two; 0 = nothing is kept */
	size_t used;
};
/* first: slots that it begins with, a power of two. */
void cache_put(struct arena *a, struct cache *c, struct cached *entry, size_t first);
/* What has that hash, one after the other; at begins as the hash. NULL: there is no more. */
static inline struct cached *cache_next(const struct cache *c, uint64_t hash, size_t *at)
{
	while (c->slot_count) {
		struct cached *entry = c->slots[(*at)++ & (c->slot_count - 1)];
		if (!entry || entry->hash == hash)
			return entry;
	}
	return NULL;
}

/* One glyph of a shaped word, in font units. */
struct shaped_glyph {
	uint16_t gid;
	bool unsafe;      /* breaking before its cluster needs shaping again */
	int32_t advance, dx, dy;
	uint32_t cluster; /* byte in the word */
};
/* What a shaped word depends on beside its bytes. */
struct shape_key {
	const struct font *font;
	uint32_t script;  /* hb_script_t */
	uint16_t lang;    /* index in the set's languages */
	uint8_t features; /* enum text_flags, and those below */
	bool rtl;
};
enum { SHAPE_CAPITALS = 64 /* small letters as capitals */, SHAPE_NO_LIGATURES = 128, SHAPE_FLAGS = TEXT_TABULAR | TEXT_SMALL_CAPS };
struct shaped {
	struct cached cached;
	struct shape_key key;
	struct str bytes;   /* the word */
	bool missing;       /* some glyph is .notdef */
	uint32_t clusters;  /* distinct clusters, for tracking */
	uint32_t count;     /* glyphs, in visual order */
	struct shaped_glyph glyphs[];
};

/* A language that some span named. */
struct text_language {
	struct str tag;          /* as written */
	hb_language_t shaping;
	UBreakIterator *breaks;  /* line breaks; NULL until needed */
	const struct patterns *patterns; /* NULL until needed, or when there is none that is ours to read */
	void *dict;              /* HyphenDict for those that are not */
	bool patterns_tried;
	bool capital_nouns;      /* a capital says nothing about names */
	struct map hyphens;      /* word to struct hyphens, in the cache's arena */
	const char *short_words; /* those that must not end a line; may be empty */
	VEC(struct str) months;  /* their names, long and short without a point */
	bool months_tried;
};
struct hyphens { /* places in a word */
	uint32_t count;
	uint16_t at[]; /* bytes from the word's start, ascending */
};

struct font_set {
	struct arena *session;
	struct arena words;   /* cached words and hyphenations; forgotten by font_set_trim */
	struct arena scratch; /* used and rewound inside one call */
	struct arena brief;   /* the paragraph of a single line, until the next one */
	struct arena kept;    /* paragraphs and their lines; forgotten by font_set_trim */
	VEC(struct font *) fonts;
	VEC(struct text_language *) languages;
	struct cache shaped_words;    /* struct shaped, in words */
	struct cache kept_paragraphs; /* struct kept_paragraph, in kept */
	bool kept_for_more; /* another briefing comes: it has most sentences of this one */
	hb_buffer_t *buffer;
	UBreakIterator *graphemes; /* NULL until needed */
	UBiDi *bidi;               /* NULL until needed */
	struct str hyphen_folder;  /* empty: no hyphenation */
	struct map exceptions;     /* a word in lower case to its exceptions */
	struct arena exception_words;
	uint32_t hyphen_version;   /* another one whenever exceptions are */
};
/* Scratch that is good until the matching rewind. */
struct arena *font_set_scratch(struct font_set *set);

const struct shaped *words_shape(struct font_set *set, const struct shape_key *key, struct str bytes);
uint16_t language_index(struct font_set *set, struct str tag);

/* Hyphenation patterns of one file, whose text they keep; NULL when it says what only libhyphen understands. */
struct patterns;
const struct patterns *patterns_read(struct arena *a, struct str text);
bool patterns_utf8(const struct patterns *p); /* words are UTF-8, not Latin 1 */
/* An odd mark allows a hyphen behind that byte of a word in lower case, the last byte of its letter; marks holds len. */
void patterns_mark(const struct patterns *p, const char *word, size_t len, uint8_t *marks);
/* True when patterns of the language can be had, or words were given. */
bool hyphen_ready(struct font_set *set, uint16_t lang);
/* Places of a word that was given; NULL when it was not. */
const struct hyphens *hyphen_exception(struct font_set *set, uint16_t lang, struct str letters);
/* Places in a word that consists of letters only. Borrowed; NULL when there is none. */
const struct hyphens *hyphen_word(struct font_set *set, uint16_t lang, struct str letters);

/* What may happen before a byte of the paragraph's text. */
enum chance {
	CHANCE_NONE,
	CHANCE_ALLOWED,
	CHANCE_TIED,      /* allowed, but what belongs together would be parted */
	CHANCE_SUPPRESSED /* by TEXT_NO_BREAK */
};
/* Fills chances (len + 1, zeroed); may_plain false sends everything to ICU (for tests). */
void chances_find(struct font_set *set, uint16_t lang, struct str text, bool may_plain, uint8_t *chances);
/* The class that the table of plain characters gives; 0 when it has none. For tests. */
int chances_class(uint32_t code_point);

/* Ties what belongs together; allows some chances that UAX 14 lacks. True when something is tied. */
bool ties_find(const struct text_paragraph *p, uint8_t *chances);
/* Prepositions and conjunctions of a language that must not end a line, parted by spaces. */
const char *ties_short_words(struct str tag);
bool ties_month(struct font_set *set, uint16_t lang, struct str word);

enum piece_kind { PIECE_WORD, PIECE_SPACE, PIECE_MISSING, PIECE_BOX, PIECE_FILL, PIECE_BREAK };
/* What is shaped as one: characters without a space, of one span, face, script and direction. */
struct piece {
	uint8_t kind;   /* enum piece_kind */
	uint8_t level;  /* bidi */
	bool fixed;     /* PIECE_SPACE: a no-break space, kept at line ends */
	bool small;     /* small letters as capitals of less size, for a face without small capitals */
	bool gap;       /* PIECE_WORD of a script without spaces: a justified line may put room before it */
	uint32_t span;  /* index */
	uint32_t start, end; /* bytes of the paragraph's text */
	mpt width;      /* natural, with tracking */
	const struct shaped *shaped; /* PIECE_WORD, PIECE_SPACE; borrowed from the cache */
};

/* A place where a line may end and the next begin. Positions are summed over the whole paragraph as if it were
 * one line, so that the line between two breaks measures b.before - a.after + b.pre + a.post. */
struct brk {
	uint32_t end;   /* pieces before it are on the line that ends here, those up to next are ending spaces */
	uint32_t next;  /* the piece with which the next line begins */
	uint32_t cut;   /* when not 0: the line ends inside piece next, before this byte of it */
	uint8_t rank;   /* enum brk_rank */
	bool forced;
	bool flagged;   /* the line ends in a hyphen, drawn or written */
	bool drawn;     /* the hyphen is ours */
	int32_t penalty;
	int64_t before, after;           /* where the line ends, where the next begins */
	int64_t glue_before, glue_after; /* the part of it that is spaces */
	int64_t gaps_before, gaps_after; /* ems of gaps so far */
	uint32_t fills_before, fills_after; /* fills so far */
	mpt pre;        /* added to the line that ends here: hyphen, shaping anew, last tracking taken off */
	mpt post;       /* added to the line that begins here */
	mpt hang_end, hang_start; /* what stands out of the edges there, taken off pre and post */
};
/* Ordinary breaks; between what is tied; behind the points and slashes of addresses, without a hyphen; hyphens; hyphens in capitalised
 * words; where a break was suppressed; anywhere. */
enum brk_rank { BRK_ORDINARY, BRK_TIED, BRK_ADDRESS, BRK_HYPHEN, BRK_HYPHEN_CAPITAL, BRK_SUPPRESSED, BRK_CLUSTER };
struct brks {
	struct brk *at;     /* the first is the start, the last the end of the paragraph; none without pieces */
	size_t count, room; /* in use, allocated */
};

struct text_paragraph {
	struct font_set *set;
	const struct text_span *spans;
	size_t span_count;
	const uint32_t *starts;  /* span_count + 1: where each span begins in text */
	const uint16_t *langs;   /* span_count: language indices */
	struct text_style style;
	struct str text;         /* one byte stands for a box, fill or break; white space is spaces */
	const uint8_t *chances;  /* text.len + 1, enum chance */
	const uint8_t *levels;   /* text.len, or NULL when all is left to right */
	bool tied;               /* some chances are CHANCE_TIED */
	VEC(struct piece) pieces;
	struct brks breaks;      /* ordinary ones */
	struct kept_paragraph *kept; /* where its lines are kept; NULL: nowhere */
};
/* Fills p, which borrows spans; false when some character had to be reported. */
bool paragraph_make(struct arena *a, struct font_set *set, const struct text_span *spans, size_t count,
	const struct text_style *style, struct text_paragraph *p, struct diag *d);
struct text_lines paragraph_break(struct arena *a, const struct text_paragraph *p, mpt width);
/* All of it on one line. */
struct text_line paragraph_line(struct arena *a, const struct text_paragraph *p);
/* Whether one more paragraph, or lines of one, may be kept. */
bool kept_has_room(struct font_set *set);
void kept_forget(struct font_set *set);

/* The size in which a piece is set. */
static inline mpt piece_size(const struct text_paragraph *p, const struct piece *piece)
{
	mpt size = p->spans[piece->span].size;
	return piece->small ? mpt_scale(size, 4, 5) : size;
}

/* mpt for font units: units * factor >> SCALE_BITS, rounded. */
enum { SCALE_BITS = 24 };
static inline int64_t scale_factor(const struct font *f, mpt size)
{
	return ((int64_t)size << SCALE_BITS) / f->upem;
}
static inline mpt scale_units(int32_t units, int64_t factor)
{
	return (mpt)((units * factor + (1 << (SCALE_BITS - 1))) >> SCALE_BITS);
}

/* Glyphs of a shaped string whose clusters are in [from, to). */
struct slice {
	const struct shaped *shaped;
	uint32_t from, to;
	uint32_t base; /* where the string begins in its piece */
};
enum { PART_SLICES = 3 };
/* The glyphs of bytes [from, to) of a word, shaped anew at its edges where the shaper asks for it. Logical order. */
size_t cuts_part(const struct text_paragraph *p, const struct piece *w, uint32_t from, uint32_t to,
	struct slice out[PART_SLICES]);
mpt cuts_slice_width(const struct slice *s, int64_t factor, mpt tracking);
/* The hyphen of a word's face. */
const struct shaped *cuts_hyphen(const struct text_paragraph *p, const struct piece *w);
/* The breaks of UAX 14; in a. */
void cuts_ordinary(struct arena *a, const struct text_paragraph *p, struct brks *out);
/* Takes off what hangs out of the edges at a new break. */
void hang_break(const struct text_paragraph *p, struct brk *b);
/* Adds breaks of a rank: everywhere, or only where two breaks are further apart than room. In a. */
void cuts_add(struct arena *a, const struct text_paragraph *p, const struct brks *old, enum brk_rank rank,
	mpt room, struct brks *out);

/* How lines are weighed. */
struct fit {
	const struct text_paragraph *p;
	const struct brk *breaks;
	uint32_t count;
	mpt width;
	int64_t tolerance; /* worst badness a line may have; negative = any */
	int64_t give;      /* ragged: shortfall of badness 100 */
};
struct fit_line {
	int64_t demerits; /* by itself */
	uint8_t fitness;  /* 0 tight, 1 decent, 2 loose, 3 very loose */
};
enum fit_verdict { FIT_GOOD, FIT_SHORT /* too loose for the tolerance */, FIT_WIDE };
enum fit_verdict fit_weigh(const struct fit *f, uint32_t a, uint32_t b, struct fit_line *out);
/* What a line costs for the line before it (fitness and flag of its end; the start counts as decent). */
int64_t fit_join(const struct fit *f, uint32_t a, uint8_t fitness_before, uint32_t b, uint8_t fitness);
/* The width left of a line by its indent, of which at most half the width is kept: its text stays inside. */
mpt fit_room(const struct text_paragraph *p, mpt width, bool first);
/* How much room gaps take up at most: a quarter of an em each. */
enum { GAP_PART = 4 };
/* By how much spaces of that width together may shrink. */
int64_t fit_shrink(const struct text_paragraph *p, int64_t glue);
/* What the spaces of a justified line from a to b readily give. */
int64_t fit_ready(const struct text_paragraph *p, const struct brk *a, const struct brk *b);
/* What a line from a to b readily gives: its spaces, its end if it is ragged. */
int64_t fit_stretch(const struct fit *f, const struct brk *a, const struct brk *b);
int64_t fit_natural(const struct brk *a, const struct brk *b);
/* The chosen breaks, the start not counted; in scratch. */
struct fit_result {
	const struct brk *breaks; /* count of all */
	const uint32_t *chosen;   /* line_count indices of breaks */
	uint32_t line_count;
	int64_t demerits;         /* of fit_best, all lines together */
};
struct fit_result fit_paragraph(struct arena *scratch, const struct text_paragraph *p, mpt width);
/* The cheapest way under f, or no lines when the tolerance allows none. For fit_paragraph and for tests. */
struct fit_result fit_best(struct arena *scratch, const struct fit *f);
/* The way over the least number of lines with the least raggedness; no lines when it doesn't apply. */
struct fit_result fit_balanced(struct arena *scratch, const struct fit *f);
struct fit fit_rules(const struct text_paragraph *p, const struct brks *breaks, mpt width, int64_t tolerance);

/* The line between two breaks. */
void set_text_line(struct arena *a, const struct text_paragraph *p, const struct brk *from, const struct brk *to,
	mpt width, bool first, struct text_line *out);

#endif
