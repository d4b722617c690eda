#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FIRST_ROW 4
#define LAST_ROW 21 /* of the table on 24 lines */

static void
a_list_is_drawn_with_header_tabs_columns_and_hints(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_settle(terminal);
	terminal_expect_file_masked(terminal, "tests/tui/expected/browse_posts.txt", stage_masks);
	terminal_expect_allowed_bytes(terminal);
}

static void
the_dashboard_shows_backlog_errors_and_migrations(void **state)
{
	Terminal *terminal = stage_screen("dashboard", "20261118_AddPostsReadingMinutes");

	(void)state;
	terminal_wait_text(terminal, "connect: refused", STAGE_DEADLINE_MS);
	assert_true(terminal_find(terminal, "[Dashboard]", NULL) == 1);
	assert_true(terminal_find(terminal, "Dead messages", NULL) > 0);
}

/* The number in 'Post NNN' of a line of the screen; -1 without one. */
static int
post_of_row(Terminal *terminal, int row)
{
	g_autofree char *text = terminal_row_text(terminal, row);
	const char *found = strstr(text, "Post ");
	int number = -1;

	if (found != NULL && sscanf(found, "Post %d", &number) != 1)
		number = -1;
	return number;
}

/* Every line of the table holds a post, each one the next older. */
static void
expect_full_page(Terminal *terminal)
{
	int first = post_of_row(terminal, FIRST_ROW);

	for (int row = FIRST_ROW; row <= LAST_ROW; row++) {
		if (post_of_row(terminal, row) != first - (row - FIRST_ROW)) {
			terminal_print(terminal, "the page has a hole");
			fail_msg("line %d is not post %d", row, first - (row - FIRST_ROW));
		}
	}
}

static void
paging_through_shows_every_row_once_and_no_blank_page(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");
	int before = 501;

	(void)state;
	for (int page = 0; page < 40 && post_of_row(terminal, LAST_ROW) != 1; page++) {
		terminal_settle(terminal);
		expect_full_page(terminal);
		assert_true(post_of_row(terminal, FIRST_ROW) < before);
		assert_true(post_of_row(terminal, FIRST_ROW) >= before - 18);
		before = post_of_row(terminal, FIRST_ROW);
		terminal_press(terminal, "PgDn");
	}
	terminal_settle(terminal);
	expect_full_page(terminal);
	assert_int_equal(post_of_row(terminal, LAST_ROW), 1);
}

static void
keys_that_come_in_a_burst_leave_full_pages(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	for (int i = 0; i < 12; i++)
		terminal_press(terminal, "PgDn");
	for (int i = 0; i < 7; i++)
		terminal_press(terminal, "PgUp");
	terminal_settle(terminal);
	expect_full_page(terminal);
}

static void
end_and_home_go_to_the_far_ends(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "End");
	stage_wait_current(terminal, "Post 001");
	terminal_settle(terminal);
	expect_full_page(terminal);
	terminal_press_all(terminal, "PgUp PgUp PgUp PgUp PgUp PgUp");
	terminal_settle(terminal);
	expect_full_page(terminal);
	terminal_press(terminal, "Home");
	stage_wait_current(terminal, "Post 500");
}

static void
enter_opens_the_row_and_escape_comes_back_to_it(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press_all(terminal, "j j j");
	stage_wait_current(terminal, "Post 497");
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "The text of post 497.", STAGE_DEADLINE_MS);
	assert_true(terminal_find(terminal, "posts show 01900000-0000-7000-8000-0000000001f1", NULL) > 0);
	terminal_press(terminal, "Escape");
	stage_wait_current(terminal, "Post 497");
}

static void
brackets_go_through_the_tabs(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "]");
	terminal_wait_text(terminal, "[Outbox]", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "order.placed.v1");
	terminal_press_all(terminal, "[ [");
	terminal_wait_text(terminal, "[Users]", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "alan@example.org");
	terminal_press(terminal, "-");
	terminal_wait_text(terminal, "[Posts]", STAGE_DEADLINE_MS);
}

static void
the_cursor_stays_on_its_row_when_others_come(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press_all(terminal, "j j");
	stage_wait_current(terminal, "Post 498");
	cluster_execute(stage_cluster(), STAGE_DATABASE,
	    "INSERT INTO posts (id, author_id, title, slug) SELECT '01900000-0000-7000-8000-00000000ffff', id, "
	    "'A newcomer', 'a-newcomer' FROM users LIMIT 1");
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "A newcomer", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 498");
}

static void
a_row_that_vanishes_under_the_cursor_is_told(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press_all(terminal, "j j");
	stage_wait_current(terminal, "Post 498");
	cluster_execute(stage_cluster(), STAGE_DATABASE, "DELETE FROM posts WHERE slug = 'post-498'");
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "the row you were on has gone", STAGE_DEADLINE_MS);
	terminal_press(terminal, "k");
	terminal_wait_gone(terminal, "the row you were on has gone", STAGE_DEADLINE_MS);
}

static void
any_table_can_be_browsed(void **state)
{
	Terminal *terminal = stage_screen("tables", "public.posts");

	(void)state;
	terminal_type(terminal, ":tables browse public.users\r");
	terminal_wait_text(terminal, "ada@example.", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "EMAIL", STAGE_DEADLINE_MS);
}

static void
a_result_without_pages_is_kept_up_to_a_limit_and_says_so(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, ":sql 'select a.id from posts a, posts b' --limit 0\r");
	terminal_wait_text(terminal, "only the first 5,000 rows", STAGE_DEADLINE_MS);
	terminal_press(terminal, "End");
	terminal_settle(terminal);
	assert_int_equal(terminal_find(terminal, "error", NULL), -1);
	assert_int_equal(terminal_find(terminal, "cancelled", NULL), -1);
	terminal_press(terminal, "Escape");
	stage_wait_current(terminal, "Post 500");
}

static void
the_order_is_chosen_and_turned_round_by_keys(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "I");
	stage_wait_current(terminal, "Post 001");
	terminal_wait_text(terminal, "order: created_at ↑", STAGE_DEADLINE_MS);
	terminal_press(terminal, "s");
	terminal_wait_text(terminal, "order: published_at ↓", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 499");
}

static void
keys_are_heard_and_escape_cancels_while_a_query_runs(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, ":sql 'select pg_sleep(600)'\r");
	terminal_wait_text(terminal, "1.", STAGE_DEADLINE_MS);
	terminal_press_all(terminal, "j j");
	stage_wait_current(terminal, "Post 498");
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "cancelled", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "The text of post 498.", STAGE_DEADLINE_MS);
}

static void
a_lost_server_is_told_and_found_again(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	cluster_halt(stage_cluster());
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "server", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 500");
	cluster_resume(stage_cluster());
	terminal_press(terminal, "R");
	terminal_wait_gone(terminal, "lost", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 500");
}

static void
a_new_size_keeps_the_cursor_in_sight(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	for (int i = 0; i < 15; i++)
		terminal_press(terminal, "j");
	stage_wait_current(terminal, "Post 485");
	terminal_resize(terminal, 12, 60);
	terminal_settle(terminal);
	stage_wait_current(terminal, "Post 485");
	terminal_resize(terminal, 50, 160);
	terminal_settle(terminal);
	stage_wait_current(terminal, "Post 485");
	terminal_expect_allowed_bytes(terminal);
}

static void
the_command_line_runs_what_was_typed_and_keeps_it(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, ":users list\r");
	stage_wait_current(terminal, "alan@example.org");
	terminal_type(terminal, ":");
	terminal_press(terminal, "Up");
	terminal_wait_text(terminal, ":users list", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Escape");
	terminal_type(terminal, ":posts pubish x\r");
	terminal_wait_text(terminal, "publish", STAGE_DEADLINE_MS);
}

static void
help_tells_the_keys_of_the_screen(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "?");
	terminal_wait_text(terminal, "posts publish {id}", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Escape");
	stage_wait_current(terminal, "Post 500");
}

static void
quitting_gives_the_terminal_back(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "q");
	assert_int_equal(terminal_wait_exit(terminal, STAGE_DEADLINE_MS), 0);
	assert_false(terminal_on_alternate_screen(terminal));
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_list_is_drawn_with_header_tabs_columns_and_hints),
		STAGE_TEST(the_dashboard_shows_backlog_errors_and_migrations),
		STAGE_TEST(paging_through_shows_every_row_once_and_no_blank_page),
		STAGE_TEST(keys_that_come_in_a_burst_leave_full_pages),
		STAGE_TEST(end_and_home_go_to_the_far_ends),
		STAGE_TEST(enter_opens_the_row_and_escape_comes_back_to_it),
		STAGE_TEST(brackets_go_through_the_tabs),
		STAGE_TEST(the_cursor_stays_on_its_row_when_others_come),
		STAGE_TEST(a_row_that_vanishes_under_the_cursor_is_told),
		STAGE_TEST(any_table_can_be_browsed),
		STAGE_TEST(a_result_without_pages_is_kept_up_to_a_limit_and_says_so),
		STAGE_TEST(the_order_is_chosen_and_turned_round_by_keys),
		STAGE_TEST(keys_are_heard_and_escape_cancels_while_a_query_runs),
		STAGE_TEST(a_new_size_keeps_the_cursor_in_sight),
		STAGE_TEST(the_command_line_runs_what_was_typed_and_keeps_it),
		STAGE_TEST(help_tells_the_keys_of_the_screen),
		STAGE_TEST(quitting_gives_the_terminal_back),
		STAGE_TEST(a_lost_server_is_told_and_found_again),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
