/* xml -> roster: a batch file -> the units it names, each with its briefing. */
#include "roster/roster.h"

#include "base/csv.h"
#include "base/limits.h"

struct reading {
	struct xml_loader *loader;
	struct roster *roster;
	struct diag *diag;
	struct map ids, outputs; /* -> struct roster_unit, to refuse what comes twice */
};

struct units_element { /* <units from="units/…/briefing.xml"/> or <units table="agencies.csv"
			  column="agency" briefing="agency.xml"/> */
	struct str from, table, column, separator, encoding, briefing;
};

static const struct xml_field batch_fields[] = {
	{ "version", XML_STR, XML_OPTIONAL, offsetof(struct roster, version), NULL },
	{ "name", XML_STR, XML_OPTIONAL, offsetof(struct roster, name), NULL },
	{ "layout", XML_ID, XML_OPTIONAL, offsetof(struct roster, layout), NULL },
	{ "period", XML_STR, XML_OPTIONAL, offsetof(struct roster, period), NULL },
	{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct roster, lang), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static const struct xml_field unit_fields[] = {
	{ "id", XML_ID, XML_REQUIRED, offsetof(struct roster_unit, id), NULL },
	{ "briefing", XML_STR, XML_REQUIRED, offsetof(struct roster_unit, briefing), NULL },
	{ "layout", XML_ID, XML_OPTIONAL, offsetof(struct roster_unit, layout), NULL },
	{ "period", XML_STR, XML_OPTIONAL, offsetof(struct roster_unit, period), NULL },
	{ "output", XML_STR, XML_OPTIONAL, offsetof(struct roster_unit, output), NULL },
	{ NULL, 0, 0, 0, NULL },
};

static const struct xml_field units_fields[] = {
	{ "from", XML_STR, XML_OPTIONAL, offsetof(struct units_element, from), NULL },
	{ "table", XML_STR, XML_OPTIONAL, offsetof(struct units_element, table), NULL },
	{ "column", XML_STR, XML_OPTIONAL, offsetof(struct units_element, column), NULL },
	{ "separator", XML_STR, XML_OPTIONAL, offsetof(struct units_element, separator), NULL },
	{ "encoding", XML_STR, XML_OPTIONAL, offsetof(struct units_element, encoding), NULL },
	{ "briefing", XML_STR, XML_OPTIONAL, offsetof(struct units_element, briefing), NULL },
	{ NULL, 0, 0, 0, NULL },
};

/* ---- output names ---- */

enum { NAME_MOST = 200 }; /* bytes of a file name; the temporary one is a little longer */

static struct str part_named(const struct reading *r, const struct roster_unit *u, struct str name)
{
	static const char *const fields[] = { "unit", "period" };
	struct str names[2];

	if (str_is(name, fields[0]))
		return u->id;
	if (str_is(name, fields[1]))
		return u->period.len ? u->period : r->roster->period;
	for (size_t i = 0; i < 2; i++)
		names[i] = str_from(fields[i]);
	diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, r->roster->pos,
		"an output name has no field '{" STR_FMT "}'; write {unit} and {period}%s",
		STR_ARG(name), diag_nearest(r->diag, str_nearest(name, names, 2)));
	return (struct str){ 0 };
}

/* "{unit}-{period}.pdf" filled in. */
static struct str filled_name(const struct reading *r, const struct roster_unit *u)
{
	struct str pattern = r->roster->name;
	struct buf out;

	buf_init(&out, r->loader->arena, 1 << 16);
	for (size_t i = 0; i < pattern.len; i++) {
		const char *close = pattern.ptr[i] == '{'
			? memchr(pattern.ptr + i, '}', pattern.len - i)
			: NULL;

		if (close) {
			buf_put(&out,
				part_named(r, u,
					(struct str){ pattern.ptr + i + 1,
						(size_t)(close - pattern.ptr) - i - 1 }));
			i = (size_t)(close - pattern.ptr);
		} else {
			buf_putc(&out, pattern.ptr[i]);
		}
	}
	return buf_str(&out);
}

/* What could leave the folder, hide in it or break a line becomes '-'. */
static struct str safe_name(struct arena *a, struct str name)
{
	struct buf out;

	buf_init(&out, a, name.len + 1);
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];

		buf_putc(&out,
			c < ' ' || c == 0x7f || c == '/' || c == '\\' || (i == 0 && c == '.')
				? '-'
				: name.ptr[i]);
	}
	return buf_str(&out);
}

/* A name that the file itself states is refused where it is unsafe; one made of ids is made
 * safe. */
static bool name_output(struct reading *r, struct roster_unit *u)
{
	struct str name = u->output.len ? u->output : filled_name(r, u),
		   safe = safe_name(r->loader->arena, name);
	bool refused = u->output.len && !str_equal(name, safe);

	u->output = safe;
	if (refused)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, u->pos,
			"'" STR_FMT "' is no name for a file in the output folder", STR_ARG(name));
	else if (name.len == 0 || name.len > NAME_MOST)
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, u->pos,
			"an output name has 1 to %d bytes, not %zu", NAME_MOST, name.len);
	else if (str_is(safe, "manifest.json"))
		diag_add(r->diag, DIAG_OUTPUT_TWICE, u->pos,
			"the output name 'manifest.json' is the manifest's");
	else
		return true;
	return false;
}

static bool new_name(struct reading *r, struct map *known, struct str key,
	const struct roster_unit *u, enum diag_code code, const char *what)
{
	const struct roster_unit *before = map_put(r->loader->arena, known, key, (void *)u);

	if (before == NULL)
		return true;
	diag_add(r->diag, code, u->pos, "two units have the %s '" STR_FMT "'", what, STR_ARG(key));
	diag_note(r->diag, before->pos, "the first is here");
	return false;
}

static void add_unit(struct reading *r, struct roster_unit unit)
{
	struct roster_unit *u = ARENA_NEW(r->loader->arena, struct roster_unit);

	*u = unit;
	if (!name_output(r, u))
		return;
	if (new_name(r, &r->ids, u->id, u, DIAG_ID_TWICE, "id") &&
		new_name(r, &r->outputs, u->output, u, DIAG_OUTPUT_TWICE, "output name"))
		vec_push(r->loader->arena, &r->roster->units, *u);
}

/* ---- units from files: the unit of each is what its briefing element says ---- */

/* The briefing element alone: what it uses is read by whoever builds it. NULL when it is broken or
 * not there: that costs its own unit alone, and why is said when it is built. */
static const struct xml_node *briefing_root(
	const struct reading *r, struct str path, struct src_pos pos)
{
	struct arena *a = r->loader->arena;
	const struct source *source;
	struct diag unsaid;

	diag_init(&unsaid, a);
	source = source_load(a, r->loader->root, (struct str){ 0 }, path, pos, &unsaid);
	return source ? xml_parse(a, source, &unsaid) : NULL;
}

/* What names may need; empty where the batch says it for all. */
static struct str period_of(const struct reading *r, const struct xml_node *root)
{
	const struct xml_attr *period =
		root && r->roster->period.len == 0 ? xml_attr(root, "period") : NULL;

	return period ? period->value : (struct str){ 0 };
}

static struct str unit_of(const struct xml_node *root)
{
	const struct xml_attr *unit = xml_attr(root, "unit");

	return unit ? str_trim(unit->value) : (struct str){ 0 };
}

/* A broken file, or one that is no briefing of a unit, costs its own unit alone: it stays in the batch under the name of its path. */
static struct str id_of_path(struct arena *a, struct str path)
{
	struct str id = str_copy(a, path);

	id.len -= str_ends(id, ".xml") ? 4 : 0;
	for (size_t i = 0; i < id.len; i++)
		if (id.ptr[i] == '/')
			((char *)(uintptr_t)id.ptr)[i] = '-';
	return id;
}

static void add_file(struct reading *r, struct str path, struct src_pos pos)
{
	const struct xml_node *root = briefing_root(r, path, pos);
	struct str id = root && xml_is(root, "briefing") ? unit_of(root) : (struct str){ 0 };
	bool unread = id.len == 0;

	add_unit(r,
		(struct roster_unit){ .id = unread ? id_of_path(r->loader->arena, path) : id,
			.unread = unread,
			.briefing = path,
			.period = period_of(r, root),
			.pos = root ? root->pos : pos,
			.asked = pos });
}

static void read_unit(void *ctx, const struct xml_node *n)
{
	struct reading *r = ctx;
	struct roster_unit unit = { .pos = n->pos, .asked = n->pos };

	if (!xml_read_attrs(r->loader->arena, n, unit_fields, &unit, r->diag))
		return;
	unit.briefing = xml_path_beside(r->loader->arena, n->pos, unit.briefing);
	if (unit.period.len == 0)
		unit.period = period_of(r, briefing_root(r, unit.briefing, n->pos));
	add_unit(r, unit);
}

static void add_files(struct reading *r, struct str pattern, struct src_pos pos)
{
	size_t count;
	struct str *found =
		source_glob(r->loader->arena, r->loader->root, (struct str){ 0 }, pattern, &count);

	if (count == 0)
		diag_add(r->diag, DIAG_UNITS_NONE, pos, "no file matches '" STR_FMT "'",
			STR_ARG(pattern));
	for (size_t i = 0; i < count; i++)
		add_file(r, found[i], pos);
}

/* ---- units from the rows of a table: one a distinct value of a column ---- */

static struct str head_name(const struct csv *c, size_t i)
{
	return str_trim(c->row.fields.at[i].text);
}

static bool find_column(struct reading *r, const struct csv *c, struct str name, size_t *column)
{
	struct str near = { 0 };

	for (*column = 0; *column < c->row.fields.count; ++*column)
		if (str_equal(head_name(c, *column), name))
			return true;
	for (size_t i = 0; i < c->row.fields.count; i++) {
		struct str pair[2] = { near, head_name(c, i) };

		near = str_nearest(name, pair, 2);
	}
	diag_add(r->diag, DIAG_CSV_COLUMN, (struct src_pos){ c->source, 0 },
		"no column '" STR_FMT "' in the head row%s", STR_ARG(name), diag_nearest(r->diag, near));
	return false;
}

static void add_row_unit(struct reading *r, const struct roster_table *table, struct str id,
	struct src_pos pos, struct src_pos asked)
{
	if (id.len == 0 || map_lookup(&r->ids, id))
		return; /* the same unit's further rows */
	add_unit(r, (struct roster_unit){ .id = id, .briefing = table->briefing, .table = table, .pos = pos, .asked = asked });
}

static const struct roster_table *table_of(struct reading *r, const struct units_element *e, const struct xml_node *n)
{
	struct roster_table *table = ARENA_NEW(r->loader->arena, struct roster_table);

	*table = (struct roster_table){ .path = xml_path_beside(r->loader->arena, n->pos, e->table), .column = e->column,
		.separator = e->separator, .encoding = e->encoding, .briefing = e->briefing };
	return table;
}

static const struct source *load_table(
	struct reading *r, const struct units_element *e, const struct xml_node *n)
{
	struct arena *a = r->loader->arena;
	struct str path = xml_path_beside(a, n->pos, e->table);
	const struct source *source =
		source_load(a, r->loader->root, (struct str){ 0 }, path, n->pos, r->diag);

	return source ? source_to_utf8(a, source, e->encoding.len ? e->encoding : STR("UTF-8"), r->diag)
		      : NULL;
}

/* False after a diagnostic. */
static bool open_table(
	struct reading *r, const struct units_element *e, const struct xml_node *n, struct csv *c)
{
	struct csv_dialect dialect = { .separator = ',', .quote = '"' };
	const struct source *source;

	if (e->separator.len && !csv_sign(e->separator, &dialect.separator)) {
		diag_add(r->diag, DIAG_ATTRIBUTE_VALUE, xml_attr(n, "separator")->value_pos,
			"'" STR_FMT "' is not a single sign", STR_ARG(e->separator));
		return false;
	}
	source = load_table(r, e, n);
	if (source)
		csv_open(c, r->loader->arena, source, dialect, r->diag);
	return source;
}

static void add_table(struct reading *r, const struct units_element *e, const struct xml_node *n)
{
	const struct roster_table *table = table_of(r, e, n);
	struct csv c;
	size_t column, width, bad = 0;

	if (!open_table(r, e, n, &c))
		return;
	csv_next(&c);
	width = c.row.fields.count;
	if (c.failed)
		return;
	if (!find_column(r, &c, e->column, &column)) {
		diag_note(r->diag, n->pos, "the column is asked for here");
		return;
	}
	while (bad < LIMIT_DIAGS_SHOWN && csv_next(&c)) {
		const struct csv_field *field = c.row.fields.at;

		if (column < c.row.fields.count) {
			add_row_unit(r, table, str_trim(field[column].text), field[column].pos, n->pos);
			continue;
		}
		diag_add(r->diag, DIAG_CSV_FIELDS, field->pos,
			"this row has %zu field%s, the first one %zu", c.row.fields.count,
			c.row.fields.count == 1 ? "" : "s", width);
		bad++;
	}
}

/* One of two forms, and all that it needs. */
static bool whole(struct reading *r, const struct units_element *e, const struct xml_node *n)
{
	bool table = e->table.len && e->column.len && e->briefing.len;

	if ((e->from.len > 0) != (e->table.len > 0) && (e->from.len || table))
		return true;
	diag_add(r->diag, DIAG_ATTRIBUTE_MISSING, n->pos,
		"'units' needs 'from', or 'table' with 'column' and 'briefing'");
	return false;
}

static void read_units(void *ctx, const struct xml_node *n)
{
	struct reading *r = ctx;
	struct units_element e = { 0 };

	if (!xml_read_attrs(r->loader->arena, n, units_fields, &e, r->diag) || !whole(r, &e, n))
		return;
	if (e.table.len) {
		e.briefing = xml_path_beside(r->loader->arena, n->pos, e.briefing);
		add_table(r, &e, n);
		return;
	}
	add_files(r, xml_path_beside(r->loader->arena, n->pos, e.from), n->pos);
}

/* The company is read by each briefing; here only its language and layout are of use. */
static void read_company(void *ctx, const struct xml_node *n)
{
	struct reading *r = ctx;
	const struct xml_attr *lang = xml_attr(n, "lang"), *layout = xml_attr(n, "layout");

	if (lang && r->roster->lang.len == 0)
		r->roster->lang = lang->value;
	if (layout)
		r->roster->usual = layout->value;
}

static const struct xml_child batch_children[] = {
	{ "unit", read_unit },
	{ "units", read_units },
	{ "company", read_company },
	{ NULL, NULL },
};

struct roster *roster_read(struct xml_loader *l, struct str path, struct diag *d)
{
	const struct xml_node *root = xml_load(l, path, (struct src_pos){ 0 });
	struct roster *b = ARENA_NEW(l->arena, struct roster);
	struct reading r = { .loader = l, .roster = b, .diag = d };

	if (root == NULL)
		return NULL;
	if (!xml_is(root, "batch")) {
		diag_add(d, DIAG_ELEMENT_UNKNOWN, root->pos,
			"a batch file begins with <batch>, not <" STR_FMT ">", STR_ARG(root->name));
		return NULL;
	}
	xml_read_attrs(l->arena, root, batch_fields, b, d);
	if (b->name.len == 0)
		b->name = STR("{unit}.pdf");
	b->source = root->pos.source;
	b->pos = root->pos;
	xml_read_children(root, batch_children, &r, d);
	if (b->units.count == 0 && d->errors == 0)
		diag_add(d, DIAG_UNITS_NONE, root->pos,
			"this batch has no unit; add <unit> or <units>");
	return b;
}
