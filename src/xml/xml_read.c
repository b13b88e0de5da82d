/* Element tree -> typed values, by the tables of the readers. */
#include "xml/xml_int.h"

#include "base/limits.h"

static struct src_pos pos_in(struct src_pos pos, struct str whole, struct str part)
{
	return xml_pos_within(pos, (size_t)(part.ptr - whole.ptr));
}

struct src_pos xml_text_pos(const struct xml_node *text)
{
	return pos_in(text->pos, text->text, str_trim(text->text));
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool inner = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
		if (!is_letter(c) && (i == 0 || !inner))
			return false;
	}
	return s.len > 0;
}

static bool take_str(struct str value, void *into)
{
	*(struct str *)into = value;
	return true;
}

static bool take_id(struct str value, void *into)
{
	value = str_trim(value);
	return is_id(value) && take_str(value, into);
}

static bool take_int(struct str value, void *into)
{
	struct decimal n;
	if (!decimal_parse(str_trim(value), &n) || n.scale || n.coef > LIMIT_INT || n.coef < -LIMIT_INT)
		return false;
	*(int32_t *)into = (int32_t)n.coef;
	return true;
}

static bool take_places(struct str value, void *into)
{
	value = str_trim(value);
	if (value.len != 1 || value.ptr[0] < '0' || value.ptr[0] > '9')
		return false;
	*(int32_t *)into = value.ptr[0] - '0';
	return true;
}

static bool take_decimal(struct str value, void *into)
{
	return decimal_parse(str_trim(value), into);
}

static bool take_signed_length(struct str value, void *into)
{
	return length_parse(str_trim(value), into);
}

static bool take_length(struct str value, void *into)
{
	mpt length;
	if (!take_signed_length(value, &length) || length < 0)
		return false;
	*(mpt *)into = length;
	return true;
}

static bool take_bool(struct str value, void *into)
{
	value = str_trim(value);
	bool yes = str_is(value, "yes");
	if (!yes && !str_is(value, "no"))
		return false;
	*(bool *)into = yes;
	return true;
}

static bool take_date(struct str value, void *into)
{
	return date_parse(str_trim(value), into);
}

static bool take_period(struct str value, void *into)
{
	return period_parse(str_trim(value), into);
}

static bool take_colour(struct str value, void *into)
{
	value = str_trim(value);
	if (value.len != 7 || value.ptr[0] != '#')
		return false;
	uint32_t colour = 0;
	for (size_t i = 1; i < 7; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = memchr(digits, value.ptr[i] | 0x20, 16);
		if (!digit)
			return false;
		colour = colour << 4 | (uint32_t)(digit - digits);
	}
	*(uint32_t *)into = colour;
	return true;
}

/* The types that one function without context can read, and what to tell who wrote something else. */
struct type_row {
	bool (*take)(struct str value, void *into);
	const char *wanted;
};
static const struct type_row types[] = {
	[XML_STR] = { take_str, "" },
	[XML_ID] = { take_id, "is not a name; write a letter, then letters, digits, '-', '_' or '.'" },
	[XML_INT] = { take_int, "is not a whole number of at most four digits" },
	[XML_PLACES] = { take_places, "is not a number of decimals; write 0 to 9" },
	[XML_DECIMAL] = { take_decimal, "is not a number; write digits, with a point before decimals" },
	[XML_LENGTH] = { take_length, "is not a length; write a number from 0 on with pt, mm, cm or in, at most 200in" },
	[XML_SIGNED_LENGTH] = { take_signed_length, "is not a length; write a number with pt, mm, cm or in, at most 200in" },
	[XML_BOOL] = { take_bool, "is neither 'yes' nor 'no'" },
	[XML_DATE] = { take_date, "is not a date; write it as 2026-09-30" },
	[XML_PERIOD] = { take_period,
		"is not a period; write 2026-09, 2026-Q3, 2026-H1, 2026, 2026-Q3-YTD or 2026-Q3-LTM" },
	[XML_COLOUR] = { take_colour, "is not a colour; write # and six hexadecimal digits" },
};

static bool read_ids(
	struct arena *a, struct str value, struct src_pos pos, void *into, struct diag *d)
{
	VEC(struct str) ids = { 0 };
	struct str rest = value, word;
	bool good = true;
	while ((word = str_word(&rest)).len) {
		if (is_id(word)) {
			vec_push(a, &ids, word);
			continue;
		}
		diag_add(d, DIAG_ATTRIBUTE_VALUE, pos_in(pos, value, word), "'" STR_FMT "' %s",
			STR_ARG(word), types[XML_ID].wanted);
		good = false;
	}
	if (good)
		*(struct xml_ids *)into = (struct xml_ids){ ids.at, ids.count };
	return good;
}

static struct str nearest_choice(const struct xml_choice *choices, struct str value)
{
	struct str best = STR("");
	for (const struct xml_choice *c = choices; c->name; c++) {
		struct str pair[2] = { best, str_from(c->name) };
		best = str_nearest(value, pair, 2);
	}
	return best;
}

static const char *choice_list(struct arena *a, const struct xml_choice *choices)
{
	struct buf b;
	buf_init(&b, a, 1024);
	for (const struct xml_choice *c = choices; c->name; c++)
		buf_printf(&b, "%s'%s'", c == choices ? "" : c[1].name ? ", " : " or ", c->name);
	return b.ptr;
}

static bool read_choice(struct arena *a, const struct xml_field *field, struct str value,
	struct src_pos pos, void *into, struct diag *d)
{
	struct str name = str_trim(value);
	for (const struct xml_choice *c = field->choices; c->name; c++) {
		if (str_is(name, c->name)) {
			*(uint8_t *)into = c->value;
			return true;
		}
	}
	struct str near = nearest_choice(field->choices, name);
	if (near.len)
		diag_add(d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' is not a value of '%s'%s",
			STR_ARG(value), field->name, diag_nearest(d, near));
	else
		diag_add(d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' is not a value of '%s'; write %s",
			STR_ARG(value), field->name, choice_list(a, field->choices));
	return false;
}

bool xml_read_value(struct arena *a, const struct xml_field *field, struct str value,
	struct src_pos pos, void *into, struct diag *d)
{
	if (field->type == XML_IDS)
		return read_ids(a, value, pos, into, d);
	if (field->type == XML_CHOICE)
		return read_choice(a, field, value, pos, into, d);
	const struct type_row *type = &types[field->type];
	if (type->take(value, into))
		return true;
	diag_add(d, DIAG_ATTRIBUTE_VALUE, pos, "'" STR_FMT "' %s", STR_ARG(value), type->wanted);
	return false;
}

/* A file's root element says version="1"; xml_parse has checked that. */
static bool is_version_of_file(const struct xml_node *n, const struct xml_attr *attr)
{
	return str_is(attr->name, "version") && (!n->parent || n->parent->pos.source != n->pos.source);
}

static void report_unknown_attr(const struct xml_node *n, const struct xml_attr *attr,
	const struct xml_field *fields, struct diag *d)
{
	struct str near = STR("");
	for (const struct xml_field *f = fields; f->name; f++) {
		struct str pair[2] = { near, str_from(f->name) };
		near = str_nearest(attr->name, pair, 2);
	}
	if (str_starts(attr->name, "xml:") && near.len == 0)
		near = (struct str){ attr->name.ptr + 4, attr->name.len - 4 };
	diag_add(d, DIAG_ATTRIBUTE_UNKNOWN, attr->pos,
		"attribute '" STR_FMT "' is not known on '" STR_FMT "'%s", STR_ARG(attr->name),
		STR_ARG(n->name), diag_nearest(d, near));
}

static bool read_attr(struct arena *a, const struct xml_node *n, const struct xml_attr *attr,
	const struct xml_field *fields, void *into, struct diag *d)
{
	for (const struct xml_field *f = fields; f->name; f++)
		if (str_is(attr->name, f->name))
			return xml_read_value(a, f, attr->value, attr->value_pos, (char *)into + f->offset, d);
	if (is_version_of_file(n, attr))
		return true;
	report_unknown_attr(n, attr, fields, d);
	return false;
}

bool xml_read_attrs(struct arena *a, const struct xml_node *n, const struct xml_field *fields,
	void *into, struct diag *d)
{
	bool good = true;
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		good &= read_attr(a, n, attr, fields, into, d);
	for (const struct xml_field *f = fields; f->name; f++) {
		if (!(f->flags & XML_REQUIRED) || xml_attr(n, f->name))
			continue;
		diag_add(d, DIAG_ATTRIBUTE_MISSING, n->pos, "'" STR_FMT "' has no attribute '%s'",
			STR_ARG(n->name), f->name);
		good = false;
	}
	return good;
}

static void report_unknown_child(const struct xml_node *n, const struct xml_node *child,
	const struct xml_child *table, struct diag *d)
{
	struct str near = STR("");
	for (const struct xml_child *c = table; c->name; c++) {
		struct str pair[2] = { near, str_from(c->name) };
		near = str_nearest(child->name, pair, 2);
	}
	diag_add(d, DIAG_ELEMENT_UNKNOWN, child->pos,
		"element '" STR_FMT "' is not known in '" STR_FMT "'%s", STR_ARG(child->name),
		STR_ARG(n->name), diag_nearest(d, near));
}

static void report_text(const struct xml_node *n, const struct xml_node *text, struct diag *d)
{
	if (str_trim(text->text).len)
		diag_add(d, DIAG_TEXT_UNEXPECTED, xml_text_pos(text),
			"text is not expected in '" STR_FMT "'", STR_ARG(n->name));
}

static void read_child(const struct xml_node *n, const struct xml_node *child,
	const struct xml_child *table, void *ctx, struct diag *d)
{
	for (const struct xml_child *c = table; c->name; c++) {
		if (xml_is(child, c->name)) {
			c->read(ctx, child);
			return;
		}
	}
	report_unknown_child(n, child, table, d);
}

void xml_read_children(
	const struct xml_node *n, const struct xml_child *table, void *ctx, struct diag *d)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->name.len == 0)
			report_text(n, c, d);
		else
			read_child(n, c, table, ctx, d);
	}
}
