/* The library: what a period asks for anew: which of the values told for the period before it, and which of those nobody tells yet. One answer for
 * a quarter that is rolled, for requests and for status. */
#include "entente_turn.h"

/* Where a period stands: the quarter under way, or the year to date, half, year or last month that it ends. */
static bool is_current(const struct turn *t, struct period p, struct period now)
{
	const struct calendar *start = &t->facts->calendar;

	switch ((enum period_kind)p.kind) {
	case PERIOD_QUARTER: return period_equal(p, now);
	case PERIOD_YTD:
	case PERIOD_LTM: return period_equal(p, period_as(now, (enum period_kind)p.kind));
	case PERIOD_YEAR: return period_equal(p, period_year(now, 0));
	default:
		return date_cmp(period_last_day(p, start), period_last_day(now, start)) <= 0 &&
			date_cmp(period_first_day(p, start), period_first_day(now, start)) >= 0;
	}
}

/* A month's successor is as many months later as the paper's is. */
static int months_between(const struct turn *t)
{
	static const int months[PERIOD_KINDS] = { [PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_HALF] = 6, [PERIOD_YEAR] = 12 };

	return months[t->to.kind];
}

/* The same place in the next quarter. */
static struct period moved_on(const struct turn *t, struct period p)
{
	int years = t->to.year - t->from.year;
	struct period next;

	switch ((enum period_kind)p.kind) {
	case PERIOD_YEAR: return period_shift(p, years);
	case PERIOD_MONTH: return period_shift(p, months_between(t));
	case PERIOD_YTD:
		next = t->to;
		next.year = (int16_t)(p.year + years);
		return period_ytd(next);
	default: return period_shift(p, 1);
	}
}

/* Whether the next quarter asks for the same again: a figure of the quarter under way or of a year before it; a target, as far ahead. */
static bool comes_again(const struct turn *t, const struct facts_value *v)
{
	struct period now = t->from, ago = period_year_ago(now);
	const struct calendar *start = &t->facts->calendar;

	if (v->period.kind == PERIOD_YEAR && t->to.year == now.year)
		return false;
	if (is_current(t, v->period, now) || is_current(t, v->period, ago))
		return true;
	return v->scenario == SCENARIO_PLAN && v->period.kind == PERIOD_QUARTER &&
		date_cmp(period_last_day(v->period, start), period_last_day(now, start)) > 0;
}

/* Whether it is told, or other values say it: the year's plan is that of the year to its last quarter. What is withheld was told. */
static bool is_said(struct turn *t, const struct facts_value *v)
{
	struct query q;
	struct answer answer;
	struct diag quiet;

	query_init(&q, (struct src_pos){ 0 });
	q.metric = v->metric->id;
	q.item = v->item ? v->item->id : STR("all");
	q.unit = v->unit;
	q.side = v->side ? v->side->id : STR("joint");
	q.period = period_text(t->a, v->period);
	q.scenario = str_from(facts_scenario_name(v->scenario));
	diag_init(&quiet, t->a);
	answer = calc_ask(t->calc, &q, NULL, &quiet);
	return answer.kind == ANSWER_NUMBER || answer.withheld;
}

bool turn_asks(struct turn *t, const struct facts_value *v, struct facts_value *next)
{
	if (!comes_again(t, v))
		return false;
	*next = *v;
	next->period = moved_on(t, v->period);
	return !period_equal(next->period, v->period) && !is_said(t, next);
}
