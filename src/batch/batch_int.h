/* What the files of batch/ share. */
#ifndef BATCH_BATCH_INT_H
#define BATCH_BATCH_INT_H

#include "batch/batch.h"

#include <sys/types.h>

enum { BATCH_REPORT_MOST = 16 << 20 }; /* bytes of one report */

/* What a worker sends when it has settled a unit; size bytes of JSON members follow. */
struct batch_report {
	uint32_t size, pages, warnings;
	uint32_t state; /* enum batch_state: BATCH_DONE when the PDF is written */
};

/* Builds units as they come over the socket until it is closed. */
void batch_work(struct entente *session, const struct roster *b, const struct batch_options *options, int socket);

void batch_remove_part(struct arena *a, const struct batch_options *options, const struct roster_unit *u, pid_t pid);

#endif
