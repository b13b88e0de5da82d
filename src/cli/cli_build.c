/* cli: build, check, explain: one briefing through the library. */
#include "cli/cli_papers.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *name;
	enum entente_stage stage;
} stages[] = {
	{ "xml", ENTENTE_DUMP_XML },
	{ "facts", ENTENTE_DUMP_FACTS },
	{ "narrative", ENTENTE_DUMP_NARRATIVE },
	{ "layout", ENTENTE_DUMP_LAYOUT },
	{ "doc", ENTENTE_DUMP_DOC },
	{ "pages", ENTENTE_DUMP_PAGES },
};

static bool stage_named(const char *name, enum entente_stage *out)
{
	*out = ENTENTE_PDF;
	if (name == NULL)
		return true;
	for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++)
		if (strcmp(stages[i].name, name) == 0) {
			*out = stages[i].stage;
			return true;
		}
	cli_say("there is no stage '%s'; write xml, facts, narrative, layout, doc or pages", name);
	return false;
}

static bool one_word(const struct cli_options *o, const char *what)
{
	if (o->word_count == 1)
		return true;
	cli_say(o->word_count ? "one %s at a time" : "name a %s", what);
	return false;
}

static const struct entente_result *build(const struct cli_options *o, struct entente *e,
	const char *inside, enum entente_stage stage)
{
	struct entente_request request = { .briefing = inside,
		.layout = o->layout,
		.date = o->date,
		.unit = o->unit,
		.period = o->period,
		.set = o->set,
		.draft = o->draft,
		.stage = stage,
		.executive = o->executive,
		.overlay = o->overlay,
		.form = o->json ? ENTENTE_JSON : ENTENTE_TABLE };

	return entente_build(e, &request);
}

/* briefing.xml -> briefing.pdf beside where the user stands. */
static const char *output_path(const struct cli_options *o, char *path, size_t size)
{
	const char *name = strrchr(o->words[0], '/') ? strrchr(o->words[0], '/') + 1 : o->words[0];
	const char *dot = strrchr(name, '.');

	if (o->output)
		return o->output;
	snprintf(path, size, "%.*s.pdf", (int)(dot ? dot - name : (ptrdiff_t)strlen(name)), name);
	return path;
}

static int deliver(const struct cli_options *o, const struct entente_result *r)
{
	char path[PATH_MAX];
	const char *output = output_path(o, path, sizeof path);

	if (r->text_size && !cli_write(o->output ? o->output : "-", r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (r->pdf == NULL)
		return (int)r->status;
	if (!cli_write(output, r->pdf, r->pdf_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet && !o->json && strcmp(output, "-") != 0)
		cli_say("%s: %u page%s, %zu bytes", output, r->pages, r->pages == 1 ? "" : "s",
			r->pdf_size);
	return (int)r->status;
}

/* One stream cannot carry two things. */
static bool streams_clash(const struct cli_options *o, enum entente_stage stage)
{
	const char *output = o->output ? o->output : stage == ENTENTE_PDF ? "" : "-";

	if (!o->json || strcmp(output, "-") != 0)
		return false;
	cli_say("--json writes messages to standard output; give -o FILE for the result");
	return true;
}

static void say_more(const struct cli_options *o, const struct entente_result *r)
{
	for (size_t i = 0; o->verbose && i < r->input_count; i++)
		cli_say("read %s", r->inputs[i].name);
	for (size_t i = 0; o->verbose && i < r->layout_count; i++)
		cli_say("layout %s", r->layouts[i]);
}

static int run_one(const struct cli_options *o, enum entente_stage stage)
{
	char inside[PATH_MAX];
	const struct entente_result *r;
	struct cli_problem problem;
	struct entente *e;
	int status;

	if (!one_word(o, "briefing") || streams_clash(o, stage))
		return ENTENTE_USAGE;
	e = cli_session(o, o->words[0], inside, sizeof inside, &problem);
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	r = build(o, e, inside, stage);
	if (!o->quiet || r->errors || o->json)
		cli_messages(o, e);
	say_more(o, r);
	if (r->holes && !o->quiet && !o->json)
		cli_say("draft: %u hole%s, listed above and on the last page", r->holes, r->holes == 1 ? "" : "s");
	status = deliver(o, r);
	entente_close(e);
	return status;
}

/* What no page was made for has nothing drawn over it. */
static bool overlays_pages(const struct cli_options *o, enum entente_stage stage)
{
	if (!o->overlay || stage == ENTENTE_PDF || stage == ENTENTE_DUMP_PAGES)
		return true;
	cli_say("--overlay draws over pages, and '--dump %s' has none; write '--dump pages', or leave one of them out", o->dump);
	return false;
}

int cli_build(const struct cli_options *o)
{
	enum entente_stage stage;

	if (!stage_named(o->dump, &stage) || !overlays_pages(o, stage))
		return ENTENTE_USAGE;
	return run_one(o, stage);
}

/* With --json one object of the pages and the messages. */
static int explain_pages_json(const struct cli_options *o)
{
	char inside[PATH_MAX];
	const struct entente_result *r;
	struct cli_problem problem;
	struct entente *e;
	int status;

	if (!one_word(o, "briefing"))
		return ENTENTE_USAGE;
	e = cli_session(o, o->words[0], inside, sizeof inside, &problem);
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	r = build(o, e, inside, ENTENTE_EXPLAIN_PAGES);
	status = (int)r->status;
	printf("{\"pages\":%s,\"messages\":", r->text_size ? r->text : "[]");
	cli_messages(o, e);
	puts("}");
	entente_close(e);
	return status;
}

int cli_explain(const struct cli_options *o)
{
	if (o->pages && o->json && !o->output)
		return explain_pages_json(o);
	return run_one(o, o->pages ? ENTENTE_EXPLAIN_PAGES : ENTENTE_EXPLAIN);
}

static int check_paper(const struct cli_options *o, const struct cli_papers *p, const struct entente_paper *paper, bool *first)
{
	struct entente_request request = cli_paper_request(o, paper, ENTENTE_CHECK);
	char shown[PATH_MAX + 256];
	const struct entente_result *r;

	request.listed &= o->unit == NULL;
	request.date = o->date;
	request.set = o->set;
	request.executive = o->executive;
	r = entente_build(p->e, &request);
	cli_paper_shown(p, paper, shown, sizeof shown);
	if (o->json)
		cli_put_members(entente_messages_json(p->e), first);
	else
		cli_messages(o, p->e);
	say_more(o, r);
	if (!o->quiet && !o->json)
		cli_say("%s: %u error%s, %u warning%s", shown, r->errors, r->errors == 1 ? "" : "s", r->warnings, r->warnings == 1 ? "" : "s");
	if (r->executive[0] && !o->quiet && !o->json)
		cli_say("%s: %s", shown, r->executive);
	return (int)r->status;
}

/* Every unit of a briefing that has several. */
static int check_one(const struct cli_options *o, const char *path, bool *first)
{
	struct cli_papers p = { .e = NULL };
	struct cli_problem problem;
	int worst;

	if (!cli_is_company(path, &problem))
		return cli_tell(o, &problem, first);
	p = cli_papers_open(o, path, false, first);
	worst = p.status;
	if (p.e == NULL)
		return worst;
	for (size_t i = 0; i < p.found->count; i++) {
		int status = check_paper(o, &p, &p.found->papers[i], first);

		worst = status > worst ? status : worst;
	}
	entente_close(p.e);
	return worst;
}

int cli_check(const struct cli_options *o)
{
	int worst = ENTENTE_DONE;
	bool first = true;

	if (o->word_count == 0) {
		cli_say("name the files to check");
		return ENTENTE_USAGE;
	}
	fputs(o->json ? "[" : "", stdout);
	for (int i = 0; i < o->word_count; i++) {
		int status = check_one(o, o->words[i], &first);

		worst = status > worst ? status : worst;
	}
	fputs(o->json ? first ? "]\n" : "\n]\n" : "", stdout);
	return worst;
}

static bool is_folder(const char *path, struct cli_problem *p)
{
	if (path == NULL || cli_is_folder(path))
		return true;
	cli_problem(p, DIAG_FILE_MISSING, "there is no folder '%s'", path);
	return false;
}

/* With --json one object of the list and the messages. */
static int list(const struct cli_options *o, const char *name, const char *(*lister)(struct entente *))
{
	const char *project = o->word_count ? o->words[0] : o->project;
	struct cli_problem problem;
	struct entente *e;

	if (o->word_count > 1) {
		cli_say("one folder at a time");
		return ENTENTE_USAGE;
	}
	e = is_folder(project, &problem) ? cli_open(o, project, &problem) : NULL;
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	if (o->json)
		printf("{\"%s\":", name);
	fputs(lister(e), stdout);
	if (o->json)
		fputs(",\"messages\":", stdout);
	cli_messages(o, e);
	if (o->json)
		puts("}");
	entente_close(e);
	return ENTENTE_DONE;
}

int cli_layouts(const struct cli_options *o)
{
	return list(o, "layouts", o->json ? entente_layouts_json : entente_layouts);
}

int cli_fonts(const struct cli_options *o)
{
	return list(o, "fonts", o->json ? entente_fonts_json : entente_fonts);
}
