/* doc: to a readable listing: words, runs and paragraphs. */
#include "doc/doc_int.h"

void dump_line(struct dump *d, const char *word)
{
	for (int i = 0; i < d->depth; i++)
		buf_puts(d->out, "  ");
	buf_puts(d->out, word);
}

void dump_end(struct dump *d)
{
	buf_putc(d->out, '\n');
}

/* Text of one line: what would break the line or look like markup is escaped. */
static void put_escaped(struct buf *b, struct str text, const char *special)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\n')
			buf_puts(b, "\\n");
		else if (c == '\\' || (c != '\0' && strchr(special, c) != NULL))
			buf_printf(b, "\\%c", c);
		else
			buf_putc(b, c);
	}
}

static void put_quoted(struct buf *b, struct str text)
{
	buf_putc(b, '"');
	put_escaped(b, text, "\"");
	buf_putc(b, '"');
}

void dump_text(struct dump *d, const char *name, struct str text)
{
	if (text.len == 0)
		return;
	buf_printf(d->out, " %s ", name);
	put_quoted(d->out, text);
}

void dump_number(struct dump *d, const char *name, int64_t number)
{
	if (number != 0)
		buf_printf(d->out, " %s %lld", name, (long long)number);
}

void dump_length(struct dump *d, const char *name, mpt length)
{
	if (length == 0)
		return;
	buf_printf(d->out, " %s ", name);
	buf_mpt(d->out, length);
}

void dump_colour(struct dump *d, const char *name, unsigned colour)
{
	if (colour < DOC_COLOUR_COUNT)
		buf_printf(d->out, " %s %s", name, doc_colour_name((enum doc_colour)colour));
}

void dump_flag(struct dump *d, const char *name, bool set)
{
	if (set)
		buf_printf(d->out, " %s", name);
}

void dump_pos(struct dump *d, struct src_pos pos)
{
	if (pos.source == NULL)
		return;
	buf_puts(d->out, " (");
	buf_pos(d->out, pos);
	buf_putc(d->out, ')');
}

static void put_text_run(struct dump *d, const struct doc_run *run)
{
	bool figure = run->figure >= 0 || (run->flags & RUN_LITERAL) != 0;

	if (figure)
		buf_putc(d->out, '{');
	put_escaped(d->out, run->text, "{}*_<>[]");
	if (run->figure >= 0)
		buf_printf(d->out, "}#%d", (int)run->figure);
	else if (figure)
		buf_puts(d->out, "}#");
}

static void put_mark_run(struct dump *d, const struct doc_run *run)
{
	buf_printf(d->out, "<%s", doc_mark_name((enum doc_mark_kind)run->mark));
	if (run->alt.len > 0) {
		buf_putc(d->out, ' ');
		put_quoted(d->out, run->alt);
	}
	buf_putc(d->out, '>');
}

static void put_content(struct dump *d, const struct doc_run *run)
{
	static const char *const names[] = { [RUN_FILL] = "<fill>",
		[RUN_BREAK] = "<break>",
		[RUN_PAGE] = "<page>",
		[RUN_PAGES] = "<pages>",
		[RUN_SECTION] = "<section>" };

	switch ((enum doc_run_kind)run->kind) {
	case RUN_TEXT:
		put_text_run(d, run);
		break;
	case RUN_MARK:
		put_mark_run(d, run);
		break;
	case RUN_NOTE:
		buf_printf(d->out, "<note %u>", (unsigned)run->note);
		break;
	case RUN_PAGE_OF:
		buf_printf(d->out, "<page of %u>", (unsigned)run->target);
		break;
	case RUN_HEADING:
		buf_printf(d->out, "<%s heading %u>", run->target % 2 ? "last" : "first",
			(unsigned)run->target / 2);
		break;
	case RUN_FILL:
	case RUN_BREAK:
	case RUN_PAGE:
	case RUN_PAGES:
	case RUN_SECTION:
		buf_puts(d->out, names[run->kind]);
		break;
	}
}

static void put_flag(struct dump *d, const char *name, bool end)
{
	if (end)
		buf_putc(d->out, '>');
	else
		buf_printf(d->out, "<%s: ", name);
}

/* What a run is besides strong and emphasis: <super: so>. */
static void put_flags(struct dump *d, const struct doc_run *run, bool end)
{
	static const struct {
		unsigned flag;
		const char *name;
	} flags[] = {
		{ RUN_SUPER, "super" },
		{ RUN_SUB, "sub" },
		{ RUN_SMALL_CAPS, "small-caps" },
		{ RUN_CODE, "code" },
	};

	if (run->lang.len && !end)
		buf_printf(d->out, "<" STR_FMT ": ", STR_ARG(run->lang));
	else if (run->lang.len)
		buf_putc(d->out, '>');
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (run->flags & flags[i].flag)
			put_flag(d, flags[i].name, end);
}

static void put_run(struct dump *d, const struct doc_run *run)
{
	bool link = run->uri.len > 0 ||
		(run->target != 0 && run->kind != RUN_PAGE_OF && run->kind != RUN_HEADING);
	const char *strong = run->flags & RUN_STRONG ? "**" : "",
		   *emphasis = run->flags & RUN_EMPHASIS ? "_" : "";

	if (run->colour < DOC_COLOUR_COUNT)
		buf_printf(d->out, "<%s: ", doc_colour_name((enum doc_colour)run->colour));
	buf_printf(d->out, "%s%s%s", link ? "[" : "", strong, emphasis);
	put_flags(d, run, false);
	put_content(d, run);
	put_flags(d, run, true);
	buf_printf(d->out, "%s%s", emphasis, strong);
	if (run->uri.len > 0)
		buf_printf(d->out, "](" STR_FMT ")", STR_ARG(run->uri));
	else if (link)
		buf_printf(d->out, "](#%u)", (unsigned)run->target);
	if (run->colour < DOC_COLOUR_COUNT)
		buf_putc(d->out, '>');
}

void dump_runs(struct dump *d, const struct doc_paragraph *p)
{
	for (uint32_t i = 0; i < p->run_count; i++)
		put_run(d, &p->runs[i]);
}

void dump_paragraph(struct dump *d, const char *word, const struct doc_paragraph *p)
{
	if (p->run_count == 0)
		return;
	dump_line(d, word);
	if (p->style != NULL) {
		buf_printf(d->out, " %s", doc_role_name((enum doc_role)p->style->role));
		if (p->style->id.len > 0 &&
			!str_is(p->style->id, doc_role_name((enum doc_role)p->style->role)))
			buf_printf(d->out, "/" STR_FMT, STR_ARG(p->style->id));
	}
	dump_number(d, "level", p->level);
	dump_flag(d, "caption", p->part == PART_CAPTION);
	dump_flag(d, "note", p->part == PART_NOTE);
	dump_flag(d, "rtl", p->rtl);
	buf_puts(d->out, ": ");
	dump_runs(d, p);
	dump_end(d);
}
