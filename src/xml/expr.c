/* Condition and values -> truth, number or text: libxml2's XPath with our functions. */
#include "xml/expr.h"

#include "base/limits.h"
#include "xml/expr_int.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

/* The most arguments one of our functions may take. */
enum { ARGS_MOST = 16 };

struct expr_set {
	struct arena *arena;
	xmlXPathContextPtr context;            /* without a document; one for all: making one costs more than to compile */
};

struct expr {
	struct str text;                       /* as written */
	const struct expr_function *functions;
	struct expr_set *set;
	struct expr_literals literals;         /* checked when it was compiled */
	xmlXPathCompExprPtr compiled;
	xmlXPathObjectPtr result;              /* of the last evaluation; holds its text */
};

/* One evaluation. */
struct evaluation {
	const struct expr *expr;
	void *ctx;        /* of the functions */
	unsigned missing; /* values that were not there, and are not forgiven yet */
};

/* Marks an object whose value is missing; what is computed from it is another object. */
static const char missing_mark = 'm';

static void ignore_error(void *ctx, xmlErrorPtr error)
{
	(void)ctx, (void)error; /* the state of the evaluation says it */
}

static void push_missing(xmlXPathParserContextPtr parser, struct evaluation *e)
{
	xmlXPathObjectPtr object = xmlXPathNewCString("");
	if (object)
		object->user = (void *)(uintptr_t)&missing_mark;
	e->missing++;
	valuePush(parser, object);
}

static struct expr_value value_of(xmlXPathObjectPtr object)
{
	switch (object->type) {
	case XPATH_NUMBER:
		return (struct expr_value){ .kind = EXPR_NUMBER, .number = object->floatval };
	case XPATH_BOOLEAN:
		return (struct expr_value){ .kind = EXPR_TRUTH, .truth = object->boolval != 0 };
	default:
		return (struct expr_value){ .kind = EXPR_TEXT,
			.text = str_from((const char *)object->stringval) };
	}
}

static xmlXPathObjectPtr object_of(const struct expr_value *v)
{
	if (v->kind == EXPR_NUMBER)
		return xmlXPathNewFloat(v->number);
	if (v->kind == EXPR_TRUTH)
		return xmlXPathNewBoolean(v->truth);
	return xmlXPathWrapString(
		xmlStrndup((const xmlChar *)(v->text.len ? v->text.ptr : ""), (int)v->text.len));
}

static const struct expr_function *function_named(const struct expr *e, const xmlChar *name)
{
	const struct expr_function *f = e->functions;
	while (f && f->name && strcmp(f->name, (const char *)name) != 0)
		f++;
	return f && f->name ? f : NULL;
}

/* Forgives what was missing within a call that tolerates it. A marked argument is missing itself; an only argument
 * is, too, when anything it was computed from is. */
static void forgive(
	struct evaluation *e, unsigned before, struct expr_value *args, bool *marked, int count)
{
	if (count == 1 && e->missing > before)
		marked[0] = true;
	for (int i = 0; i < count; i++)
		if (marked[i])
			args[i] = (struct expr_value){ .kind = EXPR_TEXT };
	e->missing = before;
}

static void answer(xmlXPathParserContextPtr parser, struct evaluation *e,
	const struct expr_function *f, xmlXPathObjectPtr *objects, int count)
{
	struct expr_value args[ARGS_MOST], result = { .kind = EXPR_TEXT };
	bool marked[ARGS_MOST], any = false;
	int skip = f->tolerates_missing; /* the mark stands first */
	for (int i = skip; i < count; i++) {
		args[i - skip] = value_of(objects[i]);
		marked[i - skip] = objects[i]->user == &missing_mark;
		any |= marked[i - skip];
	}
	if (f->tolerates_missing)
		forgive(e, (unsigned)objects[0]->floatval, args, marked, count - skip);
	if ((any && !f->tolerates_missing) || !f->call(e->ctx, args, count - skip, &result))
		push_missing(parser, e);
	else
		valuePush(parser, object_of(&result));
}

/* Every one of our functions: libxml2 tells which by its name. */
static void call_listed(xmlXPathParserContextPtr parser, int count)
{
	struct evaluation *e = parser->context->funcLookupData;
	const struct expr_function *f = function_named(e->expr, parser->context->function);
	xmlXPathObjectPtr objects[ARGS_MOST + 1] = { NULL };
	if (!f || count > ARGS_MOST || count > parser->valueNr) {
		xmlXPathErr(parser, XPATH_INVALID_ARITY);
		return;
	}
	for (int i = count; i-- > 0;)
		objects[i] = valuePop(parser);
	answer(parser, e, f, objects, count);
	for (int i = 0; i < count; i++)
		xmlXPathFreeObject(objects[i]);
}

static void call_mark(xmlXPathParserContextPtr parser, int count)
{
	(void)count;
	const struct evaluation *e = parser->context->funcLookupData;
	valuePush(parser, xmlXPathNewFloat(e->missing));
}

/* libxml2 asks here first; what is not ours is one of XPath's own. */
static xmlXPathFunction look_up(void *data, const xmlChar *name, const xmlChar *uri)
{
	(void)uri;
	const struct evaluation *e = data;
	if (strcmp((const char *)name, EXPR_MARK) == 0)
		return call_mark;
	return function_named(e->expr, name) ? call_listed : NULL;
}

static void close_expr(void *handle)
{
	struct expr *e = handle;
	xmlXPathFreeObject(e->result);
	xmlXPathFreeCompExpr(e->compiled);
}

static void close_set(void *handle)
{
	xmlXPathFreeContext(handle);
}

struct expr_set *expr_set_open(struct arena *a)
{
	struct expr_set *set = ARENA_NEW(a, struct expr_set);
	set->arena = a;
	set->context = xmlXPathNewContext(NULL);
	if (!set->context)
		arena_unwind(a);
	set->context->error = ignore_error;
	arena_defer(a, close_set, set->context);
	return set;
}

const struct expr *expr_compile(struct expr_set *set, struct str text, struct src_pos pos,
	const struct expr_function *functions, void *check_ctx, struct diag *d)
{
	struct arena *a = set->arena;
	struct buf out;
	if (text.len > LIMIT_EXPR_BYTES) {
		diag_add(d, DIAG_LIMIT, pos, "a condition of more than %d bytes", LIMIT_EXPR_BYTES);
		return NULL;
	}
	buf_init(&out, a, 64 * LIMIT_EXPR_BYTES); /* each byte may open a call that is marked */
	struct expr *e = ARENA_NEW(a, struct expr);
	if (!expr_scan(text, pos, functions, check_ctx, d, &out, &e->literals))
		return NULL;
	e->text = text;
	e->functions = functions;
	e->set = set;
	arena_defer(a, close_expr, e);
	e->compiled = xmlXPathCtxtCompile(set->context, (const xmlChar *)out.ptr);
	if (e->compiled)
		return e;
	diag_add(d, DIAG_EXPR_SYNTAX, pos, "the condition cannot be read");
	return NULL;
}

bool expr_check(const struct expr *e, void *check_ctx, struct diag *d)
{
	size_t errors = d->errors;
	for (size_t i = 0; i < e->literals.list.count; i++) {
		const struct expr_literal *l = &e->literals.list.at[i];
		l->function->check(check_ctx, l->index, l->text, l->pos, d);
	}
	return d->errors == errors;
}

enum expr_result expr_eval(const struct expr *e, void *ctx, struct expr_value *out)
{
	struct evaluation evaluation = { .expr = e, .ctx = ctx };
	struct expr *kept = (struct expr *)(uintptr_t)e; /* only to hold its last result */
	xmlXPathContextPtr context = e->set->context;
	void *outer = context->funcLookupData; /* a function may evaluate another expression */
	xmlXPathFreeObject(kept->result);
	xmlXPathRegisterFuncLookup(context, look_up, &evaluation);
	kept->result = xmlXPathCompiledEval(e->compiled, context);
	xmlXPathRegisterFuncLookup(context, outer ? look_up : NULL, outer);
	if (!e->result)
		return EXPR_FAILED;
	if (evaluation.missing)
		return EXPR_MISSING;
	*out = value_of(e->result);
	return EXPR_DONE;
}

bool expr_true(struct expr_value v)
{
	switch (v.kind) {
	case EXPR_NUMBER: return v.number < 0 || v.number > 0;
	case EXPR_TRUTH: return v.truth;
	default: return v.text.len > 0;
	}
}

struct str expr_text(const struct expr *e)
{
	return e->text;
}
