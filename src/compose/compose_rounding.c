/* compose: whether printed parts add up to their printed total. Totals are of exact values; where
 * rounding shows, the exhibit says so. */
#include "compose/compose_int.h"

static void add(struct sum *s, struct decimal exact, struct decimal printed)
{
	s->lost |= !decimal_add(s->exact, exact, &s->exact) ||
		!decimal_add(s->printed, printed, &s->printed);
	s->any = true;
}

/* Only what adds up exactly can fail to do so by rounding. */
static bool shows(const struct sum *s, struct decimal exact, struct decimal printed)
{
	return s->any && !s->lost && decimal_cmp(s->exact, exact) == 0 &&
		decimal_cmp(s->printed, printed) != 0;
}

void rounding_of_group(struct composer *c, struct adding *a)
{
	if (a->subtotal && shows(&a->group, a->subtotal->number, a->subtotal_printed))
		c->rounded = true;
	a->subtotal = NULL;
	a->group = (struct sum){ 0 };
}

void rounding_of_line(struct composer *c, struct adding *a, const struct line *line,
	const struct facts_value *v, int decimals)
{
	struct decimal printed =
		calc_printed(v, decimals == QUERY_DECIMALS ? v->decimals : decimals);

	switch (line->kind) {
	case LINE_BODY:
		add(&a->all, v->number, printed);
		add(&a->group, v->number, printed);
		break;
	case LINE_GROUP:
		rounding_of_group(c, a);
		a->subtotal = v;
		a->subtotal_printed = printed;
		break;
	default:
		rounding_of_group(c, a);
		c->rounded |= shows(&a->all, v->number, printed);
		break;
	}
}

void rounding_of_parts(struct composer *c, const struct facts_value *const *parts, size_t count,
	const struct facts_value *total, int decimals)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < count; i++)
		add(&sum, parts[i]->number,
			calc_printed(parts[i],
				decimals == QUERY_DECIMALS ? parts[i]->decimals : decimals));
	c->rounded |= shows(&sum, total->number,
		calc_printed(total, decimals == QUERY_DECIMALS ? total->decimals : decimals));
}
