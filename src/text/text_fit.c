/* Breaks to lines: the cheapest way through a paragraph (Knuth and Plass). The arrow paragraph -> lines.
 *
 * Badness and demerits are TeX's, so that ours can be held against its. Ragged lines stretch at their end instead of
 * in their spaces. Everything is integer: the same paragraph in the same width breaks the same way on any machine. */
#include "text/text_int.h"

enum {
	LINE_PENALTY = 10,
	ADJACENT = 10000,        /* a tight line beside a loose one */
	HYPHEN_TWICE = 10000,    /* two lines running end in a hyphen */
	HYPHEN_LAST = 5000,      /* the last line but one does */
	SHORT_LAST = 50000,      /* a last line of one short word */
	LAST_LEAST = 200,        /* short: fills less than these thousandths of the line */
	BADNESS_MOST = 1000000,
	TOLERANCE_FIRST = 100,   /* without hyphens */
	TOLERANCE_HYPHENS = 200,
	TOLERANCE_RAGGED = 800,  /* a line short by twice what it may give */
	STRETCH_PART = 2,        /* spaces grow by half ... */
	SHRINK_PART = 3,         /* ... and shrink by a third, unless the style says otherwise */
	GAP_STRETCH = 20,        /* a gap between words that no space parts grows by this part of an em */
	FITNESS_COUNT = 4
};
#define NO_WAY INT64_MAX
#define OVERFULL ((int64_t)BADNESS_MOST * BADNESS_MOST * 4)

int64_t fit_natural(const struct brk *a, const struct brk *b)
{
	return b->before - a->after + b->pre + a->post;
}

static mpt indent_of(const struct text_paragraph *p, mpt width, bool first)
{
	mpt indent = first ? p->style.indent : p->style.hang;
	return indent < width / 2 ? indent : width / 2;
}

mpt fit_room(const struct text_paragraph *p, mpt width, bool first)
{
	mpt room = width - indent_of(p, width, first);
	return room > 1 ? room : 1;
}

/* 100 (t/s)^3 as TeX reckons it: 297^3 is about 100 * 2^18. */
static int64_t badness(int64_t t, int64_t s)
{
	if (t <= 0)
		return 0;
	int64_t r = s > 0 ? t * 297 / s : BADNESS_MOST;
	if (r > 6000)
		return BADNESS_MOST;
	int64_t b = (r * r * r + 0x20000) / 0x40000;
	return b < BADNESS_MOST ? b : BADNESS_MOST;
}

static int64_t glue_of(const struct brk *a, const struct brk *b)
{
	return b->glue_before - a->glue_after;
}

int64_t fit_shrink(const struct text_paragraph *p, int64_t glue)
{
	if (p->style.align != TEXT_JUSTIFY)
		return 0;
	return p->style.shrink ? glue * p->style.shrink / 1000 : glue / SHRINK_PART;
}

int64_t fit_ready(const struct text_paragraph *p, const struct brk *a, const struct brk *b)
{
	int64_t glue = glue_of(a, b), gaps = b->gaps_before - a->gaps_after;
	return (p->style.stretch ? glue * p->style.stretch / 1000 : glue / STRETCH_PART) + gaps / GAP_STRETCH;
}

int64_t fit_stretch(const struct fit *f, const struct brk *a, const struct brk *b)
{
	return f->p->style.align == TEXT_JUSTIFY ? fit_ready(f->p, a, b) : f->give;
}

static uint8_t looseness(int64_t bad)
{
	return bad > 99 ? 3 : bad > 12 ? 2 : 1;
}

/* Badness and fitness of a line of the given shortfall; false when it is too wide. */
static bool stretch(const struct fit *f, const struct brk *a, const struct brk *b, int64_t shortfall, int64_t *bad,
	uint8_t *fitness)
{
	*bad = 0;
	*fitness = 1;
	if (shortfall < 0) {
		int64_t shrink = b->fills_before == a->fills_after ? fit_shrink(f->p, glue_of(a, b)) : 0;
		if (-shortfall > shrink)
			return false;
		*bad = badness(-shortfall, shrink);
		*fitness = *bad > 12 ? 0 : 1;
	} else if (!b->forced && b->fills_before == a->fills_after) {
		int64_t give = fit_stretch(f, a, b);
		/* 100 * 3^3 is above any tolerance: most lines need no division to be refused */
		*bad = f->tolerance >= 0 && shortfall > 3 * give ? BADNESS_MOST : badness(shortfall, give);
		*fitness = looseness(*bad);
	}
	return true;
}

/* A last line of one word that is hardly seen under the others. */
static bool short_last(const struct fit *f, uint32_t a, uint32_t b, int64_t natural, mpt room)
{
	const struct brk *from = &f->breaks[a], *to = &f->breaks[b];
	int64_t least = f->p->style.last_least ? f->p->style.last_least : LAST_LEAST;
	return to->forced && a > 0 && !from->forced && glue_of(from, to) == 0 && natural * 1000 < room * least &&
	       !(f->p->style.flags & TEXT_LAST_FREE);
}

enum fit_verdict fit_weigh(const struct fit *f, uint32_t a, uint32_t b, struct fit_line *out)
{
	const struct brk *from = &f->breaks[a], *to = &f->breaks[b];
	mpt room = fit_room(f->p, f->width, a == 0);
	int64_t natural = fit_natural(from, to), bad = 0;
	if (!stretch(f, from, to, room - natural, &bad, &out->fitness))
		return FIT_WIDE;
	if (f->tolerance >= 0 && bad > f->tolerance)
		return FIT_SHORT;
	out->demerits = (LINE_PENALTY + bad) * (LINE_PENALTY + bad) + (int64_t)to->penalty * to->penalty;
	if (short_last(f, a, b, natural, room))
		out->demerits += SHORT_LAST;
	return FIT_GOOD;
}

int64_t fit_join(const struct fit *f, uint32_t a, uint8_t fitness_before, uint32_t b, uint8_t fitness)
{
	const struct brk *from = &f->breaks[a], *to = &f->breaks[b];
	int apart = (int)fitness - (int)fitness_before;
	int64_t demerits = apart > 1 || apart < -1 ? ADJACENT : 0;
	if (from->flagged)
		demerits += to->flagged ? HYPHEN_TWICE : to->forced ? HYPHEN_LAST : 0;
	return demerits;
}

/* The best way to end a line at a break in a fitness class. */
struct node {
	uint32_t at;      /* the break */
	uint32_t before;  /* the node at which this line begins */
	uint32_t lines;
	uint8_t fitness;
	int64_t demerits; /* from the start */
};
struct search {
	const struct fit *f;
	struct arena *scratch;
	VEC(struct node) nodes;
	uint32_t *active;       /* nodes at which a line may still begin */
	size_t active_count;
	mpt least_pre;          /* no line gets narrower at its end than this */
	struct node best[FITNESS_COUNT]; /* at the break at hand */
};

static mpt least_pre(const struct fit *f)
{
	mpt least = 0;
	for (uint32_t i = 1; i < f->count; i++)
		if (f->breaks[i].pre < least)
			least = f->breaks[i].pre;
	return least;
}

/* No later break makes a line from a fit, if this one is too wide even without what its end adds. */
static bool hopeless(const struct fit *f, uint32_t a, uint32_t b, mpt least)
{
	const struct brk *from = &f->breaks[a], *to = &f->breaks[b];
	int64_t shrink = fit_shrink(f->p, glue_of(from, to));
	return to->before - from->after + from->post + least - shrink > fit_room(f->p, f->width, a == 0);
}

static void offer(struct search *s, uint32_t from, uint32_t b, const struct fit_line *line)
{
	const struct node *n = &s->nodes.at[from];
	int64_t demerits = n->demerits + line->demerits + fit_join(s->f, n->at, n->fitness, b, line->fitness);
	struct node *best = &s->best[line->fitness];
	if (demerits < best->demerits)
		*best = (struct node){ b, from, n->lines + 1, line->fitness, demerits };
}

/* A piece that fits no line is set alone, too wide: from the break just before, whatever that costs. */
static void offer_overfull(struct search *s, uint32_t b)
{
	struct fit_line line = { OVERFULL, 0 };
	for (size_t i = s->nodes.count; i > 0 && s->nodes.at[i - 1].at + 1 == b; i--)
		offer(s, (uint32_t)i - 1, b, &line);
}

static bool offered(const struct search *s)
{
	for (size_t i = 0; i < FITNESS_COUNT; i++)
		if (s->best[i].demerits != NO_WAY)
			return true;
	return false;
}

/* Weighs every line that may end at b; beginnings that no later line can use are active no more. */
static void end_lines(struct search *s, uint32_t b)
{
	size_t kept = 0;
	for (size_t i = 0; i < FITNESS_COUNT; i++)
		s->best[i].demerits = NO_WAY;
	for (size_t i = 0; i < s->active_count; i++) {
		uint32_t at = s->nodes.at[s->active[i]].at;
		struct fit_line line;
		enum fit_verdict verdict = fit_weigh(s->f, at, b, &line);
		if (verdict == FIT_GOOD)
			offer(s, s->active[i], b, &line);
		if (!s->f->breaks[b].forced && (verdict != FIT_WIDE || !hopeless(s->f, at, b, s->least_pre)))
			s->active[kept++] = s->active[i];
	}
	s->active_count = kept;
	if (!offered(s) && s->f->tolerance < 0)
		offer_overfull(s, b);
}

static void begin_lines(struct search *s)
{
	for (size_t i = 0; i < FITNESS_COUNT; i++) {
		if (s->best[i].demerits == NO_WAY)
			continue;
		s->active[s->active_count++] = (uint32_t)s->nodes.count;
		vec_push(s->scratch, &s->nodes, s->best[i]);
	}
}

static struct fit_result way_back(const struct search *s)
{
	const struct node *end = NULL;
	for (size_t i = 0; i < s->active_count; i++) {
		const struct node *n = &s->nodes.at[s->active[i]];
		if (!end || n->demerits < end->demerits)
			end = n;
	}
	struct fit_result r = { .breaks = s->f->breaks };
	if (!end)
		return r;
	uint32_t *chosen = ARENA_ARRAY(s->scratch, uint32_t, end->lines);
	r.line_count = end->lines;
	r.demerits = end->demerits;
	for (; end->lines; end = &s->nodes.at[end->before])
		chosen[end->lines - 1] = end->at;
	r.chosen = chosen;
	return r;
}

struct fit_result fit_best(struct arena *scratch, const struct fit *f)
{
	struct search s = { .f = f, .scratch = scratch, .least_pre = least_pre(f) };
	s.active = ARENA_ARRAY(scratch, uint32_t, (size_t)f->count * FITNESS_COUNT);
	vec_push(scratch, &s.nodes, ((struct node){ .fitness = 1 }));
	s.active_count = 1;
	for (uint32_t b = 1; b < f->count && s.active_count; b++) {
		end_lines(&s, b);
		begin_lines(&s);
	}
	return way_back(&s);
}

enum { BALANCE_BREAKS = 256, BALANCE_LINES = 16 };

/* Lines when each takes what it can; 0 when something is wider than its line. */
static uint32_t least_lines(const struct fit *f)
{
	uint32_t lines = 0;
	mpt least = least_pre(f);
	for (uint32_t a = 0, b; a + 1 < f->count; a = b, lines++) {
		uint32_t fits = a;
		for (b = a + 1; b < f->count; b++) {
			if (fit_natural(&f->breaks[a], &f->breaks[b]) <= fit_room(f->p, f->width, a == 0))
				fits = b;
			if (f->breaks[b].forced || hopeless(f, a, b, least))
				break;
		}
		if (fits == a)
			return 0;
		b = fits;
	}
	return lines;
}

/* Squares of what is left over, in thousandths of the width; a hyphen or dash at the end is worth a twentieth of it. */
static int64_t raggedness(const struct fit *f, uint32_t a, uint32_t b)
{
	const struct brk *from = &f->breaks[a], *to = &f->breaks[b];
	mpt room = fit_room(f->p, f->width, a == 0);
	int64_t left = room - fit_natural(from, to);
	if (left < 0)
		return NO_WAY;
	if (to->fills_before != from->fills_after)
		left = 0;
	left = left * 1000 / room;
	return left * left + (int64_t)to->penalty * to->penalty;
}

/* One more line: the least raggedness of a way to each break. */
static void balance_step(const struct fit *f, const int64_t *old, int64_t *cost, uint32_t *from, mpt least)
{
	for (uint32_t b = 0; b < f->count; b++)
		cost[b] = NO_WAY;
	for (uint32_t a = 0; a + 1 < f->count; a++) {
		for (uint32_t b = a + 1; old[a] != NO_WAY && b < f->count; b++) {
			int64_t line = raggedness(f, a, b);
			if (line != NO_WAY && old[a] + line < cost[b]) {
				cost[b] = old[a] + line;
				from[b] = a;
			}
			if (f->breaks[b].forced || hopeless(f, a, b, least))
				break;
		}
	}
}

struct fit_result fit_balanced(struct arena *scratch, const struct fit *f)
{
	struct fit_result r = { .breaks = f->breaks };
	uint32_t lines = f->count <= BALANCE_BREAKS ? least_lines(f) : 0;
	if (lines == 0 || lines > BALANCE_LINES)
		return r;
	int64_t *cost = ARENA_ARRAY(scratch, int64_t, (size_t)f->count * (lines + 1));
	uint32_t *from = ARENA_ARRAY(scratch, uint32_t, (size_t)f->count * (lines + 1));
	uint32_t *chosen = ARENA_ARRAY(scratch, uint32_t, lines);
	for (uint32_t b = 1; b < f->count; b++)
		cost[b] = NO_WAY;
	mpt least = least_pre(f);
	for (uint32_t i = 1; i <= lines; i++)
		balance_step(f, cost + (size_t)f->count * (i - 1), cost + (size_t)f->count * i,
			from + (size_t)f->count * i, least);
	uint32_t at = f->count - 1;
	for (uint32_t i = lines; i > 0; i--) {
		chosen[i - 1] = at;
		at = from[(size_t)f->count * i + at];
	}
	r.chosen = chosen;
	r.line_count = lines;
	return r;
}

/* Ragged lines may fall short by an eighth of the line, or by three ems where that is more. */
struct fit fit_rules(const struct text_paragraph *p, const struct brks *breaks, mpt width, int64_t tolerance)
{
	mpt size = p->span_count ? p->spans[0].size : 0;
	int64_t give = width / 8 > 3 * size ? width / 8 : 3 * size;
	return (struct fit){ .p = p, .breaks = breaks->at, .count = (uint32_t)breaks->count, .width = width,
		.tolerance = tolerance, .give = give };
}

static bool one_line(const struct text_paragraph *p, mpt width)
{
	const struct brks *b = &p->breaks;
	for (size_t i = 1; i + 1 < b->count; i++)
		if (b->at[i].forced)
			return false;
	return fit_natural(&b->at[0], &b->at[b->count - 1]) <= fit_room(p, width, true);
}

static mpt least_room(const struct text_paragraph *p, mpt width)
{
	mpt first = fit_room(p, width, true), rest = fit_room(p, width, false);
	return first < rest ? first : rest;
}

static bool has_wide(const struct brks *b, mpt room)
{
	for (size_t i = 0; i + 1 < b->count; i++)
		if (fit_natural(&b->at[i], &b->at[i + 1]) > room)
			return true;
	return false;
}

/* Nothing else fits: what is wider than a line is hyphenated even if the style says no, then broken where a span
 * forbids it, then anywhere. */
static struct fit_result fit_anyhow(struct arena *scratch, const struct text_paragraph *p, const struct brks *first,
	mpt width)
{
	struct brks breaks = *first;
	mpt room = least_room(p, width);
	for (enum brk_rank rank = BRK_TIED; rank <= BRK_CLUSTER && has_wide(&breaks, room); rank++) {
		struct brks more;
		cuts_add(scratch, p, &breaks, rank, room, &more);
		breaks = more;
	}
	struct fit f = fit_rules(p, &breaks, width, -1);
	struct fit_result r = { 0 };
	if (p->style.flags & TEXT_BALANCE)
		r = fit_balanced(scratch, &f);
	return r.line_count ? r : fit_best(scratch, &f);
}

static bool may_hyphenate(const struct text_paragraph *p)
{
	if (!(p->style.flags & TEXT_HYPHENATE))
		return false;
	for (size_t i = 0; i < p->span_count; i++)
		if (p->spans[i].kind == TEXT_CHARS && hyphen_ready(p->set, p->langs[i]))
			return true;
	return false;
}

static struct fit_result fit_within(struct arena *scratch, const struct text_paragraph *p, const struct brks *breaks, mpt width,
	int64_t tolerance)
{
	struct fit f = fit_rules(p, breaks, width, tolerance);
	return fit_best(scratch, &f);
}

/* Breaks of one more rank; false when there are none. */
static bool widen(struct arena *scratch, const struct text_paragraph *p, struct brks *breaks, enum brk_rank rank)
{
	size_t before = breaks->count;
	struct brks more;
	cuts_add(scratch, p, breaks, rank, -1, &more);
	*breaks = more;
	return more.count > before;
}

/* A line ends behind a slash or a dash: hyphens may be better. */
static bool ends_inside(const struct fit_result *r)
{
	for (uint32_t i = 0; i < r->line_count; i++)
		if (r->breaks[r->chosen[i]].penalty && !r->breaks[r->chosen[i]].flagged)
			return true;
	return false;
}

static struct fit_result cheaper(struct fit_result a, struct fit_result b)
{
	return !a.line_count || (b.line_count && b.demerits < a.demerits) ? b : a;
}

/* As TeX: without hyphens if that is good enough, with them if not, then parting addresses too, and at last at any price. */
static struct fit_result fit_usual(struct arena *scratch, const struct text_paragraph *p, mpt width)
{
	bool justify = p->style.align == TEXT_JUSTIFY;
	int64_t tolerance = justify ? TOLERANCE_HYPHENS : TOLERANCE_RAGGED;
	struct brks breaks = p->breaks;
	struct fit_result r = fit_within(scratch, p, &breaks, width, justify ? TOLERANCE_FIRST : TOLERANCE_RAGGED);
	if (r.line_count && !ends_inside(&r))
		return r;
	if ((may_hyphenate(p) && widen(scratch, p, &breaks, BRK_HYPHEN)) || justify)
		r = cheaper(r, fit_within(scratch, p, &breaks, width, tolerance));
	if (!r.line_count && p->style.flags & TEXT_HYPHENATE && widen(scratch, p, &breaks, BRK_ADDRESS))
		r = fit_within(scratch, p, &breaks, width, tolerance);
	if (!r.line_count && p->tied)
		widen(scratch, p, &breaks, BRK_TIED);
	return r.line_count ? r : fit_anyhow(scratch, p, &breaks, width);
}

struct fit_result fit_paragraph(struct arena *scratch, const struct text_paragraph *p, mpt width)
{
	struct fit_result r = { .breaks = p->breaks.at };
	if (p->breaks.count < 2)
		return r;
	if (one_line(p, width)) {
		uint32_t *chosen = ARENA_NEW(scratch, uint32_t);
		*chosen = (uint32_t)p->breaks.count - 1;
		r.chosen = chosen;
		r.line_count = 1;
		return r;
	}
	if (!(p->style.flags & TEXT_BALANCE))
		return fit_usual(scratch, p, width);
	struct fit f = fit_rules(p, &p->breaks, width, -1);
	r = fit_balanced(scratch, &f);
	if (r.line_count)
		return r;
	bool wide = has_wide(&p->breaks, least_room(p, width));
	return wide ? fit_anyhow(scratch, p, &p->breaks, width) : fit_usual(scratch, p, width);
}
