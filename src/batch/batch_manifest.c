/* batch: outcomes to the manifest. In unit order and without times, so that the same inputs give
 * the same bytes. */
#include "batch/batch.h"

static const char *const states[] = {
	[BATCH_WAITING] = "waiting",
	[BATCH_DONE] = "done",
	[BATCH_FAILED] = "failed",
	[BATCH_CRASHED] = "crashed",
	[BATCH_TIMEOUT] = "timeout",
	[BATCH_DROPPED] = "dropped",
	[BATCH_PASSED] = "passed",
};

/* Why a unit without a report has none. */
static void put_reason(struct buf *out, const struct batch_outcome *o)
{
	if (o->state == BATCH_CRASHED && o->signal == 0)
		buf_printf(out, ",\"error\":\"its worker ended with status %d\"", o->status);
	else if (o->state == BATCH_CRASHED)
		buf_printf(out, ",\"error\":\"its worker ended by signal %d\"", o->signal);
	else if (o->state == BATCH_TIMEOUT)
		buf_puts(out, ",\"error\":\"it took longer than the limit\"");
	else if (o->state == BATCH_DROPPED)
		buf_puts(out, ",\"error\":\"the batch was stopped before it was done\"");
}

static void put_unit(struct buf *out, const struct roster_unit *u, const struct batch_outcome *o)
{
	buf_puts(out, "{\"unit\":");
	buf_json(out, u->id);
	buf_puts(out, ",\"briefing\":");
	buf_json(out, u->briefing);
	buf_printf(out, ",\"status\":\"%s\"", states[o->state]);
	if (o->state == BATCH_DONE) {
		buf_puts(out, ",\"output\":");
		buf_json(out, u->output);
	}
	put_reason(out, o);
	if (o->report.len) {
		buf_puts(out, ",");
		buf_put(out, o->report);
	}
	buf_puts(out, "}");
}

static void put_settings(struct buf *out, struct str set)
{
	struct str line;

	for (bool first = true; str_split(&set, '\n', &line); first = false) {
		buf_puts(out, first ? ",\"set\":[" : ",");
		buf_json(out, line);
		if (set.len == 0)
			buf_puts(out, "]");
	}
}

struct str batch_manifest(struct arena *a, const struct roster *b, const char *set,
	const struct batch_outcome *outcomes)
{
	struct buf out;

	buf_init(&out, a, (size_t)1 << 30);
	buf_puts(&out,
		"{\"format\":\"entente-manifest-1\",\"tool\":\"entente " ENTENTE_VERSION
		"\",\"batch\":");
	buf_json(&out, b->source->path);
	put_settings(&out, str_from(set));
	buf_puts(&out, ",\"units\":[");
	for (size_t i = 0; i < b->units.count; i++) {
		buf_puts(&out, i ? ",\n" : "\n");
		put_unit(&out, &b->units.at[i], &outcomes[i]);
	}
	buf_puts(&out, "\n]}\n");
	return buf_str(&out);
}
