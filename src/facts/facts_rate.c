/* xml -> facts: rates of exchange. A rate is a value like others: it has a period, a source and a place, so that what is converted by it can
 * be followed there. */
#include "facts/facts_int.h"

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
		facts_rate_name((enum facts_rate_kind)kind), STR_ARG(facts_period_text(a, p)));
}

void facts_rate_add(struct facts_reader *r, const struct facts_rate *rate)
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
			STR_ARG(facts_period_text(r->a, v->period)));
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

void facts_rates_read(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "rate", read_rate }, { NULL, NULL } };
	struct rates_reading in = { .r = r, .attrs.kind = RATE_UNSAID };
	xml_read_attrs(r->a, n, fields, &in.attrs, r->d);
	xml_read_children(n, children, &in, r->d);
}
