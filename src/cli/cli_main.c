/* entente: finds the command and runs it. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

const struct cli_command cli_commands[] = {
	{ "build", "BRIEFING.xml [-o OUT.pdf] [--set NAME=VALUE]...", "make the PDF of one briefing",
		"  -o FILE          where to write it; default: the briefing's name with .pdf; - is stdout\n"
		"  --layout ID      another layout than the briefing's\n"
		"  --date DATE      as-of date, YYYY-MM-DD; default: the meeting's, else the period's end\n"
		"  --unit ID        another business unit than the briefing's\n"
		"  --period P       another period, as 2026-Q3\n"
		"  --set NAME=VALUE a colour, measure, family or parameter over the layout's; may be repeated\n"
		"  --draft          missing and refused figures leave marked holes, listed on the last page; other errors stay errors\n"
		"  --overlay        draw blocks, grid, baselines, keeps and the breaks that were weighed over the pages; not of a final paper\n"
		"  --dump STAGE     list what a stage made instead: xml facts narrative layout doc pages\n"
		"\nExamples:\n"
		"  entente build northwind/emea/briefing.xml -o emea.pdf\n"
		"  entente build northwind/emea/briefing.xml --set accent=#5B1E4A --set 'heading=Noto Serif'\n"
		"  entente build northwind/emea/briefing.xml --dump facts | less\n",
		cli_build },
	{ "batch", "BATCH.xml -o DIR [-j N]", "make the PDFs of many units, each isolated and accounted for",
		"  -o DIR           folder for the PDFs and manifest.json\n"
		"  -j N             workers; default: one a processor\n"
		"  --limit SECONDS  time one unit may take\n"
		"  --set NAME=VALUE as for build, for every unit\n"
		"\nExample:\n"
		"  entente batch northwind/batch.xml -o out -j 4\n",
		cli_batch },
	{ "check", "BRIEFING.xml|BATCH.xml|FOLDER... [--executive]", "report every problem of every file; nothing is written",
		"  --executive      also the twelve criteria of a paper for executives: titles, summary, scales, sources ...\n"
		"  --layout --date --unit --period --set   as for build\n"
		"\nExample:\n"
		"  entente check northwind/*/briefing.xml\n",
		cli_check },
	{ "explain", "BRIEFING.xml [--pages]", "why each slot, sentence, style and page break is what it is, and which file said so",
		"  -o FILE          where to write it; default: stdout\n"
		"  --pages          only why each page ends where it does: the break chosen, its cost in parts, and those refused; with --json as JSON\n"
		"  --layout --date --unit --period --set   as for build\n"
		"\nExample:\n"
		"  entente explain northwind/emea/briefing.xml | less\n"
		"  entente explain northwind/emea/briefing.xml --pages\n",
		cli_explain },
	{ "trace", "OUT.pdf", "every printed figure with its metric, period, side, source, file and line",
		"  --json           the attached values as they are\n"
		"\nExample:\n"
		"  entente trace emea.pdf | grep priority-alignment\n",
		cli_trace },
	{ "approve", "BRIEFING.xml --as ID --name NAME", "write down that somebody approves what a briefing says",
		"  --as ID          which of the approvers that the company names\n"
		"  --name NAME      the person\n"
		"  --date DATE      when; default: today\n"
		"  --unit ID        of a briefing of several units only this one's; default: all of them, or none if one has errors\n"
		"  --layout --period   as for build\n"
		"\nThe approval stands in BRIEFING.approvals.xml with the hash of the figures and sentences, so that another look does not void it\n"
		"and other content does. state=\"final\" needs all approvals that the company names.\n"
		"\nExample:\n"
		"  entente approve northwind/emea/briefing.xml --as cio --name \"Ann Lee\"\n",
		cli_approve },
	{ "facts", "BRIEFING.xml... [--csv]", "every value that was read, normalised, with its source, file and line or cell",
		"  --metric ID      only this metric's\n"
		"  --unit ID        only this unit's; of a briefing that names none: as read for it\n"
		"  --period P       only this period's, as 2026-Q3\n"
		"  --csv            as CSV, one row of names for all files; --json as JSON\n"
		"\nExamples:\n"
		"  entente facts northwind/emea/briefing.xml --metric spend\n"
		"  entente facts northwind/*/briefing.xml --csv >facts.csv\n",
		cli_facts },
	{ "request", "FOLDER|BRIEFING.xml|BATCH.xml -o FILE.xlsx [--for OFFICE]", "a sheet of the figures that are still awaited, for an office to fill in",
		"  -o FILE          .xlsx (only value, source and note can be typed into) or .csv; - is stdout, as CSV\n"
		"  --for OFFICE     only what this side owes: cmo, cio ...; joint: what is told for no side\n"
		"  --period P       the period that is asked for; default: each briefing's\n"
		"  --unit --metric  only these\n"
		"\nA row a figure, with the last one beside it and the place it goes to. What comes back is read by <table href=\"FILE.xlsx\"/>, and what\n"
		"is wrong in it is refused by sheet and cell; what it fills in is awaited no longer.\n"
		"\nExample:\n"
		"  entente request northwind --period 2026-Q4 --for cmo -o ask-cmo.xlsx\n",
		cli_request },
	{ "words", "export|import ...", "sentences out to an office as a table, and back as edited words",
		"  words export BRIEFING.xml...|FOLDER [-o FILE]\n"
		"                   a row for each sentence that is printed: .xlsx (only edited, author and date can be typed into), .csv or\n"
		"                   .xml; default: a table on stdout, --json as JSON\n"
		"  words import FILE BRIEFING.xml...|FOLDER [-o WORDS.xml]\n"
		"                   holds each edited row against what is printed now, and writes the words file; default: BRIEFING.words.xml\n"
		"                   beside the briefing, words.xml in the folder. Nothing is written where a row is wrong\n"
		"  --name NAME      import: who edited the rows that do not say\n"
		"  --date DATE      import: when; default: today\n"
		"  --layout --unit --period   as for build\n"
		"\nA briefing that serves several units, a batch file and a folder are the papers of all their units. Figures stand in a sentence as\n"
		"[1: 40 %]: move them or leave them out, they cannot be typed over and print what they are when the paper is built. *strong*,\n"
		"_emphasis_, [/] a line break. An edit is of one sentence, unit and period; where the sentence is worded otherwise by then, it is\n"
		"printed as generated, with a warning. An empty 'edited' takes an edit back.\n"
		"\nExamples:\n"
		"  entente words export northwind -o words.xlsx\n"
		"  entente words import words.xlsx northwind --name \"Ann Lee\"\n"
		"  entente words export fourteen/unit.xml --unit de -o words.csv\n",
		cli_words },
	{ "status", "FOLDER|BRIEFING.xml|BATCH.xml [--period P]", "how far each paper is: figures read, owed and stale, errors, approvals",
		"  --period P       briefings of this period, else of the one before; default: all\n"
		"  --unit ID        only this unit's paper\n"
		"  --csv, --json    as CSV, as JSON\n"
		"\nExit codes: 0 nothing is missing; 4 figures are owed or stale, or a paper for review or a final one lacks an approval; 1 a\n"
		"briefing has errors ('entente check' says which).\n"
		"\nExample:\n"
		"  entente status northwind --period 2026-Q4\n",
		cli_status },
	{ "layouts", "[FOLDER]", "layouts that can be used, and where they were found",
		"FOLDER: a company's, or one in it; default: where you are.\n"
		"\nExample:\n"
		"  entente layouts northwind\n",
		cli_layouts },
	{ "fonts", "[FOLDER]", "font files that layouts can use, their package and licence, and whether they are here",
		"FOLDER: a company's, or one in it; default: where you are. A company lists files of its own in its fonts.xml.\n"
		"\nExample:\n"
		"  entente fonts northwind\n",
		cli_fonts },
	{ "new", "DIR", "make a company folder to start from",
		"Example:\n"
		"  entente new acme && entente build acme/unit/briefing.xml\n",
		cli_new },
	{ "close", "FOLDER|BRIEFING.xml|BATCH.xml [-o FILE]", "write down what was published: figures, words, records and hashes, in one file",
		"  -o FILE          where to write it, of one unit; default: closed/UNIT-PERIOD.xml beside the briefing; - is stdout\n"
		"  --unit ID        only this unit's; default: every unit of the folder, batch or briefing\n"
		"  --period P       of a folder or batch; default: the newest\n"
		"\nThe next quarter's briefing names the file with <closed href=\"...\"/> and is compared with it. A closed quarter is not\n"
		"written over: when it would differ from the file that is there, nothing is written. Units are closed each for itself; exit code 4:\n"
		"some could not be.\n"
		"\nExamples:\n"
		"  entente close northwind/emea/briefing.xml\n"
		"  entente close fourteen\n",
		cli_close },
	{ "roll", "FOLDER PERIOD [-o DIR]", "make the next quarter's folder from a company's closed one",
		"  -o DIR           folder to make, inside the company's; default: FOLDER/PERIOD\n"
		"  --unit ID        only this unit\n"
		"\nEach unit whose briefing is of the period before, and closed, gets a briefing, its figures so far, its open asks and\n"
		"commitments, and a place for every value that is awaited. A briefing of several units is followed by one: its tables stay where they\n"
		"are, and what they owe is named. Nothing of the old quarter is changed.\n"
		"\nExample:\n"
		"  entente roll northwind 2026-Q4\n",
		cli_roll },
	{ "diff", "A B", "figures and sentences that differ between two briefings or closed quarters",
		"  --json           the differences as JSON\n"
		"  --unit ID        of a briefing of several units only this one; default: each with itself\n"
		"\nA and B are briefings or closed files. The last line counts; the exit code is 0 whether or not they differ, and 1 when one\n"
		"of them has errors.\n"
		"\nExample:\n"
		"  entente diff northwind/emea/closed/emea-2026-Q3.xml northwind/2026-Q4/emea/briefing.xml\n",
		cli_diff },
	{ NULL, NULL, NULL, NULL, NULL },
};

static const char common_help[] =
	"\nOptions of every command:\n"
	"  --project DIR    folder nothing outside of which is opened; default: the nearest upward with company.xml\n"
	"  --data DIR       folder with layouts/, library/ and fonts/\n"
	"  --fonts DIR      where packages put font files; default /usr/share/fonts\n"
	"  --json           messages and reports as JSON on stdout (batch: its manifest)\n"
	"  -q, -v           say less; say more: every file read\n"
	"  --help, --version\n"
	"\nExit codes: 0 done, 1 the input has errors, 2 usage, 3 the system failed, 4 part of a batch failed\n";

static void print_overview(FILE *out)
{
	fputs("entente makes executive-ready PDF briefings from XML.\n\nUsage: entente COMMAND ...\n\n", out);
	for (const struct cli_command *c = cli_commands; c->name; c++)
		fprintf(out, "  %-8s %s\n", c->name, c->summary);
	fputs("\n  entente COMMAND --help says more, with examples.\n", out);
}

static void print_help(const struct cli_command *c)
{
	printf("Usage: entente %s %s\n\n%s\n", c->name, c->synopsis, c->summary);
	if (c->help[0])
		printf("\n%s", c->help);
	fputs(common_help, stdout);
}

static int print_version(const struct cli_options *o)
{
	const char *why = NULL;
	struct entente *e = entente_open(&(struct entente_paths){ .data = cli_data_folder(o) }, &why);

	if (e == NULL) {
		cli_say("%s", why);
		return ENTENTE_SYSTEM;
	}
	fputs(entente_version(e), stdout);
	entente_close(e);
	return ENTENTE_DONE;
}

static const struct cli_command *find_command(const char *name)
{
	for (const struct cli_command *c = cli_commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static int unknown_command(const char *name)
{
	const char *names[32] = { NULL };
	char near[CLI_NEAREST];

	for (size_t i = 0; cli_commands[i].name && i + 1 < sizeof names / sizeof names[0]; i++)
		names[i] = cli_commands[i].name;
	cli_say("there is no command '%s'%s", name, cli_nearest(name, names, "; entente --help lists them", near));
	return ENTENTE_USAGE;
}

/* `entente help build` as `entente build --help`. */
static int help(const char *name)
{
	const struct cli_command *command = find_command(name);

	if (command == NULL)
		return unknown_command(name);
	print_help(command);
	return ENTENTE_DONE;
}

static bool is_word(const char *argument, const char *a, const char *b)
{
	return strcmp(argument, a) == 0 || strcmp(argument, b) == 0;
}

int main(int argc, char **argv)
{
	static struct cli_options options; /* large: its list of words */
	const struct cli_command *command;

	if (argc > 2 && strcmp(argv[1], "help") == 0)
		return help(argv[2]);
	if (argc < 2 || is_word(argv[1], "--help", "help")) {
		print_overview(argc < 2 ? stderr : stdout);
		return argc < 2 ? ENTENTE_USAGE : ENTENTE_DONE;
	}
	if (is_word(argv[1], "--version", "version"))
		return print_version(&options);
	command = find_command(argv[1]);
	if (command == NULL)
		return unknown_command(argv[1]);
	if (!cli_parse(command->name, argc - 2, argv + 2, &options))
		return ENTENTE_USAGE;
	if (options.help) {
		print_help(command);
		return ENTENTE_DONE;
	}
	return command->run(&options);
}
