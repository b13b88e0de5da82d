/* Element tree -> text: what was read, with the place of every element, attribute and text. */
#include "xml/xml_int.h"

static void put_place(struct buf *out, struct src_pos pos)
{
	struct src_line line = src_line(pos);
	buf_printf(out, "%u:%u", line.line, line.column);
}

static void put_indent(struct buf *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		buf_puts(out, "  ");
}

/* One node on a line of its own; names the file where another one begins. */
static void dump_node(
	const struct xml_node *n, unsigned depth, const struct source *within, struct buf *out)
{
	put_indent(out, depth);
	if (n->pos.source != within && n->pos.source) {
		buf_put(out, n->pos.source->name);
		buf_putc(out, ':');
	}
	put_place(out, n->pos);
	buf_putc(out, ' ');
	if (n->name.len == 0)
		buf_json(out, n->text);
	else
		buf_put(out, n->name);
	for (const struct xml_attr *a = n->attrs; a; a = a->next) {
		buf_printf(out, " " STR_FMT "=", STR_ARG(a->name));
		buf_json(out, a->value);
		buf_putc(out, '@');
		put_place(out, a->value_pos);
	}
	buf_putc(out, '\n');
	for (const struct xml_node *c = n->first; c; c = c->next)
		dump_node(c, depth + 1, n->pos.source, out);
}

void xml_dump(const struct xml_node *root, struct buf *out)
{
	dump_node(root, 0, NULL, out);
}
