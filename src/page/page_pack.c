/* Pages, flow to render: finished items as bytes and back. Numbers are of variable length, seven bits a byte, lowest first;
 * places, texts and tags are told as the difference to the item before. */
#include "page/page_pack.h"

#include "base/addresses.h"
#include "text/text.h"

enum { CHUNK = 64 * 1024, PACKED_MOST = 1024 * 1024 * 1024 };

/* Of an item's first byte, beside its kind. */
enum { ITEM_KIND = 7, ITEM_HYPHENATED = 8, ITEM_MISSING = 16, ITEM_RTL = 32, ITEM_PLAIN = 64 /* a glyph a byte of text, none moved */ };

struct page_style {
	const struct font *font;
	mpt size;
	uint32_t colour;
};
struct page_glyph {
	uint16_t gid;
	mpt advance;
};

struct page_packer {
	struct arena *arena;
	VEC(struct page_style) styles;
	VEC(const struct source *) sources;
	VEC(struct page_glyph) glyphs;
	struct addresses by_glyph; /* glyph and advance in one number -> index + 1 in glyphs */
	struct buf bytes;          /* being written */
	unsigned char *room;       /* where finished bytes go */
	size_t left;               /* of it */
};

/* Bytes of a page, in the order they were packed. */
struct page_packed {
	const unsigned char *bytes;
	struct page_packed *next;
};

struct last { /* what the next item differs from */
	int64_t tag, x, y, offset, text, figure;
};

struct page_packer *page_packer_new(struct arena *a)
{
	struct page_packer *p = ARENA_NEW(a, struct page_packer);

	p->arena = a;
	buf_init(&p->bytes, a, PACKED_MOST);
	return p;
}

/* ---- writing ---- */

static void put_count(struct page_packer *p, uint64_t n)
{
	for (; n > 127; n >>= 7)
		buf_putc(&p->bytes, (char)(n | 128));
	buf_putc(&p->bytes, (char)n);
}

static void put_number(struct page_packer *p, int64_t n)
{
	put_count(p, (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0));
}

static void put_step(struct page_packer *p, int64_t n, int64_t *last)
{
	put_number(p, n - *last);
	*last = n;
}

static void put_text(struct page_packer *p, struct str text, struct last *last)
{
	put_count(p, text.len);
	if (text.len)
		put_step(p, (int64_t)(intptr_t)text.ptr, &last->text);
}

static void put_style(struct page_packer *p, const struct page_text *t)
{
	size_t i = 0;

	while (i < p->styles.count && (p->styles.at[i].font != t->font || p->styles.at[i].size != t->size ||
		p->styles.at[i].colour != t->colour))
		i++;
	if (i == p->styles.count)
		vec_push(p->arena, &p->styles, ((struct page_style){ t->font, t->size, t->colour }));
	put_count(p, i);
}

static void put_source(struct page_packer *p, const struct source *source)
{
	size_t i = 0;

	while (i < p->sources.count && p->sources.at[i] != source)
		i++;
	if (i == p->sources.count)
		vec_push(p->arena, &p->sources, source);
	put_count(p, i);
}

static void put_glyph(struct page_packer *p, const struct text_glyph *g)
{
	const void *key = (const void *)(uintptr_t)((uint64_t)g->gid << 40 ^ (uint64_t)(uint32_t)g->advance << 3);
	uint32_t known = address_lookup(&p->by_glyph, key);

	if (!known) {
		vec_push(p->arena, &p->glyphs, ((struct page_glyph){ g->gid, g->advance }));
		known = (uint32_t)p->glyphs.count;
		address_put(p->arena, &p->by_glyph, key, known);
	}
	put_count(p, known - 1);
}

static bool is_plain(const struct page_text *t)
{
	for (uint32_t i = 0; i < t->glyph_count; i++)
		if (t->glyphs[i].cluster != i || t->glyphs[i].dx || t->glyphs[i].dy)
			return false;
	return true;
}

static void put_page_text(struct page_packer *p, const struct page_text *t, bool plain, struct last *last)
{
	int64_t cluster = -1;

	put_style(p, t);
	put_text(p, t->text, last);
	put_step(p, t->figure, &last->figure);
	put_number(p, t->width);
	put_count(p, t->glyph_count);
	for (uint32_t i = 0; i < t->glyph_count; i++) {
		put_glyph(p, &t->glyphs[i]);
		if (plain)
			continue;
		put_step(p, t->glyphs[i].cluster, &cluster);
		put_number(p, t->glyphs[i].dx);
		put_number(p, t->glyphs[i].dy);
	}
}

static void put_shape(struct page_packer *p, const struct page_shape *s, struct last *last)
{
	put_count(p, s->fill);
	put_count(p, s->stroke);
	put_number(p, s->line_width);
	put_count(p, (uint64_t)s->dash << 1 | s->hatch);
	put_number(p, s->width);
	put_number(p, s->height);
	put_count(p, s->segment_count);
	for (uint32_t i = 0; i < s->segment_count; i++) {
		put_count(p, s->segments[i].op);
		for (int k = 0; k < 3; k++) {
			put_number(p, s->segments[i].at[k].x - last->x);
			put_number(p, s->segments[i].at[k].y - last->y);
		}
	}
}

static void put_image(struct page_packer *p, const struct page_image *image, struct last *last)
{
	put_text(p, image->file, last);
	put_text(p, image->name, last);
	put_number(p, image->width);
	put_number(p, image->height);
}

static void put_link(struct page_packer *p, const struct page_link *link, struct last *last)
{
	put_number(p, link->width);
	put_number(p, link->height);
	put_text(p, link->uri, last);
	put_count(p, link->target);
	put_text(p, link->contents, last);
}

static unsigned flags_of(const struct page_item *item)
{
	const struct page_text *t = &item->text;

	if (item->kind != PAGE_TEXT)
		return 0;
	return (t->hyphenated ? ITEM_HYPHENATED : 0) | (t->missing ? ITEM_MISSING : 0) | (t->rtl ? ITEM_RTL : 0) |
		(is_plain(t) ? ITEM_PLAIN : 0);
}

static void put_item(struct page_packer *p, const struct page_item *item, struct last *last)
{
	unsigned flags = flags_of(item);

	put_count(p, item->kind | flags);
	put_step(p, item->tag, &last->tag);
	put_step(p, item->x, &last->x);
	put_step(p, item->y, &last->y);
	put_source(p, item->pos.source);
	put_step(p, item->pos.offset, &last->offset);
	switch (item->kind) {
	case PAGE_TEXT: put_page_text(p, &item->text, flags & ITEM_PLAIN, last); break;
	case PAGE_RECT:
	case PAGE_PATH: put_shape(p, &item->shape, last); break;
	case PAGE_IMAGE: put_image(p, &item->image, last); break;
	default: put_link(p, &item->link, last); break;
	}
}

/* Bytes stand right behind each other: most pieces are short. */
static const unsigned char *stored(struct page_packer *p)
{
	size_t size = p->bytes.len;

	if (size > p->left) {
		p->left = size > CHUNK ? size : CHUNK;
		p->room = arena_alloc(p->arena, p->left);
	}
	unsigned char *at = memcpy(p->room, p->bytes.ptr, size);
	p->room += size;
	p->left -= size;
	p->bytes.len = 0;
	return at;
}

const unsigned char *page_pack_items(struct page_packer *p, const struct page_item *items, size_t count)
{
	struct last last = { 0 };

	put_count(p, count);
	for (size_t i = 0; i < count; i++)
		put_item(p, &items[i], &last);
	return stored(p);
}

/* ---- reading ---- */

struct packed {
	const struct page_packer *packer;
	struct arena *arena;
	const unsigned char *at;
	struct last last;
};

static uint64_t get_count(struct packed *p)
{
	uint64_t n = 0;
	unsigned shift = 0;

	for (; *p->at > 127; shift += 7)
		n |= (uint64_t)(*p->at++ & 127) << shift;
	return n | (uint64_t)*p->at++ << shift;
}

static int64_t get_number(struct packed *p)
{
	uint64_t n = get_count(p);

	return (int64_t)(n >> 1 ^ (n & 1 ? UINT64_MAX : 0));
}

static mpt get_length(struct packed *p)
{
	return (mpt)get_number(p);
}

static int64_t get_step(struct packed *p, int64_t *last)
{
	return *last += get_number(p);
}

static struct str get_text(struct packed *p)
{
	size_t len = (size_t)get_count(p);

	return len ? (struct str){ (const char *)(intptr_t)get_step(p, &p->last.text), len } : (struct str){ 0 };
}

static void get_glyphs(struct packed *p, struct text_glyph *to, uint32_t count, bool plain)
{
	int64_t cluster = -1;

	for (uint32_t i = 0; i < count; i++) {
		const struct page_glyph *g = &p->packer->glyphs.at[get_count(p)];
		to[i] = (struct text_glyph){ .gid = g->gid, .cluster = i, .advance = g->advance };
		if (plain)
			continue;
		to[i].cluster = (uint32_t)get_step(p, &cluster);
		to[i].dx = get_length(p);
		to[i].dy = get_length(p);
	}
}

static void get_page_text(struct packed *p, struct page_text *t, unsigned flags)
{
	const struct page_style *style = &p->packer->styles.at[get_count(p)];

	t->font = style->font;
	t->size = style->size;
	t->colour = style->colour;
	t->text = get_text(p);
	t->figure = (int32_t)get_step(p, &p->last.figure);
	t->width = get_length(p);
	t->hyphenated = flags & ITEM_HYPHENATED;
	t->missing = flags & ITEM_MISSING;
	t->rtl = flags & ITEM_RTL;
	t->glyph_count = (uint32_t)get_count(p);
	struct text_glyph *glyphs = ARENA_ARRAY(p->arena, struct text_glyph, t->glyph_count);
	get_glyphs(p, glyphs, t->glyph_count, flags & ITEM_PLAIN);
	t->glyphs = glyphs;
}

static void get_segments(struct packed *p, struct page_segment *to, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		to[i].op = (uint8_t)get_count(p);
		for (int k = 0; k < 3; k++) {
			to[i].at[k].x = (mpt)(p->last.x + get_number(p));
			to[i].at[k].y = (mpt)(p->last.y + get_number(p));
		}
	}
}

static void get_shape(struct packed *p, struct page_shape *s)
{
	s->fill = (uint32_t)get_count(p);
	s->stroke = (uint32_t)get_count(p);
	s->line_width = get_length(p);
	uint64_t drawn = get_count(p);
	s->dash = (uint8_t)(drawn >> 1);
	s->hatch = drawn & 1;
	s->width = get_length(p);
	s->height = get_length(p);
	s->segment_count = (uint32_t)get_count(p);
	if (!s->segment_count)
		return;
	struct page_segment *segments = ARENA_ARRAY(p->arena, struct page_segment, s->segment_count);
	get_segments(p, segments, s->segment_count);
	s->segments = segments;
}

static void get_image(struct packed *p, struct page_image *image)
{
	image->file = get_text(p);
	image->name = get_text(p);
	image->width = get_length(p);
	image->height = get_length(p);
}

static void get_link(struct packed *p, struct page_link *link)
{
	link->width = get_length(p);
	link->height = get_length(p);
	link->uri = get_text(p);
	link->target = (uint32_t)get_count(p);
	link->contents = get_text(p);
}

static void get_item(struct packed *p, struct page_item *item)
{
	unsigned first = (unsigned)get_count(p);

	item->kind = first & ITEM_KIND;
	item->tag = (int32_t)get_step(p, &p->last.tag);
	item->x = (mpt)get_step(p, &p->last.x);
	item->y = (mpt)get_step(p, &p->last.y);
	item->pos.source = p->packer->sources.at[get_count(p)];
	item->pos.offset = (uint32_t)get_step(p, &p->last.offset);
	switch (item->kind) {
	case PAGE_TEXT: get_page_text(p, &item->text, first); break;
	case PAGE_RECT:
	case PAGE_PATH: get_shape(p, &item->shape); break;
	case PAGE_IMAGE: get_image(p, &item->image); break;
	default: get_link(p, &item->link); break;
	}
}

void page_unpack_items(struct arena *a, const struct page_packer *packer, const unsigned char *bytes, struct page *page)
{
	struct packed p = { .packer = packer, .arena = a, .at = bytes };

	for (size_t count = (size_t)get_count(&p); count; count--)
		get_item(&p, vec_add(a, &page->items));
}

/* ---- pages ---- */

void page_pack(struct page_packer *p, struct page *page)
{
	struct page_packed **link = &page->packed;

	while (*link)
		link = &(*link)->next;
	*link = ARENA_NEW(p->arena, struct page_packed);
	(*link)->bytes = page_pack_items(p, page->items.at, page->items.count);
	memset(&page->items, 0, sizeof page->items);
}

/* What was packed stands before what came later. */
static struct page unpacked(struct arena *a, const struct pages *pages, const struct page *page)
{
	struct page out = { 0 };

	for (const struct page_packed *packed = page->packed; packed; packed = packed->next)
		page_unpack_items(a, pages->packer, packed->bytes, &out);
	for (size_t i = 0; i < page->items.count; i++)
		vec_push(a, &out.items, page->items.at[i]);
	return out;
}

void page_unpack(struct arena *a, struct pages *pages, size_t index)
{
	struct page *page = &pages->pages.at[index];

	if (!page->packed)
		return;
	struct page items = unpacked(a, pages, page);
	page->items.at = items.items.at;
	page->items.count = items.items.count;
	page->items.room = items.items.room;
	page->packed = NULL;
}

struct page_items page_items(struct arena *a, const struct pages *pages, size_t index)
{
	const struct page *page = &pages->pages.at[index];
	struct page items = page->packed ? unpacked(a, pages, page) : *page;

	return (struct page_items){ items.items.at, items.items.count };
}
