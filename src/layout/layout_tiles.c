/* <tiles>: what each tile shows under its value, in order, and the tiles. */
#include "layout/layout_int.h"

static void add_line(void *ctx, const struct xml_node *n, enum layout_tile_line_kind kind)
{
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct layout_tile_line, query), OWN_TEXT_FIELDS(struct layout_tile_line, text),
		FIELD(struct layout_tile_line, periods, "periods", XML_INT), FIELD_END,
	};
	static const struct text_place texts[] = { OWN_TEXT_PLACE(struct layout_tile_line, text), { 0 } };
	struct into *into = ctx;
	struct layout_slot *s = into->at;
	struct layout_tile_line *line = vec_add(into->r->arena, &s->tile_lines);
	*line = (struct layout_tile_line){ .kind = (uint8_t)kind, .pos = n->pos };
	query_init(&line->query, n->pos);
	read_attrs(into->r, n, fields, texts, line);
	read_nothing(into->r, n);
}

static void read_bar(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_BAR);
}

static void read_sides(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_SIDES);
}

static void read_spark(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_SPARK);
}

static void read_views(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_VIEWS);
}

static void read_difference(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_DIFFERENCE);
}

static void read_text(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_TEXT);
}

static void read_benchmark(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_BENCHMARK);
}

static void read_source(void *ctx, const struct xml_node *n)
{
	add_line(ctx, n, TILE_SOURCE);
}

static void read_view(void *ctx, const struct xml_node *n)
{
	struct into *into = ctx;
	struct layout_tile *tile = into->at;
	tile->has_view = true;
	read_query(into->r, n, &tile->view);
}

static void read_tile(void *ctx, const struct xml_node *n)
{
	static const struct xml_field fields[] = {
		QUERY_FIELDS(struct layout_tile, query), TEXT_FIELDS(struct layout_tile, label, "label"),
		TEXT_FIELDS(struct layout_tile, view_label, "views"), TEXT_FIELDS(struct layout_tile, benchmark_text, "benchmark"),
		TEXT_FIELDS(struct layout_tile, source_text, "source"), FIELD(struct layout_tile, exhibit_ref, "exhibit", XML_ID), FIELD_END,
	};
	static const struct text_place texts[] = {
		TEXT_PLACE(struct layout_tile, label, "label"), TEXT_PLACE(struct layout_tile, view_label, "views"),
		TEXT_PLACE(struct layout_tile, benchmark_text, "benchmark"), TEXT_PLACE(struct layout_tile, source_text, "source"), { 0 },
	};
	static const struct xml_child children[] = { { "view", read_view }, { NULL, NULL } };
	struct into *into = ctx;
	struct layout_slot *s = into->at;
	struct layout_tile *tile = vec_add(into->r->arena, &s->tiles);
	tile->pos = n->pos;
	query_init(&tile->query, n->pos);
	query_init(&tile->view, n->pos);
	read_attrs(into->r, n, fields, texts, tile);
	if (!tile->query.metric.len)
		diag_add(into->r->diag, DIAG_ATTRIBUTE_MISSING, n->pos, "'tile' has no attribute 'metric'");
	read_children(into->r, n, children, tile);
}

void read_tiles(struct reader *r, const struct xml_node *n, struct layout_slot *s)
{
	static const struct xml_child children[] = {
		{ "bar", read_bar }, { "sides", read_sides }, { "spark", read_spark }, { "views", read_views },
		{ "difference", read_difference }, { "text", read_text }, { "benchmark", read_benchmark }, { "source", read_source },
		{ "tile", read_tile }, { NULL, NULL },
	};
	read_children(r, n, children, s);
	if (!s->tiles.count)
		diag_add(r->diag, DIAG_ELEMENT_MISSING, n->pos, "slot '" STR_FMT "' has no tile", STR_ARG(s->id));
}
