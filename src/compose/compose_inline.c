/* compose: inline markup to runs: what runs look like, links and references, footnotes. */
#include "compose/compose_int.h"

void say_code(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_CODE);
}

void say_super(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_SUPER);
}

void say_sub(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_SUB);
}

void say_small_caps(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_SMALL_CAPS);
}

void say_no_break(struct saying *s, const struct say_part *part)
{
	say_inside(s, part, RUN_NO_BREAK);
}

/* The innermost language holds. */
void say_language(struct saying *s, const struct say_part *part)
{
	size_t first = s->out->list.count;

	say_inside(s, part, 0);
	for (size_t i = first; i < s->out->list.count; i++)
		if (s->out->list.at[i].lang.len == 0)
			s->out->list.at[i].lang = part->ref;
}

/* ---- texts of records ---- */

bool say_markup(struct saying *s, const struct answer *answer, const struct query *q)
{
	const struct say_markup *m = narrative_markup(s->c->in->narrative, answer->markup);
	size_t first = s->out->list.count;
	struct doc_run *run;

	if (m == NULL)
		return false;
	say_parts(s, m->parts, m->count);
	run = s->out->list.count > first ? &s->out->list.at[first] : NULL;
	if (run)
		run->text = print_text(s->c, run->text, q->form);
	return true;
}

void answer_runs(struct composer *c, const struct answer *answer, const struct query *q, bool bare, unsigned flags, struct runs *out)
{
	struct calc_context ctx = { 0 };
	struct benchmarks_shown figures = { { 0 } };
	struct saying s = { .c = c, .ctx = &ctx, .out = out, .flags = flags, .figures = &figures };
	struct printed printed;

	if (say_markup(&s, answer, q))
		return;
	printed = print_answer(c, answer, q, bare);
	if (printed.figure >= 0)
		run_figure(c, out, printed.text, printed.figure, flags, q->pos);
	else
		run_text(c, out, printed.text, flags, q->pos);
}

/* ---- links ---- */

static bool leads_already(const struct doc_run *run)
{
	return run->uri.len || run->target || run->kind == RUN_NOTE;
}

void say_link(struct saying *s, const struct say_part *part)
{
	size_t first = s->out->list.count;

	say_inside(s, part, 0);
	for (size_t i = first; i < s->out->list.count; i++)
		if (!leads_already(&s->out->list.at[i]))
			s->out->list.at[i].uri = part->ref;
}

/* Where an id leads: a part of a text, or a slot. */
struct target {
	const struct passage *place;
	const struct planned *slot;
	uint32_t anchor, exhibit;
};

static bool target_named(struct saying *s, const struct say_part *part, struct target *out)
{
	struct composer *c = s->c;
	struct str near[2];

	*out = (struct target){ .place = map_lookup(&c->place_ids, part->ref), .slot = slot_planned(c, part->ref) };
	if (out->place) {
		out->anchor = out->place->anchor;
		out->exhibit = out->place->exhibit;
		return true;
	}
	if (out->slot) {
		out->anchor = out->slot->anchor;
		out->exhibit = out->slot->exhibit;
		return true;
	}
	near[0] = map_nearest(&c->place_ids, part->ref);
	near[1] = map_nearest(&c->planned, part->ref);
	diag_add(c->diag, DIAG_SLOT_UNKNOWN, part->pos,
		"nothing that is shown has the id '" STR_FMT "'%s", STR_ARG(part->ref),
		diag_nearest(c->diag, str_nearest(part->ref, near, 2)));
	return false;
}

void say_link_to(struct saying *s, const struct say_part *part)
{
	size_t first = s->out->list.count;
	struct target target;
	bool known = target_named(s, part, &target);

	say_inside(s, part, 0);
	for (size_t i = first; known && i < s->out->list.count; i++)
		if (!leads_already(&s->out->list.at[i]))
			s->out->list.at[i].target = target.anchor;
}

/* What a reference calls its target: "Exhibit 4", "2.1", its title where it has no number. */
/* plain: inside a title that is said elsewhere, where titles would lead from one to the next and back: none then. */
static struct str target_name(struct composer *c, const struct target *t, uint8_t show, bool plain)
{
	const struct prose *b = t->place ? t->place->prose : NULL;
	struct calc_context ctx = { 0 };
	struct str number;

	if (show != PLACE_TITLE && t->exhibit)
		return exhibit_number(c, t->exhibit);
	if (show != PLACE_TITLE && b && t->place->number.len) {
		number = t->place->number;
		return show == PLACE_NUMBER ? number : words_of(c, "section-number", &number, 1);
	}
	if (plain)
		return (struct str){ 0 };
	if (b && b->kind == PROSE_TABLE)
		b = b->block_count && b->blocks[0]->kind == PROSE_CAPTION ? b->blocks[0] : NULL;
	if (b && b->part_count)
		return say_plain(c, b->parts, b->part_count);
	return t->slot ? text_plain(c, &t->slot->slot->heading, &ctx) : (struct str){ 0 };
}

static void page_run(struct saying *s, const struct say_part *part, uint32_t anchor)
{
	struct doc_run *run = run_add(s->c, s->out, RUN_PAGE_OF, part->pos);

	run->target = anchor;
	run->flags = (uint8_t)s->flags;
}

static void name_run(struct saying *s, const struct say_part *part, const struct target *t)
{
	struct str name = target_name(s->c, t, s->quiet ? PLACE_NUMBER : part->show, s->quiet);

	if (name.len == 0)
		return;
	run_text(s->c, s->out, name, s->flags, part->pos);
	s->out->list.at[s->out->list.count - 1].target = t->anchor;
}

/* "{0} on page {1}": the name and the page in their places, both leading there. */
static void full_reference(struct saying *s, const struct say_part *part, const struct target *t)
{
	struct str rest = word(s->c, "reference-page");

	while (rest.len) {
		const char *open = memchr(rest.ptr, '{', rest.len);
		size_t plain = open && open + 2 < rest.ptr + rest.len ? (size_t)(open - rest.ptr) : rest.len;

		run_text(s->c, s->out, (struct str){ rest.ptr, plain }, s->flags, part->pos);
		if (plain == rest.len)
			return;
		if (open[1] == '0')
			name_run(s, part, t);
		else
			page_run(s, part, t->anchor);
		rest = (struct str){ open + 3, rest.len - plain - 3 };
	}
}

void say_place(struct saying *s, const struct say_part *part)
{
	struct target target;

	if (!target_named(s, part, &target))
		return;
	if (part->show == PLACE_PAGE)
		page_run(s, part, target.anchor);
	else if (part->show == PLACE_FULL && !s->quiet)
		full_reference(s, part, &target);
	else
		name_run(s, part, &target);
}

/* ---- footnotes ---- */

static struct doc_note *note_add(struct composer *c)
{
	struct doc_note *note = vec_add(c->arena, &c->doc->notes);

	vec_push(c->arena, &c->noted.list, NULL); /* no benchmark */
	return note;
}

/* "a" … "z", "aa". */
static struct str letter_of(struct composer *c, size_t index)
{
	char letters[8];
	size_t at = sizeof letters;

	do {
		letters[--at] = (char)('a' + index % 26);
		index /= 26;
	} while (index-- && at);
	return str_copy(c->arena, (struct str){ letters + at, sizeof letters - at });
}

/* Notes of a table are lettered, and stand under it. */
static void place_below(struct composer *c, struct doc_note *note, uint32_t index)
{
	note->sign = letter_of(c, c->below->notes.count);
	note->anchor = ++c->doc->anchor_count;
	vec_push(c->arena, &c->below->notes, index);
}

static void call(struct saying *s, uint32_t note, struct src_pos pos)
{
	struct doc_run *run = run_add(s->c, s->out, RUN_NOTE, pos);

	run->note = note;
	if (s->c->doc->notes.at[note].sign.len)
		run->flags = RUN_SUPER;
}

static struct doc_paragraph footnote_text(struct saying *s, const struct say_part *part, const struct doc_note *note)
{
	struct composer *c = s->c;
	struct runs runs = { 0 };
	struct str sign = note->sign.len ? note->sign : str_printf(c->arena, "[%u]\u00a0", (unsigned)note->number);
	struct saying inner = *s;

	run_text(c, &runs, sign, note->sign.len ? RUN_SUPER : 0, part->pos);
	if (note->sign.len)
		run_text(c, &runs, STR("\u00a0"), 0, part->pos);
	inner.out = &runs;
	inner.flags = 0;
	say_parts(&inner, part->parts, part->part_count);
	return paragraph_of(c, style_for(c, ROLE_NOTE), &runs, 0);
}

static uint32_t footnote_add(struct saying *s, const struct say_part *part)
{
	struct composer *c = s->c;
	uint32_t index = (uint32_t)c->doc->notes.count;
	struct doc_note *note = note_add(c), made;
	struct footnotes *below = c->below;

	if (below)
		place_below(c, note, index);
	else
		note->number = ++c->note_numbers;
	note->foot = !below;
	made = *note;
	made.text = footnote_text(s, part, &made); /* which may hold notes of its own */
	made.text.part = below ? PART_NOTE : PART_TEXT;
	c->doc->notes.at[index] = made;
	return index;
}

void say_footnote(struct saying *s, const struct say_part *part)
{
	struct composer *c = s->c;
	struct str key = pointer_key(c, part);
	uintptr_t known = (uintptr_t)map_lookup(&c->footnotes, key);

	if (s->quiet)
		return;
	if (!known) {
		known = footnote_add(s, part) + 1;
		map_put(c->arena, &c->footnotes, key, (void *)known);
	}
	if (part->ref.len)
		map_put(c->arena, &c->footnote_ids, part->ref, (void *)known);
	call(s, (uint32_t)known - 1, part->pos);
}

void say_footnote_again(struct saying *s, const struct say_part *part)
{
	struct composer *c = s->c;
	uintptr_t known = (uintptr_t)map_lookup(&c->footnote_ids, part->ref);

	if (s->quiet)
		return;
	if (known)
		call(s, (uint32_t)known - 1, part->pos);
	else
		diag_add(c->diag, DIAG_REFERENCE_UNKNOWN, part->pos, "no footnote before this has the id '" STR_FMT "'%s",
			STR_ARG(part->ref), diag_nearest(c->diag, map_nearest(&c->footnote_ids, part->ref)));
}

void footnotes_below(struct composer *c, const struct footnotes *below, struct src_pos pos, struct blocks *out)
{
	struct doc_style *close = ARENA_NEW(c->arena, struct doc_style);

	*close = *style_for(c, ROLE_NOTE);
	close->space_before = 0;
	for (size_t i = 0; i < below->notes.count; i++) {
		const struct doc_note *note = &c->doc->notes.at[below->notes.at[i]];
		struct doc_block *block = block_add(c, DOC_PARAGRAPH, pos);
		struct doc_paragraph *text = ARENA_NEW(c->arena, struct doc_paragraph);

		*text = note->text;
		if (i)
			text->style = close; /* they stand together */
		block->paragraph = text;
		block->anchor = note->anchor;
		vec_push(c->arena, &out->list, block);
	}
}
