/* Where layouts are found, chains of them, and what a chain may not change. */
#include "layout_fixture.h"

#include "base/limits.h"

static int setup(void **state)
{
	*state = fixture_open();
	return 0;
}

static int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

#define EXTENDS(id, base) HEAD " id='" id "' extends='" base "'>"

static void test_roots_in_order(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "shipped/one.xml", LAYOUT(ONE));
	assert_true(str_is(fixture_load(f, "one")->sources.at[0]->name, "shipped/one.xml"));
	fixture_write(f, "project/one.xml", LAYOUT(ONE));
	assert_true(str_is(fixture_load(f, "one")->sources.at[0]->name, "project/one.xml"));
	fixture_write(f, "project/layouts/one.xml", LAYOUT(ONE));
	assert_true(str_is(fixture_load(f, "one")->sources.at[0]->name, "project/layouts/one.xml"));
	assert_true(str_is(fixture_load(f, "one.xml")->sources.at[0]->name, "project/one.xml"));
	assert_messages(f, "");
}

static void test_unknown_layout(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "shipped/quarterly.xml", LAYOUT(ONE));
	fixture_write(f, "project/alpine.xml", EXTENDS("alpine", "quarterli") "</layout>");
	assert_null(fixture_load(f, "alpine"));
	assert_null(fixture_load(f, "annual"));
	assert_messages(f, "project/alpine.xml:1:62: no layout 'quarterli'; did you mean 'quarterly'? [layout-unknown]\n"
		"no layout 'annual' [layout-unknown]\n");
}

static void test_not_a_layout(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "project/company.xml", "<company xmlns='urn:entente' version='1'/>");
	fixture_write(f, "project/a.xml", EXTENDS("a", "company") "</layout>");
	assert_null(fixture_load(f, "a"));
	assert_messages(f, "project/company.xml:1:1: this is a 'company', not a layout [layout-unknown]\n"
		"project/a.xml:1:57: note: asked for here\n");
}

static void test_chain(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "shipped/base.xml", LAYOUT(ONE));
	fixture_write(f, "project/company.xml", "<company xmlns='urn:entente' version='1'/>");
	fixture_write(f, "project/layouts/house.xml", EXTENDS("house", "base") "<style role='text' size='10pt'/></layout>");
	fixture_write(f, "project/layouts/unit.xml", EXTENDS("unit", "house") "<after slot='t'><rule slot='r'/></after></layout>");
	const struct layout *l = fixture_load(f, "unit");
	assert_messages(f, "");
	assert_true(str_is(l->id, "unit"));
	assert_int_equal(l->chain.count, 3);
	assert_true(str_is(l->chain.at[0], "base") && str_is(l->chain.at[1], "house") && str_is(l->chain.at[2], "unit"));
	assert_int_equal(l->sources.count, 3);
	assert_int_equal(l->design->by_role[ROLE_TEXT]->size, 10000);
	assert_int_equal(l->sections.at[0]->slots.count, 2);
	/* What was changed still says where: the size in house.xml, the rest of the style in base.xml. */
	const struct xml_node *style = l->merged->first;
	while (!xml_is(style, "style"))
		style = style->next;
	assert_true(str_is(xml_attr(style, "size")->pos.source->name, "project/layouts/house.xml"));
	assert_true(str_is(xml_attr(style, "leading")->pos.source->name, "shipped/base.xml"));
}

static void test_cycle(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "shipped/a.xml", EXTENDS("a", "b") "</layout>");
	fixture_write(f, "shipped/b.xml", EXTENDS("b", "a") "</layout>");
	fixture_write(f, "shipped/c.xml", EXTENDS("c", "c") "</layout>");
	assert_null(fixture_load(f, "a"));
	assert_null(fixture_load(f, "c"));
	assert_messages(f, "shipped/b.xml:1:57: layout 'a' extends itself [layout-cycle]\nshipped/a.xml:1:1: note: by way of this layout\n"
		"shipped/c.xml:1:57: layout 'c' extends itself [layout-cycle]\n");
}

/* A company's layout may bear the name of the shipped one it extends. */
static void test_own_name(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "shipped/base.xml", LAYOUT(ONE));
	fixture_write(f, "project/layouts/base.xml", EXTENDS("base", "base") "<set slot='t' lead='l'/></layout>");
	const struct layout *l = fixture_load(f, "base");
	assert_messages(f, "");
	assert_int_equal(l->chain.count, 2);
	assert_true(str_is(l->sections.at[0]->slots.at[0]->lead_topic, "l"));
}

static void test_longest_chain(void **state)
{
	struct fixture *f = *state;
	char path[64], text[256];
	fixture_write(f, "shipped/l0.xml", LAYOUT(ONE));
	for (int i = 1; i <= LIMIT_EXTENDS; i++) {
		snprintf(path, sizeof path, "shipped/l%d.xml", i);
		snprintf(text, sizeof text, HEAD " id='l%d' extends='l%d'></layout>", i, i - 1);
		fixture_write(f, path, text);
	}
	snprintf(text, sizeof text, "l%d", LIMIT_EXTENDS - 1);
	assert_non_null(fixture_load(f, text));
	assert_messages(f, "");
	snprintf(text, sizeof text, "l%d", LIMIT_EXTENDS);
	assert_null(fixture_load(f, text));
	assert_messages(f, "shipped/l1.xml:1:58: more than 8 layouts extend one another [limit]\n");
}

static void test_list(void **state)
{
	struct fixture *f = *state;
	size_t count;
	fixture_write(f, "shipped/quarterly.xml", LAYOUT(ONE));
	fixture_write(f, "shipped/annual.xml", LAYOUT(ONE));
	fixture_write(f, "project/layouts/house.xml", LAYOUT(ONE));
	fixture_write(f, "project/company.xml", LAYOUT(ONE));
	const struct layout_found *all = layout_list(&f->arena, &f->roots, &count);
	assert_int_equal(count, 3);
	assert_true(str_is(all[0].id, "house") && str_is(all[0].path, "project/layouts/house.xml") && !all[0].shipped);
	assert_true(str_is(all[1].id, "annual") && all[1].shipped);
	assert_true(str_is(all[2].id, "quarterly") && str_is(all[2].path, "shipped/quarterly.xml"));
}

/* ---- the shipped layout ---- */

static const char *shipped_text(struct fixture *f, const char *name)
{
	FILE *file = fopen(name, "r");
	assert_non_null(file);
	char *text = arena_alloc(&f->arena, 1 << 20);
	size_t size = fread(text, 1, (1 << 20) - 1, file);
	fclose(file);
	text[size] = '\0';
	return text;
}

/* The folders of this repository in place of the temporary ones. */
static void use_shipped(struct fixture *f)
{
	assert_true(folder_open(&f->arena, STR("layouts"), &f->shipped));
	assert_true(folder_open(&f->arena, STR("fonts"), &f->fonts));
	f->roots.font_folder = STR("/usr/share/fonts");
}

static void test_quarterly(void **state)
{
	struct fixture *f = *state;
	use_shipped(f);
	const struct layout *l = fixture_load(f, "quarterly");
	assert_messages(f, "");
	assert_true(l->sections.count >= 6);
	/* Twelve columns of 31 with 12 between: the grid of the target pages. */
	const struct doc_master *m = &l->design->masters[0];
	assert_int_equal((m->width - m->left - m->right - 11 * m->gutter) / 12, 31000);
	assert_int_equal(l->design->by_role[ROLE_TITLE]->size, 21000);
	assert_int_equal(l->design->by_role[ROLE_NOTE]->leading, 10000);
	assert_int_equal(l->design->tokens.least_size, 7500);
}

/* All a file says between its root's tags. */
static struct str inside_of(const char *text)
{
	const char *begin = strchr(strstr(text, "<layout"), '>') + 1, *end = strstr(text, "</layout>");
	assert_non_null(end);
	return (struct str){ begin, (size_t)(end - begin) };
}

/* Extending and saying nothing, or repeating every word, changes no byte; only the chain grows. */
static void test_repetition_changes_nothing(void **state)
{
	struct fixture *f = *state;
	use_shipped(f);
	struct str base = inside_of(shipped_text(f, "layouts/base.xml")), quarterly = inside_of(shipped_text(f, "layouts/quarterly.xml"));
	fixture_write(f, "project/layouts/nothing.xml", EXTENDS("nothing", "quarterly") "</layout>");
	fixture_write(f, "project/layouts/same.xml", str_printf(&f->arena, EXTENDS("same", "quarterly") STR_FMT STR_FMT "</layout>",
		STR_ARG(base), STR_ARG(quarterly)).ptr);
	const struct layout *plain = fixture_load(f, "quarterly"), *same = fixture_load(f, "same");
	assert_string_equal(fixture_content(f, fixture_load(f, "nothing")), fixture_content(f, plain));
	assert_messages(f, "");
	assert_string_equal(fixture_content(f, same), fixture_content(f, plain));
	assert_int_equal(same->chain.count, plain->chain.count + 1);
}

/* Another brand: faces, colours, Letter paper, a band, one slot more and one less. Only what differs is said. */
#define BRAND EXTENDS("brand", "quarterly") "<tokens><colour role='ink' value='#21161F'/><colour role='muted' value='#574B55'/>" \
	"<colour role='rule' value='#D8CDD3'/><colour role='tint' value='#F8F4F0'/><colour role='accent' value='#5B1E4A'/>" \
	"<colour role='band' value='#3A1331'/><colour role='band-ink' value='#FFFFFF'/><colour role='edge' value='#A67C1E'/>" \
	"<colour role='side-1' value='#5B1E4A'/><colour role='joint' value='#6B6570'/><colour role='side-2' value='#7090C6'/>" \
	"<family role='text' font='Lato'/><family role='heading' font='Noto Serif'/><measure name='bar-height' value='16pt'/></tokens>" \
	"<style role='title' size='18.5pt' tracking='0'/><style role='header' colour='band-ink'/>" \
	"<master id='first' width='612pt' height='792pt' left='48pt' right='48pt' top='52pt' gap='12pt'>" \
	"<header band='yes' height='40pt' text='16pt' rule-width='0' edge-width='2pt'/></master>" \
	"<after slot='kpis'><narrative slot='regulation' topic='regulation' take='1'/></after><remove slot='agenda'/>" \
	"<set slot='decisions' accent='yes'/></layout>"

static void test_another_brand(void **state)
{
	struct fixture *f = *state;
	use_shipped(f);
	fixture_write(f, "project/layouts/brand.xml", BRAND);
	const struct layout *l = fixture_load(f, "brand");
	assert_messages(f, "");
	const struct doc_master *m = &l->design->masters[1];
	assert_true(str_is(m->id, "rest") && m->header.band);
	assert_int_equal((m->width - m->left - m->right - 11 * m->gutter) / 12, 32000);
	assert_int_equal(m->footer.text_top, 760000);
	assert_int_equal(l->design->by_role[ROLE_TITLE]->size, 18500);
	assert_int_equal(l->design->by_role[ROLE_TITLE]->leading, 24000);
	assert_true(str_is(l->design->families[l->design->by_role[ROLE_TITLE]->family].name, "Noto Serif"));
	assert_null(layout_slot_lookup(l, STR("agenda")));
	assert_int_equal(layout_slot_lookup(l, STR("regulation"))->row, layout_slot_lookup(l, STR("kpis"))->row + 1);
	assert_true(layout_slot_lookup(l, STR("decisions"))->accent_top);
}

static void test_shipped_locks(void **state)
{
	struct fixture *f = *state;
	use_shipped(f);
	fixture_write(f, "project/layouts/sly.xml", EXTENDS("sly", "quarterly")
		"\n<style role='source' size='6pt'/>\n<tokens><measure name='least-size' value='6pt'/></tokens></layout>");
	assert_non_null(fixture_load(f, "sly"));
	assert_int_equal(f->diag.errors, 2);
	assert_int_equal(f->diag.messages.at[0].code, DIAG_SLOT_LOCKED);
	assert_int_equal(f->diag.messages.at[2].code, DIAG_SLOT_LOCKED);
	assert_true(str_is(f->diag.messages.at[1].pos.source->name, "layouts/base.xml"));
}

/* Puts "x-" before every style's name in a shipped layout. */
static const char *renamed(struct fixture *f, const char *text)
{
	static const char *const marks[] = { "<style id=\"", "based-on=\"", " style=\"", "head-style=\"", "heading-style=\"" };
	struct buf b;
	buf_init(&b, &f->arena, 1 << 20);
	bool master = false;
	for (const char *at = text; *at; at++) {
		size_t length = 0;
		master = *at == '<' ? strncmp(at, "<master", 7) == 0 : master;
		for (size_t i = 0; i < sizeof marks / sizeof marks[0] && !master; i++)
			if (strncmp(at, marks[i], strlen(marks[i])) == 0)
				length = strlen(marks[i]);
		buf_bytes(&b, at, length ? length : 1);
		if (length) {
			buf_puts(&b, "x-");
			at += length - 1;
		}
	}
	return b.ptr;
}

/* Nothing but the layout itself knows a style by its id. */
static void test_renamed_styles(void **state)
{
	struct fixture *f = *state;
	use_shipped(f);
	const struct layout *plain = fixture_load(f, "quarterly");
	fixture_write(f, "project/layouts/base.xml", renamed(f, shipped_text(f, "layouts/base.xml")));
	fixture_write(f, "project/layouts/quarterly.xml", renamed(f, shipped_text(f, "layouts/quarterly.xml")));
	const struct layout *other = fixture_load(f, "quarterly");
	assert_messages(f, "");
	for (int role = 0; role < DOC_ROLE_COUNT; role++) {
		const struct doc_style *a = plain->design->by_role[role], *c = other->design->by_role[role];
		assert_true(str_starts(c->id, "x-"));
		assert_int_equal(a->size, c->size);
		assert_int_equal(a->leading, c->leading);
		assert_int_equal(a->colour, c->colour);
		assert_int_equal(a->strong, c->strong);
	}
}

static void test_one_slot(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, LAYOUT(ONE));
	assert_messages(f, "");
	assert_int_equal(l->sections.count, 1);
	assert_int_equal(l->sections.at[0]->slots.count, 1);
	assert_true(str_is(l->sections.at[0]->first_master, "page") && str_is(l->sections.at[0]->rest_master, "page"));
	assert_true(l->sections.at[0]->new_page);
	assert_int_equal(l->sections.at[0]->gap, -1);
}

/* ---- settings from outside ---- */

static const struct layout *with_set(struct fixture *f, const char *lines)
{
	const struct source *set = source_from(&f->arena, STR("--set"), str_from(lines));
	fixture_write(f, "shipped/base.xml", HEAD " id='base' attach='used'><tokens>" COLOURS "<colour role='accent' value='#222222'/>"
		FAMILY "<family role='heading' font='Plain'/><measure name='bar-gap' value='4pt'/>"
		"<measure name='least-size' value='6pt' locked='yes'/></tokens>" TEXT MASTER ONE "</layout>");
	return layout_load(&f->arena, &f->loader, &f->roots, STR("base"), set, (struct src_pos){ 0 }, &f->diag);
}

static void test_set(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = with_set(f, "accent=#5B1E4A\n bar-gap = 7pt \nheading=Fancy Serif\nattach=none\nexhibits-a-page=3\ntile-bar=9pt\n");
	assert_messages(f, "");
	assert_int_equal(l->design->palette[COLOUR_ACCENT], 0x5B1E4A);
	assert_int_equal(l->design->tokens.bar_gap, 7000);
	assert_int_equal(l->design->tokens.tile_bar, 9000);
	assert_true(str_is(l->design->families[1].name, "Fancy Serif"));
	assert_true(str_is(l->design->families[0].name, "Plain"));
	assert_false(l->attach);
	assert_int_equal(l->exhibits, 3);
}

static void test_set_later_wins(void **state)
{
	const struct layout *l = with_set(*state, "bar-gap=5pt\nbar-gap=6pt\n");
	assert_messages(*state, "");
	assert_int_equal(l->design->tokens.bar_gap, 6000);
}

static void test_set_errors(void **state)
{
	with_set(*state, "acent=#5B1E4A\naccent=blue\nheading=Fancy Serf\nbar-gap=-1pt\nattach=some\nnothing\n=4\n");
	assert_messages(*state,
		"--set:1:1: the layout has no colour, measure, family or parameter 'acent'; did you mean 'accent'? [role-unknown]\n"
		"--set:6:1: 'nothing' is not a setting; write NAME=VALUE [attribute-value]\n"
		"--set:7:1: '=4' is not a setting; write NAME=VALUE [attribute-value]\n"
		"--set:5:8: 'some' is not a value of 'attach'; write 'none', 'used' or 'all' [attribute-value]\n"
		"--set:2:8: 'blue' is not a colour; write # and six hexadecimal digits [attribute-value]\n"
		"--set:4:9: '-1pt' is not a length; write a number from 0 on with pt, mm, cm or in, at most 200in [attribute-value]\n"
		"--set:3:9: no font family 'Fancy Serf' is listed; did you mean 'Fancy Serif'? [family-unknown]\n");
}

static void test_set_locked(void **state)
{
	const struct layout *l = with_set(*state, "least-size=5pt\n");
	assert_messages(*state, "--set:1:1: measure 'least-size' is locked and cannot be changed [slot-locked]\n"
		"shipped/base.xml:1:294: note: locked here\n");
	assert_int_equal(l->design->tokens.least_size, 6000);
}

/* Every token is told: where it is said, or what stands in. */
static void test_tokens_told(void **state)
{
	struct fixture *f = *state;
	size_t count, stated = 0;
	const struct layout_token *t = layout_tokens(&f->arena, with_set(f, "bar-gap=7pt\n"), &count);
	for (size_t i = 0; i < count; i++) {
		assert_true(t[i].value.len > 0);
		assert_true((t[i].pos.source != NULL) != (t[i].why.len > 0));
		stated += t[i].pos.source != NULL;
		if (str_is(t[i].name, "bar-gap"))
			assert_true(str_is(t[i].value, "7pt") && str_is(t[i].pos.source->name, "--set"));
		if (str_is(t[i].name, "edge"))
			assert_true(str_is(t[i].value, "#222222") && str_is(t[i].why, "as accent"));
		if (str_is(t[i].name, "tile-bar")) /* of a leading of 12 pt */
			assert_true(str_is(t[i].value, "8.004pt") && str_is(t[i].why, "0.667 of the text's leading"));
	}
	assert_int_equal(stated, 3 + 2 + 2 + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_roots_in_order), TEST(test_unknown_layout), TEST(test_not_a_layout), TEST(test_chain), TEST(test_cycle),
		TEST(test_own_name), TEST(test_longest_chain), TEST(test_list), TEST(test_quarterly), TEST(test_repetition_changes_nothing),
		TEST(test_another_brand), TEST(test_shipped_locks), TEST(test_renamed_styles), TEST(test_one_slot), TEST(test_set),
		TEST(test_set_later_wins), TEST(test_set_errors), TEST(test_set_locked), TEST(test_tokens_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
