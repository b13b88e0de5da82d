/* The library: a folder, a briefing or a batch file -> the papers there are: which briefing for which unit. */
#include "entente_folder.h"

enum { UNITS_SHOWN = 20 };

struct finding {
	struct entente *e;
	struct arena *a;
	struct papers out;
	struct map known;            /* "path|unit" of each paper found */
	VEC(struct str) open;        /* briefings that say no unit */
};

static struct str attr_of(const struct xml_node *n, const char *name)
{
	const struct xml_attr *attr = n ? xml_attr(n, name) : NULL;

	return attr ? str_trim(attr->value) : (struct str){ 0 };
}

struct paths {
	VEC(struct str) list;
};

/* In the folder and the two levels below it. */
static struct paths files_named(struct finding *f, const char *name)
{
	static const char *const levels[] = { "", "*/", "*/*/" };
	struct paths out = { 0 };

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		size_t count;
		struct str *paths = source_glob(f->a, &f->e->project, (struct str){ 0 }, str_printf(f->a, "%s%s", levels[i], name), &count);

		for (size_t k = 0; k < count; k++)
			vec_push(f->a, &out.list, paths[k]);
	}
	return out;
}

/* The unit that it is of, as far as anybody says. */
static struct str paper_unit(const struct paper *p)
{
	return p->unit.len ? p->unit : p->said;
}

static void add(struct finding *f, struct paper paper)
{
	struct str key = str_printf(f->a, STR_FMT "|" STR_FMT, STR_ARG(paper.briefing), STR_ARG(paper_unit(&paper)));

	if (map_put(f->a, &f->known, key, f) == NULL)
		vec_push(f->a, &f->out.list, paper);
}

/* ---- batch files ---- */

static void add_named(struct finding *f, const struct roster *roster, const struct roster_unit *u)
{
	const struct xml_node *root = folder_root(f->e, u->briefing);
	struct paper paper = { .briefing = u->briefing, .said = attr_of(root, "unit"), .layout = u->layout.len ? u->layout : roster->layout,
		.table = u->table };
	struct str period = u->period.len ? u->period : roster->period.len ? roster->period : attr_of(root, "period");

	if (!u->unread && !str_equal(paper.said, u->id)) {
		paper.unit = u->id;
		paper.shared = true;
	}
	period_parse(period, &paper.period);
	add(f, paper);
}

/* Those of one briefing, or all of them. */
static void add_batch(struct finding *f, struct str path, struct str briefing)
{
	struct xml_loader loader = { .arena = f->a, .root = &f->e->project, .diag = &f->e->diag };
	const struct roster *roster = roster_read(&loader, path, &f->e->diag);

	for (size_t i = 0; roster && i < roster->units.count; i++)
		if (briefing.len == 0 || str_equal(roster->units.at[i].briefing, briefing))
			add_named(f, roster, &roster->units.at[i]);
}

static void add_batches(struct finding *f, struct str briefing)
{
	struct paths batches = files_named(f, "batch.xml");

	for (size_t i = 0; i < batches.list.count; i++)
		add_batch(f, batches.list.at[i], briefing);
}

/* ---- a briefing that says no unit ---- */

static bool is_somebodys(const struct finding *f, struct str unit)
{
	for (size_t i = 0; i < f->out.list.count; i++)
		if (str_equal(f->out.list.at[i].said, unit))
			return true;
	return false;
}

/* Those of the units that its company declares; those that have a briefing of their own are not among them. */
static void add_declared(struct finding *f, struct str path)
{
	struct diag quiet;
	const struct facts *facts;

	diag_init(&quiet, f->a);
	facts = folder_heads(f->e, path, (struct facts_options){ 0 }, &quiet);
	if (facts == NULL) {
		add(f, (struct paper){ .briefing = path });
		return;
	}
	for (size_t i = 0; i < facts->units.count; i++) {
		struct str unit = ((const struct facts_unit *)facts->units.entries[i].value)->id;

		if (!is_somebodys(f, unit))
			add(f, (struct paper){ .briefing = path, .unit = unit, .period = facts->period, .shared = true });
	}
	if (facts->units.count == 0)
		add(f, (struct paper){ .briefing = path, .period = facts->period });
}

static bool is_found(const struct finding *f, struct str path)
{
	for (size_t i = 0; i < f->out.list.count; i++)
		if (str_equal(f->out.list.at[i].briefing, path))
			return true;
	return false;
}

/* ---- what is asked for ---- */

static void add_file(struct finding *f, struct str path)
{
	const struct xml_node *root = folder_root(f->e, path);
	struct paper paper = { .briefing = path, .said = attr_of(root, "unit") };

	period_parse(attr_of(root, "period"), &paper.period);
	if (root && xml_is(root, "briefing") && paper.said.len == 0)
		vec_push(f->a, &f->open, path);
	else
		add(f, paper);
}

static void find_files(struct finding *f)
{
	struct paths briefings = files_named(f, "briefing.xml");

	for (size_t i = 0; i < briefings.list.count; i++)
		add_file(f, briefings.list.at[i]);
}

static void find_folder(struct finding *f)
{
	find_files(f);
	add_batches(f, (struct str){ 0 });
	for (size_t i = 0; i < f->open.count; i++)
		if (!is_found(f, f->open.at[i]))
			add_declared(f, f->open.at[i]);
	if (f->out.list.count == 0 && f->e->diag.errors == 0)
		diag_add(&f->e->diag, DIAG_UNITS_NONE, (struct src_pos){ 0 },
			"no briefing.xml, and no batch.xml that names one, in this folder or the two levels below it");
}

/* A unit that is asked for need not be on a list: the briefing's company says whether there is one. */
static void find_one(struct finding *f, struct str path, struct str unit)
{
	struct finding all = { .e = f->e, .a = f->a };
	struct paper one = { .briefing = path, .unit = unit };

	add_file(f, path);
	if (f->open.count == 0) {
		f->out.list.at[0].unit = unit;
		return;
	}
	add_batches(f, path);
	if (f->out.list.count == 0 && unit.len == 0) {
		find_files(&all); /* units with a briefing of their own */
		all.open.count = 0;
		add_declared(&all, path);
		for (size_t i = 0; i < all.out.list.count; i++)
			if (str_equal(all.out.list.at[i].briefing, path))
				add(f, all.out.list.at[i]);
	}
	if (unit.len == 0)
		return;
	for (size_t i = 0; i < f->out.list.count; i++)
		if (i == 0 || str_equal(f->out.list.at[i].unit, unit))
			one.layout = f->out.list.at[i].layout;
	one.shared = true;
	f->out.list.count = 0;
	vec_push(f->a, &f->out.list, one);
}

/* ---- fewer of them ---- */

static struct str units_listed(struct finding *f)
{
	struct map seen = { 0 };
	struct buf b;

	buf_init(&b, f->a, 65536);
	for (size_t i = 0; i < f->out.list.count; i++) {
		struct str unit = paper_unit(&f->out.list.at[i]);

		if (unit.len && map_put(f->a, &seen, unit, f) == NULL && seen.count <= UNITS_SHOWN)
			buf_printf(&b, "%s" STR_FMT, b.len ? ", " : "", STR_ARG(unit));
	}
	if (seen.count > UNITS_SHOWN)
		buf_printf(&b, " and %zu more", seen.count - UNITS_SHOWN);
	return buf_str(&b);
}

static struct str nearest_unit(const struct finding *f, struct str unit)
{
	struct str near = { 0 };

	for (size_t i = 0; i < f->out.list.count; i++) {
		struct str pair[2] = { near, paper_unit(&f->out.list.at[i]) };

		near = str_nearest(unit, pair, 2);
	}
	return near;
}

static void keep_unit(struct finding *f, struct str unit)
{
	struct papers kept = { 0 };

	for (size_t i = 0; i < f->out.list.count; i++)
		if (str_equal(paper_unit(&f->out.list.at[i]), unit))
			vec_push(f->a, &kept.list, f->out.list.at[i]);
	if (kept.list.count == 0)
		diag_add(&f->e->diag, DIAG_UNIT_UNKNOWN, (struct src_pos){ 0 }, "no paper of a unit '" STR_FMT "' here; there are those of " STR_FMT "%s",
			STR_ARG(unit), STR_ARG(units_listed(f)), diag_nearest(&f->e->diag, nearest_unit(f, unit)));
	f->out = kept;
}

static struct papers of_period(struct finding *f, struct period period)
{
	struct papers out = { 0 };

	for (size_t i = 0; i < f->out.list.count; i++)
		if (period_cmp(f->out.list.at[i].period, period) == 0)
			vec_push(f->a, &out.list, f->out.list.at[i]);
	return out;
}

static struct period newest(const struct finding *f)
{
	struct period p = { 0 };

	for (size_t i = 0; i < f->out.list.count; i++)
		if (p.kind == PERIOD_NONE || period_cmp(f->out.list.at[i].period, p) > 0)
			p = f->out.list.at[i].period;
	return p;
}

static void keep_period(struct finding *f, struct period period, bool exact)
{
	struct papers kept = of_period(f, period);

	if (kept.list.count == 0 && !exact)
		kept = of_period(f, period_shift(period, -1));
	if (kept.list.count == 0)
		diag_add(&f->e->diag, DIAG_UNITS_NONE, (struct src_pos){ 0 },
			exact ? "no briefing of that period in this folder or the two levels below it"
			      : "no briefing of that period, or of the one before it, in this folder or the two levels below it");
	f->out = kept;
}

static bool is_batch(struct entente *e, struct str path)
{
	const struct xml_node *root = folder_root(e, path);

	return root && xml_is(root, "batch");
}

struct papers papers_of(struct entente *e, const struct entente_request *request)
{
	struct finding f = { .e = e, .a = &e->unit };
	struct str path = str_from(request->briefing), unit = str_from(request->unit);
	struct period period;

	if (!folder_period(e, request->period, &period))
		return f.out;
	if (path.len && !is_batch(e, path)) {
		find_one(&f, path, unit);
		return f.out;
	}
	if (path.len)
		add_batch(&f, path, (struct str){ 0 });
	else
		find_folder(&f);
	if (f.out.list.count && unit.len)
		keep_unit(&f, unit);
	if (period.kind == PERIOD_NONE && request->exact)
		period = newest(&f);
	if (f.out.list.count && period.kind != PERIOD_NONE)
		keep_period(&f, period, request->exact);
	return f.out;
}

struct entente_request paper_request(struct arena *a, const struct paper *p, const struct entente_request *request)
{
	struct entente_request out = *request;

	out.briefing = str_terminated(a, p->briefing);
	out.unit = p->unit.len ? str_terminated(a, p->unit) : NULL;
	if (out.layout == NULL && p->layout.len)
		out.layout = str_terminated(a, p->layout);
	if (out.period == NULL && p->period.kind != PERIOD_NONE)
		out.period = str_terminated(a, period_text(a, p->period));
	out.listed = p->shared || request->listed;
	return out;
}

/* ---- for other programs ---- */

static const char *kept(struct entente *e, const char *text)
{
	return text ? str_terminated(&e->session, str_from(text)) : NULL;
}

static const struct entente_papers *no_memory(struct entente *e)
{
	session_out_of_memory(e);
	e->papers = (struct entente_papers){ .status = ENTENTE_SYSTEM };
	return &e->papers;
}

const struct entente_papers *entente_papers(struct entente *e, const struct entente_request *request)
{
	struct papers all;
	struct entente_paper *out;

	if (setjmp(e->unwind))
		return no_memory(e);
	session_begin(e);
	all = papers_of(e, request);
	out = ARENA_ARRAY(&e->session, struct entente_paper, all.list.count);
	for (size_t i = 0; i < all.list.count; i++) {
		struct entente_request r = paper_request(&e->unit, &all.list.at[i], request);
		struct str unit = paper_unit(&all.list.at[i]);

		out[i] = (struct entente_paper){ kept(e, r.briefing),
			unit.len ? str_terminated(&e->session, unit) : NULL, kept(e, r.period), kept(e, r.layout), r.listed };
	}
	session_count(e);
	e->papers = (struct entente_papers){ e->result.status, out, all.list.count };
	return &e->papers;
}
