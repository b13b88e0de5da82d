/* A workbook's bytes -> its parts, inflated piece by piece. libzip is loaded only when a workbook is read: it brings a
 * library of ciphers along that would slow every start. */
#include "sheet/sheet_int.h"

#include "base/library.h"
#include "base/limits.h"

#include <zip.h>

/* The part of libzip that is used. */
struct zip_calls {
	__typeof__(&zip_source_buffer_create) source_create;
	__typeof__(&zip_source_free) source_free;
	__typeof__(&zip_open_from_source) open;
	__typeof__(&zip_discard) discard;
	__typeof__(&zip_name_locate) locate;
	__typeof__(&zip_stat_index) stat;
	__typeof__(&zip_fopen_index) file_open;
	__typeof__(&zip_fread) file_read;
	__typeof__(&zip_fclose) file_close;
};

static const struct library_symbol symbols[] = {
	{ "zip_source_buffer_create", offsetof(struct zip_calls, source_create) },
	{ "zip_source_free", offsetof(struct zip_calls, source_free) },
	{ "zip_open_from_source", offsetof(struct zip_calls, open) },
	{ "zip_discard", offsetof(struct zip_calls, discard) },
	{ "zip_name_locate", offsetof(struct zip_calls, locate) },
	{ "zip_stat_index", offsetof(struct zip_calls, stat) },
	{ "zip_fopen_index", offsetof(struct zip_calls, file_open) },
	{ "zip_fread", offsetof(struct zip_calls, file_read) },
	{ "zip_fclose", offsetof(struct zip_calls, file_close) },
};

struct sheet_zip {
	void *library;
	struct zip_calls call;
	zip_t *archive;
	uint64_t read;    /* bytes inflated so far, of all parts */
	zip_file_t *open; /* the part being read, which must be closed before the archive */
};

static void close_zip(void *handle)
{
	struct sheet_zip *z = handle;
	if (z->open)
		z->call.file_close(z->open);
	if (z->archive)
		z->call.discard(z->archive);
	library_close(z->library);
	*z = (struct sheet_zip){ 0 };
}

static bool load_calls(struct sheet *s, struct sheet_zip *z)
{
	char why[LIBRARY_WHY];
	z->library = library_open("libzip.so.4", symbols, sizeof symbols / sizeof *symbols, &z->call, why);
	if (!z->library)
		sheet_fail(s, DIAG_SYSTEM, "reading a workbook needs libzip (package libzip4): %s", why);
	return z->library;
}

struct sheet_zip *sheet_zip_open(struct sheet *s)
{
	struct sheet_zip *z = ARENA_NEW(&s->own, struct sheet_zip);
	arena_defer(&s->own, close_zip, z);
	if (!load_calls(s, z))
		return NULL;
	zip_source_t *bytes = z->call.source_create(s->file->text.ptr, s->file->text.len, 0, NULL);
	if (!bytes)
		arena_unwind(&s->own);
	z->archive = z->call.open(bytes, ZIP_RDONLY, NULL);
	if (!z->archive) {
		z->call.source_free(bytes);
		sheet_fail(s, DIAG_WORKBOOK,
			"this workbook is damaged or not complete: its list of parts cannot be read; "
			"fetch it again, or open it in an office program and save it");
		return NULL;
	}
	return z;
}

bool sheet_zip_has(const struct sheet *s, const char *name)
{
	return s->zip->call.locate(s->zip->archive, name, 0) >= 0;
}

bool sheet_part_open(struct sheet *s, const char *name, struct sheet_part *part)
{
	struct sheet_zip *z = s->zip;
	zip_stat_t stat;
	zip_int64_t index = z->call.locate(z->archive, name, 0);
	*part = (struct sheet_part){ .sheet = s, .name = name };
	if (index < 0 || z->call.stat(z->archive, (zip_uint64_t)index, 0, &stat) != 0) {
		sheet_fail(s, DIAG_WORKBOOK,
			"this workbook is not complete: it has no '%s'; open it in an office program and "
			"save it",
			name);
		return false;
	}
	if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
		sheet_fail(
			s, DIAG_WORKBOOK, "this workbook is protected by a password; save it without one");
		return false;
	}
	part->packed = stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0;
	z->open = z->call.file_open(z->archive, (zip_uint64_t)index, 0);
	part->file = z->open;
	if (!part->file)
		sheet_fail(
			s, DIAG_WORKBOOK, "'%s' in this workbook cannot be opened: the file is damaged", name);
	return part->file != NULL;
}

/* Nothing real shrinks so far, or is that large. */
static bool within_limits(struct sheet_part *part)
{
	if (part->sheet->zip->read > LIMIT_WORKBOOK_BYTES)
		sheet_fail(part->sheet, DIAG_LIMIT, "this workbook holds more than %d MB when unpacked",
			LIMIT_WORKBOOK_BYTES / 1024 / 1024);
	else if (part->read > LIMIT_WORKBOOK_FREE &&
		(part->read - LIMIT_WORKBOOK_FREE) / LIMIT_WORKBOOK_RATIO > part->packed)
		sheet_fail(part->sheet, DIAG_LIMIT,
			"'%s' in this workbook grows to more than %d times its packed size; it is not read",
			part->name, LIMIT_WORKBOOK_RATIO);
	else
		return true;
	return false;
}

ptrdiff_t sheet_part_read(void *ctx, char *room, size_t size)
{
	struct sheet_part *part = ctx;
	if (part->failed || !part->file)
		return -1;
	zip_int64_t got = part->sheet->zip->call.file_read(part->file, room, size);
	if (got < 0)
		sheet_fail(part->sheet, DIAG_WORKBOOK,
			"'%s' in this workbook is damaged; fetch the file again, or open it in "
			"an office program and save it",
			part->name);
	else
		part->read += (uint64_t)got, part->sheet->zip->read += (uint64_t)got;
	part->failed = got < 0 || !within_limits(part);
	return part->failed ? -1 : (ptrdiff_t)got;
}

void sheet_part_drain(struct sheet_part *part)
{
	char room[16 * 1024];
	while (sheet_part_read(part, room, sizeof room) > 0)
		;
}

void sheet_part_uncount(struct sheet_part *part)
{
	part->sheet->zip->read -= part->read;
	part->read = 0;
}

void sheet_part_close(struct sheet_part *part)
{
	struct sheet_zip *z = part->sheet->zip;
	if (!part->file)
		return;
	z->call.file_close(part->file);
	part->file = NULL;
	z->open = NULL;
}

bool sheet_xml_open(
	struct sheet *s, const char *name, const struct xml_space *spaces, struct sheet_xml *x)
{
	if (!sheet_part_open(s, name, &x->part))
		return false;
	x->stream = xml_stream_open(&s->own, spaces, sheet_part_read, &x->part);
	return true;
}

void sheet_xml_leave(struct sheet_xml *x)
{
	sheet_part_uncount(&x->part);
	if (!x->part.file)
		return;
	xml_stream_close(x->stream);
	sheet_part_close(&x->part);
}

bool sheet_xml_close(struct sheet_xml *x)
{
	const char *problem = xml_stream_problem(x->stream);
	xml_stream_close(x->stream);
	sheet_part_close(&x->part);
	if (problem && !x->part.failed)
		sheet_fail(x->part.sheet, DIAG_WORKBOOK, "'%s' in this workbook is damaged: %s",
			x->part.name, problem);
	return !problem && !x->part.failed;
}
