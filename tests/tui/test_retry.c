#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_DEAD "SELECT count(*) FROM outbox_messages WHERE state_type = 'Dead'"

static void
expect_dead(const char *count)
{
	g_autofree char *dead = cluster_query_text(stage_cluster(), STAGE_DATABASE, COUNT_DEAD);

	assert_string_equal(dead, count);
}

/* The dead messages, two of them marked, and the question about them. */
static Terminal *
ask_about_two(void)
{
	Terminal *terminal = stage_screen("outbox", "order.placed.v1");

	terminal_press(terminal, "D");
	terminal_wait_text(terminal, "12 rows", STAGE_DEADLINE_MS);
	terminal_press_all(terminal, "space space");
	terminal_wait_text(terminal, "2 marked", STAGE_DEADLINE_MS);
	assert_true(terminal_find(terminal, "●", NULL) > 0);
	terminal_press(terminal, "t");
	terminal_wait_text(terminal, "Retry 2 outbox messages?", STAGE_DEADLINE_MS);
	return terminal;
}

static void
marked_messages_are_retried_after_a_look_at_what_will_happen(void **state)
{
	Terminal *terminal = ask_about_two();

	(void)state;
	terminal_settle(terminal);
	terminal_expect_file_masked(terminal, "tests/tui/expected/retry_question.txt", stage_masks);
	stage_wait_armed(terminal);
	terminal_press(terminal, "y");
	terminal_wait_gone(terminal, "Retry 2 outbox messages?", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "10 rows", STAGE_DEADLINE_MS);
	terminal_wait_gone(terminal, "2 marked", STAGE_DEADLINE_MS);
	expect_dead("10");
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "Pending", STAGE_DEADLINE_MS);
}

static void
the_key_that_asked_never_confirms(void **state)
{
	Terminal *terminal = ask_about_two();

	(void)state;
	stage_wait_armed(terminal);
	terminal_press_all(terminal, "t t t");
	terminal_settle(terminal);
	assert_true(terminal_find(terminal, "Retry 2 outbox messages?", NULL) > 0);
	expect_dead("12");
}

static void
an_answer_that_comes_at_once_does_not_count(void **state)
{
	Terminal *terminal = ask_about_two();

	(void)state;
	terminal_press_all(terminal, "y y y");
	terminal_settle(terminal);
	assert_true(terminal_find(terminal, "Retry 2 outbox messages?", NULL) > 0);
	expect_dead("12");
}

static void
no_leaves_everything_as_it_was(void **state)
{
	Terminal *terminal = ask_about_two();

	(void)state;
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "nothing was done", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "2 marked", STAGE_DEADLINE_MS);
	expect_dead("12");
}

static void
a_whole_group_is_retried_from_the_dashboard(void **state)
{
	Terminal *terminal = stage_screen("dashboard", "connect: refused");

	(void)state;
	terminal_press(terminal, "Tab");
	stage_wait_current(terminal, "HTTP 503");
	terminal_press(terminal, "t");
	terminal_wait_text(terminal, "Retry 6 outbox messages?", STAGE_DEADLINE_MS);
	stage_wait_armed(terminal);
	terminal_press(terminal, "y");
	terminal_wait_text(terminal, "6 done", STAGE_DEADLINE_MS);
	expect_dead("6");
	/* It stays under the cursor, marked as gone, until the cursor moves. */
	terminal_press(terminal, "Down");
	terminal_wait_gone(terminal, "HTTP 503", STAGE_DEADLINE_MS);
}

static void
a_read_only_console_refuses_to_retry(void **state)
{
	Terminal *terminal =
	    stage_console(24, 80, (const char *const[]){ "--read-only", "--screen", "outbox", NULL });

	(void)state;
	stage_wait_current(terminal, "order.placed.v1");
	assert_true(terminal_find(terminal, "READ-ONLY", NULL) == 0);
	terminal_press(terminal, "t");
	terminal_wait_text(terminal, "read-only", STAGE_DEADLINE_MS);
	expect_dead("12");
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(marked_messages_are_retried_after_a_look_at_what_will_happen),
		STAGE_TEST(the_key_that_asked_never_confirms),
		STAGE_TEST(an_answer_that_comes_at_once_does_not_count),
		STAGE_TEST(no_leaves_everything_as_it_was),
		STAGE_TEST(a_whole_group_is_retried_from_the_dashboard),
		STAGE_TEST(a_read_only_console_refuses_to_retry),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
