/* xml -> facts: the briefing's tree to typed facts. Everything is collected first and read in the
 * order in which things refer to one another: catalogues, benchmarks, sources, records, values;
 * then what was read is held against itself. */
#include "facts/facts_int.h"

const struct xml_choice facts_scenarios[] = {
	{ "actual", SCENARIO_ACTUAL },
	{ "plan", SCENARIO_PLAN },
	{ "forecast", SCENARIO_FORECAST },
	{ NULL, 0 },
};

const char *facts_scenario_name(unsigned scenario)
{
	return facts_scenarios[scenario].name;
}

struct src_pos facts_attr_pos(const struct xml_node *n, const char *name)
{
	const struct xml_attr *attr = xml_attr(n, name);
	return attr ? attr->value_pos : n->pos;
}

struct declared {
	struct src_pos pos;
	bool shipped;
};

bool facts_declare(struct facts_reader *r, const char *what, struct str id, struct src_pos pos)
{
	if (id.len == 0)
		return false;
	struct str key = str_printf(r->a, "%s " STR_FMT, what, STR_ARG(id));
	struct declared *known = map_lookup(&r->declared, key);
	if (known && known->shipped == r->shipped) {
		diag_add(r->d, DIAG_ID_TWICE, pos, "a second %s '" STR_FMT "'", what, STR_ARG(id));
		diag_note(r->d, known->pos, "the first one is here");
		return false;
	}
	struct declared *new = ARENA_NEW(r->a, struct declared);
	*new = (struct declared){ pos, r->shipped };
	map_set(r->a, &r->declared, key, new);
	return true;
}

/* ---- what is found where ---- */

static void take_catalogue(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	vec_push(r->a, &r->catalogues, n);
	r->shipped_catalogues += r->shipped;
}

static void take_benchmarks(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	vec_push(r->a, &r->benchmarks, n);
	r->shipped_benchmarks += r->shipped;
}

static void take_facts(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	vec_push(r->a, &r->facts, n);
}

static void take_narrative(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	vec_push(r->a, &r->narratives, n);
}

static void take_hyphenation(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	facts_read_hyphenation(r, n);
}

static void take_rates(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	vec_push(r->a, &r->rates, n);
}

struct use_attrs {
	struct str href, as;
};

/* Uses of XML are spliced by the loader; one with a name stands for the file of a table. */
static void take_use(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "href", XML_STR, XML_REQUIRED, offsetof(struct use_attrs, href), NULL },
		{ "as", XML_ID, XML_REQUIRED, offsetof(struct use_attrs, as), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct facts_reader *r = ctx;
	struct use_attrs attrs = { 0 };
	const struct xml_attr *href = xml_attr(n, "href");
	if (href && !xml_attr(n, "as")) {
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'" STR_FMT "' is no .xml file; if it is a table, give it a name with as=\"…\"", STR_ARG(href->value));
		return;
	}
	if (xml_read_attrs(r->a, n, fields, &attrs, r->d) &&
		facts_declare(r, "table", attrs.as, facts_attr_pos(n, "as")))
		map_set(r->a, &r->tables, attrs.as, (void *)(uintptr_t)n);
}

static void take_closed(void *ctx, const struct xml_node *n)
{
	struct facts_reader *r = ctx;
	if (r->closed) {
		diag_add(r->d, DIAG_ELEMENT_TWICE, n->pos, "a second 'closed'; a briefing starts from one quarter");
		diag_note(r->d, r->closed->pos, "the first one is here");
		return;
	}
	r->closed = n;
}

/* ---- briefing and company ---- */

struct paper_attrs { /* of <company> and <briefing> */
	struct str id, name, unit, lang, layout, title, classification, policy, currency;
	struct period period;
	int32_t fiscal_start, revision, min_n;
	uint8_t state;
};

static const struct xml_choice states[] = {
	{ "draft", STATE_DRAFT }, { "review", STATE_REVIEW }, { "final", STATE_FINAL }, { NULL, 0 }
};
static const struct xml_choice policies[] = { { "none", 0 }, { "used", 1 }, { "all", 2 }, { NULL, 0 } };

#define PAPER(name, type, member)                                                    \
	{                                                                            \
		name, type, XML_OPTIONAL, offsetof(struct paper_attrs, member), NULL \
	}
#define PAPERS                                                                          \
	PAPER("id", XML_ID, id), PAPER("lang", XML_STR, lang), PAPER("layout", XML_STR, layout), \
		PAPER("title", XML_STR, title), PAPER("classification", XML_STR, classification), \
		PAPER("attach", XML_STR, policy)
static const struct xml_field company_fields[] = {
	PAPERS,
	PAPER("name", XML_STR, name),
	PAPER("currency", XML_STR, currency),
	PAPER("fiscal-start", XML_INT, fiscal_start),
	PAPER("min-n", XML_INT, min_n),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field briefing_fields[] = {
	PAPERS,
	PAPER("unit", XML_ID, unit),
	PAPER("period", XML_PERIOD, period),
	PAPER("revision", XML_INT, revision),
	{ "state", XML_CHOICE, XML_OPTIONAL, offsetof(struct paper_attrs, state), states },
	{ NULL, 0, 0, 0, NULL },
};

/* The inner one (the briefing, read first) says it; the company fills what it left open. */
static void fill(struct str *into, struct str value)
{
	if (into->len == 0)
		*into = value;
}

static void check_policy(struct facts_reader *r, const struct xml_node *n, struct str policy)
{
	static const struct xml_field field = { "attach", XML_CHOICE, XML_OPTIONAL, 0, policies };
	uint8_t value;
	if (policy.len)
		xml_read_value(r->a, &field, policy, facts_attr_pos(n, "attach"), &value, r->d);
}

static void fill_paper(
	struct facts_reader *r, const struct xml_node *n, const struct paper_attrs *attrs)
{
	struct facts *f = r->f;
	fill(&f->lang, attrs->lang);
	if (f->layout.len == 0 && attrs->layout.len)
		f->layout_pos = facts_attr_pos(n, "layout");
	fill(&f->layout, attrs->layout);
	fill(&f->title, attrs->title);
	fill(&f->classification, attrs->classification);
	fill(&f->policy, attrs->policy);
	check_policy(r, n, attrs->policy);
}

bool facts_currency_ok(struct facts_reader *r, struct str currency, struct src_pos pos)
{
	bool good = currency.len == 3;
	for (size_t i = 0; i < currency.len; i++)
		good &= currency.ptr[i] >= 'A' && currency.ptr[i] <= 'Z';
	if (!good)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, pos,
			"'" STR_FMT "' is not a currency; write its three letters, as in EUR",
			STR_ARG(currency));
	return good;
}

static void read_avoided(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "word", XML_STR, XML_REQUIRED, offsetof(struct facts_avoided, word), NULL },
		{ "instead", XML_STR, XML_OPTIONAL, offsetof(struct facts_avoided, instead), NULL },
		{ "because", XML_STR, XML_OPTIONAL, offsetof(struct facts_avoided, because), NULL },
		{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct facts_avoided, lang), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct facts_reader *r = ctx;
	struct facts_avoided avoided = { .pos = n->pos };
	if (xml_read_attrs(r->a, n, fields, &avoided, r->d))
		vec_push(r->a, &r->f->avoided, avoided);
}

static void read_company(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = {
		{ "calendar", facts_calendar_read },
		{ "rates", take_rates },
		{ "names", facts_names_read },
		{ "units", facts_units_read },
		{ "approvals", facts_approvers_read },
		{ "catalogue", take_catalogue },
		{ "benchmarks", take_benchmarks },
		{ "facts", take_facts },
		{ "narrative", take_narrative },
		{ "hyphenation", take_hyphenation },
		{ "avoid", read_avoided },
		{ "use", take_use },
		{ NULL, NULL },
	};
	struct facts_reader *r = ctx;
	struct paper_attrs attrs = { .fiscal_start = 1 };
	xml_read_attrs(r->a, n, company_fields, &attrs, r->d);
	fill_paper(r, n, &attrs);
	fill(&r->f->company, attrs.name);
	fill(&r->currency, attrs.currency);
	if (attrs.currency.len)
		facts_currency_ok(r, attrs.currency, facts_attr_pos(n, "currency"));
	if (attrs.min_n < 0)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "min-n"), "%d is no number of answers", attrs.min_n);
	else
		r->f->min_n = (uint32_t)attrs.min_n;
	facts_fiscal_start(r, attrs.fiscal_start, facts_attr_pos(n, "fiscal-start"));
	xml_read_children(n, children, r, r->d);
}

static void read_meeting(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "date", XML_DATE, XML_REQUIRED, offsetof(struct facts, meeting), NULL },
		{ "minutes", XML_INT, XML_OPTIONAL, offsetof(struct facts, minutes), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct facts_reader *r = ctx;
	xml_read_attrs(r->a, n, fields, r->f, r->d);
	if (r->f->minutes < 0)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "minutes"),
			"%d minutes are no length of a meeting", r->f->minutes);
}

static void set_state(struct facts_reader *r, const struct xml_node *n, const struct paper_attrs *attrs, const struct facts_options *options)
{
	r->f->state = options->draft ? STATE_DRAFT : attrs->state;
	r->f->state_pos = facts_attr_pos(n, "state");
	r->f->revision = attrs->revision;
	if (xml_attr(n, "revision") && attrs->revision < 1)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "revision"), "%d is no number of a revision; they begin with 1",
			attrs->revision);
}

static void read_briefing(
	struct facts_reader *r, const struct xml_node *n, const struct facts_options *options)
{
	static const struct xml_child children[] = {
		{ "meeting", read_meeting },
		{ "company", read_company },
		{ "catalogue", take_catalogue },
		{ "benchmarks", take_benchmarks },
		{ "facts", take_facts },
		{ "narrative", take_narrative },
		{ "closed", take_closed },
		{ "hyphenation", take_hyphenation },
		{ "use", take_use },
		{ NULL, NULL },
	};
	struct paper_attrs attrs = { 0 };
	xml_read_attrs(r->a, n, briefing_fields, &attrs, r->d);
	r->f->layout = options->layout;
	fill_paper(r, n, &attrs);
	r->f->unit = options->unit.len ? options->unit : attrs.unit;
	r->every_unit = options->every_unit && r->f->unit.len == 0;
	r->f->period = attrs.period;
	set_state(r, n, &attrs, options);
	xml_read_children(n, children, r, r->d);
	if (options->period.len && !period_parse(options->period, &r->f->period))
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, n->pos,
			"'" STR_FMT "' is not a period; write it as 2026-Q3",
			STR_ARG(options->period));
	else if (r->f->period.kind == PERIOD_NONE && !xml_attr(n, "period"))
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'" STR_FMT "' has no attribute 'period'", STR_ARG(n->name));
}

/* ---- defaults and names ---- */

static struct date as_of(const struct facts *f, const struct facts_options *options)
{
	if (options->as_of.year)
		return options->as_of;
	return f->meeting.year ? f->meeting : period_last_day(f->period, &f->calendar);
}

static void settle(
	struct facts_reader *r, const struct xml_node *n, const struct facts_options *options)
{
	struct facts *f = r->f;
	fill(&f->lang, STR("en"));
	f->as_of = as_of(f, options);
	f->narratives = r->narratives.at;
	f->narrative_count = r->narratives.count;
	f->pos = n->pos;
	f->currency = facts_currency_of(r, f->unit);
	facts_units_settle(r);
	facts_own_unit_settle(r, n, options->listed);
}

bool facts_side_named(
	struct facts_reader *r, struct str id, struct src_pos pos, const struct facts_side **side)
{
	*side = facts_side_lookup(r->f, id);
	if (*side || str_is(id, "joint") || str_is(id, "both"))
		return true;
	facts_unknown_side(r->f, id, pos, r->d);
	return false;
}

struct str facts_element_unit(struct facts_reader *r, const struct xml_node *facts)
{
	const struct xml_attr *unit = xml_attr(facts, "unit");
	return unit ? unit->value : r->f->unit;
}

/* ---- sources ---- */

static void read_source(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_choice panels[] = { { "other", PANEL_OTHER }, { "same", PANEL_SAME }, { NULL, 0 } };
	static const struct xml_field fields[] = {
		{ "id", XML_ID, XML_REQUIRED, offsetof(struct facts_source, id), NULL },
		{ "title", XML_STR, XML_REQUIRED, offsetof(struct facts_source, title), NULL },
		{ "date", XML_DATE, XML_REQUIRED, offsetof(struct facts_source, date), NULL },
		{ "sample", XML_STR, XML_OPTIONAL, offsetof(struct facts_source, sample), NULL },
		{ "publisher", XML_STR, XML_OPTIONAL, offsetof(struct facts_source, publisher),
			NULL },
		{ "panel", XML_CHOICE, XML_OPTIONAL, offsetof(struct facts_source, panel), panels },
		{ NULL, 0, 0, 0, NULL },
	};
	static const struct xml_child none[] = { { NULL, NULL } };
	struct facts_source *s = ARENA_NEW(r->a, struct facts_source);
	bool good = xml_read_attrs(r->a, n, fields, s, r->d);
	xml_read_children(n, none, r, r->d);
	s->pos = n->pos;
	/* A source that lacks its date is known all the same, or every value of it would be wrong,
	 * too. */
	if ((good || s->id.len) && facts_declare(r, "source", s->id, facts_attr_pos(n, "id")))
		map_set(r->a, &r->f->sources, s->id, s);
}

const struct facts_source *facts_source_named(
	struct facts_reader *r, struct str id, struct src_pos pos)
{
	if (id.len == 0)
		return NULL;
	const struct facts_source *s = map_lookup(&r->f->sources, id);
	if (!s)
		facts_unknown_source(r->f, id, pos, r->d);
	return s;
}

/* ---- the elements of <facts> ---- */

static struct str nearest_element(struct facts_reader *r, struct str name)
{
	static const char *const fixed[] = { "source", "values", "table", "survey", "use", "rates", "names" };
	struct str best = { 0 };
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		struct str pair[2] = { best, str_from(fixed[i]) };
		best = str_nearest(name, pair, 2);
	}
	for (size_t i = 0; i < r->f->kinds.count; i++) {
		const struct facts_kind *kind = r->f->kinds.entries[i].value;
		struct str pair[2] = { best, kind->list };
		best = str_nearest(name, pair, 2);
	}
	return best;
}

static bool is_list(struct facts_reader *r, const struct xml_node *n)
{
	for (size_t i = 0; i < r->f->kinds.count; i++)
		if (str_equal(((const struct facts_kind *)r->f->kinds.entries[i].value)->list,
			    n->name))
			return true;
	return false;
}

static void read_facts_child(struct facts_reader *r, const struct xml_node *n)
{
	if (xml_is(n, "source"))
		read_source(r, n);
	else if (xml_is(n, "use"))
		take_use(r, n);
	else if (xml_is(n, "rates"))
		take_rates(r, n);
	else if (xml_is(n, "names"))
		facts_names_read(r, n);
	else if (!xml_is(n, "values") && !xml_is(n, "table") && !xml_is(n, "survey") && !is_list(r, n))
		diag_add(r->d, DIAG_ELEMENT_UNKNOWN, n->pos,
			"element '" STR_FMT "' is not known in 'facts'%s", STR_ARG(n->name),
			diag_nearest(r->d, nearest_element(r, n->name)));
}

static void read_facts_head(struct facts_reader *r, const struct xml_node *n)
{
	struct facts_head {
		struct str unit, lang;
	} head = { 0 };
	static const struct xml_field fields[] = {
		{ "unit", XML_ID, XML_OPTIONAL, offsetof(struct facts_head, unit), NULL },
		{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct facts_head, lang), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	xml_read_attrs(r->a, n, fields, &head, r->d);
	if (head.unit.len)
		facts_unit_known(r, head.unit, facts_attr_pos(n, "unit"));
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->name.len)
			read_facts_child(r, c);
		else if (str_trim(c->text).len)
			diag_add(r->d, DIAG_TEXT_UNEXPECTED, xml_text_pos(c),
				"text is not expected in 'facts'");
	}
}

/* ---- the whole ---- */

static void read_catalogues(struct facts_reader *r)
{
	for (size_t i = 0; i < r->catalogues.count; i++) {
		r->shipped = i < r->shipped_catalogues;
		facts_catalogue_read(r, r->catalogues.at[i]);
	}
	r->f->sides = r->sides.at;
	r->f->side_count = r->sides.count;
	for (size_t i = 0; i < r->benchmarks.count; i++) {
		r->shipped = i < r->shipped_benchmarks;
		facts_benchmarks_read(r, r->benchmarks.at[i]);
	}
	r->shipped = false;
	facts_approvers_settle(r);
	facts_gaps_link(r);
	facts_kinds_link(r);
	facts_metrics_link(r);
	facts_benchmarks_link(r);
}

static void read_facts(struct facts_reader *r)
{
	for (size_t i = 0; i < r->facts.count; i++)
		read_facts_head(r, r->facts.at[i]);
	for (size_t i = 0; i < r->rates.count; i++)
		facts_rates_read(r, r->rates.at[i]);
	/* Other units' records come last: where both name one thing, it is the briefing's. */
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < r->facts.count; i++)
			if (facts_is_own(r, r->facts.at[i]) == own)
				facts_records_read(r, r->facts.at[i]);
	facts_records_link(r);
	for (size_t i = 0; i < r->facts.count; i++)
		facts_values_read(r, r->facts.at[i]);
	facts_awaited_settle(r);
	facts_tables_unused(r);
}

static void read_library(
	struct facts_reader *r, const struct xml_node *const *library, size_t count)
{
	r->shipped = true;
	for (size_t i = 0; i < count; i++) {
		if (xml_is(library[i], "catalogue"))
			take_catalogue(r, library[i]);
		else if (xml_is(library[i], "benchmarks"))
			take_benchmarks(r, library[i]);
	}
	r->shipped = false;
}

const struct facts *facts_read(struct arena *a, struct xml_loader *loader,
	const struct xml_node *briefing, const struct xml_node *const *library,
	size_t library_count, const struct facts_options *options, struct diag *d)
{
	struct facts_reader r = {
		.a = a, .loader = loader, .d = d, .f = ARENA_NEW(a, struct facts), .shelf = options->shelf
	};
	r.f->calendar = (struct calendar){ .start_month = 1, .weekday = 7 };
	r.f->joint = (struct facts_side){ .colour = STR("joint"), .mark = STR("diamond") };
	r.f->diag = d;
	buf_init(&r.key, a, KEY_MOST);
	read_library(&r, library, library_count);
	read_briefing(&r, briefing, options);
	settle(&r, briefing, options);
	if (r.f->passed || options->heads)
		return r.f;
	read_catalogues(&r);
	read_facts(&r);
	facts_withheld_settle(&r);
	facts_check(&r);
	facts_rules(&r);
	facts_cuts(&r);
	facts_changes(&r);
	return r.f;
}

/* ---- look-ups ---- */

const struct facts_metric *facts_metric_lookup(const struct facts *f, struct str id)
{
	return map_lookup(&f->metrics, id);
}

const struct facts_side *facts_side_lookup(const struct facts *f, struct str id)
{
	for (size_t i = 0; i < f->side_count; i++)
		if (str_equal(f->sides[i].id, id))
			return &f->sides[i];
	return NULL;
}

struct facts_gap facts_gap_of(const struct facts *f, const struct facts_metric *m)
{
	if (m && m->gap.of)
		return m->gap;
	return f->gap_count ? f->gaps[0] : (struct facts_gap){ 0 };
}

bool facts_side_sees(const struct facts *f, const struct facts_metric *m, const struct facts_side *side)
{
	struct facts_gap gap = facts_gap_of(f, m);
	return !m || side == gap.of || side == gap.less || (m->sides & (1u << side->index)) != 0;
}

const struct facts_records *facts_records(const struct facts *f, struct str kind)
{
	return map_lookup(&f->records, kind);
}

const struct facts_record *facts_record_lookup(
	const struct facts *f, struct str kind, struct str id)
{
	const struct facts_records *all = facts_records(f, kind);
	return all ? map_lookup(&all->by_id, id) : NULL;
}

const struct facts_kind *facts_kind_lookup(const struct facts *f, struct str id)
{
	return map_lookup(&f->kinds, id);
}

bool facts_record_matches(const struct facts *f, const struct facts_record *r, struct str where)
{
	(void)f; /* conditions name fields of the record and of those it refers to: all are reached
		    from it */
	return facts_where(r, where, NULL);
}

bool facts_record_matches_in(const struct facts *f, const struct facts_record *r, struct str where,
	const struct facts_record *context)
{
	(void)f;
	return facts_where(r, where, context);
}
