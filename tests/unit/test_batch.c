/* Batch: batch files to units, outcomes to a manifest, and workers that finish, crash, hang or are stopped. */
#include "batch/batch_int.h"

#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define SPACE "xmlns='urn:entente' version='1'"
#define BRIEFING(unit) "<briefing " SPACE " unit='" unit "' period='2026-Q3'><use href='company.xml'/></briefing>"

struct fixture {
	struct arena arena;
	struct diag diag;
	char dir[64];
	struct folder root;
	struct xml_loader loader;
};

static void put_file(struct fixture *f, const char *path, const char *text)
{
	char whole[512];
	FILE *file;

	snprintf(whole, sizeof whole, "%s/%s", f->dir, path);
	file = fopen(whole, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void put_folder(struct fixture *f, const char *name)
{
	char whole[512];

	snprintf(whole, sizeof whole, "%s/%s", f->dir, name);
	assert_int_equal(mkdir(whole, 0700), 0);
}

static int open_fixture(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	strcpy(f->dir, "/tmp/batch-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	arena_init(&f->arena, 0, NULL);
	diag_init(&f->diag, &f->arena);
	assert_true(folder_open(&f->arena, str_from(f->dir), &f->root));
	f->root.name = STR("p");
	f->loader = (struct xml_loader){ .arena = &f->arena, .root = &f->root, .diag = &f->diag };
	*state = f;
	return 0;
}

static int drop(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	nftw(f->dir, drop, 8, FTW_DEPTH | FTW_PHYS);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static const struct roster *read_batch(struct fixture *f, const char *attributes, const char *content)
{
	put_file(f, "batch.xml", str_printf(&f->arena, "<batch " SPACE " %s>%s</batch>", attributes, content).ptr);
	return roster_read(&f->loader, STR("batch.xml"), &f->diag);
}

/* "id briefing output" of each unit, one a line. */
static const char *units_text(struct fixture *f, const struct roster *b)
{
	struct buf out;

	buf_init(&out, &f->arena, 1 << 16);
	buf_puts(&out, "");
	for (size_t i = 0; i < b->units.count; i++)
		buf_printf(&out, STR_FMT " " STR_FMT " " STR_FMT "\n", STR_ARG(b->units.at[i].id), STR_ARG(b->units.at[i].briefing),
			STR_ARG(b->units.at[i].output));
	return out.ptr;
}

static void expect_units(struct fixture *f, const struct roster *b, const char *want)
{
	for (size_t i = 0; i < f->diag.messages.count; i++)
		fail_msg(STR_FMT, STR_ARG(f->diag.messages.at[i].text));
	assert_non_null(b);
	assert_string_equal(units_text(f, b), want);
}

static void expect_error(struct fixture *f, enum diag_code code, const char *text)
{
	if (f->diag.messages.count == 0)
		fail_msg("nothing was said, not '%s'", text);
	assert_int_equal(f->diag.messages.at[0].code, code);
	if (!str_starts(f->diag.messages.at[0].text, text))
		fail_msg("'" STR_FMT "' instead of '%s'", STR_ARG(f->diag.messages.at[0].text), text);
}

/* ---- reading ---- */

static void listed(void **state)
{
	struct fixture *f = *state;

	put_file(f, "a.xml", BRIEFING("a"));
	expect_units(f, read_batch(f, "name='{unit}-{period}.pdf'", "<unit id='b' briefing='a.xml' period='2026-Q2'/><unit id='a' briefing='a.xml'/>"
				   "<unit id='c' briefing='a.xml' output='own.pdf'/>"),
		"b a.xml b-2026-Q2.pdf\na a.xml a-2026-Q3.pdf\nc a.xml own.pdf\n");
}

/* Sorted by path; the batch's period goes before the briefing's. */
static void by_pattern(void **state)
{
	struct fixture *f = *state;

	put_folder(f, "u");
	put_file(f, "u/z.xml", BRIEFING("first"));
	put_file(f, "u/a.xml", BRIEFING("second"));
	put_file(f, "u/note.txt", "no");
	expect_units(f, read_batch(f, "name='{period}/{unit}.pdf' period='2026-Q1'", "<units from='u/*.xml'/>"),
		"second u/a.xml 2026-Q1-second.pdf\nfirst u/z.xml 2026-Q1-first.pdf\n");
}

static void broken_briefing(void **state)
{
	struct fixture *f = *state;

	put_folder(f, "u");
	put_file(f, "u/a.xml", "<briefing unit='x'");
	expect_units(f, read_batch(f, "", "<units from='u/*.xml'/>"), "u-a u/a.xml u-a.pdf\n");
}

/* What a pattern matches and is no briefing of a unit costs its own unit alone, as a broken one does. */
static void no_unit(void **state)
{
	struct fixture *f = *state;

	put_folder(f, "u");
	put_file(f, "u/a.xml", BRIEFING("first"));
	put_file(f, "u/b.xml", "<briefing " SPACE " period='2026-Q3'/>");
	put_file(f, "u/c.xml", "<facts " SPACE " unit='x'/>");
	put_file(f, "u/d.xml", "<briefing " SPACE " unit=' '/>");
	expect_units(f, read_batch(f, "", "<units from='u/*.xml'/>"),
		"first u/a.xml first.pdf\nu-b u/b.xml u-b.pdf\nu-c u/c.xml u-c.pdf\nu-d u/d.xml u-d.pdf\n");
}

/* One unit a distinct value; quotes, line ends in them and the byte-order mark are the table's own. */
static void by_table(void **state)
{
	struct fixture *f = *state;

	put_file(f, "t.csv", "\xEF\xBB\xBFname;unit\r\nx;\"a;1\"\r\n\"y\nz\";b\r\nw;\"a;1\"\r\nv;\"say \"\"b\"\"\"\r\n");
	expect_units(f, read_batch(f, "", "<units table='t.csv' separator=';' column='unit' briefing='a.xml'/>"),
		"a;1 a.xml a;1.pdf\nb a.xml b.pdf\nsay \"b\" a.xml say \"b\".pdf\n");
}

static void table_encoding(void **state)
{
	struct fixture *f = *state;

	put_file(f, "t.csv", "unit\nM\xFCnchen\n");
	expect_units(f, read_batch(f, "", "<units table='t.csv' encoding='ISO-8859-1' column='unit' briefing='a.xml'/>"), "M\xC3\xBCnchen a.xml M\xC3\xBCnchen.pdf\n");
}

static void open_quote(void **state)
{
	struct fixture *f = *state;

	put_file(f, "t.csv", "unit\n\"a\nb\n");
	read_batch(f, "", "<units table='t.csv' column='unit' briefing='a.xml'/>");
	expect_error(f, DIAG_CSV_QUOTE, "this quote has no end");
}

static void short_row(void **state)
{
	struct fixture *f = *state;

	put_file(f, "t.csv", "name\tunit\na\t b \na\n");
	assert_int_equal(read_batch(f, "", "<units table='t.csv' separator='tab' column='unit' briefing='a.xml'/>")->units.count, 1);
	expect_error(f, DIAG_CSV_FIELDS, "this row has 1 field, the first one 2");
}

static void wrong_separator(void **state)
{
	struct fixture *f = *state;

	read_batch(f, "", "<units table='t.csv' separator=';;' column='unit' briefing='a.xml'/>");
	expect_error(f, DIAG_ATTRIBUTE_VALUE, "';;' is not a single sign");
}

/* ---- output names ---- */

static void safe_names(void **state)
{
	struct fixture *f = *state;

	put_file(f, "t.csv", "unit\n../etc/passwd\n.hidden\n..\na\\b\n");
	expect_units(f, read_batch(f, "name='{unit}'", "<units table='t.csv' column='unit' briefing='a.xml'/>"),
		"../etc/passwd a.xml -.-etc-passwd\n.hidden a.xml -hidden\n.. a.xml -.\na\\b a.xml a-b\n");
}

static void stated_name_outside(void **state)
{
	struct fixture *f = *state;

	read_batch(f, "", "<unit id='a' briefing='a.xml' output='../a.pdf' period='2026-Q3'/>");
	expect_error(f, DIAG_ATTRIBUTE_VALUE, "'../a.pdf' is no name for a file in the output folder");
}

static void name_of_the_manifest(void **state)
{
	struct fixture *f = *state;

	read_batch(f, "name='manifest.json'", "<unit id='a' briefing='a.xml' period='2026-Q3'/>");
	expect_error(f, DIAG_OUTPUT_TWICE, "the output name 'manifest.json' is the manifest's");
}

static void long_name(void **state)
{
	struct fixture *f = *state;
	char name[260];

	memset(name, 'x', sizeof name);
	name[201] = '\0';
	read_batch(f, str_printf(&f->arena, "name='%s'", name).ptr, "<unit id='a' briefing='a.xml' period='2026-Q3'/>");
	expect_error(f, DIAG_ATTRIBUTE_VALUE, "an output name has 1 to 200 bytes, not 201");
}

static void unknown_field(void **state)
{
	struct fixture *f = *state;

	read_batch(f, "name='{units}.pdf'", "<unit id='a' briefing='a.xml' period='2026-Q3'/>");
	expect_error(f, DIAG_ATTRIBUTE_VALUE, "an output name has no field '{units}'; write {unit} and {period}; did you mean 'unit'?");
}

static void unit_twice(void **state)
{
	struct fixture *f = *state;

	read_batch(f, "", "<unit id='a' briefing='a.xml' period='2026-Q3'/><unit id='a' briefing='b.xml' output='b.pdf' period='2026-Q3'/>");
	expect_error(f, DIAG_ID_TWICE, "two units have the id 'a'");
}

/* Different ids may come to one name. */
static void output_twice(void **state)
{
	struct fixture *f = *state;

	put_file(f, "t.csv", "unit\na/b\na-b\n");
	read_batch(f, "", "<units table='t.csv' column='unit' briefing='a.xml'/>");
	expect_error(f, DIAG_OUTPUT_TWICE, "two units have the output name 'a-b.pdf'");
}

static void wrong_units(void **state)
{
	struct fixture *f = *state;

	read_batch(f, "", "<units/>");
	expect_error(f, DIAG_ATTRIBUTE_MISSING, "'units' needs 'from', or 'table' with 'column' and 'briefing'");
}

static void no_match(void **state)
{
	struct fixture *f = *state;

	put_file(f, "a.xml", BRIEFING("a"));
	read_batch(f, "", "<units from='none/*.xml'/><unit id='a' briefing='a.xml'/>");
	expect_error(f, DIAG_UNITS_NONE, "no file matches 'none/*.xml'");
}

/* ---- the manifest ---- */

static void manifest(void **state)
{
	struct fixture *f = *state;
	const struct source source = { .name = STR("here/p/batch.xml"), .path = STR("batch.xml") };
	struct roster b = { .source = &source };
	struct batch_outcome outcomes[] = {
		{ .state = BATCH_DONE, .report = STR("\"pages\":6,\"bytes\":9") }, { .state = BATCH_FAILED, .report = STR("\"pages\":0") },
		{ .state = BATCH_CRASHED, .signal = 11 }, { .state = BATCH_CRASHED, .status = 3 }, { .state = BATCH_TIMEOUT }, { .state = BATCH_DROPPED },
	};
	static const char *const ids[] = { "a", "b \"q\"", "c", "d", "e", "f" };

	for (size_t i = 0; i < 6; i++)
		vec_push(&f->arena, &b.units, ((struct roster_unit){ .id = str_from(ids[i]), .briefing = STR("u.xml"), .output = STR("o.pdf") }));
	assert_string_equal(batch_manifest(&f->arena, &b, NULL, outcomes).ptr,
		"{\"format\":\"entente-manifest-1\",\"tool\":\"entente " ENTENTE_VERSION "\",\"batch\":\"batch.xml\",\"units\":[\n"
		"{\"unit\":\"a\",\"briefing\":\"u.xml\",\"status\":\"done\",\"output\":\"o.pdf\",\"pages\":6,\"bytes\":9},\n"
		"{\"unit\":\"b \\\"q\\\"\",\"briefing\":\"u.xml\",\"status\":\"failed\",\"pages\":0},\n"
		"{\"unit\":\"c\",\"briefing\":\"u.xml\",\"status\":\"crashed\",\"error\":\"its worker ended by signal 11\"},\n"
		"{\"unit\":\"d\",\"briefing\":\"u.xml\",\"status\":\"crashed\",\"error\":\"its worker ended with status 3\"},\n"
		"{\"unit\":\"e\",\"briefing\":\"u.xml\",\"status\":\"timeout\",\"error\":\"it took longer than the limit\"},\n"
		"{\"unit\":\"f\",\"briefing\":\"u.xml\",\"status\":\"dropped\",\"error\":\"the batch was stopped before it was done\"}\n]}\n");
}

/* ---- running: briefings that are wrong are quick to build ---- */

struct run {
	struct fixture *f;
	volatile sig_atomic_t stop;
	size_t calls;
	const char *stop_after; /* a signal comes when this unit is settled */
	int stop_as;
};

static void count_calls(void *ctx, size_t done, size_t count, const struct roster_unit *u, const struct batch_outcome *o)
{
	struct run *run = ctx;

	(void)o;
	assert_true(done >= 1 && done <= count);
	run->calls++;
	if (run->stop_after && str_is(u->id, run->stop_after))
		run->stop = run->stop_as;
}

static struct batch_outcome *run_units(struct run *run, int units, int workers)
{
	struct fixture *f = run->f;
	struct roster b = { .source = source_from(&f->arena, STR("batch.xml"), STR("")) };
	struct batch_options options = { .paths = { .data = ".", .project = f->dir }, .folder = str_printf(&f->arena, "%s/out", f->dir),
		.workers = workers, .limit_seconds = 1, .stop = &run->stop, .progress = count_calls, .progress_ctx = run };
	struct batch_outcome *outcomes = ARENA_ARRAY(&f->arena, struct batch_outcome, (size_t)units);

	put_file(f, "wrong.xml", "<briefing " SPACE "/>");
	put_folder(f, "out");
	for (int i = 0; i < units; i++)
		vec_push(&f->arena, &b.units, ((struct roster_unit){ .id = str_printf(&f->arena, "u%d", i), .briefing = STR("wrong.xml"), .output = STR("o.pdf") }));
	assert_true(batch_run(&f->arena, &b, &options, outcomes, &f->diag));
	/* Nobody is left behind. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	return outcomes;
}

static void expect_states(const struct batch_outcome *outcomes, const char *want)
{
	static const char letters[] = "wdfctx"; /* waiting done failed crashed timeout dropped */
	char got[64] = "";

	for (size_t i = 0; i < strlen(want); i++)
		got[i] = letters[outcomes[i].state];
	assert_string_equal(got, want);
}

static void wrong_units_fail(void **state)
{
	struct run run = { .f = *state };
	struct batch_outcome *outcomes = run_units(&run, 5, 2);

	expect_states(outcomes, "fffff");
	assert_int_equal(run.calls, 5);
	assert_true(str_starts(outcomes[4].report, "\"pages\":0,\"bytes\":0"));
	assert_memory_equal(outcomes[0].report.ptr, outcomes[4].report.ptr, outcomes[0].report.len);
}

static void more_workers_than_units(void **state)
{
	struct run run = { .f = *state };

	expect_states(run_units(&run, 2, 40), "ff");
}

/* The one worker is replaced and goes on with the next unit. */
static void a_crash(void **state)
{
	struct run run = { .f = *state };
	struct batch_outcome *outcomes;

	setenv("ENTENTE_TEST_CRASH", "u1", 1);
	outcomes = run_units(&run, 4, 1);
	unsetenv("ENTENTE_TEST_CRASH");
	expect_states(outcomes, "fcff");
	assert_int_equal(outcomes[1].signal, SIGABRT);
	assert_int_equal(outcomes[1].report.len, 0);
}

static void a_hang(void **state)
{
	struct run run = { .f = *state };
	struct batch_outcome *outcomes;

	setenv("ENTENTE_TEST_HANG", "u0", 1);
	outcomes = run_units(&run, 3, 2);
	unsetenv("ENTENTE_TEST_HANG");
	expect_states(outcomes, "tff");
	assert_int_equal(outcomes[0].signal, SIGKILL);
}

static void a_signal(void **state)
{
	struct run run = { .f = *state, .stop_after = "u1", .stop_as = 1 };

	expect_states(run_units(&run, 5, 1), "ffxxx");
}

static void two_signals(void **state)
{
	struct run run = { .f = *state, .stop_after = "u1", .stop_as = 2 };
	struct batch_outcome *outcomes;

	setenv("ENTENTE_TEST_HANG", "u0", 1);
	outcomes = run_units(&run, 3, 2);
	unsetenv("ENTENTE_TEST_HANG");
	assert_int_equal(outcomes[0].state, BATCH_DROPPED);
}

static void nowhere_to_read(void **state)
{
	struct fixture *f = *state;
	struct roster b = { .source = source_from(&f->arena, STR("batch.xml"), STR("")) };
	struct batch_options options = { .paths = { .data = "/nowhere", .project = f->dir }, .folder = STR("/nowhere"), .workers = 1, .limit_seconds = 1 };
	struct batch_outcome outcome = { 0 };

	vec_push(&f->arena, &b.units, ((struct roster_unit){ .id = STR("a") }));
	assert_false(batch_run(&f->arena, &b, &options, &outcome, &f->diag));
	expect_error(f, DIAG_SYSTEM, "the folder with layouts and library cannot be opened");
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)
int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(listed), T(by_pattern), T(broken_briefing), T(no_unit), T(by_table), T(table_encoding), T(open_quote), T(short_row), T(wrong_separator), T(safe_names), T(stated_name_outside),
		T(name_of_the_manifest), T(long_name), T(unknown_field), T(unit_twice), T(output_twice), T(wrong_units), T(no_match), T(manifest),
		T(wrong_units_fail), T(more_workers_than_units), T(a_crash), T(a_hang), T(a_signal), T(two_signals), T(nowhere_to_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
