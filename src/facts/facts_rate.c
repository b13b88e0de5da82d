/* xml -> facts: rates of exchange. A rate is a value like others: it has a period, a source and a place, so that what is converted by it can
 * be followed there. */
#include "facts/facts_table.h"

const struct xml_choice facts_rate_kinds[] = {
	{ "average", RATE_AVERAGE },
	{ "closing", RATE_CLOSING },
	{ "budget", RATE_BUDGET },
	{ NULL, 0 },
};

const char *facts_rate_name(enum facts_rate_kind kind)
{
	return facts_rate_kinds[kind].name;
}

const struct facts_rate *facts_rate_of(const struct facts_value *v)
{
	return (const struct facts_rate *)(const void *)((const char *)v - offsetof(struct facts_rate, value));
}

struct str facts_rate_key(struct arena *a, struct str from, struct str to, uint8_t kind, struct period p)
{
	return str_printf(a, STR_FMT " " STR_FMT " %s " STR_FMT, STR_ARG(from), STR_ARG(to),
		facts_rate_name((enum facts_rate_kind)kind), STR_ARG(period_text(a, p)));
}

/* Checks a rate that was read and keeps it: from, to, kind, and of its value number, period, source and place. */
static void facts_rate_add(struct facts_reader *r, const struct facts_rate *rate)
{
	const struct facts_value *v = &rate->value;
	struct str key = facts_rate_key(r->a, rate->from, rate->to, rate->kind, v->period);
	const struct facts_rate *known = map_lookup(&r->f->rates, key);
	if (decimal_sign(v->number) <= 0) {
		diag_add(r->d, DIAG_VALUE_RANGE, v->pos, "a rate of exchange is more than nought");
		return;
	}
	if (str_equal(rate->from, rate->to)) {
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, v->pos, "this rate is from " STR_FMT " to " STR_FMT " itself", STR_ARG(rate->from),
			STR_ARG(rate->to));
		return;
	}
	if (known) {
		diag_add(r->d, DIAG_VALUE_TWICE, v->pos, "a second %s rate from " STR_FMT " to " STR_FMT " for " STR_FMT,
			facts_rate_name((enum facts_rate_kind)rate->kind), STR_ARG(rate->from), STR_ARG(rate->to),
			STR_ARG(period_text(r->a, v->period)));
		diag_note(r->d, known->value.pos, "the first one is here");
		return;
	}
	struct facts_rate *new = ARENA_NEW(r->a, struct facts_rate);
	*new = *rate;
	new->value.operation = OP_RATE;
	new->value.measure = MEASURE_RATIO;
	new->value.period_count = 1;
	new->value.decimals = (int8_t)v->number.scale;
	new->value.note = str_printf(r->a, STR_FMT " in " STR_FMT ", %s", STR_ARG(rate->from), STR_ARG(rate->to),
		facts_rate_name((enum facts_rate_kind)rate->kind));
	map_set(r->a, &r->f->rates, key, new);
}

/* What <rates> says for all its rates, and <rate> for itself. */
struct rate_attrs {
	struct str from, to, source;
	struct period period;
	uint8_t kind;
};
#define RATE(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct rate_attrs, member), choices }
static const struct xml_field fields[] = {
	RATE("from", XML_STR, from, NULL),
	RATE("to", XML_STR, to, NULL),
	RATE("source", XML_ID, source, NULL),
	RATE("period", XML_PERIOD, period, NULL),
	RATE("kind", XML_CHOICE, kind, facts_rate_kinds),
	{ NULL, 0, 0, 0, NULL },
};
enum { RATE_UNSAID = UINT8_MAX };

struct rates_reading {
	struct facts_reader *r;
	struct rate_attrs attrs;
};

static bool needed(struct facts_reader *r, const struct xml_node *n, bool there, const char *name)
{
	if (!there)
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos, "a rate has no '%s'", name);
	return there;
}

static bool is_complete(struct facts_reader *r, const struct xml_node *n, const struct rate_attrs *attrs)
{
	bool good = needed(r, n, attrs->from.len, "from") && facts_currency_ok(r, attrs->from, facts_attr_pos(n, "from"));
	good = needed(r, n, attrs->to.len, "to") && facts_currency_ok(r, attrs->to, facts_attr_pos(n, "to")) && good;
	good = needed(r, n, attrs->kind != RATE_UNSAID, "kind") && good;
	return needed(r, n, attrs->period.kind != PERIOD_NONE, "period") && good;
}

static void read_rate(void *ctx, const struct xml_node *n)
{
	const struct rates_reading *in = ctx;
	struct facts_reader *r = in->r;
	struct rate_attrs attrs = in->attrs;
	struct facts_rate rate = { .value.pos = n->pos };
	bool good = xml_read_attrs(r->a, n, fields, &attrs, r->d) && is_complete(r, n, &attrs);
	struct str text = xml_text(r->a, n);
	if (!decimal_parse(text, &rate.value.number))
		facts_number_refused(r, text, '\0', n->first ? xml_text_pos(n->first) : n->pos);
	else if (good) {
		rate.from = attrs.from;
		rate.to = attrs.to;
		rate.kind = attrs.kind;
		rate.value.period = attrs.period;
		rate.value.source = facts_source_named(r, attrs.source, facts_attr_pos(n, "source"));
		facts_rate_add(r, &rate);
	}
}

/* ---- rates of a table ---- */

/* Columns that say what <rates> does not. */
struct rate_columns {
	const struct table_column *from, *to, *kind, *period, *source, *value;
};

static const struct table_column *field_column(const struct table *t, const char *field)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].to == TO_FIELD && str_is(t->columns.at[i].field, field))
			return &t->columns.at[i];
	return NULL;
}

static bool find_columns(struct table *t, const struct rate_attrs *attrs, struct rate_columns *out)
{
	*out = (struct rate_columns){ .from = facts_table_column_to(t, TO_CURRENCY),
		.to = field_column(t, "to"),
		.kind = field_column(t, "kind"),
		.period = facts_table_column_to(t, TO_PERIOD),
		.source = facts_table_column_to(t, TO_SOURCE),
		.value = facts_table_column_needed(t, TO_VALUE, "rates") };
	if (!out->from && attrs->from.len == 0)
		facts_table_column_needed(t, TO_CURRENCY, "rates");
	else if (!out->period && attrs->period.kind == PERIOD_NONE)
		facts_table_column_needed(t, TO_PERIOD, "rates");
	else if (!out->to && attrs->to.len == 0)
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, t->node->pos, "'rates' around this table says no currency 'to', and no column with field='to' does");
	else if (!out->kind && attrs->kind == RATE_UNSAID)
		diag_add(t->r->d, DIAG_ATTRIBUTE_MISSING, t->node->pos, "'rates' around this table says no 'kind', and no column with field='kind' does");
	else
		return out->value != NULL;
	return false;
}

static bool said_kind(struct table *t, const struct table_column *c, uint8_t *out)
{
	static const struct xml_field as = { "kind", XML_CHOICE, XML_OPTIONAL, 0, facts_rate_kinds };
	struct str text = { 0 };
	return facts_table_said(t, c, &text) && (text.len == 0 || xml_read_value(t->r->a, &as, text, facts_table_cell(t, c)->pos, out, t->r->d));
}

static bool said_period(struct table *t, const struct table_column *c, struct period *out)
{
	struct str text = { 0 };
	return facts_table_said(t, c, &text) && (text.len == 0 || facts_table_period(t, c, facts_table_cell(t, c), text, out));
}

static bool said_currency(struct table *t, const struct table_column *c, struct str *out)
{
	return facts_table_said(t, c, out) && (!c || facts_currency_ok(t->r, *out, facts_table_cell(t, c)->pos));
}

static void add_row(struct table *t, const struct rate_columns *c, struct rate_attrs row)
{
	struct src_pos source_at = facts_attr_pos(t->node->parent, "source");
	struct facts_rate rate = { .value.pos = facts_table_cell(t, c->value)->pos };
	bool good = said_currency(t, c->from, &row.from);
	good = said_currency(t, c->to, &row.to) && good;
	good = said_kind(t, c->kind, &row.kind) && good;
	good = said_period(t, c->period, &row.period) && good;
	good = facts_table_said(t, c->source, &row.source) && good;
	if (!good || !facts_table_number(t, c->value, false, &rate.value.number))
		return;
	rate.from = row.from;
	rate.to = row.to;
	rate.kind = row.kind;
	rate.value.period = row.period;
	rate.value.source = facts_source_named(t->r, row.source, c->source ? facts_table_cell(t, c->source)->pos : source_at);
	facts_rate_add(t->r, &rate);
}

static void read_table(void *ctx, const struct xml_node *n)
{
	const struct rates_reading *in = ctx;
	struct rate_columns columns;
	struct table t;
	if (!facts_table_open(&t, in->r, n))
		return;
	bool good = find_columns(&t, &in->attrs, &columns);
	while (good && facts_table_next(&t))
		if (str_trim(facts_table_cell(&t, columns.value)->text).len)
			add_row(&t, &columns, in->attrs);
	facts_table_close(&t);
}

void facts_rates_read(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "rate", read_rate }, { "table", read_table }, { NULL, NULL } };
	struct rates_reading in = { .r = r, .attrs.kind = RATE_UNSAID };
	xml_read_attrs(r->a, n, fields, &in.attrs, r->d);
	xml_read_children(n, children, &in, r->d);
}
