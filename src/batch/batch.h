/* Batch: many units in one run. Long-lived worker processes, forked from a parent that has read the shared files; a bad unit, a crash or a
 * hang costs that unit alone. No cache ever changes a byte of a unit's output.
 *
 *   batch file ─▶ batch_read ─▶ units ─▶ batch_run (workers) ─▶ outcomes ─▶ batch_manifest
 */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "entente.h"
#include "xml/xml.h"

#include <signal.h>

struct batch_unit {
	struct str id;             /* business unit */
	struct str briefing;       /* path in the project */
	struct str layout, period; /* empty: the batch's, else the briefing's */
	struct str output;         /* file name in the output folder */
	bool unread;               /* its briefing is broken or names no unit: the id is made of the path, building it says what is wrong */
	struct src_pos pos;        /* of what names it: its briefing's root, an element of the batch file, a field of a table */
	struct src_pos asked;      /* where the batch file asks for it */
};

struct batch {
	struct str version;        /* of the format; checked when it was parsed */
	struct str name;           /* pattern of the output names: {unit} {period} */
	struct str layout, period; /* for all units; empty: each briefing's */
	struct str lang, usual;    /* company's language and layout, to read shared files in before work starts */
	VEC(struct batch_unit) units;
	const struct source *source;
	struct src_pos pos;        /* of the batch element */
};

/* Reads a batch file. Units in the order written; those from a pattern sorted by path. Two units with one output name, a unit twice and no
 * unit at all are errors. NULL when the file cannot be read. */
struct batch *batch_read(struct xml_loader *l, struct str path, struct diag *d);

enum batch_state { BATCH_WAITING, BATCH_DONE, BATCH_FAILED, BATCH_CRASHED, BATCH_TIMEOUT, BATCH_DROPPED };
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
	void (*progress)(void *ctx, size_t done, size_t count, const struct batch_unit *u, const struct batch_outcome *o);
	void *progress_ctx;
};
/* Builds every unit; outcomes[i] belongs to units[i]. False when no worker could be started. */
bool batch_run(struct arena *a, const struct batch *b, const struct batch_options *options, struct batch_outcome *outcomes,
	struct diag *d);

/* The manifest: units in order, without times. set: as in the options. */
struct str batch_manifest(struct arena *a, const struct batch *b, const char *set, const struct batch_outcome *outcomes);

#endif
