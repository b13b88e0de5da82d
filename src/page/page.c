/* page: the pages as text, for golden files and for people. After flow, before render. */
#include "page/page_pack.h"

static const char *const tag_names[] = {
#define PAGE_TAG(id, name) name,
#include "page/page_tags.h"
#undef PAGE_TAG
};

const char *page_tag_name(enum page_tag_type type)
{
	return tag_names[type];
}

static void put_word(struct buf *b, const char *key, struct str value)
{
	if (!value.len)
		return;
	buf_printf(b, " %s ", key);
	buf_json(b, value);
}

static void put_length(struct buf *b, mpt length)
{
	buf_putc(b, ' ');
	buf_mpt(b, length);
}

static void put_colour(struct buf *b, const char *key, uint32_t colour)
{
	if (colour != PAGE_NO_COLOUR)
		buf_printf(b, " %s#%06X", key, (unsigned)colour);
}

/* Faces have no names here (that is text's): they are numbered by first use. */
struct faces {
	struct arena *arena;
	VEC(const struct font *) list;
};

static size_t face_number(struct faces *f, const struct font *font)
{
	for (size_t i = 0; i < f->list.count; i++)
		if (f->list.at[i] == font)
			return i;
	vec_push(f->arena, &f->list, font);
	return f->list.count - 1;
}

static void dump_text(struct buf *b, const struct page_item *item, struct faces *faces)
{
	const struct page_text *t = &item->text;

	buf_puts(b, " w");
	put_length(b, t->width);
	if (t->missing)
		buf_puts(b, " missing");
	else
		buf_printf(b, " face %zu", face_number(faces, t->font));
	put_length(b, t->size);
	put_colour(b, "", t->colour);
	buf_printf(b, " glyphs %u%s%s", (unsigned)t->glyph_count, t->hyphenated ? " hyphenated" : "",
		t->rtl ? " rtl" : "");
	if (t->figure >= 0)
		buf_printf(b, " figure %d", (int)t->figure);
	buf_putc(b, ' ');
	buf_json(b, t->text);
}

static void dump_look(struct buf *b, const struct page_shape *s)
{
	static const char *const dashes[] = { "", " dashed", " dotted" };

	put_colour(b, "fill ", s->fill);
	put_colour(b, "stroke ", s->stroke);
	if (s->stroke != PAGE_NO_COLOUR)
		put_length(b, s->line_width);
	buf_puts(b, dashes[s->dash]);
	buf_puts(b, s->hatch ? " hatch" : "");
}

static void dump_rect(struct buf *b, const struct page_item *item, struct faces *faces)
{
	(void)faces;
	put_length(b, item->shape.width);
	put_length(b, item->shape.height);
	dump_look(b, &item->shape);
}

static void dump_path(struct buf *b, const struct page_item *item, struct faces *faces)
{
	static const char letters[] = "MLCZ";
	static const int points[] = { 1, 1, 3, 0 };
	const struct page_shape *s = &item->shape;

	(void)faces;
	dump_look(b, s);
	for (uint32_t i = 0; i < s->segment_count; i++) {
		buf_printf(b, " %c", letters[s->segments[i].op]);
		for (int k = 0; k < points[s->segments[i].op]; k++) {
			put_length(b, s->segments[i].at[k].x);
			put_length(b, s->segments[i].at[k].y);
		}
	}
}

static void dump_image(struct buf *b, const struct page_item *item, struct faces *faces)
{
	(void)faces;
	put_length(b, item->image.width);
	put_length(b, item->image.height);
	buf_putc(b, ' ');
	buf_json(b, item->image.name);
}

static void dump_link(struct buf *b, const struct page_item *item, struct faces *faces)
{
	(void)faces;
	put_length(b, item->link.width);
	put_length(b, item->link.height);
	if (item->link.uri.len)
		put_word(b, "uri", item->link.uri);
	else
		buf_printf(b, " target %u", (unsigned)item->link.target - 1);
	put_word(b, "contents", item->link.contents);
}

static void dump_item(struct buf *b, const struct page_item *item, struct faces *faces)
{
	static const struct {
		const char *name;
		void (*dump)(struct buf *, const struct page_item *, struct faces *);
	} kinds[] = {
		[PAGE_TEXT] = { "text", dump_text },    [PAGE_RECT] = { "rect", dump_rect },
		[PAGE_PATH] = { "path", dump_path },    [PAGE_IMAGE] = { "image", dump_image },
		[PAGE_LINK] = { "link", dump_link },
	};
	static const char *const artifacts[] = { "", "artifact", "header", "footer", "repeat", "background", "overlay" };

	buf_printf(b, "  %s ", kinds[item->kind].name);
	if (item->tag >= 0)
		buf_printf(b, "tag %d", (int)item->tag);
	else
		buf_puts(b, artifacts[-item->tag]);
	put_length(b, item->x);
	put_length(b, item->y);
	kinds[item->kind].dump(b, item, faces);
	buf_putc(b, '\n');
}

const struct page_tag_words *page_tag_words(const struct page_tag *tag)
{
	static const struct page_tag_words none;

	return tag->words ? tag->words : &none;
}

struct page_tag_words *page_tag_say(struct arena *a, struct page_tag *tag)
{
	if (!tag->words)
		tag->words = ARENA_NEW(a, struct page_tag_words);
	return tag->words;
}

static int tag_depth(const struct pages *p, size_t i)
{
	int depth = 0;

	for (int32_t up = p->tags.at[i].parent; up >= 0; up = p->tags.at[up].parent)
		depth++;
	return depth;
}

static void dump_tag(struct buf *b, const struct pages *p, size_t i)
{
	static const char *const scopes[] = { "", " scope column", " scope row", " scope both" };
	static const char *const numberings[] = { "", " decimal", " disc" };
	const struct page_tag *t = &p->tags.at[i];
	const struct page_tag_words *w = page_tag_words(t);

	buf_printf(b, "%*s%s %zu%s%s", 2 * tag_depth(p, i) + 2, "", page_tag_name(t->type), i, scopes[t->scope],
		numberings[t->numbering]);
	if (t->column_span > 1 || t->row_span > 1)
		buf_printf(b, " span %ux%u", t->column_span ? t->column_span : 1u, t->row_span ? t->row_span : 1u);
	put_word(b, "id", w->id);
	put_word(b, "headers", w->headers);
	put_word(b, "alt", w->alt);
	put_word(b, "actual", w->actual);
	put_word(b, "lang", w->lang);
	put_word(b, "title", w->title);
	buf_putc(b, '\n');
}

static void dump_meta(struct buf *b, const struct page_meta *m)
{
	buf_puts(b, "document");
	put_word(b, "title", m->title);
	put_word(b, "author", m->author);
	put_word(b, "subject", m->subject);
	put_word(b, "keywords", m->keywords);
	put_word(b, "lang", m->lang);
	put_word(b, "date", m->date);
	put_word(b, "data", m->data_hash);
	buf_putc(b, '\n');
}

static void dump_ways(struct buf *b, const struct pages *p)
{
	for (size_t i = 0; i < p->targets.count; i++) {
		buf_printf(b, "target %zu page %u tag %d y", i, (unsigned)p->targets.at[i].page,
			(int)p->targets.at[i].tag);
		put_length(b, p->targets.at[i].y);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < p->bookmarks.count; i++) {
		buf_printf(b, "bookmark %*starget %u ", 2 * p->bookmarks.at[i].depth, "",
			(unsigned)p->bookmarks.at[i].target);
		buf_json(b, p->bookmarks.at[i].title);
		buf_putc(b, '\n');
	}
}

static void dump_data(struct buf *b, const struct pages *p)
{
	for (size_t i = 0; i < p->figures.count; i++) {
		buf_printf(b, "figure %zu", i);
		if (p->figures.at[i].page == UINT32_MAX)
			buf_puts(b, " unprinted ");
		else
			buf_printf(b, " page %u ", (unsigned)p->figures.at[i].page);
		buf_json(b, p->figures.at[i].text);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < p->attachments.count; i++) {
		const struct page_attachment *a = &p->attachments.at[i];
		buf_printf(b, "attachment " STR_FMT " " STR_FMT " %zu bytes", STR_ARG(a->relationship), STR_ARG(a->mime),
			a->deflated.len ? a->size : a->bytes.len);
		put_word(b, "name", a->name);
		put_word(b, "description", a->description);
		put_word(b, "date", a->date);
		buf_putc(b, '\n');
	}
}

void page_dump(const struct pages *p, struct buf *out)
{
	struct faces faces = { .arena = out->arena };

	dump_meta(out, &p->meta);
	buf_puts(out, "tags\n");
	for (size_t i = 0; i < p->tags.count; i++)
		dump_tag(out, p, i);
	for (size_t i = 0; i < p->pages.count; i++) {
		const struct page *page = &p->pages.at[i];
		buf_printf(out, "page %zu", i);
		put_length(out, page->width);
		put_length(out, page->height);
		put_word(out, "label", page->label);
		buf_putc(out, '\n');
		if (page->why)
			page_why_dump(page->why, out);
		struct page_items items = page_items(out->arena, p, i);
		for (size_t k = 0; k < items.count; k++)
			dump_item(out, &items.at[k], &faces);
	}
	dump_ways(out, p);
	dump_data(out, p);
}
