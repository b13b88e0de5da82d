/* The library: a paper -> its facts, and what it lacks. */
#include "entente_folder.h"
#include "entente_turn.h"

const struct xml_node *folder_root(struct entente *e, struct str path)
{
	struct diag quiet;
	const struct source *source;

	diag_init(&quiet, &e->unit);
	source = source_load(&e->unit, &e->project, (struct str){ 0 }, path, (struct src_pos){ 0 }, &quiet);
	return source ? xml_parse(&e->unit, source, &quiet) : NULL;
}

const struct facts *folder_heads(struct entente *e, struct str briefing, struct facts_options options, struct diag *quiet)
{
	struct xml_loader loader = { .arena = &e->unit, .root = &e->project, .diag = quiet };
	const struct xml_node *root;

	session_catalogue(e);
	root = xml_load(&loader, briefing, (struct src_pos){ 0 });
	if (root == NULL || !xml_is(root, "briefing"))
		return NULL;
	options.heads = true;
	return facts_read(&e->unit, &loader, root, e->catalogue, e->catalogue_count, &options, quiet);
}

bool folder_passed(const struct diag_message *m)
{
	return m->code == DIAG_UNIT_PASSED && m->level == DIAG_WARNING;
}

struct job folder_read(struct entente *e, const struct entente_request *request)
{
	struct job job = { .session = e, .request = request, .loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag } };
	struct facts_options options = { .unit = str_from(request->unit), .period = str_from(request->period),
		.listed = request->listed };

	session_catalogue(e);
	job.briefing = xml_load(&job.loader, str_from(request->briefing), (struct src_pos){ 0 });
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

static bool is_surveyed(const struct facts_value *v)
{
	return v->sample && v->sample->rows.len;
}

/* One of each survey's file. */
static void add_survey(struct arena *a, struct missing_values *out, const struct facts_value *v)
{
	for (size_t i = 0; i < out->surveys.count; i++)
		if (out->surveys.at[i]->pos.source == v->pos.source)
			return;
	vec_push(a, &out->surveys, v);
}

/* What is ahead of the paper's period is planned with the next one. */
static bool is_over(const struct turn *turn, struct period p)
{
	const struct calendar *calendar = &turn->facts->calendar;

	return date_cmp(period_last_day(p, calendar), period_last_day(turn->to, calendar)) <= 0;
}

/* What was told for the period before and is not told for this one, as a rolled quarter awaits it. */
static void add_stale(struct turn *turn, struct map *known, struct missing_values *out, const struct facts_value *v)
{
	struct facts_value next;

	if (!str_equal(v->unit, turn->facts->unit) || v->scenario == SCENARIO_FORECAST || !turn_asks(turn, v, &next) ||
		!is_over(turn, next.period))
		return;
	if (is_surveyed(v)) {
		add_survey(turn->a, out, v);
		return;
	}
	next.pos = (struct src_pos){ 0 };
	if (map_put(turn->a, known, facts_value_key(turn->a, &next), out) == NULL)
		vec_push(turn->a, &out->list, arena_copy(turn->a, &next, sizeof next));
}

struct missing_values missing_of(struct arena *a, const struct facts *f)
{
	struct missing_values out = { 0 };
	struct turn turn = { .a = a, .facts = f, .calc = calc_open(a, f), .from = period_shift(f->period, -1), .to = f->period };
	struct map known = { 0 };

	for (size_t i = 0; i < f->awaiting.count; i++) {
		vec_push(a, &out.list, f->awaiting.at[i]);
		map_put(a, &known, facts_value_key(a, f->awaiting.at[i]), &out);
	}
	for (size_t i = 0; i < f->cells.count; i++)
		add_stale(&turn, &known, &out, f->cells.at[i]);
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

struct str path_beside(struct arena *a, struct str briefing, const char *what)
{
	if (briefing.len > 4 && str_ends(briefing, ".xml"))
		briefing.len -= 4;
	return str_printf(a, STR_FMT ".%s.xml", STR_ARG(briefing), what);
}

struct str closed_path(struct arena *a, struct str briefing, struct str unit, struct period period, bool old)
{
	struct str folder = briefing;

	while (folder.len && folder.ptr[folder.len - 1] != '/')
		folder.len--;
	return str_printf(a, STR_FMT "closed/" STR_FMT "%s" STR_FMT ".xml", STR_ARG(folder), STR_ARG(old ? STR("") : facts_unit_file(a, unit)),
		unit.len && !old ? "-" : "", STR_ARG(period_text(a, period)));
}
