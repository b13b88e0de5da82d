/* The library: opening and closing a session, and what it can list. */
#include "entente_int.h"

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
	arena_release(&e->rows);
	arena_release(&e->scratch);
	arena_release(&e->unit);
	arena_release(&e->session);
	free(e);
}

/* ---- lists ---- */

static struct layout_roots roots_of(const struct entente *e)
{
	return (struct layout_roots){ .project = &e->project, .shipped = &e->layouts, .fonts = &e->font_lists,
		.font_folder = e->font_folder, .hyphen_folder = e->hyphen_folder };
}

static void begin_list(struct entente *e, struct buf *out)
{
	arena_reset(&e->unit);
	diag_init(&e->diag, &e->unit);
	buf_init(out, &e->unit, (size_t)16 << 20);
}

const char *entente_layouts(struct entente *e)
{
	struct layout_roots roots = roots_of(e);
	struct layout_found *found;
	struct buf out;
	size_t count;

	if (setjmp(e->unwind))
		return "out of memory\n";
	begin_list(e, &out);
	found = layout_list(&e->unit, &roots, &count);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%-20.*s " STR_FMT "\n", STR_ARG(found[i].id), STR_ARG(found[i].path));
	return buf_str(&out).ptr;
}

static void put_member(struct buf *out, const char *name, struct str value)
{
	buf_printf(out, "\"%s\":", name);
	buf_json(out, value);
	buf_putc(out, ',');
}

static void put_flag(struct buf *out, const char *name, bool value)
{
	buf_printf(out, "\"%s\":%s", name, value ? "true" : "false");
}

const char *entente_layouts_json(struct entente *e)
{
	struct layout_roots roots = roots_of(e);
	struct layout_found *found;
	struct buf out;
	size_t count;

	if (setjmp(e->unwind))
		return "[]\n";
	begin_list(e, &out);
	found = layout_list(&e->unit, &roots, &count);
	for (size_t i = 0; i < count; i++) {
		buf_puts(&out, i ? ",\n{" : "[\n{");
		put_member(&out, "id", found[i].id);
		put_member(&out, "path", found[i].path);
		put_flag(&out, "shipped", found[i].shipped);
		buf_putc(&out, '}');
	}
	buf_puts(&out, count ? "\n]\n" : "[]\n");
	return buf_str(&out).ptr;
}

static void put_font(struct buf *out, const struct layout_font_file *f)
{
	buf_printf(out, "%-16.*s %-16.*s %-8s " STR_FMT "  " STR_FMT "  " STR_FMT "\n", STR_ARG(f->family), STR_ARG(f->cut),
		f->present ? "present" : "missing", STR_ARG(f->path), STR_ARG(f->package), STR_ARG(f->licence));
}

const char *entente_fonts(struct entente *e)
{
	struct layout_roots roots = roots_of(e);
	struct xml_loader loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag };
	struct layout_font_file *files;
	struct buf out;
	size_t count;

	if (setjmp(e->unwind))
		return "out of memory\n";
	begin_list(e, &out);
	files = layout_fonts(&e->unit, &loader, &roots, &count, &e->diag);
	for (size_t i = 0; i < count; i++)
		put_font(&out, &files[i]);
	return buf_str(&out).ptr;
}

static void put_font_json(struct buf *out, const struct layout_font_file *f)
{
	buf_putc(out, '{');
	put_member(out, "family", f->family);
	put_member(out, "cut", f->cut);
	put_member(out, "path", f->path);
	put_member(out, "package", f->package);
	put_member(out, "licence", f->licence);
	put_member(out, "sha256", f->sha256);
	put_flag(out, "shipped", f->shipped);
	buf_putc(out, ',');
	put_flag(out, "present", f->present);
	buf_putc(out, '}');
}

const char *entente_fonts_json(struct entente *e)
{
	struct layout_roots roots = roots_of(e);
	struct xml_loader loader = { .arena = &e->unit, .root = &e->project, .diag = &e->diag };
	struct layout_font_file *files;
	struct buf out;
	size_t count;

	if (setjmp(e->unwind))
		return "[]\n";
	begin_list(e, &out);
	files = layout_fonts(&e->unit, &loader, &roots, &count, &e->diag);
	for (size_t i = 0; i < count; i++) {
		buf_puts(&out, i ? ",\n" : "[\n");
		put_font_json(&out, &files[i]);
	}
	buf_puts(&out, count ? "\n]\n" : "[]\n");
	return buf_str(&out).ptr;
}

const char *entente_version(struct entente *e)
{
	struct buf out;

	if (setjmp(e->unwind))
		return "out of memory\n";
	begin_list(e, &out);
	buf_printf(&out, "entente %s\nlibharu %s\nlibxml2 %s\nHarfBuzz %s\nICU %s\n", ENTENTE_VERSION, HPDF_GetVersion(),
		LIBXML_DOTTED_VERSION, hb_version_string(), U_ICU_VERSION);
	return buf_str(&out).ptr;
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
