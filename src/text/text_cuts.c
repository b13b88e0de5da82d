/* Pieces to places where a line may end, each with what the line before it and the line behind it measure.
 * Serves the arrow paragraph -> lines. */
#include "text/text_int.h"

#include <unicode/uchar.h>

enum {
	PENALTY_INSIDE = 50,       /* behind a written hyphen, a slash, a dash */
	PENALTY_HYPHEN = 50,       /* a hyphen of ours in justified text, as TeX */
	PENALTY_HYPHEN_RAGGED = 150, /* ragged text needs none to look even */
	PENALTY_ADDRESS = 150,
	PENALTY_CAPITAL = 400,
	PENALTY_TIED = 1000,       /* a very bad line is worse */
	PENALTY_SUPPRESSED = 20000, /* only where nothing else is left */
	PENALTY_CLUSTER = 100000
};

mpt cuts_slice_width(const struct slice *s, int64_t factor, mpt tracking)
{
	const struct shaped *word = s->shaped;
	mpt width = 0;
	if (s->from == 0 && s->to >= word->bytes.len) {
		for (uint32_t i = 0; i < word->count; i++)
			width += scale_units(word->glyphs[i].advance, factor);
		return width + tracking * (mpt)word->clusters;
	}
	for (uint32_t i = 0; i < word->count; i++) {
		const struct shaped_glyph *g = &word->glyphs[i];
		if (g->cluster < s->from || g->cluster >= s->to)
			continue;
		width += scale_units(g->advance, factor);
		if (i == 0 || g[-1].cluster != g->cluster)
			width += tracking;
	}
	return width;
}

/* Where the clusters of a word lie and which of their edges are safe to break at. */
struct word_map {
	const struct piece *word;
	const struct text_span *span;
	int64_t factor; /* of its size */
	uint32_t len;   /* bytes */
	mpt *x;         /* len + 1: distance from the word's start edge; -1 inside a cluster */
	bool *safe;     /* len + 1 */
};

static struct word_map map_word(struct arena *scratch, const struct text_paragraph *p, const struct piece *w)
{
	struct word_map m = { .word = w, .span = &p->spans[w->span], .len = w->end - w->start };
	m.factor = scale_factor(w->shaped->key.font, piece_size(p, w));
	m.x = ARENA_ARRAY(scratch, mpt, m.len + 1);
	m.safe = ARENA_ARRAY(scratch, bool, m.len + 1);
	mpt *advance = ARENA_ARRAY(scratch, mpt, m.len + 1);
	for (uint32_t i = 0; i <= m.len; i++)
		m.x[i] = -1;
	for (uint32_t i = 0; i < w->shaped->count; i++) {
		const struct shaped_glyph *g = &w->shaped->glyphs[i];
		advance[g->cluster] += scale_units(g->advance, m.factor);
		if (m.x[g->cluster] < 0)
			m.safe[g->cluster] = true;
		m.safe[g->cluster] &= !g->unsafe;
		m.x[g->cluster] = 0;
	}
	mpt at = 0;
	for (uint32_t i = 0; i < m.len; i++)
		if (m.x[i] == 0)
			m.x[i] = at, at += advance[i] + m.span->tracking;
	m.x[m.len] = at;
	m.x[0] = 0;
	m.safe[0] = m.safe[m.len] = true;
	return m;
}

static uint32_t safe_before(const struct word_map *m, uint32_t at)
{
	while (!m->safe[at])
		at--;
	return at;
}

static uint32_t safe_behind(const struct word_map *m, uint32_t at)
{
	while (!m->safe[at])
		at++;
	return at;
}

/* Bytes [from, to) of a word, shaped by themselves. */
static struct slice shape_part(const struct text_paragraph *p, const struct piece *w, uint32_t from, uint32_t to)
{
	struct str bytes = { p->text.ptr + w->start + from, to - from };
	const struct shaped *shaped = words_shape(p->set, &w->shaped->key, bytes);
	return (struct slice){ shaped, 0, to - from, from };
}

size_t cuts_part(const struct text_paragraph *p, const struct piece *w, uint32_t from, uint32_t to,
	struct slice out[PART_SLICES])
{
	if (from == 0 && to == w->end - w->start) {
		out[0] = (struct slice){ w->shaped, 0, to, 0 };
		return 1;
	}
	struct arena *scratch = font_set_scratch(p->set);
	struct arena_mark mark = arena_mark(scratch);
	struct word_map m = map_word(scratch, p, w);
	uint32_t head = safe_behind(&m, from), tail = safe_before(&m, to);
	arena_rewind(scratch, mark);
	size_t count = 0;
	if (head > tail) {
		out[0] = shape_part(p, w, from, to);
		return 1;
	}
	if (from < head)
		out[count++] = shape_part(p, w, from, head);
	if (head < tail)
		out[count++] = (struct slice){ w->shaped, head, tail, 0 };
	if (tail < to)
		out[count++] = shape_part(p, w, tail, to);
	return count;
}

const struct shaped *cuts_hyphen(const struct text_paragraph *p, const struct piece *w)
{
	const struct shaped *hyphen = words_shape(p->set, &w->shaped->key, STR("\xE2\x80\x90"));
	return hyphen->missing ? words_shape(p->set, &w->shaped->key, STR("-")) : hyphen;
}

static mpt hyphen_width(const struct text_paragraph *p, const struct piece *w)
{
	struct slice s = { cuts_hyphen(p, w), 0, UINT32_MAX, 0 };
	return cuts_slice_width(&s, scale_factor(s.shaped->key.font, piece_size(p, w)), 0);
}

/* The walk along the pieces. */
struct walk {
	struct arena *a;
	const struct text_paragraph *p;
	struct brks *out;
	int64_t at, glue, gaps; /* before the piece at hand */
	uint32_t fills;
	bool fresh;            /* nothing but spaces since a line's forced beginning */
	uint32_t visible;      /* pieces up to the last that is no ending space */
	int64_t visible_at, visible_glue, visible_gaps; /* behind it */
};

static int64_t gap_before(const struct text_paragraph *p, uint32_t index)
{
	const struct piece *piece = index < p->pieces.count ? &p->pieces.at[index] : NULL;
	return piece && piece->gap ? p->spans[piece->span].size : 0;
}

static void walk_over(struct walk *w, uint32_t index)
{
	const struct piece *piece = &w->p->pieces.at[index];
	bool ending = piece->kind == PIECE_SPACE && !piece->fixed;
	w->at += piece->width;
	if (piece->kind == PIECE_SPACE)
		w->glue += piece->width;
	w->fills += piece->kind == PIECE_FILL;
	w->gaps += gap_before(w->p, index);
	if (!ending)
		w->fresh = piece->kind == PIECE_BREAK;
	else if (!w->fresh)
		return;
	w->visible = index + 1;
	w->visible_at = w->at;
	w->visible_glue = w->glue;
	w->visible_gaps = w->gaps;
}

/* The last tracking on a line stands in its edge and is taken off, as set_text_line does. */
static mpt last_tracking(const struct text_paragraph *p, uint32_t pieces)
{
	const struct piece *last = pieces ? &p->pieces.at[pieces - 1] : NULL;
	return last && last->shaped && last->shaped->count ? p->spans[last->span].tracking : 0;
}

static struct brk brk_between(const struct walk *w, uint32_t index, enum brk_rank rank)
{
	return (struct brk){
		.end = w->visible,
		.next = index,
		.rank = (uint8_t)rank,
		.before = w->visible_at,
		.after = w->at,
		.glue_before = w->visible_glue,
		.glue_after = w->glue,
		.gaps_before = w->visible_gaps,
		.gaps_after = w->gaps + gap_before(w->p, index),
		.fills_before = w->fills,
		.fills_after = w->fills,
		.pre = -last_tracking(w->p, w->visible),
	};
}

static struct brk brk_inside(const struct walk *w, uint32_t index, const struct word_map *m, uint32_t cut,
	enum brk_rank rank)
{
	struct brk b = brk_between(w, index, rank);
	mpt at = m->x[cut];
	b.end = index;
	b.cut = cut;
	b.pre = -m->span->tracking;
	if (!m->safe[cut]) {
		uint32_t from = safe_before(m, cut), to = safe_behind(m, cut), edge = cut;
		while (m->x[edge] < 0)
			edge--;
		at = m->x[edge];
		struct slice head = shape_part(w->p, m->word, from, cut), tail = shape_part(w->p, m->word, cut, to);
		b.pre += cuts_slice_width(&head, m->factor, m->span->tracking) - (at - m->x[from]);
		b.post = cuts_slice_width(&tail, m->factor, m->span->tracking) - (m->x[to] - at);
	}
	b.before = b.after = w->at + at;
	b.glue_before = b.glue_after = w->glue;
	b.gaps_before = b.gaps_after = w->gaps + gap_before(w->p, index);
	return b;
}

static uint32_t char_before(const struct text_paragraph *p, uint32_t at)
{
	while (at > 0 && ((uint8_t)p->text.ptr[at - 1] & 0xC0) == 0x80)
		at--;
	size_t from = at ? at - 1 : 0;
	return utf8_next(p->text, &from);
}

/* Syllables of Korean, whose words had better stay whole. */
static bool is_hangul(uint32_t c)
{
	return c >= 0xAC00 && c <= 0xD7A3;
}

/* A break without a space: what stands before it decides what it costs and whether a hyphen is seen there. */
static void weigh_inside(const struct text_paragraph *p, struct brk *b)
{
	uint32_t at = p->pieces.at[b->next].start + b->cut;
	uint32_t c = char_before(p, at);
	if (c < 0xE00 || (c >= 0x2000 && c <= 0x206F) || is_hangul(c))
		b->penalty = PENALTY_INSIDE;
	b->flagged = c == '-' || c == 0x2010 || c == 0xAD;
	if (c != 0xAD)
		return;
	const struct piece *word = b->cut ? &p->pieces.at[b->next] : &p->pieces.at[b->next - 1];
	if (!word->shaped || cuts_hyphen(p, word)->missing)
		return;
	b->drawn = true;
	/* tracking was taken off, but stands before the hyphen */
	b->pre += hyphen_width(p, word) + (b->cut ? p->spans[word->span].tracking : last_tracking(p, b->end));
}

static void take_over(struct walk *w, const struct brk *old)
{
	*vec_add(w->a, w->out) = *old;
}

static void add(struct walk *w, struct brk b)
{
	hang_break(w->p, &b);
	take_over(w, &b);
}

static void add_between(struct walk *w, uint32_t index)
{
	struct brk b = brk_between(w, index, BRK_ORDINARY);
	if (b.end == b.next)
		weigh_inside(w->p, &b);
	add(w, b);
}

static void add_inside(struct walk *w, uint32_t index)
{
	const struct piece *piece = &w->p->pieces.at[index];
	struct arena *scratch = font_set_scratch(w->p->set);
	struct word_map m = { 0 };
	for (uint32_t at = piece->start + 1; at < piece->end; at++) {
		if (w->p->chances[at] != CHANCE_ALLOWED)
			continue;
		if (!m.word)
			m = map_word(scratch, w->p, piece);
		struct brk b = brk_inside(w, index, &m, at - piece->start, BRK_ORDINARY);
		weigh_inside(w->p, &b);
		add(w, b);
	}
}

static void add_forced(struct walk *w, uint32_t next)
{
	struct brk b = brk_between(w, next, BRK_ORDINARY);
	b.forced = true;
	add(w, b);
}

static void add_piece(struct walk *w, uint32_t index)
{
	const struct piece *piece = &w->p->pieces.at[index];
	if (index > 0 && w->p->chances[piece->start] == CHANCE_ALLOWED && w->out->at[w->out->count - 1].next != index)
		add_between(w, index);
	if (piece->kind == PIECE_WORD)
		add_inside(w, index);
	walk_over(w, index);
	if (!w->fresh)
		return;
	/* spaces with which a line begins take no room: its beginning moves behind them */
	struct brk *last = &w->out->at[w->out->count - 1];
	last->after = w->at;
	last->glue_after = w->glue;
}

void cuts_ordinary(struct arena *a, const struct text_paragraph *p, struct brks *out)
{
	struct walk w = { .a = a, .p = p, .out = out, .fresh = true };
	uint32_t count = (uint32_t)p->pieces.count;
	*out = (struct brks){ 0 };
	if (count == 0)
		return;
	add(&w, (struct brk){ 0 });
	for (uint32_t i = 0; i < count; i++) {
		if (p->pieces.at[i].kind != PIECE_BREAK) {
			add_piece(&w, i);
			continue;
		}
		add_forced(&w, i + 1);
		walk_over(&w, i);
	}
	if (p->pieces.at[count - 1].kind != PIECE_BREAK)
		add_forced(&w, count);
}

/* Adding breaks of a higher rank between those there are. */
struct refine {
	struct walk w;
	const struct brks *old;
	size_t gap;          /* the old break behind which the walk is */
	enum brk_rank rank;
	mpt room;            /* gaps wider than it are wanted; negative = all */
	bool wanted;         /* the gap at hand */
};

static bool stands_before(const struct brk *b, uint32_t next, uint32_t cut)
{
	return b->next < next || (b->next == next && b->cut <= cut);
}

/* Takes over the old breaks up to a place; false when there is one at that very place. */
static bool advance(struct refine *r, uint32_t next, uint32_t cut)
{
	const struct brks *old = r->old;
	while (r->gap + 1 < old->count && stands_before(&old->at[r->gap + 1], next, cut))
		take_over(&r->w, &old->at[++r->gap]);
	const struct brk *here = &old->at[r->gap];
	r->wanted = r->gap + 1 < old->count &&
		    (r->room < 0 || fit_natural(here, &old->at[r->gap + 1]) > r->room);
	return here->next != next || here->cut != cut;
}

static void add_cut(struct refine *r, uint32_t index, struct word_map *m, uint32_t cut)
{
	static const int32_t penalties[] = {
		[BRK_TIED] = PENALTY_TIED,
		[BRK_ADDRESS] = PENALTY_ADDRESS,
		[BRK_HYPHEN] = PENALTY_HYPHEN,
		[BRK_HYPHEN_CAPITAL] = PENALTY_CAPITAL,
		[BRK_SUPPRESSED] = PENALTY_SUPPRESSED,
		[BRK_CLUSTER] = PENALTY_CLUSTER,
	};
	const struct text_paragraph *p = r->w.p;
	const struct piece *piece = &p->pieces.at[index];
	if (!advance(r, index, cut) || !r->wanted)
		return;
	if (!m->word)
		*m = map_word(font_set_scratch(p->set), p, piece);
	struct brk b = brk_inside(&r->w, index, m, cut, r->rank);
	b.penalty = penalties[r->rank];
	if ((r->rank == BRK_HYPHEN || r->rank == BRK_HYPHEN_CAPITAL) && !cuts_hyphen(p, piece)->missing) {
		b.flagged = b.drawn = true;
		b.pre += hyphen_width(p, piece) + m->span->tracking;
		if (p->style.align != TEXT_JUSTIFY && b.penalty < PENALTY_HYPHEN_RAGGED)
			b.penalty = PENALTY_HYPHEN_RAGGED;
	}
	add(&r->w, b);
}

static bool is_letter(uint32_t c)
{
	return u_isalpha((UChar32)c);
}

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (uint8_t)c >= 0x80;
}

/* Addresses, paths and identifiers: a hyphen of ours would be read as theirs. */
static bool is_address(struct str word)
{
	if (word.len > 1 && word.ptr[0] == '/' && is_name(word.ptr[1]))
		return true;
	for (size_t i = 0; i < word.len; i++) {
		if (strchr("@_\\", word.ptr[i]))
			return true;
		if (i > 0 && i + 1 < word.len && word.ptr[i] == '.' && is_name(word.ptr[i - 1]) && is_name(word.ptr[i + 1]))
			return true;
		if (str_starts((struct str){ word.ptr + i, word.len - i }, "://"))
			return true;
	}
	return false;
}

/* "IPv4-Adresse": the part with a figure is a code, the other a word. */
static bool is_code(struct str word, const struct str *run)
{
	size_t from = (size_t)(run->ptr - word.ptr), to = from + run->len;
	while (from > 0 && word.ptr[from - 1] != '-')
		from--;
	while (to < word.len && word.ptr[to] != '-')
		to++;
	for (; from < to; from++)
		if (word.ptr[from] >= '0' && word.ptr[from] <= '9')
			return true;
	return false;
}

/* The next run of letters at or behind *at; false when there is none. */
static bool next_letters(struct str word, size_t *at, struct str *run, bool *capital)
{
	size_t start = *at, next = start;
	uint32_t c = 0;
	while (start < word.len && !is_letter(c = utf8_next(word, &next)))
		start = next;
	*capital = u_isupper((UChar32)c);
	size_t end = start;
	for (next = start; end < word.len && is_letter(utf8_next(word, &next));)
		end = next;
	*run = (struct str){ word.ptr + start, end - start };
	*at = end;
	return run->len > 0;
}

/* Capitalised words are names in ragged text, which has no need to break them; not so in languages that write every
 * noun so. */
static bool rank_fits(const struct refine *r, const struct piece *piece, bool capital)
{
	const struct text_paragraph *p = r->w.p;
	bool name = capital && p->style.align != TEXT_JUSTIFY &&
		    !p->set->languages.at[p->langs[piece->span]]->capital_nouns;
	return r->rank == (name ? BRK_HYPHEN_CAPITAL : BRK_HYPHEN);
}

/* A word may go on in the next span or face: its patterns would not see it whole. */
static bool is_whole(const struct text_paragraph *p, const struct str *run)
{
	size_t start = (size_t)(run->ptr - p->text.ptr), end = start + run->len;
	return !(start > 0 && is_letter(char_before(p, (uint32_t)start))) && !(end < p->text.len && is_letter(utf8_next(p->text, &end)));
}

static void add_hyphens(struct refine *r, uint32_t index)
{
	const struct text_paragraph *p = r->w.p;
	const struct piece *piece = &p->pieces.at[index];
	struct str word = { p->text.ptr + piece->start, piece->end - piece->start }, run;
	if (piece->kind != PIECE_WORD || (p->spans[piece->span].flags & (TEXT_NO_HYPHEN | TEXT_NO_BREAK)) ||
	    piece->level & 1 || is_address(word))
		return;
	struct word_map m = { 0 };
	bool capital = false;
	for (size_t at = 0; next_letters(word, &at, &run, &capital);) {
		const struct hyphens *h = rank_fits(r, piece, capital) && !is_code(word, &run) && is_whole(p, &run)
						  ? hyphen_word(p->set, p->langs[piece->span], run)
						  : NULL;
		for (uint32_t i = 0; h && i < h->count; i++)
			add_cut(r, index, &m, (uint32_t)(run.ptr - word.ptr) + h->at[i]);
	}
}

/* Behind what parts an address, though not so that a letter or two are left at an end. */
static void add_parts(struct refine *r, uint32_t index)
{
	enum { ENDS = 3 };
	const struct text_paragraph *p = r->w.p;
	const struct piece *piece = &p->pieces.at[index];
	struct str word = { p->text.ptr + piece->start, piece->end - piece->start };
	struct word_map m = { 0 };
	if (piece->kind != PIECE_WORD || p->spans[piece->span].flags & TEXT_NO_BREAK || !is_address(word))
		return;
	for (size_t at = ENDS; at + ENDS <= word.len; at++)
		if (strchr("_./@:=&?#-\\", word.ptr[at - 1]) && is_name(word.ptr[at]))
			add_cut(r, index, &m, (uint32_t)at);
}

static void add_edge(struct refine *r, uint32_t index, int32_t penalty)
{
	if (!advance(r, index, 0) || !r->wanted)
		return;
	struct brk b = brk_between(&r->w, index, r->rank);
	b.penalty = penalty;
	add(&r->w, b);
}

/* Where a tie or TEXT_NO_BREAK stood against it; with the latter, behind no-break spaces. */
static void add_held(struct refine *r, uint32_t index)
{
	const struct text_paragraph *p = r->w.p;
	const struct piece *piece = &p->pieces.at[index];
	bool tied = r->rank == BRK_TIED;
	uint8_t held = tied ? CHANCE_TIED : CHANCE_SUPPRESSED;
	if (index > 0 && (p->chances[piece->start] == held || (!tied && p->pieces.at[index - 1].fixed)))
		add_edge(r, index, tied ? PENALTY_TIED : PENALTY_SUPPRESSED);
	struct word_map m = { 0 };
	for (uint32_t at = piece->start + 1; piece->kind == PIECE_WORD && at < piece->end; at++)
		if (p->chances[at] == held)
			add_cut(r, index, &m, at - piece->start);
}

static bool cut_behind(const struct refine *r)
{
	return r->gap + 1 < r->old->count && r->old->at[r->gap + 1].cut;
}

static void add_clusters(struct refine *r, uint32_t index)
{
	const struct text_paragraph *p = r->w.p;
	const struct piece *piece = &p->pieces.at[index];
	if (index > 0 && (piece->kind != PIECE_SPACE || piece->fixed))
		add_edge(r, index, PENALTY_CLUSTER);
	advance(r, index, 0);
	if (piece->kind != PIECE_WORD || !(r->wanted || cut_behind(r)))
		return;
	struct word_map m = map_word(font_set_scratch(p->set), p, piece);
	for (uint32_t cut = 1; cut < m.len; cut++)
		if (m.x[cut] >= 0)
			add_cut(r, index, &m, cut);
}

void cuts_add(struct arena *a, const struct text_paragraph *p, const struct brks *old, enum brk_rank rank,
	mpt room, struct brks *out)
{
	static void (*const adders[])(struct refine *, uint32_t) = {
		[BRK_TIED] = add_held,
		[BRK_ADDRESS] = add_parts,
		[BRK_HYPHEN] = add_hyphens,
		[BRK_HYPHEN_CAPITAL] = add_hyphens,
		[BRK_SUPPRESSED] = add_held,
		[BRK_CLUSTER] = add_clusters,
	};
	struct refine r = { .w = { .a = a, .p = p, .out = out, .fresh = true },
		.old = old, .rank = rank, .room = room };
	*out = (struct brks){ 0 };
	take_over(&r.w, &old->at[0]);
	for (uint32_t i = 0; i < p->pieces.count; i++) {
		if (p->pieces.at[i].kind != PIECE_BREAK)
			adders[rank](&r, i);
		walk_over(&r.w, i);
	}
	advance(&r, UINT32_MAX, 0);
}
