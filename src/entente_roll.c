/* The library: roll: a company's folder -> the next quarter's. Units whose briefing is of the period before, and closed, get a briefing, facts
 * and a history. The old quarter is only read. */
#include "entente_roll.h"

/* ---- finding the units ---- */

static struct str folder_of(struct str path)
{
	while (path.len && path.ptr[path.len - 1] != '/')
		path.len--;
	if (path.len)
		path.len--;
	return path;
}

static struct str last_part(struct str path)
{
	size_t at = path.len;

	while (at && path.ptr[at - 1] != '/')
		at--;
	return (struct str){ path.ptr + at, path.len - at };
}

/* A <briefing> as written; NULL for other files, without a message. */
static const struct xml_node *read_raw(struct rolling *roll, struct str path)
{
	struct diag quiet;
	const struct source *source;
	const struct xml_node *root;

	diag_init(&quiet, roll->a);
	source = source_load(roll->a, &roll->session->project, (struct str){ 0 }, path, (struct src_pos){ 0 }, &quiet);
	root = source ? xml_parse(roll->a, source, &quiet) : NULL;
	return root && xml_is(root, "briefing") ? root : NULL;
}

static struct period period_of(const struct xml_node *raw)
{
	const struct xml_attr *attr = xml_attr(raw, "period");
	struct period p = { 0 };

	if (attr)
		period_parse(attr->value, &p);
	return p;
}

struct found {
	struct str path;
	const struct xml_node *raw;
	struct period period;
};
struct found_list {
	VEC(struct found) list;
};

static void find_briefings(struct rolling *roll, struct found_list *out)
{
	static const char *const patterns[] = { "briefing.xml", "*/briefing.xml", "*/*/briefing.xml" };

	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
		size_t count;
		struct str *paths = source_glob(roll->a, &roll->session->project, (struct str){ 0 }, str_from(patterns[i]), &count);

		for (size_t k = 0; k < count; k++) {
			struct found f = { .path = paths[k], .raw = read_raw(roll, paths[k]) };

			if (f.raw == NULL)
				continue;
			f.period = period_of(f.raw);
			vec_push(roll->a, &out->list, f);
		}
	}
}

/* Says what there is instead of the quarter before. */
static void no_quarter(struct rolling *roll, const struct found_list *all)
{
	const struct found *newest = NULL;

	for (size_t i = 0; i < all->list.count; i++)
		if (all->list.at[i].period.kind == roll->to.kind &&
			(newest == NULL || period_cmp(all->list.at[i].period, newest->period) > 0))
			newest = &all->list.at[i];
	if (newest == NULL)
		diag_add(roll->d, DIAG_UNITS_NONE, (struct src_pos){ 0 }, "no briefing of " STR_FMT " in this folder or the two levels below it",
			STR_ARG(period_text(roll->a, roll->from)));
	else
		diag_add(roll->d, DIAG_CLOSED_PERIOD, newest->raw->pos,
			STR_FMT " starts from " STR_FMT ", and the newest briefing is of " STR_FMT "; roll to " STR_FMT,
			STR_ARG(period_text(roll->a, roll->to)), STR_ARG(period_text(roll->a, roll->from)),
			STR_ARG(period_text(roll->a, newest->period)), STR_ARG(period_text(roll->a, period_shift(newest->period, 1))));
}

/* ---- the closed quarter ---- */

static struct str closed_path(const struct rolled_unit *u)
{
	return str_printf(u->roll->a, STR_FMT "%sclosed/" STR_FMT ".xml", STR_ARG(u->folder), u->folder.len ? "/" : "",
		STR_ARG(period_text(u->roll->a, u->roll->from)));
}

static void check_closed(struct rolled_unit *u)
{
	struct diag quiet;
	const struct source *source;
	const struct xml_node *root;

	diag_init(&quiet, u->roll->a);
	source = source_load(u->roll->a, &u->roll->session->project, (struct str){ 0 }, closed_path(u), u->raw->pos, &quiet);
	if (source == NULL) {
		diag_add(u->roll->d, DIAG_FILE_MISSING, u->raw->pos, "this quarter is not closed: there is no '" STR_FMT "'; 'entente close' writes it",
			STR_ARG(closed_path(u)));
		return;
	}
	root = xml_parse(u->roll->a, source, u->roll->d);
	if (root)
		facts_closed_intact(u->roll->a, root, u->roll->d);
}

/* ---- its briefing ---- */

/* From the new briefing's folder up to the project. */
static void put_up(struct buf *out, const struct rolled_unit *u)
{
	buf_puts(out, "../../");
	for (size_t i = 0; i < u->roll->folder.len; i++)
		if (u->roll->folder.ptr[i] == '/')
			buf_puts(out, "../");
}

static void put_use(struct buf *out, const char *element, const struct rolled_unit *u, struct str path)
{
	buf_printf(out, "\t<%s href=\"", element);
	put_up(out, u);
	buf_xml(out, path);
	buf_puts(out, "\"/>\n");
}

static bool is_rolled_folder(const struct rolling *roll, struct str folder)
{
	for (size_t i = 0; i < roll->folders.count; i++)
		if (str_equal(roll->folders.at[i], folder))
			return true;
	return false;
}

static bool holds(struct rolled_unit *u, struct str path, const char *root)
{
	struct diag quiet;
	const struct source *source;
	const struct xml_node *n;

	diag_init(&quiet, u->roll->a);
	source = source_load(u->roll->a, &u->roll->session->project, (struct str){ 0 }, path, u->raw->pos, &quiet);
	n = source ? xml_parse(u->roll->a, source, &quiet) : NULL;
	return n && xml_is(n, root);
}

/* What a briefing uses: its own facts give way to the new ones, its own words speak of the old quarter, another unit's facts are
 * that unit's new ones, everything else stays where it is. */
static void put_used(struct buf *out, struct rolled_unit *u, const struct xml_node *use, struct map *seen)
{
	const struct xml_attr *href = xml_attr(use, "href");
	struct str path = href ? xml_path_beside(u->roll->a, use->pos, href->value) : (struct str){ 0 };
	struct str folder = folder_of(path);
	bool own = str_equal(folder, u->folder) && !str_is(last_part(path), "company.xml");

	if (href == NULL || xml_attr(use, "as") || !str_ends(path, ".xml") || (own && holds(u, path, "facts")))
		return;
	if (own && holds(u, path, "narrative")) {
		vec_push(u->roll->a, &u->left, path);
	} else if (is_rolled_folder(u->roll, folder) && !own && holds(u, path, "facts")) {
		if (map_put(u->roll->a, seen, folder, u) == NULL)
			buf_printf(out, "\t<use href=\"../" STR_FMT "/facts.xml\"/>\n\t<use href=\"../" STR_FMT "/history.xml\"/>\n",
				STR_ARG(last_part(folder)), STR_ARG(last_part(folder)));
	} else {
		put_use(out, "use", u, path);
	}
}

/* As long after the quarter's end as the last one. */
static void put_meeting(struct buf *out, const struct rolled_unit *u)
{
	const struct facts *f = u->facts;
	int32_t after;

	if (f->meeting.year == 0)
		return;
	after = date_days(f->meeting) - date_days(period_last_day(u->roll->from, &f->calendar));
	buf_puts(out, "\t<!-- Proposed: as long after the quarter's end as the last meeting. -->\n\t<meeting date=\"");
	buf_date(out, date_of_days(date_days(period_last_day(u->roll->to, &f->calendar)) + after));
	buf_putc(out, '"');
	if (f->minutes)
		buf_printf(out, " minutes=\"%d\"", f->minutes);
	buf_puts(out, "/>\n");
}

static struct str briefing_text(struct rolled_unit *u)
{
	struct buf out;
	struct map seen = { 0 };

	buf_init(&out, u->roll->a, (size_t)1 << 20);
	buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<briefing xmlns=\"urn:entente\"");
	for (const struct xml_attr *a = u->raw->attrs; a; a = a->next)
		buf_xml_attr(&out, str_terminated(u->roll->a, a->name), str_is(a->name, "period") ? period_text(u->roll->a, u->roll->to) : a->value);
	buf_puts(&out, ">\n");
	put_meeting(&out, u);
	put_use(&out, "closed", u, closed_path(u));
	for (const struct xml_node *n = u->raw->first; n; n = n->next)
		if (xml_is(n, "use"))
			put_used(&out, u, n, &seen);
	buf_puts(&out, "\t<use href=\"history.xml\"/>\n\t<use href=\"facts.xml\"/>\n</briefing>\n");
	return buf_str(&out);
}

/* ---- one unit ---- */

static void add_file(struct rolling *roll, struct str folder, const char *name, struct str text)
{
	struct entente_file *file = vec_add(roll->a, &roll->files);

	file->path = str_printf(roll->a, STR_FMT "%s%s", STR_ARG(folder), folder.len ? "/" : "", name).ptr;
	file->bytes = text.ptr;
	file->size = text.len;
}

static bool read_unit(struct rolled_unit *u)
{
	struct rolling *roll = u->roll;
	struct facts_options options = { 0 };
	size_t errors = roll->d->errors;

	u->root = xml_load(&roll->loader, u->path, (struct src_pos){ 0 });
	if (u->root == NULL)
		return false;
	u->facts = facts_read(roll->a, &roll->loader, u->root, roll->session->catalogue, roll->session->catalogue_count, &options, roll->d);
	if (roll->d->errors != errors)
		return false;
	check_closed(u);
	return true;
}

static void roll_unit(struct rolling *roll, const struct found *f, struct buf *note)
{
	struct rolled_unit *u = ARENA_NEW(roll->a, struct rolled_unit);

	u->roll = roll;
	u->path = f->path;
	u->folder = folder_of(f->path);
	u->raw = f->raw;
	u->name = u->folder.len ? last_part(u->folder) : STR("unit");
	if (!read_unit(u))
		return;
	roll_decide(u);
	add_file(roll, u->name, "briefing.xml", briefing_text(u));
	add_file(roll, u->name, "facts.xml", roll_facts_text(u));
	add_file(roll, u->name, "history.xml", roll_history_text(u));
	buf_put(note, roll_note_text(u));
}

/* ---- the whole ---- */

static struct str batch_text(const struct rolling *roll)
{
	return str_printf(roll->a, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- All units of the quarter. -->\n"
		"<batch xmlns=\"urn:entente\" version=\"1\" period=\"" STR_FMT "\" name=\"{unit}-{period}.pdf\">\n\t<units from=\"*/briefing.xml\"/>\n</batch>\n",
		STR_ARG(period_text(roll->a, roll->to)));
}

static void roll_all(struct rolling *roll)
{
	struct found_list all = { 0 };
	struct buf note;

	find_briefings(roll, &all);
	for (size_t i = 0; i < all.list.count; i++)
		if (period_equal(all.list.at[i].period, roll->from))
			vec_push(roll->a, &roll->folders, folder_of(all.list.at[i].path));
	if (roll->folders.count == 0) {
		no_quarter(roll, &all);
		return;
	}
	buf_init(&note, roll->a, (size_t)64 << 20);
	for (size_t i = 0; i < all.list.count; i++)
		if (period_equal(all.list.at[i].period, roll->from))
			roll_unit(roll, &all.list.at[i], &note);
	add_file(roll, (struct str){ 0 }, "batch.xml", batch_text(roll));
	add_file(roll, (struct str){ 0 }, "awaited.txt", buf_str(&note));
}

static const struct entente_rolled *out_of_memory(struct entente *e)
{
	session_begin(e);
	diag_add(&e->diag, DIAG_SYSTEM, (struct src_pos){ 0 }, "out of memory");
	e->rolled = (struct entente_rolled){ .status = ENTENTE_SYSTEM };
	return &e->rolled;
}

const struct entente_rolled *entente_roll(struct entente *e, const char *period, const char *folder)
{
	struct rolling *roll;

	if (setjmp(e->unwind))
		return out_of_memory(e);
	session_begin(e);
	session_catalogue(e);
	roll = ARENA_NEW(&e->unit, struct rolling);
	*roll = (struct rolling){ .session = e, .a = &e->unit, .d = &e->diag, .folder = str_from(folder),
		.loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag } };
	e->rolled = (struct entente_rolled){ .status = ENTENTE_INPUT };
	if (!period_parse(str_from(period), &roll->to) || roll->to.kind == PERIOD_YTD || roll->to.kind == PERIOD_LTM) {
		diag_add(&e->diag, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 }, "'%s' is not a period; write it as 2026-Q4", period);
		return &e->rolled;
	}
	roll->from = period_shift(roll->to, -1);
	roll_all(roll);
	if (e->diag.errors)
		return &e->rolled;
	e->rolled = (struct entente_rolled){ .status = ENTENTE_DONE, .files = roll->files.at, .file_count = roll->files.count };
	return &e->rolled;
}
