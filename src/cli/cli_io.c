/* cli: sessions, messages and files. */
#include "base/output.h"
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void cli_say(const char *fmt, ...)
{
	va_list args;

	fputs("entente: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
}

static bool is_data_folder(const char *folder)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/library/words/en.xml", folder);
	return access(path, R_OK) == 0;
}

/* Beside the program: the source tree around its build folder, or share/entente where it was
 * installed, wherever that was moved to. */
static const char *beside_program(void)
{
	static const char share[] = "/share/entente";
	static char folder[PATH_MAX + sizeof share];
	ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);

	if (length <= 0)
		return NULL;
	folder[length] = '\0';
	for (int up = 0; up < 4; up++) {
		char *slash = strrchr(folder, '/');

		if (slash == NULL || slash == folder)
			return NULL;
		strcpy(slash, share);
		if (is_data_folder(folder))
			return folder;
		*slash = '\0';
		if (is_data_folder(folder))
			return folder;
	}
	return NULL;
}

const char *cli_data_folder(const struct cli_options *o)
{
	if (o->data)
		return o->data;
	if (getenv("ENTENTE_DATA"))
		return getenv("ENTENTE_DATA");
	return beside_program();
}

bool cli_is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool cli_ends(const char *path, const char *with)
{
	size_t length = strlen(path), tail = strlen(with);

	return length > tail && strcmp(path + length - tail, with) == 0;
}

/* path inside folder, both made real. */
static bool path_inside(const char *folder, const char *path, char *inside, size_t size)
{
	char root[PATH_MAX], file[PATH_MAX];
	size_t length;

	if (realpath(folder, root) == NULL || realpath(path, file) == NULL)
		return false;
	length = strlen(root);
	if (strncmp(root, file, length) != 0 || file[length] != '/' ||
		strlen(file + length + 1) >= size)
		return false;
	strcpy(inside, file + length + 1);
	return true;
}

void cli_problem(struct cli_problem *p, enum diag_code code, const char *fmt, ...)
{
	va_list args;

	p->code = code;
	p->status = code == DIAG_SYSTEM ? ENTENTE_SYSTEM : ENTENTE_INPUT;
	va_start(args, fmt);
	vsnprintf(p->text, sizeof p->text, fmt, args);
	va_end(args);
}

void cli_put_members(const char *array, bool *first)
{
	size_t length = strlen(array);

	while (length && (array[length - 1] == '\n' || array[length - 1] == ']'))
		length--;
	if (length < 2)
		return;
	printf("%s%.*s", *first ? "" : ",", (int)(length - 1), array + 1);
	*first = false;
}

int cli_tell(const struct cli_options *o, const struct cli_problem *p, bool *first)
{
	struct arena arena;
	struct diag diag;
	struct buf out;
	jmp_buf unwind;

	if (!o->json) {
		cli_say("%s", p->text);
		return p->status;
	}
	arena_init(&arena, 0, &unwind);
	if (setjmp(unwind) == 0) {
		diag_init(&diag, &arena);
		diag_add(&diag, p->code, (struct src_pos){ 0 }, "%s", p->text);
		buf_init(&out, &arena, (size_t)1 << 20);
		diag_print_json(&diag, &out);
		if (first)
			cli_put_members(out.ptr, first);
		else
			fputs(out.ptr, stdout);
	}
	arena_release(&arena);
	return p->status;
}

bool cli_beside(const char *briefing, const char *what, char *path, size_t size)
{
	size_t length = strlen(briefing);

	if (cli_ends(briefing, ".xml"))
		length -= 4;
	return (size_t)snprintf(path, size, "%.*s.%s.xml", (int)length, briefing, what) < size;
}

const char *cli_day(const struct cli_options *o, char text[CLI_DAY])
{
	time_t now = time(NULL);
	struct tm local;

	if (o->date)
		return o->date;
	if (localtime_r(&now, &local) == NULL || strftime(text, CLI_DAY, "%Y-%m-%d", &local) == 0)
		return "";
	return text;
}

const char *cli_nearest(const char *name, const char *const *names, const char *otherwise,
	char text[CLI_NEAREST])
{
	struct str near = { 0 };

	for (; *names; names++) {
		struct str pair[2] = { near, str_from(*names) };

		near = str_nearest(str_from(name), pair, 2);
	}
	if (near.len == 0)
		return otherwise;
	snprintf(text, CLI_NEAREST, "; did you mean '" STR_FMT "'?", STR_ARG(near));
	return text;
}

/* A file that is there; a folder is told by the name the user gave it. */
static bool is_file(const char *path, struct cli_problem *p)
{
	struct stat status;

	if (stat(path, &status) != 0)
		cli_problem(p, errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_UNREADABLE,
			"'%s' cannot be read: %s", path, strerror(errno));
	else if (S_ISDIR(status.st_mode))
		cli_problem(p, DIAG_FILE_UNREADABLE, "'%s' is a folder; name a file in it", path);
	else
		return true;
	return false;
}

bool cli_place(const struct cli_options *o, const char *path, char *project, size_t project_size,
	char *inside, size_t inside_size, struct cli_problem *p)
{
	if (!is_file(path, p))
		return false;
	if (o->project)
		snprintf(project, project_size, "%s", o->project);
	else if (!entente_project_of(path, project, project_size)) {
		cli_problem(p, DIAG_FILE_UNREADABLE, "'%s' cannot be read: %s", path, strerror(errno));
		return false;
	}
	if (path_inside(project, path, inside, inside_size))
		return true;
	cli_problem(p, DIAG_FILE_OUTSIDE, "'%s' is not a file inside the project folder '%s'", path, project);
	return false;
}

struct entente *cli_open(const struct cli_options *o, const char *project, struct cli_problem *p)
{
	struct entente_paths paths = {
		.data = cli_data_folder(o), .fonts = o->fonts, .project = project
	};
	const char *why = "out of memory";
	struct entente *e = entente_open(&paths, &why);

	if (e == NULL)
		cli_problem(p, DIAG_SYSTEM, "%s", why);
	return e;
}

struct entente *cli_session(const struct cli_options *o, const char *path, char *inside, size_t size,
	struct cli_problem *p)
{
	char project[PATH_MAX];

	return cli_place(o, path, project, sizeof project, inside, size, p) ? cli_open(o, project, p) : NULL;
}

bool cli_colour(void)
{
	const char *never = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return isatty(STDERR_FILENO) && (never == NULL || *never == '\0') &&
		(terminal == NULL || strcmp(terminal, "dumb") != 0);
}

void cli_messages(const struct cli_options *o, struct entente *e)
{
	if (o->json)
		fputs(entente_messages_json(e), stdout);
	else
		fputs(entente_messages(e, cli_colour()), stderr);
}

static bool write_and_close(int fd, const void *bytes, size_t size)
{
	bool done = fd >= 0 && output_write(fd, bytes, size);

	if (fd >= 0 && close(fd) != 0)
		done = false;
	return done;
}

static bool replace(const char *path, const void *bytes, size_t size)
{
	char temporary[PATH_MAX];
	int error;

	if (snprintf(temporary, sizeof temporary, "%s.part-%ld", path, (long)getpid()) >=
		(int)sizeof temporary) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (write_and_close(open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666), bytes, size) &&
		rename(temporary, path) == 0)
		return true;
	error = errno;
	unlink(temporary);
	errno = error;
	return false;
}

/* A device or a pipe is written to: a rename would put a file in its place. */
static bool write_over(const char *path, mode_t mode, const void *bytes, size_t size)
{
	char real[PATH_MAX];

	if (!S_ISREG(mode))
		return write_and_close(open(path, O_WRONLY), bytes, size);
	return access(path, W_OK) == 0 && realpath(path, real) && replace(real, bytes, size);
}

static void say_unwritten(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (errno == ENOENT && slash && slash > path)
		cli_say("cannot write '%s': there is no folder '%.*s'", path, (int)(slash - path), path);
	else
		cli_say("cannot write '%s': %s", path, strerror(errno));
}

bool cli_write(const char *path, const void *bytes, size_t size)
{
	struct stat status;
	bool done;

	if (strcmp(path, "-") == 0) {
		if (output_write(STDOUT_FILENO, bytes, size))
			return true;
		cli_say("cannot write to stdout: %s", strerror(errno));
		return false;
	}
	if (stat(path, &status) == 0)
		done = write_over(path, status.st_mode, bytes, size);
	else
		done = replace(path, bytes, size);
	if (!done)
		say_unwritten(path);
	return done;
}
