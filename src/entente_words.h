/* What the files of edited words share: where they stand, and checks on an edit that building and bringing back have in common. Everything lives
 * in the unit's arena. */
#ifndef ENTENTE_WORDS_H
#define ENTENTE_WORDS_H

#include "entente_folder.h"

/* The company's, in the project folder; each briefing may have one of its own beside it. */
#define WORDS_OF_COMPANY "words.xml"
/* Says how many edits of a paper stand where, for who starts the next quarter from it: none of them speaks of that. */
void words_note_left(struct entente *e, struct xml_loader *loader, const struct xml_node *briefing, const struct facts *f, struct buf *out);
/* False after a diagnostic, with the nearest name. */
bool words_snippet_known(const struct job *job, const struct narrative_edit *edit, struct diag *d);
/* A sentence that a paper prints, as a row of a table: what it says now, and the edit that is written down, with the figures of now. */
struct words_row {
	struct narrative_edit edit;  /* generated: now; edited, author, date: as written down, empty where nothing is */
	const struct compose_sentence *sentence;
	const struct narrative_edit *kept; /* the edit as it was written down; NULL: none was */
};
struct words_paper {
	struct job *job;
	VEC(struct words_row) rows;  /* in the order composed */
};
struct words_papers {
	VEC(struct words_paper *) list;
	struct map rows;             /* narrative_edit_name -> struct words_row, of all */
};
/* The papers that the requests name, composed. What is wrong is told; a
 * figure that is missing is not. */
void words_read_papers(struct entente *e, const struct entente_request *requests, size_t count, struct words_papers *out);
/* The columns of a table of words, in order; NULL behind the last. */
enum words_column { WORDS_UNIT, WORDS_PERIOD, WORDS_LANG, WORDS_SLOT, WORDS_SNIPPET, WORDS_OF, WORDS_GENERATED, WORDS_EDITED, WORDS_AUTHOR,
	WORDS_DATE, WORDS_COLUMNS };
extern const char *const words_heads[];
/* The rows of a table of words, or the edits of an XML file, by path from the working folder; false after diagnostics, or, where missing is
 * allowed, when there is no such file. */
bool words_read_table(struct entente *e, const char *path, bool may_be_missing, struct narrative_edits *out);
/* Warns of tokens that the edited words do not have. */
void words_check_dropped(struct arena *a, const struct edit_tokens *tokens, const bool *used, struct src_pos pos, struct diag *d);

#endif
