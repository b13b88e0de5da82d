/* page: what pages tell of themselves, as text, for golden files and for people. After flow, before render. */
#include "base/str.h"
#include "page/page_why.h"

static const char *const end_names[] = {
	[PAGE_END_DOCUMENT] = "document", [PAGE_END_SECTION] = "section", [PAGE_END_SIDE] = "side", [PAGE_END_SIZE] = "size",
	[PAGE_END_BREAK] = "break", [PAGE_END_TURN] = "turn", [PAGE_END_FULL] = "full", [PAGE_END_CHOSEN] = "chosen", [PAGE_END_MOST] = "most",
};

const char *page_end_name(enum page_end end)
{
	return end_names[end];
}

static void put_length(struct buf *b, const char *key, mpt length)
{
	buf_printf(b, " %s ", key);
	buf_mpt(b, length);
}

static void put_words(struct buf *b, const char *key, struct str words)
{
	if (!words.len)
		return;
	buf_printf(b, " %s ", key);
	buf_json(b, words);
}

static void put_number(struct buf *b, const char *key, int64_t number)
{
	if (number)
		buf_printf(b, " %s %lld", key, (long long)number);
}

static void put_end(struct buf *b, const struct page_why *w)
{
	buf_printf(b, "  ends %s", page_end_name(w->end));
	put_words(b, "master", w->master);
	put_words(b, "section", w->section);
	put_length(b, "begin", w->begin);
	put_length(b, w->more ? "need more than" : "need", w->need);
	if (w->notes)
		put_length(b, "notes", w->notes);
	put_words(b, "stop", w->stop);
	put_words(b, "stopper", w->stopper);
	if (w->stopper_height) {
		put_length(b, "high", w->stopper_height);
		put_length(b, "in", w->stopper_room);
	}
	put_number(b, "keep", w->stopper_keep);
	buf_putc(b, '\n');
}

static void put_chance(struct buf *b, const struct page_chance *c)
{
	buf_puts(b, c->chosen ? "  * chance" : "  chance");
	put_length(b, "y", c->y);
	put_length(b, "free", c->free);
	put_number(b, "space", c->cost.space);
	put_number(b, "last", c->cost.last);
	put_number(b, "keep", c->cost.keep);
	put_number(b, "strength", c->cost.strength);
	put_number(b, "split", c->cost.split);
	buf_printf(b, " total %lld pages %u%s", (long long)c->total, (unsigned)c->pages, c->ends ? " ends" : "");
	put_words(b, "before", c->before);
	put_words(b, c->parted ? "inside" : "behind", c->kept);
	buf_putc(b, '\n');
}

static void put_box(struct buf *b, const struct page_box *box)
{
	buf_printf(b, "  box %u", box->depth);
	put_length(b, "at", box->x);
	put_length(b, "", box->y);
	put_length(b, "", box->width);
	put_length(b, "", box->height);
	put_words(b, "name", box->name);
	put_number(b, "next", box->next);
	put_number(b, "previous", box->previous);
	put_number(b, "whole", box->whole);
	buf_puts(b, box->holds ? " holds" : "");
	buf_puts(b, box->rest ? " rest\n" : "\n");
}

static void put_line(struct buf *b, const struct page_line *line)
{
	buf_puts(b, "  line");
	put_length(b, "to", line->x);
	put_length(b, "", line->y);
	buf_printf(b, " demerits %lld stretch %d", (long long)line->demerits, (int)line->stretch);
	put_number(b, "hyphens", line->hyphens);
	buf_putc(b, '\n');
}

void page_why_dump(const struct page_why *w, struct buf *out)
{
	put_end(out, w);
	for (size_t i = 0; i < w->chances.count; i++)
		put_chance(out, &w->chances.at[i]);
	for (size_t i = 0; i < w->boxes.count; i++)
		put_box(out, &w->boxes.at[i]);
	for (size_t i = 0; i < w->line_costs.count; i++)
		put_line(out, &w->line_costs.at[i]);
}
