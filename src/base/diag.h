/* Diagnostics: what is wrong, where, the second place, the nearest name. Every stage goes on after an error,
 * so that one run reports everything; with any error nothing is written.
 *
 * Wording: lower case, no full stop, the problem first, names in single quotes, the user's words; a warning
 * also says what was done ("showing 'n/a'").
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/map.h"
#include "base/source.h"
#include "base/vec.h"

/* DIAG_HOLE: in a draft, what leaves a hole in the paper (base/diag_codes.h says what does), be it else a warning or an error. */
enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_HOLE };

/* One list holds code, level and printed name. */
enum diag_code {
#define DIAG(code, level, name) code,
#include "base/diag_codes.h"
#undef DIAG
	DIAG_CODE_COUNT
};

struct diag_message {
	enum diag_code code;
	enum diag_level level; /* DIAG_NOTE belongs to the message before it */
	struct src_pos pos;    /* source NULL: no place */
	struct str text;
	uint32_t others;       /* places beside pos of which the same is true: diag_add_once */
};

struct diag {
	struct arena *arena; /* messages live here */
	VEC(struct diag_message) messages; /* in the order found; an exact repetition is dropped */
	struct map seen;         /* what was said, to drop repetitions */
	struct map once;         /* code and subject of diag_add_once -> index in messages + 1 */
	bool repeated;           /* the last diag_add was dropped: its notes are too */
	bool draft;              /* holes are no errors; set before the first message */
	size_t errors, warnings, holes; /* how many of each */
};

void diag_init(struct diag *d, struct arena *a);
void diag_add(struct diag *d, enum diag_code code, struct src_pos pos, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* Said once of a subject, a number of the code's own, at its first place; its other places are counted: "; also in 3 other
 * places" stands behind the message. */
void diag_add_once(struct diag *d, enum diag_code code, uint32_t subject, struct src_pos pos, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* A second place or a hint for the message added last. */
void diag_note(struct diag *d, struct src_pos pos, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* All that from holds is said in d, too. */
void diag_add_all(struct diag *d, const struct diag *from);
/* The message with its count of other places; may live in a. */
struct str diag_text(struct arena *a, const struct diag_message *m);
/* "; did you mean 'nearest'?" or nothing, for the end of a message. The result lives in the diag's arena. */
const char *diag_nearest(struct diag *d, struct str nearest);
const char *diag_code_name(enum diag_code code);
/* What it is outside a draft. */
enum diag_level diag_code_level(enum diag_code code);

enum diag_style { DIAG_PLAIN, DIAG_COLOUR };
/* file:line:col: level: text [code], the source line and a caret; sorted by file name and offset, notes
 * behind their message; at most max messages, then a line that counts the rest. */
void diag_print(const struct diag *d, enum diag_style style, size_t max, struct buf *out);
/* The same as a JSON array of objects: file, line, column, cell (of a sheet), level, code, message, notes. */
void diag_print_json(const struct diag *d, struct buf *out);

#endif
