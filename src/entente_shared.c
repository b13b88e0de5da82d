/* The library: the files that all briefings of a session share: catalogue, words, snippets, layouts and their faces -> trees and designs, read
 * when a briefing first asks for them. They live in the session's arena. */
#include "entente_int.h"

#include <unistd.h>

static const struct xml_node *load_shipped(struct entente *e, const struct folder *root, const char *path)
{
	return xml_load_from(&e->shared, root, str_from(path), (struct src_pos){ 0 });
}

void session_catalogue(struct entente *e)
{
	static const char *const files[] = { "catalogue.xml", "benchmarks.xml" };

	if (e->catalogue_count)
		return;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		const struct xml_node *root = load_shipped(e, &e->library, files[i]);

		if (root)
			e->catalogue[e->catalogue_count++] = root;
	}
	e->common.to = e->shared.sources.count;
}

static struct str language_of(struct str lang)
{
	struct str language;

	str_split(&lang, '-', &language);
	return language;
}

const struct language *session_language(struct entente *e, struct str lang)
{
	struct str name = language_of(lang);
	struct language *language = map_lookup(&e->languages, name);
	struct str folder, *files;
	size_t count;

	if (language)
		return language;
	language = ARENA_NEW(&e->session, struct language);
	language->read.from = e->shared.sources.count;
	language->words = load_shipped(e, &e->library, str_printf(&e->session, "words/" STR_FMT ".xml", STR_ARG(name)).ptr);
	folder = str_printf(&e->session, "snippets/" STR_FMT, STR_ARG(name));
	files = source_glob(&e->session, &e->library, folder, STR("*.xml"), &count);
	for (size_t i = 0; i < count; i++) {
		struct str path = str_printf(&e->session, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(files[i]));
		const struct xml_node *root = load_shipped(e, &e->library, path.ptr);

		if (root)
			vec_push(&e->session, &language->narratives, root);
	}
	language->read.to = e->shared.sources.count;
	map_put(&e->session, &e->languages, str_copy(&e->session, name), language);
	return language;
}

/* Whether a family is ordinarily set in the face; the others (slopes, fallbacks) are opened when a character is looked for in them. */
static bool is_cut(const struct doc_design *design, uint16_t face)
{
	for (uint16_t i = 0; i < design->family_count; i++) {
		const struct doc_family *f = &design->families[i];

		if (f->regular == face || f->strong == face)
			return true;
	}
	return false;
}

static void open_faces(struct entente *e, struct dressed *dressed)
{
	const struct doc_design *design = dressed->layout->design;

	dressed->faces = ARENA_ARRAY(&e->session, const struct font *, design->face_count);
	for (uint16_t i = 0; i < design->face_count; i++) {
		const struct doc_face *face = &design->faces[i];
		const char *file = str_terminated(&e->session, face->file);

		if (access(file, F_OK) != 0)
			continue; /* the layout's reader said so, with what to install */
		if (is_cut(design, i))
			dressed->faces[i] = font_open(e->fonts, file, face->index, face->name, face->pos, &dressed->diag);
		else
			dressed->faces[i] = font_open_later(e->fonts, file, face->index, face->name, face->pos);
	}
}

/* What was set, as a source of its own that messages and explain can name; NULL: nothing, or a diagnostic. */
static const struct source *settings(struct entente *e, struct str set, struct diag *d)
{
	if (set.len == 0)
		return NULL;
	return source_to_utf8(&e->session, source_from(&e->session, STR("--set"), str_copy(&e->session, set)), STR("UTF-8"), d);
}

/* A layout with other settings is another layout. */
static struct str dressed_key(struct entente *e, struct str id, struct str set)
{
	return str_printf(&e->unit, STR_FMT "\n" STR_FMT, STR_ARG(id), STR_ARG(set));
}

struct layout_roots session_roots(const struct entente *e)
{
	return (struct layout_roots){ .project = &e->project, .shipped = &e->layouts, .fonts = &e->font_lists,
		.font_folder = e->font_folder, .hyphen_folder = e->hyphen_folder };
}

const struct dressed *session_layout(struct entente *e, struct str id, struct str set, struct src_pos from)
{
	struct layout_roots roots = session_roots(e);
	struct str key = dressed_key(e, id, set);
	struct dressed *dressed = map_lookup(&e->layouts_read, key);
	struct diag *before = e->shared.diag;

	if (dressed)
		return dressed;
	dressed = ARENA_NEW(&e->session, struct dressed);
	diag_init(&dressed->diag, &e->session);
	dressed->asked = from;
	dressed->read.from = e->shared.sources.count;
	e->shared.diag = &dressed->diag;
	dressed->layout = layout_load(&e->session, &e->shared, &roots, id, settings(e, set, &dressed->diag), from,
		&dressed->diag);
	e->shared.diag = before;
	dressed->read.to = e->shared.sources.count;
	if (dressed->layout)
		open_faces(e, dressed);
	map_put(&e->session, &e->layouts_read, str_copy(&e->session, key), dressed);
	return dressed;
}

void session_repeat(struct diag *into, const struct dressed *dressed, struct src_pos asked)
{
	const struct diag *from = &dressed->diag;

	for (size_t i = 0; i < from->messages.count; i++) {
		const struct diag_message *m = &from->messages.at[i];
		struct src_pos pos = m->pos.source == dressed->asked.source ? asked : m->pos;

		if (m->level == DIAG_NOTE)
			diag_note(into, pos, STR_FMT, STR_ARG(m->text));
		else
			diag_add(into, m->code, pos, STR_FMT, STR_ARG(m->text));
	}
}
