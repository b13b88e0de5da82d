/* render: a page's items as its content stream: marked content, text. Shapes and images are
 * pdf_shapes.c's. */
#include "render/pdf_int.h"

/* By -enum page_artifact. */
static const char *const artifacts[] = {
	NULL,
	"/Artifact BMC\n",
	"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
	"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
	"/Artifact<</Type/Pagination>>BDC\n",
	"/Artifact<</Type/Background>>BDC\n",
	"/OC/Overlay BDC/Artifact BMC\n",
};

static void end_text(struct pdf_content *c)
{
	if (c->in_text) /* a move that nothing followed leaves its line open */
		buf_puts(&c->out, c->out.ptr[c->out.len - 1] == '\n' ? "ET\n" : "\nET\n");
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
	if (c->open)
		buf_puts(&c->out, c->tag == PAGE_ARTIFACT_OVERLAY ? "EMC EMC\n" : "EMC\n");
	c->open = false;
}

/* Content of another tag follows; its mark is opened when something is drawn. */
static void change_tag(struct pdf_content *c, int32_t tag)
{
	if (c->tag != tag)
		end_mark(c);
	c->tag = tag;
}

static void put_mark(struct pdf_content *c, const char *type)
{
	buf_putc(&c->out, '/');
	buf_puts(&c->out, type);
	buf_puts(&c->out, "<</MCID ");
	put_int(&c->out, c->mcids);
}

/* Neighbours of one tag share one piece of marked content. */
static void begin_mark(struct pdf_content *c)
{
	struct pdf *p = c->pdf;

	if (c->open)
		return;
	c->open = true;
	if (c->tag < 0) {
		buf_puts(&c->out, artifacts[-c->tag]);
		return;
	}
	put_mark(c, page_tag_name(p->pages->tags.at[c->tag].type));
	buf_puts(&c->out, ">>BDC\n");
	vec_push(p->arena, &p->marks, ((struct pdf_mark){ .tag = c->tag, .page = c->page, .mcid = c->mcids++ }));
}

/* Content that says text, whatever its glyphs say: a Span element below the open tag, or a plain span in an artifact. Readers differ in where they
 * look: the text stands at the element and at the content. */
static void content_begin_span(struct pdf_content *c, struct str text)
{
	struct pdf *p = c->pdf;

	if (c->tag < 0) {
		end_text(c);
		begin_mark(c);
		buf_puts(&c->out, "/Span<<");
	} else {
		end_mark(c);
		c->open = true;
		put_mark(c, "Span");
		vec_push(p->arena, &p->marks, ((struct pdf_mark){ .tag = c->tag, .page = c->page, .mcid = c->mcids++,
			.more = (uint32_t)p->spans.count + 1 }));
		vec_push(p->arena, &p->spans, text);
	}
	buf_puts(&c->out, "/ActualText");
	put_string(&c->out, text);
	buf_puts(&c->out, ">>BDC\n");
}

static void content_end_span(struct pdf_content *c)
{
	if (c->tag >= 0) {
		end_mark(c);
		return;
	}
	end_text(c);
	buf_puts(&c->out, "EMC\n");
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

/* Td moves from the start of the line before; counted in the grain that is written, so that
 * nothing adds up. */
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

/* A run being shown. Positions are in millionths of a point from the run's start: size in mpt
 * times 1/1000 em. */
struct show {
	struct pdf_content *c;
	const struct pdf_font *font;
	mpt x, y;       /* where the run starts */
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

static const char array_end[] = "]TJ ";

static void close_array(struct show *s)
{
	close_string(s);
	if (s->in_array)
		buf_puts(&s->c->out, array_end);
	s->in_array = false;
}

static void open_array(struct show *s)
{
	if (!s->in_array)
		buf_putc(&s->c->out, '[');
	s->in_array = true;
}

/* Rounded widths drift by half a thousandth of an em a glyph: left alone below 3, which nobody
 * can see. */
static void adjust(struct show *s, int64_t wanted)
{
	enum { DRIFT = 3 };
	int64_t off = s->pen - wanted, half = s->size / 2, far = (off < 0 ? -off : off) + half;
	int64_t steps;

	if (far < DRIFT * s->size)
		return;
	steps = off < 0 ? -(far / s->size) : far / s->size;
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

static void show_glyph(struct show *s, const struct text_glyph *g, bool second)
{
	const struct pdf_glyph *known = font_glyph(s->font, g->gid);
	uint16_t code = second ? known->second_code : known->code;

	set_rise(s, g->dy);
	if (s->size > 0)
		adjust(s, s->target + (int64_t)g->dx * 1000);
	open_array(s);
	if (!s->in_string)
		buf_putc(&s->c->out, '(');
	s->in_string = true;
	put_escaped(&s->c->out, (char)(code >> 8));
	put_escaped(&s->c->out, (char)(code & 0xFF));
	s->pen += known->width * s->size;
	s->target += (int64_t)g->advance * 1000;
}

static bool tells_second(const struct pdf_font *f, const struct text_glyph *glyphs, const struct pdf_cluster *c)
{
	struct str second = f->seconds && c->count == 1 ? font_glyph(f, glyphs[c->first].gid)->second : (struct str){ 0 };

	return second.len && str_equal(second, c->text);
}

/* Whether the glyphs' ToUnicode already says the cluster. */
static bool tells(const struct pdf_font *f, const struct text_glyph *glyphs, const struct pdf_cluster *c)
{
	size_t at = 0;

	if (tells_second(f, glyphs, c))
		return true;
	for (uint32_t i = 0; i < c->count; i++) {
		struct str u = font_glyph(f, glyphs[c->first + i].gid)->unicode;
		if (!u.len || at + u.len > c->text.len || memcmp(c->text.ptr + at, u.ptr, u.len) != 0)
			return false;
		at += u.len;
	}
	return at == c->text.len;
}

/* Text objects don't outlast the marked content around them: each piece starts at its own place. */
static void resume(struct show *s)
{
	if (s->c->in_text)
		return;
	begin_text(s->c);
	move_to(s->c, s->x + (mpt)(s->target / 1000), s->y);
	s->pen = s->target;
}

/* Clusters [from, to) of the run. */
struct told {
	uint32_t first, end; /* glyphs */
	bool plain;          /* ToUnicode says them */
	struct str text;     /* what they say; only when not plain */
};

/* The next clusters that are all plain, or all not. */
static bool told_next(struct pdf_content *c, const struct pdf_font *font, const struct page_text *run, uint32_t *at,
	struct told *out)
{
	struct arena *a = c->pdf->arena;
	struct pdf_cluster cluster;
	struct buf text = { 0 };
	uint32_t next = *at;

	*out = (struct told){ .first = *at };
	while (cluster_next(a, run, &next, &cluster)) {
		bool plain = tells(font, run->glyphs, &cluster);
		if (cluster.first == out->first)
			out->plain = plain;
		else if (plain != out->plain)
			break;
		if (!plain && !text.arena)
			text = pdf_buf(c->pdf);
		if (!plain)
			buf_put(&text, cluster.text);
		*at = next;
	}
	out->end = *at;
	if (text.arena)
		out->text = buf_str(&text);
	return out->end > out->first;
}

/* Where glyphs have two codes, what a cluster says is looked at once more. */
static void show_clusters(struct show *s, const struct page_text *run, const struct told *t)
{
	struct pdf_cluster cluster;

	for (uint32_t at = t->first; at < t->end && cluster_next(s->c->pdf->arena, run, &at, &cluster);) {
		bool second = tells_second(s->font, run->glyphs, &cluster);
		for (uint32_t i = cluster.first; i < cluster.first + cluster.count; i++)
			show_glyph(s, &run->glyphs[i], second);
	}
}

static void show_told(struct show *s, const struct page_text *run, const struct told *t)
{
	struct pdf_content *c = s->c;

	if (t->plain)
		begin_mark(c);
	else
		content_begin_span(c, t->text);
	resume(s);
	if (s->font->seconds)
		show_clusters(s, run, t);
	for (uint32_t i = t->first; !s->font->seconds && i < t->end; i++)
		show_glyph(s, &run->glyphs[i], false);
	set_rise(s, 0);
	close_array(s);
	buf_putc(&c->out, '\n');
	if (!t->plain)
		content_end_span(c);
	c->shown = t->plain ? c->out.len : 0;
	c->pen = (int64_t)s->x * 1000 + s->pen;
	c->pen_y = s->y;
}

/* Whether a run is the neighbour of the last one: nothing was written in between, and it begins
 * about where that one left the reader. */
static bool goes_on(const struct show *s)
{
	const struct pdf_content *c = s->c;
	int64_t gap = (int64_t)s->x * 1000 - c->pen;

	return c->in_text && c->shown == c->out.len && c->pen_y == s->y && gap < s->size * 1000 && gap > -s->size * 1000;
}

/* Takes back the end of the last run's array: neighbours share one. */
static void go_on(struct show *s)
{
	struct buf *out = &s->c->out;

	out->len -= sizeof array_end - 1 + 1; /* and the line's end */
	s->in_array = true;
	if (out->ptr[out->len - 1] == ')') {
		out->len--;
		s->in_string = true;
	}
	s->pen = s->c->pen - (int64_t)s->x * 1000;
}

static void draw_text(struct pdf_content *c, const struct page_item *item)
{
	const struct pdf_font *font = font_lookup(c->pdf, item->text.font);
	struct show s = { .c = c, .font = font, .x = item->x, .y = item->y, .size = item->text.size };
	struct page_text run;
	struct told told;

	if (!font)
		return;
	run = run_ready(&c->pdf->page, &item->text, font->has_space ? RUN_SPACE_GLYPH : RUN_SPACE_KEPT, font->space);
	if (!run.glyph_count)
		return;
	set_font(c, font, item->text.size);
	content_fill(c, item->text.colour);
	for (uint32_t at = 0; told_next(c, font, &run, &at, &told);) {
		if (told.first == 0 && told.plain && goes_on(&s))
			go_on(&s);
		else if (told.first == 0 && c->in_text)
			move_to(c, item->x, item->y);
		show_told(&s, &run, &told);
	}
}

static const struct pdf_font *font_with_space(const struct pdf *p)
{
	for (size_t i = 0; i < p->fonts.count; i++)
		if (p->fonts.at[i].has_space)
			return &p->fonts.at[i];
	return NULL;
}

/* An unseen space: readers hang the text of a span on the glyphs in it, and a box has none. */
static void show_space(struct pdf_content *c, const struct page_item *item)
{
	struct show s = { .c = c, .font = font_with_space(c->pdf), .x = item->x, .y = item->y,
		.size = item->text.size };

	if (!s.font)
		return;
	set_font(c, s.font, item->text.size);
	resume(&s);
	buf_puts(&c->out, " 3 Tr");
	show_glyph(&s, &(struct text_glyph){ .gid = s.font->space }, false);
	close_array(&s);
	buf_puts(&c->out, "0 Tr\n");
	end_text(c);
}

/* What no face has: a box of seven tenths of the size that says its characters. */
static void draw_missing(struct pdf_content *c, const struct page_item *item)
{
	const struct page_text *t = &item->text;
	mpt edge = t->size / 20 > 300 ? t->size / 20 : 300, height = t->size * 7 / 10;

	content_begin_span(c, t->text);
	content_stroke(c, t->colour, edge, PAGE_SOLID);
	content_point(c, item->x + edge, item->y);
	put_mpt(&c->out, t->width > 3 * edge ? t->width - 2 * edge : edge);
	buf_putc(&c->out, ' ');
	put_mpt(&c->out, height);
	buf_puts(&c->out, " re S\n");
	show_space(c, item);
	content_end_span(c);
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
	if (item->kind != PAGE_TEXT)
		begin_mark(c);
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

	if (figure < 0)
		return;
	box_extend(&p->boxes[figure], item->kind == PAGE_TEXT ? text_bounds(p, item) : shape_bounds(item),
		page);
}

void content_write(struct pdf *p, uint32_t page)
{
	const struct page *from = &p->pages->pages.at[page];
	HPDF_PageAttr attr = p->page_dicts[page]->attr;
	struct pdf_content c = { .pdf = p, .out = pdf_buf(p), .page = page, .height = from->height,
		.fill = 0, .stroke = 0, .line_width = MPT_PT, .dash = PAGE_SOLID };
	struct page_items items = pdf_page_items(p, page);
	struct str bytes;

	for (size_t i = 0; i < items.count; i++) {
		const struct page_item *item = &items.at[i];
		if (item->kind == PAGE_LINK) {
			vec_push(p->arena, &p->marks,
				((struct pdf_mark){ .tag = item->tag, .page = page, .mcid = -1,
					.more = (uint32_t)p->annots.count + 1 }));
			HPDF_Dict annot = link_write(p, page, item);
			vec_push(p->arena, &p->annots, annot);
			continue;
		}
		change_tag(&c, item->tag);
		draw(&c, item);
		note_figure(p, item, page);
	}
	end_mark(&c);
	bytes = pdf_deflate(p, buf_str(&c.out));
	HPDF_Stream_Write(attr->stream, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT)bytes.len);
	pdf_entries(p, attr->contents, STR("/Filter/FlateDecode"));
	pdf_drop(p, bytes);
	pdf_drop_buf(p, &c.out);
}
