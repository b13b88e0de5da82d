/* The library: two closed quarters -> what differs. A figure is matched by where it stands and what it is of, its period counted from that of its
 * own paper, so that this quarter's is held against this quarter's; a sentence by its slot and topic. */
#include "entente_int.h"

/* One side of the comparison. */
struct paper {
	const char *name;            /* as the user named it */
	const struct xml_node *root;
	struct str unit;
	struct period period;
};

/* What was matched: an element of each paper; NULL where one has none. */
struct pair {
	const struct xml_node *at[2];
};
struct matched {
	VEC(struct pair) list;       /* in the order of the first paper, then what only the second has */
	struct map by_key;
	size_t same;                 /* pairs that print the same */
};

struct diffing {
	struct arena *a;
	struct paper papers[2];
	struct matched figures, sentences;
};

static struct str attr_of(const struct xml_node *n, const char *name)
{
	const struct xml_attr *attr = n ? xml_attr(n, name) : NULL;

	return attr ? attr->value : (struct str){ 0 };
}

/* ---- keys ---- */

/* Periods of one kind by number; those to a month are counted in months. */
static int order_of(struct period p)
{
	static const int a_year[PERIOD_KINDS] = { [PERIOD_MONTH] = 12, [PERIOD_QUARTER] = 4, [PERIOD_HALF] = 2, [PERIOD_YEAR] = 1, [PERIOD_YTD] = 12,
		[PERIOD_LTM] = 12 };

	return p.year * a_year[p.kind] + p.number;
}

static void put_distance(struct buf *key, const struct paper *paper, struct str text)
{
	struct period p;

	if (!period_parse(text, &p) || paper->period.kind == PERIOD_NONE) {
		buf_put(key, text);
		return;
	}
	buf_printf(key, "%d:%d", p.kind, order_of(p) - order_of(period_as(paper->period, (enum period_kind)p.kind)));
}

static void figure_key(struct buf *key, const struct paper *paper, const struct xml_node *n)
{
	static const char *const names[] = { "slot", "metric", "item", "side", "scenario", "operation", "measure" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		buf_put(key, attr_of(n, names[i]));
		buf_putc(key, '|');
	}
	if (!str_equal(attr_of(n, "unit"), paper->unit))
		buf_put(key, attr_of(n, "unit"));
	buf_putc(key, '|');
	put_distance(key, paper, attr_of(n, "period"));
}

static void sentence_key(struct buf *key, const struct paper *paper, const struct xml_node *n)
{
	(void)paper;
	buf_put(key, attr_of(n, "slot"));
	buf_putc(key, '|');
	buf_put(key, attr_of(n, "topic"));
}

/* ---- matching ---- */

static const struct xml_node *part_of(const struct paper *paper, const char *name)
{
	for (const struct xml_node *n = paper->root->first; n; n = n->next)
		if (xml_is(n, name))
			return n;
	return NULL;
}



/* Alike ones of a paper are told apart by their number. */
static struct str numbered(struct diffing *d, struct map *counts, struct buf *key)
{
	size_t *count = map_lookup(counts, buf_str(key));

	if (count == NULL) {
		count = ARENA_NEW(d->a, size_t);
		map_put(d->a, counts, str_copy(d->a, buf_str(key)), count);
	}
	buf_printf(key, "#%zu", ++*count);
	return str_copy(d->a, buf_str(key));
}

static void match_paper(struct diffing *d, struct matched *m, int which, const char *part,
	void (*put_key)(struct buf *key, const struct paper *paper, const struct xml_node *n))
{
	const struct paper *paper = &d->papers[which];
	const struct xml_node *list = part_of(paper, part);
	struct map counts = { 0 };
	struct buf key;

	buf_init(&key, d->a, (size_t)1 << 20);
	for (const struct xml_node *n = list ? list->first : NULL; n; n = n->next) {
		struct str text;
		uintptr_t known;

		if (n->name.len == 0)
			continue;
		key.len = 0;
		put_key(&key, paper, n);
		text = numbered(d, &counts, &key);
		known = (uintptr_t)map_lookup(&m->by_key, text);
		if (known == 0) {
			vec_add(d->a, &m->list);
			known = m->list.count;
			map_put(d->a, &m->by_key, text, (void *)known);
		}
		m->list.at[known - 1].at[which] = n;
	}
}

static struct str said(struct diffing *d, const struct xml_node *n)
{
	struct str text = attr_of(n, "text");

	return n == NULL || text.len ? text : xml_text(d->a, n);
}

static bool is_same(struct diffing *d, const struct pair *p)
{
	return p->at[0] && p->at[1] && str_equal(said(d, p->at[0]), said(d, p->at[1]));
}

/* Leaves what differs, each once: a tile prints its figure in two places. */
static void keep_different(struct diffing *d, struct matched *m)
{
	struct map seen = { 0 };
	size_t kept = 0;

	for (size_t i = 0; i < m->list.count; i++) {
		struct pair p = m->list.at[i];
		const struct xml_node *n = p.at[0] ? p.at[0] : p.at[1];
		struct str row;

		if (is_same(d, &p)) {
			m->same++;
			continue;
		}
		row = str_printf(d->a, STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(attr_of(n, "slot")),
			STR_ARG(attr_of(n, "metric")), STR_ARG(attr_of(n, "item")), STR_ARG(attr_of(n, "side")), STR_ARG(attr_of(n, "period")),
			STR_ARG(said(d, p.at[0])), STR_ARG(said(d, p.at[1])));
		if (map_put(d->a, &seen, row, d) == NULL)
			m->list.at[kept++] = p;
	}
	m->list.count = kept;
}

/* ---- as text ---- */

static void put_padded(struct buf *out, struct str text, size_t width)
{
	size_t shown = 0;

	for (size_t at = 0; at < text.len; shown++)
		utf8_next(text, &at);
	buf_put(out, text);
	for (; shown < width; shown++)
		buf_putc(out, ' ');
	buf_puts(out, "  ");
}

static struct str names_of(struct diffing *d, const struct xml_node *n)
{
	static const char *const names[] = { "metric", "item", "side", "operation", "period" };
	struct buf b;

	buf_init(&b, d->a, 4096);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (attr_of(n, names[i]).len == 0)
			continue;
		if (b.len)
			buf_putc(&b, ' ');
		buf_put(&b, attr_of(n, names[i]));
	}
	if (attr_of(n, "scenario").len && !str_is(attr_of(n, "scenario"), "actual"))
		buf_printf(&b, " " STR_FMT, STR_ARG(attr_of(n, "scenario")));
	return buf_str(&b);
}

static struct str or_dash(struct str text)
{
	return text.len ? text : STR("-");
}

static void put_figures(struct diffing *d, struct buf *out)
{
	if (d->figures.list.count == 0)
		return;
	buf_puts(out, "\nfigures\n");
	for (size_t i = 0; i < d->figures.list.count; i++) {
		const struct pair *p = &d->figures.list.at[i];
		const struct xml_node *n = p->at[1] ? p->at[1] : p->at[0];

		buf_puts(out, "  ");
		put_padded(out, attr_of(n, "slot"), 20);
		put_padded(out, names_of(d, n), 52);
		put_padded(out, or_dash(said(d, p->at[0])), 12);
		buf_put(out, or_dash(said(d, p->at[1])));
		buf_putc(out, '\n');
	}
}

static void put_sentence(struct diffing *d, struct buf *out, char sign, const struct xml_node *n)
{
	if (n)
		buf_printf(out, "  %c [" STR_FMT "] " STR_FMT "\n", sign, STR_ARG(attr_of(n, "snippet")), STR_ARG(said(d, n)));
}

static void put_sentences(struct diffing *d, struct buf *out)
{
	if (d->sentences.list.count == 0)
		return;
	buf_puts(out, "\nsentences\n");
	for (size_t i = 0; i < d->sentences.list.count; i++) {
		const struct pair *p = &d->sentences.list.at[i];
		const struct xml_node *n = p->at[0] ? p->at[0] : p->at[1];

		buf_printf(out, "  " STR_FMT ", " STR_FMT "\n", STR_ARG(attr_of(n, "slot")), STR_ARG(attr_of(n, "topic")));
		put_sentence(d, out, '-', p->at[0]);
		put_sentence(d, out, '+', p->at[1]);
	}
}

static void put_head(const struct paper *p, struct buf *out, const char *sign)
{
	buf_printf(out, "%s %s (" STR_FMT "%s", sign, p->name, STR_ARG(p->unit), p->unit.len ? ", " : "");
	buf_period(out, p->period);
	buf_puts(out, ")\n");
}

static void put_text(struct diffing *d, struct buf *out)
{
	put_head(&d->papers[0], out, "---");
	put_head(&d->papers[1], out, "+++");
	put_figures(d, out);
	put_sentences(d, out);
	buf_printf(out, "%s%zu figure%s and %zu sentence%s differ; %zu and %zu are the same\n",
		d->figures.list.count + d->sentences.list.count ? "\n" : "", d->figures.list.count, d->figures.list.count == 1 ? "" : "s",
		d->sentences.list.count, d->sentences.list.count == 1 ? "" : "s", d->figures.same, d->sentences.same);
}

/* ---- as JSON ---- */

/* Behind what is there of the object already, or as its first ones. */
static void put_members(struct buf *out, const struct xml_node *n, const char *const *names, bool first)
{
	for (size_t i = 0; names[i]; i++) {
		struct str value = attr_of(n, names[i]);

		if (value.len == 0)
			continue;
		buf_printf(out, "%s\"%s\":", first ? "" : ",", names[i]);
		buf_json(out, value);
		first = false;
	}
}

static void put_side(struct diffing *d, struct buf *out, const char *name, const struct xml_node *n, const char *const *names)
{
	buf_printf(out, ",\"%s\":", name);
	if (n == NULL) {
		buf_puts(out, "null");
		return;
	}
	buf_puts(out, "{\"text\":");
	buf_json(out, said(d, n));
	put_members(out, n, names, false);
	buf_putc(out, '}');
}

static void put_list(struct diffing *d, struct buf *out, const char *name, const struct matched *m, const char *const *shared,
	const char *const *own)
{
	buf_printf(out, "\"%s\":[", name);
	for (size_t i = 0; i < m->list.count; i++) {
		const struct pair *p = &m->list.at[i];

		buf_puts(out, i ? ",\n{" : "\n{");
		put_members(out, p->at[0] ? p->at[0] : p->at[1], shared, true);
		put_side(d, out, "first", p->at[0], own);
		put_side(d, out, "second", p->at[1], own);
		buf_putc(out, '}');
	}
	buf_puts(out, "],\n");
}

static void put_paper(struct buf *out, const char *name, const struct paper *p)
{
	buf_printf(out, "\"%s\":{\"file\":", name);
	buf_json(out, str_from(p->name));
	buf_puts(out, ",\"unit\":");
	buf_json(out, p->unit);
	buf_puts(out, ",\"period\":\"");
	buf_period(out, p->period);
	buf_puts(out, "\"},\n");
}

static void put_json(struct diffing *d, struct buf *out)
{
	static const char *const figure[] = { "slot", "metric", "item", "side", "scenario", "operation", NULL };
	static const char *const figure_own[] = { "at", "period", "value", NULL }, *const sentence[] = { "slot", "topic", NULL };
	static const char *const sentence_own[] = { "snippet", "at", NULL };

	buf_putc(out, '{');
	put_paper(out, "first", &d->papers[0]);
	put_paper(out, "second", &d->papers[1]);
	put_list(d, out, "figures", &d->figures, figure, figure_own);
	put_list(d, out, "sentences", &d->sentences, sentence, sentence_own);
	buf_printf(out, "\"same\":{\"figures\":%zu,\"sentences\":%zu}}\n", d->figures.same, d->sentences.same);
}

/* ---- the whole ---- */

static bool read_paper(struct entente *e, struct paper *p, const struct entente_text *text)
{
	p->name = text->name;
	p->root = xml_parse(&e->unit, source_from(&e->unit, str_from(text->name), (struct str){ text->bytes, text->size }), &e->diag);
	if (p->root == NULL)
		return false;
	p->unit = attr_of(p->root, "unit");
	period_parse(attr_of(p->root, "period"), &p->period);
	return true;
}

static const struct entente_result *diff_out_of_memory(struct entente *e)
{
	session_begin(e);
	diag_add(&e->diag, DIAG_SYSTEM, (struct src_pos){ 0 }, "out of memory");
	e->result.status = ENTENTE_SYSTEM;
	return &e->result;
}

const struct entente_result *entente_diff(struct entente *e, const struct entente_text *first, const struct entente_text *second, bool json)
{
	struct diffing *d;
	struct buf out;

	if (setjmp(e->unwind))
		return diff_out_of_memory(e);
	session_begin(e);
	d = ARENA_NEW(&e->unit, struct diffing);
	d->a = &e->unit;
	e->result.status = ENTENTE_INPUT;
	if (!read_paper(e, &d->papers[0], first) || !read_paper(e, &d->papers[1], second))
		return &e->result;
	for (int i = 0; i < 2; i++) {
		match_paper(d, &d->figures, i, "figures", figure_key);
		match_paper(d, &d->sentences, i, "sentences", sentence_key);
	}
	keep_different(d, &d->figures);
	keep_different(d, &d->sentences);
	buf_init(&out, &e->unit, (size_t)256 << 20);
	if (json)
		put_json(d, &out);
	else
		put_text(d, &out);
	e->result.text = buf_str(&out).ptr;
	e->result.text_size = out.len;
	e->result.status = ENTENTE_DONE;
	return &e->result;
}
