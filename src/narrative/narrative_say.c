/* Narrative: the content of a <say> -> parts. White space is collapsed over the borders of inline
 * elements, as a reader would see it: one space between words, none at the ends or around a line
 * break; no-break spaces are kept. */
#include "narrative/narrative_int.h"

struct parts {
	VEC(const struct say_part *) list;
};
struct saying {
	struct narrative_reading *reading;
	struct parts *into;          /* of the element being read */
	struct say_part *last_text; /* the last thing read, if text: its last space may have to go */
	bool started;                /* something stands on this line already */
	bool in_drivers;             /* what is read is said once a part that explains a change */
	bool in_record;              /* of the text of a record: markup alone */
};

struct part_attrs { /* a part as its element's attributes say; each element allows some of them */
	struct say_part part;
	struct query query;
	struct say_records records;
	struct str when, sort;       /* compiled apart, so that their positions are known */
	struct str cover;            /* of drivers, as "80%" */
	int32_t most;
	uint8_t offsets;             /* enum say_offsets */
	struct str uri;              /* of a link */
	struct str again;            /* id of the footnote that is called again */
};
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

static void read_content(struct saying *s, const struct xml_node *first, const struct xml_node *end);

/* ---- checks and contents of single elements ---- */

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
	read_content(s, n->first, NULL);
	s->into = outer;
	part->parts = inner.list.at;
	part->part_count = inner.list.count;
}

static bool check_inside(struct saying *s, const struct xml_node *n, struct part_attrs *p)
{
	read_inside(s, n, &p->part);
	return true;
}

static void end_line(struct saying *s)
{
	struct str *text = s->last_text ? &s->last_text->text : NULL;
	if (text && text->len && text->ptr[text->len - 1] == ' ')
		text->len--;
	s->last_text = NULL;
	s->started = false;
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
	end_line(&inner);
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
	end_line(&inner);
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
	end_line(s);
	return true;
}

static const struct inline_element {
	const char *name;
	uint8_t kind;                   /* enum say_kind */
	bool open; /* holds parts of this line: what is last in it is last in the line */
	const struct xml_field *fields;
	bool (*check)(struct saying *s, const struct xml_node *n, struct part_attrs *p);
	bool markup; /* says how words look or where they lead, no figures: texts of records may hold it */
} elements[] = {
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
enum { ELEMENT_COUNT = sizeof elements / sizeof *elements };

/* ---- the walk ---- */

/* Markup that the text of a record may hold: "'b', 'i', 'note'". */
static struct str markup_names(struct saying *s)
{
	struct buf b;
	buf_init(&b, s->reading->arena, 16 * ELEMENT_COUNT);
	for (size_t i = 0; i < ELEMENT_COUNT; i++)
		if (elements[i].markup)
			buf_printf(&b, "%s'%s'", b.len ? ", " : "", elements[i].name);
	return buf_str(&b);
}

static void report_unknown(struct saying *s, const struct xml_node *n)
{
	struct str names[ELEMENT_COUNT];
	for (size_t i = 0; i < ELEMENT_COUNT; i++)
		names[i] = str_from(elements[i].name);
	if (s->in_record)
		diag_add(s->reading->diag, DIAG_ELEMENT_UNKNOWN, n->pos,
			"element '" STR_FMT "' does not stand in the text of a record; it may hold " STR_FMT, STR_ARG(n->name),
			STR_ARG(markup_names(s)));
	else
		diag_add(s->reading->diag, DIAG_ELEMENT_UNKNOWN, n->pos, "element '" STR_FMT "' is not known in a sentence%s",
			STR_ARG(n->name), diag_nearest(s->reading->diag, str_nearest(n->name, names, ELEMENT_COUNT)));
}

static void read_element(struct saying *s, const struct xml_node *n)
{
	const struct inline_element *e = elements;
	while (e < elements + ELEMENT_COUNT && !xml_is(n, e->name))
		e++;
	if (e == elements + ELEMENT_COUNT || (s->in_record && !e->markup)) {
		report_unknown(s, n);
		return;
	}
	struct part_attrs attrs = { .part = { .kind = e->kind, .pos = n->pos } };
	query_init(&attrs.query, n->pos);
	bool good = xml_read_attrs(s->reading->arena, n, e->fields, &attrs, s->reading->diag);
	if (!good || !e->check(s, n, &attrs))
		return;
	struct say_part *part = ARENA_NEW(s->reading->arena, struct say_part);
	*part = attrs.part;
	vec_push(s->reading->arena, &s->into->list, part);
	if (!e->open && e->kind != SAY_BREAK) {
		s->last_text = NULL;
		s->started = true;
	}
}

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_in_space(const struct saying *s)
{
	const struct str *text = s->last_text ? &s->last_text->text : NULL;
	return text && text->len && text->ptr[text->len - 1] == ' ';
}

static void read_text(struct saying *s, struct str text, struct src_pos pos)
{
	struct buf out;
	bool space = !s->started || ends_in_space(s); /* a space here would be one too many */
	buf_init(&out, s->reading->arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		bool white = is_white(text.ptr[i]);
		if (!(white && space))
			buf_putc(&out, white ? ' ' : text.ptr[i]);
		space = white;
	}
	if (!out.len)
		return;
	struct say_part *part = ARENA_NEW(s->reading->arena, struct say_part);
	part->kind = SAY_TEXT;
	part->text = buf_str(&out);
	part->pos = pos;
	vec_push(s->reading->arena, &s->into->list, part);
	s->last_text = part;
	s->started = true;
}

/* Where an element holds elements alone, the tree has dropped the white space between them as being
 * there for the eye. In a sentence it stands between words. */
static void read_gap(struct saying *s, const struct xml_node *before, const struct xml_node *n)
{
	const struct source *source = n->pos.source;
	if (!before->name.len || !n->name.len || source != before->pos.source)
		return;
	for (uint32_t at = before->end; at < n->pos.offset; at++)
		if (is_white(source->text.ptr[at])) {
			read_text(s, STR(" "), (struct src_pos){ source, at });
			return;
		}
}

static void read_content(struct saying *s, const struct xml_node *first, const struct xml_node *end)
{
	const struct xml_node *before = NULL;
	for (const struct xml_node *c = first; c != end; before = c, c = c->next) {
		if (before)
			read_gap(s, before, c);
		if (c->name.len)
			read_element(s, c);
		else
			read_text(s, c->text, c->pos);
	}
}

struct say_attrs {
	struct str side, lang, when, plural, count;
	uint8_t length;
};
static const struct xml_choice lengths[] = {
	{ "title", LENGTH_TITLE }, { "sentence", LENGTH_SENTENCE }, { "paragraph", LENGTH_PARAGRAPH }, { NULL, 0 },
};
static const struct xml_field say_fields[] = {
	{ "side", XML_ID, XML_OPTIONAL, offsetof(struct say_attrs, side), NULL },
	{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, lang), NULL },
	{ "when", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, when), NULL },
	{ "plural", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, plural), NULL },
	{ "count", XML_STR, XML_OPTIONAL, offsetof(struct say_attrs, count), NULL },
	{ "length", XML_CHOICE, XML_OPTIONAL, offsetof(struct say_attrs, length), lengths },
	{ NULL, 0, 0, 0, NULL },
};

static bool check_side(struct narrative_reading *r, const struct xml_node *n, struct str side)
{
	if (!side.len ||
		narrative_check(r, (struct narrative_check){ .kind = CHECK_SIDE, .id = side }))
		return true;
	facts_unknown_side(r->facts, side, xml_attr(n, "side")->value_pos, r->diag);
	return false;
}

bool narrative_read_say(struct narrative_reading *r, const struct xml_node *n, struct say *out)
{
	struct say_attrs attrs = { .side = { NULL, 0 } };
	struct parts parts = { { NULL, 0, 0 } };
	struct saying s = { .reading = r, .into = &parts };
	size_t errors = r->diag->errors;
	if (xml_read_attrs(r->arena, n, say_fields, &attrs, r->diag))
		check_side(r, n, attrs.side);
	read_content(&s, n->first, NULL);
	end_line(&s);
	if (!parts.list.count && r->diag->errors == errors)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos, "this 'say' says nothing");
	out->side = attrs.side;
	out->lang = attrs.lang;
	out->when = narrative_expr(r, n, "when");
	narrative_read_plural(r, n, out);
	out->length = attrs.length;
	out->parts = parts.list.at;
	out->part_count = parts.list.count;
	return r->diag->errors == errors;
}

static struct say_markup read_words(struct saying s, const struct xml_node *first, const struct xml_node *end)
{
	struct parts parts = { { NULL, 0, 0 } };
	s.into = &parts;
	read_content(&s, first, end);
	end_line(&s);
	while (parts.list.count && parts.list.at[parts.list.count - 1]->kind == SAY_TEXT &&
		!parts.list.at[parts.list.count - 1]->text.len)
		parts.list.count--;
	return (struct say_markup){ parts.list.at, parts.list.count };
}

void narrative_read_words(struct narrative_reading *r, const struct xml_node *first, const struct xml_node *end,
	struct prose *out)
{
	struct say_markup words = read_words((struct saying){ .reading = r }, first, end);
	out->parts = words.parts;
	out->part_count = words.count;
}

struct say_markup narrative_read_markup(struct narrative_reading *r, const struct xml_node *n)
{
	return read_words((struct saying){ .reading = r, .in_record = true }, n->first, NULL);
}
