/* doc: names of the closed lists that layout files write and dumps show. */
#include "doc/design.h"

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
