/* The library: what travels with the pages. The values a briefing used and the list of its printed figures, as JSON that `entente trace`
 * reads back: sources by id, values[] with their operands by index, figures[] in the order printed. What derives from other values has its
 * source from them. */
#include "entente_int.h"

#include "base/hash.h"

static void put_text(struct buf *out, const char *name, struct str text)
{
	if (text.len == 0)
		return;
	buf_printf(out, ",\"%s\":", name);
	buf_json(out, text);
}

static void put_origin(struct buf *out, struct src_pos pos)
{
	struct src_line line;

	if (pos.source == NULL)
		return;
	line = src_line(pos);
	put_text(out, "file", stable_name(pos.source));
	buf_printf(out, ",\"line\":%u,\"column\":%u", line.line, line.column);
}

static void put_operands(struct buf *out, const struct doc_value *v)
{
	if (v->operand_count == 0)
		return;
	buf_puts(out, ",\"operands\":[");
	for (uint32_t i = 0; i < v->operand_count; i++)
		buf_printf(out, "%s%u", i ? "," : "", v->operands[i]);
	buf_puts(out, "]");
}

static void put_value(struct buf *out, const struct doc_value *v, struct str unit)
{
	buf_puts(out, "{\"value\":");
	buf_decimal(out, v->number);
	put_text(out, "measure", v->measure);
	put_text(out, "metric", v->metric);
	put_text(out, "item", v->item);
	put_text(out, "unit", str_equal(v->unit, unit) ? (struct str){ 0 } : v->unit);
	put_text(out, "period", v->period);
	put_text(out, "side", v->side);
	put_text(out, "scenario", v->scenario);
	put_text(out, "operation", v->operation);
	put_operands(out, v);
	if (v->operand_count == 0) {
		put_text(out, "source", v->source);
		put_origin(out, v->pos);
	}
	buf_puts(out, "}");
}

static void put_source(struct buf *out, const struct doc_value *v, bool first)
{
	buf_puts(out, first ? "\n" : ",\n");
	buf_json(out, v->source);
	buf_puts(out, ":{\"title\":");
	buf_json(out, v->source_title);
	put_text(out, "date", v->source_date);
	put_text(out, "sample", v->sample);
	buf_puts(out, "}");
}

/* Each source once, in the order of the first value that is from it. */
static void put_sources(struct buf *out, const struct doc *doc)
{
	struct map seen = { 0 };

	for (size_t i = 0; i < doc->values.count; i++) {
		const struct doc_value *v = &doc->values.at[i];

		if (v->source.len && map_put(out->arena, &seen, v->source, (void *)v) == NULL)
			put_source(out, v, seen.count == 1);
	}
}

static void put_figure(struct buf *out, const struct doc_figure *f, const struct page_figure *where)
{
	buf_puts(out, "{\"text\":");
	buf_json(out, f->text);
	if (f->value != UINT32_MAX)
		buf_printf(out, ",\"value\":%u", f->value);
	if (f->exhibit)
		buf_printf(out, ",\"exhibit\":%u", f->exhibit);
	put_text(out, "slot", f->slot);
	buf_printf(out, ",\"page\":%u}", where->page + 1);
}

/* Figures asked for but not printed (a chart too narrow for its labels) are left out. */
static void put_figures(struct buf *out, const struct doc *doc, const struct pages *pages)
{
	bool first = true;

	for (size_t i = 0; i < doc->figures.count; i++) {
		if (i >= pages->figures.count || pages->figures.at[i].page == UINT32_MAX)
			continue;
		buf_puts(out, first ? "\n" : ",\n");
		put_figure(out, &doc->figures.at[i], &pages->figures.at[i]);
		first = false;
	}
}

static struct str values_json(struct job *job)
{
	const struct doc *doc = job->doc;
	struct buf out;

	buf_init(&out, &job->session->unit, (size_t)64 << 20);
	buf_puts(&out, "{\"format\":\"entente-values-1\",\"company\":");
	buf_json(&out, job->facts->company);
	put_text(&out, "unit", job->facts->unit);
	put_text(&out, "title", doc->meta.title);
	put_text(&out, "date", doc->meta.date);
	buf_puts(&out, ",\n\"sources\":{");
	put_sources(&out, doc);
	buf_puts(&out, "\n},\"values\":[");
	for (size_t i = 0; i < doc->values.count; i++) {
		buf_puts(&out, i ? ",\n" : "\n");
		put_value(&out, &doc->values.at[i], job->facts->unit);
	}
	buf_puts(&out, "\n],\"figures\":[");
	put_figures(&out, doc, job->pages);
	buf_puts(&out, "\n]}\n");
	return buf_str(&out);
}

void attach_values(struct job *job)
{
	struct arena *a = &job->session->unit;
	struct page_attachment *attachment = vec_add(a, &job->pages->attachments);
	uint8_t digest[32];

	attachment->name = STR("values.json");
	attachment->mime = STR("application/json");
	attachment->description = STR("Values used in this briefing and the figures printed from them");
	attachment->relationship = STR("Data");
	attachment->bytes = values_json(job);
	attachment->date = job->doc->meta.date;
	hash_sha256(attachment->bytes, digest);
	job->pages->meta.data_hash = hash_hex(a, digest);
}
