/* base: names of a turn, held against those of the turn before. */
#include "base/again.h"

void again_turn(struct again *w)
{
	w->before = w->now;
	w->now.count = 0;
}

static bool is_among(const struct again_names *names, uint64_t name)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->at[i] == name)
			return true;
	return false;
}

bool again_note(struct again *w, struct str name)
{
	uint64_t hash = str_hash(name);
	if (w->now.count < LIMIT_INCLUDES)
		w->now.at[w->now.count++] = hash;
	return is_among(&w->before, hash);
}
