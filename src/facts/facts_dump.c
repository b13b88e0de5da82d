/* facts -> text: what was read, one thing a line, for people and golden files. */
#include "facts/facts_int.h"

static void dump_source(struct buf *out, const struct facts_source *s)
{
	buf_printf(out, "source " STR_FMT " \"" STR_FMT "\" ", STR_ARG(s->id), STR_ARG(s->title));
	buf_date(out, s->date);
	if (s->sample.len)
		buf_printf(out, " sample \"" STR_FMT "\"", STR_ARG(s->sample));
	buf_putc(out, '\n');
}

static void dump_field(struct buf *out, const struct facts_field *field)
{
	buf_printf(out, " " STR_FMT "=", STR_ARG(field->def->id));
	switch (field->def->type) {
	case FIELD_NUMBER:
	case FIELD_MONEY: buf_decimal(out, field->number); break;
	case FIELD_FIGURE: buf_decimal(out, field->value->number); break;
	case FIELD_DATE: buf_date(out, field->date); break;
	case FIELD_PERIOD: buf_period(out, field->period); break;
	case FIELD_SIDE: buf_put(out, field->side ? field->side->id : STR("joint")); break;
	case FIELD_TEXT: buf_json(out, field->text); break;
	default: buf_put(out, field->text); break;
	}
}

static void dump_place(struct buf *out, struct src_pos pos)
{
	if (pos.source)
		buf_puts(out, " @");
	buf_pos(out, pos);
	buf_putc(out, '\n');
}

static void dump_record(struct buf *out, const struct facts_record *r)
{
	buf_printf(out, STR_FMT " " STR_FMT, STR_ARG(r->kind->id), STR_ARG(r->id));
	if (r->label.len) {
		buf_putc(out, ' ');
		buf_json(out, r->label);
	}
	for (size_t i = 0; i < r->kind->field_count; i++)
		if (r->fields[i].present)
			dump_field(out, &r->fields[i]);
	dump_place(out, r->pos);
}

/* Where the value is of fewer than its source, or of more, its row said so. */
static void dump_source_of(struct buf *out, const struct facts *f, const struct facts_source *s)
{
	buf_printf(out, " source=" STR_FMT, STR_ARG(s->id));
	if (map_lookup(&f->sources, s->id) != s)
		buf_printf(out, " n=" STR_FMT, STR_ARG(s->sample));
}

static void dump_value(struct buf *out, const struct facts *f, const struct facts_value *v)
{
	buf_printf(out, "value " STR_FMT, STR_ARG(v->metric->id));
	if (v->item)
		buf_printf(out, " item=" STR_FMT, STR_ARG(v->item->id));
	if (v->unit.len)
		buf_printf(out, " unit=" STR_FMT, STR_ARG(v->unit));
	buf_putc(out, ' ');
	buf_period(out, v->period);
	if (v->side)
		buf_printf(out, " side=" STR_FMT, STR_ARG(v->side->id));
	buf_printf(out, " %s = ", facts_scenario_name(v->scenario));
	buf_decimal(out, v->number);
	if (v->currency.len)
		buf_printf(out, " " STR_FMT, STR_ARG(v->currency));
	if (v->operand_count)
		buf_printf(out, " of %u rows", v->operand_count);
	if (v->source)
		dump_source_of(out, f, v->source);
	dump_place(out, v->pos);
}

static void dump_head(const struct facts *f, struct buf *out)
{
	buf_puts(out, "facts ");
	buf_json(out, f->company);
	buf_printf(out, " unit=" STR_FMT " period=", STR_ARG(f->unit));
	buf_period(out, f->period);
	buf_puts(out, " as-of=");
	buf_date(out, f->as_of);
	buf_printf(out, " currency=" STR_FMT " lang=" STR_FMT " layout=" STR_FMT "\n",
		STR_ARG(f->currency), STR_ARG(f->lang), STR_ARG(f->layout));
}

static void dump_calendar(struct buf *out, const struct calendar *c)
{
	static const char *const patterns[] = { "months", "4-4-5", "4-5-4", "5-4-4" };
	if (c->pattern == CALENDAR_MONTHS && c->start_month == 1)
		return;
	buf_printf(out, "calendar start=%d pattern=%s named-for=%s", c->start_month, patterns[c->pattern], c->named_for_start ? "start" : "end");
	if (c->pattern != CALENDAR_MONTHS)
		buf_printf(out, " weekday=%d on=%s", c->weekday, c->nearest ? "nearest" : "last");
	buf_putc(out, '\n');
}

static void dump_rate(struct buf *out, const struct facts_rate *rate)
{
	buf_printf(out, "rate " STR_FMT " ", STR_ARG(rate->value.note));
	buf_period(out, rate->value.period);
	buf_puts(out, " = ");
	buf_decimal(out, rate->value.number);
	if (rate->value.source)
		buf_printf(out, " source=" STR_FMT, STR_ARG(rate->value.source->id));
	dump_place(out, rate->value.pos);
}

static void dump_unit(struct buf *out, const struct facts_unit *unit)
{
	static const char *const kinds[] = { "rename", "merge", "split" };
	const struct facts_unit_change *change = unit->opening;
	if (!change)
		return;
	buf_printf(out, "unit " STR_FMT " by %s on ", STR_ARG(unit->id), kinds[change->kind]);
	buf_date(out, change->date);
	for (uint8_t i = 0; i < change->from_count; i++)
		buf_printf(out, "%s" STR_FMT, i ? " " : " from ", STR_ARG(change->from[i]->id));
	dump_place(out, change->pos);
}

void facts_dump(const struct facts *f, struct buf *out)
{
	dump_head(f, out);
	dump_calendar(out, &f->calendar);
	for (size_t i = 0; i < f->units.count; i++)
		dump_unit(out, f->units.entries[i].value);
	for (size_t i = 0; i < f->rates.count; i++)
		dump_rate(out, f->rates.entries[i].value);
	for (size_t i = 0; i < f->side_count; i++)
		buf_printf(out, "side " STR_FMT "\n", STR_ARG(f->sides[i].id));
	for (size_t i = 0; i < f->sources.count; i++)
		dump_source(out, f->sources.entries[i].value);
	for (size_t i = 0; i < f->records.count; i++) {
		const struct facts_records *all = f->records.entries[i].value;
		for (size_t k = 0; k < all->list.count; k++)
			dump_record(out, all->list.at[k]);
	}
	for (size_t i = 0; i < f->cells.count; i++)
		dump_value(out, f, f->cells.at[i]);
}
