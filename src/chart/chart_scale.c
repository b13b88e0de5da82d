/* chart: values to positions. All charts of a scale group get their lengths here, so that the same
 * measure has the same scale. */
#include "chart/chart_int.h"

static struct decimal least(struct decimal a, struct decimal b)
{
	return decimal_cmp(a, b) <= 0 ? a : b;
}

static struct decimal most(struct decimal a, struct decimal b)
{
	return decimal_cmp(a, b) >= 0 ? a : b;
}

void axis_include(struct axis *a, struct decimal value)
{
	a->low = least(a->low, value);
	a->high = most(a->high, value);
}

static void axis_include_data(struct axis *a, const struct doc_chart *chart)
{
	for (uint32_t i = 0; i < (uint32_t)chart->category_count * chart->series_count; i++) {
		const struct doc_datum *d = &chart->data[i];

		if (!d->present)
			continue;
		axis_include(a, d->value);
		if (d->ranged) {
			axis_include(a, d->low);
			axis_include(a, d->high);
		}
	}
	for (uint32_t i = 0; i < chart->reference_count; i++)
		axis_include(a, chart->references[i].value);
}

struct axis axis_of(const struct canvas *c, uint16_t scale, mpt start, mpt length)
{
	struct axis a = { .low = decimal_int(0),
		.high = decimal_int(0),
		.tick = decimal_int(0),
		.start = start,
		.length = length };

	if (scale < c->s->doc->scales.count) {
		const struct doc_scale *given = &c->s->doc->scales.at[scale];

		axis_include(&a, given->low);
		axis_include(&a, given->high);
		a.tick = given->tick;
	}
	if (c->chart->kind != CHART_BRIDGE)
		axis_include_data(&a, c->chart);
	return a;
}

mpt axis_at(const struct axis *a, struct decimal value)
{
	struct decimal inside = least(most(value, a->low), a->high), from, span;

	/* Values that are all zero have no scale: their bars have no length. */
	if (!decimal_sub(inside, a->low, &from) || !decimal_sub(a->high, a->low, &span) ||
		decimal_sign(span) == 0)
		return a->start;
	return a->start + decimal_length(from, span, a->length);
}

mpt axis_zero(const struct axis *a)
{
	return axis_at(a, decimal_int(0));
}

/* Multiples of the tick from zero outwards in one direction, zero left out. */
static uint32_t ticks_towards(
	struct decimal end, struct decimal step, struct decimal *out, uint32_t room)
{
	struct decimal at = step;
	uint32_t count = 0;

	while (count < room && decimal_cmp(decimal_abs(at), decimal_abs(end)) <= 0) {
		out[count++] = at;
		if (!decimal_add(at, step, &at))
			break;
	}
	return count;
}

uint32_t axis_ticks(const struct axis *a, struct decimal out[AXIS_TICKS_MAX])
{
	struct decimal below[AXIS_TICKS_MAX / 2];
	uint32_t under, count = 0;

	if (decimal_sign(a->tick) <= 0)
		return 0;
	under = ticks_towards(a->low, decimal_neg(a->tick), below, AXIS_TICKS_MAX / 2);
	while (under > 0)
		out[count++] = below[--under];
	out[count++] = decimal_int(0);
	return count + ticks_towards(a->high, a->tick, out + count, AXIS_TICKS_MAX / 2 - 1);
}

/* Digits of the integer part in groups of three; four digits stay together, as in years and small
 * thousands. */
static void put_grouped(struct buf *b, struct str digits, struct str sign)
{
	for (size_t i = 0; i < digits.len; i++) {
		if (i > 0 && digits.len > 4 && (digits.len - i) % 3 == 0)
			buf_put(b, sign);
		buf_putc(b, digits.ptr[i]);
	}
}

/* Ticks are round numbers of the scale, not printed figures: the language's two signs and a true
 * minus are all they need. */
struct str axis_text(struct canvas *c, const struct axis *a, struct decimal tick)
{
	const struct doc *doc = c->s->doc;
	struct buf plain, b;
	struct str rest, whole;

	buf_init(&plain, c->s->arena, 64);
	buf_init(&b, c->s->arena, 128);
	buf_decimal(&plain, decimal_abs(decimal_round(tick, a->tick.scale)));
	if (decimal_sign(tick) < 0)
		buf_puts(&b, "\u2212");
	rest = buf_str(&plain);
	str_split(&rest, '.', &whole);
	put_grouped(&b, whole, doc->sign_group);
	if (rest.len > 0) {
		buf_put(&b, doc->sign_decimal.len > 0 ? doc->sign_decimal : STR("."));
		buf_put(&b, rest);
	}
	return buf_str(&b);
}

/* Neighbours that want to overlap move as one: position of the cluster is the mean of what its
 * members want. */
struct cluster {
	int64_t sum;    /* of wanted offsets */
	uint32_t count; /* members */
};

static int64_t cluster_mean(struct cluster k)
{
	return k.sum / (int64_t)k.count;
}

bool spread(struct arena *a, mpt *centre, const mpt *size, uint32_t count, mpt low, mpt high)
{
	struct cluster *clusters = ARENA_ARRAY(a, struct cluster, count);
	int64_t offset = 0, last = 0, first;
	uint32_t used = 0, done = 0;

	if (count == 0)
		return true;
	/* Less the room that those before it take, positions only have to be in ascending order. */
	for (uint32_t i = 0; i < count; i++) {
		offset += i > 0 ? (size[i - 1] + size[i]) / 2 : 0;
		clusters[used++] = (struct cluster){ centre[i] - offset, 1 };
		while (used > 1 &&
			cluster_mean(clusters[used - 2]) > cluster_mean(clusters[used - 1])) {
			clusters[used - 2].sum += clusters[used - 1].sum;
			clusters[used - 2].count += clusters[used - 1].count;
			used--;
		}
	}
	first = low + size[0] / 2;
	last = high - size[count - 1] / 2 - offset;
	offset = 0;
	for (uint32_t k = 0; k < used; k++) {
		int64_t at = cluster_mean(clusters[k]);

		at = at > last ? last : at;
		at = at < first ? first : at;
		for (uint32_t i = 0; i < clusters[k].count; i++, done++) {
			offset += done > 0 ? (size[done - 1] + size[done]) / 2 : 0;
			centre[done] = (mpt)(at + offset);
		}
	}
	return last >= first;
}

const struct doc_datum *chart_datum(
	const struct doc_chart *chart, uint32_t category, uint32_t series)
{
	return &chart->data[category * chart->series_count + series];
}

unsigned status_colour(uint8_t status)
{
	static const uint8_t colours[] = { DOC_COLOUR_COUNT, COLOUR_GOOD, COLOUR_WATCH,
		COLOUR_BAD };

	return colours[status];
}

/* Paper on paper would not be seen: a colour left at paper counts as not given. */
static bool given(unsigned colour)
{
	return colour != COLOUR_PAPER && colour < DOC_COLOUR_COUNT;
}

unsigned chart_colour(const struct doc_chart *chart, uint32_t category, uint32_t series)
{
	unsigned status = status_colour(chart_datum(chart, category, series)->status);

	if (status < DOC_COLOUR_COUNT)
		return status;
	if (given(chart->categories[category].colour))
		return chart->categories[category].colour;
	return series_colour(chart, series);
}

unsigned series_colour(const struct doc_chart *chart, uint32_t series)
{
	return series < chart->series_count && given(chart->series[series].colour)
		? chart->series[series].colour
		: COLOUR_INK;
}

unsigned category_colour(const struct doc_chart *chart, uint32_t category)
{
	return given(chart->categories[category].colour) ? chart->categories[category].colour
							 : COLOUR_INK;
}
