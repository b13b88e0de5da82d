/* Narrative: which sentences apply, in what order, and why. Words only; figures stay queries until
 * compose prints them. */
#ifndef NARRATIVE_NARRATIVE_H
#define NARRATIVE_NARRATIVE_H

#include "base/addresses.h"
#include "facts/facts.h"
#include "locale/locale.h"

/* What a say holds, in order. Inline elements of <say>:
 *   <n …query…/>          a figure; when="…" with show="count": of the records for which it holds
 *   <t …query…/>          a text, date or period by reference
 *   <b>…</b> <i>…</i>     strong, emphasis
 *   <range><n/> <n/></range>  two figures, "€2.4–2.6 m", "32–73 %"
 *   <mark side="…"/>      a drawn mark; side=".owner.side": by the way from the item in context
 *   <mark …query… show="status"/>  that of a status; with field="…" of a choice, with its word
 *   <note ref="…"/>       call of a note on that benchmark; <note metric= side=/>: on the metric's
 *   <exhibit slot="…"/>   "Exhibit 4"
 *   <page slot="…"/>      a page number
 *   <number kind="ask" item="…"/>  position of a record among its kind
 *   <unit metric="…"/>    what a figure is printed in, "€ m"; <unit kind= field=/>: of a field
 *   <list kind= where= when= sort= take= join=>…</list>  its content once a matching record, the
 *                         record being the item in context: "a, b and c", "a; b"
 *   <drivers metric= versus-period= cover="80%" most="3" offsets="no|yes|only">…</drivers>
 *                         its content once a part that explains the change, largest first, the part
 *                         being the item in context; offsets: the parts that work against it
 *   <by/>                 within drivers: what the part contributed; show="share": of the change
 *   <explained metric= …/> how much of the change those parts explain, per cent
 *   <br/>                 a line break
 *   <code> <sup> <sub> <sc>  code, superscript, subscript, small capitals
 *   <nb>…</nb>            no line may end inside
 *   <in lang="fr">…</in>  in another language
 *   <link uri="…">…</link>   <link to="ID">…</link>: to a slot, or a part of a text with that id
 *   <ref to="ID"/>        "Exhibit 4 on page 6"; show="number" "title" "page": only that of it
 *   <footnote id="ID">…</footnote>  a call, and what stands at the foot of its page;
 *   <footnote ref="ID"/>  calls it again */
enum say_kind {
	SAY_TEXT, SAY_FIGURE, SAY_REFERENCE, SAY_STRONG, SAY_EMPHASIS, SAY_MARK, SAY_NOTE, SAY_EXHIBIT,
	SAY_PAGE, SAY_NUMBER, SAY_LIST, SAY_BREAK, SAY_UNIT, SAY_CODE, SAY_SUPER, SAY_SUB,
	SAY_SMALL_CAPS, SAY_NO_BREAK, SAY_LANGUAGE, SAY_LINK, SAY_LINK_TO, SAY_PLACE, SAY_FOOTNOTE,
	SAY_FOOTNOTE_AGAIN, SAY_DRIVERS, SAY_BY, SAY_EXPLAINED, SAY_RANGE
};
enum say_offsets { OFFSETS_NO, OFFSETS_YES, OFFSETS_ONLY };
struct say_drivers {         /* which parts explain a change */
	struct calc_drivers_wanted wanted;
	uint8_t offsets;         /* enum say_offsets */
};
enum say_place { PLACE_FULL, PLACE_NUMBER, PLACE_TITLE, PLACE_PAGE }; /* what of it a <ref> shows */
struct say_records {         /* which records a list goes through, or a count counts */
	const struct expr *when; /* only those for which it holds; NULL = all */
	const struct expr *sort; /* SAY_LIST: rank, highest first; NULL = as in the file */
	struct str join;         /* SAY_LIST, SAY_DRIVERS: and | or | semicolon | comma */
	int32_t take;            /* SAY_LIST: most items; 0 = all */
};
struct say_part {
	uint8_t kind;            /* enum say_kind */
	uint8_t show;            /* SAY_PLACE: enum say_place */
	union {
		struct str text;     /* SAY_TEXT: white space collapsed; NBSP kept */
		struct str ref;      /* SAY_NOTE: benchmark id, or empty; SAY_EXHIBIT, SAY_PAGE: slot; SAY_LANGUAGE: the
		                      * language; SAY_LINK: URI; SAY_LINK_TO, SAY_PLACE, footnotes: id, or empty */
	};
	/* SAY_FIGURE, SAY_REFERENCE; SAY_MARK: side, field or show=status; SAY_NOTE; SAY_LIST: kind,
	 * where; SAY_NUMBER: kind, item; SAY_UNIT: metric, or kind and field; SAY_DRIVERS,
	 * SAY_EXPLAINED: the change; SAY_BY: form, show. NULL in the others */
	const struct query *query;
	const struct say_records *records; /* SAY_LIST, SAY_DRIVERS, SAY_FIGURE with when; NULL in the others */
	const struct say_drivers *drivers; /* SAY_DRIVERS, SAY_EXPLAINED; NULL in the others */
	const struct say_part *const *parts; /* inside strong, emphasis, list, drivers, a footnote … */
	size_t part_count;
	struct src_pos pos;
};
/* Several lengths of one message: where it stands chooses. */
enum say_length { LENGTH_ANY, LENGTH_TITLE, LENGTH_SENTENCE, LENGTH_PARAGRAPH };
struct say {
	struct str side;         /* wording for one side; empty = for all */
	const struct expr *when; /* wording for one case, as for a single thing; NULL = for all */
	const struct expr *count; /* whose plural chooses; NULL = none does */
	uint32_t plural;         /* with count: bits of enum locale_plural that it is for */
	const struct locale_plurals *plurals; /* with count: of its language */
	uint8_t length;          /* enum say_length; LENGTH_ANY: for all */
	struct str lang;         /* empty = its file's */
	const struct say_part *const *parts;
	size_t part_count;
	struct src_pos pos;
};
struct snippet {
	struct str id;
	struct str each;         /* one instance a record of this kind; empty = one */
	struct str where;        /* with each: only matching records */
	const struct expr *when, *rank; /* NULL = always, 0 */
	struct str group;        /* exclusion: at most one of a group */
	struct str fixed;        /* phrases of its sentences that state no figure of a company: scales, definitions; by semicolons */
	bool otherwise;          /* only if nothing else of the topic applies */
	bool has_material;
	bool refused;            /* something of it was; the rest is kept, so that it can be looked at */
	const struct expr *material; /* a figure; below the threshold the snippet is left out */
	struct decimal threshold;
	const struct say *says;  /* those in the briefing's language; at least one for all sides and cases */
	size_t say_count;
	uint32_t order;          /* in the file: ties in rank go by it */
	struct src_pos pos;
};
struct topic {
	struct str id;
	VEC(const struct snippet *) snippets;
	int32_t take;            /* 0 = all; the slot may say otherwise */
	struct src_pos pos;
};
struct prose;
/* What a record's text with inline markup says. */
struct say_markup {
	const struct say_part *const *parts;
	size_t count;
};
struct narrative {
	struct map topics;       /* id -> struct topic */
	struct map texts;        /* id -> struct prose, PROSE_TEXT */
	struct map places;       /* id -> struct prose: what in texts has an id */
	const struct facts *facts; /* that names were checked against; its records are gone through */
	struct addresses marked; /* facts.markups -> index in markups + 1 */
	VEC(struct say_markup) markups; /* their words */
};
/* markup as of an answer; NULL for NULL. */
const struct say_markup *narrative_markup(const struct narrative *n, const struct xml_node *markup);

/* Snippets kept from one briefing to the next, in an arena: those of files that live in it (source.arena), once they
 * were found to be sound. Where something that one names is not in a briefing's facts it is read anew, so that nothing
 * that is read or reported differs by it. */
struct narrative_kept;
struct narrative_kept *narrative_kept_open(struct arena *a);

/* roots: <narrative> elements, library first; a topic of the same id in a later file adds its
 * snippets, a snippet of the same id replaces the earlier one and keeps its place among equals;
 * <topic replace="yes"> drops what came before. Files of another language than the briefing's are
 * passed over. Literal names in conditions and queries are checked. kept may be NULL. Never NULL. */
const struct narrative *narrative_read(struct arena *a, const struct xml_node *const *roots,
	size_t count, const struct facts *f, struct narrative_kept *kept, struct diag *d);

struct narrative_edit; /* narrative/override.h */
enum pick_reason {
	PICK_IN, PICK_CONDITION, PICK_MISSING, PICK_MATERIAL, PICK_GROUP, PICK_TAKE, PICK_OTHERWISE,
	PICK_PLACE /* given by compose: it speaks of what is not shown there; values says of what */
};
struct pick { /* one instance of a snippet, in or out */
	const struct snippet *snippet;
	const struct facts_record *item; /* or NULL */
	const struct say *say;           /* for the side asked for */
	double rank;
	uint8_t reason;                  /* enum pick_reason */
	struct str values;               /* the calls that decided, as "gap('x') = 12" */
	const struct snippet *winner;    /* PICK_GROUP: who had it */
	const struct narrative_edit *edit; /* given by compose: whose words say has; NULL: as it was chosen */
	struct str generated, edited;    /* with an edit: what would stand here, and what does, with figures as tokens */
};
struct picks {
	VEC(struct pick) in;             /* in order of rank */
	VEC(struct pick) out;            /* the rest, with reasons */
};
/* context.item, context.metric: what a topic used per record or per metric is about; snippets
 * without each see them, and "." in where is that record. context.side and length choose
 * the wording: one of that length, else one for all, else another.
 * take < 0: the topic's. No picks and no message when there is no such topic: narrative_topic
 * tells, and its asker knows where the name was written. */
struct picks narrative_choose_in(struct arena *a, const struct narrative *n, struct calc *c,
	struct str topic, int take, const struct calc_context *context, enum say_length length, struct diag *d);
/* With a context of nothing but that. */
struct picks narrative_choose(struct arena *a, const struct narrative *n, struct calc *calc,
	struct str topic, int take, struct str side, const struct facts_record *item, struct diag *d);
const struct topic *narrative_topic(const struct narrative *n, struct str id);

void narrative_dump(const struct narrative *n, struct buf *out);

#endif
