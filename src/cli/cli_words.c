/* cli: words: what papers say, out to an office as a table, and back as a words file. */
#include "cli/cli.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PAPERS_MOST = 256 };

struct papers {
	struct entente_request requests[PAPERS_MOST];
	char paths[PAPERS_MOST][PATH_MAX];   /* of briefings, inside the project */
	size_t count;
	struct entente *session;
};

static bool form_of(const struct cli_options *o, enum entente_form *form)
{
	static const struct { const char *end; enum entente_form form; } forms[] = {
		{ ".xlsx", ENTENTE_WORKBOOK }, { ".csv", ENTENTE_CSV }, { ".xml", ENTENTE_XML },
	};

	*form = o->json ? ENTENTE_JSON : ENTENTE_TABLE;
	if (o->output == NULL || strcmp(o->output, "-") == 0)
		return true;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (cli_ends(o->output, forms[i].end)) {
			*form = forms[i].form;
			return true;
		}
	cli_say("'%s' is none of .xlsx, .csv and .xml", o->output);
	return false;
}

static bool is_of_project(const struct cli_options *o, const char *path, const char *project)
{
	char own[PATH_MAX], inside[PATH_MAX];
	struct cli_problem problem;

	return cli_place(o, path, own, sizeof own, inside, sizeof inside, &problem) && strcmp(own, project) == 0;
}

/* The papers by the words from the first on, all in one project. False after a message. */
static bool open_papers(const struct cli_options *o, int first, enum entente_form form, struct papers *p, int *status)
{
	struct cli_problem problem;
	char project[PATH_MAX];

	if (o->word_count - first > PAPERS_MOST) {
		cli_say("too many briefings: at most %d; name their folder", PAPERS_MOST);
		*status = ENTENTE_USAGE;
		return false;
	}
	for (int i = first; i < o->word_count; i++) {
		char *inside = p->paths[p->count];
		const char *briefing = inside;
		bool found;

		if (i == first)
			p->session = cli_folder_session(o, o->words[i], inside, PATH_MAX, &briefing, &problem);
		found = i == first ? p->session != NULL : cli_place(o, o->words[i], project, sizeof project, inside, PATH_MAX, &problem);
		if (!found) {
			*status = cli_tell(o, &problem, NULL);
			return false;
		}
		if (i > first && !is_of_project(o, o->words[first], project)) {
			cli_say("'%s' and '%s' belong to different companies; name briefings of one", o->words[first], o->words[i]);
			*status = ENTENTE_USAGE;
			return false;
		}
		p->requests[p->count++] = (struct entente_request){ .briefing = briefing, .layout = o->layout, .unit = o->unit, .period = o->period,
			.form = form };
	}
	return true;
}

/* ---- out ---- */

static int export_words(const struct cli_options *o, struct papers *p)
{
	enum entente_form form;
	const struct entente_result *r;
	int status;

	if (o->word_count < 2) {
		cli_say("name briefings, or a folder, as in: entente words export northwind -o words.xlsx");
		return ENTENTE_USAGE;
	}
	if (!form_of(o, &form))
		return ENTENTE_USAGE;
	if (!open_papers(o, 1, form, p, &status))
		return status;
	r = entente_words_export(p->session, p->requests, p->count);
	if (r->status != ENTENTE_DONE || o->verbose)
		cli_messages(o, p->session);
	if (r->status != ENTENTE_DONE)
		return (int)r->status;
	if (!cli_write(o->output ? o->output : "-", r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet && o->output && strcmp(o->output, "-") != 0)
		cli_say("%s: %u sentence%s; write into 'edited' what one is to say, and your name and the date behind it", o->output, r->holes,
			r->holes == 1 ? "" : "s");
	return ENTENTE_DONE;
}

/* ---- and back ---- */

/* The company's words file, of a folder or of what lies in it. */
static bool of_company(const struct cli_options *o, const char *word, char *path, size_t size)
{
	char project[PATH_MAX];

	if (cli_is_folder(word))
		return (size_t)snprintf(path, size, "%s/words.xml", word) < size;
	if (o->project == NULL && !entente_project_of(word, project, sizeof project))
		return false;
	return (size_t)snprintf(path, size, "%s/words.xml", o->project ? o->project : project) < size;
}

/* Whether a build reads the file: that of the company, or that of a briefing. */
static bool is_read(const struct cli_options *o, const char *path)
{
	char real[PATH_MAX], own[PATH_MAX], wanted[PATH_MAX];

	if (realpath(path, real) == NULL)
		return false;
	for (int i = 2; i < o->word_count; i++) {
		if (cli_beside(o->words[i], "words", own, sizeof own) && realpath(own, wanted) && strcmp(wanted, real) == 0)
			return true;
		if (of_company(o, o->words[i], own, sizeof own) && realpath(own, wanted) && strcmp(wanted, real) == 0)
			return true;
	}
	return false;
}

static int deliver(const struct cli_options *o, const struct entente_result *r, const char *path)
{
	struct stat there;

	if (r->status != ENTENTE_DONE)
		return (int)r->status;
	if (r->holes == 0 && stat(path, &there) != 0) {
		cli_say("no row is edited; nothing was written");
		return ENTENTE_DONE;
	}
	if (!cli_write(path, r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet)
		cli_say("%s: %u sentence%s edited", path, r->holes, r->holes == 1 ? "" : "s");
	if (!o->quiet && !is_read(o, path))
		cli_say("no briefing reads this file: it is to be words.xml in the company's folder, or NAME.words.xml beside NAME.xml");
	return ENTENTE_DONE;
}

/* A folder and a batch file have no words file of their own. */
static bool is_briefing(struct papers *p)
{
	const struct entente_papers *all = p->requests[0].briefing ? entente_papers(p->session, &p->requests[0]) : NULL;

	return all && all->count && strcmp(all->papers[0].briefing, p->requests[0].briefing) == 0;
}

static bool words_file(const struct cli_options *o, struct papers *p, char *path, size_t size)
{
	if (o->output)
		return (size_t)snprintf(path, size, "%s", o->output) < size;
	return is_briefing(p) ? cli_beside(o->words[2], "words", path, size) : of_company(o, o->words[2], path, size);
}

static int import_words(const struct cli_options *o, struct papers *p)
{
	char path[PATH_MAX], today[CLI_DAY];
	const struct entente_result *r;
	int status;

	if (o->word_count < 3 || (o->output && strcmp(o->output, "-") == 0) || (o->output == NULL && o->word_count > 3)) {
		cli_say("name the table, the briefings or the folder that it is of, and the words file, as in: entente words import words.xlsx "
			"northwind -o northwind/words.xml; of one briefing it is the file beside that");
		return ENTENTE_USAGE;
	}
	if (!open_papers(o, 2, ENTENTE_TABLE, p, &status))
		return status;
	if (!words_file(o, p, path, sizeof path)) {
		cli_say("'%s' is too long a path", o->words[2]);
		return ENTENTE_SYSTEM;
	}
	r = entente_words_import(p->session, p->requests, p->count, &(struct entente_edited){ .table = o->words[1], .into = path,
		.author = o->person, .date = cli_day(o, today) });
	if (!o->quiet || r->errors || o->json)
		cli_messages(o, p->session);
	return deliver(o, r, path);
}

int cli_words(const struct cli_options *o)
{
	static const struct { const char *name; int (*run)(const struct cli_options *, struct papers *); } verbs[] = {
		{ "export", export_words }, { "import", import_words },
	};
	static struct papers papers; /* large: its paths */
	const char *names[] = { "export", "import", NULL };
	char near[CLI_NEAREST];
	int status = -1;

	for (size_t i = 0; o->word_count && i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(o->words[0], verbs[i].name) == 0)
			status = verbs[i].run(o, &papers);
	if (status >= 0) {
		if (papers.session)
			entente_close(papers.session);
		return status;
	}
	if (o->word_count)
		cli_say("'words' has no '%s'%s", o->words[0], cli_nearest(o->words[0], names, "; it has export and import", near));
	else
		cli_say("say export or import, as in: entente words export northwind -o words.xlsx");
	return ENTENTE_USAGE;
}
