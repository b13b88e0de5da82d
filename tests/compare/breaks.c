/* Prints where our breaker ends the lines of paragraphs, for tests/compare/run.
 *
 *   breaks FONT SIZE HYPHENS justified|ragged[+last] WIDTH... < paragraphs
 *
 * A paragraph is a line "language TAB text". For each width a line: paragraph, width, and for every line of it the byte
 * at which it ends; first a line with all places where it could. Lengths in points. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
	struct arena session, unit;
	struct diag diag;
	struct font_set *set;
	const struct font *face;
	mpt size;
	struct text_style style;
};

static void print_breaks(struct job *j, const struct text_paragraph *p, unsigned number, const char *width)
{
	struct text_lines lines = text_break(&j->unit, p, (mpt)(1000 * atof(width)));
	size_t at = 0;

	printf("%u %s", number, width);
	for (uint32_t i = 0; i < lines.count; i++) {
		const struct text_line *line = &lines.lines[i];
		for (uint32_t k = 0; k < line->fragment_count; k++)
			at += line->fragments[k].text.len;
		printf(" %zu%s", at, line->overfull ? "!" : line->broken ? "?" : "");
	}
	putchar('\n');
}

static size_t place_of(const struct text_paragraph *p, const struct brk *b)
{
	return b->next < p->pieces.count ? p->pieces.at[b->next].start + b->cut : p->text.len;
}

static void print_places(struct job *j, const struct text_paragraph *p, unsigned number)
{
	struct brks more = p->breaks;

	if (hyphen_ready(j->set, p->langs[0]))
		cuts_add(&j->unit, p, &p->breaks, BRK_HYPHEN, -1, &more);
	printf("%u all", number);
	for (size_t i = 1; i < more.count; i++)
		printf(" %zu", place_of(p, &more.at[i]));
	putchar('\n');
}

static void break_paragraph(struct job *j, char *line, unsigned number, char **widths)
{
	struct str text = str_trim(str_from(line)), lang = { 0 };
	str_split(&text, '\t', &lang);
	struct text_span span = { .text = text, .fonts = &j->face, .font_count = 1, .size = j->size, .lang = lang };
	const struct text_paragraph *p = text_prepare(&j->unit, j->set, &span, 1, &j->style, &j->diag);
	print_places(j, p, number);
	for (; *widths; widths++)
		print_breaks(j, p, number, *widths);
	arena_reset(&j->unit);
	diag_init(&j->diag, &j->unit);
}

int main(int argc, char **argv)
{
	jmp_buf unwind;
	struct job j = { .size = 0 };
	static char line[1 << 16];

	if (argc < 6)
		return 2;
	arena_init(&j.session, 0, &unwind);
	arena_init(&j.unit, 0, &unwind);
	if (setjmp(unwind))
		return 3;
	diag_init(&j.diag, &j.unit);
	j.set = font_set_create(&j.session);
	j.face = font_open(j.set, argv[1], 0, str_from(argv[1]), (struct src_pos){ 0 }, &j.diag);
	if (!j.face)
		return 1;
	j.size = (mpt)(1000 * atof(argv[2]));
	text_hyphen_folder(j.set, argv[3]);
	j.style = (struct text_style){ .align = argv[4][0] == 'j' ? TEXT_JUSTIFY : TEXT_START,
		.flags = TEXT_HYPHENATE | (strchr(argv[4], '+') ? 0 : TEXT_LAST_FREE) };
	for (unsigned number = 0; fgets(line, sizeof line, stdin); number++)
		break_paragraph(&j, line, number, argv + 5);
	arena_release(&j.unit);
	arena_release(&j.session);
	return 0;
}
