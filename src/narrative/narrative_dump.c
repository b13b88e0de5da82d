/* Narrative: topics as text for a person. */
#include "narrative/prose.h"

static const char *const kind_names[] = {
	[SAY_TEXT] = "text", [SAY_FIGURE] = "figure", [SAY_REFERENCE] = "reference",
	[SAY_STRONG] = "strong", [SAY_EMPHASIS] = "emphasis", [SAY_MARK] = "mark",
	[SAY_NOTE] = "note", [SAY_EXHIBIT] = "exhibit", [SAY_PAGE] = "page", [SAY_NUMBER] = "number",
	[SAY_LIST] = "list", [SAY_BREAK] = "break", [SAY_UNIT] = "unit",
	[SAY_DRIVERS] = "drivers", [SAY_BY] = "by", [SAY_EXPLAINED] = "explained", [SAY_RANGE] = "range",
	[SAY_CODE] = "code", [SAY_SUPER] = "superscript", [SAY_SUB] = "subscript",
	[SAY_SMALL_CAPS] = "small-caps", [SAY_NO_BREAK] = "no-break", [SAY_LANGUAGE] = "in",
	[SAY_LINK] = "link", [SAY_LINK_TO] = "link-to", [SAY_PLACE] = "place",
	[SAY_FOOTNOTE] = "footnote", [SAY_FOOTNOTE_AGAIN] = "footnote-again",
};

static void put_name(struct buf *out, const char *name, struct str value)
{
	if (value.len)
		buf_printf(out, " %s=" STR_FMT, name, STR_ARG(value));
}

static void put_choice(
	struct buf *out, const char *name, const struct xml_choice *choices, uint8_t value)
{
	for (const struct xml_choice *c = choices; c->name && value; c++)
		if (c->value == value) {
			put_name(out, name, str_from(c->name));
			return;
		}
}

static void put_query(struct buf *out, const struct query *q)
{
	const struct {
		const char *name;
		struct str value;
	} names[] = {
		{ "metric", q->metric }, { "item", q->item }, { "unit", q->unit }, { "side", q->side },
		{ "period", q->period }, { "scenario", q->scenario }, { "kind", q->kind },
		{ "field", q->field }, { "where", q->where }, { "of", q->of }, { "ref", q->ref },
		{ "versus-metric", q->versus_metric }, { "versus-item", q->versus_item },
		{ "versus-unit", q->versus_unit }, { "versus-side", q->versus_side }, { "versus-period", q->versus_period },
		{ "versus-scenario", q->versus_scenario },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		put_name(out, names[i].name, names[i].value);
	put_choice(out, "show", query_shows, q->show);
	put_choice(out, "form", query_forms, q->form);
}

static void put_parts(struct buf *out, const struct say_part *const *parts, size_t count);

static void put_drivers(struct buf *out, const struct say_drivers *d)
{
	static const char *const offsets[] = { "", "yes", "only" };
	buf_puts(out, " cover=");
	buf_decimal(out, d->wanted.cover);
	buf_printf(out, "%% most=%d", d->wanted.most);
	put_name(out, "offsets", str_from(offsets[d->offsets]));
}

static void put_part(struct buf *out, const struct say_part *part)
{
	if (part->kind == SAY_TEXT) {
		buf_put(out, part->text);
		return;
	}
	buf_printf(out, "{%s", kind_names[part->kind]);
	if (part->query)
		put_query(out, part->query);
	put_name(out, "to", part->ref);
	if (part->records)
		put_name(out, "join", part->records->join);
	if (part->drivers)
		put_drivers(out, part->drivers);
	if (part->part_count) {
		buf_puts(out, ": ");
		put_parts(out, part->parts, part->part_count);
	}
	buf_putc(out, '}');
}

static void put_parts(struct buf *out, const struct say_part *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_part(out, parts[i]);
}

static void put_expr(struct buf *out, const char *name, const struct expr *e)
{
	if (e)
		buf_printf(out, " %s \"" STR_FMT "\"", name, STR_ARG(expr_text(e)));
}

static const char *const lengths[] = { "", "title", "sentence", "paragraph" };

static void put_plural(struct buf *out, const struct say *say)
{
	for (int i = 0; say->plural && i < LOCALE_PLURALS; i++)
		if (say->plural & UINT32_C(1) << i)
			buf_printf(out, " %s", locale_plural_name((enum locale_plural)i));
	put_expr(out, "count", say->count);
}

static void put_snippet(struct buf *out, const struct snippet *s)
{
	buf_printf(out, "  snippet " STR_FMT, STR_ARG(s->id));
	put_name(out, "each", s->each);
	put_name(out, "where", s->where);
	put_name(out, "group", s->group);
	put_expr(out, "when", s->when);
	put_expr(out, "rank", s->rank);
	put_expr(out, "material", s->material);
	if (s->has_material) {
		buf_puts(out, " threshold ");
		buf_decimal(out, s->threshold);
	}
	buf_puts(out, s->otherwise ? " otherwise\n" : "\n");
	for (size_t i = 0; i < s->say_count; i++) {
		buf_puts(out, "    say");
		put_name(out, "side", s->says[i].side);
		put_name(out, "lang", s->says[i].lang);
		put_name(out, "length", str_from(lengths[s->says[i].length]));
		put_expr(out, "when", s->says[i].when);
		put_plural(out, &s->says[i]);
		buf_puts(out, ": ");
		put_parts(out, s->says[i].parts, s->says[i].part_count);
		buf_putc(out, '\n');
	}
}

static void put_prose(struct buf *out, const struct prose *b, int depth)
{
	buf_printf(out, "%*s%s", 2 * depth, "", prose_kind_name((enum prose_kind)b->kind));
	put_name(out, "id", b->id);
	put_name(out, "lang", b->lang);
	put_name(out, "name", b->name);
	put_name(out, "stands", b->stands);
	put_name(out, "file", b->file);
	if (b->part_count) {
		buf_puts(out, ": ");
		put_parts(out, b->parts, b->part_count);
	}
	buf_putc(out, '\n');
	for (size_t i = 0; i < b->block_count; i++)
		put_prose(out, b->blocks[i], depth + 1);
}

void narrative_dump(const struct narrative *n, struct buf *out)
{
	for (size_t i = 0; i < n->topics.count; i++) {
		const struct topic *t = n->topics.entries[i].value;
		buf_printf(out, "topic " STR_FMT, STR_ARG(t->id));
		buf_printf(out, t->take ? " take %d\n" : "\n", t->take);
		for (size_t s = 0; s < t->snippets.count; s++)
			put_snippet(out, t->snippets.at[s]);
	}
	for (size_t i = 0; i < n->texts.count; i++)
		put_prose(out, n->texts.entries[i].value, 0);
}
