/* compose: scales. Same measure, same scale within a section; bars from zero. Worked out before
 * anything is placed. */
#include "compose/compose_int.h"

/* Money is on one scale only in one currency, printed in one unit. */
static struct str name_of_measure(struct composer *c, struct measured m)
{
	struct str name = str_from(facts_measure_name((enum facts_measure)m.measure));

	return m.measure == MEASURE_MONEY ? str_printf(c->arena, STR_FMT " " STR_FMT " %d",
						    STR_ARG(name), STR_ARG(m.currency), m.exponent)
					  : name;
}

uint16_t scale_of(struct composer *c, struct str id, struct measured measured)
{
	struct doc_scale *scale;
	struct scaling *state;

	if (id.len == 0)
		id = name_of_measure(c, measured);
	for (size_t i = c->first_scale; i < c->doc->scales.count; i++)
		if (str_equal(c->doc->scales.at[i].id, id))
			return (uint16_t)i;
	scale = vec_add(c->arena, &c->doc->scales);
	state = vec_add(c->arena, &c->scaling);
	scale->id = id;
	state->measure = measured.measure;
	state->exponent = measured.exponent;
	state->currency = measured.currency;
	state->shares = measured.measure == MEASURE_PERCENT;
	return (uint16_t)(c->doc->scales.count - 1);
}

/* Two exhibits of one scale must not want different bounds. */
static void set_bounds(struct composer *c, struct scaling *s, const struct layout_exhibit *e)
{
	if (s->set &&
		(decimal_cmp(s->set_low, e->scale_low) != 0 ||
			decimal_cmp(s->set_high, e->scale_high) != 0)) {
		diag_add(c->diag, DIAG_ATTRIBUTE_VALUE, e->body_pos,
			"two exhibits of one scale set different bounds");
		diag_note(c->diag, s->set_pos, "the other is here");
	}
	if (decimal_sign(e->scale_low) > 0)
		diag_add(c->diag, DIAG_ATTRIBUTE_VALUE, e->body_pos,
			"a scale begins at 0 or below: bars are compared by their length");
	s->set = true;
	s->set_low = e->scale_low;
	s->set_high = e->scale_high;
	s->set_pos = e->body_pos;
}

static bool sets_bounds(const struct layout_exhibit *e)
{
	return decimal_sign(e->scale_high) || decimal_sign(e->scale_low);
}

/* An exhibit that sets bounds and names no group has a scale of its own, shared with those that set
 * the same. */
static struct str name_of_bounds(
	struct composer *c, const struct layout_exhibit *e, struct measured m)
{
	struct buf name;

	buf_init(&name, c->arena, 256);
	buf_put(&name, name_of_measure(c, m));
	buf_putc(&name, ' ');
	buf_decimal(&name, e->scale_low);
	buf_puts(&name, "..");
	buf_decimal(&name, e->scale_high);
	buf_putc(&name, '/');
	buf_decimal(&name, e->scale_tick);
	return buf_str(&name);
}

uint16_t scale_of_exhibit(
	struct composer *c, const struct layout_exhibit *e, struct measured measured)
{
	bool own = e->scale.len == 0 && sets_bounds(e);
	uint16_t index = scale_of(c, own ? name_of_bounds(c, e, measured) : e->scale, measured);

	if (sets_bounds(e))
		set_bounds(c, &c->scaling.at[index], e);
	if (decimal_sign(e->scale_tick) > 0)
		c->doc->scales.at[index].tick = e->scale_tick;
	return index;
}

void scale_extend(struct composer *c, uint16_t index, struct decimal value)
{
	struct doc_scale *scale = &c->doc->scales.at[index];

	if (decimal_cmp(value, scale->low) < 0)
		scale->low = value;
	if (decimal_cmp(value, scale->high) > 0)
		scale->high = value;
}

void scale_with_axis(struct composer *c, uint16_t index)
{
	c->scaling.at[index].axis = true;
}

/* The smallest of 1, 2, 2.5, 5 times a power of ten that cuts the range into at most five. */
static struct decimal nice_tick(struct decimal range)
{
	static const struct decimal steps[] = { { 1, 0 }, { 2, 0 }, { 25, 1 }, { 5, 0 } };
	struct decimal power = { 1, 6 }, tick = power, ten = { 10, 0 }, five = { 5, 0 }, reach;

	for (int magnitude = -6; magnitude < 16; magnitude++) {
		for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
			if (decimal_mul(power, steps[i], &tick) &&
				decimal_mul(tick, five, &reach) && decimal_cmp(reach, range) >= 0)
				return tick;
		power = power.scale ? (struct decimal){ 1, (uint8_t)(power.scale - 1) } : power;
		if (power.scale == 0 && magnitude >= 0 && !decimal_mul(power, ten, &power))
			break;
	}
	return tick;
}

/* bound moved away from zero to a multiple of the tick. */
static struct decimal to_tick(struct decimal bound, struct decimal tick)
{
	struct decimal count, out = bound;

	if (!decimal_div(bound, 1, tick, 0, &count) || !decimal_mul(count, tick, &out))
		return bound;
	if (decimal_cmp(decimal_abs(out), decimal_abs(bound)) >= 0)
		return out;
	count.coef += decimal_sign(bound) < 0 ? -1 : 1;
	return decimal_mul(count, tick, &out) ? out : bound;
}

/* A share has a whole: its scale shows all of it. */
static void show_whole(struct doc_scale *scale)
{
	struct decimal whole = decimal_int(100);

	if (decimal_cmp(scale->high, whole) <= 0 && decimal_sign(scale->low) >= 0)
		scale->high = whole;
}

/* Bounds that the layout sets, moved where a value lies beyond them. False when both stand as
 * set. */
static bool take_bounds(struct doc_scale *scale, const struct scaling *state)
{
	bool below = decimal_cmp(scale->low, state->set_low) < 0;
	bool above =
		decimal_sign(state->set_high) == 0 || decimal_cmp(scale->high, state->set_high) > 0;

	if (!below)
		scale->low = state->set_low;
	if (!above)
		scale->high = state->set_high;
	return below || above;
}

static void finish(struct doc_scale *scale, const struct scaling *state)
{
	struct decimal range;

	if (state->set && !take_bounds(scale, state)) {
		if (state->axis && decimal_sign(scale->tick) == 0 &&
			decimal_sub(scale->high, scale->low, &range))
			scale->tick = nice_tick(range);
		return;
	}
	if (state->shares && !state->set)
		show_whole(scale);
	if (decimal_cmp(scale->high, scale->low) == 0)
		scale->high = decimal_int(1);
	if ((!state->axis && decimal_sign(scale->tick) == 0) ||
		!decimal_sub(scale->high, scale->low, &range))
		return;
	if (decimal_sign(scale->tick) == 0)
		scale->tick = nice_tick(range);
	scale->high = to_tick(scale->high, scale->tick);
	scale->low = to_tick(scale->low, scale->tick);
}

void scales_finish(struct composer *c)
{
	for (size_t i = c->first_scale; i < c->doc->scales.count; i++)
		finish(&c->doc->scales.at[i], &c->scaling.at[i]);
}
