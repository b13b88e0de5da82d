/* What the flow tests share: a design with the faces of Inter, and short ways to write documents. */
#ifndef FLOW_FIXTURE_H
#define FLOW_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flow/flow.h"
#include "page/page_pack.h"

#define INTER "/usr/share/fonts/opentype/inter/Inter-"
#define PT MPT_PT

struct fixture {
	struct arena arena, scratch;
	jmp_buf unwind;
	struct diag diag;
	struct doc_design design;
	struct doc_style styles[DOC_ROLE_COUNT];
	struct doc_family family;
	struct doc_master master;
	struct doc doc;
	struct font_set *fonts;
	const struct font *faces[2];
	struct pages *pages;
};

static const uint32_t fixture_palette[DOC_COLOUR_COUNT] = {
	[COLOUR_PAPER] = 0xFFFFFF, [COLOUR_INK] = 0x111827, [COLOUR_MUTED] = 0x4B5563, [COLOUR_RULE] = 0xCBD2DC,
	[COLOUR_TINT] = 0xF3F5F8, [COLOUR_ACCENT] = 0x111827, [COLOUR_GOOD] = 0x15703A, [COLOUR_WATCH] = 0x8A5A00,
	[COLOUR_BAD] = 0xB42318, [COLOUR_PRIOR] = 0x868F9D, [COLOUR_JOINT] = 0x5F6876, [COLOUR_SIDE_1] = 0x1B3A6B,
	[COLOUR_SIDE_2] = 0x9D7FD3,
};

static inline struct doc_style *style(struct fixture *f, enum doc_role role, mpt size, mpt leading, bool strong)
{
	f->styles[role] = (struct doc_style){ .id = str_from(doc_role_name(role)), .role = (uint8_t)role, .colour = COLOUR_INK,
		.size = size, .leading = leading, .strong = strong };
	return &f->styles[role];
}

/* A page of 504 by 720 points content, origin 48, 60; step 4, gap 20. */
static inline void fixture_open(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	arena_init(&f->arena, 0, &f->unwind);
	arena_init(&f->scratch, 0, &f->unwind);
	diag_init(&f->diag, &f->arena);
	memcpy(f->design.palette, fixture_palette, sizeof fixture_palette);
	for (int i = 0; i < DOC_ROLE_COUNT; i++) {
		style(f, (enum doc_role)i, 8500, 12000, false);
		f->design.by_role[i] = &f->styles[i];
	}
	f->family = (struct doc_family){ .strong = 1, .strong_emphasis = 1 };
	f->design.families = &f->family;
	f->design.family_count = 1;
	f->design.tokens = (struct doc_tokens){ .bar_height = 20000, .bar_gap = 4000, .chart_row = 16000, .tile_bar = 8000,
		.line_chart_height = 132000, .mark_size = 8500, .rule_thin = 500, .rule_thick = 750, .exhibit_padding = 8000 };
	f->master = (struct doc_master){ .width = 600 * PT, .height = 840 * PT, .left = 48 * PT, .right = 48 * PT, .top = 60 * PT,
		.bottom = 60 * PT, .columns = 12, .gutter = 12 * PT, .step = 4 * PT, .gap = 20 * PT };
	f->doc.design = &f->design;
	f->doc.meta.lang = STR("en-GB");
	f->doc.word_page = STR("page {0}");
	f->doc.word_note = STR("note {0}");
	f->fonts = font_set_create(&f->arena);
	f->faces[0] = font_open(f->fonts, INTER "Regular.otf", 0, STR("Inter"), (struct src_pos){ 0 }, &f->diag);
	f->faces[1] = font_open(f->fonts, INTER "SemiBold.otf", 0, STR("Inter"), (struct src_pos){ 0 }, &f->diag);
}

static inline void fixture_close(struct fixture *f)
{
	arena_release(&f->scratch);
	arena_release(&f->arena);
}

/* For generated documents, the same ones each time. */
static inline uint32_t fixture_pick(uint64_t *seed, uint32_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33) % below;
}

/* Before and after each test. */
static inline int setup(void **state)
{
	static struct fixture f;

	fixture_open(&f);
	*state = &f;
	return 0;
}

static inline int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

static inline struct pages *tell(struct fixture *f, enum flow_tell how)
{
	f->pages = flow_doc(&f->arena, &f->scratch, &f->doc, f->fonts, f->faces, how, &f->diag);
	arena_reset(&f->scratch); /* what pages refer to must not be there */
	for (size_t i = 0; i < f->pages->pages.count; i++)
		page_unpack(&f->arena, f->pages, i);
	return f->pages;
}

static inline struct pages *flow(struct fixture *f)
{
	return tell(f, FLOW_TELL_NOTHING);
}

/* ---- runs and paragraphs ---- */

static inline struct doc_run text_run(struct str text)
{
	return (struct doc_run){ .kind = RUN_TEXT, .colour = DOC_COLOUR_COUNT, .text = text, .figure = -1 };
}

static inline struct doc_paragraph paragraph_of(struct fixture *f, enum doc_role role, const struct doc_run *runs, uint32_t count)
{
	return (struct doc_paragraph){ .style = &f->styles[role], .runs = arena_copy(&f->arena, runs, count * sizeof *runs),
		.run_count = count };
}

static inline struct doc_paragraph words(struct fixture *f, enum doc_role role, const char *text)
{
	struct doc_run run = text_run(str_from(text));

	return text && *text ? paragraph_of(f, role, &run, 1) : (struct doc_paragraph){ .style = &f->styles[role] };
}

/* ---- blocks ---- */

static inline struct doc_block *block(struct fixture *f, enum doc_block_kind kind)
{
	struct doc_block *b = ARENA_NEW(&f->arena, struct doc_block);

	b->kind = (uint8_t)kind;
	return b;
}

static inline struct doc_block *par_block(struct fixture *f, struct doc_paragraph p)
{
	struct doc_block *b = block(f, DOC_PARAGRAPH);

	b->paragraph = arena_copy(&f->arena, &p, sizeof p);
	return b;
}

static inline struct doc_block *text_block(struct fixture *f, enum doc_role role, const char *text)
{
	return par_block(f, words(f, role, text));
}

/* An unbreakable box that leaves one rectangle: its fill. */
static inline struct doc_block *box(struct fixture *f, mpt height)
{
	struct doc_block *b = block(f, DOC_RULE);
	struct doc_frame frame = { .fill = COLOUR_TINT, .pad_top = height };
	struct doc_rule rule = { COLOUR_RULE, 0 };

	b->frame = arena_copy(&f->arena, &frame, sizeof frame);
	b->rule = arena_copy(&f->arena, &rule, sizeof rule);
	return b;
}

/* With what follows it, as firmly as strength says; 0: not. */
static inline struct doc_block *kept(struct doc_block *b, uint8_t strength)
{
	b->keep_with_next = strength > 0;
	b->keep_strength = strength;
	return b;
}

static inline const struct doc_block *const *blocks_of(struct fixture *f, uint32_t count, va_list args)
{
	const struct doc_block **blocks = ARENA_ARRAY(&f->arena, const struct doc_block *, count + 1);

	for (uint32_t i = 0; i < count; i++)
		blocks[i] = va_arg(args, struct doc_block *);
	return blocks;
}

static inline struct doc_block *stack(struct fixture *f, uint32_t count, ...)
{
	struct doc_block *b = block(f, DOC_STACK);
	struct doc_stack s = { .count = count };
	va_list args;

	va_start(args, count);
	s.blocks = blocks_of(f, count, args);
	va_end(args);
	b->stack = arena_copy(&f->arena, &s, sizeof s);
	return b;
}

static inline struct doc_block *row2(struct fixture *f, uint8_t first, struct doc_block *left, struct doc_block *right, bool tracks)
{
	struct doc_row_cell cells[2] = {
		{ .start = 0, .span = first, .block = left },
		{ .start = first, .span = (uint8_t)(12 - first), .block = right },
	};
	struct doc_row row = { .cells = arena_copy(&f->arena, cells, sizeof cells), .count = 2, .tracks = tracks };
	struct doc_block *b = block(f, DOC_ROW);

	b->row = arena_copy(&f->arena, &row, sizeof row);
	return b;
}

static inline struct doc_section *section(struct fixture *f, uint32_t count, ...)
{
	struct doc_section *s = ARENA_NEW(&f->arena, struct doc_section);
	va_list args;

	va_start(args, count);
	s->blocks = blocks_of(f, count, args);
	va_end(args);
	s->count = count;
	s->id = STR("section");
	s->first = s->rest = &f->master;
	s->new_page = true;
	s->notes_here = true;
	vec_push(&f->arena, &f->doc.sections, s);
	return s;
}

/* ---- tables ---- */

static inline struct doc_cell cell(struct fixture *f, const char *text)
{
	return (struct doc_cell){ .text = words(f, ROLE_TABLE_CELL, text), .fill = DOC_COLOUR_COUNT };
}

static inline struct doc_table *table(struct fixture *f, uint16_t columns, uint32_t heads, uint32_t rows)
{
	struct doc_table *t = ARENA_NEW(&f->arena, struct doc_table);
	struct doc_column *c = ARENA_ARRAY(&f->arena, struct doc_column, columns);

	for (uint16_t i = 0; i < columns; i++)
		c[i] = (struct doc_column){ .width_kind = WIDTH_SHARE, .width = 1000 };
	t->columns = c;
	t->column_count = columns;
	t->rows = ARENA_ARRAY(&f->arena, struct doc_table_row, heads + rows);
	t->row_count = heads + rows;
	t->head_rows = heads;
	t->row_height = 12 * PT;
	t->repeat_head = true;
	return t;
}

static inline struct doc_table_row *table_row(struct fixture *f, struct doc_table *t, uint32_t row, enum doc_row_kind kind, ...)
{
	struct doc_table_row *r = (struct doc_table_row *)&t->rows[row];
	struct doc_cell *cells = ARENA_ARRAY(&f->arena, struct doc_cell, t->column_count);
	va_list args;

	va_start(args, kind);
	for (uint16_t i = 0; i < t->column_count; i++)
		cells[i] = cell(f, va_arg(args, const char *));
	va_end(args);
	*r = (struct doc_table_row){ .kind = (uint8_t)kind, .cells = cells, .count = t->column_count };
	return r;
}

static inline struct doc_block *table_block(struct fixture *f, struct doc_table *t)
{
	struct doc_block *b = block(f, DOC_TABLE);

	b->table = t;
	return b;
}

static inline struct doc_block *exhibit(struct fixture *f, const char *title, struct doc_block *body, const char *source)
{
	struct doc_exhibit e = { .number = 1, .title = words(f, ROLE_EXHIBIT_TITLE, title), .unit = words(f, ROLE_UNIT, ""),
		.source = words(f, ROLE_SOURCE, source), .continued = words(f, ROLE_EXHIBIT_TITLE, "continued"), .body = body };
	struct doc_block *b = block(f, DOC_EXHIBIT);

	b->exhibit = arena_copy(&f->arena, &e, sizeof e);
	return b;
}

/* ---- what came out ---- */

static inline size_t page_count(const struct fixture *f)
{
	return f->pages->pages.count;
}

/* The n-th rectangle of a page that is filled with a colour. */
static inline const struct page_item *rect_at(const struct fixture *f, size_t page, uint8_t colour, size_t n)
{
	const struct page *p = &f->pages->pages.at[page];

	for (size_t i = 0; i < p->items.count; i++)
		if (p->items.at[i].kind == PAGE_RECT && p->items.at[i].shape.fill == fixture_palette[colour] && !n--)
			return &p->items.at[i];
	return NULL;
}

static inline size_t rects(const struct fixture *f, size_t page, uint8_t colour)
{
	size_t n = 0;

	while (rect_at(f, page, colour, n))
		n++;
	return n;
}

/* The first text item of a page that starts with text; NULL when there is none. */
static inline const struct page_item *text_on(const struct fixture *f, size_t page, const char *text)
{
	const struct page *p = &f->pages->pages.at[page];

	for (size_t i = 0; i < p->items.count; i++)
		if (p->items.at[i].kind == PAGE_TEXT && str_starts(p->items.at[i].text.text, text))
			return &p->items.at[i];
	return NULL;
}

/* How many text items of a page start so. */
static inline size_t texts_on(const struct fixture *f, size_t page, const char *begin)
{
	size_t n = 0;

	for (size_t i = 0; i < f->pages->pages.at[page].items.count; i++) {
		const struct page_item *item = &f->pages->pages.at[page].items.at[i];
		n += item->kind == PAGE_TEXT && str_starts(item->text.text, begin);
	}
	return n;
}

/* All text of a page under a tag, in drawing order. */
static inline struct str text_of_tag(const struct fixture *f, int32_t tag)
{
	struct buf b;

	buf_init(&b, &((struct fixture *)(uintptr_t)f)->arena, 1 << 24);
	for (size_t i = 0; i < f->pages->pages.count; i++)
		for (size_t k = 0; k < f->pages->pages.at[i].items.count; k++) {
			const struct page_item *item = &f->pages->pages.at[i].items.at[k];
			if (item->kind == PAGE_TEXT && item->tag == tag)
				buf_put(&b, item->text.text);
		}
	return buf_str(&b);
}

static inline size_t tags_of(const struct fixture *f, enum page_tag_type type)
{
	size_t n = 0;

	for (size_t i = 0; i < f->pages->tags.count; i++)
		n += f->pages->tags.at[i].type == type;
	return n;
}

static inline size_t found(const struct fixture *f, enum diag_code code)
{
	size_t n = 0;

	for (size_t i = 0; i < f->diag.messages.count; i++)
		n += f->diag.messages.at[i].code == code;
	return n;
}

#endif
