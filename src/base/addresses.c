/* Numbers by address: under every arrow that asks what it has seen. */
#include "base/addresses.h"

struct address_slot {
	uint32_t low, high; /* of the address */
	uint32_t number;    /* 0 = free */
};

static struct address_slot *slot_of(const struct addresses *m, uint64_t key)
{
	size_t at = (size_t)((key >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (m->room - 1);

	while (m->slots[at].number && (m->slots[at].low != (uint32_t)key || m->slots[at].high != key >> 32))
		at = (at + 1) & (m->room - 1);
	return &m->slots[at];
}

static void grow(struct arena *a, struct addresses *m)
{
	struct addresses old = *m;

	m->room = old.room ? old.room * 2 : 64;
	m->slots = ARENA_ARRAY(a, struct address_slot, m->room);
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].number)
			*slot_of(m, (uint64_t)old.slots[i].high << 32 | old.slots[i].low) = old.slots[i];
	if (old.room)
		arena_shrink(a, old.slots, old.room * sizeof *old.slots, 0);
}

uint32_t address_lookup(const struct addresses *m, const void *key)
{
	return m->room ? slot_of(m, (uintptr_t)key)->number : 0;
}

void address_put(struct arena *a, struct addresses *m, const void *key, uint32_t number)
{
	uint64_t address = (uintptr_t)key;

	if (m->count * 4 >= m->room * 3)
		grow(a, m);
	*slot_of(m, address) = (struct address_slot){ (uint32_t)address, (uint32_t)(address >> 32), number };
	m->count++;
}
