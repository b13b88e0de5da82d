/* Narrative, inside: what the walk over a sentence and the elements that stand in it share. */
#ifndef NARRATIVE_SAY_H
#define NARRATIVE_SAY_H

#include "narrative/narrative_int.h"

struct parts {
	VEC(const struct say_part *) list;
};
struct saying {
	struct narrative_reading *reading;
	struct parts *into;          /* of the element being read */
	struct say_part *last_text; /* the last thing read, if text: its last space may have to go */
	bool started;                /* something stands on this line already */
	bool in_drivers;             /* what is read is said once a part that explains a change */
	bool in_record;              /* of the text of a record: markup alone */
};

struct part_attrs { /* a part as its element's attributes say; each element allows some of them */
	struct say_part part;
	struct query query;
	struct say_records records;
	struct str when, sort;       /* compiled apart, so that their positions are known */
	struct str cover;            /* of drivers, as "80%" */
	int32_t most;
	uint8_t offsets;             /* enum say_offsets */
	struct str uri;              /* of a link */
	struct str again;            /* id of the footnote that is called again */
};

struct inline_element {
	const char *name;               /* of the element */
	uint8_t kind;                   /* enum say_kind */
	bool open;                      /* holds parts of this line: what is last in it is last in the line */
	const struct xml_field *fields; /* of a struct part_attrs */
	bool (*check)(struct saying *s, const struct xml_node *n, struct part_attrs *p); /* and its content; false: it is left out, which was told */
	bool markup;                    /* says how words look or where they lead, no figures: texts of records may hold it */
};

/* ---- narrative_inline.c ---- */
extern const struct inline_element inline_elements[];
extern const size_t inline_element_count;

/* ---- narrative_say.c ---- */
/* The nodes from first up to end (NULL = all), into what is being read. */
void say_read_content(struct saying *s, const struct xml_node *first, const struct xml_node *end);
/* What follows begins a line: the space before it goes. */
void say_end_line(struct saying *s);

#endif
