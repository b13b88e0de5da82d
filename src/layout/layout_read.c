/* Merged tree to struct layout: sorts the root's children by kind, then reads the design before what refers to it. */
#include "layout/layout_int.h"

static void check_texts(struct reader *r, const struct xml_node *n, const struct text_place *place, struct layout_text *text)
{
	const struct xml_attr *word = xml_attr(n, place->word), *topic = xml_attr(n, place->topic);
	if (word && topic)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, topic->pos, "'" STR_FMT "' has both '%s' and '%s'; a text is a word or a topic",
			STR_ARG(n->name), place->word, place->topic);
	if (word || topic)
		text->pos = word ? word->value_pos : topic->value_pos;
}

void read_attrs(struct reader *r, const struct xml_node *n, const struct xml_field *fields, const struct text_place *texts,
	void *into)
{
	xml_read_attrs(r->arena, n, fields, into, r->diag);
	for (; texts && texts->word; texts++)
		check_texts(r, n, texts, (void *)((char *)into + texts->offset));
}

void read_children(struct reader *r, const struct xml_node *n, const struct xml_child *table, void *at)
{
	struct into into = { r, at };
	xml_read_children(n, table, &into, r->diag);
}

void read_nothing(struct reader *r, const struct xml_node *n)
{
	static const struct xml_child nothing[] = { { NULL, NULL } };
	read_children(r, n, nothing, NULL);
}

struct src_pos attr_pos(const struct xml_node *n, const char *name)
{
	const struct xml_attr *a = xml_attr(n, name);
	return a ? a->value_pos : n->pos;
}

static void take_tokens(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	vec_push(r->arena, &r->tokens, n);
}

static void take_style(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	vec_push(r->arena, &r->styles, n);
}

static void take_master(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	vec_push(r->arena, &r->masters, n);
}

static void take_callout(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	vec_push(r->arena, &r->callouts, n);
}

static void take_stamp(void *ctx, const struct xml_node *n)
{
	read_stamp(((struct into *)ctx)->r, n);
}

static void take_section(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	vec_push(r->arena, &r->sections, n);
}

/* What words say is read where languages are known; here only that each has a name. */
static void check_word(void *ctx, const struct xml_node *n)
{
	struct word { struct str id, lang; bool locked; } word = { 0 };
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct word, id, "id", XML_ID),
		FIELD(struct word, lang, "lang", XML_STR),
		FIELD(struct word, locked, "locked", XML_BOOL),
		FIELD_END,
	};
	read_attrs(((struct into *)ctx)->r, n, fields, NULL, &word);
}

static void take_words(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "word", check_word }, { NULL, NULL } };
	struct words { struct str lang; bool locked; } words = { 0 };
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct words, lang, "lang", XML_STR),
		FIELD(struct words, locked, "locked", XML_BOOL),
		FIELD_END,
	};
	struct reader *r = ((struct into *)ctx)->r;
	read_attrs(r, n, fields, NULL, &words);
	read_children(r, n, children, NULL);
	vec_push(r->arena, &r->words, n);
}

struct furniture {
	struct layout_text text[3];
	struct xml_ids strong;
	bool locked;
};

static void read_furniture(struct reader *r, const struct xml_node *n, struct layout_text text[3], struct xml_ids *strong)
{
	static const struct xml_field fields[] = {
		TEXT_FIELDS(struct furniture, text[0], "start"),
		TEXT_FIELDS(struct furniture, text[1], "centre"),
		TEXT_FIELDS(struct furniture, text[2], "end"),
		FIELD(struct furniture, strong, "strong", XML_IDS),
		FIELD(struct furniture, locked, "locked", XML_BOOL),
		FIELD_END,
	};
	static const struct text_place texts[] = {
		TEXT_PLACE(struct furniture, text[0], "start"),
		TEXT_PLACE(struct furniture, text[1], "centre"),
		TEXT_PLACE(struct furniture, text[2], "end"),
		{ 0 },
	};
	struct furniture f = { 0 };
	read_attrs(r, n, fields, texts, &f);
	read_nothing(r, n);
	memcpy(text, f.text, sizeof f.text);
	*strong = f.strong;
}

static void take_header(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	read_furniture(r, n, r->layout->header, &r->layout->header_strong);
}

static void take_footer(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct into *)ctx)->r;
	read_furniture(r, n, r->layout->footer, &r->layout->footer_strong);
}

struct root {
	struct str id;
	uint8_t attach;
	int32_t exhibits;
};

static void read_root(struct reader *r, const struct xml_node *n)
{
	static const struct xml_choice policies[] = { { "none", 0 }, { "used", 1 }, { "all", 2 }, { NULL, 0 } };
	static const struct xml_field fields[] = {
		FIELD(struct root, id, "id", XML_ID),
		FIELD_CHOICE_OF(struct root, attach, "attach", policies),
		FIELD(struct root, exhibits, "exhibits-a-page", XML_INT),
		FIELD_END,
	};
	static const struct xml_child children[] = {
		{ "tokens", take_tokens }, { "style", take_style }, { "master", take_master }, { "header", take_header },
		{ "footer", take_footer }, { "stamp", take_stamp }, { "callout", take_callout }, { "words", take_words },
		{ "section", take_section }, { NULL, NULL },
	};
	struct root root = { .attach = 1 };
	read_attrs(r, n, fields, NULL, &root);
	read_children(r, n, children, NULL);
	r->layout->id = root.id;
	r->layout->attach = root.attach;
	r->layout->exhibits = root.exhibits;
	r->layout->words = r->words.at;
	r->layout->word_count = r->words.count;
}

struct layout *layout_read(struct arena *a, struct xml_loader *loader, const struct layout_roots *roots,
	const struct xml_node *merged, struct diag *d)
{
	struct layout *l = ARENA_NEW(a, struct layout);
	struct doc_design *design = ARENA_NEW(a, struct doc_design);
	struct reader r = { .arena = a, .diag = d, .loader = loader, .roots = roots, .layout = l, .design = design,
		.root_pos = merged->pos };
	l->design = design;
	l->merged = merged;
	design->hyphen_folder = roots->hyphen_folder;
	read_root(&r, merged);
	read_tokens(&r);
	read_families(&r);
	read_styles(&r);
	tokens_settle(&r);
	check_styles(&r);
	read_masters(&r);
	read_callouts(&r);
	check_indents(&r);
	read_sections(&r);
	return design->face_count && design->master_count ? l : NULL;
}

static const struct layout_slot *slot_among(const struct layout_slot *const *slots, size_t count, struct str id)
{
	const struct layout_slot *found = NULL;
	for (size_t i = 0; i < count && !found; i++)
		found = str_equal(slots[i]->id, id) ? slots[i] : slot_among(slots[i]->slots.at, slots[i]->slots.count, id);
	return found;
}

const struct layout_slot *layout_slot_lookup(const struct layout *l, struct str id)
{
	const struct layout_slot *found = NULL;
	for (size_t i = 0; i < l->sections.count && !found; i++)
		found = slot_among(l->sections.at[i]->slots.at, l->sections.at[i]->slots.count, id);
	return found;
}

const struct doc_style *layout_style(const struct layout *l, struct str id, enum doc_role role)
{
	const struct doc_style *named = id.len ? style_lookup(l->design, id) : NULL;
	return named ? named : l->design->by_role[role];
}
