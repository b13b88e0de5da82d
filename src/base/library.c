/* base: shared libraries loaded by those that need them. */
#include "base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

void *library_open(const char *file, const struct library_symbol *symbols, size_t count, void *calls, char why[LIBRARY_WHY])
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		snprintf(why, LIBRARY_WHY, "%s", dlerror());
		return NULL;
	}
	for (size_t i = 0; i < count; i++) {
		void *symbol = dlsym(library, symbols[i].name);
		if (!symbol) {
			snprintf(why, LIBRARY_WHY, "%s has no %s", file, symbols[i].name);
			dlclose(library);
			return NULL;
		}
		memcpy((char *)calls + symbols[i].offset, &symbol, sizeof symbol);
	}
	return library;
}

void library_close(void *library)
{
	if (library)
		dlclose(library);
}
