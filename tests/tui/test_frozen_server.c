#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

/* What a key may take on a machine that does other things, too; the server takes for ever. */
#define ECHO_MS 2000

static GArray *frozen; /* of int: backends' process ids */

static void
thaw(void)
{
	for (guint i = 0; frozen != NULL && i < frozen->len; i++)
		kill(g_array_index(frozen, int, i), SIGCONT);
	g_clear_pointer(&frozen, g_array_unref);
}

/* Every connection that the console has; a new one is served. */
static void
freeze(void)
{
	g_autofree char *text = cluster_query_text(stage_cluster(), "postgres",
	    "SELECT pid FROM pg_stat_activity WHERE datname = '" STAGE_DATABASE "'");
	g_auto(GStrv) pids = g_strsplit(text, "\n", -1);

	thaw();
	frozen = g_array_new(FALSE, FALSE, sizeof(int));
	for (char **pid = pids; *pid != NULL && **pid != '\0'; pid++) {
		int id = atoi(*pid);

		assert_int_equal(kill(id, SIGSTOP), 0);
		g_array_append_val(frozen, id);
	}
	assert_true(frozen->len > 0);
}

static int
thaw_and_end(void **state)
{
	thaw();
	return terminal_teardown(state);
}

/* The header's last word: seconds with a tenth. */
static double
elapsed(Terminal *terminal)
{
	g_autofree char *header = terminal_row_text(terminal, 0);
	const char *last = strrchr(header, ' ');
	double seconds = 0;
	char unit = '\0';

	return last != NULL && sscanf(last, " %lf%c", &seconds, &unit) == 2 && unit == 's' ? seconds : 0;
}

static bool
has_waited(Terminal *terminal, void *data)
{
	return elapsed(terminal) >= *(double *)data;
}

static bool
waits_no_more(Terminal *terminal, void *data)
{
	(void)data;
	return elapsed(terminal) == 0;
}

static void
wait_elapsed(Terminal *terminal, double seconds)
{
	if (terminal_wait_until(terminal, has_waited, &seconds, STAGE_DEADLINE_MS))
		return;
	terminal_print(terminal, "no time passes");
	fail_msg("the header never showed %.1f s", seconds);
}

static Terminal *
frozen_posts(void)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	terminal_settle(terminal);
	freeze();
	terminal_press(terminal, "R");
	wait_elapsed(terminal, 0.6);
	return terminal;
}

static void
keys_are_served_and_time_is_shown_while_the_server_is_frozen(void **state)
{
	Terminal *terminal = frozen_posts();

	(void)state;
	terminal_type(terminal, "jj");
	stage_wait_current(terminal, "Post 498");
	terminal_type(terminal, ":outbox st");
	terminal_wait_text(terminal, ":outbox st", ECHO_MS);
	terminal_press(terminal, "Escape");
	terminal_wait_gone(terminal, ":outbox st", ECHO_MS);
	terminal_press(terminal, "?");
	terminal_wait_text(terminal, "Publish drafts", ECHO_MS);
	wait_elapsed(terminal, 1.5);
}

static void
escape_cancels_and_the_next_request_finds_a_server(void **state)
{
	Terminal *terminal = frozen_posts();

	(void)state;
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "cancelled", ECHO_MS);
	terminal_wait_text(terminal, "cancel sent", ECHO_MS);
	stage_wait_current(terminal, "Post 500");
	assert_true(terminal_wait_until(terminal, waits_no_more, NULL, STAGE_DEADLINE_MS));
	cluster_execute(
	    stage_cluster(), STAGE_DATABASE, "UPDATE posts SET title = 'Seen again' WHERE slug = 'post-499'");
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "Seen again", STAGE_DEADLINE_MS);
}

static void
a_filter_that_is_cancelled_is_taken_back(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_settle(terminal);
	freeze();
	terminal_type(terminal, "/state=Draft\r");
	wait_elapsed(terminal, 0.6);
	assert_int_equal(terminal_find(terminal, "state=Draft", NULL), 2);
	terminal_press(terminal, "C-c");
	terminal_wait_gone(terminal, "state=Draft", ECHO_MS);
	terminal_wait_text(terminal, "cancel sent", ECHO_MS);
	stage_wait_current(terminal, "Post 500");
	thaw();
	terminal_wait_gone(terminal, "cancel sent", STAGE_DEADLINE_MS);
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "Post 499", STAGE_DEADLINE_MS);
}

static void
a_typed_command_goes_on_while_one_looks_at_another_tab(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_settle(terminal);
	freeze();
	terminal_type(terminal, ":users show ada@example.org\r");
	wait_elapsed(terminal, 0.3);
	terminal_press(terminal, "]");
	terminal_wait_text(terminal, "[Outbox]", ECHO_MS);
	thaw();
	terminal_wait_text(terminal, "Ada", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "order.placed.v1", STAGE_DEADLINE_MS);
}

static void
let_in(bool allowed)
{
	cluster_execute(stage_cluster(), "postgres",
	    allowed
		? "ALTER DATABASE " STAGE_DATABASE " ALLOW_CONNECTIONS true"
		: "ALTER DATABASE " STAGE_DATABASE " ALLOW_CONNECTIONS false;"
		  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" STAGE_DATABASE
		  "'");
}

static int
let_in_and_end(void **state)
{
	let_in(true);
	return terminal_teardown(state);
}

static void
a_list_whose_server_has_gone_says_so_until_it_is_back(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_settle(terminal);
	let_in(false);
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "s ago", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "connection", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 500");
	let_in(true);
	terminal_press(terminal, "R");
	terminal_wait_gone(terminal, "connection", STAGE_DEADLINE_MS);
	terminal_wait_gone(terminal, ", read ", STAGE_DEADLINE_MS);
}

static void
expect_given_back(Terminal *terminal)
{
	assert_false(terminal_on_alternate_screen(terminal));
	assert_true(terminal_is_cooked(terminal));
	assert_false(terminal_brackets_paste(terminal));
	assert_false(terminal_reports_mouse(terminal));
}

static void
the_console_can_be_left(void **state)
{
	Terminal *terminal = frozen_posts();

	(void)state;
	terminal_press(terminal, "q");
	assert_int_equal(terminal_wait_exit(terminal, ECHO_MS), 0);
	expect_given_back(terminal);
}

/* Two lanes that the server holds back: one after the other would take twice as long. */
static Terminal *
frozen_write(void)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	stage_wait_current(terminal, "Post 500");
	terminal_press(terminal, "p");
	terminal_wait_text(terminal, "published", STAGE_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_type(terminal, "jjjjj");
	stage_wait_current(terminal, "Post 495");
	freeze();
	terminal_type(terminal, "p");
	terminal_press(terminal, "R");
	wait_elapsed(terminal, 0.6);
	return terminal;
}

static void
a_vanished_terminal_ends_it_within_a_second(void **state)
{
	Terminal *terminal = frozen_write();
	gint64 started = g_get_monotonic_time();

	(void)state;
	terminal_hang_up(terminal);
	terminal_wait_exit(terminal, STAGE_DEADLINE_MS);
	assert_true(g_get_monotonic_time() - started < G_TIME_SPAN_SECOND);
	assert_true(terminal_cpu_ms(terminal) < 3000);
}

static void
a_write_is_not_stopped_with_its_locks(void **state)
{
	Terminal *terminal = frozen_write();

	(void)state;
	terminal_press(terminal, "C-z");
	terminal_wait_text(terminal, "still running", ECHO_MS);
	terminal_signal(terminal, SIGTSTP);
	terminal_type(terminal, ":still there");
	terminal_wait_text(terminal, ":still there", ECHO_MS);
}

static void
whoever_leaves_during_a_write_is_asked_and_told_what_is_not_known(void **state)
{
	Terminal *terminal = frozen_write();

	(void)state;
	terminal_press(terminal, "q");
	terminal_wait_text(terminal, "still running", ECHO_MS);
	stage_wait_armed(terminal);
	terminal_press(terminal, "y");
	assert_int_equal(terminal_wait_exit(terminal, ECHO_MS), 0);
	expect_given_back(terminal);
	terminal_wait_text(terminal, "posts publish", 0);
	terminal_wait_text(terminal, "its outcome is not known here", 0);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, thaw_and_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(keys_are_served_and_time_is_shown_while_the_server_is_frozen),
		STAGE_TEST(escape_cancels_and_the_next_request_finds_a_server),
		STAGE_TEST(a_filter_that_is_cancelled_is_taken_back),
		cmocka_unit_test_setup_teardown(
		    a_list_whose_server_has_gone_says_so_until_it_is_back, stage_fill, let_in_and_end),
		STAGE_TEST(a_typed_command_goes_on_while_one_looks_at_another_tab),
		STAGE_TEST(the_console_can_be_left),
		STAGE_TEST(a_vanished_terminal_ends_it_within_a_second),
		STAGE_TEST(a_write_is_not_stopped_with_its_locks),
		STAGE_TEST(whoever_leaves_during_a_write_is_asked_and_told_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
