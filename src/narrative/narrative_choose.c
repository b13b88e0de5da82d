/* Narrative: topic × facts -> picks: what applies, in what order, and why the rest does not. */
#include "narrative/narrative_int.h"

#include <math.h>

enum { LOG_MAX = 4096 };

struct choosing {
	struct arena *arena;
	const struct facts *facts;
	struct calc *calc;
	const struct calc_context *context;
	enum say_length length;         /* that is asked for */
	struct diag *diag;
	VEC(struct pick) passed;        /* conditions hold; rank, groups and take are still to decide */
	struct picks picks;
};

static void leave_out(struct choosing *c, const struct pick *pick, enum pick_reason reason)
{
	struct pick *out = vec_add(c->arena, &c->picks.out);
	*out = *pick;
	out->reason = (uint8_t)reason;
}

/* Whether it is the case that the wording is for. */
static bool holds(const struct say *say, struct calc_scope *scope)
{
	struct expr_value v = { .kind = EXPR_TRUTH, .truth = true };
	return !say->when || (expr_eval(say->when, scope, &v) == EXPR_DONE && expr_true(v));
}

/* How well a wording fits: the length before case and number, these before the side; 0 = not at all. */
static int fitness(const struct choosing *c, const struct say *say, struct calc_scope *scope)
{
	if ((say->side.len && !str_equal(say->side, c->context->side)) || !holds(say, scope))
		return 0;
	enum narrative_plural_fit number = narrative_plural_fits(say, scope);
	int length = say->length == LENGTH_ANY ? 1 : say->length == (uint8_t)c->length ? 2 : 0;
	if (number == PLURAL_FITS_NOT)
		return 0;
	return 1 + 16 * length + 4 * (say->when != NULL) + 4 * (number == PLURAL_FITS) + 2 * (say->side.len > 0) + str_equal(say->lang, c->facts->lang);
}

static const struct say *wording(const struct choosing *c, const struct snippet *s, struct calc_scope *scope)
{
	const struct say *best = NULL;
	int best_score = 0;
	for (size_t i = 0; i < s->say_count; i++) {
		int score = fitness(c, &s->says[i], scope);
		if (score > best_score) {
			best = &s->says[i];
			best_score = score;
		}
	}
	return best;
}

/* False when a value is missing, or the number is none (a division by nothing). */
static bool number_of(const struct expr *e, struct calc_scope *scope, double *out)
{
	struct expr_value v;
	if (expr_eval(e, scope, &v) != EXPR_DONE)
		return false;
	*out = v.kind == EXPR_TRUTH ? (double)v.truth : v.number;
	return v.kind != EXPR_TEXT && !isnan(*out);
}

/* Condition, materiality, rank. PICK_IN when all of them can be worked out and hold. */
static enum pick_reason weigh(const struct snippet *s, struct calc_scope *scope, double *rank)
{
	struct expr_value v = { .kind = EXPR_TRUTH, .truth = true };
	double size;
	if (s->when && expr_eval(s->when, scope, &v) != EXPR_DONE)
		return PICK_MISSING;
	if (!expr_true(v))
		return PICK_CONDITION;
	if (s->has_material && !number_of(s->material, scope, &size))
		return PICK_MISSING;
	if (s->has_material && fabs(size) < decimal_double(s->threshold))
		return PICK_MATERIAL;
	return s->rank && !number_of(s->rank, scope, rank) ? PICK_MISSING : PICK_IN;
}

static void weigh_instance(
	struct choosing *c, const struct snippet *s, const struct facts_record *item)
{
	struct pick pick = { .snippet = s, .item = item };
	struct calc_scope scope = { .calc = c->calc, .context = *c->context, .diag = c->diag };
	struct buf log;
	buf_init(&log, c->arena, LOG_MAX);
	scope.context.item = item;
	scope.log = &log;
	enum pick_reason reason = weigh(s, &scope, &pick.rank);
	if (reason != PICK_IN)
		scope.log = NULL; /* what decides the wording of what is not said is no reason */
	pick.say = wording(c, s, &scope);
	pick.values = buf_str(&log);
	if (reason == PICK_IN)
		vec_push(c->arena, &c->passed, pick);
	else
		leave_out(c, &pick, reason);
}

static void weigh_snippet(struct choosing *c, const struct snippet *s)
{
	if (!s->each.len) {
		weigh_instance(c, s, c->context->item);
		return;
	}
	const struct facts_records *records = facts_records(c->facts, s->each);
	for (size_t i = 0; records && i < records->list.count; i++)
		if (facts_record_matches_in(c->facts, records->list.at[i], s->where, c->context->item))
			weigh_instance(c, s, records->list.at[i]);
}

static void weigh_all(struct choosing *c, const struct topic *t, bool otherwise)
{
	for (size_t i = 0; i < t->snippets.count; i++)
		if (t->snippets.at[i]->otherwise == otherwise)
			weigh_snippet(c, t->snippets.at[i]);
}

/* Snippets for want of anything better, left out because there was something. */
static void leave_out_otherwise(struct choosing *c, const struct topic *t)
{
	for (size_t i = 0; i < t->snippets.count; i++) {
		const struct snippet *s = t->snippets.at[i];
		struct calc_scope scope = { .calc = c->calc, .context = *c->context, .diag = c->diag };
		struct pick pick = { .snippet = s, .item = c->context->item, .say = wording(c, s, &scope) };
		if (s->otherwise)
			leave_out(c, &pick, PICK_OTHERWISE);
	}
}

/* Highest rank first; among equals the order in the file, then that of the records: insertion is
 * stable. */
static void sort_passed(struct choosing *c)
{
	struct pick *at = c->passed.at;
	for (size_t i = 1; i < c->passed.count; i++) {
		struct pick moved = at[i];
		size_t to = i;
		for (; to > 0; to--) {
			const struct pick *before = &at[to - 1];
			bool stays = before->rank != moved.rank ? before->rank > moved.rank
				: before->snippet->order <= moved.snippet->order;
			if (stays)
				break;
			at[to] = *before;
		}
		at[to] = moved;
	}
}

static const struct snippet *group_winner(const struct choosing *c, const struct snippet *s)
{
	for (size_t i = 0; s->group.len && i < c->picks.in.count; i++)
		if (str_equal(c->picks.in.at[i].snippet->group, s->group))
			return c->picks.in.at[i].snippet;
	return NULL;
}

static void settle(struct choosing *c, int take)
{
	for (size_t i = 0; i < c->passed.count; i++) {
		struct pick *pick = &c->passed.at[i];
		pick->winner = group_winner(c, pick->snippet);
		if (pick->winner)
			leave_out(c, pick, PICK_GROUP);
		else if (take > 0 && c->picks.in.count >= (size_t)take)
			leave_out(c, pick, PICK_TAKE);
		else
			vec_push(c->arena, &c->picks.in, *pick);
	}
}

struct picks narrative_choose_in(struct arena *a, const struct narrative *n, struct calc *calc,
	struct str topic, int take, const struct calc_context *context, enum say_length length, struct diag *d)
{
	struct choosing c = {
		.arena = a, .facts = n->facts, .calc = calc, .context = context, .length = length, .diag = d
	};
	const struct topic *t = narrative_topic(n, topic);
	if (!t)
		return c.picks;
	weigh_all(&c, t, false);
	if (c.passed.count)
		leave_out_otherwise(&c, t);
	else
		weigh_all(&c, t, true);
	sort_passed(&c);
	settle(&c, take < 0 ? t->take : take);
	return c.picks;
}

struct picks narrative_choose(struct arena *a, const struct narrative *n, struct calc *calc,
	struct str topic, int take, struct str side, const struct facts_record *item, struct diag *d)
{
	const struct calc_context context = { .item = item, .side = side };
	return narrative_choose_in(a, n, calc, topic, take, &context, LENGTH_ANY, d);
}
