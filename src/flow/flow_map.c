/* Flow, doc to pages: what flow knows of a block or paragraph is found by its address. Only looked up, never walked, so that
 * no address ever decides an order. */
#include "flow/flow_int.h"

static size_t slot_of(const struct flow_map *m, const void *key)
{
	uint64_t hash = ((uint64_t)(uintptr_t)key >> 3) * UINT64_C(0x9E3779B97F4A7C15);
	size_t slot = (size_t)(hash >> 20) & (m->room - 1);

	while (m->keys[slot] && m->keys[slot] != key)
		slot = (slot + 1) & (m->room - 1);
	return slot;
}

static void grow(struct arena *a, struct flow_map *m)
{
	struct flow_map old = *m;

	m->room = old.room ? old.room * 2 : 256;
	m->keys = ARENA_ARRAY(a, const void *, m->room);
	m->values = ARENA_ARRAY(a, void *, m->room);
	for (size_t i = 0; i < old.room; i++) {
		if (!old.keys[i])
			continue;
		size_t slot = slot_of(m, old.keys[i]);
		m->keys[slot] = old.keys[i];
		m->values[slot] = old.values[i];
	}
}

void *flow_map_lookup(const struct flow_map *m, const void *key)
{
	return m->room ? m->values[slot_of(m, key)] : NULL;
}

void flow_map_add(struct arena *a, struct flow_map *m, const void *key, void *value)
{
	if (m->count * 3 >= m->room * 2)
		grow(a, m);
	size_t slot = slot_of(m, key);
	if (!m->keys[slot])
		m->count++;
	m->keys[slot] = key;
	m->values[slot] = value;
}
