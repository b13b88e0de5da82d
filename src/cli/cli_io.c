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

bool cli_place(const struct cli_options *o, const char *path, char *project, size_t project_size,
	char *inside, size_t inside_size)
{
	if (o->project)
		snprintf(project, project_size, "%s", o->project);
	else if (!entente_project_of(path, project, project_size)) {
		cli_say("'%s' cannot be read: %s", path, strerror(errno));
		return false;
	}
	if (path_inside(project, path, inside, inside_size))
		return true;
	cli_say("'%s' is not a file inside the project folder '%s'", path, project);
	return false;
}

struct entente *cli_session(
	const struct cli_options *o, const char *path, char *inside, size_t size, int *status)
{
	char project[PATH_MAX];
	struct entente_paths paths = {
		.data = cli_data_folder(o), .fonts = o->fonts, .project = project
	};
	const char *why = "out of memory";
	struct entente *e;

	*status = ENTENTE_INPUT;
	if (!cli_place(o, path, project, sizeof project, inside, size))
		return NULL;
	*status = ENTENTE_SYSTEM;
	e = entente_open(&paths, &why);
	if (e == NULL)
		cli_say("%s", why);
	return e;
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

static bool write_file(const char *path, const char *temporary, const void *bytes, size_t size)
{
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
	bool done = fd >= 0 && output_write(fd, bytes, size);

	if (fd >= 0 && close(fd) != 0)
		done = false;
	return done && rename(temporary, path) == 0;
}

bool cli_write(const char *path, const void *bytes, size_t size)
{
	char temporary[PATH_MAX];

	if (strcmp(path, "-") == 0) {
		if (output_write(STDOUT_FILENO, bytes, size))
			return true;
		cli_say("cannot write to stdout: %s", strerror(errno));
		return false;
	}
	if (snprintf(temporary, sizeof temporary, "%s.part-%ld", path, (long)getpid()) >=
		(int)sizeof temporary) {
		cli_say("'%s' is too long a path", path);
		return false;
	}
	if (write_file(path, temporary, bytes, size))
		return true;
	cli_say("cannot write '%s': %s", path, strerror(errno));
	unlink(temporary);
	return false;
}
