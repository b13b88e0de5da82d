/* facts: every value in its cell. There are millions of them, so a cell is found by what its value says of itself: no key is kept. */
#include "facts/facts_int.h"

static uint64_t mixed(uint64_t hash, uint64_t more)
{
	hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
	return hash ^ hash >> 32;
}

/* Of names, not of addresses: what is found how fast is the same in every run. */
static uint32_t hash_of(const struct facts_cell *at)
{
	uint64_t hash = mixed(str_hash(at->metric->id), str_hash(at->unit));
	uint64_t when = (uint64_t)at->period.kind << 32 | (uint64_t)(uint16_t)at->period.year << 16 | (uint64_t)(uint8_t)at->period.number << 8 |
		at->period_count;
	if (at->item)
		hash = mixed(hash, str_hash(at->item->id));
	return (uint32_t)mixed(mixed(hash, when), (uint64_t)at->scenario << 8 | (at->side ? at->side->index + 1u : 0));
}

static bool is_at(const struct facts_value *v, const struct facts_cell *at)
{
	return v->metric == at->metric && v->item == at->item && v->side == at->side && v->scenario == at->scenario &&
		period_equal(v->period, at->period) && (v->period_count ? v->period_count : 1) == at->period_count &&
		str_equal(v->unit, at->unit);
}

static size_t slots_of(const struct facts_cells *c)
{
	return c->room * 2;
}

/* The slot of the cell's value, or the empty one where it belongs. room is a power of two and half of the slots are empty. */
static size_t slot_of(const struct facts_cells *c, const struct facts_cell *at, uint32_t hash)
{
	size_t slot = hash & (slots_of(c) - 1);
	for (; c->slots[slot]; slot = (slot + 1) & (slots_of(c) - 1)) {
		uint32_t i = c->slots[slot] - 1;
		if (c->hashes[i] == hash && is_at(c->at[i], at))
			break;
	}
	return slot;
}

static void fill_slots(struct facts_cells *c)
{
	for (size_t i = 0; i < c->count; i++) {
		size_t slot = c->hashes[i] & (slots_of(c) - 1);
		while (c->slots[slot])
			slot = (slot + 1) & (slots_of(c) - 1);
		c->slots[slot] = (uint32_t)i + 1;
	}
}

static void resize(struct arena *a, struct facts_cells *c, size_t room)
{
	if (c->room)
		arena_shrink(a, c->slots, slots_of(c) * sizeof *c->slots, 0);
	c->at = arena_grow(a, c->at, c->room * sizeof(void *), room * sizeof(void *));
	c->hashes = arena_grow(a, c->hashes, c->room * sizeof *c->hashes, room * sizeof *c->hashes);
	c->room = room;
	c->slots = ARENA_ARRAY(a, uint32_t, slots_of(c));
	fill_slots(c);
}

void facts_cells_reserve(struct arena *a, struct facts_cells *c, size_t count)
{
	size_t room = c->room ? c->room : 8;
	while (room < count)
		room *= 2;
	if (room > c->room)
		resize(a, c, room);
}

struct facts_value *facts_cells_find(const struct facts_cells *c, const struct facts_cell *at)
{
	uint32_t found = c->count ? c->slots[slot_of(c, at, hash_of(at))] : 0;
	return found ? c->at[found - 1] : NULL;
}

void facts_cells_add(struct arena *a, struct facts_cells *c, struct facts_value *v)
{
	struct facts_cell at = facts_cell_of(v);
	uint32_t hash = hash_of(&at);
	facts_cells_reserve(a, c, c->count + 1);
	size_t slot = slot_of(c, &at, hash);
	c->at[c->count] = v;
	c->hashes[c->count] = hash;
	c->slots[slot] = (uint32_t)++c->count;
}
