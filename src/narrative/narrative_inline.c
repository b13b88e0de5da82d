/* Narrative: the elements that stand in a sentence: what their attributes say, checked against the facts, and what they hold. */
#include "narrative/narrative_say.h"

#define PART_FIELD(name, type, flags, member, choices) \
	{ name, type, flags, offsetof(struct part_attrs, member), choices }
static const struct xml_field query_fields[] = {
	QUERY_FIELDS(struct part_attrs, query),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field figure_fields[] = {
	QUERY_FIELDS(struct part_attrs, query),
	PART_FIELD("when", XML_STR, XML_OPTIONAL, when, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field no_fields[] = { { NULL, 0, 0, 0, NULL } };
static const struct xml_field note_fields[] = {
	PART_FIELD("ref", XML_ID, XML_OPTIONAL, part.ref, NULL),
	PART_FIELD("metric", XML_STR, XML_OPTIONAL, query.metric, NULL),
	PART_FIELD("side", XML_STR, XML_OPTIONAL, query.side, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field slot_fields[] = {
	PART_FIELD("slot", XML_STR, XML_REQUIRED, part.ref, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field number_fields[] = {
	PART_FIELD("kind", XML_ID, XML_REQUIRED, query.kind, NULL),
	PART_FIELD("item", XML_STR, XML_OPTIONAL, query.item, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field unit_fields[] = {
	PART_FIELD("metric", XML_ID, XML_OPTIONAL, query.metric, NULL),
	PART_FIELD("kind", XML_ID, XML_OPTIONAL, query.kind, NULL),
	PART_FIELD("field", XML_ID, XML_OPTIONAL, query.field, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_choice offset_choices[] = {
	{ "no", OFFSETS_NO }, { "yes", OFFSETS_YES }, { "only", OFFSETS_ONLY }, { NULL, 0 },
};
static const struct xml_field drivers_fields[] = {
	QUERY_FIELDS(struct part_attrs, query),
	PART_FIELD("cover", XML_STR, XML_OPTIONAL, cover, NULL),
	PART_FIELD("most", XML_INT, XML_OPTIONAL, most, NULL),
	PART_FIELD("offsets", XML_CHOICE, XML_OPTIONAL, offsets, offset_choices),
	PART_FIELD("join", XML_STR, XML_OPTIONAL, records.join, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field explained_fields[] = {
	QUERY_FIELDS(struct part_attrs, query),
	PART_FIELD("cover", XML_STR, XML_OPTIONAL, cover, NULL),
	PART_FIELD("most", XML_INT, XML_OPTIONAL, most, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field by_fields[] = {
	PART_FIELD("show", XML_CHOICE, XML_OPTIONAL, query.show, query_shows),
	PART_FIELD("form", XML_CHOICE, XML_OPTIONAL, query.form, query_forms),
	PART_FIELD("decimals", XML_PLACES, XML_OPTIONAL, query.decimals, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field list_fields[] = {
	PART_FIELD("kind", XML_ID, XML_REQUIRED, query.kind, NULL),
	PART_FIELD("where", XML_STR, XML_OPTIONAL, query.where, NULL),
	PART_FIELD("join", XML_STR, XML_OPTIONAL, records.join, NULL),
	PART_FIELD("sort", XML_STR, XML_OPTIONAL, sort, NULL),
	PART_FIELD("take", XML_INT, XML_OPTIONAL, records.take, NULL),
	PART_FIELD("when", XML_STR, XML_OPTIONAL, when, NULL),
	{ NULL, 0, 0, 0, NULL },
};

static const struct xml_field in_fields[] = {
	PART_FIELD("lang", XML_STR, XML_REQUIRED, part.ref, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field link_fields[] = {
	PART_FIELD("uri", XML_STR, XML_OPTIONAL, uri, NULL),
	PART_FIELD("to", XML_ID, XML_OPTIONAL, part.ref, NULL),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_choice place_shows[] = { { "full", PLACE_FULL }, { "number", PLACE_NUMBER },
	{ "title", PLACE_TITLE }, { "page", PLACE_PAGE }, { NULL, 0 } };
static const struct xml_field place_fields[] = {
	PART_FIELD("to", XML_ID, XML_REQUIRED, part.ref, NULL),
	PART_FIELD("show", XML_CHOICE, XML_OPTIONAL, part.show, place_shows),
	{ NULL, 0, 0, 0, NULL },
};
static const struct xml_field footnote_fields[] = {
	PART_FIELD("id", XML_ID, XML_OPTIONAL, part.ref, NULL),
	PART_FIELD("ref", XML_ID, XML_OPTIONAL, again, NULL),
	{ NULL, 0, 0, 0, NULL },
};

/* ---- checks and contents ---- */

/* The query of a part, as it is to be asked. */
static const struct query *kept_query(struct saying *s, struct part_attrs *p)
{
	struct query *q = ARENA_NEW(s->reading->arena, struct query);
	*q = p->query;
	p->part.query = q;
	return q;
}

static bool check_query(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	(void)n;
	return narrative_check(s->reading,
		(struct narrative_check){ .kind = CHECK_QUERY, .query = kept_query(s, p) });
}

static void keep_records(struct saying *s, struct part_attrs *p)
{
	struct say_records *records = ARENA_NEW(s->reading->arena, struct say_records);
	*records = p->records;
	p->part.records = records;
}

/* With a condition a count is of the records for which it holds. */
static bool check_figure(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	p->records.when = narrative_expr(s->reading, n, "when");
	if (p->records.when && (p->query.show != SHOW_COUNT || !p->query.kind.len)) {
		diag_add(s->reading->diag, DIAG_ATTRIBUTE_VALUE, xml_attr(n, "when")->value_pos,
			"'when' chooses the records of a count: write 'kind' and show=\"count\" too");
		return false;
	}
	if (p->records.when)
		keep_records(s, p);
	return check_query(s, n, p);
}

static bool check_mark(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	const struct query *q = &p->query;
	if (!q->side.len && !q->field.len && q->show != SHOW_STATUS) {
		diag_add(s->reading->diag, DIAG_ATTRIBUTE_MISSING, n->pos,
			"a mark stands for a side, a field that holds one, or a status: write 'side', "
			"'field' or show=\"status\"");
		return false;
	}
	return check_query(s, n, p);
}

static bool check_unit(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	struct query *q = &p->query;
	if (!q->metric.len && !(q->kind.len && q->field.len)) {
		diag_add(s->reading->diag, DIAG_ATTRIBUTE_MISSING, n->pos,
			"a unit is that of a metric, or of a field: write 'metric', or 'kind' and 'field'");
		return false;
	}
	if (!q->metric.len)
		q->show = SHOW_SUM;
	return check_query(s, n, p);
}

static bool check_note(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	struct str ref = p->part.ref;
	p->query.show = SHOW_BENCHMARK;
	if (!ref.len)
		return check_query(s, n, p);
	kept_query(s, p);
	if (narrative_check(s->reading, (struct narrative_check){ .kind = CHECK_BENCHMARK, .id = ref }))
		return true;
	diag_add(s->reading->diag, DIAG_BENCHMARK_UNKNOWN, xml_attr(n, "ref")->value_pos,
		"no benchmark has the id '" STR_FMT "'%s", STR_ARG(ref),
		diag_nearest(
			s->reading->diag, map_nearest(&s->reading->facts->benchmarks, ref)));
	return false;
}

static bool check_number(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	p->query.show = SHOW_COUNT;
	const struct query *q = &p->query;
	bool named = q->item.len && !str_is(q->item, ".");
	if (!check_query(s, n, p))
		return false;
	if (!named ||
		narrative_check(s->reading,
			(struct narrative_check){ .kind = CHECK_RECORD, .query = p->part.query }))
		return true;
	diag_add(s->reading->diag, DIAG_ITEM_UNKNOWN, xml_attr(n, "item")->value_pos,
		"no '" STR_FMT "' has the id '" STR_FMT "'%s", STR_ARG(q->kind), STR_ARG(q->item),
		diag_nearest(s->reading->diag,
			map_nearest(&facts_records(s->reading->facts, q->kind)->by_id, q->item)));
	return false;
}

/* A slot may be of a layout that is chosen later: compose knows. */
static bool check_nothing(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	(void)s, (void)n, (void)p;
	return true;
}

/* A child's content, with its own line when it is repeated (list) or on this one (strong,
 * emphasis). */
static void read_inside(struct saying *s, const struct xml_node *n, struct say_part *part)
{
	struct parts inner = { { NULL, 0, 0 } }, *outer = s->into;
	s->into = &inner;
	say_read_content(s, n->first, NULL);
	s->into = outer;
	part->parts = inner.list.at;
	part->part_count = inner.list.count;
}

static bool check_inside(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	read_inside(s, n, &p->part);
	return true;
}

static bool check_join(struct saying *s, const struct xml_node *n)
{
	static const struct xml_choice joins[] = { { "and", 0 }, { "or", 1 }, { "comma", 2 },
		{ "semicolon", 3 }, { NULL, 0 } };
	static const struct xml_field join = { "join", XML_CHOICE, XML_OPTIONAL, 0, joins };
	const struct xml_attr *written = xml_attr(n, "join");
	uint8_t chosen;
	return !written ||
		xml_read_value(s->reading->arena, &join, written->value, written->value_pos, &chosen,
			s->reading->diag);
}

/* What an element says again and again, each time on the line it stands in. */
static void read_repeated(struct saying *s, const struct xml_node *n, struct part_attrs *p, bool drivers)
{
	struct saying inner = { .reading = s->reading, .into = s->into, .in_drivers = drivers || s->in_drivers };
	read_inside(&inner, n, &p->part);
	say_end_line(&inner);
}

static bool check_list(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	if (!check_join(s, n))
		return false;
	p->query.show = SHOW_COUNT;
	p->records.when = narrative_expr(s->reading, n, "when");
	p->records.sort = narrative_expr(s->reading, n, "sort");
	keep_records(s, p);
	read_repeated(s, n, p, false);
	return check_query(s, n, p);
}

/* ---- parts that explain a change ---- */

enum { COVER_USUAL = 80, MOST_USUAL = 3 };

/* "80%", above nought and up to a hundred. */
static bool cover_of(struct saying *s, const struct xml_node *n, struct str text, struct decimal *out)
{
	struct str number = text;
	*out = decimal_int(COVER_USUAL);
	if (!text.len)
		return true;
	if (str_ends(text, "%"))
		number = str_trim((struct str){ text.ptr, text.len - 1 });
	if (decimal_parse(number, out) && decimal_sign(*out) > 0 && decimal_cmp(*out, decimal_int(100)) <= 0)
		return true;
	diag_add(s->reading->diag, DIAG_ATTRIBUTE_VALUE, xml_attr(n, "cover")->value_pos,
		"'" STR_FMT "' is no share of a change; write a percentage up to 100, as \"80%%\"", STR_ARG(text));
	return false;
}

/* A change that nothing is named for is that since the metric's prior. */
static bool check_change(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	struct say_drivers *drivers = ARENA_NEW(s->reading->arena, struct say_drivers);
	struct query *q = &p->query;
	if (!cover_of(s, n, p->cover, &drivers->wanted.cover))
		return false;
	drivers->wanted.most = p->most ? p->most : MOST_USUAL;
	drivers->offsets = p->offsets;
	p->part.drivers = drivers;
	q->show = SHOW_DIFFERENCE;
	if (!q->versus_period.len && !q->versus_scenario.len && !q->versus_side.len && !q->versus_unit.len)
		q->versus_period = STR("prior");
	if (!q->item.len)
		q->item = STR("all");
	return narrative_check(s->reading,
		(struct narrative_check){ .kind = CHECK_DRIVERS, .query = kept_query(s, p) });
}

static bool check_drivers(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	if (!check_join(s, n))
		return false;
	keep_records(s, p);
	read_repeated(s, n, p, true);
	return check_change(s, n, p);
}

static bool check_by(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	bool known = p->query.show == SHOW_VALUE || p->query.show == SHOW_SHARE;
	if (s->in_drivers && known) {
		kept_query(s, p);
		return true;
	}
	if (known)
		diag_add(s->reading->diag, DIAG_ELEMENT_UNKNOWN, n->pos,
			"'by' is what a part contributed to a change; it stands inside 'drivers'");
	else
		diag_add(s->reading->diag, DIAG_ATTRIBUTE_VALUE, xml_attr(n, "show")->value_pos,
			"'by' shows the part's contribution, or its share of the change: show=\"share\"");
	return false;
}

/* Two figures, and nothing between them: the language says what stands there. */
static bool check_range(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	size_t errors = s->reading->diag->errors, figures = 0, others = 0;
	struct saying inner = { .reading = s->reading, .into = s->into };
	read_inside(&inner, n, &p->part);
	for (size_t i = 0; i < p->part.part_count; i++) {
		const struct say_part *part = p->part.parts[i];
		figures += part->kind == SAY_FIGURE;
		others += part->kind != SAY_FIGURE && (part->kind != SAY_TEXT || str_trim(part->text).len);
	}
	if (s->reading->diag->errors > errors)
		return false;
	if (figures == 2 && !others)
		return true;
	diag_add(s->reading->diag, DIAG_ELEMENT_MISSING, n->pos, "a range is of two figures: write two 'n' in it and nothing else");
	return false;
}

static bool check_link(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	if (!p->uri.len == !p->part.ref.len) {
		diag_add(s->reading->diag, p->uri.len ? DIAG_ATTRIBUTE_VALUE : DIAG_ATTRIBUTE_MISSING, n->pos,
			"a link leads to one place: write 'uri', or 'to' with the id of a slot or of a part of a text");
		return false;
	}
	if (p->uri.len)
		p->part.ref = p->uri;
	else
		p->part.kind = SAY_LINK_TO;
	return check_inside(s, n, p);
}

/* What stands at the foot of the page is a line of its own. */
static bool check_footnote(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	struct saying inner = { .reading = s->reading, .into = s->into, .in_record = s->in_record };
	read_inside(&inner, n, &p->part);
	say_end_line(&inner);
	if (!p->again.len == (p->part.part_count == 0)) {
		diag_add(s->reading->diag, p->again.len ? DIAG_TEXT_UNEXPECTED : DIAG_ELEMENT_MISSING, n->pos,
			p->again.len ? "a footnote that is called again by 'ref' has its words where it is called first" :
						   "this footnote says nothing; to call another one again write 'ref'");
		return false;
	}
	if (p->again.len) {
		p->part.kind = SAY_FOOTNOTE_AGAIN;
		p->part.ref = p->again;
	}
	return true;
}

static bool check_break(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	(void)n, (void)p;
	say_end_line(s);
	return true;
}

/* ---- which there are ---- */

const struct inline_element inline_elements[] = {
	{ "n", SAY_FIGURE, false, figure_fields, check_figure, false },
	{ "t", SAY_REFERENCE, false, query_fields, check_query, false },
	{ "b", SAY_STRONG, true, no_fields, check_inside, true },
	{ "i", SAY_EMPHASIS, true, no_fields, check_inside, true },
	{ "mark", SAY_MARK, false, query_fields, check_mark, false },
	{ "note", SAY_NOTE, false, note_fields, check_note, true },
	{ "exhibit", SAY_EXHIBIT, false, slot_fields, check_nothing, false },
	{ "page", SAY_PAGE, false, slot_fields, check_nothing, false },
	{ "number", SAY_NUMBER, false, number_fields, check_number, false },
	{ "unit", SAY_UNIT, false, unit_fields, check_unit, false },
	{ "list", SAY_LIST, false, list_fields, check_list, false },
	{ "drivers", SAY_DRIVERS, false, drivers_fields, check_drivers, false },
	{ "by", SAY_BY, false, by_fields, check_by, false },
	{ "range", SAY_RANGE, false, no_fields, check_range, false },
	{ "explained", SAY_EXPLAINED, false, explained_fields, check_change, false },
	{ "br", SAY_BREAK, false, no_fields, check_break, true },
	{ "code", SAY_CODE, true, no_fields, check_inside, true },
	{ "sup", SAY_SUPER, true, no_fields, check_inside, true },
	{ "sub", SAY_SUB, true, no_fields, check_inside, true },
	{ "sc", SAY_SMALL_CAPS, true, no_fields, check_inside, true },
	{ "nb", SAY_NO_BREAK, true, no_fields, check_inside, true },
	{ "in", SAY_LANGUAGE, true, in_fields, check_inside, true },
	{ "link", SAY_LINK, true, link_fields, check_link, true },
	{ "ref", SAY_PLACE, false, place_fields, check_nothing, true },
	{ "footnote", SAY_FOOTNOTE, false, footnote_fields, check_footnote, true },
};
const size_t inline_element_count = sizeof inline_elements / sizeof *inline_elements;
