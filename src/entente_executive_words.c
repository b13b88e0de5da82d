/* The library: criteria over what is printed: names and units, sources, number formats, status. */
#include "entente_executive.h"

/* ---- 5: one name and one unit a metric ---- */

struct naming {
	struct executive *x;
	struct map metrics; /* printed: id -> struct named */
	struct map labels;  /* label -> struct named */
};
struct named {
	const struct facts_metric *metric;
	struct str unit;   /* around the first of its figures that has one */
	struct str figure; /* that figure */
};

static bool is_number_part(uint32_t c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == 0x2019 || c == 0x202F;
}

/* What stands around the digits, with signs and spaces left out: "€m" of "+€2.4 m". Empty for words
 * and for one, which has its own form. */
static struct str unit_around(struct arena *a, struct str text)
{
	struct buf unit, digits;

	buf_init(&unit, a, text.len + 1);
	buf_init(&digits, a, text.len + 1);
	for (size_t i = 0; i < text.len;) {
		char bytes[4];
		uint32_t c = utf8_next(text, &i);
		bool sign = c == '+' || c == 0x2212 || c == 0xB1 || c == ' ' || c == 0xA0;

		if (is_number_part(c))
			buf_bytes(&digits, bytes, utf8_put(bytes, c));
		else if (!sign)
			buf_bytes(&unit, bytes, utf8_put(bytes, c));
	}
	return digits.len && !str_is(buf_str(&digits), "1") ? buf_str(&unit) : (struct str) { 0 };
}

static struct named *named_of(struct naming *n, const struct facts_metric *m, struct src_pos pos)
{
	struct named *named = map_lookup(&n->metrics, m->id), *other;
	struct str label = facts_label(&m->labels, locale_lang(n->x->locale), false);

	if (named)
		return named;
	named = ARENA_NEW(n->x->arena, struct named);
	named->metric = m;
	map_put(n->x->arena, &n->metrics, m->id, named);
	other = label.len ? map_put(n->x->arena, &n->labels, label, named) : NULL;
	if (other == NULL)
		return named;
	diag_add(n->x->diag, DIAG_EXECUTIVE_NAMES, m->pos.source ? m->pos : pos,
		"metrics '" STR_FMT "' and '" STR_FMT "' are both called '" STR_FMT
		"' and both printed; give one another label",
		STR_ARG(other->metric->id), STR_ARG(m->id), STR_ARG(label));
	diag_note(n->x->diag, other->metric->pos, "the other is here");
	return named;
}

static void see_name(
	void *ctx, const struct executive_place *at, int32_t figure, struct src_pos pos)
{
	struct naming *n = ctx;
	const struct doc_value *v = executive_value(n->x->doc, figure);
	const struct facts_metric *m = v ? facts_metric_lookup(n->x->facts, v->of->metric) : NULL;
	struct named *named = m ? named_of(n, m, pos) : NULL;
	struct str text = n->x->doc->figures.at[figure].text, unit;

	if (named == NULL ||
		!str_is(v->of->measure, facts_measure_name((enum facts_measure)m->measure)) ||
		str_is(v->of->operation, "change"))
		return;
	unit = unit_around(n->x->arena, text);
	if (unit.len && named->unit.len && !str_equal(unit, named->unit))
		diag_add(n->x->diag, DIAG_EXECUTIVE_NAMES, pos,
			"'" STR_FMT "' prints metric '" STR_FMT "' as '" STR_FMT
			"', elsewhere it is '" STR_FMT "'; print one unit",
			STR_ARG(executive_where(at)), STR_ARG(m->id), STR_ARG(text),
			STR_ARG(named->figure));
	if (unit.len && named->unit.len == 0) {
		named->unit = unit;
		named->figure = text;
	}
}

const char *executive_names(struct executive *x)
{
	struct naming n = { .x = x };

	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = &n, .figure = see_name });
	return NULL;
}

/* ---- 8: source, as-of date and sample under each exhibit ---- */

/* What of a word stands before its place: "as of " of "as of {0}". */
static struct str before_place(const struct executive *x, struct str id)
{
	struct str word = locale_word(x->locale, id), part = { 0 };

	str_split(&word, '{', &part);
	return part;
}

static size_t count_parts(struct str s)
{
	size_t count = 1;

	for (size_t i = 0; i < s.len;)
		count += utf8_next(s, &i) == 0xB7;
	return count;
}

static void see_source(void *ctx, const struct executive_place *at, const struct doc_block *b)
{
	enum { PARTS = 4 }; /* number, source, date, sample */
	struct executive *x = ctx;
	struct str line;

	(void)at;
	if (b->kind != DOC_EXHIBIT)
		return;
	line = executive_plain(x->arena, &b->exhibit->source);
	if (!executive_contains(line, before_place(x, STR("as-of"))))
		diag_add(x->diag, DIAG_EXECUTIVE_SOURCE, b->pos,
			"the source line of exhibit '" STR_FMT
			"' has no date; give its source a date",
			STR_ARG(b->slot));
	else if (count_parts(line) < PARTS)
		diag_add(x->diag, DIAG_EXECUTIVE_SOURCE, b->pos,
			"the source line of exhibit '" STR_FMT
			"' does not say of how many; give its source a sample, or it a "
			"sample-topic",
			STR_ARG(b->slot));
}

const char *executive_sources(struct executive *x)
{
	executive_walk_doc(x->doc, &(struct executive_walk) { .ctx = x, .block = see_source });
	return NULL;
}

/* ---- 9: decimals a metric has in the body of an exhibit; a true minus ---- */

struct numbering {
	struct executive *x;
	const struct doc_block *exhibit; /* that decimals is of */
	struct map decimals;		 /* metric and measure -> struct printed_number */
};
struct printed_number {
	struct str text;
	int decimals;
	bool told; /* that others differ */
};

/* Digits behind the sign that parts them; -1 for text without digits. */
static int decimals_of(const struct executive *x, struct str text)
{
	struct str sign = locale_decimal_sign(x->locale);
	int decimals = -1;
	bool parted = false;

	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';

		if (digit)
			decimals = decimals < 0 ? 0 : decimals + parted;
		else if (decimals == 0 && sign.len && text.ptr[i] == sign.ptr[0])
			parted = true;
		else if (parted)
			break;
	}
	return decimals;
}

static void compare_decimals(struct numbering *n, const struct executive_place *at,
	const struct doc_value *v, struct printed_number now, struct src_pos pos)
{
	struct str key = str_printf(n->x->arena, STR_FMT " " STR_FMT " %d", STR_ARG(v->of->metric),
		STR_ARG(v->of->measure), str_is(v->of->operation, "change"));
	struct printed_number *kept = ARENA_NEW(n->x->arena, struct printed_number), *first;

	*kept = now;
	first = map_put(n->x->arena, &n->decimals, key, kept);
	if (first == NULL || first->decimals == now.decimals || first->told)
		return;
	first->told = true;
	diag_add(n->x->diag, DIAG_EXECUTIVE_NUMBERS, pos,
		"exhibit '" STR_FMT "' prints metric '" STR_FMT "' as '" STR_FMT
		"' and as '" STR_FMT "'; print it with the same decimals",
		STR_ARG(at->exhibit->slot), STR_ARG(v->of->metric), STR_ARG(first->text),
		STR_ARG(now.text));
}

static void see_number(
	void *ctx, const struct executive_place *at, int32_t figure, struct src_pos pos)
{
	struct numbering *n = ctx;
	const struct doc_value *v = executive_value(n->x->doc, figure);
	struct printed_number now = { 0 };

	if (v == NULL || v->of->metric.len == 0 || !at->body)
		return;
	if (n->exhibit != at->exhibit)
		memset(&n->decimals, 0, sizeof n->decimals);
	n->exhibit = at->exhibit;
	now.text = n->x->doc->figures.at[figure].text;
	now.decimals = decimals_of(n->x, now.text);
	if (now.decimals >= 0)
		compare_decimals(n, at, v, now, pos);
}

/* A hyphen before a digit and behind a space is a minus that somebody typed. */
static bool has_hyphen_minus(struct str s)
{
	for (size_t i = 0; i + 1 < s.len; i++) {
		bool behind_space = i == 0 || s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '(';

		if (s.ptr[i] == '-' && behind_space && s.ptr[i + 1] >= '0' && s.ptr[i + 1] <= '9')
			return true;
	}
	return false;
}

static void see_minus(void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct numbering *n = ctx;

	if (has_hyphen_minus(executive_plain(n->x->arena, p)))
		diag_add(n->x->diag, DIAG_EXECUTIVE_NUMBERS, executive_pos(p, at->section->pos),
			"'" STR_FMT "' has a hyphen for a minus; write \u2212, or better <n "
				    "metric=\"\u2026\"/>",
			STR_ARG(executive_where(at)));
}

const char *executive_numbers(struct executive *x)
{
	struct numbering n = { .x = x };

	executive_walk_doc(x->doc,
		&(struct executive_walk) {
			.ctx = &n, .paragraph = see_minus, .figure = see_number });
	return NULL;
}

/* ---- 10: status has a mark or a word, never a colour alone ---- */

static bool is_status_colour(uint8_t colour)
{
	return colour == COLOUR_GOOD || colour == COLOUR_WATCH || colour == COLOUR_BAD;
}

static bool is_status_mark(const struct doc_run *r)
{
	return r->kind == RUN_MARK &&
		(r->mark == MARK_TICK || r->mark == MARK_WARNING || r->mark == MARK_CROSS);
}

static bool has_letter(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char small = (char)(s.ptr[i] | 0x20);

		if (small >= 'a' && small <= 'z')
			return true;
	}
	return false;
}

/* Something besides the colour: a mark, a word, strong type. */
static bool says_status(const struct doc_paragraph *p)
{
	for (uint32_t i = 0; i < p->run_count; i++) {
		const struct doc_run *r = &p->runs[i];

		if (is_status_mark(r) ||
			(r->kind == RUN_TEXT && is_status_colour(r->colour) &&
				(has_letter(r->text) || (r->flags & RUN_STRONG))))
			return true;
	}
	return false;
}

static bool has_status_colour(const struct doc_paragraph *p)
{
	for (uint32_t i = 0; i < p->run_count; i++)
		if (p->runs[i].kind == RUN_TEXT && is_status_colour(p->runs[i].colour))
			return true;
	return false;
}

static void see_coloured_text(
	void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct executive *x = ctx;

	if (has_status_colour(p) && !says_status(p))
		diag_add(x->diag, DIAG_EXECUTIVE_STATUS, executive_pos(p, at->section->pos),
			"'" STR_FMT
			"' says a status by colour alone; put its mark or word beside it",
			STR_ARG(executive_where(at)));
}

static bool has_bare_status(const struct doc_chart *c)
{
	for (size_t i = 0; i < (size_t)c->category_count * c->series_count; i++)
		if (c->data[i].present && c->data[i].status != STATUS_NONE &&
			c->data[i].label.len == 0)
			return true;
	return false;
}

static void see_coloured_chart(
	void *ctx, const struct executive_place *at, const struct doc_chart *c)
{
	struct executive *x = ctx;

	if (!at->cell && has_bare_status(c))
		diag_add(x->diag, DIAG_EXECUTIVE_STATUS, c->pos,
			"'" STR_FMT "' colours by status what has no value printed; print it",
			STR_ARG(executive_where(at)));
}

/* A coloured bar in a row is told by the difference printed in that row, or by a mark. */
static bool row_says_status(const struct executive *x, const struct doc_table_row *row)
{
	for (uint16_t i = 0; i < row->count; i++)
		for (uint32_t k = 0; k < row->cells[i].text.run_count; k++) {
			const struct doc_run *r = &row->cells[i].text.runs[k];
			const struct doc_value *v = executive_value(x->doc, r->figure);

			if (is_status_mark(r) || (v && v->operand_count))
				return true;
		}
	return false;
}

static void see_coloured_row(
	void *ctx, const struct executive_place *at, const struct doc_table_row *row)
{
	struct executive *x = ctx;

	for (uint16_t i = 0; i < row->count; i++) {
		const struct doc_cell *cell = &row->cells[i];
		bool heat = cell->fill >= COLOUR_HEAT_1 && cell->fill <= COLOUR_HEAT_4;

		if ((heat && cell->text.run_count == 0) ||
			(cell->chart && has_bare_status(cell->chart) && !row_says_status(x, row)))
			diag_add(x->diag, DIAG_EXECUTIVE_STATUS,
				at->exhibit ? at->exhibit->pos : row->pos,
				"a row of '" STR_FMT "' says a status by colour alone; add a "
						     "column with its difference or status",
				STR_ARG(executive_where(at)));
	}
}

const char *executive_status(struct executive *x)
{
	struct executive_walk walk = { .ctx = x,
		.paragraph = see_coloured_text,
		.chart = see_coloured_chart,
		.row = see_coloured_row };

	executive_walk_doc(x->doc, &walk);
	return NULL;
}
