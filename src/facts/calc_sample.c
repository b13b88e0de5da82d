/* query -> how far a figure can be trusted: its sample, the interval of a share, what one answer is
 * worth; and its run. */
#include "facts/calc_int.h"

/* ---- the sample ---- */

static bool is_count(const struct facts_metric *m)
{
	return m && m->measure == MEASURE_COUNT;
}

/* Those asked: the denominator of a share, the weight of a mean; over both sides for a joint value.
 */
static const struct facts_value *sample_value(struct ask *k)
{
	const struct facts_metric *m = k->at.metric;
	const struct facts_metric *n = is_count(m->over) ? m->over
		: is_count(m->weight)                    ? m->weight
							 : NULL;
	struct facts_cell at = k->at;
	at.metric = n;
	return n ? calc_value(k->c, &at) : NULL;
}

struct answer calc_sample(struct ask *k)
{
	if (!k->at.metric)
		return calc_missing(k, "the query names no metric");
	const struct facts_value *n = sample_value(k), *v = n ? NULL : calc_value(k->c, &k->at);
	if (n)
		return calc_number(n);
	const struct facts_source *s = v ? facts_source_of(v) : NULL;
	if (!s || s->sample.len == 0)
		return calc_missing(k, "no sample");
	return calc_text(s->sample, s->id);
}

/* ---- intervals ---- */

/* Wilson's interval for yes of asked at 95 per cent (z = 1.96), in integers, so that no machine
 * prints another bound: (yes + z²/2 ± z √(yes (asked - yes) / asked + z²/4)) / (asked + z²). */
static bool wilson(int64_t yes, int64_t asked, int sign, struct decimal *out)
{
	const int64_t unit = 1000000000; /* 9 decimals */
	if (asked <= 0 || yes < 0 || yes > asked || asked > 1000000)
		return false;
	__int128 under =
		(__int128)yes * (asked - yes) * unit * unit / asked + (__int128)960400000 * unit;
	int64_t half = (int64_t)integer_root(under) / 100 * 196; /* z times the root, to 9 decimals */
	int64_t top = yes * unit + 1920800000 + sign * half, bottom = asked * unit + 3841600000;
	return decimal_div(decimal_int(top), 100, decimal_int(bottom), 6, out);
}

/* The counts behind a share; false when it does not come from counts. */
static bool counts_of(struct ask *k, const struct facts_value **of, const struct facts_value **over)
{
	const struct facts_metric *m = k->at.metric;
	struct facts_cell at = k->at;
	if (!m || !is_count(m->of) || !is_count(m->over)) {
		calc_reason(k, "no counts behind this figure");
		return false;
	}
	at.metric = m->of;
	*of = calc_value(k->c, &at);
	at.metric = m->over;
	*over = *of ? calc_value(k->c, &at) : NULL;
	if (!*over)
		calc_no_value(k, &at);
	return *over != NULL;
}

static struct answer interval_bound(
	struct ask *k, const struct facts_value *const operands[2], struct str key)
{
	struct decimal of = decimal_round(operands[0]->number, 0),
		       over = decimal_round(operands[1]->number, 0);
	struct facts_value *v = calc_made(k->c, &k->at, OP_INTERVAL, operands, 2);
	v->pos = k->q->pos;
	if (!wilson(of.coef, over.coef, k->q->show == SHOW_HIGH ? 1 : -1, &v->number))
		return calc_missing(k, "no interval");
	return calc_number(calc_file(k, key, v));
}

struct answer calc_interval(struct ask *k)
{
	const struct facts_value *operands[2];
	struct str key;
	if (!counts_of(k, &operands[0], &operands[1]))
		return calc_none_of(k);
	const struct facts_value *known = calc_known(
		k, k->q->show == SHOW_HIGH ? "high" : "low", &k->at, NULL, STR(""), &key);
	return known ? calc_number(known) : interval_bound(k, operands, key);
}

/* How far one answer more or less moves the share. */
struct answer calc_worth(struct ask *k)
{
	const struct facts_value *of, *over;
	struct str key;
	if (!counts_of(k, &of, &over))
		return calc_none_of(k);
	const struct facts_value *known = calc_known(k, "worth", &k->at, NULL, STR(""), &key);
	if (known)
		return calc_number(known);
	struct facts_value *v = calc_made(k->c, &k->at, OP_WORTH, &over, 1);
	v->measure = MEASURE_POINTS;
	v->pos = k->q->pos;
	if (!calc_quotient(decimal_int(100), 1, over->number, &v->number))
		return calc_missing(k, "nobody was asked");
	return calc_number(calc_file(k, key, v));
}

/* ---- runs ---- */

enum { STREAK_MOST = 400 };

/* Periods running in which the printed figure moved the same way, ending with the cell's; below
 * nought when it fell. */
static const struct facts_value *streak_of(struct ask *k, const struct facts_value *last)
{
	VEC(const struct facts_value *) run = { 0 };
	struct facts_cell at = k->at;
	int way = 0, steps = 0;
	vec_push(k->c->a, &run, last);
	while (steps < STREAK_MOST) {
		at.period = period_shift(at.period, -1);
		const struct facts_value *before = calc_base(k, &at);
		if (!before)
			break;
		int sign = decimal_cmp(calc_printed(run.at[run.count - 1], last->decimals),
			calc_printed(before, last->decimals));
		if (sign == 0 || (way && sign != way) || !calc_is_certain(run.at[run.count - 1], before))
			break;
		way = sign;
		steps++;
		vec_push(k->c->a, &run, before);
	}
	struct facts_value *v = calc_made(k->c, &k->at, OP_STREAK, run.at, run.count);
	v->measure = MEASURE_COUNT;
	v->decimals = v->exponent = 0;
	v->currency = (struct str){ 0 };
	v->number = decimal_int(way * steps);
	v->pos = k->q->pos;
	return v;
}

struct answer calc_streak(struct ask *k)
{
	struct str key;
	const struct facts_value *last = k->at.metric ? calc_base(k, &k->at) : NULL;
	if (!last)
		return calc_missing(k, "the query names no metric");
	const struct facts_value *known = calc_known(k, "streak", &k->at, NULL, STR(""), &key);
	return calc_number(known ? known : calc_file(k, key, streak_of(k, last)));
}
