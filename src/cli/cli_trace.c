/* cli: trace: reads the attached values back out of a PDF and lists every printed figure with its
 * way to the source. libqpdf is loaded by this command alone: it would double the start-up of all
 * others. */
#include "base/library.h"
#include "cli/cli.h"

#include <errno.h>
#include <jansson.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The part of libqpdf's C interface that is used. */
struct qpdf_calls {
	void *library;
	__typeof__(&qpdf_init) init;
	__typeof__(&qpdf_cleanup) cleanup;
	__typeof__(&qpdf_silence_errors) silence_errors;
	__typeof__(&qpdf_set_suppress_warnings) set_suppress_warnings;
	__typeof__(&qpdf_read) read;
	__typeof__(&qpdf_has_error) has_error;
	__typeof__(&qpdf_get_error) get_error;
	__typeof__(&qpdf_get_root) get_root;
	__typeof__(&qpdf_oh_get_key) get_key;
	__typeof__(&qpdf_oh_is_dictionary) is_dictionary;
	__typeof__(&qpdf_oh_is_array) is_array;
	__typeof__(&qpdf_oh_is_stream) is_stream;
	__typeof__(&qpdf_oh_get_array_n_items) count;
	__typeof__(&qpdf_oh_get_array_item) item;
	__typeof__(&qpdf_oh_get_utf8_value) text;
	__typeof__(&qpdf_oh_get_stream_data) stream_data;
};

static const struct library_symbol symbols[] = {
	{ "qpdf_init", offsetof(struct qpdf_calls, init) },
	{ "qpdf_cleanup", offsetof(struct qpdf_calls, cleanup) },
	{ "qpdf_silence_errors", offsetof(struct qpdf_calls, silence_errors) },
	{ "qpdf_set_suppress_warnings", offsetof(struct qpdf_calls, set_suppress_warnings) },
	{ "qpdf_read", offsetof(struct qpdf_calls, read) },
	{ "qpdf_has_error", offsetof(struct qpdf_calls, has_error) },
	{ "qpdf_get_error", offsetof(struct qpdf_calls, get_error) },
	{ "qpdf_get_root", offsetof(struct qpdf_calls, get_root) },
	{ "qpdf_oh_get_key", offsetof(struct qpdf_calls, get_key) },
	{ "qpdf_oh_is_dictionary", offsetof(struct qpdf_calls, is_dictionary) },
	{ "qpdf_oh_is_array", offsetof(struct qpdf_calls, is_array) },
	{ "qpdf_oh_is_stream", offsetof(struct qpdf_calls, is_stream) },
	{ "qpdf_oh_get_array_n_items", offsetof(struct qpdf_calls, count) },
	{ "qpdf_oh_get_array_item", offsetof(struct qpdf_calls, item) },
	{ "qpdf_oh_get_utf8_value", offsetof(struct qpdf_calls, text) },
	{ "qpdf_oh_get_stream_data", offsetof(struct qpdf_calls, stream_data) },
};

static bool load_calls(struct qpdf_calls *q)
{
	char why[LIBRARY_WHY];

	q->library = library_open("libqpdf.so.29", symbols, sizeof symbols / sizeof symbols[0], q, why);
	if (q->library == NULL)
		cli_say("trace needs libqpdf (package libqpdf29): %s", why);
	return q->library;
}

/* The stream of the embedded file called values.json; 0 when there is none. */
static qpdf_oh find_values(const struct qpdf_calls *q, qpdf_data pdf)
{
	static const char *const path[] = { "/Names", "/EmbeddedFiles", "/Names" };
	qpdf_oh at = q->get_root(pdf);

	for (size_t i = 0; i < sizeof path / sizeof path[0]; i++) {
		if (!q->is_dictionary(pdf, at))
			return 0;
		at = q->get_key(pdf, at, path[i]);
	}
	for (int i = 0; q->is_array(pdf, at) && i + 1 < q->count(pdf, at); i += 2) {
		qpdf_oh file = q->item(pdf, at, i + 1);

		if (strcmp(q->text(pdf, q->item(pdf, at, i)), "values.json") != 0)
			continue;
		file = q->get_key(pdf, q->get_key(pdf, file, "/EF"), "/F");
		return q->is_stream(pdf, file) ? file : 0;
	}
	return 0;
}

/* JSON text of the attachment; NULL after a message. The caller frees it. */
static char *read_values(const struct qpdf_calls *q, const char *path)
{
	qpdf_data pdf = q->init();
	unsigned char *bytes = NULL;
	char *text = NULL;
	QPDF_BOOL filtered;
	size_t size;
	qpdf_oh stream;

	q->silence_errors(pdf);
	q->set_suppress_warnings(pdf, QPDF_TRUE);
	if (access(path, R_OK) != 0)
		cli_say("'%s' cannot be read: %s", path, strerror(errno));
	else if (q->read(pdf, path, NULL) & QPDF_ERRORS)
		cli_say("'%s' cannot be read as a PDF", path);
	else if ((stream = find_values(q, pdf)) == 0)
		cli_say("'%s' carries no values: its company or layout sets the policy 'none', or "
			"another program made it",
			path);
	else if (q->stream_data(pdf, stream, qpdf_dl_all, &filtered, &bytes, &size) & QPDF_ERRORS)
		cli_say("the values in '%s' cannot be read", path);
	else
		text = strndup((const char *)bytes, size);
	free(bytes);
	if (q->has_error(pdf)) /* one that nobody asked for is printed by cleanup */
		q->get_error(pdf);
	q->cleanup(&pdf);
	return text;
}

/* ---- listing: the attached columns, row by row ---- */

static json_t *cell(json_t *root, const char *table, const char *column, size_t row)
{
	return json_array_get(json_object_get(json_object_get(root, table), column), row);
}

static const char *text_of(json_t *text)
{
	return json_is_string(text) ? json_string_value(text) : "";
}

static void put_key(json_t *root, size_t value)
{
	static const char *const names[] = { "metric", "item", "unit", "period", "side",
		"scenario" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *text = text_of(cell(root, "values", names[i], value));

		if (text[0])
			printf(" %s", text);
	}
}

static void put_number(json_t *root, size_t value)
{
	char *number = json_dumps(
		cell(root, "values", "value", value), JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	printf(" = %s", number ? number : "?");
	free(number);
}

/* "(quarterly pulse, 2026-09-30)" */
static void put_source(json_t *source)
{
	const char *date = text_of(json_object_get(source, "date"));

	if (source)
		printf("  (%s%s%s)", text_of(json_object_get(source, "title")), date[0] ? ", " : "",
			date);
}

static void put_origin(json_t *root, size_t value)
{
	const char *operation = text_of(cell(root, "values", "operation", value));
	const char *file = text_of(cell(root, "values", "file", value));
	const char *rows = text_of(cell(root, "values", "rows", value)); /* of a survey */
	json_t *line = cell(root, "values", "line", value);

	if (operation[0])
		printf("  [%s]", operation);
	if (json_is_integer(line))
		printf("  %s:%lld", file, json_integer_value(line));
	else if (json_is_string(line)) /* of a sheet: the cell */
		printf("  %s!%s", file, json_string_value(line));
	if (rows[0])
		printf(", %s", rows);
	put_source(json_object_get(
		json_object_get(root, "sources"), text_of(cell(root, "values", "source", value))));
}

static void put_value(json_t *root, size_t value, int depth);

/* An operand is an index, or a run of them: [first, last]. */
static void put_operands(json_t *root, json_t *operand, int depth)
{
	json_int_t first =
		json_integer_value(json_is_array(operand) ? json_array_get(operand, 0) : operand);
	json_int_t last =
		json_is_array(operand) ? json_integer_value(json_array_get(operand, 1)) : first;

	for (json_int_t i = first; i <= last; i++)
		put_value(root, (size_t)i, depth);
}

/* A value, and below it what it was made of. */
static void put_value(json_t *root, size_t value, int depth)
{
	json_t *operand;
	size_t i;

	printf("%*s", depth * 2, "");
	put_key(root, value);
	put_number(root, value);
	put_origin(root, value);
	putchar('\n');
	json_array_foreach(cell(root, "values", "operands", value), i, operand)
		put_operands(root, operand, depth + 1);
}

static void put_figure(json_t *root, size_t figure)
{
	json_t *value = cell(root, "figures", "value", figure);
	json_int_t exhibit = json_integer_value(cell(root, "figures", "exhibit", figure));

	printf("page %lld", json_integer_value(cell(root, "figures", "page", figure)));
	if (exhibit)
		printf(", exhibit %lld", exhibit);
	printf(", %s: \"%s\"\n", text_of(cell(root, "figures", "slot", figure)),
		text_of(cell(root, "figures", "text", figure)));
	if (json_is_integer(value))
		put_value(root, (size_t)json_integer_value(value), 1);
	else
		puts("   literal");
}

static int list_figures(const char *text)
{
	json_error_t error;
	json_t *root = json_loads(text, 0, &error);
	size_t count;

	if (root == NULL) {
		cli_say("the attached values are not JSON: %s", error.text);
		return ENTENTE_INPUT;
	}
	count = json_array_size(json_object_get(json_object_get(root, "figures"), "text"));
	for (size_t i = 0; i < count; i++)
		put_figure(root, i);
	json_decref(root);
	return ENTENTE_DONE;
}

int cli_trace(const struct cli_options *o)
{
	struct qpdf_calls calls;
	char *text;
	int status = ENTENTE_DONE;

	if (o->word_count != 1) {
		cli_say("name one PDF");
		return ENTENTE_USAGE;
	}
	if (!load_calls(&calls))
		return ENTENTE_SYSTEM;
	text = read_values(&calls, o->words[0]);
	if (text == NULL)
		status = ENTENTE_INPUT;
	else if (o->json)
		fputs(text, stdout);
	else
		status = list_figures(text);
	free(text);
	library_close(calls.library);
	return status;
}
