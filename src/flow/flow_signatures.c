/* Flow, doc to pages: lines to sign on, side by side, a name under each. */
#include "flow/flow_int.h"

static mpt pitch_of(const struct flow *f, const struct doc_signatures *s, mpt width)
{
	return mpt_scale(width + f->sheet.master->gutter, 1, s->count ? s->count : 1);
}

static mpt name_width(const struct flow *f, const struct doc_signatures *s, mpt width)
{
	return pitch_of(f, s, width) - f->sheet.master->gutter;
}

struct flow_fit flow_signatures_measure(struct flow *f, const struct doc_block *b, const struct flow_resume *from,
	struct flow_room room)
{
	const struct doc_signatures *s = b->signatures;
	mpt most = 0;

	(void)from;
	for (uint32_t i = 0; i < s->count; i++) {
		mpt height = flow_par_height(f, flow_par(f, &s->names[i]), name_width(f, s, room.width));
		most = height > most ? height : most;
	}
	if (s->line_space + most > room.height && !room.force)
		return flow_none("lines to sign on are not split");
	return (struct flow_fit){ .kind = FLOW_FULL, .height = s->line_space + most };
}

void flow_signatures_place(struct flow *f, const struct doc_block *b, const struct flow_fit *fit, struct rect r)
{
	const struct doc_signatures *s = b->signatures;
	mpt width = name_width(f, s, r.width), pitch = pitch_of(f, s, r.width);

	(void)fit;
	for (uint32_t i = 0; i < s->count; i++) {
		mpt x = r.x + (mpt)i * pitch, y = r.y + s->line_space;
		flow_rect(f, COLOUR_INK, PAGE_ARTIFACT, (struct rect){ x, y, width, f->s.doc->design->tokens.rule_thick }, b->pos);
		flow_par_put(f, flow_par(f, &s->names[i]), x, y, width, FLOW_OWN_TAG);
	}
}

void flow_signatures_tag(struct flow *f, const struct doc_block *b, int32_t parent)
{
	for (uint32_t i = 0; i < b->signatures->count; i++)
		flow_tag_paragraph(f, &b->signatures->names[i], TAG_P, parent);
}
