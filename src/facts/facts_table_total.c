/* Rows that are no data: notes and blank ones are passed over, totals are held against the rows they stand for. */
#include "facts/facts_table.h"

static bool one_of(struct str alternatives, struct str text, bool whole)
{
	struct str part;
	while (str_split(&alternatives, '|', &part)) {
		bool begins = text.len >= part.len && memcmp(text.ptr, part.ptr, part.len) == 0;
		if (part.len && begins && (!whole || text.len == part.len))
			return true;
	}
	return false;
}

static bool applies(const struct table *t, const struct table_rule *rule)
{
	struct str text = rule->at < t->row.count ? str_trim(t->row.cells[rule->at].text) : (struct str){ 0 };
	if (text.len == 0)
		return rule->empty;
	return one_of(rule->is, text, true) || one_of(rule->starts, text, false);
}

/* ---- sums ---- */

/* A formula without value is no gap: what its sum is nobody knows. */
static bool is_summed(const struct table *t, const struct table_column *c)
{
	const struct sheet_cell *cell = facts_table_cell(t, c);
	return c->to == TO_VALUE && (cell->kind == SHEET_ERROR || (cell->kind != SHEET_EMPTY && str_trim(cell->text).len));
}

static bool added(struct table *t, struct table_column *c)
{
	struct decimal n;
	return facts_table_number(t, c, true, &n) && decimal_add(c->sum, n, &c->sum) && decimal_add(c->block, n, &c->block);
}

void facts_table_add_parts(struct table *t)
{
	if (t->parts++ == 0 || t->block_parts == 0)
		t->part_first = t->row.cells[0].pos;
	t->block_parts++;
	t->part_last = t->row.cells[0].pos;
	for (size_t i = 0; i < t->columns.count; i++) {
		struct table_column *c = &t->columns.at[i];
		if (is_summed(t, c) && !added(t, c))
			c->broken = true;
	}
}

/* ---- totals ---- */

static void check(struct table *t, const struct table_rule *rule, const struct table_column *c)
{
	struct decimal said, sum = rule->of == RULE_OF_BLOCK ? c->block : c->sum, miss;
	size_t parts = rule->of == RULE_OF_BLOCK ? t->block_parts : t->parts;
	if (!facts_table_number(t, c, true, &said) || c->broken || !decimal_sub(said, sum, &miss))
		return;
	if (decimal_cmp(decimal_abs(miss), rule->within) <= 0)
		return;
	diag_add(t->r->d, DIAG_TABLE_TOTAL, facts_table_cell(t, c)->pos,
		"this total of '" STR_FMT "' is %s, and the rows it stands for, %zu of them, add up to %s", STR_ARG(c->name),
		decimal_text(t->r->a, said).ptr, parts, decimal_text(t->r->a, sum).ptr);
	diag_note(t->r->d, t->part_last, "the last of them is here");
	diag_note(t->r->d, rule->node->pos, "the row is declared to be a total here");
}

static void close_block(struct table *t, const struct table_rule *rule)
{
	if (rule->of != RULE_OF_BLOCK)
		return;
	t->block_parts = 0;
	for (size_t i = 0; i < t->columns.count; i++)
		t->columns.at[i].block = decimal_int(0);
}

bool facts_table_rule_applies(struct table *t)
{
	for (size_t i = 0; i < t->rules.count; i++) {
		const struct table_rule *rule = &t->rules.at[i];
		if (!applies(t, rule))
			continue;
		for (size_t c = 0; rule->total && t->checks && c < t->columns.count; c++)
			if (is_summed(t, &t->columns.at[c]))
				check(t, rule, &t->columns.at[c]);
		close_block(t, rule);
		return true;
	}
	return false;
}
