/* <tokens>: colours by role, measures by name, families (whose faces layout_fonts.c finds). */
#include "layout/layout_int.h"

/* A measure a layout does not state is a share of the text style's leading, so that a layout of one slot stays small. */
struct measure {
	const char *name; /* NULL ends the list */
	size_t offset;    /* in struct doc_tokens */
	int32_t share;    /* thousandths of the leading */
	bool any;         /* may be 0 */
};
#define MEASURE(name, member, share, any) { name, offsetof(struct doc_tokens, member), share, any }
static const struct measure measures[] = {
	MEASURE("bar-height", bar_height, 1667, false),
	MEASURE("bar-gap", bar_gap, 333, true),
	MEASURE("chart-row", chart_row, 1333, false),
	MEASURE("tile-bar", tile_bar, 667, false),
	MEASURE("line-chart-height", line_chart_height, 11000, false),
	MEASURE("mark-size", mark_size, 500, false),
	MEASURE("rule-thin", rule_thin, 42, true),
	MEASURE("rule-thick", rule_thick, 63, true),
	MEASURE("rule-accent", rule_accent, 125, true),
	MEASURE("box-padding-x", box_padding_x, 833, true),
	MEASURE("box-padding-y", box_padding_y, 667, true),
	MEASURE("exhibit-padding", exhibit_padding, 667, true),
	MEASURE("tile-padding", tile_padding, 333, true),
	MEASURE("note-rule", note_rule, 0, true),
	MEASURE("free-limit", free_limit, 0, true),
	MEASURE("least-size", least_size, 500, false),
	{ 0 },
};

static const struct measure *measure_named(struct reader *r, struct str name, struct src_pos pos)
{
	struct str near = { 0 };
	for (const struct measure *m = measures; m->name; m++)
		if (str_is(name, m->name))
			return m;
	for (const struct measure *m = measures; m->name; m++) {
		struct str pair[2] = { near, str_from(m->name) };
		near = str_nearest(name, pair, 2);
	}
	diag_add(r->diag, DIAG_ROLE_UNKNOWN, pos, "no measure '" STR_FMT "'%s", STR_ARG(name), diag_nearest(r->diag, near));
	return NULL;
}

const char *measure_name(size_t index)
{
	return measures[index].name;
}

mpt measure_length(const struct doc_design *design, size_t index)
{
	return *(const mpt *)(const void *)((const char *)&design->tokens + measures[index].offset);
}

int32_t measure_share(size_t index)
{
	return measures[index].share;
}

static mpt *measure_at(struct reader *r, const struct measure *m)
{
	return (mpt *)(void *)((char *)&r->design->tokens + m->offset);
}

struct token_state {
	struct reader *r;
	struct src_pos colours[DOC_COLOUR_COUNT]; /* where each was stated */
};

static void read_measure(void *ctx, const struct xml_node *n)
{
	struct measure_read {
		struct str name;
		mpt value;
		bool locked;
	} read = { .value = INT32_MIN };
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct measure_read, name, "name", XML_ID),
		FIELD_NEEDED(struct measure_read, value, "value", XML_LENGTH),
		FIELD(struct measure_read, locked, "locked", XML_BOOL),
		FIELD_END,
	};
	struct reader *r = ((struct token_state *)ctx)->r;
	read_attrs(r, n, fields, NULL, &read);
	if (!read.name.len || read.value == INT32_MIN)
		return;
	const struct measure *m = measure_named(r, read.name, attr_pos(n, "name"));
	if (m && read.value == 0 && !m->any)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, attr_pos(n, "value"), "measure '" STR_FMT "' must be above zero", STR_ARG(read.name));
	else if (m) {
		*measure_at(r, m) = read.value;
		r->measures_stated |= UINT32_C(1) << (m - measures);
	}
}

void tokens_settle(struct reader *r)
{
	const struct doc_style *text = r->design->by_role[ROLE_TEXT];
	mpt leading = style_too_loose(text) ? text->size : text->leading;
	for (const struct measure *m = measures; m->name; m++)
		if (!(r->measures_stated >> (m - measures) & 1))
			*measure_at(r, m) = mpt_scale(leading, m->share, 1000);
}

static void read_colour(void *ctx, const struct xml_node *n)
{
	struct colour_read {
		struct str role;
		uint32_t value;
		bool locked;
	} read = { .value = UINT32_MAX };
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct colour_read, role, "role", XML_ID),
		FIELD_NEEDED(struct colour_read, value, "value", XML_COLOUR),
		FIELD(struct colour_read, locked, "locked", XML_BOOL),
		FIELD_END,
	};
	struct token_state *t = ctx;
	uint8_t role;
	read_attrs(t->r, n, fields, NULL, &read);
	if (!read.role.len || !read_colour_role(t->r, read.role, attr_pos(n, "role"), &role))
		return;
	if (read.value == UINT32_MAX) {
		t->r->colours_wrong |= UINT32_C(1) << role;
		return;
	}
	t->r->design->palette[role] = read.value;
	t->r->layout->colour_set[role] = true;
	t->colours[role] = attr_pos(n, "value");
}

static void take_family(void *ctx, const struct xml_node *n)
{
	struct reader *r = ((struct token_state *)ctx)->r;
	vec_push(r->arena, &r->families, n);
}

void read_tokens(struct reader *r)
{
	static const struct xml_child children[] = {
		{ "colour", read_colour }, { "family", take_family }, { "measure", read_measure }, { NULL, NULL },
	};
	static const struct xml_field fields[] = { { "locked", XML_BOOL, XML_OPTIONAL, 0, NULL }, FIELD_END };
	struct token_state t = { .r = r };
	for (size_t i = 0; i < r->tokens.count; i++) {
		bool locked;
		read_attrs(r, r->tokens.at[i], fields, NULL, &locked);
		xml_read_children(r->tokens.at[i], children, &t, r->diag);
	}
	palette_settle(r);
	palette_check(r, t.colours);
}
