/* Days and periods as others write them. */
#include "facts/facts_table.h"

/* ---- patterns ---- */

static const struct {
	const char *sign;             /* longest first */
	uint16_t offset;              /* of the number in struct pattern_date */
	uint8_t least, most;          /* digits */
	char before;                  /* sign before the digits; 0: none */
} tokens[] = {
	{ "YYYY", offsetof(struct pattern_date, year), 4, 4, 0 },
	{ "YY", offsetof(struct pattern_date, year), 2, 2, 0 },
	{ "MM", offsetof(struct pattern_date, month), 2, 2, 0 },
	{ "M", offsetof(struct pattern_date, month), 1, 2, 0 },
	{ "DD", offsetof(struct pattern_date, day), 2, 2, 0 },
	{ "D", offsetof(struct pattern_date, day), 1, 2, 0 },
	{ "Qn", offsetof(struct pattern_date, quarter), 1, 1, 'Q' },
	{ "Hn", offsetof(struct pattern_date, half), 1, 1, 'H' },
};
enum { TOKENS = sizeof tokens / sizeof *tokens };

static void cut(struct str *s, size_t count)
{
	s->ptr += count;
	s->len -= count;
}

static bool take_digits(struct str *text, size_t least, size_t most, int *out)
{
	size_t count = 0;
	*out = 0;
	while (count < most && count < text->len && text->ptr[count] >= '0' && text->ptr[count] <= '9')
		*out = *out * 10 + (text->ptr[count++] - '0');
	cut(text, count);
	return count >= least;
}

static bool take_token(struct str *text, size_t token, struct pattern_date *out)
{
	enum { CENTURY = 2000 };
	int *number = (int *)(void *)((char *)out + tokens[token].offset);
	if (tokens[token].before && (text->len == 0 || text->ptr[0] != tokens[token].before))
		return false;
	cut(text, tokens[token].before != 0);
	if (!take_digits(text, tokens[token].least, tokens[token].most, number))
		return false;
	if (tokens[token].offset == offsetof(struct pattern_date, year) && tokens[token].most == 2)
		*number += CENTURY;
	return true;
}

bool facts_pattern_read(struct str pattern, struct str text, struct pattern_date *out)
{
	*out = (struct pattern_date){ 0 };
	while (pattern.len) {
		size_t token = 0;
		while (token < TOKENS && !str_starts(pattern, tokens[token].sign))
			token++;
		if (token < TOKENS) {
			cut(&pattern, strlen(tokens[token].sign));
			if (!take_token(&text, token, out))
				return false;
			continue;
		}
		if (text.len == 0 || text.ptr[0] != pattern.ptr[0])
			return false;
		cut(&pattern, 1);
		cut(&text, 1);
	}
	return text.len == 0;
}

/* ---- what they say ---- */

/* A month of the calendar as one of the fiscal year, which is how we write months. */
static struct str month_written(const struct table *t, const struct pattern_date *p)
{
	struct date middle = { (int16_t)p->year, (int8_t)p->month, 15 };
	if (p->year < 1 || p->month < 1 || p->month > 12)
		return str_printf(t->r->a, "%04d-%02d", p->year, p->month); /* refused as what it says */
	return period_text(t->r->a, period_of_day(middle, PERIOD_MONTH, &t->r->f->calendar));
}

static struct str written(const struct table *t, const struct pattern_date *p)
{
	struct arena *a = t->r->a;
	if (p->day)
		return str_printf(a, "%04d-%02d-%02d", p->year, p->month, p->day);
	if (p->quarter)
		return str_printf(a, "%04d-Q%d", p->year, p->quarter);
	if (p->half)
		return str_printf(a, "%04d-H%d", p->year, p->half);
	return p->month ? month_written(t, p) : str_printf(a, "%04d", p->year);
}

static bool refused(struct table *t, struct str pattern, struct str text, struct src_pos pos)
{
	diag_add(t->r->d, DIAG_CELL_DATE, pos, "'" STR_FMT "' is not written as " STR_FMT, STR_ARG(text), STR_ARG(pattern));
	diag_note(t->r->d, t->node->pos, "date= in the table or its column says how dates are written");
	return false;
}

/* The text by the column's pattern as we write it; as it is when there is none. */
static bool by_pattern(struct table *t, const struct table_column *c, const struct sheet_cell *cell, struct str *text)
{
	struct str pattern = c->date.len ? c->date : t->date;
	struct pattern_date p;
	if (pattern.len == 0 || cell->kind == SHEET_DATE)
		return true;
	if (!facts_pattern_read(pattern, *text, &p))
		return refused(t, pattern, *text, cell->pos);
	*text = written(t, &p);
	return true;
}

static struct period period_of(const struct table *t, const struct table_column *c, struct date day)
{
	uint8_t kind = c->period_kind ? c->period_kind : t->r->f->period.kind;
	return period_of_day(day, (enum period_kind)kind, &t->r->f->calendar);
}

bool facts_table_period(struct table *t, const struct table_column *c, const struct sheet_cell *cell, struct str text, struct period *out)
{
	static const struct xml_field as = { "period", XML_PERIOD, XML_OPTIONAL, 0, NULL };
	struct date day;
	if (cell->text.len && !str_equal(text, str_trim(cell->text)))
		return xml_read_value(t->r->a, &as, text, cell->pos, out, t->r->d); /* a name for a period */
	if (!by_pattern(t, c, cell, &text))
		return false;
	if (text.len >= 10 && date_parse((struct str){ text.ptr, 10 }, &day)) {
		*out = period_of(t, c, day);
		return true;
	}
	return xml_read_value(t->r->a, &as, text, cell->pos, out, t->r->d);
}

bool facts_table_date(struct table *t, const struct table_column *c, const struct sheet_cell *cell, struct str text, struct str *out)
{
	if (!by_pattern(t, c, cell, &text))
		return false;
	*out = cell->kind == SHEET_DATE && text.len > 10 ? (struct str){ text.ptr, 10 } : text;
	return true;
}

/* ---- dates that were none ---- */

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Three letters that begin a month's name in English or German. */
static bool is_month(struct str text)
{
	static const char months[] = "jan feb mar apr may jun jul aug sep oct nov dec mrz mai okt dez ";
	if (text.len != 3)
		return false;
	for (size_t i = 0; i + 3 < sizeof months; i += 4)
		if ((text.ptr[0] | 0x20) == months[i] && (text.ptr[1] | 0x20) == months[i + 1] && (text.ptr[2] | 0x20) == months[i + 2])
			return true;
	return false;
}

/* Up to two digits, or as many as a year has. */
static bool is_day_or_year(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.ptr[i]))
			return false;
	return text.len == 1 || text.len == 2 || text.len == 4;
}

bool facts_looks_dated(struct str text)
{
	text = str_trim(text);
	const char *dash = text.len > 4 && text.len < 10 ? memchr(text.ptr, '-', text.len) : NULL;
	if (!dash || !(is_digit(text.ptr[0]) || is_letter(text.ptr[0])))
		return false;
	struct str left = { text.ptr, (size_t)(dash - text.ptr) }, right = { dash + 1, text.len - left.len - 1 };
	return (is_month(left) && is_day_or_year(right)) || (is_month(right) && is_day_or_year(left));
}
