/* Tokens, palette checks, families, styles, masters. */
#include "layout_fixture.h"

#include <math.h>

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

static bool nearly(double a, double b, double within)
{
	return fabs(a - b) <= within;
}

/* Values of the target pages' audit, and WCAG's own ends. */
static void test_colour_arithmetic(void **state)
{
	(void)state;
	assert_true(nearly(colour_contrast(0x000000, 0xFFFFFF), 21, 0.001));
	assert_true(nearly(colour_contrast(0x777777, 0x777777), 1, 0.001));
	assert_true(nearly(colour_contrast(0x111827, 0xFFFFFF), 17.7, 0.05));
	assert_true(nearly(colour_contrast(0xFFFFFF, 0x111827), 17.7, 0.05));
	assert_true(nearly(colour_contrast(0x4B5563, 0xF3F5F8), 6.9, 0.05));
	assert_true(nearly(colour_contrast(0x9D7FD3, 0xFFFFFF), 3.3, 0.05));
	assert_true(nearly(colour_lightness(0xFFFFFF), 100, 0.01));
	assert_true(nearly(colour_lightness(0x000000), 0, 0.05));
	assert_true(nearly(colour_lightness(0x1B3A6B), 25, 0.5));
	assert_true(nearly(colour_lightness(0x5F6876), 44, 0.5));
	assert_true(nearly(colour_lightness(0x9D7FD3), 59, 0.5));
	assert_true(nearly(colour_apart(0x123456, 0x123456), 0, 1e-9));
	assert_true(colour_apart(0x1B3A6B, 0x9D7FD3) >= 18);
	/* A red and a green of one lightness: far apart for most, near for who sees no red. */
	assert_true(colour_apart(0xB42318, 0x6E6300) < 18);
}

static const char *with_colours(struct fixture *f, const char *colours)
{
	return str_printf(&f->arena, HEAD " id='base'>\n<tokens>" FAMILY "%s</tokens>" TEXT MASTER ONE "</layout>", colours).ptr;
}

static void test_text_needs_contrast(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='muted' value='#AAAAAA'/>"));
	assert_messages(*state, "shipped/base.xml:3:29: 'muted' on 'paper' has a contrast of 2.3; text needs 4.5 [colour-contrast]\n"
		"shipped/base.xml:2:71: note: 'paper' is set here\n");
}

static void test_text_needs_contrast_on_tint(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='muted' value='#707070'/>\n<colour role='tint' value='#DDDDDD'/>"));
	assert_messages(*state, "shipped/base.xml:3:29: 'muted' on 'tint' has a contrast of 3.6; text needs 4.5 [colour-contrast]\n"
		"shipped/base.xml:4:28: note: 'tint' is set here\n");
}

static void test_text_needs_contrast_on_band(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='band' value='#3A1331'/>"));
	assert_messages(*state, "shipped/base.xml:3:28: 'band-ink' on 'band' has a contrast of 1.2; text needs 4.5 [colour-contrast]\n");
}

static void test_marks_need_contrast(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='prior' value='#CCCCCC'/>"));
	assert_messages(*state, "shipped/base.xml:3:29: 'prior' on 'paper' has a contrast of 1.6; a mark needs 3.0 [colour-contrast]\n"
		"shipped/base.xml:2:71: note: 'paper' is set here\n");
}

static void test_sides_differ_in_greyscale(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='side-1' value='#1B3A6B'/>\n<colour role='side-2' value='#7A1F1F'/>"));
	assert_messages(*state, "shipped/base.xml:4:30: 'side-1' and 'side-2' differ by 2.6 in lightness; in greyscale they need 15.0 "
		"[colour-contrast]\nshipped/base.xml:3:30: note: 'side-1' is set here\n");
}

static void test_sides_stay_off_status_colours(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='bad' value='#B42318'/>\n<colour role='side-1' value='#B0271E'/>"));
	assert_messages(*state, "shipped/base.xml:4:30: 'bad' and 'side-1' are 3.4 apart for who sees colours differently; they need 18.0 "
		"[colour-contrast]\nshipped/base.xml:3:27: note: 'bad' is set here\n");
}

static void test_heat_can_be_read(void **state)
{
	fixture_layout(*state, HEAD " id='base'><tokens>" FAMILY "<colour role='paper' value='#CCCCCC'/><colour role='ink' value='#000000'/>"
		"\n<colour role='heat-3' value='#757575'/></tokens>" TEXT MASTER ONE "</layout>");
	assert_messages(*state, "");
	fixture_close(*state);
	*state = fixture_open();
	fixture_layout(*state, HEAD " id='base'><tokens>" FAMILY "<colour role='paper' value='#CCCCCC'/><colour role='ink' value='#2A2A2A'/>"
		"\n<colour role='heat-3' value='#757575'/></tokens>" TEXT MASTER ONE "</layout>");
	assert_messages(*state, "shipped/base.xml:2:30: neither 'ink' (3.1) nor 'paper' (2.9) can be read on 'heat-3'; text needs 4.5 "
		"[colour-contrast]\n");
}

static void test_what_stands_in(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, with_colours(f, COLOURS "<colour role='accent' value='#5B1E4A'/>"));
	assert_messages(f, "");
	assert_int_equal(l->design->palette[COLOUR_MUTED], 0x111111);
	assert_int_equal(l->design->palette[COLOUR_TINT], 0xFFFFFF);
	assert_int_equal(l->design->palette[COLOUR_EDGE], 0x5B1E4A);
	assert_true(l->colour_set[COLOUR_ACCENT]);
	assert_false(l->colour_set[COLOUR_EDGE]);
}

static void test_palette_needs_ink_and_paper(void **state)
{
	fixture_layout(*state, HEAD " id='base'><tokens>" FAMILY "</tokens>" TEXT MASTER ONE "</layout>");
	assert_messages(*state, "shipped/base.xml:1:1: the layout states no colour 'paper' [element-missing]\n"
		"shipped/base.xml:1:1: the layout states no colour 'ink' [element-missing]\n");
}

static void test_unknown_tokens(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<colour role='mutd' value='#444444'/>\n<colour role='muted' value='red'/>\n"
		"<measure name='bar-heigth' value='8pt'/>\n<measure name='bar-height' value='0'/>\n<size name='x'/>"));
	assert_messages(*state, "shipped/base.xml:3:15: no colour role 'mutd'; did you mean 'muted'? [role-unknown]\n"
		"shipped/base.xml:4:29: 'red' is not a colour; write # and six hexadecimal digits [attribute-value]\n"
		"shipped/base.xml:5:16: no measure 'bar-heigth'; did you mean 'bar-height'? [role-unknown]\n"
		"shipped/base.xml:6:35: measure 'bar-height' must be above zero [attribute-value]\n"
		"shipped/base.xml:7:1: element 'size' is not known in 'tokens' [element-unknown]\n");
}

static void test_measures(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, with_colours(f, COLOURS "<measure name='rule-thin' value='0'/>"
		"<measure name='bar-height' value='18pt'/>"));
	assert_messages(f, "");
	assert_int_equal(l->design->tokens.rule_thin, 0);
	assert_int_equal(l->design->tokens.bar_height, 18000);
	assert_int_equal(l->design->tokens.tile_bar, 8004); /* two thirds of the text's leading of 12 */
}

/* ---- families ---- */

static void test_families(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, with_colours(f, COLOURS "<family role='heading' font='Fancy Serif' fallback='Plain, Fancy Serif'/>"));
	const struct doc_family *heading = &l->design->families[1];
	assert_messages(f, "");
	assert_int_equal(l->design->family_count, 2);
	assert_int_equal(l->design->face_count, 3);
	assert_true(str_ends(l->design->faces[heading->regular].file, "/fonts/fancy.ttf"));
	assert_true(str_ends(l->design->faces[heading->strong].file, "/fonts/fancy-bold.ttf"));
	assert_int_equal(heading->emphasis, heading->regular);
	assert_int_equal(heading->fallback_count, 2);
	assert_int_equal(heading->fallback[0], 0);
	assert_int_equal(heading->fallback[1], heading->regular);
}

static void test_unknown_families(void **state)
{
	fixture_layout(*state, with_colours(*state, COLOURS "\n<family role='heading' font='Fancy Serf'/>\n"
		"<family role='mono' font='Plain' fallback='Plan'/>"));
	assert_messages(*state, "shipped/base.xml:3:30: no font family 'Fancy Serf' is listed; did you mean 'Fancy Serif'? [family-unknown]\n"
		"shipped/base.xml:4:44: no font family 'Plan' is listed; did you mean 'Plain'? [family-unknown]\n");
}

static void test_missing_font_file(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "fonts/fonts.xml", "<fonts xmlns='urn:entente' version='1'>\n<family name='Plain' licence='OFL-1.1' package='fonts-plain'>\n"
		"<face cut='regular' file='gone.otf'/></family></fonts>");
	fixture_layout(f, LAYOUT(ONE));
	assert_messages(f, "fonts/fonts.xml:3:1: font file 'gone.otf' of family 'Plain' is not there; install package fonts-plain [font-file]\n"
		"shipped/base.xml:1:159: note: asked for here\n");
}

/* A company's own list comes first, and its files stay within the project. */
static void test_company_fonts(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "project/fonts.xml", "<fonts xmlns='urn:entente' version='1'>\n<family name='Plain' licence='house'>"
		"<face cut='regular' file='own.ttf'/>\n<face cut='strong' file='../fonts/plain.ttf'/></family></fonts>");
	fixture_write(f, "project/own.ttf", "own");
	const struct layout *l = fixture_layout(f, LAYOUT(ONE));
	assert_messages(f, "project/fonts.xml:3:26: '../fonts/plain.ttf' leaves its folder [file-outside]\n");
	assert_true(str_ends(l->design->faces[0].file, "/project/own.ttf"));
}

static void test_font_lists(void **state)
{
	struct fixture *f = *state;
	size_t count;
	fixture_write(f, "faces/there.ttf", "there");
	fixture_write(f, "fonts/fonts.xml", "<fonts xmlns='urn:entente' version='1'><family name='A' licence='OFL-1.1' package='p'>"
		"<face cut='regular' file='there.ttf' sha256='09f28c26ea8d8c3fb4a8f6c8cc9ae4d0cbe6d3d7a5e3f9d3a9a9a7d3f9c1b2a3'/>\n"
		"<face cut='bold' file='there.ttf'/><face cut='strong' file='gone.ttf'/>\n<face cut='strong' file='there.ttf'/></family>\n"
		"<family name='B' licence='OFL-1.1'><face cut='strong' file='x.ttf'/></family></fonts>");
	const struct layout_font_file *files = layout_fonts(&f->arena, &f->loader, &f->roots, &count, &f->diag);
	assert_int_equal(count, 2);
	assert_true(str_is(files[0].family, "A") && str_is(files[0].cut, "regular") && str_is(files[0].package, "p"));
	assert_true(files[0].present && files[0].shipped);
	assert_false(files[1].present);
	assert_messages(f,
		"fonts/fonts.xml:2:12: 'bold' is not a value of 'cut'; write 'regular', 'strong', 'emphasis' or 'strong-emphasis' [attribute-value]\n"
		"fonts/fonts.xml:3:1: family 'A' has two files for cut 'strong' [id-twice]\nfonts/fonts.xml:2:36: note: the first is here\n"
		"fonts/fonts.xml:4:1: family 'B' has no face of cut 'regular' [element-missing]\n"
		"fonts/fonts.xml:1:132: font file 'there.ttf' is another version (sha256 "
		"e244f187f696561d5fd7e00f618e7ba641dc52e3c137380f6fa23a854b773aac); using it [font-hash]\n");
}

/* ---- styles ---- */

static const struct layout *with_styles(struct fixture *f, const char *styles)
{
	return fixture_layout(f, str_printf(&f->arena, HEAD " id='base'><tokens>" COLOURS FAMILY "<family role='heading' font='Fancy Serif'/>"
		"<measure name='least-size' value='7.5pt'/><colour role='side-1' value='#9D7FD3'/></tokens>%s" MASTER ONE "</layout>", styles).ptr);
}

static void test_styles_inherit(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = with_styles(f, "<style id='body' role='text' size='9pt' leading='12pt' space-after='4pt' hyphenate='yes'/>"
		"<style id='big' role='title' family='heading' size='20pt' leading='24pt' max-lines='2' space-before='6pt' strong='yes'/>"
		"<style id='bigger' based-on='big' size='22pt'/><style id='cell' role='table-cell' tabular='yes'/>");
	assert_messages(f, "");
	const struct doc_style *title = l->design->by_role[ROLE_TITLE], *bigger = layout_style(l, STR("bigger"), ROLE_TITLE);
	assert_true(str_is(title->id, "big"));
	assert_int_equal(title->size, 20000);
	assert_true(str_is(l->design->families[title->family].name, "Fancy Serif"));
	assert_true(title->hyphenate); /* type comes from text, spaces don't */
	assert_int_equal(title->space_after, 0);
	assert_int_equal(bigger->role, ROLE_TITLE);
	assert_int_equal(bigger->size, 22000);
	assert_int_equal(bigger->max_lines, 2);
	assert_int_equal(bigger->space_before, 6000);
	assert_ptr_equal(layout_style(l, (struct str){ 0 }, ROLE_TITLE), title);
	assert_int_equal(l->design->by_role[ROLE_TABLE_CELL]->leading, 12000);
	assert_true(l->design->by_role[ROLE_TABLE_CELL]->tabular);
}

/* Roles without a style are set as text; none is ever without. */
static void test_every_role_has_a_style(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = fixture_layout(f, LAYOUT(ONE));
	assert_messages(f, "");
	for (int role = 0; role < DOC_ROLE_COUNT; role++) {
		assert_non_null(l->design->by_role[role]);
		assert_int_equal(l->design->by_role[role]->role, role);
		assert_int_equal(l->design->by_role[role]->size, 9000);
	}
}

static void test_last_style_has_the_role(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = with_styles(f, TEXT "<style id='a' role='lead' size='10pt'/><style id='b' role='lead' size='11pt'/>");
	assert_messages(f, "");
	assert_true(str_is(l->design->by_role[ROLE_LEAD]->id, "b"));
	assert_int_equal(layout_style(l, STR("a"), ROLE_LEAD)->size, 10000);
}

static void test_style_names(void **state)
{
	with_styles(*state, TEXT "\n<style id='a' role='titel'/>\n<style id='b'/>\n<style id='c' based-on='bdy'/>\n<style id='d' based-on='e'/>"
		"<style id='e' based-on='d'/>\n<style id='f' role='lead' family='headng'/>\n<style id='g' role='lead' colour='#FF0000'/>\n"
		"<style id='h' role='lead' colour='inc'/>\n<style id='i' role='lead' weight='7'/>");
	assert_messages(*state, "shipped/base.xml:2:21: no role 'titel'; did you mean 'title'? [role-unknown]\n"
		"shipped/base.xml:3:1: style 'b' has neither 'role' nor 'based-on' [attribute-missing]\n"
		"shipped/base.xml:4:25: no style 'bdy'; did you mean 'body'? [style-unknown]\n"
		"shipped/base.xml:5:53: style 'e' is based on itself [layout-cycle]\n"
		"shipped/base.xml:6:35: no family 'headng' among the tokens; did you mean 'heading'? [family-unknown]\n"
		"shipped/base.xml:7:35: '#FF0000' is a colour where a role is named; give it to a role in <tokens> [role-unknown]\n"
		"shipped/base.xml:8:35: no colour role 'inc'; did you mean 'ink'? [role-unknown]\n"
		"shipped/base.xml:9:27: attribute 'weight' is not known on 'style' [attribute-unknown]\n");
}

static void test_style_sizes_and_colours(void **state)
{
	with_styles(*state, TEXT "\n<style id='a' role='note' size='7pt'/>\n<style id='b' role='lead' size='14pt'/>\n"
		"<style id='c' role='key' colour='side-1'/>\n<style id='d' role='sign' max-lines='-1'/>");
	assert_messages(*state, "shipped/base.xml:5:38: 'max-lines' is 0 (any) to 100 [attribute-value]\n"
		"shipped/base.xml:2:1: style 'a' is set in 7pt; the least size is 7.5pt [size-small]\n"
		"shipped/base.xml:3:1: style 'b' is set in 14pt on a leading of 12pt [size-small]\n"
		"shipped/base.xml:4:1: style 'c' sets text in 'side-1' on 'paper', a contrast of 3.3; text needs 4.5 [colour-contrast]\n");
}

static void test_text_style_is_needed(void **state)
{
	with_styles(*state, "<style id='a' role='lead' size='9pt'/>");
	assert_messages(*state, "shipped/base.xml:1:1: the layout has no style of role 'text', which the others start from [element-missing]\n");
}

/* ---- masters ---- */

static const struct layout *with_masters(struct fixture *f, const char *masters)
{
	return fixture_layout(f, str_printf(&f->arena, HEAD " id='base'><tokens>" COLOURS FAMILY "</tokens>" TEXT "%s" ONE "</layout>",
		masters).ptr);
}

static void test_masters(void **state)
{
	struct fixture *f = *state;
	const struct layout *l = with_masters(f, "<master id='first' width='612pt' height='792pt' left='48pt' right='48pt' top='52pt' bottom='40pt'"
		" columns='12' gutter='12pt' step='4pt' gap='12pt'><header band='yes' height='40pt' text='16pt' edge-width='2pt'/>"
		"<footer text='32pt' rule='36pt' rule-width='0.5pt'/></master><master id='wide' based-on='first' width='792pt' height='612pt'>"
		"<footer rule-colour='ink'/></master>");
	assert_messages(f, "");
	const struct doc_master *first = &l->design->masters[0], *wide = &l->design->masters[1];
	assert_int_equal(first->columns, 12);
	assert_true(first->header.band);
	assert_int_equal(first->header.text_top, 16000);
	assert_int_equal(first->footer.text_top, 760000);
	assert_int_equal(first->footer.rule_top, 756000);
	assert_int_equal(first->footer.rule_colour, COLOUR_RULE);
	assert_int_equal(wide->footer.rule_top, 576000);
	assert_int_equal(wide->footer.rule_colour, COLOUR_INK);
	assert_int_equal(wide->header.edge_width, 2000);
	assert_int_equal(wide->left, 48000);
}

static void test_master_errors(void **state)
{
	with_masters(*state, "\n<master id='a' width='100pt' height='100pt' left='40pt' right='40pt' gutter='12pt'/>\n"
		"<master id='b' width='100pt' height='30pt' top='20pt'/>\n<master id='c' based-on='d'/>\n<master id='d' width='200pt' height='200pt'>"
		"<header rule-colour='inc'/></master>\n<master width='200pt' height='200pt'/>");
	assert_messages(*state, "shipped/base.xml:4:26: no master 'd' before this one [master-unknown]\n"
		"shipped/base.xml:5:66: no colour role 'inc'; did you mean 'ink'? [role-unknown]\n"
		"shipped/base.xml:6:1: 'master' has no attribute 'id' [attribute-missing]\n"
		"shipped/base.xml:2:1: master 'a' leaves no width for 12 columns [grid]\n"
		"shipped/base.xml:3:1: master 'b' leaves no height between its margins [grid]\n"
		"shipped/base.xml:4:1: master 'c' needs a width and a height [grid]\n");
}

static void test_nothing_to_set_with(void **state)
{
	assert_null(fixture_layout(*state, HEAD " id='base'><tokens>" COLOURS "</tokens>" TEXT ONE "</layout>"));
	assert_messages(*state, "shipped/base.xml:1:1: the layout's tokens name no font family [element-missing]\n"
		"shipped/base.xml:1:1: the layout has no page master [element-missing]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_colour_arithmetic), TEST(test_text_needs_contrast), TEST(test_text_needs_contrast_on_tint),
		TEST(test_text_needs_contrast_on_band), TEST(test_marks_need_contrast), TEST(test_sides_differ_in_greyscale),
		TEST(test_sides_stay_off_status_colours), TEST(test_heat_can_be_read), TEST(test_what_stands_in),
		TEST(test_palette_needs_ink_and_paper), TEST(test_unknown_tokens), TEST(test_measures), TEST(test_families),
		TEST(test_unknown_families), TEST(test_missing_font_file), TEST(test_company_fonts), TEST(test_font_lists),
		TEST(test_styles_inherit), TEST(test_every_role_has_a_style), TEST(test_last_style_has_the_role), TEST(test_style_names),
		TEST(test_style_sizes_and_colours), TEST(test_text_style_is_needed), TEST(test_masters), TEST(test_master_errors),
		TEST(test_nothing_to_set_with),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
