/* compose: how far a paper is. A draft, and what is for review, says so on every page and in the file's metadata; where a draft's figure is
 * missing or was refused it prints a hole that names who is awaited, and its last page lists them all. */
#include "compose/compose_int.h"

enum { HOLES_LISTED = 200 }; /* more than that nobody goes through */

static bool is_draft(const struct composer *c)
{
	return c->in->facts->state == STATE_DRAFT;
}

/* "Draft, revision 3"; empty when the briefing says nothing of it. */
static struct str state_text(struct composer *c)
{
	static const char *const words[] = { [STATE_UNSAID] = NULL, [STATE_DRAFT] = "state-draft", [STATE_REVIEW] = "state-review",
		[STATE_FINAL] = "state-final" };
	const struct facts *f = c->in->facts;
	struct str args[2];

	if (f->state == STATE_UNSAID)
		return (struct str){ 0 };
	args[0] = word(c, words[f->state]);
	args[1] = str_printf(c->arena, "%d", f->revision);
	return f->revision > 0 ? words_of(c, "state-revision", args, 2) : args[0];
}

/* A paper that nobody should take for the last word. */
static bool is_unfinished(const struct composer *c)
{
	return c->in->facts->state == STATE_DRAFT || c->in->facts->state == STATE_REVIEW;
}

void state_runs(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, state_text(c), 0, pos);
}

void state_meta(struct composer *c)
{
	struct doc_meta *meta = &c->doc->meta;
	struct str args[2] = { meta->title, state_text(c) };

	if (!is_unfinished(c))
		return;
	meta->title = words_of(c, "document-title-state", args, 2);
	meta->keywords = args[1];
}

static bool names_state(struct composer *c, const struct layout_text *text)
{
	struct str said = text->word.len ? locale_word(c->in->locale, text->word) : (struct str){ 0 };

	return said.len && memmem(said.ptr, said.len, "{state}", sizeof "{state}" - 1) != NULL;
}

bool state_to_add(struct composer *c)
{
	const struct layout *l = c->in->layout;
	bool named = names_state(c, &l->stamp);

	for (int i = 0; i < 3; i++)
		named |= names_state(c, &l->header[i]) || names_state(c, &l->footer[i]);
	return is_unfinished(c) && !named;
}

void state_before(struct composer *c, struct runs *out, bool alone, struct src_pos pos)
{
	run_text(c, out, state_text(c), RUN_STRONG, pos);
	if (!alone)
		run_text(c, out, STR(" · "), 0, pos);
}

/* ---- holes ---- */

/* Who is awaited: the side asked for, else the only one that the metric is told for; empty when nobody in particular. */
static struct str awaited_of(struct composer *c, const struct query *q)
{
	const struct facts *f = c->in->facts;
	const struct facts_metric *m = facts_metric_lookup(f, q->metric);
	const struct facts_side *side = facts_side_lookup(f, q->side);

	for (size_t i = 0; side == NULL && m && i < f->side_count; i++)
		if (m->sides == 1u << f->sides[i].index)
			side = &f->sides[i];
	return side ? facts_label_of_side(c, side->id) : (struct str){ 0 };
}

struct str missing_text(struct composer *c, const struct query *q)
{
	struct str who;

	if (!is_draft(c))
		return word(c, "missing");
	who = q ? awaited_of(c, q) : (struct str){ 0 };
	return who.len ? words_of(c, "awaited-of", &who, 1) : word(c, "awaited");
}

/* ---- the list of them ---- */

struct hole_list {
	struct composer *c;
	struct blocks blocks;
	size_t count, left;          /* listed; too many to list */
};

static void add_hole(struct hole_list *l, struct str text, struct str lang, struct src_pos pos)
{
	struct composer *c = l->c;
	struct runs runs = { 0 };

	if (l->count == HOLES_LISTED) {
		l->left++;
		return;
	}
	l->count++;
	run_text(c, &runs, text, 0, pos);
	for (size_t i = 0; i < runs.list.count; i++)
		runs.list.at[i].lang = lang;
	vec_push(c->arena, &l->blocks.list, block_paragraph(c, style_for(c, ROLE_TEXT), &runs, 0, pos));
}

/* "Spend, Commerce, Q3 2026: awaited from the CMO office" */
static void add_awaited(struct hole_list *l, const struct facts_value *v)
{
	struct composer *c = l->c;
	struct query q;
	struct buf b;

	query_init(&q, v->pos);
	q.metric = v->metric->id;
	q.side = v->side ? v->side->id : (struct str){ 0 };
	buf_init(&b, c->arena, 65536);
	buf_put(&b, facts_label(&v->metric->labels, locale_lang(c->in->locale), false));
	if (v->item)
		buf_printf(&b, ", " STR_FMT, STR_ARG(v->item->label.len ? v->item->label : v->item->id));
	buf_printf(&b, ", " STR_FMT, STR_ARG(print_period(c, v->period, PERIOD_LONG)));
	if (v->scenario != SCENARIO_ACTUAL)
		buf_printf(&b, ", " STR_FMT, STR_ARG(word(c, v->scenario == SCENARIO_PLAN ? "scenario-plan" : "scenario-forecast")));
	buf_putc(&b, ' ');
	buf_put(&b, missing_text(c, &q));
	add_hole(l, buf_str(&b), (struct str){ 0 }, v->pos);
}

/* A message as it was told, with its place. Messages are in English. */
static void add_message(struct hole_list *l, const struct diag_message *m)
{
	struct buf b;
	bool english = str_starts(locale_lang(l->c->in->locale), "en");

	if (m->level != DIAG_HOLE || m->code == DIAG_VALUE_AWAITED)
		return;
	buf_init(&b, l->c->arena, 65536);
	if (m->pos.source) {
		struct source named = *m->pos.source;

		named.name = str_starts(named.name, "shipped:") ? named.name : named.path;
		buf_pos_line(&b, (struct src_pos){ &named, m->pos.offset });
		buf_puts(&b, ": ");
	}
	buf_put(&b, m->text);
	add_hole(l, buf_str(&b), english ? (struct str){ 0 } : STR("en"), m->pos);
}

static void add_heading(struct hole_list *l, struct str title)
{
	struct composer *c = l->c;
	struct runs runs = { 0 };

	run_text(c, &runs, title, 0, c->in->facts->pos);
	vec_push(c->arena, &l->blocks.list, block_paragraph(c, style_for(c, ROLE_TITLE), &runs, 1, c->in->facts->pos));
}

static void put_section(struct composer *c, const struct blocks *blocks, struct str title)
{
	const struct doc_section *before = c->doc->sections.at[c->doc->sections.count - 1];
	struct doc_section *s = ARENA_NEW(c->arena, struct doc_section);

	*s = (struct doc_section){ .id = STR("awaited"), .title = title, .anchor = ++c->doc->anchor_count, .first = before->first,
		.rest = before->rest, .blocks = blocks->list.at, .count = (uint32_t)blocks->list.count, .fit = FIT_FLOW, .new_page = true,
		.pos = c->in->facts->pos };
	vec_push(c->arena, &c->doc->sections, s);
}

void compose_holes(struct composer *c)
{
	struct hole_list l = { .c = c };
	const struct facts *f = c->in->facts;
	struct str title = word(c, "awaited-title"), left;

	if (!is_draft(c) || c->doc->sections.count == 0)
		return;
	add_heading(&l, title);
	for (size_t i = 0; i < f->awaiting.count; i++)
		add_awaited(&l, f->awaiting.at[i]);
	for (size_t i = 0; i < c->diag->messages.count; i++)
		add_message(&l, &c->diag->messages.at[i]);
	left = str_printf(c->arena, "%zu", l.left);
	l.count = 0;
	if (l.left)
		add_hole(&l, words_of(c, "awaited-more", &left, 1), (struct str){ 0 }, f->pos);
	if (l.blocks.list.count > 1)
		put_section(c, &l.blocks, title);
}
