/* What is known of a thing by its address: a number from 1. Only looked up, never walked, so that no address ever decides
 * an order. struct addresses known = { 0 }; lives in the arena it is filled from. */
#ifndef BASE_ADDRESSES_H
#define BASE_ADDRESSES_H

#include "base/arena.h"

struct addresses {
	struct address_slot *slots; /* room of them */
	size_t count, room;
};

/* 0 when there is none. */
uint32_t address_lookup(const struct addresses *m, const void *key);
/* number is not 0; key is not yet there. */
void address_put(struct arena *a, struct addresses *m, const void *key, uint32_t number);

#endif
