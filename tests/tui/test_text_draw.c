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

#define CELLS 12

/* What a hostile table may hold, and what stands in twelve cells. */
static const struct {
	const char *text;
	const char *drawn;
	const char *drawn_in_c;
} cases[] = {
	{ "plain", "plain", "plain" },
	{ "exactly 12 c", "exactly 12 c", "exactly 12 c" },
	{ "thirteen cell", "thirteen ce…", "thirteen ce~" },
	{ "世界世界世界", "世界世界世界", "? ? ? ? ? ? " },
	{ "a世界世界世界", "a世界世界世…", "a? ? ? ? ? ~" },
	{ "世界世界世界b", "世界世界世 …", NULL },
	{ "caf\xc3\xa9", "café", "caf?" },
	{ "cafe\xcc\x81!", "cafe\xcc\x81!", "cafe!" },
	{ "\xcc\x81mark", "◌\xcc\x81mark", "?mark" },
	{ "a\rb\nc\td\be", "a␍b␊c␉d␈e", "a?b?c?d?e" },
	{ "\033[31mred", "␛[31mred", "?[31mred" },
	{ "\x9b"
	  "31m",
	    "<9B>31m", "<9B>31m" },
	{ "\xe2\x80\xae"
	  "abc",
	    "<202E>abc", "<202E>abc" },
	{ "\xff\xfe", "<FF><FE>", "<FF><FE>" },
	{ "", "", "" },
};

static void
wait_for_key(void)
{
	refresh();
	poll(&(struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN }, 1, TERMINAL_DEADLINE_MS);
}

/* Each case between two bars that nothing may move. */
static int
draw_cases(const void *data)
{
	TuiTerminal *terminal;
	g_autoptr(Theme) theme = NULL;
	ThemeOptions options;
	Look look;

	(void)data;
	setlocale(LC_ALL, "");
	terminal = tui_terminal_enter(false, NULL);
	options = theme_detect("none", false, false);
	theme = theme_new(&options);
	look = theme_look(theme, STYLE_ROW, ROW_PLAIN);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int row = (int)i;
		int used;

		mvaddstr(row, 0, "|............|............|");
		used = text_draw(stdscr, theme, row, 1, CELLS, cases[i].text, look);
		text_draw_padded(stdscr, theme, row, CELLS + 2, CELLS, cases[i].text, true, look);
		mvprintw(row, 2 * CELLS + 3, "%d", used);
	}
	mvaddstr(LINES - 1, 0, "drawn");
	wait_for_key();
	tui_terminal_leave(terminal);
	return 0;
}

static Terminal *
start(int (*run)(const void *), const char *const *env)
{
	Terminal *terminal = terminal_start(
	    &(TerminalOptions){ .rows = (int)G_N_ELEMENTS(cases) + 2, .cols = 40, .run = run, .env = env });

	terminal_wait_text(terminal, "drawn", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
	return terminal;
}

static void
expect_row(Terminal *terminal, int row, const char *drawn, int used)
{
	g_autofree char *seen = terminal_row_text(terminal, row);
	g_autoptr(GString) expected = g_string_new("|");

	g_string_append(expected, drawn);
	for (int i = used; i < CELLS; i++)
		g_string_append_c(expected, '.');
	g_string_append_c(expected, '|');
	for (int i = used; i < CELLS; i++)
		g_string_append_c(expected, ' ');
	g_string_append_printf(expected, "%s|%d", drawn, used);
	assert_string_equal(seen, expected->str);
}

static void
nothing_moves_the_cells_beside_a_text(void **state)
{
	Terminal *terminal = start(draw_cases, NULL);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int row = (int)i;

		assert_string_equal(terminal_cell(terminal, row, CELLS + 1).text, "|");
		assert_string_equal(terminal_cell(terminal, row, 2 * CELLS + 2).text, "|");
	}
}

static void
a_text_is_cut_and_cleaned_before_it_is_drawn(void **state)
{
	Terminal *terminal = start(draw_cases, NULL);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		if (strstr(cases[i].drawn, " …") == NULL)
			expect_row(terminal, (int)i, cases[i].drawn, text_width(cases[i].drawn));
	}
}

static void
what_the_locale_cannot_show_becomes_a_question_mark(void **state)
{
	static const char *const c_locale[] = { "LANG=C", NULL };
	Terminal *terminal = start(draw_cases, c_locale);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		if (cases[i].drawn_in_c != NULL)
			expect_row(terminal, (int)i, cases[i].drawn_in_c, (int)strlen(cases[i].drawn_in_c));
}

static int
draw_at_the_edges(const void *data)
{
	TuiTerminal *terminal;
	g_autoptr(Theme) theme = NULL;
	ThemeOptions options;
	WINDOW *box;
	Look look;

	(void)data;
	setlocale(LC_ALL, "");
	terminal = tui_terminal_enter(false, NULL);
	options = theme_detect("none", false, false);
	theme = theme_new(&options);
	look = theme_look(theme, STYLE_ROW, ROW_PLAIN);
	box = newwin(5, 10, 1, 2);
	text_draw_frame(box, theme, look);
	text_draw(box, theme, 1, 5, 100, "世界世界", look);
	text_draw_padded(box, theme, 4, 8, 2, "世", false, look);
	text_draw(box, theme, -1, 0, 5, "above", look);
	text_draw(box, theme, 5, 0, 5, "below", look);
	text_draw(box, theme, 2, 10, 5, "right", look);
	text_draw(box, theme, 2, -1, 5, "left", look);
	text_draw(box, theme, 2, 1, 0, "none", look);
	text_draw(box, theme, 3, 1, -3, "less", look);
	text_draw_repeated(box, 2, 7, 99, "=", look);
	mvaddstr(LINES - 1, 0, "drawn");
	refresh();
	wrefresh(box);
	wait_for_key();
	tui_terminal_leave(terminal);
	return 0;
}

static void
edges_cut_and_nothing_wraps(void **state)
{
	Terminal *terminal = start(draw_at_the_edges, NULL);
	g_autofree char *screen = terminal_screen_text(terminal);

	(void)state;
	assert_true(g_str_has_prefix(screen,
	    "\n"
	    "  ┌────────┐\n"
	    "  │    世界…\n"
	    "  │      ===\n"
	    "  │        │\n"
	    "  └───────世\n"
	    "\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing_moves_the_cells_beside_a_text, terminal_teardown),
		cmocka_unit_test_teardown(a_text_is_cut_and_cleaned_before_it_is_drawn, terminal_teardown),
		cmocka_unit_test_teardown(
		    what_the_locale_cannot_show_becomes_a_question_mark, terminal_teardown),
		cmocka_unit_test_teardown(edges_cut_and_nothing_wraps, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
