/* The library: the way through a document for what holds it against criteria. */
#include "entente_executive.h"

#include <string.h>

static void walk_block(
	const struct executive_walk *w, struct executive_place at, const struct doc_block *b);

static void walk_blocks(const struct executive_walk *w, struct executive_place at,
	const struct doc_block *const *blocks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		walk_block(w, at, blocks[i]);
}

static void put_figure(const struct executive_walk *w, const struct executive_place *at,
	int32_t figure, struct src_pos pos)
{
	if (w->figure && figure >= 0)
		w->figure(w->ctx, at, figure, pos);
}

static void walk_paragraph(const struct executive_walk *w, const struct executive_place *at,
	const struct doc_paragraph *p)
{
	if (p->run_count == 0)
		return;
	if (w->paragraph)
		w->paragraph(w->ctx, at, p);
	for (uint32_t i = 0; i < p->run_count; i++)
		put_figure(w, at, p->runs[i].figure, p->runs[i].pos);
}

static void walk_data(const struct executive_walk *w, const struct executive_place *at,
	const struct doc_chart *c, const struct doc_datum *data, size_t count)
{
	for (size_t i = 0; data && i < count; i++)
		if (data[i].present)
			put_figure(w, at, data[i].figure, c->pos);
}

static void walk_chart(
	const struct executive_walk *w, const struct executive_place *at, const struct doc_chart *c)
{
	if (w->chart)
		w->chart(w->ctx, at, c);
	walk_data(w, at, c, c->data, (size_t)c->category_count * c->series_count);
	walk_data(w, at, c, c->totals, c->category_count);
	walk_data(w, at, c, c->changes, c->category_count);
	for (uint16_t i = 0; i < c->reference_count; i++)
		put_figure(w, at, c->references[i].figure, c->pos);
}

static void walk_row_cells(
	const struct executive_walk *w, struct executive_place at, const struct doc_row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		walk_block(w, at, row->cells[i].block);
}

static void walk_list(
	const struct executive_walk *w, struct executive_place at, const struct doc_list *list)
{
	for (uint32_t i = 0; i < list->count; i++) {
		walk_paragraph(w, &at, &list->items[i].label);
		walk_blocks(w, at, list->items[i].blocks, list->items[i].count);
	}
}

static void walk_table_row(const struct executive_walk *w, const struct executive_place *at,
	const struct doc_table_row *row)
{
	if (w->row)
		w->row(w->ctx, at, row);
	for (uint16_t i = 0; i < row->count; i++) {
		walk_paragraph(w, at, &row->cells[i].text);
		if (row->cells[i].chart)
			walk_chart(w, at, row->cells[i].chart);
	}
}

static void walk_table(
	const struct executive_walk *w, struct executive_place at, const struct doc_table *table)
{
	at.cell = true;
	for (uint32_t i = 0; i < table->row_count; i++)
		walk_table_row(w, &at, &table->rows[i]);
}

static void walk_exhibit(
	const struct executive_walk *w, struct executive_place at, const struct doc_block *b)
{
	const struct doc_exhibit *e = b->exhibit;
	struct executive_place body;

	at.exhibit = b;
	body = at;
	body.body = true;
	walk_paragraph(w, &at, &e->title);
	walk_paragraph(w, &at, &e->unit);
	if (e->body)
		walk_block(w, body, e->body);
	walk_blocks(w, at, e->notes, e->note_count);
	walk_paragraph(w, &at, &e->source);
}

static void walk_block(
	const struct executive_walk *w, struct executive_place at, const struct doc_block *b)
{
	if (b == NULL)
		return;
	if (b->slot.len)
		at.slot = b;
	if (w->block)
		w->block(w->ctx, &at, b);
	switch ((enum doc_block_kind)b->kind) {
	case DOC_PARAGRAPH: walk_paragraph(w, &at, b->paragraph); break;
	case DOC_STACK: walk_blocks(w, at, b->stack->blocks, b->stack->count); break;
	case DOC_ROW: walk_row_cells(w, at, b->row); break;
	case DOC_LIST: walk_list(w, at, b->list); break;
	case DOC_TABLE: walk_table(w, at, b->table); break;
	case DOC_CHART: walk_chart(w, &at, b->chart); break;
	case DOC_EXHIBIT: walk_exhibit(w, at, b); break;
	case DOC_COLUMNS: walk_blocks(w, at, b->columns->blocks, b->columns->count); break;
	default: break;
	}
}

void executive_walk_block(
	const struct doc_section *s, const struct doc_block *b, const struct executive_walk *w)
{
	walk_block(w, (struct executive_place) { .section = s }, b);
}

void executive_walk_section(const struct doc_section *s, const struct executive_walk *w)
{
	walk_blocks(w, (struct executive_place) { .section = s }, s->blocks, s->count);
}

void executive_walk_doc(const struct doc *doc, const struct executive_walk *w)
{
	for (size_t i = 0; i < doc->sections.count; i++)
		executive_walk_section(doc->sections.at[i], w);
}

/* ---- what is found on it ---- */

struct str executive_where(const struct executive_place *at)
{
	return at->slot ? at->slot->slot : at->section->id;
}

struct str executive_plain(struct arena *a, const struct doc_paragraph *p)
{
	struct buf out;

	buf_init(&out, a, (size_t)1 << 20);
	for (uint32_t i = 0; i < p->run_count; i++) {
		if (p->runs[i].kind == RUN_TEXT)
			buf_put(&out, p->runs[i].text);
		else if (p->runs[i].kind == RUN_BREAK || p->runs[i].kind == RUN_FILL)
			buf_putc(&out, ' ');
	}
	return buf_str(&out);
}

struct src_pos executive_pos(const struct doc_paragraph *p, struct src_pos fallback)
{
	for (uint32_t i = 0; i < p->run_count; i++)
		if (p->runs[i].pos.source)
			return p->runs[i].pos;
	return fallback;
}

const struct doc_value *executive_value(const struct doc *doc, int32_t figure)
{
	uint32_t value;

	if (figure < 0)
		return NULL;
	value = doc->figures.at[figure].value;
	return value < doc->values.count ? &doc->values.at[value] : NULL;
}

uint32_t executive_page(const struct pages *pages, uint32_t anchor)
{
	return anchor && anchor <= pages->targets.count ? pages->targets.at[anchor - 1].page
							: UINT32_MAX;
}

bool executive_contains(struct str text, struct str part)
{
	return part.len && memmem(text.ptr, text.len, part.ptr, part.len) != NULL;
}

const struct layout_section *executive_section(const struct layout *l, struct str id)
{
	for (size_t i = 0; i < l->sections.count; i++)
		if (str_equal(l->sections.at[i]->id, id))
			return l->sections.at[i];
	return NULL;
}
