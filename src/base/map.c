/* The ordered map: under every arrow that looks names up. */
#include "base/map.h"

/* The slot that holds key, or the empty one where it belongs. slot_count is a power of two and never full. */
static size_t slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t at = (size_t)hash & (m->slot_count - 1);
	while (m->slots[at]) {
		const struct map_entry *e = &m->entries[m->slots[at] - 1];
		if (e->hash == hash && str_equal(e->key, key))
			break;
		at = (at + 1) & (m->slot_count - 1);
	}
	return at;
}

static void resize(struct arena *a, struct map *m, size_t room)
{
	m->entries = m->room
		? arena_grow(a, m->entries, m->room * sizeof *m->entries, room * sizeof *m->entries)
		: ARENA_ARRAY(a, struct map_entry, room);
	if (m->slot_count)
		arena_shrink(a, m->slots, m->slot_count * sizeof *m->slots, 0);
	m->room = room;
	m->slot_count = room * 2;
	m->slots = ARENA_ARRAY(a, uint32_t, m->slot_count);
	for (size_t i = 0; i < m->count; i++)
		m->slots[slot_of(m, m->entries[i].key, m->entries[i].hash)] = (uint32_t)i + 1;
}

static struct map_entry *entry_of(const struct map *m, struct str key)
{
	if (m->count == 0)
		return NULL;
	uint32_t index = m->slots[slot_of(m, key, str_hash(key))];
	return index ? &m->entries[index - 1] : NULL;
}

void *map_lookup(const struct map *m, struct str key)
{
	const struct map_entry *e = entry_of(m, key);
	return e ? e->value : NULL;
}

static void add(struct arena *a, struct map *m, struct str key, void *value)
{
	if (m->count == m->room)
		resize(a, m, m->room ? m->room * 2 : 8);
	uint64_t hash = str_hash(key);
	size_t slot = slot_of(m, key, hash);
	m->entries[m->count] = (struct map_entry){ key, value, hash };
	m->slots[slot] = (uint32_t)++m->count;
}

void *map_put(struct arena *a, struct map *m, struct str key, void *value)
{
	const struct map_entry *e = entry_of(m, key);
	if (e)
		return e->value;
	add(a, m, key, value);
	return NULL;
}

void map_set(struct arena *a, struct map *m, struct str key, void *value)
{
	struct map_entry *e = entry_of(m, key);
	if (e)
		e->value = value;
	else
		add(a, m, key, value);
}

struct str map_nearest(const struct map *m, struct str name)
{
	struct str best = { 0 };
	for (size_t i = 0; i < m->count; i++) {
		struct str pair[2] = { best, m->entries[i].key };
		best = str_nearest(name, pair, 2);
	}
	return best;
}
