/* batch: units to outcomes by worker processes. The parent hands out one unit at a time over a
 * socket, waits for reports with a deadline, and replaces workers that die. A worker writes its PDF
 * by a temporary name and renames it; when it dies the parent removes what is left. */
#include "batch/batch_int.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NO_UNIT = -1, POLL_MS = 200 };

struct worker {
	pid_t pid; /* 0 = none */
	int socket;
	int unit;	   /* index under way, or NO_UNIT */
	int64_t deadline;  /* milliseconds, of the monotonic clock */
	struct buf report; /* bytes received of the report under way; its room stays the worker's */
};

struct ending { /* of a worker */
	int signal, status;
};

struct run {
	struct arena *arena;
	const struct roster *batch;
	const struct batch_options *options;
	struct batch_outcome *outcomes;
	struct entente *session; /* opened before forking: its shared files are every worker's */
	struct worker *workers;
	int worker_count;
	size_t next, done; /* next unit to hand out; units settled */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- workers ---- */

static void close_sockets(const struct run *r)
{
	for (int i = 0; i < r->worker_count; i++)
		if (r->workers[i].pid)
			close(r->workers[i].socket);
}

static bool start_worker(struct run *r, struct worker *w)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return false;
	fflush(NULL);
	w->pid = fork();
	if (w->pid == 0) {
		w->pid = 0;
		close(pair[0]);
		close_sockets(r);
		batch_work(r->session, r->batch, r->options, pair[1]);
		_exit(0);
	}
	close(pair[1]);
	if (w->pid < 0) {
		w->pid = 0;
		close(pair[0]);
		return false;
	}
	w->socket = pair[0];
	w->unit = NO_UNIT;
	return true;
}

static struct ending end_worker(struct worker *w, bool kill_it)
{
	int status = 0;

	if (kill_it)
		kill(w->pid, SIGKILL);
	close(w->socket);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	w->pid = 0;
	return (struct ending){ WIFSIGNALED(status) ? WTERMSIG(status) : 0,
		WIFEXITED(status) ? WEXITSTATUS(status) : 0 };
}

/* ---- handing out and settling ---- */

static bool stopping(const struct run *r)
{
	return r->options->stop && *r->options->stop;
}

static void settle(struct run *r, struct worker *w, enum batch_state state)
{
	struct batch_outcome *o = &r->outcomes[w->unit];

	o->state = (uint8_t)state;
	r->done++;
	if (r->options->progress)
		r->options->progress(r->options->progress_ctx, r->done, r->batch->units.count,
			&r->batch->units.at[w->unit], o);
	w->unit = NO_UNIT;
}

static bool send_unit(const struct worker *w, uint32_t unit)
{
	return send(w->socket, &unit, sizeof unit, MSG_NOSIGNAL) == (ssize_t)sizeof unit;
}

/* A worker that died while it had nothing to do is replaced, and nothing is lost. */
static bool hand_out(struct run *r, struct worker *w)
{
	uint32_t unit = (uint32_t)r->next;
	bool sent;

	if (r->next == r->batch->units.count || stopping(r))
		return false;
	sent = w->pid && send_unit(w, unit);
	if (!sent && w->pid)
		end_worker(w, true);
	if (!sent && !(start_worker(r, w) && send_unit(w, unit)))
		return false;
	w->unit = (int)r->next++;
	w->deadline = now_ms() + (int64_t)r->options->limit_seconds * 1000;
	w->report.len = 0;
	return true;
}

/* A worker that died or was ended under way: its unit is lost, its temporary file goes. */
static void lose(struct run *r, struct worker *w, enum batch_state state, bool kill_it)
{
	pid_t pid = w->pid;
	struct ending ending = end_worker(w, kill_it);

	r->outcomes[w->unit].signal = ending.signal;
	r->outcomes[w->unit].status = ending.status;
	batch_remove_part(r->arena, r->options, &r->batch->units.at[w->unit], pid);
	settle(r, w, state);
}

/* ---- reports: a header, then that many bytes ---- */

static bool complete(const struct worker *w, struct batch_report *header)
{
	if (w->report.len < sizeof *header)
		return false;
	memcpy(header, w->report.ptr, sizeof *header);
	return w->report.len == sizeof *header + header->size;
}

static void take_report(struct run *r, struct worker *w, const struct batch_report *header)
{
	struct batch_outcome *o = &r->outcomes[w->unit];

	o->report =
		str_copy(r->arena, (struct str){ w->report.ptr + sizeof *header, header->size });
	o->pages = header->pages;
	o->warnings = header->warnings;
	settle(r, w, (enum batch_state)header->state);
}

static void receive(struct run *r, struct worker *w)
{
	struct batch_report header;
	char bytes[65536];
	ssize_t size = recv(w->socket, bytes, sizeof bytes, 0);

	if (size < 0 && errno == EINTR)
		return;
	if (size <= 0) {
		lose(r, w, BATCH_CRASHED, false);
		return;
	}
	buf_bytes(&w->report, bytes, (size_t)size);
	if (complete(w, &header))
		take_report(r, w, &header);
}

/* ---- the loop ---- */

static size_t watch(struct run *r, struct pollfd *polls, struct worker **watched)
{
	size_t count = 0;

	for (int i = 0; i < r->worker_count; i++) {
		struct worker *w = &r->workers[i];

		if (w->unit == NO_UNIT && !hand_out(r, w))
			continue;
		polls[count] = (struct pollfd){ .fd = w->socket, .events = POLLIN };
		watched[count++] = w;
	}
	return count;
}

static void end_late(struct run *r, struct worker *w)
{
	if (w->unit == NO_UNIT)
		return;
	if (r->options->stop && *r->options->stop > 1)
		lose(r, w, BATCH_DROPPED, true);
	else if (now_ms() > w->deadline)
		lose(r, w, BATCH_TIMEOUT, true);
}

static void run_units(struct run *r)
{
	struct pollfd *polls = ARENA_ARRAY(r->arena, struct pollfd, (size_t)r->worker_count);
	struct worker **watched = ARENA_ARRAY(r->arena, struct worker *, (size_t)r->worker_count);
	size_t count;

	while ((count = watch(r, polls, watched)) > 0) {
		int ready = poll(polls, count, POLL_MS);

		for (size_t i = 0; ready > 0 && i < count; i++)
			if (polls[i].revents)
				receive(r, watched[i]);
		for (size_t i = 0; i < count; i++)
			end_late(r, watched[i]);
	}
}

static void end_all(struct run *r)
{
	for (int i = 0; i < r->worker_count; i++)
		if (r->workers[i].pid)
			end_worker(&r->workers[i], false);
	for (size_t i = 0; i < r->batch->units.count; i++)
		if (r->outcomes[i].state == BATCH_WAITING)
			r->outcomes[i].state = BATCH_DROPPED;
}

/* What most units will ask for is read once, before workers are forked. */
static void warm(struct arena *a, struct entente *session, const struct roster *b, const char *set)
{
	struct str layout = b->layout.len ? b->layout : b->usual;

	entente_warm(session, layout.len ? str_terminated(a, layout) : NULL, set,
		b->lang.len ? str_terminated(a, b->lang) : NULL);
}

static void start_empty(struct arena *a, struct worker *w)
{
	w->unit = NO_UNIT;
	buf_init(&w->report, a, sizeof(struct batch_report) + BATCH_REPORT_MOST);
}

bool batch_run(struct arena *a, const struct roster *b, const struct batch_options *options,
	struct batch_outcome *outcomes, struct diag *d)
{
	struct run r = { .arena = a,
		.batch = b,
		.options = options,
		.outcomes = outcomes,
		.worker_count = options->workers };
	const char *why = "out of memory";

	r.session = entente_open(&options->paths, &why);
	if (r.session == NULL) {
		diag_add(d, DIAG_SYSTEM, (struct src_pos){ 0 }, "%s", why);
		return false;
	}
	warm(a, r.session, b, options->set);
	r.workers = ARENA_ARRAY(a, struct worker, (size_t)r.worker_count);
	for (int i = 0; i < r.worker_count; i++)
		start_empty(a, &r.workers[i]);
	run_units(&r);
	end_all(&r);
	entente_close(r.session);
	if (r.done == 0 && !stopping(&r))
		diag_add(d, DIAG_SYSTEM, (struct src_pos){ 0 }, "no worker could be started: %s",
			strerror(errno));
	return r.done > 0 || stopping(&r);
}
