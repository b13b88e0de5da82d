/* Writing to files, pipes and sockets. */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Writes all of it, however many calls that takes; false with errno when the system refuses. */
bool output_write(int fd, const void *bytes, size_t size);

#endif
