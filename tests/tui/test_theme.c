#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <locale.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "terminal.h"
#include "tui/terminal.h"
#include "tui/text_draw.h"

static void
the_background_is_read_from_colorfgbg(void **state)
{
	static const struct {
		const char *value;
		bool light;
	} cases[] = { { NULL, false }, { "", false }, { "15;0", false }, { "0;15", true },
		{ "0;default;15", true }, { "0;7", true }, { "15;8", false }, { "15;default", false },
		{ "0;", false }, { "0;15x", false }, { "0;231", false }, { "15", false } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		if (theme_background_is_light(cases[i].value) != cases[i].light)
			fail_msg("'%s'", cases[i].value);
}

static void
colours_are_counted_in_steps(void **state)
{
	(void)state;
	assert_int_equal(theme_depth(256), COLOURS_256);
	assert_int_equal(theme_depth(1 << 24), COLOURS_256);
	assert_int_equal(theme_depth(88), COLOURS_16);
	assert_int_equal(theme_depth(16), COLOURS_16);
	assert_int_equal(theme_depth(8), COLOURS_8);
	assert_int_equal(theme_depth(0), COLOURS_NONE);
	assert_int_equal(theme_depth(-1), COLOURS_NONE);
}

static void
every_glyph_is_one_cell_and_ascii_where_asked(void **state)
{
	(void)state;
	for (int ascii = 0; ascii < 2; ascii++) {
		g_autoptr(Theme) theme = theme_new(&(ThemeOptions){ .ascii = ascii != 0 });
		g_autoptr(GString) all = g_string_new(NULL);

		for (int glyph = 0; glyph < GLYPH_COUNT; glyph++)
			g_string_append(all, theme_glyph(theme, (Glyph)glyph));
		for (unsigned frame = 0; frame < 2 * SPINNER_FRAMES; frame++)
			g_string_append(all, theme_spinner(theme, frame));
		for (unsigned level = 0; level <= SPARK_LEVELS; level++)
			g_string_append(all, theme_spark(theme, level));
		assert_true(text_is_clean(all->str, -1));
		assert_int_equal(text_width(all->str), GLYPH_COUNT + 2 * SPINNER_FRAMES + SPARK_LEVELS + 1);
		assert_int_equal(g_str_is_ascii(all->str), ascii);
	}
}

static void
colours_of_files_are_known_by_name(void **state)
{
	Style style = STYLE_ROW;

	(void)state;
	for (size_t i = 0; theme_colour_names()[i] != NULL; i++) {
		assert_true(theme_style_of_colour(theme_colour_names()[i], false, &style));
		assert_true(theme_style_of_colour(theme_colour_names()[i], true, &style));
	}
	assert_true(theme_style_of_colour("red", false, &style));
	assert_int_equal(style, STYLE_RED);
	assert_true(theme_style_of_colour("red", true, &style));
	assert_int_equal(style, STYLE_HEADER_RED);
	assert_false(theme_style_of_colour("Red", false, &style));
	assert_false(theme_style_of_colour("", false, &style));
}

typedef struct Wish {
	const char *theme;
	bool sixteen; /* as if the terminal had no more */
} Wish;

/* Draws each style on a row of its own, in each of the four rows' looks. */
static int
show_styles(const void *data)
{
	const Wish *wish = data;
	TuiTerminal *terminal;
	g_autoptr(Theme) theme = NULL;
	ThemeOptions options;

	setlocale(LC_ALL, "");
	terminal = tui_terminal_enter(false, NULL);
	options = theme_detect(wish->theme, false, false);
	if (wish->sixteen)
		options.depth = COLOURS_16;
	theme = theme_new(&options);
	for (int style = 0; style < STYLE_COUNT; style++) {
		g_autofree char *name = g_strdup_printf("style %d", style);

		for (int row = 0; row < ROW_LOOK_COUNT; row++)
			text_draw_padded(stdscr, theme, style, 10 * row, 9, name, false,
			    theme_look(theme, (Style)style, (RowLook)row));
	}
	text_draw(stdscr, theme, STYLE_COUNT, 0, 40, theme_glyph(theme, GLYPH_CURSOR),
	    theme_look(theme, STYLE_ROW, ROW_PLAIN));
	refresh();
	poll(&(struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN }, 1, TERMINAL_DEADLINE_MS);
	tui_terminal_leave(terminal);
	return 0;
}

static Terminal *
start_wishing(Wish wish, const char *env)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = STYLE_COUNT + 1,
	    .cols = 40,
	    .run = show_styles,
	    .data = &wish,
	    .env = (const char *[]){ env, NULL } });
	g_autofree char *last = g_strdup_printf("style %d", STYLE_COUNT - 1);

	terminal_wait_text(terminal, last, TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
	return terminal;
}

static Terminal *
start(const char *theme, const char *env)
{
	return start_wishing((Wish){ .theme = theme }, env);
}

static void
each_depth_and_background_looks_as_it_did(void **state)
{
	(void)state;
	terminal_expect_file(start(NULL, "COLORFGBG=15;0"), "tests/tui/expected/theme_dark_256.txt");
	terminal_expect_file(start(NULL, "COLORFGBG=0;15"), "tests/tui/expected/theme_light_256.txt");
	terminal_expect_file(start("light", "COLORFGBG=15;0"), "tests/tui/expected/theme_light_256.txt");
	terminal_expect_file(
	    start_wishing((Wish){ "dark", true }, NULL), "tests/tui/expected/theme_dark_16.txt");
	terminal_expect_file(
	    start_wishing((Wish){ "light", true }, NULL), "tests/tui/expected/theme_light_16.txt");
	terminal_expect_file(start(NULL, "TERM=xterm"), "tests/tui/expected/theme_dark_8.txt");
	terminal_expect_file(start(NULL, "NO_COLOR=1"), "tests/tui/expected/theme_none.txt");
	terminal_expect_file(start("none", NULL), "tests/tui/expected/theme_none.txt");
	terminal_expect_file(start(NULL, "NO_COLOR="), "tests/tui/expected/theme_dark_256.txt");
}

/* Where a style stands alone by its colour, a row's look must still be seen on it. */
static void
every_row_look_differs_from_the_plain_one(void **state)
{
	Terminal *terminals[] = { start(NULL, NULL), start_wishing((Wish){ .sixteen = true }, NULL),
		start(NULL, "TERM=xterm"), start(NULL, "NO_COLOR=1") };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(terminals); i++) {
		TerminalCell plain = terminal_cell(terminals[i], STYLE_ROW, 0);

		for (int row = 1; row < ROW_LOOK_COUNT; row++) {
			TerminalCell cell = terminal_cell(terminals[i], STYLE_ROW, 10 * row);

			assert_true(
			    cell.bg != plain.bg || cell.bold != plain.bold || cell.reverse != plain.reverse);
		}
	}
}

static void
ascii_is_drawn_where_the_locale_is_not_utf8(void **state)
{
	Terminal *unicode = start(NULL, NULL);
	Terminal *ascii = start(NULL, "LANG=C");

	(void)state;
	assert_string_equal(terminal_cell(unicode, STYLE_COUNT, 0).text, "▸");
	assert_string_equal(terminal_cell(ascii, STYLE_COUNT, 0).text, ">");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_background_is_read_from_colorfgbg),
		cmocka_unit_test(colours_are_counted_in_steps),
		cmocka_unit_test(every_glyph_is_one_cell_and_ascii_where_asked),
		cmocka_unit_test(colours_of_files_are_known_by_name),
		cmocka_unit_test_teardown(each_depth_and_background_looks_as_it_did, terminal_teardown),
		cmocka_unit_test_teardown(every_row_look_differs_from_the_plain_one, terminal_teardown),
		cmocka_unit_test_teardown(ascii_is_drawn_where_the_locale_is_not_utf8, terminal_teardown),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
