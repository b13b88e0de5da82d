/* The library: a company's folder -> its briefings, and the facts of each. */
#include "entente_folder.h"

static struct folder_briefings all_briefings(struct entente *e)
{
	static const char *const patterns[] = { "briefing.xml", "*/briefing.xml", "*/*/briefing.xml" };
	struct folder_briefings all = { 0 };

	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
		size_t count;
		struct str *paths = source_glob(&e->unit, &e->project, STR(""), str_from(patterns[i]), &count);

		for (size_t k = 0; k < count; k++) {
			struct diag quiet;
			const struct source *source;
			const struct xml_node *root;
			struct folder_briefing b = { .path = paths[k] };

			diag_init(&quiet, &e->unit);
			source = source_load(&e->unit, &e->project, STR(""), paths[k], (struct src_pos){ 0 }, &quiet);
			root = source ? xml_parse(&e->unit, source, &quiet) : NULL;
			if (root && xml_attr(root, "period"))
				period_parse(xml_attr(root, "period")->value, &b.period);
			vec_push(&e->unit, &all.list, b); /* what is wrong with it is told when it is read */
		}
	}
	return all;
}

static struct folder_briefings of_period(struct entente *e, const struct folder_briefings *all, struct period period)
{
	struct folder_briefings out = { 0 };

	for (size_t i = 0; i < all->list.count; i++)
		if (period_cmp(all->list.at[i].period, period) == 0)
			vec_push(&e->unit, &out.list, all->list.at[i]);
	return out;
}

struct folder_briefings folder_briefings(struct entente *e, struct period period)
{
	struct folder_briefings all = all_briefings(e), out = all;

	if (period.kind != PERIOD_NONE)
		out = of_period(e, &all, period);
	if (out.list.count == 0 && period.kind != PERIOD_NONE)
		out = of_period(e, &all, period_shift(period, -1));
	if (out.list.count == 0)
		diag_add(&e->diag, DIAG_UNITS_NONE, (struct src_pos){ 0 },
			all.list.count ? "no briefing of that period, or of the one before it, in this folder or the two levels below it"
				       : "no briefing.xml in this folder or the two levels below it");
	return out;
}

struct job folder_read(struct entente *e, const struct entente_request *request, struct str path)
{
	struct job job = { .session = e, .request = request, .loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag } };
	struct facts_options options = { .unit = str_from(request->unit), .period = str_from(request->period) };

	session_catalogue(e);
	job.briefing = xml_load(&job.loader, path, (struct src_pos){ 0 });
	if (job.briefing && !xml_is(job.briefing, "briefing"))
		diag_add(&e->diag, DIAG_ELEMENT_UNKNOWN, job.briefing->pos, "a briefing begins with <briefing>, not <" STR_FMT ">",
			STR_ARG(job.briefing->name));
	else if (job.briefing)
		job.facts = facts_read(&e->unit, &job.loader, job.briefing, e->catalogue, e->catalogue_count, &options, &e->diag);
	return job;
}

/* ---- what a briefing lacks ---- */

bool same_series(const struct facts_value *a, const struct facts_value *b)
{
	return a->metric == b->metric && a->item == b->item && a->side == b->side && a->scenario == b->scenario &&
		str_equal(a->unit, b->unit) && a->period.kind == b->period.kind;
}

/* A year that is not over when the paper's period ends has no figure yet. */
static bool is_over(const struct facts *f, struct period p)
{
	struct date last = period_last_day(p, &f->calendar);

	return date_cmp(last, f->as_of) <= 0 || date_cmp(last, period_last_day(f->period, &f->calendar)) <= 0;
}

/* What was told for the period before and is not told for this one, as a rolled quarter awaits it. */
static bool next_of(const struct facts *f, const struct facts_value *v, struct facts_value *next)
{
	struct period now = period_as(f->period, (enum period_kind)v->period.kind);

	if (v->scenario != SCENARIO_ACTUAL || !str_equal(v->unit, f->unit) || period_cmp(v->period, period_shift(now, -1)) != 0)
		return false;
	if (!is_over(f, now))
		return false;
	*next = *v;
	next->period = now;
	next->pos = (struct src_pos){ 0 };
	for (size_t i = 0; i < f->awaiting.count; i++)
		if (same_series(f->awaiting.at[i], next) && period_cmp(f->awaiting.at[i]->period, now) == 0)
			return false;
	for (size_t i = 0; i < f->cells.count; i++) {
		const struct facts_value *c = f->cells.at[i];

		if (!c->refused && same_series(c, next) && period_cmp(c->period, now) == 0)
			return false;
	}
	return true;
}

struct missing_values missing_of(struct arena *a, const struct facts *f)
{
	struct missing_values out = { 0 };

	for (size_t i = 0; i < f->awaiting.count; i++)
		vec_push(a, &out.list, f->awaiting.at[i]);
	for (size_t i = 0; i < f->cells.count; i++) {
		struct facts_value next;

		if (next_of(f, f->cells.at[i], &next))
			vec_push(a, &out.list, arena_copy(a, &next, sizeof next));
	}
	return out;
}

bool folder_period(struct entente *e, const char *text, struct period *out)
{
	*out = (struct period){ 0 };
	if (text == NULL || period_parse(str_from(text), out))
		return true;
	diag_add(&e->diag, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 }, "'%s' is not a period; write it as 2026-Q3", text);
	return false;
}
