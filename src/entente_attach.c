/* The library: what travels with the pages. The values a briefing used and the list of its printed figures, as JSON that `entente trace`
 * reads back. Column by column, which is half the weight of row by row: values.metric[7] is the metric of value 7, null where it has none.
 * Operands are indices of values, runs of them as [first, last]; what derives from others has its origin in them. */
#include "entente_int.h"

#include "base/hash.h"
#include "base/limits.h"

static void put_text(struct buf *out, struct str text)
{
	if (text.len)
		buf_json(out, text);
	else
		buf_puts(out, "null");
}

static void put_member(struct buf *out, const char *name, struct str text)
{
	if (text.len == 0)
		return;
	buf_printf(out, ",\"%s\":", name);
	buf_json(out, text);
}

/* ---- columns of values ---- */

static void put_number(struct buf *out, const struct doc_value *v)
{
	buf_decimal(out, v->number);
}

/* A metric has one measure: said only where there is no metric, as for a count of records. */
static void put_measure(struct buf *out, const struct doc_value *v)
{
	put_text(out, v->of->metric.len ? (struct str){ 0 } : v->of->measure);
}

static void put_run(struct buf *out, uint32_t first, uint32_t last)
{
	if (first == last) {
		buf_number(out, first);
		return;
	}
	buf_putc(out, '[');
	buf_number(out, first);
	buf_putc(out, ',');
	buf_number(out, last);
	buf_putc(out, ']');
}

static void put_operands(struct buf *out, const struct doc_value *v)
{
	if (v->operand_count == 0) {
		buf_puts(out, "null");
		return;
	}
	buf_puts(out, "[");
	for (uint32_t i = 0, end; i < v->operand_count; i = end) {
		for (end = i + 1; end < v->operand_count && v->operands[end] == v->operands[end - 1] + 1;)
			end++;
		buf_puts(out, i ? "," : "");
		put_run(out, v->operands[i], v->operands[end - 1]);
	}
	buf_puts(out, "]");
}

static void put_source_id(struct buf *out, const struct doc_value *v)
{
	put_text(out, v->operand_count ? (struct str){ 0 } : v->of->source);
}

static void put_file(struct buf *out, const struct doc_value *v)
{
	bool read = v->operand_count == 0 && v->pos.source;

	put_text(out, read ? stable_name(v->pos.source) : (struct str){ 0 });
}

/* The line of a text; of a sheet the cell. */
static void put_line(struct buf *out, const struct doc_value *v)
{
	bool read = v->operand_count == 0 && v->pos.source;

	if (read && v->pos.source->kind == SOURCE_GRID) {
		buf_putc(out, '"');
		buf_cell(out, v->pos.offset);
		buf_putc(out, '"');
	} else if (read) {
		buf_number(out, src_line_number(v->pos));
	} else {
		buf_puts(out, "null");
	}
}

static void put_item(struct buf *out, const struct doc_value *v)
{
	put_text(out, v->item);
}

static void put_rows(struct buf *out, const struct doc_value *v)
{
	put_text(out, v->rows);
}

static bool has_rows(const struct doc *doc)
{
	for (size_t i = 0; i < doc->values.count; i++)
		if (doc->values.at[i].rows.len)
			return true;
	return false;
}

/* A column is a text of what values have in common, or what its function puts. */
static const struct value_column {
	const char *name;
	size_t text;    /* offset of a struct str in struct doc_subject */
	void (*put)(struct buf *out, const struct doc_value *v);
} value_columns[] = {
	{ "value", 0, put_number },
	{ "measure", 0, put_measure },
	{ "metric", offsetof(struct doc_subject, metric), NULL },
	{ "item", 0, put_item },
	{ "unit", offsetof(struct doc_subject, unit), NULL },
	{ "period", offsetof(struct doc_subject, period), NULL },
	{ "side", offsetof(struct doc_subject, side), NULL },
	{ "scenario", offsetof(struct doc_subject, scenario), NULL },
	{ "operation", offsetof(struct doc_subject, operation), NULL },
	{ "operands", 0, put_operands },
	{ "source", 0, put_source_id },
	{ "file", 0, put_file },
	{ "line", 0, put_line },
};

static void put_value_column(struct buf *out, const struct value_column *column, const struct doc *doc)
{
	buf_printf(out, "\"%s\":[", column->name);
	for (size_t i = 0; i < doc->values.count; i++) {
		const struct doc_value *v = &doc->values.at[i];

		buf_puts(out, i ? "," : "");
		if (column->put)
			column->put(out, v);
		else
			put_text(out, *(const struct str *)((const char *)v->of + column->text));
	}
	buf_puts(out, "]");
}

/* ---- sources ---- */

static void put_source(struct buf *out, const struct doc_value *v, bool first)
{
	buf_puts(out, first ? "\n" : ",\n");
	buf_json(out, v->of->source);
	buf_puts(out, ":{\"title\":");
	buf_json(out, v->of->source_title);
	put_member(out, "date", v->of->source_date);
	put_member(out, "sample", v->of->sample);
	buf_puts(out, "}");
}

/* Each source once, in the order of the first value that is from it. */
static void put_sources(struct buf *out, const struct doc *doc)
{
	struct map seen = { 0 };

	for (size_t i = 0; i < doc->values.count; i++) {
		const struct doc_value *v = &doc->values.at[i];

		if (v->of->source.len && map_put(out->arena, &seen, v->of->source, (void *)v) == NULL)
			put_source(out, v, seen.count == 1);
	}
}

/* ---- columns of figures ---- */

struct printed_figure {
	const struct doc_figure *figure;
	uint32_t page; /* from 1 */
};

static void put_figure_text(struct buf *out, const struct printed_figure *f)
{
	put_text(out, f->figure->text);
}

static void put_figure_value(struct buf *out, const struct printed_figure *f)
{
	if (f->figure->value == UINT32_MAX)
		buf_puts(out, "null");
	else
		buf_number(out, f->figure->value);
}

static void put_figure_page(struct buf *out, const struct printed_figure *f)
{
	buf_number(out, f->page);
}

static void put_figure_exhibit(struct buf *out, const struct printed_figure *f)
{
	buf_number(out, f->figure->exhibit);
}

static void put_figure_slot(struct buf *out, const struct printed_figure *f)
{
	put_text(out, f->figure->slot);
}

static const struct {
	const char *name;
	void (*put)(struct buf *out, const struct printed_figure *f);
} figure_columns[] = {
	{ "text", put_figure_text },	   { "value", put_figure_value }, { "page", put_figure_page },
	{ "exhibit", put_figure_exhibit }, { "slot", put_figure_slot },
};

/* Figures asked for but not printed (a chart too narrow for its labels) are left out. */
static size_t printed_figures(const struct job *job, struct printed_figure *out)
{
	size_t count = 0;

	for (size_t i = 0; i < job->doc->figures.count && i < job->pages->figures.count; i++)
		if (job->pages->figures.at[i].page != UINT32_MAX)
			out[count++] = (struct printed_figure){ &job->doc->figures.at[i], job->pages->figures.at[i].page + 1 };
	return count;
}

static void put_figures(struct buf *out, const struct job *job)
{
	struct printed_figure *printed = ARENA_ARRAY(out->arena, struct printed_figure, job->doc->figures.count);
	size_t count = printed_figures(job, printed);

	for (size_t c = 0; c < sizeof figure_columns / sizeof figure_columns[0]; c++) {
		buf_printf(out, "%s\"%s\":[", c ? ",\n" : "\n", figure_columns[c].name);
		for (size_t i = 0; i < count; i++) {
			buf_puts(out, i ? "," : "");
			figure_columns[c].put(out, &printed[i]);
		}
		buf_puts(out, "]");
	}
}

static struct str values_json(struct job *job)
{
	const struct doc *doc = job->doc;
	struct buf out;

	/* About its length at once: what is not needed is never touched. */
	buf_init(&out, &job->session->scratch, LIMIT_UNIT_BYTES / 2);
	buf_reserve(&out, doc->values.count * 96 + doc->figures.count * 64 + 4096);
	buf_puts(&out, "{\"format\":\"entente-values-1\",\"company\":");
	buf_json(&out, job->facts->company);
	put_member(&out, "unit", job->facts->unit);
	buf_puts(&out, ",\n\"sources\":{");
	put_sources(&out, doc);
	buf_puts(&out, "\n},\"values\":{");
	for (size_t i = 0; i < sizeof value_columns / sizeof value_columns[0]; i++) {
		buf_puts(&out, i ? ",\n" : "\n");
		put_value_column(&out, &value_columns[i], doc);
	}
	if (has_rows(doc)) { /* only surveys have them */
		buf_puts(&out, ",\n");
		put_value_column(&out, &(struct value_column){ "rows", 0, put_rows }, doc);
	}
	buf_puts(&out, "\n},\"figures\":{");
	put_figures(&out, job);
	buf_puts(&out, "\n}}\n");
	if (out.overflowed)
		arena_unwind(out.arena);
	return buf_str(&out);
}

/* The text is long and deflates to a tenth: it does not stay. */
void attach_values(struct job *job)
{
	struct arena *a = &job->session->unit;
	struct page_attachment *attachment = vec_add(a, &job->pages->attachments);
	struct str values = values_json(job);
	uint8_t digest[32];

	attachment->name = STR("values.json");
	attachment->mime = STR("application/json");
	attachment->description = STR("Values used in this briefing and the figures printed from them");
	attachment->relationship = STR("Data");
	attachment->deflated = render_deflated(a, values);
	attachment->size = values.len;
	attachment->date = job->doc->meta.date;
	hash_sha256(values, digest);
	job->pages->meta.data_hash = hash_hex(a, digest);
	arena_reset(&job->session->scratch);
}
