/* Growing arrays: under every arrow of the pipeline. */
#include "base/vec.h"

/* Most arrays stay short: the first room is a few items, or about a cache line's worth of small ones. */
static size_t first_room(size_t item_size)
{
	return item_size <= 16 ? 8 : item_size <= 48 ? 4 : 2;
}

void *vec_grown(struct arena *a, void *at, size_t count, size_t *room, size_t item_size)
{
	if (count < *room)
		return at;
	size_t wanted = *room ? 0 : first_room(item_size), bytes;
	if ((*room && __builtin_mul_overflow(*room, (size_t)2, &wanted)) ||
		__builtin_mul_overflow(wanted, item_size, &bytes))
		arena_unwind(a);
	at = arena_grow(a, at, *room * item_size, bytes);
	*room = wanted;
	return at;
}

void *vec_with_room(struct arena *a, void *at, size_t count, size_t *room, size_t item_size, size_t more)
{
	size_t wanted, bytes;
	if (__builtin_add_overflow(count, more, &wanted) || __builtin_mul_overflow(wanted, item_size, &bytes))
		arena_unwind(a);
	if (wanted <= *room)
		return at;
	at = arena_grow(a, at, *room * item_size, bytes);
	*room = wanted;
	return at;
}
