/* cli: approve: writes approvals down beside their briefing. */
#include "cli/cli_papers.h"

#include <stdio.h>
#include <string.h>

struct approving {
	const struct cli_options *o;
	const struct cli_papers *p;
	struct arena arena;          /* the text, from one unit to the next */
	const char *day, *text;      /* text: NULL before the first */
	const char *last;            /* what was approved last: "emea 2026-Q3" */
	size_t size, count;          /* of the text; units approved */
};

/* The text of the file with one more approval. False after messages. */
static bool approve_paper(struct approving *a, const struct entente_paper *paper)
{
	const struct cli_options *o = a->o;
	struct entente_request request = cli_paper_request(o, paper, ENTENTE_APPROVE);
	const struct entente_result *r;

	request.approver = o->as;
	request.approver_name = o->person;
	request.approved = a->day;
	request.approvals = a->text;
	r = entente_build(a->p->e, &request);
	if (!o->quiet || r->errors || o->json)
		cli_messages(o, a->p->e);
	if (r->passed)
		return true;
	if (r->status != ENTENTE_DONE || r->text_size == 0)
		return false;
	a->text = arena_copy(&a->arena, r->text, r->text_size);
	a->size = r->text_size;
	a->last = str_printf(&a->arena, "%s %s", r->unit, r->period).ptr;
	a->count++;
	return true;
}

static bool is_one_file(const struct cli_papers *p)
{
	for (size_t i = 1; i < p->found->count; i++)
		if (strcmp(p->found->papers[i].briefing, p->found->papers[0].briefing) != 0)
			return false;
	return true;
}

/* All units of a briefing or none: one of them has an error. */
static int approve_papers(struct approving *a)
{
	char briefing[PATH_MAX], path[PATH_MAX];

	for (size_t i = 0; i < a->p->found->count; i++)
		if (!approve_paper(a, &a->p->found->papers[i]))
			return ENTENTE_INPUT;
	if (!cli_paper_path(a->p, &a->p->found->papers[0], briefing, sizeof briefing))
		return ENTENTE_SYSTEM;
	if (!cli_beside(briefing, "approvals", path, sizeof path)) {
		cli_say("'%s' is too long a path", briefing);
		return ENTENTE_SYSTEM;
	}
	if (a->count && !cli_write(path, a->text, a->size))
		return ENTENTE_SYSTEM;
	if (!a->o->quiet && a->count == 1)
		cli_say("%s: approved as '%s', %s", path, a->o->as, a->last);
	else if (!a->o->quiet)
		cli_say("%s: approved as '%s', %zu units", path, a->o->as, a->count);
	return ENTENTE_DONE;
}

static int run(const struct cli_options *o, const struct cli_papers *p)
{
	struct approving a = { .o = o, .p = p };
	char today[CLI_DAY];
	jmp_buf unwind;
	int status;

	if (!is_one_file(p)) {
		cli_say("there are several briefings; approve one at a time");
		return ENTENTE_USAGE;
	}
	arena_init(&a.arena, 0, &unwind);
	if (setjmp(unwind)) {
		cli_say("out of memory");
		return ENTENTE_SYSTEM;
	}
	a.day = cli_day(o, today);
	status = approve_papers(&a);
	arena_release(&a.arena);
	return status;
}

int cli_approve(const struct cli_options *o)
{
	struct cli_papers p;
	int status;

	if (o->word_count != 1 || o->as == NULL || o->person == NULL) {
		cli_say("name one briefing, the approver and the person, as in: entente approve emea/briefing.xml --as cio --name \"Ann Lee\"");
		return ENTENTE_USAGE;
	}
	p = cli_papers_open(o, o->words[0], true, NULL);
	if (p.e == NULL)
		return p.status;
	status = run(o, &p);
	entente_close(p.e);
	return status;
}
