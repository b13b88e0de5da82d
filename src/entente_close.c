/* The library: what was published, in one file. Every figure printed, every value read, the records, the sentences, and the hashes of
 * what made them, as XML a line each, so that two quarters can be compared by eye and by program. The file bears the hash of its own text. */
#include "entente_executive.h"

#include "base/hash.h"

static void put_number(struct buf *out, const char *name, struct decimal n)
{
	buf_printf(out, " %s=\"", name);
	buf_decimal(out, decimal_trimmed(n));
	buf_putc(out, '"');
}

static void put_count(struct buf *out, const char *name, uint64_t n)
{
	buf_printf(out, " %s=\"", name);
	buf_number(out, n);
	buf_putc(out, '"');
}

/* "emea/facts.xml:31", "emea/budget.xlsx:Plan!D17". */
static void put_place(struct buf *out, struct src_pos pos)
{
	buf_xml_attr_some(out, "at", stable_place(out->arena, pos));
}

/* ---- what made it ---- */

static void put_layouts(struct buf *out, const struct layout *layout)
{
	buf_puts(out, "\t<layouts>\n");
	for (size_t i = 0; i < layout->chain.count; i++) {
		buf_puts(out, "\t\t<layout");
		buf_xml_attr_some(out, "id", layout->chain.at[i]);
		if (i < layout->sources.count) {
			buf_xml_attr_some(out, "file", stable_name(layout->sources.at[i]));
			buf_xml_attr_some(out, "sha256", hash_hex(out->arena, source_sha256(layout->sources.at[i])));
		}
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "\t</layouts>\n");
}

static void put_inputs(struct buf *out, const struct job *job)
{
	buf_puts(out, "\t<inputs>\n");
	for (size_t i = 0; i < job->loader.sources.count; i++) {
		buf_puts(out, "\t\t<input");
		buf_xml_attr_some(out, "file", stable_name(job->loader.sources.at[i]));
		buf_xml_attr_some(out, "sha256", hash_hex(out->arena, source_sha256(job->loader.sources.at[i])));
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "\t</inputs>\n");
}

static void put_sources(struct buf *out, const struct facts *f)
{
	buf_puts(out, "\t<sources>\n");
	for (size_t i = 0; i < f->sources.count; i++) {
		const struct facts_source *s = f->sources.entries[i].value;

		buf_puts(out, "\t\t<source");
		buf_xml_attr_some(out, "id", s->id);
		buf_xml_attr_some(out, "title", s->title);
		buf_puts(out, " date=\"");
		buf_date(out, s->date);
		buf_putc(out, '"');
		buf_xml_attr_some(out, "sample", s->sample);
		buf_xml_attr_some(out, "publisher", s->publisher);
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "\t</sources>\n");
}

/* ---- figures ---- */

/* The value of its cell; NULL when the number is something made of it under the same names (a mean over items, a gap). */
static const struct facts_value *cell_of(struct job *job, const struct doc_value *v)
{
	struct query q;
	struct answer answer;
	struct diag quiet;

	if (v->of->metric.len == 0 || v->of->period.len == 0 || !period_parse(v->of->period, &(struct period){ 0 }))
		return NULL;
	query_init(&q, (struct src_pos){ 0 });
	q.metric = v->of->metric;
	q.item = v->item.len ? v->item : STR("all");
	q.unit = v->of->unit;
	q.side = v->of->side.len ? v->of->side : STR("joint");
	q.period = v->of->period;
	q.scenario = v->of->scenario;
	diag_init(&quiet, &job->session->scratch);
	answer = calc_ask(job->calc, &q, NULL, &quiet);
	if (answer.kind != ANSWER_NUMBER || decimal_cmp(answer.value->number, v->number) != 0 ||
		!str_is(v->of->measure, facts_measure_name((enum facts_measure)answer.value->measure)))
		return NULL;
	return answer.value;
}

/* Where the figure comes from: its own place, or that of the first value it is made of. */
static struct src_pos origin(const struct doc *doc, const struct doc_value *v)
{
	while (v->operand_count)
		v = &doc->values.at[v->operands[0]];
	return v->pos;
}

static void put_value(struct buf *out, struct job *job, const struct doc_value *v)
{
	const struct facts_value *cell = cell_of(job, v);

	buf_xml_attr_some(out, "metric", v->of->metric);
	buf_xml_attr_some(out, "item", v->item);
	buf_xml_attr_some(out, "unit", v->of->unit);
	buf_xml_attr_some(out, "period", v->of->period);
	buf_xml_attr_some(out, "side", v->of->side);
	buf_xml_attr_some(out, "scenario", v->of->scenario);
	buf_xml_attr_some(out, "operation", v->of->operation);
	put_number(out, "value", v->number);
	buf_xml_attr_some(out, "measure", v->of->measure);
	if (cell) {
		buf_xml_attr_some(out, "currency", cell->currency);
		buf_xml_attr_some(out, "cell", STR("yes"));
	}
	buf_xml_attr_some(out, "source", v->of->source);
	put_place(out, origin(job->doc, v));
}

static void put_figure(struct buf *out, struct job *job, size_t i)
{
	const struct doc_figure *f = &job->doc->figures.at[i];

	buf_puts(out, "\t\t<figure");
	buf_xml_attr_some(out, "slot", f->slot);
	buf_xml_attr_some(out, "text", f->text);
	if (f->value != UINT32_MAX)
		put_value(out, job, &job->doc->values.at[f->value]);
	put_count(out, "page", job->pages->figures.at[i].page + 1);
	if (f->exhibit)
		put_count(out, "exhibit", f->exhibit);
	buf_puts(out, "/>\n");
}

static void put_figures(struct buf *out, struct job *job)
{
	buf_puts(out, "\t<figures>\n");
	for (size_t i = 0; i < job->doc->figures.count && i < job->pages->figures.count; i++)
		if (job->pages->figures.at[i].page != UINT32_MAX)
			put_figure(out, job, i);
	buf_puts(out, "\t</figures>\n");
}

/* ---- sentences ---- */

struct sentences {
	struct job *job;
	struct buf *out;
};

/* Where the words of a sentence stand in the file that a place is in: its figures stay the snippet's when its words are edited elsewhere. */
static struct src_pos words_of(const struct pick *p, struct src_pos pos)
{
	return p->edit && p->edit->edited.pos.source == pos.source ? p->edit->edited.pos : p->say->pos;
}

/* The snippet whose sentence stands nearest before a place in a file; NULL when it is no narrative's. */
static const struct pick *said_at(const struct job *job, struct src_pos pos, const struct compose_reason **topic)
{
	const struct pick *best = NULL;
	uint32_t nearest = 0;

	for (size_t i = 0; i < job->reasons.list.count; i++) {
		const struct compose_reason *r = &job->reasons.list.at[i];

		for (size_t k = 0; k < r->picks.in.count; k++) {
			const struct pick *p = &r->picks.in.at[k];
			struct src_pos words = words_of(p, pos);

			if (words.source != pos.source || words.offset > pos.offset || (best && nearest >= words.offset))
				continue;
			best = p;
			nearest = words.offset;
			*topic = r;
		}
	}
	return best;
}

static void put_sentence(void *ctx, const struct executive_place *at, const struct doc_paragraph *p)
{
	struct sentences *s = ctx;
	const struct compose_reason *topic = NULL;
	struct src_pos pos = executive_pos(p, (struct src_pos){ 0 });
	const struct pick *pick = pos.source ? said_at(s->job, pos, &topic) : NULL;

	if (pick == NULL)
		return;
	buf_puts(s->out, "\t\t<sentence");
	buf_xml_attr_some(s->out, "slot", executive_where(at));
	buf_xml_attr_some(s->out, "topic", topic->topic);
	buf_xml_attr_some(s->out, "snippet", pick->snippet->id);
	put_place(s->out, pick->say->pos);
	buf_putc(s->out, '>');
	buf_xml(s->out, str_trim(executive_plain(s->out->arena, p)));
	buf_puts(s->out, "</sentence>\n");
}

static void put_sentences(struct buf *out, struct job *job)
{
	struct sentences s = { job, out };

	buf_puts(out, "\t<sentences>\n");
	executive_walk_doc(job->doc, &(struct executive_walk){ .ctx = &s, .paragraph = put_sentence });
	buf_puts(out, "\t</sentences>\n");
}

/* ---- records and values read ---- */

static void put_field(struct buf *out, const struct facts_field *field)
{
	const struct str id = field->def->id;

	if (field->text.len)
		buf_xml_attr_some(out, str_terminated(out->arena, id), field->text);
}

static void put_record(struct buf *out, const struct facts_record *r)
{
	buf_puts(out, "\t\t<record");
	buf_xml_attr_some(out, "kind", r->kind->id);
	buf_xml_attr_some(out, "id", facts_identity(out->arena, r));
	buf_xml_attr_some(out, "label", r->label);
	if (r->source)
		buf_xml_attr_some(out, "source", r->source->id);
	put_place(out, r->pos);
	buf_puts(out, "><fields");
	for (size_t i = 0; i < r->kind->field_count; i++)
		if (r->fields[i].present)
			put_field(out, &r->fields[i]);
	buf_puts(out, "/></record>\n");
}

static void put_records(struct buf *out, const struct facts *f)
{
	buf_puts(out, "\t<records>\n");
	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;

		for (size_t k = 0; k < all->list.count; k++)
			if (!all->list.at[k]->made)
				put_record(out, all->list.at[k]);
	}
	buf_puts(out, "\t</records>\n");
}

static void put_cell(struct buf *out, const struct facts_value *v)
{
	buf_puts(out, "\t\t<cell");
	buf_xml_attr_some(out, "metric", v->metric->id);
	if (v->item)
		buf_xml_attr_some(out, "item", v->item->id);
	buf_xml_attr_some(out, "unit", v->unit);
	buf_xml_attr_some(out, "period", period_text(out->arena, v->period));
	if (v->side)
		buf_xml_attr_some(out, "side", v->side->id);
	buf_xml_attr_some(out, "scenario", str_from(facts_scenario_name(v->scenario)));
	put_number(out, "value", v->number);
	buf_xml_attr_some(out, "currency", v->currency);
	if (v->source)
		buf_xml_attr_some(out, "source", v->source->id);
	buf_xml_attr_some(out, "note", v->note);
	put_place(out, v->operand_count ? v->operands[0]->pos : v->pos);
	buf_puts(out, "/>\n");
}

static void put_cells(struct buf *out, const struct facts *f)
{
	buf_puts(out, "\t<cells>\n");
	for (size_t i = 0; i < f->cells.count; i++)
		put_cell(out, f->cells.at[i]);
	buf_puts(out, "\t</cells>\n");
}

/* ---- the whole ---- */

static void put_head(struct buf *out, const struct job *job)
{
	const struct facts *f = job->facts;

	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- What was published, as 'entente close' wrote it down. The next quarter is compared with it: it is not to be changed. -->\n"
		"<closed xmlns=\"urn:entente\" version=\"1\"");
	buf_xml_attr_some(out, "company", f->company);
	buf_xml_attr_some(out, "unit", f->unit);
	buf_puts(out, " period=\"");
	buf_period(out, f->period);
	buf_puts(out, "\" published=\"");
	buf_date(out, f->as_of);
	buf_puts(out, "\"");
	buf_xml_attr_some(out, "lang", f->lang);
	buf_xml_attr_some(out, "layout", f->layout);
	buf_xml_attr_some(out, "program", STR(ENTENTE_VERSION));
	put_count(out, "pages", job->pages->pages.count);
	if (job->session->result.pdf_sha256[0])
		buf_xml_attr_some(out, "pdf", str_from(job->session->result.pdf_sha256));
	buf_puts(out, "\n\tcontent=\"0000000000000000000000000000000000000000000000000000000000000000\">\n");
}

struct str closed_text(struct job *job)
{
	struct buf out;

	buf_init(&out, &job->session->unit, (size_t)256 << 20);
	put_head(&out, job);
	put_layouts(&out, job->dressed->layout);
	put_inputs(&out, job);
	put_sources(&out, job->facts);
	put_figures(&out, job);
	put_sentences(&out, job);
	put_records(&out, job->facts);
	put_cells(&out, job->facts);
	buf_puts(&out, "</closed>\n");
	hash_seal(out.arena, out.ptr, out.len, FACTS_CLOSED_MARK);
	return buf_str(&out);
}
