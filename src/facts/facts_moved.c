/* closed quarter × facts -> records of figures that moved and figures that were restated.
 *
 * Moved: what was printed for the closed quarter, against the same for this one. An amount that adds up in the year so far grows by
 * itself and is not compared; an outlook (a forecast, or the plan of a time to come) is compared with itself, as it is revised.
 * Restated: what was published for a time that is over, or planned for one that has begun, and is another number today.
 * The tolerance of a metric is what it declares; else its material limit, of which both parts must be passed; else what it calls near;
 * else one unit of the last place printed. Of a share of answers it is not less than one answer. */
#include "facts/calc_int.h"

enum { SIZE_SCALE = 6 }; /* places of a size: fewer than quotients have, so that one answer is one answer */

struct change {
	const struct published *was;
	const struct facts_value *now, *by; /* by: now less then, as printed */
	bool clear;                         /* by more than one answer, or chance */
	struct decimal tolerance, size;     /* size: of the change, not rounded as printed, in tolerances */
};
struct comparing {
	struct facts_reader *r;
	struct calc *c;
	struct published_list published;
	VEC(struct change) moved;
};

/* ---- then and now ---- */

static struct period period_then(const struct comparing *in, const struct facts_metric *m)
{
	struct facts then = { .period = in->r->f->closed->period };
	return calc_this_period(&then, m);
}

static bool is_outlook(const struct comparing *in, const struct facts_value *v)
{
	const struct calendar *start = &in->r->f->calendar;
	return v->scenario == SCENARIO_FORECAST ||
		(v->scenario == SCENARIO_PLAN &&
			date_cmp(period_first_day(v->period, start),
				period_last_day(in->r->f->closed->period, start)) > 0);
}

static bool is_own(const struct comparing *in, const struct facts_value *v)
{
	return v->unit.len == 0 || str_equal(v->unit, in->r->f->unit);
}

/* The cell a published figure is held against to see whether it moved. */
static bool cell_now(const struct comparing *in, const struct facts_value *v, struct facts_cell *out)
{
	struct period now = calc_this_period(in->r->f, v->metric);
	bool grows = v->metric->aggregate == AGGREGATE_SUM && now.kind == PERIOD_YTD;
	*out = facts_cell_of(v);
	if (is_outlook(in, v))
		return true;
	if (v->scenario != SCENARIO_ACTUAL || grows || period_equal(now, v->period) ||
		!period_equal(v->period, period_then(in, v->metric)))
		return false;
	out->period = now;
	return true;
}

/* ---- sizes ---- */

static struct decimal last_place(const struct facts_value *v)
{
	struct decimal unit = { 1, (uint8_t)v->decimals };
	for (int i = 0; i < v->exponent; i++)
		decimal_mul(unit, decimal_int(10), &unit);
	return unit;
}

static struct decimal larger(struct decimal a, struct decimal b)
{
	return decimal_cmp(a, b) > 0 ? a : b;
}

/* How far one answer moves a share of answers; nought where it is none. */
static struct decimal one_answer(const struct comparing *in, const struct facts_value *now)
{
	const struct facts_metric *m = now->metric;
	struct decimal worth = { 0 };
	struct facts_cell at = facts_cell_of(now);
	if (!m->of || !m->over || m->of->measure != MEASURE_COUNT || m->over->measure != MEASURE_COUNT ||
		m->measure != MEASURE_PERCENT)
		return worth;
	at.metric = m->over;
	const struct facts_value *asked = calc_value(in->c, &at);
	if (asked)
		calc_quotient(decimal_int(1), 100, asked->number, &worth);
	return worth;
}

static struct decimal tolerance_of(const struct comparing *in, const struct change *ch)
{
	const struct facts_metric *m = ch->now->metric;
	struct decimal part, worth = one_answer(in, ch->now);
	if (m->has_tolerance && decimal_sign(m->tolerance) > 0)
		return larger(m->tolerance, worth);
	if (m->has_material) {
		struct decimal then = decimal_abs(calc_printed_units(ch->was->value, -1));
		if (!decimal_mul(then, m->material_percent, &part) ||
			!decimal_div(part, 1, decimal_int(100), CALC_SCALE, &part))
			part = m->material_absolute;
		return larger(larger(m->material_absolute, part), worth);
	}
	if (m->has_near && decimal_sign(m->near) > 0)
		return larger(m->near, worth);
	return larger(last_place(ch->now), worth);
}

static struct facts_value *made_of(const struct comparing *in, enum facts_operation op, const struct facts_value *a,
	const struct facts_value *b)
{
	struct facts_cell at = facts_cell_of(a);
	const struct facts_value *operands[2] = { a, b };
	struct facts_value *v = calc_made(in->c, &at, op, operands, 2);
	v->pos = b->pos;
	return v;
}

/* Now less then, of the figures as printed, so that a reader who subtracts finds the same. */
static const struct facts_value *difference(
	const struct comparing *in, const struct facts_value *now, const struct facts_value *then)
{
	struct facts_value *v = made_of(in, OP_DIFFERENCE, now, then);
	if (v->measure == MEASURE_PERCENT)
		v->measure = MEASURE_POINTS;
	return decimal_sub(calc_printed_units(now, -1), calc_printed_units(then, -1), &v->number) ? v : NULL;
}

static const struct facts_value *relative(
	const struct comparing *in, const struct facts_value *by, const struct facts_value *then)
{
	struct facts_value *v = made_of(in, OP_CHANGE, by, then);
	v->measure = MEASURE_PERCENT;
	v->decimals = v->exponent = 0;
	v->currency = (struct str){ 0 };
	return calc_quotient(by->number, 100, decimal_abs(calc_printed_units(then, -1)), &v->number) ? v : NULL;
}

/* ---- good or bad ---- */

static struct decimal off_band(struct decimal v, struct decimal low, struct decimal high)
{
	struct decimal off = { 0 };
	if (decimal_cmp(v, low) < 0)
		decimal_sub(low, v, &off);
	else if (decimal_cmp(v, high) > 0)
		decimal_sub(v, high, &off);
	return off;
}

/* Above nought: better than then; below: worse; nought: neither, or nobody says what is good. */
static int improvement(const struct change *ch)
{
	const struct facts_metric *m = ch->now->metric;
	uint8_t better = m->better;
	struct decimal low = m->band_low, high = m->band_high;
	for (uint8_t i = 0; i < m->view_count; i++)
		if (ch->now->side && m->views[i].side == ch->now->side) {
			better = m->views[i].better;
			low = m->views[i].low;
			high = m->views[i].high;
		}
	struct decimal then = calc_printed_units(ch->was->value, -1), now = calc_printed_units(ch->now, -1);
	switch ((enum facts_better)better) {
	case BETTER_HIGHER: return decimal_cmp(now, then);
	case BETTER_LOWER: return m->as == SHOW_GAP ? decimal_cmp(decimal_abs(then), decimal_abs(now)) : decimal_cmp(then, now);
	case BETTER_BAND: return decimal_cmp(off_band(then, low, high), off_band(now, low, high));
	case BETTER_NONE: break;
	}
	return 0;
}

static struct str reading_of(const struct change *ch)
{
	int sign = improvement(ch);
	if (decimal_cmp(ch->size, decimal_int(1)) < 0)
		return STR("within");
	return sign > 0 ? STR("better") : sign < 0 ? STR("worse") : STR("moved");
}

/* ---- records ---- */

static struct str label_of(const struct comparing *in, const struct facts_value *v)
{
	struct str metric = facts_label(&v->metric->labels, in->r->f->lang, v->item != NULL);
	if (metric.len == 0)
		metric = v->metric->id;
	if (!v->item)
		return metric;
	return str_printf(in->r->a, STR_FMT ": " STR_FMT, STR_ARG(metric),
		STR_ARG(v->item->label.len ? v->item->label : v->item->id));
}

static struct str id_of(const struct comparing *in, const struct facts_value *v)
{
	struct buf b;
	buf_init(&b, in->r->a, 1024);
	buf_put(&b, v->metric->id);
	if (v->item)
		buf_printf(&b, "." STR_FMT, STR_ARG(v->item->id));
	if (v->side)
		buf_printf(&b, "." STR_FMT, STR_ARG(v->side->id));
	buf_putc(&b, '.');
	buf_period(&b, v->period);
	if (v->scenario != SCENARIO_ACTUAL)
		buf_printf(&b, ".%s", facts_scenario_name(v->scenario));
	return buf_str(&b);
}

static struct facts_record *add_record(
	const struct comparing *in, enum facts_derived derived, const struct change *ch)
{
	const struct facts_value *now = ch->now;
	struct facts_record *r = facts_derived_add(in->r, facts_derived_kind(in->r->f, derived), id_of(in, ch->was->value),
		label_of(in, now), ch->was->value->pos);
	struct facts_field *field;
	if (!r)
		return NULL;
	r->source = facts_source_of(now);
	if ((field = facts_derived_field(r, "metric", FIELD_METRIC))) {
		field->metric = now->metric;
		field->text = now->metric->id;
	}
	if ((field = facts_derived_field(r, "side", FIELD_SIDE))) {
		field->side = now->side;
		field->text = now->side ? now->side->id : STR("joint");
	}
	if ((field = facts_derived_field(r, "period", FIELD_PERIOD)))
		field->period = now->period;
	facts_derived_text(r, "scenario", str_from(facts_scenario_name(now->scenario)));
	facts_derived_figure(r, "before", ch->was->value);
	facts_derived_figure(r, "now", now);
	facts_derived_figure(r, "change", ch->by);
	facts_derived_figure(r, "relative", relative(in, ch->by, ch->was->value));
	return r;
}

static void add_moved(const struct comparing *in, const struct change *ch)
{
	struct facts_record *r = add_record(in, DERIVED_MOVED, ch);
	struct facts_field *field;
	if (!r)
		return;
	if ((field = facts_derived_field(r, "tolerance", FIELD_NUMBER)))
		field->number = ch->tolerance;
	if ((field = facts_derived_field(r, "size", FIELD_NUMBER)))
		field->number = ch->size;
	facts_derived_choice(r, "reading", reading_of(ch));
	if (ch->clear)
		facts_derived_choice(r, "direction", decimal_sign(ch->by->number) < 0 ? STR("down") : STR("up"));
}

/* Largest first; alike ones as they stand in the closed file. */
static void add_by_size(struct comparing *in)
{
	for (size_t i = 1; i < in->moved.count; i++) {
		struct change ch = in->moved.at[i];
		size_t at = i;
		for (; at > 0 && decimal_cmp(in->moved.at[at - 1].size, ch.size) < 0; at--)
			in->moved.at[at] = in->moved.at[at - 1];
		in->moved.at[at] = ch;
	}
	for (size_t i = 0; i < in->moved.count; i++)
		add_moved(in, &in->moved.at[i]);
}

/* ---- moved ---- */

static void compare_moved(struct comparing *in, const struct published *was)
{
	static const struct decimal most_unclear = { 999999, SIZE_SCALE }; /* within its tolerance */
	struct facts_cell at;
	struct decimal exact;
	struct change ch = { .was = was };
	if (!was->printed || !is_own(in, was->value) || !cell_now(in, was->value, &at) ||
		!(ch.now = calc_value(in->c, &at)) || !str_equal(ch.now->currency, was->value->currency) ||
		!(ch.by = difference(in, ch.now, was->value)) || decimal_sign(ch.by->number) == 0)
		return;
	ch.tolerance = tolerance_of(in, &ch);
	if (!decimal_sub(ch.now->number, was->value->number, &exact) ||
		!decimal_div(decimal_abs(exact), 1, ch.tolerance, SIZE_SCALE, &ch.size))
		ch.size = decimal_int(1);
	ch.clear = calc_is_clear(ch.now, was->value);
	if (!ch.clear && decimal_cmp(ch.size, most_unclear) > 0)
		ch.size = most_unclear;
	vec_push(in->r->a, &in->moved, ch);
}

/* ---- restated ---- */

static bool differs(const struct published *was, const struct facts_value *now)
{
	if (!str_equal(was->value->currency, now->currency))
		return true;
	if (was->printed)
		return decimal_cmp(calc_printed_units(was->value, -1), calc_printed_units(now, -1)) != 0;
	return decimal_cmp(was->value->number, now->number) != 0;
}

/* The note on the value itself, or on the first restated one that it is made of. */
static struct str because(const struct comparing *in, const struct facts_value *now, int depth)
{
	struct facts_cell at = facts_cell_of(now);
	in->r->key.len = 0;
	if (now->metric)
		facts_key(&in->r->key, &at);
	const struct facts_value *then = map_lookup(&in->published.by_key, buf_str(&in->r->key));
	if (now->note.len && (depth == 0 || (then && decimal_cmp(then->number, now->number) != 0)))
		return now->note;
	for (uint32_t i = 0; i < now->operand_count && depth < 8; i++) {
		struct str found = because(in, now->operands[i], depth + 1);
		if (found.len)
			return found;
	}
	return (struct str){ 0 };
}

static void ask_why(const struct comparing *in, const struct facts_value *then, const struct facts_value *now)
{
	struct facts_cell at = facts_cell_of(now);
	struct arena *a = in->r->a;
	diag_add(in->r->d, DIAG_RESTATED_WHY, now->pos,
		STR_FMT ": published as " STR_FMT ", now " STR_FMT "; say why with note=\"…\" on the value, showing it without a reason",
		STR_ARG(facts_cell_text(a, &at)), STR_ARG(decimal_text(a, decimal_trimmed(then->number))), STR_ARG(decimal_text(a, decimal_trimmed(now->number))));
	diag_note(in->r->d, then->pos, "it was published so");
}

static void compare_restated(struct comparing *in, const struct published *was)
{
	struct facts_cell at = facts_cell_of(was->value);
	struct change ch = { .was = was };
	if (is_outlook(in, was->value) || !is_own(in, was->value) || !(ch.now = calc_value(in->c, &at)) ||
		!differs(was, ch.now) || !(ch.by = difference(in, ch.now, was->value)))
		return;
	struct str why = because(in, ch.now, 0);
	struct facts_record *r = add_record(in, DERIVED_RESTATED, &ch);
	if (why.len == 0 && ch.now->operation == OP_READ)
		ask_why(in, was->value, ch.now);
	if (!r)
		return;
	facts_derived_text(r, "because", why);
	struct facts_field *field = facts_derived_field(r, "printed", FIELD_YES);
	if (field) {
		field->number = decimal_int(was->printed);
		field->text = was->printed ? STR("yes") : STR("no");
	}
}

void facts_moved(struct facts_reader *r, struct calc *c)
{
	struct comparing in = { .r = r, .c = c, .published = facts_published(r) };
	for (size_t i = 0; i < in.published.list.count; i++) {
		compare_moved(&in, &in.published.list.at[i]);
		compare_restated(&in, &in.published.list.at[i]);
	}
	add_by_size(&in);
}
