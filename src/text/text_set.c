/* Lines to fragments of placed glyphs: the end of the arrow paragraph -> lines. */
#include "text/text_int.h"

enum { STRETCH_MOST = 4000 }; /* spaces grow to at most five times their width; a looser line stays ragged */

/* A piece, or what of it is on the line. */
struct part {
	const struct piece *piece;
	uint32_t from, to; /* bytes of the piece */
	bool mute;         /* leading or ending space, or a line end: text without room */
	bool gap;          /* room may stand behind it */
	struct slice slices[PART_SLICES];
	size_t slice_count;
};
/* Parts [from, to) that become one fragment, or a fill. */
struct run {
	uint32_t from, to;
	const struct font *font; /* NULL: box or fill */
	uint8_t kind;            /* enum piece_kind of its first part that is not mute */
	uint8_t level;
	bool open;               /* has parts that are not mute */
	mpt size;                /* of the type */
	mpt width, x;
};
struct setting {
	const struct text_paragraph *p;
	const struct brk *to;
	struct arena *a;       /* of the result */
	struct arena *scratch;
	VEC(struct part) parts;
	VEC(struct run) runs;
	int64_t extra;         /* to be spread over the spaces; may be negative */
	int64_t spaces, gaps;  /* space glyphs and gaps on the line */
	int64_t places, spread; /* those among which extra is spread, those set so far */
	int64_t loose;         /* of a justified line: taken by the gaps between its letters instead */
	int64_t letters, parted; /* those that may part, those set so far */
	int64_t fill, fills, filled; /* room for fills, how many, those set so far */
	mpt width;             /* of what is set */
};

/* The last glyph of its cluster: what is set behind a letter stands behind its marks. */
static bool ends_cluster(const struct shaped *shaped, uint32_t i)
{
	return i + 1 == shaped->count || shaped->glyphs[i + 1].cluster != shaped->glyphs[i].cluster;
}

static uint32_t slice_letters(const struct slice *slice)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < slice->shaped->count; i++)
		count += slice->shaped->glyphs[i].cluster >= slice->from && slice->shaped->glyphs[i].cluster < slice->to && ends_cluster(slice->shaped, i);
	return count;
}

/* Letters of scripts in which words keep their shape when letters part; the joined ones do not. */
static bool may_part(const struct piece *piece)
{
	static const uint32_t scripts[] = { HB_SCRIPT_LATIN, HB_SCRIPT_GREEK, HB_SCRIPT_CYRILLIC, HB_SCRIPT_COMMON };

	for (size_t i = 0; piece->kind == PIECE_WORD && !(piece->level & 1) && i < sizeof scripts / sizeof *scripts; i++)
		if (piece->shaped->key.script == scripts[i])
			return true;
	return false;
}

static void part_add(struct setting *s, const struct piece *piece, uint32_t from, uint32_t to, bool mute)
{
	struct part part = { .piece = piece, .from = from, .to = to, .mute = mute };
	if (piece->shaped && !mute)
		part.slice_count = cuts_part(s->p, piece, from, to, part.slices);
	if (piece->kind == PIECE_SPACE && !mute)
		s->spaces += piece->shaped->count;
	for (size_t i = 0; s->p->style.letter_most && i < part.slice_count && may_part(piece); i++)
		s->letters += slice_letters(&part.slices[i]);
	s->fills += piece->kind == PIECE_FILL;
	struct part *before = s->parts.count ? &s->parts.at[s->parts.count - 1] : NULL;
	if (piece->gap && before && before->piece->shaped && before->slice_count && !(before->piece->level & 1)) {
		before->gap = true;
		s->gaps++;
	}
	vec_push(s->scratch, &s->parts, part);
}

static bool ending(const struct piece *piece)
{
	return piece->kind == PIECE_SPACE && !piece->fixed;
}

static void collect(struct setting *s, const struct brk *from, const struct brk *to)
{
	const struct text_paragraph *p = s->p;
	bool fresh = true;
	uint32_t cut = from->cut;
	for (uint32_t i = from->next; i < to->end; i++, cut = 0) {
		const struct piece *piece = &p->pieces.at[i];
		fresh = fresh && ending(piece);
		part_add(s, piece, cut, piece->end - piece->start, fresh);
	}
	if (to->cut)
		part_add(s, &p->pieces.at[to->next], cut, to->cut, false);
	for (uint32_t i = to->end > from->next ? to->end : from->next; i < to->next; i++) {
		const struct piece *piece = &p->pieces.at[i];
		if (p->spans[piece->span].kind == TEXT_CHARS)
			part_add(s, piece, 0, piece->end - piece->start, true);
	}
}

static const struct font *part_font(const struct text_paragraph *p, const struct part *part)
{
	if (part->piece->shaped)
		return part->piece->shaped->key.font;
	const struct text_span *span = &p->spans[part->piece->span];
	return span->kind == TEXT_CHARS && span->font_count ? span->fonts[0] : NULL;
}

/* Words and spaces of one face set as one; boxes and fills stand alone. */
static uint8_t run_kind(const struct part *part)
{
	return part->piece->kind == PIECE_SPACE || part->piece->kind == PIECE_BREAK ? PIECE_WORD : part->piece->kind;
}

static bool joins(const struct text_paragraph *p, const struct run *run, const struct part *before,
	const struct part *part)
{
	if (before->piece->span != part->piece->span || run->kind == PIECE_BOX || run->kind == PIECE_FILL)
		return false;
	if (part->mute)
		return true;
	return run->open ? run->kind == run_kind(part) && run->font == part_font(p, part) &&
				   run->level == part->piece->level && run->size == piece_size(p, part->piece)
			 : true;
}

static void group(struct setting *s)
{
	for (uint32_t i = 0; i < s->parts.count; i++) {
		const struct part *part = &s->parts.at[i];
		struct run *run = i ? &s->runs.at[s->runs.count - 1] : NULL;
		if (!run || !joins(s->p, run, part - 1, part)) {
			run = vec_add(s->scratch, &s->runs);
			*run = (struct run){ .from = i };
		}
		run->to = i + 1;
		if (run->open)
			continue;
		run->font = part_font(s->p, part);
		run->kind = run_kind(part);
		run->level = part->piece->level;
		run->size = piece_size(s->p, part->piece);
		run->open = !part->mute;
	}
}

/* Writing the glyphs of a run. */
struct pen {
	struct setting *s;
	struct text_glyph *glyphs;
	uint32_t count;
	mpt width;
};

static mpt space_share(struct setting *s)
{
	int64_t before = s->extra * s->spread / s->places;
	s->spread++;
	return (mpt)(s->extra * s->spread / s->places - before);
}

/* Nothing behind the last letter: it stands at the line's edge, or a hyphen behind it. */
static mpt letter_share(struct setting *s)
{
	int64_t gaps = s->letters - 1, before = s->parted++;
	if (before >= gaps)
		return 0;
	return (mpt)(s->loose * (before + 1) / gaps - s->loose * before / gaps);
}

static void put_slice(struct pen *pen, const struct slice *slice, const struct part *part, uint32_t base)
{
	const struct text_span *span = &pen->s->p->spans[part->piece->span];
	int64_t factor = scale_factor(slice->shaped->key.font, piece_size(pen->s->p, part->piece));
	const struct shaped_glyph *glyphs = slice->shaped->glyphs;
	bool space = part->piece->kind == PIECE_SPACE && pen->s->extra, letter = pen->s->loose && may_part(part->piece);
	for (uint32_t i = 0; i < slice->shaped->count; i++) {
		const struct shaped_glyph *g = &glyphs[i];
		if (g->cluster < slice->from || g->cluster >= slice->to)
			continue;
		struct text_glyph *out = &pen->glyphs[pen->count++];
		out->gid = g->gid;
		out->cluster = base + slice->base + g->cluster;
		out->advance = scale_units(g->advance, factor) + (space ? space_share(pen->s) : 0);
		if (ends_cluster(slice->shaped, i))
			out->advance += span->tracking + (letter ? letter_share(pen->s) : 0);
		out->dx = scale_units(g->dx, factor);
		out->dy = scale_units(g->dy, factor);
		pen->width += out->advance;
	}
}

static void put_part(struct pen *pen, const struct part *part, uint32_t text_start, bool rtl)
{
	/* a part that begins inside its piece stands before the piece's own start: the sum wraps back */
	uint32_t base = part->piece->start - text_start;
	for (size_t i = 0; i < part->slice_count; i++)
		put_slice(pen, &part->slices[rtl ? part->slice_count - 1 - i : i], part, base);
	if (!part->gap || pen->s->extra <= 0 || !pen->count)
		return;
	mpt share = space_share(pen->s);
	pen->glyphs[pen->count - 1].advance += share;
	pen->width += share;
}

/* At the end of what is read: on the left of a run from right to left. */
static void put_hyphen(struct pen *pen, const struct shaped *hyphen, mpt size, bool rtl, uint32_t text_len)
{
	int64_t factor = scale_factor(hyphen->key.font, size);
	struct text_glyph *at = pen->glyphs + (rtl ? 0 : pen->count);
	if (rtl)
		memmove(at + hyphen->count, at, pen->count * sizeof *at);
	for (uint32_t i = 0; i < hyphen->count; i++) {
		at[i] = (struct text_glyph){ .gid = hyphen->glyphs[i].gid, .cluster = text_len,
			.advance = scale_units(hyphen->glyphs[i].advance, factor) };
		pen->width += at[i].advance;
	}
	pen->count += hyphen->count;
}

/* The last tracking stands in the line's edge; the hyphen comes without it. */
static void end_pen(struct pen *pen, const struct run *run, const struct part *last, uint32_t text_len)
{
	const struct text_paragraph *p = pen->s->p;
	const struct text_span *span = &p->spans[last->piece->span];
	if (!pen->s->to->drawn) {
		uint32_t edge = run->level & 1 ? 0 : pen->count - 1;
		if (!pen->count || !last->piece->shaped->count)
			return; /* characters without a glyph have no tracking */
		pen->glyphs[edge].advance -= span->tracking;
		pen->width -= span->tracking;
		return;
	}
	put_hyphen(pen, cuts_hyphen(p, last->piece), piece_size(p, last->piece), run->level & 1, text_len);
}

static uint32_t slice_glyphs(const struct slice *slice)
{
	if (slice->from == 0 && slice->to >= slice->shaped->bytes.len)
		return slice->shaped->count;
	uint32_t count = 0;
	for (uint32_t i = 0; i < slice->shaped->count; i++)
		count += slice->shaped->glyphs[i].cluster >= slice->from && slice->shaped->glyphs[i].cluster < slice->to;
	return count;
}

static uint32_t room_for(const struct setting *s, const struct run *run)
{
	uint32_t count = s->to->drawn ? 2 : 0; /* the hyphen */
	for (uint32_t i = run->from; i < run->to; i++)
		for (size_t k = 0; k < s->parts.at[i].slice_count; k++)
			count += slice_glyphs(&s->parts.at[i].slices[k]);
	return count;
}

/* The last part of the line that has room; NULL when none has. */
static const struct part *last_part(const struct setting *s)
{
	for (size_t i = s->parts.count; i > 0; i--)
		if (!s->parts.at[i - 1].mute)
			return &s->parts.at[i - 1];
	return NULL;
}

static void set_text(const struct setting *s, const struct run *run, struct text_fragment *f)
{
	const struct part *first = &s->parts.at[run->from], *last = &s->parts.at[run->to - 1];
	const struct text_span *span = &s->p->spans[first->piece->span];
	uint32_t start = first->piece->start + first->from, end = last->piece->start + last->to;
	f->text = span->text;
	if (span->kind != TEXT_CHARS)
		return;
	f->start = start - s->p->starts[first->piece->span];
	f->text = (struct str){ span->text.ptr + f->start, end - start };
}

static void set_glyphs(struct setting *s, const struct run *run, struct text_fragment *f)
{
	struct pen pen = { .s = s };
	bool rtl = run->level & 1;
	const struct part *last = last_part(s);
	uint32_t start = s->parts.at[run->from].piece->start + s->parts.at[run->from].from;
	pen.glyphs = ARENA_ARRAY(s->a, struct text_glyph, room_for(s, run));
	for (uint32_t i = run->from; i < run->to; i++)
		put_part(&pen, &s->parts.at[rtl ? run->from + run->to - 1 - i : i], start, rtl);
	if (last && last >= &s->parts.at[run->from] && last < &s->parts.at[0] + run->to && last->piece->shaped) {
		end_pen(&pen, run, last, last->piece->start + last->to - start);
		f->hyphenated = s->to->drawn;
	}
	f->glyphs = pen.glyphs;
	f->glyph_count = pen.count;
	f->width = pen.width;
}

static void set_boxes(const struct setting *s, const struct run *run, struct text_fragment *f)
{
	f->missing = run->kind == PIECE_MISSING;
	for (uint32_t i = run->from; i < run->to; i++)
		if (!s->parts.at[i].mute)
			f->width += s->parts.at[i].piece->width;
}

static void set_fill(struct setting *s, struct run *run)
{
	run->width = (mpt)(s->fill * (s->filled + 1) / s->fills - s->fill * s->filled / s->fills);
	s->filled++;
}

static void set_run(struct setting *s, struct run *run, struct text_fragment *f)
{
	const struct piece *piece = s->parts.at[run->from].piece;
	const struct text_span *span = &s->p->spans[piece->span];
	*f = (struct text_fragment){ .span = piece->span, .font = run->font, .size = run->size, .rise = span->rise,
		.rtl = run->level & 1 };
	set_text(s, run, f);
	if (run->kind == PIECE_WORD)
		set_glyphs(s, run, f);
	else
		set_boxes(s, run, f);
	run->width = f->width;
}

/* Visual order by UAX 9's rule L2: from the highest level down, reverse what is at least that high. */
static void order(struct setting *s, uint32_t *visual)
{
	uint32_t count = (uint32_t)s->runs.count;
	uint8_t highest = 0;
	for (uint32_t i = 0; i < count; i++) {
		visual[i] = i;
		highest = s->runs.at[i].level > highest ? s->runs.at[i].level : highest;
	}
	for (uint8_t level = highest; level > 0; level--) {
		for (uint32_t i = 0, end; i < count; i = end + 1) {
			for (end = i; end < count && s->runs.at[visual[end]].level >= level;)
				end++;
			for (uint32_t k = 0; k < (end - i) / 2; k++) {
				uint32_t other = visual[i + k];
				visual[i + k] = visual[end - 1 - k];
				visual[end - 1 - k] = other;
			}
		}
	}
}

static void place(struct setting *s)
{
	uint32_t *visual = ARENA_ARRAY(s->scratch, uint32_t, s->runs.count);
	order(s, visual);
	for (size_t i = 0; i < s->runs.count; i++) {
		struct run *run = &s->runs.at[visual[i]];
		run->x = s->width;
		s->width += run->width;
	}
}

/* How much the spaces of a justified line take up or give back. */
static int64_t extra_for(const struct text_paragraph *p, const struct brk *from, const struct brk *to, int64_t left)
{
	int64_t glue = to->glue_before - from->glue_after, gaps = to->gaps_before - from->gaps_after;
	if (p->style.align != TEXT_JUSTIFY || glue + gaps <= 0 || to->fills_before != from->fills_after)
		return 0;
	if (left < 0)
		return -left <= fit_shrink(p, glue) ? left : 0;
	int64_t most = p->style.stretch_most ? p->style.stretch_most : STRETCH_MOST;
	return to->forced || left > glue * most / 1000 + gaps / GAP_PART ? 0 : left;
}

/* What letters take of the room that spaces do not readily give. */
static int64_t loose_for(const struct setting *s, const struct brk *from, const struct brk *to)
{
	const struct text_style *style = &s->p->style;
	int64_t lack = s->extra - fit_ready(s->p, from, to);
	int64_t most = s->letters > 1 && s->p->span_count ? (s->letters - 1) * s->p->spans[0].size * style->letter_most / 1000 : 0;
	if (lack <= 0)
		return 0;
	return lack < most ? lack : most;
}

/* Where the line begins: from the left edge of the width. What is too wide begins at its edge. */
static mpt start_of(const struct text_paragraph *p, mpt width, mpt indent, mpt line)
{
	bool rtl = p->style.flags & TEXT_RTL;
	mpt left = width - indent - line;
	mpt from_start = p->style.align == TEXT_END ? left : p->style.align == TEXT_CENTRE ? left / 2 : 0;
	if (from_start < 0)
		from_start = 0;
	if (!rtl)
		return indent + from_start;
	return left - from_start > 0 ? left - from_start : 0;
}

static void stand(struct text_line *line, const struct text_span *span, const struct font *font)
{
	struct font_metrics m = { .ascent = span->height };
	if (font)
		m = font_metrics(font, span->size);
	if (m.ascent + span->rise > line->ascent)
		line->ascent = m.ascent + span->rise;
	if (m.descent - span->rise > line->descent)
		line->descent = m.descent - span->rise;
}

/* An empty line is as high as the span whose break ends it. */
static void stand_empty(struct text_line *line, const struct text_paragraph *p, const struct brk *to)
{
	const struct text_span *span = &p->spans[p->pieces.at[to->next ? to->next - 1 : 0].span];
	if (span->font_count)
		stand(line, span, span->fonts[0]);
}

static void finish(struct setting *s, struct text_line *line, struct text_fragment *f, mpt offset)
{
	line->fragments = f;
	for (size_t i = 0; i < s->runs.count; i++) {
		const struct run *run = &s->runs.at[i];
		if (run->kind == PIECE_FILL)
			continue;
		f[line->fragment_count] = f[i];
		f[line->fragment_count].x = offset + run->x;
		stand(line, &s->p->spans[f[i].span], f[i].font);
		line->fragment_count++;
	}
}

/* The part of a line's width that stands inside its room. */
static mpt inside(const struct text_line *line)
{
	return line->width - line->hang_left - line->hang_right;
}

void set_text_line(struct arena *a, const struct text_paragraph *p, const struct brk *from, const struct brk *to,
	mpt width, bool first, struct text_line *out)
{
	struct arena *scratch = font_set_scratch(p->set);
	struct arena_mark mark = arena_mark(scratch);
	struct setting s = { .p = p, .to = to, .a = a, .scratch = scratch };
	mpt room = fit_room(p, width, first);
	int64_t left = room - fit_natural(from, to);
	s.extra = extra_for(p, from, to, left);
	s.fill = left > 0 ? left : 0;
	collect(&s, from, to);
	s.places = s.spaces + (s.extra > 0 ? s.gaps : 0);
	if (!s.places)
		s.extra = 0;
	s.loose = loose_for(&s, from, to);
	s.extra -= s.loose;
	group(&s);
	struct text_fragment *fragments = ARENA_ARRAY(a, struct text_fragment, s.runs.count);
	for (size_t i = 0; i < s.runs.count; i++) {
		if (s.runs.at[i].kind == PIECE_FILL)
			set_fill(&s, &s.runs.at[i]);
		else
			set_run(&s, &s.runs.at[i], &fragments[i]);
	}
	place(&s);
	bool rtl = p->style.flags & TEXT_RTL;
	*out = (struct text_line){ .width = s.width, .forced = to->forced, .broken = to->rank >= BRK_SUPPRESSED,
		.hang_left = rtl ? to->hang_end : from->hang_start, .hang_right = rtl ? from->hang_start : to->hang_end };
	out->overfull = inside(out) > room;
	finish(&s, out, fragments, start_of(p, width, width - room, inside(out)) - out->hang_left);
	if (!out->fragment_count)
		stand_empty(out, p, to);
	arena_rewind(scratch, mark);
}

static mpt widest_gap(const struct text_paragraph *p, const struct brks *breaks)
{
	int64_t widest = 0;
	for (size_t i = 0; i + 1 < breaks->count; i++) {
		int64_t piece = fit_natural(&breaks->at[i], &breaks->at[i + 1]);
		piece += i == 0 ? p->style.indent : p->style.hang;
		if (piece > widest)
			widest = piece;
	}
	return (mpt)widest;
}

/* What is only tied may be parted. */
mpt text_least_width(const struct text_paragraph *p)
{
	if (!p->tied)
		return widest_gap(p, &p->breaks);
	struct arena *scratch = font_set_scratch(p->set);
	struct arena_mark mark = arena_mark(scratch);
	struct brks breaks;
	cuts_add(scratch, p, &p->breaks, BRK_TIED, -1, &breaks);
	mpt widest = widest_gap(p, &breaks);
	arena_rewind(scratch, mark);
	return widest;
}

mpt text_natural_width(const struct text_paragraph *p)
{
	int64_t widest = 0;
	for (size_t from = 0, i = 1; i < p->breaks.count; i++) {
		if (!p->breaks.at[i].forced)
			continue;
		int64_t line = fit_natural(&p->breaks.at[from], &p->breaks.at[i]);
		line += from == 0 ? p->style.indent : p->style.hang;
		if (line > widest)
			widest = line;
		from = i;
	}
	return (mpt)widest;
}

struct text_lines paragraph_break(struct arena *a, const struct text_paragraph *p, mpt width)
{
	struct arena *scratch = font_set_scratch(p->set);
	struct arena_mark mark = arena_mark(scratch);
	struct fit_result fit = fit_paragraph(scratch, p, width);
	struct text_line *lines = ARENA_ARRAY(a, struct text_line, fit.line_count);
	struct text_lines out = { .lines = lines, .count = fit.line_count };
	for (uint32_t i = 0, from = 0; i < fit.line_count; from = fit.chosen[i++]) {
		set_text_line(a, p, &fit.breaks[from], &fit.breaks[fit.chosen[i]], width, i == 0, &lines[i]);
		mpt whole = inside(&lines[i]) + width - fit_room(p, width, i == 0);
		out.width = whole > out.width ? whole : out.width;
	}
	out.over = p->style.max_lines && out.count > p->style.max_lines;
	arena_rewind(scratch, mark);
	return out;
}

struct text_line paragraph_line(struct arena *a, const struct text_paragraph *p)
{
	struct text_line line = { 0 };
	if (p->breaks.count < 2)
		return line;
	const struct brk *from = &p->breaks.at[0], *to = &p->breaks.at[p->breaks.count - 1];
	set_text_line(a, p, from, to, (mpt)fit_natural(from, to), true, &line);
	return line;
}
