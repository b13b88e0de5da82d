/* facts -> derived values: amounts in the currency that is reported in. What is in another is converted where it is first asked for, so that
 * every sum, share and comparison is of one currency; where no rate was declared it stays as it is, and meeting another is an error. */
#include "facts/calc_int.h"

enum {
	RATE_TAG = 1,    /* no address: what is filed beside it are pairs and longer lists of addresses */
	MONEY_SCALE = 4  /* decimal places that converted amounts are kept with */
};

static uint8_t kind_of(const struct facts_value *v)
{
	if (v->metric == NULL || v->scenario != SCENARIO_ACTUAL)
		return RATE_BUDGET; /* asks and plans are made with the rate that the budget was made with */
	return v->metric->rate;
}

static const struct facts_rate *rate_for(struct calc *c, struct str from, struct str to, uint8_t kind, struct period p)
{
	return map_lookup(&c->f->rates, facts_rate_key(c->a, from, to, kind, p));
}

/* An average or a budget's rate of a longer period holds for those within it; a closing rate holds for every period that ends with that day. */
static const struct facts_rate *rate_around(struct calc *c, struct str from, struct str to, uint8_t kind, struct period p)
{
	static const enum period_kind around[] = { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };
	const struct facts_rate *rate = rate_for(c, from, to, kind, p);
	for (size_t i = 0; !rate && i < sizeof around / sizeof *around; i++) {
		struct period other = period_as(p, around[i]);
		bool ends = period_end_month(other) == period_end_month(p);
		bool holds = p.kind != PERIOD_LTM && (around[i] > p.kind || around[i] == PERIOD_YEAR);
		if (kind == RATE_CLOSING ? ends : holds)
			rate = rate_for(c, from, to, kind, other);
	}
	return rate;
}

struct exchange {
	const struct facts_rate *rate;
	bool inverse;                 /* declared the other way */
};

static struct exchange exchange_of(struct calc *c, const struct facts_value *v)
{
	struct period p = v->period.kind == PERIOD_NONE ? c->f->period : v->period;
	uint8_t kind = kind_of(v);
	struct exchange x = { rate_around(c, v->currency, c->f->currency, kind, p), false };
	if (!x.rate) {
		x.rate = rate_around(c, c->f->currency, v->currency, kind, p);
		x.inverse = true;
	}
	return x;
}

static int64_t power_of_ten(uint8_t n)
{
	int64_t power = 1;
	while (n--)
		power *= 10;
	return power;
}

/* As many places as fit. */
static bool exchanged(struct decimal amount, struct decimal rate, bool inverse, struct decimal *out)
{
	struct decimal one = decimal_int(power_of_ten(rate.scale)), other = decimal_int(rate.coef);
	for (int scale = MONEY_SCALE; scale >= 0; scale--)
		if (decimal_div(amount, inverse ? one.coef : other.coef, inverse ? other : one, (uint8_t)scale, out)) {
			*out = decimal_trimmed(*out);
			return true;
		}
	return false;
}

static const struct facts_value *converted(struct calc *c, const struct facts_value *v)
{
	struct exchange x = exchange_of(c, v);
	struct facts_cell at = facts_cell_of(v);
	struct decimal number;
	if (!x.rate || !exchanged(v->number, x.rate->value.number, x.inverse, &number))
		return v;
	const struct facts_value *operands[2] = { v, &x.rate->value };
	struct facts_value *made = calc_made(c, &at, OP_CONVERT, operands, 2);
	made->number = number;
	made->measure = v->measure;
	made->decimals = v->decimals;
	made->exponent = v->exponent;
	made->currency = c->f->currency;
	made->note = v->note;
	made->pos = v->pos;
	return made;
}

const struct facts_value *calc_reported(struct calc *c, const struct facts_value *v)
{
	if (!v || v->measure != MEASURE_MONEY || c->f->rates.count == 0 || v->currency.len == 0 ||
		str_equal(v->currency, c->f->currency))
		return v;
	const struct {
		const struct facts_value *v;
		uintptr_t tag;
	} pair = { v, RATE_TAG };
	struct str key = { (const char *)&pair, sizeof pair };
	const struct facts_value *known = map_lookup(&c->memo, key);
	if (known)
		return known;
	known = converted(c, v);
	map_set(c->a, &c->memo, str_copy(c->a, key), (void *)(uintptr_t)known);
	return known;
}

bool calc_is_converted(const struct facts_value *v)
{
	bool found = v->operation == OP_CONVERT;
	for (uint32_t i = 0; i < v->operand_count && !found; i++)
		found = calc_is_converted(v->operands[i]);
	return found;
}

struct str calc_rate_wanted(struct calc *c, const struct facts_value *a, const struct facts_value *b)
{
	const struct facts_value *v = str_equal(a->currency, c->f->currency) ? b : a;
	struct period p = v->period.kind == PERIOD_NONE ? c->f->period : v->period;
	if (str_equal(v->currency, c->f->currency))
		return (struct str){ 0 };
	return str_printf(c->a, "; declare the %s rate from " STR_FMT " to " STR_FMT " for " STR_FMT,
		facts_rate_name((enum facts_rate_kind)kind_of(v)), STR_ARG(v->currency), STR_ARG(c->f->currency),
		STR_ARG(period_text(c->a, p)));
}
