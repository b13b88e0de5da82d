/* Closed lists as layout files write them, from the lists of doc/. */
#include "layout/layout_int.h"

const struct xml_choice layout_colours[] = {
#define DOC_COLOUR(id, name) { name, id },
#include "doc/colours.h"
#undef DOC_COLOUR
	{ NULL, 0 },
};

const struct xml_choice layout_text_roles[] = {
#define DOC_ROLE(id, name, keep) { name, id },
#include "doc/roles.h"
#undef DOC_ROLE
	{ NULL, 0 },
};

const struct parameter layout_parameters[] = { { "attach", "used" }, { "exhibits-a-page", "any" }, { 0 } };

bool read_name(struct reader *r, const struct xml_choice *choices, const char *what, struct str name, struct src_pos pos,
	uint8_t *into)
{
	struct str near = { 0 };
	for (const struct xml_choice *c = choices; c->name; c++)
		if (str_is(name, c->name)) {
			*into = c->value;
			return true;
		}
	for (const struct xml_choice *c = choices; c->name; c++) {
		struct str pair[2] = { near, str_from(c->name) };
		near = str_nearest(name, pair, 2);
	}
	diag_add(r->diag, DIAG_ROLE_UNKNOWN, pos, "no %s '" STR_FMT "'%s", what, STR_ARG(name), diag_nearest(r->diag, near));
	return false;
}

bool read_colour_role(struct reader *r, struct str name, struct src_pos pos, uint8_t *into)
{
	if (!str_starts(name, "#"))
		return read_name(r, layout_colours, "colour role", name, pos, into);
	diag_add(r->diag, DIAG_ROLE_UNKNOWN, pos, "'" STR_FMT "' is a colour where a role is named; give it to a role in <tokens>",
		STR_ARG(name));
	return false;
}
