/* facts -> what leaves first when the total falls by a stated percentage. From marks on the lines: protected ones stay whole, the others give in the
 * order of cut-order, each at most cut-most (its whole value where it says none), until the cut is reached. What somebody stated instead is held
 * against the total. The catalogue says which kinds these are (cuts=, items=) and of which metric, period and scenario the total is; C knows the
 * fields by name: percent amount left includes of a cut; cut line amount of an item; protected cut-order cut-most cut-what of a line. */
#include "facts/calc_int.h"

struct offer {
	const struct facts_record *line;
	const struct facts_value *most;   /* what it may give in all */
	struct decimal order;             /* first to go: lowest */
	struct decimal left;              /* that it can still give */
};
struct cutting {
	struct facts_reader *r;
	struct calc *c;
	const struct facts_kind *cuts, *items, *lines;
	const struct facts_value *total;
	VEC(struct offer) offers;         /* in the order in which they go */
};

static const struct facts_field *field_of(const struct facts_record *record, const char *id)
{
	const struct facts_field *field = facts_field(record, str_from(id));
	return field && field->present ? field : NULL;
}

static bool says_yes(const struct facts_record *record, const char *id)
{
	const struct facts_field *field = field_of(record, id);
	return field && decimal_sign(field->number) > 0;
}

/* A number of a record, with what it is made of: an amount that is worked out is traced to the numbers it follows from. */
static struct facts_value *made_of(struct cutting *in, const struct facts_record *record, enum facts_operation op,
	const struct facts_value *const *operands, size_t count, struct decimal n)
{
	const struct facts_field_def *def = map_lookup(&record->kind->by_field, STR("amount"));
	struct facts_cell at = { .item = record, .unit = in->r->f->unit, .period_count = 1 };
	struct facts_value *v = calc_made(in->c, &at, op, operands, count);
	v->measure = MEASURE_MONEY;
	v->decimals = def ? def->decimals : 0;
	v->exponent = def ? def->exponent : 0;
	v->currency = record->currency;
	v->number = n;
	v->source = record->source;
	v->note = STR("amount");
	v->pos = record->pos;
	return v;
}

/* A number as it stands in a field. */
static const struct facts_value *stated(struct cutting *in, const struct facts_record *record, const struct facts_field *field)
{
	struct facts_value *v = made_of(in, record, OP_FIELD, NULL, 0, field->number);
	if (field->def->type != FIELD_MONEY) {
		v->measure = MEASURE_COUNT;
		v->decimals = v->exponent = 0;
		v->currency = (struct str){ 0 };
	}
	v->note = field->def->id;
	v->pos = field->pos;
	return v;
}

static void set_amount(struct facts_reader *r, struct facts_record *record, const char *id, const struct facts_value *value)
{
	struct facts_field *field = facts_derived_field(record, id, FIELD_MONEY);
	if (!field)
		return;
	field->value = value;
	field->number = decimal_trimmed(value->number);
	field->text = decimal_text(r->a, field->number);
}

static void set_ref(struct facts_record *record, const char *id, const struct facts_record *to)
{
	struct facts_field *field = facts_derived_field(record, id, FIELD_REF);
	if (!field)
		return;
	field->ref = to;
	field->text = to->id;
}

/* ---- the marks ---- */

static const struct facts_value *value_of(struct cutting *in, const struct facts_record *line)
{
	struct facts_cell at = facts_cell_of(in->total);
	at.item = line;
	return calc_value(in->c, &at);
}

static void refuse_protected(struct cutting *in, const struct facts_record *line)
{
	diag_add(in->r->d, DIAG_CUT, field_of(line, "cut-order")->pos, STR_FMT " '" STR_FMT "' is protected and has its turn in the cuts",
		STR_ARG(line->kind->id), STR_ARG(line->id));
	diag_note(in->r->d, field_of(line, "protected")->pos, "it is protected here");
}

static void add_offer(struct cutting *in, const struct facts_record *line)
{
	const struct facts_field *order = field_of(line, "cut-order"), *most = field_of(line, "cut-most");
	const struct facts_value *value = order ? value_of(in, line) : NULL;
	if (order && says_yes(line, "protected")) {
		refuse_protected(in, line);
		return;
	}
	if (!order || !value)
		return;
	bool less = most && decimal_cmp(most->number, value->number) < 0;
	struct offer new = { line, less ? stated(in, line, most) : value, order->number, less ? most->number : value->number };
	if (most && decimal_cmp(most->number, value->number) > 0) {
		diag_add(in->r->d, DIAG_CUT, most->pos, STR_FMT " '" STR_FMT "' cannot give more than it has", STR_ARG(line->kind->id),
			STR_ARG(line->id));
		diag_note(in->r->d, value->pos, "its value is here");
	}
	vec_push(in->r->a, &in->offers, new);
	for (size_t i = in->offers.count - 1; i > 0 && decimal_cmp(in->offers.at[i - 1].order, new.order) > 0; i--) {
		in->offers.at[i] = in->offers.at[i - 1];
		in->offers.at[i - 1] = new;
	}
}

static void collect_offers(struct cutting *in)
{
	const struct facts_records *all = facts_records(in->r->f, in->lines->id);
	for (size_t i = 0; i < all->list.count; i++)
		add_offer(in, all->list.at[i]);
}

/* ---- one cut ---- */

/* As the amount will be printed, so that its items add up to it. */
static struct decimal as_printed(const struct facts_kind *kind, struct decimal n)
{
	const struct facts_field_def *def = map_lookup(&kind->by_field, STR("amount"));
	struct facts_value v = { .number = n, .decimals = def ? def->decimals : 0, .exponent = def ? def->exponent : 0 };
	return calc_printed_units(&v, -1);
}

/* What is stated must be what the total gives, as printed; what is not is set. */
static void settle_amount(struct cutting *in, struct facts_record *cut, const char *id, const struct facts_value *value)
{
	struct decimal wanted = value->number;
	const struct facts_field *stated = field_of(cut, id);
	if (!stated) {
		set_amount(in->r, cut, id, value);
		return;
	}
	if (decimal_cmp(as_printed(in->cuts, stated->number), as_printed(in->cuts, wanted)) == 0)
		return;
	diag_add(in->r->d, DIAG_CUT, stated->pos, "'%s' of " STR_FMT " '" STR_FMT "' is stated as " STR_FMT ", and the total of " STR_FMT " gives "
		STR_FMT, id, STR_ARG(cut->kind->id), STR_ARG(cut->id), STR_ARG(stated->text), STR_ARG(decimal_text(in->r->a, decimal_trimmed(in->total->number))),
		STR_ARG(decimal_text(in->r->a, decimal_trimmed(wanted))));
	diag_note(in->r->d, calc_first_read(in->total)->pos, "the first part of that total is here");
}

/* Items that somebody wrote for the cut; *sum: of their amounts. */
static size_t stated_items(struct cutting *in, const struct facts_record *cut, struct decimal *sum)
{
	const struct facts_records *all = facts_records(in->r->f, in->items->id);
	size_t count = 0;
	for (size_t i = 0; i < all->list.count; i++) {
		const struct facts_field *of = field_of(all->list.at[i], "cut"), *line = field_of(all->list.at[i], "line"),
					 *amount = field_of(all->list.at[i], "amount");
		if (!of || of->ref != cut)
			continue;
		count++;
		if (amount)
			decimal_add(*sum, amount->number, sum);
		if (!line || !line->ref || !says_yes(line->ref, "protected"))
			continue;
		diag_add(in->r->d, DIAG_CUT, line->pos, "'" STR_FMT "' is protected and cannot give", STR_ARG(line->ref->id));
		diag_note(in->r->d, field_of(line->ref, "protected")->pos, "it is protected here");
	}
	return count;
}

static void add_item(struct cutting *in, const struct facts_record *cut, const struct offer *offer, struct decimal amount,
	const struct facts_value *of)
{
	const struct facts_field *what = field_of(offer->line, "cut-what");
	struct facts_record *item = facts_derived_add(
		in->r, in->items, (struct str){ 0 }, what ? what->text : offer->line->label, field_of(offer->line, "cut-order")->pos);
	if (!item)
		return;
	item->source = cut->source;
	item->currency = cut->currency;
	set_ref(item, "cut", cut);
	set_ref(item, "line", offer->line);
	/* all that the line gives, or what the cut still wants of it */
	const struct facts_value *operands[2] = { offer->most, of };
	bool all = decimal_cmp(amount, offer->most->number) == 0;
	set_amount(in->r, item, "amount", made_of(in, item, OP_LEAST, operands, all ? 1 : 2, amount));
}

/* Takes from the marked lines in their order what is still wanted. */
static void take(struct cutting *in, const struct facts_record *cut, struct decimal wanted, const struct facts_value *of)
{
	struct decimal short_by = wanted;
	for (size_t i = 0; i < in->offers.count && decimal_sign(short_by) > 0; i++) {
		struct offer *offer = &in->offers.at[i];
		struct decimal amount = decimal_cmp(offer->left, short_by) < 0 ? offer->left : short_by;
		if (decimal_sign(amount) <= 0 || !decimal_sub(short_by, amount, &short_by) || !decimal_sub(offer->left, amount, &offer->left))
			continue;
		add_item(in, cut, offer, amount, of);
	}
	if (decimal_sign(short_by) > 0)
		diag_add(in->r->d, DIAG_CUT, cut->pos, "the lines marked with cut-order give " STR_FMT " less than " STR_FMT " '" STR_FMT
			"' takes; mark more of them, or let them give more", STR_ARG(decimal_text(in->r->a, decimal_trimmed(short_by))), STR_ARG(cut->kind->id),
			STR_ARG(cut->id));
}

/* Where items are stated, they are the cut; where none are and lines are marked, the marks are. before: what the cut before took, items and all. */
static void settle_items(struct cutting *in, const struct facts_record *cut, const struct facts_value *of, struct decimal before)
{
	struct decimal sum = { 0 }, amount = of->number, wanted = amount;
	if (says_yes(cut, "includes"))
		decimal_sub(amount, before, &wanted);
	if (stated_items(in, cut, &sum) == 0) {
		if (in->offers.count)
			take(in, cut, wanted, of);
	} else if (decimal_cmp(as_printed(in->cuts, sum), as_printed(in->cuts, wanted)) != 0) {
		diag_add(in->r->d, DIAG_CUT, cut->pos, "the items of " STR_FMT " '" STR_FMT "' add up to " STR_FMT ", not to " STR_FMT,
			STR_ARG(cut->kind->id), STR_ARG(cut->id), STR_ARG(decimal_text(in->r->a, decimal_trimmed(sum))),
			STR_ARG(decimal_text(in->r->a, decimal_trimmed(wanted))));
	}
}

static void settle_cut(struct cutting *in, struct facts_record *cut, const struct facts_field *percent, struct decimal *before)
{
	struct decimal amount, left;
	const struct facts_value *parts[2] = { in->total, stated(in, cut, percent) };
	if (!decimal_mul(in->total->number, percent->number, &amount) ||
		!decimal_div(amount, 1, decimal_int(100), CALC_SCALE, &amount))
		return;
	amount = as_printed(in->cuts, amount);
	if (!decimal_sub(in->total->number, amount, &left))
		return;
	const struct facts_value *of = made_of(in, cut, OP_SHARE, parts, 2, amount);
	const struct facts_value *rest[2] = { in->total, of };
	settle_amount(in, cut, "amount", of);
	settle_amount(in, cut, "left", made_of(in, cut, OP_DIFFERENCE, rest, 2, left));
	if (!says_yes(cut, "includes")) { /* it takes everything anew */
		in->offers.count = 0;
		collect_offers(in);
	}
	settle_items(in, cut, of, *before);
	*before = amount;
}

static void settle_cuts(struct cutting *in)
{
	const struct facts_records *all = facts_records(in->r->f, in->cuts->id);
	struct decimal before = { 0 };
	for (size_t i = 0; i < all->list.count; i++) {
		struct facts_record *cut = (struct facts_record *)(uintptr_t)all->list.at[i];
		const struct facts_field *percent = field_of(cut, "percent");
		if (percent)
			settle_cut(in, cut, percent, &before);
	}
}

/* The total that is cut; NULL where it is not known, and then nothing is worked out. */
static const struct facts_value *total_of(struct facts_reader *r, struct calc *c, const struct facts_kind *cuts)
{
	struct query q;
	struct diag quiet;
	query_init(&q, cuts->pos);
	q.metric = cuts->of_metric;
	q.item = STR("all");
	q.period = cuts->of_period;
	q.scenario = cuts->of_scenario;
	diag_init(&quiet, r->a);
	struct answer total = calc_ask(c, &q, NULL, &quiet);
	c->diag = r->d;
	return total.kind == ANSWER_NUMBER ? total.value : NULL;
}

void facts_cuts(struct facts_reader *r)
{
	for (size_t i = 0; i < r->f->kinds.count; i++) {
		struct cutting in = { .r = r, .cuts = r->f->kinds.entries[i].value };
		if (in.cuts->cuts.len == 0 || facts_records(r->f, in.cuts->id)->list.count == 0)
			continue;
		in.lines = facts_kind_lookup(r->f, in.cuts->cuts);
		in.items = facts_kind_lookup(r->f, in.cuts->cut_items);
		in.c = calc_open(r->a, r->f);
		in.c->diag = r->d;
		in.total = in.lines && in.items ? total_of(r, in.c, in.cuts) : NULL;
		if (in.total)
			settle_cuts(&in);
	}
}
