/* Arenas: under every arrow of the pipeline. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer what is not handed out is poisoned, and nothing lies right behind what is. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_GUARDED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_GUARDED 1
#endif
#endif
#ifdef ARENA_GUARDED
#include <sanitizer/asan_interface.h>
enum { GUARD = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
enum { GUARD = 0 };
#endif

enum {
	ALIGN = 16,
	BLOCK_FIRST = 32 * 1024,
	BLOCK_MOST = 1024 * 1024,     /* ordinary blocks double up to here */
	SPARE_MOST = 16 * 1024 * 1024, /* more is not worth holding between two uses */
	HOLE_LEAST = 256              /* less is not worth looking for */
};

struct arena_block {
	struct arena_block *next; /* older */
	size_t size;              /* bytes of data */
	size_t fill;              /* bytes handed out */
	size_t dirty; /* bytes ever handed out: what lies behind is still zero from calloc */
	_Alignas(ALIGN) unsigned char data[];
};

/* Room inside a block that is free again. Its head stands in it. */
struct arena_hole {
	struct arena_hole *next;
	size_t size; /* with this head */
};

struct arena_close {
	void (*close)(void *);
	void *handle;
	struct arena_close *next; /* registered before */
};

/* What size bytes take up. */
static size_t taken(size_t size)
{
	return ((size ? size : 1) + (ALIGN - 1) + GUARD) & ~(size_t)(ALIGN - 1);
}

void arena_init(struct arena *a, size_t cap, jmp_buf *unwind)
{
	*a = (struct arena){ .cap = cap, .unwind = unwind };
}

_Noreturn void arena_unwind(struct arena *a)
{
	if (!a->unwind)
		abort();
	longjmp(*a->unwind, 1);
}

/* The first spare block that is large enough, taken out; NULL when none is. */
static struct arena_block *spare_block(struct arena *a, size_t size)
{
	for (struct arena_block **link = &a->spare; *link; link = &(*link)->next) {
		struct arena_block *block = *link;
		if (block->size < size)
			continue;
		*link = block->next;
		a->spare_size -= block->size;
		return block;
	}
	return NULL;
}

static struct arena_block *new_block(const struct arena *a, size_t size)
{
	size_t room = a->head ? a->head->size * 2 : BLOCK_FIRST;
	if (room > BLOCK_MOST)
		room = BLOCK_MOST;
	if (room < size)
		room = size;
	struct arena_block *block = calloc(1, sizeof *block + room);
	if (!block)
		return NULL;
	ASAN_POISON_MEMORY_REGION(block->data, room);
	block->size = room;
	return block;
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
	struct arena_block *block = spare_block(a, size);
	if (!block)
		block = new_block(a, size);
	if (!block)
		return NULL;
	block->next = a->head;
	a->head = block;
	return block;
}

static void clear(struct arena_block *block, size_t from, size_t size)
{
	if (from >= block->dirty)
		return;
	size_t used = block->dirty - from;
	memset(block->data + from, 0, used < size ? used : size);
}

/* Hands out from the block's fill on: size bytes that take up room. */
static void *take(struct arena_block *block, size_t size, size_t room)
{
	unsigned char *p = block->data + block->fill;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	clear(block, block->fill, size);
	block->fill += room;
	if (block->fill > block->dirty)
		block->dirty = block->fill;
	return p;
}

/* ---- holes ---- */

/* By the power of two that a size has at least; the last bin has all above. */
static unsigned bin_of(size_t size)
{
	unsigned bin = 63u - (unsigned)__builtin_clzll(size);
	return bin < ARENA_HOLES ? bin : ARENA_HOLES - 1;
}

static void add_hole(struct arena *a, void *at, size_t size)
{
	struct arena_hole *hole = at;
	unsigned bin = bin_of(size);
	ASAN_POISON_MEMORY_REGION(at, size);
	ASAN_UNPOISON_MEMORY_REGION(hole, sizeof *hole);
	*hole = (struct arena_hole){ a->holes[bin], size };
	a->holes[bin] = hole;
	a->hole_sizes |= 1u << bin;
}

static struct arena_hole *hole_for(struct arena *a, size_t room)
{
	unsigned bin = bin_of(room);
	if (!a->holes[bin] || a->holes[bin]->size < room) {
		uint32_t larger = a->hole_sizes & ~((2u << bin) - 1);
		if (!larger)
			return NULL;
		bin = (unsigned)__builtin_ctz(larger);
	}
	struct arena_hole *hole = a->holes[bin];
	a->holes[bin] = hole->next;
	if (!hole->next)
		a->hole_sizes &= ~(1u << bin);
	return hole;
}

/* A hole that is filled from its start, as a block is: what ends last in it can grow there and be given back. */
static bool open_hole(struct arena *a, size_t room)
{
	struct arena_hole *hole = a->hole_sizes ? hole_for(a, room) : NULL;
	if (!hole)
		return false;
	size_t rest = (size_t)(a->open_end - a->open);
	unsigned char *at = (unsigned char *)hole, *end = at + hole->size;
	ASAN_POISON_MEMORY_REGION(at, sizeof *hole);
	if (rest >= HOLE_LEAST)
		add_hole(a, a->open, rest);
	else
		a->used += rest;
	a->open = at;
	a->open_end = end;
	return true;
}

/* NULL when no hole is large enough. */
static void *take_hole(struct arena *a, size_t size, size_t room)
{
	if (room > (size_t)(a->open_end - a->open) && !open_hole(a, room))
		return NULL;
	unsigned char *p = a->open;
	a->open += room;
	a->used += room;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	memset(p, 0, size);
	return p;
}

static void forget_holes(struct arena *a)
{
	if (a->hole_sizes)
		memset(a->holes, 0, sizeof a->holes);
	a->hole_sizes = 0;
	a->open = a->open_end = NULL;
}

/* An array may have been made in another arena than the one it grows in. */
static bool holds(const struct arena *a, const unsigned char *at)
{
	for (const struct arena_block *block = a->head; block; block = block->next)
		if (at >= block->data && at < block->data + block->fill)
			return true;
	return false;
}

static bool ends_block(const struct arena *a, const unsigned char *end)
{
	return a->head && end == a->head->data + a->head->fill;
}

static void give_back(struct arena *a, unsigned char *at, size_t room)
{
	bool last = ends_block(a, at + room), open = a->open && at + room == a->open;
	if (!room || (!last && !open && (room < HOLE_LEAST || !holds(a, at))))
		return;
	a->used -= room;
	if (last)
		a->head->fill -= room;
	else if (open)
		a->open = at;
	else
		add_hole(a, at, room);
	if (last || open)
		ASAN_POISON_MEMORY_REGION(at, room);
}

void arena_shrink(struct arena *a, void *at, size_t old_size, size_t size)
{
	size_t kept = size ? taken(size) : 0;
	assert(size <= old_size);
	give_back(a, (unsigned char *)at + kept, taken(old_size) - kept);
}

static bool within_cap(const struct arena *a, size_t room)
{
	return a->cap == 0 || (a->used <= a->cap && room <= a->cap - a->used);
}

void *arena_try(struct arena *a, size_t size)
{
	size_t room = taken(size);
	if (size > PTRDIFF_MAX / 2 || !within_cap(a, room))
		return NULL;
	void *again = take_hole(a, size, room);
	if (again)
		return again;
	struct arena_block *block = a->head;
	if (!block || room > block->size - block->fill)
		block = add_block(a, room);
	if (!block)
		return NULL;
	a->used += room;
	return take(block, size, room);
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p = arena_try(a, size);
	if (!p)
		arena_unwind(a);
	return p;
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		arena_unwind(a);
	return arena_alloc(a, bytes);
}

void *arena_copy(struct arena *a, const void *bytes, size_t size)
{
	if (size == SIZE_MAX)
		arena_unwind(a);
	char *copy = arena_alloc(a, size + 1);
	if (size)
		memcpy(copy, bytes, size);
	return copy;
}

/* What ends last in the block, or in the hole being filled, can grow where it stands. */
static bool extend(struct arena *a, void *at, size_t old_size, size_t size)
{
	struct arena_block *block = a->head;
	size_t old = taken(old_size);
	unsigned char *end = (unsigned char *)at + old;
	if (!at || size > PTRDIFF_MAX / 2)
		return false;
	size_t more = taken(size) - old;
	bool open = a->open && end == a->open && more <= (size_t)(a->open_end - end);
	if (!open && (!ends_block(a, end) || more > block->size - block->fill))
		return false;
	if (!within_cap(a, more))
		return false;
	a->used += more;
	ASAN_UNPOISON_MEMORY_REGION(at, size);
	if (open) {
		memset((unsigned char *)at + old_size, 0, size - old_size);
		a->open += more;
		return true;
	}
	clear(block, (size_t)((unsigned char *)at - block->data) + old_size, size - old_size);
	block->fill += more;
	if (block->fill > block->dirty)
		block->dirty = block->fill;
	return true;
}

void *arena_grow(struct arena *a, void *at, size_t old_size, size_t size)
{
	assert(size >= old_size);
	if (extend(a, at, old_size, size))
		return at;
	void *grown = arena_alloc(a, size);
	if (old_size) {
		memcpy(grown, at, old_size);
		arena_shrink(a, at, old_size, 0);
	}
	return grown;
}

void arena_defer(struct arena *a, void (*close)(void *), void *handle)
{
	struct arena_close *c = arena_try(a, sizeof *c);
	if (!c) { /* nobody else knows the handle */
		close(handle);
		arena_unwind(a);
	}
	*c = (struct arena_close){ close, handle, a->closes };
	a->closes = c;
}

static void run_closes(struct arena *a)
{
	while (a->closes) {
		struct arena_close *c = a->closes;
		a->closes = c->next;
		c->close(c->handle);
	}
}

/* Puts blocks by, newest first, down to and not including stop: the oldest, smallest one is the first to be used again. */
static void put_by(struct arena *a, const struct arena_block *stop)
{
	while (a->head != stop) {
		struct arena_block *block = a->head;
		a->head = block->next;
		if (block->size > SPARE_MOST - a->spare_size) {
			free(block);
			continue;
		}
		block->fill = 0;
		ASAN_POISON_MEMORY_REGION(block->data, block->size);
		block->next = a->spare;
		a->spare = block;
		a->spare_size += block->size;
	}
}

void arena_reset(struct arena *a)
{
	run_closes(a);
	forget_holes(a);
	put_by(a, NULL);
	a->used = 0;
}

void arena_trim(struct arena *a, size_t most)
{
	struct arena_block **link = &a->spare;
	for (size_t kept = 0; *link;) {
		struct arena_block *block = *link;
		if (block->size <= most - kept) {
			kept += block->size;
			link = &block->next;
			continue;
		}
		*link = block->next;
		a->spare_size -= block->size;
		free(block);
	}
}

void arena_release(struct arena *a)
{
	arena_reset(a);
	arena_trim(a, 0);
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->head, a->head ? a->head->fill : 0, a->used };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	forget_holes(a);
	put_by(a, mark.head);
	if (a->head) {
		a->head->fill = mark.fill;
		ASAN_POISON_MEMORY_REGION(a->head->data + mark.fill, a->head->size - mark.fill);
	}
	a->used = mark.used;
}
