/* query -> names: what the words of a query mean in a briefing and in the context where it stands.
 */
#include "facts/calc_int.h"

/* ---- periods ---- */

struct period calc_this_period(const struct facts *f, const struct facts_metric *m)
{
	for (const struct xml_choice *c = facts_period_kinds; m && m->period_kind.len && c->name; c++)
		if (str_is(m->period_kind, c->name))
			return period_as(f->period, (enum period_kind)c->value);
	return f->period;
}

/* What a word does: shift by periods, by years, or name a year; relative ones start from where the
 * query is. */
static const struct period_word {
	const char *name;
	enum { WORD_SHIFT, WORD_YEAR_AGO, WORD_YEAR, WORD_YTD, WORD_YTD_AGO, WORD_LTM, WORD_LTM_AGO, WORD_PRIOR } does;
	int n;
} period_words[] = {
	{ "this", WORD_SHIFT, 0 },
	{ "previous", WORD_SHIFT, -1 },
	{ "next", WORD_SHIFT, 1 },
	{ "year-ago", WORD_YEAR_AGO, 0 },
	{ "this-year", WORD_YEAR, 0 },
	{ "last-year", WORD_YEAR, -1 },
	{ "next-year", WORD_YEAR, 1 },
	{ "ytd", WORD_YTD, 0 },
	{ "ytd-year-ago", WORD_YTD_AGO, 0 },
	{ "ltm", WORD_LTM, 0 },
	{ "ltm-year-ago", WORD_LTM_AGO, 0 },
	{ "prior", WORD_PRIOR, 0 },
};

static const struct period_word *word_named(struct str word)
{
	for (size_t i = 0; i < sizeof period_words / sizeof *period_words; i++)
		if (str_is(word, period_words[i].name))
			return &period_words[i];
	return NULL;
}

bool calc_period_word(struct str word)
{
	return word_named(word) != NULL;
}

static struct period meant(const struct facts *f, const struct facts_metric *m,
	const struct period_word *w, struct period from)
{
	switch (w->does) {
	case WORD_SHIFT: return period_shift(from, w->n);
	case WORD_YEAR_AGO: return period_year_ago(from);
	case WORD_YEAR: return period_year(f->period, w->n);
	case WORD_YTD: return period_ytd(f->period);
	case WORD_YTD_AGO: return period_year_ago(period_ytd(f->period));
	case WORD_LTM: return period_as(f->period, PERIOD_LTM);
	case WORD_LTM_AGO: return period_year_ago(period_as(f->period, PERIOD_LTM));
	case WORD_PRIOR:
		return m && str_is(m->prior, "previous") ? period_shift(from, -1)
							 : period_year_ago(from);
	}
	return from;
}

static bool one_period(struct ask *k, struct str word, struct period from, struct period *out)
{
	const struct period_word *w = word_named(word);
	if (w) {
		*out = meant(k->c->f, k->at.metric, w, from);
		return true;
	}
	if (period_parse(word, out))
		return true;
	struct str near = { 0 };
	for (size_t i = 0; i < sizeof period_words / sizeof *period_words; i++) {
		struct str pair[2] = { near, str_from(period_words[i].name) };
		near = str_nearest(word, pair, 2);
	}
	diag_add(k->c->diag, DIAG_ATTRIBUTE_VALUE, k->q->pos,
		"'" STR_FMT "' is neither a period nor a word for one%s", STR_ARG(word),
		diag_nearest(k->c->diag, near));
	return false;
}

/* "2027..2029": both ends belong to it. */
static size_t range_sign(struct str s)
{
	for (size_t i = 0; i + 1 < s.len; i++)
		if (s.ptr[i] == '.' && s.ptr[i + 1] == '.')
			return i;
	return s.len;
}

static bool range_of(
	struct ask *k, struct str words, size_t sign, struct period from, struct facts_cell *at)
{
	struct period first;
	struct str head = { words.ptr, sign },
		   tail = { words.ptr + sign + 2, words.len - sign - 2 };
	if (!one_period(k, head, from, &first) || !one_period(k, tail, from, &at->period))
		return false;
	if (first.kind != at->period.kind) {
		diag_add(k->c->diag, DIAG_PERIOD_KIND, k->q->pos,
			"'" STR_FMT "' begins and ends with different kinds of period",
			STR_ARG(words));
		return false;
	}
	if (first.kind == PERIOD_LTM) {
		diag_add(k->c->diag, DIAG_PERIOD_KIND, k->q->pos,
			"'" STR_FMT "' adds up twelve months and twelve months, which have months in common", STR_ARG(words));
		return false;
	}
	for (at->period_count = 1; at->period_count < 100; at->period_count++)
		if (period_equal(period_shift(first, at->period_count - 1), at->period))
			return true;
	diag_add(k->c->diag, DIAG_ATTRIBUTE_VALUE, k->q->pos,
		"'" STR_FMT "' does not lead from an earlier period to a later one",
		STR_ARG(words));
	return false;
}

static bool set_period(struct ask *k, struct str words, struct period from, struct facts_cell *at)
{
	at->period_count = 1;
	if (words.len == 0) {
		at->period = from;
		return true;
	}
	size_t sign = range_sign(words);
	return sign < words.len ? range_of(k, words, sign, from, at)
				: one_period(k, words, from, &at->period);
}

/* ---- other names ---- */

/* ".payer": the record or the metric that a field of the item in context names. */
static bool from_context(struct ask *k, struct str path, struct facts_place *out)
{
	struct str field = { path.ptr + 1, path.len - 1 };
	if (!k->context) {
		calc_reason(k, "no item in context for '" STR_FMT "'", STR_ARG(path));
		return false;
	}
	if (!facts_path_check(k->c->f, k->context->kind, field, k->q->pos, k->c->diag))
		return false;
	if (facts_follow(k->context, field, out) && (!out->field || out->field->present))
		return true;
	calc_reason(
		k, "'" STR_FMT "' has no '" STR_FMT "'", STR_ARG(k->context->id), STR_ARG(field));
	return false;
}

static bool is_path(struct str name)
{
	return name.len > 1 && name.ptr[0] == '.';
}

static bool metric_named(struct ask *k, struct str id, const struct facts_metric **out)
{
	struct facts_place place;
	if (is_path(id)) {
		if (!from_context(k, id, &place))
			return false;
		*out = place.field ? place.field->metric : NULL;
		return *out != NULL;
	}
	*out = facts_metric_lookup(k->c->f, id);
	if (!*out)
		facts_unknown_metric(k->c->f, id, k->q->pos, k->c->diag);
	return *out != NULL;
}

static bool side_named(struct ask *k, struct str id, const struct facts_side **out)
{
	struct facts_place place;
	*out = NULL;
	if (str_is(id, "joint") || str_is(id, "both"))
		return true;
	if (is_path(id)) {
		if (!from_context(k, id, &place))
			return false;
		*out = place.field ? place.field->side : NULL;
		return true;
	}
	*out = facts_side_lookup(k->c->f, id);
	if (!*out)
		facts_unknown_side(k->c->f, id, k->q->pos, k->c->diag);
	return *out != NULL;
}

/* The context's side is taken where the metric knows sides at all. */
static bool set_side(struct ask *k, const struct facts_metric *m)
{
	if (k->q->side.len)
		return side_named(k, k->q->side, &k->at.side);
	const struct facts_side *side = facts_side_lookup(k->c->f, k->context_side);
	if (side && m && m->sides & (1u << side->index))
		k->at.side = side;
	return true;
}

static bool scenario_named(struct ask *k, struct str name, uint8_t *out)
{
	static const struct xml_field field = { "scenario", XML_CHOICE, XML_OPTIONAL, 0,
		facts_scenarios };
	return name.len == 0 || xml_read_value(k->c->a, &field, name, k->q->pos, out, k->c->diag);
}

static bool unit_named(struct ask *k, struct str id, struct str *out)
{
	const struct facts *f = k->c->f;
	*out = id.len ? id : f->unit;
	if (id.len == 0 || f->units.count == 0 || map_lookup(&f->units, id))
		return true;
	facts_unknown_unit(f, id, k->q->pos, k->c->diag);
	return false;
}

/* ---- items ---- */

/* "kind:id", or an id of the metric's items and of what those refer to. */
static const struct facts_record *item_of(
	struct ask *k, const struct facts_metric *m, struct str name)
{
	struct str rest = name, kind = { 0 };
	str_split(&rest, ':', &kind);
	if (rest.len && kind.len < name.len)
		return facts_record_lookup(k->c->f, kind, rest);
	const struct facts_record *r =
		k->q->kind.len ? facts_record_lookup(k->c->f, k->q->kind, name) : NULL;
	return r ? r : facts_item(k->c->f, m, name);
}

/* An item that this unit does not have is no mistake: shared sentences name what only some units
 * have. */
static bool no_item(struct ask *k, const struct facts_metric *m, struct str name)
{
	const struct facts_records *all = facts_records(k->c->f, facts_items(m));
	struct str near = all ? map_nearest(&all->by_id, name) : (struct str){ 0 };
	calc_reason(k, "no item '" STR_FMT "'%s", STR_ARG(name), diag_nearest(k->c->diag, near));
	return false;
}

static bool item_named(struct ask *k, const struct facts_metric *m, struct str name,
	const struct facts_record **out)
{
	struct facts_place place;
	if (str_is(name, "all")) {
		*out = NULL;
		return true;
	}
	if (str_is(name, ".")) {
		*out = k->context;
	} else if (is_path(name)) {
		if (!from_context(k, name, &place))
			return false;
		*out = place.field ? place.field->ref : place.record;
	} else {
		*out = item_of(k, m, name);
	}
	return (*out && facts_item_fits(k->c->f, m, (*out)->kind)) || no_item(k, m, name);
}

static bool set_item(struct ask *k, const struct facts_metric *m)
{
	if (k->q->item.len)
		return item_named(k, m, k->q->item, &k->at.item);
	if (k->context && facts_item_fits(k->c->f, m, k->context->kind))
		k->at.item = k->context;
	return true;
}

/* ---- the whole ---- */

bool calc_names(struct ask *k)
{
	const struct query *q = k->q;
	struct str metric =
		q->metric.len && !str_is(q->metric, ".") ? q->metric : k->context_metric;
	k->at = (struct facts_cell){ .period_count = 1 };
	if (!unit_named(k, q->unit, &k->at.unit) ||
		!scenario_named(k, q->scenario, &k->at.scenario))
		return false;
	if (metric.len && !metric_named(k, metric, &k->at.metric))
		return false;
	const struct facts_metric *m = k->at.metric;
	if (!set_side(k, m) || !set_period(k, q->period, calc_this_period(k->c->f, m), &k->at))
		return false;
	k->at.period = period_shift(k->at.period, q->offset);
	/* Fields and labels are of any record, whatever metric the row or tile around them is
	 * about. */
	return !m || q->field.len || q->show == SHOW_LABEL || set_item(k, m);
}

bool calc_has_versus(const struct query *q)
{
	return q->versus_metric.len || q->versus_item.len || q->versus_unit.len ||
		q->versus_side.len || q->versus_period.len || q->versus_scenario.len;
}

bool calc_versus(struct ask *k, struct facts_cell *out)
{
	const struct query *q = k->q;
	*out = k->at;
	if (q->versus_metric.len && !metric_named(k, q->versus_metric, &out->metric))
		return false;
	if (q->versus_item.len && !item_named(k, out->metric, q->versus_item, &out->item))
		return false;
	if (q->versus_unit.len && !unit_named(k, q->versus_unit, &out->unit))
		return false;
	if (q->versus_side.len && !side_named(k, q->versus_side, &out->side))
		return false;
	if (q->versus_period.len && !set_period(k, q->versus_period, k->at.period, out))
		return false;
	if (!calc_has_versus(q))
		out->scenario = SCENARIO_PLAN;
	return scenario_named(k, q->versus_scenario, &out->scenario);
}

/* ---- records ---- */

static const struct facts_record *record_anywhere(const struct facts *f, struct str id)
{
	const struct facts_record *found = NULL;
	for (size_t i = 0; i < f->records.count && !found; i++)
		found = facts_record_lookup(f, f->records.entries[i].key, id);
	return found;
}

const struct facts_record *calc_record(struct ask *k)
{
	struct str name = k->q->item, kind = k->q->kind;
	struct facts_place place;
	const struct facts_record *r = k->context;
	if (is_path(name))
		r = from_context(k, name, &place) ? place.field ? place.field->ref : place.record
						  : NULL;
	else if (name.len && !str_is(name, "."))
		r = kind.len ? facts_record_lookup(k->c->f, kind, name)
			     : record_anywhere(k->c->f, name);
	if (!r)
		calc_reason(k, "no record '" STR_FMT "'", STR_ARG(name.len ? name : STR(".")));
	return r;
}

const struct facts_kind *calc_kind(struct ask *k)
{
	const struct facts *f = k->c->f;
	struct str id = k->q->kind.len ? k->q->kind
		: k->at.metric         ? facts_items(k->at.metric)
				       : (struct str){ 0 };
	const struct facts_kind *kind = facts_kind_lookup(f, id);
	if (kind && facts_where_check(f, kind, k->q->where, k->q->pos, k->c->diag))
		return kind;
	if (!kind && id.len)
		diag_add(k->c->diag, DIAG_REFERENCE_UNKNOWN, k->q->pos,
			"no kind '" STR_FMT "' in the catalogue%s", STR_ARG(id),
			diag_nearest(k->c->diag, map_nearest(&f->kinds, id)));
	calc_reason(k, "no kind of record to go over");
	return NULL;
}

/* ---- names alone, when a file is loaded ---- */

static bool check_field(struct ask *k)
{
	const struct facts *f = k->c->f;
	const struct facts_kind *kind = k->q->kind.len ? facts_kind_lookup(f, k->q->kind) : NULL;
	if (k->q->kind.len && !kind) {
		diag_add(k->c->diag, DIAG_REFERENCE_UNKNOWN, k->q->pos,
			"no kind '" STR_FMT "' in the catalogue%s", STR_ARG(k->q->kind),
			diag_nearest(k->c->diag, map_nearest(&f->kinds, k->q->kind)));
		return false;
	}
	if (!kind)
		return true; /* the context decides whose field it is */
	/* With a field the record may be of another kind than the one gone over; a condition is
	 * always on the kind. */
	bool good = k->q->field.len == 0 ||
		facts_path_check(f, kind, k->q->field, k->q->pos, k->c->diag);
	return facts_where_check(f, kind, k->q->where, k->q->pos, k->c->diag) && good;
}

static bool check_benchmark(struct ask *k)
{
	const struct facts *f = k->c->f;
	if (k->q->ref.len == 0 || map_lookup(&f->benchmarks, k->q->ref))
		return true;
	diag_add(k->c->diag, DIAG_BENCHMARK_UNKNOWN, k->q->pos, "no benchmark '" STR_FMT "'%s",
		STR_ARG(k->q->ref),
		diag_nearest(k->c->diag, map_nearest(&f->benchmarks, k->q->ref)));
	return false;
}

static bool check_of(struct ask *k)
{
	if (k->q->of.len == 0 || str_is(k->q->of, "gap"))
		return true;
	diag_add(k->c->diag, DIAG_ATTRIBUTE_VALUE, k->q->pos,
		"'" STR_FMT "' is not a value of 'of'; write 'gap'", STR_ARG(k->q->of));
	return false;
}

/* What only the context can resolve is left out. */
static struct str literal(struct str name)
{
	return name.len && name.ptr[0] == '.' ? (struct str){ 0 } : name;
}

bool calc_check(const struct facts *f, const struct query *q, struct diag *d)
{
	struct query names = *q;
	names.metric = literal(q->metric);
	names.side = literal(q->side);
	names.versus_metric = literal(q->versus_metric);
	names.versus_side = literal(q->versus_side);
	names.item = names.versus_item = (struct str){ 0 };
	struct calc c = { .a = d->arena, .f = f, .diag = d };
	struct ask k = { .c = &c, .q = &names };
	struct facts_cell versus;
	bool good = calc_names(&k) && (!k.at.metric || calc_versus(&k, &versus));
	good = check_field(&k) && good;
	good = check_benchmark(&k) && good;
	return check_of(&k) && good;
}
