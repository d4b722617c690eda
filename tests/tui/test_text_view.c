#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/text_view.h"
#include "widget_stage.h"

#define HEIGHT 10

static TextView *
numbered(int count)
{
	TextView *view = text_view_new("Lines");

	for (int i = 1; i <= count; i++) {
		g_autofree char *text = g_strdup_printf("line %d", i);

		text_view_line(view);
		text_view_add(view, STYLE_ROW, text);
	}
	return view;
}

static void
expect_place(const TextView *view, const char *expected)
{
	g_autofree char *place = text_view_place(view);

	assert_string_equal(place, expected);
}

static void
press(void *widget, KeyPress key)
{
	assert_true(text_view_press(widget, key, HEIGHT));
}

static void
keys_move_within_the_text(void **state)
{
	static const struct {
		const char *keys, *place;
	} rows[] = {
		{ "k", "1-10 of 25" },
		{ "j", "2-11 of 25" },
		{ "Down Down Up", "2-11 of 25" },
		{ "PgDn", "10-19 of 25" },
		{ "C-f C-b", "1-10 of 25" },
		{ "PgDn PgUp PgUp", "1-10 of 25" },
		{ "C-d", "6-15 of 25" },
		{ "C-d C-d C-u", "6-15 of 25" },
		{ "G", "16-25 of 25" },
		{ "End j PgDn C-d", "16-25 of 25" },
		{ "End Home", "1-10 of 25" },
		{ "G k g", "1-10 of 25" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(TextView) view = numbered(25);

		press_keys(rows[i].keys, press, view);
		expect_place(view, rows[i].place);
	}
}

static void
keys_that_mean_nothing_here_are_left_to_others(void **state)
{
	static const KeyPress others[] = { PRESS_ENTER, PRESS_ESCAPE, PRESS_SPACE, '/', 'q', ':', PRESS_F1 };
	g_autoptr(TextView) view = numbered(25);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		assert_false(text_view_press(view, others[i], HEIGHT));
}

static void
an_empty_text_can_be_moved_in(void **state)
{
	g_autoptr(TextView) view = text_view_new(NULL);

	(void)state;
	press_keys("j k G g PgDn C-u", press, view);
	expect_place(view, "0-0 of 0");
	assert_int_equal(text_view_rows(view, 10), 0);
}

static void
clearing_keeps_the_place(void **state)
{
	g_autoptr(TextView) view = numbered(25);

	(void)state;
	press_keys("PgDn j", press, view);
	expect_place(view, "11-20 of 25");
	text_view_clear(view);
	text_view_press(view, 'x', HEIGHT);
	for (int i = 0; i < 30; i++) {
		text_view_line(view);
		text_view_add(view, STYLE_ROW, "again");
	}
	text_view_press(view, 'x', HEIGHT);
	expect_place(view, "11-20 of 30");
}

static void
long_lines_take_as_many_rows_as_they_need(void **state)
{
	static const struct {
		const char *text;
		int width, rows;
	} rows[] = {
		{ "", 10, 1 },
		{ "0123456789", 10, 1 },
		{ "0123456789a", 10, 2 },
		{ "世界世界世", 10, 1 },
		{ "世界世界世", 9, 2 },
		{ "世界", 1, 2 },
		{ "hello world", 5, 2 },
		{ "e\xcc\x81"
		  "e\xcc\x81",
		    1, 2 },
		{ "ab", 0, 2 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(TextView) view = text_view_new(NULL);

		text_view_line(view);
		text_view_add(view, STYLE_ROW, rows[i].text);
		assert_int_equal(text_view_rows(view, rows[i].width), rows[i].rows);
	}
}

static void
a_text_is_split_into_its_lines(void **state)
{
	static const struct {
		const char *text;
		int rows;
	} rows[] = { { "", 1 }, { "a", 1 }, { "a\n", 1 }, { "a\nb", 2 }, { "a\n\nb\n", 3 }, { "\n", 1 } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(TextView) view = text_view_new(NULL);

		text_view_add_text(view, STYLE_ROW, rows[i].text);
		assert_int_equal(text_view_rows(view, 80), rows[i].rows);
	}
}

static void
add_shown_text(TextView *view)
{
	text_view_line(view);
	text_view_add(view, STYLE_TITLE, "name  ");
	text_view_hang(view);
	text_view_add(view, STYLE_ROW, "a value of several words");
	text_view_line(view);
	text_view_add(view, STYLE_ROW, "plain ");
	text_view_add(view, STYLE_ERROR, "styled\033[1m\n");
	text_view_line(view);
	text_view_add(view, STYLE_ROW, "世界世界世界世界世界x");
	text_view_add_text(view, STYLE_ROW, "a\tb\nlast");
}

static int
show_view(const void *data)
{
	WidgetStage stage;
	TextView *view = text_view_new(NULL);
	KeyPress key;

	(void)data;
	stage_open(&stage, "none");
	add_shown_text(view);
	do {
		g_autofree char *place = NULL;
		WINDOW *window = newwin(LINES - 1, COLS, 0, 0);

		text_view_draw(view, window, stage.theme);
		place = text_view_place(view);
		mvaddstr(LINES - 1, 0, place);
		clrtoeol();
		wnoutrefresh(stdscr);
		wnoutrefresh(window);
		doupdate();
		delwin(window);
		key = stage_press(&stage);
		text_view_press(view, key, LINES - 1);
	} while (key != PRESS_NONE && key != 'q');
	text_view_free(view);
	stage_close(&stage);
	return 0;
}

static void
expect_screen(Terminal *terminal, const char *expected)
{
	g_autofree char *screen = NULL;

	terminal_settle(terminal);
	screen = terminal_screen_text(terminal);
	if (strcmp(screen, expected) != 0)
		print_error("%s", screen);
	assert_string_equal(screen, expected);
	terminal_expect_allowed_bytes(terminal);
}

static void
rows_are_wrapped_on_cell_borders_and_below_their_beginning(void **state)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = 10, .cols = 20, .run = show_view });

	(void)state;
	terminal_wait_text(terminal, "of 7", TERMINAL_DEADLINE_MS);
	expect_screen(terminal,
	    "name  a value of\n"
	    "      several words\n"
	    "plain styled␛[1m␊\n"
	    "世界世界世界世界世界\n"
	    "x\n"
	    "a       b\n"
	    "last\n"
	    "\n"
	    "\n"
	    "1-7 of 7\n");
	assert_true(terminal_cell(terminal, 0, 0).bold);
	assert_false(terminal_cell(terminal, 0, 6).bold);
	assert_true(terminal_cell(terminal, 2, 6).reverse);
}

static void
a_resize_keeps_what_was_being_read(void **state)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = 4, .cols = 20, .run = show_view });

	(void)state;
	terminal_wait_text(terminal, "1-3 of 7", TERMINAL_DEADLINE_MS);
	terminal_press_all(terminal, "j j j");
	terminal_wait_text(terminal, "4-6 of 7", TERMINAL_DEADLINE_MS);
	terminal_resize(terminal, 4, 11);
	terminal_wait_text(terminal, "世界世界世", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_int_equal(terminal_find(terminal, "世界世界世", NULL), 0);
	terminal_resize(terminal, 4, 40);
	terminal_wait_text(terminal, "世界世界世界世界世界x", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_int_equal(terminal_find(terminal, "世界世界世界世界世界x", NULL), 0);
	terminal_resize(terminal, 4, 20);
	terminal_wait_text(terminal, "4-6 of 7", TERMINAL_DEADLINE_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_move_within_the_text),
		cmocka_unit_test(keys_that_mean_nothing_here_are_left_to_others),
		cmocka_unit_test(an_empty_text_can_be_moved_in),
		cmocka_unit_test(clearing_keeps_the_place),
		cmocka_unit_test(long_lines_take_as_many_rows_as_they_need),
		cmocka_unit_test(a_text_is_split_into_its_lines),
		cmocka_unit_test_teardown(
		    rows_are_wrapped_on_cell_borders_and_below_their_beginning, terminal_teardown),
		cmocka_unit_test_teardown(a_resize_keeps_what_was_being_read, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
