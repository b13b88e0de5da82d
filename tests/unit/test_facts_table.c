/* Tables: what a declared mapping makes of one. */
#include "facts/facts_table.h"
#include "facts_fixture.h"

#include "base/limits.h"

#include <sys/stat.h>
#include <unistd.h>

static struct fixture *plain(void)
{
	struct fixture *f = malloc(sizeof *f);
	fixture_init(f);
	return f;
}

static void numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		char decimal, thousands;
		const char *number; /* NULL: refused */
	} cases[] = {
		{ "12.5", '.', 0, "12.5" },
		{ " -3 ", '.', 0, "-3" },
		{ "\xE2\x88\x92"
		  "3.20",
			'.', 0, "-3.20" },
		{ "1,5", ',', 0, "1.5" },
		{ "1.234,5", ',', '.', "1234.5" },
		{ "1,234,567", '.', ',', "1234567" },
		{ "1,234.50", '.', ',', "1234.50" },
		{ "1.234,5", '.', 0, NULL },
		{ "1,5", '.', 0, NULL },
		{ "1.5", ',', 0, NULL },
		{ "1,23", '.', ',', NULL },
		{ "12,34,567", '.', ',', NULL },
		{ ",123", '.', ',', NULL },
		{ "1.5", ',', '.', NULL },
		{ "1,5.123", ',', '.', NULL },
		{ "", '.', 0, NULL },
		{ "n/a", '.', 0, NULL },
		{ "1e6", '.', 0, NULL },
		{ "--1", '.', 0, NULL },
		{ "5%", '.', 0, NULL },
		{ "1,2345", '.', ',', NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal n;
		struct fixture *f = plain();
		struct buf b;
		buf_init(&b, &f->arena, 64);
		struct number_signs signs = { cases[i].decimal, cases[i].thousands, 1u << NEGATIVE_MINUS };
		bool good = facts_number_signed(str_from(cases[i].text), &signs, &n);
		if (good != (cases[i].number != NULL))
			fail_msg("%s", cases[i].text);
		if (good) {
			buf_decimal(&b, n);
			assert_string_equal(b.ptr, cases[i].number);
		}
		fixture_release(f);
	}
}

static void signs(void **state)
{
	(void)state;
	enum { MINUS = 1 << NEGATIVE_MINUS, PARENTHESES = 1 << NEGATIVE_PARENTHESES, TRAILING = 1 << NEGATIVE_TRAILING };
	static const struct {
		const char *text;
		struct number_signs signs;
		const char *number; /* NULL: refused */
	} cases[] = {
		{ "(12.5)", { '.', 0, PARENTHESES }, "-12.5" },
		{ "( 1,200 )", { '.', ',', PARENTHESES | MINUS }, "-1200" },
		{ "(12)", { '.', 0, MINUS }, NULL },
		{ "-12", { '.', 0, PARENTHESES }, NULL },
		{ "12-", { '.', 0, TRAILING }, "-12" },
		{ "1.234,5 -", { ',', '.', TRAILING | MINUS }, "-1234.5" },
		{ "-12-", { '.', 0, TRAILING | MINUS }, NULL },
		{ "(-12)", { '.', 0, PARENTHESES | MINUS }, NULL },
		{ "-", { '.', 0, TRAILING | MINUS }, NULL },
		{ "()", { '.', 0, PARENTHESES }, NULL },
		{ "1\xC2\xA0""234,5", { ',', ' ', MINUS }, "1234.5" },
		{ "1\xE2\x80\xAF""234", { ',', ' ', MINUS }, "1234" },
		{ "1\xE2\x80\x99""234.5", { '.', '\'', MINUS }, "1234.5" },
		{ "1 234", { '.', 0, MINUS }, NULL },
		{ "12345678901234567890123456789012345678901234567890123456789012345", { '.', 0, MINUS }, NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal n;
		struct fixture *f = plain();
		struct buf b;
		buf_init(&b, &f->arena, 64);
		bool good = facts_number_signed(str_from(cases[i].text), &cases[i].signs, &n);
		if (good != (cases[i].number != NULL))
			fail_msg("%s", cases[i].text);
		if (good) {
			buf_decimal(&b, n);
			assert_string_equal(b.ptr, cases[i].number);
		}
		fixture_release(f);
	}
}

static void looks(void **state)
{
	(void)state;
	static const struct number_signs english = { '.', 0, 1 << NEGATIVE_MINUS }, german = { ',', '.', 1 << NEGATIVE_MINUS };
	assert_string_equal(facts_number_looks(STR("1,5"), &english), "decimal=\",\" thousands=\".\"");
	assert_string_equal(facts_number_looks(STR("1,500"), &english), "decimal=\".\" thousands=\",\"");
	assert_string_equal(facts_number_looks(STR("1.5"), &german), "decimal=\".\" thousands=\",\"");
	assert_string_equal(facts_number_looks(STR("(1.500)"), &german), "negatives=\"parentheses\"");
	assert_string_equal(facts_number_looks(STR("1.500-"), &german), "negatives=\"trailing\"");
	assert_null(facts_number_looks(STR("n/a"), &english));
}

static void patterns(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text;
		struct pattern_date date; /* year 0: refused */
	} cases[] = {
		{ "DD.MM.YYYY", "30.09.2026", { 2026, 9, 30, 0, 0 } },
		{ "DD.MM.YYYY", "30.9.2026", { 0 } },
		{ "D.M.YYYY", "3.9.2026", { 2026, 9, 3, 0, 0 } },
		{ "D.M.YY", "30.12.26", { 2026, 12, 30, 0, 0 } },
		{ "MM/DD/YYYY", "09/30/2026", { 2026, 9, 30, 0, 0 } },
		{ "YYYYMM", "202609", { 2026, 9, 0, 0, 0 } },
		{ "Qn YYYY", "Q3 2026", { 2026, 0, 0, 3, 0 } },
		{ "Qn YYYY", "3 2026", { 0 } },
		{ "YYYY-Hn", "2026-H1", { 2026, 0, 0, 0, 1 } },
		{ "YYYY", "20261", { 0 } },
		{ "YYYY!", "2026", { 0 } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pattern_date got;
		bool good = facts_pattern_read(str_from(cases[i].pattern), str_from(cases[i].text), &got);
		if (good != (cases[i].date.year != 0) || (good && memcmp(&got, &cases[i].date, sizeof got) != 0))
			fail_msg("%s: %s", cases[i].pattern, cases[i].text);
	}
}

static void dated(void **state)
{
	(void)state;
	static const char *const dates[] = { "3-Mar", "Mar-26", "12-Dez" }, *const names[] = { "3-1", "Mars-1", "marketing", "B-Sep", "Mar", "Mar-123" };
	for (size_t i = 0; i < 3; i++)
		assert_true(facts_looks_dated(str_from(dates[i])));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_false(facts_looks_dated(str_from(names[i])));
}

/* ---- tables in a briefing ---- */

#define CATALOGUE                                                                       \
	"<catalogue><sides><side id='cio'><label lang='en'>CIO</label></side><side "    \
	"id='cmo'><label lang='en'>CMO</label></side></sides>"                          \
	"<kind id='payer'><label lang='en'>Payer</label></kind><kind id='line'><label " \
	"lang='en'>Line</label><field id='payer' type='ref' kind='payer'/>"             \
	"<field id='why' type='text'/></kind>"                                          \
	"<metric id='spend' measure='money' exponent='6' decimals='2' aggregate='sum' " \
	"items='line' period-kind='year'><label lang='en'>Spend</label></metric>"       \
	"<metric id='share' measure='percent'><label lang='en'>Share</label></metric></catalogue>"
#define PAYERS                                                                          \
	"<source id='ledger' title='Ledger' date='2026-09-30'/><payers><payer id='it' " \
	"label='IT'/><payer id='direct' label='Direct'/></payers>"
#define FILE_OF(facts)                                                                     \
	"<briefing " SPACE "unit='emea' period='2026-Q3' lang='en'>"                       \
	"<company name='N' currency='EUR'><units><unit id='emea'><label "                  \
	"lang='en'>EMEA</label></unit><unit id='apac'><label "                             \
	"lang='en'>APAC</label></unit></units></company>" CATALOGUE "<facts>" PAYERS facts \
	"</facts></briefing>"
#define WIDE                                                                                \
	"<table href='t.csv' kind='line' metric='spend' source='ledger' scale='3'><column " \
	"name='Id' to='item'/><column name='Line' to='label'/>"                             \
	"<column name='Payer' to='field' field='payer'/><column name='Plan' to='value' "    \
	"period='2026' scenario='plan'/><column name='Actual' to='value' period='2026'/></table>"

struct files {
	char folder[64];
};

static void write_file(const struct files *in, const char *name, const char *bytes, size_t size)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", in->folder, name);
	FILE *out = fopen(path, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, size, out), size);
	fclose(out);
}

static struct files new_files(void)
{
	struct files files = { .folder = "/tmp/facts-table-XXXXXX" };
	assert_non_null(mkdtemp(files.folder));
	return files;
}

static void remove_files(const struct files *in)
{
	static const char *const names[] = { "t.csv", "briefing.xml" };
	char path[128];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", in->folder, names[i]);
		unlink(path);
	}
	rmdir(in->folder);
}

static struct fixture *with_table(const char *briefing, const char *csv, size_t size)
{
	struct files files = new_files();
	struct fixture *f = plain();
	write_file(&files, "t.csv", csv, size);
	write_file(&files, "briefing.xml", briefing, strlen(briefing));
	assert_true(folder_open(&f->arena, str_copy(&f->arena, str_from(files.folder)), &f->root));
	f->root.name = (struct str){ 0 };
	fixture_read(f, xml_load(&f->loader, STR("briefing.xml"), (struct src_pos){ 0 }), 0);
	remove_files(&files);
	return f;
}

static struct fixture *table(const char *briefing, const char *csv)
{
	return with_table(briefing, csv, strlen(csv));
}

static void shows(struct fixture *f, const char *query, const char *expected)
{
	const char *shown = fixture_shows(f, query);
	if (strcmp(shown, expected) != 0)
		fail_msg("%s shows '%s', not '%s'\n%s", query, shown, expected, fixture_said(f));
}

static void wide_tables_make_records(void **state)
{
	(void)state;
	struct fixture *f = table(FILE_OF(WIDE),
		"Id,Line,Payer,Note,Plan,Actual\nshop,\"Shop, and "
		"more\",it,x,2360,2310\nmail,Mail,direct,y,680,\n");
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	assert_int_equal(facts_records(f->facts, STR("line"))->list.count, 2);
	assert_true(str_is(fixture_record(f, "line", "shop")->label, "Shop, and more"));
	shows(f, "metric='spend' item='shop'", "2.31");
	shows(f, "metric='spend' item='direct' scenario='plan'", "0.68");
	shows(f, "metric='spend' scenario='plan'", "3.04");
	shows(f, "metric='spend' item='mail'",
		"missing: no value for 'spend' of 'mail' in unit 'emea', 2026, actual"); /* empty is
											    not
											    nought
											  */
	struct answer a = fixture_ask_in(f, "metric='spend' item='shop'", NULL);
	struct src_line line = src_line(a.value->pos);
	assert_true(str_is(a.value->pos.source->name, "t.csv"));
	assert_int_equal(line.line, 2);
	assert_int_equal(line.column, 33);
	assert_int_equal(f->loader.sources.count, 2); /* the table is an input, once */
	fixture_release(f);
}

static void long_tables(void **state)
{
	(void)state;
	struct fixture *f =
		table(FILE_OF("<lines><line id='shop' payer='it' label='Shop'/></lines><table "
			      "use='company'><column name='metric' to='metric'/><column "
			      "name='unit' to='unit'/>"
			      "<column name='item' to='item'/><column name='period' "
			      "to='period'/><column name='side' to='side'/><column name='scenario' "
			      "to='scenario'/><column name='value' to='value'/>"
			      "<column name='source' to='source'/><column name='note' "
			      "to='note'/></table><use href='t.csv' as='company'/>"),
			"unit,period,metric,side,scenario,value,item,source,note\nemea,2026-Q3,"
			"share,cio,,78,,ledger,asked in March\nemea,2026-Q3,share,cmo,plan,92,,,\n"
			"apac,2026-Q3,share,cio,actual,64,,,\nemea,2026,spend,,,1000000,Shop,,\n");
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	shows(f, "metric='share' side='cio' period='2026-Q3'", "78");
	shows(f, "metric='share' side='cmo' period='2026-Q3' scenario='plan'", "92");
	shows(f, "metric='share' side='cio' unit='apac' period='2026-Q3'", "64");
	shows(f, "metric='spend' item='shop'", "1.00"); /* found by its label */
	struct answer a = fixture_ask_in(f, "metric='share' side='cio' period='2026-Q3'", NULL);
	assert_true(str_is(a.value->note, "asked in March"));
	assert_true(str_is(a.value->source->id, "ledger"));
	fixture_release(f);
}

static void european_tables(void **state)
{
	(void)state;
	static const char latin[] = "Zeile;Bereich;Ist\nb\xFCro;it;1.234,5\n";
	struct fixture *f = with_table(
		FILE_OF("<table href='t.csv' separator=';' decimal=',' thousands='.' "
			"encoding='ISO-8859-1' kind='line'><column name='Zeile' to='item'/>"
			"<column name='Ist' to='value' metric='spend' period='2026'/></table>"),
		latin, sizeof latin - 1);
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	shows(f, "metric='spend' item='büro' decimals='6'", "0.001235"); /* 1234.5 */
	fixture_release(f);
}

static void tables_without_a_head(void **state)
{
	(void)state;
	struct fixture *f =
		table(FILE_OF("<table href='t.csv' separator='tab' skip='1' kind='line'><column "
			      "index='1' to='item'/><column index='3' to='value' metric='spend' "
			      "period='2026'/></table>"),
			"exported on Monday\na\tx\t1000000\nb\ty\t2000000\n");
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	shows(f, "metric='spend'", "3.00");
	fixture_release(f);
}

static void rows_added_up(void **state)
{
	(void)state;
	struct fixture *f = table(FILE_OF("<table href='t.csv' kind='line' rows='add'><column "
					  "name='Agency' to='item'/><column name='2010' to='value' "
					  "metric='spend' period='2010'/></table>"),
		"Agency,Account,2010\nSenate,a,100\nHouse,b,7\nSenate,c,-30\nSenate,d,5\nSenate,e,"
		"1\nSenate,f,1\n");
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	struct answer a = fixture_ask_in(f, "metric='spend' item='Senate' period='2010'", NULL);
	assert_int_equal(a.value->number.coef, 77);
	assert_int_equal(a.value->operand_count, 5);
	assert_int_equal(a.value->operation, OP_SUM);
	for (uint32_t i = 0, lines[] = { 2, 4, 5, 6, 7 }; i < 5; i++)
		assert_int_equal(src_line(a.value->operands[i]->pos).line, lines[i]);
	a = fixture_ask_in(f, "metric='spend' item='House' period='2010'", NULL);
	assert_int_equal(a.value->operation, OP_READ);
	assert_int_equal(facts_records(f->facts, STR("line"))->list.count, 2);
	fixture_release(f);
}

/* One table for many units: it names them, and each takes its own rows. Two columns make an item's id where one
 * does not tell it. */
#define COMPANY_TABLE                                                                               \
	"<briefing " SPACE "unit='b2' period='2026-Q3' lang='en'><company name='N' currency='USD'>" \
	"<units><table href='t.csv'><column name='Code' to='unit'/><column name='Agency' "          \
	"to='label'/></table></units></company>" CATALOGUE
#define ACCOUNTS(units)                                                                               \
	COMPANY_TABLE "<facts><table href='t.csv' kind='line' metric='spend' scale='3' rows='add' " units \
	"><column name='Code' to='unit'/><column name='Bureau' to='item'/><column name='Account' to='item'/>" \
	"<column name='Account' to='label'/><column name='2026' to='value' period='2026'/></table></facts>"   \
	"</briefing>"
#define ROWS                                                                                     \
	"Code,Agency,Bureau,Account,2026\na1,First,Mint,Salaries,10\nb2,Second,Mint,Salaries,2500\n" \
	"b2,Second,Mint,Salaries,-500\nb2,Second,Debt,Salaries,1000\na1,First,Post,Stamps,7\n"

static void tables_of_many_units(void **state)
{
	(void)state;
	struct fixture *f = table(ACCOUNTS("units='own'"), ROWS);
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	assert_int_equal(f->facts->units.count, 2);
	assert_true(str_is(f->facts->unit_label, "Second"));
	assert_int_equal(facts_records(f->facts, STR("line"))->list.count, 2);
	assert_true(str_is(fixture_record(f, "line", "Debt/Salaries")->label, "Salaries"));
	shows(f, "metric='spend' item='Mint/Salaries'", "2.00");
	struct answer a = fixture_ask_in(f, "metric='spend' period='2026'", NULL);
	assert_int_equal(a.value->number.coef, 3000000);
	assert_int_equal(f->facts->cells.count, 2); /* the other unit's rows are passed over */
	fixture_release(f);
}

/* Without units='own' values of other units are there too, but their records are not the briefing's. */
static void rows_of_other_units(void **state)
{
	(void)state;
	struct fixture *f = table(ACCOUNTS(""), ROWS);
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	assert_int_equal(facts_records(f->facts, STR("line"))->list.count, 2);
	assert_int_equal(f->facts->cells.count, 4);
	struct answer a = fixture_ask_in(f, "metric='spend' item='Post/Stamps' unit='a1' period='2026'", NULL);
	assert_int_equal(a.value->number.coef, 7000);
	fixture_release(f);
}

/* A table of units says of which group each is, what it counts in, and when it closed. */
static void units_of_a_table(void **state)
{
	(void)state;
	struct fixture *f = table("<briefing " SPACE "unit='us' period='2026-Q3' lang='en'><company name='N' currency='EUR'><units>"
		"<table href='t.csv'><column name='Code' to='unit'/><column name='Name' to='label'/><column name='Group' to='field' "
		"field='parent'/><column name='Money' to='field' field='currency'/><column name='End' to='field' field='closed'/></table>"
		"</units></company>" CATALOGUE "</briefing>",
		"Code,Name,Group,Money,End\nworld,World,,,\nus,States,world,USD,\nold,Old,world,,2025-12-31\n");
	if (f->diag.messages.count)
		fail_msg("%s", fixture_said(f));
	const struct facts_unit *world = map_lookup(&f->facts->units, STR("world")), *old = map_lookup(&f->facts->units, STR("old"));
	assert_int_equal(world->child_count, 2);
	assert_true(str_is(f->facts->currency, "USD"));
	assert_int_equal(old->closed.year, 2025);
	fixture_release(f);
}

/* What a pattern reads as a month is one of the calendar; we write months of the fiscal year. */
static void months_of_the_calendar(void **state)
{
	(void)state;
	struct fixture *f = table("<briefing " SPACE "unit='emea' period='2026-Q3' lang='en'><company name='N' currency='EUR' fiscal-start='10'/>"
		CATALOGUE "<facts unit='emea'>" PAYERS "<table href='t.csv' metric='share' date='MM.YYYY'><column name='m' to='period'/><column name='v' "
		"to='value'/></table></facts></briefing>", "m,v\n10.2025,1\n09.2026,2\n");
	if (f->diag.errors)
		fail_msg("%s", fixture_said(f));
	shows(f, "metric='share' period='2026-01'", "1");
	shows(f, "metric='share' period='2026-12'", "2");
	fixture_release(f);
}

struct wrong {
	enum diag_code code;
	const char *facts, *csv, *said;
};

#define LONG                                                                                       \
	"<table href='t.csv'><column name='p' to='period'/><column name='m' to='metric'/><column " \
	"name='v' to='value'/></table>"
static const struct wrong wrongs[] = {
	{ DIAG_CSV_COLUMN, FILE_OF(WIDE), "Id,Line,Payer,Plan,Actal\nshop,Shop,it,1,2\n",
		"t.csv:1:1: no column 'Actual' in the head row; did you mean 'Actal'? | "
		"briefing.xml:1:1181: the column is asked for here" },
	{ DIAG_CSV_COLUMN, FILE_OF(LONG), "p,m,v,v\n2026,share,1,2\n",
		"t.csv:1:7: a second column 'v' | t.csv:1:5: the first one is here" },
	{ DIAG_CSV_COLUMN,
		FILE_OF("<table href='t.csv'><column index='3' to='value' metric='share' "
			"period='2026'/></table>"),
		"a,b\n", NULL },
	{ DIAG_CSV_COLUMN, FILE_OF(LONG), "", "t.csv:1:1: the table is empty" },
	{ DIAG_CSV_FIELDS, FILE_OF(LONG), "p,m,v\n2026,share,1\n2026,share\n2027,share,2\n",
		"t.csv:3:1: this row has 2 fields, the first one 3" },
	{ DIAG_CSV_NUMBER, FILE_OF(LONG), "p,m,v\n2026,share,\"1,5\"\n", NULL },
	{ DIAG_METRIC_UNKNOWN, FILE_OF(LONG), "p,m,v\n2026,shaer,1\n",
		"t.csv:2:6: no metric 'shaer' in the catalogue; did you mean 'share'?" },
	{ DIAG_ATTRIBUTE_VALUE, FILE_OF(LONG), "p,m,v\n2026Q3,share,1\n",
		"t.csv:2:1: '2026Q3' is not a period; write 2026-09, 2026-Q3, 2026-H1, 2026, "
		"2026-Q3-YTD or 2026-Q3-LTM" },
	{ DIAG_VALUE_TWICE, FILE_OF("<values metric='share'><v period='2026'>1</v></values>" LONG),
		"p,m,v\n2026,share,2\n",
		"t.csv:2:12: a second value for 'share' in unit 'emea', 2026, actual" },
	{ DIAG_VALUE_TWICE, FILE_OF(LONG), "p,m,v\n2026,share,2\n2026,share,2\n",
		"t.csv:3:12: a second value for 'share' in unit 'emea', 2026, actual | t.csv:2:12: "
		"the first one is here" },
	{ DIAG_VALUE_RANGE, FILE_OF(LONG), "p,m,v\n2026,share,101\n",
		"t.csv:2:12: 101 is above 100, which 'share' (percent) cannot be" },
	{ DIAG_REFERENCE_UNKNOWN, FILE_OF(WIDE), "Id,Line,Payer,Plan,Actual\nshop,Shop,itt,1,2\n",
		"t.csv:2:11: no payer 'itt'; did you mean 'it'?" },
	{ DIAG_REFERENCE_UNKNOWN,
		FILE_OF("<table href='t.csv' kind='lin'><column name='a' to='item'/></table>"),
		"a\nb\n", NULL },
	{ DIAG_REFERENCE_UNKNOWN,
		FILE_OF("<table use='budget'><column name='a' to='item'/></table>"), "a\nb\n",
		NULL },
	{ DIAG_ITEM_UNKNOWN,
		FILE_OF("<table href='t.csv'><column name='a' to='item'/><column name='v' "
			"to='value' metric='spend' period='2026'/></table>"),
		"a,v\nshop,1\n", NULL },
	{ DIAG_ATTRIBUTE_MISSING, FILE_OF("<table><column name='a' to='item'/></table>"), "a\n",
		NULL },
	{ DIAG_FILE_MISSING, FILE_OF("<table href='tt.csv'><column name='a' to='item'/></table>"),
		"a\n", NULL },
	{ DIAG_ENCODING,
		FILE_OF("<table href='t.csv'><column name='p' to='period'/><column name='v' "
			"to='value' metric='share'/></table>"),
		"p,v\n2026,\xFC\n", NULL },
	{ DIAG_OVERFLOW,
		FILE_OF("<table href='t.csv' scale='9'><column name='p' to='period'/><column "
			"name='m' to='metric'/><column name='v' to='value'/></table>"),
		"p,m,v\n2026,share,99999999999999\n", "t.csv:2:12: '99999999999999' is too large" },
};

static void wrong_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
		struct fixture *f = table(wrongs[i].facts, wrongs[i].csv);
		const char *said = fixture_message(f, wrongs[i].code);
		if (!*said ||
			(wrongs[i].said &&
				strncmp(said, wrongs[i].said, strlen(wrongs[i].said)) != 0))
			fail_msg("case %zu says\n'%s', not\n'%s'\n%s", i, said,
				wrongs[i].said ? wrongs[i].said : "anything", fixture_said(f));
		fixture_release(f);
	}
}

static void one_table_does_not_flood(void **state)
{
	(void)state;
	struct fixture *f = plain();
	struct buf csv;
	buf_init(&csv, &f->arena, 1 << 20);
	buf_puts(&csv, "p,m,v\n");
	for (int i = 0; i < 3 * LIMIT_DIAGS_SHOWN; i++)
		buf_printf(&csv, "2026,share,x%d\n", i);
	struct fixture *read = table(FILE_OF(LONG), csv.ptr);
	assert_int_equal(read->diag.errors, LIMIT_DIAGS_SHOWN);
	fixture_release(read);
	fixture_release(f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(signs),
		cmocka_unit_test(looks),
		cmocka_unit_test(patterns),
		cmocka_unit_test(dated),
		cmocka_unit_test(wide_tables_make_records),
		cmocka_unit_test(long_tables),
		cmocka_unit_test(european_tables),
		cmocka_unit_test(tables_without_a_head),
		cmocka_unit_test(rows_added_up), cmocka_unit_test(tables_of_many_units),
		cmocka_unit_test(rows_of_other_units),
		cmocka_unit_test(units_of_a_table),
		cmocka_unit_test(months_of_the_calendar),
		cmocka_unit_test(wrong_tables),
		cmocka_unit_test(one_table_does_not_flood),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
