/* What the files of the library's top share. */
#ifndef ENTENTE_INT_H
#define ENTENTE_INT_H

#include "compose/compose.h"
#include "entente.h"
#include "flow/flow.h"
#include "render/render.h"

/* A run of the shared files, by index. */
struct span {
	size_t from, to;                           /* to: behind the last */
};

/* What a language brings: read once a session. */
struct language {
	const struct xml_node *words;              /* library/words/LANG.xml; NULL after a diagnostic */
	VEC(const struct xml_node *) narratives;   /* library/snippets/LANG/ */
	struct span read;                          /* its files */
};

/* A layout with its chain resolved and faces opened: read once a session. */
struct dressed {
	const struct layout *layout;               /* NULL after diagnostics */
	const struct font **faces;                 /* by index of the design's faces */
	struct diag diag;                          /* repeated for each briefing that asks for it */
	struct src_pos asked;                      /* by the first: only to be compared, its file is gone with that briefing */
	struct span read;                          /* its files that no layout before it had read */
};

struct entente {
	jmp_buf unwind;                            /* an exhausted arena comes back here */
	struct arena session, unit, scratch;
	struct arena rows;                         /* of the tables of the document at hand, until its pages are made */
	struct arena gathered;                     /* what one call takes from paper after paper, each of which gives its memory back */
	struct folder data, project;
	struct folder layouts, library, font_lists;/* below data */
	struct str font_folder, hyphen_folder;
	struct font_set *fonts;
	struct xml_loader shared;                  /* shipped files, in the session's arena */
	const struct xml_node *catalogue[2];       /* shipped catalogue and benchmarks */
	size_t catalogue_count;
	struct span common;                        /* files that every briefing stands on: catalogue and benchmarks */
	struct map languages;                      /* language -> struct language */
	struct map layouts_read;                   /* id and what was set -> struct dressed */
	struct xml_shelf *shelf;                   /* a company's files, from one briefing to the next */
	struct facts_shelf *tables;                /* and its tables */
	struct narrative_kept *kept;               /* its and the library's snippets */

	struct diag diag;                          /* of the last call */
	struct entente_result result;
	struct entente_rolled rolled;
	struct entente_papers papers;
};

/* A section that was too full for its one page. */
struct yielding {
	const struct layout_section *section;
	VEC(struct str) dropped;                   /* ids of its slots left out, in order */
	uint32_t part;                             /* per cent that it is set at; 100 = as it was */
};

/* What one briefing is while it passes the stages; NULL before its stage. */
struct job {
	struct entente *session;
	const struct entente_request *request;
	struct xml_loader loader;
	const struct xml_node *briefing;
	const struct facts *facts;
	const struct dressed *dressed;
	const struct language *language;
	const struct locale *locale;
	const struct narrative *narrative;
	struct narrative_edits edits;              /* of the words files, as they stand there */
	struct map edits_now;                      /* those of this paper: narrative_edit_key -> struct narrative_edit */
	struct compose_words words;                /* what they were written over */
	struct calc *calc;
	struct compose_reasons reasons;
	size_t read_messages;                      /* told while files were read: what is told later depends on figures that may be awaited */
	VEC(struct str) dropped;                   /* ids of optional slots left out because their page is full */
	VEC(struct compose_turn) turned;           /* its tables that stand on wider pages */
	VEC(struct yielding) yielding;             /* sections that gave way to stand on one page */
	const struct doc *doc;
	struct pages *pages;
};

/* When the unit's arena was unwound: the result says so. */
const struct entente_result *session_out_of_memory(struct entente *e);
/* A briefing at its first stage, and every stage in order up to that of its request. */
struct job session_job(struct entente *e, const struct entente_request *request);
void session_run(struct job *job);
/* Forgets the last call. */
void session_begin(struct entente *e);
/* Reads what is shipped for every briefing, once. */
void session_catalogue(struct entente *e);
/* What the language of a tag brings, read once. */
const struct language *session_language(struct entente *e, struct str lang);
/* A layout with settings, "NAME=VALUE" a line, read once; from: where it is asked for. Its layout is NULL after diagnostics, which stand in it. */
const struct dressed *session_layout(struct entente *e, struct str id, struct str set, struct src_pos from);
/* Where layouts and their fonts are looked for. */
struct layout_roots session_roots(const struct entente *e);
/* Tells what is wrong with a layout: what was found in the briefing that asked first stands, for the next, where that one asks. */
void session_repeat(struct diag *into, const struct dressed *dressed, struct src_pos asked);
/* A source's name in what is written: inside the project, or shipped:…; never where the project happens to stand. */
struct str stable_name(const struct source *s);
/* "FILE:LINE" under that name; empty without one. */
struct str stable_place(struct arena *a, struct src_pos pos);
/* What was told goes into the result, counted, and the status that it makes. */
void session_count(struct entente *e);
/* Into the session's result; a hash a file where the request wants them. */
void describe_result(struct job *job);
/* The stage, with what was dropped left out. */
void compose(struct job *job);
/* Pages; optional slots of sections that would not fit one page are dropped, the others' problems told. */
void flow_to_fit(struct job *job);
/* The values a briefing used and the list of its printed figures, as JSON, attached to the pages with its hash. */
void attach_values(struct job *job);
/* Holds doc and pages against the criteria of an executive-ready paper: a warning a finding, and the result in one line. */
const char *check_executive(struct job *job);
/* Numbers, ranks and trends written by hand in the narrative of a company or briefing: a warning each. */
void check_unbound(struct job *job);
/* The edited words beside the briefing and of its company. */
void read_edits(struct job *job);
/* Edits of what is not said, of another wording, with other figures than now, with figures that are not the sentence's. */
void check_edits(struct job *job);
/* Every edit that is not printed, and why. */
void explain_edits(const struct job *job, struct buf *out);
/* Words that the company avoids, in sentences, labels and texts: a warning each. */
void check_avoided(struct job *job);
/* The same of the edited words that a composed paper prints. */
void check_unbound_edits(struct job *job);
void check_avoided_edits(struct job *job);
/* The text of a closed quarter: what was published, for the next one to be compared with. */
struct str closed_text(struct job *job);
/* A final paper needs the approvals that its company names, of what it says now. */
void check_approvals(struct job *job);
/* Writes a new approval down; other approvals stay. */
void approve(struct job *job);
/* Every value read that the request asks for. */
void list_facts(struct job *job, struct buf *out);
void explain_job(const struct job *job, struct buf *out);
void explain_place(struct buf *out, struct src_pos pos); /* "  (FILE:LINE)"; nothing without one */
/* Why each page ends where it does, a paragraph a page; as a JSON array of objects. */
void explain_pages(const struct job *job, struct buf *out);
void explain_pages_json(const struct job *job, struct buf *out);

#endif
