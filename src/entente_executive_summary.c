/* The library: criteria 2 and 4. The summary comes first, on one page, and what it says leads to an
 * exhibit; each headline metric shows actual, plan and prior with the differences. */
#include "entente_executive.h"

/* ---- tiles, wherever they stand ---- */

struct tile {
	const struct doc_section *section;
	const struct doc_block *block;
	VEC(int32_t) figures; /* in order; the first is the headline */
	uint32_t target;      /* anchor its source line leads to; 0 = none */
	bool excused;	      /* says that a plan or a value is missing */
};
struct tiles {
	struct executive *x;
	VEC(struct tile) list;
	struct tile *open; /* being read */
};

static void see_tile_figure(
	void *ctx, const struct executive_place *at, int32_t figure, struct src_pos pos)
{
	struct tiles *t = ctx;

	(void)at;
	(void)pos;
	vec_push(t->x->arena, &t->open->figures, figure);
}

static void see_tile_text(
	void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct tiles *t = ctx;
	struct str plain = executive_plain(t->x->arena, p);

	(void)at;
	t->open->excused |=
		executive_contains(plain, locale_word(t->x->locale, STR("status-none"))) ||
		executive_contains(plain, locale_word(t->x->locale, STR("missing")));
	for (uint32_t i = 0; i < p->run_count; i++)
		if (p->runs[i].target)
			t->open->target = p->runs[i].target;
}

static void read_tile(struct tiles *t, const struct doc_section *s, const struct doc_block *b)
{
	struct executive_walk walk = {
		.ctx = t, .paragraph = see_tile_text, .figure = see_tile_figure
	};

	t->open = vec_add(t->x->arena, &t->list);
	t->open->section = s;
	t->open->block = b;
	executive_walk_block(s, b, &walk);
}

static bool is_tile(const struct executive *x, struct str slot)
{
	const struct layout_slot *s;
	struct str id = { 0 };

	if (!str_split(&slot, '[', &id) || slot.len == 0)
		return false;
	s = layout_slot_lookup(x->layout, id);
	return s && s->kind == SLOT_TILES;
}

static void see_block(void *ctx, const struct executive_place *at, const struct doc_block *b)
{
	struct tiles *t = ctx;

	if (b->slot.len && is_tile(t->x, b->slot))
		read_tile(t, at->section, b);
}

static struct tiles tiles_of(struct executive *x)
{
	struct tiles t = { .x = x };

	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = &t, .block = see_block });
	return t;
}

/* ---- 4: actual, plan, prior, and what lies between ---- */

enum compared { TO_PLAN, TO_PRIOR };

static bool is_compared(const struct doc_value *head, const struct doc_value *v, enum compared with)
{
	if (!str_equal(v->of->metric, head->of->metric))
		return false;
	return with == TO_PLAN
		? str_is(v->of->scenario, "plan")
		: str_is(v->of->scenario, "actual") && !str_equal(v->of->period, head->of->period);
}

static bool is_against(const struct executive *x, const struct doc_value *head,
	const struct doc_value *v, enum compared with)
{
	for (uint32_t i = 0; i < v->operand_count; i++)
		if (is_compared(head, &x->doc->values.at[v->operands[i]], with))
			return true;
	return false;
}

static bool shows_value(const struct executive *x, const struct tile *t,
	const struct doc_value *head, enum compared with)
{
	for (size_t i = 0; i < t->figures.count; i++) {
		const struct doc_value *v = executive_value(x->doc, t->figures.at[i]);

		if (v && is_compared(head, v, with) && !str_is(v->of->operation, "difference") &&
			!str_is(v->of->operation, "change"))
			return true;
	}
	return false;
}

static bool shows_against(const struct executive *x, const struct tile *t,
	const struct doc_value *head, enum compared with, const char *operation)
{
	for (size_t i = 0; i < t->figures.count; i++) {
		const struct doc_value *v = executive_value(x->doc, t->figures.at[i]);

		if (v && str_is(v->of->operation, operation) && is_against(x, head, v, with))
			return true;
	}
	return false;
}

static void miss(struct buf *out, bool shown, const char *what)
{
	if (shown)
		return;
	buf_puts(out, out->len ? ", " : "");
	buf_puts(out, what);
}

static void check_comparison(struct executive *x, const struct tile *t,
	const struct doc_value *head, struct buf *missing, enum compared with)
{
	static const char *const names[][3] = {
		[TO_PLAN] = { "plan", "difference to plan", "difference to plan in %" },
		[TO_PRIOR] = { "prior period", "difference to prior", "difference to prior in %" },
	};
	bool shown = shows_value(x, t, head, with);

	if (!shown && t->excused)
		return;
	miss(missing, shown, names[with][0]);
	miss(missing, shows_against(x, t, head, with, "difference"), names[with][1]);
	miss(missing, shows_against(x, t, head, with, "change"), names[with][2]);
}

static void check_tile(struct executive *x, const struct tile *t)
{
	const struct doc_value *head =
		t->figures.count ? executive_value(x->doc, t->figures.at[0]) : NULL;
	struct buf missing;

	if (head == NULL || head->of->metric.len == 0)
		return;
	buf_init(&missing, x->arena, 256);
	check_comparison(x, t, head, &missing, TO_PLAN);
	check_comparison(x, t, head, &missing, TO_PRIOR);
	if (missing.len)
		diag_add(x->diag, DIAG_EXECUTIVE_HEADLINE, t->block->pos,
			"headline '" STR_FMT "' does not show: " STR_FMT
			"; give its tiles a <bar> or <difference> for each",
			STR_ARG(t->block->slot), STR_ARG(buf_str(&missing)));
}

const char *executive_headlines(struct executive *x)
{
	struct tiles tiles = tiles_of(x);

	for (size_t i = 0; i < tiles.list.count; i++)
		check_tile(x, &tiles.list.at[i]);
	return tiles.list.count ? NULL : "no tile shows a headline metric";
}

/* ---- 2: first, one page, and every figure leads to an exhibit ---- */

struct backing {
	struct executive *x;
	bool *shown;	  /* by value: printed in an exhibit, or in a tile that names its exhibit */
	bool *part;	  /* by value: one of those is made of it */
	bool result, gap; /* the summary has a value, and a difference or gap */
	struct map told;  /* slot and metric of findings */
};

/* Marks what a value is made of. Operands stand before or behind it, never in a circle. */
static void mark_parts(struct backing *b, uint32_t value)
{
	const struct doc_value *v = &b->x->doc->values.at[value];

	if (b->part[value])
		return;
	b->part[value] = true;
	for (uint32_t i = 0; i < v->operand_count; i++)
		mark_parts(b, v->operands[i]);
}

static void mark_shown(struct backing *b, int32_t figure)
{
	const struct doc_value *v = executive_value(b->x->doc, figure);
	uint32_t value;

	if (v == NULL)
		return;
	value = b->x->doc->figures.at[figure].value;
	b->shown[value] = true;
	mark_parts(b, value);
}

static void see_backing(
	void *ctx, const struct executive_place *at, int32_t figure, struct src_pos pos)
{
	(void)pos;
	if (at->exhibit && at->exhibit->exhibit->number)
		mark_shown(ctx, figure);
}

/* Printed, a part of what is printed, or made of such: not only the same value, also one asked for
 * anew. Records' own fields and counts of records stand where the records do, benchmarks in their
 * notes. */
static bool is_backed(const struct backing *b, const struct doc_value *v)
{
	size_t value = (size_t)(v - b->x->doc->values.at);

	if (v->of->metric.len == 0 || b->shown[value] || b->part[value])
		return true;
	for (uint32_t i = 0; i < v->operand_count; i++)
		if (!is_backed(b, &b->x->doc->values.at[v->operands[i]]))
			return false;
	return v->operand_count > 0;
}

static void see_summary(
	void *ctx, const struct executive_place *at, int32_t figure, struct src_pos pos)
{
	struct backing *b = ctx;
	const struct doc_value *v = executive_value(b->x->doc, figure);
	struct str key;

	if (v == NULL)
		return;
	b->result |= v->of->metric.len > 0;
	b->gap |= str_is(v->of->operation, "difference") || str_is(v->of->operation, "gap") ||
		str_is(v->of->operation, "change");
	if (is_backed(b, v))
		return;
	key = str_printf(
		b->x->arena, STR_FMT " " STR_FMT, STR_ARG(executive_where(at)), STR_ARG(v->of->metric));
	if (map_put(b->x->arena, &b->told, key, b) == NULL)
		diag_add(b->x->diag, DIAG_EXECUTIVE_SUMMARY, pos,
			"'" STR_FMT "' of '" STR_FMT "' (metric '" STR_FMT
			"') stands in no exhibit; show it in one, or leave it out",
			STR_ARG(b->x->doc->figures.at[figure].text), STR_ARG(executive_where(at)),
			STR_ARG(v->of->metric));
}

static bool has_only_contents(const struct doc_section *s)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->blocks[i]->kind != DOC_CONTENTS)
			return false;
	return true;
}

static size_t first_content(const struct doc *doc)
{
	size_t i = 0;

	while (i + 1 < doc->sections.count && has_only_contents(doc->sections.at[i]))
		i++;
	return i;
}

/* The page behind the summary, where the next section begins; it may begin on the same page. */
static void check_one_page(struct executive *x, size_t index)
{
	const struct doc_section *s = x->doc->sections.at[index];
	const struct doc_section *next =
		index + 1 < x->doc->sections.count ? x->doc->sections.at[index + 1] : NULL;
	uint32_t first = executive_page(x->pages, s->anchor);
	uint32_t last = (uint32_t)x->pages->pages.count - 1;

	if (next && executive_page(x->pages, next->anchor) != UINT32_MAX)
		last = executive_page(x->pages, next->anchor) - next->new_page;
	if (first != UINT32_MAX && last > first)
		diag_add(x->diag, DIAG_EXECUTIVE_SUMMARY, s->pos,
			"summary '" STR_FMT "' takes %u pages; one-page=\"yes\" holds it to one",
			STR_ARG(s->id), (unsigned)(last - first + 1));
}

/* Whether the section lists records that stand for asks. */
static bool lists_asks(
	const struct executive *x, const struct layout_slot *const *slots, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < slots[i]->rows.count; k++) {
			const struct facts_kind *kind =
				map_lookup(&x->facts->kinds, slots[i]->rows.at[k].each);

			if (kind && kind->stands_for == STANDS_FOR_ASK)
				return true;
		}
		if (lists_asks(x, slots[i]->slots.at, slots[i]->slots.count))
			return true;
	}
	return false;
}

static void check_content(struct backing *b, const struct layout_section *s)
{
	struct executive *x = b->x;
	struct buf missing;

	buf_init(&missing, x->arena, 256);
	miss(&missing, b->result, "a result");
	miss(&missing, b->gap, "how far it is from plan, prior or the other side");
	miss(&missing, lists_asks(x, s->slots.at, s->slots.count), "what is asked for");
	if (missing.len)
		diag_add(x->diag, DIAG_EXECUTIVE_SUMMARY, s->pos,
			"summary '" STR_FMT "' does not say: " STR_FMT, STR_ARG(s->id),
			STR_ARG(buf_str(&missing)));
}

static void check_backing(
	struct executive *x, const struct doc_section *s, const struct layout_section *from)
{
	struct backing b = { .x = x };
	struct tiles tiles = tiles_of(x);

	b.shown = ARENA_ARRAY(x->arena, bool, x->doc->values.count);
	b.part = ARENA_ARRAY(x->arena, bool, x->doc->values.count);
	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = &b, .figure = see_backing });
	for (size_t i = 0; i < tiles.list.count; i++)
		for (size_t k = 0; tiles.list.at[i].target && k < tiles.list.at[i].figures.count;
			k++)
			mark_shown(&b, tiles.list.at[i].figures.at[k]);
	executive_walk_section(s, &(struct executive_walk) { .ctx = &b, .figure = see_summary });
	check_content(&b, from);
}

const char *executive_summary(struct executive *x)
{
	size_t index = first_content(x->doc);
	const struct doc_section *s = x->doc->sections.count ? x->doc->sections.at[index] : NULL;
	const struct layout_section *from = s ? executive_section(x->layout, s->id) : NULL;

	if (from == NULL || !from->summary) {
		diag_add(x->diag, DIAG_EXECUTIVE_SUMMARY, s ? s->pos : x->facts->pos,
			"the briefing does not begin with a summary; put a section with "
			"summary=\"yes\" first");
		return NULL;
	}
	check_one_page(x, index);
	check_backing(x, s, from);
	return NULL;
}
