/* A map from text to pointers that keeps the order of insertion: nothing ever depends on hash order. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_entry {
	struct str key; /* borrowed: must live as long as the map */
	void *value;
	uint64_t hash;
};
struct map {
	struct map_entry *entries; /* count, in order of insertion */
	uint32_t *slots;           /* open addressing: entry index + 1 */
	size_t count, room, slot_count;
};

void *map_lookup(const struct map *m, struct str key); /* borrowed, NULL when absent */
/* Adds, or returns the value already there and changes nothing. NULL means it was added. */
void *map_put(struct arena *a, struct map *m, struct str key, void *value);
/* Adds or replaces. */
void map_set(struct arena *a, struct map *m, struct str key, void *value);
/* The key nearest to name, for messages; empty when none is near. */
struct str map_nearest(const struct map *m, struct str name);

#endif
