/* compose: benchmarks as numbered notes. A benchmark never shows without publisher, study, year and
 * sample. */
#include "compose/compose_int.h"

static struct str year_words(struct composer *c, const struct facts_benchmark *b)
{
	return b->undated ? word(c, "year-not-printed") : b->year;
}

static struct str sample_words(struct composer *c, const struct facts_benchmark *b)
{
	struct str sample = facts_label(&b->samples, locale_lang(c->in->locale), false);

	if (sample.len)
		return sample;
	return b->sample.len ? b->sample : word(c, "no-sample-printed");
}

/* "Cisco, Business and IT Priority Survey, year not printed; 1,800 business leaders." */
struct str benchmark_citation(struct composer *c, const struct facts_benchmark *b)
{
	struct str args[4] = { b->publisher, b->study, year_words(c, b), sample_words(c, b) };

	if (b->computed) {
		struct str list[2] = { args[3], word(c, "computed") };

		args[3] = str_printf(c->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(list[0]),
			STR_ARG(word(c, "list-comma")), STR_ARG(list[1]));
	}
	return words_of(c, "citation", args, 4);
}

uint32_t note_of(struct composer *c, const struct facts_benchmark *b)
{
	/* Benchmarks of one study share its note. */
	struct str key = benchmark_citation(c, b);
	uintptr_t known = (uintptr_t)map_lookup(&c->notes, key);
	struct doc_note *note;
	struct runs runs = { 0 };
	struct str text;

	if (known)
		return (uint32_t)(known - 1);
	note = vec_add(c->arena, &c->doc->notes);
	note->number = ++c->note_numbers;
	text = str_printf(c->arena, "[%u]\u00a0" STR_FMT, note->number, STR_ARG(key));
	run_text(c, &runs, text, 0, b->pos);
	note->text = paragraph_of(c, style_for(c, ROLE_NOTE), &runs, 0);
	vec_push(c->arena, &c->noted.list, b);
	map_put(c->arena, &c->notes, key, (void *)(uintptr_t)c->doc->notes.count);
	return (uint32_t)(c->doc->notes.count - 1);
}

void run_note(
	struct composer *c, struct runs *r, const struct facts_benchmark *b, struct src_pos pos)
{
	uint32_t note = note_of(c, b);
	struct doc_run *run = run_add(c, r, RUN_NOTE, pos);

	run->note = note;
	c->note_called = true;
}

static bool lists_benchmarks(const struct layout *l)
{
	for (size_t i = 0; i < l->sections.count; i++)
		for (size_t k = 0; k < l->sections.at[i]->slots.count; k++)
			if (l->sections.at[i]->slots.at[k]->kind == SLOT_BENCHMARKS)
				return true;
	return false;
}

bool notes_here(const struct composer *c, const struct layout_section *s)
{
	return s->notes || (c->note_called && !lists_benchmarks(c->in->layout));
}

bool study_called(const struct composer *c, const struct runs *runs, size_t first,
	const struct facts_benchmark *b)
{
	for (size_t i = first; i < runs->list.count; i++) {
		const struct doc_run *run = &runs->list.at[i];
		const struct facts_benchmark *other =
			run->kind == RUN_NOTE ? c->noted.list.at[run->note] : NULL;

		if (other && str_equal(other->publisher, b->publisher) &&
			str_equal(other->study, b->study) && str_equal(other->year, b->year))
			return true;
	}
	return false;
}

/* An expired benchmark stays off summary pages: the reader of a summary cannot weigh its age. */
bool benchmark_old(const struct composer *c, const struct facts_benchmark *b)
{
	return c->section && c->section->summary && b->expires.year &&
		date_cmp(b->expires, c->in->facts->as_of) <= 0;
}

bool benchmark_current(struct composer *c, const struct facts_benchmark *b)
{
	if (!benchmark_old(c, b))
		return true;
	diag_add(c->diag, DIAG_BENCHMARK_EXPIRED, b->pos,
		"benchmark '" STR_FMT
		"' expired before the date of this briefing; left off the summary page",
		STR_ARG(b->id));
	if (c->slot)
		diag_note(c->diag, c->slot->pos, "asked for by slot '" STR_FMT "'",
			STR_ARG(c->slot->id));
	return false;
}

struct answer benchmark_kept(struct composer *c, struct answer answer)
{
	if (answer.benchmark == NULL || benchmark_current(c, answer.benchmark))
		return answer;
	return (struct answer){ .kind = ANSWER_MISSING, .text = STR("the benchmark has expired") };
}
