/* The library: a company's folder -> how far each of its papers is: figures read, owed and stale, what is wrong, who approved it. */
#include "entente_folder.h"
#include "entente_review.h"

enum { AT_BRIEFING, AT_UNIT, AT_PERIOD, AT_STATE, AT_REVISION, AT_READ, AT_OWED, AT_STALE, AT_OFFICES, AT_SENTENCES, AT_EDITED, AT_HOLES, AT_ERRORS,
	AT_APPROVALS };
static const char *const columns[] = { "briefing", "unit", "period", "state", "revision", "read", "owed", "stale", "by", "sentences", "edited", "holes",
	"errors", "approvals", NULL };
static const uint32_t numbers = 1u << AT_REVISION | 1u << AT_READ | 1u << AT_OWED | 1u << AT_STALE | 1u << AT_SENTENCES | 1u << AT_EDITED | 1u << AT_HOLES |
	1u << AT_ERRORS;

struct standing { /* of all papers together */
	struct entente *e;
	struct list rows;
	bool complete;               /* the paper looked at lacks no figure */
	bool wrong, waiting;         /* some paper has errors; some figure or approval is not there */
	VEC(struct str) passed;      /* why papers are not among them, the session's */
};

static struct str count_text(struct arena *a, size_t n)
{
	return str_printf(a, "%zu", n);
}

/* Figures of the paper's unit that are of its own period. */
static size_t read_now(const struct facts *f)
{
	size_t count = 0;

	for (size_t i = 0; i < f->cells.count; i++) {
		const struct facts_value *v = f->cells.at[i];

		count += str_equal(v->unit, f->unit) && !v->refused &&
			period_cmp(v->period, period_as(f->period, (enum period_kind)v->period.kind)) == 0;
	}
	return count;
}

/* "cio 12, cmo 3, joint 4" */
static struct str offices(struct arena *a, const struct facts *f, const struct missing_values *missing)
{
	struct buf b;

	buf_init(&b, a, 65536);
	for (size_t side = 0; side <= f->side_count; side++) {
		const struct facts_side *office = side < f->side_count ? &f->sides[side] : NULL;
		size_t count = 0;

		for (size_t i = 0; i < missing->list.count; i++)
			count += missing->list.at[i]->side == office;
		if (count)
			buf_printf(&b, "%s" STR_FMT " %zu", b.len ? ", " : "", STR_ARG(office ? office->id : STR("joint")), count);
	}
	return buf_str(&b);
}

static size_t sentences(const struct job *job)
{
	size_t count = 0;

	for (size_t i = 0; i < job->reasons.list.count; i++)
		count += job->reasons.list.at[i].picks.in.count;
	return count;
}

/* Sentences that are printed as somebody edited them. */
static size_t edited(const struct job *job)
{
	size_t count = 0;

	for (size_t i = 0; i < job->words.list.count; i++)
		count += job->words.list.at[i]->edited != NULL;
	return count;
}

/* An approver's date; "stale" when what was approved is no longer what is said; "?" when the paper could not be composed; "none". */
static struct str standing_of(struct standing *s, struct job *job, const struct approvals *all, const struct content *now, struct str by)
{
	const struct approval *approval = approval_by(job, all, by);
	bool due = job->facts->state == STATE_REVIEW || job->facts->state == STATE_FINAL;
	struct buf date;

	if (approval && now && str_equal(approval->content, now->hash)) {
		buf_init(&date, &s->e->unit, 32);
		buf_date(&date, approval->date);
		return buf_str(&date);
	}
	s->waiting |= due;
	return approval == NULL ? STR("none") : now ? STR("stale") : STR("?");
}

static struct str approvals_text(struct standing *s, struct job *job, bool composed)
{
	const struct facts *f = job->facts;
	struct approvals all = approvals_read(job);
	struct content now = { .hash = { 0 } };
	struct buf b;

	if (composed)
		now = content_of(job);
	buf_init(&b, &s->e->unit, 65536);
	for (size_t i = 0; i < f->approvers.count; i++)
		buf_printf(&b, "%s" STR_FMT " " STR_FMT, i ? ", " : "", STR_ARG(f->approvers.at[i].id),
			STR_ARG(standing_of(s, job, &all, composed ? &now : NULL, f->approvers.at[i].id)));
	return buf_str(&b);
}

/* As check would count them. Of sentences and pages nothing can be said while figures are owed or stale: what is wrong there are holes. */
static size_t errors_of(const struct diag *d, const struct job *job, bool complete)
{
	size_t count = 0;

	for (size_t i = 0; i < d->messages.count; i++) {
		const struct diag_message *m = &d->messages.at[i];
		bool counts = m->level == DIAG_HOLE && diag_code_level(m->code) == DIAG_ERROR && (complete || i < job->read_messages);

		count += m->level == DIAG_ERROR || counts;
	}
	return count;
}

static void describe(struct standing *s, struct list_row *row, struct job *job)
{
	static const char *const states[] = { [STATE_UNSAID] = "", [STATE_DRAFT] = "draft", [STATE_REVIEW] = "review", [STATE_FINAL] = "final" };
	struct arena *a = &s->e->unit;
	const struct facts *f = job->facts;
	struct missing_values missing = missing_of(a, f);

	row->at[AT_UNIT] = f->unit;
	row->at[AT_PERIOD] = period_text(a, f->period);
	row->at[AT_STATE] = str_from(states[f->state]);
	if (f->revision > 0)
		row->at[AT_REVISION] = count_text(a, (size_t)f->revision);
	row->at[AT_READ] = count_text(a, read_now(f));
	row->at[AT_OWED] = count_text(a, f->awaiting.count);
	row->at[AT_STALE] = count_text(a, missing.list.count - f->awaiting.count);
	row->at[AT_OFFICES] = offices(a, f, &missing);
	row->at[AT_SENTENCES] = count_text(a, sentences(job));
	row->at[AT_EDITED] = count_text(a, edited(job));
	row->at[AT_APPROVALS] = approvals_text(s, job, job->doc && s->e->diag.errors == 0);
	s->waiting |= missing.list.count > 0;
	s->complete = missing.list.count == 0 && missing.surveys.count == 0;
}

/* Says again at the end what would be forgotten with the paper. */
static void pass_over(struct standing *s)
{
	for (size_t i = 0; i < s->e->diag.messages.count; i++)
		if (folder_passed(&s->e->diag.messages.at[i]))
			vec_push(&s->e->session, &s->passed, str_copy(&s->e->session, s->e->diag.messages.at[i].text));
}

/* Holes are no errors here: a paper that waits for figures is looked at as far as it goes. What is told stays out: `entente check` says it. */
static void look_at(struct standing *s, const struct entente_paper *paper)
{
	struct entente *e = s->e;
	struct entente_request request = { .briefing = paper->briefing, .period = paper->period, .unit = paper->unit,
		.layout = paper->layout, .listed = paper->listed, .stage = ENTENTE_STATUS };
	struct list_row *row;
	struct job job;
	size_t errors;

	arena_reset(&e->unit); /* rows are the session's: many papers are looked at, one after the other */
	arena_reset(&e->scratch);
	arena_reset(&e->rows);
	diag_init(&e->diag, &e->unit);
	e->diag.draft = true;
	s->complete = false;
	job = session_job(e, &request);
	session_run(&job);
	if (job.facts && job.facts->passed) {
		pass_over(s);
		return;
	}
	row = list_row(&s->rows);
	row->at[AT_BRIEFING] = str_from(paper->briefing);
	if (job.facts)
		describe(s, row, &job);
	row->at[AT_HOLES] = count_text(&e->unit, e->diag.holes);
	errors = errors_of(&e->diag, &job, s->complete);
	row->at[AT_ERRORS] = count_text(&e->unit, errors);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		row->at[i] = str_copy(&e->session, row->at[i]);
	s->wrong |= errors > 0;
	s->waiting |= e->diag.holes > 0;
}

static void tell_passed(struct standing *s)
{
	session_begin(s->e);
	for (size_t i = 0; i < s->passed.count; i++)
		diag_add(&s->e->diag, DIAG_UNIT_PASSED, (struct src_pos){ 0 }, STR_FMT, STR_ARG(s->passed.at[i]));
	s->e->result.warnings = (uint32_t)s->e->diag.warnings;
}

const struct entente_result *entente_status(struct entente *e, const struct entente_request *request)
{
	struct standing s = { .e = e };
	const struct entente_papers *papers;
	struct buf out;

	papers = entente_papers(e, request);
	if (papers->status != ENTENTE_DONE) {
		e->result.status = papers->status;
		return &e->result;
	}
	if (setjmp(e->unwind))
		return session_out_of_memory(e);
	s.rows = list_open(&e->session, columns, numbers);
	for (size_t i = 0; i < papers->count; i++)
		look_at(&s, &papers->papers[i]);
	tell_passed(&s);
	buf_init(&out, &e->unit, (size_t)64 << 20);
	list_as(&s.rows, request->form, &out);
	e->result.text = buf_str(&out).ptr;
	e->result.text_size = out.len;
	e->result.status = s.wrong ? ENTENTE_INPUT : s.waiting ? ENTENTE_PART : ENTENTE_DONE;
	return &e->result;
}
