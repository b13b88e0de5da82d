/* compose: the stage. Plans the slots, then composes section by section. */
#include "compose/compose_int.h"

static struct str meta_title(struct composer *c)
{
	const struct facts *f = c->in->facts;
	struct str args[4] = { f->title, f->company, f->unit_label,
		print_period(c, f->period, PERIOD_LONG) };

	return words_of(c, "document-title", args, 4);
}

static void compose_meta(struct composer *c)
{
	const struct facts *f = c->in->facts;
	struct doc_meta *meta = &c->doc->meta;

	meta->title = meta_title(c);
	meta->author = f->company;
	meta->subject = f->title;
	meta->lang = locale_lang(c->in->locale);
	state_meta(c);
	meta->date = date_text(c->arena, f->as_of);
	meta->attach_values = f->policy.len ? !str_is(f->policy, "none") : c->in->layout->attach != 0;
}

/* ---- running heads ---- */

struct field { /* a name in braces in a header or footer word, and what fills it */
	const char *name;
	void (*fill)(struct composer *c, struct runs *out, struct src_pos pos);
};

static void fill_company(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, c->in->facts->company, 0, pos);
}

static void fill_unit(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, c->in->facts->unit_label, 0, pos);
}

static void fill_period(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, print_period(c, c->in->facts->period, PERIOD_LONG), 0, pos);
}

static void fill_title(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, c->in->facts->title, 0, pos);
}

static void fill_classification(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, c->in->facts->classification, 0, pos);
}

static void fill_meeting(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_text(c, out, locale_date(c->arena, c->in->locale, c->in->facts->meeting, DATE_LONG), 0,
		pos);
}

static void fill_section(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_add(c, out, RUN_SECTION, pos);
}

static void fill_page(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_add(c, out, RUN_PAGE, pos);
}

static void fill_pages(struct composer *c, struct runs *out, struct src_pos pos)
{
	run_add(c, out, RUN_PAGES, pos);
}

static const struct field fields[] = {
	{ "company", fill_company },
	{ "unit", fill_unit },
	{ "period", fill_period },
	{ "title", fill_title },
	{ "classification", fill_classification },
	{ "meeting", fill_meeting },
	{ "section", fill_section },
	{ "state", state_runs },
	{ "page", fill_page },
	{ "pages", fill_pages },
};

/* "first-heading-2": a heading of the page. */
static bool fill_heading(struct composer *c, struct str name, struct runs *out, struct src_pos pos)
{
	bool last = str_starts(name, "last-heading-");
	size_t prefix = last ? sizeof "last-heading-" - 1 : sizeof "first-heading-" - 1;

	if ((!last && !str_starts(name, "first-heading-")) || name.len != prefix + 1 || name.ptr[prefix] < '1' ||
		name.ptr[prefix] > '6')
		return false;
	run_add(c, out, RUN_HEADING, pos)->target = DOC_HEADING((uint32_t)(name.ptr[prefix] - '0'), last);
	return true;
}

static bool is_among(const struct xml_ids *ids, struct str id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (str_equal(ids->at[i], id))
			return true;
	return false;
}

static void fill_field(struct composer *c, struct str name, const struct xml_ids *strong,
	struct runs *out, struct src_pos pos)
{
	struct str names[sizeof fields / sizeof fields[0]];
	size_t first = out->list.count;

	if (fill_heading(c, name, out, pos))
		return;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		if (str_is(name, fields[i].name)) {
			fields[i].fill(c, out, pos);
			for (size_t k = first; k < out->list.count && is_among(strong, name); k++)
				out->list.at[k].flags |= RUN_STRONG;
			return;
		}
		names[i] = str_from(fields[i].name);
	}
	diag_add(c->diag, DIAG_WORD_MISSING, pos,
		"a header or footer has no field '{" STR_FMT "}'%s", STR_ARG(name),
		diag_nearest(c->diag, str_nearest(name, names, sizeof fields / sizeof fields[0])));
}

#define DOT " \u00b7 "

/* A dot stands between two that are there: nothing begins with one because its first field is empty. */
static struct str without_dot(struct str plain, const struct runs *out)
{
	if (!str_starts(plain, DOT) || out->list.count)
		return plain;
	plain.ptr += sizeof DOT - 1;
	plain.len -= sizeof DOT - 1;
	return plain;
}

/* The dot in front of a field waits for what it holds. */
static void field_runs(struct composer *c, struct str name, const struct xml_ids *strong, struct src_pos pos, struct str dot,
	struct runs *out)
{
	struct runs filled = { 0 };

	fill_field(c, name, strong, &filled, pos);
	if (filled.list.count)
		run_text(c, out, dot, 0, pos);
	append_runs(c, &filled, out);
}

/* "{company} · {unit}" to runs. */
static void template_runs(struct composer *c, struct str text, const struct xml_ids *strong,
	struct src_pos pos, struct runs *out)
{
	while (text.len) {
		const char *open = memchr(text.ptr, '{', text.len);
		const char *close =
			open ? memchr(open, '}', text.len - (size_t)(open - text.ptr)) : NULL;
		struct str plain = { text.ptr, close ? (size_t)(open - text.ptr) : text.len }, dot = { 0 };

		plain = without_dot(plain, out);
		if (close && str_is(plain, DOT))
			dot = plain;
		else
			run_text(c, out, plain, 0, pos);
		if (close == NULL)
			return;
		field_runs(c, (struct str){ open + 1, (size_t)(close - open) - 1 }, strong, pos, dot, out);
		text.len -= (size_t)(close + 1 - text.ptr);
		text.ptr = close + 1;
	}
}

static struct doc_paragraph furniture_of(struct composer *c, const struct layout_text *text,
	const struct xml_ids *strong, enum doc_role role, bool marked)
{
	struct runs runs = { 0 };

	if (marked)
		state_before(c, &runs, text->word.len == 0, text->pos);
	if (text->word.len)
		template_runs(c, word_at(c, text->word, text->pos), strong, text->pos, &runs);
	return paragraph_of(c, style_for(c, role), &runs, 0);
}

static void compose_furniture(struct composer *c)
{
	static const struct xml_ids none;
	bool mark = state_to_add(c);

	for (int i = 0; i < 3; i++) {
		const struct layout *l = c->in->layout;

		c->doc->furniture.header[i] =
			furniture_of(c, &l->header[i], &l->header_strong, ROLE_HEADER, i == 2 && mark);
		c->doc->furniture.footer[i] =
			furniture_of(c, &l->footer[i], &l->footer_strong, ROLE_FOOTER, false);
	}
	c->doc->furniture.stamp = furniture_of(c, &c->in->layout->stamp, &none, ROLE_STAMP, false);
}

/* ---- sections ---- */

static const struct doc_master *master_named(const struct composer *c, struct str id)
{
	for (uint16_t i = 0; i < c->design->master_count; i++)
		if (str_equal(c->design->masters[i].id, id))
			return &c->design->masters[i];
	return &c->design->masters[0]; /* layout_read refused the name already */
}

const struct doc_master *section_master(const struct composer *c)
{
	return c->section ? master_named(c, c->section->first_master) : &c->design->masters[0];
}

/* Slots stand on a grid that both masters have. */
static uint8_t section_grid(const struct composer *c, const struct layout_section *s)
{
	uint8_t first = master_named(c, s->first_master)->columns,
		rest = master_named(c, s->rest_master)->columns;

	return first < rest ? first : rest;
}

static const struct doc_master *master_or_none(const struct composer *c, struct str id)
{
	return id.len ? master_named(c, id) : NULL;
}

static const struct doc_paragraph *blank_of(struct composer *c, const struct layout_section *s)
{
	struct doc_paragraph *p = ARENA_NEW(c->arena, struct doc_paragraph);
	struct calc_context ctx = { 0 };
	struct runs runs = { 0 };

	if (!text_runs(c, &s->blank, &ctx, &runs))
		return NULL;
	*p = paragraph_of(c, style_for(c, ROLE_CAPTION), &runs, 0);
	return p;
}

static struct doc_section section_of(struct composer *c, const struct layout_section *s)
{
	struct calc_context ctx = { 0 };

	return (struct doc_section){
		.id = s->id,
		.title = text_plain(c, &s->title, &ctx),
		.anchor = ++c->doc->anchor_count,
		.first = master_named(c, s->first_master),
		.rest = master_named(c, s->rest_master),
		.odd = master_or_none(c, s->odd_master),
		.even = master_or_none(c, s->even_master),
		.last = master_or_none(c, s->last_master),
		.starts = s->starts,
		.blank = blank_of(c, s),
		.gap = s->gap > 0 ? s->gap : 0,
		.gap_most = s->one_page ? s->gap_most : 0,
		.fit = s->one_page ? FIT_ONE_PAGE : FIT_FLOW,
		.new_page = s->new_page,
		.notes_here = notes_here(c, s),
		.pos = s->pos,
	};
}

/* ---- page breaks of texts: a section goes on as another one ---- */

static void section_end(struct composer *c, const struct doc_section *s, struct blocks *held)
{
	struct doc_section *out = ARENA_NEW(c->arena, struct doc_section);

	*out = *s;
	out->blocks = held->list.at;
	out->count = (uint32_t)held->list.count;
	vec_push(c->arena, &c->doc->sections, out);
	*held = (struct blocks){ 0 };
}

static bool is_empty(const struct blocks *held)
{
	return held->list.count == 0 ||
		(held->list.count == 1 && held->list.at[0]->kind == DOC_STACK && held->list.at[0]->stack->count == 0);
}

static const struct doc_master *break_master(struct composer *c, const struct prose *how)
{
	struct str near = { 0 };

	for (uint16_t i = 0; i < c->design->master_count; i++) {
		struct str pair[2] = { near, c->design->masters[i].id };

		if (str_equal(pair[1], how->name))
			return &c->design->masters[i];
		near = str_nearest(how->name, pair, 2);
	}
	diag_add(c->diag, DIAG_MASTER_UNKNOWN, how->pos, "the layout has no master '" STR_FMT "'%s", STR_ARG(how->name),
		diag_nearest(c->diag, near));
	return NULL;
}

/* What the section is like behind the break. */
static void go_on(struct composer *c, struct doc_section *s, const struct doc_section *whole, const struct prose *how, bool begun)
{
	const struct doc_master *master = how->name.len ? break_master(c, how) : NULL;
	static const uint8_t sides[] = { [PROSE_ANY_PAGE] = SIDE_ANY, [PROSE_ODD_PAGE] = SIDE_ODD, [PROSE_EVEN_PAGE] = SIDE_EVEN };

	s->first = master ? master : whole->rest;
	s->rest = master ? master : whole->rest;
	s->odd = master ? NULL : whole->odd;
	s->even = master ? NULL : whole->even;
	s->last = master ? NULL : whole->last;
	s->starts = sides[how->page];
	if (!begun)
		return; /* a text that begins with a break only says its first page */
	s->continues = true;
	s->turned = false;
	s->new_page = true;
	s->anchor = ++c->doc->anchor_count;
}

/* The cut behind a block, taken; NULL when there is none. */
static const struct page_cut *cut_behind(const struct composer *c, const struct doc_block *block, size_t *taken)
{
	if (*taken < c->cuts.count && c->cuts.at[*taken].behind == block)
		return &c->cuts.at[(*taken)++];
	return NULL;
}

static void report_cut(struct composer *c, const struct page_cut *cut)
{
	diag_add(c->diag, DIAG_PAGE_BREAK, cut->how->pos,
		"a page break stands in a text that has its section's whole width to itself, not in one in a box or beside another slot");
}

/* ---- tables that turned: they stand on pages of their own ---- */

static const struct doc_master *turned_master(const struct composer *c, const struct doc_block *block)
{
	const struct layout_slot *slot = turn_of(c, block->slot) ? layout_slot_lookup(c->in->layout, block->slot) : NULL;

	return slot ? master_named(c, slot->exhibit.turn_to) : NULL;
}

/* A title goes with what it is the title of. */
static bool is_title_alone(const struct composer *c, const struct blocks *held)
{
	const struct layout_slot *slot = held->list.count == 1 ? layout_slot_lookup(c->in->layout, held->list.at[0]->slot) : NULL;

	return slot && slot->kind == SLOT_TITLE;
}

/* What the section is like on the pages of that master; NULL: on its own again. */
static void turn(struct composer *c, struct doc_section *s, const struct doc_section *whole, const struct doc_master *master,
	struct blocks *held)
{
	bool begun = held->list.count > 0 && !(master && !s->continues && is_title_alone(c, held));

	if (begun) {
		section_end(c, s, held);
		s->continues = true;
		s->turned = true;
		s->new_page = true;
		s->anchor = ++c->doc->anchor_count;
	}
	s->first = master ? master : whole->rest;
	s->rest = s->first;
	s->odd = master ? NULL : whole->odd;
	s->even = master ? NULL : whole->even;
	s->last = master ? NULL : whole->last;
	s->starts = begun ? SIDE_ANY : whole->starts;
}

static void cut_section(struct composer *c, const struct doc_section *whole, const struct blocks *blocks)
{
	struct doc_section s = *whole;
	struct blocks held = { 0 };
	const struct doc_master *turned = NULL;
	const struct page_cut *cut;
	size_t taken = 0;

	for (size_t i = 0; i < blocks->list.count; i++) {
		const struct doc_master *master = turned_master(c, blocks->list.at[i]);

		if (master != turned)
			turn(c, &s, whole, master, &held);
		turned = master;
		vec_push(c->arena, &held.list, blocks->list.at[i]);
		for (const struct doc_block *b = blocks->list.at[i]; (cut = cut_behind(c, b, &taken)) != NULL; b = cut->next) {
			bool begun = !is_empty(&held) || s.continues;

			if (begun)
				section_end(c, &s, &held);
			held = (struct blocks){ 0 };
			go_on(c, &s, whole, cut->how, begun);
			vec_push(c->arena, &held.list, cut->next);
		}
	}
	section_end(c, &s, &held);
	if (taken < c->cuts.count)
		report_cut(c, &c->cuts.at[taken]);
}

static void compose_section(struct composer *c, const struct layout_section *s)
{
	struct doc_section whole;
	struct blocks blocks = { 0 };

	c->section = s;
	for (size_t i = 0; !section_shown(c, s) && i < s->slots.count; i++)
		note_hidden(c, s->slots.at[i]);
	c->first_scale = (uint32_t)c->doc->scales.count;
	c->note_called = false;
	c->cuts.count = 0;
	if (section_shown(c, s))
		compose_rows(c, s->slots.at, s->slots.count, section_grid(c, s), &blocks);
	scales_finish(c);
	c->section = NULL;
	if (blocks.list.count == 0)
		return;
	whole = section_of(c, s);
	cut_section(c, &whole, &blocks);
}

static bool attaches_all(const struct composer *c)
{
	struct str policy = c->in->facts->policy;

	return policy.len ? str_is(policy, "all") : c->in->layout->attach == 2;
}

/* Behind those that were used. What was withheld is not among them, nor are rows of a survey: the facts have neither. */
static void add_all_values(struct composer *c)
{
	const struct facts_cells *cells = &c->in->facts->cells;

	for (size_t i = 0; i < cells->count; i++)
		value_index(c, cells->at[i]);
}

const struct doc *compose_doc(struct arena *a, const struct compose_input *in,
	struct compose_reasons *reasons, struct diag *d)
{
	struct composer c = {
		.arena = a, .runs = a, .diag = d, .in = in, .reasons = reasons, .design = in->layout->design
	};

	c.doc = ARENA_NEW(a, struct doc);
	c.doc->design = c.design;
	compose_meta(&c);
	c.rtl = language_rtl(c.doc->meta.lang);
	compose_furniture(&c);
	c.doc->sign_decimal = locale_decimal_sign(in->locale);
	c.doc->sign_group = locale_group_sign(in->locale);
	c.doc->word_page = word(&c, "link-page");
	c.doc->word_note = word(&c, "link-note");
	check_sides(&c);
	plan_slots(&c);
	for (size_t i = 0; i < in->layout->sections.count; i++)
		compose_section(&c, in->layout->sections.at[i]);
	compose_holes(&c);
	if (attaches_all(&c))
		add_all_values(&c);
	return c.doc;
}
