/* xml -> facts: cells. A cell is metric, item, unit, period, side and scenario; it has one value.
 */
#include "facts/facts_int.h"

#include "base/limits.h"

/* ---- keys ---- */

static void put_number(struct buf *b, int n)
{
	char digits[12];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0 && at > 0);
	buf_bytes(b, digits + at, sizeof digits - at);
}

void facts_key(struct buf *b, const struct facts_cell *at)
{
	buf_put(b, at->metric->id);
	buf_putc(b, '|');
	if (at->item) {
		buf_put(b, at->item->kind->id);
		buf_putc(b, ':');
		buf_put(b, at->item->id);
	}
	buf_putc(b, '|');
	buf_put(b, at->unit);
	buf_putc(b, '|');
	put_number(b, at->period.kind);
	buf_putc(b, '-');
	put_number(b, at->period.year);
	buf_putc(b, '-');
	put_number(b, at->period.number);
	if (at->period_count > 1) {
		buf_putc(b, '*');
		put_number(b, at->period_count);
	}
	buf_putc(b, '|');
	if (at->side)
		buf_put(b, at->side->id);
	buf_putc(b, '|');
	put_number(b, at->scenario);
}

struct facts_cell facts_cell_of(const struct facts_value *v)
{
	return (struct facts_cell){ v->metric, v->item, v->unit, v->period,
		v->period_count ? v->period_count : 1, v->side, v->scenario };
}

struct str facts_value_key(struct arena *a, const struct facts_value *v)
{
	struct facts_cell at = facts_cell_of(v);
	struct buf b;
	buf_init(&b, a, KEY_MOST);
	facts_key(&b, &at);
	return buf_str(&b);
}

struct str facts_cell_text(struct arena *a, const struct facts_cell *at)
{
	struct buf b;
	buf_init(&b, a, 1024);
	buf_printf(&b, "'" STR_FMT "'", STR_ARG(at->metric->id));
	if (at->item)
		buf_printf(&b, " of '" STR_FMT "'", STR_ARG(at->item->id));
	if (at->unit.len)
		buf_printf(&b, " in unit '" STR_FMT "'", STR_ARG(at->unit));
	buf_puts(&b, ", ");
	if (at->period_count > 1)
		buf_printf(&b, "%d periods to ", at->period_count);
	buf_period(&b, at->period);
	if (at->side)
		buf_printf(&b, ", side '" STR_FMT "'", STR_ARG(at->side->id));
	buf_printf(&b, ", %s", facts_scenario_name(at->scenario));
	return buf_str(&b);
}

/* ---- the range of a measure ---- */

struct range {
	bool least, most;     /* whether there is such a bound */
	struct decimal low, high;
};

static struct range range_of(const struct facts_metric *m)
{
	struct range range = { .high = decimal_int(100) };
	range.least = m->measure != MEASURE_MONEY && m->measure != MEASURE_POINTS &&
		m->measure != MEASURE_INDEX;
	range.most = m->measure == MEASURE_PERCENT;
	if (m->has_least) {
		range.least = true;
		range.low = m->least;
	}
	if (m->has_most) {
		range.most = true;
		range.high = m->most;
	}
	return range;
}

/* Half a person is counted only where the metric prints decimals. */
static bool is_part_of_one(const struct facts_value *v)
{
	const struct facts_metric *m = v->metric;
	return m->measure == MEASURE_COUNT && m->decimals == 0 &&
		decimal_cmp(decimal_round(v->number, 0), v->number) != 0;
}

bool facts_range_check(struct facts_reader *r, const struct facts_value *v)
{
	struct range range = range_of(v->metric);
	const char *how = NULL;
	struct decimal bound = { 0 };
	if (range.least && decimal_cmp(v->number, range.low) < 0) {
		how = "below";
		bound = range.low;
	} else if (range.most && decimal_cmp(v->number, range.high) > 0) {
		how = "above";
		bound = range.high;
	}
	bool part = !how && is_part_of_one(v);
	if (part) {
		diag_add(r->d, DIAG_VALUE_RANGE, v->pos, "%s is no count, which '" STR_FMT "' is", decimal_text(r->a, v->number).ptr,
			STR_ARG(v->metric->id));
		diag_note(r->d, v->metric->pos, "the metric is declared here; decimals= allows parts of one");
	}
	if (!how)
		return !part;
	diag_add(r->d, DIAG_VALUE_RANGE, v->pos, "%s is %s %s, which '" STR_FMT "' (%s) cannot be",
		decimal_text(r->a, v->number).ptr, how, decimal_text(r->a, bound).ptr,
		STR_ARG(v->metric->id), facts_measure_name((enum facts_measure)v->metric->measure));
	diag_note(r->d, v->metric->pos,
		"the metric is declared here; least= and most= set other bounds");
	return false;
}

/* ---- values into cells ---- */

/* Rows of one table that share a cell are added up; each stays an operand of the sum. */
static void add_up(struct facts_reader *r, struct facts_value *sum, const struct facts_value *v)
{
	struct facts_value *row = ARENA_NEW(r->a, struct facts_value);
	if (sum->operation == OP_READ) {
		*row = *sum;
		const struct facts_value **operands =
			ARENA_ARRAY(r->a, const struct facts_value *, 2);
		operands[0] = row;
		sum->operands = operands;
		sum->operand_count = 1;
		sum->operation = OP_SUM;
		row = ARENA_NEW(r->a, struct facts_value);
	}
	*row = *v;
	uint32_t count = sum->operand_count;
	const struct facts_value **operands = (const struct facts_value **)(uintptr_t)sum->operands;
	if (count >= 2 && (count & (count - 1)) == 0) /* room is the next power of two */
		operands = arena_grow(
			r->a, operands, count * sizeof *operands, count * 2 * sizeof *operands);
	operands[count] = row;
	sum->operands = operands;
	sum->operand_count = count + 1;
	if (!decimal_add(sum->number, v->number, &sum->number))
		diag_add(r->d, DIAG_OVERFLOW, v->pos,
			"the sum of the rows for this cell is too large");
}

enum facts_put facts_value_put(struct facts_reader *r, const struct facts_value *v, bool add)
{
	struct facts_cell at = facts_cell_of(v);
	if (facts_withhold(r, v))
		return FACTS_PUT_WITHHELD;
	struct facts_value *known = facts_cells_find(&r->f->cells, &at);
	if (known && add && known->pos.source == v->pos.source &&
		str_equal(known->currency, v->currency)) {
		add_up(r, known, v);
		return FACTS_PUT_KEPT;
	}
	if (known) {
		diag_add(r->d, DIAG_VALUE_TWICE, v->pos, "a second value for " STR_FMT,
			STR_ARG(facts_cell_text(r->a, &at)));
		diag_note(r->d, known->pos, "the first one is here");
		return FACTS_PUT_REFUSED;
	}
	struct facts_value *cell = ARENA_NEW(r->a, struct facts_value);
	*cell = *v;
	facts_cells_add(r->a, &r->f->cells, cell);
	return FACTS_PUT_KEPT;
}

/* ---- names of a value ---- */

static bool name_metric(
	struct facts_reader *r, const struct value_names *names, struct facts_value *v)
{
	v->metric = facts_metric_lookup(r->f, names->metric);
	if (!v->metric)
		facts_unknown_metric(r->f, names->metric, names->at[NAME_METRIC], r->d);
	return v->metric != NULL;
}

/* Tables of other people bear their names for things: a label will do where it is one. */
static const struct facts_record *item_labelled(
	const struct facts *f, const struct facts_metric *m, struct str label)
{
	const struct facts_records *all = facts_records(f, facts_items(m));
	for (size_t i = 0; all && i < all->list.count; i++)
		if (str_equal(all->list.at[i]->label, label))
			return all->list.at[i];
	return NULL;
}

static void report_item(
	struct facts_reader *r, const struct value_names *names, const struct facts_metric *m)
{
	struct str kind = facts_items(m);
	const struct facts_records *all = facts_records(r->f, kind);
	/* thousands of wrong names against thousands of items would take minutes, and nobody reads so many */
	struct str near = all && r->d->errors < LIMIT_DIAGS_SHOWN ? map_nearest(&all->by_id, names->item) : STR("");
	if (!all)
		diag_add(r->d, DIAG_ITEM_UNKNOWN, names->at[NAME_ITEM],
			"metric '" STR_FMT "' has no items, so none is '" STR_FMT "'",
			STR_ARG(m->id), STR_ARG(names->item));
	else
		diag_add(r->d, DIAG_ITEM_UNKNOWN, names->at[NAME_ITEM],
			"no " STR_FMT " '" STR_FMT "' for metric '" STR_FMT "'%s", STR_ARG(kind),
			STR_ARG(names->item), STR_ARG(m->id),
			diag_nearest(r->d, near));
}

static bool name_item(
	struct facts_reader *r, const struct value_names *names, struct facts_value *v)
{
	if (names->item.len == 0)
		return true;
	v->item = facts_item(r->f, v->metric, names->item);
	if (!v->item)
		v->item = item_labelled(r->f, v->metric, names->item);
	if (!v->item)
		report_item(r, names, v->metric);
	return v->item != NULL;
}

static bool name_unit(
	struct facts_reader *r, const struct value_names *names, struct facts_value *v)
{
	v->unit = names->unit;
	return names->unit.len == 0 || str_equal(names->unit, r->f->unit) ||
		facts_unit_known(r, names->unit, names->at[NAME_UNIT]);
}

static bool name_side(
	struct facts_reader *r, const struct value_names *names, struct facts_value *v)
{
	return names->side.len == 0 ||
		facts_side_named(r, names->side, names->at[NAME_SIDE], &v->side);
}

static bool name_source(
	struct facts_reader *r, const struct value_names *names, struct facts_value *v)
{
	v->source = facts_source_named(r, names->source, names->at[NAME_SOURCE]);
	return v->source || names->source.len == 0;
}

bool facts_value_named(struct facts_reader *r, const struct value_names *names, struct src_pos pos,
	struct facts_value *v)
{
	*v = (struct facts_value){ .period = names->period,
		.scenario = names->scenario,
		.note = names->note,
		.pos = pos };
	if (!name_metric(r, names, v)) { /* what an item and a currency mean is the metric's to say */
		name_unit(r, names, v);
		name_side(r, names, v);
		name_source(r, names, v);
		return false;
	}
	v->measure = v->metric->measure;
	v->decimals = v->metric->decimals;
	v->exponent = v->metric->exponent;
	if (v->measure == MEASURE_MONEY)
		v->currency = names->currency.len ? names->currency : facts_currency_of(r, names->unit);
	bool good = name_item(r, names, v);
	good &= name_unit(r, names, v);
	good &= name_side(r, names, v);
	good &= name_source(r, names, v);
	if (names->currency.len)
		good &= facts_currency_ok(r, names->currency, pos);
	if (v->period.kind == PERIOD_NONE) {
		diag_add(r->d, DIAG_ATTRIBUTE_MISSING, names->at[NAME_PERIOD],
			"a value of '" STR_FMT "' has no period", STR_ARG(v->metric->id));
		good = false;
	}
	return good;
}

/* ---- <values> ---- */

struct values_reading {
	struct facts_reader *r;
	struct value_names names;
	const struct xml_node *node;      /* <values> */
};

#define NAME(name, type, member, choices) \
	{ name, type, XML_OPTIONAL, offsetof(struct value_names, member), choices }
#define NAMES                                                                                \
	NAME("item", XML_STR, item, NULL), NAME("unit", XML_ID, unit, NULL),                 \
		NAME("side", XML_ID, side, NULL), NAME("source", XML_ID, source, NULL),      \
		NAME("currency", XML_ID, currency, NULL), NAME("note", XML_STR, note, NULL), \
		NAME("period", XML_PERIOD, period, NULL),                                    \
		NAME("scenario", XML_CHOICE, scenario, facts_scenarios),                     \
		NAME("awaited", XML_BOOL, awaited, NULL),                                    \
	{                                                                                    \
		NULL, 0, 0, 0, NULL                                                          \
	}

static void places(struct value_names *names, const struct xml_node *n)
{
	static const char *const attrs[] = { "metric", "item", "unit", "side", "source", "period" };
	for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
		if (xml_attr(n, attrs[i]) || names->at[i].source == NULL || i == NAME_PERIOD)
			names->at[i] = facts_attr_pos(n, attrs[i]);
}

/* More digits than are kept, and nothing but digits and signs that group them. */
static bool has_many_digits(struct str text)
{
	size_t digits = 0, signs = 0;
	for (size_t i = 0; i < text.len; i++) {
		digits += text.ptr[i] >= '0' && text.ptr[i] <= '9';
		signs += strchr(".,-' ", text.ptr[i]) != NULL;
	}
	return digits > DECIMAL_SCALE_MAX && digits + signs == text.len;
}

void facts_number_refused(struct facts_reader *r, struct str text, char decimal, struct src_pos pos)
{
	if (has_many_digits(text))
		diag_add(r->d, DIAG_OVERFLOW, pos, "'" STR_FMT "' has too many digits; at most %d, and %d behind the point",
			STR_ARG(text), FACTS_DIGITS, DECIMAL_SCALE_MAX);
	else if (decimal)
		diag_add(r->d, DIAG_CSV_NUMBER, pos, "'" STR_FMT "' is not a number with the decimal sign '%c'", STR_ARG(text),
			decimal);
	else
		diag_add(r->d, DIAG_VALUE_NUMBER, pos,
			"'" STR_FMT "' is not a number; write digits, with a point before decimals",
			STR_ARG(text));
}

struct str facts_awaited_key(
	struct facts_reader *r, const struct facts_metric *m, const struct facts_side *side, struct period p)
{
	struct buf b;
	buf_init(&b, r->a, 1024);
	buf_printf(&b, STR_FMT "|" STR_FMT "|", STR_ARG(m->id), STR_ARG(side ? side->id : STR("")));
	buf_period(&b, p);
	return buf_str(&b);
}

static void add_awaited(struct values_reading *in, const struct xml_node *n, const struct facts_value *v)
{
	struct facts_reader *r = in->r;
	map_put(r->a, &r->awaited, facts_awaited_key(r, v->metric, v->side, v->period), (void *)(uintptr_t)n);
	struct facts_value *kept = ARENA_NEW(r->a, struct facts_value);
	*kept = *v;
	vec_push(r->a, &r->f->awaiting, kept);
	vec_push(r->a, &r->awaited_in, in->node);
}

static void say_awaited(struct facts_reader *r, const struct facts_value *first, size_t count)
{
	diag_add(r->d, DIAG_VALUE_AWAITED, first->pos, "%zu value%s of '" STR_FMT "' %s awaited; showing none", count, count == 1 ? "" : "s",
		STR_ARG(first->metric->id), count == 1 ? "is" : "are");
}

static bool is_read(struct facts_reader *r, const struct facts_value *v)
{
	struct facts_cell at = facts_cell_of(v);
	return facts_cells_find(&r->f->cells, &at) != NULL;
}

/* What an office filled in elsewhere is awaited no longer. */
void facts_awaited_settle(struct facts_reader *r)
{
	struct facts *f = r->f;
	size_t kept = 0, first = 0;
	for (size_t i = 0; i < f->awaiting.count; i++) {
		if (is_read(r, f->awaiting.at[i]))
			continue;
		f->awaiting.at[kept] = f->awaiting.at[i];
		r->awaited_in.at[kept++] = r->awaited_in.at[i];
	}
	f->awaiting.count = f->awaited = kept;
	for (size_t i = 1; i <= kept; i++) {
		if (i < kept && r->awaited_in.at[i] == r->awaited_in.at[first])
			continue;
		say_awaited(r, f->awaiting.at[first], i - first);
		first = i;
	}
}

static void read_value(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = { NAMES };
	struct values_reading *in = ctx;
	struct value_names names = in->names;
	bool good = xml_read_attrs(in->r->a, n, fields, &names, in->r->d);
	places(&names, n);
	struct facts_value v;
	if (!good || !facts_value_named(in->r, &names, n->pos, &v))
		return;
	struct str text = xml_text(in->r->a, n);
	if (names.awaited && text.len == 0)
		add_awaited(in, n, &v);
	else if (names.awaited)
		diag_add(in->r->d, DIAG_VALUE_NUMBER, facts_attr_pos(n, "awaited"),
			"this value has a number and is no longer awaited; take awaited=\"yes\" away");
	else if (facts_number_plain(text, &v.number))
		facts_value_put(in->r, &v, false);
	else
		facts_number_refused(in->r, text, '\0', n->first ? xml_text_pos(n->first) : n->pos);
}

static void read_values(struct facts_reader *r, const struct xml_node *n, struct str unit)
{
	static const struct xml_field fields[] = {
		{ "metric", XML_ID, XML_REQUIRED, offsetof(struct value_names, metric), NULL },
		NAMES,
	};
	static const struct xml_child children[] = { { "v", read_value }, { NULL, NULL } };
	struct values_reading in = { .r = r, .names.unit = unit, .node = n };
	xml_read_attrs(r->a, n, fields, &in.names, r->d);
	places(&in.names, n);
	if (in.names.metric.len == 0)
		return;
	if (!facts_metric_lookup(r->f, in.names.metric)) {
		struct facts_value v;
		facts_value_named(r, &in.names, n->pos,
			&v); /* says so once, and not for each of its values */
		return;
	}
	xml_read_children(n, children, &in, r->d);
}

void facts_values_read(struct facts_reader *r, const struct xml_node *facts)
{
	struct str unit = facts_element_unit(r, facts);
	for (const struct xml_node *n = facts->first; n; n = n->next) {
		if (xml_is(n, "values"))
			read_values(r, n, unit);
		else if (xml_is(n, "table"))
			facts_table_values(r, n, unit);
		else if (xml_is(n, "survey"))
			facts_survey_read(r, n, unit);
	}
}

const struct facts_source *facts_source_of(const struct facts_value *v)
{
	return v->source ? v->source : v->inherited;
}
