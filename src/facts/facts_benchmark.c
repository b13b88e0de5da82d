/* xml -> facts: published figures that a company's own are held against. */
#include "facts/facts_int.h"

struct benchmark_reading {
	struct facts_reader *r;
	struct facts_label_list statements, shown, samples, studies, years;
};

static void read_study(void *ctx, const struct xml_node *n)
{
	struct benchmark_reading *b = ctx;
	facts_label_add(b->r, &b->studies, n);
}

static void read_year(void *ctx, const struct xml_node *n)
{
	struct benchmark_reading *b = ctx;
	facts_label_add(b->r, &b->years, n);
}

static void read_statement(void *ctx, const struct xml_node *n)
{
	struct benchmark_reading *b = ctx;
	facts_label_add(b->r, &b->statements, n);
}

static void read_shown(void *ctx, const struct xml_node *n)
{
	struct benchmark_reading *b = ctx;
	facts_label_add(b->r, &b->shown, n);
}

static void read_sample(void *ctx, const struct xml_node *n)
{
	struct benchmark_reading *b = ctx;
	facts_label_add(b->r, &b->samples, n);
}

struct benchmark_attrs {
	struct facts_benchmark b;
	uint8_t kind;
};

static const struct xml_choice kinds[] = {
	{ "survey", 0 }, { "measured", 1 }, { "prediction", 2 }, { "opinion", 3 }, { NULL, 0 },
};

#define BENCHMARK(name, type, flags, member, choices)                                \
	{                                                                            \
		name, type, flags, offsetof(struct benchmark_attrs, member), choices \
	}
static const struct xml_field benchmark_fields[] = {
	BENCHMARK("id", XML_ID, XML_REQUIRED, b.id, NULL),
	BENCHMARK("number", XML_ID, XML_OPTIONAL, b.number, NULL),
	BENCHMARK("value", XML_DECIMAL, XML_OPTIONAL, b.value, NULL),
	BENCHMARK("high", XML_DECIMAL, XML_OPTIONAL, b.high, NULL),
	BENCHMARK("shown", XML_STR, XML_OPTIONAL, b.shown, NULL),
	BENCHMARK("measure", XML_CHOICE, XML_REQUIRED, b.measure, facts_measures),
	BENCHMARK("publisher", XML_STR, XML_REQUIRED, b.publisher, NULL),
	BENCHMARK("study", XML_STR, XML_REQUIRED, b.study, NULL),
	BENCHMARK("sample", XML_STR, XML_REQUIRED, b.sample, NULL),
	BENCHMARK("year", XML_STR, XML_OPTIONAL, b.year, NULL),
	BENCHMARK("undated", XML_BOOL, XML_OPTIONAL, b.undated, NULL),
	BENCHMARK("kind", XML_CHOICE, XML_REQUIRED, kind, kinds),
	BENCHMARK("article", XML_STR, XML_OPTIONAL, b.article, NULL),
	BENCHMARK("caution", XML_STR, XML_OPTIONAL, b.caution, NULL),
	BENCHMARK("computed", XML_BOOL, XML_OPTIONAL, b.computed, NULL),
	BENCHMARK("expires", XML_DATE, XML_OPTIONAL, b.expires, NULL),
	BENCHMARK("metric", XML_ID, XML_OPTIONAL, b.metric, NULL),
	BENCHMARK("side", XML_ID, XML_OPTIONAL, b.side, NULL),
	{ NULL, 0, 0, 0, NULL },
};

/* It never shows without publisher, year and sample: an empty one is as bad as none. */
static void check_texts(
	struct facts_reader *r, const struct xml_node *n, const struct facts_benchmark *b)
{
	static const char *const needed[] = { "publisher", "study", "sample", "year" };
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
		const struct xml_attr *attr = xml_attr(n, needed[i]);
		if (attr && str_trim(attr->value).len == 0)
			diag_add(r->d, DIAG_ATTRIBUTE_VALUE, attr->value_pos,
				"benchmark '" STR_FMT "' says no %s", STR_ARG(b->id), needed[i]);
	}
	if (!b->undated && !xml_attr(n, "year"))
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"'benchmark' has no attribute 'year'; where the study prints none, say undated=\"yes\"");
	if (b->undated && xml_attr(n, "year"))
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "undated"),
			"benchmark '" STR_FMT "' is undated and has a year", STR_ARG(b->id));
	if (!b->has_value && b->shown.len == 0)
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"benchmark '" STR_FMT "' has neither 'value' nor 'shown'", STR_ARG(b->id));
	facts_label_needed(r, &b->statements, "benchmark", b->id, n->pos);
}

/* A study without a name of its own is described, and the description has a wording per language.
 */
static void put_in_words(
	struct facts_reader *r, const struct facts_label_list *words, struct str *text)
{
	struct facts_labels labels = facts_labels_of(words);
	struct str said = facts_label(&labels, r->f->lang, false);
	if (said.len)
		*text = said;
}

static void read_benchmark(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = {
		{ "statement", read_statement },
		{ "shown", read_shown },
		{ "sample", read_sample },
		{ "study", read_study },
		{ "year", read_year },
		{ NULL, NULL },
	};
	struct facts_reader *r = ctx;
	struct benchmark_reading in = { .r = r };
	struct benchmark_attrs attrs = { .b.pos = n->pos };
	bool good = xml_read_attrs(r->a, n, benchmark_fields, &attrs, r->d);
	xml_read_children(n, children, &in, r->d);
	attrs.b.has_value = xml_attr(n, "value") != NULL;
	attrs.b.has_high = xml_attr(n, "high") != NULL;
	attrs.b.kind = str_from(kinds[attrs.kind].name);
	attrs.b.statements = facts_labels_of(&in.statements);
	attrs.b.shown_labels = facts_labels_of(&in.shown);
	attrs.b.samples = facts_labels_of(&in.samples);
	put_in_words(r, &in.studies, &attrs.b.study);
	put_in_words(r, &in.years, &attrs.b.year);
	check_texts(r, n, &attrs.b);
	if (!good || !facts_declare(r, "benchmark", attrs.b.id, facts_attr_pos(n, "id")))
		return;
	struct facts_benchmark *b = ARENA_NEW(r->a, struct facts_benchmark);
	*b = attrs.b;
	map_set(r->a, &r->f->benchmarks, b->id, b);
}

void facts_benchmarks_read(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_field fields[] = { { "lang", XML_STR, XML_OPTIONAL, 0, NULL },
		{ NULL, 0, 0, 0, NULL } };
	static const struct xml_child children[] = { { "benchmark", read_benchmark },
		{ NULL, NULL } };
	struct str lang;
	xml_read_attrs(r->a, n, fields, &lang, r->d);
	xml_read_children(n, children, r, r->d);
}

static void link_metric(struct facts_reader *r, const struct facts_metric *m)
{
	for (size_t i = 0; i < m->benchmarks.count; i++)
		if (!map_lookup(&r->f->benchmarks, m->benchmarks.at[i]))
			diag_add(r->d, DIAG_BENCHMARK_UNKNOWN, m->pos,
				"metric '" STR_FMT
				"' is compared with an unknown benchmark '" STR_FMT "'%s",
				STR_ARG(m->id), STR_ARG(m->benchmarks.at[i]),
				diag_nearest(
					r->d, map_nearest(&r->f->benchmarks, m->benchmarks.at[i])));
}

void facts_benchmarks_link(struct facts_reader *r)
{
	struct facts *f = r->f;
	for (size_t i = 0; i < f->benchmarks.count; i++) {
		const struct facts_benchmark *b = f->benchmarks.entries[i].value;
		const struct facts_side *side;
		if (b->metric.len && !facts_metric_lookup(f, b->metric))
			facts_unknown_metric(f, b->metric, b->pos, r->d);
		if (b->side.len)
			facts_side_named(r, b->side, b->pos, &side);
	}
	for (size_t i = 0; i < f->metrics.count; i++)
		link_metric(r, f->metrics.entries[i].value);
}
