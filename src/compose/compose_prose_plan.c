/* compose: numbers and anchors of what texts hold, before anything is composed, so that references lead forward too. */
#include "compose/compose_int.h"

struct str pointer_key(struct composer *c, const void *pointer)
{
	return str_copy(c->arena, (struct str){ (const char *)&pointer, sizeof pointer });
}

const struct passage *passage_of(const struct composer *c, const struct prose *b)
{
	return map_lookup(&c->places, (struct str){ (const char *)&b, sizeof b });
}

/* ---- patterns of numbers ---- */

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || (ch & 0x80);
}

/* Whether a counter stands at i: the first number of a kind, alone. */
static bool is_counter(struct str pattern, size_t i)
{
	char ch = pattern.ptr[i];

	if (ch != '1' && ch != 'A' && ch != 'a' && ch != 'I' && ch != 'i')
		return false;
	return !(i && is_letter(pattern.ptr[i - 1])) && !(i + 1 < pattern.len && is_letter(pattern.ptr[i + 1]));
}

static void put_roman(struct buf *b, uint32_t n, bool large)
{
	static const struct {
		uint32_t value;
		const char *small, *large;
	} steps[] = { { 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" }, { 400, "cd", "CD" }, { 100, "c", "C" },
		{ 90, "xc", "XC" }, { 50, "l", "L" }, { 40, "xl", "XL" }, { 10, "x", "X" }, { 9, "ix", "IX" }, { 5, "v", "V" },
		{ 4, "iv", "IV" }, { 1, "i", "I" } };

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		for (; n >= steps[i].value && n < 5000; n -= steps[i].value)
			buf_puts(b, large ? steps[i].large : steps[i].small);
	if (n >= 5000)
		buf_number(b, n);
}

static void put_letters(struct buf *b, uint32_t n, char first)
{
	if (n > 26)
		put_letters(b, (n - 1) / 26, first);
	if (n)
		buf_putc(b, (char)(first + (int)((n - 1) % 26)));
}

static void put_counter(struct buf *b, char kind, uint32_t n)
{
	switch (kind) {
	case '1': buf_number(b, n); break;
	case 'A':
	case 'a': put_letters(b, n, kind); break;
	default: put_roman(b, n, kind == 'I'); break;
	}
}

struct str numbered_label(struct composer *c, struct str pattern, const uint32_t *counters, size_t level)
{
	size_t count = 0, before;
	struct buf b;

	buf_init(&b, c->arena, 1024);
	for (size_t i = 0; i < pattern.len; i++)
		count += is_counter(pattern, i);
	for (size_t i = 0; i < pattern.len; i++) {
		if (!is_counter(pattern, i)) {
			buf_putc(&b, pattern.ptr[i]);
			continue;
		}
		before = --count;
		put_counter(&b, pattern.ptr[i], before <= level ? counters[level - before] : 0);
	}
	return buf_str(&b);
}

/* ---- the walk ---- */

static struct passage *place_add(struct composer *c, const struct prose *b)
{
	struct passage *place = ARENA_NEW(c->arena, struct passage);

	place->prose = b;
	place->anchor = ++c->doc->anchor_count;
	map_put(c->arena, &c->places, pointer_key(c, b), place);
	if (b->id.len)
		map_put(c->arena, &c->place_ids, b->id, place);
	return place;
}

/* Levels above that were never said count as the first of theirs. */
static void plan_heading(struct composer *c, const struct prose *b, struct numbering *n)
{
	size_t level = (size_t)(b->level < 1 ? 0 : b->level > 6 ? 5 : b->level - 1);
	struct passage *place = place_add(c, b);
	struct str label = c->design->by_role[ROLE_HEADING_1 + level]->label;

	if (!b->numbered || label.len == 0)
		return;
	for (size_t i = 0; i < level; i++)
		n->headings[i] += n->headings[i] == 0;
	n->headings[level]++;
	for (size_t i = level + 1; i < 6; i++)
		n->headings[i] = 0;
	place->number = numbered_label(c, label, n->headings, level);
}

static bool is_exhibit(const struct prose *b)
{
	if (b->kind == PROSE_FIGURE)
		return b->numbered && b->part_count;
	return b->kind == PROSE_TABLE && b->numbered && b->block_count && b->blocks[0]->kind == PROSE_CAPTION;
}

static void plan_block(struct composer *c, const struct prose *b, struct numbering *n)
{
	if (b->kind == PROSE_HEADING)
		plan_heading(c, b, n);
	else if (is_exhibit(b))
		place_add(c, b)->exhibit = ++n->exhibits;
	else if (b->id.len)
		place_add(c, b);
	for (size_t i = 0; i < b->block_count; i++)
		plan_block(c, b->blocks[i], n);
}

void plan_text(struct composer *c, const struct layout_slot *s, struct numbering *n)
{
	const struct prose *text = map_lookup(&c->in->narrative->texts, s->topic);

	if (text == NULL) {
		diag_add(c->diag, DIAG_TOPIC_UNKNOWN, s->pos, "no narrative has a text '" STR_FMT "'%s", STR_ARG(s->topic),
			diag_nearest(c->diag, map_nearest(&c->in->narrative->texts, s->topic)));
		return;
	}
	for (size_t i = 0; i < text->block_count; i++)
		plan_block(c, text->blocks[i], n);
}
