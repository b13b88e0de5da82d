/* Flow, doc to pages: which rows of a table a page takes, and drawing them. Heads repeat and never stand alone; a row that fits
 * a page is not split; groups stay with their first row, totals with the last one before. */
#include "flow/flow_int.h"

enum { HEAD_SHARE = 4 }; /* heads above a quarter of the page are not repeated */

/* ---- where a break may be ---- */

static bool keeps_row(const struct flow_table *t, uint32_t row)
{
	return t->table->rows[row].keep_with_next || t->table->rows[row].kind == ROW_GROUP;
}

static bool may_break(const struct flow_table *t, uint32_t row)
{
	uint8_t kind = t->table->rows[row].kind;

	return !keeps_row(t, row - 1) && !t->reach[row - 1] && kind != ROW_TOTAL;
}

/* That says how many rows stand at the foot of a page and at the head of the next at least: of the first cell of the body. */
static const struct doc_style *body_style(const struct flow_table *t)
{
	uint32_t row = t->table->head_rows < t->table->row_count ? t->table->head_rows : 0;

	return t->cells[t->first[row]].par.par->style;
}

/* Too few rows here, or there with the totals, only where the whole part has no more. */
static bool leaves_enough(const struct flow_table *t, uint32_t from, uint32_t row)
{
	uint32_t rest = t->table->row_count - row, here = row - from;

	return here >= flow_orphans(body_style(t)) && rest >= flow_widows(body_style(t)) + t->ends;
}

/* The last good break in from..fit, else the last allowed one, else from: none. On an empty page one row is enough. */
static uint32_t best_break(const struct flow_table *t, uint32_t from, uint32_t fit, bool force)
{
	uint32_t allowed = from;

	for (uint32_t row = fit; row > from; row--) {
		if (!may_break(t, row))
			continue;
		if (leaves_enough(t, from, row))
			return row;
		if (allowed == from && (force || row - from >= flow_orphans(body_style(t))))
			allowed = row;
	}
	return allowed;
}

/* ---- a row taller than a page ---- */

static const struct flow_resume *cell_from(const struct flow_resume *from, uint32_t cell)
{
	return from && from->cells ? &from->cells[cell] : NULL;
}

static uint32_t lines_of(struct flow *f, struct flow_table *t, const struct flow_grid *g, struct flow_cell *c)
{
	mpt x;

	return flow_cell_lines(f, c, flow_cell_inner(t, g, c, &x));
}

/* Lines left in the row's cells from where they stand, as height. */
static mpt rest_height(struct flow *f, struct flow_table *t, const struct flow_grid *g, uint32_t row,
	const struct flow_resume *from)
{
	mpt most = 0;

	for (uint32_t i = t->first[row]; i < t->first[row + 1]; i++) {
		const struct flow_resume *at = cell_from(from, i - t->first[row]);
		uint32_t rest = lines_of(f, t, g, &t->cells[i]) - (at ? at->at : 0);
		mpt height = rest ? flow_lines_height(rest, t->cells[i].par.par->style->leading) : 0;
		most = height > most ? height : most;
	}
	return flow_sum(most, 2 * t->table->row_pad);
}

/* Each cell gives the lines that fit, at least one of some cell. */
static const struct flow_resume *split_row(struct flow *f, struct flow_table *t, const struct flow_grid *g, uint32_t row,
	const struct flow_resume *from, mpt height)
{
	uint32_t count = t->first[row + 1] - t->first[row];
	struct flow_resume *cells = ARENA_ARRAY(f->scratch, struct flow_resume, count + 1);
	struct flow_resume *stop = ARENA_NEW(f->scratch, struct flow_resume);

	for (uint32_t i = 0; i < count; i++) {
		struct flow_cell *c = &t->cells[t->first[row] + i];
		const struct flow_resume *at = cell_from(from, i);
		uint32_t lines = lines_of(f, t, g, c), start = at ? at->at : 0;
		mpt leading = lines ? c->par.par->style->leading : MPT_PT;
		mpt room = height - 2 * t->table->row_pad;
		uint32_t fit = room > leading ? (uint32_t)(room / leading) : 1;
		cells[i].at = start + (fit < lines - start ? fit : lines - start);
	}
	stop->at = row;
	stop->cells = cells;
	stop->cell_count = count;
	return stop;
}

/* ---- a page's part ---- */

static struct flow_fit table_part(struct flow *f, struct flow_table_plan *plan, uint32_t at, mpt height)
{
	struct flow_resume *next = ARENA_NEW(f->scratch, struct flow_resume);

	if (plan->stop)
		*next = *plan->stop;
	else
		next->at = at;
	plan->to = at;
	return (struct flow_fit){ .kind = FLOW_PART, .height = height, .next = next, .plan = plan,
		.why = "rows left for the next page" };
}

/* Row at is taller than a page with its heads: what fits of it. */
static struct flow_fit part_of_row(struct flow *f, struct flow_table_plan *plan, uint32_t at, mpt y, struct flow_room room,
	const struct flow_resume *from)
{
	plan->stop = split_row(f, plan->table, plan->grid, at, from, room.height - y);
	struct flow_fit fit = table_part(f, plan, at, room.height > y ? room.height : y);

	plan->last_height = fit.height - y;
	plan->to = at + 1;
	plan->full = room.full;
	return fit;
}

static mpt row_height(const struct flow_table_plan *plan, uint32_t row)
{
	return row == plan->from && plan->start ? plan->first_height : plan->grid->heights[row];
}

/* Where the first row begins. */
static mpt top_of(const struct flow_table_plan *plan)
{
	return flow_sum(plan->heads ? plan->grid->head : 0, plan->above);
}

static mpt height_of(const struct flow_table_plan *plan, uint32_t to)
{
	mpt y = top_of(plan);

	for (uint32_t i = plan->from; i < to; i++)
		y = flow_sum(y, row_height(plan, i));
	return y;
}

static bool carries(const struct flow_table *t, uint32_t row)
{
	return t->table->carry && t->table->carry->rows[row].count;
}

/* What goes on from the page before is said under the heads, unless that would leave its rows less than half of a page. */
static void plan_above(struct flow_table_plan *plan, const struct flow_resume *from, mpt full)
{
	const struct flow_table *t = plan->table;
	mpt carry = plan->grid->carry, group;

	if (plan->own || plan->grid->head + 2 * carry > full / 2)
		return;
	plan->below = carry;
	plan->brought = !plan->start && carries(t, from->at - 1);
	plan->above = plan->brought ? carry : 0;
	plan->group = t->group && plan->heads ? t->group[from->at] : 0;
	group = plan->group ? plan->grid->heights[plan->group - 1] : 0;
	if (flow_sum(plan->grid->head + 2 * carry, group) > full / 2)
		plan->group = 0;
	else
		plan->above = flow_sum(plan->above, group);
}

/* Heads taller than half a page are rows like others: they break, and do not repeat. */
static struct flow_table_plan *plan_part(struct flow *f, struct flow_table *t, struct flow_grid *g,
	const struct flow_resume *from, struct flow_room room)
{
	struct flow_table_plan *plan = ARENA_NEW(f->scratch, struct flow_table_plan);
	uint32_t heads = t->table->head_rows;

	plan->table = t;
	plan->grid = g;
	plan->own = !from || from->at < heads;
	bool loose = plan->own && (from || g->head > room.full / 2);
	plan->from = plan->own ? loose ? 0 : heads : from->at;
	if (from && loose)
		plan->from = from->at;
	plan->start = from && from->cells ? from : NULL;
	plan->heads = plan->own ? !loose : t->table->repeat_head && g->head <= room.full / HEAD_SHARE;
	if (plan->start)
		plan->first_height = rest_height(f, t, g, plan->from, from);
	if (plan->own && g->head + 2 * g->carry <= room.full / 2)
		plan->below = g->carry;
	plan_above(plan, from, room.full);
	return plan;
}

/* The first row that does not fit above what is left free; *y is where it would begin. */
static uint32_t rows_that_fit(const struct flow_table_plan *plan, mpt height, mpt *y)
{
	uint32_t row = plan->from;

	*y = top_of(plan);
	while (row < plan->table->table->row_count && flow_sum(*y, row_height(plan, row)) <= height)
		*y = flow_sum(*y, row_height(plan, row++));
	return row;
}

/* The part ends before row at, with what is carried forward. */
static struct flow_fit part_before(struct flow *f, struct flow_table_plan *plan, uint32_t at)
{
	plan->carried = plan->below && at > plan->from && carries(plan->table, at - 1);
	return table_part(f, plan, at, flow_sum(height_of(plan, at), plan->carried ? plan->below : 0));
}

struct flow_fit flow_table_break(struct flow *f, struct flow_table *t, struct flow_grid *g, const struct flow_resume *from,
	struct flow_room room)
{
	struct flow_table_plan *plan = plan_part(f, t, g, from, room);
	uint32_t rows = t->table->row_count;
	mpt y;
	uint32_t fit = rows_that_fit(plan, room.height, &y);

	plan->to = fit;
	if (fit == rows && y <= room.height)
		return (struct flow_fit){ .kind = FLOW_FULL, .height = y, .plan = plan };
	if (plan->below)
		fit = rows_that_fit(plan, room.height - plan->below, &y);
	uint32_t at = fit < rows ? best_break(t, plan->from, fit, room.force) : plan->from;
	if (at > plan->from)
		return part_before(f, plan, at);
	if (!room.force)
		return flow_none("no row fits with the table's head");
	if (fit > plan->from) {
		plan->keep_broken = true;
		return part_before(f, plan, fit);
	}
	if (plan->from >= rows)
		return (struct flow_fit){ .kind = FLOW_FULL, .height = y, .plan = plan };
	return part_of_row(f, plan, plan->from, top_of(plan), room, plan->start);
}

/* ---- place ---- */

struct row_at { /* a row on its page */
	uint32_t row;
	mpt y, height;
	const struct flow_resume *start, *stop; /* lines printed before, lines to stop at */
	bool own;                               /* its own tags, not a repeated head */
};

/* As far as the page goes: rows of the next one are not under it. */
static mpt span_height(const struct flow_table_plan *plan, const struct flow_cell *c, const struct row_at *at)
{
	mpt height = at->height;

	for (uint32_t k = 1; k < c->row_span && at->row + k < plan->to; k++)
		height += plan->grid->heights[at->row + k];
	return height;
}

static bool has_chart(const struct flow_table *t, uint32_t row)
{
	for (uint32_t i = t->first[row]; i < t->first[row + 1]; i++)
		if (flow_cell_doc(&t->cells[i])->chart)
			return true;
	return false;
}

/* Above the texts of a body row. They stand in its middle, as charts do; in a row made for more lines than they have, where
 * the first of those lines would be. */
static mpt space_above(const struct flow_table_plan *plan, const struct row_at *at, mpt leading)
{
	mpt free = at->height - plan->grid->texts[at->row];

	if (leading > 0 && !has_chart(plan->table, at->row))
		free %= leading;
	return free / 2;
}

/* Heads stand on the row's foot; body cells share the first line. */
static mpt text_top(const struct flow_table_plan *plan, const struct flow_cell *c, const struct row_at *at, uint32_t lines)
{
	mpt own = flow_lines_height(lines, c->par.par->style->leading);

	if (at->start || at->stop)
		return at->y + plan->table->table->row_pad;
	if (at->row < plan->table->table->head_rows)
		return at->y + span_height(plan, c, at) - own;
	return at->y + space_above(plan, at, c->par.par->style->leading);
}

static void place_text(struct flow *f, const struct flow_table_plan *plan, struct flow_cell *c, uint32_t index,
	const struct row_at *at, mpt x)
{
	mpt inner, width = flow_cell_inner(plan->table, plan->grid, c, &inner);
	uint32_t lines = flow_cell_lines(f, c, width);
	const struct flow_resume *start = cell_from(at->start, index), *stop = cell_from(at->stop, index);

	flow_cell_place(f, c, &(struct flow_cell_place){ .x = x + inner, .y = text_top(plan, c, at, lines), .width = width,
		.from = start ? start->at : 0, .to = stop ? stop->at : lines, .as = at->own ? FLOW_OWN_TAG : PAGE_ARTIFACT_REPEAT });
}

/* Fills leave a gap of a point between neighbours, so that equal ones stay apart. */
static void place_fill(struct flow *f, const struct flow_table_plan *plan, const struct flow_cell *c, const struct row_at *at,
	mpt x, struct src_pos pos)
{
	const mpt *edges = plan->grid->x;
	const struct doc_table *table = plan->table->table;
	mpt width = edges[c->column + c->span] - edges[c->column];
	mpt left = table->rtl ? edges[table->column_count] - edges[c->column + c->span] : edges[c->column];

	if (flow_cell_doc(c)->fill < DOC_COLOUR_COUNT)
		flow_rect(f, flow_cell_doc(c)->fill, PAGE_ARTIFACT, (struct rect){ x + left + MPT_PT, at->y, width - 2 * MPT_PT,
			span_height(plan, c, at) }, pos);
}

/* The rule under a spanning head is as wide as the text of its columns. */
static void place_cell_rule(struct flow *f, const struct flow_table_plan *plan, const struct flow_cell *c,
	const struct row_at *at, mpt x, struct src_pos pos)
{
	mpt inner, width = flow_cell_inner(plan->table, plan->grid, c, &inner);
	mpt thick = f->s.doc->design->tokens.rule_thick;

	if (flow_cell_doc(c)->rule_below)
		flow_rect(f, COLOUR_INK, PAGE_ARTIFACT, (struct rect){ x + inner, at->y + span_height(plan, c, at) - thick / 2, width,
			thick }, pos);
}

static void place_chart(struct flow *f, const struct flow_table_plan *plan, const struct flow_cell *c,
	const struct row_at *at, mpt x)
{
	mpt inner, width = flow_cell_inner(plan->table, plan->grid, c, &inner);

	if (flow_cell_doc(c)->chart && !f->dry && !at->start)
		chart_draw(&f->s, f->page, flow_cell_doc(c)->chart, (struct rect){ x + inner, at->y, width, span_height(plan, c, at) },
			at->own ? c->figure : PAGE_ARTIFACT_REPEAT);
}

static void place_row(struct flow *f, const struct flow_table_plan *plan, const struct row_at *at, mpt x)
{
	struct flow_table *t = plan->table;
	struct src_pos pos = t->table->rows[at->row].pos;

	for (uint32_t i = t->first[at->row]; i < t->first[at->row + 1]; i++) {
		struct flow_cell *c = &t->cells[i];
		if (!f->dry) {
			place_fill(f, plan, c, at, x, pos);
			place_cell_rule(f, plan, c, at, x, pos);
			place_chart(f, plan, c, at, x);
		}
		if (flow_cell_doc(c)->text.run_count)
			place_text(f, plan, c, i - t->first[at->row], at, x);
	}
}

/* Under a cell that goes on from above there is none: each cell of the row has its own. */
static void rule_above(struct flow *f, const struct flow_table_plan *plan, const struct flow_cell *c, struct rect r,
	uint8_t colour)
{
	const mpt *edges = plan->grid->x;
	const struct doc_table *table = plan->table->table;

	r.x += table->rtl ? edges[table->column_count] - edges[c->column + c->span] : edges[c->column];
	r.width = edges[c->column + c->span] - edges[c->column];
	flow_rect(f, colour, PAGE_ARTIFACT, r, flow_par_pos(c->par.par, table->rows[0].pos));
}

/* Above every row but the heads: thin, thick above the total. Drawn on the edge. */
static void place_rule(struct flow *f, const struct flow_table_plan *plan, uint32_t row, mpt x, mpt y)
{
	const struct doc_table *table = plan->table->table;
	const struct doc_tokens *tokens = &f->s.doc->design->tokens;
	bool total = table->rows[row].kind == ROW_TOTAL, first = row == plan->from;
	mpt width = total ? tokens->rule_thick : tokens->rule_thin;

	if ((table->no_rules && !total && !(first && table->head_rows)) || (first && !plan->heads))
		return;
	struct rect r = { x, y - width / 2, plan->grid->x[table->column_count], width };
	if (!row || first || !plan->table->reach[row - 1]) {
		flow_rect(f, total ? COLOUR_INK : COLOUR_RULE, PAGE_ARTIFACT, r, table->rows[row].pos);
		return;
	}
	for (uint32_t i = plan->table->first[row]; i < plan->table->first[row + 1]; i++)
		rule_above(f, plan, &plan->table->cells[i], r, total ? COLOUR_INK : COLOUR_RULE);
}

static void place_foot_rule(struct flow *f, const struct flow_table_plan *plan, mpt x, mpt y)
{
	const struct doc_table *table = plan->table->table;
	mpt width = f->s.doc->design->tokens.rule_thin;

	if (table->foot_rule && plan->to == table->row_count && !plan->stop)
		flow_rect(f, COLOUR_RULE, PAGE_ARTIFACT,
			(struct rect){ x, y - width / 2, plan->grid->x[table->column_count], width }, table->rows[plan->to - 1].pos);
}

/* A running sum: said again, so an artifact to those who hear every row. */
static void place_carry(struct flow *f, const struct flow_table_plan *plan, uint32_t row, bool brought, mpt x, mpt y)
{
	const struct doc_carry *carry = plan->table->table->carry;
	const struct doc_table_row *sums = &carry->rows[row];

	for (uint16_t i = 0; i < sums->count && i < plan->table->table->column_count; i++) {
		const struct doc_column *column = &plan->table->table->columns[i];
		const struct doc_paragraph *text = i != carry->label ? &sums->cells[i].text : brought ? &carry->brought : &carry->carried;
		struct flow_par par = { .par = text, .tag = PAGE_ARTIFACT_REPEAT, .align = column->align };
		mpt left = plan->grid->x[i] + column->pad_left, width = plan->grid->x[i + 1] - column->pad_right - left;
		if (plan->table->table->rtl)
			left = plan->grid->x[plan->table->table->column_count] - left - width;
		if (text->run_count && column->anchor)
			flow_carry_hang(f, plan->table, i, &par, &left, &width);
		if (text->run_count && !f->dry)
			flow_par_put(f, &par, x + left, y + plan->table->table->row_pad, width, PAGE_ARTIFACT_REPEAT);
	}
	flow_rect(f, COLOUR_RULE, PAGE_ARTIFACT, (struct rect){ x, y - f->s.doc->design->tokens.rule_thin / 2,
		plan->grid->x[plan->table->table->column_count], f->s.doc->design->tokens.rule_thin }, sums->pos);
}

/* What stands between the heads and the rows of a page that goes on. */
static mpt place_above(struct flow *f, const struct flow_table_plan *plan, mpt x, mpt y)
{
	if (plan->brought) {
		place_carry(f, plan, plan->from - 1, true, x, y);
		y += plan->below;
	}
	if (plan->group) {
		struct row_at at = { .row = plan->group - 1, .y = y, .height = plan->grid->heights[plan->group - 1] };
		place_row(f, plan, &at, x);
		place_rule(f, plan, at.row, x, y);
		y += at.height;
	}
	return y;
}

static mpt place_heads(struct flow *f, const struct flow_table_plan *plan, struct rect r)
{
	mpt y = r.y;

	for (uint32_t i = 0; plan->heads && i < plan->table->table->head_rows; i++) {
		struct row_at at = { .row = i, .y = y, .height = plan->grid->heights[i], .own = plan->own };
		place_row(f, plan, &at, r.x);
		y += at.height;
	}
	return y;
}

static struct row_at row_on_page(const struct flow_table_plan *plan, uint32_t row, mpt y)
{
	struct row_at at = { .row = row, .y = y, .height = row_height(plan, row), .own = true };

	at.start = row == plan->from ? plan->start : NULL;
	if (plan->stop && row + 1 == plan->to) {
		at.stop = plan->stop;
		at.height = plan->last_height;
	}
	return at;
}

static void report_rows(struct flow *f, const struct doc_block *b, const struct flow_table_plan *plan)
{
	uint32_t last = plan->to - 1;

	if (f->dry || plan->to <= plan->from)
		return;
	if (plan->own && plan->grid->wants)
		vec_push(f->s.arena, &f->pages->wide, ((struct page_wide){ b->pos, plan->grid->wants, plan->grid->width }));
	if (plan->own && plan->grid->least && plan->table->table->column_count > 2)
		diag_add(&f->found, DIAG_TABLE_WIDE, b->pos,
			"%s has %u columns that need %s mm and has %s mm: words are broken between letters; give its table split=\"…\" or turn-to=\"…\"",
			flow_name(f, b), (unsigned)plan->table->table->column_count, flow_mm(f, plan->grid->least), flow_mm(f, plan->grid->width));
	if (plan->keep_broken && (plan->own || !plan->from || may_break(plan->table, plan->from))) /* once of what goes on over several pages */
		diag_add(&f->found, DIAG_KEEP_BROKEN, plan->table->table->rows[last].pos,
			"rows of %s that should stay together are taller than a page; broken between them", flow_name(f, b));
	if (plan->stop && !plan->start)
		diag_add(&f->found, DIAG_BLOCK_TALL, plan->table->table->rows[last].pos,
			"a row of %s is %s mm high and a page has %s mm; broken over pages", flow_name(f, b),
			flow_mm(f, plan->grid->heights[last]), flow_mm(f, plan->full));
}

void flow_table_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct flow_table_plan *plan = fit->plan;
	mpt y = place_above(f, plan, r.x, place_heads(f, plan, r));

	report_rows(f, b, plan);
	for (uint32_t i = plan->from; i < plan->to; i++) {
		struct row_at at = row_on_page(plan, i, y);
		if (plan->table->shaded && plan->table->shaded[i])
			flow_rect(f, COLOUR_TINT, PAGE_ARTIFACT,
				(struct rect){ r.x, y, plan->grid->x[plan->table->table->column_count], at.height }, b->pos);
		place_row(f, plan, &at, r.x);
		place_rule(f, plan, i, r.x, y);
		y += at.height;
	}
	place_foot_rule(f, plan, r.x, y);
	if (plan->carried)
		place_carry(f, plan, plan->to - 1, false, r.x, y);
}
