/* The library: why each slot, sentence and style value is what it is, and which file said so. */
#include "entente_int.h"

void explain_place(struct buf *out, struct src_pos pos)
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

/* "edited by Ann Lee, 2026-10-02  (words.xml:4)", and both texts. */
static void put_edit(struct buf *out, const struct pick *p)
{
	buf_printf(out, "           edited by " STR_FMT ", ", STR_ARG(p->edit->author));
	buf_date(out, p->edit->date);
	explain_place(out, p->edit->pos);
	buf_printf(out, "\n           generated: " STR_FMT "\n           edited:    " STR_FMT "\n", STR_ARG(p->generated),
		STR_ARG(p->edited));
}

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
	explain_place(out, p->say ? p->say->pos : p->snippet->pos);
	buf_putc(out, '\n');
	if (p->edit)
		put_edit(out, p);
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
	explain_place(out, r->pos);
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
	explain_place(out, s->pos);
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
	explain_place(out, a->pos);
	buf_putc(out, '\n');
}

/* "colour accent value="#111827"  (base.xml:11)", or what it is made of where no file says it. */
static void put_token(struct buf *out, const struct layout_token *t)
{
	buf_printf(out, "  %s " STR_FMT "%s%s=\"" STR_FMT "\"", t->kind, STR_ARG(t->name), t->attr ? " " : "",
		t->attr ? t->attr : "", STR_ARG(t->value));
	if (t->why.len)
		buf_printf(out, "  " STR_FMT, STR_ARG(t->why));
	explain_place(out, t->pos);
	buf_putc(out, '\n');
}

static void put_tokens(const struct job *job, struct buf *out)
{
	size_t count;
	const struct layout_token *tokens = layout_tokens(&job->session->unit, job->dressed->layout, &count);

	for (size_t i = 0; i < count; i++)
		put_token(out, &tokens[i]);
}

/* What one layout says of something another declared: its place is not its element's. */
static void put_over(struct buf *out, const struct xml_node *parent)
{
	for (const struct xml_node *n = parent->first; n; n = n->next) {
		for (const struct xml_attr *a = n->attrs; a; a = a->next)
			if (!xml_is(parent, "tokens") && a->pos.source != n->pos.source)
				put_said(out, parent, n, a);
		put_over(out, n);
	}
}

static void put_chain(const struct job *job, struct buf *out)
{
	const struct layout *layout = job->dressed->layout;
	struct str set = str_from(job->request->set), line;

	for (size_t i = 0; i < layout->chain.count; i++)
		buf_printf(out, "  " STR_FMT "%s" STR_FMT "%s\n", STR_ARG(layout->chain.at[i]),
			i < layout->sources.count ? "  (" : "",
			STR_ARG(i < layout->sources.count ? layout->sources.at[i]->name
							  : (struct str){ 0 }),
			i < layout->sources.count ? ")" : "");
	while (str_split(&set, '\n', &line))
		buf_printf(out, "  --set " STR_FMT "\n", STR_ARG(line));
}

static void put_subject(struct buf *out, const struct doc_value *v)
{
	const struct str names[] = { v->of->metric, v->item, v->of->unit, v->of->period, v->of->side, v->of->scenario };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].len)
			buf_printf(out, "%s" STR_FMT, i ? " " : "  ", STR_ARG(names[i]));
}

/* "spend us 2026-Q3 actual: converted, USD in EUR, average  (company.xml:16)"; "…: restated from 'iberia' 'italy'  (company.xml:12)" */
static bool put_restated(const struct job *job, struct buf *out, const struct doc_value *v)
{
	const struct doc_value *values = job->doc->values.at;
	bool converted = str_is(v->of->operation, "convert"), restated = str_is(v->of->operation, "restate");
	const struct facts_unit *unit = restated ? map_lookup(&job->facts->units, v->of->unit) : NULL;

	if (!converted && !restated)
		return false;
	put_subject(out, v);
	buf_puts(out, converted ? ": converted, " : ": restated from");
	if (converted)
		buf_put(out, values[v->operands[1]].item);
	for (uint32_t i = 0; restated && i < v->operand_count; i++)
		buf_printf(out, " '" STR_FMT "'", STR_ARG(values[v->operands[i]].of->unit));
	explain_place(out, converted ? values[v->operands[1]].pos : unit && unit->opening ? unit->opening->pos : v->pos);
	buf_putc(out, '\n');
	return true;
}

/* What is printed otherwise than it was told: nothing in most briefings, and then not even a head. */
static void put_origins(const struct job *job, struct buf *out)
{
	size_t start = out->len, count = 0;

	buf_puts(out, "\nconverted and restated\n");
	for (size_t i = 0; i < job->doc->values.count; i++)
		count += put_restated(job, out, &job->doc->values.at[i]);
	if (count == 0)
		out->len = start;
}

void explain_job(const struct job *job, struct buf *out)
{
	const struct layout *layout = job->dressed->layout;
	const struct doc_design *design = layout->design;

	buf_puts(out, "layout chain (base first)\n");
	put_chain(job, out);
	buf_puts(out, "\nslots and sentences\n");
	for (size_t i = 0; i < job->reasons.list.count; i++)
		put_reason(out, &job->reasons.list.at[i]);
	explain_edits(job, out);
	put_origins(job, out);
	buf_puts(out, "\nstyles\n");
	for (uint16_t i = 0; i < design->style_count; i++)
		put_style(out, design, &design->styles[i]);
	buf_puts(out, "\ntokens and parameters\n");
	put_tokens(job, out);
	buf_puts(out, "\nwhat a layout says over its base\n");
	put_over(out, layout->merged);
	buf_puts(out, "\npages\n");
	explain_pages(job, out);
}
