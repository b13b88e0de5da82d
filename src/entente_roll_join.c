/* The library: roll: one unit more, to a quarter whose folder is there already: its files beside those of the others, its place in the batch, what
 * it awaits behind what they do. What is there is added to and otherwise left as it is. */
#include "entente_roll.h"

bool roll_there(const struct rolling *roll, struct str name, struct str *text)
{
	struct str path = str_printf(roll->a, STR_FMT "/" STR_FMT, STR_ARG(roll->folder), STR_ARG(name));
	const struct source *source;
	struct diag quiet;

	diag_init(&quiet, roll->a);
	source = source_load(roll->a, &roll->session->project, (struct str){ 0 }, path, (struct src_pos){ 0 }, &quiet);
	*text = source ? source->text : (struct str){ 0 };
	return source != NULL;
}

static void tell_there(struct rolling *roll, struct str unit, struct src_pos pos)
{
	diag_add(roll->d, DIAG_OUTPUT_TWICE, pos, "unit '" STR_FMT "' is in the folder of " STR_FMT " already; nothing was changed", STR_ARG(unit),
		STR_ARG(period_text(roll->a, roll->to)));
}

void roll_check_new(struct rolled_unit *u)
{
	struct str name = str_printf(u->roll->a, STR_FMT "/briefing.xml", STR_ARG(u->name)), text;

	if (u->roll->joined.len && roll_there(u->roll, name, &text))
		tell_there(u->roll, u->facts->unit, u->raw->pos);
}

/* ---- the batch ---- */

static void check_listed(struct rolling *roll, const struct roster *roster, struct str unit)
{
	for (size_t i = 0; i < roster->units.count; i++)
		if (str_equal(roster->units.at[i].id, unit))
			tell_there(roll, unit, roster->units.at[i].asked);
}

/* The last place of part in text; the text's end where there is none. */
static size_t last_of(struct str text, struct str part)
{
	for (size_t at = text.len >= part.len ? text.len - part.len + 1 : 0; at-- > 0;)
		if (memcmp(text.ptr + at, part.ptr, part.len) == 0)
			return at;
	return text.len;
}

struct str roll_joined_batch(struct rolling *roll)
{
	struct str path = str_printf(roll->a, STR_FMT "/batch.xml", STR_ARG(roll->folder));
	const struct roster *roster = roster_read(&roll->loader, path, roll->d);
	size_t end = last_of(roll->joined, STR("</batch>"));
	struct buf lines, out;

	for (size_t i = 0; roster && i < roll->shared.count; i++)
		for (size_t k = 0; k < roll->shared.at[i].units.count; k++)
			check_listed(roll, roster, roll->shared.at[i].units.at[k]->facts->unit);
	buf_init(&lines, roll->a, (size_t)16 << 20);
	roll_put_batch_units(&lines, roll, roster ? roster->layout : (struct str){ 0 });
	if (last_of(roll->joined, buf_str(&lines)) < roll->joined.len)
		return roll->joined;
	buf_init(&out, roll->a, (size_t)32 << 20);
	buf_put(&out, (struct str){ roll->joined.ptr, end });
	buf_put(&out, buf_str(&lines));
	buf_put(&out, (struct str){ roll->joined.ptr + end, roll->joined.len - end });
	return buf_str(&out);
}

/* ---- what is still to be done ---- */

struct str roll_joined_note(const struct rolling *roll, struct str note)
{
	struct buf out;
	struct str before;

	if (roll->joined.len == 0 || !roll_there(roll, STR("awaited.txt"), &before))
		return note;
	buf_init(&out, roll->a, (size_t)64 << 20);
	buf_put(&out, before);
	buf_putc(&out, '\n');
	buf_put(&out, note);
	return buf_str(&out);
}
