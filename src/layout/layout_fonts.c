/* Font lists to faces: which file a family's cuts are. The company's fonts.xml comes before the shipped one. */
#include "layout/layout_int.h"

#include "base/limits.h"

#include <unistd.h>

/* A <face> of a list. */
struct listed_face {
	struct str cut, file, sha256;
	int32_t index;                /* in a collection */
	const struct xml_node *node;
};
/* A <family> of a list. */
struct listed_family {
	struct str name, package, licence;
	struct listed_face faces[4];  /* by enum cut */
	bool shipped;
	const struct folder *folder;  /* the list's; files without a package are relative to it */
	struct src_pos pos;
};
struct font_lists {
	struct reader *r;
	VEC(struct listed_family) families;
	VEC(struct doc_face) faces;
	bool shipped;
	const struct folder *folder;
};

enum cut { CUT_REGULAR, CUT_STRONG, CUT_EMPHASIS, CUT_STRONG_EMPHASIS };
static const struct xml_choice cuts[] = {
	{ "regular", CUT_REGULAR }, { "strong", CUT_STRONG }, { "emphasis", CUT_EMPHASIS }, { "strong-emphasis", CUT_STRONG_EMPHASIS },
	{ NULL, 0 },
};

static void read_face(void *ctx, const struct xml_node *n)
{
	struct face {
		uint8_t cut;
		struct listed_face f;
	} face = { .cut = UINT8_MAX, .f.node = n };
	static const struct xml_field fields[] = {
		{ "cut", XML_CHOICE, XML_REQUIRED, offsetof(struct face, cut), cuts },
		FIELD_NEEDED(struct face, f.file, "file", XML_STR),
		FIELD(struct face, f.sha256, "sha256", XML_STR),
		FIELD(struct face, f.index, "index", XML_INT),
		FIELD_END,
	};
	struct into *into = ctx;
	struct listed_family *family = into->at;
	read_attrs(into->r, n, fields, NULL, &face);
	read_nothing(into->r, n);
	if (!face.f.file.len || face.cut == UINT8_MAX)
		return;
	if (family->faces[face.cut].node) {
		diag_add(into->r->diag, DIAG_ID_TWICE, n->pos, "family '" STR_FMT "' has two files for cut '%s'", STR_ARG(family->name),
			cuts[face.cut].name);
		diag_note(into->r->diag, family->faces[face.cut].node->pos, "the first is here");
		return;
	}
	face.f.cut = str_from(cuts[face.cut].name);
	family->faces[face.cut] = face.f;
}

static struct listed_family *family_listed(struct font_lists *l, struct str name)
{
	for (size_t i = 0; i < l->families.count; i++)
		if (str_equal(l->families.at[i].name, name))
			return &l->families.at[i];
	return NULL;
}

static void read_listed_family(void *ctx, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "face", read_face }, { NULL, NULL } };
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct listed_family, name, "name", XML_STR),
		FIELD(struct listed_family, package, "package", XML_STR),
		FIELD_NEEDED(struct listed_family, licence, "licence", XML_STR),
		FIELD_END,
	};
	struct font_lists *l = ((struct into *)ctx)->at;
	struct listed_family family = { .shipped = l->shipped, .folder = l->folder, .pos = n->pos };
	read_attrs(l->r, n, fields, NULL, &family);
	read_children(l->r, n, children, &family);
	if (!family.faces[CUT_REGULAR].node)
		diag_add(l->r->diag, DIAG_ELEMENT_MISSING, n->pos, "family '" STR_FMT "' has no face of cut 'regular'", STR_ARG(family.name));
	else if (!family_listed(l, family.name))
		vec_push(l->r->arena, &l->families, family);
}

static void read_list(struct font_lists *l, const struct folder *folder, bool shipped)
{
	static const struct xml_child children[] = { { "family", read_listed_family }, { NULL, NULL } };
	static const struct xml_field fields[] = { FIELD_END };
	size_t count = 0;
	if (folder)
		source_glob(l->r->arena, folder, STR(""), STR("fonts.xml"), &count);
	if (!count)
		return;
	const struct xml_node *root = xml_load_from(l->r->loader, folder, STR("fonts.xml"), (struct src_pos){ 0 });
	if (!root)
		return;
	l->folder = folder;
	l->shipped = shipped;
	if (!xml_is(root, "fonts"))
		diag_add(l->r->diag, DIAG_ELEMENT_UNKNOWN, root->pos, "this is a '" STR_FMT "', not a list of fonts", STR_ARG(root->name));
	read_attrs(l->r, root, fields, NULL, NULL);
	read_children(l->r, root, children, l);
}

static void read_lists(struct font_lists *l)
{
	read_list(l, l->r->roots->project, false);
	read_list(l, l->r->roots->fonts, true);
}

/* Where the file is on this machine; empty after a diagnostic when it leaves its folder. */
static struct str face_path(struct font_lists *l, const struct listed_family *family, const struct listed_face *face)
{
	bool outside;
	struct str root = family->package.len ? l->r->roots->font_folder : family->folder->path;
	struct str path = source_path(l->r->arena, STR(""), face->file, &outside);
	if (outside) {
		diag_add(l->r->diag, DIAG_FILE_OUTSIDE, attr_pos(face->node, "file"), "'" STR_FMT "' leaves its folder", STR_ARG(face->file));
		return (struct str){ 0 };
	}
	return str_printf(l->r->arena, STR_FMT "/" STR_FMT, STR_ARG(root), STR_ARG(path));
}

/* A company's file has to lie within its project, links resolved; a package's anywhere it was installed. */
static bool face_present(struct font_lists *l, const struct listed_family *family, const struct listed_face *face, struct str path)
{
	size_t count = 0;
	if (family->package.len)
		return access(path.ptr, R_OK) == 0;
	source_glob(l->r->arena, family->folder, STR(""), face->file, &count);
	return count > 0;
}

static struct str file_name(struct str path)
{
	struct str part = { 0 };
	while (str_split(&path, '/', &part))
		;
	return part;
}

/* Index of the face in the design, opened here for the first time or seen before; the regular cut's where a cut is missing. */
static uint16_t use_face(struct font_lists *l, const struct listed_family *family, enum cut cut, struct src_pos asked)
{
	const struct listed_face *face = &family->faces[family->faces[cut].node ? cut : CUT_REGULAR];
	struct str path = face_path(l, family, face);
	for (size_t i = 0; i < l->faces.count; i++)
		if (str_equal(l->faces.at[i].file, path) && l->faces.at[i].index == (uint32_t)face->index)
			return (uint16_t)i;
	if (path.len && !face_present(l, family, face, path)) {
		diag_add(l->r->diag, DIAG_FONT_FILE, face->node->pos, "font file '" STR_FMT "' of family '" STR_FMT "' is not there%s" STR_FMT,
			STR_ARG(face->file), STR_ARG(family->name), family->package.len ? "; install package " : "", STR_ARG(family->package));
		diag_note(l->r->diag, asked, "asked for here");
	}
	if (l->faces.count == LIMIT_FACES) {
		diag_add(l->r->diag, DIAG_LIMIT, asked, "more than %d font files in one layout", LIMIT_FACES);
		return 0;
	}
	struct doc_face *f = vec_add(l->r->arena, &l->faces);
	f->file = path;
	f->index = (uint32_t)face->index;
	f->name = str_printf(l->r->arena, STR_FMT " " STR_FMT " (" STR_FMT ")", STR_ARG(family->name), STR_ARG(face->cut),
		STR_ARG(file_name(path)));
	f->pos = face->node->pos;
	return (uint16_t)(l->faces.count - 1);
}

static const struct listed_family *find_family(struct font_lists *l, struct str name, struct src_pos pos)
{
	struct str near = { 0 };
	const struct listed_family *family = family_listed(l, name);
	for (size_t i = 0; i < l->families.count && !family; i++) {
		struct str pair[2] = { near, l->families.at[i].name };
		near = str_nearest(name, pair, 2);
	}
	if (!family)
		diag_add(l->r->diag, DIAG_FAMILY_UNKNOWN, pos, "no font family '" STR_FMT "' is listed%s", STR_ARG(name),
			diag_nearest(l->r->diag, near));
	return family;
}

static void use_fallbacks(struct font_lists *l, struct str names, struct src_pos pos, struct doc_family *out)
{
	VEC(uint16_t) faces = { 0 };
	struct str part;
	while (str_split(&names, ',', &part)) {
		part = str_trim(part);
		const struct listed_family *family = part.len ? find_family(l, part, pos) : NULL;
		if (family)
			vec_push(l->r->arena, &faces, use_face(l, family, CUT_REGULAR, pos));
	}
	out->fallback = faces.at;
	out->fallback_count = (uint16_t)faces.count;
}

/* A family that is not listed keeps its role, so that the styles that name it are not wrong too. */
static bool read_family(struct font_lists *l, const struct xml_node *n, struct doc_family *out)
{
	struct family {
		struct str role, font, fallback;
		bool locked;
	} f = { 0 };
	static const struct xml_field fields[] = {
		FIELD_NEEDED(struct family, role, "role", XML_ID),
		FIELD_NEEDED(struct family, font, "font", XML_STR),
		FIELD(struct family, fallback, "fallback", XML_STR),
		FIELD(struct family, locked, "locked", XML_BOOL),
		FIELD_END,
	};
	struct src_pos pos = attr_pos(n, "font");
	read_attrs(l->r, n, fields, NULL, &f);
	read_nothing(l->r, n);
	if (!f.role.len || !xml_attr(n, "font"))
		return false;
	*out = (struct doc_family){ .role = f.role, .name = str_trim(f.font) };
	const struct listed_family *family = find_family(l, str_trim(f.font), pos);
	if (!family)
		return true;
	out->regular = use_face(l, family, CUT_REGULAR, pos);
	out->strong = use_face(l, family, CUT_STRONG, pos);
	out->emphasis = use_face(l, family, CUT_EMPHASIS, pos);
	out->strong_emphasis = use_face(l, family, CUT_STRONG_EMPHASIS, pos);
	use_fallbacks(l, f.fallback, attr_pos(n, "fallback"), out);
	return true;
}

void read_families(struct reader *r)
{
	struct font_lists l = { .r = r };
	size_t count = r->families.count;
	struct doc_family *families = ARENA_ARRAY(r->arena, struct doc_family, count);
	uint16_t used = 0;
	read_lists(&l);
	for (size_t i = 0; i < count; i++)
		used = (uint16_t)(used + read_family(&l, r->families.at[i], &families[used]));
	if (!count)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, r->root_pos, "the layout's tokens name no font family");
	r->design->families = families;
	r->design->family_count = used;
	r->design->faces = l.faces.at;
	r->design->face_count = (uint16_t)l.faces.count;
}

static struct str hex(struct arena *a, const uint8_t sha256[32])
{
	struct buf b;
	buf_init(&b, a, 65);
	for (int i = 0; i < 32; i++)
		buf_printf(&b, "%02x", sha256[i]);
	return buf_str(&b);
}

static void check_hash(struct font_lists *l, const struct listed_face *face, const struct layout_font_file *file)
{
	bool outside;
	struct folder root = { file->path, file->path };
	struct str name = file_name(file->path), seen;
	root.path.len -= name.len + 1;
	struct str rest = source_path(l->r->arena, STR(""), name, &outside);
	const struct source *bytes = face->sha256.len ? source_load(l->r->arena, &root, STR(""), rest, face->node->pos, l->r->diag) : NULL;
	if (!bytes)
		return;
	seen = hex(l->r->arena, source_sha256(bytes));
	if (!str_equal(seen, face->sha256))
		diag_add(l->r->diag, DIAG_FONT_HASH, attr_pos(face->node, "sha256"), "font file '" STR_FMT "' is another version (sha256 " STR_FMT
			"); using it", STR_ARG(face->file), STR_ARG(seen));
}

struct layout_font_file *layout_fonts(struct arena *a, struct xml_loader *loader, const struct layout_roots *roots, size_t *count,
	struct diag *d)
{
	struct reader r = { .arena = a, .diag = d, .loader = loader, .roots = roots };
	struct font_lists l = { .r = &r };
	VEC(struct layout_font_file) files = { 0 };
	read_lists(&l);
	for (size_t i = 0; i < 4 * l.families.count; i++) {
		const struct listed_family *family = &l.families.at[i / 4];
		const struct listed_face *face = &family->faces[i % 4];
		struct str path = face->node ? face_path(&l, family, face) : (struct str){ 0 };
		if (!path.len)
			continue;
		struct layout_font_file *f = vec_add(a, &files);
		*f = (struct layout_font_file){ family->name, face->cut, path, family->package, family->licence, face->sha256,
			face_present(&l, family, face, path), family->shipped, face->node->pos };
		if (f->present)
			check_hash(&l, face, f);
	}
	*count = files.count;
	return files.at;
}
