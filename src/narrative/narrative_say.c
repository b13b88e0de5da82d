/* Narrative: the content of a <say> -> parts. White space is collapsed over the borders of inline
 * elements, as a reader would see it: one space between words, none at the ends or around a line
 * break; no-break spaces are kept. */
#include "narrative/narrative_say.h"

void say_end_line(struct saying *s)
{
	struct str *text = s->last_text ? &s->last_text->text : NULL;
	if (text && text->len && text->ptr[text->len - 1] == ' ')
		text->len--;
	s->last_text = NULL;
	s->started = false;
}

/* Markup that the text of a record may hold: "'b', 'i', 'note'". */
static struct str markup_names(struct saying *s)
{
	struct buf b;
	buf_init(&b, s->reading->arena, 16 * inline_element_count);
	for (size_t i = 0; i < inline_element_count; i++)
		if (inline_elements[i].markup)
			buf_printf(&b, "%s'%s'", b.len ? ", " : "", inline_elements[i].name);
	return buf_str(&b);
}

static void report_unknown(struct saying *s, const struct xml_node *n)
{
	struct str *names = ARENA_ARRAY(s->reading->arena, struct str, inline_element_count);
	for (size_t i = 0; i < inline_element_count; i++)
		names[i] = str_from(inline_elements[i].name);
	if (s->in_record)
		diag_add(s->reading->diag, DIAG_ELEMENT_UNKNOWN, n->pos,
			"element '" STR_FMT "' does not stand in the text of a record; it may hold " STR_FMT, STR_ARG(n->name),
			STR_ARG(markup_names(s)));
	else
		diag_add(s->reading->diag, DIAG_ELEMENT_UNKNOWN, n->pos, "element '" STR_FMT "' is not known in a sentence%s",
			STR_ARG(n->name), diag_nearest(s->reading->diag, str_nearest(n->name, names, inline_element_count)));
}

static void read_element(struct saying *s, const struct xml_node *n)
{
	const struct inline_element *e = inline_elements;
	while (e < inline_elements + inline_element_count && !xml_is(n, e->name))
		e++;
	if (e == inline_elements + inline_element_count || (s->in_record && !e->markup)) {
		report_unknown(s, n);
		return;
	}
	struct part_attrs attrs = { .part = { .kind = e->kind, .pos = n->pos } };
	query_init(&attrs.query, n->pos);
	bool good = xml_read_attrs(s->reading->arena, n, e->fields, &attrs, s->reading->diag);
	if (!good || !e->check(s, n, &attrs))
		return;
	struct say_part *part = ARENA_NEW(s->reading->arena, struct say_part);
	*part = attrs.part;
	vec_push(s->reading->arena, &s->into->list, part);
	if (!e->open && e->kind != SAY_BREAK) {
		s->last_text = NULL;
		s->started = true;
	}
}

static bool ends_in_space(const struct saying *s)
{
	const struct str *text = s->last_text ? &s->last_text->text : NULL;
	return text && text->len && text->ptr[text->len - 1] == ' ';
}

static void read_text(struct saying *s, struct str text, struct src_pos pos)
{
	struct buf out;
	bool space = !s->started || ends_in_space(s); /* a space here would be one too many */
	buf_init(&out, s->reading->arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		bool white = is_white_space(text.ptr[i]);
		if (!(white && space))
			buf_putc(&out, white ? ' ' : text.ptr[i]);
		space = white;
	}
	if (!out.len)
		return;
	struct say_part *part = ARENA_NEW(s->reading->arena, struct say_part);
	part->kind = SAY_TEXT;
	part->text = buf_str(&out);
	part->pos = pos;
	vec_push(s->reading->arena, &s->into->list, part);
	s->last_text = part;
	s->started = true;
}

/* Where an element holds elements alone, the tree has dropped the white space between them as being
 * there for the eye. In a sentence it stands between words. */
static void read_gap(struct saying *s, const struct xml_node *before, const struct xml_node *n)
{
	const struct source *source = n->pos.source;
	if (!before->name.len || !n->name.len || source != before->pos.source)
		return;
	for (uint32_t at = before->end; at < n->pos.offset; at++)
		if (is_white_space(source->text.ptr[at])) {
			read_text(s, STR(" "), (struct src_pos){ source, at });
			return;
		}
}

void say_read_content(struct saying *s, const struct xml_node *first, const struct xml_node *end)
{
	const struct xml_node *before = NULL;
	for (const struct xml_node *c = first; c != end; before = c, c = c->next) {
		if (before)
			read_gap(s, before, c);
		if (c->name.len)
			read_element(s, c);
		else
			read_text(s, c->text, c->pos);
	}
}

struct say_attrs {
	struct str side, lang, when, plural, count;
	uint8_t length;
};
static const struct xml_choice lengths[] = {
	{ "title", LENGTH_TITLE }, { "sentence", LENGTH_SENTENCE }, { "paragraph", LENGTH_PARAGRAPH }, { NULL, 0 },
};
static const struct xml_field say_fields[] = {
	{ "side", XML_ID, XML_OPTIONAL, offsetof(struct say_attrs, side), NULL },
	{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, lang), NULL },
	{ "when", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, when), NULL },
	{ "plural", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, plural), NULL },
	{ "count", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, count), NULL },
	{ "length", XML_CHOICE, XML_OPTIONAL, offsetof(struct say_attrs, length), lengths },
	{ NULL, 0, 0, 0, NULL },
};

static bool check_side(struct narrative_reading *r, const struct xml_node *n, struct str side)
{
	if (!side.len ||
		narrative_check(r, (struct narrative_check){ .kind = CHECK_SIDE, .id = side }))
		return true;
	facts_unknown_side(r->facts, side, xml_attr(n, "side")->value_pos, r->diag);
	return false;
}

bool narrative_read_say(struct narrative_reading *r, const struct xml_node *n, struct say *out)
{
	struct say_attrs attrs = { .side = { NULL, 0 } };
	struct parts parts = { { NULL, 0, 0 } };
	struct saying s = { .reading = r, .into = &parts };
	size_t errors = r->diag->errors;
	if (xml_read_attrs(r->arena, n, say_fields, &attrs, r->diag))
		check_side(r, n, attrs.side);
	say_read_content(&s, n->first, NULL);
	say_end_line(&s);
	if (!parts.list.count && r->diag->errors == errors)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos, "this 'say' says nothing");
	out->side = attrs.side;
	out->lang = attrs.lang;
	out->when = narrative_expr(r, n, "when");
	narrative_read_plural(r, n, out);
	out->length = attrs.length;
	out->parts = parts.list.at;
	out->part_count = parts.list.count;
	return r->diag->errors == errors;
}

static struct say_markup read_words(struct saying s, const struct xml_node *first, const struct xml_node *end)
{
	struct parts parts = { { NULL, 0, 0 } };
	s.into = &parts;
	say_read_content(&s, first, end);
	say_end_line(&s);
	while (parts.list.count && parts.list.at[parts.list.count - 1]->kind == SAY_TEXT &&
		!parts.list.at[parts.list.count - 1]->text.len)
		parts.list.count--;
	return (struct say_markup){ parts.list.at, parts.list.count };
}

void narrative_read_words(struct narrative_reading *r, const struct xml_node *first, const struct xml_node *end,
	struct prose *out)
{
	struct say_markup words = read_words((struct saying){ .reading = r }, first, end);
	out->parts = words.parts;
	out->part_count = words.count;
}

struct say_markup narrative_read_markup(struct narrative_reading *r, const struct xml_node *n)
{
	return read_words((struct saying){ .reading = r, .in_record = true }, n->first, NULL);
}
