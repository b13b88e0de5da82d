/* render: the glyphs a file uses, as embedded subsets with widths and ToUnicode. Every page
 * exists before anything is written, so glyphs are collected over the whole file first. */
#include "render/pdf_int.h"

#include "base/hash.h"

struct pdf_font *font_lookup(struct pdf *p, const struct font *f)
{
	if (p->font_hit < p->fonts.count && p->fonts.at[p->font_hit].font == f)
		return &p->fonts.at[p->font_hit];
	for (size_t i = 0; i < p->fonts.count; i++) {
		if (p->fonts.at[i].font == f) {
			p->font_hit = i;
			return &p->fonts.at[i];
		}
	}
	return NULL;
}

static struct pdf_font *font_added(struct pdf *p, const struct font *f)
{
	struct pdf_font *found = font_lookup(p, f);

	if (found)
		return found;
	found = vec_add(p->arena, &p->fonts);
	found->font = f;
	found->descriptor = font_descriptor(f);
	return found;
}

struct pdf_glyph *font_glyph(const struct pdf_font *f, uint16_t gid)
{
	return &f->glyphs.at[f->index[gid] - 1];
}

static struct pdf_glyph *glyph_added(struct pdf *p, struct pdf_font *f, uint16_t gid)
{
	if (gid >= f->room) {
		size_t room = f->room ? f->room : 256;
		while (room <= gid)
			room *= 2;
		f->index = arena_grow(p->arena, f->index, f->room * sizeof *f->index, room * sizeof *f->index);
		f->room = room;
	}
	if (f->index[gid])
		return font_glyph(f, gid);
	struct pdf_glyph *added = vec_add(p->arena, &f->glyphs);
	f->index[gid] = (uint16_t)f->glyphs.count;
	return added;
}

static bool comes_before(struct str a, struct str b)
{
	return a.len < b.len || (a.len == b.len && str_compare(a, b) < 0);
}

/* One glyph may serve several characters (a space and a no-break space): ToUnicode says the
 * shortest, then the smallest, whatever came first. The next one gets a code of its own where that
 * is possible; any others are told by ActualText. */
static void name_glyph(struct pdf_glyph *g, struct str text, bool guessed)
{
	bool better = !g->unicode.len || (g->guessed && !guessed);

	if (!text.len || (!g->guessed && guessed && g->unicode.len))
		return;
	if (!better && g->guessed == guessed)
		better = comes_before(text, g->unicode);
	if (better) {
		g->unicode = text;
		g->guessed = guessed;
	}
}

static void name_second(struct pdf_glyph *g, struct str text)
{
	size_t at = 0;

	if (!text.len || str_equal(text, g->unicode))
		return;
	utf8_next(text, &at);
	if (at == text.len && (!g->second.len || comes_before(text, g->second)))
		g->second = text;
}

/* A cluster of one glyph. */
static void name_alone(struct pdf_font *f, struct pdf_glyph *g, const struct pdf_cluster *c)
{
	struct str before = g->guessed ? (struct str){ 0 } : g->unicode;

	name_glyph(g, c->hyphen ? STR("-") : c->text, c->hyphen);
	if (f->descriptor.cff)
		return;
	f->seconds -= g->second.len > 0;
	name_second(g, c->text);
	name_second(g, before);
	f->seconds += g->second.len > 0;
}

/* A cluster of several glyphs: each takes its character by place, the last one for the rest. */
static void name_cluster(struct pdf *p, struct pdf_font *f, const struct page_text *t, const struct pdf_cluster *c)
{
	struct str text = c->hyphen ? STR("-") : c->text;
	size_t at = 0, start = 0;

	if (c->count == 1 && str_is(text, " ")) {
		f->has_space = true;
		f->space = t->glyphs[c->first].gid;
	}
	for (uint32_t i = 0; i < c->count; i++) {
		struct pdf_glyph *g = glyph_added(p, f, t->glyphs[c->first + i].gid);
		if (c->count == 1) {
			name_alone(f, g, c);
			continue;
		}
		if (at < text.len) {
			start = at;
			utf8_next(text, &at);
		}
		name_glyph(g, (struct str){ text.ptr + start, at - start }, true);
	}
}

static void collect_run(struct pdf *p, const struct page_text *t)
{
	struct pdf_font *f;
	struct pdf_cluster c;
	struct page_text run;

	if (!t->font || t->missing)
		return;
	f = font_added(p, t->font);
	run = run_ready(p->arena, t, RUN_SPACE_CUT, 0);
	for (uint32_t at = 0; cluster_next(p->arena, &run, &at, &c);)
		name_cluster(p, f, &run, &c);
}

void fonts_collect(struct pdf *p)
{
	for (size_t i = 0; i < p->pages->pages.count; i++) {
		struct page_items items = pdf_page_items(p, i);
		for (size_t k = 0; k < items.count; k++)
			if (items.at[k].kind == PAGE_TEXT)
				collect_run(p, &items.at[k].text);
	}
}

static size_t glyphs_used(struct pdf *p, const struct pdf_font *f, uint16_t **gids)
{
	size_t count = 0;

	*gids = ARENA_ARRAY(p->arena, uint16_t, f->glyphs.count);
	for (size_t i = 0; i < f->room; i++)
		if (f->index[i])
			(*gids)[count++] = (uint16_t)i;
	return count;
}

/* Codes rise with glyph ids, so one pass in that order writes W and ToUnicode sorted. */
static void put_widths(struct buf *b, const struct font_subset *s)
{
	buf_puts(b, "/W[");
	for (size_t i = 0; i < s->count; i++) {
		bool joined = i > 0 && s->codes[i] == s->codes[i - 1] + 1;
		if (!joined) {
			buf_puts(b, i ? "]" : "");
			put_int(b, s->codes[i]);
			buf_putc(b, '[');
		} else {
			buf_putc(b, ' ');
		}
		put_int(b, s->widths[i]);
	}
	buf_puts(b, s->count ? "]]" : "]");
}

static void put_code_hex(struct buf *b, uint16_t code)
{
	buf_printf(b, "<%04X>", code);
}

/* bfchar lists hold at most 100 entries. A glyph without any text (it cannot come from shaping)
 * is an object replacement: PDF/A wants every code mapped. */
static struct str to_unicode(struct pdf *p, const struct pdf_font *f, const uint16_t *gids, const struct font_subset *s)
{
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
		"1 begincodespacerange<0000><FFFF>endcodespacerange\n");
	for (size_t i = 0; i < s->count; i++) {
		const struct pdf_glyph *g = font_glyph(f, gids[i]);
		struct str text = g->second.len && s->codes[i] == g->second_code ? g->second : g->unicode;
		if (i % 100 == 0)
			buf_printf(&b, "%d beginbfchar\n", (int)(s->count - i < 100 ? s->count - i : 100));
		put_code_hex(&b, s->codes[i]);
		put_utf16_hex(&b, text.len ? text : STR("\xEF\xBF\xBC"));
		buf_putc(&b, '\n');
		if (i % 100 == 99 || i + 1 == s->count)
			buf_puts(&b, "endbfchar\n");
	}
	buf_puts(&b, "endcmap CMapName currentdict/CMap defineresource pop end end");
	return buf_str(&b);
}

/* Six letters from the subset itself: the same in every run, different for different subsets. */
static struct str subset_name(struct pdf *p, const struct pdf_font *f, const struct font_subset *s)
{
	uint8_t digest[32];
	char tag[7] = { 0 };

	hash_sha256(s->program, digest);
	for (size_t i = 0; i < 6; i++)
		tag[i] = (char)('A' + digest[i] % 26);
	return str_printf(p->arena, "%s+" STR_FMT, tag, STR_ARG(f->descriptor.name));
}

static HPDF_Dict program_object(struct pdf *p, const struct pdf_font *f, const struct font_subset *s)
{
	if (f->descriptor.cff)
		return pdf_stream_deflated(p, STR("/Subtype/CIDFontType0C"), s->program);
	return pdf_stream_deflated(p, str_printf(p->arena, "/Length1 %zu", s->program.len), s->program);
}

static int descriptor_flags(const struct font_descriptor *d)
{
	enum { FIXED = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
	return SYMBOLIC | (d->fixed_pitch ? FIXED : 0) | (d->serif ? SERIF : 0) | (d->italic ? ITALIC : 0);
}

static HPDF_Dict descriptor_object(struct pdf *p, const struct pdf_font *f, struct str name, HPDF_Dict program)
{
	const struct font_descriptor *d = &f->descriptor;
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/FontDescriptor/FontName");
	put_name(&b, name);
	buf_printf(&b, "/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d",
		descriptor_flags(d), d->bbox[0], d->bbox[1], d->bbox[2], d->bbox[3], d->italic_angle, d->ascent,
		d->descent, d->cap_height, d->stem_v);
	buf_puts(&b, d->cff ? "/FontFile3 " : "/FontFile2 ");
	put_ref(&b, pdf_number(program));
	return pdf_object_of(p, buf_str(&b));
}

/* Which glyph a code draws, where some are drawn by two. */
static HPDF_Dict glyphs_of_codes(struct pdf *p, const struct pdf_font *f, const uint16_t *gids, const struct font_subset *s)
{
	struct buf b = pdf_buf(p);

	for (size_t code = 0, i = 0; i < s->count; code++) {
		size_t gid = 0;
		if (s->codes[i] == code)
			gid = font_glyph(f, gids[i++])->code;
		buf_putc(&b, (char)(gid >> 8));
		buf_putc(&b, (char)(gid & 0xFF));
	}
	return pdf_stream_deflated(p, (struct str){ 0 }, buf_str(&b));
}

static HPDF_Dict cid_font_object(struct pdf *p, const struct pdf_font *f, struct str name, HPDF_Dict descriptor,
	const uint16_t *gids, const struct font_subset *s)
{
	HPDF_Dict drawn = f->seconds ? glyphs_of_codes(p, f, gids, s) : NULL;
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/Font/BaseFont");
	put_name(&b, name);
	buf_puts(&b, f->descriptor.cff ? "/Subtype/CIDFontType0" : "/Subtype/CIDFontType2/CIDToGIDMap ");
	if (drawn)
		put_ref(&b, pdf_number(drawn));
	else if (!f->descriptor.cff)
		buf_puts(&b, "/Identity");
	buf_puts(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ");
	put_ref(&b, pdf_number(descriptor));
	put_widths(&b, s);
	return pdf_object_of(p, buf_str(&b));
}

static HPDF_Dict font_object(struct pdf *p, const struct pdf_font *f, const uint16_t *gids, const struct font_subset *s)
{
	struct str name = subset_name(p, f, s);
	HPDF_Dict descriptor = descriptor_object(p, f, name, program_object(p, f, s));
	HPDF_Dict descendant = cid_font_object(p, f, name, descriptor, gids, s);
	HPDF_Dict unicode = pdf_stream_deflated(p, (struct str){ 0 }, to_unicode(p, f, gids, s));
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont");
	put_name(&b, f->descriptor.cff ? str_printf(p->arena, STR_FMT "-Identity-H", STR_ARG(name)) : name);
	buf_puts(&b, "/DescendantFonts[");
	put_ref(&b, pdf_number(descendant));
	buf_puts(&b, "]/ToUnicode ");
	put_ref(&b, pdf_number(unicode));
	return pdf_object_of(p, buf_str(&b));
}

/* Codes behind those of the glyphs, for what some of them serve besides. */
static void add_seconds(struct pdf *p, struct pdf_font *f, uint16_t **gids, struct font_subset *s)
{
	size_t count = s->count, all = count + f->seconds;
	uint16_t *codes = ARENA_ARRAY(p->arena, uint16_t, all), *widths = ARENA_ARRAY(p->arena, uint16_t, all);
	uint16_t *of = ARENA_ARRAY(p->arena, uint16_t, all);

	memcpy(codes, s->codes, count * sizeof *codes);
	memcpy(widths, s->widths, count * sizeof *widths);
	memcpy(of, *gids, count * sizeof *of);
	for (size_t i = 0; i < count; i++) {
		struct pdf_glyph *g = font_glyph(f, of[i]);
		if (!g->second.len)
			continue;
		g->second_code = codes[s->count] = (uint16_t)(codes[s->count - 1] + 1);
		widths[s->count] = g->width;
		of[s->count++] = of[i];
	}
	s->codes = codes;
	s->widths = widths;
	*gids = of;
}

static bool embed_font(struct pdf *p, struct pdf_font *f)
{
	struct font_subset s;
	uint16_t *gids;
	size_t count = glyphs_used(p, f, &gids);

	if (!font_make_subset(p->arena, f->font, gids, count, &s, p->diag))
		return false;
	for (size_t i = 0; i < count; i++) {
		font_glyph(f, gids[i])->code = s.codes[i];
		font_glyph(f, gids[i])->width = s.widths[i];
	}
	if (f->seconds)
		add_seconds(p, f, &gids, &s);
	f->dict = font_object(p, f, gids, &s);
	return true;
}

bool fonts_embed(struct pdf *p)
{
	bool good = true;

	for (size_t i = 0; i < p->fonts.count; i++)
		good = embed_font(p, &p->fonts.at[i]) && good;
	return good;
}
