/* Properties over generated tables: every row is printed once, a head stands on every page of its table, no text leaves the columns of
 * its cell, no two texts overlap, nothing leaves the page; the same table twice makes the same pages. A seeded generator, no clock. */
#include "flow_fixture.h"

#include <stdlib.h>

enum { TABLES = 250, LEFT = 48, TOP = 60, WIDTH = 504, HEIGHT = 720 };

struct maker {
	struct fixture *f;
	uint64_t seed;
	struct doc_table *t;
	bool fixed;         /* columns stand where made[] says */
	bool spans;         /* of rows: then a cell's column is not told by its row alone */
	mpt made[61];       /* edges of fixed columns */
};

static uint32_t pick(struct maker *m, uint32_t below)
{
	return fixture_pick(&m->seed, below);
}

static const char *const vocabulary[] = { "platform", "the", "of", "budget", "shared", "€2.4 m", "integration", "a", "Überprüfung",
	"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenausgabestellenleiterinnen", "76 %", "−0.4", "12.25", "7" };

static const char *sentence(struct maker *m, uint32_t most)
{
	uint32_t count = 1 + pick(m, most);
	struct buf b;

	buf_init(&b, &m->f->arena, 1 << 16);
	for (uint32_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? " " : "", vocabulary[pick(m, sizeof vocabulary / sizeof *vocabulary)]);
	return buf_str(&b).ptr;
}

static void make_columns(struct maker *m)
{
	struct doc_column *columns = (struct doc_column *)(uintptr_t)m->t->columns;
	uint16_t count = m->t->column_count;

	m->fixed = pick(m, 2);
	for (uint16_t k = 0; k < count; k++) {
		columns[k].width_kind = (uint8_t)(m->fixed ? WIDTH_FIXED : pick(m, 3));
		columns[k].width = m->fixed ? WIDTH * PT / count : columns[k].width_kind == WIDTH_FIXED ? 30 * PT : 1000;
		columns[k].align = (uint8_t)(k ? pick(m, 3) : DOC_START);
		columns[k].anchor = (uint8_t)pick(m, 4);
		m->made[k + 1] = m->made[k] + columns[k].width;
	}
}

/* The first cell of every row begins with a word of its own. */
static void make_row(struct maker *m, uint32_t row, uint8_t kind)
{
	uint16_t columns = m->t->column_count, count = 0;
	struct doc_cell *cells = ARENA_ARRAY(&m->f->arena, struct doc_cell, columns);

	for (uint16_t k = 0; k < columns; count++) {
		const char *text = pick(m, 60) ? sentence(m, 3) : sentence(m, 250);
		uint8_t span = (uint8_t)(k && columns - k > 1 && !pick(m, 6) ? 2 : 1);
		cells[count] = cell(m->f, k ? text : str_printf(&m->f->arena, "%s%u %s", kind == ROW_HEAD ? "head" : "row", (unsigned)row, text).ptr);
		cells[count].column_span = span;
		k = (uint16_t)(k + span);
	}
	*(struct doc_table_row *)(uintptr_t)&m->t->rows[row] = (struct doc_table_row){ .kind = kind, .cells = cells, .count = count,
		.keep_with_next = kind == ROW_BODY && !pick(m, 12) };
}

static void make_carry(struct maker *m)
{
	struct doc_carry *carry = ARENA_NEW(&m->f->arena, struct doc_carry);
	struct doc_table_row *rows = ARENA_ARRAY(&m->f->arena, struct doc_table_row, m->t->row_count);

	for (uint32_t i = m->t->head_rows; i < m->t->row_count; i++) {
		struct doc_cell *cells = ARENA_ARRAY(&m->f->arena, struct doc_cell, m->t->column_count);
		for (uint16_t k = 0; k < m->t->column_count; k++)
			cells[k] = cell(m->f, k ? "1.0" : "");
		rows[i] = (struct doc_table_row){ .cells = cells, .count = m->t->column_count };
	}
	*carry = (struct doc_carry){ .rows = rows, .carried = words(m->f, ROLE_TABLE_CELL, "to"), .brought = words(m->f, ROLE_TABLE_CELL, "from") };
	m->t->carry = carry;
}

static void make_table(struct maker *m)
{
	uint16_t columns = (uint16_t)(pick(m, 12) ? 1 + pick(m, 8) : 60);
	uint32_t heads = pick(m, 3), rows = 1 + pick(m, columns > 8 ? 20 : 200);

	m->t = table(m->f, columns, heads, rows);
	make_columns(m);
	for (uint32_t i = 0; i < heads + rows; i++)
		make_row(m, i, (uint8_t)(i < heads ? ROW_HEAD : i + 1 == heads + rows && pick(m, 2) ? ROW_TOTAL : pick(m, 9) ? ROW_BODY : ROW_GROUP));
	m->t->zebra = !pick(m, 3);
	m->t->repeat_groups = pick(m, 2);
	m->t->row_pad = (mpt)pick(m, 3) * PT;
	if (!pick(m, 3))
		make_carry(m);
}

/* ---- what must hold ---- */

static bool is_told(const struct page_item *item)
{
	return item->kind == PAGE_TEXT && item->tag >= 0;
}

/* How often a word begins a text on a page: as content, and as what is said again. */
static void count_word(const struct fixture *f, size_t page, struct str word, size_t *told, size_t *again)
{
	const struct page *p = &f->pages->pages.at[page];

	for (size_t i = 0; i < p->items.count; i++) {
		struct str rest = p->items.at[i].text.text;
		if (p->items.at[i].kind != PAGE_TEXT || !str_equal(str_word(&rest), word))
			continue;
		*(p->items.at[i].tag >= 0 ? told : again) += 1;
	}
}

/* A word too wide for its cell is printed in pieces. */
static bool is_whole(const struct maker *m)
{
	return m->t->column_count <= 8;
}

/* Heads of at most a quarter of a page: the baseline of the first row is not lower than that. */
static bool heads_are_low(const struct maker *m)
{
	const struct page_item *row = text_on(m->f, 0, str_printf(&m->f->arena, "row%u", (unsigned)m->t->head_rows).ptr);

	return row && row->y - 60 * PT <= 720 * PT / 4;
}

static void rows_are_printed_once(struct maker *m)
{
	for (uint32_t i = 0; is_whole(m) && i < m->t->row_count; i++) {
		bool head = i < m->t->head_rows;
		size_t told = 0, again = 0;
		for (size_t p = 0; p < page_count(m->f); p++)
			count_word(m->f, p, str_printf(&m->f->arena, "%s%u", head ? "head" : "row", (unsigned)i), &told, &again);
		assert_int_equal(told, 1);
		if (head)
			assert_true(again + 1 == page_count(m->f) || (again == 0 && !heads_are_low(m)));
		else
			assert_true(m->t->rows[i].kind == ROW_GROUP || again == 0);
	}
}

static bool is_cell(const struct page_tag *tag)
{
	return tag->type == TAG_TH || tag->type == TAG_TD;
}

/* The columns of a cell: those of the cells before it in its row. */
static void columns_of(const struct fixture *f, int32_t cell, uint16_t *first, uint16_t *span)
{
	*first = 0;
	*span = f->pages->tags.at[cell].column_span;
	for (int32_t i = cell - 1; i >= 0 && f->pages->tags.at[i].type != TAG_TR; i--)
		if (is_cell(&f->pages->tags.at[i]))
			*first = (uint16_t)(*first + f->pages->tags.at[i].column_span);
}

static void texts_stay_in_their_cells(struct maker *m)
{
	const struct pages *pages = m->f->pages;

	for (size_t p = 0; m->fixed && p < page_count(m->f); p++)
		for (size_t i = 0; i < pages->pages.at[p].items.count; i++) {
			const struct page_item *item = &pages->pages.at[p].items.at[i];
			uint16_t first, span;
			if (!is_told(item) || !is_cell(&pages->tags.at[item->tag]))
				continue;
			columns_of(m->f, item->tag, &first, &span);
			assert_true(item->x >= LEFT * PT + m->made[first] - 1);
			/* One letter may be wider than a cell of 60. */
			assert_true(item->x + item->text.width <= LEFT * PT + m->made[first + span] + 1 || item->text.glyph_count <= 2);
		}
}

static int by_height(const void *a, const void *b)
{
	const struct page_item *const *x = a, *const *y = b;

	return (*x)->y < (*y)->y ? -1 : (*x)->y > (*y)->y;
}

static bool overlap(const struct page_item *a, const struct page_item *b)
{
	mpt left = a->x > b->x ? a->x : b->x, right_a = a->x + a->text.width, right_b = b->x + b->text.width;

	return (right_a < right_b ? right_a : right_b) - left > PT / 10;
}

static void texts_do_not_overlap(struct maker *m)
{
	for (size_t p = 0; p < page_count(m->f); p++) {
		const struct page *page = &m->f->pages->pages.at[p];
		const struct page_item **texts = ARENA_ARRAY(&m->f->arena, const struct page_item *, page->items.count + 1);
		size_t count = 0;
		for (size_t i = 0; i < page->items.count; i++)
			if (page->items.at[i].kind == PAGE_TEXT && page->items.at[i].text.glyph_count > 2)
				texts[count++] = &page->items.at[i];
		qsort(texts, count, sizeof *texts, by_height);
		for (size_t i = 0; i < count; i++)
			for (size_t k = i + 1; k < count && texts[k]->y - texts[i]->y < 10 * PT; k++)
				assert_false(overlap(texts[i], texts[k]));
	}
}

static void nothing_leaves_the_page(struct maker *m)
{
	for (size_t p = 0; p < page_count(m->f); p++)
		for (size_t i = 0; i < m->f->pages->pages.at[p].items.count; i++) {
			const struct page_item *item = &m->f->pages->pages.at[p].items.at[i];
			if (item->kind == PAGE_TEXT)
				assert_true(item->y > TOP * PT && item->y < (TOP + HEIGHT) * PT && item->x >= LEFT * PT - 1);
			else
				assert_true(item->y >= TOP * PT - PT && item->y + item->shape.height <= (TOP + HEIGHT) * PT + PT);
		}
}

static const char *listing(struct fixture *f)
{
	struct buf b;

	buf_init(&b, &f->arena, (size_t)64 << 20);
	page_dump(f->pages, &b);
	return b.ptr;
}

static void generated_tables_keep_their_promises(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < TABLES; i++) {
		static struct fixture f;
		struct maker m = { .f = &f, .seed = i };
		fixture_open(&f);
		make_table(&m);
		section(&f, 1, table_block(&f, m.t));
		flow(&f);
		rows_are_printed_once(&m);
		texts_stay_in_their_cells(&m);
		texts_do_not_overlap(&m);
		nothing_leaves_the_page(&m);
		if (i % 10 == 0) {
			const char *before = listing(&f);
			flow(&f);
			assert_string_equal(before, listing(&f));
		}
		fixture_close(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(generated_tables_keep_their_promises) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
