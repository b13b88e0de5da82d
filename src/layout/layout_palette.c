/* The palette: what stands in for roles a layout does not state, and the checks that keep text legible and sides apart. */
#include "layout/layout_int.h"

/* Roles in the order of colours.h: text stands in for text, the ground for fills. Ink and paper have to be stated. */
static const uint8_t stand_ins[DOC_COLOUR_COUNT] = {
	[COLOUR_PAPER] = COLOUR_PAPER, [COLOUR_INK] = COLOUR_INK, [COLOUR_MUTED] = COLOUR_INK, [COLOUR_RULE] = COLOUR_INK,
	[COLOUR_TINT] = COLOUR_PAPER, [COLOUR_ACCENT] = COLOUR_INK, [COLOUR_BAND] = COLOUR_PAPER, [COLOUR_BAND_INK] = COLOUR_INK,
	[COLOUR_EDGE] = COLOUR_ACCENT, [COLOUR_GOOD] = COLOUR_INK, [COLOUR_WATCH] = COLOUR_INK, [COLOUR_BAD] = COLOUR_INK,
	[COLOUR_PRIOR] = COLOUR_MUTED, [COLOUR_HEAT_1] = COLOUR_PAPER, [COLOUR_HEAT_2] = COLOUR_PAPER, [COLOUR_HEAT_3] = COLOUR_PAPER,
	[COLOUR_HEAT_4] = COLOUR_PAPER, [COLOUR_JOINT] = COLOUR_INK, [COLOUR_SIDE_1] = COLOUR_INK, [COLOUR_SIDE_2] = COLOUR_INK,
	[COLOUR_SIDE_3] = COLOUR_INK, [COLOUR_SIDE_4] = COLOUR_INK,
};

static void need(struct reader *r, enum doc_colour role, uint32_t otherwise)
{
	if (r->layout->colour_set[role])
		return;
	if (!(r->colours_wrong >> role & 1))
		diag_add(r->diag, DIAG_ELEMENT_MISSING, r->root_pos, "the layout states no colour '%s'", doc_colour_name(role));
	r->design->palette[role] = otherwise;
}

enum doc_colour palette_stand_in(const struct layout *l, enum doc_colour role)
{
	uint8_t from = (uint8_t)role;
	while (!l->colour_set[from] && stand_ins[from] != from)
		from = stand_ins[from];
	return (enum doc_colour)from;
}

void palette_settle(struct reader *r)
{
	need(r, COLOUR_PAPER, 0xFFFFFF);
	need(r, COLOUR_INK, 0);
	for (int role = 0; role < DOC_COLOUR_COUNT; role++)
		r->design->palette[role] = r->design->palette[palette_stand_in(r->layout, (enum doc_colour)role)];
}

/* Limits of the checks; text as WCAG 2 AA asks, marks as its rule for graphics. */
static const double text_least = 4.5, mark_least = 3, lightness_least = 15, apart_least = 18;

struct check {
	struct reader *r;
	const struct src_pos *places; /* where each role was stated */
};

static struct src_pos place_of(const struct check *c, uint8_t one, uint8_t other)
{
	struct src_pos pos = c->places[one];
	return pos.source ? pos : c->places[other].source ? c->places[other] : c->r->root_pos;
}

static bool stated(const struct check *c, uint8_t role)
{
	return c->r->layout->colour_set[role];
}

/* With one decimal; never by the locale. */
static const char *tenths(const struct check *c, double value)
{
	struct buf b;
	buf_init(&b, c->r->arena, 32);
	buf_decimal(&b, (struct decimal){ (int64_t)(value * 10 + .5), 1 });
	return b.ptr;
}

static void check_contrast(const struct check *c, uint8_t role, uint8_t ground, double least, const char *use)
{
	const uint32_t *p = c->r->design->palette;
	double ratio = colour_contrast(p[role], p[ground]);
	if (!stated(c, ground) || (!stated(c, role) && ground != COLOUR_BAND) || ratio >= least)
		return; /* what stands in for a role is checked as what it is; only a band changes the ground under it */
	diag_add(c->r->diag, DIAG_COLOUR_CONTRAST, place_of(c, role, ground), "'%s' on '%s' has a contrast of %s; %s needs %s",
		doc_colour_name(role), doc_colour_name(ground), tenths(c, ratio), use, tenths(c, least));
	if (stated(c, role))
		diag_note(c->r->diag, c->places[ground], "'%s' is set here", doc_colour_name(ground));
}

/* Printed on a fill is ink or paper, whichever is stronger. */
static void check_fill(const struct check *c, uint8_t role)
{
	const uint32_t *p = c->r->design->palette;
	double ink = colour_contrast(p[COLOUR_INK], p[role]), paper = colour_contrast(p[COLOUR_PAPER], p[role]);
	double best = ink > paper ? ink : paper;
	if (stated(c, role) && best < text_least)
		diag_add(c->r->diag, DIAG_COLOUR_CONTRAST, c->places[role],
			"neither 'ink' (%s) nor 'paper' (%s) can be read on '%s'; text needs %s", tenths(c, ink), tenths(c, paper),
			doc_colour_name(role), tenths(c, text_least));
}

static void check_sides(const struct check *c, uint8_t one, uint8_t other)
{
	const uint32_t *p = c->r->design->palette;
	double l = colour_lightness(p[one]) - colour_lightness(p[other]);
	l = l < 0 ? -l : l;
	if (l >= lightness_least)
		return;
	diag_add(c->r->diag, DIAG_COLOUR_CONTRAST, c->places[other], "'%s' and '%s' differ by %s in lightness; in greyscale they need %s",
		doc_colour_name(one), doc_colour_name(other), tenths(c, l), tenths(c, lightness_least));
	diag_note(c->r->diag, c->places[one], "'%s' is set here", doc_colour_name(one));
}

static void check_apart(const struct check *c, uint8_t one, uint8_t other)
{
	const uint32_t *p = c->r->design->palette;
	double distance = colour_apart(p[one], p[other]);
	if (distance >= apart_least)
		return;
	diag_add(c->r->diag, DIAG_COLOUR_CONTRAST, c->places[other],
		"'%s' and '%s' are %s apart for who sees colours differently; they need %s", doc_colour_name(one), doc_colour_name(other),
		tenths(c, distance), tenths(c, apart_least));
	diag_note(c->r->diag, c->places[one], "'%s' is set here", doc_colour_name(one));
}

static const uint8_t texts[] = { COLOUR_INK, COLOUR_MUTED, COLOUR_ACCENT, COLOUR_GOOD, COLOUR_WATCH, COLOUR_BAD };
static const uint8_t sides[] = { COLOUR_SIDE_1, COLOUR_JOINT, COLOUR_SIDE_2, COLOUR_SIDE_3, COLOUR_SIDE_4 };
static const uint8_t statuses[] = { COLOUR_GOOD, COLOUR_WATCH, COLOUR_BAD };
static const uint8_t fills[] = { COLOUR_HEAT_1, COLOUR_HEAT_2, COLOUR_HEAT_3, COLOUR_HEAT_4, COLOUR_SIDE_1, COLOUR_JOINT, COLOUR_SIDE_2,
	COLOUR_SIDE_3, COLOUR_SIDE_4 };
#define COUNT(list) (sizeof(list) / sizeof *(list))

static void check_side(const struct check *c, size_t i)
{
	check_contrast(c, sides[i], COLOUR_PAPER, mark_least, "a mark");
	for (size_t k = 0; k < i; k++) {
		if (!stated(c, sides[k]))
			continue;
		check_sides(c, sides[k], sides[i]);
		check_apart(c, sides[k], sides[i]);
	}
	for (size_t k = 0; k < COUNT(statuses); k++)
		if (stated(c, statuses[k]))
			check_apart(c, statuses[k], sides[i]);
}

void palette_check(struct reader *r, const struct src_pos places[DOC_COLOUR_COUNT])
{
	struct check c = { r, places };
	for (size_t i = 0; i < COUNT(texts); i++) {
		check_contrast(&c, texts[i], COLOUR_PAPER, text_least, "text");
		check_contrast(&c, texts[i], COLOUR_TINT, text_least, "text");
	}
	check_contrast(&c, COLOUR_BAND_INK, COLOUR_BAND, text_least, "text");
	check_contrast(&c, COLOUR_PRIOR, COLOUR_PAPER, mark_least, "a mark");
	for (size_t i = 0; i < COUNT(sides); i++)
		if (stated(&c, sides[i]))
			check_side(&c, i);
	for (size_t i = 0; i < COUNT(fills); i++)
		check_fill(&c, fills[i]);
}
