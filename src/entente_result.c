/* The library: a briefing that passed its stages -> what the call says of it: its state, the files it stands on, its layouts and fonts. */
#include "entente_int.h"

#include "base/hash.h"

struct inputs {
	VEC(struct entente_input) list;
	bool hashed; /* with their hashes */
};

struct str stable_name(const struct source *s)
{
	return str_starts(s->name, "shipped:") ? s->name : s->path;
}

struct str stable_place(struct arena *a, struct src_pos pos)
{
	struct source named;
	struct buf at;

	if (pos.source == NULL)
		return (struct str){ 0 };
	buf_init(&at, a, 8192);
	named = *pos.source;
	named.name = stable_name(pos.source);
	buf_pos_line(&at, (struct src_pos){ &named, pos.offset });
	return buf_str(&at);
}

static void add_input(struct entente *e, struct inputs *all, const struct source *s)
{
	struct entente_input *input = vec_add(&e->unit, &all->list);

	input->name = str_terminated(&e->unit, stable_name(s));
	input->sha256 = all->hashed ? hash_hex(&e->unit, source_sha256(s)).ptr : "";
}

static void add_shared(struct entente *e, struct inputs *all, struct span span)
{
	for (size_t i = span.from; i < span.to; i++)
		add_input(e, all, e->shared.sources.at[i]);
}

/* What this briefing stands on, whatever else the session has read before. */
static void list_inputs(struct job *job)
{
	struct entente *e = job->session;
	const struct layout *layout = job->dressed ? job->dressed->layout : NULL;
	struct inputs all = { .hashed = job->request->hash_inputs };

	for (size_t i = 0; i < job->loader.sources.count; i++)
		add_input(e, &all, job->loader.sources.at[i]);
	add_shared(e, &all, e->common);
	if (job->language)
		add_shared(e, &all, job->language->read);
	for (size_t i = 0; layout && i < layout->sources.count; i++)
		add_input(e, &all, layout->sources.at[i]);
	if (layout == NULL && job->dressed)
		add_shared(e, &all, job->dressed->read);
	for (size_t i = 0; layout && i < e->shared.sources.count; i++)
		if (str_is(e->shared.sources.at[i]->path, "fonts.xml"))
			add_input(e, &all, e->shared.sources.at[i]);
	e->result.inputs = all.list.at;
	e->result.input_count = all.list.count;
}

static void list_layouts(struct job *job)
{
	struct entente *e = job->session;
	const struct layout *layout = job->dressed->layout;
	const char **chain = ARENA_ARRAY(&e->unit, const char *, layout->chain.count);

	for (size_t i = 0; i < layout->chain.count; i++)
		chain[i] = str_terminated(&e->unit, layout->chain.at[i]);
	e->result.layouts = chain;
	e->result.layout_count = layout->chain.count;
}

static void list_fonts(struct job *job)
{
	struct entente *e = job->session;
	const struct doc_design *design = job->dressed->layout->design;
	const char **fonts = ARENA_ARRAY(&e->unit, const char *, design->face_count);
	size_t count = 0;

	for (uint16_t i = 0; i < design->face_count; i++) {
		const struct font *f = job->dressed->faces[i];

		if (f && font_is_open(f))
			fonts[count++] = str_printf(&e->unit, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(font_name(f)),
				STR_ARG(font_version(f)), STR_ARG(hash_hex(&e->unit, font_sha256(f)))).ptr;
	}
	e->result.fonts = fonts;
	e->result.font_count = count;
}

void session_count(struct entente *e)
{
	e->result.errors = (uint32_t)e->diag.errors;
	e->result.warnings = (uint32_t)e->diag.warnings;
	e->result.holes = (uint32_t)e->diag.holes;
	e->result.status = e->diag.errors ? ENTENTE_INPUT : ENTENTE_DONE;
	for (size_t i = 0; i < e->diag.messages.count; i++)
		if (e->diag.messages.at[i].code == DIAG_SYSTEM)
			e->result.status = ENTENTE_SYSTEM;
}

void describe_result(struct job *job)
{
	struct entente *e = job->session;
	session_count(e);
	e->result.pages = job->pages ? (uint32_t)job->pages->pages.count : 0;
	list_inputs(job);
	if (job->facts) {
		e->result.unit = str_terminated(&e->unit, job->facts->unit);
		e->result.period = period_text(&e->unit, job->facts->period).ptr;
	}
	if (job->dressed && job->dressed->layout) {
		list_layouts(job);
		if (job->request->list_fonts)
			list_fonts(job);
	}
}
