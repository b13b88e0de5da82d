/* The library: the figures of a briefing by what they print as. */
#include "entente_binding.h"

struct binding {
	const struct facts_value *value;
	struct str names;                /* of its query, as " metric=\"trust\" side=\"cio\"" */
};
struct bindings {
	struct job *job;
	bool made;
	VEC(struct binding) list;        /* the plainest first */
};

struct bindings *bindings_open(struct job *job)
{
	struct bindings *b = ARENA_NEW(&job->session->scratch, struct bindings);

	b->job = job;
	return b;
}

/* ---- making them ---- */

/* What is missing here is no finding. */
static void add(struct bindings *b, const struct query *q, struct str names)
{
	struct diag unsaid;
	struct answer a;

	diag_init(&unsaid, &b->job->session->scratch);
	a = calc_ask(b->job->calc, q, NULL, &unsaid);
	if (a.kind == ANSWER_NUMBER)
		vec_push(&b->job->session->scratch, &b->list, ((struct binding){ .value = a.value, .names = names }));
}

static struct query of_metric(const struct facts_metric *m)
{
	struct query q;

	query_init(&q, (struct src_pos){ 0 });
	q.metric = m->id;
	return q;
}

/* One way of asking for a metric, of both sides and of each. */
struct way {
	const char *period, *scenario, *versus_period;
	uint8_t show;
	const char *names;
};
static const struct way ways[] = {
	{ "", "", "", SHOW_VALUE, "" },
	{ "", "plan", "", SHOW_VALUE, " scenario=\"plan\"" },
	{ "prior", "", "", SHOW_VALUE, " period=\"prior\"" },
	{ "", "", "", SHOW_DIFFERENCE, " show=\"difference\"" },
	{ "", "", "prior", SHOW_DIFFERENCE, " show=\"difference\" versus-period=\"prior\"" },
	{ "", "", "prior", SHOW_CHANGE, " show=\"change\" versus-period=\"prior\"" },
	{ "", "", "", SHOW_GAP, " show=\"gap\"" },
	{ "this-year", "", "", SHOW_VALUE, " period=\"this-year\"" },
	{ "this-year", "forecast", "", SHOW_VALUE, " period=\"this-year\" scenario=\"forecast\"" },
	{ "next-year", "plan", "", SHOW_VALUE, " period=\"next-year\" scenario=\"plan\"" },
	{ "", "", "", SHOW_STREAK, " show=\"streak\"" },
	{ "", "", "", SHOW_SAMPLE, " show=\"sample\"" },
	{ "", "", "", SHOW_BENCHMARK, " show=\"benchmark\"" },
};

static void add_way(struct bindings *b, const struct facts_metric *m, const struct way *w, struct str side)
{
	struct arena *a = &b->job->session->scratch;
	struct query q = of_metric(m);

	q.period = str_from(w->period);
	q.scenario = str_from(w->scenario);
	q.versus_period = str_from(w->versus_period);
	q.show = w->show;
	q.side = side;
	if (m->items.len)
		q.item = STR("all");
	add(b, &q, str_printf(a, " metric=\"" STR_FMT "\"%s" STR_FMT "%s%s", STR_ARG(m->id), side.len ? " side=\"" : "",
		STR_ARG(side), side.len ? "\"" : "", w->names));
}

static void add_metrics(struct bindings *b, const struct way *w)
{
	const struct facts *f = b->job->facts;

	for (size_t i = 0; i < f->metrics.count; i++) {
		const struct facts_metric *m = f->metrics.entries[i].value;

		add_way(b, m, w, (struct str){ 0 });
		for (size_t s = 0; s < f->side_count && w->show != SHOW_GAP; s++)
			if (m->sides & (1u << s))
				add_way(b, m, w, f->sides[s].id);
	}
}

static void add_count(struct bindings *b, const struct facts_kind *kind)
{
	struct query q;

	query_init(&q, (struct src_pos){ 0 });
	q.kind = kind->id;
	q.show = SHOW_COUNT;
	add(b, &q, str_printf(&b->job->session->scratch, " kind=\"" STR_FMT "\" show=\"count\"", STR_ARG(kind->id)));
}

static void add_fields(struct bindings *b, const struct facts_record *r)
{
	for (size_t i = 0; i < r->kind->field_count; i++) {
		const struct facts_field_def *def = &r->kind->fields[i];
		struct query q;

		if (!r->fields[i].present || (def->type != FIELD_MONEY && def->type != FIELD_NUMBER))
			continue;
		query_init(&q, (struct src_pos){ 0 });
		q.kind = r->kind->id;
		q.item = r->id;
		q.field = def->id;
		add(b, &q, str_printf(&b->job->session->scratch, " kind=\"" STR_FMT "\" item=\"" STR_FMT "\" field=\"" STR_FMT "\"",
			STR_ARG(r->kind->id), STR_ARG(r->id), STR_ARG(def->id)));
	}
}

/* What was read of single items. */
static void add_items(struct bindings *b)
{
	const struct facts *f = b->job->facts;

	for (size_t i = 0; i < f->cells.count; i++) {
		const struct facts_value *v = f->cells.at[i];
		struct query q;

		if (!v->item || !period_equal(v->period, f->period) || v->scenario != SCENARIO_ACTUAL || !str_equal(v->unit, f->unit))
			continue;
		q = of_metric(v->metric);
		q.item = v->item->id;
		q.side = v->side ? v->side->id : (struct str){ 0 };
		add(b, &q, str_printf(&b->job->session->scratch, " metric=\"" STR_FMT "\" item=\"" STR_FMT "\"%s" STR_FMT "%s",
			STR_ARG(v->metric->id), STR_ARG(q.item), q.side.len ? " side=\"" : "", STR_ARG(q.side), q.side.len ? "\"" : ""));
	}
}

static void make(struct bindings *b)
{
	const struct facts *f = b->job->facts;

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		add_metrics(b, &ways[i]);
	for (size_t i = 0; i < f->kinds.count; i++)
		add_count(b, f->kinds.entries[i].value);
	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;

		for (size_t r = 0; r < all->list.count; r++)
			add_fields(b, all->list.at[r]);
	}
	add_items(b);
	b->made = true;
}

/* ---- finding one ---- */

static bool measures_alike(const struct facts_value *v, enum binding_measure measure)
{
	switch (measure) {
	case BINDING_PERCENT: return v->measure == MEASURE_PERCENT;
	case BINDING_POINTS: return v->measure == MEASURE_POINTS;
	case BINDING_MONEY: return v->measure == MEASURE_MONEY;
	default: return true;
	}
}

/* A number written with fewer places than the figure has is the figure rounded further; a single digit says too little for that. */
static bool prints_as(const struct facts_value *v, struct decimal number)
{
	bool rounds = number.scale < v->decimals && (number.scale > 0 || decimal_cmp(number, decimal_int(10)) >= 0);
	int places = rounds ? number.scale : v->decimals;

	return decimal_cmp(decimal_abs(calc_printed(v, places)), number) == 0;
}

/* Words count things: what lies between two figures is told in digits. */
static bool may_be_words(const struct facts_value *v)
{
	return v->measure == MEASURE_COUNT && v->operation != OP_DIFFERENCE && v->operation != OP_CHANGE && v->operation != OP_GAP;
}

/* What is likelier meant: the metric that the sentence speaks of; in words, how many records there are. */
static int likelihood(const struct facts_value *v, const struct binding_wanted *w)
{
	bool of_metric = v->metric && str_equal(v->metric->id, w->metric);

	return 2 * of_metric + (w->words && v->operation == OP_COUNT);
}

struct str binding_for(struct bindings *b, const struct binding_wanted *w, size_t *others)
{
	struct arena *a = &b->job->session->scratch;
	const struct binding *found = NULL;
	struct str places = { 0 };
	size_t count = 0;

	if (!b->made)
		make(b);
	for (size_t i = 0; i < b->list.count; i++) {
		const struct binding *one = &b->list.at[i];

		if (!measures_alike(one->value, w->measure) || !prints_as(one->value, w->number) ||
			(w->words && !may_be_words(one->value)))
			continue;
		count++;
		if (found == NULL || likelihood(one->value, w) > likelihood(found->value, w))
			found = one;
	}
	*others = count ? count - 1 : 0;
	if (found == NULL)
		return (struct str){ 0 };
	if (decimal_cmp(decimal_abs(calc_printed(found->value, found->value->decimals)), w->number) != 0)
		places = str_printf(a, " decimals=\"%u\"", w->number.scale);
	return str_printf(a, "<n" STR_FMT STR_FMT "%s/>", STR_ARG(found->names), STR_ARG(places), w->words ? " form=\"words\"" : "");
}
