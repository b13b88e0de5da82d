/* <master>: pages with their grid and strips. based-on takes over another master's attributes, strips included. */
#include "layout/layout_int.h"

/* What a master element says; lengths from the bottom are turned when the page's height is known. */
struct said_strip {
	struct doc_strip s;
	struct str rule_colour;
	uint8_t from;           /* edge that lengths are measured from: 0 top, 1 bottom */
	bool locked;
};
struct said_master {
	struct doc_master m;
	struct said_strip header, footer;
	struct str based_on;
	int32_t columns;
	bool locked;
};
struct masters {
	struct reader *r;
	struct said_master *at;
	size_t count;
};

static const struct xml_choice edges[] = { { "top", 0 }, { "bottom", 1 }, { NULL, 0 } };
static const struct xml_field strip_fields[] = {
	FIELD_CHOICE_OF(struct said_strip, from, "from", edges),
	FIELD(struct said_strip, s.top, "top", XML_LENGTH),
	FIELD(struct said_strip, s.height, "height", XML_LENGTH),
	FIELD(struct said_strip, s.text_top, "text", XML_LENGTH),
	FIELD(struct said_strip, s.rule_top, "rule", XML_LENGTH),
	FIELD(struct said_strip, s.rule_width, "rule-width", XML_LENGTH),
	FIELD(struct said_strip, rule_colour, "rule-colour", XML_STR),
	FIELD(struct said_strip, s.band, "band", XML_BOOL),
	FIELD(struct said_strip, s.edge_width, "edge-width", XML_LENGTH),
	FIELD(struct said_strip, locked, "locked", XML_BOOL),
	FIELD_END,
};
static const struct xml_field master_fields[] = {
	FIELD_NEEDED(struct said_master, m.id, "id", XML_ID),
	FIELD(struct said_master, based_on, "based-on", XML_ID),
	FIELD(struct said_master, m.width, "width", XML_LENGTH),
	FIELD(struct said_master, m.height, "height", XML_LENGTH),
	FIELD(struct said_master, m.left, "left", XML_LENGTH),
	FIELD(struct said_master, m.right, "right", XML_LENGTH),
	FIELD(struct said_master, m.top, "top", XML_LENGTH),
	FIELD(struct said_master, m.bottom, "bottom", XML_LENGTH),
	FIELD(struct said_master, columns, "columns", XML_INT),
	FIELD(struct said_master, m.gutter, "gutter", XML_LENGTH),
	FIELD(struct said_master, m.step, "step", XML_LENGTH),
	FIELD(struct said_master, m.gap, "gap", XML_LENGTH),
	FIELD(struct said_master, m.baseline_grid, "baseline-grid", XML_BOOL),
	FIELD(struct said_master, locked, "locked", XML_BOOL),
	FIELD_END,
};

static void read_strip(struct reader *r, const struct xml_node *n, struct said_strip *strip)
{
	struct str colour = strip->rule_colour;
	read_attrs(r, n, strip_fields, NULL, strip);
	read_nothing(r, n);
	if (!str_equal(colour, strip->rule_colour))
		read_colour_role(r, strip->rule_colour, attr_pos(n, "rule-colour"), &strip->s.rule_colour);
}

static void read_header(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	read_strip(into->r, n, &((struct said_master *)into->at)->header);
}

static void read_footer(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	read_strip(into->r, n, &((struct said_master *)into->at)->footer);
}

static const struct said_master *said_before(const struct masters *all, struct str id)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->at[i].m.id, id))
			return &all->at[i];
	return NULL;
}

static void report_base(struct masters *all, const struct xml_node *n, struct str id)
{
	struct str near = { 0 };
	for (size_t i = 0; i < all->count; i++) {
		struct str pair[2] = { near, all->at[i].m.id };
		near = str_nearest(id, pair, 2);
	}
	diag_add(all->r->diag, DIAG_MASTER_UNKNOWN, attr_pos(n, "based-on"), "no master '" STR_FMT "' before this one%s", STR_ARG(id),
		diag_nearest(all->r->diag, near));
}

static void read_master(struct masters *all, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "header", read_header }, { "footer", read_footer }, { NULL, NULL } };
	struct said_master m = { .columns = 12, .header.s.rule_colour = COLOUR_INK, .footer.s.rule_colour = COLOUR_RULE,
		.footer.from = 1 };
	struct str base_id = tree_attr(n, "based-on");
	const struct said_master *base = base_id.len ? said_before(all, base_id) : NULL;
	if (base)
		m = *base;
	else if (base_id.len)
		report_base(all, n, base_id);
	read_attrs(all->r, n, master_fields, NULL, &m);
	read_children(all->r, n, children, &m);
	all->at[all->count++] = m;
}

static void turn(struct doc_strip *s, const struct said_strip *said, mpt height)
{
	*s = said->s;
	if (!said->from)
		return;
	s->top = height - said->s.top;
	s->text_top = height - said->s.text_top;
	s->rule_top = height - said->s.rule_top;
}

static bool sized(const struct said_master *m)
{
	int64_t gutters = (int64_t)(m->columns - 1) * m->m.gutter;
	return m->columns >= 1 && m->columns <= 60 &&
		m->m.width - m->m.left - m->m.right - gutters >= m->columns * MPT_PT;
}

static bool inside(const struct said_strip *said, mpt height)
{
	return said->s.top <= height && said->s.height <= height && said->s.text_top <= height && said->s.rule_top <= height;
}

static void settle(struct reader *r, const struct xml_node *n, struct said_master *m)
{
	if (m->m.width == 0 || m->m.height == 0)
		diag_add(r->diag, DIAG_GRID, n->pos, "master '" STR_FMT "' needs a width and a height", STR_ARG(m->m.id));
	else if (m->m.height - m->m.top - m->m.bottom < 24 * MPT_PT)
		diag_add(r->diag, DIAG_GRID, n->pos, "master '" STR_FMT "' leaves no height between its margins", STR_ARG(m->m.id));
	else if (!sized(m))
		diag_add(r->diag, DIAG_GRID, n->pos, "master '" STR_FMT "' leaves no width for %d columns", STR_ARG(m->m.id), (int)m->columns);
	else if (!inside(&m->header, m->m.height) || !inside(&m->footer, m->m.height))
		diag_add(r->diag, DIAG_GRID, n->pos, "master '" STR_FMT "' has a header or footer beyond its page", STR_ARG(m->m.id));
	m->m.columns = (uint8_t)(m->columns < 1 || m->columns > 60 ? 1 : m->columns);
	turn(&m->m.header, &m->header, m->m.height);
	turn(&m->m.footer, &m->footer, m->m.height);
}

void read_masters(struct reader *r)
{
	size_t count = r->masters.count;
	struct masters all = { .r = r, .at = ARENA_ARRAY(r->arena, struct said_master, count) };
	struct doc_master *masters = ARENA_ARRAY(r->arena, struct doc_master, count);
	for (size_t i = 0; i < count; i++)
		read_master(&all, r->masters.at[i]);
	for (size_t i = 0; i < count; i++) {
		settle(r, r->masters.at[i], &all.at[i]);
		masters[i] = all.at[i].m;
	}
	if (!count)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, r->root_pos, "the layout has no page master");
	r->design->masters = masters;
	r->design->master_count = (uint16_t)count;
}

const struct doc_master *master_lookup(const struct doc_design *design, struct str id)
{
	for (uint16_t i = 0; i < design->master_count; i++)
		if (str_equal(design->masters[i].id, id))
			return &design->masters[i];
	return NULL;
}
