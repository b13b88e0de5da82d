/* xml -> facts: the company's calendar. */
#include "facts/facts_int.h"

static const struct xml_choice patterns[] = {
	{ "months", CALENDAR_MONTHS },
	{ "4-4-5", CALENDAR_4_4_5 },
	{ "4-5-4", CALENDAR_4_5_4 },
	{ "5-4-4", CALENDAR_5_4_4 },
	{ NULL, 0 },
};
static const struct xml_choice weekdays[] = {
	{ "monday", 1 },
	{ "tuesday", 2 },
	{ "wednesday", 3 },
	{ "thursday", 4 },
	{ "friday", 5 },
	{ "saturday", 6 },
	{ "sunday", 7 },
	{ NULL, 0 },
};
static const struct xml_choice rules[] = { { "last", 0 }, { "nearest", 1 }, { NULL, 0 } };
static const struct xml_choice names[] = { { "end", 0 }, { "start", 1 }, { NULL, 0 } };

struct calendar_attrs {
	int32_t start;           /* month, 1..12 */
	uint8_t pattern, weekday, rule, named_for;
	struct str long_years;   /* years that are counted on to have 53 weeks */
};
#define CALENDAR(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct calendar_attrs, member), choices }
static const struct xml_field fields[] = {
	CALENDAR("start", XML_INT, start, NULL),
	CALENDAR("pattern", XML_CHOICE, pattern, patterns),
	CALENDAR("ends", XML_CHOICE, weekday, weekdays),
	CALENDAR("on", XML_CHOICE, rule, rules),
	CALENDAR("named-for", XML_CHOICE, named_for, names),
	CALENDAR("long-years", XML_STR, long_years, NULL),
	{ NULL, 0, 0, 0, NULL },
};

static bool start_ok(struct facts_reader *r, int32_t month, struct src_pos pos)
{
	if (month >= 1 && month <= 12)
		return true;
	diag_add(r->d, DIAG_ATTRIBUTE_VALUE, pos, "month %d is not one of 1 to 12", month);
	return false;
}

void facts_fiscal_start(struct facts_reader *r, int32_t month, struct src_pos pos)
{
	if (start_ok(r, month, pos))
		r->f->calendar.start_month = (int8_t)month;
}

/* Weeks have an end that months have not. */
static void check_weeks(struct facts_reader *r, const struct xml_node *n, bool weeks)
{
	static const char *const of_weeks[] = { "ends", "on", "long-years" };
	if (weeks && !xml_attr(n, "ends"))
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, n->pos,
			"a calendar of weeks has no 'ends'; write the weekday with which its years end, as in saturday");
	for (size_t i = 0; !weeks && i < sizeof of_weeks / sizeof *of_weeks; i++)
		if (xml_attr(n, of_weeks[i]))
			diag_add(r->d, DIAG_CALENDAR, facts_attr_pos(n, of_weeks[i]),
				"'%s' is of a calendar of weeks, and this one is of months; give it a pattern, as in 4-4-5", of_weeks[i]);
}

static const char *end_text(struct facts_reader *r, int year)
{
	return date_text(r->a, period_last_day((struct period){ .kind = PERIOD_YEAR, .year = (int16_t)year }, &r->f->calendar)).ptr;
}

/* Years that somebody counts on having a 53rd week must get one by the rule. */
static void check_long_years(struct facts_reader *r, const struct xml_node *n, struct str years)
{
	struct str word;
	while ((word = str_word(&years)).len) {
		struct period p;
		if (!period_parse(word, &p) || p.kind != PERIOD_YEAR)
			diag_add(r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, "long-years"),
				"'" STR_FMT "' is not a year; write it as 2028", STR_ARG(word));
		else if (calendar_weeks(&r->f->calendar, p.year) == 52)
			diag_add(r->d, DIAG_CALENDAR, facts_attr_pos(n, "long-years"),
				"%d has no 53rd week: by this calendar it ends on %s, 52 weeks after the year before it", p.year,
				end_text(r, p.year));
	}
}

void facts_calendar_read(void *ctx, const struct xml_node *n)
{
	static const struct xml_child none[] = { { NULL, NULL } };
	struct facts_reader *r = ctx;
	struct calendar_attrs attrs = { .start = r->f->calendar.start_month, .weekday = 7 };
	bool good = xml_read_attrs(r->a, n, fields, &attrs, r->d);
	xml_read_children(n, none, r, r->d);
	if (xml_attr(n, "start") && n->parent && xml_attr(n->parent, "fiscal-start"))
		diag_add(r->d, DIAG_CALENDAR, facts_attr_pos(n, "start"),
			"the start of the fiscal year is said twice: here, and by 'fiscal-start' of the company");
	if (!start_ok(r, attrs.start, facts_attr_pos(n, "start")) || !good)
		return;
	check_weeks(r, n, attrs.pattern != CALENDAR_MONTHS);
	r->f->calendar = (struct calendar){ attrs.pattern, (int8_t)attrs.start, (int8_t)attrs.weekday, attrs.rule == 1,
		attrs.named_for == 1 };
	if (attrs.pattern != CALENDAR_MONTHS)
		check_long_years(r, n, attrs.long_years);
}
