#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/line_input.h"
#include "widget_stage.h"

static void
press(void *widget, KeyPress key)
{
	line_input_press(widget, key);
}

static void
keys_edit_the_line(void **state)
{
	static const struct {
		const char *before, *keys, *after;
		size_t cursor;
	} rows[] = {
		{ "", "a b space c", "ab c", 4 },
		{ "abc", "Left Left x", "axbc", 2 },
		{ "abc", "Home x End y", "xabcy", 5 },
		{ "abc", "C-a x C-e y", "xabcy", 5 },
		{ "abc", "C-b Backspace", "ac", 1 },
		{ "abc", "Home Delete C-d", "c", 0 },
		{ "abc", "Backspace C-h", "a", 1 },
		{ "abc", "Home Backspace", "abc", 0 },
		{ "abc", "Delete Right", "abc", 3 },
		{ "one two", "C-w", "one ", 4 },
		{ "one two  ", "C-w", "one ", 4 },
		{ "one two", "C-u", "", 0 },
		{ "one two", "Home C-f C-k", "o", 1 },
		{ "one two", "C-w C-a C-y", "twoone ", 3 },
		{ "one two", "C-u C-w C-y", "one two", 7 },
		{ "世界", "Left Backspace", "界", 0 },
		{ "e\xcc\x81x", "Left Backspace", "x", 0 },
		{ "e\xcc\x81x", "Home Delete", "x", 0 },
		{ "", "é 世", "é世", 5 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(LineInput) input = line_input_new(rows[i].before);

		press_keys(rows[i].keys, press, input);
		assert_string_equal(line_input_text(input), rows[i].after);
		assert_int_equal(line_input_cursor(input), rows[i].cursor);
	}
}

static void
keys_that_mean_nothing_here_are_left_to_others(void **state)
{
	static const KeyPress others[] = { PRESS_ENTER, PRESS_ESCAPE, PRESS_TAB, PRESS_UP, PRESS_PAGE_DOWN,
		PRESS_F1, PRESS_MOUSE, 3 };
	g_autoptr(LineInput) input = line_input_new("abc");

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		assert_false(line_input_press(input, others[i]));
	assert_string_equal(line_input_text(input), "abc");
}

static void
paste(LineInput *input, const char *text)
{
	line_input_press(input, PRESS_PASTE_BEGIN);
	for (; *text != '\0'; text = g_utf8_next_char(text))
		assert_true(line_input_press(input, g_utf8_get_char(text)));
	line_input_press(input, PRESS_PASTE_END);
}

static void
pasted_text_is_taken_as_it_is(void **state)
{
	static const struct {
		const char *pasted, *text;
	} rows[] = {
		{ "two\rlines\n", "two lines " },
		{ "a\tb", "a b" },
		{ "a\x01\x02z", "az" },
		{ "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
		    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb" },
		{ "a\033b", "ab" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(LineInput) input = line_input_new("");

		paste(input, rows[i].pasted);
		assert_string_equal(line_input_text(input), rows[i].text);
		assert_false(line_input_is_pasting(input));
	}
}

/* Escape alone, then the rest of its sequence as text. */
static void
a_paste_whose_end_came_apart_still_ends(void **state)
{
	g_autoptr(LineInput) input = line_input_new("");

	(void)state;
	line_input_press(input, PRESS_PASTE_BEGIN);
	press_keys("a Escape [ 2 0 1 ~", press, input);
	assert_false(line_input_is_pasting(input));
	assert_string_equal(line_input_text(input), "a");
	assert_false(line_input_press(input, PRESS_ENTER));
}

static void
bytes_that_are_no_utf8_cannot_lead_out_of_the_line(void **state)
{
	g_autoptr(LineInput) input = line_input_new("a\xf0");

	(void)state;
	assert_true(g_utf8_validate(line_input_text(input), -1, NULL));
	press_keys("Home Right Right Right Backspace", press, input);
	assert_string_equal(line_input_text(input), "a");
	line_input_set(input, "\xe4\xb8");
	press_keys("Home Delete Delete Delete", press, input);
	assert_true(g_utf8_validate(line_input_text(input), -1, NULL));
}

static void
replacing_reaches_up_to_the_cursor(void **state)
{
	g_autoptr(LineInput) input = line_input_new("posts sta=Draft");

	(void)state;
	press_keys("Left Left Left Left Left Left", press, input);
	line_input_replace(input, 6, "state");
	assert_string_equal(line_input_text(input), "posts state=Draft");
	assert_int_equal(line_input_cursor(input), 11);
	line_input_replace(input, 99, "!");
	assert_string_equal(line_input_text(input), "posts state!=Draft");
}

#define CELLS 10

static int
show_line(const void *data)
{
	WidgetStage stage;
	LineInput *input = line_input_new(data);
	KeyPress key = PRESS_NONE;

	stage_open(&stage, "none");
	do {
		if (key != PRESS_NONE)
			line_input_press(input, key);
		mvaddstr(0, 0, "|          |");
		line_input_draw(input, stdscr, stage.theme, 0, 1, CELLS, NULL);
		refresh();
		key = stage_press(&stage);
	} while (key != PRESS_ENTER && key != PRESS_NONE);
	line_input_free(input);
	stage_close(&stage);
	return 0;
}

static void
expect_line(Terminal *terminal, const char *text, int cursor)
{
	g_autofree char *row = NULL;
	int y, x;

	terminal_settle(terminal);
	row = terminal_row_text(terminal, 0);
	assert_string_equal(row, text);
	assert_true(terminal_cursor(terminal, &y, &x));
	assert_int_equal(x, cursor + 1);
}

static Terminal *
start(const char *text)
{
	Terminal *terminal =
	    terminal_start(&(TerminalOptions){ .rows = 3, .cols = 20, .run = show_line, .data = text });

	terminal_wait_text(terminal, "|", TERMINAL_DEADLINE_MS);
	return terminal;
}

static void
a_long_line_scrolls_with_its_cursor(void **state)
{
	Terminal *terminal = start("0123456789abcdef");

	(void)state;
	expect_line(terminal, "|…89abcdef |", 9);
	terminal_press(terminal, "Home");
	expect_line(terminal, "|012345678…|", 0);
	terminal_press_all(terminal, "Right Right Right Right Right Right Right Right Right");
	expect_line(terminal, "|…3456789a…|", 7);
	terminal_press(terminal, "C-k");
	expect_line(terminal, "|012345678 |", 9);
	terminal_press(terminal, "C-u");
	expect_line(terminal, "|          |", 0);
}

static void
wide_characters_keep_the_cursor_on_its_place(void **state)
{
	Terminal *terminal = start("世界世界世界x");

	(void)state;
	expect_line(terminal, "|… 界世界x |", 9);
	terminal_press(terminal, "Left");
	expect_line(terminal, "|… 界世界x |", 8);
	terminal_press_all(terminal, "Left Left Left Left Left Left");
	expect_line(terminal, "|世界世界… |", 0);
}

static void
what_is_typed_cannot_command_the_terminal(void **state)
{
	Terminal *terminal = start("a\033[31m\xe2\x80\xae");

	(void)state;
	expect_line(terminal, "|…1m<202E> |", 9);
	terminal_expect_allowed_bytes(terminal);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit_the_line),
		cmocka_unit_test(keys_that_mean_nothing_here_are_left_to_others),
		cmocka_unit_test(pasted_text_is_taken_as_it_is),
		cmocka_unit_test(a_paste_whose_end_came_apart_still_ends),
		cmocka_unit_test(bytes_that_are_no_utf8_cannot_lead_out_of_the_line),
		cmocka_unit_test(replacing_reaches_up_to_the_cursor),
		cmocka_unit_test_teardown(a_long_line_scrolls_with_its_cursor, terminal_teardown),
		cmocka_unit_test_teardown(wide_characters_keep_the_cursor_on_its_place, terminal_teardown),
		cmocka_unit_test_teardown(what_is_typed_cannot_command_the_terminal, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
