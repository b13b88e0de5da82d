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
	const struct xml_node *root = folder_root(roll->session, path);

	return root && xml_is(root, "briefing") ? root : NULL;
}

/* Says what there is instead of the quarter before. */
static void no_quarter(struct rolling *roll, const struct papers *all)
{
	const struct paper *newest = NULL;
	const struct xml_node *raw;

	for (size_t i = 0; i < all->list.count; i++)
		if (all->list.at[i].period.kind == roll->to.kind &&
			(newest == NULL || period_cmp(all->list.at[i].period, newest->period) > 0))
			newest = &all->list.at[i];
	raw = newest ? read_raw(roll, newest->briefing) : NULL;
	if (newest == NULL)
		diag_add(roll->d, DIAG_UNITS_NONE, (struct src_pos){ 0 }, "no briefing of " STR_FMT " in this folder or the two levels below it",
			STR_ARG(period_text(roll->a, roll->from)));
	else
		diag_add(roll->d, DIAG_CLOSED_PERIOD, raw ? raw->pos : (struct src_pos){ 0 },
			STR_FMT " starts from " STR_FMT ", and the newest briefing is of " STR_FMT "; roll to " STR_FMT,
			STR_ARG(period_text(roll->a, roll->to)), STR_ARG(period_text(roll->a, roll->from)),
			STR_ARG(period_text(roll->a, newest->period)), STR_ARG(period_text(roll->a, period_shift(newest->period, 1))));
}

/* ---- the closed quarter ---- */

static bool is_of_unit(const struct rolled_unit *u, const struct xml_node *root)
{
	const struct xml_attr *unit = xml_attr(root, "unit");

	return str_equal(unit ? unit->value : (struct str){ 0 }, u->facts->unit);
}

/* Under its name, or under the one that it had when units were not in it. */
static void check_closed(struct rolled_unit *u)
{
	struct arena *a = u->roll->a;
	const struct xml_node *root;

	u->closed = closed_path(a, u->path, u->facts->unit, u->roll->from, false);
	root = folder_root(u->roll->session, u->closed);
	if (root == NULL) {
		struct str old = closed_path(a, u->path, u->facts->unit, u->roll->from, true);

		root = folder_root(u->roll->session, old);
		if (root && is_of_unit(u, root))
			u->closed = old;
		else
			root = NULL;
	}
	if (root)
		facts_closed_intact(a, root, u->roll->d);
	else
		diag_add(u->roll->d, DIAG_FILE_MISSING, u->raw->pos, "this quarter is not closed: there is no '" STR_FMT "'; 'entente close' writes it",
			STR_ARG(u->closed));
}

/* ---- its briefing ---- */

/* From the new briefing's folder up to the project. */
static void put_up(struct buf *out, const struct rolled_unit *u)
{
	buf_puts(out, u->shared ? "../" : "../../");
	for (size_t i = 0; i < u->roll->folder.len; i++)
		if (u->roll->folder.ptr[i] == '/')
			buf_puts(out, "../");
}

void roll_put_path(struct buf *out, const struct rolled_unit *u, struct str path)
{
	put_up(out, u);
	buf_xml(out, path);
}

void roll_put_href(struct buf *out, const struct rolled_unit *u, struct str path)
{
	buf_puts(out, " href=\"");
	roll_put_path(out, u, path);
	buf_putc(out, '"');
}

void roll_put_use(struct buf *out, const char *element, const struct rolled_unit *u, struct str path)
{
	buf_printf(out, "\t<%s", element);
	roll_put_href(out, u, path);
	buf_puts(out, "/>\n");
}

/* Now, or before this unit joined them. */
static bool is_rolled_folder(const struct rolling *roll, struct str folder)
{
	struct str text;

	if (roll->joined.len && roll_there(roll, str_printf(roll->a, STR_FMT "/facts.xml", STR_ARG(last_part(folder))), &text))
		return true;
	for (size_t i = 0; i < roll->folders.count; i++)
		if (str_equal(roll->folders.at[i], folder))
			return true;
	return false;
}

static bool holds(struct rolled_unit *u, struct str path, const char *root)
{
	const struct xml_node *n = folder_root(u->roll->session, path);

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
		roll_put_use(out, "use", u, path);
	}
}

/* As long after the quarter's end as the last one. */
void roll_put_meeting(struct buf *out, const struct rolled_unit *u)
{
	const struct facts *f = u->facts;
	int32_t after;

	if (f->meeting.year == 0)
		return;
	after = date_days(f->meeting) - date_days(period_last_day(u->roll->from, &f->calendar));
	buf_puts(out, "\t" ROLL_PROPOSED "\n\t<meeting date=\"");
	buf_date(out, date_of_days(date_days(period_last_day(u->roll->to, &f->calendar)) + after));
	buf_putc(out, '"');
	if (f->minutes)
		buf_printf(out, " minutes=\"%d\"", f->minutes);
	buf_puts(out, "/>\n");
}

void roll_put_head(struct buf *out, const struct rolled_unit *u)
{
	struct str period = period_text(u->roll->a, u->roll->to);

	buf_puts(out, "<briefing xmlns=\"urn:entente\"");
	for (const struct xml_attr *a = u->raw->attrs; a; a = a->next)
		buf_xml_attr(out, str_terminated(u->roll->a, a->name), str_is(a->name, "period") ? period : a->value);
	if (xml_attr(u->raw, "period") == NULL)
		buf_xml_attr(out, "period", period);
	buf_puts(out, ">\n");
}

static struct str briefing_text(struct rolled_unit *u)
{
	struct buf out;
	struct map seen = { 0 };

	buf_init(&out, u->roll->a, (size_t)1 << 20);
	buf_puts(&out, ROLL_DECLARATION);
	roll_put_head(&out, u);
	roll_put_meeting(&out, u);
	roll_put_use(&out, "closed", u, u->closed);
	for (const struct xml_node *n = u->raw->first; n; n = n->next)
		if (xml_is(n, "use"))
			put_used(&out, u, n, &seen);
	buf_puts(&out, "\t<use href=\"history.xml\"/>\n\t<use href=\"facts.xml\"/>\n</briefing>\n");
	return buf_str(&out);
}

/* ---- one unit ---- */

static void roll_add_file(struct rolling *roll, struct str folder, const char *name, struct str text)
{
	struct entente_file *file = vec_add(roll->a, &roll->files);

	file->path = str_printf(roll->a, STR_FMT "%s%s", STR_ARG(folder), folder.len ? "/" : "", name).ptr;
	file->bytes = text.ptr;
	file->size = text.len;
}

static bool read_unit(struct rolled_unit *u)
{
	struct rolling *roll = u->roll;
	const struct facts_options options = { .unit = u->unit, .period = period_text(roll->a, roll->from) };
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

static struct rolled_unit *unit_of(struct rolling *roll, const struct paper *paper)
{
	struct rolled_unit *u = ARENA_NEW(roll->a, struct rolled_unit);

	u->roll = roll;
	u->path = paper->briefing;
	u->unit = paper->unit;
	u->shared = paper->shared;
	u->folder = folder_of(u->path);
	u->raw = read_raw(roll, u->path);
	u->name = u->folder.len ? last_part(u->folder) : STR("unit");
	return u;
}

static void roll_unit(struct rolling *roll, const struct paper *paper, struct buf *note)
{
	struct rolled_unit *u = unit_of(roll, paper);

	if (u->raw == NULL || !read_unit(u))
		return;
	roll_check_new(u);
	roll_decide(u);
	roll_find_gone(u);
	roll_add_file(roll, u->name, "briefing.xml", briefing_text(u));
	roll_add_file(roll, u->name, "facts.xml", roll_facts_text(u));
	roll_add_file(roll, u->name, "history.xml", roll_history_text(u));
	buf_put(note, roll_note_text(u));
}

/* All units of one briefing: nothing of it is a unit's own, so that one briefing follows it. */
static void roll_shared(struct rolling *roll, const struct papers *papers, size_t first, struct buf *note)
{
	struct shared_briefing shared = { .name = last_part(papers->list.at[first].briefing) };
	struct str there;

	for (size_t i = first; i < papers->list.count; i++) {
		struct rolled_unit *u;

		if (!str_equal(papers->list.at[i].briefing, papers->list.at[first].briefing))
			continue;
		u = unit_of(roll, &papers->list.at[i]);
		if (u->raw == NULL || !read_unit(u))
			continue;
		roll_decide(u);
		roll_find_gone(u);
		vec_push(roll->a, &shared.units, u);
		vec_push(roll->a, &shared.papers, &papers->list.at[i]);
	}
	if (shared.units.count == 0)
		return;
	vec_push(roll->a, &roll->shared, shared);
	if (roll->joined.len == 0 || !roll_there(roll, shared.name, &there))
		roll_add_file(roll, (struct str){ 0 }, str_terminated(roll->a, shared.name), roll_shared_text(&shared));
	buf_put(note, roll_shared_note(&shared));
}

/* ---- the whole ---- */

static bool is_first_of_briefing(const struct papers *papers, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_equal(papers->list.at[i].briefing, papers->list.at[at].briefing))
			return false;
	return true;
}

static bool is_taken(struct rolling *roll, struct str name)
{
	for (size_t i = 0; i < roll->shared.count; i++)
		if (str_equal(roll->shared.at[i].name, name))
			return true;
	return false;
}

static void roll_papers(struct rolling *roll, const struct papers *papers, struct buf *note)
{
	for (size_t i = 0; i < papers->list.count; i++) {
		const struct paper *p = &papers->list.at[i];

		if (!p->shared)
			roll_unit(roll, p, note);
		else if (is_first_of_briefing(papers, i) && is_taken(roll, last_part(p->briefing)))
			diag_add(roll->d, DIAG_OUTPUT_TWICE, (struct src_pos){ 0 },
				"two briefings of several units are named '" STR_FMT "' and would follow each other in one folder; rename one",
				STR_ARG(last_part(p->briefing)));
		else if (is_first_of_briefing(papers, i))
			roll_shared(roll, papers, i, note);
	}
}

static void put_passed(struct buf *note, const struct rolling *roll)
{
	for (size_t i = 0; i < roll->d->messages.count; i++)
		if (folder_passed(&roll->d->messages.at[i]))
			buf_printf(note, STR_FMT "\n", STR_ARG(roll->d->messages.at[i].text));
	for (size_t i = 0; i < roll->begun.count; i++)
		buf_printf(note, "unit '" STR_FMT "' begins with " STR_FMT ": there is no quarter before it to start from\n", STR_ARG(roll->begun.at[i]),
			STR_ARG(period_text(roll->a, roll->to)));
}

/* A unit that has closed before the new period has no paper in it; one that begins with it has no quarter to start from. */
static bool goes_on(struct rolling *roll, const struct paper *paper)
{
	const struct facts_options options = { .unit = paper->unit, .period = period_text(roll->a, roll->to), .listed = true };
	struct diag quiet;
	const struct facts_unit *unit;
	const struct facts *facts;

	diag_init(&quiet, roll->a);
	facts = folder_heads(roll->session, paper->briefing, options, &quiet);
	if (facts == NULL)
		return true; /* what is wrong is told when it is read */
	for (size_t i = 0; i < quiet.messages.count && facts->passed; i++)
		if (folder_passed(&quiet.messages.at[i]))
			diag_add(roll->d, DIAG_UNIT_PASSED, quiet.messages.at[i].pos, STR_FMT, STR_ARG(quiet.messages.at[i].text));
	if (facts->passed)
		return false;
	unit = map_lookup(&facts->units, facts->unit);
	if (unit == NULL || facts_unit_there(facts, unit, roll->from))
		return true;
	vec_push(roll->a, &roll->begun, unit->id);
	return false;
}

static void roll_all(struct rolling *roll, const struct entente_request *request)
{
	struct entente_request all_periods = *request;
	struct papers all, due = { 0 };
	size_t found = 0;
	struct buf note;

	all_periods.period = NULL;
	all = papers_of(roll->session, &all_periods);
	for (size_t i = 0; i < all.list.count; i++)
		if (period_equal(all.list.at[i].period, roll->from) && ++found && goes_on(roll, &all.list.at[i]))
			vec_push(roll->a, &due.list, all.list.at[i]);
	for (size_t i = 0; i < due.list.count; i++)
		if (!due.list.at[i].shared)
			vec_push(roll->a, &roll->folders, folder_of(due.list.at[i].briefing));
	if (found == 0 && roll->d->errors == 0)
		no_quarter(roll, &all);
	if (due.list.count == 0 && roll->d->errors == 0)
		diag_add(roll->d, DIAG_UNITS_NONE, (struct src_pos){ 0 }, "every unit has closed: there is no paper of " STR_FMT,
			STR_ARG(period_text(roll->a, roll->to)));
	if (due.list.count == 0)
		return;
	roll->whole = request->unit == NULL;
	if (!roll->whole)
		roll_there(roll, STR("batch.xml"), &roll->joined);
	buf_init(&note, roll->a, (size_t)64 << 20);
	roll_papers(roll, &due, &note);
	put_passed(&note, roll);
	buf_put(&note, roll_gone_text(roll));
	buf_put(&note, roll_stale_text(roll));
	roll_add_file(roll, (struct str){ 0 }, "batch.xml", roll->joined.len ? roll_joined_batch(roll) : roll_batch_text(roll));
	roll_add_file(roll, (struct str){ 0 }, "awaited.txt", roll_joined_note(roll, buf_str(&note)));
	roll->note = buf_str(&note);
}

static const struct entente_rolled *out_of_memory(struct entente *e)
{
	session_begin(e);
	diag_add(&e->diag, DIAG_SYSTEM, (struct src_pos){ 0 }, "out of memory");
	e->rolled = (struct entente_rolled){ .status = ENTENTE_SYSTEM };
	return &e->rolled;
}

const struct entente_rolled *entente_roll(struct entente *e, const struct entente_request *request, const char *folder)
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
	if (!period_parse(str_from(request->period), &roll->to) || roll->to.kind == PERIOD_YTD || roll->to.kind == PERIOD_LTM) {
		diag_add(&e->diag, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 }, "'%s' is not a period; write it as 2026-Q4",
			request->period);
		return &e->rolled;
	}
	roll->from = period_shift(roll->to, -1);
	roll_all(roll, request);
	if (e->diag.errors)
		return &e->rolled;
	e->rolled = (struct entente_rolled){ .status = ENTENTE_DONE, .files = roll->files.at, .file_count = roll->files.count,
		.joins = roll->joined.len > 0, .note = str_terminated(roll->a, roll->note) };
	return &e->rolled;
}
