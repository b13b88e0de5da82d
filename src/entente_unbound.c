/* The library: numbers, ranks and trends that hand-written sentences state by themselves, each with the binding it could have. A figure
 * that is written by hand is right once, in the quarter in which it was written. */
#include "entente_binding.h"
#include "entente_phrases.h"

#include <stdlib.h>

enum { WORDS_MOST = 12 };

/* What a word can claim; its words are those of the language's word "claim-…", separated by semicolons: a phrase each, its last word
 * the beginning of one where it ends in '*'. */
struct claim {
	const char *words;               /* id of the list */
	const char *what;                /* in messages: "a rank" */
	const char *functions;           /* that a condition would bind it with */
	const char *advice;              /* {}: the metric that the sentence speaks of */
	uint32_t shows;                  /* bit per enum query_show that binds it in the sentence */
};
#define BIT(show) (1u << (show))
static const struct claim claims[] = {
	{ "claim-run", "a run", "streak", "print it with <n metric=\"{}\" show=\"streak\" form=\"ordinal\"/>", BIT(SHOW_STREAK) },
	{ "claim-rank", "a rank", "rank top greatest least is mean share",
		"make the sentence depend on it, as when=\"top('{}')\", or print <n metric=\"{}\" show=\"rank\"/>",
		BIT(SHOW_RANK) | BIT(SHOW_GREATEST) | BIT(SHOW_LEAST) },
	{ "claim-trend", "a direction", "delta change rises falls unchanged above below streak gap field is actual count agreement",
		"make the sentence depend on it, as when=\"rises('{}')\"",
		BIT(SHOW_STREAK) | BIT(SHOW_CHANGE) | BIT(SHOW_DIFFERENCE) },
	{ "claim-multiple", "a multiple", "between within share change above below actual",
		"print it with <n metric=\"{}\" show=\"ratio\"/> or show=\"share\"", BIT(SHOW_RATIO) | BIT(SHOW_SHARE) | BIT(SHOW_CHANGE) },
};
enum { CLAIM_COUNT = sizeof claims / sizeof *claims };

struct unbound {
	struct job *job;
	struct arena *arena;             /* scratch */
	struct diag *diag;
	struct bindings *bindings;       /* NULL: something that was read is wrong, so that no figure can be proposed */
	struct str numbers[WORDS_MOST + 1]; /* "two" … "twelve" */
	const struct snippet *snippet;   /* being looked at */
	const struct say *say;
	const struct compose_sentence *edited; /* whose edited words are looked at; NULL: those of the snippet */
};

/* ---- what binds ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool calls(struct str text, struct str function)
{
	for (size_t i = 0; i + function.len < text.len; i++)
		if (memcmp(text.ptr + i, function.ptr, function.len) == 0 && text.ptr[i + function.len] == '(')
			return true;
	return false;
}

static bool expr_binds(const struct expr *e, const char *functions)
{
	struct str rest = str_from(functions), function;

	while (e && (function = str_word(&rest)).len)
		if (calls(expr_text(e), function))
			return true;
	return false;
}

static bool parts_bind(const struct say_part *const *parts, size_t count, const struct claim *claim)
{
	for (size_t i = 0; i < count; i++) {
		const struct say_part *p = parts[i];
		bool asks = p->kind == SAY_FIGURE || p->kind == SAY_REFERENCE || p->kind == SAY_MARK;
		bool orders = p->drivers || (p->kind == SAY_LIST && p->records->sort); /* of one period: no run follows from it */

		if ((asks && p->query && claim->shows & BIT(p->query->show)) || (orders && claim->shows != BIT(SHOW_STREAK)) ||
			parts_bind(p->parts, p->part_count, claim))
			return true;
	}
	return false;
}

static bool is_bound(const struct unbound *u, const struct claim *claim)
{
	const struct snippet *s = u->snippet;

	if (s->each.len && s->rank && claim->shows & BIT(SHOW_RANK))
		return true; /* the first of its kind */
	return expr_binds(s->when, claim->functions) || expr_binds(s->rank, claim->functions) ||
		expr_binds(s->material, claim->functions) || s->where.len ||
		parts_bind(u->say->parts, u->say->part_count, claim);
}

/* "2027..2029" is three years. */
static bool spans(struct str period, struct decimal n)
{
	struct str head = period, tail = period;
	struct period first, last;

	for (head.len = 0; head.len + 1 < period.len && memcmp(period.ptr + head.len, "..", 2) != 0;)
		head.len++;
	tail.ptr += head.len + 2;
	tail.len -= head.len + 2 < period.len ? head.len + 2 : period.len;
	if (!period_parse(head, &first) || !period_parse(tail, &last))
		return str_starts(period, "ltm") && decimal_cmp(n, decimal_int(12)) == 0;
	for (int i = 1; i < 100; i++)
		if (period_equal(period_shift(first, i - 1), last))
			return decimal_cmp(n, decimal_int(i)) == 0;
	return false;
}

/* Whether a number stands in a condition, as the 2 of "count('ask') = 2" or the three years of '2027..2029': then the words
 * follow from it. */
static bool has_number(const struct expr *e, struct decimal n)
{
	struct str rest = e ? expr_text(e) : (struct str){ 0 }, part;

	for (bool quoted = false; str_split(&rest, '\'', &part); quoted = !quoted) {
		if (quoted && spans(part, n))
			return true;
		for (size_t i = 0; !quoted && i < part.len; i++) {
			size_t from = i;
			struct decimal found;

			while (i < part.len && (is_digit(part.ptr[i]) || part.ptr[i] == '.'))
				i++;
			if (i > from && decimal_parse((struct str){ part.ptr + from, i - from }, &found) && decimal_cmp(found, n) == 0)
				return true;
		}
	}
	return false;
}

static bool parts_say_number(const struct say_part *const *parts, size_t count, struct decimal n)
{
	for (size_t i = 0; i < count; i++) {
		const struct say_part *p = parts[i];

		if ((p->records && (has_number(p->records->when, n) || (p->records->take && decimal_cmp(n, decimal_int(p->records->take)) == 0))) ||
			(p->query && (spans(p->query->period, n) || (p->query->offset && decimal_cmp(n, decimal_int(abs(p->query->offset))) == 0))) ||
			parts_say_number(p->parts, p->part_count, n))
			return true;
	}
	return false;
}

/* Whether the snippet decides the number elsewhere than in its words. */
static bool is_said(const struct unbound *u, struct decimal n)
{
	return has_number(u->snippet->when, n) || has_number(u->snippet->rank, n) ||
		parts_say_number(u->say->parts, u->say->part_count, n);
}

/* ---- words of a text ---- */

static bool in_phrases(struct str phrases, struct str text, size_t at, struct str *found)
{
	struct str phrase;

	while (str_split(&phrases, ';', &phrase))
		if (phrase_begins(text, at, phrase, found))
			return true;
	return false;
}

static bool in_list(struct unbound *u, const char *id, struct str text, size_t at, struct str *found)
{
	const struct locale *l = u->job->locale;

	return locale_has(l, str_from(id)) && in_phrases(locale_word(l, str_from(id)), text, at, found);
}

/* ---- telling ---- */

/* A metric that the sentence or its condition speaks of. */
static struct str metric_of(const struct say_part *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str inner = metric_of(parts[i]->parts, parts[i]->part_count);

		if (parts[i]->query && parts[i]->query->metric.len)
			return parts[i]->query->metric;
		if (inner.len)
			return inner;
	}
	return (struct str){ 0 };
}

static struct str advice_for(struct unbound *u, const struct claim *claim)
{
	struct str metric = metric_of(u->say->parts, u->say->part_count);
	struct buf b;

	buf_init(&b, u->arena, 512);
	for (const char *c = claim->advice; *c; c++) {
		if (c[0] != '{') {
			buf_putc(&b, *c);
			continue;
		}
		buf_put(&b, metric.len ? metric : STR("METRIC"));
		c++;
	}
	return buf_str(&b);
}

/* Edited words hold the figures of their sentence and no others. */
static void tell_edited(struct unbound *u, const struct say_part *part, struct str found)
{
	const struct edit_tokens *tokens = &u->edited->tokens;
	struct src_pos pos = phrase_place(part->pos, found);

	for (size_t i = 0; i < tokens->list.count; i++) {
		struct str token = tokens->list.at[i].text, at;

		for (size_t from = 0; from < token.len; from++)
			if (phrase_begins(token, from, found, &at)) {
				diag_add(u->diag, DIAG_FIGURE_UNBOUND, pos, "'" STR_FMT "' is written by hand; write [%zu], which prints '" STR_FMT "'",
					STR_ARG(found), i + 1, STR_ARG(token));
				return;
			}
	}
	diag_add(u->diag, DIAG_FIGURE_UNBOUND, pos,
		"'" STR_FMT "' is written by hand, and no figure of this sentence prints that way; say it without, or add it to the snippet",
		STR_ARG(found));
}

static void tell_claim(struct unbound *u, const struct say_part *part, const struct claim *claim, struct str found)
{
	if (u->edited) {
		diag_add(u->diag, DIAG_FIGURE_UNBOUND, phrase_place(part->pos, found),
			"'" STR_FMT "' claims %s that nothing in this snippet decides; say it otherwise, or let the snippet depend on it", STR_ARG(found),
			claim->what);
		return;
	}
	diag_add(u->diag, DIAG_FIGURE_UNBOUND, phrase_place(part->pos, found), "'" STR_FMT "' claims %s that no figure here decides; " STR_FMT,
		STR_ARG(found), claim->what, STR_ARG(advice_for(u, claim)));
}

static void tell_number_alone(struct unbound *u, const struct say_part *part, struct str found)
{
	diag_add(u->diag, DIAG_FIGURE_UNBOUND, phrase_place(part->pos, found),
		"'" STR_FMT "' is written by hand; write a figure of the facts: which one, check says once the errors are gone", STR_ARG(found));
}

static void tell_number(struct unbound *u, const struct say_part *part, struct str found, struct decimal n,
	enum binding_measure measure, bool words)
{
	if (u->edited) {
		tell_edited(u, part, found);
		return;
	}
	if (!u->bindings) {
		tell_number_alone(u, part, found);
		return;
	}

	size_t others;
	struct binding_wanted wanted = { .number = n, .measure = measure, .words = words,
		.metric = metric_of(u->say->parts, u->say->part_count) };
	struct str element = binding_for(u->bindings, &wanted, &others);
	struct src_pos pos = phrase_place(part->pos, found);

	if (!element.len)
		diag_add(u->diag, DIAG_FIGURE_UNBOUND, pos,
			"'" STR_FMT "' is written by hand, and no figure of this briefing prints that way; add it to the facts and refer to it",
			STR_ARG(found));
	else if (others == 0)
		diag_add(u->diag, DIAG_FIGURE_UNBOUND, pos, "'" STR_FMT "' is written by hand; write " STR_FMT, STR_ARG(found), STR_ARG(element));
	else
		diag_add(u->diag, DIAG_FIGURE_UNBOUND, pos, "'" STR_FMT "' is written by hand; write " STR_FMT "; %zu other figure%s so, too",
			STR_ARG(found), STR_ARG(element), others, others == 1 ? " prints" : "s print");
}

/* ---- looking ---- */

/* "83", "2.40", "1,250": the sign that groups digits is left out, the other is the decimal one. */
static bool number_of(struct unbound *u, struct str text, struct decimal *out)
{
	struct str sign = locale_decimal_sign(u->job->locale);
	struct buf b;

	buf_init(&b, u->arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		if (is_digit(text.ptr[i]))
			buf_putc(&b, text.ptr[i]);
		else if (sign.len && text.ptr[i] == sign.ptr[0])
			buf_putc(&b, '.');
	return decimal_parse(buf_str(&b), out);
}

/* What the number is measured in, by what stands around it. */
static enum binding_measure measure_around(struct str text, struct str number)
{
	size_t end = (size_t)(number.ptr + number.len - text.ptr), start = (size_t)(number.ptr - text.ptr);
	struct str behind = { text.ptr + end, text.len - end };

	while (behind.len && (behind.ptr[0] == ' ' || (unsigned char)behind.ptr[0] == 0xC2 || (unsigned char)behind.ptr[0] == 0xA0))
		behind.ptr++, behind.len--;
	if (str_starts(behind, "%"))
		return BINDING_PERCENT;
	if (str_starts(behind, "point") || str_starts(behind, "pts") || str_starts(behind, "Punkt"))
		return BINDING_POINTS;
	if (str_starts(behind, "\u20AC") || (start >= 3 && memcmp(text.ptr + start - 3, "\u20AC", 3) == 0) ||
		str_starts(behind, "Mio.") || str_starts(behind, "million"))
		return BINDING_MONEY;
	return BINDING_ANY;
}

/* Q3, B2B, ISO-27001: part of a name. */
static bool is_part_of_name(struct str text, struct str number)
{
	const char *from = number.ptr, *end = number.ptr + number.len;
	bool before = from > text.ptr && (from[-1] == '-' || from[-1] == '/' || phrase_small(from[-1]) != from[-1] ||
		(phrase_small(from[-1]) >= 'a' && phrase_small(from[-1]) <= 'z'));
	bool behind = end < text.ptr + text.len && phrase_small(*end) >= 'a' && phrase_small(*end) <= 'z';

	return before || behind;
}

/* 2026, or the day before the name of a month: a time, no figure. */
static bool is_date(struct unbound *u, struct str text, struct str number)
{
	size_t at = (size_t)(number.ptr + number.len - text.ptr);
	struct phrase_token behind;

	if (number.len == 4 && (str_starts(number, "19") || str_starts(number, "20")))
		return true;
	if (number.len > 2 || !phrase_token(text, &at, &behind))
		return false;
	for (int month = 1; month <= 12; month++)
		for (int form = DATE_LONG; form <= DATE_SHORT; form++) {
			struct str date = locale_date(u->arena, u->job->locale, (struct date){ 2026, (int8_t)month, 2 }, (enum locale_date)form);

			if (!behind.number && behind.text.len >= 3 && memmem(date.ptr, date.len, behind.text.ptr, 3) != NULL)
				return true;
		}
	return false;
}

static void look_at_number(struct unbound *u, const struct say_part *part, const struct phrase_token *t)
{
	struct decimal n;

	if (!is_part_of_name(part->text, t->text) && !is_date(u, part->text, t->text) && number_of(u, t->text, &n) && !is_said(u, n))
		tell_number(u, part, t->text, n, measure_around(part->text, t->text), false);
}

static bool look_at_number_word(struct unbound *u, const struct say_part *part, const struct phrase_token *t)
{
	for (int n = 2; n <= WORDS_MOST; n++) {
		if (!phrase_word(t->text, u->numbers[n], false))
			continue;
		if (!is_said(u, decimal_int(n)))
			tell_number(u, part, t->text, decimal_int(n), BINDING_ANY, true);
		return true;
	}
	return false;
}

static void look_at_claims(struct unbound *u, const struct say_part *part, size_t at)
{
	struct str found;

	for (size_t i = 0; i < CLAIM_COUNT; i++)
		if (in_list(u, claims[i].words, part->text, at, &found) && !is_bound(u, &claims[i])) {
			tell_claim(u, part, &claims[i], found);
			return;
		}
}

static void look_at_text(struct unbound *u, const struct say_part *part)
{
	struct phrase_token t;
	struct str allowed;

	for (size_t at = 0, next = 0; phrase_token(part->text, &next, &t); at = next) {
		if (in_list(u, "claim-allowed", part->text, at, &allowed) || in_phrases(u->snippet->fixed, part->text, at, &allowed))
			next = (size_t)(allowed.ptr + allowed.len - part->text.ptr);
		else if (t.number)
			look_at_number(u, part, &t);
		else if (!look_at_number_word(u, part, &t))
			look_at_claims(u, part, at);
	}
}

static void look_at_parts(struct unbound *u, const struct say_part *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (parts[i]->kind == SAY_TEXT)
			look_at_text(u, parts[i]);
		look_at_parts(u, parts[i]->parts, parts[i]->part_count);
	}
}

static void look_at_snippet(struct unbound *u, const struct snippet *s)
{
	u->snippet = s;
	for (size_t i = 0; i < s->say_count; i++) {
		u->say = &s->says[i];
		look_at_parts(u, s->says[i].parts, s->says[i].part_count);
	}
}

static void look_at_edited(struct unbound *u, const struct compose_sentence *s)
{
	if (s->edited == NULL)
		return;
	u->edited = s;
	u->snippet = s->snippet;
	u->say = s->edited;
	look_at_parts(u, s->edited->parts, s->edited->part_count);
}

static struct unbound unbound_open(struct job *job)
{
	struct unbound u = { .job = job, .arena = &job->session->scratch, .diag = &job->session->diag };

	for (int i = 2; i <= WORDS_MOST; i++)
		u.numbers[i] = locale_count(u.arena, job->locale, i, false);
	return u;
}

void check_unbound(struct job *job)
{
	const struct narrative *n = job->narrative;
	struct unbound u = unbound_open(job);

	if (job->session->diag.errors == 0)
		u.bindings = bindings_open(job);
	for (size_t t = 0; t < n->topics.count; t++) {
		const struct topic *topic = n->topics.entries[t].value;

		for (size_t s = 0; s < topic->snippets.count; s++)
			if (!topic->snippets.at[s]->refused && !str_starts(topic->snippets.at[s]->pos.source->name, "shipped:"))
				look_at_snippet(&u, topic->snippets.at[s]);
	}
}

void check_unbound_edits(struct job *job)
{
	struct unbound u = unbound_open(job);

	for (size_t i = 0; i < job->words.list.count; i++)
		look_at_edited(&u, job->words.list.at[i]);
}
