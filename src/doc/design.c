/* doc: names of the closed lists that layout files write and dumps show. */
#include "doc/doc.h"

static const struct {
	const char *name;
	bool keeps;
} roles[] = {
#define DOC_ROLE(id, name, keep) [id] = { name, keep },
#include "doc/roles.h"
#undef DOC_ROLE
};

static const char *const colours[] = {
#define DOC_COLOUR(id, name) [id] = name,
#include "doc/colours.h"
#undef DOC_COLOUR
};

const char *doc_role_name(enum doc_role role)
{
	return roles[role].name;
}

bool doc_role_keeps(enum doc_role role)
{
	return roles[role].keeps;
}

const char *doc_colour_name(enum doc_colour colour)
{
	return colours[colour];
}

const char *doc_mark_name(enum doc_mark_kind mark)
{
	static const char *const names[] = {
		[MARK_NONE] = "none",
		[MARK_CIRCLE] = "circle",
		[MARK_SQUARE] = "square",
		[MARK_DIAMOND] = "diamond",
		[MARK_PENTAGON] = "pentagon",
		[MARK_TICK] = "tick",
		[MARK_WARNING] = "warning",
		[MARK_CROSS] = "cross",
		[MARK_BALL_0] = "ball-0",
		[MARK_BALL_1] = "ball-1",
		[MARK_BALL_2] = "ball-2",
		[MARK_BALL_3] = "ball-3",
		[MARK_BALL_4] = "ball-4",
		[MARK_LINK_NONE] = "link-none",
		[MARK_LINK_HALF] = "link-half",
		[MARK_LINK_FULL] = "link-full",
		[MARK_ACTUAL] = "actual",
		[MARK_PRIOR] = "prior",
		[MARK_PLAN] = "plan",
		[MARK_FORECAST] = "forecast",
	};

	return names[mark];
}
