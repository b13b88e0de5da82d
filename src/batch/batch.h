/* Batch: many units in one run. Long-lived worker processes, forked from a parent that has read the shared files; a bad unit, a crash or a
 * hang costs that unit alone. No cache ever changes a byte of a unit's output.
 *
 *   batch file ─▶ roster_read ─▶ units ─▶ batch_run (workers) ─▶ outcomes ─▶ batch_manifest
 */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "entente.h"
#include "roster/roster.h"

#include <signal.h>

enum batch_state { BATCH_WAITING, BATCH_DONE, BATCH_FAILED, BATCH_CRASHED, BATCH_TIMEOUT, BATCH_DROPPED,
	BATCH_PASSED /* the unit has closed: there is no paper */ };
struct batch_outcome {
	uint8_t state;             /* enum batch_state */
	struct str report;         /* JSON members the worker wrote: pages, hash, inputs, messages …; empty after a crash */
	uint32_t pages, warnings;
	int signal;                /* that ended the worker, 0 = none */
	int status;                /* its exit status where no signal ended it */
};

struct batch_options {
	struct entente_paths paths;
	const char *set;           /* NAME=VALUE a line, over every unit's layout; NULL: nothing */
	struct str folder;         /* output folder, exists */
	int workers;               /* 1 … */
	int limit_seconds;         /* for one unit */
	const volatile sig_atomic_t *stop; /* set by a signal: 1 = finish what is under way, 2 = drop it */
	void (*progress)(void *ctx, size_t done, size_t count, const struct roster_unit *u, const struct batch_outcome *o);
	void *progress_ctx;
};
/* Builds every unit; outcomes[i] belongs to units[i]. False when no worker could be started. */
bool batch_run(struct arena *a, const struct roster *b, const struct batch_options *options, struct batch_outcome *outcomes,
	struct diag *d);

/* The manifest: units in order, without times. set: as in the options. */
struct str batch_manifest(struct arena *a, const struct roster *b, const char *set, const struct batch_outcome *outcomes);

#endif
