/* xml -> facts: metrics. Read as written first; what they say of one another is resolved when all
 * are known. */
#include "facts/facts_int.h"

#include "base/limits.h"

const struct xml_choice facts_measures[] = {
	{ "percent", MEASURE_PERCENT },
	{ "points", MEASURE_POINTS },
	{ "money", MEASURE_MONEY },
	{ "count", MEASURE_COUNT },
	{ "days", MEASURE_DAYS },
	{ "score", MEASURE_SCORE },
	{ "ratio", MEASURE_RATIO },
	{ "milliseconds", MEASURE_MILLISECONDS },
	{ "index", MEASURE_INDEX },
	{ NULL, 0 },
};
static const struct xml_choice betters[] = {
	{ "none", BETTER_NONE },
	{ "higher", BETTER_HIGHER },
	{ "lower", BETTER_LOWER },
	{ "band", BETTER_BAND },
	{ NULL, 0 },
};
static const struct xml_choice aggregates[] = {
	{ "sum", AGGREGATE_SUM },
	{ "mean", AGGREGATE_MEAN },
	{ "ratio", AGGREGATE_RATIO },
	{ "last", AGGREGATE_LAST },
	{ NULL, 0 },
};
static const struct xml_choice joints[] = {
	{ "stated", JOINT_STATED },
	{ "mean", JOINT_MEAN },
	{ "sum", JOINT_SUM },
	{ "ratio", JOINT_RATIO },
	{ "weighted", JOINT_WEIGHTED },
	{ NULL, 0 },
};
const struct xml_choice facts_period_kinds[] = {
	{ "month", PERIOD_MONTH },
	{ "quarter", PERIOD_QUARTER },
	{ "half", PERIOD_HALF },
	{ "year", PERIOD_YEAR },
	{ "ytd", PERIOD_YTD },
	{ "ltm", PERIOD_LTM },
	{ NULL, 0 },
};
/* By which rate an actual is converted; a plan is by the budget's. */
static const struct xml_choice metric_rates[] = { { "average", RATE_AVERAGE }, { "closing", RATE_CLOSING }, { NULL, 0 } };
static const struct xml_choice shows[] = { { "gap", SHOW_GAP }, { "agreement", SHOW_AGREEMENT },
	{ "mean-gap", SHOW_MEAN }, { NULL, 0 } };
static const struct xml_choice margins[] = { { "95", MARGIN_95 }, { "99", MARGIN_99 }, { "90", MARGIN_90 }, { "80", MARGIN_80 },
	{ "answer", MARGIN_ANSWER }, { "none", MARGIN_NONE }, { NULL, 0 } };
static const struct xml_choice priors[] = { { "previous", 0 }, { "year-ago", 1 }, { NULL, 0 } };

const char *facts_measure_name(enum facts_measure m)
{
	return facts_measures[m].name;
}

/* Decimals printed when the catalogue does not say. */
static const int8_t usual_decimals[] = {
	[MEASURE_PERCENT] = 0,
	[MEASURE_POINTS] = 0,
	[MEASURE_MONEY] = 0,
	[MEASURE_COUNT] = 0,
	[MEASURE_DAYS] = 0,
	[MEASURE_SCORE] = 1,
	[MEASURE_RATIO] = 2,
	[MEASURE_MILLISECONDS] = 0,
	[MEASURE_INDEX] = 2,
};

struct metric_attrs {
	struct facts_metric m;
	struct metric_raw raw;
	int32_t decimals, exponent;
	uint8_t period_kind, prior;
};
#define METRIC(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct metric_attrs, member), choices }
static const struct xml_field metric_fields[] = {
	{ "id", XML_ID, XML_REQUIRED, offsetof(struct metric_attrs, m.id), NULL },
	{ "measure", XML_CHOICE, XML_REQUIRED, offsetof(struct metric_attrs, m.measure),
		facts_measures },
	METRIC("better", XML_CHOICE, m.better, betters),
	METRIC("low", XML_DECIMAL, m.band_low, NULL),
	METRIC("high", XML_DECIMAL, m.band_high, NULL),
	METRIC("aggregate", XML_CHOICE, m.aggregate, aggregates),
	METRIC("joint", XML_CHOICE, m.joint, joints),
	METRIC("decimals", XML_INT, decimals, NULL),
	METRIC("exponent", XML_INT, exponent, NULL),
	METRIC("period-kind", XML_CHOICE, period_kind, facts_period_kinds),
	METRIC("prior", XML_CHOICE, prior, priors),
	METRIC("items", XML_ID, m.items, NULL),
	METRIC("of", XML_ID, raw.of, NULL),
	METRIC("over", XML_ID, raw.over, NULL),
	METRIC("over-scenario", XML_CHOICE, m.over_scenario, facts_scenarios),
	METRIC("from", XML_ID, raw.from, NULL),
	METRIC("as", XML_CHOICE, m.as, shows),
	METRIC("sum", XML_ID, raw.sum, NULL),
	METRIC("where", XML_STR, m.where, NULL),
	METRIC("add", XML_IDS, raw.add, NULL),
	METRIC("less", XML_IDS, raw.less, NULL),
	METRIC("weight", XML_ID, raw.weight, NULL),
	METRIC("margin", XML_CHOICE, m.margin, margins),
	METRIC("near", XML_DECIMAL, m.near, NULL),
	METRIC("tolerance", XML_DECIMAL, m.tolerance, NULL),
	METRIC("least", XML_DECIMAL, m.least, NULL),
	METRIC("most", XML_DECIMAL, m.most, NULL),
	METRIC("material-absolute", XML_DECIMAL, m.material_absolute, NULL),
	METRIC("material-percent", XML_DECIMAL, m.material_percent, NULL),
	METRIC("rate", XML_CHOICE, m.rate, metric_rates),
	METRIC("group", XML_ID, m.group, NULL),
	{ NULL, 0, 0, 0, NULL },
};

struct metric_reading {
	struct facts_reader *r;
	struct facts_metric *m;
	struct facts_label_list labels, units;
	VEC(struct str) benchmarks;
};

static void read_label(void *ctx, const struct xml_node *n)
{
	struct metric_reading *in = ctx;
	facts_label_add(in->r, &in->labels, n);
}

static void read_unit(void *ctx, const struct xml_node *n)
{
	struct metric_reading *in = ctx;
	facts_label_add(in->r, &in->units, n);
}

static void read_benchmark(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = { { "ref", XML_ID, XML_REQUIRED, 0, NULL },
		{ NULL, 0, 0, 0, NULL } };
	struct metric_reading *in = ctx;
	struct str ref = { 0 };
	if (xml_read_attrs(in->r->a, n, fields, &ref, in->r->d))
		vec_push(in->r->a, &in->benchmarks, ref);
}

static void read_status(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "good", XML_DECIMAL, XML_REQUIRED, offsetof(struct facts_metric, good), NULL },
		{ "watch", XML_DECIMAL, XML_OPTIONAL, offsetof(struct facts_metric, watch), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct metric_reading *in = ctx;
	in->m->has_good = xml_read_attrs(in->r->a, n, fields, in->m, in->r->d);
	in->m->has_watch = in->m->has_good && xml_attr(n, "watch");
}

/* Sides are known when all catalogues are read: views wait until then. */
static void pass_view(void *ctx, const struct xml_node *n)
{
	(void)ctx, (void)n;
}

static void set_flags(struct facts_metric *m, const struct xml_node *n)
{
	m->has_near = xml_attr(n, "near") != NULL;
	m->has_tolerance = xml_attr(n, "tolerance") != NULL;
	m->has_over_scenario = xml_attr(n, "over-scenario") != NULL;
	m->has_least = xml_attr(n, "least") != NULL;
	m->has_most = xml_attr(n, "most") != NULL;
	m->has_material = xml_attr(n, "material-absolute") || xml_attr(n, "material-percent");
}

static int32_t within(struct facts_reader *r, const struct xml_node *n, const char *name,
	int32_t value, int32_t most)
{
	if (value >= 0 && value <= most)
		return value;
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, name), "%d is not one of 0 to %d",
		value, most);
	return 0;
}

static void set_numbers(
	struct facts_reader *r, const struct xml_node *n, struct metric_attrs *attrs)
{
	struct facts_metric *m = &attrs->m;
	m->decimals = xml_attr(n, "decimals") ? (int8_t)within(r, n, "decimals", attrs->decimals, 6)
					      : usual_decimals[m->measure];
	m->exponent = (int8_t)within(r, n, "exponent", attrs->exponent, 9);
	m->period_kind = attrs->period_kind ? xml_attr(n, "period-kind")->value : (struct str){ 0 };
	m->prior = str_from(priors[attrs->prior].name);
}

void facts_metric_read(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_child children[] = {
		{ "label", read_label },
		{ "unit", read_unit },
		{ "benchmark", read_benchmark },
		{ "status", read_status },
		{ "view", pass_view },
		{ "gap", pass_view },
		{ NULL, NULL },
	};
	struct metric_attrs attrs = { .prior = 1, .m.aggregate = AGGREGATE_LAST };
	xml_read_attrs(r->a, n, metric_fields, &attrs, r->d);
	if (!xml_attr(n, "aggregate") && (attrs.raw.of.len || attrs.raw.over.len))
		attrs.m.aggregate = AGGREGATE_RATIO;
	if (!xml_attr(n, "rate")) /* what adds up flows; what does not, stands */
		attrs.m.rate = attrs.m.aggregate == AGGREGATE_SUM ? RATE_AVERAGE : RATE_CLOSING;
	set_numbers(r, n, &attrs);
	set_flags(&attrs.m, n);
	attrs.m.pos = n->pos;
	struct metric_raw *raw = ARENA_NEW(r->a, struct metric_raw);
	struct facts_metric *m = ARENA_NEW(r->a, struct facts_metric);
	*m = attrs.m;
	*raw = attrs.raw;
	raw->metric = m;
	raw->node = n;
	struct metric_reading in = { .r = r, .m = m };
	xml_read_children(n, children, &in, r->d);
	m->labels = facts_labels_of(&in.labels);
	m->units = facts_labels_of(&in.units);
	m->benchmarks = (struct xml_ids){ in.benchmarks.at, in.benchmarks.count };
	if (!facts_declare(r, "metric", m->id, facts_attr_pos(n, "id")))
		return;
	map_set(r->a, &r->f->metrics, m->id, m);
	map_set(r->a, &r->raw_metrics, m->id, raw);
}

/* ---- what metrics say of one another ---- */

static const struct facts_metric *named(
	struct facts_reader *r, const struct metric_raw *raw, struct str id, const char *attr)
{
	if (id.len == 0)
		return NULL;
	const struct facts_metric *m = facts_metric_lookup(r->f, id);
	if (!m)
		facts_unknown_metric(r->f, id, facts_attr_pos(raw->node, attr), r->d);
	return m;
}

static const struct facts_metric *const *named_all(struct facts_reader *r,
	const struct metric_raw *raw, struct xml_ids ids, const char *attr, uint8_t *count)
{
	const struct facts_metric **all = ARENA_ARRAY(r->a, const struct facts_metric *, ids.count);
	*count = 0;
	if (ids.count > UINT8_MAX)
		diag_add(r->d, DIAG_LIMIT, facts_attr_pos(raw->node, attr), "more than %d metrics in one total",
			UINT8_MAX);
	for (size_t i = 0; i < ids.count && i < UINT8_MAX; i++)
		if ((all[*count] = named(r, raw, ids.at[i], attr)))
			++*count;
	return all;
}

struct view_reading {
	struct facts_reader *r;
	struct facts_metric *m;
};
struct view_attrs {
	struct str side;
	struct facts_view view;
};

static void link_view(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "side", XML_ID, XML_REQUIRED, offsetof(struct view_attrs, side), NULL },
		{ "better", XML_CHOICE, XML_REQUIRED, offsetof(struct view_attrs, view.better),
			betters },
		{ "low", XML_DECIMAL, XML_OPTIONAL, offsetof(struct view_attrs, view.low), NULL },
		{ "high", XML_DECIMAL, XML_OPTIONAL, offsetof(struct view_attrs, view.high), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct view_reading *in = ctx;
	struct view_attrs attrs = { 0 };
	if (!xml_read_attrs(in->r->a, n, fields, &attrs, in->r->d) ||
		!facts_side_named(in->r, attrs.side, facts_attr_pos(n, "side"), &attrs.view.side))
		return;
	if (in->m->view_count < FACTS_SIDES && attrs.view.side)
		in->m->views[in->m->view_count++] = attrs.view;
}

static void link_gap(void *ctx, const struct xml_node *n)
{
	struct view_reading *in = ctx;
	if (!facts_gap_read(in->r, n, &in->m->gap))
		in->m->gap = (struct facts_gap){ 0 };
}

static void pass(void *ctx, const struct xml_node *n)
{
	(void)ctx, (void)n;
}

static void link_views(struct facts_reader *r, const struct metric_raw *raw)
{
	static const struct xml_child children[] = {
		{ "view", link_view },
		{ "gap", link_gap },
		{ "label", pass },
		{ "unit", pass },
		{ "benchmark", pass },
		{ "status", pass },
		{ NULL, NULL },
	};
	struct view_reading in = { r, raw->metric };
	struct diag silent; /* what is wrong with the other children has been said */
	diag_init(&silent, r->a);
	xml_read_children(raw->node, children, &in, &silent);
}

static void link_items(struct facts_reader *r, const struct metric_raw *raw)
{
	const struct facts_metric *m = raw->metric, *summed = m->sum;
	if (m->items.len && !facts_kind_lookup(r->f, m->items))
		diag_add(r->d, DIAG_REFERENCE_UNKNOWN, facts_attr_pos(raw->node, "items"),
			"no kind '" STR_FMT "' in the catalogue%s", STR_ARG(m->items),
			diag_nearest(r->d, map_nearest(&r->f->kinds, m->items)));
	const struct facts_kind *kind = summed ? facts_kind_lookup(r->f, summed->items) : NULL;
	if (kind)
		facts_where_check(r->f, kind, m->where, facts_attr_pos(raw->node, "where"), r->d);
	else if (summed && summed->items.len == 0)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(raw->node, "sum"),
			"metric '" STR_FMT "' has no items to add up", STR_ARG(summed->id));
}

/* A ratio needs both its parts, and a joint rule that has something to work on. */
static void check_parts(struct facts_reader *r, const struct metric_raw *raw)
{
	bool of = raw->of.len, over = raw->over.len;
	if (of != over)
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, raw->node->pos,
			"metric '" STR_FMT "' has '%s' and no '%s'", STR_ARG(raw->metric->id),
			of ? "of" : "over", of ? "over" : "of");
	if (raw->metric->joint == JOINT_RATIO && !(of && over))
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(raw->node, "joint"),
			"the joint view cannot be a ratio without 'of' and 'over'");
	if (raw->metric->joint == JOINT_WEIGHTED && !raw->weight.len)
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(raw->node, "joint"),
			"the joint view cannot be weighted without 'weight', a metric that each side has a value of");
	if ((raw->from.len > 0) != (raw->metric->as != 0))
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, raw->node->pos,
			"metric '" STR_FMT "' needs both 'from' and 'as', or neither",
			STR_ARG(raw->metric->id));
	if (raw->less.count && raw->add.count == 0)
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, raw->node->pos,
			"metric '" STR_FMT "' has 'less' and no 'add'", STR_ARG(raw->metric->id));
}

static void link_metric(struct facts_reader *r, struct metric_raw *raw)
{
	struct facts_metric *m = raw->metric;
	m->of = named(r, raw, raw->of, "of");
	m->over = named(r, raw, raw->over, "over");
	m->sum = named(r, raw, raw->sum, "sum");
	m->weight = named(r, raw, raw->weight, "weight");
	m->from = named(r, raw, raw->from, "from");
	m->add = named_all(r, raw, raw->add, "add", &m->add_count);
	m->less = named_all(r, raw, raw->less, "less", &m->less_count);
	if (!m->of || !m->over)
		m->of = m->over = NULL;
	check_parts(r, raw);
	link_views(r, raw);
	link_items(r, raw);
}

/* ---- cycles ---- */

static void cut(struct facts_metric *m)
{
	m->of = m->over = m->sum = m->weight = m->from = NULL;
	m->add_count = m->less_count = 0;
}

/* What is found below a metric. */
struct descent {
	struct facts_reader *r;
	unsigned level;  /* metrics above, under way */
	unsigned depth;  /* of the deepest part so far */
	bool circle;     /* a part is under way itself */
	const struct facts_metric *closing; /* that part */
};

static void descend(struct descent *above, const struct facts_metric *m);

static void descend_all(struct descent *d, const struct facts_metric *const *all, size_t count)
{
	for (size_t i = 0; i < count && !d->circle; i++)
		if (all[i])
			descend(d, all[i]);
}

static void report_circle(struct facts_reader *r, const struct facts_metric *m, const struct facts_metric *part)
{
	diag_add(r->d, DIAG_METRIC_CYCLE, m->pos, "metric '" STR_FMT "' is made of itself", STR_ARG(m->id));
	if (part != m)
		diag_note(r->d, part->pos, "by way of its part '" STR_FMT "', declared here", STR_ARG(part->id));
}

/* Depth first; a metric met while it is under way closes a circle, which is cut there. So is a chain too long to follow. */
static void descend(struct descent *above, const struct facts_metric *from)
{
	struct metric_raw *raw = map_lookup(&above->r->raw_metrics, from->id);
	struct facts_metric *m = raw->metric;
	const struct facts_metric *const parts[] = { m->of, m->over, m->sum, m->weight, m->from };
	struct descent d = { .r = above->r, .level = above->level + 1 };
	above->circle = raw->state == 1;
	above->closing = above->circle ? m : NULL;
	if (raw->state == 0) {
		raw->state = 1;
		if (d.level <= LIMIT_METRIC_DEPTH) {
			descend_all(&d, parts, sizeof parts / sizeof *parts);
			descend_all(&d, m->add, m->add_count);
			descend_all(&d, m->less, m->less_count);
		}
		bool deep = d.level > LIMIT_METRIC_DEPTH || d.depth > LIMIT_METRIC_DEPTH;
		if (d.circle)
			report_circle(d.r, m, d.closing);
		else if (deep)
			diag_add(d.r->d, DIAG_LIMIT, raw->node->pos, "metric '" STR_FMT "' is one of more than %d made of one another",
				STR_ARG(m->id), LIMIT_METRIC_DEPTH);
		if (d.circle || deep)
			cut(m);
		else
			raw->depth = (uint8_t)d.depth;
		raw->state = 2;
	}
	if (raw->depth + 1u > above->depth)
		above->depth = raw->depth + 1u;
}

void facts_metrics_link(struct facts_reader *r)
{
	for (size_t i = 0; i < r->raw_metrics.count; i++)
		link_metric(r, r->raw_metrics.entries[i].value);
	for (size_t i = 0; i < r->raw_metrics.count; i++)
		descend(&(struct descent){ .r = r },
			((struct metric_raw *)r->raw_metrics.entries[i].value)->metric);
}
