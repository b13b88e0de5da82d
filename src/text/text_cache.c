/* The table of both caches, of shaped words and of kept paragraphs. Serves the arrow spans -> paragraph -> lines. */
#include "text/text_int.h"

static void put(struct cache *c, struct cached *entry)
{
	size_t last = c->slot_count - 1, at = (size_t)entry->hash & last;
	while (c->slots[at])
		at = (at + 1) & last;
	c->slots[at] = entry;
}

static void grow(struct arena *a, struct cache *c, size_t room)
{
	struct cache larger = { .slots = ARENA_ARRAY(a, struct cached *, room), .slot_count = room, .used = c->used };
	for (size_t i = 0; i < c->slot_count; i++)
		if (c->slots[i])
			put(&larger, c->slots[i]);
	*c = larger;
}

void cache_put(struct arena *a, struct cache *c, struct cached *entry, size_t first)
{
	if (c->used * 2 >= c->slot_count)
		grow(a, c, c->slot_count ? c->slot_count * 2 : first);
	put(c, entry);
	c->used++;
}
