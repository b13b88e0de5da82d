/* cli: request: a sheet of what is still awaited, for an office to fill in. */
#include "cli/cli.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static bool form_of(const char *output, enum entente_form *form)
{
	*form = cli_ends(output, ".xlsx") ? ENTENTE_WORKBOOK : ENTENTE_CSV;
	if (*form == ENTENTE_WORKBOOK || cli_ends(output, ".csv") || strcmp(output, "-") == 0)
		return true;
	cli_say("'%s' is neither .xlsx nor .csv", output);
	return false;
}

static void say_notes(const struct cli_options *o, const char *note)
{
	for (const char *end; !o->quiet && (end = strchr(note, '\n')); note = end + 1)
		cli_say("%.*s", (int)(end - note), note);
}

static int deliver(const struct cli_options *o, const struct entente_result *r)
{
	if (r->status != ENTENTE_DONE)
		return (int)r->status;
	say_notes(o, r->note);
	if (r->holes == 0) {
		cli_say("nothing is awaited%s%s; nothing was written", o->office ? " of " : "", o->office ? o->office : "");
		return ENTENTE_DONE;
	}
	if (!cli_write(o->output, r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet && strcmp(o->output, "-") != 0)
		cli_say("%s: %u figure%s awaited", o->output, r->holes, r->holes == 1 ? "" : "s");
	return ENTENTE_DONE;
}

int cli_request(const struct cli_options *o)
{
	char inside[PATH_MAX];
	const struct entente_result *r;
	struct cli_problem problem;
	enum entente_form form;
	const char *briefing;
	struct entente *e;
	int status;

	if (o->word_count != 1 || o->output == NULL) {
		cli_say("name one folder or briefing, and the sheet to write, as in: entente request northwind --for cmo -o ask-cmo.xlsx");
		return ENTENTE_USAGE;
	}
	if (!form_of(o->output, &form))
		return ENTENTE_USAGE;
	e = cli_folder_session(o, o->words[0], inside, sizeof inside, &briefing, &problem);
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	r = entente_ask(e, &(struct entente_request){ .briefing = briefing, .unit = o->unit, .period = o->period, .metric = o->metric,
		.office = o->office, .form = form });
	if (r->status != ENTENTE_DONE || o->verbose)
		cli_messages(o, e);
	status = deliver(o, r);
	entente_close(e);
	return status;
}
