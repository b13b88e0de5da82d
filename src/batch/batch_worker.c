/* batch: one worker process: unit numbers in, PDFs and reports out. */
#include "batch/batch_int.h"

#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Path of a unit's file in the output folder. */
static struct str batch_path(
	struct arena *a, const struct batch_options *options, const struct roster_unit *u)
{
	return str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(options->folder), STR_ARG(u->output));
}

/* The temporary one of the worker with that pid. */
static struct str batch_part(
	struct arena *a, const struct batch_options *options, const struct roster_unit *u, pid_t pid)
{
	return str_printf(a, STR_FMT "/." STR_FMT ".part-%ld", STR_ARG(options->folder),
		STR_ARG(u->output), (long)pid);
}

void batch_remove_part(
	struct arena *a, const struct batch_options *options, const struct roster_unit *u, pid_t pid)
{
	unlink(batch_part(a, options, u, pid).ptr);
}

/* Test hooks: the unit named in the environment crashes its worker, or never ends. */
static void misbehave(const struct roster_unit *u)
{
	const char *crash = getenv("ENTENTE_TEST_CRASH"), *hang = getenv("ENTENTE_TEST_HANG");

	if (crash && str_is(u->id, crash))
		abort();
	while (hang && str_is(u->id, hang))
		pause();
}

static bool write_pdf(struct arena *a, const struct batch_options *options,
	const struct roster_unit *u, const struct entente_result *r)
{
	struct str part = batch_part(a, options, u, getpid()), path = batch_path(a, options, u);
	int fd = open(part.ptr, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	bool done = fd >= 0 && output_write(fd, r->pdf, r->pdf_size);

	if (fd >= 0 && close(fd) != 0)
		done = false;
	done = done && rename(part.ptr, path.ptr) == 0;
	if (!done)
		unlink(part.ptr);
	return done;
}

/* ---- the report: JSON members for the manifest ---- */

static void put_list(struct buf *out, const char *name, const char *const *items, size_t count)
{
	buf_printf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? "," : "");
		buf_json(out, str_from(items[i]));
	}
	buf_puts(out, "]");
}

static void put_inputs(struct buf *out, const struct entente_result *r)
{
	buf_puts(out, ",\"inputs\":[");
	for (size_t i = 0; i < r->input_count; i++) {
		buf_printf(out, "%s{\"name\":", i ? "," : "");
		buf_json(out, str_from(r->inputs[i].name));
		buf_printf(out, ",\"sha256\":\"%s\"}", r->inputs[i].sha256);
	}
	buf_puts(out, "]");
}

/* Without the messages where they alone would burst it. */
static struct str report_of(
	struct arena *a, struct entente *session, const struct entente_result *r, bool written)
{
	struct str messages = str_trim(str_from(entente_messages_json(session)));
	struct buf out;

	buf_init(&out, a, BATCH_REPORT_MOST);
	buf_printf(&out,
		"\"pages\":%u,\"bytes\":%zu,\"sha256\":\"%s\",\"errors\":%u,\"warnings\":%u",
		r->pages, r->pdf_size, r->pdf_sha256, r->errors, r->warnings);
	if (r->pdf && !written)
		buf_puts(&out, ",\"error\":\"the file could not be written\"");
	put_inputs(&out, r);
	put_list(&out, "layouts", r->layouts, r->layout_count);
	put_list(&out, "fonts", r->fonts, r->font_count);
	buf_puts(&out, ",\"messages\":");
	buf_put(&out, out.len + messages.len < BATCH_REPORT_MOST ? messages : STR("[]"));
	return buf_str(&out);
}

static const char *or_null(struct arena *a, struct str s)
{
	return s.len ? str_terminated(a, s) : NULL;
}

static const char *place_of(struct arena *a, const struct roster_unit *u)
{
	struct buf out;

	buf_init(&out, a, 1 << 16);
	buf_pos(&out, u->asked);
	return buf_str(&out).ptr;
}

static bool work_on(struct arena *a, struct entente *session, const struct roster *b,
	const struct batch_options *options, uint32_t index, int socket)
{
	const struct roster_unit *u = &b->units.at[index];
	struct entente_request request = { .briefing = str_terminated(a, u->briefing),
		.unit = u->unread ? NULL : str_terminated(a, u->id),
		.layout = or_null(a, u->layout.len ? u->layout : b->layout),
		.period = or_null(a, u->period.len ? u->period : b->period),
		.set = options->set,
		.asked = place_of(a, u),
		.listed = true,
		.hash_inputs = true,
		.list_fonts = true };
	const struct entente_result *r;
	struct batch_report header = { 0 };
	struct str report;
	bool written;

	misbehave(u);
	r = entente_build(session, &request);
	written = r->pdf && write_pdf(a, options, u, r);
	header = (struct batch_report){
		.pages = r->pages, .warnings = r->warnings,
		.state = written ? BATCH_DONE : r->passed && r->errors == 0 ? BATCH_PASSED : BATCH_FAILED
	};
	report = report_of(a, session, r, written);
	header.size = (uint32_t)report.len;
	entente_trim(session);
	return output_write(socket, &header, sizeof header) &&
		output_write(socket, report.ptr, report.len);
}

void batch_work(struct entente *session, const struct roster *b, const struct batch_options *options,
	int socket)
{
	struct arena arena;
	jmp_buf unwind;
	uint32_t unit;

	signal(SIGINT, SIG_IGN); /* the parent decides what a signal means */
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	arena_init(&arena, 0, &unwind);
	if (setjmp(unwind))
		_exit(ENTENTE_SYSTEM);
	while (recv(socket, &unit, sizeof unit, MSG_WAITALL) == (ssize_t)sizeof unit) {
		if (!work_on(&arena, session, b, options, unit, socket))
			break;
		arena_reset(&arena);
	}
	arena_release(&arena);
}
