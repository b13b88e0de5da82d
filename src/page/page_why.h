/* Why a page ends where it does, and what an overlay shows of it: data only, made by flow where it is asked for and by nobody else.
 * Lengths in thousandths of a point, y from the page's top; costs are those of flow_breaks.c, in its units. Everything lives in the
 * arena of the pages. */
#ifndef PAGE_PAGE_WHY_H
#define PAGE_PAGE_WHY_H

#include "base/diag.h"
#include "base/number.h"
#include "base/vec.h"

/* What ends a page. */
enum page_end { /* those before PAGE_END_FULL are behind what was left of a section, the others inside it */
	PAGE_END_DOCUMENT, /* nothing follows */
	PAGE_END_SECTION,  /* the section that follows begins a page */
	PAGE_END_SIDE,     /* it begins on an odd or an even page: this one may be left blank before it */
	PAGE_END_SIZE,     /* its pages have another size */
	PAGE_END_BREAK,    /* a page break in the text */
	PAGE_END_TURN,     /* a table on wider pages, or what goes on behind it */
	PAGE_END_FULL,     /* full pages cost nothing: no other break was weighed */
	PAGE_END_CHOSEN,   /* the cheapest of several breaks */
	PAGE_END_MOST,     /* as full as it gets: notes share the page, or nothing of what follows fits */
};

/* What a break costs, in parts. */
struct page_cost {
	int64_t space;     /* of a page that is not the last: its free space */
	int64_t last;      /* of a section's last page: that it is nearly empty */
	int64_t keep;      /* a keep is broken */
	int64_t split;     /* a block stands in two parts */
	uint8_t strength;  /* of that keep, 1 to 9; 0 = none is broken */
};

/* A place at which the page could end. */
struct page_chance {
	mpt y;                /* where its content would end */
	mpt free;             /* height left below it */
	struct page_cost cost;/* of this page */
	int64_t total;        /* of the cheapest pages that begin with it, this one among them */
	uint32_t pages;       /* how many they are */
	bool ends;            /* the section ends on the last of them */
	bool chosen;          /* the page ends there */
	struct str before;    /* what the next page would begin with: "'kpis'", "line 3 of 'The platform …'" */
	struct str kept;      /* what the broken keep is of; empty = none */
	bool parted;          /* the break is inside of it; else it is parted from what follows */
	struct src_pos pos;   /* of what the next page would begin with */
};

struct page_box { /* a block as placed */
	mpt x, y, width, height;
	struct str name;      /* its slot, its role or its kind */
	uint8_t depth;        /* 0: of a section */
	bool holds;           /* other blocks */
	bool named;           /* name is its slot */
	bool rest;            /* its first part is on a page before */
	uint8_t next, previous, whole; /* strength of its keep with the next block, with the one before, with itself; 0 = none */
};

struct page_line { /* of a paragraph that has several */
	mpt x, y;             /* where it ends, its baseline */
	int64_t demerits;     /* TeX's */
	int32_t stretch;      /* of its spaces: percent of what they readily give; below 0 they shrink */
	uint8_t hyphens;      /* lines that end in a hyphen, this one the last of them; 0 = it does not */
};

struct page_why {
	uint8_t end;          /* enum page_end */
	bool odd;             /* of PAGE_END_SIDE: the side */
	bool resumed;         /* the section at hand goes on from the page before */
	struct str master;    /* id of its master */
	struct str section;   /* id of the section that ends the page or begins the next */
	struct src_pos pos;   /* of what ends it: that section */
	mpt left, right, top, bottom; /* of its content area, from the page's edges left and top */
	mpt gutter, step;     /* of its grid; step 0 = none */
	uint8_t columns;      /* of its grid */
	mpt begin;            /* where the content of the section at hand begins on it */
	mpt need;             /* height of all that was left of that section; 0 = not measured */
	bool more;            /* need is only the part of it that was measured */
	mpt notes;            /* height of the notes at its foot */
	struct str stop;      /* why it takes no more than it could at most; empty = nothing is left */
	struct str stopper;   /* what it would take next */
	mpt stopper_height;   /* of that; 0 = not known */
	mpt stopper_room;     /* what is left for it */
	struct src_pos stopper_pos; /* where it is written */
	uint8_t stopper_keep; /* it would fit, but keeps so firmly with what follows it; 0 = it does not */
	VEC(struct page_chance) chances; /* fullest first; empty where nothing was weighed */
	VEC(struct page_box) boxes;
	VEC(struct page_line) line_costs;
};

struct buf;
const char *page_end_name(enum page_end end); /* "chosen" */
/* The dump of a page begins with it. */
void page_why_dump(const struct page_why *w, struct buf *out);

static inline int64_t page_cost_sum(struct page_cost c)
{
	return c.space + c.last + c.keep + c.split;
}

#endif
