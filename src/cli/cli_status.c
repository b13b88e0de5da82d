/* cli: status: how far the papers of a company's folder are. */
#include "cli/cli.h"

#include <limits.h>

int cli_status(const struct cli_options *o)
{
	char inside[PATH_MAX];
	const struct entente_result *r;
	struct cli_problem problem;
	const char *briefing;
	struct entente *e;
	int status;

	if (o->word_count != 1) {
		cli_say("name one company's folder or briefing");
		return ENTENTE_USAGE;
	}
	e = cli_folder_session(o, o->words[0], inside, sizeof inside, &briefing, &problem);
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	r = entente_status(e, &(struct entente_request){ .briefing = briefing, .unit = o->unit, .period = o->period,
		.form = o->json ? ENTENTE_JSON : o->csv ? ENTENTE_CSV : ENTENTE_TABLE });
	if (r->text_size == 0 || (r->warnings && !o->json && !o->quiet))
		cli_messages(o, e);
	status = (int)r->status;
	if (r->text_size && !cli_write("-", r->text, r->text_size))
		status = ENTENTE_SYSTEM;
	entente_close(e);
	return status;
}
