#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
a_filter_shows_what_matches_and_escape_takes_it_back(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/state=Draft\r");
	terminal_wait_gone(terminal, "Post 499", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 500");
	terminal_settle(terminal);
	assert_int_equal(terminal_find(terminal, "state=Draft", NULL), 2);
	terminal_press(terminal, "j");
	stage_wait_current(terminal, "Post 495");
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "Post 499", STAGE_DEADLINE_MS);
}

static void
several_terms_must_all_hold(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/state=Draft title~49\r");
	terminal_wait_text(terminal, "2 rows", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 495");
}

static void
an_unknown_field_is_named_and_the_line_stays_open(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/stat=Draft\r");
	terminal_wait_text(terminal, "/stat=Draft", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "author_email", STAGE_DEADLINE_MS);
	assert_true(
	    terminal_find(terminal, "author_email", NULL) < terminal_find(terminal, "/stat=Draft", NULL));
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "author_email", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 500");
}

static void
tab_completes_fields_and_values(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/sta");
	terminal_press(terminal, "Tab");
	terminal_wait_text(terminal, "/state=", STAGE_DEADLINE_MS);
	terminal_type(terminal, "Dr");
	terminal_press(terminal, "Tab");
	terminal_wait_text(terminal, "/state=Draft", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Enter");
	terminal_wait_gone(terminal, "Post 499", STAGE_DEADLINE_MS);
}

static void
a_filter_that_nothing_matches_says_so(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/title=nothing\r");
	terminal_wait_text(terminal, "Nothing matches the filter", STAGE_DEADLINE_MS);
	terminal_press_all(terminal, "End Home PgDn space Enter p");
	terminal_press(terminal, "Escape");
	stage_wait_current(terminal, "Post 500");
}

static void
a_filter_is_no_place_for_options(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/--all\r");
	terminal_wait_text(terminal, "/--all", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "is no filter", STAGE_DEADLINE_MS);
}

static void
all_that_matches_is_retried_only_with_a_filter(void **state)
{
	Terminal *terminal = stage_screen("outbox", "order.placed.v1");

	(void)state;
	terminal_press(terminal, "T");
	terminal_wait_text(terminal, "filter first", STAGE_DEADLINE_MS);
	terminal_type(terminal, "/type=order.placed.v1\r");
	terminal_wait_text(terminal, "type=order.placed.v1", STAGE_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_press(terminal, "T");
	terminal_wait_text(terminal, "Retry 12 outbox messages?", STAGE_DEADLINE_MS);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_filter_shows_what_matches_and_escape_takes_it_back),
		STAGE_TEST(several_terms_must_all_hold),
		STAGE_TEST(an_unknown_field_is_named_and_the_line_stays_open),
		STAGE_TEST(tab_completes_fields_and_values),
		STAGE_TEST(a_filter_that_nothing_matches_says_so),
		STAGE_TEST(a_filter_is_no_place_for_options),
		STAGE_TEST(all_that_matches_is_retried_only_with_a_filter),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
