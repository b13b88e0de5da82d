/* Flow, doc to pages: lists. A label column, then the item's blocks; in a taller cell the free height goes between items. */
#include "flow/flow_int.h"

#define LEAST_ITEM (48 * MPT_PT) /* narrower than this no item gets by the labels beside it */

struct item_part {
	uint32_t index;      /* of the item */
	mpt y, height;       /* of the item with its pads, from the list's top */
	bool resumed;        /* its label is printed already */
	struct flow_fit fit; /* of its blocks */
};
struct list_plan {
	VEC(struct item_part) parts;
};

struct item_pads { /* of each item */
	mpt above, below;
};

/* On a grid of baselines text begins on it, and what parts the items is whole steps: none where they part less than half a step. */
static struct item_pads pads_of(const struct flow *f, const struct doc_list *list)
{
	mpt pad = list->item_pad, step = flow_baseline_step(f);

	if (!step || list->rules)
		return (struct item_pads){ pad, pad };
	return (struct item_pads){ 0, (2 * pad + step / 2) / step * step };
}

static struct flow_run item_run(const struct flow *f, const struct doc_list *list, const struct doc_list_item *item)
{
	return (struct flow_run){ .blocks = item->blocks, .count = item->count, .step = flow_baseline_step(f),
		.origin = pads_of(f, list).above };
}

/* Where a list's labels and items stand in a width. Terms, and labels where lists within each other leave no room beside them,
 * stand above their items. */
struct list_columns {
	mpt label, item;     /* widths */
	mpt indent;          /* of the items, at the start edge */
	bool above;
};

static struct list_columns columns_of(const struct doc_list *list, mpt width)
{
	bool narrow = width - list->label_width < LEAST_ITEM;
	mpt indent = narrow ? 0 : list->label_width;

	return (struct list_columns){ .above = list->terms || (narrow && list->label_width), .indent = indent, .item = width - indent,
		.label = list->terms || narrow ? width : list->label_width };
}

static mpt label_height(struct flow *f, const struct list_columns *columns, const struct doc_list_item *item)
{
	return flow_par_height(f, flow_par(f, &item->label), columns->label);
}

/* ---- measure ---- */

/* The label above its item goes with the item's beginning. */
static struct flow_fit measure_under(struct flow *f, const struct flow_run *run, const struct flow_resume *from,
	struct flow_room room, mpt label)
{
	room.height -= label;
	room.full -= label;
	if (room.height <= 0 && !room.force)
		return flow_none("no room for the item's label");
	struct flow_fit fit = flow_run_measure(f, run, from, room);
	if (fit.kind != FLOW_NONE)
		fit.height = flow_sum(fit.height, label);
	return fit;
}

static struct flow_fit measure_item(struct flow *f, const struct doc_list *list, uint32_t index,
	const struct flow_resume *from, struct flow_room room)
{
	struct flow_run run = item_run(f, list, &list->items[index]);
	struct list_columns columns = columns_of(list, room.width);
	mpt label = from ? 0 : label_height(f, &columns, &list->items[index]);

	room.width = columns.item;
	if (columns.above)
		return measure_under(f, &run, from, room, label);
	struct flow_fit fit = flow_run_measure(f, &run, from, room);
	if (fit.kind == FLOW_NONE)
		return fit;
	if (label > room.height && !room.force)
		return flow_none("no room for the item's label");
	if (label > fit.height)
		fit.height = label;
	return fit;
}

static struct flow_fit list_part(struct flow *f, struct list_plan *plan, uint32_t at, const struct flow_resume *inner, mpt y)
{
	struct flow_resume *next = ARENA_NEW(f->scratch, struct flow_resume);

	next->at = at;
	next->inner = inner;
	return (struct flow_fit){ .kind = FLOW_PART, .height = y, .next = next, .plan = plan };
}

/* Items begin on the grid of baselines, where there is one. */
static mpt item_top(const struct flow *f, mpt y)
{
	mpt step = flow_baseline_step(f), over = step ? y % step : 0;

	return over ? flow_sum(y, step - over) : y;
}

struct flow_fit flow_list_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	const struct doc_list *list = b->list;
	struct list_plan *plan = ARENA_NEW(f->scratch, struct list_plan);
	const struct flow_resume *inner = from ? from->inner : NULL;
	struct item_pads pad = pads_of(f, list);
	mpt y = 0, pads = pad.above + pad.below;

	for (uint32_t i = from ? from->at : 0; i < list->count; i++, inner = NULL) {
		y = item_top(f, y);
		struct flow_room rest = { room.width, room.height - y - pads, room.full - pads,
			room.force && !plan->parts.count };
		struct flow_fit fit = measure_item(f, list, i, inner, rest);
		if (fit.kind == FLOW_NONE && !plan->parts.count)
			return fit;
		if (fit.kind == FLOW_NONE)
			return list_part(f, plan, i, NULL, y);
		mpt height = flow_sum(fit.height, pads);
		vec_push(f->scratch, &plan->parts, ((struct item_part){ i, y, height, inner != NULL, fit }));
		y = flow_sum(y, height);
		if (fit.kind == FLOW_PART)
			return list_part(f, plan, i, fit.next, y);
	}
	return (struct flow_fit){ .kind = FLOW_FULL, .height = y, .plan = plan };
}

/* ---- place ---- */

/* The label shares the baseline of the item's first line. */
static void place_label(struct flow *f, const struct doc_list_item *item, mpt width, mpt x, mpt y)
{
	struct flow_par *label = flow_par(f, &item->label);
	const struct doc_block *first = item->count ? item->blocks[0] : NULL;

	while (first && first->kind == DOC_STACK && !first->frame && first->stack->count)
		first = first->stack->blocks[0];
	if (label && first && first->kind == DOC_PARAGRAPH && !first->frame && first->paragraph->run_count)
		y += flow_baseline(f, first->paragraph->style) - flow_baseline(f, item->label.style);
	flow_par_put(f, label, x, y, width, FLOW_OWN_TAG);
}

static void place_item(struct flow *f, const struct doc_list *list, const struct item_part *part, struct rect r)
{
	const struct doc_list_item *item = &list->items[part->index];
	const struct doc_tokens *tokens = &f->s.doc->design->tokens;
	struct flow_run run = item_run(f, list, item);

	if (list->rules)
		flow_rect(f, COLOUR_RULE, PAGE_ARTIFACT, (struct rect){ r.x, r.y, r.width, tokens->rule_thin }, item->pos);
	struct list_columns columns = columns_of(list, r.width);
	struct rect at = { list->rtl ? r.x : r.x + columns.indent, r.y + pads_of(f, list).above, columns.item, part->fit.height };
	mpt label_x = list->rtl ? r.x + r.width - columns.label : r.x;
	if (columns.above && !part->resumed) {
		mpt high = flow_par_put(f, flow_par(f, &item->label), label_x, at.y, columns.label, FLOW_OWN_TAG);
		at.y += high;
		at.height -= high;
	} else if (!part->resumed) {
		place_label(f, item, columns.label, label_x, at.y);
	}
	flow_run_place(f, &run, &part->fit, at);
}

/* Said of the outermost list alone: those inside have no more room. */
static void report_narrow(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, mpt width)
{
	struct list_columns columns = columns_of(b->list, width);

	if (!columns.above || b->list->terms || f->dry || f->narrow || fit->resumed)
		return;
	f->narrow = true;
	diag_add(&f->found, DIAG_LIST_NARROW, b->list->count ? b->list->items[0].pos : b->pos,
		"lists stand so deep in one another that %s mm are left for this one; its labels stand above its items", flow_mm(f, width));
}

void flow_list_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	report_narrow(f, b, fit, r.width);
	const struct list_plan *plan = fit->plan;
	size_t count = plan->parts.count;
	mpt used = count ? plan->parts.at[count - 1].y + plan->parts.at[count - 1].height : 0;
	mpt spare = b->list->spread && fit->kind == FLOW_FULL && count > 1 && r.height > used ? r.height - used : 0;

	for (size_t i = 0; i < count; i++) {
		const struct item_part *part = &plan->parts.at[i];
		mpt shift = spare ? mpt_scale(spare, (int64_t)i, (int64_t)count - 1) : 0;
		place_item(f, b->list, part, (struct rect){ r.x, r.y + part->y + shift, r.width, part->height });
	}
}

/* ---- tags ---- */

static enum page_numbering numbering(const struct doc_list *list)
{
	if (list->numbered)
		return PAGE_LIST_DECIMAL;
	return list->count && list->items[0].label.run_count ? PAGE_LIST_DISC : PAGE_LIST_NONE;
}

void flow_list_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	int32_t tag = flow_tag_add(f, TAG_L, parent, b->pos);

	flow_tag_at(f, tag)->numbering = (uint8_t)numbering(b->list);
	for (uint32_t i = 0; i < b->list->count; i++) {
		const struct doc_list_item *item = &b->list->items[i];
		int32_t li = flow_tag_add(f, TAG_LI, tag, item->pos);
		flow_tag_paragraph(f, &item->label, TAG_LBL, li);
		int32_t body = flow_tag_add(f, TAG_LBODY, li, item->pos);
		for (uint32_t k = 0; k < item->count; k++)
			flow_tag_block(f, item->blocks[k], body);
	}
}
