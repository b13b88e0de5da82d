/* compose: scales. Same measure, same scale within a section; bars from zero. Worked out before anything is placed. */
#include "compose/compose_int.h"

uint16_t scale_of(struct composer *c, struct str id, uint8_t measure)
{
	struct doc_scale *scale;
	struct scaling *state;

	if (id.len == 0)
		id = str_from(facts_measure_name((enum facts_measure)measure));
	for (size_t i = c->first_scale; i < c->doc->scales.count; i++)
		if (str_equal(c->doc->scales.at[i].id, id))
			return (uint16_t)i;
	scale = vec_add(c->arena, &c->doc->scales);
	state = vec_add(c->arena, &c->scaling);
	scale->id = id;
	state->measure = measure;
	return (uint16_t)(c->doc->scales.count - 1);
}

uint16_t scale_of_exhibit(struct composer *c, const struct layout_exhibit *e, uint8_t measure)
{
	uint16_t index = scale_of(c, e->scale, measure);
	struct doc_scale *scale = &c->doc->scales.at[index];

	if (decimal_sign(e->scale_high) == 0)
		return index;
	scale->low = e->scale_low;
	scale->high = e->scale_high;
	scale->tick = e->scale_tick;
	c->scaling.at[index].fixed = true;
	return index;
}

void scale_extend(struct composer *c, uint16_t index, struct decimal value)
{
	struct doc_scale *scale = &c->doc->scales.at[index];

	if (c->scaling.at[index].fixed)
		return;
	if (decimal_cmp(value, scale->low) < 0)
		scale->low = value;
	if (decimal_cmp(value, scale->high) > 0)
		scale->high = value;
	c->scaling.at[index].any = true;
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
			if (decimal_mul(power, steps[i], &tick) && decimal_mul(tick, five, &reach) && decimal_cmp(reach, range) >= 0)
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

static void finish(struct doc_scale *scale, const struct scaling *state)
{
	struct decimal range;

	if (state->fixed)
		return;
	if (state->measure == MEASURE_PERCENT)
		show_whole(scale);
	if (decimal_cmp(scale->high, scale->low) == 0)
		scale->high = decimal_int(1);
	if (!state->axis || !decimal_sub(scale->high, scale->low, &range))
		return;
	scale->tick = nice_tick(range);
	scale->high = to_tick(scale->high, scale->tick);
	scale->low = to_tick(scale->low, scale->tick);
}

void scales_finish(struct composer *c)
{
	for (size_t i = c->first_scale; i < c->doc->scales.count; i++)
		finish(&c->doc->scales.at[i], &c->scaling.at[i]);
}
