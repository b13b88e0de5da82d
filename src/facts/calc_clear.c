/* two figures -> whether one is clearly above the other: the one decision that words, colours, marks and alt texts take.
 *
 * A change is not clear when it is smaller than its metric's tolerance or than one answer, or inside the margin of error.
 * The margin is Wilson's: of two samples, and of
 * what is made of several, the distances to the bounds of each add up by their squares (Newcombe); a figure without a sample, as a plan,
 * has none. For means it is the standard error. Answers of the same people each time are no samples of others: there, only whole answers
 * count. */
#include "facts/calc_int.h"

#include <math.h>

/* How sure: a metric's margin=; the deviations that leave so much outside. */
static const double deviations[] = { [MARGIN_95] = 1.959964, [MARGIN_99] = 2.575829, [MARGIN_90] = 1.644854, [MARGIN_80] = 1.281552 };

struct reach {
	double down, up;     /* how far the true figure may lie from it */
	double answer;       /* what one answer moves it by; 0 = it is not made of answers */
	bool same_panel;
	bool known;          /* it stands on a sample */
};

static bool is_count(const struct facts_metric *m)
{
	return m && m->measure == MEASURE_COUNT;
}

static double number_of(const struct facts_value *v)
{
	return decimal_double(v->number);
}

/* ---- one sample ---- */

static struct reach of_share(double percent, double n, double z)
{
	double p = percent / 100, under = 1 + z * z / n, half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / under,
	       centre = (p + z * z / (2 * n)) / under;
	return (struct reach){ .down = (p - centre + half) * 100, .up = (centre + half - p) * 100, .answer = 100 / n, .known = true };
}

static struct reach of_mean(const struct facts_value *v, double z)
{
	const struct facts_sample *s = v->sample;
	struct reach r = { .known = true, .same_panel = s->same_panel, .answer = 1.0 / s->n }; /* of one step of the scale */
	if (s->has_spread)
		r.down = r.up = z * decimal_double(s->spread) / sqrt(decimal_double(s->effective));
	return r;
}

static struct reach of_sample(const struct facts_value *v, double z)
{
	if (v->measure != MEASURE_PERCENT)
		return of_mean(v, z);
	struct reach r = of_share(number_of(v), decimal_double(v->sample->effective), z);
	r.answer = 100.0 / v->sample->n;
	r.same_panel = v->sample->same_panel;
	return r;
}

/* ---- what is made of several ---- */

static struct reach reach_of(const struct facts_value *v, double z, int depth);

/* Counts whose source asked people; a list of all there is has no margin. */
static bool of_answers(const struct facts_value *asked)
{
	const struct facts_source *s = facts_source_of(asked);
	return asked->sample || (s && s->panel != PANEL_NONE);
}

static bool same_panel(const struct facts_value *asked)
{
	const struct facts_source *s = facts_source_of(asked);
	while (!asked->sample && asked->operand_count)
		asked = asked->operands[0];
	return asked->sample ? asked->sample->same_panel : s && s->panel == PANEL_SAME;
}

static struct reach of_ratio(const struct facts_value *v, double z)
{
	struct reach none = { 0 };
	const struct facts_metric *m = v->metric;
	if (!m || !is_count(m->of) || !is_count(m->over) || v->operand_count != 2 || v->measure != MEASURE_PERCENT ||
		!of_answers(v->operands[1]) || number_of(v->operands[1]) <= 0)
		return none;
	struct reach r = of_share(number_of(v), number_of(v->operands[1]), z);
	r.same_panel = same_panel(v->operands[1]);
	return r;
}

/* Each counts as much as the others: of weighted ones the reach is somewhat less than this. */
static struct reach of_several(const struct facts_value *v, double z, int depth)
{
	double part = v->operation == OP_MEAN ? 1.0 / v->operand_count : 1;
	struct reach sum = { .same_panel = true };
	for (uint32_t i = 0; i < v->operand_count; i++) {
		struct reach r = reach_of(v->operands[i], z, depth);
		bool less = i > 0 && v->operation != OP_MEAN;
		if (!r.known)
			continue;
		double down = part * (less ? r.up : r.down), up = part * (less ? r.down : r.up), answer = part * r.answer;
		sum.down += down * down;
		sum.up += up * up;
		sum.answer = sum.answer == 0 || answer < sum.answer ? answer : sum.answer;
		sum.same_panel &= r.same_panel;
		sum.known = true;
	}
	sum.down = sqrt(sum.down);
	sum.up = sqrt(sum.up);
	return sum;
}

enum { REACH_DEPTH = 8 };
static struct reach reach_of(const struct facts_value *v, double z, int depth)
{
	struct reach none = { 0 };
	if (depth == REACH_DEPTH)
		return none;
	if (v->sample && v->measure != MEASURE_COUNT)
		return of_sample(v, z);
	if (v->operation == OP_RATIO)
		return of_ratio(v, z);
	if (v->operation == OP_MEAN || v->operation == OP_GAP || v->operation == OP_DIFFERENCE)
		return of_several(v, z, depth + 1);
	return none;
}

/* ---- the decision ---- */

/* From one period to another less than the metric calls a change: then nothing moved. */
static bool stood_still(const struct facts_value *a, const struct facts_value *b)
{
	const struct facts_metric *m = a->metric;
	struct decimal apart;
	return m && m == b->metric && m->has_tolerance && str_equal(a->unit, b->unit) && !period_equal(a->period, b->period) &&
		decimal_sub(calc_printed_units(a, -1), calc_printed_units(b, -1), &apart) && decimal_cmp(decimal_abs(apart), m->tolerance) < 0;
}

bool calc_is_certain(const struct facts_value *a, const struct facts_value *b)
{
	const struct facts_metric *m = a->metric;
	uint8_t margin = m ? m->margin : (uint8_t)MARGIN_95;
	double apart = number_of(a) - number_of(b), z = margin <= MARGIN_80 ? deviations[margin] : 0;
	struct reach x = reach_of(a, z > 0 ? z : 1, 0), y = reach_of(b, z > 0 ? z : 1, 0);
	if (margin == MARGIN_NONE || (!x.known && !y.known))
		return true;
	/* What was published says its number alone: it is taken to be of as many answers as today's. */
	if (!y.known && b->scenario == a->scenario && !period_equal(a->period, b->period))
		y = x;
	double answer = x.answer > 0 && (y.answer <= 0 || x.answer < y.answer) ? x.answer : y.answer;
	if (fabs(apart) < answer - 1e-6)
		return false;
	if (margin == MARGIN_ANSWER || ((x.same_panel || !x.known) && (y.same_panel || !y.known)))
		return true;
	double near = apart > 0 ? x.down : x.up, far = apart > 0 ? y.up : y.down;
	return apart * apart > near * near + far * far;
}

bool calc_is_clear(const struct facts_value *a, const struct facts_value *b)
{
	return !stood_still(a, b) && calc_is_certain(a, b);
}

int calc_direction(const struct facts_value *a, const struct facts_value *b)
{
	int sign = decimal_cmp(calc_printed_units(a, -1), calc_printed_units(b, -1));
	return sign != 0 && calc_is_clear(a, b) ? sign : 0;
}
