/* Collects the diagnostics of every stage. */
#include "base/diag.h"

#include <stdio.h>

struct code_row {
	enum diag_level level;
	const char *name; /* printed */
	bool hole;
};
static const struct code_row codes[] = {
#define DIAG(code, level, name) [code] = { level, name, false },
#define HOLE(code, level, name) [code] = { level, name, true },
#include "base/diag_codes.h"
#undef DIAG
};

enum { MESSAGE_MOST = 4096 }; /* bytes: a name that someone made a megabyte long is cut */

void diag_init(struct diag *d, struct arena *a)
{
	*d = (struct diag){ .arena = a };
}

static struct str formatted(struct arena *a, const char *fmt, va_list args)
{
	char text[MESSAGE_MOST];
	int len = vsnprintf(text, sizeof text, fmt, args);
	struct str s = { text, len < 0 ? 0 : (size_t)len };
	if (s.len < sizeof text)
		return str_copy(a, s);
	s.len = sizeof text - 4;
	while ((text[s.len] & 0xC0) == 0x80) /* not half a character */
		s.len--;
	return str_printf(a, STR_FMT "…", STR_ARG(s));
}

/* An exact repetition: the same file read twice says everything twice, though it may be another source the second time. */
static bool is_repeated(struct diag *d, const struct diag_message *m)
{
	struct str name = m->pos.source ? m->pos.source->name : (struct str){ 0 };
	struct str key = str_printf(d->arena, "%d " STR_FMT " %u " STR_FMT, (int)m->code, STR_ARG(name), m->pos.offset, STR_ARG(m->text));
	return map_put(d->arena, &d->seen, key, d) != NULL;
}

static void add(struct diag *d, struct diag_message m)
{
	if (d->draft && codes[m.code].hole)
		m.level = DIAG_HOLE;
	vec_push(d->arena, &d->messages, m);
	d->errors += m.level == DIAG_ERROR;
	d->warnings += m.level == DIAG_WARNING;
	d->holes += m.level == DIAG_HOLE;
}

void diag_add(struct diag *d, enum diag_code code, struct src_pos pos, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	struct diag_message m = { code, codes[code].level, pos, formatted(d->arena, fmt, args), 0 };
	va_end(args);
	d->repeated = is_repeated(d, &m);
	if (!d->repeated)
		add(d, m);
}

/* The same place is not another one, however often it is come to. */
static bool is_counted(struct diag *d, struct str key, struct src_pos pos)
{
	struct str place = str_printf(d->arena, STR_FMT " %p %u", STR_ARG(key), (const void *)pos.source, pos.offset);
	return map_put(d->arena, &d->seen, place, d) != NULL;
}

void diag_add_once(struct diag *d, enum diag_code code, uint32_t subject, struct src_pos pos, const char *fmt, ...)
{
	struct str key = str_printf(d->arena, "%d of %u", (int)code, (unsigned)subject);
	size_t said = (size_t)(uintptr_t)map_lookup(&d->once, key);
	bool counted = is_counted(d, key, pos);
	va_list args;

	d->repeated = said;
	if (said) {
		d->messages.at[said - 1].others += !counted;
		return;
	}
	va_start(args, fmt);
	add(d, (struct diag_message){ code, codes[code].level, pos, formatted(d->arena, fmt, args), 0 });
	va_end(args);
	map_put(d->arena, &d->once, key, (void *)(uintptr_t)d->messages.count);
}

void diag_note(struct diag *d, struct src_pos pos, const char *fmt, ...)
{
	if (d->repeated || d->messages.count == 0)
		return;
	enum diag_code code = d->messages.at[d->messages.count - 1].code;
	va_list args;
	va_start(args, fmt);
	struct diag_message m = { code, DIAG_NOTE, pos, formatted(d->arena, fmt, args), 0 };
	va_end(args);
	vec_push(d->arena, &d->messages, m);
}

void diag_add_all(struct diag *d, const struct diag *from)
{
	for (size_t i = 0; i < from->messages.count; i++) {
		const struct diag_message *m = &from->messages.at[i];

		if (m->level == DIAG_NOTE) {
			diag_note(d, m->pos, STR_FMT, STR_ARG(m->text));
			continue;
		}
		diag_add(d, m->code, m->pos, STR_FMT, STR_ARG(m->text));
		if (!d->repeated)
			d->messages.at[d->messages.count - 1].others = m->others;
	}
}

struct str diag_text(struct arena *a, const struct diag_message *m)
{
	if (!m->others)
		return m->text;
	return str_printf(a, STR_FMT "; also in %u other place%s", STR_ARG(m->text), (unsigned)m->others,
		m->others == 1 ? "" : "s");
}

const char *diag_nearest(struct diag *d, struct str nearest)
{
	if (nearest.len == 0)
		return "";
	return str_printf(d->arena, "; did you mean '" STR_FMT "'?", STR_ARG(nearest)).ptr;
}

const char *diag_code_name(enum diag_code code)
{
	return codes[code].name;
}

enum diag_level diag_code_level(enum diag_code code)
{
	return codes[code].level;
}
