/* <style>: resolved doc_styles, one for every role.
 *
 * A style with role= is that role's style; of several the last in merged order. A style without role= takes that of the style it is
 * based on and is used only where style= names it. based-on takes over everything; without it a style starts from the type (family,
 * size, leading, colour) of the style of role "text". A role without a style is set as text. */
#include "layout/layout_int.h"

enum { SPACINGS = 6 };
enum { UNSAID = INT32_MIN }; /* a number of lines that no attribute says */
enum { LEADING_MOST = 4 }; /* sizes: what stands wider apart is no text any more */

struct entry {
	const struct xml_node *node;
	struct str id, role, based_on;
	struct doc_style style;      /* resolved when done */
	bool begun, done;
};
struct styles {
	struct reader *r;
	struct entry *at;
	size_t count;
	struct entry *text;          /* of role "text"; NULL after a diagnostic */
};

/* What a style element says. */
struct said {
	struct doc_style s;
	struct str id, role, based_on, family, colour;
	int32_t max_lines, orphans, widows;
	int32_t spacing[SPACINGS];   /* per cent, in the order of struct spacing; -1 = not said */
	bool locked;
};

static const struct xml_choice aligns[] = {
	{ "start", DOC_START }, { "end", DOC_END }, { "centre", DOC_CENTRE }, { "justify", DOC_JUSTIFY }, { NULL, 0 },
};
static const struct xml_field fields[] = {
	FIELD(struct said, id, "id", XML_ID),
	FIELD(struct said, role, "role", XML_ID),
	FIELD(struct said, based_on, "based-on", XML_ID),
	FIELD(struct said, family, "family", XML_ID),
	FIELD(struct said, colour, "colour", XML_STR),
	FIELD_CHOICE_OF(struct said, s.align, "align", aligns),
	FIELD(struct said, s.strong, "strong", XML_BOOL),
	FIELD(struct said, s.hyphenate, "hyphenate", XML_BOOL),
	FIELD(struct said, s.balance, "balance", XML_BOOL),
	FIELD(struct said, s.tabular, "tabular", XML_BOOL),
	FIELD(struct said, max_lines, "max-lines", XML_INT),
	FIELD(struct said, orphans, "orphans", XML_INT),
	FIELD(struct said, widows, "widows", XML_INT),
	FIELD(struct said, spacing[0], "space-stretch", XML_INT),
	FIELD(struct said, spacing[1], "space-shrink", XML_INT),
	FIELD(struct said, spacing[2], "space-most", XML_INT),
	FIELD(struct said, spacing[3], "last-line", XML_INT),
	FIELD(struct said, spacing[4], "hang-punctuation", XML_INT),
	FIELD(struct said, spacing[5], "letter-most", XML_INT),
	FIELD(struct said, s.size, "size", XML_LENGTH),
	FIELD(struct said, s.leading, "leading", XML_LENGTH),
	FIELD(struct said, s.tracking, "tracking", XML_SIGNED_LENGTH),
	FIELD(struct said, s.indent, "indent", XML_LENGTH),
	FIELD(struct said, s.hang, "hang", XML_LENGTH),
	FIELD(struct said, s.label, "label", XML_STR),
	FIELD(struct said, s.space_before, "space-before", XML_LENGTH),
	FIELD(struct said, s.space_after, "space-after", XML_LENGTH),
	FIELD(struct said, locked, "locked", XML_BOOL),
	FIELD_END,
};

/* What is near is looked for only where there is none of the name: it takes much longer. */
static struct entry *entry_named(struct styles *all, struct str id, struct str *near)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->at[i].id, id))
			return &all->at[i];
	for (size_t i = 0; i < all->count; i++) {
		struct str pair[2] = { *near, all->at[i].id };
		*near = str_nearest(id, pair, 2);
	}
	return NULL;
}

/* Where the layout has no style for text, which is an error: so that the rest can be read. */
static const struct doc_style untyped = { .size = 10 * MPT_PT, .leading = 12 * MPT_PT, .colour = COLOUR_INK, .role = ROLE_TEXT };

static const struct doc_style *resolved(struct styles *all, struct entry *e);

/* Only the type: spaces, lines and balance belong to the role. */
static struct doc_style type_of(const struct doc_style *text)
{
	return (struct doc_style){ .family = text->family, .size = text->size, .leading = text->leading, .colour = text->colour,
		.hyphenate = text->hyphenate, .orphans = text->orphans, .widows = text->widows, .role = ROLE_TEXT,
		.stretch = text->stretch, .shrink = text->shrink,
		.stretch_most = text->stretch_most, .last_least = text->last_least, .hang_punctuation = text->hang_punctuation,
		.letter_most = text->letter_most };
}

static const struct doc_style *named_base(struct styles *all, struct entry *e)
{
	struct str near = { 0 };
	struct entry *base = entry_named(all, e->based_on, &near);
	struct src_pos pos = attr_pos(e->node, "based-on");
	if (!base) {
		diag_add(all->r->diag, DIAG_STYLE_UNKNOWN, pos, "no style '" STR_FMT "'%s", STR_ARG(e->based_on),
			diag_nearest(all->r->diag, near));
	} else if (base->begun && !base->done) {
		diag_add(all->r->diag, DIAG_LAYOUT_CYCLE, pos, "style '" STR_FMT "' is based on itself", STR_ARG(e->id));
		base = NULL;
	}
	return base ? resolved(all, base) : NULL;
}

static struct doc_style start_of(struct styles *all, struct entry *e)
{
	const struct doc_style *base = e->based_on.len ? named_base(all, e) : NULL;
	if (base)
		return *base;
	if (all->text && all->text != e && !(all->text->begun && !all->text->done))
		return type_of(resolved(all, all->text));
	return untyped;
}

static void set_family(struct reader *r, const struct xml_node *n, struct said *said)
{
	struct str near = { 0 };
	for (uint16_t i = 0; i < r->design->family_count; i++) {
		if (!str_equal(r->design->families[i].role, said->family))
			continue;
		said->s.family = i;
		return;
	}
	for (uint16_t i = 0; i < r->design->family_count; i++) {
		struct str pair[2] = { near, r->design->families[i].role };
		near = str_nearest(said->family, pair, 2);
	}
	diag_add(r->diag, DIAG_FAMILY_UNKNOWN, attr_pos(n, "family"), "no family '" STR_FMT "' among the tokens%s", STR_ARG(said->family),
		diag_nearest(r->diag, near));
}

static void set_role(struct reader *r, const struct entry *e, struct said *said)
{
	if (said->role.len)
		read_name(r, layout_text_roles, "role", said->role, attr_pos(e->node, "role"), &said->s.role);
	else if (!said->based_on.len)
		diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, e->node->pos, "style '" STR_FMT "' has neither 'role' nor 'based-on'", STR_ARG(e->id));
}

/* How lines are justified and what stands out of their edges, in per cent. */
static const struct {
	const char *name;
	int32_t most;
	size_t offset;               /* of the thousandths in struct doc_style */
} spacings[SPACINGS] = {
	{ "space-stretch", 300, offsetof(struct doc_style, stretch) }, { "space-shrink", 60, offsetof(struct doc_style, shrink) },
	{ "space-most", 1000, offsetof(struct doc_style, stretch_most) }, { "last-line", 60, offsetof(struct doc_style, last_least) },
	{ "hang-punctuation", 100, offsetof(struct doc_style, hang_punctuation) },
	{ "letter-most", 10, offsetof(struct doc_style, letter_most) },
};

static void set_spacing(struct reader *r, const struct xml_node *n, struct said *said)
{
	for (int i = 0; i < SPACINGS; i++) {
		uint16_t *into = (uint16_t *)(void *)((char *)&said->s + spacings[i].offset);
		if (said->spacing[i] < 0)
			continue;
		if (said->spacing[i] > spacings[i].most)
			diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, spacings[i].name), "'%s' is 0 to %d per cent", spacings[i].name,
				(int)spacings[i].most);
		else
			*into = (uint16_t)(10 * said->spacing[i]);
	}
}

/* Lines or rows that stay together at a page break; 1 lets one stand alone. */
static void set_least(struct reader *r, const struct xml_node *n, const char *name, int32_t said, uint8_t *into)
{
	enum { MOST = 20 };
	if (said == UNSAID)
		return;
	if (said < 1 || said > MOST)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, name), "'%s' is 1 to %d lines", name, MOST);
	else
		*into = (uint8_t)said;
}

static const struct doc_style *resolved(struct styles *all, struct entry *e)
{
	if (e->done)
		return &e->style;
	e->begun = true;
	struct reader *r = all->r;
	struct said said = { .s = start_of(all, e), .spacing = { -1, -1, -1, -1, -1, -1 }, .orphans = UNSAID, .widows = UNSAID };
	said.max_lines = said.s.max_lines;
	read_attrs(r, e->node, fields, NULL, &said);
	read_nothing(r, e->node);
	set_role(r, e, &said);
	if (said.family.len)
		set_family(r, e->node, &said);
	if (said.colour.len)
		read_colour_role(r, said.colour, attr_pos(e->node, "colour"), &said.s.colour);
	set_spacing(r, e->node, &said);
	set_least(r, e->node, "orphans", said.orphans, &said.s.orphans);
	set_least(r, e->node, "widows", said.widows, &said.s.widows);
	if (said.max_lines < 0 || said.max_lines > 100)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(e->node, "max-lines"), "'max-lines' is 0 (any) to 100");
	else
		said.s.max_lines = (uint16_t)said.max_lines;
	said.s.id = e->id;
	said.s.pos = e->node->pos;
	e->style = said.s;
	e->done = true;
	return &e->style;
}

static void enter(struct styles *all, const struct xml_node *n)
{
	struct entry *e = &all->at[all->count++];
	e->node = n;
	e->role = tree_attr(n, "role");
	e->id = tree_attr(n, "id");
	e->based_on = tree_attr(n, "based-on");
	if (!e->id.len)
		e->id = e->role;
	if (str_is(e->role, doc_role_name(ROLE_TEXT)))
		all->text = e;
}

/* What parts of texts look like where no style has their role: as another role does, as a whole. */
static const struct stand_in {
	enum doc_role role, as;
	const char *label;           /* of lists; NULL = none */
} stand_ins[] = {
	{ ROLE_PROSE, ROLE_TEXT, NULL }, { ROLE_HEADING_1, ROLE_OPTION, NULL }, { ROLE_HEADING_2, ROLE_HEADING, NULL },
	{ ROLE_HEADING_3, ROLE_EXHIBIT_TITLE, NULL }, { ROLE_HEADING_4, ROLE_ITEM_HEAD, NULL }, { ROLE_HEADING_5, ROLE_ITEM_HEAD, NULL },
	{ ROLE_HEADING_6, ROLE_ITEM_HEAD, NULL }, { ROLE_BULLET_1, ROLE_TEXT, "\u2022" }, { ROLE_BULLET_2, ROLE_TEXT, "\u2013" },
	{ ROLE_BULLET_3, ROLE_TEXT, "\u00b7" }, { ROLE_NUMBER_1, ROLE_TEXT, "1." }, { ROLE_NUMBER_2, ROLE_TEXT, "(a)" },
	{ ROLE_NUMBER_3, ROLE_TEXT, "(i)" }, { ROLE_TERM, ROLE_ITEM_HEAD, NULL }, { ROLE_QUOTE, ROLE_TEXT, NULL },
	{ ROLE_CALLOUT_HEAD, ROLE_ITEM_HEAD, NULL }, { ROLE_CALLOUT, ROLE_TEXT, NULL }, { ROLE_CAPTION, ROLE_UNIT, NULL },
};

static bool stands_in(int role)
{
	for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++)
		if ((int)stand_ins[i].role == role)
			return true;
	return false;
}

static void settle_parts(struct styles *all, struct doc_style *list, uint16_t *count)
{
	struct doc_design *design = all->r->design;
	for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++) {
		const struct stand_in *in = &stand_ins[i];
		if (design->by_role[in->role])
			continue;
		struct doc_style *s = &list[(*count)++];
		*s = *design->by_role[in->as];
		s->id = str_from(doc_role_name(in->role));
		s->role = (uint8_t)in->role;
		if (in->label) {
			s->label = str_from(in->label);
			s->hang = 2 * s->size;
			s->indent = s->space_before = s->space_after = 0;
			s->hyphenate = false;
		}
		design->by_role[in->role] = s;
	}
}

static void settle_roles(struct styles *all, struct doc_style *list, uint16_t *count)
{
	struct doc_design *design = all->r->design;
	for (size_t i = 0; i < all->count; i++)
		if (all->at[i].role.len)
			design->by_role[list[i].role] = &list[i];
	for (int role = 0; role < DOC_ROLE_COUNT; role++) {
		if (design->by_role[role] || stands_in(role))
			continue;
		struct doc_style *s = &list[(*count)++];
		*s = type_of(all->text ? &all->text->style : &untyped);
		s->id = str_from(doc_role_name((enum doc_role)role));
		s->role = (uint8_t)role;
		s->pos = all->text ? all->text->style.pos : all->r->root_pos;
		design->by_role[role] = s;
	}
	settle_parts(all, list, count);
}

void read_styles(struct reader *r)
{
	struct styles all = { .r = r, .at = ARENA_ARRAY(r->arena, struct entry, r->styles.count) };
	struct doc_style *list = ARENA_ARRAY(r->arena, struct doc_style, r->styles.count + DOC_ROLE_COUNT);
	for (size_t i = 0; i < r->styles.count; i++)
		enter(&all, r->styles.at[i]);
	if (!all.text)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, r->root_pos, "the layout has no style of role 'text', which the others start from");
	for (size_t i = 0; i < all.count; i++)
		list[i] = *resolved(&all, &all.at[i]);
	uint16_t count = (uint16_t)all.count;
	settle_roles(&all, list, &count);
	r->design->styles = list;
	r->design->style_count = count;
}

/* Colours of text that the palette's own check does not know as text. */
static void check_colour(struct reader *r, const struct doc_style *s)
{
	bool on_band = (s->role == ROLE_HEADER && r->layout->colour_set[COLOUR_BAND]);
	uint8_t ground = on_band ? COLOUR_BAND : COLOUR_PAPER;
	double ratio = colour_contrast(r->design->palette[s->colour], r->design->palette[ground]);
	if (ratio >= 4.5 || s->role == ROLE_STAMP) /* a stamp stands behind the text: it must not be read in its place */
		return;
	struct buf b;
	buf_init(&b, r->arena, 32);
	buf_decimal(&b, (struct decimal){ (int64_t)(ratio * 10 + .5), 1 });
	diag_add(r->diag, DIAG_COLOUR_CONTRAST, s->pos, "style '" STR_FMT "' sets text in '%s' on '%s', a contrast of " STR_FMT "; text needs 4.5",
		STR_ARG(s->id), doc_colour_name(s->colour), doc_colour_name(ground), STR_ARG(buf_str(&b)));
}

static void check_size(struct reader *r, const struct doc_style *s)
{
	struct buf b;
	buf_init(&b, r->arena, 64);
	buf_mpt(&b, s->size);
	buf_puts(&b, s->size < r->design->tokens.least_size ? "pt; the least size is " : "pt on a leading of ");
	buf_mpt(&b, s->size < r->design->tokens.least_size ? r->design->tokens.least_size : s->leading);
	if (s->size < r->design->tokens.least_size || s->leading < s->size)
		diag_add(r->diag, DIAG_SIZE_SMALL, s->pos, "style '" STR_FMT "' is set in " STR_FMT "pt", STR_ARG(s->id), STR_ARG(buf_str(&b)));
}

/* What would push the letters of a line onto one another, or its lines off the page. */
static void check_room(struct reader *r, const struct xml_node *n, const struct doc_style *s)
{
	if (style_too_loose(s))
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "leading"), "style '" STR_FMT "' has a leading of more than %d times its size", STR_ARG(s->id),
			LEADING_MOST);
	if (s->tracking < -s->size / 4 || s->tracking > s->size)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "tracking"),
			"style '" STR_FMT "' moves its letters together by more than a quarter of its size, or apart by more than its size",
			STR_ARG(s->id));
}

bool style_too_loose(const struct doc_style *s)
{
	return s->leading / LEADING_MOST > s->size;
}

void check_indents(struct reader *r)
{
	mpt narrowest = LENGTH_MOST;
	for (uint16_t i = 0; i < r->design->master_count; i++) {
		const struct doc_master *m = &r->design->masters[i];
		mpt width = m->width - m->left - m->right;
		narrowest = width > 0 && width < narrowest ? width : narrowest; /* none: has been reported */
	}
	for (size_t i = 0; i < r->styles.count; i++) {
		const struct doc_style *s = &r->design->styles[i];
		if (s->indent <= narrowest / 2 && s->hang <= narrowest / 2)
			continue;
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(r->styles.at[i], s->indent > narrowest / 2 ? "indent" : "hang"),
			"style '" STR_FMT "' is indented by more than half the width between the margins",
			STR_ARG(s->id));
	}
}

void check_styles(struct reader *r)
{
	for (size_t i = 0; i < r->styles.count; i++) {
		check_size(r, &r->design->styles[i]);
		check_room(r, r->styles.at[i], &r->design->styles[i]);
		check_colour(r, &r->design->styles[i]);
	}
}

const struct doc_style *style_lookup(const struct doc_design *design, struct str id)
{
	for (uint16_t i = 0; i < design->style_count; i++)
		if (str_equal(design->styles[i].id, id))
			return &design->styles[i];
	return NULL;
}
