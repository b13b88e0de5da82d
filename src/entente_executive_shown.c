/* The library: criteria over what is shown and how: exhibits a page, scales, chart forms, contrast.
 */
#include "entente_executive.h"

/* ---- 3: one message a page ---- */

struct crowding {
	struct executive *x;
	uint32_t *exhibits, *titles; /* by page */
};

static void see_exhibit(void *ctx, const struct executive_place *at, const struct doc_block *b)
{
	struct crowding *c = ctx;
	uint32_t page =
		b->kind == DOC_EXHIBIT ? executive_page(c->x->pages, b->anchor) : UINT32_MAX;

	(void)at;
	if (page == UINT32_MAX || c->x->layout->exhibits <= 0)
		return;
	if (++c->exhibits[page] == (uint32_t)c->x->layout->exhibits + 1)
		diag_add(c->x->diag, DIAG_EXECUTIVE_PAGE, b->pos,
			"exhibit '" STR_FMT "' is one more than the %d that the layout allows on a "
					    "page; move it to another section",
			STR_ARG(b->slot), (int)c->x->layout->exhibits);
}

static void see_title(void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct crowding *c = ctx;
	uint32_t page = p->style->role == ROLE_TITLE
		? executive_page(c->x->pages, at->slot ? at->slot->anchor : 0)
		: UINT32_MAX;

	if (page != UINT32_MAX && ++c->titles[page] == 2)
		diag_add(c->x->diag, DIAG_EXECUTIVE_PAGE, executive_pos(p, at->section->pos),
			"title '" STR_FMT "' is the second on its page; one message a page: let "
					  "its section begin a new one",
			STR_ARG(executive_where(at)));
}

const char *executive_pages(struct executive *x)
{
	struct crowding c = { .x = x };

	c.exhibits = ARENA_ARRAY(x->arena, uint32_t, x->pages->pages.count);
	c.titles = ARENA_ARRAY(x->arena, uint32_t, x->pages->pages.count);
	executive_walk_doc(x->doc,
		&(struct executive_walk) {
			.ctx = &c, .block = see_exhibit, .paragraph = see_title });
	return x->layout->exhibits > 0 ? NULL : "the layout does not say exhibits-a-page";
}

/* ---- 6: one scale a measure within a section; that bars begin at zero is seen to when a layout is
 * composed ---- */

struct scaled { /* the first chart of a measure in a section */
	const struct doc_scale *scale;
	struct str slot;
	struct src_pos pos;
};
struct scales {
	struct executive *x;
	const struct doc_section *section;
	struct map measures; /* -> struct scaled */
};

static bool has_scale(const struct doc_chart *c)
{
	static const bool without[CHART_KIND_COUNT] = {
		[CHART_AXIS] = true, [CHART_TIMELINE] = true, [CHART_MATRIX] = true
	};

	return !without[c->kind];
}

static const struct doc_value *first_value(const struct executive *x, const struct doc_chart *c)
{
	for (size_t i = 0; i < (size_t)c->category_count * c->series_count; i++) {
		const struct doc_value *v =
			c->data[i].present ? executive_value(x->doc, c->data[i].figure) : NULL;

		if (v)
			return v;
	}
	return NULL;
}

/* Levels are compared with levels, differences with differences; money as it is printed, in
 * thousands or millions. */
static struct str measure_of(const struct executive *x, const struct doc_value *v)
{
	const struct facts_metric *m = facts_metric_lookup(x->facts, v->of->metric);
	bool between = str_is(v->of->operation, "difference") || str_is(v->of->operation, "gap");

	return str_printf(x->arena, STR_FMT " %d %s", STR_ARG(v->of->measure), m ? m->exponent : 0,
		between ? "difference" : "level");
}

static bool same_scale(const struct doc_scale *a, const struct doc_scale *b)
{
	return decimal_cmp(a->low, b->low) == 0 && decimal_cmp(a->high, b->high) == 0;
}

/* Ticks show that a scale is its own. */
static bool is_marked(const struct doc_scale *s)
{
	return decimal_sign(s->tick) > 0;
}

static void see_scale(void *ctx, const struct executive_place *at, const struct doc_chart *c)
{
	struct scales *s = ctx;
	const struct doc_value *v = has_scale(c) ? first_value(s->x, c) : NULL;
	struct scaled *now = ARENA_NEW(s->x->arena, struct scaled), *first;

	if (v == NULL)
		return;
	if (s->section != at->section)
		memset(&s->measures, 0, sizeof s->measures);
	s->section = at->section;
	*now = (struct scaled) { &s->x->doc->scales.at[c->scale], executive_where(at), c->pos };
	first = map_put(s->x->arena, &s->measures, measure_of(s->x, v), now);
	if (first == NULL || same_scale(first->scale, now->scale) ||
		(is_marked(first->scale) && is_marked(now->scale)))
		return;
	diag_add(s->x->diag, DIAG_EXECUTIVE_SCALE, c->pos,
		"'" STR_FMT "' and '" STR_FMT "' draw the same measure on two scales; name one "
					      "scale=\"\u2026\" in both, or set scale-tick in both",
		STR_ARG(first->slot), STR_ARG(now->slot));
	diag_note(s->x->diag, first->pos, "the other is here");
}

const char *executive_scales(struct executive *x)
{
	struct scales s = { .x = x };

	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = &s, .chart = see_scale });
	return NULL;
}

/* ---- 7: time in lines, categories in bars; a scenario in its own fill ---- */

enum { TIME_LEAST = 3 }; /* periods that make a course of time */

static const struct doc_value *value_at(
	const struct executive *x, const struct doc_chart *c, size_t category)
{
	const struct doc_datum *d = &c->data[category * c->series_count];

	return d->present ? executive_value(x->doc, d->figure) : NULL;
}

/* Categories that differ in their period. */
static size_t count_periods(const struct executive *x, const struct doc_chart *c)
{
	const struct doc_value *before = NULL;
	size_t count = 0;

	for (size_t i = 0; i < c->category_count; i++) {
		const struct doc_value *v = value_at(x, c, i);

		if (v == NULL || (before && str_equal(v->of->period, before->of->period)))
			continue;
		if (before &&
			(!str_equal(v->item, before->item) ||
				!str_equal(v->of->scenario, before->of->scenario)))
			return 0;
		before = v;
		count++;
	}
	return count;
}

static size_t count_present(const struct executive *x, const struct doc_chart *c)
{
	size_t count = 0;

	for (size_t i = 0; i < c->category_count; i++)
		count += value_at(x, c, i) != NULL;
	return count;
}

static bool has_negative(const struct doc_chart *c)
{
	for (size_t i = 0; i < (size_t)c->category_count * c->series_count; i++)
		if (c->data[i].present && decimal_sign(c->data[i].value) < 0)
			return true;
	return false;
}

static const char *wrong_form(const struct executive *x, const struct doc_chart *c)
{
	switch ((enum doc_chart_kind)c->kind) {
	case CHART_LINE:
	case CHART_SPARK:
		return count_present(x, c) > 1 && count_periods(x, c) < 2
			? "joins by a line what is no course of time; use kind=\"bar\""
			: NULL;
	case CHART_BAR:
		return count_periods(x, c) >= TIME_LEAST
			? "lists a course of time downwards; use kind=\"line\""
			: NULL;
	case CHART_STACKED:
		return has_negative(c)
			? "stacks a negative part, whose length misleads; use kind=\"bar\""
			: NULL;
	default: return NULL;
	}
}

static const char *scenario_of_fill(uint8_t fill)
{
	static const char *const names[] = { [DOC_ACTUAL] = "actual",
		[DOC_PRIOR] = "prior",
		[DOC_PLAN] = "plan",
		[DOC_FORECAST] = "forecast" };

	return names[fill];
}

/* Bars: the category's fill where the series has none of its own. What was is drawn as actual or
 * prior. */
static bool is_filled_right(const struct doc_value *v, uint8_t fill)
{
	return str_is(v->of->scenario, "actual")
		? fill == DOC_ACTUAL || fill == DOC_PRIOR
		: v->of->scenario.len == 0 || str_is(v->of->scenario, scenario_of_fill(fill));
}

static bool has_fills(const struct doc_chart *c)
{
	return c->kind == CHART_TILE_BARS || c->kind == CHART_BAR || c->kind == CHART_STACKED;
}

static const struct doc_value *wrongly_filled(
	const struct executive *x, const struct doc_chart *c, uint8_t *fill)
{
	for (size_t i = 0; has_fills(c) && i < c->category_count; i++) {
		const struct doc_value *v = value_at(x, c, i);

		*fill = c->series[0].scenario != DOC_ACTUAL ? c->series[0].scenario
							    : c->categories[i].scenario;
		if (v && v->operand_count == 0 && !is_filled_right(v, *fill))
			return v;
	}
	return NULL;
}

static void see_form(void *ctx, const struct executive_place *at, const struct doc_chart *c)
{
	struct executive *x = ctx;
	const char *wrong = wrong_form(x, c);
	uint8_t fill = DOC_ACTUAL;
	const struct doc_value *v = wrongly_filled(x, c, &fill);

	if (wrong)
		diag_add(x->diag, DIAG_EXECUTIVE_FORM, c->pos, "'" STR_FMT "' %s",
			STR_ARG(executive_where(at)), wrong);
	if (v)
		diag_add(x->diag, DIAG_EXECUTIVE_FORM, c->pos,
			"'" STR_FMT "' draws " STR_FMT " values as %s; leave out its fill",
			STR_ARG(executive_where(at)), STR_ARG(v->of->scenario), scenario_of_fill(fill));
}

const char *executive_forms(struct executive *x)
{
	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = x, .chart = see_form });
	return NULL;
}

/* ---- 11: a layout without contrast is an error when it is read: what comes here has it ---- */

const char *executive_contrast(struct executive *x)
{
	(void)x;
	return NULL;
}
