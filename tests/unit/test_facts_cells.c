/* facts: values found by where they belong. */
#include "facts/facts_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { METRICS = 7, YEARS = 40, MONTHS = 12, SCENARIOS = 3 };

static struct facts_metric metrics[METRICS];

static struct facts_cell cell(int i, const char *unit)
{
	struct period p = { .kind = PERIOD_MONTH, .year = (int16_t)(1990 + i / METRICS / MONTHS % YEARS), .number = (int8_t)(i / METRICS % MONTHS + 1) };
	return (struct facts_cell){ .metric = &metrics[i % METRICS], .unit = str_from(unit), .period = p, .period_count = 1,
		.scenario = (uint8_t)(i / METRICS / MONTHS / YEARS) };
}

static struct facts_value *value(struct arena *a, int i)
{
	struct facts_cell at = cell(i, "north");
	struct facts_value *v = ARENA_NEW(a, struct facts_value);
	v->metric = at.metric;
	v->unit = at.unit;
	v->period = at.period;
	v->scenario = at.scenario;
	v->number = decimal_int(i);
	return v;
}

/* Thousands, as the room grows; none that was not put in, though it differs in one thing alone. */
static void each_is_found(void **state)
{
	(void)state;
	enum { COUNT = METRICS * YEARS * MONTHS * SCENARIOS };
	struct arena a;
	struct facts_cells cells = { 0 };
	struct facts_cell none = cell(0, "north");
	arena_init(&a, 0, NULL);
	for (int m = 0; m < METRICS; m++)
		metrics[m].id = str_printf(&a, "metric-%d", m);
	assert_null(facts_cells_find(&cells, &none));
	for (int i = 0; i < COUNT; i++)
		facts_cells_add(&a, &cells, value(&a, i));
	assert_int_equal(cells.count, COUNT);
	for (int i = 0; i < COUNT; i++) {
		struct facts_cell at = cell(i, "north"), elsewhere = cell(i, "south"), longer = at, sided = at;
		struct facts_side side = { .index = 0 };
		longer.period_count = 2;
		sided.side = &side;
		assert_ptr_equal(facts_cells_find(&cells, &at), cells.at[i]);
		assert_int_equal(cells.at[i]->number.coef, i);
		assert_null(facts_cells_find(&cells, &elsewhere));
		assert_null(facts_cells_find(&cells, &longer));
		assert_null(facts_cells_find(&cells, &sided));
	}
	arena_release(&a);
}

/* A million values are the most memory there is: their size is part of what is promised. */
static void a_value_has_no_gaps(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct facts_value), 160);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_found),
		cmocka_unit_test(a_value_has_no_gaps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
