/* The library: words and phrases in texts that somebody wrote, for the checks of what they claim and which words a company avoids. */
#ifndef ENTENTE_PHRASES_H
#define ENTENTE_PHRASES_H

#include "base/diag.h"

struct phrase_token {
	struct str text;         /* borrows from the text it was found in */
	bool number;             /* digits, with the signs between them */
};
/* The next word or number from *at on, which moves behind it; false at the end. */
bool phrase_token(struct str text, size_t *at, struct phrase_token *out);
/* Whether the word is the one wanted, capitals or not; beginning: or begins with it. */
bool phrase_word(struct str word, struct str wanted, bool beginning);
/* Whether the phrase begins at the first token from at on; *found is what it takes up. A word before '*' is the beginning of one; signs
 * between words count on neither side. */
bool phrase_begins(struct str text, size_t at, struct str phrase, struct str *found);
char phrase_small(char c);
/* The place of a word of a text that begins at pos: white space in it may have been drawn together. */
struct src_pos phrase_place(struct src_pos pos, struct str word);

#endif
