/* The library: roll: a briefing of several units -> that of the next quarter, and the quarter's batch. Its tables stay where they are: rows of the new
 * quarter come to them, so nothing is copied, and every reference is written anew from where the new file stands. */
#include "entente_roll.h"

/* ---- the briefing ---- */

/* Comments between two places of the old briefing, a line each: the tree holds none. */
static void put_comments(struct buf *out, const struct xml_node *n, size_t from, size_t to, const char *before)
{
	struct str text = n->pos.source->text;
	size_t start = 0;

	for (size_t at = from; at < to && at < text.len; at++) {
		struct str rest = { text.ptr + at, text.len - at };

		if (start == 0 && str_starts(rest, "<!--") && !str_starts(rest, ROLL_PROPOSED))
			start = at + 1;
		if (start == 0 || !str_starts(rest, "-->"))
			continue;
		buf_printf(out, "%s" STR_FMT "\n", before, STR_ARG(((struct str){ text.ptr + start - 1, at + 3 - (start - 1) })));
		start = 0;
	}
}

/* Those in front of a child; among words they are part of the line. */
static size_t put_comments_to(struct buf *out, const struct xml_node *parent, const struct xml_node *child, size_t from)
{
	if (child->name.len == 0)
		return child->pos.offset;
	put_comments(out, parent, from, child->pos.offset, "\t");
	return child->end;
}

/* The old briefing's text on its way into the new one. */
struct copying {
	struct buf *out;
	const struct shared_briefing *shared;
	struct str text;             /* of the whole file, as UTF-8 */
	size_t at;                   /* copied so far */
};

static void copy_to(struct copying *c, size_t to)
{
	buf_put(c->out, (struct str){ c->text.ptr + c->at, to - c->at });
	c->at = to;
}

/* Up to the closing quote, which is the one in front of it. */
static void skip_value(struct copying *c)
{
	char quote = c->text.ptr[c->at - 1];

	while (c->at < c->text.len && c->text.ptr[c->at] != quote)
		c->at++;
}

static bool is_gone(const struct shared_briefing *shared, const struct xml_node *n)
{
	for (size_t i = 0; i < shared->units.count; i++)
		if (roll_gone_at(shared->units.at[i], n->pos.offset))
			return true;
	return false;
}

/* With the space in front of it. */
static void leave_out(struct copying *c, const struct xml_node *n)
{
	size_t end = n->pos.offset;

	while (end > c->at && memchr(" \t\n", c->text.ptr[end - 1], 3))
		end--;
	copy_to(c, end);
	c->at = n->end;
}

/* As it was written, comments and lines too; but what names a file does so from the new place. */
static void copy_element(struct copying *c, const struct xml_node *n)
{
	for (const struct xml_attr *a = n->attrs; a; a = a->next) {
		if (!str_is(a->name, "href"))
			continue;
		copy_to(c, a->value_pos.offset);
		roll_put_path(c->out, c->shared->units.at[0], xml_path_beside(c->out->arena, n->pos, a->value));
		skip_value(c);
	}
	for (const struct xml_node *child = n->first; child; child = child->next) {
		if (child->name.len == 0)
			continue;
		if (is_gone(c->shared, child))
			leave_out(c, child);
		else
			copy_element(c, child);
	}
	copy_to(c, n->end);
}

static void put_element(struct buf *out, const struct shared_briefing *shared, const struct xml_node *n)
{
	struct copying c = { out, shared, n->pos.source->text, n->pos.offset };

	copy_element(&c, n);
}

/* What was decided of the asks that stood in it. */
static void put_logs(struct buf *out, const struct shared_briefing *shared)
{
	struct map seen = { 0 };
	struct buf logs;

	buf_init(&logs, out->arena, (size_t)16 << 20);
	for (size_t i = 0; i < shared->units.count; i++)
		roll_put_logs(shared->units.at[i], &logs, &seen);
	if (logs.len)
		buf_printf(out, "\t<facts>\n" STR_FMT "\t</facts>\n", STR_ARG(buf_str(&logs)));
}

/* Each unit's own: the reader puts its name in. */
static struct str closed_pattern(const struct shared_briefing *shared)
{
	const struct rolled_unit *u = shared->units.at[0];

	return closed_path(u->roll->a, u->path, u->facts->unit.len ? STR("{unit}") : u->facts->unit, u->roll->from, false);
}

struct str roll_shared_text(const struct shared_briefing *shared)
{
	const struct rolled_unit *u = shared->units.at[0];
	size_t at = u->raw->pos.offset;
	struct buf out;

	buf_init(&out, u->roll->a, (size_t)16 << 20);
	buf_puts(&out, ROLL_DECLARATION);
	put_comments(&out, u->raw, 0, u->raw->pos.offset, "");
	roll_put_head(&out, u);
	roll_put_meeting(&out, u);
	roll_put_use(&out, "closed", u, closed_pattern(shared));
	for (const struct xml_node *n = u->raw->first; n; n = n->next) {
		at = put_comments_to(&out, u->raw, n, at);
		if (n->name.len == 0 || xml_is(n, "meeting") || xml_is(n, "closed"))
			continue;
		buf_putc(&out, '\t');
		put_element(&out, shared, n);
		buf_putc(&out, '\n');
	}
	put_comments(&out, u->raw, at, u->raw->end, "\t");
	put_logs(&out, shared);
	buf_puts(&out, "</briefing>\n");
	return buf_str(&out);
}

/* ---- the batch ---- */

/* The one that all papers of the quarter are made with; empty: they differ. */
static struct str common_layout(const struct rolling *roll)
{
	struct str layout = roll->shared.count ? roll->shared.at[0].papers.at[0]->layout : (struct str){ 0 };

	for (size_t i = 0; i < roll->shared.count; i++)
		for (size_t k = 0; k < roll->shared.at[i].papers.count; k++)
			if (!str_equal(roll->shared.at[i].papers.at[k]->layout, layout))
				return (struct str){ 0 };
	return roll->folders.count ? (struct str){ 0 } : layout;
}

static bool is_of_table(const struct shared_briefing *shared, struct str layout)
{
	const struct roster_table *table = shared->papers.at[0]->table;

	for (size_t i = 0; i < shared->papers.count; i++)
		if (shared->papers.at[i]->table != table || !str_equal(shared->papers.at[i]->layout, layout))
			return false;
	return table && shared->units.at[0]->roll->whole;
}

/* Of the table that named them before: a unit that comes to it is a unit of the batch. */
static void put_table(struct buf *out, const struct shared_briefing *shared)
{
	const struct roster_table *table = shared->papers.at[0]->table;

	buf_puts(out, "\t<units table=\"");
	roll_put_path(out, shared->units.at[0], table->path);
	buf_putc(out, '"');
	buf_xml_attr(out, "column", table->column);
	buf_xml_attr_some(out, "separator", table->separator);
	buf_xml_attr_some(out, "encoding", table->encoding);
	buf_xml_attr(out, "briefing", shared->name);
	buf_puts(out, "/>\n");
}

static void put_units(struct buf *out, const struct shared_briefing *shared, struct str layout)
{
	for (size_t i = 0; i < shared->units.count; i++) {
		buf_puts(out, "\t<unit");
		buf_xml_attr(out, "id", shared->units.at[i]->facts->unit);
		buf_xml_attr(out, "briefing", shared->name);
		if (!str_equal(shared->papers.at[i]->layout, layout))
			buf_xml_attr_some(out, "layout", shared->papers.at[i]->layout);
		buf_puts(out, "/>\n");
	}
}

void roll_put_batch_units(struct buf *out, const struct rolling *roll, struct str layout)
{
	if (roll->folders.count)
		buf_puts(out, "\t<units from=\"*/briefing.xml\"/>\n");
	for (size_t i = 0; i < roll->shared.count; i++)
		if (is_of_table(&roll->shared.at[i], layout))
			put_table(out, &roll->shared.at[i]);
		else
			put_units(out, &roll->shared.at[i], layout);
}

struct str roll_batch_text(const struct rolling *roll)
{
	struct str layout = common_layout(roll);
	struct buf out;

	buf_init(&out, roll->a, (size_t)16 << 20);
	buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- All units of the quarter. -->\n<batch xmlns=\"urn:entente\" version=\"1\"");
	buf_xml_attr(&out, "period", period_text(roll->a, roll->to));
	buf_xml_attr_some(&out, "layout", layout);
	buf_puts(&out, " name=\"{unit}-{period}.pdf\">\n");
	roll_put_batch_units(&out, roll, layout);
	buf_puts(&out, "</batch>\n");
	return buf_str(&out);
}

/* ---- what is still to be done ---- */

struct str roll_shared_note(const struct shared_briefing *shared)
{
	const struct rolling *roll = shared->units.at[0]->roll;
	size_t open = 0, promises = 0, logged = 0;
	struct buf out;

	buf_init(&out, roll->a, (size_t)16 << 20);
	buf_printf(&out, STR_FMT "/" STR_FMT ":", STR_ARG(roll->folder), STR_ARG(shared->name));
	for (size_t i = 0; i < shared->units.count; i++) {
		buf_printf(&out, "%s" STR_FMT, i ? ", " : " ", STR_ARG(shared->units.at[i]->facts->unit));
		open += shared->units.at[i]->asks;
		promises += shared->units.at[i]->promises;
		logged = shared->units.at[i]->logged > logged ? shared->units.at[i]->logged : logged;
	}
	buf_printf(&out, "\n  in their tables: %zu ask%s, %zu open commitment%s or prediction%s; what became of them is written there\n", open,
		open == 1 ? "" : "s", promises, promises == 1 ? "" : "s", promises == 1 ? "" : "s");
	if (logged)
		buf_printf(&out, "  decided, and in the log of it now: %zu ask%s\n", logged, logged == 1 ? "" : "s");
	buf_puts(&out, "  to be confirmed: the meeting's date; the date and sample of each source\n");
	return buf_str(&out);
}
