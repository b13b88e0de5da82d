/* What the scanner of expressions tells their evaluation. */
#ifndef XML_EXPR_INT_H
#define XML_EXPR_INT_H

#include "base/vec.h"
#include "xml/expr.h"

/* A function without arguments, put first into each call that tolerates missing values: it notes how many were
 * missing before, so that those within the call can be told and forgiven. No user can write it. */
#define EXPR_MARK "mark-missing-values"

/* A literal that its function checks when the file is loaded. */
struct expr_literal {
	const struct expr_function *function;
	int index;          /* of the argument */
	struct str text;    /* without its quotes; borrows from the expression's */
	struct src_pos pos;
};
struct expr_literals {
	VEC(struct expr_literal) list; /* in the order written */
};

/* Holds text to what the header allows and checks its literals; false after diagnostics. The text for libxml2, with
 * its marks, goes to out; the literals checked to literals. */
bool expr_scan(struct str text, struct src_pos pos, const struct expr_function *functions, void *check_ctx,
	struct diag *d, struct buf *out, struct expr_literals *literals);

#endif
