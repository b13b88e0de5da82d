/* compose: what a figure does not show of itself: that it was converted from another currency, and that it is told of a unit which was not
 * there yet. The source line of the exhibit says both. */
#include "compose/compose_int.h"

/* One thing to say, or two that are the same. */
static bool same(const struct origin *a, const struct origin *b)
{
	return a->change == b->change && a->kind == b->kind && a->source == b->source && str_equal(a->currency, b->currency);
}

static void add(struct composer *c, struct origin origin)
{
	for (size_t i = 0; i < c->origins.count; i++)
		if (same(&c->origins.at[i], &origin))
			return;
	vec_push(c->arena, &c->origins, origin);
}

static void add_rate(struct composer *c, const struct facts_value *v)
{
	const struct facts_value *rate = v->operands[1];

	add(c, (struct origin){ .kind = facts_rate_of(rate)->kind, .currency = v->operands[0]->currency, .source = rate->source });
}

static void add_change(struct composer *c, const struct facts_value *v)
{
	const struct facts_unit *unit = map_lookup(&c->in->facts->units, v->unit);

	if (unit && unit->opening)
		add(c, (struct origin){ .change = unit->opening, .currency = unit->id });
}

static void walk(struct composer *c, const struct facts_value *v)
{
	if (v->operation == OP_CONVERT)
		add_rate(c, v);
	if (v->operation == OP_RESTATE)
		add_change(c, v);
	for (uint32_t i = 0; i < v->operand_count; i++)
		walk(c, v->operands[i]);
}

void origins_add(struct composer *c, const struct facts_value *v)
{
	const struct facts *f = c->in->facts;

	if (f->rates.count || f->units_changed)
		walk(c, v);
}

/* ---- words ---- */

static struct str label_of(struct composer *c, const struct facts_unit *unit)
{
	struct str label = facts_label(&unit->labels, locale_lang(c->in->locale), false);

	return label.len ? label : unit->id;
}

static struct str units_text(struct composer *c, const struct facts_unit_change *change)
{
	struct buf b;

	buf_init(&b, c->arena, 4096);
	for (uint8_t i = 0; i < change->from_count; i++) {
		if (i)
			buf_put(&b, locale_separator(c->in->locale, STR("and"), i + 1 == change->from_count));
		buf_put(&b, label_of(c, change->from[i]));
	}
	return buf_str(&b);
}

static struct str share_text(struct composer *c, const struct origin *o)
{
	for (uint8_t i = 0; i < o->change->to_count; i++)
		if (str_equal(o->change->to[i]->id, o->currency))
			return locale_measure(c->arena, c->in->locale, "percent",
				locale_number(c->arena, c->in->locale, o->change->shares[i], -1, SIGN_MINUS));
	return (struct str){ 0 };
}

static struct str change_text(struct composer *c, const struct origin *o)
{
	static const char *const words[] = { [CHANGE_RENAME] = "restated-rename", [CHANGE_MERGE] = "restated-merge",
		[CHANGE_SPLIT] = "restated-split" };
	struct str args[] = { locale_date(c->arena, c->in->locale, o->change->date, DATE_LONG), units_text(c, o->change),
		o->change->kind == CHANGE_SPLIT ? share_text(c, o) : (struct str){ 0 } };

	return words_of(c, words[o->change->kind], args, 3);
}

static struct str rate_text(struct composer *c, const struct origin *o)
{
	static const char *const words[] = { [RATE_AVERAGE] = "converted-average", [RATE_CLOSING] = "converted-closing",
		[RATE_BUDGET] = "converted-budget" };
	struct str args[] = { words_of(c, words[o->kind], &o->currency, 1), o->source ? o->source->title : (struct str){ 0 } };

	return o->source ? words_of(c, "converted-source", args, 2) : args[0];
}

void origins_runs(struct composer *c, struct runs *out, struct src_pos pos)
{
	for (size_t i = 0; i < c->origins.count; i++) {
		const struct origin *o = &c->origins.at[i];

		run_text(c, out, STR(" \u00b7 "), 0, pos);
		run_text(c, out, o->change ? change_text(c, o) : rate_text(c, o), 0, pos);
	}
}
