/* cli: close: what was published, in a file that is written once. */
#include "cli/cli_papers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder "closed" beside the briefing. */
static bool folder_beside(const char *briefing, char *path, size_t size)
{
	const char *slash = strrchr(briefing, '/');

	snprintf(path, size, "%.*sclosed", slash ? (int)(slash - briefing) + 1 : 0, briefing);
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return true;
	cli_say("cannot make the folder '%s': %s", path, strerror(errno));
	return false;
}

/* Whether the file is a closed quarter of the unit. */
static bool is_of_unit(const char *path, const char *unit)
{
	char head[4096], wanted[4096];
	FILE *file = fopen(path, "rb");
	size_t length = file ? fread(head, 1, sizeof head - 1, file) : 0;

	if (file)
		fclose(file);
	head[length] = '\0';
	snprintf(wanted, sizeof wanted, " unit=\"%s\"", unit);
	return length && strstr(head, wanted);
}

/* closed/emea-2026-Q3.xml beside the briefing. A quarter that was closed when files were named by the period alone keeps its name. */
static bool beside(const char *briefing, const struct entente_result *r, char *path, size_t size)
{
	char folder[PATH_MAX], old[PATH_MAX + 64];
	const char *name = strrchr(r->closed, '/');

	if (!folder_beside(briefing, folder, sizeof folder))
		return false;
	snprintf(old, sizeof old, "%s/%s.xml", folder, r->period);
	if ((size_t)snprintf(path, size, "%s/%s", folder, name ? name + 1 : r->closed) >= size) {
		cli_say("'%s' is too long a path", r->closed);
		return false;
	}
	if (access(path, F_OK) != 0 && is_of_unit(old, r->unit) && strlen(old) < size)
		strcpy(path, old);
	return true;
}

enum there { THERE_NOT, THERE_SAME, THERE_OTHER };

/* Without what stands from one mark to the end of the other. */
static struct str without(struct arena *a, struct str text, const char *from, const char *to)
{
	const char *start = memmem(text.ptr, text.len, from, strlen(from));
	size_t before = start ? (size_t)(start - text.ptr) : 0;
	const char *end = start ? memmem(start + strlen(from), text.len - before - strlen(from), to, strlen(to)) : NULL;
	size_t after = end ? (size_t)(end - text.ptr) + strlen(to) : 0;

	if (end == NULL)
		return text;
	return str_printf(a, STR_FMT STR_FMT, STR_ARG(((struct str){ text.ptr, before })), STR_ARG(((struct str){ text.ptr + after, text.len - after })));
}

/* What was published: a table that has got rows for other units or later quarters since says nothing else of this one. */
static struct str published(struct arena *a, struct str text)
{
	return without(a, without(a, text, "content=\"", "\""), "\t<inputs>", "</inputs>\n");
}

static struct str read_all(struct arena *a, FILE *file)
{
	char bytes[65536];
	struct buf text;
	size_t length;

	buf_init(&text, a, (size_t)1 << 30);
	while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_put(&text, (struct str){ bytes, length });
	return buf_str(&text);
}

static enum there look(const char *path, const char *text, size_t size)
{
	FILE *file = fopen(path, "rb");
	enum there there = THERE_OTHER;
	struct arena arena;
	jmp_buf unwind;

	if (file == NULL)
		return THERE_NOT;
	arena_init(&arena, 0, &unwind);
	if (setjmp(unwind) == 0 && str_equal(published(&arena, read_all(&arena, file)), published(&arena, (struct str){ text, size })) && !ferror(file))
		there = THERE_SAME;
	arena_release(&arena);
	fclose(file);
	return there;
}

static int deliver(const struct cli_options *o, const char *briefing, const struct entente_result *r)
{
	char path[PATH_MAX];
	enum there there;

	if (r->text_size == 0)
		return (int)r->status;
	if (o->output)
		snprintf(path, sizeof path, "%s", o->output);
	else if (!beside(briefing, r, path, sizeof path))
		return ENTENTE_SYSTEM;
	there = look(path, r->text, r->text_size);
	if (there == THERE_OTHER) {
		cli_say("'%s' was closed with other content and was left as it is; 'entente diff' shows what differs. Correct figures in "
			"the next quarter, with a note; or, if the paper was not published yet, remove the file and close again", path);
		return ENTENTE_INPUT;
	}
	if (there == THERE_NOT && !cli_write(path, r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet && strcmp(path, "-") != 0)
		cli_say(there == THERE_SAME ? "%s: closed already, the same" : "%s: closed", path);
	return (int)r->status;
}

static int close_paper(const struct cli_options *o, const struct cli_papers *p, const struct entente_paper *paper, bool *first, size_t *passed)
{
	const struct entente_request request = cli_paper_request(o, paper, ENTENTE_CLOSE);
	char path[PATH_MAX];
	const struct entente_result *r;

	if (!cli_paper_path(p, paper, path, sizeof path))
		return ENTENTE_SYSTEM;
	r = entente_build(p->e, &request);
	*passed += r->passed;
	if (o->json)
		cli_put_members(entente_messages_json(p->e), first);
	else if (!o->quiet || r->errors)
		cli_messages(o, p->e);
	return deliver(o, path, r);
}

/* Each unit for itself: what cannot be closed keeps no other from it. */
static int close_papers(const struct cli_options *o, const struct cli_papers *p, bool *first)
{
	size_t closed = 0, passed = 0, count = p->found->count;
	int worst = ENTENTE_DONE;

	for (size_t i = 0; i < count; i++) {
		int status = close_paper(o, p, &p->found->papers[i], first, &passed);

		closed += status == ENTENTE_DONE;
		worst = status > worst ? status : worst;
	}
	closed -= passed;
	if (count > 1 && !o->quiet && !o->json)
		cli_say("%zu of %zu units closed", closed, count - passed);
	return worst == ENTENTE_INPUT && closed ? ENTENTE_PART : worst;
}

int cli_close(const struct cli_options *o)
{
	struct cli_papers p;
	bool first = true;
	int status;

	if (o->word_count != 1) {
		cli_say(o->word_count ? "one company's folder, briefing or batch file at a time" : "name a company's folder, a briefing or a batch file");
		return ENTENTE_USAGE;
	}
	if (o->json && o->output && strcmp(o->output, "-") == 0) {
		cli_say("--json writes messages to standard output; give -o FILE for the result");
		return ENTENTE_USAGE;
	}
	fputs(o->json ? "[" : "", stdout);
	p = cli_papers_open(o, o->words[0], true, o->json ? &first : NULL);
	status = p.status;
	if (p.e && o->output && p.found->count > 1) {
		cli_say("-o names one file, and there are %zu units: leave it out, or name one with --unit", p.found->count);
		status = ENTENTE_USAGE;
	} else if (p.e) {
		status = close_papers(o, &p, &first);
	}
	fputs(o->json ? "]\n" : "", stdout);
	if (p.e)
		entente_close(p.e);
	return status;
}
