/* Flow, doc to pages: tables. Cells are found and tagged once; set in a width they give row heights; flow_table_break.c says
 * which rows a page takes, and here they are drawn. */
#include "flow/flow_int.h"

/* ---- cells and tags ---- */

static uint16_t at_least_one(uint8_t span)
{
	return span ? span : 1;
}

/* Which columns a row's cells take, past those that spans from above still cover (left: rows to go by column). */
static void find_columns(struct flow_table *t, uint32_t row, uint16_t *left)
{
	const struct doc_table_row *r = &t->table->rows[row];
	uint16_t column = 0, columns = t->table->column_count;

	for (uint16_t i = 0; i < r->count; i++) {
		struct flow_cell *c = &t->cells[t->first[row] + i];
		while (column < columns && left[column])
			column++;
		c->par.par = &r->cells[i].text;
		c->column = column < columns ? column : (uint16_t)(columns - 1);
		c->span = at_least_one(flow_cell_doc(c)->column_span);
		if (c->column + c->span > columns)
			c->span = (uint16_t)(columns - c->column);
		c->row_span = at_least_one(flow_cell_doc(c)->row_span);
		if (row + c->row_span > t->table->row_count)
			c->row_span = (uint16_t)(t->table->row_count - row);
		t->spans |= c->row_span > 1 && row >= t->table->head_rows;
		for (uint16_t k = 0; k < c->span; k++, column++)
			left[c->column + k] = c->row_span;
	}
	for (column = 0; column < columns; column++)
		if (left[column]) {
			left[column]--;
			t->reach[row] = left[column] > t->reach[row] ? left[column] : t->reach[row];
		}
}

/* Which head each row is under, and which rows are shaded: every second one of a group. */
static void find_groups(struct flow *f, struct flow_table *t)
{
	const struct doc_table *table = t->table;
	uint32_t group = 0, bodies = 0;

	if (table->repeat_groups)
		t->group = ARENA_ARRAY(f->scratch, uint32_t, table->row_count + 1u);
	if (table->zebra)
		t->shaded = ARENA_ARRAY(f->scratch, bool, table->row_count + 1u);
	for (uint32_t i = table->head_rows; i < table->row_count; i++) {
		uint8_t kind = table->rows[i].kind;
		bodies = kind == ROW_BODY ? bodies + 1 : 0;
		if (t->shaded)
			t->shaded[i] = bodies && bodies % 2 == 0;
		if (t->group)
			t->group[i] = kind == ROW_BODY ? group : 0;
		group = kind == ROW_GROUP ? i + 1 : kind == ROW_BODY ? group : 0;
	}
	while (t->ends < table->row_count - table->head_rows && table->rows[table->row_count - 1 - t->ends].kind == ROW_TOTAL)
		t->ends++;
}

static struct flow_table *table_cells(struct flow *f, const struct doc_table *table)
{
	struct flow_table *t = ARENA_NEW(f->scratch, struct flow_table);
	uint16_t *left = ARENA_ARRAY(f->scratch, uint16_t, table->column_count + 1u);
	uint32_t count = 0;

	t->table = table;
	t->first = ARENA_ARRAY(f->scratch, uint32_t, table->row_count + 1u);
	t->reach = ARENA_ARRAY(f->scratch, uint16_t, table->row_count + 1u);
	for (uint32_t i = 0; i < table->row_count; i++) {
		t->first[i] = count;
		count += table->rows[i].count;
	}
	t->first[table->row_count] = count;
	t->cells = ARENA_ARRAY(f->scratch, struct flow_cell, count);
	for (uint32_t i = 0; i < table->row_count; i++)
		find_columns(t, i, left);
	find_groups(f, t);
	flow_map_add(f->scratch, &f->tables, table, t);
	return t;
}

struct flow_table *flow_table(struct flow *f, const struct doc_table *t)
{
	return flow_map_lookup(&f->tables, t);
}

static bool is_head_cell(const struct flow_table *t, uint32_t row, const struct doc_cell *cell)
{
	return (cell->text.run_count || cell->chart) && (row < t->table->head_rows || cell->row_head);
}

static uint8_t scope_of(const struct flow_table *t, uint32_t row, const struct doc_cell *cell)
{
	if (row >= t->table->head_rows)
		return PAGE_SCOPE_ROW;
	return cell->row_head ? PAGE_SCOPE_BOTH : PAGE_SCOPE_COLUMN;
}

static uint8_t align_of(const struct flow_table *t, const struct flow_cell *c)
{
	return flow_cell_doc(c)->align ? (uint8_t)(flow_cell_doc(c)->align - 1) : t->table->columns[c->column].align;
}

static int32_t tag_cell(struct flow *f, struct flow_table *t, uint32_t row, struct flow_cell *c, int32_t parent)
{
	const struct doc_cell *cell = flow_cell_doc(c);
	struct src_pos pos = flow_par_pos(&cell->text, t->table->rows[row].pos);
	bool head = is_head_cell(t, row, cell);
	int32_t tag = flow_tag_add(f, head ? TAG_TH : TAG_TD, parent, pos);
	struct page_tag *made = flow_tag_at(f, tag);

	made->scope = head ? scope_of(t, row, cell) : PAGE_SCOPE_NONE;
	made->column_span = c->span;
	made->row_span = c->row_span;
	flow_tag_runs(f, &c->par, &cell->text, tag);
	c->par.align = align_of(t, c);
	t->notes |= c->par.notes;
	t->refers |= c->par.refers;
	if (cell->chart)
		c->figure = flow_tag_figure(f, cell->chart->alt, cell->chart->decoration, tag, cell->chart->pos);
	return tag;
}

/* With heads in several rows every cell names its heads; ids are made from the tags' own numbers. */
static struct str head_id(struct flow *f, int32_t tag)
{
	struct page_tag_words *words = flow_tag_words(f, tag);

	if (!words->id.len)
		words->id = str_printf(f->s.arena, "h%d", (int)tag);
	return words->id;
}

static struct str join_ids(struct flow *f, struct str ids, struct str id)
{
	if (!ids.len)
		return id;
	return id.len ? str_printf(f->s.arena, STR_FMT " " STR_FMT, STR_ARG(ids), STR_ARG(id)) : ids;
}

static void add_heads(struct flow *f, const struct flow_cell *c, int32_t tag, struct str *heads)
{
	if (flow_tag_at(f, tag)->type != TAG_TH)
		return;
	struct str id = head_id(f, tag);
	for (uint16_t k = 0; k < c->span; k++)
		heads[c->column + k] = join_ids(f, heads[c->column + k], id);
}

static void tag_row(struct flow *f, struct flow_table *t, uint32_t row, int32_t parent, struct str *heads)
{
	int32_t tr = flow_tag_add(f, TAG_TR, parent, t->table->rows[row].pos);
	struct str row_heads = { 0 };

	for (uint32_t i = t->first[row]; i < t->first[row + 1]; i++) {
		struct flow_cell *c = &t->cells[i];
		int32_t tag = tag_cell(f, t, row, c, tr);
		if (t->table->head_rows < 2)
			continue;
		if (row < t->table->head_rows)
			add_heads(f, c, tag, heads);
		else if (flow_tag_at(f, tag)->type == TAG_TH)
			row_heads = join_ids(f, row_heads, head_id(f, tag));
		else
			flow_tag_words(f, tag)->headers = join_ids(f, heads[c->column], row_heads);
	}
}

void flow_table_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	const struct doc_table *table = b->table;
	struct flow_table *t = table_cells(f, table);
	int32_t tag = flow_tag_add(f, TAG_TABLE, parent, b->pos);
	int32_t part = table->head_rows ? flow_tag_add(f, TAG_THEAD, tag, b->pos) : tag;
	struct str *heads = ARENA_ARRAY(f->scratch, struct str, table->column_count + 1u);

	flow_tag_words(f, tag)->title = table->summary;
	for (uint32_t i = 0; i < table->row_count; i++) {
		if (i == table->head_rows)
			part = flow_tag_add(f, TAG_TBODY, tag, b->pos);
		tag_row(f, t, i, part, heads);
	}
}

/* ---- heights ---- */

/* Pads give way, the right one first, where they leave less than a letter is wide: it would stand over its neighbour. */
static void give_pads(const struct flow_cell *c, mpt pad_right, mpt pad_left, mpt *left, mpt *width)
{
	mpt letter = mpt_scale(c->par.par->style->size, 5, 4), lack = letter - *width;
	mpt right = lack < pad_right ? lack : pad_right, rest = lack - right < pad_left ? lack - right : pad_left;

	if (lack <= 0)
		return;
	*left -= rest;
	*width += right + rest;
}

mpt flow_cell_inner(const struct flow_table *t, const struct flow_grid *g, const struct flow_cell *c, mpt *x)
{
	const struct doc_column *first = &t->table->columns[c->column];
	const struct doc_column *last = &t->table->columns[c->column + c->span - 1];
	mpt left = g->x[c->column] + first->pad_left + flow_cell_doc(c)->indent;
	mpt width = g->x[c->column + c->span] - last->pad_right - left, hang = flow_cell_hang(t, c);

	give_pads(c, last->pad_right, first->pad_left, &left, &width);
	if (width - hang < c->natural) /* too narrow for its alignment */
		hang = width > c->natural ? width - c->natural : 0;
	width -= hang;
	*x = t->table->rtl ? g->x[t->table->column_count] - left - width - hang : left;
	*x += flow_hang_left(c, hang);
	return width > MPT_PT ? width : MPT_PT;
}

/* One line looks the same in every width that holds it, unless it fills or forces lines. */
static bool is_one_line(const struct doc_paragraph *p)
{
	for (uint32_t i = 0; i < p->run_count; i++)
		if (p->runs[i].kind == RUN_FILL || p->runs[i].kind == RUN_BREAK)
			return false;
	return true;
}

static bool has_links(const struct flow_cell *c)
{
	for (uint32_t i = 0; c->par.links && i < flow_cell_doc(c)->text.run_count; i++)
		if (c->par.links[i].target || flow_cell_doc(c)->text.runs[i].uri.len)
			return true;
	return false;
}

/* Text made for the setting (calls of notes, page numbers, spaces at fills) must stay, and links are placed with their lines; all
 * other preparations are forgotten. */
static bool is_brief(const struct flow_cell *c)
{
	return !c->par.notes && !c->par.refers && !c->par.prepared && is_one_line(&flow_cell_doc(c)->text) && !has_links(c);
}

/* Its items, with the line's start and baseline at 0, as bytes: a long table has more set text than a page has room for. */
static const unsigned char *packed_line(struct flow *f, const struct flow_cell *c, const struct text_line *line)
{
	struct arena *items = f->s.items;
	struct page sheet = { 0 };

	if (!f->cells)
		f->cells = page_packer_new(f->scratch);
	f->s.items = f->s.brief;
	set_line(&f->s, &sheet, line, c->par.par->style, c->par.par->runs, c->par.tags, c->par.tag, 0, 0);
	f->s.items = items;
	return page_pack_items(f->cells, sheet.items.at, sheet.items.count);
}

void flow_cell_set(struct flow *f, struct flow_table *t, struct flow_cell *c)
{
	struct arena_mark mark = arena_mark(f->s.brief);
	bool brief = is_brief(c);

	if (!flow_cell_doc(c)->text.run_count || c->line || (!c->par.refers && c->natural))
		return;
	if (brief)
		flow_prepare_briefly(f, &c->par);
	else
		flow_lines(f, &c->par, FLOW_UNBOUNDED);
	c->least = text_least_width(c->par.prepared);
	c->natural = text_natural_width(c->par.prepared);
	if (brief) {
		struct text_lines lines = text_break(f->s.brief, c->par.prepared, c->natural);
		c->line = lines.count == 1 ? packed_line(f, c, lines.lines) : NULL;
		if (c->line)
			flow_cell_anchor(f, t, c, lines.lines);
		c->par.prepared = NULL;
		arena_rewind(f->s.brief, mark);
	}
}

static const struct text_lines *wrapped(struct flow *f, struct flow_cell *c, mpt width)
{
	struct arena_mark mark = arena_mark(f->s.brief);

	for (struct flow_set *set = c->par.sets; set && !c->par.refers; set = set->next)
		if (set->width == width)
			return &set->lines;
	if (!is_brief(c))
		return flow_lines(f, &c->par, width);
	struct flow_set *sets = c->par.sets;
	flow_prepare_briefly(f, &c->par);
	c->par.sets = sets;
	const struct text_lines *lines = flow_lines(f, &c->par, width);
	c->par.prepared = NULL;
	arena_rewind(f->s.brief, mark);
	return lines;
}

static bool is_on_one_line(const struct flow_cell *c, mpt width)
{
	return c->line && c->natural <= width;
}

uint32_t flow_cell_lines(struct flow *f, struct flow_cell *c, mpt width)
{
	if (!flow_cell_doc(c)->text.run_count)
		return 0;
	return is_on_one_line(c, width) ? 1 : wrapped(f, c, width)->count;
}

static mpt shift_of(const struct flow_cell *c, mpt width)
{
	if ((c->par.align == DOC_END) != (c->par.par->rtl && c->par.align != DOC_CENTRE))
		return width - c->natural;
	return c->par.align == DOC_CENTRE ? (width - c->natural) / 2 : 0;
}

static void move_item(struct page_item *item, mpt x, mpt y, int32_t as)
{
	item->x += x;
	item->y += y;
	if (as != FLOW_OWN_TAG && item->tag >= 0)
		item->tag = as;
	if (item->kind != PAGE_PATH)
		return;
	struct page_segment *segments = (struct page_segment *)(uintptr_t)item->shape.segments; /* unpacked for this item alone */
	for (uint32_t i = 0; i < item->shape.segment_count; i++)
		for (int k = 0; k < 3; k++) {
			segments[i].at[k].x += x;
			segments[i].at[k].y += y;
		}
}

void flow_cell_place(struct flow *f, struct flow_cell *c, const struct flow_cell_place *at)
{
	size_t before = f->page ? f->page->items.count : 0;

	if (!is_on_one_line(c, at->width)) {
		flow_par_place(f, &c->par, wrapped(f, c, at->width), at->from, at->to, at->x, at->y, at->as);
		return;
	}
	if (f->dry || at->from >= at->to)
		return;
	page_unpack_items(f->s.items, f->cells, c->line, f->page);
	for (size_t i = before; i < f->page->items.count; i++)
		move_item(&f->page->items.at[i], at->x + shift_of(c, at->width), at->y + flow_baseline(f, c->par.par->style), at->as);
}

static mpt text_height(struct flow *f, struct flow_table *t, struct flow_grid *g, struct flow_cell *c)
{
	mpt x;

	if (!flow_cell_doc(c)->text.run_count)
		return 0;
	return flow_lines_height(flow_cell_lines(f, c, flow_cell_inner(t, g, c, &x)), c->par.par->style->leading);
}

/* A cell over several rows that half a page could not take may break between its lines: its first row is made for it. */
static bool beyond_row(const struct flow_grid *g, const struct flow_cell *c, mpt height)
{
	return c->row_span > 1 && (!g->full || height <= g->full / 2);
}

static void measure_row(struct flow *f, struct flow_table *t, struct flow_grid *g, uint32_t row)
{
	bool head = row < t->table->head_rows;
	mpt most = 0;

	for (uint32_t i = t->first[row]; i < t->first[row + 1]; i++) {
		mpt height = text_height(f, t, g, &t->cells[i]);
		if (height > most && !beyond_row(g, &t->cells[i], height))
			most = height;
	}
	g->texts[row] = most;
	g->heights[row] = head ? most : flow_sum(most, 2 * t->table->row_pad);
	if (!head && g->heights[row] < t->table->row_height)
		g->heights[row] = t->table->row_height;
}

/* What a cell over several rows needs beyond them is given to the last of them. */
static void stretch_spans(struct flow *f, struct flow_table *t, struct flow_grid *g, uint32_t row)
{
	for (uint32_t i = t->first[row]; i < t->first[row + 1]; i++) {
		struct flow_cell *c = &t->cells[i];
		if (c->row_span < 2)
			continue;
		mpt need = flow_sum(text_height(f, t, g, c), row < t->table->head_rows ? 0 : 2 * t->table->row_pad), have = 0;
		for (uint32_t k = 0; k < c->row_span; k++)
			have = flow_sum(have, g->heights[row + k]);
		if (need > have)
			g->heights[row + c->row_span - 1] += need - have;
	}
}

static mpt carried_height(struct flow *f, const struct flow_table *t, const struct flow_grid *g, uint16_t column,
	const struct doc_paragraph *text)
{
	const struct doc_column *c = &t->table->columns[column];
	struct flow_par par = { .par = text, .tag = PAGE_ARTIFACT, .align = c->align };

	return text->run_count ? flow_par_height(f, &par, g->x[column + 1] - c->pad_right - g->x[column] - c->pad_left) : 0;
}

/* As high as the words and the last sums need, which are the longest as a rule. */
static mpt carry_height(struct flow *f, const struct flow_table *t, const struct flow_grid *g)
{
	const struct doc_carry *carry = t->table->carry;
	mpt most = t->table->row_height - 2 * t->table->row_pad, height;

	if (!carry)
		return 0;
	for (uint16_t i = 0; i < t->table->column_count; i++) {
		const struct doc_table_row *last = &carry->rows[t->table->row_count - 1 - t->ends];
		height = i == carry->label ? carried_height(f, t, g, i, &carry->carried)
			: i < last->count ? carried_height(f, t, g, i, &last->cells[i].text) : 0;
		most = height > most ? height : most;
	}
	height = carried_height(f, t, g, carry->label, &carry->brought);
	return (height > most ? height : most) + 2 * t->table->row_pad;
}

static struct flow_grid *flow_table_grid(struct flow *f, struct flow_table *t, struct flow_room room)
{
	struct flow_grid *g = t->grids;
	mpt full = t->spans ? room.full : 0;

	while (g && (g->width != room.width || g->full != full))
		g = g->next;
	if (g && (!t->refers || g->version == f->version))
		return g;
	g = ARENA_NEW(f->scratch, struct flow_grid);
	g->width = room.width;
	g->full = full;
	g->version = f->version;
	g->x = ARENA_ARRAY(f->scratch, mpt, t->table->column_count + 1u);
	g->heights = ARENA_ARRAY(f->scratch, mpt, t->table->row_count + 1u);
	g->texts = ARENA_ARRAY(f->scratch, mpt, t->table->row_count + 1u);
	g->next = t->grids;
	t->grids = g;
	flow_table_widths(f, t, g);
	for (uint32_t i = 0; i < t->table->row_count; i++)
		measure_row(f, t, g, i);
	for (uint32_t i = 0; i < t->table->row_count; i++)
		stretch_spans(f, t, g, i);
	for (uint32_t i = 0; i < t->table->head_rows; i++)
		g->head = flow_sum(g->head, g->heights[i]);
	g->carry = carry_height(f, t, g);
	return g;
}

/* ---- measure ---- */

struct flow_fit flow_table_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	struct flow_table *t = flow_table(f, b->table);

	return flow_table_break(f, t, flow_table_grid(f, t, room), from, room);
}
