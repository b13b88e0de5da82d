/* facts: a company's tables from one briefing to the next: what is read and said is what is read and said without a shelf. */
#include "facts_fixture.h"

#include <unistd.h>

/* A table that several briefings read, one unit each. */
struct company {
	const char *table;        /* attributes and children of <table> */
	const char *csv;
	size_t csv_len;           /* 0: up to the NUL */
};

#define MAPPED "<column name='u' to='unit'/><column name='p' to='period'/><column name='v' to='value' metric='share'/></table>"


static void put_file(const char *path, const char *text, size_t len)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fwrite(text, 1, len ? len : strlen(text), file);
	fclose(file);
}

static const char *text_of(struct fixture *f, const struct company *c, const char *unit)
{
	return str_printf(&f->arena,
		"<briefing " SPACE "unit='%s' period='2026'><company name='C' currency='EUR'><units><unit id='north'><label lang='en'>N</label></unit>"
		"<unit id='south'><label lang='en'>S</label></unit><unit id='east'><label lang='en'>E</label></unit></units></company>"
		"<catalogue><metric id='share' measure='count' aggregate='sum' period-kind='year'><label lang='en'>Share</label></metric></catalogue>"
		"<facts><source id='s' title='S' date='2026-12-31'/><table href='t.csv' source='s' %s</facts></briefing>", unit, c->table).ptr;
}

/* What is read and said; in an arena of its own, as a briefing's is. */
static char *read_once(const char *folder, const struct company *c, const char *unit, struct facts_shelf *shelf)
{
	struct fixture *f = malloc(sizeof *f);
	struct facts_options options = { .shelf = shelf };
	struct buf out;
	fixture_init(f);
	assert_true(folder_open(&f->arena, str_from(folder), &f->root));
	const struct xml_node *n = xml_parse(&f->arena, source_from(&f->arena, STR("briefing.xml"), str_from(text_of(f, c, unit))), &f->diag);
	assert_non_null(n);
	if (shelf)
		facts_shelf_turn(shelf);
	buf_init(&out, &f->arena, 1 << 20);
	facts_dump(facts_read(&f->arena, &f->loader, n, NULL, 0, &options, &f->diag), &out);
	diag_print(&f->diag, DIAG_PLAIN, 40, &out);
	char *said = strdup(out.ptr);
	fixture_release(f);
	return said;
}

static const char *const units[] = { "north", "south", "east", "north", "south", "north" };

static const struct company companies[] = {
	{ "units='own'>" MAPPED, "u,p,v\nnorth,2026,1\nsouth,2026,2\neast,2026,3\nnorth,2025,4\nsouth,2025,5\n", 0 },
	/* lines within quotes, blank lines, no line end at the end */
	{ "units='own'><column name='n' to='note'/>" MAPPED, "n,u,p,v\n\"a\nb\",north,2026,1\n\n\"c \"\"d\"\"\",\"south\",2026,2\r\n\"x\",north,2025,4", 0 },
	/* a byte-order mark; no head */
	{ "units='own'>" MAPPED, "\xEF\xBB\xBFu,p,v\nnorth,2026,1\nsouth,2026,2\nnorth,2025,3\n", 0 },
	{ "units='own'><column index='1' to='unit'/><column index='2' to='period'/><column index='3' to='value' metric='share'/></table>",
		"north,2026,1\nsouth,2026,2\nnorth,2025,3\n", 0 },
	/* transcoded: offsets are those of another text */
	{ "units='own' encoding='ISO-8859-1'><column name='n' to='note'/>" MAPPED, "n,u,p,v\n\xE4\xF6,north,2026,1\n\xFC,south,2026,2\n\xE4,north,2025,3\n", 0 },
	/* the unit stands in the first row of its block */
	{ "units='own'><column name='u' to='unit' fill='down'/><column name='p' to='period'/><column name='v' to='value' metric='share'/></table>",
		"u,p,v\nnorth,2026,1\n,2025,2\nsouth,2026,3\n,2025,4\nnorth,2024,5\n", 0 },
	/* another column that goes on from above, perhaps from a row of another unit */
	{ "units='own'><column name='u' to='unit'/><column name='p' to='period' fill='down'/><column name='v' to='value' metric='share'/></table>",
		"u,p,v\nnorth,2026,1\nsouth,,2\nnorth,2025,3\nsouth,,4\n", 0 },
	/* rows of no unit are everybody's */
	{ "units='own'><column name='u' to='unit' required='no'/><column name='p' to='period'/><column name='v' to='value' metric='share'/></table>",
		"u,p,v\n,2024,9\nnorth,2026,1\nsouth,2026,2\n", 0 },
	/* totals that add up, and totals that do not, which every briefing says */
	{ "units='own'><total column='u' is='all'/>" MAPPED, "u,p,v\nnorth,2026,1\nsouth,2026,2\nall,,3\n", 0 },
	{ "units='own'><total column='u' is='all'/>" MAPPED, "u,p,v\nnorth,2026,1\nsouth,2026,2\nall,,4\n", 0 },
	/* what is wrong with the row of another unit */
	{ "units='own'>" MAPPED, "u,p,v\nnorth,2026,1\nwest,2026,2\nsouth,2026,3\n", 0 },
	{ "units='own'>" MAPPED, "u,p,v\nnorth,2026,1\nsouth,2026,2,3\n", 0 },
	/* what is wrong with a row of one unit only */
	{ "units='own'>" MAPPED, "u,p,v\nnorth,2026,x\nsouth,2026,2\n", 0 },
	{ "units='own'>" MAPPED, "u,p,v\nnorth,2026,1\nsouth,2026,\"2\n", 0 },
	{ "units='own'>" MAPPED, "u,p,v\nnorth,2026,1\nso\xFFuth,2026,2\n", 0 },
	/* names of other people */
	{ "units='own'><column name='u' to='unit'><map name='Nord' to='north'/></column><column name='p' to='period'/>"
		"<column name='v' to='value' metric='share'/></table>", "u,p,v\nNord,2026,1\nsouth,2026,2\nNord,2025,2\n", 0 },
	{ "units='all'>" MAPPED, "u,p,v\nnorth,2026,1\nsouth,2026,2\n", 0 },
};

static void the_same_is_read(void **state)
{
	(void)state;
	char folder[] = "/tmp/entente-shelf-XXXXXX", path[64];
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/t.csv", folder);
	for (size_t i = 0; i < sizeof companies / sizeof *companies; i++) {
		struct arena session;
		arena_init(&session, 0, NULL);
		struct facts_shelf *shelf = facts_shelf_open(&session);
		put_file(path, companies[i].csv, companies[i].csv_len);
		for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
			char *alone = read_once(folder, &companies[i], units[u], NULL), *kept = read_once(folder, &companies[i], units[u], shelf);
			if (strcmp(alone, kept) != 0)
				fail_msg("table %zu, briefing %zu: alone\n%s\nwith the shelf\n%s", i, u, alone, kept);
			free(alone);
			free(kept);
		}
		arena_release(&session);
	}
	unlink(path);
	rmdir(folder);
}

/* Once two briefings have read it, the file itself is asked for nothing but its times. */
static void a_file_is_kept_until_it_is_touched(void **state)
{
	(void)state;
	char folder[] = "/tmp/entente-shelf-XXXXXX", path[64];
	const struct company *c = &companies[0];
	struct arena session;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/t.csv", folder);
	put_file(path, c->csv, 0);
	arena_init(&session, 0, NULL);
	struct facts_shelf *shelf = facts_shelf_open(&session);
	for (int i = 0; i < 2; i++)
		free(read_once(folder, c, "north", shelf));
	size_t used = session.used;
	for (int i = 0; i < 20; i++)
		free(read_once(folder, c, i % 2 ? "north" : "south", shelf));
	assert_int_equal(session.used, used); /* nothing grows from briefing to briefing */
	put_file(path, "u,p,v\nnorth,2026,77\n", 0);
	char *said = read_once(folder, c, "north", shelf);
	assert_non_null(strstr(said, "= 77 "));
	free(said);
	arena_release(&session);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_is_read),
		cmocka_unit_test(a_file_is_kept_until_it_is_touched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
