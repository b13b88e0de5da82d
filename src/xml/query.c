/* Query: the attributes of a <n>, a column or a row as names; narrative and layout read them, facts
 * answers them. */
#include "xml/query.h"

const struct xml_choice query_shows[] = {
	{ "value", SHOW_VALUE },
	{ "gap", SHOW_GAP },
	{ "difference", SHOW_DIFFERENCE },
	{ "change", SHOW_CHANGE },
	{ "ratio", SHOW_RATIO },
	{ "share", SHOW_SHARE },
	{ "rank", SHOW_RANK },
	{ "count", SHOW_COUNT },
	{ "sum", SHOW_SUM },
	{ "mean", SHOW_MEAN },
	{ "least", SHOW_LEAST },
	{ "greatest", SHOW_GREATEST },
	{ "agreement", SHOW_AGREEMENT },
	{ "streak", SHOW_STREAK },
	{ "sample", SHOW_SAMPLE },
	{ "benchmark", SHOW_BENCHMARK },
	{ "status", SHOW_STATUS },
	{ "label", SHOW_LABEL },
	{ "low", SHOW_LOW },
	{ "high", SHOW_HIGH },
	{ "worth", SHOW_WORTH },
	{ NULL, 0 },
};

const struct xml_choice query_forms[] = {
	{ "auto", FORM_AUTO },
	{ "plain", FORM_PLAIN },
	{ "signed", FORM_SIGNED },
	{ "points", FORM_POINTS },
	{ "absolute", FORM_ABSOLUTE },
	{ "words", FORM_WORDS },
	{ "words-capital", FORM_WORDS_CAPITAL },
	{ "ordinal", FORM_ORDINAL },
	{ "lower", FORM_LOWER },
	{ "capital", FORM_CAPITAL },
	{ "short", FORM_SHORT },
	{ "long", FORM_LONG },
	{ "month", FORM_MONTH },
	{ "compact", FORM_COMPACT },
	{ NULL, 0 },
};

void query_init(struct query *q, struct src_pos pos)
{
	*q = (struct query){ .decimals = QUERY_DECIMALS, .scale_unit = true, .pos = pos };
}

/* The members that are names. */
static const uint16_t names[] = {
#define NAME(member) (uint16_t)offsetof(struct query, member)
	NAME(metric),
	NAME(item),
	NAME(unit),
	NAME(side),
	NAME(period),
	NAME(scenario),
	NAME(kind),
	NAME(field),
	NAME(where),
	NAME(of),
	NAME(ref),
	NAME(versus_metric),
	NAME(versus_item),
	NAME(versus_unit),
	NAME(versus_side),
	NAME(versus_period),
	NAME(versus_scenario),
#undef NAME
};

static struct str *name_at(struct query *q, size_t i)
{
	return (struct str *)(void *)((char *)q + names[i]);
}

struct query query_merge(const struct query *over, const struct query *under)
{
	struct query merged = *over, base = *under;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (name_at(&merged, i)->len == 0)
			*name_at(&merged, i) = *name_at(&base, i);
	if (merged.show == SHOW_VALUE)
		merged.show = base.show;
	if (merged.form == FORM_AUTO)
		merged.form = base.form;
	if (merged.decimals == QUERY_DECIMALS)
		merged.decimals = base.decimals;
	if (merged.offset == 0)
		merged.offset = base.offset;
	merged.mixed = merged.mixed || base.mixed;
	merged.scale_unit = merged.scale_unit && base.scale_unit;
	if (!merged.pos.source)
		merged.pos = base.pos;
	return merged;
}
