/* cli: diff: two briefings or closed quarters, each in a session of its own project. */
#include "cli/cli.h"

#include <limits.h>
#include <stdio.h>

/* What was, or would be, published. NULL after messages, with the exit code in *status. */
static struct entente *read_paper(const struct cli_options *o, const char *path, struct entente_text *out, int *status)
{
	char inside[PATH_MAX];
	struct cli_problem problem;
	const struct entente_result *r;
	struct entente *e = cli_session(o, path, inside, sizeof inside, &problem);

	if (e == NULL) {
		*status = cli_tell(o, &problem, NULL);
		return NULL;
	}
	r = entente_build(e, &(struct entente_request){ .briefing = inside, .stage = ENTENTE_PUBLISHED });
	*out = (struct entente_text){ path, r->text, r->text_size };
	*status = (int)r->status;
	if (r->status == ENTENTE_DONE)
		return e;
	cli_messages(o, e);
	entente_close(e);
	return NULL;
}

static int compare(const struct cli_options *o, const struct entente_text papers[2])
{
	struct entente_paths paths = { .data = cli_data_folder(o), .fonts = o->fonts };
	const char *why = "out of memory";
	struct entente *e = entente_open(&paths, &why);
	const struct entente_result *r;
	int status;

	if (e == NULL) {
		cli_say("%s", why);
		return ENTENTE_SYSTEM;
	}
	r = entente_diff(e, &papers[0], &papers[1], o->json);
	status = (int)r->status;
	if (r->status != ENTENTE_DONE)
		cli_messages(o, e);
	else if (!cli_write(o->output ? o->output : "-", r->text, r->text_size))
		status = ENTENTE_SYSTEM;
	entente_close(e);
	return status;
}

int cli_diff(const struct cli_options *o)
{
	struct entente_text papers[2];
	struct entente *sessions[2];
	int status;

	if (o->word_count != 2) {
		cli_say("name two briefings or closed quarters to compare");
		return ENTENTE_USAGE;
	}
	sessions[0] = read_paper(o, o->words[0], &papers[0], &status);
	if (sessions[0] == NULL)
		return status;
	sessions[1] = read_paper(o, o->words[1], &papers[1], &status);
	if (sessions[1]) {
		status = compare(o, papers);
		entente_close(sessions[1]);
	}
	entente_close(sessions[0]);
	return status;
}
