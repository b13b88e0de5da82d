/* A table's head -> which column is where. */
#include "facts/facts_table.h"

/* ---- the rows of the head ---- */

static struct str head_text(struct table *t, const struct sheet_cell *cell)
{
	return cell->kind == SHEET_ERROR ? (struct str){ 0 } : str_copy(t->r->a, str_trim(cell->text));
}

/* "2026" above "Plan" is "2026 / Plan"; a head merged over both rows is said once. */
static struct str joined(struct table *t, struct str above, struct str text)
{
	if (above.len == 0 || text.len == 0 || str_equal(above, text))
		return above.len ? above : text;
	return str_printf(t->r->a, STR_FMT " / " STR_FMT, STR_ARG(above), STR_ARG(text));
}

/* While a head of several rows is read. A text file cannot merge cells: what stands over several heads is said at the first of them, so
 * that it belongs to those on its right, too, as far as they say something of their own. */
struct head_rows {
	VEC(struct str) own, spread; /* of each column: what stands there; the same with what stands on its left */
};

static void take_head(struct table *t, struct head_rows *rows, bool last)
{
	struct str left = { 0 };
	for (size_t i = 0; i < t->row.count; i++) {
		struct str text = head_text(t, &t->row.cells[i]);
		if (i == rows->own.count) {
			vec_push(t->r->a, &rows->own, ((struct str){ 0 }));
			vec_push(t->r->a, &rows->spread, ((struct str){ 0 }));
			vec_push(t->r->a, &t->head_at, t->row.cells[i].pos);
		}
		if (text.len)
			left = text;
		bool spreads = !last && t->source->kind == SOURCE_TEXT;
		struct str with_left = joined(t, rows->spread.at[i], spreads ? left : text);
		rows->own.at[i] = joined(t, rows->own.at[i], text);
		rows->spread.at[i] = last && text.len == 0 ? rows->own.at[i] : with_left;
		t->head_at.at[i] = t->row.cells[i].pos;
	}
}

static bool is_empty(struct table *t)
{
	diag_add(t->r->d, DIAG_CSV_COLUMN, (struct src_pos){ t->source, 0 }, "the table is empty");
	return false;
}

bool facts_table_pass_head(struct table *t)
{
	t->pending = false;
	for (int64_t left = (int64_t)(t->skip > 0 ? t->skip : 0) + t->head; left > 0; left--)
		if (!sheet_next(t->file, &t->row))
			return false;
	return true;
}

/* Reads the head, or, of a table without one, its first row. */
static bool read_head(struct table *t)
{
	struct head_rows rows = { 0 };
	for (int32_t i = 0; i < t->skip && sheet_next(t->file, &t->row); i++)
		;
	for (int32_t i = 0; i < t->head || i == 0; i++) {
		t->place = t->source->kind == SOURCE_TEXT ? sheet_place(t->file) : 0;
		if (!sheet_next(t->file, &t->row))
			return !sheet_broken(t->file) && is_empty(t);
		if (i < t->head)
			take_head(t, &rows, i + 1 == t->head);
		if (t->width < t->row.count)
			t->width = t->row.count;
	}
	for (size_t i = 0; i < rows.spread.count; i++)
		vec_push(t->r->a, &t->heads, rows.spread.at[i]);
	t->pending = t->head == 0;
	return true;
}

/* ---- columns ---- */

static struct str nearest_head(const struct table *t, struct str name)
{
	struct str nearest = { 0 };
	for (size_t i = 0; i < t->heads.count; i++) {
		struct str pair[2] = { nearest, t->heads.at[i] };
		nearest = str_nearest(name, pair, 2);
	}
	return nearest;
}

/* "D" is 3; SIZE_MAX: no letters. */
static size_t of_letters(struct str letters)
{
	size_t at = 0;
	for (size_t i = 0; i < letters.len; i++) {
		char c = (char)(letters.ptr[i] & ~0x20);
		if (c < 'A' || c > 'Z' || i > 2)
			return SIZE_MAX;
		at = at * 26 + (size_t)(c - 'A' + 1);
	}
	return at - 1;
}

/* A letter of the sheet as a place in the rows read, which begin where the range does. */
static size_t place_of(const struct table *t, struct str letters)
{
	size_t at = of_letters(letters), first = 0;
	if (t->row.count && t->source->kind == SOURCE_GRID)
		first = grid_column(t->row.cells[0].pos.offset);
	return at == SIZE_MAX || at < first ? SIZE_MAX : at - first;
}

static const char *letter_of(const struct table *t, size_t at)
{
	struct buf b;
	size_t first = t->row.count && t->source->kind == SOURCE_GRID ? grid_column(t->row.cells[0].pos.offset) : 0;
	buf_init(&b, t->r->a, 64);
	buf_cell_column(&b, (uint32_t)(first + at));
	return buf_str(&b).ptr;
}

static bool find_head(struct table *t, struct str name, size_t *at)
{
	bool found = false;
	for (size_t i = 0; i < t->heads.count; i++) {
		if (!str_equal(t->heads.at[i], name))
			continue;
		if (found) {
			diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.at[i], "a second column '" STR_FMT "'",
				STR_ARG(name));
			diag_note(t->r->d, t->head_at.at[*at], "the first one is here");
			*at = SIZE_MAX;
			return true;
		}
		found = true;
		*at = i;
	}
	return found;
}

/* As the attribute names it. */
static struct str sign_name(const char *sign)
{
	return *sign == '\t' ? STR("tab") : (struct str){ sign, 1 };
}

static size_t count_of(struct str text, char sign)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == sign;
	return count;
}

/* The sign that would part the only head there is, most often; 0: it is one head indeed. */
static char other_separator(const struct table *t)
{
	static const char signs[] = ";,\t|";
	char best = 0;
	if (t->heads.count != 1 || t->source->kind == SOURCE_GRID)
		return 0;
	for (size_t i = 0, most = 0; i + 1 < sizeof signs; i++) {
		size_t count = count_of(t->heads.at[0], signs[i]);
		if (count > most)
			most = count, best = signs[i];
	}
	return best;
}

static bool is_asked_for(const struct table *t, struct str head)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (str_equal(t->columns.at[i].name, head))
			return true;
	return false;
}

/* A table read with the wrong separator has one column. That is said once: to miss each of those asked for would help nobody. */
static bool is_parted(struct table *t)
{
	char sign = other_separator(t);
	if (!sign || (t->mapped && !t->by_name) || is_asked_for(t, t->heads.at[0]))
		return true;
	diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.at[0],
		"this head is not parted by '" STR_FMT "'; it looks like a table with separator=\"" STR_FMT "\"",
		STR_ARG(sign_name(&t->separator_sign)), STR_ARG(sign_name(&sign)));
	diag_note(t->r->d, t->node->pos, "the table is declared here");
	return false;
}

static size_t no_head(struct table *t, struct str name, struct src_pos pos)
{
	diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.count ? t->head_at.at[0] : (struct src_pos){ t->source, 0 },
		"no column '" STR_FMT "' in the head row%s", STR_ARG(name), diag_nearest(t->r->d, nearest_head(t, name)));
	diag_note(t->r->d, pos, "the column is asked for here");
	return SIZE_MAX;
}

size_t facts_table_column_at(struct table *t, struct str name, struct src_pos pos)
{
	size_t at;
	if (find_head(t, name, &at))
		return at;
	at = place_of(t, name);
	return at < t->width ? at : no_head(t, name, pos);
}

/* Where a column is said to be, by its number or its letter; SIZE_MAX: not said, or after a diagnostic. */
static size_t place_said(struct table *t, const struct table_column *c)
{
	size_t at = c->letter.len ? place_of(t, c->letter) : (size_t)c->index - 1;
	if ((c->letter.len == 0 && c->index < 1) || at < t->width)
		return at;
	if (c->letter.len)
		diag_add(t->r->d, DIAG_CSV_COLUMN, facts_attr_pos(c->node, "at"),
			"the table has %zu columns and no column " STR_FMT, t->width, STR_ARG(c->letter));
	else
		diag_add(t->r->d, DIAG_CSV_COLUMN, facts_attr_pos(c->node, "index"),
			"the table has %zu columns and no column %d", t->width, c->index);
	return SIZE_MAX;
}

/* A column with both a name and a place has moved when it is elsewhere. */
static bool is_in_place(struct table *t, const struct table_column *c)
{
	bool said = c->letter.len || c->index > 0;
	size_t place = place_said(t, c);
	if (!said || place == c->at)
		return true;
	if (place == SIZE_MAX)
		return false;
	diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.at[c->at],
		"column '" STR_FMT "' has moved: it is expected at %s and found at %s", STR_ARG(c->name), letter_of(t, place),
		letter_of(t, c->at));
	diag_note(t->r->d, c->node->pos, "it is expected here");
	return false;
}

static bool find_column(struct table *t, struct table_column *c)
{
	if (c->name.len == 0) {
		c->at = place_said(t, c);
		return c->at != SIZE_MAX;
	}
	struct src_pos pos = facts_attr_pos(c->node, "name");
	if (!find_head(t, c->name, &c->at))
		c->at = no_head(t, c->name, pos);
	return c->at != SIZE_MAX && is_in_place(t, c);
}

/* ---- a table whose heads are our own names ---- */

static struct str lower(struct arena *a, struct str s)
{
	char *out = arena_copy(a, s.ptr ? s.ptr : "", s.len);
	for (size_t i = 0; i < s.len; i++)
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] | 0x20);
	return (struct str){ out, s.len };
}

static bool add_usual(struct table *t, size_t at)
{
	struct str head = lower(t->r->a, t->heads.at[at]), near = { 0 };
	if (head.ptr[0] == '(') /* for those who fill the table in: "(last value)" */
		return true;
	for (size_t i = 0; i < TO_LABEL; i++) {
		struct str name = str_from(facts_column_targets[i].name), pair[2] = { near, name };
		near = str_nearest(head, pair, 2);
		if (!str_equal(head, name))
			continue;
		struct table_column c = { .name = t->heads.at[at], .to = (uint8_t)i, .constant = t->names, .scale = t->scale,
			.period_kind = t->period_kind, .at = at, .node = t->node };
		vec_push(t->r->a, &t->columns, c);
		return true;
	}
	diag_add(t->r->d, DIAG_CSV_COLUMN, t->head_at.at[at], "'" STR_FMT "' is no name that a column has by itself%s",
		STR_ARG(t->heads.at[at]), diag_nearest(t->r->d, near));
	diag_note(t->r->d, t->node->pos, "<column name=\"" STR_FMT "\" to=\"…\"/> in the table says what it is",
		STR_ARG(t->heads.at[at]));
	return false;
}

static bool find_usual(struct table *t)
{
	bool good = true;
	for (size_t i = 0; i < t->heads.count; i++)
		if (t->heads.at[i].len)
			good &= add_usual(t, i);
	return good;
}

static bool find_rules(struct table *t)
{
	bool good = true;
	for (size_t i = 0; i < t->rules.count; i++) {
		struct table_rule *rule = &t->rules.at[i];
		if (rule->column.len)
			rule->at = facts_table_column_at(t, rule->column, facts_attr_pos(rule->node, "column"));
		good &= rule->at != SIZE_MAX;
	}
	return good;
}

bool facts_table_find_columns(struct table *t)
{
	bool usual = !t->mapped, good = true;
	if (t->head < 0)
		t->head = usual || t->by_name;
	if (!read_head(t))
		return false;
	if (!is_parted(t))
		return false;
	for (size_t i = 0; i < t->columns.count; i++)
		good &= find_column(t, &t->columns.at[i]);
	good &= find_rules(t);
	if (good)
		good = usual ? find_usual(t) : facts_table_unpivot(t);
	return good && t->columns.count > 0;
}
