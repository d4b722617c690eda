#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "terminal.h"

static Terminal *
start_shell(const char *script)
{
	const char *argv[] = { "/bin/sh", "-c", script, NULL };

	return terminal_start(&(TerminalOptions){ .rows = 6, .cols = 30, .argv = argv });
}

static void
text_is_read_from_the_screen(void **state)
{
	Terminal *terminal = start_shell("printf 'one\\r\\n  two  '; cat");
	g_autofree char *screen = NULL;
	g_autofree char *row = NULL;
	int col;

	(void)state;
	terminal_wait_text(terminal, "two", TERMINAL_DEADLINE_MS);
	row = terminal_row_text(terminal, 1);
	assert_string_equal(row, "  two");
	screen = terminal_screen_text(terminal);
	assert_string_equal(screen, "one\n  two\n\n\n\n\n");
	assert_int_equal(terminal_find(terminal, "two", &col), 1);
	assert_int_equal(col, 2);
	assert_int_equal(terminal_find(terminal, "three", NULL), -1);
}

static void
attributes_are_read_cell_by_cell(void **state)
{
	Terminal *terminal = start_shell(
	    "printf 'a\\033[1;31mb\\033[0;7mc\\033[0;4;38;5;200md\\033[0;2;48;5;2me\\033[22mf\\033[mg end'; "
	    "cat");
	g_autofree char *attributes = NULL;
	TerminalCell cell;

	(void)state;
	terminal_wait_text(terminal, "end", TERMINAL_DEADLINE_MS);
	cell = terminal_cell(terminal, 0, 1);
	assert_string_equal(cell.text, "b");
	assert_true(cell.bold);
	assert_int_equal(cell.fg, 1);
	assert_int_equal(cell.bg, TERMINAL_COLOUR_DEFAULT);
	attributes = terminal_attributes(terminal);
	assert_string_equal(attributes,
	    "0: 1-1 bold fg=1\n0: 2-2 reverse\n0: 3-3 underline fg=200\n"
	    "0: 4-4 dim bg=2\n0: 5-5 bg=2\n");
}

static void
a_sequence_cut_between_two_writes_is_still_one(void **state)
{
	Terminal *terminal =
	    start_shell("stty raw -echo; printf 'x\\033[2'; head -c 1 >/dev/null; printf ';1mdim'; cat");

	(void)state;
	terminal_wait_text(terminal, "x", TERMINAL_DEADLINE_MS);
	terminal_type(terminal, ".");
	terminal_wait_text(terminal, "xdim", TERMINAL_DEADLINE_MS);
	assert_true(terminal_cell(terminal, 0, 1).dim);
	assert_true(terminal_cell(terminal, 0, 1).bold);
}

static void
wide_and_combined_characters_take_their_cells(void **state)
{
	Terminal *terminal =
	    start_shell("printf 'a世b\\303\\251e\\314\\201|\\r\\n\\033[7m世界\\033[m.'; cat");
	g_autofree char *row = NULL;
	g_autofree char *attributes = NULL;
	int col;

	(void)state;
	terminal_wait_text(terminal, "世界.", TERMINAL_DEADLINE_MS);
	assert_int_equal(terminal_cell(terminal, 0, 1).width, 2);
	assert_int_equal(terminal_cell(terminal, 0, 2).width, 0);
	assert_string_equal(terminal_cell(terminal, 0, 5).text, "e\xcc\x81");
	row = terminal_row_text(terminal, 0);
	assert_string_equal(row, "a世bée\xcc\x81|");
	assert_int_equal(terminal_find(terminal, "|", &col), 0);
	assert_int_equal(col, 6);
	attributes = terminal_attributes(terminal);
	assert_string_equal(attributes, "1: 0-3 reverse\n");
}

static void
repeated_characters_are_drawn(void **state)
{
	Terminal *terminal = start_shell("printf -- '-\\033[9b|'; cat");

	(void)state;
	terminal_wait_text(terminal, "----------|", TERMINAL_DEADLINE_MS);
}

static void
keys_arrive_as_the_program_asked_for_them(void **state)
{
	Terminal *terminal =
	    start_shell("stty -icanon -isig -icrnl -echo; printf 'ready\\n'; head -c 7 | od -An -c; "
			"printf '\\033[?1hagain\\n'; head -c 10 | od -An -c; cat");

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_press_all(terminal, "a C-c Up é");
	terminal_wait_text(terminal, "a 003 033   [   A 303 251", TERMINAL_DEADLINE_MS);
	terminal_wait_text(terminal, "again", TERMINAL_DEADLINE_MS);
	terminal_press_all(terminal, "Up Enter PgDn Escape Tab");
	terminal_wait_text(terminal, "033   O   A  \\r 033   [", TERMINAL_DEADLINE_MS);
}

static void
a_paste_is_bracketed_only_on_demand(void **state)
{
	Terminal *terminal =
	    start_shell("stty raw -echo; printf 'ready\\033[?2004h'; head -c 13 | tr '\\033' E; cat");

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_true(terminal_brackets_paste(terminal));
	terminal_paste(terminal, "p");
	terminal_wait_text(terminal, "E[200~pE[201~", TERMINAL_DEADLINE_MS);
}

static void
a_click_is_reported_only_on_demand(void **state)
{
	Terminal *terminal = start_shell(
	    "stty raw -echo; printf 'ready\\033[?1000h\\033[?1006h'; head -c 9 | tr '\\033' E; cat");

	(void)state;
	terminal_click(terminal, 1, 1, 1);
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_true(terminal_reports_mouse(terminal));
	terminal_click(terminal, 2, 3, 1);
	terminal_wait_text(terminal, "E[<0;4;3M", TERMINAL_DEADLINE_MS);
}

static void
the_program_hears_of_a_new_size(void **state)
{
	Terminal *terminal =
	    start_shell("trap 'stty size' WINCH; printf 'ready\\n'; while :; do read -r line; done");
	int rows, cols;

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_resize(terminal, 10, 40);
	terminal_type(terminal, "\n");
	terminal_wait_text(terminal, "10 40", TERMINAL_DEADLINE_MS);
	terminal_size(terminal, &rows, &cols);
	assert_int_equal(rows, 10);
	assert_int_equal(cols, 40);
}

static void
the_exit_brings_the_last_output_and_the_status(void **state)
{
	Terminal *terminal = start_shell("printf first; seq 1 2000; printf last; exit 3");
	int status = terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
	terminal_wait_text(terminal, "last", 0);
}

static void
a_hung_up_program_ends(void **state)
{
	Terminal *terminal = start_shell("printf ready; cat");
	int status;

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_hang_up(terminal);
	status = terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGHUP);
	terminal_wait_text(terminal, "ready", 0);
}

static void
freeing_kills_and_reaps_the_program(void **state)
{
	Terminal *terminal =
	    start_shell("trap '' HUP TERM INT; printf ready; while :; do read -r line; done");
	int pid = terminal_pid(terminal);

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_free(terminal);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(waitpid(pid, NULL, WNOHANG), -1);
}

static void
a_settled_screen_holds_everything_that_was_printed(void **state)
{
	Terminal *terminal =
	    start_shell("for i in 1 2 3 4 5; do printf \"$i\"; /bin/true; done; printf 'done'; cat");

	(void)state;
	terminal_settle(terminal);
	assert_int_equal(terminal_find(terminal, "12345done", NULL), 0);
}

static int
say_hello(const void *data)
{
	printf("hello %s\n", (const char *)data);
	return g_strcmp0(g_getenv("GIVEN"), "yes") == 0 && g_getenv("TZ") == NULL ? 7 : 1;
}

static void
a_function_can_be_the_program(void **state)
{
	const char *env[] = { "GIVEN=yes", "TZ", NULL };
	Terminal *terminal =
	    terminal_start(&(TerminalOptions){ .run = say_hello, .data = "you", .env = env });

	(void)state;
	assert_int_equal(WEXITSTATUS(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), 7);
	terminal_wait_text(terminal, "hello you", 0);
}

static void
modes_of_the_terminal_are_known(void **state)
{
	Terminal *terminal =
	    start_shell("printf 'cooked'; head -n 1 >/dev/null; stty raw -echo; "
			"printf '\\033[?1049h\\033[?25lraw'; head -c 1 >/dev/null; tput rmcup; tput cnorm; "
			"stty sane; printf again; cat");
	int row, col;

	(void)state;
	terminal_wait_text(terminal, "cooked", TERMINAL_DEADLINE_MS);
	assert_true(terminal_is_cooked(terminal));
	assert_false(terminal_on_alternate_screen(terminal));
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "raw", TERMINAL_DEADLINE_MS);
	assert_false(terminal_is_cooked(terminal));
	assert_true(terminal_on_alternate_screen(terminal));
	assert_false(terminal_cursor(terminal, &row, &col));
	terminal_press(terminal, "x");
	terminal_wait_text(terminal, "again", TERMINAL_DEADLINE_MS);
	assert_true(terminal_is_cooked(terminal));
	assert_false(terminal_on_alternate_screen(terminal));
	assert_true(terminal_cursor(terminal, &row, &col));
}

static void
an_expected_screen_is_compared_with_its_attributes(void **state)
{
	const char *masks[] = { "pid [0-9]+", NULL };
	Terminal *terminal = start_shell("printf 'a \\033[1mbold\\033[m screen\\r\\n pid 4711 %s' 世界; cat");

	(void)state;
	terminal_wait_text(terminal, "世界", TERMINAL_DEADLINE_MS);
	terminal_expect_file_masked(terminal, "tests/tui/expected/harness.txt", masks);
}

static void
what_ncurses_sends_is_allowed(void **state)
{
	Terminal *terminal = start_shell(
	    "tput smcup smkx clear cup 2 3; tput setaf 200; tput setab 3; tput bold; tput rev; "
	    "tput dim; tput sgr0; tput op; tput el; tput ed; tput civis; tput cnorm; tput csr 1 3; "
	    "tput ri; tput rmkx; tput rmcup; printf '─│ 世 é e\\314\\201 🚂 ok'; cat");

	(void)state;
	terminal_wait_text(terminal, "ok", TERMINAL_DEADLINE_MS);
	terminal_expect_allowed_bytes(terminal);
}

static const struct {
	const char *bytes;
	bool allowed;
} byte_cases[] = {
	{ "plain text\r\n\t\b\a", true },
	{ "\033[?1049h\033[22;0;0t\033[1;24r\033(B\033[m\033[4l\033[?7h\033[?1h\033=\033[H\033[2J", true },
	{ "\033[?2004h\033[?1000h\033[?1006;1000l\033[?12;25h\033[?25l\033[12X\033[3;7H\033[38;5;12m", true },
	{ "\033]52;c;aGVsbG8=\a", true },
	{ "\033]52;c;aGVsbG8=\033\\", true },
	{ "\033]52;c;?\a", false }, /* asks for the clipboard */
	{ "\033]52;c;aGVs\nbG8=\a", false },
	{ "\033]0;title\a", false },         /* sets the title */
	{ "\033]8;;http://x\033\\", false }, /* a link */
	{ "\033[6n", false },                /* makes the terminal answer */
	{ "\033[c", false },
	{ "\033[21t", false },
	{ "\033[5;31;\033[m", false },
	{ "\033[?1003h", false },
	{ "\033[>4;2m", false },
	{ "\033P$q\033\\", false }, /* DCS */
	{ "\033_x\033\\", false },  /* APC */
	{ "\033c", false },         /* full reset */
	{ "\033[", false },
	{ "\033", false },
	{ "\033]104\a", true },
	{ "\033]104;1\a", false },
	{ "\033]4;1;rgb:00/00/00\a", false },
	{ "\030\033[m", true },
	{ "\030m", false },
	{ "\016", false }, /* shift out */
	{ "\x7f", false },
	{ "\xc2\x9b"
	  "31m",
	    false }, /* C1 in UTF-8 */
	{ "\x9b"
	  "31m",
	    false },
	{ "\xc0\xaf", false },         /* overlong */
	{ "\xed\xa0\x80", false },     /* surrogate */
	{ "\xe2\x80\xae", false },     /* U+202E */
	{ "\xe2\x80\x8b", false },     /* U+200B */
	{ "\xe2\x80\xa8", false },     /* U+2028 */
	{ "\xf3\xa0\x80\xa1", false }, /* a tag */
	{ "\xee\x80\x80", false },     /* private use */
	{ "\xef\xbf\xbe", false },     /* noncharacter */
	{ "\xe3\x85\xa4", false },     /* Hangul filler */
	{ "e\xcc\x81 \xe4\xb8\x96 \xf0\x9f\x9a\x82", true },
};

static void
hostile_bytes_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(byte_cases); i++) {
		g_autofree char *what = NULL;
		size_t length = strlen(byte_cases[i].bytes);
		bool allowed = terminal_bytes_are_allowed(byte_cases[i].bytes, length, &what);

		if (allowed != byte_cases[i].allowed)
			fail_msg("case %zu is %s", i, allowed ? "allowed" : what);
		assert_true(allowed == (what == NULL));
	}
	assert_false(terminal_bytes_are_allowed("a\0b", 3, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(text_is_read_from_the_screen, terminal_teardown),
		cmocka_unit_test_teardown(attributes_are_read_cell_by_cell, terminal_teardown),
		cmocka_unit_test_teardown(a_sequence_cut_between_two_writes_is_still_one, terminal_teardown),
		cmocka_unit_test_teardown(wide_and_combined_characters_take_their_cells, terminal_teardown),
		cmocka_unit_test_teardown(repeated_characters_are_drawn, terminal_teardown),
		cmocka_unit_test_teardown(keys_arrive_as_the_program_asked_for_them, terminal_teardown),
		cmocka_unit_test_teardown(a_paste_is_bracketed_only_on_demand, terminal_teardown),
		cmocka_unit_test_teardown(a_click_is_reported_only_on_demand, terminal_teardown),
		cmocka_unit_test_teardown(the_program_hears_of_a_new_size, terminal_teardown),
		cmocka_unit_test_teardown(the_exit_brings_the_last_output_and_the_status, terminal_teardown),
		cmocka_unit_test_teardown(a_hung_up_program_ends, terminal_teardown),
		cmocka_unit_test_teardown(freeing_kills_and_reaps_the_program, terminal_teardown),
		cmocka_unit_test_teardown(
		    a_settled_screen_holds_everything_that_was_printed, terminal_teardown),
		cmocka_unit_test_teardown(a_function_can_be_the_program, terminal_teardown),
		cmocka_unit_test_teardown(modes_of_the_terminal_are_known, terminal_teardown),
		cmocka_unit_test_teardown(
		    an_expected_screen_is_compared_with_its_attributes, terminal_teardown),
		cmocka_unit_test_teardown(what_ncurses_sends_is_allowed, terminal_teardown),
		cmocka_unit_test(hostile_bytes_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
