/* compose: KPI tiles. All tiles of a slot have the same lines, so that they align across; bars
 * share one scale. */
#include "compose/compose_int.h"

struct tiling { /* one tile being made */
	struct composer *c;
	const struct layout_slot *slot;
	const struct layout_tile *tile;
	struct calc_context context;
	const struct facts_metric *metric;
	struct blocks blocks;
};

static struct query line_query(const struct tiling *t, const struct layout_tile_line *line)
{
	return query_merge(&line->query, &t->tile->query);
}

static void add_line(struct tiling *t, enum doc_role role, struct runs *runs)
{
	vec_push(t->c->arena, &t->blocks.list,
		block_paragraph(t->c, style_for(t->c, role), runs, 0, t->tile->pos));
}

static void add_chart(struct tiling *t, struct doc_chart *chart)
{
	struct doc_block *block = block_add(t->c, DOC_CHART, t->tile->pos);

	chart->pos = t->tile->pos;
	chart->decoration = true; /* every value stands in text beside it */
	block->chart = chart;
	vec_push(t->c->arena, &t->blocks.list, block);
}

/* ---- label and value ---- */

static void tile_label(struct tiling *t)
{
	struct runs runs = { 0 };

	if (!text_runs(t->c, &t->tile->label, &t->context, &runs))
		run_text(t->c, &runs,
			facts_label(&t->metric->labels, locale_lang(t->c->in->locale), false), 0,
			t->tile->pos);
	add_line(t, ROLE_TILE_LABEL, &runs);
}

static void tile_value(struct tiling *t)
{
	struct composer *c = t->c;
	struct calc_status status = calc_status(c->in->calc, &t->tile->query, &t->context, c->diag);
	struct answer answer = calc_ask(c->in->calc, &t->tile->query, &t->context, c->diag);
	struct printed value = print_answer(c, &answer, &t->tile->query, false);
	struct runs runs = { 0 };
	size_t first;

	run_figure(c, &runs, value.text, value.figure, RUN_STRONG, t->tile->pos);
	if (status.status != FACTS_NO_STATUS) {
		run_add(c, &runs, RUN_FILL, t->tile->pos);
		first = runs.list.count;
		run_status(c, &runs, status.status, status_words(c, &status, NULL), t->tile->pos);
		for (size_t i = first; i < runs.list.count; i++)
			runs.list.at[i].style = style_for(c, ROLE_TILE_TEXT);
	}
	if (value.missing)
		report_missing(c, &t->tile->query, &answer, t->tile->pos);
	add_line(t, ROLE_TILE_VALUE, &runs);
}

/* ---- graphics ---- */

static bool is_bar(const struct layout_slot *s, size_t i)
{
	return i < s->tile_lines.count && s->tile_lines.at[i].kind == TILE_BAR;
}

/* Consecutive bars are one chart. Returns the index behind them. */
static size_t tile_bars(struct tiling *t, size_t first)
{
	struct composer *c = t->c;
	struct doc_chart *chart = ARENA_NEW(c->arena, struct doc_chart);
	size_t end = first;
	struct doc_category *categories;
	struct doc_datum *data;

	while (is_bar(t->slot, end))
		end++;
	categories = ARENA_ARRAY(c->arena, struct doc_category, end - first);
	data = ARENA_ARRAY(c->arena, struct doc_datum, end - first);
	chart->scale = scale_of(c, (struct str){ 0 }, measure_of(c, &t->tile->query, &t->context));
	for (size_t i = first; i < end; i++) {
		const struct layout_tile_line *line = &t->slot->tile_lines.at[i];
		struct query q = line_query(t, line);
		struct doc_category *category = &categories[i - first];

		category->code = text_plain(c, &line->text, &t->context);
		category->scenario = doc_scenario_of(&q, (struct str){ 0 });
		category->colour = DOC_COLOUR_COUNT;
		category->strong = i == first;
		data[i - first] = datum_of(c, &q, &t->context, chart->scale, false);
		if (!data[i - first].present && data[i - first].label.len == 0)
			data[i - first].label = missing_text(c, &q);
	}
	chart->kind = CHART_TILE_BARS;
	chart->categories = categories;
	chart->category_count = (uint16_t)(end - first);
	chart->series_count = 1;
	chart->series = ARENA_NEW(c->arena, struct doc_series);
	chart->data = data;
	add_chart(t, chart);
	return end;
}

/* What the sides' marks show: the line's query over the tile's view, else over the tile's
 * metric. */
static struct query view_query(const struct tiling *t, const struct layout_tile_line *line)
{
	return query_merge(&line->query, t->tile->has_view ? &t->tile->view : &t->tile->query);
}

/* Sides that a metric is not told for have no place in its tile. */
static bool is_seen(const struct tiling *t, const struct query *q, const struct facts_side *side)
{
	const struct facts *f = t->c->in->facts;

	return facts_side_sees(f, facts_metric_lookup(f, q->metric.len ? q->metric : t->context.metric), side);
}

static void tile_sides(struct tiling *t, const struct layout_tile_line *line)
{
	struct composer *c = t->c;
	const struct facts *f = c->in->facts;
	struct doc_series *series = ARENA_ARRAY(c->arena, struct doc_series, f->side_count);
	struct doc_datum *data = ARENA_ARRAY(c->arena, struct doc_datum, f->side_count);
	struct doc_chart *chart = ARENA_NEW(c->arena, struct doc_chart);
	uint16_t count = 0;

	chart->scale = scale_of(c, (struct str){ 0 }, measure_of(c, &t->tile->query, &t->context));
	for (size_t i = 0; i < f->side_count; i++) {
		struct query q = view_query(t, line);

		if (!is_seen(t, &q, &f->sides[i]))
			continue;
		q.side = f->sides[i].id;
		series[count].colour = side_colour(&f->sides[i]);
		series[count].mark = side_mark(&f->sides[i]);
		data[count++] = datum_of(c, &q, &t->context, chart->scale, true);
	}
	chart->kind = CHART_SIDES;
	chart->series = series;
	chart->series_count = count;
	chart->categories = ARENA_NEW(c->arena, struct doc_category);
	chart->category_count = 1;
	chart->data = data;
	add_chart(t, chart);
}

static void tile_spark(struct tiling *t, const struct layout_tile_line *line)
{
	struct composer *c = t->c;
	size_t count = line->periods > 0 ? (size_t)line->periods : SPARK_PERIODS;
	struct doc_category *categories = ARENA_ARRAY(c->arena, struct doc_category, count);
	struct doc_datum *data = ARENA_ARRAY(c->arena, struct doc_datum, count);
	struct doc_chart *chart = ARENA_NEW(c->arena, struct doc_chart);
	struct doc_series *series = ARENA_NEW(c->arena, struct doc_series);

	series->colour = COLOUR_INK;
	chart->scale = scale_of(c, (struct str){ 0 }, measure_of(c, &t->tile->query, &t->context));
	for (size_t i = 0; i < count; i++) {
		struct query q = line_query(t, line);

		q.offset += (int32_t)(i + 1) - (int32_t)count;
		data[i] = datum_of(c, &q, &t->context, chart->scale, true);
		data[i].label = (struct str){ 0 };
	}
	chart->kind = CHART_SPARK;
	chart->series = series;
	chart->series_count = 1;
	chart->categories = categories;
	chart->category_count = (uint16_t)count;
	chart->data = data;
	add_chart(t, chart);
}

/* ---- lines of text ---- */

static void tile_views(struct tiling *t, const struct layout_tile_line *line)
{
	struct composer *c = t->c;
	const struct facts *f = c->in->facts;
	bool own = has_text(&t->tile->view_label);
	struct runs runs = { 0 };

	if (text_runs(c, own ? &t->tile->view_label : &line->text, &t->context, &runs))
		runs.list.at[0].colour = COLOUR_MUTED;
	for (size_t i = 0; i < f->side_count; i++) {
		struct query q = view_query(t, line);
		struct printed value;

		if (!is_seen(t, &q, &f->sides[i]))
			continue;
		q.side = f->sides[i].id;
		value = print_query(c, &q, &t->context, false);
		run_text(c, &runs, STR(" \u2002"), 0, line->pos);
		run_side(c, &runs, &f->sides[i],
			facts_label(&f->sides[i].labels, locale_lang(c->in->locale), true),
			line->pos);
		run_figure(c, &runs, value.text, value.figure, 0, line->pos);
	}
	add_line(t, ROLE_TILE_TEXT, &runs);
}

/* "ΔPL +3 pts, +4 %" */
static void tile_difference(struct tiling *t, const struct layout_tile_line *line)
{
	struct composer *c = t->c;
	struct query q = line_query(t, line);
	struct printed absolute, relative;
	struct runs runs = { 0 };

	if (text_runs(c, &line->text, &t->context, &runs)) {
		runs.list.at[0].colour = COLOUR_MUTED;
		run_text(c, &runs, STR(" "), 0, line->pos);
	}
	if (q.form == FORM_AUTO)
		q.form = FORM_POINTS;
	q.show = SHOW_DIFFERENCE;
	absolute = print_query(c, &q, &t->context, false);
	run_figure(c, &runs, absolute.text, absolute.figure, 0, line->pos);
	q.show = SHOW_CHANGE;
	relative = print_query(c, &q, &t->context, false);
	if (!relative.missing) {
		run_text(c, &runs, STR(", "), 0, line->pos);
		run_figure(c, &runs, relative.text, relative.figure, 0, line->pos);
	}
	add_line(t, ROLE_TILE_TEXT, &runs);
}

static void tile_text(struct tiling *t, const struct layout_tile_line *line)
{
	struct runs runs = { 0 };

	text_runs(t->c, &line->text, &t->context, &runs);
	add_line(t, ROLE_TILE_TEXT, &runs);
}

static void benchmark_runs(struct tiling *t, const struct layout_tile_line *line, struct runs *out)
{
	struct composer *c = t->c;
	struct query q = line_query(t, line);
	struct answer answer;
	struct str shown;

	q.show = SHOW_BENCHMARK;
	answer = calc_ask(c->in->calc, &q, &t->context, c->diag);
	if (answer.benchmark == NULL || !benchmark_current(c, answer.benchmark))
		return;
	if (text_runs(c, &t->tile->benchmark_text, &t->context, out) ||
		text_runs(c, &line->text, &t->context, out))
		return;
	shown = facts_label(&answer.benchmark->shown_labels, locale_lang(c->in->locale), false);
	if (answer.kind == ANSWER_NUMBER && shown.len == 0) {
		struct printed value = print_answer(c, &answer, &q, false);

		run_figure(c, out, words_of(c, "benchmark-elsewhere", &value.text, 1), value.figure,
			0, line->pos);
	} else {
		run_text(c, out, words_of(c, "benchmark-elsewhere", &shown, 1), 0, line->pos);
	}
	run_text(c, out, STR("\u00a0"), 0, line->pos);
	run_note(c, out, answer.benchmark, line->pos);
}

static void tile_benchmark(struct tiling *t, const struct layout_tile_line *line)
{
	struct runs runs = { 0 };

	benchmark_runs(t, line, &runs);
	add_line(t, ROLE_TILE_TEXT, &runs);
}

static void exhibit_runs(struct tiling *t, struct runs *out)
{
	const struct planned *planned = slot_planned(t->c, t->tile->exhibit_ref);
	struct str number;

	if (planned == NULL || planned->exhibit == 0)
		return;
	number = str_printf(t->c->arena, "%u", planned->exhibit);
	run_text(t->c, out, STR(" \u00b7 "), 0, t->tile->pos);
	run_text(t->c, out, words_of(t->c, "exhibit-number", &number, 1), RUN_NO_BREAK,
		t->tile->pos);
	out->list.at[out->list.count - 1].target = planned->anchor;
}

/* "Source: pulse survey, n = 41", and below it the date and the exhibit that holds the figure. */
static void source_runs(struct tiling *t, const struct layout_tile_line *line,
	const struct facts_source *source, struct runs *out)
{
	struct composer *c = t->c;
	const struct layout_text *text =
		has_text(&t->tile->source_text) ? &t->tile->source_text : &line->text;

	if (!text_runs(c, text, &t->context, out) && source) {
		run_text(c, out, words_of(c, "source-line", &source->title, 1), 0, t->tile->pos);
		if (source->sample.len)
			run_text(c, out, STR(", "), 0, t->tile->pos);
		run_text(c, out, sample_text(c, source), 0, t->tile->pos);
	}
	if (c->withheld) {
		if (out->list.count)
			run_text(c, out, STR(", "), 0, t->tile->pos);
		run_text(c, out, withheld_text(c, c->withheld, false), 0, t->tile->pos);
	}
	origins_runs(c, out, t->tile->pos);
	run_add(c, out, RUN_BREAK, t->tile->pos);
	if (source && source->date.year)
		run_text(c, out, locale_date(c->arena, c->in->locale, source->date, DATE_LONG),
			RUN_NO_BREAK, t->tile->pos);
	exhibit_runs(t, out);
}

static void tile_source(struct tiling *t, const struct layout_tile_line *line)
{
	struct answer answer = calc_ask(t->c->in->calc, &t->tile->query, &t->context, t->c->diag);
	struct runs runs = { 0 };

	source_runs(t, line, answer.kind == ANSWER_NUMBER ? facts_source_of(answer.value) : NULL,
		&runs);
	for (size_t i = 0; i < runs.list.count; i++)
		runs.list.at[i].colour = COLOUR_MUTED;
	add_line(t, ROLE_TILE_TEXT, &runs);
}

/* ---- a tile, and the row of them ---- */

static void (*const line_makers[TILE_LINE_KIND_COUNT])(
	struct tiling *, const struct layout_tile_line *) = {
	[TILE_SIDES] = tile_sides,
	[TILE_SPARK] = tile_spark,
	[TILE_VIEWS] = tile_views,
	[TILE_DIFFERENCE] = tile_difference,
	[TILE_TEXT] = tile_text,
	[TILE_BENCHMARK] = tile_benchmark,
	[TILE_SOURCE] = tile_source,
};

static const struct doc_block *make_tile(
	struct composer *c, const struct layout_slot *s, const struct layout_tile *tile)
{
	struct tiling t = {
		.c = c, .slot = s, .tile = tile, .context = { .metric = tile->query.metric }
	};
	struct doc_block *block;

	t.metric = facts_metric_lookup(c->in->facts, tile->query.metric);
	if (t.metric == NULL) {
		facts_unknown_metric(c->in->facts, tile->query.metric, tile->pos, c->diag);
		return NULL;
	}
	c->origins.count = 0;
	c->withheld = 0;
	tile_label(&t);
	tile_value(&t);
	for (size_t i = 0; i < s->tile_lines.count;) {
		if (is_bar(s, i))
			i = tile_bars(&t, i);
		else
			line_makers[s->tile_lines.at[i].kind](&t, &s->tile_lines.at[i]), i++;
	}
	block = block_stack(c, &t.blocks, tile->pos);
	block->slot = str_printf(
		c->arena, STR_FMT "[" STR_FMT "]", STR_ARG(s->id), STR_ARG(t.metric->id));
	block->frame = slot_frame(c, s);
	return block;
}

/* Tiles divide the width evenly, whatever the grid. */
static const struct doc_block *tile_row(struct composer *c, const struct layout_slot *s,
	size_t first, size_t count, uint8_t per_row)
{
	struct doc_row_cell *cells = ARENA_ARRAY(c->arena, struct doc_row_cell, count);
	struct doc_row *row = ARENA_NEW(c->arena, struct doc_row);
	struct doc_block *block = block_add(c, DOC_ROW, s->pos);

	for (size_t i = 0; i < count; i++) {
		const struct doc_block *tile = make_tile(c, s, &s->tiles.at[first + i]);

		if (tile)
			cells[row->count++] = (struct doc_row_cell){
				.start = (uint8_t)i, .span = 1, .of = per_row, .block = tile
			};
	}
	row->cells = cells;
	row->tracks = true;
	block->row = row;
	block->keep_together = true;
	return block;
}

struct doc_block *compose_tiles(struct composer *c, const struct layout_slot *s)
{
	size_t count = s->tiles.count, per_row = s->columns ? s->columns : count;
	struct blocks rows = { 0 };

	if (count == 0)
		return NULL;
	for (size_t i = 0; i < count; i += per_row)
		vec_push(c->arena, &rows.list,
			tile_row(c, s, i, count - i < per_row ? count - i : per_row,
				(uint8_t)per_row));
	return block_stack(c, &rows, s->pos);
}
