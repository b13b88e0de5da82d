/* cli: roll: writes the next quarter's folder, whole or not at all. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder to make, as the user names it, and inside the company's. */
struct target {
	char path[PATH_MAX], inside[PATH_MAX], part[PATH_MAX];
};

/* folder without the name at its end, made real; "." where it has none. */
static bool real_parent(const char *folder, char *parent, const char **name)
{
	char copy[PATH_MAX];
	char *slash;

	snprintf(copy, sizeof copy, "%s", folder);
	while (strlen(copy) > 1 && copy[strlen(copy) - 1] == '/')
		copy[strlen(copy) - 1] = '\0';
	slash = strrchr(copy, '/');
	*name = strrchr(folder, '/') && slash ? folder + (slash - copy) + 1 : folder;
	if (slash == NULL)
		return realpath(".", parent) != NULL;
	*slash = '\0';
	return realpath(copy[0] ? copy : "/", parent) != NULL;
}

static bool find_target(const struct cli_options *o, struct target *t)
{
	char company[PATH_MAX], parent[PATH_MAX];
	const char *name;
	size_t length;

	if (o->output)
		snprintf(t->path, sizeof t->path, "%s", o->output);
	else
		snprintf(t->path, sizeof t->path, "%s/%s", o->words[0], o->words[1]);
	if (realpath(o->words[0], company) == NULL || !real_parent(t->path, parent, &name)) {
		cli_say("'%s' cannot be read: %s", o->words[0], strerror(errno));
		return false;
	}
	length = strlen(company);
	if (strncmp(parent, company, length) != 0 || (parent[length] && parent[length] != '/')) {
		cli_say("'%s' is not inside the company's folder '%s'; its files could not reach the company's", t->path, o->words[0]);
		return false;
	}
	if (snprintf(t->inside, sizeof t->inside, "%s%s%s", parent[length] ? parent + length + 1 : "", parent[length] ? "/" : "", name) >=
			(int)sizeof t->inside || snprintf(t->part, sizeof t->part, "%s.part-%ld", t->path, (long)getpid()) >= (int)sizeof t->part) {
		cli_say("'%s' is too long a path", t->path);
		return false;
	}
	while (strlen(t->inside) > 1 && t->inside[strlen(t->inside) - 1] == '/')
		t->inside[strlen(t->inside) - 1] = '\0';
	return true;
}

static bool make_folders(char *path, size_t from)
{
	for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST) {
			cli_say("cannot make the folder '%s': %s", path, strerror(errno));
			return false;
		}
		*slash = '/';
	}
	return true;
}

/* The first part of a file's path: a unit's folder, or the file itself. */
static bool put_entry(const char *folder, const char *file, char *path, size_t size)
{
	return (size_t)snprintf(path, size, "%s/%.*s", folder, (int)strcspn(file, "/"), file) < size;
}

/* Each unit's folder at once, then the files beside them. */
static bool move_files(const struct target *t, const struct entente_rolled *r)
{
	char from[PATH_MAX], to[PATH_MAX];

	for (size_t i = 0; i < r->file_count; i++) {
		if (put_entry(t->part, r->files[i].path, from, sizeof from) && access(from, F_OK) != 0)
			continue; /* moved with its folder */
		if (!put_entry(t->path, r->files[i].path, to, sizeof to) || rename(from, to) != 0) {
			cli_say("cannot make '%s': %s", to, strerror(errno));
			return false;
		}
	}
	rmdir(t->part);
	return true;
}

static bool write_files(const struct target *t, const struct entente_rolled *r)
{
	char path[PATH_MAX];

	for (size_t i = 0; i < r->file_count; i++) {
		if (snprintf(path, sizeof path, "%s/%s", t->part, r->files[i].path) >= (int)sizeof path ||
			!make_folders(path, strlen(t->part)) || !cli_write(path, r->files[i].bytes, r->files[i].size))
			return false;
	}
	if (r->joins)
		return move_files(t, r);
	if (rename(t->part, t->path) == 0)
		return true;
	cli_say("cannot make '%s': %s", t->path, strerror(errno));
	return false;
}

/* What was written before something failed. */
static void remove_files(const struct target *t, const struct entente_rolled *r)
{
	char path[PATH_MAX];

	for (size_t i = 0; i < r->file_count; i++) {
		char *slash;

		if (snprintf(path, sizeof path, "%s/%s", t->part, r->files[i].path) >= (int)sizeof path)
			continue; /* it could not be written either */
		unlink(path);
		slash = strrchr(path, '/');
		*slash = '\0';
		rmdir(path);
	}
	rmdir(t->part);
}

static void say_note(const struct cli_options *o, const struct target *t, const struct entente_rolled *r)
{
	if (!o->quiet && !o->json)
		fputs(r->note, stdout);
	if (!o->quiet)
		cli_say("%s: %s; what is still to be done is in %s/awaited.txt", t->path, r->joins ? "one unit more" : "made", t->path);
}

static int roll(const struct cli_options *o, const struct target *t)
{
	struct cli_problem problem;
	const struct entente_rolled *r;
	struct entente *e = cli_open(o, o->words[0], &problem);
	int status;

	if (e == NULL) {
		cli_say("%s", problem.text);
		return problem.status;
	}
	r = entente_roll(e, &(struct entente_request){ .period = o->words[1], .unit = o->unit }, t->inside);
	if (r->status != ENTENTE_DONE || o->json)
		cli_messages(o, e);
	status = (int)r->status;
	if (r->status == ENTENTE_DONE && write_files(t, r)) {
		say_note(o, t, r);
	} else if (r->status == ENTENTE_DONE) {
		remove_files(t, r);
		status = ENTENTE_SYSTEM;
	}
	entente_close(e);
	return status;
}

/* A unit joins a quarter that others have begun. */
static bool can_join(const struct cli_options *o, const struct target *t)
{
	char batch[PATH_MAX];

	return o->unit && (size_t)snprintf(batch, sizeof batch, "%s/batch.xml", t->path) < sizeof batch && access(batch, F_OK) == 0;
}

int cli_roll(const struct cli_options *o)
{
	struct target t;

	if (o->word_count != 2) {
		cli_say("name the company's folder and the period to make, as in: entente roll northwind 2026-Q4");
		return ENTENTE_USAGE;
	}
	if (!find_target(o, &t))
		return ENTENTE_INPUT;
	if (access(t.path, F_OK) == 0 && !can_join(o, &t)) {
		cli_say("'%s' is there already; nothing was changed%s", t.path, o->unit ? "" : "; --unit adds one to it that it does not have");
		return ENTENTE_INPUT;
	}
	return roll(o, &t);
}
