/* facts -> what leaves first when the total falls by a stated percentage. From marks on the lines: protected ones stay whole, the others give in the
 * order of cut-order, each at most cut-most (its whole value where it says none), until the cut is reached. What somebody stated instead is held
 * against the total. The catalogue says which kinds these are (cuts=, items=) and of which metric, period and scenario the total is; C knows the
 * fields by name: percent amount left includes of a cut; cut line amount of an item; protected cut-order cut-most cut-what of a line. */
#include "facts/calc_int.h"

struct offer {
	const struct facts_record *line;
	struct decimal order;             /* first to go: lowest */
	struct decimal left;              /* that it can still give */
};
struct cutting {
	struct facts_reader *r;
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

static void set_number(struct facts_reader *r, struct facts_record *record, const char *id, enum facts_field_type type, struct decimal n)
{
	struct facts_field *field = facts_derived_field(record, id, type);
	struct buf text;
	if (!field)
		return;
	while (n.scale > 0 && n.coef % 10 == 0)
		n.coef /= 10, n.scale--;
	buf_init(&text, r->a, 64);
	buf_decimal(&text, n);
	field->number = n;
	field->text = buf_str(&text);
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

static const struct facts_value *value_of(struct cutting *in, struct calc *c, const struct facts_record *line)
{
	struct facts_cell at = facts_cell_of(in->total);
	at.item = line;
	return calc_value(c, &at);
}

static void refuse_protected(struct cutting *in, const struct facts_record *line)
{
	diag_add(in->r->d, DIAG_CUT, field_of(line, "cut-order")->pos, STR_FMT " '" STR_FMT "' is protected and has its turn in the cuts",
		STR_ARG(line->kind->id), STR_ARG(line->id));
	diag_note(in->r->d, field_of(line, "protected")->pos, "it is protected here");
}

static void add_offer(struct cutting *in, struct calc *c, const struct facts_record *line)
{
	const struct facts_field *order = field_of(line, "cut-order"), *most = field_of(line, "cut-most");
	const struct facts_value *value = order ? value_of(in, c, line) : NULL;
	if (order && says_yes(line, "protected")) {
		refuse_protected(in, line);
		return;
	}
	if (!order || !value)
		return;
	struct offer new = { line, order->number, most && decimal_cmp(most->number, value->number) < 0 ? most->number : value->number };
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

static void collect_offers(struct cutting *in, struct calc *c)
{
	const struct facts_records *all = facts_records(in->r->f, in->lines->id);
	for (size_t i = 0; i < all->list.count; i++)
		add_offer(in, c, all->list.at[i]);
}

/* ---- one cut ---- */

/* As the amount will be printed, so that its items add up to it. */
static struct decimal as_printed(const struct facts_kind *kind, struct decimal n)
{
	const struct facts_field_def *def = map_lookup(&kind->by_field, STR("amount"));
	struct facts_value v = { .number = n, .decimals = def ? def->decimals : 0, .exponent = def ? def->exponent : 0 };
	return calc_printed_units(&v, -1);
}

static struct str number_text(struct arena *a, struct decimal n)
{
	struct buf b;
	while (n.scale > 0 && n.coef % 10 == 0)
		n.coef /= 10, n.scale--;
	buf_init(&b, a, 64);
	buf_decimal(&b, n);
	return buf_str(&b);
}

/* What is stated must be what the total gives, as printed; what is not is set. */
static void settle_amount(struct cutting *in, struct facts_record *cut, const char *id, struct decimal wanted)
{
	const struct facts_field *stated = field_of(cut, id);
	if (!stated) {
		set_number(in->r, cut, id, FIELD_MONEY, wanted);
		return;
	}
	if (decimal_cmp(as_printed(in->cuts, stated->number), as_printed(in->cuts, wanted)) == 0)
		return;
	diag_add(in->r->d, DIAG_CUT, stated->pos, "'%s' of " STR_FMT " '" STR_FMT "' is stated as " STR_FMT ", and the total of " STR_FMT " gives "
		STR_FMT, id, STR_ARG(cut->kind->id), STR_ARG(cut->id), STR_ARG(stated->text), STR_ARG(number_text(in->r->a, in->total->number)),
		STR_ARG(number_text(in->r->a, wanted)));
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

static void add_item(struct cutting *in, const struct facts_record *cut, const struct offer *offer, struct decimal amount)
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
	set_number(in->r, item, "amount", FIELD_MONEY, amount);
}

/* Takes from the marked lines in their order what is still wanted. */
static void take(struct cutting *in, const struct facts_record *cut, struct decimal wanted)
{
	struct decimal short_by = wanted;
	for (size_t i = 0; i < in->offers.count && decimal_sign(short_by) > 0; i++) {
		struct offer *offer = &in->offers.at[i];
		struct decimal amount = decimal_cmp(offer->left, short_by) < 0 ? offer->left : short_by;
		if (decimal_sign(amount) <= 0 || !decimal_sub(short_by, amount, &short_by) || !decimal_sub(offer->left, amount, &offer->left))
			continue;
		add_item(in, cut, offer, amount);
	}
	if (decimal_sign(short_by) > 0)
		diag_add(in->r->d, DIAG_CUT, cut->pos, "the lines marked with cut-order give " STR_FMT " less than " STR_FMT " '" STR_FMT
			"' takes; mark more of them, or let them give more", STR_ARG(number_text(in->r->a, short_by)), STR_ARG(cut->kind->id),
			STR_ARG(cut->id));
}

/* Where items are stated, they are the cut; where none are and lines are marked, the marks are. before: what the cut before took, items and all. */
static void settle_items(struct cutting *in, const struct facts_record *cut, struct decimal amount, struct decimal before)
{
	struct decimal sum = { 0 }, wanted = amount;
	if (says_yes(cut, "includes"))
		decimal_sub(amount, before, &wanted);
	if (stated_items(in, cut, &sum) == 0) {
		if (in->offers.count)
			take(in, cut, wanted);
	} else if (decimal_cmp(as_printed(in->cuts, sum), as_printed(in->cuts, wanted)) != 0) {
		diag_add(in->r->d, DIAG_CUT, cut->pos, "the items of " STR_FMT " '" STR_FMT "' add up to " STR_FMT ", not to " STR_FMT,
			STR_ARG(cut->kind->id), STR_ARG(cut->id), STR_ARG(number_text(in->r->a, sum)), STR_ARG(number_text(in->r->a, wanted)));
	}
}

static void settle_cuts(struct cutting *in, struct calc *c)
{
	const struct facts_records *all = facts_records(in->r->f, in->cuts->id);
	struct decimal before = { 0 };
	for (size_t i = 0; i < all->list.count; i++) {
		struct facts_record *cut = (struct facts_record *)(uintptr_t)all->list.at[i];
		const struct facts_field *percent = field_of(cut, "percent");
		struct decimal amount, left;
		if (!percent || !decimal_mul(in->total->number, percent->number, &amount) ||
			!decimal_div(amount, 1, decimal_int(100), CALC_SCALE, &amount))
			continue;
		amount = as_printed(in->cuts, amount);
		if (!decimal_sub(in->total->number, amount, &left))
			continue;
		settle_amount(in, cut, "amount", amount);
		settle_amount(in, cut, "left", left);
		if (!says_yes(cut, "includes")) { /* it takes everything anew */
			in->offers.count = 0;
			collect_offers(in, c);
		}
		settle_items(in, cut, amount, before);
		before = amount;
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
		struct calc *c = calc_open(r->a, r->f);
		c->diag = r->d;
		in.total = in.lines && in.items ? total_of(r, c, in.cuts) : NULL;
		if (in.total)
			settle_cuts(&in, c);
	}
}
