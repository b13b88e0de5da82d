/* The library: roll: a briefing of several units -> that of the next quarter, and the quarter's batch. Its tables stay where they are: rows of the new
 * quarter come to them, so nothing is copied, and every reference is written anew from where the new file stands. */
#include "entente_roll.h"

/* ---- the briefing ---- */

/* What names a file, from the new place; everything else as it was written. */
static void put_attrs(struct buf *out, const struct rolled_unit *u, const struct xml_node *n)
{
	for (const struct xml_attr *a = n->attrs; a; a = a->next)
		if (str_is(a->name, "href"))
			roll_put_href(out, u, xml_path_beside(out->arena, n->pos, a->value));
		else
			buf_xml_attr(out, str_terminated(out->arena, a->name), a->value);
}

static void put_element(struct buf *out, const struct rolled_unit *u, const struct xml_node *n)
{
	if (n->name.len == 0) {
		buf_xml(out, n->text);
		return;
	}
	buf_printf(out, "<" STR_FMT, STR_ARG(n->name));
	put_attrs(out, u, n);
	if (n->first == NULL) {
		buf_puts(out, "/>");
		return;
	}
	buf_putc(out, '>');
	for (const struct xml_node *c = n->first; c; c = c->next)
		put_element(out, u, c);
	buf_printf(out, "</" STR_FMT ">", STR_ARG(n->name));
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
	struct buf out;

	buf_init(&out, u->roll->a, (size_t)16 << 20);
	roll_put_head(&out, u);
	roll_put_meeting(&out, u);
	roll_put_use(&out, "closed", u, closed_pattern(shared));
	for (const struct xml_node *n = u->raw->first; n; n = n->next) {
		if (n->name.len == 0 || xml_is(n, "meeting") || xml_is(n, "closed"))
			continue;
		buf_putc(&out, '\t');
		put_element(&out, u, n);
		buf_putc(&out, '\n');
	}
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
	size_t open = 0, promises = 0;
	struct buf out;

	buf_init(&out, roll->a, (size_t)16 << 20);
	buf_printf(&out, STR_FMT "/" STR_FMT ":", STR_ARG(roll->folder), STR_ARG(shared->name));
	for (size_t i = 0; i < shared->units.count; i++) {
		buf_printf(&out, "%s" STR_FMT, i ? ", " : " ", STR_ARG(shared->units.at[i]->facts->unit));
		open += shared->units.at[i]->asks;
		promises += shared->units.at[i]->promises;
	}
	buf_printf(&out, "\n  in their tables: %zu ask%s, %zu open commitment%s or prediction%s; what became of them is written there\n", open,
		open == 1 ? "" : "s", promises, promises == 1 ? "" : "s", promises == 1 ? "" : "s");
	buf_puts(&out, "  to be confirmed: the meeting's date; the date and sample of each source\n");
	return buf_str(&out);
}
