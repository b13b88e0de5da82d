/* Conditions and ranks: XPath 1.0 with our functions only, evaluated by libxml2. No nodes, no files, no loops. */
#ifndef XML_EXPR_H
#define XML_EXPR_H

#include "base/diag.h"

struct expr;     /* compiled; closed with its arena */
struct expr_set; /* what the expressions of one arena share; evaluated by one thread at a time */
struct expr_set *expr_set_open(struct arena *a);

enum expr_kind { EXPR_NUMBER, EXPR_TEXT, EXPR_TRUTH };
struct expr_value {
	enum expr_kind kind;
	double number;
	struct str text;
	bool truth;
};

/* What a function answers with: its value, or "a value is missing", which leaves the whole expression missing
 * (a function whose table entry says tolerates_missing sees it as an argument of kind EXPR_TEXT and no text). */
struct expr_function {
	const char *name; /* NULL ends the table */
	uint8_t least, most; /* arguments */
	bool tolerates_missing; /* missing(...) */
	/* false = missing. Texts of arguments live during the call; a text in *result is copied. Called through libxml2:
	 * it must not unwind an arena. */
	bool (*call)(void *ctx, const struct expr_value *args, int count, struct expr_value *result);
	/* Checks literal arguments when the file is loaded; NULL when there is nothing to check. pos is the literal's. */
	void (*check)(void *check_ctx, int index, struct str literal, struct src_pos pos, struct diag *d);
};

/* NULL after diagnostics. Everything in XPath is refused but the functions listed, numbers, literals, and or = != < <=
 * > >= + - * div mod, parentheses, and of XPath's own functions not true false round floor ceiling number concat
 * contains starts-with (a listed one of the same name goes first). pos is of the text's first byte as written.
 * functions must live as long as the expression. */
const struct expr *expr_compile(struct expr_set *set, struct str text, struct src_pos pos,
	const struct expr_function *functions, void *check_ctx, struct diag *d);

/* Checks the literals as when it was compiled, against something else. False after diagnostics. */
bool expr_check(const struct expr *e, void *check_ctx, struct diag *d);

/* Missing: a value was touched that is not there, outside a function that tolerates it; 'and' and 'or' stop at what
 * decides them. A text in *out lives until the same expression is evaluated again. */
enum expr_result { EXPR_DONE, EXPR_MISSING, EXPR_FAILED };
enum expr_result expr_eval(const struct expr *e, void *ctx, struct expr_value *out);
bool expr_true(struct expr_value v);
struct str expr_text(const struct expr *e);

#endif
