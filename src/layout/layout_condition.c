/* The closed list of conditions under which a slot or section shows. They are decided in compose. */
#include "layout/layout_int.h"

const struct xml_choice layout_conditions[] = {
	{ "data", IF_DATA }, { "records", IF_RECORDS }, { "status", IF_STATUS }, { "beyond", IF_BEYOND }, { "side", IF_SIDE }, { "unit", IF_UNIT },
	{ "shown", IF_SHOWN }, { "hidden", IF_HIDDEN },
	{ NULL, 0 },
};

void check_condition(struct reader *r, const struct xml_node *n, uint8_t condition, struct str value, struct decimal *limit)
{
	static const char *const needs[] = {
		[IF_RECORDS] = "the kind of records", [IF_STATUS] = "good, watch, bad", [IF_BEYOND] = "the limit", [IF_SIDE] = "the sides",
		[IF_UNIT] = "the business units", [IF_SHOWN] = "the slots", [IF_HIDDEN] = "the slots",
	};
	const char *need = condition < sizeof needs / sizeof *needs ? needs[condition] : NULL;
	if (need && !value.len)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, attr_pos(n, "if"), "'if' needs 'if-value': %s", need);
	else if (condition == IF_BEYOND && !decimal_parse(str_trim(value), limit))
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "if-value"), "'" STR_FMT "' is not a limit; write a number", STR_ARG(value));
}
