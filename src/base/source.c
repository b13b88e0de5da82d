/* File -> source: the first arrow. Keeps every path within its folder and turns offsets into lines. */
#include "base/source.h"

#include "base/diag.h"
#include "base/hash.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t count_lines(struct str text)
{
	size_t count = 1;
	for (const char *p = text.ptr, *end = p + text.len;
		 p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		count++;
	return count;
}

static void index_lines(struct arena *a, struct source *s)
{
	s->line_count = count_lines(s->text);
	uint32_t *lines = ARENA_ARRAY(a, uint32_t, s->line_count);
	const char *p = s->text.ptr;
	for (size_t i = 1; i < s->line_count; i++) {
		p = (const char *)memchr(p, '\n', s->text.len - (size_t)(p - s->text.ptr)) + 1;
		lines[i] = (uint32_t)(p - s->text.ptr);
	}
	s->lines = lines;
}

/* What changes when a file does. */
struct stamp {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec written, changed;
};

/* What a source and those remade of it share. */
struct source_hash {
	struct str bytes;   /* as read; the source's arena's */
	struct stamp stamp; /* of the file; size 0 where it is from none */
	uint8_t sha256[32]; /* of them, once known */
	bool known;         /* somebody has asked */
};

static struct source_hash *hash_of(struct arena *a, struct str bytes)
{
	struct source_hash *hash = ARENA_NEW(a, struct source_hash);
	hash->bytes = bytes;
	return hash;
}

const uint8_t *source_sha256(const struct source *s)
{
	struct source_hash *hash = s->hash;
	if (!hash->known)
		hash_sha256(hash->bytes, hash->sha256);
	hash->known = true;
	return hash->sha256;
}

const struct source *source_remade(struct arena *a, const struct source *s, struct str text)
{
	struct source *made = ARENA_NEW(a, struct source);
	*made = *s;
	made->arena = a;
	made->text = text;
	index_lines(a, made);
	return made;
}

const struct source *source_from(struct arena *a, struct str name, struct str text)
{
	struct source *s = ARENA_NEW(a, struct source);
	s->arena = a;
	s->name = str_copy(a, name);
	s->text = str_copy(a, text);
	s->hash = hash_of(a, s->text);
	index_lines(a, s);
	return s;
}

const struct source *source_kept(struct arena *a, const struct source *s)
{
	struct source *kept = ARENA_NEW(a, struct source);
	*kept = *s;
	kept->arena = a;
	kept->name = str_copy(a, s->name);
	kept->path = str_copy(a, s->path);
	kept->text = str_copy(a, s->text);
	kept->hash = hash_of(a, s->hash->bytes.ptr == s->text.ptr ? kept->text : str_copy(a, s->hash->bytes));
	kept->lines = arena_copy(a, s->lines, s->line_count * sizeof *s->lines);
	return kept;
}

uint32_t src_line_number(struct src_pos pos)
{
	const struct source *s = pos.source;
	if (!s || s->kind == SOURCE_WHOLE)
		return 0;
	if (s->kind == SOURCE_GRID)
		return grid_row(pos.offset) + 1;
	size_t low = 0, high = s->line_count; /* the line is in [low, high) */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (s->lines[middle] <= pos.offset)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low + 1;
}

struct src_line src_line(struct src_pos pos)
{
	const struct source *s = pos.source;
	uint32_t line = src_line_number(pos);
	if (!s || s->kind == SOURCE_WHOLE)
		return (struct src_line){ 0 };
	if (s->kind == SOURCE_GRID)
		return (struct src_line){ line, grid_column(pos.offset) + 1, { 0 } };
	size_t from = s->lines[line - 1], to = line < s->line_count ? s->lines[line] - 1 : s->text.len;
	struct str text = { s->text.ptr + from, to - from };
	uint32_t column = 1;
	for (size_t at = 0; at < text.len && from + at < pos.offset; column++)
		utf8_next(text, &at);
	if (text.len && text.ptr[text.len - 1] == '\r')
		text.len--;
	return (struct src_line){ line, column, text };
}

void buf_cell_column(struct buf *b, uint32_t column)
{
	if (column >= 26)
		buf_cell_column(b, column / 26 - 1);
	buf_putc(b, (char)('A' + column % 26));
}

void buf_cell(struct buf *b, uint32_t offset)
{
	buf_cell_column(b, grid_column(offset));
	buf_number(b, grid_row(offset) + 1);
}

void buf_pos_line(struct buf *b, struct src_pos pos)
{
	if (!pos.source)
		return;
	buf_put(b, pos.source->name);
	if (pos.source->kind == SOURCE_GRID) {
		buf_putc(b, '!');
		buf_cell(b, pos.offset);
	} else if (pos.source->kind == SOURCE_TEXT) {
		buf_putc(b, ':');
		buf_number(b, src_line_number(pos));
	}
}

void buf_pos(struct buf *b, struct src_pos pos)
{
	buf_pos_line(b, pos);
	if (pos.source && pos.source->kind == SOURCE_TEXT)
		buf_printf(b, ":%u", src_line(pos).column);
}

/* "./a//b/" as given -> "a/b"; "." -> "". */
static struct str shown_folder(struct str path)
{
	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	while (str_starts(path, "./"))
		path.ptr += 2, path.len -= 2;
	return str_is(path, ".") ? STR("") : path;
}

bool folder_open(struct arena *a, struct str path, struct folder *out)
{
	char real[PATH_MAX];
	struct stat st;
	const char *name = str_terminated(a, path.len ? path : STR("."));
	if (!realpath(name, real) || stat(real, &st) != 0)
		return false;
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return false;
	}
	if (access(real, R_OK | X_OK) != 0)
		return false;
	out->path = str_copy(a, str_is(str_from(real), "/") ? STR("") : str_from(real));
	out->name = str_copy(a, shown_folder(path));
	return true;
}

struct str folder_from_here(const struct folder *f)
{
	char here[PATH_MAX];
	struct str rest = f->path;
	if (!getcwd(here, sizeof here) || !str_starts(f->path, here))
		return f->path;
	rest.ptr += strlen(here);
	rest.len -= strlen(here);
	if (rest.len == 0)
		return STR("");
	return rest.ptr[0] == '/' ? (struct str){ rest.ptr + 1, rest.len - 1 } : f->path;
}

/* Appends the parts of path; "." stays out, ".." takes one off. */
static bool append_parts(struct buf *b, struct str path)
{
	struct str part;
	while (str_split(&path, '/', &part)) {
		if (part.len == 0 || str_is(part, "."))
			continue;
		if (!str_is(part, "..")) {
			if (b->len)
				buf_putc(b, '/');
			buf_put(b, part);
			continue;
		}
		if (b->len == 0)
			return false;
		while (b->len && b->ptr[--b->len] != '/')
			;
		b->ptr[b->len] = '\0';
	}
	return true;
}

struct str source_path(struct arena *a, struct str base, struct str path, bool *outside)
{
	struct buf b;
	buf_init(&b, a, base.len + path.len + 1);
	*outside =
		(path.len && path.ptr[0] == '/') || !append_parts(&b, base) || !append_parts(&b, path);
	return buf_str(&b);
}

/* root's path and "/" and path. */
static const char *joined(struct arena *a, struct str root, struct str path)
{
	return str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(root), STR_ARG(path)).ptr;
}

static bool within(const struct folder *root, const char *real)
{
	size_t len = root->path.len;
	return strncmp(real, root->path.ptr, len) == 0 && (real[len] == '/' || real[len] == '\0');
}

/* The entry of a folder nearest to name, in name's place: of two equally near the one that sorts first. */
static struct str nearest_entry(struct arena *a, const char *folder, struct str name)
{
	char best[NAME_MAX + 1] = "";
	DIR *dir = opendir(folder);
	if (!dir)
		return STR("");
	for (const struct dirent *e; (e = readdir(dir));) {
		bool first = strcmp(e->d_name, best) < 0;
		struct str pair[2] = { str_from(first ? e->d_name : best),
			str_from(first ? best : e->d_name) };
		if (e->d_name[0] != '.' && str_nearest(name, pair, 2).ptr == e->d_name)
			strcpy(best, e->d_name);
	}
	closedir(dir);
	return str_copy(a, str_from(best));
}

struct request {
	struct arena *arena;
	const struct folder *root;
	struct str written;  /* as the user wrote it, for messages */
	struct str path;     /* relative to root */
	struct src_pos pos;
	struct diag *diag;
};

static void report_outside(const struct request *r)
{
	struct str name = r->root->name;
	diag_add(r->diag, DIAG_FILE_OUTSIDE, r->pos, "'" STR_FMT "' leaves the folder '" STR_FMT "'",
		STR_ARG(r->written), STR_ARG(name.len ? name : STR(".")));
}

static void report_missing(const struct request *r)
{
	size_t cut = r->path.len;
	while (cut > 0 && r->path.ptr[cut - 1] != '/')
		cut--;
	struct str base = { r->path.ptr, cut }, name = { r->path.ptr + cut, r->path.len - cut };
	struct str near = nearest_entry(r->arena, joined(r->arena, r->root->path, base), name);
	diag_add(r->diag, DIAG_FILE_MISSING, r->pos, "file '" STR_FMT "' is not there%s",
		STR_ARG(r->written), diag_nearest(r->diag, near));
}

static void report_unreadable(const struct request *r, const char *why)
{
	diag_add(r->diag, DIAG_FILE_UNREADABLE, r->pos, "file '" STR_FMT "' cannot be read: %s",
		STR_ARG(r->written), why);
}

static void report_errno(const struct request *r, int error)
{
	if (error == ENOENT || error == ENOTDIR)
		report_missing(r);
	else
		report_unreadable(r, strerrordesc_np(error) ? strerrordesc_np(error) : "unknown error");
}

/* The real path of what is asked for, when it is within the root. */
static bool resolve(const struct request *r, char real[PATH_MAX])
{
	if (memchr(r->path.ptr, '\0', r->path.len)) {
		report_missing(r);
		return false;
	}
	if (!realpath(joined(r->arena, r->root->path, r->path), real)) {
		report_errno(r, errno);
		return false;
	}
	if (!within(r->root, real)) {
		report_outside(r);
		return false;
	}
	return true;
}

/* An opened regular file within the limit; false after a diagnostic. */
static bool checked(const struct request *r, int fd, struct stamp *stamp)
{
	struct stat st;
	if (fstat(fd, &st) != 0) {
		report_errno(r, errno);
	} else if (!S_ISREG(st.st_mode)) {
		report_unreadable(r, S_ISDIR(st.st_mode) ? "it is a folder" : "it is no ordinary file");
	} else if (st.st_size > LIMIT_FILE_BYTES) {
		diag_add(r->diag, DIAG_LIMIT, r->pos, "file '" STR_FMT "' is larger than %d MB",
			STR_ARG(r->written), LIMIT_FILE_BYTES / 1024 / 1024);
	} else {
		*stamp = (struct stamp){ st.st_dev, st.st_ino, st.st_size, st.st_mtim, st.st_ctim };
		return true;
	}
	return false;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_untouched(const struct stamp *a, const struct stamp *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size && same_time(a->written, b->written) &&
		same_time(a->changed, b->changed);
}

/* Fills bytes; false with errno. Short when the file shrank meanwhile. */
static bool read_all(int fd, char *bytes, size_t size, size_t *got)
{
	for (*got = 0; *got < size;) {
		ssize_t n = read(fd, bytes + *got, size - *got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		*got += (size_t)n;
	}
	return true;
}

/* Nothing may unwind while the descriptor is open, so the bytes are asked for with arena_try. untouched: a stamp that needs no
 * reading; text is left alone then. */
static bool read_file(const struct request *r, const char *real, const struct stamp *untouched, struct stamp *stamp, struct str *text)
{
	int fd = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	if (fd < 0) {
		report_errno(r, errno);
		return false;
	}
	bool good = checked(r, fd, stamp);
	if (!good || (untouched && is_untouched(untouched, stamp))) {
		close(fd);
		return good;
	}
	size_t size = (size_t)stamp->size;
	char *bytes = arena_try(r->arena, size + 1);
	bool done = bytes && read_all(fd, bytes, size, &text->len);
	int error = errno;
	close(fd);
	if (!bytes)
		arena_unwind(r->arena);
	if (!done)
		report_errno(r, error);
	text->ptr = bytes;
	return done;
}

/* The file, or known: where it is untouched, or where its bytes are the same and compares says so. */
static const struct source *load(struct request *r, struct str base, const struct source *known, bool compares)
{
	struct arena *a = r->arena;
	struct arena_mark mark = arena_mark(a);
	bool outside;
	char real[PATH_MAX];
	struct str text = { 0 };
	struct stamp stamp;
	r->path = source_path(a, base, r->written, &outside);
	if (outside) {
		report_outside(r);
		return NULL;
	}
	if (!resolve(r, real) || !read_file(r, real, known && !compares ? &known->hash->stamp : NULL, &stamp, &text))
		return NULL;
	if (known && (text.ptr == NULL || (compares && str_equal(text, known->text)))) {
		arena_rewind(a, mark);
		return known;
	}
	struct source *s = ARENA_NEW(a, struct source);
	s->arena = a;
	s->path = r->path;
	s->name = r->root->name.len ? str_from(joined(a, r->root->name, r->path)) : r->path;
	s->text = text;
	s->hash = hash_of(a, text);
	s->hash->stamp = stamp;
	index_lines(a, s);
	return s;
}

const struct source *source_load_again(struct arena *a, const struct folder *root, struct str base,
	struct str path, struct src_pos pos, struct diag *d, const struct source *known)
{
	return load(&(struct request){ a, root, path, { 0 }, pos, d }, base, known, true);
}

const struct source *source_load_untouched(struct arena *a, const struct folder *root, struct str base,
	struct str path, struct src_pos pos, struct diag *d, const struct source *known)
{
	return load(&(struct request){ a, root, path, { 0 }, pos, d }, base, known, false);
}

const struct source *source_load(struct arena *a, const struct folder *root, struct str base,
	struct str path, struct src_pos pos, struct diag *d)
{
	return source_load_again(a, root, base, path, pos, d, NULL);
}

/* ---- files by pattern ---- */

static void close_glob(void *handle)
{
	globfree(handle);
}

/* The folder's own characters taken literally, then the pattern. */
static const char *full_pattern(struct arena *a, const char *folder, struct str pattern)
{
	struct buf b;

	buf_init(&b, a, 2 * PATH_MAX + pattern.len);
	for (; *folder; folder++) {
		if (strchr("*?[\\", *folder))
			buf_putc(&b, '\\');
		buf_putc(&b, *folder);
	}
	buf_putc(&b, '/');
	buf_put(&b, pattern);
	return buf_str(&b).ptr;
}

static bool is_file_within(const struct folder *root, const char *path)
{
	char real[PATH_MAX];
	struct stat st;

	return realpath(path, real) && within(root, real) && stat(real, &st) == 0 &&
		S_ISREG(st.st_mode);
}

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct str *source_glob(
	struct arena *a, const struct folder *root, struct str base, struct str pattern, size_t *count)
{
	glob_t *found = ARENA_NEW(a, glob_t);
	const char *folder;
	struct str *paths;
	bool outside;

	*count = 0;
	source_path(a, base, pattern, &outside);
	if (outside)
		return NULL;
	folder = base.len ? joined(a, root->path, base) : root->path.ptr;
	if (glob(full_pattern(a, folder, pattern), GLOB_NOSORT, NULL, found) != 0)
		return NULL;
	arena_defer(a, close_glob, found);
	paths = ARENA_ARRAY(a, struct str, found->gl_pathc);
	for (size_t i = 0; i < found->gl_pathc; i++)
		if (is_file_within(root, found->gl_pathv[i]))
			paths[(*count)++] = str_from(found->gl_pathv[i] + strlen(folder) + 1);
	if (*count)
		qsort(paths, *count, sizeof *paths, by_bytes);
	return paths;
}
