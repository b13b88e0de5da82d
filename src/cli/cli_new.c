/* cli: new: a company folder to start from. The files are a working briefing, small enough to read in a minute. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char company[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<company xmlns=\"urn:entente\" version=\"1\" id=\"company\" name=\"Our company\" currency=\"EUR\" fiscal-start=\"1\"\n"
	"         lang=\"en-GB\" layout=\"start\" title=\"CIO–CMO partnership briefing\" classification=\"Confidential\">\n"
	"  <units> <unit id=\"unit\"><label lang=\"en\">Our unit</label></unit> </units>\n"
	"  <use href=\"narrative.xml\"/>\n"
	"</company>\n";

static const char briefing[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<briefing xmlns=\"urn:entente\" version=\"1\" unit=\"unit\" period=\"2026-Q3\">\n"
	"  <meeting date=\"2026-10-14\" minutes=\"45\"/>\n"
	"  <use href=\"../company.xml\"/>\n"
	"  <use href=\"facts.xml\"/>\n"
	"</briefing>\n";

static const char facts[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<facts xmlns=\"urn:entente\" version=\"1\" unit=\"unit\">\n"
	"  <source id=\"pulse\" title=\"Quarterly pulse\" date=\"2026-09-30\" sample=\"40\"/>\n"
	"  <!-- Answers \"yes\" and answers in all, by office; the share is computed from them. -->\n"
	"  <values metric=\"aligned-yes\" source=\"pulse\">\n"
	"    <v period=\"2026-Q3\" side=\"cio\">16</v> <v period=\"2026-Q3\" side=\"cmo\">18</v>\n"
	"    <v period=\"2025-Q3\" side=\"cio\">14</v> <v period=\"2025-Q3\" side=\"cmo\">15</v>\n"
	"  </values>\n"
	"  <values metric=\"aligned-asked\" source=\"pulse\">\n"
	"    <v period=\"2026-Q3\" side=\"cio\">20</v> <v period=\"2026-Q3\" side=\"cmo\">20</v>\n"
	"    <v period=\"2025-Q3\" side=\"cio\">20</v> <v period=\"2025-Q3\" side=\"cmo\">20</v>\n"
	"  </values>\n"
	"  <values metric=\"priority-alignment\" source=\"pulse\"> <v period=\"2026-Q3\" scenario=\"plan\">80</v> </values>\n"
	"</facts>\n";

static const char narrative[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<narrative xmlns=\"urn:entente\" version=\"1\" lang=\"en\">\n"
	"  <topic id=\"start-title\">\n"
	"    <snippet id=\"met\" when=\"actual('priority-alignment') >= plan('priority-alignment')\">\n"
	"      <say>Priorities align: <n metric=\"priority-alignment\"/> against a plan of <n metric=\"priority-alignment\" scenario=\"plan\"/></say>\n"
	"    </snippet>\n"
	"    <snippet id=\"short\" otherwise=\"yes\"> <say>Priorities are <n metric=\"priority-alignment\"/> aligned, short of plan</say> </snippet>\n"
	"  </topic>\n"
	"</narrative>\n";

static const char layout[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- Takes colours, type and page masters from the shipped base and has one section of its own. For the whole quarterly briefing\n"
	"     write extends=\"quarterly\" and no section: it asks for everything that samples/northwind holds. -->\n"
	"<layout xmlns=\"urn:entente\" version=\"1\" id=\"start\" extends=\"base\">\n"
	"  <words lang=\"en\"> <word id=\"start\">Start</word> <word id=\"views\">Views</word> </words>\n"
	"  <section id=\"start\" title=\"start\" master=\"first\" rest=\"rest\" notes=\"yes\">\n"
	"    <title slot=\"headline\" topic=\"start-title\"/>\n"
	"    <key slot=\"key\" show=\"code-actual code-plan code-prior sides\"/>\n"
	"    <tiles slot=\"kpis\" columns=\"2\">\n"
	"      <bar word=\"code-actual\" scenario=\"actual\"/> <bar word=\"code-plan\" scenario=\"plan\"/>\n"
	"      <bar word=\"code-prior\" period=\"year-ago\"/>\n"
	"      <views word=\"views\"/> <difference word=\"delta-plan\" versus-scenario=\"plan\"/> <benchmark/> <source/>\n"
	"      <tile metric=\"priority-alignment\"/>\n"
	"    </tiles>\n"
	"  </section>\n"
	"</layout>\n";

static const struct {
	const char *path, *text;
} files[] = {
	{ "company.xml", company },   { "narrative.xml", narrative },     { "layouts/start.xml", layout },
	{ "unit/facts.xml", facts }, { "unit/briefing.xml", briefing },
};

static bool make_folder(const char *path)
{
	if (mkdir(path, 0777) == 0)
		return true;
	cli_say("cannot make the folder '%s': %s", path, errno == EEXIST ? "it is there already; nothing was changed" : strerror(errno));
	return false;
}

int cli_new(const struct cli_options *o)
{
	char path[PATH_MAX];

	if (o->word_count != 1) {
		cli_say("name the folder to make");
		return ENTENTE_USAGE;
	}
	if (!make_folder(o->words[0]))
		return ENTENTE_INPUT;
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", o->words[0], i ? "unit" : "layouts");
		if (!make_folder(path))
			return ENTENTE_SYSTEM;
	}
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", o->words[0], files[i].path);
		if (!cli_write(path, files[i].text, strlen(files[i].text)))
			return ENTENTE_SYSTEM;
	}
	if (!o->quiet)
		cli_say("made %s; try: entente build %s/unit/briefing.xml", o->words[0], o->words[0]);
	return ENTENTE_DONE;
}
