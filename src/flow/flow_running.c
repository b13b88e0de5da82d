/* Flow, doc to pages: headings that running heads take from the pages. */
#include "flow/flow_int.h"

void flow_running_add(struct flow *f, const struct doc_block *b, mpt y)
{
	uint32_t page = (uint32_t)f->pages->pages.count - 1;

	if (!f->dry && b->paragraph->running)
		vec_push(f->scratch, &f->running, ((struct flow_running){ page, b->paragraph->running, y <= f->sheet.top, b->bookmark }));
}

/* In force before a page: the last of the level, unless one of a level above came after it. */
static struct str in_force(const struct flow *f, size_t before, uint32_t level)
{
	for (size_t i = before; i-- > 0;) {
		const struct flow_running *r = &f->running.at[i];
		if (r->level == level)
			return r->text;
		if (r->level < level)
			break;
	}
	return (struct str){ 0 };
}

/* The page has headings, none of the level: what is in force when it begins ends with one of a level above, for the first at the page's
 * top, for the last anywhere. */
static struct str from_before(const struct flow *f, size_t first, size_t end, uint32_t level, bool last)
{
	for (size_t i = first; i < end; i++)
		if (f->running.at[i].level < level && (last || (i == first && f->running.at[i].top)))
			return (struct str){ 0 };
	return in_force(f, first, level);
}

struct str flow_running_text(const struct flow *f, uint32_t page, uint32_t which)
{
	const struct flow_running *found = NULL;
	uint32_t level = which / 2;
	bool last = which % 2;
	size_t i = 0, first;

	while (i < f->running.count && f->running.at[i].page < page)
		i++;
	first = i;
	for (; i < f->running.count && f->running.at[i].page == page; i++)
		if (f->running.at[i].level == level && (last || !found))
			found = &f->running.at[i];
	if (!found && i > first)
		return from_before(f, first, i, level, last);
	return found ? found->text : in_force(f, first, level);
}
