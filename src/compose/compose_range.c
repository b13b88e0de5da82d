/* compose: two figures as a range, "€2.4–2.6 m": the unit once where both have the same, and each figure traced to its value. */
#include "compose/compose_int.h"

struct range {
	const struct say_part *parts[2]; /* the figures, lower first */
	struct answer answers[2];
};

static size_t range_figures(const struct say_part *part, const struct say_part *out[2])
{
	size_t count = 0;

	for (size_t i = 0; i < part->part_count && count < 2; i++)
		if (part->parts[i]->kind == SAY_FIGURE)
			out[count++] = part->parts[i];
	return count;
}

/* Days and money have no order. */
static bool are_alike(struct saying *s, const struct range *r)
{
	uint8_t a = r->answers[0].value->measure, b = r->answers[1].value->measure;

	if (a == b)
		return true;
	diag_add(s->c->diag, DIAG_ATTRIBUTE_VALUE, r->parts[1]->pos, "a range is of figures measured alike: this one is in %s, the other in %s",
		facts_measure_name((enum facts_measure)b), facts_measure_name((enum facts_measure)a));
	return false;
}

/* False when a figure is not there. */
static bool ask_both(struct saying *s, const struct say_part *part, struct range *r)
{
	if (range_figures(part, r->parts) < 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		r->answers[i] = calc_ask(s->c->in->calc, r->parts[i]->query, s->ctx, s->c->diag);
		if (r->answers[i].kind != ANSWER_NUMBER)
			return false;
	}
	if (!are_alike(s, r))
		return false;
	if (decimal_cmp(r->answers[0].value->number, r->answers[1].value->number) > 0) {
		struct answer high = r->answers[0];
		const struct say_part *of = r->parts[0];

		r->answers[0] = r->answers[1], r->answers[1] = high;
		r->parts[0] = r->parts[1], r->parts[1] = of;
	}
	return true;
}

static void say_figure(struct saying *s, const struct say_part *part, struct str text, const struct answer *answer)
{
	run_figure(s->c, s->out, text, figure_add(s->c, text, answer->value), s->flags | RUN_NO_BREAK, part->pos);
}

/* "€2.4" and "–" and "2.6 m", of the whole as the unit's pattern makes it. */
static void say_joined(struct saying *s, const struct range *r, struct str low, struct str high)
{
	struct str both[2] = { low, high }, joined = words_of(s->c, "range", both, 2);
	struct str whole = print_with_unit(s->c, r->answers[1].value, r->parts[1]->query, joined);
	const char *at = memmem(whole.ptr, whole.len, joined.ptr, joined.len);
	size_t before = at ? (size_t)(at - whole.ptr) : 0, end = before + low.len, next = before + joined.len - high.len;

	say_figure(s, r->parts[0], (struct str){ whole.ptr, end }, &r->answers[0]);
	run_text(s->c, s->out, (struct str){ whole.ptr + end, next - end }, s->flags | RUN_NO_BREAK, r->parts[0]->pos);
	say_figure(s, r->parts[1], (struct str){ whole.ptr + next, whole.len - next }, &r->answers[1]);
}

/* Each with its unit, and a word between: a dash before a minus is hard to read. */
static void say_apart(struct saying *s, const struct range *r)
{
	struct str none[2] = { STR("\1"), STR("\1") }, words = words_of(s->c, "range-apart", none, 2);
	size_t from = 0;

	for (size_t i = 0, k = 0; i <= words.len; i++) {
		if (i < words.len && words.ptr[i] != '\1')
			continue;
		run_text(s->c, s->out, (struct str){ words.ptr + from, i - from }, s->flags, r->parts[0]->pos);
		from = i + 1;
		if (k < 2 && i < words.len) {
			const struct query *q = r->parts[k]->query;
			struct printed printed = print_answer(s->c, &r->answers[k], q, false);

			run_figure(s->c, s->out, printed.text, printed.figure, s->flags, r->parts[k]->pos);
			k++;
		}
	}
}

void say_range(struct saying *s, const struct say_part *part)
{
	struct range r;

	if (!ask_both(s, part, &r)) {
		say_parts(s, part->parts, part->part_count);
		return;
	}
	struct str low = print_number(s->c, r.answers[0].value, r.parts[0]->query, true);
	struct str high = print_number(s->c, r.answers[1].value, r.parts[1]->query, true);

	if (decimal_sign(r.answers[0].value->number) < 0 || r.parts[1]->query->form == FORM_COMPACT ||
		!same_unit(r.answers[0].value, r.answers[1].value))
		say_apart(s, &r);
	else if (str_equal(low, high))
		say_parts(s, r.parts, 1);
	else
		say_joined(s, &r, low, high);
}
