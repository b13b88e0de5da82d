/* What the narrative tests share: a small company with two sides, four metrics and six records, and short ways to read snippets over it. */
#ifndef NARRATIVE_FIXTURE_H
#define NARRATIVE_FIXTURE_H

#include "narrative/narrative.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NB "\xC2\xA0"
#define SPACE "xmlns='urn:entente' version='1' "

struct fixture {
	struct arena arena;
	struct diag diag;
	const struct facts *facts;
	struct calc *calc;
	const struct narrative *narrative;
};

/* aligned: cio 78, cmo 92, joint mean 85, plan 80; a quarter before 71 and 88. trust: cio 64, nothing of the cmo's.
 * cost: commerce 3.1 against 3.2 planned, tools 1.9 against 1.4, wifi 0.6 against 0.6 (millions). */
static const char fixture_facts[] =
	"<briefing " SPACE "period='2026-Q3' lang='en-GB'>"
	"<company name='Northwind' currency='EUR'/>"
	"<catalogue><sides><side id='cio'><label lang='en'>CIO office</label></side><side id='cmo'><label lang='en'>CMO office</label></side></sides>"
	"<kind id='line'><label lang='en'>Line</label><field id='payer' type='choice' choices='it joint marketing'/>"
	"<field id='owner' type='side'/><field id='late' type='number'/></kind>"
	"<kind id='ask'><label lang='en'>Ask</label><field id='amount' type='money'/></kind>"
	"<metric id='aligned' measure='percent' better='higher' joint='mean' period-kind='quarter' prior='previous'>"
	"<label lang='en'>Priorities aligned</label><benchmark ref='elsewhere'/></metric>"
	"<metric id='trust' measure='percent' better='higher' joint='mean' period-kind='quarter'><label lang='en'>Trust</label></metric>"
	"<metric id='cost' measure='money' exponent='6' decimals='1' items='line' aggregate='sum' period-kind='year'><label lang='en'>Cost</label></metric>"
	"</catalogue>"
	"<benchmarks><benchmark id='elsewhere' value='92' measure='percent' publisher='P' study='S' sample='100' year='2020' kind='survey'>"
	"<statement lang='en'>aligned</statement></benchmark></benchmarks>"
	"<facts><source id='pulse' title='Pulse' date='2026-09-30'/>"
	"<lines><line id='commerce' payer='it' owner='cio'><label lang='en'>Commerce</label></line>"
	"<line id='tools' payer='marketing' owner='cmo' late='3'><label lang='en'>Tools</label></line>"
	"<line id='wifi' payer='joint'><label lang='en'>Wi-Fi</label></line></lines>"
	"<asks><ask id='cdp' amount='2400000'><label lang='en'>Fund it</label></ask></asks>"
	"<values metric='aligned' source='pulse'><v period='2026-Q3' side='cio'>78</v><v period='2026-Q3' side='cmo'>92</v>"
	"<v period='2026-Q3' scenario='plan'>80</v><v period='2026-Q2' side='cio'>71</v><v period='2026-Q2' side='cmo'>88</v></values>"
	"<values metric='trust' source='pulse'><v period='2026-Q3' side='cio'>64</v></values>"
	"<values metric='cost' source='pulse'><v item='commerce' period='2026'>3100000</v><v item='commerce' period='2026' scenario='plan'>3200000</v>"
	"<v item='tools' period='2026'>1900000</v><v item='tools' period='2026' scenario='plan'>1400000</v>"
	"<v item='wifi' period='2026'>600000</v><v item='wifi' period='2026' scenario='plan'>600000</v></values>"
	"</facts></briefing>";

static inline void fixture_fail(struct fixture *f, const char *what)
{
	struct buf out;
	buf_init(&out, &f->arena, 1 << 16);
	diag_print(&f->diag, DIAG_PLAIN, 20, &out);
	fail_msg("%s\n%s", what, out.ptr);
}

static inline const struct xml_node *fixture_parse(struct fixture *f, const char *name, const char *text)
{
	const struct xml_node *n = xml_parse(&f->arena, source_from(&f->arena, str_from(name), str_from(text)), &f->diag);
	if (!n)
		fixture_fail(f, "no tree");
	return n;
}

static int fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	arena_init(&f->arena, 0, NULL);
	diag_init(&f->diag, &f->arena);
	struct xml_loader loader = { .arena = &f->arena, .diag = &f->diag };
	f->facts = facts_read(&f->arena, &loader, fixture_parse(f, "briefing.xml", fixture_facts), NULL, 0,
		&(struct facts_options){ .layout = { NULL, 0 } }, &f->diag);
	if (f->diag.errors)
		fixture_fail(f, "the fixture's facts are wrong");
	f->calc = calc_open(&f->arena, f->facts);
	*state = f;
	return 0;
}

static int fixture_close(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->arena);
	free(f);
	return 0;
}

#define ROOT(content) "<narrative " SPACE "lang='en'>" content "</narrative>"
#define TOPIC(content) ROOT("<topic id='t'>" content "</topic>")
#define SAY(id) "<say>" id "</say>"

static inline void fixture_narrative(struct fixture *f, const char *text)
{
	const struct xml_node *root = fixture_parse(f, "narrative.xml", text);
	f->narrative = narrative_read(&f->arena, &root, 1, f->facts, NULL, &f->diag);
}

/* As fixture_narrative, and nothing may be wrong. */
static inline void fixture_sound(struct fixture *f, const char *text)
{
	fixture_narrative(f, text);
	if (f->diag.messages.count)
		fixture_fail(f, text);
}

static inline struct picks fixture_choose(struct fixture *f, struct str topic, int take, struct str side,
	const struct facts_record *item)
{
	const struct calc_context context = { .item = item, .side = side };
	return narrative_choose_in(&f->arena, f->narrative, f->calc, topic, take, &context, LENGTH_ANY, &f->diag);
}

static inline void expect_text(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("'" STR_FMT "' instead of '%s'", STR_ARG(got), want);
}

#endif
