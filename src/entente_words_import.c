/* The library: a table of words that comes back -> a words file, each row held against what the papers say now. */
#include "entente_words.h"

#include "base/limits.h"

/* A paper that was read, so that rows of no sentence are told of it. */
struct seen_paper {
	struct str unit;
	struct period period;
	const struct entente_request *request;
};

struct importing {
	struct entente *e;
	struct arena *a;                   /* the gathered one: what outlives a paper */
	struct diag *d;                    /* what is found; its messages live there, too */
	const struct entente_edited *asked;
	struct words_papers papers;
	VEC(struct seen_paper) seen;
	struct narrative_edits table;      /* the rows that come back */
	bool *known;                       /* of each: a paper says such a sentence */
	const struct narrative_edit **taken; /* of each: what is to be kept, or no_edit; NULL: nothing is said of it */
	struct narrative_edits before;     /* the words file as it is */
	struct map in_before;              /* narrative_edit_name -> struct narrative_edit */
	struct date date;                  /* of rows that do not say; year 0: they have to */
};

/* ---- rows of no sentence ---- */

static bool is_of(const struct seen_paper *paper, const struct narrative_edit *row)
{
	return str_equal(paper->unit, row->unit) && period_equal(paper->period, row->period);
}

/* A paper of the row's unit, else what unit there is. */
static const struct seen_paper *paper_of(struct importing *in, const struct narrative_edit *row, struct str *nearest)
{
	for (size_t i = 0; i < in->seen.count; i++) {
		struct str pair[2] = { *nearest, in->seen.at[i].unit };

		if (is_of(&in->seen.at[i], row))
			return &in->seen.at[i];
		*nearest = str_nearest(row->unit, pair, 2);
	}
	return NULL;
}

static bool has_unit(const struct importing *in, struct str unit)
{
	for (size_t i = 0; i < in->seen.count; i++)
		if (str_equal(in->seen.at[i].unit, unit))
			return true;
	return false;
}

/* A sentence of the same snippet, or else in the same slot. */
static const struct words_row *nearest_row(const struct words_paper *p, const struct narrative_edit *row)
{
	for (size_t i = 0; i < p->rows.count; i++)
		if (str_equal(p->rows.at[i].edit.snippet, row->snippet))
			return &p->rows.at[i];
	for (size_t i = 0; i < p->rows.count; i++)
		if (str_equal(p->rows.at[i].edit.slot, row->slot))
			return &p->rows.at[i];
	return NULL;
}

static void tell_no_paper(struct importing *in, const struct narrative_edit *row, struct str nearest)
{
	if (has_unit(in, row->unit))
		diag_add(in->d, DIAG_EDIT_UNKNOWN, row->pos, "none of the papers named is of unit '" STR_FMT "' and period " STR_FMT, STR_ARG(row->unit),
			STR_ARG(period_text(in->a, row->period)));
	else
		diag_add(in->d, DIAG_UNIT_UNKNOWN, row->pos, "none of the papers named is of unit '" STR_FMT "'%s", STR_ARG(row->unit),
			diag_nearest(in->d, nearest));
}

static void tell_no_sentence(struct importing *in, const struct words_paper *p, const struct narrative_edit *row)
{
	const struct words_row *near;

	if (!words_snippet_known(p->job, row, in->d))
		return;
	near = nearest_row(p, row);
	diag_add(in->d, DIAG_EDIT_UNKNOWN, row->pos, "'" STR_FMT "%s" STR_FMT "' is not said in slot '" STR_FMT "' now; export again",
		STR_ARG(row->snippet), row->of.len ? " of " : "", STR_ARG(row->of), STR_ARG(row->slot));
	if (near)
		diag_note(in->d, near->edit.pos, "what is said: '" STR_FMT "%s" STR_FMT "' in slot '" STR_FMT "'", STR_ARG(near->edit.snippet),
			near->edit.of.len ? " of " : "", STR_ARG(near->edit.of), STR_ARG(near->edit.slot));
}

/* The paper is composed again for what is said instead: few rows are of none. */
static void tell_unknown_rows(struct importing *in)
{
	const struct entente_request *read = NULL;
	struct words_paper paper;

	for (size_t i = 0; i < in->table.list.count && in->d->errors < LIMIT_DIAGS_SHOWN; i++) {
		const struct narrative_edit *row = &in->table.list.at[i];
		const struct seen_paper *seen;
		struct str nearest = { 0 };

		if (in->known[i] || row->edited.text.len == 0)
			continue;
		seen = paper_of(in, row, &nearest);
		if (seen && seen->request != read)
			read = words_read_paper(in->e, seen->request, &paper) ? seen->request : NULL;
		if (seen && read)
			tell_no_sentence(in, &paper, row);
		else if (seen == NULL)
			tell_no_paper(in, row, nearest);
	}
}

/* ---- rows of a sentence ---- */

/* Programs that save a table make plain spaces of those that do not break. */
static bool same_words(struct arena *a, struct str one, struct str other)
{
	return narrative_same_print(narrative_text_again(a, one, NULL), narrative_text_again(a, other, NULL));
}

/* Nobody touched it since it was written down: it stays, with the figures of then. */
static bool is_untouched(struct importing *in, const struct words_row *now, const struct narrative_edit *row)
{
	const struct narrative_edit *kept = now->kept;

	return kept && same_words(&in->e->unit, kept->edited.text, row->edited.text) && str_equal(kept->author, row->author) &&
		date_cmp(kept->date, row->date) == 0;
}

static bool check_generated(struct importing *in, const struct words_row *now, const struct narrative_edit *row)
{
	struct arena *a = &in->e->unit;

	if (narrative_same_print(now->edit.generated.text, row->generated.text))
		return true;
	if (same_words(a, now->edit.generated.text, row->generated.text)) {
		diag_add(in->d, DIAG_EDIT_STALE, row->generated.pos, "figures changed since this was exported; keeping the words, with the figures of now");
	} else {
		diag_add(in->d, DIAG_EDIT_GENERATED, row->generated.pos,
			"this is not what the paper says now, so that the edit may speak of something else; export again and edit that");
	}
	diag_note(in->d, row->generated.pos, "then: " STR_FMT, STR_ARG(row->generated.text));
	diag_note(in->d, now->sentence->say->pos, "now: " STR_FMT, STR_ARG(now->edit.generated.text));
	return same_words(a, now->edit.generated.text, row->generated.text);
}

/* The tokens with what they printed when the words were edited. */
static struct edit_tokens tokens_then(struct arena *a, const struct edit_tokens *now, const struct edit_values *then)
{
	struct edit_tokens tokens = { { NULL, 0, 0 } };

	for (size_t i = 0; i < now->list.count; i++) {
		struct edit_token token = now->list.at[i];

		if (i < then->list.count && then->list.at[i].len && !narrative_same_print(then->list.at[i], token.text))
			token.text = then->list.at[i];
		vec_push(a, &tokens.list, token);
	}
	return tokens;
}

/* What is edited, held against the sentence's tokens, and put as it is kept. */
static bool check_words(struct importing *in, const struct words_row *now, struct narrative_edit *row)
{
	struct arena *a = &in->e->unit;
	const struct compose_sentence *s = now->sentence;
	struct edit_values then = narrative_text_values(a, row->generated.text);
	bool *used = ARENA_ARRAY(a, bool, s->tokens.list.count + 1);
	struct edit_tokens tokens = tokens_then(a, &s->tokens, &then);
	struct say say;

	if (!narrative_edited(a, &row->edited, &s->tokens, &then, s->say, &say, used, in->d))
		return false;
	words_check_dropped(a, &s->tokens, used, row->edited.pos, in->d);
	row->edited.text = narrative_text_again(in->a, row->edited.text, &tokens);
	row->generated.text = narrative_text_again(in->a, now->edit.generated.text, &tokens);
	return true;
}

static bool check_author(struct importing *in, struct narrative_edit *row)
{
	if (row->author.len == 0)
		row->author = str_from(in->asked->author);
	if (row->date.year == 0)
		row->date = in->date;
	if (row->author.len && row->date.year)
		return true;
	diag_add(in->d, DIAG_CELL_EMPTY, row->pos, "this row is edited and does not say %s; write it, or give it with %s",
		row->author.len ? "when" : "by whom", row->author.len ? "--date" : "--name");
	return false;
}

static bool is_elsewhere(struct importing *in, const struct words_row *now, struct str name)
{
	return now->kept && map_lookup(&in->in_before, name) == NULL;
}

static void tell_elsewhere(struct importing *in, const struct words_row *now, const struct narrative_edit *row)
{
	diag_add(in->d, DIAG_EDIT_TWICE, row->edited.pos, "these words are edited in another file already; write into that one, or take them out there");
	diag_note(in->d, now->kept->pos, "edited here");
}

static const struct narrative_edit no_edit; /* of a sentence that is printed as generated again */

static const struct narrative_edit *kept_again(struct importing *in, const struct narrative_edit *edit)
{
	struct narrative_edit *out = ARENA_NEW(in->a, struct narrative_edit);

	*out = words_keep(in->a, edit);
	return out;
}

/* What is to be kept of a row; NULL after a diagnostic. */
static const struct narrative_edit *take_row(struct importing *in, const struct words_row *now, struct narrative_edit *row, struct str name)
{
	bool empty = row->edited.text.len == 0, elsewhere = is_elsewhere(in, now, name);

	if (!empty && is_untouched(in, now, row))
		return elsewhere ? &no_edit : kept_again(in, now->kept);
	if (elsewhere) {
		tell_elsewhere(in, now, row);
		return NULL;
	}
	if (empty || same_words(&in->e->unit, row->edited.text, row->generated.text))
		return &no_edit;
	return check_generated(in, now, row) && check_words(in, now, row) && check_author(in, row) ? row : NULL;
}

static void take_paper(void *with, const struct words_paper *paper)
{
	struct importing *in = with;
	const struct facts *f = paper->job->facts;
	struct seen_paper seen = { str_copy(in->a, f->unit), f->period, paper->request };

	vec_push(in->a, &in->seen, seen);
	for (size_t i = 0; i < in->table.list.count; i++) {
		struct narrative_edit *row = &in->table.list.at[i];
		struct str name = is_of(&seen, row) && !in->known[i] ? narrative_edit_name(&in->e->unit, row) : (struct str){ 0 };
		const struct words_row *now = name.len ? map_lookup(&paper->by_name, name) : NULL;

		if (now == NULL)
			continue;
		in->known[i] = true;
		in->taken[i] = take_row(in, now, row, name);
	}
}

/* ---- the file ---- */

/* What the file says of other sentences stays; what is edited again keeps its place; what is new follows, as in the table. */
static struct narrative_edits merged(struct importing *in)
{
	struct arena *a = in->a;
	struct narrative_edits out = { { NULL, 0, 0 } };
	struct map taken = { 0 };            /* narrative_edit_name -> struct narrative_edit */

	for (size_t i = 0; i < in->table.list.count; i++)
		if (in->taken[i])
			map_put(a, &taken, narrative_edit_name(a, &in->table.list.at[i]), (void *)(uintptr_t)in->taken[i]);
	for (size_t i = 0; i < in->before.list.count; i++) {
		const struct narrative_edit *edit = &in->before.list.at[i];
		const struct narrative_edit *new = map_lookup(&taken, narrative_edit_name(a, edit));

		edit = new ? new : edit;
		if (edit->edited.text.len)
			vec_push(a, &out.list, *edit);
	}
	for (size_t i = 0; i < taken.count; i++) {
		const struct narrative_edit *edit = taken.entries[i].value;

		if (edit->edited.text.len && !map_lookup(&in->in_before, taken.entries[i].key))
			vec_push(a, &out.list, *edit);
	}
	return out;
}

static void check_twice(struct importing *in)
{
	struct map first = { 0 };

	for (size_t i = 0; i < in->table.list.count; i++) {
		struct narrative_edit *row = &in->table.list.at[i];
		const struct narrative_edit *before = map_put(in->a, &first, narrative_edit_name(in->a, row), row);

		if (before == NULL)
			continue;
		diag_add(in->d, DIAG_EDIT_TWICE, row->pos, "this sentence stands in the table twice");
		diag_note(in->d, before->pos, "first here");
	}
}

static bool read_tables(struct importing *in)
{
	struct arena *a = in->a;

	if (in->asked->date && !date_parse(str_from(in->asked->date), &in->date))
		diag_add(in->d, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 }, "'%s' is not a date; write YYYY-MM-DD", in->asked->date);
	words_read_table(a, in->asked->into, true, &in->before, in->d);
	for (size_t i = 0; i < in->before.list.count; i++)
		map_put(a, &in->in_before, narrative_edit_name(a, &in->before.list.at[i]), &in->before.list.at[i]);
	words_read_table(a, in->asked->table, false, &in->table, in->d);
	check_twice(in);
	in->known = ARENA_ARRAY(a, bool, in->table.list.count);
	in->taken = ARENA_ARRAY(a, const struct narrative_edit *, in->table.list.count);
	return in->d->errors == 0;
}

/* The table first: what is wrong in it alone is told before any paper is composed. */
static void import_table(struct importing *in, const struct entente_request *requests, size_t count)
{
	struct entente *e = in->e;

	if (read_tables(in)) {
		in->papers = words_find_papers(e, requests, count);
		if (e->diag.errors == 0)
			words_each_paper(e, &in->papers, in->d, take_paper, in);
		if (e->diag.errors == 0)
			tell_unknown_rows(in);
	}
	if (e->diag.errors == 0)
		e->diag = *in->d;
}

static void put_result(struct importing *in)
{
	struct entente *e = in->e;
	struct narrative_edits all;
	struct buf out;

	session_count(e);
	if (e->diag.errors)
		return;
	all = merged(in);
	buf_init(&out, &e->gathered, WORDS_TEXT_MOST);
	narrative_write_edits(&e->gathered, &all, &out);
	e->result.text = buf_str(&out).ptr;
	e->result.text_size = out.len;
	e->result.holes = (uint32_t)all.list.count;
}

const struct entente_result *entente_words_import(struct entente *e, const struct entente_request *requests, size_t count,
	const struct entente_edited *edited)
{
	struct diag found;
	struct importing in = { .e = e, .a = &e->gathered, .d = &found, .asked = edited };

	if (setjmp(e->unwind))
		return session_out_of_memory(e);
	session_begin(e);
	diag_init(&found, &e->gathered);
	e->diag.draft = true; /* a sentence whose figure is still awaited can be edited all the same */
	import_table(&in, requests, count);
	put_result(&in);
	return &e->result;
}
