/* cli: close: what was published, in a file that is written once. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* closed/2026-Q3.xml beside the briefing; makes the folder. */
static bool beside(const char *briefing, const char *period, char *path, size_t size)
{
	const char *slash = strrchr(briefing, '/');
	int folder = slash ? (int)(slash - briefing) + 1 : 0;

	snprintf(path, size, "%.*sclosed", folder, briefing);
	if (mkdir(path, 0777) != 0 && errno != EEXIST) {
		cli_say("cannot make the folder '%s': %s", path, strerror(errno));
		return false;
	}
	snprintf(path, size, "%.*sclosed/%s.xml", folder, briefing, period);
	return true;
}

enum there { THERE_NOT, THERE_SAME, THERE_OTHER };

static enum there look(const char *path, const char *text, size_t size)
{
	FILE *file = fopen(path, "rb");
	char bytes[65536];
	size_t at = 0, length;
	bool same = true;

	if (file == NULL)
		return THERE_NOT;
	while (same && (length = fread(bytes, 1, sizeof bytes, file)) > 0) {
		same = length <= size - at && memcmp(bytes, text + at, length) == 0;
		at += length;
	}
	same &= at == size && !ferror(file);
	fclose(file);
	return same ? THERE_SAME : THERE_OTHER;
}

static int deliver(const struct cli_options *o, const struct entente_result *r)
{
	char path[PATH_MAX];
	enum there there;

	if (r->text_size == 0)
		return (int)r->status;
	if (o->output)
		snprintf(path, sizeof path, "%s", o->output);
	else if (!beside(o->words[0], r->period, path, sizeof path))
		return ENTENTE_SYSTEM;
	there = look(path, r->text, r->text_size);
	if (there == THERE_OTHER) {
		cli_say("'%s' was closed with other content and was left as it is; 'entente diff' shows what differs. Correct figures in "
			"the next quarter, with a note; or, if the paper was not published yet, remove the file and close again", path);
		return ENTENTE_INPUT;
	}
	if (there == THERE_NOT && !cli_write(path, r->text, r->text_size))
		return ENTENTE_SYSTEM;
	if (!o->quiet && strcmp(path, "-") != 0)
		cli_say(there == THERE_SAME ? "%s: closed already, the same" : "%s: closed", path);
	return (int)r->status;
}

int cli_close(const struct cli_options *o)
{
	char inside[PATH_MAX];
	const struct entente_result *r;
	struct entente *e;
	struct cli_problem problem;
	int status;

	if (o->word_count != 1) {
		cli_say(o->word_count ? "one briefing at a time" : "name a briefing");
		return ENTENTE_USAGE;
	}
	if (o->json && o->output && strcmp(o->output, "-") == 0) {
		cli_say("--json writes messages to standard output; give -o FILE for the result");
		return ENTENTE_USAGE;
	}
	e = cli_session(o, o->words[0], inside, sizeof inside, &problem);
	if (e == NULL)
		return cli_tell(o, &problem, NULL);
	r = entente_build(e, &(struct entente_request){ .briefing = inside, .stage = ENTENTE_CLOSE });
	if (!o->quiet || r->errors || o->json)
		cli_messages(o, e);
	status = deliver(o, r);
	entente_close(e);
	return status;
}
