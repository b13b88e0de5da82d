/* cli: batch: runs a batch file and writes its manifest. */
#include "batch/batch.h"
#include "base/limits.h"
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
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
}

struct talk { /* where progress goes */
	bool line;  /* one line that is written over, on a terminal */
	bool quiet;
};

static void on_progress(void *ctx, size_t done, size_t count, const struct batch_unit *u, const struct batch_outcome *o)
{
	const struct talk *talk = ctx;

	if (talk->line)
		fprintf(stderr, "\r%zu of %zu: " STR_FMT "\033[K", done, count, STR_ARG(u->id));
	else if (o->state != BATCH_DONE && !talk->quiet)
		fprintf(stderr, "entente: unit '" STR_FMT "' was not built\n", STR_ARG(u->id));
}

static bool number_option(const char *text, const char *name, int least, int most, int otherwise, int *out)
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

/* Makes the output folder if need be. */
static bool folder_ready(const char *folder)
{
	struct stat status;

	if (mkdir(folder, 0777) == 0 || (errno == EEXIST && stat(folder, &status) == 0 && S_ISDIR(status.st_mode)))
		return true;
	cli_say("cannot make the folder '%s': %s", folder, errno == EEXIST ? "there is a file of that name" : "the system refuses");
	return false;
}

static void print_messages(const struct cli_options *o, struct arena *a, const struct diag *d)
{
	struct buf out;

	buf_init(&out, a, (size_t)16 << 20);
	if (o->json)
		diag_print_json(d, &out);
	else
		diag_print(d, isatty(STDERR_FILENO) && !getenv("NO_COLOR") ? DIAG_COLOUR : DIAG_PLAIN, LIMIT_DIAGS_SHOWN, &out);
	fputs(buf_str(&out).ptr, o->json ? stdout : stderr);
}

static int summary(const struct batch *b, const struct batch_outcome *outcomes, bool quiet)
{
	size_t built = 0, pages = 0;

	for (size_t i = 0; i < b->units.count; i++) {
		built += outcomes[i].state == BATCH_DONE;
		pages += outcomes[i].state == BATCH_DONE ? outcomes[i].pages : 0;
	}
	if (!quiet)
		cli_say("%zu of %zu units built, %zu pages", built, b->units.count, pages);
	return built == b->units.count ? ENTENTE_DONE : ENTENTE_PART;
}

static int run(const struct cli_options *o, struct arena *a, const struct batch *b, struct batch_options *options, struct diag *d)
{
	struct batch_outcome *outcomes = ARENA_ARRAY(a, struct batch_outcome, b->units.count);
	struct talk talk = { .line = isatty(STDERR_FILENO) && !o->quiet && !o->json, .quiet = o->quiet };
	struct str manifest;
	bool started;

	options->progress = on_progress;
	options->progress_ctx = &talk;
	options->stop = &stop_asked;
	catch_signals();
	started = batch_run(a, b, options, outcomes, d);
	if (talk.line)
		fputs("\r\033[K", stderr);
	manifest = batch_manifest(a, b, outcomes);
	if (!cli_write(str_printf(a, STR_FMT "/manifest.json", STR_ARG(options->folder)).ptr, manifest.ptr, manifest.len))
		return ENTENTE_SYSTEM;
	return started ? summary(b, outcomes, o->quiet) : ENTENTE_SYSTEM;
}

static int read_and_run(const struct cli_options *o, struct arena *a, const char *project, const char *inside, struct diag *d)
{
	struct batch_options options = { .paths = { .data = cli_data_folder(o), .project = project, .fonts = o->fonts },
		.folder = str_from(o->output) };
	struct xml_loader loader = { .arena = a, .diag = d };
	struct folder root;
	struct batch *b;
	int status = ENTENTE_INPUT;

	if (!number_option(o->jobs, "-j", 1, WORKERS_MOST, processors(), &options.workers) ||
		!number_option(o->limit, "--limit", 1, 86400, LIMIT_UNIT_SECONDS, &options.limit_seconds))
		return ENTENTE_USAGE;
	if (!folder_open(a, str_from(project), &root)) {
		cli_say("the folder '%s' cannot be opened", project);
		return ENTENTE_SYSTEM;
	}
	root.name = folder_from_here(&root);
	loader.root = &root;
	b = batch_read(&loader, str_from(inside), d);
	if (b && d->errors == 0)
		status = folder_ready(o->output) ? run(o, a, b, &options, d) : ENTENTE_SYSTEM;
	print_messages(o, a, d);
	return status;
}

int cli_batch(const struct cli_options *o)
{
	char project[PATH_MAX], inside[PATH_MAX];
	struct arena arena;
	struct diag diag;
	jmp_buf unwind;
	int status;

	if (o->word_count != 1 || o->output == NULL) {
		cli_say(o->output ? "name one batch file" : "name an output folder with -o");
		return ENTENTE_USAGE;
	}
	if (!cli_place(o, o->words[0], project, sizeof project, inside, sizeof inside))
		return ENTENTE_INPUT;
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
