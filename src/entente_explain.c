/* The library: why each slot, sentence and style value is what it is, and which file said so. */
#include "entente_int.h"

static void put_place(struct buf *out, struct src_pos pos)
{
	if (pos.source == NULL)
		return;
	buf_puts(out, "  (");
	buf_pos_line(out, pos);
	buf_putc(out, ')');
}

static const char *const reasons[] = {
	[PICK_IN] = "in ",
	[PICK_CONDITION] = "out: its condition does not hold",
	[PICK_MISSING] = "out: a value is missing",
	[PICK_MATERIAL] = "out: its figure is below the threshold",
	[PICK_GROUP] = "out: its group has its sentence already",
	[PICK_TAKE] = "out: others rank higher",
	[PICK_OTHERWISE] = "out: something else applies",
	[PICK_PLACE] = "out: it speaks of what is not shown here",
};

/* "  in   aligned [cdp]: gap('x') = 12  (narrative.xml:12)" */
static void put_pick(struct buf *out, const struct pick *p)
{
	const char *reason = reasons[p->reason];
	const char *why = p->reason == PICK_IN ? "" : reason + strlen("out: ");

	buf_printf(out, "      %.3s  " STR_FMT, reason, STR_ARG(p->snippet->id));
	if (p->item)
		buf_printf(out, " [" STR_FMT "]", STR_ARG(p->item->id));
	if (*why)
		buf_printf(out, ": %s", why);
	if (p->winner)
		buf_printf(out, ", '" STR_FMT "'", STR_ARG(p->winner->id));
	if (p->values.len)
		buf_printf(out, "%s " STR_FMT, *why ? ";" : ":", STR_ARG(p->values));
	put_place(out, p->say ? p->say->pos : p->snippet->pos);
	buf_putc(out, '\n');
}

static void put_topic(struct buf *out, const struct compose_reason *r)
{
	buf_printf(out, "    topic " STR_FMT "%s\n", STR_ARG(r->topic),
		r->picks.in.count ? "" : ": nothing applies");
	for (size_t i = 0; i < r->picks.in.count; i++)
		put_pick(out, &r->picks.in.at[i]);
	for (size_t i = 0; i < r->picks.out.count; i++)
		put_pick(out, &r->picks.out.at[i]);
}

static void put_reason(struct buf *out, const struct compose_reason *r)
{
	if (r->topic.len) {
		put_topic(out, r);
		return;
	}
	buf_printf(out, "  " STR_FMT "/" STR_FMT ": " STR_FMT, STR_ARG(r->section),
		STR_ARG(r->slot), STR_ARG(r->why_shown));
	put_place(out, r->pos);
	buf_putc(out, '\n');
}

static void put_style(struct buf *out, const struct doc_design *design, const struct doc_style *s)
{
	buf_printf(out, "  %-16.*s role %-14s " STR_FMT " ", STR_ARG(s->id),
		doc_role_name((enum doc_role)s->role), STR_ARG(design->families[s->family].name));
	buf_mpt(out, s->size);
	buf_puts(out, "/");
	buf_mpt(out, s->leading);
	buf_printf(out, " pt %s%s", doc_colour_name((enum doc_colour)s->colour),
		s->strong ? " strong" : "");
	put_place(out, s->pos);
	buf_putc(out, '\n');
}

/* "style headline": what is declared, as its layout calls it. */
static void put_declared(struct buf *out, const struct xml_node *n)
{
	static const char *const names[] = { "slot", "id", "role", "name", NULL };

	buf_printf(out, STR_FMT, STR_ARG(n->name));
	for (size_t i = 0; names[i]; i++) {
		const struct xml_attr *name = xml_attr(n, names[i]);
		if (name) {
			buf_printf(out, " " STR_FMT, STR_ARG(name->value));
			return;
		}
	}
}

static void put_said(struct buf *out, const struct xml_node *parent, const struct xml_node *n,
	const struct xml_attr *a)
{
	buf_puts(out, "  ");
	if (xml_is(n, "header") || xml_is(n, "footer")) { /* of a master: alone they have no name */
		put_declared(out, parent);
		buf_putc(out, ' ');
	}
	put_declared(out, n);
	buf_printf(out, " " STR_FMT "=\"" STR_FMT "\"", STR_ARG(a->name), STR_ARG(a->value));
	put_place(out, a->pos);
	buf_putc(out, '\n');
}

/* What one layout says of something another declared, and every token: its place is not its
 * element's. */
static void put_over(struct buf *out, const struct xml_node *parent)
{
	for (const struct xml_node *n = parent->first; n; n = n->next) {
		bool token = xml_is(parent, "tokens");
		for (const struct xml_attr *a = n->attrs; a; a = a->next)
			if (token ? str_is(a->name, "value") || str_is(a->name, "font")
				  : a->pos.source != n->pos.source)
				put_said(out, parent, n, a);
		put_over(out, n);
	}
}

void explain_job(const struct job *job, struct buf *out)
{
	const struct layout *layout = job->dressed->layout;
	const struct doc_design *design = layout->design;

	buf_puts(out, "layout chain (base first)\n");
	for (size_t i = 0; i < layout->chain.count; i++)
		buf_printf(out, "  " STR_FMT "%s" STR_FMT "%s\n", STR_ARG(layout->chain.at[i]),
			i < layout->sources.count ? "  (" : "",
			STR_ARG(i < layout->sources.count ? layout->sources.at[i]->name
							  : (struct str){ 0 }),
			i < layout->sources.count ? ")" : "");
	buf_puts(out, "\nslots and sentences\n");
	for (size_t i = 0; i < job->reasons.list.count; i++)
		put_reason(out, &job->reasons.list.at[i]);
	buf_puts(out, "\nstyles\n");
	for (uint16_t i = 0; i < design->style_count; i++)
		put_style(out, design, &design->styles[i]);
	buf_puts(out, "\ntokens, and what a layout says over its base\n");
	put_over(out, layout->merged);
}
