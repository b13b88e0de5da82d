/* xml and rows -> answers counted: a survey as declared, one row a respondent. Nothing of a row stays but what it adds to sums. */
#include "facts/facts_survey.h"

#include "base/limits.h"

enum { ANSWER_MOST = 10000 }; /* so that squares of a million answers, weighted, still fit */

/* ---- sets of answers ---- */

static bool take_answer(struct str *rest, bool bars, struct str *out)
{
	if (!bars)
		return (*out = str_word(rest)).len > 0;
	if (!str_split(rest, '|', out))
		return false;
	*out = str_trim(*out);
	return true;
}

static bool same_answer(struct str a, struct str b)
{
	struct decimal x, y;
	if (str_equal(a, b))
		return true;
	return facts_number_plain(a, &x) && facts_number_plain(b, &y) && decimal_cmp(x, y) == 0;
}

static bool has_bars(struct str list)
{
	return list.len && memchr(list.ptr, '|', list.len);
}

static bool is_whole(struct decimal n)
{
	return decimal_cmp(decimal_round(n, 0), n) == 0;
}

static bool facts_answer_in(const struct answer_set *set, struct str text)
{
	struct str rest = set->list, one;
	struct decimal n;
	if (set->range)
		return facts_number_plain(text, &n) && is_whole(n) && decimal_cmp(n, set->low) >= 0 && decimal_cmp(n, set->high) <= 0;
	while (take_answer(&rest, has_bars(set->list), &one))
		if (same_answer(one, text))
			return true;
	return false;
}

static bool read_set(struct survey *s, const struct xml_node *n, const char *attr, struct answer_set *set)
{
	const char *dots = set->list.len ? memmem(set->list.ptr, set->list.len, "..", 2) : NULL;
	if (!dots)
		return true;
	struct str low = { set->list.ptr, (size_t)(dots - set->list.ptr) },
		   high = { dots + 2, set->list.len - low.len - 2 };
	set->range = true;
	if (facts_number_plain(str_trim(low), &set->low) && facts_number_plain(str_trim(high), &set->high) && is_whole(set->low) &&
		is_whole(set->high) && decimal_cmp(set->low, set->high) < 0)
		return true;
	diag_add(s->table.r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(n, attr),
		"'" STR_FMT "' is no run of whole numbers; write it as 1..5", STR_ARG(set->list));
	return false;
}

/* Each answer counted can be given. */
static bool share_fits(struct survey *s, const struct question *q)
{
	struct str rest = q->share.list, one;
	while (!q->share.range && take_answer(&rest, has_bars(q->share.list), &one)) {
		if (facts_answer_in(&q->scale, one))
			continue;
		diag_add(s->table.r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(q->node, "share-of"),
			"'" STR_FMT "' is no answer of the scale '" STR_FMT "'", STR_ARG(one), STR_ARG(q->scale.list));
		return false;
	}
	return true;
}

/* ---- <question> ---- */

static bool is_count(const struct facts_metric *m)
{
	return m && m->measure == MEASURE_COUNT;
}

static bool metric_fits(struct survey *s, struct question *q)
{
	struct diag *d = s->table.r->d;
	q->metric = facts_metric_lookup(s->table.r->f, q->metric_id);
	if (!q->metric) {
		facts_unknown_metric(s->table.r->f, q->metric_id, facts_attr_pos(q->node, "metric"), d);
		return false;
	}
	uint8_t measure = q->metric->measure;
	if ((q->as == QUESTION_SHARE) == (measure == MEASURE_PERCENT) && measure != MEASURE_MONEY)
		return true;
	diag_add(d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(q->node, "metric"), "'" STR_FMT "' (%s) cannot be a %s of answers",
		STR_ARG(q->metric_id), facts_measure_name((enum facts_measure)measure),
		q->as == QUESTION_SHARE ? "share" : q->as == QUESTION_MEAN ? "mean" : "spread");
	diag_note(d, q->metric->pos, "the metric is declared here");
	return false;
}

static bool says_one_thing(struct survey *s, const struct question *q)
{
	const struct xml_node *n = q->node;
	bool share = xml_attr(n, "share-of") != NULL;
	if ((q->column.len > 0) == (q->letter.len > 0)) {
		diag_add(s->table.r->d, DIAG_ATTRIBUTE_MISSING, n->pos, "a question needs either 'column' or 'at'");
		return false;
	}
	if (share != (xml_attr(n, "as") != NULL))
		return true;
	diag_add(s->table.r->d, DIAG_ATTRIBUTE_MISSING, n->pos, "a question needs either 'share-of' or 'as'");
	return false;
}

static void add_column(struct survey *s, struct question *q)
{
	struct table *t = &s->table;
	q->at = t->columns.count;
	vec_push(t->r->a, &t->columns, ((struct table_column){ .name = q->column, .letter = q->letter, .to = TO_ANSWER, .node = q->node }));
	t->mapped = true;
	t->by_name |= q->column.len > 0;
}

static void read_question(void *ctx, const struct xml_node *n)
{
	static const struct xml_choice kinds[] = { { "mean", QUESTION_MEAN }, { "spread", QUESTION_SPREAD }, { NULL, 0 } };
	static const struct xml_child none[] = { { NULL, NULL } };
	static const struct xml_field fields[] = {
		{ "metric", XML_ID, XML_REQUIRED, offsetof(struct question, metric_id), NULL },
		{ "scale", XML_STR, XML_REQUIRED, offsetof(struct question, scale.list), NULL },
		{ "column", XML_STR, XML_OPTIONAL, offsetof(struct question, column), NULL },
		{ "at", XML_ID, XML_OPTIONAL, offsetof(struct question, letter), NULL },
		{ "share-of", XML_STR, XML_OPTIONAL, offsetof(struct question, share.list), NULL },
		{ "as", XML_CHOICE, XML_OPTIONAL, offsetof(struct question, as), kinds },
		{ "missing", XML_STR, XML_OPTIONAL, offsetof(struct question, missing.list), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct survey *s = ctx;
	struct question q = { .node = n };
	s->table.mapped = s->asks = true;
	bool good = xml_read_attrs(s->table.r->a, n, fields, &q, s->table.r->d);
	xml_read_children(n, none, s, s->table.r->d);
	if (!good || !says_one_thing(s, &q))
		return;
	good = read_set(s, n, "scale", &q.scale) && read_set(s, n, "share-of", &q.share) && read_set(s, n, "missing", &q.missing);
	if (!good || !share_fits(s, &q) || !metric_fits(s, &q))
		return;
	add_column(s, &q);
	vec_push(s->table.r->a, &s->questions, q);
}

/* ---- <survey> ---- */

#define SURVEY(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct survey, member), choices }
static const struct xml_choice unit_rules[] = { { "all", 0 }, { "own", 1 }, { NULL, 0 } };
static const struct xml_choice panels[] = { { "other", 0 }, { "same", 1 }, { NULL, 0 } };
static const struct xml_field survey_fields[] = {
	SURVEY("href", XML_STR, table.href, NULL),
	SURVEY("use", XML_ID, table.use, NULL),
	SURVEY("sheet", XML_STR, table.sheet, NULL),
	SURVEY("range", XML_STR, table.range, NULL),
	SURVEY("separator", XML_STR, table.separator, NULL),
	SURVEY("decimal", XML_STR, table.decimal, NULL),
	SURVEY("thousands", XML_STR, table.thousands, NULL),
	SURVEY("encoding", XML_STR, table.encoding, NULL),
	SURVEY("date", XML_STR, table.date, NULL),
	SURVEY("period-kind", XML_CHOICE, table.period_kind, facts_period_kinds),
	SURVEY("skip", XML_INT, table.skip, NULL),
	SURVEY("head", XML_INT, table.head, NULL),
	SURVEY("units", XML_CHOICE, table.units, unit_rules),
	{ "source", XML_ID, XML_REQUIRED, offsetof(struct survey, table.names.source), NULL },
	SURVEY("unit", XML_ID, table.names.unit, NULL),
	SURVEY("side", XML_ID, table.names.side, NULL),
	SURVEY("note", XML_STR, table.names.note, NULL),
	SURVEY("period", XML_PERIOD, table.names.period, NULL),
	SURVEY("min-n", XML_INT, min_n, NULL),
	SURVEY("panel", XML_CHOICE, panel, panels),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_child survey_children[] = { { "column", facts_table_read_column }, { "skip", facts_table_read_skip },
	{ "question", read_question }, { NULL, NULL } };

static bool is_complete(struct survey *s)
{
	struct table *t = &s->table;
	if (s->min_n < 0)
		diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(t->node, "min-n"), "%d is no number of answers", s->min_n);
	if (!s->asks)
		diag_add(t->r->d, DIAG_ELEMENT_MISSING, t->node->pos, "a survey needs a question");
	return s->questions.count && s->min_n >= 0 && facts_source_named(t->r, t->names.source, facts_attr_pos(t->node, "source"));
}

/* Who forms the joint value is known when metrics are linked: long before surveys are read. */
static void settle_questions(struct survey *s)
{
	for (size_t i = 0; i < s->questions.count; i++) {
		struct question *q = &s->questions.at[i];
		const struct facts_metric *m = q->metric;
		q->by_counts = q->as == QUESTION_SHARE && is_count(m->of) && is_count(m->over) &&
			!facts_table_column_to(&s->table, TO_WEIGHT);
		q->joint_too = (q->by_counts ? m->over : m)->joint == JOINT_STATED;
	}
}

/* ---- who answered ---- */

static bool read_period(struct table *t, struct value_names *names)
{
	const struct table_column *c = facts_table_column_to(t, TO_PERIOD);
	struct str text;
	if (names->period.kind == PERIOD_NONE)
		names->period = t->r->f->period;
	if (!c)
		return true;
	return facts_table_text(t, c, &text) && (text.len == 0 || facts_table_period(t, c, facts_table_cell(t, c), text, &names->period));
}

static bool read_name(struct table *t, enum column_to to, struct str *name, struct src_pos *pos)
{
	const struct table_column *c = facts_table_column_to(t, to);
	if (c)
		*pos = facts_table_cell(t, c)->pos;
	return facts_table_said(t, c, name);
}

static bool read_names(struct survey *s, struct value_names *names)
{
	struct table *t = &s->table;
	*names = t->names;
	for (size_t i = 0; i < sizeof names->at / sizeof *names->at; i++)
		names->at[i] = t->row.cells[0].pos;
	return read_name(t, TO_UNIT, &names->unit, &names->at[NAME_UNIT]) &&
		read_name(t, TO_SIDE, &names->side, &names->at[NAME_SIDE]) && read_period(t, names);
}

static bool names_known(struct survey *s, const struct value_names *names)
{
	struct facts_reader *r = s->table.r;
	const struct facts_side *side;
	return (names->unit.len == 0 || str_equal(names->unit, r->f->unit) || facts_unit_known(r, names->unit, names->at[NAME_UNIT])) &&
		(names->side.len == 0 || facts_side_named(r, names->side, names->at[NAME_SIDE], &side));
}

/* The id is not printed: a message has its place. */
static bool is_first(struct survey *s, const struct value_names *names)
{
	struct table *t = &s->table;
	const struct table_column *c = facts_table_column_to(t, TO_RESPONDENT);
	struct str id;
	if (!c)
		return true;
	struct src_pos *pos = ARENA_NEW(t->r->a, struct src_pos);
	*pos = facts_table_cell(t, c)->pos;
	if (!facts_table_text(t, c, &id))
		return false;
	if (id.len == 0) {
		diag_add(t->r->d, DIAG_CELL_EMPTY, pos->source ? *pos : t->row.cells[0].pos, "this row does not say who answered");
		return false;
	}
	struct str key = str_printf(t->r->a, STR_FMT "\n" STR_FMT, STR_ARG(period_text(t->r->a, names->period)), STR_ARG(id));
	const struct src_pos *known = map_put(t->r->a, &s->respondents, key, pos);
	if (!known)
		return true;
	diag_add(t->r->d, DIAG_RESPONDENT_TWICE, *pos, "a respondent is counted twice in one period: this row and an earlier one are of the same");
	diag_note(t->r->d, *known, "the earlier row is here");
	return false;
}

/* In millionths. */
static bool read_weight(struct survey *s, int64_t *out)
{
	struct table *t = &s->table;
	const struct table_column *c = facts_table_column_to(t, TO_WEIGHT);
	struct decimal w;
	*out = WEIGHT_UNIT;
	if (!c)
		return true;
	if (!facts_table_number(t, c, false, &w))
		return false;
	struct decimal kept = decimal_round(w, 6);
	if (decimal_sign(w) <= 0 || decimal_cmp(kept, w) != 0 || decimal_cmp(w, decimal_int(1000)) > 0) {
		diag_add(t->r->d, DIAG_CSV_NUMBER, facts_table_cell(t, c)->pos,
			"'" STR_FMT "' is no weight: above nought, 1000 at most, with six decimals at most", STR_ARG(facts_table_cell(t, c)->text));
		return false;
	}
	for (*out = kept.coef; kept.scale < 6; kept.scale++)
		*out *= 10;
	return true;
}

/* ---- what was answered ---- */

static struct survey_group *group_of(struct survey *s, const struct value_names *names)
{
	struct arena *a = s->table.r->a;
	struct str key = str_printf(a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(names->unit), STR_ARG(names->side),
		STR_ARG(period_text(a, names->period)));
	uintptr_t place = (uintptr_t)map_lookup(&s->by_names, key);
	if (place)
		return &s->groups.at[place - 1];
	struct survey_group group = { .names = *names, .tallies = ARENA_ARRAY(a, struct tally, s->questions.count) };
	vec_push(a, &s->groups, group);
	map_set(a, &s->by_names, key, (void *)(uintptr_t)s->groups.count);
	return &s->groups.at[s->groups.count - 1];
}

static bool refuse_answer(struct survey *s, const struct question *q, const struct sheet_cell *cell)
{
	diag_add(s->table.r->d, DIAG_ANSWER_SCALE, cell->pos, "'" STR_FMT "' is no answer of the scale '" STR_FMT "'",
		STR_ARG(str_trim(cell->text)), STR_ARG(q->scale.list));
	diag_note(s->table.r->d, q->node->pos, "the question is declared here; missing= says what stands for no answer");
	return false;
}

struct given {
	bool is;              /* an answer was given */
	bool counted;         /* it is in the share's set */
	int64_t number;       /* of means and spreads */
};

/* The answer by our signs: "4,0" of a European file is 4. */
static bool answer_number(struct survey *s, const struct question *q, const struct table_column *c, struct given *out)
{
	struct decimal n;
	if (!facts_table_number(&s->table, c, false, &n))
		return false;
	if (!is_whole(n) || decimal_cmp(decimal_abs(n), decimal_int(ANSWER_MOST)) > 0)
		return refuse_answer(s, q, facts_table_cell(&s->table, c));
	out->number = decimal_round(n, 0).coef;
	return true;
}

static bool read_answer(struct survey *s, const struct question *q, struct given *out)
{
	const struct table_column *c = &s->table.columns.at[q->at];
	const struct sheet_cell *cell = facts_table_cell(&s->table, c);
	struct str text = str_trim(cell->text);
	*out = (struct given){ 0 };
	if (!sheet_cell_check(cell, SHEET_MERGED_REFUSED, s->table.r->d))
		return false;
	if (text.len == 0 || facts_answer_in(&q->missing, text))
		return true;
	if (!facts_answer_in(&q->scale, text))
		return refuse_answer(s, q, cell);
	out->is = true;
	out->counted = facts_answer_in(&q->share, text);
	return q->as == QUESTION_SHARE || answer_number(s, q, c, out);
}

static void count(struct tally *t, const struct given *g, int64_t weight)
{
	if (!g->is)
		return;
	t->n++;
	t->counted += g->counted;
	t->weight += weight;
	t->squares += (__int128)weight * weight;
	t->counted_weight += g->counted ? weight : 0;
	t->sum += (__int128)weight * g->number;
	t->sum_squares += (__int128)weight * g->number * g->number;
}

static bool count_row(struct survey *s)
{
	struct value_names names, joint;
	int64_t weight;
	bool good = read_names(s, &names) && names_known(s, &names) && is_first(s, &names);
	if (!good || !read_weight(s, &weight))
		return false;
	if (str_is(names.side, "joint") || str_is(names.side, "both"))
		names.side = (struct str){ 0 };
	joint = names;
	joint.side = (struct str){ 0 };
	for (size_t i = 0; i < s->questions.count; i++) {
		const struct question *q = &s->questions.at[i];
		struct given given;
		if (!read_answer(s, q, &given)) {
			good = false;
			continue;
		}
		count(&group_of(s, &names)->tallies[i], &given, weight);
		if (names.side.len && q->joint_too)
			count(&group_of(s, &joint)->tallies[i], &given, weight);
	}
	return good;
}

void facts_survey_read(struct facts_reader *r, const struct xml_node *n, struct str unit)
{
	static const struct table_form form = { "survey", survey_fields, survey_children };
	struct survey s = { 0 };
	if (!facts_table_open_as(&s.table, r, n, &form))
		return;
	if (s.table.names.unit.len == 0)
		s.table.names.unit = unit;
	if (is_complete(&s)) {
		size_t bad = 0;
		settle_questions(&s);
		facts_index_begin(&s.table);
		while (bad < LIMIT_DIAGS_SHOWN && facts_table_next(&s.table))
			bad += !count_row(&s);
		if (bad == 0 && s.table.bad_rows == 0)
			facts_survey_values(&s);
	}
	facts_table_close(&s.table);
}
