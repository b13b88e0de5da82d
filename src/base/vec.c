/* Growing arrays: under every arrow of the pipeline. */
#include "base/vec.h"

void *vec_grown(struct arena *a, void *at, size_t count, size_t *room, size_t item_size)
{
	if (count < *room)
		return at;
	size_t wanted, bytes;
	if (__builtin_mul_overflow(*room ? *room : 4, (size_t)2, &wanted) ||
		__builtin_mul_overflow(wanted, item_size, &bytes))
		arena_unwind(a);
	at = arena_grow(a, at, *room * item_size, bytes);
	*room = wanted;
	return at;
}
