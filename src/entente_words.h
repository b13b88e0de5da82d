/* What the files of edited words share: where they stand, and checks on an edit that building and bringing back have in common. Everything lives
 * in the unit's arena. */
#ifndef ENTENTE_WORDS_H
#define ENTENTE_WORDS_H

#include "entente_folder.h"

enum { WORDS_TEXT_MOST = 1 << 30 }; /* bytes of a table or file of words */

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
	const struct entente_request *request; /* that asked for it */
	struct job *job;
	VEC(struct words_row) rows;  /* in the order composed */
	struct map by_name;          /* narrative_edit_name -> struct words_row */
};
/* The papers that the requests name: what each is asked for with, in the gathered arena. */
struct words_papers {
	VEC(const struct entente_request *) list;
};
struct words_papers words_find_papers(struct entente *e, const struct entente_request *requests, size_t count);
/* One of them, composed, in the unit's arena; false where it has errors, which are told, or where it says nothing in its period. */
bool words_read_paper(struct entente *e, const struct entente_request *request, struct words_paper *out);
/* All of them in turn. A paper's memory is given back with it, so that take copies what it needs into the gathered arena; papers of which something
 * was found, or told, stay. What else is to be said of the papers 'entente check' says. */
void words_each_paper(struct entente *e, const struct words_papers *papers, const struct diag *found,
	void (*take)(void *with, const struct words_paper *paper), void *with);
/* With its texts. */
struct narrative_edit words_keep(struct arena *a, const struct narrative_edit *edit);
/* The columns of a table of words, in order; NULL behind the last. */
enum words_column { WORDS_UNIT, WORDS_PERIOD, WORDS_LANG, WORDS_SLOT, WORDS_SNIPPET, WORDS_OF, WORDS_GENERATED, WORDS_EDITED, WORDS_AUTHOR,
	WORDS_DATE, WORDS_COLUMNS };
extern const char *const words_heads[];
/* The rows of a table of words, or the edits of an XML file, by path from the working folder; false after diagnostics, or, where missing is
 * allowed, when there is no such file. */
bool words_read_table(struct arena *a, const char *path, bool may_be_missing, struct narrative_edits *out, struct diag *d);
/* Warns of tokens that the edited words do not have. */
void words_check_dropped(struct arena *a, const struct edit_tokens *tokens, const bool *used, struct src_pos pos, struct diag *d);

#endif
