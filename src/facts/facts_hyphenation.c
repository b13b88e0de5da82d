/* Facts: <hyphenation>, the words of a company and where they may be hyphenated. */
#include "facts/facts_int.h"

struct words {
	struct facts_reader *reader;
	VEC(struct str) list;
};

/* Hyphens stand inside a word, one at a time. */
static bool is_word(struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		bool edge = i == 0 || i + 1 == word.len || word.ptr[i - 1] == '-';
		if ((word.ptr[i] == '-' && edge) || word.ptr[i] == ' ' || word.ptr[i] == '\t' || word.ptr[i] == '\n')
			return false;
	}
	return word.len > 0;
}

static void read_word(void *ctx, const struct xml_node *n)
{
	struct words *words = ctx;
	struct facts_reader *r = words->reader;
	struct str word = xml_text(r->a, n);
	if (is_word(word))
		vec_push(r->a, &words->list, word);
	else
		diag_add(r->d, DIAG_ATTRIBUTE_VALUE, n->pos,
			"'" STR_FMT "' is not one word with hyphens where it may be parted, as \"Nord-wind\"", STR_ARG(word));
}

void facts_read_hyphenation(struct facts_reader *r, const struct xml_node *n)
{
	static const struct xml_child children[] = { { "word", read_word }, { NULL, NULL } };
	static const struct xml_field fields[] = {
		{ "lang", XML_STR, XML_OPTIONAL, offsetof(struct facts_hyphenation, lang), NULL },
		{ NULL, 0, 0, 0, NULL },
	};
	struct facts_hyphenation *h = vec_add(r->a, &r->f->hyphenation);
	struct words words = { .reader = r };
	xml_read_attrs(r->a, n, fields, h, r->d);
	xml_read_children(n, children, &words, r->d);
	h->words = words.list.at;
	h->count = words.list.count;
}
