#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_COLUMN                                                                                         \
	"SELECT count(*) FROM information_schema.columns WHERE table_name = 'posts' AND column_name = "      \
	"'reading_minutes'"

static void
a_pending_migration_is_read_and_applied(void **state)
{
	Terminal *terminal = stage_screen("migrations", "20261118_AddPostsReadingMinutes");
	g_autofree char *columns = NULL;

	(void)state;
	stage_wait_current(terminal, "pending");
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "checksum", STAGE_DEADLINE_MS);
	terminal_press(terminal, "End");
	terminal_wait_text(
	    terminal, "ALTER TABLE posts ADD COLUMN reading_minutes smallint;", STAGE_DEADLINE_MS);
	terminal_press(terminal, "A");
	terminal_wait_text(terminal, "Apply 1 migration?", STAGE_DEADLINE_MS);
	stage_wait_armed(terminal);
	terminal_press_all(terminal, "1 Enter");
	terminal_wait_text(terminal, "applied 20261118_AddPostsReadingMinutes", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Escape");
	terminal_wait_gone(terminal, "pending", STAGE_DEADLINE_MS);
	columns = cluster_query_text(stage_cluster(), STAGE_DATABASE, COUNT_COLUMN);
	assert_string_equal(columns, "1");
}

static void
escape_answers_the_question_with_no(void **state)
{
	Terminal *terminal = stage_screen("migrations", "20261118_AddPostsReadingMinutes");
	g_autofree char *columns = NULL;

	(void)state;
	stage_wait_current(terminal, "pending");
	terminal_press(terminal, "A");
	terminal_wait_text(terminal, "Apply 1 migration?", STAGE_DEADLINE_MS);
	terminal_press(terminal, "Escape");
	terminal_wait_text(terminal, "nothing was done", STAGE_DEADLINE_MS);
	columns = cluster_query_text(stage_cluster(), STAGE_DATABASE, COUNT_COLUMN);
	assert_string_equal(columns, "0");
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(escape_answers_the_question_with_no),
		STAGE_TEST(a_pending_migration_is_read_and_applied),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
