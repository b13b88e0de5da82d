/* The command line: options, exit codes, help. Thin over libentente. Results go to stdout, talk to stderr. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/diag.h"
#include "entente.h"

enum { CLI_WORDS_MOST = 4096, CLI_SET_MOST = 16384 };

struct cli_options {
	const char *output;          /* -o */
	const char *layout, *date, *unit, *period, *dump;
	const char *metric;          /* facts */
	const char *as, *person;     /* approve: --as, --name */
	const char *office;          /* request: --for */
	const char *project, *data, *fonts;
	const char *jobs, *limit; /* batch */
	char set[CLI_SET_MOST];      /* --set: NAME=VALUE a line, in the order given */
	bool executive;           /* check */
	bool csv;                 /* facts */
	bool draft;               /* build */
	bool overlay;             /* build */
	bool pages;               /* explain */
	bool json, quiet, verbose, help;
	const char *words[CLI_WORDS_MOST]; /* what is not an option, in order */
	int word_count;
};

struct cli_command {
	const char *name;            /* NULL ends the list */
	const char *synopsis;        /* behind the name */
	const char *summary;         /* one line */
	const char *help;            /* options and examples */
	int (*run)(const struct cli_options *o); /* exit code, enum entente_status */
};
extern const struct cli_command cli_commands[];

/* Reads argv behind the command; an option that is not the command's is wrong. False after a message on stderr (usage). */
bool cli_parse(const char *command, int argc, char **argv, struct cli_options *o);

int cli_build(const struct cli_options *o);
int cli_batch(const struct cli_options *o);
int cli_check(const struct cli_options *o);
int cli_explain(const struct cli_options *o);
int cli_trace(const struct cli_options *o);
int cli_layouts(const struct cli_options *o);
int cli_fonts(const struct cli_options *o);
int cli_new(const struct cli_options *o);
int cli_close(const struct cli_options *o);
int cli_roll(const struct cli_options *o);
int cli_approve(const struct cli_options *o);
int cli_request(const struct cli_options *o);
int cli_status(const struct cli_options *o);
int cli_facts(const struct cli_options *o);
int cli_diff(const struct cli_options *o);
int cli_words(const struct cli_options *o);

/* What keeps a command from beginning. */
struct cli_problem {
	enum diag_code code;
	int status;                  /* enum entente_status: the exit code */
	char text[8192];
};
void cli_problem(struct cli_problem *p, enum diag_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Says it on stderr; with --json as a list of one message on stdout, or, where first is given, as a member of a list that is being
 * written (*first: nothing stands in it yet). Returns the exit code. */
int cli_tell(const struct cli_options *o, const struct cli_problem *p, bool *first);
/* Puts the members of a JSON array into one that is being written. */
void cli_put_members(const char *array, bool *first);
/* The project folder of a file and the file's path inside it. False with the problem. */
bool cli_place(const struct cli_options *o, const char *path, char *project, size_t project_size, char *inside, size_t inside_size,
	struct cli_problem *p);
/* Opens a session for a project folder; NULL: the working folder. NULL with the problem. */
struct entente *cli_open(const struct cli_options *o, const char *project, struct cli_problem *p);
/* Opens a session for a briefing's project; writes the path inside it to *inside (size bytes). NULL with the problem. */
struct entente *cli_session(const struct cli_options *o, const char *path, char *inside, size_t size, struct cli_problem *p);
/* A session for a folder, which is a project, or for a briefing: then *briefing is its path inside it, else NULL. NULL with the problem. */
struct entente *cli_folder_session(const struct cli_options *o, const char *path, char *inside, size_t size, const char **briefing,
	struct cli_problem *p);
/* Whether a path is a folder's; whether it is longer than what it ends with. */
bool cli_is_folder(const char *path);
bool cli_ends(const char *path, const char *with);
/* A file that goes with a briefing: "emea/briefing.words.xml" of "words". False: its path is longer than size. */
bool cli_beside(const char *briefing, const char *what, char *path, size_t size);
/* The day that --date says, else today, on which somebody approves or brings edited words back; "" where the clock tells none. Written to text. */
enum { CLI_DAY = 16 };
const char *cli_day(const struct cli_options *o, char text[CLI_DAY]);
/* "; did you mean 'NEAREST'?" where one of the names, which end with NULL, is near; else otherwise. Written to text. */
enum { CLI_NEAREST = 128 };
const char *cli_nearest(const char *name, const char *const *names, const char *otherwise, char text[CLI_NEAREST]);
/* The data folder: --data, $ENTENTE_DATA, the source tree the program was built in, where it was installed. NULL = the last. */
const char *cli_data_folder(const struct cli_options *o);
/* Messages of the last build to stderr (JSON to stdout with --json), coloured on a terminal. */
void cli_messages(const struct cli_options *o, struct entente *e);
/* Whether talk is coloured: on a terminal that can, unless NO_COLOR says otherwise. */
bool cli_colour(void);
/* "entente: TEXT" on stderr. */
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Writes bytes to path by a temporary name and rename; to stdout for "-"; straight to what is no regular file. What a link leads to is
 * replaced, not the link; a file that may not be written stays. False after a message; nothing is left behind. */
bool cli_write(const char *path, const void *bytes, size_t size);

#endif
