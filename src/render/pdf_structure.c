/* render: the tags as the structure tree. Elements are text objects numbered behind libharu's;
 * only the root is one of its.
 *
 * Kids of an element: its child elements in the order of tags, its own content placed among them
 * by drawing order. So reading order never depends on drawing order, and words around a link
 * still stand around it.
 */
#include "render/pdf_int.h"

#include <stdlib.h>

enum { KID_TAG, KID_MARK };

struct kid {
	uint32_t next;  /* index + 1 in kids */
	uint32_t index; /* of the tag or mark */
	uint8_t kind;   /* KID_ */
};

struct node {
	uint32_t first_kid, last_kid; /* index + 1 in kids */
	int32_t next_child;  /* lowest child not yet among the kids, or -1 */
	int32_t next_sibling; /* or -1 */
	int32_t last_child;  /* while siblings are linked */
};

struct pdf_tree {
	struct pdf *pdf;
	struct node *nodes; /* one a tag */
	struct kid *kids;   /* one a tag but the first, one a mark */
	uint32_t kid_count;
	uint32_t base;      /* object number of tag 0; behind the tags come the pages' parents, then the spans */
	uint32_t next;      /* object to be written, from 0 */
	size_t next_mark;   /* while pages' parents or spans are written: the first not looked at */
};

static const struct page_tag *tag_at(const struct pdf_tree *t, size_t i)
{
	return &t->pdf->pages->tags.at[i];
}

void structure_prepare(struct pdf *p)
{
	size_t count = p->pages->tags.count;
	int32_t figures = 0;

	p->structure = pdf_object(p);
	p->text = pdf_buf(p);
	p->figure_of = ARENA_ARRAY(p->arena, int32_t, count);
	for (size_t i = 0; i < count; i++) {
		const struct page_tag *tag = &p->pages->tags.at[i];
		p->figure_of[i] = tag->parent < 0 ? -1 : p->figure_of[tag->parent];
		if (tag->type == TAG_FIGURE)
			p->figure_of[i] = figures++;
	}
	p->boxes = ARENA_ARRAY(p->arena, struct pdf_box, (size_t)figures);
	for (int32_t i = 0; i < figures; i++)
		p->boxes[i] = (struct pdf_box){ .left = 1, .right = 0 };
}

static void link_siblings(struct pdf_tree *t, size_t count)
{
	for (size_t i = 0; i < count; i++)
		t->nodes[i] = (struct node){ .next_child = -1, .next_sibling = -1, .last_child = -1 };
	for (size_t i = 1; i < count; i++) {
		struct node *parent = &t->nodes[tag_at(t, i)->parent];
		if (parent->last_child < 0)
			parent->next_child = (int32_t)i;
		else
			t->nodes[parent->last_child].next_sibling = (int32_t)i;
		parent->last_child = (int32_t)i;
	}
}

static void add_kid(struct pdf_tree *t, int32_t tag, uint8_t kind, size_t index)
{
	struct node *n = &t->nodes[tag];

	t->kids[t->kid_count++] = (struct kid){ 0, (uint32_t)index, kind };
	if (n->last_kid)
		t->kids[n->last_kid - 1].next = t->kid_count;
	else
		n->first_kid = t->kid_count;
	n->last_kid = t->kid_count;
}

/* Makes the children of parent up to last its kids. */
static void attach_through(struct pdf_tree *t, int32_t parent, int32_t last)
{
	struct node *n = &t->nodes[parent];

	while (n->next_child >= 0 && n->next_child <= last) {
		int32_t child = n->next_child;
		n->next_child = t->nodes[child].next_sibling;
		add_kid(t, parent, KID_TAG, (size_t)child);
	}
}

/* An element that is attached has ancestors that are: the walk up ends there. */
static void attach(struct pdf_tree *t, int32_t tag)
{
	for (int32_t parent; (parent = tag_at(t, (size_t)tag)->parent) >= 0; tag = parent) {
		int32_t next = t->nodes[parent].next_child;
		if (next < 0 || next > tag)
			return;
		attach_through(t, parent, tag);
	}
}

static void hang_marks(struct pdf_tree *t, size_t count)
{
	for (size_t i = 0; i < t->pdf->marks.count; i++) {
		attach(t, t->pdf->marks.at[i].tag);
		add_kid(t, t->pdf->marks.at[i].tag, KID_MARK, i);
	}
	for (size_t i = 0; i < count; i++)
		attach_through(t, (int32_t)i, INT32_MAX);
}

/* The page of an element's first content; UINT32_MAX without any. */
static uint32_t node_page(const struct pdf_tree *t, const struct node *n)
{
	for (uint32_t k = n->first_kid; k; k = t->kids[k - 1].next)
		if (t->kids[k - 1].kind == KID_MARK)
			return t->pdf->marks.at[t->kids[k - 1].index].page;
	return UINT32_MAX;
}

static void put_page_ref(struct pdf *p, uint32_t page)
{
	buf_puts(&p->text, "/Pg ");
	put_ref(&p->text, pdf_number(p->page_dicts[page]));
}

static bool is_span(const struct pdf_mark *m)
{
	return m->more && m->mcid >= 0;
}

/* The element right above a piece of content. */
static uint32_t mark_element(const struct pdf_tree *t, const struct pdf_mark *m)
{
	const struct pages *pages = t->pdf->pages;

	if (is_span(m))
		return t->base + (uint32_t)(pages->tags.count + pages->pages.count) + m->more - 1;
	return t->base + (uint32_t)m->tag;
}

static void put_mark(struct pdf_tree *t, const struct pdf_mark *m, uint32_t page)
{
	struct buf *b = &t->pdf->text;

	if (is_span(m)) {
		put_ref(b, mark_element(t, m));
		return;
	}
	if (m->mcid < 0) {
		buf_puts(b, "<</Type/OBJR/Obj ");
		put_ref(b, pdf_number(t->pdf->annots.at[m->more - 1]));
	} else if (m->page == page) {
		put_int(b, m->mcid);
		return;
	} else {
		buf_puts(b, "<</Type/MCR/MCID ");
		put_int(b, m->mcid);
	}
	if (m->page != page)
		put_page_ref(t->pdf, m->page);
	buf_puts(b, ">>");
}

static void put_kids(struct pdf_tree *t, const struct node *n, uint32_t page)
{
	struct buf *b = &t->pdf->text;
	bool several = n->first_kid != n->last_kid;

	if (!n->first_kid)
		return;
	buf_puts(b, several ? "/K[" : "/K ");
	for (uint32_t k = n->first_kid; k; k = t->kids[k - 1].next) {
		const struct kid *kid = &t->kids[k - 1];
		if (k != n->first_kid)
			buf_putc(b, ' ');
		if (kid->kind == KID_TAG)
			put_ref(b, t->base + kid->index);
		else
			put_mark(t, &t->pdf->marks.at[kid->index], page);
	}
	if (several)
		buf_putc(b, ']');
}

static void put_cell_attributes(struct buf *b, const struct page_tag *tag)
{
	static const char *const scopes[] = { "", "/Scope/Column", "/Scope/Row", "/Scope/Both" };
	struct str rest = page_tag_words(tag)->headers, id;

	if (tag->scope == PAGE_SCOPE_NONE && tag->column_span < 2 && tag->row_span < 2 && !rest.len)
		return;
	buf_puts(b, "/A<</O/Table");
	buf_puts(b, scopes[tag->scope]);
	if (tag->column_span > 1) {
		buf_puts(b, "/ColSpan ");
		put_int(b, tag->column_span);
	}
	if (tag->row_span > 1) {
		buf_puts(b, "/RowSpan ");
		put_int(b, tag->row_span);
	}
	if (rest.len) {
		buf_puts(b, "/Headers[");
		while ((id = str_word(&rest)).len)
			put_string(b, id);
		buf_putc(b, ']');
	}
	buf_puts(b, ">>");
}

static void put_list_attributes(struct buf *b, const struct page_tag *tag)
{
	static const char *const numberings[] = { NULL, "Decimal", "Disc" };

	if (tag->numbering == PAGE_LIST_NONE)
		return;
	buf_puts(b, "/A<</O/List/ListNumbering/");
	buf_puts(b, numberings[tag->numbering]);
	buf_puts(b, ">>");
}

static bool is_group(uint8_t type)
{
	return type == TAG_DOCUMENT || type == TAG_SECT || type == TAG_DIV;
}

/* A figure among the blocks of a group is a block; within a line of text or a cell it is not. */
static void put_figure_attributes(struct pdf_tree *t, size_t i)
{
	const struct pdf_box *box = &t->pdf->boxes[t->pdf->figure_of[i]];
	struct buf *b = &t->pdf->text;
	mpt height;

	if (box->left > box->right)
		return;
	height = t->pdf->pages->pages.at[box->page].height;
	buf_puts(b, is_group(tag_at(t, (size_t)tag_at(t, i)->parent)->type) ? "/A<</O/Layout/Placement/Block/BBox["
		: "/A<</O/Layout/BBox[");
	put_mpt(b, box->left);
	buf_putc(b, ' ');
	put_mpt(b, height - box->bottom);
	buf_putc(b, ' ');
	put_mpt(b, box->right);
	buf_putc(b, ' ');
	put_mpt(b, height - box->top);
	buf_puts(b, "]>>");
}

static void put_attributes(struct pdf_tree *t, size_t i)
{
	const struct page_tag *tag = tag_at(t, i);

	switch (tag->type) {
	case TAG_TH:
	case TAG_TD:
		put_cell_attributes(&t->pdf->text, tag);
		break;
	case TAG_L:
		put_list_attributes(&t->pdf->text, tag);
		break;
	case TAG_FIGURE:
		put_figure_attributes(t, i);
		break;
	default:
		break;
	}
}

static void put_text_entry(struct buf *b, const char *key, struct str text)
{
	if (!text.len)
		return;
	buf_puts(b, key);
	put_string(b, text);
}

static void put_element(struct pdf_tree *t, size_t i)
{
	const struct page_tag *tag = tag_at(t, i);
	const struct page_tag_words *words = page_tag_words(tag);
	uint32_t page = node_page(t, &t->nodes[i]);
	struct buf *b = &t->pdf->text;

	buf_puts(b, "<</S/");
	buf_puts(b, page_tag_name(tag->type));
	buf_puts(b, "/P ");
	put_ref(b, tag->parent < 0 ? pdf_number(t->pdf->structure) : t->base + (uint32_t)tag->parent);
	if (page != UINT32_MAX)
		put_page_ref(t->pdf, page);
	put_kids(t, &t->nodes[i], page);
	put_text_entry(b, "/ID", words->id);
	put_text_entry(b, "/Alt", words->alt);
	put_text_entry(b, "/ActualText", words->actual);
	put_text_entry(b, "/Lang", words->lang);
	put_text_entry(b, "/T", words->title);
	put_attributes(t, i);
	buf_puts(b, ">>");
}

/* One array a page: the element of each piece of content, by its number. Marks are in the order
 * of pages. */
static void put_parents(struct pdf_tree *t, uint32_t page)
{
	struct pdf *p = t->pdf;
	size_t at = page ? t->next_mark : 0;

	buf_putc(&p->text, '[');
	for (; at < p->marks.count && p->marks.at[at].page == page; at++) {
		if (p->marks.at[at].mcid < 0)
			continue;
		put_ref(&p->text, mark_element(t, &p->marks.at[at]));
		buf_putc(&p->text, ' ');
	}
	buf_putc(&p->text, ']');
	t->next_mark = at;
}

/* Content whose glyphs don't say its text: an element for each piece, since many readers look for
 * ActualText there. */
static void put_span(struct pdf_tree *t, uint32_t span)
{
	struct pdf *p = t->pdf;
	size_t at = span ? t->next_mark : 0;

	while (!is_span(&p->marks.at[at]))
		at++;
	const struct pdf_mark *m = &p->marks.at[at];
	buf_puts(&p->text, "<</S/Span/P ");
	put_ref(&p->text, t->base + (uint32_t)m->tag);
	put_page_ref(p, m->page);
	buf_puts(&p->text, "/K ");
	put_int(&p->text, m->mcid);
	buf_puts(&p->text, "/ActualText");
	put_string(&p->text, p->spans.at[m->more - 1]);
	buf_puts(&p->text, ">>");
	t->next_mark = at + 1;
}

uint32_t structure_objects(const struct pdf *p)
{
	return (uint32_t)(p->pages->tags.count + p->pages->pages.count + p->spans.count);
}

struct str structure_next(struct pdf *p)
{
	uint32_t tags = (uint32_t)p->pages->tags.count, pages = (uint32_t)p->pages->pages.count, i = p->tree->next++;

	p->text.len = 0;
	if (i < tags)
		put_element(p->tree, i);
	else if (i < tags + pages)
		put_parents(p->tree, i - tags);
	else
		put_span(p->tree, i - tags - pages);
	buf_putc(&p->text, '\n');
	return buf_str(&p->text);
}

static void put_parent_tree(struct pdf_tree *t, struct buf *b)
{
	struct pdf *p = t->pdf;
	uint32_t pages = (uint32_t)p->pages->pages.count, key = pages;

	buf_puts(b, "/ParentTree<</Nums[");
	for (uint32_t i = 0; i < pages; i++) {
		put_int(b, i);
		buf_putc(b, ' ');
		put_ref(b, t->base + (uint32_t)p->pages->tags.count + i);
		buf_putc(b, ' ');
	}
	for (size_t i = 0; i < p->marks.count; i++) {
		if (p->marks.at[i].mcid >= 0)
			continue;
		put_int(b, key++);
		buf_putc(b, ' ');
		put_ref(b, mark_element(t, &p->marks.at[i]));
		buf_putc(b, ' ');
	}
	buf_puts(b, "]>>/ParentTreeNextKey ");
	put_int(b, key);
}

struct named {
	struct str key; /* as bytes */
	uint32_t object;
};

static int by_key(const void *a, const void *b)
{
	return str_compare(((const struct named *)a)->key, ((const struct named *)b)->key);
}

static void put_id_tree(struct pdf_tree *t, struct buf *b)
{
	struct pdf *p = t->pdf;
	VEC(struct named) ids = { 0 };

	for (size_t i = 0; i < p->pages->tags.count; i++)
		if (page_tag_words(tag_at(t, i))->id.len)
			vec_push(p->arena, &ids, ((struct named){ string_bytes(p->arena, page_tag_words(tag_at(t, i))->id),
				t->base + (uint32_t)i }));
	if (!ids.count)
		return;
	qsort(ids.at, ids.count, sizeof *ids.at, by_key);
	buf_puts(b, "/IDTree<</Names[");
	for (size_t i = 0; i < ids.count; i++) {
		put_bytes(b, ids.at[i].key);
		put_ref(b, ids.at[i].object);
		buf_putc(b, ' ');
	}
	buf_puts(b, "]>>");
}

void structure_write(struct pdf *p)
{
	size_t count = p->pages->tags.count;
	struct pdf_tree *t = p->tree = ARENA_NEW(p->arena, struct pdf_tree);
	struct buf b = pdf_buf(p);

	*t = (struct pdf_tree){ .pdf = p, .nodes = ARENA_ARRAY(p->arena, struct node, count),
		.kids = ARENA_ARRAY(p->arena, struct kid, count + p->marks.count), .base = p->doc->xref->entries->count };
	link_siblings(t, count);
	hang_marks(t, count);
	buf_puts(&b, "/Type/StructTreeRoot/K ");
	put_ref(&b, t->base);
	put_parent_tree(t, &b);
	put_id_tree(t, &b);
	pdf_entries(p, p->structure, buf_str(&b));
}
