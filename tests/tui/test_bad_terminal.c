#include "console_stage.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

static void
without_a_terminal_the_console_says_what_to_use_instead(void **state)
{
	const char *const none[] = { NULL };
	ProgramOptions options = { .words = none };
	g_auto(ProgramResult) result = program_run(&options);

	(void)state;
	assert_int_equal(result.exit_code, 2);
	assert_string_equal(result.out, "");
	assert_non_null(strstr(result.err, "is not a terminal"));
}

static void
a_terminal_that_cannot_place_its_cursor_is_refused(void **state)
{
	g_auto(GStrv) env = program_environment((const char *const[]){ "TERM=dumb", NULL });
	const char *const argv[] = { program_path(), NULL };
	TerminalOptions options = { .argv = argv, .env = (const char *const *)env };
	Terminal *terminal = terminal_start(&options);
	int status = terminal_wait_exit(terminal, STAGE_DEADLINE_MS);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_true(terminal_find(terminal, "error: ", NULL) >= 0);
}

static void
a_small_terminal_says_what_it_needs_and_works_once_it_has_grown(void **state)
{
	Terminal *terminal = stage_console(6, 30, (const char *const[]){ "--screen", "posts", NULL });

	(void)state;
	terminal_wait_text(terminal, "Signalbox needs a terminal", STAGE_DEADLINE_MS);
	terminal_resize(terminal, 10, 40);
	stage_wait_current(terminal, "Post 500");
	terminal_resize(terminal, 5, 20);
	terminal_wait_text(terminal, "Signalbox needs a", STAGE_DEADLINE_MS);
	terminal_expect_allowed_bytes(terminal);
}

static void
a_signal_gives_the_terminal_back(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGINT };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		Terminal *terminal = stage_screen("posts", "Post 500");
		int status;

		terminal_signal(terminal, numbers[i]);
		status = terminal_wait_exit(terminal, STAGE_DEADLINE_MS);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + numbers[i]);
		assert_false(terminal_on_alternate_screen(terminal));
		terminal_free(terminal);
	}
}

static void
a_vanished_terminal_ends_the_console_without_spinning(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_hang_up(terminal);
	terminal_wait_exit(terminal, 5000);
	assert_true(terminal_cpu_ms(terminal) < 3000);
}

static void
an_unknown_screen_is_named(void **state)
{
	Terminal *terminal = stage_console(24, 80, (const char *const[]){ "--screen", "pots", NULL });

	(void)state;
	terminal_wait_text(terminal, "no screen 'pots'", STAGE_DEADLINE_MS);
}

static void
a_server_that_is_down_is_told_and_the_console_stays(void **state)
{
	g_auto(GStrv) env = program_environment((const char *const[]){ "PGPORT=1", NULL });
	const char *const argv[] = { program_path(), "--screen", "posts", NULL };
	TerminalOptions options = { .argv = argv, .env = (const char *const *)env };
	Terminal *terminal = terminal_start(&options);

	(void)state;
	terminal_wait_text(terminal, "server", STAGE_DEADLINE_MS);
	terminal_press(terminal, "?");
	terminal_wait_text(terminal, "Posts", STAGE_DEADLINE_MS);
	terminal_press_all(terminal, "Escape q");
	assert_int_equal(terminal_wait_exit(terminal, STAGE_DEADLINE_MS), 0);
}

/* Hostile text in every column of a list, a record and an error. */
static void
hostile_text_reaches_the_terminal_as_pictures(void **state)
{
	Terminal *terminal;

	(void)state;
	cluster_execute(stage_cluster(), STAGE_DATABASE,
	    "UPDATE posts SET title = E'\\x1b[2J\\x1b]0;x\\x07 \\u202e\\u200b\\u009b31m' || title, content = "
	    "E'\\x1b[31m\\r\\n\\b\\u2066x' WHERE slug IN ('post-500', 'post-499')");
	terminal = stage_screen("posts", "Post 498");
	terminal_wait_text(terminal, "<202E>", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "<2066>", STAGE_DEADLINE_MS);
	terminal_type(terminal, ":posts show \xe2\x80\xae");
	terminal_press(terminal, "Enter");
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(without_a_terminal_the_console_says_what_to_use_instead),
		STAGE_TEST(a_terminal_that_cannot_place_its_cursor_is_refused),
		STAGE_TEST(a_small_terminal_says_what_it_needs_and_works_once_it_has_grown),
		STAGE_TEST(a_signal_gives_the_terminal_back),
		STAGE_TEST(a_vanished_terminal_ends_the_console_without_spinning),
		STAGE_TEST(an_unknown_screen_is_named),
		STAGE_TEST(a_server_that_is_down_is_told_and_the_console_stays),
		STAGE_TEST(hostile_text_reaches_the_terminal_as_pictures),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
