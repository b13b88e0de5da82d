/* Growing arrays in an arena: VEC(struct thing) things = {0}; vec_push(arena, &things, thing); */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#include <stdint.h>

#define VEC(T)                                                                                              \
	struct {                                                                                            \
		T *at;        /* count items */                                                             \
		size_t count; /* items in use */                                                            \
		size_t room;  /* items allocated */                                                         \
	}

/* Makes room for one more and returns the array (the old place is the arena's again: keep indices, not pointers). */
void *vec_grown(struct arena *a, void *at, size_t count, size_t *room, size_t item_size);

/* Room for so many more at once: a long array that grows by doubling leaves as much again behind. */
void *vec_with_room(struct arena *a, void *at, size_t count, size_t *room, size_t item_size, size_t more);
#define vec_reserve(a, v, more)                                                                             \
	((void)((v)->at = vec_with_room((a), (v)->at, (v)->count, &(v)->room, sizeof *(v)->at, (more))))

/* An expression of the item's address: zeroed, appended. */
#define vec_add(a, v)                                                                                       \
	((v)->at = vec_grown((a), (v)->at, (v)->count, &(v)->room, sizeof *(v)->at), &(v)->at[(v)->count++])
#define vec_push(a, v, item) ((void)(*vec_add((a), (v)) = (item)))

#endif
