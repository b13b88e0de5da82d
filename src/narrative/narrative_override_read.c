/* Narrative: a file of edited words -> edits, and back. */
#include "narrative/override.h"

struct edits_reading {
	struct arena *arena;
	struct narrative_edits *into;
	struct narrative_edit *edit; /* being read */
	struct diag *diag;
};

static const struct xml_field edit_fields[] = {
	{ "unit", XML_ID, XML_OPTIONAL, offsetof(struct narrative_edit, unit), NULL },
	{ "period", XML_PERIOD, XML_REQUIRED, offsetof(struct narrative_edit, period), NULL },
	{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct narrative_edit, lang), NULL },
	{ "slot", XML_STR, XML_OPTIONAL, offsetof(struct narrative_edit, slot), NULL },
	{ "snippet", XML_STR, XML_REQUIRED, offsetof(struct narrative_edit, snippet), NULL },
	{ "of", XML_STR, XML_OPTIONAL, offsetof(struct narrative_edit, of), NULL },
	{ "author", XML_STR, XML_OPTIONAL, offsetof(struct narrative_edit, author), NULL },
	{ "date", XML_DATE, XML_OPTIONAL, offsetof(struct narrative_edit, date), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static void read_words(struct edits_reading *r, const struct xml_node *n, struct edit_text *out)
{
	const struct xml_node *text = n->first;
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (c->name.len)
			diag_add(r->diag, DIAG_ELEMENT_UNKNOWN, c->pos,
				"edited words hold no element '" STR_FMT "'; write *…* for strong, _…_ for emphasis and [1] for a figure", STR_ARG(c->name));
	out->pos = n->pos;
	out->cell = true;
	if (!text || text->name.len)
		return;
	out->cell = text->next != NULL; /* in several pieces, around a comment */
	out->pos = xml_text_pos(text);
	out->text = out->cell ? xml_text(r->arena, n) : str_trim(text->text);
}

static void read_generated(void *ctx, const struct xml_node *n)
{
	struct edits_reading *r = ctx;
	read_words(r, n, &r->edit->generated);
}

static void read_edited(void *ctx, const struct xml_node *n)
{
	struct edits_reading *r = ctx;
	read_words(r, n, &r->edit->edited);
}

static void read_edit(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "generated", read_generated }, { "edited", read_edited }, { NULL, NULL } };
	struct edits_reading *r = ctx;
	struct narrative_edit edit = { .pos = n->pos };
	bool good = xml_read_attrs(r->arena, n, edit_fields, &edit, r->diag);
	r->edit = &edit;
	xml_read_children(n, children, r, r->diag);
	if (good)
		vec_push(r->arena, &r->into->list, edit);
}

void narrative_read_edits(struct arena *a, const struct xml_node *root, struct narrative_edits *out, struct diag *d)
{
	static const struct xml_child children[] = { { "edit", read_edit }, { NULL, NULL } };
	static const struct xml_field none[] = { { NULL, 0, 0, 0, NULL } };
	struct edits_reading r = { .arena = a, .into = out, .diag = d };
	if (!xml_is(root, "edits")) {
		diag_add(d, DIAG_ELEMENT_UNKNOWN, root->pos, "a file of edited words begins with <edits>, not <" STR_FMT ">", STR_ARG(root->name));
		return;
	}
	xml_read_attrs(a, root, none, &r, d);
	xml_read_children(root, children, &r, d);
}

bool narrative_edit_whole(const struct narrative_edit *e, struct diag *d)
{
	const struct { bool missing; enum diag_code code; const char *name; } needed[] = {
		{ !e->author.len, DIAG_ATTRIBUTE_MISSING, "'author'" }, { !e->date.year, DIAG_ATTRIBUTE_MISSING, "'date'" },
		{ !e->generated.text.len, DIAG_ELEMENT_MISSING, "<generated>" },
	};
	bool whole = true;
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (needed[i].missing) {
			diag_add(d, needed[i].code, e->pos, "these edited words lack %s", needed[i].name);
			whole = false;
		}
	return whole;
}

/* ---- writing ---- */

static void put_words(struct buf *out, const char *name, struct str words)
{
	if (words.len == 0)
		return;
	buf_printf(out, "\t\t<%s>", name);
	buf_xml(out, words);
	buf_printf(out, "</%s>\n", name);
}

static void put_edit(struct arena *a, const struct narrative_edit *e, struct buf *out)
{
	buf_puts(out, "\t<edit");
	buf_xml_attr_some(out, "unit", e->unit);
	buf_xml_attr(out, "period", period_text(a, e->period));
	buf_xml_attr_some(out, "lang", e->lang);
	buf_xml_attr_some(out, "slot", e->slot);
	buf_xml_attr(out, "snippet", e->snippet);
	buf_xml_attr_some(out, "of", e->of);
	buf_xml_attr_some(out, "author", e->author);
	buf_xml_attr_some(out, "date", e->date.year ? date_text(a, e->date) : (struct str){ 0 });
	buf_puts(out, ">\n");
	put_words(out, "generated", e->generated.text);
	put_words(out, "edited", e->edited.text);
	buf_puts(out, "\t</edit>\n");
}

void narrative_write_edits(struct arena *a, const struct narrative_edits *edits, struct buf *out)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edits xmlns=\"urn:entente\" version=\"1\">\n");
	for (size_t i = 0; i < edits->list.count; i++)
		put_edit(a, &edits->list.at[i], out);
	buf_puts(out, "</edits>\n");
}

struct str narrative_edit_key(struct arena *a, struct str slot, struct str snippet, struct str of)
{
	return str_printf(a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(slot), STR_ARG(snippet), STR_ARG(of));
}

struct str narrative_edit_name(struct arena *a, const struct narrative_edit *e)
{
	return str_printf(a, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(e->unit), STR_ARG(period_text(a, e->period)), STR_ARG(e->lang),
		STR_ARG(narrative_edit_key(a, e->slot, e->snippet, e->of)));
}
