/* compose: parts that explain a change -> runs, each with its figure. */
#include "compose/compose_int.h"

static struct calc_drivers drivers_of(
	struct composer *c, const struct say_part *part, const struct calc_context *ctx)
{
	return calc_drivers(c->in->calc, part->query, &part->drivers->wanted, ctx, c->diag);
}

static void say_each(struct saying *s, const struct say_part *part, const struct calc_driver *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct calc_context ctx = *s->ctx;
		struct saying inner = *s;

		ctx.item = at[i].item;
		ctx.metric = part->query->metric;
		inner.ctx = &ctx;
		inner.driver = &at[i];
		if (i > 0)
			run_text(s->c, s->out,
				locale_separator(s->c->in->locale, part->records->join, i + 1 == count),
				s->flags, part->pos);
		say_parts(&inner, part->parts, part->part_count);
	}
}

void say_drivers(struct saying *s, const struct say_part *part)
{
	struct calc_drivers d = drivers_of(s->c, part, s->ctx);

	if (d.change == NULL) {
		missing_figure(s, part, d.why);
		return;
	}
	if (part->drivers->offsets != OFFSETS_ONLY)
		say_each(s, part, d.at, d.count);
	if (part->drivers->offsets == OFFSETS_YES && d.offset_count)
		run_text(s->c, s->out, word(s->c, "drivers-offset"), s->flags, part->pos);
	if (part->drivers->offsets != OFFSETS_NO)
		say_each(s, part, d.offsets, d.offset_count);
}

static void say_value(struct saying *s, const struct say_part *part, const struct facts_value *v)
{
	struct answer answer = { .kind = ANSWER_NUMBER, .value = v };
	struct printed printed;

	if (v == NULL) {
		missing_figure(s, part, STR("there is no share of nought"));
		return;
	}
	printed = print_answer(s->c, &answer, part->query, false);
	run_figure(s->c, s->out, printed.text, printed.figure, s->flags, part->pos);
}

void say_by(struct saying *s, const struct say_part *part)
{
	say_value(s, part, part->query->show == SHOW_SHARE ? s->driver->share : s->driver->difference);
}

void say_explained(struct saying *s, const struct say_part *part)
{
	struct calc_drivers d = drivers_of(s->c, part, s->ctx);

	if (d.explained)
		say_value(s, part, d.explained);
	else
		missing_figure(s, part, d.why);
}

struct str unexplained(
	struct composer *c, const struct say_part *part, const struct calc_context *ctx)
{
	struct calc_drivers d = drivers_of(c, part, ctx);

	if (!d.enough)
		return d.why;
	return part->drivers->offsets == OFFSETS_ONLY && d.offset_count == 0
		? STR("nothing works against the change")
		: (struct str){ 0 };
}
