/* render: a page's items as its content stream: marked content, text. Shapes and images are pdf_shapes.c's. */
#include "render/pdf_int.h"

/* By -enum page_artifact. */
static const char *const artifacts[] = {
	NULL,
	"/Artifact<</Type/Layout>>BDC\n",
	"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
	"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
	"/Artifact<</Type/Pagination>>BDC\n",
	"/Artifact<</Type/Background>>BDC\n",
};

static void end_text(struct pdf_content *c)
{
	if (c->in_text)
		buf_puts(&c->out, "ET\n");
	c->in_text = false;
}

static void begin_text(struct pdf_content *c)
{
	if (c->in_text)
		return;
	buf_puts(&c->out, "BT\n");
	c->in_text = true;
	c->line_x = c->line_y = 0;
}

static void end_mark(struct pdf_content *c)
{
	end_text(c);
	if (c->tag != PDF_NO_TAG)
		buf_puts(&c->out, "EMC\n");
	c->tag = PDF_NO_TAG;
}

/* Neighbours of one tag share one piece of marked content. */
static void begin_mark(struct pdf_content *c, int32_t tag)
{
	struct pdf *p = c->pdf;

	if (c->tag == tag)
		return;
	end_mark(c);
	c->tag = tag;
	if (tag < 0) {
		buf_puts(&c->out, artifacts[-tag]);
		return;
	}
	buf_putc(&c->out, '/');
	buf_puts(&c->out, page_tag_name(p->pages->tags.at[tag].type));
	buf_puts(&c->out, "<</MCID ");
	put_int(&c->out, c->mcids);
	buf_puts(&c->out, ">>BDC\n");
	vec_push(p->arena, &p->marks, ((struct pdf_mark){ tag, c->page, c->mcids, NULL }));
	c->mcids++;
}

static void put_colour(struct pdf_content *c, uint32_t colour, const char *operator)
{
	for (int shift = 16; shift >= 0; shift -= 8) {
		put_scaled(&c->out, ((colour >> shift & 0xFF) * 1000 + 127) / 255, 3);
		buf_putc(&c->out, ' ');
	}
	buf_puts(&c->out, operator);
}

void content_fill(struct pdf_content *c, uint32_t colour)
{
	if (c->fill != colour)
		put_colour(c, colour, "rg\n");
	c->fill = colour;
}

void content_stroke(struct pdf_content *c, uint32_t colour, mpt line_width, uint8_t dash)
{
	static const char *const dashes[] = { "[]0 d\n", "[3 2]0 d\n", "[1 1.5]0 d\n" };

	if (c->stroke != colour)
		put_colour(c, colour, "RG\n");
	if (c->line_width != line_width) {
		put_mpt(&c->out, line_width);
		buf_puts(&c->out, " w\n");
	}
	if (c->dash != dash)
		buf_puts(&c->out, dashes[dash]);
	c->stroke = colour;
	c->line_width = line_width;
	c->dash = dash;
}

void content_point(struct pdf_content *c, mpt x, mpt y)
{
	put_mpt(&c->out, x);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, c->height - y);
	buf_putc(&c->out, ' ');
}

void content_actual_text(struct pdf_content *c, struct str text)
{
	buf_puts(&c->out, "/Span<</ActualText");
	put_string(&c->out, text);
	buf_puts(&c->out, ">>BDC ");
}

static void set_font(struct pdf_content *c, const struct pdf_font *font, mpt size)
{
	if (c->font == font && c->size == size)
		return;
	buf_puts(&c->out, "/F");
	put_int(&c->out, font - c->pdf->fonts.at);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, size);
	buf_puts(&c->out, " Tf\n");
	c->font = font;
	c->size = size;
}

/* Td moves from the start of the line before; counted in the grain that is written, so that nothing adds up. */
static void move_to(struct pdf_content *c, mpt x, mpt y)
{
	int32_t to_x = mpt_centi(x), to_y = mpt_centi(c->height - y);

	put_scaled(&c->out, to_x - c->line_x, 2);
	buf_putc(&c->out, ' ');
	put_scaled(&c->out, to_y - c->line_y, 2);
	buf_puts(&c->out, " Td");
	c->line_x = to_x;
	c->line_y = to_y;
}

/* A run being shown. Positions are in millionths of a point from the run's start: size in mpt times 1/1000 em. */
struct show {
	struct pdf_content *c;
	const struct pdf_font *font;
	int64_t size;   /* mpt */
	int64_t pen;    /* where the reader is */
	int64_t target; /* where the glyph's origin should be, offset not counted */
	mpt rise;       /* as the reader has it */
	bool in_array, in_string;
};

static void close_string(struct show *s)
{
	if (s->in_string)
		buf_putc(&s->c->out, ')');
	s->in_string = false;
}

static void close_array(struct show *s)
{
	close_string(s);
	if (s->in_array)
		buf_puts(&s->c->out, "]TJ ");
	s->in_array = false;
}

static void open_array(struct show *s)
{
	if (!s->in_array)
		buf_putc(&s->c->out, '[');
	s->in_array = true;
}

/* Rounded widths drift by half a thousandth of an em a glyph: left alone below 3, which nobody can see. */
static void adjust(struct show *s, int64_t wanted)
{
	enum { DRIFT = 3 };
	int64_t off = s->pen - wanted, half = s->size / 2;
	int64_t steps = off < 0 ? -((half - off) / s->size) : (off + half) / s->size;

	if (steps > -DRIFT && steps < DRIFT)
		return;
	close_string(s);
	open_array(s);
	put_int(&s->c->out, steps);
	s->pen -= steps * s->size;
}

static void set_rise(struct show *s, mpt rise)
{
	if (s->rise == rise)
		return;
	close_array(s);
	put_mpt(&s->c->out, rise);
	buf_puts(&s->c->out, " Ts");
	s->rise = rise;
}

static void show_glyph(struct show *s, const struct text_glyph *g)
{
	const struct pdf_glyph *known = &s->font->glyphs[g->gid];

	set_rise(s, g->dy);
	if (s->size > 0)
		adjust(s, s->target + (int64_t)g->dx * 1000);
	open_array(s);
	if (!s->in_string)
		buf_putc(&s->c->out, '(');
	s->in_string = true;
	put_escaped(&s->c->out, (char)(known->code >> 8));
	put_escaped(&s->c->out, (char)(known->code & 0xFF));
	s->pen += known->width * s->size;
	s->target += (int64_t)g->advance * 1000;
}

/* Whether the glyphs' ToUnicode already says the cluster. */
static bool tells(const struct pdf_font *f, const struct text_glyph *glyphs, const struct pdf_cluster *c)
{
	size_t at = 0;

	for (uint32_t i = 0; i < c->count; i++) {
		struct str u = f->glyphs[glyphs[c->first + i].gid].unicode;
		if (at + u.len > c->text.len || (u.len && memcmp(c->text.ptr + at, u.ptr, u.len) != 0))
			return false;
		at += u.len;
	}
	return at == c->text.len;
}

static void show_cluster(struct show *s, const struct page_text *t, const struct pdf_cluster *c, bool told)
{
	bool span = !told && !tells(s->font, t->glyphs, c);

	if (span) {
		close_array(s);
		content_actual_text(s->c, c->text);
	}
	for (uint32_t i = 0; i < c->count; i++)
		show_glyph(s, &t->glyphs[c->first + i]);
	if (span) {
		close_array(s);
		buf_puts(&s->c->out, "EMC ");
	}
}

/* Glyphs stand in visual order; a run from right to left says its words in ActualText, in logical order. */
static void show_run(struct pdf_content *c, const struct page_text *t)
{
	struct show s = { .c = c, .font = c->font, .size = t->size };
	struct pdf_cluster cluster;

	if (t->rtl)
		content_actual_text(c, t->text);
	for (uint32_t at = 0; cluster_next(c->pdf->arena, t, &at, &cluster);)
		show_cluster(&s, t, &cluster, t->rtl);
	set_rise(&s, 0);
	close_array(&s);
	buf_puts(&c->out, t->rtl ? "EMC\n" : "\n");
}

static void draw_text(struct pdf_content *c, const struct page_item *item)
{
	const struct page_text *t = &item->text;

	if (!t->glyph_count || !t->font)
		return;
	begin_text(c);
	set_font(c, font_lookup(c->pdf, t->font), t->size);
	content_fill(c, t->colour);
	move_to(c, item->x, item->y);
	show_run(c, t);
}

/* What no face has: a box of seven tenths of the size that says its characters. */
static void draw_missing(struct pdf_content *c, const struct page_item *item)
{
	const struct page_text *t = &item->text;
	mpt edge = t->size / 20 > 300 ? t->size / 20 : 300, height = t->size * 7 / 10;

	end_text(c);
	content_actual_text(c, t->text);
	content_stroke(c, t->colour, edge, PAGE_SOLID);
	content_point(c, item->x + edge, item->y);
	put_mpt(&c->out, t->width > 3 * edge ? t->width - 2 * edge : edge);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, height);
	buf_puts(&c->out, " re S EMC\n");
}

static void draw_image(struct pdf_content *c, const struct page_item *item)
{
	int index = image_index(c->pdf, item->image.file);

	buf_puts(&c->out, "q ");
	put_mpt(&c->out, item->image.width);
	buf_puts(&c->out, " 0 0 ");
	put_mpt(&c->out, item->image.height);
	buf_putc(&c->out, ' ');
	content_point(c, item->x, item->y + item->image.height);
	buf_puts(&c->out, "cm/I");
	put_int(&c->out, index);
	buf_puts(&c->out, " Do Q\n");
}

static void draw(struct pdf_content *c, const struct page_item *item)
{
	if (item->kind != PAGE_TEXT || item->text.missing)
		end_text(c);
	switch (item->kind) {
	case PAGE_TEXT:
		(item->text.missing ? draw_missing : draw_text)(c, item);
		break;
	case PAGE_RECT:
	case PAGE_PATH:
		shape_draw(c, item);
		break;
	case PAGE_IMAGE:
		draw_image(c, item);
		break;
	default:
		break;
	}
}

static void box_extend(struct pdf_box *box, struct pdf_box by, uint32_t page)
{
	if (box->left > box->right) {
		*box = by;
		box->page = page;
	}
	if (box->page != page)
		return;
	box->left = by.left < box->left ? by.left : box->left;
	box->top = by.top < box->top ? by.top : box->top;
	box->right = by.right > box->right ? by.right : box->right;
	box->bottom = by.bottom > box->bottom ? by.bottom : box->bottom;
}

static struct pdf_box text_bounds(struct pdf *p, const struct page_item *item)
{
	const struct page_text *t = &item->text;
	const struct pdf_font *f = font_lookup(p, t->font);
	mpt up = f ? mpt_scale(t->size, f->descriptor.ascent, 1000) : t->size;
	mpt down = f ? mpt_scale(t->size, -f->descriptor.descent, 1000) : 0;

	return (struct pdf_box){ item->x, item->y - up, item->x + t->width, item->y + down, 0 };
}

static void note_figure(struct pdf *p, const struct page_item *item, uint32_t page)
{
	int32_t figure = item->tag < 0 ? -1 : p->figure_of[item->tag];

	if (figure >= 0)
		box_extend(&p->boxes[figure], item->kind == PAGE_TEXT ? text_bounds(p, item) : shape_bounds(item), page);
}

void content_write(struct pdf *p, uint32_t page)
{
	const struct page *from = &p->pages->pages.at[page];
	HPDF_PageAttr attr = p->page_dicts[page]->attr;
	struct pdf_content c = { .pdf = p, .out = pdf_buf(p), .page = page, .height = from->height, .tag = PDF_NO_TAG,
		.fill = 0, .stroke = 0, .line_width = MPT_PT, .dash = PAGE_SOLID };
	struct str bytes;

	for (size_t i = 0; i < from->items.count; i++) {
		const struct page_item *item = &from->items.at[i];
		if (item->kind == PAGE_LINK) {
			vec_push(p->arena, &p->marks,
				((struct pdf_mark){ item->tag, page, -1, link_write(p, page, item) }));
			continue;
		}
		begin_mark(&c, item->tag);
		draw(&c, item);
		note_figure(p, item, page);
	}
	end_mark(&c);
	bytes = pdf_deflate(p, buf_str(&c.out));
	HPDF_Stream_Write(attr->stream, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT)bytes.len);
	pdf_entries(p, attr->contents, STR("/Filter/FlateDecode"));
}
