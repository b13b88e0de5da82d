/* cli: diff: two briefings or closed quarters, each in a session of its own project; of briefings of several units one unit after the other. */
#include "cli/cli_papers.h"

#include <stdio.h>
#include <string.h>

struct diffing {
	const struct cli_options *o;
	struct cli_papers papers[2];
	struct entente *e;           /* that compares */
	struct arena arena;          /* of the text */
	struct buf out;
	size_t shown;                /* comparisons in it */
};

/* What was, or would be, published. False after messages, with the exit code in *status. */
static bool read_paper(const struct diffing *d, int which, const struct entente_paper *paper, struct entente_text *out, char *unit, size_t size,
	int *status)
{
	const struct cli_papers *p = &d->papers[which];
	const struct entente_result *r = entente_build(p->e, &(struct entente_request){ .briefing = paper->briefing,
		.unit = paper->unit ? paper->unit : unit[0] ? unit : NULL, .period = paper->period, .layout = paper->layout, .stage = ENTENTE_PUBLISHED });

	*out = (struct entente_text){ p->given, r->text, r->text_size };
	*status = (int)r->status;
	if (r->status != ENTENTE_DONE)
		cli_messages(d->o, p->e);
	else
		snprintf(unit, size, "%s", r->unit);
	return r->status == ENTENTE_DONE;
}

static int compare(struct diffing *d, const struct entente_text papers[2])
{
	const struct entente_result *r = entente_diff(d->e, &papers[0], &papers[1], d->o->json);

	if (r->status != ENTENTE_DONE) {
		cli_messages(d->o, d->e);
		return (int)r->status;
	}
	if (d->shown++)
		buf_puts(&d->out, d->o->json ? "," : "\n");
	buf_put(&d->out, (struct str){ r->text, r->text_size });
	return ENTENTE_DONE;
}

static int compare_papers(struct diffing *d, const struct entente_paper *first, const struct entente_paper *second)
{
	struct entente_text texts[2];
	char units[2][4096] = { "", "" };
	int status;

	if (!read_paper(d, 0, first, &texts[0], units[0], sizeof units[0], &status) ||
		!read_paper(d, 1, second, &texts[1], units[1], sizeof units[1], &status))
		return status;
	return compare(d, texts);
}

static const struct entente_paper *paper_of(const struct cli_papers *p, const char *unit)
{
	for (size_t i = 0; i < p->found->count; i++)
		if (p->found->papers[i].unit && strcmp(p->found->papers[i].unit, unit) == 0)
			return &p->found->papers[i];
	return NULL;
}

/* One paper against the one of its unit among several: which unit it is of, reading it says. */
static int compare_one(struct diffing *d, int one)
{
	const struct cli_papers *many = &d->papers[!one];
	const struct entente_paper *alone = &d->papers[one].found->papers[0], *other;
	struct entente_text texts[2];
	char units[2][4096] = { "", "" };
	int status;

	if (!read_paper(d, one, alone, &texts[one], units[one], sizeof units[one], &status))
		return status;
	other = paper_of(many, units[one]);
	if (other == NULL) {
		cli_say("%s: no paper of unit '%s', which %s is of", many->given, units[one], d->papers[one].given);
		return ENTENTE_INPUT;
	}
	if (!read_paper(d, !one, other, &texts[!one], units[!one], sizeof units[!one], &status))
		return status;
	return compare(d, texts);
}

static int compare_units(struct diffing *d)
{
	int worst = ENTENTE_DONE;

	for (size_t i = 0; i < d->papers[0].found->count; i++) {
		const struct entente_paper *first = &d->papers[0].found->papers[i];
		const struct entente_paper *second = first->unit ? paper_of(&d->papers[1], first->unit) : NULL;
		int status = second ? compare_papers(d, first, second) : ENTENTE_DONE;

		if (second == NULL && !d->o->quiet)
			cli_say("%s: only %s has unit '%s'", d->papers[1].given, d->papers[0].given, first->unit ? first->unit : first->briefing);
		worst = status > worst ? status : worst;
	}
	for (size_t i = 0; i < d->papers[1].found->count && !d->o->quiet; i++)
		if (d->papers[1].found->papers[i].unit && !paper_of(&d->papers[0], d->papers[1].found->papers[i].unit))
			cli_say("%s: only %s has unit '%s'", d->papers[0].given, d->papers[1].given, d->papers[1].found->papers[i].unit);
	return worst;
}

static int compare_all(struct diffing *d)
{
	bool several[2] = { d->papers[0].found->count > 1, d->papers[1].found->count > 1 };

	if (several[0] && several[1])
		return compare_units(d);
	if (several[0] || several[1])
		return compare_one(d, several[0]);
	return compare_papers(d, &d->papers[0].found->papers[0], &d->papers[1].found->papers[0]);
}

static int deliver(struct diffing *d, int status)
{
	struct str text = buf_str(&d->out);
	bool list = d->o->json && d->papers[0].found->count > 1 && d->papers[1].found->count > 1;

	if (list)
		text = str_printf(&d->arena, "[\n" STR_FMT "]\n", STR_ARG(text));
	if (d->shown && !cli_write(d->o->output ? d->o->output : "-", text.ptr, text.len))
		return ENTENTE_SYSTEM;
	return status;
}

static int run(struct diffing *d)
{
	struct cli_problem problem;
	jmp_buf unwind;
	int status;

	d->e = cli_open(d->o, NULL, &problem);
	if (d->e == NULL) {
		cli_say("%s", problem.text);
		return problem.status;
	}
	arena_init(&d->arena, 0, &unwind);
	if (setjmp(unwind)) {
		cli_say("out of memory");
		return ENTENTE_SYSTEM;
	}
	buf_init(&d->out, &d->arena, (size_t)1 << 30);
	status = deliver(d, compare_all(d));
	arena_release(&d->arena);
	entente_close(d->e);
	return status;
}

int cli_diff(const struct cli_options *o)
{
	struct diffing d = { .o = o };
	int status;

	if (o->word_count != 2) {
		cli_say("name two briefings or closed quarters to compare");
		return ENTENTE_USAGE;
	}
	d.papers[0] = cli_papers_open(o, o->words[0], true, NULL);
	if (d.papers[0].e == NULL)
		return d.papers[0].status;
	d.papers[1] = cli_papers_open(o, o->words[1], true, NULL);
	status = d.papers[1].e ? run(&d) : d.papers[1].status;
	if (d.papers[1].e)
		entente_close(d.papers[1].e);
	entente_close(d.papers[0].e);
	return status;
}
