/* Flow, doc to pages: blocks side by side on the grid. They share top and height; with tracks, the members of their stacks
 * align across. A row that does not fit moves to the next page; one taller than a page breaks its cells together. */
#include "flow/flow_int.h"

struct row_plan {
	struct flow_fit *cells; /* one a cell; FLOW_NONE, or gone: nothing of it here */
	bool *gone;             /* by cell: printed already */
	mpt *tracks;            /* tops of the tracks and the row's height, or NULL */
};

/* ---- the grid ---- */

struct span {
	mpt x, width;
};

static uint8_t columns_of(const struct flow *f)
{
	uint8_t columns = f->sheet.master->columns;

	return columns ? columns : 12;
}

/* Columns divide the width the row stands in, in a box as on the page. */
static struct span cell_span(const struct flow *f, const struct doc_row_cell *cell, mpt width)
{
	int64_t columns = cell->of ? cell->of : columns_of(f);
	mpt gutter = f->sheet.master->gutter;

	if ((int64_t)gutter * columns * 2 > width)
		gutter = 0;
	mpt x = mpt_scale(width + gutter, cell->start, columns);
	mpt end = mpt_scale(width + gutter, cell->start + cell->span, columns) - gutter;
	if (end > width)
		end = width;
	return (struct span){ x, end > x ? end - x : 0 };
}

/* Where a cell stands: from the right in a row that is read from there. */
static struct span cell_place(const struct flow *f, const struct doc_row *row, const struct doc_row_cell *cell, mpt width)
{
	struct span s = cell_span(f, cell, width);

	if (row->rtl)
		s.x = width - s.x - s.width;
	return s;
}

/* ---- tracks ---- */

static const struct doc_stack *tracked(const struct doc_row_cell *cell)
{
	return cell->block->kind == DOC_STACK ? cell->block->stack : NULL;
}

static mpt pad_width(const struct doc_block *b, mpt width)
{
	return b->frame ? width - b->frame->pad_left - b->frame->pad_right : width;
}

static uint32_t track_count(const struct doc_row *row)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < row->count; i++) {
		if (!tracked(&row->cells[i]))
			return 0;
		if (tracked(&row->cells[i])->count > most)
			most = tracked(&row->cells[i])->count;
	}
	return most;
}

static mpt cell_pad(const struct doc_row_cell *cell, bool top)
{
	const struct doc_frame *frame = cell->block->frame;

	return frame ? top ? frame->pad_top : frame->pad_bottom : 0;
}

static mpt widest_pad(const struct doc_row *row, bool top)
{
	mpt most = 0;

	for (uint32_t i = 0; i < row->count; i++)
		if (cell_pad(&row->cells[i], top) > most)
			most = cell_pad(&row->cells[i], top);
	return most;
}

struct track {
	mpt space, height;
};

static struct track measure_track(struct flow *f, const struct doc_row *row, uint32_t track, mpt width)
{
	struct track t = { 0, 0 };

	for (uint32_t i = 0; i < row->count; i++) {
		const struct doc_row_cell *cell = &row->cells[i];
		struct flow_run run = { .blocks = tracked(cell)->blocks, .count = tracked(cell)->count };
		if (track >= run.count)
			continue;
		mpt inner = pad_width(cell->block, cell_span(f, cell, width).width);
		mpt space = track ? flow_run_space(&run, track) : 0;
		mpt height = flow_natural(f, run.blocks[track], inner).height;
		t.space = space > t.space ? space : t.space;
		t.height = height > t.height ? height : t.height;
	}
	return t;
}

/* Tops from the row's top; the last entry is the row's height. */
static mpt *measure_tracks(struct flow *f, const struct doc_row *row, uint32_t count, mpt width)
{
	mpt *tops = ARENA_ARRAY(f->scratch, mpt, count + 1), y = widest_pad(row, true);

	for (uint32_t i = 0; i < count; i++) {
		struct track t = measure_track(f, row, i, width);
		tops[i] = flow_sum(y, t.space);
		y = flow_sum(tops[i], t.height);
	}
	tops[count] = flow_sum(y, widest_pad(row, false));
	return tops;
}

static void place_tracks(struct flow *f, const struct doc_row *row, const struct row_plan *plan, struct rect r)
{
	for (uint32_t i = 0; i < row->count; i++) {
		const struct doc_row_cell *cell = &row->cells[i];
		const struct doc_stack *stack = tracked(cell);
		struct span s = cell_place(f, row, cell, r.width);
		struct flow_run run = { .blocks = stack->blocks, .count = stack->count };

		flow_place_frame(f, cell->block, (struct rect){ r.x + s.x, r.y, s.width, r.height });
		mpt inner = pad_width(cell->block, s.width), left = cell->block->frame ? cell->block->frame->pad_left : 0;
		for (uint32_t k = 0; k < run.count; k++) {
			struct flow_fit fit = flow_natural(f, run.blocks[k], inner);
			flow_place(f, run.blocks[k], &fit,
				(struct rect){ r.x + s.x + left, r.y + plan->tracks[k], inner, fit.height });
		}
	}
}

/* ---- measure ---- */

static const struct flow_resume *cell_from(const struct flow_resume *from, uint32_t cell)
{
	const struct flow_resume *r = from && from->cells ? &from->cells[cell] : NULL;

	return r && !r->at && !r->inner && !r->cells && !r->done ? NULL : r;
}

static struct flow_fit measure_cell(struct flow *f, const struct doc_row_cell *cell, const struct flow_resume *from,
	struct flow_room room)
{
	room.width = cell_span(f, cell, room.width).width;
	return flow_measure(f, cell->block, from, room);
}

/* What is left of the cells; a cell that could not start stays as it was. */
static const struct flow_resume *cells_after(struct flow *f, const struct doc_row *row, const struct flow_fit *fits,
	const struct flow_resume *from)
{
	struct flow_resume *next = ARENA_NEW(f->scratch, struct flow_resume);
	struct flow_resume *cells = ARENA_ARRAY(f->scratch, struct flow_resume, row->count);

	for (uint32_t i = 0; i < row->count; i++) {
		const struct flow_resume *before = cell_from(from, i);
		if (fits[i].kind == FLOW_PART)
			cells[i] = *fits[i].next;
		else if (fits[i].kind == FLOW_NONE)
			cells[i] = before ? *before : (struct flow_resume){ 0 };
		else
			cells[i].done = true;
	}
	next->cells = cells;
	next->cell_count = row->count;
	return next;
}

static struct flow_fit measure_cells(struct flow *f, const struct doc_row *row, const struct flow_resume *from,
	struct flow_room room)
{
	struct row_plan *plan = ARENA_NEW(f->scratch, struct row_plan);
	struct flow_fit fit = { .kind = FLOW_FULL, .plan = plan };
	bool some = false;

	plan->cells = ARENA_ARRAY(f->scratch, struct flow_fit, row->count);
	plan->gone = ARENA_ARRAY(f->scratch, bool, row->count);
	for (uint32_t i = 0; i < row->count; i++) {
		struct flow_fit *cell = &plan->cells[i];
		const struct flow_resume *at = cell_from(from, i);
		plan->gone[i] = at && at->done;
		if (plan->gone[i])
			continue;
		*cell = measure_cell(f, &row->cells[i], at, room);
		if (cell->kind == FLOW_NONE || cell->kind == FLOW_PART)
			fit.kind = FLOW_PART;
		if (cell->kind == FLOW_NONE)
			continue;
		some = true;
		fit.height = cell->height > fit.height ? cell->height : fit.height;
	}
	if (fit.kind == FLOW_FULL)
		return fit;
	if (!some)
		return flow_none("no cell of the row fits");
	fit.next = cells_after(f, row, plan->cells, from);
	return fit;
}

static struct flow_fit measure_whole(struct flow *f, const struct doc_row *row, struct flow_room room)
{
	uint32_t tracks = row->tracks ? track_count(row) : 0;

	if (!tracks)
		return measure_cells(f, row, NULL, room);
	struct row_plan *plan = ARENA_NEW(f->scratch, struct row_plan);
	plan->tracks = measure_tracks(f, row, tracks, room.width);
	return (struct flow_fit){ .kind = FLOW_FULL, .height = plan->tracks[tracks], .plan = plan };
}

/* Cells that may break stand below each other where one of them would be too narrow to read. */
static bool is_narrow(const struct flow *f, const struct doc_row *row, mpt width)
{
	for (uint32_t i = 0; row->breaks && i < row->count; i++)
		if (cell_span(f, &row->cells[i], width).width < FLOW_LEAST_WIDTH)
			return true;
	return false;
}

static struct flow_run run_of_cells(struct flow *f, const struct doc_row *row)
{
	const struct doc_block **blocks = ARENA_ARRAY(f->scratch, const struct doc_block *, row->count + 1);

	for (uint32_t i = 0; i < row->count; i++)
		blocks[i] = row->cells[i].block;
	return (struct flow_run){ .blocks = blocks, .count = row->count, .gap = f->sheet.master->gutter };
}

struct flow_fit flow_row_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	struct flow_room free = { room.width, FLOW_UNBOUNDED, FLOW_UNBOUNDED, false };

	if (is_narrow(f, b->row, room.width)) {
		struct flow_run run = run_of_cells(f, b->row);
		return flow_run_measure(f, &run, from, room);
	}
	if (from)
		return measure_cells(f, b->row, from, room);
	struct flow_fit whole = measure_whole(f, b->row, free);
	if (whole.height <= room.height)
		return whole;
	if (whole.height <= room.full && !room.force && !b->row->breaks && flow_holds(f, flow_strength(b)))
		return flow_none("a row that fits a page is not split");
	struct flow_fit fit = measure_cells(f, b->row, NULL, room);
	if (whole.height > room.full && fit.kind == FLOW_PART && !b->row->breaks) {
		fit.tall = whole.height;
		fit.have = room.full;
	}
	return fit;
}

/* ---- place ---- */

void flow_row_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct row_plan *plan = fit->plan;

	if (is_narrow(f, b->row, r.width)) {
		struct flow_run run = run_of_cells(f, b->row);
		flow_run_place(f, &run, fit, r);
		return;
	}
	if (plan->tracks) {
		place_tracks(f, b->row, plan, r);
		return;
	}
	for (uint32_t i = 0; i < b->row->count; i++) {
		struct span s = cell_place(f, b->row, &b->row->cells[i], r.width);
		struct flow_fit *cell = &plan->cells[i];
		if (cell->kind != FLOW_NONE && !plan->gone[i])
			flow_place(f, b->row->cells[i].block, cell, (struct rect){ r.x + s.x, r.y, s.width, r.height });
	}
}

void flow_row_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	for (uint32_t i = 0; i < b->row->count; i++)
		flow_tag_block(f, b->row->cells[i].block, parent);
}
