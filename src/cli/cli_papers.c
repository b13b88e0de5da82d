/* cli: an argument to the papers it means. */
#include "cli/cli_papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool holds(const char *folder, const char *name, char *path, size_t size)
{
	return (size_t)snprintf(path, size, "%s/%s", folder, name) < size && access(path, R_OK) == 0;
}

bool cli_is_company(const char *path, struct cli_problem *p)
{
	char inside[PATH_MAX];

	if (!cli_is_folder(path) || holds(path, "company.xml", inside, sizeof inside) || holds(path, "batch.xml", inside, sizeof inside))
		return true;
	cli_problem(p, DIAG_FILE_UNREADABLE, "'%s' is a folder; name a file in it", path);
	return false;
}

/* A folder inside a company's, as roll makes it, stands for its batch file: what it names lies above it, too. */
static const char *meant(const char *path, char *batch, size_t size)
{
	char company[PATH_MAX], own[PATH_MAX], project[PATH_MAX];

	if (!cli_is_folder(path) || holds(path, "company.xml", company, sizeof company) || !holds(path, "batch.xml", batch, size))
		return path;
	return realpath(path, own) && entente_project_of(batch, project, sizeof project) && strcmp(own, project) != 0 ? batch : path;
}

struct entente *cli_folder_session(const struct cli_options *o, const char *path, char *inside, size_t size, const char **briefing,
	struct cli_problem *p)
{
	char batch[PATH_MAX];

	path = meant(path, batch, sizeof batch);
	*briefing = NULL;
	if (cli_is_folder(path))
		return cli_open(o, path, p);
	*briefing = inside;
	return cli_session(o, path, inside, size, p);
}

static bool place(const struct cli_options *o, struct cli_papers *p, const char *path, struct cli_problem *problem)
{
	if (!cli_is_folder(path))
		return cli_place(o, path, p->project, sizeof p->project, p->inside, sizeof p->inside, problem);
	if ((size_t)snprintf(p->project, sizeof p->project, "%s", path) < sizeof p->project)
		return true;
	cli_problem(problem, DIAG_FILE_UNREADABLE, "'%s' is too long a path", path);
	return false;
}

static void tell(const struct cli_options *o, struct entente *e, bool *first)
{
	if (o->json && first)
		cli_put_members(entente_messages_json(e), first);
	else
		cli_messages(o, e);
}

struct cli_papers cli_papers_open(const struct cli_options *o, const char *path, bool exact, bool *first)
{
	struct cli_papers p = { .given = path };
	struct cli_problem problem;
	char batch[PATH_MAX];

	path = meant(path, batch, sizeof batch);
	if (place(o, &p, path, &problem))
		p.e = cli_open(o, p.project, &problem);
	if (p.e == NULL) {
		p.status = cli_tell(o, &problem, first);
		return p;
	}
	p.found = entente_papers(p.e, &(struct entente_request){ .briefing = p.inside[0] ? p.inside : NULL, .unit = o->unit,
		.period = o->period, .exact = exact });
	if (p.found->status == ENTENTE_DONE && p.found->count)
		return p;
	tell(o, p.e, first);
	p.status = (int)p.found->status;
	entente_close(p.e);
	p.e = NULL;
	return p;
}

struct entente_request cli_paper_request(const struct cli_options *o, const struct entente_paper *paper, enum entente_stage stage)
{
	return (struct entente_request){ .briefing = paper->briefing, .layout = o->layout ? o->layout : paper->layout, .unit = paper->unit,
		.period = paper->period, .listed = paper->listed, .stage = stage };
}

/* The project as the user would write it: what stands before the inside part of the argument. */
static size_t prefix(const struct cli_papers *p)
{
	size_t given = strlen(p->given), inside = strlen(p->inside);

	return inside && given >= inside && strcmp(p->given + given - inside, p->inside) == 0 ? given - inside : 0;
}

bool cli_paper_path(const struct cli_papers *p, const struct entente_paper *paper, char *path, size_t size)
{
	size_t length = prefix(p);
	int written;

	if (strcmp(paper->briefing, p->inside) == 0)
		written = snprintf(path, size, "%s", p->given);
	else if (p->inside[0] && strncmp(p->given + length, p->inside, sizeof p->inside) == 0)
		written = snprintf(path, size, "%.*s%s", (int)length, p->given, paper->briefing);
	else
		written = snprintf(path, size, "%s/%s", p->project, paper->briefing);
	if (written >= 0 && (size_t)written < size)
		return true;
	cli_say("'%s' is too long a path", paper->briefing);
	return false;
}

void cli_paper_shown(const struct cli_papers *p, const struct entente_paper *paper, char *text, size_t size)
{
	char path[PATH_MAX];
	bool several = paper->unit && paper->listed;

	if (!cli_paper_path(p, paper, path, sizeof path))
		path[0] = '\0';
	snprintf(text, size, several ? "%s (%s)" : "%s", path, paper->unit);
}
