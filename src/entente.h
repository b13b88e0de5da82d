/* libentente: XML briefings to PDF, as a library. It never exits, prints, or keeps global state.
 *
 *   struct entente *e = entente_open(&(struct entente_paths){ .data = "/usr/share/entente", .project = "northwind" });
 *   const struct entente_result *r = entente_build(e, &(struct entente_request){ .briefing = "emea/briefing.xml" });
 *   if (r->status == ENTENTE_DONE) fwrite(r->pdf, 1, r->pdf_size, out);
 *   entente_close(e);
 *
 * A session holds what outlives a briefing: opened faces, shaped words, hyphenators, shipped files. It is for one thread and one
 * project folder; a program that wants more opens more. Results belong to the session and are valid until its next call.
 */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ENTENTE_API __attribute__((visibility("default")))
#else
#define ENTENTE_API
#endif

struct entente;

/* Exit codes of the program too. */
enum entente_status {
	ENTENTE_DONE = 0,
	ENTENTE_INPUT = 1,  /* the input has errors */
	ENTENTE_USAGE = 2,
	ENTENTE_SYSTEM = 3, /* disk, memory, missing font */
	ENTENTE_PART = 4    /* part of a batch failed */
};

struct entente_paths {
	const char *data;    /* folder with layouts/, library/ and fonts/; NULL: where it was installed */
	const char *project; /* folder nothing outside of which is opened; NULL: the working folder */
	const char *fonts;   /* where packages put font files; NULL: /usr/share/fonts */
	const char *hyphens; /* where hyphenation patterns are; NULL: /usr/share/hyphen */
};

/* NULL when out of memory or when a folder cannot be opened; *why (if not NULL) then says so, a constant string. */
ENTENTE_API struct entente *entente_open(const struct entente_paths *paths, const char **why);
ENTENTE_API void entente_close(struct entente *e);

/* What to stop after and list instead of making a PDF. */
enum entente_stage {
	ENTENTE_PDF,
	ENTENTE_DUMP_XML,
	ENTENTE_DUMP_FACTS,
	ENTENTE_DUMP_NARRATIVE,
	ENTENTE_DUMP_LAYOUT,
	ENTENTE_DUMP_DOC,
	ENTENTE_DUMP_PAGES,
	ENTENTE_EXPLAIN, /* why each slot, sentence and style is what it is */
	ENTENTE_FACTS,   /* every value read, with where it comes from; those of one metric, unit or period if the request names one */
	ENTENTE_STATUS,  /* of entente_status */
	ENTENTE_APPROVE, /* the text of the approvals file beside the briefing, with a new approval of what it says now; all stages */
	ENTENTE_WORDS,   /* of entente_words_export and entente_words_import */
	ENTENTE_CHECK,   /* all stages but the last: messages only */
	ENTENTE_CLOSE,   /* what would be published, as the text of a closed quarter's file; all stages */
	ENTENTE_PUBLISHED, /* the same; a file that is a closed quarter already is taken as it is */
	ENTENTE_EXPLAIN_PAGES /* the part of ENTENTE_EXPLAIN that says why each page ends where it does; form: ENTENTE_JSON or text */
};

/* How a list is written. */
enum entente_form { ENTENTE_TABLE, ENTENTE_CSV, ENTENTE_CSV_BODY /* without the row of names */, ENTENTE_JSON /* an array of objects */,
	ENTENTE_WORKBOOK, /* XLSX; entente_ask and entente_words_export only */ ENTENTE_XML /* entente_words_export only */ };

struct entente_request {
	const char *briefing;  /* path inside the project; the root element is <briefing> */
	const char *layout;    /* NULL: what the briefing or the company says */
	const char *date;      /* YYYY-MM-DD: the as-of date; NULL: the meeting's, else the period's end */
	const char *unit;      /* NULL: the briefing's */
	const char *period;    /* NULL: the briefing's */
	bool listed;           /* a list names the unit, not a person: one that closed before the period is passed over, with a warning */
	enum entente_stage stage;
	const char *office;    /* entente_ask */
	const char *approver, *approver_name, *approved; /* ENTENTE_APPROVE: id, the person, YYYY-MM-DD */
	const char *approvals; /* ENTENTE_APPROVE: what stands for the file beside the briefing, as when several are written at once; NULL: the file */
	bool draft;            /* figures that are missing or refused leave marked holes, are listed on the last page, and are no errors */
	enum entente_form form;/* ENTENTE_FACTS, ENTENTE_EXPLAIN_PAGES */
	const char *metric;    /* ENTENTE_FACTS: only this one's values; NULL: all */
	bool executive;        /* ENTENTE_CHECK: also holds it against the criteria of an executive-ready paper */
	const char *set;       /* over what the layout says: NAME=VALUE, one a line; NAME is a colour role, a measure, a family's role or a
	                        * parameter (attach, exhibits-a-page). What is locked stays. NULL: nothing */
	bool exact;            /* entente_papers: of a folder or batch file those of the period itself; of the newest one if none is given */
	const char *asked;     /* who names the briefing ("batch.xml:3:2"), told where it is none; NULL: nobody */
	bool hash_inputs;      /* say in the result what files were read with their hashes, too */
	bool overlay;          /* ENTENTE_PDF, ENTENTE_DUMP_PAGES: pages say why they end where they do, with their blocks, lines, keeps and breaks
	                        * drawn over them; a final paper is not drawn over */
	bool list_fonts;       /* name the faces in the result, with their hashes: large files are read for it */
};

struct entente_input { /* a file that was read */
	const char *name;      /* relative to the project, or shipped:NAME */
	const char *sha256;    /* hex, if asked for; else "" */
};

struct entente_result {
	enum entente_status status;
	const void *pdf;             /* ENTENTE_PDF without errors; else NULL */
	size_t pdf_size;
	const char *text;            /* dumps and explain: what the stage made; else "" */
	size_t text_size;
	uint32_t pages, errors, warnings;
	uint32_t holes;              /* of a draft: messages about what is missing or refused */
	const char *executive;       /* if asked for: "12 criteria: met", or which are not and which cannot be decided; else "" */
	const char *unit, *period;   /* as read; "" before that */
	const char *closed;          /* ENTENTE_CLOSE: where the text belongs, inside the project: "emea/closed/emea-2026-Q3.xml" */
	const char *note;            /* entente_ask: what is not asked for, a line each: what a survey counts, units that have closed; else "" */
	bool passed;                 /* listed, and the unit has closed: there is no paper, and that is right */
	const char *pdf_sha256;      /* hex; "" without a PDF */
	const struct entente_input *inputs; /* in the order opened */
	size_t input_count;
	const char *const *layouts;  /* chain, base first */
	size_t layout_count;
	const char *const *fonts;    /* if asked for: faces of the layout, "Inter-Regular 4.0 sha256" */
	size_t font_count;
};

/* Runs the stages on one briefing. Never NULL; every problem of every file is among the messages. */
ENTENTE_API const struct entente_result *entente_build(struct entente *e, const struct entente_request *request);

struct entente_paper { /* one unit's */
	const char *briefing;        /* path inside the project; several may share it */
	const char *unit;            /* NULL: nobody says one */
	const char *period, *layout; /* to ask for; NULL: what the briefing says */
	bool listed;                 /* as in a request */
};
struct entente_papers {
	enum entente_status status;  /* ENTENTE_INPUT: the messages say what is wrong */
	const struct entente_paper *papers; /* the session's: valid as long as it is */
	size_t count;
};
/* Which papers there are. Of the request: briefing (NULL: all of the folder; it may be a batch file, too), unit, period. A briefing that says no unit
 * is that of the units which a batch.xml of the project names for it, else of all that its company declares. Never NULL. */
ENTENTE_API const struct entente_papers *entente_papers(struct entente *e, const struct entente_request *request);

/* What the briefings of the project still lack for a period (NULL: each briefing's own), as a sheet to fill in, which a <table> reads when it comes
 * back. Of the request: briefing (as for entente_papers), office (id of a side, "joint"; NULL: everybody), unit, period, metric, form. The bytes
 * are the result's text, how many rows they hold its holes. */
ENTENTE_API const struct entente_result *entente_ask(struct entente *e, const struct entente_request *request);

/* How far the briefings of the project are: a row each, with figures read, owed and stale, errors and approvals, in the result's text. Of the request:
 * briefing (as for entente_papers), unit, period, form. ENTENTE_INPUT: one has errors; ENTENTE_PART: something is awaited; else ENTENTE_DONE. */
ENTENTE_API const struct entente_result *entente_status(struct entente *e, const struct entente_request *request);

/* Every sentence that papers print, figures as tokens, as a table in which an office edits the words (form: CSV, WORKBOOK, XML, TABLE or JSON), with
 * the edits there are. Of each request: briefing, unit and period as for entente_papers, layout. The form is the first's.
 * The result's text; its holes say how many sentences. */
ENTENTE_API const struct entente_result *entente_words_export(struct entente *e, const struct entente_request *requests, size_t count);

struct entente_edited {
	const char *table;           /* a file that comes back: XLSX, CSV or XML, anywhere */
	const char *into;            /* the words file that is written next, anywhere; what it says of other sentences stays */
	const char *author, *date;   /* of rows that do not say; YYYY-MM-DD; NULL: they have to */
};
/* The edited rows of a table, each held against the papers, as the text of a words file; its holes say how many edits that holds. Requests as for
 * the export. */
ENTENTE_API const struct entente_result *entente_words_import(struct entente *e, const struct entente_request *requests, size_t count,
	const struct entente_edited *edited);

struct entente_file { /* one to write */
	const char *path;            /* inside the folder to make */
	const char *bytes;
	size_t size;
};
struct entente_rolled {
	enum entente_status status;  /* with anything but ENTENTE_DONE there are no files */
	const struct entente_file *files;
	size_t file_count;
	const char *note;            /* what is still to be done for its units, in plain text; NULL without files */
	bool joins;                  /* the folder is there, with other units: the files are written into it, batch.xml and awaited.txt in place of those */
};
/* The next period's folder of the session's project: what its files hold. Of the request: period, the one to make; unit (NULL: all). folder: where
 * they will be, inside the project. Never NULL; every problem is among the messages; nothing is written. */
ENTENTE_API const struct entente_rolled *entente_roll(struct entente *e, const struct entente_request *request, const char *folder);

struct entente_text {
	const char *name;            /* to show */
	const char *bytes;           /* of a closed quarter; another session's result will do */
	size_t size;
};
/* What differs between two closed quarters: figures and sentences, as a table or as JSON, in the result's text. ENTENTE_DONE whether or not
 * anything does. */
ENTENTE_API const struct entente_result *entente_diff(struct entente *e, const struct entente_text *first,
	const struct entente_text *second, bool json);

/* The messages of the last call: text with source lines and carets, coloured if asked; or a JSON array. NUL-terminated. */
ENTENTE_API const char *entente_messages(struct entente *e, bool colour);
ENTENTE_API const char *entente_messages_json(struct entente *e);

/* Lists of what there is and where it was found, as text, one a line. */
ENTENTE_API const char *entente_layouts(struct entente *e);
ENTENTE_API const char *entente_fonts(struct entente *e);
/* The same as a JSON array of objects. */
ENTENTE_API const char *entente_layouts_json(struct entente *e);
ENTENTE_API const char *entente_fonts_json(struct entente *e);

/* The version of the program and of the libraries it runs with, several lines. */
ENTENTE_API const char *entente_version(struct entente *e);

/* The folder a briefing belongs to: the nearest upward that holds company.xml, else the file's own. Writes at most size bytes with NUL;
 * false when it does not fit or the file's folder does not exist. */
ENTENTE_API bool entente_project_of(const char *briefing, char *folder, size_t size);

/* Reads what all briefings share (catalogue, words and snippets of a language, a layout with its faces), so that processes forked from here on
 * have it. NULL: not that part; set: as in a request. Problems come up again with the first briefing. */
ENTENTE_API void entente_warm(struct entente *e, const char *layout, const char *set, const char *lang);

/* Gives back what caches hold above a bound; between two briefings of a batch. */
ENTENTE_API void entente_trim(struct entente *e);

#endif
