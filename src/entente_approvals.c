/* The library: the approvals beside a briefing, read and held against what the paper says now; and a new one written down. */
#include "entente_folder.h"
#include "entente_review.h"

#include "base/hash.h"

enum { CHANGES_SHOWN = 3 };  /* figures that changed since, told of each approval, and as many sentences */

/* ---- reading ---- */

struct reading {
	struct job *job;
	struct approvals *all;
	struct content *content;     /* the one whose lines are read */
};

static void read_approval(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		{ "by", XML_ID, XML_REQUIRED, offsetof(struct approval, by), NULL },
		{ "name", XML_STR, XML_REQUIRED, offsetof(struct approval, name), NULL },
		{ "date", XML_DATE, XML_REQUIRED, offsetof(struct approval, date), NULL },
		{ "unit", XML_ID, XML_OPTIONAL, offsetof(struct approval, unit), NULL },
		{ "period", XML_PERIOD, XML_REQUIRED, offsetof(struct approval, period), NULL },
		{ "revision", XML_INT, XML_OPTIONAL, offsetof(struct approval, revision), NULL },
		{ "content", XML_STR, XML_REQUIRED, offsetof(struct approval, content), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct reading *in = ctx;
	struct entente *e = in->job->session;
	struct approval approval = { .pos = n->pos };

	if (xml_read_attrs(&e->unit, n, fields, &approval, &e->diag))
		vec_push(&e->unit, &in->all->list, approval);
}

static void read_line(struct reading *in, const struct xml_node *n, bool figure)
{
	static const struct xml_field fields[] = {
		{ "slot", XML_STR, XML_OPTIONAL, offsetof(struct content_line, slot), NULL },
		{ "of", XML_STR, XML_OPTIONAL, offsetof(struct content_line, of), NULL },
		{ "text", XML_STR, XML_REQUIRED, offsetof(struct content_line, text), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct entente *e = in->job->session;
	struct content_line line = { .figure = figure };

	if (xml_read_attrs(&e->unit, n, fields, &line, &e->diag))
		vec_push(&e->unit, &in->content->lines, line);
}

static void read_figure(void *ctx, const struct xml_node *n)
{
	read_line(ctx, n, true);
}

static void read_sentence(void *ctx, const struct xml_node *n)
{
	read_line(ctx, n, false);
}

/* Lines that do not have the hash they are kept under are nobody's approval. */
static void read_content(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "figure", read_figure }, { "sentence", read_sentence }, { NULL, NULL } };
	static const struct xml_field fields[] = {
		{ "sha256", XML_STR, XML_REQUIRED, offsetof(struct content, hash), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct reading *in = ctx;
	struct entente *e = in->job->session;
	struct content said = { .hash = { 0 } };
	size_t errors = e->diag.errors;

	in->content = ARENA_NEW(&e->unit, struct content);
	xml_read_attrs(&e->unit, n, fields, &said, &e->diag);
	xml_read_children(n, children, in, &e->diag);
	content_hash(&e->unit, in->content);
	if (e->diag.errors == errors && !str_equal(said.hash, in->content->hash))
		diag_add(&e->diag, DIAG_APPROVAL_EDITED, n->pos,
			"what was approved was edited afterwards: it has not the hash that it is kept under; have it approved again");
	map_set(&e->unit, &in->all->contents, said.hash, in->content);
}

static const char seal_mark[] = "seal=\""; /* quotes inside values are escaped: the first one is the root's */

/* A list that was written by hand is nobody's approval. */
static bool is_sealed(struct entente *e, const struct xml_node *root)
{
	static const struct xml_field fields[] = {
		{ "version", XML_STR, XML_OPTIONAL, 0, NULL },
		{ "seal", XML_STR, XML_OPTIONAL, sizeof(struct str), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct str read[2] = { { 0 } };

	if (!xml_read_attrs(&e->unit, root, fields, read, &e->diag))
		return false;
	if (read[1].len == 0) {
		diag_add(&e->diag, DIAG_APPROVAL_EDITED, root->pos,
			"this list of approvals has no seal, so 'entente approve' did not write it; remove the file and have the paper approved again");
		return false;
	}
	if (str_equal(read[1], hash_sealed(&e->unit, root->pos.source->text, seal_mark)))
		return true;
	diag_add(&e->diag, DIAG_APPROVAL_EDITED, xml_attr(root, "seal")->value_pos,
		"this list of approvals was changed after it was written: its text does not match its seal; bring it back as it was, or remove "
		"the file and have the paper approved again");
	return false;
}

struct approvals approvals_read(struct job *job)
{
	static const struct xml_child children[] = { { "approval", read_approval }, { "content", read_content }, { NULL, NULL } };
	struct entente *e = job->session;
	struct approvals all = { .root = NULL };
	struct reading in = { .job = job, .all = &all };
	struct str path = path_beside(&e->unit, job->briefing->pos.source->path, "approvals");
	size_t there = 0;

	source_glob(&e->unit, &e->project, STR(""), path, &there);
	if (job->request->approvals)
		all.root = xml_parse(&e->unit, source_from(&e->unit, path, str_from(job->request->approvals)), &e->diag);
	else if (there)
		all.root = xml_load(&job->loader, path, (struct src_pos){ 0 });
	else
		return all;
	if (all.root && !xml_is(all.root, "approvals"))
		diag_add(&e->diag, DIAG_ELEMENT_UNKNOWN, all.root->pos, "a file of approvals begins with <approvals>, not <" STR_FMT ">",
			STR_ARG(all.root->name));
	else if (all.root && is_sealed(e, all.root))
		xml_read_children(all.root, children, &in, &e->diag);
	else
		all.refused = true;
	return all;
}

static bool is_ours(const struct job *job, const struct approval *approval)
{
	return str_equal(approval->unit, job->facts->unit) && period_cmp(approval->period, job->facts->period) == 0;
}

const struct approval *approval_by(const struct job *job, const struct approvals *all, struct str by)
{
	for (size_t i = all->list.count; i-- > 0;)
		if (is_ours(job, &all->list.at[i]) && str_equal(all->list.at[i].by, by))
			return &all->list.at[i];
	return NULL;
}

/* ---- what changed since ---- */

static struct str line_key(struct arena *a, const struct content_line *l, bool with_text)
{
	return str_printf(a, "%d|" STR_FMT "|" STR_FMT "|" STR_FMT, l->figure, STR_ARG(l->slot), STR_ARG(l->of),
		STR_ARG(with_text ? l->text : STR("")));
}

/* Lines of one that the other has not, as often as it says them. */
struct line_list {
	VEC(const struct content_line *) list;
};

static struct line_list only_in(struct arena *a, const struct content *these, const struct content *those)
{
	struct map counts = { 0 };
	struct line_list out = { 0 };

	for (size_t i = 0; i < those->lines.count; i++) {
		struct str key = line_key(a, &those->lines.at[i], true);

		map_set(a, &counts, key, (void *)((uintptr_t)map_lookup(&counts, key) + 1));
	}
	for (size_t i = 0; i < these->lines.count; i++) {
		struct str key = line_key(a, &these->lines.at[i], true);
		uintptr_t left = (uintptr_t)map_lookup(&counts, key);

		if (left)
			map_set(a, &counts, key, (void *)(left - 1));
		else
			vec_push(a, &out.list, &these->lines.at[i]);
	}
	return out;
}

static size_t count_kind(const struct line_list *l, bool figure)
{
	size_t count = 0;

	for (size_t i = 0; i < l->list.count; i++)
		count += l->list.at[i]->figure == figure;
	return count;
}

/* The line that stands where this one stood; each is taken once. */
static const struct content_line *take_match(struct arena *a, struct line_list *from, const struct content_line *line)
{
	for (size_t i = 0; i < from->list.count; i++) {
		const struct content_line *other = from->list.at[i];

		if (other == NULL || !str_equal(line_key(a, other, false), line_key(a, line, false)))
			continue;
		from->list.at[i] = NULL;
		return other;
	}
	return NULL;
}

struct telling {
	struct diag *d;
	struct arena *arena;
	const struct approval *approval;
	struct map told;             /* a tile prints its figure in two places */
	size_t count[2];             /* sentences, figures told */
};

static void tell_change(struct telling *t, const struct content_line *was, const struct content_line *now)
{
	const struct content_line *any = was ? was : now;
	struct str of = any->of.len ? any->of : any->figure ? STR("a figure") : STR("a sentence");
	struct str text = str_printf(t->arena, STR_FMT ", in '" STR_FMT "': %s" STR_FMT "%s%s" STR_FMT "%s", STR_ARG(of), STR_ARG(any->slot),
		was ? "approved '" : "not there then", STR_ARG(was ? was->text : STR("")), was ? "', " : ", ",
		now ? "now '" : "now not there", STR_ARG(now ? now->text : STR("")), now ? "'" : "");

	if (t->count[any->figure] == CHANGES_SHOWN || map_put(t->arena, &t->told, text, t))
		return;
	t->count[any->figure]++;
	diag_note(t->d, t->approval->pos, STR_FMT, STR_ARG(text));
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static void tell_changes(struct job *job, const struct approval *approval, const struct content *was, const struct content *now)
{
	struct arena *a = &job->session->unit;
	struct telling t = { .d = &job->session->diag, .arena = a, .approval = approval };
	struct line_list gone = only_in(a, was, now), come = only_in(a, now, was);
	size_t figures = larger(count_kind(&gone, true), count_kind(&come, true)),
		sentences = larger(count_kind(&gone, false), count_kind(&come, false));

	diag_add(t.d, DIAG_APPROVAL_STALE, approval->pos,
		"content changed since '" STR_FMT "' approved it: %zu figure%s and %zu sentence%s; have it approved again",
		STR_ARG(approval->by), figures, figures == 1 ? "" : "s", sentences, sentences == 1 ? "" : "s");
	for (size_t i = 0; i < gone.list.count; i++)
		tell_change(&t, gone.list.at[i], take_match(a, &come, gone.list.at[i]));
	for (size_t i = 0; i < come.list.count; i++)
		if (come.list.at[i])
			tell_change(&t, NULL, come.list.at[i]);
}

/* ---- final ---- */

/* Of what the paper's figures are from; year 0 when no source is. */
static const struct facts_source *newest_source(const struct facts *f)
{
	const struct facts_source *newest = NULL;

	for (size_t i = 0; i < f->cells.count; i++) {
		const struct facts_source *s = f->cells.at[i]->source;

		if (s && (newest == NULL || date_cmp(s->date, newest->date) > 0))
			newest = s;
	}
	return newest;
}

static void check_date(struct job *job, const struct approval *approval)
{
	const struct facts_source *source = newest_source(job->facts);
	struct buf dates;

	if (source == NULL || date_cmp(approval->date, source->date) >= 0)
		return;
	buf_init(&dates, &job->session->unit, 128);
	buf_date(&dates, approval->date);
	buf_puts(&dates, ", before its figures: source '");
	buf_put(&dates, source->id);
	buf_puts(&dates, "' is of ");
	buf_date(&dates, source->date);
	diag_add(&job->session->diag, DIAG_APPROVAL_EARLY, approval->pos, "'" STR_FMT "' approved this on " STR_FMT, STR_ARG(approval->by),
		STR_ARG(buf_str(&dates)));
	diag_note(&job->session->diag, source->pos, "the source is declared here");
}

static void unknown_approver(struct job *job, struct str by, struct src_pos pos)
{
	const struct facts *f = job->facts;
	struct str near = { 0 };

	for (size_t i = 0; i < f->approvers.count; i++) {
		struct str pair[2] = { near, f->approvers.at[i].id };

		near = str_nearest(by, pair, 2);
	}
	diag_add(&job->session->diag, DIAG_APPROVER_UNKNOWN, pos, "the company names no approver '" STR_FMT "'%s", STR_ARG(by),
		diag_nearest(&job->session->diag, near));
	if (f->approvers.count)
		diag_note(&job->session->diag, f->approvers.at[0].pos, "its approvers are named here");
}

static void check_approver(struct job *job, const struct approvals *all, const struct content *now, const struct facts_approver *who)
{
	const struct approval *approval = approval_by(job, all, who->id);
	const struct content *was = approval ? map_lookup(&all->contents, approval->content) : NULL;

	if (approval == NULL) {
		diag_add(&job->session->diag, DIAG_APPROVAL_MISSING, job->facts->state_pos,
			"this cannot be final: '" STR_FMT "' has not approved it; 'entente approve' writes an approval down", STR_ARG(who->id));
		diag_note(&job->session->diag, who->pos, "the approver is named here");
		return;
	}
	check_date(job, approval);
	if (str_equal(approval->content, now->hash))
		return;
	if (was)
		tell_changes(job, approval, was, now);
	else
		diag_add(&job->session->diag, DIAG_APPROVAL_STALE, approval->pos,
			"content changed since '" STR_FMT "' approved it, and what was approved is not kept here; have it approved again",
			STR_ARG(approval->by));
}

void check_approvals(struct job *job)
{
	const struct facts *f = job->facts;
	struct approvals all;
	struct content now;

	if (f->state != STATE_FINAL)
		return;
	all = approvals_read(job);
	if (all.refused)
		return;
	now = content_of(job);
	if (f->approvers.count == 0)
		diag_add(&job->session->diag, DIAG_APPROVERS_NONE, f->state_pos,
			"this is final without anybody's approval: the company names no approvers; add <approvals> to it");
	for (size_t i = 0; i < f->approvers.count; i++)
		check_approver(job, &all, &now, &f->approvers.at[i]);
	for (size_t i = 0; i < all.list.count; i++)
		if (f->approvers.count && facts_approver_lookup(f, all.list.at[i].by) == NULL)
			unknown_approver(job, all.list.at[i].by, all.list.at[i].pos);
}

/* ---- approving ---- */

static void put_approval(struct buf *out, const struct approval *approval)
{
	buf_puts(out, "\t<approval");
	buf_xml_attr_some(out, "by", approval->by);
	buf_xml_attr_some(out, "name", approval->name);
	buf_puts(out, " date=\"");
	buf_date(out, approval->date);
	buf_putc(out, '"');
	buf_xml_attr_some(out, "unit", approval->unit);
	buf_puts(out, " period=\"");
	buf_period(out, approval->period);
	buf_putc(out, '"');
	if (approval->revision > 0)
		buf_printf(out, " revision=\"%d\"", approval->revision);
	buf_xml_attr_some(out, "content", approval->content);
	buf_puts(out, "/>\n");
}

static void put_content(struct buf *out, const struct content *c)
{
	buf_puts(out, "\t<content");
	buf_xml_attr_some(out, "sha256", c->hash);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < c->lines.count; i++) {
		buf_puts(out, c->lines.at[i].figure ? "\t\t<figure" : "\t\t<sentence");
		buf_xml_attr_some(out, "slot", c->lines.at[i].slot);
		buf_xml_attr_some(out, "of", c->lines.at[i].of);
		buf_xml_attr_some(out, "text", c->lines.at[i].text);
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "\t</content>\n");
}

/* Of the request; false after diagnostics. */
static bool new_approval(struct job *job, const struct content *now, struct approval *out)
{
	const struct entente_request *r = job->request;
	struct diag *d = &job->session->diag;

	*out = (struct approval){ .by = str_from(r->approver), .name = str_trim(str_from(r->approver_name)), .content = now->hash,
		.unit = job->facts->unit, .period = job->facts->period, .revision = job->facts->revision };
	if (facts_approver_lookup(job->facts, out->by) == NULL)
		unknown_approver(job, out->by, (struct src_pos){ 0 });
	if (out->name.len == 0)
		diag_add(d, DIAG_ATTRIBUTE_MISSING, (struct src_pos){ 0 }, "an approval needs the name of the person; add --name \"…\"");
	if (!date_parse(str_from(r->approved), &out->date))
		diag_add(d, DIAG_ATTRIBUTE_VALUE, (struct src_pos){ 0 }, "'%s' is not a date; write YYYY-MM-DD", r->approved ? r->approved : "");
	else
		check_date(job, out);
	return d->errors == 0;
}

/* Whether an approval that stays rests on that content. */
static bool is_needed(const struct job *job, const struct approvals *all, const struct approval *new, struct str hash)
{
	for (size_t i = 0; i < all->list.count; i++)
		if (str_equal(all->list.at[i].content, hash) && !(is_ours(job, &all->list.at[i]) && str_equal(all->list.at[i].by, new->by)))
			return true;
	return false;
}

void approve(struct job *job)
{
	struct entente *e = job->session;
	struct content now = content_of(job);
	struct approvals all = approvals_read(job);
	struct approval new;
	struct buf out;

	if (!new_approval(job, &now, &new))
		return;
	buf_init(&out, &e->unit, (size_t)256 << 20);
	buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- Who approved what, as 'entente approve' wrote it down. It is not to be changed by hand. -->\n"
		"<approvals xmlns=\"urn:entente\" version=\"1\"\n\tseal=\"0000000000000000000000000000000000000000000000000000000000000000\">\n");
	for (size_t i = 0; i < all.list.count; i++)
		if (!is_ours(job, &all.list.at[i]) || !str_equal(all.list.at[i].by, new.by))
			put_approval(&out, &all.list.at[i]);
	put_approval(&out, &new);
	for (size_t i = 0; i < all.contents.count; i++) {
		const struct content *c = all.contents.entries[i].value;

		if (!str_equal(c->hash, now.hash) && is_needed(job, &all, &new, c->hash))
			put_content(&out, c);
	}
	put_content(&out, &now);
	buf_puts(&out, "</approvals>\n");
	hash_seal(&e->unit, out.ptr, out.len, seal_mark);
	e->result.text = buf_str(&out).ptr;
	e->result.text_size = out.len;
}
