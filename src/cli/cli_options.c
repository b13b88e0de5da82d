/* cli: arguments to options, by a table. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

enum option_kind { OPTION_VALUE, OPTION_FLAG, OPTION_SETTING };
static const struct option {
	const char *name, *other; /* --long, -s or NULL */
	enum option_kind kind;
	size_t offset;	      /* in struct cli_options */
	const char *commands; /* that have it, with spaces around; NULL = all */
} options[] = {
	{ "--output", "-o", OPTION_VALUE, offsetof(struct cli_options, output),
		" build explain batch close roll diff request words " },
	{ "--layout", NULL, OPTION_VALUE, offsetof(struct cli_options, layout),
		" approve build check explain words " },
	{ "--date", NULL, OPTION_VALUE, offsetof(struct cli_options, date),
		" approve build check explain words " },
	{ "--unit", NULL, OPTION_VALUE, offsetof(struct cli_options, unit),
		" status request approve build check explain facts close roll diff words " },
	{ "--period", NULL, OPTION_VALUE, offsetof(struct cli_options, period),
		" status request approve build check explain facts close diff words " },
	{ "--set", NULL, OPTION_SETTING, offsetof(struct cli_options, set),
		" build check explain batch " },
	{ "--metric", NULL, OPTION_VALUE, offsetof(struct cli_options, metric), " request facts " },
	{ "--as", NULL, OPTION_VALUE, offsetof(struct cli_options, as), " approve " },
	{ "--name", NULL, OPTION_VALUE, offsetof(struct cli_options, person), " approve words " },
	{ "--for", NULL, OPTION_VALUE, offsetof(struct cli_options, office), " request " },
	{ "--draft", NULL, OPTION_FLAG, offsetof(struct cli_options, draft), " build explain " },
	{ "--overlay", NULL, OPTION_FLAG, offsetof(struct cli_options, overlay), " build " },
	{ "--pages", NULL, OPTION_FLAG, offsetof(struct cli_options, pages), " explain " },
	{ "--csv", NULL, OPTION_FLAG, offsetof(struct cli_options, csv), " status facts " },
	{ "--dump", NULL, OPTION_VALUE, offsetof(struct cli_options, dump), " build " },
	{ "--project", NULL, OPTION_VALUE, offsetof(struct cli_options, project), NULL },
	{ "--data", NULL, OPTION_VALUE, offsetof(struct cli_options, data), NULL },
	{ "--fonts", NULL, OPTION_VALUE, offsetof(struct cli_options, fonts), NULL },
	{ "--jobs", "-j", OPTION_VALUE, offsetof(struct cli_options, jobs), " batch " },
	{ "--limit", NULL, OPTION_VALUE, offsetof(struct cli_options, limit), " batch " },
	{ "--executive", NULL, OPTION_FLAG, offsetof(struct cli_options, executive), " check " },
	{ "--json", NULL, OPTION_FLAG, offsetof(struct cli_options, json), NULL },
	{ "--quiet", "-q", OPTION_FLAG, offsetof(struct cli_options, quiet), NULL },
	{ "--verbose", "-v", OPTION_FLAG, offsetof(struct cli_options, verbose), NULL },
	{ "--help", "-h", OPTION_FLAG, offsetof(struct cli_options, help), NULL },
};

/* Value behind '=' in --name=value, or right behind a short name as in -j4; NULL when there is none. */
static const char *attached_value(const struct option *o, const char *argument)
{
	size_t length = strlen(o->name);

	if (strncmp(argument, o->name, length) == 0 && argument[length] == '=')
		return argument + length + 1;
	if (o->kind != OPTION_FLAG && o->other && strncmp(argument, o->other, 2) == 0 && argument[2])
		return argument + 2;
	return NULL;
}

static bool names(const struct option *o, const char *argument)
{
	return strcmp(o->name, argument) == 0 || (o->other && strcmp(o->other, argument) == 0) ||
		attached_value(o, argument);
}

static const struct option *find(const char *argument)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (names(&options[i], argument))
			return &options[i];
	return NULL;
}

static bool belongs(const struct option *o, const char *command)
{
	char word[64];

	snprintf(word, sizeof word, " %s ", command);
	return o->commands == NULL || strstr(o->commands, word);
}

/* One more line of settings; one that names nothing is told here, one that names nothing known by the layout's reader. */
static bool add_setting(const char *value, char *lines)
{
	size_t used = strlen(lines), length = strlen(value);

	if (strchr(value, '=') == NULL || value[0] == '=' || strchr(value, '\n')) {
		cli_say("--set needs NAME=VALUE, as accent=#5B1E4A, not '%s'", value);
		return false;
	}
	if (used + length + 2 > CLI_SET_MOST) {
		cli_say("too much to --set: at most %d bytes", CLI_SET_MOST);
		return false;
	}
	snprintf(lines + used, CLI_SET_MOST - used, "%s\n", value);
	return true;
}

/* Takes the option at argv[*i], and its value. */
static bool take(const struct option *o, int argc, char **argv, int *i, struct cli_options *into)
{
	char *at = (char *)into + o->offset;
	const char *value = attached_value(o, argv[*i]);

	if (o->kind == OPTION_FLAG && value) {
		cli_say("%s takes no value", o->name);
		return false;
	}
	if (o->kind == OPTION_FLAG) {
		*(bool *)at = true;
		return true;
	}
	if (value == NULL && ++*i < argc)
		value = argv[*i];
	if (value == NULL) {
		cli_say("%s needs a value", o->name);
		return false;
	}
	if (o->kind == OPTION_SETTING)
		return add_setting(value, at);
	*(const char **)at = value;
	return true;
}

static bool add_word(struct cli_options *into, const char *argument)
{
	if (into->word_count == CLI_WORDS_MOST) {
		cli_say("too many arguments: at most %d", CLI_WORDS_MOST);
		return false;
	}
	into->words[into->word_count++] = argument;
	return true;
}

/* The nearest among those that the command has. */
static void unknown_option(const char *command, const char *argument)
{
	const char *names[sizeof options / sizeof options[0] + 1] = { NULL };
	char name[64], near[CLI_NEAREST];
	size_t count = 0;

	snprintf(name, sizeof name, "%.*s", (int)strcspn(argument, "="), argument);
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (belongs(&options[i], command))
			names[count++] = options[i].name;
	cli_say("there is no option '%s'%s", name, cli_nearest(name, names, "; --help lists them", near));
}

bool cli_parse(const char *command, int argc, char **argv, struct cli_options *into)
{
	bool only_words = false;

	for (int i = 0; i < argc; i++) {
		const struct option *o = only_words ? NULL : find(argv[i]);
		bool word = only_words || argv[i][0] != '-' || strcmp(argv[i], "-") == 0;

		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
			continue;
		}
		if (o == NULL && !word) {
			unknown_option(command, argv[i]);
			return false;
		}
		if (o && !belongs(o, command)) {
			cli_say("'%s' has no option '%s'; entente %s --help lists them", command,
				o->name, command);
			return false;
		}
		if (word ? !add_word(into, argv[i]) : !take(o, argc, argv, &i, into))
			return false;
	}
	return true;
}
