#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <locale.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "terminal.h"
#include "tui/keys.h"
#include "tui/terminal.h"

static const struct {
	const char *name;
	KeyPress press;
	const char *canonical; /* NULL: the same */
	const char *label;     /* NULL: the name */
} good[] = {
	{ "a", 'a', NULL, NULL },
	{ "A", 'A', NULL, NULL },
	{ "?", '?', NULL, NULL },
	{ "-", '-', NULL, NULL },
	{ "C", 'C', NULL, NULL },
	{ "F", 'F', NULL, NULL },
	{ "é", 0xe9, NULL, NULL },
	{ "世", 0x4e16, NULL, NULL },
	{ "space", ' ', NULL, "Space" },
	{ "equals", '=', NULL, "=" },
	{ "=", '=', "equals", "=" },
	{ "bracketleft", '[', NULL, "[" },
	{ "bracketright", ']', NULL, "]" },
	{ "numbersign", '#', NULL, "#" },
	{ "semicolon", ';', NULL, ";" },
	{ "Enter", 13, NULL, NULL },
	{ "Escape", 27, NULL, "Esc" },
	{ "Tab", 9, NULL, NULL },
	{ "S-Tab", PRESS_SHIFT_TAB, NULL, NULL },
	{ "Backspace", PRESS_BACKSPACE, NULL, NULL },
	{ "PgDn", PRESS_PAGE_DOWN, NULL, NULL },
	{ "F1", PRESS_F1, NULL, NULL },
	{ "F12", PRESS_F12, NULL, NULL },
	{ "C-a", 1, NULL, NULL },
	{ "C-A", 1, "C-a", "C-a" },
	{ "C-z", 26, NULL, NULL },
	{ "C-space", 0, NULL, "C-Space" },
	{ "C-@", 0, "C-space", "C-Space" },
	{ "C-\\", 28, NULL, NULL },
	{ "C-_", 31, NULL, NULL },
	{ "C-i", PRESS_TAB, "Tab", "Tab" },
	{ "C-m", PRESS_ENTER, "Enter", "Enter" },
	{ "C-[", PRESS_ESCAPE, "Escape", "Esc" },
};

static void
every_name_gives_its_press_and_comes_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		const char *canonical = good[i].canonical != NULL ? good[i].canonical : good[i].name;
		const char *label = good[i].label != NULL ? good[i].label : good[i].name;
		g_autoptr(GError) error = NULL;
		g_autofree char *name = NULL;
		g_autofree char *shown = NULL;
		KeyPress press = PRESS_UNKNOWN;

		if (!keypress_parse(good[i].name, &press, &error))
			fail_msg("%s", error->message);
		assert_int_equal(press, good[i].press);
		name = keypress_name(press);
		assert_string_equal(name, canonical);
		shown = keypress_label(press);
		assert_string_equal(shown, label);
	}
}

static const char *const bad[] = { "", " ", "ab", "F0", "F13", "F01", "C-", "C-1", "C-aa", "c-a", "enter",
	"ESCAPE", "\t", "\x1b", "\xe2\x80\xae", "\xcc\x81", "e\xcc\x81", "\xff", "Space" };

static void
other_names_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		KeyPress press = PRESS_UNKNOWN;

		if (keypress_parse(bad[i], &press, &error))
			fail_msg("'%s' is taken for %x", bad[i], press);
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
		assert_int_equal(press, PRESS_UNKNOWN);
	}
}

static void
presses_without_a_name_have_none(void **state)
{
	static const KeyPress nameless[] = { PRESS_NONE, PRESS_UNKNOWN, PRESS_RESIZE, PRESS_MOUSE,
		PRESS_PASTE_BEGIN, 0x7f, 0x9b, 0xd800, 0x202e };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(nameless); i++) {
		g_autofree char *name = keypress_name(nameless[i]);

		if (name != NULL)
			fail_msg("%x is '%s'", nameless[i], name);
		assert_false(keypress_is_text(nameless[i]));
	}
	assert_true(keypress_is_text('a'));
	assert_true(keypress_is_text(0x4e16));
	assert_false(keypress_is_text(PRESS_TAB));
	assert_false(keypress_is_text(PRESS_UP));
}

static const char *
special_name(KeyPress press)
{
	switch (press) {
	case PRESS_MOUSE: return "mouse";
	case PRESS_PASTE_BEGIN: return "paste-begin";
	case PRESS_PASTE_END: return "paste-end";
	case PRESS_UNKNOWN: return "unknown";
	default: return "?";
	}
}

/* Prints the name of each key until `q`. */
static int
name_keys(const void *data)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	TuiTerminal *terminal;
	KeyPress press = PRESS_NONE;

	(void)data;
	setlocale(LC_ALL, "");
	terminal = tui_terminal_enter(true, NULL);
	mvaddstr(0, 0, "ready ");
	refresh();
	while (press != 'q' && poll(&input, 1, TERMINAL_DEADLINE_MS) > 0) {
		while ((press = keypress_read(stdscr)) != PRESS_NONE) {
			g_autofree char *name = keypress_name(press);

			printw("%s ", name != NULL ? name : special_name(press));
		}
		refresh();
	}
	tui_terminal_leave(terminal);
	return 0;
}

static void
keys_of_a_real_terminal_have_their_names(void **state)
{
	static const char *const keys[] = { "a", "é", "世", "Enter", "Tab", "S-Tab", "Backspace", "Delete",
		"Insert", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "F1", "F4", "F5",
		"F12", "C-a", "C-c", "C-z", "space", "Escape" };
	Terminal *terminal = terminal_start(&(TerminalOptions){ .run = name_keys });
	g_autoptr(GString) expected = g_string_new("ready");

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *row = NULL;

		g_string_append_printf(expected, " %s", keys[i]);
		terminal_press(terminal, keys[i]);
		/* The screen is 80 wide: what is looked for is the end of all that was printed. */
		terminal_wait_text(terminal, keys[i], TERMINAL_DEADLINE_MS);
	}
	terminal_settle(terminal);
	{
		g_autofree char *first = terminal_row_text(terminal, 0);
		g_autofree char *second = terminal_row_text(terminal, 1);
		g_autofree char *third = terminal_row_text(terminal, 2);
		g_autofree char *seen = g_strconcat(first, second, third, NULL);
		g_auto(GStrv) seen_words = g_strsplit(seen, " ", -1);
		g_auto(GStrv) words = g_strsplit(expected->str, " ", -1);
		g_autofree char *seen_joined = g_strjoinv("", seen_words);
		g_autofree char *joined = g_strjoinv("", words);

		assert_string_equal(seen_joined, joined);
	}
}

static void
pastes_and_clicks_are_told_apart_from_typing(void **state)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .run = name_keys });

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_true(terminal_reports_mouse(terminal));
	terminal_paste(terminal, "x\r");
	terminal_wait_text(terminal, "paste-begin x Enter paste-end", TERMINAL_DEADLINE_MS);
	terminal_click(terminal, 3, 4, 1);
	terminal_wait_text(terminal, "paste-end mouse", TERMINAL_DEADLINE_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_gives_its_press_and_comes_back),
		cmocka_unit_test(other_names_are_refused),
		cmocka_unit_test(presses_without_a_name_have_none),
		cmocka_unit_test_teardown(keys_of_a_real_terminal_have_their_names, terminal_teardown),
		cmocka_unit_test_teardown(pastes_and_clicks_are_told_apart_from_typing, terminal_teardown),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
