/* doc: to a readable listing: charts with their data, figures and values. */
#include "doc/doc_int.h"

static void dump_decimal(struct dump *d, const char *name, struct decimal n)
{
	buf_printf(d->out, " %s ", name);
	buf_decimal(d->out, n);
}

static void dump_mark(struct dump *d, const char *name, unsigned mark, unsigned colour)
{
	if (mark == MARK_NONE)
		return;
	buf_printf(d->out, " %s %s", name, doc_mark_name((enum doc_mark_kind)mark));
	dump_colour(d, "in", colour);
}

static void dump_status(struct dump *d, unsigned status)
{
	static const char *const names[] = { "", " good", " watch", " bad" };

	buf_puts(d->out, names[status]);
}

static const char *scenario_name(unsigned scenario)
{
	static const char *const names[] = { "actual", "prior", "plan", "forecast" };

	return names[scenario];
}

static void dump_datum(struct dump *d, const char *name, const struct doc_datum *datum)
{
	dump_line(d, name);
	if (!datum->present)
		buf_puts(d->out, " missing");
	else
		dump_decimal(d, "=", datum->value);
	if (datum->ranged) {
		dump_decimal(d, "from", datum->low);
		dump_decimal(d, "to", datum->high);
	}
	dump_text(d, "label", datum->label);
	if (datum->figure >= 0)
		buf_printf(d->out, " #%d", (int)datum->figure);
	dump_status(d, datum->status);
	dump_end(d);
}

static void dump_series(struct dump *d, const struct doc_series *s)
{
	dump_line(d, "series");
	dump_text(d, "label", s->label);
	dump_colour(d, "colour", s->colour);
	dump_mark(d, "mark", s->mark, DOC_COLOUR_COUNT);
	buf_printf(d->out, " %s", scenario_name(s->scenario));
	dump_flag(d, "dashed", s->dashed);
	dump_flag(d, "strong", s->strong);
	dump_end(d);
}

static void dump_category(struct dump *d, const struct doc_category *k)
{
	dump_line(d, "category");
	dump_text(d, "label", k->label);
	dump_text(d, "sublabel", k->sublabel);
	dump_text(d, "code", k->code);
	dump_text(d, "group", k->group);
	if (k->date.year != 0) {
		buf_puts(d->out, " date ");
		buf_date(d->out, k->date);
	}
	dump_colour(d, "colour", k->colour);
	dump_mark(d, "mark", k->mark, DOC_COLOUR_COUNT);
	buf_printf(d->out, " %s", scenario_name(k->scenario));
	dump_flag(d, "strong", k->strong);
	dump_text(d, "flag", k->flag);
	dump_status(d, k->flag_status);
	dump_mark(d, "tail", k->tail_mark, k->tail_colour);
	dump_end(d);
}

static void dump_reference(struct dump *d, const struct doc_reference *r)
{
	dump_line(d, "reference");
	dump_decimal(d, "=", r->value);
	if (decimal_cmp(r->high, r->value) > 0)
		dump_decimal(d, "to", r->high);
	dump_text(d, "label", r->label);
	if (r->figure >= 0)
		buf_printf(d->out, " #%d", (int)r->figure);
	buf_printf(d->out, " %s", scenario_name(r->scenario));
	dump_flag(d, "short", r->short_mark);
	dump_end(d);
}

static void dump_scale(struct dump *d, const char *name, uint16_t index)
{
	const struct doc_scale *s;

	if (index >= d->doc->scales.count)
		return;
	s = &d->doc->scales.at[index];
	dump_line(d, name);
	dump_text(d, "group", s->id);
	dump_decimal(d, "from", s->low);
	dump_decimal(d, "to", s->high);
	dump_decimal(d, "tick", s->tick);
	dump_end(d);
}

static void dump_data(struct dump *d, const struct doc_chart *chart)
{
	for (uint32_t i = 0; i < chart->category_count; i++) {
		dump_category(d, &chart->categories[i]);
		d->depth++;
		for (uint32_t k = 0; k < chart->series_count && chart->data != NULL; k++)
			dump_datum(d, "value", &chart->data[i * chart->series_count + k]);
		if (chart->totals != NULL)
			dump_datum(d, "total", &chart->totals[i]);
		if (chart->changes != NULL)
			dump_datum(d, "change", &chart->changes[i]);
		d->depth--;
	}
}

void dump_chart(struct dump *d, const struct doc_chart *chart)
{
	static const char *const kinds[CHART_KIND_COUNT] = { "tile-bars", "sides", "dumbbell",
		"axis", "bar", "stacked", "line", "bullet", "variance", "bridge", "spark",
		"timeline", "matrix" };

	dump_line(d, "chart ");
	buf_puts(d->out, kinds[chart->kind]);
	dump_flag(d, "decoration", chart->decoration);
	dump_length(d, "height", chart->height);
	for (size_t i = 0; i < sizeof chart->heads / sizeof *chart->heads; i++)
		dump_text(d, "head", chart->heads[i]);
	dump_text(d, "remark", chart->remark);
	dump_text(d, "alt", chart->alt);
	dump_pos(d, chart->pos);
	dump_end(d);
	d->depth++;
	dump_scale(d, "scale", chart->scale);
	if (chart->kind == CHART_BRIDGE)
		dump_scale(d, "scale of changes", chart->scale_change);
	for (uint32_t i = 0; i < chart->series_count; i++)
		dump_series(d, &chart->series[i]);
	dump_data(d, chart);
	for (uint32_t i = 0; i < chart->reference_count; i++)
		dump_reference(d, &chart->references[i]);
	d->depth--;
}

static void dump_figure(struct dump *d, size_t index, const struct doc_figure *f)
{
	dump_line(d, "");
	buf_printf(d->out, "#%u", (unsigned)index);
	dump_text(d, "text", f->text);
	if (f->value == UINT32_MAX)
		buf_puts(d->out, " literal");
	else
		buf_printf(d->out, " value %u", (unsigned)f->value);
	dump_number(d, "exhibit", f->exhibit);
	dump_text(d, "slot", f->slot);
	dump_end(d);
}

static void dump_value(struct dump *d, size_t index, const struct doc_value *v)
{
	dump_line(d, "");
	buf_printf(d->out, "value %u", (unsigned)index);
	dump_decimal(d, "=", v->number);
	dump_text(d, "measure", v->of->measure);
	dump_text(d, "metric", v->of->metric);
	dump_text(d, "item", v->item);
	dump_text(d, "unit", v->of->unit);
	dump_text(d, "period", v->of->period);
	dump_text(d, "side", v->of->side);
	dump_text(d, "scenario", v->of->scenario);
	dump_text(d, "operation", v->of->operation);
	for (uint32_t i = 0; i < v->operand_count; i++)
		buf_printf(d->out, "%s%u", i == 0 ? " of " : ", ", (unsigned)v->operands[i]);
	dump_text(d, "source", v->of->source);
	dump_text(d, "title", v->of->source_title);
	dump_text(d, "date", v->of->source_date);
	dump_text(d, "sample", v->of->sample);
	dump_pos(d, v->pos);
	dump_end(d);
}

void dump_values(struct dump *d)
{
	dump_line(d, "figures");
	dump_end(d);
	d->depth++;
	for (size_t i = 0; i < d->doc->figures.count; i++)
		dump_figure(d, i, &d->doc->figures.at[i]);
	d->depth--;
	dump_line(d, "values");
	dump_end(d);
	d->depth++;
	for (size_t i = 0; i < d->doc->values.count; i++)
		dump_value(d, i, &d->doc->values.at[i]);
	d->depth--;
}
