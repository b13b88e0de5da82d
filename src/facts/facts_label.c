/* xml -> facts: labels per language. */
#include "facts/facts_int.h"

static struct str language_of(struct str lang)
{
	struct str rest = lang, part = { 0 };
	str_split(&rest, '-', &part);
	return part;
}

/* How well a label's language serves the one asked for; 0 = not at all. */
static int fit_of(struct str have, struct str want)
{
	if (str_equal(have, want))
		return 4;
	if (have.len == 0)
		return 1;
	if (!str_equal(language_of(have), language_of(want)))
		return 0;
	return str_equal(have, language_of(want)) ? 3 : 2;
}

struct str facts_label(const struct facts_labels *labels, struct str lang, bool short_form)
{
	const struct facts_label *best = NULL;
	int best_fit = 0;
	for (size_t i = 0; i < labels->count; i++) {
		int fit = fit_of(labels->at[i].lang, lang);
		if (fit > best_fit) {
			best = &labels->at[i];
			best_fit = fit;
		}
	}
	if (!best)
		return (struct str){ 0 };
	return short_form && best->short_text.len ? best->short_text : best->text;
}

struct label_attrs {
	struct str lang, short_text;
};
static const struct xml_field label_fields[] = {
	{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct label_attrs, lang), NULL },
	{ "short", XML_STR, XML_OPTIONAL, offsetof(struct label_attrs, short_text), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static size_t text_size(const struct xml_node *n)
{
	size_t len = n->text.len + 1;
	for (const struct xml_node *c = n->first; c; c = c->next)
		len += text_size(c);
	return len;
}

/* One space stands for each run of white space and for the end of a line; footnotes are not in the sentence. */
static void put_words(struct buf *out, const struct xml_node *n)
{
	struct str text = xml_is(n, "br") ? STR(" ") : n->text;
	if (xml_is(n, "footnote"))
		return;
	for (size_t i = 0; i < text.len; i++) {
		bool white = strchr(" \t\n\r", text.ptr[i]) != NULL;
		if (!white || (out->len && out->ptr[out->len - 1] != ' '))
			buf_putc(out, white ? ' ' : text.ptr[i]);
	}
	for (const struct xml_node *c = n->first; c; c = c->next)
		put_words(out, c);
}

struct str facts_words(struct arena *a, const struct xml_node *n)
{
	struct buf out;
	if (!xml_has_elements(n))
		return xml_text(a, n);
	buf_init(&out, a, text_size(n));
	put_words(&out, n);
	return str_trim(buf_str(&out));
}

void facts_text_add(struct facts_reader *r, struct facts_label_list *l, const struct xml_node *n)
{
	struct label_attrs attrs = { .lang = xml_lang(n) };
	xml_read_attrs(r->a, n, label_fields, &attrs, r->d);
	struct facts_label label = { attrs.lang, facts_words(r->a, n), attrs.short_text, xml_has_elements(n) ? n : NULL };
	for (size_t i = 0; i < l->list.count; i++) {
		if (!str_equal(l->list.at[i].lang, label.lang))
			continue;
		diag_add(r->d, DIAG_ELEMENT_TWICE, n->pos,
			"a second '" STR_FMT "' in the language '" STR_FMT "'", STR_ARG(n->name),
			STR_ARG(label.lang));
		return;
	}
	if (label.text.len == 0)
		diag_add(r->d, DIAG_LABEL_MISSING, n->pos, "'" STR_FMT "' is empty",
			STR_ARG(n->name));
	vec_push(r->a, &l->list, label);
}

void facts_label_add(struct facts_reader *r, struct facts_label_list *l, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (c->name.len)
			diag_add(r->d, DIAG_ELEMENT_UNKNOWN, c->pos,
				"element '" STR_FMT "' is not known in '" STR_FMT "', which is plain text", STR_ARG(c->name), STR_ARG(n->name));
	facts_text_add(r, l, n);
}

struct facts_labels facts_labels_of(const struct facts_label_list *l)
{
	return (struct facts_labels){ l->list.at, l->list.count };
}

void facts_label_needed(struct facts_reader *r, const struct facts_labels *labels, const char *what,
	struct str id, struct src_pos pos)
{
	if (facts_label(labels, r->f->lang, false).len)
		return;
	if (labels->count)
		diag_add(r->d, DIAG_LABEL_MISSING, pos,
			"%s '" STR_FMT "' has no label in '" STR_FMT "', the briefing's language",
			what, STR_ARG(id), STR_ARG(r->f->lang));
	else
		diag_add(r->d, DIAG_LABEL_MISSING, pos, "%s '" STR_FMT "' has no label", what,
			STR_ARG(id));
}

struct str facts_choice_label(
	const struct facts_field_def *def, struct str choice, struct str lang, bool short_form)
{
	for (size_t i = 0; i < def->choices.count; i++) {
		if (!str_equal(def->choices.at[i], choice) || !def->choice_labels)
			continue;
		struct str text = facts_label(&def->choice_labels[i], lang, short_form);
		if (text.len)
			return text;
	}
	return choice;
}
