/* The library: a session, and the one function that names every stage in order. */
#include "entente_folder.h"

#include "base/hash.h"
#include "base/limits.h"

/* ---- the stages ---- */

static void read_facts(struct job *job)
{
	struct entente *e = job->session;
	struct facts_options options = { 0 };

	if (job->request->date && !date_parse(str_from(job->request->date), &options.as_of))
		diag_add(&e->diag, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 },
			"'%s' is not a date; write YYYY-MM-DD", job->request->date);
	options.draft = job->request->draft;
	options.listed = job->request->listed;
	options.layout = str_from(job->request->layout);
	if (job->request->stage != ENTENTE_FACTS || !xml_attr(job->briefing, "unit"))
		options.unit = str_from(job->request->unit);
	if (job->request->stage != ENTENTE_FACTS) /* which lists those of a unit or period, whatever the briefing's are */
		options.period = str_from(job->request->period);
	options.shelf = e->tables;
	options.every_unit = job->request->stage == ENTENTE_FACTS;
	session_catalogue(e);
	job->facts = facts_read(&e->unit, &job->loader, job->briefing, e->catalogue, e->catalogue_count, &options, &e->diag);
}

static void read_layout(struct job *job)
{
	static const struct dressed undressed;
	struct entente *e = job->session;

	job->dressed = &undressed;
	if (job->facts->layout.len == 0) {
		diag_add(&e->diag, DIAG_ATTRIBUTE_MISSING, job->facts->pos,
			"no layout is named; add layout=\"…\" to the briefing or to its company");
		return;
	}
	job->dressed = session_layout(e, job->facts->layout, str_from(job->request->set), job->facts->layout_pos);
	session_repeat(&e->diag, job->dressed, job->facts->layout_pos);
}

static void read_words(struct job *job)
{
	struct entente *e = job->session;
	const struct layout *layout = job->dressed->layout;
	size_t extra = layout ? layout->word_count : 0, count = 0;
	const struct xml_node **words = ARENA_ARRAY(&e->unit, const struct xml_node *, extra + 1);

	job->language = session_language(e, job->facts->lang);
	if (job->language->words)
		words[count++] = job->language->words;
	for (size_t i = 0; i < extra; i++)
		words[count++] = layout->words[i];
	job->locale = count ? locale_open(&e->unit, job->facts->lang, words, count, &e->diag) : NULL;
}

static void read_narrative(struct job *job)
{
	struct entente *e = job->session;
	const struct language *language = job->language;
	const struct facts *facts = job->facts;
	size_t count = language->narratives.count;
	const struct xml_node **roots = ARENA_ARRAY(&e->unit, const struct xml_node *, count + facts->narrative_count);

	if (count)
		memcpy(roots, language->narratives.at, count * sizeof *roots);
	if (facts->narrative_count)
		memcpy(roots + count, facts->narratives, facts->narrative_count * sizeof *roots);
	job->narrative = narrative_read(&e->unit, roots, count + facts->narrative_count, facts, e->kept, &e->diag);
}

void compose(struct job *job)
{
	struct entente *e = job->session;
	struct compose_input in = { .facts = job->facts, .narrative = job->narrative, .layout = job->dressed->layout,
		.locale = job->locale, .project = &e->project, .dropped = job->dropped.at, .dropped_count = job->dropped.count,
		.turned = job->turned.at, .turned_count = job->turned.count, .rows = &e->rows };

	memset(&job->reasons, 0, sizeof job->reasons);
	job->words = (struct compose_words){ .all = job->request->stage == ENTENTE_WORDS };
	in.edits = &job->edits_now;
	in.words = &job->words;
	job->calc = calc_open(&e->unit, job->facts);
	in.calc = job->calc;
	job->doc = compose_doc(&e->unit, &in, &job->reasons, &e->diag);
}

static void describe_pages(struct job *job)
{
	const struct doc_meta *meta = &job->doc->meta;

	job->pages->meta = (struct page_meta){ .title = meta->title, .author = meta->author, .subject = meta->subject,
		.keywords = meta->keywords, .lang = meta->lang, .date = meta->date, .tool = STR("entente " ENTENTE_VERSION) };
	if (job->pages->overlaid)
		job->pages->meta.title = str_printf(&job->session->unit, STR_FMT " [overlay]", STR_ARG(meta->title));
	if (meta->attach_values)
		attach_values(job);
}

static bool render(struct job *job)
{
	struct entente *e = job->session;
	struct pdf_file pdf;

	if (job->request->stage == ENTENTE_PDF)
		arena_release(&e->rows); /* the pages say it all; of the document only values and figures are still asked for */
	describe_pages(job);
	arena_trim(&e->scratch, e->scratch.spare_size / 4); /* flow takes several times as much as rendering */
	if (!render_pdf(&e->scratch, job->pages, &pdf, &e->diag) || e->diag.errors)
		return false;
	e->result.pdf = pdf.bytes.ptr;
	e->result.pdf_size = pdf.bytes.len;
	e->result.pdf_sha256 = hash_hex(&e->unit, pdf.sha256).ptr;
	return true;
}

/* The paper is made for its hash alone. */
static void close_quarter(struct job *job)
{
	struct entente *e = job->session;
	struct str text;

	if (!render(job))
		return;
	text = closed_text(job);
	e->result.closed = str_terminated(&e->unit,
		closed_path(&e->unit, job->briefing->pos.source->path, job->facts->unit, job->facts->period, false));
	e->result.pdf = NULL;
	e->result.pdf_size = 0;
	e->result.text = text.ptr;
	e->result.text_size = text.len;
}

static void dump(struct job *job)
{
	struct entente *e = job->session;
	struct buf out;

	buf_init(&out, &e->unit, (size_t)64 << 20);
	switch (job->request->stage) {
	case ENTENTE_DUMP_XML: xml_dump(job->briefing, &out); break;
	case ENTENTE_DUMP_FACTS: facts_dump(job->facts, &out); break;
	case ENTENTE_FACTS: list_facts(job, &out); break;
	case ENTENTE_DUMP_NARRATIVE: narrative_dump(job->narrative, &out); break;
	case ENTENTE_DUMP_LAYOUT: layout_dump(job->dressed->layout, &out); break;
	case ENTENTE_DUMP_DOC: doc_dump(job->doc, &out); break;
	case ENTENTE_DUMP_PAGES: page_dump(job->pages, &out); break;
	case ENTENTE_EXPLAIN: explain_job(job, &out); break;
	case ENTENTE_EXPLAIN_PAGES: (job->request->form == ENTENTE_JSON ? explain_pages_json : explain_pages)(job, &out); break;
	default: break;
	}
	e->result.text = buf_str(&out).ptr;
	e->result.text_size = out.len;
}

static bool stops_at(struct job *job, enum entente_stage stage)
{
	if (job->request->stage != stage || job->briefing == NULL)
		return false;
	dump(job);
	return true;
}

/* A closed quarter stands for the paper it was. */
static bool is_published(const struct job *job)
{
	struct entente *e = job->session;

	if (job->request->stage != ENTENTE_PUBLISHED || !xml_is(job->briefing, "closed"))
		return false;
	if (facts_closed_intact(&e->unit, job->briefing, &e->diag)) {
		e->result.unit = xml_attr(job->briefing, "unit") ? str_terminated(&e->unit, xml_attr(job->briefing, "unit")->value) : "";
		e->result.text = job->briefing->pos.source->text.ptr;
		e->result.text_size = job->briefing->pos.source->text.len;
	}
	return true;
}

static bool is_briefing(const struct job *job)
{
	if (xml_is(job->briefing, "briefing"))
		return true;
	diag_add(&job->session->diag, DIAG_ELEMENT_UNKNOWN, job->briefing->pos,
		"a briefing begins with <briefing>, not <" STR_FMT ">", STR_ARG(job->briefing->name));
	return false;
}

/* Reading: every file's problems are found in one run, so nothing stops between the readers. */
static bool read_all(struct job *job)
{
	struct entente *e = job->session;

	job->briefing = xml_load(&job->loader, str_from(job->request->briefing), (struct src_pos){ 0 });
	if (stops_at(job, ENTENTE_DUMP_XML))
		return false;
	if (job->briefing && is_published(job))
		return false;
	if (job->briefing == NULL || !is_briefing(job)) {
		if (job->request->asked)
			diag_note(&e->diag, (struct src_pos){ 0 }, "asked for at %s", job->request->asked);
		return false;
	}
	read_facts(job);
	e->result.passed = job->facts->passed;
	if (e->result.passed || stops_at(job, ENTENTE_FACTS))
		return false;
	read_layout(job);
	read_words(job);
	if (stops_at(job, ENTENTE_DUMP_FACTS))
		return false;
	if (job->dressed->layout && stops_at(job, ENTENTE_DUMP_LAYOUT))
		return false;
	read_narrative(job);
	read_edits(job);
	if (stops_at(job, ENTENTE_DUMP_NARRATIVE))
		return false;
	return e->diag.errors == 0 && job->dressed->layout && job->locale;
}

/* The company's own words, in place of those of the briefing before. */
static void take_hyphenation(struct job *job)
{
	struct entente *e = job->session;
	const struct facts *f = job->facts;

	text_hyphen_forget(e->fonts);
	for (size_t i = 0; i < f->hyphenation.count; i++)
		text_hyphen_exceptions(e->fonts, f->hyphenation.at[i].lang, f->hyphenation.at[i].words, f->hyphenation.at[i].count);
}

/* A file without a page is none that a reader would open. */
static void check_pages(struct job *job)
{
	struct diag *d = &job->session->diag;
	const struct layout *l = job->dressed->layout;

	if (job->pages->pages.count || d->errors)
		return;
	diag_add(d, DIAG_PAGES_NONE, l->pos, "layout '" STR_FMT "' shows nothing of this briefing: no section has a slot whose condition holds",
		STR_ARG(l->id));
	diag_note(d, job->facts->pos, "the briefing is here");
}

/* While figures are awaited nothing can be said of the sentences and pages that need them. */
static bool only_awaited(struct job *job)
{
	const struct facts *f = job->facts;

	if (f->awaited == 0 || job->request->stage != ENTENTE_CHECK)
		return false;
	diag_add(&job->session->diag, DIAG_VALUE_AWAITED, f->pos,
		"%zu value%s awaited; sentences and pages are checked when %s there", f->awaited, f->awaited == 1 ? " is" : "s are",
		f->awaited == 1 ? "it is" : "they are");
	return true;
}

/* What goes out as final is the paper alone. */
static bool overlay_allowed(struct job *job)
{
	const struct facts *f = job->facts;

	if (!job->request->overlay || f->state != STATE_FINAL)
		return true;
	diag_add(&job->session->diag, DIAG_OVERLAY_FINAL, f->state_pos,
		"a final paper is not drawn over; leave out --overlay, or ask 'entente explain --pages', which says the same in words");
	return false;
}

/* What is said by hand is seen in the sentences alone, whatever else is wrong. */
static void check_words(struct job *job)
{
	job->calc = calc_open(&job->session->unit, job->facts);
	if (job->locale)
		check_unbound(job);
	check_avoided(job);
}

/* Every stage in order. */
void session_run(struct job *job)
{
	bool sound = read_all(job);

	if (job->request->stage == ENTENTE_CHECK && job->narrative)
		check_words(job);
	job->read_messages = job->session->diag.messages.count;
	if (!sound || only_awaited(job) || !overlay_allowed(job))
		return;
	compose(job);
	if (stops_at(job, ENTENTE_DUMP_DOC) || job->session->diag.errors)
		return;
	take_hyphenation(job);
	flow_to_fit(job);
	if (job->request->stage == ENTENTE_WORDS)
		return;
	check_edits(job);
	check_pages(job);
	if (stops_at(job, ENTENTE_DUMP_PAGES) || stops_at(job, ENTENTE_EXPLAIN)
		|| stops_at(job, ENTENTE_EXPLAIN_PAGES) || job->session->diag.errors)
		return;
	if (job->request->stage == ENTENTE_STATUS)
		return;
	if (job->request->stage == ENTENTE_APPROVE) {
		approve(job);
		return;
	}
	check_approvals(job);
	if (job->request->executive)
		job->session->result.executive = check_executive(job);
	if (job->request->stage == ENTENTE_PDF)
		render(job);
	else if (job->request->stage == ENTENTE_CLOSE || job->request->stage == ENTENTE_PUBLISHED)
		close_quarter(job);
}

/* ---- calls ---- */

void session_begin(struct entente *e)
{
	arena_reset(&e->unit);
	arena_reset(&e->scratch);
	arena_reset(&e->rows);
	arena_reset(&e->gathered);
	e->result = (struct entente_result){ .text = "", .executive = "", .closed = "", .note = "", .unit = "", .period = "", .pdf_sha256 = "" };
	diag_init(&e->diag, &e->unit);
	e->shared.diag = &e->diag;
}

/* What is kept from one briefing to the next. An unwinding leaves it half done: it begins anew. */
static void keep_anew(struct entente *e)
{
	e->shelf = xml_shelf_open(&e->session);
	e->tables = facts_shelf_open(&e->session);
	e->kept = narrative_kept_open(&e->session);
}

/* The arena that is full is the unit's: forget it and say so. */
const struct entente_result *session_out_of_memory(struct entente *e)
{
	session_begin(e);
	e->shelf = NULL;
	e->tables = NULL;
	e->kept = NULL;
	diag_add(&e->diag, DIAG_SYSTEM, (struct src_pos){ 0 }, "out of memory: the briefing needs more than %zu MiB",
		LIMIT_UNIT_BYTES >> 20);
	e->result.status = ENTENTE_SYSTEM;
	e->result.errors = 1;
	return &e->result;
}

struct job session_job(struct entente *e, const struct entente_request *request)
{
	if (e->kept == NULL)
		keep_anew(e);
	xml_shelf_turn(e->shelf);
	facts_shelf_turn(e->tables);
	return (struct job){ .session = e, .request = request,
		.loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag, .shelf = e->shelf } };
}

const struct entente_result *entente_build(struct entente *e, const struct entente_request *request)
{
	struct job job;

	if (setjmp(e->unwind))
		return session_out_of_memory(e);
	session_begin(e);
	e->diag.draft = request->draft;
	job = session_job(e, request);
	if (request->executive)
		e->result.executive = "criteria not decided: the input has errors";
	session_run(&job);
	describe_result(&job);
	return &e->result;
}

const char *entente_messages(struct entente *e, bool colour)
{
	struct buf out;

	if (setjmp(e->unwind))
		return "out of memory\n";
	buf_init(&out, &e->unit, (size_t)64 << 20);
	diag_print(&e->diag, colour ? DIAG_COLOUR : DIAG_PLAIN, LIMIT_DIAGS_SHOWN, &out);
	return buf_str(&out).ptr;
}

const char *entente_messages_json(struct entente *e)
{
	struct buf out;

	if (setjmp(e->unwind))
		return "[]\n";
	buf_init(&out, &e->unit, (size_t)64 << 20);
	diag_print_json(&e->diag, &out);
	return buf_str(&out).ptr;
}

void entente_warm(struct entente *e, const char *layout, const char *set, const char *lang)
{
	if (setjmp(e->unwind))
		return;
	session_begin(e);
	session_catalogue(e);
	if (lang)
		session_language(e, str_from(lang));
	if (layout)
		session_layout(e, str_from(layout), str_from(set), (struct src_pos){ 0 });
}

void entente_trim(struct entente *e)
{
	font_set_trim(e->fonts, (size_t)32 << 20);
}
