/* chart: words of a chart to page items. A name that has no room wraps, then ends in an ellipsis; a
 * figure is whole or absent, since a cut number says something else. */
#include "chart/chart_int.h"

enum { SPREAD_GAP = 4000 };

static const struct doc_style *role_style(const struct canvas *c, unsigned role)
{
	return c->s->doc->design->by_role[role];
}

struct label label_plain(enum doc_role role, struct str text)
{
	return (struct label){ .text = text,
		.role = (uint8_t)role,
		.colour = LABEL_STYLE,
		.align = DOC_START,
		.figure = -1 };
}

struct label label_datum(const struct doc_datum *datum, bool strong)
{
	struct label l = label_plain(ROLE_CHART_VALUE, datum->label);

	l.figure = datum->figure;
	l.strong = strong;
	return l;
}

mpt label_measure(struct canvas *c, const struct label *l)
{
	return label_width(c->s, role_style(c, l->role), l->text, l->strong);
}

mpt label_leading(const struct canvas *c, enum doc_role role)
{
	return role_style(c, role)->leading;
}

/* From the middle of a line of capitals to its baseline. */
static mpt label_drop(const struct canvas *c, enum doc_role role)
{
	const struct doc_style *style = role_style(c, role);
	const struct doc_family *family = &c->s->doc->design->families[style->family];

	return font_metrics(c->s->faces[family->regular], style->size).cap_height / 2;
}

mpt label_at(struct canvas *c, const struct label *l, mpt x, mpt middle)
{
	return set_label(c->s, c->page, role_style(c, l->role), l->text, l->strong, l->colour,
		l->figure, c->tag, (enum doc_align)l->align, x,
		middle + label_drop(c, (enum doc_role)l->role));
}

void label_narrow(struct canvas *c, struct str text, const char *done)
{
	if (c->page == NULL || c->narrow)
		return;
	c->narrow = true;
	if (text.len)
		diag_add(c->s->diag, DIAG_CHART_NARROW, c->chart->pos,
			"no room for '" STR_FMT "' in this chart; %s", STR_ARG(text), done);
	else
		diag_add(c->s->diag, DIAG_CHART_NARROW, c->chart->pos, "this chart has too little room; %s", done);
}

static mpt part_width(struct canvas *c, const struct label *l, struct str part)
{
	struct label piece = *l;

	piece.text = part;
	return label_measure(c, &piece);
}

/* The longest beginning that fits with an ellipsis; empty when not even that does. */
static struct str shortened(struct canvas *c, const struct label *l, struct str text, mpt width)
{
	size_t end = text.len;

	label_narrow(c, text, "shortened");
	while (end > 0) {
		struct str cut;

		do
			end--;
		while (end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80);
		cut = str_printf(c->s->arena, STR_FMT "\u2026",
			STR_ARG(str_trim(((struct str){ text.ptr, end }))));
		if (end > 0 && part_width(c, l, cut) <= width)
			return cut;
	}
	return (struct str){ 0 };
}

/* Cuts the words that fit in width off *rest; at least one word. */
static struct str fitting_words(
	struct canvas *c, const struct label *l, struct str *rest, mpt width)
{
	struct str ahead = *rest, word, line = { rest->ptr, 0 };

	while ((word = str_word(&ahead)).len > 0) {
		struct str longer = { line.ptr, (size_t)(word.ptr + word.len - line.ptr) };

		if (line.len > 0 && part_width(c, l, longer) > width)
			break;
		line = longer;
		*rest = ahead;
	}
	return line;
}

uint32_t label_wrap(struct canvas *c, const struct label *l, mpt width, uint32_t max,
	struct str lines[LABEL_LINES_MAX])
{
	struct str rest = str_trim(l->text);
	uint32_t count = 0;

	while (rest.len > 0 && count < max) {
		struct str whole = rest = str_trim(rest);
		struct str line = count + 1 < max ? fitting_words(c, l, &rest, width) : rest;

		if (count + 1 == max)
			rest = (struct str){ 0 };
		if (part_width(c, l, line) > width)
			line = shortened(c, l, count + 1 == max ? whole : line, width);
		if (line.len > 0)
			lines[count++] = line;
	}
	return count;
}

static void sort_by_place(struct label *labels, mpt *at, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct label l = labels[i];
		mpt x = at[i];
		uint32_t k = i;

		for (; k > 0 && at[k - 1] > x; k--) {
			labels[k] = labels[k - 1];
			at[k] = at[k - 1];
		}
		labels[k] = l;
		at[k] = x;
	}
}

uint32_t label_spread(struct canvas *c, struct label *labels, mpt *at, uint32_t count, mpt low,
	mpt high, mpt middle)
{
	mpt *size = ARENA_ARRAY(c->s->arena, mpt, count),
	    *wanted = ARENA_ARRAY(c->s->arena, mpt, count);

	sort_by_place(labels, at, count);
	for (uint32_t i = 0; i < count; i++) {
		size[i] = label_measure(c, &labels[i]) + SPREAD_GAP;
		wanted[i] = at[i];
	}
	/* The gap of the outermost labels may lie outside. */
	while (count > 0 &&
		!spread(c->s->arena, at, size, count, low - SPREAD_GAP / 2,
			high + SPREAD_GAP / 2)) {
		label_narrow(c, labels[--count].text, "left to the alternative text");
		memcpy(at, wanted, count * sizeof *at);
	}
	for (uint32_t i = 0; i < count; i++) {
		labels[i].align = DOC_CENTRE;
		label_at(c, &labels[i], at[i], middle);
	}
	return count;
}

void label_block(
	struct canvas *c, const struct label *l, mpt width, uint32_t max, mpt x, mpt middle)
{
	struct str lines[LABEL_LINES_MAX];
	uint32_t count = label_wrap(c, l, width, max, lines);
	mpt pitch = label_leading(c, (enum doc_role)l->role);

	for (uint32_t i = 0; i < count; i++) {
		struct label line = *l;

		line.text = lines[i];
		label_at(c, &line, x, middle + (mpt)i * pitch - (mpt)(count - 1) * pitch / 2);
	}
}
