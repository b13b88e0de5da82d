/* Spans to a paragraph of shaped pieces: the arrow spans -> paragraph. */
#include "text/text_int.h"

#include <assert.h>
#include <unicode/uchar.h>

/* While a paragraph is made. */
struct prepare {
	struct arena *a;
	struct font_set *set;
	struct text_paragraph *p;
	struct diag *d;
	uint32_t script; /* of the word before: characters of no script follow it */
	uint32_t span;   /* index of the span at work */
	bool small;      /* see struct piece */
	bool missing;    /* some character was reported */
};

/* What stands in the analysed text for a box (a letter), a fill and a break. */
static const char stand_in[] = { [TEXT_BOX] = 'x', [TEXT_FILL] = '\t', [TEXT_BREAK] = '\n' };

static size_t span_length(const struct text_span *s)
{
	return s->kind == TEXT_CHARS ? s->text.len : 1;
}

static void put_chars(char *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		out[i] = text.ptr[i] == '\t' || text.ptr[i] == '\n' || text.ptr[i] == '\r' ? ' ' : text.ptr[i];
}

static void join_text(struct prepare *w)
{
	struct text_paragraph *p = w->p;
	uint32_t *starts = ARENA_ARRAY(w->a, uint32_t, p->span_count + 1);
	for (size_t i = 0; i < p->span_count; i++)
		starts[i + 1] = starts[i] + (uint32_t)span_length(&p->spans[i]);
	char *text = arena_alloc(w->a, (size_t)starts[p->span_count] + 1);
	for (size_t i = 0; i < p->span_count; i++) {
		if (p->spans[i].kind == TEXT_CHARS)
			put_chars(text + starts[i], p->spans[i].text);
		else
			text[starts[i]] = stand_in[p->spans[i].kind];
	}
	p->starts = starts;
	p->text = (struct str){ text, starts[p->span_count] };
}

static void find_languages(struct prepare *w)
{
	struct text_paragraph *p = w->p;
	uint16_t *langs = ARENA_ARRAY(w->a, uint16_t, p->span_count);
	for (size_t i = 0; i < p->span_count; i++)
		langs[i] = i && str_equal(p->spans[i].lang, p->spans[i - 1].lang)
				   ? langs[i - 1]
				   : language_index(w->set, p->spans[i].lang);
	p->langs = langs;
}

/* A line may end before a fill and never behind it; inside a span that forbids it only when nothing else fits. */
static void find_chances(struct prepare *w)
{
	struct text_paragraph *p = w->p;
	uint8_t *chances = arena_alloc(w->a, p->text.len + 1);
	chances_find(w->set, p->langs[0], p->text, true, chances);
	p->tied = ties_find(p, chances);
	for (size_t i = 0; i < p->span_count; i++) {
		if (p->spans[i].kind == TEXT_FILL) {
			chances[p->starts[i]] = p->starts[i] > 0 ? CHANCE_ALLOWED : CHANCE_NONE;
			chances[p->starts[i + 1]] = CHANCE_NONE;
		}
		if (!(p->spans[i].flags & TEXT_NO_BREAK))
			continue;
		for (uint32_t at = p->starts[i] + 1; at < p->starts[i + 1]; at++)
			if (chances[at] != CHANCE_NONE)
				chances[at] = CHANCE_SUPPRESSED;
	}
	p->chances = chances;
}

/* Characters that may read from right to left, and the controls that ask for it. */
static bool turns(uint32_t c)
{
	return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
	       (c >= 0x1E800 && c <= 0x1EFFF) || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static bool has_turns(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		if ((uint8_t)text.ptr[i] < 0xD6)
			i++; /* below U+0580, or the middle of such a character */
		else if (turns(utf8_next(text, &i)))
			return true;
	}
	return false;
}

/* The text as UTF-16 with, for each unit, the byte it came from. Boxes are neutral, fills separate. */
static int32_t to_utf16(const struct text_paragraph *p, UChar *units, uint32_t *bytes)
{
	int32_t count = 0;
	size_t span = 0;
	for (size_t i = 0; i < p->text.len;) {
		while (i >= p->starts[span + 1])
			span++;
		uint32_t from = (uint32_t)i, c = utf8_next(p->text, &i);
		if (p->spans[span].kind == TEXT_BOX)
			c = 0xFFFC;
		bytes[count] = from;
		if (c > 0xFFFF) {
			units[count++] = (UChar)(0xD7C0 + (c >> 10));
			bytes[count] = from;
			c = 0xDC00 + (c & 0x3FF);
		}
		units[count++] = (UChar)c;
	}
	return count;
}

static bool carries_marks(UCharDirection d)
{
	return d != U_LEFT_TO_RIGHT_EMBEDDING && d != U_LEFT_TO_RIGHT_OVERRIDE &&
	       d != U_RIGHT_TO_LEFT_EMBEDDING && d != U_RIGHT_TO_LEFT_OVERRIDE && d != U_POP_DIRECTIONAL_FORMAT &&
	       d < U_FIRST_STRONG_ISOLATE;
}

/* A mark goes where the bracket goes that it stands on (UAX 9, N0), which ICU leaves out. */
static void level_marks(struct str text, uint8_t *levels)
{
	UCharDirection before = U_POP_DIRECTIONAL_FORMAT;
	uint8_t level = 0;
	for (size_t i = 0, next = 0; i < text.len; i = next) {
		UCharDirection d = u_charDirection((UChar32)utf8_next(text, &next));
		if (d == U_DIR_NON_SPACING_MARK && carries_marks(before))
			memset(levels + i, level, next - i);
		else if (d != U_BOUNDARY_NEUTRAL)
			before = d, level = levels[i];
	}
}

static void find_levels(struct prepare *w)
{
	struct text_paragraph *p = w->p;
	bool rtl = p->style.flags & TEXT_RTL;
	if (!rtl && !has_turns(p->text))
		return;
	struct arena *scratch = &w->set->scratch;
	UChar *units = ARENA_ARRAY(scratch, UChar, p->text.len * 2 + 1);
	uint32_t *bytes = ARENA_ARRAY(scratch, uint32_t, p->text.len * 2 + 1);
	int32_t count = to_utf16(p, units, bytes);
	UErrorCode error = U_ZERO_ERROR;
	if (!w->set->bidi)
		w->set->bidi = ubidi_open();
	ubidi_setPara(w->set->bidi, units, count, rtl ? 1 : 0, NULL, &error);
	const UBiDiLevel *levels = count ? ubidi_getLevels(w->set->bidi, &error) : NULL;
	if (U_FAILURE(error) || !levels)
		return;
	uint8_t *out = arena_alloc(w->a, p->text.len + 1);
	for (int32_t i = 0; i < count; i++)
		for (uint32_t at = bytes[i]; at < (i + 1 < count ? bytes[i + 1] : p->text.len); at++)
			out[at] = levels[i];
	level_marks(p->text, out);
	p->levels = out;
}

static uint8_t level_at(const struct text_paragraph *p, uint32_t at)
{
	return p->levels ? p->levels[at] : 0;
}

static struct piece *piece_add(struct prepare *w, enum piece_kind kind, uint32_t start, uint32_t end)
{
	struct piece *piece = vec_add(&w->set->scratch, &w->p->pieces);
	*piece = (struct piece){ .kind = (uint8_t)kind, .level = level_at(w->p, start), .span = w->span,
		.start = start, .end = end, .small = w->small };
	return piece;
}

static struct str piece_bytes(const struct prepare *w, uint32_t start, uint32_t end)
{
	return (struct str){ w->p->text.ptr + start, end - start };
}

static struct shape_key key_of(const struct prepare *w, const struct font *font, uint32_t start)
{
	const struct text_span *s = &w->p->spans[w->span];
	return (struct shape_key){
		.font = font,
		.script = w->script,
		.lang = w->p->langs[w->span],
		.features = (uint8_t)((s->flags & SHAPE_FLAGS) | (s->tracking ? SHAPE_NO_LIGATURES : 0) |
					(w->small ? SHAPE_CAPITALS : 0)),
		.rtl = level_at(w->p, start) & 1,
	};
}

static void shaped_add(struct prepare *w, enum piece_kind kind, const struct shaped *shaped, uint32_t start,
	uint32_t end)
{
	const struct text_span *s = &w->p->spans[w->span];
	struct piece *piece = piece_add(w, kind, start, end);
	struct slice all = { shaped, 0, end - start, 0 };
	piece->shaped = shaped;
	piece->width = cuts_slice_width(&all, scale_factor(shaped->key.font, piece_size(w->p, piece)), s->tracking);
}

/* The first face that has all of a grapheme cluster; NULL when none has. */
static const struct font *face_for(struct prepare *w, uint32_t start, uint32_t end)
{
	const struct text_span *s = &w->p->spans[w->span];
	for (size_t i = 0; i < s->font_count; i++) {
		struct shape_key key = key_of(w, s->fonts[i], start);
		if (!words_shape(w->set, &key, piece_bytes(w, start, end))->missing)
			return s->fonts[i];
	}
	return NULL;
}

static bool any_has(const struct text_span *s, uint32_t c)
{
	for (size_t i = 0; i < s->font_count; i++)
		if (font_has(s->fonts[i], c))
			return true;
	return false;
}

static void report_one(struct prepare *w, uint32_t c)
{
	const struct text_span *s = &w->p->spans[w->span];
	diag_add_once(w->d, DIAG_GLYPH_MISSING, c, s->pos, "no glyph for U+%04X in '" STR_FMT "'%s; drawing a box", c,
		STR_ARG(s->fonts[0]->name), s->font_count > 1 ? " or its fallbacks" : "");
}

/* Reports what of a cluster no face has; its first character when each is somewhere, but not all in one face. */
static void report(struct prepare *w, struct str cluster)
{
	const struct text_span *s = &w->p->spans[w->span];
	size_t at = 0, found = 0;
	while (at < cluster.len) {
		uint32_t c = utf8_next(cluster, &at);
		if (u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || any_has(s, c))
			continue;
		report_one(w, c);
		found++;
	}
	at = 0;
	if (!found)
		report_one(w, utf8_next(cluster, &at));
}

/* A character no face has is a box of three fifths of an em. */
static void missing_add(struct prepare *w, uint32_t start, uint32_t end)
{
	const struct text_span *s = &w->p->spans[w->span];
	struct piece *piece = piece_add(w, PIECE_MISSING, start, end);
	piece->width = mpt_scale(piece_size(w->p, piece), 3, 5) + s->tracking;
	report(w, piece_bytes(w, start, end));
	w->missing = true;
}

static void run_add(struct prepare *w, enum piece_kind kind, const struct font *font, uint32_t start, uint32_t end)
{
	if (start == end)
		return;
	struct shape_key key = key_of(w, font, start);
	shaped_add(w, kind, words_shape(w->set, &key, piece_bytes(w, start, end)), start, end);
}

/* The end of the grapheme cluster at start. */
static uint32_t cluster_end(struct prepare *w, uint32_t start, uint32_t end)
{
	return (uint32_t)ubrk_following(w->set->graphemes, (int32_t)start) < end
		       ? (uint32_t)ubrk_following(w->set->graphemes, (int32_t)start)
		       : end;
}

/* A soft hyphen or a direction mark shows nothing: it must not part a word's face from itself. */
static bool is_mute(struct str cluster)
{
	for (size_t at = 0; at < cluster.len;)
		if (!u_hasBinaryProperty((UChar32)utf8_next(cluster, &at), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			return false;
	return true;
}

static void fall_back(struct prepare *w, enum piece_kind kind, uint32_t start, uint32_t end, UText *source)
{
	UErrorCode error = U_ZERO_ERROR;
	const struct font *run = NULL;
	uint32_t run_start = start;
	if (!w->set->graphemes)
		w->set->graphemes = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &error);
	utext_openUTF8(source, w->p->text.ptr, (int64_t)w->p->text.len, &error);
	ubrk_setUText(w->set->graphemes, source, &error);
	assert(U_SUCCESS(error)); /* ICU's data is part of the library */
	for (uint32_t at = start, next; at < end; at = next) {
		next = cluster_end(w, at, end);
		const struct font *face = run && is_mute(piece_bytes(w, at, next)) ? run : face_for(w, at, next);
		if (run && face != run)
			run_add(w, kind, run, run_start, at);
		if (face != run)
			run_start = at;
		if (!face)
			missing_add(w, at, next);
		run = face;
	}
	if (run)
		run_add(w, kind, run, run_start, end);
}

/* One word or run of spaces, in the span's face where that has it all. */
static void add_shaped(struct prepare *w, enum piece_kind kind, uint32_t start, uint32_t end)
{
	struct shape_key key = key_of(w, w->p->spans[w->span].fonts[0], start);
	const struct shaped *shaped = words_shape(w->set, &key, piece_bytes(w, start, end));
	if (!shaped->missing) {
		shaped_add(w, kind, shaped, start, end);
		return;
	}
	UText source = UTEXT_INITIALIZER;
	fall_back(w, kind, start, end, &source);
	utext_close(&source);
}

/* Bytes of a space at `at`: 1 for an ordinary one, 2 for a no-break space, 0 for none. */
static uint32_t space_at(struct str text, uint32_t at)
{
	if (text.ptr[at] == ' ')
		return 1;
	return at + 1 < text.len && (uint8_t)text.ptr[at] == 0xC2 && (uint8_t)text.ptr[at + 1] == 0xA0 ? 2 : 0;
}

/* Characters at which a line must end stand for breaks. */
static bool ends_line(uint32_t c)
{
	return c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Words of scripts without spaces are cut where a line may end, so that a page of them isn't one word. */
static bool parts(const struct prepare *w, uint32_t at, uint32_t last)
{
	return w->p->chances[at] && last >= 0xE00 && (last < 0x2000 || last > 0x206F);
}

static bool has_script(uint32_t script)
{
	return script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN;
}

enum { PIECE_MOST = 512 }; /* bytes: no word is longer; what is would be measured again for each of its lines */

/* Between two letters or digits, so that no cluster is parted. */
static bool too_long(uint32_t start, uint32_t at, uint32_t last, uint32_t c)
{
	return at - start >= PIECE_MOST && u_isalnum((UChar32)last) && u_isalnum((UChar32)c);
}

/* The end of the word at start: before a space, another script or direction. Sets the script at work. */
static uint32_t word_end(struct prepare *w, uint32_t start, uint32_t end)
{
	struct str text = { w->p->text.ptr, end };
	uint32_t script = 0, last = 0, at = start;
	while (at < end && !space_at(text, at)) {
		if (at > start && (level_at(w->p, at) != level_at(w->p, start) || parts(w, at, last)))
			break;
		size_t next = at;
		uint32_t c = (uint8_t)text.ptr[at];
		uint32_t own = HB_SCRIPT_COMMON;
		if (c < 128)
			own = (c | 32) >= 'a' && (c | 32) <= 'z' ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON, next++;
		else
			c = utf8_next(text, &next), own = hb_unicode_script(hb_unicode_funcs_get_default(), c);
		if (ends_line(c) || (script && has_script(own) && own != script) || too_long(start, at, last, c))
			break;
		if (has_script(own))
			script = own;
		last = c;
		at = (uint32_t)next;
	}
	if (script)
		w->script = script;
	return at;
}

/* Between words of another script the space is that of their face. */
static void add_space(struct prepare *w, uint32_t start, uint32_t end)
{
	const struct piece *last = w->p->pieces.count ? &w->p->pieces.at[w->p->pieces.count - 1] : NULL;
	bool follows = last && last->kind == PIECE_WORD && last->span == w->span && last->level == level_at(w->p, start);
	const struct font *face = follows ? last->shaped->key.font : NULL;
	if (face && face != w->p->spans[w->span].fonts[0] && w->script != HB_SCRIPT_LATIN && font_has(face, ' ') &&
	    (w->p->text.ptr[start] == ' ' || font_has(face, 0xA0)))
		run_add(w, PIECE_SPACE, face, start, end);
	else
		add_shaped(w, PIECE_SPACE, start, end);
}

static bool draws_small_caps(const struct text_span *s)
{
	return s->flags & TEXT_SMALL_CAPS && !font_small_caps(s->fonts[0]);
}

/* The end of the letters at start that are small, or not; marks and what is unseen go with their letter. */
static uint32_t case_end(struct str text, uint32_t start, bool *small)
{
	size_t at = start, next = start;
	*small = u_islower((UChar32)utf8_next(text, &next));
	for (at = next; at < text.len; at = next) {
		UChar32 c = (UChar32)utf8_next(text, &next);
		if (u_islower(c) != *small && !u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) &&
		    !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			break;
	}
	return (uint32_t)at;
}

static void add_cases(struct prepare *w, uint32_t start, uint32_t end)
{
	struct str text = { w->p->text.ptr, end };
	for (uint32_t at = start, next; at < end; at = next) {
		next = case_end(text, at, &w->small);
		add_shaped(w, PIECE_WORD, at, next);
	}
	w->small = false;
}

static void add_word(struct prepare *w, uint32_t start, uint32_t end)
{
	size_t first = w->p->pieces.count;
	uint32_t before = start;
	while (before > 0 && ((uint8_t)w->p->text.ptr[--before] & 0xC0) == 0x80)
		;
	size_t at = before;
	bool gap = start > 0 && parts(w, start, utf8_next(w->p->text, &at));
	if (draws_small_caps(&w->p->spans[w->span]))
		add_cases(w, start, end);
	else
		add_shaped(w, PIECE_WORD, start, end);
	/* Korean has spaces, though a line may end inside its words too */
	if (gap && w->script != HB_SCRIPT_HANGUL && w->p->pieces.count > first)
		w->p->pieces.at[first].gap = true;
}

static void add_chars(struct prepare *w, uint32_t start, uint32_t end)
{
	struct str text = { w->p->text.ptr, end };
	for (uint32_t at = start, next; at < end; at = next) {
		uint32_t space = space_at(text, at);
		next = at;
		if (space) {
			while (next < end && space_at(text, next) == space && level_at(w->p, next) == level_at(w->p, at))
				next += space;
			size_t first = w->p->pieces.count;
			add_space(w, at, next);
			for (size_t i = first; i < w->p->pieces.count; i++)
				w->p->pieces.at[i].fixed = space == 2;
			continue;
		}
		next = word_end(w, at, end);
		if (next > at) {
			add_word(w, at, next);
			continue;
		}
		size_t behind = at;
		utf8_next(text, &behind);
		next = (uint32_t)behind;
		piece_add(w, PIECE_BREAK, at, next);
	}
}

static void add_span(struct prepare *w)
{
	static const uint8_t kinds[] = { [TEXT_BOX] = PIECE_BOX, [TEXT_FILL] = PIECE_FILL, [TEXT_BREAK] = PIECE_BREAK };
	const struct text_span *s = &w->p->spans[w->span];
	uint32_t start = w->p->starts[w->span], end = w->p->starts[w->span + 1];
	if (s->kind == TEXT_CHARS) {
		add_chars(w, start, end);
		return;
	}
	struct piece *piece = piece_add(w, kinds[s->kind], start, end);
	piece->width = s->kind == TEXT_BOX ? s->width : 0;
}

/* Arrays that grew in scratch move to the arena in their size. */
static void keep(struct arena *a, struct text_paragraph *p)
{
	p->pieces.at = arena_copy(a, p->pieces.at, p->pieces.count * sizeof *p->pieces.at);
	p->pieces.room = p->pieces.count;
	p->breaks.at = arena_copy(a, p->breaks.at, p->breaks.count * sizeof *p->breaks.at);
	p->breaks.room = p->breaks.count;
}

bool paragraph_make(struct arena *a, struct font_set *set, const struct text_span *spans, size_t count,
	const struct text_style *style, struct text_paragraph *p, struct diag *d)
{
	struct arena *scratch = font_set_scratch(set);
	struct arena_mark mark = arena_mark(scratch);
	struct prepare w = { .a = a, .set = set, .p = p, .d = d, .script = HB_SCRIPT_LATIN };
	*p = (struct text_paragraph){ .set = set, .spans = spans, .span_count = count, .style = *style };
	join_text(&w);
	if (count) {
		find_languages(&w);
		find_chances(&w);
		find_levels(&w);
	}
	for (w.span = 0; w.span < count; w.span++)
		add_span(&w);
	font_set_report(set, d);
	cuts_ordinary(scratch, p, &p->breaks);
	keep(a, p);
	arena_rewind(scratch, mark);
	return !w.missing;
}
