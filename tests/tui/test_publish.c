#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
a_draft_is_published_and_its_message_appears(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");
	g_autofree char *found = NULL;

	(void)state;
	stage_wait_current(terminal, "Post 500");
	terminal_press(terminal, "p");
	terminal_wait_text(terminal, "published post 'post-500'", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "posts publish 01900000", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Published");
	terminal_press(terminal, "o");
	stage_wait_current(terminal, "post.published.v1");
	stage_wait_current(terminal, "Pending");
	found = cluster_query_text(stage_cluster(), STAGE_DATABASE,
	    "SELECT p.state_type, m.type, m.state_type FROM posts p JOIN outbox_messages m ON m.aggregate_id = p.id "
	    "WHERE p.slug = 'post-500'");
	assert_string_equal(found, "Published|post.published.v1|Pending");
}

static void
a_key_that_does_not_fit_the_row_says_why(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "j");
	stage_wait_current(terminal, "Published");
	terminal_wait_gone(terminal, "p Publish", STAGE_DEADLINE_MS);
	terminal_press(terminal, "p");
	terminal_wait_text(terminal, "state=Draft", STAGE_DEADLINE_MS);
}

static void
a_post_that_its_publishing_takes_off_the_list_stays_under_the_cursor(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_type(terminal, "/state=Draft\r");
	terminal_wait_gone(terminal, "Post 499", STAGE_DEADLINE_MS);
	terminal_press(terminal, "j");
	stage_wait_current(terminal, "Post 495");
	terminal_press(terminal, "p");
	terminal_wait_text(terminal, "published post 'post-495'", STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, "has gone", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 495");
	terminal_press(terminal, "o");
	stage_wait_current(terminal, "post.published.v1");
	terminal_press(terminal, "Escape");
	stage_wait_current(terminal, "Post 495");
	terminal_press(terminal, "j");
	stage_wait_current(terminal, "Post 490");
	terminal_wait_gone(terminal, "Post 495", STAGE_DEADLINE_MS);
}

static void
a_post_is_published_from_its_detail(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "The text of post 500.", STAGE_DEADLINE_MS);
	terminal_press(terminal, "p");
	terminal_wait_text(terminal, "published post 'post-500'", STAGE_DEADLINE_MS);
	terminal_wait_gone(terminal, "Draft", STAGE_DEADLINE_MS);
}

/* The row that was under the cursor when the key was pressed, not the one that is there when it runs. */
static void
the_row_is_the_one_that_was_chosen_with_the_key(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");
	g_autofree char *drafts = NULL;

	(void)state;
	terminal_type(terminal, "pjjjjj");
	terminal_wait_text(terminal, "published post 'post-500'", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 495");
	drafts = cluster_query_text(stage_cluster(), STAGE_DATABASE,
	    "SELECT count(*), max(slug) FROM posts WHERE state_type = 'Draft' AND slug IN ('post-495', 'post-500')");
	assert_string_equal(drafts, "1|post-495");
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_draft_is_published_and_its_message_appears),
		STAGE_TEST(a_key_that_does_not_fit_the_row_says_why),
		STAGE_TEST(a_post_that_its_publishing_takes_off_the_list_stays_under_the_cursor),
		STAGE_TEST(a_post_is_published_from_its_detail),
		STAGE_TEST(the_row_is_the_one_that_was_chosen_with_the_key),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
