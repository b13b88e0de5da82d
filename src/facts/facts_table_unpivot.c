/* Heads of a table -> value columns: what stands in a run of heads says period, scenario, metric … of the values below it. */
#include "facts/facts_table.h"

static const struct {
	const char *name;             /* between braces */
	uint16_t offset;              /* of the name in struct value_names */
	int8_t at;                    /* enum value_name, or -1 */
	uint8_t to;                   /* enum column_to: what kind of name it is */
} parts[] = {
	{ "metric", offsetof(struct value_names, metric), NAME_METRIC, TO_METRIC },
	{ "item", offsetof(struct value_names, item), NAME_ITEM, TO_ITEM },
	{ "unit", offsetof(struct value_names, unit), NAME_UNIT, TO_UNIT },
	{ "side", offsetof(struct value_names, side), NAME_SIDE, TO_SIDE },
	{ "source", offsetof(struct value_names, source), NAME_SOURCE, TO_SOURCE },
	{ "currency", offsetof(struct value_names, currency), -1, TO_CURRENCY },
	{ "note", offsetof(struct value_names, note), -1, TO_NOTE },
	{ "period", offsetof(struct value_names, period), NAME_PERIOD, TO_PERIOD },
	{ "scenario", offsetof(struct value_names, scenario), -1, TO_SCENARIO },
};
enum { PARTS = sizeof parts / sizeof *parts };

/* Cuts a {name} off the pattern: its index in parts, PARTS after a diagnostic. */
static size_t take_part(struct table *t, const struct table_unpivot *u, struct str *pattern)
{
	const char *end = memchr(pattern->ptr, '}', pattern->len);
	struct str name = { pattern->ptr + 1, end ? (size_t)(end - pattern->ptr) - 1 : pattern->len - 1 }, near = { 0 };
	for (size_t i = 0; i < PARTS; i++) {
		struct str pair[2] = { near, str_from(parts[i].name) };
		near = str_nearest(name, pair, 2);
		if (!end || !str_is(name, parts[i].name))
			continue;
		pattern->len -= name.len + 2;
		pattern->ptr += name.len + 2;
		return i;
	}
	diag_add(t->r->d, DIAG_ATTRIBUTE_VALUE, facts_attr_pos(u->node, "head"), "a head has no part '{" STR_FMT "}'%s", STR_ARG(name),
		diag_nearest(t->r->d, near));
	return PARTS;
}

/* The text of a part: up to the pattern's next sign; false when that is not there. */
static bool take_text(struct str pattern, struct str *head, struct str *text)
{
	const char *brace = pattern.len ? memchr(pattern.ptr, '{', pattern.len) : NULL;
	size_t literal = brace ? (size_t)(brace - pattern.ptr) : pattern.len;
	const char *at = literal ? memmem(head->ptr, head->len, pattern.ptr, literal) : head->ptr + head->len;
	if (!at || head->len == 0)
		return false;
	*text = str_trim((struct str){ head->ptr, (size_t)(at - head->ptr) });
	head->len -= (size_t)(at - head->ptr);
	head->ptr = at;
	return text->len > 0;
}

/* ---- what a part says ---- */

static bool set_part(struct table *t, struct table_column *c, size_t part, struct str text)
{
	static const struct xml_field scenario = { "scenario", XML_CHOICE, XML_OPTIONAL, 0, facts_scenarios };
	struct src_pos pos = t->head_at.at[c->at];
	struct sheet_cell cell = { .kind = SHEET_TEXT, .text = text, .pos = pos };
	struct table_column as = *c;
	as.to = parts[part].to;
	if (!facts_table_our_name(t, &as, text, pos, &text))
		return false;
	if (parts[part].at >= 0)
		c->constant.at[parts[part].at] = pos;
	if (parts[part].to == TO_PERIOD)
		return facts_table_period(t, c, &cell, text, &c->constant.period);
	if (parts[part].to == TO_SCENARIO)
		return xml_read_value(t->r->a, &scenario, text, pos, &c->constant.scenario, t->r->d);
	*(struct str *)(void *)((char *)&c->constant + parts[part].offset) = text;
	return true;
}

static bool mismatch(struct table *t, const struct table_unpivot *u, size_t at)
{
	diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.at[at], "the head '" STR_FMT "' is not of the form '" STR_FMT "'",
		STR_ARG(t->heads.at[at]), STR_ARG(u->head));
	diag_note(t->r->d, facts_attr_pos(u->node, "head"),
		"the form is declared here; from= and to= say where its columns begin and end, <column … to=\"nothing\"/> leaves one out");
	return false;
}

static bool read_parts(struct table *t, const struct table_unpivot *u, struct table_column *c)
{
	struct str pattern = u->head, head = t->heads.at[c->at];
	while (pattern.len) {
		if (pattern.ptr[0] == '{') {
			struct str text;
			size_t part = take_part(t, u, &pattern);
			if (part == PARTS)
				return false;
			if (!take_text(pattern, &head, &text))
				return mismatch(t, u, c->at);
			if (!set_part(t, c, part, text))
				return false;
			continue;
		}
		if (head.len == 0 || head.ptr[0] != pattern.ptr[0])
			return mismatch(t, u, c->at);
		pattern = (struct str){ pattern.ptr + 1, pattern.len - 1 };
		head = (struct str){ head.ptr + 1, head.len - 1 };
	}
	return head.len == 0 || mismatch(t, u, c->at);
}

/* ---- the run ---- */

static bool is_taken(const struct table *t, size_t at)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.at[i].at == at)
			return true;
	return false;
}

static bool unpivot(struct table *t, const struct table_unpivot *u)
{
	size_t from = u->from.len ? facts_table_column_at(t, u->from, facts_attr_pos(u->node, "from")) : 0,
	       to = u->to.len ? facts_table_column_at(t, u->to, facts_attr_pos(u->node, "to")) : t->heads.count - 1;
	bool good = from != SIZE_MAX && to != SIZE_MAX;
	if (good && from > to) {
		diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.at[to], "the columns end at '" STR_FMT "', before they begin at '" STR_FMT "'",
			STR_ARG(u->to), STR_ARG(u->from));
		diag_note(t->r->d, u->node->pos, "they are asked for here");
		return false;
	}
	for (size_t at = from; good && at <= to; at++) {
		struct table_column c = u->column;
		c.at = at;
		c.name = t->heads.at[at];
		c.node = u->node;
		if (t->heads.at[at].len == 0 || is_taken(t, at))
			continue;
		if (!read_parts(t, u, &c))
			good = false;
		else
			vec_push(t->r->a, &t->columns, c);
	}
	return good;
}

bool facts_table_unpivot(struct table *t)
{
	bool good = true;
	for (size_t i = 0; i < t->unpivots.count; i++)
		good &= unpivot(t, &t->unpivots.at[i]);
	return good;
}
