/* Memory. An arena hands out zeroed memory that is freed all at once.
 *
 * Three lifetimes: what outlives a briefing (faces, caches, shared files) lives in the session's arena;
 * what a stage returns lives in the unit's arena and is const afterwards; what a stage needs meanwhile
 * lives in its scratch arena. Allocation never returns NULL: above the cap, or when the system has no
 * more, the arena unwinds with longjmp to the library's entry. Callbacks of libraries must not allocate
 * from an arena past its room (they never jump): they set a flag and stop.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;
struct arena_close;
struct arena_hole;

enum { ARENA_HOLES = 24 };

struct arena {
	struct arena_block *head;   /* newest block first */
	struct arena_block *spare;  /* blocks that a reset or rewind gave back, for reuse */
	size_t spare_size;          /* of their data */
	struct arena_hole *holes[ARENA_HOLES]; /* what arrays left that grew elsewhere, by power of two */
	uint32_t hole_sizes;        /* bit i: holes[i] has one */
	unsigned char *open, *open_end; /* the hole that is being filled, from its first free byte; NULL = none */
	struct arena_close *closes; /* outside handles to close on reset, newest first */
	size_t used;                /* bytes handed out and not rewound */
	size_t cap;                 /* most bytes it may hold; 0 = no cap */
	jmp_buf *unwind;            /* where an exhausted arena jumps to, with value 1; never NULL in the library */
};

void arena_init(struct arena *a, size_t cap, jmp_buf *unwind);
/* Runs the deferred closes and forgets everything; what an ordinary use needs is kept for the next. */
void arena_reset(struct arena *a);
/* Of what is kept for the next use, at most so many bytes. */
void arena_trim(struct arena *a, size_t most);
/* As arena_reset, and gives all memory back; the arena may be initialised again. */
void arena_release(struct arena *a);

/* Zeroed, aligned to 16 bytes, never NULL. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);
/* count * size with overflow check. */
void *arena_calloc(struct arena *a, size_t count, size_t size);
/* Copies bytes; the copy is followed by a NUL that is not counted. */
void *arena_copy(struct arena *a, const void *bytes, size_t size);

/* As arena_alloc, but NULL when the arena is exhausted: for callbacks of libraries, which set a flag, stop, and
 * leave the jump (arena_unwind) to the function that called the library. */
void *arena_try(struct arena *a, size_t size);
_Noreturn void arena_unwind(struct arena *a);
/* The same bytes with more room behind them, zeroed; in place when nothing was handed out since, else a copy: what lay
 * at the old place is handed out again, so no pointer to it may be kept. */
void *arena_grow(struct arena *a, void *at, size_t old_size, size_t size);

/* Gives back what lies behind size of something of old_size bytes, all of it with size 0. Only ever saves memory: what is
 * rewound or forgotten needs no giving back. */
void arena_shrink(struct arena *a, void *at, size_t old_size, size_t size);

/* Registers an outside handle (libxml2, HarfBuzz, libharu, a file) to be closed when the arena is reset
 * or released, last registered first. */
void arena_defer(struct arena *a, void (*close)(void *), void *handle);

struct arena_mark {
	struct arena_block *head;
	size_t fill, used;
};
/* Scratch use: memory handed out after the mark is forgotten by the rewind. No arena_defer in between. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_calloc((a), (n), sizeof(T)))

#endif
