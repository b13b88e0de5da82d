/* The library, doc and pages to findings: the criteria of a paper that executives can decide on,
 * each as far as the program can tell. A finding is a warning where it was written; what cannot be
 * told is said in the result, not passed over. */
#include "entente_executive.h"

static const struct criterion {
	const char *name;
	const char *(*check)(struct executive *x);
	enum diag_code also; /* of an earlier stage, a finding here too; DIAG_CODE_COUNT = none */
} criteria[] = {
	{ "titles", executive_titles, DIAG_CODE_COUNT },
	{ "summary", executive_summary, DIAG_CODE_COUNT },
	{ "one message a page", executive_pages, DIAG_CODE_COUNT },
	{ "headline metrics", executive_headlines, DIAG_CODE_COUNT },
	{ "names and units", executive_names, DIAG_CODE_COUNT },
	{ "scales", executive_scales, DIAG_CODE_COUNT },
	{ "chart forms", executive_forms, DIAG_CODE_COUNT },
	{ "sources", executive_sources, DIAG_PERIOD_STALE },
	{ "number formats", executive_numbers, DIAG_CODE_COUNT },
	{ "status", executive_status, DIAG_CODE_COUNT },
	{ "contrast", executive_contrast, DIAG_CODE_COUNT },
	{ "decisions", executive_asks, DIAG_CODE_COUNT },
};
enum { CRITERIA = sizeof criteria / sizeof criteria[0] };

struct outcome {
	size_t findings;
	const char *undecided; /* why; NULL = decided */
};

static size_t told_before(const struct diag *d, enum diag_code code)
{
	size_t count = 0;

	for (size_t i = 0; i < d->messages.count; i++)
		count += d->messages.at[i].level != DIAG_NOTE && d->messages.at[i].code == code;
	return count;
}

static struct outcome hold_against(struct executive *x, const struct criterion *c)
{
	size_t before = x->diag->warnings;
	struct outcome out = { .undecided = c->check(x) };

	out.findings = x->diag->warnings - before + told_before(x->diag, c->also);
	return out;
}

static void put_number(struct buf *out, size_t i)
{
	buf_number(out, i + 1);
	buf_putc(out, ' ');
	buf_puts(out, criteria[i].name);
}

static void put_unmet(struct buf *out, const struct outcome *outcomes, size_t count)
{
	const char *before = ", not met: ";

	if (count == 0)
		return;
	for (size_t i = 0; i < CRITERIA; i++) {
		if (outcomes[i].findings == 0)
			continue;
		buf_puts(out, before);
		put_number(out, i);
		before = ", ";
	}
}

static void put_undecided(struct buf *out, const struct outcome *outcomes, size_t count)
{
	const char *before = "; not decided: ";

	if (count == 0)
		return;
	for (size_t i = 0; i < CRITERIA; i++) {
		if (outcomes[i].findings || outcomes[i].undecided == NULL)
			continue;
		buf_puts(out, before);
		put_number(out, i);
		buf_printf(out, " (%s)", outcomes[i].undecided);
		before = ", ";
	}
}

/* "12 criteria: met", else how many are, and which are not. */
static const char *summarised(struct arena *a, const struct outcome *outcomes)
{
	size_t unmet = 0, undecided = 0;
	struct buf out;

	for (size_t i = 0; i < CRITERIA; i++) {
		unmet += outcomes[i].findings > 0;
		undecided += outcomes[i].findings == 0 && outcomes[i].undecided;
	}
	buf_init(&out, a, 4096);
	buf_printf(&out, "%d criteria: ", (int)CRITERIA);
	if (unmet + undecided)
		buf_printf(&out, "%zu ", CRITERIA - unmet - undecided);
	buf_puts(&out, "met");
	put_unmet(&out, outcomes, unmet);
	put_undecided(&out, outcomes, undecided);
	return buf_str(&out).ptr;
}

const char *check_executive(struct job *job)
{
	struct entente *e = job->session;
	struct executive x = { .arena = &e->unit,
		.diag = &e->diag,
		.doc = job->doc,
		.pages = job->pages,
		.layout = job->dressed->layout,
		.facts = job->facts,
		.locale = job->locale };
	struct outcome outcomes[CRITERIA];

	for (size_t i = 0; i < CRITERIA; i++)
		outcomes[i] = hold_against(&x, &criteria[i]);
	return summarised(&e->unit, outcomes);
}
