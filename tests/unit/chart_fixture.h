/* What the chart tests share: a design with the faces of Inter, and short ways to write charts. */
#ifndef CHART_FIXTURE_H
#define CHART_FIXTURE_H

#include "chart/chart_int.h"

#define INTER "/usr/share/fonts/opentype/inter/Inter-"

struct fixture {
	struct arena arena, brief, session; /* session: faces and their caches */
	jmp_buf unwind;
	struct diag diag;
	struct doc_design design;
	struct doc_style styles[DOC_ROLE_COUNT];
	struct doc_family family;
	struct doc doc;
	const struct font *faces[2];
	struct setter setter;
	struct pages pages;
	struct page page;
};

static const uint32_t fixture_palette[DOC_COLOUR_COUNT] = {
	[COLOUR_PAPER] = 0xFFFFFF,
	[COLOUR_INK] = 0x111827,
	[COLOUR_MUTED] = 0x4B5563,
	[COLOUR_RULE] = 0xCBD2DC,
	[COLOUR_TINT] = 0xF3F5F8,
	[COLOUR_ACCENT] = 0x111827,
	[COLOUR_GOOD] = 0x15703A,
	[COLOUR_WATCH] = 0x8A5A00,
	[COLOUR_BAD] = 0xB42318,
	[COLOUR_PRIOR] = 0x868F9D,
	[COLOUR_JOINT] = 0x5F6876,
	[COLOUR_SIDE_1] = 0x1B3A6B,
	[COLOUR_SIDE_2] = 0x9D7FD3,
};

static inline void fixture_style(
	struct fixture *f, enum doc_role role, mpt size, mpt leading, uint8_t colour)
{
	f->styles[role] = (struct doc_style){
		.role = (uint8_t)role, .colour = colour, .size = size, .leading = leading, .tabular = true
	};
}

static inline void fixture_open(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	arena_init(&f->arena, 0, &f->unwind);
	arena_init(&f->brief, 0, &f->unwind);
	arena_init(&f->session, 0, &f->unwind);
	diag_init(&f->diag, &f->arena);
	memcpy(f->design.palette, fixture_palette, sizeof fixture_palette);
	for (int i = 0; i < DOC_ROLE_COUNT; i++) {
		fixture_style(f, (enum doc_role)i, 8500, 12000, COLOUR_INK);
		f->design.by_role[i] = &f->styles[i];
	}
	fixture_style(f, ROLE_CHART_AXIS, 7500, 12000, COLOUR_MUTED);
	f->family = (struct doc_family){ .strong = 1, .strong_emphasis = 1 };
	f->design.families = &f->family;
	f->design.family_count = 1;
	f->design.tokens = (struct doc_tokens){ .bar_height = 20000,
		.bar_gap = 4000,
		.chart_row = 16000,
		.tile_bar = 8000,
		.line_chart_height = 132000,
		.mark_size = 8500 };
	f->doc.design = &f->design;
	f->doc.meta.lang = STR("en-GB");
	f->setter = (struct setter){ .arena = &f->arena, .items = &f->arena,
		.lines = &f->arena,
		.brief = &f->brief,
		.faces = f->faces,
		.doc = &f->doc,
		.diag = &f->diag,
		.fonts = font_set_create(&f->session) };
	f->faces[0] = font_open(f->setter.fonts, INTER "Regular.otf", 0, STR("Inter"),
		(struct src_pos){ 0 }, &f->diag);
	f->faces[1] = font_open(f->setter.fonts, INTER "SemiBold.otf", 0, STR("Inter"),
		(struct src_pos){ 0 }, &f->diag);
	f->page = (struct page){ .width = 595200, .height = 841600 };
}

static inline void fixture_close(struct fixture *f)
{
	arena_release(&f->arena);
	arena_release(&f->brief);
	arena_release(&f->session);
}

static inline struct decimal dec(const char *text)
{
	struct decimal d = { 0 };

	decimal_parse(str_from(text), &d);
	return d;
}

static inline uint16_t fixture_scale(
	struct fixture *f, const char *low, const char *high, const char *tick)
{
	*vec_add(&f->arena, &f->doc.scales) =
		(struct doc_scale){ .low = dec(low), .high = dec(high), .tick = dec(tick) };
	return (uint16_t)(f->doc.scales.count - 1);
}

#define NO_SCALE 0xFFFF

static inline struct doc_datum datum(const char *value, const char *label)
{
	return (struct doc_datum){ .present = value != NULL,
		.value = value != NULL ? dec(value) : decimal_int(0),
		.label = str_from(label),
		.figure = -1 };
}

static inline struct doc_category category(const char *label)
{
	return (struct doc_category){ .label = str_from(label),
		.colour = DOC_COLOUR_COUNT,
		.tail_colour = DOC_COLOUR_COUNT };
}

static inline struct doc_series series(const char *label, uint8_t colour, uint8_t mark)
{
	return (struct doc_series){ .label = str_from(label), .colour = colour, .mark = mark };
}

#endif
