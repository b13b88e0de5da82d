/* What the compose tests share: a company of two sides, three payers and four budget lines; sections of a layout to a document;
 * blocks of it as text. */
#ifndef TESTS_COMPOSE_FIXTURE_H
#define TESTS_COMPOSE_FIXTURE_H

#include "layout_fixture.h"

#include "compose/compose.h"

#define NB "\xC2\xA0"
#define MINUS "\xE2\x88\x92"
#define DASH "\xE2\x80\x93"
#define SPACE "xmlns='urn:entente' version='1' "

struct composing {
	struct fixture *f;               /* folders, arena, messages */
	const struct facts *facts;
	struct calc *calc;
	struct compose_reasons reasons;
	const struct doc *doc;
};

/* cost of 2026 in millions, actual against plan: commerce 3.10/3.20, tools 1.90/1.40, search 0.80/0.75, wifi 0.60/0.60; in 2025: 2.90, 1.50, 0.70, 0.60.
 * aligned in Q3: cio 78, cmo 92, plan 80; Q2: 71, 88; Q1: 70, 80. licence is in US dollars. */
static const char compose_facts[] =
	"<briefing " SPACE "period='2026-Q3' lang='en-GB' unit='emea'><meeting date='2026-10-14'/>"
	"<company name='Northwind' currency='EUR'><units><unit id='emea'><label lang='en'>EMEA</label></unit></units></company>"
	"<catalogue><sides><side id='cio' colour='side-1' mark='circle'><label lang='en' short='CIO'>CIO office</label></side>"
	"<side id='cmo' colour='side-2' mark='square'><label lang='en' short='CMO'>CMO office</label></side></sides>"
	"<kind id='payer'><label lang='en'>Payer</label><field id='side' type='side'/></kind>"
	"<kind id='line'><label lang='en'>Line</label><field id='payer' type='ref' kind='payer'/>"
	"<field id='state' type='choice'><choice id='early' status='good' mark='ball-1'><label lang='en'>early</label></choice>"
	"<choice id='late' status='bad' mark='ball-4'><label lang='en'>late</label></choice></field>"
	"<field id='owner' type='side'/><field id='due' type='date'/><field id='why' type='text'/>"
	"<field id='fee' type='money' exponent='6' decimals='2'/></kind>"
	"<kind id='cell' label='no'><field id='line' type='ref' kind='line'/><field id='side' type='side'/>"
	"<field id='level' type='choice'><choice id='low'><label lang='en'>low</label></choice><choice id='watch'><label lang='en'>watch</label></choice>"
	"<choice id='act'><label lang='en'>act</label></choice></field></kind>"
	"<kind id='nothing'><label lang='en'>Nothing</label></kind>"
	"<metric id='cost' measure='money' exponent='6' decimals='2' items='line' aggregate='sum' period-kind='year' better='lower'"
	" material-absolute='200000' material-percent='10'><label lang='en'>Cost</label></metric>"
	"<metric id='aligned' measure='percent' better='higher' joint='mean' period-kind='quarter' prior='previous' near='4'>"
	"<label lang='en'>Priorities aligned</label><benchmark ref='elsewhere'/></metric>"
	"<metric id='wait' measure='days' better='lower' period-kind='quarter'><label lang='en'>Days waited</label><status good='10' watch='20'/></metric>"
	"<metric id='unsaid' measure='percent' period-kind='quarter'><label lang='en'>Unsaid</label></metric></catalogue>"
	"<benchmarks><benchmark id='elsewhere' value='92' measure='percent' publisher='P' study='S' sample='100' year='2020' kind='survey'>"
	"<statement lang='en'>x</statement></benchmark>"
	"<benchmark id='same-study' value='81' measure='percent' publisher='P' study='S' sample='100' year='2020' kind='survey'>"
	"<statement lang='en'>x</statement></benchmark>"
	"<benchmark id='old' value='30' measure='percent' publisher='Q' study='T' sample='12' year='2013' kind='survey' expires='2020-01-01'>"
	"<statement lang='en'>x</statement></benchmark></benchmarks>"
	"<facts><source id='pulse' title='Pulse' date='2026-09-30' sample='41'/><source id='ledger' title='Ledger' date='2026-09-30' sample='all lines'/>"
	"<payers><payer id='it' side='cio'><label lang='en'>IT</label></payer><payer id='marketing' side='cmo'><label lang='en'>Marketing</label></payer>"
	"<payer id='both' side='joint'><label lang='en'>Joint</label></payer></payers>"
	"<lines source='ledger'><line id='commerce' payer='it' state='early' owner='cio' due='2026-12-01' why='b'><label lang='en'>Commerce</label></line>"
	"<line id='tools' payer='marketing' state='late' owner='cmo' due='2026-11-01' why='a'><label lang='en'>Tools</label></line>"
	"<line id='search' payer='it' owner='cio'><label lang='en'>Search</label></line>"
	"<line id='wifi' payer='both' owner='joint' fee='2000000' currency='USD'><label lang='en'>Wi-Fi</label></line></lines>"
	"<cells><cell id='a' line='tools' side='cio' level='act'/><cell id='b' line='tools' side='cmo' level='low'/>"
	"<cell id='c' line='commerce' side='cmo' level='watch'/></cells>"
	"<values metric='aligned' source='pulse'><v period='2026-Q3' side='cio'>78</v><v period='2026-Q3' side='cmo'>92</v>"
	"<v period='2026-Q3' scenario='plan'>80</v><v period='2026-Q2' side='cio'>71</v><v period='2026-Q2' side='cmo'>88</v>"
	"<v period='2026-Q1' side='cio'>70</v><v period='2026-Q1' side='cmo'>80</v></values>"
	"<values metric='wait' source='pulse'><v period='2026-Q3'>14</v></values>"
	"<values metric='cost' source='ledger'>"
	"<v item='commerce' period='2026'>3100000</v><v item='commerce' period='2026' scenario='plan'>3200000</v><v item='commerce' period='2025'>2900000</v>"
	"<v item='tools' period='2026'>1900000</v><v item='tools' period='2026' scenario='plan'>1400000</v><v item='tools' period='2025'>1500000</v>"
	"<v item='search' period='2026'>800000</v><v item='search' period='2026' scenario='plan'>750000</v><v item='search' period='2025'>700000</v>"
	"<v item='wifi' period='2026'>600000</v><v item='wifi' period='2026' scenario='plan'>600000</v><v item='wifi' period='2025'>600000</v>"
	"</values></facts></briefing>";

static const char compose_narrative[] =
	"<narrative " SPACE "lang='en'>"
	"<topic id='title'><snippet id='a'><say>Title of <n metric='aligned'/></say></snippet></topic>"
	"<topic id='lead'><snippet id='a'><say>A lead</say></snippet></topic>"
	"<topic id='two'><snippet id='a' rank='2'><say>First</say></snippet><snippet id='b'><say>Second <n metric='cost'/></say></snippet></topic>"
	"<topic id='line'><snippet id='a'><say><t field='label'/> costs <n metric='cost'/></say></snippet></topic>"
	"<topic id='group'><snippet id='a'><say>costs <n metric='cost'/></say></snippet></topic>"
	"<topic id='said'><snippet id='a'><say side='cmo'>by marketing</say><say>by all</say></snippet></topic>"
	"<topic id='calls'><snippet id='a'><say>one<note ref='elsewhere'/> two<note ref='same-study'/> three<note ref='old'/> four"
	"<note ref='elsewhere'/></say></snippet></topic>"
	"<topic id='elsewhere'><snippet id='a' rank='1'><say>There: <n metric='aligned' show='benchmark'/>, and more</say></snippet>"
	"<snippet id='b'><say>There: <n metric='aligned' show='benchmark'/> <note ref='elsewhere'/></say></snippet></topic>"
	"<topic id='aged'><snippet id='a' rank='1'><say>Old: <note ref='old'/></say></snippet><snippet id='b'><say>New</say></snippet></topic>"
	"<topic id='seen'><snippet id='a' rank='1'><say>See <exhibit slot='none'/></say></snippet>"
	"<snippet id='b'><say>See <exhibit slot='second'/></say></snippet></topic>"
	"<topic id='parts'><snippet id='a'><say><b>S</b><mark side='cmo'/><mark field='state' show='status'/><number kind='line' item='.'/>"
	"<unit metric='cost'/><br/><list kind='line' where='payer=it'><t field='label'/></list></say></snippet></topic>"
	"</narrative>";

static inline const struct xml_node *compose_parse(struct composing *c, const char *name, const char *text)
{
	const struct xml_node *n = xml_parse(&c->f->arena, source_from(&c->f->arena, str_from(name), str_from(text)), &c->f->diag);

	if (n == NULL)
		fail_msg("%s", fixture_messages(c->f));
	return n;
}

/* The English words of the library, then those of the test. */
static inline const struct locale *compose_words(struct composing *c)
{
	static const char own[] = "<words " SPACE "lang='en'><word id='head'>Head</word><word id='sum'>Sum</word><word id='remark'>about {0}</word>"
				  "<word id='nothing'>nil</word><word id='furniture'>{company} and {unit}</word></words>";
	struct folder here;
	struct xml_loader loader = { .arena = &c->f->arena, .root = &here, .diag = &c->f->diag };
	const struct xml_node *words[2];

	assert_true(folder_open(&c->f->arena, STR("."), &here));
	words[0] = xml_load(&loader, STR("library/words/en.xml"), (struct src_pos){ 0 });
	words[1] = compose_parse(c, "words.xml", own);
	assert_non_null(words[0]);
	return locale_open(&c->f->arena, STR("en-GB"), words, 2, &c->f->diag);
}

static int compose_open(void **state)
{
	struct composing *c = calloc(1, sizeof *c);
	struct xml_loader loader = { 0 };

	c->f = fixture_open();
	loader = (struct xml_loader){ .arena = &c->f->arena, .diag = &c->f->diag };
	c->facts = facts_read(&c->f->arena, &loader, compose_parse(c, "briefing.xml", compose_facts), NULL, 0, &(struct facts_options){ 0 },
		&c->f->diag);
	assert_messages(c->f, "");
	c->calc = calc_open(&c->f->arena, c->facts);
	*state = c;
	return 0;
}

static int compose_close(void **state)
{
	struct composing *c = *state;

	fixture_close(c->f);
	free(c);
	return 0;
}

/* Sections (or anything behind the design) to a document; messages stay. */
static inline const struct doc *composed(struct composing *c, const char *rest)
{
	struct compose_input in = { .facts = c->facts, .calc = c->calc, .locale = compose_words(c), .project = &c->f->project };
	const struct xml_node *narrative = compose_parse(c, "narrative.xml", compose_narrative);

	c->f->loader = (struct xml_loader){ .arena = &c->f->arena, .root = &c->f->project, .diag = &c->f->diag }; /* a file is read once a loader */
	in.narrative = narrative_read(&c->f->arena, &narrative, 1, c->facts, NULL, &c->f->diag);
	in.layout = fixture_layout(c->f, str_printf(&c->f->arena, HEAD " id='base'>" DESIGN "%s</layout>", rest).ptr);
	if (in.layout == NULL)
		fail_msg("%s", fixture_messages(c->f));
	memset(&c->reasons, 0, sizeof c->reasons);
	c->doc = compose_doc(&c->f->arena, &in, &c->reasons, &c->f->diag);
	return c->doc;
}

/* ---- finding ---- */

static inline const struct doc_block *block_in(const struct doc_block *b, const char *slot)
{
	const struct doc_block *found = str_is(b->slot, slot) ? b : NULL;

	for (uint32_t i = 0; !found && b->kind == DOC_STACK && i < b->stack->count; i++)
		found = block_in(b->stack->blocks[i], slot);
	for (uint32_t i = 0; !found && b->kind == DOC_ROW && i < b->row->count; i++)
		found = block_in(b->row->cells[i].block, slot);
	return found;
}

static inline const struct doc_block *find_block(const struct composing *c, const char *slot)
{
	for (size_t s = 0; s < c->doc->sections.count; s++)
		for (uint32_t i = 0; i < c->doc->sections.at[s]->count; i++) {
			const struct doc_block *found = block_in(c->doc->sections.at[s]->blocks[i], slot);

			if (found)
				return found;
		}
	return NULL;
}

static inline const struct doc_block *the_block(const struct composing *c, const char *slot)
{
	const struct doc_block *b = find_block(c, slot);

	if (b == NULL)
		fail_msg("no slot '%s'\n%s", slot, fixture_messages(c->f));
	return b;
}

/* ---- as text ---- */

/* Runs: text; *strong*; <mark>; ^ a fill, / a break, [n] a note. */
static inline void put_runs(struct buf *out, const struct doc_paragraph *p)
{
	for (uint32_t i = 0; i < p->run_count; i++) {
		const struct doc_run *r = &p->runs[i];
		const char *star = r->flags & RUN_STRONG && r->kind == RUN_TEXT ? "*" : "";

		if (r->kind == RUN_MARK)
			buf_printf(out, "<%s" STR_FMT "%s>", doc_mark_name((enum doc_mark_kind)r->mark), STR_ARG(r->alt), r->alt.len ? "!" : "");
		else if (r->kind == RUN_NOTE)
			buf_printf(out, "[%u]", r->note + 1);
		else if (r->kind == RUN_TEXT)
			buf_printf(out, "%s" STR_FMT "%s", star, STR_ARG(r->text), star);
		else
			buf_puts(out, r->kind == RUN_FILL ? "^" : r->kind == RUN_BREAK ? "/" : "#");
	}
}

static inline void put_block(struct buf *out, const struct doc_block *b);

static inline void put_table(struct buf *out, const struct doc_table *t)
{
	static const char *const kinds[] = { [ROW_BODY] = "", [ROW_HEAD] = "head ", [ROW_GROUP] = "group ", [ROW_SUBTOTAL] = "sub ", [ROW_TOTAL] = "total " };

	for (uint32_t i = 0; i < t->row_count; i++) {
		buf_puts(out, kinds[t->rows[i].kind]);
		for (uint16_t k = 0; k < t->rows[i].count; k++) {
			const struct doc_cell *cell = &t->rows[i].cells[k];

			buf_puts(out, k ? "|" : "");
			put_runs(out, &cell->text);
			if (cell->chart)
				buf_printf(out, "(chart)");
			if (cell->column_span > 1)
				buf_printf(out, "{%u}", cell->column_span);
			if (cell->fill != DOC_COLOUR_COUNT)
				buf_printf(out, "{%s}", doc_colour_name((enum doc_colour)cell->fill));
		}
		buf_putc(out, '\n');
	}
}

static inline void put_datum(struct buf *out, const struct doc_datum *d)
{
	if (!d->present) {
		buf_puts(out, " -");
		return;
	}
	buf_putc(out, ' ');
	buf_decimal(out, d->value);
	if (d->ranged)
		buf_puts(out, "~");
}

static inline void put_chart(struct buf *out, const struct doc_chart *t)
{
	for (uint16_t i = 0; i < t->category_count; i++) {
		buf_put(out, t->categories[i].label);
		if (t->categories[i].sublabel.len)
			buf_printf(out, " (" STR_FMT ")", STR_ARG(t->categories[i].sublabel));
		buf_putc(out, ':');
		for (uint16_t s = 0; s < t->series_count; s++)
			put_datum(out, &t->data[(size_t)i * t->series_count + s]);
		if (t->totals) {
			buf_puts(out, " =");
			put_datum(out, &t->totals[i]);
		}
		if (t->changes)
			buf_printf(out, " " STR_FMT, STR_ARG(t->changes[i].label));
		buf_putc(out, '\n');
	}
}

static inline void put_list(struct buf *out, const struct doc_list *l)
{
	for (uint32_t i = 0; i < l->count; i++) {
		put_runs(out, &l->items[i].label);
		buf_puts(out, "> ");
		for (uint32_t k = 0; k < l->items[i].count; k++)
			put_block(out, l->items[i].blocks[k]);
	}
}

static inline void put_block(struct buf *out, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_PARAGRAPH:
		put_runs(out, b->paragraph);
		buf_putc(out, '\n');
		break;
	case DOC_STACK:
		for (uint32_t i = 0; i < b->stack->count; i++)
			put_block(out, b->stack->blocks[i]);
		break;
	case DOC_ROW:
		for (uint32_t i = 0; i < b->row->count; i++)
			put_block(out, b->row->cells[i].block);
		break;
	case DOC_LIST: put_list(out, b->list); break;
	case DOC_TABLE: put_table(out, b->table); break;
	case DOC_CHART: put_chart(out, b->chart); break;
	case DOC_EXHIBIT: put_block(out, b->exhibit->body); break;
	case DOC_COLUMNS:
		for (uint32_t i = 0; i < b->columns->count; i++)
			put_block(out, b->columns->blocks[i]);
		break;
	case DOC_SIGNATURES:
		for (uint32_t i = 0; i < b->signatures->count; i++)
			put_runs(out, &b->signatures->names[i]), buf_puts(out, " ____ ");
		buf_putc(out, '\n');
		break;
	default: buf_printf(out, "{%u}\n", b->kind); break;
	}
}

static inline const char *block_text(struct composing *c, const struct doc_block *b)
{
	struct buf out;

	buf_init(&out, &c->f->arena, 1 << 16);
	buf_puts(&out, "");
	put_block(&out, b);
	return out.ptr;
}

static inline const char *runs_text(struct composing *c, const struct doc_paragraph *p)
{
	struct buf out;

	buf_init(&out, &c->f->arena, 1 << 16);
	buf_puts(&out, "");
	put_runs(&out, p);
	return out.ptr;
}

#define SECTION(slots) "<section id='s'>" slots "</section>"
#define EXHIBIT(id, body) "<exhibit slot='" id "' title-topic='title' source='ledger'>" body "</exhibit>"
#define TABLE(content) EXHIBIT("x", "<table row-height='12pt'>" content "</table>")

/* What slot x of one section shows, with nothing to complain of. */
static inline void expect_block(void **state, const char *slots, const char *want)
{
	struct composing *c = *state;

	composed(c, str_printf(&c->f->arena, "<section id='s'>%s</section>", slots).ptr);
	assert_messages(c->f, "");
	assert_string_equal(block_text(c, the_block(c, "x")), want);
}

/* The same, and one line of messages (without positions, up to what is given). */
static inline void expect_message(void **state, const char *slots, const char *want)
{
	struct composing *c = *state;

	composed(c, str_printf(&c->f->arena, "<section id='s'>%s</section>", slots).ptr);
	if (strstr(fixture_messages(c->f), want) == NULL)
		fail_msg("'%s' instead of '%s'", fixture_messages(c->f), want);
}

#endif
