/* doc: to a readable listing: the document, its sections and blocks. One line a thing, children
 * indented, in the order of the document; what is empty or zero is left out. */
#include "doc/doc_int.h"

static void dump_block(struct dump *d, const struct doc_block *b);

static void dump_blocks(struct dump *d, const struct doc_block *const *blocks, uint32_t count)
{
	d->depth++;
	for (uint32_t i = 0; i < count; i++)
		dump_block(d, blocks[i]);
	d->depth--;
}

/* What stands at the end of a block's own line: where it is from and what surrounds it. */
static void dump_block_end(struct dump *d, const struct doc_block *b)
{
	dump_text(d, "slot", b->slot);
	dump_number(d, "anchor", b->anchor);
	dump_text(d, "bookmark", b->bookmark);
	dump_flag(d, "keep-together", b->keep_together);
	dump_flag(d, "keep-with-next", b->keep_with_next);
	dump_flag(d, "keep-with-previous", b->keep_with_previous);
	dump_number(d, "keep-strength", b->keep_strength);
	dump_flag(d, "foot", b->foot);
	dump_flag(d, "quote", b->group == STACK_QUOTE);
	dump_flag(d, "part", b->group == STACK_PART);
	dump_number(d, "depth", b->depth);
	dump_text(d, "listed", b->listed);
	dump_length(d, "space-before", b->space_before);
	if (b->frame != NULL) {
		dump_colour(d, "fill", b->frame->fill);
		dump_length(d, "edge", b->frame->top_width);
		if (b->frame->top_width > 0)
			dump_colour(d, "in", b->frame->top_colour);
		dump_length(d, "pad-top", b->frame->pad_top);
		dump_length(d, "pad-bottom", b->frame->pad_bottom);
		dump_length(d, "pad-left", b->frame->pad_left);
		dump_length(d, "pad-right", b->frame->pad_right);
	}
	dump_pos(d, b->pos);
	dump_end(d);
}

static void dump_paragraph_block(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "paragraph");
	dump_block_end(d, b);
	d->depth++;
	dump_paragraph(d, "text", b->paragraph);
	d->depth--;
}

static void dump_stack(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "stack");
	dump_block_end(d, b);
	dump_blocks(d, b->stack->blocks, b->stack->count);
}

static void dump_row(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "row");
	dump_flag(d, "tracks", b->row->tracks);
	dump_flag(d, "breaks", b->row->breaks);
	dump_flag(d, "rtl", b->row->rtl);
	dump_block_end(d, b);
	d->depth++;
	for (uint32_t i = 0; i < b->row->count; i++) {
		dump_line(d, "cell");
		buf_printf(d->out, " column %u span %u", b->row->cells[i].start + 1u,
			(unsigned)b->row->cells[i].span);
		dump_end(d);
		dump_blocks(d, &b->row->cells[i].block, 1);
	}
	d->depth--;
}

static void dump_list(struct dump *d, const struct doc_block *b)
{
	const struct doc_list *l = b->list;

	dump_line(d, "list");
	dump_flag(d, "numbered", l->numbered);
	dump_flag(d, "rules", l->rules);
	dump_flag(d, "spread", l->spread);
	dump_flag(d, "terms", l->terms);
	dump_flag(d, "rtl", l->rtl);
	dump_length(d, "label-width", l->label_width);
	dump_length(d, "pad", l->item_pad);
	dump_block_end(d, b);
	d->depth++;
	for (uint32_t i = 0; i < l->count; i++) {
		dump_line(d, "item");
		dump_pos(d, l->items[i].pos);
		dump_end(d);
		d->depth++;
		dump_paragraph(d, "label", &l->items[i].label);
		d->depth--;
		dump_blocks(d, l->items[i].blocks, l->items[i].count);
	}
	d->depth--;
}

static const char *align_name(unsigned align)
{
	static const char *const names[] = { "start", "end", "centre", "justify" };

	return names[align];
}

static void dump_column(struct dump *d, const struct doc_column *c)
{
	static const char *const kinds[] = { "share", "fixed", "content" };
	static const char *const anchors[] = { "", " by decimal signs", " by units", " by signs" };

	dump_line(d, "column ");
	buf_puts(d->out, kinds[c->width_kind]);
	dump_length(d, "width", c->width);
	buf_printf(d->out, " %s%s", align_name(c->align), anchors[c->anchor]);
	dump_length(d, "pad-left", c->pad_left);
	dump_length(d, "pad-right", c->pad_right);
	dump_end(d);
}

static void dump_cell(struct dump *d, const struct doc_cell *c)
{
	dump_line(d, "cell");
	if (c->text.style != NULL)
		buf_printf(d->out, " %s", doc_role_name((enum doc_role)c->text.style->role));
	dump_number(d, "columns", c->column_span > 1 ? c->column_span : 0);
	dump_number(d, "rows", c->row_span > 1 ? c->row_span : 0);
	dump_colour(d, "fill", c->fill);
	if (c->align > 0)
		buf_printf(d->out, " %s", align_name(c->align - 1u));
	dump_flag(d, "head", c->row_head);
	dump_flag(d, "rule-below", c->rule_below);
	dump_length(d, "indent", c->indent);
	if (c->text.run_count > 0) {
		buf_puts(d->out, ": ");
		dump_runs(d, &c->text);
	}
	dump_end(d);
	if (c->chart == NULL)
		return;
	d->depth++;
	dump_chart(d, c->chart);
	d->depth--;
}

static void dump_carried(struct dump *d, const struct doc_table_row *row)
{
	if (!row->count)
		return;
	dump_line(d, "carried");
	dump_end(d);
	d->depth++;
	for (uint32_t k = 0; k < row->count; k++)
		dump_cell(d, &row->cells[k]);
	d->depth--;
}

static void dump_table(struct dump *d, const struct doc_block *b)
{
	static const char *const kinds[] = { "body", "head", "group", "subtotal", "total" };
	const struct doc_table *t = b->table;

	dump_line(d, "table");
	dump_number(d, "heads", t->head_rows);
	dump_length(d, "row-height", t->row_height);
	dump_length(d, "row-pad", t->row_pad);
	dump_flag(d, "no-rules", t->no_rules);
	dump_flag(d, "repeat-head", t->repeat_head);
	dump_flag(d, "rtl", t->rtl);
	dump_flag(d, "repeat-groups", t->repeat_groups);
	dump_flag(d, "zebra", t->zebra);
	dump_flag(d, "foot-rule", t->foot_rule);
	dump_text(d, "summary", t->summary);
	dump_block_end(d, b);
	d->depth++;
	for (uint32_t i = 0; i < t->column_count; i++)
		dump_column(d, &t->columns[i]);
	for (uint32_t i = 0; i < t->row_count; i++) {
		dump_line(d, "row ");
		buf_puts(d->out, kinds[t->rows[i].kind]);
		dump_flag(d, "keep-with-next", t->rows[i].keep_with_next);
		dump_pos(d, t->rows[i].pos);
		dump_end(d);
		d->depth++;
		for (uint32_t k = 0; k < t->rows[i].count; k++)
			dump_cell(d, &t->rows[i].cells[k]);
		d->depth--;
		if (t->carry)
			dump_carried(d, &t->carry->rows[i]);
	}
	d->depth--;
}

static void dump_chart_block(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "graphic");
	dump_block_end(d, b);
	d->depth++;
	dump_chart(d, b->chart);
	d->depth--;
}

static void dump_exhibit(struct dump *d, const struct doc_block *b)
{
	const struct doc_exhibit *e = b->exhibit;

	dump_line(d, "exhibit");
	dump_number(d, "number", e->number);
	dump_length(d, "source-above", e->source_above);
	dump_block_end(d, b);
	d->depth++;
	dump_paragraph(d, "title", &e->title);
	dump_paragraph(d, "unit", &e->unit);
	dump_paragraph(d, "continued", &e->continued);
	d->depth--;
	if (e->body != NULL)
		dump_blocks(d, &e->body, 1);
	dump_blocks(d, e->notes, e->note_count);
	d->depth++;
	dump_paragraph(d, "source", &e->source);
	d->depth--;
}

static void dump_image(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "image");
	dump_text(d, "file", b->image->name);
	dump_text(d, "alt", b->image->alt);
	dump_length(d, "width", b->image->width);
	dump_length(d, "height", b->image->height);
	dump_block_end(d, b);
}

static void dump_rule(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "rule");
	dump_length(d, "width", b->rule->width);
	dump_colour(d, "colour", b->rule->colour);
	dump_block_end(d, b);
}

static void dump_space(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "space");
	dump_length(d, "height", b->space);
	dump_block_end(d, b);
}

static void dump_contents(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "contents");
	dump_number(d, "depth", b->contents->depth);
	dump_flag(d, "exhibits", b->contents->exhibits);
	dump_flag(d, "rtl", b->contents->rtl);
	dump_block_end(d, b);
}

static void dump_columns(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "columns");
	dump_number(d, "count", b->columns->columns);
	dump_flag(d, "rtl", b->columns->rtl);
	dump_block_end(d, b);
	dump_blocks(d, b->columns->blocks, b->columns->count);
}

static void dump_signatures(struct dump *d, const struct doc_block *b)
{
	dump_line(d, "signatures");
	dump_length(d, "line-space", b->signatures->line_space);
	dump_block_end(d, b);
	d->depth++;
	for (uint32_t i = 0; i < b->signatures->count; i++)
		dump_paragraph(d, "name", &b->signatures->names[i]);
	d->depth--;
}

static void dump_block(struct dump *d, const struct doc_block *b)
{
	static void (*const kinds[DOC_BLOCK_KIND_COUNT])(
		struct dump *, const struct doc_block *) = {
		[DOC_PARAGRAPH] = dump_paragraph_block,
		[DOC_STACK] = dump_stack,
		[DOC_ROW] = dump_row,
		[DOC_LIST] = dump_list,
		[DOC_TABLE] = dump_table,
		[DOC_CHART] = dump_chart_block,
		[DOC_EXHIBIT] = dump_exhibit,
		[DOC_IMAGE] = dump_image,
		[DOC_RULE] = dump_rule,
		[DOC_SPACE] = dump_space,
		[DOC_CONTENTS] = dump_contents,
		[DOC_COLUMNS] = dump_columns,
		[DOC_SIGNATURES] = dump_signatures,
	};

	kinds[b->kind](d, b);
}

static void dump_style(struct dump *d, const struct doc_style *s)
{
	dump_line(d, "style ");
	buf_puts(d->out, doc_role_name((enum doc_role)s->role));
	dump_text(d, "id", s->id);
	if (s->family < d->doc->design->family_count)
		dump_text(d, "family", d->doc->design->families[s->family].name);
	dump_length(d, "size", s->size);
	dump_length(d, "leading", s->leading);
	dump_length(d, "tracking", s->tracking);
	dump_colour(d, "colour", s->colour);
	buf_printf(d->out, " %s", align_name(s->align));
	dump_flag(d, "strong", s->strong);
	dump_flag(d, "hyphenate", s->hyphenate);
	dump_flag(d, "balance", s->balance);
	dump_flag(d, "tabular", s->tabular);
	dump_number(d, "max-lines", s->max_lines);
	dump_number(d, "orphans", s->orphans);
	dump_number(d, "widows", s->widows);
	dump_length(d, "indent", s->indent);
	dump_length(d, "hang", s->hang);
	dump_text(d, "label", s->label);
	dump_number(d, "space-stretch", s->stretch);
	dump_number(d, "space-shrink", s->shrink);
	dump_number(d, "space-most", s->stretch_most);
	dump_number(d, "letter-most", s->letter_most);
	dump_number(d, "last-line", s->last_least);
	dump_number(d, "hang-punctuation", s->hang_punctuation);
	dump_length(d, "space-before", s->space_before);
	dump_length(d, "space-after", s->space_after);
	dump_pos(d, s->pos);
	dump_end(d);
}

static void dump_master(struct dump *d, const struct doc_master *m)
{
	dump_line(d, "master");
	dump_text(d, "id", m->id);
	dump_length(d, "width", m->width);
	dump_length(d, "height", m->height);
	dump_length(d, "left", m->left);
	dump_length(d, "right", m->right);
	dump_length(d, "top", m->top);
	dump_length(d, "bottom", m->bottom);
	dump_number(d, "columns", m->columns);
	dump_length(d, "gutter", m->gutter);
	dump_length(d, "step", m->step);
	dump_length(d, "gap", m->gap);
	dump_flag(d, "baseline-grid", m->baseline_grid);
	dump_end(d);
}

static void dump_design(struct dump *d)
{
	const struct doc_design *design = d->doc->design;

	if (design == NULL)
		return;
	dump_line(d, "design");
	dump_end(d);
	d->depth++;
	dump_line(d, "palette");
	for (unsigned i = 0; i < DOC_COLOUR_COUNT; i++)
		buf_printf(d->out, " %s #%06X", doc_colour_name((enum doc_colour)i),
			(unsigned)design->palette[i]);
	dump_end(d);
	for (uint32_t i = 0; i < design->face_count; i++) {
		dump_line(d, "face");
		dump_text(d, "name", design->faces[i].name);
		dump_end(d);
	}
	for (uint32_t i = 0; i < design->style_count; i++)
		dump_style(d, &design->styles[i]);
	for (uint32_t i = 0; i < design->master_count; i++)
		dump_master(d, &design->masters[i]);
	d->depth--;
}

static void dump_master_of(struct dump *d, const char *name, const struct doc_master *m)
{
	if (m != NULL)
		dump_text(d, name, m->id);
}

static void dump_section(struct dump *d, const struct doc_section *s)
{
	dump_line(d, "section");
	dump_text(d, "id", s->id);
	dump_text(d, "title", s->title);
	dump_number(d, "anchor", s->anchor);
	dump_master_of(d, "first", s->first);
	dump_master_of(d, "rest", s->rest);
	dump_master_of(d, "odd", s->odd);
	dump_master_of(d, "even", s->even);
	dump_master_of(d, "last", s->last);
	dump_flag(d, "starts-odd", s->starts == SIDE_ODD);
	dump_flag(d, "starts-even", s->starts == SIDE_EVEN);
	dump_flag(d, "continues", s->continues);
	dump_length(d, "gap", s->gap);
	dump_length(d, "gap-most", s->gap_most);
	dump_flag(d, "one-page", s->fit == FIT_ONE_PAGE);
	dump_flag(d, "new-page", s->new_page);
	dump_flag(d, "notes-here", s->notes_here);
	dump_pos(d, s->pos);
	dump_end(d);
	dump_blocks(d, s->blocks, s->count);
}

static void dump_furniture(struct dump *d, const char *word, const struct doc_paragraph parts[3])
{
	dump_line(d, word);
	dump_end(d);
	d->depth++;
	dump_paragraph(d, "start", &parts[0]);
	dump_paragraph(d, "centre", &parts[1]);
	dump_paragraph(d, "end", &parts[2]);
	d->depth--;
}

void doc_dump(const struct doc *doc, struct buf *out)
{
	struct dump d = { .out = out, .doc = doc };

	dump_line(&d, "document");
	dump_text(&d, "title", doc->meta.title);
	dump_text(&d, "author", doc->meta.author);
	dump_text(&d, "subject", doc->meta.subject);
	dump_text(&d, "keywords", doc->meta.keywords);
	dump_text(&d, "lang", doc->meta.lang);
	dump_text(&d, "date", doc->meta.date);
	dump_flag(&d, "attach-values", doc->meta.attach_values);
	dump_end(&d);
	dump_design(&d);
	dump_furniture(&d, "header", doc->furniture.header);
	dump_furniture(&d, "footer", doc->furniture.footer);
	dump_paragraph(&d, "stamp", &doc->furniture.stamp);
	for (size_t i = 0; i < doc->sections.count; i++)
		dump_section(&d, doc->sections.at[i]);
	for (size_t i = 0; i < doc->notes.count; i++)
		dump_paragraph(&d, "note", &doc->notes.at[i].text);
	dump_values(&d);
}
