/* The layout as text: the merged tree, what the design came to, and where slots stand. The chain comes last: layouts that say the same
 * differ in nothing else. */
#include "layout/layout_int.h"

static void dump_node(const struct xml_node *n, int depth, struct buf *out)
{
	buf_printf(out, "%*s", 2 * depth, "");
	if (!n->name.len) {
		buf_json(out, str_trim(n->text));
		buf_putc(out, '\n');
		return;
	}
	buf_put(out, n->name);
	for (const struct xml_attr *a = n->attrs; a; a = a->next) {
		buf_printf(out, " " STR_FMT "=", STR_ARG(a->name));
		buf_json(out, str_trim(a->value));
		if (a->pos.source != n->pos.source && a->pos.source) {
			buf_putc(out, '@');
			buf_pos_line(out, a->pos);
		}
	}
	buf_puts(out, "  # ");
	buf_pos_line(out, n->pos);
	buf_putc(out, '\n');
	for (const struct xml_node *c = n->first; c; c = c->next)
		dump_node(c, depth + 1, out);
}

static void put_length(struct buf *out, const char *name, mpt length)
{
	buf_printf(out, " %s ", name);
	buf_mpt(out, length);
}

static void dump_colours(const struct layout *l, struct buf *out)
{
	buf_puts(out, "colours\n");
	for (int i = 0; i < DOC_COLOUR_COUNT; i++)
		buf_printf(out, "  %s #%06X%s\n", doc_colour_name((enum doc_colour)i), l->design->palette[i], l->colour_set[i] ? "" : " (stands in)");
}

static void dump_families(const struct layout *l, struct buf *out)
{
	buf_puts(out, "families\n");
	for (uint16_t i = 0; i < l->design->family_count; i++) {
		const struct doc_family *f = &l->design->families[i];
		const uint16_t cuts[] = { f->regular, f->strong, f->emphasis, f->strong_emphasis };
		buf_printf(out, "  " STR_FMT ": " STR_FMT, STR_ARG(f->role), STR_ARG(f->name));
		for (size_t k = 0; k < 4; k++)
			buf_printf(out, "; " STR_FMT, STR_ARG(l->design->faces[cuts[k]].name));
		for (uint16_t k = 0; k < f->fallback_count; k++)
			buf_printf(out, "; then " STR_FMT, STR_ARG(l->design->faces[f->fallback[k]].name));
		buf_putc(out, '\n');
	}
}

static void dump_style(const struct layout *l, const struct doc_style *s, struct buf *out)
{
	static const char *const aligns[] = { "start", "end", "centre", "justify" };
	bool by_default = l->design->by_role[s->role] == s;
	buf_printf(out, "  " STR_FMT ": %s%s", STR_ARG(s->id), doc_role_name((enum doc_role)s->role), by_default ? "" : " (by name only)");
	buf_printf(out, ", family " STR_FMT, STR_ARG(l->design->families[s->family].role));
	put_length(out, "size", s->size);
	put_length(out, "leading", s->leading);
	put_length(out, "tracking", s->tracking);
	put_length(out, "before", s->space_before);
	put_length(out, "after", s->space_after);
	put_length(out, "indent", s->indent);
	put_length(out, "hang", s->hang);
	buf_printf(out, " %s %s lines %u", aligns[s->align], doc_colour_name((enum doc_colour)s->colour), s->max_lines);
	buf_printf(out, "%s%s%s%s\n", s->strong ? " strong" : "", s->hyphenate ? " hyphenate" : "", s->balance ? " balance" : "",
		s->tabular ? " tabular" : "");
}

static void dump_strip(const char *name, const struct doc_strip *s, struct buf *out)
{
	buf_printf(out, "    %s", name);
	put_length(out, "top", s->top);
	put_length(out, "height", s->height);
	put_length(out, "text", s->text_top);
	put_length(out, "rule", s->rule_top);
	put_length(out, "width", s->rule_width);
	put_length(out, "edge", s->edge_width);
	buf_printf(out, " %s%s\n", doc_colour_name((enum doc_colour)s->rule_colour), s->band ? " band" : "");
}

static void dump_master(const struct doc_master *m, struct buf *out)
{
	buf_printf(out, "  " STR_FMT ":", STR_ARG(m->id));
	put_length(out, "width", m->width);
	put_length(out, "height", m->height);
	put_length(out, "left", m->left);
	put_length(out, "right", m->right);
	put_length(out, "top", m->top);
	put_length(out, "bottom", m->bottom);
	put_length(out, "gutter", m->gutter);
	put_length(out, "step", m->step);
	put_length(out, "gap", m->gap);
	buf_printf(out, " columns %u\n", m->columns);
	dump_strip("header", &m->header, out);
	dump_strip("footer", &m->footer, out);
}

static void dump_slot(const struct layout_slot *s, int depth, struct buf *out)
{
	buf_printf(out, "%*srow %u columns %u-%u: " STR_FMT " (%s)%s\n", 2 * depth, "", s->row, s->start + 1u, (unsigned)(s->start + s->span),
		STR_ARG(s->id), layout_slot_name((enum layout_slot_kind)s->kind), s->locked ? " locked" : "");
	for (size_t i = 0; i < s->slots.count; i++)
		dump_slot(s->slots.at[i], depth + 1, out);
}

static void dump_section(const struct layout_section *s, struct buf *out)
{
	buf_printf(out, "  " STR_FMT ": masters " STR_FMT ", " STR_FMT "%s%s%s\n", STR_ARG(s->id), STR_ARG(s->first_master),
		STR_ARG(s->rest_master), s->one_page ? ", one page" : "", s->summary ? ", summary" : "", s->notes ? ", notes" : "");
	if (s->gap_most) {
		buf_puts(out, "    room to spare: gaps of ");
		buf_mpt(out, s->gap_most);
		buf_puts(out, "pt at most\n");
	}
	if (s->shrink_to)
		buf_printf(out, "    too full: %sshrunk to %d %% at most\n", s->drop_first ? "optional slots out, then " : "", (int)s->shrink_to);
	for (size_t i = 0; i < s->slots.count; i++)
		dump_slot(s->slots.at[i], 2, out);
}

static void dump_chain(const struct layout *l, struct buf *out)
{
	buf_printf(out, "layout " STR_FMT "\nchain", STR_ARG(l->id));
	for (size_t i = 0; i < l->chain.count; i++)
		buf_printf(out, " " STR_FMT, STR_ARG(l->chain.at[i]));
	buf_putc(out, '\n');
}

void layout_dump(const struct layout *l, struct buf *out)
{
	for (const struct xml_node *c = l->merged->first; c; c = c->next)
		dump_node(c, 0, out);
	dump_colours(l, out);
	dump_families(l, out);
	buf_puts(out, "styles\n");
	for (uint16_t i = 0; i < l->design->style_count; i++)
		dump_style(l, &l->design->styles[i], out);
	buf_puts(out, "masters\n");
	for (uint16_t i = 0; i < l->design->master_count; i++)
		dump_master(&l->design->masters[i], out);
	buf_puts(out, "slots\n");
	for (size_t i = 0; i < l->sections.count; i++)
		dump_section(l->sections.at[i], out);
	dump_chain(l, out);
}
