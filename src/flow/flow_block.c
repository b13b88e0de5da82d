/* Flow, doc to pages: the table of kinds, and what every block has: frame, keeps, natural height, place in the outline. */
#include "flow/flow_int.h"


static const struct flow_kind kinds[DOC_BLOCK_KIND_COUNT] = {
#define KIND(id, name) [id] = { flow_##name##_measure, flow_##name##_place, flow_##name##_tag, #name }
	KIND(DOC_PARAGRAPH, paragraph),
	KIND(DOC_STACK, stack),
	KIND(DOC_ROW, row),
	KIND(DOC_LIST, list),
	KIND(DOC_TABLE, table),
	KIND(DOC_CHART, chart),
	KIND(DOC_EXHIBIT, exhibit),
	KIND(DOC_IMAGE, image),
	KIND(DOC_RULE, rule),
	KIND(DOC_SPACE, space),
	KIND(DOC_CONTENTS, contents),
	KIND(DOC_COLUMNS, columns),
	KIND(DOC_SIGNATURES, signatures),
#undef KIND
};

const char *flow_kind_name(const struct doc_block *b)
{
	return kinds[b->kind].name;
}

mpt flow_sum(mpt a, mpt b)
{
	int64_t sum = (int64_t)a + b;

	return sum > FLOW_UNBOUNDED ? FLOW_UNBOUNDED : (mpt)sum;
}

mpt flow_lines_height(uint32_t lines, mpt leading)
{
	int64_t height = (int64_t)lines * leading;

	return height > FLOW_UNBOUNDED ? FLOW_UNBOUNDED : (mpt)height;
}

mpt flow_baseline_step(const struct flow *f)
{
	const struct doc_master *m = f->sheet.master;

	return m->baseline_grid ? m->step : 0;
}

const char *flow_mm(struct flow *f, mpt length)
{
	struct buf b;

	buf_init(&b, f->scratch, 32);
	buf_mm(&b, length);
	return str_terminated(f->scratch, buf_str(&b));
}

const char *flow_name(struct flow *f, const struct doc_block *b)
{
	return b->slot.len ? str_printf(f->scratch, "'" STR_FMT "'", STR_ARG(b->slot)).ptr : "this block";
}

struct src_pos flow_par_pos(const struct doc_paragraph *p, struct src_pos otherwise)
{
	return p->run_count && p->runs[0].pos.source ? p->runs[0].pos : otherwise;
}

struct flow_fit flow_none(const char *why)
{
	return (struct flow_fit){ .kind = FLOW_NONE, .why = why };
}

struct flow_fit flow_unsplit(struct flow *f, mpt height, struct flow_room room, const char *why)
{
	struct flow_fit fit = { .kind = FLOW_FULL, .height = height };
	mpt most = f->limit && f->limit < room.height ? f->limit : room.height;

	if (height <= most || (height <= room.height && room.height == FLOW_UNBOUNDED))
		return fit;
	if (!room.force && !f->limit)
		return flow_none(why);
	fit.tall = height;
	fit.have = room.full;
	fit.height = most > MPT_PT ? most : MPT_PT;
	return fit;
}

struct flow_info *flow_info(struct flow *f, const struct doc_block *b)
{
	struct flow_info *info = flow_map_lookup(&f->infos, b);

	if (!info) {
		info = ARENA_NEW(f->scratch, struct flow_info);
		info->tag = -1;
		flow_map_add(f->scratch, &f->infos, b, info);
	}
	return info;
}

/* ---- frames ---- */

static const struct doc_frame *frame_of(const struct flow *f, const struct doc_block *b)
{
	return b->frame || b->kind != DOC_EXHIBIT ? b->frame : &f->exhibit_frame;
}

static mpt side_pads(const struct doc_frame *frame, mpt width)
{
	if (!frame || width - frame->pad_left - frame->pad_right < FLOW_LEAST_WIDTH)
		return 0;
	return frame->pad_left + frame->pad_right;
}

/* A frame that would leave a forced block no height gives up its padding. */
static struct flow_fit frame_pads(const struct doc_frame *frame, struct flow_room room)
{
	struct flow_fit pads = { .kind = FLOW_EMPTY };

	if (!frame || (room.force && frame->pad_top + frame->pad_bottom > room.height / 2))
		return pads;
	pads.pad_top = frame->pad_top;
	pads.pad_bottom = frame->pad_bottom;
	return pads;
}

static struct flow_fit measure_framed(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	const struct doc_frame *frame = frame_of(f, b);
	struct flow_fit pads = frame_pads(frame, room);
	mpt high = pads.pad_top + pads.pad_bottom;

	if (high > room.height && !room.force)
		return flow_none("no room for its frame");
	room.width -= side_pads(frame, room.width);
	room.height -= high;
	room.full -= high;
	struct flow_fit fit = kinds[b->kind].measure(f, b, from, room);
	fit.height = flow_sum(fit.height, high);
	fit.pad_top = pads.pad_top;
	fit.pad_bottom = pads.pad_bottom;
	fit.resumed = from != NULL;
	return fit;
}

static void draw_frame(struct flow *f, const struct doc_block *b, const struct doc_frame *frame, struct rect r)
{
	if (frame->fill < DOC_COLOUR_COUNT)
		flow_rect(f, frame->fill, PAGE_ARTIFACT, r, b->pos);
	if (frame->top_width > 0) {
		r.height = frame->top_width;
		flow_rect(f, frame->top_colour, PAGE_ARTIFACT, r, b->pos);
	}
}

/* ---- measure ---- */

struct flow_fit flow_natural(struct flow *f, const struct doc_block *b, mpt width)
{
	struct flow_info *info = flow_info(f, b);
	struct flow_memo *memo = info->memos;
	struct flow_room room = { width, FLOW_UNBOUNDED, FLOW_UNBOUNDED, false };

	while (memo && memo->width != width)
		memo = memo->next;
	if (memo && memo->version == f->version)
		return memo->fit;
	if (!memo) {
		memo = ARENA_NEW(f->scratch, struct flow_memo);
		memo->width = width;
		memo->next = info->memos;
		info->memos = memo;
	}
	memo->fit = measure_framed(f, b, NULL, room);
	memo->version = f->version;
	return memo->fit;
}

struct flow_fit flow_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	if (from)
		return measure_framed(f, b, from, room);
	struct flow_fit natural = flow_natural(f, b, room.width);
	if (natural.height <= room.height)
		return natural;
	if (b->keep_together && natural.height <= room.full && !room.force && flow_holds(f, flow_strength(b)))
		return flow_none("kept together");
	struct flow_fit fit = measure_framed(f, b, NULL, room);
	if (b->keep_together && fit.kind == FLOW_PART && (natural.height > room.full || flow_holds(f, flow_strength(b)))) {
		fit.tall = natural.height;
		fit.have = room.full;
	}
	return fit;
}

/* ---- place ---- */

static void report_tall(struct flow *f, const struct doc_block *b, const struct flow_fit *fit)
{
	if (!fit->tall || fit->resumed || f->dry)
		return;
	diag_add(&f->found, DIAG_BLOCK_TALL, b->pos, "%s is %s mm high and a page has %s mm; %s", flow_name(f, b),
		flow_mm(f, fit->tall), flow_mm(f, fit->have), fit->kind == FLOW_PART ? "broken over pages" : "made smaller");
}

void flow_place_frame(struct flow *f, const struct doc_block *b, struct rect r)
{
	flow_target_place(f, flow_info(f, b)->target, r.y);
	if (b->frame)
		draw_frame(f, b, b->frame, r);
}

void flow_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	struct flow_info *info = flow_info(f, b);
	const struct doc_frame *frame = frame_of(f, b);

	if (fit->kind == FLOW_NONE || (f->dry && !info->notes))
		return;
	report_tall(f, b, fit);
	if (!fit->resumed)
		flow_target_place(f, info->target, r.y);
	flow_tell_block(f, b, fit, r);
	f->nesting++;
	if (frame) {
		draw_frame(f, b, frame, r);
		mpt sides = side_pads(frame, r.width);
		r.x += sides ? frame->pad_left : 0;
		r.width -= sides;
		r.y += fit->pad_top;
		r.height -= fit->pad_top + fit->pad_bottom;
	}
	kinds[b->kind].place(f, b, fit, r);
	f->nesting--;
}

void flow_rect(struct flow *f, uint8_t colour, int32_t tag, struct rect r, struct src_pos pos)
{
	if (f->dry || r.width <= 0 || r.height <= 0)
		return;
	struct page_item *item = vec_add(f->s.items, &f->page->items);
	item->kind = PAGE_RECT;
	item->tag = tag;
	item->x = r.x;
	item->y = r.y;
	item->pos = pos;
	item->shape.fill = f->s.doc->design->palette[colour < DOC_COLOUR_COUNT ? colour : COLOUR_RULE];
	item->shape.stroke = PAGE_NO_COLOUR;
	item->shape.width = r.width;
	item->shape.height = r.height;
}

/* ---- tags ---- */

void flow_tag_block(struct flow *f, const struct doc_block *b, int32_t parent)
{
	struct flow_info *info = flow_info(f, b);
	size_t before = f->pages->tags.count, calls = f->calls.count;

	kinds[b->kind].tag(f, b, parent);
	info->notes = f->calls.count > calls;
	if (f->pages->tags.count > before)
		info->tag = (int32_t)before;
	if (info->target && info->tag >= 0)
		f->pages->targets.at[info->target - 1].tag = info->tag;
}

/* ---- keeps ---- */

uint8_t flow_strength(const struct doc_block *b)
{
	return b->keep_strength ? b->keep_strength : FLOW_KEEP_FIRM;
}

/* The strongest of what stands side by side. */
static uint8_t row_keep(const struct doc_row *row, uint8_t (*of)(const struct doc_block *))
{
	uint8_t most = 0;

	for (uint32_t i = 0; i < row->count; i++)
		most = of(row->cells[i].block) > most ? of(row->cells[i].block) : most;
	return most;
}

uint8_t flow_keep_below(const struct doc_block *b)
{
	if (b->keep_with_next)
		return flow_strength(b);
	if (b->kind == DOC_PARAGRAPH)
		return doc_role_keeps(b->paragraph->style->role) ? flow_strength(b) : 0;
	if (b->kind == DOC_ROW)
		return row_keep(b->row, flow_keep_below);
	return b->kind == DOC_STACK && b->stack->count ? flow_keep_below(b->stack->blocks[b->stack->count - 1]) : 0;
}

uint8_t flow_keep_above(const struct doc_block *b)
{
	if (b->keep_with_previous)
		return flow_strength(b);
	if (b->kind == DOC_ROW)
		return row_keep(b->row, flow_keep_above);
	return b->kind == DOC_STACK && b->stack->count ? flow_keep_above(b->stack->blocks[0]) : 0;
}

uint8_t flow_keep_between(const struct doc_block *above, const struct doc_block *below)
{
	uint8_t next = flow_keep_below(above), previous = flow_keep_above(below);

	return next > previous ? next : previous;
}

bool flow_holds(struct flow *f, uint8_t strength)
{
	f->weak_keeps |= strength > 0 && strength < FLOW_KEEP_FIRM;
	return strength > f->yields;
}

static bool row_stretches(const struct doc_row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		if (flow_stretches(row->cells[i].block))
			return true;
	return false;
}

bool flow_stretches(const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_EXHIBIT: return true;
	case DOC_LIST: return b->list->spread;
	case DOC_ROW: return row_stretches(b->row);
	case DOC_STACK: return flow_run_stretches(&(struct flow_run){ .blocks = b->stack->blocks, .count = b->stack->count });
	default: return false;
	}
}
