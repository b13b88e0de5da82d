/* cli: approve: writes an approval down beside its briefing. */
#include "cli/cli.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* northwind/emea/briefing.approvals.xml */
static bool beside(const char *briefing, char *path, size_t size)
{
	size_t length = strlen(briefing);

	if (length > 4 && strcmp(briefing + length - 4, ".xml") == 0)
		length -= 4;
	return (size_t)snprintf(path, size, "%.*s.approvals.xml", (int)length, briefing) < size;
}

/* Somebody approves on the day on which they say so, unless they say otherwise. */
static const char *day(const struct cli_options *o, char text[16])
{
	time_t now = time(NULL);
	struct tm local;

	if (o->date)
		return o->date;
	if (localtime_r(&now, &local) == NULL || strftime(text, 16, "%Y-%m-%d", &local) == 0)
		return "";
	return text;
}

static int deliver(const struct cli_options *o, const struct entente_result *r)
{
	char path[PATH_MAX];

	if (r->status != ENTENTE_DONE || r->text_size == 0)
		return (int)r->status;
	if (!beside(o->words[0], path, sizeof path)) {
		cli_say("'%s' is too long a path", o->words[0]);
		return ENTENTE_SYSTEM;
	}
	if (!cli_write(path, r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet)
		cli_say("%s: approved as '%s', %s %s", path, o->as, r->unit, r->period);
	return ENTENTE_DONE;
}

int cli_approve(const struct cli_options *o)
{
	char inside[PATH_MAX], today[16];
	const struct entente_result *r;
	struct cli_problem problem;
	struct entente *e;
	int status;

	if (o->word_count != 1 || o->as == NULL || o->person == NULL) {
		cli_say("name one briefing, the approver and the person, as in: entente approve emea/briefing.xml --as cio --name \"Ann Lee\"");
		return ENTENTE_USAGE;
	}
	e = cli_session(o, o->words[0], inside, sizeof inside, &problem);
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	r = entente_build(e, &(struct entente_request){ .briefing = inside, .layout = o->layout, .unit = o->unit, .period = o->period,
		.approver = o->as, .approver_name = o->person, .approved = day(o, today), .stage = ENTENTE_APPROVE });
	if (!o->quiet || r->errors || o->json)
		cli_messages(o, e);
	status = deliver(o, r);
	entente_close(e);
	return status;
}
