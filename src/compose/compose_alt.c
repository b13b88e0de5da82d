/* compose: alternative text of charts, made from the data they show: the message, then every
 * value. */
#include "compose/compose_int.h"

enum { ALT_MOST = 8000 }; /* bytes: well under the 16,000 units a reader must take */

static void put_label(struct buf *out, struct str label)
{
	if (label.len == 0)
		return;
	if (out->len)
		buf_puts(out, " ");
	buf_put(out, label);
}

static void put_datum(
	struct composer *c, const struct doc_datum *d, struct str name, struct buf *out)
{
	struct str args[2] = { name, d->label };

	if (d->label.len == 0)
		return;
	buf_puts(out, out->len ? " " : "");
	buf_put(out, words_of(c, name.len ? "alt-value" : "alt-number", args, 2));
}

static void put_category(struct composer *c, const struct doc_chart *chart, uint16_t i,
	struct str marked, struct buf *out)
{
	const struct doc_category *k = &chart->categories[i];

	put_label(out, k->label);
	put_label(out, marked);
	put_label(out, k->flag);
	for (uint16_t s = 0; s < chart->series_count; s++)
		put_datum(c, &chart->data[(size_t)i * chart->series_count + s],
			chart->series[s].label, out);
	if (chart->totals)
		put_datum(c, &chart->totals[i],
			chart->kind == CHART_STACKED ? word(c, "total") : k->group, out);
	if (chart->changes)
		put_datum(c, &chart->changes[i], (struct str){ 0 }, out);
	if (k->date.year)
		put_label(out, locale_date(c->arena, c->in->locale, k->date, DATE_LONG));
	for (uint16_t r = 0; i + 1 == chart->category_count && r < chart->reference_count; r++)
		put_label(out, chart->references[r].label);
	buf_puts(out, ";");
}

struct str chart_alt(struct composer *c, const struct doc_chart *chart, const struct str *marked,
	size_t marked_count, struct str title)
{
	struct buf out;
	struct str args[2];

	buf_init(&out, c->arena, ALT_MOST);
	for (uint16_t i = 0; i < chart->category_count; i++)
		put_category(c, chart, i, i < marked_count ? marked[i] : (struct str){ 0 }, &out);
	args[0] = title;
	args[1] = buf_str(&out);
	if (args[1].len)
		args[1].len--; /* the last semicolon */
	return words_of(c, "alt-chart", args, 2);
}
