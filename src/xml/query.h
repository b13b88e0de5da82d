/* A query: how a narrative or a layout asks for one figure or text of the facts. Syntax only: names as written, empty where the
 * context decides. In a table a cell's query is the column's over the row's over the section's context.
 *
 *   <n metric="spend" item="cdp" period="next-year" scenario="plan" show="difference" versus-period="this-year"
 *      versus-scenario="forecast" form="signed" decimals="1"/>
 */
#ifndef XML_QUERY_H
#define XML_QUERY_H

#include "xml/xml.h"

enum query_show {
	SHOW_VALUE,       /* the cell (default), a record's field when field is set */
	SHOW_GAP,         /* of a pair of sides: of the two named, else of the pair declared, the one less the other */
	SHOW_DIFFERENCE,  /* value minus the versus value, as printed */
	SHOW_CHANGE,      /* difference relative to the versus value, per cent */
	SHOW_RATIO,       /* value divided by the versus value */
	SHOW_SHARE,       /* of the item in the sum over its kind (or of metric in versus-metric), per cent */
	SHOW_RANK,        /* of the item among its kind by value, 1 = highest */
	SHOW_COUNT,       /* records of kind that match where */
	SHOW_SUM,         /* of field, or of metric, over records of kind that match where */
	SHOW_MEAN,        /* over items of kind: of the value; with of="gap" of the absolute gap */
	SHOW_LEAST, SHOW_GREATEST, /* the same, smallest and largest */
	SHOW_AGREEMENT,   /* rank agreement of a pair of sides over items of kind: Spearman, -1..1 */
	SHOW_STREAK,      /* periods running in which the value moved the same way, signed */
	SHOW_SAMPLE,      /* n of the value: its denominator or its source's sample */
	SHOW_BENCHMARK,   /* the metric's benchmark (ref= chooses one) */
	SHOW_STATUS,      /* status word against plan */
	SHOW_LABEL,       /* label of the metric, item, side, unit or period named last */
	SHOW_LOW, SHOW_HIGH, /* bounds of the 95 % interval of a share that comes from counts (Wilson) */
	SHOW_WORTH        /* what one answer is worth, in points, of a share that comes from counts */
};
enum query_form {
	FORM_AUTO,      /* by measure: "83 %", "€2.40 m", "31" */
	FORM_PLAIN,     /* the number alone, in the metric's unit and scale: "83", "2.40" */
	FORM_SIGNED,    /* with + or true minus */
	FORM_POINTS,    /* "+3 pts" */
	FORM_ABSOLUTE,  /* without sign */
	FORM_WORDS,     /* "three" up to twelve */
	FORM_WORDS_CAPITAL, /* "Three" */
	FORM_ORDINAL,   /* "third" up to twelfth */
	FORM_LOWER,     /* text: first letter small, for use inside a sentence */
	FORM_CAPITAL,   /* text: first letter large, for use at the beginning of one */
	FORM_SHORT,     /* dates without year, periods with two-digit year, short labels */
	FORM_LONG,
	FORM_MONTH,     /* dates: "Jun 2029" */
	FORM_COMPACT    /* money and counts in the power of a thousand that they reach: "€2.4 m", "410 k" */
};

struct query {
	struct str metric, item, unit, side;  /* ids; item may be "." (the item in context) */
	struct str period;                    /* written form, or: this previous year-ago this-year last-year next-year ytd ytd-year-ago ltm ltm-year-ago */
	struct str scenario;                  /* actual plan forecast */
	struct str kind, field, where;        /* records; where: "field=value field!=value a,b=any of" */
	struct str of;                        /* "gap": aggregates take gaps; else empty */
	struct str ref;                       /* benchmark id */
	struct str versus_metric, versus_item, versus_unit, versus_side, versus_period, versus_scenario;
	uint8_t show;                         /* enum query_show */
	uint8_t form;                         /* enum query_form */
	int32_t decimals;                     /* QUERY_DECIMALS = the metric's */
	int32_t offset;                       /* added to the period named, in its kind */
	bool mixed;                           /* compares different kinds of period, and the words around it say so */
	bool scale_unit;                      /* plain figures keep the metric's scale (default yes) */
	struct src_pos pos;
};
enum { QUERY_DECIMALS = -1 };

/* The attributes of a query, for a reader's table: QUERY_FIELDS(struct layout_column, query). */
#define QUERY_FIELD(T, member, attr, field, type, choices)                                                  \
	{ attr, type, XML_OPTIONAL, (uint16_t)(offsetof(T, member) + offsetof(struct query, field)), choices }
#define QUERY_FIELDS(T, member)                                                                             \
	QUERY_FIELD(T, member, "metric", metric, XML_STR, NULL), QUERY_FIELD(T, member, "item", item, XML_STR, NULL), \
	QUERY_FIELD(T, member, "unit", unit, XML_STR, NULL), QUERY_FIELD(T, member, "side", side, XML_STR, NULL), \
	QUERY_FIELD(T, member, "period", period, XML_STR, NULL), QUERY_FIELD(T, member, "scenario", scenario, XML_STR, NULL), \
	QUERY_FIELD(T, member, "kind", kind, XML_STR, NULL), QUERY_FIELD(T, member, "field", field, XML_STR, NULL), \
	QUERY_FIELD(T, member, "where", where, XML_STR, NULL), QUERY_FIELD(T, member, "of", of, XML_STR, NULL), \
	QUERY_FIELD(T, member, "ref", ref, XML_STR, NULL), \
	QUERY_FIELD(T, member, "versus-metric", versus_metric, XML_STR, NULL), QUERY_FIELD(T, member, "versus-item", versus_item, XML_STR, NULL), \
	QUERY_FIELD(T, member, "versus-unit", versus_unit, XML_STR, NULL), \
	QUERY_FIELD(T, member, "versus-side", versus_side, XML_STR, NULL), QUERY_FIELD(T, member, "versus-period", versus_period, XML_STR, NULL), \
	QUERY_FIELD(T, member, "versus-scenario", versus_scenario, XML_STR, NULL), \
	QUERY_FIELD(T, member, "show", show, XML_CHOICE, query_shows), QUERY_FIELD(T, member, "form", form, XML_CHOICE, query_forms), \
	QUERY_FIELD(T, member, "decimals", decimals, XML_PLACES, NULL), QUERY_FIELD(T, member, "offset", offset, XML_INT, NULL), \
	QUERY_FIELD(T, member, "mixed", mixed, XML_BOOL, NULL)

extern const struct xml_choice query_shows[], query_forms[];

void query_init(struct query *q, struct src_pos pos);
/* over's names where it says something, else under's. */
struct query query_merge(const struct query *over, const struct query *under);

#endif
