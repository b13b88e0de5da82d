/* base: memory, text, numbers, dates, diagnostics, sources. */
#include "base_fixture.h"

#include "base/addresses.h"
#include "base/again.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/library.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_utf8(struct str s)
{
	return utf8_broken(s) == s.len;
}

static void note_close(void *handle)
{
	char **end = handle;
	*(*end)++ = 'x';
}

/* arena */

static void arena_gives_zeroed_aligned_memory_after_reset(void **state)
{
	struct room *r = *state;
	unsigned char *p = arena_alloc(&r->arena, 1000);
	memset(p, 0xFF, 1000);
	arena_reset(&r->arena);
	unsigned char *q = arena_alloc(&r->arena, 3);
	unsigned char *w = arena_alloc(&r->arena, 2000);
	assert_int_equal((uintptr_t)q % 16, 0);
	assert_int_equal((uintptr_t)w % 16, 0);
	for (int i = 0; i < 2000; i++)
		assert_int_equal(w[i], 0);
}

static void arena_rewind_forgets_what_came_after(void **state)
{
	struct room *r = *state;
	arena_alloc(&r->arena, 100);
	struct arena_mark mark = arena_mark(&r->arena);
	size_t used = r->arena.used;
	char *p = arena_alloc(&r->arena, 64);
	memset(p, 1, 64);
	arena_alloc(&r->arena, 5 * 1024 * 1024);
	arena_rewind(&r->arena, mark);
	assert_int_equal(r->arena.used, used);
	char *q = arena_alloc(&r->arena, 64);
	assert_ptr_equal(p, q);
	assert_int_equal(q[63], 0);
}

static void arena_unwinds_over_its_cap_and_still_closes(void **state)
{
	(void)state;
	struct arena a;
	jmp_buf unwind;
	char closes[4] = "", *end = closes;
	volatile int kept = 0;
	arena_init(&a, 4096, &unwind);
	if (setjmp(unwind) == 0) {
		arena_defer(&a, note_close, &end);
		arena_alloc(&a, 4000);
		kept = 1;
		arena_alloc(&a, 4000);
		kept = 2;
	}
	assert_int_equal(kept, 1);
	assert_string_equal(closes, "");
	arena_release(&a);
	assert_string_equal(closes, "x");
}

static void arena_defer_closes_the_handle_it_cannot_keep(void **state)
{
	(void)state;
	struct arena a;
	jmp_buf unwind;
	char closes[4] = "", *end = closes;
	arena_init(&a, 16, &unwind);
	if (setjmp(unwind) == 0) {
		arena_defer(&a, note_close, &end);
		fail();
	}
	assert_string_equal(closes, "x");
	assert_null(arena_try(&a, 17));
	arena_release(&a);
}

static void arena_calloc_refuses_a_product_that_overflows(void **state)
{
	(void)state;
	struct arena a;
	jmp_buf unwind;
	arena_init(&a, 0, &unwind);
	if (setjmp(unwind) == 0) {
		arena_calloc(&a, SIZE_MAX / 2, 3);
		fail();
	}
	arena_release(&a);
}

static void arena_grow_keeps_the_bytes(void **state)
{
	struct room *r = *state;
	char *p = arena_copy(&r->arena, "abc", 3);
	char *same = arena_grow(&r->arena, p, 4, 100);
	assert_ptr_equal(p, same);
	arena_alloc(&r->arena, 1);
	char *moved = arena_grow(&r->arena, same, 100, 200);
	assert_ptr_not_equal(moved, same);
	assert_string_equal(moved, "abc");
	assert_int_equal(moved[199], 0);
}

static bool is_zeroed(const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (p[i])
			return false;
	return true;
}

static void arena_hands_out_again_what_an_array_left(void **state)
{
	struct room *r = *state;
	unsigned char *p = arena_alloc(&r->arena, 1024);
	memset(p, 0xFF, 1024);
	arena_alloc(&r->arena, 1);
	size_t used = r->arena.used;
	unsigned char *moved = arena_grow(&r->arena, p, 1024, 2048);
	assert_int_equal(moved[1023], 0xFF);
	unsigned char *small = arena_alloc(&r->arena, 100), *rest = arena_alloc(&r->arena, 700);
	assert_in_range((uintptr_t)small, (uintptr_t)p, (uintptr_t)p + 1024 - 100);
	assert_in_range((uintptr_t)rest, (uintptr_t)p, (uintptr_t)p + 1024 - 700);
	assert_true(is_zeroed(small, 100) && is_zeroed(rest, 700));
	assert_true(small + 100 <= rest || rest + 700 <= small);
	assert_in_range(r->arena.used, used + 1024 + 800, used + 1024 + 800 + 96);
}

/* What ends last in a hole grows where it stands and is given back, as at the end of a block. */
static void holes_are_filled_from_their_start(void **state)
{
	struct room *r = *state;
	char *p = arena_alloc(&r->arena, 4096);
	memset(p, 0xFF, 4096);
	arena_alloc(&r->arena, 1);
	arena_shrink(&r->arena, p, 4096, 0);
	char *small = arena_alloc(&r->arena, 64);
	assert_true(small >= p && small < p + 4096);
	size_t used = r->arena.used;
	char *grown = arena_grow(&r->arena, small, 64, 640);
	assert_ptr_equal(grown, small);
	assert_true(is_zeroed((unsigned char *)grown, 640));
	arena_shrink(&r->arena, grown, 640, 64);
	assert_int_equal(r->arena.used, used);
	arena_shrink(&r->arena, grown, 64, 0);
	assert_ptr_equal(arena_alloc(&r->arena, 64), small);
}

static void arena_leaves_the_array_of_another_arena(void **state)
{
	struct room *r = *state;
	struct arena other;
	arena_init(&other, 0, NULL);
	unsigned char *p = arena_alloc(&other, 1024);
	arena_alloc(&r->arena, 1);
	arena_grow(&r->arena, p, 1024, 2048);
	unsigned char *q = arena_alloc(&r->arena, 1024);
	assert_true(q + 1024 <= p || q >= p + 1024);
	arena_release(&other);
}

/* What ends last gives any size back; a finished text is as long as it says, and the next thing stands right behind it. */
static void texts_end_where_they_end(void **state)
{
	struct room *r = *state;
	struct buf b;

	buf_init(&b, &r->arena, 100);
	buf_puts(&b, "0123456789");
	size_t before = r->arena.used;
	struct str text = buf_finish(&b);
	assert_true(str_is(text, "0123456789") && text.ptr[10] == '\0');
	assert_true(r->arena.used < before);
	assert_true((char *)arena_alloc(&r->arena, 16) < text.ptr + 64);
	assert_true(str_is(text, "0123456789"));
}

static void addresses_know_what_was_put(void **state)
{
	struct room *r = *state;
	struct addresses m = { 0 };
	static char things[1000];

	assert_int_equal(address_lookup(&m, things), 0);
	for (uint32_t i = 0; i < 1000; i += 2)
		address_put(&r->arena, &m, &things[i], i + 1);
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(address_lookup(&m, &things[i]), i % 2 ? 0 : i + 1);
}

static void arena_shrink_gives_the_end_back(void **state)
{
	struct room *r = *state;
	unsigned char *p = memcpy(arena_alloc(&r->arena, 4000), "abc", 4);
	size_t used = r->arena.used;
	arena_shrink(&r->arena, p, 4000, 16);
	assert_in_range(r->arena.used, used - 4000 + 16, used - 4000 + 64);
	unsigned char *behind = arena_alloc(&r->arena, 2000);
	assert_in_range((uintptr_t)behind, (uintptr_t)p + 16, (uintptr_t)p + 64);
	unsigned char *other = arena_alloc(&r->arena, 10);
	arena_shrink(&r->arena, behind, 2000, 0);
	assert_in_range((uintptr_t)arena_alloc(&r->arena, 1900), (uintptr_t)behind, (uintptr_t)other);
	assert_memory_equal(p, "abc", 4);
}

static void arena_trim_keeps_what_it_may(void **state)
{
	struct room *r = *state;
	arena_alloc(&r->arena, 20000);
	arena_alloc(&r->arena, 100000);
	arena_reset(&r->arena);
	size_t all = r->arena.spare_size;
	assert_true(all >= 120000);
	arena_trim(&r->arena, all - 1);
	assert_in_range(r->arena.spare_size, 20000, all - 1);
	arena_trim(&r->arena, 0);
	assert_int_equal(r->arena.spare_size, 0);
	assert_null(r->arena.spare);
}

/* Many arrays grow in turn, some are given back, all between marks: none ever touches another. */
static void arrays_that_grow_in_turn_stay_apart(void **state)
{
	enum { ARRAYS = 40, ROUNDS = 20 };
	struct room *r = *state;
	uint32_t dice = 1;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(&r->arena);
		VEC(uint32_t) arrays[ARRAYS] = { 0 };
		for (int step = 0; step < 20000; step++) {
			dice = dice * 1664525 + 1013904223;
			uint32_t which = (dice >> 16) % ARRAYS;
			if ((dice >> 8) % 2000 == 0 && arrays[which].room) {
				arena_shrink(&r->arena, arrays[which].at, arrays[which].room * sizeof(uint32_t), 0);
				memset(&arrays[which], 0, sizeof arrays[which]);
			}
			uint32_t count = (uint32_t)arrays[which].count;
			vec_push(&r->arena, &arrays[which], which << 16 | count);
		}
		for (uint32_t i = 0; i < ARRAYS; i++)
			for (uint32_t k = 0; k < arrays[i].count; k++)
				assert_int_equal(arrays[i].at[k], i << 16 | k);
		if (round % 3)
			arena_rewind(&r->arena, mark);
	}
}

/* str and buf */

static void words_and_parts(void **state)
{
	(void)state;
	struct str rest = STR("  one\ttwo \n"), part;
	assert_text(str_word(&rest), "one");
	assert_text(str_word(&rest), "two");
	assert_int_equal(str_word(&rest).len, 0);
	rest = STR("a,,b,");
	assert_true(str_split(&rest, ',', &part));
	assert_text(part, "a");
	assert_true(str_split(&rest, ',', &part));
	assert_int_equal(part.len, 0);
	assert_true(str_split(&rest, ',', &part));
	assert_text(part, "b");
	assert_false(str_split(&rest, ',', &part));
}

static void utf8_refuses_what_is_not(void **state)
{
	(void)state;
	assert_true(is_utf8(STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")));
	assert_int_equal(utf8_broken(STR("ab\xC0\x80")), 2);          /* too long for its value */
	assert_int_equal(utf8_broken(STR("\xED\xA0\x80")), 0);        /* a surrogate */
	assert_int_equal(utf8_broken(STR("\xF4\x90\x80\x80")), 0);    /* beyond U+10FFFF */
	assert_int_equal(utf8_broken(STR("a\xE2\x82")), 1);           /* cut off */
	assert_int_equal(utf8_broken(STR("eight by eight, then\xFF and on and on")), 20);
	assert_int_equal(utf8_broken(STR("seventeen bytes \xFF")), 16);
	size_t at = 0;
	struct str s = STR("\xE2(\xC3\xA9");
	assert_int_equal(utf8_next(s, &at), 0xFFFD);
	assert_int_equal(utf8_next(s, &at), '(');
	assert_int_equal(utf8_next(s, &at), 0xE9);
	assert_int_equal(at, s.len);
	char bytes[4];
	assert_int_equal(utf8_put(bytes, 0x20AC), 3);
	assert_memory_equal(bytes, "\xE2\x82\xAC", 3);
}

static void nearest_names(void **state)
{
	(void)state;
	struct str names[] = { STR("metric"), STR("period"), STR("side"), STR("source") };
	assert_text(str_nearest(STR("metrik"), names, 4), "metric");
	assert_text(str_nearest(STR("preiod"), names, 4), "period");
	assert_text(str_nearest(STR("sde"), names, 4), "side");
	assert_int_equal(str_nearest(STR("colour"), names, 4).len, 0);
	assert_int_equal(str_nearest(STR("x"), names, 4).len, 0);
	struct str two[] = { STR("ab1"), STR("ab2") };
	assert_text(str_nearest(STR("ab3"), two, 2), "ab1");
}

static void buffers_stop_at_their_maximum(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 100);
	for (int i = 0; i < 10; i++)
		buf_printf(&b, "%s", "0123456789");
	assert_int_equal(b.len, 100);
	assert_false(b.overflowed);
	buf_putc(&b, 'x');
	assert_true(b.overflowed);
	assert_int_equal(strlen(b.ptr), 100);
}

static void buffers_escape(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, &r->arena, 1000);
	buf_json(&b, STR("a\"\\\n\x01\xC3\xA9\xFF"));
	assert_text(buf_str(&b), "\"a\\\"\\\\\\n\\u0001\xC3\xA9\xEF\xBF\xBD\"");
	buf_init(&b, &r->arena, 1000);
	buf_xml(&b, STR("<a b='c' d=\"e\">&"));
	assert_text(buf_str(&b), "&lt;a b=&apos;c&apos; d=&quot;e&quot;&gt;&amp;");
	buf_init(&b, &r->arena, 1000);
	buf_xml_attr(&b, "a", STR("<"));
	buf_xml_attr(&b, "b", STR(""));
	buf_xml_attr_some(&b, "c", STR(""));
	buf_xml_attr_some(&b, "d", STR("e"));
	assert_text(buf_str(&b), " a=\"&lt;\" b=\"\" d=\"e\"");
}

/* vec and map */

static void vectors_grow(void **state)
{
	struct room *r = *state;
	VEC(int) v = { 0 };
	for (int i = 0; i < 10000; i++)
		vec_push(&r->arena, &v, i);
	assert_int_equal(v.count, 10000);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(v.at[i], i);
	assert_int_equal(*vec_add(&r->arena, &v), 0);
}

static void maps_keep_the_order(void **state)
{
	struct room *r = *state;
	struct map m = { 0 };
	static int values[1000];
	assert_null(map_lookup(&m, STR("k1")));
	for (int i = 0; i < 1000; i++)
		assert_null(
			map_put(&r->arena, &m, str_printf(&r->arena, "k%d", i * 7919 % 1000), &values[i]));
	assert_ptr_equal(map_put(&r->arena, &m, STR("k0"), &values[5]), &values[0]);
	assert_int_equal(m.count, 1000);
	assert_text(m.entries[1].key, "k919");
	assert_ptr_equal(map_lookup(&m, STR("k919")), &values[1]);
	map_set(&r->arena, &m, STR("k919"), &values[9]);
	assert_ptr_equal(map_lookup(&m, STR("k919")), &values[9]);
	assert_int_equal(m.count, 1000);
	assert_text(map_nearest(&m, STR("kk0")), "k0");
}

/* numbers */

static void lengths(void **state)
{
	struct room *r = *state;
	mpt n = 7;
	assert_true(length_parse(STR("10.5pt"), &n));
	assert_int_equal(n, 10500);
	assert_true(length_parse(STR("25.4mm"), &n));
	assert_int_equal(n, 72000);
	assert_true(length_parse(STR("1mm"), &n));
	assert_int_equal(n, 2835); /* 2834.6 */
	assert_true(length_parse(STR("-2.54cm"), &n));
	assert_int_equal(n, -72000);
	assert_true(length_parse(STR("0"), &n));
	assert_int_equal(n, 0);
	const char *bad[] = { "12px", "12", "pt", "1e3pt", "12 pt", "3000000pt", "14401pt", "-200.1in", "", ".5pt" };
	n = 7;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(length_parse(str_from(bad[i]), &n));
	assert_int_equal(n, 7);
	struct buf b;
	buf_init(&b, &r->arena, 100);
	buf_mpt(&b, 10500);
	buf_putc(&b, ' ');
	buf_mpt(&b, -5);
	buf_putc(&b, ' ');
	buf_mpt(&b, 72000);
	assert_text(buf_str(&b), "10.5 -0.005 72");
	buf_init(&b, &r->arena, 100);
	buf_mm(&b, 72000);
	buf_putc(&b, ' ');
	buf_mm(&b, -36000);
	buf_putc(&b, ' ');
	buf_mm(&b, -100);
	assert_text(buf_str(&b), "25.4 -12.7 0.0");
	assert_int_equal(mpt_scale(5, 1, 2), 3);
	assert_int_equal(mpt_scale(-5, 1, 2), -3);
	assert_int_equal(mpt_scale(INT32_MAX, INT64_MAX / 4, INT64_MAX / 4), INT32_MAX);
}

static const char *shown(struct room *r, struct decimal n)
{
	struct buf b;
	buf_init(&b, &r->arena, 100);
	buf_decimal(&b, n);
	return b.ptr;
}

static struct decimal number(const char *text)
{
	struct decimal n;
	assert_true(decimal_parse(str_from(text), &n));
	return n;
}

static void decimals_parse_and_print(void **state)
{
	struct room *r = *state;
	assert_string_equal(shown(r, number("-12.50")), "-12.50");
	assert_string_equal(shown(r, number("-0.05")), "-0.05");
	assert_string_equal(shown(r, number("9223372036854775807")), "9223372036854775807");
	struct decimal n;
	const char *bad[] = { "9223372036854775808", "1.", ".1", "+1", "1e3", " 1", "1,5", "", "-",
		"0.1234567890123" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(decimal_parse(str_from(bad[i]), &n));
}

static void decimals_add_and_multiply_exactly(void **state)
{
	struct room *r = *state;
	struct decimal n = number("1");
	assert_true(decimal_add(number("0.1"), number("0.25"), &n));
	assert_string_equal(shown(r, n), "0.35");
	assert_true(decimal_sub(number("0.1"), number("1"), &n));
	assert_string_equal(shown(r, n), "-0.9");
	assert_true(decimal_mul(number("1.5"), number("-0.02"), &n));
	assert_string_equal(shown(r, n), "-0.030");
	assert_true(decimal_mul(number("0.0000001000"), number("0.5000"), &n)); /* zeros give way */
	assert_string_equal(shown(r, n), "0.000000050000");
	n = number("7");
	assert_false(decimal_mul(number("0.0000001"), number("0.0000001"), &n));
	assert_false(decimal_add(number("9223372036854775807"), number("1"), &n));
	assert_false(decimal_mul(number("9223372036854775807"), number("2"), &n));
	assert_string_equal(shown(r, n), "7");
}

static void decimals_divide_half_away_from_zero(void **state)
{
	struct room *r = *state;
	struct decimal n;
	assert_true(decimal_div(number("1"), 100, number("3"), 1, &n));
	assert_string_equal(shown(r, n), "33.3");
	assert_true(decimal_div(number("1"), 1, number("8"), 2, &n));
	assert_string_equal(shown(r, n), "0.13");
	assert_true(decimal_div(number("-1"), 1, number("8"), 2, &n));
	assert_string_equal(shown(r, n), "-0.13");
	assert_true(decimal_div(number("0.000000000001"), 1, number("3000"), 12, &n));
	assert_string_equal(shown(r, n), "0.000000000000");
	/* the numerator times 10^24 does not fit 128 bits, the result does */
	assert_true(
		decimal_div(number("9000000000000000000"), 1, number("9000000.000000000000"), 0, &n));
	assert_string_equal(shown(r, n), "1000000000000");
	assert_true(decimal_div(number("2"), 1, number("0.7"), 3, &n));
	assert_string_equal(shown(r, n), "2.857");
	assert_false(decimal_div(number("1"), 1, number("0.00"), 2, &n));
	assert_false(decimal_div(number("9223372036854775807"), 1000, number("0.001"), 2, &n));
}

static void decimals_round_and_compare(void **state)
{
	struct room *r = *state;
	assert_string_equal(shown(r, decimal_round(number("2.5"), 0)), "3");
	assert_string_equal(shown(r, decimal_round(number("-2.5"), 0)), "-3");
	assert_string_equal(shown(r, decimal_round(number("2.4999"), 0)), "2");
	assert_string_equal(shown(r, decimal_round(number("0.045"), 2)), "0.05");
	assert_string_equal(shown(r, decimal_round(number("7"), 2)), "7.00");
	assert_string_equal(shown(r, decimal_trimmed(number("-12.50"))), "-12.5");
	assert_string_equal(shown(r, decimal_trimmed(number("120.00"))), "120");
	assert_string_equal(decimal_text(&r->arena, number("12.50")).ptr, "12.50");
	assert_int_equal(decimal_cmp(number("1.50"), number("1.5")), 0);
	assert_int_equal(decimal_cmp(number("-2"), number("1.999999999999")), -1);
	assert_int_equal(decimal_cmp(number("9223372036854775807"), number("0.000000000001")), 1);
	assert_int_equal(decimal_sign(number("-0.0")), 0);
	assert_true(decimal_double(number("12.5")) == 12.5);
	assert_int_equal(decimal_length(number("78"), number("100"), 200000), 156000);
	assert_int_equal(decimal_length(number("-1"), number("3"), 100), -33);
	assert_int_equal(
		decimal_length(number("9223372036854775807"), number("9223372.036854775807"), 1),
		INT32_MAX);
	assert_int_equal(
		decimal_length(number("4611686018427387904"), number("9223372036854775807"), 1000000),
		500000);
}

/* dates */

static struct period period(const char *text)
{
	struct period p;
	assert_true(period_parse(str_from(text), &p));
	return p;
}

static void dates(void **state)
{
	(void)state;
	struct date d, e;
	assert_true(date_parse(STR("2024-02-29"), &d));
	assert_false(date_parse(STR("2026-02-29"), &d));
	assert_false(date_parse(STR("1900-02-29"), &d));
	assert_false(date_parse(STR("2026-9-30"), &d));
	assert_false(date_parse(STR("2026-13-01"), &d));
	assert_false(date_parse(STR("0000-01-01"), &d));
	assert_true(date_parse(STR("2026-03-01"), &e));
	assert_int_equal(date_days(e) - date_days(d), 731);
	assert_int_equal(date_cmp(d, e), -1);
	assert_true(date_parse(STR("1970-01-01"), &d));
	assert_int_equal(date_days(d), 0);
	assert_true(date_parse(STR("1969-12-31"), &d));
	assert_int_equal(date_days(d), -1);
}

static void periods(void **state)
{
	struct room *r = *state;
	const char *forms[] = { "2026-09", "2026-Q3", "2026-H1", "2026", "2026-Q3-YTD", "2026-08-YTD", "2026-Q3-LTM", "2026-11-LTM" };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_string_equal(period_text(&r->arena, period(forms[i])).ptr, forms[i]);
	struct period p;
	const char *bad[] = { "2026-Q5", "2026-Q0", "2026-H3", "2026-13", "2026-00", "2026-9", "26-Q1",
		"2026-Q3-ytd", "2026-", "2026-H1-YTD", "2026-LTM", "2026-Q3-YTD-LTM" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(period_parse(str_from(bad[i]), &p));
	assert_string_equal(period_text(&r->arena, period_shift(period("2026-Q1"), -1)).ptr, "2025-Q4");
	assert_string_equal(period_text(&r->arena, period_shift(period("2026-Q3"), 6)).ptr, "2028-Q1");
	assert_string_equal(period_text(&r->arena, period_shift(period("2026-01"), -13)).ptr, "2024-12");
	assert_string_equal(period_text(&r->arena, period_shift(period("2026-Q3-YTD"), -1)).ptr, "2025-Q3-YTD");
	assert_string_equal(period_text(&r->arena, period_shift(period("2026-Q1-LTM"), -1)).ptr, "2025-Q4-LTM");
	assert_string_equal(period_text(&r->arena, period_shift(period("2026-08-LTM"), -8)).ptr, "2025-Q4-LTM");
	assert_string_equal(period_text(&r->arena, period("2026-09-YTD")).ptr, "2026-Q3-YTD");
	assert_string_equal(period_text(&r->arena, period_as(period("2026-Q3"), PERIOD_LTM)).ptr, "2026-Q3-LTM");
	assert_string_equal(period_text(&r->arena, period_as(period("2026-08"), PERIOD_QUARTER)).ptr, "2026-Q3");
	assert_true(period_alike(period("2026-Q3-LTM"), period("2026-Q2-LTM")));
	assert_false(period_alike(period("2026-Q3-YTD"), period("2026-Q2-YTD")));
	assert_false(period_alike(period("2026-Q4-YTD"), period("2026")));
	assert_string_equal(period_text(&r->arena, period_year_ago(period("2026-H2"))).ptr, "2025-H2");
	assert_string_equal(period_text(&r->arena, period_year(period("2026-Q3"), 1)).ptr, "2027");
	assert_string_equal(period_text(&r->arena, period_ytd(period("2026-08"))).ptr, "2026-08-YTD");
	assert_string_equal(period_text(&r->arena, period_ytd(period("2026-H1"))).ptr, "2026-Q2-YTD");
	assert_true(period_cmp(period("2026-Q2"), period("2026-Q3")) < 0);
	assert_true(period_cmp(period("2026-Q4"), period("2026-11")) > 0);
	assert_true(period_cmp(period("2026"), period("2027-01")) < 0);
	assert_int_equal(period_cmp(period("2026-Q2"), period("2026-Q2")), 0);
	assert_true(period_cmp(period("2026-Q4"), period("2026")) != 0);
}

static void period_days(void **state)
{
	struct room *r = *state;
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026-Q3"), &(struct calendar){ .start_month = 1 })).ptr, "2026-07-01");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2026-Q3"), &(struct calendar){ .start_month = 1 })).ptr, "2026-09-30");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2024-02"), &(struct calendar){ .start_month = 1 })).ptr, "2024-02-29");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026"), &(struct calendar){ .start_month = 7 })).ptr, "2025-07-01");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2026"), &(struct calendar){ .start_month = 7 })).ptr, "2026-06-30");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026-Q1"), &(struct calendar){ .start_month = 4 })).ptr, "2025-04-01");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2026-Q4"), &(struct calendar){ .start_month = 4 })).ptr, "2026-03-31");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026-Q3-YTD"), &(struct calendar){ .start_month = 1 })).ptr, "2026-01-01");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2026-Q3-YTD"), &(struct calendar){ .start_month = 1 })).ptr, "2026-09-30");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026-H2"), &(struct calendar){ .start_month = 1 })).ptr, "2026-07-01");
	const struct calendar year = { .start_month = 1 };
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026-08-LTM"), &year)).ptr, "2025-09-01");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2026-08-LTM"), &year)).ptr, "2026-08-31");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2026"), &(struct calendar){ .start_month = 7, .named_for_start = true })).ptr, "2026-07-01");
	assert_string_equal(period_text(&r->arena, period_of_day((struct date){ 2026, 8, 31 }, PERIOD_MONTH, &year)).ptr, "2026-08");
	assert_string_equal(period_text(&r->arena, period_of_day((struct date){ 2026, 10, 1 }, PERIOD_QUARTER, &(struct calendar){ .start_month = 10 })).ptr, "2027-Q1");
}

/* The calendar of American shops: nearest Saturday to the end of January, named for the year it begins in; and one that ends on the last
 * Friday of December. The days are those of a calendar on paper. */
static void weeks(void **state)
{
	struct room *r = *state;
	const struct calendar retail = { CALENDAR_4_5_4, 2, 6, true, true };
	const struct calendar last_friday = { CALENDAR_4_4_5, 1, 5, false, false };
	for (int y = 2015; y <= 2030; y++) {
		assert_int_equal(calendar_weeks(&retail, y), y == 2017 || y == 2023 || y == 2028 ? 53 : 52);
		assert_int_equal(calendar_weeks(&last_friday, y), y == 2016 || y == 2021 || y == 2027 ? 53 : 52);
	}
	assert_int_equal(calendar_weeks(&(struct calendar){ .start_month = 1 }, 2026), 0);
	assert_string_equal(date_text(&r->arena, period_first_day(period("2023"), &retail)).ptr, "2023-01-29");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2023"), &retail)).ptr, "2024-02-03");
	assert_string_equal(date_text(&r->arena, period_last_day(period("2023-01"), &retail)).ptr, "2023-02-25"); /* four weeks */
	assert_string_equal(date_text(&r->arena, period_last_day(period("2023-02"), &retail)).ptr, "2023-04-01"); /* five */
	assert_string_equal(date_text(&r->arena, period_last_day(period("2023-Q1"), &retail)).ptr, "2023-04-29");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2023-12"), &retail)).ptr, "2023-12-31");
	assert_string_equal(date_text(&r->arena, period_first_day(period("2024-Q2-LTM"), &retail)).ptr, "2023-07-30");
	assert_string_equal(date_text(&r->arena, period_first_month(period("2023-12"), &retail)).ptr, "2024-01-01");
	int usual;
	assert_int_equal(period_weeks(period("2023-12"), &retail, &usual), 5);
	assert_int_equal(usual, 4);
	assert_int_equal(period_weeks(period("2023-Q2-YTD"), &retail, &usual), 26);
	assert_int_equal(usual, 26);
	assert_int_equal(period_weeks(period("2024-Q2-LTM"), &retail, &usual), 53);
	assert_int_equal(usual, 52);
	assert_string_equal(period_text(&r->arena, period_of_day((struct date){ 2024, 2, 3 }, PERIOD_MONTH, &retail)).ptr, "2023-12");
	assert_string_equal(period_text(&r->arena, period_of_day((struct date){ 2024, 2, 4 }, PERIOD_YEAR, &retail)).ptr, "2024");
	for (int32_t day = date_days((struct date){ 1899, 12, 25 }); day < date_days((struct date){ 1901, 1, 10 }); day++)
		assert_int_equal(date_days(date_of_days(day)), day);
	for (int32_t day = -700000; day < 2000000; day += 997)
		assert_int_equal(date_days(date_of_days(day)), day);
}

/* hash: the first test vector of FIPS 180 */

static void sha256(void **state)
{
	struct room *r = *state;
	uint8_t digest[32];
	hash_sha256(STR("abc"), digest);
	assert_text(hash_hex(&r->arena, digest),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* The bytes as read, whatever is made of them later, and wherever they are kept. */
/* The hash is that of the text with noughts; a carriage return does not count, a changed letter does. */
static void text_with_its_own_hash(void **state)
{
	struct room *r = *state;
	char text[] = "<a seal=\"0000000000000000000000000000000000000000000000000000000000000000\">b</a>\n";
	struct str whole = { text, sizeof text - 1 }, first = hash_sealed(&r->arena, whole, "seal=\"");
	uint8_t digest[32];

	hash_sha256(whole, digest);
	assert_text(hash_hex(&r->arena, digest), first.ptr);
	hash_seal(&r->arena, text, sizeof text - 1, "seal=\"");
	assert_memory_equal(text + 9, first.ptr, 64);
	assert_text(hash_sealed(&r->arena, whole, "seal=\""), first.ptr);
	assert_text(hash_sealed(&r->arena, str_printf(&r->arena, "%s\r", text), "seal=\""), first.ptr);
	text[sizeof text - 7] = 'c';
	assert_false(str_equal(hash_sealed(&r->arena, whole, "seal=\""), first));
	hash_seal(&r->arena, text, 4, "seal=\""); /* none there: nothing is written */
	assert_memory_equal(text, "<a s", 4);
}

static void sha256_of_source(void **state)
{
	struct room *r = *state;
	const struct source *s = source_from(&r->arena, STR("name"), STR("abc"));
	const struct source *made = source_remade(&r->arena, s, STR("other")), *kept = source_kept(&r->arena, s);
	const char *of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	assert_text(hash_hex(&r->arena, source_sha256(made)), of_abc);
	assert_text(hash_hex(&r->arena, source_sha256(kept)), of_abc);
	assert_text(hash_hex(&r->arena, source_sha256(source_kept(&r->arena, made))), of_abc);
	assert_ptr_equal(source_sha256(s), source_sha256(made)); /* found once */
}

static void names_are_whole(void **state)
{
	(void)state;
	assert_true(str_is(STR("metric"), "metric"));
	assert_true(str_is(STR(""), ""));
	assert_false(str_is(STR("metric"), "metrics"));
	assert_false(str_is(STR("metrics"), "metric"));
	assert_false(str_is(STR("me\0ric"), "me"));
	assert_false(str_is(STR("me"), ""));
}

/* A text around the length that is put together at once. */
static void long_texts_are_whole(void **state)
{
	struct room *r = *state;
	for (int width = 254; width <= 258; width++) {
		struct str s = str_printf(&r->arena, "%0*d", width, 7);
		assert_int_equal(s.len, width);
		assert_int_equal(s.ptr[width - 1], '7');
		assert_int_equal(s.ptr[width], '\0');
	}
}

/* diagnostics */

static const char *printed(struct room *r, size_t max)
{
	struct buf b;
	buf_init(&b, &r->arena, 100000);
	diag_print(&r->diag, DIAG_PLAIN, max, &b);
	return b.ptr;
}

static void diagnostics_print_sorted_with_a_caret(void **state)
{
	struct room *r = *state;
	const struct source *q3 = source_from(
		&r->arena, STR("q3.xml"), STR("<a>\r\n\t<\xC3\xA9l\xC3\xA9ment id=\"arr\">\r\n"));
	const struct source *board = source_from(&r->arena, STR("board.xml"), STR("<tile/>"));
	diag_add(&r->diag, DIAG_SYSTEM, (struct src_pos){ 0 }, "no room");
	diag_add(&r->diag, DIAG_METRIC_UNKNOWN, (struct src_pos){ q3, 17 }, "metric '%s' is not known",
		"arr");
	diag_note(&r->diag, (struct src_pos){ board, 1 }, "needed here");
	diag_add(&r->diag, DIAG_PERIOD_STALE, (struct src_pos){ q3, 0 }, "old");
	assert_int_equal(r->diag.errors, 2);
	assert_int_equal(r->diag.warnings, 1);
	assert_string_equal(printed(r, 10),
		"q3.xml:1:1: warning: old [period-stale]\n"
		"    1 | <a>\n"
		"      | ^\n"
		"q3.xml:2:11: error: metric 'arr' is not known [metric-unknown]\n"
		"    2 | \t<\xC3\xA9l\xC3\xA9ment id=\"arr\">\n"
		"      | \t         ^\n"
		"board.xml:1:2: note: needed here\n"
		"entente: error: no room [system]\n");
}

static void diagnostics_drop_repetitions_and_count_the_rest(void **state)
{
	struct room *r = *state;
	const struct source *s = source_from(&r->arena, STR("a"), STR("abc"));
	for (int i = 0; i < 2; i++) {
		diag_add(&r->diag, DIAG_GRID, (struct src_pos){ s, 1 }, "one");
		diag_note(&r->diag, (struct src_pos){ 0 }, "because");
	}
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ s, 2 }, "two");
	assert_int_equal(r->diag.errors, 2);
	assert_string_equal(printed(r, 1),
		"a:1:2: error: one [grid]\n    1 | abc\n      |  ^\nnote: because\n1 more message\n");
}

static void what_is_said_once_counts_its_other_places(void **state)
{
	struct room *r = *state;
	struct diag copy;
	const struct source *s = source_from(&r->arena, STR("a"), STR("abc"));
	static const struct { uint32_t subject, at; } found[] = { { 7, 1 }, { 7, 1 }, { 9, 1 }, { 7, 2 }, { 7, 0 }, { 7, 2 }, { 8, 2 }, { 8, 0 } };
	for (size_t i = 0; i < sizeof found / sizeof *found; i++)
		diag_add_once(&r->diag, DIAG_GLYPH_MISSING, found[i].subject, (struct src_pos){ s, found[i].at }, "%u at %u",
			found[i].subject, found[i].at);
	assert_int_equal(r->diag.warnings, 3);
	assert_text(diag_text(&r->arena, &r->diag.messages.at[0]), "7 at 1; also in 2 other places");
	assert_text(diag_text(&r->arena, &r->diag.messages.at[1]), "9 at 1");
	assert_text(diag_text(&r->arena, &r->diag.messages.at[2]), "8 at 2; also in 1 other place");
	diag_init(&copy, &r->arena);
	diag_add(&copy, DIAG_GRID, (struct src_pos){ s, 1 }, "before");
	diag_add_all(&copy, &r->diag);
	assert_int_equal(copy.messages.count, 4);
	assert_text(diag_text(&r->arena, &copy.messages.at[1]), "7 at 1; also in 2 other places");
}

static void diagnostics_clip_long_lines_around_the_caret(void **state)
{
	struct room *r = *state;
	char line[301];
	memset(line, 'a', 300);
	line[200] = 'X';
	const struct source *s = source_from(&r->arena, STR("f"), (struct str){ line, 300 });
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ s, 200 }, "here");
	const char *text = strchr(printed(r, 1), '\n') + 1, *under = strchr(text, '\n') + 1;
	const char *x = strchr(text, 'X'), *caret = strchr(under, '^');
	assert_memory_equal(text, "    1 | \xE2\x80\xA6" "aaa", 14);
	/* the mark takes three bytes and one column */
	assert_int_equal(x - text - 2, caret - under);
	assert_true(under - text < 120);
}

static void diagnostics_never_write_control_characters(void **state)
{
	struct room *r = *state;
	const struct source *s = source_from(&r->arena, STR("f"), STR("a\x1B[31mb\xFF"));
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ s, 0 }, "'%s'", "\x1B]0;x\x07");
	assert_null(strchr(printed(r, 1), '\x1B'));
	assert_null(strchr(printed(r, 1), '\x07'));
	assert_true(is_utf8(str_from(printed(r, 1))));
}

static void diagnostics_as_json(void **state)
{
	struct room *r = *state;
	struct buf b;
	const struct source *s = source_from(&r->arena, STR("a\"b"), STR("x\ny"));
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ s, 2 }, "'%s'%s", "y",
		diag_nearest(&r->diag, STR("z")));
	diag_note(&r->diag, (struct src_pos){ 0 }, "because");
	buf_init(&b, &r->arena, 10000);
	diag_print_json(&r->diag, &b);
	assert_text(buf_str(&b),
		"[\n {\"level\": \"error\", \"code\": \"grid\", \"file\": \"a\\\"b\", \"line\": 2, "
		"\"column\": 1, "
		"\"message\": \"'y'; did you mean 'z'?\", \"notes\": [{\"message\": \"because\"}]}\n]\n");
}

static void diagnostics_cut_messages_between_characters(void **state)
{
	struct room *r = *state;
	char *name = test_malloc(9001);
	for (int i = 0; i < 9000; i += 2)
		memcpy(name + i, "\xC3\xA9", 2);
	name[9000] = '\0';
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ 0 }, "x%s", name);
	test_free(name);
	struct str text = r->diag.messages.at[0].text;
	assert_true(text.len < 4200);
	assert_true(is_utf8(text));
	assert_true(str_ends(text, "\xC3\xA9\xE2\x80\xA6"));
}

/* sources */

static void lines_and_columns(void **state)
{
	struct room *r = *state;
	const struct source *s = source_from(&r->arena, STR("f"), STR("\xC3\xA9" "a\r\n\nz"));
	assert_int_equal(src_line_number((struct src_pos){ s, 5 }), src_line((struct src_pos){ s, 5 }).line);
	assert_int_equal(src_line_number((struct src_pos){ 0 }), 0);
	struct src_line line = src_line((struct src_pos){ s, 2 });
	assert_int_equal(line.line, 1);
	assert_int_equal(line.column, 2);
	assert_text(line.text, "\xC3\xA9" "a");
	line = src_line((struct src_pos){ s, 5 });
	assert_int_equal(line.line, 2);
	assert_int_equal(line.column, 1);
	line = src_line((struct src_pos){ s, 7 }); /* the end */
	assert_int_equal(line.line, 3);
	assert_int_equal(line.column, 2);
}

/* Cells point by row and column; a workbook as a whole has no place in it. */
static void places_in_words(void **state)
{
	struct room *r = *state;
	struct source grid = { .name = STR("b.xlsx:Plan"), .kind = SOURCE_GRID };
	struct source whole = { .name = STR("b.xlsx"), .kind = SOURCE_WHOLE };
	struct src_pos last = { &grid, grid_offset(GRID_ROWS - 1, GRID_COLUMNS - 1) };
	struct buf b;
	buf_init(&b, &r->arena, 10000);
	buf_pos(&b, (struct src_pos){ source_from(&r->arena, STR("f"), STR("a\nbc")), 3 });
	buf_putc(&b, ' ');
	buf_pos_line(&b, (struct src_pos){ source_from(&r->arena, STR("f"), STR("a\nbc")), 3 });
	buf_putc(&b, ' ');
	buf_pos(&b, (struct src_pos){ &grid, grid_offset(16, 3) });
	buf_putc(&b, ' ');
	buf_pos_line(&b, (struct src_pos){ &grid, grid_offset(0, 26) });
	buf_putc(&b, ' ');
	buf_pos(&b, last);
	buf_putc(&b, ' ');
	buf_pos(&b, (struct src_pos){ &whole, 0 });
	buf_pos(&b, (struct src_pos){ 0 });
	assert_text(buf_str(&b), "f:2:2 f:2 b.xlsx:Plan!D17 b.xlsx:Plan!AA1 b.xlsx:Plan!FAN1048576 b.xlsx");
	assert_int_equal(src_line(last).line, GRID_ROWS);
	assert_int_equal(src_line(last).column, GRID_COLUMNS);
}

static void diagnostics_in_sheets(void **state)
{
	struct room *r = *state;
	struct source grid = { .name = STR("b.xlsx:Plan"), .kind = SOURCE_GRID };
	struct source whole = { .name = STR("b.xlsx"), .kind = SOURCE_WHOLE };
	struct buf b;
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ &grid, grid_offset(16, 3) }, "no number");
	diag_note(&r->diag, (struct src_pos){ &grid, grid_offset(2, 3) }, "its head");
	diag_add(&r->diag, DIAG_GRID, (struct src_pos){ &whole, 0 }, "damaged");
	buf_init(&b, &r->arena, 10000);
	diag_print(&r->diag, DIAG_PLAIN, 10, &b);
	assert_text(buf_str(&b), "b.xlsx: error: damaged [grid]\n"
		"b.xlsx:Plan!D17: error: no number [grid]\nb.xlsx:Plan!D3: note: its head\n");
	buf_init(&b, &r->arena, 10000);
	diag_print_json(&r->diag, &b);
	assert_text(buf_str(&b),
		"[\n {\"level\": \"error\", \"code\": \"grid\", \"file\": \"b.xlsx\", \"message\": \"damaged\", "
		"\"notes\": []},\n {\"level\": \"error\", \"code\": \"grid\", \"file\": \"b.xlsx:Plan\", \"line\": 17, "
		"\"column\": 4, \"cell\": \"D17\", \"message\": \"no number\", \"notes\": [{\"file\": \"b.xlsx:Plan\", "
		"\"line\": 3, \"column\": 4, \"cell\": \"D3\", \"message\": \"its head\"}]}\n]\n");
}

static void put_file(const char *path, struct str bytes)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
	fclose(f);
}

/* A folder with an inside and an outside. */
struct fence {
	char path[64];
	struct folder root;
};

static void build_fence(struct room *r, struct fence *f)
{
	strcpy(f->path, "/tmp/entente-test-XXXXXX");
	assert_non_null(mkdtemp(f->path));
	assert_int_equal(chdir(f->path), 0);
	assert_int_equal(mkdir("in", 0700) | mkdir("in/units", 0700) | mkdir("input", 0700), 0);
	put_file("in/company.xml", STR("<company/>"));
	put_file("in/units/emea.xml", STR("\xEF\xBB\xBF<a/>"));
	put_file("in/units/apac.xml", STR("b"));
	put_file("in/units/note.txt", STR("c"));
	put_file("in/units/.hidden.xml", STR("d"));
	put_file("input/secret.xml", STR("secret"));
	assert_int_equal(symlink("../input/secret.xml", "in/link.xml"), 0);
	assert_int_equal(symlink("../input", "in/away"), 0);
	assert_int_equal(symlink("units/emea.xml", "in/alias.xml"), 0);
	assert_int_equal(mkfifo("in/pipe.xml", 0600), 0);
	assert_true(folder_open(&r->arena, STR("./in/"), &f->root));
}

static void remove_fence(struct fence *f)
{
	char command[128];
	assert_int_equal(chdir("/"), 0);
	snprintf(command, sizeof command, "rm -rf '%s'", f->path);
	assert_int_equal(system(command), 0);
}

static const struct source *load(
	struct room *r, struct fence *f, const char *base, const char *path)
{
	return source_load(
		&r->arena, &f->root, str_from(base), str_from(path), (struct src_pos){ 0 }, &r->diag);
}

static void assert_last(struct room *r, enum diag_code code, const char *text)
{
	assert_true(r->diag.messages.count > 0);
	const struct diag_message *m = &r->diag.messages.at[r->diag.messages.count - 1];
	assert_text(m->text, text);
	assert_int_equal(m->code, code);
}

static void sources_stay_within_their_folder(void **state)
{
	struct room *r = *state;
	struct fence f;
	build_fence(r, &f);
	const struct source *s = load(r, &f, "units", "../company.xml");
	assert_non_null(s);
	assert_text(s->name, "in/company.xml");
	assert_text(s->path, "company.xml");
	assert_text(s->text, "<company/>");
	assert_non_null(load(r, &f, "", "alias.xml"));
	assert_int_equal(r->diag.errors, 0);
	assert_null(load(r, &f, "units", "../../input/secret.xml"));
	assert_last(r, DIAG_FILE_OUTSIDE, "'../../input/secret.xml' leaves the folder 'in'");
	assert_null(load(r, &f, "", "link.xml"));
	assert_last(r, DIAG_FILE_OUTSIDE, "'link.xml' leaves the folder 'in'");
	assert_null(load(r, &f, "", "away/secret.xml"));
	assert_last(r, DIAG_FILE_OUTSIDE, "'away/secret.xml' leaves the folder 'in'");
	assert_null(load(r, &f, "", "/etc/passwd"));
	assert_last(r, DIAG_FILE_OUTSIDE, "'/etc/passwd' leaves the folder 'in'");
	remove_fence(&f);
}

static void sources_that_cannot_be_read(void **state)
{
	struct room *r = *state;
	struct fence f;
	build_fence(r, &f);
	assert_null(load(r, &f, "units", "emae.xml"));
	assert_last(r, DIAG_FILE_MISSING, "file 'emae.xml' is not there; did you mean 'emea.xml'?");
	assert_null(load(r, &f, "", "nowhere/emea.xml"));
	assert_last(r, DIAG_FILE_MISSING, "file 'nowhere/emea.xml' is not there");
	assert_null(load(r, &f, "", "units"));
	assert_last(r, DIAG_FILE_UNREADABLE, "file 'units' cannot be read: it is a folder");
	assert_null(load(r, &f, "", "pipe.xml"));
	assert_last(r, DIAG_FILE_UNREADABLE, "file 'pipe.xml' cannot be read: it is no ordinary file");
	assert_int_equal(truncate("in/units/note.txt", (off_t)LIMIT_FILE_BYTES + 1), 0);
	assert_null(load(r, &f, "units", "note.txt"));
	assert_last(r, DIAG_LIMIT, "file 'note.txt' is larger than 256 MB");
	struct folder none;
	assert_false(folder_open(&r->arena, STR("in/company.xml"), &none));
	assert_false(folder_open(&r->arena, STR("nowhere"), &none));
	remove_fence(&f);
}

static void globs_are_sorted_and_fenced(void **state)
{
	struct room *r = *state;
	struct fence f;
	size_t count;
	build_fence(r, &f);
	struct str *paths = source_glob(&r->arena, &f.root, STR(""), STR("units/*.xml"), &count);
	assert_int_equal(count, 2);
	assert_text(paths[0], "units/apac.xml");
	assert_text(paths[1], "units/emea.xml");
	paths = source_glob(&r->arena, &f.root, STR("units"), STR("?ote*"), &count);
	assert_int_equal(count, 1);
	assert_text(paths[0], "note.txt");
	source_glob(&r->arena, &f.root, STR(""), STR("away/*.xml"), &count);
	assert_int_equal(count, 0);
	source_glob(&r->arena, &f.root, STR(""), STR("../input/*"), &count);
	assert_int_equal(count, 0);
	remove_fence(&f);
}

static const struct source *transcoded(struct room *r, struct str bytes, const char *encoding)
{
	const struct source *s = source_from(&r->arena, STR("f"), bytes);
	return source_to_utf8(&r->arena, s, str_from(encoding), &r->diag);
}

static void sources_become_utf8(void **state)
{
	struct room *r = *state;
	assert_text(transcoded(r, STR("caf\xE9\nx"), "ISO-8859-1")->text, "caf\xC3\xA9\nx");
	assert_text(transcoded(r, STR("\x80"), "windows-1252")->text, "\xE2\x82\xAC");
	assert_text(transcoded(r, STR("\xFE\xFF\x00" "a\x20\xAC"), "UTF-16BE")->text, "a\xE2\x82\xAC");
	assert_text(transcoded(r, STR("\xEF\xBB\xBF" "a"), "utf-8")->text, "a");
	char *large = arena_alloc(&r->arena, 100000);
	memset(large, 0xE9, 100000);
	struct str text = transcoded(r, (struct str){ large, 100000 }, "ISO-8859-1")->text;
	assert_int_equal(text.len, 200000);
	assert_true(is_utf8(text));
	const struct source *s = source_from(&r->arena, STR("f"), STR("abc"));
	assert_ptr_equal(source_to_utf8(&r->arena, s, STR("UTF-8"), &r->diag), s);
	assert_int_equal(r->diag.errors, 0);
}

static void bytes_of_another_encoding(void **state)
{
	struct room *r = *state;
	assert_null(transcoded(r, STR("ab\nc\xE9" "d"), "UTF-8"));
	assert_null(transcoded(r, STR("ab\xFF"), "Shift_JIS"));
	assert_null(transcoded(r, STR("x\x00\x00\xD8z\x00"), "UTF-16LE"));
	assert_null(transcoded(r, STR("abc"), "klingon"));
	assert_int_equal(r->diag.errors, 4);
	assert_string_equal(printed(r, 10),
		"f:1:1: error: encoding 'klingon' is not known [encoding]\n"
		"    1 | abc\n"
		"      | ^\n"
		"f:1:2: error: byte 0x00 is not valid in UTF-16LE, the encoding of this file [encoding]\n"
		"    1 | x\xEF\xBF\xBD\n"
		"      |  ^\n"
		"f:1:3: error: byte 0xFF is not valid in Shift_JIS, the encoding of this file [encoding]\n"
		"    1 | ab\xEF\xBF\xBD\n"
		"      |   ^\n"
		"f:2:2: error: byte 0xE9 is not valid in UTF-8, the encoding of this file [encoding]\n"
		"    2 | c\xEF\xBF\xBD" "d\n"
		"      |  ^\n");
}

static void parts_are_joined_without_the_empty_ones(void **state)
{
	struct room *r = *state;
	const struct str parts[] = { STR(""), STR("a"), STR(""), STR("b c"), STR("") };
	struct buf b;
	buf_init(&b, &r->arena, 100);
	buf_puts(&b, "of ");
	buf_join(&b, parts, 5, ' ');
	buf_join(&b, parts, 1, '-');
	assert_text(buf_str(&b), "of a b c");
}

static void libraries_are_loaded_whole_or_not(void **state)
{
	struct calls {
		double (*root)(double);
		void *other;
	} calls = { NULL, NULL };
	const struct library_symbol symbols[] = {
		{ "sqrt", offsetof(struct calls, root) }, { "there_is_no_such_function", offsetof(struct calls, other) },
	};
	char why[LIBRARY_WHY] = "";
	(void)state;
	void *library = library_open("libm.so.6", symbols, 1, &calls, why);
	assert_non_null(library);
	assert_true(calls.root(16) == 4);
	library_close(library);
	assert_null(library_open("libm.so.6", symbols, 2, &calls, why));
	assert_string_equal(why, "libm.so.6 has no there_is_no_such_function");
	assert_null(library_open("libnothing.so.1", symbols, 1, &calls, why));
	assert_non_null(strstr(why, "libnothing.so.1"));
	library_close(NULL);
}

static void what_two_turns_running_name_is_named_again(void **state)
{
	struct room *r = *state;
	struct again w = { { { 0 }, 0 }, { { 0 }, 0 } };
	assert_false(again_note(&w, STR("a")));
	assert_false(again_note(&w, STR("a"))); /* twice in one turn is once */
	again_turn(&w);
	assert_true(again_note(&w, STR("a")));
	assert_false(again_note(&w, STR("b")));
	again_turn(&w);
	assert_true(again_note(&w, STR("b")));
	again_turn(&w);
	assert_false(again_note(&w, STR("a")));
	for (int i = 1; i < LIMIT_INCLUDES; i++)
		again_note(&w, str_printf(&r->arena, "%d", i));
	again_note(&w, STR("one too many"));
	again_turn(&w);
	assert_true(again_note(&w, STR("255")));
	assert_false(again_note(&w, STR("one too many")));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arena_gives_zeroed_aligned_memory_after_reset),
		TEST(arena_rewind_forgets_what_came_after),
		TEST(arena_unwinds_over_its_cap_and_still_closes),
		TEST(arena_defer_closes_the_handle_it_cannot_keep),
		TEST(arena_calloc_refuses_a_product_that_overflows),
		TEST(arena_grow_keeps_the_bytes),
		TEST(arena_hands_out_again_what_an_array_left),
		TEST(holes_are_filled_from_their_start),
		TEST(arena_leaves_the_array_of_another_arena),
		TEST(texts_end_where_they_end),
		TEST(addresses_know_what_was_put),
		TEST(arena_shrink_gives_the_end_back),
		TEST(arena_trim_keeps_what_it_may),
		TEST(arrays_that_grow_in_turn_stay_apart),
		TEST(words_and_parts),
		TEST(utf8_refuses_what_is_not),
		TEST(nearest_names),
		TEST(buffers_stop_at_their_maximum),
		TEST(buffers_escape),
		TEST(vectors_grow),
		TEST(maps_keep_the_order),
		TEST(lengths),
		TEST(decimals_parse_and_print),
		TEST(decimals_add_and_multiply_exactly),
		TEST(decimals_divide_half_away_from_zero),
		TEST(decimals_round_and_compare),
		TEST(dates),
		TEST(periods),
		TEST(period_days),
		TEST(weeks),
		TEST(sha256),
		TEST(text_with_its_own_hash),
		TEST(sha256_of_source),
		TEST(names_are_whole),
		TEST(long_texts_are_whole),
		TEST(diagnostics_print_sorted_with_a_caret),
		TEST(diagnostics_drop_repetitions_and_count_the_rest),
		TEST(what_is_said_once_counts_its_other_places),
		TEST(diagnostics_clip_long_lines_around_the_caret),
		TEST(diagnostics_never_write_control_characters),
		TEST(diagnostics_as_json),
		TEST(diagnostics_cut_messages_between_characters),
		TEST(lines_and_columns),
		TEST(places_in_words),
		TEST(diagnostics_in_sheets),
		TEST(sources_stay_within_their_folder),
		TEST(sources_that_cannot_be_read),
		TEST(globs_are_sorted_and_fenced),
		TEST(sources_become_utf8),
		TEST(bytes_of_another_encoding),
		TEST(parts_are_joined_without_the_empty_ones),
		TEST(libraries_are_loaded_whole_or_not),
		TEST(what_two_turns_running_name_is_named_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
