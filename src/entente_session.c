/* The library: opening and closing a session, and what it can list. */
#include "entente_list.h"

#include "base/limits.h"

#include <hb.h>
#include <hpdf.h>
#include <libxml/xmlversion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unicode/uvernum.h>
#include <unistd.h>

#ifndef ENTENTE_DATA
#define ENTENTE_DATA "/usr/local/share/entente"
#endif

static bool open_below(struct entente *e, const struct folder *parent, const char *name, struct folder *out)
{
	struct str path = str_printf(&e->session, STR_FMT "/%s", STR_ARG(parent->path), name);

	if (!folder_open(&e->session, path, out))
		return false;
	out->name = str_printf(&e->session, "shipped:%s", name);
	return true;
}

static const char *open_folders(struct entente *e, const struct entente_paths *paths)
{
	const char *data = paths->data ? paths->data : ENTENTE_DATA;
	const char *project = paths->project ? paths->project : ".";

	if (!folder_open(&e->session, str_from(project), &e->project))
		return "the project folder cannot be opened";
	e->project.name = folder_from_here(&e->project);
	if (!folder_open(&e->session, str_from(data), &e->data))
		return "the folder with layouts and library cannot be opened";
	if (!open_below(e, &e->data, "layouts", &e->layouts) || !open_below(e, &e->data, "library", &e->library) ||
		!open_below(e, &e->data, "fonts", &e->font_lists))
		return "the data folder lacks layouts/, library/ or fonts/";
	return NULL;
}

static const char *open_all(struct entente *e, const struct entente_paths *paths)
{
	const char *problem;

	if (setjmp(e->unwind))
		return "out of memory";
	problem = open_folders(e, paths);
	if (problem)
		return problem;
	e->font_folder = str_copy(&e->session, str_from(paths->fonts ? paths->fonts : "/usr/share/fonts"));
	e->hyphen_folder = str_copy(&e->session, str_from(paths->hyphens ? paths->hyphens : "/usr/share/hyphen"));
	e->fonts = font_set_create(&e->session);
	text_hyphen_folder(e->fonts, e->hyphen_folder.ptr);
	e->shared = (struct xml_loader){ .arena = &e->session, .root = &e->project, .diag = &e->diag };
	diag_init(&e->diag, &e->unit);
	return NULL;
}

struct entente *entente_open(const struct entente_paths *paths, const char **why)
{
	static const struct entente_paths defaults;
	struct entente *e = calloc(1, sizeof *e);
	const char *problem;

	if (e == NULL)
		return NULL;
	arena_init(&e->session, 0, &e->unwind);
	arena_init(&e->unit, LIMIT_UNIT_BYTES, &e->unwind);
	arena_init(&e->scratch, LIMIT_UNIT_BYTES, &e->unwind);
	arena_init(&e->rows, LIMIT_UNIT_BYTES, &e->unwind);
	arena_init(&e->gathered, LIMIT_UNIT_BYTES, &e->unwind);
	problem = open_all(e, paths ? paths : &defaults);
	if (problem == NULL)
		return e;
	if (why)
		*why = problem;
	entente_close(e);
	return NULL;
}

void entente_close(struct entente *e)
{
	if (e == NULL)
		return;
	arena_release(&e->gathered);
	arena_release(&e->rows);
	arena_release(&e->scratch);
	arena_release(&e->unit);
	arena_release(&e->session);
	free(e);
}

/* ---- lists ---- */

/* What put writes, as a text of its own; NULL when memory is out. */
static const char *written(struct entente *e, void (*put)(struct entente *e, struct buf *out))
{
	struct buf out;

	if (setjmp(e->unwind))
		return NULL;
	arena_reset(&e->unit);
	diag_init(&e->diag, &e->unit);
	buf_init(&out, &e->unit, (size_t)16 << 20);
	put(e, &out);
	return buf_str(&out).ptr;
}

static const char *listed(struct entente *e, void (*put)(struct entente *e, struct buf *out), const char *otherwise)
{
	const char *text = written(e, put);

	return text ? text : otherwise;
}

static struct str truth(bool value)
{
	return value ? STR("true") : STR("false");
}

static struct layout_found *layouts_found(struct entente *e, size_t *count)
{
	struct layout_roots roots = session_roots(e);

	return layout_list(&e->unit, &roots, count);
}

static void put_layouts(struct entente *e, struct buf *out)
{
	size_t count;
	const struct layout_found *found = layouts_found(e, &count);

	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%-20.*s " STR_FMT "\n", STR_ARG(found[i].id), STR_ARG(found[i].path));
}

static void put_layouts_json(struct entente *e, struct buf *out)
{
	static const char *const names[] = { "id", "path", "shipped", NULL };
	enum { SHIPPED = 2 };
	struct list list = list_open(&e->unit, names, 1U << SHIPPED);
	size_t count;
	const struct layout_found *found = layouts_found(e, &count);

	for (size_t i = 0; i < count; i++)
		*list_row(&list) = (struct list_row){ { found[i].id, found[i].path, truth(found[i].shipped) } };
	list_json(&list, out);
}

static struct layout_font_file *fonts_found(struct entente *e, size_t *count)
{
	struct layout_roots roots = session_roots(e);
	struct xml_loader loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag };

	return layout_fonts(&e->unit, &loader, &roots, count, &e->diag);
}

static void put_fonts(struct entente *e, struct buf *out)
{
	size_t count;
	const struct layout_font_file *f = fonts_found(e, &count);

	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%-16.*s %-16.*s %-8s " STR_FMT "  " STR_FMT "  " STR_FMT "\n", STR_ARG(f[i].family), STR_ARG(f[i].cut),
			f[i].present ? "present" : "missing", STR_ARG(f[i].path), STR_ARG(f[i].package), STR_ARG(f[i].licence));
}

static void put_fonts_json(struct entente *e, struct buf *out)
{
	static const char *const names[] = { "family", "cut", "path", "package", "licence", "sha256", "shipped", "present", NULL };
	enum { SHIPPED = 6, PRESENT };
	struct list list = list_open(&e->unit, names, 1U << SHIPPED | 1U << PRESENT);
	size_t count;
	const struct layout_font_file *f = fonts_found(e, &count);

	for (size_t i = 0; i < count; i++)
		*list_row(&list) = (struct list_row){ { f[i].family, f[i].cut, f[i].path, f[i].package, f[i].licence, f[i].sha256,
			truth(f[i].shipped), truth(f[i].present) } };
	list_json(&list, out);
}

static void put_version(struct entente *e, struct buf *out)
{
	(void)e;
	buf_printf(out, "entente %s\nlibharu %s\nlibxml2 %s\nHarfBuzz %s\nICU %s\n", ENTENTE_VERSION, HPDF_GetVersion(),
		LIBXML_DOTTED_VERSION, hb_version_string(), U_ICU_VERSION);
}

const char *entente_layouts(struct entente *e)
{
	return listed(e, put_layouts, "out of memory\n");
}

const char *entente_layouts_json(struct entente *e)
{
	return listed(e, put_layouts_json, "[]\n");
}

const char *entente_fonts(struct entente *e)
{
	return listed(e, put_fonts, "out of memory\n");
}

const char *entente_fonts_json(struct entente *e)
{
	return listed(e, put_fonts_json, "[]\n");
}

const char *entente_version(struct entente *e)
{
	return listed(e, put_version, "out of memory\n");
}

/* ---- the project of a briefing ---- */

static bool holds_company(const char *folder)
{
	char path[4200];
	struct stat status;
	int length = snprintf(path, sizeof path, "%s/company.xml", folder);

	return length > 0 && (size_t)length < sizeof path && stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* Cuts the last part off; false at the root. */
static bool go_up(char *folder)
{
	char *slash = strrchr(folder, '/');

	if (slash == NULL || slash == folder)
		return false;
	*slash = '\0';
	return true;
}

bool entente_project_of(const char *briefing, char *folder, size_t size)
{
	char own[4096], tried[4096];
	char *real = realpath(briefing, NULL);
	bool fits = real && strlen(real) < sizeof own;

	if (fits)
		strcpy(own, real);
	free(real);
	if (!fits || !go_up(own))
		return false;
	strcpy(tried, own);
	while (!holds_company(tried))
		if (!go_up(tried)) {
			strcpy(tried, own);
			break;
		}
	if (strlen(tried) >= size)
		return false;
	strcpy(folder, tried);
	return true;
}
