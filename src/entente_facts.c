/* The library: facts -> a list of every value read, normalised, with where it comes from. Values that are awaited are listed without one. */
#include "entente_list.h"

enum { AT_METRIC, AT_ITEM, AT_UNIT, AT_PERIOD, AT_SIDE, AT_SCENARIO, AT_VALUE, AT_MEASURE, AT_CURRENCY, AT_SOURCE, AT_PLACE, AT_NOTE };
static const char *const columns[] = { "metric", "item", "unit", "period", "side", "scenario", "value", "measure", "currency", "source", "at",
	"note", NULL };

struct wanted { /* what is asked for; empty = all */
	struct str metric, unit;
	struct period period;
};

static bool is_wanted(const struct wanted *w, const struct facts_value *v)
{
	return (w->metric.len == 0 || str_equal(w->metric, v->metric->id)) && (w->unit.len == 0 || str_equal(w->unit, v->unit)) &&
		(w->period.kind == PERIOD_NONE || period_cmp(w->period, v->period) == 0);
}

/* Of a sum over rows the first of them, and how many more there are. */
static struct str place_of(struct arena *a, const struct facts_value *v)
{
	const struct facts_value *first = v->operand_count ? v->operands[0] : v;
	struct str at = list_place(a, first->pos);

	if (v->operand_count < 2)
		return at;
	return str_printf(a, STR_FMT " and %u more", STR_ARG(at), v->operand_count - 1);
}

static void add_value(struct list *l, const struct facts_value *v, bool awaited)
{
	struct list_row *row = list_row(l);

	row->at[AT_METRIC] = v->metric->id;
	row->at[AT_ITEM] = v->item ? v->item->id : (struct str){ 0 };
	row->at[AT_UNIT] = v->unit;
	row->at[AT_PERIOD] = period_text(l->arena, v->period);
	row->at[AT_SIDE] = v->side ? v->side->id : (struct str){ 0 };
	row->at[AT_SCENARIO] = str_from(facts_scenario_name(v->scenario));
	row->at[AT_VALUE] = awaited ? (struct str){ 0 } : decimal_text(l->arena, decimal_trimmed(v->number));
	row->at[AT_MEASURE] = str_from(facts_measure_name((enum facts_measure)v->measure));
	row->at[AT_CURRENCY] = v->currency;
	row->at[AT_SOURCE] = v->source ? v->source->id : (struct str){ 0 };
	row->at[AT_PLACE] = place_of(l->arena, v);
	row->at[AT_NOTE] = awaited && v->note.len == 0 ? STR("awaited") : v->note;
}

/* A name that exists nowhere is a slip, not an empty list. */
static bool read_wanted(struct job *job, struct wanted *w)
{
	struct diag *d = &job->session->diag;
	const struct entente_request *r = job->request;

	*w = (struct wanted){ .metric = str_from(r->metric) };
	if (xml_attr(job->briefing, "unit")) /* else it was read as that unit's, with what that is made of */
		w->unit = str_from(r->unit);
	if (w->metric.len && facts_metric_lookup(job->facts, w->metric) == NULL) {
		facts_unknown_metric(job->facts, w->metric, (struct src_pos){ 0 }, d);
		return false;
	}
	if (w->unit.len && !str_equal(w->unit, job->facts->unit) && map_lookup(&job->facts->units, w->unit) == NULL) {
		facts_unknown_unit(job->facts, w->unit, (struct src_pos){ 0 }, d);
		return false;
	}
	if (r->period && !period_parse(str_from(r->period), &w->period)) {
		diag_add(d, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 }, "'%s' is not a period; write it as 2026-Q3", r->period);
		return false;
	}
	return true;
}

void list_facts(struct job *job, struct buf *out)
{
	const struct facts *f = job->facts;
	struct list l = list_open(&job->session->unit, columns, 1u << AT_VALUE);
	struct wanted w;

	if (!read_wanted(job, &w))
		return;
	for (size_t i = 0; i < f->cells.count; i++)
		if (is_wanted(&w, f->cells.at[i]))
			add_value(&l, f->cells.at[i], false);
	for (size_t i = 0; i < f->awaiting.count; i++)
		if (is_wanted(&w, f->awaiting.at[i]))
			add_value(&l, f->awaiting.at[i], true);
	list_as(&l, job->request->form, out);
}
