/* Flow, doc to pages: the structure tree, made in document order before anything is placed. Blocks tag themselves; here is
 * what they share: elements, the tags of runs, the notes of a section. */
#include "flow/flow_int.h"

int32_t flow_tag_add(struct flow *f, enum page_tag_type type, int32_t parent, struct src_pos pos)
{
	struct page_tag *tag = vec_add(f->s.arena, &f->pages->tags);

	tag->type = (uint8_t)type;
	tag->parent = parent;
	tag->pos = pos;
	return (int32_t)f->pages->tags.count - 1;
}

struct page_tag *flow_tag_at(struct flow *f, int32_t tag)
{
	return &f->pages->tags.at[tag];
}

struct page_tag_words *flow_tag_words(struct flow *f, int32_t tag)
{
	return page_tag_say(f->s.arena, flow_tag_at(f, tag));
}

int32_t flow_tag_figure(struct flow *f, struct str alt, bool decoration, int32_t parent, struct src_pos pos)
{
	if (decoration)
		return PAGE_ARTIFACT;
	int32_t tag = flow_tag_add(f, TAG_FIGURE, parent, pos);
	flow_tag_words(f, tag)->alt = alt;
	return tag;
}

/* ---- runs ---- */

/* The entry for a note of the document, made at its first call. Sections that go on on one page share theirs. */
static uint32_t note_of(struct flow *f, uint32_t note)
{
	uint32_t latest = f->note_latest[note];

	if (latest && f->notes.at[latest - 1].section >= f->chapter)
		return latest;
	struct flow_note *n = vec_add(f->scratch, &f->notes);
	n->section = f->section;
	n->note = note;
	n->target = flow_target_add(f, -1);
	f->note_latest[note] = (uint32_t)f->notes.count;
	return f->note_latest[note];
}

static bool is_mark(const struct doc_run *r)
{
	return r->kind == RUN_MARK;
}

static bool is_note(const struct flow *f, const struct doc_run *r)
{
	return r->kind == RUN_NOTE && r->note < f->s.doc->notes.count;
}

static bool is_link(const struct flow *f, const struct doc_run *r)
{
	return r->uri.len || (r->target && r->target <= f->outline_targets);
}

static bool same_link(const struct doc_run *a, const struct doc_run *b)
{
	return a->target == b->target && str_equal(a->uri, b->uri);
}

/* What its paragraph's element says already. lang: of the whole paragraph, empty = of what is around it. */
static bool is_plain(const struct flow *f, const struct doc_run *r, struct str lang)
{
	return !is_mark(r) && !is_note(f, r) && !is_link(f, r) && str_equal(r->lang, lang);
}

/* The language of all runs where they have one of their own. */
static struct str common_lang(const struct doc_paragraph *par)
{
	for (uint32_t i = 1; i < par->run_count; i++)
		if (!str_equal(par->runs[i].lang, par->runs[0].lang))
			return (struct str){ 0 };
	return par->run_count ? par->runs[0].lang : (struct str){ 0 };
}

static int32_t tag_mark(struct flow *f, const struct doc_run *r, int32_t parent)
{
	if (!r->alt.len)
		return PAGE_ARTIFACT;
	int32_t tag = flow_tag_add(f, TAG_SPAN, parent, r->pos);
	flow_tag_words(f, tag)->actual = r->alt;
	flow_tag_words(f, tag)->lang = r->lang;
	return tag;
}

static int32_t tag_note(struct flow *f, const struct doc_run *r, struct flow_run_link *link, int32_t parent)
{
	int32_t reference = flow_tag_add(f, TAG_REFERENCE, parent, r->pos);
	const struct doc_note *note = &f->s.doc->notes.at[r->note];

	if (note->anchor) {
		link->target = note->anchor;
		return flow_tag_add(f, TAG_LINK, reference, r->pos);
	}
	if (!note->foot && !f->s.doc->sections.at[f->section]->notes_here)
		return reference;
	link->note = note_of(f, r->note);
	vec_push(f->scratch, &f->calls, link->note - 1);
	link->target = f->notes.at[link->note - 1].target;
	return flow_tag_add(f, TAG_LINK, reference, r->pos);
}

static int32_t tag_run(struct flow *f, const struct doc_run *r, struct flow_run_link *link, int32_t parent, struct str lang)
{
	if (is_mark(r))
		return tag_mark(f, r, parent);
	if (is_note(f, r))
		return tag_note(f, r, link, parent);
	if (is_plain(f, r, lang))
		return parent;
	if (is_link(f, r))
		link->target = r->target;
	int32_t tag = flow_tag_add(f, is_link(f, r) ? TAG_LINK : TAG_SPAN, parent, r->pos);
	if (r->lang.len && !str_equal(r->lang, lang))
		flow_tag_words(f, tag)->lang = r->lang;
	return tag;
}

static void ask_pages(struct flow *f, struct flow_par *p)
{
	for (uint32_t i = 0; i < p->par->run_count; i++) {
		const struct doc_run *r = &p->par->runs[i];
		if (r->kind != RUN_PAGE_OF || !r->target || r->target > f->outline_targets)
			continue;
		p->refers = f->refers = true;
		f->asked[r->target - 1] = true;
	}
}

void flow_tag_runs(struct flow *f, struct flow_par *p, const struct doc_paragraph *par, int32_t tag)
{
	struct str lang = common_lang(par);
	uint32_t i = 0;

	p->par = par;
	p->tag = tag;
	if (par->style)
		p->align = par->style->align;
	if (lang.len)
		flow_tag_words(f, tag)->lang = lang;
	while (i < par->run_count && is_plain(f, &par->runs[i], lang))
		i++;
	if (i == par->run_count)
		return;
	int32_t *tags = ARENA_ARRAY(f->s.arena, int32_t, par->run_count);
	struct flow_run_link *links = ARENA_ARRAY(f->scratch, struct flow_run_link, par->run_count);
	for (i = 0; i < par->run_count; i++) {
		const struct doc_run *r = &par->runs[i];
		bool goes_on = i && is_link(f, r) && !is_note(f, r) && !is_mark(r) && links[i - 1].target == r->target
			&& same_link(r, r - 1);
		tags[i] = goes_on ? tags[i - 1] : tag_run(f, r, &links[i], tag, lang);
		if (goes_on)
			links[i] = links[i - 1];
		p->notes |= links[i].note != 0;
	}
	p->tags = tags;
	p->links = links;
	ask_pages(f, p);
}

static enum page_tag_type part_type(const struct doc_paragraph *par, enum page_tag_type type)
{
	if (type != TAG_P || par->part == PART_TEXT)
		return type;
	return par->part == PART_NOTE ? TAG_NOTE : TAG_CAPTION;
}

/* Headings begin with the first level and never skip one, whatever a layout leaves out. */
static enum page_tag_type heading(struct flow *f, const struct doc_paragraph *par, enum page_tag_type type)
{
	uint8_t level = par->level, most = (uint8_t)(f->heading < 5 ? f->heading + 1 : 6);

	if (!level || type != TAG_P)
		return part_type(par, type);
	level = (uint8_t)(level > f->untitled ? level - f->untitled : 1);
	f->heading = level < most ? level : most;
	return (enum page_tag_type)(TAG_H1 + f->heading - 1);
}

/* Whether it is, or holds, a heading of the first level. */
static bool has_title(const struct doc_block *b)
{
	bool found = b->kind == DOC_PARAGRAPH && b->paragraph->level == 1;

	for (uint32_t i = 0; b->kind == DOC_STACK && !found && i < b->stack->count; i++)
		found = has_title(b->stack->blocks[i]);
	for (uint32_t i = 0; b->kind == DOC_ROW && !found && i < b->row->count; i++)
		found = has_title(b->row->cells[i].block);
	return found;
}

static bool is_titled(const struct doc_section *s)
{
	bool found = false;

	for (uint32_t i = 0; !found && i < s->count; i++)
		found = has_title(s->blocks[i]);
	return found;
}

struct flow_par *flow_tag_paragraph(struct flow *f, const struct doc_paragraph *par, enum page_tag_type type, int32_t parent)
{
	if (!par->run_count)
		return NULL;
	struct flow_par *p = ARENA_NEW(f->scratch, struct flow_par);
	struct src_pos pos = flow_par_pos(par, (struct src_pos){ 0 });
	int32_t tag = flow_tag_add(f, heading(f, par, type), parent, pos);
	if (par->part == PART_NOTE)
		flow_tag_words(f, tag)->id = str_printf(f->s.arena, "note-at-%d", (int)tag);
	flow_tag_runs(f, p, par, tag);
	flow_map_add(f->scratch, &f->pars, par, p);
	return p;
}

/* ---- sections ---- */

/* In the type of the section that calls it first, where that is set smaller. */
static const struct doc_paragraph *note_text(const struct flow *f, const struct doc_note *note)
{
	const struct doc_design *own = f->s.doc->sections.at[f->section]->design;

	if (!own)
		return &note->text;
	struct doc_paragraph *text = ARENA_NEW(f->scratch, struct doc_paragraph);
	*text = note->text;
	text->style = own->by_role[ROLE_NOTE];
	return text;
}

/* The Notes first called in a section stand at its end, in the order of their calls. A section on pages of its own that calls a
 * note again has an element of its own for it. */
static void tag_notes(struct flow *f, size_t from, int32_t parent)
{
	for (size_t i = from; i < f->notes.count; i++) {
		struct flow_note *n = &f->notes.at[i];
		const struct doc_note *note = &f->s.doc->notes.at[n->note];
		int32_t tag = flow_tag_add(f, TAG_NOTE, parent, flow_par_pos(&note->text, (struct src_pos){ 0 }));
		flow_tag_words(f, tag)->id = str_printf(f->s.arena, "note-%u-%u", (unsigned)n->section + 1, (unsigned)n->note + 1);
		f->pages->targets.at[n->target - 1].tag = tag;
		struct flow_par par = { 0 };
		flow_tag_runs(f, &par, note_text(f, note), tag);
		f->notes.at[i].par = par;
	}
}

static void open_section(struct flow *f, const struct doc_section *section)
{
	f->sect = flow_tag_add(f, TAG_SECT, 0, section->pos);
	flow_tag_words(f, f->sect)->title = section->title;
	f->untitled = !is_titled(section);
	if (section->new_page)
		f->chapter = f->section;
}

static void tag_section(struct flow *f, uint32_t index)
{
	const struct doc_section *section = f->s.doc->sections.at[index];
	size_t notes = f->notes.count;

	f->section = index;
	if (!section->continues)
		open_section(f, section);
	if (section->anchor && section->anchor <= f->s.doc->anchor_count)
		f->pages->targets.at[section->anchor - 1].tag = f->sect;
	for (uint32_t i = 0; i < section->count; i++)
		flow_tag_block(f, section->blocks[i], f->sect);
	tag_notes(f, notes, f->sect);
}

void flow_tags_make(struct flow *f)
{
	int32_t root = flow_tag_add(f, TAG_DOCUMENT, -1, (struct src_pos){ 0 });

	flow_tag_words(f, root)->title = f->s.doc->meta.title;
	for (uint32_t i = 0; i < f->s.doc->sections.count; i++)
		tag_section(f, i);
}
