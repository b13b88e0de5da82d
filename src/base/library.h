/* Shared libraries that only a few runs need, loaded by those: linked, they would slow every start. */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct library_symbol {
	const char *name;   /* as the library exports it */
	size_t offset;      /* where its address goes, in the struct of calls */
};
enum { LIBRARY_WHY = 256 }; /* bytes of a reason */
/* Loads the file that the system finds by that name and writes the addresses of its symbols into *calls. The handle, which library_close takes;
 * NULL with the reason in why. */
void *library_open(const char *file, const struct library_symbol *symbols, size_t count, void *calls, char why[LIBRARY_WHY]);
void library_close(void *library); /* NULL: nothing */

#endif
