/* The papers that a command's argument means: a company's folder, a briefing, a batch file. */
#ifndef CLI_PAPERS_H
#define CLI_PAPERS_H

#include "cli/cli.h"

#include <limits.h>

struct cli_papers {
	struct entente *e;           /* to be closed by who opened it; NULL after messages */
	const struct entente_papers *found; /* status is ENTENTE_DONE, there is one at least */
	int status;                  /* exit code where e is NULL */
	const char *given;           /* argument as the user wrote it */
	char project[PATH_MAX];      /* its folder */
	char inside[PATH_MAX];       /* the argument inside it; empty: it is the project */
};

/* Of the options: unit, period. exact: of a folder or batch file those of the period itself, of the newest one if the options say none. What is
 * wrong is told; first as for cli_tell. */
struct cli_papers cli_papers_open(const struct cli_options *o, const char *path, bool exact, bool *first);
/* Any file, or a folder that is a company's or a quarter's of one. False with the problem. */
bool cli_is_company(const char *path, struct cli_problem *p);
/* What a stage asks for one of them, in the layout of the options if they name one. */
struct entente_request cli_paper_request(const struct cli_options *o, const struct entente_paper *paper, enum entente_stage stage);
/* Where a paper's briefing is, as the user would write it. False after a message. */
bool cli_paper_path(const struct cli_papers *p, const struct entente_paper *paper, char *path, size_t size);
/* The same to show, with its unit where the briefing has several: "unit.xml (de)". */
void cli_paper_shown(const struct cli_papers *p, const struct entente_paper *paper, char *text, size_t size);

#endif
