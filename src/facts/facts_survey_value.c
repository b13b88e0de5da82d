/* Answers counted -> values: shares, means and spreads with as many answers as they are of. Of fewer than the least number nothing is
 * kept but that something was withheld. */
#include "facts/facts_survey.h"

#include "base/number.h"

/* Rounded half away from nought; both above nought or a nought. */
static int64_t quotient(__int128 a, __int128 b)
{
	return (int64_t)((a * 2 + b) / (b * 2));
}

/* Kish: the square of the sum of weights by the sum of their squares, to three places. */
static struct decimal facts_effective(const struct tally *t)
{
	return (struct decimal){ t->squares ? quotient(t->weight * t->weight * 1000, t->squares) : 0, 3 };
}

/* Of weighted answers, of n - 1 for effective n; to six places. False: fewer than two. */
static bool facts_spread(const struct tally *t, struct decimal *out)
{
	const __int128 twelve = 1000000000000, room = twelve * 100000000000000;
	__int128 w = t->weight * t->weight, apart = t->weight * t->sum_squares - t->sum * t->sum;
	struct decimal n = facts_effective(t);
	if (n.coef <= 1000)
		return false;
	for (; apart > room; apart /= 1000) /* what is lost is far behind the sixth place */
		w /= 1000;
	__int128 variance = apart * twelve / w * n.coef / (n.coef - 1000);
	*out = decimal_round((struct decimal){ (int64_t)integer_root(variance * 100), 7 }, 6);
	return true;
}

/* ---- the sample ---- */

static struct str whole(struct arena *a, struct decimal n)
{
	struct buf b;
	buf_init(&b, a, 64);
	buf_decimal(&b, decimal_round(n, 0));
	return buf_str(&b);
}

/* The source, said of as many as answered. */
static const struct facts_source *source_of(struct survey *s, const struct facts_sample *sample)
{
	struct facts_reader *r = s->table.r;
	const struct facts_source *base = map_lookup(&r->f->sources, s->table.names.source);
	struct str n = str_printf(r->a, "%u", sample->n), effective = sample->weighted ? whole(r->a, sample->effective) : (struct str){ 0 };
	struct str key = str_printf(r->a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(base->id), STR_ARG(n), STR_ARG(effective));
	const struct facts_source *known = map_lookup(&r->samples, key);
	if (known)
		return known;
	struct facts_source *own = ARENA_NEW(r->a, struct facts_source);
	*own = *base;
	own->sample = n;
	own->effective = effective;
	map_set(r->a, &r->samples, key, own);
	return own;
}

static const struct facts_sample *sample_of(struct survey *s, const struct question *q, const struct tally *t)
{
	struct arena *a = s->table.r->a;
	struct facts_sample *sample = ARENA_NEW(a, struct facts_sample);
	const struct table_column *c = &s->table.columns.at[q->at];
	const struct facts_source *base = map_lookup(&s->table.r->f->sources, s->table.names.source);
	*sample = (struct facts_sample){ .n = t->n, .effective = facts_effective(t), .same_panel = s->panel || base->panel == PANEL_SAME };
	sample->weighted = facts_table_column_to(&s->table, TO_WEIGHT) != NULL;
	sample->least = (uint32_t)s->min_n;
	sample->rows = str_printf(a, "column '" STR_FMT "', %u row%s", STR_ARG(c->name.len ? c->name : c->letter), t->n, t->n == 1 ? "" : "s");
	if (q->as == QUESTION_MEAN)
		sample->has_spread = facts_spread(t, &sample->spread);
	return sample;
}

/* ---- values ---- */

static struct src_pos head_of(const struct survey *s, const struct question *q)
{
	size_t at = s->table.columns.at[q->at].at;
	if (at < s->table.head_at.count)
		return s->table.head_at.at[at];
	return q->node->pos;
}

static void put(struct survey *s, const struct question *q, const struct survey_group *g, const struct facts_metric *m,
	struct decimal number, const struct facts_sample *sample)
{
	struct value_names names = g->names;
	struct facts_value v;
	names.metric = m->id;
	if (!facts_value_named(s->table.r, &names, head_of(s, q), &v))
		return;
	v.number = number;
	v.sample = sample;
	v.source = source_of(s, sample);
	s->withheld += facts_value_put(s->table.r, &v, false) == FACTS_PUT_WITHHELD;
}

static struct decimal mean(const struct tally *t)
{
	bool minus = t->sum < 0;
	int64_t size = quotient((minus ? -t->sum : t->sum) * WEIGHT_UNIT, t->weight);
	return (struct decimal){ minus ? -size : size, 6 };
}

static struct decimal share(const struct tally *t)
{
	struct decimal out = { 0 };
	__int128 ten = (__int128)100 * 10000000000;
	out.coef = quotient(t->counted_weight * ten, t->weight);
	out.scale = 10;
	return out;
}

static void put_answer(struct survey *s, const struct question *q, const struct survey_group *g, const struct tally *t)
{
	const struct facts_sample *sample = sample_of(s, q, t);
	struct decimal spread;
	if (q->by_counts) {
		put(s, q, g, q->metric->of, decimal_int(t->counted), sample);
		put(s, q, g, q->metric->over, decimal_int(t->n), sample);
	} else if (q->as == QUESTION_SHARE) {
		put(s, q, g, q->metric, share(t), sample);
	} else if (q->as == QUESTION_MEAN) {
		put(s, q, g, q->metric, mean(t), sample);
	} else if (facts_spread(t, &spread)) {
		put(s, q, g, q->metric, spread, sample);
	}
}

void facts_survey_values(struct survey *s)
{
	for (size_t g = 0; g < s->groups.count; g++)
		for (size_t i = 0; i < s->questions.count; i++)
			if (s->groups.at[g].tallies[i].n)
				put_answer(s, &s->questions.at[i], &s->groups.at[g], &s->groups.at[g].tallies[i]);
}
