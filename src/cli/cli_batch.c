/* cli: batch: runs a batch file and writes its manifest. */
#include "batch/batch.h"
#include "base/limits.h"
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORKERS_MOST = 256 };

static volatile sig_atomic_t stop_asked; /* 1: finish what is under way; 2: drop it */

static void on_signal(int number)
{
	(void)number;
	stop_asked = stop_asked ? 2 : 1;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

struct talk {	   /* where progress goes */
	bool line; /* one line that is written over, on a terminal */
	bool quiet;
};

static void say_failure(const struct roster_unit *u, const struct batch_outcome *o)
{
	static const char *const why[] = {
		[BATCH_FAILED] = "has errors or could not be written: manifest.json says which",
		[BATCH_CRASHED] = "crashed",
		[BATCH_TIMEOUT] = "took longer than the limit",
		[BATCH_DROPPED] = "was dropped",
		[BATCH_PASSED] = "has no paper of this period and was passed over"
	};

	if (o->state < sizeof why / sizeof why[0] && why[o->state])
		cli_say("unit '" STR_FMT "' %s", STR_ARG(u->id), why[o->state]);
}

static void on_progress(void *ctx, size_t done, size_t count, const struct roster_unit *u,
	const struct batch_outcome *o)
{
	const struct talk *talk = ctx;

	if (o->state != BATCH_DONE && !talk->quiet) {
		fputs(talk->line ? "\r\033[K" : "", stderr);
		say_failure(u, o);
	}
	if (talk->line)
		fprintf(stderr, "\r%zu of %zu: " STR_FMT "\033[K", done, count, STR_ARG(u->id));
}

static bool number_option(
	const char *text, const char *name, int least, int most, int otherwise, int *out)
{
	char *end;
	long n;

	*out = otherwise;
	if (text == NULL)
		return true;
	n = strtol(text, &end, 10);
	if (*text == '\0' || *end || n < least || n > most) {
		cli_say("%s needs a number from %d to %d, not '%s'", name, least, most, text);
		return false;
	}
	*out = (int)n;
	return true;
}

static int processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > WORKERS_MOST ? WORKERS_MOST : (int)n;
}

/* Whether a file can be made in the folder: told before any work is done. */
static bool writable(const char *folder)
{
	char path[PATH_MAX];
	int fd;

	if (snprintf(path, sizeof path, "%s/.entente-%ld", folder, (long)getpid()) >=
		(int)sizeof path)
		return false;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		return false;
	close(fd);
	return unlink(path) == 0;
}

/* Makes the output folder if need be. */
static bool folder_ready(const char *folder)
{
	struct stat status;

	if (mkdir(folder, 0777) != 0 &&
		(errno != EEXIST || stat(folder, &status) != 0 || !S_ISDIR(status.st_mode))) {
		cli_say("cannot make the folder '%s': %s", folder,
			errno == EEXIST ? "there is a file of that name" : strerror(errno));
		return false;
	}
	if (writable(folder))
		return true;
	cli_say("cannot write to the folder '%s': %s", folder, strerror(errno));
	return false;
}

static void print_messages(const struct cli_options *o, struct arena *a, const struct diag *d)
{
	struct buf out;

	buf_init(&out, a, (size_t)16 << 20);
	if (o->json)
		diag_print_json(d, &out);
	else
		diag_print(d, cli_colour() ? DIAG_COLOUR : DIAG_PLAIN, LIMIT_DIAGS_SHOWN, &out);
	fputs(buf_str(&out).ptr, o->json ? stdout : stderr);
}

static int summary(const struct roster *b, const struct batch_outcome *outcomes, bool quiet)
{
	size_t built = 0, pages = 0, passed = 0;

	for (size_t i = 0; i < b->units.count; i++) {
		built += outcomes[i].state == BATCH_DONE;
		passed += outcomes[i].state == BATCH_PASSED;
		pages += outcomes[i].state == BATCH_DONE ? outcomes[i].pages : 0;
	}
	if (!quiet)
		cli_say("%zu of %zu units built, %zu pages", built, b->units.count - passed, pages);
	return built + passed == b->units.count ? ENTENTE_DONE : ENTENTE_PART;
}

static int run(const struct cli_options *o, struct arena *a, const struct roster *b,
	struct batch_options *options, struct diag *d)
{
	struct batch_outcome *outcomes = ARENA_ARRAY(a, struct batch_outcome, b->units.count);
	struct talk talk = { .line = isatty(STDERR_FILENO) && !o->quiet && !o->json,
		.quiet = o->quiet };
	struct str manifest;
	bool started;

	options->progress = on_progress;
	options->progress_ctx = &talk;
	options->stop = &stop_asked;
	catch_signals();
	started = batch_run(a, b, options, outcomes, d);
	if (talk.line)
		fputs("\r\033[K", stderr);
	manifest = batch_manifest(a, b, options->set, outcomes);
	if (!cli_write(str_printf(a, STR_FMT "/manifest.json", STR_ARG(options->folder)).ptr,
		    manifest.ptr, manifest.len))
		return ENTENTE_SYSTEM;
	if (o->json)
		fwrite(manifest.ptr, 1, manifest.len, stdout);
	return started ? summary(b, outcomes, o->quiet) : ENTENTE_SYSTEM;
}

static int read_and_run(const struct cli_options *o, struct arena *a, const char *project,
	const char *inside, struct diag *d)
{
	struct batch_options options = {
		.paths = { .data = cli_data_folder(o), .project = project, .fonts = o->fonts },
		.set = o->set,
		.folder = str_from(o->output)
	};
	struct xml_loader loader = { .arena = a, .diag = d };
	struct folder root;
	struct roster *b;
	int status = ENTENTE_INPUT;

	if (!number_option(o->jobs, "-j", 1, WORKERS_MOST, processors(), &options.workers) ||
		!number_option(
			o->limit, "--limit", 1, 86400, LIMIT_UNIT_SECONDS, &options.limit_seconds))
		return ENTENTE_USAGE;
	if (!folder_open(a, str_from(project), &root)) {
		cli_say("the folder '%s' cannot be opened", project);
		return ENTENTE_SYSTEM;
	}
	root.name = folder_from_here(&root);
	loader.root = &root;
	b = roster_read(&loader, str_from(inside), d);
	if (b && d->errors == 0)
		status = folder_ready(o->output) ? run(o, a, b, &options, d) : ENTENTE_SYSTEM;
	if (!o->json || status == ENTENTE_INPUT ||
		status == ENTENTE_SYSTEM) /* else the manifest, which holds them, is the report */
		print_messages(o, a, d);
	return status;
}

int cli_batch(const struct cli_options *o)
{
	char project[PATH_MAX], inside[PATH_MAX];
	struct arena arena;
	struct cli_problem problem;
	struct diag diag;
	jmp_buf unwind;
	int status;

	if (o->word_count != 1 || o->output == NULL) {
		cli_say(o->output ? "name one batch file" : "name an output folder with -o");
		return ENTENTE_USAGE;
	}
	if (!cli_place(o, o->words[0], project, sizeof project, inside, sizeof inside, &problem))
		return cli_tell(o, &problem, NULL);
	arena_init(&arena, 0, &unwind);
	if (setjmp(unwind)) {
		cli_say("out of memory");
		return ENTENTE_SYSTEM;
	}
	diag_init(&diag, &arena);
	status = read_and_run(o, &arena, project, inside, &diag);
	arena_release(&arena);
	return status;
}
