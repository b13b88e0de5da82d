/* cli: facts: what briefings were read to say, one list for all of them. Messages go to stderr as text with --json, too, so that what is on
 * stdout is the list alone. */
#include "cli/cli.h"

#include <limits.h>
#include <stdio.h>

struct listing {
	const struct cli_options *o;
	struct cli_options talk;     /* the same, for messages: as text */
	bool begun;                  /* something of the list is written */
	bool first_member;           /* nothing stands yet in the JSON array */
};

static enum entente_form form_of(const struct listing *l)
{
	if (l->o->json)
		return ENTENTE_JSON;
	if (!l->o->csv)
		return ENTENTE_TABLE;
	return l->begun ? ENTENTE_CSV_BODY : ENTENTE_CSV;
}

static void deliver(struct listing *l, const char *path, const struct entente_result *r)
{
	if (l->o->json) {
		cli_put_members(r->text, &l->first_member);
		return;
	}
	if (r->text_size && !l->o->csv && l->o->word_count > 1)
		printf("%s%s\n", l->begun ? "\n" : "", path);
	fwrite(r->text, 1, r->text_size, stdout);
	l->begun |= r->text_size > 0;
	if (r->text_size == 0 && r->status == ENTENTE_DONE && !l->o->quiet)
		cli_say("%s: no such value was read", path);
}

static int list_one(struct listing *l, const char *path)
{
	char inside[PATH_MAX];
	struct cli_problem problem;
	const struct entente_result *r;
	struct entente *e = cli_session(l->o, path, inside, sizeof inside, &problem);
	int status;

	if (e == NULL)
		return cli_tell(&l->talk, &problem, NULL);
	r = entente_build(e, &(struct entente_request){ .briefing = inside, .unit = l->o->unit, .period = l->o->period,
		.metric = l->o->metric, .form = form_of(l), .stage = ENTENTE_FACTS });
	deliver(l, path, r);
	if (!l->o->quiet || r->errors)
		cli_messages(&l->talk, e);
	status = (int)r->status;
	entente_close(e);
	return status;
}

int cli_facts(const struct cli_options *o)
{
	struct listing l = { .o = o, .talk = *o, .first_member = true };
	int worst = ENTENTE_DONE;

	if (o->word_count == 0 || (o->csv && o->json)) {
		cli_say(o->word_count ? "--csv or --json, not both" : "name the briefings whose figures to list");
		return ENTENTE_USAGE;
	}
	l.talk.json = false;
	fputs(o->json ? "[" : "", stdout);
	for (int i = 0; i < o->word_count; i++) {
		int status = list_one(&l, o->words[i]);

		worst = status > worst ? status : worst;
	}
	fputs(o->json ? l.first_member ? "]\n" : "\n]\n" : "", stdout);
	return worst;
}
